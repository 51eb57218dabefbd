"""The chain of balances: each line of an account begins where the one before ended."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from carehome.i18n import show_money
from carehome.rules.bank.faults import Fault
from carehome.rules.bank.statement import BankLine

Lines = Sequence[BankLine | None]


def oldest_first(lines: Lines) -> list[BankLine | None]:
    """Return lines in the order of time: many banks write the newest first."""
    forwards, backwards = list(lines), list(reversed(lines))
    broken, broken_back = _breaks(forwards), _breaks(backwards)
    if broken != broken_back:
        return forwards if broken < broken_back else backwards
    days = [line.day for line in lines if line]
    return backwards if days and days[0] > days[-1] else forwards


def check_chain(lines: Lines) -> Iterator[Fault]:
    """Yield the lines that stand twice, and those that do not go on from the last.

    Where a line could not be read, what follows it begins a chain of its own.
    """
    seen: dict[tuple[object, ...], BankLine] = {}
    last: BankLine | None = None
    for line in lines:
        if line is None:
            last = None
            continue
        known = seen.setdefault(_identity(line), line)
        broken = last is not None and last.balance_fen != line.before_fen
        if known is not line and (line.serial or broken or last is None):
            later, earlier = max(line.row, known.row), min(line.row, known.row)
            yield Fault(later, "doubled", {"row": earlier})
            continue
        if last is not None and broken:
            yield _break(last, line)
        last = line


def _identity(line: BankLine) -> tuple[object, ...]:
    """Return what no two lines share, but for money that went to and fro in a day."""
    told = (line.party, line.party_account, line.text, line.serial)
    return line.day, line.fen, line.balance_fen, *told


def _break(last: BankLine, line: BankLine) -> Fault:
    facts = {
        "row": last.row,
        "before": show_money(last.balance_fen),
        "amount": show_money(line.fen),
        "expected": show_money(last.balance_fen + line.fen),
        "told": show_money(line.balance_fen),
    }
    return Fault(line.row, "broken_chain", facts)


def _breaks(lines: Lines) -> int:
    return sum(
        a is not None and b is not None and a.balance_fen != b.before_fen
        for a, b in pairwise(lines)
    )
