"""The director's view: the board of twelve months, and a month's report of all figures.

The floor of the board is the same figures of one month: what the eleven before add is
to stay below their number. A report is set against the board.
"""

from datetime import UTC, date, datetime
from functools import partial

from benchmarks.demo_home import copy
from benchmarks.rounds import in_turn, say
from carehome.commands import practice
from carehome.rules.dashboard import TOPICS
from carehome.rules.periods import month_of
from carehome.services import home as homes
from carehome.services.figures import figures_in
from carehome.services.overview.dashboard import Dashboard
from carehome.services.overview.report_lines import ALL
from carehome.services.overview.reports import FigureReports

TODAY = date(2026, 11, 21)
KEYS = [key for topic in TOPICS for key in topic.keys]


def clock() -> datetime:
    """Return the moment at which the director looks."""
    return datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


def main(times: int = 3) -> None:
    """Print what the board takes beside one month of it, and a report beside both."""
    with copy() as home:
        opened = homes.open_home(home, practice.USER, practice.PASSWORD, clock)
        board = Dashboard(opened.db, opened.user, clock).read
        reports = FigureReports(opened.db, opened.user, clock)

        def month() -> None:
            with opened.db.reading() as session:
                figures_in(session, KEYS, month_of(TODAY), TODAY)

        report = partial(reports.read, ALL, month_of(date(2026, 10, 1)))
        say("board of twelve months", *in_turn(times, board, month), "at most 12 x")
        say("report of all figures", *in_turn(times, report, month), "at most 12 x")


if __name__ == "__main__":
    main()
