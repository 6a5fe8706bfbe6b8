"""Running Sphinx: its settings, its processes, one run for one language."""
