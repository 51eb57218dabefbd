"""What the background does for an admission: begin, keep drafts, store, read again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from carehome.errors import CareHomeError
from carehome.services.admissions import (
    AdmissionLine,
    Admissions,
    AdmissionState,
    Step,
)
from carehome.services.home import Home
from carehome.ui.parts.care import Lists, read_lists


@dataclass(slots=True)
class Ticket:
    """Which admission is worked on; None until something of it is stored.

    Only the background writes it, one job after another, so that an admission is
    begun once however fast somebody types.
    """

    admission_id: int | None = None


@dataclass(frozen=True, slots=True)
class Loaded:
    """An admission as it stands, and what the page shows around it."""

    state: AdmissionState | None
    lines: Sequence[AdmissionLine]
    lists: Lists


class Drafts:
    """What is half typed in the steps of one admission, kept with the admission."""

    def __init__(
        self, state: AdmissionState | None, keep: Callable[[Step, dict[str, Any]], None]
    ) -> None:
        self._drafts = dict(state.drafts) if state else {}
        self._keep = keep

    def look(self, name: str) -> tuple[dict[str, Any], None]:
        """Return what was typed into a step; who and when, nobody asks."""
        return self._drafts.get(Step(name), {}), None

    def keep(self, name: str, typed: dict[str, Any]) -> None:
        """Keep what is typed into a step, unless that is what is kept."""
        if typed != self.look(name)[0]:
            self._drafts[Step(name)] = typed
            self._keep(Step(name), typed)


def load(admissions: Admissions, home: Home, ticket: Ticket) -> Loaded:
    """Read an admission; a new one has no state yet."""
    known = ticket.admission_id
    state = admissions.resume(known) if known is not None else None
    return Loaded(state, admissions.open(), read_lists(home))


def keep(
    admissions: Admissions, ticket: Ticket, step: Step, draft: dict[str, Any]
) -> None:
    """Keep what is half typed."""
    admissions.keep_draft(_begun(admissions, ticket), step, draft)


def store(admissions: Admissions, ticket: Ticket, deed: "partial[Any]") -> Any:
    """Store a step; when it is refused, an admission begun just for it goes again."""
    is_new = ticket.admission_id is None
    admission_id = _begun(admissions, ticket)
    try:
        return deed(admission_id)
    except CareHomeError:
        if is_new:
            admissions.give_up(admission_id)
            ticket.admission_id = None
        raise


def take_known(admissions: Admissions, ticket: Ticket, resident_id: int) -> None:
    """Go on with somebody the home knows instead of a second file."""
    if ticket.admission_id is None:
        ticket.admission_id = admissions.begin_again(resident_id)
    else:
        admissions.take_known(ticket.admission_id, resident_id)


def open_for(admissions: Admissions, ticket: Ticket, resident_id: int) -> None:
    """Go on with the admission of somebody, or begin one."""
    mine = (
        line.admission_id
        for line in admissions.open()
        if line.resident_id == resident_id
    )
    ticket.admission_id = next(mine, None) or admissions.begin_again(resident_id)


def give_up(admissions: Admissions, ticket: Ticket) -> None:
    """Free the bed and forget who is known only from this admission."""
    if ticket.admission_id is not None:
        admissions.give_up(ticket.admission_id)


def _begun(admissions: Admissions, ticket: Ticket) -> int:
    if ticket.admission_id is None:
        ticket.admission_id = admissions.begin()
    return ticket.admission_id
