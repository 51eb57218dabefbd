"""The forms of claims and what-ifs, with their deeds."""

from carehome.rules.claims.claim import NoSuchQuestion
from carehome.rules.what_if import NobodyInMix, NotAPercent
from carehome.services.claims import Claims
from carehome.services.what_if import WhatIf
from carehome.ui.overview.claims import ClaimsTab
from carehome.ui.overview.what_if import WhatIfTab
from carehome.ui.parts.hand import Hand

CHAIN = "xian/chain"


def hand(desk):
    return Hand(desk.service, desk.jobs, desk.user, desk.clock)


def _claims(desk):
    """Return the tab, on a claim that asks what only the home knows."""
    tab = ClaimsTab(hand(desk))
    tab.setParent(desk.parent)
    tab.show_listing(desk.service(Claims).listed(desk.clock().date()))
    tab.which.set_code(tab.list_of(CHAIN))
    tab.open_key(CHAIN)
    return tab


def answer(desk):
    tab = _claims(desk)
    tab.file.ask("is-chain")
    # What is asked comes from the claim that is shown.
    return desk.asked(tab), desk.service(Claims).answer, {NoSuchQuestion}


def aside(desk):
    tab = _claims(desk)
    tab.put_aside()
    return desk.asked(tab), desk.service(Claims).hide


def keep(desk):
    tab = WhatIfTab(hand(desk))
    tab.setParent(desk.parent)
    tab.show_base(desk.service(WhatIf).base(desk.clock().date()))
    tab.ask_name()
    # What cannot be is told below the fields, before it can be kept.
    return desk.asked(tab), desk.service(WhatIf).keep, {NotAPercent, NobodyInMix}


CLAIM_FORMS = {
    "claims: an answer": answer,
    "claims: put aside": aside,
    "what if: keep": keep,
}
