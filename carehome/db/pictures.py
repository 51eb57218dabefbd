"""The table of pictures that rounds, hazards, equipment and drills point at."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from carehome.db.base import Base

MOST_BYTES = 2 * 1024 * 1024
MOST_PIXELS = 4000


class PictureRow(Base):
    """A downsized picture, encrypted like everything in the file; it never changes.

    `taken_at` is what the camera said, in the camera's own time; `digest` is that of
    the file as it was chosen, so that one and the same photo is known again.
    """

    __tablename__ = "safety_picture"
    __table_args__ = (
        CheckConstraint(
            f"length(content) BETWEEN 1 AND {MOST_BYTES}", name="content_sane"
        ),
        CheckConstraint(
            f"width BETWEEN 1 AND {MOST_PIXELS} AND height BETWEEN 1 AND {MOST_PIXELS}",
            name="size_sane",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]
    content: Mapped[bytes] = mapped_column(deferred=True)
    digest: Mapped[str] = mapped_column(index=True)
    taken_at: Mapped[datetime | None]
    added_at: Mapped[datetime]
    added_by: Mapped[str]
