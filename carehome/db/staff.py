"""Tables of the people who work here: posts, certificates, contracts, leave, pay.

Last days (`last_day`, `valid_until`, `insured_until`) belong to their span, as people
say them; `left_on` is the first day on which somebody works here no more.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from carehome.db.base import Base, one_of

SCHEMES = ("standard", "month", "quarter", "year")
EDUCATIONS = ("", "lower", "secondary", "college", "bachelor")
CONTRACT_KINDS = ("fixed", "open", "task", "service", "retired", "agency")
LEAVE_KINDS = (
    *("annual", "sick", "personal", "marriage", "maternity", "paternity", "parental"),
    *("care", "bereavement", "injury", "compensation", "other"),
)
CHECK_RESULTS = ("", "clear", "found")
STAFF_PAPER_KINDS = ("certificate", "contract", "identity", "check", "other")
PAY_BASES = ("month", "hour")
CLAIM_KINDS = ("post", "entry")
CLAIM_STATES = ("drafted", "claimed", "received")
TRANSITION_FROM = ("policy", "hire")
MOST_SCAN_BYTES = 20 * 1024 * 1024


class StaffMemberRow(Base):
    """Somebody who works in the home."""

    __tablename__ = "staff_member"
    __table_args__ = (
        one_of("sex", ("", "male", "female")),
        one_of("education", EDUCATIONS),
        one_of("scheme", SCHEMES),
        one_of("check_result", CHECK_RESULTS),
        CheckConstraint("length(trim(name)) > 0", name="name_given"),
        CheckConstraint("left_on >= hired_on", name="left_last"),
        CheckConstraint("insured_until >= insured_from", name="insured_until_last"),
        CheckConstraint(
            "check_result = '' OR checked_on IS NOT NULL", name="check_whole"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    number: Mapped[str] = mapped_column(default="")
    sex: Mapped[str] = mapped_column(default="")
    born: Mapped[date | None]
    id_number: Mapped[str | None] = mapped_column(unique=True)
    phone: Mapped[str] = mapped_column(default="")
    hired_on: Mapped[date]
    left_on: Mapped[date | None]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    worked_since: Mapped[date | None]
    care_since: Mapped[date | None]
    education: Mapped[str] = mapped_column(default="")
    graduated_on: Mapped[date | None]
    is_full_time: Mapped[bool] = mapped_column(default=True)
    scheme: Mapped[str] = mapped_column(default="standard")
    scheme_approval: Mapped[str] = mapped_column(default="")
    scheme_until: Mapped[date | None]
    insured_from: Mapped[date | None]
    insured_until: Mapped[date | None]
    checked_on: Mapped[date | None]
    check_result: Mapped[str] = mapped_column(default="")
    check_note: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")


class CertificateKindRow(Base):
    """A kind of certificate: how long it is valid, when its renewal is applied for.

    Of a `ladder` the lower `level` is the higher skill: 1 stands above 5, and who
    holds 1 holds what 5 asks for.
    """

    __tablename__ = "certificate_kind"
    __table_args__ = (
        CheckConstraint("length(trim(name)) > 0", name="name_given"),
        CheckConstraint("months BETWEEN 1 AND 600", name="months_sane"),
        CheckConstraint("renew_days BETWEEN 0 AND 366", name="renew_days_sane"),
        CheckConstraint("(ladder = '') = (level IS NULL)", name="ladder_whole"),
        one_of("standing", ("in force", "draft", "ours")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    months: Mapped[int | None]
    renew_days: Mapped[int] = mapped_column(default=0)
    ladder: Mapped[str] = mapped_column(default="")
    level: Mapped[int | None]
    source: Mapped[str] = mapped_column(default="")
    standing: Mapped[str] = mapped_column(default="ours")
    position: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)


class PostRow(Base):
    """What people do here; `is_care` is front-line care, which allowances ask for."""

    __tablename__ = "post"
    __table_args__ = (CheckConstraint("length(trim(name)) > 0", name="name_given"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    is_care: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)


class PostNeedRow(Base):
    """A certificate that a post asks for on every day of work."""

    __tablename__ = "post_need"
    __table_args__ = (UniqueConstraint("post_id", "kind_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    kind_id: Mapped[int] = mapped_column(ForeignKey("certificate_kind.id"))


class StaffPostRow(Base):
    """Somebody holds a post; one of them is the main one."""

    __tablename__ = "staff_post"
    __table_args__ = (
        UniqueConstraint("staff_id", "post_id"),
        Index(
            "uq_staff_post_main", "staff_id", unique=True, sqlite_where=text("is_main")
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), index=True)
    is_main: Mapped[bool] = mapped_column(default=False)


class StaffPaperRow(Base):
    """A scan in a staff file, encrypted like everything in the file."""

    __tablename__ = "staff_paper"
    __table_args__ = (
        one_of("kind", STAFF_PAPER_KINDS),
        CheckConstraint(f"size BETWEEN 1 AND {MOST_SCAN_BYTES}", name="size_sane"),
        CheckConstraint("length(content) = size", name="content_whole"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True)
    kind: Mapped[str]
    title: Mapped[str]
    file_name: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    added_at: Mapped[datetime]
    content: Mapped[bytes] = mapped_column(deferred=True)


class CertificateRow(Base):
    """A certificate of somebody; `valid_until` is its last day, None without end."""

    __tablename__ = "certificate"
    __table_args__ = (
        CheckConstraint("valid_until >= issued_on", name="valid_until_last"),
        UniqueConstraint("staff_id", "kind_id", "issued_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    kind_id: Mapped[int] = mapped_column(ForeignKey("certificate_kind.id"), index=True)
    number: Mapped[str] = mapped_column(default="")
    issuer: Mapped[str] = mapped_column(default="")
    issued_on: Mapped[date]
    valid_until: Mapped[date | None]
    paper_id: Mapped[int | None] = mapped_column(
        ForeignKey("staff_paper.id", ondelete="SET NULL")
    )
    note: Mapped[str] = mapped_column(default="")


class ContractRow(Base):
    """A contract of work; without `last_day` it has no end."""

    __tablename__ = "contract"
    __table_args__ = (
        one_of("kind", CONTRACT_KINDS),
        CheckConstraint("last_day >= starts", name="last_day_last"),
        CheckConstraint("trial_until >= starts", name="trial_inside"),
        UniqueConstraint("staff_id", "starts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    kind: Mapped[str]
    number: Mapped[str] = mapped_column(default="")
    starts: Mapped[date]
    last_day: Mapped[date | None]
    trial_until: Mapped[date | None]
    signed_on: Mapped[date | None]
    paper_id: Mapped[int | None] = mapped_column(
        ForeignKey("staff_paper.id", ondelete="SET NULL")
    )
    note: Mapped[str] = mapped_column(default="")


class StaffLeaveRow(Base):
    """Somebody is away from `starts` to `last_day`; `days` is what it takes up."""

    __tablename__ = "staff_leave"
    __table_args__ = (
        one_of("kind", LEAVE_KINDS),
        CheckConstraint("last_day >= starts", name="last_day_last"),
        CheckConstraint("days >= 0", name="days_sane"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True)
    kind: Mapped[str]
    starts: Mapped[date]
    last_day: Mapped[date]
    days: Mapped[int]
    note: Mapped[str] = mapped_column(default="")


class MaternityRow(Base):
    """A child expected or nursed, which keeps its mother from nights and overtime."""

    __tablename__ = "maternity"
    __table_args__ = (
        CheckConstraint("due_on IS NOT NULL OR born_on IS NOT NULL", name="some_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True)
    due_on: Mapped[date | None]
    born_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")


class TrainingSubjectRow(Base):
    """A subject of the yearly training, and the minutes each person needs of it."""

    __tablename__ = "training_subject"
    __table_args__ = (
        CheckConstraint("length(trim(name)) > 0", name="name_given"),
        CheckConstraint("minutes_needed >= 0", name="minutes_needed_sane"),
        one_of("standing", ("in force", "draft", "ours")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    minutes_needed: Mapped[int] = mapped_column(default=0)
    is_for_care: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str] = mapped_column(default="")
    standing: Mapped[str] = mapped_column(default="ours")
    position: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)


class TrainingRow(Base):
    """A training held or planned; one that `takes_day` leaves no shift that day."""

    __tablename__ = "training"
    __table_args__ = (CheckConstraint("minutes > 0", name="minutes_sane"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_id: Mapped[int] = mapped_column(
        ForeignKey("training_subject.id"), index=True
    )
    day: Mapped[date] = mapped_column(index=True)
    minutes: Mapped[int]
    takes_day: Mapped[bool] = mapped_column(default=False)
    title: Mapped[str] = mapped_column(default="")
    teacher: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")


class TrainingAttendanceRow(Base):
    """Somebody takes part in a training."""

    __tablename__ = "training_attendance"
    __table_args__ = (UniqueConstraint("training_id", "staff_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    training_id: Mapped[int] = mapped_column(ForeignKey("training.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True)


class PayRow(Base):
    """What somebody is paid from `starts` on, by the month or by the hour."""

    __tablename__ = "pay"
    __table_args__ = (
        one_of("basis", PAY_BASES),
        CheckConstraint("fen >= 0", name="fen_sane"),
        UniqueConstraint("staff_id", "starts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    starts: Mapped[date]
    basis: Mapped[str]
    fen: Mapped[int]
    note: Mapped[str] = mapped_column(default="")


class AllowanceClaimRow(Base):
    """An allowance of a month, or a year's part of an entry bonus, asked for."""

    __tablename__ = "allowance_claim"
    __table_args__ = (
        one_of("kind", CLAIM_KINDS),
        one_of("state", CLAIM_STATES),
        CheckConstraint("fen > 0", name="fen_sane"),
        CheckConstraint(
            "(state = 'drafted') = (claimed_on IS NULL)", name="claimed_on_known"
        ),
        CheckConstraint(
            "(state = 'received') = (received_on IS NOT NULL)",
            name="received_on_known",
        ),
        CheckConstraint("received_on >= claimed_on", name="received_last"),
        UniqueConstraint("staff_id", "kind", "month"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    kind: Mapped[str]
    month: Mapped[date] = mapped_column(index=True)
    fen: Mapped[int]
    basis: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[str] = mapped_column(default="drafted")
    drafted_on: Mapped[date]
    claimed_on: Mapped[date | None]
    received_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")


class StaffRuleRow(Base):
    """How the home handles its staff: warnings, the transition, protection."""

    __tablename__ = "staff_rule"
    __table_args__ = (
        CheckConstraint("id = 1", name="only_one"),
        CheckConstraint(
            "warn_far > warn_middle AND warn_middle > warn_near AND warn_near > 0 "
            "AND warn_far <= 366",
            name="warnings_in_order",
        ),
        one_of("transition_from", TRANSITION_FROM),
        CheckConstraint("expecting_weeks BETWEEN 0 AND 40", name="weeks_sane"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    warn_far: Mapped[int] = mapped_column(default=60)
    warn_middle: Mapped[int] = mapped_column(default=30)
    warn_near: Mapped[int] = mapped_column(default=7)
    transition_from: Mapped[str] = mapped_column(default="policy")
    expecting_weeks: Mapped[int] = mapped_column(default=28)


class StaffImportRow(Base):
    """One reading of a staff roll, which can be taken back as one step."""

    __tablename__ = "staff_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    file_name: Mapped[str]
    read_at: Mapped[datetime]
    read_in: Mapped[int]
    left_out: Mapped[int]
    deed_number: Mapped[int]
    undone_at: Mapped[datetime | None]
