"""Statements for residents and their families: a year of fees, the trust money."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from carehome.i18n import _, show_day, show_money, speaking
from carehome.reports.listing import write_lists
from carehome.reports.statements import (
    StatementText,
    TrustText,
    table_of_kept,
    table_of_trust,
    table_of_year,
    table_of_years,
)
from carehome.reports.table import Cell, Table
from carehome.reports.workbook import write_workbook
from carehome.rules.billing.tariff import CATEGORY_NAMES
from carehome.rules.ledger.deeds import resident
from carehome.rules.ledger.entry import Entry, Kind, Party
from carehome.rules.ledger.statements import (
    Kept,
    KeptLine,
    Statement,
    StatementLine,
    by_resident,
    last_day,
    statement,
)
from carehome.rules.periods import Period
from carehome.rules.rights import Right
from carehome.services import trust
from carehome.services.books import words
from carehome.services.ledger import entries_in
from carehome.services.papers import letterhead_in
from carehome.services.receipts import METHOD_NAMES
from carehome.services.service import Service, needs


@dataclass(frozen=True, slots=True)
class YearStanding:
    """A resident's year in sums."""

    resident_id: int
    resident: str
    before: int
    charged: int
    borne: int
    paid: int
    after: int
    deposits: Kept
    trusts: Kept

    @property
    def deposit(self) -> int:
        """What is held of the deposit at the end."""
        return self.deposits.after

    @property
    def trust(self) -> int:
        """What is kept of trust money at the end."""
        return self.trusts.after


class Statements(Service):
    """What one person can tell residents and families about their money."""

    @needs(Right.SEE_FEES)
    def year(self, resident_id: int, year: int) -> Statement:
        """Sum up what one resident was charged and paid in a year."""
        who = resident(resident_id)
        with self._reading() as session:
            found = by_resident(entries_in(session))
        return statement(who, found.get(who, []), self._days(year))

    @needs(Right.SEE_FEES)
    def years(self, year: int) -> list[YearStanding]:
        """Sum up a year for everybody with money in it, by name."""
        with self._reading() as session:
            return years_in(session, self._days(year))

    @needs(Right.SEE_FEES)
    @speaking()
    def write_years_workbook(self, year: int, path: Path) -> None:
        """Write the sums of a year for everybody as a workbook."""
        with self._reading() as session:
            made = years_in(session, self._days(year))
            rows = [
                (
                    *(each.resident, each.before, each.charged, each.borne),
                    *(each.paid, each.after),
                    *_sums_of(each.deposits),
                    *_sums_of(each.trusts),
                )
                for each in made
            ]
            write_workbook(path, table_of_years(rows, year), letterhead_in(session))

    @needs(Right.SEE_FEES)
    @speaking()
    def write_years(
        self, year: int, path: Path, resident_ids: frozenset[int] | None = None
    ) -> int:
        """Write the statements of a year as one PDF; return how many.

        Without `resident_ids` everybody gets one for whom any money moved or is held.
        """
        with self._reading() as session:
            found = by_resident(entries_in(session))
            names = words.names_in(session)
            head = letterhead_in(session)
        wanted = {resident(each) for each in resident_ids or ()} or found.keys()
        days = self._days(year)
        made = [statement(who, found.get(who, []), days) for who in wanted]
        told = [each for each in made if each.is_told or resident_ids]
        told.sort(key=lambda each: (names[each.party], each.party))
        title = _("Statements of {year}").format(year=year)
        tables = [table for each in told for table in _tables(each, names)]
        write_lists(path, title, tables, head)
        return len(told)

    @needs(Right.SEE_FEES)
    def write_year(self, resident_id: int, year: int, path: Path) -> None:
        """Write the statement of a year for one resident."""
        self.write_years(year, path, frozenset({resident_id}))

    @needs(Right.SEE_FEES)
    @speaking()
    def write_trust(self, resident_id: int, path: Path) -> None:
        """Write what was kept, spent and is left of one resident's own money."""
        with self._reading() as session:
            moved = trust.entries_in(session, resident_id)
            name = words.names_in(session)[resident(resident_id)]
            head = letterhead_in(session)
        lines = [
            TrustText(
                each.day,
                each.purpose,
                each.paper,
                each.other_name,
                _(METHOD_NAMES[each.method]),
                max(each.fen, 0),
                max(-each.fen, 0),
                each.kept,
            )
            for each in moved
            if each.voided_at is None
        ]
        table = table_of_trust(name, lines, self._today())
        write_lists(path, table.title, [table], head)

    def _days(self, year: int) -> Period:
        """Return the year, as far as it has come."""
        end = min(date(year + 1, 1, 1), date.fromordinal(self._today().toordinal() + 1))
        return Period(date(year, 1, 1), max(end, date(year, 1, 2)))


