"""Scenes of the page of the day, as each role finds it, and of where it leads."""

from functools import partial

from carehome.app.desk import TODAY
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import Studio
from carehome.rules.today import RESIDENTS
from carehome.ui.today.page import TodayPage

ROLES = {
    "director": "yuanzhang",
    "nurse": "hushizhang",
    "desk": "qiantai",
    "accounts": "caiwu",
    "safety": "anquan",
}


def page(who: str, studio: Studio) -> TodayPage:
    """Open the page as somebody finds it in the morning."""
    studio.sign_in(who)
    opened = studio.page(TODAY)
    assert isinstance(opened, TodayPage)
    return opened


def follow(kind: str, studio: Studio) -> None:
    """Press the first line that opens a kind of target."""
    opened = page("yuanzhang", studio)
    panels = (opened.tasks, opened.concerns)
    for panel in panels:
        if panel.more.isVisible():
            studio.click(panel.more)
    lines = [line for panel in panels for line in panel.lines]
    studio.click(next(x for x in lines if x.target and x.target.kind == kind))


SCENES = (
    *(Scene(f"today-{name}", partial(page, who)) for name, who in ROLES.items()),
    Scene("today-director-return", partial(follow, "return")),
    Scene("today-director-several", partial(follow, RESIDENTS)),
)
