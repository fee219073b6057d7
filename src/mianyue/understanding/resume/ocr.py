"""Reads the words in pictures of pages, where the extra ``ocr`` is installed; without it a picture stays a picture."""

from __future__ import annotations

import importlib
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from math import atan2, cos, sin
from statistics import median
from typing import Any

from mianyue.understanding.resume.pdf_layout import Run, as_text, by_rows

DOTS_PER_INCH = 150
"""Enough for 9-point print; more only takes longer (docs/performance.md)."""

# The recogniser drops the blank between two columns of a line; a gap of this share of the line's height was one. Between the
# characters of one word it leaves up to 0.44, before a full-width bracket 0.36.
_GAP = 0.45
_POINTS_PER_DOT = 72 / DOTS_PER_INCH
# The engine keeps buffers of its own and a page needs both cores anyway.
_ONE_AT_A_TIME = threading.Lock()


def available() -> bool:
    """Whether the extra ``ocr`` is installed."""
    return find_spec("rapidocr") is not None


def picture_text(picture: Any) -> str:
    """The text of one page, lines and columns in reading order.

    ``picture`` is a numpy array of height × width × 3 bytes, blue first, at about ``DOTS_PER_INCH``. Raises ModuleNotFoundError where
    the extra is missing: ask ``available`` first.
    """
    with _ONE_AT_A_TIME:
        read = _engine()(picture, return_word_box=True, return_single_char_box=True)
    lines = [] if read.boxes is None else [Line(*line) for line in zip(read.txts, read.boxes, read.word_results, strict=True)]
    return text_of(lines)


@dataclass(frozen=True, slots=True)
class Line:
    """A line as the recogniser gives it: its text, the corners of its box from the top left clockwise, and its characters.

    A character is (it, how sure, the corners of its box); blanks are none. Distances in dots, y grows downwards.
    """

    text: str
    box: Any
    characters: Sequence[tuple[str, float, Any]]


def text_of(lines: Sequence[Line]) -> str:
    """The text of a page from its lines, which a crooked sheet may have tilted."""
    angle = median(atan2(line.box[1][1] - line.box[0][1], line.box[1][0] - line.box[0][0]) for line in lines) if lines else 0.0
    return as_text(by_rows([_run(line, angle) for line in lines]))


def _run(line: Line, angle: float) -> Run:
    turned = [_turned(corner, -angle) for corner in line.box]
    left, right = (turned[0][0] + turned[3][0]) / 2, (turned[1][0] + turned[2][0]) / 2
    top, bottom = (turned[0][1] + turned[1][1]) / 2, (turned[2][1] + turned[3][1]) / 2
    return Run(_spaced(line), *(_POINTS_PER_DOT * distance for distance in (left, right, -bottom, -top)))


def _turned(corner: Sequence[float], angle: float) -> tuple[float, float]:
    x, y = float(corner[0]), float(corner[1])
    return x * cos(angle) - y * sin(angle), x * sin(angle) + y * cos(angle)


def _spaced(line: Line) -> str:
    """The line's text, its columns parted by two blanks where the recogniser gave one or none."""
    if "".join(line.text.split()) != "".join(character for character, _, _ in line.characters):
        return line.text
    gap = _GAP * median(box[3][1] - box[0][1] for _, _, box in line.characters)
    spaced, place, before = "", 0, None
    for character, _, box in line.characters:
        blank = line.text[place : line.text.index(character, place)]
        if before is not None and box[0][0] - before > gap:
            blank = "  "
        spaced += blank + character
        place = line.text.index(character, place) + 1
        before = box[1][0]
    return spaced


@cache
def _engine() -> Any:
    threads = min(2, os.cpu_count() or 1)
    return importlib.import_module("rapidocr").RapidOCR(
        params={
            "Global.log_level": "error",
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
