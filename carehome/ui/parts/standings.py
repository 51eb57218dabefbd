"""How somebody stands with an item of the national list, in words and colours."""

from carehome.i18n import show_day
from carehome.rules.entitlements import Standing
from carehome.services.entitlements import Entitlement

STANDING_TONES = {
    Standing.RECEIVES: "ok",
    Standing.APPLIED: "info",
    Standing.REFUSED: "quiet",
    Standing.NOT_WANTED: "quiet",
    Standing.MAY: "warn",
    Standing.UNKNOWN: "quiet",
    Standing.NOT: None,
}


def say_why(entitlement: Entitlement) -> str:
    """Say what was noted, or what the program has read it from."""
    if entitlement.is_noted and entitlement.noted_on:
        day = show_day(entitlement.noted_on)
        told = (entitlement.note, entitlement.noted_by, day)
        return "  ".join(filter(None, told))
    return "  ".join(map(str, entitlement.finding.reasons))
