"""Approvals, contracts, insurance, and inspections from outside."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

PAPER_KINDS = (
    "'design_review', 'acceptance', 'filing', 'opening_check', 'special_handling', "
    "'registration', 'home_filing', 'food_licence', 'medical_licence', "
    "'lift_registration', 'premises', 'land_transition', 'other_approval', "
    "'fire_service', "
    "'lift_service', 'gas_service', 'electric_service', 'duct_cleaning', "
    "'remote_watch', 'security', 'shared_building', 'operation', 'other_contract', "
    "'facility_test', 'electric_test', 'lift_inspection', 'lightning_test', "
    "'gas_test', 'building_survey', "
    "'other_test', 'liability', 'employer', 'accident', 'fire_liability', "
    "'other_insurance'"
)
OUTCOMES = "'', 'passed', 'filed', 'special', 'exempt', 'pending', 'failed'"
OFFICES = (
    "'fire', 'civil_affairs', 'emergency', 'market', 'health', 'housing', "
    "'street', 'police', 'joint', 'third_party', 'other'"
)
BASES = "'yearly', 'routine', 'random', 'campaign', 'complaint', 'recheck', 'other'"
PENALTIES = "'', 'order', 'warning', 'fine', 'suspension', 'other'"
CHANNELS = "'', 'credit_platform', 'enterprise_credit', 'office_site', 'other'"


def upgrade():
    _scans()
    _papers()
    _rules()
    _inspections()
    _findings()


def _scans():
    op.create_table(
        "safety_scan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        _check("safety_scan", "size_sane", "size BETWEEN 1 AND 20971520"),
        _check("safety_scan", "content_whole", "length(content) = size"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safety_scan")),
    )


def _papers():
    name = "safety_paper"
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("fen", sa.Integer(), nullable=True),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("received_fen", sa.Integer(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("limit_fen", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("scan_id", sa.Integer(), nullable=True),
        _check(name, "kind_known", f"kind IN ({PAPER_KINDS})"),
        _check(name, "outcome_known", f"outcome IN ({OUTCOMES})"),
        _check(name, "last_day_last", "last_day >= starts"),
        _check(name, "fen_sane", "fen >= 0"),
        _check(name, "percent_sane", "percent BETWEEN 0 AND 100"),
        _check(name, "people_sane", "people > 0"),
        _check(name, "limit_fen_sane", "limit_fen > 0"),
        _check(name, "received_fen_sane", "received_fen BETWEEN 0 AND fen"),
        _check(
            *(name, "received_whole"),
            "(received_fen IS NULL) = (received_on IS NULL)",
        ),
        _points_at(name, "scan_id", "safety_scan"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safety_paper")),
    )


def _rules():
    name = "paper_rule"
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("warn_far", sa.Integer(), nullable=False),
        sa.Column("warn_middle", sa.Integer(), nullable=False),
        sa.Column("warn_near", sa.Integer(), nullable=False),
        sa.Column("test_months", sa.Integer(), nullable=False),
        sa.Column("government_percent", sa.Integer(), nullable=False),
        sa.Column("untold_months", sa.Integer(), nullable=False),
        _check(name, "only_one", "id = 1"),
        _check(
            *(name, "warnings_in_order"),
            "warn_far > warn_middle AND warn_middle > warn_near AND warn_near > 0 "
            "AND warn_far <= 366",
        ),
        _check(name, "test_months_sane", "test_months BETWEEN 1 AND 60"),
        _check(
            *(name, "government_percent_sane"), "government_percent BETWEEN 0 AND 100"
        ),
        _check(name, "untold_months_sane", "untold_months BETWEEN 1 AND 120"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_rule")),
    )
    rule = {
        "id": 1,
        "warn_far": 60,
        "warn_middle": 30,
        "warn_near": 7,
        "test_months": 12,
        "government_percent": 70,
        "untold_months": 60,
    }
    op.bulk_insert(sa.table(name, *map(sa.column, rule)), [rule])
    op.execute(
        "CREATE TRIGGER paper_rule_no_delete BEFORE DELETE ON paper_rule "
        "BEGIN SELECT RAISE(ABORT, 'the rules for papers stay'); END"
    )


def _inspections():
    name = "outside_inspection"
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("office_name", sa.String(), nullable=False),
        sa.Column("inspectors", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("told", sa.String(), nullable=False),
        sa.Column("answer_due", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("penalty", sa.String(), nullable=False),
        sa.Column("penalty_number", sa.String(), nullable=False),
        sa.Column("penalty_fen", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("scan_id", sa.Integer(), nullable=True),
        sa.Column("answer_scan_id", sa.Integer(), nullable=True),
        _check(name, "office_known", f"office IN ({OFFICES})"),
        _check(name, "basis_known", f"basis IN ({BASES})"),
        _check(name, "penalty_known", f"penalty IN ({PENALTIES})"),
        _check(name, "channel_known", f"channel IN ({CHANNELS})"),
        _check(name, "answer_due_later", "answer_due >= day"),
        _check(name, "answered_later", "answered_on >= day"),
        _check(name, "penalty_fen_sane", "penalty_fen > 0"),
        _check(
            *(name, "penalty_fen_of_fine"), "penalty_fen IS NULL OR penalty = 'fine'"
        ),
        _check(name, "published_whole", "(channel = '') = (published_on IS NULL)"),
        _points_at(name, "scan_id", "safety_scan"),
        _points_at(name, "answer_scan_id", "safety_scan"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_inspection")),
    )


def _findings():
    """What has found a hazard stays, like the hazard itself."""
    for table, origin in (
        ("outside_inspection", "inspection"),
        ("safety_paper", "test"),
    ):
        op.execute(
            f"CREATE TRIGGER {table}_no_delete_with_findings BEFORE DELETE ON {table} "
            "WHEN EXISTS (SELECT 1 FROM safety_hazard hazard "
            f"WHERE hazard.origin = '{origin}' AND hazard.origin_id = OLD.id) "
            "BEGIN SELECT RAISE(ABORT, 'what has found a hazard stays'); END"
        )


def _check(table, name, condition):
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def _points_at(table, column, other):
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}")
    )
