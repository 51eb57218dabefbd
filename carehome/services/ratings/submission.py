"""What goes into the folder of a self-assessment, gathered from the home's records."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.ratings import (
    RatingContentRow,
    RatingFileRow,
    RatingScoreRow,
    RatingSelfRow,
)
from carehome.i18n import _
from carehome.rules.figure_sets import SetLine, sets
from carehome.rules.figures import Figure, FigureKey, definitions, show_figure
from carehome.rules.filing import say_field
from carehome.rules.periods import Period
from carehome.rules.ratings.items import Item
from carehome.rules.ratings.submission import (
    Attached,
    Counted,
    Fact,
    Line,
    Submission,
)
from carehome.rules.rights import User
from carehome.services.figures import figures_in, for_user
from carehome.services.home import profile_in
from carehome.services.ratings.tables import table_in
from carehome.services.ratings.verdicts import verdicts_in

PROFILE = "rating"  # the set of figures and fields that the profile is made of


def submission_in(
    session: Session, self_id: int, user: User, today: date
) -> Submission:
    """Gather a self-assessment with its evidence, as somebody may see its lists."""
    row = session.get_one(RatingSelfRow, self_id)
    table = table_in(session, row.table_id)
    keys = {item.figure for item in table.items if item.figure in definitions()}
    period = Period(row.starts, row.ends)
    asked = keys | set(sets()[PROFILE].figures)
    figures = {
        key: for_user(figure, user)
        for key, figure in figures_in(session, sorted(asked), period, today).items()
    }
    items = {item.item_id: item for item in table.items}
    files = _files_in(session, self_id, items)
    counted = _counted(table.items, figures)
    scores = {
        score.item_id: score
        for score in session.scalars(
            select(RatingScoreRow).where(RatingScoreRow.self_id == self_id)
        )
    }
    return Submission(
        self_id,
        row.name,
        table,
        row.starts,
        row.ends,
        row.target_grade,
        row.state == "submitted",
        tuple(
            _line(
                item,
                scores.get(item.item_id or 0),
                files[item.item_id],
                counted.get(item.figure),
            )
            for item in table.items
        ),
        tuple(
            verdict
            for verdict in verdicts_in(session, row, today)
            if verdict.condition.asked_of(row.target_grade)
        ),
        tuple(_facts_in(session, figures)),
        tuple(files[None]),
    )


def _files_in(
    session: Session, self_id: int, items: Mapping[int | None, Item]
) -> dict[int | None, list[Attached]]:
    query = (
        select(RatingFileRow, RatingContentRow.sha256)
        .join(RatingContentRow, RatingContentRow.id == RatingFileRow.content_id)
        .where(RatingFileRow.self_id == self_id)
        .order_by(RatingFileRow.number)
    )
    found: dict[int | None, list[Attached]] = defaultdict(list)
    for file, sha256 in session.execute(query):
        item = items[file.item_id] if file.item_id is not None else None
        attached = Attached(
            file.number, file.title, file.file_name, sha256, file.content_id, item
        )
        found[file.item_id].append(attached)
    return found


def _counted(
    items: Iterable[Item], figures: Mapping[FigureKey, Figure]
) -> dict[FigureKey, Counted]:
    """Number what can be told in the order of items; one may tell several of them."""
    told: dict[FigureKey, list[Item]] = defaultdict(list)
    for item in items:
        if item.figure in definitions():
            told[item.figure].append(item)
    known = [key for key in told if figures[key].is_known]
    found = {}
    for key, its in told.items():
        number = known.index(key) + 1 if key in known else 0
        definition, figure = definitions()[key], figures[key]
        shown = show_figure(figure, definition.unit)
        found[key] = Counted(number, definition.name, shown, figure, tuple(its))
    return found


def _line(
    item: Item,
    score: RatingScoreRow | None,
    files: list[Attached],
    counted: Counted | None,
) -> Line:
    if score is None:
        return Line(item, files=tuple(files), counted=counted)
    return Line(
        item,
        score.hundredths,
        score.reason,
        score.method,
        score.evidence,
        tuple(files),
        counted,
        bool(score.counted),
    )


def _facts_in(session: Session, figures: Mapping[FigureKey, Figure]) -> list[Fact]:
    """Tell the profile line by line, and what of it the program does not know."""
    profile = profile_in(session)
    return [
        _figure_fact(line, figures[line.figure])
        if line.figure
        else _fact(line, say_field(profile, line.field) if line.field else "")
        for line in sets()[PROFILE].lines
    ]


def _figure_fact(line: SetLine, figure: Figure) -> Fact:
    if not figure.is_known:
        return Fact(line.label, missing=str(figure.unknown))
    return Fact(line.label, show_figure(figure, definitions()[line.figure].unit))


def _fact(line: SetLine, value: str) -> Fact:
    if value:
        return Fact(line.label, value)
    return Fact(line.label, missing=line.blank or _("Fill it in under the settings."))
