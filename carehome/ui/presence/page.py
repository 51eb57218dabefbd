"""The page of who is here: at a glance, as a list, and how everybody gets out."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QStackedWidget

from carehome.i18n import N_, _, show_day
from carehome.rules.rights import Right, User
from carehome.services.presence import Here, Presence, Somebody
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import PageFrame
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.presence.glance import Glance
from carehome.ui.presence.listing import HereList
from carehome.ui.presence.wanted import UNKNOWN, WantedBar
from carehome.ui.presence.ways import Ways

SHOWS = frozenset(
    {
        "absence",
        "admission",
        "assessment",
        "bed",
        "bed_use",
        "building",
        "code",
        "evacuation",
    }
    | {"departure", "floor", "grade_change", "resident", "risk_assessment"}
    | {"risk_judgement", "room", "stay"}
)
GLANCE, LIST, WAYS = "glance", "list", "ways"
VIEWS = (
    (GLANCE, N_("Glance"), "grid", "Alt+1"),
    (LIST, N_("List"), "list", "Alt+2"),
    (WAYS, N_("Ways out"), "fire", "Alt+3"),
)


class PresencePage(PageFrame):
    """Everybody who belongs to the house: in, out, new, changed, at risk.

    `resident_wanted` carries the id of somebody whose file shall open, `told` a line
    that says what was done, `evacuation_wanted` that the sheet is to be printed.
    """

    resident_wanted = Signal(int)
    evacuation_wanted = Signal()
    told = Signal(str)

    def __init__(
        self, presence: Presence, user: User, jobs: Jobs, today: Callable[[], date]
    ) -> None:
        super().__init__(_("Who is here"))
        self._presence = presence
        self._jobs = jobs
        self._today = today
        self._sees = user.may(Right.SEE_RESIDENTS)
        self._stale = True
        self._here: Here | None = None
        self.search = self.head.add_search(_("Name, pinyin, room"))
        self.views = self._view_buttons()
        self.bar = WantedBar(self._sees)
        self.glance = Glance()
        self.list = HereList(self._sees)
        self.ways = Ways(presence, user, jobs)
        self._stack = QStackedWidget()
        self._shown = {GLANCE: self.glance, LIST: ListCard(self.list), WAYS: self.ways}
        for widget in self._shown.values():
            self._stack.addWidget(widget)
        self.body.addWidget(self.bar)
        self.body.addWidget(self._stack, 1)
        if self._sees:
            self.paper = self.head.add_button(_("Print"), "print", "Ctrl+P")
            self.paper.clicked.connect(self._print)
        self.evacuate = self.head.add_primary(_("Fire list"), "fire")
        self.evacuate.clicked.connect(self.evacuation_wanted)
        self._connect()
        self.view(GLANCE)

    def view(self, name: str) -> None:
        """Show the house at a glance, the list, or the ways out."""
        self.views[name].setChecked(True)
        self._change_view()

    def show_unknown(self) -> None:
        """Show those of whom nobody has said how they are brought out."""
        self.view(WAYS)
        self.bar.choose(UNKNOWN)

    def reload(self) -> None:
        """Read everything anew."""
        self._stale = False
        self._jobs.run_last(self, self._show, self._presence.here, self._today())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc end the looking, where nothing nearer wants it."""
        if event.key() == Qt.Key.Key_Escape and self.bar.is_set:
            self.search.clear()
            self.bar.look_for_all()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.reload()

    def _reload_if_shown(self, tables: frozenset[str]) -> None:
        self._stale = self._stale or bool(tables & SHOWS)
        if self._stale and self.isVisible():
            self.reload()

    def _show(self, here: Here) -> None:
        self._here = here
        self.bar.show_here(here)
        self._narrow()

    def _narrow(self) -> None:
        """Show who is looked for; at a glance the others only turn faint."""
        if self._here is None:
            return
        found = self.bar.found(self._here)
        ids = {one.resident_id for one in found} if self.bar.is_set else None
        self.glance.show_here(self._here, ids)
        self.list.table.set_rows(found)
        self.ways.show_people(self._here, found)

    def _change_view(self) -> None:
        name = next(name for name, press in self.views.items() if press.isChecked())
        shown = self._shown[name]
        self._stack.setCurrentWidget(shown)
        target = self.list if name == LIST else shown
        lead(self, target)
        target.setFocus()

    def _open(self, one: Somebody) -> None:
        if self._sees:
            self.resident_wanted.emit(one.resident_id)

    def _go_down(self) -> None:
        """Leave the search for what it found."""
        name = next(name for name, press in self.views.items() if press.isChecked())
        if name == GLANCE:
            self.glance.setFocus()
            self.glance.select_first()
        else:
            self._change_view()

    def _print(self) -> None:
        title = _("Who is here")
        name = _("Who is here {day}").format(day=show_day(self._today()))
        dialog = PaperDialog(title, f"{name}.pdf", self._jobs, self)
        dialog.draw(self._presence.write_here)

    def _view_buttons(self) -> dict[str, QPushButton]:
        group, made = QButtonGroup(self), {}
        for name, title, icon, keys in VIEWS:
            press = self.head.add_button(_(title), icon, keys)
            press.setCheckable(True)
            group.addButton(press)
            made[name] = press
        return made

    def _connect(self) -> None:
        self._jobs.changed.connect(self._reload_if_shown)
        for press in self.views.values():
            press.clicked.connect(self._change_view)
        self.bar.changed.connect(self._narrow)
        self.search.textChanged.connect(self.bar.look_for)
        self.search.left_down.connect(self._go_down)
        self.search.returnPressed.connect(self._go_down)
        self.glance.opened.connect(self._open)
        self.list.opened.connect(self._open)
        self.ways.told.connect(self.told)
        nobody = _("Nobody lives here yet. Admit the first resident.")
        self.glance.empty.say(nobody, "")
        self.list.set_empty(_("Nobody fits. Press “Everybody” to see all."))
        self.ways.list.set_empty(_("Nobody fits. Press “Everybody” to see all."))
