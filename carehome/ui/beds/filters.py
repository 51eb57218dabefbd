"""The chips above board and list: how many beds are what, and which are looked for."""

from collections.abc import Iterable, Mapping
from functools import partial

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from carehome.i18n import N_, _
from carehome.rules.residents import ABILITY_NAMES, SEX_NAMES
from carehome.ui.beds.house import House
from carehome.ui.beds.wanted import NOT_ASSESSED, SEXES, Census, Wanted
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.choice import Choice
from carehome.ui.kit.flow import Flow
from carehome.ui.parts import ability

ALL, NAMED = N_("All {count}"), N_("{name} {count}")
STATE_TEXTS = {
    "residents": N_("Occupied {count}"),
    "free": N_("Free {count}"),
    "reserved": N_("Reserved {count}"),
    "away": N_("Away {count}"),
    "cleaning": N_("Cleaning {count}"),
    "out_of_service": N_("Out of service {count}"),
}
ALWAYS = frozenset({"residents", "free"})
ABILITIES: dict[str, int | None] = {str(level): level for level in ABILITY_NAMES}
ABILITIES[NOT_ASSESSED] = None
GAP, HIGH, LONG = 5, 26, 8


class Filters(QWidget):
    """Counts that are pressed to look for those beds; several narrow more and more.

    Each tells how many beds one would see with it; the first one lets all be seen.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.all = _chip()
        self.floor = Choice()
        self.groups: dict[str, dict[str, Chip]] = {
            "states": {state: Chip(_(text)) for state, text in STATE_TEXTS.items()},
            "abilities": {
                code: Chip(_(NAMED), ability.word(level), ability.tone(level))
                for code, level in ABILITIES.items()
            },
            "sexes": {sex: Chip(_(NAMED), _(SEX_NAMES[sex])) for sex in SEXES},
            "classes": {},
        }
        self._beds = 0
        self._census = Census(House())
        self._words = ""
        self.floor.setAccessibleName(_("Floor"))
        self.floor.setMinimumContentsLength(LONG)
        self.floor.setFixedHeight(theme.px(HIGH))
        self.all.setToolTip(_("Look for all beds (Esc)"))
        self._arrange()

        self.all.clicked.connect(self.clear)
        self.floor.chosen.connect(self.changed)
        for chip in self._chips():
            chip.toggled.connect(self.changed)
        self.changed.connect(self._count)

    def show_house(self, house: House, census: Census, with_people: bool) -> None:
        """Count anew and offer the floors and classes that there are."""
        self._beds = house.board.counts.beds
        self._census = census
        floors = {f.floor_id: house.floor_name(f) for f in house.board.floors}
        self.floor.set_choices({None: _("All floors"), **floors})
        self.floor.setVisible(len(floors) > 1)
        self._offer_classes({s.bed.bed_class: s.bed.class_label for s in house.spots()})
        for group in ("abilities", "sexes"):
            for chip in self.groups[group].values():
                chip.is_told = with_people
        self._count()

    def wanted(self) -> Wanted:
        """Return which beds are looked for."""
        chosen = {group: _pressed(chips) for group, chips in self.groups.items()}
        return Wanted(**chosen, floor_id=self.floor.code(), words=self._words)

    def found(self) -> frozenset[int]:
        """Return the ids of the beds that are looked for."""
        return self._census.beds_of(self.wanted())

    @property
    def are_set(self) -> bool:
        """Say whether not all beds are looked for."""
        return self.wanted() != Wanted()

    def set_words(self, words: str) -> None:
        """Look for names, spellings or beds as well."""
        self._words = words
        self.changed.emit()

    def clear(self) -> None:
        """Look for all beds again."""
        self.blockSignals(True)
        self._words = ""
        self.floor.set_code(None)
        for chip in self._chips():
            chip.setChecked(False)
        self.blockSignals(False)
        self.changed.emit()

    def _chips(self) -> Iterable["Chip"]:
        return (chip for chips in self.groups.values() for chip in chips.values())

    def _count(self) -> None:
        """Tell on each chip how many beds one would see with it."""
        counts, of_all = self._census.count(self.wanted()), self._census.of_all
        for group, chips in self.groups.items():
            for code, chip in chips.items():
                most = of_all[group].get(code, 0)
                chip.tell(counts[group].get(code, 0), most, code in ALWAYS)
        self.all.setText(_(ALL).format(count=self._beds))
        self.all.setChecked(not self.are_set)

    def _offer_classes(self, classes: Mapping[str, str]) -> None:
        """Offer the classes in use; a home with one class needs no choice."""
        known = self.groups["classes"]
        if len(classes) < 2 or list(known) == list(classes):
            return
        for chip in known.values():
            chip.hide()
            self._line.removeWidget(chip)
            chip.deleteLater()
        self.groups["classes"] = made = {}
        for code, label in classes.items():
            made[code] = chip = Chip(_(NAMED), label)
            chip.toggled.connect(self.changed)
            self._line.addWidget(chip)

    def _arrange(self) -> None:
        """Two lines where there is room: what beds are, and who has them."""
        first, second = QWidget(), QWidget()
        self._line = Flow(second, GAP)
        states = Flow(first, GAP)
        states.addWidget(self.all)
        for chip in self.groups["states"].values():
            states.addWidget(chip)
        states.addWidget(self.floor)
        for group in ("abilities", "sexes"):
            for chip in self.groups[group].values():
                self._line.addWidget(chip)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(GAP))
        column.addWidget(first)
        column.addWidget(second)


class Chip(QPushButton):
    """A count that is pressed to look for what it counts; a tone shows its colour.

    Who may not know a count `is_told` nothing.
    """

    def __init__(self, text: str, name: str = "", tone: str = "") -> None:
        super().__init__()
        self.is_told = True
        self._say = partial(text.format, name=name)
        self.setCheckable(True)
        theme.mark(self, "small")
        if tone:
            self.setIcon(QIcon(_Swatch(tone)))
            self.setIconSize(QSize(theme.px(16), theme.px(12)))

    def tell(self, count: int, most: int, always: bool) -> None:
        """Show a count; there is room for the greatest, so that nothing jumps."""
        self.setText(self._say(count=most))
        self.setMinimumWidth(self.sizeHint().width())
        self.setText(self._say(count=count))
        is_there = most > 0 or always or self.isChecked()
        self.setVisible(self.is_told and is_there)


class _Swatch(QIconEngine):
    """A small field of a colour, as beds on the board have it."""

    def __init__(self, tone: str) -> None:
        super().__init__()
        self._tone = tone

    def paint(
        self, painter: QPainter, rect: QRect, _mode: QIcon.Mode, _state: QIcon.State
    ) -> None:
        side = rect.height()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour("edge"))
        tone = "quiet_soft" if self._tone == "quiet" else self._tone
        painter.setBrush(theme.colour(tone))
        box = QRectF(rect.left(), rect.top(), side, side).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, 3, 3)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _Swatch(self._tone)


def _chip() -> QPushButton:
    chip = button("", kind="small")
    chip.setCheckable(True)
    return chip


def _pressed(chips: Mapping[str, QPushButton]) -> frozenset[str]:
    return frozenset(code for code, chip in chips.items() if chip.isChecked())
