import os
import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from carehome.services.safety.photos import (
    MOST_KEPT_BYTES,
    PictureBroken,
    PictureKind,
    PictureOfApple,
    PictureTooBig,
    PictureUnreadable,
    read_picture,
)

ORIENTATION, DETAILS, TAKEN, PLACE = 0x0112, 0x8769, 0x9003, 0x8825


def noise(width: int, height: int) -> Image.Image:
    return Image.frombytes("RGB", (width, height), os.urandom(width * height * 3))


def kept(path: Path) -> Image.Image:
    return Image.open(BytesIO(read_picture(path).content))


@pytest.fixture(scope="session")
def phone_photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A photo of 12 MB, lying on its side, that knows where and when."""
    path = tmp_path_factory.mktemp("phone") / "IMG_20261121_091500.jpg"
    photo = noise(400, 300).resize((4000, 3000))
    photo.paste("red", (0, 0, 4000, 300))
    notes = Image.Exif()
    notes[ORIENTATION] = 6  # the top of the file is the right side of the picture
    notes.get_ifd(DETAILS)[TAKEN] = "2026:11:21 09:15:00"
    notes.get_ifd(PLACE)[1] = "N"
    photo.save(path, "JPEG", exif=notes)
    with path.open("ab") as file:
        file.write(bytes(max(0, 12_000_000 - path.stat().st_size)))
    return path


def test_photo_of_a_phone_becomes_small(phone_photo):
    assert phone_photo.stat().st_size >= 12_000_000
    assert len(read_picture(phone_photo).content) <= MOST_KEPT_BYTES


def test_photo_is_turned_upright(phone_photo):
    picture = kept(phone_photo)
    assert picture.width < picture.height
    right = picture.getpixel((picture.width - 10, picture.height // 2))
    assert right[0] > 200
    assert right[1] < 80


def test_no_side_is_longer_than_1600(phone_photo):
    assert max(kept(phone_photo).size) <= 1600


def test_notes_of_the_camera_are_dropped(phone_photo):
    assert dict(kept(phone_photo).getexif()) == {}


def test_moment_of_the_photo_is_known(phone_photo):
    assert str(read_picture(phone_photo).taken_at) == "2026-11-21 09:15:00"


def test_pure_noise_still_becomes_small_enough(tmp_path):
    path = tmp_path / "noise.jpg"
    noise(1600, 1600).save(path, quality=95)
    assert len(read_picture(path).content) <= MOST_KEPT_BYTES


def test_png_called_jpg_is_accepted(tmp_path):
    path = tmp_path / "door.jpg"
    Image.new("RGB", (40, 30), "blue").save(path, "PNG")
    assert kept(path).format == "JPEG"


def test_transparent_parts_turn_white(tmp_path):
    path = tmp_path / "plan.png"
    Image.new("RGBA", (40, 30), (0, 0, 0, 0)).save(path)
    assert kept(path).getpixel((5, 5)) == (255, 255, 255)


def test_small_picture_is_not_blown_up(tmp_path):
    path = tmp_path / "small.png"
    Image.new("RGB", (40, 30), "blue").save(path)
    assert kept(path).size == (40, 30)


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "CMYK", "I;16"])
def test_every_way_of_colours_is_accepted(tmp_path, mode):
    path = tmp_path / "picture"
    Image.new(mode, (40, 30)).save(path, "JPEG" if mode == "CMYK" else "PNG")
    assert kept(path).mode == "RGB"


def test_torn_photo_is_refused(tmp_path, phone_photo):
    path = tmp_path / "torn.jpg"
    path.write_bytes(phone_photo.read_bytes()[:200_000])
    with pytest.raises(PictureBroken) as told:
        read_picture(path)
    assert "torn.jpg" in told.value.message


def test_torn_png_is_refused(tmp_path):
    whole = BytesIO()
    noise(100, 100).save(whole, "PNG")
    path = tmp_path / "torn.png"
    path.write_bytes(whole.getvalue()[:500])
    with pytest.raises(PictureBroken):
        read_picture(path)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 a scan", b"\xff\xd8\xff"])
def test_what_is_no_picture_is_refused(tmp_path, content):
    path = tmp_path / "paper.jpg"
    path.write_bytes(content)
    with pytest.raises(PictureKind):
        read_picture(path)


def test_heic_photo_is_told_how_to_avoid(tmp_path):
    path = tmp_path / "IMG_1.jpg"
    path.write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")
    with pytest.raises(PictureOfApple):
        read_picture(path)


@pytest.mark.parametrize("side", [12_000, 60_000])
def test_picture_of_too_many_pixels_is_refused_unread(tmp_path, side):
    def chunk(kind: bytes, body: bytes) -> bytes:
        mark = zlib.crc32(kind + body)
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", mark)

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    path = tmp_path / "bomb.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", b"") * 2)
    with pytest.raises(PictureTooBig):
        read_picture(path)


def test_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(PictureUnreadable):
        read_picture(tmp_path / "gone.jpg")
