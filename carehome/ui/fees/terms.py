"""How a price list counts days and what it gives back, in words and in fields."""

from dataclasses import fields
from typing import Any

from carehome.errors import Refusal
from carehome.i18n import N_, _
from carehome.rules.billing.tariff import Terms
from carehome.ui.kit.cards import Fact
from carehome.ui.kit.fields import ChoiceField, NumberField
from carehome.ui.kit.forms import Form

BASIS_NAMES = {
    "month": N_("By the days of each month"),
    "thirty": N_("Every month counts 30 days"),
}
GROUPS = (
    (
        N_("On leave"),
        (
            ("leave_min_days", N_("Refunded from how many days")),
            ("leave_meal_refund", N_("Meals given back, %")),
            ("leave_care_refund", N_("Care given back, %")),
            ("leave_bed_kept", N_("Bed fee kept, %")),
        ),
    ),
    (
        N_("In hospital"),
        (
            ("hospital_min_days", N_("Refunded from how many days")),
            ("hospital_meal_refund", N_("Meals given back, %")),
            ("hospital_care_refund", N_("Care given back, %")),
            ("hospital_bed_kept", N_("Bed fee kept, %")),
        ),
    ),
)


class NotAShare(Refusal):
    """A share is no per cent."""

    text = N_("A share is 0 to 100 per cent.")


class NotDays(Refusal):
    """A least number of days that cannot be."""

    text = N_("At least 1 day, at most 31.")


def facts_of(terms: Terms) -> list[Fact]:
    """Say the terms in a few lines."""
    told = _(
        "from {days} {days:day|days}: meals {meal} %, care {care} % given back; bed "
        "kept {bed} %"
    )
    return [
        Fact(_("Days"), _(BASIS_NAMES[terms.day_basis])),
        Fact(
            _("On leave"),
            told.format(
                days=terms.leave_min_days,
                meal=terms.leave_meal_refund,
                care=terms.leave_care_refund,
                bed=terms.leave_bed_kept,
            ),
        ),
        Fact(
            _("In hospital"),
            told.format(
                days=terms.hospital_min_days,
                meal=terms.hospital_meal_refund,
                care=terms.hospital_care_refund,
                bed=terms.hospital_bed_kept,
            ),
        ),
    ]


def add_fields(form: Form) -> None:
    """Ask for all terms in a form."""
    names = {code: _(name) for code, name in BASIS_NAMES.items()}
    form.add("day_basis", ChoiceField(_("Days"), names))
    for title, parts in GROUPS:
        form.add_heading(_(title))
        for name, label in parts:
            check = _check_days if name.endswith("_min_days") else _check_share
            form.add(name, NumberField(_(label), check=check))


def values_of(terms: Terms) -> dict[str, Any]:
    """Return the terms as the form shows them."""
    return {field.name: getattr(terms, field.name) for field in fields(Terms)}


def terms_of(values: dict[str, Any]) -> Terms:
    """Return the terms that a filled form holds."""
    return Terms(**{field.name: values[field.name] for field in fields(Terms)})


def _check_share(value: int) -> None:
    if not 0 <= value <= 100:
        raise NotAShare


def _check_days(value: int) -> None:
    if not 1 <= value <= 31:
        raise NotDays
