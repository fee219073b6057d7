"""The words that stand at the head of a section or before a field of a résumé, Chinese and English."""

from __future__ import annotations

import re

from mianyue.understanding.wordlists import words

_TABLE = "resume/headings.txt"
_DECORATION = " \t\u3000-–—_=*#|•·●■◆▪►▶【】[]「」《》<>()（）~:：.、"


def is_heading(line: str) -> bool:
    """Whether the line is nothing but the title of a section: 【教育背景】, — Skills —, 教 育 背 景."""
    return _bare(line) in words(_TABLE, "headings")


def is_label(text: str) -> bool:
    """Whether the text is nothing but the name of a field or of a section, as in the first cell of a form's row."""
    bare = _bare(text)
    return bare in words(_TABLE, "labels") or bare in words(_TABLE, "headings")


def _bare(text: str) -> str:
    bare = text.strip(_DECORATION).casefold()
    if len(bare) > 40:
        return bare
    # Letter-spaced titles (个 人 简 历) carry no meaning in their spaces; between Latin words they do.
    return re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", "", bare)
