"""The papers of drills, trainings, incidents and emergency plans, to be signed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from carehome.db.drills import DrillRow, IncidentRow
from carehome.db.staff import TrainingRow
from carehome.i18n import _, show_day, speaking
from carehome.reports.safety_records import Cover, Record, Story, ticked, write_record
from carehome.reports.table import Cell, Column, Kind, Table
from carehome.rules.periods import DAY, Period
from carehome.rules.rights import Right
from carehome.rules.safety.drills import (
    ROLE_NAMES,
    VERDICT_NAMES,
    Drill,
    Lesson,
    Scored,
    say_span,
)
from carehome.rules.safety.emergencies import (
    GRADE_NAMES,
    KIND_NAMES,
    EmergencyPlan,
    Incident,
    PlanVersion,
)
from carehome.rules.safety.trainings import OCCASION_NAMES, FireTraining
from carehome.services.papers import letterhead_in
from carehome.services.safety.drills import drills_in, floors_in, score_sheet_in
from carehome.services.safety.hazards import Mark, marks_in
from carehome.services.safety.incidents import incidents_in
from carehome.services.safety.plans import plans_in
from carehome.services.safety.trainings import fire_trainings_in
from carehome.services.service import Service, needs
from carehome.services.staff.facts import held_posts_in, posts_in

Marks = Mapping[int, Mark]
BLANK_LINES = 6  # of a sheet that is taken along, for what comes up


class DrillPapers(Service):
    """What one person can print of drills, trainings, plans and incidents."""

    @needs(Right.SEE_SAFETY)
    @speaking()
    def write_drill(self, drill_id: int, path: Path) -> None:
        """Write the record of a drill; one still ahead is a sheet to take along."""
        with self._reading() as session:
            row = session.get_one(DrillRow, drill_id)
            found = drills_in(session, _of_day(row.held_on or row.planned_on))
            drill = next(each for each in found if each.drill_id == drill_id)
            if drill.held_on:
                marks = _marks_in(session, drill.lessons, self._clock())
                record = drill_record(drill, marks)
            else:
                lines = score_sheet_in(session)
                record = drill_sheet(drill, floors_in(session).values(), lines)
            head = letterhead_in(session)
        write_record(path, record, head)

    @needs(Right.SEE_SAFETY)
    @speaking()
    def write_training(self, training_id: int, path: Path) -> None:
        """Write the sheet of a training: who took part, what the test showed."""
        with self._reading() as session:
            day = session.get_one(TrainingRow, training_id).day
            found = fire_trainings_in(session, _of_day(day))
            told = next(t for t in found if t.training.training_id == training_id)
            record = training_record(told, _posts_in(session))
            head = letterhead_in(session)
        write_record(path, record, head)

    @needs(Right.SEE_SAFETY)
    @speaking()
    def write_incident(self, incident_id: int, path: Path) -> None:
        """Write the report of an incident."""
        with self._reading() as session:
            day = session.get_one(IncidentRow, incident_id).happened_on
            found = incidents_in(session, _of_day(day))
            incident = next(i for i in found if i.incident_id == incident_id)
            marks = _marks_in(session, incident.lessons, self._clock())
            head = letterhead_in(session)
        write_record(path, incident_record(incident, marks), head)

    @needs(Right.SEE_SAFETY)
    @speaking()
    def write_plan(self, plan_id: int, number: int, path: Path) -> None:
        """Write a version of an emergency plan behind its cover."""
        with self._reading() as session:
            plan = next(each for each in plans_in(session) if each.plan_id == plan_id)
            version = next(each for each in plan.versions if each.number == number)
            head = letterhead_in(session)
        write_record(path, plan_record(plan, version), head, plan_cover(plan, version))


def drill_record(drill: Drill, marks: Marks) -> Record:
    """Put a drill that was held into words."""
    met, most = drill.met
    text = _("{count} {count:minute|minutes}")
    points = _("{met} of {seen}").format(met=met, seen=most) if most else ""
    facts = (
        *_plan_facts(drill),
        (_("Held on"), f"{_day(drill.held_on)} {drill.held_at}"),
        (_("Took"), text.format(count=drill.minutes)),
        (_("Residents taking part"), str(drill.residents)),
        (_("Points"), points),
    )
    floors = [
        (each.floor, say_span(each.seconds), str(each.residents or ""))
        for each in drill.floors
    ]
    score = [
        (at, each.text, each.points, _(VERDICT_NAMES[each.verdict]), each.note)
        for at, each in enumerate(drill.score, start=1)
    ]
    parts: tuple[Story | Table, ...] = (
        *_if_told(_("Scenario in words"), drill.note),
        _roles(drill),
        _floors(floors),
        _score(score),
        _lessons(drill.lessons, marks),
    )
    return Record(_("Record of the drill"), drill.title, facts, parts, _signers())


def drill_sheet(drill: Drill, floors: Iterable[str], lines: Sequence[Scored]) -> Record:
    """Put a drill that is ahead into a sheet to be filled in by hand."""
    facts = (
        *_plan_facts(drill),
        (_("Held on"), ""),
        (_("Began at"), ""),
        (_("Took"), ""),
        (_("Residents taking part"), ""),
    )
    boxes = ticked([_(name) for name in VERDICT_NAMES.values()], "")
    score = [
        (at, line.text, line.points, boxes, "")
        for at, line in enumerate(lines, start=1)
    ]
    blank = tuple(Lesson(" ") for _line in range(BLANK_LINES))
    parts: tuple[Story | Table, ...] = (
        *_if_told(_("Scenario in words"), drill.note),
        _roles(drill),
        _floors([(floor, "", "") for floor in floors]),
        _score(score),
        _lessons(blank, {}),
    )
    return Record(_("Sheet of the drill"), drill.title, facts, parts, _signers())


def training_record(told: FireTraining, posts: Mapping[int, str]) -> Record:
    """Put a training into a sheet of attendance and results."""
    training = told.training
    text = _("{count} {count:minute|minutes}")
    passed = told.tested - len(told.failed)
    facts = (
        (_("Subject"), told.subject),
        (_("Occasion"), _(OCCASION_NAMES[told.occasion])),
        (_("Day"), show_day(training.day)),
        (_("Took"), text.format(count=training.minutes)),
        (_("Teacher"), training.teacher),
        (_("Place"), training.place),
        (_("Taking part"), _people(len(told.people))),
        (_("Points that pass"), str(told.pass_points)),
        (_("Tested"), _people(told.tested)),
        (_("Passed"), _people(passed) if told.tested else ""),
    )
    rows = [
        (
            at,
            each.name,
            posts.get(each.staff_id, ""),
            each.points,
            _result(each.points, told.pass_points),
            "",
        )
        for at, each in enumerate(told.people, start=1)
    ]
    columns = (
        Column(_("No."), 6, Kind.NUMBER),
        Column(_("Name"), 13),
        Column(_("Main post"), 22),
        Column(_("Points"), 8, Kind.NUMBER),
        Column(_("Result of the test"), 13),
        Column(_("Signature of the participant"), 26),
    )
    parts: tuple[Story | Table, ...] = (
        *_if_told(_("What was taught"), training.note),
        Table(_("Attendance and results"), columns, rows),
    )
    title = training.title or told.subject
    signers = _("Teacher"), _("Prepared by")
    return Record(_("Attendance and test of a training"), title, facts, parts, signers)


def incident_record(incident: Incident, marks: Marks) -> Record:
    """Put an incident into its report."""
    when = f"{show_day(incident.happened_on)} {incident.happened_at}"
    grades = [_(name) for name in GRADE_NAMES.values()]
    state = _("Incident closed") if incident.closed_on else _("Not closed")
    facts = (
        (_("Happened on"), when),
        (_("Place"), incident.place),
        (_("Kind of event"), _(KIND_NAMES[incident.kind])),
        (_("Grade of the event"), ticked(grades, _(GRADE_NAMES[incident.grade]))),
        (_("Injured"), _people(incident.injured)),
        (_("Dead"), _people(incident.dead)),
        (_("State"), state),
        (_("Incident closed on"), _day(incident.closed_on)),
    )
    parts = (
        Story(_("What happened"), incident.told),
        Story(_("How it was handled"), incident.measures),
        Story(_("Cause"), incident.cause),
        _reports(incident),
        _lessons(incident.lessons, marks),
    )
    signers = _("Reported by"), _("Safety officer"), _("Director"), _("Day")
    number = _("Number {number}").format(number=incident.number)
    return Record(_("Incident report"), number, facts, parts, signers)


def plan_cover(plan: EmergencyPlan, version: PlanVersion) -> Cover:
    """Put the cover of a plan into words."""
    text = _("Version {number}").format(number=version.number)
    return Cover(
        plan.title,
        text,
        (
            (_("Kind of event"), _(KIND_NAMES[plan.kind])),
            (_("Version in force from"), show_day(version.effective_on)),
            (_("Review on"), show_day(version.review_on)),
            (_("Approved by"), version.approved_by),
            (_("Signature and seal"), ""),
        ),
    )


def plan_record(plan: EmergencyPlan, version: PlanVersion) -> Record:
    """Put what a version of a plan says into words."""
    facts = (
        (_("Version in force from"), show_day(version.effective_on)),
        (_("Review on"), show_day(version.review_on)),
        (_("Approved by"), version.approved_by),
        (_("What changed"), version.changes),
    )
    rows = [(_(GRADE_NAMES[grade]), text) for grade, text in version.responses]
    columns = Column(_("Grade of the event"), 12), Column(_("Response"), 60)
    editions = [
        (each.number, each.effective_on, each.review_on, each.approved_by, each.changes)
        for each in plan.versions
        if each.number <= version.number
    ]
    history = (
        Column(_("Version"), 6, Kind.NUMBER),
        Column(_("Version in force from"), 12, Kind.DAY),
        Column(_("Review on"), 12, Kind.DAY),
        Column(_("Approved by"), 12),
        Column(_("What changed"), 30),
    )
    parts = (
        Story(_("What is done, by whom"), version.text),
        Table(_("Response by grade of the event"), columns, rows),
        Table(_("Versions"), history, editions),
    )
    number = _("Version {number}").format(number=version.number)
    signers = _("Drawn up by"), _("Approved by")
    return Record(plan.title, number, facts, parts, signers)


def _if_told(title: str, text: str) -> tuple[Story, ...]:
    return (Story(title, text),) if text else ()


def _plan_facts(drill: Drill) -> tuple[tuple[str, str], ...]:
    scenes = [_("At night") if drill.is_night else _("In daytime")]
    if drill.is_disabled_unit:
        scenes.append(_("Disabled unit"))
    ways = [_("Real exercise"), _("At the table")]
    return (
        (_("Drill planned for"), show_day(drill.planned_on)),
        (_("Place"), drill.place),
        (_("Scenario"), _(", ").join(scenes)),
        (_("Way"), ticked(ways, ways[0 if drill.is_real else 1])),
    )


def _roles(drill: Drill) -> Table:
    names: dict[str, list[str]] = {role: [] for role in ROLE_NAMES}
    for part in drill.roles:
        names[part.role].append(part.name)
    columns = Column(_("Group"), 12), Column(_("Names, the leader first"), 60)
    rows = [(_(ROLE_NAMES[role]), _(", ").join(who)) for role, who in names.items()]
    return Table(_("Who did what"), columns, rows)


def _floors(rows: Sequence[Sequence[Cell]]) -> Table:
    columns = (
        Column(_("Floor"), 24),
        Column(_("Minutes and seconds"), 24),
        Column(_("Residents brought out"), 24),
    )
    return Table(_("Time until each floor was empty"), columns, rows)


def _score(rows: Sequence[Sequence[Cell]]) -> Table:
    columns = (
        Column(_("No."), 6, Kind.NUMBER),
        Column(_("What is looked at"), 46),
        Column(_("Points it counts"), 8, Kind.NUMBER),
        Column(_("Seen"), 26),
        Column(_("Remark"), 26),
    )
    return Table(_("Score sheet"), columns, rows)


def _lessons(lessons: Sequence[Lesson], marks: Marks) -> Table:
    rows = [(each.text, _hazard(each, marks)) for each in lessons]
    columns = Column(_("What was learnt"), 60), Column(_("Number of the hazard"), 16)
    return Table(_("What was learnt, and the hazards opened for it"), columns, rows)


def _hazard(lesson: Lesson, marks: Marks) -> str:
    mark = marks.get(lesson.hazard_id) if lesson.hazard_id else None
    return mark.number if mark else ""


def _reports(incident: Incident) -> Table:
    columns = (
        Column(_("Reported to"), 24),
        Column(_("Reported at"), 18),
        Column(_("Reported by"), 12),
        Column(_("Note"), 24),
    )
    rows = [
        (
            each.receiver,
            f"{show_day(each.reported_on)} {each.reported_at}",
            each.reported_by,
            each.note,
        )
        for each in incident.reports
    ]
    return Table(_("Whom it was reported to"), columns, rows)


def _signers() -> tuple[str, ...]:
    return _("In command"), _("Recorded by"), _("Safety officer"), _("Director")


def _result(points: int | None, enough: int) -> str:
    if points is None:
        return ""
    return _("Passed") if points >= enough else _("Not passed")


def _people(count: int) -> str:
    return _("{count} {count:person|people}").format(count=count)


def _day(day: date | None) -> str:
    return show_day(day) if day else ""


def _of_day(day: date) -> Period:
    return Period(day, day + DAY)


def _marks_in(session: Session, lessons: Iterable[Lesson], now: datetime) -> Marks:
    opened = [each.hazard_id for each in lessons if each.hazard_id]
    return marks_in(session, opened, now)


def _posts_in(session: Session) -> dict[int, str]:
    posts = posts_in(session)
    return {who: posts[held[0]].name for who, held in held_posts_in(session).items()}
