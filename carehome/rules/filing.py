"""What the filing form asks of a home beside its name, and how it is written there."""

from datetime import date

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

from carehome.errors import Refusal
from carehome.i18n import N_, _, show_day
from carehome.rules.home import OWNERSHIP_NAMES, Profile

PREMISES_NAMES = {
    "": N_("Not entered"),
    "owned": N_("Owned premises"),
    "leased": N_("Leased premises"),
    "other": N_("Other premises"),
}


class NotACreditCode(Refusal):
    """The characters are not a unified social credit code (GB 32100-2015)."""

    text = N_(
        "“{code}” is not a unified social credit code. It has 18 digits and capital"
        " letters; copy it from the certificate of registration."
    )


class NotAnArea(Refusal):
    """An area is nothing or less."""

    text = N_("Type the area in whole square metres, such as 1500.")


def read_credit_code(typed: str | None) -> str:
    """Return a code without blanks; raise NotACreditCode if its check disagrees."""
    if not typed:
        return ""
    try:
        return str(uscc.validate(typed))
    except ValidationError as error:
        raise NotACreditCode(code=typed) from error


def check_area(metres: int | None) -> None:
    """Raise NotAnArea unless an area is unknown or some square metres."""
    if metres is not None and metres <= 0:
        raise NotAnArea


def say_field(profile: Profile, field: str) -> str:
    """Say a field of the profile as a form has it; nothing where it is not entered."""
    value = getattr(profile, field)
    if field == "ownership":
        return _(OWNERSHIP_NAMES[value])
    if field == "premises":
        return _(PREMISES_NAMES[value]) if value else ""
    if field in ("land_area", "floor_area"):
        return _("{area} m²").format(area=value) if value else ""
    return show_day(value) if isinstance(value, date) else str(value or "")
