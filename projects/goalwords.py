"""Progress towards a goal in words and as a drawing: the same on pages, in packs and in mail."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from climateportal.dates import short_date
from climateportal.templatetags.ui import listed, number, percent
from projects.charts import WIDTH, LineChart, Span, Words, drawing, joint_span, line_chart, span_of
from projects.enums import GoalState
from projects.progress import REACHED, SHORT, Direction, Pace, Progress, Standing, shown_percent
from projects.summaries.goals import GoalRow, GoalSeries

MOST_DECIMALS = 3


def figure(value: Decimal) -> str:
    """1 200,5: without zeros at the end."""
    exponent = value.normalize().as_tuple().exponent
    return number(value, min(max(-exponent, 0), MOST_DECIMALS))


def standing_words(progress: Progress) -> str:
    """What the figures say, in a few words: “42 % tavoitteesta saavutettu”."""
    return _standing_text(progress) % {
        "percent": "" if progress.percent is None else percent(shown_percent(progress.percent)),
        "value": figure(progress.last.value) if progress.last else "",
    }


def _standing_text(progress: Progress) -> str:
    is_level = progress.track.is_level
    match progress.standing:
        case Standing.NOT_MEASURED:
            return _("Not measured yet")
        case Standing.UNKNOWN:
            return _("Latest value %(value)s")
        case Standing.AWAY if is_level:
            return _("Off the level that was to be kept")
        case Standing.AWAY:
            return _("Further from the target than at the start, %(percent)s")
        case Standing.AT_BASE:
            return _("No change from the start, %(percent)s")
        case Standing.ON_THE_WAY:
            return _("%(percent)s of the target reached")
        case Standing.REACHED if is_level:
            return _("At the level that was to be kept")
        case Standing.REACHED:
            return _("Target reached, %(percent)s")
        case Standing.BEYOND:
            return _("Target exceeded, %(percent)s")
    raise ValueError(f"No words for {progress.standing}")


def standing_sentence(progress: Progress) -> str:
    """The words with the day: “42 % tavoitteesta saavutettu (mitattu 1.9.2026)”."""
    words = standing_words(progress)
    if progress.last is None:
        return words
    day = short_date(progress.last.day)
    return _("%(words)s (measured on %(date)s)") % {"words": words, "date": day}


@dataclass(frozen=True)
class Told:
    """A fact as a sentence; `is_warning` when it is regress or a day that has passed."""

    text: str
    is_warning: bool = False


def facts(progress: Progress) -> tuple[Told, ...]:
    """What else the figures tell, as sentences: from where to where, pace, direction, days past."""
    told = [Told(value_sentence(progress)), _since_previous(progress), _pace(progress)]
    if progress.is_past_due:
        day = short_date(progress.track.target_day)
        told.append(Told(_("The target date %(date)s has passed.") % {"date": day}, True))
    return tuple(fact for fact in told if fact is not None)


def value_sentence(progress: Progress) -> str:
    """“Lähtöarvo 64 (1.5.2025), viimeisin arvo 31, tavoite 32 (30.6.2026 mennessä).”"""
    track = progress.track
    parts = [_base(track.base, track.base_day)]
    if progress.last is not None and progress.standing != Standing.UNKNOWN:
        parts.append(_("latest value %(value)s") % {"value": figure(progress.last.value)})
    parts.append(_target(track.target, track.target_day))
    return f"{capfirst(', '.join(parts))}."


def _base(value: Decimal | None, day: date | None) -> str:
    if value is None:
        return _("starting value not reported")
    text = _("starting value %(value)s (%(date)s)") if day else _("starting value %(value)s")
    return text % {"value": figure(value), "date": short_date(day) if day else ""}


def _target(value: Decimal | None, day: date | None) -> str:
    if value is None:
        return _("target not reported")
    text = _("target %(value)s (by %(date)s)") if day else _("target %(value)s")
    return text % {"value": figure(value), "date": short_date(day) if day else ""}


def _pace(progress: Progress) -> Told | None:
    """Beside the straight path, as long as there is way to go."""
    if progress.pace is None or progress.standing not in SHORT:
        return None
    match progress.pace:
        case Pace.AHEAD:
            text = _("Ahead: at an even pace the value would have been %(value)s that day.")
        case Pace.ON_PATH:
            text = _("On pace: at an even pace the value would have been %(value)s that day.")
        case Pace.BEHIND:
            text = _("Behind: at an even pace the value would have been %(value)s that day.")
    return Told(text % {"value": _expected(progress)}, progress.pace == Pace.BEHIND)


def _expected(progress: Progress) -> str:
    """As exact as the figures around it, and one decimal more when the whole way is short."""
    track = progress.track
    known = (track.base, track.target, progress.last.value)
    decimals = max(-value.normalize().as_tuple().exponent for value in known)
    if abs(track.target - track.base) < 10:
        decimals = max(decimals, 0) + 1
    return number(progress.expected, min(max(decimals, 0), MOST_DECIMALS))


def _since_previous(progress: Progress) -> Told | None:
    if progress.previous is None:
        return None
    match progress.since_previous:
        case Direction.AWAY:
            text = _("Worse than at the previous measurement (%(value)s, %(date)s).")
        case Direction.TOWARDS:
            text = _("Better than at the previous measurement (%(value)s, %(date)s).")
        case _ if not progress.change:
            text = _("The same as at the previous measurement (%(value)s, %(date)s).")
        case Direction.UNCHANGED:
            text = _("As far from the level as at the previous measurement (%(value)s, %(date)s).")
        case _ if progress.change > 0:
            text = _("Risen since the previous measurement (%(value)s, %(date)s).")
        case _:
            text = _("Fallen since the previous measurement (%(value)s, %(date)s).")
    before = progress.previous
    values = {"value": figure(before.value), "date": short_date(before.day)}
    return Told(text % values, progress.since_previous == Direction.AWAY)


def clash_sentence(row: GoalRow) -> str:
    """What in the figures contradicts the coordinator's statement; “” when nothing does."""
    if not row.clash:
        return ""
    if row.goal.state == GoalState.NOT_MET:
        return _("Stated not to be met, but by the figures the target has been reached.")
    names = listed([series.place.name for series in row.clash if series.place])
    if not names:
        return _("Stated to be met, but by the figures the target has not been reached.")
    text = _("Stated to be met, but by the figures the target has not been reached in: %(names)s.")
    return text % {"names": names}


