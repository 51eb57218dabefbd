"""A year of rounds, some six thousand: shown, and its folder on paper and as a book.

The floor is the same for one day, on the screen for one month: what a year costs on top
is what its length costs. From the choice of the year to its rows is to take less than a
second.
"""

import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from benchmarks import walks
from benchmarks.demo_home import copy
from benchmarks.rounds import in_turn, say
from carehome.app.desk import SAFETY
from carehome.commands import practice
from carehome.rules.periods import DAY, Period
from carehome.services import home as homes
from carehome.services.safety.folder import Folders, Wanted
from carehome.services.safety.rounds import Rounds
from carehome.ui.safety.round_rows import ALL
from carehome.ui.safety.rounds import RoundsTab

LAST = date(2026, 11, 21)
FIRST = LAST - timedelta(days=354)


def clock() -> datetime:
    """Return the moment at which the year is looked back on."""
    return datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


def main(times: int = 3) -> None:
    """Print what a year takes beside what a day takes."""
    with copy() as home, tempfile.TemporaryDirectory() as folder:
        opened = homes.open_home(home, practice.USER, practice.PASSWORD, clock)
        rounds = Rounds(opened.db, opened.user, clock)
        folders = Folders(opened.db, opened.user, clock)
        year, day = Period(FIRST, LAST + DAY), Period(LAST, LAST + DAY)
        listed = [partial(rounds.listed, span) for span in (year, day)]
        count = len(rounds.listed(year).rounds)
        say(f"{count} rounds listed", *in_turn(times, *listed), "at most 1,000 ms")
        wanted = Wanted(FIRST, LAST), Wanted(LAST, LAST)
        paper, book = Path(folder) / "folder.pdf", Path(folder) / "folder.xlsx"
        drawn = [partial(folders.write, each, paper, _on) for each in wanted]
        say("folder as PDF", *in_turn(1, *drawn), "with progress and cancel")
        saved = [partial(folders.write_workbook, each, _on, book) for each in wanted]
        say("folder as workbook", *in_turn(1, *saved), "with progress and cancel")
        with walks.walking(opened, clock) as walk:
            shown = in_turn(times, *_shown(walk))
            say("a year chosen on the page", *shown, "at most 1,000 ms")


def _shown(walk: walks.Walk) -> list[Callable[[], None]]:
    """Choose a year on the page, or a month, until the rows are painted."""
    walk.shell.open_page(SAFETY)
    walk.settle()
    tab = walk.shell.findChild(RoundsTab)
    assert isinstance(tab, RoundsTab), "it is the first tab of its page"
    lists = tab.lists
    lists.show_list(ALL)
    walk.settle()

    def choose(is_year: bool) -> None:
        if lists.whole.isChecked() is is_year:
            lists.refresh()
        else:
            lists.whole.click()
        walk.settle()
        many = len(lists.view.table.rows)
        assert (many > 5000) is is_year, many

    return [partial(choose, True), partial(choose, False)]


def _on(_done: int, _total: int) -> None:
    """Let the drawing go on."""


if __name__ == "__main__":
    main()
