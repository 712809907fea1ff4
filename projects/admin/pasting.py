"""The page on which rows from Excel are pasted: first a preview, then all of them or none."""

import hashlib
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from climateportal.admin.errors import Problem, of_form
from climateportal.admin.fields import DayField
from climateportal.numerals import euros
from climateportal.translated import columns
from municipalities.models import Municipality
from projects import actions
from projects.enums import ExpenseCategory, ExpenseState
from projects.models import Project
from projects.pasted import Pasted, PastedExpense, RowProblem, Terms, folded, read_expenses

WRITTEN = ("date", "amount", "category", "municipality", "state", "note")


class PasteForm(forms.Form):
    """Rows as text, and what is to be understood where a row says nothing."""

    text = forms.CharField(
        label=pgettext_lazy("of a spreadsheet", "Rows"),
        strip=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 12, "class": "pasted", "spellcheck": "false"}),
        help_text=_("Copy the rows in Excel or LibreOffice and paste them here, with headings or "
                    "without."),
    )  # fmt: skip
    category = forms.ChoiceField(
        label=_("Category where a row has none"), choices=ExpenseCategory.choices
    )
    state = forms.ChoiceField(
        label=_("Payment where a row has none"), choices=ExpenseState.choices
    )  # fmt: skip
    money_as_of = DayField(
        label=_("Money figures are as of"),
        required=False,
        help_text=_("The day up to which expenses have been entered. Without it the page shows no "
                    "sums."),
    )  # fmt: skip
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


def terms_of(project: Project, category: str, state: str) -> Terms:
    """What rows of a project are read with. One query for all municipalities."""
    taking_part = set(project.participations.values_list("municipality", flat=True))
    names: dict[str, set[int]] = {}
    for place in Municipality.objects.all():
        for name in (*(getattr(place, column) for column in columns("name")), place.official_name):
            if name:
                names.setdefault(folded(name), set()).add(place.pk)
    places = {name: keys & taking_part for name, keys in names.items()}
    return Terms(
        places={name: keys.pop() for name, keys in places.items() if len(keys) == 1},
        elsewhere=frozenset(name for name, keys in names.items() if not keys & taking_part),
        today=timezone.localdate(),
        category=ExpenseCategory(category),
        state=ExpenseState(state),
    )


def fingerprint(project: Project, form: PasteForm) -> str:
    """What a preview showed: the same rows over the same expenses. Another one is shown first."""
    stored = project.expenses.order_by("pk").values_list("pk", *WRITTEN)
    told = [form.cleaned_data[name] for name in ("text", "category", "state", "money_as_of")]
    return hashlib.sha256(repr([told, list(stored)]).encode()).hexdigest()


def paste_expenses(site: admin.AdminSite, request: HttpRequest, project: Project) -> HttpResponse:
    """The page itself. Nothing is written before it has been previewed without errors."""
    form = PasteForm(
        request.POST or None,
        initial={
            "category": ExpenseCategory.OTHER,
            "state": ExpenseState.PLANNED,
            "money_as_of": project.money_as_of,
        },
    )
    pasted = None
    if form.is_bound and form.is_valid():
        terms = terms_of(project, form.cleaned_data["category"], form.cleaned_data["state"])
        pasted = read_expenses(form.cleaned_data["text"], terms)
        mark = fingerprint(project, form)
        if pasted.problems:
            marks = {"aria-invalid": "true", "aria-describedby": "id_text_helptext problems-title"}
            form.fields["text"].widget.attrs.update(marks)
        is_seen = "_write" in request.POST and form.cleaned_data["seen"] == mark
        if is_seen and not pasted.problems and _write(request, project, form, pasted.rows):
            address = reverse("admin:projects_project_change", args=[project.pk])
            return redirect(f"{address}#section-money")
        form.data = form.data.copy()
        form.data["seen"] = mark
    return TemplateResponse(
        request, "admin/projects/project/paste.html", _context(site, request, project, form, pasted)
    )


def _write(
    request: HttpRequest, project: Project, form: PasteForm, rows: tuple[PastedExpense, ...]
) -> bool:
    """Store the rows; what the project's own rules refuse is told on the form."""
    values = [
        {
            "date": row.date,
            "amount": row.amount,
            "category": row.category,
            "state": row.state,
            "municipality_id": row.municipality,
            "note": row.note,
        }
        for row in rows
    ]
    try:
        actions.add_expenses(
            project=project,
            rows=values,
            by=request.user,
            as_of=form.cleaned_data["money_as_of"],
        )
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    told = ngettext(
        "%(count)s expense was added: %(sum)s.",
        "%(count)s expenses were added: %(sum)s.",
        len(rows),
    )
    total = euros(sum(row.amount for row in rows))
    messages.success(request, told % {"count": len(rows), "sum": total})
    return True


def _problems(form: PasteForm, pasted: Pasted | None) -> list[Problem]:
    def about(problem: RowProblem) -> str:
        return _now("Row %(number)s") % {"number": problem.row} if problem.row else ""

    rows = pasted.problems if pasted else ()
    told = [Problem("id_text", about(problem), problem.text) for problem in rows]
    return [*of_form(form, top="id_text"), *told]


def _context(
    site: admin.AdminSite,
    request: HttpRequest,
    project: Project,
    form: PasteForm,
    pasted: Pasted | None,
) -> dict[str, Any]:
    problems = _problems(form, pasted)
    rows = pasted.rows if pasted and not problems else ()
    places = {place.pk: place for place in project.municipalities.all()} if rows else {}
    stored = set(project.expenses.values_list("date", "amount", "municipality", "note"))
    return {
        **site.each_context(request),
        "title": _now("Paste expenses from Excel"),
        "project": project,
        "form": form,
        "problems": problems,
        "files_lost": False,
        "left_out": pasted.left_out if pasted else (),
        "rows": [(row, places.get(row.municipality), _key(row) in stored) for row in rows],
        "total": sum((row.amount for row in rows), start=0),
        "again": sum(_key(row) in stored for row in rows),
    }


def _key(row: PastedExpense) -> tuple[Any, ...]:
    return row.date, row.amount, row.municipality, row.note
