"""What a picture shows, and how it is drawn."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from carehome.commands.gallery.studio import Studio

Draw = Callable[["Studio"], object]
SCHEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Scene:
    """Something people get to see: `draw` leads the program there.

    Its name begins with the subject, then goes from the whole to the part, such as
    `fees-deposits-refund`: pictures lie in this order.
    """

    name: str
    draw: Draw


@dataclass(frozen=True, slots=True)
class Format:
    """How pictures are drawn."""

    language: str = "zh_CN"
    scheme: str = "light"
    scale: int = 100
    wide: int = 1366
    high: int = 768

    @property
    def folder(self) -> str:
        """The folder for pictures of this look, such as `zh-light`."""
        return f"{self.language[:2]}-{self.scheme}"
