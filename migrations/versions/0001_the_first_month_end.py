"""The first month end: home, people, beds, fees, deposits, change log."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# What must never be, refused by the database itself. "Far" stands for an open end.
_FAR = "'9999-12-31'"


def _refuse(name, when, table, condition, message):
    clause = f"WHEN {condition} " if condition else ""
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {when} ON {table} {clause}"
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


def _refuse_overlap(table, same, starts, ends, message, only=""):
    """Refuse two rows with the same keys that share a day."""
    keys = " AND ".join(f"o.{key} = NEW.{key}" for key in same)
    condition = (
        f"{'NEW.' + only + ' AND ' if only else ''}EXISTS (SELECT 1 FROM {table} o "
        f"WHERE {keys} AND o.id IS NOT NEW.id {'AND o.' + only if only else ''} "
        f"AND o.{starts} < coalesce(NEW.{ends}, {_FAR}) "
        f"AND NEW.{starts} < coalesce(o.{ends}, {_FAR}))"
    )
    for when in ("INSERT", "UPDATE"):
        name = f"{table}_{'_'.join(same)}_{when.lower()}"
        _refuse(name, when, table, condition, message)


def _keep_for_ever(table):
    _refuse(f"{table}_no_update", "UPDATE", table, "", f"{table} is never edited")
    _refuse(f"{table}_no_delete", "DELETE", table, "", f"{table} is never deleted")


def _without_gaps(table):
    _refuse(
        f"{table}_no_gap",
        "INSERT",
        table,
        f"NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM {table} "
        "WHERE year = NEW.year)",
        f"{table} numbers have no gaps",
    )


def _triggers():
    _keep_for_ever("change")
    _refuse_overlap("bed_use", ["bed_id"], "starts", "ends", "bed taken")
    _refuse_overlap(
        "bed_use",
        ["resident_id"],
        "starts",
        "ends",
        "resident has a bed",
        only="kind = 'occupied'",
    )
    _refuse_overlap(
        "stay", ["resident_id"], "admitted_on", "discharged_on", "stays overlap"
    )
    _refuse_overlap(
        "absence", ["resident_id"], "left_on", "returned_on", "absences overlap"
    )
    _refuse_overlap(
        "personal_price",
        ["resident_id", "fee_item_id"],
        "starts",
        "ends",
        "two personal prices on one day",
    )
    _bills()
    _money()


def _bills():
    _keep_for_ever("bill")
    _keep_for_ever("bill_line")
    _keep_for_ever("bill_run")
    _without_gaps("bill")
    _refuse(
        "bill_sealed",
        "INSERT",
        "bill",
        "EXISTS (SELECT 1 FROM bill_run WHERE id = NEW.run_id)",
        "the month is posted",
    )
    _refuse(
        "bill_line_sealed",
        "INSERT",
        "bill_line",
        "EXISTS (SELECT 1 FROM bill JOIN bill_run ON bill_run.id = bill.run_id "
        "WHERE bill.id = NEW.bill_id)",
        "the month is posted",
    )
    _refuse(
        "bill_run_adds_up",
        "INSERT",
        "bill_run",
        "(SELECT count(*) FROM bill WHERE run_id = NEW.id) <> NEW.bills "
        "OR (SELECT coalesce(sum(total_fen), 0) FROM bill WHERE run_id = NEW.id) "
        "<> NEW.total_fen "
        "OR EXISTS (SELECT 1 FROM bill WHERE run_id = NEW.id AND total_fen <> "
        "(SELECT coalesce(sum(amount_fen), 0) FROM bill_line "
        "WHERE bill_id = bill.id))",
        "the bills do not add up",
    )
    _refuse(
        "bill_run_in_order",
        "INSERT",
        "bill_run",
        "EXISTS (SELECT 1 FROM bill_run) AND NEW.month <> "
        "(SELECT date(max(month), '+1 month') FROM bill_run)",
        "months are posted in order",
    )


def _money():
    _without_gaps("receipt")
    _refuse("receipt_no_delete", "DELETE", "receipt", "", "receipts are kept")
    _refuse(
        "receipt_as_issued",
        "UPDATE OF year, number, payment_id, deposit_entry_id, issued_at, "
        "issued_by, text",
        "receipt",
        "",
        "a receipt is never edited",
    )
    _refuse(
        "receipt_void_for_good",
        "UPDATE OF voided_at, void_reason",
        "receipt",
        "OLD.voided_at IS NOT NULL",
        "a void receipt stays void",
    )
    _refuse("payment_no_delete", "DELETE", "payment", "", "payments are kept")
    _refuse(
        "payment_as_taken",
        "UPDATE OF resident_id, received_on, method, fen, taken_by",
        "payment",
        "",
        "a payment is never edited",
    )
    _refuse("payment_share_no_update", "UPDATE", "payment_share", "", "shares are kept")
    _refuse(
        "payment_share_within",
        "INSERT",
        "payment_share",
        "NEW.fen + (SELECT coalesce(sum(fen), 0) FROM payment_share "
        "WHERE bill_id = NEW.bill_id) > "
        "(SELECT total_fen FROM bill WHERE id = NEW.bill_id) "
        "OR NEW.fen + (SELECT coalesce(sum(fen), 0) FROM payment_share "
        "WHERE payment_id = NEW.payment_id) > "
        "(SELECT CASE WHEN is_void THEN 0 ELSE fen END FROM payment "
        "WHERE id = NEW.payment_id) "
        "OR NEW.fen + (SELECT coalesce(sum(fen), 0) FROM payment_share "
        "WHERE credit_bill_id = NEW.credit_bill_id) > "
        "(SELECT -total_fen FROM bill WHERE id = NEW.credit_bill_id)",
        "more than there is",
    )
    held = (
        "(SELECT coalesce(sum(CASE WHEN kind IN ('opening', 'in') THEN fen "
        "ELSE -fen END), 0) FROM deposit_entry "
        "WHERE resident_id = NEW.resident_id AND NOT is_void)"
    )
    _refuse(
        "deposit_entry_held_insert",
        "INSERT",
        "deposit_entry",
        f"NEW.kind NOT IN ('opening', 'in') AND NEW.fen > {held}",
        "more than is held",
    )
    _refuse(
        "deposit_entry_held_void",
        "UPDATE OF is_void",
        "deposit_entry",
        f"NEW.is_void AND NEW.kind IN ('opening', 'in') AND NEW.fen > {held}",
        "more than is held",
    )
    _refuse(
        "deposit_entry_as_booked",
        "UPDATE OF resident_id, kind, day, fen, method, taken_by, approved_by",
        "deposit_entry",
        "",
        "a deposit entry is never edited",
    )
    _refuse(
        "deposit_entry_no_delete",
        "DELETE",
        "deposit_entry",
        "OLD.kind <> 'opening'",
        "deposit entries are kept",
    )
    _refuse("account_no_delete", "DELETE", "account", "", "accounts are kept")
    _refuse("home_no_delete", "DELETE", "home", "", "the home stays")


def upgrade():
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sign_in", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "role IN ('director', 'head_nurse', 'front_desk', 'accountant', 'safety_officer')",
            name=op.f("ck_account_role_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("sign_in", name=op.f("uq_account_sign_in")),
    )
    op.create_table(
        "bill_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("posted_at", sa.DateTime(), nullable=False),
        sa.Column("posted_by", sa.String(), nullable=False),
        sa.Column("bills", sa.Integer(), nullable=False),
        sa.Column("total_fen", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bill_run")),
        sa.UniqueConstraint("month", name=op.f("uq_bill_run_month")),
    )
    op.create_table(
        "building",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_building")),
        sa.UniqueConstraint("name", name=op.f("uq_building_name")),
    )
    op.create_table(
        "code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('nursing_grade', 'bed_class', 'meal_plan', 'category', 'unit')",
            name=op.f("ck_code_kind_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code")),
        sa.UniqueConstraint("kind", "code", name=op.f("uq_code_kind_code")),
    )
    op.create_table(
        "fee_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("applies_to", sa.String(), nullable=True),
        sa.Column("is_vat_exempt", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(category = 'other') = (applies_to IS NULL)",
            name=op.f("ck_fee_item_applies_where_due"),
        ),
        sa.CheckConstraint(
            "category IN ('bed', 'care', 'meal', 'other')",
            name=op.f("ck_fee_item_category_known"),
        ),
        sa.CheckConstraint(
            "unit IN ('month', 'day', 'use', 'once')",
            name=op.f("ck_fee_item_unit_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fee_item")),
        sa.UniqueConstraint(
            "category", "applies_to", name=op.f("uq_fee_item_category_applies_to")
        ),
        sa.UniqueConstraint("code", name=op.f("uq_fee_item_code")),
    )
    op.create_table(
        "home",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("legal_kind", sa.String(), nullable=False),
        sa.Column("filing_number", sa.String(), nullable=False),
        sa.Column("ownership", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("rule_pack", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("payment_note", sa.String(), nullable=False),
        sa.Column("deposit_account", sa.String(), nullable=False),
        sa.Column("is_practice", sa.Boolean(), nullable=False),
        sa.Column("lock_minutes", sa.Integer(), nullable=False),
        sa.Column("charge_admission_day", sa.Boolean(), nullable=False),
        sa.Column("charge_discharge_day", sa.Boolean(), nullable=False),
        sa.Column("adjust_months", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "ownership IN ('public', 'public_run_private', 'private')",
            name=op.f("ck_home_ownership_known"),
        ),
        sa.CheckConstraint(
            "adjust_months BETWEEN 0 AND 24", name=op.f("ck_home_adjust_months_sane")
        ),
        sa.CheckConstraint("id = 1", name=op.f("ck_home_only_one")),
        sa.CheckConstraint(
            "lock_minutes BETWEEN 1 AND 120", name=op.f("ck_home_lock_minutes_sane")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_home")),
    )
    op.create_table(
        "price_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("leave_meal_refund", sa.Integer(), nullable=False),
        sa.Column("leave_care_refund", sa.Integer(), nullable=False),
        sa.Column("leave_bed_kept", sa.Integer(), nullable=False),
        sa.Column("leave_min_days", sa.Integer(), nullable=False),
        sa.Column("hospital_meal_refund", sa.Integer(), nullable=False),
        sa.Column("hospital_care_refund", sa.Integer(), nullable=False),
        sa.Column("hospital_bed_kept", sa.Integer(), nullable=False),
        sa.Column("hospital_min_days", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "basis IN ('month', 'thirty')", name=op.f("ck_price_list_basis_known")
        ),
        sa.CheckConstraint(
            "hospital_bed_kept BETWEEN 0 AND 100",
            name=op.f("ck_price_list_hospital_bed_kept_percent"),
        ),
        sa.CheckConstraint(
            "hospital_care_refund BETWEEN 0 AND 100",
            name=op.f("ck_price_list_hospital_care_refund_percent"),
        ),
        sa.CheckConstraint(
            "hospital_meal_refund BETWEEN 0 AND 100",
            name=op.f("ck_price_list_hospital_meal_refund_percent"),
        ),
        sa.CheckConstraint(
            "leave_bed_kept BETWEEN 0 AND 100",
            name=op.f("ck_price_list_leave_bed_kept_percent"),
        ),
        sa.CheckConstraint(
            "leave_care_refund BETWEEN 0 AND 100",
            name=op.f("ck_price_list_leave_care_refund_percent"),
        ),
        sa.CheckConstraint(
            "leave_meal_refund BETWEEN 0 AND 100",
            name=op.f("ck_price_list_leave_meal_refund_percent"),
        ),
        sa.CheckConstraint(
            "leave_min_days >= 1 AND hospital_min_days >= 1",
            name=op.f("ck_price_list_min_days_sane"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price_list")),
        sa.UniqueConstraint("starts", name=op.f("uq_price_list_starts")),
    )
    op.create_table(
        "resident",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("pinyin", sa.String(), nullable=False),
        sa.Column("initials", sa.String(), nullable=False),
        sa.Column("sex", sa.String(), nullable=False),
        sa.Column("born", sa.Date(), nullable=True),
        sa.Column("id_number", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("ability_level", sa.Integer(), nullable=True),
        sa.Column("has_dementia", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint(
            "sex IN ('male', 'female')", name=op.f("ck_resident_sex_known")
        ),
        sa.CheckConstraint(
            "ability_level BETWEEN 0 AND 4",
            name=op.f("ck_resident_ability_level_known"),
        ),
        sa.CheckConstraint(
            "length(trim(name)) > 0", name=op.f("ck_resident_name_given")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resident")),
        sa.UniqueConstraint("id_number", name=op.f("uq_resident_id_number")),
    )
    with op.batch_alter_table("resident", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_resident_name"), ["name"], unique=False)

    op.create_table(
        "roll_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("read_at", sa.DateTime(), nullable=False),
        sa.Column("read_in", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.Column("deed_number", sa.Integer(), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_import")),
    )
    op.create_table(
        "staff_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("hired_on", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_member")),
    )
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('leave', 'hospital')", name=op.f("ck_absence_kind_known")
        ),
        sa.CheckConstraint(
            "returned_on >= left_on", name=op.f("ck_absence_return_last")
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_absence_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_absence_resident_id"), ["resident_id"], unique=False
        )

    op.create_table(
        "admission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=True),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("begun_by", sa.String(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("agreement_id", sa.Integer(), nullable=True),
        sa.Column("draft", sa.JSON(), nullable=False),
        sa.Column("finished_on", sa.Date(), nullable=True),
        sa.Column("given_up_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_admission_agreement_id")
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_admission_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_admission")),
    )
    with op.batch_alter_table("admission", schema=None) as batch_op:
        batch_op.create_index(
            "uq_admission_open",
            ["resident_id"],
            unique=True,
            sqlite_where=sa.text("finished_on IS NULL AND given_up_on IS NULL"),
        )

    op.create_table(
        "agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("trial_until", sa.Date(), nullable=True),
        sa.Column("signer", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint(
            "ends > starts", name=op.f("ck_agreement_ends_after_starts")
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_agreement_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
    )
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_agreement_resident_id"), ["resident_id"], unique=False
        )

    op.create_table(
        "bill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("total_fen", sa.Integer(), nullable=False),
        sa.Column("resident_name", sa.String(), nullable=False),
        sa.Column("bed", sa.String(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("facts", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_bill_resident_id")
        ),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["bill_run.id"],
            name=op.f("fk_bill_run_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bill")),
        sa.UniqueConstraint(
            "run_id", "resident_id", name=op.f("uq_bill_run_id_resident_id")
        ),
        sa.UniqueConstraint("year", "number", name=op.f("uq_bill_year_number")),
    )
    with op.batch_alter_table("bill", schema=None) as batch_op:
        batch_op.create_index(
            "ix_bill_resident_month", ["resident_id", "month"], unique=False
        )

    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deed_number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("deed", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_change_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_change_at"), ["at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_change_deed_number"), ["deed_number"], unique=False
        )
        batch_op.create_index("ix_change_record", ["record", "record_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_change_resident_id"), ["resident_id"], unique=False
        )

    op.create_table(
        "charge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("fee_item_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_charge_quantity_positive")),
        sa.ForeignKeyConstraint(
            ["fee_item_id"], ["fee_item.id"], name=op.f("fk_charge_fee_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_charge_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_charge")),
    )
    with op.batch_alter_table("charge", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_charge_resident_id"), ["resident_id"], unique=False
        )

    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("is_organisation", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint(
            "role IN ('guardian', 'agent', 'emergency', 'family')",
            name=op.f("ck_contact_role_known"),
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_contact_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contact_resident_id"), ["resident_id"], unique=False
        )

    op.create_table(
        "cover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("payer", sa.String(), nullable=False),
        sa.Column("payer_name", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "category IN ('bed', 'care', 'meal', 'other')",
            name=op.f("ck_cover_category_known"),
        ),
        sa.CheckConstraint(
            "kind IN ('percent', 'fen')", name=op.f("ck_cover_kind_known")
        ),
        sa.CheckConstraint(
            "payer IN ('insurance', 'government', 'charity')",
            name=op.f("ck_cover_payer_known"),
        ),
        sa.CheckConstraint("ends > starts", name=op.f("ck_cover_ends_after_starts")),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_cover_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cover")),
    )
    with op.batch_alter_table("cover", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_cover_resident_id"), ["resident_id"], unique=False
        )

    op.create_table(
        "deposit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("fen", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("paper", sa.String(), nullable=False),
        sa.Column("papers_due", sa.Date(), nullable=True),
        sa.Column("banked_on", sa.Date(), nullable=True),
        sa.Column("taken_by", sa.Integer(), nullable=False),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("is_void", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "kind <> 'refund' OR (approved_by IS NOT NULL AND approved_by <> taken_by)",
            name=op.f("ck_deposit_entry_refund_by_two"),
        ),
        sa.CheckConstraint(
            "kind IN ('opening', 'in', 'refund', 'emergency', 'set_off')",
            name=op.f("ck_deposit_entry_kind_known"),
        ),
        sa.CheckConstraint(
            "method IN ('cash', 'transfer', 'card', 'wechat', 'alipay', 'none')",
            name=op.f("ck_deposit_entry_method_known"),
        ),
        sa.CheckConstraint("fen > 0", name=op.f("ck_deposit_entry_fen_positive")),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["account.id"], name=op.f("fk_deposit_entry_approved_by")
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_deposit_entry_resident_id")
        ),
        sa.ForeignKeyConstraint(
            ["taken_by"], ["account.id"], name=op.f("fk_deposit_entry_taken_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deposit_entry")),
    )
    with op.batch_alter_table("deposit_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_deposit_entry_resident_id"), ["resident_id"], unique=False
        )

    op.create_table(
        "floor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("building_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.CheckConstraint("level >= 1", name=op.f("ck_floor_level_above_ground")),
        sa.ForeignKeyConstraint(
            ["building_id"], ["building.id"], name=op.f("fk_floor_building_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_floor")),
        sa.UniqueConstraint(
            "building_id", "name", name=op.f("uq_floor_building_id_name")
        ),
    )
    op.create_table(
        "grade_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("consent_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_grade_change_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grade_change")),
        sa.UniqueConstraint(
            "resident_id", "starts", name=op.f("uq_grade_change_resident_id_starts")
        ),
    )
    op.create_table(
        "meal_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_meal_choice_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meal_choice")),
        sa.UniqueConstraint(
            "resident_id", "starts", name=op.f("uq_meal_choice_resident_id_starts")
        ),
    )
    op.create_table(
        "paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "length(content) = size", name=op.f("ck_paper_content_whole")
        ),
        sa.CheckConstraint(
            "size BETWEEN 1 AND 20971520", name=op.f("ck_paper_size_sane")
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_paper_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
    )
    with op.batch_alter_table("paper", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_paper_resident_id"), ["resident_id"], unique=False
        )

    op.create_table(
        "payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("fen", sa.Integer(), nullable=False),
        sa.Column("payer_name", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("taken_by", sa.Integer(), nullable=False),
        sa.Column("is_void", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "method IN ('cash', 'transfer', 'card', 'wechat', 'alipay', 'deposit')",
            name=op.f("ck_payment_method_known"),
        ),
        sa.CheckConstraint("fen > 0", name=op.f("ck_payment_fen_positive")),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_payment_resident_id")
        ),
        sa.ForeignKeyConstraint(
            ["taken_by"], ["account.id"], name=op.f("fk_payment_taken_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
    )
    with op.batch_alter_table("payment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_payment_resident_id"), ["resident_id"], unique=False
        )

    op.create_table(
        "personal_price",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("fee_item_id", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("approver", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('fixed', 'percent', 'waived')",
            name=op.f("ck_personal_price_kind_known"),
        ),
        sa.CheckConstraint(
            "ends > starts", name=op.f("ck_personal_price_ends_after_starts")
        ),
        sa.CheckConstraint(
            "value >= 0", name=op.f("ck_personal_price_value_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["fee_item_id"], ["fee_item.id"], name=op.f("fk_personal_price_fee_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_personal_price_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personal_price")),
    )
    with op.batch_alter_table("personal_price", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_personal_price_resident_id"), ["resident_id"], unique=False
        )

    op.create_table(
        "price",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("price_list_id", sa.Integer(), nullable=False),
        sa.Column("fee_item_id", sa.Integer(), nullable=False),
        sa.Column("fen", sa.Integer(), nullable=False),
        sa.Column("ceiling_fen", sa.Integer(), nullable=True),
        sa.CheckConstraint("fen <= ceiling_fen", name=op.f("ck_price_within_ceiling")),
        sa.CheckConstraint("fen >= 0", name=op.f("ck_price_not_negative")),
        sa.ForeignKeyConstraint(
            ["fee_item_id"], ["fee_item.id"], name=op.f("fk_price_fee_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["price_list_id"], ["price_list.id"], name=op.f("fk_price_price_list_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price")),
        sa.UniqueConstraint(
            "price_list_id",
            "fee_item_id",
            name=op.f("uq_price_price_list_id_fee_item_id"),
        ),
    )
    op.create_table(
        "resident_category",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resident_id"],
            ["resident.id"],
            name=op.f("fk_resident_category_resident_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resident_category")),
        sa.UniqueConstraint(
            "resident_id", "code", name=op.f("uq_resident_category_resident_id_code")
        ),
    )
    op.create_table(
        "standing_charge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("fee_item_id", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "ends > starts", name=op.f("ck_standing_charge_ends_after_starts")
        ),
        sa.ForeignKeyConstraint(
            ["fee_item_id"],
            ["fee_item.id"],
            name=op.f("fk_standing_charge_fee_item_id"),
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"],
            ["resident.id"],
            name=op.f("fk_standing_charge_resident_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing_charge")),
    )
    with op.batch_alter_table("standing_charge", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_standing_charge_resident_id"), ["resident_id"], unique=False
        )

    op.create_table(
        "stay",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("admitted_on", sa.Date(), nullable=False),
        sa.Column("discharged_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "discharged_on >= admitted_on", name=op.f("ck_stay_discharge_last")
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_stay_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stay")),
    )
    with op.batch_alter_table("stay", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_stay_resident_id"), ["resident_id"], unique=False
        )
        batch_op.create_index(
            "uq_stay_open",
            ["resident_id"],
            unique=True,
            sqlite_where=sa.text("discharged_on IS NULL"),
        )

    op.create_table(
        "bill_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bill_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("item_code", sa.String(), nullable=False),
        sa.Column("item_name", sa.String(), nullable=False),
        sa.Column("for_month", sa.Date(), nullable=False),
        sa.Column("amount_fen", sa.Integer(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('fee', 'refund', 'use', 'payer', 'adjustment')",
            name=op.f("ck_bill_line_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["bill_id"], ["bill.id"], name=op.f("fk_bill_line_bill_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bill_line")),
    )
    with op.batch_alter_table("bill_line", schema=None) as batch_op:
        batch_op.create_index(
            "ix_bill_line_bill_id", ["bill_id", "position"], unique=True
        )

    op.create_table(
        "payment_share",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bill_id", sa.Integer(), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=True),
        sa.Column("credit_bill_id", sa.Integer(), nullable=True),
        sa.Column("fen", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(payment_id IS NULL) <> (credit_bill_id IS NULL)",
            name=op.f("ck_payment_share_one_source"),
        ),
        sa.CheckConstraint("fen > 0", name=op.f("ck_payment_share_fen_positive")),
        sa.ForeignKeyConstraint(
            ["bill_id"], ["bill.id"], name=op.f("fk_payment_share_bill_id")
        ),
        sa.ForeignKeyConstraint(
            ["credit_bill_id"],
            ["bill.id"],
            name=op.f("fk_payment_share_credit_bill_id"),
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment.id"], name=op.f("fk_payment_share_payment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_share")),
    )
    with op.batch_alter_table("payment_share", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_payment_share_bill_id"), ["bill_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_payment_share_credit_bill_id"),
            ["credit_bill_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_payment_share_payment_id"), ["payment_id"], unique=False
        )

    op.create_table(
        "receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=True),
        sa.Column("deposit_entry_id", sa.Integer(), nullable=True),
        sa.Column("issued_at", sa.DateTime(), nullable=False),
        sa.Column("issued_by", sa.String(), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column("printed", sa.Integer(), nullable=False),
        sa.Column("voided_at", sa.DateTime(), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(voided_at IS NULL) = (void_reason = '')",
            name=op.f("ck_receipt_void_with_reason"),
        ),
        sa.CheckConstraint(
            "(payment_id IS NULL) <> (deposit_entry_id IS NULL)",
            name=op.f("ck_receipt_one_source"),
        ),
        sa.ForeignKeyConstraint(
            ["deposit_entry_id"],
            ["deposit_entry.id"],
            name=op.f("fk_receipt_deposit_entry_id"),
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment.id"], name=op.f("fk_receipt_payment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt")),
        sa.UniqueConstraint(
            "deposit_entry_id", name=op.f("uq_receipt_deposit_entry_id")
        ),
        sa.UniqueConstraint("payment_id", name=op.f("uq_receipt_payment_id")),
        sa.UniqueConstraint("year", "number", name=op.f("uq_receipt_year_number")),
    )
    op.create_table(
        "room",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("floor_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("gender_rule", sa.String(), nullable=False),
        sa.CheckConstraint(
            "gender_rule IN ('any', 'male', 'female')",
            name=op.f("ck_room_gender_rule_known"),
        ),
        sa.ForeignKeyConstraint(
            ["floor_id"], ["floor.id"], name=op.f("fk_room_floor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room")),
        sa.UniqueConstraint("floor_id", "name", name=op.f("uq_room_floor_id_name")),
    )
    op.create_table(
        "bed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("bed_class", sa.String(), nullable=False),
        sa.Column("is_nursing_bed", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("state_note", sa.String(), nullable=False),
        sa.CheckConstraint(
            "state IN ('ready', 'cleaning', 'out_of_service')",
            name=op.f("ck_bed_state_known"),
        ),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_bed_room_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bed")),
        sa.UniqueConstraint("room_id", "label", name=op.f("uq_bed_room_id_label")),
    )
    op.create_table(
        "bed_use",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bed_id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('occupied', 'reserved')", name=op.f("ck_bed_use_kind_known")
        ),
        sa.CheckConstraint("ends >= starts", name=op.f("ck_bed_use_ends_last")),
        sa.ForeignKeyConstraint(["bed_id"], ["bed.id"], name=op.f("fk_bed_use_bed_id")),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_bed_use_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bed_use")),
    )
    with op.batch_alter_table("bed_use", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bed_use_bed_id"), ["bed_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_bed_use_resident_id"), ["resident_id"], unique=False
        )
    _triggers()
