"""What one person can do with service agreements."""

import hashlib
from datetime import date
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from carehome.db import change_log
from carehome.db.agreements import AgreementDocumentRow
from carehome.db.residents import AgreementRow, PaperRow, ResidentRow, StayRow
from carehome.errors import Refusal
from carehome.i18n import N_, _, speaking
from carehome.reports.files import whole
from carehome.rules import agreements as rules
from carehome.rules.periods import DAY
from carehome.rules.rights import Right
from carehome.rules.today import Line
from carehome.services.agreements import templates
from carehome.services.agreements import today as of_day
from carehome.services.agreements.facts import Missing, facts_in
from carehome.services.agreements.lines import (
    AgreementLine,
    course_of,
    left_on,
    lines_in,
)
from carehome.services.papers import letterhead_in
from carehome.services.residents import papers
from carehome.services.residents.terms import AgreementTurned
from carehome.services.service import Service, needs


class NotDrawnUp(Refusal):
    """There is no text yet."""

    text = N_("This agreement is not drawn up yet. Draw it up first.")


class Agreements(Service):
    """What one person can do with service agreements."""

    @needs(Right.SEE_RESIDENTS)
    def all(self) -> list[AgreementLine]:
        """List the agreements of everybody, newest first."""
        with self._reading() as session:
            return lines_in(session, self._today())

    @needs(Right.SEE_RESIDENTS)
    def of_resident(self, resident_id: int) -> list[AgreementLine]:
        """List the agreements of one resident, newest first."""
        with self._reading() as session:
            return lines_in(session, self._today(), resident_id)

    @needs(Right.CHANGE_RESIDENTS)
    def today(self, day: date) -> list[Line]:
        """Tell whose agreement is unsigned, and which trial awaits a decision."""
        with self._reading() as session:
            return list(of_day.concerns(lines_in(session, day), day))

    @needs(Right.CHANGE_RESIDENTS)
    @speaking()
    def missing(self, agreement_id: int) -> list[Missing]:
        """List what the text would leave open, and what to do about each."""
        with self._writing() as session:
            row = session.get_one(AgreementRow, agreement_id)
            return facts_in(session, row, self._today()).missing()

    @needs(Right.CHANGE_RESIDENTS)
    @speaking()
    def draw_up(self, agreement_id: int) -> str:
        """Write the text with the version of today, and give it its number.

        What is not signed yet may be drawn up anew as often as need be.
        """
        from carehome.reports.agreements.template import (  # noqa: PLC0415 - heavy
            fill_template,
        )

        today = self._today()
        with self._writing() as session:
            row = session.get_one(AgreementRow, agreement_id)
            rules.check_may_write(row.signed_on)
            if not row.number:
                _number(session, row, today.year)
            facts = facts_in(session, row, today)
            template = templates.template_on_in(session, today)
            text = templates.content_of(template)
            content = fill_template(text, facts.values, facts.lists)
            kept = _document_in(session, agreement_id)
            document = kept or AgreementDocumentRow(
                agreement_id=row.id, resident_id=row.resident_id
            )
            document.template_id = template.id if template else None
            document.edition = templates.edition_of(template)
            document.made_by, document.made_at = self._user.name, self._now()
            document.sha256 = hashlib.sha256(content).hexdigest()
            document.content = content
            session.add(document)
            return row.number

    @needs(Right.KEEP_PAPERS)
    @speaking()
    def write_paper(self, agreement_id: int, path: Path) -> None:
        """Write the text as a PDF; the log keeps who looked."""
        from carehome.reports.agreements.paper import (  # noqa: PLC0415 - heavy
            edition_note,
            write_agreement,
        )

        with self._writing() as session:
            document = self._look(session, agreement_id)
            content, edition = document.content, document.edition
            row = session.get_one(AgreementRow, agreement_id)
            title = _("Service agreement {number}").format(number=row.number)
            head = letterhead_in(session)
        foot = f"{title}  {edition_note(edition)}"
        write_agreement(path, content, title, foot, head)

    @needs(Right.KEEP_PAPERS)
    def write_word(self, agreement_id: int, path: Path) -> None:
        """Write the text as a Word document; the log keeps who looked."""
        with self._writing() as session:
            content = self._look(session, agreement_id).content
        with whole(path) as part:
            part.write_bytes(content)

    @needs(Right.CHANGE_RESIDENTS)
    def sign(
        self, agreement_id: int, signed_on: date, signer: str, scan: Path | None = None
    ) -> None:
        """Note who signed and when; the scan of the signed paper is kept with it."""
        rules.check_signature(signed_on, signer, self._today())
        content = papers.read_paper(scan) if scan else b""
        with self._writing() as session:
            row = session.get_one(AgreementRow, agreement_id)
            rules.check_may_write(row.signed_on)
            row.signed_on, row.signer = signed_on, signer.strip()
            session.flush()
            if scan:
                self._attach(session, row, scan.name, content)

    @needs(Right.KEEP_PAPERS)
    def add_scan(self, agreement_id: int, scan: Path) -> None:
        """Keep a scan with the agreement: it stays as long as the law wants."""
        content = papers.read_paper(scan)
        with self._writing() as session:
            row = session.get_one(AgreementRow, agreement_id)
            self._attach(session, row, scan.name, content)

    @needs(Right.CHANGE_RESIDENTS)
    def decide_trial(
        self, agreement_id: int, outcome: str, last_day: date | None = None
    ) -> None:
        """Note how a trial stay ends: the resident stays, or leaves on a day."""
        with self._writing() as session:
            row = session.get_one(AgreementRow, agreement_id)
            course = _course_in(session, row)
            if not rules.is_undecided(course):
                raise rules.NoTrial
            if course.signed_on is None:
                raise rules.NotSigned
            if outcome == "leaves":
                reason = _("The trial stay did not lead on")
                day = last_day or row.trial_until or self._today()
                rules.check_termination(course, day, reason)
                row.terminated_on, row.termination_reason = day, reason
            row.trial_outcome = outcome

    @needs(Right.CHANGE_RESIDENTS)
    def renew(
        self, agreement_id: int, ends: date, deposit_fen: int | None = None
    ) -> int:
        """Let a new agreement follow without a gap; return its number in the program.

        Its fees are read when it is drawn up, by the prices of its first day.
        """
        with self._writing() as session:
            row = session.get_one(AgreementRow, agreement_id)
            starts = rules.renewal_starts(_course_in(session, row))
            after = session.scalar(
                select(AgreementRow).where(AgreementRow.follows_id == row.id)
            )
            if after is not None:
                raise rules.RenewedAlready(day=after.starts)
            if ends <= starts:
                raise AgreementTurned(starts=starts)
            fresh = AgreementRow(
                resident_id=row.resident_id,
                starts=starts,
                ends=ends,
                signer=row.signer,
                deposit_fen=row.deposit_fen if deposit_fen is None else deposit_fen,
                follows_id=row.id,
            )
            session.add(fresh)
            session.flush()
            return fresh.id

    @needs(Right.CHANGE_RESIDENTS)
    def terminate(self, agreement_id: int, last_day: date, reason: str) -> None:
        """End an agreement early, by a reason; its last day is part of it."""
        with self._writing() as session:
            row = session.get_one(AgreementRow, agreement_id)
            rules.check_termination(_course_in(session, row), last_day, reason)
            row.terminated_on, row.termination_reason = last_day, reason.strip()

    def _look(self, session: Session, agreement_id: int) -> AgreementDocumentRow:
        document = _document_in(session, agreement_id)
        if document is None:
            raise NotDrawnUp
        change_log.note_look(
            session, "agreement_document", document.id, document.resident_id
        )
        return document

    def _attach(
        self, session: Session, row: AgreementRow, name: str, content: bytes
    ) -> None:
        """Keep a scan with an agreement; one that the file holds already joins it."""
        digest = hashlib.sha256(content).hexdigest()
        same = session.scalar(
            select(PaperRow).where(
                PaperRow.resident_id == row.resident_id,
                PaperRow.sha256 == digest,
                PaperRow.agreement_id.is_(None),
            )
        )
        if same is not None:
            same.agreement_id = row.id
            return
        person = session.get_one(ResidentRow, row.resident_id).name
        with speaking():
            title = _("Service agreement {number}").format(number=row.number or person)
        now = self._now()
        who, kind = row.resident_id, "agreement"
        papers.add_paper_in(session, who, kind, title, name, content, now, row.id)


