"""Hours of a month as payroll takes them, one line a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from carehome.rules.payroll import Hours, Pay
from carehome.rules.staff import Scheme


@dataclass(frozen=True, slots=True)
class PaidLine:
    """Somebody's hours; `premiums` in fen are None where the pay is not known."""

    staff_id: int
    name: str
    unit: str
    post: str
    scheme: Scheme
    hours: Hours
    premiums: Mapping[Pay, int] | None = None


@dataclass(frozen=True, slots=True)
class PayrollMonth:
    """A month of everybody.

    `drafts` are months it rests upon whose roster is not published; `missing` those
    that have none at all. `guessed` are years whose calendar the state has not told.
    """

    first: date
    lines: tuple[PaidLine, ...]
    drafts: tuple[date, ...] = ()
    missing: tuple[date, ...] = ()
    guessed: tuple[int, ...] = ()
    with_money: bool = False
