"""The yearly training: which subjects, how many hours, and who has had them.

No law known to us names hours; those that the program brings are our own and the
home's to change.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.rulepacks import Standing


class NobodyTrained(Refusal):
    """A training has people."""

    text = N_("Choose who takes part in the training.")


class NoTime(Refusal):
    """A training takes time."""

    text = N_("Enter how long the training takes.")


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject of training; `is_for_care` is only for front-line care."""

    subject_id: int
    name: str
    minutes_needed: int = 0
    is_for_care: bool = False
    source: str = ""
    standing: Standing = "ours"
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class Training:
    """A training held or planned for `people`; one that `takes_day` leaves no shift."""

    subject_id: int
    day: date
    minutes: int
    people: tuple[int, ...]
    takes_day: bool = False
    title: str = ""
    teacher: str = ""
    place: str = ""
    note: str = ""
    training_id: int = 0


@dataclass(frozen=True, slots=True)
class Trainee:
    """Somebody whom the matrix has a row for."""

    staff_id: int
    name: str
    post: str
    is_care: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """What somebody has had of a subject in a year, and what is needed."""

    minutes: int
    needed: int

    @property
    def is_enough(self) -> bool:
        """Say whether nothing is missing."""
        return self.minutes >= self.needed


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One person's training of a year; None where a subject is not for them."""

    trainee: Trainee
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The training of a year: subjects by people."""

    year: int
    subjects: tuple[Subject, ...]
    rows: tuple[MatrixRow, ...]


def check(training: Training) -> None:
    """Raise a Refusal for a training of nobody or of no time."""
    if training.minutes <= 0:
        raise NoTime
    if not training.people:
        raise NobodyTrained


def minutes_had(
    trainings: Iterable[Training], until: date
) -> dict[tuple[int, int], int]:
    """Return the minutes by person and subject that were held by `until`."""
    had: dict[tuple[int, int], int] = {}
    for training in trainings:
        if training.day <= until:
            for staff_id in training.people:
                key = staff_id, training.subject_id
                had[key] = had.get(key, 0) + training.minutes
    return had


def matrix(
    year: int,
    subjects: Sequence[Subject],
    people: Iterable[Trainee],
    had: Mapping[tuple[int, int], int],
) -> Matrix:
    """Hold what people have had against what they need."""
    return Matrix(
        year,
        tuple(subjects),
        tuple(
            MatrixRow(person, tuple(_cell(person, each, had) for each in subjects))
            for person in people
        ),
    )


def _cell(
    person: Trainee, subject: Subject, had: Mapping[tuple[int, int], int]
) -> Cell | None:
    minutes = had.get((person.staff_id, subject.subject_id), 0)
    if subject.is_for_care and not person.is_care:
        return Cell(minutes, 0) if minutes else None
    return Cell(minutes, subject.minutes_needed)
