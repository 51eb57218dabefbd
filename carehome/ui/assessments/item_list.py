"""All items of a form with what each was given, and where one stands."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate
from PySide6.QtWidgets import QStyleOptionViewItem as Style

from carehome.i18n import _
from carehome.rules.assessments.form import Group, Item
from carehome.ui.assessments.sheet import Sheet
from carehome.ui.kit import theme
from carehome.ui.kit.table import Index

ROW, HEAD, PAD = 24, 30, 10
SLIM = 150  # narrower than this, numbers stand for the names


class Items(QAbstractListModel):
    """The groups of a form, each followed by its items."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self.sheet = sheet
        self.lines: list[Group | Item] = []
        for group in sheet.form.groups:
            self.lines += [group, *group.items]
        numbers = enumerate(line.number for line in self.lines)
        self._places = {number: at for at, number in numbers}

    def place_of(self, number: str) -> Index:
        """Return where an item or group stands."""
        return self.index(self._places[number])

    def told(self, line: Group | Item) -> str:
        """Return what a line was given."""
        if isinstance(line, Item):
            points = self.sheet.points(line.number)
            return "" if points is None else str(points)
        scores = self.sheet.judgement.groups
        score = next(each for each in scores if each.number == line.number)
        return f"{score.points} / {score.maximum}"

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if not index.isValid() or role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return None
        line = self.lines[index.row()]
        return f"{line.number} {line.name}  {self.told(line) or _('no answer')}"

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self.lines[index.row()], Group):
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def tell_change(self) -> None:
        """Let the list be painted anew: a score has changed."""
        self.dataChanged.emit(self.index(0), self.index(len(self.lines) - 1))


class ItemList(QListView):
    """Shows how far one is; `wanted` goes out with the number of an item clicked."""

    wanted = Signal(str)

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self._sheet = sheet
        self._items = Items(sheet)
        self.setModel(self._items)
        self.setItemDelegate(_Lines(self))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the panel beside has the keys
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Items"))
        theme.mark(self, "bare")
        self.clicked.connect(self._want)
        sheet.moved.connect(self._follow)
        sheet.answered.connect(self._items.tell_change)
        self._follow()

    @property
    def items(self) -> Items:
        """What is listed."""
        return self._items

    def _follow(self) -> None:
        index = self._items.place_of(self._sheet.item.number)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def _want(self, index: Index) -> None:
        line = self._items.lines[index.row()]
        if isinstance(line, Item):
            self.wanted.emit(line.number)


class _Lines(QStyledItemDelegate):
    """Paints the name of an item or group and, at the right, its points."""

    def __init__(self, view: ItemList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: Style, index: Index) -> QSize:
        is_head = isinstance(self._view.items.lines[index.row()], Group)
        return QSize(theme.px(10), theme.px(HEAD if is_head else ROW))

    def paint(self, painter: QPainter, option: Style, index: Index) -> None:
        items, rect = self._view.items, QRect(option.rect)
        line = items.lines[index.row()]
        is_head, told = isinstance(line, Group), items.told(line)
        if is_head and rect.width() < theme.px(SLIM):
            told = told.split(" ")[0]
        self._paint_ground(painter, rect, option, is_head)
        inner = rect.adjusted(theme.px(PAD), 0, -theme.px(PAD), 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        face = theme.font(13, bold=is_head)
        wide = theme.room(told or "—", theme.font(13, bold=True)) + theme.px(8)
        painter.setFont(face)
        painter.setPen(theme.colour("ink" if is_head or told else "ink_2"))
        room = inner.adjusted(0, 0, -wide, 0)
        shown = painter.fontMetrics().elidedText(
            line.number if rect.width() < theme.px(SLIM) else line.name,
            Qt.TextElideMode.ElideRight,
            room.width(),
        )
        painter.drawText(room, middle, shown)
        right = Qt.AlignmentFlag.AlignRight | middle
        painter.setFont(theme.font(13, bold=bool(told)))
        painter.setPen(
            theme.colour(("ink_2" if is_head else "ink") if told else "warn")
        )
        painter.drawText(inner, right, told or "—")

    def _paint_ground(
        self, painter: QPainter, rect: QRect, option: Style, is_head: bool
    ) -> None:
        if is_head:
            painter.fillRect(
                rect.left(), rect.bottom(), rect.width(), 1, theme.colour("line")
            )
        elif option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("brand_soft"))
            bar = QRect(rect.left(), rect.top(), theme.px(3), rect.height())
            painter.fillRect(bar, theme.colour("brand"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.colour("hover"))
