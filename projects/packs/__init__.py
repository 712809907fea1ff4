"""Meeting packs and reports: the facts of a region or municipality as a document of blocks.

Every number, date and label becomes text here, once; the page, the PDF, the workbook and the mail
only lay it out.
"""

from projects.packs.keep import freeze_pack, frozen_document, kept_pack, link_address, link_of
from projects.packs.meeting import (
    build_pack,
    for_the_group,
    pack_facts,
    record_of,
    with_record,
)
from projects.packs.report import build_report

__all__ = [
    "build_pack",
    "build_report",
    "for_the_group",
    "freeze_pack",
    "frozen_document",
    "kept_pack",
    "link_address",
    "link_of",
    "pack_facts",
    "record_of",
    "with_record",
]
