"""Pages and files that are made without Sphinx."""
