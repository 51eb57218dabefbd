"""Painting the board of 1,000 beds, against as many bare rectangles and words."""

import os
from datetime import date

from benchmarks.rounds import in_turn, say

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from carehome import i18n
from carehome.rules.beds import BedState
from carehome.services.beds import Board, BoardBed, BoardFloor, BoardRoom, Holder
from carehome.services.beds.board import counts_of
from carehome.ui.beds.board import BedBoard
from carehome.ui.beds.house import House
from carehome.ui.kit import theme

FLOORS, ROOMS, BEDS = 25, 10, 4
WIDE, SCREEN = 1150, 640
DAY = date(2026, 11, 21)


class Bare(QWidget):
    """Paints nothing but the rectangles and the words that the board shows."""

    def __init__(self, board: BedBoard, house: House) -> None:
        super().__init__()
        self._ground = theme.colour("a2")
        self._font = theme.font(13)
        self._cells = [
            (board.cell(spot.bed.bed_id), spot.bed.label) for spot in house.spots()
        ]
        self.resize(board.size())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        left = Qt.AlignmentFlag.AlignVCenter
        right = left | Qt.AlignmentFlag.AlignRight
        for box, label in self._cells:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._ground)
            painter.drawRoundedRect(QRectF(box), 4, 4)
            painter.setPen(Qt.GlobalColor.black)
            painter.drawText(box, left, f"{label} resident")
            painter.drawText(box, right, "moderate")


def main() -> None:
    """Measure the whole board at once, and the screenful of it that a person sees."""
    i18n.use()
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.use(app)
    house = House(_board())
    board = BedBoard(carrying=True)
    board.show_house(house)
    board.resize(WIDE, SCREEN)
    board.show()
    app.processEvents()
    screenful = in_turn(15, board.viewport().repaint)[0]

    board.resize(WIDE, 14 * SCREEN)
    app.processEvents()
    foot = max(board.cell(spot.bed.bed_id).bottom() for spot in house.spots())
    assert foot < board.height(), "every bed must be in sight"
    bare = Bare(board, house)
    bare.show()
    app.processEvents()
    whole, floor = in_turn(15, board.viewport().repaint, bare.repaint)
    beds = FLOORS * ROOMS * BEDS
    say(f"board of {beds} beds, all painted at once", whole, floor, "at most 3")
    print(f"board of {beds} beds, one screen: {screenful * 1000:.1f} ms (under 50)")


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
