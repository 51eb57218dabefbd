"""What drills, trainings, emergency plans and incidents ask for on a day."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from carehome.i18n import N_
from carehome.rules.periods import Period
from carehome.rules.rights import Role
from carehome.rules.safety import drills as rules
from carehome.rules.safety.drill_year import unplanned
from carehome.rules.safety.drills import Drill, State
from carehome.rules.safety.emergencies import (
    KIND_NAMES,
    EmergencyPlan,
    Incident,
    PlanState,
    kinds_without_plan,
)
from carehome.rules.safety.reporting import ReportState, state_of, tellings
from carehome.rules.safety.trainings import PersonStanding, PostStanding, Standing
from carehome.rules.today import Concern, Target, Task, Urgency, Words, some_of, words

DRILL = "drill"  # target: a part of the tab, and what to open there
SUBJECT = words(N_("Drills and training"))
OFFICER = Role.SAFETY_OFFICER
HALF_NEARS = timedelta(days=60)  # ours: time enough to plan a drill
LAST_QUARTER = 10  # the month from which a year's kinds of drill are told of


def of_drills(
    drills: Sequence[Drill], day: date, warn_days: int
) -> Iterator[Task | Concern]:
    """Yield drills that come up or were not recorded, and what the law still asks."""
    for each in drills:
        if each.state is State.PLANNED and each.planned_on <= day + timedelta(
            days=warn_days
        ):
            yield _planned(each, day)
    half = rules.halves(_now(day), drills)[0]
    if not half.is_done and half.planned is None and half.last_day <= day + HALF_NEARS:
        text = N_("No real exercise in this half year yet; it is due by {day}")
        yield _concern(words(text, day=half.last_day), Urgency.SOON, ("drills", None))
    need = unplanned(day.year, drills)
    if day.month >= LAST_QUARTER and (need.at_night or need.disabled_unit):
        yield _concern(_lacks(need), Urgency.NOTE, ("drills", None))


def _now(day: date) -> Period:
    return Period(day, day + timedelta(days=1))


def _planned(drill: Drill, day: date) -> Task | Concern:
    target = ("drills", drill.drill_id)
    if drill.planned_on < day:
        text = N_("{title} was planned for {day}; note how it went or call it off")
        told = words(text, title=drill.title, day=drill.planned_on)
        return _concern(told, Urgency.LATE, target)
    return Task(
        drill.planned_on,
        words(N_("Drill")),
        drill.title,
        words(N_("Open")),
        Target(DRILL, target),
    )


def _lacks(need: rules.YearNeed) -> Words:
    if need.at_night and need.disabled_unit:
        return words(
            N_("This year neither at night nor in a unit of disabled people a drill")
        )
    if need.at_night:
        return words(N_("No drill at night this year yet"))
    return words(N_("No drill in a unit of disabled people this year yet"))


def of_trainings(standings: Iterable[PersonStanding]) -> Iterator[Concern]:
    """Yield a line for who was never trained, for who is overdue, for who is soon."""
    texts = {
        Standing.NEVER: N_("{names} had no training about fire"),
        Standing.DUE: N_("Yearly training about fire of {names} is overdue"),
        Standing.SOON: N_("Yearly training about fire of {names} is due soon"),
    }
    known = list(standings)
    for standing, text in texts.items():
        names = [e.person.trainee.name for e in known if e.standing is standing]
        if names:
            soon = standing is Standing.SOON
            yield _concern(
                words(text, names=some_of(names)),
                Urgency.NOTE if soon else Urgency.LATE,
                ("trainings", None),
                len(names),
            )


def of_new_posts(standings: Iterable[PersonStanding]) -> Iterator[Concern]:
    """Yield a line for those who took up a new post and were not trained for it."""
    names = [
        each.person.trainee.name
        for each in standings
        if any(standing is PostStanding.NOT for _post, standing in each.posts)
    ]
    if names:
        text = N_("{names} took up a new post without training about fire before it")
        told = words(text, names=some_of(names))
        yield _concern(told, Urgency.LATE, ("trainings", None), len(names))


def of_plans(
    plans: Iterable[EmergencyPlan], day: date, warn_days: int
) -> Iterator[Concern]:
    """Yield the plans whose review has come or nears, and those without a version."""
    texts = {
        PlanState.OVERDUE: (N_("{title}: the review is overdue"), Urgency.LATE),
        PlanState.REVIEW: (N_("{title}: review it soon"), Urgency.SOON),
        PlanState.EMPTY: (N_("{title}: no version is in force"), Urgency.SOON),
    }
    known = list(plans)
    without = kinds_without_plan(known, day) if known else []
    if without:
        kinds = some_of([words(KIND_NAMES[kind]) for kind in without])
        lacks = words(N_("No emergency plan in force for {kinds}"), kinds=kinds)
        yield _concern(lacks, Urgency.NOTE, ("plans", None), len(without))
    for plan in known:
        told = texts.get(plan.state(day, warn_days))
        if told:
            text, urgency = told
            target = ("plans", plan.plan_id)
            yield _concern(words(text, title=plan.title), urgency, target)


def of_incidents(incidents: Iterable[Incident], now: datetime) -> Iterator[Concern]:
    """Yield whom each open incident is still to be reported to."""
    for each in incidents:
        told = [t for t in tellings(each, now) if t.report is None]
        if each.closed_on or not told:
            continue
        is_late = state_of(told) is ReportState.OVERDUE
        text = (
            N_("Incident {number} should have been reported to {receivers}")
            if is_late
            else N_("Report incident {number} to {receivers} by {time}")
        )
        shown = [t for t in told if t.state is state_of(told)]
        line = words(
            text,
            number=each.number,
            receivers=some_of([t.duty.receiver for t in shown]),
            time=f"{min(t.until for t in shown):%H:%M}",
        )
        urgency = Urgency.LATE if is_late else Urgency.SOON
        yield _concern(line, urgency, ("incidents", each.incident_id))


def _concern(
    text: Words, urgency: Urgency, key: tuple[str, int | None], count: int = 1
) -> Concern:
    return Concern(SUBJECT, text, urgency, Target(DRILL, key), OFFICER, count=count)
