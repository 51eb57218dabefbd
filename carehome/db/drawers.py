"""Table of what the program keeps for one person at the desk."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from carehome.db.base import Base


class DrawerRow(Base):
    """One thing in somebody's drawer: work half typed, whom they looked at last.

    It is nobody else's business and no record of the home: the change log leaves it
    out.
    """

    __tablename__ = "drawer"
    __table_args__ = (UniqueConstraint("account_id", "name"),)
    is_logged: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    name: Mapped[str]
    value: Mapped[Any] = mapped_column(JSON)
    at: Mapped[datetime]
