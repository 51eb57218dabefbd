"""A personal price in words and colours."""

from carehome.i18n import _, show_money
from carehome.rules.prices.approval import OwnPriceState
from carehome.services.prices import OwnPrice

TONES = {
    OwnPriceState.ASKED: "warn",
    OwnPriceState.APPROVED: "ok",
    OwnPriceState.REFUSED: "bad",
    OwnPriceState.WITHDRAWN: "quiet",
}


def say_value(price: OwnPrice) -> str:
    """Say what is paid instead of the list price."""
    if price.kind == "fixed":
        return show_money(price.value)
    if price.kind == "percent":
        return _("{percent} % of the list price").format(percent=price.value)
    return _("Waived")
