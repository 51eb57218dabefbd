"""The words in which the change log tells deeds, records and values."""

from collections.abc import Mapping
from typing import Any

from carehome.i18n import N_, _

DEED_NAMES = {
    "home.create": N_("Set up the home"),
    "home.recover": N_("Got back in with the recovery key"),
    "Home.change_profile": N_("Changed the home's profile"),
    "Home.change_codes": N_("Changed one of the home's lists"),
    "Accounts.add": N_("Added an account"),
    "Accounts.change_role": N_("Changed a role"),
    "Accounts.deactivate": N_("Closed an account"),
    "Accounts.reset_password": N_("Reset a password"),
    "Accounts.change_own_password": N_("Changed the own password"),
    "Prices.save_item": N_("Changed a fee item"),
    "Prices.save_sheet": N_("Changed a price list"),
    "Prices.set_own_price": N_("Agreed on a personal price"),
    "Prices.end_own_price": N_("Ended a personal price"),
    "Prices.add_charge": N_("Recorded a charge"),
    "Prices.add_standing_charge": N_("Recorded a standing charge"),
    "Prices.add_cover": N_("Recorded another payer"),
    "Staff.save": N_("Changed a member of staff"),
    "Billing.post": N_("Posted a month's bills"),
    "Payments.take": N_("Took a payment"),
    "Receipts.void": N_("Voided a receipt"),
    "Papers.write_receipt": N_("Printed a receipt"),
    "Deposits.take": N_("Took a deposit"),
    "Deposits.refund": N_("Gave deposit back"),
    "Deposits.spend_in_emergency": N_("Used deposit in an emergency"),
    "Deposits.set_off": N_("Set deposit off against arrears"),
    "Deposits.bank": N_("Paid deposits into the bank"),
}

RECORD_NAMES = {
    "absence": N_("Absence"),
    "account": N_("Account"),
    "admission": N_("Admission"),
    "agreement": N_("Agreement"),
    "bed": N_("Bed"),
    "bed_use": N_("Bed use"),
    "bill": N_("Bill"),
    "bill_run": N_("Bill run"),
    "building": N_("Building"),
    "charge": N_("Charge"),
    "code": N_("List entry"),
    "contact": N_("Contact"),
    "cover": N_("Other payer"),
    "deposit_entry": N_("Deposit"),
    "fee_item": N_("Fee item"),
    "floor": N_("Floor"),
    "grade_change": N_("Nursing grade"),
    "home": N_("Home"),
    "meal_choice": N_("Meal plan"),
    "paper": N_("Paper"),
    "payment": N_("Payment"),
    "payment_share": N_("Payment of a bill"),
    "personal_price": N_("Personal price"),
    "price": N_("Price"),
    "price_list": N_("Price list"),
    "receipt": N_("Receipt"),
    "resident": N_("Resident"),
    "resident_category": N_("Resident category"),
    "roll_import": N_("Reading of a roll"),
    "room": N_("Room"),
    "staff_member": N_("Member of staff"),
    "standing_charge": N_("Standing charge"),
    "stay": N_("Stay"),
}

ACTION_NAMES = {
    "insert": N_("Added"),
    "update": N_("Changed"),
    "delete": N_("Removed"),
    "look": N_("Looked at"),
}

_QUIET = ("id", "resident_id", "pinyin", "initials")


def deed_name(deed: str) -> str:
    """Say what a deed is; a deed without words keeps its name."""
    return _(DEED_NAMES[deed]) if deed in DEED_NAMES else deed


def subject(record: str, record_id: int, resident: str) -> str:
    """Say what was changed, and whose it is."""
    name = _(RECORD_NAMES[record]) if record in RECORD_NAMES else record
    return f"{name} {resident}" if resident else f"{name} {record_id}"


def values(logged: Mapping[str, Any]) -> str:
    """Say logged values in one line, without those that tell a person nothing."""
    return "  ".join(
        f"{name}: {value}"
        for name, value in logged.items()
        if name not in _QUIET and value not in (None, "")
    )
