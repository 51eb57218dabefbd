"""The dialogs that move the money kept for residents."""

from functools import partial
from pathlib import Path
from typing import Any

from carehome.errors import Refusal
from carehome.i18n import _, show_money
from carehome.rules import trust as rules
from carehome.rules.days import Sense
from carehome.rules.ledger.booking import MonthClosed
from carehome.rules.ledger.day_close import CountBelowNothing, DifferenceUnsaid
from carehome.rules.ledger.voids import ReasonMissing, VoidAlready
from carehome.rules.residents import NotComeYet, check_happened
from carehome.services.residents.papers import (
    PaperEmpty,
    PaperKept,
    PaperTooBig,
    PaperUnknown,
)
from carehome.services.trust import (
    BANK,
    CASH,
    TrustDraw,
    TrustEntry,
    TrustMoney,
    TrustPlaces,
    TrustTill,
)
from carehome.ui.kit import theme
from carehome.ui.kit.cards import Fact, Facts
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import MoneyField, NoteField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.pick import PickField
from carehome.ui.parts.deeds import Deed, DeedDialog
from carehome.ui.parts.money import methods
from carehome.ui.parts.scan_field import ScanField
from carehome.ui.parts.tabbed import Tab

WIDE = 480
SCAN = (PaperTooBig, PaperUnknown, PaperEmpty, PaperKept)
AMOUNT = (rules.NoTrustAmount, rules.MoreThanKept, rules.CashShort)
DAY = (NotComeYet, MonthClosed)


