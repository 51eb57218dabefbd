import os
import random
import struct
import zlib
from contextlib import suppress
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
    make_picture,
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
    photo = noise(4032, 3024)
    photo.paste("red", (0, 0, 4032, 300))
    notes = Image.Exif()
    notes[ORIENTATION] = 6  # the top of the file is the right side of the picture
    notes.get_ifd(DETAILS)[TAKEN] = "2026:11:21 09:15:00"
    notes.get_ifd(PLACE)[1] = "N"
    photo.save(path, "JPEG", exif=notes, quality=97)
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


def test_grey_of_16_bits_keeps_its_tones(tmp_path):
    path = tmp_path / "scan.png"
    Image.new("I;16", (40, 30), 0x8000).save(path)
    assert abs(kept(path).getpixel((5, 5))[0] - 128) < 3


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "BMP", "MPO"])
def test_what_phones_and_chats_make_is_accepted(tmp_path, kind):
    path = tmp_path / "picture"
    Image.new("RGB", (40, 30), "red").save(path, kind)
    assert kept(path).getpixel((5, 5))[0] > 200


@pytest.mark.parametrize("held", range(1, 9))
def test_however_the_phone_was_held_the_top_is_up(tmp_path, held):
    path, notes = tmp_path / "held.jpg", Image.Exif()
    notes[ORIENTATION] = held
    seen = Image.new("RGB", (60, 40))
    seen.paste("red", (0, 0, 60, 12))  # the top, as it was seen
    seen.paste("blue", (0, 12, 20, 40))  # and the left
    ways = Image.Transpose
    there = {
        **{2: ways.FLIP_LEFT_RIGHT, 3: ways.ROTATE_180, 4: ways.FLIP_TOP_BOTTOM},
        **{5: ways.TRANSPOSE, 6: ways.ROTATE_90, 7: ways.TRANSVERSE},
        8: ways.ROTATE_270,
    }
    stored = seen.transpose(there[held]) if held > 1 else seen
    stored.save(path, "JPEG", exif=notes, quality=95)
    shown = kept(path)
    top, left = shown.getpixel((30, 4)), shown.getpixel((6, 30))
    assert (shown.size, top[0] > 200, left[2] > 200) == ((60, 40), True, True)


@pytest.mark.parametrize("at", range(8, 74, 3))
def test_stammering_notes_cost_no_photo(tmp_path, at):
    path, notes = tmp_path / "notes.jpg", Image.Exif()
    notes[ORIENTATION] = 6
    notes.get_ifd(DETAILS)[TAKEN] = "2026:11:21 09:15:00"
    Image.new("RGB", (40, 30)).save(path, "JPEG", exif=notes)
    whole = bytearray(path.read_bytes())
    whole[whole.index(b"Exif") + 6 + at] ^= 0x1F
    path.write_bytes(whole)
    assert sorted(kept(path).size) == [30, 40]


def test_what_is_torn_anywhere_is_shown_or_refused(tmp_path):
    """Cut and flipped in many places, it is a picture or a plain refusal."""
    whole = BytesIO()
    noise(64, 48).save(whole, "JPEG", exif=Image.Exif())
    dice = random.Random(7)
    for _each in range(300):
        torn = bytearray(whole.getvalue())
        for _flip in range(dice.choice((1, 3, 20))):
            torn[dice.randrange(len(torn))] = dice.randrange(256)
        torn = torn[: dice.randrange(len(torn) // 2, len(torn) * 2)]
        with suppress(PictureBroken, PictureKind, PictureTooBig):
            assert make_picture("torn.jpg", bytes(torn)).content


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


TIFF = b"II*\0\x08\0\0\0"


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7 a scan", b"\xff\xd8\xff", TIFF, bytes(64)]
)
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
