"""Answers of an assessment: what may be answered, and what they tell in every form."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.assessments.form import (
    Answers,
    Field,
    FieldKind,
    Form,
    Item,
    Test,
    Value,
)

__all__ = ["Answers", "Score", "Signs", "Value", "check", "merge", "said", "signs_of"]

MOST_LETTERS = 500
DISORDERS = {"dementia": "21", "mental_disorder": "22"}  # as GB/T 42195 numbers them


class UnknownAnswer(Refusal):
    """The form has no such question."""

    text = N_("The form has no item {number}. Take this answer away.")


class PointsNotOffered(Refusal):
    """An item is answered with points that none of its options gives."""

    text = N_("{number} {item}: {points} points are not offered. Choose an option.")


class ChoiceNotOffered(Refusal):
    """A field is answered with something that it does not offer."""

    text = N_("{number} {item}: “{answer}” is not offered. Choose from the list.")


class NoneAndMore(Refusal):
    """It is said that nothing applies, and that something does."""

    text = N_("{number} {item}: “{none}” cannot be chosen together with others.")


class NotANumber(Refusal):
    """A number is expected."""

    text = N_("{number} {item}: “{answer}” is not a number. Type it in digits.")


class AnswerTooLong(Refusal):
    """More is written than the form has room for."""

    text = N_("{number} {item}: write at most {most} characters.")


class WrongKind(Refusal):
    """The answer is of another kind than the field."""

    text = N_("{number} {item}: this cannot be answered like that.")


def check(form: Form, answers: Answers) -> None:
    """Raise a Refusal that names the item unless the form offers every answer."""
    for number, value in answers.items():
        item, field = form.item(number), form.field(number)
        if item:
            _check_item(item, value)
        elif field and not field.filled_from:
            _check_field(field, value)
        else:
            raise UnknownAnswer(number=number)


def _check_item(item: Item, value: Value) -> None:
    if type(value) is not int or value not in {o.points for o in item.options}:
        raise PointsNotOffered(number=item.number, item=item.name, points=value)


def _check_field(field: Field, value: Value) -> None:
    about = {"number": field.number, "item": field.label}
    match field.kind, value:
        case FieldKind.TEXT, str():
            _check_length(field, value)
        case FieldKind.NUMBER, str():
            if not _is_number(value):
                raise NotANumber(answer=value, **about)
        case FieldKind.CHOICE, str():
            _check_codes(field, [value])
        case FieldKind.CHOICES, list():
            _check_codes(field, value)
            if field.none in value and len(value) > 1:
                raise NoneAndMore(none=field.label_of(field.none), **about)
        case FieldKind.ROWS, list():
            _check_rows(field, value)
        case _:
            raise WrongKind(**about)


def _check_length(field: Field, value: str) -> None:
    if len(value) > MOST_LETTERS:
        raise AnswerTooLong(number=field.number, item=field.label, most=MOST_LETTERS)


def _is_number(text: str) -> bool:
    try:
        return 0 < Decimal(text) < 1000
    except InvalidOperation:
        return False


def _check_codes(field: Field, codes: list[str] | list[dict[str, str]]) -> None:
    offered = {choice.code for choice in field.choices}
    for code in codes:
        if not isinstance(code, str) or code not in offered:
            raise ChoiceNotOffered(number=field.number, item=field.label, answer=code)


def _check_rows(field: Field, rows: list[str] | list[dict[str, str]]) -> None:
    columns = {column.code for column in field.columns}
    for row in rows:
        if not isinstance(row, dict) or not set(row) <= columns:
            raise WrongKind(number=field.number, item=field.label)
        for text in row.values():
            _check_length(field, text)


def merge(old: Answers, new: Mapping[str, Value | None]) -> dict[str, Value]:
    """Return the old answers with the new ones; None takes an answer away."""
    merged: dict[str, Value | None] = {**old, **new}
    return {number: value for number, value in merged.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Score:
    """The points of an answered item, and those of its best and worst option."""

    points: int
    best: int
    worst: int

    @property
    def needs_help(self) -> bool:
        """Say whether something is missing to the best."""
        return self.points != self.best

    @property
    def is_worst(self) -> bool:
        """Say whether there is no worse answer."""
        return self.points == self.worst


@dataclass(frozen=True, slots=True)
class Signs:
    """What answers tell, whatever the form; None and "" mean that nobody knows.

    Counts go up to 3, which stands for three and more. `diseases` are numbered as in
    GB/T 42195, A.4.1. `medicines` is how many are written down.
    """

    falls: int | None
    lost: int | None
    choking: int | None
    self_harm: int | None
    other_events: int | None
    pressure_sore: str
    tubes: frozenset[str]
    diseases: frozenset[str]
    coma: bool | None
    dementia: bool | None
    mental_disorder: bool | None
    swallowing_trouble: bool | None
    malnourished: bool | None
    pain: bool | None
    aggression: bool | None
    low_mood: bool | None
    lost_in_place: bool | None
    memory_trouble: bool | None
    poor_sight: bool | None
    incontinent: bool | None
    medicines: int | None
    scores: Mapping[str, Score]

    @property
    def events(self) -> int:
        """All care-risk events of the last 30 days that are known."""
        counts = (self.falls, self.lost, self.choking, self.self_harm)
        return sum(count or 0 for count in (*counts, self.other_events))


def signs_of(form: Form, answers: Answers) -> Signs:
    """Return what the answers tell, whatever the form."""
    places = form.signs

    def count(name: str) -> int | None:
        value = answers.get(places.counts.get(name, ""))
        return int(value) if isinstance(value, str) else None

    def codes(name: str) -> frozenset[str]:
        value = answers.get(places.codes.get(name, ""), [])
        listed = value if isinstance(value, list) else [value]
        return frozenset(str(code) for code in listed) - {"0"}

    def flag(name: str) -> bool | None:
        return said(places.flags.get(name, ()), answers)

    told = {code for name, code in DISORDERS.items() if flag(name)}
    sore = answers.get(places.codes.get("pressure_sore", ""), "")
    return Signs(
        falls=count("falls"),
        lost=count("lost"),
        choking=count("choking"),
        self_harm=count("self_harm"),
        other_events=count("other_events"),
        pressure_sore=str(sore),
        tubes=codes("tubes"),
        diseases=codes("diseases") | told,
        coma=flag("coma"),
        dementia=flag("dementia"),
        mental_disorder=flag("mental_disorder"),
        swallowing_trouble=flag("swallowing_trouble"),
        malnourished=flag("malnourished"),
        pain=flag("pain"),
        aggression=flag("aggression"),
        low_mood=flag("low_mood"),
        lost_in_place=flag("lost_in_place"),
        memory_trouble=flag("memory_trouble"),
        poor_sight=flag("poor_sight"),
        incontinent=flag("incontinent"),
        medicines=_listed(answers.get(places.codes.get("medicines", ""))),
        scores=_scores(form, answers),
    )


def said(tests: tuple[Test, ...], answers: Answers) -> bool | None:
    """Say whether one of the answers is among those named, None without answers."""
    known = [(answers[n], values) for n, values in tests if n in answers]
    if not known:
        return None
    return any(_hits(value, values) for value, values in known)


def _hits(value: Value, values: tuple[int | str, ...]) -> bool:
    if isinstance(value, list):
        return any(each in values for each in value if isinstance(each, str))
    return value in values


def _listed(value: Value | None) -> int | None:
    return len(value) if isinstance(value, list) else None


def _scores(form: Form, answers: Answers) -> dict[str, Score]:
    scores = {}
    for name, number in form.signs.scores.items():
        item, points = form.item(number), answers.get(number)
        if item and isinstance(points, int):
            scores[name] = Score(points, item.best, item.worst)
    return scores
