"""The books beside the bank on paper: both come to one sum, every difference listed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from pathlib import Path

from carehome.i18n import _, show_day
from carehome.reports.listing import write_list
from carehome.reports.sheet import Letterhead
from carehome.reports.table import Cell, Column, Kind, Table
from carehome.rules.bank.reconciling import (
    CAUSE_NAMES,
    Cause,
    Difference,
    Reconciliation,
)

Entry = tuple[str, int | None]


@dataclass(frozen=True, slots=True)
class EvenText:
    """Which account stands beside the books, and on which day."""

    name: str
    bank: str
    number: str
    day: date


def write_even(
    path: Path, about: EvenText, found: Reconciliation | None, home: Letterhead
) -> None:
    """Write the books of an account beside the bank as a PDF to be signed."""
    write_list(path, _even(about, found), home)


def _even(about: EvenText, found: Reconciliation | None) -> Table:
    account = _("{name}, {bank}, account {number}") if about.bank else ""
    account = account or _("{name}, account {number}")
    facts = {"name": about.name, "bank": about.bank, "number": about.number}
    notes = [
        account.format(**facts),
        _("As of {day}, in yuan").format(day=show_day(about.day)),
    ]
    if found is None:
        notes.append(_("No line of the bank was read in up to this day."))
    elif found.is_even:
        notes.append(_("Both agree to the fen."))
    return Table(
        title=_("Bank reconciliation"),
        notes=tuple(notes),
        columns=(
            Column(_("By the books"), 34),
            Column(_("Amount (yuan)"), 13, Kind.MONEY),
            Column(_("By the bank"), 34),
            Column(_("Amount at the bank (yuan)"), 13, Kind.MONEY),
        ),
        rows=_rows(found) if found else [],
        sums=(
            _("After adjustment"),
            found.adjusted_fen,
            _("After adjustment"),
            found.adjusted_fen,
        )
        if found
        else None,
        signatures=(_("Prepared by"), _("Checked by")),
    )


def _rows(found: Reconciliation) -> Sequence[Sequence[Cell]]:
    """Return the two sides beside each other, each difference in a line."""
    lacking = [d for d in found.to_book if d.cause is Cause.ONLY_BANK]
    others = [d for d in found.to_book if d.cause is not Cause.ONLY_BANK]
    came = [d for d in found.to_come if d.fen < 0]
    went = [d for d in found.to_come if d.fen > 0]
    left: list[Entry] = [(_("Balance of the books"), found.books_fen)]
    if found.aside_fen:
        left.append((_("Set aside: booked elsewhere"), found.aside_fen))
    left += _block(_("Add: the bank has received"), (d for d in lacking if d.fen > 0))
    left += _block(_("Less: the bank has paid"), (d for d in lacking if d.fen < 0))
    left += _block(_("Other differences"), others)
    right: list[Entry] = [(_("Balance of the bank"), found.bank_fen)]
    right += _block(_("Add: the books have received"), came, -1)
    right += _block(_("Less: the books have paid"), went, -1)
    nothing: Entry = ("", None)
    pairs = zip_longest(left, right, fillvalue=nothing)
    return [(one, fen, other, fen_too) for (one, fen), (other, fen_too) in pairs]


def _block(title: str, found: Iterable[Difference], sign: int = 1) -> list[Entry]:
    """Return a title and its differences; nothing where there is none."""
    lines: list[Entry] = [(_say(each), sign * each.fen) for each in found]
    return [(title, None), *lines] if lines else []


def _say(each: Difference) -> str:
    text = each.text or _(CAUSE_NAMES[each.cause])
    return _("  {day} {text}").format(day=show_day(each.day), text=text)
