"""What a reader finds in a rendered document: headings, cells with their headers, links, alts."""

import re
from dataclasses import dataclass, field

from projects.documents import words
from projects.documents.blocks import (
    Bullets,
    Document,
    Facts,
    Figure,
    Heading,
    Line,
    Paragraph,
    Table,
    plain,
)
from projects.documents.links import whole_link


def norm(text: str) -> str:
    """Without white space and hyphens, which typesetting adds and takes at the ends of lines."""
    return re.sub(r"[\s\u2060\u00ad-]+", "", text)


@dataclass(frozen=True)
class CellRead:
    """A cell as assistive technology gives it: what it says, above it, and beside it."""

    text: str
    columns: tuple[str, ...]
    rows: tuple[str, ...]


@dataclass
class Reading:
    """All texts normalised by `norm`. Links lead out of the document; inner ones are “#”."""

    lang: str = ""
    title: str = ""
    headings: list[tuple[int, str]] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    tables: list[list[CellRead]] = field(default_factory=list)
    facts: list[tuple[str, str]] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    alts: list[str] = field(default_factory=list)
    languages: list[tuple[str, str]] = field(default_factory=list)


def expected(document: Document) -> Reading:
    """What every rendering of a cleaned document must give."""
    found = Reading(lang=document.lang, title=norm(document.title))
    label = words.labels(document.lang)

    def take(line: Line) -> str:
        for span in line:
            href = whole_link(span.href, document.address)
            if href or span.href.startswith("#"):
                found.links.append((norm(span.text), href or "#"))
            if span.lang:
                found.languages.append((span.lang, norm(span.text)))
        return norm(plain(line))

    for block in document.blocks:
        match block:
            case Heading():
                found.headings.append((block.level, norm(block.text)))
            case Paragraph():
                before = f"{label[block.tone]}:" if block.tone else ""
                found.paragraphs.append(norm(before) + take(block.spans))
            case Bullets():
                found.items += [take(item) for item in block.items]
            case Facts():
                found.facts += [(norm(name), take(value)) for name, value in block.rows]
            case Table():
                found.captions.append(norm(block.caption))
                found.tables.append(_cells(block, take))
            case Figure():
                found.alts.append(norm(block.alt))
                if block.caption:
                    found.captions.append(norm(block.caption))
    return found


def _cells(table: Table, take: object) -> list[CellRead]:
    found = []
    part: tuple[str, ...] = ()
    for row in table.rows:
        head, *cells = [take(cell) for cell in row.cells]  # type: ignore[operator]
        if row.kind == "part":
            part = (head,)
            found.append(CellRead(head, (), ()))
            continue
        if row.kind == "total":
            part = ()
        titles = [
            tuple(norm(title) for title in (column.group, column.title) if title)
            for column in table.columns
        ]
        found.append(CellRead(head, titles[0], part))
        found += [
            CellRead(text, above, (*part, head))
            for text, above in zip(cells, titles[1:], strict=True)
        ]
    return found
