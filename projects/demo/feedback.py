"""Two messages of residents: one that waits for an answer, one that has got it."""

from datetime import timedelta

from climateportal.feedback import answer, give, key_of
from climateportal.models import Feedback
from climateportal.models.feedback import FeedbackKind
from projects.demo import etela_pirkanmaa
from projects.demo.world import World
from projects.models import Project

ASKED_AGO, ANSWERED_AGO = 24, 21  # days
WAITS_SINCE = 5

WAITS = (
    "Kyläyhdistyksemme haluaa vaihtaa kylätalon öljylämmityksen maalämpöön. Voiko yhdistys tulla "
    "hankkeeseen mukaan, ja keneltä sitä kysytään?"
)
ASKED = "Mistä näen kaikki hankkeet, joissa Pälkäne on mukana? Sivun yläosassa on vain lukumäärä."
ANSWERED = (
    "Kiitos kysymyksestä! Luettelo on samalla sivulla alempana, otsikon Hankkeet alla. Voit myös "
    "avata hankkeiden luettelon ja rajata sen kunnan mukaan."
)


def make_feedback(world: World) -> None:
    """Store them unless they are there. No letter is sent, and the addresses are nobody's."""
    asked, answered, waits = (
        world.moment(world.today - timedelta(days=days))
        for days in (ASKED_AGO, ANSWERED_AGO, WAITS_SINCE)
    )
    place = world.municipality("palkane")
    given, is_new = give(
        kind=FeedbackKind.QUESTION, message=ASKED, language="fi", key=key_of("demo", "answered"),
        subject=place, about=place.name_fi, email="asukas@example.fi", at=asked,
    )  # fmt: skip
    if is_new:
        by = world.editor("koordinaattori.etela-pirkanmaa")
        answer(feedback=given, text=ANSWERED, by=by, at=answered)
    project = Project.objects.filter(slug=etela_pirkanmaa.SLUG).first()
    key = key_of("demo", "waits")
    if project and not Feedback.objects.filter(key=key).exists():
        give(
            kind=FeedbackKind.QUESTION, message=WAITS, language="fi", key=key, subject=project,
            about=project.title_fi, email="kylayhdistys@example.fi", at=waits,
        )  # fmt: skip
