"""A claim as a table: the sum and who bears it, and everybody behind it."""

from collections.abc import Iterator

from carehome.i18n import _, show_day, show_money
from carehome.reports.table import Cell, Column, Kind, Table
from carehome.rules.periods import DAY
from carehome.rules.subsidies.counting import Person
from carehome.rules.subsidies.schemes import STAMP, Counts
from carehome.rules.subsidies.working import Working
from carehome.services.subsidies.claims import SubsidyClaim


def paper_of(working: Working, claim: SubsidyClaim | None) -> Table:
    """Return a claim with those who are in, and below them those who are not."""
    return _table(working, claim, working.people)


def book_of(working: Working, claim: SubsidyClaim | None) -> Table:
    """Return the same for a workbook."""
    return _table(working, claim, working.people)


def _table(
    working: Working, claim: SubsidyClaim | None, people: tuple[Person, ...]
) -> Table:
    listed = sorted(people, key=lambda each: not each.is_in)
    first, end = working.period.start, working.period.end
    assert end is not None, "a claim is for days that end"
    title = _("{name} {first} to {last} ({stamp})").format(
        name=working.scheme.claim.name,
        first=show_day(first),
        last=show_day(end - DAY),
        stamp=_(STAMP),
    )
    columns = (
        Column(_("No."), 6, Kind.NUMBER),
        Column(_("Name"), 14),
        Column(_("Class or post"), 14),
        Column(_("Assessed on"), 12, Kind.DAY),
        Column(_count_title(working.scheme.counts), 10, Kind.NUMBER),
        Column(_("Rate"), 12, Kind.MONEY),
        Column(_("Amount"), 14, Kind.MONEY),
        Column(_("Why in or not"), 40),
    )
    rows = [
        (
            number,
            each.name,
            each.class_,
            each.assessed_on,
            each.count,
            each.rate_fen,
            each.fen,
            say_why(each),
        )
        for number, each in enumerate(listed, 1)
    ]
    total = sum(each.fen for each in people)
    sums: tuple[Cell, ...] = (None, _("Total"), None, None, None, None, total, None)
    return Table(
        title,
        columns,
        rows,
        tuple(_notes(working, claim)),
        sums,
        (_("Made by"), _("Checked by"), _("Director")),
    )


def say_why(each: Person) -> str:
    """Say why somebody is in a claim, or is not."""
    return _(each.lacks) if each.lacks else str(each.why)


def _count_title(counts: Counts) -> str:
    return _("Count") if counts is Counts.THINGS else _("Days")


def _notes(working: Working, claim: SubsidyClaim | None) -> Iterator[str]:
    shares = _("; ").join(
        _("{payer} {fen}").format(payer=payer, fen=show_money(fen))
        for payer, fen in working.shares.items()
    )
    total = show_money(working.fen)
    text = _("Together {fen}; borne by: {shares}") if shares else _("Together {fen}")
    yield text.format(fen=total, shares=shares)
    yield _("Source: {source}").format(source=working.scheme.claim.policy)
    if claim:
        yield _("Handed in on {day} to {office}; kept as it was then.").format(
            day=show_day(claim.handed_on), office=claim.office
        )
    yield from (str(each) for each in working.counted_by)
    if working.missing:
        missing = _("; ").join(str(each.text) for each in working.missing)
        yield _("Still missing: {missing}").format(missing=missing)
