import pytest
from PySide6.QtCore import QSize

from carehome import paths
from carehome.ui.kit import icons, theme

NAMES = sorted(file.stem for file in paths.resource("icons").glob("*.svg"))


def _colours(icon):
    picture = icon.pixmap(QSize(48, 48)).toImage()
    spots = (picture.pixelColor(x, y) for x in range(48) for y in range(48))
    return {spot.name() for spot in spots if spot.alpha() == 255}


@pytest.fixture
def app(qapp):
    yield qapp
    theme.use(qapp)


def test_every_drawing_can_be_drawn(qapp):
    assert NAMES
    assert [name for name in NAMES if not _colours(icons.icon(name))] == []


def test_an_icon_has_the_colour_asked_for(qapp):
    assert _colours(icons.icon("plus", "bad")) == {theme.colour("bad").name()}


def test_an_icon_made_in_the_light_is_readable_in_the_dark(app):
    icon = icons.icon("plus", "ink")
    theme.use(app, scheme="dark")
    assert _colours(icon) == {theme.tokens()["dark"]["ink"]}


def test_a_drawing_names_no_colour_but_the_one_that_is_tinted():
    for name in NAMES:
        text = (paths.resource("icons") / f"{name}.svg").read_text(encoding="utf-8")
        assert text.count("#") == 1, name
