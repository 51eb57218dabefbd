"""Shifts as a calendar file (RFC 5545) that phones and computers take in.

Written by hand: the format needs little here, and no library for it is installed.
Times bear the zone of the home; China has had one time and no summer time since 1991.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from carehome.reports.files import whole

_LINE = 75  # octets, without the line's end
_ZONE = "Asia/Shanghai"
_ZONE_LINES = (
    "BEGIN:VTIMEZONE",
    f"TZID:{_ZONE}",
    "BEGIN:STANDARD",
    "DTSTART:19910915T000000",
    "TZOFFSETFROM:+0800",
    "TZOFFSETTO:+0800",
    "TZNAME:CST",
    "END:STANDARD",
    "END:VTIMEZONE",
)
_ESCAPES = str.maketrans(
    {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None}
)


@dataclass(frozen=True, slots=True)
class Event:
    """One shift; times are the home's own. `uid` is the same at every writing.

    A reader that knows the `uid` takes the event with the higher `sequence`.
    """

    uid: str
    starts: datetime
    ends: datetime
    title: str
    place: str = ""
    note: str = ""
    sequence: int = 0


def write_calendar(
    path: Path, name: str, events: Iterable[Event], stamp: datetime
) -> None:
    """Write events as a calendar called `name`, made at the moment `stamp`."""
    content = calendar(name, tuple(events), stamp).encode()
    with whole(path) as part:
        part.write_bytes(content)


def calendar(name: str, events: Sequence[Event], stamp: datetime) -> str:
    """Return the text of a calendar; `stamp` knows its zone."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//carehome//roster//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(name)}",
        f"X-WR-TIMEZONE:{_ZONE}",
        *_ZONE_LINES,
    ]
    for event in events:
        lines += _event(event, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(event: Event, stamp: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_escaped(event.uid)}"
    yield f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;TZID={_ZONE}:{event.starts:%Y%m%dT%H%M%S}"
    yield f"DTEND;TZID={_ZONE}:{event.ends:%Y%m%dT%H%M%S}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"SUMMARY:{_escaped(event.title)}"
    if event.place:
        yield f"LOCATION:{_escaped(event.place)}"
    if event.note:
        yield f"DESCRIPTION:{_escaped(event.note)}"
    yield "TRANSP:OPAQUE"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    """Return a text with the signs escaped that mean something to the format."""
    return text.translate(_ESCAPES)


def _folded(line: str) -> Iterator[str]:
    """Break a line so that none is longer than 75 octets; no character is cut."""
    part, room = "", _LINE
    for char in line:
        size = len(char.encode())
        if size > room:
            yield part
            part, room = " ", _LINE - 1
        part += char
        room -= size
    yield part