def let_go_in(session: Session, agreement_id: int, today: date) -> None:
    """Drop an agreement that came to nothing; what has a number stays as void."""
    row = session.get(AgreementRow, agreement_id)
    if row is None:
        return
    if row.sequence is None and _document_in(session, row.id) is None:
        session.delete(row)
        return
    with speaking():
        reason = _("The admission was given up")
    row.terminated_on = min(today, row.starts - DAY)
    row.termination_reason = reason


def _document_in(session: Session, agreement_id: int) -> AgreementDocumentRow | None:
    return session.scalar(
        select(AgreementDocumentRow).where(
            AgreementDocumentRow.agreement_id == agreement_id
        )
    )


def _number(session: Session, row: AgreementRow, year: int) -> None:
    """Give an agreement the next number of the year."""
    last = session.scalar(
        select(func.max(AgreementRow.sequence)).where(AgreementRow.year == year)
    )
    row.year, row.sequence = year, (last or 0) + 1
    row.number = rules.number_of(year, row.sequence)
    session.flush()


def _course_in(session: Session, row: AgreementRow) -> rules.Course:
    stays = session.scalars(
        select(StayRow)
        .where(StayRow.resident_id == row.resident_id)
        .order_by(StayRow.admitted_on)
    ).all()
    written = _document_in(session, row.id) is not None
    return course_of(row, left_on(row.starts, list(stays)), written)
