"""A photo as a phone made it, turned into a small picture fit to be kept."""

import hashlib
import struct
import warnings
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
MOST_KEPT_BYTES = 300 * 1000
_QUALITIES = (85, 75, 65, 55, 45)
_KINDS = ("JPEG", "PNG", "WEBP", "BMP", "GIF")
_APPLE_STARTS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")
_TAKEN_AT, _DETAILS = 0x9003, 0x8769  # EXIF: DateTimeOriginal, and where it stands
# What Pillow raises for a file that is torn, cut off or made up.
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, struct.error)


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
    """The file is no picture, whatever it is called."""

    text = N_("“{name}” is not a picture. Choose a JPG or PNG file.")


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
    """Read a photo, turn it upright and make it small; its content tells its kind."""
    content = _content(path)
    try:
        upright, taken_at = _upright(path.name, content, longest)
        small = _packed(upright)
    except _BROKEN as error:
        raise PictureBroken(name=path.name) from error
    return NewPicture(
        path.name,
        *small[1],
        content=small[0],
        digest=hashlib.sha256(content).hexdigest(),
        taken_at=taken_at,
    )


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
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415 - at use

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
        taken_at = _taken_at(photo)
        photo.thumbnail((longest, longest))
        return _on_white(ImageOps.exif_transpose(photo)), taken_at


def _taken_at(photo: "Image") -> datetime | None:
    """Return when the camera says the photo was taken; many do not say."""
    try:
        said = photo.getexif().get_ifd(_DETAILS).get(_TAKEN_AT)
        return datetime.strptime(str(said), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - the camera's own clock
    except _BROKEN:
        return None


def _on_white(photo: "Image") -> "Image":
    """Return the picture in plain colours, what was transparent as white paper."""
    from PIL import Image  # noqa: PLC0415 - at use

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
