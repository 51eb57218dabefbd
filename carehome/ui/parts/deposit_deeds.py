"""The dialogs that move deposits: each shows what is held and what will be."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QLabel, QWidget

from carehome.i18n import N_, _, show_day, show_money
from carehome.rules import deposits as rules
from carehome.rules.billing.payments import NothingPaid
from carehome.rules.days import Sense
from carehome.rules.home import NameMissing
from carehome.rules.ledger.booking import MonthClosed
from carehome.rules.ledger.day_close import DayClosed
from carehome.rules.residents import NotComeYet, check_happened
from carehome.services.accounts import (
    Approval,
    MayNotApprove,
    SamePerson,
    WrongApproval,
)
from carehome.services.deposits import (
    BankedTooEarly,
    DepositEntry,
    Deposits,
    DepositStanding,
    MoreThanOwed,
)
from carehome.services.deposits.emergencies import Emergency
from carehome.services.residents.papers import (
    PaperEmpty,
    PaperKept,
    PaperTooBig,
    PaperUnknown,
)
from carehome.services.workdays import is_working_day
from carehome.ui.kit import theme
from carehome.ui.kit.cards import Fact, Facts
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import MoneyField, NoteField, SecretField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.pick import PickField
from carehome.ui.kit.several import SeveralField
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.money import methods
from carehome.ui.parts.scan_field import ScanField

AFTER = N_("Held afterwards")
CLOSED = NotComeYet, MonthClosed, DayClosed  # what a day can be wrong by
SCAN = (PaperTooBig, PaperUnknown, PaperEmpty, PaperKept)


class DepositDeeds:
    """Opens the dialogs about one resident's deposit, over the widget that asks."""

    def __init__(
        self, deposits: Deposits, jobs: Jobs, today: date, parent: QWidget
    ) -> None:
        self._deposits = deposits
        self._jobs = jobs
        self._today = today
        self._parent = parent

    def take(self, standing: DepositStanding) -> DeedDialog:
        """Ask for a deposit that comes in; what passes the cap is said at once."""
        cap = standing.cap or 0
        hint = _("At most {most}").format(most=show_money(standing.room))
        amount = MoneyField(
            _("Amount"),
            hint=hint,
            check=lambda fen: rules.check_receipt(standing.held, fen, cap),
            capital=True,
        )
        form = self._form(standing, amount, 1)
        form.add("payer", TextField(_("Payer"), needed=False))

        def deed(values: dict[str, Any]) -> partial[int]:
            return partial(
                self._deposits.take,
                standing.resident_id,
                values["amount"],
                values["method"],
                values["day"],
                values["payer"] or "",
            )

        title = _("Take a deposit for {resident}")
        do, draft = _("Take and issue the receipt"), "deposit-take"
        return self._open(title, standing, form, do, deed, draft)

    def refund(self, standing: DepositStanding) -> DeedDialog:
        """Ask for a deposit that goes back, with the second person's signature."""
        form = self._form(standing, self._out(standing), -1)
        form.add("purpose", TextField(_("Reason")), blame=(rules.NoPurpose,))
        form.add("payee", TextField(_("Payee"), needed=False))
        form.add_heading(_("A second person signs"))
        signs = TextField(_("Sign-in name"))
        form.add("sign_in", signs, blame=(SamePerson, MayNotApprove))
        form.add("password", SecretField(_("Password")), blame=(WrongApproval,))
        if standing.excess:
            why = _("Above the most that may be held")
            form.set_values({"amount": standing.excess, "purpose": why})

        def deed(values: dict[str, Any]) -> partial[int]:
            return partial(
                self._deposits.refund,
                standing.resident_id,
                values["amount"],
                values["method"],
                values["day"],
                values["purpose"],
                Approval(values["sign_in"], values["password"]),
                values["payee"] or "",
            )

        title = _("Give deposit back to {resident}")
        do, draft = _("Give back"), "deposit-refund"
        return self._open(title, standing, form, do, deed, draft)

    def spend(self, standing: DepositStanding) -> DeedDialog:
        """Ask for what an emergency in hospital took of a deposit."""
        form = self._form(standing, self._out(standing), -1)
        form.add("purpose", TextField(_("Used for")), blame=(rules.NoPurpose,))
        due = rules.papers_due(self._today, is_working_day)
        text = _("The papers are due within 7 working days, today by {day}.")
        form.add_widget(_hint(text.format(day=show_day(due))))

        def deed(values: dict[str, Any]) -> partial[date]:
            return partial(
                self._deposits.spend_in_emergency,
                standing.resident_id,
                values["amount"],
                values["method"],
                values["day"],
                values["purpose"],
            )

        title = _("Use the deposit of {resident} in an emergency")
        do, draft = _("Record"), "deposit-emergency"
        return self._open(title, standing, form, do, deed, draft)

    def set_off(self, standing: DepositStanding, owed: int) -> DeedDialog:
        """Ask for what is set off against arrears, and the family's paper."""
        form = self._form(standing, self._out(standing), -1, by_hand=False)
        paper = TextField(_("Consent paper no."))
        form.add("paper", paper, blame=(rules.NoConsent,))
        form.blame("amount", MoreThanOwed, NothingPaid)
        form.set_values({"amount": min(owed, standing.held) or None})
        text = _("{amount} is owed. The family must have signed the set-off.")
        form.add_widget(_hint(text.format(amount=show_money(owed))))

        def deed(values: dict[str, Any]) -> partial[None]:
            return partial(
                self._deposits.set_off,
                standing.resident_id,
                values["amount"],
                values["day"],
                _("Set off against arrears"),
                values["paper"],
            )

        title = _("Set off the deposit of {resident}")
        do, draft = _("Set off"), "deposit-set-off"
        return self._open(title, standing, form, do, deed, draft)

    def hand_in(self, entry_id: int, resident: str) -> DeedDialog:
        """Ask for the papers of an emergency, and for a scan of them."""
        form = Form()
        hint = _("Such as: 3 invoices, 2 slips")
        papers = TextField(_("Invoices and slips"), hint=hint)
        form.add("paper", papers, blame=(NameMissing, rules.NoPapersAsked))
        hint = _("A PDF or a picture; it goes into the resident's file.")
        form.add("scan", ScanField(_("Scan"), hint=hint), blame=SCAN)

        def deed(values: dict[str, Any]) -> partial[None]:
            scan = Path(values["scan"]) if values["scan"] else None
            papers = values["paper"]
            return partial(self._deposits.hand_in_papers, entry_id, papers, scan)

        title = _("File the papers of {resident}").format(resident=resident)
        draft = f"deposit-papers:{entry_id}"
        return self._opened(title, form, _("File"), deed, draft)

    def put_back(self, spent: Emergency) -> DeedDialog:
        """Ask for money of an emergency that no papers prove, to be deposit again."""
        form = Form()
        hint = _("At most {most}").format(most=show_money(spent.fen))
        amount = MoneyField(_("Amount"), hint=hint, capital=True)
        blame = (rules.MorePutBack, rules.CapPassed, rules.NoAmount)
        form.add("amount", amount, blame=(*blame, rules.NoPapersAsked))
        form.add("method", PickField(_("Way of payment"), methods()))
        form.add("day", self._day(_("Day")), blame=CLOSED)
        form.add("payer", TextField(_("Payer"), needed=False))
        form.set_values({"day": self._today, "amount": spent.fen})

        def deed(values: dict[str, Any]) -> partial[int]:
            return partial(
                self._deposits.put_back,
                spent.entry_id,
                values["amount"],
                values["method"],
                values["day"],
                values["payer"] or "",
            )

        title = _("Take money of the emergency of {resident} back")
        draft = f"deposit-put-back:{spent.entry_id}"
        do = _("Take and issue the receipt")
        return self._opened(
            title.format(resident=spent.resident), form, do, deed, draft
        )

    def excuse(self, spent: Emergency) -> DeedDialog:
        """Ask why the papers of an emergency will never come."""
        form = Form()
        hint = _("Why, and how it is known where the money went")
        why = NoteField(_("Reason"), needed=True, hint=hint)
        form.add("reason", why, blame=(rules.NoExcuse, rules.NoPapersAsked))
        text = _("The supervision may ask for them: the reason stays in the books.")
        form.add_widget(_hint(text))

        def deed(values: dict[str, Any]) -> partial[None]:
            reason = values["reason"]
            return partial(self._deposits.excuse_papers, spent.entry_id, reason)

        title = _("The papers of {resident} will not come")
        draft = f"deposit-excuse:{spent.entry_id}"
        title = title.format(resident=spent.resident)
        return self._opened(title, form, _("Note the reason"), deed, draft)

    def bank(self, entries: Sequence[DepositEntry]) -> DeedDialog:
        """Ask which deposits went into the dedicated account, and when."""
        form = Form()
        labels = {str(entry.entry_id): _say_entry(entry) for entry in entries}
        form.add("entries", SeveralField(_("Deposits"), labels, columns=1))
        day = self._day(_("Paid in on"))
        form.add("day", day, blame=(BankedTooEarly, NotComeYet))
        form.set_values({"entries": tuple(labels), "day": self._today})

        def deed(values: dict[str, Any]) -> partial[None]:
            ids = [int(code) for code in values["entries"]]
            return partial(self._deposits.bank, ids, values["day"])

        title = _("Paid into the dedicated account")
        draft = f"deposit-bank:{'-'.join(labels)}"
        return self._opened(title, form, _("Record"), deed, draft)

    def _out(self, standing: DepositStanding) -> MoneyField:
        hint = _("At most {most}").format(most=show_money(standing.held))
        held = standing.held

        def check(fen: int) -> None:
            if fen > held:
                raise rules.MoreThanHeld(held=show_money(held))

        return MoneyField(_("Amount"), hint=hint, check=check, capital=True)

    def _form(
        self,
        standing: DepositStanding,
        amount: MoneyField,
        sign: int,
        by_hand: bool = True,
    ) -> Form:
        """Begin a form with what is held, and what will be once an amount is typed."""
        form, facts = Form(), Facts()
        form.add_widget(facts)
        blame = (rules.CapPassed, rules.MoreThanHeld, rules.NoAmount)
        form.add("amount", amount, blame=blame)
        if by_hand:
            form.add("method", PickField(_("Way of payment"), methods()))
        form.add("day", self._day(_("Day")), blame=CLOSED)
        form.set_values({"day": self._today})

        def show() -> None:
            after = standing.held + sign * (amount.value() or 0)
            held = show_money(standing.held)
            shown = [Fact(_(AFTER), show_money(after), held, strong=True)]
            if standing.cap is not None:
                shown.append(Fact(_("Most that may be held"), show_money(standing.cap)))
            facts.show_facts(shown)

        amount.changed.connect(show)
        show()
        return form

    def _day(self, name: str) -> DateField:
        """Return a field for the day of something that has happened."""
        check = partial(check_happened, today=self._today)
        return DateField(name, self._today, check=check, sense=Sense.PAST)

    def _open(
        self,
        title: str,
        standing: DepositStanding,
        form: Form,
        do: str,
        deed: Callable[[dict[str, Any]], "partial[Any]"],
        draft: str,
    ) -> DeedDialog:
        draft = f"{draft}:{standing.resident_id}"
        title = title.format(resident=standing.resident)
        return self._opened(title, form, do, deed, draft)

    def _opened(
        self,
        title: str,
        form: Form,
        do: str,
        deed: Callable[[dict[str, Any]], "partial[Any]"],
        draft: str,
    ) -> DeedDialog:
        dialog = DeedDialog(title, form, do, self._jobs, deed, self._parent, draft)
        dialog.open()
        form.focus()
        return dialog


def _say_entry(entry: DepositEntry) -> str:
    return _("{day}  {resident}  {amount}").format(
        day=show_day(entry.day), resident=entry.resident, amount=show_money(entry.fen)
    )


def _hint(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    theme.mark(label, "note")
    return label
