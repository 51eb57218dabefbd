"""What the text of an agreement consists of: its fields, its clauses, its model."""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from carehome import paths


@dataclass(frozen=True, slots=True)
class Field:
    """Something that a template may ask for, by the name people type in Word."""

    code: str
    name: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class FieldList:
    """A list that fills the rows of a table, with the fields of each row."""

    code: str
    name: str
    where: str
    columns: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Fields:
    """All that a template may ask for."""

    single: tuple[Field, ...]
    lists: tuple[FieldList, ...]

    @property
    def names(self) -> dict[str, str]:
        """The name of each single field by its code."""
        return {field.code: field.name for field in self.single}


@dataclass(frozen=True, slots=True)
class ClauseGroup:
    """What order 66, article 16, wants in an agreement; `words` betray its heading."""

    code: str
    name: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListTable:
    """A table of the model text: its list, the name of a row, titles and widths."""

    list_name: str
    row_name: str
    columns: tuple[tuple[str, str, int], ...]  # title, field of the row, per cent


@dataclass(frozen=True, slots=True)
class ModelText:
    """The text that comes with the program, as data."""

    edition: str
    source: str
    heading: str  # a pattern that headings follow which have no style of their own
    required: tuple[ClauseGroup, ...]
    tables: dict[str, ListTable]
    blocks: tuple[tuple[str, ...], ...]


@cache
def fields() -> Fields:
    """Read what a template may ask for."""
    told = _read("agreement-fields.json")
    single = tuple(Field(**field) for field in told["fields"])
    lists = tuple(
        FieldList(
            each["code"],
            each["name"],
            each["where"],
            tuple(Field(**column) for column in each["columns"]),
        )
        for each in told["lists"]
    )
    return Fields(single, lists)


@cache
def model() -> ModelText:
    """Read the model text."""
    told = _read("agreement-text.json")
    tables = {
        name: ListTable(table["list"], table["as"], tuple(map(tuple, table["columns"])))
        for name, table in told["tables"].items()
    }
    required = tuple(
        ClauseGroup(each["code"], each["name"], tuple(each["words"]))
        for each in told["required"]
    )
    blocks = tuple(map(tuple, told["blocks"]))
    return ModelText(
        told["edition"], told["source"], told["heading"], required, tables, blocks
    )


def _read(name: str) -> dict[str, Any]:
    path = paths.resource("templates") / name
    told: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return told
