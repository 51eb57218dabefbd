"""From answers to a level: totals, preliminary level, and what changes it.

The same engine judges by every form: some give levels by the total, others by clauses
over the levels of their groups. A half-filled form is judged as far as it goes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from carehome.i18n import _
from carehome.rules.assessments.answers import Answers, said, signs_of
from carehome.rules.assessments.form import Clause, Form, Group, Item

COMA, DEMENTIA, MENTAL, EVENTS = "coma", "dementia", "mental", "events"


@dataclass(frozen=True, slots=True)
class GroupScore:
    """What a group has come to; `level` once it is sure, where groups have levels."""

    number: str
    name: str
    points: int
    maximum: int
    answered: int
    items: int
    level: int | None


@dataclass(frozen=True, slots=True)
class Change:
    """A reason to change the level, and by how many levels it did."""

    kind: str
    levels: int
    text: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What answers come to.

    `level` is None while it is open, and where no clause of the standard speaks of the
    combination: `is_covered` tells which. `also_fits` are levels whose clauses hold
    too, but come after the one that applied. `possible` are the levels that can still
    come out, the best first.
    """

    form: str
    edition: str
    groups: tuple[GroupScore, ...]
    total: int
    least: int
    most: int
    missing: tuple[str, ...]
    missing_fields: tuple[str, ...]
    preliminary: int | None
    clause: str
    also_fits: tuple[int, ...]
    is_covered: bool
    advice: int | None
    advice_text: str
    changes: tuple[Change, ...]
    level: int | None
    possible: tuple[int, ...]

    @property
    def is_whole(self) -> bool:
        """Say whether everything is answered that the level needs."""
        return not self.missing and not self.missing_fields


