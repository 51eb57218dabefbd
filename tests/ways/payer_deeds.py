"""The deeds about payers that are undone, and what has to be there before."""

from carehome.rules.periods import Period, months_after
from carehome.services.payer_statements import PayerStatements
from carehome.services.payers import FamilyPart, Payer, Payers
from tests.conftest import TODAY

MONTH = TODAY.replace(day=1)
CHILDREN = (FamilyPart("王强", 50), FamilyPart("王丽", 50))


def _nothing(_ways):
    return None


def _sent(ways):
    """A statement that was sent today."""
    ways.purse.cover(ways.wang, 50, Period(months_after(MONTH, -1)))
    ways.purse.post(months_after(MONTH, -1))
    statements = ways.of(PayerStatements)
    return statements.send(ways.purse.payer(), months_after(MONTH, -1), TODAY)


DEEDS = {
    "Payers.save": (
        _nothing,
        lambda w, _: w.of(Payers).save(Payer(0, "charity", "慈善会")),
    ),
    "Payers.split": (
        _nothing,
        lambda w, _: w.of(Payers).split(w.wang, CHILDREN, Period(MONTH)),
    ),
    "PayerStatements.answer": (
        _sent,
        lambda w, known: w.of(PayerStatements).answer(known, TODAY, "同意"),
    ),
}
