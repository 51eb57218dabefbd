"""A whole number that is typed, or pushed along a slide."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSlider

from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.ui.kit import theme
from carehome.ui.kit.fields import NumberField

TYPED = 72  # the width of what is typed beside the slide
PAGE = 5


class OffScale(Refusal):
    """A number lies outside of what makes sense."""

    text = N_("Type a whole number from {least} to {most}.")


class Slide(QSlider):
    """Goes with arrows, Page keys, Home, End and the mouse; the wheel scrolls on."""

    def __init__(self, least: int, most: int) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setRange(least, most)
        self.setPageStep(PAGE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(theme.px(28))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class SlideField(NumberField):
    """Holds what is typed; the slide beside it follows, and moves it.

    Empty it stands at `rest`. What may be typed goes from `least` to `most`, and the
    slide over what is usual of that.
    """

    def __init__(
        self, name: str, bounds: tuple[int, int], usual: tuple[int, int], hint: str = ""
    ) -> None:
        check = partial(_check, *bounds)
        super().__init__(name, needed=False, hint=hint, check=check)
        self._rest = 0
        self.slide = Slide(*usual)
        self.slide.setAccessibleName(name)
        self.input.setFixedWidth(theme.px(TYPED))
        self._line.insertWidget(0, self.slide, 1)
        self.input.textChanged.connect(self._follow)
        self.slide.valueChanged.connect(self._push)

    def set_rest(self, rest: int) -> None:
        """Say where the slide stands while nothing is typed."""
        self._rest = rest
        self._follow()

    def _follow(self) -> None:
        value = self.value()
        self.slide.blockSignals(True)
        self.slide.setValue(self._rest if value is None else value)
        self.slide.blockSignals(False)

    def _push(self, value: int) -> None:
        self.input.setText(str(value))


def _check(least: int, most: int, value: int) -> None:
    if not least <= value <= most:
        raise OffScale(least=least, most=most)
