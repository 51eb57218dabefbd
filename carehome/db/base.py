"""The common base of all tables."""

from collections.abc import Iterable
from typing import Any, ClassVar

from sqlalchemy import JSON, CheckConstraint, MetaData
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    """Base of every table; named constraints keep SQLite migrations possible.

    The change log and the screens hear of every change to a table, but for those
    that say that they are not logged.
    """

    is_logged: ClassVar[bool] = True

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {dict[str, Any]: JSON}  # noqa: RUF012 - SQLAlchemy's form


def one_of(column: str, values: Iterable[str]) -> CheckConstraint:
    """Let `column` hold only one of `values`."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


def ends_after_start(start: str = "starts", end: str = "ends") -> CheckConstraint:
    """Let a span of days end only after it began."""
    return CheckConstraint(f"{end} > {start}", name=f"{end}_after_{start}")
