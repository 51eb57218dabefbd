"""Asking whom to assess, with which form and why."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from carehome.i18n import _
from carehome.rules.days import Sense
from carehome.rules.residents import NotComeYet, Status, check_happened
from carehome.services.assessments import Assessments
from carehome.services.assessments.flags import FlagReasonMissing
from carehome.services.residents import Filters, ResidentIndex
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import ChoiceField, NoteField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.resident_field import ResidentField

PRESENT = frozenset(set(Status) - {Status.DISCHARGED})


def ask_whom(
    assessments: Assessments,
    index: ResidentIndex,
    forms: Mapping[str, str],
    chosen: str,
    jobs: Jobs,
    parent: QWidget,
) -> DeedDialog:
    """Ask whom to assess; the dialog answers with the number of the draft."""
    form = Form()
    who = ResidentField(_("Resident"), whom=Filters(statuses=PRESENT))
    who.set_index(index)
    form.add("who", who)
    form.add("form", ChoiceField(_("Form"), forms)).set_value(chosen)

    def deed(values: dict[str, Any]) -> "partial[int]":
        return partial(assessments.begin, values["who"], values["form"])

    title, do = _("Assess somebody"), _("Begin")
    dialog = DeedDialog(title, form, do, jobs, deed, parent, "assess")
    dialog.open()
    return dialog


def ask_change(
    assessments: Assessments,
    resident_id: int,
    name: str,
    today: Callable[[], date],
    jobs: Jobs,
    parent: QWidget,
) -> DeedDialog:
    """Ask what has changed in somebody, so that they are assessed at once."""
    form = Form()
    now = today()
    happened = partial(check_happened, today=now)
    day = DateField(_("Noticed on"), now, check=happened, sense=Sense.PAST)
    form.add("day", day, blame=(NotComeYet,)).set_value(now)
    hint = _("For example: came back from hospital, fell, hardly eats any more.")
    reason = NoteField(_("What has changed"), needed=True, hint=hint)
    form.add("reason", reason, blame=(FlagReasonMissing,))

    def deed(values: dict[str, Any]) -> "partial[int]":
        return partial(
            assessments.raise_flag, resident_id, values["day"], values["reason"]
        )

    title = _("{name}: something has changed").format(name=name)
    do, draft = _("Ask for an assessment"), f"flag:{resident_id}"
    dialog = DeedDialog(title, form, do, jobs, deed, parent, draft)
    dialog.open()
    return dialog
