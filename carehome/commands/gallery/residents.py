"""Scenes of residents: the list, each leaf of a file, what the leaves ask."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtGui import QImage

from carehome.app.desk import RESIDENTS
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import NotThere, Studio
from carehome.i18n import _
from carehome.rules.agreements import State
from carehome.rules.residents import Status
from carehome.services.agreements import Agreements
from carehome.services.residents import ResidentLine, Residents
from carehome.ui.people import ResidentsPage
from carehome.ui.residents.agreements import Agreements as AgreementsLeaf
from carehome.ui.residents.belonging import Belonging
from carehome.ui.residents.file import FilePanel
from carehome.ui.residents.papers import Papers
from carehome.ui.residents.places import Places
from carehome.ui.residents.profile import Profile
from carehome.ui.residents.terms import Terms

BASICS, AGREEMENT, TERMS = "Basics", "Terms", "Grade and meals"
PLACES, MONEY = "Bed and leave", "Bills and deposit"
BELONGING, PAPERS, LOG = "Categories and entitlements", "Documents", "Log"


def somebody(
    studio: Studio, fits: Callable[[ResidentLine], object] | None = None
) -> ResidentLine:
    """Return the first resident of the roll who fits; somebody at home unless told."""
    fits = fits or (lambda line: line.status is Status.IN)
    for line in studio.service(Residents).find(""):
        if fits(line):
            return line
    raise NotThere("a resident who fits")


def page(studio: Studio) -> ResidentsPage:
    """Open the page of residents."""
    opened = studio.page(RESIDENTS)
    assert isinstance(opened, ResidentsPage)
    return opened


def file(studio: Studio, leaf: str = BASICS, who: ResidentLine | None = None) -> None:
    """Open the file of somebody at one leaf."""
    page(studio).open_resident((who or somebody(studio)).resident_id)
    studio.wait()
    studio.find(FilePanel).show_leaf(_(leaf))
    studio.wait()


def file_of(status: Status, studio: Studio) -> None:
    """Open the file of the first one of a status."""
    file(studio, PLACES, somebody(studio, lambda line: line.status is status))


def leaf(title: str, studio: Studio) -> None:
    """Open somebody's file at a leaf."""
    file(studio, title)


def find_nobody(studio: Studio) -> None:
    """Search for somebody the home does not know."""
    page(studio).listing.search.setText("qqqq")


def as_nurse(studio: Studio) -> None:
    """Open a file as the head nurse sees it."""
    studio.sign_in("hushizhang")
    file(studio)


def change_person(studio: Studio) -> None:
    """Change what is written down of somebody."""
    file(studio)
    studio.click(studio.find(Profile).change)


def mistake_in_person(studio: Studio) -> None:
    """Say beside the fields what is wrong with a person."""
    change_person(studio)
    form = studio.fill(name="", phone="12")
    form.submit()


def change_contacts(studio: Studio) -> None:
    """Change whom to turn to."""
    file(studio)
    studio.click(studio.find(Profile).change_contacts)


def show_number(studio: Studio) -> None:
    """Ask why an identity number is needed."""
    file(studio)
    studio.click(studio.find(Profile).show_number)


def new_agreement(studio: Studio) -> None:
    """Write an agreement down."""
    file(studio, AGREEMENT)
    studio.click(studio.find(AgreementsLeaf).add)


def change_grade(studio: Studio) -> None:
    """Change the nursing grade, with what it costs."""
    file(studio, TERMS)
    leaf_of_terms = studio.find(Terms)
    now = leaf_of_terms.file.grades[0].grade
    other = next(code for code in leaf_of_terms.lists.grades if code != now)
    studio.click(leaf_of_terms.change_grade)
    studio.fill(grade=other)


def change_meals(studio: Studio) -> None:
    """Change the meals, with what they cost."""
    file(studio, TERMS)
    studio.click(studio.find(Terms).change_meals)
    studio.fill(plan="")


def go_away(studio: Studio) -> None:
    """Record that somebody leaves for a while."""
    file(studio, PLACES)
    studio.click(studio.find(Places).leave)


def come_back(studio: Studio) -> None:
    """Record that somebody is back."""
    file_of(Status.IN_HOSPITAL, studio)
    studio.click(studio.find(Places).back)


def stay_away(studio: Studio) -> None:
    """Put off the return of somebody who is away."""
    file_of(Status.IN_HOSPITAL, studio)
    studio.click(studio.find(Places).longer)


def list_away(studio: Studio) -> None:
    """List who is away."""
    page(studio).open_away()


def list_entitled(studio: Studio) -> None:
    """List who may be entitled to what."""
    page(studio).open_entitled()


def with_agent(studio: Studio) -> None:
    """Open the file of somebody for whom an organisation acts."""
    known = studio.service(Residents)
    file(
        studio,
        BASICS,
        somebody(
            studio,
            lambda line: any(
                each.is_organisation for each in known.file(line.resident_id).contacts
            ),
        ),
    )


def change_commission(studio: Studio) -> None:
    """Ask by which paper an agent acts."""
    with_agent(studio)
    studio.click(studio.find(Profile).commission)


def with_proof(studio: Studio) -> None:
    """Open the categories of somebody who has a proof of one."""
    known = studio.service(Residents)
    file(
        studio,
        BELONGING,
        somebody(
            studio,
            lambda line: any(
                each.proof for each in known.file(line.resident_id).belongs
            ),
        ),
    )


def new_category(studio: Studio) -> None:
    """Write down a category with its proof."""
    with_proof(studio)
    studio.click(studio.find(Belonging).add)


def correct_category(studio: Studio) -> None:
    """Correct a category."""
    with_proof(studio)
    belonging = studio.find(Belonging)
    belonging.categories.selectRow(0)
    studio.click(belonging.change)


