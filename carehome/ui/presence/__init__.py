"""The page of who is here: in, out, new, changed, at risk; and how all get out."""

from carehome.ui.presence.page import PresencePage

__all__ = ["PresencePage"]
