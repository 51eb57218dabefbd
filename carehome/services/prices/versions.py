"""Price lists from the draft to the approval by a second person."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session, aliased

from carehome.db.billing import BillRunRow, PriceListRow, PriceRow
from carehome.db.departures import DepartureRow
from carehome.db.residents import StayRow
from carehome.errors import Refusal
from carehome.i18n import N_, _
from carehome.rules.periods import Period, months_after
from carehome.rules.prices.approval import ListState, NotWaiting, check_reason
from carehome.rules.rights import Right
from carehome.rules.today import Concern
from carehome.services.prices.comparing import Comparison, comparison_in, used_in
from carehome.services.prices.deciding import check_second_in, moment_of, names_in
from carehome.services.prices.own import check_own_below_in
from carehome.services.prices.sheets import (
    NotADraft,
    PriceSheet,
    check_day_in,
    check_prices_in,
    items_in,
    save_sheet_in,
    sheet_of,
    until_in,
)
from carehome.services.prices.today import decisions_in
from carehome.services.service import Service, needs


class NothingListed(Refusal):
    """A price list without prices is not submitted."""

    text = N_("This price list holds no price yet. Write at least one.")


class PricesLacking(Refusal):
    """Without a price for what residents have, nobody's bill can be made."""

    text = N_("Residents have these items, so the list needs prices for them: {items}.")


class AlreadyBilled(Refusal):
    """A price list by which bills were posted is corrected, not taken back."""

    text = N_(
        "Bills were posted for {day} and later, so this list is not taken back. "
        "Correct it by a new list: differences go into the next bill."
    )


class NotBroughtAlong(Refusal):
    """Only a home without bills and approvals brings a price list along."""

    text = N_(
        "The home already works with approved prices or posted bills. Write a new "
        "price list under Fees, Price lists, and have it approved."
    )


@dataclass(frozen=True, slots=True)
class Version:
    """A price list, how far it has come, and by whom.

    `is_alone` says that one person wrote and approved it; without `writer` and
    `decider` it is from before anybody noted them.
    """

    sheet: PriceSheet
    state: ListState
    writer: str
    writer_id: int | None
    decider: str
    submitted_at: datetime | None
    decided_at: datetime | None
    answer: str
    is_alone: bool
    is_billed: bool

    @property
    def counts(self) -> bool:
        """Say whether bills are computed by it from its day on."""
        return self.state is ListState.APPROVED


class PriceVersions(Service):
    """What one person can do with price lists on their way to approval."""

    @needs(Right.APPROVE_PRICES)
    def today(self, _day: date) -> list[Concern]:
        """Tell what waits for a decision, whatever day it is."""
        with self._reading() as session:
            return list(decisions_in(session))

    @needs(Right.SEE_FEES)
    def versions(self) -> list[Version]:
        """List all price lists of any state, the newest first."""
        with self._reading() as session:
            names = names_in(session)
            rows = session.scalars(
                select(PriceListRow).order_by(
                    PriceListRow.starts.desc(), PriceListRow.id.desc()
                )
            ).all()
            return [_version(session, row, names) for row in rows]

    @needs(Right.SEE_FEES)
    def compare(self, newer_id: int, older_id: int | None = None) -> Comparison:
        """Compare a list with an older one; with the one before it, unless named."""
        with self._reading() as session:
            return comparison_in(session, newer_id, older_id, self._today())

    @needs(Right.CHANGE_PRICES)
    def drop(self, list_id: int) -> None:
        """Throw a draft away."""
        with self._writing() as session:
            row = _in_state(session, list_id, ListState.DRAFT, NotADraft)
            listed = select(PriceRow).where(PriceRow.price_list_id == list_id)
            for price in session.scalars(listed):
                session.delete(price)
            session.flush()
            session.delete(row)

    @needs(Right.CHANGE_PRICES)
    def submit(self, list_id: int) -> None:
        """Ask for the approval of a draft, which nobody changes from then on."""
        with self._writing() as session:
            row = _in_state(session, list_id, ListState.DRAFT, NotADraft)
            sheet = sheet_of(session, row)
            if not sheet.prices:
                raise NothingListed
            _check_whole(session, sheet)
            row.state, row.submitted_at = ListState.SUBMITTED, self._now()
            row.answer = ""

    @needs(Right.CHANGE_PRICES)
    def withdraw(self, list_id: int) -> None:
        """Take a list back that waits for approval, to write at it again."""
        with self._writing() as session:
            row = _in_state(session, list_id, ListState.SUBMITTED, NotWaiting)
            row.state, row.submitted_at = ListState.DRAFT, None

    @needs(Right.APPROVE_PRICES)
    def refuse(self, list_id: int, reason: str) -> None:
        """Give a list back to whoever wrote it, with the reason."""
        with self._writing() as session:
            row = _in_state(session, list_id, ListState.SUBMITTED, NotWaiting)
            row.answer = check_reason(reason)
            row.state, row.submitted_at = ListState.DRAFT, None

    @needs(Right.APPROVE_PRICES)
    def approve(self, list_id: int) -> None:
        """Let a list hold from its day on; it replaces the one that it corrects."""
        with self._writing() as session:
            row = _in_state(session, list_id, ListState.SUBMITTED, NotWaiting)
            row.is_alone = check_second_in(session, row.written_by, self._user)
            _check_whole(session, sheet_of(session, row))
            _approve(session, row, self._user.account_id, self._now())

    @needs(Right.APPROVE_PRICES)
    def take_back(self, list_id: int, reason: str) -> None:
        """Take an approved list out again, unless bills were posted by it.

        The list that it had corrected holds again, unless another has its day now; what
        holds then is checked as if it were approved.
        """
        with self._writing() as session:
            row = _in_state(session, list_id, ListState.APPROVED, NotWaiting)
            comes_back = _comes_back(session, row)
            first = min(each.starts for each in (row, *comes_back))
            if is_billed_in(session, first):
                raise AlreadyBilled(day=first)
            row.answer = check_reason(reason)
            row.state = ListState.TAKEN_BACK
            session.flush()
            for each in comes_back:
                each.state = ListState.APPROVED
            session.flush()
            for sheet in _holding(session, first, row.starts):
                _check_held(session, sheet)

    @needs(Right.APPROVE_PRICES)
    def bring(self, sheet: PriceSheet) -> int:
        """Note the prices that the home brings along, which were approved before.

        Only while nothing is billed and nothing was approved here; once more, to put
        right what was noted.
        """
        with self._writing() as session:
            approved_here = exists().where(
                PriceListRow.state == "approved", ~PriceListRow.is_alone
            )
            if billed_to_in(session) or session.scalar(select(approved_here)):
                raise NotBroughtAlong
            fresh = replace(sheet, list_id=0, corrects=sheet.list_id or None)
            list_id = save_sheet_in(session, fresh, self._user)
            session.flush()
            row = session.get_one(PriceListRow, list_id)
            row.state, row.submitted_at = ListState.SUBMITTED, self._now()
            session.flush()
            row.is_alone = True
            _approve(session, row, self._user.account_id, self._now())
            return list_id