def end_category(studio: Studio) -> None:
    """Let a category end."""
    with_proof(studio)
    belonging = studio.find(Belonging)
    belonging.categories.selectRow(0)
    studio.click(belonging.end)


def remove_category(studio: Studio) -> None:
    """Ask before a category is removed."""
    with_proof(studio)
    belonging = studio.find(Belonging)
    belonging.categories.selectRow(0)
    studio.click(belonging.remove)


def note_entitlement(studio: Studio) -> None:
    """Note how somebody stands with an item of the national list."""
    with_proof(studio)
    belonging = studio.find(Belonging)
    belonging.items.selectRow(3)
    studio.click(belonging.note)


def unagreed(studio: Studio) -> None:
    """Open the grades of somebody with one that nobody agreed to."""
    known = studio.service(Residents)
    file(
        studio,
        TERMS,
        somebody(
            studio,
            lambda line: any(
                not each.consent_by for each in known.file(line.resident_id).grades
            ),
        ),
    )


def note_consent(studio: Studio) -> None:
    """Note who agreed to a grade."""
    unagreed(studio)
    studio.click(studio.find(Terms).agree)


def withdraw_grade(studio: Studio) -> None:
    """Ask before a grade without consent is withdrawn."""
    unagreed(studio)
    studio.click(studio.find(Terms).withdraw)


def correct_absence(studio: Studio) -> None:
    """Correct an absence."""
    file_of(Status.IN_HOSPITAL, studio)
    places = studio.find(Places)
    places.absences.selectRow(0)
    studio.click(places.change)


def remove_absence(studio: Studio) -> None:
    """Ask before an absence is removed."""
    file_of(Status.IN_HOSPITAL, studio)
    places = studio.find(Places)
    places.absences.selectRow(0)
    studio.click(places.remove)


def keep_paper(studio: Studio) -> None:
    """Say what a scan is."""
    file(studio, PAPERS)
    studio.find(Papers).ask_kind([str(_scan(studio))])


def papers(studio: Studio) -> Papers:
    """Look at the papers of somebody who has some."""
    who = somebody(studio)
    studio.service(Residents).add_paper(who.resident_id, "identity", "", _scan(studio))
    file(studio, PAPERS, who)
    return studio.find(Papers)


def look_at_paper(studio: Studio) -> None:
    """Look at a scan."""
    studio.open_row(papers(studio).papers)


def remove_paper(studio: Studio) -> None:
    """Ask before a scan is removed."""
    leaf_of_papers = papers(studio)
    leaf_of_papers.papers.selectRow(0)
    studio.click(leaf_of_papers.remove)


def take_out_paper(studio: Studio) -> None:
    """Ask why a scan that belongs to the file is taken out of it."""
    lines = studio.service(Agreements).all()
    signed = {line.resident_id for line in lines if line.state is State.SIGNED}
    file(studio, PAPERS, somebody(studio, lambda line: line.resident_id in signed))
    filed = studio.find(Papers)
    filed.papers.selectRow(0)
    studio.click(filed.remove)


def _scan(studio: Studio) -> Path:
    """Return the file of a blank scan."""
    path = studio.room / "2026.png"
    blank = QImage(620, 400, QImage.Format.Format_RGB32)
    blank.fill(0xFFF4F4F4)
    blank.save(str(path))
    return path


SCENES = (
    Scene("residents-away", list_away),
    Scene("residents-entitled", list_entitled),
    Scene("residents-agent", with_agent),
    Scene("residents-agent-commission", change_commission),
    Scene("residents-belonging", with_proof),
    Scene("residents-belonging-new", new_category),
    Scene("residents-belonging-correct", correct_category),
    Scene("residents-belonging-end", end_category),
    Scene("residents-belonging-remove", remove_category),
    Scene("residents-belonging-entitlement", note_entitlement),
    Scene("residents-grade-unagreed", unagreed),
    Scene("residents-grade-consent", note_consent),
    Scene("residents-grade-withdraw", withdraw_grade),
    Scene("residents-absence-longer", stay_away),
    Scene("residents-nobody", find_nobody),
    Scene("residents-file-1-basics", partial(leaf, BASICS)),
    Scene("residents-file-2-agreement", partial(leaf, AGREEMENT)),
    Scene("residents-file-3-grade", partial(leaf, TERMS)),
    Scene("residents-file-4-bed", partial(leaf, PLACES)),
    Scene("residents-file-5-money", partial(leaf, MONEY)),
    Scene("residents-file-6-papers", partial(leaf, PAPERS)),
    Scene("residents-file-7-log", partial(leaf, LOG)),
    Scene("residents-file-nurse", as_nurse),
    Scene("residents-file-away", partial(file_of, Status.IN_HOSPITAL)),
    Scene("residents-file-discharged", partial(file_of, Status.DISCHARGED)),
    Scene("residents-file-admitting", partial(file_of, Status.ADMITTING)),
    Scene("residents-change-person", change_person),
    Scene("residents-change-person-wrong", mistake_in_person),
    Scene("residents-change-contacts", change_contacts),
    Scene("residents-show-number", show_number),
    Scene("residents-new-agreement", new_agreement),
    Scene("residents-change-grade", change_grade),
    Scene("residents-change-meals", change_meals),
    Scene("residents-absence", go_away),
    Scene("residents-absence-back", come_back),
    Scene("residents-absence-correct", correct_absence),
    Scene("residents-absence-remove", remove_absence),
    Scene("residents-paper", papers),
    Scene("residents-paper-keep", keep_paper),
    Scene("residents-paper-look", look_at_paper),
    Scene("residents-paper-remove", remove_paper),
    Scene("residents-paper-take-out", take_out_paper),
)
