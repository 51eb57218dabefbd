"""Reminding families: letters, messages and calls, each with what came of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from carehome.db.reminders import ReminderRow
from carehome.db.residents import ResidentRow
from carehome.errors import Refusal
from carehome.i18n import N_, _, say_date, say_month, show_money, speaking
from carehome.reports.listing import write_list
from carehome.reports.reminders import (
    CallText,
    LetterText,
    OpenMonth,
    table_of_calls,
    write_letters,
)
from carehome.reports.sheet import A4_WIDE, Letterhead
from carehome.rules.reminders import (
    NothingSaid,
    RemindedLately,
    Reminder,
    Step,
    Way,
    check_promise,
    fill,
    kind_of,
)
from carehome.rules.residents import check_happened
from carehome.rules.rights import Right
from carehome.services.arrears.owing import Owing, owing_in, reminders_in
from carehome.services.arrears.settings import texts_in
from carehome.services.open_bills import rules_in
from carehome.services.papers import letterhead_in
from carehome.services.service import Service, needs


class NothingLate(Refusal):
    """Nobody is reminded of what is not due."""

    text = N_("{name} owes nothing that is due by now. Nothing is to be reminded of.")


@dataclass(frozen=True, slots=True)
class Heard:
    """What was said on a call, by whom, and by when somebody promised to pay."""

    day: date
    spoke_to: str
    said: str
    promised_on: date | None = None


class Reminders(Service):
    """What one person can do to remind families of what they owe."""

    @needs(Right.SEE_FEES)
    def of(self, resident_id: int) -> list[Reminder]:
        """List one resident's reminders, the newest first."""
        with self._reading() as session:
            return reminders_in(session, {resident_id}).get(resident_id, [])[::-1]

    @needs(Right.TAKE_MONEY)
    def remind(
        self, resident_ids: Collection[int], way: Way, anyway: bool = False
    ) -> list[int]:
        """Note that a letter or a message goes out; return the reminders.

        Who was reminded lately, or has promised to pay, is refused but with `anyway`.
        """
        today = self._today()
        with self._writing() as session:
            made = []
            for owing in _late_in(session, today, resident_ids):
                if not anyway and not owing.may_remind:
                    assert owing.last, "only a reminder makes somebody wait"
                    raise RemindedLately(name=owing.resident, day=owing.last.day)
                made.append(self._reminder(owing, today, way))
            session.add_all(made)
            session.flush()
            return [row.id for row in made]

    @needs(Right.TAKE_MONEY)
    def note_call(self, resident_id: int, heard: Heard) -> int:
        """Note a call or a talk about what is owed; return its number."""
        check_happened(heard.day, self._today())
        check_promise(heard.day, heard.promised_on)
        if not heard.said.strip():
            raise NothingSaid
        with self._writing() as session:
            (owing,) = _late_in(session, self._today(), {resident_id})
            row = self._reminder(owing, heard.day, Way.PHONE)
            row.spoke_to, row.said = heard.spoke_to.strip(), heard.said.strip()
            row.promised_on = heard.promised_on
            session.add(row)
            session.flush()
            return row.id

    @needs(Right.SEE_FEES)
    @speaking()
    def message(self, resident_id: int) -> str:
        """Return the text of a message to a family, as it would be sent today."""
        with self._reading() as session:
            (owing,) = _late_in(session, self._today(), {resident_id})
            text = texts_in(session)[kind_of(Way.MESSAGE, owing.step)]
            days = rules_in(session).again_days
            return fill(text, _facts(owing, letterhead_in(session), days))

    @needs(Right.SEE_FEES)
    @speaking()
    def preview_letters(self, resident_ids: Collection[int], path: Path) -> None:
        """Write letters as they would go out today; nothing is noted."""
        with self._reading() as session:
            owing = _late_in(session, self._today(), resident_ids)
            steps = {each.resident_id: each.step for each in owing}
            _write_in(session, owing, steps, path)

    @needs(Right.SEE_FEES)
    @speaking()
    def write_letters(self, reminder_ids: Collection[int], path: Path) -> None:
        """Write the letters of reminders that were noted, at the step of then."""
        with self._reading() as session:
            rows = [session.get_one(ReminderRow, each) for each in reminder_ids]
            steps = {row.resident_id: Step(row.step) for row in rows}
            owing = _late_in(session, self._today(), steps)
            _write_in(session, owing, steps, path)

    @needs(Right.SEE_FEES)
    @speaking()
    def write_calls(self, resident_ids: Collection[int], path: Path) -> None:
        """Write whom to call, with room for what is said, as a PDF."""
        with self._reading() as session:
            owing = _late_in(session, self._today(), resident_ids)
            table = table_of_calls([_call(each) for each in owing], self._today())
            write_list(path, table, letterhead_in(session), A4_WIDE)

    def _reminder(self, owing: Owing, day: date, way: Way) -> ReminderRow:
        return ReminderRow(
            resident_id=owing.resident_id,
            day=day,
            way=way,
            step=owing.step,
            fen=owing.overdue,
            noted_by=self._user.name,
        )


def _late_in(
    session: Session, today: date, resident_ids: Collection[int]
) -> list[Owing]:
    """Return what some residents owe and ought to have paid, in the order asked."""
    known = {each.resident_id: each for each in owing_in(session, today)}
    for resident_id in resident_ids:
        if resident_id not in known or not known[resident_id].overdue:
            raise NothingLate(name=session.get_one(ResidentRow, resident_id).name)
    return [known[each] for each in resident_ids]


def _write_in(
    session: Session, owing: list[Owing], steps: Mapping[int, Step], path: Path
) -> None:
    home, texts = letterhead_in(session), texts_in(session)
    days = rules_in(session).again_days
    letters = [
        LetterText(
            steps[each.resident_id],
            each.resident,
            each.place,
            fill(texts[kind_of(Way.LETTER, steps[each.resident_id])], facts),
            tuple(
                OpenMonth(bill.month, bill.label, bill.due_on, bill.fen)
                for bill in each.late
            ),
            each.today,
        )
        for each in owing
        for facts in (_facts(each, home, days),)
    ]
    write_letters(path, letters, home)


def _facts(owing: Owing, home: Letterhead, days: int) -> dict[str, str]:
    """Return what the words of a reminder stand for; it asks to pay within `days`."""
    family = _("The family of {name}").format(name=owing.resident)
    return {
        "contact": owing.contact or family,
        "resident": owing.resident,
        "amount": show_money(owing.overdue),
        "months": _(", ").join(say_month(bill.month) for bill in owing.late),
        "today": say_date(owing.today),
        "until": say_date(owing.today + timedelta(days=days)),
        "home": home.home,
        "phone": home.phone,
        "how_to_pay": home.how_to_pay,
    }


def _call(owing: Owing) -> CallText:
    last = owing.last
    return CallText(
        owing.place,
        owing.resident,
        owing.contact,
        owing.phone,
        owing.overdue,
        owing.days_late,
        last.said if last else "",
    )
