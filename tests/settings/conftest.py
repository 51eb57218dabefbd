from tests.start.conftest import (  # noqa: F401 - fixtures
    _dressed,
    _keys_cost_little,
    jobs,
    shown,
    write,
)
