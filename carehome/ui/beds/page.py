"""The page of beds: a board, a list, and the rooms they stand in."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QStackedWidget

from carehome.i18n import N_, _
from carehome.rules.closures import Closure
from carehome.rules.rights import Right, User
from carehome.services.bed_figures import BedFigures
from carehome.services.beds import Beds, Closures
from carehome.services.consequences import Consequences
from carehome.services.home import Home
from carehome.services.residents import Residents
from carehome.ui.beds.desk import BedDesk
from carehome.ui.beds.figures import FiguresPane
from carehome.ui.beds.house import House, read_house
from carehome.ui.beds.places import Places
from carehome.ui.beds.wanted import Census
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import PageFrame
from carehome.ui.parts.closed import ClosedBanner

SHOWS = frozenset(
    {"absence", "bed", "bed_use", "building", "closure", "code", "floor"}
    | {"grade_change", "kept_bed", "resident", "resident_category", "room", "stay"}
)
VIEWS = (
    ("board", N_("Board"), "grid", "Alt+1"),
    ("list", N_("List"), "list", "Alt+2"),
    ("places", N_("Rooms"), "home", "Alt+3"),
    ("figures", N_("Statistics"), "reports", "Alt+4"),
)


class BedsPage(PageFrame):
    """All beds, what they are and whose, and over time; from here people are moved.

    `resident_wanted` carries the id of somebody whose file shall open, `told` a line
    that says what was done.
    """

    resident_wanted = Signal(int)
    told = Signal(str)

    def __init__(
        self,
        beds: Beds,
        closures: Closures,
        residents: Residents,
        consequences: Consequences,
        figures: BedFigures,
        home: Home,
        user: User,
        jobs: Jobs,
        today: Callable[[], date],
    ) -> None:
        super().__init__(_("Beds"))
        self._beds = beds
        self._closures = closures
        self._residents = residents if user.may(Right.SEE_RESIDENTS) else None
        self._home = home
        self._jobs = jobs
        self._today = today
        self._stale = True
        self._waiting: list[Callable[[], None]] = []
        self.house: House | None = None

        self.search = self.head.add_search(_hint(self._residents is not None))
        self.views = self._view_buttons(user.may(Right.CHANGE_BEDS))
        self.desk = BedDesk(beds, consequences, user, jobs, today)
        self.places = Places(beds, jobs)
        self.figures = FiguresPane(figures, user, jobs, today)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.desk)
        self._stack.addWidget(self.places)
        self._stack.addWidget(self.figures)
        self.banner = ClosedBanner()
        self.body.addWidget(self.banner)
        self.body.addWidget(self._stack, 1)

        if user.may(Right.ASSIGN_BEDS):
            start = self.head.add_primary(_("Move somebody"), "move", "Ctrl+M")
            start.clicked.connect(partial(self._begin_move, None))
        self._connect()
        self.view("board")

    def view(self, name: str) -> None:
        """Show the board, the list or the places."""
        self.views[name].setChecked(True)
        self._change_view()

    def open_bed(self, bed_id: int) -> None:
        """Show a bed and its file, from wherever it was asked for."""
        self._when_known(partial(self._open, bed_id))

    def show_state(self, state: str) -> None:
        """Show the beds that are in a state, such as `free`."""
        self._when_known(partial(self._look_at, state))

    def move_resident(self, resident_id: int) -> None:
        """Begin to move somebody, from wherever it was asked for."""
        self._when_known(partial(self._begin_move, resident_id))

    def reload(self) -> None:
        """Read everything anew."""
        self._stale = False
        self._jobs.run_last(
            self,
            self._show,
            _read,
            self._beds,
            self._closures,
            self._home,
            self._residents,
            self._today(),
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.reload()

    def _reload_if_shown(self, tables: frozenset[str]) -> None:
        """Follow what others change; out of sight it can wait."""
        self._stale = self._stale or bool(tables & SHOWS)
        if self._stale and self.isVisible():
            self.reload()

    def _show(self, read: tuple[House, Census, list[Closure]]) -> None:
        self.house, census, closures = read
        self.banner.show_closures(closures)
        self.desk.show_house(self.house, census)
        self._fill_places()
        waiting, self._waiting = self._waiting, []
        for deed in waiting:
            deed()

    def _fill_places(self) -> None:
        """Show all places to who looks at them: for 1,000 beds that takes a moment."""
        if self.house and self._stack.currentWidget() is self.places:
            self.places.show_house(self.house)

    def _when_known(self, deed: Callable[[], None]) -> None:
        """Do something at once, or as soon as the house has been read."""
        if self.house is None:
            self._waiting.append(deed)
        else:
            deed()

    def _open(self, bed_id: int) -> None:
        self._look_at_beds()
        self.desk.go_to(bed_id)

    def _look_at(self, state: str) -> None:
        self._look_at_beds()
        self.desk.look_at(state)

    def _begin_move(self, resident_id: int | None) -> None:
        self._look_at_beds()
        self.desk.begin_move(resident_id, None)

    def _look_at_beds(self) -> None:
        if self._stack.currentWidget() is not self.desk:
            self.view("board")

    def _view_buttons(self, with_places: bool) -> dict[str, QPushButton]:
        """Put the ways to look at the beds into the head."""
        group = QButtonGroup(self)
        made = {}
        for name, title, icon, keys in VIEWS:
            press = self.head.add_button(_(title), icon, keys)
            press.setCheckable(True)
            group.addButton(press)
            made[name] = press
        made["places"].setVisible(with_places)
        return made

    def _change_view(self) -> None:
        """Show what the pressed button names."""
        name = next(name for name, press in self.views.items() if press.isChecked())
        others = {"places": self.places, "figures": self.figures}
        shown = others.get(name, self.desk)
        self.search.setVisible(shown is self.desk)
        if shown is self.desk:
            self.desk.view(name)
        self._stack.setCurrentWidget(shown)
        self._fill_places()
        lead(self, shown)
        shown.setFocus()

    def _connect(self) -> None:
        desk = self.desk
        self._jobs.changed.connect(self._reload_if_shown)
        for press in self.views.values():
            press.clicked.connect(self._change_view)
        self.search.textChanged.connect(desk.look_for)
        self.search.left_down.connect(desk.go_to_first)
        self.search.returnPressed.connect(desk.go_to_first)
        desk.all_wanted.connect(self.search.clear)
        desk.places_wanted.connect(partial(self.view, "places"))
        desk.resident_wanted.connect(self.resident_wanted)
        desk.told.connect(self.told)
        self.places.told.connect(self.told)
        self.figures.told.connect(self.told)


def _read(
    beds: Beds,
    closures: Closures,
    home: Home,
    residents: Residents | None,
    today: date,
) -> tuple[House, Census, list[Closure]]:
    """Read the house, and count it through while nobody waits for it."""
    house = read_house(beds, home, residents, today)
    return house, Census(house), closures.on(today)


def _hint(with_people: bool) -> str:
    return _("Name, pinyin, room") if with_people else _("Room or bed")
