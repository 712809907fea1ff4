"""Every address of the admin: odd filters, keys, suggestions, ticked rows and lookups."""

from urllib.parse import quote, urlencode

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import models
from django.test import RequestFactory
from django.urls import reverse

from projects.models import Project
from tests.adminforms import controls
from tests.climateportal.adminworld import RULES, World, address
from tests.odd.values import HUGE, KEYS, WORDS, Bold, undone

pytestmark = pytest.mark.django_db
MODELS = pytest.mark.parametrize("model", RULES, ids=lambda model: model.__name__)
LISTED = ("q", "o", "p", "all", "_popup", "_to_field", "_facets", "e")
UNLISTED = (
    "id__in", "id__exact", "pk", "id__range", "slug__regex", "title_fi__regex", "name_fi__range",
    "start_date__year", "internal_notes__contains", "password__startswith", "regions__name_fi",
    "nothing", "_changelist_filters", "__", "project__municipalities__projects__title_fi",
)  # fmt: skip


def _own_filters(model: type[models.Model]) -> set[str]:
    return admin.site._registry[model].filter_parameters(RequestFactory().get("/"))


@MODELS
def test_a_list_understands_its_own_filters_only(
    administrator: Bold, model: type[models.Model]
) -> None:
    listed = address(model, "changelist")
    for name in (*LISTED, *_own_filters(model)):
        for value in WORDS if name in LISTED else ("abc", HUGE, "-1"):
            response = administrator.get(f"{listed}?{urlencode({name: value})}")
            assert response.status_code in (200, 302, 400), (name, value, administrator.broken)
    for name in UNLISTED:
        response = administrator.get(f"{listed}?{name}={HUGE}&q=Hanke")
        assert (response.status_code, response["Location"]) == (302, f"{listed}?q=Hanke"), name
        posted = administrator.post(f"{listed}?{name}={HUGE}", {"index": "0", "action": "x"})
        assert posted.status_code in (200, 400), name
    assert "jätettiin pois" in administrator.get(listed).content.decode()


@MODELS
def test_every_choice_of_every_filter_leads_to_a_list(
    administrator: Bold, model: type[models.Model]
) -> None:
    listed = address(model, "changelist")
    changelist = administrator.get(listed).context["cl"]
    for spec in changelist.filter_specs:
        for choice in spec.choices(changelist):
            assert administrator.get(listed + choice["query_string"]).status_code == 200


@MODELS
def test_no_key_in_an_address_breaks_a_page(administrator: Bold, model: type[models.Model]) -> None:
    for key in (*KEYS, "abc_5F", "_00", "_ZZ", "1/2"):
        for page in ("change", "delete", "history"):
            url = f"{address(model, 'changelist')}{quote(key, safe='')}/{page}/"
            for response in (administrator.get(url), administrator.post(url, {"post": "yes"})):
                assert response.status_code in (302, 400, 403, 404), (url, administrator.broken)
                assert not administrator.wrote


@MODELS
def test_no_query_breaks_the_page_of_a_row(
    administrator: Bold, world: World, model: type[models.Model]
) -> None:
    for page in ("change", "delete", "history"):
        url = address(model, page, world.own[model].pk)
        for word in ("%00=&p=9", HUGE, ""):
            odd = dict.fromkeys(("_changelist_filters", "p", "all", "e", "_popup"), word)
            for query in (odd, {"_to_field": word}):
                response = administrator.get(f"{url}?{urlencode(query)}")
                assert response.status_code in (200, 400), (query, administrator.broken)


@MODELS
def test_no_suggestion_breaks_a_new_row(administrator: Bold, model: type[models.Model]) -> None:
    fields = [field.name for field in model._meta.get_fields()]
    names = [*fields, "more_municipalities", "all_of_region", "_popup", "_changelist_filters"]
    for value in ("abc", HUGE, "-1", "1,2", "1e999"):
        query = urlencode(dict.fromkeys(names, value))
        response = administrator.get(f"{address(model, 'add')}?{query}")
        assert response.status_code in (200, 403), (value, administrator.broken)


