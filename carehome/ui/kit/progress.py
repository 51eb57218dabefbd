"""How far a long job has come: told by the job, shown by a card, ended by a button."""

from dataclasses import dataclass
from threading import Lock

from carehome.errors import CareHomeError
from carehome.i18n import N_


class Cancelled(CareHomeError):
    """The person stopped a job."""

    text = N_("Stopped. Nothing was changed.")


@dataclass(frozen=True, slots=True)
class Standing:
    """What a job said last; `total` is 0 while nobody knows how much there is."""

    done: int = 0
    total: int = 0
    text: str = ""


class Progress:
    """Carries word from a job to the screen, and the wish to stop back to the job.

    It is plain Python and safe between threads, so a job may hold it.
    """

    def __init__(self, title: str) -> None:
        self.title = title
        self.cancelled = False
        self._standing = Standing()
        self._lock = Lock()

    def step(self, done: int, total: int, text: str = "") -> None:
        """Say how far the job is; raises Cancelled when it shall stop here."""
        if self.cancelled:
            raise Cancelled
        with self._lock:
            self._standing = Standing(done, total, text)

    def cancel(self) -> None:
        """Ask the job to stop at its next step."""
        self.cancelled = True

    @property
    def standing(self) -> Standing:
        """What the job said last."""
        with self._lock:
            return self._standing
