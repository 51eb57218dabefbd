"""One card of the dashboard: the figure now, those beside it, and its trend."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from carehome.i18n import _, short_month
from carehome.rules.dashboard import LEVELS, Topic
from carehome.rules.figures import Figure, definitions
from carehome.services.overview.dashboard import (
    Beside,
    Board,
    Card,
    beside,
    months_of,
    name_of,
    say_before,
    show_largest,
    show_main,
)
from carehome.ui.kit import theme
from carehome.ui.kit.bar_chart import Bar, BarChart, Kind, Swatch
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Card as Panel
from carehome.ui.kit.cards import Figure as Number
from carehome.ui.kit.elided import Elided
from carehome.ui.kit.flow import Flow
from carehome.ui.overview.hand import Hand
from carehome.ui.overview.trend import HIGH, TrendChart
from carehome.ui.parts import ability
from carehome.ui.parts.figure_rows import show_rows

LINE = 22  # pixels that a line beside the figure in front takes
LEVEL_OF = {key: level for level, key in enumerate(LEVELS)}


class TopicCard(Panel):
    """Tells a topic: its number opens the list behind it, its name leads on."""

    def __init__(self, hand: Hand, topic: Topic) -> None:
        super().__init__(_(topic.name))
        known = definitions().get(topic.main)
        self._topic = topic
        self._figure: Figure | None = None
        self._months: Figure | None = None
        page = _(topic.page)
        self.way = button(_("To “{page}”").format(page=page), kind="link")
        self.head.addWidget(self.way)
        self.name = Elided(known.name if known else _("Grade held"))
        self.name.setToolTip(known.words if known else "")
        theme.mark(self.name, "note")
        self.number = Number()
        self.months = button(_("By month"), kind="link")
        self.list = button(_("List"), kind="link")
        self.list.setAccessibleName(
            _("The list behind “{name}”").format(name=self.name.text())
        )
        self.why = Elided()
        theme.mark(self.why, "note")
        self.lines = QVBoxLayout()
        self.chart = _chart(hand, topic)
        self._arrange()
        self.way.clicked.connect(partial(hand.open_page, topic.page))
        self.list.clicked.connect(self._open_list)
        self.months.clicked.connect(self._open_months)
        self.months.setVisible(bool(topic.main))

    def lead_in(self) -> None:
        """Put the cursor on what leads on from here."""
        self.way.setFocus()

    def show_card(self, card: Card, board: Board) -> None:
        """Show the figures of a day; what is unknown says why."""
        self._figure = card.now
        self._months = months_of(card, board.months) if card.topic.main else None
        name, before = name_of(card, board.months), say_before(card)
        both = _("{name}; {before}").format(name=name, before=before)
        self.name.setText(both if before else name)
        self.number.show_number(show_main(self._topic, card.now))
        self.list.setVisible(card.now.rows is not None)
        self.why.setText(card.why)
        self.why.setToolTip(card.why)
        self.why.setVisible(bool(card.why))
        self._show_lines(card)
        labels = [short_month(each.start) for each in board.months]
        if isinstance(self.chart, BarChart):
            months = zip(*(card.trends[key] for key in self._topic.parts), strict=True)
            bars = [tuple(int(each.value or 0) for each in month) for month in months]
            pairs = zip(labels, bars, strict=True)
            self.chart.show_bars([Bar(label, parts) for label, parts in pairs])
        else:
            values = [each.value for each in card.trend]
            shown = [show_main(self._topic, each) for each in card.trend]
            most = show_largest(self._topic, values)
            self.chart.show_trend(labels, values, shown, most, card.at)

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
        self.body.addWidget(self.chart, 1)

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
        if self._figure and self._figure.rows is not None:
            show_rows(self._figure, self)

    def _open_months(self) -> None:
        if self._months:
            show_rows(self._months, self)


class _Line(QWidget):
    """A figure beside the one in front; its value opens the list behind it."""

    def __init__(self, line: Beside) -> None:
        super().__init__()
        self._figure = line.figure
        name = Elided(line.name)
        theme.mark(name, "note")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        row.addWidget(name, 1)
        row.addWidget(self._value(line))
        self.setFixedHeight(theme.px(LINE))

    def _value(self, line: Beside) -> QWidget:
        figure = line.figure
        if figure is None or figure.rows is None:
            value = QLabel(line.value)
            value.setToolTip(str(figure.unknown) if figure else "")
            value.setContentsMargins(0, 0, theme.px(4), 0)
            return value
        link = button(line.value, kind="link_line")
        link.setAccessibleName(_("The list behind “{name}”").format(name=line.name))
        link.setToolTip(definitions()[figure.key].words)
        link.setFixedHeight(theme.px(LINE))
        link.clicked.connect(self._open)
        return link

    def _open(self) -> None:
        if self._figure:
            show_rows(self._figure, self)


class _Legend(QWidget):
    """What the parts of a whole are called, their colour, and how many each now has."""

    def __init__(self, card: Card) -> None:
        super().__init__()
        flow = Flow(self, 6)
        flow.setContentsMargins(0, theme.px(4), 0, 0)
        for key in card.topic.parts:
            level = LEVEL_OF.get(key)
            now = card.trends[key][-1].value
            text = f"{ability.word(level)} {'?' if now is None else now}"
            flow.addWidget(_Entry(text, ability.tone(level)))


class _Entry(QWidget):
    """A word of the legend beside its colour, never in another line than it."""

    def __init__(self, text: str, colour: str) -> None:
        super().__init__()
        word = QLabel(text)
        theme.mark(word, "note")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, theme.px(4), 0)
        row.setSpacing(theme.px(4))
        row.addWidget(Swatch(colour))
        row.addWidget(word)


def _chart(hand: Hand, topic: Topic) -> BarChart | TrendChart:
    """Return the chart of a topic: of its parts, or of its figure."""
    if not topic.parts:
        return TrendChart(hand.jobs, _(topic.name))
    levels = [LEVEL_OF.get(key) for key in topic.parts]
    kinds = [Kind(ability.word(each), ability.tone(each)) for each in levels]
    chart = BarChart(hand.jobs, _(topic.name), kinds, legend=False)
    chart.setMinimumHeight(theme.px(HIGH))
    return chart
