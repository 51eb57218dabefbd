"""What tests and inspections found, read from the register of hazards."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.hazards import HazardRow
from carehome.rules.safety.hazards import Origin
from carehome.rules.safety.inspections import Finding
from carehome.services.safety.hazards import marks_in


def findings_in(
    session: Session, origin: Origin, ids: Collection[int], now: datetime
) -> Mapping[int, tuple[Finding, ...]]:
    """Return what each of `ids` found, in the order of the register."""
    rows = session.execute(
        select(HazardRow.id, HazardRow.origin_id, HazardRow.item, HazardRow.place)
        .where(HazardRow.origin == origin, HazardRow.origin_id.in_(ids))
        .order_by(HazardRow.id)
    ).all()
    marks = marks_in(session, [row.id for row in rows], now)
    found: dict[int, list[Finding]] = defaultdict(list)
    for row in rows:
        mark = marks[row.id]
        found[row.origin_id].append(
            Finding(
                row.id,
                mark.number,
                row.item,
                row.place,
                mark.severity,
                mark.state,
                mark.due_at,
                mark.is_late,
            )
        )
    return {each: tuple(findings) for each, findings in found.items()}
