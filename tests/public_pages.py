"""Addresses of the public pages of the demo, for tests that visit them all."""

from django.urls import reverse
from django.utils import translation

from climateportal.models import Page
from municipalities.models import Meeting, Municipality, Region
from projects.models import Project

LANGUAGES = ("fi", "sv", "en")
SOME_MUNICIPALITIES = ("palkane", "akaa", "alavus", "kuopio", "helsinki", "vaasa", "sottunga")


def addresses(languages: tuple[str, ...] = LANGUAGES) -> list[str]:
    """Every kind of public page, every project and region with projects, in these languages."""
    found = []
    for language in languages:
        with translation.override(language):
            found += [
                reverse(name)
                for name in ("home", "project-list", "municipality-list", "region-list", "feedback")
            ]
            found.append(f"{reverse('project-list')}?q=kuopiossa")
            found += [page.get_absolute_url() for page in Page.objects.published()]
            found += [project.get_absolute_url() for project in Project.objects.published()]
            regions = Region.objects.filter(slug__in=REGIONS)
            found += [region.get_absolute_url() for region in regions]
            found += [
                reverse(name, kwargs={"slug": region.slug})
                for region in regions.filter(slug__in=("kestavat", "pohjois-savo"))
                for name in ("region-tasks", "region-costs", "meeting-list")
            ]
            found += [meeting.get_absolute_url() for meeting in Meeting.objects.published()]
            found.append(reverse("municipality-report", kwargs={"slug": "alavus"}))
            found.append(reverse("region-report", kwargs={"slug": "kestavat"}))
            places = Municipality.objects.filter(slug__in=SOME_MUNICIPALITIES)
            found += [place.get_absolute_url() for place in places]
    return found


REGIONS = (
    "etela-pirkanmaa", "kestavat", "keski-suomi", "pohjois-savo", "kuopion-seutu", "yla-savo",
    "keski-savo", "savogrow", "pirkanmaa", "ahvenanmaa", "kuopion-seutukunta",
)  # fmt: skip
