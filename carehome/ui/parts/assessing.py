"""What several screens do with assessments: services in one hand, papers, voiding."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from carehome.i18n import _
from carehome.rules.assessments import form_of
from carehome.rules.assessments.due import Due
from carehome.services.assessments import Assessments, VoidReasonMissing
from carehome.services.grades import Grades
from carehome.services.residents import Residents
from carehome.services.risks import Risks
from carehome.services.shifts import Shifts
from carehome.services.staff import Staff
from carehome.ui.kit import theme
from carehome.ui.kit.fields import NoteField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.exports import PaperDialog

DUE_TONES = {
    Due.OVERDUE: "bad",
    Due.NEVER: "bad",
    Due.FLAGGED: "bad",
    Due.TURNED_65: "warn",
    Due.SOON: "info",
    Due.FINE: "ok",
}


@dataclass(frozen=True, slots=True)
class AssessmentServices:
    """What one person can do with assessments."""

    assessments: Assessments
    residents: Residents
    grades: Grades
    staff: Staff
    risks: Risks
    shifts: Shifts


def print_form(
    assessments: Assessments, assessment_id: int, name: str, jobs: Jobs, parent: QWidget
) -> PaperDialog:
    """Show an assessment as it comes to paper."""
    file = _("Ability assessment {name}.pdf").format(name=name)
    dialog = PaperDialog(_("Ability assessment"), file, jobs, parent)
    dialog.draw(assessments.write_form, assessment_id)
    return dialog


def print_blank(
    assessments: Assessments, code: str, jobs: Jobs, parent: QWidget
) -> PaperDialog:
    """Show an empty form, to be filled in by hand."""
    standard = form_of(code).standard.replace("/", " ")
    file = _("Blank form {standard}.pdf").format(standard=standard)
    dialog = PaperDialog(_("Blank form"), file, jobs, parent)
    dialog.draw(assessments.write_blank, code)
    return dialog


def ask_void(
    assessments: Assessments,
    assessment_id: int,
    label: str,
    jobs: Jobs,
    parent: QWidget,
) -> DeedDialog:
    """Ask why an assessment shall not count any more."""
    form = Form()
    hint = _("It stays with the assessment, which keeps its number.")
    why = NoteField(_("Reason"), needed=True, hint=hint, lines=2)
    form.add("why", why, blame=(VoidReasonMissing,))

    def deed(values: dict[str, Any]) -> "partial[None]":
        return partial(assessments.void, assessment_id, values["why"])

    title = _("Void assessment {label}").format(label=label)
    draft = f"void-assessment:{assessment_id}"
    dialog = DeedDialog(title, form, _("Void"), jobs, deed, parent, draft)
    theme.mark(dialog.primary, "danger")
    dialog.open()
    return dialog
