"""One way to do each deed with drills, plans and incidents that can be undone."""

from dataclasses import replace
from datetime import date

from carehome.rules.safety.drills import (
    Drill,
    FloorTime,
    Lesson,
    RolePart,
    Scored,
    Verdict,
)
from carehome.rules.safety.emergencies import (
    Duty,
    EmergencyPlan,
    Incident,
    PlanVersion,
    Report,
)
from carehome.rules.safety.trainings import Attended, FireTraining
from carehome.rules.training import Training
from carehome.services.safety.drill_rules import DrillSettings
from carehome.services.safety.drills import Drills
from carehome.services.safety.incidents import Incidents
from carehome.services.safety.plans import EmergencyPlans
from carehome.services.safety.trainings import FireTrainings
from tests.conftest import TODAY
from tests.ways.staff_deeds import carer

VERSION = PlanVersion(TODAY, date(2027, 11, 21), "王院长", "先报警，再疏散。")


def drill(w):
    """Plan a drill with somebody in command."""
    leader = RolePart("command", carer(w))
    told = Drill("夜间疏散演练", TODAY, "2层", True, True, roles=(leader,))
    return replace(told, drill_id=w.of(Drills).plan(told))


def held(w, told):
    """Return the drill with how it went."""
    floor = next(iter(w.of(Drills).cast().floors))
    return replace(
        told,
        held_on=TODAY,
        held_at="02:10",
        minutes=18,
        residents=12,
        floors=(FloorTime(floor, 395, 12),),
        score=(
            Scored("三分钟内到位", Verdict.FAILED),
            Scored("报警及时", Verdict.MET, 5),
        ),
        lessons=(Lesson("轮椅不够"),),
    )


def _done(w):
    told = held(w, drill(w))
    w.of(Drills).hold(told)
    return told


def fire_subject(w):
    return next(iter(w.of(FireTrainings).year(2026).fire_subjects))


def _trained(w):
    who = carer(w)
    training = Training(fire_subject(w), TODAY, 90, (who,))
    told = FireTraining(training, "", (Attended(who, "", 80),), "new_staff")
    number = w.of(FireTrainings).save(told)
    return replace(told, training=replace(training, training_id=number))


def _unsaved(w):
    who = carer(w)
    training = Training(fire_subject(w), TODAY, 90, (who,))
    return FireTraining(training, "", (Attended(who, "", 80),))


def _plan(w):
    return w.of(EmergencyPlans).save(EmergencyPlan("火灾应急预案", "accident"))


def _issued(w):
    plan_id = _plan(w)
    w.of(EmergencyPlans).issue(plan_id, VERSION)
    path = w.folder / "plan.pdf"
    path.write_bytes(b"%PDF-1.4 signed\n%%EOF\n")
    return plan_id, path


def incident(w):
    told = Incident(TODAY, "08:10", "accident", "general", "微波炉冒烟", "三楼")
    return replace(told, incident_id=w.of(Incidents).add(told))


def _ready(w):
    told = replace(incident(w), cause="线路老化", measures="已断电更换")
    w.of(Incidents).change(told)
    return told.incident_id


DEEDS = {
    "Drills.plan": (
        lambda _w: Drill("疏散演练", TODAY),
        lambda w, told: w.of(Drills).plan(told),
    ),
    "Drills.change": (
        drill,
        lambda w, told: w.of(Drills).change(replace(told, title="日间", roles=())),
    ),
    "Drills.hold": (drill, lambda w, told: w.of(Drills).hold(held(w, told))),
    "Drills.correct": (
        _done,
        lambda w, told: w.of(Drills).correct(
            replace(told, minutes=20, floors=(), roles=(*told.roles, *told.roles))
        ),
    ),
    "Drills.plan_several": (
        lambda w: w.of(Drills).year(2026).proposed,
        lambda w, told: w.of(Drills).plan_several(told),
    ),
    "Drills.call_off": (
        drill,
        lambda w, told: w.of(Drills).call_off(told.drill_id, "暴雨"),
    ),
    "FireTrainings.save": (
        _unsaved,
        lambda w, told: w.of(FireTrainings).save(told),
    ),
    "FireTrainings.remove": (
        _trained,
        lambda w, told: w.of(FireTrainings).remove(told.training.training_id),
    ),
    "FireTrainings.set_subjects": (
        lambda _w: None,
        lambda w, _known: w.of(FireTrainings).set_subjects(frozenset({1, 2})),
    ),
    "EmergencyPlans.save": (
        lambda _w: EmergencyPlan("停电应急预案", "accident"),
        lambda w, plan: w.of(EmergencyPlans).save(plan),
    ),
    "EmergencyPlans.issue": (
        _plan,
        lambda w, plan_id: w.of(EmergencyPlans).issue(
            plan_id, replace(VERSION, responses=(("general", "值班长指挥"),))
        ),
    ),
    "EmergencyPlans.add_scan": (
        _issued,
        lambda w, told: w.of(EmergencyPlans).add_scan(told[0], 1, told[1]),
    ),
    "DrillSettings.set_rules": (
        lambda w: w.of(DrillSettings).rules(),
        lambda w, rules: w.of(DrillSettings).set_rules(
            replace(rules, warn_days=20, duties=(("general", (Duty("民政局", 30),)),))
        ),
    ),
    "Incidents.change": (
        incident,
        lambda w, told: w.of(Incidents).change(replace(told, injured=1)),
    ),
    "Incidents.report": (
        incident,
        lambda w, told: w.of(Incidents).report(
            told.incident_id, Report("区民政局", TODAY, "08:40")
        ),
    ),
    "Incidents.learn": (
        incident,
        lambda w, told: w.of(Incidents).learn(told.incident_id, "定期查线路"),
    ),
    "Incidents.close": (_ready, lambda w, number: w.of(Incidents).close(number)),
}
