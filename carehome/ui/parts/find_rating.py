"""Finds items of the self-assessment that is worked on."""

from collections.abc import Callable, Sequence
from functools import partial

from carehome.i18n import N_, _
from carehome.services.ratings.finding import RatingFinding, RatingThing
from carehome.ui.kit.found import NAME, WITHIN, Found

OpenRating = Callable[[str, object], object]
Written = tuple[str, Sequence[RatingThing]]
ASSESSMENT = N_("Self-assessment")  # the tab that opens them


class RatingThings:
    """Finds rating items that were looked up for some letters."""

    def __init__(self, open_rating: OpenRating) -> None:
        self._open = open_rating
        self._written: Written = ("", ())

    def learn(self, written: Written) -> None:
        """Take what was looked up."""
        self._written = written

    def __call__(self, typed: str) -> list[Found]:
        """Return what was looked up, if it was for these letters."""
        letters, things = self._written
        return [self._found(each) for each in things] if typed == letters else []

    def _found(self, thing: RatingThing) -> Found:
        go = partial(self._open, ASSESSMENT, (thing.self_id, thing.item_id))
        rank = NAME if thing.is_named else WITHIN
        return Found(_("Rating item"), thing.title, thing.note, go, rank, "rating")


def look_up_rating(finding: RatingFinding, typed: str) -> Written:
    """Look rating items up."""
    return typed, finding.find(typed)
