"""All that is surely known, taken at once after a look at the list."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal

from carehome.i18n import N_, _, show_money
from carehome.rules.bank.choosing import Choice
from carehome.services.bank import BankLines, Chosen, KeptLine
from carehome.ui.books.bank_part import Part
from carehome.ui.books.bank_words import Names, say_choice, say_reasons
from carehome.ui.kit import table, theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.dialogs import AskDialog
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView

WIDE, HIGH = 900, 330


@dataclass(frozen=True, slots=True)
class SureLine:
    """A line with what it surely is."""

    line: KeptLine
    choice: Choice
    names: Names


COLUMNS: tuple[Column[SureLine], ...] = (
    table.day(N_("Day"), lambda row: row.line.day),
    table.money(N_("Money in or out"), lambda row: row.line.fen, bold=True),
    Column(N_("Other party"), lambda row: row.line.party or None, bold=True),
    Column(
        N_("What it is"),
        lambda row: say_choice(row.choice, row.names),
        stretch=True,
    ),
    Column(N_("Why"), lambda row: say_reasons(row.choice), stretch=True),
)


class SureDialog(AskDialog):
    """Lists what will be done; all of it is done, or nothing."""

    taken = Signal(int)

    def __init__(self, part: Part, lines: Sequence[KeptLine], names: Names) -> None:
        count = len(lines)
        words = _("Take {count} {count:line|lines}").format(count=count)
        super().__init__(_("Take all that is sure"), words, part)
        self._part = part
        self._lines = lines
        rows = [
            SureLine(line, line.best, names) for line in lines if line.best is not None
        ]
        self.view = TableView(
            TableModel(COLUMNS, lambda row: row.line.line_id),
            "books.bank.sure",
            N_("Lines that are sure"),
        )
        self.view.table.set_rows(rows)
        came = sum(line.fen for line in lines if line.fen > 0)
        went = -sum(line.fen for line in lines if line.fen < 0)
        text = _(
            "{came} came in, {went} went out. Payments get their receipts at once. All "
            "of it is done, or nothing."
        )
        note = text.format(came=show_money(came), went=show_money(went))
        self.setMinimumWidth(theme.px(WIDE))
        card = ListCard(self.view, note=note)
        card.setMinimumHeight(theme.px(HIGH))
        self.body.addWidget(card)

        self.asked.connect(self._take)

    def _take(self) -> None:
        chosen = [
            Chosen(line.line_id, line.best)
            for line in self._lines
            if line.best is not None
        ]
        accept = self._part.hand.service(BankLines).accept
        self._part.hand.jobs.run(self, self._end, accept, chosen, failed=self.refuse)

    def _end(self, _receipts: object) -> None:
        self.taken.emit(len(self._lines))
        self.finish()
