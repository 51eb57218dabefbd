"""What a home is: its profile, its own lists, and what may be wrong with its folder."""

from dataclasses import dataclass
from datetime import date

from carehome.errors import Refusal, Trouble
from carehome.i18n import N_
from carehome.rules.rights import Role

OWNERSHIP_NAMES = {
    "public": N_("Public"),
    "public_run_private": N_("Public, run by others"),
    "private": N_("Private"),
}
LIST_NAMES = {
    "nursing_grade": N_("Nursing grades"),
    "bed_class": N_("Bed classes"),
    "meal_plan": N_("Meal plans"),
    "category": N_("Resident categories"),
    "unit": N_("Care units"),
}


class NoHome(Trouble):
    """The folder holds no home."""

    text = N_("There is no home in the folder {folder}. Choose another or set one up.")


class HomeExists(Refusal):
    """The folder already holds a home."""

    text = N_("The folder {folder} already holds a home. Choose an empty folder.")


class NotWritable(Trouble):
    """The folder of a new home cannot be made."""

    text = N_("The folder {folder} cannot be written. Choose another one.")


class NameMissing(Refusal):
    """A text that cannot be empty is."""

    text = N_("Please fill in: {field}.")


@dataclass(frozen=True, slots=True)
class Profile:
    """What the home is, and its settings; areas are whole square metres."""

    name: str
    legal_kind: str = ""
    filing_number: str = ""
    ownership: str = "private"
    region: str = ""
    rule_pack: str = "default"
    address: str = ""
    phone: str = ""
    payment_note: str = ""
    deposit_account: str = ""
    is_practice: bool = False
    lock_minutes: int = 10
    charge_admission_day: bool = True
    charge_discharge_day: bool = False
    adjust_months: int = 3
    credit_code: str = ""
    legal_person: str = ""
    head: str = ""
    contact: str = ""
    registered: str = ""
    premises: str = ""
    opened_on: date | None = None
    land_area: int | None = None
    floor_area: int | None = None
    overheld_days: int | None = None
    one_may_approve: bool = False


@dataclass(frozen=True, slots=True)
class NewAccount:
    """Somebody who shall be able to sign in."""

    sign_in: str
    name: str
    role: Role
    password: str


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of one of the home's own lists."""

    code: str
    label: str
    is_active: bool = True


class NotADirector(Refusal):
    """The recovery key serves directors only."""

    text = N_("“{name}” is not a director. The recovery key lets a director back in.")
