from tests.kit.conftest import _dressed, jobs, shown  # noqa: F401 - fixtures
