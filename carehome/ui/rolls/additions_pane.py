"""The fourth step: the beds that the home lacks, and doubtful grades."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from carehome.i18n import _
from carehome.rules.roll import GradeWord
from carehome.services.beds import NewBed
from carehome.services.rolls import CheckedRoll
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Card
from carehome.ui.kit.choice import Choice
from carehome.ui.kit.elided import Elided
from carehome.ui.kit.page import scrolling
from carehome.ui.parts.care import Lists
from carehome.ui.rolls.draft import Draft, Room, by_room

GAPS = (16, 6)  # pixels between the columns and between the lines of a grid


class RoomList(QWidget):
    """The rooms with beds to make; `classed` carries a room and its beds' class."""

    classed = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self.choices: dict[Room, Choice] = {}
        self._grid = _grid(self)
        self._grid.setColumnStretch(1, 1)

    def show_rooms(self, rooms: dict[Room, list[NewBed]], lists: Lists) -> None:
        """List the rooms, each with its beds and their class."""
        _clear(self._grid)
        self.choices = {}
        several = len({building for building, _room in rooms}) > 1
        for row, (room, beds) in enumerate(rooms.items()):
            building, name = room
            place = QLabel(f"{building} {name}" if several else name)
            theme.mark(place, "strong")
            labels = _(", ").join(bed.label for bed in beds)
            words = _("{count} {count:bed|beds}: {labels}").format(
                count=len(beds), labels=labels
            )
            those = Elided(words)
            theme.mark(those, "note")
            choice = Choice()
            choice.set_choices(lists.classes)
            choice.set_code(beds[0].bed_class)
            choice.setMinimumWidth(theme.px(150))
            choice.setAccessibleName(_("Class of the beds in {room}").format(room=name))
            choice.chosen.connect(partial(self._class, room))
            for column, widget in enumerate((place, those, choice)):
                self._grid.addWidget(widget, row, column)
            self.choices[room] = choice
        self._grid.setRowStretch(len(rooms), 1)

    def class_all(self, bed_class: str) -> None:
        """Give the beds of all rooms one class."""
        for choice in self.choices.values():
            choice.set_code(bed_class)

    def _class(self, room: Room) -> None:
        self.classed.emit(room, self.choices[room].code())


class GradeList(QWidget):
    """The words of the roll for grades that are not sure, and what each may mean."""

    graded = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.choices: dict[str, Choice] = {}
        self._grid = _grid(self)
        self._grid.setColumnStretch(1, 1)

    def show_words(
        self, words: Iterable[GradeWord], told: dict[str, str], lists: Lists
    ) -> None:
        """List the words, each with the grade it was taken for."""
        _clear(self._grid)
        self.choices = {}
        for row, word in enumerate(words):
            name = QLabel(_("“{word}”").format(word=word.word))
            theme.mark(name, "strong")
            count = Elided(_("{count} {count:row|rows}").format(count=word.count))
            theme.mark(count, "note")
            choice = Choice()
            choice.set_choices(lists.grades, _("Set it later"))
            choice.set_code(told.get(word.word, word.grade))
            choice.setMinimumWidth(theme.px(150))
            choice.setAccessibleName(
                _("What “{word}” means here").format(word=word.word)
            )
            choice.chosen.connect(partial(self._grade, word.word))
            for column, widget in enumerate((name, count, choice)):
                self._grid.addWidget(widget, row, column)
            self.choices[word.word] = choice
        self._grid.setRowStretch(self._grid.rowCount(), 1)

    def _grade(self, word: str) -> None:
        self.graded.emit(word, self.choices[word].code() or "")


