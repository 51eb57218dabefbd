"""Looking at the beds and working with them: board or list, and one bed beside it."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from carehome.i18n import N_, _
from carehome.rules.rights import Right, User
from carehome.services.beds import Beds
from carehome.services.consequences import Consequences
from carehome.ui.beds import bed_file, move
from carehome.ui.beds.bed_file import BedFile, Deed
from carehome.ui.beds.board import BedBoard
from carehome.ui.beds.deeds import BedDeeds
from carehome.ui.beds.filters import Filters
from carehome.ui.beds.house import HELD, House, Spot
from carehome.ui.beds.listing import BedList
from carehome.ui.beds.move import Moved, MovePanel
from carehome.ui.beds.wanted import Census
from carehome.ui.kit import theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.keys import HERE, bind
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import Side, Split

SIDE = 380
BOARD, LIST = 0, 1


class BedDesk(QWidget):
    """The beds as board or list, with the file of one bed or a move beside them.

    `all_wanted` goes out when nothing shall be looked for any more, `places_wanted`
    when there are no beds yet and some shall be made.
    """

    all_wanted = Signal()
    places_wanted = Signal()
    resident_wanted = Signal(int)
    told = Signal(str)

    def __init__(
        self,
        beds: Beds,
        consequences: Consequences,
        user: User,
        jobs: Jobs,
        today: Callable[[], date],
    ) -> None:
        super().__init__()
        self._beds = beds
        self._consequences = consequences
        self._user = user
        self._jobs = jobs
        self._today = today
        self._knows_people = user.may(Right.SEE_RESIDENTS)
        self.house = House()

        self.filters = Filters()
        self.board = BedBoard(carrying=user.may(Right.ASSIGN_BEDS))
        self.list = BedList(self._knows_people)
        self.file = BedFile(beds, user, jobs)
        self.moving: MovePanel | None = None
        self.deeds = BedDeeds(beds, jobs, self)
        self.side = Side()
        self._lists = QStackedWidget()
        self.split = Split(self._lists, self.side, SIDE)

        self._arrange()
        self._connect()

    def show_house(self, house: House, census: Census) -> None:
        """Show the house as it is now; what is open stays open."""
        self.house = house
        self.filters.show_house(house, census, self._knows_people)
        if self.moving:
            self.moving.set_house(house)
        self._narrow()
        if shown := self.file.spot:
            self._refresh_file(house.spot(shown.bed.bed_id))

    def view(self, name: str) -> None:
        """Show the board or the list, with the cursor on the same bed."""
        at_list = self._lists.currentIndex() == LIST
        spot = self.list.current_row() if at_list else self.board.current()
        view = self.list if name == "list" else self.board
        self._lists.setCurrentIndex(LIST if name == "list" else BOARD)
        lead(self._lists, view)
        if spot:
            view.select(spot.bed.bed_id)

    def look_for(self, words: str) -> None:
        """Show only beds whose name or resident fits what is typed."""
        self.filters.set_words(words)

    def look_at(self, state: str) -> None:
        """Show only the beds that are in a state."""
        self._look_for_all()
        self.filters.groups["states"][state].setChecked(True)
        self.go_to_first()

    def go_to_first(self) -> None:
        """Go to the first bed that was found."""
        self.board.select_first()
        if self.list.table.rows:
            self.list.selectRow(0)
        self._lists.setFocus()

    def go_to(self, bed_id: int) -> None:
        """Go to a bed and open its file."""
        if spot := self.house.spot(bed_id):
            self._end_move()
            self._look_for_all()
            self.board.select(bed_id)
            self.list.select(bed_id)
            self._open_file(spot)

    def begin_move(self, resident_id: int | None, bed_id: int | None) -> None:
        """Begin to move somebody, or to fill a bed; what is None is asked for."""
        if not self._user.may(Right.ASSIGN_BEDS):
            return
        self._end_move()
        self._look_for_all()
        self.moving = panel = MovePanel(
            self._beds, self._consequences, self._jobs, self.house, self._today()
        )
        panel.changed.connect(self._show_move)
        panel.moved.connect(self._moved)
        panel.dismissed.connect(self.side.closed)
        self.side.title.setText(_(move.TITLE))
        self.side.body.addWidget(panel)
        self.file.hide()
        self._open_side()
        panel.choose(resident_id, bed_id)
        if mover := panel.mover:
            self.board.select(mover.bed.bed_id)
            self._lists.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc end the looking, where nothing nearer wants it."""
        if event.key() == Qt.Key.Key_Escape and self.filters.are_set:
            self._look_for_all()
        else:
            super().keyPressEvent(event)

    def _narrow(self) -> None:
        """Show the beds that are looked for."""
        fitting = self.filters.found()
        spots = [s for s in self.house.spots() if s.bed.bed_id in fitting]
        self.board.show_house(self.house, fitting if self.filters.are_set else None)
        self.list.table.set_rows(spots)
        self._say_why_empty()
        self._show_move()

    def _say_why_empty(self) -> None:
        if self.house.board.counts.beds:
            text, step = _("No bed fits what you look for."), _("Look for all beds")
        elif self._user.may(Right.CHANGE_BEDS):
            text = _("The home has no beds yet. Begin with building, floor and rooms.")
            step = _("Set up the rooms")
        else:
            text, step = _("The home has no beds yet."), ""
        self.board.empty.say(text, step)
        self.list.set_empty(text, step)

    def _first_step(self) -> None:
        if self.house.board.counts.beds:
            self._look_for_all()
        else:
            self.places_wanted.emit()

    def _look_for_all(self) -> None:
        self.all_wanted.emit()
        self.filters.clear()

    def _open_file(self, spot: Spot) -> None:
        self.side.title.setText(spot.bed.bed)
        self.file.show_bed(spot, self.house)
        self._open_side()

    def _open_side(self) -> None:
        self.split.open_side()
        self.list.set_slim(True)

    def _refresh_file(self, spot: Spot | None) -> None:
        """Show a bed as it is now; one that is gone takes its file along."""
        if spot is not None:
            self.file.show_bed(spot, self.house)
        elif self.moving is None:
            self.side.closed.emit()

    def _side_closed(self) -> None:
        self._end_move()
        self.file.spot = None
        self.list.set_slim(False)

    def _picked(self, spot: Spot | None) -> None:
        """Let an open file follow the cursor; in the list, picking opens it."""
        if spot is None or self.moving:
            return
        if self.side.isVisible() or self.list.hasFocus():
            self._open_file(spot)

    def _opened(self, spot: Spot) -> None:
        if self.moving:
            self.moving.aim(spot.bed.bed_id)
        else:
            self._open_file(spot)

    def _do(self, deed: Deed, spot: Spot) -> None:
        held = spot.bed.holder
        match deed:
            case bed_file.MOVE:
                self._move_from(spot)
            case bed_file.FILL:
                self.begin_move(held.resident_id if held else None, spot.bed.bed_id)
            case bed_file.RESIDENT:
                assert held
                self.resident_wanted.emit(held.resident_id)
            case bed_file.RESERVE:
                self.deeds.reserve(spot, self.house, self._today())
            case bed_file.RELEASE:
                self.deeds.release(spot)
            case bed_file.CLEAN:
                self.deeds.send_cleaning(spot)
            case bed_file.CLOSE:
                self.deeds.close(spot)
            case bed_file.READY:
                self.deeds.set_ready(spot)

    def _move_from(self, spot: Spot) -> None:
        """Begin with who lives in a bed, or else with the empty bed."""
        held = spot.bed.holder
        if held and spot.bed.state in HELD:
            self.begin_move(held.resident_id, None)
        else:
            self.begin_move(None, spot.bed.bed_id)

    def _move_from_list(self) -> None:
        if spot := self.list.current_row():
            self._move_from(spot)

    def _drop(self, carried: Spot, target: Spot) -> None:
        assert carried.bed.holder
        self.begin_move(carried.bed.holder.resident_id, target.bed.bed_id)

    def _show_move(self) -> None:
        """Show on the board who moves, and where to."""
        if moving := self.moving:
            self.board.show_move(
                moving.mover, moving.target, moving.fitting(), moving.is_refused
            )
        else:
            self.board.show_move()

    def _moved(self, moved: Moved) -> None:
        text = _("{name} has moved to bed {bed}.")
        self.told.emit(text.format(name=moved.name, bed=moved.bed))
        self.go_to(moved.bed_id)
        self._lists.setFocus()

    def _end_move(self) -> None:
        """Put the move away; the file of the bed takes its place again."""
        if self.moving is None:
            return
        panel, self.moving = self.moving, None
        panel.hide()
        panel.deleteLater()
        self.file.show()
        self._show_move()

    def _arrange(self) -> None:
        self._lists.addWidget(self.board)
        self._lists.addWidget(ListCard(self.list))
        self.side.body.addWidget(self.file)
        lead(self, self._lists)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.filters)
        column.addWidget(self.split, 1)

    def _connect(self) -> None:
        self.filters.changed.connect(self._narrow)
        for view in (self.board, self.list):
            view.picked.connect(self._picked)
            view.opened.connect(self._opened)
        self.board.move_asked.connect(self._move_from)
        self.board.dropped.connect(self._drop)
        self.board.empty.step.clicked.connect(self._first_step)
        self.list.first_step.connect(self._first_step)
        if self._user.may(Right.ASSIGN_BEDS):
            words = N_("Move who has the bed under the cursor")
            bind(self.list, "M", words, self._move_from_list, HERE)
        self.side.closed.connect(self._side_closed)
        self.file.asked.connect(self._do)
        self.file.resident_wanted.connect(self.resident_wanted)
        self.deeds.told.connect(self.told)
