"""What a day asks of the home: figures to know, tasks to do, concerns to heed.

Every subject tells its own lines; whatever shows them needs to know no subject.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from enum import IntEnum
from fractions import Fraction

from carehome.errors import Refusal
from carehome.i18n import N_, _, say_day, say_month, show_money, show_share
from carehome.rules.rights import Role

RESIDENT, RESIDENTS = "resident", "residents"  # targets: one file, a list of several
MOST_NAMES = 3  # that one line tells


class Urgency(IntEnum):
    """How soon somebody has to turn to a concern."""

    LATE = 0
    SOON = 1
    NOTE = 2


URGENCY_NAMES = {
    Urgency.LATE: N_("Do this first"),
    Urgency.SOON: N_("Soon"),
    Urgency.NOTE: N_("Good to know"),
}


class Fen(int):
    """Whole fen that are shown as money."""


class Month(date):
    """A day that stands for its month."""

    @classmethod
    def of(cls, day: date) -> "Month":
        """Return the month that holds `day`."""
        return cls(day.year, day.month, 1)


@dataclass(frozen=True, slots=True)
class Words:
    """A marked text and its facts, put into words when they are shown.

    Days are said as sentences say them, Fen as money, Fractions as a share, and what
    stands in a tuple one after the other.
    """

    text: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        facts = {
            name: fact if type(fact) is int else shown(fact)  # a text may ask how many
            for name, fact in self.facts.items()
        }
        return _(self.text).format(**facts)


Text = Words | str  # a plain str is said as it is, such as the name of a person


def words(text: str, **facts: object) -> Words:
    """Return a marked text with its facts."""
    return Words(text, facts)


def shown(fact: object) -> str:
    """Return a fact in the language in use."""
    match fact:
        case Fen():
            return show_money(fact)
        case Month():
            return say_month(fact)
        case date():
            return say_day(fact)
        case Fraction():
            return show_share(float(fact))
        case tuple():
            return _(", ").join(map(shown, fact))
    return str(fact)


@dataclass(frozen=True, slots=True)
class Target:
    """What a line opens: a kind that the program knows how to open, and which one."""

    kind: str
    key: object = None


@dataclass(frozen=True, slots=True)
class People:
    """Residents that are looked at together, and what that is called."""

    title: Text
    resident_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of what a figure counts, with the colour that it has everywhere."""

    count: int
    colour: str
    text: Text


@dataclass(frozen=True, slots=True)
class Figure:
    """One answer at the head of the page: a number, and what puts it in its place.

    `note` stands beside the name, `beside` beside the number, `below` under it; with
    an urgency the words below are a warning.
    """

    name: Text
    number: Text | Fen | int
    note: Text = ""
    beside: Text = ""
    below: Text = ""
    urgency: Urgency | None = None
    parts: tuple[Part, ...] = ()
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do on a day, about somebody or something, and the deed's name.

    `count` says how many things one line stands for.
    """

    due: date
    what: Text
    about: Text
    deed: Text
    target: Target
    at: time | None = None
    count: int = 1


@dataclass(frozen=True, slots=True)
class Concern:
    """Something to heed: its subject, what is the matter, and whose it is."""

    subject: Text
    text: Text
    urgency: Urgency
    target: Target | None = None
    role: Role | None = None
    due: date | None = None
    count: int = 1


def some_of(names: Sequence[Text]) -> object:
    """Return the first few of `names` as a fact to be told."""
    if len(names) <= MOST_NAMES:
        return tuple(names)
    return words(N_("{names} and others"), names=tuple(names[:MOST_NAMES]))


def about_people(
    subject: Text,
    people: Mapping[int, str],
    one: str,
    many: str,
    urgency: Urgency,
    *,
    title: str,
    role: Role | None = None,
    due: date | None = None,
) -> Concern:
    """Return one line about one resident or several; `people` maps ids to names.

    `one` is a marked text with {name}, `many` one with {count} and {names}; each may
    also say {day}. `title` names the list that several are opened in.
    """
    ids, names = tuple(people), tuple(people.values())
    if len(ids) == 1:
        text = words(one, name=names[0], day=due)
        target = Target(RESIDENT, ids[0])
    else:
        text = words(many, count=len(ids), names=some_of(names), day=due)
        target = Target(RESIDENTS, People(words(title), ids))
    return Concern(subject, text, urgency, target, role, due, len(ids))


Line = Figure | Task | Concern
Source = Callable[[date], Iterable[Line]]


@dataclass(frozen=True, slots=True)
class Today:
    """All that one person is told of a day, in its order."""

    day: date
    figures: tuple[Figure, ...] = ()
    tasks: tuple[Task, ...] = ()
    concerns: tuple[Concern, ...] = ()


def gather(sources: Iterable[Source], day: date) -> Today:
    """Ask every source for its lines and put them in order.

    What a rule refuses to compute is a concern itself: it says what to mend.
    """
    lines: list[Line] = []
    for source in sources:
        try:
            lines += source(day)
        except Refusal as refusal:
            told = Concern(
                words(N_("To fix")),
                Words(refusal.text, refusal.facts),
                Urgency.LATE,
            )
            if told not in lines:
                lines.append(told)
    return in_order(lines, day)


def in_order(lines: Iterable[Line], day: date) -> Today:
    """Put tasks by their hour and concerns by urgency; equals stay as they came."""
    lines = list(lines)
    tasks = [line for line in lines if isinstance(line, Task)]
    concerns = [line for line in lines if isinstance(line, Concern)]
    return Today(
        day,
        tuple(line for line in lines if isinstance(line, Figure)),
        tuple(sorted(tasks, key=lambda task: (task.due, task.at or time.max))),
        tuple(sorted(concerns, key=lambda c: (c.urgency, c.due or date.max))),
    )
