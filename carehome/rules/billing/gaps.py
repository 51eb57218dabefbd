"""Days lived here that nothing is charged for: a question for the review."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from carehome.rules.billing.facts import Facts
from carehome.rules.billing.runs import Days, charged_days, ordinals
from carehome.rules.billing.tariff import SERVICE_CATEGORIES, Category
from carehome.rules.periods import Period


@dataclass(frozen=True, slots=True)
class Gap:
    """Charged days without a bed, care or meal item."""

    category: Category
    period: Period


def gaps(facts: Facts) -> list[Gap]:
    """Return the charged days of the month for which an item is missing.

    That may be right (somebody who cooks for himself), so it is shown, not refused.
    """
    charged = charged_days(facts.stays, ordinals(facts.span), facts.settings)
    if not charged:
        return []
    uses: dict[Category, list[Days]] = {name: [] for name in SERVICE_CATEGORIES}
    for use in facts.uses:
        category = facts.items[use.item_code].category
        if category != "other":
            uses[category].append(ordinals(use.period))
    return [
        Gap(category, Period(date.fromordinal(first), date.fromordinal(last)))
        for category, taken in uses.items()
        for first, last in _free(charged, sorted(taken))
    ]


def _free(charged: Sequence[Days], taken: Sequence[Days]) -> list[Days]:
    """Return the charged days that are not taken; both are in order."""
    found: list[Days] = []
    for first, last in charged:
        free = first
        for starts, ends in taken:
            if free < min(starts, last):
                found.append((free, min(starts, last)))
            free = max(free, ends)
        if free < last:
            found.append((free, last))
    return found
