"""The first step: the building, line by line, and its picture as one types."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from carehome.i18n import _
from carehome.rules import beds as rules
from carehome.services.beds import Beds
from carehome.services.opening import Step
from carehome.ui.beds.board import BedBoard
from carehome.ui.beds.house import House
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.page import scrolling
from carehome.ui.opening.building import NewRooms, rooms_in, with_new
from carehome.ui.opening.loaded import Loaded
from carehome.ui.opening.room_line import RoomLine, headings
from carehome.ui.opening.step import StepView

LINES, LEAST, PICTURE = 216, 110, 96  # most and least for the lines; the picture


class BedsStep(StepView):
    """Asks for rooms by range and draws the house that they make."""

    STEP = Step.BEDS

    def __init__(self, beds: Beds) -> None:
        super().__init__(
            _("Which rooms and beds does the home have?"),
            _(
                "One line for rooms that are alike: 301-312, 4 beds each. The picture "
                "below shows what will be built; nothing is stored before that."
            ),
        )
        self._beds = beds
        self._house = House()
        self.lines: list[RoomLine] = []
        self.planned: list[NewRooms] = []  # what the lines that are right would build
        self._problem = ""
        self.more = button(_("Another line"), "plus", "Alt+N", "small")
        self.summary = QLabel()
        self.picture = BedBoard(carrying=False)
        self._list = QVBoxLayout()
        self._inner = QWidget()
        self._area = scrolling(self._inner)
        self._arrange()

        self.more.clicked.connect(self.add_line)
        bar = self._area.verticalScrollBar()
        bar.rangeChanged.connect(self._keep_in_sight)

    def show_home(self, loaded: Loaded) -> None:
        self._house = loaded.house
        if not self.lines:
            self.add_line()
        self._changed()

    def typed(self) -> dict[str, Any]:
        return {"lines": [line.typed() for line in self.lines if not line.is_empty]}

    def type_again(self, draft: Mapping[str, Any]) -> None:
        self._drop_all()
        for typed in draft["lines"]:
            self._new_line().type_again(typed)
        if not self.lines:
            self.add_line()
        self._changed()

    def reason(self) -> str:
        if self._problem or self.planned or self._house.board.counts.beds:
            return self._problem
        return _("Type the first rooms, such as 301-312.")

    def do(self) -> str:
        if not self.planned:
            return _("Next")
        rooms, beds = _sizes(self.planned)
        return _("Build {rooms} {rooms:room|rooms} with {beds} {beds:bed|beds}").format(
            rooms=rooms, beds=beds
        )

    def check(self) -> bool:
        for line in self.lines:
            line.show_problems()
        wrong = next((line for line in self.lines if line.problem()), None)
        if wrong:
            wrong.focus_wrong()
        return not self.reason()

    def deed(self) -> "partial[Any] | None":
        if not self.planned:
            return None
        wanted = [bed for rooms in self.planned for bed in rooms.new_beds()]
        return partial(self._beds.add_beds, wanted)

    def stored(self) -> str:
        rooms, beds = _sizes(self.planned)
        self._drop_all()
        self.add_line()
        said = _("{rooms} rooms with {beds} beds were built.")
        return said.format(rooms=rooms, beds=beds)

    def focus(self) -> None:
        if self.lines:
            self.lines[-1].focus()

    def add_line(self) -> None:
        """Begin one more line, like the one above, with the cursor in it."""
        above = self.lines[-1] if self.lines else None
        line = self._new_line()
        if above:
            line.follow(above)
        else:
            known = next(iter(self._house.buildings), None)
            line.building.set_value(known.name if known else _("Main building"))
        if self.isVisible():
            line.focus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the lines as they come, go and say what is wrong with them."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _keep_in_sight(self) -> None:
        """Scroll so far that the line with the cursor is seen."""
        for line in self.lines:
            if line.isAncestorOf(self.focusWidget()):
                self._area.ensureWidgetVisible(line, 0, 0)

    def _new_line(self) -> RoomLine:
        line = RoomLine(self._house.classes, lambda typed: self._check(line, typed))
        line.changed.connect(self._changed)
        line.entered.connect(partial(self._enter, line))
        line.finished.connect(self.entered)
        line.removed.connect(partial(self._remove, line))
        self.lines.append(line)
        self._list.insertWidget(self._list.count() - 1, line)
        line.show()  # the cursor goes there at once
        self._fit()
        return line

    def _enter(self, line: RoomLine) -> None:
        """Go to the next line, a new one after the last."""
        at = self.lines.index(line)
        if at + 1 < len(self.lines):
            self.lines[at + 1].focus()
        else:
            self.add_line()

    def _remove(self, line: RoomLine) -> None:
        at = self.lines.index(line)
        self._drop(line)
        if not self.lines:
            self.add_line()
        self.lines[min(at, len(self.lines) - 1)].focus()
        self._changed()

    def _drop(self, line: RoomLine) -> None:
        self.lines.remove(line)
        self._list.removeWidget(line)
        line.hide()
        line.deleteLater()
        self._fit()

    def _drop_all(self) -> None:
        for line in tuple(self.lines):
            self._drop(line)

    def _check(self, line: RoomLine, typed: str) -> None:
        """Refuse rooms that a line above or the building has already."""
        building = line.building.typed()
        others = [
            room
            for other in self.lines[: self.lines.index(line)]
            if other.building.typed() == building
            for room in other.rooms_typed()
        ]
        rules.check_rooms(typed, rooms_in(self._house, building), others)

    def _changed(self) -> None:
        """Draw the house anew with every key."""
        for line in self.lines:
            line.judge_again()
        problems = [line.problem() for line in self.lines]
        right = zip(self.lines, problems, strict=True)
        values = (line.value() for line, problem in right if not problem)
        self.planned = [rooms for rooms in values if rooms]
        self._problem = next(filter(None, problems), "")
        self.picture.show_house(with_new(self._house, self.planned))
        self.picture.empty.say(_("The building grows here as you type."), "")
        self.summary.setText(self._say_size())
        self.changed.emit()

    def _say_size(self) -> str:
        rooms, beds = _sizes(self.planned)
        there = self._house.board.counts.beds
        new = _("{rooms} {rooms:room|rooms} with {beds} {beds:bed|beds} will be built")
        said = new.format(rooms=rooms, beds=beds) if self.planned else ""
        stands = (
            _("{beds} {beds:bed is|beds are} there already").format(beds=there)
            if there
            else ""
        )
        return " · ".join(filter(None, (said, stands))) or _("What will be built")

    def _fit(self) -> None:
        """Give the lines the room they need, up to some; then they scroll."""
        self._list.activate()
        high = self._inner.sizeHint().height()
        self._area.setMinimumHeight(min(high, theme.px(LEAST)))
        self._area.setMaximumHeight(min(high, theme.px(LINES)))

    def _arrange(self) -> None:
        theme.mark(self.summary, "heading")
        self.picture.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.picture.setMinimumHeight(theme.px(PICTURE))
        self._list.setContentsMargins(0, 0, theme.px(6), 0)
        self._list.setSpacing(theme.px(8))
        self._list.addWidget(headings())
        self._list.addStretch()
        self._inner.setLayout(self._list)
        self._inner.installEventFilter(self)
        foot = QHBoxLayout()
        foot.addWidget(self.summary, 1)
        foot.addWidget(self.more)
        self.body.addWidget(self._area)
        self.body.addLayout(foot)
        self.body.addWidget(self.picture, 1)


def _sizes(planned: list[NewRooms]) -> tuple[int, int]:
    rooms = sum(len(line.rooms) for line in planned)
    return rooms, sum(line.beds for line in planned)