def years_in(session: Session, days: Period) -> list[YearStanding]:
    """Sum up some days for everybody for whom any money moved or is held, by name."""
    names = words.names_in(session)
    found = by_resident(entries_in(session))
    made = [statement(who, entries, days) for who, entries in found.items()]
    return [
        YearStanding(
            int(each.party.key),
            names[each.party],
            each.before,
            each.charged,
            each.borne,
            each.paid,
            each.after,
            each.deposits,
            each.trusts,
        )
        for each in sorted(made, key=lambda each: (names[each.party], each.party))
        if each.is_told
    ]


def _sums_of(kept: Kept) -> tuple[int, int, int, int]:
    return kept.before, kept.came, kept.went, kept.after


def _tables(made: Statement, names: dict[Party, str]) -> Iterator[Table]:
    """Yield the year of fees; then what moved of deposit and trust money, if any."""
    yield table_of_year(_text(made, names))
    for kept, title in (
        (made.deposits, _("Deposit of {name}")),
        (made.trusts, _("Money kept for {name}")),
    ):
        if kept.lines:
            rows = [_kept_row(line) for line in kept.lines]
            span = made.period.start, last_day(made.period)
            told = title.format(name=names[made.party])
            yield table_of_kept(told, span, rows, _sums_of(kept))


def _kept_row(line: KeptLine) -> tuple[Cell, ...]:
    entry = line.entry
    what = _told(entry, entry.text)
    came, went = max(line.fen, 0), max(-line.fen, 0)
    return entry.day, what, entry.number, came or None, went or None, line.kept


def _text(made: Statement, names: dict[Party, str]) -> StatementText:
    return StatementText(
        names[made.party],
        made.period.start,
        last_day(made.period),
        made.before,
        tuple(
            (
                line.entry.day,
                _said(line),
                line.entry.number,
                line.charged or None,
                line.borne or None,
                line.paid or None,
                line.balance,
            )
            for line in made.lines
        ),
        (made.charged, made.borne, made.paid, made.after),
        tuple(_notes(made)),
    )


def _said(line: StatementLine) -> str:
    """Say what a line is, without the name that stands above all of them."""
    entry = line.entry
    return _told(entry, entry.text if entry.kind is Kind.BILL or entry.is_void else "")


def _told(entry: Entry, text: str) -> str:
    what = _(words.ENTRY_TEXTS[entry.kind])
    if entry.is_void:
        what = _("Void: {what}").format(what=what)
    return " ".join(filter(None, [what, text]))


def _notes(made: Statement) -> Iterator[str]:
    parts = [
        _("{name} {fen}").format(name=_(CATEGORY_NAMES[code]), fen=show_money(fen))
        for code, fen in made.by_category.items()
        if fen
    ]
    if parts:
        yield _("Charged: {parts}").format(parts=_(", ").join(parts))
    day = show_day(last_day(made.period))
    for kept, text in (
        (
            made.deposits,
            _("Deposit: {before} before, {came} in, {went} out, {after} on {day}"),
        ),
        (
            made.trusts,
            _("Trust money: {before} before, {came} in, {went} out, {after} on {day}"),
        ),
    ):
        if kept.is_told:
            before, came, went, after = map(show_money, _sums_of(kept))
            yield text.format(before=before, came=came, went=went, after=after, day=day)
