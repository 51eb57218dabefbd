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
    OverlappingUses,
    TurnedSpan,
    WrongUnit,
)
from carehome.rules.charges import AwayUnexplained, NotANumber, NotHereThen, NotYet
from carehome.rules.days import Sense
from carehome.rules.periods import Period
from carehome.services.consequences import Consequences, FeeChange
from carehome.services.prices import (
    AboveCeiling,
    AskedPrice,
    FeeItem,
    OwnCharge,
    OwnCover,
    OwnPrice,
    OwnPrices,
    Prices,
)
from carehome.services.prices.own import (
    EndsInBilledDays,
    PersonalPriceTaken,
    PriceEnded,
)
from carehome.services.prices.uses import BeforeFirstBills
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import ChoiceField, MoneyField, NumberField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.look_ahead import LookAheadDialog

KIND_NAMES = {
    "fixed": N_("A fixed price"),
    "percent": N_("Per cent of the list price"),
    "waived": N_("Waived"),
}
STANDING = ("month", "day")


class OwnTermsDeeds:
    """Opens the dialogs about one resident, over the widget that asks."""

    def __init__(
        self,
        prices: Prices,
        own: OwnPrices,
        ahead: Consequences,
        jobs: Jobs,
        today: date,
        resident_id: int,
        items: Sequence[FeeItem],
        parent: QWidget,
    ) -> None:
        self._prices = prices
        self._own = own
        self._ahead = ahead
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
        day = DateField(_("Day"), self._today, sense=Sense.PAST)
        form.add("day", day, blame=(NotYet, NotHereThen, BeforeFirstBills))
        often = NumberField(_("How often"))
        form.add("quantity", often, blame=(BadExtra, NotANumber))
        note = TextField(_("Note"), needed=False)
        form.add("note", note, blame=(AwayUnexplained,))
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
        form.blame("starts", OverlappingUses)

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
        form.add("fen", MoneyField(_("Price")), blame=(BadPersonalPrice, AboveCeiling))
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

        dialog = LookAheadDialog(
            _("Ask for a personal price"),
            form,
            _("Ask for approval"),
            self._jobs,
            deed,
            self._look,
            lambda _values: [_("It counts once somebody else has approved it.")],
            self._parent,
            f"price:{self._who}",
        )
        dialog.open()
        form.focus()
        return dialog

    def _look(self, values: dict[str, Any]) -> "partial[FeeChange] | None":
        """Look ahead at a personal price; None while too little is typed."""
        starts, item_id, kind = values["starts"], values["item"], values["kind"]
        value = values.get("fen" if kind == "fixed" else "percent")
        if not starts or not item_id or (value is None and kind != "waived"):
            return None
        if values["ends"] is not None and values["ends"] <= starts:
            return None
        span = Period(starts, values["ends"])
        asked = AskedPrice(self._who, item_id, span, kind, value or 0, "")
        return partial(self._ahead.of_own_price, asked)

    def end(self, source: OwnPrice | OwnCharge | OwnCover, what: str) -> DeedDialog:
        """Ask from which day something holds no more."""
        form = Form()
        label = QLabel(what)
        label.setWordWrap(True)
        form.add_widget(label)
        waits = isinstance(source, OwnPrice) and not source.counts
        single = isinstance(source, OwnCharge) and not source.is_standing
        if not single and not waits:
            hint = _("The first day without it; its own first day takes it back whole.")
            form.add("ends", DateField(_("Out of use from"), self._today, hint=hint))
            form.blame("ends", PriceEnded, EndsInBilledDays)
            form.set_values({"ends": self._today})

        def deed(values: dict[str, Any]) -> partial[None]:
            if isinstance(source, OwnPrice) and not source.counts:
                return partial(self._own.withdraw, source.price_id)
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
        if waits:
            title = _("Withdraw the personal price")
        return self._opened(title, form, deed, _name_of(source))

    def _named(self, fits: Callable[[FeeItem], bool]) -> dict[int, str]:
        return {item.item_id: item.name for item in self._items if fits(item)}

    def _add_span(self, form: Form) -> None:
        form.add("starts", DateField(_("From"), self._today))
        hint = _("The first day without it; empty for as long as it lasts.")
        ends = DateField(
            _("Out of use from"),
            self._today,
            needed=False,
            hint=hint,
            sense=Sense.FUTURE,
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
