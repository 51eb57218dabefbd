"""One way to do each deed about late facts that can be undone."""

from datetime import date

from carehome.services.late_facts import LateFacts
from tests.purse import OCTOBER

JUNE = date(2026, 6, 1)


def waiting(w):
    """Return a correction of June that is found out in October."""
    for month in range(6, 10):
        w.purse.post(date(2026, month, 1))
    w.purse.residents.set_grade(w.wang, "full", JUNE, consent_by="家属")
    return w.purse.waiting(OCTOBER)


def left(w):
    seen = waiting(w)
    w.of(LateFacts).leave(seen, "双方已说好")
    return seen[0]


DEEDS = {
    "LateFacts.confirm": (
        waiting,
        lambda w, seen: w.of(LateFacts).confirm(seen, "补交证明"),
    ),
    "LateFacts.leave": (
        waiting,
        lambda w, seen: w.of(LateFacts).leave(seen, "双方已说好"),
    ),
    "LateFacts.reopen": (
        left,
        lambda w, seen: w.of(LateFacts).reopen(seen.resident_id, seen.month),
    ),
}
