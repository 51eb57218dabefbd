"""The window before somebody has signed in: it leads from a folder to an open home."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from carehome import paths
from carehome.errors import CareHomeError
from carehome.i18n import _
from carehome.ui.kit import theme
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.progress import Cancelled, Progress
from carehome.ui.kit.progress_card import ProgressCard
from carehome.ui.parts.memory import KnownHome, Memory
from carehome.ui.start.cover import Cover
from carehome.ui.start.homes import HomesScreen
from carehome.ui.start.recover import NewPasswordScreen, RecoverScreen
from carehome.ui.start.screen import Screen
from carehome.ui.start.sign_in import LockScreen, SignInScreen

if TYPE_CHECKING:
    from carehome.services.home import OpenHome
    from carehome.services.service import Clock


Step = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Demo:
    """The demonstration home: where it lies, how it is made, how anybody gets in.

    `make` tells how far it is; what it is told with may end it.
    """

    folder: Path
    make: Callable[[Path, Step], None]
    sign_in: str
    password: str


class Start(QWidget):
    """Shows one screen at a time; `opened` carries a home and who signed in to it.

    `left` says that a locked home shall be closed. `waiting` is a home that is open
    but asks for a new password first. `look_wanted` carries another `Look`.
    """

    opened = Signal(object, str)
    left = Signal()
    look_wanted = Signal(object)

    def __init__(
        self, memory: Memory, jobs: Jobs, clock: "Clock", demo: Demo | None = None
    ) -> None:
        super().__init__()
        self._memory = memory
        self._jobs = jobs
        self._clock = clock
        self._demo = demo
        self.home = KnownHome(paths.default_home(), "")
        self.waiting: OpenHome | None = None
        self.cover = Cover()
        self.stack = QStackedWidget()
        self.homes = HomesScreen()
        self.sign_in = SignInScreen(jobs, clock)
        self.recover = RecoverScreen(jobs, clock)
        self._passing: Screen | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.cover)
        row.addWidget(self.stack, 1)
        self.progress = ProgressCard(jobs, self, named=True)
        for screen in (self.homes, self.sign_in, self.recover):
            self.stack.addWidget(screen)
        self.homes.demo.setVisible(demo is not None)

        self.cover.language_wanted.connect(self._want_language)
        self.stack.currentChanged.connect(self._offer_languages)
        self.homes.chosen.connect(self.ask_sign_in)
        self.homes.new_wanted.connect(self.set_up)
        self.homes.demo_wanted.connect(self.try_demo)
        self.sign_in.entered.connect(self._enter)
        self.sign_in.forgotten.connect(self._ask_recovery)
        self.sign_in.other_wanted.connect(self.choose)
        self.recover.back_wanted.connect(self._back_to_sign_in)
        self.recover.recovered.connect(self._recovered)

    def begin(self, folder: Path | None = None) -> None:
        """Come up for the home in `folder`, or for the one opened last."""
        if folder and not (folder / paths.HOME_FILE).exists():
            self.set_up(folder)
            return
        known = folder or next((home.folder for home in self._memory.homes), None)
        known = known or paths.default_home()
        if (known / paths.HOME_FILE).exists():
            self.ask_sign_in(known)
        else:
            self.choose()

    def go_on(self, before: "Start") -> None:
        """Come up where another one stood that was built in another look."""
        if before.stack.currentWidget() is before.sign_in:
            self.ask_sign_in(before.home.folder)
        else:
            self.choose()

    def choose(self) -> None:
        """Offer the ways into the program."""
        self.cover.show_name("")
        self.stack.setCurrentWidget(self.homes)
        self.homes.show_homes(self._memory.homes)

    def ask_sign_in(self, folder: Path) -> None:
        """Ask who comes to the home in `folder`."""
        demo = self._demo
        if demo and folder == demo.folder:
            name = _("Demonstration home")
            self.home = KnownHome(folder, name, demo.sign_in, is_practice=True)
        else:
            known = self._memory.home(folder)
            self.home = known or KnownHome(folder, folder.name)
        self._back_to_sign_in()

    def set_up(self, folder: Path | None = None) -> None:
        """Lead through a new home; most people never come here."""
        from carehome.ui.start.set_up import SetUpScreen

        self.cover.show_name("")
        folder = folder or _free_folder()
        screen = SetUpScreen(self._jobs, self._clock, folder, self._memory)
        screen.entered.connect(self._enter)
        screen.back_wanted.connect(self.choose)
        self._pass_through(screen)

    def try_demo(self) -> None:
        """Open the demonstration home, made first if it is not there yet."""
        demo = self._demo
        assert demo
        if (demo.folder / paths.HOME_FILE).exists():
            self.ask_sign_in(demo.folder)
            return
        progress = Progress(_("Making the demonstration home"))
        self.homes.make_demo(True)
        self.progress.begin()
        made = partial(self._demo_made, demo.folder)
        values = (demo.make, demo.folder, progress.step)
        self._jobs.run(self, made, *values, failed=self._demo_failed)

    def lock(self, opened: "OpenHome", sign_in: str) -> None:
        """Cover a home that stays open until somebody signs in again."""
        self.cover.show_name(opened.profile.name)
        screen = LockScreen(opened, sign_in, self._jobs)
        screen.entered.connect(self._enter)
        screen.left.connect(self.left)
        self._pass_through(screen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.progress.adjustSize()
        gap = theme.px(20)
        self.progress.move(
            self.width() - self.progress.width() - gap,
            self.height() - self.progress.height() - gap,
        )

    def _want_language(self, language: str) -> None:
        self.look_wanted.emit(replace(theme.look(), language=language))

    def _offer_languages(self) -> None:
        """Offer another language where nothing is half typed yet."""
        at_the_door = self.stack.currentWidget() in (self.homes, self.sign_in)
        self.cover.languages.setVisible(at_the_door)

    def _back_to_sign_in(self) -> None:
        self.cover.show_name("")
        self.sign_in.tell("")
        self.stack.setCurrentWidget(self.sign_in)
        self.sign_in.show_home(self.home)
        demo = self._demo
        if demo and self.home.folder == demo.folder:
            hint = _("Sign in as {sign_in} with the password {password}.")
            said = hint.format(sign_in=demo.sign_in, password=demo.password)
            self.sign_in.help_in(said, demo.password)

    def _ask_recovery(self) -> None:
        self.stack.setCurrentWidget(self.recover)
        self.recover.show_home(self.home.folder, self.sign_in.sign_in.typed())

    def _recovered(self, sign_in: str) -> None:
        self._back_to_sign_in()
        self.sign_in.start({"sign_in": sign_in})
        self.sign_in.tell(_("The new password is valid from now on. Sign in with it."))

    def _demo_made(self, folder: Path, _answer: None) -> None:
        self.homes.make_demo(False)
        self.ask_sign_in(folder)

    def _demo_failed(self, error: Exception) -> None:
        self.homes.make_demo(False)
        self.homes.demo.setFocus()
        if isinstance(error, Cancelled):
            return
        if not isinstance(error, CareHomeError):
            raise error
        self.homes.refuse(error)

    def _enter(self, opened: "OpenHome", typed: dict[str, Any]) -> None:
        """Let a person in, past a password of their own if they have none yet."""
        if not opened.must_change_password:
            self._let_in(typed["sign_in"], opened)
            return
        self.waiting = opened
        screen = NewPasswordScreen(opened, typed["password"], self._jobs, self._clock)
        screen.chosen.connect(partial(self._let_in, typed["sign_in"]))
        self._pass_through(screen)

    def _let_in(self, sign_in: str, opened: "OpenHome") -> None:
        self.waiting = None
        folder, profile = opened.db.path.parent, opened.profile
        self.home = KnownHome(folder, profile.name, sign_in, profile.is_practice)
        self._memory.keep_home(self.home)
        self._leave_passing()
        self.stack.setCurrentWidget(self.sign_in)
        self.opened.emit(opened, sign_in)

    def _pass_through(self, screen: Screen) -> None:
        """Show a screen that is needed once."""
        self._leave_passing()
        self._passing = screen
        self.stack.addWidget(screen)
        self.stack.setCurrentWidget(screen)
        screen.focus()

    def _leave_passing(self) -> None:
        """Drop a screen that was needed once, and what was typed there."""
        if self._passing:
            self.stack.removeWidget(self._passing)
            self._passing.deleteLater()
            self._passing = None


def _free_folder() -> Path:
    """Return a folder for a new home that holds none yet."""
    first = paths.default_home()
    number = 2
    folder = first
    while folder.exists():
        folder = first.with_name(f"{first.name}-{number}")
        number += 1
    return folder
