"""Which encoder of meaning this installation has, if any; everything that asks one can do without."""

from __future__ import annotations

import logging

from django.conf import settings

from mianyue.base.errors import MianyueError
from mianyue.ports import registry
from mianyue.understanding.phrases import bundled
from mianyue.understanding.phrases.encoder import Encoder

log = logging.getLogger(__name__)


def encoder() -> Encoder | None:
    """The encoder that is set up; None where there is none, or its settings are wrong (the log says so). Never raises."""
    name = name_of_encoder()
    try:
        found: Encoder | None = registry.plug("encoder", name) if name else None
    except MianyueError as error:
        log.warning("The encoder %s is not used: %s", name, error)
        return None
    return found


def name_of_encoder() -> str:
    """The name of the encoder that is set up, empty where there is none."""
    name: str = settings.MIANYUE_ENCODER
    return "" if name == "none" or (name == "bundled" and not bundled.available()) else name
