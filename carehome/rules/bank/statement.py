"""What a statement of a bank account tells: its lines, oldest first, to the fen."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class BankLine:
    """One line of an account; `fen` is below nothing when money left.

    `mark` is the same whenever and in whatever form the line is read again.
    """

    row: int
    day: date
    fen: int
    balance_fen: int
    party: str = ""
    party_account: str = ""
    text: str = ""
    serial: str = ""
    mark: str = ""

    @property
    def fen_in(self) -> int:
        """Return what came in."""
        return max(self.fen, 0)

    @property
    def fen_out(self) -> int:
        """Return what went out."""
        return max(-self.fen, 0)

    @property
    def before_fen(self) -> int:
        """Return what was in the account before this line."""
        return self.balance_fen - self.fen


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement as it was read; its lines stand oldest first, at least one."""

    layout: str
    account_number: str
    lines: tuple[BankLine, ...]

    @property
    def first(self) -> date:
        """Return the day of the first line."""
        return min(line.day for line in self.lines)

    @property
    def last(self) -> date:
        """Return the day of the last line."""
        return max(line.day for line in self.lines)

    @property
    def opening_fen(self) -> int:
        """Return what was in the account before the first line."""
        return self.lines[0].before_fen

    @property
    def closing_fen(self) -> int:
        """Return what was in the account after the last line."""
        return self.lines[-1].balance_fen
