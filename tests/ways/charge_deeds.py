"""One way to do each deed about charges by use that can be undone."""

from carehome.rules.charges import Cell
from carehome.services.charges import Change, Charges
from tests.conftest import TODAY

MONTH = TODAY.replace(day=1)


def _cell(w):
    return Cell(w.wang, w.purse.item("escort"), TODAY)


def _entered(w):
    return w.of(Charges).save(MONTH, [Change(_cell(w), 0, 2)])


DEEDS = {
    "Charges.save": (
        _entered,
        lambda w, _: w.of(Charges).save(MONTH, [Change(_cell(w), 2, 3)]),
    ),
}
