"""The home's checklists: taken over once, changed in new versions, never lost."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from carehome.db.checklists import FormItemRow, FormRow, FormVersionRow
from carehome.rules.rights import Right
from carehome.rules.rulepacks import Standing
from carehome.rules.safety import forms as rules
from carehome.rules.safety.forms import Form, FormItem, FormKind, Sureness, Weight
from carehome.rules.safety.hazards import Severity
from carehome.services.service import Service, needs


def forms_in(session: Session) -> list[Form]:
    """Return the newest version of every form in the home's order."""
    newest = (
        select(FormVersionRow.form_id, func.max(FormVersionRow.number).label("number"))
        .group_by(FormVersionRow.form_id)
        .subquery()
    )
    query = (
        select(FormRow, FormVersionRow)
        .join(FormVersionRow, FormVersionRow.form_id == FormRow.id)
        .join(
            newest,
            (newest.c.form_id == FormVersionRow.form_id)
            & (newest.c.number == FormVersionRow.number),
        )
        .order_by(FormRow.position, FormRow.id)
    )
    return _forms(
        session, [(form, version) for form, version in session.execute(query)]
    )


def form_versions_in(session: Session, version_ids: Collection[int]) -> dict[int, Form]:
    """Return these versions of forms with their items, old ones too, by their ids."""
    query = (
        select(FormRow, FormVersionRow)
        .join(FormVersionRow, FormVersionRow.form_id == FormRow.id)
        .where(FormVersionRow.id.in_(version_ids))
    )
    found = _forms(
        session, [(form, version) for form, version in session.execute(query)]
    )
    return {form.version_id: form for form in found if form.version_id is not None}


def form_version_in(session: Session, version_id: int) -> Form:
    """Return one version of a form with its items."""
    return form_versions_in(session, (version_id,))[version_id]


def newest_of_kind_in(session: Session, kind: FormKind) -> Form | None:
    """Return the first form of a kind that is in use; None where there is none."""
    found = (form for form in forms_in(session) if form.kind is kind and form.is_active)
    return next(found, None)


def take_presets_in(session: Session, now: datetime, user_name: str) -> int:
    """Take over what the home lacks of the program's checklists; say how many.

    `now` is the moment as the database keeps it.
    """
    known = set(session.scalars(select(FormRow.preset)))
    names = set(session.scalars(select(FormRow.name)))
    missing = [each.form for code, each in rules.presets().items() if code not in known]
    for form in missing:
        name = _free(form.name, names)
        _add(session, replace(form, name=name, made_at=now, made_by=user_name))
    return len(missing)


class SafetyForms(Service):
    """What one person can do with the home's checklists."""

    @needs(Right.SEE_SAFETY)
    def listed(self) -> list[Form]:
        """Return all forms in their newest version, those out of use too."""
        with self._reading() as session:
            return forms_in(session)

    @needs(Right.SEE_SAFETY)
    def versions(self, form_id: int) -> list[Form]:
        """Return all versions of a form, the newest first."""
        with self._reading() as session:
            query = (
                select(FormVersionRow.id)
                .where(FormVersionRow.form_id == form_id)
                .order_by(FormVersionRow.number.desc())
            )
            ids = session.scalars(query).all()
            found = form_versions_in(session, ids)
            return [found[version_id] for version_id in ids]

    @needs(Right.CHANGE_SAFETY)
    def take_presets(self) -> int:
        """Take over the program's checklists that the home lacks; say how many."""
        with self._writing() as session:
            return take_presets_in(session, self._now(), self._user.name)

    @needs(Right.CHANGE_SAFETY)
    def add(self, form: Form) -> int:
        """Add a form of the home's own; return its id."""
        with self._writing() as session:
            form = self._checked(session, replace(form, preset=None, form_id=None))
            return _add(session, form)

    @needs(Right.CHANGE_SAFETY)
    def save(self, form: Form) -> int:
        """Keep a changed form as its next version; return the version's number.

        What rests on an older version than the newest is refused.
        """
        assert form.form_id is not None, "only a form that is there can be changed"
        with self._writing() as session:
            row = session.get_one(FormRow, form.form_id)
            newest = _newest_in(session, form.form_id)
            if form.number != newest.number:
                raise rules.VersionMeanwhile(name=newest.made_by, number=newest.number)
            form = self._checked(session, form)
            if rules.same(form, newest):
                raise rules.NothingChanged
            row.name, row.kind = form.name, form.kind
            number = newest.number + 1
            _add_version(session, replace(form, number=number))
            return number

    @needs(Right.CHANGE_SAFETY)
    def set_active(self, form_id: int, is_active: bool) -> None:
        """Take a form out of use, or into use again."""
        with self._writing() as session:
            session.get_one(FormRow, form_id).is_active = is_active

    def _checked(self, session: Session, form: Form) -> Form:
        name = form.name.strip()
        if not name:
            raise rules.FormNameless
        rules.check_items(form.items)
        query = select(FormRow.id).where(FormRow.name == name)
        if session.scalar(query) not in (None, form.form_id):
            raise rules.FormNameTaken(name=name)
        return replace(
            form,
            name=name,
            items=rules.coded(form.items),
            made_at=self._now(),
            made_by=self._user.name,
        )


