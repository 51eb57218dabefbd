"""The tab of rounds: what is due, missed or odd, and the filling in of a sheet."""

from functools import partial
from typing import cast

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from carehome.ui.kit.lead import lead
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.tabbed import Tab
from carehome.ui.safety.round_lists import RoundLists
from carehome.ui.safety.round_sheet import SheetView


class RoundsTab(Tab):
    """Leads from the lists of rounds to a sheet and back."""

    SHOWS = frozenset(
        {
            *("safety_round", "safety_round_rule", "round_plan"),
            *("form", "form_version", "safety_place"),
        }
    )

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self.lists, self.sheet = RoundLists(hand), SheetView(hand)
        self.stack = QStackedWidget()
        for part in (self.lists, self.sheet):
            self.stack.addWidget(part)
            part.told.connect(self.told)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        lead(self, self.lists)

        self.lists.wanted.connect(self.open_round)
        self.lists.turned.connect(self.refresh)
        self.sheet.left.connect(self.open_lists)
        self.sheet.hazard_wanted.connect(partial(self.wanted.emit, "Hazards"))

    def refresh(self) -> None:
        self.lists.refresh()
        if self.stack.currentWidget() is self.sheet:
            self.sheet.read_again()

    def open_key(self, key: object) -> None:
        """Open a round by its number, a list by its code, or go to what is due."""
        if isinstance(key, int):
            self.open_round(key)
            return
        self.open_lists()
        if isinstance(key, tuple):
            self.lists.go_to_due(*key)
        else:
            self.lists.show_list(cast(str, key))

    def open_round(self, round_id: int) -> None:
        """Show the sheet of a round."""
        self._turn(self.sheet)
        self.sheet.open_round(round_id)

    def open_lists(self) -> None:
        """Go back to the lists."""
        self._turn(self.lists)
        self.lists.setFocus()

    def _turn(self, part: QWidget) -> None:
        self.stack.setCurrentWidget(part)
        lead(self, part)
