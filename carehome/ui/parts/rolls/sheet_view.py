"""A sheet as people know it from Excel, with marks on single cells."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from carehome.i18n import _
from carehome.rules.roll import cells
from carehome.rules.sheets import letters
from carehome.ui.kit import icons, theme
from carehome.ui.kit.table import Index
from carehome.ui.parts.rolls.spots import BAD, Part, Spot

ROW, TITLES, PAD, ICON = 30, 46, 8, 14
NARROWEST, WIDEST, SAMPLE = 52, 220, 40
Role = Qt.ItemDataRole


class SheetModel(QAbstractTableModel):
    """Shows a part of a sheet; rows and columns keep the names they have in Excel."""

    def __init__(self) -> None:
        super().__init__()
        self.part: Part | None = None
        self.spots: dict[tuple[int, int], list[Spot]] = {}
        self._icons: dict[int, QIcon] = {}

    def show_part(self, part: Part) -> None:
        """Replace everything that is shown."""
        self.beginResetModel()
        self.part = part
        self.spots = {}
        for spot in part.spots:
            self.spots.setdefault(spot.place, []).append(spot)
        faulty = {spot.row for spot in part.spots if spot.tone == BAD}
        self._icons = dict.fromkeys(faulty, icons.icon("bad", "bad"))
        self.endResetModel()

    def number(self, row: int) -> int:
        """Return the number that a shown row has in the sheet."""
        assert self.part, "nothing is shown"
        return self.part.numbers[row]

    def spots_at(self, index: Index) -> list[Spot]:
        """Return what there is to say of a cell."""
        return self.spots.get((self.number(index.row()), index.column()), [])

    def is_quiet(self, index: Index) -> bool:
        """Say whether a cell counts less: in a row of nobody, or lent from above."""
        assert self.part, "nothing is shown"
        number = self.number(index.row())
        lent = self.part.sheet.cell(number, index.column()).above
        return lent or number in self.part.quiet

    def is_title(self, index: Index) -> bool:
        """Say whether a cell stands in a row of titles."""
        assert self.part, "nothing is shown"
        return self.number(index.row()) in self.part.strong

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or not self.part else len(self.part.numbers)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or not self.part else self.part.sheet.width

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid() or not self.part:
            return None
        if role == Role.DisplayRole:
            cell = self.part.sheet.cell(self.number(index.row()), index.column())
            return "" if cell.left else " ".join(cells.plain(cell.value).split())
        if role == Role.ToolTipRole:
            return self._tip(index) or None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        if not self.part:
            return None
        if orientation is Qt.Orientation.Vertical:
            number = self.number(section)
            if role == Role.DisplayRole:
                return str(number)
            return self._icons.get(number) if role == Role.DecorationRole else None
        titles = self.part.titles
        title = titles[section] if section < len(titles) else ""
        if role == Role.DisplayRole:
            return f"{letters(section)}\n{title}" if titles else letters(section)
        return title or None if role == Role.ToolTipRole else None

    def _tip(self, index: Index) -> str:
        assert self.part, "nothing is shown"
        if spots := self.spots_at(index):
            return "\n".join(spot.text for spot in spots)
        return self.part.quiet.get(self.number(index.row()), "")


class SheetView(QTableView):
    """A sheet to walk through; `stood_on` tells the cell, `opened` the row on Enter."""

    stood_on = Signal(int, int)
    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.sheet = SheetModel()
        self.own_keys: tuple[tuple[str, str], ...] = ()
        self.setModel(self.sheet)
        self.setItemDelegate(_Cells(self))
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(_("The sheet"))
        rows, titles = self.verticalHeader(), self.horizontalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(theme.px(ROW))
        middle = Qt.AlignmentFlag.AlignVCenter
        rows.setDefaultAlignment(middle | Qt.AlignmentFlag.AlignRight)
        titles.setDefaultAlignment(middle | Qt.AlignmentFlag.AlignLeft)
        titles.setMinimumSectionSize(theme.px(NARROWEST))
        for header in (rows, titles):
            header.setHighlightSections(False)
        self.doubleClicked.connect(
            lambda index: self.opened.emit(self.sheet.number(index.row()))
        )

    def show_part(self, part: Part) -> None:
        """Show other rows, each column as wide as what stands in it."""
        self.sheet.show_part(part)
        self.horizontalHeader().setFixedHeight(theme.px(TITLES if part.titles else ROW))
        icon = theme.px(ICON + PAD) if part.spots else 0
        number = theme.room(str(max(part.numbers, default=0)), theme.font(13))
        self.verticalHeader().setFixedWidth(number + icon + theme.px(20))
        marked = {spot.column for spot in part.spots}
        for column in range(part.sheet.width):
            sign = theme.px(ICON + 4) if column in marked else 0
            self.setColumnWidth(column, self._width(part, column, sign))

    def go_to(self, row: int, column: int) -> bool:
        """Put the cursor on a cell of the sheet, if its row is shown."""
        part = self.sheet.part
        if not part or row not in part.numbers:
            return False
        index = self.sheet.index(part.numbers.index(row), column)
        self.setCurrentIndex(index)
        left = self.horizontalScrollBar().value()
        self.scrollTo(index, QTableView.ScrollHint.PositionAtCenter)
        self._show_from(left)
        return True

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self.stood_on.emit(self.sheet.number(current.row()), current.column())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and index.isValid():
            self.opened.emit(self.sheet.number(index.row()))
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self._show_from(0)

    def _show_from(self, left: int) -> None:
        """Go no further sideways than the current cell needs."""
        self.horizontalScrollBar().setValue(left)
        self.scrollTo(self.currentIndex())

    def _width(self, part: Part, column: int, sign: int) -> int:
        """Measure some of the rows and the title."""
        step = max(len(part.numbers) // SAMPLE, 1)
        face = theme.font(13)
        rooms = [
            theme.room(self.sheet.index(row, column).data() or "", face) + sign
            for row in range(0, len(part.numbers), step)
            if part.numbers[row] not in part.quiet  # headlines run over many columns
        ]
        title = part.titles[column] if column < len(part.titles) else ""
        rooms.append(theme.room(title, face) + theme.px(4))
        room = max(rooms) + theme.px(2 * PAD + 2)
        return min(max(room, theme.px(NARROWEST)), theme.px(WIDEST))


class _Cells(QStyledItemDelegate):
    """Paints cells: a soft ground and a sign where there is something to say."""

    def __init__(self, view: SheetView) -> None:
        super().__init__(view)
        self._sheet = view.sheet

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        rect = QRect(option.rect)
        spots = self._sheet.spots_at(index)
        tone = min((spot.tone for spot in spots), default="")  # bad before info
        is_title = self._sheet.is_title(index)
        ground = f"{tone}_soft" if tone else "brand_soft" if is_title else "paper"
        painter.fillRect(rect, theme.colour(ground))
        line = theme.colour("line_2")
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, line)
        painter.fillRect(rect.right(), rect.top(), 1, rect.height(), line)
        inner = rect.adjusted(theme.px(PAD), 0, -theme.px(PAD), 0)
        if tone:
            side = theme.px(ICON)
            top = rect.center().y() + 0.5 - side / 2
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            icons.paint(painter, tone, QRectF(inner.left(), top, side, side), tone)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            inner.setLeft(inner.left() + side + theme.px(4))
        painter.setFont(theme.font(13, bold=is_title))
        quiet = "ink_2" if self._sheet.is_quiet(index) else "ink"
        painter.setPen(theme.colour(tone if tone == BAD else quiet))
        text = painter.fontMetrics().elidedText(
            index.data(), Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, text)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(theme.colour("brand"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
