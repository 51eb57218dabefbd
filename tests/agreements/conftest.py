from datetime import UTC, date, datetime

import pytest

from carehome.db.database import Database
from carehome.rules.home import Profile
from carehome.rules.identity import check_digit
from carehome.services.agreements import Agreements, AgreementTemplates
from carehome.services.home import Home
from carehome.services.residents import Agreement, Contact, Person
from carehome.services.retention import Retention
from tests.conftest import KEY
from tests.purse import Purse, furnished

STARTS, ENDS = date(2026, 11, 1), date(2027, 10, 31)
NUMBER = "61010319400101242" + check_digit("61010319400101242")
PDF = b"%PDF-1.4 scan of a signed agreement"


@pytest.fixture(scope="session")
def _home(_template, tmp_path_factory):
    return furnished(_template, tmp_path_factory.mktemp("agreements"))


@pytest.fixture
def db(tmp_path, _home):
    """A home with prices; 王秀英 (1) and 李桂兰 (2) live in 301."""
    path = tmp_path / _home.name
    path.write_bytes(_home.read_bytes())
    database = Database(path, KEY)
    yield database
    database.close()


@pytest.fixture
def purse(db, clock):
    return Purse(db, clock)


@pytest.fixture
def at(db):
    """Return the services as they are used on a day."""

    def make(kind, day):
        noon = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
        return Purse(db, lambda: noon).of(kind)

    return make


@pytest.fixture
def agreements(purse):
    return purse.of(Agreements)


@pytest.fixture
def templates(purse):
    return purse.of(AgreementTemplates)


@pytest.fixture
def retention(purse):
    return purse.of(Retention)


@pytest.fixture
def wang(purse):
    """王秀英, of whom the file holds all that an agreement asks for."""
    purse.of(Home).change_profile(
        Profile(
            "福寿养老院",
            "民办非企业单位",
            "备2020-18",
            address="福寿路 18 号",
            phone="010-66668888",
            payment_note="每月 15 日前缴到前台",
            deposit_account="演示银行 0018",
        )
    )
    person = Person("王秀英", "female", None, "13900001111", "长安街 1 号", 2)
    purse.residents.change_person(1, person, NUMBER)
    contact = Contact("guardian", "王强", "儿子", "13900002222")
    purse.residents.set_contacts(1, [contact])
    return 1


@pytest.fixture
def planned(purse, wang):
    """An agreement of 王秀英 that is not drawn up yet."""
    told = Agreement(
        STARTS,
        ENDS,
        trial_until=date(2026, 11, 30),
        signer="王强",
        deposit_fen=5000_00,
    )
    return purse.residents.add_agreement(wang, told)


@pytest.fixture
def scan(tmp_path):
    path = tmp_path / "扫描件.pdf"
    path.write_bytes(PDF)
    return path
