"""The plan of rounds: places, and what is due there how often, with its history."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from carehome.db.beds import BuildingRow, FloorRow
from carehome.db.checklists import FormRow, RoundPlanRow, SafetyPlaceRow
from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.periods import DAY, Period
from carehome.rules.rights import Right
from carehome.rules.safety import plan as rules
from carehome.rules.safety.forms import presets
from carehome.rules.safety.plan import Planned, Rhythm, read_times, show_times
from carehome.rules.safety.suggestions import Floor, Home, Spot, Suggested, suggest
from carehome.services.safety.forms import forms_in, take_presets_in
from carehome.services.service import Service, needs


class PlaceNameTaken(Refusal):
    """Two places would bear one name."""

    text = N_("There is another place called “{name}”. Choose another name.")


class PlaceNameless(Refusal):
    """A place has no name."""

    text = N_("Give the place a name.")


class PlaceInPlan(Refusal):
    """A place out of use would still be gone round."""

    text = N_("“{name}” is still in the plan. End its rounds first.")


class NoPlace(Refusal):
    """Rounds would go nowhere."""

    text = N_("Choose at least one place.")


class StartsInThePast(Refusal):
    """A plan from yesterday on would make up rounds that were missed."""

    text = N_("A plan begins today at the earliest.")


@dataclass(frozen=True, slots=True)
class Place:
    """A place that is gone round, on a floor where it belongs to one."""

    name: str
    floor_id: int | None = None
    is_active: bool = True
    place_id: int | None = None


@dataclass(frozen=True, slots=True)
class PlanBoard:
    """All places and floors, and every line of the plan that is not over."""

    places: tuple[Place, ...]
    floors: tuple[tuple[int, str], ...]
    plan: tuple[Planned, ...]


def places_in(session: Session) -> list[Place]:
    """Return all places in the home's order, those out of use too."""
    rows = session.scalars(
        select(SafetyPlaceRow).order_by(SafetyPlaceRow.position, SafetyPlaceRow.id)
    )
    return [Place(row.name, row.floor_id, row.is_active, row.id) for row in rows]


def plans_in(session: Session, span: Period | None = None) -> list[Planned]:
    """Return the lines of the plan that hold on a day of `span`; all without one."""
    query = select(RoundPlanRow).order_by(RoundPlanRow.starts, RoundPlanRow.id)
    if span is not None:
        query = query.where(
            RoundPlanRow.ends.is_(None) | (RoundPlanRow.ends > span.start),
            RoundPlanRow.ends.is_(None) | (RoundPlanRow.ends > RoundPlanRow.starts),
        )
        if span.end is not None:
            query = query.where(RoundPlanRow.starts < span.end)
    return [_planned(row) for row in session.scalars(query)]


