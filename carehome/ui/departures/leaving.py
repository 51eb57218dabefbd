"""The first two steps of a departure: the order for it, and the real leaving."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from carehome.i18n import _, say_day
from carehome.rules.days import Sense
from carehome.rules.departures import (
    KIND_NAMES,
    Death,
    DeathMissing,
    Departure,
    DiedLater,
    NoSuchTime,
    ReasonMissing,
    Step,
    check_time,
)
from carehome.rules.residents import NotComeYet, NotHere, check_happened
from carehome.rules.rights import Right
from carehome.services.departures import Departures, Order
from carehome.services.residents.stays import BillStands, LaterFacts
from carehome.ui.departures.chain import Loaded
from carehome.ui.departures.step import FormStep
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import NoteField, TextField
from carehome.ui.kit.pick import PickField


class OrderStep(FormStep):
    """Why somebody is to leave, who asked for it, and when; the bed stays theirs."""

    STEP = Step.ORDER
    RIGHT = Right.CHANGE_RESIDENTS

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        kinds = {kind.value: _(name) for kind, name in KIND_NAMES.items()}
        self.kind = self.form.add(
            "kind", PickField(_("Kind of departure"), kinds), wide=True
        )
        day = DateField(_("Planned departure"), today(), needed=False, sense=Sense.NEAR)
        self.planned = self.form.add("planned_on", day)
        asked = TextField(_("Asked for by"), needed=False, most=60)
        self.asked_by = self.form.add("asked_by", asked)
        reason = NoteField(_("Reason"), lines=2)
        self.why = self.form.add("reason", reason, wide=True, blame=(ReasonMissing,))
        hint = _("The bed is theirs until they have really left.")
        self.hint = QLabel(hint)
        theme.mark(self.hint, "note")
        self.body.addWidget(self.form)
        self.body.addWidget(self.hint)
        self.body.addStretch()

    def show_loaded(self, loaded: Loaded) -> None:
        state = loaded.state
        self.form.set_values(
            {
                "kind": state.line.kind.value if state else None,
                "planned_on": state.line.planned_on if state else None,
                "asked_by": state.asked_by if state else loaded.contact,
                "reason": state.reason if state else None,
            }
        )

    def deed(self, departures: Departures) -> "partial[Any]":
        values = self.form.values()
        order = Order(
            Departure(values["kind"]),
            values["planned_on"],
            values["asked_by"] or "",
            values["reason"] or "",
        )
        return partial(departures.order, order=order)


class LeaveStep(FormStep):
    """The day on which somebody really left; of the dead, when and where they died."""

    STEP = Step.LEAVE
    RIGHT = Right.CHANGE_RESIDENTS

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self._is_death = False
        # without a year the nearest day: one ahead is refused, not read as last year
        day = DateField(
            _("Left for good on"), today(), check=self._check_day, sense=Sense.NEAR
        )
        blame = (NotComeYet, NotHere, LaterFacts, BillStands)
        self.day = self.form.add("day", day, blame=blame)
        died = DateField(_("Died on"), today(), check=self._check_day, sense=Sense.NEAR)
        self.died = self.form.add("died_on", died, blame=(DeathMissing, DiedLater))
        time = TextField(
            _("Time of death"), needed=False, hint=_("As 06:30"), check=check_time
        )
        self.time = self.form.add("time", time, blame=(NoSuchTime,))
        self.where = self.form.add(
            "where", TextField(_("Place of death"), needed=False, most=100)
        )
        self.certificate = self.form.add(
            "certificate", TextField(_("Number of the death certificate"), needed=False)
        )
        self.points = QLabel()
        self.undo = button(_("They have not left after all"), "undo", kind="small")
        self.points.setWordWrap(True)
        theme.mark(self.points, "banner_info")
        self.body.addWidget(self.form)
        self.body.addWidget(self.points)
        self.body.addWidget(self.undo, alignment=Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch()

    def show_loaded(self, loaded: Loaded) -> None:
        state = loaded.state
        assert state
        left_on, death = state.line.left_on, state.death
        self._is_death = state.line.kind is Departure.DEATH
        for name in ("died_on", "time", "where", "certificate"):
            self.form.show_field(name, self._is_death)
        self.died.set_needed(self._is_death)
        planned = state.line.planned_on
        offered = planned if planned and planned <= self._today() else None
        self.form.set_values(
            {
                "day": left_on or offered,
                "died_on": death.died_on if death else None,
                "time": death.time if death else None,
                "where": death.where if death else None,
                "certificate": death.certificate if death else None,
            }
        )
        self.undo.setVisible(left_on is not None and not state.has_final_bill)
        if left_on is not None:
            text = _("{name} left on {day}.")
            told = text.format(name=loaded.name, day=say_day(left_on))
        else:
            told = _(
                "Bed {bed} is cleaned from that day on and can be given to somebody "
                "else; that day is not charged any more."
            ).format(bed=loaded.bed or _("(none)"))
        self.points.setText(told)

    def deed(self, departures: Departures) -> "partial[Any]":
        values = self.form.values()
        death = None
        if self._is_death:
            death = Death(
                values["died_on"],
                values["time"] or "",
                values["where"] or "",
                values["certificate"] or "",
            )
        return partial(departures.leave, day=values["day"], death=death)

    def _check_day(self, day: date) -> None:
        check_happened(day, self._today())
