"""The one window: start screens, the pages of whoever signed in, and the lock."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QByteArray, QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from carehome.errors import CareHomeError
from carehome.i18n import _
from carehome.rules.home import Profile
from carehome.ui.kit import dialogs, drafts, garbage, theme
from carehome.ui.kit.curtain import Curtain
from carehome.ui.kit.dialogs import CrashDialog
from carehome.ui.kit.idle import Idle
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.page import Tabs
from carehome.ui.kit.theme import Look
from carehome.ui.parts.memory import Memory
from carehome.ui.start import doors
from carehome.ui.start.start import Demo, Start

if TYPE_CHECKING:
    from carehome.services.home import OpenHome
    from carehome.services.service import Clock
    from carehome.ui.shell import Shell

SetLook = Callable[[Look], None]
MakeShell = Callable[["OpenHome", SetLook], "Shell"]


class Desktop(QStackedWidget):
    """Shows either the start screens or the shell of one person at one home.

    `bug_found` carries what nobody handled, for whoever keeps the log.
    """

    bug_found = Signal(Exception)

    def __init__(
        self,
        make_shell: MakeShell,
        memory: Memory,
        jobs: Jobs,
        clock: "Clock",
        demo: Demo | None = None,
        look_every_ms: int = 5000,
    ) -> None:
        super().__init__()
        self._make_shell = make_shell
        self._memory = memory
        self._jobs = jobs
        self._clock = clock
        self._demo = demo
        self._crash: CrashDialog | None = None
        self._later: list[CareHomeError] = []
        self._may_close = False
        self.opened: OpenHome | None = None
        self.sign_in = ""
        self.shell: Shell | None = None
        theme.dress(self)
        self.start = self._make_start()
        self.idle = Idle(clock, self, look_every_ms)
        self.day = QTimer(self, interval=60_000)
        self.curtain: Curtain | None = None
        self.setMinimumSize(theme.LEAST_WINDOW)
        self.resize(theme.WINDOW)
        self.restoreGeometry(QByteArray.fromBase64(memory.window.encode()))
        self._name()

        self.idle.passed.connect(self.lock)
        self.idle.rested.connect(garbage.collect_all)
        self.day.timeout.connect(self._show_day)
        self.day.start()
        jobs.failed.connect(self.tell)
        jobs.changed.connect(self._refresh_on)

    def come_up(self) -> None:
        """Show the window, over the whole screen where it would not fit with a title.

        Small screens are common: its foot lay below the edge, the way to lock too.
        """
        room = self.screen().availableSize() - QSize(0, theme.TITLE_BAR)
        fits = self.size().boundedTo(room) == self.size()
        if fits or self._memory.window:
            self.show()
        else:
            self.showMaximized()

    @property
    def is_locked(self) -> bool:
        """Say whether a home is open behind the lock screen."""
        return self.curtain is not None

    def lock(self) -> None:
        """Cover everything until somebody signs in again; what was typed stays."""
        if not self.shell or not self.opened or self.is_locked:
            return
        drafts.gather()
        self.idle.rest()
        self.curtain = Curtain(self.shell)
        self.curtain.draw()
        self.start.lock(self.opened, self.sign_in)
        self.setCurrentWidget(self.start)
        self._name()

    def leave(self) -> None:
        """Close the home and offer the ways into the program again."""
        self._drop_shell()
        if self.opened:
            self._jobs.run(self, self._left, self.opened.db.close)
            self.opened = None

    def set_look(self, look: Look) -> None:
        """Follow what the person wants from now on, and remember it here."""
        self._memory.keep_look(look)
        QTimer.singleShot(0, self, partial(self._redress, look))

    def tell(self, error: Exception) -> None:
        """Tell a failure that nobody handled; behind the lock it has to wait."""
        if not isinstance(error, CareHomeError):
            self.bug_found.emit(error)
        elif self.is_locked:
            self._later.append(error)
        else:
            dialogs.tell(self.shell or self, error)

    def show_crash(self, report: str) -> None:
        """Tell of a mistake of the program; one dialog at a time is enough."""
        if self._crash is None:
            self._crash = CrashDialog(report, self.currentWidget())
            self._crash.finished.connect(self._forget_crash)
            self._crash.open()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._jobs.progress and not self._may_close:
            event.ignore()
            dialogs.confirm(
                self.currentWidget() or self,
                _("Something is still being done"),
                [_("It is stopped, and nothing of it is kept.")],
                _("Stop and close"),
                self._stop_and_close,
                look="danger",
            )
            return
        drafts.gather()
        drafts.use(None)
        self._memory.keep_window(bytes(self.saveGeometry().toBase64().data()).decode())
        self.hide()  # pages store what is half typed when they go out of sight
        self._jobs.close()
        for opened in (self.opened, self.start.waiting):
            if opened:
                opened.db.close()
        event.accept()

    def _enter(self, opened: "OpenHome", sign_in: str) -> None:
        """Give a person their pages; who was here before finds everything as it was."""
        before = self.opened
        was_here = self.shell and before and before.user == opened.user
        if was_here:
            self._lift_curtain()
        else:
            self._show_shell(opened)
        self.opened, self.sign_in = opened, sign_in
        assert self.shell
        self.setCurrentWidget(self.shell)
        cursor = self.shell.focusWidget() if was_here else None
        if cursor := cursor or self.shell.stack.currentWidget():
            cursor.setFocus()  # signing in took it away
        self.idle.watch(opened.profile.lock_minutes)
        self._name()
        self._say_what_waited(opened)

    def _say_what_waited(self, opened: "OpenHome") -> None:
        assert self.shell
        while self._later:
            dialogs.tell(self.shell, self._later.pop(0))
        if opened.kept_copy:
            text = _(
                "The data now has the form that this version of the program needs. "
                "The file as it was before is kept as {copy}."
            )
            dialogs.say(
                self.shell, _("Data upgraded"), text.format(copy=opened.kept_copy)
            )

    def _make_start(self) -> Start:
        start = Start(self._memory, self._jobs, self._clock, self._demo)
        start.opened.connect(self._enter)
        start.left.connect(self.leave)
        start.look_wanted.connect(self.set_look)
        self.addWidget(start)
        return start

    def _show_shell(self, opened: "OpenHome") -> None:
        self._drop_shell()
        self.shell = self._make_shell(opened, self.set_look)
        self.shell.lock_asked.connect(self.lock)
        self.addWidget(self.shell)
        self.setCurrentWidget(self.shell)

    def _redress(self, look: Look) -> None:
        """Show the look; in another size or language the windows are built anew."""
        before = theme.look()
        as_built = replace(before, scheme=look.scheme)
        if self.shell and look != as_built:
            self.shell.hide()  # pages store what is half typed
        theme.put_on(cast(QApplication, QApplication.instance()), look)
        if look != as_built:
            self._build_anew()

    def _build_anew(self) -> None:
        old, self.start = self.start, self._make_start()
        if self.opened and self.shell:
            page = self.shell.current
            tab = _tab_of(self.shell.widgets[page])
            self._show_shell(self.opened)
            _open_tab(self.shell.open_page(page), tab)
            self.idle.watch(self.opened.profile.lock_minutes)
        else:
            self.setCurrentWidget(self.start)
            self.start.go_on(old)
        self.removeWidget(old)
        old.deleteLater()
        self._name()

    def _lift_curtain(self) -> None:
        if self.curtain:
            self.curtain.lift()
            self.curtain = None

    def _drop_shell(self) -> None:
        """Take the pages away, with their dialogs and all that was typed there."""
        drafts.gather()
        drafts.use(None)
        self.idle.rest()
        self.curtain = None
        self._later.clear()
        if self.shell:
            self.removeWidget(self.shell)
            self.shell.deleteLater()
            self.shell = None

    def _left(self, _answer: None) -> None:
        self.setCurrentWidget(self.start)
        self._name()
        self.start.choose()

    def _refresh_on(self, tables: frozenset[str]) -> None:
        """Follow a change of the home's name or of the minutes until the lock."""
        if self.opened and "home" in tables:
            opened, clock = self.opened, self._clock
            self._jobs.run_last(self, self._take_profile, doors.profile, opened, clock)

    def _take_profile(self, profile: Profile) -> None:
        if self.opened and self.shell:
            self.opened = replace(self.opened, profile=profile)
            self.shell.home.setText(profile.name)
            self.shell.mark_practice(profile.is_practice)
            if not self.is_locked:
                self.idle.watch(profile.lock_minutes)
        self._name()

    def _show_day(self) -> None:
        """Follow the calendar: after midnight every page reads its day anew."""
        today = self._clock().date()
        if self.shell and self.opened and today != self.shell.today:
            self.shell.set_day(today)
            self.opened.db.tell_all_changed()

    def _name(self) -> None:
        """Name the window after the home that is open."""
        parts = [_("Care home manager")]
        if self.opened:
            parts.insert(0, self.opened.profile.name)
        if self.opened and self.opened.profile.is_practice:
            parts.insert(0, _("Practice"))
        self.setWindowTitle(" · ".join(parts))

    def _stop_and_close(self) -> None:
        self._may_close = True
        self.close()

    def _forget_crash(self) -> None:
        self._crash = None


def _tab_of(page: QWidget) -> int:
    """Say which tab of a page is open."""
    tabs = page.findChild(Tabs)
    return tabs.strip.currentIndex() if tabs else 0


def _open_tab(page: QWidget, tab: int) -> None:
    if tabs := page.findChild(Tabs):
        tabs.strip.setCurrentIndex(tab)
