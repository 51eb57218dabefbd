"""The services about money that several screens share, and what they all say of it."""

from dataclasses import dataclass
from datetime import date

from carehome.i18n import _
from carehome.services.billing import Billing
from carehome.services.consequences import Consequences
from carehome.services.day_sheets import DaySheets
from carehome.services.deposits import Deposits
from carehome.services.home import Home
from carehome.services.late_facts import LateFacts
from carehome.services.papers import Papers
from carehome.services.payers import Payers
from carehome.services.payments import Payments
from carehome.services.prices import OwnPrices, Prices
from carehome.services.receipts import METHOD_NAMES, Receipts
from carehome.services.residents import Residents
from carehome.services.trust import TrustMoney

_NOT_BY_HAND = ("deposit", "none")


@dataclass(frozen=True, slots=True)
class MoneyServices:
    """What one person can do with money, in one hand."""

    billing: Billing
    payments: Payments
    receipts: Receipts
    deposits: Deposits
    prices: Prices
    papers: Papers
    residents: Residents
    home: Home
    payers: Payers
    own_prices: OwnPrices
    ahead: Consequences
    sheets: DaySheets
    late: LateFacts
    trust: TrustMoney


def methods() -> dict[str, str]:
    """Return the ways in which money comes and goes, by code."""
    return {
        code: _(name) for code, name in METHOD_NAMES.items() if code not in _NOT_BY_HAND
    }


def say_months(months: tuple[date, ...]) -> str:
    """Name some months in one line: 2026-09, 2026-10."""
    return _(", ").join(f"{month:%Y-%m}" for month in months)
