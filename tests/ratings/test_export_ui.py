"""The tab of the submission folder, through real keys and clicks."""
# ruff: noqa: F811 - fixtures are imported and named again where they are used

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QToolButton

from carehome.rules.periods import Period
from carehome.rules.rights import Role
from carehome.services.ratings.assessments import NewSelf, SelfAssessments
from carehome.services.ratings.evidence import RatingEvidence
from carehome.services.ratings.tables import Heading, RatingTables
from carehome.ui.kit.dialogs import MessageDialog
from carehome.ui.parts.hand import Hand
from carehome.ui.ratings.export import ExportTab
from tests.conftest import ROLES
from tests.kit.conftest import _dressed, jobs, shown  # noqa: F401 - fixtures
from tests.ratings.sheets import rows_of, write

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def practising(as_role):
    return begin(as_role, as_role(RatingTables).take_practice())


@pytest.fixture
def begun(as_role, tmp_path):
    """One by an official table, none of whose items the program counts."""
    tables = as_role(RatingTables)
    preview = tables.preview(write(tmp_path / "table.xlsx", rows_of()))
    return begin(as_role, tables.take_over(preview, Heading("2026版")))


def begin(as_role, table_id):
    year = Period(date(2026, 1, 1), date(2027, 1, 1))
    return as_role(SelfAssessments).begin(NewSelf("2026年自评", table_id, year, 3))


@pytest.fixture
def open_tab(db, clock, jobs, shown, qtbot):
    def make(role=Role.DIRECTOR):
        db.on_change = jobs.announce
        user = ROLES[role]

        def service(kind):
            return kind(db, user, clock)

        tab = ExportTab(Hand(service, jobs, user, clock, lambda _id: None))
        tab.resize(1180, 700)
        with qtbot.waitSignal(tab.read):
            shown(tab)
        return tab

    return make


def test_without_a_self_assessment_nothing_can_be_exported(open_tab):
    tab = open_tab()
    assert not tab.export.isEnabled()
    assert tab.bar.note.text() == "还没有开始自评。"


def test_the_tab_says_what_goes_in_and_what_is_missing(practising, open_tab):
    tab = open_tab()
    assert "示例分值 非官方" in tab.stamp.text()
    assert tab.gaps.table.rows
    items = {gap.item.code for _at, gap in tab.gaps.table.rows if gap.item}
    assert f"{len(items)} 项" in tab.bar.note.text()


def test_a_gap_leads_to_its_item(begun, open_tab, qtbot):
    tab = open_tab()
    row = next(row for row in tab.gaps.table.rows if row[1].item)
    tab.gaps.select(row[0])
    tab.gaps.setFocus()
    with qtbot.waitSignal(tab.wanted) as wanted:
        QTest.keyClick(tab.gaps, Qt.Key.Key_Return)
    assert wanted.args == ["Self-assessment", (begun, row[1].item.item_id)]


def test_the_folder_is_made_where_the_person_says(begun, open_tab, qtbot, tmp_path):
    tab = open_tab()
    place = tmp_path / "out"
    place.mkdir()
    QTest.mouseClick(tab.export, LEFT)
    dialog = tab.findChild(QFileDialog)
    with qtbot.waitSignal(tab.made, timeout=60_000) as made:
        dialog.fileSelected.emit(str(place))
    assert [each.name for each in place.iterdir()] == [made.args[0].name]
    dialog.reject()


def test_stopping_says_that_no_file_was_left(begun, open_tab, qtbot, jobs, tmp_path):
    tab = open_tab()
    place = tmp_path / "out"
    place.mkdir()
    with qtbot.waitSignal(tab.told, timeout=60_000) as told:
        tab.write(str(place))
        qtbot.waitUntil(lambda: jobs.progress is not None)
        jobs.progress.cancel()
    assert told.args == ["已停止，没有留下任何文件。"]
    assert list(place.iterdir()) == []


def test_after_an_export_the_tab_says_when_it_was(begun, open_tab, qtbot, tmp_path):
    tab = open_tab()
    with qtbot.waitSignals([tab.made, tab.read], timeout=60_000):
        tab.write(str(tmp_path))
    QTest.keyClick(tab.which, Qt.Key.Key_2)
    assert tab.changes.isVisible()
    assert tab.changes.table.rows == []


def test_who_may_not_change_ratings_sees_no_button(begun, open_tab):
    tab = open_tab(Role.FRONT_DESK)
    assert tab.export.isHidden()


def test_files_of_the_whole_are_attached_and_taken_away_here(
    begun, open_tab, as_role, qtbot, tmp_path
):
    licence = tmp_path / "licence.png"
    QImage(40, 30, QImage.Format.Format_RGB32).save(str(licence))
    tab = open_tab()
    tab.which.setFocus()
    QTest.keyClick(tab.which, Qt.Key.Key_3)
    tab.whole.files.take_files([str(licence)])
    evidence = as_role(RatingEvidence)
    qtbot.waitUntil(tab.whole.files.list.isVisible)
    assert [each.title for each in evidence.of_whole(begun)] == ["licence"]
    remove = tab.whole.files.list.findChild(QToolButton)
    QTest.mouseClick(remove, LEFT)
    qtbot.waitUntil(tab.whole.files.list.isHidden)
    assert evidence.of_whole(begun) == ()


def test_a_paper_that_is_none_is_refused_and_nothing_attached(
    begun, open_tab, as_role, qtbot, tmp_path
):
    letter = tmp_path / "letter.docx"
    letter.write_bytes(b"PK not a photo")
    tab = open_tab()
    tab.whole.files.take_files([str(letter)])
    qtbot.waitUntil(lambda: tab.findChild(MessageDialog) is not None)
    assert as_role(RatingEvidence).of_whole(begun) == ()
