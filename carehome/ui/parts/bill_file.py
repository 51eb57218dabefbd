"""One bill to look through: every line, and why it is what it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from carehome.i18n import N_, _, say_day, show_money
from carehome.rules.billing.explanations import KIND_NAMES, explain
from carehome.rules.billing.gaps import Gap
from carehome.rules.billing.lines import Line
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Fact, Facts
from carehome.ui.kit.chips import Tag
from carehome.ui.kit.page import scrolling

_GAPS = {
    "bed": N_("No bed fee from {first} to {last}"),
    "care": N_("No care fee from {first} to {last}"),
    "meal": N_("No meal fee from {first} to {last}"),
    "other": N_("No other fee from {first} to {last}"),
}
_TONES = {"refund": "ok", "payer": "info", "adjustment": "warn", "use": "quiet"}
LINK = 7  # how far the words of a link stand in from its edge


@dataclass(frozen=True, slots=True)
class BillText:
    """What is shown of a bill; `old` are corrections that the director confirms."""

    lines: tuple[Line, ...]
    old: tuple[Line, ...]
    gaps: tuple[Gap, ...]
    total: int
    before: int | None

    @property
    def change(self) -> int | None:
        """How much more it is than the bill of the month before."""
        return None if self.before is None else self.total - self.before


class BillFile(QWidget):
    """The lines of a bill with their reasons, and how it differs from the last one.

    `line_wanted` goes out with a line whose days somebody wants to see.
    """

    line_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._rows = QWidget()
        self._column = QVBoxLayout(self._rows)
        self._column.setContentsMargins(0, 0, theme.px(6), 0)
        self._column.setSpacing(0)
        self.sums = Facts()
        keeps = QSizePolicy.Policy.Fixed
        self.sums.setSizePolicy(QSizePolicy.Policy.Preferred, keeps)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        area = scrolling(self._rows)
        area.setMinimumHeight(theme.px(32))
        column.addWidget(area, 1)
        column.addWidget(self.sums)

    def show_bill(self, bill: BillText) -> None:
        """Show a bill from its first line to its total."""
        while item := self._column.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for gap in bill.gaps:
            self._column.addWidget(_gap_row(gap))
        for line in bill.lines:
            self._column.addWidget(self._row(line))
        for line in bill.old:
            self._column.addWidget(_LineRow(line, _("Waits for the director")))
        self._column.addStretch()
        facts = [Fact(_("Total"), show_money(bill.total), strong=True)]
        if bill.before is not None:
            last = show_money(bill.before)
            facts.insert(0, Fact(_("Last month's bill"), last))
        self.sums.show_facts(facts)

    def _row(self, line: Line) -> QWidget:
        row = _LineRow(line)
        row.name.clicked.connect(partial(self.line_wanted.emit, line))
        return row


class _LineRow(QFrame):
    """One line: what, how much, and below it why."""

    def __init__(self, line: Line, mark: str = "") -> None:
        super().__init__()
        theme.mark(self, "fact")
        self.name = button(line.item_name, kind="link")
        self.name.setToolTip(_("Day-by-day sheet"))
        amount = QLabel(show_money(line.amount_fen))
        theme.mark(amount, "strong")
        why = QLabel("\n".join(explain(line)))
        why.setWordWrap(True)
        why.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        theme.mark(why, "note")
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.setContentsMargins(-theme.px(LINK), 0, 0, 0)
        head.addWidget(self.name)
        head.addStretch(1)
        if line.kind in _TONES:
            tag = Tag(
                mark or _(KIND_NAMES[line.kind]), "bad" if mark else _TONES[line.kind]
            )
            head.addWidget(tag, alignment=Qt.AlignmentFlag.AlignTop)
        head.addWidget(amount, alignment=Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(8), 0, theme.px(8))
        column.setSpacing(theme.px(2))
        column.addLayout(head)
        column.addWidget(why)


def say_gap(gap: Gap) -> str:
    """Name the days for which nothing is charged."""
    assert gap.period.end is not None, "the gaps of a month have an end"
    days = list(gap.period)
    return _(_GAPS[gap.category]).format(first=say_day(days[0]), last=say_day(days[-1]))


def say_gaps(gaps: Sequence[Gap]) -> str:
    """Name all of them in one line."""
    return _("; ").join(say_gap(gap) for gap in gaps)


def _gap_row(gap: Gap) -> QWidget:
    tag = Tag(_("{what}. Is that right?").format(what=say_gap(gap)), "warn")
    tag.setWordWrap(True)
    tag.setContentsMargins(0, theme.px(2), 0, theme.px(2))
    return tag
