"""What changes from one price list to another, and what it means in a month."""

from collections.abc import Iterator

from carehome.i18n import N_, _, show_day, show_money
from carehome.rules.billing.tariff import Terms
from carehome.rules.prices.comparing import (
    COURSE_NAMES,
    Course,
    PriceChange,
    monthly,
)
from carehome.services.prices.comparing import Comparison
from carehome.ui.fees.terms import facts_of
from carehome.ui.fees.trial_pane import show_change
from carehome.ui.kit import table
from carehome.ui.kit.table import RIGHT, Column

_TONES = {
    Course.RISES: "warn",
    Course.FALLS: "info",
    Course.NEW: "ok",
    Course.GONE: "quiet",
}

COLUMNS: tuple[Column[PriceChange], ...] = (
    Column(
        N_("Item"),
        lambda row: row.item.name,
        stretch=True,
        bold=True,
        tip=lambda row: row.item.name,
    ),
    table.money(N_("Before"), lambda row: row.before),
    table.money(N_("After"), lambda row: row.after, bold=True),
    Column(
        N_("Changed by"),
        lambda row: row.difference or None,
        show_change,
        align=RIGHT,
        kind="money",
    ),
    Column(
        N_("In per cent"),
        lambda row: row.percent,
        lambda share: f"{share:+}%".replace("-", "\u2212"),
        align=RIGHT,
    ),
    Column(
        N_("Course"),
        lambda row: _(COURSE_NAMES[row.course]),
        chip=lambda row: _TONES.get(row.course),
    ),
    table.number(N_("Residents who pay it"), lambda row: row.item.payers or None),
    Column(
        N_("All together a month"),
        lambda row: row.monthly or None,
        show_change,
        align=RIGHT,
        kind="money",
    ),
)


def say_comparison(found: Comparison) -> str:
    """Say what changes, what that comes to in a month, and which terms change."""
    if found.older is None:
        return _("There is no older list to compare with.")
    counts = [
        _("{course}: {count}").format(course=_(COURSE_NAMES[course]), count=count)
        for course in COURSE_NAMES
        if (count := sum(each.course is course for each in found.changes))
    ]
    against = _("Compared with the list from {day}: {counts}").format(
        day=show_day(found.older.starts), counts=_(", ").join(counts)
    )
    told = [against]
    if total := monthly(found.changes):
        more = _("Residents together pay {amount} more in a whole month.")
        less = _("Residents together pay {amount} less in a whole month.")
        text = more if total > 0 else less
        told.append(text.format(amount=show_money(abs(total))))
    told += _say_terms(found.older.terms, found.newer.terms)
    return "\n".join(told)


def _say_terms(older: Terms, newer: Terms) -> Iterator[str]:
    """Say how days are counted, and what absences give back, where that changes."""
    text = _("Changed, {name}: {after} (so far: {before})")
    for before, after in zip(facts_of(older), facts_of(newer), strict=True):
        if before.value != after.value:
            parts = {"before": before.value, "after": after.value}
            yield text.format(name=after.name, **parts)
