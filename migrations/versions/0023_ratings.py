"""Star rating: item tables, conditions, self-assessments, evidence, plan, awards."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

STANDINGS = "'in force', 'draft', 'ours'"
SURENESS = "'read', 'second_hand', 'remembered', 'ours'"
PARTS = "'environment', 'facilities', 'management', 'service'"


def upgrade():
    _tables()
    _conditions()
    _assessments()
    _evidence()
    _around()
    _keep_used_tables()
    _keep_used_conditions()
    _fit_items()
    _seal_submitted()


def _tables():
    _table(
        "rating_table",
        sa.Column("preset", sa.String(), nullable=True),
        _text("name"),
        *(_text("edition"), _text("region"), _text("source"), _text("standing")),
        *(_text("note"), _text("file_name"), _text("sha256")),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        *_made("added"),
        checks={
            "standing_known": f"standing IN ({STANDINGS})",
            "name_given": "length(trim(name)) > 0",
            "size_sane": "size >= 1",
        },
        unique=(("preset",), ("name",)),
    )
    _table(
        "rating_line",
        *(_number("table_id"), _number("grade")),
        *(_number("hundredths"), _number("percent")),
        checks={
            "grade_sane": "grade BETWEEN 1 AND 5",
            "hundredths_sane": "hundredths BETWEEN 0 AND 100000",
            "percent_sane": "percent BETWEEN 0 AND 100",
        },
        unique=(("table_id", "grade"),),
        points_at={"table_id": "rating_table"},
    )
    _table(
        "rating_item",
        *(_number("table_id"), _number("position"), _text("code"), _text("part")),
        *(_text("section"), _text("name"), _number("hundredths"), _text("method")),
        *(_text("evidence"), _text("figure"), _maybe("effort")),
        checks={
            "part_known": f"part IN ({PARTS})",
            "code_given": "length(trim(code)) > 0",
            "name_given": "length(trim(name)) > 0",
            "hundredths_sane": "hundredths BETWEEN 1 AND 100000",
            "effort_sane": "effort BETWEEN 1 AND 5",
        },
        unique=(("table_id", "position"), ("table_id", "code")),
        points_at={"table_id": "rating_table"},
    )


def _conditions():
    _table(
        "rating_condition",
        sa.Column("preset", sa.String(), nullable=True),
        *(_text("region"), _number("position"), _text("kind"), _text("text")),
        *(_number("from_grade"), _number("to_grade"), _text("figure")),
        *(_text("sense"), _maybe("numerator"), _maybe("denominator")),
        *(_maybe("months"), _text("standing"), _text("sureness"), _text("source")),
        _text("note"),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        *_made("made"),
        checks={
            "kind_known": "kind IN ('requirement', 'bar')",
            "sense_known": "sense IN ('', 'at_least', 'at_most')",
            "standing_known": f"standing IN ({STANDINGS})",
            "sureness_known": f"sureness IN ({SURENESS})",
            "text_given": "length(trim(text)) > 0",
            "grades_sane": "1 <= from_grade AND from_grade <= to_grade "
            "AND to_grade <= 5",
            "countable_whole": "(sense = '') = (numerator IS NULL) AND "
            "(sense = '') = (denominator IS NULL) AND (sense = '') = (figure = '')",
            "numerator_sane": "numerator >= 0",
            "denominator_sane": "denominator >= 1",
            "months_sane": "months BETWEEN 1 AND 120",
        },
        unique=(("preset",),),
    )


def _assessments():
    _table(
        "rating_self",
        *(_number("table_id"), _text("name")),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        *(_number("target_grade"), _text("state"), _maybe("carried_from")),
        _text("note"),
        *_made("made"),
        sa.Column("submitted_at", sa.DateTime(), nullable=True),
        _text("submitted_by"),
        checks={
            "state_known": "state IN ('open', 'submitted')",
            "ends_after_start": "ends > starts",
            "name_given": "length(trim(name)) > 0",
            "target_grade_sane": "target_grade BETWEEN 1 AND 5",
            "submitted_whole": "(state = 'submitted') = (submitted_at IS NOT NULL)",
            "carried_from_another": "carried_from <> id",
        },
        points_at={"table_id": "rating_table", "carried_from": "rating_self"},
        index=("table_id",),
    )
    _table(
        "rating_score",
        *(_number("self_id"), _number("item_id"), _maybe("hundredths")),
        *(_text("reason"), _text("method"), _text("evidence"), _text("counted")),
        *(_maybe("effort"), _maybe("staff_id"), _text("staff_name")),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("judged_at", sa.DateTime(), nullable=True),
        _text("judged_by"),
        checks={
            "hundredths_sane": "hundredths >= 0",
            "effort_sane": "effort BETWEEN 1 AND 5",
            "judged_whole": "(hundredths IS NULL) = (judged_at IS NULL)",
        },
        unique=(("self_id", "item_id"),),
        points_at={
            "self_id": "rating_self",
            "item_id": "rating_item",
            "staff_id": "staff_member",
        },
        index=("item_id",),
    )
    _table(
        "rating_verdict",
        *(_number("self_id"), _number("condition_id")),
        sa.Column("holds", sa.Boolean(), nullable=True),
        sa.Column("is_counted", sa.Boolean(), nullable=False),
        *(_text("value"), _text("reason")),
        *_made("judged"),
        unique=(("self_id", "condition_id"),),
        points_at={"self_id": "rating_self", "condition_id": "rating_condition"},
        index=("condition_id",),
    )


def _evidence():
    _table(
        "rating_content",
        *(_text("sha256"), _number("size")),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        checks={
            "size_sane": "size BETWEEN 1 AND 20971520",
            "content_whole": "length(content) = size",
        },
        unique=(("sha256",),),
    )
    _table(
        "rating_file",
        *(_number("self_id"), _maybe("item_id"), _number("number"), _text("title")),
        *(_text("file_name"), _number("content_id"), _maybe("pages")),
        *_made("added"),
        checks={
            "number_sane": "number >= 1",
            "pages_sane": "pages >= 1",
            "title_given": "length(trim(title)) > 0",
        },
        unique=(("self_id", "number"),),
        points_at={
            "self_id": "rating_self",
            "item_id": "rating_item",
            "content_id": "rating_content",
        },
        index=("item_id", "content_id"),
    )


def _around():
    """The plan, the grades that were given, and what left the program."""
    _table(
        "rating_step",
        *(_number("self_id"), _maybe("item_id"), _maybe("condition_id")),
        *(_text("text"), _number("gain"), _maybe("staff_id"), _text("staff_name")),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        _text("note"),
        *_made("made"),
        checks={"text_given": "length(trim(text)) > 0", "gain_sane": "gain >= 0"},
        points_at={
            "self_id": "rating_self",
            "item_id": "rating_item",
            "condition_id": "rating_condition",
            "staff_id": "staff_member",
        },
        index=("self_id", "item_id", "condition_id"),
    )
    _table(
        "rating_award",
        _number("grade"),
        sa.Column("awarded_on", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        *(_text("number"), _text("office"), _text("note")),
        *(_maybe("content_id"), _text("file_name")),
        *_made("made"),
        checks={
            "grade_sane": "grade BETWEEN 1 AND 5",
            "last_day_last": "last_day >= awarded_on",
        },
        points_at={"content_id": "rating_content"},
    )
    _table(
        "rating_export",
        _number("self_id"),
        *_made("made"),
        sa.Column("told", sa.JSON(), nullable=False),
        points_at={"self_id": "rating_self"},
        index=("self_id",),
    )


def _keep_used_tables():
    """An item table that a self-assessment is made by stays; only its use may end."""
    fixed = (
        "id, preset, name, edition, region, source, standing, note, file_name, "
        "sha256, size, added_at, added_by"
    )
    # What an item is tied to is the home's own affair and may change.
    asked = "id, table_id, position, code, part, section, name, hundredths, method"
    words = "an item table that is used stays"
    for table, key, columns in (
        ("rating_table", "id", f" OF {fixed}"),
        ("rating_line", "table_id", ""),
        ("rating_item", "table_id", f" OF {asked}"),
    ):
        used = f"EXISTS (SELECT 1 FROM rating_self WHERE table_id = OLD.{key})"
        _trigger(f"{table}_used_update", f"UPDATE{columns} ON {table}", used, words)
        _trigger(f"{table}_used_delete", f"DELETE ON {table}", used, words)
    full = (
        "(SELECT count(*) FROM rating_item WHERE table_id = NEW.table_id) >= "
        "(SELECT size FROM rating_table WHERE id = NEW.table_id)"
    )
    _trigger(
        *("rating_item_full", "INSERT ON rating_item", full),
        "the item table is complete",
    )


def _keep_used_conditions():
    """A condition that was judged stays as it read then; only its use may end."""
    fixed = (
        "id, preset, region, kind, text, from_grade, to_grade, figure, sense, "
        "numerator, denominator, months, standing, sureness, source"
    )
    used = "EXISTS (SELECT 1 FROM rating_verdict WHERE condition_id = OLD.id)"
    for deed in (f"UPDATE OF {fixed}", "DELETE"):
        _trigger(
            f"rating_condition_used_{deed[:6].lower()}",
            f"{deed} ON rating_condition",
            used,
            "a condition that was judged stays",
        )


def _fit_items():
    """Points and files go to items of the own table, and never beyond the full mark."""
    for table in ("rating_score", "rating_file"):
        for deed in ("INSERT", "UPDATE"):
            _trigger(
                f"{table}_item_{deed.lower()}",
                f"{deed} ON {table}",
                "(SELECT table_id FROM rating_item WHERE id = NEW.item_id) <> "
                "(SELECT table_id FROM rating_self WHERE id = NEW.self_id)",
                "the item belongs to another table",
            )
    for deed in ("INSERT", "UPDATE"):
        _trigger(
            f"rating_score_full_{deed.lower()}",
            f"{deed} ON rating_score",
            "NEW.hundredths > "
            "(SELECT hundredths FROM rating_item WHERE id = NEW.item_id)",
            "more points than the item has",
        )


def _seal_submitted():
    """What was submitted stays whole: its scores, its verdicts and its files."""
    words = "a submitted self-assessment is sealed"
    for deed in ("UPDATE", "DELETE"):
        _trigger(
            f"rating_self_sealed_{deed.lower()}",
            f"{deed} ON rating_self",
            "OLD.state = 'submitted'",
            words,
        )
    for table in ("rating_score", "rating_verdict", "rating_file"):
        for deed, rows in (
            ("INSERT", ("NEW",)),
            ("UPDATE", ("OLD", "NEW")),
            ("DELETE", ("OLD",)),
        ):
            whose = ", ".join(f"{row}.self_id" for row in rows)
            _trigger(
                f"{table}_sealed_{deed.lower()}",
                f"{deed} ON {table}",
                "EXISTS (SELECT 1 FROM rating_self WHERE state = 'submitted' "
                f"AND id IN ({whose}))",
                words,
            )


def _trigger(name, deed, condition, words):
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {deed} WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
    )


def _table(name, *columns, checks=None, unique=(), points_at=None, index=()):
    """Make a table with an id, its constraints named as the program names them."""
    op.create_table(
        name,
        _number("id"),
        *columns,
        *(
            sa.CheckConstraint(condition, name=op.f(f"ck_{name}_{check}"))
            for check, condition in (checks or {}).items()
        ),
        *(
            sa.UniqueConstraint(*each, name=op.f(f"uq_{name}_{'_'.join(each)}"))
            for each in unique
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{other}.id"], name=op.f(f"fk_{name}_{column}")
            )
            for column, other in (points_at or {}).items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    for column in index:
        op.create_index(op.f(f"ix_{name}_{column}"), name, [column])


def _text(name):
    return sa.Column(name, sa.String(), nullable=False)


def _number(name):
    return sa.Column(name, sa.Integer(), nullable=False)


def _maybe(name):
    return sa.Column(name, sa.Integer(), nullable=True)


def _made(deed):
    """Return when and by whom a record was made, judged or added."""
    return (
        sa.Column(f"{deed}_at", sa.DateTime(), nullable=False),
        _text(f"{deed}_by"),
    )
