"""The documents name only commands and settings that exist, and all of them."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parent.parent
DOCS = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
TEXT = "\n".join(path.read_text(encoding="utf-8") for path in DOCS)
OURS = {
    name
    for name, app in get_commands().items()
    if app in {"climateportal", "municipalities", "projects"}
}
TARGETS = set(re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE))
SETTINGS = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))


def test_every_command_named_exists() -> None:
    named = set(re.findall(r"manage\.py ([a-z_]+)", TEXT))
    assert named <= set(get_commands())


def test_every_command_of_ours_is_documented() -> None:
    assert set(re.findall(r"manage\.py ([a-z_]+)", TEXT)) >= OURS


def test_every_make_target_is_documented_and_exists() -> None:
    named = set(re.findall(r"`?make ([a-z-]+)", TEXT)) & (
        TARGETS | set(re.findall(r"`make ([a-z-]+)`", TEXT))
    )
    assert named <= TARGETS
    assert TARGETS - {"help"} <= named


def test_every_setting_is_documented_and_exists() -> None:
    operating = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([A-Z][A-Z_]+)`", operating)) - {"UNION", "ALL"}
    assert named == SETTINGS


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)", path.read_text(encoding="utf-8")):
        if not target.startswith(("http", "mailto")):
            assert (path.parent / target).exists(), target


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_files_named_in_documents_exist(path: Path) -> None:
    for name in re.findall(r"`((?:climateportal|municipalities|projects|tests|docs)/[\w./]+)`",
                           path.read_text(encoding="utf-8")):  # fmt: skip
        assert (ROOT / name).exists(), name
