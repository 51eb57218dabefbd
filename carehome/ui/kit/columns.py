"""The columns of a table on screen: which, in which order, how wide."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QTableView

from carehome.i18n import _
from carehome.ui.kit import cells, layouts, theme
from carehome.ui.kit.layouts import Layout
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.titles import Titles

SAMPLE, WIDEST, NARROWEST = 60, 320, 120


class Columns(QObject):
    """Arranges the columns as the person wants them, and remembers it.

    What the program leaves out for a while, as beside an open file, is not
    remembered: afterwards everything is again as the person had it.
    """

    placed = Signal()

    def __init__(
        self, view: QTableView, titles: Titles, model: TableModel[Any], name: str
    ) -> None:
        super().__init__(view)
        self.all: Sequence[Column[Any]] = model.columns
        self._view = view
        self._header = titles
        self._model = model
        self._name = name
        self._titles = [column.title for column in model.columns]
        self._layout = layouts.kept(name)
        self._fitted: list[int] = []
        self._most = len(self.all)
        self._left_out: frozenset[str] = frozenset()
        self._beside: dict[str, int] = {}
        self._placing = self._was_sized = False

        titles.sortIndicatorChanged.connect(self._keep_sort)
        titles.sectionResized.connect(self._note_size)
        titles.sectionMoved.connect(self._keep_order)
        titles.released.connect(self._keep_widths)
        self._put_sort()
        if self._layout != Layout():
            self._place()

    @property
    def offered(self) -> list[int]:
        """The columns that a person may show or hide, in their order."""
        order = self._layout.places(self._titles)
        return [at for at in order if self._titles[at] not in self._left_out]

    @property
    def wanted(self) -> list[int]:
        """The columns that the person wants to see, in their order."""
        offered, hidden = self.offered, self._layout.hidden
        return [at for at in offered if self._titles[at] not in hidden] or offered

    @property
    def shown(self) -> list[int]:
        """The columns that are shown just now, from left to right."""
        return self.wanted[: self._most]

    @property
    def is_arranged(self) -> bool:
        """Say whether the person changed anything."""
        return self._layout != Layout()

    def show_first(self, most: int) -> None:
        """Show no more than the first `most` of the columns wanted."""
        self._most = most
        self._beside = {}
        self._place()

    def leave_out(self, titles: Collection[str]) -> None:
        """Do without the columns with these titles until told otherwise."""
        self._left_out = frozenset(titles)
        self._place()

    def arrange(self, order: Sequence[int], hidden: Collection[int]) -> None:
        """Show the columns in `order`, but for those hidden; one is always shown."""
        self._keep(
            replace(
                self._layout,
                order=tuple(self._titles[at] for at in order),
                hidden=frozenset(self._titles[at] for at in hidden),
            )
        )
        self._place()

    def show(self, at: int, wanted: bool) -> None:
        """Show or hide one column; the last one stays."""
        hidden = {each for each in self.offered if each not in self.wanted}
        hidden = hidden - {at} if wanted else hidden | {at}
        if len(hidden) < len(self.offered):
            self.arrange(self._layout.places(self._titles), hidden)

    def reset(self) -> None:
        """Go back to what the program made."""
        self._keep(Layout())
        self._header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._place()

    def fit(self) -> None:
        """Widen columns to what they show; they never jump back while one types."""
        step = max(len(self._model.rows) // SAMPLE, 1)
        sample = self._model.rows[::step]
        needed = [_width(column, sample) for column in self.all]
        before = self._fitted or [0] * len(needed)
        self._fitted = [max(pair) for pair in zip(needed, before, strict=True)]
        self.spread()

    def spread(self) -> None:
        """Give columns their width by hand, or share the room that is left."""
        if not self._fitted:
            return
        by_hand = self._by_hand
        if by_hand:
            widths = {
                at: theme.px(by_hand[title]) if title in by_hand else self._fitted[at]
                for at, title in enumerate(self._titles)
            }
        else:
            widths = self._shared()
        with self._being_placed():
            for at in self.shown:
                self._view.setColumnWidth(at, widths[at])

    @property
    def _is_beside(self) -> bool:
        """Say whether there is less than the person wants to see."""
        return self._most < len(self.wanted)

    @property
    def _by_hand(self) -> dict[str, int]:
        return self._beside if self._is_beside else dict(self._layout.widths)

    def _shared(self) -> dict[int, int]:
        """Share the room that is left among those that stretch, or among all."""
        columns = self.shown
        rest = self._view.viewport().width() - sum(self._fitted[at] for at in columns)
        takers = [at for at in columns if self.all[at].stretch]
        if not takers and rest > 0:
            takers = columns
        if rest < 0:
            return self._narrowed(takers, -rest)
        share = rest // len(takers) if takers else 0
        return {at: self._fitted[at] + (share if at in takers else 0) for at in columns}

    def _narrowed(self, takers: Sequence[int], lacking: int) -> dict[int, int]:
        """Take what is lacking from the widest that stretch; short ones stay whole."""
        widths = {at: self._fitted[at] for at in self.shown}
        least = theme.px(NARROWEST)
        widest = sorted(takers, key=lambda at: -widths[at])
        for count, at in enumerate(widest, 1):
            level = max(widths[widest[count]] if count < len(widest) else 0, least)
            given = min(max(widths[at] - level, 0) * count, lacking)
            for each in widest[:count]:
                widths[each] -= -(-given // count)  # rounded up: no sideways bar
            lacking -= given
        return widths

    def _place(self) -> None:
        """Let the view follow."""
        shown = set(self.shown)
        with self._being_placed():
            for place, at in enumerate(self._layout.places(self._titles)):
                self._header.moveSection(self._header.visualIndex(at), place)
            for at in range(len(self.all)):
                self._view.setColumnHidden(at, at not in shown)
        self.spread()
        self.placed.emit()

    def _put_sort(self) -> None:
        if self._layout.sort is None or self._layout.sort[0] not in self._titles:
            return
        title, falls = self._layout.sort
        order = Qt.SortOrder.DescendingOrder if falls else Qt.SortOrder.AscendingOrder
        self._header.setSortIndicator(self._titles.index(title), order)

    def _keep_sort(self, at: int, order: Qt.SortOrder) -> None:
        falls = order is Qt.SortOrder.DescendingOrder
        sort = (self._titles[at], falls) if at >= 0 else None
        self._keep(replace(self._layout, sort=sort))

    def _keep_order(self, _at: int, _before: int, _now: int) -> None:
        if self._placing:
            return
        places = range(len(self.all))
        order = [self._header.logicalIndex(place) for place in places]
        titles = tuple(self._titles[at] for at in order)
        self._keep(replace(self._layout, order=titles))
        self.placed.emit()

    def _note_size(self, _at: int, before: int, now: int) -> None:
        """Note that a border moves; hiding and showing has no width on one side."""
        if before and now and not self._placing:
            self._was_sized = True

    def _keep_widths(self) -> None:
        """From when the person moves a border, the widths are theirs."""
        if not self._was_sized:
            return
        self._was_sized = False
        grown = theme.scale() / 100
        widths = {
            self._titles[at]: round(self._view.columnWidth(at) / grown)
            for at in self.shown
        }
        if self._is_beside:
            self._beside = widths
        else:
            kept = {**self._layout.widths, **widths}
            self._keep(replace(self._layout, widths=kept))

    def _keep(self, layout: Layout) -> None:
        if layout != self._layout:
            self._layout = layout
            layouts.keep(self._name, layout)

    @contextmanager
    def _being_placed(self) -> Iterator[None]:
        before, self._placing = self._placing, True
        yield
        self._placing = before


def _width(column: Column[Any], sample: Sequence[Any]) -> int:
    """Return the width that a column needs for its title and a sample of rows."""
    if column.width:
        return theme.px(column.width)
    text = max((column.text(row) for row in sample), key=_room, default="")
    body = cells.text_width(column, text)
    title = theme.room(_(column.title), theme.font(13))
    most = max(body, title + theme.px(2 * cells.PAD + 14))
    return min(most, theme.px(WIDEST))


def _room(text: str) -> int:
    """Guess the width of a text: Chinese characters count double."""
    return sum(2 if sign > "\u2000" else 1 for sign in text)
