"""Which refusals a deed can end in, found by reading what it calls."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import is_dataclass
from functools import cache, partial
from types import FunctionType, MethodType, ModuleType
from typing import Any, get_type_hints

from carehome.errors import Refusal


def reachable(call: Callable[..., Any]) -> frozenset[type[Refusal]]:
    """Return the refusals that calling `call` may raise, however deep."""
    if isinstance(call, partial):
        return reachable(call.func)
    if isinstance(call, MethodType):
        return _of(inspect.unwrap(call.__func__), type(call.__self__))
    return _of(inspect.unwrap(call), None)


@cache
def _of(function: FunctionType, kind: type | None) -> frozenset[type[Refusal]]:
    found: set[type[Refusal]] = set()
    seen: set[tuple[FunctionType, type | None]] = set()
    rest = [(function, kind)]
    while rest:
        place = rest.pop()
        if place in seen:
            continue
        seen.add(place)
        for node in ast.walk(_tree(place[0])):
            if isinstance(node, ast.Raise):
                found |= set(_raised(node, place))
            elif isinstance(node, ast.Call):
                rest += _called(node.func, place)
                for value in (*node.args, *(word.value for word in node.keywords)):
                    if isinstance(value, ast.Name | ast.Attribute):
                        rest += _called(value, place)  # handed on to be called
    return frozenset(found)


@cache
def _tree(function: FunctionType) -> ast.AST:
    return ast.parse(textwrap.dedent(inspect.getsource(function)))


def _raised(node: ast.Raise, place: Any) -> Iterator[type[Refusal]]:
    for part in ast.walk(node):
        if isinstance(part, ast.Name | ast.Attribute):
            kind = _meant(part, place)
            if isinstance(kind, type) and issubclass(kind, Refusal):
                yield kind


def _called(node: ast.expr, place: Any) -> list[tuple[FunctionType, type | None]]:
    """Return the functions of our own that a call may go to."""
    meant = _meant(node, place)
    if isinstance(meant, property):
        meant = meant.fget
    if isinstance(meant, type):
        made = getattr(meant, "__post_init__", None)
        return [(made, meant)] if isinstance(made, FunctionType) else []
    if not inspect.isroutine(meant):
        return []
    owner = _owner(node, place)
    function = inspect.unwrap(getattr(meant, "__func__", meant))
    own = isinstance(function, FunctionType)
    if own and function.__module__.startswith("carehome."):
        return [(function, owner)]
    return []


def _meant(node: ast.expr, place: Any) -> Any:
    """Return what a name or an attribute stands for, None when that is not known."""
    function, _kind = place
    if isinstance(node, ast.Name):
        closed = inspect.getclosurevars(function).nonlocals
        return closed.get(node.id, function.__globals__.get(node.id))
    if isinstance(node, ast.Attribute):
        owner = _owner(node, place)
        if owner is not None:
            return getattr(owner, node.attr, None)
        base = _meant(node.value, place)
        if isinstance(base, ModuleType | type):
            return getattr(base, node.attr, None)
    return None


def _owner(node: ast.expr, place: Any) -> type | None:
    """Return the class whose method or attribute `node` names."""
    return _type(node.value, place) if isinstance(node, ast.Attribute) else None


def _type(node: ast.expr, place: Any) -> type | None:
    """Return the type of a value, as far as annotations tell it."""
    function, kind = place
    if isinstance(node, ast.Name):
        if node.id == "self":
            return kind
        return _hint(function, node.id)
    if isinstance(node, ast.Attribute):
        owner = _type(node.value, place)
        if owner is not None and is_dataclass(owner):
            return _hint(owner, node.attr)
    return None


def _hint(annotated: Any, name: str) -> type | None:
    """Return the class that a parameter or field is annotated with."""
    try:
        hint = get_type_hints(annotated).get(name)
    except NameError:  # a name that only the type checker imports
        return None
    return hint if isinstance(hint, type) else None
