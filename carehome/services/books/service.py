"""What one person can do with the books: accounts, journal, the close of a month."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from carehome.db import change_log
from carehome.db.billing import BillRunRow
from carehome.db.books import LedgerAccountRow, MonthCloseRow
from carehome.i18n import N_, _, speaking
from carehome.reports.journal import (
    table_of_accounts,
    write_journal_csv,
    write_journal_workbook,
)
from carehome.reports.listing import write_list
from carehome.reports.table import Table
from carehome.reports.workbook import write_workbook
from carehome.rules.ledger import accounts as account_rules
from carehome.rules.ledger import closing as rules
from carehome.rules.ledger import sums
from carehome.rules.ledger.accounts import Account, Code, read_accounts, with_own
from carehome.rules.ledger.booking import open_from as open_from_of
from carehome.rules.ledger.closing import Check, CheckKind
from carehome.rules.ledger.journal import JournalLine, journal
from carehome.rules.ledger.layouts import Encoding, layout_of
from carehome.rules.ledger.sums import AccountSum
from carehome.rules.periods import Period, month_of, months_after
from carehome.rules.rights import Right
from carehome.rules.today import Month, Target, Task
from carehome.rules.today import words as told
from carehome.services.books import words
from carehome.services.books.closing import checks_in
from carehome.services.closed import closures_in
from carehome.services.ledger import entries_in
from carehome.services.papers import letterhead_in
from carehome.services.service import Service, needs

CLOSING = "closing"  # a target: the close of a month, by its first day
CLOSE_BY = 10  # the day of the next month until which books are closed (ours)


@dataclass(frozen=True, slots=True)
class ClosedMonth:
    """A month that was closed, by whom, what was open then; perhaps opened again."""

    month: date
    closed_at: datetime
    closed_by: str
    note: str
    checks: tuple[Check, ...]
    entries: int
    moved: int
    reopened_at: datetime | None
    reopened_by: str
    reopen_reason: str


class MonthStanding(StrEnum):
    """What may be done with the books of a month."""

    CLOSED = "closed"
    NEXT = "next"
    LATER = "later"
    RUNNING = "running"


@dataclass(frozen=True, slots=True)
class BooksMonth:
    """The books of a month before they are closed, or after."""

    month: date
    standing: MonthStanding
    open_from: date | None
    checks: tuple[Check, ...]
    entries: int
    moved: int
    closes: tuple[ClosedMonth, ...]

    @property
    def close(self) -> ClosedMonth | None:
        """The close that holds this month, perhaps that of a later one."""
        found = [x for x in self.closes if not x.reopened_at and x.month >= self.month]
        return min(found, key=lambda each: each.month, default=None)


class Books(Service):
    """What one person can do with the books."""

    @needs(Right.SEE_FEES)
    def accounts(self) -> list[Account]:
        """List the accounts by the numbers that the home gives them."""
        with self._reading() as session:
            found = accounts_in(session).values()
            return sorted(found, key=lambda each: each.number)

    @needs(Right.KEEP_BOOKS)
    def set_account(self, code: Code, number: str, name: str) -> None:
        """Give an account the number and the name of the home's own accounting."""
        with self._writing() as session:
            known = accounts_in(session)
            account_rules.check_number(known, code, number, name)
            query = select(LedgerAccountRow).where(LedgerAccountRow.code == code.value)
            row = session.scalar(query) or LedgerAccountRow(code=code.value)
            row.number, row.name = number.strip(), name.strip()
            session.add(row)

    @needs(Right.SEE_FEES)
    def account_sums(self, period: Period) -> list[AccountSum]:
        """Tell of each account what it came to before, what moved, and what it is."""
        with self._reading() as session:
            return sums.account_sums(sums.apart(entries_in(session)), period)

    @needs(Right.SEE_FEES)
    def journal(self, period: Period) -> list[JournalLine]:
        """List the lines of all vouchers of a period."""
        with self._reading() as session:
            return journal_in(session, period)

    @needs(Right.KEEP_BOOKS)
    @speaking()
    def write_journal_workbook(self, month: date, path: Path) -> None:
        """Write the journal of a month as a workbook; the log says who took it."""
        with self._writing() as session:
            lines = journal_in(session, month_of(month))
            change_log.note_list(session, _("Journal"), len(lines))
            write_journal_workbook(path, lines, month, letterhead_in(session))

    @needs(Right.KEEP_BOOKS)
    @speaking()
    def write_journal_csv(
        self, month: date, layout: str, encoding: Encoding, path: Path
    ) -> None:
        """Write the journal of a month as text for an accounting program."""
        with self._writing() as session:
            lines = journal_in(session, month_of(month))
            change_log.note_list(session, _("Journal"), len(lines))
            name = self._user.name
            write_journal_csv(path, lines, layout_of(layout), encoding, name)

    @needs(Right.SEE_FEES)
    @speaking()
    def write_accounts(self, period: Period, path: Path) -> None:
        """Write accounts and balances as a paper."""
        with self._reading() as session:
            table = _trial_balance_in(session, period)
            write_list(path, table, letterhead_in(session))

    @needs(Right.SEE_FEES)
    @speaking()
    def write_accounts_workbook(self, period: Period, path: Path) -> None:
        """Write accounts and balances as a workbook."""
        with self._reading() as session:
            table = _trial_balance_in(session, period)
            write_workbook(path, table, letterhead_in(session))

    @needs(Right.SEE_FEES)
    def month(self, month: date) -> BooksMonth:
        """Tell how a month stands: its check list, what moved, and if it is closed."""
        first, today = month.replace(day=1), self._today()
        with self._reading() as session:
            entries = entries_in(session)
            mine = [each for each in entries if month_of(first).holds(each.day)]
            closures = closures_in(session)
            open_from = open_from_of(closures)
            return BooksMonth(
                first,
                _standing(first, today, open_from),
                open_from,
                tuple(checks_in(session, entries, first, today)),
                len(mine),
                sum(entry.fen for entry in mine),
                tuple(_closes_in(session)),
            )

    @needs(Right.KEEP_BOOKS)
    def today(self, day: date) -> list[Task]:
        """Tell that the books of the last month are still to be closed."""
        month = months_after(day.replace(day=1), -1)
        with self._reading() as session:
            open_from = open_from_of(closures_in(session))
            first = session.scalar(select(func.min(BillRunRow.month)))
        begun = open_from or first
        if begun is None or begun > month:
            return []
        which = open_from or month
        return [
            Task(
                day.replace(day=CLOSE_BY),
                told(N_("Month close")),
                told(N_("Books of {month}"), month=Month.of(which)),
                told(N_("Close the month")),
                Target(CLOSING, which),
            )
        ]

    @needs(Right.SEE_FEES)
    def checks(self, month: date) -> list[Check]:
        """Tell what is still open in a month; what is not has a count of nothing."""
        with self._reading() as session:
            entries = entries_in(session)
            return checks_in(session, entries, month.replace(day=1), self._today())

    @needs(Right.SEE_FEES)
    def closes(self) -> list[ClosedMonth]:
        """List the closes, the newest first, also those that were opened again."""
        with self._reading() as session:
            return list(_closes_in(session))

    @needs(Right.KEEP_BOOKS)
    def close(self, month: date, note: str = "") -> None:
        """Close a month with all before it: its entries change no more.

        What was still open is kept with the close.
        """
        first = month.replace(day=1)
        with self._writing() as session:
            entries = entries_in(session)
            checks = checks_in(session, entries, first, self._today())
            closures = closures_in(session)
            rules.check_closable(first, self._today(), closures, checks)
            mine = [entry for entry in entries if month_of(first).holds(entry.day)]
            session.add(
                MonthCloseRow(
                    month=first,
                    closed_at=self._now(),
                    closed_by=self._user.name,
                    note=note.strip(),
                    still_open={
                        check.kind.value: [check.count, check.fen]
                        for check in checks
                        if check.count
                    },
                    entries=len(mine),
                    moved_fen=sum(entry.fen for entry in mine),
                )
            )

    @needs(Right.REOPEN_MONTH)
    def reopen(self, reason: str) -> None:
        """Open the newest closed month again, for a reason."""
        if not reason.strip():
            raise rules.ReopenReasonMissing
        with self._writing() as session:
            row = session.scalar(
                select(MonthCloseRow)
                .where(MonthCloseRow.reopened_at.is_(None))
                .order_by(MonthCloseRow.month.desc())
                .limit(1)
            )
            if row is None:
                raise rules.NothingClosed
            row.reopened_at, row.reopened_by = self._now(), self._user.name
            row.reopen_reason = reason.strip()


