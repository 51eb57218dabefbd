"""What changed between two versions of a checklist, and two changes put together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum

from carehome.i18n import N_, _
from carehome.rules.safety.forms import (
    KIND_NAMES,
    SURENESS_NAMES,
    WEIGHT_NAMES,
    Form,
    FormItem,
)
from carehome.rules.safety.hazards import SEVERITY_NAMES


class How(StrEnum):
    """What became of something between two versions."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


HOW_NAMES = {
    How.ADDED: N_("Added"),
    How.REMOVED: N_("Taken out"),
    How.CHANGED: N_("Changed"),
    How.MOVED: N_("Moved"),
}
HEAD = ("name", "kind", "edition", "source", "note")
Show = Callable[[object], str]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: what became of which item, in which of its fields."""

    how: How
    item: str
    field: str = ""
    before: str = ""
    after: str = ""


def _plain(value: object) -> str:
    return "" if value is None else str(value)


_ITEM_FIELDS: tuple[tuple[str, str, Show], ...] = (
    ("text", N_("What is looked at"), _plain),
    ("section", N_("Section"), _plain),
    ("method", N_("How it is looked at"), _plain),
    ("fails", N_("What fails it"), _plain),
    ("severity", N_("Hazard if it fails"), lambda v: _named(SEVERITY_NAMES, v)),
    ("needs_picture", N_("Picture"), lambda v: _("Yes") if v else ""),
    ("source", N_("Source"), _plain),
    ("sureness", N_("How sure the source is"), lambda v: _named(SURENESS_NAMES, v)),
    ("weight", N_("How much it binds"), lambda v: _named(WEIGHT_NAMES, v)),
    ("points", N_("Full mark"), _plain),
)
_HEAD_FIELDS: tuple[tuple[str, str, Show], ...] = (
    ("name", N_("Name of the checklist"), _plain),
    ("kind", N_("What it is for"), lambda v: _named(KIND_NAMES, v)),
    ("edition", N_("Edition"), _plain),
    ("source", N_("Source"), _plain),
)


def changes(old: Form, new: Form) -> tuple[Change, ...]:
    """Return what differs between two versions, the head first."""
    was = {item.code: item for item in old.items}
    own = {item.code: item for item in new.items if item.code}
    moved = _moved(old.items, new.items)
    found = _fields(old, new, "", _HEAD_FIELDS)
    for item in new.items:
        if item.code not in was:
            found.append(Change(How.ADDED, item.text))
            continue
        found += _fields(was[item.code], item, item.text, _ITEM_FIELDS)
        if item.code in moved:
            found.append(Change(How.MOVED, item.text))
    gone = (item for item in old.items if item.code not in own)
    return (*found, *(Change(How.REMOVED, item.text) for item in gone))


def rebased(base: Form, mine: Form, theirs: Form) -> Form:
    """Return `theirs` with what `mine` changed of `base`.

    Where both changed the same, mine stands; what only one changed stays as it was
    changed. So nothing of either is lost without being seen in `changes`.
    """
    mine = _marked(mine)
    was, own, new = ({i.code: i for i in form.items} for form in (base, mine, theirs))
    items = [
        own[code] if _is_mine(code, was, own) else new[code]
        for code in _order(base, mine, theirs)
        if _stays(code, was, own, new)
    ]
    head = {
        name: getattr(mine, name)
        for name in HEAD
        if getattr(mine, name) != getattr(base, name)
    }
    kept = (replace(i, code=_unmarked(i.code)) for i in items)
    return replace(theirs, items=tuple(kept), **head)


Items = dict[str, FormItem]


def _is_mine(code: str, was: Items, own: Items) -> bool:
    """Say whether I added an item, or changed what was there."""
    return code in own and (code not in was or _asks(own[code]) != _asks(was[code]))


def _stays(code: str, was: Items, own: Items, new: Items) -> bool:
    """Say whether an item is still asked when both changes are put together."""
    if code in own and code in new:
        return True
    return _is_mine(code, was, own) or (code in new and code not in was)


def _order(base: Form, mine: Form, theirs: Form) -> list[str]:
    """Return all codes in the order of whoever moved items, mine before theirs."""
    first, second = theirs, mine
    if _moved(base.items, mine.items):
        first, second = mine, theirs
    order = [item.code for item in first.items]
    before = ""
    for item in second.items:
        if item.code not in order:
            order.insert(order.index(before) + 1 if before in order else 0, item.code)
        before = item.code
    return order


_NEW = "\0"  # before the numbers of items that have no code of their own yet


def _marked(form: Form) -> Form:
    """Number what was added, so that it can be told apart until it is kept."""
    numbered = (
        item if item.code else replace(item, code=f"{_NEW}{at}")
        for at, item in enumerate(form.items)
    )
    return replace(form, items=tuple(numbered))


def _unmarked(code: str) -> str:
    return "" if code.startswith(_NEW) else code


def _moved(old: Sequence[FormItem], new: Sequence[FormItem]) -> set[str]:
    """Return the codes of items that stand elsewhere among those of both versions."""
    both = {item.code for item in old} & {item.code for item in new}
    left, right = ([i.code for i in each if i.code in both] for each in (old, new))
    blocks = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    stayed = {code for block in blocks for code in left[block.a : block.a + block.size]}
    return both - stayed


def _asks(item: FormItem) -> FormItem:
    return replace(item, item_id=None)


def _fields(
    old: object, new: object, item: str, fields: tuple[tuple[str, str, Show], ...]
) -> list[Change]:
    return [
        Change(How.CHANGED, item, _(title), show(before), show(after))
        for name, title, show in fields
        if (before := getattr(old, name)) != (after := getattr(new, name))
    ]


def _named(names: object, value: object) -> str:
    assert isinstance(names, dict), "a table of words"
    return _(names[value])
