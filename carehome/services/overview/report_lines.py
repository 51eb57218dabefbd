"""The lines of a report, as they are counted now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from carehome.i18n import N_, _, show_day
from carehome.rules.figure_reports import Kept, bare, beside, say_change
from carehome.rules.figure_sets import FigureSet, SetLine, sets
from carehome.rules.figures import (
    GROUP_NAMES,
    Figure,
    FigureKey,
    Number,
    change,
    definitions,
)
from carehome.rules.filing import say_field
from carehome.rules.home import Profile
from carehome.rules.periods import Period
from carehome.rules.ratings.grades import GRADE_NAMES
from carehome.rules.rights import User
from carehome.rules.safety.forms import SURENESS_NAMES, Sureness
from carehome.services.claims import star_in
from carehome.services.figures import figures_of, for_user
from carehome.services.figures.records import Records
from carehome.services.home import profile_in

ALL = "all"  # not a set: every figure there is
PROFILE = N_("The home's profile")
Values = Mapping[FigureKey, Figure]


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is shown; `figure` is what it was counted by, where it was.

    `otherwise` is the value on the other side, where a report that was handed in and
    the records of now say different things.
    """

    position: int
    part: str
    label: str
    key: FigureKey = ""
    value: Number | None = None
    shown: str = ""
    unit: str = ""
    change: str = ""
    words: str = ""
    source: str = ""
    note: str = ""
    unknown: str = ""
    otherwise: str = ""
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A report of a period: counted now, or as it was handed in (`is_kept`).

    `kept` is the report of the same set and days that holds, `compared` says what the
    changes are against.
    """

    code: str
    name: str
    source: str
    period: Period
    as_of: date
    lines: tuple[Line, ...]
    compared: str = ""
    kept: Kept | None = None
    is_kept: bool = False


def set_of(code: str) -> FigureSet:
    """Return a set by its code; all figures are a set too."""
    if code != ALL:
        return sets()[code]
    lines = tuple(SetLine(each.name, key) for key, each in definitions().items())
    spans = sets()["upward"].spans
    return FigureSet(ALL, _("All figures"), "", Sureness.OURS, spans, lines)


def say_source(asked: FigureSet) -> str:
    """Say where a set comes from, and how sure that is."""
    if not asked.source:
        return ""
    text = _("{source} ({sureness})")
    sure = _(SURENESS_NAMES[asked.sureness])
    return text.format(source=asked.source, sureness=sure)


def counted(
    session: Session,
    asked: FigureSet,
    periods: Sequence[Period],
    user: User,
    today: date,
) -> list[Values]:
    """Count the figures of a set for some periods, as somebody may see them."""
    records = Records(session, today)
    return [
        {
            key: for_user(figure, user)
            for key, figure in figures_of(records, asked.figures, each, today).items()
        }
        for each in periods
    ]


def lines_of(
    session: Session, asked: FigureSet, now: Values, before: Values, day: date
) -> tuple[Line, ...]:
    """Lay out the lines of a set, with the change of each figure."""
    profile = profile_in(session)
    grade = star_in(session, day)
    return tuple(
        _figure_line(at, now[each.figure], before.get(each.figure))
        if each.figure
        else _told_line(at, each, profile, grade)
        for at, each in enumerate(asked.lines)
    )


def _figure_line(at: int, figure: Figure, before: Figure | None) -> Line:
    known = definitions()[figure.key]
    line = Line(
        at,
        _(GROUP_NAMES[known.group]),
        known.name,
        figure.key,
        words=_meaning(known.words, known.numerator, known.denominator),
        source=known.source,
        note=str(figure.note),
        unknown=str(figure.unknown),
        figure=figure,
    )
    if figure.value is None:
        return line
    moved = change(before, figure) if before else None
    return replace(
        line,
        value=figure.value,
        shown=bare(figure.value, known.unit),
        unit=beside(known.unit),
        change="" if moved is None else say_change(moved, known.unit),
    )


def _meaning(words: str, numerator: str, denominator: str) -> str:
    if not (numerator and denominator):
        return words
    text = _("{words} Counted: {numerator}, of: {denominator}.")
    return text.format(
        words=words,
        numerator=numerator.rstrip("\u3002"),
        denominator=denominator.rstrip("\u3002"),
    )


def _told_line(at: int, line: SetLine, profile: Profile, grade: int | None) -> Line:
    told = Line(at, _(PROFILE), line.label)
    if line.blank:
        return replace(told, unknown=line.blank)
    if line.record:
        if grade is None:
            why = _("No grade was entered. Enter it on the page “Star rating”.")
            return replace(told, unknown=why)
        return replace(told, shown=_(GRADE_NAMES[grade]))
    if value := say_field(profile, line.field):
        return replace(told, shown=value)
    return replace(told, unknown=_("Not entered. Fill it in: Settings, Home."))


def say_compared(kept: Kept | None, period: str) -> str:
    """Say what the changes of a report are against."""
    if kept is None:
        return _("Change since {period} (no earlier report was kept)").format(
            period=period
        )
    text = _("Change since report {number} of {period}, kept on {day}")
    return text.format(number=kept.report_id, period=period, day=show_day(kept.made_on))
