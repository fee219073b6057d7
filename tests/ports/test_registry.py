"""Plugs are named early and loaded late."""

import sys
from collections.abc import Mapping

import pytest

from mianyue.ports import registry
from mianyue.ports.registry import UnknownPlug


class Lamp:
    """A plug of the test's own."""

    made: list["Lamp"] = []

    def __init__(self, colour: str) -> None:
        self.colour = colour

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Lamp":
        cls.made.append(cls(environ.get("LAMP_COLOUR", "white")))
        return cls.made[-1]


@pytest.fixture(autouse=True)
def _empty_house(monkeypatch):
    """A registry of the test's own, so that the product's plugs stay as they are."""
    monkeypatch.setattr(registry, "_paths", {})
    monkeypatch.setattr(registry, "_loaded", {})
    monkeypatch.setitem(sys.modules, "lamps", sys.modules[__name__])
    Lamp.made = []


def test_a_plug_is_made_from_the_environment_on_first_use_and_kept(monkeypatch):
    registry.register("lamp", "desk", "lamps:Lamp")
    assert Lamp.made == []
    monkeypatch.setenv("LAMP_COLOUR", "green")
    assert registry.plug("lamp", "desk").colour == "green"
    assert registry.plug("lamp", "desk") is registry.plug("lamp", "desk")
    assert len(Lamp.made) == 1


def test_registering_loads_nothing():
    registry.register("lamp", "floor", "no.such.module:Lamp")
    assert registry.names("lamp") == ["floor"]
    with pytest.raises(ModuleNotFoundError):
        registry.plug("lamp", "floor")


def test_names_are_in_order_of_registration_and_of_that_kind_only():
    for kind, name in [("lamp", "b"), ("chair", "c"), ("lamp", "a")]:
        registry.register(kind, name, "lamps:Lamp")
    assert registry.names("lamp") == ["b", "a"]
    assert registry.names("table") == []


def test_registering_again_replaces_the_plug():
    registry.register("lamp", "desk", "lamps:Lamp")
    old = registry.plug("lamp", "desk")
    registry.register("lamp", "desk", "lamps:Lamp")
    assert registry.plug("lamp", "desk") is not old


def test_an_unknown_name_says_which_are_known():
    registry.register("lamp", "desk", "lamps:Lamp")
    with pytest.raises(UnknownPlug) as refused:
        registry.plug("lamp", "ceiling")
    assert refused.value.as_dict() == {
        "code": "unknown_plug",
        "message": "There is no lamp named 'ceiling'.",
        "hint": "Known: desk.",
    }
    with pytest.raises(UnknownPlug, match="no chair"):
        registry.plug_class("chair", "desk")
