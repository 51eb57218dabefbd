"""What a sheet came to: taken over under a name, or a list of what is wrong with it."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QLabel, QWidget

from carehome.i18n import N_, _
from carehome.rules.ratings import items as rules
from carehome.rules.ratings.items import (
    PART_NAMES,
    TABLE_STANDINGS,
    Fault,
    marks_of,
)
from carehome.rules.ratings.points import show_points
from carehome.services.ratings.tables import (
    Heading,
    Preview,
    RatingTables,
    SheetTaken,
)
from carehome.ui.kit import theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.dialogs import AskDialog
from carehome.ui.kit.fields import ChoiceField, NoteField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.hand import Hand

WIDE, HIGH, ASKED = 760, 300, 620


class FaultsDialog(AskDialog):
    """Lists row by row what is wrong with a sheet; its button asks for another."""

    def __init__(self, preview: Preview, parent: QWidget) -> None:
        title = _("“{file}” cannot be taken over").format(file=preview.file_name)
        super().__init__(title, _("Choose the corrected sheet"), parent)
        faults = preview.reading.faults
        text = _(
            "{count} {count:thing is|things are} wrong. Nothing was taken over. "
            "Correct the sheet in Excel or WPS, save it, and choose it once more."
        )
        told = QLabel(text.format(count=len(faults)))
        told.setWordWrap(True)
        model = TableModel(COLUMNS, lambda row: row[0])
        self.view = TableView(model, "ratings.faults", N_("What is wrong"))
        self.view.table.set_rows(list(enumerate(faults)))
        self.view.setMinimumSize(theme.px(WIDE), theme.px(HIGH))
        self.body.addWidget(told)
        self.body.addWidget(ListCard(self.view), 1)


def take_over_dialog(
    preview: Preview, tables: RatingTables, hand: Hand, parent: QWidget
) -> DeedDialog:
    """Return a dialog that asks for the name of a whole sheet and takes it over."""
    form = Form()
    form.add_widget(_about(preview))
    form.add(
        "name",
        TextField(_("Name of the table"), most=60),
        blame=(rules.TableNameless, rules.TableNameTaken, SheetTaken),
    )
    form.add("edition", TextField(_("Edition"), needed=False, most=60))
    form.add("region", TextField(_("Region it holds in"), needed=False, most=60))
    form.add("source", TextField(_("Source"), needed=False, most=200))
    standings = {
        code: _(name) for code, name in TABLE_STANDINGS.items() if code != "ours"
    }
    form.add("standing", ChoiceField(_("How it binds"), standings))
    form.add("note", NoteField(_("Note")))
    form.set_values({"name": preview.name, "standing": "in force"})
    dialog = DeedDialog(
        _("Take over “{file}”").format(file=preview.file_name),
        form,
        _("Take over"),
        hand.jobs,
        partial(_deed, tables, preview),
        parent,
        f"rating-table:{preview.sha256[:12]}",
    )
    dialog.setMinimumWidth(theme.px(ASKED))
    return dialog


def _about(preview: Preview) -> QLabel:
    """Say what the sheet holds, part by part."""
    items = preview.reading.items
    parts = _(", ").join(
        f"{_(PART_NAMES[part])} {show_points(mark)}"
        for part, mark in marks_of(items).items()
    )
    text = _("{count} {count:item|items}, the sums are right: {parts}.")
    label = QLabel(text.format(count=len(items), parts=parts))
    label.setWordWrap(True)
    theme.mark(label, "note")
    return label


def _deed(
    tables: RatingTables, preview: Preview, values: dict[str, Any]
) -> "partial[int]":
    heading = Heading(
        values["name"],
        values["edition"] or "",
        values["region"] or "",
        values["source"] or "",
        values["standing"],
        values["note"] or "",
    )
    return partial(tables.take_over, preview, heading)


COLUMNS: tuple[Column[tuple[int, Fault]], ...] = (
    Column(N_("Sheet"), lambda row: row[1].place.sheet if row[1].place else None),
    Column(N_("Row"), lambda row: row[1].place.row if row[1].place else None),
    Column(N_("Column"), lambda row: row[1].column or None),
    Column(N_("What is wrong"), lambda row: row[1].message, stretch=True),
)
