"""The dialogs that pass cash on, take that back, or open a closed day again."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QLabel, QWidget

from carehome.i18n import _, show_day, show_money
from carehome.rules.days import Sense
from carehome.rules.ledger.day_close import NotTheNewestClose, ReopenReasonMissing
from carehome.rules.ledger.voids import ReasonMissing
from carehome.rules.residents import NotComeYet, check_happened
from carehome.services.accounts import (
    Approval,
    MayNotApprove,
    SamePerson,
    WrongApproval,
)
from carehome.services.day_close import DayClose, DayCloses
from carehome.services.tills import (
    Handover,
    MoreThanThere,
    NothingHanded,
    SlipMissing,
    Tills,
)
from carehome.ui.kit import theme
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import MoneyField, SecretField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.hand import Hand


class TillDeeds:
    """Opens the dialogs about cash, over the widget that asks."""

    def __init__(self, hand: Hand, parent: QWidget) -> None:
        self._hand = hand
        self._tills = hand.service(Tills)
        self._closes = hand.service(DayCloses)
        self._parent = parent

    def hand_over(self, fen: int) -> DeedDialog:
        """Ask how much goes to whom, who signs for it."""
        form = self._form(fen)
        form.add("note", TextField(_("Note"), needed=False))
        form.add_heading(_("Whoever takes the cash signs"))
        signs = TextField(_("Sign-in name"))
        form.add("sign_in", signs, blame=(SamePerson, MayNotApprove))
        form.add("password", SecretField(_("Password")), blame=(WrongApproval,))

        def deed(values: dict[str, Any]) -> partial[int]:
            receiver = Approval(values["sign_in"], values["password"])
            note = values["note"] or ""
            return partial(self._tills.hand_over, values["fen"], receiver, note)

        title, do = _("Hand cash over"), _("Hand over")
        return self._open(title, form, do, deed, "till-hand-over")

    def pay_in(self, fen: int) -> DeedDialog:
        """Ask how much was carried to the bank, and by which slip."""
        today = self._hand.today()
        form = self._form(fen)
        day = DateField(
            _("Paid in on"),
            today,
            sense=Sense.PAST,
            check=lambda day: check_happened(day, today),
        )
        form.add("day", day, blame=(NotComeYet,))
        form.add("slip", TextField(_("Number of the slip")), blame=(SlipMissing,))
        form.add("note", TextField(_("Note"), needed=False))
        form.set_values({"day": today})

        def deed(values: dict[str, Any]) -> partial[int]:
            told = values["day"], values["slip"], values["note"] or ""
            return partial(self._tills.pay_in, values["fen"], *told)

        title, do = _("Pay cash into the bank"), _("Note it")
        return self._open(title, form, do, deed, "till-pay-in")

    def void(self, handed: Handover) -> DeedDialog:
        """Ask why a handing over counts no more."""
        form = Form()
        why = TextField(_("Reason"), hint=_("It stays in the books."))
        form.add("reason", why, blame=(ReasonMissing,))
        text = _("{amount} of {day} is in the till of {name} again.").format(
            amount=show_money(handed.fen), day=show_day(handed.day), name=handed.giver
        )

        def deed(values: dict[str, Any]) -> partial[None]:
            return partial(self._tills.void, handed.handover_id, values["reason"])

        title, draft = _("Void a handing over"), f"till-void:{handed.handover_id}"
        return self._sternly(title, form, _("Void"), deed, draft, text)

    def reopen(self, close: DayClose) -> DeedDialog:
        """Ask why a closed day is opened again."""
        form = Form()
        why = TextField(_("Reason"), hint=_("It stays with the count."))
        form.add("reason", why, blame=(ReopenReasonMissing, NotTheNewestClose))
        text = _(
            "{name} can book money of {day} again and has to count once more. The "
            "first count stays on file."
        ).format(name=close.name, day=show_day(close.day))

        def deed(values: dict[str, Any]) -> partial[None]:
            return partial(self._closes.reopen, close.close_id, values["reason"])

        title, draft = _("Open the day again"), f"till-reopen:{close.close_id}"
        return self._sternly(title, form, _("Open again"), deed, draft, text)

    def _form(self, fen: int) -> Form:
        form = Form()
        hint = _("By the books {amount} is in your till.").format(
            amount=show_money(fen)
        )
        amount = MoneyField(_("Amount"), hint=hint, capital=True)
        form.add("fen", amount, blame=(NothingHanded, MoreThanThere))
        form.set_values({"fen": fen if fen > 0 else None})
        return form

    def _sternly(
        self, title: str, form: Form, do: str, deed: Any, draft: str, text: str
    ) -> DeedDialog:
        """Open a dialog that says first what will be."""
        dialog = self._open(title, form, do, deed, draft)
        label = QLabel(text)
        label.setWordWrap(True)
        dialog.body.insertWidget(0, label)
        theme.mark(dialog.primary, "danger")
        return dialog

    def _open(
        self, title: str, form: Form, do: str, deed: Any, draft: str
    ) -> DeedDialog:
        jobs = self._hand.jobs
        dialog = DeedDialog(title, form, do, jobs, deed, self._parent, draft)
        dialog.open()
        return dialog
