"""Days lived here that nothing is charged for: a question for the review."""

from dataclasses import dataclass
from datetime import date

from carehome.rules.billing.facts import Facts
from carehome.rules.billing.runs import charged_days, ordinals
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
    found: list[Gap] = []
    for category in SERVICE_CATEGORIES:
        uses = sorted(
            ordinals(use.period)
            for use in facts.uses
            if facts.items[use.item_code].category == category
        )
        for first, last in charged:
            free = first
            for starts, ends in [*uses, (last, last)]:
                until = min(starts, last)
                if free < until:
                    days = Period(date.fromordinal(free), date.fromordinal(until))
                    found.append(Gap(category, days))
                free = max(free, min(ends, last))
    return found
