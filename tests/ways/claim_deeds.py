"""One way to do each deed of claims and what-ifs that can be undone."""

from carehome.rules.what_if import Assumed
from carehome.services.claims import Claims
from carehome.services.what_if import WhatIf

CHAIN = "xian/chain"


def _answered(w):
    w.of(Claims).answer("is-chain", "yes")


def _hidden(w):
    w.of(Claims).hide(CHAIN, "只有一家院")


DEEDS = {
    "Claims.answer": (lambda w: None, lambda w, _: _answered(w)),
    "Claims.clear": (_answered, lambda w, _: w.of(Claims).clear("is-chain")),
    "Claims.hide": (lambda w: None, lambda w, _: _hidden(w)),
    "Claims.show_again": (_hidden, lambda w, _: w.of(Claims).show_again(CHAIN)),
    "WhatIf.keep": (
        lambda w: None,
        lambda w, _: w.of(WhatIf).keep("满住", Assumed(occupancy=100)),
    ),
    "WhatIf.remove": (
        lambda w: w.of(WhatIf).keep("满住", Assumed(occupancy=100)),
        lambda w, known: w.of(WhatIf).remove(known),
    ),
}
