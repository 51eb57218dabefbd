"""Who has signed a settlement: a line for each side, sealed once all have."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from carehome.i18n import _, say_day
from carehome.rules.days import Sense
from carehome.rules.residents import NotComeYet, check_happened
from carehome.rules.settlement import (
    SIDE_NAMES,
    SameSigner,
    SettlementSealed,
    Side,
    SignedTooEarly,
    SignerMissing,
    SignerNotReceiver,
    SignerUnknown,
    bare,
)
from carehome.services.departures import Departures, Settlement, Signature
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.chips import Tag
from carehome.ui.kit.days import DateField
from carehome.ui.kit.field import Field
from carehome.ui.kit.fields import ChoiceField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.parts.deeds import DeedDialog


class Signatures(QWidget):
    """A line for each side; `wanted` asks to note one, `taken_back` to drop one."""

    wanted = Signal(str)
    taken_back = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.sealed = Tag("", "ok")
        self._told = {side: QLabel() for side in SIDE_NAMES}
        self.note: dict[Side, QPushButton] = {}
        self.drop: dict[Side, QPushButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(self.sealed)
        for side in SIDE_NAMES:
            column.addWidget(self._line(side))

    def show_signed(self, signatures: Sequence[Signature], is_sealed: bool) -> None:
        """Show who has signed; sealed, nothing is offered any more."""
        known = {each.side: each for each in signatures}
        text = _("All sides have signed: the settlement is sealed.")
        if not is_sealed:
            text = _("Print the sheet, let all sides sign, and note it here.")
        self.sealed.setText(text)
        self.sealed.set_tone("ok" if is_sealed else "info")
        for side, told in self._told.items():
            mine = known.get(side)
            told.setText(_say(mine) if mine else _("not signed yet"))
            self.note[side].setVisible(mine is None)
            self.drop[side].setVisible(mine is not None and not is_sealed)

    def _line(self, side: Side) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        name = QLabel(_(SIDE_NAMES[side]))
        name.setMinimumWidth(theme.px(110))
        theme.mark(name, "strong")
        note = button(_("Note the signature"), "check", kind="small")
        drop = button(_("Take back"), kind="small")
        note.setAccessibleName(f"{note.text()} {name.text()}")
        drop.setAccessibleName(f"{drop.text()} {name.text()}")
        note.clicked.connect(partial(self._want, side))
        drop.clicked.connect(partial(self._take_back, side))
        self.note[side], self.drop[side] = note, drop
        row.addWidget(name)
        row.addWidget(self._told[side], 1)
        row.addWidget(drop)
        row.addWidget(note)
        return line

    def _want(self, side: Side) -> None:
        self.wanted.emit(side)

    def _take_back(self, side: Side) -> None:
        self.taken_back.emit(side)


def ask_signature(
    departures: Departures,
    jobs: Jobs,
    made: Settlement,
    side: Side,
    names: Sequence[str],
    today: date,
    parent: QWidget,
) -> DeedDialog:
    """Ask who signed for a side, and when; for the home it is one of `names`."""
    form = Form()
    is_family = side == "family"
    who: Field[Any] = ChoiceField(_("Who signed"), {each: each for each in names})
    if is_family:
        hint = _("If they refused: who was there and saw it")
        who = TextField(_("Who signed"), hint=hint, most=60)
    blame = (SignerMissing, SettlementSealed, SameSigner, SignerUnknown)
    form.add("name", who, blame=blame)
    if is_family:
        hint = _("Needed where another than the recipient signed, or nobody would")
        text = _("Relation, or why they signed")
        relation = TextField(text, hint=hint, needed=False, most=60)
        form.add("relation", relation, blame=(SignerNotReceiver,))
    day = DateField(
        _("Signature on"),
        today,
        check=partial(check_happened, today=today),
        sense=Sense.PAST,
    )
    form.add("day", day, blame=(SignedTooEarly, NotComeYet))
    likely = made.receiver if is_family else _likely(made, names)
    form.set_values({"name": likely or None, "day": today})

    def deed(values: dict[str, Any]) -> partial[None]:
        what = (made.departure_id, side, values["name"], values["day"])
        return partial(departures.sign, *what, values.get("relation") or "")

    title = _("{side} has signed the settlement").format(side=_(SIDE_NAMES[side]))
    draft = f"settlement-sign:{made.departure_id}:{side}"
    do = _("Note the signature")
    dialog = DeedDialog(title, form, do, jobs, deed, parent, draft)
    dialog.open()
    form.focus()
    return dialog


def _likely(made: Settlement, names: Sequence[str]) -> str:
    """Return the first who may sign and has not signed for another side."""
    taken = {bare(each.name) for each in made.signatures} | {bare(made.receiver)}
    return next((name for name in names if bare(name) not in taken), "")


def _say(signature: Signature) -> str:
    text = _("{name}, {day}")
    return text.format(name=signature.name, day=say_day(signature.day))
