"""Scenes of other payers: the list, one file, money in, refusals, statements."""

from functools import partial

from carehome.commands.gallery.fees import page
from carehome.commands.gallery.money import BILLS, TERMS
from carehome.commands.gallery.residents import MONEY, file
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import Studio
from carehome.rules.payers.payer import PayerKind
from carehome.services.payers import Payers
from carehome.services.residents import Residents
from carehome.ui.fees.payer_file import MONEY as MONEY_OF_IT
from carehome.ui.fees.payer_file import MONTHS, REFUSED, RESIDENTS
from carehome.ui.fees.payers import FAMILIES, OWING, PayersTab
from carehome.ui.parts.money_panel import BillDialog, MoneyPanel
from carehome.ui.parts.own_terms import OwnTerms


def payers(studio: Studio) -> PayersTab:
    """Look at all payers."""
    page(studio, "Payers")
    return studio.find(PayersTab)


def listed(studio: Studio, which: str) -> PayersTab:
    """Look at some of them."""
    tab = payers(studio)
    tab.who.set_code(which)
    studio.wait()
    return tab


def opened(
    studio: Studio, part: str = MONTHS, kind: PayerKind = PayerKind.INSURANCE
) -> PayersTab:
    """Open the insurance, or another payer, at one part of its file."""
    tab = payers(studio)
    rows = tab.view.table.rows
    first = next(x for x in rows if x.payer.kind == kind)
    tab.open_key(first.payer.payer_id)
    studio.wait()
    tab.file.part.set_code(part)
    studio.wait()
    return tab


def money(studio: Studio) -> None:
    """Take one transfer for the months of two residents."""
    tab = opened(studio, RESIDENTS)
    claims = tab.file.claims
    claims.selectAll()
    studio.click(tab.file.take)


def refused(studio: Studio) -> None:
    """Note that the insurance does not pay all of somebody's month."""
    tab = opened(studio, RESIDENTS)
    rows = tab.file.claims.table.rows
    claims = tab.file.claims
    claims.select(next(each.key for each in rows if each.open > 0))
    studio.click(tab.file.refuse)


def taken_back(studio: Studio) -> None:
    """Let the insurance owe something again that was written off."""
    tab = opened(studio, REFUSED)
    cuts = tab.file.cuts
    loss = next(x for x in cuts.table.rows if not x.is_billed and not x.is_void)
    cuts.select(loss.cut_id)
    studio.click(tab.file.back)


def money_of_charity(studio: Studio) -> PayersTab:
    """Look at what came from a charity and what went back."""
    return opened(studio, MONEY_OF_IT, PayerKind.CHARITY)


def returned(studio: Studio) -> PayersTab:
    """Give back what a charity paid too much."""
    tab = money_of_charity(studio)
    came = next(x for x in tab.file.money.table.rows if x.free)
    tab.file.money.select(came.key)
    studio.wait()
    studio.click(tab.file.return_money)
    return tab


def not_returned(studio: Studio) -> None:
    """Void money that did not go back after all."""
    tab = money_of_charity(studio)
    gone = next(x for x in tab.file.money.table.rows if x.refund_id is not None)
    tab.file.money.select(gone.key)
    studio.wait()
    studio.click(tab.file.void_return)


def month(studio: Studio, deed: str) -> None:
    """Do something with the newest month of the insurance."""
    tab = opened(studio)
    tab.file.months.selectRow(0)
    studio.wait()
    studio.click(getattr(tab.file, deed))


def new(studio: Studio) -> None:
    """Enter a new payer."""
    studio.click(payers(studio).add)


def changed(studio: Studio) -> None:
    """Change what is known of a payer."""
    studio.click(opened(studio).file.change)


def terms(studio: Studio) -> OwnTerms:
    """Look at what payers bear of somebody whose children share the rest."""
    payers = studio.service(Payers)
    child = next(each for each in payers.payers() if each.is_family)
    who = payers.claims(child.payer_id)[0].resident_id
    lines = studio.service(Residents).find("")
    file(studio, MONEY, next(each for each in lines if each.resident_id == who))
    studio.turn_to(TERMS, studio.find(MoneyPanel))
    return studio.find(OwnTerms)


def split(studio: Studio) -> None:
    """Share what is left among the family."""
    studio.click(terms(studio).split)


def family_bill(studio: Studio) -> None:
    """Print a bill with a page for each child."""
    terms(studio)
    studio.turn_to(BILLS, studio.find(MoneyPanel))
    window = studio.open_row(studio.find(MoneyPanel).bills)
    assert isinstance(window, BillDialog)
    studio.click(window.print)


SCENES = (
    Scene("fees-payers", payers),
    Scene("fees-payers-families", partial(listed, which=FAMILIES)),
    Scene("fees-payers-owing", partial(listed, which=OWING)),
    Scene("fees-payers-file", opened),
    Scene("fees-payers-residents", partial(opened, part=RESIDENTS)),
    Scene("fees-payers-refused", partial(opened, part=REFUSED)),
    Scene(
        "fees-payers-money", partial(opened, part=MONEY_OF_IT, kind=PayerKind.CHARITY)
    ),
    Scene("fees-payers-return", returned),
    Scene("fees-payers-void-return", not_returned),
    Scene("fees-payers-new", new),
    Scene("fees-payers-change", changed),
    Scene("fees-payers-take", money),
    Scene("fees-payers-refuse", refused),
    Scene("fees-payers-back", taken_back),
    Scene("fees-payers-sent", partial(month, deed="sent")),
    Scene("fees-payers-answer", partial(month, deed="answered")),
    Scene("fees-payers-statement", partial(month, deed="paper")),
    Scene("fees-payers-terms", terms),
    Scene("fees-payers-split", split),
    Scene("fees-payers-family-bill", family_bill),
)
