"""What all services share: a person, a clock, one right and one deed a method."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from functools import wraps
from typing import Any, TypeVar, cast

from sqlalchemy.orm import Session

from carehome.db.database import Database
from carehome.rules import rights
from carehome.rules.rights import Right, User

Clock = Callable[[], datetime]
Method = TypeVar("Method", bound=Callable[..., Any])
RIGHT_OF: dict[str, Right] = {}  # by the names under which the log knows deeds


class Service:
    """What one person can do with one part of the home."""

    def __init__(self, db: Database, user: User, clock: Clock) -> None:
        self._db = db
        self._user = user
        self._clock = clock
        self._deed = type(self).__name__

    def _reading(self) -> AbstractContextManager[Session]:
        return self._db.reading()

    def _writing(self) -> AbstractContextManager[Session]:
        return self._db.writing(self._user, self._deed, self._now())

    def _today(self) -> date:
        return self._clock().date()

    def _now(self) -> datetime:
        """Return the moment as the database keeps it: UTC without a zone."""
        return self._clock().astimezone(UTC).replace(tzinfo=None)


def needs(right: Right) -> Callable[[Method], Method]:
    """Allow a method only to people with `right`, and name its deed in the log."""

    def mark(method: Method) -> Method:
        @wraps(method)
        def checked(self: Service, *args: Any, **kwargs: Any) -> Any:
            rights.check(self._user, right)
            self._deed = method.__qualname__
            return method(self, *args, **kwargs)

        checked.right = right  # type: ignore[attr-defined]
        RIGHT_OF[method.__qualname__] = right
        return cast("Method", checked)

    return mark
