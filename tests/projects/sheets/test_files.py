"""Files as people and programs make them: encodings, delimiters, typed cells; and hostile ones."""

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from climateportal.sheetfiles import csvtext, workbooks
from climateportal.sheetfiles.reading import LARGEST, MOST_COLUMNS, MOST_ROWS, read
from climateportal.sheetfiles.tables import FAULT, NotATable
from tests.projects.sheets.files import csv, workbook

HEADINGS = "Tehtävä;Määräpäivä"
ROW = "Lämmitys – 5 €;1.5.2021"


def cells(data: bytes) -> list[list[str]]:
    return [line.cells for line in read(data).lines]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_any_encoding_and_delimiter(encoding: str, delimiter: str) -> None:
    text = f"{HEADINGS}\n{ROW}\n".replace(";", delimiter)
    assert cells(text.encode(encoding)) == [HEADINGS.split(";"), ROW.split(";")]


def test_a_comma_in_a_quoted_heading_is_no_delimiter() -> None:
    assert cells(b'"Nimi, a, b, c";Summa\nx;"1,50"\n')[1] == ["x", "1,50"]


def test_a_line_of_excels_own_tells_the_delimiter_and_keeps_the_row_numbers() -> None:
    lines = read(b"sep=,\na;x,b\n\n1,2\n").lines
    assert [(line.number, line.cells) for line in lines] == [(2, ["a;x", "b"]), (4, ["1", "2"])]


def test_line_breaks_within_a_cell() -> None:
    assert cells(b'a;b\r\n"1\r\n2";3\r\n')[1] == ["1\n2", "3"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-x", "@a", "'=1", "''=1", "'a", "\t=1"])
def test_a_spreadsheet_runs_nothing_of_a_csv_and_the_text_comes_back(text: str) -> None:
    data = csvtext.write(["a"], [[text]])
    written = data.decode("utf-8-sig").splitlines()[1].strip('"')
    assert written[:1] not in {"=", "+", "-", "@", "\t"}
    assert cells(data)[1] == [text.strip()]


def test_typed_cells_of_a_workbook() -> None:
    rows = [
        ["day", "moment", "month", "year", "sum", "thousandth", "noise", "percent", "yes", "text"],
        [date(2021, 5, 1), datetime(2021, 5, 1, 13, 30), date(2021, 5, 1), date(2021, 1, 1),
         1000.5, 1.234, 0.1 + 0.2, 0.5, True, "049"],
    ]  # fmt: skip
    formats = {"A2": "d.m.yyyy", "C2": "m/yyyy", "D2": "yyyy", "H2": "0 %"}
    assert cells(workbook(rows, formats=formats))[1] == [
        "2021-05-01", "2021-05-01 13:30:00", "5/2021", "2021", "1000.5", "1.2340", "0.3", "50 %",
        "true", "049",
    ]  # fmt: skip


def test_the_value_of_a_formula_is_read_and_its_failure_is_told() -> None:
    data = rewritten(
        workbook([["a", "b"], [1, 2]]),
        lambda xml: xml.replace(b"<v>1</v>", b"<f>1+1</f><v>2</v>").replace(
            b't="n"><v>2</v></c></row>', b't="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
        ),
    )
    assert cells(data)[1] == ["2", f"{FAULT}#DIV/0!"]


def test_texts_that_look_like_formulas_are_texts_in_a_workbook() -> None:
    data = workbooks.write(["a"], [["=1+1"], ["-5"], ["_x000D_"], ["a\x0bb"]], title="x")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    assert cells(data)[1:] == [["=1+1"], ["-5"], ["_x000D_"], ["a b"]]


def test_sheets_that_are_not_read_are_named() -> None:
    book = Workbook()
    book.active.append(["a"])
    book.create_sheet("Toinen").append(["b"])
    out = io.BytesIO()
    book.save(out)
    assert read(out.getvalue()).others == ["Toinen"]


# --- refused in words ----------------------------------------------------------------------------


def rewritten(data: bytes, change: object = None, **parts: bytes) -> bytes:
    """A workbook with its first sheet changed, or with more parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            if change and part.filename == "xl/worksheets/sheet1.xml":
                content = change(content)
            new.writestr(part.filename, content)
        for name, content in parts.items():
            new.writestr(name.replace("__", "/"), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def merged() -> bytes:
    book = Workbook()
    book.active.append(["a", "b"])
    book.active.merge_cells("A2:A5")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


GOOD = workbook([["a"], ["b"]])
HOSTILE = {
    "empty": (b"", "tyhjä"),
    "blank": (b" \r\n;;\r\n", "tyhjä"),
    "huge": (b"a;b\n" * (LARGEST // 4 + 1), "Jaa se osiin"),
    "binary": (b"\x01\x00\x80" * 100, "ei ole taulukko"),
    "nul": (b"a;b\n1;\x002\n", "ei ole taulukko"),
    "pdf": (b"%PDF-1.7 ...", "ei ole taulukko"),
    "old excel or password": (bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 100, "vanha Excel"),
    "zip": (rewritten(GOOD)[:40], "rikki"),
    "other zip": (b"PK\x05\x06" + b"\0" * 18, "ei ole Excel-työkirja"),
    "opendocument": (rewritten(GOOD, mimetype=b"application/vnd.oasis"), "OpenDocument"),
    "macro": (rewritten(GOOD, xl__vbaProject=b"x"), "makroja"),
    "bomb": (rewritten(GOOD, xl__media__a=b"\0" * (61 * 1024 * 1024)), "liian suuri"),
    "entities": (
        rewritten(GOOD, lambda xml: b'<!DOCTYPE x [<!ENTITY a "b">]>' + xml), "rikki"),
    "broken xml": (rewritten(GOOD, lambda xml: xml[:200]), "rikki"),
    "formula without a value": (workbook([["a"], ["=1+1"]]), "A2"),
    "merged": (merged(), "A2:A5"),
    "hundred columns": (workbook([["a"] * (MOST_COLUMNS + 1)]), f"yli {MOST_COLUMNS} saraketta"),
    "rows": (b"a\n" * (MOST_ROWS + 2), "Jaa se osiin"),
    "quotes": (b'a;b\n"1;2\n', "lainausmerkki"),
    "encoding": ("a;ä\n".encode("cp1252") + b"\x81\n", "merkkejä ei voi lukea"),
    "cell": (b"a\n" + b"x" * 100_001, "yli 100000 merkkiä"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_read_is_refused_in_words(name: str) -> None:
    data, words = HOSTILE[name]
    with pytest.raises(NotATable) as refused:
        read(data)
    assert words in str(refused.value)


def test_a_semicolon_file_of_windows() -> None:
    assert cells(csv(HEADINGS, ROW, encoding="cp1252"))[1] == ROW.split(";")
