"""`carehome screenshots`: everything there is to see as pictures, without a display."""

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product
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


class NoSuchPicture(Refusal):
    """Nothing is called what is wanted."""

    text = N_("No picture is called “{name}”.")


def run(
    out: Path,
    home: Path | None,
    user: str | None,
    only: str = "",
    formats: Sequence[Format] = (),
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
        for path in album.draw(out, home, scenes, formats or every(), clock, user):
            pictures.append(path)
            print(path)
        print(album.bind(out, pictures))


def draw(home: Path, user: str | None, out: Path) -> list[Path]:
    """Draw the pages as they first come up, in Chinese and light."""
    return list(album.draw(out, home, pages.SCENES, [Format()], told.now, user))


def every(
    languages: Sequence[str] = LANGUAGES,
    schemes: Sequence[str] = SCHEMES,
    style: Format | None = None,
) -> list[Format]:
    """Return the formats that each scene is drawn in."""
    return [
        replace(style or Format(), language=language, scheme=scheme)
        for language, scheme in product(languages, schemes)
    ]
