"""Scenes of the submission folder: what it lacks, what changed since the last one."""

from carehome.app.desk import RATING
from carehome.commands.gallery.photos import draw
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import Studio
from carehome.services.ratings.assessments import Judgement, SelfAssessments
from carehome.services.ratings.evidence import RatingEvidence, read_file
from carehome.services.ratings.export import RatingExports
from carehome.ui.ratings.export import ExportTab

TAB = "Submission folder"


def missing(studio: Studio) -> None:
    """See what goes into the folder and what is missing."""
    studio.tab(RATING, TAB)


def changed(studio: Studio) -> None:
    """See what has changed since the folder was made last."""
    exports, held = studio.service(RatingExports), studio.service(SelfAssessments)
    offer = next(each for each in exports.offers() if not each.is_submitted)
    exports.write(offer.self_id, studio.room, _go_on)
    for line in held.sheet(offer.self_id).lines[:3]:
        half = Judgement(line.item.hundredths // 2, line.item.name)
        held.judge(offer.self_id, line.item.item_id or 0, half)
    studio.tab(RATING, TAB)
    studio.find(ExportTab).which.set_code("changes")
    studio.wait()


def whole(studio: Studio) -> None:
    """Attach what proves the home as a whole."""
    exports, evidence = studio.service(RatingExports), studio.service(RatingEvidence)
    offer = next(each for each in exports.offers() if not each.is_submitted)
    photos = [read_file(path) for path in draw(studio.room)]
    evidence.attach(offer.self_id, None, photos)
    missing(studio)
    studio.find(ExportTab).which.set_code("files")
    studio.wait()


def made(studio: Studio) -> None:
    """Be told where the folder is."""
    missing(studio)
    studio.find(ExportTab).write(str(studio.room))
    studio.wait()


def _go_on(_done: int, _total: int, _text: str) -> None:
    """Let the folder be made."""


SCENES = (
    Scene("ratings-export", missing),
    Scene("ratings-export-changed", changed),
    Scene("ratings-export-whole", whole),
    Scene("ratings-export-made", made),
)
