"""What the screens and papers get of risk assessments: plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from carehome.rules.risks import Answers, Due, Level, Opening, Risk, RiskForm


@dataclass(frozen=True, slots=True)
class Head:
    """Who assessed, and on which day."""

    day: date
    assessor: str = ""
    second_assessor: str = ""


@dataclass(frozen=True, slots=True)
class Telling:
    """To whom the risks were explained, by whom, when, and who signed for it."""

    told_on: date | None = None
    told_to: str = ""
    told_by: str = ""
    signed_on: date | None = None
    signer: str = ""
    paper_id: int | None = None


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """One measure that holds for a resident; the day `ends` is not part of it."""

    measure_id: int
    risk: Risk
    text: str
    responsible: str
    starts: date
    ends: date | None


@dataclass(frozen=True, slots=True)
class RiskState:
    """All of one assessment; what it opens is as known now, or when it was finished.

    `before` holds the levels of the last one, `suggested` the measures that the home
    suggests.
    """

    assessment_id: int
    resident_id: int
    resident: str
    bed: str
    sex: str
    born: date | None
    is_finished: bool
    form: RiskForm
    head: Head
    answers: Answers
    openings: Mapping[Risk, Opening]
    before_on: date | None
    before: Mapping[Risk, Level]
    suggested: Mapping[Risk, tuple[str, ...]]
    telling: Telling
    contacts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AssessmentLine:
    """One assessment, as the list of a resident shows it."""

    assessment_id: int
    day: date
    is_finished: bool
    assessors: tuple[str, ...]
    levels: Mapping[Risk, Level]
    telling: Telling


@dataclass(frozen=True, slots=True)
class ResidentRisks:
    """What is known of the risks of one resident; without `due` nothing is asked."""

    resident_id: int
    lines: tuple[AssessmentLine, ...]
    measures: tuple[MeasureLine, ...]
    due: Due | None
    draft_id: int | None


@dataclass(frozen=True, slots=True)
class DueLine:
    """Whose risks are to be assessed, why and by when."""

    resident_id: int
    resident: str
    bed: str
    is_here: bool
    due: Due
    last_on: date | None
    draft_id: int | None


@dataclass(frozen=True, slots=True)
class AtRiskLine:
    """Somebody who is at one risk, and what is done about it."""

    resident_id: int
    resident: str
    bed: str
    risk: Risk
    level: Level
    measures: tuple[str, ...]
    assessed_on: date
    told_on: date | None
    signed_on: date | None
