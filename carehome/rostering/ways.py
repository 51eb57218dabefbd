"""What would make a roster possible: the cheapest changes, each tried out."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from ortools.sat.python import cp_model

from carehome.rostering.possible import (
    Clock,
    OutOfTime,
    can_meet,
    is_possible,
    model_of,
    post,
    solver_for,
)
from carehome.rostering.rows import Row, Rows
from carehome.rules.rosters.changes import (
    Change,
    Conflict,
    Ease,
    Way,
    change_for,
    changed,
    joined,
)
from carehome.rules.rosters.needs import atoms_of
from carehome.rules.rosters.problem import Fault, Problem

WEEK = 7
# From so many missing people on, borrowing somebody for a time is worth proposing.
MANY_MISSING = 4
# With so many missing there are no single changes to name: more people are needed.
TOO_MANY_MISSING = 15
# So many more people are tried than the fewest that could be enough.
MOST_MORE = 2
# How much work the cheapest changes of one week are worth, in seconds of a core.
EFFORT = 1.0


def ways_out(
    problem: Problem, conflicts: Sequence[Conflict], clock: Clock
) -> Iterator[Way]:
    """Yield the cheapest way over all changes, then over each kind of change alone."""
    named = {
        change.ease
        for conflict in conflicts
        for need in conflict.needs
        for atom in need.atoms
        if (change := change_for(problem, atom)) is not None
    }
    month = range(problem.days)
    weeks = [month[start : start + WEEK] for start in month[::WEEK]]
    narrow = [*_spans(conflicts), *weeks]
    if Ease.COVER in named:
        fewer = _way(problem, narrow, {Ease.COVER}, clock) or ()
        missing = sum(each.amount for each in fewer)
        if missing >= MANY_MISSING:
            yield from _borrowings(problem, fewer, clock)
        if missing >= TOO_MANY_MISSING:
            named.discard(Ease.COVER)
    seen: set[Way] = set()
    alone = (frozenset({ease}) for ease in sorted(named))
    for eases in filter(None, dict.fromkeys((frozenset(named), *alone))):
        changes = _way(problem, [*narrow, month], eases, clock)
        if not changes or Way(changes) in seen:
            continue
        seen.add(Way(changes))
        yield Way(changes)


def _borrowings(
    problem: Problem, changes: Sequence[Change], clock: Clock
) -> Iterator[Way]:
    """Yield the fewest people who, borrowed for these days, would be enough."""
    start = min(change.day for change in changes)
    last = max(change.day for change in changes)
    if last - start > 2 * WEEK:
        start, last = 0, problem.days - 1
    span = last - start + 1
    work = max(span - span // WEEK, 1)  # days that one person can work
    fewest = -(-sum(change.amount for change in changes) // work)
    for number in range(fewest, fewest + MOST_MORE + 1):
        change = Change(Ease.BORROW, day=start, last=last, amount=number)
        if is_possible(changed(problem, [change]), clock):
            yield Way((change,))
            return


def _spans(conflicts: Sequence[Conflict]) -> Iterator[range]:
    """Yield the days of each conflict, and of its likes later on."""
    for conflict in conflicts:
        days = conflict.days
        for by in (0, *conflict.later):
            yield range(days[0] + by, days[-1] + by + 1)


def _way(
    problem: Problem, spans: Iterable[range], eases: Collection[Ease], clock: Clock
) -> tuple[Change, ...] | None:
    """Return changes that help, found from narrow spans to wide ones, if any do.

    A span is not left before it is possible with the changes, the month being the
    last one.
    """
    bought: dict[Change, int] = {}
    after = problem
    for days in spans:
        hard = frozenset(atoms_of(after))
        rows = Rows(after, hard, days.start, days.stop)
        while not can_meet(rows, hard, clock):
            changes = _cheapest(rows, eases, clock)
            if not changes:
                return None
            after = changed(after, changes)
            for change in changes:
                one = replace(change, amount=1)
                bought[one] = bought.get(one, 0) + change.amount
            hard = frozenset(atoms_of(after))
            rows = Rows(after, hard, days.start, days.stop)
    return joined(replace(change, amount=count) for change, count in bought.items())


def _cheapest(
    rows: Rows, eases: Collection[Ease], clock: Clock
) -> tuple[Change, ...] | None:
    """Return the cheapest changes of some kinds with which a roster is possible."""
    model, variables = model_of(rows)
    bought: dict[Change, cp_model.IntVar] = {}
    for row in rows.rows:
        eased: list[cp_model.IntVar] = []
        for atom, share in row.shares or ((row.atom, row.least or 0),):
            change = None if atom is None else change_for(rows.problem, atom)
            if change is None or change.ease not in eases:
                continue
            if change not in bought:
                bought[change] = model.new_int_var(0, _most(change, row, share), "")
            eased.append(bought[change])
        post(model, variables, row, eased)
    model.minimize(
        sum(_unit_price(change) * amount for change, amount in bought.items())
    )
    solver = solver_for(clock)
    solver.parameters.max_deterministic_time = EFFORT
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return None
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        raise OutOfTime
    return tuple(
        replace(change, amount=solver.value(amount))
        for change, amount in bought.items()
        if solver.value(amount)
    )


def _unit_price(change: Change) -> int:
    """Return what one unit costs; a minute in sixtieths of an hour's price."""
    if change.fault is Fault.MINUTES_UNDER:
        return change.price
    return change.price * 10


def _most(change: Change, row: Row, share: int) -> int:
    """Return by how much a rule can be eased at most."""
    if change.ease is Ease.COVER:
        return share
    if change.ease is Ease.LIMIT:
        return max(sum(abs(factor) for _cell, factor in row.terms), 1)
    return 1
