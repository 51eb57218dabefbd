"""Notes what the scenes bring into sight, and says what there would be to see."""

import ast
import importlib
import inspect
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog, QTabBar, QWidget

from carehome import ui
from tests.gallery.sight import widgets

ROOT = Path(ui.__file__).parent
# The system's own, drawn by the system.
SYSTEM = {"QFileDialog", "QPrintDialog", "QMessageBox"}
# What opens a dialog without being one.
OPENERS = {"confirm", "say", "AskDialog"}


class Seen:
    """Classes of widgets, tabs and places in the code that open dialogs."""

    def __init__(self) -> None:
        self.classes: set[str] = set()
        self.tabs: dict[str, set[int]] = {}
        self.tabs_there: dict[str, int] = {}
        self.openers: set[str] = set()

    def look(self, window: QWidget) -> None:
        """Note what a window shows."""
        for widget in widgets(window):
            for kind in type(widget).__mro__:
                if kind.__module__.startswith("carehome.ui"):
                    self.classes.add(f"{kind.__module__}.{kind.__name__}")
            if isinstance(widget, QTabBar):
                self._note_tabs(widget)

    def listen(self) -> None:
        """Note from now on which code makes dialogs."""
        for kind in _below(QDialog):
            if kind.__module__.startswith("carehome.ui") and "__init__" in vars(kind):
                kind.__init__ = self._noting(kind.__init__)  # type: ignore[misc]

    def _noting(self, made: Any) -> Any:
        def make(dialog: QDialog, *values: Any, **named: Any) -> None:
            frame = sys._getframe(1)
            while frame:
                code = frame.f_code
                if "carehome/ui/" in code.co_filename:
                    file = code.co_filename.split("carehome/ui/")[1]
                    name = code.co_qualname.split(".<locals>")[0]
                    self.openers.add(f"{file}:{name}")
                frame = frame.f_back  # type: ignore[assignment]
            made(dialog, *values, **named)

        return make

    def _note_tabs(self, strip: QTabBar) -> None:
        names, owner = [], strip.parentWidget()
        while owner:
            if type(owner).__module__.startswith("carehome.ui"):
                names.append(type(owner).__name__)
            owner = owner.parentWidget()
        place = " < ".join(names)
        self.tabs.setdefault(place, set()).add(strip.currentIndex())
        self.tabs_there[place] = max(self.tabs_there.get(place, 0), strip.count())


def classes() -> set[str]:
    """Name every widget that the screens define."""
    return {
        f"{kind.__module__}.{kind.__name__}"
        for module in _modules()
        for kind in vars(module).values()
        if inspect.isclass(kind)
        and issubclass(kind, QWidget)
        and kind.__module__ == module.__name__
    }


def openers() -> set[str]:
    """Name every place in the screens that opens a dialog of the program's own."""
    _load()
    kinds = {kind.__name__ for kind in _below(QDialog)} - SYSTEM
    found = set()
    for path in sorted(ROOT.rglob("*.py")):
        file = path.relative_to(ROOT).as_posix()
        tree = ast.parse(path.read_text("utf-8"))
        names = (kinds | OPENERS) - set(_namesakes(tree))
        for name, node in _functions(tree, ""):
            if _opens(node, names):
                found.add(f"{file}:{name}")
    return found


def _functions(node: ast.AST, within: str) -> Iterator[tuple[str, ast.AST]]:
    for below in ast.iter_child_nodes(node):
        if isinstance(below, ast.FunctionDef):
            yield within + below.name, below
        elif isinstance(below, ast.ClassDef):
            yield from _functions(below, f"{within}{below.name}.")


def _namesakes(tree: ast.Module) -> Iterator[str]:
    """Yield what a file calls by such a name and takes from elsewhere than the kit."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name
        if not isinstance(node, ast.ImportFrom):
            continue
        if not (node.module or "").startswith("carehome.ui"):
            yield from (each.asname or each.name for each in node.names)


def _opens(node: ast.AST, names: set[str]) -> bool:
    """Say whether a function itself makes a dialog, or asks the kit for one."""
    for each in ast.walk(node):
        if not isinstance(each, ast.Call):
            continue
        called = each.func
        if isinstance(called, ast.Name) and called.id in names:
            return True
        if isinstance(called, ast.Attribute) and called.attr in names:
            owner = called.value
            if isinstance(owner, ast.Name) and owner.id in {"dialogs", "additions"}:
                return True
    return False


def _modules() -> list[Any]:
    _load()
    return [
        module
        for name, module in sorted(sys.modules.items())
        if name.startswith("carehome.ui.")
    ]


def _load() -> None:
    for found in pkgutil.walk_packages([str(ROOT)], "carehome.ui."):
        importlib.import_module(found.name)


def _below(kind: type) -> set[type]:
    known = set(kind.__subclasses__())
    return known | {each for one in known for each in _below(one)}
