"""Setting scenes on a copy of a home, and taking their pictures."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QEventLoop, QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QAbstractButton, QApplication, QTabBar, QWidget

from carehome import i18n
from carehome.app.window import make_shell
from carehome.commands import told
from carehome.commands.gallery import picture, screen
from carehome.commands.gallery.scene import Format, Scene
from carehome.i18n import _
from carehome.services import home as homes
from carehome.services.home import OpenHome
from carehome.services.service import Clock, Service
from carehome.ui.kit import drafts, theme
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.table_view import TableView
from carehome.ui.shell import Shell

W = TypeVar("W", bound=QWidget)
S = TypeVar("S", bound=Service)

PATIENCE_MS, SOON_MS = 20_000, 450
UNTIL_SOMETHING = QEventLoop.ProcessEventsFlag.WaitForMoreEvents


class NotThere(LookupError):
    """A scene looks for something that is not in sight."""


class Studio:
    """A home, a window and the hands that lead through it; one scene at a time.

    The demonstration home it is given stays as it is. The director sits at the desk;
    a scene may call somebody else with `sign_in`, before it looks at `shell`.
    """

    def __init__(self, home: Path, style: Format, clock: Clock) -> None:
        self.style = style
        self.clock = clock
        self._given = home
        self._room = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self._copies = 0
        self._opened: dict[str, OpenHome] = {}
        self._who = told.DEMO_USER
        self._window: QWidget | None = None
        self._shells: dict[str, Shell] = {}
        self._mistakes: list[BaseException] = []
        self._is_changed = False
        app = screen.application(style.wide, style.high)
        app.setCursorFlashTime(0)  # a cursor that blinks makes pictures differ
        i18n.use(style.language)
        theme.use(app, style.scale, style.scheme)
        self._pulse = QTimer(interval=5)  # wakes up whoever waits
        self.jobs = Jobs()
        self.jobs.changed.connect(self._note_change)
        self.jobs.failed.connect(self._mistakes.append)

    # ---- what scenes do

    def sign_in(self, who: str) -> None:
        """Let somebody else sit at the desk of this scene."""
        self._who = who

    @property
    def opened(self) -> OpenHome:
        """The home, as whoever sits at the desk has opened it."""
        who, password = self._who, told.DEMO_PASSWORD
        if not self._opened:
            first = homes.open_home(self._copy(), who, password, self.clock)
            first.db.on_change = self.jobs.announce
            self._opened[who] = first
        if who not in self._opened:
            db = next(iter(self._opened.values())).db
            self._opened[who] = homes.sign_in_again(db, who, password)
        return self._opened[who]

    @property
    def folder(self) -> Path:
        """The folder of the home that is open."""
        return self.opened.db.path.parent

    @property
    def room(self) -> Path:
        """A folder for what a scene needs besides the home."""
        return Path(self._room.name)

    @property
    def today(self) -> date:
        """The day it is in the pictures."""
        return self.clock().date()

    def service(self, kind: type[S]) -> S:
        """Return a service as whoever sits at the desk may use it."""
        return kind(self.opened.db, self.opened.user, self.clock)

    @property
    def shell(self) -> Shell:
        """The window with the pages; each scene finds it without any page made yet."""
        if self._who not in self._shells:
            made = make_shell(self.opened, self.jobs, self.clock)
            drafts.use(None)
            self._shells[self._who] = made
            self.show(made)
            self._take_pages_away(made)
        shell = self._shells[self._who]
        if self._window is not shell:
            self.show(shell)
        return shell

    def show(self, window: W) -> W:
        """Let a scene have a window other than the shell, such as a start screen."""
        self._window = window
        theme.dress(window)
        window.resize(self.style.wide, self.style.high)
        window.show()
        window.activateWindow()
        self.wait()
        return window

    def page(self, title: str) -> QWidget:
        """Open a page by the title it has in PAGES."""
        page = self.shell.open_page(title)
        self.wait()
        return page

    def tab(self, page: str, title: str) -> QWidget:
        """Open a tab of a page; `title` is the English text of it."""
        strip = self.find(QTabBar, self.page(page))
        titles = [strip.tabText(at) for at in range(strip.count())]
        strip.setCurrentIndex(titles.index(_(title)))
        self.wait()
        return self.top

    @property
    def top(self) -> QWidget:
        """The window that is in front: a dialog if one is open."""
        assert self._window
        return [self._window, *picture.windows_over(self._window)][-1]

    def find(self, kind: type[W], within: QWidget | None = None, text: str = "") -> W:
        """Return the first visible widget of a kind in the window in front.

        `text` is what it says, as an English msgid; of several that fit, the first.
        """
        for each in (within or self.top).findChildren(kind):
            said = getattr(each, "text", str)
            if each.isVisible() and (not text or _(text) in said()):
                return each
        raise NotThere(f"{kind.__name__} {text}".strip())

    def press(self, text: str, within: QWidget | None = None) -> QWidget:
        """Press a button by its English text; return the window then in front."""
        return self.click(self.find(QAbstractButton, within, text))

    def click(self, button: QAbstractButton) -> QWidget:
        """Press a button; return the window then in front."""
        if not (button.isVisible() and button.isEnabled()):
            raise NotThere(f"a button that can be pressed: {button.text()}")
        button.click()
        self.wait()
        return self.top

    def open_row(self, view: TableView[Any], at: int = 0) -> QWidget:
        """Open a row of a list as Enter does; return the window then in front."""
        view.selectRow(at)
        view.opened.emit(view.current_row())
        self.wait()
        return self.top

    def turn_to(self, at: int, within: QWidget | None = None) -> None:
        """Look at the tab at a place of the first strip of tabs."""
        self.find(QTabBar, within).setCurrentIndex(at)
        self.wait()

    def fill(self, **values: object) -> Form:
        """Fill the form in front by the names of its fields, and return it."""
        form = self.find(Form)
        form.set_values(values)
        self.wait()
        return form

    def wait(self) -> None:
        """Wait until all jobs are done, pauses have passed, and all is laid out."""
        loop, deadline = QEventLoop(), QDeadlineTimer(PATIENCE_MS)
        QApplication.processEvents()
        self._pulse.start()
        while not deadline.hasExpired() and (self.jobs.is_busy or _something_soon()):
            loop.processEvents(UNTIL_SOMETHING)
        self._pulse.stop()
        for _round in range(3):
            QApplication.processEvents()
            _bury()

    # ---- what those do who want to see scenes

    @contextmanager
    def set_up(self, scene: Scene) -> Iterator[QWidget]:
        """Lead the program to a scene and hand over its window; then clear it away.

        What breaks on the way is raised, also what Qt swallows in its slots.
        """
        self._who = told.DEMO_USER
        drafts.use(None)  # what one scene types is no draft in the next
        before, sys.excepthook = sys.excepthook, self._note_mistake
        try:
            scene.draw(self)
            self.wait()
            self._raise_mistakes(scene)
            assert self._window, f"{scene.name} shows nothing"
            yield self._window
        finally:
            self._clear()
            drafts.use(None)
            sys.excepthook = before
        self._raise_mistakes(scene)

    def take(self, scene: Scene) -> QPixmap:
        """Take the picture of a scene."""
        with self.set_up(scene) as window:
            for view in self.top.findChildren(QPdfView):
                if view.isVisible():
                    self._wait_for_paper(view)
            return picture.of(window)

    def close(self) -> None:
        """Leave the home, and drop the copy of it."""
        self._leave()
        self.jobs.close()
        self._room.cleanup()

    def __enter__(self) -> "Studio":
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def _wait_for_paper(self, view: QPdfView) -> None:
        """Wait until a page is drawn: Qt begins when somebody looks, and takes time."""
        deadline = QDeadlineTimer(PATIENCE_MS)
        self._pulse.start()
        while _is_blank(view) and not deadline.hasExpired():
            QApplication.processEvents(UNTIL_SOMETHING)
        self._pulse.stop()
        self.wait()

    def _clear(self) -> None:
        """Take everything away; a home that was changed is opened anew."""
        window, self._window = self._window, None
        if window:
            for each in reversed(picture.windows_over(window)):
                each.close()
            window.hide()  # pages store what is half typed when they go out of sight
            self.wait()
            if isinstance(window, Shell):
                self._take_pages_away(window)
            else:
                window.deleteLater()
            _bury()
        if self._is_changed:
            self._leave()

    def _take_pages_away(self, shell: Shell) -> None:
        """Let the next scene begin afresh; to make the whole window takes longer."""
        shell.toast.end()
        for page in shell.widgets.values():
            shell.stack.removeWidget(page)
            page.deleteLater()
        shell.widgets.clear()
        _bury()

    def _copy(self) -> Path:
        """Copy the home: a scene may change what it shows."""
        self._copies += 1
        copy = self.room / str(self._copies)
        return Path(shutil.copytree(self._given, copy))

    def _leave(self) -> None:
        """Close the home with all its windows."""
        for shell in self._shells.values():
            shell.deleteLater()
        self._shells.clear()
        _bury()
        for opened in list(self._opened.values())[:1]:
            opened.db.close()
        self._opened.clear()
        self._is_changed = False

    def _note_change(self, _tables: frozenset[str]) -> None:
        self._is_changed = True

    def _note_mistake(
        self,
        _kind: type[BaseException],
        error: BaseException,
        _trace: TracebackType | None,
    ) -> None:
        self._mistakes.append(error)

    def _raise_mistakes(self, scene: Scene) -> None:
        mistakes = list(self._mistakes)
        self._mistakes.clear()
        if mistakes:
            mistakes[0].add_note(f"in the scene {scene.name}")
            raise mistakes[0]


def _something_soon() -> bool:
    """Say whether some widget waits for a short pause, say in typing, to pass."""
    return any(
        timer.isActive() and timer.isSingleShot() and timer.interval() <= SOON_MS
        for window in QApplication.topLevelWidgets()
        for timer in window.findChildren(QTimer)
    )


def _is_blank(view: QPdfView) -> bool:
    """Say whether the paper in the middle of a view has nothing on it yet."""
    seen = view.viewport().grab().toImage()
    middle = seen.copy(
        seen.rect().adjusted(seen.width() // 4, 40, -seen.width() // 4, 0)
    )
    first = middle.pixel(0, 0)
    return all(
        middle.pixel(x, y) == first
        for y in range(0, middle.height(), 2)
        for x in range(0, middle.width(), 2)
    )


def _bury() -> None:
    """Free what was told to go; Qt does so only when an event loop comes back."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
