"""Month end: trial, review, post; and the posted bills."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from carehome.db.billing import BillRow, BillRunRow
from carehome.errors import Refusal
from carehome.i18n import N_, say_month
from carehome.rules import numbers
from carehome.rules.periods import months_after
from carehome.rules.rights import Right
from carehome.rules.today import Concern, Figure, Task
from carehome.services.billing import today as of_day
from carehome.services.billing.late import newest_change_in
from carehome.services.billing.posted import (
    BillName,
    PostedBill,
    PostedRun,
    bills_in,
    bills_where,
    names_where,
    runs_in,
    store_in,
)
from carehome.services.billing.trial import Step, Trial, trial_in
from carehome.services.payers.money import settle_all_in
from carehome.services.payments import settle_in
from carehome.services.service import Service, needs


class AlreadyPosted(Refusal):
    """A month is posted once."""

    text = N_(
        "{month} is already posted. What came later is corrected in the next bill."
    )


class NotInOrder(Refusal):
    """Months are posted one after the other."""

    text = N_("Post {month} first: months are posted in order.")


class TooEarly(Refusal):
    """A month is posted at the earliest in the month before it."""

    text = N_("{month} is too far ahead to be posted.")


class ProblemsLeft(Refusal):
    """Some residents' bills could not be computed."""

    text = N_(
        "{count} {count:bill|bills} cannot be computed yet. Fix what the list says, "
        "then try again."
    )


class FactsChanged(Refusal):
    """Somebody changed something after the trial."""

    text = N_(
        "Something was changed after this trial. Make the trial once more and look at "
        "it before posting."
    )


class OldFacts(Refusal):
    """Corrections of months long past need the director."""

    text = N_(
        "{count} {count:correction reaches|corrections reach} back more than "
        "{months} {months:month|months}. The director must confirm that."
    )


class Billing(Service):
    """What one person can do with bills."""

    @needs(Right.SEE_FEES)
    def today(self, day: date) -> list[Figure | Concern]:
        """Tell what was billed last, and what is owed."""
        with self._reading() as session:
            owed = of_day.owed_in(session, day)
            figures = of_day.figures_in(session, owed)
            return [*figures, *of_day.concerns_in(session, owed, day)]

    @needs(Right.POST_BILLS)
    def month_end_today(self, day: date) -> list[Task]:
        """Tell which month is to be posted."""
        with self._reading() as session:
            return list(of_day.month_ends_in(session, day))

    @needs(Right.SEE_FEES)
    def next_month(self) -> date:
        """Return the month that is to be posted next: the first day of it."""
        with self._reading() as session:
            last = months_after(self._today().replace(day=1), -1)
            return next_month_in(session) or last

    @needs(Right.SEE_FEES)
    def trial(self, month: date, step: Step | None = None) -> Trial:
        """Compute a month's bills without storing anything."""
        with self._reading() as session:
            return trial_in(session, month.replace(day=1), step)

    @needs(Right.SEE_FEES)
    def newest_fact(self) -> int:
        """Return the number of the newest change of what bills are computed from."""
        with self._reading() as session:
            return newest_change_in(session)

    @needs(Right.POST_BILLS)
    def post(self, trial: Trial) -> PostedRun:
        """Post exactly the bills of a trial; all of them or none.

        Corrections of months long past that the director has not decided on stay out;
        the next trial tells them again.
        """
        if trial.problems:
            raise ProblemsLeft(count=len(trial.problems))
        if trial.month > months_after(self._today().replace(day=1), 1):
            raise TooEarly(month=say_month(trial.month))
        with self._writing() as session:
            _check_order(session, trial.month)
            if newest_change_in(session) != trial.change_id:
                raise FactsChanged
            run = store_in(session, trial.sure, self._now(), self._user.name)
            settle_in(session, {bill.resident_id for bill in trial.bills})
            settle_all_in(session, self._now())
            return run

    @needs(Right.SEE_FEES)
    def runs(self) -> list[PostedRun]:
        """List the posted months, the newest first."""
        with self._reading() as session:
            return runs_in(session)

    @needs(Right.SEE_FEES)
    def bills(self, month: date) -> list[PostedBill]:
        """List a posted month's bills in the order of their numbers."""
        with self._reading() as session:
            return bills_in(session, month)

    @needs(Right.SEE_FEES)
    def totals(self, month: date) -> dict[int, int]:
        """Return what each resident was billed in a posted month, in fen."""
        with self._reading() as session:
            query = select(BillRow.resident_id, func.sum(BillRow.total_fen))
            query = query.where(BillRow.month == month).group_by(BillRow.resident_id)
            return dict(session.execute(query).all())

    @needs(Right.SEE_FEES)
    def bills_of(self, resident_id: int) -> list[PostedBill]:
        """List one resident's bills, the newest first."""
        with self._reading() as session:
            return bills_where(session, BillRow.resident_id == resident_id)[::-1]

    @needs(Right.SEE_FEES)
    def find(self, typed: str, most: int = 6) -> list[BillName]:
        """List the bills whose number somebody may be typing, the newest first."""
        wanted = numbers.read(typed)
        if wanted is None:
            return []
        conditions: list[Any] = [BillRow.number.between(wanted.first, wanted.last)]
        if wanted.year:
            conditions.append(BillRow.year == wanted.year)
        with self._reading() as session:
            return names_where(session, and_(*conditions), most)

    @needs(Right.SEE_FEES)
    def newest_of(self, resident_ids: Collection[int], most: int = 8) -> list[BillName]:
        """List the newest bills of some residents."""
        with self._reading() as session:
            return names_where(session, BillRow.resident_id.in_(resident_ids), most)


def next_month_in(session: Session) -> date | None:
    """Return the month after the last that was posted, None before the first."""
    last = session.scalar(
        select(func.max(BillRunRow.month)).where(BillRunRow.departure_id.is_(None))
    )
    return months_after(last, 1) if last else None


def _check_order(session: Session, month: date) -> None:
    due = next_month_in(session)
    if due is None or due == month:
        return
    if month < due:
        raise AlreadyPosted(month=say_month(month))
    raise NotInOrder(month=say_month(due))
