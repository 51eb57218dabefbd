"""The people to turn to, edited as a short list with a line for each."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, cast

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from carehome.errors import Refusal
from carehome.i18n import N_, _
from carehome.rules.home import NameMissing
from carehome.rules.phones import BadPhone
from carehome.rules.residents import CONTACT_ROLE_NAMES
from carehome.services.residents import Contact
from carehome.services.residents.people import (
    NO_COMMISSION,
    Commission,
    CommissionTurned,
    NobodyToCall,
)
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button, icon_button
from carehome.ui.kit.choice import Choice
from carehome.ui.kit.fields import TextField
from carehome.ui.kit.tick import Tick
from carehome.ui.parts.phone_field import PhoneField

USUAL = ("guardian", "emergency", "family")  # the role offered for each new line
BLAMED: dict[type[Exception], str] = {
    BadPhone: "phone",
    CommissionTurned: "name",
    NobodyToCall: "phone",
    NameMissing: "name",
}
TITLES = (N_("Name"), N_("Relation"), N_("Phone"), N_("Note"))


class ContactLine(QObject):
    """What is typed of one person or organisation to turn to."""

    changed = Signal()
    entered = Signal()
    removed = Signal()

    def __init__(self, role: str, parent: QObject) -> None:
        super().__init__(parent)
        self.role = Choice()
        name, relation, phone, note = map(_, TITLES)
        self.phone = PhoneField(phone)
        self.fields: dict[str, TextField] = {
            "name": TextField(name, needed=False),
            "relation": TextField(relation, needed=False, most=20),
            "phone": self.phone,
            "note": TextField(note, needed=False, most=200),
        }
        self.phone_2 = PhoneField(_("Second phone"))
        self.fields["phone_2"] = self.phone_2
        self.organisation = Tick(_("Organisation"))
        self.organisation.setMinimumHeight(theme.px(34))
        self.ticks = {
            "is_emergency": Tick(_("Called in an emergency")),
            "signs": Tick(_("Signs")),
            "pays": Tick(_("Pays")),
        }
        self.second = _second_row(self.ticks, self.phone_2)
        self.remove = icon_button("remove", _("Remove this contact"), self.removed.emit)
        self.role.set_choices({k: _(v) for k, v in CONTACT_ROLE_NAMES.items()})
        self.role.set_code(role)
        self.role.setAccessibleName(_("Kind of contact"))
        self.role.setMinimumHeight(theme.px(34))
        for field in self.fields.values():
            field.changed.connect(self.changed)
            field.entered.connect(partial(self._enter, field))
        self.role.chosen.connect(self.changed)
        for tick in (self.organisation, *self.ticks.values()):
            tick.toggled.connect(self.changed)

    @property
    def edits(self) -> dict[str, QLineEdit]:
        """What is typed into, by what it tells of the contact."""
        return {what: field.input for what, field in self.fields.items()}

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """What stands in the first row of the line, from left to right."""
        fields = [field for what, field in self.fields.items() if what != "phone_2"]
        return (self.role, *fields, self.organisation, self.remove)

    @property
    def widgets(self) -> tuple[QWidget, ...]:
        """What Tab walks along."""
        return (*self.parts, *self.ticks.values(), self.phone_2)

    def contact(self) -> Contact:
        """Return what is typed."""
        texts = {what: field.value() or "" for what, field in self.fields.items()}
        return Contact(
            self.role.code(),
            texts["name"],
            texts["relation"],
            texts["phone"],
            self.organisation.isChecked(),
            texts["note"],
            texts["phone_2"],
            is_emergency=self.ticks["is_emergency"].isChecked(),
            signs=self.ticks["signs"].isChecked(),
            pays=self.ticks["pays"].isChecked(),
        )

    def fill(self, contact: Contact) -> None:
        """Show a contact that is known."""
        self.role.set_code(contact.role)
        for what, field in self.fields.items():
            field.set_value(getattr(contact, what))
        self.organisation.setChecked(contact.is_organisation)
        for what, tick in self.ticks.items():
            tick.setChecked(getattr(contact, what))

    def typed(self) -> dict[str, Any]:
        """Return what is typed, right or wrong."""
        texts = {what: field.raw() for what, field in self.fields.items()}
        ticked = {what: tick.isChecked() for what, tick in self.ticks.items()}
        organised = self.organisation.isChecked()
        return {
            **texts,
            **ticked,
            "role": self.role.code(),
            "is_organisation": organised,
        }

    def type_again(self, typed: Mapping[str, Any]) -> None:
        """Put back what `typed` returned."""
        self.role.set_code(typed["role"])
        self.organisation.setChecked(typed["is_organisation"])
        for what, tick in self.ticks.items():
            tick.setChecked(typed.get(what, False))
        for what, field in self.fields.items():
            field.set_raw(typed.get(what, ""))

    def is_blank(self) -> bool:
        """Say whether nothing was typed."""
        return not any(field.typed() for field in self.fields.values())

    def problem(self) -> str:
        """Say what is wrong with a field of the line; empty when nothing is."""
        wrong = (field.problem() for field in self.fields.values())
        return next(filter(None, wrong), "")

    def _enter(self, field: TextField) -> None:
        if field.check_now():
            self.entered.emit()


def _second_row(ticks: Mapping[str, Tick], phone: PhoneField) -> QWidget:
    """Return the row below: what somebody is there for, and another phone."""
    room = QWidget()
    row = QHBoxLayout(room)
    row.setContentsMargins(0, 0, 0, theme.px(6))
    row.setSpacing(theme.px(14))
    for tick in ticks.values():
        row.addWidget(tick)
    row.addStretch(1)
    label = QLabel(phone.name)
    theme.mark(label, "note")
    row.addWidget(label)
    row.addWidget(phone, 2)
    return room


class ContactsEditor(QWidget):
    """Lines for the people to turn to, the most important first.

    A commission is written down apart and stays with the name it belongs to.
    Lines left blank do not count. `entered` goes out on Enter within a line.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[ContactLine] = []
        self._commissions: dict[str, Commission] = {}
        self.add_button = button(_("Add a contact"), "plus", "Alt+N", "link")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(8))
        self._grid.setVerticalSpacing(theme.px(8))
        for at, title in enumerate((_("Kind of contact"), *map(_, TITLES))):
            label = QLabel(title)
            theme.mark(label, "note")
            self._grid.addWidget(label, 0, at)
        for at, share in enumerate((0, 4, 2, 4, 4)):
            self._grid.setColumnStretch(at, share)
        foot = QHBoxLayout()
        foot.addWidget(self.add_button)
        foot.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(self._grid)
        column.addLayout(foot)
        self.add_button.clicked.connect(self._add_by_hand)
        self.add_line()

    def add_line(self) -> ContactLine:
        """Offer another blank line."""
        role = USUAL[min(len(self.lines), len(USUAL) - 1)]
        line = ContactLine(role, self)
        line.ticks["is_emergency"].setChecked(not self.lines)
        row = self._grid.rowCount()
        for at, part in enumerate(line.parts):
            self._grid.addWidget(part, row, at, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(line.second, row + 1, 1, 1, -1)
        line.removed.connect(partial(self._remove, line))
        line.changed.connect(self.changed)
        line.entered.connect(self.entered)
        self.lines.append(line)
        self._order_tabs()
        return line

    def contacts(self) -> list[Contact]:
        """Return the contacts that are typed, in their order."""
        return [
            replace(typed, commission=self._commissions.get(typed.name, NO_COMMISSION))
            for typed in (x.contact() for x in self.lines if not x.is_blank())
        ]

    def set_contacts(self, contacts: Sequence[Contact]) -> None:
        """Show contacts that are known, or one blank line."""
        for line in tuple(self.lines):
            self._drop(line)
        self._commissions = {each.name: each.commission for each in contacts}
        for contact in contacts:
            self.add_line().fill(contact)
        if not contacts:
            self.add_line()

    def reason(self) -> str:
        """Say why the contacts cannot be stored yet; empty when they can."""
        if not all(contact.name for contact in self.contacts()):
            return _("Still missing: {names}").format(names=_("name of the contact"))
        return next(filter(None, (line.problem() for line in self.lines)), "")

    def tell(self, error: Exception) -> bool:
        """Tell a refusal beside the field it is about; say whether there is one."""
        kinds = type(error).__mro__
        what = next((BLAMED[kind] for kind in kinds if kind in BLAMED), "")
        if what:
            lines = [line for line in self.lines if not line.is_blank()]
            wrong = (line for line in lines if line.fields[what].problem())
            field = next(wrong, self.lines[0]).fields[what]
            field.set_error(cast(Refusal, error).message)
            field.focus()
        return bool(what)

    def focus(self) -> None:
        """Put the cursor into the first name."""
        self.lines[0].edits["name"].setFocus()

    def typed(self) -> dict[str, Any]:
        """Return what is typed, right or wrong, so that it can be kept."""
        return {"contacts": [x.typed() for x in self.lines if not x.is_blank()]}

    def type_again(self, draft: Mapping[str, Any]) -> None:
        """Put back what `typed` returned."""
        for line in tuple(self.lines):
            self._drop(line)
        for typed in draft["contacts"]:
            self.add_line().type_again(typed)
        if not self.lines:
            self.add_line()

    def _add_by_hand(self) -> None:
        line = self.add_line()
        for part in (*line.parts, line.second):
            part.show()  # now, so that it can take the cursor
        line.edits["name"].setFocus()
        self.changed.emit()

    def _remove(self, line: ContactLine) -> None:
        self._drop(line)
        if not self.lines:
            self.add_line()
        self.changed.emit()

    def _drop(self, line: ContactLine) -> None:
        self.lines.remove(line)
        for part in (*line.parts, line.second):
            part.hide()
            part.deleteLater()
        line.deleteLater()

    def _order_tabs(self) -> None:
        """Let Tab walk along the lines and only then to the button below."""
        parts = [part for line in self.lines for part in line.widgets]
        for before, after in zip(parts, [*parts[1:], self.add_button], strict=True):
            QWidget.setTabOrder(before, after)
