"""Errors that say what to do next, to people and to programs."""

import importlib
import pkgutil

import pytest

import mianyue
from mianyue.base.errors import MianyueError, NotFound, Refused, SettingError, SomebodyWasFirst


def test_a_program_reads_code_message_and_hint():
    error = NotFound("There is no application A1.", "Known ids: mianyue status")
    assert error.as_dict() == {"code": "not_found", "message": "There is no application A1.", "hint": "Known ids: mianyue status"}
    assert str(error) == "There is no application A1."


def test_being_second_is_a_kind_of_refusal():
    assert issubclass(SomebodyWasFirst, Refused)


def test_a_setting_that_is_not_understood_says_what_would_be():
    error = SettingError("MIANYUE_DEMO", "maybe", "0 or 1")
    assert error.as_dict() == {
        "code": "setting_invalid",
        "message": "MIANYUE_DEMO is 'maybe', which is not 0 or 1.",
        "hint": "Set MIANYUE_DEMO to 0 or 1, or unset it.",
    }


@pytest.mark.parametrize("storey", ["base", "ports", "adapters", "domain", "workflows", "config"])
def test_no_two_errors_share_a_code_and_each_explains_itself(storey):
    for module in pkgutil.walk_packages(mianyue.__path__, "mianyue."):
        if (
            module.name.split(".")[1] == storey
            and "migrations" not in module.name
            and not module.name.endswith(("wsgi", "__main__"))
        ):
            importlib.import_module(module.name)
    kinds = _descendants(MianyueError)
    codes = [kind.code for kind in kinds]
    assert sorted(codes) == sorted(set(codes))
    assert [kind.__name__ for kind in kinds if not kind.__doc__] == []


def _descendants(kind: type[MianyueError]) -> list[type[MianyueError]]:
    return [kind, *(one for child in kind.__subclasses__() for one in _descendants(child))]