def accounts_in(session: Session) -> dict[Code, Account]:
    """Return the accounts as the home numbers them."""
    rows = session.scalars(select(LedgerAccountRow))
    own = {row.code: (row.number, row.name) for row in rows}
    return with_own(read_accounts(), own)


def journal_in(session: Session, period: Period) -> list[JournalLine]:
    """Return the journal of a period, what is owed apart from what is prepaid."""
    names = words.names_in(session)
    entries = [
        entry for entry in sums.apart(entries_in(session)) if period.holds(entry.day)
    ]
    return list(
        journal(
            entries,
            accounts_in(session),
            partial(words.name_of, names=names),
            partial(words.say, names=names),
        )
    )


def _closes_in(session: Session) -> Iterator[ClosedMonth]:
    """Yield the closes, the newest first."""
    query = select(MonthCloseRow).order_by(MonthCloseRow.id.desc())
    return (_closed(row) for row in session.scalars(query))


def _standing(month: date, today: date, open_from: date | None) -> MonthStanding:
    """Say what may be done with a month."""
    if open_from is not None and month < open_from:
        return MonthStanding.CLOSED
    if today < months_after(month, 1):
        return MonthStanding.RUNNING
    is_next = open_from is None or month == open_from
    return MonthStanding.NEXT if is_next else MonthStanding.LATER


def _trial_balance_in(session: Session, period: Period) -> Table:
    accounts = accounts_in(session)
    found = sums.account_sums(sums.apart(entries_in(session)), period)
    rows = [
        (
            accounts[each.account].number,
            accounts[each.account].name,
            each.before,
            each.debit,
            each.credit,
            each.after,
        )
        for each in found
    ]
    return table_of_accounts(sorted(rows), period)


def _closed(row: MonthCloseRow) -> ClosedMonth:
    reopened = row.reopened_at.replace(tzinfo=UTC) if row.reopened_at else None
    return ClosedMonth(
        row.month,
        row.closed_at.replace(tzinfo=UTC),
        row.closed_by,
        row.note,
        tuple(Check(CheckKind(kind), *sums) for kind, sums in row.still_open.items()),
        row.entries,
        row.moved_fen,
        reopened,
        row.reopened_by,
        row.reopen_reason,
    )
