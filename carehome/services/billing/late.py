"""What came to be known of months that were posted, and what was charged for them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from carehome.db.billing import BillLineRow, BillRow, BillRunRow
from carehome.db.change_log import ChangeRow
from carehome.db.residents import AbsenceRow, ResidentRow
from carehome.rules.billing.lines import Line
from carehome.rules.periods import months_after

# How far back posted months are computed again; older ones are closed for good (ours).
LOOK_BACK = 12
_OF_ONE = (
    "stay",
    "bed_use",
    "grade_change",
    "meal_choice",
    "absence",
    "personal_price",
    "standing_charge",
    "charge",
    "cover",
    "resident",
)
_OF_ALL = ("price_list", "price", "fee_item", "home")
FACTS = frozenset((*_OF_ONE, *_OF_ALL, "bed", "bill_run"))  # what a trial stands on


def late_in(
    session: Session, month: date, resident_id: int | None = None
) -> dict[date, set[int]]:
    """Return who has facts that a posted month was computed without.

    These are the residents whose records changed after the posting, all of them when
    a price or a setting did, and those whose absence went on beyond the month. With
    `resident_id`, only they are looked for.
    """
    runs = session.scalars(
        select(BillRunRow).where(
            BillRunRow.departure_id.is_(None),
            BillRunRow.month < month,
            BillRunRow.month >= months_after(month, -LOOK_BACK),
        )
    )
    everybody = select(ResidentRow.id)
    if resident_id is not None:
        everybody = everybody.where(ResidentRow.id == resident_id)
    common = _common_change_in(session)
    late: dict[date, set[int]] = defaultdict(set)
    for run in runs:
        end = months_after(run.month, 1)
        if common > run.change_id:
            late[run.month] = set(session.scalars(everybody))
            continue
        changed = select(ChangeRow.resident_id).where(
            ChangeRow.id > run.change_id,
            ChangeRow.record.in_(_OF_ONE),
            ChangeRow.action != "look",
        )
        away = select(AbsenceRow.resident_id).where(
            AbsenceRow.left_on < end,
            AbsenceRow.returned_on.is_(None) | (AbsenceRow.returned_on > end),
        )
        if resident_id is not None:
            changed = changed.where(ChangeRow.resident_id == resident_id)
            away = away.where(AbsenceRow.resident_id == resident_id)
        late[run.month] = {
            found
            for query in (changed, away)
            for found in session.scalars(query.distinct())
            if found is not None
        }
    for month_of_final, found in _late_after_final(session, month, common):
        if resident_id in (None, found):
            late[month_of_final].add(found)
    return dict(late)


def _late_after_final(
    session: Session, month: date, common: int
) -> Iterator[tuple[date, int]]:
    """Yield whose records changed after their final bill, up to a month."""
    finals = session.execute(
        select(BillRow.month, BillRow.resident_id, func.max(BillRunRow.change_id))
        .join(BillRunRow, BillRunRow.id == BillRow.run_id)
        .where(
            BillRunRow.departure_id.is_not(None),
            BillRow.month <= month,
            BillRow.month >= months_after(month, -LOOK_BACK),
        )
        .group_by(BillRow.month, BillRow.resident_id)
    ).all()
    newest = dict(
        session.execute(
            select(ChangeRow.resident_id, func.max(ChangeRow.id))
            .where(
                ChangeRow.resident_id.in_({found for _, found, _change in finals}),
                ChangeRow.record.in_(_OF_ONE),
                ChangeRow.action != "look",
            )
            .group_by(ChangeRow.resident_id)
        ).all()
    )
    for billed, found, change_id in finals:
        if max(common, newest.get(found, 0)) > change_id:
            yield billed, found


def _common_change_in(session: Session) -> int:
    """Return the number of the newest change that touches everybody's bill."""
    of_all = select(func.max(ChangeRow.id)).where(ChangeRow.record.in_(_OF_ALL))
    newest = session.scalar(of_all) or 0
    beds = select(ChangeRow.id, ChangeRow.after).where(
        ChangeRow.id > newest,
        ChangeRow.record == "bed",
        ChangeRow.action == "update",
    )
    classes = [x for x, after in session.execute(beds) if "bed_class" in (after or {})]
    return max(classes, default=newest)


def charged_in(
    session: Session, resident_ids: Collection[int], months: Iterable[date]
) -> dict[int, dict[date, list[Line]]]:
    """Return all posted lines of some residents by the month they are for."""
    found: dict[int, dict[date, list[Line]]] = defaultdict(lambda: defaultdict(list))
    query = (
        select(BillRow.resident_id, BillLineRow.for_month, BillLineRow.detail)
        .join(BillRow, BillRow.id == BillLineRow.bill_id)
        .where(BillLineRow.for_month.in_(list(months)))
    )
    if len(resident_ids) == 1:
        query = query.where(BillRow.resident_id.in_(resident_ids))
    rows = session.execute(query)
    for resident_id, for_month, detail in rows:
        if resident_id in resident_ids:
            found[resident_id][for_month].append(Line.from_json(detail))
    return found


def newest_change_in(session: Session) -> int:
    """Return the number of the newest change that bills are computed from."""
    query = select(func.max(ChangeRow.id)).where(
        ChangeRow.record.in_(FACTS),
        ChangeRow.action != "look",
    )
    return session.scalar(query) or 0
