"""The dialogs about donations: what comes, what it is used for, what was wrong."""

from functools import partial
from typing import Any

from carehome.errors import Refusal
from carehome.i18n import _, show_money
from carehome.rules import donations as rules
from carehome.rules.days import Sense
from carehome.rules.ledger.booking import MonthClosed
from carehome.rules.ledger.voids import ReasonMissing, VoidAlready
from carehome.rules.residents import NotComeYet, check_happened
from carehome.services.donations import Donation, Donations, DonationUse
from carehome.ui.kit import theme
from carehome.ui.kit.cards import Fact, Facts
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import CheckField, MoneyField, NoteField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.pick import PickField
from carehome.ui.parts.deeds import Deed, DeedDialog
from carehome.ui.parts.money import methods
from carehome.ui.parts.tabbed import Tab

WIDE = 540
DAY = (NotComeYet, MonthClosed, rules.UsedTooEarly)


class DonationDeeds:
    """Opens the dialogs over the tab that asks."""

    def __init__(self, tab: Tab) -> None:
        self._tab = tab
        self._donations = tab.hand.service(Donations)

    def take(self) -> DeedDialog:
        """Ask for a donation."""
        form = Form()
        form.add("donor", TextField(_("Donor")), blame=(rules.DonorMissing,))
        hide = CheckField(_("In public"), _("The donor wants no name said in public"))
        form.add("is_unnamed", hide)
        ways = {**methods(), rules.GOODS: _("Goods")}
        way = form.add("method", PickField(_("Way"), ways))
        goods = TextField(_("Goods"), needed=False, hint=_("what, and how many"))
        form.add("goods", goods, blame=(rules.GoodsMissing,))
        amount = MoneyField(_("Amount"), capital=True)
        form.add("amount", amount, blame=(rules.NothingGiven,))
        form.add("day", self._day(), blame=DAY)
        hint = _("empty: free to use for the residents")
        form.add("purpose", TextField(_("Purpose"), needed=False, hint=hint))
        form.add("paper", TextField(_("Number of the paper"), needed=False))
        form.set_values({"method": "transfer", "day": self._tab.hand.today()})

        def turn() -> None:
            is_goods = way.value() == rules.GOODS
            form.show_field("goods", is_goods)
            hint = _("what they are worth") if is_goods else ""
            amount.message.setToolTip(hint)

        way.changed.connect(turn)
        turn()

        def deed(values: dict[str, Any]) -> partial[int]:
            return partial(
                self._donations.take,
                *(values["donor"], values["amount"], values["method"]),
                *(values["day"], values["purpose"] or ""),
                *(values.get("goods") or "", values["paper"] or ""),
                bool(values["is_unnamed"]),
            )

        done = _("The donation is in the books.")
        title, do = _("Enter a donation"), _("Enter")
        return self._open(title, form, do, deed, "donation-take", done)

    def use(self, donation: Donation) -> DeedDialog:
        """Ask what of a donation was used, and that it served its purpose."""
        form = Form()
        form.add_widget(Facts(_facts(donation)))
        left = show_money(donation.left)
        amount = MoneyField(_("Amount"), hint=_("At most {most}").format(most=left))
        form.add("amount", amount, blame=(rules.NothingGiven, rules.MoreThanGiven))
        is_goods = donation.method == rules.GOODS
        ways = {rules.GOODS: _("Goods")} if is_goods else methods()
        blame: tuple[type[Refusal], ...] = (rules.OtherKind,)
        form.add("method", PickField(_("Way"), ways), blame=blame)
        form.add("day", self._day(), blame=DAY)
        form.add("purpose", TextField(_("Used for")), blame=(rules.UseUnsaid,))
        form.add("paper", TextField(_("Invoice"), needed=False))
        if donation.purpose:
            text = _("This serves the purpose “{purpose}”")
            told = text.format(purpose=donation.purpose)
            serves = CheckField(_("Purpose"), told)
            form.add("serves", serves, blame=(rules.OtherPurpose,))
        form.set_values({"method": next(iter(ways)), "day": self._tab.hand.today()})

        def deed(values: dict[str, Any]) -> partial[int]:
            return partial(
                self._donations.use,
                *(donation.donation_id, values["amount"], values["method"]),
                *(values["day"], values["purpose"], values["paper"] or ""),
                donation.purpose if values.get("serves") else "",
            )

        done = _("The use is in the books.")
        title = _("Note what a donation was used for")
        draft = f"donation-use:{donation.donation_id}"
        return self._open(title, form, _("Note it"), deed, draft, done)

    def void(self, donation: Donation) -> DeedDialog:
        """Ask why a donation is taken back."""
        call = partial(_reasoned, self._donations.void, donation.donation_id)
        draft = f"donation-void:{donation.donation_id}"
        title = _("Void the donation of {donor}").format(donor=donation.donor)
        return self._void(title, donation.fen, call, draft, (rules.UsedSince,))

    def void_use(self, use: DonationUse) -> DeedDialog:
        """Ask why a use is taken back."""
        call = partial(_reasoned, self._donations.void_use, use.use_id)
        title = _("Void the use “{what}”").format(what=use.purpose)
        return self._void(title, use.fen, call, f"donation-use-void:{use.use_id}", ())

    def turn_name(self, donation: Donation) -> None:
        """Name the donor in public, or leave the name out."""
        call, number = self._donations.set_unnamed, donation.donation_id
        told = (
            _("The donor is named in public.")
            if donation.is_unnamed
            else _("The donor is not named in public.")
        )
        jobs = self._tab.hand.jobs
        is_unnamed = not donation.is_unnamed
        jobs.run(self._tab, partial(self._say, told), call, number, is_unnamed)

    def _say(self, text: str, _done: object) -> None:
        self._tab.told.emit(text)

    def _void(
        self,
        title: str,
        fen: int,
        deed: Deed,
        draft: str,
        blame: tuple[type[Refusal], ...],
    ) -> DeedDialog:
        form = Form()
        form.add_widget(Facts([Fact(_("Amount"), show_money(fen))]))
        why = NoteField(_("Reason"), needed=True, lines=2)
        form.add("reason", why, blame=(ReasonMissing, VoidAlready, *blame))
        done = _("The entry is void; it stays listed.")
        return self._open(title, form, _("Void"), deed, draft, done)

    def _day(self) -> DateField:
        today = self._tab.hand.today()
        check = partial(check_happened, today=today)
        return DateField(_("Day"), today, sense=Sense.PAST, check=check)

    def _open(
        self, title: str, form: Form, do: str, deed: Deed, draft: str, done: str
    ) -> DeedDialog:
        jobs = self._tab.hand.jobs
        dialog = DeedDialog(title, form, do, jobs, deed, self._tab, draft)
        dialog.setMinimumWidth(theme.px(WIDE))
        dialog.accepted.connect(partial(self._tab.told.emit, done))
        dialog.open()
        return dialog


def _facts(donation: Donation) -> list[Fact]:
    return [
        Fact(_("Donor"), donation.donor),
        Fact(_("Purpose"), donation.purpose or _("Free to use")),
        Fact(_("Still left"), show_money(donation.left), strong=True),
    ]


def _reasoned(call: Any, number: int, values: dict[str, Any]) -> "partial[None]":
    return partial(call, number, values["reason"] or "")
