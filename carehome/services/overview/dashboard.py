"""The director's charts: each topic by its figures of twelve months."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from pathlib import Path

from sqlalchemy.orm import Session

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
    Unit,
    definitions,
    show,
    show_figure,
)
from carehome.rules.periods import DAY, Period, month_of
from carehome.rules.ratings.grades import GRADE_NAMES
from carehome.rules.rights import Right
from carehome.rules.today import words
from carehome.services.claims import star_in
from carehome.services.figures import figures_of, for_user
from carehome.services.figures.records import Records
from carehome.services.papers import letterhead_in
from carehome.services.service import Service, needs
from carehome.services.shifts.service import Shifts

SHOWS = frozenset(
    {"stay", "bed", "bed_use", "assessment", "bill", "payment", "roster", "staff"}
    | {"staff_member", "certificate", "safety_round", "safety_hazard", "safety_paper"}
    | {"safety_incident", "rating_award", "enquiry", "waiting_entry", "risk_assessment"}
)
NO_AWARD = words(N_("No grade that holds has been entered. Enter it on the page."))


@dataclass(frozen=True, slots=True)
class Card:
    """A topic with its figures by key, a value for each month; the last one is now."""

    topic: Topic
    trends: Mapping[FigureKey, Sequence[Figure]]

    @property
    def trend(self) -> Sequence[Figure]:
        """Return the figure in front, month by month."""
        return self.trends[self.topic.main]

    @property
    def now(self) -> Figure:
        """Return the figure of the month that runs."""
        return self.trend[-1]

    @property
    def before(self) -> Figure:
        """Return the figure of the month before."""
        return self.trend[-2]


@dataclass(frozen=True, slots=True)
class Board:
    """All cards of one day; `need` is how many people its shifts ask for together."""

    day: date
    months: tuple[Period, ...]
    cards: tuple[Card, ...]
    need: int | None = None


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
        with self._reading() as session:
            records = Records(session, today)
            found = [figures_of(records, keys, each, today) for each in months]
            grades = _grades_in(session, months, today)
        trends = {
            key: [self._told(month[key], month is found[-1]) for month in found]
            for key in keys
        }
        cards = (
            Card(topic, {key: trends[key] for key in topic.keys})
            if topic.code != RATING
            else Card(topic, {topic.main: grades})
            for topic in TOPICS
        )
        return Board(today, tuple(months), tuple(cards), self._need(today))

    @needs(Right.SEE_OVERVIEW)
    @speaking()
    def write(self, board: Board, path: Path) -> None:
        """Draw a board that was read as a PDF."""
        with self._reading() as session:
            head = letterhead_in(session)
        write_board(path, board_sheet(board), head)

    def _need(self, today: date) -> int | None:
        """Return how many people all shifts of today ask for, where one may see it."""
        if not self._user.may(Right.SEE_ROSTER):
            return None
        lines = Shifts(self._db, self._user, self._clock).cover_now(today)
        covers = [line.cover for line in lines if line.cover]
        return sum(cover.need for cover in covers) if covers else None

    def _told(self, figure: Figure, is_now: bool) -> Figure:
        """Return a figure as the person may see it; lists only of what is now."""
        seen = for_user(figure, self._user)
        return seen if is_now else replace(seen, rows=None)


def show_main(topic: Topic, figure: Figure) -> str:
    """Show the figure in front of a topic."""
    if topic.code == RATING:
        if not figure.is_known:
            return _("Unknown")
        return _(GRADE_NAMES[int(figure.value or 0)])
    return show_figure(figure, definitions()[topic.main].unit)


def say_before(card: Card) -> str:
    """Say what the figure was the month before."""
    return _("Month before: {value}").format(value=show_main(card.topic, card.before))


def beside(card: Card, need: int | None) -> list[Beside]:
    """Return the names and values of the figures beside the one in front."""
    known = definitions()
    found = [
        Beside(
            known[key].name,
            show_figure(card.trends[key][-1], known[key].unit),
            card.trends[key][-1],
        )
        for key in card.topic.beside
    ]
    if card.topic.code == STAFFING:
        asked = _("Unknown") if need is None else show(need, Unit.PEOPLE)
        found.insert(0, Beside(_("People that all shifts of today ask for"), asked))
    return found


def board_sheet(board: Board) -> BoardSheet:
    """Lay a board out for paper."""
    months = tuple(say_month(each.start) for each in board.months)
    day = _("As of {day}").format(day=show_day(board.day))
    cards = tuple(_card_sheet(card, board.need) for card in board.cards)
    return BoardSheet(day, months, cards)


def _card_sheet(card: Card, need: int | None) -> CardSheet:
    topic, known = card.topic, definitions()
    parts = tuple(
        (known[key].name, tuple(each.value for each in card.trends[key]))
        for key in topic.parts
    )
    values = tuple(each.value for each in card.trend)
    return CardSheet(
        _(topic.name),
        known[topic.main].name if topic.main else _("Grade held"),
        show_main(topic, card.now),
        say_before(card),
        str(card.now.unknown or card.now.note),
        tuple((each.name, each.value) for each in beside(card, need)),
        values,
        parts,
        show_largest(topic, values),
    )


def show_largest(topic: Topic, values: Sequence[int | Fraction | None]) -> str:
    """Show the largest of some values of the figure in front, if any is known."""
    known = [value for value in values if value is not None]
    return show_main(topic, Figure(topic.main, max(known))) if known else ""


def _grades_in(session: Session, months: Sequence[Period], today: date) -> list[Figure]:
    """Return the grade held at the end of each month, or today."""
    ends = (min((each.end or today + DAY) - DAY, today) for each in months)
    grades = [star_in(session, day) for day in ends]
    return [Figure(value=each) if each else Figure(unknown=NO_AWARD) for each in grades]