def billed_to_in(session: Session) -> date | None:
    """Return the first day without posted bills, None where nothing is posted."""
    last = session.scalar(
        select(BillRunRow.month).order_by(BillRunRow.month.desc()).limit(1)
    )
    return months_after(last, 1) if last else None


def is_billed_in(session: Session, day: date) -> bool:
    """Say whether posted bills charge for a day or later.

    The final bill of somebody who left goes to the day of leaving.
    """
    months = exists().where(
        BillRunRow.departure_id.is_(None), BillRunRow.month > months_after(day, -1)
    )
    final = (
        select(BillRunRow.id)
        .join(DepartureRow, DepartureRow.id == BillRunRow.departure_id)
        .join(StayRow, StayRow.id == DepartureRow.stay_id)
        .where(StayRow.discharged_on >= day)
    )
    return bool(session.scalar(select(months | final.exists())))


def _check_whole(session: Session, sheet: PriceSheet) -> None:
    """Raise what is wrong with a list, in itself and for those who live here."""
    check_prices_in(session, sheet)
    _check_held(session, sheet)


def _check_held(session: Session, sheet: PriceSheet) -> None:
    """Raise what speaks against a list for those who live here while it holds."""
    check_own_below_in(session, sheet)
    priced = {price.item_id for price in sheet.prices}
    lacking = used_in(session, Period(sheet.starts, until_in(session, sheet))) - priced
    if lacking:
        names = [x.name for x in items_in(session) if x.item_id in lacking]
        raise PricesLacking(items=_(", ").join(names))


def _approve(session: Session, row: PriceListRow, decider: int, now: datetime) -> None:
    """Let a submitted list hold; the one that it corrects makes room first."""
    sheet = sheet_of(session, row)
    check_day_in(session, sheet)
    check_prices_in(session, sheet)
    if row.corrects_id is not None:
        corrected = session.get_one(PriceListRow, row.corrects_id)
        if corrected.state == ListState.APPROVED:
            corrected.state = ListState.REPLACED
            session.flush()
    row.state, row.decided_by, row.decided_at = ListState.APPROVED, decider, now


def _comes_back(session: Session, row: PriceListRow) -> list[PriceListRow]:
    """Return the list that holds again when another one is taken back.

    It is the one that was corrected, or that lost its day to the other, as long as
    nothing else corrects it or has its day.
    """
    others = aliased(PriceListRow)
    stands = exists().where(
        others.state == "approved",
        others.id != row.id,
        or_(
            others.corrects_id == PriceListRow.id,
            others.starts == PriceListRow.starts,
        ),
    )
    query = (
        select(PriceListRow)
        .where(
            PriceListRow.state == "replaced",
            or_(
                PriceListRow.id == row.corrects_id,
                PriceListRow.starts == row.starts,
            ),
            ~stands,
        )
        .order_by(PriceListRow.id == row.corrects_id, PriceListRow.id)
    )
    return list(session.scalars(query))[-1:]


def _holding(session: Session, first: date, last: date) -> list[PriceSheet]:
    """Return the approved lists that hold from one day to another, as of that day.

    The one that began before is taken to begin on the first day.
    """
    rows = session.scalars(
        select(PriceListRow)
        .where(PriceListRow.state == "approved", PriceListRow.starts <= last)
        .order_by(PriceListRow.starts)
    ).all()
    before = [row for row in rows if row.starts < first][-1:]
    since = [row for row in rows if row.starts >= first]
    found = [sheet_of(session, row) for row in (*before, *since)]
    return [replace(each, starts=max(each.starts, first)) for each in found]


def _in_state(
    session: Session, list_id: int, state: ListState, otherwise: type[Refusal]
) -> PriceListRow:
    """Return a list that is still as far as whoever decides believes."""
    row = session.get(PriceListRow, list_id)
    if row is None or row.state != state:
        raise otherwise
    return row


def _version(
    session: Session,
    row: PriceListRow,
    names: dict[int | None, str],
) -> Version:
    return Version(
        sheet_of(session, row),
        ListState(row.state),
        names.get(row.written_by, ""),
        row.written_by,
        names.get(row.decided_by, ""),
        moment_of(row.submitted_at),
        moment_of(row.decided_at),
        row.answer,
        row.is_alone,
        is_billed_in(session, row.starts),
    )
