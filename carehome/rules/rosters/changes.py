"""What could be changed about a problem that no roster can meet, and at what price."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from carehome.rules.rosters.needs import LIMITS, Atom, Need, bar_of, with_limit
from carehome.rules.rosters.problem import Bar, Fault, Limit, Person, Problem, Why


class Ease(StrEnum):
    """The ways to ease a need; whatever the law asks for is never among them."""

    COVER = "cover"  # fewer people on a shift, or somebody borrowed for it
    BORROW = "borrow"  # people from elsewhere over many days
    COME = "come"  # somebody comes in spite of a leave
    TRAINING = "training"  # a training is put off
    RENEW = "renew"  # a certificate is renewed in time
    UNLOCK = "unlock"  # a locked cell may change
    LIMIT = "limit"  # a limit of hours, days in a row, nights … gives way


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One thing to change; `amount` is by how many people, minutes, days.

    `at` is the number of a demand or of a count, `what` the certificate or the leave,
    `day` and `last` the first and the last day that it is about.
    """

    ease: Ease
    person: str = ""
    day: int = -1
    last: int = -1
    at: int = -1
    fault: Fault | None = None
    what: str = ""
    amount: int = 1

    @property
    def price(self) -> int:
        """Return how hard this is to bring about, in points."""
        if self.fault is Fault.MINUTES_UNDER:
            return max(1, self.amount * PRICES[self.ease] // 60)
        return self.amount * PRICES[self.ease]


@dataclass(frozen=True, slots=True)
class Way:
    """Changes that together make a roster possible, the easiest way first."""

    changes: tuple[Change, ...]

    @property
    def price(self) -> int:
        """Return how hard all changes together are to bring about."""
        return sum(change.price for change in self.changes)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Needs that cannot be met together; each of them alone could be left out.

    The same conflict comes back so many days `later`.
    """

    needs: tuple[Need, ...]
    later: tuple[int, ...] = ()

    @property
    def days(self) -> tuple[int, ...]:
        """Return the days on which they meet."""
        return tuple(sorted({day for need in self.needs for day in need.days}))


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why there is no roster: conflicts, and what would make one possible.

    Not final means that the time was over before everything had been tried.
    """

    conflicts: tuple[Conflict, ...] = ()
    ways: tuple[Way, ...] = ()
    is_final: bool = True

    @property
    def is_possible(self) -> bool:
        """Say whether there is a roster after all."""
        return self.is_final and not self.conflicts


# How hard each is to bring about (ours): a lock is a click, a leave is somebody's own.
PRICES: Mapping[Ease, int] = {
    Ease.UNLOCK: 4,
    Ease.LIMIT: 6,
    Ease.TRAINING: 8,
    Ease.RENEW: 12,
    Ease.COVER: 20,
    Ease.BORROW: 60,
    Ease.COME: 30,
}
_NEVER = frozenset(
    {Fault.FOLLOWING, Fault.WEEKLY_REST, Fault.MINUTES_OVER, Fault.COVER_OVER}
)
_BARS: Mapping[Why, Ease] = {
    Why.AWAY: Ease.COME,
    Why.TRAINING: Ease.TRAINING,
    Why.CERTIFICATE: Ease.RENEW,
}


def change_for(problem: Problem, atom: Atom) -> Change | None:
    """Return the change that would ease a rule by one, None for what must stay."""
    if atom.fault in _NEVER:
        return None
    if atom.fault is Fault.BARRED:
        return _change_for_bar(atom, bar_of(problem, atom))
    if atom.fault is Fault.COVER_UNDER:
        return Change(Ease.COVER, day=atom.day, last=atom.day, at=atom.at)
    if atom.fault is Fault.LOCK:
        return Change(Ease.UNLOCK, atom.person, atom.day, atom.day)
    return Change(Ease.LIMIT, atom.person, at=atom.at, fault=atom.fault)


def _change_for_bar(atom: Atom, bar: Bar) -> Change | None:
    """Return the change that would lift a bar."""
    ease = _BARS.get(bar.why)
    if ease is None:
        return None
    if ease is Ease.RENEW:
        return Change(ease, atom.person, what=bar.what)
    return Change(ease, atom.person, atom.day, atom.day, what=bar.what)


def joined(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return changes in order, those of one person on following days as one."""
    found: list[Change] = []
    for change in sorted(changes):
        last = found[-1] if found else None
        follows = (
            last is not None
            and change.ease in {Ease.COME, Ease.TRAINING, Ease.UNLOCK}
            and (last.ease, last.person, last.what)
            == (change.ease, change.person, change.what)
            and change.day == last.last + 1
        )
        if last is not None and follows:
            found[-1] = replace(
                last, last=change.last, amount=last.amount + change.amount
            )
        else:
            found.append(change)
    return tuple(sorted(found, key=lambda each: (each.day, each.ease, each)))


def changed(problem: Problem, changes: Iterable[Change]) -> Problem:
    """Return the problem as it would be with these changes."""
    for change in changes:
        problem = _CHANGERS[change.ease](problem, change)
    return problem


def _with_fewer(problem: Problem, change: Change) -> Problem:
    demands = list(problem.demands)
    demand = demands[change.at]
    demands[change.at] = replace(demand, need=max(demand.need - change.amount, 0))
    return replace(problem, demands=tuple(demands))


def _with_borrowed(problem: Problem, change: Change) -> Problem:
    """Add people who may work every shift and unit on the days of the change."""
    people = tuple(borrowed(problem, number) for number in range(change.amount))
    away = [day for day in range(problem.days) if not change.day <= day <= change.last]
    locked = {(person.key, day): "" for person in people for day in away}
    return replace(
        problem,
        people=(*problem.people, *people),
        demands=tuple(
            demand
            if demand.counts is None
            else replace(
                demand, counts=demand.counts | {person.key for person in people}
            )
            for demand in problem.demands
        ),
        locked={**problem.locked, **locked},
    )


def borrowed(problem: Problem, number: int) -> Person:
    """Return somebody borrowed: the rules of rest hold for them as for anybody."""
    runs = [person.run.most for person in problem.people if person.run.most]
    hours = [person.minutes.most for person in problem.people if person.minutes.most]
    return Person(
        f"borrowed-{number}",
        minutes=Limit(most=max(hours, default=None)),
        run=Limit(most=max(runs, default=None)),
        weekly_rest=any(person.weekly_rest for person in problem.people),
    )


def _without_bars(problem: Problem, change: Change) -> Problem:
    """Lift the bars of one reason: those of some days, or all of a certificate."""
    bars = {
        (key, day): {
            shift: bar
            for shift, bar in each.items()
            if not (
                key == change.person
                and _BARS.get(bar.why) is change.ease
                and bar.what == change.what
                and (change.day < 0 or change.day <= day <= change.last)
            )
        }
        for (key, day), each in problem.bars.items()
    }
    return replace(problem, bars=bars)


def _without_lock(problem: Problem, change: Change) -> Problem:
    locked = {
        (key, day): shift
        for (key, day), shift in problem.locked.items()
        if not (key == change.person and change.day <= day <= change.last)
    }
    return replace(problem, locked=locked)


def _with_limit(problem: Problem, change: Change) -> Problem:
    if change.at >= 0:
        counts = list(problem.counts)
        limits = dict(counts[change.at].limits)
        under = change.fault is Fault.COUNT_UNDER
        limits[change.person] = _eased(limits[change.person], under, change.amount)
        counts[change.at] = replace(counts[change.at], limits=limits)
        return replace(problem, counts=tuple(counts))
    name, under = next(
        (field, change.fault is faults[0])
        for field, faults in LIMITS.items()
        if change.fault in faults
    )
    people = tuple(
        person
        if person.key != change.person
        else with_limit(
            person, name, _eased(getattr(person, name), under, change.amount)
        )
        for person in problem.people
    )
    return replace(problem, people=people)


def _eased(limit: Limit, under: bool, by: int) -> Limit:
    if under:
        return replace(limit, least=max(limit.least - by, 0))
    return replace(limit, most=(limit.most or 0) + by)


_CHANGERS = {
    Ease.COVER: _with_fewer,
    Ease.BORROW: _with_borrowed,
    Ease.COME: _without_bars,
    Ease.TRAINING: _without_bars,
    Ease.RENEW: _without_bars,
    Ease.UNLOCK: _without_lock,
    Ease.LIMIT: _with_limit,
}
