"""`book status`: what is translated, out of date and missing, and since when."""
