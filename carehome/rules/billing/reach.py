"""How far back a changed record reaches: which posted months it may correct.

Where the log does not tell, a change is taken to reach back to the beginning: a month
computed once too often costs a moment, one left out costs somebody money.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

NOWHERE, EVERYWHERE = date.max, date.min
# Records of one resident, and on which day what they say begins.
STARTS = {
    "stay": "admitted_on",
    "bed_use": "starts",
    "grade_change": "starts",
    "meal_choice": "starts",
    "absence": "left_on",
    "personal_price": "starts",
    "standing_charge": "starts",
    "charge": "day",
    "cover": "starts",
}
# Records whose end says nothing about the days before it. Not so an absence or a stay:
# whether days away are given back hangs on how many there are.
ENDS = frozenset(("bed_use", "personal_price", "standing_charge", "cover"))
# Records of the whole home, and which columns of theirs bills are computed from.
COMMON = {
    "home": frozenset(("charge_admission_day", "charge_discharge_day")),
    "bed": frozenset(("bed_class",)),
    "fee_item": frozenset(("category", "unit", "applies_to")),
    "price_list": frozenset(("starts", "state")),
    "price": frozenset(("fen",)),
}
Row = Mapping[str, Any]


def reach(record: str, before: Row | None, after: Row | None) -> date:
    """Return the first day that a change to one resident's record may touch."""
    start = STARTS.get(record)
    if start is None:
        return NOWHERE
    told = [row[start] for row in (before, after) if row and row.get(start)]
    if told:
        return min(map(date.fromisoformat, told))
    changed = {*(before or ()), *(after or ())}
    if record in ENDS and changed == {"ends"}:
        ends = [row["ends"] for row in (before, after) if row and row["ends"]]
        return min(map(date.fromisoformat, ends), default=NOWHERE)
    return EVERYWHERE


def common_reach(
    record: str, before: Row | None, after: Row | None, list_starts: date | None
) -> date:
    """Return the first day that a change to a record of all may touch.

    `list_starts` is when the price list of the record begins; None of a list that
    never held.
    """
    if record in {"price_list", "price"}:
        return list_starts or NOWHERE
    is_new = before is None
    if is_new or not COMMON[record] & (before or {}).keys():
        return NOWHERE
    return EVERYWHERE
