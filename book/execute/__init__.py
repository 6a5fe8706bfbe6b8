"""Running the English notebooks: in which runtime, in a kernel of it, and what is stored of it in the notebook."""
