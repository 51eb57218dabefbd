"""What the home knows that decides on claims, read in one session."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.claims import ClaimAnswerRow
from carehome.rules.claims.claim import Facts
from carehome.rules.claims.presets import claims
from carehome.rules.periods import DAY, Period
from carehome.services.figures import figures_in
from carehome.services.home import profile_in
from carehome.services.ratings.awards import awards_in, held_on


def facts_in(session: Session, day: date, allowances: Mapping[str, int]) -> Facts:
    """Return what the home knows on a day; figures are those of the year so far."""
    keys = frozenset().union(*(claim.figures for claim in claims().values()))
    year = Period(day.replace(month=1, day=1), day + DAY)
    profile = profile_in(session)
    return Facts(
        day,
        profile.region,
        profile.address,
        {
            "legal_kind": profile.legal_kind,
            "ownership": profile.ownership,
            "filing_number": profile.filing_number,
        },
        figures_in(session, keys, year, day),
        star_in(session, day),
        dict(
            session.execute(select(ClaimAnswerRow.question, ClaimAnswerRow.value)).all()
        ),
        allowances,
    )


def star_in(session: Session, day: date) -> int | None:
    """Return the grade held on a day: 0 = none is valid, None = none was ever noted."""
    awards = awards_in(session)
    if not awards:
        return None
    held = held_on(awards, day)
    return held.grade if held else 0
