"""Scenes of the dedicated account: its ledger, draws, late banking, emergencies."""

from carehome.commands.gallery.fees import page
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import Studio
from carehome.services.deposits.account import DepositAccount
from carehome.ui.fees import deposit_account
from carehome.ui.fees.deposit_account import AccountView
from carehome.ui.fees.deposit_draws import DrawLists
from carehome.ui.fees.deposit_late import LateList
from carehome.ui.fees.deposit_ledger import LedgerList
from carehome.ui.fees.deposit_papers import EmergencyList


def account(studio: Studio, which: str = deposit_account.LEDGER) -> AccountView:
    """Show what is held and what is in the account, and the ledger of the month."""
    page(studio, "Deposits").show_deposits(which)
    studio.wait()
    return studio.find(AccountView)


def ledger_of_one(studio: Studio) -> None:
    """Show the movements of one resident alone."""
    ledger = _ledger(studio)
    ledger.whose.set_value(next(iter(studio.service(DepositAccount).people())))
    ledger.refresh()


def _ledger(studio: Studio) -> LedgerList:
    account(studio)
    return studio.find(LedgerList)


def print_ledger(studio: Studio) -> None:
    """Print the ledger of the account."""
    studio.click(_ledger(studio).print)


def print_standing(studio: Studio) -> None:
    """Print what is held beside what is in the account."""
    studio.click(account(studio).print)


def draws(studio: Studio) -> DrawLists:
    """Show what is to be drawn and what was drawn."""
    account(studio, deposit_account.DRAWS)
    return studio.find(DrawLists)


def draw(studio: Studio) -> None:
    """Draw money from the account."""
    studio.click(draws(studio).draw)


def draw_without_paper(studio: Studio) -> None:
    """Say beside the field that a draw needs a paper."""
    draw(studio)
    studio.fill(paper="", entries=()).submit()


def void_draw(studio: Studio) -> None:
    """Void a draw, with a reason."""
    lists = draws(studio)
    lists.drawn.selectRow(0)
    studio.wait()
    studio.click(lists.void)


def late(studio: Studio) -> LateList:
    """Show what came late into the account."""
    account(studio, deposit_account.LATE)
    return studio.find(LateList)


def print_late(studio: Studio) -> None:
    """Print what came late into the account."""
    studio.click(late(studio).print)


def emergencies(studio: Studio) -> EmergencyList:
    """Show what was spent in emergencies, and what became of the papers."""
    account(studio, deposit_account.PAPERS)
    return studio.find(EmergencyList)


def file_papers(studio: Studio) -> None:
    """File the papers of an emergency, with a scan."""
    studio.click(emergencies(studio).file)


def put_back(studio: Studio) -> None:
    """Take money of an emergency back as deposit."""
    studio.click(emergencies(studio).put_back)


def excuse(studio: Studio) -> None:
    """Say why papers will never come."""
    studio.click(emergencies(studio).excuse)


SCENES = (
    Scene("fees-deposits-account", account),
    Scene("fees-deposits-account-one", ledger_of_one),
    Scene("fees-deposits-account-print", print_ledger),
    Scene("fees-deposits-account-standing", print_standing),
    Scene("fees-deposits-draws", draws),
    Scene("fees-deposits-draws-draw", draw),
    Scene("fees-deposits-draws-wrong", draw_without_paper),
    Scene("fees-deposits-draws-void", void_draw),
    Scene("fees-deposits-late", late),
    Scene("fees-deposits-late-print", print_late),
    Scene("fees-deposits-emergencies", emergencies),
    Scene("fees-deposits-emergencies-file", file_papers),
    Scene("fees-deposits-emergencies-put-back", put_back),
    Scene("fees-deposits-emergencies-excuse", excuse),
)
