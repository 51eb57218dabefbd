"""Buildings, floors, rooms and beds as a tree."""

from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from carehome.i18n import N_, _
from carehome.rules.beds import GENDER_RULE_NAMES
from carehome.services.beds import BoardFloor, BoardRoom, Building
from carehome.ui.beds import faces
from carehome.ui.beds.house import House, Spot
from carehome.ui.kit import theme
from carehome.ui.kit.field import ENTER

Place = Building | BoardFloor | BoardRoom | Spot
PLACE = Qt.ItemDataRole.UserRole
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class PlaceTree(QTreeWidget):
    """Shows every place; a cursor walks over them.

    `picked` tells the place under the cursor, `opened` follows Enter, `removing` Del.
    """

    picked = Signal(object)
    opened = Signal()
    removing = Signal()

    own_keys = (
        ("Enter", N_("Open what the cursor is on")),
        ("Delete", N_("Remove the place under the cursor")),
    )

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Buildings, floors, rooms and beds"))
        self.setColumnCount(3)
        self.setHeaderLabels([_("Place"), _("What it is"), _("Beds")])
        self.setUniformRowHeights(True)
        self.setIndentation(theme.px(20))
        self.setExpandsOnDoubleClick(True)
        self.setTabKeyNavigation(False)
        head = self.header()
        head.setStretchLastSection(False)
        head.setSectionsMovable(False)
        modes = QHeaderView.ResizeMode
        for at, mode in enumerate((modes.Stretch, modes.Stretch, modes.Fixed)):
            head.setSectionResizeMode(at, mode)
        self.setColumnWidth(2, theme.px(70))
        self.headerItem().setTextAlignment(2, RIGHT)

        self.currentItemChanged.connect(self._tell)

    def show_house(self, house: House) -> None:
        """Show the places as they are now; open branches and the cursor stay."""
        open_before = {key_of(p) for p, item in self._items() if item.isExpanded()}
        at = self.current_place()
        fresh = self.topLevelItemCount() == 0
        self.blockSignals(True)
        self.clear()
        for building in house.buildings:
            self._add_building(building, house)
        for place, item in self._items():
            building_at_first = fresh and isinstance(place, Building)
            item.setExpanded(building_at_first or key_of(place) in open_before)
        self._select(at)
        self.blockSignals(False)

    def current_place(self) -> Place | None:
        """Return the place under the cursor."""
        item = self.currentItem()
        place: Place | None = item.data(0, PLACE) if item else None
        return place

    def expand_current(self) -> None:
        """Show what is within the place under the cursor."""
        if item := self.currentItem():
            item.setExpanded(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.removing.emit()
        else:
            super().keyPressEvent(event)

    def _add_building(self, building: Building, house: House) -> None:
        floors = [
            floor
            for floor in house.board.floors
            if floor.building_id == building.building_id
        ]
        count = _("{count} {count:floor|floors}").format(count=len(floors))
        beds = sum(floor.counts.beds for floor in floors)
        item = _item(building, building.name, count, beds)
        self.addTopLevelItem(item)
        for floor in floors:
            name = floor.unit_label or _("{n} {n:room|rooms}").format(
                n=len(floor.rooms)
            )
            below = _item(floor, floor.name, name, floor.counts.beds)
            item.addChild(below)
            below.addChildren([_room_item(floor, room) for room in floor.rooms])

    def _select(self, place: Place | None) -> None:
        """Put the cursor on a place; nowhere when it is gone."""
        self.setCurrentIndex(QModelIndex())
        for each, item in self._items():
            if place is not None and key_of(each) == key_of(place):
                self.setCurrentItem(item)

    def _items(self) -> Iterator[tuple[Place, QTreeWidgetItem]]:
        rest = [self.invisibleRootItem()]
        while rest:
            item = rest.pop()
            places = range(item.childCount())
            below = [each for at in places if (each := item.child(at))]
            yield from ((each.data(0, PLACE), each) for each in below)
            rest += below

    def _tell(self) -> None:
        self.picked.emit(self.current_place())


def key_of(place: Place) -> tuple[str, int]:
    """Return what a place keeps when it is renamed."""
    match place:
        case Building():
            return "building", place.building_id
        case BoardFloor():
            return "floor", place.floor_id
        case BoardRoom():
            return "room", place.room_id
        case Spot():
            return "bed", place.bed.bed_id


def _room_item(floor: BoardFloor, room: BoardRoom) -> QTreeWidgetItem:
    rule = _(GENDER_RULE_NAMES[room.gender_rule])
    classes = dict.fromkeys(bed.class_label for bed in room.beds)
    item = _item(room, room.name, " · ".join((rule, *classes)), len(room.beds))
    for bed in room.beds:
        what = f"{faces.kind_of(bed)} · {faces.state_word(bed)}"
        item.addChild(_item(Spot(floor, room, bed), bed.label, what))
    return item


def _item(
    place: Place, name: str, what: str, beds: int | None = None
) -> QTreeWidgetItem:
    item = QTreeWidgetItem([name, what, "" if beds is None else str(beds)])
    item.setData(0, PLACE, place)
    item.setTextAlignment(2, RIGHT)
    return item
