"""What runs inside a notebook's kernel, in the runtime's environment: standard library, NumPy and the runtime only.

`kernel` is what is started. `datasets` answers Keras's loaders, if need be with `standins`; `numbers` and `pictures`
make figures that a page can carry, `printed` marks which output comes from which string.
"""
