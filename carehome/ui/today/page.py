"""The first page: live figures, what is to be done today, what needs attention."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from carehome.i18n import _
from carehome.rules.today import Source, Today, gather
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.page import PageFrame, scrolling
from carehome.ui.today.cards import FigureCard
from carehome.ui.today.lines import ConcernLine, Pressed, TaskLine
from carehome.ui.today.panel import Panel

CARD, GAP = 250, 14  # the least width of a card, and what lies between two
FIGURES = 4  # at least; a wide screen shows more
WAIT = 1500  # ms after a change until what is out of sight is read again


class TodayPage(PageFrame):
    """Shows what the sources of one person tell of the day.

    `wanted` carries the target of a line that was pressed, `learnt` what was read:
    also out of sight, since the navigation counts what waits.
    """

    wanted = Signal(object)
    learnt = Signal(object)
    search_wanted = Signal()

    def __init__(
        self,
        sources: Sequence[Source],
        tables: frozenset[str],
        jobs: Jobs,
        today: Callable[[], date],
    ) -> None:
        super().__init__(_("Today"))
        self._sources = tuple(sources)
        self._tables = tables
        self._jobs = jobs
        self._today = today
        self._columns = 0
        self.shown: Today | None = None
        self.cards: list[FigureCard] = []
        self.tasks = Panel(
            _("To be done today"),
            _("Nothing has to be done today."),
            _("What falls due appears here by itself, with the button that does it."),
        )
        self.concerns = Panel(
            _("Needs attention"),
            _("All is in order."),
            _("Whatever runs out, is late or does not fit together appears here."),
        )
        self.look = button(_("Name, pinyin, room, bed or command  Ctrl+K"), "search")
        self.later = QTimer(self, singleShot=True, interval=WAIT)
        self._arrange()

        self.look.clicked.connect(self.search_wanted)
        self.tasks.pressed.connect(self.wanted)
        self.concerns.pressed.connect(self.wanted)
        self.later.timeout.connect(self.refresh)
        jobs.changed.connect(self._on_changed)
        self.refresh()

    def refresh(self) -> None:
        """Ask every source again."""
        self.later.stop()
        self._jobs.run_last(self, self._show, gather, self._sources, self._today())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.later.isActive():
            self.refresh()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Give the keys on to where work begins."""
        super().focusInEvent(event)
        if self.shown:
            self._go_in()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()

    def _on_changed(self, tables: frozenset[str]) -> None:
        if not tables & self._tables:
            return
        if self.isVisible():
            self.refresh()
        else:
            self.later.start()

    def _show(self, today: Today) -> None:
        """Show what was read, unless it is what stands there."""
        self.learnt.emit(today)
        if today == self.shown:
            return
        before, self.shown = self.shown, today
        if before is None or today.figures != before.figures:
            self._show_figures(today)
        tasks, concerns = today.tasks, today.concerns
        count = (
            _("{count} {count:item|items}").format(count=len(tasks)) if tasks else ""
        )
        self.tasks.show_lines([TaskLine(each, today.day) for each in tasks], count)
        order = _("by urgency") if concerns else ""
        self.concerns.show_lines([ConcernLine(each) for each in concerns], order)
        if self.hasFocus():
            self._go_in()

    def _show_figures(self, today: Today) -> None:
        at = next((i for i, card in enumerate(self.cards) if card.hasFocus()), None)
        for card in self.cards:
            self._figures.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [FigureCard(each) for each in today.figures]
        for card in self.cards:
            card.clicked.connect(partial(self._press, card))
        self._columns = 0
        self._lay()
        if at is not None and self.cards:
            self.cards[min(at, len(self.cards) - 1)].setFocus()

    def _press(self, card: FigureCard) -> None:
        if card.target:
            self.wanted.emit(card.target)

    def _go_in(self) -> None:
        """Put the cursor on the first line, so that Enter begins the day's work."""
        lines: list[Pressed] = [*self.tasks.lines, *self.concerns.lines, *self.cards]
        first = next((line for line in lines if line.target), self.look)
        first.setFocus()

    def _lay(self) -> None:
        """Place cards and panels side by side, or below each other where it is narrow.

        A wide screen has room for more figures; on a narrow one they take two rows.
        """
        room = self.body.contentsRect().width() + theme.px(GAP)
        fitting = room // theme.px(CARD + GAP)
        wide = fitting >= FIGURES
        shown = min(len(self.cards), max(fitting, FIGURES))
        columns = max(shown, 1) if wide else 2
        if columns == self._columns:
            return
        self._columns = columns
        for at, card in enumerate(self.cards):
            self._figures.addWidget(card, at // columns, at % columns)
            card.setVisible(at < shown)
        for column in range(self._figures.columnCount()):
            self._figures.setColumnStretch(column, int(column < columns))
        self._panels.addWidget(self.tasks, 0, 0)
        self._panels.addWidget(self.concerns, *((0, 1) if wide else (1, 0)))
        for column in range(2):
            self._panels.setColumnStretch(column, int(wide or column == 0))

    def _arrange(self) -> None:
        room = QWidget()
        self._figures, self._panels = QGridLayout(), QGridLayout()
        self._figures.setSpacing(theme.px(GAP))
        self._panels.setSpacing(theme.px(GAP))
        column = QVBoxLayout(room)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(GAP))
        column.addLayout(self._figures)
        column.addLayout(self._panels)
        column.addStretch(1)
        self.area = scrolling(room)
        self.body.addWidget(self.area, 1)
        theme.mark(self.look, "find")
        self.head.add_widget(self.look)
