"""Rounds as the folder shows them: counted, every gap by itself, then each one."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from carehome.i18n import _, say_month, show_day, show_share
from carehome.reports.safety_folder import Figure, Part
from carehome.reports.table import Cell, Column, Kind, Table
from carehome.rules.periods import Period
from carehome.rules.safety.rounds import (
    MARK_NAMES,
    STANDING_NAMES,
    SUSPICIOUS,
    Mark,
    Standing,
)
from carehome.services.safety.folder.values import Section, title
from carehome.services.safety.plan import plans_in
from carehome.services.safety.rounds import DueLine, RoundLine, RoundState
from carehome.services.safety.rounds.lists import due_in, rounds_in

_LATE = frozenset({Mark.LATE, Mark.AFTERWARDS})
_COLUMNS = (Standing.MADE, Standing.MADE_LATE, Standing.MISSED)


def gather(session: Session, span: Period, now: datetime) -> Section:
    """Count what was due and made, and list all that was not as it should be."""
    wall = now.replace(tzinfo=None)
    due = [each for each in due_in(session, span, wall) if each.standing in _COLUMNS]
    missed = [each for each in due if each.standing is Standing.MISSED]
    rounds = rounds_in(session, span)[::-1]
    made = [each for each in rounds if each.state is RoundState.FINISHED]
    void = [each for each in rounds if each.state is RoundState.VOID]
    late = [each for each in made if not _LATE.isdisjoint(each.marks)]
    odd = [each for each in made if each.is_suspicious]
    counts = Counter(each.standing for each in due)
    told, wrong = _say(counts, len(odd))
    gaps = (wrong,) if missed or late or odd else ()
    unsaid = (*_unsigned(made), *_unplanned(session, span))
    figures = (
        Figure(_("Rounds due"), len(due)),
        Figure(_("Made in time"), counts[Standing.MADE], _share(counts)),
        Figure(_("Missed"), len(missed)),
        Figure(_("Made late"), counts[Standing.MADE_LATE]),
    )
    tables = (
        _counted(_("By month"), due, _month),
        _counted(_("By checklist"), due, _form),
        _missed(missed),
        _rounds(_("Made late or entered afterwards"), late, _LATE),
        _rounds(_("Unusual"), odd, SUSPICIOUS),
        _rounds(_("Struck out"), void, ()),
    )
    part = Part(title("rounds"), (told, *unsaid), tables)
    return Section(part, figures, gaps + unsaid)


def _say(counts: Counter[Standing], odd: int) -> tuple[str, str]:
    """Say how it stands in full, and in short what is wrong."""
    facts = {
        "due": counts.total(),
        "in_time": counts[Standing.MADE],
        "share": _share(counts),
        "late": counts[Standing.MADE_LATE],
        "missed": counts[Standing.MISSED],
        "odd": odd,
    }
    told = _(
        "{due} rounds were due: {in_time} made in time ({share}), {late} made late, "
        "{missed} missed. Rounds that were due and not made are found by the program "
        "itself from the plan; nobody can take them out of this list."
    )
    gap = _("{missed} rounds missed, {late} made late, {odd} with something unusual.")
    return told.format(**facts), gap.format(**facts)


def _unsigned(made: Iterable[RoundLine]) -> Iterator[str]:
    """Say how many rounds no supervisor has looked at."""
    if count := sum(each.is_to_be_signed for each in made):
        text = _("{count} {count:round is|rounds are} not yet signed by a supervisor.")
        yield text.format(count=count)


def _unplanned(session: Session, span: Period) -> Iterator[str]:
    """Say for which days nothing could be missed, since nothing was planned."""
    begun = [plan.starts for plan in plans_in(session, span)]
    if not begun:
        yield _("No rounds were planned in this span, so none can be missing.")
    elif min(begun) > span.start:
        text = _("Rounds are planned since {day} only; none can be missing before.")
        yield text.format(day=show_day(min(begun)))


def _share(counts: Counter[Standing]) -> str:
    due = counts.total()
    return show_share(counts[Standing.MADE] / due) if due else "\u2013"


def register(session: Session, span: Period, _now: datetime) -> Section:
    """List every single round."""
    rounds = rounds_in(session, span)[::-1]
    made = [each for each in rounds if each.state is RoundState.FINISHED]
    text = _("{count} {count:round|rounds} made in this span.")
    told = text.format(count=len(made))
    listed = _rounds(title("register"), made, tuple(Mark))
    return Section(Part(title("register"), (told,), (listed,)))


def _month(line: DueLine) -> tuple[str, str]:
    day = line.due.opens
    return f"{day:%Y-%m}", say_month(day.date())


def _form(line: DueLine) -> tuple[str, str]:
    return line.form, line.form


def _counted(
    title: str, due: Iterable[DueLine], key: Callable[[DueLine], tuple[str, str]]
) -> Table:
    """Count how rounds stand; `key` gives the order of a row and its words."""
    found: defaultdict[tuple[str, str], Counter[Standing]] = defaultdict(Counter)
    for line in due:
        found[key(line)][line.standing] += 1
    rows: list[list[Cell]] = [
        [words, counts.total(), *(counts[each] for each in _COLUMNS), _share(counts)]
        for (_order, words), counts in sorted(found.items())
    ]
    return Table(
        title,
        (
            Column(_("Counted by"), 24),
            Column(_("Rounds due"), 10, Kind.NUMBER),
            *(Column(_(STANDING_NAMES[each]), 12, Kind.NUMBER) for each in _COLUMNS),
            Column(_("Share in time"), 12),
        ),
        rows,
    )


def _missed(missed: Sequence[DueLine]) -> Table:
    return Table(
        _("Missed"),
        (
            Column(_("Due from"), 17, Kind.MOMENT),
            Column(_("Due until"), 17, Kind.MOMENT),
            Column(_("Checklist"), 26),
            Column(_("Place"), 26),
            Column(_("By whom"), 16),
        ),
        [
            (each.due.opens, each.due.closes, each.form, each.place, each.role)
            for each in missed
        ],
    )


def _rounds(title: str, rounds: Sequence[RoundLine], marks: Collection[Mark]) -> Table:
    """List rounds, each with those of its marks that the list is about."""
    return Table(
        title,
        (
            Column(_("Due from"), 17, Kind.MOMENT),
            Column(_("Made from"), 17, Kind.MOMENT),
            Column(_("Made until"), 17, Kind.MOMENT),
            Column(_("Entered at"), 17, Kind.MOMENT),
            Column(_("Checklist"), 20),
            Column(_("Place"), 20),
            Column(_("Patroller"), 10),
            Column(_("Supervisor"), 10),
            Column(_("Not in order"), 10, Kind.NUMBER),
            Column(_("Remarks"), 30),
        ),
        [_round(each, marks) for each in rounds],
    )


def _round(line: RoundLine, marks: Collection[Mark]) -> tuple[Cell, ...]:
    said = [_(MARK_NAMES[mark]) for mark in line.marks if mark in marks]
    remarks = _("; ").join(filter(None, (*said, line.void_reason, line.note)))
    return (
        line.due.opens if line.due else None,
        line.started_at,
        line.ended_at,
        line.entered_at,
        line.form,
        line.place,
        line.patroller,
        line.supervisor,
        line.failed,
        remarks,
    )
