"""What the background does for a departure: order, keep drafts, store, read again."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from carehome.rules.departures import Step
from carehome.services.departures import (
    DepartureMoney,
    Departures,
    DepartureState,
)
from carehome.services.residents import Residents


@dataclass(slots=True)
class Ticket:
    """Of whom it is, and which departure; None until it is ordered.

    Only the background writes it, one job after another.
    """

    resident_id: int
    departure_id: int | None = None


@dataclass(frozen=True, slots=True)
class Loaded:
    """A departure as it stands; `money` is told to whom may see fees."""

    resident_id: int
    name: str
    bed: str
    contact: str
    relation: str
    phone: str
    state: DepartureState | None
    money: DepartureMoney | None


class Drafts:
    """What is half typed in the steps of one departure, kept with the departure."""

    def __init__(
        self, state: DepartureState, keep: Callable[[Step, dict[str, Any]], None]
    ) -> None:
        self._drafts = dict(state.drafts)
        self._keep = keep

    def look(self, name: str) -> tuple[dict[str, Any], None]:
        """Return what was typed into a step; who and when, nobody asks."""
        return self._drafts.get(Step(name), {}), None

    def keep(self, name: str, typed: dict[str, Any]) -> None:
        """Keep what is typed into a step, unless that is what is kept."""
        if typed != self.look(name)[0]:
            self._drafts[Step(name)] = typed
            self._keep(Step(name), typed)


def load(
    departures: Departures, residents: Residents, with_money: bool, ticket: Ticket
) -> Loaded:
    """Read a departure; before the order there is none, only the person."""
    if ticket.departure_id is None:
        ticket.departure_id = next(
            (
                line.departure_id
                for line in departures.open()
                if line.resident_id == ticket.resident_id
            ),
            None,
        )
    known = ticket.departure_id
    state = None if known is None else departures.resume(known)
    if state is not None:
        ticket.resident_id = state.line.resident_id
    file = residents.file(ticket.resident_id)
    first = next(iter(file.contacts), None)
    return Loaded(
        ticket.resident_id,
        file.person.name,
        state.bed if state else file.bed,
        first.name if first else "",
        first.relation if first else "",
        first.phone if first else "",
        state,
        departures.money(known) if with_money and known is not None else None,
    )


def order(departures: Departures, ticket: Ticket, deed: "partial[Any]") -> None:
    """Store the order: a new one, or a change to the one there is."""
    wanted = deed.keywords["order"]
    if ticket.departure_id is None:
        ticket.departure_id = departures.order(ticket.resident_id, wanted)
    else:
        departures.change_order(ticket.departure_id, wanted)


def store(departures: Departures, ticket: Ticket, deed: "partial[Any]") -> Any:
    """Store a step of the departure."""
    if deed.func == departures.order:
        return order(departures, ticket, deed)
    return deed(ticket.departure_id)


def keep(
    departures: Departures, ticket: Ticket, step: Step, draft: dict[str, Any]
) -> None:
    """Keep what is half typed."""
    if ticket.departure_id is not None:
        departures.keep_draft(ticket.departure_id, step, draft)
