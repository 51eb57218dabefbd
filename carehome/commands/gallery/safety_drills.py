"""Scenes of drills, trainings about fire, emergency plans and incidents."""

from datetime import timedelta

from carehome.app.desk import SAFETY
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import Studio
from carehome.rules.safety.drills import Drill, State
from carehome.rules.safety.emergencies import EmergencyPlan, Incident
from carehome.services.safety.drills import Drills
from carehome.services.safety.incidents import Incidents
from carehome.services.safety.plans import EmergencyPlans
from carehome.services.safety.trainings import FireTrainings
from carehome.ui.safety.drills import INCIDENTS, PLANS, TRAININGS, DrillsTab
from carehome.ui.safety.fire_trainings import TrainingList

TAB = "Drills and training"
NAME = "3F"


def drills(studio: Studio) -> None:
    """See what was planned and held, and what the year lacks."""
    studio.service(Drills).plan(Drill(NAME, studio.today, is_night=True))
    studio.tab(SAFETY, TAB)


def new_drill(studio: Studio) -> None:
    """Plan a drill."""
    drills(studio)
    studio.press("Plan a drill")


def one_drill(studio: Studio) -> None:
    """Look at a drill that is planned."""
    number = studio.service(Drills).plan(Drill(NAME, studio.today, is_night=True))
    studio.tab(SAFETY, TAB)
    studio.find(DrillsTab).open_key(("drills", number))
    studio.wait()


def held(studio: Studio) -> None:
    """Record how a drill went."""
    one_drill(studio)
    studio.press("Record how it went")


def correction(studio: Studio) -> None:
    """Put right how a drill went."""
    drills, day = studio.service(Drills), studio.today
    known = next(e for e in drills.year(day.year).drills if e.held_on)
    studio.tab(SAFETY, TAB)
    studio.find(DrillsTab).open_key(("drills", known.drill_id))
    studio.wait()
    studio.press("Correct the record")


def record(studio: Studio) -> None:
    """Look at the sheet of a drill on paper."""
    one_drill(studio)
    studio.press("Print")


def missing(studio: Studio) -> None:
    """Plan what the year still lacks."""
    service = studio.service(Drills)
    for each in service.year(studio.today.year).drills:
        if each.state is State.PLANNED:
            service.call_off(each.drill_id, NAME)
    studio.tab(SAFETY, TAB)
    studio.find(DrillsTab).year.forward()
    studio.wait()
    studio.press("Plan what is missing")


def called_off(studio: Studio) -> None:
    """Call a drill off."""
    one_drill(studio)
    studio.press("Call off the drill")


def trainings(studio: Studio) -> None:
    """See the trainings about fire and who is due."""
    _part(studio, TRAININGS)


def new_training(studio: Studio) -> None:
    """Write a training about fire down."""
    trainings(studio)
    studio.press("New training")


def subjects(studio: Studio) -> None:
    """Say which subjects are about fire."""
    trainings(studio)
    studio.press("Subjects about fire")


def plans(studio: Studio) -> None:
    """See the emergency plans; open one."""
    number = studio.service(EmergencyPlans).save(EmergencyPlan(NAME, "accident"))
    _part(studio, PLANS)
    studio.find(DrillsTab).open_key((PLANS, number))
    studio.wait()


def version(studio: Studio) -> None:
    """Issue a version of a plan."""
    plans(studio)
    studio.press("New version")


def incidents(studio: Studio) -> None:
    """See the incidents; open one."""
    day = studio.today - timedelta(days=1)
    told = Incident(day, "08:10", "accident", "general", NAME, NAME)
    number = studio.service(Incidents).add(told)
    _part(studio, INCIDENTS)
    studio.find(DrillsTab).open_key((INCIDENTS, number))
    studio.wait()


def new_incident(studio: Studio) -> None:
    """Record an incident."""
    _part(studio, INCIDENTS)
    studio.press("Record an incident")


def report(studio: Studio) -> None:
    """Note that an incident was reported."""
    incidents(studio)
    studio.press("Note a report")


def close_incident(studio: Studio) -> None:
    """Ask before an incident is closed for good."""
    incidents(studio)
    studio.press("Close the incident")


def one_training(studio: Studio) -> TrainingList:
    """Look at a training about fire."""
    _part(studio, TRAININGS)
    year = studio.service(FireTrainings).year(studio.today.year)
    number = year.trainings[0].training.training_id
    studio.find(DrillsTab).open_key((TRAININGS, number))
    studio.wait()
    return studio.find(TrainingList)


def training_paper(studio: Studio) -> None:
    """Look at the sheet of a training on paper."""
    studio.click(one_training(studio).paper)


def remove_training(studio: Studio) -> None:
    """Ask before a training is removed."""
    studio.click(one_training(studio).remove)


def scan(studio: Studio) -> None:
    """File the signed scan of a version."""
    number = studio.service(EmergencyPlans).listed()[0][0].plan_id
    _part(studio, PLANS)
    studio.find(DrillsTab).open_key((PLANS, number))
    studio.wait()
    studio.press("Add the signed scan")


def plan_paper(studio: Studio) -> None:
    """Look at a version of a plan on paper, with its cover."""
    number = studio.service(EmergencyPlans).listed()[0][0].plan_id
    _part(studio, PLANS)
    studio.find(DrillsTab).open_key((PLANS, number))
    studio.wait()
    studio.press("Print")


def incident_paper(studio: Studio) -> None:
    """Look at the report of an incident on paper."""
    incidents(studio)
    studio.press("Print")


def rules(studio: Studio) -> None:
    """Set our own rules, and whom incidents are reported to."""
    studio.tab(SAFETY, TAB)
    studio.press("Our own rules")


def _part(studio: Studio, part: str) -> None:
    studio.tab(SAFETY, TAB)
    studio.find(DrillsTab).open_key(part)
    studio.wait()


SCENES = (
    Scene("safety-drills", drills),
    Scene("safety-drills-new", new_drill),
    Scene("safety-drills-drill", one_drill),
    Scene("safety-drills-held", held),
    Scene("safety-drills-called-off", called_off),
    Scene("safety-drills-correct", correction),
    Scene("safety-drills-paper", record),
    Scene("safety-drills-missing", missing),
    Scene("safety-trainings", trainings),
    Scene("safety-trainings-new", new_training),
    Scene("safety-trainings-subjects", subjects),
    Scene("safety-trainings-training", one_training),
    Scene("safety-trainings-paper", training_paper),
    Scene("safety-trainings-remove", remove_training),
    Scene("safety-drills-rules", rules),
    Scene("safety-plans-scan", scan),
    Scene("safety-plans-paper", plan_paper),
    Scene("safety-incidents-paper", incident_paper),
    Scene("safety-plans", plans),
    Scene("safety-plans-version", version),
    Scene("safety-incidents", incidents),
    Scene("safety-incidents-new", new_incident),
    Scene("safety-incidents-report", report),
    Scene("safety-incidents-close", close_incident),
)
