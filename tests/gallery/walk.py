"""Goes once through all scenes in one format and prints what is wrong, as JSON.

A process of its own: languages, text sizes and fonts belong to a whole program.
`python -m tests.gallery.walk HOME LANGUAGE SCALE WIDE HIGH [pages]`
"""

import json
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QWidget
from sqlalchemy import text

from carehome import paths
from carehome.commands.gallery import pages
from carehome.commands.gallery.scene import Format, Scene
from carehome.commands.gallery.scenes import SCENES
from carehome.commands.gallery.studio import Studio
from carehome.db.database import Database
from tests.gallery import access, cuts, words
from tests.gallery.painted import Listener
from tests.gallery.seen import Seen
from tests.gallery.sight import windows

MOMENT = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)
NOISE = "This plugin does not support"
WHOLE = 100  # larger texts are only held against the room they have
CHECKS = ("broken", "warned", "cut", "words", "access", "keys")


class Walk:
    """One way through the scenes; `faults` holds for each check what each scene has."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._is_whole = studio.style.scale == WHOLE
        self._data = ""
        self.seen = Seen()
        self.faults: dict[str, dict[str, list[str]]] = {check: {} for check in CHECKS}
        self._warned: list[str] = []

    def go(self, scenes: Sequence[Scene]) -> None:
        """Look at scene after scene."""
        self._data = data(self._studio.opened.db)
        self.seen.listen()
        qInstallMessageHandler(self._hear)
        for scene in scenes:
            print(scene.name, file=sys.stderr, flush=True)
            try:
                with self._studio.set_up(scene) as window:
                    self._look(scene.name, window)
            except Exception as error:
                self._add("broken", scene.name, [f"{type(error).__name__}: {error}"])
            self._add("warned", scene.name, self._warned)
            self._warned = []
        qInstallMessageHandler(None)

    def _look(self, scene: str, window: QWidget) -> None:
        for each in windows(window):
            listener = Listener()
            with listener.listen():
                each.grab()
            self.seen.look(each)
            self._add("cut", scene, [*cuts.faults(each), *_painted(listener)])
            if self._is_whole:
                self._read(scene, each, listener)
        if self._is_whole:
            self._add("keys", scene, access.faults_of_keys(windows(window)[-1]))

    def _read(self, scene: str, window: QWidget, listener: Listener) -> None:
        """Look at what is the same at every size."""
        painting = {one.widget for one in listener.heard if one.widget}
        painted = {one.text for one in listener.heard}
        self._add("words", scene, words.faults(window, painted, self._data))
        self._add("access", scene, access.faults(window, painting))

    def _add(self, check: str, scene: str, told: "Iterator[str] | list[str]") -> None:
        if found := list(dict.fromkeys(told)):
            self.faults[check].setdefault(scene, []).extend(found)

    def _hear(self, kind: QtMsgType, _context: object, message: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and not message.startswith(NOISE):
            self._warned.append(message)


def _painted(listener: Listener) -> Iterator[str]:
    for one in listener.heard:
        if one.cut:
            yield f"{one.by} paints “{one.text[:40]}”: {one.cut}"


def data(db: Database) -> str:
    """Return all that the home itself says, and the law, in one string."""
    with db.reading() as session:
        names = session.scalars(
            text("SELECT name FROM sqlite_master WHERE type = 'table'")
        ).all()
        rows = [
            row
            for name in names
            for row in session.execute(text(f'SELECT * FROM "{name}"'))
        ]
    home = [_plain(value) for row in rows for value in row if isinstance(value, str)]
    law = [file.read_text("utf-8") for file in paths.resource("").rglob("*.json")]
    return "\n".join([*home, *law])


def _plain(text: str) -> str:
    """Read what JSON has written down in numbers."""
    return re.sub(r"\\u([0-9a-f]{4})", lambda sign: chr(int(sign[1], 16)), text)


def main(home: str, language: str, scale: str, wide: str, high: str) -> None:
    """Walk, and print what was found."""
    scenes = pages.SCENES if "pages" in sys.argv[6:] else SCENES
    style = Format(language, "light", int(scale), int(wide), int(high))
    words.mark_all()
    with Studio(Path(home), style, lambda: MOMENT) as studio:
        walk = Walk(studio)
        walk.go(scenes)
    told = {
        "faults": walk.faults,
        "classes": sorted(walk.seen.classes),
        "openers": sorted(walk.seen.openers),
        "tabs": {key: sorted(at) for key, at in walk.seen.tabs.items()},
        "tabs_there": walk.seen.tabs_there,
    }
    print(json.dumps(told, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:6])
