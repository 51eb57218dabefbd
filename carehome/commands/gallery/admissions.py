"""Scenes of admissions: each step, and what is asked on the way."""

from functools import partial

from carehome.commands.gallery.residents import page, somebody
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import NotThere, Studio
from carehome.rules.residents import Status
from carehome.services.admissions import Admissions, Step
from carehome.ui.admissions.bed import BedStep
from carehome.ui.admissions.page import AdmissionsPage
from carehome.ui.kit.steps import Steps
from carehome.ui.kit.table_view import TableView

STEPS = tuple(Step)


def begin(studio: Studio) -> AdmissionsPage:
    """Begin with somebody new."""
    residents = page(studio)
    residents.begin_admission()
    studio.wait()
    return residents.admissions


def begin_with_namesake(studio: Studio) -> None:
    """Offer somebody the home knows by the same name."""
    gone = somebody(studio, lambda line: line.status is Status.DISCHARGED)
    begin(studio)
    studio.fill(name=gone.name)


def begin_wrongly(studio: Studio) -> None:
    """Say beside the fields what is wrong."""
    begin(studio)
    form = studio.fill(name="", id_number="11010519491231002")
    form.submit()


def step(wanted: Step, studio: Studio) -> AdmissionsPage:
    """Go on with an admission that has come as far as a step, and look at the step."""
    lines = studio.service(Admissions).open()
    fits = [each for each in lines if STEPS.index(each.step) >= STEPS.index(wanted)]
    if not fits:
        raise NotThere(f"an admission that has come to {wanted}")
    residents = page(studio)
    residents.open_admission(fits[0].admission_id)
    studio.wait()
    studio.find(Steps).chosen.emit(STEPS.index(wanted))
    studio.wait()
    return residents.admissions


def choose_bed(studio: Studio) -> None:
    """Choose a bed, with what speaks against it."""
    step(Step.BED, studio)
    studio.find(TableView, studio.find(BedStep)).selectRow(0)


def go_on(wanted: Step, studio: Studio) -> None:
    """Store the steps before one that no admission has come to yet."""
    admissions = step(Step.BED, studio)
    for _step in range(STEPS.index(wanted) - STEPS.index(Step.BED)):
        view = admissions.view
        if isinstance(view, BedStep):
            studio.find(TableView, view).selectRow(0)
            studio.wait()
        studio.click(admissions.next)


def give_up(studio: Studio) -> None:
    """Ask before an admission is given up."""
    studio.click(step(Step.CONTACTS, studio).drop)


SCENES = (
    Scene("admission-1-person", begin),
    Scene("admission-1-person-known", begin_with_namesake),
    Scene("admission-1-person-wrong", begin_wrongly),
    Scene("admission-2-contacts", partial(step, Step.CONTACTS)),
    Scene("admission-3-bed", choose_bed),
    Scene("admission-4-agreement", partial(go_on, Step.AGREEMENT)),
    Scene("admission-5-deposit", partial(go_on, Step.DEPOSIT)),
    Scene("admission-6-done", partial(go_on, Step.DONE)),
    Scene("admission-give-up", give_up),
)
