"""Asking for a refund: what goes back to whom, how, and why."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QLabel, QWidget

from carehome.i18n import _, say_day, show_money
from carehome.rules.refunds import (
    KIND_NAMES,
    AskedRefund,
    NothingBack,
    NotToBeRefunded,
    PayeeMissing,
    RefundKind,
    RefundReasonMissing,
    RefundWaits,
    TooMuchBack,
    WayNeedsReason,
)
from carehome.services.deposits import OfAnEstate
from carehome.services.refunds import Refundable, Refunds
from carehome.services.residents import ResidentIndex, Residents
from carehome.ui.kit import theme
from carehome.ui.kit.fields import ChoiceField, MoneyField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.pick import PickField
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.money import methods
from carehome.ui.parts.resident_field import ResidentField

WIDE = 580


class RefundDialog(DeedDialog):
    """Asks what goes back; how much there is stands beside the amount."""

    def __init__(self, hand: Hand, parent: QWidget, resident_id: int | None) -> None:
        self._refunds = hand.service(Refunds)
        self._hand = hand
        self._wanted = resident_id
        self._found: Refundable | None = None
        self.who = ResidentField(_("Resident"))
        kinds = {kind: _(name) for kind, name in KIND_NAMES.items()}
        self.kind = PickField(_("What goes back"), kinds)
        self.payment = ChoiceField(_("Which payment"), {}, needed=False)
        self.amount = MoneyField(_("Amount"), capital=True)
        self.payee = TextField(_("Paid to"))
        self.method = PickField(_("Way of refund"), methods())
        hint = _("Only if it goes another way than it came")
        self.way_reason = TextField(_("Why another way"), needed=False, hint=hint)
        super().__init__(
            _("Ask for a refund"),
            self._form(),
            _("Ask for approval"),
            *(hand.jobs, self._deed_of, parent, "refund"),
        )
        note = QLabel(_("Another person approves it; only then the money is paid out."))
        note.setWordWrap(True)
        theme.mark(note, "hint")
        self.body.addWidget(note)
        self.setMinimumWidth(theme.px(WIDE))

        self.who.changed.connect(self._look)
        self.kind.changed.connect(self._turn)
        self.payment.changed.connect(self._take_over)
        self.method.changed.connect(self._ask_way)
        index = hand.service(Residents).index
        hand.jobs.run(self, self._show_people, index)

    def _form(self) -> Form:
        form = Form(columns=2)
        form.add("resident_id", self.who, wide=True, blame=(OfAnEstate,))
        form.add("kind", self.kind, wide=True)
        blame = (NotToBeRefunded, RefundWaits)
        form.add("payment_id", self.payment, wide=True, blame=blame)
        form.add("fen", self.amount, blame=(TooMuchBack, NothingBack))
        form.add("payee", self.payee, blame=(PayeeMissing,))
        form.add("method", self.method, wide=True)
        form.add("way_reason", self.way_reason, wide=True, blame=(WayNeedsReason,))
        reason = TextField(_("Reason"), most=120)
        form.add("reason", reason, wide=True, blame=(RefundReasonMissing,))
        form.set_values({"kind": RefundKind.PREPAID})
        for name in ("payment_id", "way_reason"):
            form.show_field(name, False)
        return form

    def _deed_of(self, values: dict[str, Any]) -> "partial[int]":
        is_payment = values["kind"] is RefundKind.PAYMENT
        asked = AskedRefund(
            values["resident_id"],
            values["kind"],
            values["fen"],
            values["method"],
            values["payee"],
            values["reason"],
            values.get("way_reason") or "",
            values.get("payment_id") if is_payment else None,
        )
        return partial(self._refunds.ask, asked)

    def _show_people(self, index: ResidentIndex) -> None:
        self.who.set_index(index)
        if self._wanted is not None:
            self.who.set_value(self._wanted)
            self.amount.focus()

    def _look(self) -> None:
        who = self.who.value()
        if who is None:
            self._found = None
            self._turn()
        elif self._found is None or self._found.resident_id != who:
            read = self._refunds.refundable
            self._hand.jobs.run_last(self, self._show, read, who)

    def _show(self, found: Refundable) -> None:
        self._found = found
        text = _("{day}, {fen}, receipt {number}")
        self.payment.set_choices(
            {
                each.payment_id: text.format(
                    day=say_day(each.day), fen=show_money(each.fen), number=each.receipt
                )
                for each in found.payments
            }
        )
        self._turn()

    def _turn(self) -> None:
        """Offer payments where one is given back."""
        is_payment = self.kind.value() is RefundKind.PAYMENT
        self.form.show_field("payment_id", is_payment)
        self.payment.set_needed(is_payment)
        self._limit()

    def _take_over(self) -> None:
        """Offer to give back the whole payment to whoever paid it."""
        payments = self._found.payments if self._found else ()
        chosen = [x for x in payments if x.payment_id == self.payment.value()]
        for each in chosen:
            self.amount.set_value(each.fen)
            self.method.set_value(each.method)
            if each.payer and not self.payee.value():
                self.payee.set_value(each.payer)
        self._limit()

    def _limit(self) -> None:
        """Say how much there is, and offer the way the money came."""
        kind, payment = self.kind.value(), self.payment.value()
        is_known = kind is not RefundKind.PAYMENT or payment is not None
        hint = ""
        if self._found and kind and is_known:
            most = show_money(self._found.most(kind, payment))
            hint = _("At most {fen} can be given back.").format(fen=most)
        self.amount.set_hint(hint)
        ways = self._ways()
        if len(ways) == 1 and self.method.value() is None:
            self.method.set_value(ways[0])
        self._ask_way()

    def _ask_way(self) -> None:
        """Ask why the money goes another way, where it does."""
        ways, method = self._ways(), self.method.value()
        is_other = bool(ways) and method is not None and method not in ways
        self.form.show_field("way_reason", is_other)

    def _ways(self) -> tuple[str, ...]:
        kind = self.kind.value()
        if self._found is None or kind is None:
            return ()
        return self._found.ways(kind, self.payment.value())
