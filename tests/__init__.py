"""The tests, in a folder for each package of `book`, and the folder of the project that they test."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