def _newest_in(session: Session, form_id: int) -> Form:
    query = (
        select(FormVersionRow.id)
        .where(FormVersionRow.form_id == form_id)
        .order_by(FormVersionRow.number.desc())
        .limit(1)
    )
    return form_version_in(session, session.scalars(query).one())


def _free(name: str, taken: set[str]) -> str:
    """Return a name that no form of the home bears yet."""
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{name} {number}"
    taken.add(found)
    return found


def _add(session: Session, form: Form) -> int:
    last = session.scalar(select(func.max(FormRow.position))) or 0
    row = FormRow(kind=form.kind, preset=form.preset, name=form.name, position=last + 1)
    session.add(row)
    session.flush()
    _add_version(session, replace(form, form_id=row.id, number=1))
    return row.id


def _add_version(session: Session, form: Form) -> None:
    version = FormVersionRow(
        form_id=form.form_id,
        number=form.number,
        size=len(form.items),
        edition=form.edition,
        source=form.source,
        standing=form.standing,
        note=form.note,
        made_at=form.made_at,
        made_by=form.made_by,
    )
    session.add(version)
    session.flush()
    session.add_all(
        _item_row(version.id, position, item)
        for position, item in enumerate(form.items)
    )
    session.flush()


def _item_row(version_id: int, position: int, item: FormItem) -> FormItemRow:
    return FormItemRow(
        version_id=version_id,
        position=position,
        code=item.code,
        section=item.section.strip(),
        text=item.text.strip(),
        method=item.method.strip(),
        fails=item.fails.strip(),
        needs_picture=item.needs_picture,
        source=item.source.strip(),
        sureness=item.sureness,
        weight=item.weight,
        severity=item.severity,
        points=item.points,
    )


def _forms(
    session: Session, rows: Iterable[tuple[FormRow, FormVersionRow]]
) -> list[Form]:
    pairs = list(rows)
    items = defaultdict(list)
    query = (
        select(FormItemRow)
        .where(FormItemRow.version_id.in_([version.id for _form, version in pairs]))
        .order_by(FormItemRow.position)
    )
    for row in session.scalars(query):
        items[row.version_id].append(_item(row))
    return [_form(form, version, items[version.id]) for form, version in pairs]


def _form(row: FormRow, version: FormVersionRow, items: Iterable[FormItem]) -> Form:
    return Form(
        FormKind(row.kind),
        row.name,
        tuple(items),
        version.edition,
        version.source,
        cast(Standing, version.standing),
        version.note,
        row.preset,
        row.id,
        version.id,
        version.number,
        row.is_active,
        version.made_at.replace(tzinfo=UTC),
        version.made_by,
    )


def _item(row: FormItemRow) -> FormItem:
    return FormItem(
        row.code,
        row.text,
        row.section,
        row.method,
        row.fails,
        row.needs_picture,
        row.source,
        Sureness(row.sureness),
        Weight(row.weight),
        Severity(row.severity),
        row.points,
        row.id,
    )
