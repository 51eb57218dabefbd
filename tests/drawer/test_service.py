from sqlalchemy import func, select

from carehome.db.change_log import ChangeRow
from carehome.rules.rights import Role
from carehome.services.drawer import Drawer


def test_what_is_kept_is_found_again(as_role):
    drawer = as_role(Drawer, Role.HEAD_NURSE)
    drawer.keep("draft:contact", {"name": "王芳", "phones": ["13900000001"]})
    assert drawer.look("draft:contact") == {"name": "王芳", "phones": ["13900000001"]}


def test_a_drawer_is_its_owners_alone(as_role):
    as_role(Drawer, Role.HEAD_NURSE).keep("recent", [1, 2])
    assert as_role(Drawer, Role.DIRECTOR).look("recent") is None
    assert as_role(Drawer, Role.DIRECTOR).look_all("") == {}


def test_the_newest_value_takes_the_place_of_the_old(as_role):
    drawer = as_role(Drawer)
    drawer.keep("recent", [1])
    drawer.keep("recent", [2, 1])
    assert drawer.look_all("") == {"recent": [2, 1]}


def test_none_empties_the_drawer(as_role):
    drawer = as_role(Drawer)
    drawer.keep("recent", [1])
    drawer.keep("recent", None)
    drawer.keep("never there", None)
    assert drawer.look_all("") == {}


def test_things_are_found_by_the_start_of_their_name(as_role):
    drawer = as_role(Drawer)
    for name in ("draft:1", "draft:2", "draftX", "recent"):
        drawer.keep(name, name)
    assert list(drawer.look_all("draft:")) == ["draft:1", "draft:2"]


def test_signs_of_the_database_stand_for_themselves(as_role):
    drawer = as_role(Drawer)
    drawer.keep("a%b", 1)
    drawer.keep("axb", 2)
    assert drawer.look_all("a%") == {"a%b": 1}


def test_a_drawer_is_left_out_of_the_change_log(as_role, db):
    told = []
    db.on_change = told.append
    drawer = as_role(Drawer)
    with db.reading() as session:
        before = session.scalar(select(func.count(ChangeRow.id)))
    drawer.keep("recent", [1])
    drawer.keep("recent", [2])
    drawer.keep("recent", None)
    with db.reading() as session:
        assert session.scalar(select(func.count(ChangeRow.id))) == before
    assert told == []
