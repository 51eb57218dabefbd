"""Closing a month: what is looked at before, and what forbids it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from carehome.errors import Refusal
from carehome.i18n import N_, say_month
from carehome.rules.ledger.booking import Closure, open_from
from carehome.rules.periods import months_after


class CheckKind(StrEnum):
    """Something that may still be open when a month is closed."""

    UNPOSTED = "unposted"
    DAYS_OPEN = "days_open"
    CASH_BELOW = "cash_below"
    UNBANKED = "unbanked"
    TO_DRAW = "to_draw"
    STATEMENTS_SHORT = "statements_short"
    UNMATCHED = "unmatched"
    UNEVEN = "uneven"
    OVER_HELD = "over_held"
    PAPERS_DUE = "papers_due"
    REFUNDS_DUE = "refunds_due"
    UNSETTLED = "unsettled"
    UTILITIES_DUE = "utilities_due"
    UNCOUNTED = "uncounted"
    VOIDED = "voided"


# What is not known once a month is closed would be missing from it for good.
BLOCKING = frozenset({CheckKind.UNPOSTED})
CHECK_TEXTS = {
    CheckKind.UNPOSTED: N_("The bills of this month are not posted yet."),
    CheckKind.DAYS_OPEN: N_(
        "{count} {count:day is|days are} not closed by whoever took cash."
    ),
    CheckKind.CASH_BELOW: N_(
        "{count} {count:till holds|tills hold} {fen} less than nothing by the books."
    ),
    CheckKind.TO_DRAW: N_(
        "{count} {count:sum|sums} of {fen} {count:was|were} paid out of deposits and "
        "not drawn from the dedicated account."
    ),
    CheckKind.STATEMENTS_SHORT: N_(
        "The statements of {count} bank {count:account|accounts} do not reach the "
        "last day of the month."
    ),
    CheckKind.UNEVEN: N_(
        "{count} bank {count:account differs|accounts differ} from the books, by "
        "{fen} in all."
    ),
    CheckKind.REFUNDS_DUE: N_(
        "{count} approved {count:refund|refunds} of {fen} {count:is|are} not paid."
    ),
    CheckKind.UNSETTLED: N_(
        "{count} {count:person|people} left and {count:is|are} not settled."
    ),
    CheckKind.UNBANKED: N_(
        "{count} {count:deposit|deposits} of {fen} {count:was|were} not in the "
        "dedicated account by the end of the month."
    ),
    CheckKind.UNMATCHED: N_(
        "{count} {count:line|lines} of bank statements {count:is|are} not matched."
    ),
    CheckKind.OVER_HELD: N_(
        "{count} {count:deposit is|deposits are} above the cap, by {fen} in all."
    ),
    CheckKind.PAPERS_DUE: N_(
        "The papers of {count} {count:emergency|emergencies} are still missing, "
        "for {fen} in all."
    ),
    CheckKind.UTILITIES_DUE: N_(
        "{count} utility {count:bill|bills} of {fen} in all {count:is|are} not paid."
    ),
    CheckKind.UNCOUNTED: N_(
        "Trust money moved {count} {count:time|times} through the till and has not "
        "been counted since."
    ),
    CheckKind.VOIDED: N_(
        "{count} {count:receipt was|receipts were} voided in this month: look at why."
    ),
}

CHECK_NAMES = {
    CheckKind.UNPOSTED: N_("Bills of the month"),
    CheckKind.DAYS_OPEN: N_("Day close at the till"),
    CheckKind.CASH_BELOW: N_("Cash below nothing"),
    CheckKind.TO_DRAW: N_("Deposits to draw from the bank"),
    CheckKind.STATEMENTS_SHORT: N_("Bank statements up to the last day"),
    CheckKind.UNEVEN: N_("Books against the bank"),
    CheckKind.REFUNDS_DUE: N_("Refunds to pay"),
    CheckKind.UNSETTLED: N_("Departures to settle"),
    CheckKind.UNBANKED: N_("Deposits on their way to the bank"),
    CheckKind.UNMATCHED: N_("Lines of bank statements"),
    CheckKind.OVER_HELD: N_("Deposits over the cap"),
    CheckKind.PAPERS_DUE: N_("Papers of emergencies"),
    CheckKind.UTILITIES_DUE: N_("Utility bills to pay"),
    CheckKind.UNCOUNTED: N_("Till of the trust money"),
    CheckKind.VOIDED: N_("Voided receipts"),
}


class NotOver(Refusal):
    """A month is closed when it is over."""

    text = N_("{month} is not over yet. It can be closed from the first day after it.")


class ClosedAlready(Refusal):
    """A month is closed once, and closes all before it."""

    text = N_("{month} is closed already.")


class NotNext(Refusal):
    """Months are closed one after the other."""

    text = N_("Close {month} first: months are closed in order.")


class StillToPost(Refusal):
    """The bills of a month are missing from its books."""

    text = N_("Post the bills of {month} first, then close the month.")


class NothingClosed(Refusal):
    """Only a closed month can be opened again."""

    text = N_("No month is closed, so none can be opened again.")


class ReopenReasonMissing(Refusal):
    """A closed month is opened again for a reason."""

    text = N_("Say why the month is opened again; the reason stays in the books.")


@dataclass(frozen=True, slots=True)
class Check:
    """A line of the check list: how many are still open, and what they come to."""

    kind: CheckKind
    count: int
    fen: int = 0

    @property
    def is_blocking(self) -> bool:
        """Say whether the month cannot be closed like this."""
        return bool(self.count) and self.kind in BLOCKING


def check_closable(
    month: date, today: date, closures: Iterable[Closure], checks: Iterable[Check]
) -> None:
    """Raise unless a month may be closed on a day."""
    said = say_month(month)
    if today < months_after(month, 1):
        raise NotOver(month=said)
    first_open = open_from(closures)
    if first_open is not None and month < first_open:
        raise ClosedAlready(month=said)
    if first_open is not None and month > first_open:
        raise NotNext(month=say_month(first_open))
    if any(check.is_blocking for check in checks):
        raise StillToPost(month=said)
