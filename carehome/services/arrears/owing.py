"""Who owes which bills since when, whom to call, and when that was done last."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.reminders import ReminderRow
from carehome.db.residents import ContactRow, ResidentRow
from carehome.rules import arrears as rules
from carehome.rules.arrears import Age, OpenBill
from carehome.rules.reminders import (
    Reminder,
    Step,
    Way,
    broken_promise,
    next_step,
    open_promise,
    waits_until,
)
from carehome.services.open_bills import open_bills_in, rules_in
from carehome.services.receipts import places_in


@dataclass(frozen=True, slots=True)
class Owing:
    """What one resident owes, the oldest bill first, and what was done about it.

    Reminders of an older debt, that was paid, are left aside. `step` is the one that
    is next, not before `again_on`; `promised_on` is the day of a promise that still
    stands, `broken_on` of one that was not kept.
    """

    resident_id: int
    resident: str
    place: str
    bills: tuple[OpenBill, ...]
    contact: str
    phone: str
    today: date
    step: Step
    last: Reminder | None = None
    again_on: date | None = None
    promised_on: date | None = None
    broken_on: date | None = None

    @property
    def months(self) -> tuple[date, ...]:
        """The months of which something is open."""
        return tuple(bill.month for bill in self.bills)

    @property
    def owed(self) -> int:
        """What is open of all bills, in fen."""
        return sum(bill.fen for bill in self.bills)

    @property
    def due_since(self) -> date:
        """The day from which the oldest bill ought to be paid."""
        return min(bill.due_on for bill in self.bills)

    @property
    def days_late(self) -> int:
        """For how many days the oldest bill ought to have been paid."""
        return max(bill.days_late(self.today) for bill in self.bills)

    @property
    def by_age(self) -> dict[Age, int]:
        """What is open in each class of age, in fen."""
        return rules.by_age(self.bills, self.today)

    @property
    def late(self) -> tuple[OpenBill, ...]:
        """The bills that ought to have been paid by now."""
        return tuple(bill for bill in self.bills if bill.days_late(self.today))

    @property
    def overdue(self) -> int:
        """What ought to have been paid by now, in fen."""
        return sum(bill.fen for bill in self.late)

    @property
    def may_remind(self) -> bool:
        """Say whether something is late and nobody was reminded of it lately."""
        return self.overdue > 0 and (self.again_on or date.min) <= self.today


def owing_in(session: Session, today: date) -> list[Owing]:
    """List who owes something, the most first, within another deed."""
    settings = rules_in(session)
    owed = open_bills_in(session, settings.due)
    who = select(ResidentRow.id, ResidentRow.name).where(ResidentRow.id.in_(owed))
    names = dict(session.execute(who).all())
    places = places_in(session, today, owed)
    contacts = _contacts_in(session, owed)
    made = reminders_in(session, owed)
    found = []
    for resident_id, bills in owed.items():
        contact = contacts.get(resident_id)
        since = min(bill.due_on for bill in bills)
        late = max(bill.days_late(today) for bill in bills)
        mine = [each for each in made.get(resident_id, ()) if each.day >= since]
        found.append(
            Owing(
                resident_id,
                names[resident_id],
                places.get(resident_id, ""),
                bills,
                contact.name if contact else "",
                contact.phone if contact else "",
                today,
                next_step(late, mine, settings),
                mine[-1] if mine else None,
                waits_until(mine, settings),
                open_promise(mine, today),
                broken_promise(mine, today),
            )
        )
    return sorted(found, key=lambda each: -each.owed)


def reminders_in(
    session: Session, resident_ids: Collection[int] | None = None
) -> dict[int, list[Reminder]]:
    """Return the reminders of some residents or all, the oldest first."""
    query = select(ReminderRow).order_by(ReminderRow.day, ReminderRow.id)
    if resident_ids is not None:
        query = query.where(ReminderRow.resident_id.in_(resident_ids))
    found: dict[int, list[Reminder]] = defaultdict(list)
    for row in session.scalars(query):
        found[row.resident_id].append(
            Reminder(
                row.id,
                row.resident_id,
                row.day,
                Way(row.way),
                Step(row.step),
                row.fen,
                row.spoke_to,
                row.said,
                row.promised_on,
                row.noted_by,
            )
        )
    return found


def _contacts_in(
    session: Session, resident_ids: Collection[int]
) -> dict[int, ContactRow]:
    """Return whom to ask first for each resident: who pays, else who came first."""
    rows = session.scalars(
        select(ContactRow)
        .where(ContactRow.resident_id.in_(resident_ids))
        .order_by(ContactRow.pays, ContactRow.id.desc())
    )
    return {row.resident_id: row for row in rows}
