"""Enquiries, the waiting list, times without admissions, beds kept back."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_FAR = "'9999-12-31'"
# Who moves in by an admission arrives; what a roll tells of has happened long ago.
_ARRIVES = (
    "EXISTS (SELECT 1 FROM admission a WHERE a.resident_id = NEW.resident_id "
    "AND a.finished_on IS NULL AND a.given_up_on IS NULL)"
)


def _refuse(name, when, table, condition, message):
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {when} ON {table} WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


def _triggers():
    """Nobody moves in on a closed day; one place is not closed twice at once."""
    _refuse(
        "stay_not_while_closed",
        "INSERT",
        "stay",
        f"{_ARRIVES} AND EXISTS (SELECT 1 FROM closure c "
        "WHERE c.building_id IS NULL AND c.floor_id IS NULL AND c.unit = '' "
        "AND c.starts <= NEW.admitted_on "
        f"AND NEW.admitted_on < coalesce(c.ends, {_FAR}))",
        "closed to admissions",
    )
    part = (
        f"NEW.kind = 'occupied' AND {_ARRIVES} AND EXISTS (SELECT 1 FROM closure c "
        "JOIN bed b ON b.id = NEW.bed_id JOIN room r ON r.id = b.room_id "
        "JOIN floor f ON f.id = r.floor_id "
        "WHERE (c.floor_id = f.id OR c.building_id = f.building_id "
        "OR (c.unit <> '' AND c.unit = f.unit)) AND c.starts <= NEW.starts "
        f"AND NEW.starts < coalesce(c.ends, {_FAR}))"
    )
    twice = (
        "EXISTS (SELECT 1 FROM closure c WHERE c.id IS NOT NEW.id "
        "AND c.building_id IS NEW.building_id AND c.floor_id IS NEW.floor_id "
        "AND c.unit = NEW.unit "
        f"AND c.starts < coalesce(NEW.ends, {_FAR}) "
        f"AND NEW.starts < coalesce(c.ends, {_FAR}))"
    )
    for when in ("INSERT", "UPDATE"):
        name = when.lower()
        _refuse(f"bed_use_not_while_closed_{name}", when, "bed_use", part, "closed")
        _refuse(f"closure_once_{name}", when, "closure", twice, "closed already")


def _enquiries():
    op.create_table(
        "enquiry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("caller", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sex", sa.String(), nullable=False),
        sa.Column("age", sa.Integer(), nullable=True),
        sa.Column("ability_level", sa.Integer(), nullable=True),
        sa.Column("has_dementia", sa.Boolean(), nullable=False),
        sa.Column("categories", sa.String(), nullable=False),
        sa.Column("bed_class", sa.String(), nullable=False),
        sa.Column("wants_nursing_bed", sa.Boolean(), nullable=False),
        sa.Column("budget_fen", sa.Integer(), nullable=True),
        sa.Column("wanted_from", sa.Date(), nullable=True),
        sa.Column("asked", sa.String(), nullable=False),
        sa.Column("answered", sa.String(), nullable=False),
        sa.Column("next_step", sa.String(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("next_by", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("lost_reason", sa.String(), nullable=False),
        sa.Column("taken_by", sa.String(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "channel IN ('phone', 'visit', 'recommended', 'online')",
            name=op.f("ck_enquiry_channel_known"),
        ),
        sa.CheckConstraint(
            "sex IN ('', 'male', 'female')", name=op.f("ck_enquiry_sex_known")
        ),
        sa.CheckConstraint(
            "state <> 'lost' OR length(trim(lost_reason)) > 0",
            name=op.f("ck_enquiry_lost_with_reason"),
        ),
        sa.CheckConstraint(
            "state <> 'waiting' OR resident_id IS NOT NULL",
            name=op.f("ck_enquiry_waiting_for_somebody"),
        ),
        sa.CheckConstraint(
            "state IN ('open', 'waiting', 'admission', 'later', 'lost')",
            name=op.f("ck_enquiry_state_known"),
        ),
        sa.CheckConstraint(
            "ability_level BETWEEN 0 AND 4", name=op.f("ck_enquiry_ability_level_known")
        ),
        sa.CheckConstraint("age BETWEEN 0 AND 130", name=op.f("ck_enquiry_age_sane")),
        sa.CheckConstraint("budget_fen > 0", name=op.f("ck_enquiry_budget_positive")),
        sa.CheckConstraint(
            "length(trim(caller || phone || name)) > 0",
            name=op.f("ck_enquiry_somebody_named"),
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_enquiry_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enquiry")),
    )
    op.create_index(op.f("ix_enquiry_next_on"), "enquiry", ["next_on"], unique=False)
    op.create_index(op.f("ix_enquiry_phone"), "enquiry", ["phone"], unique=False)
    op.create_table(
        "enquiry_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enquiry_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("noted_by", sa.String(), nullable=False),
        sa.CheckConstraint(
            "length(trim(text)) > 0", name=op.f("ck_enquiry_note_text_given")
        ),
        sa.ForeignKeyConstraint(
            ["enquiry_id"], ["enquiry.id"], name=op.f("fk_enquiry_note_enquiry_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enquiry_note")),
    )
    op.create_index(
        op.f("ix_enquiry_note_enquiry_id"), "enquiry_note", ["enquiry_id"], unique=False
    )
    op.create_table(
        "visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enquiry_id", sa.Integer(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("guide", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("impression", sa.String(), nullable=False),
        sa.Column("questions", sa.String(), nullable=False),
        sa.CheckConstraint(
            "at GLOB '[0-2][0-9]:[0-5][0-9]'", name=op.f("ck_visit_at_a_time")
        ),
        sa.CheckConstraint(
            "state IN ('planned', 'came', 'missed', 'called_off')",
            name=op.f("ck_visit_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["enquiry_id"], ["enquiry.id"], name=op.f("fk_visit_enquiry_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
        sa.UniqueConstraint(
            "enquiry_id",
            "planned_on",
            "at",
            name=op.f("uq_visit_enquiry_id_planned_on_at"),
        ),
    )
    op.create_index(op.f("ix_visit_enquiry_id"), "visit", ["enquiry_id"], unique=False)
    op.create_index(op.f("ix_visit_planned_on"), "visit", ["planned_on"], unique=False)


def _waiting():
    op.create_table(
        "waiting_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("enquiry_id", sa.Integer(), nullable=True),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("proof", sa.String(), nullable=False),
        sa.Column("bed_class", sa.String(), nullable=False),
        sa.Column("wants_nursing_bed", sa.Boolean(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column("urgent_reason", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("left_reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(state = 'waiting') = (left_on IS NULL)",
            name=op.f("ck_waiting_entry_left_on_some_day"),
        ),
        sa.CheckConstraint(
            "state <> 'left' OR length(trim(left_reason)) > 0",
            name=op.f("ck_waiting_entry_left_with_reason"),
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'admitted', 'left')",
            name=op.f("ck_waiting_entry_state_known"),
        ),
        sa.CheckConstraint(
            "NOT is_urgent OR length(trim(urgent_reason)) > 0",
            name=op.f("ck_waiting_entry_urgent_with_reason"),
        ),
        sa.CheckConstraint(
            "left_on >= applied_on", name=op.f("ck_waiting_entry_left_on_last")
        ),
        sa.ForeignKeyConstraint(
            ["enquiry_id"], ["enquiry.id"], name=op.f("fk_waiting_entry_enquiry_id")
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_waiting_entry_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_entry")),
    )
    op.create_index(
        op.f("ix_waiting_entry_resident_id"),
        "waiting_entry",
        ["resident_id"],
        unique=False,
    )
    op.create_index(
        "uq_waiting_entry_open",
        "waiting_entry",
        ["resident_id"],
        unique=True,
        sqlite_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "bed_offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("bed_id", sa.Integer(), nullable=False),
        sa.Column("offered_on", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(answer = 'open') = (answered_on IS NULL)",
            name=op.f("ck_bed_offer_answered_on_some_day"),
        ),
        sa.CheckConstraint(
            "answer IN ('open', 'accepted', 'declined', 'unanswered', 'withdrawn')",
            name=op.f("ck_bed_offer_answer_known"),
        ),
        sa.CheckConstraint(
            "answer_by >= offered_on", name=op.f("ck_bed_offer_answer_by_last")
        ),
        sa.ForeignKeyConstraint(
            ["bed_id"], ["bed.id"], name=op.f("fk_bed_offer_bed_id")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["waiting_entry.id"], name=op.f("fk_bed_offer_entry_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bed_offer")),
    )
    op.create_index(
        op.f("ix_bed_offer_entry_id"), "bed_offer", ["entry_id"], unique=False
    )
    op.create_index(
        "uq_bed_offer_bed_open",
        "bed_offer",
        ["bed_id"],
        unique=True,
        sqlite_where=sa.text("answer = 'open'"),
    )
    op.create_index(
        "uq_bed_offer_entry_open",
        "bed_offer",
        ["entry_id"],
        unique=True,
        sqlite_where=sa.text("answer = 'open'"),
    )
    op.create_table(
        "passed_over",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "length(trim(reason)) > 0", name=op.f("ck_passed_over_reason_given")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["waiting_entry.id"], name=op.f("fk_passed_over_entry_id")
        ),
        sa.ForeignKeyConstraint(
            ["offer_id"], ["bed_offer.id"], name=op.f("fk_passed_over_offer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passed_over")),
        sa.UniqueConstraint(
            "offer_id", "entry_id", name=op.f("uq_passed_over_offer_id_entry_id")
        ),
    )
    op.create_index(
        op.f("ix_passed_over_entry_id"), "passed_over", ["entry_id"], unique=False
    )


def _order():
    op.create_table(
        "waiting_rank",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("needs_care", sa.Boolean(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "rank BETWEEN 1 AND 9", name=op.f("ck_waiting_rank_rank_sane")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_rank")),
        sa.UniqueConstraint(
            "category", "needs_care", name=op.f("uq_waiting_rank_category_needs_care")
        ),
    )
    op.create_table(
        "waiting_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("by_category", sa.Boolean(), nullable=False),
        sa.Column("by_ability", sa.Boolean(), nullable=False),
        sa.Column("tie_category", sa.String(), nullable=False),
        sa.Column("care_from", sa.Integer(), nullable=False),
        sa.Column("answer_days", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "answer_days BETWEEN 1 AND 60",
            name=op.f("ck_waiting_rule_answer_days_sane"),
        ),
        sa.CheckConstraint(
            "care_from BETWEEN 1 AND 4", name=op.f("ck_waiting_rule_care_from_known")
        ),
        sa.CheckConstraint("id = 1", name=op.f("ck_waiting_rule_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_rule")),
    )


def _closed():
    op.create_table(
        "closure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("ordered_by", sa.String(), nullable=False),
        sa.Column("building_id", sa.Integer(), nullable=True),
        sa.Column("floor_id", sa.Integer(), nullable=True),
        sa.Column("unit", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(building_id IS NOT NULL) + (floor_id IS NOT NULL) + (unit <> '') <= 1",
            name=op.f("ck_closure_one_place"),
        ),
        sa.CheckConstraint("ends > starts", name=op.f("ck_closure_ends_after_starts")),
        sa.CheckConstraint(
            "length(trim(ordered_by)) > 0", name=op.f("ck_closure_ordered_by_somebody")
        ),
        sa.CheckConstraint(
            "length(trim(reason)) > 0", name=op.f("ck_closure_reason_given")
        ),
        sa.ForeignKeyConstraint(
            ["building_id"], ["building.id"], name=op.f("fk_closure_building_id")
        ),
        sa.ForeignKeyConstraint(
            ["floor_id"], ["floor.id"], name=op.f("fk_closure_floor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closure")),
    )
    op.create_table(
        "kept_bed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("bed_class", sa.String(), nullable=False),
        sa.Column("floor_id", sa.Integer(), nullable=True),
        sa.Column("bed_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint(
            "bed_id IS NULL OR (number = 1 AND bed_class = '' AND floor_id IS NULL)",
            name=op.f("ck_kept_bed_named_alone"),
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_kept_bed_number_sane")),
        sa.ForeignKeyConstraint(
            ["bed_id"], ["bed.id"], name=op.f("fk_kept_bed_bed_id")
        ),
        sa.ForeignKeyConstraint(
            ["floor_id"], ["floor.id"], name=op.f("fk_kept_bed_floor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_bed")),
        sa.UniqueConstraint("bed_id", name=op.f("uq_kept_bed_bed_id")),
    )
    op.create_table(
        "kept_bed_leave",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.CheckConstraint(
            "length(trim(reason)) > 0", name=op.f("ck_kept_bed_leave_reason_given")
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_kept_bed_leave_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_bed_leave")),
        sa.UniqueConstraint("resident_id", name=op.f("uq_kept_bed_leave_resident_id")),
    )


def upgrade():
    _enquiries()
    _waiting()
    _order()
    _closed()
    _triggers()
