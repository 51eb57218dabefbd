"""A page of tabs that share one hand, and lead from one to another."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Signal

from carehome.i18n import _
from carehome.ui.kit.lead import lead
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.page import PageFrame, Tabs
from carehome.ui.parts.hand import Hand


class Tab(LiveView):
    """One tab of a page: reads what it shows, opens one thing of it on demand.

    `told` says in a line what was done; `wanted` names another tab, and what to open
    there (None: just the tab).
    """

    told = Signal(str)
    wanted = Signal(str, object)

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand.jobs)
        self.hand = hand

    def refresh(self) -> None:
        """Read again what is shown."""

    def open_key(self, key: object) -> None:
        """Open one thing of this tab, as a line of the first page names it."""


class TabbedPage(PageFrame):
    """Holds tabs by their titles in English, and makes each when it is first shown.

    `told` says in a line what was done.
    """

    told = Signal(str)

    def __init__(
        self, title: str, hand: Hand, tabs: Mapping[str, Callable[[Hand], Tab]]
    ) -> None:
        super().__init__(_(title))
        self._hand = hand
        self._makers = tabs
        self.titles = tuple(tabs)
        self.tabs = Tabs()
        for each in self.titles:
            self.tabs.add(_(each), partial(self._make, each))
        self.tabs.offer_keys()
        self.tabs.content(0)
        self.body.addWidget(self.tabs, 1)
        lead(self, self.tabs.content(0))

        self.tabs.shown.connect(self._lead_in)

    def open_tab(self, title: str, key: object = None) -> None:
        """Show a tab by its title in English; open one thing there, if named."""
        at = self.titles.index(title)
        self.tabs.strip.setCurrentIndex(at)
        shown = self.tabs.content(at)
        if key is not None and isinstance(shown, Tab):
            shown.open_key(key)

    def _make(self, title: str) -> Tab:
        tab = self._makers[title](self._hand)
        tab.told.connect(self.told)
        tab.wanted.connect(self.open_tab)
        return tab

    def _lead_in(self, at: int) -> None:
        lead(self, self.tabs.content(at))
