"""The list of everything that is wrong with a month, beside the grid."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal

from carehome.i18n import N_, _
from carehome.rules.rosters import words
from carehome.rules.rosters.problem import Cell, Finding
from carehome.ui.kit.buttons import button
from carehome.ui.kit.page import Side
from carehome.ui.kit.table import Column, TableModel, number
from carehome.ui.kit.table_view import TableView
from carehome.ui.rosters.worksheet import Worksheet


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong, in words, and the cell to look at."""

    found: Finding
    kind: str
    who: str
    day: int | None
    what: str
    words: str
    cell: Cell | None


class FindingsSide(Side):
    """Lists what is wrong, what must not be first.

    `causes_asked` that somebody wants to know what stands behind the points.
    """

    causes_asked = Signal()

    def __init__(self) -> None:
        super().__init__(_("What is wrong"))
        columns: tuple[Column[Wrong], ...] = (
            Column(
                N_("Kind"),
                lambda row: row.kind,
                chip=lambda row: "bad" if row.found.is_hard else "warn",
                width=64,
            ),
            Column(N_("Person or shift"), lambda row: row.who),
            number(N_("Day of the month"), lambda row: row.day, width=40),
            Column(
                N_("In particular"),
                lambda row: row.what,
                stretch=True,
                tip=lambda row: row.words,
            ),
            number(N_("Points off"), lambda row: row.found.cost or None, width=46),
        )
        model = TableModel(columns, key=lambda row: row.found)
        self.list = TableView(model, "rosters.findings", N_("What is wrong"))
        self.list.set_empty(_("Nothing is wrong with this month."))
        self.why = button(_("Why do these points remain?"), kind="link")
        self.why.clicked.connect(self.causes_asked)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.why, 0, Qt.AlignmentFlag.AlignLeft)

    def show_findings(self, sheet: Worksheet) -> None:
        """List what is wrong with a month now."""
        rows = [_row(sheet, found) for found in sheet.findings()]
        self.list.table.set_rows(rows)
        self.why.setVisible(any(row.found.cost for row in rows))
        self.title.setText(_("What is wrong ({count})").format(count=len(rows)))


def _row(sheet: Worksheet, found: Finding) -> Wrong:
    problem = sheet.month.problem
    day = next((day for day in found.days if day >= 0), None)
    person = found.person or _somebody(sheet)
    if found.person:
        who = words.say_person(problem, found.person)
    else:
        who = words.say_where(problem, found.shift, found.unit)
    return Wrong(
        found,
        _("Hard") if found.is_hard else _("Soft"),
        who,
        problem.date_of(day).day if day is not None else None,
        words.say_shortly(found, problem),
        words.say(found, problem),
        (person, day or 0) if person else None,
    )


def _somebody(sheet: Worksheet) -> str:
    """Return who is looked at for what is wrong with a day."""
    return sheet.people[0].key if sheet.people else ""
