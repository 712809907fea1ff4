"""Where a frame cuts a picture, the editor says what stays; pages and prints keep to it."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from climateportal.staticstorage import bundle
from projects import freshness
from projects.enums import FOCUS_OF_WIDE, Focus
from projects.freshness import digest
from projects.models import Project
from tests.factories import ContactFactory, ProjectContactFactory, ProjectFactory

pytestmark = pytest.mark.django_db
PICTURE = {"image": "kuvat/metsa.webp", "image_alt_fi": "Metsä"}


@pytest.mark.parametrize("focus", FOCUS_OF_WIDE)
def test_the_picture_of_a_project_keeps_what_its_editor_chose(client: Client, focus: str) -> None:
    project = ProjectFactory(image_focus=focus, **PICTURE)
    page = client.get(project.get_absolute_url()).content.decode()
    assert f'class="photo f-{Focus(focus).value}"' in page


@pytest.mark.parametrize("focus", Focus)
def test_a_photo_keeps_the_face(client: Client, focus: str) -> None:
    contact = ContactFactory(photo="kuvat/kasvot.webp", photo_focus=focus)
    project = ProjectFactory()
    ProjectContactFactory(project=project, contact=contact)
    page = client.get(project.get_absolute_url()).content.decode()
    assert f'class="av f-{Focus(focus).value}"' in page


def test_each_choice_moves_the_picture() -> None:
    css = bundle(Path(settings.BASE_DIR) / "static/css/main.css")
    for focus in set(Focus) - {Focus.CENTRE}:  # a browser's own place is the middle
        assert f".f-{focus.value}{{object-position:{focus.value}}}" in css


def test_the_new_field_moves_no_date_until_somebody_chooses(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A digest made before there was a choice stays good; a choice is a change of the page."""
    project = ProjectFactory(**PICTURE)
    with monkeypatch.context() as older:
        older.setattr(freshness, "PRIVATE", freshness.PRIVATE | {"image_focus"})
        before = digest(project)
    assert digest(project) == before
    Project.objects.filter(pk=project.pk).update(image_focus=Focus.TOP)
    assert digest(Project.objects.get(pk=project.pk)) != before
