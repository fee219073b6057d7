from dataclasses import replace

import pytest

from mianyue.domain.intake.policy import is_another_person
from mianyue.domain.intake.records import Application

WANG = Application("A1", "J1", 1, "王芳", "wang@example.org", "+8613800000001", None, None, None, "", 2)


@pytest.mark.parametrize(
    ("name", "email", "mobile", "expected"),
    [
        ("李雷", "li@example.org", "13900000009", True),
        ("李雷", "li@example.org", None, True),
        ("李雷", None, "+86 139 0000 0009", True),
        ("李雷", "WANG@example.org", "13900000009", False),
        ("李雷", "li@example.org", "138-0000-0001", False),
        ("王 芳", "li@example.org", "13900000009", False),
        ("李雷", None, None, False),
        (None, "li@example.org", "13900000009", False),
        ("", "", "", False),
    ],
)
def test_another_name_and_other_contact_data(name, email, mobile, expected):
    assert is_another_person(WANG, name, email, mobile) is expected


def test_what_the_application_lacks_is_no_evidence():
    assert not is_another_person(replace(WANG, email=None, mobile=None), "李雷", "li@example.org", "13900000009")
    assert not is_another_person(replace(WANG, mobile=None), "李雷", None, "13900000009")


def test_order_and_capitals_of_a_name_do_not_matter():
    anna = replace(WANG, name="Anna Huber")
    assert not is_another_person(anna, "HUBER, Anna", "other@example.org", None)
    assert is_another_person(anna, "Anna Hofer", "other@example.org", None)
