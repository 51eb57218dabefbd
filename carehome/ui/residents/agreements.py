"""What is agreed: service agreements, and the prices that hold today."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from carehome.errors import Refusal
from carehome.i18n import N_, _, show_money
from carehome.rules.days import Sense
from carehome.rules.rights import Right, User
from carehome.services.consequences import Consequences, Outlook
from carehome.services.prices import OwnPrice, Prices
from carehome.services.residents import Agreement, ResidentFile
from carehome.services.residents.terms import AgreementTurned
from carehome.ui.kit import table
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Card, Fact, Facts
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import NoteField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.care import CareServices, Lists
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.residents.tab import Leaf

AGREEMENTS: tuple[Column[Agreement], ...] = (
    Column(N_("Number"), lambda a: a.number or None, bold=True),
    table.day(N_("From"), lambda a: a.starts),
    table.day(N_("Until"), lambda a: a.ends),
    table.day(N_("Signed on"), lambda a: a.signed_on),
    Column(N_("Signed by"), lambda a: a.signer or None, stretch=True),
)


class Agreements(Leaf):
    """Service agreements, newest first, and what a month comes to."""

    def __init__(
        self,
        services: CareServices,
        jobs: Jobs,
        user: User,
        today: Callable[[], date],
        prices: Prices,
    ) -> None:
        super().__init__(services, jobs, user, today)
        self._prices = prices
        self.add = button(_("New agreement"), "plus", "Alt+N", "small")
        self.change = button(_("Change"), "edit", "Alt+E", "small")
        self.agreements = TableView(
            TableModel(AGREEMENTS, lambda a: a.agreement_id),
            "resident.agreements",
            N_("Agreements"),
        )
        self.fees = Facts()
        self.card = Card(_("Prices today"))
        self.card.add(self.fees)
        self.add_section(_("Agreements"), self.change, self.add)
        self.add_list(self.agreements)
        self.body.addWidget(self.card)
        may_change = user.may(Right.CHANGE_RESIDENTS)
        self.add.setVisible(may_change)
        self.change.setVisible(may_change)
        self.card.setVisible(user.may(Right.SEE_FEES))
        self.add.clicked.connect(partial(self.ask, None))
        self.change.clicked.connect(self._change)
        self.agreements.picked.connect(self._picked)
        self._picked(None)
        if may_change:
            self.agreements.opened.connect(self.ask)

    def refresh(self, file: ResidentFile, lists: Lists) -> None:
        self.agreements.table.set_rows(file.agreements)
        self.agreements.set_empty(_("No agreement is recorded yet."))
        self._picked(self.agreements.current_row())
        if self.user.may(Right.SEE_FEES):
            self.jobs.run_last(
                self,
                self._show_fee,
                _read_prices,
                self.services.consequences,
                self._prices,
                file.resident_id,
                self.today(),
                failed=self._fail,
            )

    def ask(self, agreement: Agreement | None) -> None:
        """Ask what a new agreement says, or what has changed in one."""
        who, now = self.file.resident_id, self.today()
        form = Form()
        form.add("number", TextField(_("Number"), needed=False))
        form.add("starts", DateField(_("Starts on"), now)).set_value(now)
        ends = DateField(_("Ends on"), now, needed=False, sense=Sense.FUTURE)
        form.add("ends", ends, blame=(AgreementTurned,))
        signed = DateField(_("Signed on"), now, needed=False, sense=Sense.PAST)
        form.add("signed_on", signed)
        trial = DateField(_("On trial until"), now, needed=False, sense=Sense.FUTURE)
        form.add("trial_until", trial)
        form.add("signer", TextField(_("Signed by"), needed=False))
        form.add("note", NoteField(_("Note"), lines=2))
        known = agreement.agreement_id if agreement else 0
        if agreement:
            form.set_values({name: getattr(agreement, name) for name in form.fields})

        def deed(values: dict[str, Any]) -> "partial[Any]":
            for name in ("number", "signer", "note"):
                values[name] = values[name] or ""
            told = Agreement(**values, agreement_id=known)
            residents = self.services.residents
            store = residents.change_agreement if known else residents.add_agreement
            return partial(store, who, told)

        name = self.file.person.name
        title = _("Agreement with {name}").format(name=name)
        draft = f"agreement:{who}:{known}"
        DeedDialog(title, form, _("Save"), self.jobs, deed, self, draft).open()

    def _change(self) -> None:
        self.ask(self.agreements.current_row())

    def _picked(self, agreement: Agreement | None) -> None:
        self.change.setEnabled(agreement is not None)

    def _show_fee(self, prices: "_Prices") -> None:
        fee = prices.outlook.fee
        facts = [
            Fact(_("Bed fee"), show_money(fee.bed)),
            Fact(_("Care fee"), show_money(fee.care)),
            Fact(_("Meal fee"), show_money(fee.meal)),
            Fact(_("Monthly service fee"), show_money(fee.total), strong=True),
        ]
        self.fees.show_facts([*facts, *map(_own_fact, prices.own)])
        self.card.note.setText("")

    def _fail(self, error: Exception) -> None:
        """Say why there is no price, such as a price list that lacks one."""
        if not isinstance(error, Refusal):
            raise error
        self.fees.show_facts([])
        self.card.note.setText(error.message)


@dataclass(frozen=True, slots=True)
class _Prices:
    """What a month comes to, and which prices are personal."""

    outlook: Outlook
    own: tuple[OwnPrice, ...]


def _read_prices(
    consequences: Consequences, prices: Prices, resident_id: int, day: date
) -> _Prices:
    own = [price for price in prices.own_prices(resident_id) if _holds(price, day)]
    return _Prices(consequences.as_it_is(resident_id, day), tuple(own))


def _holds(price: OwnPrice, day: date) -> bool:
    return price.starts <= day and (price.ends is None or day < price.ends)


def _own_fact(price: OwnPrice) -> Fact:
    """Tell a personal price and why it was agreed on."""
    name = _("Personal price: {item} ({reason})")
    value = {
        "fixed": show_money(price.value),
        "percent": _("{percent} % of the list price").format(percent=price.value),
        "waived": _("Waived"),
    }[price.kind]
    return Fact(name.format(item=price.item, reason=price.reason), value)
