"""A fuzzer for the promise that a translation can do nothing but speak: hostile texts in all fields × all places.

Run it for long with `python -m tests.safety.fuzz --minutes 60`; `tests/safety/test_holes.py` uses its parts for the
holes that are known.

    pieces      the grammar of hostile text
    target      the book that is attacked, with harmless translations, and a file and an address nobody may reach for
    attack      every field that can be hostile; drawing an attack, writing it into the files, making it smaller
    pages       the skeleton of a made HTML page
    notebooks   the skeleton of a made notebook and its figures
    commands    running the project's commands; what they say and do outside
    violations  what a judge may find
    judge       builds the book and holds what is made against what is made of harmless texts
    __main__    the search: round after round, each violation traced to the texts and pieces that cause it

It knows nothing of the project's own proofs, whose judge it is, and uses only the command line and files on disk.
A round builds the site once, with a hostile text in some hundred places at a time; that, and that a build takes
seconds, is why attacks are drawn and made smaller here, from a seed, and not by a library for property tests.
"""
