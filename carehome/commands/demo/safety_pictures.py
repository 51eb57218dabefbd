"""Pictures of the demonstration home, drawn: nobody's rooms and nobody in them."""

from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

from carehome.services.safety.photos import NewPicture, make_picture

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

_SIZE = 960, 720
_PLAN = 1400, 700
_WALL, _FLOOR, _CEILING = "#e6e0d2", "#a9a08e", "#f4f1ea"
_FAR = 360, 260, 600, 470  # the far end of a corridor
_RED, _GREEN, _WOOD, _DARK = "#c0392b", "#1e8e4e", "#9c7448", "#3c3a36"


@cache
def picture(shown: str, *, is_right: bool) -> NewPicture:
    """Draw a scene as it was found, or put right."""
    content = _drawn(_SIZE, _WALL, lambda draw: _SCENES[shown](draw, is_right))
    return make_picture(f"{shown}-{'after' if is_right else 'before'}.png", content)


def floor_plan() -> NewPicture:
    """Draw rooms on both sides of a corridor, as a plan of a floor shows them."""
    return make_picture("plan.png", _drawn(_PLAN, "white", _rooms))


def _drawn(
    size: tuple[int, int], ground: str, scene: "Callable[[ImageDraw], None]"
) -> bytes:
    from PIL import Image, ImageDraw  # noqa: PLC0415 - heavy, only for pictures

    image = Image.new("RGB", size, ground)
    scene(ImageDraw.Draw(image))
    out = BytesIO()
    image.save(out, "PNG", compress_level=1)
    return out.getvalue()


def _rooms(draw: "ImageDraw") -> None:
    wide, high = _PLAN
    rooms, corridor = 8, 120
    room, deep = (wide - 80) // rooms, (high - corridor - 80) // 2
    for number in range(rooms):
        left = 40 + number * room
        for top in (40, 40 + deep + corridor):
            draw.rectangle((left, top, left + room, top + deep), None, "black", 5)
    draw.rectangle((40, 40, 40 + rooms * room, high - 40), None, "black", 9)


def _corridor(draw: "ImageDraw") -> None:
    """Draw a corridor with a door at its far end."""
    (wide, high), (left, top, right, bottom) = _SIZE, _FAR
    draw.polygon([(0, 0), (wide, 0), (right, top), (left, top)], _CEILING)
    draw.polygon([(0, high), (wide, high), (right, bottom), (left, bottom)], _FLOOR)
    draw.rectangle(_FAR, "#d5cdbb", _DARK, 3)
    for near, far in (((0, 0), (left, top)), ((wide, 0), (right, top))):
        draw.line([near, far], _DARK, 3)
    for near, far in (((0, high), (left, bottom)), ((wide, high), (right, bottom))):
        draw.line([near, far], _DARK, 3)
    draw.rectangle((430, 320, 530, bottom), "#7f5f3a", _DARK, 3)


def _blocked(draw: "ImageDraw", is_right: bool) -> None:
    """Draw boxes in the way, or the way free."""
    _corridor(draw)
    if is_right:
        return
    for left, top, side in ((560, 500, 130), (600, 400, 105), (690, 560, 120)):
        draw.rectangle((left, top, left + side, top + side), _WOOD, _DARK, 4)
        draw.line([(left, top + side // 3), (left + side, top + side // 3)], _DARK, 3)
    for left in (300, 390):
        draw.ellipse((left, 530, left + 110, 640), None, _DARK, 9)
    draw.rectangle((330, 450, 450, 560), "#4a6c8c", _DARK, 4)


def _door(draw: "ImageDraw", is_right: bool) -> None:
    """Draw a fire door that is held open, or shut."""
    draw.rectangle((0, 620, *_SIZE), _FLOOR)
    draw.rectangle((320, 110, 640, 620), "#2f2d2a", _DARK, 6)
    if is_right:
        draw.rectangle((326, 116, 634, 620), _RED, _DARK, 6)
        draw.rectangle((590, 350, 612, 410), "#d8d4cc", _DARK, 3)
        return
    draw.polygon([(320, 110), (180, 60), (180, 680), (320, 620)], _RED, _DARK, 6)
    draw.polygon([(190, 680), (260, 650), (260, 680)], _WOOD, _DARK, 4)


def _gauge(draw: "ImageDraw", is_right: bool) -> None:
    """Draw the gauge of an extinguisher, its needle low or as it should be."""
    draw.rectangle((380, 560, 580, 720), _RED, _DARK, 5)
    draw.rectangle((440, 500, 520, 560), _DARK)
    box = (230, 40, 730, 540)
    draw.ellipse(box, "white", _DARK, 10)
    for first, last, tone in (
        (150, 220, _RED),
        (220, 320, _GREEN),
        (320, 390, "#d9a514"),
    ):
        draw.arc((270, 80, 690, 500), first, last, tone, 46)
    tip = (500, 130) if is_right else (318, 330)
    draw.line([(480, 290), tip], _DARK, 12)
    draw.ellipse((455, 265, 505, 315), _DARK)


def _sign(draw: "ImageDraw", is_right: bool) -> None:
    """Draw the sign above an exit, dark or lit."""
    draw.rectangle((0, 640, *_SIZE), _FLOOR)
    draw.rectangle((330, 300, 630, 640), "#7f5f3a", _DARK, 6)
    lit, plate = ("#eafff0", _GREEN) if is_right else ("#77807a", "#3f4a44")
    draw.rectangle((300, 130, 660, 260), plate, _DARK, 6)
    draw.polygon([(570, 165), (630, 195), (570, 225)], lit)
    draw.rectangle((480, 185, 572, 205), lit)
    draw.ellipse((375, 148, 401, 174), lit)
    for line in (((388, 174), (372, 210)), ((372, 210), (340, 222))):
        draw.line(line, lit, 12)
    for line in (((372, 210), (398, 244)), ((384, 186), (420, 200))):
        draw.line(line, lit, 12)


_SCENES: "dict[str, Callable[[ImageDraw, bool], None]]" = {
    "blocked": _blocked,
    "door": _door,
    "gauge": _gauge,
    "sign": _sign,
}
