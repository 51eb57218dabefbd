"""How banks lay out the files of their statements; the layouts are data."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from carehome import paths
from carehome.i18n import N_
from carehome.rules.figures import read_toml
from carehome.rules.roll.lists import Titles
from carehome.rules.roll.words import fold
from carehome.rules.rulepacks import FilePart

SCHEMA = "carehome/bank/1"
_FEWEST = 4  # columns that make a row of titles


class Field(StrEnum):
    """What a column of a statement can tell."""

    DAY = "day"
    TIME = "time"
    IN = "in"
    OUT = "out"
    FLAG = "flag"
    AMOUNT = "amount"
    BALANCE = "balance"
    PARTY = "party"
    PARTY_ACCOUNT = "party_account"
    TEXT = "text"
    PURPOSE = "purpose"
    REMARK = "remark"
    SERIAL = "serial"


LABELS: Mapping[Field, str] = {
    Field.DAY: N_("Day"),
    Field.TIME: N_("Time"),
    Field.IN: N_("Money in"),
    Field.OUT: N_("Money out"),
    Field.FLAG: N_("Word for in or out"),
    Field.AMOUNT: N_("Amount"),
    Field.BALANCE: N_("Balance after"),
    Field.PARTY: N_("Other party"),
    Field.PARTY_ACCOUNT: N_("Other party's account"),
    Field.TEXT: N_("Text of the bank"),
    Field.PURPOSE: N_("Purpose"),
    Field.REMARK: N_("Remark"),
    Field.SERIAL: N_("Serial number"),
}


class Kind(StrEnum):
    """How a layout tells money that comes from money that goes."""

    TWO_COLUMNS = "two_columns"
    FLAG = "flag"
    SIGNED = "signed"


AMOUNTS = {
    Kind.TWO_COLUMNS: (Field.IN, Field.OUT),
    Kind.FLAG: (Field.FLAG, Field.AMOUNT),
    Kind.SIGNED: (Field.AMOUNT,),
}


class Caption(StrEnum):
    """What is told beside a caption above or below the lines."""

    ACCOUNT = "account"
    OPENING = "opening"
    CLOSING = "closing"
    TOTAL_IN = "total_in"
    TOTAL_OUT = "total_out"


@dataclass(frozen=True, slots=True)
class Layout:
    """How one kind of statement looks."""

    code: str
    name: str
    kind: Kind
    titles: Titles[Field]
    captions: Mapping[str, Caption]  # by the folded words of the caption
    flags: Mapping[str, int]  # 1 for money in, -1 for money out
    totals: frozenset[str]
    skipped: tuple[str, ...]


@cache
def shipped() -> tuple[Layout, ...]:
    """Return the layouts that came with the program."""
    return tuple(map(read, sorted(paths.resource("bank").glob("*.toml"))))


def read(path: Path) -> Layout:
    """Read one layout."""
    whole = read_toml(path, SCHEMA)
    kind = Kind(whole.choice("kind", list(Kind)))
    return Layout(
        whole.name("code"),
        whole.name("name"),
        kind,
        _titles(whole.part("titles"), kind),
        {
            fold(word): caption
            for caption in Caption
            for word in whole.part("head").texts(caption.value)
        },
        _flags(whole.part("flags")) if kind is Kind.FLAG else {},
        frozenset(map(fold, whole.part("foot").texts("total"))),
        tuple(map(fold, whole.part("foot").texts("skip"))),
    )


def _titles(part: FilePart, kind: Kind) -> Titles[Field]:
    """Return by which words columns are known; an earlier field keeps its word."""
    exact: dict[str, Field] = {}
    for name in part.inside():
        for word in part.texts(name):
            exact.setdefault(fold(word), Field(name))
    amounts = AMOUNTS[kind]
    required = (Field.DAY, *amounts, Field.BALANCE, Field.PARTY)
    return Titles(exact, (), required, amounts[0], _FEWEST)


def _flags(part: FilePart) -> dict[str, int]:
    signs = {"in": 1, "out": -1}
    return {fold(word): signs[way] for way in signs for word in part.texts(way)}
