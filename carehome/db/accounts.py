"""Table of the people who may sign in. Their key slots lie beside the file."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from carehome.db.base import Base, one_of
from carehome.rules.rights import Role


class AccountRow(Base):
    """Somebody who may sign in."""

    __tablename__ = "account"
    __table_args__ = (one_of("role", Role),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sign_in: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[str]
    is_active: Mapped[bool] = mapped_column(default=True)
    must_change_password: Mapped[bool] = mapped_column(default=False)
    created_on: Mapped[date]
