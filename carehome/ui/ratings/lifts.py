"""What would lift the grade as a list: the most points per effort first."""

from collections.abc import Callable
from functools import partial
from typing import Any

from carehome.i18n import N_, _
from carehome.rules.money import half_up
from carehome.rules.ratings.items import PART_NAMES
from carehome.rules.ratings.lifting import EFFORT_NAMES, Lift
from carehome.rules.ratings.points import show_points
from carehome.services.ratings.standing import RatingStanding
from carehome.ui.kit import table
from carehome.ui.kit.fields import ChoiceField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.tabbed import Tab


def lifts_list(planned: Callable[[Lift], str]) -> TableView[Lift]:
    """Return the list of items that lack points; `planned` says who has one in hand."""
    plan = Column(N_("Plan"), planned)
    model = TableModel((*COLUMNS, plan), lambda row: row.item.item_id)
    view = TableView(model, "ratings.lifts", N_("What would lift the grade"))
    view.set_empty(_("No judged item lacks points."))
    return view


def ask_effort(
    tab: Tab, standing: RatingStanding, self_id: int, lift: Lift
) -> DeedDialog:
    """Ask how hard the points of an item are to be had."""
    form = Form()
    efforts = {effort: _(name) for effort, name in EFFORT_NAMES.items()}
    form.add("effort", ChoiceField(_("Effort"), efforts))
    form.set_values({"effort": lift.effort})

    def deed(values: dict[str, Any]) -> "partial[None]":
        item_id = lift.item.item_id or 0
        return partial(standing.set_effort, self_id, item_id, values["effort"])

    dialog = DeedDialog(
        _("Effort for {code}").format(code=lift.item.code),
        form,
        _("Save"),
        tab.hand.jobs,
        deed,
        tab,
        f"rating-effort:{self_id}:{lift.item.item_id}",
    )
    dialog.open()
    return dialog


COLUMNS: tuple[Column[Lift], ...] = (
    Column(N_("Code"), lambda row: row.item.code),
    Column(
        N_("What is judged"),
        lambda row: row.item.name,
        bold=True,
        stretch=True,
        tip=lambda row: row.item.name,
    ),
    Column(N_("Part of the table"), lambda row: _(PART_NAMES[row.item.part])),
    Column(
        N_("Points missing"),
        lambda row: show_points(row.missing),
        align=table.RIGHT,
        order=lambda row: row.missing,
    ),
    Column(
        N_("Full mark"),
        lambda row: show_points(row.item.hundredths),
        align=table.RIGHT,
        order=lambda row: row.item.hundredths,
    ),
    Column(
        N_("Effort"),
        lambda row: _(EFFORT_NAMES[row.effort]),
        order=lambda row: row.effort,
    ),
    Column(
        N_("Points per effort"),
        lambda row: show_points(half_up(*row.worth.as_integer_ratio())),
        align=table.RIGHT,
        order=lambda row: row.worth,
    ),
)
