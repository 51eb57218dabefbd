"""Reading a list of staff from Excel, and taking a reading back."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtGui import QShowEvent

from carehome.i18n import N_, _
from carehome.rules.staff_roll import LABELS, columns
from carehome.services.staff.rolls import CheckedStaffRoll, StaffImport, StaffRolls
from carehome.ui.kit import dialogs
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.table import Column, TableModel, moment, number
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.rolls.file_pane import FilePane
from carehome.ui.parts.rolls.reader import CHECK, COLUMNS, FILE, ListReader

__all__ = ["CHECK", "COLUMNS", "FILE", "StaffReader"]

EARLIER: Sequence[Column[StaffImport]] = (
    moment(N_("Read in on"), lambda row: row.read_at),
    Column(N_("File"), lambda row: row.file_name, stretch=True),
    number(N_("People read in"), lambda row: row.read_in),
    number(N_("Rows not read in"), lambda row: row.left_out),
    Column(
        N_("State"),
        lambda row: _("Undone") if row.is_undone else _("Read in"),
        chip=lambda row: "quiet" if row.is_undone else "ok",
    ),
)


class StaffReader(ListReader):
    """Leads from a file to people in the list of staff."""

    def __init__(self, rolls: StaffRolls, jobs: Jobs) -> None:
        model = TableModel(EARLIER, lambda row: row.import_id)
        earlier = TableView(model, "staff.rolls", N_("Earlier readings"))
        file = FilePane(_("Drag the Excel file with your staff here"), earlier)
        title = _("Read in a list of staff")
        super().__init__(title, rolls, columns, LABELS, file, jobs)
        self._rolls = rolls
        file.undo_wanted.connect(self._ask_undo)

    def say_skipped(self) -> str:
        return _("Nobody stands in this row.")

    def say_deed(self, checked: CheckedStaffRoll) -> str:
        count = len(checked.roll.good)
        return _("Read in {count} {count:person|people}").format(count=count)

    def say_done(self, checked: CheckedStaffRoll) -> str:
        count = len(checked.roll.good)
        said = _("{count} {count:person was|people were} read in.")
        return said.format(count=count)

    def remark(self, checked: CheckedStaffRoll) -> str:
        if not checked.new_posts:
            return ""
        names = _(", ").join(checked.new_posts)
        return _("New posts will be made: {names}").format(names=names)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._list_readings()

    def _ask_undo(self, reading: StaffImport) -> None:
        words = _("{count} {count:person|people} of “{file}” will be removed.")
        said = words.format(count=reading.read_in, file=reading.file_name)
        points = [said, _("You can read the file in again at any time.")]
        do = partial(self._undo, reading.import_id)
        title, name = _("Undo the reading?"), _("Undo the reading")
        dialogs.confirm(self, title, points, name, do, "danger")

    def _undo(self, import_id: int) -> None:
        call = self._rolls.take_back
        self.ask(self._show_undone, call, import_id, failed=self.tell)

    def _show_undone(self, _done: object) -> None:
        self.told.emit(_("The reading was taken back; nobody of it is left."))
        self._list_readings()

    def _list_readings(self) -> None:
        self.jobs.run_last(self, self.file.show_readings, self._rolls.imports)
