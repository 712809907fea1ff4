"""Small files that would hold a worker or fill its memory: refused in words, at once."""

import io
import time
import tracemalloc
import zipfile

import pytest

from climateportal.sheetfiles.reading import read
from climateportal.sheetfiles.tables import NotATable
from projects.sheets.kinds.project import Slugs
from tests.factories import ProjectFactory
from tests.projects.sheets.files import workbook

NAMES = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHARED = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
TOO_LARGE = "liian suuri"


def made(rows: str, before: str = "", shared: str = "") -> bytes:
    """A workbook with these rows, something odd before them, and one text that cells share."""
    sheet = f"<worksheet {NAMES}>{before}<sheetData>{rows}</sheetData></worksheet>"
    named = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{SHARED}"/></Types>'
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook([["a"]]))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name).replace(b"</Types>", named.encode())
            new.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else content)
        new.writestr("xl/sharedStrings.xml", f"<sst {NAMES}><si><t>{shared}</t></si></sst>")
    return out.getvalue()


@pytest.mark.parametrize(
    "before",
    [
        "<!--" + "<c " * 30_000 + "-->",
        "<!--" + "<mergeCell " * 15_000 + "-->",
        '<!--<c r="A1"><f></f>' + " " * 60_000 + "x-->",
    ],
)
def test_no_text_is_looked_at_again_and_again(before: str) -> None:
    data = made("<row><c><v>1</v></c></row>", before)
    began = time.process_time()
    assert read(data).lines[0].cells == ["1"]
    assert time.process_time() - began < 1.5  # seconds; at most a tenth is needed


def test_a_row_beyond_every_sheet_is_not_counted_up_to() -> None:
    with pytest.raises(NotATable, match=TOO_LARGE):
        read(made('<row r="20000000"><c r="A20000000"><v>1</v></c></row>'))


def test_cells_that_a_file_leaves_out_are_not_made_up_without_end() -> None:
    rows = "".join(f'<row r="{n}"><c r="ZZZ{n}"/></row>' for n in range(2, 300))
    with pytest.raises(NotATable, match=TOO_LARGE):
        read(made(f'<row r="1"><c r="A1"><v>1</v></c></row>{rows}'))


def test_a_text_written_once_counts_in_every_cell_that_shows_it() -> None:
    row = '<row><c t="s"><v>0</v></c></row>'
    with pytest.raises(NotATable, match=TOO_LARGE):
        read(made(row * 700, shared="a" * 95_000))


def test_empty_lines_of_a_csv_take_no_memory() -> None:
    data = b"a;b\n" + b"\n" * 200_000 + b"1;2\n"
    tracemalloc.start()
    lines = read(data).lines
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [line.number for line in lines] == [1, 200_002]
    assert most < 10 * 1024 * 1024


@pytest.mark.django_db
def test_one_title_in_every_row_does_not_multiply_the_work() -> None:
    ProjectFactory(slug="sama"), ProjectFactory(slug="sama-3")
    slugs, asked = Slugs(), 0

    class Counted(dict):
        def __contains__(self, slug: object) -> bool:
            nonlocal asked
            asked += 1
            return super().__contains__(slug)

    slugs.taken = Counted(slugs.taken)
    made = [slugs.free("Sama") for _row in range(200)]
    assert made[:3] == ["sama-2", "sama-4", "sama-5"]
    assert len(set(made)) == 200
    assert asked < 3 * 200
