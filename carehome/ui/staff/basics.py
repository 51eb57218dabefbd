"""Who somebody is, and how they are employed: posts, contracts, hours, cover."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLabel, QWidget

from carehome.i18n import N_, _, show_day
from carehome.rules.phones import show_phone
from carehome.rules.rights import Right
from carehome.rules.staff import (
    CHECK_NAMES,
    CONTRACT_NAMES,
    EDUCATION_NAMES,
    SCHEME_NAMES,
    Contract,
    Person,
    Scheme,
)
from carehome.services.staff.writing import ContractTwice, StaffKnown
from carehome.ui.kit import table
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Fact, FactGrid
from carehome.ui.kit.fields import IdField
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.deeds import Deed
from carehome.ui.parts.why import WhyDialog
from carehome.ui.staff import forms
from carehome.ui.staff.hand import Hand
from carehome.ui.staff.tab import Leaf
from carehome.ui.staff.words import SEX_NAMES

CONTRACTS: tuple[Column[Contract], ...] = (
    Column(N_("Kind of contract"), lambda c: _(CONTRACT_NAMES[c.kind]), bold=True),
    table.day(N_("From"), lambda c: c.starts),
    Column(N_("Last day"), lambda c: _day(c.last_day) or _("No end")),
    table.day(N_("Probation until"), lambda c: c.trial_until),
    Column(N_("Number"), lambda c: c.number or None),
    Column(N_("Note"), lambda c: c.note or None, stretch=True),
)


class Basics(Leaf):
    """The person as written down, the posts, the contracts, hours and cover."""

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self.change = button(_("Change"), "edit", "Alt+E", "small")
        self.show_number = button(_("Show the ID number"), "show", kind="small")
        self.change_posts = button(_("Change"), "edit", "Alt+P", "small")
        self.change_hours = button(_("Change"), "edit", "Alt+H", "small")
        self.change_checks = button(_("Change"), "edit", "Alt+I", "small")
        self.add_contract = button(_("New contract"), "plus", "Alt+N", "small")
        self.change_contract = button(_("Correct"), "edit", kind="small")
        self.remove_contract = button(_("Remove"), "remove", kind="small")
        self.facts, self.posts = FactGrid(columns=2), FactGrid(columns=2)
        self.hours, self.checks = FactGrid(columns=2), FactGrid(columns=2)
        self.note = QLabel()
        self.note.setWordWrap(True)
        model = TableModel(CONTRACTS, lambda c: c.contract_id)
        self.contracts = TableView(model, "staff.contracts", N_("Contracts"))
        self._name_buttons()
        self.add_section(_("Person"), self.show_number, self.change)
        self.body.addWidget(self.facts)
        self.body.addWidget(self.note)
        self.add_section(_("Posts"), self.change_posts)
        self.body.addWidget(self.posts)
        deeds = (self.remove_contract, self.change_contract, self.add_contract)
        self.add_section(_("Contracts"), *deeds)
        self.add_list(self.contracts)
        self.add_section(_("Hours"), self.change_hours)
        self.body.addWidget(self.hours)
        self.add_section(_("Insurance and background"), self.change_checks)
        self.body.addWidget(self.checks)

        may_change = hand.may(Right.CHANGE_STAFF)
        for each in (*deeds, self.change, self.change_posts):
            each.setVisible(may_change)
        for each in (self.change_hours, self.change_checks):
            each.setVisible(may_change)
        self.contracts.set_empty(_("No contract is on file."))
        self.change.clicked.connect(self.ask_person)
        self.show_number.clicked.connect(self.ask_why)
        self.change_posts.clicked.connect(self.ask_posts)
        self.change_hours.clicked.connect(self.ask_hours)
        self.change_checks.clicked.connect(self.ask_checks)
        self.add_contract.clicked.connect(self.ask_new_contract)
        self.change_contract.clicked.connect(self._correct_contract)
        self.remove_contract.clicked.connect(self._ask_removal)
        self.contracts.picked.connect(self._picked)
        if may_change:
            self.contracts.opened.connect(self.ask_contract)

    def refresh(self) -> None:
        file, person = self.file, self.file.person
        self.facts.show_facts(_facts(file.identity, person))
        may_show = self.hand.may(Right.SHOW_IDENTITY)
        self.show_number.setVisible(bool(file.identity) and may_show)
        self.note.setText(person.note)
        self.note.setVisible(bool(person.note))
        others = _(", ").join(post.name for post in file.posts[1:])
        main = file.posts[0].name if file.posts else ""
        extent = _("Full time") if person.is_full_time else _("Part time")
        told = [
            Fact(_("Main post"), main),
            Fact(_("Unit of the home"), file.unit),
            Fact(_("Extent"), extent),
            Fact(_("Other posts"), others),
        ]
        self.posts.show_facts(told)
        self.contracts.table.set_rows(file.contracts)
        self.hours.show_facts(_hours(person))
        self.checks.show_facts(_checks(person))
        self._picked(self.contracts.current_row())

    def ask_person(self) -> None:
        """Ask for what has changed of the person."""
        form = forms.person(self.choices, self.hand.today())
        form.blame("id_number", StaffKnown)
        self.fill(form, self.file.person)
        number = form.fields["id_number"]
        assert isinstance(number, IdField)
        if self.file.identity:
            number.set_masked(self.file.identity)
        number.asked.connect(partial(self._ask_number_for, number))
        title = _("Change the details of {name}").format(name=self.file.person.name)
        deed = partial(self._change, masked=bool(self.file.identity))
        self.ask(title, form, deed, "person")

    def ask_why(self) -> None:
        """Ask why the identity number is needed, then show it."""
        dialog = self._why_dialog(self)
        dialog.shown.connect(self._show_number)
        dialog.open()

    def ask_posts(self) -> None:
        """Ask which posts somebody holds."""
        form = forms.posts(self.choices)
        held = [post.post_id for post in self.file.posts]
        others = tuple(str(post_id) for post_id in held[1:])
        form.set_values({"main": next(iter(held), None), "others": others})

        def deed(values: dict[str, Any]) -> "partial[None]":
            others = tuple(map(int, values["others"] or ()))
            staff, who = self.hand.services.staff, self.file.staff_id
            return partial(staff.set_posts, who, values["main"], others)

        title = _("Posts of {name}").format(name=self.file.person.name)
        self.ask(title, form, deed, "posts")

    def ask_hours(self) -> None:
        """Ask how somebody's hours are counted."""
        form = self.fill(forms.hours(self.hand.today()), self.file.person)
        title = _("Hours of {name}").format(name=self.file.person.name)
        self.ask(title, form, self._change, "hours")

    def ask_checks(self) -> None:
        """Ask for insurance and background check."""
        form = self.fill(forms.checks(self.hand.today()), self.file.person)
        title = _("Insurance and background of {name}")
        self.ask(title.format(name=self.file.person.name), form, self._change, "checks")

    def ask_new_contract(self) -> None:
        """Ask for a contract that is new."""
        self.ask_contract()

    def ask_contract(self, contract: Contract | None = None) -> None:
        """Ask for a contract: a new one, or one to be corrected."""
        form = forms.contract(self.hand.today())
        form.blame("starts", ContractTwice)
        name = self.file.person.name
        title = _("New contract of {name}").format(name=name)
        if contract:
            self.fill(form, contract)
            title = _("Correct a contract of {name}").format(name=name)
        number = contract.contract_id if contract else 0
        self.ask(title, form, self._contract_deed(number), f"contract:{number}")

    def _ask_number_for(self, field: IdField) -> None:
        dialog = self._why_dialog(field)
        dialog.shown.connect(field.set_value)
        dialog.open()

    def _why_dialog(self, parent: QWidget) -> WhyDialog:
        who = self.file.staff_id
        show = partial(self.hand.services.staff.show_identity, who)
        return WhyDialog(show, self.hand.jobs, f"staff:{who}", parent)

    def _show_number(self, number: str) -> None:
        self.facts.show_facts(_facts(number, self.file.person))
        self.show_number.hide()

    def _contract_deed(self, number: int) -> Deed:
        staff, who = self.hand.services.staff, self.file.staff_id

        def deed(values: dict[str, Any]) -> "partial[Any]":
            told = Contract(**_texts(values, "number", "note"), contract_id=number)
            if number:
                return partial(staff.change_contract, told)
            return partial(staff.add_contract, who, told)

        return deed

    def _correct_contract(self) -> None:
        self.ask_contract(self.contracts.current_row())

    def _ask_removal(self) -> None:
        contract = self.contracts.current_row()
        if contract:
            title = _("Remove the contract from {day} on?")
            points = [_("Only what was entered by mistake is removed.")]
            remove = self.hand.services.staff.remove_contract
            told = title.format(day=show_day(contract.starts))
            self.confirm_removal(told, points, remove, contract.contract_id)

    def _change(self, values: dict[str, Any], masked: bool = False) -> "partial[None]":
        """Return the deed that changes some of what the file says of the person."""
        told = dict(values)
        number = told.pop("id_number", None)
        if number is None and "id_number" in values and not masked:
            number = ""
        filled = _texts(told, *(_TEXTS & told.keys()))
        person = replace(self.file.person, **filled)
        staff, who = self.hand.services.staff, self.file.staff_id
        return partial(staff.change, who, person, number)

    def _picked(self, contract: Contract | None) -> None:
        for deed in (self.change_contract, self.remove_contract):
            deed.setEnabled(contract is not None)

    def _name_buttons(self) -> None:
        for each, words in (
            (self.change, _("Change the details")),
            (self.change_posts, _("Change the posts")),
            (self.change_hours, _("Change the hours")),
            (self.change_checks, _("Change insurance and background")),
            (self.change_contract, _("Correct the contract")),
            (self.remove_contract, _("Remove the contract")),
        ):
            each.setAccessibleName(words)


