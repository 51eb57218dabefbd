"""What this computer remembers from one run to the next; nothing of the residents."""

import json
import logging
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from carehome import i18n
from carehome.ui.kit.theme import SCALES, Look

log = logging.getLogger(__name__)

MOST_HOMES = 6


@dataclass(frozen=True, slots=True)
class KnownHome:
    """A home that was opened on this computer, and who signed in last."""

    folder: Path
    name: str
    sign_in: str = ""
    is_practice: bool = False


@dataclass(frozen=True, slots=True)
class _Kept:
    """All that is remembered; `window` is where the window was."""

    homes: tuple[KnownHome, ...] = ()
    scale: int = 100
    window: str = ""
    language: str = i18n.DEFAULT
    scheme: str = ""
    tables: dict[str, Any] = field(default_factory=dict)
    set_up: dict[str, Any] = field(default_factory=dict)


class Memory:
    """A small file of comforts: when it is lost or damaged, one starts afresh."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._kept = _read(file)

    @property
    def homes(self) -> tuple[KnownHome, ...]:
        """The homes opened here, the last one first."""
        return self._kept.homes

    @property
    def look(self) -> Look:
        """The size of text, the language, light or dark."""
        kept = self._kept
        return Look(kept.scale, kept.language, kept.scheme)

    @property
    def window(self) -> str:
        """Where the window was, as Qt writes it."""
        return self._kept.window

    @property
    def set_up(self) -> dict[str, Any]:
        """What was typed of a home that is not made yet; nothing of persons."""
        return self._kept.set_up

    def table(self, name: str) -> Any:
        """Return how the person arranged a table; None as it was built."""
        return self._kept.tables.get(name)

    def home(self, folder: Path) -> KnownHome | None:
        """Return what is known of the home in `folder`."""
        return next((home for home in self.homes if home.folder == folder), None)

    def keep_home(self, home: KnownHome) -> None:
        """Remember a home as the one opened last."""
        others = tuple(each for each in self.homes if each.folder != home.folder)
        self._keep(homes=(home, *others)[:MOST_HOMES])

    def forget_home(self, folder: Path) -> None:
        """Offer a home no more; its data stays where it is."""
        self._keep(homes=tuple(home for home in self.homes if home.folder != folder))

    def keep_look(self, look: Look) -> None:
        """Remember how the program shall look and speak here."""
        self._keep(scale=look.scale, language=look.language, scheme=look.scheme)

    def keep_table(self, name: str, layout: Any) -> None:
        """Remember how a table is arranged; None forgets it."""
        tables = {**self._kept.tables, name: layout}
        if layout is None:
            del tables[name]
        self._keep(tables=tables)

    def keep_window(self, window: str) -> None:
        """Remember where the window was."""
        self._keep(window=window)

    def keep_set_up(self, typed: dict[str, Any]) -> None:
        """Remember what was typed of a home that is not made yet."""
        self._keep(set_up=typed)

    def _keep(self, **changes: Any) -> None:
        self._kept = replace(self._kept, **changes)
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            text = json.dumps(asdict(self._kept), default=str, ensure_ascii=False)
            self._file.write_text(text, encoding="utf-8")
        except OSError as error:
            log.warning("the memory of this computer was not kept: %s", error.strerror)


def _read(file: Path) -> _Kept:
    try:
        read = json.loads(file.read_text(encoding="utf-8"))
        homes = tuple(
            KnownHome(
                Path(home["folder"]),
                str(home["name"]),
                str(home["sign_in"]),
                bool(home["is_practice"]),
            )
            for home in read["homes"]
        )
        scale = int(read["scale"])
        scheme, language = str(read.get("scheme", "")), str(read.get("language", ""))
        return _Kept(
            homes,
            scale if scale in SCALES else 100,
            str(read["window"]),
            language if language in i18n.LANGUAGES else i18n.DEFAULT,
            scheme if scheme in {"light", "dark"} else "",
            dict(read.get("tables", {})),
            dict(read.get("set_up", {})),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return _Kept()
