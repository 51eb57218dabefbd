"""The trend of a topic in a window of its own: larger, with every number."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from carehome.i18n import N_, _, say_month
from carehome.rules.dashboard import TOPICS
from carehome.rules.figures import (
    Figure,
    FigureKey,
    Number,
    Unit,
    definitions,
    show,
)
from carehome.rules.periods import Period
from carehome.services.overview.dashboard import Board, Card, name_of_part, show_main
from carehome.ui.kit import theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.shortcuts import offer_help
from carehome.ui.kit.table import RIGHT, Column, TableModel, money
from carehome.ui.kit.table_view import TableView
from carehome.ui.overview.trend import large_chart_of, show_card_in

WIDE, HIGH, CHART = 1180, 640, 240
PARTS = frozenset(key for topic in TOPICS for key in topic.parts)


@dataclass(frozen=True, slots=True)
class Month:
    """A line of the table: a month and all figures of the topic in it."""

    period: Period
    main: Figure
    figures: dict[FigureKey, Figure]


class TrendWindow(QDialog):
    """Shows twelve months of a topic as a chart and as a list. Esc closes.

    The list, the last month first, can be copied and saved as any other.
    """

    def __init__(self, jobs: Jobs, card: Card, board: Board, parent: QWidget) -> None:
        super().__init__(parent)
        topic = card.topic
        self.setWindowTitle(_(topic.name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        offer_help(self)
        self.resize(theme.px(WIDE), theme.px(HIGH))
        known = definitions().get(topic.main)
        name = QLabel(known.name if known else _("Grade held"))
        theme.mark(name, "heading")
        self.chart = large_chart_of(jobs, topic)
        self.chart.setFixedHeight(theme.px(CHART))
        model: TableModel[Month] = TableModel(_columns(card))
        self.view = TableView(model, f"trend.{topic.code}", topic.name)
        model.set_rows(_months(card, board))
        column = QVBoxLayout(self)
        column.setContentsMargins(*map(theme.px, (16, 12, 16, 16)))
        column.setSpacing(theme.px(8))
        column.addWidget(name)
        column.addWidget(self.chart)
        column.addWidget(ListCard(self.view), 1)
        show_card_in(self.chart, card, board)
        self.view.setFocus()


def _months(card: Card, board: Board) -> list[Month]:
    """Return the months of a card, the last one first."""
    lines = [
        Month(
            period,
            card.trend[at],
            {key: card.trends[key][at] for key in card.topic.keys},
        )
        for at, period in enumerate(board.months)
    ]
    return lines[::-1]


def _columns(card: Card) -> list[Column[Month]]:
    """Return a column for the month, each figure, and why one is not known."""
    topic = card.topic
    found: list[Column[Month]] = [
        Column(
            N_("Month"),
            lambda line: line.period.start,
            show=say_month,
        )
    ]
    if not topic.main:
        found.append(Column(N_("Grade held"), lambda line: show_main(topic, line.main)))
    found.extend(_column(key, card.trends[key]) for key in topic.keys)
    why = N_("What to know of it")
    found.append(
        Column(why, lambda line: str(line.main.unknown or line.main.note), stretch=True)
    )
    return found


def _column(key: FigureKey, trend: Sequence[Figure]) -> Column[Month]:
    """Return the column of a figure, empty where it is not known."""
    known = definitions()[key]
    title = name_of_part(key) if key in PARTS else known.name
    if known.unit is Unit.MONEY:
        return money(title, partial(_fen, key))
    are_whole = all(isinstance(each.value, int | None) for each in trend)
    return Column(
        title,
        partial(_value, key),
        show=partial(_shown, known.unit),
        align=RIGHT,
        kind="number" if are_whole else "text",
    )


def _value(key: FigureKey, line: Month) -> Number | None:
    return line.figures[key].value


def _fen(key: FigureKey, line: Month) -> int | None:
    value = line.figures[key].value
    return None if value is None else int(value)


def _shown(unit: Unit, value: Number) -> str:
    return show(value, unit)
