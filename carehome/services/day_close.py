"""Day close: the cash that somebody counts against what they have booked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from carehome.db.books import DayCloseRow
from carehome.i18n import N_, speaking
from carehome.reports.day_close import TillPaper, write_day_close
from carehome.rules.ledger import day_close as rules
from carehome.rules.ledger.day_close import Count, TillSheet
from carehome.rules.periods import DAY
from carehome.rules.residents import check_happened
from carehome.rules.rights import Right, Role
from carehome.rules.today import (
    Concern,
    Fen,
    Line,
    Target,
    Task,
    Urgency,
    some_of,
    words,
)
from carehome.services.accounts import check_signature
from carehome.services.papers import letterhead_in
from carehome.services.receipts import METHOD_NAMES
from carehome.services.service import Service, needs
from carehome.services.tills import (
    days_with_cash_in,
    names_in,
    newest_close_in,
    sheet_in,
)

MINE, CLOSES = "mine", "closes"  # which part of the day close a line opens


@dataclass(frozen=True, slots=True)
class DayClose:
    """What somebody counted at the end of a day, and what was booked then."""

    close_id: int
    account_id: int
    name: str
    sheet: TillSheet
    count: Count
    booked: int
    note: str
    closed_at: datetime
    reopened_by: str = ""
    reopen_reason: str = ""
    is_newest: bool = False

    @property
    def day(self) -> date:
        """The day up to which the till is closed."""
        return self.sheet.last

    @property
    def counted(self) -> int:
        """The cash that was there."""
        return self.count.fen

    @property
    def difference(self) -> int:
        """What was counted beyond what was booked."""
        return self.counted - self.booked

    @property
    def holds(self) -> bool:
        """Say whether the day is still closed."""
        return not self.reopen_reason


@dataclass(frozen=True, slots=True)
class OpenTill:
    """Somebody with cash booked on days that they have not closed."""

    account_id: int
    name: str
    since: date
    fen: int


class DayCloses(Service):
    """What one person can do at the end of their day at the till."""

    @needs(Right.TAKE_MONEY)
    def sheet(self, day: date) -> TillSheet:
        """Return what one's own till should hold at the end of a day, and why."""
        with self._reading() as session:
            return sheet_in(session, self._user.account_id, day)

    @needs(Right.TAKE_MONEY)
    def close(self, day: date, count: Count, password: str, note: str = "") -> int:
        """Count one's own till and sign for it; a difference is explained.

        The day and all before it are closed for one's own money at the desk.
        """
        check_happened(day, self._today())
        check_signature(self._db, self._user, password)
        with self._writing() as session:
            newest = newest_close_in(session, self._user.account_id)
            if newest and newest.day >= day:
                raise rules.DayClosedAlready(day=newest.day)
            sheet = sheet_in(session, self._user.account_id, day)
            rules.check_count(count.fen, sheet.booked, note)
            row = DayCloseRow(
                account_id=self._user.account_id,
                day=day,
                booked_fen=sheet.booked,
                counted_fen=count.fen,
                note=note.strip(),
                closed_at=self._now(),
                sheet=_as_json(sheet, count),
            )
            session.add(row)
            session.flush()
            return row.id

    @needs(Right.REOPEN_DAY)
    def reopen(self, close_id: int, reason: str) -> None:
        """Open the newest closed day of somebody again; the count stays on file."""
        if not reason.strip():
            raise rules.ReopenReasonMissing
        with self._writing() as session:
            row = session.get_one(DayCloseRow, close_id)
            newest = newest_close_in(session, row.account_id)
            if newest is not None and newest.id != row.id:
                name = names_in(session)[row.account_id]
                raise rules.NotTheNewestClose(name=name, day=newest.day)
            row.reopened_at, row.reopened_by = self._now(), self._user.name
            row.reopen_reason = reason.strip()

    @needs(Right.TAKE_MONEY)
    def newest(self) -> DayClose | None:
        """Return one's own newest count that holds."""
        with self._reading() as session:
            row = newest_close_in(session, self._user.account_id)
            return _closes_in(session, [row])[0] if row else None

    @needs(Right.SEE_FEES)
    def closes(self, first: date, last: date) -> list[DayClose]:
        """List the counts of some days, both inclusive, the newest first.

        Who does not keep the books sees their own.
        """
        query = (
            select(DayCloseRow)
            .where(DayCloseRow.day.between(first, last))
            .order_by(DayCloseRow.day.desc(), DayCloseRow.id.desc())
        )
        if not self._user.may(Right.KEEP_BOOKS):
            query = query.where(DayCloseRow.account_id == self._user.account_id)
        with self._reading() as session:
            return _closes_in(session, session.scalars(query).all())

    @needs(Right.SEE_FEES)
    def open_tills(self) -> list[OpenTill]:
        """List who has cash booked on days before today that are not closed."""
        with self._reading() as session:
            tills = open_tills_in(session, self._today())
        if self._user.may(Right.KEEP_BOOKS):
            return tills
        return [each for each in tills if each.account_id == self._user.account_id]

    @needs(Right.TAKE_MONEY)
    def today(self, day: date) -> list[Line]:
        """Tell that one's own till is to be closed, or who has not closed theirs."""
        with self._reading() as session:
            tills = open_tills_in(session, day)
        mine = [till for till in tills if till.account_id == self._user.account_id]
        others = [till for till in tills if till not in mine]
        lines: list[Line] = [_to_close(till, day) for till in mine]
        if others and self._user.may(Right.KEEP_BOOKS):
            lines.append(_not_closed(others))
        return lines

    @needs(Right.SEE_FEES)
    @speaking()
    def write_sheet(self, close_id: int, path: Path) -> None:
        """Write the sheet of a count, with places to sign."""
        with self._reading() as session:
            row = session.get_one(DayCloseRow, close_id)
            [close] = _closes_in(session, [row])
            head = letterhead_in(session)
        write_day_close(path, _on_paper(close), head)


