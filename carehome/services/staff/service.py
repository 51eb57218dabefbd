"""What one person can do with the files of the staff."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db import change_log
from carehome.db.staff import (
    CertificateRow,
    ContractRow,
    MaternityRow,
    StaffLeaveRow,
    StaffMemberRow,
    StaffPaperRow,
    StaffRuleRow,
)
from carehome.i18n import _
from carehome.rules import certificates as certificate_rules
from carehome.rules import deadlines, protection, rights
from carehome.rules import staff as rules
from carehome.rules.certificates import Certificate
from carehome.rules.deadlines import Deadline
from carehome.rules.home import NameMissing
from carehome.rules.periods import Period
from carehome.rules.protection import Maternity
from carehome.rules.retention import FiledEarlier
from carehome.rules.rights import Right
from carehome.rules.staff import Contract, LeaveTaken, Person
from carehome.services.residents.papers import read_paper
from carehome.services.service import Service, needs
from carehome.services.staff import people, reading
from carehome.services.staff.facts import kinds_in
from carehome.services.staff.people import StaffMember
from carehome.services.staff.records import Lapse, StaffFile, warnings_in
from carehome.services.staff.scans import add_scan_in, filed_on
from carehome.services.staff.writing import (
    add_leave_in,
    change_person_in,
    keep_certificate_in,
    keep_contract_in,
)
from carehome.services.workdays import is_working_day


class Staff(Service):
    """What one person can do with the files of the staff."""

    @needs(Right.SEE_STAFF)
    def members(self, day: date) -> list[StaffMember]:
        """List everybody who works here on `day`, by post and name."""
        with self._reading() as session:
            return people.listed_in(session, people.works_on(day))

    @needs(Right.SEE_STAFF)
    def former(self, day: date) -> list[StaffMember]:
        """List everybody who works here no more on `day`, who left last first."""
        with self._reading() as session:
            left = StaffMemberRow.left_on <= day
            return people.listed_in(session, left, StaffMemberRow.left_on.desc())

    @needs(Right.SEE_STAFF)
    def file(self, staff_id: int) -> StaffFile:
        """Return all that is known of somebody, but for the pay.

        Who does not keep the files sees no pregnancy and no background check.
        """
        with self._reading() as session:
            file = reading.file_in(session, staff_id, self._today())
        keeps_files = self._user.may(Right.CHANGE_STAFF)
        return file if keeps_files else reading.without_private(file)

    @needs(Right.SEE_STAFF)
    def due(self, day: date) -> list[Deadline]:
        """List what ends soon or is missing in the files of who works here."""
        with self._reading() as session:
            files = reading.files_in(session, people.works_on(day))
            kinds, warnings = kinds_in(session), warnings_in(session)
            weeks = session.get_one(StaffRuleRow, 1).expecting_weeks
        found = deadlines.deadlines(files, kinds, warnings, day, weeks)
        if self._user.may(Right.CHANGE_STAFF):
            return found
        return [each for each in found if each.matter not in deadlines.PRIVATE]

    @needs(Right.SEE_STAFF)
    def lapses(self, period: Period) -> list[Lapse]:
        """List who loses within a period a certificate that a post asks for."""
        with self._reading() as session:
            return reading.lapses_in(session, period)

    @needs(Right.SEE_STAFF)
    def leave_days(self, starts: date, last_day: date) -> int:
        """Count the working days of a leave, as a proposal for what it takes up."""
        span = range(starts.toordinal(), last_day.toordinal() + 1)
        return sum(is_working_day(date.fromordinal(day)) for day in span)

    @needs(Right.SHOW_IDENTITY)
    def show_identity(self, staff_id: int, why: str) -> str:
        """Return the whole identity number; the log keeps who asked and why."""
        with self._writing() as session:
            row = session.get_one(StaffMemberRow, staff_id)
            change_log.note_look(session, "staff_member", row.id, None, why.strip())
            return row.id_number or ""

    @needs(Right.CHANGE_STAFF)
    def save(self, member: StaffMember) -> int:
        """Add somebody or correct what lists show; return the number."""
        if not member.name.strip() or not member.post.strip():
            raise NameMissing(field=_("name and post"))
        if member.left_on and member.left_on < member.hired_on:
            raise rules.LeftBeforeHired
        with self._writing() as session:
            row = session.get(StaffMemberRow, member.staff_id) or StaffMemberRow()
            row.name, row.phone = member.name.strip(), member.phone.strip()
            row.hired_on, row.left_on = member.hired_on, member.left_on
            session.add(row)
            session.flush()
            post = people.post_in(session, member.post)
            people.set_main_post_in(session, row.id, post.id)
            return row.id

    @needs(Right.CHANGE_STAFF)
    def add(
        self,
        person: Person,
        main_post: int,
        other_posts: Sequence[int] = (),
        id_number: str = "",
    ) -> int:
        """Open a file for somebody new; return its number."""
        with self._writing() as session:
            row = StaffMemberRow()
            change_person_in(session, row, person, id_number, self._today())
            people.set_posts_in(session, row.id, main_post, other_posts)
            return row.id

    @needs(Right.CHANGE_STAFF)
    def change(
        self, staff_id: int, person: Person, id_number: str | None = None
    ) -> None:
        """Correct what a file says of the person; a number of None stays."""
        with self._writing() as session:
            row = session.get_one(StaffMemberRow, staff_id)
            change_person_in(session, row, person, id_number, self._today())

    @needs(Right.CHANGE_STAFF)
    def set_posts(self, staff_id: int, main: int, others: Sequence[int] = ()) -> None:
        """Give somebody these posts and no others; one is the main one."""
        with self._writing() as session:
            people.set_posts_in(session, staff_id, main, others)

    @needs(Right.CHANGE_STAFF)
    def add_certificate(
        self, staff_id: int, certificate: Certificate, scan: Path | None = None
    ) -> int:
        """File a certificate, with its scan if there is one; return its number."""
        certificate_rules.check(certificate, self._today())
        content = read_paper(scan) if scan else b""
        with self._writing() as session:
            row = CertificateRow(staff_id=staff_id)
            keep_certificate_in(session, row, certificate)
            self._add_scan(session, row, scan, content)
            return row.id

    @needs(Right.CHANGE_STAFF)
    def change_certificate(
        self, certificate: Certificate, scan: Path | None = None
    ) -> None:
        """Correct a certificate; a new scan is put in place of the one it has."""
        certificate_rules.check(certificate, self._today())
        content = read_paper(scan) if scan else b""
        with self._writing() as session:
            row = session.get_one(CertificateRow, certificate.certificate_id)
            keep_certificate_in(session, row, certificate)
            self._add_scan(session, row, scan, content)

    @needs(Right.CHANGE_STAFF)
    def remove_certificate(self, certificate_id: int) -> None:
        """Remove a certificate entered by mistake; its scan stays in the file."""
        self._remove(CertificateRow, certificate_id)

    @needs(Right.CHANGE_STAFF)
    def add_contract(self, staff_id: int, contract: Contract) -> int:
        """File a contract; return its number."""
        rules.check_contract(contract)
        with self._writing() as session:
            row = ContractRow(staff_id=staff_id)
            keep_contract_in(session, row, contract)
            return row.id

    @needs(Right.CHANGE_STAFF)
    def change_contract(self, contract: Contract) -> None:
        """Correct a contract."""
        rules.check_contract(contract)
        with self._writing() as session:
            row = session.get_one(ContractRow, contract.contract_id)
            keep_contract_in(session, row, contract)

    @needs(Right.CHANGE_STAFF)
    def remove_contract(self, contract_id: int) -> None:
        """Remove a contract entered by mistake."""
        self._remove(ContractRow, contract_id)

    @needs(Right.CHANGE_STAFF)
    def add_leave(self, staff_id: int, leave: LeaveTaken) -> int:
        """Write down a leave; return its number."""
        with self._writing() as session:
            return add_leave_in(session, StaffLeaveRow(staff_id=staff_id), leave)

    @needs(Right.CHANGE_STAFF)
    def change_leave(self, leave: LeaveTaken) -> None:
        """Correct a leave."""
        with self._writing() as session:
            row = session.get_one(StaffLeaveRow, leave.leave_id)
            add_leave_in(session, row, leave)

    @needs(Right.CHANGE_STAFF)
    def remove_leave(self, leave_id: int) -> None:
        """Remove a leave that is not taken."""
        self._remove(StaffLeaveRow, leave_id)

    @needs(Right.CHANGE_STAFF)
    def save_maternity(self, staff_id: int, maternity: Maternity) -> int:
        """Write down or correct a child expected or nursed; return its number."""
        protection.check(maternity, self._today())
        with self._writing() as session:
            row = session.get(MaternityRow, maternity.maternity_id) or MaternityRow()
            row.staff_id, row.note = staff_id, maternity.note.strip()
            row.due_on, row.born_on = maternity.due_on, maternity.born_on
            row.ended_on = maternity.ended_on
            session.add(row)
            session.flush()
            return row.id

    @needs(Right.CHANGE_STAFF)
    def remove_maternity(self, maternity_id: int) -> None:
        """Remove what was entered by mistake."""
        self._remove(MaternityRow, maternity_id)

    @needs(Right.KEEP_PAPERS)
    def add_paper(self, staff_id: int, kind: str, title: str, path: Path) -> int:
        """Keep a scan in somebody's file; return its number."""
        content = read_paper(path)
        with self._writing() as session:
            named = kind, title, path.name
            return add_scan_in(session, staff_id, *named, content, self._now())

    @needs(Right.KEEP_PAPERS)
    def paper(self, paper_id: int) -> bytes:
        """Return the content of a scan; the log keeps who looked."""
        with self._writing() as session:
            row = session.get_one(StaffPaperRow, paper_id)
            if row.kind in rules.PRIVATE_PAPERS:
                rights.check(self._user, Right.CHANGE_STAFF)
            change_log.note_look(session, "staff_paper", row.id, None)
            return row.content

    @needs(Right.KEEP_PAPERS)
    def remove_paper(self, paper_id: int) -> None:
        """Remove a scan on the day it was filed by mistake; later it is kept."""
        with self._writing() as session:
            row = session.get_one(StaffPaperRow, paper_id)
            day = filed_on(row, self._clock().tzinfo)
            if day < self._today():
                raise FiledEarlier(day=day)
            held = CertificateRow.paper_id == paper_id
            for certificate in session.scalars(select(CertificateRow).where(held)):
                certificate.paper_id = None
            session.delete(row)

    def _add_scan(
        self, session: Session, row: CertificateRow, scan: Path | None, content: bytes
    ) -> None:
        if scan is not None:
            named = "certificate", row.number, scan.name
            row.paper_id = add_scan_in(
                session, row.staff_id, *named, content, self._now()
            )

    def _remove(
        self,
        kind: type[CertificateRow | ContractRow | StaffLeaveRow | MaternityRow],
        number: int,
    ) -> None:
        with self._writing() as session:
            session.delete(session.get_one(kind, number))
