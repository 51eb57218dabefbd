"""`carehome`: the desktop, with the demonstration home one click away."""

from functools import partial
from pathlib import Path

from carehome import app, paths
from carehome.commands import demo, told
from carehome.ui.start.start import Demo


def run(home: Path | None, scale: int | None) -> int:
    """Open the desktop for a home, or for the one opened last."""
    folder = paths.default_home().with_name("demo")
    make = partial(demo.make, seed=1, day=told.today())
    practice = Demo(folder, make, told.DEMO_USER, told.DEMO_PASSWORD)
    return app.run(home, scale=scale, demo=practice)
