"""The training of one person in a year: subject by subject, had and needed."""

from carehome.i18n import N_, _
from carehome.rules.training import Cell, Subject
from carehome.ui.kit.table import RIGHT, Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.staff.hand import Hand
from carehome.ui.staff.tab import Leaf
from carehome.ui.staff.words import show_hours

Had = tuple[Subject, Cell]


def say_missing(cell: Cell) -> str:
    """Say how many hours are missing, or that nothing is."""
    if cell.is_enough:
        return _("Enough") if cell.needed else _("Not asked for")
    hours = show_hours(cell.needed - cell.minutes)
    return _("{hours} h missing").format(hours=hours)


SUBJECTS: tuple[Column[Had], ...] = (
    Column(N_("Subject"), lambda row: row[0].name, bold=True, stretch=True),
    Column(
        N_("Hours had"),
        lambda row: row[1].minutes,
        show_hours,
        align=RIGHT,
    ),
    Column(
        N_("Hours needed"),
        lambda row: row[1].needed or None,
        show_hours,
        align=RIGHT,
    ),
    Column(
        N_("State"),
        lambda row: say_missing(row[1]),
        chip=lambda row: (
            "warn" if not row[1].is_enough else "ok" if row[1].needed else None
        ),
    ),
)


class Trained(Leaf):
    """Lists the subjects of this year; trainings are written down for many at once."""

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self.view = TableView(
            TableModel(SUBJECTS, lambda row: row[0].subject_id),
            "staff.trained",
            N_("Training of this year"),
        )
        year = hand.today().year
        self.add_section(_("Training in {year}").format(year=year))
        self.add_list(self.view)
        self.view.set_empty(_("No training is asked for."))

    def refresh(self) -> None:
        self.view.table.set_rows(self.file.training)
