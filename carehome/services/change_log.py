"""The change log as the director reads it: filter, page, export, take back."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from carehome.db.change_log import ChangeRow, note_list
from carehome.db.residents import ResidentRow
from carehome.i18n import _, show_day, speaking
from carehome.reports import change_log as report
from carehome.rules.rights import Right
from carehome.services import deeds, logged
from carehome.services.logged import FieldChange
from carehome.services.papers import letterhead_in
from carehome.services.service import Service, needs

PAGE = 200
MOST_OF_ONE = 500  # lines of one resident
Query = Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class LogFilter:
    """What to look for; None looks for everything. Days are local and inclusive."""

    first_day: date | None = None
    last_day: date | None = None
    actor: str | None = None
    record: str | None = None
    resident_id: int | None = None


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One change in words: who, when, which record, what before and after."""

    change_id: int
    at: datetime
    actor: str
    deed: str
    action: str
    subject: str
    resident: str
    resident_id: int | None
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class LogPage:
    """One page of the log, newest first, and how many entries there are in all."""

    entries: list[LogEntry]
    total: int


class ChangeLog(Service):
    """What one person can do with the change log."""

    @needs(Right.READ_CHANGE_LOG)
    def page(self, wanted: LogFilter, number: int = 0) -> LogPage:
        """Return page `number`, from 0, of the wanted entries."""
        with self._reading() as session:
            count = _filtered(select(func.count(ChangeRow.id)), wanted)
            query = _filtered(_entries(), wanted)
            rows = session.execute(query.limit(PAGE).offset(number * PAGE))
            names = logged.names_in(session)
            entries = [_entry(row, resident, names) for row, resident in rows]
            return LogPage(entries, session.scalar(count) or 0)

    @needs(Right.SEE_RESIDENTS)
    def of_resident(self, resident_id: int) -> list[LogEntry]:
        """List what was done with one resident's records, newest first."""
        mine = ChangeRow.resident_id == resident_id
        with self._reading() as session:
            rows = session.execute(_entries().where(mine).limit(MOST_OF_ONE))
            names = logged.names_in(session)
            return [_entry(row, resident, names) for row, resident in rows]

    @needs(Right.READ_CHANGE_LOG)
    def actors(self) -> list[str]:
        """List everybody who ever changed something."""
        with self._reading() as session:
            query = select(ChangeRow.actor).distinct().order_by(ChangeRow.actor)
            return list(session.scalars(query))

    @needs(Right.READ_CHANGE_LOG)
    @speaking()
    def export(self, wanted: LogFilter, path: Path) -> int:
        """Write the wanted entries as a workbook; return how many.

        That somebody took them along is an entry itself.
        """
        with self._reading() as session:
            names = logged.names_in(session)
            rows = session.execute(_filtered(_entries(), wanted))
            entries = [_entry(row, resident, names) for row, resident in rows]
            home = letterhead_in(session)
        lines = [_text(entry) for entry in entries]
        with self._writing() as session:
            note_list(session, _("Change log"), len(lines))
            report.write_change_log(path, lines, _span(wanted), home)
        return len(entries)


def entries_in(session: Session, change_ids: Collection[int]) -> dict[int, LogEntry]:
    """Return some entries of the log by their number, within another deed."""
    names = logged.names_in(session)
    rows = session.execute(_entries().where(ChangeRow.id.in_(change_ids)))
    return {row.id: _entry(row, resident, names) for row, resident in rows}


def _entries() -> Select[ChangeRow, str | None]:
    return (
        select(ChangeRow, ResidentRow.name)
        .outerjoin(ResidentRow, ResidentRow.id == ChangeRow.resident_id)
        .order_by(ChangeRow.id.desc())
    )


def _filtered(
    query: Select[*tuple[Any, ...]], wanted: LogFilter
) -> Select[*tuple[Any, ...]]:
    if wanted.first_day:
        query = query.where(ChangeRow.at >= _utc(wanted.first_day))
    if wanted.last_day:
        query = query.where(ChangeRow.at < _utc(wanted.last_day + timedelta(days=1)))
    if wanted.actor:
        query = query.where(ChangeRow.actor == wanted.actor)
    if wanted.record:
        query = query.where(ChangeRow.record == wanted.record)
    if wanted.resident_id:
        query = query.where(ChangeRow.resident_id == wanted.resident_id)
    return query


def _utc(day: date) -> datetime:
    """Return the start of a local day as the log keeps moments."""
    return (
        datetime.combine(day, time()).astimezone().astimezone(UTC).replace(tzinfo=None)
    )


def _entry(row: ChangeRow, resident: str | None, names: logged.Names) -> LogEntry:
    resident = resident or ""
    return LogEntry(
        row.id,
        row.at.replace(tzinfo=UTC),
        deeds.actor_name(row.actor),
        deeds.deed_name(row.deed),
        deeds.action_name(row.action),
        logged.subject(row.record, row.record_id, resident, names),
        resident,
        row.resident_id,
        tuple(logged.changes(row.record, row.before or {}, row.after or {}, names)),
    )


def _span(wanted: LogFilter) -> str:
    """Say which days a list covers."""
    first = show_day(wanted.first_day) if wanted.first_day else _("the beginning")
    last = show_day(wanted.last_day) if wanted.last_day else _("today")
    return _("From {first} to {last}").format(first=first, last=last)


def _text(entry: LogEntry) -> report.ChangeText:
    return report.ChangeText(
        entry.at,
        entry.actor,
        entry.deed,
        entry.subject,
        _line((change.name, change.before) for change in entry.changes),
        _line((change.name, change.after) for change in entry.changes),
    )


def _line(values: Iterable[tuple[str, str]]) -> str:
    """Say named values in one line."""
    form = _("{name}: {value}")
    told = (form.format(name=name, value=value) for name, value in values if value)
    return _("; ").join(told)
