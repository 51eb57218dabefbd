"""A roll that was begun and not read in: kept, and offered when one comes again."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from carehome.i18n import _
from carehome.rules.roll import Field, columns
from carehome.ui.kit import drafts, theme
from carehome.ui.kit.buttons import button
from carehome.ui.rolls.draft import Draft, opened

NAME = "roll"


class Unfinished(QWidget):
    """Keeps what is said about a roll; `wanted` carries what was kept of one."""

    wanted = Signal(dict)

    def __init__(self) -> None:
        super().__init__()
        self._kept: dict[str, Any] = {}
        self.words = QLabel()
        self.go_on = button(_("Go on with it"), "right", kind="small")
        self.drop = button(_("Clear it"), kind="link")
        theme.mark(self.words, "note")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        for part in (self.words, self.go_on, self.drop):
            row.addWidget(part)
        row.addStretch()
        self.hide()
        self.go_on.clicked.connect(lambda: self.wanted.emit(self._kept))
        self.drop.clicked.connect(self.end)

    def look(self) -> None:
        """Offer the roll that was left, if there is one."""
        shelf = drafts.shelf()
        self._kept = shelf.look(NAME)[0] if shelf else {}
        if self._kept:
            text = _("“{file}” was begun and not read in.")
            self.words.setText(text.format(file=Path(self._kept["path"]).name))
        self.setVisible(bool(self._kept))

    def keep(self, draft: Draft) -> None:
        """Keep what is said about a roll so far."""
        if shelf := drafts.shelf():
            shelf.keep(NAME, plain(draft))

    def end(self) -> None:
        """The roll is read in, or not wanted any more."""
        if shelf := drafts.shelf():
            shelf.keep(NAME, {})
        self.hide()


def plain(draft: Draft) -> dict[str, Any]:
    """Return what is said about a roll as JSON can hold it; not the roll itself."""
    heading = draft.heading
    return {
        "path": str(draft.path),
        "sheet": draft.sheet.name,
        "row": heading.first if heading else 0,
        "titles": list(heading.titles) if heading else [],
        "fields": list(heading.fields) if heading else [],
        "classes": [[*room, kind] for room, kind in draft.classes.items()],
        "grades": dict(draft.grades),
    }


def taken_up(kept: dict[str, Any]) -> Draft:
    """Read the file again and say about it what was said; what fits no more is lost."""
    draft = opened(Path(kept["path"]))
    draft.classes = {(house, room): kind for house, room, kind in kept["classes"]}
    draft.grades = dict(kept["grades"])
    for sheet in draft.sheets:
        if sheet.name == kept["sheet"]:
            draft.sheet = sheet
    if 0 < kept["row"] <= len(draft.sheet.rows):
        heading = columns.at(draft.sheet, kept["row"])
        if list(heading.titles) == kept["titles"]:
            told = tuple(Field(code) if code else None for code in kept["fields"])
            heading = replace(heading, fields=told)
            draft.told[draft.sheet.name, heading.first] = heading
        draft.headings[draft.sheet.name] = heading
    return draft
