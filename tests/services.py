"""Finding all services and what their methods do, for tests that speak of every one."""

import ast
import importlib
import inspect
import pkgutil
import textwrap
from collections.abc import Iterator

from carehome import services
from carehome.services.service import Service


def every_service() -> list[type[Service]]:
    for module in pkgutil.walk_packages(services.__path__, "carehome.services."):
        importlib.import_module(module.name)
    found, rest = [], [Service]
    while rest:
        kinds = rest.pop().__subclasses__()
        found += kinds
        rest += kinds
    return sorted(found, key=lambda kind: kind.__qualname__)


def public_methods(kind: type[Service]) -> Iterator[tuple[str, object]]:
    for name, member in vars(kind).items():
        if not name.startswith("_") and callable(member):
            yield name, member


def writes(kind: type[Service], name: str) -> bool:
    """Say whether a method opens a writing transaction, itself or through another."""
    method = inspect.unwrap(getattr(kind, name))
    tree = ast.parse(textwrap.dedent(inspect.getsource(method)))
    called = {
        node.func.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "self"
    }
    return "_writing" in called or any(
        writes(kind, each) for each in called - {name} if hasattr(kind, each)
    )
