"""Reading in a statement: what it tells, or all that is wrong; all of it or none."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from carehome.errors import CareHomeError
from carehome.i18n import N_, _, show_day, show_money
from carehome.rules.bank.faults import Fault
from carehome.rules.bank.statement import BankLine
from carehome.services.bank import Bank, BankAccount, Checked, Peek, TakenOver
from carehome.ui.books.bank_teach import TeachDialog
from carehome.ui.books.bank_words import say_account
from carehome.ui.kit import table, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Fact, FactGrid, ListCard
from carehome.ui.kit.dialogs import AskDialog
from carehome.ui.kit.lead import lead
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.tabbed import Tab

WIDE, HIGH = 900, 300
UNKNOWN = frozenset({"no_titles", "wrong_columns"})  # what teaching may put right
_DOCUMENTS = QStandardPaths.StandardLocation.DocumentsLocation

FAULTS: tuple[Column[Fault], ...] = (
    table.number(N_("Row"), lambda fault: fault.row),
    Column(
        N_("What is wrong, and what to do"),
        lambda fault: fault.message,
        stretch=True,
        tip=lambda fault: fault.message,
    ),
)
LINES: tuple[Column[BankLine], ...] = (
    table.number(N_("Row"), lambda line: line.row),
    table.day(N_("Day"), lambda line: line.day),
    table.money(N_("Money in or out"), lambda line: line.fen, bold=True),
    table.money(N_("Balance after"), lambda line: line.balance_fen),
    Column(N_("Other party"), lambda line: line.party or None, bold=True),
    Column(N_("Text of the bank"), lambda line: line.text or None, stretch=True),
)


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that was looked at, and how the layouts are called."""

    checked: Checked
    layouts: Mapping[str, str]


