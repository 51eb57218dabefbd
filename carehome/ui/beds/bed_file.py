"""The file of one bed: what it is, whose, what can be done with it, who had it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from carehome.i18n import N_, _, show_day
from carehome.rules.beds import BedState
from carehome.rules.residents import LIVES_HERE
from carehome.rules.rights import Right, User
from carehome.services.beds import Beds, Holder, UseLine
from carehome.services.residents import ResidentLine
from carehome.ui.beds import faces
from carehome.ui.beds.house import EMPTY, HELD, House, Spot
from carehome.ui.kit import icons, table, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Fact, FactGrid
from carehome.ui.kit.chips import Tag
from carehome.ui.kit.flow import Flow
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.page import scrolling
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts import ability

RESERVED = frozenset({BedState.RESERVED})


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that can be done with a bed in one of some states, by who may."""

    name: str
    title: str
    icon: str
    right: Right
    states: frozenset[BedState]


MOVE, FILL, RESIDENT, RESERVE, RELEASE, CLEAN, CLOSE, READY = DEEDS = (
    Deed("move", N_("Move to another bed"), "move", Right.ASSIGN_BEDS, HELD),
    Deed("fill", N_("Move somebody here"), "move", Right.ASSIGN_BEDS, EMPTY | RESERVED),
    Deed(
        "resident",
        N_("The resident's file"),
        "person",
        Right.SEE_RESIDENTS,
        HELD | RESERVED,
    ),
    Deed("reserve", N_("Reserve"), "calendar", Right.ASSIGN_BEDS, EMPTY),
    Deed("release", N_("Release reservation"), "undo", Right.ASSIGN_BEDS, RESERVED),
    Deed(
        "clean",
        N_("Send to cleaning"),
        "refresh",
        Right.CHANGE_BEDS,
        RESERVED | {BedState.FREE},
    ),
    Deed(
        "close",
        N_("Take out of service"),
        "remove",
        Right.CHANGE_BEDS,
        EMPTY | RESERVED,
    ),
    Deed(
        "ready",
        N_("Ready again"),
        "check",
        Right.CHANGE_BEDS,
        frozenset({BedState.CLEANING, BedState.OUT_OF_SERVICE}),
    ),
)


class BedFile(QWidget):
    """Shows one bed and offers what the person may do with it.

    `asked` carries a Deed and the Spot it is wanted for, `resident_wanted` the id of
    somebody in the history.
    """

    asked = Signal(object, object)
    resident_wanted = Signal(int)

    def __init__(self, beds: Beds, user: User, jobs: Jobs) -> None:
        super().__init__()
        self.spot: Spot | None = None
        self._beds = beds
        self._user = user
        self._jobs = jobs
        self.state = Tag("")
        self.place = QLabel()
        self.person = _Person()
        self.deeds = {deed: button(_(deed.title), deed.icon) for deed in DEEDS}
        self.history = TableView(
            TableModel(_HISTORY, key=lambda line: line.use_id),
            "beds.history",
            N_("Who had the bed"),
        )
        self._room_for_deeds = QWidget()
        self._row = Flow(self._room_for_deeds)
        self._past = QWidget()

        self._arrange()
        for deed, press in self.deeds.items():
            press.clicked.connect(partial(self._ask, deed))
        self.deeds[MOVE].setToolTip(_("Move to another bed (M on the board)"))
        self.history.opened.connect(
            lambda line: self.resident_wanted.emit(line.resident_id)
        )

    def show_bed(self, spot: Spot, house: House) -> None:
        """Show a bed as the board has it, and read its history."""
        self.spot = spot
        line = _line(spot.bed.holder, house)
        self.state.setText(faces.state_word(spot.bed))
        self.state.set_tone(faces.state_tone(spot.bed))
        self.place.setText(_place(spot, house))
        self.person.show_holder(spot.bed.holder, line)
        self._offer([deed for deed in DEEDS if self._applies(deed, line)])
        if self._user.may(Right.SEE_RESIDENTS):
            self._jobs.run_last(
                self, self._show_history, self._beds.history, spot.bed.bed_id
            )

    def _applies(self, deed: Deed, line: ResidentLine | None) -> bool:
        assert self.spot
        state = self.spot.bed.state
        if not self._user.may(deed.right) or state not in deed.states:
            return False
        if deed is FILL and state is BedState.RESERVED:  # others are admitted first
            return line is not None and line.status in LIVES_HERE
        return True

    def _offer(self, deeds: Sequence[Deed]) -> None:
        """Lay out the buttons that apply, the most likely one first and strongest."""
        for press in self.deeds.values():
            self._row.removeWidget(press)
            press.hide()
        for at, deed in enumerate(deeds):
            press = self.deeds[deed]
            theme.mark(press, "primary" if at == 0 else "")
            press.setIcon(icons.icon(deed.icon, "ink_2" if at else "brand_ink"))
            self._row.addWidget(press)
            press.show()

    def _show_history(self, lines: list[UseLine]) -> None:
        self.history.table.set_rows(lines)

    def _ask(self, deed: Deed) -> None:
        self.asked.emit(deed, self.spot)

    def _arrange(self) -> None:
        self.place.setWordWrap(True)
        theme.mark(self.place, "note")
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(self.state, alignment=Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.place, 1)
        title = QLabel(_("Who had this bed"))
        theme.mark(title, "heading")
        self.history.set_empty(_("Nobody has had this bed yet."))
        past = QVBoxLayout(self._past)
        past.setContentsMargins(0, theme.px(4), 0, 0)
        past.addWidget(title)
        past.addWidget(self.history, 1)
        inner = QWidget()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(inner))
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addLayout(head)
        column.addWidget(self.person)
        column.addWidget(self._room_for_deeds)
        column.addWidget(self._past, 1)
        self._past.setVisible(self._user.may(Right.SEE_RESIDENTS))
        if self._past.isHidden():
            column.addStretch(1)


