"""Item tables in the home: taken over whole, side by side, kept once used."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from openpyxl import load_workbook
from sqlalchemy.exc import IntegrityError

from carehome.db.ratings import (
    RatingConditionRow,
    RatingItemRow,
    RatingScoreRow,
    RatingSelfRow,
    RatingTableRow,
    RatingVerdictRow,
)
from carehome.rules.ratings import presets
from carehome.rules.ratings.grades import Condition, Sense
from carehome.rules.ratings.items import (
    TableNameless,
    TableNameTaken,
    TableWrong,
)
from carehome.rules.rights import NotAllowed, Role
from carehome.services.ratings.conditions import (
    BoundMissing,
    ConditionEmpty,
    GradesUnordered,
    RatingConditions,
)
from carehome.services.ratings.tables import (
    Heading,
    NoFigure,
    PracticeTaken,
    RatingTables,
    SheetTaken,
)
from tests.conftest import ROLES
from tests.ratings.sheets import PART_NAMES, rows_of, write, write_official

DIRECTOR = ROLES[Role.DIRECTOR]
NOW = datetime(2026, 11, 21, 1, 30, tzinfo=UTC).replace(tzinfo=None)
HEADING = Heading("2023版 陕西", "2023版", "陕西", "省民政厅")


@pytest.fixture
def tables(as_role):
    return as_role(RatingTables, Role.DIRECTOR)


@pytest.fixture
def conditions(as_role):
    return as_role(RatingConditions, Role.DIRECTOR)


@pytest.fixture
def official(tmp_path):
    return write_official(tmp_path / "评分表.xlsx", rows_of())


def only(tables):
    (found,) = tables.listed()
    return found


def begin(db, table_id, state="open"):
    """Begin a self-assessment by a table."""
    with db.writing(DIRECTOR, "test") as session:
        row = RatingSelfRow(
            table_id=table_id,
            name="2026年自评",
            starts=date(2026, 1, 1),
            ends=date(2027, 1, 1),
            target_grade=3,
            state=state,
            made_at=NOW,
            made_by="院长",
            submitted_at=NOW if state == "submitted" else None,
        )
        session.add(row)
        session.flush()
        return row.id


def refused(db, deed):
    """Say whether the database itself refuses what `deed` does in a session."""
    try:
        with db.writing(DIRECTOR, "test") as session:
            deed(session)
    except IntegrityError:
        return True
    return False


def test_an_official_sheet_is_taken_over_whole(tables, official):
    tables.take_over(tables.preview(official), HEADING)
    table = only(tables)
    assert (table.name, table.edition, table.region, table.source) == (
        *("2023版 陕西", "2023版", "陕西"),
        "省民政厅",
    )
    assert (len(table.items), table.hundredths, table.stamp) == (100, 100_000, "")
    assert table.marks == presets.usual_lines().marks
    assert table.lines == presets.usual_lines().lines
    assert table.file_name == "评分表.xlsx"


def test_a_sheet_that_is_wrong_leaves_nothing_behind(tables, tmp_path):
    rows = rows_of()
    rows[0][4] = 9
    preview = tables.preview(write(tmp_path / "错.xlsx", rows))
    with pytest.raises(TableWrong):
        tables.take_over(preview, HEADING)
    assert tables.listed() == []


def test_several_editions_stand_side_by_side(tables, official, tmp_path):
    tables.take_over(tables.preview(official), HEADING)
    other = write(tmp_path / "旧.xlsx", rows_of(each=5))
    tables.take_over(tables.preview(other), Heading("试行版"))
    assert [each.name for each in tables.listed()] == ["试行版", "2023版 陕西"]
    assert [len(each.items) for each in tables.listed()] == [200, 100]


def test_two_tables_never_bear_one_name(tables, official, tmp_path):
    tables.take_over(tables.preview(official), HEADING)
    other = write(tmp_path / "旧.xlsx", rows_of(each=5))
    with pytest.raises(TableNameTaken):
        tables.take_over(tables.preview(other), HEADING)


def test_the_same_file_is_not_taken_over_twice(tables, official):
    tables.take_over(tables.preview(official), HEADING)
    with pytest.raises(SheetTaken):
        tables.take_over(tables.preview(official), Heading("再来一次"))


def test_a_table_needs_a_name(tables, official):
    with pytest.raises(TableNameless):
        tables.take_over(tables.preview(official), Heading("  "))


def test_the_practice_table_is_taken_once(tables):
    tables.take_practice()
    assert only(tables).stamp == "示例分值 非官方"
    with pytest.raises(PracticeTaken):
        tables.take_practice()


def test_a_table_out_of_use_stays_and_comes_last(tables, official):
    first = tables.take_over(tables.preview(official), HEADING)
    tables.take_practice()
    tables.set_active(first, True)
    tables.set_active(tables.listed()[0].table_id, False)
    assert [each.is_active for each in tables.listed()] == [True, False]


def test_items_of_an_official_sheet_are_tied_by_their_words(tables, tmp_path):
    rows = rows_of()
    rows[30][3] = "每半年开展消防演练"
    rows[31][3] = "老年人入住率"
    tables.take_over(tables.preview(write(tmp_path / "表.xlsx", rows)), HEADING)
    tied = [item.figure for item in only(tables).items[30:33]]
    assert tied == ["safety.drills", "beds.occupancy", ""]


def test_a_person_has_the_last_say_on_what_tells_an_item(tables):
    tables.take_practice()
    item = only(tables).items[0]
    tables.tie(item.item_id, "beds.total")
    assert only(tables).items[0].figure == "beds.total"


def test_an_item_is_tied_only_to_what_is_counted(tables):
    tables.take_practice()
    with pytest.raises(NoFigure):
        tables.tie(only(tables).items[0].item_id, "beds.unheard")


def test_an_empty_sheet_filled_in_is_read_whole(tables, tmp_path):
    path = tmp_path / "空白.xlsx"
    tables.write_empty(path)
    book = load_workbook(path)
    sheet = book.active
    first = next(row[0].row for row in sheet.iter_rows() if row[0].value == "编号") + 1
    for number, row in enumerate(rows_of()):
        for place, value in enumerate(row, 1):
            sheet.cell(first + number, place, value)
    book.save(path)
    found = tables.preview(path).reading
    assert found.faults == ()
    assert len(found.items) == 100


def test_a_saved_table_reads_back_as_it_was(tables, tmp_path):
    table_id = tables.take_practice()
    path = tmp_path / "练习.xlsx"
    tables.write(table_id, path)
    found = tables.preview(path).reading
    kept = ("code", "part", "section", "name", "hundredths", "method", "evidence")
    assert found.faults == ()
    assert [[getattr(item, name) for name in kept] for item in found.items] == [
        [getattr(item, name) for name in kept] for item in only(tables).items
    ]


def test_a_saved_practice_table_says_that_it_is_not_official(tables, tmp_path):
    path = tmp_path / "练习.xlsx"
    tables.write(tables.take_practice(), path)
    cells = load_workbook(path).active.iter_rows(max_row=6, values_only=True)
    assert "示例分值 非官方" in {row[0] for row in cells}


def test_an_empty_sheet_names_the_parts(tables, tmp_path):
    path = tmp_path / "空白.xlsx"
    tables.write_empty(path)
    (rule,) = load_workbook(path).active.data_validations.dataValidation
    assert rule.formula1 == f'"{",".join(PART_NAMES)}"'


def test_only_some_roles_take_tables_over(as_role):
    with pytest.raises(NotAllowed):
        as_role(RatingTables, Role.FRONT_DESK).take_practice()
    assert as_role(RatingTables, Role.FRONT_DESK).listed() == []


@pytest.mark.parametrize(
    "change",
    [
        lambda s, t: setattr(s.get_one(RatingTableRow, t), "name", "另一张"),
        lambda s, t: setattr(s.get_one(RatingItemRow, 1), "hundredths", 1),
        lambda s, _t: s.delete(s.get_one(RatingItemRow, 1)),
    ],
    ids=["name", "points", "delete"],
)
def test_a_table_that_is_used_never_changes(db, tables, change):
    table_id = tables.take_practice()
    begin(db, table_id)
    assert refused(db, lambda session: change(session, table_id))


def test_a_table_that_is_used_may_still_go_out_of_use_and_be_tied(db, tables):
    table_id = tables.take_practice()
    begin(db, table_id)
    tables.set_active(table_id, False)
    tables.tie(only(tables).items[0].item_id, "beds.total")
    assert (only(tables).is_used, only(tables).is_active) == (True, False)


def test_a_table_takes_no_further_item(db, tables):
    table_id = tables.take_practice()
    item = RatingItemRow(
        table_id=table_id,
        position=999,
        code="9.9.9",
        part="service",
        name="多出来的",
        hundredths=100,
    )
    assert refused(db, lambda session: session.add(item))


def score(self_id, item_id, hundredths):
    judged = None if hundredths is None else NOW
    return RatingScoreRow(
        self_id=self_id, item_id=item_id, hundredths=hundredths, judged_at=judged
    )


def test_no_item_gets_more_points_than_it_has(db, tables):
    self_id = begin(db, tables.take_practice())
    item = only(tables).items[0]
    more = score(self_id, item.item_id, item.hundredths + 1)
    full = score(self_id, item.item_id, item.hundredths)
    assert refused(db, lambda session: session.add(more))
    assert not refused(db, lambda session: session.add(full))


def test_points_go_only_to_items_of_the_own_table(db, tables, official):
    self_id = begin(db, tables.take_practice())
    tables.take_over(tables.preview(official), HEADING)
    item_id = tables.listed()[0].items[0].item_id
    assert refused(db, lambda session: session.add(score(self_id, item_id, None)))


def test_a_submitted_self_assessment_is_sealed(db, tables):
    self_id = begin(db, tables.take_practice(), "submitted")
    item_id = only(tables).items[0].item_id
    assert refused(db, lambda session: session.add(score(self_id, item_id, 100)))
    assert refused(
        db,
        lambda session: setattr(session.get_one(RatingSelfRow, self_id), "note", "改"),
    )
    assert refused(
        db, lambda session: session.delete(session.get_one(RatingSelfRow, self_id))
    )


def test_conditions_of_a_region_are_taken_over_once(conditions):
    assert conditions.take_region("shanghai") == 6
    assert conditions.take_region("shanghai") == 0
    assert conditions.take_region("national") == 24
    assert len(conditions.listed()) == 30


def test_a_condition_stands_as_it_was_read(conditions):
    conditions.take_region("national")
    told = [
        replace(each, condition_id=None, position=0) for each in conditions.listed()
    ]
    assert told == [
        replace(each, position=0) for each in presets.regions()["national"].conditions
    ]


def test_a_condition_is_corrected_in_its_place(conditions):
    conditions.take_region("changsha")
    (known,) = conditions.listed()
    conditions.save(replace(known, text="获评满两年", standing="ours"))
    (found,) = conditions.listed()
    assert (found.condition_id, found.text) == (known.condition_id, "获评满两年")


def judge(db, tables, condition_id):
    self_id = begin(db, tables.take_practice())
    with db.writing(DIRECTOR, "test") as session:
        session.add(
            RatingVerdictRow(
                self_id=self_id,
                condition_id=condition_id,
                holds=True,
                judged_at=NOW,
                judged_by="院长",
            )
        )


def test_a_condition_that_was_judged_goes_out_of_use_when_corrected(
    db, tables, conditions
):
    conditions.take_region("changsha")
    (known,) = conditions.listed()
    judge(db, tables, known.condition_id)
    conditions.save(replace(known, text="获评满两年"))
    assert [(each.text, each.is_active) for each in conditions.listed()] == [
        (known.text, False),
        ("获评满两年", True),
    ]


def test_a_condition_that_was_judged_never_changes(db, tables, conditions):
    conditions.take_region("changsha")
    (known,) = conditions.listed()
    judge(db, tables, known.condition_id)
    assert refused(
        db,
        lambda session: setattr(
            session.get_one(RatingConditionRow, known.condition_id), "text", "改"
        ),
    )


@pytest.mark.parametrize(
    ("condition", "problem"),
    [
        (Condition(" "), ConditionEmpty),
        (Condition("备案", from_grade=4, to_grade=3), GradesUnordered),
        (Condition("备案", figure="beds.total"), BoundMissing),
        (Condition("备案", sense=Sense.AT_LEAST, bound=1), BoundMissing),
        (Condition("备案", figure="x", sense=Sense.AT_LEAST, bound=1), NoFigure),
    ],
)
def test_a_condition_that_cannot_be_judged_is_refused(conditions, condition, problem):
    with pytest.raises(problem):
        conditions.save(condition)


def test_the_moment_of_reading_is_told_with_its_zone(tables, clock):
    tables.take_practice()
    (table,) = tables.listed()
    assert table.added_at == clock()
