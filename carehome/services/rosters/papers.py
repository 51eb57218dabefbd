"""Rosters that leave the program: on paper, as a workbook, as calendars."""

from datetime import date
from pathlib import Path

from carehome.db import change_log
from carehome.errors import Refusal
from carehome.i18n import N_, _, speaking
from carehome.reports.icalendar import write_calendar
from carehome.reports.roster_months import write_own_months
from carehome.reports.roster_workbook import write_roster_workbook
from carehome.reports.rosters import write_wall
from carehome.reports.sheet import A3_WIDE, A4, A4_WIDE, A5, Letterhead, Size
from carehome.rules.rights import Right
from carehome.rules.rosters.problem import Person
from carehome.services.papers import letterhead_in
from carehome.services.rosters.months import any_month_in
from carehome.services.rosters.texts import MonthText
from carehome.services.service import Service, needs


class NotOnRoster(Refusal):
    """Somebody has no row in the roster of a month."""

    text = N_("This person is not on the roster of this month.")


class NobodyOnRoster(Refusal):
    """A roster without people makes no paper."""

    text = N_("Nobody is on the roster of this month, so there is nothing to print.")


class RosterPapers(Service):
    """What one person can take out of a month's roster."""

    @needs(Right.SEE_ROSTER)
    @speaking()
    def write_wall(self, first: date, path: Path) -> None:
        """Write the month for the wall, on A3."""
        self._wall(first, path, A3_WIDE)

    @needs(Right.SEE_ROSTER)
    @speaking()
    def write_small_wall(self, first: date, path: Path) -> None:
        """Write the month for the wall, on sheets of A4."""
        self._wall(first, path, A4_WIDE)

    @needs(Right.SEE_ROSTER)
    @speaking()
    def write_own(self, first: date, staff_id: int, path: Path) -> None:
        """Write somebody's own month on A5."""
        self._own(first, staff_id, path, A5)

    @needs(Right.SEE_ROSTER)
    @speaking()
    def write_large_own(self, first: date, staff_id: int, path: Path) -> None:
        """Write somebody's own month on A4."""
        self._own(first, staff_id, path, A4)

    @needs(Right.SEE_ROSTER)
    @speaking()
    def write_everybodys(self, first: date, path: Path) -> None:
        """Write the own month of everybody, a page of A5 each."""
        text, people, head = self._text(first)
        write_own_months(path, [text.own(person) for person in people], head, A5)

    @needs(Right.SEE_ROSTER)
    @speaking()
    def write_workbook(self, first: date, path: Path) -> None:
        """Write the month as a workbook; the log says who took it."""
        text, people, head = self._text(first)
        with self._writing() as session:
            change_log.note_list(session, _("Roster"), len(people))
            write_roster_workbook(path, text.book(), head)

    @needs(Right.SEE_ROSTER)
    @speaking()
    def write_calendar(self, first: date, path: Path) -> None:
        """Write the shifts of everybody as one calendar."""
        text, people, head = self._text(first)
        name = _("Roster of {home}").format(home=head.home)
        write_calendar(path, name, text.events(people, named=True), self._clock())

    @needs(Right.SEE_ROSTER)
    @speaking()
    def write_own_calendar(self, first: date, staff_id: int, path: Path) -> None:
        """Write the shifts of one person as a calendar."""
        text, people, _head = self._text(first)
        person = _one(people, staff_id)
        name = _("Shifts of {name}").format(name=person.name)
        write_calendar(path, name, text.events([person], named=False), self._clock())

    @needs(Right.SEE_ROSTER)
    @speaking()
    def write_calendars(self, first: date, folder: Path) -> int:
        """Write a calendar for each person into a folder; return how many."""
        text, people, _head = self._text(first)
        for person in people:
            name = _("Shifts of {name}").format(name=person.name)
            path = folder / f"{first:%Y-%m} {person.name} {person.key}.ics"
            events = text.events([person], named=False)
            write_calendar(path, name, events, self._clock())
        return len(people)

    def _wall(self, first: date, path: Path, size: Size) -> None:
        text, _people, head = self._text(first)
        write_wall(path, text.wall(), head, size)

    def _own(self, first: date, staff_id: int, path: Path, size: Size) -> None:
        text, people, head = self._text(first)
        write_own_months(path, [text.own(_one(people, staff_id))], head, size)

    def _text(self, first: date) -> tuple[MonthText, list[Person], Letterhead]:
        with self._reading() as session:
            month = any_month_in(session, first)
            head = letterhead_in(session)
        people = list(month.problem.people)
        if not people:
            raise NobodyOnRoster
        return MonthText(month, self._clock()), people, head


def _one(people: list[Person], staff_id: int) -> Person:
    for person in people:
        if person.key == str(staff_id):
            return person
    raise NotOnRoster
