"""The form of our own rules for trainings, reviews and reports of incidents."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QLabel

from carehome.i18n import _
from carehome.rules.safety.emergencies import GRADE_NAMES
from carehome.rules.safety.reporting import read_duties, say_duties
from carehome.services.safety.drill_rules import (
    DaysWrong,
    DrillRules,
    DrillSettings,
    MonthsWrong,
)
from carehome.ui.kit.fields import NoteField, NumberField
from carehome.ui.kit.forms import Form
from carehome.ui.parts.hand import Hand


def settings_form(rules: DrillRules) -> Form:
    """Return the form with the rules as they are."""
    form = Form(columns=2)
    months = NumberField(_("Months between two trainings"))
    form.add("training_months", months, blame=(MonthsWrong,))
    days = NumberField(_("Days of warning"))
    form.add("warn_days", days, blame=(DaysWrong,))
    form.add_heading(_("Whom an incident is reported to, by its grade"))
    source = QLabel(
        _(
            "Our own proposal: one hour, as order 493 asks of accidents at work. Put "
            "in what your district asks for. One office a line, the minutes behind it."
        )
    )
    source.setWordWrap(True)
    form.add_widget(source)
    for grade, name in GRADE_NAMES.items():
        note = NoteField(_(name), lines=3, check=read_duties)
        form.add(f"to_{grade}", note, wide=True)
    form.set_values(
        {"training_months": rules.training_months, "warn_days": rules.warn_days}
    )
    form.set_values({f"to_{grade}": say_duties(told) for grade, told in rules.duties})
    return form


def settings_deed(hand: Hand, values: dict[str, Any]) -> "partial[None]":
    """Return the deed that stores what stands in the form."""
    duties = tuple(
        (grade, read_duties(values[f"to_{grade}"] or "")) for grade in GRADE_NAMES
    )
    rules = DrillRules(values["training_months"], values["warn_days"], duties)
    return partial(hand.service(DrillSettings).set_rules, rules)
