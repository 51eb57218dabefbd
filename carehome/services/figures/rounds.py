"""Figures of the rounds that the plan asks for, up to yesterday."""

from carehome.i18n import N_
from carehome.rules.figures import Figure, Rows, quotient, total, unknown
from carehome.rules.safety.rounds import STANDING_NAMES, Standing
from carehome.rules.today import words
from carehome.services.figures.asked import Asked
from carehome.services.figures.registry import Counter, counts
from carehome.services.safety.rounds import DueLine

NOT_OVER = words(N_("Rounds are counted when their day is over."))
TITLES = (N_("Due from"), N_("Checklist"), N_("Place"), N_("How it stands"))
MADE = (Standing.MADE, Standing.MADE_LATE)
KINDS = ("day_patrol", "night_patrol", "monthly")  # of checklists, as texts ask for


def _rows(lines: list[DueLine]) -> Rows:
    return Rows(
        TITLES,
        tuple(
            (
                each.due.opens,
                each.form,
                each.place,
                words(STANDING_NAMES[each.standing]),
            )
            for each in lines
        ),
    )


def _those(*standings: Standing) -> Counter:
    """Count the rounds that stand so."""

    def counter(asked: Asked) -> Figure:
        if asked.watch.rounds is None:
            return unknown(NOT_OVER)
        found = [each for each in asked.watch.rounds if each.standing in standings]
        return total(len(found), _rows(found))

    return counter


def _share(kinds: tuple[str, ...], *standings: Standing) -> Counter:
    """Return the share of rounds of some kinds of checklist that stand so."""

    def counter(asked: Asked) -> Figure:
        if asked.watch.rounds is None:
            return unknown(NOT_OVER)
        due = [each for each in asked.watch.rounds if not kinds or each.kind in kinds]
        part = sum(each.standing in standings for each in due)
        return quotient(part, len(due), _rows(due))

    return counter


counts("safety.rounds_due")(_those(*MADE, Standing.MISSED))
counts("safety.rounds_made")(_those(*MADE))
counts("safety.rounds_late")(_those(Standing.MADE_LATE))
counts("safety.rounds_missed")(_those(Standing.MISSED))
counts("safety.rounds_made_share")(_share((), *MADE))
counts("safety.rounds_in_time_share")(_share((), Standing.MADE))
counts("safety.rounds_missed_share")(_share((), Standing.MISSED))
for _kind in KINDS:
    counts(f"safety.{_kind}_share")(_share((_kind,), *MADE))
