"""The third step of an admission: a day to move in, and a bed that is free then."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from carehome.i18n import N_, _, say_day
from carehome.rules.beds import GENDER_RULE_NAMES, label_key
from carehome.rules.rights import Right, User
from carehome.services.admissions import Admissions, AdmissionState, Step
from carehome.services.beds import Beds, FreeBed, MovePreview
from carehome.services.prices import Prices
from carehome.services.residents.stays import LivesHere, StaysOverlap
from carehome.ui.admissions.step import StepView
from carehome.ui.kit import table, theme
from carehome.ui.kit.chips import Tag
from carehome.ui.kit.choice import Choice
from carehome.ui.kit.days import DateField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.kit.tick import Tick
from carehome.ui.parts.care import Lists


@dataclass(frozen=True, slots=True)
class Offer:
    """A free bed and what it costs a month, None where that is not told."""

    bed: FreeBed
    fen: int | None


@dataclass(frozen=True, slots=True)
class Offers:
    """The free beds of a day."""

    day: date
    beds: tuple[Offer, ...]


OFFERS: tuple[Column[Offer], ...] = (
    Column(
        N_("Bed"), lambda o: o.bed.bed, bold=True, order=lambda o: label_key(o.bed.bed)
    ),
    Column(N_("Floor"), lambda o: o.bed.floor),
    Column(N_("Bed class"), lambda o: o.bed.class_label),
    Column(
        N_("Who may live there"),
        lambda o: _(GENDER_RULE_NAMES[o.bed.gender_rule]),
    ),
    Column(
        N_("Nursing bed"), lambda o: _("Nursing bed") if o.bed.is_nursing_bed else None
    ),
    Column(
        N_("State"),
        lambda o: None if o.bed.is_clean else _("Cleaning"),
        chip=lambda _o: "warn",
        stretch=True,
    ),
    table.money(N_("A month"), lambda o: o.fen),
)


class BedStep(StepView):
    """When somebody moves in and where; the bed is kept free for two weeks."""

    STEP = Step.BED

    def __init__(
        self,
        beds: Beds,
        prices: Prices,
        jobs: Jobs,
        user: User,
        today: Callable[[], date],
    ) -> None:
        super().__init__()
        self._beds = beds
        self._prices = prices if user.may(Right.SEE_FEES) else None
        self._jobs = jobs
        self._today = today
        self._state: AdmissionState | None = None
        self._offers = Offers(date.min, ())
        self._wanted: int | None = None
        self.form = Form(columns=2)
        day = DateField(_("Day of admission"), today())
        self.day = self.form.add("planned_on", day, blame=(StaysOverlap, LivesHere))
        self.held = QLabel()
        self.classes, self.floors = Choice(), Choice()
        self.fitting = Tick("")
        self.offers = TableView(
            TableModel(OFFERS, lambda offer: offer.bed.bed_id),
            "admissions.beds",
            N_("Free beds"),
        )
        self._concerns = QVBoxLayout()
        theme.mark(self.held, "banner_ok")
        self.fitting.setChecked(True)

        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.form, 3)
        row.addWidget(self.classes, 1)
        row.addWidget(self.floors, 1)
        row.addWidget(self.fitting)
        self._concerns.setSpacing(theme.px(4))
        self.body.addLayout(row)
        self.body.addWidget(self.held)
        self.body.addWidget(self.offers, 1)
        self.body.addLayout(self._concerns)

        self.day.changed.connect(self._read)
        for choice in (self.classes, self.floors):
            choice.chosen.connect(self._narrow)
        self.fitting.toggled.connect(self._narrow)
        self.offers.picked.connect(self._pick)
        self.offers.opened.connect(lambda _offer: self.entered.emit())
        self.form.submitted.connect(lambda _values: self._go_on())
        self.form.changed.connect(self.changed)

    def show_state(self, state: AdmissionState | None, lists: Lists) -> None:
        assert state
        assert state.person
        self._state = state
        self._wanted = state.bed_id
        sex = {"male": _("For men"), "female": _("For women")}[state.person.sex]
        self.fitting.setText(sex)
        self.day.set_value(state.planned_on or self._today())
        self.held.setVisible(bool(state.bed))
        if state.reserved_until:
            told = _("Bed {bed} is kept for {name} until {day}.")
            until = say_day(state.reserved_until)
            name = state.person.name
            self.held.setText(told.format(bed=state.bed, name=name, day=until))
        self._offers = Offers(date.min, ())
        self._read()

    def typed(self) -> dict[str, Any]:
        return {**self.form.typed(), "bed_id": self._wanted}

    def type_again(self, draft: Mapping[str, Any]) -> None:
        self.form.type_again(draft)
        self._wanted = draft.get("bed_id", self._wanted)
        self._narrow()

    def tell(self, error: Exception) -> bool:
        return self.form.tell(error)

    def reason(self) -> str:
        if reason := self.form.reason():
            return reason
        return "" if self._wanted else _("Choose a bed.")

    def check(self) -> bool:
        if self.form.reason():
            self.form.submit()
        return not self.reason()

    def deed(self, admissions: Admissions) -> "partial[Any]":
        bed_id, day = self._wanted, self.day.value()
        assert bed_id is not None, "a bed is chosen before it is stored"
        assert day is not None, "a day is typed before it is stored"
        return partial(admissions.choose_bed, bed_id=bed_id, planned_on=day)

    def focus(self) -> None:
        self.form.focus()

    def _go_on(self) -> None:
        """Enter in the day: to the beds, or on once one is chosen."""
        if self._wanted is None:
            self.offers.setFocus()
        else:
            self.entered.emit()

    def _read(self) -> None:
        """Read which beds are free once a day is typed."""
        day = self.day.value()
        if day is not None and day != self._offers.day:
            self._offers = Offers(day, ())
            read = (_read_offers, self._beds, self._prices, day)
            self._jobs.run_last(self, self._show_offers, *read)

    def _show_offers(self, offers: Offers) -> None:
        self._offers = offers
        classes = {o.bed.bed_class: o.bed.class_label for o in offers.beds}
        floors = {o.bed.floor_id: o.bed.floor for o in offers.beds}
        self.classes.set_choices({None: _("Bed class"), **classes})
        self.floors.set_choices({None: _("Floor"), **floors})
        self._narrow()

    def _narrow(self) -> None:
        """Show the beds that fit what is chosen."""
        if self._state is None or self._state.person is None:
            return
        bed_class, floor_id = self.classes.code(), self.floors.code()
        sexes = {"any", self._state.person.sex}
        shown = [
            offer
            for offer in self._offers.beds
            if bed_class in (None, offer.bed.bed_class)
            and floor_id in (None, offer.bed.floor_id)
            and (not self.fitting.isChecked() or offer.bed.gender_rule in sexes)
        ]
        self.offers.table.set_rows(shown)
        self.offers.set_empty(_("No suitable bed is free from that day on."))
        if self._wanted is not None:
            self.offers.select(self._wanted)

    def _pick(self, offer: Offer | None) -> None:
        state, day = self._state, self.day.value()
        self._warn([])
        if offer is None or state is None or state.resident_id is None or day is None:
            return
        self._wanted = offer.bed.bed_id
        who, bed = state.resident_id, offer.bed.bed_id
        preview = self._beds.preview_move
        self._jobs.run_last(self, self._show_concerns, preview, who, bed, day)
        self.changed.emit()

    def _show_concerns(self, preview: MovePreview) -> None:
        obstacle = [preview.obstacle.message] if preview.obstacle else []
        self._warn([*obstacle, *(concern.message for concern in preview.concerns)])

    def _warn(self, texts: list[str]) -> None:
        while item := self._concerns.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for text in texts:
            left = Qt.AlignmentFlag.AlignLeft
            self._concerns.addWidget(Tag(text, "warn"), alignment=left)


def _read_offers(beds: Beds, prices: Prices | None, day: date) -> Offers:
    """Return the beds that are free from a day on, with that day's prices."""
    fees = _bed_fees(prices, day) if prices else {}
    free = beds.free(day)
    return Offers(day, tuple(Offer(bed, fees.get(bed.bed_class)) for bed in free))


def _bed_fees(prices: Prices, day: date) -> Mapping[str, int]:
    """Return what each bed class costs a month by the price list of a day."""
    sheets = [sheet for sheet in prices.sheets() if sheet.starts <= day]
    if not sheets:
        return {}
    listed = max(sheets, key=lambda sheet: sheet.starts)
    fen = {price.item_id: price.fen for price in listed.prices}
    return {
        item.applies_to: fen[item.item_id]
        for item in prices.items()
        if item.category == "bed" and item.applies_to and item.item_id in fen
    }
