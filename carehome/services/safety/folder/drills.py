"""Drills, emergency plans and incidents as the folder shows them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from carehome.i18n import _, show_day
from carehome.reports.safety_folder import Figure, Part
from carehome.reports.table import Cell, Column, Kind, Table
from carehome.rules.periods import DAY, Period
from carehome.rules.safety import drills as rules
from carehome.rules.safety.drills import (
    ROLE_NAMES,
    STATE_NAMES,
    Drill,
    Half,
    State,
    half_of,
)
from carehome.rules.safety.hazards import STATE_NAMES as HAZARD_STATES
from carehome.services.safety.drills import drills_in
from carehome.services.safety.folder.emergencies import (
    incidents_table,
    plan_gaps,
    plans_table,
)
from carehome.services.safety.folder.values import Section, title
from carehome.services.safety.hazards import Mark, marks_in
from carehome.services.safety.incidents import incidents_in
from carehome.services.safety.plans import plans_in


def gather(session: Session, span: Period, now: datetime) -> Section:
    """Show the drills of the span, and the half years that went without one."""
    last = (span.end or date.max) - DAY
    whole = Period(half_of(span.start).start, half_of(last).end)
    day, plans = min(last, now.date()), plans_in(session)
    years = rules.years_to(span.start, day)
    known = drills_in(session, Period(min(years[0].start, whole.start), whole.end))
    found = [each for each in known if span.holds(each.day)]
    held = [each for each in found if each.state is State.HELD]
    incidents = incidents_in(session, span)
    gaps = tuple(
        _without(half)
        for half in rules.halves(whole, known)
        if half.last_day < now.date() and half.last_day <= last and not half.is_done
    )
    gaps += tuple(gap for year in years for gap in _lacking(year, known))
    gaps += plan_gaps(plans, day)
    text = _(
        "{count} {count:drill|drills} held, {night} of them at night; {incidents} "
        "{incidents:incident|incidents}."
    )
    night = sum(each.is_night for each in held)
    told = text.format(count=len(held), night=night, incidents=len(incidents))
    tables = (
        *(
            _drills(found, now.date()),
            _floors(held),
            _lessons(held, _hazards_of(session, held, now)),
        ),
        *(plans_table(plans, day), incidents_table(incidents)),
    )
    figure = Figure(
        _("Drills held"), len(held), _("{night} at night").format(night=night)
    )
    part = Part(title("drills"), (told, *gaps), tables)
    return Section(part, (figure,), gaps)


def _without(half: Half) -> str:
    text = _("No real exercise from {first} to {last}; one is asked for in each half.")
    return text.format(first=show_day(half.span.start), last=show_day(half.last_day))


def _lacking(year: Period, known: Sequence[Drill]) -> Iterator[str]:
    """Say which kinds of drill a year went without."""
    need = rules.lacking_in(year, known)
    days = {
        "first": show_day(year.start),
        "last": show_day((year.end or date.max) - DAY),
    }
    if need.at_night:
        text = _(
            "No drill at night from {first} to {last}; one a year is our own rule."
        )
        yield text.format(**days)
    if need.disabled_unit:
        text = _(
            "No drill with a unit of disabled residents from {first} to {last}; one a "
            "year is our own rule."
        )
        yield text.format(**days)


def _drills(drills: Sequence[Drill], today: date) -> Table:
    return Table(
        _("Drills"),
        (
            Column(_("Day"), 12, Kind.DAY),
            Column(_("Drill"), 26),
            Column(_("Place"), 20),
            Column(_("Scenario"), 20),
            Column(_("State"), 12),
            Column(_("Began at"), 10),
            Column(_("Minutes"), 10, Kind.NUMBER),
            Column(_("Residents"), 10, Kind.NUMBER),
            Column(_("Points"), 12),
            Column(_("Who did what"), 44),
        ),
        [_drill(each, today) for each in drills],
    )


def _drill(drill: Drill, today: date) -> tuple[Cell, ...]:
    kinds = (
        (drill.is_night, _("At night")),
        (drill.is_disabled_unit, _("Unit of disabled residents")),
        (not drill.is_real, _("On paper only")),
    )
    met, seen = drill.met
    is_held = drill.state is State.HELD
    return (
        drill.day,
        drill.title,
        drill.place,
        _(", ").join(words for is_so, words in kinds if is_so),
        drill.called_off or _state(drill, today),
        drill.held_at,
        drill.minutes,
        drill.residents if is_held else None,
        _("{met} of {seen}").format(met=met, seen=seen) if seen else "",
        _roles(drill),
    )


def _state(drill: Drill, today: date) -> str:
    """Say how far a drill has come; a plan whose day is over was not kept."""
    if drill.state is State.PLANNED and drill.day < today:
        return _("Not held as planned")
    return _(STATE_NAMES[drill.state])


def _roles(drill: Drill) -> str:
    """Say who did what, a line for each part."""
    names: dict[str, list[str]] = {}
    for part in drill.roles:
        names.setdefault(part.role, []).append(part.name)
    text = _("{part}: {names}")
    return "\n".join(
        text.format(part=_(ROLE_NAMES[role]), names=_(", ").join(who))
        for role, who in names.items()
    )


def _floors(drills: Sequence[Drill]) -> Table:
    rows = [
        (drill.day, drill.title, floor.floor, floor.residents, _time(floor.seconds))
        for drill in drills
        for floor in drill.floors
    ]
    return Table(
        _("Minutes until each floor was empty"),
        (
            Column(_("Day"), 12, Kind.DAY),
            Column(_("Drill"), 30),
            Column(_("Floor"), 16),
            Column(_("Residents"), 10, Kind.NUMBER),
            Column(_("Minutes and seconds"), 14),
        ),
        rows,
    )


def _time(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"


def _hazards_of(
    session: Session, drills: Sequence[Drill], now: datetime
) -> Mapping[int, Mark]:
    """Return what became of the lessons that were made hazards."""
    lessons = (lesson for drill in drills for lesson in drill.lessons)
    ids = [lesson.hazard_id for lesson in lessons if lesson.hazard_id]
    return marks_in(session, ids, now)


def _lessons(drills: Sequence[Drill], hazards: Mapping[int, Mark]) -> Table:
    rows = [
        (
            drill.day,
            drill.title,
            lesson.text,
            _hazard(hazards.get(lesson.hazard_id or 0)),
        )
        for drill in drills
        for lesson in drill.lessons
    ]
    return Table(
        _("What the drills taught"),
        (
            Column(_("Day"), 12, Kind.DAY),
            Column(_("Drill"), 30),
            Column(_("Lesson"), 60),
            Column(_("Hazard"), 24),
        ),
        rows,
    )


def _hazard(mark: Mark | None) -> str:
    """Say under which number a lesson became a hazard, and how that one stands."""
    if mark is None:
        return ""
    return _("{number}, {state}").format(
        number=mark.number, state=_(HAZARD_STATES[mark.state])
    )
