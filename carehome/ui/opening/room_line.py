"""One line of the plan: a floor, its rooms by range, how many beds of which class."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from carehome.i18n import _
from carehome.rules import beds as rules
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import icon_button
from carehome.ui.kit.field import Check, Field
from carehome.ui.kit.fields import CheckField, ChoiceField, NumberField, TextField
from carehome.ui.opening.building import NewRooms

BUILDING, FLOOR, EACH, CLASS, NURSING, REMOVE = 104, 80, 72, 128, 88, 28
LEAST_ROOMS = 150


class RoomLine(QWidget):
    """Takes rooms that are alike; the floor and the class are guessed until typed.

    `entered` goes out on Enter behind the last field, `finished` on Enter where no
    rooms are typed, `removed` when the line shall go.
    """

    changed = Signal()
    entered = Signal()
    finished = Signal()
    removed = Signal()

    def __init__(self, classes: Mapping[str, str], check_rooms: Check) -> None:
        super().__init__()
        self._classes = classes
        self.floor_typed = self.class_chosen = False
        self.building = TextField(_("Building"))
        self.floor = TextField(_("Floor"))
        self.rooms = TextField(_("Rooms"), check=check_rooms, most=200)
        self.each = NumberField(_("Beds each"), check=rules.check_beds_each)
        self.bed_class = ChoiceField(_("Bed class"), classes)
        self.nursing = CheckField(_("Nursing bed"), "")
        self.fields: dict[str, Field[Any]] = {
            "building": self.building,
            "floor": self.floor,
            "rooms": self.rooms,
            "each": self.each,
            "bed_class": self.bed_class,
            "nursing": self.nursing,
        }
        self.remove = icon_button("remove", _("Remove this line"), self.removed.emit)
        self.rooms.input.setPlaceholderText(_("Such as 301-312"))
        self.error = QLabel()
        self.error.hide()
        theme.mark(self.error, "error")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(3))
        column.addLayout(row_of(list(self.fields.values()), self.remove))
        column.addWidget(self.error)

        self.floor.input.textEdited.connect(self._type_floor)
        self.bed_class.input.activated.connect(self._choose_class)
        self.rooms.changed.connect(self._guess_floor)
        self.each.changed.connect(self._guess_class)
        for field in self.fields.values():
            field.changed.connect(self.changed)
            field.judged.connect(self._tell)
            field.message.setFixedHeight(0)  # told below the line: fields are narrow
        for field in (self.building, self.floor, self.each, self.bed_class):
            field.entered.connect(field.focusNextChild)
        self.rooms.entered.connect(self._enter_rooms)
        self.nursing.entered.connect(self.entered)

    @property
    def is_empty(self) -> bool:
        """Say whether no rooms are typed: then the line does not count."""
        return not self.rooms.typed()

    def problem(self) -> str:
        """Say what is wrong with the line; empty when it can be built or is empty."""
        if self.is_empty:
            return ""
        found = (field.problem() for field in self._by_weight())
        return next(filter(None, found), "")

    def focus_wrong(self) -> None:
        """Put the cursor into the first field that is wrong."""
        for field in self._by_weight():
            if field.problem():
                field.focus()
                return

    def show_problems(self) -> None:
        """Say beside each field what is wrong with it."""
        for field in self.fields.values():
            field.set_error("" if self.is_empty else field.problem())

    def judge_again(self) -> None:
        """Let go of a clash that another line has solved, or tell a new one."""
        left = not self.is_empty and not self.rooms.input.hasFocus()
        if self.rooms.error or left:
            self.rooms.set_error(self.rooms.problem())

    def value(self) -> NewRooms | None:
        """Return the rooms of a line without a problem; None while it is empty."""
        if self.is_empty:
            return None
        each = self.each.value()
        assert each is not None, "a line without a problem is filled"
        return NewRooms(
            self.building.typed(),
            self.floor.typed(),
            self.rooms_typed(),
            each,
            self.bed_class.value() or "",
            bool(self.nursing.value()),
        )

    def rooms_typed(self) -> tuple[str, ...]:
        """Return the rooms typed here as far as they are understood."""
        return _understood(self.rooms.typed())

    def typed(self) -> dict[str, Any]:
        """Return what stands in the line, right or wrong."""
        raw = {name: field.raw() for name, field in self.fields.items()}
        guessed = {"floor_typed": self.floor_typed, "class_chosen": self.class_chosen}
        return raw | guessed

    def type_again(self, draft: Mapping[str, Any]) -> None:
        """Put back what `typed` returned."""
        self.floor_typed = bool(draft.get("floor_typed"))
        self.class_chosen = bool(draft.get("class_chosen"))
        for name, field in self.fields.items():
            field.set_raw(draft.get(name))

    def follow(self, other: "RoomLine") -> None:
        """Begin like the line above: the next floor is often the same."""
        self.building.set_value(other.building.typed())
        self.each.set_value(other.each.value())
        self.bed_class.set_value(other.bed_class.value())
        self.nursing.set_value(other.nursing.value())
        self.class_chosen = other.class_chosen

    def focus(self) -> None:
        """Put the cursor into the first field that a person fills."""
        (self.rooms if self.building.typed() else self.building).focus()

    def _tell(self) -> None:
        """Say below the line what is wrong in it."""
        errors = (field.error for field in self._by_weight())
        text = next(filter(None, errors), "")
        self.error.setText(text)
        self.error.setVisible(bool(text))

    def _by_weight(self) -> list[Field[Any]]:
        """Return the fields, the rooms first: the floor follows from them."""
        return sorted(self.fields.values(), key=lambda field: field is not self.rooms)

    def _enter_rooms(self) -> None:
        """Go along the line; where no rooms are typed there is nothing to add."""
        if self.is_empty:
            self.finished.emit()
        else:
            self.rooms.focusNextChild()

    def _type_floor(self, text: str) -> None:
        self.floor_typed = bool(text.strip())

    def _choose_class(self) -> None:
        self.class_chosen = True

    def _guess_floor(self) -> None:
        rooms = self.rooms_typed()
        if rooms and not self.floor_typed:
            level = rules.level_of(rooms[0])
            self.floor.set_value(_("Floor {level}").format(level=level))

    def _guess_class(self) -> None:
        beds = self.each.value()
        if beds and not self.class_chosen:
            likely = rules.likely_class(beds)
            self.bed_class.set_value(likely if likely in self._classes else None)


@lru_cache  # each line asks all others at every key
def _understood(typed: str) -> tuple[str, ...]:
    try:
        return tuple(rules.rooms_of(typed)) if typed else ()
    except (rules.BadRange, rules.TooMany):
        return ()


def headings() -> QWidget:
    """Return the titles over the fields of the lines."""
    titles = (
        _("Building"),
        _("Floor"),
        _("Rooms"),
        _("Beds each"),
        _("Bed class"),
        _("Nursing bed"),
    )
    labels = [QLabel(title) for title in titles]
    for label in labels:
        theme.mark(label, "note")
    labels[3].setAlignment(Qt.AlignmentFlag.AlignRight)
    head = QWidget()
    head.setLayout(row_of(labels, QLabel()))
    return head


def row_of(parts: Sequence[QWidget], last: QWidget) -> QHBoxLayout:
    """Lay the parts of a line out so that those of all lines stand in columns."""
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(8))
    top = Qt.AlignmentFlag.AlignTop
    widths = (BUILDING, FLOOR, 0, EACH, CLASS, NURSING)
    for part, width in zip(parts, widths, strict=True):
        if width:
            part.setFixedWidth(theme.px(width))
        else:
            part.setMinimumWidth(theme.px(LEAST_ROOMS))
        row.addWidget(part, 0 if width else 1, top)
    last.setFixedWidth(theme.px(REMOVE))
    row.addWidget(last, 0, top)
    return row