class RoundPlans(Service):
    """What one person can do with the plan of rounds."""

    @needs(Right.SEE_SAFETY)
    def board(self) -> PlanBoard:
        """Return the places, the floors and the plan from today on."""
        with self._reading() as session:
            return PlanBoard(
                tuple(places_in(session)),
                tuple((floor.floor_id, floor.name) for floor in _floors_in(session)),
                tuple(plans_in(session, Period(self._today()))),
            )

    @needs(Right.SEE_SAFETY)
    def suggested(self) -> tuple[Suggested, ...]:
        """Return what is usual and the plan lacks, from tomorrow on."""
        starts = self._today() + DAY
        with self._reading() as session:
            places = (each for each in places_in(session) if each.is_active)
            home = Home(
                _floors_in(session),
                [Spot(each.name, each.floor_id, each.place_id) for each in places],
                forms_in(session),
                plans_in(session, Period(starts)),
            )
        return suggest(presets(), home, starts)

    @needs(Right.CHANGE_SAFETY)
    def save_place(self, place: Place) -> int:
        """Add a place, or change the one with its id; return the id."""
        name = place.name.strip()
        if not name:
            raise PlaceNameless
        with self._writing() as session:
            query = select(SafetyPlaceRow.id).where(SafetyPlaceRow.name == name)
            if session.scalar(query) not in (None, place.place_id):
                raise PlaceNameTaken(name=name)
            if place.place_id is None:
                return _new_place(session, name, place.floor_id)
            row = session.get_one(SafetyPlaceRow, place.place_id)
            row.name, row.floor_id = name, place.floor_id
            return row.id

    @needs(Right.CHANGE_SAFETY)
    def order_places(self, place_ids: Sequence[int]) -> None:
        """Put the places into another order; all of them are named."""
        with self._writing() as session:
            rows = {row.id: row for row in session.scalars(select(SafetyPlaceRow))}
            others = [key for key in rows if key not in place_ids]
            for position, place_id in enumerate((*place_ids, *others), start=1):
                rows[place_id].position = position

    @needs(Right.CHANGE_SAFETY)
    def set_place_active(self, place_id: int, is_active: bool) -> None:
        """Take a place out of use, or into use again."""
        with self._writing() as session:
            row = session.get_one(SafetyPlaceRow, place_id)
            plans = plans_in(session, Period(self._today() + DAY))
            if not is_active and any(each.place_id == place_id for each in plans):
                raise PlaceInPlan(name=row.name)
            row.is_active = is_active

    @needs(Right.CHANGE_SAFETY)
    def add(self, planned: Planned) -> int:
        """Put a line into the plan, from today on at the earliest; return its id."""
        with self._writing() as session:
            if planned.starts < self._today():
                raise StartsInThePast
            return self._put(session, planned)

    @needs(Right.CHANGE_SAFETY)
    def add_at(self, planned: Planned, place_ids: Collection[int]) -> list[int]:
        """Put the same line into the plan for several places; return the ids."""
        with self._writing() as session:
            if planned.starts < self._today():
                raise StartsInThePast
            if not place_ids:
                raise NoPlace
            lines = (replace(planned, place_id=place_id) for place_id in place_ids)
            return [self._put(session, line) for line in lines]

    @needs(Right.CHANGE_SAFETY)
    def plan_suggested(self, wanted: Sequence[Suggested]) -> int:
        """Plan what was suggested, with the places it needs; say how many lines.

        Checklists that the home lacks are taken over first.
        """
        with self._writing() as session:
            if any(each.planned.starts < self._today() for each in wanted):
                raise StartsInThePast
            if not any(each.spots for each in wanted):
                raise NoPlace
            take_presets_in(session, self._now(), self._user.name)
            forms = {form.preset: form.form_id or 0 for form in forms_in(session)}
            lines = [
                replace(line, form_id=forms[each.preset], place_id=_at(session, spot))
                for each in wanted
                for spot, line in each.lines()
            ]
            for line in lines:
                self._put(session, line)
            return len(lines)

    @needs(Right.CHANGE_SAFETY)
    def change(self, plan_id: int, planned: Planned) -> int:
        """Let a line of the plan be another from tomorrow on; return the new id.

        What was due before stays due as it was.
        """
        with self._writing() as session:
            ends = self._end(session, plan_id, None)
            return self._put(session, replace(planned, starts=ends))

    @needs(Right.CHANGE_SAFETY)
    def end(self, plan_id: int, last: date | None = None) -> None:
        """Let a line of the plan hold no longer than `last`, today without one."""
        with self._writing() as session:
            self._end(session, plan_id, last)

    @needs(Right.CHANGE_SAFETY)
    def end_all(self, plan_ids: Collection[int]) -> None:
        """Let several lines of the plan hold no longer than today."""
        with self._writing() as session:
            for plan_id in plan_ids:
                self._end(session, plan_id, None)

    def _end(self, session: Session, plan_id: int, last: date | None) -> date:
        row = session.get_one(RoundPlanRow, plan_id)
        planned, today = _planned(row), self._today()
        ends = rules.earliest_end(planned, today) if last is None else last + DAY
        rules.check_end(planned, ends, today)
        row.ends = ends
        session.flush()
        return ends

    def _put(self, session: Session, planned: Planned) -> int:
        planned = rules.only_needed(planned)
        rules.check(planned)
        _check_unplanned(session, planned)
        row = RoundPlanRow(
            form_id=planned.form_id,
            place_id=planned.place_id,
            rhythm=planned.rhythm,
            times=show_times(planned.times),
            window=planned.window,
            night_from=planned.night_from,
            night_to=planned.night_to,
            every=planned.every,
            first_day=planned.first_day,
            days=planned.days,
            role=planned.role,
            starts=planned.starts,
            ends=planned.ends,
            made_at=self._now(),
            made_by=self._user.name,
        )
        session.add(row)
        session.flush()
        return row.id


def _floors_in(session: Session) -> list[Floor]:
    """Return the floors of all buildings from below, under the names of both."""
    query = (
        select(FloorRow.id, BuildingRow.name, FloorRow.name, FloorRow.level)
        .join(BuildingRow, BuildingRow.id == FloorRow.building_id)
        .order_by(BuildingRow.id, FloorRow.level)
    )
    return [
        Floor(key, f"{building} {name}", level)
        for key, building, name, level in session.execute(query)
    ]


def _at(session: Session, spot: Spot) -> int:
    """Return the place of a suggestion; what the home lacks is entered."""
    if spot.place_id is not None:
        return spot.place_id
    query = select(SafetyPlaceRow).where(SafetyPlaceRow.name == spot.name)
    if row := session.scalar(query):
        row.is_active = True
        return row.id
    return _new_place(session, spot.name, spot.floor_id)


def _new_place(session: Session, name: str, floor_id: int | None) -> int:
    last = session.scalar(select(func.max(SafetyPlaceRow.position))) or 0
    row = SafetyPlaceRow(name=name, floor_id=floor_id, position=last + 1)
    session.add(row)
    session.flush()
    return row.id


def _check_unplanned(session: Session, planned: Planned) -> None:
    """Refuse a second line for one form and place on the same days."""
    for each in plans_in(session, planned.period):
        if (each.form_id, each.place_id) == (planned.form_id, planned.place_id):
            form = session.get_one(FormRow, planned.form_id)
            place = session.get_one(SafetyPlaceRow, planned.place_id)
            raise rules.AlreadyPlanned(form=form.name, place=place.name)


def _planned(row: RoundPlanRow) -> Planned:
    return Planned(
        row.form_id,
        row.place_id,
        Rhythm(row.rhythm),
        row.starts,
        row.ends,
        read_times(row.times),
        row.window,
        row.night_from,
        row.night_to,
        row.every,
        row.first_day,
        row.days,
        row.role,
        row.id,
    )
