from datetime import date

import pytest

from carehome.rules.risks import Answer, Level, Risk
from carehome.services.risks import Head, Risks
from tests import house
from tests.conftest import TODAY

LAST_YEAR = date(2025, 11, 21)


def all_none(**changed):
    """Answers that judge every risk to be none, but for those named."""
    answers = {risk: Answer(Level.NONE) for risk in Risk}
    answers |= {Risk(risk): answer for risk, answer in changed.items()}
    return answers


SHAKY = Answer(
    Level.MEDIUM, ("before", "dizzy"), "", ("穿防滑鞋", "起床有人搀扶"), "当班护理员"
)


@pytest.fixture
def risks(as_role):
    return as_role(Risks)


@pytest.fixture
def beds(db):
    return house.build(db)


@pytest.fixture
def wang(db, beds):
    return house.settle(db, "王秀英", beds["301-1"])


@pytest.fixture
def judge(risks):
    """Finish an assessment of somebody: judge(resident_id, fall=…)."""

    def finish(resident_id, day=TODAY, **changed):
        number = risks.begin(resident_id)
        risks.finish(number, Head(day, "李护士"), all_none(**changed))
        return number

    return finish
