"""The dialogs about payers: who they are, what came in, what they do not pay."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from carehome.i18n import N_, _, say_month, show_day, show_money
from carehome.rules.days import Sense
from carehome.rules.ledger.booking import MonthClosed
from carehome.rules.ledger.day_close import DayClosed
from carehome.rules.ledger.voids import ReasonMissing, VoidAlready
from carehome.rules.payers import claims as rules
from carehome.rules.payers.claims import Claim, CutKind, Key
from carehome.rules.payers.payer import (
    KIND_NAMES,
    BadDueDays,
    Payer,
    PayerNameMissing,
    PayerNameTaken,
    PayerStillBears,
)
from carehome.rules.payers.refunds import BackBeforeItCame, Backward
from carehome.rules.refunds import (
    NothingBack,
    PayeeMissing,
    RefundReasonMissing,
    TooMuchBack,
)
from carehome.rules.residents import NotComeYet, check_happened
from carehome.rules.rights import Right
from carehome.services.accounts import (
    Approval,
    MayNotApprove,
    SamePerson,
    WrongApproval,
)
from carehome.services.payer_statements import (
    AnswerMissing,
    AnswerTooEarly,
    MonthState,
    NothingToState,
    PayerStatements,
    SentTooEarly,
)
from carehome.services.payers import Cut, PayerMoney, Payers
from carehome.services.payers.money import NothingClaimed
from carehome.services.payers.service import BilledAlready
from carehome.ui.kit import theme
from carehome.ui.kit.cards import Fact, Facts
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import (
    CheckField,
    ChoiceField,
    MoneyField,
    NoteField,
    NumberField,
    SecretField,
    TextField,
)
from carehome.ui.kit.forms import Form
from carehome.ui.kit.pick import PickField
from carehome.ui.parts.deeds import Deed, DeedDialog
from carehome.ui.parts.money import methods
from carehome.ui.parts.phone_field import PhoneField
from carehome.ui.parts.tabbed import Tab

WIDE = 540
DAY = (NotComeYet, MonthClosed, DayClosed)
PARTS = (rules.NothingOpen, rules.MoreThanOpen, rules.NoAmount, rules.MoreThanCame)
WHO_BEARS = {
    CutKind.FAMILY: N_("The family, on their next bill"),
    CutKind.WRITTEN_OFF: N_("The home: write it off"),
}


class PayerDeeds:
    """Opens the dialogs over the tab that asks."""

    def __init__(self, tab: Tab) -> None:
        self._tab = tab
        self._payers = tab.hand.service(Payers)
        self._statements = tab.hand.service(PayerStatements)

    def enter(self, payer: Payer | None) -> DeedDialog:
        """Ask for a new payer, or for what changed about one."""
        form = Form(columns=2)
        kinds = {code.value: _(name) for code, name in KIND_NAMES.items()}
        form.add("kind", ChoiceField(_("Kind of payer"), kinds), wide=True)
        name = TextField(
            _("Name of the payer"), hint=_("As it stands on bills and statements.")
        )
        form.add("name", name, wide=True, blame=(PayerNameMissing, PayerNameTaken))
        form.add("contact", TextField(_("Contact person"), needed=False))
        form.add("phone", PhoneField(_("Phone"), needed=False))
        hint = _("By it the lines of the bank are recognised.")
        number = TextField(_("Account it pays from"), needed=False, hint=hint)
        form.add("account_number", number, wide=True)
        form.add("due_days", NumberField(_("Days to pay")), blame=(BadDueDays,))
        form.add("note", NoteField(_("Note"), lines=2), wide=True)
        in_use = CheckField(_("In use"), _("It can be chosen as a payer"))
        form.add("is_active", in_use, blame=(PayerStillBears,))
        known = payer or Payer(0, "insurance", "")
        form.set_values({name: getattr(known, name) for name in form.fields})
        if payer is None:
            form.show_field("is_active", False)

        def deed(values: dict[str, Any]) -> partial[int]:
            entered = Payer(
                known.payer_id,
                values["kind"],
                values["name"],
                values["contact"] or "",
                values["phone"] or "",
                values["account_number"] or "",
                values["due_days"],
                values["note"] or "",
                payer is None or bool(values["is_active"]),
            )
            return partial(self._payers.save, entered)

        title = _("New payer") if payer is None else _("Change a payer")
        draft = f"payer:{known.payer_id}"
        return self._open(title, form, _("Save"), deed, draft, _("The payer is kept."))

    def take(self, payer: Payer, claims: Sequence[Claim]) -> DeedDialog:
        """Ask what came in, for chosen months or for the oldest ones first."""
        chosen = [claim for claim in claims if claim.open > 0]
        form = Form()
        form.add_widget(Facts(_facts(payer, chosen)))
        amount = MoneyField(_("Amount"), capital=True)
        form.add("amount", amount, blame=(*PARTS, NothingClaimed))
        form.add("method", PickField(_("Way"), methods()))
        form.add("day", self._day(_("Received on")), blame=DAY)
        form.add("note", TextField(_("Note"), needed=False))
        today = self._tab.hand.today()
        form.set_values({"method": "transfer", "day": today})
        if chosen:
            form.set_values({"amount": sum(claim.open for claim in chosen)})

        def deed(values: dict[str, Any]) -> partial[int]:
            fen = values["amount"]
            told = _told(chosen, fen) if chosen else None
            call = self._payers.take
            what = (fen, values["method"], values["day"], told, values["note"] or "")
            return partial(call, payer.payer_id, *what)

        title = _("Money from {payer}").format(payer=payer.name)
        draft = f"payer-take:{payer.payer_id}"
        done = _("The money is in the books, with its receipt.")
        return self._open(title, form, _("Take the money"), deed, draft, done)

    def give_back(self, payer: Payer, money: PayerMoney) -> DeedDialog:
        """Ask what goes back of money that no month needs; a second person signs."""
        form = Form()
        came = _("Receipt {number}, {day}")
        came = came.format(number=money.number, day=show_day(money.day))
        form.add_widget(Facts([Fact(came, show_money(money.free), strong=True)]))
        hint = _("At most {most}").format(most=show_money(money.free))
        amount = MoneyField(_("Amount"), hint=hint, capital=True)
        form.add("amount", amount, blame=(NothingBack, TooMuchBack))
        form.add("method", PickField(_("Way of payment"), methods()))
        day = self._day(_("Day"))
        form.add("day", day, blame=(*DAY, BackBeforeItCame))
        form.add("payee", TextField(_("Payee")), blame=(PayeeMissing,))
        form.add("paper", TextField(_("Paper no."), needed=False))
        why = NoteField(_("Reason"), needed=True, lines=2)
        form.add("reason", why, blame=(RefundReasonMissing,))
        form.add_heading(_("A second person signs"))
        signs = TextField(_("Sign-in name"))
        form.add("sign_in", signs, blame=(SamePerson, MayNotApprove))
        form.add("password", SecretField(_("Password")), blame=(WrongApproval,))
        today = self._tab.hand.today()
        known = {"amount": money.free, "method": money.method, "payee": payer.name}
        form.set_values({**known, "day": today})

        def deed(values: dict[str, Any]) -> partial[int]:
            back = Backward(
                values["amount"],
                values["method"],
                values["day"],
                values["payee"],
                values["reason"] or "",
                values["paper"] or "",
            )
            approval = Approval(values["sign_in"], values["password"])
            return partial(self._payers.give_back, money.payment_id, back, approval)

        title = _("Money back to {payer}").format(payer=payer.name)
        draft = f"payer-give-back:{money.payment_id}"
        done = _("What went back is in the books.")
        return self._open(title, form, _("Give money back"), deed, draft, done)

    def void_back(self, money: PayerMoney) -> DeedDialog:
        """Ask why money did not go back to a payer after all."""
        form = Form()
        facts = [Fact(_("Day"), show_day(money.day))]
        facts.append(Fact(_("Amount"), show_money(-money.fen), strong=True))
        form.add_widget(Facts(facts))
        why = NoteField(_("Reason"), needed=True, lines=2)
        form.add("reason", why, blame=(ReasonMissing, VoidAlready, DayClosed))

        def deed(values: dict[str, Any]) -> partial[None]:
            reason = values["reason"] or ""
            return partial(self._payers.void_back, money.refund_id or 0, reason)

        draft = f"payer-void-back:{money.refund_id}"
        done = _("The money is to the payer's credit again.")
        title = _("It did not go back to the payer")
        return self._open(title, form, _("Void it"), deed, draft, done)

    def refuse(self, payer: Payer, claims: Sequence[Claim]) -> DeedDialog:
        """Ask what of the chosen months a payer does not pay, and who bears it."""
        chosen = [claim for claim in claims if claim.open > 0]
        form = Form()
        form.add_widget(Facts(_facts(payer, chosen)))
        if len(chosen) == 1:
            form.add("amount", MoneyField(_("Not paid")), blame=PARTS)
            form.set_values({"amount": chosen[0].open})
        who = {code.value: _(text) for code, text in WHO_BEARS.items()}
        if not self._tab.hand.may(Right.WRITE_OFF):
            del who[CutKind.WRITTEN_OFF]
        form.add("kind", PickField(_("Who bears it"), who))
        hint = _("The family reads it on the bill.")
        why = NoteField(_("Why the payer does not pay"), needed=True, lines=2)
        why.message.setToolTip(hint)
        elsewhere = () if len(chosen) == 1 else PARTS
        blame = (rules.CutReasonMissing, MonthClosed, *elsewhere)
        form.add("reason", why, blame=blame)
        form.set_values({"kind": CutKind.FAMILY.value})

        def deed(values: dict[str, Any]) -> partial[list[int]]:
            parts = {claim.key: claim.open for claim in chosen}
            if len(chosen) == 1:
                parts = {chosen[0].key: values["amount"]}
            is_loss = values["kind"] == CutKind.WRITTEN_OFF
            call = self._payers.write_off if is_loss else self._payers.charge_family
            return partial(call, payer.payer_id, parts, values["reason"] or "")

        title = _("Not paid by {payer}").format(payer=payer.name)
        draft = f"payer-refuse:{payer.payer_id}"
        done = _("What the payer does not pay is noted.")
        return self._open(title, form, _("Note it"), deed, draft, done)

    def take_back(self, cut: Cut) -> DeedDialog:
        """Ask why a payer owes again what it had refused."""
        form = Form()
        facts = [
            Fact(_("Resident"), cut.resident),
            Fact(_("Month"), say_month(cut.month)),
            Fact(_("Amount"), show_money(cut.fen)),
        ]
        form.add_widget(Facts(facts))
        why = NoteField(_("Reason"), needed=True, lines=2)
        form.add("reason", why, blame=(ReasonMissing, VoidAlready, BilledAlready))

        def deed(values: dict[str, Any]) -> partial[None]:
            reason = values["reason"] or ""
            return partial(self._payers.take_back, cut.cut_id, reason)

        draft = f"payer-back:{cut.cut_id}"
        done = _("The payer owes this again.")
        title = _("Let the payer owe it again")
        return self._open(title, form, _("Take it back"), deed, draft, done)

    def send(self, payer: Payer, month: MonthState) -> DeedDialog:
        """Ask when a statement was sent; from then on the days to pay count."""
        form = Form()
        form.add_widget(Facts(_month_facts(payer, month)))
        form.add(
            "day",
            self._day(_("Sent on")),
            blame=(NotComeYet, NothingToState, SentTooEarly),
        )
        form.set_values({"day": self._tab.hand.today()})

        def deed(values: dict[str, Any]) -> partial[int]:
            call = self._statements.send
            return partial(call, payer.payer_id, month.month, values["day"])

        draft = f"payer-send:{payer.payer_id}:{month.month:%Y-%m}"
        done = _("The statement is noted as sent.")
        title = _("Statement sent")
        return self._open(title, form, _("Note it"), deed, draft, done)

    def answer(self, payer: Payer, month: MonthState) -> DeedDialog:
        """Ask what a payer answered to a statement."""
        form = Form()
        form.add_widget(Facts(_month_facts(payer, month)))
        when = self._day(_("Answered on"))
        form.add("day", when, blame=(NotComeYet, AnswerTooEarly))
        text = NoteField(_("What the payer answered"), needed=True, lines=3)
        form.add("answer", text, blame=(AnswerMissing,))
        form.set_values({"day": self._tab.hand.today(), "answer": month.answer})

        def deed(values: dict[str, Any]) -> partial[None]:
            call = self._statements.answer
            answer = values["answer"] or ""
            return partial(call, month.statement_id, values["day"], answer)

        draft = f"payer-answer:{month.statement_id}"
        done = _("The answer is noted.")
        title = _("Answer of the payer")
        return self._open(title, form, _("Note it"), deed, draft, done)

    def _day(self, name: str) -> DateField:
        today = self._tab.hand.today()
        check = partial(check_happened, today=today)
        return DateField(name, today, sense=Sense.PAST, check=check)

    def _open(
        self, title: str, form: Form, do: str, deed: Deed, draft: str, done: str
    ) -> DeedDialog:
        jobs = self._tab.hand.jobs
        dialog = DeedDialog(title, form, do, jobs, deed, self._tab, draft)
        dialog.setMinimumWidth(theme.px(WIDE))
        dialog.accepted.connect(partial(self._tab.told.emit, done))
        dialog.open()
        form.focus()
        return dialog


def _told(chosen: Sequence[Claim], fen: int) -> Mapping[Key, int]:
    """Give the chosen months what came, the oldest first."""
    return dict(rules.allot(chosen, fen).shares)


def _facts(payer: Payer, chosen: Sequence[Claim]) -> list[Fact]:
    """Say for what the money is, or what is open."""
    if not chosen:
        return [Fact(payer.name, _("The oldest months are settled first."))]
    fen = show_money(sum(claim.open for claim in chosen))
    if len(chosen) == 1:
        text = _("{resident}, {month}")
        (claim,) = chosen
        what = text.format(resident=claim.resident, month=say_month(claim.month))
    else:
        what = _("{count} chosen months").format(count=len(chosen))
    return [Fact(what, fen, strong=True)]


def _month_facts(payer: Payer, month: MonthState) -> list[Fact]:
    return [
        Fact(_("Payer"), payer.name),
        Fact(_("Month"), say_month(month.month)),
        Fact(_("Billed"), show_money(month.borne), strong=True),
    ]
