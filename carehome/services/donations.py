"""Donations: who gave what for what, and what was used of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from carehome.db.books import DonationRow, DonationUseRow
from carehome.i18n import _, speaking
from carehome.reports.donations import (
    DonationText,
    UseText,
    table_of_donations,
    write_certificate,
)
from carehome.reports.listing import write_list
from carehome.reports.table import Table
from carehome.reports.workbook import write_workbook
from carehome.rules import donations as rules
from carehome.rules.donations import GOODS, Given
from carehome.rules.ledger.voids import check_void
from carehome.rules.periods import Period
from carehome.rules.residents import check_happened
from carehome.rules.rights import Right
from carehome.services.papers import letterhead_in
from carehome.services.receipts import METHOD_NAMES
from carehome.services.service import Service, needs


@dataclass(frozen=True, slots=True)
class DonationUse:
    """What was spent of a donation; a void spent nothing."""

    use_id: int
    day: date
    method: str
    fen: int
    purpose: str
    paper: str
    voided_at: datetime | None
    void_reason: str


@dataclass(frozen=True, slots=True)
class Donation:
    """What was given, for what, and its uses; without purpose it is free to use."""

    donation_id: int
    donor: str
    day: date
    method: str
    fen: int
    goods: str
    purpose: str
    paper: str
    voided_at: datetime | None
    void_reason: str
    is_unnamed: bool
    uses: tuple[DonationUse, ...]

    @property
    def used(self) -> int:
        """What was used of it."""
        return sum(use.fen for use in self.uses if use.voided_at is None)

    @property
    def left(self) -> int:
        """What is still to be used; of a void nothing."""
        return 0 if self.voided_at else self.fen - self.used


@dataclass(frozen=True, slots=True)
class Fund:
    """What was given for one purpose, and what is left; the free one has no name."""

    purpose: str
    given: int
    used: int
    donations: int

    @property
    def left(self) -> int:
        """What is still to be used for it."""
        return self.given - self.used


class Donations(Service):
    """What one person can do with donations."""

    @needs(Right.SEE_FEES)
    def donations(self) -> list[Donation]:
        """List all donations with their uses, the newest first."""
        with self._reading() as session:
            return donations_in(session)

    @needs(Right.KEEP_BOOKS)
    def take(
        self,
        donor: str,
        fen: int,
        method: str,
        day: date,
        purpose: str = "",
        goods: str = "",
        paper: str = "",
        is_unnamed: bool = False,
    ) -> int:
        """Enter a donation of money, or of goods at their worth; return its number."""
        check_happened(day, self._today())
        rules.check_donation(donor, fen, method == GOODS, goods)
        with self._writing() as session:
            row = DonationRow(
                donor=donor.strip(),
                day=day,
                method=method,
                fen=fen,
                goods=goods.strip(),
                purpose=purpose.strip(),
                paper=paper.strip(),
                taken_by=self._user.account_id,
                is_unnamed=is_unnamed,
            )
            session.add(row)
            session.flush()
            return row.id

    @needs(Right.KEEP_BOOKS)
    def set_unnamed(self, donation_id: int, is_unnamed: bool) -> None:
        """Name who gave it where donations are made public, or leave the name out."""
        with self._writing() as session:
            session.get_one(DonationRow, donation_id).is_unnamed = is_unnamed

    @needs(Right.KEEP_BOOKS)
    def use(
        self,
        donation_id: int,
        fen: int,
        method: str,
        day: date,
        purpose: str,
        paper: str = "",
        serves: str = "",
    ) -> int:
        """Note what was spent of a donation, never more than is left of it.

        `serves` is the purpose of the donor that it was spent for.
        """
        check_happened(day, self._today())
        with self._writing() as session:
            given = _given(session, donation_id)
            rules.check_purpose(given, serves)
            rules.check_use(given, fen, day, method == GOODS, purpose)
            row = DonationUseRow(
                donation_id=donation_id,
                day=day,
                method=method,
                fen=fen,
                purpose=purpose.strip(),
                paper=paper.strip(),
                taken_by=self._user.account_id,
            )
            session.add(row)
            session.flush()
            return row.id

    @needs(Right.KEEP_BOOKS)
    def void(self, donation_id: int, reason: str) -> None:
        """Take a wrong donation back that nothing was used of."""
        with self._writing() as session:
            rules.check_unused(_given(session, donation_id))
            row = session.get_one(DonationRow, donation_id)
            _void(row, reason, self._now())

    @needs(Right.KEEP_BOOKS)
    def void_use(self, use_id: int, reason: str) -> None:
        """Take a wrong use of a donation back."""
        with self._writing() as session:
            _void(session.get_one(DonationUseRow, use_id), reason, self._now())

    @needs(Right.SEE_FEES)
    @speaking()
    def write_certificate(self, donation_id: int, path: Path) -> None:
        """Write the receipt and thanks that a donor gets."""
        with self._reading() as session:
            given = next(
                x for x in donations_in(session) if x.donation_id == donation_id
            )
            write_certificate(path, _text(given), letterhead_in(session))

    @needs(Right.SEE_FEES)
    @speaking()
    def write_public(self, period: Period, path: Path) -> int:
        """Write the list that is made public; return how many donations are on it."""
        with self._reading() as session:
            table = public_in(session, period)
            write_list(path, table, letterhead_in(session))
        return len(list(table.rows))

    @needs(Right.SEE_FEES)
    @speaking()
    def write_workbook(self, period: Period, path: Path) -> None:
        """Write the public list as a workbook."""
        with self._reading() as session:
            table = public_in(session, period)
            write_workbook(path, table, letterhead_in(session))


def donations_in(session: Session) -> list[Donation]:
    """List all donations with their uses, the newest first."""
    uses = _uses(session)
    query = select(DonationRow).order_by(DonationRow.day.desc(), DonationRow.id.desc())
    return [_donation(row, uses) for row in session.scalars(query)]


def funds(donations: Iterable[Donation]) -> list[Fund]:
    """Sum donations up by their purpose, those with the most left first."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for each in donations:
        if each.voided_at is None:
            found = sums[each.purpose]
            found[0] += each.fen
            found[1] += each.used
            found[2] += 1
    made = [Fund(purpose, *found) for purpose, found in sums.items()]
    return sorted(made, key=lambda each: (-each.left, each.purpose))


