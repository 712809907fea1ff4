"""Forms of the pages on which tables are brought in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from climateportal.sheetfiles.reading import LARGEST, MB, MOST_ROWS
from projects.sheets.headings import LEFT_OUT, Heading
from projects.sheets.kinds import KINDS, Kind

# what is required and empty is told to be invalid by the browser before it has been touched
UNTOUCHED = {"aria-invalid": "false"}


class FileForm(forms.Form):
    """A file, and what it is of."""

    kind = forms.ChoiceField(
        label=_("What is in the file"), choices=[(kind.name, kind.title) for kind in KINDS]
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("An Excel workbook (.xlsx) or a CSV file, at most %(size)s MB and %(rows)s "
                    "rows. The next page shows what would change. Nothing is stored before you "
                    "accept it.") % {"size": LARGEST // MB, "rows": MOST_ROWS},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv", **UNTOUCHED}),
        max_length=200,
    )  # fmt: skip

    def clean_file(self) -> UploadedFile:
        """Refused by size before it is read into memory."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            text = _now("The file is %(size)s MB, and at most %(most)s MB can be read. Divide it.")
            told = {"size": round(file.size / MB, 1), "most": LARGEST // MB}
            raise forms.ValidationError(text % told)
        return file


class HeadingForm(forms.Form):
    """What the headings are that are not known: another column, or nothing."""

    def __init__(self, *args: Any, kind: Kind, headings: Sequence[Heading], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taken = {heading.column for heading in headings}
        free = [
            (column.name, column.heading())
            for column in kind.columns
            if column.name not in taken and not column.read_only
        ]
        for heading in headings:
            if not heading.column:
                self.fields[str(heading.index)] = self._field(heading, free)

    def _field(self, heading: Heading, free: Sequence[tuple[str, str]]) -> forms.ChoiceField:
        near = [choice for choice in free if choice[0] == heading.guess]
        rest = [choice for choice in free if choice[0] != heading.guess]
        hint = ""
        if heading.repeats:
            hint = _now("Another column has the same heading.")
        elif near:
            hint = _now("Did you mean: %(heading)s?") % {"heading": near[0][1]}
        return forms.ChoiceField(
            label=heading.text,
            choices=[("", _("choose")), (LEFT_OUT, _("Leave the column out")), *near, *rest],
            help_text=hint,
            widget=forms.Select(attrs=UNTOUCHED),
        )

    def clean(self) -> dict[str, Any]:
        """No column twice."""
        values = super().clean()
        seen: set[str] = set()
        for name, value in list(values.items()):
            if value != LEFT_OUT and value in seen:
                self.add_error(name, _("Another column has the same heading."))
            seen.add(value)
        return values

    @property
    def chosen(self) -> dict[int, str]:
        """What was chosen, by the place of the heading."""
        return {int(name): value for name, value in self.cleaned_data.items()}
