"""Agreement templates, and what is kept of an agreement."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_MOST = 5 * 1024 * 1024


def _refuse(name, when, table, condition, message):
    clause = f"WHEN {condition} " if condition else ""
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {when} ON {table} {clause}"
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


def upgrade():
    _agreements()
    _templates()
    _retention()
    _destruction()
    _what_must_never_be()


def _agreements():
    with op.batch_alter_table("agreement") as agreement:
        agreement.add_column(sa.Column("year", sa.Integer(), nullable=True))
        agreement.add_column(sa.Column("sequence", sa.Integer(), nullable=True))
        agreement.add_column(sa.Column("deposit_fen", sa.Integer(), nullable=True))
        for name in ("trial_outcome", "termination_reason"):
            agreement.add_column(
                sa.Column(name, sa.String(), nullable=False, server_default="")
            )
        agreement.add_column(sa.Column("terminated_on", sa.Date(), nullable=True))
        agreement.add_column(sa.Column("follows_id", sa.Integer(), nullable=True))
        agreement.create_foreign_key(
            op.f("fk_agreement_follows_id"), "agreement", ["follows_id"], ["id"]
        )
        agreement.create_unique_constraint(
            op.f("uq_agreement_year_sequence"), ["year", "sequence"]
        )
        agreement.create_unique_constraint(
            op.f("uq_agreement_follows_id"), ["follows_id"]
        )
        for name, rule in (
            (
                "termination_has_reason",
                "terminated_on IS NULL OR length(trim(termination_reason)) > 0",
            ),
            ("deposit_not_negative", "deposit_fen >= 0"),
            ("trial_outcome_known", "trial_outcome IN ('', 'stays', 'leaves')"),
            ("number_whole", "(year IS NULL) = (sequence IS NULL)"),
        ):
            agreement.create_check_constraint(op.f(f"ck_agreement_{name}"), rule)
    with op.batch_alter_table("agreement") as agreement:
        for name in ("trial_outcome", "termination_reason"):
            agreement.alter_column(name, server_default=None)
    with op.batch_alter_table("paper") as paper:
        paper.add_column(sa.Column("agreement_id", sa.Integer(), nullable=True))
        paper.create_foreign_key(
            op.f("fk_paper_agreement_id"), "agreement", ["agreement_id"], ["id"]
        )
        paper.create_index(op.f("ix_paper_agreement_id"), ["agreement_id"])


def _templates():
    op.create_table(
        "agreement_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "version > 0", name=op.f("ck_agreement_template_version_positive")
        ),
        sa.CheckConstraint(
            f"size BETWEEN 1 AND {_MOST}", name=op.f("ck_agreement_template_size_sane")
        ),
        sa.CheckConstraint(
            "length(content) = size", name=op.f("ck_agreement_template_content_whole")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_template")),
        sa.UniqueConstraint("version", name=op.f("uq_agreement_template_version")),
    )
    op.create_table(
        "agreement_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("template_id", sa.Integer(), nullable=True),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "length(content) > 0", name=op.f("ck_agreement_document_content_given")
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["agreement.id"],
            name=op.f("fk_agreement_document_agreement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"],
            ["resident.id"],
            name=op.f("fk_agreement_document_resident_id"),
        ),
        sa.ForeignKeyConstraint(
            ["template_id"],
            ["agreement_template.id"],
            name=op.f("fk_agreement_document_template_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_document")),
        sa.UniqueConstraint(
            "agreement_id", name=op.f("uq_agreement_document_agreement_id")
        ),
    )
    op.create_index(
        op.f("ix_agreement_document_resident_id"),
        "agreement_document",
        ["resident_id"],
    )


def _retention():
    op.create_table(
        "retention",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("years", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "years BETWEEN 5 AND 100", name=op.f("ck_retention_years_enough")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention")),
        sa.UniqueConstraint("kind", name=op.f("uq_retention_kind")),
    )
    op.create_table(
        "retention_hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.Column("set_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "length(trim(reason)) > 0", name=op.f("ck_retention_hold_reason_given")
        ),
        sa.CheckConstraint(
            "until > set_on", name=op.f("ck_retention_hold_until_later")
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_retention_hold_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_hold")),
    )
    op.create_index(
        op.f("ix_retention_hold_resident_id"), "retention_hold", ["resident_id"]
    )


def _destruction():
    op.create_table(
        "destruction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("destroyed_by", sa.String(), nullable=False),
        sa.Column("approver", sa.String(), nullable=False),
        sa.Column("witness", sa.String(), nullable=False),
        sa.CheckConstraint(
            "cause IN ('due', 'misfiled')", name=op.f("ck_destruction_cause_known")
        ),
        sa.CheckConstraint(
            "length(trim(approver)) > 0", name=op.f("ck_destruction_approver_given")
        ),
        sa.CheckConstraint(
            "cause <> 'misfiled' OR length(trim(reason)) > 0",
            name=op.f("ck_destruction_reason_given"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_destruction")),
        sa.UniqueConstraint("year", "number", name=op.f("uq_destruction_year_number")),
    )
    op.create_table(
        "destruction_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("destruction_id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("agreement", sa.String(), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("years", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(paper_id IS NULL) <> (document_id IS NULL)",
            name=op.f("ck_destruction_item_one_of"),
        ),
        sa.CheckConstraint(
            "ended_on IS NULL OR years >= 5",
            name=op.f("ck_destruction_item_years_enough"),
        ),
        sa.ForeignKeyConstraint(
            ["destruction_id"],
            ["destruction.id"],
            name=op.f("fk_destruction_item_destruction_id"),
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"],
            ["resident.id"],
            name=op.f("fk_destruction_item_resident_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_destruction_item")),
        sa.UniqueConstraint("paper_id", name=op.f("uq_destruction_item_paper_id")),
        sa.UniqueConstraint(
            "document_id", name=op.f("uq_destruction_item_document_id")
        ),
    )
    for column in ("destruction_id", "resident_id"):
        name = op.f(f"ix_destruction_item_{column}")
        op.create_index(name, "destruction_item", [column])


def _what_must_never_be():
    next_one = (
        "NEW.sequence IS NOT NULL AND NEW.sequence <> (SELECT coalesce(max(sequence), "
        "0) + 1 FROM agreement WHERE year = NEW.year AND id IS NOT NEW.id)"
    )
    message = "agreement numbers have no gaps"
    _refuse("agreement_no_gap", "INSERT", "agreement", next_one, message)
    _refuse(
        "agreement_gets_next_number",
        "UPDATE OF year, sequence",
        "agreement",
        f"OLD.sequence IS NULL AND {next_one}",
        message,
    )
    _refuse(
        "agreement_keeps_number",
        "UPDATE OF year, sequence",
        "agreement",
        "OLD.sequence IS NOT NULL AND (NEW.sequence IS NOT OLD.sequence "
        "OR NEW.year IS NOT OLD.year)",
        "an agreement keeps its number",
    )
    _refuse(
        "agreement_numbered_stays",
        "DELETE",
        "agreement",
        "OLD.sequence IS NOT NULL",
        message,
    )
    for table in ("agreement_template", "destruction", "destruction_item"):
        _refuse(f"{table}_no_update", "UPDATE", table, "", f"{table} is never edited")
        _refuse(f"{table}_no_delete", "DELETE", table, "", f"{table} is never deleted")
    _refuse(
        "destruction_no_gap",
        "INSERT",
        "destruction",
        "NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM destruction "
        "WHERE year = NEW.year)",
        "destruction numbers have no gaps",
    )
    _papers_stay()
    _due_only_when_due()


def _papers_stay():
    """Let what belongs to an agreement go only by way of the register."""
    _refuse(
        "agreement_document_signed",
        "UPDATE",
        "agreement_document",
        "EXISTS (SELECT 1 FROM agreement WHERE id = OLD.agreement_id "
        "AND signed_on IS NOT NULL)",
        "the text of a signed agreement stays",
    )
    _refuse(
        "agreement_document_kept",
        "DELETE",
        "agreement_document",
        "NOT EXISTS (SELECT 1 FROM destruction_item WHERE document_id = OLD.id)",
        "the text of an agreement is kept",
    )
    _refuse(
        "paper_of_agreement_kept",
        "DELETE",
        "paper",
        "OLD.agreement_id IS NOT NULL AND NOT EXISTS "
        "(SELECT 1 FROM destruction_item WHERE paper_id = OLD.id)",
        "the scan of an agreement is kept",
    )
    _refuse(
        "paper_of_agreement_stays",
        "UPDATE OF agreement_id, resident_id, content",
        "paper",
        "OLD.agreement_id IS NOT NULL AND (NEW.agreement_id IS NOT OLD.agreement_id "
        "OR NEW.resident_id <> OLD.resident_id OR NEW.sha256 <> OLD.sha256)",
        "the scan of an agreement stays with it",
    )


def _due_only_when_due():
    """Refuse to enter as due what the law still wants kept (order 66, art. 32)."""
    day = "(SELECT day FROM destruction WHERE id = NEW.destruction_id)"
    _refuse(
        "destruction_item_too_early",
        "INSERT",
        "destruction_item",
        "(SELECT cause FROM destruction WHERE id = NEW.destruction_id) = 'due' AND ("
        "NEW.ended_on IS NULL OR NEW.years IS NULL "
        f"OR {day} <= date(NEW.ended_on, '+' || NEW.years || ' years') "
        "OR EXISTS (SELECT 1 FROM stay WHERE resident_id = NEW.resident_id "
        "AND coalesce(discharged_on, '9999-12-31') > NEW.ended_on) "
        "OR EXISTS (SELECT 1 FROM agreement WHERE resident_id = NEW.resident_id "
        "AND coalesce(terminated_on, ends, starts) > NEW.ended_on) "
        "OR EXISTS (SELECT 1 FROM retention_hold WHERE "
        f"resident_id = NEW.resident_id AND until >= {day}))",
        "papers are kept until their time is over",
    )
