"""What a line of the bank may be, the likeliest first: one key takes the first.

Whoever is named counts more than an amount; what is in the books already counts more
than what would have to be booked, so that nothing is booked twice.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum

from carehome.i18n import N_
from carehome.rules.bank.linking import OpenDeed, Settlement
from carehome.rules.bank.matching import (
    AMOUNTS,
    Part,
    Reason,
    Suggestion,
    Sure,
)
from carehome.rules.bank.reconciling import Deed
from carehome.rules.bank.statement import BankLine
from carehome.rules.bank.words import Words, tells
from carehome.rules.ledger.accounts import Code
from carehome.rules.roll.words import fold

NEAR = timedelta(days=3)


class Does(StrEnum):
    """What is done with a line when a choice is taken."""

    LINK = "link"
    POST = "post"
    PAYER = "payer"
    CHARGE = "charge"
    INTEREST = "interest"
    TRANSFER = "transfer"
    ASIDE = "aside"


DOES_NAMES: Mapping[Does, str] = {
    Does.LINK: N_("In the books already"),
    Does.POST: N_("Payment of fees"),
    Does.PAYER: N_("Payment of another payer"),
    Does.CHARGE: N_("Charge of the bank"),
    Does.INTEREST: N_("Interest of the bank"),
    Does.TRANSFER: N_("Transfer between own accounts"),
    Does.ASIDE: N_("Not of residents"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that a line may be, why, and how sure that is."""

    does: Does
    sure: Sure
    reasons: tuple[Reason, ...] = ()
    deeds: tuple[OpenDeed, ...] = ()
    parts: tuple[Part, ...] = ()
    payer_id: int = 0
    fee: int = 0
    other: Code | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class PayerOwing:
    """Another payer, such as an insurance, and what it still owes claim by claim."""

    payer_id: int
    name: str
    account: str = ""
    owed: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What the home knows that helps to tell lines apart.

    `own` are the numbers of its accounts, `said` what lines of a party were said to
    be the last time, by party and whether money came in.
    """

    words: Words
    own: Mapping[str, Code] = field(default_factory=dict)
    said: Mapping[tuple[str, bool], str] = field(default_factory=dict)
    payers: Sequence[PayerOwing] = ()
    takes_payments: bool = True


def choices(
    line: BankLine,
    groups: Sequence[tuple[OpenDeed, ...]],
    settled: Sequence[Settlement],
    people: Sequence[Suggestion],
    known: Known,
) -> tuple[Choice, ...]:
    """Return what a line may be, the surest first."""
    named = {
        part.resident_id
        for each in people
        if not AMOUNTS.issuperset(each.reasons)
        for part in each.parts
    }
    found = [
        *_own_words(line, known),
        *_links(line, groups, named),
        *_settlements(line, settled, known.words),
        *_payers(line, known),
        *(Choice(Does.POST, e.sure, e.reasons, parts=e.parts) for e in people),
        *_transfers(line, known),
        *_said_before(line, known),
    ]
    return tuple(sorted(found, key=lambda each: -each.sure))  # stable: kept in order


def _own_words(line: BankLine, known: Known) -> Iterator[Choice]:
    """Yield what the bank itself took or gave, by its words."""
    reasons = (Reason.WORDS_OF_BANK,)
    if line.fen < 0 and tells(line.text, known.words.charge):
        yield Choice(Does.CHARGE, Sure.SURE, reasons, text=line.text)
    elif tells(line.text, known.words.interest):
        yield Choice(Does.INTEREST, Sure.SURE, reasons, text=line.text)


def _links(
    line: BankLine, groups: Sequence[tuple[OpenDeed, ...]], named: set[int]
) -> Iterator[Choice]:
    """Yield deeds in the books that come to the line; whose name it bears first."""
    mine = [group for group in groups if named & {each.resident_id for each in group}]
    for group in mine:
        sure = Sure.SURE if len(mine) == 1 else Sure.LIKELY
        reasons = (Reason.IN_BOOKS, Reason.DEED_OF_NAMED)
        yield Choice(Does.LINK, sure, reasons, deeds=group)
    near = [group for group in groups if _is_near(line, group)]
    for group in groups:
        if group in mine:
            continue
        alone = not named and (near or groups) == [group]
        sure = Sure.LIKELY if alone else Sure.MAYBE
        if alone and len(group) > 1:
            sure = Sure.SURE  # many amounts do not come to one by chance
        yield Choice(Does.LINK, sure, (Reason.IN_BOOKS,), deeds=group)


def _is_near(line: BankLine, group: tuple[OpenDeed, ...]) -> bool:
    """Say whether deeds were booked when the bank tells them, or a weekend off."""
    return all(abs(each.day - line.day) <= NEAR for each in group)


def _settlements(
    line: BankLine, settled: Sequence[Settlement], words: Words
) -> Iterator[Choice]:
    told = tells(f"{line.party} {line.text}", words.card)
    for each in settled if told else ():
        sure = Sure.SURE if len(settled) == 1 else Sure.LIKELY
        reasons = (Reason.CARDS_LESS_FEE,) if each.fee else (Reason.IN_BOOKS,)
        yield Choice(Does.LINK, sure, reasons, deeds=each.deeds, fee=each.fee)


def _payers(line: BankLine, known: Known) -> Iterator[Choice]:
    """Yield other payers by name or account, surer where they owe that."""
    if line.fen <= 0 or not known.takes_payments:
        return
    for payer in known.payers:
        by_account = payer.account and payer.account == line.party_account
        if not by_account and fold(payer.name) != fold(line.party):
            continue
        reasons = [Reason.PAYER_NAMED]
        if line.fen in (*payer.owed, sum(payer.owed)):
            reasons.append(Reason.PAYER_OWES)
        sure = Sure.SURE if len(reasons) > 1 else Sure.LIKELY
        yield Choice(Does.PAYER, sure, tuple(reasons), payer_id=payer.payer_id)


def _transfers(line: BankLine, known: Known) -> Iterator[Choice]:
    """Yield other accounts of the home, by number or by words."""
    if other := known.own.get(line.party_account):
        reasons = (Reason.OWN_ACCOUNT,)
        text = line.text or line.party
        yield Choice(Does.TRANSFER, Sure.LIKELY, reasons, other=other, text=text)
        return
    told = f"{line.party} {line.text}"
    for word, place in known.words.transfers.items():
        if tells(told, (word,)):
            text = line.text or line.party
            reasons = (Reason.WORDS_OF_BANK,)
            yield Choice(Does.TRANSFER, Sure.LIKELY, reasons, other=place, text=text)
            return


def _said_before(line: BankLine, known: Known) -> Iterator[Choice]:
    if line.party and (text := known.said.get((line.party, line.fen > 0))):
        yield Choice(Does.ASIDE, Sure.LIKELY, (Reason.SAID_BEFORE,), text=text)


def without_rivals(
    found: Iterable[tuple[Choice, ...]],
) -> Iterator[tuple[Choice, ...]]:
    """Let no two lines be surely the same: the later one is to be looked at."""
    told: set[Deed] = set()
    paid: set[int] = set()
    for each in found:
        if not each or each[0].sure is not Sure.SURE:
            yield each
            continue
        best = each[0]
        deeds = {deed.deed for deed in best.deeds}
        residents = {part.resident_id for part in best.parts}
        if deeds & told or residents & paid:
            yield replace(best, sure=Sure.LIKELY), *each[1:]
            continue
        told |= deeds
        paid |= residents
        yield each
