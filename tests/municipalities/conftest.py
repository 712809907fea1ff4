"""A copy of the shipped register that a test may spoil, and one municipality."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from municipalities.models import Municipality
from municipalities.registerfiles import DATA
from tests.factories import MunicipalityFactory


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


@pytest.fixture
def palkane(db: None) -> Municipality:
    """A municipality whose name is inflected."""
    return MunicipalityFactory(
        code="635",
        name_fi="Pälkäne",
        slug="palkane",
        fi_genitive="Pälkäneen",
        fi_in="Pälkäneellä",
        fi_from="Pälkäneeltä",
        fi_to="Pälkäneelle",
    )
