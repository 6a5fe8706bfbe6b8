"""What runs inside Sphinx."""
