"""Reading a roll on screen: columns corrected, faults found, read in, saved, undone."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from carehome import i18n
from carehome.db.base import Base
from carehome.db.beds import BedRow
from carehome.db.database import Database
from carehome.db.residents import GradeChangeRow, ResidentRow
from carehome.rules.roll import Field
from carehome.services.home import Home
from carehome.services.residents import Residents
from carehome.services.rolls import CheckedRoll, Rolls, read_sheets
from carehome.ui.kit import theme
from carehome.ui.kit.dialogs import AskDialog, ConfirmDialog, MessageDialog
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.progress_card import ProgressCard
from carehome.ui.rolls.reader import (
    ADDITIONS,
    CHECK,
    COLUMNS,
    FILE,
    RESULT,
    RollReader,
)

SAMPLE = Path(__file__).parent / "data" / "resident-roll.xlsx"
GOOD, BAD = 46, 14
NUMBERS = 3  # column D, the identity numbers
LEFT = Qt.MouseButton.LeftButton
Key = Qt.Key
As = Callable[..., object]


@pytest.fixture(scope="module", autouse=True)
def _dressed(qapp: QApplication) -> None:
    theme.use(qapp)


@pytest.fixture
def jobs(db: Database) -> Iterator[Jobs]:
    jobs = Jobs()
    db.on_change = jobs.announce
    yield jobs
    jobs.close()


@pytest.fixture
def reader(qtbot: QtBot, as_role: As, jobs: Jobs) -> RollReader:
    """The reading of rolls, in a window that keys reach."""
    widget = RollReader(as_role(Rolls), as_role(Home), jobs)  # type: ignore[arg-type]
    qtbot.addWidget(widget)
    widget.resize(1178, 768)
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)
    qtbot.waitUntil(lambda: not jobs.is_busy)
    return widget


@pytest.fixture
def go(qtbot: QtBot, reader: RollReader) -> Callable[[int], None]:
    """Go forward from the chosen sample to a step, by the button at the foot."""

    def to(step: int) -> None:
        if reader.step == FILE:
            reader.open_file(SAMPLE)
            qtbot.waitUntil(lambda: reader.step == COLUMNS)
        while reader.step < step:
            before = reader.step
            QTest.mouseClick(reader.go_on, LEFT)
            qtbot.waitUntil(lambda before=before: reader.step > before, timeout=20000)

    return to


def drop(reader: RollReader, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    place, plain = reader.file.drop, Qt.KeyboardModifier.NoModifier
    copy = Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(9, 9), copy, data, LEFT, plain)
    QApplication.sendEvent(place, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(place, QDropEvent(QPointF(9, 9), copy, data, LEFT, plain))


def dialog(kind: type[AskDialog]) -> AskDialog | None:
    shown = QApplication.topLevelWidgets()
    found = [one for one in shown if isinstance(one, kind) and one.isVisible()]
    return found[0] if found else None


def texts(one: AskDialog) -> str:
    return " ".join(label.text() for label in one.findChildren(QLabel))


def confirm(qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: dialog(ConfirmDialog) is not None)
    shown = dialog(ConfirmDialog)
    assert shown
    QTest.mouseClick(shown.primary, LEFT)


def save_as(qtbot: QtBot, reader: RollReader, path: Path) -> None:
    qtbot.waitUntil(lambda: reader.findChild(QFileDialog) is not None)
    asked = reader.findChild(QFileDialog)
    assert isinstance(asked, QFileDialog)
    asked.fileSelected.emit(str(path))
    asked.close()
    qtbot.waitUntil(lambda: dialog(MessageDialog) is not None)
    told = dialog(MessageDialog)
    assert told
    QTest.mouseClick(told.primary, LEFT)


def count(db: Database, kind: type[Base]) -> int:
    with db.reading() as session:
        return session.scalar(select(func.count()).select_from(kind)) or 0


def sample(as_role: As) -> tuple[Rolls, CheckedRoll]:
    """Check the sample at another place, with nothing to do with the screen."""
    rolls: Rolls = as_role(Rolls)  # type: ignore[assignment]
    return rolls, rolls.check(SAMPLE.name, read_sheets(SAMPLE))


def tell_column(reader: RollReader, column: int, word: str) -> None:
    choice = reader.columns.columns.choices[column]
    choice.setFocus()
    line = choice.lineEdit()
    assert line
    line.selectAll()
    typed = QInputMethodEvent()
    typed.setCommitString(word)
    QApplication.sendEvent(line, typed)
    QTest.keyClick(line, Key.Key_Return)


def test_nothing_can_go_on_before_a_file_is_chosen(reader: RollReader) -> None:
    assert not reader.go_on.isEnabled()
    assert reader.reason.text() == "请先选择文件"


# Qt has no other constructors for the events of the system's drag and drop.
@pytest.mark.filterwarnings("ignore:Function. 'QD:DeprecationWarning")
def test_a_file_can_be_dropped(qtbot: QtBot, reader: RollReader) -> None:
    drop(reader, SAMPLE)
    qtbot.waitUntil(lambda: reader.step == COLUMNS)
    assert reader.file_name.text() == SAMPLE.name


def test_a_file_can_be_chosen_from_the_keyboard(
    qtbot: QtBot, reader: RollReader
) -> None:
    QTest.keyClick(reader, Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: reader.findChild(QFileDialog) is not None)
    asked = reader.findChild(QFileDialog)
    assert isinstance(asked, QFileDialog)
    asked.fileSelected.emit(str(SAMPLE))
    asked.close()
    qtbot.waitUntil(lambda: reader.step == COLUMNS)


def test_a_file_that_is_no_workbook_is_refused_in_place(
    qtbot: QtBot, reader: RollReader, tmp_path: Path
) -> None:
    path = tmp_path / "花名册.xlsx"
    path.write_text("姓名,身份证号\n", "utf-8")
    reader.open_file(path)
    qtbot.waitUntil(reader.file.error.isVisible)
    assert "另存为" in reader.file.error.text()


def test_a_bad_file_leaves_the_one_before_as_it_was(
    qtbot: QtBot, reader: RollReader, go: Callable[[int], None], tmp_path: Path
) -> None:
    go(CHECK)
    QTest.mouseClick(reader.steps.steps[FILE], LEFT)
    reader.open_file(tmp_path / "fehlt.xlsx")
    qtbot.waitUntil(reader.file.error.isVisible)
    QTest.mouseClick(reader.go_on, LEFT)
    assert reader.columns.columns.choices[NUMBERS].code() == Field.ID_NUMBER


@pytest.mark.qt_log_ignore("does not support")
def test_a_column_that_is_needed_is_asked_for(
    reader: RollReader, go: Callable[[int], None]
) -> None:
    go(COLUMNS)
    tell_column(reader, NUMBERS, "不读入")
    assert "身份证号" in reader.columns.missing.text()
    assert not reader.go_on.isEnabled()


@pytest.mark.qt_log_ignore("does not support")
def test_a_field_told_of_one_column_is_taken_from_the_other(
    reader: RollReader, go: Callable[[int], None]
) -> None:
    go(COLUMNS)
    tell_column(reader, 0, "身份证号码")
    assert reader.columns.columns.choices[0].code() == Field.ID_NUMBER
    assert reader.columns.columns.choices[NUMBERS].code() is None


@pytest.mark.qt_log_ignore("does not support")
def test_what_was_said_of_columns_survives_going_back(
    qtbot: QtBot, reader: RollReader, go: Callable[[int], None]
) -> None:
    go(COLUMNS)
    tell_column(reader, 4, "不读入")
    go(CHECK)
    QTest.keyClick(reader, Key.Key_Escape)
    assert reader.step == COLUMNS
    assert reader.columns.columns.choices[4].code() is None


def test_a_row_that_is_no_title_is_corrected_by_pointing_at_the_right_one(
    reader: RollReader, go: Callable[[int], None]
) -> None:
    go(COLUMNS)
    preview = reader.columns.preview
    preview.go_to(8, 1)
    QTest.mouseClick(reader.columns.point, LEFT)
    assert not reader.go_on.isEnabled()
    preview.go_to(3, 1)
    preview.setFocus()
    QTest.keyClick(preview, Key.Key_Return)
    assert reader.go_on.isEnabled()


def test_of_several_sheets_another_can_be_chosen(
    qtbot: QtBot, reader: RollReader, tmp_path: Path
) -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name in ("在住", "旧表"):
        book.create_sheet(name).append(["姓名", "身份证号", "入住日期", name])
    book.save(tmp_path / "两张.xlsx")
    reader.open_file(tmp_path / "两张.xlsx")
    qtbot.waitUntil(lambda: reader.step == COLUMNS)
    sheets = reader.columns.sheets
    assert sheets.isVisible()
    QTest.keyClick(sheets, Key.Key_Down)
    assert reader.columns.preview.sheet.part
    assert reader.columns.preview.sheet.part.sheet.name == "旧表"


def test_figures_tell_how_many_rows_are_good(
    reader: RollReader, go: Callable[[int], None]
) -> None:
    go(CHECK)
    assert reader.check.good.text() == f"{GOOD} 行可读入"
    assert reader.check.bad.text() == f"{BAD} 行要改"


def test_f8_goes_from_fault_to_fault(
    reader: RollReader, go: Callable[[int], None]
) -> None:
    go(CHECK)
    sheet = reader.check.sheet
    stood = [standing(reader)]
    for _ in range(2):
        QTest.keyClick(sheet, Key.Key_F8)
        stood.append(standing(reader))
    assert stood == [(6, 2), (7, 3), (10, 3)]


def standing(reader: RollReader) -> tuple[int, int]:
    index = reader.check.sheet.currentIndex()
    return reader.check.sheet.sheet.number(index.row()), index.column()


def test_a_click_on_a_fault_shows_its_cell_and_why(
    reader: RollReader, go: Callable[[int], None]
) -> None:
    go(CHECK)
    faults = reader.check.list
    fifth = faults.visualRect(faults.list.index(4)).center()
    QTest.mouseClick(faults.viewport(), LEFT, pos=fifth)
    assert standing(reader) == (22, 3)
    tip = reader.check.sheet.currentIndex().data(Qt.ItemDataRole.ToolTipRole)
    assert "校验位" in tip


def test_only_rows_to_correct_are_shown_when_wanted(
    reader: RollReader, go: Callable[[int], None]
) -> None:
    go(CHECK)
    QTest.mouseClick(reader.check.only_faulty, LEFT, pos=QPoint(9, 9))
    assert reader.check.sheet.sheet.rowCount() == BAD


def test_a_file_corrected_in_excel_is_read_again(
    qtbot: QtBot, reader: RollReader, tmp_path: Path
) -> None:
    path = tmp_path / "花名册.xlsx"
    book = load_workbook(SAMPLE)
    book.save(path)
    reader.open_file(path)
    qtbot.waitUntil(lambda: reader.step == COLUMNS)
    QTest.mouseClick(reader.go_on, LEFT)
    qtbot.waitUntil(lambda: reader.step == CHECK)
    book.worksheets[0].cell(6, 3).value = "女"
    book.save(path)
    QTest.keyClick(reader.check.sheet, Key.Key_F5)
    qtbot.waitUntil(lambda: reader.check.bad.text() == f"{BAD - 1} 行要改")


def test_nothing_is_stored_before_the_last_step(
    db: Database, go: Callable[[int], None]
) -> None:
    go(ADDITIONS)
    assert (count(db, ResidentRow), count(db, BedRow)) == (0, 0)


def test_in_english_too_it_is_summed_up_what_will_be_read_in(
    reader: RollReader, go: Callable[[int], None]
) -> None:
    i18n.use("en")
    go(ADDITIONS)
    assert reader.additions.summary.text().startswith(f"Read in: {GOOD} residents; ")


def test_beds_are_made_with_the_class_that_was_chosen(
    db: Database, reader: RollReader, go: Callable[[int], None]
) -> None:
    go(ADDITIONS)
    reader.additions.all_class.setFocus()
    QTest.keyClick(reader.additions.all_class, Key.Key_Down)
    QTest.mouseClick(reader.additions.set_all, LEFT)
    go(RESULT)
    with db.reading() as session:
        classes = set(session.scalars(select(BedRow.bed_class)))
    assert (count(db, BedRow), classes) == (GOOD, {"B"})


def test_a_doubtful_grade_is_read_as_it_was_confirmed(
    as_role: As, db: Database, reader: RollReader, go: Callable[[int], None]
) -> None:
    words = [row.grade_word for row in sample(as_role)[1].roll.good]
    go(ADDITIONS)
    choice = reader.additions.grades.choices["介助"]
    choice.setFocus()
    while choice.code() != "self_care":
        QTest.keyClick(choice, Key.Key_Up)
    go(RESULT)
    with db.reading() as session:
        grades = list(session.scalars(select(GradeChangeRow.grade)))
    assert grades.count("self_care") == words.count("介助") + words.count("自理")


def test_good_rows_live_in_the_home_afterwards(
    as_role: As, db: Database, go: Callable[[int], None], reader: RollReader
) -> None:
    go(RESULT)
    assert reader.result.figure.number.text() == str(GOOD)
    residents: Residents = as_role(Residents)  # type: ignore[assignment]
    assert residents.find("阳玉珍")
    assert count(db, ResidentRow) == GOOD


def test_the_rest_is_saved_with_reasons_and_can_be_read_again(
    qtbot: QtBot, reader: RollReader, go: Callable[[int], None], tmp_path: Path
) -> None:
    go(RESULT)
    path = tmp_path / "待更正.xlsx"
    QTest.mouseClick(reader.result.save, LEFT)
    save_as(qtbot, reader, path)
    page = load_workbook(path).worksheets[0]
    reasons = [row[-1].value for row in page.iter_rows(min_row=2)]
    assert (len(reasons), all(reasons)) == (BAD, True)
    QTest.mouseClick(reader.go_on, LEFT)
    reader.open_file(path)
    qtbot.waitUntil(lambda: reader.step == COLUMNS)
    go(CHECK)
    assert reader.check.bad.text() == f"{BAD} 行要改"


def test_the_reading_is_undone_as_one_step(
    qtbot: QtBot, db: Database, reader: RollReader, go: Callable[[int], None]
) -> None:
    go(RESULT)
    QTest.mouseClick(reader.result.undo, LEFT)
    with qtbot.waitSignal(reader.told, timeout=20000) as told:
        confirm(qtbot)
    assert "已撤销" in told.args[0]
    qtbot.waitUntil(lambda: reader.step == CHECK, timeout=20000)
    assert (count(db, ResidentRow), count(db, BedRow)) == (0, 0)


def test_an_earlier_reading_is_undone_from_the_list(
    qtbot: QtBot, db: Database, reader: RollReader, go: Callable[[int], None]
) -> None:
    go(RESULT)
    with qtbot.waitSignal(reader.left):
        QTest.mouseClick(reader.go_on, LEFT)
    earlier = reader.file.earlier
    qtbot.waitUntil(lambda: len(earlier.table.rows) == 1)
    earlier.setFocus()
    QTest.keyClick(earlier, Key.Key_Down)
    QTest.mouseClick(reader.file.undo, LEFT)
    confirm(qtbot)
    qtbot.waitUntil(lambda: earlier.table.rows[0].is_undone, timeout=20000)
    assert count(db, ResidentRow) == 0


def test_a_reading_on_which_later_work_stands_is_not_undone(
    qtbot: QtBot,
    as_role: As,
    db: Database,
    reader: RollReader,
    go: Callable[[int], None],
) -> None:
    go(RESULT)
    residents: Residents = as_role(Residents)  # type: ignore[assignment]
    someone = residents.find("阳玉珍")[0].resident_id
    residents.set_grade(someone, "special", date(2026, 11, 21), "变化", "女儿")
    QTest.mouseClick(reader.result.undo, LEFT)
    confirm(qtbot)
    qtbot.waitUntil(lambda: dialog(MessageDialog) is not None)
    told = dialog(MessageDialog)
    assert told
    assert "后来的记录" in texts(told)
    QTest.mouseClick(told.primary, LEFT)
    assert count(db, ResidentRow) == GOOD


def test_a_reading_that_is_stopped_leaves_the_home_as_it_was(
    qtbot: QtBot,
    db: Database,
    jobs: Jobs,
    reader: RollReader,
    go: Callable[[int], None],
) -> None:
    go(ADDITIONS)
    card = ProgressCard(jobs, reader)
    with qtbot.waitSignal(jobs.stopped, timeout=20000):
        QTest.mouseClick(reader.go_on, LEFT)
        card.show()
        card.adjustSize()  # as the window does that it floats on
        QTest.mouseClick(card.cancel, LEFT)
    assert reader.step == ADDITIONS
    assert count(db, ResidentRow) == 0


def test_escape_goes_back_step_by_step_and_out(
    qtbot: QtBot, reader: RollReader, go: Callable[[int], None]
) -> None:
    go(ADDITIONS)
    for step in (CHECK, COLUMNS, FILE):
        QTest.keyClick(reader, Key.Key_Escape)
        assert reader.step == step
    with qtbot.waitSignal(reader.left):
        QTest.keyClick(reader, Key.Key_Escape)


def test_every_step_is_gone_by_keys_alone(
    qtbot: QtBot, reader: RollReader, go: Callable[[int], None]
) -> None:
    go(COLUMNS)
    for step in (CHECK, ADDITIONS, RESULT):
        focus = QApplication.focusWidget() or reader
        QTest.keyClick(focus, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda step=step: reader.step == step, timeout=20000)


def test_a_home_changed_meanwhile_is_asked_again(
    qtbot: QtBot,
    as_role: As,
    reader: RollReader,
    go: Callable[[int], None],
    jobs: Jobs,
) -> None:
    go(CHECK)
    other, checked = sample(as_role)
    other.read_in(checked, checked.new_beds)
    qtbot.waitUntil(lambda: reader.check.good.text() == "0 行可读入", timeout=20000)
    assert not reader.go_on.isEnabled()
