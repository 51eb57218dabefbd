from datetime import date

import pytest

from carehome.rules.certificates import Certificate
from carehome.rules.rights import Role
from carehome.rules.staff import Person
from carehome.services.staff import Staff, StaffLists

HIRED = date(2024, 3, 1)


class House:
    """A home with its posts and kinds by name, and people put into them."""

    def __init__(self, as_role):
        self.as_role = as_role
        self.staff = as_role(Staff)
        self.lists = as_role(StaffLists)
        self.posts = {post.name: post.post_id for post in self.lists.posts()}
        self.kinds = {kind.code: kind for kind in self.lists.kinds()}

    def carer(self, name="周敏", hired=HIRED, **more):
        return self.staff.add(Person(name, hired, **more), self.posts["养老护理员"])

    def certify(self, staff_id, code, issued=HIRED, until=None, scan=None):
        given = Certificate(self.kinds[code].kind_id, issued, until)
        return self.staff.add_certificate(staff_id, given, scan)


@pytest.fixture
def house(as_role):
    return House(as_role)


@pytest.fixture
def as_nurse(as_role):
    return lambda kind: as_role(kind, Role.HEAD_NURSE)