class TrustDeeds:
    """Opens the dialogs over the tab that asks."""

    def __init__(self, tab: Tab) -> None:
        self._tab = tab
        self._money = tab.hand.service(TrustMoney)
        self._till = tab.hand.service(TrustTill)

    def take(self, resident_id: int, name: str, kept: int) -> DeedDialog:
        """Ask for money that comes to be kept."""
        amount = MoneyField(_("Amount"), capital=True)
        form = self._form(kept, amount, 1)
        purpose = TextField(
            _("What money it is"), hint=_("such as pension of November")
        )
        form.add("purpose", purpose, blame=(rules.TrustPurposeMissing,))
        form.add("other_name", TextField(_("From whom"), needed=False))
        form.add("paper", TextField(_("Number of the paper"), needed=False))

        def deed(values: dict[str, Any]) -> partial[int]:
            return partial(
                self._money.take,
                *(resident_id, values["amount"], values["method"]),
                *(values["day"], values["purpose"]),
                *(values["other_name"] or "", values["paper"] or ""),
            )

        title = _("Take money to keep for {name}").format(name=name)
        done = _("The money is kept for {name}.").format(name=name)
        return self._open(
            title, form, _("Take it"), deed, f"trust-take:{resident_id}", done
        )

    def spend(self, resident_id: int, name: str, kept: int) -> DeedDialog:
        """Ask for money that is spent or handed over."""
        amount = MoneyField(
            _("Amount"),
            hint=_("At most {most}").format(most=show_money(kept)),
            check=partial(_check_most, kept),
        )
        form = self._form(kept, amount, -1)
        purpose = TextField(_("For what"), hint=_("such as shoes, pocket money"))
        form.add("purpose", purpose, blame=(rules.TrustPurposeMissing,))
        paper = TextField(_("Invoice or signed slip"), hint=_("its number"))
        form.add("paper", paper, blame=(rules.TrustPaperMissing,))
        form.add("other_name", TextField(_("Who received and signed"), needed=False))

        def deed(values: dict[str, Any]) -> partial[int]:
            return partial(
                self._money.spend,
                *(resident_id, values["amount"], values["method"]),
                *(values["day"], values["purpose"], values["paper"]),
                values["other_name"] or "",
            )

        title = _("Spend of the money kept for {name}").format(name=name)
        done = _("The spending is in the books of {name}.").format(name=name)
        return self._open(
            title, form, _("Record"), deed, f"trust-spend:{resident_id}", done
        )

    def void(self, entry: TrustEntry) -> DeedDialog:
        """Ask why an entry is taken back."""
        deed = partial(_reasoned, self._money.void, entry.entry_id)
        blame, draft = (
            (rules.SpentSince, rules.CashGone),
            f"trust-void:{entry.entry_id}",
        )
        return self._void(entry.purpose, entry.fen, deed, blame, draft)

    def void_draw(self, draw: TrustDraw) -> DeedDialog:
        """Ask why money carried between bank and till is taken back."""
        deed = partial(_reasoned, self._till.void_draw, draw.draw_id)
        draft = f"trust-draw-void:{draw.draw_id}"
        return self._void(draw.paper, draw.fen, deed, (rules.CashGone,), draft)

    def file_paper(self, entry: TrustEntry) -> DeedDialog:
        """Ask for the photo of an invoice or a signed slip."""
        form = Form()
        hint = _("a PDF or picture")
        form.add("scan", ScanField(_("Scan or photo"), hint=hint), blame=SCAN)
        form.fields["scan"].set_needed(True)

        def deed(values: dict[str, Any]) -> partial[int]:
            path = Path(values["scan"] or "")
            return partial(self._money.file_paper, entry.entry_id, path)

        title = _("File the paper: {purpose}").format(purpose=entry.purpose)
        done = _("The paper lies among the documents of {name}.")
        draft = f"trust-paper:{entry.entry_id}"
        done = done.format(name=entry.resident)
        return self._open(title, form, _("File it"), deed, draft, done)

    def count(self, places: TrustPlaces) -> DeedDialog:
        """Ask what two people counted in the till."""
        form = Form()
        form.add_widget(Facts([Fact(_("By the books"), show_money(places.cash))]))
        counted = MoneyField(_("Counted money"))
        blame = (CountBelowNothing,)
        form.add("counted", counted, blame=blame)
        witness = TextField(_("Counted with"), hint=_("name of the second person"))
        form.add("witness", witness, blame=(rules.WitnessMissing,))
        note = NoteField(_("Why they differ"), lines=2)
        form.add("note", note, blame=(DifferenceUnsaid,))

        def deed(values: dict[str, Any]) -> partial[int]:
            what = (values["counted"], values["witness"], values["note"] or "")
            return partial(self._till.count, *what)

        title, do = _("Count the till of trust money"), _("Keep the count")
        done = _("The count is kept.")
        return self._open(title, form, do, deed, "trust-count", done)

    def draw(self, places: TrustPlaces) -> DeedDialog:
        """Ask for money fetched from the bank or carried there."""
        form = Form()
        facts = [
            Fact(_("In the till by the books"), show_money(places.cash)),
            Fact(_("At the bank by the books"), show_money(places.bank)),
        ]
        form.add_widget(Facts(facts))
        ways = {CASH: _("From the bank to the till"), BANK: _("Into the bank")}
        form.add("place", PickField(_("Which way"), ways))
        blame = (rules.NoTrustAmount, rules.MoreThanInPlace)
        form.add("amount", MoneyField(_("Amount")), blame=blame)
        form.add("day", self._day(), blame=DAY)
        paper = TextField(_("Slip of the bank"), hint=_("its number"))
        form.add("paper", paper, blame=(rules.TrustPaperMissing,))
        form.set_values({"place": CASH, "day": self._tab.hand.today()})

        def deed(values: dict[str, Any]) -> partial[int]:
            what = (values["amount"], values["place"], values["day"], values["paper"])
            return partial(self._till.draw, *what)

        title = _("Carry trust money between bank and till")
        done = _("The money is booked where it lies now.")
        return self._open(title, form, _("Record"), deed, "trust-draw", done)

    def _void(
        self,
        what: str,
        fen: int,
        deed: Deed,
        blame: tuple[type[Refusal], ...],
        draft: str,
    ) -> DeedDialog:
        form = Form()
        facts = Facts([Fact(what, show_money(abs(fen)))])
        form.add_widget(facts)
        why = NoteField(_("Reason"), needed=True, lines=2)
        form.add("reason", why, blame=(ReasonMissing, VoidAlready, *blame))
        title, done = _("Void this entry"), _("The entry is void; it stays listed.")
        return self._open(title, form, _("Void"), deed, draft, done)

    def _form(self, kept: int, amount: MoneyField, sign: int) -> Form:
        """Return a form that shows what is kept now and what will be."""
        form = Form()
        facts = Facts()

        def show() -> None:
            after = kept + sign * (amount.value() or 0)
            before = show_money(kept)
            shown = Fact(_("Kept for the resident"), show_money(after), before)
            facts.show_facts([shown])

        form.add_widget(facts)
        form.add("amount", amount, blame=AMOUNT)
        form.add("method", PickField(_("Way"), methods()))
        form.add("day", self._day(), blame=DAY)
        form.set_values({"method": CASH, "day": self._tab.hand.today()})
        amount.changed.connect(show)
        show()
        return form

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


def _check_most(kept: int, fen: int) -> None:
    if fen > kept:
        raise rules.MoreThanKept(kept=show_money(kept), most_fen=kept)


def _reasoned(call: Any, number: int, values: dict[str, Any]) -> "partial[None]":
    return partial(call, number, values["reason"] or "")
