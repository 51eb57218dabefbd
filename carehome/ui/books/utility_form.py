"""The form of a utility bill: it says at once what should not be on the bill."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLabel

from carehome.errors import Refusal
from carehome.i18n import N_, _, show_money
from carehome.rules import utilities as rules
from carehome.rules.days import Sense
from carehome.rules.ledger.booking import MonthClosed
from carehome.rules.money import BadAmount, read_amount
from carehome.rules.periods import DAY, Period
from carehome.rules.residents import NotComeYet
from carehome.rules.utilities import Flag, Supply, Tariff, UtilityBill
from carehome.services.utilities import EnteredBill, Utilities
from carehome.ui.kit import theme
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import ChoiceField, MoneyField, NoteField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.pick import PickField
from carehome.ui.kit.rows_field import Rows, RowsField
from carehome.ui.parts.deeds import DeedDialog, let_scroll
from carehome.ui.parts.tabbed import Tab

WIDE = 860
NAME, FEN = "name", "fen"


class FeeUnread(Refusal):
    """A single fee has no amount, or none that can be read."""

    text = N_("Give each single fee a name and an amount, such as 60.")


class UtilityDialog(DeedDialog):
    """Asks for a bill; what is against the rights of the home is said below."""

    def __init__(
        self, tab: Tab, known: Sequence[EnteredBill], entered: EnteredBill | None
    ) -> None:
        self._tab = tab
        self._utilities = tab.hand.service(Utilities)
        self._known = known
        self._entered = entered
        self._form = _form(tab.hand.today())
        self.warning = QLabel()
        self.warning.setWordWrap(True)
        theme.mark(self.warning, "banner")
        self.warning.hide()
        super().__init__(
            _("Change the bill") if entered else _("Enter a utility bill"),
            self._form,
            _("Save"),
            *(tab.hand.jobs, self._deed_of, tab),
            f"utility-bill:{entered.bill_id if entered else 0}",
        )
        self.setMinimumWidth(theme.px(WIDE))
        if entered:
            self._form.set_values(_values(entered.bill))

        self._form.fields["supply"].changed.connect(self._offer_last)
        self._form.changed.connect(self._judge)
        self._make_room()
        if entered:
            self._judge()

    def _make_room(self) -> None:
        """Keep room for what may have to be said, below a form that may scroll."""
        self.body.addWidget(self.warning)
        self.warning.setText("\n\n")
        self.warning.show()
        let_scroll(self)
        self.body.removeWidget(self.warning)
        self.body.addWidget(self.warning)
        self.warning.hide()

    def _deed_of(self, values: dict[str, Any]) -> "partial[Any]":
        bill = _bill(values, self._entered.bill if self._entered else None)
        if self._entered:
            return partial(self._utilities.change, self._entered.bill_id, bill)
        return partial(self._utilities.add, bill)

    def _offer_last(self) -> None:
        """Offer what the last bill of the same supply said."""
        supply = self._form.fields["supply"].value()
        last = next((x.bill for x in self._known if x.bill.supply == supply), None)
        if self._entered or last is None or self._form.fields["supplier"].value():
            return
        offered = _values(last)
        for name in ("supplier", "meter", "tariff", "unit_price", "residential_price"):
            self._form.fields[name].set_value(offered[name])
        self._form.fields["starts"].set_value(last.period.end)

    def _judge(self) -> None:
        values = self._form.values()
        if any(values[name] is None for name in ("supply", "tariff", "amount")):
            self.warning.hide()
            return
        bill = _bill(values, None)
        self._form.fields["amount"].set_hint(say_difference(bill))
        call = self._utilities.flags
        self._tab.hand.jobs.run_last(self, self._warn, call, bill)

    def _warn(self, flags: Sequence[Flag]) -> None:
        self.warning.setText("\n".join(map(say_flag, flags)))
        self.warning.setVisible(bool(flags))


def say_flag(flag: Flag) -> str:
    """Say what should not be on a bill, why, and what of it was too much."""
    told = flag.right.why
    if flag.fee:
        text = _("“{fee}” of {fen} may not be asked. {why}")
        told = text.format(fee=flag.fee, fen=show_money(flag.fen), why=told)
    elif flag.too_much:
        text = _("{fen} was paid too much. {why}")
        told = text.format(fen=show_money(flag.too_much), why=told)
    source = flag.right.source.document
    return _("{told} ({source})").format(told=told, source=source)


def say_difference(bill: UtilityBill) -> str:
    """Say what a bill asks beyond quantity times price; empty where it adds up."""
    beyond = rules.difference(bill)
    if not beyond:
        return ""
    text = _("{fen} differ from quantity times price and single fees ({known}).")
    known = show_money(bill.fen - beyond)
    return text.format(fen=show_money(beyond), known=known)


def _form(today: date) -> Form:
    form = Form(columns=2)
    supplies = {each: _(name) for each, name in rules.SUPPLY_NAMES.items()}
    form.add("supply", PickField(_("Supply"), supplies))
    form.add("supplier", TextField(_("Supplier")), blame=(rules.BadUtility,))
    twice = (rules.EnteredAlready,)
    form.add("number", TextField(_("Number of the bill"), needed=False), blame=twice)
    form.add("meter", TextField(_("Meter"), needed=False), blame=twice)
    blame = (rules.BadUtilityDays,)
    form.add(
        "starts", DateField(_("Covers from"), today, sense=Sense.PAST), blame=blame
    )
    form.add("last", DateField(_("Covers to"), today, sense=Sense.PAST))
    day = DateField(_("Day of the bill"), today, sense=Sense.PAST)
    form.add("day", day, blame=(NotComeYet, MonthClosed))
    form.add("amount", MoneyField(_("Amount of the bill")), blame=(BadAmount,))
    tariffs = {each: _(name) for each, name in rules.TARIFF_NAMES.items()}
    form.add("tariff", ChoiceField(_("Price class on the bill"), tariffs))
    hint = _("such as 1280 kWh")
    form.add("quantity", TextField(_("Consumption"), needed=False, hint=hint))
    bad = (rules.BadNumber,)
    hint = _("yuan, as on the bill")
    asked = TextField(
        _("Price of a unit"), hint=hint, needed=False, check=rules.check_number
    )
    form.add("unit_price", asked, blame=bad)
    hint = _("yuan, as the place has set it")
    fair = TextField(
        _("Residential price"), hint=hint, needed=False, check=rules.check_number
    )
    form.add("residential_price", fair, blame=bad)
    columns = {NAME: _("Single fee"), FEN: _("Amount (yuan)")}
    hint = _("such as connection fees; they are part of the amount")
    fees = _FeesField(_("Single fees"), columns, hint=hint)
    form.add("extras", fees, wide=True, blame=(rules.ExtrasTooMuch, FeeUnread))
    note = NoteField(_("Note"), lines=1)
    form.add("note", note, wide=True, blame=(rules.Unexplained,))
    form.set_values({"day": today})
    return form


class _FeesField(RowsField):
    """Fees by name, each with an amount."""

    def read(self) -> Rows:
        rows = super().read()
        fees_of(rows)
        return rows


def fees_of(rows: Rows) -> dict[str, int]:
    """Return single fees by name; raise FeeUnread where one is incomplete."""
    found: dict[str, int] = {}
    for row in rows:
        if not row[NAME] or not row[FEN]:
            raise FeeUnread
        try:
            found[row[NAME]] = found.get(row[NAME], 0) + read_amount(row[FEN])
        except BadAmount as error:
            raise FeeUnread from error
    return found


def _values(bill: UtilityBill) -> dict[str, Any]:
    rows = tuple(
        {NAME: name, FEN: show_money(fen, sign=False)}
        for name, fen in bill.extras.items()
    )
    last = bill.period.end - DAY if bill.period.end else None
    return {
        **{"supply": bill.supply, "supplier": bill.supplier, "number": bill.number},
        **{"meter": bill.meter, "starts": bill.period.start, "last": last},
        **{"day": bill.day, "amount": bill.fen, "tariff": bill.tariff},
        **{"quantity": bill.quantity, "unit_price": bill.unit_price},
        **{"residential_price": bill.residential_price, "extras": rows},
        "note": bill.note,
    }


def _bill(values: Mapping[str, Any], paid: UtilityBill | None) -> UtilityBill:
    """Return the bill that a form tells, paid as the one before it was."""
    day = values["day"] or date.min
    start, last = values["starts"] or day, values["last"] or day
    return UtilityBill(
        Supply(values["supply"]),
        values["supplier"] or "",
        values["number"] or "",
        day,
        Period(start, last + DAY),
        Tariff(values["tariff"]),
        values["quantity"] or "",
        values["amount"],
        fees_of(values["extras"] or ()),
        values["note"] or "",
        paid.paid_on if paid else None,
        paid.method if paid else "",
        values["meter"] or "",
        values["unit_price"] or "",
        values["residential_price"] or "",
    )
