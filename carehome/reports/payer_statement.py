"""A payer's statement of one month on paper: for whom, of what, how much, where to."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from carehome.i18n import _, say_month, show_day, show_money
from carehome.reports.listing import write_list
from carehome.reports.sheet import Letterhead
from carehome.reports.table import Column, Kind, Table
from carehome.reports.workbook import write_workbook


@dataclass(frozen=True, slots=True)
class StatementRow:
    """What the payer bears of one resident's month."""

    resident: str
    bed: str
    month: date
    covered: str
    worth: int | None
    share: str
    days: int | None
    fen: int


@dataclass(frozen=True, slots=True)
class StatementText:
    """A statement in words; `account` says where the money is to go.

    `paid` came in already; `refused` is what the payer does not owe any more.
    """

    payer: str
    contact: str
    month: date
    due: date
    account: str
    residents: int
    rows: tuple[StatementRow, ...]
    paid: int = 0
    refused: int = 0

    @property
    def fen(self) -> int:
        """The sum of the statement."""
        return sum(row.fen for row in self.rows)

    @property
    def open(self) -> int:
        """What is still to be paid; below nothing it came twice."""
        return self.fen - self.paid - self.refused


def write_statement(path: Path, statement: StatementText, home: Letterhead) -> None:
    """Write a statement as a PDF to be stamped and sent."""
    write_list(path, _table(statement), home)


def write_statement_workbook(
    path: Path, statement: StatementText, home: Letterhead
) -> None:
    """Write a statement as a workbook that the payer can check line by line."""
    write_workbook(path, _table(statement), home)


def _table(statement: StatementText) -> Table:
    return Table(
        title=_("Statement of fees {month}").format(month=say_month(statement.month)),
        notes=_notes(statement),
        columns=(
            Column(_("Resident"), 12),
            Column(_("Bed"), 9),
            Column(_("Month"), 10),
            Column(_("Fees covered"), 18),
            Column(_("Come to (yuan)"), 13, Kind.MONEY),
            Column(_("Share borne"), 24),
            Column(_("Days"), 7, Kind.NUMBER),
            Column(_("You bear (yuan)"), 13, Kind.MONEY),
        ),
        rows=[
            (
                row.resident,
                row.bed,
                f"{row.month:%Y-%m}",
                row.covered,
                row.worth,
                row.share,
                row.days,
                row.fen,
            )
            for row in statement.rows
        ],
        sums=(_("Total"), *[None] * 6, statement.fen),
        signatures=(_("Prepared by"), _("Checked by"), _("Seal of the home")),
    )


def _notes(statement: StatementText) -> tuple[str, ...]:
    """Say to whom it goes, what it comes to, until when and where to pay."""
    to = _("To: {payer}").format(payer=statement.payer)
    if statement.contact:
        to = _("{to} (attention: {contact})").format(to=to, contact=statement.contact)
    text = _("{count} {count:resident|residents}, {fen} in all.")
    told = [text.format(count=statement.residents, fen=show_money(statement.fen))]
    if statement.paid:
        text = _("{fen} has come in.")
        told.append(text.format(fen=show_money(statement.paid)))
    if statement.refused:
        text = _("{fen} was not accepted and is left out.")
        told.append(text.format(fen=show_money(statement.refused)))
    told.append(_to_pay(statement))
    notes = to, " ".join(told)
    if not statement.account or statement.open <= 0:
        return notes
    return *notes, _("Please pay to: {account}").format(account=statement.account)


def _to_pay(statement: StatementText) -> str:
    """Say what is still to be paid until when, or that nothing is."""
    if statement.open > 0:
        text = _("Please pay {fen} by {day}.")
        fen, day = show_money(statement.open), show_day(statement.due)
        return text.format(fen=fen, day=day)
    if not statement.open:
        return _("Nothing is to be paid any more.")
    text = _("{fen} too much came in; it stays to your credit.")
    return text.format(fen=show_money(-statement.open))
