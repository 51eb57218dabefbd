"""Conflicts, what would help, who could step in: in a head nurse's words."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from carehome.i18n import N_, _
from carehome.rules.rosters.causes import Cause
from carehome.rules.rosters.changes import Change, Conflict, Ease, Way
from carehome.rules.rosters.fixes import Fix, Move
from carehome.rules.rosters.needs import COVERS, Need
from carehome.rules.rosters.problem import Bar, Counted, Fault, Finding, Problem, Why
from carehome.rules.rosters.words import (
    say,
    say_day,
    say_person,
    say_shift,
    say_shortly,
    say_what,
    say_where,
)

FEW_NAMES = 3
FEW_NEEDS = 3
FEW_CHANGES = 6

_RULES: Mapping[Fault, str] = {
    Fault.FOLLOWING: N_("Enough rest between two shifts: {people}"),
    Fault.WEEKLY_REST: N_("A day off every week: {people}"),
    Fault.RUN_LONG: N_("At most {amount} days of work in a row: {people}"),
    Fault.RUN_SHORT: N_("At least {amount} days of work in a row: {people}"),
    Fault.REST_LONG: N_("At most {amount} days off in a row: {people}"),
    Fault.REST_SHORT: N_("At least {amount} days off in a row: {people}"),
    Fault.MINUTES_OVER: N_("At most {hours} hours this month: {people}"),
    Fault.MINUTES_UNDER: N_("At least {hours} hours this month: {people}"),
    Fault.WEEKENDS_OVER: N_("Work on at most {amount} weekends: {people}"),
    Fault.WEEKENDS_UNDER: N_("Work on at least {amount} weekends: {people}"),
}
_COUNTS: Mapping[tuple[Fault, Counted], str] = {
    (Fault.COUNT_OVER, Counted.SHIFT): N_("At most {amount} shifts: {people}"),
    (Fault.COUNT_UNDER, Counted.SHIFT): N_("At least {amount} shifts: {people}"),
    (Fault.COUNT_OVER, Counted.NIGHTS): N_("At most {amount} nights: {people}"),
    (Fault.COUNT_UNDER, Counted.NIGHTS): N_("At least {amount} nights: {people}"),
    (Fault.COUNT_OVER, Counted.HOLIDAYS): N_("At most {amount} holidays: {people}"),
    (Fault.COUNT_UNDER, Counted.HOLIDAYS): N_("At least {amount} holidays: {people}"),
    (Fault.COUNT_OVER, Counted.WEEKENDS): N_("At most {amount} weekend days: {people}"),
    (Fault.COUNT_UNDER, Counted.WEEKENDS): N_(
        "At least {amount} weekend days: {people}"
    ),
}
_BARS: Mapping[Why, str] = {
    Why.AWAY: N_("On leave {days} ({what}): {people}"),
    Why.TRAINING: N_("At a training {days}: {people}"),
    Why.NOT_HERE: N_("Not employed {days}: {people}"),
    Why.POST: N_("Not in the post “{what}”: {people}"),
    Why.CERTIFICATE: N_("No valid {what}: {people}"),
    Why.PROTECTED: N_("Protected as mothers, no nights: {people}"),
}
_LIMITS: Mapping[Fault, str] = {
    Fault.RUN_LONG: N_("Let {name} work {amount} {amount:day|days} more in a row"),
    Fault.RUN_SHORT: N_("Let {name} work {amount} {amount:day|days} fewer in a row"),
    Fault.REST_LONG: N_("Let {name} be off {amount} {amount:day|days} more in a row"),
    Fault.REST_SHORT: N_("Let {name} be off {amount} {amount:day|days} fewer in a row"),
    Fault.MINUTES_UNDER: N_("Ask {hours} hours less of {name} this month"),
    Fault.WEEKENDS_OVER: N_("Let {name} work on {amount} more weekends"),
    Fault.WEEKENDS_UNDER: N_("Ask {amount} weekends less of {name}"),
    Fault.COUNT_OVER: N_("Let {name} have {amount} more than the limit allows"),
    Fault.COUNT_UNDER: N_("Ask {amount} fewer of {name} than the limit asks"),
}

_SPOILT: Mapping[tuple[Fault, Counted], str] = {
    (Fault.COUNT_OVER, Counted.SHIFT): N_("{count} shifts above the month's number"),
    (Fault.COUNT_UNDER, Counted.SHIFT): N_("{count} shifts below the month's number"),
    (Fault.COUNT_OVER, Counted.NIGHTS): N_("{count} nights above the fair share"),
    (Fault.COUNT_UNDER, Counted.NIGHTS): N_("{count} nights below the fair share"),
    (Fault.COUNT_OVER, Counted.HOLIDAYS): N_("{count} holidays above the fair share"),
    (Fault.COUNT_UNDER, Counted.HOLIDAYS): N_("{count} holidays below the fair share"),
    (Fault.COUNT_OVER, Counted.WEEKENDS): N_(
        "{count} weekend days above the fair share"
    ),
    (Fault.COUNT_UNDER, Counted.WEEKENDS): N_(
        "{count} weekend days below the fair share"
    ),
}
_COME = N_("Ask {name} to come {span} and take the leave another time")
_TRAINING = N_("Put off the training of {name} {span}")
_UNLOCK = N_("Unlock {name} {span}")
_BOTH = N_("Change leave, trainings or locks of {name} {span}")
_PEOPLES: Mapping[Ease, str] = {
    Ease.COME: _COME,
    Ease.TRAINING: _TRAINING,
    Ease.UNLOCK: _UNLOCK,
}


def say_conflict(conflict: Conflict, problem: Problem) -> str:
    """Say in one line when the needs meet, and how often."""
    span = say_span(problem, conflict.days or range(problem.days))
    if conflict.later:
        last = conflict.days[0] + conflict.later[-1]
        return _(
            "{span}, and in the same way on {count} more days up to {last}"
        ).format(span=span, count=len(conflict.later), last=say_day(problem, last))
    return span


def say_needs(conflict: Conflict, problem: Problem) -> list[str]:
    """Say the needs of a conflict, those of one kind in one line."""
    covers = [need for need in conflict.needs if need.fault in COVERS]
    rest = [need for need in conflict.needs if need.fault not in COVERS]
    lines = _say_covers(covers, problem)
    rest.sort(key=lambda need: _kind(need, problem))
    for _key, alike in groupby(rest, key=lambda need: _kind(need, problem)):
        lines.append(_say_alike(list(alike), problem))
    return lines


def _say_covers(needs: Sequence[Need], problem: Problem) -> list[str]:
    if len(needs) <= FEW_NEEDS:
        return [_say_cover(need, problem) for need in needs]
    days = sorted({day for need in needs for day in need.days})
    every = sum(problem.demands[atom.at].need for need in needs for atom in need.atoms)
    shifts = dict.fromkeys(say_shift(problem, need.shift) for need in needs)
    facts = {
        "span": say_span(problem, days),
        "shifts": _(", ").join(shifts),
        "count": every,
    }
    if len(days) == 1:
        return [_("{span}: {count} people needed on {shifts}").format(**facts)]
    return [_("{span}: {count} shifts to fill ({shifts})").format(**facts)]


def _say_cover(need: Need, problem: Problem) -> str:
    text = (
        N_("{span} {where}: {amount} needed")
        if need.fault is Fault.COVER_UNDER
        else N_("{span} {where}: {amount} at most")
    )
    return _(text).format(
        span=say_span(problem, need.days),
        where=say_where(problem, need.shift, need.unit),
        amount=need.amount,
    )


def _kind(need: Need, problem: Problem) -> str:
    """Return what needs have in common that are said in one line."""
    return _say_alike([need], problem, "")


def _say_alike(
    needs: Sequence[Need], problem: Problem, people: str | None = None
) -> str:
    """Say needs of one kind together; their people in one list."""
    need = needs[0]
    keys = list(dict.fromkeys(key for each in needs for key in each.people))
    facts = {
        "people": say_people(problem, keys) if people is None else people,
        "amount": need.amount,
        "hours": need.amount // 60,
    }
    if need.fault is Fault.LOCK:
        return _("Locked {days} as {shift}: {people}").format(
            days=say_span(problem, need.days), shift=_locked(need, problem), **facts
        )
    if need.bar is not None:
        days = say_span(problem, _whole(need, need.bar, problem))
        what = say_what(need.bar)
        return _say_bar(need.bar, problem).format(days=days, what=what, **facts)
    if need.counted is not None:
        return _(_COUNTS[need.fault, need.counted]).format(**facts)
    return _(_RULES[need.fault]).format(**facts)


def _locked(need: Need, problem: Problem) -> str:
    key, day = need.people[0], need.days[0]
    return say_shift(problem, problem.locked[key, day])


def _say_bar(bar: Bar, problem: Problem) -> str:
    if bar.why is Why.CERTIFICATE and bar.since is not None:
        day = say_day(problem, (bar.since - problem.first).days)
        return _("{what} lapsed from {day} on: {people}").replace("{day}", day)
    return _(_BARS[bar.why])


def _whole(need: Need, bar: Bar, problem: Problem) -> Sequence[int]:
    """Return the days of a leave beyond those that conflict."""
    if len(need.people) != 1:
        return need.days

    def holds(day: int) -> bool:
        return bar in problem.bars.get((need.people[0], day), {}).values()

    start, end = need.days[0], need.days[-1]
    while holds(start - 1):
        start -= 1
    while holds(end + 1):
        end += 1
    return range(start, end + 1)


def say_people(problem: Problem, keys: Sequence[str]) -> str:
    """Name a few people, of many the first ones and how many they are."""
    if len(keys) == len(problem.people) > FEW_NAMES:
        return _("all of them")
    names = _(", ").join(say_person(problem, key) for key in keys[:FEW_NAMES])
    if len(keys) <= FEW_NAMES:
        return names
    return _("{names} … {count} people").format(names=names, count=len(keys))


def say_span(problem: Problem, days: Sequence[int]) -> str:
    """Name days that follow each other by the first and the last."""
    if len(days) == 1:
        return say_day(problem, days[0])
    return _("{first} to {last}").format(
        first=say_day(problem, days[0]), last=say_day(problem, days[-1])
    )


# --- what would help


def say_way(way: Way, problem: Problem) -> str:
    """Say the changes of a way, of many only how much they come to."""
    if len(way.changes) > FEW_CHANGES:
        return _say_much(way, problem)
    return _("; ").join(say_change(change, problem) for change in way.changes)


def _say_much(way: Way, problem: Problem) -> str:
    """Say what many changes come to; those of one kind with all of their people."""
    known = [each for each in way.changes if each.day >= 0]
    first = min((each.day for each in known), default=0)
    last = max((each.last for each in known), default=problem.days - 1)
    span = say_span(problem, range(first, last + 1))
    people = list(dict.fromkeys(each.person for each in way.changes if each.person))
    eases = {each.ease for each in way.changes}
    if eases <= _PEOPLES.keys():
        text = _PEOPLES[min(eases)] if len(eases) == 1 else _BOTH
        return _(text).format(name=say_people(problem, people), span=span)
    short = sum(c.amount for c in way.changes if c.ease is Ease.COVER)
    text = N_("{count} changes {span}, {short} shifts with one person less")
    if not short:
        text = N_("{count} changes {span}")
    return _(text).format(count=len(way.changes), span=span, short=short)


def say_change(change: Change, problem: Problem) -> str:
    """Say what to change."""
    return _CHANGES[change.ease](change, problem)


def _say_fewer(change: Change, problem: Problem) -> str:
    demand = problem.demands[change.at]
    return _("{day} {where}: {amount} fewer, or borrow {amount}").format(
        day=say_day(problem, demand.day),
        where=say_where(problem, demand.shift, demand.unit),
        amount=change.amount,
    )


def _say_borrow(change: Change, problem: Problem) -> str:
    return _("Borrow {amount} {amount:person|people} {span}").format(
        amount=change.amount, span=_say_days(change, problem)
    )


def _say_renew(change: Change, problem: Problem) -> str:
    return _("Renew {what} of {name} in time").format(
        name=say_person(problem, change.person), what=change.what
    )


def _say_persons(change: Change, problem: Problem) -> str:
    return _(_PEOPLES[change.ease]).format(
        name=say_person(problem, change.person), span=_say_days(change, problem)
    )


def _say_limit(change: Change, problem: Problem) -> str:
    assert change.fault is not None
    return _(_LIMITS[change.fault]).format(
        name=say_person(problem, change.person),
        amount=change.amount,
        hours=-(-change.amount // 60),
    )


def _say_days(change: Change, problem: Problem) -> str:
    return say_span(problem, range(change.day, change.last + 1))


_CHANGES: Mapping[Ease, Callable[[Change, Problem], str]] = {
    Ease.COVER: _say_fewer,
    Ease.BORROW: _say_borrow,
    Ease.COME: _say_persons,
    Ease.TRAINING: _say_persons,
    Ease.RENEW: _say_renew,
    Ease.UNLOCK: _say_persons,
    Ease.LIMIT: _say_limit,
}


# --- who could step in


def say_fix(fix: Fix, problem: Problem) -> str:
    """Say in one line which cells change, and how the first person then stands."""
    moves = _("; ").join(say_move(move, problem) for move in fix.moves)
    return _("{moves}: {reasons}").format(
        moves=moves, reasons=say_standing(fix, problem)
    )


def say_move(move: Move, problem: Problem) -> str:
    """Say which cell changes and how."""
    return _("{name} {day} {before} → {after}").format(
        name=say_person(problem, move.person),
        day=say_day(problem, move.day),
        before=say_shift(problem, move.before),
        after=say_shift(problem, move.after),
    )


def say_standing(fix: Fix, problem: Problem) -> str:
    """Say how the one who steps in stands afterwards, and what is spoilt."""
    move = fix.moves[0]
    parts = [_("{hours} hours this month").format(hours=_hours(move.minutes))]
    if move.nights_run:
        parts.append(_("{count} nights in a row").format(count=move.nights_run))
        parts.append(_("{count} nights this month").format(count=move.nights))
    else:
        parts.append(_("{count} days in a row").format(count=move.run))
    if move.is_holiday:
        parts.append(_("paid three-fold"))
    parts += [_say_spoilt(each, problem) for each in fix.spoils]
    return " · ".join(dict.fromkeys(parts))


def _say_spoilt(finding: Finding, problem: Problem) -> str:
    """Say what a fix spoils, in a few words; of a fair share whose it is."""
    if finding.counted is None:
        return say_shortly(finding, problem)
    return _(_SPOILT[finding.fault, finding.counted]).format(count=finding.amount)


def _hours(minutes: int) -> str:
    return f"{minutes / 60:.1f}".removesuffix(".0")


# --- why a wish stays


def say_cause(cause: Cause, problem: Problem) -> str:
    """Say what would be missed instead, were a finding to be mended."""
    if not cause.cells:
        return _("Changing one day, or swapping it with a colleague, does not help.")
    if cause.price is not None and cause.price < 0:
        return _("This can be improved: {moves}").format(
            moves=_say_cells(cause, problem)
        )
    if not cause.instead:
        return _("Any other roster would be as good only.")
    first = say(cause.instead[0], problem)
    if cause.price is None:
        return _("If {moves}, a rule would be broken: {first}").format(
            moves=_say_cells(cause, problem), first=first
        )
    if cause.price == 0:
        return _("If {moves}, it would cost just as much: {first}").format(
            moves=_say_cells(cause, problem), first=first
        )
    return _("If {moves}, it would cost {price} more: {first}").format(
        moves=_say_cells(cause, problem), price=cause.price, first=first
    )


def _say_cells(cause: Cause, problem: Problem) -> str:
    return _("; ").join(
        _("{name} {day} {shift}").format(
            name=say_person(problem, key),
            day=say_day(problem, day),
            shift=say_shift(problem, code),
        )
        for (key, day), code in cause.cells
    )
