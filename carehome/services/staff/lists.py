"""The home's own lists about staff: certificates, posts, subjects, warnings."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from carehome.db.staff import (
    CertificateKindRow,
    PostNeedRow,
    PostRow,
    StaffRuleRow,
    TrainingSubjectRow,
)
from carehome.db.units import UnitRow
from carehome.errors import Refusal
from carehome.i18n import N_, _
from carehome.rules.certificates import Kind
from carehome.rules.home import NameMissing
from carehome.rules.rights import Right
from carehome.rules.staff import Post
from carehome.rules.training import Subject
from carehome.services.service import Service, needs
from carehome.services.staff.facts import kinds_in, posts_in
from carehome.services.staff.trainings import subjects_in

MOST_MONTHS = 600


class NameTaken(Refusal):
    """Two entries of a list do not share a name."""

    text = N_("“{name}” is on the list already.")


class MonthsOutOfRange(Refusal):
    """A certificate holds for a sensible time."""

    text = N_("Enter 1 to {most} months, or nothing for a certificate without end.")


class RenewalOutOfRange(Refusal):
    """A renewal is applied for in sensible time."""

    text = N_("Enter 0 to 366 days before the end.")


class WarningsUnordered(Refusal):
    """The first warning comes first."""

    text = N_("The three warnings must come one after another, such as 60, 30, 7 days.")


class WeeksOutOfRange(Refusal):
    """A pregnancy has 40 weeks."""

    text = N_("Enter 0 to 40 weeks; the law protects from the 7th month on.")


@dataclass(frozen=True, slots=True)
class StaffRules:
    """How the home handles its staff; `transition_from` is policy or hire."""

    warn_far: int = 60
    warn_middle: int = 30
    warn_near: int = 7
    transition_from: str = "policy"
    expecting_weeks: int = 28


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit in which people work."""

    unit_id: int
    name: str


