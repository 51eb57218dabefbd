"""Publishing a roster: what must not be is owned up to, each with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.rosters import RosterExceptionRow
from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.periods import month_of
from carehome.rules.rights import User
from carehome.rules.rosters.checking import check
from carehome.rules.rosters.problem import Finding
from carehome.rules.rosters.words import say
from carehome.services.rosters.months import RosterMonth, roster_in


class NoRoster(Refusal):
    """Nobody has begun the roster of the month."""

    text = N_("There is no roster of this month yet. Fill it in first.")


class AlreadyPublished(Refusal):
    """A published roster is not published again, and not written like a draft."""

    text = N_(
        "This roster is published: people go by it. Change single days with a reason."
    )


class NotPublished(Refusal):
    """A draft needs no reasons, and cannot be withdrawn."""

    text = N_("This roster is a draft. Nobody goes by it yet.")


class ReasonsMissing(Refusal):
    """What must not be is not published without a reason for each."""

    text = N_(
        "{count} rules that always hold are broken in this roster. Mend it, or give a "
        "reason for each. The first: {first}"
    )


class Begun(Refusal):
    """People have worked by the roster already."""

    text = N_(
        "The month has begun and people work by this roster. Change single days with "
        "a reason instead."
    )


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A rule that always holds and is broken: how to name it, and in words."""

    key: str
    words: str
    finding: Finding


def obstacles_of(month: RosterMonth) -> list[Obstacle]:
    """Return what must not be and is, in the order of people and days."""
    return [
        Obstacle(key_of(finding), say(finding, month.problem), finding)
        for finding in check(month.problem, month.roster)
        if finding.is_hard
    ]


def key_of(finding: Finding) -> str:
    """Name a finding so that it is known again while the roster stays as it is."""
    days = ",".join(str(day) for day in finding.days)
    counted = finding.counted.value if finding.counted else ""
    return "|".join(
        (
            *(finding.fault.value, finding.person, days, finding.shift),
            *(finding.unit, counted, str(finding.limit)),
        )
    )


def publish_in(
    session: Session,
    month: RosterMonth,
    reasons: Mapping[str, str],
    user: User,
    now: datetime,
) -> None:
    """Let people go by a roster; every hard finding needs its reason."""
    row = roster_in(session, month.first)
    if row is None:
        raise NoRoster
    if row.state == "published":
        raise AlreadyPublished
    obstacles = obstacles_of(month)
    open_ones = [each for each in obstacles if not reasons.get(each.key, "").strip()]
    if open_ones:
        raise ReasonsMissing(count=len(open_ones), first=open_ones[0].words)
    for each in obstacles:
        session.add(
            RosterExceptionRow(
                roster_id=row.id, finding=each.words, reason=reasons[each.key].strip()
            )
        )
    row.state, row.published_at, row.published_by = "published", now, user.name


def withdraw_in(session: Session, first: date, today: date) -> None:
    """Make a roster a draft again, for as long as its month has not begun."""
    row = roster_in(session, first)
    if row is None or row.state != "published":
        raise NotPublished
    if today >= month_of(first).start:
        raise Begun
    row.state, row.published_at, row.published_by = "draft", None, ""
    for each in session.scalars(
        select(RosterExceptionRow).where(RosterExceptionRow.roster_id == row.id)
    ):
        session.delete(each)
