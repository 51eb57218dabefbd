"""How the home assesses, as the director sets it."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QLabel, QWidget

from carehome.i18n import _
from carehome.rules.assessments import all_forms
from carehome.rules.settings import OutOfRange
from carehome.services.assessments import AssessmentRules, Assessments
from carehome.ui.kit import theme
from carehome.ui.kit.fields import CheckField, ChoiceField, NumberField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.parts.deeds import DeedDialog


def ask_rules(
    assessments: Assessments, found: AssessmentRules, jobs: Jobs, parent: QWidget
) -> DeedDialog:
    """Ask with which form, how often, and whether reasons add up."""
    form = Form()
    forms = {code: each.standard for code, each in all_forms().items()}
    form.add("form", ChoiceField(_("Assessment form"), forms))
    months = NumberField(_("Months between assessments"))
    form.add("months", months, blame=(OutOfRange,))
    words = _("A disorder and care-risk events together make two levels, not one")
    form.add("adds_up", CheckField(_("Change of level"), words))
    form.set_values(
        {"form": found.form, "months": found.months, "adds_up": found.adds_up}
    )

    def deed(values: dict[str, Any]) -> "partial[None]":
        return partial(assessments.set_rules, AssessmentRules(**values))

    title, do = _("How we assess"), _("Assess so from now on")
    dialog = DeedDialog(title, form, do, jobs, deed, parent, "assessment-rules")
    dialog.body.insertWidget(0, _sources())
    dialog.open()
    return dialog


def _sources() -> QLabel:
    """Say where the intervals of the forms are from, and how sure that is."""
    lines = [
        _("{standard}: {source}").format(
            standard=form.standard, source=form.months_source
        )
        for form in all_forms().values()
    ]
    lines.append(_("What was judged before stays as it was judged."))
    note = QLabel("\n".join(lines))
    note.setWordWrap(True)
    theme.mark(note, "hint")
    return note