def _to_close(till: OpenTill, day: date) -> Task:
    what, deed = words(N_("Close your till")), words(N_("Count and sign"))
    text = N_("Cash since {day} is not counted: {fen}")
    about = words(text, day=till.since, fen=Fen(till.fen))
    return Task(
        min(till.since + DAY, day), what, about, deed, Target("day_close", MINE)
    )


def _not_closed(tills: Sequence[OpenTill]) -> Concern:
    text = words(
        N_("Not counted since {day}: {names}"),
        day=tills[0].since,
        names=some_of([till.name for till in tills]),
    )
    target = Target("day_close", CLOSES)
    count = len(tills)
    subject, who = words(N_("Day close")), Role.ACCOUNTANT
    return Concern(subject, text, Urgency.SOON, target, who, tills[0].since, count)


def open_tills_in(session: Session, today: date) -> list[OpenTill]:
    """List who has cash of earlier days not closed, once a home closes days at all."""
    closed, begun = closed_in(session), _begun_in(session)
    if begun is None:
        return []
    found: dict[int, tuple[date, int]] = {}
    for by, day, fen in days_with_cash_in(session, begun, today):
        if closed.get(by, begun) < day:
            since, so_far = found.get(by, (day, 0))
            found[by] = min(since, day), so_far + fen
    names = names_in(session)
    tills = [OpenTill(by, names[by], *found[by]) for by in found]
    return sorted(tills, key=lambda each: (each.since, each.name))


def closed_in(session: Session) -> dict[int, date]:
    """Return up to which day each person's till is closed."""
    query = (
        select(DayCloseRow.account_id, func.max(DayCloseRow.day))
        .where(DayCloseRow.reopened_at.is_(None))
        .group_by(DayCloseRow.account_id)
    )
    return dict(session.execute(query).all())


def _begun_in(session: Session) -> date | None:
    """Return the day with which the home began to close days; None if it does not."""
    holds = DayCloseRow.reopened_at.is_(None)
    return session.scalar(select(func.min(DayCloseRow.day)).where(holds))


def _as_json(sheet: TillSheet, count: Count) -> dict[str, Any]:
    """Return what is kept of a sheet, so that it can be printed as it was."""
    return {
        "first": sheet.first.isoformat(),
        "carried": sheet.carried,
        "taken": sheet.taken,
        "given": sheet.given,
        "handed_in": sheet.handed_in,
        "handed_out": sheet.handed_out,
        "ways": dict(sheet.ways),
        "receipts": list(sheet.receipts),
        "voids": list(sheet.voids),
        "pieces": {str(worth): number for worth, number in count.pieces.items()},
    }


def _closes_in(session: Session, rows: Iterable[DayCloseRow]) -> list[DayClose]:
    names, newest = names_in(session), set(closed_in(session).items())
    return [_close(row, names[row.account_id], newest) for row in rows]


def _on_paper(close: DayClose) -> TillPaper:
    return TillPaper(
        close.name,
        close.sheet,
        close.booked,
        close.count,
        close.note,
        close.closed_at,
        {METHOD_NAMES[way]: fen for way, fen in close.sheet.ways.items()},
        close.reopen_reason,
        close.reopened_by,
    )


def _close(row: DayCloseRow, name: str, newest: set[tuple[int, date]]) -> DayClose:
    return DayClose(
        row.id,
        row.account_id,
        name,
        _sheet(row.sheet, row.day),
        Count(row.counted_fen, _pieces(row.sheet)),
        row.booked_fen,
        row.note,
        row.closed_at.replace(tzinfo=UTC),
        row.reopened_by,
        row.reopen_reason,
        row.reopened_at is None and (row.account_id, row.day) in newest,
    )


def _sheet(kept: Mapping[str, Any], day: date) -> TillSheet:
    """Return a sheet as it was; of counts made before there were sheets, none."""
    if not kept:
        return TillSheet(day, day)
    return TillSheet(
        date.fromisoformat(kept["first"]),
        day,
        kept["carried"],
        kept["taken"],
        kept["given"],
        kept["handed_in"],
        kept["handed_out"],
        kept["ways"],
        tuple(kept["receipts"]),
        tuple(kept["voids"]),
    )


def _pieces(kept: Mapping[str, Any]) -> dict[int, int]:
    return {int(worth): number for worth, number in kept.get("pieces", {}).items()}
