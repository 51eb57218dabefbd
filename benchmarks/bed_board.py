"""The board of 1,000 beds: painting, scrolling, looking for some, carrying somebody.

Painting is measured against bare rectangles with as many words, all else against one
such painting of what a screen shows: what waits for a frame waits for that anyway.
"""

import os
from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import cycle
from types import SimpleNamespace
from typing import Any, cast

from benchmarks.rounds import in_turn, say

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from carehome import i18n
from carehome.rules.beds import BedState
from carehome.rules.rights import Role, User
from carehome.services.beds import Board, BoardBed, BoardFloor, BoardRoom, Holder
from carehome.services.beds.board import counts_of
from carehome.ui.beds.board import BedBoard
from carehome.ui.beds.desk import BedDesk
from carehome.ui.beds.house import House
from carehome.ui.beds.wanted import Census
from carehome.ui.kit import theme
from carehome.ui.kit.jobs import Jobs

FLOORS, ROOMS, BEDS = 25, 10, 4
WIDE, SCREEN = 1150, 640
DAY = date(2026, 11, 21)
LEFT = Qt.MouseButton.LeftButton
MOST = 8  # bare screens: well within the 50 ms that a screen may stand still


class Bare(QWidget):
    """Paints nothing but the rectangles and the words that the board shows."""

    def __init__(self, board: BedBoard, house: House) -> None:
        super().__init__()
        self._ground = theme.colour("a2")
        self._font = theme.font(13)
        boxes = ((board.cell(s.bed.bed_id), s.bed.label) for s in house.spots())
        seen = board.viewport().rect()
        self.cells = [(box, label) for box, label in boxes if box.intersects(seen)]
        self.resize(board.size())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        left = Qt.AlignmentFlag.AlignVCenter
        right = left | Qt.AlignmentFlag.AlignRight
        for box, label in self.cells:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._ground)
            painter.drawRoundedRect(QRectF(box), 4, 4)
            painter.setPen(Qt.GlobalColor.black)
            painter.drawText(box, left, f"{label} resident")
            painter.drawText(box, right, "moderate")


def main() -> None:
    """Measure the whole board at once, and what a person does with a screenful."""
    i18n.use()
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.use(app)
    house = House(_board())
    _whole(app, house)
    _screen(app, house)


def _whole(app: QApplication, house: House) -> None:
    board = BedBoard(carrying=True)
    board.show_house(house)
    board.resize(WIDE, 14 * SCREEN)
    board.show()
    app.processEvents()
    bare = Bare(board, house)
    beds = FLOORS * ROOMS * BEDS
    assert len(bare.cells) == beds, "every bed must be in sight"
    bare.show()
    app.processEvents()
    whole, floor = in_turn(15, board.viewport().repaint, bare.repaint)
    say(f"board of {beds} beds, all painted at once", whole, floor, "at most 3")
    board.close()
    bare.close()


def _screen(app: QApplication, house: House) -> None:
    census = Census(house)
    services: Any = SimpleNamespace()  # nothing is asked of them here
    user = User(1, "director", Role.DIRECTOR)
    desk = BedDesk(services, services, user, Jobs(app), lambda: DAY)
    desk.resize(WIDE, SCREEN)
    desk.show()
    desk.show_house(house, census)
    app.processEvents()
    bare = Bare(desk.board, house)
    bare.show()
    app.processEvents()
    for name, deed in _deeds(desk, house, census).items():
        taken, floor = in_turn(16, deed, bare.repaint)
        app.processEvents()
        say(f"  {name}", taken, floor, f"at most {MOST}")


def _deeds(
    desk: BedDesk, house: House, census: Census
) -> dict[str, Callable[[], object]]:
    """Return what a person does; each ends with what is seen then."""
    board = desk.board
    view, bar = board.viewport(), board.verticalScrollBar()
    heights = cycle(range(0, bar.maximum(), 97))
    floors = cycle((3, 17, 9, None))
    places = cycle(QPoint(x, SCREEN // 3) for x in range(130, WIDE - 40, 37))
    free = desk.filters.groups["states"]["free"]
    severe = desk.filters.groups["abilities"]["3"]

    def then_seen(deed: Callable[[], object]) -> Callable[[], None]:
        def do() -> None:
            deed()
            view.repaint()

        return do

    def hover() -> None:
        QTest.mouseMove(view, next(places))

    return {
        "one screen": view.repaint,
        "scrolling": then_seen(lambda: bar.setValue(next(heights))),
        "another floor": then_seen(lambda: desk.filters.floor.set_code(next(floors))),
        "free beds, all beds": then_seen(free.click),
        "severe disability, all": then_seen(severe.click),
        "typing": then_seen(partial(_type, desk, cycle(("12", "")))),
        "hovering": then_seen(hover),
        "another bed": then_seen(partial(_walk, board, cycle((9, 700)))),
        "carrying": then_seen(partial(_carry, board, places)),
        "all anew after a move": then_seen(partial(desk.show_house, house, census)),
    }


def _type(desk: BedDesk, words: Any) -> None:
    desk.look_for(cast(str, next(words)))


def _walk(board: BedBoard, beds: Any) -> None:
    board.select(cast(int, next(beds)))


def _carry(board: BedBoard, places: Any) -> None:
    """Carry somebody on; they are taken up at the first call."""
    view = board.viewport()
    if board.cursor().shape() is not Qt.CursorShape.ClosedHandCursor:
        board.select(6)
        QTest.mousePress(view, LEFT, pos=board.cell(6).center())
    QTest.mouseMove(view, next(places))


def _board() -> Board:
    """Build a big home, nine in ten beds held, some away, some with dementia."""
    floors = tuple(_floor(number) for number in range(FLOORS))
    return Board(DAY, floors, counts_of(_beds(floors)))


def _beds(floors: tuple[BoardFloor, ...]) -> list[BoardBed]:
    return [bed for floor in floors for room in floor.rooms for bed in room.beds]


def _floor(number: int) -> BoardFloor:
    rooms = tuple(_room(number * ROOMS + at) for at in range(ROOMS))
    counts = counts_of(bed for room in rooms for bed in room.beds)
    return BoardFloor(number, 1, "1", f"{number}", number, "", "", rooms, counts)


def _room(number: int) -> BoardRoom:
    beds = tuple(_bed(number * BEDS + at, at + 1) for at in range(BEDS))
    return BoardRoom(number, f"{number}", "any", beds)


def _bed(number: int, label: int) -> BoardBed:
    state = BedState.KEPT if number % 10 == 1 else BedState.OCCUPIED
    held = None if number % 10 == 0 else _holder(number, state)
    if held is None:
        state = BedState.FREE
    name = f"{number}"
    return BoardBed(number + 1, f"{label}", name, "B", "double", False, state, "", held)


def _holder(number: int, state: BedState) -> Holder:
    away = "hospital" if state is BedState.KEPT else ""
    name, ability, demented = f"resident {number}", number % 5, number % 7 == 0
    return Holder(
        number, number, name, "female", 80, ability, demented, away, False, DAY, None
    )
