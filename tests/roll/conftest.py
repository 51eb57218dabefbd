from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from carehome.rules import roll as rolls
from carehome.rules import sheets
from carehome.rules.roll import Roll
from carehome.rules.sheets import Area, Value
from tests.roll.people import TODAY

RollReader = Callable[..., Roll]
BookWriter = Callable[..., Path]


@pytest.fixture(autouse=True)
def _collect_garbage_on_the_main_thread() -> None:
    """No window is opened here, so that hundreds of small tests need no sweeping."""


@pytest.fixture(scope="session")
def read_roll() -> RollReader:
    """Read rows of bare values as a roll on 2026-11-21."""

    def read(
        rows: Sequence[Sequence[Value]],
        merged: Sequence[Area] = (),
        day_zero: date = sheets.DAY_ZERO,
        hidden: Sequence[int] = (),
        **home: object,
    ) -> Roll:
        sheet = sheets.sheet("花名册", rows, merged, hidden, day_zero)
        return rolls.read(sheet, today=TODAY, **home)  # type: ignore[arg-type]

    return read


@pytest.fixture
def write_book(tmp_path: Path) -> BookWriter:
    """Write sheets of bare values into an xlsx file: {name: rows}."""

    def write(pages: dict[str, Sequence[Sequence[Value]]], **merged: str) -> Path:
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for name, rows in pages.items():
            page = book.create_sheet(name)
            for row in rows:
                page.append(list(row))
            for area in merged.get(name, "").split():
                page.merge_cells(area)
        path = tmp_path / "花名册.xlsx"
        book.save(path)
        return path

    return write
