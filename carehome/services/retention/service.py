"""What one person can do about papers whose time is over."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from carehome.db.agreements import (
    AgreementDocumentRow,
    DestructionItemRow,
    DestructionRow,
    RetentionHoldRow,
    RetentionRow,
)
from carehome.db.residents import PaperRow, ResidentRow
from carehome.i18n import N_, _, speaking
from carehome.rules import retention as rules
from carehome.rules.agreements import number_of
from carehome.rules.rights import Right, Role
from carehome.rules.today import Concern, Line, Target, Urgency, words
from carehome.services.papers import letterhead_in
from carehome.services.retention.due import (
    DuePaper,
    DueResident,
    due_in,
    ends_in,
    years_in,
)
from carehome.services.service import Service, needs

DUE = "due_papers"  # a target: the list of papers whose time is over


@dataclass(frozen=True, slots=True)
class Destruction:
    """Papers that were destroyed in one go."""

    destruction_id: int
    number: str
    day: date
    cause: str
    reason: str
    destroyed_by: str
    approver: str
    witness: str
    papers: int
    residents: tuple[str, ...]


class Retention(Service):
    """What one person can do about papers whose time is over."""

    @needs(Right.DESTROY_PAPERS)
    def due(self, day: date) -> list[DueResident]:
        """List whose papers have had their time, those kept longer too."""
        with self._reading() as session:
            return due_in(session, day)

    @needs(Right.DESTROY_PAPERS)
    def today(self, day: date) -> list[Line]:
        """Tell how many residents' papers have had their time."""
        with self._reading() as session:
            due = [each for each in due_in(session, day) if each.held_until is None]
        if not due:
            return []
        text = N_("The papers of {count} former {count:resident|residents} may go")
        told = words(text, count=len(due))
        return [
            Concern(
                words(N_("Papers")),
                told,
                Urgency.NOTE,
                Target(DUE, 0),
                Role.DIRECTOR,
                count=len(due),
            )
        ]

    @needs(Right.DESTROY_PAPERS)
    def years(self) -> dict[str, int]:
        """Return how many years each kind of paper is kept."""
        with self._reading() as session:
            told = years_in(session)
        return {kind: rules.years_for(kind, told) for kind in rules.KIND_NAMES}

    @needs(Right.DESTROY_PAPERS)
    def set_years(self, kind: str, years: int) -> None:
        """Keep papers of a kind so many years, at least as long as the law says."""
        rules.check_years(years)
        with self._writing() as session:
            row = session.scalar(select(RetentionRow).where(RetentionRow.kind == kind))
            if row is None:
                row = RetentionRow(kind=kind)
            row.years = years
            session.add(row)

    @needs(Right.DESTROY_PAPERS)
    def keep_longer(self, resident_id: int, until: date, reason: str) -> None:
        """Keep somebody's papers until a day, for a reason such as a dispute."""
        today = self._today()
        rules.check_hold(until, reason, today)
        with self._writing() as session:
            session.add(
                RetentionHoldRow(
                    resident_id=resident_id,
                    until=until,
                    reason=reason.strip(),
                    set_by=self._user.name,
                    set_on=today,
                )
            )

    @needs(Right.DESTROY_PAPERS)
    def destroy(
        self, resident_ids: Collection[int], approver: str, witness: str
    ) -> int:
        """Delete papers whose time is over, of some people; a list of them stays."""
        rules.check_destruction(approver, witness, self._user.name)
        today = self._today()
        with self._writing() as session:
            due = {each.resident_id: each for each in due_in(session, today)}
            for who in resident_ids:
                _check_due(session, due.get(who), who)
            if not resident_ids:
                raise rules.NothingChosen
            head = self._begin(session, "due", "", approver, witness)
            for who in sorted(resident_ids):
                for paper in due[who].papers:
                    self._destroy(session, head, due[who], paper)
            return head.id

    @needs(Right.DESTROY_PAPERS)
    def take_out(self, paper_id: int, reason: str) -> int:
        """Delete a scan that was filed by mistake; that it was there stays known."""
        if not reason.strip():
            raise rules.NoReasonToRemove
        with self._writing() as session:
            row = session.get_one(PaperRow, paper_id)
            name = self._user.name
            head = self._begin(session, "misfiled", reason.strip(), name, "")
            session.add(
                DestructionItemRow(
                    destruction_id=head.id,
                    resident_id=row.resident_id,
                    paper_id=row.id,
                    kind=row.kind,
                    filed_on=row.added_at.date(),
                )
            )
            session.flush()
            session.delete(row)
            return head.id

    @needs(Right.DESTROY_PAPERS)
    def destructions(self) -> list[Destruction]:
        """List what was destroyed, newest first."""
        with self._reading() as session:
            heads = session.scalars(
                select(DestructionRow).order_by(
                    DestructionRow.year.desc(), DestructionRow.number.desc()
                )
            ).all()
            who = session.execute(
                select(DestructionItemRow.destruction_id, ResidentRow.name)
                .join(ResidentRow, ResidentRow.id == DestructionItemRow.resident_id)
                .order_by(DestructionItemRow.id)
            ).all()
        names: dict[int, list[str]] = {}
        for head_id, name in who:
            names.setdefault(head_id, []).append(name)
        return [_destruction(head, names.get(head.id, [])) for head in heads]

    @needs(Right.DESTROY_PAPERS)
    @speaking()
    def write_certificate(self, destruction_id: int, path: Path) -> None:
        """Write the list of what was destroyed as a PDF to be signed."""
        from carehome.reports.destruction import (  # noqa: PLC0415 - draws on ReportLab
            Certificate,
            DestroyedText,
            write_certificate,
        )

        with self._reading() as session:
            head = session.get_one(DestructionRow, destruction_id)
            rows = session.execute(
                select(DestructionItemRow, ResidentRow.name)
                .join(ResidentRow, ResidentRow.id == DestructionItemRow.resident_id)
                .where(DestructionItemRow.destruction_id == destruction_id)
                .order_by(DestructionItemRow.id)
            ).all()
            items = [
                DestroyedText(
                    name,
                    _(rules.KIND_NAMES.get(row.kind, row.kind)),
                    row.agreement,
                    row.filed_on,
                    row.ended_on,
                    rules.keep_until(row.ended_on, row.years or 0)
                    if row.ended_on
                    else None,
                )
                for row, name in rows
            ]
            told = Certificate(
                number_of(head.year, head.number),
                head.day,
                _cause(head),
                head.destroyed_by,
                head.approver,
                head.witness,
                items,
            )
            letterhead = letterhead_in(session)
        write_certificate(path, told, letterhead)

    def _begin(
        self, session: Session, cause: str, reason: str, approver: str, witness: str
    ) -> DestructionRow:
        """Enter a destruction in the register under the next number of the year."""
        today = self._today()
        last = session.scalar(
            select(func.max(DestructionRow.number)).where(
                DestructionRow.year == today.year
            )
        )
        head = DestructionRow(
            year=today.year,
            number=(last or 0) + 1,
            day=today,
            cause=cause,
            reason=reason,
            destroyed_by=self._user.name,
            approver=approver.strip(),
            witness=witness.strip(),
        )
        session.add(head)
        session.flush()
        return head

    def _destroy(
        self,
        session: Session,
        head: DestructionRow,
        whose: DueResident,
        paper: DuePaper,
    ) -> None:
        """Enter a paper in the register, and delete it."""
        session.add(
            DestructionItemRow(
                destruction_id=head.id,
                resident_id=whose.resident_id,
                paper_id=paper.paper_id,
                document_id=paper.document_id,
                kind=paper.kind,
                agreement=paper.agreement,
                filed_on=paper.filed_on,
                ended_on=whose.ended_on,
                years=paper.years,
            )
        )
        session.flush()
        gone = (
            session.get_one(PaperRow, paper.paper_id)
            if paper.paper_id is not None
            else session.get_one(AgreementDocumentRow, paper.document_id)
        )
        session.delete(gone)
        session.flush()


def _check_due(session: Session, due: DueResident | None, who: int) -> None:
    """Raise NotDueYet while somebody's papers must still be kept."""
    if due is not None and due.held_until is None:
        return
    name = session.get_one(ResidentRow, who).name
    last = ends_in(session).get(who, rules.Ends()).last
    day = due.held_until if due else last and rules.keep_until(last, rules.LEAST_YEARS)
    raise rules.NotDueYet(name=name, day=day or _("the agreement has ended"))


def _cause(head: DestructionRow) -> str:
    cause = _(rules.CAUSE_NAMES[head.cause])
    if not head.reason:
        return cause
    return _("{cause}: {reason}").format(cause=cause, reason=head.reason)


def _destruction(head: DestructionRow, names: list[str]) -> Destruction:
    return Destruction(
        head.id,
        number_of(head.year, head.number),
        head.day,
        head.cause,
        head.reason,
        head.destroyed_by,
        head.approver,
        head.witness,
        len(names),
        tuple(dict.fromkeys(names)),
    )
