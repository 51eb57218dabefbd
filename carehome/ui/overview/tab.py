"""What all tabs of the overview have in common."""

from PySide6.QtCore import Signal

from carehome.ui.kit.live import LiveView
from carehome.ui.overview.hand import Hand


class Tab(LiveView):
    """One tab of the page: reads what it shows, opens one thing of it on demand.

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
