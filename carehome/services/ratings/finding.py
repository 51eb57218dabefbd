"""Finding items of self-assessments by their code and words."""

from dataclasses import dataclass

from sqlalchemy import or_, select

from carehome.db.ratings import RatingItemRow, RatingSelfRow
from carehome.rules.rights import Right
from carehome.services.service import Service, needs

MOST, LEAST = 6, 2  # found at once; letters before words are looked for


@dataclass(frozen=True, slots=True)
class RatingThing:
    """An item of the self-assessment that is worked on; `is_named` by its very code."""

    self_id: int
    item_id: int
    title: str
    note: str
    is_named: bool


class RatingFinding(Service):
    """What one person can look for in self-assessments."""

    @needs(Right.SEE_RATING)
    def find(self, typed: str) -> list[RatingThing]:
        """Return items of open self-assessments that some letters mean."""
        typed = typed.strip()
        is_named = RatingItemRow.code == typed
        holds = [is_named]
        if len(typed) >= LEAST:
            for column in (RatingItemRow.name, RatingItemRow.section):
                holds.append(column.contains(typed, autoescape=True))
        query = (
            select(RatingSelfRow.id, RatingSelfRow.name, RatingItemRow)
            .join(RatingItemRow, RatingItemRow.table_id == RatingSelfRow.table_id)
            .where(RatingSelfRow.state == "open", or_(*holds))
            .order_by(is_named.desc(), RatingItemRow.position)
            .limit(MOST)
        )
        with self._reading() as session:
            return [
                RatingThing(
                    self_id,
                    item.id,
                    f"{item.code} {item.name}",
                    name,
                    item.code == typed,
                )
                for self_id, name, item in session.execute(query)
            ]
