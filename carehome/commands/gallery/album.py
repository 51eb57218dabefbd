"""Drawing scenes to files, with a page to leaf through them."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path

from carehome.commands.gallery.scene import Format, Scene
from carehome.commands.gallery.studio import Studio
from carehome.services.service import Clock

HEAD = """<!doctype html><meta charset="utf-8"><title>carehome</title><style>
body { font: 14px sans-serif; margin: 24px } img { width: 48%; margin: 4px }
</style>"""


def draw(
    out: Path,
    home: Path,
    scenes: Sequence[Scene],
    formats: Iterable[Format],
    clock: Clock,
) -> Iterator[Path]:
    """Draw scenes of a home in each format; hand back each picture once it is there."""
    for style in formats:
        folder = out / style.folder
        folder.mkdir(parents=True, exist_ok=True)
        with Studio(home, style, clock) as studio:
            for scene in scenes:
                path = folder / f"{scene.name}.png"
                studio.take(scene).save(str(path))
                yield path


def bind(out: Path, pictures: Iterable[Path]) -> Path:
    """Write the page that shows the pictures of each scene side by side."""
    of_scene: dict[str, list[str]] = {}
    for path in pictures:
        of_scene.setdefault(path.stem, []).append(path.relative_to(out).as_posix())
    parts = [
        f'<h2 id="{escape(name)}">{escape(name)}</h2>'
        + "".join(f'<a href="{each}"><img src="{each}"></a>' for each in paths)
        for name, paths in sorted(of_scene.items())
    ]
    page = out / "index.html"
    page.write_text("\n".join([HEAD, *parts]), encoding="utf-8")
    return page
