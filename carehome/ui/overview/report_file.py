"""What one line of a report means, rests on and counts."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from carehome.i18n import _
from carehome.rules.figures import SEEN_WITH, Figure, definitions
from carehome.rules.rights import Right
from carehome.rules.safety.forms import SURENESS_NAMES
from carehome.services.overview.report_lines import Line
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Fact, FactGrid
from carehome.ui.kit.flow import Flow
from carehome.ui.kit.page import Side, scrolling
from carehome.ui.overview.claim_file import PAGES, SETTINGS
from carehome.ui.parts.figure_rows import show_rows
from carehome.ui.parts.hand import Hand


class LineFile(Side):
    """Shows one line of a report, and leads to what is behind it."""

    def __init__(self, hand: Hand) -> None:
        super().__init__()
        self._hand = hand
        self._line: Line | None = None
        self.rows = button(_("See the list behind it"), "list", kind="small")
        self.go = button(_("Go where it is entered"), "right", kind="small")
        self.facts = FactGrid(columns=1, wraps=True)
        self.why = QLabel()
        self.why.setWordWrap(True)
        self.why.setTextFormat(Qt.TextFormat.PlainText)
        theme.mark(self.why, "banner")
        deeds = QWidget()
        row = Flow(deeds, 6)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.rows)
        row.addWidget(self.go)
        room = QWidget()
        column = QVBoxLayout(room)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.facts)
        column.addStretch()
        for part in (self.why, deeds, scrolling(room)):
            self.body.addWidget(part)
        self.body.setStretch(2, 1)

        self.rows.clicked.connect(self.show_list)
        self.go.clicked.connect(self._go)

    def show_line(self, line: Line) -> None:
        """Show what a line means."""
        self._line = line
        self.title.setText(line.label)
        self.why.setText(line.unknown)
        self.why.setVisible(bool(line.unknown))
        self.rows.setEnabled(bool(line.figure and line.figure.rows))
        self.go.setEnabled(bool(self._page()))
        self.facts.show_facts(_facts(line))

    def show_list(self) -> None:
        """Open the list behind the line, where there is one."""
        figure = self._line.figure if self._line else None
        if figure and figure.rows:
            show_rows(figure, self)

    def _page(self) -> str:
        """Return the page on which the line is entered, if this person may go there."""
        line = self._line
        if line is None:
            return ""
        known = definitions().get(line.key)
        if known is None:
            may = line.unknown and self._hand.may(Right.CHANGE_HOME)
            return SETTINGS if may else ""
        group = known.group
        may_see = not known.unheld and self._hand.may(SEEN_WITH[group])
        return PAGES.get(group, "") if may_see else ""

    def _go(self) -> None:
        if page := self._page():
            self._hand.open_page(page)


def say_nothing(line: Line) -> str:
    """Say that a line has no value: a figure is unknown, a field was not filled in."""
    return _("Unknown") if line.key else _("Not entered")


def _facts(line: Line) -> list[Fact]:
    shown = f"{line.shown} {line.unit}".strip() or say_nothing(line)
    known = definitions().get(line.key)
    sure = _(SURENESS_NAMES[known.sureness]) if known else ""
    named = (
        (_("Value"), shown),
        (_("Change since"), line.change),
        (_("Handed in as"), line.otherwise),
        (_("Counted of"), _parts(line.figure)),
        (_("To know about it"), line.note),
        (_("Meaning"), line.words),
        (_("Rests on"), line.source),
        (_("How sure the source is"), sure),
    )
    return [Fact(name, value) for name, value in named if value]


def _parts(figure: Figure | None) -> str:
    """Say what a share or mean is made of, in numbers."""
    if figure is None or figure.parts is None or figure.key.startswith("fees."):
        return ""
    above, below = (f"{float(part):g}" for part in figure.parts)
    return _("{above} of {below}").format(above=above, below=below)
