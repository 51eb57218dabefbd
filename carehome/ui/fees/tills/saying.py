"""The words of a till: what lies in it and why, and how a count came out."""

from carehome.i18n import _, say_day, show_money
from carehome.rules.ledger.day_close import EVEN, OVER, SHORT, TillSheet, word_of
from carehome.services.receipts import METHOD_NAMES
from carehome.ui.kit.cards import Fact

TONES = {EVEN: "ok", SHORT: "bad", OVER: "warn"}


def say_difference(difference: int) -> str:
    """Say how a count came out, in a word and in money."""
    word = word_of(difference)
    if word == EVEN:
        return _(EVEN)
    return _("{word} {amount}").format(word=_(word), amount=show_money(abs(difference)))


def say_days(sheet: TillSheet) -> str:
    """Name the days whose money a count is about."""
    if sheet.first >= sheet.last:
        return say_day(sheet.last)
    return _("{first} to {last}").format(
        first=say_day(sheet.first), last=say_day(sheet.last)
    )


def say_receipts(sheet: TillSheet) -> str:
    """Name the first and the last receipt, and how many are void."""
    if not sheet.receipts:
        return _("None")
    first, last = sheet.receipts[0], sheet.receipts[-1]
    text = _("{first} to {last}").format(first=first, last=last)
    text = first if first == last else text
    parts = [_("{count} {count:receipt|receipts}").format(count=len(sheet.receipts))]
    if sheet.voids:
        parts.append(_("{count} void").format(count=len(sheet.voids)))
    return _("{numbers} ({counts})").format(numbers=text, counts=_(", ").join(parts))


def facts_of(sheet: TillSheet) -> list[Fact]:
    """Tell where the cash in a till came from and went."""
    lines = (
        (_("Cash from before"), sheet.carried),
        (_("Cash taken"), sheet.taken),
        (_("Cash paid out"), -sheet.given),
        (_("Handed to me"), sheet.handed_in),
        (_("Handed on, or paid into the bank"), -sheet.handed_out),
    )
    facts = [Fact(name, show_money(fen)) for name, fen in lines if fen]
    facts.append(Fact(_("Should be there"), show_money(sheet.booked), strong=True))
    return facts


def others_of(sheet: TillSheet) -> list[Fact]:
    """Tell what came in by other ways, and by which receipts."""
    facts = [
        Fact(_(METHOD_NAMES[way]), show_money(fen)) for way, fen in sheet.ways.items()
    ]
    return [*facts, Fact(_("Receipts"), say_receipts(sheet))]
