"""The people to turn to, edited as a short list with a line for each."""

from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from carehome.i18n import N_, _
from carehome.rules.residents import CONTACT_ROLE_NAMES
from carehome.services.residents import Contact
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button, icon_button
from carehome.ui.kit.choice import Choice
from carehome.ui.kit.tick import Tick

USUAL = ("guardian", "emergency", "family")  # the role offered for each new line
TEXTS = {  # what is typed of a contact: its name and how much of it
    "name": (N_("Name"), 60),
    "relation": (N_("Relation"), 20),
    "phone": (N_("Phone"), 40),
    "note": (N_("Note"), 200),
}


class ContactLine(QObject):
    """What is typed of one person or organisation to turn to."""

    changed = Signal()
    entered = Signal()
    removed = Signal()

    def __init__(self, role: str, parent: QObject) -> None:
        super().__init__(parent)
        self.role = Choice()
        self.edits = {what: QLineEdit() for what in TEXTS}
        self.organisation = Tick(_("Organisation"))
        self.remove = icon_button("remove", _("Remove this contact"), self.removed.emit)
        self.role.set_choices({k: _(v) for k, v in CONTACT_ROLE_NAMES.items()})
        self.role.set_code(role)
        self.role.setAccessibleName(_("Kind of contact"))
        for what, edit in self.edits.items():
            name, most = TEXTS[what]
            edit.setAccessibleName(_(name))
            edit.setMaxLength(most)
            edit.setMinimumHeight(theme.px(34))
            edit.textChanged.connect(self.changed)
            edit.returnPressed.connect(self.entered)
        self.role.setMinimumHeight(theme.px(34))
        self.role.chosen.connect(self.changed)
        self.organisation.toggled.connect(self.changed)

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """What stands in the line, from left to right."""
        name, relation, phone, note = self.edits.values()
        edits = (self.role, name, relation, phone, note)
        return (*edits, self.organisation, self.remove)

    def contact(self) -> Contact:
        """Return what is typed."""
        texts = {what: edit.text().strip() for what, edit in self.edits.items()}
        organised = self.organisation.isChecked()
        return Contact(self.role.code(), **texts, is_organisation=organised)

    def fill(self, contact: Contact) -> None:
        """Show a contact that is known."""
        self.role.set_code(contact.role)
        for what, edit in self.edits.items():
            edit.setText(getattr(contact, what))
        self.organisation.setChecked(contact.is_organisation)

    def is_blank(self) -> bool:
        """Say whether nothing was typed."""
        return not any(edit.text().strip() for edit in self.edits.values())


class ContactsEditor(QWidget):
    """Lines for the people to turn to, the most important first.

    Lines left blank do not count. `entered` goes out on Enter within a line.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[ContactLine] = []
        self.add_button = button(_("Add a contact"), "plus", "Alt+N", "link")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(8))
        self._grid.setVerticalSpacing(theme.px(8))
        for at, title in enumerate(
            (_("Kind of contact"), *(_(name) for name, _m in TEXTS.values()))
        ):
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
        row = self._grid.rowCount()
        for at, part in enumerate(line.parts):
            self._grid.addWidget(part, row, at)
        line.removed.connect(partial(self._remove, line))
        line.changed.connect(self.changed)
        line.entered.connect(self.entered)
        self.lines.append(line)
        self._order_tabs()
        return line

    def contacts(self) -> list[Contact]:
        """Return the contacts that are typed, in their order."""
        return [line.contact() for line in self.lines if not line.is_blank()]

    def set_contacts(self, contacts: Sequence[Contact]) -> None:
        """Show contacts that are known, or one blank line."""
        for line in tuple(self.lines):
            self._drop(line)
        for contact in contacts:
            self.add_line().fill(contact)
        if not contacts:
            self.add_line()

    def reason(self) -> str:
        """Say why the contacts cannot be stored yet; empty when they can."""
        if all(contact.name for contact in self.contacts()):
            return ""
        return _("Still missing: {names}").format(names=_("name of the contact"))

    def focus(self) -> None:
        """Put the cursor into the first name."""
        self.lines[0].edits["name"].setFocus()

    def draft(self) -> list[dict[str, Any]]:
        """Return what is typed as plain values."""
        return [asdict(contact) for contact in self.contacts()]

    def set_draft(self, draft: Sequence[dict[str, Any]]) -> None:
        """Put back what `draft` returned."""
        self.set_contacts([Contact(**one) for one in draft])

    def _add_by_hand(self) -> None:
        line = self.add_line()
        for part in line.parts:
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
        for part in line.parts:
            part.hide()
            part.deleteLater()
        line.deleteLater()

    def _order_tabs(self) -> None:
        """Let Tab walk along the lines and only then to the button below."""
        parts = [part for line in self.lines for part in line.parts]
        for before, after in zip(parts, [*parts[1:], self.add_button], strict=True):
            QWidget.setTabOrder(before, after)
