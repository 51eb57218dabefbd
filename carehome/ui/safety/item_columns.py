"""The columns in which the items of a checklist are read."""

from carehome.i18n import N_, _
from carehome.rules.safety.forms import (
    SURENESS_NAMES,
    WEIGHT_NAMES,
    FormItem,
    Sureness,
    Weight,
)
from carehome.rules.safety.hazards import SEVERITY_NAMES, SEVERITY_TONES
from carehome.ui.kit import table
from carehome.ui.kit.table import Column

Row = tuple[int, FormItem]


def _sure(row: Row) -> str:
    return _(SURENESS_NAMES[row[1].sureness])


def _all(row: Row) -> str:
    """Say in a tip all that an item says."""
    item = row[1]
    parts = (
        (_("What is looked at"), item.text),
        (_("How it is looked at"), item.method),
        (_("What fails it"), item.fails),
        (_("Source"), item.source),
        (_("How much it binds"), _(WEIGHT_NAMES[item.weight])),
    )
    text = _("{name}: {value}")
    return "\n".join(text.format(name=name, value=each) for name, each in parts if each)


COLUMNS: tuple[Column[Row], ...] = (
    table.number(N_("No."), lambda row: row[0] + 1),
    Column(N_("Section"), lambda row: row[1].section or None, width=86),
    Column(N_("What is looked at"), lambda row: row[1].text, width=210, tip=_all),
    Column(
        N_("Hazard if it fails"),
        lambda row: _(SEVERITY_NAMES[row[1].severity]),
        chip=lambda row: SEVERITY_TONES[row[1].severity],
    ),
    Column(
        N_("How sure the source is"),
        _sure,
        chip=lambda row: "warn" if row[1].sureness is Sureness.REMEMBERED else None,
    ),
    Column(N_("Picture"), lambda row: _("Yes") if row[1].needs_picture else None),
    Column(
        N_("How much it binds"),
        lambda row: (
            None if row[1].weight is Weight.REQUIRED else _(WEIGHT_NAMES[row[1].weight])
        ),
    ),
    table.number(N_("Full mark"), lambda row: row[1].points),
)