def public_in(session: Session, period: Period) -> Table:
    """Return what is made public of a period: who gave what, and what became of it."""
    mine = [
        _text(each)
        for each in reversed(donations_in(session))
        if each.voided_at is None and period.holds(each.day)
    ]
    return table_of_donations(mine, period)


def _text(each: Donation) -> DonationText:
    return DonationText(
        each.donation_id,
        each.day,
        _("A friend who wants no name said") if each.is_unnamed else each.donor,
        each.donor,
        _("Goods") if each.method == GOODS else _(METHOD_NAMES[each.method]),
        each.goods,
        each.purpose,
        each.paper,
        each.fen,
        tuple(
            UseText(use.day, use.purpose, use.paper, use.fen)
            for use in each.uses
            if use.voided_at is None
        ),
    )


def _void(row: DonationRow | DonationUseRow, reason: str, now: datetime) -> None:
    check_void(row.voided_at is not None, reason)
    row.voided_at, row.void_reason = now, reason.strip()


def _given(session: Session, donation_id: int) -> Given:
    row = session.get_one(DonationRow, donation_id)
    used = session.scalar(
        select(func.sum(DonationUseRow.fen)).where(
            DonationUseRow.donation_id == donation_id,
            DonationUseRow.voided_at.is_(None),
        )
    )
    fen = row.fen if row.voided_at is None else 0
    return Given(row.day, fen, row.method == GOODS, used or 0, row.purpose)


def _uses(session: Session) -> Mapping[int, list[DonationUse]]:
    found: dict[int, list[DonationUse]] = defaultdict(list)
    query = select(DonationUseRow).order_by(DonationUseRow.day, DonationUseRow.id)
    for row in session.scalars(query):
        found[row.donation_id].append(
            DonationUse(
                row.id,
                row.day,
                row.method,
                row.fen,
                row.purpose,
                row.paper,
                _moment(row.voided_at),
                row.void_reason,
            )
        )
    return found


def _donation(row: DonationRow, uses: Mapping[int, list[DonationUse]]) -> Donation:
    return Donation(
        row.id,
        row.donor,
        row.day,
        row.method,
        row.fen,
        row.goods,
        row.purpose,
        row.paper,
        _moment(row.voided_at),
        row.void_reason,
        row.is_unnamed,
        tuple(uses.get(row.id, ())),
    )


def _moment(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment else None
