"""What came to be known of months that were posted, and what was charged for them."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from carehome.db.accounts import AccountRow
from carehome.db.billing import BillLineRow, BillRow, BillRunRow, PriceListRow, PriceRow
from carehome.db.change_log import ChangeRow
from carehome.db.corrections import LateChoiceRow
from carehome.db.residents import AbsenceRow, ResidentRow
from carehome.rules.billing.adjustments import Choice
from carehome.rules.billing.lines import Line
from carehome.rules.billing.reach import COMMON, NOWHERE, STARTS, common_reach, reach
from carehome.rules.periods import months_after

_CHOICE = "late_choice"
_NAMES = ("payer", "payer_cut")
# What a trial stands on.
FACTS = frozenset((*STARTS, *COMMON, "resident", "bill_run", _CHOICE, *_NAMES))


@dataclass(frozen=True, slots=True)
class Change:
    """A change to what bills are computed from; without a resident, to all of it."""

    change_id: int
    resident_id: int | None
    since: date


@dataclass(frozen=True, slots=True)
class Posted:
    """A posted month, of one resident if it was a final bill, as far as was known."""

    month: date
    change_id: int
    resident_id: int | None = None

    def was_without(self, change: Change) -> bool:
        """Say whether a change came later and reaches into the month."""
        return (
            change.change_id > self.change_id
            and change.since < months_after(self.month, 1)
            and (
                self.resident_id is None
                or change.resident_id in (None, self.resident_id)
            )
        )


def late_in(
    session: Session, month: date, resident_id: int | None = None
) -> dict[date, set[int]]:
    """Return who has facts that a posted month was computed without.

    These are the residents whose records changed after the posting, all of them when
    a price or a setting did, and those whose absence went on beyond the month; however
    long ago it was. With `resident_id`, only they are looked for.
    """
    posted = posted_in(session, month)
    if not posted:
        return {}
    everybody = select(ResidentRow.id)
    if resident_id is not None:
        everybody = everybody.where(ResidentRow.id == resident_id)
    known = set(session.scalars(everybody))
    runs = [each for each in posted if each.resident_id is None]
    late: dict[date, set[int]] = {run.month: set() for run in runs}
    of: dict[int | None, list[Change]] = defaultdict(list)
    for change in changes_in(session, min(x.change_id for x in posted), resident_id):
        of[change.resident_id].append(change)
        for run in _runs_without(runs, change):
            whose = known if change.resident_id is None else {change.resident_id}
            late[run.month] |= known & whose
    for final in posted:
        who = final.resident_id
        if who in known and any(map(final.was_without, (*of[who], *of[None]))):
            late.setdefault(final.month, set()).add(who)
    billed = {(each.month, each.resident_id) for each in posted}
    for who, left, back in _absences_in(session):
        for at, found in late.items():
            end = months_after(at, 1)
            goes_on = left < end and (back is None or back > end)
            # A month only somebody else has the final bill of is no past one of theirs.
            if goes_on and who in known and {(at, None), (at, who)} & billed:
                found.add(who)
    return late


def _runs_without(runs: Sequence[Posted], change: Change) -> Sequence[Posted]:
    """Return the months that a change reaches and that were posted without it."""
    first = bisect_left(runs, change.since.replace(day=1), key=attrgetter("month"))
    last = bisect_left(runs, change.change_id, key=attrgetter("change_id"))
    return runs[first:last]


def posted_in(session: Session, month: date) -> list[Posted]:
    """Return what was posted of months before `month`, and final bills up to it."""
    runs = session.execute(
        select(BillRunRow.month, BillRunRow.change_id)
        .where(BillRunRow.departure_id.is_(None), BillRunRow.month < month)
        .order_by(BillRunRow.month)
    )
    finals = session.execute(
        select(BillRow.month, func.max(BillRunRow.change_id), BillRow.resident_id)
        .join(BillRunRow, BillRunRow.id == BillRow.run_id)
        .where(BillRunRow.departure_id.is_not(None), BillRow.month <= month)
        .group_by(BillRow.month, BillRow.resident_id)
    )
    return [Posted(*row) for rows in (runs, finals) for row in rows]


def changes_in(
    session: Session, since: int, resident_id: int | None = None
) -> list[Change]:
    """Return what was changed after a line of the log, and how far back it reaches."""
    query = select(
        *(ChangeRow.id, ChangeRow.resident_id, ChangeRow.record, ChangeRow.record_id),
        *(ChangeRow.before, ChangeRow.after),
    ).where(
        ChangeRow.id > since,
        ChangeRow.record.in_((*STARTS, *COMMON)),
        ChangeRow.action != "look",
    )
    if resident_id is not None:
        mine = ChangeRow.resident_id == resident_id
        query = query.where(mine | ChangeRow.record.in_(COMMON))
    lists = _list_starts_in(session)
    found = []
    for change_id, who, record, record_id, before, after in session.execute(query):
        if record in COMMON:
            starts = lists.get((record, record_id))
            first = common_reach(record, before, after, starts)
        else:
            first = reach(record, before, after)
        if first != NOWHERE:
            found.append(Change(change_id, None if record in COMMON else who, first))
    return found


def _list_starts_in(session: Session) -> dict[tuple[str, int], date]:
    """Return when each price list, and each price, began that ever held."""
    held = PriceListRow.state.in_(("approved", "replaced", "taken_back"))
    lists = select(PriceListRow.id, PriceListRow.starts).where(held)
    prices = (
        select(PriceRow.id, PriceListRow.starts)
        .join(PriceListRow, PriceListRow.id == PriceRow.price_list_id)
        .where(held)
    )
    return {
        (record, number): starts
        for record, query in (("price_list", lists), ("price", prices))
        for number, starts in session.execute(query)
    }


def _absences_in(session: Session) -> list[tuple[int, date, date | None]]:
    """Return all absences: who, from when, until when."""
    query = select(AbsenceRow.resident_id, AbsenceRow.left_on, AbsenceRow.returned_on)
    return [(who, left, back) for who, left, back in session.execute(query)]


def choices_in(session: Session) -> dict[int, dict[date, Choice]]:
    """Return the director's newest word on each month of each resident."""
    query = (
        select(LateChoiceRow, AccountRow.name)
        .join(AccountRow, AccountRow.id == LateChoiceRow.decided_by)
        .order_by(LateChoiceRow.id)
    )
    found: dict[int, dict[date, Choice]] = defaultdict(dict)
    for row, name in session.execute(query):
        lines = tuple((k, c, p, fen) for k, c, p, fen in row.lines["lines"])
        choice = Choice(row.is_taken, lines, row.reason, name)
        found[row.resident_id][row.month] = choice
    return found


