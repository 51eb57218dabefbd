"""Equipment, drills, plans and papers of fire safety in the demonstration home."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from carehome.commands.demo.safety_pictures import floor_plan
from carehome.db.database import Database
from carehome.rules.periods import months_after
from carehome.rules.rights import Role, User
from carehome.rules.safety.approvals import Paper
from carehome.rules.safety.drills import (
    Drill,
    FloorTime,
    Lesson,
    RolePart,
    Scored,
    Verdict,
)
from carehome.rules.safety.emergencies import (
    EmergencyPlan,
    Incident,
    PlanVersion,
    Report,
)
from carehome.rules.safety.equipment import Done
from carehome.rules.safety.hazards import Severity
from carehome.rules.safety.inspections import Inspection
from carehome.rules.safety.trainings import Attended
from carehome.services.safety.approvals import SafetyPapers
from carehome.services.safety.drills import Drills
from carehome.services.safety.equipment import Equipment, Piece
from carehome.services.safety.hazards import Hazards
from carehome.services.safety.incidents import Incidents
from carehome.services.safety.inspections import Inspections
from carehome.services.safety.plans import EmergencyPlans
from carehome.services.safety.trainings import FireTrainings

_ROLES = ("command", "alarm", "fire_fighting", "evacuation", "evacuation", "first_aid")
_PLANNED_FLOOR = 2  # the place of the floor whose plan is kept
_UNSERVICED = 6
_OUT_IN = (160, 215, 320, 190)  # seconds until each floor was empty


def furnish(
    db: Database, users: Mapping[Role, User], told: Mapping[str, Any], now: datetime
) -> None:
    """Hang the equipment, hold the drills, file the papers of the last year."""
    desk = _Desk(db, users[Role.SAFETY_OFFICER], told, now)
    desk.hang()
    desk.drill()
    desk.teach()
    desk.write_plans()
    desk.record_incident(users[Role.DIRECTOR])
    desk.file_papers()
    desk.be_inspected(users)


class _Desk:
    """The desk of the safety officer, on the days that the story tells."""

    def __init__(
        self, db: Database, officer: User, told: Mapping[str, Any], now: datetime
    ) -> None:
        self._db, self._officer, self._told, self._now = db, officer, told, now
        self._dice = Random("fire tests")
        drills = Drills(db, officer, self._clock(0))
        self._cast = drills.cast()

    def hang(self) -> None:
        """Enter the equipment of every floor, its plan and its last service."""
        service = Equipment(self._db, self._officer, self._clock(0))
        kinds = {kind.name: kind.kind_id for kind in service.ledger().kinds}
        hung: list[int] = []
        marked: list[int] = []
        for place, floor in enumerate(self._cast.floors.values()):
            for kind, where, model, months, count in self._told["equipment"]:
                made = months_after(self._now.date(), -months - place)
                piece = Piece(kinds[kind], where.format(floor=floor), model, made)
                new = service.add(piece, count)
                hung += new
                if place == _PLANNED_FLOOR:
                    marked += new
        kind, where, model, months = self._told["old_equipment"]
        made = months_after(self._now.date(), -months)
        service.add(Piece(kinds[kind], where, model, made))
        firm, note = self._told["serviced_by"], self._told["service_note"]
        tested = Done(self._day(-330), by=firm, note=note)
        service.record(hung[:-_UNSERVICED], tested)
        failed = Done(
            self._day(-20), is_passed=False, by=firm, note=self._told["failed_note"]
        )
        service.record(hung[:1], failed)
        plan = service.add_plan(self._told["plan_name"], floor_plan())
        for number, equipment_id in enumerate(marked):
            x, y = 900 + number * 8200 // len(marked), 4300 + number % 3 * 700
            service.put_on_plan(equipment_id, plan, x, y)

    def drill(self) -> None:
        """Hold the drills of the year and plan the next one."""
        failed = self._told["drill_score"]["failed"]
        taught = self._told["lessons"]
        for told, lines, line in zip(self._told["drills"], taught, failed, strict=True):
            title, place, at_night, disabled, days, at, minutes, residents = told
            planned = Drill(title, self._day(days), place, at_night, disabled)
            service = Drills(self._db, self._officer, self._clock(days))
            number = service.plan(planned)
            people = list(self._cast.people)
            parts = tuple(
                RolePart(role, people[place]) for place, role in enumerate(_ROLES)
            )
            times = zip(self._cast.floors.items(), _OUT_IN, strict=False)
            floors = tuple(
                FloorTime(floor, seconds, residents // 4, name)
                for (floor, name), seconds in times
            )
            lessons = tuple(Lesson(text) for text in lines)
            score = tuple(self._scored(service.score_sheet(), line))
            held = Drill(
                *(title, self._day(days), place, at_night, disabled, True, parts),
                *(self._day(days), at, minutes, residents),
                floors=floors,
                score=score,
                lessons=lessons,
                drill_id=number,
            )
            service.hold(held)
        title, place, days = self._told["coming_drill"]
        coming = Drill(title, self._day(days), place, is_disabled_unit=True)
        Drills(self._db, self._officer, self._clock(-9)).plan(coming)

    def _scored(self, sheet: Sequence[Scored], failed: int | None) -> Iterator[Scored]:
        """Judge each line of the score sheet as it was seen on the day."""
        note = self._told["drill_score"]["note"]
        for place, line in enumerate(sheet):
            if place == failed:
                yield replace(line, verdict=Verdict.FAILED, note=note)
            else:
                yield replace(line, verdict=Verdict.MET)

    def teach(self) -> None:
        """Say which trainings were about fire, and how their tests went."""
        told = self._told["training"]
        service = FireTrainings(self._db, self._officer, self._clock(0))
        known = service.year(self._now.year).subjects
        about = {each.subject_id for each in known if each.name == told["subject"]}
        service.set_subjects(frozenset(about))
        for held in service.year(self._now.year).trainings:
            if held.training.day < self._now.date():
                people = tuple(map(self._tested, held.people))
                service.save(replace(held, people=people, occasion=told["occasion"]))

    def _tested(self, person: Attended) -> Attended:
        """Let most of those who came sit the test; a few do not pass."""
        told = self._told["training"]
        points = min(100, self._dice.randrange(told["lowest"], 112, 2))
        was_there = self._dice.random() < told["tested"]
        return replace(person, points=points if was_there else None)

    def write_plans(self) -> None:
        """Put the emergency plans in force; one should have been reviewed."""
        for title, kind, starts, review, text in self._told["plans"]:
            service = EmergencyPlans(self._db, self._officer, self._clock(starts))
            number = service.save(EmergencyPlan(title, kind))
            version = PlanVersion(
                *(self._day(starts), self._day(review)),
                *(self._told["supervisor"], text),
                responses=(("general", self._told["response"]),),
            )
            service.issue(number, version)

    def record_incident(self, director: User) -> None:
        """Record the one incident of the year, reported and closed."""
        told, place, measures, cause, receiver = self._told["incident"]
        service = Incidents(self._db, self._officer, self._clock(-75))
        number = service.add(
            Incident(
                *(self._day(-76), "17:40", "accident", "general", told, place),
                measures=measures,
                cause=cause,
            )
        )
        service.report(number, Report(receiver, self._day(-76), "18:15"))
        Incidents(self._db, director, self._clock(-70)).close(number)

    def file_papers(self) -> None:
        """File approvals, contracts, tests and the insurance."""
        service = SafetyPapers(self._db, self._officer, self._clock(-1))
        for kind, subject, party, number, starts, last, outcome in self._told["papers"]:
            until = None if last is None else self._day(last)
            about = Paper(
                kind, self._day(starts), until, subject, party, number, outcome=outcome
            )
            service.save(about)
        told = self._told["insurance"]
        kind, subject, party, number, starts, last, fen, received, people = told
        insured = Paper(
            *(kind, self._day(starts), self._day(last), subject, party, number),
            fen=fen,
            percent=70,
            received_fen=received,
            received_on=self._day(starts + 60),
            people=people,
        )
        service.save(insured)

    def _put_right(self, hazard: int, days: int, users: Mapping[Role, User]) -> None:
        """Put right what an office found, before it is told so."""
        desk, nurse = users[Role.FRONT_DESK], users[Role.HEAD_NURSE]
        told, director = self._told, users[Role.DIRECTOR]
        Hazards(self._db, desk, self._clock(days + 4)).rectify(
            hazard, told["signed"], told["rectifier"], why_none=told["no_picture"]
        )
        checked = Hazards(self._db, nurse, self._clock(days + 5))
        checked.pass_check(hazard, told["checked"])
        closed = Hazards(self._db, director, self._clock(days + 6))
        closed.close(hazard, told["closed"])

    def be_inspected(self, users: Mapping[Role, User]) -> None:
        """Write down who came from outside; one answer is still owed."""
        for name in ("inspection", "owed_inspection"):
            told = self._told[name]
            office, basis, called, inspectors, number, days, due, item, place = told
            service = Inspections(self._db, self._officer, self._clock(days))
            known = service.save(
                Inspection(
                    *(self._day(days), office, basis, called, inspectors, number),
                    answer_due=self._day(days + due),
                )
            )
            hazard = service.add_finding(known, item, place, Severity.GENERAL)
            if name == "inspection":
                self._put_right(hazard, days, users)
                later = Inspections(self._db, self._officer, self._clock(days + 8))
                later.give_answer(known, self._day(days + 8), self._told["answer"])

    def _day(self, days: int) -> date:
        return self._now.date() + timedelta(days=days)

    def _clock(self, days: int) -> Callable[[], datetime]:
        moment = self._now + timedelta(days=days)
        return lambda: moment
