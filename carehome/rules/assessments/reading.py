"""Reading assessment forms from the files that came with the program."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path

from carehome import paths
from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.assessments.form import (
    Band,
    Changes,
    Choice,
    Clause,
    Field,
    FieldKind,
    Form,
    Group,
    Item,
    LevelName,
    Option,
    Section,
    SignPlaces,
    Some,
    Test,
)
from carehome.rules.rulepacks import FilePart

SCHEMA = "carehome/assessment-form/1"
WORDINGS = ("full", "condensed")


class UnknownForm(Refusal):
    """The program has no such form."""

    text = N_(
        "This version of the program does not have the assessment form {code}. "
        "Update the program."
    )


@cache
def all_forms() -> Mapping[str, Form]:
    """Return all forms that came with the program, by code, the newest first."""
    files = sorted(paths.resource("forms").glob("ability-*.json"))
    forms = [read_form(path) for path in files]
    forms.sort(key=lambda form: form.effective_from, reverse=True)
    return {form.code: form for form in forms}


def form_of(code: str) -> Form:
    """Return the form of a code; raise UnknownForm when there is none."""
    forms = all_forms()
    if code not in forms:
        raise UnknownForm(code=code)
    return forms[code]


def read_form(path: Path) -> Form:
    """Read one form and see that its parts fit each other."""
    whole = FilePart.of_file(path, SCHEMA)
    effective_from = whole.day("effective_from")
    if effective_from is None:
        raise whole.trouble("effective_from")
    interval, judging = whole.part("interval"), whole.part("judging")
    kind = judging.choice("kind", ("total", "card"))
    wording, source = whole.choice("wording", WORDINGS), whole.name("source")
    scales = whole.part("scales")
    groups = tuple(
        _group(part, scales, wording, source) for part in whole.parts("groups")
    )
    form = Form(
        whole.name("code"),
        whole.name("title"),
        whole.name("standard"),
        whole.name("name"),
        whole.name("edition"),
        effective_from,
        whole.standing(),
        wording,
        whole.text("wording_note"),
        source,
        interval.whole("months"),
        interval.flag("is_certain"),
        interval.name("source"),
        _choices(whole, "reasons"),
        tuple(_section(part) for part in whole.parts("sections")),
        groups,
        tuple(_level(part) for part in whole.parts("levels")),
        tuple(_clauses(judging, "clauses")) if kind == "card" else (),
        tuple(_clauses(judging, "advice")) if kind == "card" else (),
        _changes(whole.part("changes")),
        _signs(whole.part("signs")),
        whole.texts("deciding"),
    )
    _check(form, whole)
    return form


def _group(part: FilePart, scales: FilePart, wording: str, source: str) -> Group:
    items = tuple(_item(each, scales, wording, source) for each in part.parts("items"))
    bands = part.rows("bands") if part.names("bands") else ()
    group = Group(
        part.name("number"),
        part.name("name"),
        part.whole("maximum"),
        items,
        tuple(Band(*map(_whole, band)) for band in bands),
        tuple(_clauses(part, "clauses")) if part.names("clauses") else (),
    )
    if sum(max(o.points for o in item.options) for item in items) != group.maximum:
        raise part.trouble("maximum")
    if group.bands and not _covers(group.bands, group.maximum):
        raise part.trouble("bands")
    return group


def _item(part: FilePart, scales: FilePart, wording: str, source: str) -> Item:
    own = not part.names("scale")
    rows = part.rows("options") if own else scales.rows(part.name("scale"))
    options = tuple(Option(_whole(points), str(text)) for points, text in rows)
    if len({option.points for option in options}) != len(options) or not options:
        raise part.trouble("options")
    return Item(
        part.name("number"),
        part.name("name"),
        part.text("definition"),
        part.text("note") if part.names("note") else "",
        options,
        part.name("help"),
        part.choice("wording", WORDINGS) if part.names("wording") else wording,
        part.name("source") if part.names("source") else source,
    )


def _whole(value: object) -> int:
    """Return a number that a file gives within a list."""
    assert isinstance(value, int), value
    return value


def _section(part: FilePart) -> Section:
    fields = tuple(_field(each) for each in part.parts("fields"))
    return Section(part.name("number"), part.name("name"), fields)


def _field(part: FilePart) -> Field:
    kind = FieldKind(part.choice("kind", list(FieldKind)))
    if kind in {FieldKind.CHOICE, FieldKind.CHOICES} and not part.names("choices"):
        raise part.trouble("choices")
    if kind is FieldKind.ROWS and not part.names("columns"):
        raise part.trouble("columns")
    return Field(
        part.name("number"),
        part.name("label"),
        kind,
        _choices(part, "choices") if part.names("choices") else (),
        _choices(part, "columns") if part.names("columns") else (),
        part.text("unit") if part.names("unit") else "",
        part.text("filled_from") if part.names("filled_from") else "",
        part.text("none") if part.names("none") else "",
        part.flag("carries"),
        part.flag("is_ours"),
    )


def _choices(part: FilePart, key: str) -> tuple[Choice, ...]:
    choices = tuple(Choice(str(code), str(label)) for code, label in part.rows(key))
    if len({choice.code for choice in choices}) != len(choices):
        raise part.trouble(key)
    return choices


def _level(part: FilePart) -> LevelName:
    return LevelName(
        part.count("number"),
        part.name("name"),
        part.name("short"),
        part.count("least") if part.has("least") else None,
        part.count("most") if part.has("most") else None,
        part.count("ability"),
    )


def _clauses(part: FilePart, key: str) -> Iterator[Clause]:
    for each in part.parts(key):
        every = each.part("all")
        tests = tuple((name, frozenset(every.counts(name))) for name in every.inside())
        some = None
        if each.names("some"):
            among = each.part("some")
            of = among.texts("of")
            most = among.count("most") if among.names("most") else len(of)
            values = frozenset(among.counts("values"))
            some = Some(of, values, among.count("least"), most)
        yield Clause(each.count("level"), each.name("text"), tests, some)


def _changes(part: FilePart) -> Changes:
    coma, events = part.part("coma"), part.part("events")
    return Changes(
        coma.name("text"),
        frozenset(coma.texts("skips")) if coma.names("skips") else frozenset(),
        part.part("disorder").name("text"),
        events.name("text"),
        events.whole("least"),
        events.texts("counts"),
        part.part("cap").name("text") if part.names("cap") else "",
    )


def _signs(part: FilePart) -> SignPlaces:
    def places(key: str) -> dict[str, str]:
        named = part.part(key)
        return {name: named.name(name) for name in named.inside()}

    flags = part.part("flags")
    return SignPlaces(
        places("counts"),
        places("codes"),
        {name: tuple(_tests(flags, name)) for name in flags.inside()},
        places("scores"),
    )


def _tests(flags: FilePart, name: str) -> Iterator[Test]:
    for number, values in flags.rows(name):
        if not isinstance(values, list):
            raise flags.trouble(name)
        yield str(number), tuple(values)


def _check(form: Form, whole: FilePart) -> None:
    """See that numbers are unique, that those named exist, that levels leave no gap."""
    numbers = [item.number for item in form.items]
    numbers += [field.number for field in form.fields]
    if twice := [number for number, times in Counter(numbers).items() if times > 1]:
        raise whole.trouble(twice[0])
    known = {*numbers, *(group.number for group in form.groups)}
    if lost := [number for number in _named(form) if number not in known]:
        raise whole.trouble(lost[0])
    if [level.number for level in form.levels] != list(range(len(form.levels))):
        raise whole.trouble("levels")
    if not form.clauses:
        bands = [Band(x.number, x.least or 0, x.most or 0) for x in form.levels]
        if not _covers(bands, sum(group.maximum for group in form.groups)):
            raise whole.trouble("levels")


def _named(form: Form) -> Iterator[str]:
    """Yield every number of an item, a field or a group that the form refers to."""
    yield from form.deciding
    yield from form.changes.coma_skips
    yield from form.signs.counts.values()
    yield from form.signs.codes.values()
    yield from form.signs.scores.values()
    for tests in form.signs.flags.values():
        yield from (number for number, _values in tests)
    groups = (clause for group in form.groups for clause in group.clauses)
    for clause in (*groups, *form.clauses, *form.advice):
        yield from (number for number, _values in clause.every)
        yield from clause.some.of if clause.some else ()


def _covers(bands: Iterable[Band], maximum: int) -> bool:
    """Say whether every total from nothing to `maximum` has one level.

    Totals that no sum of points can reach may lie between two bands.
    """
    ordered = sorted(bands, key=lambda band: band.least)
    if ordered[0].least != 0 or ordered[-1].most != maximum:
        return False
    pairs = pairwise(ordered)
    return all(lower.most < upper.least for lower, upper in pairs)
