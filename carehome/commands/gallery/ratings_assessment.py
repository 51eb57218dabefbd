"""Scenes of the self-assessment: begun, judged, shared out, submitted."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from carehome.app.desk import RATING
from carehome.commands.gallery.photos import draw
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import Studio
from carehome.services.ratings.assessments import SelfAssessments
from carehome.services.ratings.evidence import RatingEvidence, read_file
from carehome.ui.ratings.assessment import LACKING, AssessmentTab

TAB = "Self-assessment"


def items(studio: Studio) -> None:
    """Judge item by item."""
    studio.tab(RATING, TAB)
    studio.find(AssessmentTab).items.setFocus()


def counted(studio: Studio) -> None:
    """Look at an item that the program counts."""
    items(studio)
    tab = studio.find(AssessmentTab)
    line = next(row for row in tab.items.table.rows if row.item.figure)
    tab.items.select(line.number)
    studio.wait()


def rows(studio: Studio) -> None:
    """See the list behind what the program counts."""
    items(studio)
    tab = studio.find(AssessmentTab)
    known = tab.figures
    line = next(
        row
        for row in tab.items.table.rows
        if row.item.figure in known and known[row.item.figure].rows
    )
    tab.items.select(line.number)
    studio.wait()
    studio.press("The list behind it")


def deduction(studio: Studio) -> None:
    """Take points off: the reason is asked."""
    items(studio)
    tab = studio.find(AssessmentTab)
    QTest.keyClicks(tab.items, "-")
    QTest.keyClicks(tab.panel.points.input, "1")
    QTest.keyClick(tab.panel.points.input, Qt.Key.Key_Return)
    studio.wait()


def lacking(studio: Studio) -> None:
    """See what is missing, and who has it."""
    items(studio)
    studio.find(AssessmentTab).filter.set_code(LACKING)
    studio.wait()


def conditions(studio: Studio) -> None:
    """Judge the conditions of grades."""
    items(studio)
    studio.find(AssessmentTab).which.set_code("conditions")
    studio.wait()


def condition(studio: Studio) -> None:
    """Judge a condition by hand."""
    conditions(studio)
    verdicts = studio.find(AssessmentTab).verdicts
    row = next(row for row in verdicts.view.table.rows if not row.is_counted)
    verdicts.view.select(row.condition.condition_id)
    verdicts.ask(row)
    studio.wait()


def share(studio: Studio) -> None:
    """Share items out."""
    items(studio)
    studio.find(AssessmentTab).items.selectAll()
    studio.press("Share out")


def begin(studio: Studio) -> None:
    """Begin a self-assessment."""
    studio.tab(RATING, TAB)
    studio.press("Begin a self-assessment")


def change(studio: Studio) -> None:
    """Correct what a self-assessment is called and covers."""
    _open(studio)
    studio.press("Change")


def submit(studio: Studio) -> None:
    """Be told what submitting means."""
    _open(studio)
    studio.press("Submit")


def discard(studio: Studio) -> None:
    """Be told what is lost when a self-assessment is thrown away."""
    _open(studio)
    studio.press("Throw away")


def file(studio: Studio) -> None:
    """Look at a photo that proves an item."""
    items(studio)
    held, tab = studio.service(SelfAssessments), studio.find(AssessmentTab)
    line = tab.items.current_row() or tab.items.table.rows[0]
    photos = [read_file(path) for path in draw(studio.room)]
    open_id = held.listed()[0].self_id
    studio.service(RatingEvidence).attach(open_id, line.item.item_id, photos)
    studio.wait()
    studio.press("View", tab.panel.files)


def _open(studio: Studio) -> None:
    """Show the open self-assessment, which stands first."""
    items(studio)
    assert studio.service(SelfAssessments).listed()[0].is_open


SCENES = (
    Scene("rating-assessment-items", items),
    Scene("rating-assessment-counted", counted),
    Scene("rating-assessment-rows", rows),
    Scene("rating-assessment-deduction", deduction),
    Scene("rating-assessment-lacking", lacking),
    Scene("rating-assessment-conditions", conditions),
    Scene("rating-assessment-condition", condition),
    Scene("rating-assessment-share", share),
    Scene("rating-assessment-begin", begin),
    Scene("rating-assessment-change", change),
    Scene("rating-assessment-submit", submit),
    Scene("rating-assessment-discard", discard),
    Scene("rating-assessment-file", file),
)
