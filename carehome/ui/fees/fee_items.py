"""What the home charges for: adding an item, changing one."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from carehome.i18n import N_, _
from carehome.rules.billing.tariff import CATEGORY_NAMES
from carehome.rules.home import Code, NameMissing
from carehome.rules.rulepacks import BannedName
from carehome.services.home import Home
from carehome.services.prices import CodeTaken, FeeItem, Prices
from carehome.ui.kit.cards import Fact, Facts
from carehome.ui.kit.fields import CheckField, ChoiceField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.parts.deeds import DeedDialog

UNIT_NAMES = {
    "month": N_("by month"),
    "day": N_("by day"),
    "use": N_("by use"),
    "once": N_("once"),
}
CODES = {"bed": "bed_class", "care": "nursing_grade", "meal": "meal_plan"}
Lists = Mapping[str, Sequence[Code]]


def read_codes(home: Home) -> Lists:
    """Return the home's own lists that fee items belong to, by category."""
    return {category: home.codes(kind) for category, kind in CODES.items()}


def add_item(
    prices: Prices, jobs: Jobs, items: Sequence[FeeItem], codes: Lists, parent: QWidget
) -> DeedDialog:
    """Ask for a new fee item; its class, grade or meal plan has none yet."""
    form = Form()
    name = TextField(_("Name of the item"))
    form.add("name", name, blame=(BannedName, NameMissing))
    code = TextField(_("Code"), hint=_("Short and unique, such as heating"))
    form.add("code", code, blame=(CodeTaken,))
    names = {code: _(word) for code, word in CATEGORY_NAMES.items()}
    category = form.add("category", ChoiceField(_("Kind"), names))
    units = {code: _(word) for code, word in UNIT_NAMES.items()}
    unit = form.add("unit", ChoiceField(_("Charged"), units))
    applies = form.add("applies_to", ChoiceField(_("Belongs to"), {}))
    form.add("is_vat_exempt", CheckField(_("VAT"), _("Free of VAT")))

    def show() -> None:
        chosen = category.value()
        free = _free_codes(chosen, items, codes)
        applies.set_choices(free)
        form.show_field("applies_to", chosen in CODES)
        offered = ("month", "day") if chosen in CODES else tuple(UNIT_NAMES)
        unit.set_choices({code: units[code] for code in offered})

    category.changed.connect(show)
    form.set_values({"category": "other", "unit": "month"})
    show()

    def deed(values: dict[str, Any]) -> partial[int]:
        item = FeeItem(
            0,
            values["code"],
            values["name"],
            values["category"],
            values["unit"],
            values.get("applies_to"),
            bool(values["is_vat_exempt"]),
        )
        return partial(prices.save_item, item)

    title = _("New fee item")
    return _opened(title, form, jobs, deed, parent, "fee-item:0")


def change_item(
    prices: Prices, jobs: Jobs, item: FeeItem, parent: QWidget
) -> DeedDialog:
    """Ask for what may change of a fee item; bills stand on the rest."""
    form = Form()
    form.add_widget(
        Facts(
            [
                Fact(_("Code"), item.code),
                Fact(_("Kind"), say_category(item)),
                Fact(_("Charged"), _(UNIT_NAMES[item.unit])),
            ]
        )
    )
    name = TextField(_("Name of the item"))
    form.add("name", name, blame=(BannedName, NameMissing))
    form.add("is_vat_exempt", CheckField(_("VAT"), _("Free of VAT")))
    form.add("is_active", CheckField(_("In use"), _("Offered for new charges")))
    form.set_values(
        {
            "name": item.name,
            "is_vat_exempt": item.is_vat_exempt,
            "is_active": item.is_active,
        }
    )

    def deed(values: dict[str, Any]) -> partial[int]:
        changed = FeeItem(
            item.item_id,
            item.code,
            values["name"],
            item.category,
            item.unit,
            item.applies_to,
            bool(values["is_vat_exempt"]),
            bool(values["is_active"]),
        )
        return partial(prices.save_item, changed)

    draft = f"fee-item:{item.item_id}"
    return _opened(_("Fee item"), form, jobs, deed, parent, draft)


def say_category(item: FeeItem) -> str:
    """Name the kind of an item."""
    names = {str(code): name for code, name in CATEGORY_NAMES.items()}
    return _(names[item.category])


def _free_codes(
    category: str | None, items: Sequence[FeeItem], codes: Lists
) -> dict[str, str]:
    """Return the classes, grades or meal plans that no item belongs to yet."""
    taken = {item.applies_to for item in items if item.category == category}
    listed = codes.get(category or "", ())
    return {each.code: each.label for each in listed if each.code not in taken}


def _opened(
    title: str, form: Form, jobs: Jobs, deed: Any, parent: QWidget, draft: str
) -> DeedDialog:
    dialog = DeedDialog(title, form, _("Save"), jobs, deed, parent, draft)
    dialog.open()
    form.focus()
    return dialog