def test_a_suggestion_puts_no_words_in_an_editors_mouth(administrator: Bold, world: World) -> None:
    region = world.own[Project]._meta.get_field("regions").related_model.objects.first()
    query = urlencode({"title_fi": "Vale", "regions": f"{region.pk},x", "published_at": "abc"})
    data = controls(administrator.get(f"{address(Project, 'add')}?{query}"), "project_form")
    assert (data["title_fi"], data["regions"]) == ("", [str(region.pk)])


@pytest.mark.parametrize("name", ["_selected_action", "index", "action", "select_across"])
def test_no_action_on_odd_rows_breaks_a_list(administrator: Bold, world: World, name: str) -> None:
    listed, project = address(Project, "changelist"), world.own[Project]
    for value in (*KEYS, *WORDS):
        data = {"_selected_action": ["0", "abc"], "index": "0", "action": "confirm_up_to_date"}
        with undone():
            response = administrator.post(listed, {**data, name: value})
            assert response.status_code in (302, 200), administrator.broken
            assert name == "select_across" or not administrator.wrote
    ticked = {**data, "_selected_action": [HUGE, "\0", str(project.pk)]}
    assert administrator.post(listed, ticked).status_code == 302
    project.refresh_from_db()
    assert project.checked_at, "the row that can be one is acted on"


def test_lookups_answer_for_relations_of_forms_and_refuse_the_rest(administrator: Bold) -> None:
    url = reverse("admin:autocomplete")
    ours = [model for model in apps.get_models() if not hasattr(model, "history_id")]
    for model in ours:
        for field in model._meta.get_fields(include_hidden=True):
            query = {
                "app_label": model._meta.app_label,
                "model_name": model._meta.model_name,
                "field_name": field.name,
            }
            response = administrator.get(url, {**query, "term": "a"})
            assert response.status_code in (200, 403, 404), administrator.broken
    relation = {"app_label": "projects", "model_name": "participation", "term": "a"}
    for field in ("municipality", "contact"):
        for name in ("app_label", "model_name", "field_name", "term", "page", "id"):
            for value in WORDS:
                response = administrator.get(url, {**relation, "field_name": field, name: value})
                assert response.status_code in (200, 403, 404), administrator.broken


@pytest.mark.parametrize("counter", ["TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", ""])
def test_counters_of_rows_are_not_believed(administrator: Bold, world: World, counter: str) -> None:
    """Nothing is lost and nothing is made twice, whatever a hidden counter says."""
    project = world.own[Project]
    url = address(Project, "change", project.pk)
    form = controls(administrator.get(url), "project_form")
    prefixes = [name.removesuffix("-TOTAL_FORMS") for name in form if name.endswith("TOTAL_FORMS")]
    rows = {name: getattr(project, name).count() for name in prefixes}
    assert sum(rows.values()) >= 2
    for value in ("99999", "0", "-1", "abc", HUGE):
        data = form | {f"{prefix}-{counter}": value for prefix in prefixes}
        if not counter:
            data = {name: form[name] for name in form if not name.endswith("_FORMS")}
        with undone():
            response = administrator.post(url, data)
            assert response.status_code in (200, 302), (value, administrator.broken)
            assert {name: getattr(project, name).count() for name in prefixes} == rows, value
            if response.status_code == 200:
                assert not administrator.wrote
                shown = [len(i.formset.forms) for i in response.context["inline_admin_formsets"]]
                assert max(shown) < 5


def test_pages_of_the_site_take_any_words(administrator: Bold) -> None:
    for word in WORDS:
        query, path = urlencode({"next": word, "language": word, "x": word}), quote(word, safe="")
        for url in ("/admin/", "/admin/jsi18n/", "/admin/components/", "/admin/login/"):
            assert administrator.get(f"{url}?{query}").status_code < 500, administrator.broken
        for url in (f"/admin/{path}/", f"/admin/projects/{path}/", f"/admin/r/{path}/1/"):
            assert administrator.get(url).status_code in (302, 400, 404), administrator.broken
