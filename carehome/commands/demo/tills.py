"""Cash of the last two weeks, counted and handed on; baths of the month."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from carehome.commands.demo.people import words
from carehome.commands.told import DEMO_PASSWORD
from carehome.db.database import Database
from carehome.rules.charges import Cell, Day
from carehome.rules.ledger.day_close import Count
from carehome.rules.periods import DAY, Period
from carehome.rules.residents import LIVES_HERE
from carehome.rules.rights import Role, User
from carehome.services.accounts import Approval
from carehome.services.charges import Change, Charges, ChargeSheet
from carehome.services.day_close import DayCloses
from carehome.services.payments import Payments
from carehome.services.prices import Prices
from carehome.services.residents import Residents
from carehome.services.service import Clock
from carehome.services.tills import Tills

COUNTED = timedelta(days=14)
FRIDAY, SATURDAY = 4, 5
BATHED, BATHS = 14, (1, 4)  # so many people; on Tuesdays and Fridays
LEFT = 200_00  # stays in the till for change
ACCOUNTANT = "caiwu"


def pass_day(
    db: Database, users: Mapping[Role, User], clock: Clock, last: date
) -> None:
    """Let a family pay ahead in cash, and the desk count its till in the evening.

    The last working day before `last` is left to be counted. In the months before, the
    cash went to the bank every week.
    """
    day, desk = clock().date(), users[Role.FRONT_DESK]
    if day + COUNTED < last and day.weekday() == FRIDAY:
        for user in (desk, users[Role.ACCOUNTANT], users[Role.DIRECTOR]):
            _carry(
                Tills(db, user, _evening(day)), day, f"{day:%m%d}-{user.account_id:02d}"
            )
    if not day < last <= day + COUNTED or day.weekday() >= SATURDAY:
        return
    here = [
        line
        for line in Residents(db, desk, clock).find("")
        if line.status in LIVES_HERE and line.bed
    ]
    who = here[day.toordinal() % len(here)].resident_id
    Payments(db, desk, clock).take(who, 300_00 + 50_00 * day.day, "cash", day)
    if any(each.weekday() < SATURDAY for each in Period(day + DAY, last)):
        _count(db, desk, day)


def _count(db: Database, desk: User, day: date) -> None:
    """Count a till, once a yuan short, and hand on all but the change."""
    closes = DayCloses(db, desk, _evening(day))
    booked = closes.sheet(day).booked
    counted = booked - 1_00 if day.day % 10 == 1 else booked
    why = words()["till_short"] if counted < booked else ""
    closes.close(day, Count(counted), DEMO_PASSWORD, why)
    if counted > LEFT:
        signed = Approval(ACCOUNTANT, DEMO_PASSWORD)
        Tills(db, desk, _evening(day, 18)).hand_over(counted - LEFT, signed)


def furnish(db: Database, users: Mapping[Role, User], day: date) -> None:
    """Let baths be entered, and the cash be carried to the bank."""
    desk, accountant = users[Role.FRONT_DESK], users[Role.ACCOUNTANT]
    items = Prices(db, users[Role.DIRECTOR], _evening(day)).items()
    bath = next(item.item_id for item in items if item.code == "bathing")
    _bathe(Charges(db, desk, _evening(day)), day, bath)
    tills = Tills(db, accountant, _evening(day, 10))
    _carry(tills, day, f"{day:%m%d}-07")


def _carry(tills: Tills, day: date, slip: str) -> None:
    """Carry to the bank what lies in a till, but for the change."""
    there = tills.now().booked
    if there > LEFT:
        tills.pay_in(there - LEFT, day, slip)


def _bathe(charges: Charges, today: date, item_id: int) -> None:
    """Enter the baths of a month as the caregivers have listed them."""
    sheet = charges.sheet(today.replace(day=1))
    changes = [
        Change(Cell(who.resident_id, item_id, day), 0, 1)
        for at, day in enumerate(sheet.days)
        if day < today and day.weekday() in BATHS
        for who in sheet.people[:BATHED]
        if _may_bathe(sheet, Cell(who.resident_id, item_id, day), who.days[at])
    ]
    charges.save(sheet.month, changes, done_by=words()["bathed_by"])


def _may_bathe(sheet: ChargeSheet, cell: Cell, state: Day) -> bool:
    return state is Day.HERE and cell not in sheet.cells


def _evening(day: date, hour: int = 17) -> Clock:
    """Return a clock that stands still on an evening in China."""
    moment = datetime.combine(day, time(hour - 8, 30), tzinfo=UTC)
    return lambda: moment
