"""Scenes of whole pages and their tabs, as they first come up."""

from functools import partial

from carehome.app.desk import BEDS, FEES, RESIDENTS, SETTINGS
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import Studio


def open_page(title: str, studio: Studio) -> None:
    """Open a page."""
    studio.page(title)


def open_tab(page: str, title: str, studio: Studio) -> None:
    """Open a tab of a page."""
    studio.tab(page, title)


def press_view(page: str, text: str, studio: Studio) -> None:
    """Open a page and look at it in another way."""
    studio.page(page)
    studio.press(text)


SCENES = (
    Scene("residents", partial(open_page, RESIDENTS)),
    Scene("beds", partial(open_page, BEDS)),
    Scene("beds-list", partial(press_view, BEDS, "List")),
    Scene("beds-rooms", partial(press_view, BEDS, "Rooms")),
    Scene("fees-payments", partial(open_tab, FEES, "Payments")),
    Scene("fees-receipts", partial(open_tab, FEES, "Receipts")),
    Scene("fees-arrears", partial(open_tab, FEES, "Arrears")),
    Scene("fees-month-end", partial(open_tab, FEES, "Month end")),
    Scene("fees-deposits", partial(open_tab, FEES, "Deposits")),
    Scene("fees-prices", partial(open_tab, FEES, "Price lists")),
    Scene("settings-home", partial(open_tab, SETTINGS, "Home")),
    Scene("settings-own", partial(open_tab, SETTINGS, "My account")),
    Scene("settings-accounts", partial(open_tab, SETTINGS, "Accounts")),
    Scene("settings-lists", partial(open_tab, SETTINGS, "Lists")),
    Scene("settings-log", partial(open_tab, SETTINGS, "Change log")),
)
