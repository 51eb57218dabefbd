"""An ability assessment on paper, as the standard lays it out; or its blank form."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from carehome.i18n import _, show_day
from carehome.reports.grid import Field as Column
from carehome.reports.grid import Grid, Row
from carehome.reports.sheet import (
    A4,
    BODY,
    PALE,
    SMALL,
    Letterhead,
    Sheet,
    broken,
    drawing,
    leading,
)
from carehome.rules.assessments.answers import Answers
from carehome.rules.assessments.difference import say
from carehome.rules.assessments.form import Choice, Field, FieldKind, Form, Group
from carehome.rules.assessments.judging import Judgement

_TYPE = 8.5
_TOP, _LATER_TOP, _FOOT = 34.0, 20.0, 13.0
_LABEL, _ITEM, _POINTS = 44.0, 58.0, 13.0
_TITLE, _SIGNING = 9.0, 13.0
_TICKED, _EMPTY, _GAP = "\u25a0", "\u25a1", "\u3000"
_CHANGES = {
    "coma": ("coma",),
    "disorder": ("dementia", "mental"),
    "events": ("events",),
}


@dataclass(frozen=True, slots=True)
class AssessmentPaper:
    """All that stands on the paper; a blank form has no answers and no judgement.

    `known` are the values that the records fill in, by what the fields ask for.
    """

    form: Form
    known: Mapping[str, str] = field(default_factory=dict)
    answers: Answers = field(default_factory=dict)
    judgement: Judgement | None = None
    level: int | None = None
    assessors: Sequence[str] = ()
    outside_body: str = ""
    consent_by: str = ""
    consent_on: date | None = None
    decided_why: str = ""
    void_reason: str = ""
    is_draft: bool = False

    @property
    def is_blank(self) -> bool:
        """Say whether it is to be filled in by hand."""
        return self.judgement is None


@dataclass(frozen=True, slots=True)
class _Block:
    """Something drawn as a whole; a title stays with what follows it."""

    height: float
    draw: Callable[[Sheet, float], object]
    stays_with_next: bool = False


def write_assessment(path: Path, paper: AssessmentPaper, home: Letterhead) -> None:
    """Write an assessment, or its blank form, as one PDF."""
    with drawing(path, paper.form.title, A4, home) as sheet:
        blocks = [*_fields(sheet, paper), *_items(sheet, paper), *_result(sheet, paper)]
        pages = _pages(blocks, sheet.height - _FOOT)
        name = paper.known.get("name", "")
        foot = paper.form.standard
        if name:
            foot = _("{standard} · {name}").format(standard=foot, name=name)
        for number, page in enumerate(pages, 1):
            with sheet.page(number, len(pages), foot):
                y = (
                    _opening(sheet, paper)
                    if number == 1
                    else _running_head(sheet, paper)
                )
                for block in page:
                    block.draw(sheet, y)
                    y += block.height


def _pages(blocks: Sequence[_Block], bottom: float) -> list[list[_Block]]:
    """Share blocks out over pages; a title never stands last on a page."""
    pages: list[list[_Block]] = [[]]
    y = _TOP
    for place, block in enumerate(blocks):
        needed = block.height
        if block.stays_with_next and place + 1 < len(blocks):
            needed += blocks[place + 1].height
        if y + needed > bottom and pages[-1]:
            pages.append([])
            y = _LATER_TOP
        pages[-1].append(block)
        y += block.height
    return pages


def _opening(sheet: Sheet, paper: AssessmentPaper) -> float:
    middle = sheet.width / 2
    sheet.centre(middle, 13, sheet.head.home, 10.5, tone=PALE)
    sheet.centre(middle, 22, paper.form.title, 17, bold=True)
    named = _("{standard} “{name}”").format(
        standard=paper.form.standard, name=paper.form.name
    )
    sheet.centre(middle, 29, named, SMALL, tone=PALE)
    if paper.void_reason:
        sheet.stamp(sheet.right_edge - 24, 20, _("Void"))
    elif paper.is_draft:
        sheet.stamp(sheet.right_edge - 24, 20, _("Not finished"), 16)
    return _TOP


def _running_head(sheet: Sheet, paper: AssessmentPaper) -> float:
    sheet.text(sheet.left, 14.5, paper.form.title, BODY, bold=True)
    number = paper.known.get("number", "")
    sheet.right(sheet.right_edge, 14.5, number, BODY, tone=PALE)
    return _LATER_TOP


def _title(text: str) -> _Block:
    def draw(sheet: Sheet, y: float) -> None:
        sheet.text(sheet.left, y + 6.4, text, 10.5, bold=True)
        sheet.rule(sheet.left, sheet.right_edge, y + _TITLE - 0.8, 0.8, PALE)

    return _Block(_TITLE, draw, stays_with_next=True)


def _rows(grid: Grid, rows: Sequence[Row], *, bold: bool = False) -> Iterator[_Block]:
    for row in rows:
        yield _Block(row.height, _drawing_of(grid, row, bold))


def _drawing_of(grid: Grid, row: Row, bold: bool) -> Callable[[Sheet, float], object]:
    return lambda sheet, y: grid.rows(sheet, y, [row], bold=bold)


def _fields(sheet: Sheet, paper: AssessmentPaper) -> Iterator[_Block]:
    """Yield the tables of annex A: short fields in pairs, the others in lines."""
    room = sheet.right_edge - sheet.left
    wide = Grid(sheet.left, [Column("", _LABEL), Column("", room - _LABEL)], _TYPE)
    narrow = (Column("", _LABEL * 0.75), Column("", room / 2 - _LABEL * 0.75))
    pairs = Grid(sheet.left, [*narrow, *narrow], _TYPE)
    for section in paper.form.sections:
        head = _("{number} {name}")
        yield _title(head.format(number=section.number, name=section.name))
        short: list[Field] = []
        for each in section.fields:
            if _is_short(paper, each):
                short.append(each)
                continue
            yield from _paired(pairs, wide, paper, short)
            short = []
            yield from _rows(wide, wide.lay(_told(paper, each)))
        yield from _paired(pairs, wide, paper, short)


def _is_short(paper: AssessmentPaper, asked: Field) -> bool:
    """Say whether a field leaves room for another one beside it."""
    return not asked.columns and not _choices(paper, asked)


def _paired(
    pairs: Grid, wide: Grid, paper: AssessmentPaper, fields: Sequence[Field]
) -> Iterator[_Block]:
    for place in range(0, len(fields), 2):
        two = fields[place : place + 2]
        grid = pairs if len(two) > 1 else wide
        cells = [text for each in two for text in _told(paper, each)]
        yield from _rows(grid, grid.lay(cells))


def _told(paper: AssessmentPaper, asked: Field) -> tuple[str, str]:
    """Return the label of a field and what is answered, or what can be."""
    label = _("{number} {label}").format(number=asked.number, label=asked.label)
    if choices := _choices(paper, asked):
        given = _given(paper, asked)
        return label, _GAP.join(_ticked(c.label, c.code in given) for c in choices)
    if asked.filled_from:
        return label, paper.known.get(asked.filled_from, "")
    if asked.kind is FieldKind.ROWS and paper.is_blank:
        names = (column.label for column in asked.columns)
        return label, _(" / ").join(names) + "\n\n\n"
    said = say(asked, paper.answers.get(asked.number))
    return label, said or (asked.unit and f"____ {asked.unit}")


def _choices(paper: AssessmentPaper, asked: Field) -> Sequence[Choice]:
    return paper.form.reasons if asked.filled_from == "reason" else asked.choices


def _given(paper: AssessmentPaper, asked: Field) -> set[str]:
    if asked.filled_from:
        return {paper.known.get(asked.filled_from, "")}
    value = paper.answers.get(asked.number, [])
    return {str(each) for each in value} if isinstance(value, list) else {str(value)}


def _ticked(text: str, is_given: bool) -> str:
    return f"{_TICKED if is_given else _EMPTY} {text}"


def _items(sheet: Sheet, paper: AssessmentPaper) -> Iterator[_Block]:
    """Yield the tables of annex B: every option, the chosen one marked."""
    room = sheet.right_edge - sheet.left - _ITEM - _POINTS
    columns = (
        Column(_("Item"), _ITEM),
        Column(_("Points"), _POINTS, figures=True),
        Column(_("Options"), room),
    )
    grid = Grid(sheet.left, columns, _TYPE)
    for place, group in enumerate(paper.form.groups):
        yield _title(_("{number} {name}").format(number=group.number, name=group.name))
        for item in group.items:
            given = paper.answers.get(item.number)
            head = _("{number} {name}").format(number=item.number, name=item.name)
            note = _("Note: {note}").format(note=item.note) if item.note else ""
            options = (
                _ticked(
                    _("{points} points: {text}").format(points=o.points, text=o.text),
                    o.points == given,
                )
                for o in item.options
            )
            about = "\n".join(filter(None, (head, item.definition, note)))
            points = "" if given is None else str(given)
            yield from _rows(grid, grid.lay((about, points, "\n".join(options))))
        text = _group_text(paper, group, place)
        yield from _rows(grid, grid.lay((*text, "")), bold=True)


def _group_text(paper: AssessmentPaper, group: Group, place: int) -> tuple[str, str]:
    label = _("{number} in all (of {most})").format(
        number=group.number, most=group.maximum
    )
    if paper.judgement is None:
        return label, ""
    score = paper.judgement.groups[place]
    if score.level is not None:
        level = _("level {level}").format(level=score.level)
        label = _("{label}, {level}").format(label=label, level=level)
    return label, str(score.points)


def _result(sheet: Sheet, paper: AssessmentPaper) -> Iterator[_Block]:
    """Yield the result with every reason to change the level, and who signs."""
    room = sheet.right_edge - sheet.left
    grid = Grid(sheet.left, [Column("", _LABEL), Column("", room - _LABEL)], _TYPE)
    judged = paper.judgement
    yield _title(_("C Result of the assessment"))
    for label, text in _findings(paper, judged):
        yield from _rows(grid, grid.lay((label, text)))
    for label, text in _people(paper):
        yield from _rows(grid, grid.lay((label, text)))
    yield _Block(_SIGNING, _sign_assessors)
    yield _Block(_SIGNING, _sign_others)
    yield from _notes(sheet, paper)


def _findings(
    paper: AssessmentPaper, judged: Judgement | None
) -> Iterator[tuple[str, str]]:
    form = paper.form
    yield _("Groups"), _groups(form, judged)
    if form.has_total:
        yield _("Total points"), str(judged.total) if judged else ""
    preliminary = judged.preliminary if judged else None
    told = _levels(form, preliminary)
    if judged and judged.is_whole and not judged.is_covered:
        told = _("The standard does not speak of this combination.") + "\n" + told
    yield _("Preliminary level"), told
    given = {change.kind for change in judged.changes} if judged else set()
    texts = {"coma": form.changes.coma, "disorder": form.changes.disorder}
    texts["events"] = form.changes.events
    marked = [
        _ticked(text, bool(given.intersection(_CHANGES[kind])))
        for kind, text in texts.items()
    ]
    yield _("Grounds for changing the level"), "\n".join([*marked, form.changes.cap])
    yield _("Final level"), _levels(form, paper.level)
    if paper.decided_why:
        yield _("Decided by the assessors because"), paper.decided_why


def _groups(form: Form, judged: Judgement | None) -> str:
    if judged is None:
        return "  ".join(f"{group.number} {group.name} ____" for group in form.groups)
    return "\n".join(
        _("{number} {name}: {points} of {most}").format(
            number=each.number, name=each.name, points=each.points, most=each.maximum
        )
        + ("" if each.level is None else _(", level {level}").format(level=each.level))
        for each in judged.groups
    )


def _levels(form: Form, level: int | None) -> str:
    return "\n".join(
        _ticked(
            _("{number} {name}").format(number=each.number, name=each.name)
            + _band(each.least, each.most),
            each.number == level,
        )
        for each in form.levels
    )


def _band(least: int | None, most: int | None) -> str:
    if least is None or most is None:
        return ""
    if least == most:
        return _(" ({least} points)").format(least=least)
    return _(" ({least} to {most} points)").format(least=least, most=most)


def _people(paper: AssessmentPaper) -> Iterator[tuple[str, str]]:
    if paper.outside_body:
        yield _("Assessed by another body"), paper.outside_body
    yield _("Assessors"), _(", ").join(paper.assessors)
    consent = paper.consent_by
    if paper.consent_on:
        consent = _("{name}, on {day}").format(
            name=consent, day=show_day(paper.consent_on)
        )
    yield _("The resident or the agent agrees"), consent
    if paper.void_reason:
        yield _("Void because"), paper.void_reason


def _sign_assessors(sheet: Sheet, y: float) -> None:
    labels = (_("First assessor (signature)"), _("Second assessor (signature)"))
    sheet.signatures(y + 9, labels, sheet.left, sheet.right_edge)


def _sign_others(sheet: Sheet, y: float) -> None:
    labels = (_("Informant (signature)"), _("Resident or agent (signature)"), _("Date"))
    sheet.signatures(y + 9, labels, sheet.left, sheet.right_edge)


def _notes(sheet: Sheet, paper: AssessmentPaper) -> Iterator[_Block]:
    """Yield where the words of the form are from, in small type."""
    form = paper.form
    texts = [_("Source: {source}").format(source=form.source), form.wording_note]
    if form.wording != "full":
        texts.insert(0, _("The wording of the options is condensed."))
    room = sheet.right_edge - sheet.left
    for text in filter(None, texts):
        for line in broken(text, room, SMALL):
            yield _Block(leading(SMALL), _small(line))


def _small(line: str) -> Callable[[Sheet, float], object]:
    return lambda sheet, y: sheet.text(sheet.left, y + 4, line, SMALL, tone=PALE)
