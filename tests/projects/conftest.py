"""Projects for tests of lists."""

from datetime import timedelta

import pytest
from django.utils import timezone

from projects.enums import Activity, Stage
from projects.models import Project
from tests.factories import MunicipalityFactory, ProjectFactory, RegionFactory, ThemeFactory
from tests.projects.meetingworld import coordinator, group, meeting, user
from tests.remembering import remembering

__all__ = ["coordinator", "four", "group", "meeting", "remembering", "user"]


@pytest.fixture
def four(db: None) -> dict[str, Project]:
    """Four public projects that differ in every filter, and two that are hidden."""
    palkane = MunicipalityFactory(name_fi="Pälkäne", slug="palkane", fi_genitive="Pälkäneen")
    akaa = MunicipalityFactory(name_fi="Akaa", slug="akaa")
    members = [palkane, akaa]
    pirkanmaa = RegionFactory(county=True, name_fi="Pirkanmaa", slug="pirkanmaa", members=members)
    savo = RegionFactory(name_fi="SavoGrow", slug="savogrow")
    energy = ThemeFactory(name_fi="Energia", slug="energia")
    traffic = ThemeFactory(name_fi="Liikenne", slug="liikenne")
    today = timezone.localdate()
    hidden = {"municipalities": [akaa], "regions": [pirkanmaa], "themes": [energy]}
    ProjectFactory(title_fi="Luonnos kaavoituksesta", draft=True, **hidden)
    ProjectFactory(
        title_fi="Huominen kaava", published_at=timezone.now() + timedelta(days=1), **hidden
    )
    return {
        "Kaava": ProjectFactory(
            title_fi="Kaava", municipalities=[palkane, akaa], regions=[pirkanmaa], themes=[energy],
            stage=Stage.PLANNING, end_date=today + timedelta(days=9),
            summary_fi="Kaavoitus ohjaa rakentamista.",
        ),
        "Pyörä": ProjectFactory(
            title_fi="Pyörä", municipalities=[akaa], themes=[traffic], stage=Stage.IMPLEMENTATION,
            end_date=today - timedelta(days=9), summary_fi="Kävely ja kulkeminen.",
        ),
        "Savo": ProjectFactory(
            title_fi="Savo", regions=[savo], themes=[energy, traffic], stage=Stage.COMPLETED,
            end_date=today, completed_on=today, summary_fi="Maatilojen neuvonta.",
        ),
        "Tauko": ProjectFactory(
            title_fi="Tauko", municipalities=[palkane], activity=Activity.PAUSED,
            activity_reason_fi="Rahoitus puuttuu.", summary_fi="Metsät.",
        ),
    }  # fmt: skip
