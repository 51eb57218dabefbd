"""Scenes of approvals, contracts, tests, insurance, and inspections from outside."""

from datetime import timedelta
from functools import partial

from carehome.app.desk import SAFETY
from carehome.commands.gallery import photos
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import Studio
from carehome.rules.safety.approvals import Group, Paper
from carehome.rules.safety.hazards import Severity
from carehome.rules.safety.inspections import Inspection
from carehome.services.safety.approvals import SafetyPapers
from carehome.services.safety.inspections import Inspections
from carehome.ui.safety.papers import OUTSIDE, PapersTab

DAY = timedelta(days=1)
YEAR = 365 * DAY


def tab(studio: Studio) -> PapersTab:
    """List all papers."""
    studio.tab(SAFETY, "Papers and inspections")
    studio.wait()
    return studio.find(PapersTab)


def listed(studio: Studio) -> PapersTab:
    """List papers of which one ends soon and one is over."""
    _file(studio)
    return tab(studio)


def insured(studio: Studio) -> None:
    """Look at a policy and at who bears its premium."""
    number = _file(studio)[Group.INSURANCE]
    _open(studio, number)


def tested(studio: Studio) -> None:
    """Look at a test report and at what was found."""
    number = _file(studio)[Group.TEST]
    add = studio.service(SafetyPapers).add_finding
    add(number, "3F smoke detector silent", "3F", Severity.HIGH)
    _open(studio, number)


def found(studio: Studio) -> None:
    """Enter what a test found."""
    _open(studio, _file(studio)[Group.TEST])
    studio.press("Add a finding")


def new(group: Group, studio: Studio) -> None:
    """File a new paper."""
    studio.click(tab(studio).papers.add[group])


def scan(studio: Studio) -> None:
    """Look at the scan of a paper."""
    first, *_others = photos.draw(studio.room)
    told = Paper("acceptance", studio.today - YEAR, outcome="passed")
    number = studio.service(SafetyPapers).save(told, first)
    _open(studio, number)
    studio.click(studio.find(PapersTab).papers.file.look)


def rules(studio: Studio) -> None:
    """Set how far ahead ends are told and what the government bears."""
    studio.click(tab(studio).papers.rules)


def remove(studio: Studio) -> None:
    """Ask before a paper is removed."""
    _open(studio, _file(studio)[Group.CONTRACT])
    studio.press("Remove")


def inspections(studio: Studio) -> PapersTab:
    """List the inspections from outside, and look at one."""
    service, today = studio.service(Inspections), studio.today
    visit = Inspection(today - 9 * DAY, "fire", "random", answer_due=today + 4 * DAY)
    number = service.save(visit)
    service.add_finding(number, "2F exit sign dark", "2F", Severity.HIGH)
    service.save(Inspection(today - 200 * DAY, "civil_affairs", "yearly"))
    shown = tab(studio)
    shown.which.set_code(OUTSIDE)
    shown.inspections.open_inspection(number)
    studio.wait()
    return shown


def new_inspection(studio: Studio) -> None:
    """Write down an inspection."""
    shown = tab(studio)
    shown.which.set_code(OUTSIDE)
    studio.click(shown.inspections.add)


def answer(studio: Studio) -> None:
    """Note what an office was answered."""
    studio.click(inspections(studio).inspections.file.answer)


def fined(studio: Studio) -> PapersTab:
    """Look at an inspection that ended in a fine, published and answered."""
    service, today = studio.service(Inspections), studio.today
    visit = Inspection(
        *(today - 60 * DAY, "fire", "campaign"),
        number="2026-77",
        answer_due=today - 45 * DAY,
        penalty="fine",
        penalty_number="2026-7",
        penalty_fen=5_000_00,
        channel="credit_platform",
        published_on=today - 30 * DAY,
    )
    number = service.save(visit)
    scan = studio.room / "answer.pdf"
    scan.write_bytes(b"%PDF-1.4 answer")
    service.give_answer(number, today - 46 * DAY, "All exit signs were mended.", scan)
    shown = tab(studio)
    shown.which.set_code(OUTSIDE)
    shown.inspections.open_inspection(number)
    studio.wait()
    return shown


def correct_fine(studio: Studio) -> None:
    """Correct what was imposed: of a fine its amount is asked."""
    studio.click(fined(studio).inspections.file.change)


def remove_inspection(studio: Studio) -> None:
    """Ask before an inspection is removed."""
    studio.click(inspections(studio).inspections.file.remove)


def _file(studio: Studio) -> dict[Group, int]:
    today, save = studio.today, studio.service(SafetyPapers).save
    papers = (
        Paper("acceptance", today - 8 * YEAR, outcome="passed", number="2018-117"),
        Paper("fire_service", today - YEAR, today + 12 * DAY, fen=18_000_00),
        Paper("facility_test", today - YEAR - 3 * DAY, outcome="passed"),
        Paper(
            "liability",
            today - 200 * DAY,
            today + 165 * DAY,
            fen=12_000_00,
            percent=70,
            people=120,
        ),
    )
    return {paper.group: save(paper) for paper in papers}


def _open(studio: Studio, number: int) -> None:
    tab(studio).papers.open_paper(number)
    studio.wait()


SCENES = (
    Scene("safety-papers", listed),
    Scene("safety-papers-insurance", insured),
    Scene("safety-papers-test", tested),
    Scene("safety-papers-finding", found),
    *(Scene(f"safety-papers-new-{each}", partial(new, each)) for each in Group),
    Scene("safety-papers-scan", scan),
    Scene("safety-papers-rules", rules),
    Scene("safety-papers-remove", remove),
    Scene("safety-inspections", inspections),
    Scene("safety-inspections-new", new_inspection),
    Scene("safety-inspections-answer", answer),
    Scene("safety-inspections-fined", fined),
    Scene("safety-inspections-correct", correct_fine),
    Scene("safety-inspections-remove", remove_inspection),
)
