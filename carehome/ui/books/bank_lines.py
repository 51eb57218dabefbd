"""Lines of which nothing was said yet: Enter takes what is suggested, and goes on."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from carehome.errors import CareHomeError
from carehome.i18n import N_, _, show_money
from carehome.rules.bank.choosing import Choice
from carehome.rules.bank.matching import SURE_NAMES, Sure
from carehome.services.bank import BankLines, Chosen, KeptLine
from carehome.ui.books.bank_line_file import LineFile
from carehome.ui.books.bank_part import Part
from carehome.ui.books.bank_sure import SureDialog
from carehome.ui.books.bank_words import TONES, Names, say_choice, say_reasons
from carehome.ui.kit import dialogs, table, theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.lead import lead
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.tabbed import Tab


@dataclass(frozen=True, slots=True)
class Desk:
    """The open lines of an account, and whom they may concern."""

    lines: Sequence[KeptLine]
    names: Names


@dataclass(frozen=True, slots=True)
class OpenLine:
    """A line in the list, with what it most likely is."""

    line: KeptLine
    names: Names

    @property
    def told(self) -> str | None:
        """Say what the line most likely is."""
        best = self.line.best
        return say_choice(best, self.names) if best else None

    @property
    def sure(self) -> str | None:
        """Say how sure that is."""
        best = self.line.best
        return _(SURE_NAMES[best.sure]) if best else None

    @property
    def tone(self) -> str:
        """The colour of how sure it is."""
        best = self.line.best
        return TONES[best.sure] if best else "quiet"

    @property
    def tip(self) -> str:
        """Say why the line may be that."""
        best = self.line.best
        return say_reasons(best) if best else ""


COLUMNS: tuple[Column[OpenLine], ...] = (
    table.day(N_("Day"), lambda row: row.line.day),
    table.money(
        N_("Money in or out"),
        lambda row: row.line.fen,
        bold=True,
        tone=lambda row: "ok" if row.line.fen > 0 else None,
    ),
    Column(N_("Other party"), lambda row: row.line.party or None, bold=True),
    Column(N_("Sureness"), lambda row: row.sure, chip=lambda row: row.tone),
    Column(
        N_("What it may be"),
        lambda row: row.told,
        stretch=True,
        tip=lambda row: row.tip,
    ),
)


class OpenLines(TableView[OpenLine]):
    """The list of open lines: digits take another of the choices beside it."""

    own_keys = (
        ("Enter", N_("Take what is suggested, and go on")),
        ("1 … 9", N_("Take another choice")),
    )

    def __init__(self, part: "LinesPart") -> None:
        super().__init__(
            TableModel(COLUMNS, lambda row: row.line.line_id),
            "books.bank.open",
            N_("Lines of the bank to be said"),
        )
        self._part = part

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isdigit() and event.text() != "0":
            self._part.take_number(int(event.text()))
        else:
            super().keyPressEvent(event)


class LinesPart(Part):
    """Lists the open lines; beside the list stands all that one of them may be."""

    def __init__(self, tab: Tab) -> None:
        super().__init__(tab)
        self._lines = self.hand.service(BankLines)
        self._next: int | None = None
        self._is_busy = False
        self._is_new = True
        self.names = Names()
        self.bar = Bar()
        self.sure = self.bar.add_button(_("Take all that is sure"), "check", "Ctrl+T")
        self.view = OpenLines(self)
        self.view.set_empty(_("Something was said of every line that was read in."))
        self.file = LineFile(self)
        card = ListCard(self.view)
        lead(card, self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.bar)
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addWidget(card, 3)
        row.addWidget(self.file, 2)
        column.addLayout(row, 1)
        lead(self, self.view)

        self.view.picked.connect(self._look)
        self.view.opened.connect(self._take_best)
        self.sure.clicked.connect(self.ask_sure)
        self.file.taken.connect(self.take)

    def refresh(self) -> None:
        if self.account is None:
            self.show_desk(Desk((), Names()))
            return
        number = self.account.account_id
        self.hand.jobs.run_last(self, self.show_desk, _read, self._lines, number)

    def show_desk(self, desk: Desk) -> None:
        """Show the open lines; the cursor goes on to the next."""
        self._is_busy = False
        self.names = desk.names
        rows = [OpenLine(line, desk.names) for line in desk.lines]
        self.view.table.set_rows(rows)
        if self._next is None or not self.view.select(self._next):
            self._select_first()
        self._next = None
        sure = self._surely()
        self.sure.setEnabled(bool(sure))
        words = _("Take all that is sure ({count})") if sure else _("Nothing is sure")
        self.sure.setText(words.format(count=len(sure)))
        self.bar.note.setText(_say_open(desk.lines))
        self._look(self.view.current_row())
        if self._is_new and rows:
            self._is_new = False
            self.view.setFocus()

    def take(self, choice: Choice) -> None:
        """Take a choice for the line that is shown, and go on to the next."""
        row = self.view.current_row()
        if row is None or self._is_busy:
            return
        self._is_busy = True
        self.go_on()
        said = partial(self._tell_taken, choice)
        chosen = [Chosen(row.line.line_id, choice)]
        accept = self._lines.accept
        self.hand.jobs.run(self, said, accept, chosen, failed=self._refuse)

    def take_number(self, number: int) -> None:
        """Take one of the choices of the line by its number."""
        row = self.view.current_row()
        if row is not None and number <= len(row.line.choices):
            self.take(row.line.choices[number - 1])

    def go_on(self) -> None:
        """Remember the line below, to put the cursor there once this one is gone."""
        rows = self.view.table.rows
        at = self.view.currentIndex().row() + 1
        self._next = rows[at].line.line_id if at < len(rows) else None

    def ask_sure(self) -> None:
        """Show all that is sure, and take it at once."""
        dialog = SureDialog(self, self._surely(), self.names)
        dialog.taken.connect(self._tell_many)
        dialog.open()

    def tell(self, text: str) -> None:
        """Say what was done."""
        self.tab.told.emit(text)

    def _surely(self) -> list[KeptLine]:
        rows = (row.line for row in self.view.table.rows)
        return [line for line in rows if line.best and line.best.sure is Sure.SURE]

    def _take_best(self, row: OpenLine) -> None:
        """Take the first choice, unless it is but a guess: then let people choose."""
        best = row.line.best
        if best is not None and best.sure is not Sure.MAYBE:
            self.take(best)
        else:
            self.file.focus_choices()

    def _tell_taken(self, choice: Choice, _receipts: object) -> None:
        self.tell(say_choice(choice, self.names))

    def _tell_many(self, count: int) -> None:
        text = _("{count} {count:line|lines} of the bank are dealt with.")
        self.tell(text.format(count=count))

    def _refuse(self, error: Exception) -> None:
        self._is_busy = False
        self._next = None
        if not isinstance(error, CareHomeError):
            raise error
        dialogs.tell(self, error)

    def _select_first(self) -> None:
        rows = self.view.table.rows
        if rows and self.view.current_row() is None:
            self.view.select(rows[0].line.line_id)

    def _look(self, row: OpenLine | None) -> None:
        self.file.setVisible(row is not None)
        if row is not None:
            self.file.show_line(row.line, self.names)


def _say_open(lines: Sequence[KeptLine]) -> str:
    came = sum(line.unclaimed for line in lines if line.fen > 0)
    went = -sum(line.unclaimed for line in lines if line.fen < 0)
    text = _(
        "{count} {count:line|lines}: {came} in, {went} out. Enter takes the first."
    )
    facts = {"came": show_money(came), "went": show_money(went)}
    return text.format(count=len(lines), **facts) if lines else ""


def _read(lines: BankLines, account_id: int) -> Desk:
    """Read the open lines with the names of whom they may concern."""
    names = Names(lines.people(), lines.payers())
    return Desk(lines.open_lines(account_id), names)
