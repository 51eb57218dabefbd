"""Who somebody is: the person, and the people to turn to."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from carehome.i18n import N_, _, show_day
from carehome.rules.periods import DAY
from carehome.rules.phones import show_phone
from carehome.rules.residents import (
    CONTACT_ROLE_NAMES,
    DISABILITY_NAMES,
    SEX_NAMES,
)
from carehome.rules.rights import Right, User
from carehome.services.residents import Contact, Person, ResidentFile, Residents
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Fact, FactGrid
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts import ability
from carehome.ui.parts.care import CareServices, Lists
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.person_form import PersonForm
from carehome.ui.parts.why import WhyDialog
from carehome.ui.residents.profile_dialogs import CommissionDialog, ContactsDialog
from carehome.ui.residents.tab import Leaf


def say_phones(contact: Contact) -> str | None:
    """Say under which phones somebody is reached."""
    phones = (show_phone(contact.phone), show_phone(contact.phone_2))
    return "  ".join(filter(None, phones)) or None


def say_tasks(contact: Contact) -> str | None:
    """Say whether somebody is called at night, signs, pays."""
    tasks = (
        (contact.is_called, _("Emergency")),
        (contact.signs, _("Signs")),
        (contact.pays, _("Pays")),
    )
    return _(", ").join(name for done, name in tasks if done) or None


def say_commission(contact: Contact) -> str | None:
    """Say the last day of a commission."""
    ends = contact.commission.ends
    return show_day(ends - DAY) if ends else contact.commission.number or None


CONTACTS: tuple[Column[Contact], ...] = (
    Column(N_("Name"), lambda c: c.name, bold=True),
    Column(N_("Relation"), lambda c: c.relation or None),
    Column(N_("Kind of contact"), lambda c: _(CONTACT_ROLE_NAMES[c.role])),
    Column(N_("Phone"), say_phones),
    Column(N_("Is there for"), say_tasks, bold=True),
    Column(N_("Commission until"), say_commission),
    Column(N_("Note"), lambda c: c.note or None, stretch=True),
)


class Profile(Leaf):
    """The person as written down, the number masked, and the contacts."""

    def __init__(
        self, services: CareServices, jobs: Jobs, user: User, today: Callable[[], date]
    ) -> None:
        super().__init__(services, jobs, user, today)
        self.change = button(_("Change"), "edit", "Alt+E", "small")
        self.change_contacts = button(_("Change"), "edit", "Alt+K", "small")
        self.change.setAccessibleName(_("Change the details"))
        self.change_contacts.setAccessibleName(_("Change the contacts"))
        self.number = QLabel()
        self.show_number = button(_("Show"), "show", kind="small")
        self.facts = FactGrid(columns=2)
        self.note = QLabel()
        self.contacts = TableView(
            TableModel(CONTACTS), "resident.contacts", N_("Contacts")
        )
        self.note.setWordWrap(True)
        name = QLabel(_("ID number"))
        theme.mark(name, "note")
        self.number.setTextFormat(Qt.TextFormat.PlainText)
        flag = Qt.TextInteractionFlag.TextSelectableByMouse
        self.number.setTextInteractionFlags(flag)

        self.add_section(_("Person"), self.change)
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        for widget in (name, self.number, self.show_number):
            row.addWidget(widget)
        row.addStretch()
        self.body.addLayout(row)
        self.body.addWidget(self.facts)
        self.body.addWidget(self.note)
        self.body.addSpacing(theme.px(6))
        self.commission = button(_("Commission"), "edit", "Alt+W", "small")
        self.add_section(_("Contacts"), self.commission, self.change_contacts)
        self.add_list(self.contacts)

        may_change = user.may(Right.CHANGE_RESIDENTS)
        self.change.setVisible(may_change)
        self.change_contacts.setVisible(may_change)
        self.commission.clicked.connect(self.ask_commission)
        self.change.clicked.connect(self.ask_person)
        self.change_contacts.clicked.connect(self.ask_contacts)
        self.show_number.clicked.connect(self.ask_why)

    def refresh(self, file: ResidentFile, lists: Lists) -> None:
        person = file.person
        self.number.setText(file.identity or _("Not known"))
        may_show = self.user.may(Right.SHOW_IDENTITY)
        self.show_number.setVisible(bool(file.identity) and may_show)
        dementia = _("Yes") if person.has_dementia else _("No")
        if person.dementia_on:
            text = _("Yes, since {day}")
            dementia = text.format(day=show_day(person.dementia_on))
        grade = DISABILITY_NAMES.get(person.disability_grade or 0)
        disability = (person.disability_kind, _(grade) if grade else "")
        self.facts.show_facts(
            [
                Fact(_("Sex"), _(SEX_NAMES[person.sex])),
                Fact(_("Age"), "" if file.age is None else str(file.age)),
                Fact(_("Born on"), show_day(person.born) if person.born else ""),
                Fact(_("Phone"), show_phone(person.phone)),
                Fact(_("Ability level"), ability.word(person.ability_level)),
                Fact(_("Dementia"), dementia),
                Fact(_("Disability"), "  ".join(filter(None, disability))),
                Fact(_("Resident category"), _(", ").join(file.category_labels)),
                Fact(_("Address"), person.address),
            ]
        )
        self.note.setText(person.note)
        self.note.setVisible(bool(person.note))
        self.contacts.table.set_rows(file.contacts)
        may_change = self.user.may(Right.CHANGE_RESIDENTS)
        self.commission.setVisible(may_change and self._agent() is not None)
        self.contacts.set_empty(_("No contact is recorded yet."))

    def ask_person(self) -> None:
        """Ask for what has changed of the person."""
        file, lists = self.file, self.lists
        form = PersonForm(self.today(), lists.categories, self.jobs)
        form.fill(file.person, file.identity, file.categories)
        form.number.asked.connect(partial(self._ask_number_for, form))

        def deed(values: dict[str, Any]) -> "partial[None]":
            known = self.services.residents
            return partial(
                _store,
                known,
                file.resident_id,
                form.person(),
                form.id_number(),
                values["categories"],
            )

        title = _("Change the details of {name}").format(name=file.person.name)
        draft = f"person:{file.resident_id}"
        dialog = DeedDialog(title, form, _("Save"), self.jobs, deed, self, draft)
        dialog.setMinimumWidth(theme.px(720))
        dialog.open()

    def ask_contacts(self) -> None:
        """Ask for the people to turn to."""
        ContactsDialog(self.services.residents, self.jobs, self.file, self).open()

    def ask_commission(self) -> None:
        """Ask by which paper an agent acts: the one under the cursor, or the first."""
        agent = self._agent()
        if agent:
            today, services = self.today(), self.services.residents
            CommissionDialog(services, self.jobs, self.file, agent, today, self).open()

    def _agent(self) -> Contact | None:
        picked = self.contacts.current_row()
        if picked and picked.role == "agent":
            return picked
        return next((c for c in self.file.contacts if c.role == "agent"), None)

    def ask_why(self) -> None:
        """Ask why somebody wants to see the whole number, and show it."""
        dialog = self._why_dialog(self)
        dialog.shown.connect(self._show_number)
        dialog.open()

    def _ask_number_for(self, form: PersonForm) -> None:
        dialog = self._why_dialog(form)
        dialog.shown.connect(form.number.set_value)
        dialog.open()

    def _why_dialog(self, parent: QWidget) -> WhyDialog:
        who = self.file.resident_id
        show = partial(self.services.residents.show_identity, who)
        return WhyDialog(show, self.jobs, str(who), parent)

    def _show_number(self, number: str) -> None:
        self.number.setText(number)
        self.show_number.hide()


def _store(
    residents: Residents,
    resident_id: int,
    person: Person,
    id_number: str | None,
    categories: tuple[str, ...],
) -> None:
    residents.change_person(resident_id, person, id_number)
    residents.set_categories(resident_id, categories)
