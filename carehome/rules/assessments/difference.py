"""What has changed between two assessments, item by item."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from carehome.i18n import _
from carehome.rules.assessments.answers import Answers, Score, Value, signs_of
from carehome.rules.assessments.form import Field, FieldKind, Form, Item


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """An item in two assessments; `is_better` is None where nothing changed."""

    number: str
    name: str
    before: int | None
    after: int | None
    before_text: str
    after_text: str
    is_better: bool | None


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that says something else than before."""

    number: str
    label: str
    before_text: str
    after_text: str


def difference(form: Form, before: Answers, after: Answers) -> list[AnswerChange]:
    """Compare all items of two assessments made with the same form."""
    return [_item_change(item, before, after) for item in form.items]


def _item_change(item: Item, before: Answers, after: Answers) -> AnswerChange:
    old, new = _points(item, before), _points(item, after)
    order = [option.points for option in item.options]
    better = None
    if old is not None and new is not None and old != new:
        better = order.index(new) < order.index(old)
    return AnswerChange(
        item.number, item.name, old, new, _text(item, old), _text(item, new), better
    )


def difference_across(
    before_form: Form, before: Answers, after_form: Form, after: Answers
) -> list[AnswerChange]:
    """Compare what two different forms both ask; their points count differently."""
    old = signs_of(before_form, before).scores
    new = signs_of(after_form, after).scores
    return [
        _across(
            before_form.item(before_form.signs.scores[name]),
            after_form.item(after_form.signs.scores[name]),
            old[name],
            new[name],
        )
        for name in after_form.signs.scores
        if name in old and name in new
    ]


def _across(was: Item | None, now: Item | None, old: Score, new: Score) -> AnswerChange:
    assert was, "forms are checked when they are read"
    assert now, "forms are checked when they are read"
    share, before = _share(new), _share(old)
    return AnswerChange(
        now.number,
        now.name,
        old.points,
        new.points,
        _text(was, old.points),
        _text(now, new.points),
        None if share == before else share > before,
    )


def _share(score: Score) -> Fraction:
    """Return how much of the ability is left, from 0 to 1."""
    return Fraction(score.points - score.worst, score.best - score.worst)


def changed_fields(
    form: Form, before: Answers, after: Answers
) -> Iterator[FieldChange]:
    """Yield the fields that say something else, in the order of the form."""
    for field in form.fields:
        old, new = before.get(field.number), after.get(field.number)
        if not field.filled_from and old != new:
            yield FieldChange(
                field.number, field.label, say(field, old), say(field, new)
            )


def say(field: Field, value: Value | None) -> str:
    """Return an answer to a field in words."""
    if value is None or value == []:
        return ""
    if field.kind is FieldKind.ROWS and isinstance(value, list):
        columns = [column.code for column in field.columns]
        rows = [row for row in value if isinstance(row, dict)]
        texts = [" ".join(filter(None, map(row.get, columns))) for row in rows]
        return _("; ").join(texts)
    if isinstance(value, list):
        return _(", ").join(field.label_of(str(code)) for code in value)
    if field.choices:
        return field.label_of(str(value))
    return f"{value} {field.unit}".strip()


def _points(item: Item, answers: Answers) -> int | None:
    points = answers.get(item.number)
    return points if isinstance(points, int) else None


def _text(item: Item, points: int | None) -> str:
    return "" if points is None else item.text_of(points)
