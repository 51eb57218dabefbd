"""Photos on the screen: added in every way people know, shown small, looked at large."""

import json
from io import BytesIO

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from carehome.rules.safety.hazards import MOST_PICTURES
from carehome.ui.kit import theme
from carehome.ui.kit.fields import TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.safety.photo_field import PhotosField
from carehome.ui.safety.photo_thumb import Thumb
from carehome.ui.safety.photo_viewer import Photo, PhotoViewer

CLICK = Qt.MouseButton.LeftButton


@pytest.fixture
def jobs(qapp):
    theme.use(qapp)
    made = Jobs()
    yield made
    made.close()


@pytest.fixture
def form(qtbot, jobs):
    """A form with a line of text and the photos, in sight."""
    window = QWidget()
    made = Form()
    made.add("what", TextField("What", needed=False))
    made.add("photos", PhotosField("Photos", jobs))
    QVBoxLayout(window).addWidget(made)
    qtbot.addWidget(window)
    window.resize(700, 400)
    window.show()
    qtbot.waitExposed(window)
    made.test_window = window
    return made


@pytest.fixture
def field(form):
    return form.fields["photos"]


@pytest.fixture
def files(tmp_path):
    """Make so many photos: files(3)."""

    def make(count):
        paths = [tmp_path / f"IMG_{number}.jpg" for number in range(count)]
        for number, path in enumerate(paths):
            Image.new("RGB", (40, 30), (number * 20, 0, 0)).save(path)
        return paths

    return make


def given(paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def wait_for(qtbot, field, count):
    qtbot.waitUntil(lambda: len(field.value() or ()) == count)


def test_several_photos_are_dropped_at_once(qtbot, field, files):
    data = given(files(3))
    action, key = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    drop = QDropEvent(QPointF(5, 5), action, data, CLICK, key)
    field.dropEvent(drop)
    wait_for(qtbot, field, 3)
    assert [each.name for each in field.value()] == [f"IMG_{n}.jpg" for n in range(3)]


def test_a_copied_picture_is_pasted_from_a_line_of_text(qtbot, form, field):
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(picture)
    what = form.fields["what"].input
    what.setFocus()
    qtbot.keyClick(what, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    wait_for(qtbot, field, 1)
    shown = Image.open(BytesIO(field.value()[0].content))
    assert (shown.size, shown.getpixel((5, 5))[0] > 200) == ((40, 30), True)


def test_copied_words_are_still_pasted_as_words(qtbot, form, field):
    QGuiApplication.clipboard().setText("已清走")
    what = form.fields["what"].input
    what.setFocus()
    qtbot.keyClick(what, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert (what.text(), field.value()) == ("已清走", ())


def test_a_broken_photo_is_told_and_the_others_stay(qtbot, field, files, tmp_path):
    torn = tmp_path / "torn.jpg"
    torn.write_bytes(b"\xff\xd8\xff\xe0")
    first, second = files(2)
    field.add_files([first, torn, second])
    wait_for(qtbot, field, 2)
    assert "torn.jpg" in field.error


def test_one_and_the_same_photo_is_taken_once(qtbot, form, field, files):
    (path,) = files(1)
    field.add_files([path, path])
    qtbot.waitUntil(lambda: not form.reason())  # both are read
    assert len(field.value()) == 1


def test_too_many_photos_are_refused_beside_the_field(qtbot, field, files):
    field.add_files(files(MOST_PICTURES + 1))
    assert str(MOST_PICTURES) in field.error
    wait_for(qtbot, field, MOST_PICTURES)


def test_while_photos_are_read_nothing_is_saved(qtbot, form, field, files):
    field.add_files(files(1))
    assert form.reason()
    qtbot.waitUntil(lambda: not form.reason())


def test_a_photo_is_taken_away_by_a_key(qtbot, field, files):
    field.add_files(files(2))
    wait_for(qtbot, field, 2)
    thumb = field.findChildren(Thumb)[0]
    qtbot.keyClick(thumb.picture, Qt.Key.Key_Delete)
    assert [each.name for each in field.value()] == ["IMG_1.jpg"]


def test_a_photo_that_comes_leaves_the_others_and_the_focus(qtbot, field, files):
    first, second = files(2)
    field.add_files([first])
    wait_for(qtbot, field, 1)
    (thumb,) = field.findChildren(Thumb)
    thumb.picture.setFocus()
    field.add_files([second])
    wait_for(qtbot, field, 2)
    assert field.window().focusWidget() is thumb.picture
    assert [each.picture.toolTip() for each in field.findChildren(Thumb)] == [
        "IMG_0.jpg",
        "IMG_1.jpg",
    ]


def test_what_was_chosen_is_there_again(qtbot, field, files):
    field.add_files(files(2))
    wait_for(qtbot, field, 2)
    kept = field.raw()
    field.set_value(None)
    field.set_raw(kept)
    wait_for(qtbot, field, 2)


def test_what_was_pasted_is_there_again(qtbot, form, field):
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(picture)
    field.paste()
    wait_for(qtbot, field, 1)
    pasted = field.value()
    draft = json.loads(json.dumps(form.typed()))
    field.set_value(None)
    form.type_again(draft)
    assert field.value() == pasted


def test_a_small_photo_opens_the_large_one(qtbot, form, field, files):
    field.add_files(files(2))
    wait_for(qtbot, field, 2)
    qtbot.mouseClick(field.findChildren(Thumb)[1].picture, CLICK)
    viewer = field.findChild(PhotoViewer)
    assert viewer.left.words.text() == "IMG_1.jpg"


@pytest.fixture
def viewer(qtbot, form):
    """Two photos of before the work and one of after it."""
    out = BytesIO()
    Image.new("RGB", (40, 30)).save(out, "JPEG")
    content = out.getvalue()
    photos = [
        Photo(content, "before 1", True),
        Photo(content, "before 2", True),
        Photo(content, "after"),
    ]
    made = PhotoViewer(photos, 0, form.test_window)
    made.open()
    return made


def words(viewer):
    views = (viewer.left, viewer.right)
    return [view.words.text() for view in views if view.isVisible()]


def test_arrows_turn_over_the_photos(qtbot, viewer):
    qtbot.keyClick(viewer, Qt.Key.Key_Right)
    qtbot.keyClick(viewer, Qt.Key.Key_Right)
    qtbot.keyClick(viewer, Qt.Key.Key_Right)
    assert words(viewer) == ["after"]
    qtbot.keyClick(viewer, Qt.Key.Key_Left)
    assert words(viewer) == ["before 2"]


def test_before_and_after_lie_side_by_side(qtbot, viewer):
    qtbot.mouseClick(viewer.pairs, CLICK)
    assert words(viewer) == ["before 1", "after"]
    qtbot.keyClick(viewer, Qt.Key.Key_Right)
    assert words(viewer) == ["before 2", "after"]
