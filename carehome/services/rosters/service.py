"""What one person can do with the rosters of the home."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select

from carehome.db.rosters import RosterRow, RosterWishRow
from carehome.rules.rights import Right
from carehome.rules.rosters import patterns
from carehome.rules.rosters.problem import OFF, Cell, Roster
from carehome.services.rosters import log, publishing
from carehome.services.rosters.months import (
    RosterMonth,
    any_month_in,
    month_in,
    roster_in,
)
from carehome.services.rosters.wishes import NewWish, WishLine, add_wish_in, wishes_in
from carehome.services.rosters.writing import Mark, put_in
from carehome.services.service import Service, needs


class Rosters(Service):
    """What one person can do with the rosters of the home."""

    @needs(Right.SEE_ROSTER)
    def month(self, first: date) -> RosterMonth:
        """Return a month: what it asks for, and what stands in its roster."""
        return self._month(first.replace(day=1))

    @needs(Right.SEE_ROSTER)
    def states(self) -> dict[date, str]:
        """Return the months that have a roster, each draft or published."""
        with self._reading() as session:
            rows = session.execute(
                select(RosterRow.month, RosterRow.state).order_by(RosterRow.month)
            )
            return dict(rows.all())

    @needs(Right.CHANGE_ROSTER)
    def set_cells(self, first: date, cells: Mapping[Cell, Mark]) -> int:
        """Write cells of a draft; the first ones begin the roster of the month."""
        return self._put(first, cells)

    @needs(Right.CHANGE_ROSTER)
    def change_published(
        self, first: date, cells: Mapping[Cell, Mark], reason: str
    ) -> int:
        """Change cells that people go by already, and tell why."""
        with self._writing() as session:
            row = roster_in(session, first)
            if row is None or row.state != "published":
                raise publishing.NotPublished
            return put_in(session, first, cells, self._user, self._now(), reason)

    @needs(Right.CHANGE_ROSTER)
    def lock(self, first: date, cells: Sequence[Cell]) -> int:
        """Keep cells as they are: no engine and no pattern touches them."""
        return self._set_locks(first, cells, is_locked=True)

    @needs(Right.CHANGE_ROSTER)
    def unlock(self, first: date, cells: Sequence[Cell]) -> int:
        """Let cells be changed again."""
        return self._set_locks(first, cells, is_locked=False)

    @needs(Right.CHANGE_ROSTER)
    def copy_week(self, first: date, monday: int, keys: Sequence[str]) -> int:
        """Write the week before day number `monday` once more for some people."""
        month = self._month(first)
        rows = {key: month.roster.rows[key] for key in keys}
        return self._lay(month, patterns.copied_week(rows, monday))

    @needs(Right.CHANGE_ROSTER)
    def lay_pattern(
        self,
        first: date,
        pattern: Sequence[str],
        keys: Sequence[str],
        days: Sequence[int],
        stagger: int,
    ) -> int:
        """Give people a pattern over some days, each `stagger` days further on."""
        laid = patterns.staggered(pattern, keys, days, stagger)
        return self._lay(self._month(first), laid)

    @needs(Right.CHANGE_ROSTER)
    def take_over(self, first: date, roster: Roster) -> int:
        """Make a whole roster the draft of a month; locked cells stay as they are."""
        month = self._month(first)
        cells = {
            (key, day): Mark(code, roster.units.get((key, day), ""))
            for key, row in roster.rows.items()
            for day, code in enumerate(row)
            if (key, day) not in month.problem.locked
        }
        return self._put(first, cells)

    @needs(Right.SEE_ROSTER)
    def obstacles(self, first: date) -> list[publishing.Obstacle]:
        """Return the broken rules that a publication needs reasons for."""
        with self._reading() as session:
            month = month_in(session, first)
            return publishing.obstacles_of(month) if month else []

    @needs(Right.PUBLISH_ROSTER)
    def publish(self, first: date, reasons: Mapping[str, str]) -> None:
        """Let people go by a roster; `reasons` by the key of each obstacle."""
        with self._writing() as session:
            month = any_month_in(session, first)
            publishing.publish_in(session, month, reasons, self._user, self._now())

    @needs(Right.PUBLISH_ROSTER)
    def withdraw(self, first: date) -> None:
        """Make a published roster a draft again before its month begins."""
        with self._writing() as session:
            publishing.withdraw_in(session, first, self._today())

    @needs(Right.SEE_ROSTER)
    def changes(self, first: date) -> list[log.CellChange]:
        """List what was changed since publication, the newest first."""
        with self._reading() as session:
            return log.changes_in(session, first, self._clock().tzinfo)

    @needs(Right.SEE_ROSTER)
    def accepted(self, first: date) -> list[log.Accepted]:
        """List the broken rules that were published with a reason."""
        with self._reading() as session:
            return log.accepted_in(session, first)

    @needs(Right.SEE_ROSTER)
    def wishes(self, first: date) -> list[WishLine]:
        """List what people would like of a month."""
        with self._reading() as session:
            return wishes_in(session, first, self._clock().tzinfo)

    @needs(Right.CHANGE_ROSTER)
    def add_wish(self, wish: NewWish) -> int:
        """Note what somebody would like; return its number."""
        with self._writing() as session:
            return add_wish_in(session, wish, self._user.name, self._now())

    @needs(Right.CHANGE_ROSTER)
    def remove_wish(self, wish_id: int) -> None:
        """Strike out a wish."""
        with self._writing() as session:
            session.delete(session.get_one(RosterWishRow, wish_id))

    def _month(self, first: date) -> RosterMonth:
        with self._reading() as session:
            return any_month_in(session, first)

    def _put(self, first: date, cells: Mapping[Cell, Mark]) -> int:
        with self._writing() as session:
            row = roster_in(session, first)
            if row is not None and row.state == "published":
                raise publishing.AlreadyPublished
            return put_in(session, first, cells, self._user, self._now())

    def _lay(self, month: RosterMonth, codes: Mapping[Cell, str]) -> int:
        """Write codes where nothing is locked and nobody is away."""
        problem = month.problem
        cells = {
            cell: Mark(code)
            for cell, code in codes.items()
            if cell not in problem.locked
            and (code == OFF or code not in problem.bars.get(cell, {}))
        }
        return self._put(month.first, cells)

    def _set_locks(self, first: date, cells: Sequence[Cell], is_locked: bool) -> int:
        with self._writing() as session:
            month = any_month_in(session, first)
            marks = {
                (key, day): Mark(
                    month.roster.rows[key][day],
                    month.roster.units.get((key, day), ""),
                    is_locked,
                )
                for key, day in cells
            }
            return put_in(session, first, marks, self._user, self._now())