_TEXTS = frozenset(
    {
        *("name", "number", "sex", "phone", "education", "note"),
        *("scheme_approval", "check_result", "check_note"),
    }
)


def _texts(values: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """Return values as a file keeps them: what is empty in a text field is a text."""
    return {**values, **{name: values[name] or "" for name in names}}


def _facts(identity: str, person: Person) -> list[Fact]:
    sex = _(SEX_NAMES[person.sex]) if person.sex else ""
    return [
        Fact(_("Staff number"), person.number),
        Fact(_("ID number"), identity),
        Fact(_("Sex"), sex),
        Fact(_("Born on"), _day(person.born)),
        Fact(_("Phone"), show_phone(person.phone)),
        Fact(_("Works here since"), _day(person.hired_on)),
        Fact(_("In work since"), _day(person.worked_since)),
        Fact(_("In care here since"), _day(person.care_since)),
        Fact(_("Education"), _(EDUCATION_NAMES[person.education])),
        Fact(_("Graduated on"), _day(person.graduated_on)),
    ]


def _hours(person: Person) -> list[Fact]:
    facts = [Fact(_("Hours scheme"), _(SCHEME_NAMES[Scheme(person.scheme)]))]
    if person.scheme != Scheme.STANDARD:
        facts += [
            Fact(_("Approval number"), person.scheme_approval),
            Fact(_("Approved until"), _day(person.scheme_until)),
        ]
    return facts


def _checks(person: Person) -> list[Fact]:
    insured = _day(person.insured_from)
    if insured and person.insured_until:
        span = _("{first} to {last}")
        insured = span.format(first=insured, last=_day(person.insured_until))
    return [
        Fact(_("Injury insurance"), insured or _("None")),
        Fact(_("Background check"), _(CHECK_NAMES[person.check_result])),
        Fact(_("Checked on"), _day(person.checked_on)),
        Fact(_("About the check"), person.check_note),
    ]


def _day(day: date | None) -> str:
    return show_day(day) if day else ""
