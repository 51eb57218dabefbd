"""A strict reader of calendar files, written from RFC 5545 alone."""

import re
from datetime import datetime

_NAME = re.compile(rb"^[A-Z-]+(;[A-Z-]+=[^:;,]+)*:")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_SIGNS = {"\\": "\\", ";": ";", ",": ",", "n": "\n", "N": "\n"}


def read(content: bytes) -> list[dict[str, str]]:
    """Return the events of a calendar; whatever the format forbids, fails."""
    assert content.endswith(b"\r\n")
    physical = content[:-2].split(b"\r\n")
    for line in physical:
        assert len(line) <= 75, line
        assert b"\r" not in line
        assert b"\n" not in line
        line.decode()  # no character is cut by folding
    logical: list[bytes] = []
    for line in physical:
        if line.startswith((b" ", b"\t")):
            logical[-1] += line[1:]
        else:
            logical.append(line)
    assert all(_NAME.match(line) for line in logical)
    return _events([line.decode() for line in logical])


def _events(lines: list[str]) -> list[dict[str, str]]:
    stack: list[str] = []
    events: list[dict[str, str]] = []
    for line in lines:
        name, value = line.split(":", 1)
        if name == "BEGIN":
            stack.append(value)
            if value == "VEVENT":
                events.append({})
        elif name == "END":
            assert stack.pop() == value
        elif stack == ["VCALENDAR", "VEVENT"]:
            key = name.split(";")[0]
            assert key not in events[-1]
            events[-1][key] = unescaped(value)
    assert not stack
    assert all({"UID", "DTSTAMP", "DTSTART"} <= set(event) for event in events)
    return events


def unescaped(value: str) -> str:
    """Return a text as it was; a bare sign that means something fails."""
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value)
    return _ESCAPED.sub(lambda found: _SIGNS[found[1]], value)


def moment(value: str) -> datetime:
    """Return the moment of a value with a zone of its own."""
    return datetime.strptime(value, "%Y%m%dT%H%M%S")  # noqa: DTZ007
