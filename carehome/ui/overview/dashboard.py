"""The tab of the director's charts: a card a topic, each leading to what is behind."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QGridLayout, QLayout, QVBoxLayout, QWidget

from carehome.i18n import _, show_day
from carehome.rules.dashboard import TOPICS
from carehome.services.overview.dashboard import SHOWS, Board, Dashboard
from carehome.ui.kit import theme
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import scrolling
from carehome.ui.overview.topic_card import TopicCard
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.tabbed import Tab

WIDE, MOST = 250, 4  # the least width of a card; as many stand side by side


class DashboardTab(Tab):
    """Shows every topic at one look, for the month that runs and those before it."""

    SHOWS = SHOWS

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._service = hand.service(Dashboard)
        self.board: Board | None = None
        self.bar = Bar()
        self.print = self.bar.add_button(_("Print"), "print", "Ctrl+P")
        self.print.setEnabled(False)
        self.cards = {topic.code: TopicCard(hand, topic) for topic in TOPICS}
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.px(8))
        whole.addWidget(self.bar)
        whole.addWidget(scrolling(_Cards(list(self.cards.values()))), 1)
        lead(self, self.print)
        self.print.clicked.connect(self._print)

    def refresh(self) -> None:
        self.hand.jobs.run_last(self, self.show_board, self._service.read)

    def open_key(self, key: object) -> None:
        """Lead to the card of a topic by its code."""
        self.cards[str(key)].lead_in()

    def show_board(self, board: Board) -> None:
        """Show the cards of a day."""
        self.board = board
        text = _("As of {day}; each chart shows the last twelve months")
        if board.is_empty:
            text = _("Nothing to show yet: add beds under “Beds”, then move people in.")
        self.bar.note.setText(text.format(day=show_day(board.day)))
        for card in board.cards:
            self.cards[card.topic.code].show_card(card, board)
        self.print.setEnabled(True)

    def _print(self) -> None:
        if self.board:
            day = show_day(self.board.day)
            file = _("Dashboard {day}").format(day=day) + ".pdf"
            dialog = PaperDialog(_("Dashboard"), file, self.hand.jobs, self)
            dialog.draw(self._service.write, self.board)


class _Cards(QWidget):
    """Lays the cards out in as many columns as the width allows, all equally wide."""

    def __init__(self, cards: list[TopicCard]) -> None:
        super().__init__()
        self._cards = cards
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.px(8))
        self._grid.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._arrange(MOST)

    def minimumSizeHint(self) -> QSize:
        """One column is enough, so that a narrower window lays fewer beside another."""
        return QSize(theme.px(WIDE), self._grid.minimumSize().height())

    def resizeEvent(self, _event: object) -> None:
        fitting = self.width() // theme.px(WIDE)
        self._arrange(MOST if fitting >= MOST else 2 if fitting >= 2 else 1)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for column in range(MOST):
            self._grid.setColumnStretch(column, int(column < columns))
        for at, card in enumerate(self._cards):
            self._grid.addWidget(card, *divmod(at, columns))
        self.updateGeometry()
