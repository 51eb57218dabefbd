"""5,000 past residents: shown, scrolled, searched, sorted; and 1,000 who are here.

Each is measured against the same list doing the same with one screenful of people: what
it takes on top is what the length of the list costs. Nobody should have to wait for it.
"""

import os
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from itertools import cycle
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from benchmarks.crowd import DIRECTOR, clock, make_home
from benchmarks.rounds import best_in_turn, in_turn, say
from benchmarks.search import LIVING, TYPED, make_people
from carehome.db.database import Database
from carehome.db.residents import StayRow
from carehome.rules.residents import Status
from carehome.services import home as homes
from carehome.services.presence import Presence
from carehome.services.residents import Filters, ResidentIndex, Residents
from carehome.ui.kit import theme
from carehome.ui.kit.table import TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.presence.glance import Glance
from carehome.ui.residents.lines import columns

PAST, SCREENFUL = 5_000, 30
GONE = Filters(statuses=frozenset({Status.DISCHARGED}))
WAIT = "at most 50 ms"


def main(rounds: int = 5) -> None:
    """Print what the length of the list costs."""
    app = QApplication.instance() or QApplication(["carehome"])
    assert isinstance(app, QApplication)
    theme.use(app)
    with tempfile.TemporaryDirectory() as name:
        db = make_people(Path(name), LIVING + PAST)
        _let_go(db)
        index = Residents(db, DIRECTOR, clock).index()
        db.close()
    past = index.find("", GONE)
    assert len(past) == PAST
    whole, few = _list(past), _list(past[:SCREENFUL])
    small = ResidentIndex()
    deeds: list[tuple[str, Callable[[], float], Callable[[], float]]] = [
        ("open", partial(_show, whole, past), partial(_show, few, past[:SCREENFUL])),
        ("scroll a page", partial(_scroll, whole), partial(_scroll, few)),
        ("sort by name", partial(_sort, whole), partial(_sort, few)),
    ]
    for words, ours, floor in deeds:
        say(f"{PAST} past residents, {words}", *best_in_turn(rounds, ours, floor), WAIT)
    worst = (0.0, 0.0)
    for text in TYPED:
        for length in range(1, len(text) + 1):
            typed = text[:length]
            taken = best_in_turn(
                3,
                partial(_type, whole, index, typed),
                partial(_type, few, small, typed),
            )
            worst = max(worst, (taken[0], taken[1]))
    say(f"{PAST} past residents, slowest key of a search", *worst, WAIT)
    _who_is_here(rounds)


def _who_is_here(rounds: int) -> None:
    """Measure who is here in a home of 1,000, read and painted, beside one of 120."""
    times = []
    for residents in (1_000, 120):
        with tempfile.TemporaryDirectory() as name:
            db = make_home(Path(name) / "home", residents)
            presence = Presence(db, DIRECTOR, clock)
            read = partial(presence.here, clock().date())
            [reading] = in_turn(rounds, read)
            here = read()
            db.close()
        glance = Glance()
        theme.dress(glance)
        glance.resize(1138, 620)
        glance.show()
        showing = min(_timed(partial(glance.show_here, here)) for _ in range(rounds))
        times.append((reading, showing))
    (reading, showing), (floor, least) = times
    say("who is here of 1,000, read", reading, floor, "no limit set, in the worker")
    say("who is here of 1,000, shown", showing, least, WAIT)


def _let_go(db: Database) -> None:
    """Let everybody without a bed have lived here once."""
    rows = [
        {
            "resident_id": number,
            "admitted_on": date(2015, 1, 1) + timedelta(days=number % 3000),
            "discharged_on": date(2024, 1, 1) + timedelta(days=number % 300),
            "reason": "",
        }
        for number in range(LIVING + 1, LIVING + PAST + 1)
    ]
    with db.writing(homes.SET_UP, "benchmark") as session:
        session.connection().execute(StayRow.__table__.insert(), rows)


def _list(lines: list[object]) -> TableView[object]:
    model = TableModel(columns(None), lambda line: line.resident_id)
    view = TableView(model, "benchmark", "Residents")
    theme.dress(view)
    view.resize(1138, 620)
    view.show()
    view.table.set_rows(lines)
    QApplication.processEvents()
    return view


def _timed(deed: Callable[[], object]) -> float:
    """Return the seconds that a deed and its painting keep the screen's thread."""
    start = time.thread_time()
    deed()
    QApplication.processEvents()
    return time.thread_time() - start


def _show(view: TableView[object], lines: list[object]) -> float:
    view.table.set_rows([])
    QApplication.processEvents()
    return _timed(partial(view.table.set_rows, lines))


def _scroll(view: TableView[object]) -> float:
    bar = view.verticalScrollBar()
    step = next(_STEPS) * max(bar.maximum() // 7, 1)
    view.viewport().update()
    return _timed(partial(bar.setValue, step))


_STEPS = cycle(range(1, 7))


def _sort(view: TableView[object]) -> float:
    order = next(_ORDERS)
    return _timed(partial(view.sortByColumn, 1, order))


_ORDERS = cycle((Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder))


def _type(view: TableView[object], index: ResidentIndex, typed: str) -> float:
    view.table.set_rows([])
    QApplication.processEvents()
    return _timed(lambda: view.table.set_rows(index.find(typed, GONE)))


if __name__ == "__main__":
    main()
