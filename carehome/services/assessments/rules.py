"""How the home assesses: its form, the months between, whether reasons add up."""

from sqlalchemy.orm import Session

from carehome.db.home import HomeRow
from carehome.rules.assessments import form_of
from carehome.rules.settings import check_assess_months
from carehome.services.assessments.values import AssessmentRules


def rules_in(session: Session) -> AssessmentRules:
    """Return how the home assesses."""
    home = session.get_one(HomeRow, 1)
    return AssessmentRules(home.assess_form, home.assess_months, home.assess_adds_up)


def set_rules_in(session: Session, rules: AssessmentRules) -> None:
    """Store how the home assesses from now on."""
    check_assess_months(rules.months)
    home = session.get_one(HomeRow, 1)
    home.assess_form = form_of(rules.form).code
    home.assess_months, home.assess_adds_up = rules.months, rules.adds_up
