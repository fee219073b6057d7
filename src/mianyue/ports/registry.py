"""Where a plug is found by its name, loaded only when first used. ``config.plugs`` fills it; nobody else does."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from mianyue.base.errors import MianyueError


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable of a plug, as the documentation and ``mianyue doctor`` show it."""

    name: str
    what: str
    default: str = ""
    secret: bool = False


_paths: dict[tuple[str, str], str] = {}
_loaded: dict[tuple[str, str], Any] = {}


class UnknownPlug(MianyueError):
    """No plug of that kind and name is registered."""

    code = "unknown_plug"


def register(kind: str, name: str, path: str) -> None:
    """Names a plug: ``path`` is ``package.module:Class``.

    A channel's class has ``settings``, the environment variables it reads (``Setting``), and ``from_environment(mapping)``, which
    makes the plug and is called once per process. A calendar is one person's: its class is taken with ``plug_class`` and made for each.
    """
    _paths[kind, name] = path
    _loaded.pop((kind, name), None)


def names(kind: str) -> list[str]:
    """The registered names of a kind, in order of registration."""
    return [name for registered, name in _paths if registered == kind]


def plug(kind: str, name: str) -> Any:
    """The plug itself, made on first use and kept. Raises UnknownPlug."""
    if (kind, name) not in _loaded:
        _loaded[kind, name] = plug_class(kind, name).from_environment(os.environ)
    return _loaded[kind, name]


def plug_class(kind: str, name: str) -> Any:
    """The class behind a name, for its ``settings``. Raises UnknownPlug."""
    if (kind, name) not in _paths:
        raise UnknownPlug(f"There is no {kind} named {name!r}.", f"Known: {', '.join(names(kind)) or 'none'}.")
    module, _, attribute = _paths[kind, name].partition(":")
    return getattr(import_module(module), attribute)
