"""One card of the dashboard: the figure now, those beside it, and its trend."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from carehome.i18n import _
from carehome.rules.dashboard import Topic
from carehome.rules.figures import Rows, definitions
from carehome.services.overview.dashboard import (
    Board,
    Card,
    beside,
    name_of,
    name_of_part,
    say_before,
    show_main,
)
from carehome.services.overview.facts import Beside
from carehome.ui.kit import theme
from carehome.ui.kit.bar_chart import Swatch
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Card as Panel
from carehome.ui.kit.cards import Figure as Number
from carehome.ui.kit.elided import Elided
from carehome.ui.kit.flow import Flow
from carehome.ui.overview.trend import Opener, chart_of, show_card_in, tone_of
from carehome.ui.overview.trend_window import TrendWindow
from carehome.ui.parts.figure_rows import Listing, show_list
from carehome.ui.parts.hand import Hand

LINE, ENTRY = 22, 18  # pixels that a line takes, and a word of the legend


class TopicCard(Panel):
    """Tells a topic: its number opens the list behind it, its name leads on."""

    def __init__(self, hand: Hand, topic: Topic) -> None:
        super().__init__(_(topic.name))
        known = definitions().get(topic.main)
        self._topic = topic
        self._hand = hand
        self._told: tuple[Card, Board] | None = None
        page = _(topic.page)
        self.way = button(_("To “{page}”").format(page=page), kind="link")
        self.head.addWidget(self.way)
        self.name = Elided(known.name if known else _("Grade held"))
        self.name.setToolTip(known.words if known else "")
        theme.mark(self.name, "note")
        self.number = Number()
        self.months = button(_("By month"), kind="link")
        self.months.setAccessibleName(_("“{name}” by month").format(name=_(topic.name)))
        self.list = button(_("List"), kind="link")
        self.list.setAccessibleName(
            _("The list behind “{name}”").format(name=self.name.text())
        )
        self.why = Elided()
        theme.mark(self.why, "note")
        self.lines = QVBoxLayout()
        self.chart = chart_of(hand.jobs, topic)
        self.opener = Opener(self.chart)
        self._arrange()
        self.way.clicked.connect(partial(hand.open_page, topic.page))
        self.list.clicked.connect(self._open_list)
        self.months.clicked.connect(self._open_months)
        self.opener.opened.connect(self._open_months)

    def line(self, name: str) -> QPushButton:
        """Return what opens the list behind a line, by its name."""
        named = _("The list behind “{name}”").format(name=name)
        found = self.findChildren(QPushButton)
        return next(each for each in found if each.accessibleName() == named)

    def lead_in(self) -> None:
        """Put the cursor on what leads on from here."""
        self.way.setFocus()

    def show_card(self, card: Card, board: Board) -> None:
        """Show the figures of a day; what is unknown says why."""
        self._told = card, board
        name, before = name_of(card, board.months), say_before(card)
        both = _("{name}; {before}").format(name=name, before=before)
        self.name.setText(both if before else name)
        self.number.show_number(show_main(self._topic, card.now))
        self.list.setVisible(card.now.rows is not None)
        self.why.setText(card.why)
        self.why.setVisible(bool(card.why))
        self._show_lines(card)
        show_card_in(self.chart, card, board)

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.px(2))
        row.addWidget(self.number, 1)
        for link in (self.months, self.list):
            row.addWidget(link, alignment=Qt.AlignmentFlag.AlignBottom)
        self.lines.setSpacing(0)
        self.body.setSpacing(0)
        self.body.addWidget(self.name)
        self.body.addLayout(row)
        self.body.addWidget(self.why)
        self.body.addLayout(self.lines)
        self.body.addWidget(self.opener, 1)

    def _show_lines(self, card: Card) -> None:
        while item := self.lines.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for line in beside(card):
            self.lines.addWidget(_Line(line))
        if self._topic.parts:
            self.lines.addWidget(_Legend(card))

    def _open_list(self) -> None:
        if self._told:
            card, _board = self._told
            rows = card.now.rows or Rows(())
            known = definitions()[self._topic.main]
            value = show_main(self._topic, card.now)
            listing = Listing(known.name, value, known.words, rows, known.key)
            show_list(listing, self)

    def _open_months(self) -> None:
        if self._told:
            TrendWindow(self._hand.jobs, *self._told, self).open()


class _Line(QWidget):
    """A figure beside the one in front; its value opens the list behind it."""

    def __init__(self, line: Beside) -> None:
        super().__init__()
        self._line = line
        name = Elided(line.name)
        theme.mark(name, "note")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        row.addWidget(name, 1)
        row.addWidget(self._value(line))
        self.setFixedHeight(theme.px(LINE))

    def _value(self, line: Beside) -> QWidget:
        if line.rows is None:
            value = QLabel(line.value)
            value.setToolTip(line.why)
            value.setContentsMargins(0, 0, theme.px(4), 0)
            return value
        link = button(line.value, kind="link_line")
        link.setAccessibleName(_("The list behind “{name}”").format(name=line.name))
        link.setToolTip(line.meaning)
        link.setFixedHeight(theme.px(LINE))
        link.clicked.connect(self._open)
        return link

    def _open(self) -> None:
        line = self._line
        rows = line.rows or Rows(())
        listing = Listing(line.name, line.value, line.meaning, rows, line.code)
        show_list(listing, self)


class _Legend(QWidget):
    """What the parts of a whole are called, their colour, and how many each now has."""

    def __init__(self, card: Card) -> None:
        super().__init__()
        flow = Flow(self, 2)
        flow.setContentsMargins(0, 0, 0, theme.px(5))
        for key in card.topic.parts:
            now = card.of(key).value
            text = f"{name_of_part(key)} {'?' if now is None else now}"
            flow.addWidget(_Entry(text, tone_of(key)))


class _Entry(QWidget):
    """A word of the legend beside its colour, never in another line than it."""

    def __init__(self, text: str, colour: str) -> None:
        super().__init__()
        word = QLabel(text)
        theme.mark(word, "note")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, theme.px(6), 0)
        row.setSpacing(theme.px(4))
        self.setFixedHeight(theme.px(ENTRY))
        row.addWidget(Swatch(colour))
        row.addWidget(word)
