"""Lists on their way into a workbook: where to save it, and how that went."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from carehome.errors import CareHomeError
from carehome.i18n import _, show_day
from carehome.reports.table import Cell, Kind
from carehome.reports.table import Column as Heading
from carehome.services.lists import Lists
from carehome.ui.kit import dialogs
from carehome.ui.kit.extract import Extract
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.progress import Cancelled, Progress
from carehome.ui.kit.table import Column

_DOCUMENTS = QStandardPaths.StandardLocation.DocumentsLocation
SAMPLE, WIDEST = 200, 60  # rows looked at for the width of a column; its most


def save_list(
    jobs: Jobs,
    lists: Lists,
    today: Callable[[], date],
    asker: QWidget,
    extract: Extract[Any],
) -> QFileDialog:
    """Ask where to save a list that is before the person, and write it there."""
    columns = [_as_saved(column, extract.rows) for column in extract.columns]
    name = _("{list} {day}").format(list=extract.title, day=show_day(today()))
    step = Progress(_("Saving the list")).step
    values = (lists.save, extract, columns, step)
    return save_workbook(asker, jobs, f"{name}.xlsx", _write, *values)


def save_workbook(
    asker: QWidget,
    jobs: Jobs,
    name: str,
    write: Callable[..., object],
    *values: Any,
) -> QFileDialog:
    """Ask where to save a workbook, and let `write(*values, path)` write it there."""
    kind = _("Workbooks (*.xlsx)")
    return _ask_where(asker, name, kind, partial(_save, asker, jobs, write, values))


def save_text(
    asker: QWidget,
    jobs: Jobs,
    name: str,
    write: Callable[..., object],
    *values: Any,
) -> QFileDialog:
    """Ask where to save a list as text, and let `write(*values, path)` write it."""
    kind = _("Text in columns (*.csv)")
    return _ask_where(asker, name, kind, partial(_save, asker, jobs, write, values))


def save_calendar(
    asker: QWidget,
    jobs: Jobs,
    name: str,
    write: Callable[..., object],
    *values: Any,
) -> QFileDialog:
    """Ask where to save a calendar, and let `write(*values, path)` write it there."""
    kind = _("Calendars (*.ics)")
    return _ask_where(asker, name, kind, partial(_save, asker, jobs, write, values))


def _ask_where(
    asker: QWidget, name: str, kind: str, then: Callable[[str], None]
) -> QFileDialog:
    folder = QStandardPaths.writableLocation(_DOCUMENTS)
    place = str(Path(folder) / re.sub(r'[\\/:*?"<>|]', " ", name))
    dialog = QFileDialog(asker, _("Save as"), place, kind)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))
    dialog.fileSelected.connect(then)
    dialog.open()
    return dialog


def _write(
    save: Callable[..., int],
    extract: Extract[Any],
    columns: Sequence[Any],
    step: Callable[[int, int], None],
    path: Path,
) -> int:
    """Unpack the rows on the other thread: there may be many of them."""
    return save(extract.title, columns, extract.rows, step, path)


def _as_saved(
    column: Column[Any], rows: Sequence[Any]
) -> tuple[Heading, Callable[[Any], Cell]]:
    """Return the head of a column and what reads its cells: words, or real values."""
    title = _(column.title)
    sample = rows[:: max(len(rows) // SAMPLE, 1)]
    longest = max([title, *map(column.text, sample)], key=_signs)
    wide = min(_signs(longest) + 3, WIDEST)
    heading = Heading(title, wide, Kind[column.kind.upper()])
    if heading.kind is Kind.TEXT:
        return heading, partial(_text, column.value, column.show)
    return heading, column.value


def _text(
    value: Callable[[Any], Any], show: Callable[[Any], str], row: Any
) -> str | None:
    found = value(row)
    return None if found is None else show(found)


def _signs(text: str) -> int:
    """Count the places that a text takes in a cell: Chinese characters take two."""
    return sum(2 if sign > "\u2000" else 1 for sign in text)


def _save(
    asker: QWidget,
    jobs: Jobs,
    write: Callable[..., object],
    values: Sequence[Any],
    file: str,
) -> None:
    said = partial(say_saved, asker, Path(file))
    failed = partial(_say_failed, asker)
    jobs.run(asker, said, write, *values, Path(file), failed=failed)


def say_saved(asker: QWidget, path: Path, _done: object) -> None:
    """Say where something was saved."""
    text = _("“{file}” is in the folder {folder}.")
    said = text.format(file=path.name, folder=path.parent)
    dialogs.say(asker, _("Saved"), said)


def _say_failed(asker: QWidget, error: Exception) -> None:
    if isinstance(error, Cancelled):
        return
    if not isinstance(error, CareHomeError):
        raise error
    dialogs.tell(asker, error)
