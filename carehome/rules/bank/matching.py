"""Whose money came in: residents suggested for a line, each with why and how sure.

A suggestion never posts anything. It is sure only where the file names the resident
and the amount is one that is owed.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from carehome.i18n import N_
from carehome.rules.bank.statement import BankLine

_SHORTEST = 2  # characters of a name that a text can be searched for
_STARS = "*\uff0a"
_NUMBER = re.compile(r"\d{4}-\d{6}")  # of a bill, as it is printed


class Sure(IntEnum):
    """How sure a suggestion is."""

    MAYBE = 1
    LIKELY = 2
    SURE = 3


SURE_NAMES = {
    Sure.MAYBE: N_("Perhaps"),
    Sure.LIKELY: N_("Likely"),
    Sure.SURE: N_("Surely"),
}


class Reason(StrEnum):
    """Why a line may be a resident's, the strongest first."""

    BILL_NUMBER = "bill_number"
    KNOWN_ACCOUNT = "known_account"
    RESIDENT_IN_TEXT = "resident_in_text"
    RESIDENT_PAYS = "resident_pays"
    CONTACT_PAYS = "contact_pays"
    CONTACT_IN_TEXT = "contact_in_text"
    HIDDEN_NAME = "hidden_name"
    ALL_OWED = "all_owed"
    ONE_BILL = "one_bill"
    OWED_TOGETHER = "owed_together"
    IN_BOOKS = "in_books"
    DEED_OF_NAMED = "deed_of_named"
    CARDS_LESS_FEE = "cards_less_fee"
    PAYER_NAMED = "payer_named"
    PAYER_OWES = "payer_owes"
    OWN_ACCOUNT = "own_account"
    WORDS_OF_BANK = "words_of_bank"
    SAID_BEFORE = "said_before"


REASON_NAMES = {
    Reason.BILL_NUMBER: N_("The text names the number of a bill."),
    Reason.KNOWN_ACCOUNT: N_("Money came from this account before."),
    Reason.RESIDENT_IN_TEXT: N_("The text names the resident."),
    Reason.RESIDENT_PAYS: N_("The resident is the payer."),
    Reason.CONTACT_PAYS: N_("A contact of the resident is the payer."),
    Reason.CONTACT_IN_TEXT: N_("The text names a contact of the resident."),
    Reason.HIDDEN_NAME: N_("The payer's name, partly hidden, fits."),
    Reason.ALL_OWED: N_("The amount is all that is owed."),
    Reason.ONE_BILL: N_("The amount is that of an open bill."),
    Reason.OWED_TOGETHER: N_("The amount is what these residents owe together."),
    Reason.IN_BOOKS: N_("The books have this amount at about that day."),
    Reason.DEED_OF_NAMED: N_("It is booked for whom this line names."),
    Reason.CARDS_LESS_FEE: N_("Payments by card, less a fee, come to this amount."),
    Reason.PAYER_NAMED: N_("The other party is this payer."),
    Reason.PAYER_OWES: N_("The amount is what the payer owes."),
    Reason.OWN_ACCOUNT: N_("The other account is the home's own."),
    Reason.WORDS_OF_BANK: N_("The text of the bank says so."),
    Reason.SAID_BEFORE: N_("Lines of this party were said to be this before."),
}
_WEIGHTS = {
    Reason.BILL_NUMBER: 40,
    Reason.KNOWN_ACCOUNT: 30,
    Reason.RESIDENT_IN_TEXT: 30,
    Reason.RESIDENT_PAYS: 30,
    Reason.CONTACT_PAYS: 25,
    Reason.CONTACT_IN_TEXT: 15,
    Reason.HIDDEN_NAME: 10,
    Reason.ALL_OWED: 9,
    Reason.ONE_BILL: 8,
    Reason.OWED_TOGETHER: 9,
}
AMOUNTS = frozenset({Reason.ALL_OWED, Reason.ONE_BILL, Reason.OWED_TOGETHER})
_NAMED = 25  # from here on the file names somebody beyond doubt
_HINTED = 10


@dataclass(frozen=True, slots=True)
class OpenBill:
    """A bill with something left to pay."""

    number: str
    fen: int


