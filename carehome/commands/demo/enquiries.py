"""Who asked, who waits and what is kept back in the demonstration home."""

import json
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any, TypeVar

from carehome import paths
from carehome.db.database import Database
from carehome.rules.closures import Part
from carehome.rules.rights import Role, User
from carehome.rules.waiting import default_rules
from carehome.services.beds import Closing, Closures, KeptBed, KeptBeds
from carehome.services.enquiries import Enquiries, Enquiry, Visit
from carehome.services.residents import Person
from carehome.services.service import Service
from carehome.services.waiting import Application, WaitingList

ServiceKind = TypeVar("ServiceKind", bound=Service)
_ASKED = (
    *("channel", "caller", "phone", "relation", "name", "sex", "age"),
    *("ability_level", "has_dementia", "bed_class", "wants_nursing_bed"),
    *("asked", "answered", "next_step", "next_by"),
)


@cache
def words() -> dict[str, Any]:
    """Return who asks and waits in the demonstration."""
    path = paths.resource("demo") / "enquiries.json"
    loaded: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return loaded


class Callers:
    """Lets people ask, come to look, wait and be offered beds."""

    def __init__(self, db: Database, users: dict[Role, User], day: date) -> None:
        def of(kind: type[ServiceKind], role: Role) -> ServiceKind:
            return kind(db, users[role], self._clock)

        self._day = self._today = day
        self._enquiries = of(Enquiries, Role.FRONT_DESK)
        self._waiting = of(WaitingList, Role.FRONT_DESK)
        self._order = of(WaitingList, Role.DIRECTOR)
        self._closures = of(Closures, Role.HEAD_NURSE)
        self._kept = of(KeptBeds, Role.DIRECTOR)

    def call(self) -> None:
        """Let everybody call whom the demonstration knows."""
        self._order.change_rules(default_rules("public"))
        for told in words()["enquiries"]:
            self._ask(told)
        for told in words()["waiting"]:
            self._wait(told)
        self._today = self._day
        self._offer()
        self._close()
        self._keep_back()

    def _clock(self) -> datetime:
        """Return half past nine in China on the day that is told of."""
        return datetime.combine(self._today, time(1, 30), tzinfo=UTC)

    def _ask(self, told: dict[str, Any]) -> None:
        number = self._take(told)
        for days, at, guide, state, impression, questions in told.get("visits", ()):
            day = self._day + timedelta(days=days)
            visit = self._enquiries.plan_visit(Visit(day, at, guide, enquiry_id=number))
            if state == "came":
                self._today = day
                self._enquiries.receive(visit, impression, questions)
        self._today = self._day
        if "later" in told:
            later = self._day + timedelta(days=told["later"])
            self._enquiries.keep_for_later(number, later)
        if "lost" in told:
            self._enquiries.lose(number, told["lost"])

    def _wait(self, told: dict[str, Any]) -> None:
        number = self._take({**told, "channel": "phone"})
        asked_on = self._today
        person = Person(
            told["name"],
            told["sex"],
            date.fromisoformat(told["born"]),
            ability_level=told["ability_level"],
        )
        urgent = told.get("urgent", "")
        wanted = Application(
            asked_on,
            told.get("bed_class", ""),
            told.get("wants_nursing_bed", False),
            "",
            told.get("proof", ""),
            bool(urgent),
            urgent,
            told["asked"],
        )
        self._enquiries.to_waiting_list(number, person, "", told["categories"], wanted)
        self._enquiries.note(number, words()["talk"])

    def _take(self, told: dict[str, Any]) -> int:
        self._today = self._day - timedelta(days=told["ago"])
        asked = {name: told[name] for name in _ASKED if name in told}
        asked.setdefault("answered", words()["answered"])
        next_in = told.get("next_in")
        return self._enquiries.take(
            Enquiry(
                self._today,
                **asked,
                categories=tuple(told.get("categories", ())),
                budget_fen=told.get("budget"),
                next_on=None
                if next_in is None
                else self._day + timedelta(days=next_in),
            )
        )

    def _offer(self) -> None:
        """Offer beds: one answer is awaited, one was a no."""
        for answer in ("declined", "open"):
            for line in self._waiting.lines(self._day):
                if line.offer or line.declined:
                    continue
                beds = self._waiting.beds_for(line.entry_id, self._day)
                if beds:
                    self._offer_one(line.entry_id, beds[-1].bed_id, answer)
                    break

    def _offer_one(self, entry_id: int, bed_id: int, answer: str) -> None:
        passed = {
            each.line.entry_id: words()["passed"]
            for each in self._waiting.candidates(bed_id, self._day)
            if each.misfit is None
        }
        due = self._day + timedelta(days=1)
        offer = self._waiting.offer(entry_id, bed_id, due, passed)
        if answer == "declined":
            self._waiting.decline(offer, words()["declined"])

    def _close(self) -> None:
        floors = [part for part in self._closures.parts() if part.floor_id]
        for at, (reason, by, first, end) in enumerate(words()["closed"]):
            starts = self._day - timedelta(days=first)
            ends = self._day - timedelta(days=end)
            part = floors[2] if at else Part()
            self._closures.close(Closing(starts, ends, reason, by, part))

    def _keep_back(self) -> None:
        note = words()["kept_note"]
        self._kept.keep(KeptBed("destitute", 2, "D", note=note))
