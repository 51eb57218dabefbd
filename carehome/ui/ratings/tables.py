"""The tab of item tables: read in, looked at, kept side by side, and the conditions."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from carehome.errors import CareHomeError
from carehome.i18n import N_, _
from carehome.rules.ratings import presets
from carehome.rules.ratings.items import TABLE_STANDINGS, ItemTable
from carehome.rules.ratings.points import show_points
from carehome.rules.rights import Right
from carehome.services.ratings.tables import SHOWS, Preview, RatingTables
from carehome.ui.kit import dialogs, table, theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import Split
from carehome.ui.kit.pick import Pick
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.tabbed import Tab
from carehome.ui.ratings.conditions import ConditionsView
from carehome.ui.ratings.table_file import TableFile
from carehome.ui.ratings.table_reading import FaultsDialog, take_over_dialog

LISTS = {"tables": N_("Rating tables"), "conditions": N_("Conditions of grades")}
FILE, MOST = 700, 0.66
SLIM = 2
TONES = {"in force": "ok", "draft": "warn", "ours": "quiet"}


class TablesTab(Tab):
    """Lists item tables and conditions of grades; a table opens to its items.

    `read` goes out when the tables were read.
    """

    SHOWS = SHOWS
    read = Signal()

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._tables = hand.service(RatingTables)
        self._wanted: object = None
        self.which = Pick({code: _(name) for code, name in LISTS.items()})
        self.which.setAccessibleName(_("List"))
        self.bar = Bar(self.which)
        self.empty = self.bar.add_button(_("Save an empty sheet"), "save")
        self.practice = self.bar.add_button(_("Take the practice table"), "import")
        self.read_in = self.bar.add_button(
            _("Read in the official sheet"), "import", "Alt+N", "primary"
        )
        model = TableModel(COLUMNS, lambda row: row.table_id)
        self.view = TableView(model, "ratings.tables", N_("Rating tables"))
        self.file = TableFile(self._tables, hand)
        self.split = Split(ListCard(self.view), self.file, FILE, MOST)
        self.conditions = ConditionsView(hand)
        self._stack = QStackedWidget()
        self._lay_out()
        self.which.set_code("tables")

        self.which.chosen.connect(self._turn)
        self.empty.clicked.connect(self.ask_where)
        self.practice.clicked.connect(self.take_practice)
        self.read_in.clicked.connect(self.ask_file)
        self.view.opened.connect(self._open)
        self.view.clicked.connect(lambda: self._open(self.view.current_row()))
        self.view.picked.connect(self._follow)
        self.file.told.connect(self.told)
        self.file.closed.connect(self._widen)
        self.conditions.told.connect(self.told)
        self._turn()

    def refresh(self) -> None:
        self.hand.jobs.run_last(self, self._show, self._tables.listed)

    def open_key(self, key: object) -> None:
        """Open a table by its id."""
        self._wanted = key
        self._open_wanted()

    def take_practice(self) -> None:
        """Take over the practice table."""
        self.hand.jobs.run(
            self, self._say_taken, self._tables.take_practice, failed=self._fail
        )

    def ask_file(self) -> None:
        """Ask for the official sheet."""
        kinds = _("Excel workbooks (*.xlsx)")
        dialog = QFileDialog(self, _("Read in the official sheet"), "", kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.check)
        dialog.open()

    def check(self, file: str) -> None:
        """Read a sheet, and show what it came to."""
        self.hand.jobs.run(
            self, self._judge, self._tables.preview, Path(file), failed=self._fail
        )

    def ask_where(self) -> None:
        """Ask where the empty sheet shall be saved."""
        name = _("Rating table, empty") + ".xlsx"
        dialog = QFileDialog(
            self, _("Save an empty sheet"), name, _("Excel workbooks (*.xlsx)")
        )
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.fileSelected.connect(self.save_empty)
        dialog.open()

    def save_empty(self, file: str) -> None:
        """Save an empty sheet to be filled in."""
        self.hand.jobs.run(
            self,
            partial(_tell, self, _("The empty sheet was saved.")),
            self._tables.write_empty,
            Path(file),
            failed=self._fail,
        )

    def _lay_out(self) -> None:
        self._stack.addWidget(self.split)
        self._stack.addWidget(self.conditions)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.bar)
        column.addWidget(self._stack, 1)
        lead(self, self.which)
        text = _(
            "There is no rating table yet. Read in the official sheet of your "
            "province, or take the practice table to try things out."
        )
        self.view.set_empty(text)

    def _turn(self) -> None:
        is_tables = self.which.code() == "tables"
        changes = self.hand.may(Right.CHANGE_RATING)
        shown: QWidget = self.split if is_tables else self.conditions
        self._stack.setCurrentWidget(shown)
        self.empty.setVisible(is_tables)
        self.read_in.setVisible(is_tables and changes)
        self.practice.setVisible(is_tables and changes and not self._has_practice())
        self.bar.note.setVisible(is_tables)

    def _has_practice(self) -> bool:
        return any(row.preset == presets.PRACTICE for row in self.view.table.rows)

    def _show(self, found: list[ItemTable]) -> None:
        self.view.table.set_rows(found)
        used = sum(each.is_active for each in found)
        text = _("{count} {count:table|tables}, {used} in use")
        self.bar.note.setText(text.format(count=len(found), used=used))
        self._turn()
        self._open_wanted()
        self.read.emit()

    def _open_wanted(self) -> None:
        if self._wanted is not None and self.view.select(self._wanted):
            self._wanted = None
            self._open(self.view.current_row())

    def _open(self, row: ItemTable | None) -> None:
        if row:
            self.file.show_table(row)
            self.view.show_columns(SLIM)
            self.split.open_side()

    def _follow(self, row: ItemTable | None) -> None:
        if self.file.isHidden():
            return
        if row:
            self._open(row)
        else:
            self.file.closed.emit()

    def _widen(self) -> None:
        self.view.show_columns(len(self.view.table.columns))

    def _judge(self, preview: Preview) -> None:
        if preview.reading.is_whole:
            dialog = take_over_dialog(preview, self._tables, self.hand, self)
            dialog.answered.connect(self._taken)
            dialog.open()
            return
        faults = FaultsDialog(preview, self)
        faults.asked.connect(faults.finish)
        faults.asked.connect(self.ask_file)
        faults.open()

    def _taken(self, table_id: object) -> None:
        self._wanted = table_id
        self.told.emit(_("The table was taken over."))
        self._open_wanted()

    def _say_taken(self, table_id: int) -> None:
        self._wanted = table_id
        self.told.emit(_("The practice table is there. Its points are not official."))
        self._open_wanted()

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, CareHomeError):
            raise error
        dialogs.tell(self, error)


def _tell(tab: TablesTab, words: str, _done: object) -> None:
    tab.told.emit(words)


def _state(row: ItemTable) -> str:
    if not row.is_active:
        return _("Out of use")
    return _("Self-assessments made by it") if row.is_used else _("In use")


COLUMNS: tuple[Column[ItemTable], ...] = (
    Column(N_("Name of the table"), lambda row: row.name, bold=True, stretch=True),
    Column(
        N_("How it binds"),
        lambda row: _(TABLE_STANDINGS[row.standing]),
        chip=lambda row: TONES[row.standing],
    ),
    Column(N_("State"), _state),
    Column(N_("Edition"), lambda row: row.edition or None),
    Column(N_("Region it holds in"), lambda row: row.region or None),
    table.number(N_("Rating items"), lambda row: len(row.items)),
    Column(
        N_("Worth in points"),
        lambda row: show_points(row.hundredths),
        align=table.RIGHT,
        order=lambda row: row.hundredths,
    ),
    table.moment(N_("Added at"), lambda row: row.added_at),
    Column(N_("Added by"), lambda row: row.added_by),
)
