"""The dialogs that agree with a resident on a price, a charge, another payer."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLabel, QWidget

from carehome.i18n import N_, _
from carehome.rules.billing.checks import (
    BadExtra,
    BadPersonalPrice,
    OverlappingPrices,
    TurnedSpan,
    WrongUnit,
)
from carehome.rules.billing.tariff import CATEGORY_NAMES
from carehome.rules.days import Sense
from carehome.rules.home import NameMissing
from carehome.rules.periods import Period
from carehome.services.prices import FeeItem, OwnCharge, OwnCover, OwnPrice, Prices
from carehome.services.prices.own import BadCover, PersonalPriceTaken
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import ChoiceField, MoneyField, NumberField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.parts.deeds import DeedDialog

KIND_NAMES = {
    "fixed": N_("A fixed price"),
    "percent": N_("Per cent of the list price"),
    "waived": N_("Waived"),
}
PAYER_NAMES = {
    "insurance": N_("Long-term care insurance"),
    "government": N_("Government subsidy"),
    "charity": N_("Charity"),
}
COVER_NAMES = {"percent": N_("Per cent"), "fen": N_("An amount a month")}
STANDING = ("month", "day")


class OwnTermsDeeds:
    """Opens the dialogs about one resident, over the widget that asks."""

    def __init__(
        self,
        prices: Prices,
        jobs: Jobs,
        today: date,
        resident_id: int,
        items: Sequence[FeeItem],
        parent: QWidget,
    ) -> None:
        self._prices = prices
        self._jobs = jobs
        self._today = today
        self._who = resident_id
        self._items = [item for item in items if item.is_active]
        self._parent = parent

    def charge(self) -> DeedDialog:
        """Ask what was used, when and how often."""
        form = Form()
        items = self._named(lambda item: item.unit not in STANDING)
        form.add("item", ChoiceField(_("Item"), items), blame=(WrongUnit,))
        form.add("day", DateField(_("Day"), self._today, sense=Sense.PAST))
        form.add("quantity", NumberField(_("How often")), blame=(BadExtra,))
        form.add("note", TextField(_("Note"), needed=False))
        form.set_values({"day": self._today, "quantity": 1})

        def deed(values: dict[str, Any]) -> partial[int]:
            return partial(
                self._prices.add_charge,
                self._who,
                values["item"],
                values["day"],
                values["quantity"],
                values["note"] or "",
            )

        return self._opened(_("Charge a use"), form, deed, f"charge:{self._who}")

    def standing_charge(self) -> DeedDialog:
        """Ask what is charged by month or day, and from when."""
        form = Form()
        items = self._named(
            lambda item: item.unit in STANDING and item.category == "other"
        )
        form.add("item", ChoiceField(_("Item"), items), blame=(WrongUnit,))
        self._add_span(form)

        def deed(values: dict[str, Any]) -> partial[int]:
            span = _span(values)
            add = self._prices.add_standing_charge
            return partial(add, self._who, values["item"], span)

        draft = f"standing-charge:{self._who}"
        return self._opened(_("Standing charge"), form, deed, draft)

    def own_price(self) -> DeedDialog:
        """Ask what a resident pays instead of the list price, and why."""
        form = Form()
        item = ChoiceField(_("Item"), self._named(lambda _item: True))
        form.add("item", item, blame=(OverlappingPrices, PersonalPriceTaken))
        kinds = {code: _(name) for code, name in KIND_NAMES.items()}
        kind = form.add("kind", ChoiceField(_("Agreed"), kinds))
        form.add("fen", MoneyField(_("Price")), blame=(BadPersonalPrice,))
        form.add("percent", NumberField(_("Per cent")), blame=(BadPersonalPrice,))
        self._add_span(form)
        form.add("reason", TextField(_("Reason"), hint=_("It stands on every bill.")))

        def show() -> None:
            form.show_field("fen", kind.value() == "fixed")
            form.show_field("percent", kind.value() == "percent")

        kind.changed.connect(show)
        form.set_values({"kind": "fixed"})
        show()

        def deed(values: dict[str, Any]) -> partial[int]:
            value = values.get("fen") or values.get("percent") or 0
            return partial(
                self._prices.set_own_price,
                self._who,
                values["item"],
                _span(values),
                values["kind"],
                value,
                values["reason"],
            )

        return self._opened(_("Personal price"), form, deed, f"price:{self._who}")

    def cover(self) -> DeedDialog:
        """Ask which payer bears how much of which fee."""
        form = Form()
        payers = {code: _(name) for code, name in PAYER_NAMES.items()}
        payer = form.add("payer", ChoiceField(_("Payer"), payers))
        named = TextField(_("Name on the bill"))
        name = form.add("payer_name", named, blame=(NameMissing,))
        categories = {str(code): _(n) for code, n in CATEGORY_NAMES.items()}
        form.add("category", ChoiceField(_("Fee"), categories))
        kinds = {code: _(n) for code, n in COVER_NAMES.items()}
        kind = form.add("kind", ChoiceField(_("Bears"), kinds))
        form.add("percent", NumberField(_("Per cent")), blame=(BadCover,))
        form.add("fen", MoneyField(_("Amount a month")), blame=(BadCover,))
        self._add_span(form)

        def show() -> None:
            form.show_field("fen", kind.value() == "fen")
            form.show_field("percent", kind.value() == "percent")

        kind.changed.connect(show)
        payer.changed.connect(
            lambda: name.set_value(payers.get(payer.value() or "", ""))
        )
        form.set_values({"kind": "percent", "category": "care"})
        show()

        def deed(values: dict[str, Any]) -> partial[int]:
            span = _span(values)
            cover = OwnCover(
                0,
                values["payer"],
                values["payer_name"],
                values["category"],
                span.start,
                span.end,
                values["kind"],
                values.get("fen") or values.get("percent") or 0,
            )
            return partial(self._prices.add_cover, self._who, cover)

        return self._opened(_("Other payer"), form, deed, f"cover:{self._who}")

    def end(self, source: OwnPrice | OwnCharge | OwnCover, what: str) -> DeedDialog:
        """Ask from which day something holds no more."""
        form = Form()
        label = QLabel(what)
        label.setWordWrap(True)
        form.add_widget(label)
        single = isinstance(source, OwnCharge) and not source.is_standing
        if not single:
            hint = _("The first day without it; its own first day takes it back whole.")
            form.add("ends", DateField(_("Ends on"), self._today, hint=hint))
            form.set_values({"ends": self._today})

        def deed(values: dict[str, Any]) -> partial[None]:
            if isinstance(source, OwnPrice):
                return partial(
                    self._prices.end_own_price, source.price_id, values["ends"]
                )
            if isinstance(source, OwnCover):
                return partial(self._prices.end_cover, source.cover_id, values["ends"])
            if source.is_standing:
                end = self._prices.end_standing_charge
                return partial(end, source.charge_id, values["ends"])
            return partial(self._prices.remove_charge, source.charge_id)

        title = _("Take the charge back") if single else _("End it")
        return self._opened(title, form, deed, _name_of(source))

    def _named(self, fits: Callable[[FeeItem], bool]) -> dict[int, str]:
        return {item.item_id: item.name for item in self._items if fits(item)}

    def _add_span(self, form: Form) -> None:
        form.add("starts", DateField(_("From"), self._today))
        hint = _("The first day without it; empty for as long as it lasts.")
        ends = DateField(
            _("Ends on"), self._today, needed=False, hint=hint, sense=Sense.FUTURE
        )
        form.add("ends", ends, blame=(TurnedSpan,))
        form.set_values({"starts": self._today})

    def _opened(
        self,
        title: str,
        form: Form,
        deed: Callable[[dict[str, Any]], "partial[Any]"],
        draft: str,
    ) -> DeedDialog:
        parent, do = self._parent, _("Save")
        dialog = DeedDialog(title, form, do, self._jobs, deed, parent, draft)
        dialog.open()
        if form.fields:
            form.focus()
        else:
            dialog.primary.setFocus()
        return dialog


def _name_of(source: OwnPrice | OwnCharge | OwnCover) -> str:
    """Name the draft of the dialog that ends something."""
    if isinstance(source, OwnPrice):
        return f"end-price:{source.price_id}"
    if isinstance(source, OwnCover):
        return f"end-cover:{source.cover_id}"
    return f"end-charge:{source.charge_id}"


def _span(values: dict[str, Any]) -> Period:
    return Period(values["starts"], values["ends"])
