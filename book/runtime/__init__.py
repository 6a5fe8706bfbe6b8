"""What runs inside a notebook's kernel, in the runtime's environment: standard library, NumPy and the runtime only."""
