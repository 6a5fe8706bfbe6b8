"""Puts the translations of the interface into the package; `pyproject.toml` has all else."""

from pathlib import Path
from shutil import copyfile

from setuptools import setup
from setuptools.command.build_py import build_py

TRANSLATIONS = sorted(Path("translations").glob("*/site.po"))


class WithInterface(build_py):  # type: ignore[misc]  # setuptools has no types for it
    def run(self) -> None:
        super().run()
        for path in [] if self.editable_mode else TRANSLATIONS:
            target = Path(self.build_lib, "book", "interface-translations", f"{path.parent.name}.po")
            target.parent.mkdir(parents=True, exist_ok=True)
            copyfile(path, target)

    def get_source_files(self) -> list[str]:
        """What a source distribution has, too: wheels are made from it."""
        return [*super().get_source_files(), *map(str, TRANSLATIONS)]


setup(cmdclass={"build_py": WithInterface})
