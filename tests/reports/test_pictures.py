from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from carehome.reports.pictures import PictureBroken, page_of


def picture(size=(60, 40), kind="JPEG", turned=1) -> bytes:
    image = Image.new("RGB", size, "white")
    exif = image.getexif()
    exif[0x0112] = turned
    target = BytesIO()
    image.save(target, kind, exif=exif)
    return target.getvalue()


def page(content: bytes):
    (only,) = PdfReader(BytesIO(page_of(content))).pages
    return only


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_becomes_one_page(kind):
    assert len(page(picture(kind=kind)).images) == 1


def test_a_wide_picture_lies_on_its_side():
    box = page(picture((60, 40))).mediabox
    assert box.width > box.height


def test_a_high_picture_stands():
    box = page(picture((40, 60))).mediabox
    assert box.height > box.width


def test_a_picture_of_a_turned_camera_stands_upright():
    box = page(picture((60, 40), turned=6)).mediabox
    assert box.height > box.width


def test_a_straight_jpeg_keeps_its_own_bytes():
    (image,) = page(picture()).images
    assert image.data.startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize("content", [b"\xff\xd8\xffnothing", picture()[:60]])
def test_a_damaged_picture_says_so(content):
    with pytest.raises(PictureBroken):
        page_of(content)