def charged_in(
    session: Session, resident_ids: Collection[int], months: Iterable[date]
) -> dict[int, dict[date, list[Line]]]:
    """Return all posted lines of some residents by the month they are for."""
    found: dict[int, dict[date, list[Line]]] = defaultdict(lambda: defaultdict(list))
    for row in lines_for_in(session, resident_ids, months):
        found[row.resident_id][row.for_month].append(row.line)
    return found


@dataclass(frozen=True, slots=True)
class ChargedLine:
    """A posted line: on which bill it stands, and which month it is for."""

    bill_id: int
    resident_id: int
    for_month: date
    line: Line


def lines_for_in(
    session: Session, resident_ids: Collection[int], months: Iterable[date]
) -> list[ChargedLine]:
    """Return all posted lines of some residents that are for some months."""
    query = (
        select(
            BillRow.id,
            BillRow.resident_id,
            BillLineRow.for_month,
            BillLineRow.detail,
            BillLineRow.payer_id,
        )
        .join(BillRow, BillRow.id == BillLineRow.bill_id)
        .where(BillLineRow.for_month.in_(list(months)))
    )
    if len(resident_ids) == 1:
        query = query.where(BillRow.resident_id.in_(resident_ids))
    found = []
    for bill_id, resident_id, for_month, detail, payer_id in session.execute(query):
        if resident_id in resident_ids:
            line = Line.from_json(detail)
            if payer_id is not None:  # the oldest bills name but its kind
                line = line._replace(payer=str(payer_id))
            found.append(ChargedLine(bill_id, resident_id, for_month, line))
    return found


def newest_change_in(session: Session) -> int:
    """Return the number of the newest change that bills are computed from."""
    query = select(func.max(ChangeRow.id)).where(
        ChangeRow.record.in_(FACTS),
        ChangeRow.action != "look",
    )
    return session.scalar(query) or 0
