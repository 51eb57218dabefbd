"""Notices of fees: what they say, and which of them hung from when to when."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome import paths
from carehome.db.billing import NoticeTextRow, PriceListRow, PriceNoticeRow
from carehome.db.home import HomeRow
from carehome.errors import Refusal
from carehome.i18n import N_, _, say_date, speaking
from carehome.reports.price_notice import (
    FeeNotice,
    NoticeGroup,
    NoticeItem,
    write_fee_notice,
    write_three_parts,
)
from carehome.reports.sheet import A3, A4
from carehome.rules.billing.tariff import CATEGORIES, CATEGORY_NAMES
from carehome.rules.prices.approval import ListState
from carehome.rules.residents import check_happened
from carehome.rules.rights import Right
from carehome.rules.rulepacks_said import rules_of, say_terms
from carehome.services.papers import letterhead_in
from carehome.services.prices.deciding import moment_of, names_in
from carehome.services.prices.sheets import FeeItem, Price, items_in, sheet_of
from carehome.services.rulebook import pack_in
from carehome.services.service import Service, needs

Kind = Literal["fees", "three_parts"]
Part = Literal["guide", "standards", "complaints"]
KIND_NAMES: dict[str, str] = {
    "fees": N_("Public notice of fees"),
    "three_parts": N_("Items, guide and standards"),
}
PART_NAMES: dict[str, str] = {
    "guide": N_("Guide"),
    "standards": N_("Standards"),
    "complaints": N_("Complaints: telephone"),
}
PER_UNIT: dict[str, str] = {
    "month": N_("yuan a month"),
    "day": N_("yuan a day"),
    "use": N_("yuan a time"),
    "once": N_("yuan, once"),
}


PUBLIC_RULES = 2  # deposit and prepaid fees; how over-held ones go back is the home's


class NotPublic(Refusal):
    """Only what was approved is hung up."""

    text = N_("This price list is not approved yet, so its notice is not hung up.")


class PlaceMissing(Refusal):
    """A notice hangs somewhere."""

    text = N_("Say where the notice hangs, for example in the entrance hall.")


class HangsThere(Refusal):
    """One notice hangs at a place once."""

    text = N_("This notice hangs there already, since {day}. Choose another place.")


class DownBeforeUp(Refusal):
    """A notice is not taken down before it was put up."""

    text = N_("The notice was put up on {day}; it cannot be taken down before that.")


class AlreadyDown(Refusal):
    """A notice is taken down once."""

    text = N_("This notice was already taken down on {day}.")


@dataclass(frozen=True, slots=True)
class Hung:
    """A notice that hangs, or hung, in a place."""

    notice_id: int
    list_id: int
    starts: date
    kind: str
    place: str
    up_on: date
    down_on: date | None
    noted_by: str


class Notices(Service):
    """What one person can do with notices of fees."""

    @needs(Right.SEE_FEES)
    def hung(self) -> list[Hung]:
        """List all notices that were ever put up, the newest first."""
        with self._reading() as session:
            rows = session.execute(
                select(PriceNoticeRow, PriceListRow.starts)
                .join(PriceListRow, PriceListRow.id == PriceNoticeRow.price_list_id)
                .order_by(PriceNoticeRow.up_on.desc(), PriceNoticeRow.id.desc())
            )
            return [
                Hung(
                    row.id,
                    row.price_list_id,
                    starts,
                    row.kind,
                    row.place,
                    row.up_on,
                    row.down_on,
                    row.noted_by,
                )
                for row, starts in rows
            ]

    @needs(Right.CHANGE_PRICES)
    def put_up(self, list_id: int, kind: Kind, place: str, day: date) -> int:
        """Note that a notice of a price list was hung up."""
        if not place.strip():
            raise PlaceMissing
        check_happened(day, self._today())
        with self._writing() as session:
            listed = session.get_one(PriceListRow, list_id)
            if listed.state != ListState.APPROVED:
                raise NotPublic
            same = select(PriceNoticeRow.up_on).where(
                PriceNoticeRow.price_list_id == list_id,
                PriceNoticeRow.kind == kind,
                PriceNoticeRow.place == place.strip(),
                PriceNoticeRow.down_on.is_(None),
            )
            if since := session.scalar(same):
                raise HangsThere(day=since)
            row = PriceNoticeRow(
                price_list_id=list_id,
                kind=kind,
                place=place.strip(),
                up_on=day,
                noted_by=self._user.name,
            )
            session.add(row)
            session.flush()
            return row.id

    @needs(Right.CHANGE_PRICES)
    def take_down(self, notice_id: int, day: date) -> None:
        """Note that a notice hangs no more."""
        check_happened(day, self._today())
        with self._writing() as session:
            row = session.get_one(PriceNoticeRow, notice_id)
            if row.down_on is not None:
                raise AlreadyDown(day=row.down_on)
            if day < row.up_on:
                raise DownBeforeUp(day=row.up_on)
            row.down_on = day

    @needs(Right.SEE_FEES)
    def texts(self) -> dict[str, str]:
        """Return what the home says in each part: its own words, or the usual ones."""
        with self._reading() as session:
            return texts_in(session)

    @needs(Right.CHANGE_PRICES)
    def save_texts(self, texts: Mapping[str, str]) -> None:
        """Keep what the home says in the parts of its notices."""
        with self._writing() as session:
            rows = {row.part: row for row in session.scalars(select(NoticeTextRow))}
            for part, text in texts.items():
                row = rows.get(part) or NoticeTextRow(part=part)
                row.text = text.strip()
                session.add(row)

    @needs(Right.SEE_FEES)
    @speaking()
    def write(self, list_id: int, kind: Kind, large: bool, path: Path) -> None:
        """Write a notice on A4, or large on A3."""
        with self._reading() as session:
            notice, home = _notice_in(session, list_id), letterhead_in(session)
        size = A3 if large else A4
        if kind == "fees":
            write_fee_notice(path, notice, home, size)
        else:
            write_three_parts(path, notice, home, size)


def texts_in(session: Session) -> dict[str, str]:
    """Return the parts of the notices within another deed."""
    path = paths.resource("templates") / "notices.json"
    usual = json.loads(path.read_text("utf-8"))
    own = {row.part: row.text for row in session.scalars(select(NoticeTextRow))}
    return {part: own.get(part, usual[part]) for part in PART_NAMES}


def _notice_in(session: Session, list_id: int) -> FeeNotice:
    row = session.get_one(PriceListRow, list_id)
    sheet, texts = sheet_of(session, row), texts_in(session)
    listed = {price.item_id: price for price in sheet.prices}
    is_public = session.get_one(HomeRow, 1).ownership == "public"
    items = [item for item in items_in(session) if item.item_id in listed]
    groups = [
        NoticeGroup(
            _(CATEGORY_NAMES[category]),
            tuple(
                _item(item, listed[item.item_id], is_public)
                for item in items
                if item.category == category
            ),
        )
        for category in CATEGORIES
    ]
    deposits = [
        text
        if source is None
        else _("{text} ({source})").format(text=text, source=source.document)
        for text, source in rules_of(pack_in(session, row.starts))[:PUBLIC_RULES]
    ]
    counts = row.state == ListState.APPROVED
    decided = moment_of(row.decided_at)
    return FeeNotice(
        row.starts,
        tuple(group for group in groups if group.items),
        say_terms(sheet.terms),
        tuple(deposits),
        names_in(session).get(row.decided_by, ""),
        decided.astimezone().date() if decided and counts else None,
        counts,
        texts["complaints"],
        tuple(texts["guide"].splitlines()),
        tuple(texts["standards"].splitlines()),
    )


def _item(item: FeeItem, price: Price, is_public: bool) -> NoticeItem:
    """Return what a notice says of an item; guide prices bind public homes."""
    told = NoticeItem(item.name, _(PER_UNIT[item.unit]), price.fen)
    if not is_public or price.ceiling_fen is None:
        return told
    source = price.ceiling_document
    if price.ceiling_dated:
        text = _("{document}, {day}")
        source = text.format(document=source, day=say_date(price.ceiling_dated))
    return replace(told, guide_fen=price.ceiling_fen, guide_source=source)
