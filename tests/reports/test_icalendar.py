from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carehome.reports.icalendar import Event, calendar, write_calendar
from tests.reports.calendar_reader import moment, read

STAMP = datetime(2026, 11, 21, 9, 30, tzinfo=timezone(timedelta(hours=8)))
BEGIN = datetime.fromisoformat("2026-11-30T23:00")
END = datetime.fromisoformat("2026-12-01T07:00")
NIGHT = Event(
    "20261130-7@roster.carehome",
    BEGIN,
    END,
    "夜班",
    "三楼",
)
TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n"),
    max_size=200,
)


def written(*events):
    return read(calendar("何梅的班", events, STAMP).encode())


def test_a_night_ends_on_the_next_day():
    (found,) = written(NIGHT)
    assert moment(found["DTSTART"]) == BEGIN
    assert moment(found["DTEND"]) == END


def test_times_bear_the_zone_that_the_file_explains():
    text = calendar("x", [NIGHT], STAMP)
    assert "DTSTART;TZID=Asia/Shanghai:20261130T230000\r\n" in text
    assert text.index("TZID:Asia/Shanghai") < text.index("BEGIN:VEVENT")


def test_the_stamp_is_in_universal_time():
    assert written(NIGHT)[0]["DTSTAMP"] == "20261121T013000Z"


def test_the_same_shift_keeps_its_number():
    assert written(NIGHT)[0]["UID"] == written(NIGHT)[0]["UID"] == NIGHT.uid


@pytest.mark.parametrize("count", [0, 1, 400])
def test_every_event_is_there_once(count):
    events = [
        Event(f"{number}@x", NIGHT.starts, NIGHT.ends, "早班")
        for number in range(count)
    ]
    found = written(*events)
    assert len({each["UID"] for each in found}) == len(found) == count


@given(TEXTS, TEXTS)
def test_any_text_comes_back_as_it_was(title, note):
    (found,) = written(Event("1@x", NIGHT.starts, NIGHT.ends, title, note=note))
    assert found["SUMMARY"] == title
    assert found.get("DESCRIPTION", "") == note


@pytest.mark.parametrize("length", [21, 22, 23, 48, 49, 50])
def test_long_lines_are_folded_between_characters(length):
    (found,) = written(Event("1@x", NIGHT.starts, NIGHT.ends, "夜" * length))
    assert found["SUMMARY"] == "夜" * length


def test_the_file_holds_what_the_calendar_says(tmp_path):
    path = tmp_path / "roster.ics"
    write_calendar(path, "何梅的班", [NIGHT], STAMP.astimezone(UTC))
    assert [each["SUMMARY"] for each in read(path.read_bytes())] == ["夜班"]
