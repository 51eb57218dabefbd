"""The words and colours of the staff file: schemes, contracts, urgency."""

from carehome.i18n import N_, _
from carehome.rules.certificates import Urgency
from carehome.rules.staff import Scheme

SEXES = {"female": N_("Female"), "male": N_("Male")}
SCHEMES = {
    Scheme.STANDARD: N_("Standard hours"),
    Scheme.MONTH: N_("Comprehensive hours by the month"),
    Scheme.QUARTER: N_("Comprehensive hours by the quarter"),
    Scheme.YEAR: N_("Comprehensive hours by the year"),
}
EDUCATIONS = {
    "lower": N_("Lower secondary or less"),
    "secondary": N_("Upper secondary"),
    "college": N_("Junior college"),
    "bachelor": N_("Bachelor or higher"),
}
CONTRACTS = {
    "fixed": N_("Fixed term"),
    "open": N_("Without end"),
    "task": N_("Until a task is done"),
    "service": N_("Service agreement"),
    "retired": N_("Re-employed after retirement"),
    "agency": N_("Sent by an agency"),
}
CHECKS = {"clear": N_("Nothing found"), "found": N_("Something found")}
BASES = {"month": N_("By the month"), "hour": N_("By the hour")}
TONES = {
    Urgency.LAPSED: "bad",
    Urgency.NEAR: "bad",
    Urgency.MIDDLE: "warn",
    Urgency.FAR: "info",
    Urgency.LATER: None,
}


def say_left(days: int) -> str:
    """Say how many days something still holds."""
    if days < 0:
        return _("Lapsed {count} {count:day|days} ago").format(count=-days)
    if days == 0:
        return _("Last day today")
    return _("{count} {count:day|days} left").format(count=days)
