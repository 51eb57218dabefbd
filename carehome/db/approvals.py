"""Tables of what the home keeps to show: papers with their dates, outside inspections.

A last day belongs to its span, as it is printed on the paper.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from carehome.db.base import Base, one_of

MOST_SCAN_BYTES = 20 * 1024 * 1024
PAPER_KINDS = (
    *("design_review", "acceptance", "filing", "opening_check", "special_handling"),
    *("registration", "home_filing", "food_licence", "medical_licence"),
    *("lift_registration", "premises", "land_transition", "other_approval"),
    *("fire_service", "lift_service", "gas_service", "electric_service"),
    *("duct_cleaning", "remote_watch", "security", "shared_building", "operation"),
    "other_contract",
    *("facility_test", "electric_test", "lift_inspection", "lightning_test"),
    *("gas_test", "building_survey", "other_test"),
    *("liability", "employer", "accident", "fire_liability", "other_insurance"),
)
OUTCOMES = ("", "passed", "filed", "special", "exempt", "pending", "failed")
OFFICES = (
    *("fire", "civil_affairs", "emergency", "market", "health", "housing"),
    *("street", "police", "joint", "third_party", "other"),
)
BASES = ("yearly", "routine", "random", "campaign", "complaint", "recheck", "other")
PENALTIES = ("", "order", "warning", "fine", "suspension", "other")
CHANNELS = ("", "credit_platform", "enterprise_credit", "office_site", "other")


class SafetyScanRow(Base):
    """A scan of a paper or of a notice, encrypted like everything in the file."""

    __tablename__ = "safety_scan"
    __table_args__ = (
        CheckConstraint(f"size BETWEEN 1 AND {MOST_SCAN_BYTES}", name="size_sane"),
        CheckConstraint("length(content) = size", name="content_whole"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    file_name: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    added_at: Mapped[datetime]
    content: Mapped[bytes] = mapped_column(deferred=True)


class SafetyPaperRow(Base):
    """An approval, a contract, a test report or a policy, with its dates.

    Of a policy `fen` is the premium and `percent` the government's share of it.
    """

    __tablename__ = "safety_paper"
    __table_args__ = (
        one_of("kind", PAPER_KINDS),
        one_of("outcome", OUTCOMES),
        CheckConstraint("last_day >= starts", name="last_day_last"),
        CheckConstraint("fen >= 0", name="fen_sane"),
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent_sane"),
        CheckConstraint("people > 0", name="people_sane"),
        CheckConstraint("limit_fen > 0", name="limit_fen_sane"),
        CheckConstraint("received_fen BETWEEN 0 AND fen", name="received_fen_sane"),
        CheckConstraint(
            "(received_fen IS NULL) = (received_on IS NULL)", name="received_whole"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    subject: Mapped[str] = mapped_column(default="")
    party: Mapped[str] = mapped_column(default="")
    number: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    starts: Mapped[date]
    last_day: Mapped[date | None]
    outcome: Mapped[str] = mapped_column(default="")
    fen: Mapped[int | None]
    percent: Mapped[int | None]
    received_fen: Mapped[int | None]
    received_on: Mapped[date | None]
    people: Mapped[int | None]
    limit_fen: Mapped[int | None]
    note: Mapped[str] = mapped_column(default="")
    scan_id: Mapped[int | None] = mapped_column(ForeignKey("safety_scan.id"))


class PaperRuleRow(Base):
    """How far ahead the end of a paper is told, and what the government bears."""

    __tablename__ = "paper_rule"
    __table_args__ = (
        CheckConstraint("id = 1", name="only_one"),
        CheckConstraint(
            "warn_far > warn_middle AND warn_middle > warn_near AND warn_near > 0 "
            "AND warn_far <= 366",
            name="warnings_in_order",
        ),
        CheckConstraint("test_months BETWEEN 1 AND 60", name="test_months_sane"),
        CheckConstraint(
            "government_percent BETWEEN 0 AND 100", name="government_percent_sane"
        ),
        CheckConstraint("untold_months BETWEEN 1 AND 120", name="untold_months_sane"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    warn_far: Mapped[int] = mapped_column(default=60)
    warn_middle: Mapped[int] = mapped_column(default=30)
    warn_near: Mapped[int] = mapped_column(default=7)
    test_months: Mapped[int] = mapped_column(default=12)
    government_percent: Mapped[int] = mapped_column(default=70)
    untold_months: Mapped[int] = mapped_column(default=60)


class OutsideInspectionRow(Base):
    """An office came and looked; what it wrote, wants answered, imposed, published.

    What it found is in the register of hazards, under this number.
    """

    __tablename__ = "outside_inspection"
    __table_args__ = (
        one_of("office", OFFICES),
        one_of("basis", BASES),
        one_of("penalty", PENALTIES),
        one_of("channel", CHANNELS),
        CheckConstraint("answer_due >= day", name="answer_due_later"),
        CheckConstraint("answered_on >= day", name="answered_later"),
        CheckConstraint("penalty_fen > 0", name="penalty_fen_sane"),
        CheckConstraint(
            "penalty_fen IS NULL OR penalty = 'fine'", name="penalty_fen_of_fine"
        ),
        CheckConstraint(
            "(channel = '') = (published_on IS NULL)", name="published_whole"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]
    office: Mapped[str]
    office_name: Mapped[str] = mapped_column(default="")
    inspectors: Mapped[str] = mapped_column(default="")
    basis: Mapped[str]
    number: Mapped[str] = mapped_column(default="")
    told: Mapped[str] = mapped_column(default="")
    answer_due: Mapped[date | None]
    answered_on: Mapped[date | None]
    answer: Mapped[str] = mapped_column(default="")
    penalty: Mapped[str] = mapped_column(default="")
    penalty_number: Mapped[str] = mapped_column(default="")
    penalty_fen: Mapped[int | None]
    channel: Mapped[str] = mapped_column(default="")
    published_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")
    scan_id: Mapped[int | None] = mapped_column(ForeignKey("safety_scan.id"))
    answer_scan_id: Mapped[int | None] = mapped_column(ForeignKey("safety_scan.id"))
