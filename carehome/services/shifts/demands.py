"""How many people each unit needs on each shift of a period."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from carehome.i18n import _
from carehome.rules.certificates import Kind
from carehome.rules.payroll import DayKind
from carehome.rules.periods import Period
from carehome.rules.rosters import cover as rules
from carehome.rules.rosters.cover import Cover, Need
from carehome.rules.rosters.problem import Demand
from carehome.rules.staff import StaffFacts
from carehome.services.calendar import calendar_in
from carehome.services.shifts.kinds import shift_kinds_in
from carehome.services.shifts.living import living_on, sleepers_in
from carehome.services.shifts.needs import cover_of, needs_in, ratios_in
from carehome.services.staff.facts import kinds_in, staff_facts

LADDER = "caregiver"


def demands_of(session: Session, period: Period) -> list[Demand]:
    """Return what is needed of people on the days of a period, day by day."""
    needs, ratios = needs_in(session), ratios_in(session)
    codes = {kind.kind_id: kind.shift.code for kind in shift_kinds_in(session)}
    calendar, sleepers = calendar_in(session, period), sleepers_in(session, period)
    asks_skill = any(need.skill for asked in needs.values() for need in asked)
    staff = staff_facts(session, period) if asks_skill else []
    skilled = _Skilled(staff, kinds_in(session).values())
    found = []
    for number, day in enumerate(period):
        living, is_free = living_on(sleepers, day), calendar(day) is not DayKind.WORK
        for asked in needs.values():
            need = rules.holding(asked, day, is_free)
            if need is None:
                continue
            cover = cover_of(need, living, ratios, day)
            found.append(_demand(need, cover, number, codes[need.shift_id]))
            if need.skill is not None and cover.need:
                found.append(_senior(need, number, codes[need.shift_id], skilled, day))
    return found


def _demand(need: Need, cover: Cover, number: int, code: str) -> Demand:
    """Return what a need asks for; a computed one may pass what is typed as most."""
    most = None if need.most is None else max(need.most, cover.need)
    basis = rules.say(cover) if need.is_computed else ""
    unit, wanted = _key(need), cover.need
    return Demand(number, code, wanted, unit, most, need.under, need.over, basis=basis)


def _senior(
    need: Need, number: int, code: str, skilled: "_Skilled", day: date
) -> Demand:
    level = need.skill or 0
    basis = _("at least one carer of level {level} or higher").format(level=level)
    counts = skilled.on(level, day)
    unit = _key(need)
    return Demand(number, code, 1, unit, None, need.under, counts=counts, basis=basis)


def _key(need: Need) -> str:
    return "" if need.unit_id is None else str(need.unit_id)


class _Skilled:
    """Who holds which level of the carers' certificate."""

    def __init__(self, staff: Iterable[StaffFacts], kinds: Iterable[Kind]) -> None:
        self._staff = tuple(staff)
        self._kinds = {
            kind.level: kind.kind_id for kind in kinds if kind.ladder == LADDER
        }

    def on(self, level: int, day: date) -> frozenset[str]:
        """Return the keys of those who are that skilled on a day."""
        kind_id = self._kinds.get(level)
        return frozenset(
            str(one.staff_id)
            for one in self._staff
            if kind_id is not None and one.has(kind_id, day)
        )
