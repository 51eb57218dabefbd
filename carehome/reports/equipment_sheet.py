"""The empty sheet in which a home lists its equipment, to be read in afterwards."""

from collections.abc import Sequence
from pathlib import Path

from carehome.i18n import _
from carehome.reports import files
from carehome.rules.equipment_roll import LABELS, Field

_ROWS = 500  # that offer the kinds to choose from
_WIDE = {Field.KIND: 24, Field.PLACE: 32, Field.NOTE: 32}
_DAYS = (Field.MADE, Field.SERVED)


def write_sheet(path: Path, kinds: Sequence[str]) -> None:
    """Write the titles, the shape of the days, and the kinds to choose from."""
    from xlsxwriter.workbook import Workbook  # noqa: PLC0415 - slow to import

    with files.whole(path) as part, part.open("wb") as file:
        book = Workbook(file)
        page = book.add_worksheet(_("Equipment"))
        listed = book.add_worksheet(_("Kinds"))
        listed.write_column(0, 0, kinds)
        listed.set_column(0, 0, _WIDE[Field.KIND])
        title = book.add_format({"bold": True, "bg_color": "#E7E6E6", "border": 1})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for at, field in enumerate(LABELS):
            page.write_string(0, at, _(LABELS[field]), title)
            page.set_column(
                at, at, _WIDE.get(field, 16), day if field in _DAYS else None
            )
        source = f"='{listed.get_name()}'!$A$1:$A${max(len(kinds), 1)}"
        offer = {"validate": "list", "source": source, "error_type": "information"}
        page.data_validation(1, 0, _ROWS, 0, offer)
        page.freeze_panes(1, 0)
        book.close()
