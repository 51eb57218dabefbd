"""The third step: the sheet with each bad cell marked, and the list of why."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from carehome.i18n import N_, _
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.chips import Tag
from carehome.ui.kit.keys import bind
from carehome.ui.kit.tick import Tick
from carehome.ui.parts.rolls import spots
from carehome.ui.parts.rolls.shapes import Roll
from carehome.ui.parts.rolls.sheet_view import SheetView
from carehome.ui.parts.rolls.spot_list import SpotList
from carehome.ui.parts.rolls.spots import BAD, Spot

LIST = 290


class CheckPane(QWidget):
    """Shows what the roll says and what is wrong in it; F8 goes to the next fault.

    `again_wanted` goes out when the file was corrected and shall be read again.
    """

    again_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.good, self.bad, self.noted = Tag("", "ok"), Tag("", BAD), Tag("", "quiet")
        self.only_faulty = Tick(_("Only rows to correct"))
        self.again = button(_("Read the file again"), "refresh", "F5", "small")
        self.sheet = SheetView()
        self.list = SpotList()
        self._side = ListCard(self.list, _("To correct"), _("F8 next"))
        self._roll: Roll | None = None
        self._quiet: Mapping[int, str] = {}
        self._spots: list[Spot] = []
        self.again.setToolTip(
            _("Correct the file in Excel, save it there, then read it again: F5")
        )
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        for tag in (self.good, self.bad, self.noted):
            head.addWidget(tag)
        head.addStretch(1)
        head.addWidget(self.only_faulty)
        head.addSpacing(theme.px(8))
        head.addWidget(self.again)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.addWidget(ListCard(self.sheet))
        self.split.addWidget(self._side)
        self.split.setHandleWidth(theme.px(12))
        self.split.setChildrenCollapsible(False)
        self.split.setStretchFactor(0, 1)
        self.split.setSizes([theme.px(1000), theme.px(LIST)])
        self._clean = QLabel(_("Nothing is wrong with any row."))
        theme.mark(self._clean, "note")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(head)
        column.addWidget(self._clean)
        column.addWidget(self.split, 1)

        self.only_faulty.toggled.connect(self._show_rows)
        self.again.clicked.connect(self.again_wanted)
        self.list.wanted.connect(self._go_to)
        self.sheet.stood_on.connect(self.list.mark)
        bind(self, "F8", N_("The next mistake"), partial(self.list.step, 1))
        bind(self, "Shift+F8", N_("The previous mistake"), partial(self.list.step, -1))

    def show_roll(self, roll: Roll, quiet: Mapping[int, str]) -> None:
        """Show a roll with all that was found in it; `quiet` are rows of nobody."""
        self._roll, self._quiet = roll, quiet
        self._spots = spots.of_roll(roll)
        notes = sum(spot.tone != BAD for spot in self._spots)
        bad = len(roll.rejected)
        self.good.setText(
            _("{count} {count:row|rows} can be read in").format(count=len(roll.good))
        )
        self.bad.setText(_("{count} {count:row|rows} to correct").format(count=bad))
        self.noted.setText(_("{count} {count:note|notes}").format(count=notes))
        self.bad.setVisible(bad > 0)
        self.noted.setVisible(notes > 0)
        self.only_faulty.setEnabled(bad > 0)
        self.only_faulty.setChecked(self.only_faulty.isChecked() and bad > 0)
        self._side.setVisible(bool(self._spots))
        self._clean.setVisible(not self._spots)
        self.list.list.set_spots(self._spots)
        self._show_rows()

    def focus(self) -> None:
        """Put the cursor on the first fault, or else into the sheet."""
        if self._spots and not self.list.selectionModel().hasSelection():
            self.list.step(1)
        (self.list if self._spots else self.sheet).setFocus()

    def _show_rows(self) -> None:
        if self._roll:
            only_faulty = self.only_faulty.isChecked()
            part = spots.part(
                self._roll, self._spots, self._quiet, only_faulty=only_faulty
            )
            here = self.list.currentIndex()
            self.sheet.show_part(part)
            if here.isValid():
                self.sheet.go_to(*self._spots[here.row()].place)

    def _go_to(self, spot: Spot) -> None:
        """Stand on the cell; a note may be in a row that the filter hides."""
        if not self.sheet.go_to(*spot.place):
            self.only_faulty.setChecked(False)
            self.sheet.go_to(*spot.place)
