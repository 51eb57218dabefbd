"""What the screens of the bank say: of choices, of what was said, of accounts."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from carehome.i18n import _, show_day, show_money
from carehome.rules.bank.accounts import OWN_PLACES
from carehome.rules.bank.choosing import DOES_NAMES, Choice, Does, PayerOwing
from carehome.rules.bank.matching import REASON_NAMES, Part, Payer, Sure
from carehome.rules.ledger.entry import Kind
from carehome.services.bank import BankAccount, KeptLine, Said
from carehome.services.books.words import ENTRY_TEXTS

TONES = {Sure.SURE: "ok", Sure.LIKELY: "info", Sure.MAYBE: "quiet"}
SHOWN_DIGITS = 4
LISTED = 6  # deeds that are named where many come to one line


@dataclass(frozen=True, slots=True)
class Names:
    """Who the numbers of residents and payers are."""

    people: Mapping[int, Payer] = field(default_factory=dict)
    payers: Mapping[int, PayerOwing] = field(default_factory=dict)

    def resident(self, resident_id: int) -> str:
        """Return the name of a resident."""
        known = self.people.get(resident_id)
        return known.name if known else ""


def say_account(account: BankAccount) -> str:
    """Name an account with the end of its number, by which people know it."""
    text = _("{name} ({digits})")
    digits = f"…{account.number[-SHOWN_DIGITS:]}"
    return text.format(name=account.name, digits=digits)


def say_choice(choice: Choice, names: Names) -> str:
    """Say in a few words what a line would be."""
    what = _(DOES_NAMES[choice.does])
    match choice.does:
        case Does.LINK:
            return _say_deeds(choice)
        case Does.POST:
            who = _(", ").join(_say_part(part, choice, names) for part in choice.parts)
            return _("{what}: {who}").format(what=what, who=who)
        case Does.PAYER:
            who = names.payers[choice.payer_id].name
            return _("{what}: {who}").format(what=what, who=who)
        case Does.TRANSFER:
            assert choice.other, "a transfer has another end"
            who = _(OWN_PLACES[choice.other])
            return _("{what}: {who}").format(what=what, who=who)
        case Does.ASIDE:
            return _("{what}: {who}").format(what=what, who=choice.text)
    return what


def say_reasons(choice: Choice) -> str:
    """Say why a line would be that."""
    return " ".join(_(REASON_NAMES[reason]) for reason in choice.reasons)


def say_effect(choice: Choice, names: Names) -> str:
    """Say what taking a choice does: which bills are paid, what is prepaid."""
    if choice.does is Does.LINK:
        said = _("Nothing is booked again; the line is matched.")
        if choice.fee:
            text = _("{fen} is booked as a charge of the bank.")
            said = text.format(fen=show_money(choice.fee))
        if len(choice.deeds) > 1:
            listed = _("; ").join(deed.text for deed in choice.deeds[:LISTED])
            said = _("{listed}. {said}").format(listed=listed, said=said)
        return said
    if choice.does is Does.POST:
        return " ".join(
            _say_paid(part, names.people[part.resident_id]) for part in choice.parts
        )
    if choice.does is Does.ASIDE:
        return _("Nothing is booked; the accountant books it elsewhere.")
    return _("It is booked with this amount.")


def say_said(said: Said, names: Names) -> str:
    """Say what a line was said to be."""
    if said.deed is None:
        return said.reason
    what = _(ENTRY_TEXTS[Kind(said.deed.kind)])
    who = names.resident(said.resident_id) if said.resident_id else ""
    told = " ".join(filter(None, (what, who, said.text)))
    if said.is_void:
        return _("{what} is void, so the line is open again").format(what=told)
    return told


def say_line(line: KeptLine) -> str:
    """Name a line of the bank."""
    text = _("{day}, {amount}, {party}")
    amount = show_money(line.fen)
    party = line.party or _("no name given")
    return text.format(day=show_day(line.day), amount=amount, party=party)


def _say_deeds(choice: Choice) -> str:
    first = choice.deeds[0]
    if len(choice.deeds) == 1:
        text = _("In the books: {what} {text} ({day})")
        what = _(ENTRY_TEXTS[Kind(first.deed.kind)])
        return text.format(what=what, text=first.text, day=show_day(first.day))
    text = _("In the books: {count} deeds, {fen} together")
    fen = show_money(sum(each.fen for each in choice.deeds))
    return text.format(count=len(choice.deeds), fen=fen)


def _say_part(part: Part, choice: Choice, names: Names) -> str:
    name = names.resident(part.resident_id)
    if len(choice.parts) == 1:
        return name
    return _("{name} {fen}").format(name=name, fen=show_money(part.fen))


def _say_paid(part: Part, payer: Payer) -> str:
    """Say which open bills an amount pays, and what is prepaid."""
    left, paid = part.fen, []
    for bill in payer.bills:
        if left <= 0:
            break
        paid.append(bill.number)
        left -= bill.fen
    facts = {"name": payer.name, "bills": _(", ").join(paid)}
    if not paid:
        return _("{name}: all is prepaid.").format(**facts)
    if left > 0:
        text = _("{name}: pays bill {bills}; {fen} is prepaid.")
        return text.format(**facts, fen=show_money(left))
    if left < 0:
        text = _("{name}: pays bill {bills}; {fen} stays open.")
        return text.format(**facts, fen=show_money(-left))
    return _("{name}: pays bill {bills}.").format(**facts)
