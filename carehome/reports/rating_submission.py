"""The application to be graded on paper: cover, contents, profile, scores, promises."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby
from pathlib import Path

from carehome.i18n import _, show_day, show_moment
from carehome.reports.flowing import Entry, Flow
from carehome.reports.grid import Field
from carehome.reports.sheet import A4, BODY, PALE, Letterhead, Sheet, drawing
from carehome.rules.ratings.grades import GRADE_NAMES, part_line
from carehome.rules.ratings.items import PART_NAMES, Part
from carehome.rules.ratings.points import show_points
from carehome.rules.ratings.submission import (
    CHANGE_NAMES,
    UNJUDGED,
    Change,
    Earlier,
    Line,
    Submission,
    gaps,
)

_TOP, _FOOT, _TYPE = 30.0, 16.0, 8.5
_LINES, _LINE, _FIRST = 34, 7.0, 40.0  # contents
_STAMP = 13.0


@dataclass(frozen=True, slots=True)
class Application:
    """All that the paper says, and what changed since it was made last."""

    submission: Submission
    made: date
    earlier: Earlier | None = None
    changes: tuple[Change, ...] = ()


def write_application(path: Path, application: Application, head: Letterhead) -> None:
    """Write the application as one PDF with bookmarks and a contents page."""
    submission = application.submission
    title = _("Application to be graded")
    flow = Flow(A4, _TOP, _FOOT, _TYPE)
    _profile(flow, submission)
    _summary(flow, submission)
    _scores(flow, submission)
    _reasons(flow, submission)
    _evidence(flow, submission)
    if application.earlier:
        _changed(flow, application.earlier, application.changes)
    _promises(flow, submission)
    entries = flow.entries
    shares = [entries[at : at + _LINES] for at in range(0, len(entries), _LINES)]
    before = 1 + len(shares)
    pages = before + len(flow.pages)
    foot = _("{home}, {title}").format(home=head.home, title=title)
    stamp = submission.table.stamp
    with drawing(path, title, A4, head) as sheet:
        with sheet.page(1, pages):
            _cover(sheet, application)
        for number, share in enumerate(shares, start=2):
            with sheet.page(number, pages, foot):
                _contents(sheet, share, before)
                _mark(sheet, stamp)
        for number, pieces in enumerate(flow.pages, start=before + 1):
            for entry in entries:
                if entry.page + before == number:
                    sheet.bookmark(entry.words, number, entry.level)
            with sheet.page(number, pages, foot):
                for y, draw in pieces:
                    draw(sheet, y)
                _mark(sheet, stamp)


def _mark(sheet: Sheet, stamp: str) -> None:
    """Say on every page that the points are not official, where they are not."""
    if stamp:
        sheet.stamp(sheet.width * 0.72, _STAMP, stamp, 13)


def _cover(sheet: Sheet, application: Application) -> None:
    submission, middle = application.submission, sheet.width / 2
    if submission.table.stamp:
        sheet.stamp(middle, 40, submission.table.stamp, 22)
    sheet.centre(middle, 80, _("Care home grading"), 17, tone=PALE)
    sheet.centre(middle, 98, _("Application to be graded"), 30, bold=True)
    told = (
        (_("Care home"), sheet.head.home),
        (_("Grade applied for"), _(GRADE_NAMES[submission.grade])),
        (_("Period of the self-assessment"), span(submission)),
        (_("Points in the self-assessment"), _of_full(submission)),
        (_("Rating table"), submission.table.name),
        (_("Day"), show_day(application.made)),
    )
    y = 150.0
    for name, value in told:
        sheet.text(38, y, name, 12, tone=PALE)
        sheet.fit(92, y, 80, value, 13, bold=True)
        sheet.rule(90, 175, y + 2.5, 0.4)
        y += 14
    sheet.seal_place(160, 255)
    sheet.centre(middle, 282, sheet.head.contact, BODY, tone=PALE)


def _of_full(submission: Submission) -> str:
    return _("{points} of {full}").format(
        points=show_points(submission.total),
        full=show_points(submission.table.hundredths),
    )


def span(submission: Submission) -> str:
    """Return the first and last day of the period."""
    return _("{first} to {last}").format(
        first=show_day(submission.starts), last=show_day(submission.last_day)
    )


def _contents(sheet: Sheet, entries: Sequence[Entry], before: int) -> None:
    sheet.text(sheet.left, 28, _("Contents"), 18, bold=True)
    sheet.rule(sheet.left, sheet.right_edge, 32, 0.8)
    for place, entry in enumerate(entries):
        y, page = _FIRST + place * _LINE, entry.page + before
        is_part = entry.level == 0
        x, size = sheet.left + 6 * entry.level, 11.0 if is_part else BODY
        sheet.fit(x, y, 150, entry.words, size, bold=is_part)
        sheet.right(sheet.right_edge, y, str(page), size, bold=is_part)
        sheet.rule(sheet.left, sheet.right_edge, y + 2, 0.25)
        sheet.jump(y - 5, _LINE, page)


def _begin(flow: Flow, title: str) -> None:
    """Begin a part under its number."""
    number = 1 + sum(entry.level == 0 for entry in flow.entries)
    flow.begin(_("{number}. {title}").format(number=number, title=title))


def _profile(flow: Flow, submission: Submission) -> None:
    _begin(flow, _("Profile of the home"))
    fields = (Field(_("What"), 70), Field(_("Of this home"), flow.width - 70))
    rows = [((fact.name, fact.value), False) for fact in submission.facts]
    flow.table(fields, rows)
    missing = [fact for fact in submission.facts if fact.missing]
    if missing:
        flow.gap(4)
        flow.heading(_("Missing in the profile"), listed=False)
        flow.say(_("To be filled in by hand before this is handed in:"))
        for fact in missing:
            text = _("{name}: {why}").format(name=fact.name, why=fact.missing)
            flow.say(f"\u2013 {text}")


def _summary(flow: Flow, submission: Submission) -> None:
    _begin(flow, _("Result of the self-assessment"))
    table = submission.table
    line = next(each for each in table.lines if each.grade == submission.grade)
    fields = (
        Field(_("Part of the table"), 62),
        Field(_("Full mark"), 30, True),
        Field(_("Own points"), 30, True),
        Field(_("Line of the grade"), 30, True),
        Field(_("Enough points"), flow.width - 152),
    )
    rows = [
        _summed(_(PART_NAMES[part]), mark, got, part_line(line, mark), False)
        for (part, mark), got in zip(
            table.marks.items(), submission.points.values(), strict=True
        )
    ]
    total = table.hundredths, submission.total, line.hundredths
    rows.append(_summed(_("Total"), *total, True))
    flow.table(fields, rows)
    flow.gap(3)
    text = _("By points alone the home comes to: {grade}.")
    flow.say(text.format(grade=_(GRADE_NAMES[submission.by_points])))
    _told_of_table(flow, submission)
    _conditions(flow, submission)
    _missing(flow, submission)


def _summed(
    name: str, full: int, got: int, asked: int, bold: bool
) -> tuple[Sequence[str], bool]:
    if got >= asked:
        enough = _("points suffice")
    else:
        enough = _("{points} short").format(points=show_points(asked - got))
    return (name, *map(show_points, (full, got, asked)), enough), bold


def _told_of_table(flow: Flow, submission: Submission) -> None:
    """Say by which table points were given, and what to know about it."""
    table = submission.table
    told = (table.stamp, table.name, table.edition, table.region, table.source)
    text = _("Rating table: {table}.")
    flow.say(text.format(table=_(", ").join(filter(None, told))))


def _conditions(flow: Flow, submission: Submission) -> None:
    flow.gap(4)
    words = _("Conditions of {grade}").format(grade=_(GRADE_NAMES[submission.grade]))
    flow.heading(words)
    holds = {True: _("it holds"), False: _("does not hold"), None: _("not known")}
    fields = (
        Field(_("Condition"), 96),
        Field(_("Judgement"), 24),
        Field(_("Value or reason"), flow.width - 120),
    )
    rows = [
        (
            (
                each.condition.text,
                holds[each.holds],
                _(" \u00b7 ").join(filter(None, (each.value, each.reason))),
            ),
            False,
        )
        for each in submission.verdicts
    ]
    flow.table(fields, rows)


def _missing(flow: Flow, submission: Submission) -> None:
    """Confess what the folder lacks, so that nobody takes it for complete."""
    found = [gap for gap in gaps(submission) if gap.item]
    if not found:
        return
    flow.gap(4)
    flow.heading(_("What is still missing"))
    fields = (
        Field(_("Code"), 18),
        Field(_("What is judged"), 80),
        Field(_("What is missing"), flow.width - 98),
    )
    rows = [
        ((gap.item.code, gap.item.name, gap.words), False) for gap in found if gap.item
    ]
    flow.table(fields, rows)


def _scores(flow: Flow, submission: Submission) -> None:
    _begin(flow, _("Score table"))
    told = _("The last column is for the expert who rates the home.")
    flow.say(told)
    for part in Part:
        lines = [each for each in submission.lines if each.item.part is part]
        if not lines:
            continue
        flow.gap(4)
        flow.heading(_(PART_NAMES[part]))
        flow.table(_score_fields(flow), list(_score_rows(part, lines)))


def _score_fields(flow: Flow) -> tuple[Field, ...]:
    widths = 18, 13, 13, 46, 27, 15
    return (
        Field(_("Code"), widths[0]),
        Field(_("What is judged"), flow.width - sum(widths)),
        Field(_("Full"), widths[1], True),
        Field(_("Own"), widths[2], True),
        Field(_("Reason for the deduction"), widths[3]),
        Field(_("Evidence"), widths[4]),
        Field(_("Expert"), widths[5]),
    )


def _score_rows(part: Part, lines: Sequence[Line]) -> list[tuple[Sequence[str], bool]]:
    """Return the items, each section above its items, the sum below."""
    found: list[tuple[Sequence[str], bool]] = []
    for section, group in groupby(lines, lambda line: line.item.section):
        inside = list(group)
        if section:
            found.append((("", section, *_sums(inside), "", "", ""), True))
        found += [(_score_row(line), False) for line in inside]
    words = _("Sum of {name}").format(name=_(PART_NAMES[part]))
    found.append((("", words, *_sums(lines), "", "", ""), True))
    return found


def _sums(lines: Sequence[Line]) -> tuple[str, str]:
    full = sum(line.item.hundredths for line in lines)
    got = sum(line.hundredths or 0 for line in lines)
    return show_points(full), show_points(got)


def _score_row(line: Line) -> Sequence[str]:
    judged = line.hundredths is not None
    own = show_points(line.hundredths or 0) if judged else _(UNJUDGED)
    full = show_points(line.item.hundredths)
    return line.item.code, line.item.name, full, own, line.reason, line.told, ""


def _reasons(flow: Flow, submission: Submission) -> None:
    _begin(flow, _("Deductions and their reasons"))
    fields = (
        Field(_("Code"), 18),
        Field(_("What is judged"), 62),
        Field(_("Deducted"), 16, True),
        Field(_("Reason"), flow.width - 130),
        Field(_("How it was judged"), 34),
    )
    rows = [
        (
            (
                line.item.code,
                line.item.name,
                show_points(line.deducted),
                line.reason or _("No reason was given."),
                line.method,
            ),
            False,
        )
        for line in submission.lines
        if line.deducted
    ]
    flow.table(fields, rows)


def _evidence(flow: Flow, submission: Submission) -> None:
    _begin(flow, _("List of evidence"))
    told = _(
        "The evidence itself is bound in the order of items in a file of its own, and "
        "lies by part and item in the zip of folders."
    )
    flow.say(told)
    flow.gap(3)
    fields = (
        Field(_("Number"), 24),
        Field(_("Title"), 82),
        Field(_("Item"), 26),
        Field(_("File or value"), flow.width - 132),
    )
    files = [
        (
            file.label,
            file.title,
            file.item.code if file.item else _("The home as a whole"),
            file.file_name,
        )
        for file in submission.files
    ]
    counts = [
        (each.label, each.name, _(", ").join(i.code for i in each.items), each.shown)
        for each in submission.counted
    ]
    flow.table(fields, [(row, False) for row in (*files, *counts)])


def _changed(flow: Flow, earlier: Earlier, changes: Sequence[Change]) -> None:
    _begin(flow, _("Changed since the last export"))
    text = _("Compared with the export of {moment} by {name}.")
    moment = show_moment(earlier.made_at)
    flow.say(text.format(moment=moment, name=earlier.made_by))
    flow.gap(3)
    fields = (
        Field(_("What changed"), 26),
        Field(_("Code"), 18),
        Field(_("Of what"), 58),
        Field(_("Before"), 40),
        Field(_("Now"), flow.width - 142),
    )
    rows = [
        ((_(CHANGE_NAMES[c.kind]), c.code, c.subject, c.before, c.after), False)
        for c in changes
    ]
    flow.table(fields, rows)


def _promises(flow: Flow, submission: Submission) -> None:
    _begin(flow, _("Commitments"))
    texts = (
        _("The self-assessment was made item by item by the table named on the cover."),
        _("All facts, points, reasons and evidence in this folder are true."),
        _("Originals of the evidence are kept in the home and are shown on request."),
        _("What has changed after this day is told to the rating office at once."),
        _("The home accepts that a false statement may end the rating or the grade."),
    )
    flow.say(_("The home commits itself as follows:"), 11)
    flow.gap(3)
    for number, text in enumerate(texts, start=1):
        words = _("{number}. {title}").format(number=number, title=text)
        flow.say(words, 11)
        flow.gap(2)
    flow.gap(4)
    note = _("Where the civil affairs office prescribes a form, that form goes first.")
    flow.say(note)
    flow.put(70, partial(_sign, submission))


def _sign(submission: Submission, sheet: Sheet, y: float) -> None:
    labels = (_("Legal representative"), _("Director of the home"))
    sheet.signatures(y + 22, labels, sheet.left, sheet.right_edge - 10)
    sheet.signatures(y + 40, (_("Day"),), sheet.left, sheet.left + 80)
    sheet.seal_place(sheet.right_edge - 35, y + 48)
    words = _("Self-assessment: {name}").format(name=submission.name)
    sheet.text(sheet.left, y + 60, words, BODY, tone=PALE)