class _Person(QWidget):
    """Who has the bed, or whom it is promised to."""

    def __init__(self) -> None:
        super().__init__()
        self.name = QLabel()
        self.ability = Tag("")
        self.dementia = Tag(_("Dementia"), "warn")
        self.facts = FactGrid()
        theme.mark(self.name, "title")
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        for widget in (self.name, self.ability, self.dementia):
            head.addWidget(widget, alignment=Qt.AlignmentFlag.AlignVCenter)
        head.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(head)
        column.addWidget(self.facts)

    def show_holder(self, held: Holder | None, line: ResidentLine | None) -> None:
        """Show somebody; nothing when the bed is nobody's or its people are hidden."""
        self.setVisible(bool(held and held.name))
        if held is None or not held.name:
            return
        self.name.setText(held.name)
        self.ability.setText(ability.word(held.ability_level))
        self.ability.set_tone(ability.tone(held.ability_level))
        self.dementia.setVisible(held.has_dementia)
        self.facts.show_facts(_facts(held, line))


def _facts(held: Holder, line: ResidentLine | None) -> list[Fact]:
    facts = [Fact(_("Sex and age"), faces.sex_and_age(held))]
    if line and line.grade_label:
        facts.append(Fact(_("Nursing grade"), line.grade_label))
    if line and line.admitted_on and not held.is_reserved:
        facts.append(Fact(_("Admitted on"), show_day(line.admitted_on)))
    since = _("Reserved from") if held.is_reserved else _("In this bed since")
    facts.append(Fact(since, show_day(held.starts)))
    if held.ends:
        facts.append(Fact(_("Until"), show_day(held.ends)))
    return facts


def _line(held: Holder | None, house: House) -> ResidentLine | None:
    if held is None:
        return None
    lines = (x for x in house.people.lines if x.resident_id == held.resident_id)
    return next(lines, None)


def _place(spot: Spot, house: House) -> str:
    place, bed = house.place(spot.floor), spot.bed
    parts = (place, faces.kind_of(bed), faces.room_rule(spot.room), bed.note)
    return " · ".join(filter(None, parts))


_HISTORY: tuple[Column[UseLine], ...] = (
    Column[UseLine](N_("Resident"), lambda line: line.resident, stretch=True),
    table.day(N_("From"), lambda line: line.starts),
    table.day(N_("To"), lambda line: line.ends),
    Column[UseLine](
        N_("State"),
        lambda line: _("Reserved") if line.is_reserved else None,
        chip=lambda _line: "info",
    ),
)
