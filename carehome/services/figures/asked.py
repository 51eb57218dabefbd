"""One period of the records: who lives and works here on its last day, and over it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property

from carehome.i18n import N_
from carehome.rules.bed_days import BedDays, total
from carehome.rules.figures import Cell, Rows
from carehome.rules.grades import subsidy_class
from carehome.rules.periods import DAY, Period
from carehome.rules.residents import age_on
from carehome.services.figures.duty import on_duty_in
from carehome.services.figures.records import Assessed, Member, Records, Resident
from carehome.services.figures.watch import Watch

Line = tuple[Cell, ...]
RESIDENT_TITLES = (N_("Name"), N_("File number"), N_("Bed"))
STAFF_TITLES = (N_("Name"), N_("Staff number"), N_("Post"))
CAREGIVER = "caregiver"  # the ladder of skill


class Asked:
    """One period and its last day, which is today while the period runs."""

    def __init__(self, records: Records, period: Period, today: date) -> None:
        assert period.end is not None, "figures are asked of a period that ends"
        self.records, self.period, self.today = records, period, today
        self.last = max(min(period.end - DAY, today), period.start)
        self.span = Period(period.start, self.last + DAY)

    @cached_property
    def bed_days(self) -> BedDays:
        """The bed days of the period."""
        return total(self.records.past.beds, self.span)

    @cached_property
    def watch(self) -> Watch:
        """What fire safety knows of the period."""
        return Watch(self.records, self.span, self.last)

    @cached_property
    def each_bed_at_end(self) -> list[tuple[int, BedDays]]:
        """What each bed was on the last day."""
        day = Period(self.last, self.last + DAY)
        told = ((each.bed_id, total([each], day)) for each in self.records.past.beds)
        return [(bed_id, days) for bed_id, days in told if days.there]

    @cached_property
    def beds_at_end(self) -> BedDays:
        """What all beds together were on the last day."""
        return sum((days for _bed, days in self.each_bed_at_end), BedDays())

    @cached_property
    def residents(self) -> list[Resident]:
        """Who lives here on the last day, by name."""
        known, day = self.records.residents, self.last
        ids = {s.resident_id for s in self.records.stays if s.period.holds(day)}
        return sorted((known[who] for who in ids), key=lambda each: each.name)

    @cached_property
    def ids(self) -> set[int]:
        """The numbers of those who live here on the last day."""
        return {each.resident_id for each in self.residents}

    @cached_property
    def person_days(self) -> int:
        """How many days residents have lived here in the period."""
        return sum(stay.period.days_within(self.span) for stay in self.records.stays)

    @cached_property
    def assessed(self) -> dict[int, Assessed]:
        """The assessment that holds for each on the last day."""
        found = self.records.assessments
        return {each.resident_id: each for each in found if each.base_on <= self.last}

    def was_gone_on(self, resident_id: int) -> date | None:
        """Return when somebody's stay before this one ended."""
        ends = self.records.ends.get(resident_id, ())
        return max((end for end in ends if end <= self.last), default=None)

    @cached_property
    def levels(self) -> dict[int, int | None]:
        """The ability level of each resident; by hand where none was ever assessed."""
        rated = {
            each.resident_id
            for each in self.records.assessments
            if each.ability_level is not None
        }
        return {each.resident_id: self._level(each, rated) for each in self.residents}

    def _level(self, resident: Resident, rated: set[int]) -> int | None:
        held = self.assessed.get(resident.resident_id)
        if held is not None and held.ability_level is not None:
            return held.ability_level
        return None if resident.resident_id in rated else resident.level_by_hand

    def is_demented(self, resident: Resident) -> bool:
        """Say whether somebody had dementia on the last day."""
        since = resident.dementia_on
        return resident.has_dementia and (since is None or since <= self.last)

    def class_of(self, resident: Resident) -> str:
        """Return the class that subsidies count somebody by, empty when unassessed."""
        level = self.levels[resident.resident_id]
        rules = self.records.subsidy_rules
        return subsidy_class(rules, level, self.is_demented(resident))

    def age_of(self, resident: Resident) -> int | None:
        """Return how old somebody is on the last day."""
        return age_on(resident.born, self.last)

    @cached_property
    def belonging(self) -> Mapping[str, set[int]]:
        """Return who belongs to each category on the last day."""
        found: dict[str, set[int]] = defaultdict(set)
        for code, who, starts, ends in self.records.belonging:
            if (starts or date.min) <= self.last < (ends or date.max):
                found[code].add(who)
        return found

    def bed_of(self, resident_id: int, day: date) -> str:
        """Return the bed that somebody lives in on a day."""
        for period, bed_id in self.records.uses.get(resident_id, ()):
            if period.holds(day):
                return self.records.beds[bed_id].name
        return ""

    def line(self, resident_id: int, *more: Cell, day: date | None = None) -> Line:
        """Return the line of a resident in the list behind a figure."""
        name = self.records.residents[resident_id].name
        return (name, resident_id, self.bed_of(resident_id, day or self.last), *more)

    def people(
        self,
        residents: Iterable[Resident],
        more: Callable[[Resident], Cell] | None = None,
        title: str = "",
    ) -> Rows:
        """List residents, with one more column where it is given."""
        if more is None:
            lines = tuple(self.line(each.resident_id) for each in residents)
            return Rows(RESIDENT_TITLES, lines)
        lines = tuple(self.line(each.resident_id, more(each)) for each in residents)
        return Rows((*RESIDENT_TITLES, title), lines)

    @cached_property
    def staff(self) -> list[Member]:
        """Who works here on the last day."""
        return [each for each in self.records.staff if each.works(self.last)]

    @cached_property
    def carers(self) -> list[Member]:
        """Who of them is in front-line care by the main post."""
        return [each for each in self.staff if each.is_carer]

    @cached_property
    def on_duty(self) -> dict[date, tuple[int, int, int]]:
        """Carers, people at night and carers at night of each day on a roster."""
        return on_duty_in(self.records, self.span)

    def holds(self, member: Member, code: str) -> bool:
        """Say whether somebody holds a certificate of a kind on the last day."""
        kinds = self.records.kinds
        return any(
            kinds[each.kind_id].code == code and each.period.holds(self.last)
            for each in member.certificates
        )

    def level_of(self, member: Member) -> int | None:
        """Return the highest level of skill that somebody holds; 1 is the highest."""
        kinds = self.records.kinds
        valid = (
            kinds[each.kind_id]
            for each in member.certificates
            if each.period.holds(self.last)
        )
        levels = (kind.level for kind in valid if kind.ladder == CAREGIVER)
        return min(filter(None, levels), default=None)


def members(
    staff: Iterable[Member],
    more: Callable[[Member], Cell] | None = None,
    title: str = "",
) -> Rows:
    """List members of staff, with one more column where it is given."""
    titles = STAFF_TITLES if more is None else (*STAFF_TITLES, title)
    return Rows(titles, tuple(_member(each, more) for each in staff))


def _member(member: Member, more: Callable[[Member], Cell] | None) -> Line:
    post = member.posts[0].name if member.posts else ""
    line = (member.person.name, member.person.number, post)
    return line if more is None else (*line, more(member))
