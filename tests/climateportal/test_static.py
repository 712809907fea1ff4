"""The stylesheet becomes one file, unharmed and small; the pictures it names exist."""

import re
import shutil
from pathlib import Path

import brotli
import pytest
from django.core.files.storage import FileSystemStorage

from climateportal.staticstorage import STYLESHEET, BundledManifestStorage, bundle

STATIC = Path(__file__).parents[2] / "static"
CSS = STATIC / "css"
# linked where they are needed, with their layers inside
APART = {  # most bytes of brotli
    "documents.css": 1_500,
    "print.css": 1_100,
    "pages/home.css": 500,
    "pages/project.css": 900,
}
SHEETS = sorted(
    path
    for path in CSS.rglob("*.css")
    if path.name != "main.css" and str(path.relative_to(CSS)) not in APART
)
BUDGET = 6_900  # bytes of brotli: not much more than half a page's 14 kB


def test_bundle_is_one_file_within_the_budget() -> None:
    css = bundle(CSS / "main.css")
    assert "@import" not in css
    assert "/*" not in css
    assert len(brotli.compress(css.encode())) <= BUDGET


def test_every_sheet_is_in_the_bundle_and_every_import_exists() -> None:
    main = (CSS / "main.css").read_text(encoding="utf-8")
    imported = re.findall(r'^@import url\("([^"]+)"\) layer\([a-z]+\);$', main, re.MULTILINE)
    assert sorted(imported) == sorted(str(path.relative_to(CSS)) for path in SHEETS)
    assert main.count("@import url") == len(imported), "an import in a form that is not bundled"
    order = re.search(r"@layer ([^;{]+);", main).group(1).split(", ")
    assert set(re.findall(r"layer\(([a-z]+)\)", main)) == set(order)


def test_minifying_keeps_combinators_before_pseudo_classes() -> None:
    """rcssmin once made `.band :is(a)` into `.band:is(a)`, which means something else."""
    css = bundle(CSS / "main.css")
    for path in SHEETS:
        for selector in re.findall(r"^\s*([.\w][^{}@/;]* :[^{}]+?) \{", path.read_text(), re.M):
            first = re.match(r"([.\w:()=\[\]-]+ :[a-z-]+)", selector)
            if first:
                assert first.group(1) in css, f"{path.name}: {selector}"
    assert ".band :is(.eyebrow,.meta)" in css
    assert "calc(50% - 50vw)" in css
    assert re.search(r"\(40rem <=\s*width < 64rem\)", css)


@pytest.mark.parametrize("name", APART)
def test_sheets_apart_are_small_and_stand_in_the_layers_of_the_bundle(name: str) -> None:
    css = (CSS / name).read_text(encoding="utf-8")
    assert len(brotli.compress(css.encode())) <= APART[name]
    order = re.search(r"@layer ([^;{]+);", (CSS / "main.css").read_text()).group(1).split(", ")
    layers = re.findall(r"^@layer ([a-z]+) {$", css, re.MULTILINE)
    assert layers and set(layers) <= set(order)
    outside = re.sub(r"/\*.*?\*/|^@layer \w+ {$.*?^}$", "", css, flags=re.DOTALL | re.MULTILINE)
    assert not outside.strip(), "a rule outside the layers would beat all others"
    assert "url(" not in css


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_addresses_stand_only_where_the_bundle_keeps_them_right(path: Path) -> None:
    addresses = re.findall(r"url\(([^)]*)\)", path.read_text(encoding="utf-8"))
    if path.parent != CSS:
        assert not addresses, "a url() in a subfolder would point elsewhere once bundled"
    for address in addresses:
        target = address.strip("\"'")
        assert not re.match(r"(https?:)?//|data:", target), "nothing from elsewhere"
        assert (path.parent / target).resolve().is_file()


def test_pictures_have_no_script_and_no_foreign_address() -> None:
    for path in (STATIC / "img").glob("*.svg"):
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"<script|\son\w+=|https?:|href=", text), path.name


def test_production_serves_the_bundle_hashed_and_compressed(tmp_path: Path) -> None:
    shutil.copytree(STATIC / "css", tmp_path / "css")
    shutil.copytree(STATIC / "img", tmp_path / "img")
    storage = BundledManifestStorage(location=tmp_path, base_url="/static/")
    source = FileSystemStorage(location=STATIC)
    names = [str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*.*")]
    for _name, _hashed, error in storage.post_process({name: (source, name) for name in names}):
        assert not isinstance(error, Exception)
    hashed = tmp_path / storage.stored_name(STYLESHEET)
    css = hashed.read_text(encoding="utf-8")
    assert re.match(r"main\.[0-9a-f]{12}\.css", hashed.name)
    assert "@import" not in css
    pictures = set(re.findall(r'url\("\.\./(img/[^"]+)"\)', css))
    assert pictures
    assert all((tmp_path / picture).is_file() for picture in pictures)
    assert (hashed.parent / f"{hashed.name}.br").is_file()
