"""Deeds on equipment that are undone: what stands before, and the deed itself."""

from datetime import date
from io import BytesIO

from PIL import Image

from carehome.rules.safety.equipment import Done, Kind
from carehome.rules.sheets import Cell, Sheet
from carehome.services.safety.equipment import Equipment, Piece
from carehome.services.safety.equipment_rolls import EquipmentRolls
from carehome.services.safety.photos import NewPicture
from tests.conftest import TODAY

PIECE = Piece(1, "一楼东侧楼梯口", "MFZ/ABC4", date(2020, 6, 1))


def picture():
    out = BytesIO()
    Image.new("RGB", (30, 20), "white").save(out, "JPEG")
    return NewPicture("plan.jpg", 30, 20, out.getvalue(), "d", None)


def _one(w):
    return w.of(Equipment).add(PIECE)[0]


def _served(w):
    one = _one(w)
    w.of(Equipment).record((one,), Done(TODAY))
    (line,) = w.of(Equipment).ledger().lines
    return line.done[0].service_id


def _scrapped(w):
    one = _one(w)
    w.of(Equipment).scrap(one, TODAY, "压力不足")
    return one


def _list(w):
    rows = (("种类", "位置"), ("干粉灭火器", "三楼"))
    sheet = Sheet("器材", tuple(tuple(Cell(each) for each in row) for row in rows))
    return w.of(EquipmentRolls).check("器材.xlsx", (sheet,))


def _plan(w):
    return w.of(Equipment).add_plan("一楼", picture())


def _placed(w):
    one, plan = _one(w), _plan(w)
    w.of(Equipment).put_on_plan(one, plan, 10, 20)
    return one


DEEDS = {
    "Equipment.add": (
        lambda _w: None,
        lambda w, _known: w.of(Equipment).add(PIECE, 3),
    ),
    "EquipmentRolls.read_in": (
        _list,
        lambda w, checked: w.of(EquipmentRolls).read_in(checked),
    ),
    "Equipment.change": (
        _one,
        lambda w, one: w.of(Equipment).change(one, Piece(2, "二楼")),
    ),
    "Equipment.put_on_plan": (
        lambda w: (_one(w), _plan(w)),
        lambda w, known: w.of(Equipment).put_on_plan(*known, 1, 2),
    ),
    "Equipment.take_off_plan": (
        _placed,
        lambda w, one: w.of(Equipment).take_off_plan(one),
    ),
    "Equipment.record": (
        _one,
        lambda w, one: w.of(Equipment).record((one,), Done(TODAY)),
    ),
    "Equipment.remove_service": (
        _served,
        lambda w, number: w.of(Equipment).remove_service(number),
    ),
    "Equipment.scrap": (
        _one,
        lambda w, one: w.of(Equipment).scrap(one, TODAY, "压力不足"),
    ),
    "Equipment.take_back_scrapping": (
        _scrapped,
        lambda w, one: w.of(Equipment).take_back_scrapping(one),
    ),
    "Equipment.save_kind": (
        lambda _w: None,
        lambda w, _known: w.of(Equipment).save_kind(Kind("消防水带", "带", 12, 12)),
    ),
    "Equipment.add_plan": (
        lambda _w: None,
        lambda w, _known: w.of(Equipment).add_plan("一楼", picture()),
    ),
    "Equipment.remove_plan": (
        _plan,
        lambda w, plan: w.of(Equipment).remove_plan(plan),
    ),
}
