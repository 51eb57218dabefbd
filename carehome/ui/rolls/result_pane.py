"""The last step: what was read in, and what can be done with it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from carehome.i18n import _
from carehome.services.rolls import CheckedRoll
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Card, Fact, Facts, Figure


class ResultPane(QWidget):
    """Counts what happened; the rest can be saved, the whole be undone."""

    save_wanted = Signal()
    undo_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.figure = Figure()
        self.facts = Facts()
        self.save = button("", "save")
        self.undo = button(_("Undo this reading"), "undo")
        self._next = QLabel(
            _("Correct the saved rows in Excel and read that file in like any other.")
        )
        self._next.setWordWrap(True)
        theme.mark(self._next, "note")
        deeds = QHBoxLayout()
        deeds.addWidget(self.save)
        deeds.addWidget(self.undo)
        deeds.addStretch()
        card = Card(_("The roll is in the home"))
        card.setMaximumWidth(theme.px(640))
        for widget in (self.figure, self.facts):
            card.add(widget)
        card.body.addSpacing(theme.px(8))
        card.body.addLayout(deeds)
        card.add(self._next)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(card, 8)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addStretch(1)
        column.addLayout(row)
        column.addStretch(2)
        self.save.clicked.connect(self.save_wanted)
        self.undo.clicked.connect(self.undo_wanted)

    def show_result(self, checked: CheckedRoll) -> None:
        """Count what a reading has brought."""
        good, left = len(checked.roll.good), len(checked.roll.rejected)
        self.figure.show_number(str(good), _("residents read in"))
        facts = [
            Fact(_("File"), checked.file_name),
            Fact(_("Beds made"), str(len(checked.new_beds))),
            Fact(_("Rows not read in"), str(left)),
        ]
        self.facts.show_facts(facts)
        words = _("Save the other {count} {count:row|rows} as Excel, with the reasons…")
        self.save.setText(words.format(count=left))
        self.save.setVisible(left > 0)
        self._next.setVisible(left > 0)

    def focus(self) -> None:
        """Put the cursor on the rest, if there is one."""
        if self.save.isVisibleTo(self):
            self.save.setFocus(Qt.FocusReason.OtherFocusReason)
