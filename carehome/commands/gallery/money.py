"""Scenes of one resident's money, in the file: bills, receipts, own prices."""

from functools import partial

from carehome.commands.gallery.residents import MONEY, file
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import Studio
from carehome.services.payments import Payments
from carehome.services.residents import ResidentLine, Residents
from carehome.ui.kit.choice import Choice
from carehome.ui.kit.dialogs import FormDialog
from carehome.ui.parts.money_panel import BillDialog, MoneyPanel
from carehome.ui.parts.own_terms import OwnTerms

BILLS, RECEIPTS, DEPOSIT, TERMS = range(4)


def payer(studio: Studio) -> ResidentLine:
    """Return somebody at home who owes."""
    balances = studio.service(Payments).balances()
    lines = studio.service(Residents).find("")
    return next(each for each in lines if balances.get(each.resident_id, (0, 0))[0])


def panel(at: int, studio: Studio) -> MoneyPanel:
    """Look at one part of somebody's money."""
    file(studio, MONEY, payer(studio))
    found = studio.find(MoneyPanel)
    studio.turn_to(at, found)
    return found


def bill(studio: Studio) -> BillDialog:
    """Look at a bill with its reasons."""
    window = studio.open_row(panel(BILLS, studio).bills)
    assert isinstance(window, BillDialog)
    return window


def days_of_bill(studio: Studio) -> None:
    """Lay a posted bill out day by day."""
    studio.click(bill(studio).sheet)


def print_bill(studio: Studio) -> None:
    """Look at a bill on paper."""
    studio.click(bill(studio).print)


def receipt(studio: Studio) -> None:
    """Look at a receipt."""
    studio.open_row(panel(RECEIPTS, studio).receipts)


def deed(name: str, studio: Studio) -> None:
    """Ask for something that is agreed with one resident."""
    panel(TERMS, studio)
    studio.click(getattr(studio.find(OwnTerms), name))


def end(studio: Studio) -> None:
    """End a standing charge."""
    deed("standing", studio)
    form = studio.fill(starts=studio.today)
    studio.find(Choice, form).setCurrentIndex(0)
    assert isinstance(studio.top, FormDialog)
    studio.click(studio.top.primary)
    terms = studio.find(OwnTerms)
    terms.view.selectRow(0)
    studio.wait()
    studio.click(terms.end)


SCENES = (
    Scene("money-bills", partial(panel, BILLS)),
    Scene("money-receipts", partial(panel, RECEIPTS)),
    Scene("money-deposit", partial(panel, DEPOSIT)),
    Scene("money-terms", partial(panel, TERMS)),
    Scene("money-bill", bill),
    Scene("money-bill-days", days_of_bill),
    Scene("money-bill-paper", print_bill),
    Scene("money-receipt", receipt),
    Scene("money-terms-charge", partial(deed, "charge")),
    Scene("money-terms-standing", partial(deed, "standing")),
    Scene("money-terms-price", partial(deed, "price")),
    Scene("money-terms-cover", partial(deed, "cover")),
    Scene("money-terms-end", end),
)
