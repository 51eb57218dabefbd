"""Reading a statement: its lines, or all that is wrong with it in one go."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from carehome.i18n import show_day, show_money
from carehome.rules import money
from carehome.rules.bank import cells
from carehome.rules.bank.chain import check_chain, oldest_first
from carehome.rules.bank.columns import Seen, find
from carehome.rules.bank.faults import Fault
from carehome.rules.bank.layouts import Caption, Field, Kind, Layout
from carehome.rules.bank.statement import BankLine, Statement
from carehome.rules.roll.words import fold
from carehome.rules.sheets import Sheet

_TEXTS = (Field.TEXT, Field.PURPOSE, Field.REMARK)
# What stands where a character was lost, and what that becomes when read once more.
_LOST = ("\ufffd", "\u951f\u65a4\u62f7")


@dataclass(frozen=True, slots=True)
class Reading:
    """A statement, or else the faults because of which there is none, by row."""

    statement: Statement | None = None
    faults: tuple[Fault, ...] = ()


@dataclass(slots=True)
class _Lines:
    """The lines of a file in its order; None stands for one that has a fault."""

    seen: Seen
    today: date
    lines: list[BankLine | None] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def read(self) -> None:
        """Read all lines."""
        for row in self.seen.rows():
            before = len(self.faults)
            line = self._line(row)
            self.lines.append(line if len(self.faults) == before else None)

    def _line(self, row: int) -> BankLine:
        """Read one line; its faults are noted, and make it count for nothing."""
        number, text = self._number, self._text
        return BankLine(
            row,
            self._day(row),
            _FEN_OF[self.seen.layout.kind](self, row),
            self._balance(row),
            text(row, Field.PARTY),
            number(row, Field.PARTY_ACCOUNT),
            " ".join(dict.fromkeys(filter(None, (text(row, of) for of in _TEXTS)))),
            number(row, Field.SERIAL),
        )

    def _fault(self, row: int, name: str, **facts: object) -> None:
        self.faults.append(Fault(row, name, facts))

    def _day(self, row: int) -> date:
        value = self.seen.value(row, Field.DAY)
        try:
            day = cells.read_day(value, self.seen.sheet.day_zero)
        except cells.BadDay as refusal:
            self._fault(row, "bad_day", **refusal.facts)
            return self.today
        if day > self.today:
            self._fault(row, "future_day", day=show_day(day))
        return day

    def _fen(self, row: int, of: Field) -> int | None:
        try:
            return cells.read_fen(self.seen.value(row, of))
        except money.BadAmount as refusal:
            typed, title = refusal.facts["typed"], self.seen.title(of)
            self._fault(row, "bad_amount", typed=typed, title=title)
            return None

    def _balance(self, row: int) -> int:
        before = len(self.faults)
        fen = self._fen(row, Field.BALANCE)
        if fen is None and len(self.faults) == before:
            self._fault(row, "no_balance")
        return fen or 0

    def _one(self, row: int, fen: int) -> int:
        """Return an amount that a line cannot do without."""
        if not fen and not any(fault.row == row for fault in self.faults):
            self._fault(row, "no_amount")
        return fen

    def of_two_columns(self, row: int) -> int:
        """Return the amount of a line with a column for each direction."""
        money_in, money_out = self._fen(row, Field.IN), self._fen(row, Field.OUT)
        if money_in and money_out:
            said = {
                "money_in": show_money(money_in),
                "money_out": show_money(money_out),
            }
            self._fault(row, "two_amounts", **said)
        return self._one(row, (money_in or 0) - (money_out or 0))

    def of_flag(self, row: int) -> int:
        """Return the amount of a line whose flag tells the direction."""
        typed = cells.read_text(self.seen.value(row, Field.FLAG))
        sign = self.seen.layout.flags.get(fold(typed), 0)
        if not sign:
            self._fault(row, "bad_flag", typed=typed)
        return self._one(row, sign * (self._fen(row, Field.AMOUNT) or 0))

    def of_signed(self, row: int) -> int:
        """Return the amount of a line whose sign tells the direction."""
        return self._one(row, self._fen(row, Field.AMOUNT) or 0)

    def _text(self, row: int, of: Field) -> str:
        text = cells.read_text(self.seen.value(row, of))
        if any(sign in text for sign in _LOST):
            self._fault(row, "broken_text", typed=text)
        return text

    def _number(self, row: int, of: Field) -> str:
        return cells.read_number(self.seen.value(row, of))


_FEN_OF: dict[Kind, Callable[[_Lines, int], int]] = {
    Kind.TWO_COLUMNS: _Lines.of_two_columns,
    Kind.FLAG: _Lines.of_flag,
    Kind.SIGNED: _Lines.of_signed,
}


def read(sheets: Sequence[Sheet], layouts: Sequence[Layout], today: date) -> Reading:
    """Return the statement of a file, or all that is wrong with it."""
    seen = find(sheets, layouts)
    if isinstance(seen, Fault):
        return Reading(faults=(seen,))
    found = _Lines(seen, today)
    found.read()
    if not found.lines:
        return Reading(faults=(Fault(seen.heading.row, "no_lines"),))
    ordered = oldest_first(found.lines)
    faults = [*found.faults, *check_chain(ordered)]
    lines = [line for line in ordered if line is not None]
    if not faults:
        faults += _check_sums(seen, lines)
    if faults:
        by_row = sorted(faults, key=lambda fault: fault.row or 0)
        return Reading(faults=tuple(by_row))
    number = cells.read_number(seen.told(Caption.ACCOUNT))
    statement = Statement(seen.layout.code, number, tuple(_marked(lines)))
    return Reading(statement)


def check_account(statement: Statement, number: str) -> Fault | None:
    """Return a fault when a statement tells another account; banks hide digits."""
    told = statement.account_number
    if not any(map(str.isdigit, told)) or _fits(told, number):
        return None
    return Fault(None, "wrong_account", {"found": told, "wanted": number})


def _fits(told: str, number: str) -> bool:
    """Say whether a number, some of its digits hidden, can be another one."""
    shown = [part for part in _runs(told) if part]
    bare = "".join(sign for sign in number if sign.isalnum())
    if len(shown) == 1 and not any(sign in "*xX" for sign in told):
        return shown[0] == bare
    return bool(shown) and bare.startswith(shown[0]) and bare.endswith(shown[-1])


def _runs(told: str) -> list[str]:
    """Return the stretches of a number that are shown."""
    runs = [""]
    for sign in told.replace("-", "").replace(" ", ""):
        if sign.isdigit():
            runs[-1] += sign
        elif runs[-1]:
            runs.append("")
    return runs


def _check_sums(seen: Seen, lines: list[BankLine]) -> Iterator[Fault]:
    """Compare what the statement says of itself with its lines."""
    money_in = sum(line.fen_in for line in lines)
    money_out = sum(line.fen_out for line in lines)
    first, last = lines[0], lines[-1]
    said = {caption: _told_fen(seen, caption) for caption in Caption}
    opening, closing = said[Caption.OPENING], said[Caption.CLOSING]
    if opening is not None and opening != first.before_fen:
        facts = {"told": show_money(opening), "before": show_money(first.before_fen)}
        yield Fault(first.row, "wrong_opening", facts)
    if closing is not None and closing != last.balance_fen:
        facts = {"told": show_money(closing), "left": show_money(last.balance_fen)}
        yield Fault(last.row, "wrong_closing", facts)
    sums: list[tuple[int | None, int | None, int | None]] = [
        (None, said[Caption.TOTAL_IN], said[Caption.TOTAL_OUT])
    ]
    for row in seen.sums():
        told = _sum_fen(seen, row, Field.IN), _sum_fen(seen, row, Field.OUT)
        sums.append((row, *told))
    for place, told_in, told_out in sums:
        if _nets(told_in, told_out) == money_in - money_out:
            continue  # what was turned round may stand in red on the other side
        if told_in is not None and told_in != money_in:
            facts = {"told": show_money(told_in), "sum": show_money(money_in)}
            yield Fault(place, "wrong_total_in", facts)
        if told_out is not None and abs(told_out) != money_out:
            facts = {"told": show_money(abs(told_out)), "sum": show_money(money_out)}
            yield Fault(place, "wrong_total_out", facts)


def _nets(told_in: int | None, told_out: int | None) -> int:
    """Return what came in less what went out, as a statement adds it up."""
    return (told_in or 0) - abs(told_out or 0)


def _told_fen(seen: Seen, caption: Caption) -> int | None:
    """Return the amount beside a caption, None where there is none to compare."""
    if caption is Caption.ACCOUNT:
        return None
    try:
        return cells.read_fen(seen.told(caption))
    except money.BadAmount:
        return None


def _sum_fen(seen: Seen, row: int, of: Field) -> int | None:
    try:
        return cells.read_fen(seen.value(row, of))
    except money.BadAmount:
        return None


def _marked(lines: list[BankLine]) -> Iterator[BankLine]:
    """Give each line the mark by which it is known when it is read again."""
    times: dict[str, int] = {}
    for line in lines:
        mark = f"{line.serial}|{line.day:%Y%m%d}|{line.fen}|{line.balance_fen}"
        times[mark] = times.get(mark, 0) + 1
        yield replace(line, mark=f"{mark}|{times[mark]}")
