"""The main window: the way through the program, and the page that is open."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from carehome import i18n
from carehome.i18n import N_, _
from carehome.ui.kit import icons, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.keys import bind
from carehome.ui.kit.navigation import Entry
from carehome.ui.kit.page import scrolling
from carehome.ui.kit.progress_card import ProgressCard
from carehome.ui.kit.shortcuts import show_sheet
from carehome.ui.kit.toast import Toast


@dataclass(frozen=True)
class Page:
    """An entry of the navigation; `title` is a marked text and names the page.

    Its widget is made when it is first visited. `right` is what a person must hold
    to see it: for whoever chooses the pages, the window does not look at it. One that
    is `passing` is listed only while something waits there, and has no number.
    """

    title: str
    icon: str
    right: object
    factory: Callable[[], QWidget]
    passing: bool = False


class Shell(QMainWindow):
    """The frame around the pages of one person at one home.

    `lock_asked`, `search_asked` and `undo_asked` go out on Ctrl+L, Ctrl+K and Ctrl+Z
    (unless the line below the page offers a deed, which is then done), `page_shown`
    with the title of a page that comes up.
    """

    lock_asked = Signal()
    search_asked = Signal()
    undo_asked = Signal()
    page_shown = Signal(str)

    def __init__(
        self, home: str, person: str, day: date, pages: Sequence[Page], jobs: Jobs
    ) -> None:
        super().__init__()
        self._pages = {page.title: page for page in pages}
        self.widgets: dict[str, QWidget] = {}
        self.current = ""
        self.entries: dict[str, Entry] = {}
        self.home = QLabel(home)
        self.day = QLabel()
        self.person = QLabel(person)
        self.look = button(_("Find Ctrl+K"), "search", kind="nav_find")
        self.lock = QPushButton(_("Lock Ctrl+L"))
        self.help = QPushButton(_("Keys F1"))
        self.mark = QLabel()
        self.stack = QStackedWidget()
        self.setWindowTitle(home)
        self.setMinimumSize(theme.LEAST_WINDOW)
        self.resize(theme.WINDOW)
        self.set_day(day)
        self.mark.hide()
        theme.mark(self.mark, "practice")

        self._frame = QWidget()
        row = QHBoxLayout(self._frame)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._navigation())
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.mark)
        column.addWidget(self.stack, 1)
        self.toast = Toast(self._frame)
        column.addWidget(self.toast)
        row.addLayout(column, 1)
        self.setCentralWidget(self._frame)
        self.progress = ProgressCard(jobs, self._frame)

        self.look.clicked.connect(self.search_asked)
        self.lock.clicked.connect(self.lock_asked)
        self.help.clicked.connect(self.show_keys)
        jobs.stopped.connect(self._tell_stopped)
        self._bind_keys()
        if self.numbered:
            self.open_page(self.numbered[0])

    @property
    def numbered(self) -> list[str]:
        """The titles of the pages that are always there, as Ctrl+1 … count them."""
        return [page.title for page in self._pages.values() if not page.passing]

    @property
    def keys(self) -> dict[str, str]:
        """The keys of the pages by title: digits, then a comma for the last one."""
        titles = self.numbered
        digits = [*map(str, range(1, 10)), "0"]
        keys = dict(zip(titles, digits, strict=False))
        if len(titles) > len(digits):
            keys[titles[-1]] = ","  # the settings, as in many programs
        return {title: f"Ctrl+{key}" for title, key in keys.items()}

    def open_page(self, title: str) -> QWidget:
        """Show the page called `title`, made if need be, and hand it back."""
        page = self._pages[title]
        is_new = title not in self.widgets
        if is_new:
            self.widgets[title] = page.factory()
            self.stack.addWidget(self.widgets[title])
        widget = self.widgets[title]
        self.stack.setCurrentWidget(widget)
        if is_new or not widget.isAncestorOf(self.focusWidget()):
            widget.setFocus()  # Qt itself leads to whatever Tab would reach first
        self.entries[title].setChecked(True)
        self.current = title
        self.page_shown.emit(title)
        return widget

    def set_count(self, title: str, count: int) -> None:
        """Show in the navigation how many things wait on a page."""
        self.entries[title].set_count(count)
        if self._pages[title].passing:
            self.entries[title].setVisible(count > 0)

    def set_day(self, day: date) -> None:
        """Show the day; midnight passes while the window is open."""
        self.today = day
        self.day.setText(i18n.say_long_day(day))

    def mark_practice(self, is_practice: bool) -> None:
        """Say on every page that this home is not the real one."""
        text = _("A home for practice: people and money are invented, try anything.")
        self.mark.setText(text if is_practice else "")
        self.mark.setVisible(is_practice)

    def tell(
        self, text: str, do: str = "", deed: Callable[[], object] | None = None
    ) -> None:
        """Tell in a line what was done; a button named `do` does `deed`."""
        self.toast.tell(text, do, deed)

    def show_keys(self) -> None:
        """Show the keys of the window and of the page that is open."""
        show_sheet(self, self.stack.currentWidget(), _(self.current))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _tell_stopped(self) -> None:
        self.tell(_("Stopped. Nothing was changed."))

    def _navigation(self) -> QFrame:
        nav = QFrame()
        nav.setFixedWidth(theme.px(188))
        for widget, kind in (
            (nav, "nav"),
            (self.home, "nav_home"),
            (self.day, "nav_note"),
            (self.person, "nav_person"),
            (self.lock, "nav_link"),
            (self.help, "nav_link"),
        ):
            theme.mark(widget, kind)
        self.home.setWordWrap(True)
        self.person.setWordWrap(True)
        self.look.setIcon(icons.icon("search", "nav_note"))
        self.lock.setIcon(icons.icon("lock", "nav_note"))
        entries = QWidget()
        list_of_entries = QVBoxLayout(entries)
        list_of_entries.setContentsMargins(0, 0, 0, 0)
        list_of_entries.setSpacing(0)
        for page in self._pages.values():
            entry = Entry(_(page.title), page.icon)
            entry.clicked.connect(partial(self.open_page, page.title))
            self.entries[page.title] = entry
            list_of_entries.addWidget(entry)
            if page.passing:
                entry.hide()
        list_of_entries.addStretch()
        links = QHBoxLayout()
        links.setContentsMargins(theme.px(4), 0, 0, 0)
        links.addWidget(self.lock)
        links.addWidget(self.help)
        links.addStretch()
        column = QVBoxLayout(nav)
        column.setContentsMargins(*map(theme.px, (10, 14, 10, 10)))
        column.setSpacing(theme.px(2))
        column.addWidget(self.home)
        column.addWidget(self.day)
        column.addSpacing(theme.px(8))
        column.addWidget(self.look)
        column.addSpacing(theme.px(6))
        column.addWidget(scrolling(entries), 1)
        column.addWidget(self.person)
        column.addLayout(links)
        return nav

    def _bind_keys(self) -> None:
        for keys, words, deed in (
            ("Ctrl+K", N_("Find anything"), self.search_asked.emit),
            ("Ctrl+Z", N_("Undo what was just done"), self._undo),
            ("Ctrl+L", N_("Lock the screen"), self.lock_asked.emit),
            ("F1", N_("Show these keys"), self.show_keys),
        ):
            bind(self, keys, words, deed)
        for title, keys in self.keys.items():
            bind(self, keys, title, partial(self.open_page, title))
            self.entries[title].setToolTip(f"{_(title)} {keys}")

    def _undo(self) -> None:
        """Take back what was just told, or ask for what was done before."""
        if self.toast.offers:
            self.toast.take()
        else:
            self.undo_asked.emit()

    def _place(self) -> None:
        """Keep what floats over the page where it belongs."""
        frame, gap = self._frame, theme.px(20)
        self.progress.adjustSize()
        self.progress.move(
            frame.width() - self.progress.width() - gap,
            frame.height() - self.progress.height() - gap,
        )
