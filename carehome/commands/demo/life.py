"""What happens in the demonstration home from day to day, deed by deed."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from carehome.commands.demo.people import Crowd, words
from carehome.commands.demo.roll import ABILITIES, GRADES_NURSING, GRADES_UPSTAIRS
from carehome.commands.told import DEMO_PASSWORD
from carehome.db.database import Database
from carehome.rules.billing.payments import PrepaidTooMuch
from carehome.rules.periods import Period, months_after
from carehome.rules.residents import Status
from carehome.rules.rights import Role, User
from carehome.services.accounts import Approval
from carehome.services.admissions import Admissions, Terms
from carehome.services.beds import Beds, FreeBed
from carehome.services.billing import Billing
from carehome.services.deposits import Deposits
from carehome.services.payments import Payments
from carehome.services.prices import OwnPrices, Prices
from carehome.services.receipts import Receipts
from carehome.services.residents import Agreement, Contact, Person, Residents
from carehome.services.residents.index import ResidentLine
from carehome.services.service import Clock, Service

ServiceKind = TypeVar("ServiceKind", bound=Service)
_YEAR = timedelta(days=365)
_METHODS = ("wechat", "wechat", "alipay", "transfer", "transfer", "cash", "card")


@dataclass(slots=True)
class _Away:
    resident_id: int
    absence_id: int
    back_on: date


class Life:
    """The days of the home: people come, go, move, pay."""

    def __init__(
        self,
        db: Database,
        users: dict[Role, User],
        clock: Clock,
        crowd: Crowd,
        dice: Random,
    ) -> None:
        def of(kind: type[ServiceKind], role: Role) -> ServiceKind:
            return kind(db, users[role], clock)

        self._crowd, self._dice = crowd, dice
        self._residents = of(Residents, Role.FRONT_DESK)
        self._nurse = of(Residents, Role.HEAD_NURSE)
        self._admissions = of(Admissions, Role.FRONT_DESK)
        self._beds = of(Beds, Role.HEAD_NURSE)
        self._payments = of(Payments, Role.FRONT_DESK)
        self._deposits = of(Deposits, Role.ACCOUNTANT)
        self._billing = of(Billing, Role.ACCOUNTANT)
        self._prices = of(Prices, Role.ACCOUNTANT)
        self._own_prices = of(OwnPrices, Role.DIRECTOR)
        self._receipts = of(Receipts, Role.ACCOUNTANT)
        self._begin_month = clock().date().replace(day=1)
        self._known: list[ResidentLine] = []
        self._away: list[_Away] = []
        self._debts: list[tuple[date, int]] = []

    def live_through(self, day: date, last: date) -> None:
        """Do what a day brings; the last whole month is left to be posted."""
        self._known = []
        self._come_back(day)
        if day.day == 2:
            self._month_end(months_after(day.replace(day=1), -1), last)
        self._collect(day)
        if day.weekday() in (1, 4) and self._dice.random() < 0.62:
            self._admit(day)
        if day.weekday() == 2 and self._dice.random() < 0.42:
            self._discharge(day)
        if self._dice.random() < 0.28:
            self._leave(day, last)
        if day.weekday() == 3 and self._dice.random() < 0.5:
            self._move(day)
        if day.weekday() == 0 and self._dice.random() < 0.45:
            self._change_grade(day)
        if self._dice.random() < 0.2:
            self._charge(day)
        if day.day == 10:
            self._discount(day)

    def last_day(self, day: date) -> None:
        """Leave something to do: admissions half done, beds out of use, people away."""
        self._sign(day)
        free = self._beds.free(day)
        half = self._begin(day, free[0], day)
        self._admissions.pass_deposit(half)
        self._begin(day, free[1], day + timedelta(days=3))
        only_begun = self._admissions.begin()
        person = self._crowd.old_person(day)
        self._admissions.enter_person(
            only_begun, Person(person.name, person.sex, person.born), person.id_number
        )
        self._beds.set_out_of_service(free[2].bed_id, words()["broken_bed_note"])
        self._beds.send_cleaning(free[3].bed_id)
        for kind, days in (("leave", 2), ("leave", 1), ("hospital", 4)):
            self._go_away(day - timedelta(days=days), kind, day + timedelta(days=days))

    def _sign(self, day: date) -> None:
        """Give those of the roll an agreement of the year they are in; not all."""
        for line in self._here():
            assert line.admitted_on
            starts = line.admitted_on
            while starts + _YEAR <= day:
                starts += _YEAR
            signed = self._residents.file(line.resident_id).agreements
            if signed or line.resident_id % 23 == 0:
                continue
            number = f"{starts:%Y%m%d}-{line.resident_id}"
            agreement = Agreement(
                starts, starts + _YEAR, number, starts, signer=line.name
            )
            self._residents.add_agreement(line.resident_id, agreement)

    def _here(self) -> list[ResidentLine]:
        return [line for line in self._residents.find("") if line.status.value == "in"]

    def _somebody(self) -> ResidentLine:
        return self._dice.choice(self._here())

    def _month_end(self, month: date, last: date) -> None:
        """Post a month that is over, unless it is the one left for the visitor."""
        left_open = months_after(last.replace(day=1), -1)
        if not self._begin_month <= month < left_open:
            return
        trial = self._billing.trial(month)
        self._billing.post(trial)
        for bill in trial.bills:
            wait = int(self._dice.triangular(1, 24, 4))
            if self._dice.random() < 0.03:
                wait = 400  # does not pay in the time that is told
            self._debts.append((last_day_of(month, wait), bill.resident_id))

    def _collect(self, day: date) -> None:
        due = [debt for debt in self._debts if debt[0] <= day]
        self._debts = [debt for debt in self._debts if debt[0] > day]
        for _when, resident_id in due:
            owed = self._payments.account(resident_id).owed
            if owed <= 0:
                continue
            paid = owed
            if self._dice.random() < 0.1:  # some round up: the rest is prepaid
                paid = -(-owed // 100000) * 100000
            method = self._dice.choice(_METHODS)
            try:
                receipt = self._payments.take(resident_id, paid, method, day)
            except PrepaidTooMuch:  # somebody who has left prepays nothing
                receipt = self._payments.take(resident_id, owed, method, day)
            if self._dice.random() < 0.01:
                self._void(receipt, resident_id, owed, day)

    def _void(self, receipt_id: int, resident_id: int, owed: int, day: date) -> None:
        """Void a receipt that was written wrongly, and write it once more."""
        self._receipts.void(receipt_id, words()["void_reason"])
        self._payments.take(resident_id, owed, "cash", day)

    def _admit(self, day: date) -> None:
        free = self._beds.free(day)
        if len(free) <= 12:
            return
        admission = self._begin(day, self._dice.choice(free), day)
        self._admissions.pass_deposit(admission)
        self._admissions.finish(admission)
        self._known = []

    def _begin(self, day: date, bed: FreeBed, planned_on: date) -> int:
        """Take an admission up to its deposit; return its number."""
        person = self._crowd.old_person(day, self._sex_for(bed))
        admission = self._admissions.begin()
        grades = GRADES_NURSING if bed.is_nursing_bed else GRADES_UPSTAIRS
        grade = self._dice.choice(grades)
        level = self._dice.choice(ABILITIES[grade])
        resident_id = self._admissions.enter_person(
            admission,
            Person(person.name, person.sex, person.born, ability_level=level),
            person.id_number,
            ["society"],
        )
        family = self._crowd.name("female")
        contact = Contact(
            "guardian", family, words()["relations"][1], self._crowd.phone()
        )
        self._admissions.enter_contacts(admission, [contact])
        self._admissions.choose_bed(admission, bed.bed_id, planned_on)
        agreement = Agreement(
            planned_on,
            planned_on.replace(year=planned_on.year + 1, day=1),
            f"{planned_on:%Y%m%d}-{resident_id}",
            day,
            planned_on + timedelta(days=30),
            family,
        )
        terms = Terms(planned_on, grade, "standard", agreement, family)
        self._admissions.agree(admission, terms)
        room = self._deposits.standing(resident_id, planned_on).room
        deposit = min(self._dice.choice([500000, 800000, 1000000]), room)
        self._deposits.take(resident_id, deposit, "transfer", day, family)
        if self._dice.random() < 0.9:  # some wait for the next visit to the bank
            entries = self._deposits.entries(resident_id)
            self._deposits.bank([entry.entry_id for entry in entries], day)
        return admission

    def _sex_for(self, bed: FreeBed) -> str | None:
        """Return who may share the room: the sex of those who sleep there."""
        room = bed.bed.rpartition("-")[0]
        for line in self._here():
            if line.bed.rpartition("-")[0] == room:
                return line.sex
        return None

    def _discharge(self, day: date) -> None:
        if len(self._here()) < 104:
            return
        line = self._somebody()
        if line.admitted_on and line.admitted_on > day - timedelta(days=20):
            return
        reason = self._dice.choice(words()["discharge_reasons"])
        self._residents.discharge(line.resident_id, day, reason)
        self._known = []
        held = self._deposits.standing(line.resident_id, day).held
        if held:
            second = Approval("yuanzhang", DEMO_PASSWORD)
            purpose = words()["refund_purpose"]
            self._deposits.refund(
                line.resident_id, held, "transfer", day, purpose, second
            )

    def _leave(self, day: date, last: date) -> None:
        kind = "hospital" if self._dice.random() < 0.4 else "leave"
        longest = 16 if kind == "hospital" else 8
        days = self._dice.randrange(2, longest)
        self._go_away(day, kind, min(day + timedelta(days=days), last))

    def _go_away(self, day: date, kind: str, back_on: date) -> None:
        line = self._somebody()
        if line.admitted_on and line.admitted_on >= day:
            return
        note = self._dice.choice(words()[f"{kind}_notes"])
        absence = self._nurse.record_absence(line.resident_id, kind, day, back_on, note)
        self._known = []
        self._away.append(_Away(line.resident_id, absence, back_on))

    def _come_back(self, day: date) -> None:
        for away in [each for each in self._away if each.back_on <= day]:
            self._away.remove(away)
            self._nurse.record_return(away.absence_id, day)

    def _move(self, day: date) -> None:
        """Move somebody into a room where the same sex, or nobody, sleeps."""
        line = self._somebody()
        rooms = {each.bed.rpartition("-")[0]: each.sex for each in self._here()}
        for bed in self._beds.free(day):
            if rooms.get(bed.bed.rpartition("-")[0], line.sex) == line.sex:
                self._beds.move(line.resident_id, bed.bed_id, day)
                self._known = []
                return

    def _change_grade(self, day: date) -> None:
        line = self._somebody()
        others = [g for g in ("partial_1", "partial_2", "full") if g != line.grade]
        reason = self._dice.choice(words()["grade_reasons"])
        family = self._crowd.name("male")
        self._nurse.set_grade(
            line.resident_id, self._dice.choice(others), day, reason, family
        )

    def _charge(self, day: date) -> None:
        items = {item.code: item.item_id for item in self._prices.items()}
        code = self._dice.choice(["escort", "bathing", "bathing", "guest-meal"])
        note = self._dice.choice(words()["charge_notes"]) if code == "escort" else ""
        line, often = self._somebody(), self._dice.randrange(1, 4)
        if line.status is Status.IN:
            self._prices.add_charge(line.resident_id, items[code], day, often, note)

    def _discount(self, day: date) -> None:
        """Give one resident a month's care at less, with a reason."""
        line = self._somebody()
        items = {item.applies_to: item.item_id for item in self._prices.items()}
        if not line.grade or any(
            own.item_id == items[line.grade]
            for own in self._prices.own_prices(line.resident_id)
        ):
            return
        span = Period(day, months_after(day.replace(day=1), 3))
        reason = words()["discount_reason"]
        asked = self._prices.set_own_price(
            line.resident_id, items[line.grade], span, "percent", 90, reason
        )
        self._own_prices.approve(asked)


def last_day_of(month: date, wait: int) -> date:
    """Return the day `wait` days after the second of the next month."""
    return months_after(month, 1) + timedelta(days=1 + wait)
