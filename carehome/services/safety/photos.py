"""A photo as a phone made it, turned into a small picture fit to be kept."""

import hashlib
import struct
import warnings
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from carehome.errors import Refusal, Trouble
from carehome.i18n import N_

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_FILE_BYTES = 60 * 1024 * 1024
MOST_PIXELS = 120_000_000  # more would fill the memory of a small computer
_MOST_SAID = f"{MOST_PIXELS // 1_000_000} MP"
LONGEST_SIDE = 1600
LONGEST_PRINTED = 700  # on 86 mm these are 200 dots an inch
MOST_KEPT_BYTES = 300 * 1000
_QUALITIES = (85, 75, 65, 55, 45)
_KINDS = ("JPEG", "PNG", "WEBP", "BMP", "GIF")
_APPLE_STARTS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")
_TURNED = 0x0112  # EXIF: how the phone was held
_TAKEN_AT, _DETAILS = 0x9003, 0x8769  # EXIF: DateTimeOriginal, and where it stands
# What Pillow raises for a file that is torn, cut off or made up.
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, struct.error)
# Notes of a camera are read by other code, which trips in more ways.
_GARBLED = (*_BROKEN, TypeError, LookupError, ArithmeticError)


class PictureUnreadable(Trouble):
    """The computer does not give the file."""

    text = N_("“{name}” cannot be read ({reason}). Check the file or the USB stick.")


class PictureTooBig(Refusal):
    """A file bigger than a photo of any phone."""

    text = N_(
        "“{name}” is bigger than {most}. Take the photo with a lower resolution, or "
        "choose another one."
    )


class PictureOfApple(Refusal):
    """A photo in the format that only some phones can read."""

    text = N_(
        "“{name}” is a HEIC photo, which cannot be shown here. On the phone, choose "
        "“Most Compatible” under Settings, Camera, Formats, or send the photo as JPG."
    )


class PictureKind(Refusal):
    """The file is no picture, or of a kind that only few programs show."""

    text = N_(
        "“{name}” is not a picture that can be shown here. Choose a JPG or PNG file."
    )


class PictureBroken(Refusal):
    """The file begins as a picture and cannot be shown to its end."""

    text = N_(
        "“{name}” is damaged and cannot be shown. Copy it from the phone again, or "
        "take another photo."
    )


@dataclass(frozen=True, slots=True)
class NewPicture:
    """A picture ready to be kept: a small JPEG and what is known of its photo."""

    name: str
    width: int
    height: int
    content: bytes
    digest: str
    taken_at: datetime | None


def read_picture(path: Path, longest: int = LONGEST_SIDE) -> NewPicture:
    """Read a photo from its file, and make a small picture of it."""
    return make_picture(path.name, _content(path), longest)


def make_picture(name: str, content: bytes, longest: int = LONGEST_SIDE) -> NewPicture:
    """Turn a photo upright and make it small; its content tells its kind."""
    try:
        upright, taken_at = _upright(name, content, longest)
        small = _packed(upright)
    except _BROKEN as error:
        raise PictureBroken(name=name) from error
    return NewPicture(
        name,
        *small[1],
        content=small[0],
        digest=hashlib.sha256(content).hexdigest(),
        taken_at=taken_at,
    )


def for_paper(content: bytes) -> bytes:
    """Return a kept picture as small as a paper needs it: a page holds six."""
    from PIL import Image  # noqa: PLC0415 - at use

    photo, out = Image.open(BytesIO(content)), BytesIO()
    photo.thumbnail((LONGEST_PRINTED, LONGEST_PRINTED))
    photo.save(out, "JPEG", quality=75)
    return out.getvalue()


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MOST_FILE_BYTES:
            raise PictureTooBig(name=path.name, most=f"{MOST_FILE_BYTES // 2**20} MB")
        return path.read_bytes()
    except OSError as error:
        raise PictureUnreadable(name=path.name, reason=error.strerror) from error


def _upright(
    name: str, content: bytes, longest: int
) -> tuple["Image", datetime | None]:
    """Return the picture small and turned as it was taken, and when that was."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - at use

    # Its size is judged below, and what is odd in its notes does not concern anybody.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            photo = Image.open(BytesIO(content), formats=_KINDS)
        except UnidentifiedImageError as error:
            if content[4:8] == b"ftyp" and content[8:12] in _APPLE_STARTS:
                raise PictureOfApple(name=name) from error
            raise PictureKind(name=name) from error
        except Image.DecompressionBombError as error:
            raise PictureTooBig(name=name, most=_MOST_SAID) from error
        if photo.width * photo.height > MOST_PIXELS:
            raise PictureTooBig(name=name, most=_MOST_SAID)
        turned, taken_at = _notes(photo)
        photo.thumbnail((longest, longest))
        return _turn_back(_on_white(photo), turned), taken_at


def _notes(photo: "Image") -> tuple[int, datetime | None]:
    """Return how the camera was held and when; many do not say, some stammer."""
    turned, taken_at = 1, None
    with suppress(*_GARBLED):
        notes = photo.getexif()
        turned = int(notes.get(_TURNED, 1))
        said = notes.get_ifd(_DETAILS).get(_TAKEN_AT)
        taken_at = datetime.strptime(str(said), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - the camera's own clock
    return turned, taken_at


def _turn_back(photo: "Image", turned: int) -> "Image":
    """Return the picture as it was seen, whatever way the camera was held."""
    from PIL.Image import Transpose  # noqa: PLC0415 - at use

    ways = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    return photo.transpose(ways[turned]) if turned in ways else photo


def _on_white(photo: "Image") -> "Image":
    """Return the picture in plain colours, what was transparent as white paper."""
    from PIL import Image  # noqa: PLC0415 - at use

    if photo.mode.startswith("I"):  # grey of 16 bits, which would turn white
        photo = photo.point(lambda grey: grey * (1 / 257)).convert("L")
    if not photo.has_transparency_data:
        return photo.convert("RGB")
    clear = photo.convert("RGBA")
    paper = Image.new("RGB", clear.size, "white")
    paper.paste(clear, mask=clear.getchannel("A"))
    return paper


def _packed(photo: "Image") -> tuple[bytes, tuple[int, int]]:
    """Return a JPEG without notes that is small enough, and its width and height."""
    while True:
        for quality in _QUALITIES:
            out = BytesIO()
            photo.save(out, "JPEG", quality=quality, optimize=True)
            if out.tell() <= MOST_KEPT_BYTES:
                return out.getvalue(), photo.size
        photo = photo.resize((photo.width * 3 // 4, photo.height * 3 // 4))
