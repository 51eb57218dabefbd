from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from carehome import i18n
from carehome.ui.kit import theme
from carehome.ui.kit.jobs import Jobs


@pytest.fixture(scope="session", autouse=True)
def _dressed(qapp: QApplication) -> None:
    i18n.use("zh_CN")
    theme.use(qapp)


@pytest.fixture(scope="session", autouse=True)
def _empty_clipboard(qapp: QApplication) -> Iterator[None]:
    """What still lies there when Python has ended would end it with a crash."""
    yield
    qapp.clipboard().clear()


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    jobs = Jobs()
    yield jobs
    jobs.close()


@pytest.fixture
def shown(qtbot):
    """Show a widget in an active window, so that keys reach it."""
    kept = []

    def show(widget: QWidget) -> QWidget:
        kept.append(widget)
        qtbot.addWidget(widget)
        theme.dress(widget)
        widget.show()
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)
        return widget

    yield show
    kept.clear()
