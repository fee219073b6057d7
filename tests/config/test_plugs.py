"""Every plug that has a name loads, keeps the registry's promises and says which settings it reads."""

import pytest

from mianyue.config.plugs import PLUGS
from mianyue.ports import registry
from mianyue.ports.registry import Setting


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, name, _ in PLUGS])
def test_plug_loads_and_says_what_it_is(kind, name):
    plug = registry.plug_class(kind, name)
    assert plug.__doc__
    assert all(isinstance(setting, Setting) and setting.what for setting in getattr(plug, "settings", ()))


@pytest.mark.parametrize("name", [name for kind, name, _ in PLUGS if kind == "channel"])
def test_channel_is_made_from_the_environment_and_goes_by_its_name(name):
    channel = registry.plug_class("channel", name).from_environment(
        {"EMAIL_URL": "smtp://127.0.0.1:25", "MIANYUE_HOME": "/nonexistent"}
    )
    assert channel.name == name
    channel.close()


def test_no_two_plugs_of_a_kind_share_a_name():
    named = [(kind, name) for kind, name, _ in PLUGS]
    assert len(named) == len(set(named))
    assert registry.names("channel") == [name for kind, name in named if kind == "channel"]
