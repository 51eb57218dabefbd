"""Who has how much: hours of the month, and the unloved shifts of the year."""

from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from carehome.i18n import N_, _
from carehome.rules.rosters.problem import Person
from carehome.ui.kit import theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.lead import lead
from carehome.ui.kit.table import RIGHT, Column, TableModel, number
from carehome.ui.kit.table_view import TableView
from carehome.ui.rosters.month import Year
from carehome.ui.rosters.worksheet import Totals, Worksheet


@dataclass(frozen=True, slots=True)
class Share:
    """What somebody has this month, and had in the year before it."""

    person: Person
    unit: str
    note: str
    totals: Totals
    year: Year

    @property
    def hours(self) -> float:
        """The hours of the month."""
        return self.totals.minutes / 60

    @property
    def over(self) -> float | None:
        """By how many hours that lies beyond or below what is wanted."""
        limit = self.person.minutes
        if limit.most is not None and self.totals.minutes > limit.most:
            return (self.totals.minutes - limit.most) / 60
        if self.totals.minutes < limit.least:
            return (self.totals.minutes - limit.least) / 60
        return None


def _hours(hours: float) -> str:
    return f"{hours:.1f}".removesuffix(".0")


def _more(hours: float) -> str:
    return f"{hours:+.1f}".removesuffix(".0").replace("-", "\u2212")


COLUMNS: tuple[Column[Share], ...] = (
    Column(N_("Name"), lambda row: row.person.name, bold=True),
    Column(N_("Unit of the home"), lambda row: row.unit),
    Column(N_("Post"), lambda row: row.note),
    Column(N_("Hours"), lambda row: row.hours, _hours, align=RIGHT, kind="number"),
    Column(
        N_("Beyond or below"),
        lambda row: row.over,
        _more,
        align=RIGHT,
        kind="number",
        tone=lambda row: "warn" if row.over else None,
    ),
    number(N_("Nights"), lambda row: row.totals.nights),
    number(N_("Weekends"), lambda row: row.totals.weekends),
    number(N_("Holidays"), lambda row: row.totals.holidays),
    number(N_("Nights of the year"), lambda row: row.year.nights + row.totals.nights),
    number(
        N_("Weekend days of the year"), lambda row: row.year.weekends + row.totals.days
    ),
    number(
        N_("Holidays of the year"), lambda row: row.year.holidays + row.totals.holidays
    ),
)


class FairnessView(QWidget):
    """Lists what everybody has this month and had in the year, to be compared."""

    def __init__(self) -> None:
        super().__init__()
        model = TableModel(COLUMNS, key=lambda row: row.person.key)
        title = N_("Hours and fairness")
        self.list = TableView(model, "rosters.fairness", title)
        self.list.set_empty(_("Nobody is on the roster of this month yet."))
        note = _("The year is the twelve months before this one, and this month.")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(ListCard(self.list, _(title), note))
        lead(self, self.list)

    def show_sheet(self, sheet: Worksheet) -> None:
        """List the people of a month."""
        month = sheet.month
        self.list.table.set_rows(
            [
                Share(
                    person,
                    month.units.get(person.unit, ""),
                    month.notes.get(person.key, ""),
                    sheet.totals(person.key),
                    month.years.get(person.key, Year()),
                )
                for person in sheet.people
            ]
        )
