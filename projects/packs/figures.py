"""The figures at the top: what there is, and how much it moved."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from climateportal.templatetags.ui import euros, number
from municipalities.models import Region
from projects.documents.blocks import Facts, line
from projects.enums import GoalState
from projects.packs.since import Since
from projects.progress import REACHED
from projects.summaries.counts import ProjectCounts, TaskCounts
from projects.summaries.state import State


@dataclass(frozen=True)
class Told:
    """A figure with its name: euros as Decimal, or a number, which may be out of a whole."""

    name: str
    value: Decimal | int
    whole: int | None = None

    @property
    def text(self) -> str:
        """“59 210 €”, “4/9”, “2”."""
        if isinstance(self.value, Decimal):
            return euros(self.value)
        return number(self.value) if self.whole is None else f"{number(self.value)}{self.unit}"

    @property
    def unit(self) -> str:
        """“€”, “/9” or nothing."""
        if isinstance(self.value, Decimal):
            return "€"
        return "" if self.whole is None else f"/{number(self.whole)}"


@dataclass(frozen=True)
class GoalFigures:
    """Goals of which the figures say otherwise than what has been stated, or more."""

    short: int  # stated to be met
    reached: int  # not stated to be met, as a whole
    partly: int  # the same, in some municipality of those followed

    @classmethod
    def of(cls, state: State) -> "GoalFigures":
        """Counted of a state. Of a goal that other municipalities are followed in too, what those
        here have reached is a part.
        """
        found = state.assessments().values()
        others = [(goal, one) for goal, one in found if goal.state != GoalState.MET]
        partly = whole = 0
        for goal, one in others:
            by_place = all(row.place is not None for row in one.judged)
            if one.is_reached and not (by_place and goal.pk in state.measured_elsewhere):
                whole += 1
            elif by_place and one.having(*REACHED):
                partly += 1
        short = sum(goal.state == GoalState.MET and bool(one.clash) for goal, one in found)
        return cls(short, whole, partly)

    def words(self, is_region: bool) -> Iterator[str]:
        """What stands beside the count of goals stated to be met."""
        texts = (
            (_("%(count)s of them not reached by their figures"), self.short),
            (_("%(count)s more reached by their figures"), self.reached),
            (
                _("%(count)s more reached by their figures in some of the municipalities")
                if is_region
                else _("%(count)s more reached by their figures in this municipality"),
                self.partly,
            ),
        )
        return (text % {"count": number(count)} for text, count in texts if count)


class Figures:
    """The headline numbers of one state, each thing counted once (rule 6)."""

    def __init__(self, state: State) -> None:
        facts = state.facts()
        here = state.members.by_pk.keys()
        self.members = len(here)
        self.projects = ProjectCounts.of((row.stage, row.activity, 1) for row in facts)
        self.participating = len({pk for row in facts for pk in row.own_stages if pk in here})
        self.tasks: TaskCounts = state.task_table().of_places(here, facts)
        self.past_end = sum(row.is_past_end(state.on) for row in facts)
        self.goals = len(state.goals)
        self.goals_met = sum(goal.state == GoalState.MET for goal in state.goals)
        self.goal_figures = GoalFigures.of(state)
        self.money = state.money

    def used_more(self, was: "Figures") -> Decimal | None:
        """How much more the projects have used whose costs were known then too."""
        before = was.money.by_pk
        both = [(before[row.pk].used, row.used) for row in self.money.projects if row.pk in before]
        known = [now - then for then, now in both if then is not None and now is not None]
        return sum(known, Decimal(0)) if known else None


def figure_facts(
    state: State,
    before: State | None,
    since: Since | None,
    money: Iterable[Told] | None = None,
) -> Facts:
    """The figures, and how many more or fewer than `before`.

    `money` replaces the costs of whole projects, for a report that has closer ones.
    """
    now = Figures(state)
    was = Figures(before) if before else None

    def moved(name: str, get: Callable[[Figures], int]) -> str:
        told = since.compared(get(now) - get(was)) if was else ""
        return f"{name}, {told}" if told else name

    rows = [Told(moved(_("Projects"), lambda row: row.projects.total), now.projects.total)]
    if isinstance(state.area, Region):
        rows.append(Told(_("Municipalities taking part"), now.participating, now.members))
    if now.tasks.total:
        told = moved(_("Tasks done"), lambda row: row.tasks.done)
        rows.append(Told(told, now.tasks.done, now.tasks.total))
        rows.append(Told(moved(_("Tasks late"), lambda row: row.tasks.late), now.tasks.late))
    if now.past_end:
        name = _("Projects past their end date")
        rows.append(Told(moved(name, lambda row: row.past_end), now.past_end))
    if now.goals:
        is_region = isinstance(state.area, Region)
        name = (
            _("Goals met, of the region, its municipalities and their projects")
            if is_region
            else _("Goals met, of the municipality and its projects")
        )
        told = [moved(name, lambda row: row.goals_met), *now.goal_figures.words(is_region)]
        rows.append(Told(", ".join(told), now.goals_met, now.goals))
    rows.extend(_money(now, was, since) if money is None else money)
    return Facts(
        tuple((row.name, line(row.text)) for row in rows),
        "figures",
        tuple((row.value, row.unit) for row in rows),
    )


def _money(now: Figures, was: Figures | None, since: Since | None) -> Iterator[Told]:
    if now.money.used is None:
        if now.money.budget is not None:
            yield Told(_("Budget"), now.money.budget)
        return
    told = [_("Used")]
    if now.money.budget is not None:
        told = [_("Used of the budgets %(budget)s") % {"budget": euros(now.money.budget)}]
    if now.money.use_unknown:
        unknown = ngettext(
            "%(count)s project has not reported its use",
            "%(count)s projects have not reported their use",
            now.money.use_unknown,
        )
        told.append(unknown % {"count": number(now.money.use_unknown)})
    if was and (more := now.used_more(was)):
        told.append(since.compared(more))
    yield Told(", ".join(told), now.money.used)
