"""Agreements of the demonstration home: at every stage, and old papers to destroy."""

import io
import json
import tempfile
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from carehome import paths
from carehome.db.database import Database
from carehome.reports.agreements.packing import packed
from carehome.reports.sheet import A4, Letterhead, drawing
from carehome.rules.agreements import State, year_later
from carehome.rules.periods import DAY
from carehome.rules.rights import Role, User
from carehome.services.agreements import AgreementLine, Agreements, AgreementTemplates
from carehome.services.residents import Agreement, Person, Residents, people, stays
from carehome.services.residents.papers import add_paper_in
from carehome.services.residents.terms import store_agreement_in
from carehome.services.retention import Retention
from carehome.services.service import Clock, Service

Kind = TypeVar("Kind", bound=Service)
DEED = "Rolls.read_in"  # what came before the program is read in


class Stages:
    """Brings agreements to every stage that a home has at one time."""

    def __init__(self, db: Database, users: dict[Role, User], clock: Clock) -> None:
        self._db, self._users, self._clock = db, users, clock
        self._day = clock().date()
        self._desk = self._of(Agreements, Role.FRONT_DESK)
        self._residents = self._of(Residents, Role.FRONT_DESK)

    def _of(self, kind: type[Kind], role: Role, clock: Clock | None = None) -> Kind:
        return kind(self._db, self._users[role], clock or self._clock)

    def edit_text(self) -> None:
        """Let the director have edited the text a month ago."""
        month_ago = self._day - timedelta(days=30)
        noon = datetime.combine(month_ago, time(4), tzinfo=UTC)
        texts = self._of(AgreementTemplates, Role.DIRECTOR, lambda: noon)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / _told()["text_file"]
            texts.write_out(0, path)
            _add_sentence(path, _told()["text_after"], _told()["text_added"])
            reading = texts.check(path)
            texts.read_in(reading, month_ago, _told()["text_note"])

    def go_on(self) -> None:
        """Draw up, sign, renew and end some agreements."""
        lines = self._desk.all()
        ending = [line for line in lines if line.state is State.ENDING]
        for place, line in enumerate(ending[:3]):
            self._renew(line, is_drawn_up=place > 0, is_signed=place > 1)
        running = [line for line in lines if line.state is State.IN_FORCE]
        for line in running[:3]:
            self._try_out(line)
        without = [
            each.resident_id
            for each in self._residents.find("")
            if each.status.value == "in"
            and each.resident_id not in {line.resident_id for line in lines}
        ]
        for who in without[:2]:
            self._draw_up(who)
        self._desk.terminate(
            running[5].agreement_id, self._day + 10 * DAY, _told()["ended_early"]
        )

    def _renew(self, line: AgreementLine, is_drawn_up: bool, is_signed: bool) -> None:
        assert line.agreement.ends
        ends = year_later(line.agreement.ends + DAY)
        fresh = self._desk.renew(line.agreement_id, ends)
        if is_drawn_up:
            self._desk.draw_up(fresh)
        if is_signed:
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "scan.pdf"
                path.write_bytes(_scan(line.resident))
                self._desk.sign(fresh, self._day, line.agreement.signer, path)

    def _try_out(self, line: AgreementLine) -> None:
        """Let somebody be on trial: for some days yet, or overdue."""
        told = line.agreement
        until = self._day + timedelta(days=(line.agreement_id % 3 - 1) * 5 + 1)
        if until < told.starts or (told.ends and until > told.ends):
            return
        self._residents.change_agreement(
            line.resident_id,
            Agreement(
                told.starts,
                told.ends,
                told.number,
                told.signed_on,
                until,
                told.signer,
                told.note,
                told.agreement_id,
            ),
        )

    def _draw_up(self, who: int) -> None:
        contacts = self._residents.file(who).contacts
        told = Agreement(
            self._day,
            year_later(self._day),
            signer=contacts[0].name if contacts else "",
            deposit_fen=5000_00,
        )
        self._desk.draw_up(self._residents.add_agreement(who, told))

    def remember(self) -> None:
        """Read in who left long ago, with papers; destroy some, keep some longer."""
        old = [self._old(place, *each) for place, each in enumerate(_told()["former"])]
        retention = self._of(Retention, Role.DIRECTOR)
        retention.set_years("medical", 8)
        held = self._day + timedelta(days=200)
        retention.keep_longer(old[1], held, _told()["held_because"])
        retention.destroy([old[0]], self._users[Role.DIRECTOR].name, _told()["witness"])

    def _old(self, place: int, name: str, sex: str, came: int, left: int) -> int:
        admitted, discharged = date(came, 3, 1 + place), date(left, 4, 2 + place)
        user = self._users[Role.DIRECTOR]
        now = self._clock().astimezone(UTC).replace(tzinfo=None)
        with self._db.writing(user, DEED, now) as session:
            person = Person(name, sex, date(came - 84, 5, 6))
            who = people.add_person_in(session, person, "", admitted).id
            stays.open_stay_in(session, who, admitted)
            stays.discharge_in(session, who, discharged, _told()["went_home"])
            number = f"{came}{place + 1:03d}"
            told = Agreement(admitted, discharged, number, admitted, signer=name)
            agreement = store_agreement_in(session, who, told)
            for kind, days in (("agreement", 0), ("identity", 0), ("medical", 40)):
                at = datetime.combine(admitted + days * DAY, time(4))
                title, linked = _told()["titles"][kind], kind == "agreement"
                content = _scan(f"{name} {title}")
                add_paper_in(
                    session,
                    who,
                    kind,
                    title,
                    f"{title}.pdf",
                    content,
                    at,
                    agreement if linked else None,
                )
        return who


def furnish(db: Database, users: dict[Role, User], clock: Clock) -> None:
    """Let the home have agreements at every stage."""
    stages = Stages(db, users, clock)
    stages.edit_text()
    stages.go_on()
    stages.remember()


def _told() -> dict[str, Any]:
    """Return the words of the story."""
    path = paths.resource("demo") / "agreements.json"
    told: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return told


def _add_sentence(path: Path, after: str, sentence: str) -> None:
    """Edit a text as somebody does in Word: a sentence more behind a paragraph."""
    import docx  # noqa: PLC0415 - heavy, and only the story edits a text

    document = docx.Document(io.BytesIO(path.read_bytes()))
    found = next(each for each in document.paragraphs if each.text.startswith(after))
    found.add_run(sentence)
    path.write_bytes(packed(document))


@cache
def _page() -> bytes:
    """Return the page that stands for every scan."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scan.pdf"
        with (
            drawing(path, "", A4, Letterhead(_told()["home"])) as sheet,
            sheet.page(1, 1),
        ):
            sheet.paragraph(25, 40, 150, _told()["scan"], 14)
        return path.read_bytes()


def _scan(words: str) -> bytes:
    """Return a scan that differs from the others, as real ones do."""
    return _page() + f"\n% {words}\n".encode()
