"""What is in sight of a scene: its windows, its widgets, and how to name them."""

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from carehome.commands.gallery import picture

MOST = 40


def windows(window: QWidget) -> list[QWidget]:
    """Return a window and all that lies over it."""
    return [window, *picture.windows_over(window)]


def widgets(window: QWidget) -> Iterator[QWidget]:
    """Go through a window's widgets that are shown, not through windows over it."""
    yield window
    for each in window.findChildren(QWidget):
        if each.isVisible() and each.window() is window:
            yield each


def is_ours(widget: QWidget) -> bool:
    """Say whether the program itself defines the class of a widget."""
    return type(widget).__module__.startswith("carehome.")


def name(widget: QWidget) -> str:
    """Say which widget it is, so that somebody finds it: what it says, and in what."""
    owner = widget.parentWidget()
    while owner and not is_ours(owner):
        owner = owner.parentWidget()
    said = getattr(widget, "text", str)
    words = said() if callable(said) else ""
    words = words or widget.accessibleName() or getattr(widget, "caption", "")
    within = f" in {type(owner).__name__}" if owner else ""
    return f"{type(widget).__name__} “{str(words)[:MOST]}”{within}"
