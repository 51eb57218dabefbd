"""Scenes of where the home stands in the star rating, and what would lift it."""

from carehome.app.desk import RATING
from carehome.commands.gallery.photos import draw
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import Studio
from carehome.services.ratings.awards import RatingAwards
from carehome.ui.ratings.standing import HELD, NEAREST, PLAN, StandingTab

TAB = "Where we stand"


def standing(studio: Studio) -> None:
    """See where the home stands, and which things would lift the grade."""
    studio.tab(RATING, TAB)


def nearest(studio: Studio) -> None:
    """See all items that lack points, the most points per effort first."""
    _view(studio, NEAREST)


def effort(studio: Studio) -> None:
    """Say how hard the points of an item are to be had."""
    nearest(studio)
    studio.find(StandingTab).lifts.selectRow(0)
    studio.press("Effort")


def plan(studio: Studio) -> None:
    """See what is planned, who does it by when, and what is overdue."""
    _view(studio, PLAN)


def step(studio: Studio) -> None:
    """Plan one of the things that would lift the grade."""
    standing(studio)
    studio.press("Plan it")


def held(studio: Studio) -> None:
    """See the grades held, and how the self-assessments went."""
    _view(studio, HELD)


def award(studio: Studio) -> None:
    """Record a grade that was given."""
    held(studio)
    studio.press("Record a grade")


def scan(studio: Studio) -> None:
    """Look at the scan of a certificate."""
    awards = studio.service(RatingAwards)
    awards.save(awards.listed()[0], draw(studio.room)[0])
    held(studio)
    studio.find(StandingTab).held.view.selectRow(0)
    studio.press("Scan")


def _view(studio: Studio, code: str) -> None:
    studio.tab(RATING, TAB)
    studio.find(StandingTab).which.set_code(code)
    studio.wait()


SCENES = (
    Scene("rating-standing", standing),
    Scene("rating-standing-nearest", nearest),
    Scene("rating-standing-effort", effort),
    Scene("rating-standing-plan", plan),
    Scene("rating-standing-step", step),
    Scene("rating-standing-held", held),
    Scene("rating-standing-award", award),
    Scene("rating-standing-scan", scan),
)
