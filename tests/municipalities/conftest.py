"""A copy of the shipped register that a test may spoil."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from municipalities.registerfiles import DATA


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped files, to be changed."""
    for path in DATA.glob("*.csv"):
        shutil.copy(path, tmp_path)
    return tmp_path


@pytest.fixture
def edit(folder: Path) -> Callable[[str, str, str], Path]:
    """Replace one text in one file of the copy."""

    def replace(file: str, old: str, new: str) -> Path:
        text = (folder / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old} is {text.count(old)} times in {file}"
        (folder / file).write_text(text.replace(old, new), encoding="utf-8")
        return folder

    return replace
