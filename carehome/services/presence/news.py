"""What is new about those who live here: arrivals, moves, grades, ability, ways out."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from carehome.db.beds import BedUseRow
from carehome.db.change_log import ChangeRow
from carehome.db.residents import AbsenceRow, GradeChangeRow, StayRow
from carehome.rules.presence import News, Windows
from carehome.services.presence.others import leaving_in
from carehome.services.presence.people import Out, Told

Uses = Mapping[int, list[BedUseRow]]
Absences = Mapping[int, list[AbsenceRow]]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a day and of the days just before it, by resident."""

    uses: Uses = field(default_factory=dict)
    absences: Absences = field(default_factory=dict)
    grades: Mapping[int, tuple[str, date]] = field(default_factory=dict)
    levels: Mapping[int, date] = field(default_factory=dict)
    leaving: Mapping[int, date] = field(default_factory=dict)

    def bed_of(self, resident_id: int, day: date) -> int | None:
        """Return the bed somebody has on `day`."""
        held = self.uses.get(resident_id, [])
        return next((use.bed_id for use in held if _holds(use, day)), None)

    def out_of(self, resident_id: int, day: date) -> Out | None:
        """Say why somebody is out on `day`; None for who is in."""
        for row in self.absences.get(resident_id, []):
            if row.left_on <= day and (row.returned_on or date.max) > day:
                late = row.expected_on is not None and row.expected_on < day
                return Out(row.kind, row.left_on, row.expected_on, row.note, late)
        return None

    def about(self, stay: StayRow, day: date, windows: Windows) -> tuple[Told, ...]:
        """Return what is new about somebody, the newest first."""
        newest: dict[News, Told] = {}
        news = self._news(stay, day, windows)
        for told in sorted(news, key=lambda each: each.when, reverse=True):
            newest.setdefault(told.news, told)
        return tuple(newest.values())

    def _news(self, stay: StayRow, day: date, windows: Windows) -> Iterator[Told]:
        who, came = stay.resident_id, stay.admitted_on
        if windows.is_new(came, day):
            yield Told(News.ARRIVED, came)
        if leaves := stay.discharged_on or self.leaving.get(who):
            yield Told(News.LEAVING, leaves)
        for when, news in self._dated(who):
            if when > came and windows.is_fresh(when, day):
                yield Told(news, when)

    def _dated(self, who: int) -> Iterator[tuple[date, News]]:
        for use in self.uses.get(who, []):
            yield use.starts, News.MOVED
        for row in self.absences.get(who, []):
            yield row.left_on, News.WENT_OUT
            if row.returned_on:
                yield row.returned_on, News.RETURNED
        if who in self.grades:
            yield self.grades[who][1], News.GRADE
        if who in self.levels:
            yield self.levels[who], News.ABILITY


def facts_in(session: Session, day: date, windows: Windows) -> Facts:
    """Read what is known of `day`, with one query a table."""
    fresh = day - timedelta(days=windows.changed)
    return Facts(
        _uses(session, day),
        _absences(session, day, fresh),
        _grades(session, day),
        _levels(session, day, fresh),
        leaving_in(session),
    )


def _holds(use: BedUseRow, day: date) -> bool:
    return use.starts <= day and (use.ends is None or use.ends > day)


def _uses(session: Session, day: date) -> Uses:
    """Return the bed that each has on `day`."""
    rows = session.scalars(
        select(BedUseRow).where(
            BedUseRow.kind == "occupied",
            BedUseRow.starts <= day,
            or_(BedUseRow.ends.is_(None), BedUseRow.ends > day),
        )
    )
    return _by_resident(rows)


def _absences(session: Session, day: date, fresh: date) -> Absences:
    rows = session.scalars(
        select(AbsenceRow)
        .where(
            AbsenceRow.left_on <= day,
            or_(AbsenceRow.returned_on.is_(None), AbsenceRow.returned_on >= fresh),
        )
        .order_by(AbsenceRow.left_on)
    )
    return _by_resident(rows)


def _grades(session: Session, day: date) -> dict[int, tuple[str, date]]:
    query = (
        select(GradeChangeRow.resident_id, GradeChangeRow.grade, GradeChangeRow.starts)
        .where(GradeChangeRow.starts <= day)
        .order_by(GradeChangeRow.starts)
    )
    return {who: (grade, starts) for who, grade, starts in session.execute(query)}


def _levels(session: Session, day: date, fresh: date) -> dict[int, date]:
    """Return when the ability level of each was changed, as the change log knows it."""
    begin = datetime.combine(fresh, time())
    end = datetime.combine(day + timedelta(days=1), time())
    query = (
        select(ChangeRow.record_id, ChangeRow.at, ChangeRow.after)
        .where(
            ChangeRow.record == "resident",
            ChangeRow.action == "update",
            ChangeRow.at >= begin,
            ChangeRow.at < end,
        )
        .order_by(ChangeRow.at)
    )
    return {
        who: at.date()
        for who, at, after in session.execute(query)
        if "ability_level" in (after or {})
    }


def _by_resident(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.resident_id].append(row)
    return found
