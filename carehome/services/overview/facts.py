"""What the director's cards tell besides figures: duty, the self-assessment."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.rosters import RosterCellRow, RosterRow
from carehome.i18n import N_, _
from carehome.rules.figures import Rows, Unit, show
from carehome.rules.ratings.grades import GRADE_NAMES
from carehome.rules.ratings.items import PART_NAMES
from carehome.rules.ratings.points import show_points
from carehome.rules.today import words
from carehome.services.ratings.standing import Standing, selves_in, standing_in
from carehome.services.shifts.service import NeedLine

DUTY_TITLES = (N_("Shift"), N_("Asked for"), N_("On duty"), N_("Lacking"))
GRADE_TITLES = (
    *(
        N_("Star grade"),
        N_("Points that the grade asks for"),
        N_("Are the points enough"),
    ),
    *(N_("Conditions that fail"), N_("Conditions not known")),
)


@dataclass(frozen=True, slots=True)
class Beside:
    """A line beside the figure in front: its name, value, meaning and list behind it.

    `code` tells lists apart; `why` says why there is no value.
    """

    name: str
    value: str
    code: str = ""
    meaning: str = ""
    rows: Rows | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """How many people the shifts of a day ask for, are on, and lack; none = unknown.

    `shifts` are the lines that it adds up: shift, asked for, on duty, lacking.
    """

    need: int | None = None
    on: int | None = None
    short: int = 0
    shifts: tuple[tuple[str, int, int, int], ...] = ()


def duty_in(session: Session, lines: Sequence[NeedLine], day: date) -> Duty:
    """Set what the shifts of a day ask for against who is on them by the roster."""
    need: Counter[int] = Counter()
    for line in lines:
        need[line.shift_id] += line.cover.need if line.cover else 0
    asked = sum(need.values())
    month = day.replace(day=1)
    state = select(RosterRow.state).where(RosterRow.month == month)
    if not asked or session.scalar(state) != "published":
        return Duty(asked or None)
    cells = select(RosterCellRow.shift_id).where(RosterCellRow.day == day)
    on = Counter(each for each in session.scalars(cells) if each and each in need)
    short = need - on
    names = {line.shift_id: line.shift for line in lines}
    shifts = tuple(
        (names[each], need[each], on[each], short[each])
        for each in need
        if need[each] or on[each]
    )
    return Duty(asked, sum(on[each] for each in need), sum(short.values()), shifts)


def say_duty(duty: Duty) -> list[Beside]:
    """Say how many people the shifts of today ask for, and whether they are there."""
    name = _("People that all shifts of today ask for")
    if duty.need is None:
        return [Beside(name, _("Unknown"), why=_("No shift asks for anybody yet."))]
    rows = Rows(DUTY_TITLES, duty.shifts) if duty.shifts else None
    meaning = _("Each shift by itself: people too many on one do not help another.")
    need = Beside(name, show(duty.need, Unit.PEOPLE), "need", meaning, rows)
    if duty.on is None:
        return [need, Beside(_("On duty today"), _("no published roster"))]
    on = show(duty.on, Unit.PEOPLE)
    if duty.short:
        lack = show(duty.short, Unit.PEOPLE)
        on = _("{on}, {lack} short").format(on=on, lack=lack)
    return [need, Beside(_("On duty today"), on, "on-duty", meaning, rows)]


def rated_in(session: Session, today: date) -> list[Beside]:
    """Say what the newest self-assessment comes to, stamped where its table is."""
    row = next(iter(selves_in(session)), None)
    if row is None:
        return [Beside(_("Self-assessment"), _("no self-assessment yet"))]
    found = standing_in(session, row, today)
    points = _("{got} of {full}").format(
        got=show_points(found.hundredths), full=show_points(sum(found.full.values()))
    )
    grade = _(GRADE_NAMES[found.within_reach])
    meaning = ", ".join(filter(None, (found.line.name, found.table, found.stamp)))
    told = [
        Beside(
            _("Points of the self-assessment"), points, "points", meaning, _parts(found)
        ),
        Beside(
            _("Grade by the self-assessment"), grade, "grade", meaning, _grades(found)
        ),
    ]
    return [*told, Beside(found.stamp, "")] if found.stamp else told


def _parts(found: Standing) -> Rows:
    """List the points of each part."""
    lines = tuple(
        (words(PART_NAMES[part]), show_points(got), show_points(found.full[part]))
        for part, got in found.points.items()
    )
    return Rows((N_("Part of the table"), N_("Points"), N_("Full points")), lines)


def _grades(found: Standing) -> Rows:
    """List what stands between the home and each grade."""
    asked = {line.grade: show_points(line.hundredths) for line in found.lines}
    lines = tuple(
        (
            words(GRADE_NAMES[each.grade]),
            asked[each.grade],
            words(N_("Yes") if each.has_points else N_("No")),
            len(each.failing),
            len(each.unknown),
        )
        for each in found.grades
    )
    return Rows(GRADE_TITLES, lines)
