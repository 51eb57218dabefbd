"""Residents who seem to receive two benefits that do not go together."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from carehome.db.billing import CoverRow
from carehome.db.payers import PayerRow
from carehome.db.residents import EntitlementRow, ResidentRow, StayRow
from carehome.db.subsidies import OverlapWordRow
from carehome.i18n import N_, _
from carehome.rules.entitlements import Standing, items
from carehome.rules.rights import Right
from carehome.rules.subsidies.overlaps import (
    INSURANCE,
    OverlapRule,
    OverlapWithoutReason,
    overlaps,
)
from carehome.rules.today import Concern, Target, Urgency, some_of, words
from carehome.services.home import profile_in
from carehome.services.service import Service, needs

SHOWS = frozenset({"entitlement", "cover", "payer", "stay", "overlap_word", "home"})


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two benefits of one resident, and what the home found out about them."""

    resident_id: int
    name: str
    rule: OverlapRule
    first: str
    second: str
    word: str = ""
    said_by: str = ""
    said_at: datetime | None = None


class Overlaps(Service):
    """What one person can do with benefits that do not go together."""

    @needs(Right.SEE_RESIDENTS)
    def listed(self) -> list[Overlap]:
        """List who seems to receive two such benefits; open ones come first."""
        with self._reading() as session:
            return _listed(session, self._today())

    @needs(Right.CHANGE_RESIDENTS)
    def dismiss(self, resident_id: int, rule: str, reason: str) -> None:
        """Say what was found out, so that it is asked no more."""
        if not reason.strip():
            raise OverlapWithoutReason
        with self._writing() as session:
            row = _word(session, resident_id, rule) or OverlapWordRow(
                resident_id=resident_id, rule=rule
            )
            row.reason = reason.strip()
            row.said_at, row.said_by = self._now(), self._user.name
            session.add(row)

    @needs(Right.CHANGE_RESIDENTS)
    def ask_again(self, resident_id: int, rule: str) -> None:
        """Take back what was said; it is asked again."""
        with self._writing() as session:
            if row := _word(session, resident_id, rule):
                session.delete(row)

    @needs(Right.SEE_RESIDENTS)
    def today(self, day: date) -> list[Concern]:
        """Tell of residents whose two benefits nobody has looked into."""
        with self._reading() as session:
            found = [each for each in _listed(session, day) if not each.word]
        if not found:
            return []
        names = some_of(list(dict.fromkeys(each.name for each in found)))
        return [
            Concern(
                words(N_("Two benefits at once")),
                words(N_("{names} seem to receive both; find out"), names=names),
                Urgency.SOON,
                Target("overlaps"),
                count=len(found),
            )
        ]


def _listed(session: Session, day: date) -> list[Overlap]:
    profile = profile_in(session)
    names = {item.code: item.name for item in items()}
    names[INSURANCE] = _("Long-term-care insurance")
    said = session.scalars(select(OverlapWordRow))
    words_of = {(row.resident_id, row.rule): row for row in said}
    found = []
    for (resident_id, name), received in _received(session, day).items():
        for rule in overlaps(received, profile.region, profile.address):
            word = words_of.get((resident_id, rule.code))
            found.append(
                Overlap(
                    resident_id,
                    name,
                    rule,
                    names.get(rule.first, rule.first),
                    names.get(rule.second, rule.second),
                    word.reason if word else "",
                    word.said_by if word else "",
                    word.said_at.replace(tzinfo=UTC) if word else None,
                )
            )
    return sorted(found, key=lambda each: (bool(each.word), each.name))


def _received(session: Session, day: date) -> dict[tuple[int, str], set[str]]:
    """Return which benefits each who lives here is noted to receive."""
    here = (
        select(StayRow.resident_id)
        .where(StayRow.admitted_on <= day)
        .where(or_(StayRow.discharged_on.is_(None), StayRow.discharged_on > day))
    )
    query = (
        select(ResidentRow.id, ResidentRow.name, EntitlementRow.item)
        .join(EntitlementRow, EntitlementRow.resident_id == ResidentRow.id)
        .where(EntitlementRow.state == Standing.RECEIVES, ResidentRow.id.in_(here))
    )
    found: dict[tuple[int, str], set[str]] = defaultdict(set)
    for resident_id, name, item in session.execute(query):
        found[resident_id, name].add(item)
    insured = (
        select(ResidentRow.id, ResidentRow.name)
        .join(CoverRow, CoverRow.resident_id == ResidentRow.id)
        .join(PayerRow, PayerRow.id == CoverRow.payer_id)
        .where(PayerRow.kind == INSURANCE, CoverRow.starts <= day)
        .where(or_(CoverRow.ends.is_(None), CoverRow.ends > day))
        .where(ResidentRow.id.in_(here))
    )
    for resident_id, name in session.execute(insured):
        found[resident_id, name].add(INSURANCE)
    return found


def _word(session: Session, resident_id: int, rule: str) -> OverlapWordRow | None:
    query = select(OverlapWordRow).where(
        OverlapWordRow.resident_id == resident_id, OverlapWordRow.rule == rule
    )
    return session.scalar(query)
