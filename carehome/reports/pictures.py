"""Scanned pictures as one page, so that all papers are looked at in the same way."""

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from carehome.errors import Trouble
from carehome.i18n import N_

MARGIN = 10 * mm
_ORIENTATION = 0x0112  # the EXIF tag by which a phone says how it was held


class PictureBroken(Trouble):
    """The picture breaks off or is none."""

    text = N_("This picture is damaged and cannot be shown. Scan the document again.")


def page_of(picture: bytes) -> bytes:
    """Return a PDF page that a picture fills, upright as it was taken."""
    try:
        image = _upright(picture)
        wide, high = image.getSize()
        size = landscape(A4) if wide > high else A4
        target = BytesIO()
        canvas = Canvas(target, pagesize=size, invariant=1)
        room = size[0] - 2 * MARGIN, size[1] - 2 * MARGIN
        scale = min(room[0] / wide, room[1] / high)
        left, low = (size[0] - wide * scale) / 2, (size[1] - high * scale) / 2
        canvas.drawImage(image, left, low, wide * scale, high * scale)
        canvas.save()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise PictureBroken from error
    return target.getvalue()


def _upright(picture: bytes) -> ImageReader:
    """Return a picture, turned if the camera was; JPEG stays as it is if it can."""
    opened = Image.open(BytesIO(picture))
    if opened.getexif().get(_ORIENTATION, 1) == 1:
        return ImageReader(BytesIO(picture))
    return ImageReader(ImageOps.exif_transpose(opened))
