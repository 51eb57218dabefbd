"""Which days are working days in China, by the calendar that the state publishes."""

from datetime import date

import chinese_calendar


def is_working_day(day: date) -> bool:
    """Say whether people work on `day`.

    The holidays of a year are published in the autumn before it; of a year that is
    not known yet, Monday to Friday count (ours).
    """
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5
