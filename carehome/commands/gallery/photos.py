"""Photos for scenes, drawn: no home is shown that does not wish to be."""

from pathlib import Path


def draw(room: Path) -> list[Path]:
    """Draw a blocked corridor, and twice how it looks afterwards."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - at use

    paths = [room / f"IMG_091{number}.jpg" for number in range(3)]
    for number, path in enumerate(paths):
        photo = Image.new("RGB", (1200, 900), (214, 208, 196))
        pen = ImageDraw.Draw(photo)
        pen.polygon([(0, 900), (430, 420), (770, 420), (1200, 900)], (150, 140, 128))
        pen.rectangle((520, 220 + number, 680, 420), (88, 120, 108))
        for box in range(0 if number else 3):
            left = 330 + 150 * box
            pen.rectangle((left, 560, left + 140, 700), (178, 132, 82), (96, 70, 40), 5)
        photo.save(path)
    return paths
