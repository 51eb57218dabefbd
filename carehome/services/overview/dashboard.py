"""The director's charts: each topic by its figures of twelve months."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.rosters import RosterCellRow, RosterRow
from carehome.i18n import N_, _, say_month, show_day, speaking
from carehome.reports.dashboard import BoardSheet, CardSheet, write_board
from carehome.rules.dashboard import (
    MONTHS,
    RATING,
    STAFFING,
    TOPICS,
    Topic,
    months_to,
)
from carehome.rules.figures import (
    Figure,
    FigureKey,
    Rows,
    Unit,
    definitions,
    show,
    show_figure,
)
from carehome.rules.periods import DAY, Period, month_of
from carehome.rules.ratings.grades import GRADE_NAMES
from carehome.rules.ratings.points import show_points
from carehome.rules.rights import Right
from carehome.rules.today import words
from carehome.services.figures import READ, figures_of, for_user
from carehome.services.figures.records import Records
from carehome.services.papers import letterhead_in
from carehome.services.ratings.awards import awards_in, held_on
from carehome.services.ratings.standing import STANDS_ON, selves_in, standing_in
from carehome.services.service import Service, needs
from carehome.services.shifts.service import NeedLine, Shifts

SHOWS = READ | STANDS_ON
SHOWS |= {"calendar_day", "cover_ratio", "form_version", "shift_need", "unit"}
SHOWS |= {"unit_floor"}
NO_AWARD = words(N_("No grade that holds has been entered. Enter it on the page."))


@dataclass(frozen=True, slots=True)
class Card:
    """A topic with its figures by key, a value for each month; the last one runs.

    `more` are facts beside the figures: a name and what is said of it.
    """

    topic: Topic
    trends: Mapping[FigureKey, Sequence[Figure]]
    more: tuple[tuple[str, str], ...] = ()

    @property
    def trend(self) -> Sequence[Figure]:
        """Return the figure in front, month by month."""
        return self.trends[self.topic.main]

    @property
    def at(self) -> int:
        """Return which month is told: the last one that is known, else the last."""
        known = [at for at, each in enumerate(self.trend) if each.is_known]
        return known[-1] if known else len(self.trend) - 1

    @property
    def now(self) -> Figure:
        """Return the figure in front of the month that is told."""
        return self.trend[self.at]

    @property
    def before(self) -> Figure | None:
        """Return the figure of the month before the one told, if it is among them."""
        return self.trend[self.at - 1] if self.at else None

    @property
    def why(self) -> str:
        """Say why the month that runs is unknown, or what to know of the one told."""
        return str(self.trend[-1].unknown or self.now.note)

    def of(self, key: FigureKey) -> Figure:
        """Return another figure of the month that is told."""
        return self.trends[key][self.at]


@dataclass(frozen=True, slots=True)
class Duty:
    """How many people the shifts of a day ask for, are on, and lack; none = unknown."""

    need: int | None = None
    on: int | None = None
    short: int = 0


@dataclass(frozen=True, slots=True)
class Board:
    """All cards of one day."""

    day: date
    months: tuple[Period, ...]
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """A line beside the figure in front: its name, its value, what it was told by."""

    name: str
    value: str
    figure: Figure | None = None


class Dashboard(Service):
    """What the director sees at one look."""

    @needs(Right.SEE_OVERVIEW)
    def read(self) -> Board:
        """Count the figures of all topics for the last twelve months."""
        today = self._today()
        months = months_to(month_of(today), MONTHS)
        keys = [key for topic in TOPICS for key in topic.keys]
        asked = Shifts(self._db, self._user, self._clock).cover_now(today)
        with self._reading() as session:
            records = Records(session, today)
            found = [figures_of(records, keys, each, today) for each in months]
            grades = _grades_in(session, months, today)
            more = {
                RATING: _rated_in(session, today),
                STAFFING: say_duty(duty_in(session, asked, today)),
            }
        trends = {key: self._told([month[key] for month in found]) for key in keys}
        trends[""] = grades
        cards = (
            Card(
                topic,
                {key: trends[key] for key in (topic.main, *topic.keys)},
                tuple(more.get(topic.code, ())),
            )
            for topic in TOPICS
        )
        return Board(today, tuple(months), tuple(cards))

    @needs(Right.SEE_OVERVIEW)
    @speaking()
    def write(self, board: Board, path: Path) -> None:
        """Draw a board that was read as a PDF."""
        with self._reading() as session:
            head = letterhead_in(session)
        write_board(path, board_sheet(board), head)

    def _told(self, trend: Sequence[Figure]) -> list[Figure]:
        """Return figures as the person may see them; a list only of the last known."""
        seen = [for_user(figure, self._user) for figure in trend]
        known = [at for at, each in enumerate(seen) if each.is_known]
        keep = {len(seen) - 1, *known[-1:]}
        return [
            each if at in keep else replace(each, rows=None)
            for at, each in enumerate(seen)
        ]


def show_main(topic: Topic, figure: Figure) -> str:
    """Show the figure in front of a topic."""
    if topic.code == RATING:
        if not figure.is_known:
            return _("Unknown")
        return _(GRADE_NAMES[int(figure.value or 0)])
    return show_figure(figure, definitions()[topic.main].unit)


def name_of(card: Card, months: Sequence[Period]) -> str:
    """Name the figure in front, and its month where that is not the one that runs."""
    name = definitions()[card.topic.main].name if card.topic.main else _("Grade held")
    if card.at == len(months) - 1:
        return name
    text = _("{name}, {month}")
    return text.format(name=name, month=say_month(months[card.at].start))


def say_before(card: Card) -> str:
    """Say what the figure was the month before."""
    if card.before is None:
        return ""
    return _("Month before: {value}").format(value=show_main(card.topic, card.before))


def beside(card: Card) -> list[Beside]:
    """Return the names and values of what stands beside the figure in front."""
    known = definitions()
    figures = [
        Beside(
            known[key].name, show_figure(card.of(key), known[key].unit), card.of(key)
        )
        for key in card.topic.beside
    ]
    return [*(Beside(name, value, None) for name, value in card.more), *figures]


def months_of(card: Card, months: Sequence[Period]) -> Figure:
    """Return all figures of a card month by month as a list, the last month first."""
    known = definitions()
    keys = [
        card.topic.main,
        *(key for key in card.topic.keys if key != card.topic.main),
    ]
    titles = [known[key].name if key else N_("Grade held") for key in keys]
    lines = [
        (
            say_month(month.start),
            *(
                show_figure(card.trends[key][at], known[key].unit)
                if key
                else show_main(card.topic, card.trends[key][at])
                for key in keys
            ),
        )
        for at, month in enumerate(months)
    ]
    return replace(card.now, rows=Rows((N_("Month"), *titles), tuple(reversed(lines))))


def board_sheet(board: Board) -> BoardSheet:
    """Lay a board out for paper."""
    months = tuple(say_month(each.start) for each in board.months)
    day = _("As of {day}").format(day=show_day(board.day))
    cards = tuple(_card_sheet(card, board.months) for card in board.cards)
    return BoardSheet(day, months, cards)


def _card_sheet(card: Card, months: Sequence[Period]) -> CardSheet:
    topic, known = card.topic, definitions()
    parts = tuple(
        (known[key].name, tuple(each.value for each in card.trends[key]))
        for key in topic.parts
    )
    values = tuple(each.value for each in card.trend)
    return CardSheet(
        _(topic.name),
        name_of(card, months),
        show_main(topic, card.now),
        say_before(card),
        card.why,
        tuple((each.name, each.value) for each in beside(card)),
        values,
        parts,
        show_largest(topic, values),
    )


def show_largest(topic: Topic, values: Sequence[int | Fraction | None]) -> str:
    """Show the largest of some values of the figure in front, if any is known."""
    known = [value for value in values if value is not None]
    return show_main(topic, Figure(topic.main, max(known))) if known else ""


def duty_in(session: Session, lines: Sequence[NeedLine], day: date) -> Duty:
    """Set what the shifts of a day ask for against who is on them by the roster."""
    need: Counter[int] = Counter()
    for line in lines:
        need[line.shift_id] += line.cover.need if line.cover else 0
    asked = sum(need.values())
    month = day.replace(day=1)
    state = select(RosterRow.state).where(RosterRow.month == month)
    if not asked or session.scalar(state) != "published":
        return Duty(asked or None)
    cells = select(RosterCellRow.shift_id).where(RosterCellRow.day == day)
    on = Counter(each for each in session.scalars(cells) if each and each in need)
    short = sum((need - on).values())
    return Duty(asked, sum(on[each] for each in need), short)


def say_duty(duty: Duty) -> list[tuple[str, str]]:
    """Say how many people the shifts of today ask for, and whether they are there."""
    if duty.need is None:
        return [(_("People that all shifts of today ask for"), _("Unknown"))]
    need = (_("People that all shifts of today ask for"), show(duty.need, Unit.PEOPLE))
    if duty.on is None:
        return [need, (_("On duty today"), _("no published roster"))]
    on = show(duty.on, Unit.PEOPLE)
    if duty.short:
        lack = show(duty.short, Unit.PEOPLE)
        on = _("{on}, {lack} short").format(on=on, lack=lack)
    return [need, (_("On duty today"), on)]


def _rated_in(session: Session, today: date) -> list[tuple[str, str]]:
    """Say what the newest self-assessment comes to, stamped where its table is."""
    row = next(iter(selves_in(session)), None)
    if row is None:
        return [(_("Self-assessment"), _("None yet"))]
    found = standing_in(session, row, today)
    points = _("{got} of {full}").format(
        got=show_points(found.hundredths), full=show_points(sum(found.full.values()))
    )
    told = [
        (_("Points of the self-assessment"), points),
        (_("Grade by the self-assessment"), _(GRADE_NAMES[found.within_reach])),
    ]
    return [*told, (found.stamp, "")] if found.stamp else told


def _grades_in(session: Session, months: Sequence[Period], today: date) -> list[Figure]:
    """Return the grade held at the end of each month, or today."""
    awards = awards_in(session)
    if not awards:
        return [Figure(unknown=NO_AWARD) for _each in months]
    ends = (min((each.end or today + DAY) - DAY, today) for each in months)
    held = [held_on(awards, day) for day in ends]
    return [Figure(value=each.grade if each else 0) for each in held]
