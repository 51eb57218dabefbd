"""A month's roster in the words of its papers, its workbook and its calendars."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from carehome.i18n import N_, _, show_moment
from carehome.reports.icalendar import Event
from carehome.reports.roster_months import OwnDay, OwnMonth
from carehome.reports.roster_workbook import (
    BookCell,
    BookPerson,
    BookShift,
    RosterBook,
)
from carehome.reports.rosters import (
    DayLook,
    Look,
    Wall,
    WallCell,
    WallCover,
    WallPerson,
    WallUnit,
)
from carehome.rules.payroll import DayKind
from carehome.rules.rosters.checking import weekends_of
from carehome.rules.rosters.placing import place
from carehome.rules.rosters.problem import OFF, Person, Shift, Why
from carehome.rules.staff import LEAVE_NAMES, Leave
from carehome.services.rosters.months import RosterMonth
from carehome.services.shifts import ShiftKind

_NOON = 12 * 60
_DAY = 24 * 60
# TRANSLATORS: signs in a cell of the roster, one character where the language has them
_OFF, _TRAINING = N_("R"), N_("T")
_SIGNS = {
    Leave.ANNUAL: N_("An"),
    Leave.SICK: N_("Si"),
    Leave.PERSONAL: N_("Pe"),
    Leave.MARRIAGE: N_("Wd"),
    Leave.MATERNITY: N_("Ma"),
    Leave.PATERNITY: N_("Pa"),
    Leave.PARENTAL: N_("Ch"),
    Leave.CARE: N_("Ca"),
    Leave.BEREAVEMENT: N_("Be"),
    Leave.INJURY: N_("In"),
    Leave.COMPENSATION: N_("Co"),
    Leave.OTHER: N_("Le"),
}
_LOOKS = {
    DayKind.WORK: DayLook.WORK,
    DayKind.REST: DayLook.REST,
    DayKind.STATUTORY: DayLook.STATUTORY,
}


class MonthText:
    """Puts one month into words; what several papers need is found once."""

    def __init__(self, month: RosterMonth, now: datetime) -> None:
        self._month, self._now = month, now
        self._problem = month.problem
        self._kinds = {kind.shift.code: kind for kind in month.kinds}
        self._posts = {
            str(facts.staff_id): month.posts.get(facts.main_post or 0, "")
            for facts in month.staff
        }
        self._dates = [month.problem.date_of(day) for day in range(month.problem.days)]
        self._places = _places(month)
        self.state = _state(month)

    def wall(self) -> Wall:
        """Return the roster for the wall."""
        return Wall(
            self._month.first,
            self.state,
            self._days(),
            tuple(self._units()),
            tuple(self._covers()),
            self._legend(self._problem.people, self._used()),
            (_("Hours"), _("Night"), _("Weekend")),
            (_("Made by"), _("Head nurse"), _("Director")),
            self._now,
        )

    def own(self, person: Person) -> OwnMonth:
        """Return the month of one person."""
        days = tuple(
            self._own_day(person, number) for number in range(self._problem.days)
        )
        hours, nights, weekends = self._totals(person)
        holidays = sum(
            bool(code) and self._month.calendar.is_statutory(self._dates[number])
            for number, code in enumerate(self._row(person))
        )
        unit = self._problem.unit_names.get(person.unit, "")
        return OwnMonth(
            person.name,
            "\u3000".join(filter(None, (unit, self._posts.get(person.key, "")))),
            self._month.first,
            self.state,
            days,
            (
                (_("Hours"), hours),
                (_("Nights"), nights),
                (_("Weekend days"), weekends),
                (_("Statutory holidays"), str(holidays)),
            ),
            self._legend([person], self._worked(person)),
            self._now,
        )

    def book(self) -> RosterBook:
        """Return the roster for the workbook."""
        return RosterBook(
            self._month.first,
            self.state,
            self._days(),
            tuple(map(_book_shift, self._used())),
            tuple(
                BookPerson(
                    self._problem.unit_names.get(person.unit, ""),
                    person.name,
                    self._posts.get(person.key, ""),
                    tuple(
                        BookCell(cell.text, cell.look, self._unit_of(person, number))
                        for number, cell in enumerate(self._cells(person))
                    ),
                )
                for _unit, people in self._by_unit()
                for person in people
            ),
            tuple(
                (cover.title, tuple(text for text, _short in cover.cells))
                for cover in self._covers()
            ),
        )

    def events(self, people: Iterable[Person], named: bool) -> Iterator[Event]:
        """Yield the shifts of people as events; `named` says whose each is."""
        sequence = int(self._now.timestamp()) // 60  # a later file counts
        for person in people:
            for number, code in enumerate(self._row(person)):
                if code:
                    yield self._event(person, number, code, named, sequence)

    def _event(
        self, person: Person, number: int, code: str, named: bool, sequence: int
    ) -> Event:
        day, shift = self._dates[number], self._kinds[code].shift
        starts = datetime.combine(day, time()) + timedelta(minutes=shift.starts)
        title = shift.name or code
        if named:
            title = _("{name} {shift}").format(name=person.name, shift=title)
        unit = self._places.get((person.key, number), person.unit)
        return Event(
            f"{day:%Y%m%d}-{person.key}@roster.carehome",
            starts,
            starts + timedelta(minutes=max(shift.span, shift.minutes)),
            title,
            self._problem.unit_names.get(unit, ""),
            self.state,
            sequence,
        )

    def _row(self, person: Person) -> tuple[str, ...]:
        return self._month.roster.rows[person.key]

    def _days(self) -> tuple[tuple[date, DayLook], ...]:
        calendar = self._month.calendar
        return tuple((day, _LOOKS[calendar(day)]) for day in self._dates)

    def _by_unit(self) -> Iterator[tuple[str, list[Person]]]:
        """Yield the units in the home's order with their people."""
        keys = [*self._problem.unit_names, ""]
        for key in keys:
            people = [each for each in self._problem.people if each.unit == key]
            if people:
                yield key, people

    def _units(self) -> Iterator[WallUnit]:
        for key, people in self._by_unit():
            name = self._problem.unit_names.get(key) or _("Whole home")
            text = _("{unit}, {count} {count:person|people}")
            yield WallUnit(
                text.format(unit=name, count=len(people)),
                tuple(
                    WallPerson(
                        person.name,
                        self._posts.get(person.key, ""),
                        tuple(self._cells(person)),
                        (*self._totals(person)[:2], self._weekends(person)),
                    )
                    for person in people
                ),
            )

    def _cells(self, person: Person) -> Iterator[WallCell]:
        for number, code in enumerate(self._row(person)):
            if code:
                kind = self._kinds[code]
                place = self._unit_of(person, number)[:1]
                yield WallCell(kind.sign, look_of(kind.shift), place)
            else:
                yield self._blank(person, number)

    def _blank(self, person: Person, number: int) -> WallCell:
        """Return a cell without a shift: off, on leave, at a training, not here."""
        bars = self._problem.bars.get((person.key, number), {})
        bar = next(iter(bars.values()), None)
        if bar is None or len(bars) < len(self._problem.shifts):
            return WallCell(_(_OFF), Look.OFF)
        if bar.why is Why.AWAY:
            return WallCell(_(_SIGNS[Leave(bar.what)]), Look.AWAY)
        if bar.why is Why.TRAINING:
            return WallCell(_(_TRAINING), Look.AWAY)
        is_gone = bar.why is Why.NOT_HERE
        return WallCell("" if is_gone else _(_OFF), Look.OFF)

    def _unit_of(self, person: Person, number: int) -> str:
        """Name the unit that somebody works in, where it is not their own."""
        unit = self._places.get((person.key, number), person.unit)
        return "" if unit == person.unit else self._problem.unit_names.get(unit, "")

    def _totals(self, person: Person) -> tuple[str, str, str]:
        worked = [
            (self._dates[number], self._kinds[code].shift)
            for number, code in enumerate(self._row(person))
            if code
        ]
        hours, rest = divmod(sum(shift.minutes for _day, shift in worked), 60)
        return (
            f"{hours}:{rest:02}" if rest else str(hours),
            str(sum(shift.is_night for _day, shift in worked)),
            str(sum(day.weekday() >= 5 for day, _shift in worked)),
        )

    def _weekends(self, person: Person) -> str:
        """Return on how many weekends somebody works, as it stands on the screen."""
        return str(weekends_of(self._problem, person.before, self._row(person)))

    def _own_day(self, person: Person, number: int) -> OwnDay:
        day, code = self._dates[number], self._row(person)[number]
        cell = list(self._cells(person))[number]
        note = self._month.calendar.names.get(day, "")
        kind = _LOOKS[self._month.calendar(day)]
        if not code:
            return OwnDay(day, kind, cell.text, cell.look, note=note)
        times = say_times(self._kinds[code].shift)
        place = self._unit_of(person, number)
        return OwnDay(day, kind, cell.text, cell.look, times, place, note)

    def _covers(self) -> Iterator[WallCover]:
        """Yield how many are needed and there, for each unit and shift with a need."""
        needs: dict[tuple[str, str], dict[int, int]] = {}
        for demand in self._problem.demands:
            if demand.counts is None:
                days = needs.setdefault((demand.unit, demand.shift), {})
                days[demand.day] = days.get(demand.day, 0) + demand.need
        units = [*self._problem.unit_names, ""]
        codes = list(self._kinds)
        for unit, code in sorted(
            needs, key=lambda pair: (units.index(pair[0]), codes.index(pair[1]))
        ):
            name = self._problem.unit_names.get(unit, "") or _("Whole home")
            text = _("{unit} {shift} needed/there")
            title = text.format(unit=name, shift=self._kinds[code].sign)
            yield WallCover(title, tuple(self._cover(unit, code, needs[unit, code])))

    def _cover(
        self, unit: str, code: str, needs: dict[int, int]
    ) -> Iterator[tuple[str, bool]]:
        for number in range(self._problem.days):
            there = sum(
                self._row(person)[number] == code
                and unit in ("", self._places.get((person.key, number), person.unit))
                for person in self._problem.people
            )
            need = needs.get(number)
            if need is None:
                yield "", False
            else:
                yield f"{need}/{there}", there < need

    def _used(self) -> list[ShiftKind]:
        """Return the kinds of shift in use, or still offered."""
        codes = {code for row in self._month.roster.rows.values() for code in row}
        return [
            kind
            for kind in self._month.kinds
            if kind.is_active or kind.shift.code in codes
        ]

    def _worked(self, person: Person) -> list[ShiftKind]:
        """Return the kinds of shift that somebody works."""
        codes = set(self._row(person))
        return [kind for kind in self._month.kinds if kind.shift.code in codes]

    def _legend(
        self, people: Sequence[Person], kinds: Iterable[ShiftKind]
    ) -> tuple[tuple[str, Look, str], ...]:
        found: list[tuple[str, Look, str]] = []
        for kind in kinds:
            text = _("{shift} {times}").format(
                shift=kind.shift.name, times=say_times(kind.shift)
            )
            found.append((kind.sign, look_of(kind.shift), text))
        found.append((_(_OFF), Look.OFF, _("day off")))
        signs = {cell.text for person in people for cell in self._cells(person)}
        found += [
            (_(sign), Look.AWAY, _(LEAVE_NAMES[leave]))
            for leave, sign in _SIGNS.items()
            if _(sign) in signs
        ]
        if _(_TRAINING) in signs:
            found.append((_(_TRAINING), Look.AWAY, _("Training")))
        return tuple(found)


