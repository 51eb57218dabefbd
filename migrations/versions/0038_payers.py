"""Payers as records: what they bear, what came in from them, what they refused.

Who was named on a cover or on a posted bill becomes a record; posted bills keep their
words, and their lines only learn which payer they mean.
"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

_METHODS = "'cash', 'transfer', 'card', 'wechat', 'alipay'"
_KINDS = "'insurance', 'government', 'charity', 'organisation', 'family'"
_OPEN_FROM = (
    "date((SELECT max(month) FROM month_close WHERE reopened_at IS NULL), '+1 month')"
)
_NAMED_ON = "json_extract(detail, '$[14]')"


def upgrade():
    _payers()
    _find_payers()
    _covers()
    _bill_lines()
    _payments()
    _cuts()
    _statements()
    _receipts()
    _refusals()


def _column(name, kind, nullable=False):
    return sa.Column(name, kind, nullable=nullable)


def _texts(*names):
    return [_column(name, sa.String()) for name in names]


def _check(table, name, condition):
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def _to(table, column, other):
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}")
    )


def _table(name, *parts):
    key = sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}"))
    op.create_table(name, _column("id", sa.Integer()), *parts, key)


def _payers():
    table = "payer"
    _table(
        table,
        *_texts("kind", "name", "contact", "phone", "account_number"),
        _column("due_days", sa.Integer()),
        *_texts("note"),
        _column("is_active", sa.Boolean()),
        _check(table, "kind_known", f"kind IN ({_KINDS})"),
        _check(table, "name_given", "length(trim(name)) > 0"),
        _check(table, "due_days_sane", "due_days BETWEEN 0 AND 365"),
    )
    # Members of two families may bear one name.
    op.create_index(
        "uq_payer_name",
        table,
        ["name"],
        unique=True,
        sqlite_where=sa.text("kind <> 'family'"),
    )


def _find_payers():
    """Make a record of everybody who is named on a cover or on a posted bill.

    Where one name stands for two kinds, the later record gets a number beside it.
    """
    known = op.get_bind().execute(
        sa.text(
            "SELECT payer, payer_name, 1 AS now FROM cover UNION ALL "
            f"SELECT DISTINCT {_NAMED_ON}, item_name, 0 FROM bill_line "
            f"WHERE {_NAMED_ON} <> '' ORDER BY now DESC"
        )
    )
    seen, names = set(), set()
    for kind, name, now in known:
        if (kind, name) in seen:
            continue
        unique = name if name not in names else f"{name} ({len(names)})"
        seen.add((kind, name))
        names.add(unique)
        op.get_bind().execute(
            sa.text(
                "INSERT INTO payer (kind, name, contact, phone, account_number, "
                "due_days, note, is_active) "
                "VALUES (:kind, :name, '', '', '', 30, :note, :now)"
            ),
            {"kind": kind, "name": unique, "note": name, "now": now},
        )


# While they are looked up, the note of a payer is the name that it had till now.
_PAYER_OF = "(SELECT p.id FROM payer p WHERE p.kind = {} AND p.note = {})"


def _covers():
    table = "cover"
    op.rename_table(table, "cover_old")
    op.drop_index("ix_cover_resident_id", table_name="cover_old")
    _table(
        table,
        _column("resident_id", sa.Integer()),
        _column("payer_id", sa.Integer()),
        _column("category", sa.String(), nullable=True),
        _column("fee_item_id", sa.Integer(), nullable=True),
        _column("starts", sa.Date()),
        _column("ends", sa.Date(), nullable=True),
        *_texts("kind"),
        _column("value", sa.Integer()),
        _column("most_fen", sa.Integer(), nullable=True),
        _column("rank", sa.Integer()),
        _check(table, "ends_after_starts", "ends > starts"),
        _check(table, "category_known", "category IN ('bed', 'care', 'meal', 'other')"),
        _check(table, "kind_known", "kind IN ('percent', 'fen', 'day')"),
        _check(table, "one_scope", "category IS NULL OR fee_item_id IS NULL"),
        _check(table, "most_positive", "most_fen > 0"),
        _check(table, "rank_positive", "rank > 0"),
        _to(table, "resident_id", "resident"),
        _to(table, "payer_id", "payer"),
        _to(table, "fee_item_id", "fee_item"),
    )
    payer = _PAYER_OF.format("payer", "payer_name")
    op.execute(
        "INSERT INTO cover (id, resident_id, payer_id, category, starts, ends, kind, "
        f"value, rank) SELECT id, resident_id, {payer}, category, starts, ends, kind, "
        "value, 1 FROM cover_old"
    )
    op.drop_table("cover_old")
    for column in ("resident_id", "payer_id"):
        op.create_index(op.f(f"ix_cover_{column}"), table, [column])


def _bill_lines():
    """Let the lines of posted bills know their payer; what they say stays."""
    op.execute(
        "ALTER TABLE bill_line ADD COLUMN payer_id INTEGER "
        "CONSTRAINT fk_bill_line_payer_id REFERENCES payer (id)"
    )
    op.execute("DROP TRIGGER bill_line_no_update")  # revisions.py puts it back
    payer = _PAYER_OF.format(_NAMED_ON, "bill_line.item_name")
    op.execute(
        f"UPDATE bill_line SET payer_id = {payer} "
        f"WHERE kind IN ('payer', 'adjustment') AND {_NAMED_ON} <> ''"
    )
    op.create_index(
        "ix_bill_line_payer_id",
        "bill_line",
        ["payer_id", "for_month"],
        sqlite_where=sa.text("payer_id IS NOT NULL"),
    )
    op.execute("UPDATE payer SET note = ''")


def _payments():
    table = "payer_payment"
    _table(
        table,
        _column("payer_id", sa.Integer()),
        _column("received_on", sa.Date()),
        *_texts("method"),
        _column("fen", sa.Integer()),
        *_texts("note"),
        _column("taken_by", sa.Integer()),
        _column("is_void", sa.Boolean()),
        _check(table, "method_known", f"method IN ({_METHODS})"),
        _check(table, "fen_positive", "fen > 0"),
        _to(table, "payer_id", "payer"),
        _to(table, "taken_by", "account"),
    )
    op.create_index(op.f("ix_payer_payment_payer_id"), table, ["payer_id"])
    table = "payer_share"
    _table(
        table,
        _column("payer_payment_id", sa.Integer()),
        _column("resident_id", sa.Integer()),
        _column("month", sa.Date()),
        _column("fen", sa.Integer()),
        _check(table, "fen_positive", "fen > 0"),
        _to(table, "payer_payment_id", "payer_payment"),
        _to(table, "resident_id", "resident"),
    )
    op.create_index(
        op.f("ix_payer_share_payer_payment_id"), table, ["payer_payment_id"]
    )
    op.create_index("ix_payer_share_resident_id_month", table, ["resident_id", "month"])


def _cuts():
    table = "payer_cut"
    _table(
        table,
        _column("payer_id", sa.Integer()),
        _column("resident_id", sa.Integer()),
        _column("month", sa.Date()),
        *_texts("kind"),
        _column("day", sa.Date()),
        _column("fen", sa.Integer()),
        *_texts("reason"),
        _column("noted_by", sa.Integer()),
        _column("voided_at", sa.DateTime(), nullable=True),
        *_texts("void_reason"),
        _check(table, "kind_known", "kind IN ('family', 'written_off')"),
        _check(table, "fen_positive", "fen > 0"),
        _check(table, "reason_given", "length(trim(reason)) > 0"),
        _check(table, "void_with_reason", "(voided_at IS NULL) = (void_reason = '')"),
        _to(table, "payer_id", "payer"),
        _to(table, "resident_id", "resident"),
        _to(table, "noted_by", "account"),
    )
    op.create_index(op.f("ix_payer_cut_payer_id"), table, ["payer_id"])
    op.create_index(op.f("ix_payer_cut_resident_id"), table, ["resident_id"])


def _statements():
    table = "payer_statement"
    _table(
        table,
        _column("payer_id", sa.Integer()),
        _column("month", sa.Date()),
        _column("fen", sa.Integer()),
        _column("sheet", sa.JSON()),
        _column("sent_on", sa.Date()),
        *_texts("sent_by"),
        _column("answered_on", sa.Date(), nullable=True),
        *_texts("answer"),
        _check(table, "answered_after", "answered_on >= sent_on"),
        _to(table, "payer_id", "payer"),
    )
    op.create_index("ix_payer_statement_payer_id_month", table, ["payer_id", "month"])


def _receipts():
    """Let a receipt stand for money of a payer; the rows stay as they are."""
    names = "id, year, number, payment_id, deposit_entry_id, payout_id, issued_at, "
    names += "issued_by, text, printed, voided_at, void_reason"
    sources = "payment", "deposit_entry", "payout", "payer_payment"
    table = "receipt_new"
    op.create_table(
        table,
        *(_column(name, sa.Integer()) for name in ("id", "year", "number")),
        *(_column(f"{name}_id", sa.Integer(), nullable=True) for name in sources),
        _column("issued_at", sa.DateTime()),
        *_texts("issued_by"),
        _column("text", sa.JSON()),
        _column("printed", sa.Integer()),
        _column("voided_at", sa.DateTime(), nullable=True),
        *_texts("void_reason"),
        _check(
            "receipt", "void_with_reason", "(voided_at IS NULL) = (void_reason = '')"
        ),
        _check(
            "receipt",
            "one_source",
            "(payment_id IS NOT NULL) + (deposit_entry_id IS NOT NULL) "
            "+ (payout_id IS NOT NULL) + (payer_payment_id IS NOT NULL) = 1",
        ),
        *(_to("receipt", f"{name}_id", name) for name in sources),
        *(
            sa.UniqueConstraint(f"{name}_id", name=op.f(f"uq_receipt_{name}_id"))
            for name in sources
        ),
        sa.UniqueConstraint("year", "number", name=op.f("uq_receipt_year_number")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt")),
    )
    op.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM receipt")
    op.drop_table("receipt")
    op.rename_table(table, "receipt")


# What must never be, refused by the database itself.


def _refuse(name, when, table, condition, message):
    clause = f"WHEN {condition} " if condition else ""
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {when} ON {table} {clause}"
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


def _sum(what, where):
    return f"(SELECT coalesce(sum({what}), 0) FROM {where})"


def _refusals():
    kept = "money in the books is kept"
    edited = "money in the books is never edited"
    _refuse("payer_no_delete", "DELETE", "payer", _NAMED, "a payer in use is kept")
    _refuse("payer_payment_no_delete", "DELETE", "payer_payment", "", kept)
    _refuse(
        "payer_payment_as_taken",
        "UPDATE OF payer_id, received_on, method, fen, taken_by",
        "payer_payment",
        "",
        edited,
    )
    _refuse("payer_cut_no_delete", "DELETE", "payer_cut", "", kept)
    _refuse(
        "payer_cut_as_noted",
        "UPDATE OF payer_id, resident_id, month, kind, day, fen, reason, noted_by",
        "payer_cut",
        "",
        edited,
    )
    _refuse(
        "payer_cut_void_once",
        "UPDATE OF voided_at, void_reason",
        "payer_cut",
        "OLD.voided_at IS NOT NULL OR EXISTS (SELECT 1 FROM bill_line "
        "WHERE payer_id = OLD.payer_id AND for_month = OLD.month "
        "AND kind = 'adjustment' AND json_extract(detail, '$[11].cut') = OLD.id)",
        "a bill names it, or it is void already",
    )
    _refuse(
        "payer_statement_as_sent",
        "UPDATE OF payer_id, month, fen, sheet, sent_on, sent_by",
        "payer_statement",
        "",
        "what was sent is never edited",
    )
    _refuse_more_than_borne()
    _refuse_closed()


_NAMED = " OR ".join(
    f"EXISTS (SELECT 1 FROM {table} WHERE payer_id = OLD.id)"
    for table in ("cover", "bill_line", "payer_payment", "payer_cut", "payer_statement")
)


def _refuse_more_than_borne():
    """Let nothing settle more of a claim than a payer was billed."""
    of_one = "resident_id = NEW.resident_id AND month = NEW.month"
    for table, payer in (
        (
            "payer_share",
            "(SELECT payer_id FROM payer_payment WHERE id = NEW.payer_payment_id)",
        ),
        ("payer_cut", "NEW.payer_id"),
    ):
        borne = _sum(
            "-l.amount_fen",
            "bill_line l JOIN bill b ON b.id = l.bill_id "
            f"WHERE l.payer_id = {payer} AND l.for_month = NEW.month "
            "AND b.resident_id = NEW.resident_id",
        )
        paid = _sum(
            "s.fen",
            "payer_share s JOIN payer_payment p ON p.id = s.payer_payment_id "
            f"WHERE p.payer_id = {payer} AND s.resident_id = NEW.resident_id "
            "AND s.month = NEW.month",
        )
        lost = _sum(
            "fen",
            f"payer_cut WHERE payer_id = {payer} AND {of_one} "
            "AND kind = 'written_off' AND voided_at IS NULL",
        )
        _refuse(
            f"{table}_within",
            "INSERT",
            table,
            f"NEW.fen + {paid} + {lost} > {borne}",
            "more than the payer was billed",
        )
    used = _sum("fen", "payer_share WHERE payer_payment_id = NEW.payer_payment_id")
    _refuse(
        "payer_share_of_payment",
        "INSERT",
        "payer_share",
        f"NEW.fen + {used} > (SELECT CASE WHEN is_void THEN 0 ELSE fen END "
        "FROM payer_payment WHERE id = NEW.payer_payment_id)",
        "more than there is",
    )
    _refuse("payer_share_no_update", "UPDATE", "payer_share", "", "shares are kept")


def _refuse_closed():
    message = "the month is closed"
    for table, day in (("payer_payment", "received_on"), ("payer_cut", "day")):
        name = f"{table}_month_open"
        _refuse(name, "INSERT", table, f"NEW.{day} < {_OPEN_FROM}", message)
    at_the_desk = "method IN ('cash', 'card', 'wechat', 'alipay')"
    sealed = (
        "{} <= (SELECT max(day) FROM day_close WHERE account_id = {} "
        "AND reopened_at IS NULL)"
    )
    _refuse(
        "payer_payment_till_open",
        "INSERT",
        "payer_payment",
        f"NEW.{at_the_desk} AND {sealed.format('NEW.received_on', 'NEW.taken_by')}",
        "the till is closed",
    )
    today = "date(NEW.voided_at, 'localtime')"
    _refuse(
        "receipt_payer_payment_till_open",
        "UPDATE OF voided_at",
        "receipt",
        "EXISTS (SELECT 1 FROM payer_payment m WHERE m.id = OLD.payer_payment_id "
        f"AND m.{at_the_desk} AND {sealed.format(today, 'm.taken_by')})",
        "the till is closed",
    )
    _refuse(
        "receipt_payer_payment_as_issued",
        "UPDATE OF payer_payment_id",
        "receipt",
        "",
        "a receipt is never edited",
    )
