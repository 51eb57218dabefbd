"""What of a resident's papers runs out: categories, commissions of agents."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.residents import ContactRow, ResidentCategoryRow
from carehome.i18n import N_
from carehome.rules.periods import DAY
from carehome.rules.rights import Role
from carehome.rules.today import Concern, Text, Urgency, about_people, words

WARNED = timedelta(days=30)  # before something runs out it is renewed (ours)


@dataclass(frozen=True, slots=True)
class _Told:
    """In which words it is told of one resident and of several, and how urgent."""

    one: str
    many: str
    title: str
    urgency: Urgency


_CATEGORY_SOON = _Told(
    N_("A category of {name} holds until {day}"),
    N_("{count} residents have a category that ends within 30 days: {names}"),
    N_("Category runs out"),
    Urgency.SOON,
)
_CATEGORY_OVER = _Told(
    N_("A category of {name} held until {day}. Renew it, or let it end"),
    N_("{count} residents have a category that has run out: {names}"),
    N_("Category has run out"),
    Urgency.SOON,
)
_AGENT_SOON = _Told(
    N_("The commission of the agent of {name} holds until {day}"),
    N_("{count} commissions of agents run out within 30 days: {names}"),
    N_("Commission runs out"),
    Urgency.SOON,
)
_AGENT_OVER = _Told(
    N_("The commission of the agent of {name} held until {day}"),
    N_("{count} commissions of agents have run out: {names}"),
    N_("Commission has run out"),
    Urgency.LATE,
)


def concerns_in(
    session: Session, names: Mapping[int, str], day: date
) -> Iterator[Concern]:
    """Yield whose categories and agents' commissions run out; `names` live here.

    A category that has run out is told for as long as before; then it is history.
    """
    categories = _category_ends(session, day - WARNED)
    subject = words(N_("Category"))
    yield from _told(categories, names, day, subject, (_CATEGORY_OVER, _CATEGORY_SOON))
    agents = _commission_ends(session)
    subject = words(N_("Agent"))
    yield from _told(agents, names, day, subject, (_AGENT_OVER, _AGENT_SOON))


def _told(
    ends: Mapping[int, date],
    names: Mapping[int, str],
    day: date,
    subject: Text,
    told: tuple[_Told, _Told],
) -> Iterator[Concern]:
    """Tell what has run out, and what does within the days of warning."""
    over = {who for who, end in ends.items() if end <= day}
    soon = {who for who, end in ends.items() if day < end <= day + WARNED}
    for each, ids in zip(told, (over, soon), strict=True):
        people = {who: names[who] for who in sorted(ids) if who in names}
        if people:
            yield about_people(
                subject,
                people,
                each.one,
                each.many,
                each.urgency,
                title=each.title,
                role=Role.FRONT_DESK,
                due=min(ends[who] for who in people) - DAY,
            )


def _category_ends(session: Session, since: date) -> dict[int, date]:
    """Return when the first proven category of each ends that does not go on.

    What ended before `since` is history, and so is what was told without a proof.
    """
    query = select(
        ResidentCategoryRow.resident_id,
        ResidentCategoryRow.code,
        ResidentCategoryRow.ends,
        ResidentCategoryRow.proof,
    )
    last: dict[tuple[int, str], tuple[date, str]] = {}
    for resident_id, code, end, proof in session.execute(query):
        key = resident_id, code
        last[key] = max(last.get(key, (date.min, "")), (end or date.max, proof))
    found: dict[int, date] = {}
    for (resident_id, _code), (end, proof) in last.items():
        if proof and since < end < date.max:
            found[resident_id] = min(end, found.get(resident_id, date.max))
    return found


def _commission_ends(session: Session) -> dict[int, date]:
    query = select(ContactRow.resident_id, ContactRow.commission_ends).where(
        ContactRow.commission_ends.is_not(None)
    )
    found: dict[int, date] = {}
    for resident_id, end in session.execute(query):
        if end:
            found[resident_id] = min(end, found.get(resident_id, date.max))
    return found
