"""Posts, units, certificates, and all that a staff file holds."""

import json

import sqlalchemy as sa
from alembic import op

from carehome import paths

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade():
    _tables()
    _fill()
    _move_posts()
    _widen_staff()
    _triggers()


def _tables():
    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("length(trim(name)) > 0", name=op.f("ck_unit_name_given")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("name", name=op.f("uq_unit_name")),
    )
    op.create_table(
        "certificate_kind",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("renew_days", sa.Integer(), nullable=False),
        sa.Column("ladder", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(ladder = '') = (level IS NULL)",
            name=op.f("ck_certificate_kind_ladder_whole"),
        ),
        sa.CheckConstraint(
            "standing IN ('in force', 'draft', 'ours')",
            name=op.f("ck_certificate_kind_standing_known"),
        ),
        sa.CheckConstraint(
            "length(trim(name)) > 0", name=op.f("ck_certificate_kind_name_given")
        ),
        sa.CheckConstraint(
            "months BETWEEN 1 AND 600", name=op.f("ck_certificate_kind_months_sane")
        ),
        sa.CheckConstraint(
            "renew_days BETWEEN 0 AND 366",
            name=op.f("ck_certificate_kind_renew_days_sane"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_kind")),
        sa.UniqueConstraint("code", name=op.f("uq_certificate_kind_code")),
        sa.UniqueConstraint("name", name=op.f("uq_certificate_kind_name")),
    )
    op.create_table(
        "post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("is_care", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("length(trim(name)) > 0", name=op.f("ck_post_name_given")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
        sa.UniqueConstraint("name", name=op.f("uq_post_name")),
    )
    op.create_table(
        "post_need",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("kind_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["kind_id"], ["certificate_kind.id"], name=op.f("fk_post_need_kind_id")
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name=op.f("fk_post_need_post_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_need")),
        sa.UniqueConstraint(
            "post_id", "kind_id", name=op.f("uq_post_need_post_id_kind_id")
        ),
    )
    op.create_table(
        "staff_post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("is_main", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name=op.f("fk_staff_post_post_id")
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff_member.id"], name=op.f("fk_staff_post_staff_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_post")),
        sa.UniqueConstraint(
            "staff_id", "post_id", name=op.f("uq_staff_post_staff_id_post_id")
        ),
    )
    op.create_index(
        op.f("ix_staff_post_post_id"), "staff_post", ["post_id"], unique=False
    )
    op.create_index(
        "uq_staff_post_main",
        "staff_post",
        ["staff_id"],
        unique=True,
        sqlite_where=sa.text("is_main"),
    )
    op.create_table(
        "staff_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('certificate', 'contract', 'identity', 'check', 'other')",
            name=op.f("ck_staff_paper_kind_known"),
        ),
        sa.CheckConstraint(
            "length(content) = size", name=op.f("ck_staff_paper_content_whole")
        ),
        sa.CheckConstraint(
            "size BETWEEN 1 AND 20971520", name=op.f("ck_staff_paper_size_sane")
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff_member.id"], name=op.f("fk_staff_paper_staff_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_paper")),
    )
    op.create_index(
        op.f("ix_staff_paper_staff_id"), "staff_paper", ["staff_id"], unique=False
    )
    op.create_table(
        "certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("kind_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("paper_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint(
            "valid_until >= issued_on", name=op.f("ck_certificate_valid_until_last")
        ),
        sa.ForeignKeyConstraint(
            ["kind_id"], ["certificate_kind.id"], name=op.f("fk_certificate_kind_id")
        ),
        sa.ForeignKeyConstraint(
            ["paper_id"],
            ["staff_paper.id"],
            name=op.f("fk_certificate_paper_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff_member.id"], name=op.f("fk_certificate_staff_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint(
            "staff_id",
            "kind_id",
            "issued_on",
            name=op.f("uq_certificate_staff_id_kind_id_issued_on"),
        ),
    )
    op.create_index(
        op.f("ix_certificate_kind_id"), "certificate", ["kind_id"], unique=False
    )
    op.create_table(
        "contract",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("trial_until", sa.Date(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("paper_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('fixed', 'open', 'task', 'service', 'retired', 'agency')",
            name=op.f("ck_contract_kind_known"),
        ),
        sa.CheckConstraint(
            "last_day >= starts", name=op.f("ck_contract_last_day_last")
        ),
        sa.CheckConstraint(
            "trial_until >= starts", name=op.f("ck_contract_trial_inside")
        ),
        sa.ForeignKeyConstraint(
            ["paper_id"],
            ["staff_paper.id"],
            name=op.f("fk_contract_paper_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff_member.id"], name=op.f("fk_contract_staff_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract")),
        sa.UniqueConstraint(
            "staff_id", "starts", name=op.f("uq_contract_staff_id_starts")
        ),
    )
    op.create_table(
        "staff_leave",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('annual', 'sick', 'personal', 'marriage', 'maternity', 'paternity', 'parental', 'care', 'bereavement', 'injury', 'compensation', 'other')",
            name=op.f("ck_staff_leave_kind_known"),
        ),
        sa.CheckConstraint("days >= 0", name=op.f("ck_staff_leave_days_sane")),
        sa.CheckConstraint(
            "last_day >= starts", name=op.f("ck_staff_leave_last_day_last")
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff_member.id"], name=op.f("fk_staff_leave_staff_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_leave")),
    )
    op.create_index(
        op.f("ix_staff_leave_staff_id"), "staff_leave", ["staff_id"], unique=False
    )
    op.create_table(
        "maternity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint(
            "due_on IS NOT NULL OR born_on IS NOT NULL",
            name=op.f("ck_maternity_some_day"),
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff_member.id"], name=op.f("fk_maternity_staff_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_maternity")),
    )
    op.create_index(
        op.f("ix_maternity_staff_id"), "maternity", ["staff_id"], unique=False
    )
    op.create_table(
        "training_subject",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("minutes_needed", sa.Integer(), nullable=False),
        sa.Column("is_for_care", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "standing IN ('in force', 'draft', 'ours')",
            name=op.f("ck_training_subject_standing_known"),
        ),
        sa.CheckConstraint(
            "length(trim(name)) > 0", name=op.f("ck_training_subject_name_given")
        ),
        sa.CheckConstraint(
            "minutes_needed >= 0", name=op.f("ck_training_subject_minutes_needed_sane")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_subject")),
        sa.UniqueConstraint("name", name=op.f("uq_training_subject_name")),
    )
    op.create_table(
        "training",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("takes_day", sa.Boolean(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("teacher", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_training_minutes_sane")),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["training_subject.id"], name=op.f("fk_training_subject_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training")),
    )
    op.create_index(op.f("ix_training_day"), "training", ["day"], unique=False)
    op.create_index(
        op.f("ix_training_subject_id"), "training", ["subject_id"], unique=False
    )
    op.create_table(
        "training_attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("training_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff_member.id"],
            name=op.f("fk_training_attendance_staff_id"),
        ),
        sa.ForeignKeyConstraint(
            ["training_id"],
            ["training.id"],
            name=op.f("fk_training_attendance_training_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_attendance")),
        sa.UniqueConstraint(
            "training_id",
            "staff_id",
            name=op.f("uq_training_attendance_training_id_staff_id"),
        ),
    )
    op.create_index(
        op.f("ix_training_attendance_staff_id"),
        "training_attendance",
        ["staff_id"],
        unique=False,
    )
    op.create_table(
        "pay",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("fen", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint(
            "basis IN ('month', 'hour')", name=op.f("ck_pay_basis_known")
        ),
        sa.CheckConstraint("fen >= 0", name=op.f("ck_pay_fen_sane")),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff_member.id"], name=op.f("fk_pay_staff_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay")),
        sa.UniqueConstraint("staff_id", "starts", name=op.f("uq_pay_staff_id_starts")),
    )
    op.create_table(
        "allowance_claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("fen", sa.Integer(), nullable=False),
        sa.Column("basis", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("drafted_on", sa.Date(), nullable=False),
        sa.Column("claimed_on", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(state = 'drafted') = (claimed_on IS NULL)",
            name=op.f("ck_allowance_claim_claimed_on_known"),
        ),
        sa.CheckConstraint(
            "(state = 'received') = (received_on IS NOT NULL)",
            name=op.f("ck_allowance_claim_received_on_known"),
        ),
        sa.CheckConstraint(
            "kind IN ('post', 'entry')", name=op.f("ck_allowance_claim_kind_known")
        ),
        sa.CheckConstraint(
            "state IN ('drafted', 'claimed', 'received')",
            name=op.f("ck_allowance_claim_state_known"),
        ),
        sa.CheckConstraint("fen > 0", name=op.f("ck_allowance_claim_fen_sane")),
        sa.CheckConstraint(
            "received_on >= claimed_on", name=op.f("ck_allowance_claim_received_last")
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff_member.id"], name=op.f("fk_allowance_claim_staff_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allowance_claim")),
        sa.UniqueConstraint(
            "staff_id",
            "kind",
            "month",
            name=op.f("uq_allowance_claim_staff_id_kind_month"),
        ),
    )
    op.create_index(
        op.f("ix_allowance_claim_month"), "allowance_claim", ["month"], unique=False
    )
    op.create_table(
        "staff_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("warn_far", sa.Integer(), nullable=False),
        sa.Column("warn_middle", sa.Integer(), nullable=False),
        sa.Column("warn_near", sa.Integer(), nullable=False),
        sa.Column("transition_from", sa.String(), nullable=False),
        sa.Column("expecting_weeks", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "transition_from IN ('policy', 'hire')",
            name=op.f("ck_staff_rule_transition_from_known"),
        ),
        sa.CheckConstraint(
            "expecting_weeks BETWEEN 0 AND 40", name=op.f("ck_staff_rule_weeks_sane")
        ),
        sa.CheckConstraint("id = 1", name=op.f("ck_staff_rule_only_one")),
        sa.CheckConstraint(
            "warn_far > warn_middle AND warn_middle > warn_near AND warn_near > 0 AND warn_far <= 366",
            name=op.f("ck_staff_rule_warnings_in_order"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_rule")),
    )
    op.create_table(
        "staff_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("read_at", sa.DateTime(), nullable=False),
        sa.Column("read_in", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.Column("deed_number", sa.Integer(), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_import")),
    )


def _widen_staff():
    """Give the file of each member what it lacked; the post has moved out of it."""
    op.execute("UPDATE staff_member SET left_on = hired_on WHERE left_on < hired_on")
    texts = ("number", "sex", "education", "scheme_approval", "check_result")
    days = ("born", "worked_since", "care_since", "graduated_on", "scheme_until")
    more = ("insured_from", "insured_until", "checked_on")
    filled = {
        **dict.fromkeys((*texts, "check_note", "note"), ""),
        "scheme": "standard",
        "is_full_time": "1",
    }
    with op.batch_alter_table("staff_member") as staff:
        for name, value in filled.items():
            kind = sa.Boolean() if name == "is_full_time" else sa.String()
            staff.add_column(
                sa.Column(name, kind, nullable=False, server_default=value)
            )
        for name in (*days, *more):
            staff.add_column(sa.Column(name, sa.Date(), nullable=True))
        staff.add_column(sa.Column("id_number", sa.String(), nullable=True))
        staff.add_column(sa.Column("unit_id", sa.Integer(), nullable=True))
    with op.batch_alter_table("staff_member") as staff:
        for name in filled:
            staff.alter_column(name, server_default=None)
        staff.drop_column("post")
        staff.create_unique_constraint(op.f("uq_staff_member_id_number"), ["id_number"])
        staff.create_foreign_key(
            op.f("fk_staff_member_unit_id"), "unit", ["unit_id"], ["id"]
        )
        for name, rule in {
            "sex_known": "sex IN ('', 'male', 'female')",
            "education_known": "education IN ('', 'lower', 'secondary', 'college', "
            "'bachelor')",
            "scheme_known": "scheme IN ('standard', 'month', 'quarter', 'year')",
            "check_result_known": "check_result IN ('', 'clear', 'found')",
            "name_given": "length(trim(name)) > 0",
            "left_last": "left_on >= hired_on",
            "insured_until_last": "insured_until >= insured_from",
            "check_whole": "check_result = '' OR checked_on IS NOT NULL",
        }.items():
            staff.create_check_constraint(op.f(f"ck_staff_member_{name}"), rule)


def _fill():
    """Start the home's own lists with what the program brings."""
    path = paths.resource("staff") / "start-2026.json"
    start = json.loads(path.read_text("utf-8"))
    kinds = [
        {**kind, "id": number, "position": number, "is_active": True}
        for number, kind in enumerate(start["certificates"], 1)
    ]
    op.bulk_insert(_table("certificate_kind", *kinds[0]), kinds)
    number_of = {kind["code"]: kind["id"] for kind in kinds}
    posts = [
        {
            "id": number,
            "name": post["name"],
            "is_care": post["is_care"],
            "position": number,
            "is_active": True,
        }
        for number, post in enumerate(start["posts"], 1)
    ]
    op.bulk_insert(_table("post", *posts[0]), posts)
    needs = [
        {"post_id": number, "kind_id": number_of[code]}
        for number, post in enumerate(start["posts"], 1)
        for code in post["needs"]
    ]
    op.bulk_insert(_table("post_need", *needs[0]), needs)
    subjects = [
        {
            **subject,
            "position": number,
            "is_active": True,
            "standing": "ours",
            "source": start["training_source"],
        }
        for number, subject in enumerate(start["training"], 1)
    ]
    op.bulk_insert(_table("training_subject", *subjects[0]), subjects)
    rule = {
        "id": 1,
        "warn_far": 60,
        "warn_middle": 30,
        "warn_near": 7,
        "transition_from": "policy",
        "expecting_weeks": 28,
    }
    op.bulk_insert(_table("staff_rule", *rule), [rule])


def _table(name, *columns):
    return sa.table(name, *map(sa.column, columns))


def _move_posts():
    """Make posts of what was typed as the post of each member of staff."""
    path = paths.resource("staff") / "start-2026.json"
    words = json.loads(path.read_text("utf-8"))["care_words"]
    is_care = " OR ".join(f"instr(post, '{word}') > 0" for word in words)
    op.execute(
        "INSERT INTO post (name, is_care, position, is_active) "
        f"SELECT trim(post), {is_care}, 100, 1 FROM staff_member "
        "WHERE trim(post) <> '' AND trim(post) NOT IN (SELECT name FROM post) "
        "GROUP BY trim(post)"
    )
    op.execute(
        "INSERT INTO staff_post (staff_id, post_id, is_main) "
        "SELECT staff_member.id, post.id, 1 FROM staff_member "
        "JOIN post ON post.name = trim(staff_member.post)"
    )


def _triggers():
    """Nobody is on two leaves on one day; the settings stay one row."""
    for when in ("INSERT", "UPDATE"):
        op.execute(
            f"CREATE TRIGGER staff_leave_once_{when.lower()} BEFORE {when} "
            "ON staff_leave WHEN EXISTS (SELECT 1 FROM staff_leave other "
            "WHERE other.staff_id = NEW.staff_id AND other.id IS NOT NEW.id "
            "AND other.starts <= NEW.last_day AND NEW.starts <= other.last_day) "
            "BEGIN SELECT RAISE(ABORT, 'on leave already on one of these days'); END"
        )
    op.execute(
        "CREATE TRIGGER staff_rule_no_delete BEFORE DELETE ON staff_rule "
        "BEGIN SELECT RAISE(ABORT, 'the settings stay'); END"
    )
