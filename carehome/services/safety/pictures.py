"""Pictures of rounds, hazards and equipment: kept small inside the encrypted file."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from carehome.db.pictures import PictureRow
from carehome.rules.rights import Right
from carehome.services.safety.photos import NewPicture
from carehome.services.service import Service, needs


@dataclass(frozen=True, slots=True)
class Picture:
    """A kept picture with its content, a JPEG."""

    picture_id: int
    name: str
    width: int
    height: int
    taken_at: datetime | None
    added_at: datetime
    added_by: str
    content: bytes


class Pictures(Service):
    """What one person can look at."""

    @needs(Right.SEE_SAFETY)
    def picture(self, picture_id: int) -> Picture:
        """Return one picture to be shown."""
        with self._reading() as session:
            return pictures_in(session, (picture_id,))[picture_id]

    @needs(Right.SEE_SAFETY)
    def pictures(self, picture_ids: Collection[int]) -> dict[int, Picture]:
        """Return some pictures to be shown, by id."""
        with self._reading() as session:
            return pictures_in(session, picture_ids)


def add_picture(
    session: Session, picture: NewPicture, now: datetime, user_name: str
) -> int:
    """Keep a picture that `read_picture` made; return its id."""
    row = PictureRow(
        name=picture.name,
        width=picture.width,
        height=picture.height,
        content=picture.content,
        digest=picture.digest,
        taken_at=picture.taken_at,
        added_at=now,
        added_by=user_name,
    )
    session.add(row)
    session.flush()
    return row.id


def pictures_in(session: Session, picture_ids: Collection[int]) -> dict[int, Picture]:
    """Return pictures with their content, by id."""
    rows = session.scalars(
        select(PictureRow)
        .where(PictureRow.id.in_(picture_ids))
        .options(undefer(PictureRow.content))
    )
    return {
        row.id: Picture(
            row.id,
            row.name,
            row.width,
            row.height,
            row.taken_at,
            row.added_at.replace(tzinfo=UTC),
            row.added_by,
            row.content,
        )
        for row in rows
    }
