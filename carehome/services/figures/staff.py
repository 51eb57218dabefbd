"""Figures of who works here: how many, with which certificates, of which age."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from carehome.i18n import N_
from carehome.rules.certificates import holdings
from carehome.rules.figures import Cell, Figure, Rows, count, quotient
from carehome.rules.periods import DAY, after_months
from carehome.rules.residents import age_on
from carehome.rules.staff import EDUCATION_NAMES
from carehome.rules.today import words
from carehome.services.figures.asked import Asked, members
from carehome.services.figures.records import Member
from carehome.services.figures.registry import counts

Wanted = Callable[[Asked, Member], bool]
LEVELS = (1, 2, 3, 4, 5)
EDUCATIONS = ("lower", "secondary", "college", "bachelor")
BANDS = ((0, 36), (36, 46), (46, 56), (56, 999))  # the bands of the statistics
YEAR = 12
YES = words(N_("yes"))


def _those(wanted: Wanted) -> Callable[[Asked], Figure]:
    """Count the staff of the last day who are wanted."""

    def counter(asked: Asked) -> Figure:
        return count(members(each for each in asked.staff if wanted(asked, each)))

    return counter


def _carers(wanted: Wanted) -> Callable[[Asked], Figure]:
    """Count the carers of the last day who are wanted."""

    def counter(asked: Asked) -> Figure:
        return count(members(each for each in asked.carers if wanted(asked, each)))

    return counter


def _share(
    among: Callable[[Asked], list[Member]], wanted: Wanted, title: str
) -> Callable[[Asked], Figure]:
    """Return the share of some of the staff who are wanted."""

    def counter(asked: Asked) -> Figure:
        people = among(asked)
        found = {each.staff_id for each in people if wanted(asked, each)}
        rows = members(people, lambda m: YES if m.staff_id in found else None, title)
        return quotient(len(found), len(people), rows)

    return counter


def _everybody(asked: Asked) -> list[Member]:
    return asked.staff


def _all_carers(asked: Asked) -> list[Member]:
    return asked.carers


def _is_certified(asked: Asked, member: Member) -> bool:
    return asked.level_of(member) is not None


def _is_social_worker(asked: Asked, member: Member) -> bool:
    return asked.holds(member, "social")


def _on_post_with(code: str) -> Wanted:
    """Say who holds a post that asks for a certificate, and has it."""

    def wanted(asked: Asked, member: Member) -> bool:
        kinds = asked.records.kinds
        needs = {kinds[need].code for post in member.posts for need in post.needs}
        return code in needs and asked.holds(member, code)

    return wanted


def _needing(asked: Asked) -> list[Member]:
    """Return who holds a post that asks for any certificate."""
    return [each for each in asked.staff if any(p.needs for p in each.posts)]


def _has_all_needed(asked: Asked, member: Member) -> bool:
    held = holdings(member.certificates, asked.records.kinds)
    return all(
        any(span.holds(asked.last) for span in held.get(need, ()))
        for post in member.posts
        for need in post.needs
    )


def _age(asked: Asked, member: Member) -> int:
    age = age_on(member.person.born, asked.last)
    return -1 if age is None else age


def _aged(least: int, below: int) -> Wanted:
    return lambda asked, each: least <= _age(asked, each) < below


def _educated(*codes: str) -> Wanted:
    return lambda _asked, each: each.person.education in codes


def _of_level(level: int) -> Wanted:
    return lambda asked, each: asked.level_of(each) == level


def _has_contract(asked: Asked, member: Member) -> bool:
    return any(
        starts <= asked.last <= (last_day or date.max)
        for starts, last_day in member.contracts
    )


def _is_insured(asked: Asked, member: Member) -> bool:
    person = member.person
    since, until = person.insured_from, person.insured_until or date.max
    return since is not None and since <= asked.last <= until


def _is_checked(asked: Asked, member: Member) -> bool:
    day = member.person.checked_on
    return day is not None and day <= asked.last


is_nurse, is_doctor = _on_post_with("nurse"), _on_post_with("doctor")
counts("staff.total")(_those(lambda _asked, _each: True))
counts("staff.female")(_those(lambda _asked, each: each.person.sex == "female"))
counts("staff.part_time")(_those(lambda _asked, each: not each.person.is_full_time))
counts("staff.nurses")(_those(is_nurse))
counts("staff.doctors")(_those(is_doctor))
counts("staff.social_workers")(_those(_is_social_worker))
counts("staff.assessors")(_those(lambda asked, each: asked.holds(each, "assessor")))
counts("staff.fire_operators")(_those(lambda asked, each: asked.holds(each, "fire")))
counts("staff.carers")(_carers(lambda _asked, _each: True))
counts("staff.carers_certified")(_carers(_is_certified))
counts("staff.carers_uncertified")(_carers(lambda a, each: not _is_certified(a, each)))
for _level in LEVELS:
    counts(f"staff.carers_level_{_level}")(_carers(_of_level(_level)))
for _code in EDUCATIONS:
    counts(f"staff.education_{_code}")(_those(_educated(_code)))
counts("staff.education_unknown")(_those(_educated("")))
for _least, _below in BANDS:
    counts(f"staff.age_{_least}")(_those(_aged(_least, _below)))
counts("staff.age_unknown")(_those(lambda asked, each: _age(asked, each) < 0))
CERTIFIED, HOLDS = N_("Certified"), N_("Holds what the post asks for")
counts("staff.carers_certified_share")(_share(_all_carers, _is_certified, CERTIFIED))
counts("staff.posts_certified_share")(_share(_needing, _has_all_needed, HOLDS))
counts("staff.health_share")(
    _share(
        _all_carers, lambda asked, m: asked.holds(m, "health"), N_("Health certificate")
    )
)
counts("staff.age_from_40_share")(_share(_everybody, _aged(40, 999), N_("40 or older")))
counts("staff.college_share")(
    _share(_everybody, _educated("college", "bachelor"), N_("College or higher"))
)
counts("staff.contract_share")(_share(_everybody, _has_contract, N_("Contract")))
counts("staff.insured_share")(_share(_everybody, _is_insured, N_("Insured")))
counts("staff.checked_share")(_share(_everybody, _is_checked, N_("Checked")))


@counts("staff.posts")
def posts(asked: Asked) -> Figure:
    """Count the main posts that somebody holds, with the people of each."""
    held = [each.posts[0].post_id for each in asked.staff if each.posts]
    lines = tuple(
        (post.name, held.count(number))
        for number, post in asked.records.posts.items()
        if number in held
    )
    return count(Rows((N_("Post"), N_("People")), lines))


def _turned(
    told: Callable[[Member], date | None], title: str
) -> Callable[[Asked], Figure]:
    """Count whose day lies in the period."""

    def counter(asked: Asked) -> Figure:
        return count(members(_in_period(asked, told), told, title))

    return counter


def _in_period(asked: Asked, told: Callable[[Member], date | None]) -> list[Member]:
    days = ((each, told(each)) for each in asked.records.staff)
    return [each for each, day in days if day is not None and asked.span.holds(day)]


def _hired_on(member: Member) -> date | None:
    return member.person.hired_on


def _left_on(member: Member) -> date | None:
    return member.person.left_on


counts("staff.hired")(_turned(_hired_on, N_("Hired on")))
counts("staff.left")(_turned(_left_on, N_("Left on")))


@counts("staff.turnover")
def turnover(asked: Asked) -> Figure:
    """Return who left over the mean staff: half of the first and the last day."""
    left = _in_period(asked, _left_on)
    before = sum(each.works(asked.span.start - DAY) for each in asked.records.staff)
    mean = Fraction(before + len(asked.staff), 2)
    return quotient(len(left), mean, members(left, _left_on, N_("Left on")))


def _is_fresh(member: Member) -> bool:
    """Say whether a carer was hired within a year of graduating."""
    person = member.person
    known = (
        person.graduated_on,
        person.education in ("secondary", "college", "bachelor"),
    )
    if not (member.is_carer and person.is_full_time and all(known)):
        return False
    assert person.graduated_on
    return person.hired_on < after_months(person.graduated_on, YEAR)


@counts("staff.graduates")
def graduates(asked: Asked) -> Figure:
    """Count the carers who came to work here within a year of their graduation."""
    fresh = [each for each in asked.staff if _is_fresh(each)]
    return count(members(fresh, _education, N_("Education")))


def _education(member: Member) -> Cell:
    return words(EDUCATION_NAMES[member.person.education])


def _residents_to(wanted: Wanted) -> Callable[[Asked], Figure]:
    """Return how many residents there are to one of some of the staff."""

    def counter(asked: Asked) -> Figure:
        found = [each for each in asked.staff if wanted(asked, each)]
        return quotient(len(asked.residents), len(found), members(found))

    return counter


counts("staff.residents_per_carer")(_residents_to(lambda _asked, each: each.is_carer))
counts("staff.residents_per_nurse")(_residents_to(is_nurse))
counts("staff.residents_per_doctor")(_residents_to(is_doctor))
counts("staff.residents_per_social_worker")(_residents_to(_is_social_worker))


@counts("staff.severe_per_carer")
def severe_per_carer(asked: Asked) -> Figure:
    """Return how many severely disabled residents there are to one carer."""
    severe = sum((level or 0) >= 3 for level in asked.levels.values())
    return quotient(severe, len(asked.carers), members(asked.carers))


@counts("staff.social_workers_per_100_beds")
def social_workers_per_100_beds(asked: Asked) -> Figure:
    """Return how many social workers there are to a hundred beds."""
    found = [each for each in asked.staff if _is_social_worker(asked, each)]
    return quotient(100 * len(found), asked.beds_at_end.there, members(found))
