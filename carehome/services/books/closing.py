"""The check list of a month: what is still open in its books."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from carehome.db.billing import BillRunRow
from carehome.db.books import UtilityBillRow
from carehome.db.deposits import DepositEntryRow
from carehome.rules.ledger.closing import Check, CheckKind
from carehome.rules.ledger.entry import Entry, Kind
from carehome.rules.periods import DAY, months_after
from carehome.services.bank import unmatched_in
from carehome.services.books import open_points
from carehome.services.deposits import over_held_in
from carehome.services.trust import uncounted_in


def checks_in(
    session: Session, entries: Sequence[Entry], month: date, today: date
) -> list[Check]:
    """Return every line of the check list, also those with nothing open."""
    end = months_after(month, 1)
    day = min(end - DAY, today)  # while the month still runs, how it stands so far
    over = over_held_in(session, day)
    excess = sum(each.standing.excess for each in over)
    voids = {
        (entry.kind, entry.source)
        for entry in entries
        if entry.is_void and entry.number and month <= entry.day < end
        if entry.kind is not Kind.BANKED
    }
    days = open_points.days_not_closed_in(session, entries, month, end)
    return [
        Check(CheckKind.UNPOSTED, int(_is_unposted(session, month))),
        Check(CheckKind.DAYS_OPEN, days),
        open_points.cash_below_in(session, entries, day),
        _unbanked(session, end),
        open_points.to_draw_in(session, day),
        open_points.statements_short_in(session, month, day),
        Check(CheckKind.UNMATCHED, unmatched_in(session, end)),
        open_points.uneven_in(session, entries, day),
        Check(CheckKind.OVER_HELD, len(over), excess),
        _papers_due(session, end),
        open_points.refunds_due_in(session, end),
        open_points.unsettled_in(session, end),
        _utilities_due(session, end),
        Check(CheckKind.UNCOUNTED, uncounted_in(session, end)),
        Check(CheckKind.VOIDED, len(voids)),
    ]


def _is_unposted(session: Session, month: date) -> bool:
    """Say whether a home that posts bills has not posted those of a month."""
    last = session.scalar(
        select(func.max(BillRunRow.month)).where(BillRunRow.departure_id.is_(None))
    )
    return last is not None and last < month


def _unbanked(session: Session, end: date) -> Check:
    rows = session.execute(
        select(func.count(), func.sum(DepositEntryRow.fen)).where(
            DepositEntryRow.kind == "in",
            DepositEntryRow.day < end,
            DepositEntryRow.banked_on.is_(None) | (DepositEntryRow.banked_on >= end),
            ~DepositEntryRow.is_void,
        )
    )
    count, fen = rows.one()
    return Check(CheckKind.UNBANKED, count, fen or 0)


def _papers_due(session: Session, end: date) -> Check:
    rows = session.execute(
        select(func.count(), func.sum(DepositEntryRow.fen)).where(
            DepositEntryRow.papers_due.is_not(None),
            DepositEntryRow.paper == "",
            DepositEntryRow.day < end,
            ~DepositEntryRow.is_void,
        )
    )
    count, fen = rows.one()
    return Check(CheckKind.PAPERS_DUE, count, fen or 0)


def _utilities_due(session: Session, end: date) -> Check:
    rows = session.execute(
        select(func.count(), func.sum(UtilityBillRow.fen)).where(
            UtilityBillRow.day < end,
            UtilityBillRow.paid_on.is_(None) | (UtilityBillRow.paid_on >= end),
        )
    )
    count, fen = rows.one()
    return Check(CheckKind.UTILITIES_DUE, count, fen or 0)