class StaffLists(Service):
    """What one person can do with the lists behind the staff files."""

    @needs(Right.SEE_STAFF)
    def kinds(self) -> list[Kind]:
        """List the kinds of certificates in the home's order."""
        with self._reading() as session:
            return list(kinds_in(session).values())

    @needs(Right.SEE_STAFF)
    def posts(self) -> list[Post]:
        """List the posts in the home's order, with the certificates they ask for."""
        with self._reading() as session:
            return list(posts_in(session).values())

    @needs(Right.SEE_STAFF)
    def subjects(self) -> list[Subject]:
        """List the subjects of training in the home's order."""
        with self._reading() as session:
            return subjects_in(session)

    @needs(Right.SEE_STAFF)
    def units(self) -> list[Unit]:
        """List the units in which people work now."""
        with self._reading() as session:
            rows = session.scalars(
                select(UnitRow)
                .where(UnitRow.is_active)
                .order_by(UnitRow.position, UnitRow.id)
            )
            return [Unit(row.id, row.name) for row in rows]

    @needs(Right.SEE_STAFF)
    def rules(self) -> StaffRules:
        """Return how the home handles its staff."""
        with self._reading() as session:
            return rules_in(session)

    @needs(Right.CHANGE_STAFF)
    def save_kind(self, kind: Kind) -> int:
        """Add a kind of certificate or correct one; return its number.

        What the home adds or changes is its own and no longer tells another source.
        """
        if kind.months is not None and not 1 <= kind.months <= MOST_MONTHS:
            raise MonthsOutOfRange(most=MOST_MONTHS)
        if not 0 <= kind.renew_days <= 366:
            raise RenewalOutOfRange
        with self._writing() as session:
            row = session.get(CertificateKindRow, kind.kind_id)
            if row is None:
                row = CertificateKindRow(code=_code_in(session), ladder="", level=None)
                row.position = _last_in(session, CertificateKindRow) + 1
            row.name = _name_in(session, CertificateKindRow, kind.name, kind.kind_id)
            changed = (row.months, row.renew_days) != (kind.months, kind.renew_days)
            if changed:
                row.source, row.standing = kind.source.strip(), "ours"
            row.months, row.renew_days = kind.months, kind.renew_days
            row.is_active = kind.is_active
            session.add(row)
            session.flush()
            return row.id

    @needs(Right.CHANGE_STAFF)
    def save_post(self, post: Post) -> int:
        """Add a post or correct one, with what it asks for; return its number."""
        with self._writing() as session:
            row = session.get(PostRow, post.post_id)
            if row is None:
                row = PostRow(position=_last_in(session, PostRow) + 1)
            row.name = _name_in(session, PostRow, post.name, post.post_id)
            row.is_care, row.is_active = post.is_care, post.is_active
            session.add(row)
            session.flush()
            _set_needs_in(session, row.id, set(post.needs))
            return row.id

    @needs(Right.CHANGE_STAFF)
    def save_subject(self, subject: Subject) -> int:
        """Add a subject of training or correct one; return its number.

        What the home adds or changes is its own and no longer tells another source.
        """
        with self._writing() as session:
            row = session.get(TrainingSubjectRow, subject.subject_id)
            if row is None:
                row = TrainingSubjectRow(
                    position=_last_in(session, TrainingSubjectRow) + 1
                )
            number = subject.subject_id
            row.name = _name_in(session, TrainingSubjectRow, subject.name, number)
            minutes = max(subject.minutes_needed, 0)
            changed = (row.minutes_needed, row.is_for_care) != (
                minutes,
                subject.is_for_care,
            )
            if changed:
                row.source, row.standing = subject.source.strip(), "ours"
            row.minutes_needed, row.is_for_care = minutes, subject.is_for_care
            row.is_active = subject.is_active
            session.add(row)
            session.flush()
            return row.id

    @needs(Right.CHANGE_STAFF)
    def save_unit(self, unit: Unit) -> int:
        """Add a unit or rename one; return its number."""
        with self._writing() as session:
            row = session.get(UnitRow, unit.unit_id)
            if row is None:
                row = UnitRow(position=_last_in(session, UnitRow) + 1)
            row.name = _name_in(session, UnitRow, unit.name, unit.unit_id)
            session.add(row)
            session.flush()
            return row.id

    @needs(Right.CHANGE_STAFF)
    def set_rules(self, rules: StaffRules) -> None:
        """Change the warnings, the transition and when protection begins."""
        if not 366 >= rules.warn_far > rules.warn_middle > rules.warn_near > 0:
            raise WarningsUnordered
        if not 0 <= rules.expecting_weeks <= 40:
            raise WeeksOutOfRange
        with self._writing() as session:
            row = session.get_one(StaffRuleRow, 1)
            row.warn_far, row.warn_middle = rules.warn_far, rules.warn_middle
            row.warn_near = rules.warn_near
            row.transition_from = rules.transition_from
            row.expecting_weeks = rules.expecting_weeks


def rules_in(session: Session) -> StaffRules:
    """Return how the home handles its staff."""
    row = session.get_one(StaffRuleRow, 1)
    return StaffRules(
        row.warn_far,
        row.warn_middle,
        row.warn_near,
        row.transition_from,
        row.expecting_weeks,
    )


_Listed = (
    type[CertificateKindRow] | type[PostRow] | type[TrainingSubjectRow] | type[UnitRow]
)


def _name_in(session: Session, kind: _Listed, typed: str, number: int) -> str:
    """Return a name that no other entry of the list has."""
    name = typed.strip()
    if not name:
        raise NameMissing(field=_("name"))
    taken = select(kind.id).where(kind.name == name, kind.id != number)
    with session.no_autoflush:
        if session.scalar(taken) is not None:
            raise NameTaken(name=name)
    return name


def _last_in(session: Session, kind: _Listed) -> int:
    return session.scalar(select(func.max(kind.position))) or 0


def _code_in(session: Session) -> str:
    """Return a code that no kind has yet; people never see it."""
    last = session.scalar(select(func.max(CertificateKindRow.id))) or 0
    return f"own-{last + 1}"


def _set_needs_in(session: Session, post_id: int, wanted: set[int]) -> None:
    query = select(PostNeedRow).where(PostNeedRow.post_id == post_id)
    there = {row.kind_id: row for row in session.scalars(query)}
    for kind_id, row in there.items():
        if kind_id not in wanted:
            session.delete(row)
    for kind_id in sorted(wanted - there.keys()):
        session.add(PostNeedRow(post_id=post_id, kind_id=kind_id))
    session.flush()
