"""What the house asks for on a day: somebody must say how everybody gets out."""

from collections.abc import Iterator

from carehome.i18n import N_
from carehome.rules.rights import Role
from carehome.rules.today import Concern, Target, Urgency, some_of, words
from carehome.services.presence.people import Here

EVACUATION = "evacuation"  # a target: those of whom it is not known how they get out


def concerns(here: Here) -> Iterator[Concern]:
    """Yield who would be looked at helplessly in a fire."""
    unknown = [one for one in here.people if not one.leaving.way]
    if not unknown:
        return
    names = some_of(tuple(one.name for one in unknown))
    text = N_(
        "How {count} {count:resident is|residents are} brought out is not said: {names}"
    )
    yield Concern(
        words(N_("Evacuation")),
        words(text, count=len(unknown), names=names),
        Urgency.SOON,
        Target(EVACUATION, "unknown"),
        Role.HEAD_NURSE,
        count=len(unknown),
    )
