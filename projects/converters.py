"""Days in addresses, 2026-11-05, and kinds of files for spreadsheets."""

from datetime import date


class DayConverter:
    """An ISO date. What is no day of the calendar matches nothing and is a 404."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        """The day. Raises ValueError for 2026-02-30."""
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        """“2026-11-05”."""
        return value.isoformat()


class SheetConverter:
    """`csv` or `xlsx`."""

    regex = "csv|xlsx"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value
