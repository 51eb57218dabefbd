"""The line above board and list: how many beds are what, and which are looked for."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from carehome.i18n import N_, _
from carehome.rules.residents import SEX_NAMES
from carehome.services.beds import Counts
from carehome.ui.beds.house import House, Wanted
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.choice import Choice

STATE_NAMES = {
    "": N_("All {count}"),
    "residents": N_("Occupied {count}"),
    "free": N_("Free {count}"),
    "reserved": N_("Reserved {count}"),
    "away": N_("Away {count}"),
    "cleaning": N_("Cleaning {count}"),
    "out_of_service": N_("Out of service {count}"),
}
ALWAYS = frozenset({"", "residents", "free"})


class Filters(QWidget):
    """Counts that are pressed to look for those beds, and choices to narrow more."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.states: dict[str, QPushButton] = {}
        self.floor = _choice(_("Floor"))
        self.bed_class = _choice(_("Class"))
        self.sex = _choice(_("Sex"))
        self._words = ""
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        for state in STATE_NAMES:
            chip = button("", kind="small")
            chip.setCheckable(True)
            self.states[state] = chip
            self._group.addButton(chip)
            row.addWidget(chip)
        self.states[""].setChecked(True)
        row.addStretch(2)
        for choice in (self.floor, self.bed_class, self.sex):
            row.addWidget(choice, 1)
        sexes = {code: _(name) for code, name in SEX_NAMES.items()}
        self.sex.set_choices({None: _("Sex"), **sexes})

        self._group.buttonToggled.connect(self._toggled)
        for choice in (self.floor, self.bed_class, self.sex):
            choice.chosen.connect(self.changed)

    def show_house(self, house: House, with_people: bool) -> None:
        """Count anew and offer the floors and classes that there are."""
        board = house.board
        for state, chip in self.states.items():
            count = _count(board.counts, state)
            chip.setText(_(STATE_NAMES[state]).format(count=count))
            chip.setVisible(bool(count) or state in ALWAYS or chip.isChecked())
        floors = {floor.floor_id: house.floor_name(floor) for floor in board.floors}
        used = {spot.bed.bed_class: spot.bed.class_label for spot in house.spots()}
        self.floor.set_choices({None: _("Floor"), **floors})
        self.bed_class.set_choices({None: _("Class"), **used})
        self.floor.setVisible(len(floors) > 1)
        self.bed_class.setVisible(len(used) > 1)
        self.sex.setVisible(with_people)

    def wanted(self) -> Wanted:
        """Return which beds are looked for."""
        pressed = next(s for s, chip in self.states.items() if chip.isChecked())
        return Wanted(
            pressed,
            self.floor.code(),
            self.sex.code(),
            self.bed_class.code(),
            self._words,
        )

    def set_words(self, words: str) -> None:
        """Look for names, spellings or beds as well."""
        self._words = words
        self.changed.emit()

    def clear(self) -> None:
        """Look for all beds again."""
        self.blockSignals(True)
        self._words = ""
        self.states[""].setChecked(True)
        for choice in (self.floor, self.bed_class, self.sex):
            choice.set_code(None)
        self.blockSignals(False)
        self.changed.emit()

    def _toggled(self, _chip: QPushButton, pressed: bool) -> None:
        if pressed:
            self.changed.emit()


def _choice(name: str) -> Choice:
    choice = Choice()
    choice.setAccessibleName(name)
    choice.setMinimumContentsLength(3)
    choice.setMaximumWidth(theme.px(132))
    choice.setFixedHeight(theme.px(30))
    return choice


def _count(counts: Counts, state: str) -> int:
    return counts.beds if not state else int(getattr(counts, state))
