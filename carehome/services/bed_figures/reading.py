"""All beds with their whole history, and what is counted of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from carehome.db.beds import BedRow, BedUseRow, BuildingRow, FloorRow, RoomRow
from carehome.db.change_log import ChangeRow
from carehome.db.presence import BedClosureRow, BedTargetRow
from carehome.db.residents import AbsenceRow, StayRow
from carehome.i18n import N_
from carehome.rules import bed_days as rules
from carehome.rules.bed_days import Bed, BedDays, Flow
from carehome.rules.nursing_beds import Measured, Target, targets
from carehome.rules.periods import DAY, Period
from carehome.services.home import labels_in

DEFAULT_TARGET = "xian-home-2025"


class By(StrEnum):
    """What the bed days are counted by."""

    DAY = "day"
    MONTH = "month"
    FLOOR = "floor"
    CLASS = "class"


BY_NAMES = {
    By.DAY: N_("Day by day"),
    By.MONTH: N_("By month"),
    By.FLOOR: N_("By floor"),
    By.CLASS: N_("By bed class"),
}


@dataclass(frozen=True, slots=True)
class FigureLine:
    """The bed days of one day, month, floor or class, and who came and went.

    `flow` is told of days and months only: nobody comes or goes by a class.
    """

    key: int | str | date
    label: str
    days: BedDays
    flow: Flow | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """What was counted in a span; before `known_since` the home used no program."""

    span: Period
    by: By
    lines: tuple[FigureLine, ...]
    total: BedDays
    flow: Flow
    known_since: date | None

    @property
    def last(self) -> date:
        """Return the last day that was counted."""
        assert self.span.end
        return self.span.end - DAY


@dataclass(frozen=True, slots=True)
class Nursing:
    """The home's nursing beds today beside the target it is measured against."""

    target: Target
    measured: Measured


@dataclass(frozen=True, slots=True)
class Past:
    """Every bed and every stay the home knows of."""

    beds: tuple[Bed, ...] = ()
    stays: tuple[Period, ...] = ()
    known_since: date | None = None


def past_in(session: Session) -> Past:
    """Read all beds and stays, with one query a table."""
    stays = tuple(
        Period(admitted_on, discharged_on)
        for admitted_on, discharged_on in session.execute(
            select(StayRow.admitted_on, StayRow.discharged_on)
        )
    )
    began = session.scalar(select(func.min(ChangeRow.at)))
    return Past(tuple(_beds(session, stays)), stays, began.date() if began else None)


def figures(
    past: Past, span: Period, by: By, names: Mapping[int | str, str]
) -> Figures:
    """Count the bed days of `span`."""
    whole = rules.total(past.beds, span)
    return Figures(
        span,
        by,
        tuple(_lines(past, span, by, names)),
        whole,
        rules.flow(past.stays, span),
        past.known_since,
    )


def names_in(session: Session, by: By) -> Mapping[int | str, str]:
    """Return what floors or classes are called, in their order."""
    if by is By.CLASS:
        labels: dict[int | str, str] = {}
        labels.update(labels_in(session, "bed_class"))
        return labels
    query = (
        select(FloorRow.id, FloorRow.name, BuildingRow.name)
        .join(BuildingRow, BuildingRow.id == FloorRow.building_id)
        .order_by(BuildingRow.id, FloorRow.level, FloorRow.id)
    )
    rows = session.execute(query).all()
    several = len({building for _id, _name, building in rows}) > 1
    return {
        number: f"{building} {name}" if several else name
        for number, name, building in rows
    }


def nursing_in(session: Session, day: date) -> Nursing:
    """Return the nursing beds of `day` beside the target of the home."""
    row = session.get(BedTargetRow, 1)
    target = targets()[row.kind if row else DEFAULT_TARGET]
    percent = row.percent if row else target.percent
    found = rules.total(past_in(session).beds, Period(day, day + DAY))
    return Nursing(target, Measured(found.there, found.nursing, percent))


def _lines(
    past: Past, span: Period, by: By, names: Mapping[int | str, str]
) -> Iterator[FigureLine]:
    if by in (By.DAY, By.MONTH):
        parts = list(rules.days_in(span) if by is By.DAY else rules.months_in(span))
        stays = [stay for stay in past.stays if (stay.end or date.max) >= span.start]
        for part, days in zip(parts, rules.totals(past.beds, span, parts), strict=True):
            label = f"{part.start:%Y-%m-%d}" if by is By.DAY else f"{part.start:%Y-%m}"
            yield FigureLine(part.start, label, days, rules.flow(stays, part))
        return
    groups: dict[int | str, list[Bed]] = defaultdict(list)
    for bed in past.beds:
        groups[bed.floor if by is By.FLOOR else bed.bed_class].append(bed)
    for key in [*names, *(key for key in groups if key not in names)]:
        if key in groups:
            days = rules.total(groups[key], span)
            yield FigureLine(key, names.get(key, str(key)), days)


def _beds(session: Session, stays: Sequence[Period]) -> Iterator[Bed]:
    """Yield every bed; one without a first day was there as long as the home."""
    held, reserved = _uses(session)
    away, closed = _away(session), _closed(session)
    first = [stay.start for stay in stays]
    first += [period.start for uses in held.values() for _who, period in uses]
    opening = min(first, default=None)
    query = select(BedRow, RoomRow.floor_id).join(RoomRow, RoomRow.id == BedRow.room_id)
    for row, floor in session.execute(query):
        uses = held.get(row.id, [])
        since = row.since or opening
        if since is None:
            continue
        starts = min([since, *(period.start for _who, period in uses)])
        out = (
            p
            for who, use in uses
            for each in away.get(who, ())
            if (p := each.within(use))
        )
        yield Bed(
            row.id,
            floor,
            row.bed_class,
            row.is_nursing_bed,
            Period(starts, row.until),
            tuple(period for _who, period in uses),
            tuple(out),
            tuple(reserved.get(row.id, ())),
            tuple(closed.get(row.id, ())),
        )


Held = dict[int, list[tuple[int, Period]]]


def _uses(session: Session) -> tuple[Held, dict[int, list[Period]]]:
    held: Held = defaultdict(list)
    reserved: dict[int, list[Period]] = defaultdict(list)
    columns = (BedUseRow.bed_id, BedUseRow.resident_id, BedUseRow.kind)
    query = select(*columns, BedUseRow.starts, BedUseRow.ends)
    for bed, who, kind, starts, ends in session.execute(query):
        if ends == starts:
            continue  # came and left on one day: the bed had nobody at midnight
        if kind == "occupied":
            held[bed].append((who, Period(starts, ends)))
        else:
            reserved[bed].append(Period(starts, ends))
    return held, reserved


def _away(session: Session) -> dict[int, list[Period]]:
    query = select(AbsenceRow.resident_id, AbsenceRow.left_on, AbsenceRow.returned_on)
    return _periods(session.execute(query).all())


def _closed(session: Session) -> dict[int, list[Period]]:
    query = select(BedClosureRow.bed_id, BedClosureRow.starts, BedClosureRow.ends)
    return _periods(session.execute(query).all())


def _periods(rows: Iterable[Sequence[object]]) -> dict[int, list[Period]]:
    found: dict[int, list[Period]] = defaultdict(list)
    for key, starts, ends in rows:
        if starts != ends:
            assert isinstance(key, int)
            assert isinstance(starts, date)
            assert ends is None or isinstance(ends, date)
            found[key].append(Period(starts, ends))
    return found
