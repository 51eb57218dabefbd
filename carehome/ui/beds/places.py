"""The places beds stand in: added, named anew, changed, removed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from carehome.i18n import _
from carehome.services.beds import Beds, BoardFloor, BoardRoom, Building
from carehome.ui.beds import additions, sheets
from carehome.ui.beds.house import House, Spot
from carehome.ui.beds.place_file import PlaceFile
from carehome.ui.beds.place_tree import Place, PlaceTree
from carehome.ui.beds.sheets import Sheet
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Card, ListCard
from carehome.ui.kit.empty import Empty
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.lead import lead
from carehome.ui.parts.deeds import DeedDialog

FILE = 400


class Places(QWidget):
    """A tree of all places, and beside it the one under the cursor."""

    told = Signal(str)

    def __init__(self, beds: Beds, jobs: Jobs) -> None:
        super().__init__()
        self._beds = beds
        self._jobs = jobs
        self.house = House()
        self.tree = PlaceTree()
        self.empty = Empty(self.tree.viewport())
        self.summary = QLabel()
        self.add_building = button(_("Add a building"), "plus", "Alt+B")
        self.hint = QLabel(_("Choose a place to change it, or to add to it."))
        self.file: PlaceFile | None = None
        self._shown: Place | None = None
        self._card = Card()

        self._arrange()
        self.tree.picked.connect(self._show)
        self.tree.opened.connect(self._go_to_file)
        self.tree.removing.connect(self._remove)
        self.add_building.clicked.connect(self._add_building)
        self.empty.step.clicked.connect(self._add_building)

    def show_house(self, house: House) -> None:
        """Show the places as they are now; what is being typed stays."""
        self.house = house
        self.tree.show_house(house)
        self.empty.setVisible(not house.buildings)
        self.summary.setText(_tell_size(house))
        if self.file is None or not self.file.is_dirty:
            self._show(self.tree.current_place())

    def _show(self, place: Place | None) -> None:
        """Show the file of a place, or how to begin."""
        if place == self._shown and self.file:
            return
        typing = self.file is not None and self.file.isAncestorOf(self.focusWidget())
        self._shown = place
        if self.file:
            self.file.hide()
            self.file.deleteLater()
            self.file = None
        self.hint.setVisible(place is None)
        if place is not None:
            self.file = PlaceFile(self._sheet(place), self._jobs)
            self.file.told.connect(self.told)
            self.file.add_wanted.connect(self._add)
            self._card.body.insertWidget(0, self.file)
            if typing:
                self.file.form.focus()

    def _sheet(self, place: Place) -> Sheet:
        match place:
            case Building():
                return sheets.sheet_of_building(self._beds, place)
            case BoardFloor():
                return sheets.sheet_of_floor(self._beds, place, self.house)
            case BoardRoom():
                return sheets.sheet_of_room(self._beds, place)
            case Spot():
                return sheets.sheet_of_bed(self._beds, place, self.house)

    def _go_to_file(self) -> None:
        if self.file:
            self.file.form.focus()

    def _remove(self) -> None:
        if self.file:
            self.file.remove.click()

    def _add_building(self) -> None:
        self._open(additions.AddBuilding(self._beds, self._jobs, self))

    def _add(self) -> None:
        """Ask for more within the place that is shown."""
        beds, jobs, house = self._beds, self._jobs, self.house
        match self._shown:
            case Building() as building:
                dialog: DeedDialog = additions.AddFloor(
                    building, house, beds, jobs, self
                )
            case BoardFloor() as floor:
                dialog = additions.AddRooms(floor, house, beds, jobs, self)
            case BoardRoom() as room:
                floor = next(f for f in house.board.floors if room in f.rooms)
                dialog = additions.AddBed(floor, room, house, beds, jobs, self)
            case _:
                return
        dialog.accepted.connect(self.tree.expand_current)
        self._open(dialog)

    def _open(self, dialog: DeedDialog) -> None:
        dialog.accepted.connect(self._say_added)
        dialog.open()

    def _say_added(self) -> None:
        self.told.emit(_("Added."))

    def _arrange(self) -> None:
        self.empty.say(
            _("No building yet. Begin with the first one."), _("Add a building")
        )
        self.hint.setWordWrap(True)
        theme.mark(self.hint, "note")
        self._card.add(self.hint)
        self._card.body.addStretch()
        self._card.setFixedWidth(theme.px(FILE))
        theme.mark(self.summary, "note")
        head = QHBoxLayout()
        head.addWidget(self.summary, 1)
        head.addWidget(self.add_building)
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addWidget(ListCard(self.tree), 1)
        row.addWidget(self._card)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addLayout(head)
        column.addLayout(row, 1)
        lead(self, self.tree)


def _tell_size(house: House) -> str:
    floors = house.board.floors
    text = _(
        "{buildings} {buildings:building|buildings}, {floors} "
        "{floors:floor|floors}, {rooms} {rooms:room|rooms}, {beds} {beds:bed|beds}"
    )
    return text.format(
        buildings=len(house.buildings),
        floors=len(floors),
        rooms=sum(len(floor.rooms) for floor in floors),
        beds=house.board.counts.beds,
    )
