"""Lock files, what they are made from, and the programs that renew them."""
