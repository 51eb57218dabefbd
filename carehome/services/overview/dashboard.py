"""The director's charts: each topic by its figures of twelve months."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import cast

from sqlalchemy.orm import Session

from carehome.i18n import N_, _, say_month, short_month, show_day, speaking
from carehome.reports.dashboard import BoardSheet, CardSheet, write_board
from carehome.rules.dashboard import (
    LEVELS,
    MONTHS,
    OCCUPANCY,
    RATING,
    STAFFING,
    TOPICS,
    Topic,
    months_to,
)
from carehome.rules.figures import (
    Figure,
    FigureKey,
    definitions,
    show_figure,
)
from carehome.rules.periods import DAY, Period, month_of
from carehome.rules.ratings.grades import GRADE_NAMES
from carehome.rules.residents import ABILITY_NAMES
from carehome.rules.rights import Right
from carehome.rules.today import Text, Words, words
from carehome.services.figures import READ, figures_of, for_user
from carehome.services.figures.records import Records
from carehome.services.overview.facts import Beside, duty_in, rated_in, say_duty
from carehome.services.papers import letterhead_in
from carehome.services.ratings.awards import awards_in, held_on
from carehome.services.ratings.standing import STANDS_ON
from carehome.services.service import Service, needs
from carehome.services.shifts.service import Shifts

SHOWS = READ | STANDS_ON
SHOWS |= {"calendar_day", "cover_ratio", "form_version", "shift_need", "unit"}
SHOWS |= {"unit_floor"}
NO_AWARD = words(N_("No grade that holds has been entered. Enter it on the page."))


@dataclass(frozen=True, slots=True)
class Card:
    """A topic with its figures by key, a value for each month; the last one runs.

    `more` are facts that are no figures, told before those.
    """

    topic: Topic
    trends: Mapping[FigureKey, Sequence[Figure]]
    more: tuple[Beside, ...] = ()

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
        """Say why the months since the one told are unknown, or what to know of it."""
        since = [each.unknown for each in self.trend[self.at + 1 :]]
        return say_since(since or [self.now.unknown or self.now.note])

    def of(self, key: FigureKey) -> Figure:
        """Return another figure of the month that is told."""
        return self.trends[key][self.at]


@dataclass(frozen=True, slots=True)
class Board:
    """All cards of one day."""

    day: date
    months: tuple[Period, ...]
    cards: tuple[Card, ...]

    @property
    def is_empty(self) -> bool:
        """Say whether there is neither a bed nor a resident to tell of."""
        occupancy = next(each for each in self.cards if each.topic.code == OCCUPANCY)
        return not (occupancy.now.is_known or occupancy.of("residents.total").value)


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
                RATING: rated_in(session, today),
                STAFFING: say_duty(duty_in(session, asked, today)),
            }
        cards = [
            Card(
                topic, self._seen(topic, found, grades), tuple(more.get(topic.code, ()))
            )
            for topic in TOPICS
        ]
        return Board(today, tuple(months), tuple(map(_light, cards)))

    @needs(Right.SEE_OVERVIEW)
    @speaking()
    def write(self, board: Board, path: Path) -> None:
        """Draw a board that was read as a PDF."""
        with self._reading() as session:
            head = letterhead_in(session)
        write_board(path, board_sheet(board), head)

    def _seen(
        self,
        topic: Topic,
        found: Sequence[Mapping[FigureKey, Figure]],
        grades: Sequence[Figure],
    ) -> dict[FigureKey, Sequence[Figure]]:
        """Return the figures of a topic by month, as the person may see them."""
        if not topic.main:
            return {topic.main: grades}
        return {
            key: [for_user(month[key], self._user) for month in found]
            for key in topic.keys
        }


def _light(card: Card) -> Card:
    """Return a card that keeps the lists behind the month that is told, no others."""
    trends = {
        key: [
            each if at == card.at else replace(each, rows=None)
            for at, each in enumerate(trend)
        ]
        for key, trend in card.trends.items()
    }
    return replace(card, trends=trends)


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
    told, last = months[card.at].start, months[-1].start
    month = short_month(told) if told.year == last.year else say_month(told)
    return _("{name}, {month}").format(name=name, month=month)


def say_before(card: Card) -> str:
    """Say what the figure was the month before."""
    if card.before is None or not card.now.is_known:
        return ""
    return _("Month before: {value}").format(value=show_main(card.topic, card.before))


def say_since(reasons: Sequence[Text]) -> str:
    """Say why months since the one told are unknown; those not posted by name."""
    months = [
        month
        for each in reasons
        if isinstance(each, Words)
        for month in cast(tuple[date, ...], each.facts.get("months", ()))
    ]
    if not months:
        return str(reasons[-1])
    named = _(", ").join(short_month(month) for month in months)
    return _("Bills not posted yet: {months}").format(months=named)


def told(figure: Figure, key: FigureKey) -> Beside:
    """Return a figure as a line tells it."""
    known = definitions()[key]
    value = show_figure(figure, known.unit)
    why = str(figure.unknown)
    return Beside(known.name, value, key, known.words, figure.rows, why)


def beside(card: Card) -> list[Beside]:
    """Return what stands beside the figure in front."""
    return [*card.more, *(told(card.of(key), key) for key in card.topic.beside)]


def board_sheet(board: Board) -> BoardSheet:
    """Lay a board out for paper."""
    months = tuple(say_month(each.start) for each in board.months)
    day = _("As of {day}").format(day=show_day(board.day))
    cards = tuple(_card_sheet(card, board.months) for card in board.cards)
    return BoardSheet(day, months, cards)


def name_of_part(key: FigureKey) -> str:
    """Return the word of one of the parts that residents are drawn in."""
    if key not in LEVELS:
        return _("Not assessed")
    return _(ABILITY_NAMES[LEVELS.index(key)])


def _card_sheet(card: Card, months: Sequence[Period]) -> CardSheet:
    topic = card.topic
    parts = tuple(
        (name_of_part(key), tuple(each.value for each in card.trends[key]))
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


def _grades_in(session: Session, months: Sequence[Period], today: date) -> list[Figure]:
    """Return the grade held at the end of each month, or today."""
    awards = awards_in(session)
    if not awards:
        return [Figure(unknown=NO_AWARD) for _each in months]
    ends = (min((each.end or today + DAY) - DAY, today) for each in months)
    held = [held_on(awards, day) for day in ends]
    return [Figure(value=each.grade if each else 0) for each in held]
