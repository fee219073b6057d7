"""Reads a résumé that somebody photographed."""

from __future__ import annotations

import importlib
from io import BytesIO

from mianyue.understanding.resume import ocr

_MOST_PIXELS = 60_000_000
_LONGEST_SIDE = 2200


class TooLarge(Exception):
    """The picture has more pixels than any telephone takes."""


class BrokenPicture(Exception):
    """The picture can't be opened."""


def text_of(content: bytes) -> str:
    """The text of a PNG or JPEG, empty where none is found. Needs the extra ``ocr``. Raises TooLarge, BrokenPicture."""
    # Pillow and numpy come with the extra.
    image, operations, numpy = (importlib.import_module(name) for name in ("PIL.Image", "PIL.ImageOps", "numpy"))
    try:
        opened = image.open(BytesIO(content), formats=("PNG", "JPEG"))
        if opened.width * opened.height > _MOST_PIXELS:
            raise TooLarge
        # A telephone writes how it was held beside the picture.
        upright = operations.exif_transpose(opened).convert("RGB")
    except (OSError, SyntaxError, ValueError, image.DecompressionBombError):
        raise BrokenPicture from None
    upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    return ocr.picture_text(numpy.asarray(upright)[:, :, ::-1])
