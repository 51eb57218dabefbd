"""Dialogs of the roster: a pattern to repeat, and why a published month is changed."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from carehome.errors import CareHomeError
from carehome.i18n import _
from carehome.rules.rosters.patterns import (
    BadPattern,
    PatternMissing,
    read_pattern,
)
from carehome.ui.kit import theme
from carehome.ui.kit.dialogs import FormDialog
from carehome.ui.kit.fields import NoteField, NumberField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.rosters import cells
from carehome.ui.rosters.deeds import Block
from carehome.ui.rosters.month import Month

USUAL, STAGGER = "EELLNNRR", 2


class PatternDialog(FormDialog):
    """Asks for shifts to repeat over what is chosen; `laid` carries them."""

    laid = Signal(object, int)

    def __init__(self, month: Month, block: Block, parent: QWidget) -> None:
        form = Form()
        self._month = month
        self.pattern = form.add(
            "pattern",
            TextField(
                _("Pattern"),
                hint=_("Letters or signs of shifts, such as EELLNNRR"),
                check=self._read,
            ),
            blame=(BadPattern, PatternMissing),
        )
        self.stagger = form.add(
            "stagger",
            NumberField(
                _("Days by which each next person begins later"),
                hint=_("0: everybody the same"),
            ),
        )
        super().__init__(
            _("Lay a pattern"), form, _("Lay it"), parent, "roster-pattern"
        )
        text = _(
            "It is repeated over {days} {days:day|days} of {people} "
            "{people:person|people}. What is locked and days of leave stay."
        )
        note = QLabel(text.format(days=len(block.days), people=len(block.keys)))
        note.setWordWrap(True)
        theme.mark(note, "note")
        self.body.insertWidget(0, note)
        if not self.pattern.raw():
            self.pattern.set_value(_usual(month))
        if not self.stagger.raw():
            self.stagger.set_value(STAGGER if len(block.keys) > 1 else 0)
        self.chosen.connect(self._lay)

    def _lay(self, values: dict[str, Any]) -> None:
        try:
            codes = self._read(values["pattern"])
        except CareHomeError as error:
            self.refuse(error)
            return
        self.laid.emit(codes, values["stagger"])
        self.finish()

    def _read(self, typed: str) -> tuple[str, ...]:
        signs = {
            sign: kind.code
            for kind in self._month.kinds
            for sign in (kind.letter.upper(), kind.sign)
        }
        return read_pattern(typed, signs, f"R{cells.off_sign()}")


class ReasonDialog(FormDialog):
    """Asks why a month that is published is changed; `given` carries it."""

    given = Signal(str)

    def __init__(self, reason: str, parent: QWidget) -> None:
        form = Form()
        field = form.add("reason", NoteField(_("Reason"), needed=True))
        super().__init__(
            _("Change a published roster"),
            form,
            _("Change it"),
            parent,
            "roster-reason",
        )
        text = _(
            "People plan by what is published. Every change is kept with who made it, "
            "when, and why. The reason goes with all that you change in this "
            "month from now on."
        )
        note = QLabel(text)
        note.setWordWrap(True)
        theme.mark(note, "note")
        self.body.insertWidget(0, note)
        if reason:
            field.set_value(reason)
        self.chosen.connect(self._give)

    def _give(self, values: dict[str, Any]) -> None:
        self.given.emit(values["reason"])
        self.finish()


def _usual(month: Month) -> str:
    """Return the pattern that most homes know, if this one has its shifts."""
    known = {kind.letter.upper() for kind in month.kinds}
    return USUAL if set(USUAL) - {"R"} <= known else ""
