"""The last thing a person did: what it was, and undoing it."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.change_log import ChangeRow
from carehome.db.residents import ResidentRow
from carehome.db.undo import CannotUndo, take_back
from carehome.errors import Refusal
from carehome.i18n import N_, _
from carehome.rules import rights
from carehome.rules.rights import Right
from carehome.services import logged
from carehome.services.deeds import deed_name
from carehome.services.service import RIGHT_OF, Service, needs
from carehome.services.ways_back import PASSING, Plain, Way, way_back


class NotTheLast(Refusal):
    """Only what was done last can be undone."""

    text = N_(
        "Something else was done since. Only what you did last today can be undone."
    )


@dataclass(frozen=True, slots=True)
class Done:
    """A deed: what it did and to whom, and the way back.

    It `is_newest` while nothing at all came after it, not even a print.
    """

    number: int
    deed: str
    at: datetime
    subject: str
    resident_id: int | None
    receipt_id: int | None
    is_newest: bool

    @property
    def way(self) -> Way:
        """The way back from it."""
        return way_back(self.deed)

    @property
    def words(self) -> str:
        """Say what was done, and to whom."""
        name = deed_name(self.deed)
        if not self.subject:
            return name
        return _("{deed}: {subject}").format(deed=name, subject=self.subject)


class LastDeed(Service):
    """What one person did last today, for as long as nothing stands on it."""

    @needs(Right.USE_PROGRAM)
    def last(self) -> Done | None:
        """Return what the person did last today, unless others went on from there."""
        with self._reading() as session:
            return self._last_in(session)

    @needs(Right.USE_PROGRAM)
    def undo(self, number: int) -> Done:
        """Undo the last deed if it is still `number`, under the right it needed."""
        with self._writing() as session:
            done = self._last_in(session)
            if done is None or done.number != number:
                raise NotTheLast
            if done.way is not Plain.UNDO:
                raise CannotUndo
            rights.check(self._user, RIGHT_OF[done.deed])
            take_back(session, number)
            return done

    def _last_in(self, session: Session) -> Done | None:
        line = session.scalar(
            select(ChangeRow)
            .where(ChangeRow.deed.not_in(PASSING))
            .order_by(ChangeRow.id.desc())
            .limit(1)
        )
        if line is None or line.account_id != self._user.account_id:
            return None
        at = line.at.replace(tzinfo=UTC).astimezone(self._clock().tzinfo)
        return _done(session, line, at) if at.date() == self._today() else None


def _done(session: Session, line: ChangeRow, at: datetime) -> Done:
    of_deed = ChangeRow.deed_number == line.deed_number
    people = session.scalars(
        select(ChangeRow.resident_id)
        .where(of_deed, ChangeRow.resident_id.is_not(None))
        .distinct()
        .limit(2)
    ).all()
    receipt = select(ChangeRow.record_id).where(of_deed, ChangeRow.record == "receipt")
    newest = select(ChangeRow.deed_number).order_by(ChangeRow.id.desc()).limit(1)
    resident_id = people[0] if len(people) == 1 else None
    return Done(
        line.deed_number,
        line.deed,
        at,
        _subject(session, line, resident_id),
        resident_id,
        session.scalar(receipt.limit(1)),
        session.scalar(newest) == line.deed_number,
    )


def _subject(session: Session, line: ChangeRow, resident_id: int | None) -> str:
    """Name the one resident, or else the one record, that a deed was about."""
    if resident_id is not None:
        resident = session.get(ResidentRow, resident_id)
        return resident.name if resident else ""
    of_deed = ChangeRow.deed_number == line.deed_number
    records = session.execute(
        select(ChangeRow.record, ChangeRow.record_id).where(of_deed).distinct().limit(2)
    ).all()
    if len(records) > 1:
        return ""
    names = logged.names_in(session).records
    return names.get(line.record, {}).get(line.record_id, "")
