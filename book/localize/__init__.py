"""Making the book in a language: what a reader sees of each text, cell and notebook."""