@dataclass(frozen=True, slots=True)
class Payer:
    """A resident as a line of the bank may tell of them."""

    resident_id: int
    name: str
    contacts: tuple[str, ...] = ()
    accounts: frozenset[str] = frozenset()
    bills: tuple[OpenBill, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the resident and of everybody to turn to."""
        return self.name, *self.contacts

    @property
    def owed(self) -> int:
        """Return what is open of all bills."""
        return sum(bill.fen for bill in self.bills)


@dataclass(frozen=True, slots=True)
class Part:
    """What of a line goes to one resident."""

    resident_id: int
    fen: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Whose a line may be, why, and how sure that is."""

    parts: tuple[Part, ...]
    reasons: tuple[Reason, ...]
    sure: Sure


class Register:
    """All payers, sorted so that a line is only compared with whom it may mean."""

    def __init__(self, payers: Iterable[Payer]) -> None:
        self._payers = tuple(payers)
        self._told: dict[object, set[int]] = defaultdict(set)
        for place, payer in enumerate(self._payers):
            for clue in _clues(payer):
                self._told[clue].add(place)
        names = {name for payer in self._payers for name in payer.names}
        self._names = sorted(names, key=len, reverse=True)

    def found(self, line: BankLine, names: Iterable[str]) -> Iterator[Payer]:
        """Yield those whom anything of a line may mean."""
        clues = [line.fen, line.party, *names, *_NUMBER.findall(line.text)]
        if line.party_account:
            clues.append(("account", line.party_account))
        places = {place for clue in clues for place in self._told.get(clue, ())}
        if any(sign in _STARS for sign in line.party):
            hidden = (n for n in self._names if _is_hidden(line.party, n))
            places.update(*(self._told[name] for name in hidden))
        return (self._payers[place] for place in sorted(places))

    def in_text(self, text: str) -> frozenset[str]:
        """Return the names in a text; part of a longer name is not meant."""
        meant, rest = set(), text
        for name in self._names:
            if len(name) >= _SHORTEST and name in rest:
                meant.add(name)
                rest = rest.replace(name, "\n")
        return frozenset(meant)


def _clues(payer: Payer) -> Iterator[object]:
    """Yield what a line may tell of a payer: names, numbers, accounts, amounts."""
    yield from payer.names
    yield payer.owed
    for bill in payer.bills:
        yield bill.number
        yield bill.fen
    for number in payer.accounts:
        yield "account", number


def suggest(line: BankLine, register: Register) -> tuple[Suggestion, ...]:
    """Return whose money may have come in, the likeliest first.

    A name that several residents fit makes none of them sure; where the amount is
    what they owe together, that they share it is suggested first.
    """
    if line.fen <= 0:
        return ()
    names = register.in_text(line.text)
    found = [
        (payer, reasons)
        for payer in register.found(line, names)
        if (reasons := tuple(_reasons(line, payer, names)))
    ]
    named = {payer.resident_id: _naming(reasons) for payer, reasons in found}
    best = max(named.values(), default=0)
    foremost = [reasons for _payer, reasons in found if _naming(reasons) == best]
    alone = len(foremost) == 1
    fits_alone = sum(not AMOUNTS.isdisjoint(reasons) for reasons in foremost) == 1
    listed = [
        (
            sum(_WEIGHTS[reason] for reason in reasons),
            Suggestion(
                (Part(payer.resident_id, line.fen),),
                reasons,
                _sure(reasons, alone, fits_alone)
                if named[payer.resident_id] == best
                else Sure.MAYBE,
            ),
        )
        for payer, reasons in found
        if best < _HINTED or named[payer.resident_id]  # names beat mere amounts
    ]
    listed.sort(key=lambda pair: -pair[0])
    shared = _shared(line, [pair for pair in found if named[pair[0].resident_id]])
    return (*shared, *(suggestion for _, suggestion in listed))


def _reasons(line: BankLine, payer: Payer, names: frozenset[str]) -> Iterable[Reason]:
    """Yield why a line may be a resident's."""
    if any(bill.number in line.text for bill in payer.bills):
        yield Reason.BILL_NUMBER
    if line.party_account and line.party_account in payer.accounts:
        yield Reason.KNOWN_ACCOUNT
    if payer.name in names:
        yield Reason.RESIDENT_IN_TEXT
    if line.party == payer.name:
        yield Reason.RESIDENT_PAYS
    elif line.party in payer.contacts:
        yield Reason.CONTACT_PAYS
    elif any(_is_hidden(line.party, name) for name in payer.names):
        yield Reason.HIDDEN_NAME
    if names.intersection(payer.contacts):
        yield Reason.CONTACT_IN_TEXT
    if line.fen == payer.owed:
        yield Reason.ALL_OWED
    elif any(line.fen == bill.fen for bill in payer.bills):
        yield Reason.ONE_BILL


def _is_hidden(shown: str, name: str) -> bool:
    """Say whether a name of which signs are hidden by stars can be another one."""
    hidden = [sign in _STARS for sign in shown]
    if not any(hidden) or all(hidden) or len(shown) != len(name):
        return False
    return all(
        star or sign == real
        for star, sign, real in zip(hidden, shown, name, strict=True)
    )


def _naming(reasons: Iterable[Reason]) -> int:
    """Return how strongly the file itself names a resident."""
    return sum(_WEIGHTS[reason] for reason in reasons if reason not in AMOUNTS)


def _sure(reasons: Sequence[Reason], alone: bool, fits_alone: bool) -> Sure:
    """Say how sure the foremost is; `fits_alone` if no other's amount fits as well."""
    named = _naming(reasons)
    fits = not AMOUNTS.isdisjoint(reasons)
    if alone and named >= _NAMED and fits:
        return Sure.SURE
    if alone and named >= _NAMED:
        return Sure.LIKELY
    if fits_alone and fits and named >= _HINTED:
        return Sure.LIKELY
    return Sure.MAYBE


def _shared(
    line: BankLine, found: Sequence[tuple[Payer, tuple[Reason, ...]]]
) -> tuple[Suggestion, ...]:
    """Suggest that several named residents share what they owe together."""
    owing = [(payer, reasons) for payer, reasons in found if payer.owed > 0]
    if len(owing) < 2 or sum(payer.owed for payer, _ in owing) != line.fen:
        return ()
    parts = tuple(Part(payer.resident_id, payer.owed) for payer, _ in owing)
    common = set.intersection(*(set(reasons) for _, reasons in owing))
    told = (reason for reason in Reason if reason in common - AMOUNTS)
    reasons = (*told, Reason.OWED_TOGETHER)
    sure = Sure.SURE if _naming(reasons) >= _NAMED else Sure.LIKELY
    return (Suggestion(parts, reasons, sure),)
