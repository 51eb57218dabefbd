"""What of a list goes out of the program: to the clipboard, or into a workbook."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Generic

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QWidget

from carehome.i18n import _
from carehome.ui.kit.table import Column, Row

# Programs for sheets read this style: a number stays as it was typed, no formula.
AS_TEXT = " style=\"mso-number-format:'\\@'\""


@dataclass(frozen=True)
class Extract(Generic[Row]):
    """Rows of a list, with the columns that are shown, in the order shown."""

    title: str
    columns: tuple[Column[Row], ...]
    rows: Sequence[Row]

    @property
    def titles(self) -> list[str]:
        """The titles as people read them."""
        return [_(column.title) for column in self.columns]

    def lines(self) -> Iterator[list[str]]:
        """Yield row after row as the list shows it, each cell in one line."""
        for row in self.rows:
            yield [_line(column.text(row)) for column in self.columns]


Save = Callable[[QWidget, Extract[Any]], object]
_save: Save | None = None


def use(save: Save | None) -> None:
    """Save lists by `save` from now on; the kit cannot, it knows no home."""
    global _save  # noqa: PLW0603
    _save = save


def can_save() -> bool:
    """Say whether a list can be saved."""
    return _save is not None


def save(asker: QWidget, extract: Extract[Any]) -> None:
    """Let whoever was named by `use` save a list."""
    if _save:
        _save(asker, extract)


def clip(extract: Extract[Any], with_titles: bool) -> QMimeData:
    """Return rows for the clipboard: as words, and as a table for sheets."""
    lines = list(extract.lines())
    if with_titles:
        lines.insert(0, extract.titles)
    styles = [AS_TEXT if column.kind == "text" else "" for column in extract.columns]
    data = QMimeData()
    data.setText("\n".join(map("\t".join, lines)))
    data.setHtml(f"<table>{''.join(_row(line, styles) for line in lines)}</table>")
    return data


def _line(text: str) -> str:
    return " ".join(text.split()) if "\n" in text or "\t" in text else text


def _row(cells: Sequence[str], styles: Sequence[str]) -> str:
    pairs = zip(cells, styles, strict=True)
    inner = "".join(f"<td{style}>{escape(cell)}</td>" for cell, style in pairs)
    return f"<tr>{inner}</tr>"