def places_sentence(row: GoalRow) -> str:
    """How many municipalities are where: “Neljästä kunnasta 1 saavuttanut …”; “” without any."""
    found = [series.progress.standing for series in row.series if series.place]
    if not found:
        return ""
    groups = (
        (REACHED, _("%(count)s reached the target")),
        ((Standing.ON_THE_WAY,), _("%(count)s on the way")),
        ((Standing.AT_BASE,), _("%(count)s without change")),
        ((Standing.AWAY,), _("%(count)s further away")),
        ((Standing.UNKNOWN,), _("%(count)s without a target to compare with")),
        ((Standing.NOT_MEASURED,), _("%(count)s not measured")),
    )
    parts = [
        text % {"count": number(count)}
        for standings, text in groups
        if (count := sum(standing in standings for standing in found))
    ]
    text = ngettext("%(count)s municipality: %(parts)s", "%(count)s municipalities: %(parts)s",
                    len(found))  # fmt: skip
    return text % {"count": number(len(found)), "parts": ", ".join(parts)}


def goal_sentence(row: GoalRow) -> str:
    """One line for lists: the whole's words, else how many municipalities are where, else “”."""
    for series in row.series:
        if series.place is None:
            return standing_sentence(series.progress)
    return places_sentence(row)


def joint_span_of(series: Iterable[GoalSeries]) -> Span | None:
    """One axis of time for the lines of a goal."""
    return joint_span(span_of(row.progress.track, row.progress.readings) for row in series)


def chart_of(
    progress: Progress, span: Span | None = None, pixels: int | None = None
) -> LineChart | None:
    """The line of one series with its texts in the active language; None without readings."""
    track, readings = progress.track, progress.readings
    if not readings:
        return None
    first, last = joint_span([span, span_of(track, readings)])
    words = Words(
        base=figure(track.base) if track.base is not None else "",
        target=figure(track.target) if track.target is not None else "",
        last=figure(readings[-1].value),
        first_day=short_date(first),
        last_day=short_date(last) if last != first else "",
    )
    return line_chart(track, readings, words, span, pixels)


def chart_words(series: GoalSeries) -> str:
    """What the line shows, for those who do not see it. The table has every value."""
    progress = series.progress
    first, last = progress.readings[0], progress.readings[-1]
    text = ngettext(
        "%(count)s measurement: %(last)s (%(last_day)s).",
        "%(count)s measurements: from %(first)s (%(first_day)s) to %(last)s (%(last_day)s).",
        len(progress.readings),
    )
    parts = [text % {
        "count": number(len(progress.readings)),
        "first": figure(first.value),
        "first_day": short_date(first.day),
        "last": figure(last.value),
        "last_day": short_date(last.day),
    }]  # fmt: skip
    track = progress.track
    if track.has_path:
        text = _("The dashed line leads from %(base)s to the target of %(target)s.")
        parts.append(text % {"base": figure(track.base), "target": figure(track.target)})
    elif track.target is not None:
        text = _("The dashed line is the target of %(target)s.")
        parts.append(text % {"target": figure(track.target)})
    name = f"{series.place.name}: " if series.place else ""
    return name + " ".join(parts)


def paper_chart(series: GoalSeries, span: Span | None = None, width: int = WIDTH) -> str:
    """The line as SVG text with its own colours, for a document; “” without readings."""
    chart = chart_of(series.progress, span, width)
    return drawing(chart, chart_words(series), width) if chart else ""
