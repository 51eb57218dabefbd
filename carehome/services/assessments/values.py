"""What is told of assessments: values that screens, papers and other subjects get."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from carehome.rules.assessments.answers import Signs, Value
from carehome.rules.assessments.difference import AnswerChange, FieldChange
from carehome.rules.assessments.due import Due
from carehome.rules.assessments.form import Form
from carehome.rules.assessments.judging import Judgement

DRAFT, FINISHED, VOID = "draft", "finished", "void"


@dataclass(frozen=True, slots=True)
class Head:
    """What an assessment says beside its answers.

    `relation` is a code of the form's own list. `decided_level` is what the two
    assessors decide, with a reason, where the standard does not speak of the case.
    """

    base_on: date
    reason: str
    reason_note: str = ""
    assessor_1: str = ""
    is_medical_1: bool = False
    assessor_2: str = ""
    is_medical_2: bool = False
    informant: str = ""
    relation: str = ""
    outside_body: str = ""
    consent_by: str = ""
    consent_on: date | None = None
    decided_level: int | None = None
    decided_why: str = ""


@dataclass(frozen=True, slots=True)
class AssessmentState:
    """One assessment whole: a draft as far as it is filled in, or a finished one.

    `carried` are the fields taken over from the last one, which want checking.
    `known` are the names of the resident and of the contacts. `obstacles` say why a
    draft cannot be finished yet.
    """

    assessment_id: int
    resident_id: int
    resident: str
    sex: str
    born: date | None
    bed: str
    form: Form
    status: str
    label: str
    head: Head
    answers: Mapping[str, Value]
    judgement: Judgement
    last: "AssessmentState | None"
    carried: frozenset[str]
    contact: str
    contact_phone: str
    known: tuple[str, ...]
    begun_by: str
    begun_at: datetime
    kept_by: str
    kept_at: datetime | None
    finished_by: str
    finished_at: datetime | None
    void_reason: str
    level: int | None
    level_name: str
    ability_level: int | None
    obstacles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AssessmentLine:
    """One assessment in a list; `total` is None where the form has none."""

    assessment_id: int
    resident_id: int
    label: str
    form: str
    standard: str
    status: str
    base_on: date
    reason: str
    total: int | None
    preliminary: int | None
    level: int | None
    level_name: str
    ability_level: int | None
    assessors: tuple[str, str]
    outside_body: str
    finished_at: datetime | None
    has_changes: bool
    void_reason: str


@dataclass(frozen=True, slots=True)
class DoneLine:
    """A finished or void assessment in the list over everybody."""

    assessment_id: int
    resident_id: int
    resident: str
    bed: str
    label: str
    status: str
    base_on: date
    reason: str
    standard: str
    total: int | None
    level_name: str
    ability_level: int | None
    assessors: tuple[str, str]


@dataclass(frozen=True, slots=True)
class LevelPoint:
    """The level from a day on, for a chart."""

    day: date
    ability_level: int
    level_name: str
    standard: str
    assessment_id: int


@dataclass(frozen=True, slots=True)
class GroupChange:
    """A group in two assessments: points, and the level where groups have one."""

    number: str
    name: str
    before: int
    after: int
    maximum: int
    before_level: int | None
    after_level: int | None


@dataclass(frozen=True, slots=True)
class Difference:
    """Two assessments side by side; across forms only what both of them ask."""

    before: AssessmentLine
    after: AssessmentLine
    is_same_form: bool
    groups: tuple[GroupChange, ...]
    items: tuple[AnswerChange, ...]
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class DueLine:
    """How the assessment of one resident stands; `why` is what a flag says."""

    resident_id: int
    resident: str
    bed: str
    floor: str
    due: Due
    due_on: date
    last_on: date | None
    level_name: str
    level: int | None
    why: str
    draft_id: int | None
    flag_id: int | None


@dataclass(frozen=True, slots=True)
class DraftLine:
    """An assessment that is not finished, and how far it is."""

    assessment_id: int
    resident_id: int
    resident: str
    bed: str
    standard: str
    base_on: date
    answered: int
    items: int
    kept_by: str
    kept_at: datetime


@dataclass(frozen=True, slots=True)
class Flag:
    """Somebody saw a marked change; open until an assessment answers it."""

    flag_id: int
    day: date
    reason: str
    raised_by: str
    is_open: bool
    dropped_why: str = ""


@dataclass(frozen=True, slots=True)
class AssessmentRules:
    """How the home assesses: with which form, how often, and whether reasons add up."""

    form: str
    months: int
    adds_up: bool


@dataclass(frozen=True, slots=True)
class Assessed:
    """The finished assessment that holds for somebody, for other subjects."""

    assessment_id: int
    base_on: date
    form: Form
    answers: Mapping[str, Value]
    level: int | None
    level_name: str
    ability_level: int | None
    signs: Signs
