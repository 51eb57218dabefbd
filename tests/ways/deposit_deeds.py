"""One way to do each deed about deposits that can be undone."""

from datetime import timedelta

from carehome.services.deposits.fee_rules import FeeRules
from tests.conftest import TODAY

LATER = TODAY + timedelta(days=30)


def _chosen(w):
    return w.of(FeeRules).choose("beijing", LATER, "民政局通知")


DEEDS = {
    "Deposits.excuse_papers": (
        lambda w: w.emergency(),
        lambda w, known: w.purse.deposits.excuse_papers(known, "医院无法补开"),
    ),
    "FeeRules.choose": (lambda w: None, lambda w, _: _chosen(w)),
    "FeeRules.withdraw": (_chosen, lambda w, known: w.of(FeeRules).withdraw(known)),
}
