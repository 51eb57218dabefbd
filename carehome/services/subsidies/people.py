"""The residents of a month as subsidies count them, read from the records."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.residents import MealChoiceRow
from carehome.rules.periods import DAY, Period, after_months
from carehome.rules.subsidies.counting import Candidate
from carehome.services.figures.asked import Asked
from carehome.services.figures.records import Records

HOSPITAL = "hospital"


def candidates_in(session: Session, period: Period, today: date) -> list[Candidate]:
    """Return everybody who lived here in a period, by name, up to today."""
    records = Records(session, today)
    whole = Asked(records, period, today)
    plans = _plans(session)
    days: dict[int, list[Period]] = defaultdict(list)
    for stay in records.stays:
        if part := stay.period.within(whole.span):
            days[stay.resident_id].append(part)
    at_end: dict[date, Asked] = {whole.last: whole}
    found = []
    for resident_id, parts in days.items():
        last = max(part.end - DAY for part in parts if part.end)
        if last not in at_end:
            at_end[last] = Asked(records, Period(period.start, last + DAY), today)
        found.append(
            _candidate(at_end[last], resident_id, parts, whole.last, plans[resident_id])
        )
    return sorted(found, key=lambda each: each.name)


def _candidate(
    asked: Asked,
    resident_id: int,
    parts: list[Period],
    last: date,
    plans: list[Period],
) -> Candidate:
    """Look at somebody as they were on their own last day of the period."""
    records = asked.records
    resident = records.residents[resident_id]
    held = asked.assessed.get(resident_id)
    away = [
        (kind, Period(span.start + DAY, span.end))
        for who, kind, span in records.absences
        if who == resident_id and (span.end is None or span.end > span.start + DAY)
    ]
    hospital = [span for kind, span in away if kind == HOSPITAL]
    is_here_last = any(part.holds(last) for part in parts)
    return Candidate(
        resident_id,
        resident.name,
        asked.class_of(resident),
        held.base_on if held else None,
        held is not None
        and after_months(held.base_on, records.assess_months) > asked.last,
        _days(parts),
        sum(span.days_within(part) for span in hospital for part in parts),
        is_here_last,
        is_here_last and any(span.holds(last) for span in hospital),
        _eaten(parts, [span for _kind, span in away], plans),
    )


def _days(parts: Iterable[Period]) -> int:
    return sum(part.days for part in parts)


def _eaten(parts: list[Period], away: list[Period], plans: list[Period]) -> int:
    """Count the days here with a plan of meals; a day away has no meal here."""
    return sum(
        any(plan.holds(day) for plan in plans) and not any(x.holds(day) for x in away)
        for part in parts
        for day in part
    )


def _plans(session: Session) -> dict[int, list[Period]]:
    """Return when each resident had meals here."""
    query = select(
        MealChoiceRow.resident_id, MealChoiceRow.starts, MealChoiceRow.plan
    ).order_by(MealChoiceRow.resident_id, MealChoiceRow.starts)
    found: dict[int, list[Period]] = defaultdict(list)
    rows = session.execute(query).all()
    for place, (resident_id, starts, plan) in enumerate(rows):
        after = rows[place + 1] if place + 1 < len(rows) else None
        end = after.starts if after and after.resident_id == resident_id else None
        if plan and (end is None or end > starts):
            found[resident_id].append(Period(starts, end))
    return found
