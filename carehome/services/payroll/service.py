"""Hours handed to the payroll: normal, and at 150, 200 and 300 %."""

from datetime import date
from pathlib import Path

from carehome.db import change_log
from carehome.i18n import _, speaking
from carehome.reports.payroll_workbook import write_payroll_workbook
from carehome.rules.rights import Right
from carehome.services.papers import letterhead_in
from carehome.services.payroll.reading import month_in
from carehome.services.payroll.values import PayrollMonth
from carehome.services.payroll.words import payroll_text
from carehome.services.service import Service, needs


class Payroll(Service):
    """What one person can do with the hours of a month."""

    @needs(Right.CHANGE_ROSTER)
    def month(self, first: date) -> PayrollMonth:
        """Return everybody's hours of the month that begins on `first`."""
        with self._reading() as session:
            return month_in(session, first, with_money=False)

    @needs(Right.SEE_PAY)
    def month_with_pay(self, first: date) -> PayrollMonth:
        """Return everybody's hours and what they earn above the normal pay."""
        with self._reading() as session:
            return month_in(session, first, with_money=True)

    @needs(Right.CHANGE_ROSTER)
    @speaking()
    def write(self, first: date, path: Path) -> None:
        """Write the hours of a month as a workbook; the log says who took it."""
        self._write(self._read(first, with_money=False), path)

    @needs(Right.SEE_PAY)
    @speaking()
    def write_with_pay(self, first: date, path: Path) -> None:
        """Do as `write`, with what the hours earn above the normal pay."""
        self._write(self._read(first, with_money=True), path)

    def _read(self, first: date, with_money: bool) -> PayrollMonth:
        with self._reading() as session:
            return month_in(session, first, with_money)

    def _write(self, month: PayrollMonth, path: Path) -> None:
        with self._writing() as session:
            title = _("Hours for the payroll")
            change_log.note_list(session, title, len(month.lines))
            write_payroll_workbook(path, payroll_text(month), letterhead_in(session))
