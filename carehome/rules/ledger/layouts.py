"""How accounting programs want a journal laid out; the layouts are data."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from carehome import paths
from carehome.i18n import N_
from carehome.rules.figures import read_toml
from carehome.rules.ledger.journal import JournalLine
from carehome.rules.money import yuan
from carehome.rules.rulepacks import FilePart

SCHEMA = "carehome/journals/1"


class Field(StrEnum):
    """What a column of a journal can tell."""

    DAY = "day"
    YEAR = "year"
    MONTH = "month"
    VOUCHER = "voucher"
    DOCUMENT = "document"
    TEXT = "text"
    ACCOUNT_NUMBER = "account_number"
    ACCOUNT = "account"
    PARTY = "party"
    DEBIT = "debit"
    CREDIT = "credit"
    SIDE = "side"
    AMOUNT = "amount"
    MADE_BY = "made_by"
    FIXED = "fixed"


class Encoding(StrEnum):
    """How the letters of a text file are written."""

    GB18030 = "gb18030"
    UTF_8 = "utf-8-sig"  # with the mark that spreadsheets look for


ENCODING_NAMES = {
    Encoding.GB18030: N_("GB18030 (most accounting programs in China)"),
    Encoding.UTF_8: N_("UTF-8 (newer programs, spreadsheets)"),
}


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its title, what it tells, and words that are always the same.

    The words of a side are those of debit and credit, such as D and C.
    """

    title: str
    field: Field
    fixed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """How one kind of accounting program reads vouchers in."""

    code: str
    name: str
    note: str
    dates: str
    columns: tuple[Heading, ...]

    def row(self, line: JournalLine, made_by: str) -> list[str]:
        """Return a line of the journal as this layout wants it."""
        told = {
            Field.DAY: line.day.strftime(self.dates),
            Field.YEAR: str(line.day.year),
            Field.MONTH: str(line.day.month),
            Field.VOUCHER: str(line.voucher),
            Field.DOCUMENT: line.document,
            Field.TEXT: line.text,
            Field.ACCOUNT_NUMBER: line.account_number,
            Field.ACCOUNT: line.account,
            Field.PARTY: line.party,
            Field.DEBIT: _amount(line.debit),
            Field.CREDIT: _amount(line.credit),
            Field.AMOUNT: _amount(line.debit or line.credit),
            Field.MADE_BY: made_by,
        }
        side = 0 if line.debit else -1
        return [
            each.fixed[side] if each.fixed else told[each.field]
            for each in self.columns
        ]


@cache
def read_layouts() -> tuple[Layout, ...]:
    """Return the layouts that came with the program."""
    whole = read_toml(paths.resource("ledger") / "journals.toml", SCHEMA)
    return tuple(
        Layout(
            part.name("code"),
            part.name("name"),
            part.name("note"),
            part.name("dates"),
            tuple(_heading(each) for each in part.parts("columns")),
        )
        for part in whole.parts("layouts")
    )


def layout_of(code: str) -> Layout:
    """Return a layout by its code."""
    return next(each for each in read_layouts() if each.code == code)


def _heading(part: FilePart) -> Heading:
    field = Field(part.choice("field", tuple(Field)))
    is_fixed = field in (Field.FIXED, Field.SIDE)
    fixed = tuple(part.name("fixed").split("|")) if is_fixed else ()
    return Heading(part.name("title"), field, fixed)


def _amount(fen: int) -> str:
    return str(yuan(fen)) if fen else ""
