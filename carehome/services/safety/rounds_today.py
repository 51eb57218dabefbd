"""What the plan of rounds asks for on a day: due, missed, odd, to be signed."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from carehome.i18n import N_
from carehome.rules.rights import Right, Role
from carehome.rules.today import Concern, Target, Task, Text, Urgency, words
from carehome.services.safety.rounds import Board, DueLine, Rounds
from carehome.services.service import Service, needs

ROUND, ROUNDS = "round", "rounds"  # targets: one that is due, a list by its code
NOW, MISSED, ODD = "now", "missed", "odd"
MOST = 4  # rounds that are due bear a line each
URGENT, SOON = timedelta(days=1), timedelta(days=3)
FIRE_SAFETY = N_("Fire safety")


class RoundsToday(Service):
    """What one person is told of rounds on the first page."""

    @needs(Right.SEE_SAFETY)
    def today(self, _day: date) -> list[Task | Concern]:
        """Return who should go round now, and what was missed or looks odd."""
        board = Rounds(self._db, self._user, self._clock).board()
        found: list[Task | Concern] = list(concerns(board))
        if self._user.may(Right.MAKE_ROUNDS):
            found += tasks(board)
        if board.unsigned and self._user.may(Right.CHANGE_SAFETY):
            text = words(
                N_("{count} {count:round|rounds} to be signed"),
                count=len(board.unsigned),
            )
            found.append(_concern(text, Urgency.NOTE, NOW, len(board.unsigned)))
        return found


def tasks(board: Board) -> Iterator[Task]:
    """Yield a line for each round whose time runs out today, one if they are many."""
    due = [line for line in board.due if line.due.closes - board.now <= URGENT]
    if len(due) <= MOST:
        yield from (_task(line, board.now.date()) for line in due)
        return
    first = min(due, key=lambda line: line.due.closes)
    yield Task(
        board.now.date(),
        words(N_("Rounds due now")),
        words(
            N_("{count} of them, the first by {time}"),
            count=len(due),
            time=f"{first.due.closes:%H:%M}",
        ),
        words(N_("Go round")),
        Target(ROUNDS, NOW),
        count=len(due),
    )


def concerns(board: Board) -> Iterator[Concern]:
    """Yield what was missed, what looks odd, and what ends within days."""
    if board.missed:
        count = len(board.missed)
        text = N_("{count} {count:round was|rounds were} missed in the last days")
        yield _concern(words(text, count=count), Urgency.LATE, MISSED, count)
    if board.suspicious:
        count = len(board.suspicious)
        text = N_("{count} {count:round looks|rounds look} odd, please ask about it")
        yield _concern(words(text, count=count), Urgency.SOON, ODD, count)
    ending = _ending(board.due, board.now)
    if ending:
        text = N_("{count} {count:round|rounds} still to be made by {day}")
        last = min(line.due.closes for line in ending).date()
        told = words(text, count=len(ending), day=last)
        yield _concern(told, Urgency.SOON, NOW, len(ending))


def _ending(due: Iterable[DueLine], now: datetime) -> list[DueLine]:
    return [line for line in due if URGENT < line.due.closes - now <= SOON]


def _task(line: DueLine, day: date) -> Task:
    about = words(
        N_("{place}, by {time}"), place=line.place, time=f"{line.due.closes:%H:%M}"
    )
    key = (line.due.plan_id, line.due.opens)
    opens = line.due.opens
    at = opens.time() if opens.date() == day else None
    return Task(day, line.form, about, words(N_("Go round")), Target(ROUND, key), at)


def _concern(text: Text, urgency: Urgency, which: str, count: int) -> Concern:
    target, role = Target(ROUNDS, which), Role.SAFETY_OFFICER
    return Concern(words(FIRE_SAFETY), text, urgency, target, role, count=count)
