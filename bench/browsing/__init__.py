"""What the tests and the measurements share: the Chromium of this machine, and the built site served to it."""