class FilePlace(QFrame):
    """A place to drop a statement on, or to ask for one; `chosen` carries its path."""

    chosen = Signal(Path)

    def __init__(self) -> None:
        super().__init__()
        self.choose = button(_("Choose a file…"), "import", "Ctrl+O", "primary")
        title = QLabel(_("Drop the statement of the bank here"))
        note = QLabel(
            _(
                "As the bank hands it out: Excel (.xlsx) or text (.csv). Nothing is "
                "stored before you have seen what it tells."
            )
        )
        note.setWordWrap(True)
        note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        theme.mark(title, "heading")
        theme.mark(note, "note")
        theme.mark(self, "drop")
        self.setAcceptDrops(True)
        self.setMinimumHeight(theme.px(190))
        column = QVBoxLayout(self)
        column.setSpacing(theme.px(12))
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addStretch()
        column.addWidget(title, alignment=middle)
        column.addWidget(self.choose, alignment=middle)
        column.addWidget(note)
        column.addStretch()
        lead(self, self.choose)

        self.choose.clicked.connect(self.ask)

    def ask(self) -> None:
        """Open the system's dialog."""
        folder = QStandardPaths.writableLocation(_DOCUMENTS)
        kinds = _("Statements (*.xlsx *.csv *.txt);;All files (*)")
        dialog = QFileDialog(self, _("Choose a statement"), folder, kinds)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda file: self.chosen.emit(Path(file)))
        dialog.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            theme.mark(self, "drop_here")

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        theme.mark(self, "drop")

    def dropEvent(self, event: QDropEvent) -> None:
        theme.mark(self, "drop")
        files = [url for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.chosen.emit(Path(files[0].toLocalFile()))


class ReadDialog(AskDialog):
    """Asks for a file and shows what it tells; `taken` says how many lines are new."""

    taken = Signal(int)

    def __init__(self, tab: Tab, account: BankAccount) -> None:
        title = _("Read in a statement of {account}")
        super().__init__(
            title.format(account=say_account(account)), _("Read this in"), tab
        )
        self._tab, self._hand = tab, tab.hand
        self._bank = tab.hand.service(Bank)
        self._account = account
        self._checked: Checked | None = None
        self.path: Path | None = None
        self.place = FilePlace()
        self.facts = FactGrid(columns=2)
        self.verdict = QLabel()
        self.verdict.setWordWrap(True)
        self.faults = TableView(
            TableModel(FAULTS), "books.bank.faults", N_("What is wrong with the file")
        )
        self.lines = TableView(
            TableModel(LINES, lambda line: line.row),
            "books.bank.preview",
            N_("Lines of the file"),
        )
        self.fault = QLabel()
        self.fault.setWordWrap(True)
        self.another = button(_("Another file…"), "import")
        self.teach = button(_("Name the columns of this bank"), "edit")
        self._dress()

        self.place.chosen.connect(self.look_at)
        self.faults.picked.connect(self._say_fault)
        self.another.clicked.connect(self.place.ask)
        self.teach.clicked.connect(self._ask_teach)
        self.asked.connect(self._take)
        self.set_reason(_("Choose the file first."))

    def look_at(self, path: Path) -> None:
        """Read a file without keeping it, and show what it tells."""
        self.path = path
        self.error.hide()
        self.set_reason(_("Reading…"))
        what = _look, self._bank, self._account.account_id, path
        self._hand.jobs.run(self, self.show_looked, *what, failed=self._fail)

    def show_looked(self, looked: Looked) -> None:
        """Show what a file tells, or all that is wrong with it."""
        checked = self._checked = looked.checked
        self.pages.setCurrentWidget(self.seen)
        self.another.show()
        self.teach.setVisible(any(fault.name in UNKNOWN for fault in checked.faults))
        found = checked.statement
        wrong = found is None
        self.wrong.setVisible(wrong)
        self.fault.setVisible(wrong)
        self.told.setVisible(not wrong)
        self.facts.setVisible(not wrong)
        if found is None:
            count = len(checked.faults)
            text = _(
                "{file}: {count} {count:thing is|things are} wrong. Nothing is read in."
            )
            self.verdict.setText(text.format(file=checked.file, count=count))
            theme.mark(self.verdict, "error")
            self.faults.table.set_rows(checked.faults)
            self.faults.selectRow(0)
            self.set_reason(_("Put right what is wrong, or choose another file."))
            return
        known = {fault.row for fault in checked.known}
        new = [line for line in found.lines if line.row not in known]
        theme.mark(self.verdict, "strong")
        said = _say_new(checked, len(new))
        if checked.gap is not None:
            theme.mark(self.verdict, "error")
            said = f"{said}\n{checked.gap.message}"
        self.verdict.setText(said)
        self.lines.table.set_rows(new)
        layout = looked.layouts.get(found.layout, found.layout)
        self.facts.show_facts(
            [
                Fact(_("File"), checked.file),
                Fact(_("Layout"), layout),
                Fact(
                    _("Days of the file"),
                    f"{show_day(found.first)} – {show_day(found.last)}",
                ),
                Fact(_("Before the first line"), show_money(found.opening_fen)),
                Fact(_("Account number"), found.account_number or "–"),
                Fact(_("After the last line"), show_money(found.closing_fen)),
            ]
        )
        self.set_reason("" if new else _("There is nothing new in this file."))

    def _say_fault(self, fault: Fault | None) -> None:
        """Say in full what is wrong in the row that the cursor is on."""
        self.fault.setText(fault.told if fault else "")

    def _ask_teach(self) -> None:
        if self.path is not None:
            peek = self._bank.peek
            self._hand.jobs.run(self, self._teach, peek, self.path, failed=self.refuse)

    def _teach(self, peek: Peek) -> None:
        dialog = TeachDialog(self, self._tab, peek)
        dialog.accepted.connect(self._look_again)
        dialog.open()

    def _look_again(self) -> None:
        if self.path is not None:
            self.look_at(self.path)

    def _take(self) -> None:
        assert self._checked, "what is taken over was looked at"
        take_over, number = self._bank.take_over, self._account.account_id
        what = take_over, number, self._checked
        self._hand.jobs.run(self, self._end, *what, failed=self.refuse)

    def _end(self, done: TakenOver) -> None:
        self.taken.emit(done.new)
        self.finish()

    def _fail(self, error: Exception) -> None:
        self.set_reason(_("Choose another file."))
        self.pages.setCurrentWidget(self.place)
        if not isinstance(error, CareHomeError):
            self.reject()
            raise error
        self.error.setText(error.message)
        self.error.show()

    def _dress(self) -> None:
        self.seen = QWidget()
        self.wrong = ListCard(self.faults)
        self.told = ListCard(self.lines)
        column = QVBoxLayout(self.seen)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        for widget in (self.verdict, self.facts):
            column.addWidget(widget)
        column.addWidget(self.wrong, 1)
        column.addWidget(self.fault)
        column.addWidget(self.told, 1)
        column.addWidget(self.teach, alignment=Qt.AlignmentFlag.AlignLeft)
        self.seen.setMinimumHeight(theme.px(HIGH))
        self.pages = QStackedWidget()
        self.pages.addWidget(self.place)
        self.pages.addWidget(self.seen)
        self.body.addWidget(self.pages)
        self.foot.insertWidget(0, self.another)
        self.another.hide()
        self.setMinimumWidth(theme.px(WIDE))


def _look(bank: Bank, account_id: int, path: Path) -> Looked:
    return Looked(bank.check(account_id, path), bank.layouts())


def _say_new(checked: Checked, new: int) -> str:
    """Say how much of a file is new."""
    known = len(checked.known)
    if not known:
        return _("{count} {count:line|lines}, nothing is wrong.").format(count=new)
    text = _(
        "{count} {count:line is|lines are} new. {known} were read in before and are "
        "left out."
    )
    return text.format(count=new, known=known)
