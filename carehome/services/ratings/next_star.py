"""What the next star would bring the home, by the rates of where it lies."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from carehome.rules.claims.amounts import star_subsidy
from carehome.rules.claims.judging import lies_in
from carehome.rules.claims.presets import STAR_SUBSIDY, claims, star_rates
from carehome.rules.figures import Figure
from carehome.rules.periods import DAY, Period
from carehome.rules.ratings.grades import GRADES
from carehome.services.figures import figures_in
from carehome.services.home import profile_in

CLASSES = ("disabled", "partly", "able")  # as the subsidy tells them apart


@dataclass(frozen=True, slots=True)
class NextStar:
    """What the next star would bring a month, worked out from today's residents.

    Without `fen_now` and `fen_then` no rate is known for where the home lies.
    """

    held: int
    star: int
    region: str
    people: dict[str, int]
    unclassed: int
    fen_now: int | None = None
    fen_then: int | None = None

    @property
    def more(self) -> int | None:
        """Return how much more a month it would be; none where no rate is known."""
        if self.fen_now is None or self.fen_then is None:
            return None
        return self.fen_then - self.fen_now

    @property
    def source(self) -> str:
        """Say where the rates are from."""
        return claims()[STAR_SUBSIDY].policy


def next_star_in(session: Session, held: int, aim: int, today: date) -> NextStar | None:
    """Work out what a star above the one held brings; none above the highest."""
    star = aim if aim > held else held + 1
    if star > max(GRADES):
        return None
    profile = profile_in(session)
    keys = [f"residents.class_{each}" for each in (*CLASSES, "unknown")]
    counted = figures_in(session, keys, Period(today, today + DAY), today)
    people = {each: _whole(counted[f"residents.class_{each}"]) for each in CLASSES}
    unclassed = _whole(counted["residents.class_unknown"])
    place = claims()[STAR_SUBSIDY].region
    if not lies_in(place, profile.region, profile.address):
        return NextStar(held, star, profile.region, people, unclassed)
    rates = star_rates()
    now, then = (star_subsidy(rates, each, people) for each in (held, star))
    return NextStar(held, star, profile.region, people, unclassed, now, then)


def _whole(figure: Figure) -> int:
    return int(figure.value or 0)
