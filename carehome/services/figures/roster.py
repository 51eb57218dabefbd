"""Figures of who was on duty, by the published rosters."""

from carehome.i18n import N_
from carehome.rules.figures import Figure, Rows, quotient, unknown
from carehome.rules.today import words
from carehome.services.figures.asked import Asked
from carehome.services.figures.registry import counts

NOT_PUBLISHED = words(N_("No roster of the period is published."))
DayLine = tuple[int, int, int]  # carers, people at night, carers at night


def _rows(asked: Asked) -> Rows:
    titles = (N_("Day"), N_("Carers"), N_("People at night"), N_("Carers at night"))
    return Rows(titles, tuple((day, *line) for day, line in asked.on_duty.items()))


def _mean(asked: Asked, place: int) -> Figure:
    """Return one column of the days, in the mean of the days of published rosters."""
    days = asked.on_duty
    if not days:
        return unknown(NOT_PUBLISHED)
    return quotient(sum(line[place] for line in days.values()), len(days), _rows(asked))


@counts("roster.published_share")
def published_share(asked: Asked) -> Figure:
    """Return the share of days that a published roster covers."""
    return quotient(len(asked.on_duty), asked.span.days, _rows(asked))


@counts("roster.carers_mean")
def carers_mean(asked: Asked) -> Figure:
    """Return how many carers work on a day, in the mean."""
    return _mean(asked, 0)


@counts("roster.night_mean")
def night_mean(asked: Asked) -> Figure:
    """Return how many people work at night, in the mean."""
    return _mean(asked, 1)


@counts("roster.night_carers_mean")
def night_carers_mean(asked: Asked) -> Figure:
    """Return how many carers work at night, in the mean."""
    return _mean(asked, 2)


@counts("roster.night_cover_share")
def night_cover_share(asked: Asked) -> Figure:
    """Return the share of nights on which a carer was on duty."""
    days = asked.on_duty
    if not days:
        return unknown(NOT_PUBLISHED)
    covered = sum(line[2] > 0 for line in days.values())
    return quotient(covered, len(days), _rows(asked))


@counts("roster.residents_per_carer")
def residents_per_carer(asked: Asked) -> Figure:
    """Return the residents of the last day over the mean carers of 24 hours."""
    return _to_one_carer(asked, len(asked.residents))


@counts("roster.severe_per_carer")
def severe_per_carer(asked: Asked) -> Figure:
    """Return severely disabled residents over the mean carers of 24 hours."""
    return _to_one_carer(asked, sum((each or 0) >= 3 for each in asked.levels.values()))


@counts("roster.moderate_per_carer")
def moderate_per_carer(asked: Asked) -> Figure:
    """Return moderately disabled residents over the mean carers of 24 hours."""
    return _to_one_carer(asked, sum(each == 2 for each in asked.levels.values()))


def _to_one_carer(asked: Asked, residents: int) -> Figure:
    mean = _mean(asked, 0)
    if mean.value is None:
        return mean
    return quotient(residents, mean.value, mean.rows)
