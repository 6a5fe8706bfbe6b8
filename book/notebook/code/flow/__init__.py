"""Which strings in the code of a page reach what it prints, and nothing else.

The strings are followed through names, containers, loops and the page's own functions, in the order of the cells, as
Python would go. A string that also reaches something that is not known to show it, such as a library, a comparison or
the place of a key that is looked up, would change the program, and is none.

`values` are what is followed, `expressions`, `calls` and `statements` follow it, `page` asks.
"""
