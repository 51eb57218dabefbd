"""What a request would do to the rosters of the months that it touches."""

from dataclasses import dataclass
from datetime import date

from carehome.rules.requests import Effect


@dataclass(frozen=True, slots=True)
class MonthEffect:
    """What changes in the roster of the month that begins on `first`."""

    first: date
    is_published: bool
    effect: Effect
