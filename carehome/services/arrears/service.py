"""What one person can ask about arrears and prepaid money, and put to paper."""

from datetime import date
from pathlib import Path

from carehome.db import change_log
from carehome.i18n import _, say_day, speaking
from carehome.reports.arrears import (
    ArrearsText,
    PrepaidText,
    write_arrears,
    write_arrears_workbook,
    write_prepaid,
    write_prepaid_workbook,
)
from carehome.rules.reminders import WAY_NAMES
from carehome.rules.rights import Right
from carehome.rules.today import Line
from carehome.services.arrears import today as of_day
from carehome.services.arrears.owing import Owing, owing_in
from carehome.services.arrears.prepaid import PrepaidStanding, prepaid_in
from carehome.services.open_bills import rules_in
from carehome.services.papers import letterhead_in
from carehome.services.payers.receivables import FamilyShares, family_shares_in
from carehome.services.service import Service, needs


class Arrears(Service):
    """What one person can ask about who owes, and who has paid ahead."""

    @needs(Right.SEE_FEES)
    def owing(self) -> list[Owing]:
        """List who owes something, the most first."""
        with self._reading() as session:
            return owing_in(session, self._today())

    @needs(Right.SEE_FEES)
    def prepaid(self) -> list[PrepaidStanding]:
        """List for whom something is prepaid, first where it is too much."""
        with self._reading() as session:
            return prepaid_in(session, self._today())

    @needs(Right.TAKE_MONEY)
    def today(self, day: date) -> list[Line]:
        """Tell whose promise passed, and who was not reminded for long."""
        with self._reading() as session:
            owing = owing_in(session, day)
            days = rules_in(session).again_days
        return [*of_day.promises(owing, day), *of_day.to_remind(owing, days)]

    @needs(Right.SEE_FEES)
    @speaking()
    def write(self, path: Path) -> None:
        """Write who owes what since when as a PDF."""
        today = self._today()
        with self._reading() as session:
            owing = owing_in(session, today)
            home = letterhead_in(session)
        write_arrears(path, [_text(each) for each in owing], today, home)

    @needs(Right.SEE_FEES)
    def family_shares(self) -> FamilyShares:
        """Return what members of families owe of their shares: no resident's debt."""
        with self._reading() as session:
            return family_shares_in(session, self._today())

    @needs(Right.SEE_FEES)
    @speaking()
    def write_workbook(self, path: Path) -> None:
        """Write who owes what as a workbook; the log says who took it."""
        today = self._today()
        with self._writing() as session:
            texts = [_text(each) for each in owing_in(session, today)]
            change_log.note_list(session, _("Arrears"), len(texts))
            write_arrears_workbook(path, texts, today, letterhead_in(session))

    @needs(Right.SEE_FEES)
    @speaking()
    def write_prepaid(self, path: Path) -> None:
        """Write what is prepaid for whom as a PDF."""
        today = self._today()
        with self._reading() as session:
            found = prepaid_in(session, today)
            home = letterhead_in(session)
        write_prepaid(path, [_ahead(each) for each in found], today, home)

    @needs(Right.SEE_FEES)
    @speaking()
    def write_prepaid_workbook(self, path: Path) -> None:
        """Write what is prepaid as a workbook; the log says who took it."""
        today = self._today()
        with self._writing() as session:
            texts = [_ahead(each) for each in prepaid_in(session, today)]
            change_log.note_list(session, _("Prepaid"), len(texts))
            write_prepaid_workbook(path, texts, today, letterhead_in(session))


def _text(owing: Owing) -> ArrearsText:
    last, promise = owing.last, owing.promised_on or owing.broken_on
    reminded = _("{way} {day}")
    return ArrearsText(
        owing.place,
        owing.resident,
        tuple(owing.by_age.values()),
        owing.due_since,
        reminded.format(way=_(WAY_NAMES[last.way]), day=say_day(last.day))
        if last
        else "",
        promise,
        owing.contact,
        owing.phone,
    )


def _ahead(standing: PrepaidStanding) -> PrepaidText:
    return PrepaidText(
        standing.place,
        standing.resident,
        standing.fen,
        standing.monthly_fee,
        standing.months,
        standing.cap,
        standing.excess,
    )
