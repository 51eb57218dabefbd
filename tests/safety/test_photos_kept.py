"""A photo is readable nowhere but in the encrypted file of the home."""

import tempfile
from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image

from carehome.db.pictures import PictureRow
from carehome.services.safety.photos import read_picture
from carehome.services.safety.pictures import Pictures, add_picture
from tests.house import DIRECTOR

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
DETAILS, COMMENT, MAKER = 0x8769, 0x9286, 0x010F


@pytest.fixture
def scratch(tmp_path, monkeypatch):
    """The folder for passing files, empty so far."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def photo(tmp_path, scratch):
    path, notes = tmp_path / "IMG_0007.jpg", Image.Exif()
    notes[MAKER] = "WangsPhone"
    notes.get_ifd(DETAILS)[COMMENT] = "Room 301 Wang"
    Image.effect_noise((900, 700), 90).save(path, exif=notes)
    return path


@pytest.fixture
def kept(db, photo):
    """The id of the photo, kept in the home."""
    with db.writing(DIRECTOR, "test") as session:
        return add_picture(session, read_picture(photo), NOW, "王")


def test_a_kept_photo_can_be_looked_at(as_role, kept):
    content = as_role(Pictures).picture(kept).content
    assert Image.open(BytesIO(content)).size == (900, 700)


def test_no_file_of_the_home_shows_the_photo(db, kept, as_role):
    content = as_role(Pictures).picture(kept).content
    pieces = (content[:64], content[5000:5032], content[-64:], b"IMG_0007")
    for path in db.path.parent.glob(f"{db.path.stem}*"):
        written = path.read_bytes()
        assert not any(piece in written for piece in pieces), path.name


def test_no_passing_file_is_left_or_made(kept, scratch):
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize("note", [b"WangsPhone", b"Room 301", b"Exif"])
def test_what_the_camera_noted_is_gone(db, kept, note):
    with db.reading() as session:
        row = session.get_one(PictureRow, kept)
        assert note not in row.content
