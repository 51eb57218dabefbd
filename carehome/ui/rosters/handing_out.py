"""What the page's buttons lead to: publishing, papers, workbook, calendars."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from carehome.i18n import _, say_month
from carehome.services.payroll import Payroll
from carehome.services.rosters import Rosters
from carehome.services.rosters.papers import RosterPapers
from carehome.ui.kit.jobs import Jobs
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.workbooks import save_calendar, save_workbook
from carehome.ui.rosters.month import Month
from carehome.ui.rosters.page import RostersPage
from carehome.ui.rosters.publishing import PublishDialog, Standing, read_standing


@dataclass(frozen=True, slots=True)
class Ways:
    """The services by which a roster leaves the page."""

    rosters: Rosters
    papers: RosterPapers
    payroll: Payroll


class HandingOut(QObject):
    """Opens the dialog or the menu that a button of the page asks for."""

    def __init__(self, page: RostersPage, ways: Ways, jobs: Jobs) -> None:
        super().__init__(page)
        self._page, self._ways, self._jobs = page, ways, jobs
        page.publish_wanted.connect(self._read_standing)
        page.print_wanted.connect(self._offer)

    def menu(self, month: Month) -> QMenu:
        """Return everything in which a month can be handed out."""
        papers, first = self._ways.papers, month.problem.first
        menu = QMenu(self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        draw = partial(self._draw, _("Roster {month}"), first)
        menu.addAction(_("For the wall, A3"), partial(draw, papers.write_wall, first))
        small = partial(draw, papers.write_small_wall, first)
        menu.addAction(_("For the wall, A4"), small)
        menu.addSeparator()
        self._offer_own(menu, month)
        everybody = partial(draw, papers.write_everybodys, first)
        menu.addAction(_("Everybody's own month, A5"), everybody)
        menu.addSeparator()
        menu.addAction(_("As a workbook\u2026"), partial(self._save_workbook, first))
        menu.addAction(
            _("Everybody's shifts as a calendar\u2026"),
            partial(self._save_calendar, first),
        )
        return menu

    def _offer_own(self, menu: QMenu, month: Month) -> None:
        """Offer the month of who is under the cursor."""
        cell = self._page.desk.grid.current
        if cell is None:
            return
        papers, first, key = self._ways.papers, month.problem.first, cell[0]
        name = next(each.name for each in month.problem.people if each.key == key)
        draw = partial(self._draw, _("Shifts {month}"), first)
        for text, write in (
            (_("The month of {name}, A5"), papers.write_own),
            (_("The month of {name}, A4"), papers.write_large_own),
        ):
            deed = partial(draw, write, first, int(key))
            menu.addAction(text.format(name=name), deed)
        menu.addAction(
            _("Shifts of {name} as a calendar\u2026").format(name=name),
            partial(self._save_own_calendar, first, int(key), name),
        )

    def _offer(self, month: Month) -> None:
        button = self._page.print
        self.menu(month).popup(button.mapToGlobal(QPoint(0, button.height())))

    def _draw(
        self, title: str, first: date, write: Callable[..., object], *values: object
    ) -> None:
        name = title.format(month=say_month(first))
        PaperDialog(name, f"{name}.pdf", self._jobs, self._page).draw(write, *values)

    def _save_workbook(self, first: date) -> None:
        name = _("Roster {month}").format(month=say_month(first))
        write = self._ways.papers.write_workbook
        save_workbook(self._page, self._jobs, f"{name}.xlsx", write, first)

    def _save_calendar(self, first: date) -> None:
        name = _("Roster {month}").format(month=say_month(first))
        write = self._ways.papers.write_calendar
        save_calendar(self._page, self._jobs, f"{name}.ics", write, first)

    def _save_own_calendar(self, first: date, staff_id: int, name: str) -> None:
        title = _("Shifts of {name}").format(name=name)
        file = f"{title} {first:%Y-%m}.ics"
        write = self._ways.papers.write_own_calendar
        save_calendar(self._page, self._jobs, file, write, first, staff_id)

    def _read_standing(self, month: Month) -> None:
        first = month.problem.first
        values = (self._ways.rosters, self._ways.payroll, first)
        self._jobs.run(self, partial(self._publish, first), read_standing, *values)

    def _publish(self, first: date, standing: Standing) -> None:
        rosters = self._ways.rosters
        PublishDialog(first, standing, rosters, self._jobs, self._page).open()
