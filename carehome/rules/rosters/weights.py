"""What the home wishes of a roster beyond the law, and how much each wish weighs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """The limits that the home sets itself, and the points for missing a wish.

    `run_most` are days of work in a row, `rest_least` days off in a row,
    `weekends_most` weekends with work in a month, `rest_hours` the hours between two
    shifts. The others are points: for each shift too many or too few, each day of rest
    missing, each weekend too many, each half weekend, each night, weekend day or
    holiday beyond or below a fair share, each shift in another unit; `wish` multiplies
    a person's wish.
    """

    run_most: int = 6
    rest_least: int = 2
    weekends_most: int = 3
    rest_hours: int = 11
    shifts: int = 10
    rest: int = 3
    weekends: int = 8
    half_weekend: int = 2
    nights: int = 10
    weekend_days: int = 4
    holidays: int = 10
    stranger: int = 2
    wish: int = 1
