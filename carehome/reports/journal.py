"""The journal of a month for the home's accounting: a workbook, and text."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from carehome.i18n import _, say_month, show_day
from carehome.reports.files import whole
from carehome.reports.sheet import Letterhead
from carehome.reports.table import Column, Kind, Table
from carehome.reports.workbook import write_workbook
from carehome.rules.ledger.journal import JournalLine
from carehome.rules.ledger.layouts import Encoding, Layout
from carehome.rules.ledger.statements import last_day
from carehome.rules.periods import Period


def write_journal_workbook(
    path: Path, lines: Sequence[JournalLine], month: date, home: Letterhead
) -> None:
    """Write the journal as a workbook."""
    write_workbook(path, table_of_journal(lines, month), home)


def write_journal_csv(
    path: Path,
    lines: Iterable[JournalLine],
    layout: Layout,
    encoding: Encoding,
    made_by: str,
) -> None:
    """Write the journal as text, laid out for an accounting program."""
    with whole(path) as part, part.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.title for column in layout.columns])
        writer.writerows(layout.row(line, made_by) for line in lines)


def table_of_accounts(rows: Sequence[Sequence[int | str]], period: Period) -> Table:
    """Lay out the trial balance: before, debit, credit and after of each account."""
    span = _("{first} to {last}").format(
        first=show_day(period.start), last=show_day(last_day(period))
    )
    moved = [sum(int(row[at]) for row in rows) for at in (3, 4)]
    return Table(
        title=_("Accounts and balances"),
        notes=(span, _("Balances stand on the side that is named beside them.")),
        columns=(
            Column(_("Account no."), 12),
            Column(_("Account of the books"), 26),
            Column(_("Opening side"), 8),
            Column(_("Before (yuan)"), 16, Kind.MONEY),
            Column(_("Debit (yuan)"), 16, Kind.MONEY),
            Column(_("Credit (yuan)"), 16, Kind.MONEY),
            Column(_("Closing side"), 8),
            Column(_("After (yuan)"), 16, Kind.MONEY),
        ),
        rows=[
            (number, name, *_on_side(before), debit, credit, *_on_side(after))
            for number, name, before, debit, credit, after in rows
        ],
        sums=(_("Total"), "", "", None, *moved, "", None),
        signatures=(_("Prepared by"), _("Checked by")),
    )


def _on_side(fen: int | str) -> tuple[str, int]:
    """Return on which side a balance stands, and what it comes to."""
    assert isinstance(fen, int), "balances are whole fen"
    side = (_("Debit side") if fen > 0 else _("Credit side")) if fen else ""
    return side, abs(fen)


def table_of_journal(lines: Sequence[JournalLine], month: date) -> Table:
    """Lay out the journal of a month."""
    debit, credit = (sum(x.debit for x in lines), sum(x.credit for x in lines))
    empty = [None] * (len(_columns()) - 3)
    return Table(
        title=_("Journal of {month}").format(month=say_month(month)),
        columns=_columns(),
        rows=[
            (*_row(line)[:-2], line.debit or None, line.credit or None)
            for line in lines
        ],
        sums=(_("Total"), *empty, debit, credit),
        signatures=(_("Prepared by"), _("Checked by")),
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Day"), 12, Kind.DAY),
        Column(_("Voucher"), 8, Kind.NUMBER),
        Column(_("Receipt or bill"), 14),
        Column(_("Summary of the voucher"), 34),
        Column(_("Account no."), 12),
        Column(_("Account of the books"), 24),
        Column(_("Concerns"), 16),
        Column(_("Debit (yuan)"), 14, Kind.MONEY),
        Column(_("Credit (yuan)"), 14, Kind.MONEY),
    )


def _row(line: JournalLine) -> tuple[date, int, str, str, str, str, str, int, int]:
    return (
        line.day,
        line.voucher,
        line.document,
        line.text,
        line.account_number,
        line.account,
        line.party,
        line.debit,
        line.credit,
    )
