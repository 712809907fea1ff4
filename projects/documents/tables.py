"""What every renderer needs to know about a table's headers."""

from dataclasses import dataclass

from projects.documents.blocks import Table


@dataclass(frozen=True, slots=True)
class Group:
    """A cell of the upper header row: a heading over `width` columns, or one column's own."""

    title: str  # "" for a column without a group: its own title takes both rows
    first: int  # index of its first column
    width: int


def groups(table: Table) -> tuple[Group, ...]:
    """The upper row of a two-row header; nothing when no column belongs to a group."""
    found: list[Group] = []
    for index, column in enumerate(table.columns):
        if column.group and found and found[-1].title == column.group:
            found[-1] = Group(column.group, found[-1].first, found[-1].width + 1)
        else:
            found.append(Group(column.group, index, 1))
    return tuple(found) if any(group.title for group in found) else ()