def say_times(shift: Shift) -> str:
    """Say from when to when a shift goes, and that it ends on the next day."""
    ends = shift.starts + max(shift.span, shift.minutes)
    text = _("{start}–{end}") if ends <= _DAY else _("{start}–{end} next day")
    return text.format(start=_clock(shift.starts), end=_clock(ends))


def look_of(shift: Shift) -> Look:
    """Return how the cells of a shift look on paper."""
    if shift.is_night:
        return Look.NIGHT
    return Look.LATE if shift.starts >= _NOON else Look.DAY


def _clock(minute: int) -> str:
    hour, rest = divmod(minute % _DAY, 60)
    return f"{hour:02}:{rest:02}"


def _places(month: RosterMonth) -> dict[tuple[str, int], str]:
    """Return where everybody works on each day they do."""
    problem, roster = month.problem, month.roster
    return {
        (key, day): unit
        for day in range(problem.days)
        for code in {row[day] for row in roster.rows.values()} - {OFF}
        for key, unit in place(problem, roster, day, code).items()
    }


def _book_shift(kind: ShiftKind) -> BookShift:
    shift = kind.shift
    times, look = say_times(shift), look_of(shift)
    return BookShift(kind.sign, shift.name, times, shift.minutes, look)


def _state(month: RosterMonth) -> str:
    if month.is_published and month.published_at:
        moment = month.published_at
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        text = _("Published {moment}, {name}")
        return text.format(moment=show_moment(moment), name=month.published_by)
    return _("Draft, not published yet")
