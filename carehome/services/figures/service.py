"""What one person can know of the figures of the home."""

from collections.abc import Sequence
from dataclasses import replace

from carehome.i18n import N_
from carehome.rules.figures import (
    SEEN_WITH,
    Figure,
    FigureKey,
    Group,
    definitions,
)
from carehome.rules.periods import Period
from carehome.rules.rights import Right, User
from carehome.rules.today import words
from carehome.services.figures.registry import figures_in, trend_in
from carehome.services.service import Service, needs

NOT_YOURS = words(N_("Your role does not see figures of money."))


class Figures(Service):
    """What one person can know of the figures of the home."""

    @needs(Right.SEE_OVERVIEW)
    def listed(self, period: Period) -> dict[FigureKey, Figure]:
        """Count all figures of a period."""
        with self._reading() as session:
            found = figures_in(session, definitions().keys(), period, self._today())
        return {key: for_user(figure, self._user) for key, figure in found.items()}

    @needs(Right.SEE_OVERVIEW)
    def figure(self, key: FigureKey, period: Period) -> Figure:
        """Count one figure, with the list behind it."""
        with self._reading() as session:
            found = figures_in(session, [key], period, self._today())
        return for_user(found[key], self._user)

    @needs(Right.SEE_OVERVIEW)
    def trend(self, key: FigureKey, periods: Sequence[Period]) -> list[Figure]:
        """Count one figure of several periods, for a chart."""
        with self._reading() as session:
            found = trend_in(session, key, periods, self._today())
        return [for_user(figure, self._user) for figure in found]


def for_user(figure: Figure, user: User) -> Figure:
    """Return a figure as somebody may see it: lists, and money at all, by right."""
    group = definitions()[figure.key].group
    if user.may(SEEN_WITH[group]):
        return figure
    if group is Group.FEES:
        return Figure(figure.key, unknown=NOT_YOURS)
    return replace(figure, rows=None)
