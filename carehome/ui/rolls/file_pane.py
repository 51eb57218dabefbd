"""The first step: which file; and what was read in before, to be undone."""

from collections.abc import Sequence

from carehome.i18n import N_, _
from carehome.services.rolls import RollImport
from carehome.ui.kit.table import Column, TableModel, moment, number
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.rolls import file_pane
from carehome.ui.rolls.unfinished import Unfinished

COLUMNS: Sequence[Column[RollImport]] = (
    moment(N_("Read in on"), lambda row: row.read_at),
    Column(N_("File"), lambda row: row.file_name, stretch=True),
    number(N_("Residents read in"), lambda row: row.read_in),
    number(N_("Rows not read in"), lambda row: row.left_out),
    Column(
        N_("State"),
        lambda row: _("Undone") if row.is_undone else _("Read in"),
        chip=lambda row: "quiet" if row.is_undone else "ok",
    ),
)


class FilePane(file_pane.FilePane):
    """Takes the file of a roll of residents, or goes on with one that was begun."""

    def __init__(self) -> None:
        self.unfinished = Unfinished()
        earlier = TableView(
            TableModel(COLUMNS, lambda row: row.import_id),
            "rolls.earlier",
            N_("Earlier readings"),
        )
        words = _("Drag the Excel file with your roll here")
        super().__init__(words, earlier, self.unfinished)
