"""Trust money: what the home keeps for a resident, apart from its own money."""

from collections.abc import Mapping

from carehome.errors import Refusal
from carehome.i18n import N_, show_money


class MoreThanKept(Refusal):
    """More would leave than is kept for the resident."""

    text = N_("Only {kept} is kept for this resident. Enter that much or less.")


class TrustPurposeMissing(Refusal):
    """Nobody's money moves without a purpose."""

    text = N_("Say what the money is for: it can be spent for that alone.")


class TrustPaperMissing(Refusal):
    """Money of a resident is spent on a paper."""

    text = N_(
        "Money leaves on a paper alone: enter the number of the invoice, or of the "
        "paper that the resident or the family signed."
    )


class NoTrustAmount(Refusal):
    """Nothing would move."""

    text = N_("The amount must be more than 0.")


class SpentSince(Refusal):
    """What came in has been spent since."""

    text = N_(
        "This money has been spent since: only {kept} is kept. Void first what was "
        "spent."
    )


class NobodyGiven(Refusal):
    """A list by which nobody gets anything."""

    text = N_("Enter an amount for at least one resident.")


class MoreThanOneKeeps(Refusal):
    """Somebody on a list would get more than is kept for them."""

    text = N_("Only {kept} is kept for {name}. Enter that much or less for them.")


class WitnessMissing(Refusal):
    """Money that belongs to others is counted by two people."""

    text = N_("Trust money is counted by two: enter who counted with you.")


class MoreThanInPlace(Refusal):
    """More would be moved than lies in the till or at the bank."""

    text = N_("Only {there} is there by the books. Enter that much or less.")


class CashShort(Refusal):
    """More cash would be paid out than lies in the till of trust money."""

    text = N_(
        "Only {there} of trust money lies in its till. Fetch money from the bank "
        "first, or enter that much or less."
    )


class CashGone(Refusal):
    """What a void takes back has left the till of trust money since."""

    text = N_(
        "Only {there} of trust money lies in its till, so this cannot be taken back. "
        "Fetch money from the bank first."
    )


def check_in(fen: int, purpose: str) -> None:
    """Raise unless money may be taken in trust."""
    if fen <= 0:
        raise NoTrustAmount
    if not purpose.strip():
        raise TrustPurposeMissing


def check_out(fen: int, kept: int, purpose: str, paper: str) -> None:
    """Raise unless money may leave while `kept` is kept."""
    check_in(fen, purpose)
    if not paper.strip():
        raise TrustPaperMissing
    if fen > kept:
        raise MoreThanKept(kept=show_money(kept), most_fen=kept)


def check_cash(fen: int, there: int) -> None:
    """Raise CashShort when more cash would be paid out than lies in the till."""
    if fen > there:
        raise CashShort(there=show_money(max(there, 0)), most_fen=max(there, 0))


def check_cash_back(fen: int, there: int) -> None:
    """Raise CashGone when a void would take more cash than lies in the till."""
    if fen > there:
        raise CashGone(there=show_money(max(there, 0)))


def check_void(is_in: bool, fen: int, kept: int) -> None:
    """Raise SpentSince when what came in is not there any more."""
    if is_in and fen > kept:
        raise SpentSince(kept=show_money(kept))


def check_list(
    given: Mapping[int, int],
    kept: Mapping[int, int],
    names: Mapping[int, str],
    purpose: str,
    paper: str,
) -> None:
    """Raise unless each resident of a list may get the amount beside them."""
    if not given:
        raise NobodyGiven
    for resident_id, fen in given.items():
        try:
            check_out(fen, kept.get(resident_id, 0), purpose, paper)
        except MoreThanKept as refusal:
            raise MoreThanOneKeeps(
                name=names[resident_id], kept=refusal.facts["kept"]
            ) from refusal


def check_moved(fen: int, there: int, paper: str) -> None:
    """Raise unless so much may be carried between the till and the bank."""
    if fen <= 0:
        raise NoTrustAmount
    if not paper.strip():
        raise TrustPaperMissing
    if fen > there:
        raise MoreThanInPlace(there=show_money(max(there, 0)))
