"""Deposits: money drawn from the dedicated account, papers, rules by date, signing.

A settlement holds the trust money too, and is sealed once all sides have signed.
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade():
    _draws()
    _papers()
    _rules()
    _settlements()
    with op.batch_alter_table("home") as home:
        home.add_column(sa.Column("overheld_days", sa.Integer(), nullable=True))
        home.create_check_constraint(
            op.f("ck_home_overheld_days_sane"), "overheld_days BETWEEN 1 AND 90"
        )


def _table(name, *parts):
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        *parts,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )


def _column(name, kind, nullable=False):
    return sa.Column(name, kind, nullable=nullable)


def _texts(*names):
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _check(table, name, condition):
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def _to(table, column, other, **more):
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"), **more
    )


def _refuse(name, when, table, condition, message):
    clause = f"WHEN {condition} " if condition else ""
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {when} ON {table} {clause}"
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


_OPEN_FROM = (
    "date((SELECT max(month) FROM month_close WHERE reopened_at IS NULL), '+1 month')"
)


def _draws():
    table = "deposit_draw"
    _table(
        table,
        _column("day", sa.Date()),
        _column("fen", sa.Integer()),
        *_texts("method", "paper"),
        _column("taken_by", sa.Integer()),
        _column("voided_at", sa.DateTime(), nullable=True),
        *_texts("void_reason"),
        _check(table, "method_known", "method IN ('transfer', 'cash')"),
        _check(table, "fen_positive", "fen > 0"),
        _check(table, "paper_given", "length(trim(paper)) > 0"),
        _check(table, "void_with_reason", "(voided_at IS NULL) = (void_reason = '')"),
        _to(table, "taken_by", "account"),
    )
    part = "deposit_draw_part"
    _table(
        part,
        _column("deposit_draw_id", sa.Integer()),
        _column("deposit_entry_id", sa.Integer()),
        _column("fen", sa.Integer()),
        _to(part, "deposit_draw_id", table, deferrable=True, initially="DEFERRED"),
        _to(part, "deposit_entry_id", "deposit_entry"),
    )
    for column in ("deposit_draw_id", "deposit_entry_id"):
        op.create_index(op.f(f"ix_{part}_{column}"), part, [column])
    _refuse(
        "deposit_draw_part_once",
        "INSERT",
        part,
        "EXISTS (SELECT 1 FROM deposit_draw_part other JOIN deposit_draw ON "
        "deposit_draw.id = other.deposit_draw_id WHERE other.deposit_entry_id = "
        "NEW.deposit_entry_id AND voided_at IS NULL) OR NOT EXISTS (SELECT 1 FROM "
        "deposit_entry WHERE id = NEW.deposit_entry_id AND fen = NEW.fen AND NOT "
        "is_void AND (kind IN ('set_off', 'damage') OR (kind IN ('refund', "
        "'emergency') AND method IN ('cash', 'wechat', 'alipay'))))",
        "drawn already, or nothing to draw",
    )
    _refuse(
        "deposit_draw_adds_up",
        "INSERT",
        table,
        "NEW.fen <> (SELECT coalesce(sum(fen), 0) FROM deposit_draw_part "
        "WHERE deposit_draw_id = NEW.id)",
        "the draw does not add up",
    )
    _refuse(
        "deposit_draw_month_open",
        "INSERT",
        table,
        f"NEW.day < {_OPEN_FROM}",
        "the month is closed",
    )
    _refuse(
        "deposit_draw_as_made",
        "UPDATE OF day, fen, method, paper, taken_by",
        table,
        "",
        "money in the books is never edited",
    )
    _refuse(
        "deposit_draw_void_once",
        "UPDATE OF voided_at",
        table,
        "OLD.voided_at IS NOT NULL",
        "a void stays",
    )
    _refuse("deposit_draw_no_delete", "DELETE", table, "", "money in the books is kept")
    for when in ("UPDATE", "DELETE"):
        name = f"deposit_draw_part_no_{when.lower()}"
        _refuse(name, when, part, "", "money in the books is kept")


def _papers():
    table = "deposit_paper"
    _table(
        table,
        _column("resident_id", sa.Integer()),
        _column("deposit_entry_id", sa.Integer()),
        *_texts("kind"),
        _column("day", sa.Date()),
        *_texts("text", "noted_by"),
        _column("paper_id", sa.Integer(), nullable=True),
        _check(table, "kind_known", "kind IN ('handed_in', 'excused', 'put_back')"),
        _check(table, "text_given", "length(trim(text)) > 0"),
        _to(table, "resident_id", "resident"),
        _to(table, "deposit_entry_id", "deposit_entry"),
        _to(table, "paper_id", "paper", ondelete="SET NULL"),
    )
    for column in ("resident_id", "deposit_entry_id"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _rules():
    table = "rule_choice"
    _table(
        table,
        _column("starts", sa.Date()),
        *_texts("pack", "reason", "decided_by"),
        _column("decided_at", sa.DateTime()),
        _check(table, "pack_named", "length(pack) > 0"),
        _check(table, "reason_given", "length(trim(reason)) > 0"),
        sa.UniqueConstraint("starts", name=op.f("uq_rule_choice_starts")),
    )
    _refuse("rule_choice_no_update", "UPDATE", table, "", "a choice is kept as made")


def _settlements():
    with op.batch_alter_table("departure") as departure:
        departure.add_column(
            sa.Column("heirs", sa.JSON(), nullable=False, server_default="{}")
        )
    with op.batch_alter_table("settlement") as settlement:
        settlement.add_column(
            sa.Column("trust_fen", sa.Integer(), nullable=False, server_default="0")
        )
    mine = "FROM trust_entry WHERE resident_id = NEW.resident_id AND voided_at IS NULL"
    _refuse(
        "settlement_trust_given",
        "INSERT",
        "settlement",
        "(SELECT coalesce(sum(CASE kind WHEN 'in' THEN fen ELSE -fen END), 0) "
        f"{mine}) <> 0",
        "trust money is still kept",
    )
    _refuse(
        "settlement_trust_as_made",
        "UPDATE OF trust_fen",
        "settlement",
        "",
        "a settlement is never edited",
    )
    table = "settlement_signature"
    _table(
        table,
        _column("resident_id", sa.Integer()),
        _column("settlement_id", sa.Integer()),
        *_texts("side", "name"),
        _column("day", sa.Date()),
        *_texts("noted_by"),
        _check(table, "side_known", "side IN ('family', 'accountant', 'director')"),
        _check(table, "name_given", "length(trim(name)) > 0"),
        _to(table, "resident_id", "resident"),
        _to(table, "settlement_id", "settlement"),
        sa.UniqueConstraint(
            "settlement_id",
            "side",
            name=op.f("uq_settlement_signature_settlement_id_side"),
        ),
    )
    op.create_index(op.f(f"ix_{table}_resident_id"), table, ["resident_id"])
    _refuse("settlement_signature_as_signed", "UPDATE", table, "", "signed is signed")
    _refuse(
        "settlement_signature_sealed",
        "DELETE",
        table,
        "(SELECT count(*) FROM settlement_signature WHERE settlement_id = "
        "OLD.settlement_id) = 3",
        "all sides have signed",
    )
