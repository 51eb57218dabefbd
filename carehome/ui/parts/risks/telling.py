"""Noting that risks were explained and signed for, ending measures, the home's list."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from carehome.i18n import _
from carehome.rules.days import Sense
from carehome.rules.home import NameMissing
from carehome.rules.residents import NotComeYet, check_happened
from carehome.rules.risks import RISK_NAMES, Risk
from carehome.rules.risks.judging import (
    EndedTooEarly,
    NotFinished,
    NotTold,
    SignedTooEarly,
    ToldTooEarly,
)
from carehome.services.residents.papers import (
    PaperEmpty,
    PaperKept,
    PaperTooBig,
    PaperUnknown,
)
from carehome.services.risks import MeasureLine, Risks, RiskState
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import NoteField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.scan_field import ScanField

Today = Callable[[], date]


def ask_told(
    risks: Risks, state: RiskState, by: str, jobs: Jobs, today: Today, parent: QWidget
) -> DeedDialog:
    """Ask to whom the risks and measures were explained."""
    form = Form()
    hint = _("The resident, or the agent: {names}").format(
        names=_(", ").join(state.contacts) or _("nobody is written down")
    )
    told_to = TextField(_("Explained to"), hint=hint, most=40)
    form.add("told_to", told_to, blame=(NameMissing,))
    form.add("told_by", TextField(_("Explained by"), most=40))
    blame = (NotComeYet, NotFinished, NotTold, ToldTooEarly, SignedTooEarly)
    form.add("day", _past(_("Explained on"), today()), blame=blame)
    telling = state.telling
    form.set_values(
        {
            "told_to": telling.told_to or next(iter(state.contacts), ""),
            "told_by": telling.told_by or by,
            "day": telling.told_on or today(),
        }
    )

    def deed(values: dict[str, Any]) -> "partial[None]":
        told = (values["told_to"], values["told_by"], values["day"])
        return partial(risks.note_told, state.assessment_id, *told)

    title = _("{name}: risks explained").format(name=state.resident)
    draft = f"risks-told:{state.assessment_id}"
    return _opened(title, form, _("Record"), jobs, deed, parent, draft)


def ask_signed(
    risks: Risks, state: RiskState, jobs: Jobs, today: Today, parent: QWidget
) -> DeedDialog:
    """Ask who signed the notice, and for the scan of it."""
    form = Form()
    form.add("signer", TextField(_("Who signed"), most=40), blame=(NameMissing,))
    blame = (NotComeYet, NotTold, SignedTooEarly)
    form.add("day", _past(_("Signature on"), today()), blame=blame)
    hint = _("The signed sheet as PDF, JPG or PNG; it can be added later.")
    damage = (PaperEmpty, PaperKept, PaperTooBig, PaperUnknown)
    form.add("scan", ScanField(_("Scan"), hint=hint), blame=damage)
    telling = state.telling
    form.set_values(
        {
            "signer": telling.signer or telling.told_to,
            "day": telling.signed_on or telling.told_on or today(),
        }
    )

    def deed(values: dict[str, Any]) -> "partial[None]":
        path = Path(values["scan"]) if values["scan"] else None
        told = (values["signer"], values["day"], path)
        return partial(risks.note_signed, state.assessment_id, *told)

    title = _("{name}: notice of risks signed").format(name=state.resident)
    draft = f"risks-signed:{state.assessment_id}"
    return _opened(title, form, _("Record"), jobs, deed, parent, draft)


def ask_end(
    risks: Risks, line: MeasureLine, jobs: Jobs, today: Today, parent: QWidget
) -> DeedDialog:
    """Ask from which day on a measure holds no longer."""
    form = Form()
    hint = _("“{measure}” holds no longer from that day on.").format(measure=line.text)
    check = partial(check_happened, today=today())
    day = DateField(_("Ends on"), today(), check=check, sense=Sense.PAST, hint=hint)
    form.add("day", day, blame=(NotComeYet, EndedTooEarly))
    form.set_values({"day": today()})

    def deed(values: dict[str, Any]) -> "partial[None]":
        return partial(risks.end_measure, line.measure_id, values["day"])

    draft = f"risk-measure:{line.measure_id}"
    return _opened(_("End a measure"), form, _("End"), jobs, deed, parent, draft)


def ask_suggestions(
    risks: Risks,
    suggestions: Mapping[Risk, tuple[str, ...]],
    risk: Risk,
    jobs: Jobs,
    parent: QWidget,
) -> DeedDialog:
    """Ask which measures the home offers against a risk, one a line."""
    form = Form()
    hint = _("One measure a line. Empty: the measures that came with the form.")
    form.add("texts", NoteField(_("Measures"), hint=hint, lines=9))
    form.set_values({"texts": "\n".join(suggestions[risk])})

    def deed(values: dict[str, Any]) -> "partial[None]":
        texts = (values["texts"] or "").splitlines()
        return partial(risks.change_suggestions, risk, texts)

    title = _("Measures against: {risk}").format(risk=_(RISK_NAMES[risk]))
    draft = f"risk-measures:{risk}"
    return _opened(title, form, _("Save"), jobs, deed, parent, draft)


def _past(name: str, now: date) -> DateField:
    check = partial(check_happened, today=now)
    return DateField(name, now, check=check, sense=Sense.PAST)


def _opened(
    title: str,
    form: Form,
    do: str,
    jobs: Jobs,
    deed: Callable[[dict[str, Any]], "partial[Any]"],
    parent: QWidget,
    draft: str,
) -> DeedDialog:
    dialog = DeedDialog(title, form, do, jobs, deed, parent, draft)
    dialog.open()
    return dialog
