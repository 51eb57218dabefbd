"""Late facts: what came to be known of posted months, and the director's word on it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.corrections import LateChoiceRow
from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.billing.adjustments import Standing, Told, told
from carehome.rules.periods import months_after
from carehome.rules.rights import Right, Role
from carehome.rules.today import Concern, Fen, Target, Urgency, words
from carehome.services.billing.late import Change, changes_in, posted_in
from carehome.services.billing.service import FactsChanged, next_month_in
from carehome.services.billing.trial import LateFact, old_in
from carehome.services.change_log import LogEntry, entries_in
from carehome.services.service import Service, needs

LATE = "late"  # a target: corrections of months long past
Month = tuple[int, date]  # a resident's month


class NoReason(Refusal):
    """Whoever decides on an old correction says why."""

    text = N_("Write the reason: it stands on the bill, or beside the correction.")


class NothingOld(Refusal):
    """Only what waits for the director is decided on."""

    text = N_("Choose corrections that wait for the director.")


@dataclass(frozen=True, slots=True)
class Seen:
    """A correction as it was looked at when it was decided on."""

    resident_id: int
    month: date
    lines: tuple[Told, ...]
    fen: int

    @classmethod
    def of(cls, late: LateFact) -> "Seen":
        """Return what is seen of a correction on the list."""
        found = late.correction
        return cls(late.resident_id, found.month, told(found.lines), found.fen)


class LateFacts(Service):
    """What one person can do about facts that came late."""

    @needs(Right.SEE_FEES)
    def known(self, months: Sequence[Month]) -> dict[Month, list[LogEntry]]:
        """Tell what was changed since some residents' months were posted."""
        with self._reading() as session:
            return _known_in(session, months)

    @needs(Right.CONFIRM_OLD_FACTS)
    def confirm(self, seen: Sequence[Seen], reason: str) -> None:
        """Let corrections of months long past into the next bill."""
        self._decide(seen, True, reason)

    @needs(Right.CONFIRM_OLD_FACTS)
    def leave(self, seen: Sequence[Seen], reason: str) -> None:
        """Leave months long past as they were charged."""
        self._decide(seen, False, reason)

    @needs(Right.CONFIRM_OLD_FACTS)
    def reopen(self, resident_id: int, month: date) -> None:
        """Take the word on a correction back; it waits again."""
        with self._writing() as session:
            query = select(LateChoiceRow).filter_by(
                resident_id=resident_id, month=month
            )
            for row in session.scalars(query):
                session.delete(row)

    @needs(Right.CONFIRM_OLD_FACTS)
    def today(self, day: date) -> list[Concern]:
        """Tell the director what waits for a word."""
        with self._reading() as session:
            return list(_concerns_in(session, day))

    def _decide(self, seen: Sequence[Seen], is_taken: bool, reason: str) -> None:
        if not seen:
            raise NothingOld
        if not reason.strip():
            raise NoReason
        with self._writing() as session:
            month = next_month_in(session) or self._today().replace(day=1)
            ids = {each.resident_id for each in seen}
            waiting = {Seen.of(each) for each in old_in(session, month, ids)}
            if not waiting.issuperset(seen):
                raise FactsChanged
            for each in seen:
                row = LateChoiceRow(
                    resident_id=each.resident_id,
                    month=each.month,
                    is_taken=is_taken,
                    lines={"lines": [list(line) for line in each.lines]},
                    fen=each.fen,
                    reason=reason.strip(),
                    decided_by=self._user.account_id,
                    decided_at=self._now(),
                )
                session.add(row)


def _known_in(session: Session, months: Sequence[Month]) -> dict[Month, list[LogEntry]]:
    """Find the changes that each month was posted without, in words."""
    wanted = set(months)
    if not wanted:
        return {}
    last = months_after(max(month for _who, month in wanted), 1)
    posted = [x for x in posted_in(session, last) if x.month < last]
    changes = changes_in(session, min(x.change_id for x in posted))
    whose = {who for who, _month in wanted}
    mine = [x for x in changes if x.resident_id is None or x.resident_id in whose]
    found: dict[Month, set[int]] = {key: set() for key in wanted}
    for each in posted:
        for who, month in wanted:
            if each.month == month and each.resident_id in (None, who):
                found[who, month] |= {
                    change.change_id
                    for change in mine
                    if _is_about(change, who) and each.was_without(change)
                }
    entries = entries_in(session, set().union(*found.values()))
    return {
        key: [entries[number] for number in sorted(numbers)]
        for key, numbers in found.items()
    }


def _is_about(change: Change, who: int) -> bool:
    return change.resident_id in (None, who)


def _concerns_in(session: Session, day: date) -> Iterator[Concern]:
    """Yield one line for all corrections that wait for the director."""
    month = next_month_in(session)
    if month is None:
        return
    waiting = [
        each
        for each in old_in(session, month)
        if each.correction.standing is Standing.WAITING
    ]
    if not waiting:
        return
    oldest = min(each.correction.month for each in waiting)
    text = words(
        N_(
            "{count} {count:correction|corrections} of months long past, {fen} in all, "
            "{count:waits|wait} for your word"
        ),
        count=len(waiting),
        fen=Fen(sum(each.correction.fen for each in waiting)),
    )
    yield Concern(
        words(N_("Late facts")),
        text,
        Urgency.SOON,
        Target(LATE),
        Role.DIRECTOR,
        min(oldest, day),
        len(waiting),
    )
