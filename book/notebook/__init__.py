"""What a page consists of: its notebook, its Markdown, its code, and the texts in them."""
