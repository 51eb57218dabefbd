"""Reading staff files: one whole, or of everybody what has an end."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.staff import CertificateRow, StaffMemberRow
from carehome.rules import staff as rules
from carehome.rules import training as training_rules
from carehome.rules.certificates import (
    Certificate,
    Kind,
    Warnings,
    apply_by,
    is_replaced,
)
from carehome.rules.periods import Period
from carehome.rules.residents import mask_identity
from carehome.rules.staff import AnnualLeave, LeaveTaken, Person, Post
from carehome.rules.training import Cell, Subject, Trainee
from carehome.services.staff.facts import (
    certificate_of,
    held_posts_in,
    kinds_in,
    maternities_in,
    posts_in,
    staff_facts,
)
from carehome.services.staff.records import (
    Held,
    Lapse,
    StaffFile,
    contracts_in,
    files_in,
    leaves_in,
    papers_in,
    person_of,
    units_in,
    warnings_in,
)
from carehome.services.staff.trainings import subjects_in, trainings_in

__all__ = ["file_in", "files_in", "lapses_in", "without_private"]


def file_in(session: Session, staff_id: int, today: date) -> StaffFile:
    """Return the whole file of one person as of today."""
    row = session.get_one(StaffMemberRow, staff_id)
    person = person_of(row)
    known = posts_in(session)
    posts = tuple(known[number] for number in held_posts_in(session)[staff_id])
    leaves = leaves_in(session, staff_id)
    return StaffFile(
        staff_id,
        person,
        mask_identity(row.id_number),
        units_in(session).get(row.unit_id or 0, ""),
        posts,
        tuple(_held_in(session, staff_id, today)),
        tuple(contracts_in(session)[staff_id]),
        tuple(leaves),
        annual_of(person, leaves, today),
        tuple(maternities_in(session)[staff_id]),
        _training_in(session, staff_id, posts, today),
        tuple(papers_in(session, staff_id)),
    )


def without_private(file: StaffFile) -> StaffFile:
    """Return a file without what only those see who keep the files."""
    person = replace(file.person, checked_on=None, check_result="", check_note="")
    papers = tuple(
        paper for paper in file.papers if paper.kind not in rules.PRIVATE_PAPERS
    )
    return replace(file, person=person, maternities=(), papers=papers)


def annual_of(person: Person, leaves: Iterable[LeaveTaken], today: date) -> AnnualLeave:
    """Count the annual leave of this year; what runs over New Year is its first's."""
    taken = sum(
        leave.days
        for leave in leaves
        if leave.kind == rules.Leave.ANNUAL and leave.starts.year == today.year
    )
    return AnnualLeave(today.year, rules.annual_entitled(person, today), taken)


def lapses_in(session: Session, period: Period) -> list[Lapse]:
    """List who holds a needed certificate as the period begins and then no more."""
    posts, kinds = posts_in(session), kinds_in(session)
    found = []
    for facts in staff_facts(session, period):
        needing: dict[int, list[str]] = {}
        for post_id in facts.posts:
            for kind_id in posts[post_id].needs:
                needing.setdefault(kind_id, []).append(posts[post_id].name)
        for kind_id, names in needing.items():
            day = _first_without(facts, kind_id, period)
            if day is not None:
                kind = kinds[kind_id]
                lapse = Lapse(facts.staff_id, facts.name, kind, day, tuple(names))
                found.append(lapse)
    return sorted(found, key=lambda each: (each.lapses_on, each.name))


def _first_without(
    facts: rules.StaffFacts, kind_id: int, period: Period
) -> date | None:
    """Return the first day of the period on which a kind has run out."""
    ends = {span.end for span in facts.holds.get(kind_id, ()) if span.end}
    days = sorted(
        day
        for day in ends
        if period.holds(day) and facts.works_here(day) and not facts.has(kind_id, day)
    )
    return days[0] if days else None


def _held_in(session: Session, staff_id: int, today: date) -> Iterable[Held]:
    kinds, warnings = kinds_in(session), warnings_in(session)
    query = select(CertificateRow).where(CertificateRow.staff_id == staff_id)
    rows = session.scalars(query.order_by(CertificateRow.issued_on.desc())).all()
    known = [certificate_of(row) for row in rows]
    for row, certificate in zip(rows, known, strict=True):
        replaced = is_replaced(certificate, known)
        yield _held(certificate, kinds, None if replaced else warnings, today, row)


def _held(
    certificate: Certificate,
    kinds: Mapping[int, Kind],
    warnings: Warnings | None,
    today: date,
    row: CertificateRow,
) -> Held:
    kind, last_day = kinds[certificate.kind_id], certificate.valid_until
    if last_day is None or warnings is None:
        return Held(certificate, kind, None, None, row.paper_id)
    urgency = warnings.urgency(last_day, today)
    return Held(certificate, kind, urgency, apply_by(last_day, kind), row.paper_id)


def _training_in(
    session: Session, staff_id: int, posts: tuple[Post, ...], today: date
) -> tuple[tuple[Subject, Cell], ...]:
    subjects = [each for each in subjects_in(session) if each.is_active]
    had = training_rules.minutes_had(trainings_in(session, today.year), today)
    main = posts[0] if posts else None
    is_care = main is not None and main.is_care
    trainee = Trainee(staff_id, "", main.name if main else "", is_care)
    (row,) = training_rules.matrix(today.year, subjects, [trainee], had).rows
    return tuple(
        (subject, cell)
        for subject, cell in zip(subjects, row.cells, strict=True)
        if cell is not None
    )
