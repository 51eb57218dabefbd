"""Puts the parts of the desktop together: the only package that knows all of them."""

from carehome.app.window import make_shell, now, run

__all__ = ["make_shell", "now", "run"]
