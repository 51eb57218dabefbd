"""Claims in words: what one comes to, how that is worked out, what is missing."""

from fractions import Fraction

from carehome.i18n import _, show_money
from carehome.rules.claims.amounts import split
from carehome.rules.claims.claim import (
    NO,
    PER_NAMES,
    YES,
    Addend,
    Asking,
    Judged,
    Question,
    State,
)


def say_amount(judged: Judged) -> str:
    """Say what a claim comes to, as an estimate; empty where none is known here.

    What a condition stands against does not look like money that may be had.
    """
    text = _say_sum(judged)
    if text and judged.state is State.NOT:
        return _("{amount}, if it were fulfilled").format(amount=text)
    return text


def _say_sum(judged: Judged) -> str:
    worked, amount = judged.worked, judged.claim.amount
    if worked is None or amount is None:
        return ""
    if not worked.is_whole and not worked.most:
        return _("Not known yet")
    per = _(PER_NAMES[amount.per])
    text = _("{amount} {per}").format(amount=_range(worked.least, worked.most), per=per)
    if worked.is_whole:
        return text
    return _("{amount}, not yet whole").format(amount=text)


def say_working(judged: Judged) -> list[str]:
    """Say addend by addend how an amount is worked out."""
    return (
        [_say_addend(each) for each in judged.worked.addends] if judged.worked else []
    )


def say_payers(judged: Judged) -> str:
    """Say who bears how much of the whole."""
    payers = judged.claim.payers
    if not payers or judged.worked is None:
        return ""
    if len(payers) == 1:
        return payers[0].name
    shares = split(judged.worked.most, payers)
    named = _(", ").join(
        _("{name} {amount}").format(name=payer.name, amount=show_money(fen))
        for payer, fen in shares
    )
    parts = ":".join(str(payer.parts) for payer in payers)
    return _("{parts}: {shares}").format(parts=parts, shares=named)


def say_lacking(judged: Judged) -> str:
    """Say what is not met, or else what is not known."""
    for state in (State.NOT, State.UNKNOWN):
        found = [each for each in judged.verdicts if each.state is state]
        if found:
            return _("; ").join(str(each.text) for each in found)
    return ""


def say_answer(question: Question, value: str) -> str:
    """Say an answer as it was meant."""
    if question.asking is Asking.YES_NO:
        return {YES: _("It is so"), NO: _("It is not so")}[value]
    if question.asking is Asking.MONEY:
        return show_money(int(value))
    return value


def _say_addend(addend: Addend) -> str:
    line, name = addend.line, addend.line.name
    if addend.count is None:
        asked = line.question.text if line.question else _("Unknown")
        return _("{name}: {asked}?").format(name=name, asked=asked)
    amount = _range(addend.least, addend.most)
    if not line.question and not line.figure:
        return _("{name}: {amount}").format(name=name, amount=amount)
    count = _count(addend)
    if line.percent:
        text = _("{name}: {percent} % of {count} = {amount}")
        return text.format(name=name, percent=line.percent, count=count, amount=amount)
    rate = _range(line.least, line.most)
    if line.stars:
        each = Fraction(addend.most) / addend.count if addend.count else Fraction()
        rate = show_money(int(each))
    text = _("{name}: {count} x {rate} = {amount}")
    return text.format(name=name, count=count, rate=rate, amount=amount)


def _count(addend: Addend) -> str:
    question = addend.line.question
    if question and question.asking is Asking.MONEY:
        return show_money(int(addend.count or 0))
    return str(addend.count)


def _range(least: int, most: int) -> str:
    if least == most:
        return show_money(most)
    if not least:
        return _("at most {amount}").format(amount=show_money(most))
    text = _("{least} to {most}")
    return text.format(least=show_money(least), most=show_money(most))
