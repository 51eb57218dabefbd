"""Assessments in the words of their paper."""

from sqlalchemy.orm import Session

from carehome.db.residents import ResidentRow
from carehome.i18n import _, show_day
from carehome.reports.assessments import AssessmentPaper
from carehome.reports.sheet import Letterhead
from carehome.rules.residents import SEX_NAMES, mask_identity
from carehome.services.assessments.values import DRAFT, AssessmentState
from carehome.services.home import profile_in


def head_in(session: Session) -> Letterhead:
    """Return the head of the paper."""
    home = profile_in(session)
    return Letterhead(home.name, home.address, home.phone, demo=home.is_practice)


def paper_of(session: Session, state: AssessmentState) -> AssessmentPaper:
    """Return an assessment as its paper says it; numbers of people are masked."""
    head = state.head
    resident = session.get_one(ResidentRow, state.resident_id)
    medical = _("{name} (medically trained)")
    assessors = [
        medical.format(name=name) if is_medical else name
        for name, is_medical in (
            (head.assessor_1, head.is_medical_1),
            (head.assessor_2, head.is_medical_2),
        )
        if name
    ]
    known = {
        "number": state.label,
        "base_on": show_day(head.base_on),
        "reason": head.reason,
        "name": state.resident,
        "sex": _(SEX_NAMES[state.sex]),
        "born": show_day(state.born) if state.born else "",
        "id_number": mask_identity(resident.id_number),
        "informant": head.informant,
        "relation": head.relation,
        "contact": state.contact,
        "contact_phone": state.contact_phone,
    }
    return AssessmentPaper(
        state.form,
        known,
        state.answers,
        state.judgement,
        state.level,
        assessors,
        head.outside_body,
        head.consent_by,
        head.consent_on,
        head.decided_why if head.decided_level is not None else "",
        state.void_reason,
        state.status == DRAFT,
    )
