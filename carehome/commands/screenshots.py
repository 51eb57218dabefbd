"""`carehome screenshots`: everything there is to see as pictures, without a display."""

import re
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from carehome.commands import demo, told
from carehome.commands.gallery import album, pages
from carehome.commands.gallery.scene import SCHEMES, Format
from carehome.commands.gallery.scenes import SCENES
from carehome.errors import Refusal
from carehome.i18n import LANGUAGES, N_
from carehome.services.service import Clock

# Pictures of a home that is made for them show a fixed moment: so they can be compared.
MOMENT = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)
SIZE = "1366x768"


class BadSize(Refusal):
    """The size of the window is not written as one."""

    text = N_("“{size}” is not a size. Write it as 1366x768.")


class NoSuchPicture(Refusal):
    """Nothing is called what is wanted."""

    text = N_("No picture is called “{name}”.")


def run(
    out: Path,
    home: Path | None,
    only: str = "",
    styles: Sequence[Format] = (),
) -> None:
    """Draw the scenes whose names begin with `only`, and list the pictures."""
    scenes = [scene for scene in SCENES if scene.name.startswith(only)]
    if not scenes:
        raise NoSuchPicture(name=only)
    with tempfile.TemporaryDirectory() as made:
        clock: Clock = told.now
        if home is None:
            home, clock = Path(made) / "home", lambda: MOMENT
            demo.make(home, 1, MOMENT.date())
        pictures = []
        for path in album.draw(out, home, scenes, styles or formats(), clock):
            pictures.append(path)
            print(path)
        print(album.bind(out, pictures))


def draw(home: Path, out: Path) -> list[Path]:
    """Draw the pages as they first come up, in Chinese and light."""
    return list(album.draw(out, home, pages.SCENES, [Format()], told.now))


def formats(
    language: str | None = None,
    scheme: str | None = None,
    scale: int = 100,
    size: str = SIZE,
) -> list[Format]:
    """Return the formats that each scene is drawn in: all but what is chosen."""
    found = re.fullmatch(r"(\d{3,4})x(\d{3,4})", size)
    if not found:
        raise BadSize(size=size)
    wide, high = int(found[1]), int(found[2])
    return [
        Format(each, dress, scale, wide, high)
        for each in LANGUAGES
        for dress in SCHEMES
        if language in (None, each) and scheme in (None, dress)
    ]
