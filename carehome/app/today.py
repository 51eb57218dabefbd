"""What the first page is made of: the sources of its lines, and what they open.

A subject adds a Source, and an opener for each new kind of target; the page itself
is not touched.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from carehome.app.desk import BEDS, FEES, RESIDENTS, Desk
from carehome.i18n import N_, _
from carehome.rules.rights import Right, Role
from carehome.rules.today import Concern, Line, Target, Task, Today, Urgency
from carehome.services.admissions import Admissions
from carehome.services.beds import Beds
from carehome.services.service import Service
from carehome.ui.today.page import TodayPage


@dataclass(frozen=True)
class Source:
    """A method of a service that tells lines of a day, to whom may ask it.

    `tables` are those it reads. Of the roles in `leads` its figures come first.
    """

    kind: type[Service]
    read: Callable[..., Iterable[Line]]
    tables: frozenset[str]
    leads: frozenset[Role] = frozenset()

    @property
    def right(self) -> Right:
        """The right that the method asks for."""
        return cast(Right, self.read.right)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Opener:
    """The page that holds a kind of target, and how to open one there."""

    page: str
    open: Callable[[Desk, Any], object]


@dataclass(frozen=True)
class Deed:
    """Something that people come to the first page for."""

    right: Right
    text: str
    icon: str
    keys: str
    do: Callable[[Desk], object]


PLACES = frozenset({"building", "floor", "room", "bed", "bed_use"})
SOURCES = (
    Source(Admissions, Admissions.today, PLACES | {"admission", "resident"}),
    Source(Beds, Beds.today, PLACES | {"resident", "absence", "code"}),
)
OPENERS = {
    "resident": Opener(RESIDENTS, Desk.open_resident),
    "admission": Opener(
        RESIDENTS, lambda desk, key: desk.residents_page().open_admission(key)
    ),
    "beds": Opener(BEDS, lambda desk, _state: desk.shell.open_page(BEDS)),
    "bed": Opener(BEDS, Desk.open_bed),
}
DEEDS = (
    Deed(
        Right.TAKE_MONEY,
        N_("Take a payment"),
        "fees",
        "Ctrl+P",
        lambda desk: desk.open_tab(FEES, _("Payments")),
    ),
    Deed(
        Right.CHANGE_RESIDENTS,
        N_("Admit a resident"),
        "plus",
        "Ctrl+N",
        lambda desk: desk.residents_page().begin_admission(),
    ),
)


def make_page(desk: Desk) -> TodayPage:
    """Return the first page of one person."""
    sources = sources_of(desk)
    tables = frozenset().union(*(source.tables for source in sources))
    reads = [partial(source.read, desk.service(source.kind)) for source in sources]
    page = TodayPage(reads, tables, desk.jobs, desk.today)
    deeds = [deed for deed in DEEDS if desk.user.may(deed.right)]
    for deed in deeds:
        add = page.head.add_primary if deed is deeds[-1] else page.head.add_button
        add(_(deed.text), deed.icon, deed.keys).clicked.connect(partial(deed.do, desk))
    page.wanted.connect(partial(open_target, desk))
    page.learnt.connect(partial(show_counts, desk))
    page.search_wanted.connect(partial(_search, desk))
    return page


def sources_of(desk: Desk) -> list[Source]:
    """Return what somebody may ask, first what matters most to the role."""
    allowed = (source for source in SOURCES if desk.user.may(source.right))
    return sorted(allowed, key=lambda source: desk.user.role not in source.leads)


def open_target(desk: Desk, target: Target) -> None:
    """Open what a line is about."""
    OPENERS[target.kind].open(desk, target.key)


def _search(desk: Desk) -> None:
    desk.shell.search_asked.emit()


def show_counts(desk: Desk, today: Today) -> None:
    """Show in the navigation how many things wait on each page."""
    waiting: Counter[str] = Counter()
    urgent = (c for c in today.concerns if c.urgency is not Urgency.NOTE)
    waits: list[Task | Concern] = [*today.tasks, *urgent]
    for line in waits:
        if line.target:
            waiting[OPENERS[line.target.kind].page] += line.count
    for title in desk.shell.entries:
        desk.shell.set_count(title, waiting[title])