class AdditionsPane(QWidget):
    """Says what reading the roll in will do, and asks what the roll leaves open."""

    classed = Signal(object, str)
    graded = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.summary = QLabel()
        self.rooms, self.grades = RoomList(), GradeList()
        self.all_class = Choice()
        self.set_all = button(_("Set for all rooms"), kind="small")
        self.error = QLabel()
        self.summary.setWordWrap(True)
        self.error.setWordWrap(True)
        self.error.hide()
        theme.mark(self.summary, "strong")
        theme.mark(self.error, "banner")
        self._beds = Card(_("Beds that the home does not have yet"))
        self._no_beds = _note(_("The home has all beds that the roll names."))
        self._all = QWidget()
        row = QHBoxLayout(self._all)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(_note(_("They are made together with the reading.")), 1)
        row.addWidget(self.set_all)
        row.addWidget(self.all_class)
        self._beds.add(self._all)
        self._beds.add(self._no_beds)
        self._beds.body.addWidget(scrolling(self.rooms), 1)
        self._words = Card(_("Nursing grades to confirm"))
        self._known = _note("")
        self._words.body.addWidget(scrolling(self.grades), 1)
        self._words.add(self._known)
        cards = QHBoxLayout()
        cards.setSpacing(theme.px(12))
        cards.addWidget(self._beds, 5)
        cards.addWidget(self._words, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addWidget(self.summary)
        column.addWidget(self.error)
        column.addLayout(cards, 1)

        self.set_all.clicked.connect(
            lambda: self.rooms.class_all(self.all_class.code())
        )
        self.rooms.classed.connect(self.classed)
        self.grades.graded.connect(self.graded)

    def show_additions(self, checked: CheckedRoll, draft: Draft, lists: Lists) -> None:
        """Show what the home lacks and what is unsure, with what was chosen before."""
        rooms = by_room(draft.beds(checked))
        self.summary.setText(_summary(checked, len(rooms)))
        self.all_class.set_choices(lists.classes)
        self.all_class.set_code(next(iter(lists.classes), None))
        self._all.setVisible(bool(rooms))
        self._no_beds.setVisible(not rooms)
        self.rooms.show_rooms(rooms, lists)
        words = checked.roll.grade_words
        unsure = [word for word in words if not word.is_sure]
        self.grades.show_words(unsure, draft.grades, lists)
        self._known.setText(_known([word for word in words if word.is_sure], lists))

    def tell(self, text: str) -> None:
        """Say why the roll was not read in; an empty text takes it away."""
        self.error.setText(text)
        self.error.setVisible(bool(text))

    def focus(self) -> None:
        """Put the cursor on the first thing to choose."""
        choices = [*self.rooms.choices.values(), *self.grades.choices.values()]
        (choices[0] if choices else self).setFocus()


def _summary(checked: CheckedRoll, rooms: int) -> str:
    facts = {
        "people": len(checked.roll.good),
        "left": len(checked.roll.rejected),
        "beds": len(checked.new_beds),
        "rooms": rooms,
    }
    said = [_("Read in: {people} {people:resident|residents}")]
    if rooms:
        said.append(_("new: {beds} {beds:bed|beds} in {rooms} {rooms:room|rooms}"))
    if facts["left"]:
        said.append(_("left out: {left} {left:row|rows}"))
    return _("; ").join(text.format(**facts) for text in said)


def _known(words: Iterable[GradeWord], lists: Lists) -> str:
    """List what was understood by itself."""
    pair = _("“{word}” is {grade}")
    pairs = [
        pair.format(word=word.word, grade=lists.grades.get(word.grade or "", ""))
        for word in words
    ]
    if not pairs:
        return ""
    return _("Understood: {words}.").format(words=_(", ").join(pairs))


def _grid(parent: QWidget) -> QGridLayout:
    grid = QGridLayout(parent)
    grid.setContentsMargins(0, 0, theme.px(8), 0)
    grid.setHorizontalSpacing(theme.px(GAPS[0]))
    grid.setVerticalSpacing(theme.px(GAPS[1]))
    return grid


def _clear(grid: QGridLayout) -> None:
    while item := grid.takeAt(0):
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()


def _note(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    theme.mark(label, "note")
    return label
