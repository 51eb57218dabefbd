"""Figures of those who ask for a place, and of those who wait for one."""

from datetime import date

from carehome.i18n import N_
from carehome.rules.figures import Figure, Rows, count, quotient
from carehome.services.figures.asked import RESIDENT_TITLES, Asked
from carehome.services.figures.records import Enquiry, Waiting
from carehome.services.figures.registry import counts


@counts("enquiries.asked")
def asked_for(asked: Asked) -> Figure:
    """Count who asked for a place in the period."""
    lines = tuple(
        (each.asked_on, each.caller, each.name)
        for each in asked.records.enquiries
        if asked.span.holds(each.asked_on)
    )
    return count(Rows((N_("Asked on"), N_("Caller"), N_("For whom")), lines))


@counts("enquiries.admitted_share")
def admitted_share(asked: Asked) -> Figure:
    """Return the share of those who asked in the period and have been admitted."""
    who = [e for e in asked.records.enquiries if asked.span.holds(e.asked_on)]
    lines = tuple((e.asked_on, e.name, _admitted_on(asked, e)) for e in who)
    came = sum(line[-1] is not None for line in lines)
    titles = (N_("Asked on"), N_("For whom"), N_("Admitted on"))
    return quotient(came, len(who), Rows(titles, lines))


def _admitted_on(asked: Asked, enquiry: Enquiry) -> date | None:
    """Return when whom it was for came; an earlier stay is no answer."""
    days = (
        stay.period.start
        for stay in asked.records.stays
        if stay.resident_id == enquiry.resident_id
    )
    return next((day for day in days if enquiry.asked_on <= day <= asked.last), None)


@counts("enquiries.visits")
def visits(asked: Asked) -> Figure:
    """Count the visits to the home by those who ask."""
    lines = tuple(
        (day, name) for day, name in asked.records.visits if asked.span.holds(day)
    )
    return count(Rows((N_("Day"), N_("For whom")), lines))


def _waiting(asked: Asked) -> list[Waiting]:
    return [
        each
        for each in asked.records.waiting
        if each.applied_on <= asked.last < (each.left_on or asked.last.max)
    ]


@counts("enquiries.waiting")
def waiting(asked: Asked) -> Figure:
    """Count who waits for a place on the last day."""
    found = _waiting(asked)
    lines = tuple(asked.line(each.resident_id, each.applied_on) for each in found)
    return count(Rows((*RESIDENT_TITLES, N_("Applied on")), lines))


@counts("enquiries.waiting_days")
def waiting_days(asked: Asked) -> Figure:
    """Return how many days those who wait have waited, in the mean."""
    days = [(asked.last - each.applied_on).days for each in _waiting(asked)]
    return quotient(sum(days), len(days), waiting(asked).rows)
