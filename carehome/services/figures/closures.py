"""Figures of closed management: times at which nobody moved in anywhere."""

from carehome.i18n import N_
from carehome.rules.figures import Figure, Rows, count, total
from carehome.services.figures.asked import Asked
from carehome.services.figures.registry import counts


def _listed(asked: Asked) -> Rows:
    """List the closures of the whole home that touch the period."""
    lines = tuple(
        (each.start, each.end, each.days_within(asked.span), reason)
        for each, reason in asked.records.closures
        if each.days_within(asked.span)
    )
    titles = (N_("From"), N_("Open again on"), N_("Days"), N_("Reason"))
    return Rows(titles, lines)


@counts("service.closed_management_days")
def closed_days(asked: Asked) -> Figure:
    """Count the days on which the whole home was closed."""
    rows = _listed(asked)
    closed = [span for span, _reason in asked.records.closures]
    days = sum(any(span.holds(day) for span in closed) for day in asked.span)
    return total(days, rows)


@counts("service.closed_management_times")
def closed_times(asked: Asked) -> Figure:
    """Count how often the whole home was closed in the period."""
    return count(_listed(asked))