def judge(form: Form, answers: Answers, adds_up: bool = False) -> Judgement:
    """Judge answers as far as they go.

    With `adds_up` a disorder and events together make two levels, otherwise one.
    """
    in_coma = bool(said(form.signs.flags.get("coma", ()), answers))
    skipped = form.changes.coma_skips if in_coma else frozenset[str]()
    missing = [i.number for i in form.items if i.number not in answers]
    missing = [number for number in missing if number not in skipped]
    fields = _missing_fields(form, answers, in_coma)
    scores = tuple(_group_score(group, answers) for group in form.groups)
    spans = [_span(group.items, answers) for group in form.groups]
    reached = _reached(form, answers, spans)
    preliminary, found = _preliminary(form, answers, reached)
    start = form.worst if in_coma else preliminary
    changes = tuple(_changes(form, answers, in_coma, preliminary, adds_up))
    raised = sum(change.levels for change in changes if change.kind != COMA)
    is_covered = preliminary is not None or not found.is_settled
    open_levels = {form.worst} if in_coma else {lv for lv in reached if lv is not None}
    possible = sorted({min(lv + raised, form.worst) for lv in open_levels})
    is_sure = not missing and not fields and start is not None
    return Judgement(
        form.code,
        form.edition,
        scores,
        sum(score.points for score in scores),
        sum(span[0] for span in spans),
        sum(span[1] for span in spans),
        tuple(missing),
        tuple(fields),
        preliminary,
        found.text,
        found.also,
        is_covered or in_coma,
        None if in_coma else found.advice,
        "" if in_coma else found.advice_text,
        changes,
        min(start + raised, form.worst) if is_sure and start is not None else None,
        tuple(possible),
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """What the clauses say of a combination."""

    is_settled: bool
    text: str = ""
    also: tuple[int, ...] = ()
    advice: int | None = None
    advice_text: str = ""


def ability_level_of(form: Form, level: int) -> int:
    """Return the ability level of a resident's file for a level of the form."""
    return form.ability_of(level)


def _missing_fields(form: Form, answers: Answers, in_coma: bool) -> list[str]:
    """List the fields that decide the level; in a coma the others change nothing."""
    if in_coma:
        return []
    return [number for number in form.deciding if number not in answers]


def _group_score(group: Group, answers: Answers) -> GroupScore:
    given = [points for item in group.items if (points := _points(item, answers)) >= 0]
    whole = len(given) == len(group.items)
    level = _group_level(group, answers) if whole and group.has_level else None
    return GroupScore(
        group.number,
        group.name,
        sum(given),
        group.maximum,
        len(given),
        len(group.items),
        level,
    )


def _points(item: Item, answers: Answers) -> int:
    """Return the points of an item, -1 where it is not answered."""
    points = answers.get(item.number, -1)
    return points if isinstance(points, int) else -1


def _span(items: Sequence[Item], answers: Answers) -> tuple[int, int]:
    """Return the least and the most points that items can still come to."""
    least = most = 0
    for item in items:
        given = _points(item, answers)
        offered = [o.points for o in item.options] if given < 0 else [given]
        least, most = least + min(offered), most + max(offered)
    return least, most


def _group_level(group: Group, answers: Answers) -> int | None:
    """Return the level of a group that is answered whole."""
    numbers = {item.number: _points(item, answers) for item in group.items}
    if group.clauses:
        return first_that_holds(group.clauses, numbers)
    total = sum(numbers.values())
    return next((b.level for b in group.bands if b.least <= total <= b.most), None)


def first_that_holds(
    clauses: Sequence[Clause], numbers: Mapping[str, int]
) -> int | None:
    """Return the level of the first clause that speaks of a combination."""
    return next((c.level for c in clauses if c.holds(numbers)), None)


def _reached(
    form: Form, answers: Answers, spans: Sequence[tuple[int, int]]
) -> set[int | None]:
    """Return the levels that can still come out; None stands for "not covered"."""
    if not form.clauses:
        least, most = sum(span[0] for span in spans), sum(span[1] for span in spans)
        return {
            level.number
            for level in form.levels
            if (level.least or 0) <= most and least <= (level.most or 0)
        }
    numbers = [group.number for group in form.groups]
    levels = [_open_levels(group, answers) for group in form.groups]
    combinations = (dict(zip(numbers, each, strict=True)) for each in product(*levels))
    return {first_that_holds(form.clauses, each) for each in combinations}


def _open_levels(group: Group, answers: Answers) -> list[int]:
    """List the levels that a group can still come to."""
    offered = [
        [_points(item, answers)]
        if item.number in answers
        else [option.points for option in item.options]
        for item in group.items
    ]
    if group.clauses:
        numbers = [item.number for item in group.items]
        found = {
            first_that_holds(group.clauses, dict(zip(numbers, each, strict=True)))
            for each in product(*offered)
        }
    else:
        totals = {0}
        for points in offered:
            totals = {total + each for total in totals for each in points}
        found = {
            band.level
            for band in group.bands
            if any(band.least <= total <= band.most for total in totals)
        }
    return sorted(level for level in found if level is not None)


def _preliminary(
    form: Form, answers: Answers, reached: set[int | None]
) -> tuple[int | None, _Found]:
    """Return the level before any change once all items are answered."""
    if any(item.number not in answers for item in form.items):
        return None, _Found(is_settled=False)
    if not form.clauses:
        (level,) = reached
        return level, _Found(is_settled=True)
    levels = {g.number: _group_level(g, answers) or 0 for g in form.groups}
    holding = [clause for clause in form.clauses if clause.holds(levels)]
    if not holding:
        hint = next((c for c in form.advice if c.holds(levels)), None)
        if hint is None:
            return None, _Found(is_settled=True)
        return None, _Found(is_settled=True, advice=hint.level, advice_text=hint.text)
    first = holding[0]
    also = sorted({clause.level for clause in holding} - {first.level})
    return first.level, _Found(is_settled=True, text=first.text, also=tuple(also))


def _changes(
    form: Form,
    answers: Answers,
    in_coma: bool,
    preliminary: int | None,
    adds_up: bool,
) -> Iterator[Change]:
    """Yield what changes the level, in the order in which the standard names it."""
    if in_coma:
        yield Change(COMA, form.worst - (preliminary or 0), form.changes.coma)
    room = 0 if in_coma else form.worst
    if preliminary is not None:
        room = min(room, form.worst - preliminary)
    if disorder := _disorder(form, answers):
        step = min(1, room)
        yield Change(disorder, step, form.changes.disorder)
        room = room - step if adds_up else 0
    if (count := _events(form, answers)) >= form.changes.events_least:
        said_so = _("{clause} (counted here: {count})")
        text = said_so.format(clause=form.changes.events, count=count)
        yield Change(EVENTS, min(1, room), text)


def _disorder(form: Form, answers: Answers) -> str:
    if said(form.signs.flags.get("dementia", ()), answers):
        return DEMENTIA
    if said(form.signs.flags.get("mental_disorder", ()), answers):
        return MENTAL
    return ""


def _events(form: Form, answers: Answers) -> int:
    signs = signs_of(form, answers)
    counts = (getattr(signs, name) for name in form.changes.events_counted)
    return sum(count or 0 for count in counts)
