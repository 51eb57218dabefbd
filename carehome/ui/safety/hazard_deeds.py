"""The dialogs of hazards: entering, planning, putting right, re-checking, closing."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from carehome.i18n import N_, _
from carehome.rules.safety.hazards import Hazard, HazardRules
from carehome.services.safety.hazards import Hazards
from carehome.ui.kit.fields import NoteField
from carehome.ui.kit.forms import Form
from carehome.ui.parts.deeds import DeedDialog, let_scroll
from carehome.ui.parts.hand import Hand
from carehome.ui.safety.hazard_forms import (
    Asked,
    LimitsForm,
    NewForm,
    PlanForm,
    RectifyForm,
    checking,
)

_TITLES = {
    "plan": N_("Measure, person and deadline of {number}"),
    "rectify": N_("Report {number} as put right"),
    "check": N_("Re-check {number}"),
    "back": N_("Send {number} back"),
    "close": N_("Close {number}"),
}


class NewHazardDialog(DeedDialog):
    """Enters a hazard; `answered` goes out with its id."""

    def __init__(self, asked: Asked, hand: Hand, parent: QWidget) -> None:
        form = NewForm(asked, hand.jobs)
        enter = hand.service(Hazards).open
        super().__init__(
            _("Enter a hazard"),
            form,
            _("Enter it"),
            hand.jobs,
            lambda values: partial(enter, form.hazard(values), values["photos"]),
            parent,
            "hazard-new",
        )
        let_scroll(self)


class LimitsDialog(DeedDialog):
    """Sets how long hazards may stand."""

    def __init__(self, rules: HazardRules, hand: Hand, parent: QWidget) -> None:
        put = hand.service(Hazards).set_rules
        super().__init__(
            _("Deadlines of hazards"),
            LimitsForm(rules),
            _("Save"),
            hand.jobs,
            lambda values: partial(put, HazardRules(**values)),
            parent,
            "hazard-limits",
        )


class HazardDialog(DeedDialog):
    """One step on the way of a hazard."""

    def __init__(
        self,
        step: str,
        hazard: Hazard,
        form: Form,
        do: str,
        deed: Any,
        hand: Hand,
        parent: QWidget,
    ) -> None:
        title = _(_TITLES[step]).format(number=hazard.number)
        name = f"hazard-{step}:{hazard.hazard_id}"
        super().__init__(title, form, do, hand.jobs, deed, parent, name)
        let_scroll(self)


def plan(hazard: Hazard, asked: Asked, hand: Hand, parent: QWidget) -> HazardDialog:
    """Ask for measure, person and deadline."""
    form, put = PlanForm(hazard, asked), hand.service(Hazards).plan

    def deed(values: dict[str, Any]) -> "partial[Any]":
        reason = values["reason"] or ""
        return partial(put, hazard.hazard_id, form.plan(values), reason)

    return HazardDialog("plan", hazard, form, _("Save"), deed, hand, parent)


def rectify(hazard: Hazard, hand: Hand, parent: QWidget) -> HazardDialog:
    """Ask how it was put right."""
    form = RectifyForm(hazard, hand.clock().astimezone(), hand.jobs)
    report = hand.service(Hazards).rectify

    def deed(values: dict[str, Any]) -> "partial[Any]":
        done = values["what"], values["who"], form.at(values), values["photos"]
        return partial(report, hazard.hazard_id, *done, values.get("why_none") or "")

    return HazardDialog("rectify", hazard, form, _("Report it"), deed, hand, parent)


def pass_check(hazard: Hazard, hand: Hand, parent: QWidget) -> HazardDialog:
    """Ask what a re-check showed that went well."""
    form = checking(_("What you saw"), hand.jobs, needed=False)
    confirm = hand.service(Hazards).pass_check

    def deed(values: dict[str, Any]) -> "partial[Any]":
        note, photos = values["note"] or "", values["photos"]
        return partial(confirm, hazard.hazard_id, note, photos)

    do = _("It is put right")
    return HazardDialog("check", hazard, form, do, deed, hand, parent)


def send_back(hazard: Hazard, hand: Hand, parent: QWidget) -> HazardDialog:
    """Ask what is still wrong."""
    form = checking(_("What is still wrong"), hand.jobs, needed=True)
    put = hand.service(Hazards).send_back

    def deed(values: dict[str, Any]) -> "partial[Any]":
        return partial(put, hazard.hazard_id, values["note"], values["photos"])

    return HazardDialog("back", hazard, form, _("Send it back"), deed, hand, parent)


def close(hazard: Hazard, hand: Hand, parent: QWidget) -> HazardDialog:
    """Ask for a last word before a hazard is struck off."""
    form, end = Form(), hand.service(Hazards).close
    hint = _("After this nothing about this hazard can be changed.")
    form.add("note", NoteField(_("Note"), lines=2, hint=hint))

    def deed(values: dict[str, Any]) -> "partial[Any]":
        return partial(end, hazard.hazard_id, values["note"] or "")

    do = _("Close and strike off")
    return HazardDialog("close", hazard, form, do, deed, hand, parent)
