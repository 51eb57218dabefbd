"""Figures of what is assessed, agreed on and known of the residents."""

from collections.abc import Callable
from datetime import date, timedelta

from carehome.i18n import N_
from carehome.rules import agreements
from carehome.rules.assessments.due import SOON_DAYS, months_later
from carehome.rules.figures import Cell, Figure, Rows, count, quotient
from carehome.rules.residents import ABILITY_NAMES
from carehome.rules.risks.due import due_on
from carehome.rules.today import words
from carehome.services.agreements.lines import AgreementLine
from carehome.services.figures.asked import RESIDENT_TITLES, Asked
from carehome.services.figures.records import Resident
from carehome.services.figures.registry import counts

MONTH = timedelta(days=30)  # ahead of the end of an agreement (ours)


def _share(
    told: Callable[[Asked, Resident], Cell], title: str
) -> Callable[[Asked], Figure]:
    """Return the share of residents of whom there is something to tell."""

    def counter(asked: Asked) -> Figure:
        found = [told(asked, each) for each in asked.residents]
        rows = asked.people(asked.residents, lambda each: told(asked, each), title)
        part = sum(each is not None for each in found)
        return quotient(part, len(found), rows)

    return counter


def _without(
    told: Callable[[Asked, Resident], Cell],
) -> Callable[[Asked], Figure]:
    """Count the residents of whom there is nothing to tell."""

    def counter(asked: Asked) -> Figure:
        lacking = [each for each in asked.residents if told(asked, each) is None]
        return count(asked.people(lacking))

    return counter


def _assessed_on(asked: Asked, resident: Resident) -> date | None:
    """Return the day of the last assessment of this stay or shortly before it."""
    held = asked.assessed.get(resident.resident_id)
    if held is None:
        return None
    gone = asked.was_gone_on(resident.resident_id)
    return None if gone and held.base_on < gone else held.base_on


def _current_on(asked: Asked, resident: Resident) -> date | None:
    """Return the day of the last assessment while the next is not overdue."""
    day = _assessed_on(asked, resident)
    if day is None or months_later(day, asked.records.assess_months) < asked.last:
        return None
    return day


counts("care.assessed_share")(_share(_assessed_on, N_("Assessed on")))
counts("care.assessed_in_time_share")(_share(_current_on, N_("Assessed on")))
counts("care.never_assessed")(_without(_assessed_on))
counts("care.assessment_overdue")(_without(_current_on))


@counts("care.assessment_soon")
def assessment_soon(asked: Asked) -> Figure:
    """Count whose assessment is not overdue but due within a month."""
    months = asked.records.assess_months
    soon = [
        each
        for each in asked.residents
        if (day := _current_on(asked, each))
        and months_later(day, months) - SOON_DAYS <= asked.last
    ]
    return count(asked.people(soon))


@counts("care.assessments")
def assessments(asked: Asked) -> Figure:
    """Count the assessments whose base date lies in the period."""
    lines = tuple(
        asked.line(
            each.resident_id,
            each.base_on,
            ""
            if each.ability_level is None
            else words(ABILITY_NAMES[each.ability_level]),
            day=each.base_on,
        )
        for each in asked.records.assessments
        if asked.span.holds(each.base_on)
    )
    return count(Rows((*RESIDENT_TITLES, N_("Assessed on"), N_("Ability")), lines))


def _binds(line: AgreementLine, day: date) -> bool:
    signed = line.course.signed_on
    is_running = agreements.state_on(line.course, day) in agreements.RUNNING
    return is_running and signed is not None and signed <= day


def _agreed_until(asked: Asked, resident: Resident) -> Cell:
    """Return until when a signed agreement binds; without an end it says so."""
    found = [
        line.course.last_day or date.max
        for line in asked.records.agreements.get(resident.resident_id, ())
        if _binds(line, asked.last)
    ]
    if not found:
        return None
    return words(N_("Without end")) if date.max in found else max(found)


def _is_renewed(asked: Asked, resident_id: int) -> bool:
    """Say whether an agreement that begins later is signed already."""
    return any(
        line.course.signed_on is not None
        and line.course.signed_on <= asked.last < line.course.starts
        for line in asked.records.agreements.get(resident_id, ())
    )


counts("care.agreed_share")(_share(_agreed_until, N_("Agreement until")))
counts("care.not_agreed")(_without(_agreed_until))


@counts("care.agreement_ending")
def agreement_ending(asked: Asked) -> Figure:
    """Count whose agreement ends within 30 days, and no other follows."""
    ends = {each.resident_id: _agreed_until(asked, each) for each in asked.residents}
    soon = {
        who: day
        for who, day in ends.items()
        if isinstance(day, date) and day - MONTH <= asked.last
        if not _is_renewed(asked, who)
    }
    found = [each for each in asked.residents if each.resident_id in soon]
    rows = asked.people(
        found, lambda each: soon[each.resident_id], N_("Agreement until")
    )
    return count(rows)


@counts("care.agreements_signed")
def agreements_signed(asked: Asked) -> Figure:
    """Count the agreements that were signed in the period."""
    found = tuple(
        asked.line(line.resident_id, line.agreement.number, signed)
        for lines in asked.records.agreements.values()
        for line in lines
        if (signed := line.course.signed_on) and asked.span.holds(signed)
    )
    titles = (*RESIDENT_TITLES, N_("Agreement"), N_("Signed on"))
    return count(Rows(titles, found))


def _risks_on(asked: Asked, resident: Resident) -> date | None:
    """Return the day on which the risks of this stay were last assessed."""
    days = asked.records.risk_days.get(resident.resident_id, ())
    gone = asked.was_gone_on(resident.resident_id) or date.min
    return max((d for d, _told in days if gone <= d <= asked.last), default=None)


def _risks_current_on(asked: Asked, resident: Resident) -> date | None:
    day = _risks_on(asked, resident)
    return None if day is None or due_on(day) < asked.last else day


def _told_on(asked: Asked, resident: Resident) -> date | None:
    """Return when the last assessment of the risks was told to somebody."""
    last = _risks_on(asked, resident)
    days = asked.records.risk_days.get(resident.resident_id, ())
    told = [told_on for day, told_on in days if day == last and told_on]
    return max((day for day in told if day <= asked.last), default=None)


counts("care.risks_share")(_share(_risks_on, N_("Assessed on")))
counts("care.risks_in_time_share")(_share(_risks_current_on, N_("Assessed on")))
counts("care.risks_overdue")(_without(_risks_current_on))
counts("care.risks_told_share")(_share(_told_on, N_("Told on")))


@counts("care.risk_assessments")
def risk_assessments(asked: Asked) -> Figure:
    """Count how often risks were assessed in the period."""
    lines = tuple(
        asked.line(who, day, day=day)
        for who, days in asked.records.risk_days.items()
        for day, _told in days
        if asked.span.holds(day)
    )
    return count(Rows((*RESIDENT_TITLES, N_("Assessed on")), lines))


def _reachable(asked: Asked, resident: Resident) -> Cell:
    is_known = resident.resident_id in asked.records.reachable
    return words(N_("yes")) if is_known else None


def _way_out(asked: Asked, resident: Resident) -> date | None:
    since = asked.records.ways_out.get(resident.resident_id)
    return since if since and since <= asked.last else None


counts("care.contact_share")(_share(_reachable, N_("Emergency contact")))
counts("care.evacuation_share")(_share(_way_out, N_("Written down on")))
