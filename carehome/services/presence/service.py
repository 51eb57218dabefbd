"""What one person can do about who is here, and how they are brought out."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from sqlalchemy import select

from carehome.db.presence import EvacuationRow
from carehome.errors import Refusal
from carehome.i18n import N_, speaking
from carehome.reports.evacuation import write_evacuation
from carehome.reports.presence import write_here
from carehome.rules.presence import Way, Windows
from carehome.rules.rights import Right
from carehome.rules.today import Line
from carehome.services.papers import letterhead_in
from carehome.services.presence import on_paper
from carehome.services.presence import today as of_day
from carehome.services.presence.here import here_in
from carehome.services.presence.people import Here, without_care
from carehome.services.service import Service, needs

WINDOWS = Windows()


class NoWay(Refusal):
    """How somebody is brought out has to be chosen."""

    text = N_("Choose how the resident is brought out.")


class Presence(Service):
    """What one person can know and say of who is in the house."""

    @needs(Right.SEE_BEDS)
    def here(self, day: date, windows: Windows = WINDOWS) -> Here:
        """Return everybody who belongs to the house on `day`, floor by floor.

        Names, rooms, who is out and how each is brought out are told to everybody who
        knows the beds, for in a fire they must know; care is told to fewer.
        """
        with self._reading() as session:
            found = here_in(session, day, windows)
        return found if self._user.may(Right.SEE_RESIDENTS) else without_care(found)

    @needs(Right.ASSESS)
    def set_way(self, resident_id: int, way: str, needs: str = "") -> None:
        """Say how somebody is brought out, and what must go along."""
        if way not in set(Way):
            raise NoWay
        self._set_ways({resident_id: way}, {resident_id: needs.strip()})

    @needs(Right.ASSESS)
    def take_over(self, ways: Mapping[int, str]) -> None:
        """Confirm for several residents how they are brought out; needs stay."""
        if any(way not in set(Way) for way in ways.values()):
            raise NoWay
        self._set_ways(ways, {})

    @needs(Right.SEE_BEDS)
    @speaking()
    def write_evacuation(self, path: Path) -> None:
        """Write who is to be brought out this minute, and how, as a PDF.

        This reads and never writes, so that it works when nothing else does.
        """
        now = self._clock()
        with self._reading() as session:
            here, head = here_in(session, now.date(), WINDOWS), letterhead_in(session)
        write_evacuation(path, on_paper.evacuation_text(here), now, head)

    @needs(Right.SEE_RESIDENTS)
    @speaking()
    def write_here(self, path: Path) -> None:
        """Write who is here now as a PDF, for the handover."""
        now = self._clock()
        with self._reading() as session:
            here, head = here_in(session, now.date(), WINDOWS), letterhead_in(session)
        write_here(path, on_paper.here_text(here), now, head)

    @needs(Right.ASSESS)
    def today(self, day: date) -> list[Line]:
        """Tell for whom nobody has said yet how they are brought out."""
        with self._reading() as session:
            return list(of_day.concerns_in(session, day))

    def _set_ways(self, ways: Mapping[int, str], needs_: Mapping[int, str]) -> None:
        with self._writing() as session:
            query = select(EvacuationRow).where(EvacuationRow.resident_id.in_(ways))
            known = {row.resident_id: row for row in session.scalars(query)}
            for who, way in ways.items():
                row = known.get(who)
                if row is None:
                    row = EvacuationRow(resident_id=who, needs="")
                    session.add(row)
                row.way, row.set_on, row.set_by = way, self._today(), self._user.name
                row.needs = needs_.get(who, row.needs)
