import shutil
from datetime import date
from pathlib import Path

import pytest

from carehome import i18n
from carehome.commands import demo

DAY = date(2026, 11, 21)


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration home, made once; tests that change it take a copy."""
    i18n.use("zh_CN")
    folder = tmp_path_factory.mktemp("demo") / "home"
    demo.make(folder, 1, DAY)
    return folder


@pytest.fixture
def demo_copy(demo_home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(demo_home, tmp_path / "home"))


@pytest.fixture(autouse=True)
def _the_day_of_the_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAREHOME_NOW", "2026-11-21T01:30:00")
    monkeypatch.delenv("CAREHOME_USER", raising=False)
    monkeypatch.delenv("CAREHOME_PASSWORD", raising=False)
