"""The words that stand at the head of a section or before a field of a résumé, Chinese and English."""

from __future__ import annotations

import re
from functools import cache

from mianyue.understanding.folding import normal
from mianyue.understanding.traditional import simplified
from mianyue.understanding.wordlists import alternatives, words

_TABLE = "resume/headings.txt"
KINDS = (
    "education", "work", "internship", "projects", "skills", "languages", "certificates", "interests", "summary", "personal",
    "objective", "campus", "training", "other", "title",
)  # fmt: skip
_MADE = (
    "education",
    "work",
    "internship",
    "projects",
    "skills",
    "languages",
    "certificates",
    "interests",
    "other",
    "campus",
    "personal",
    "objective",
)
_DECORATION = " \t\u3000-–—_=*#|•·●■◆▪►▶【】[]「」《》<>()（）~:：.、"
_NUMBER = re.compile(
    r"(?:[一二三四五六七八九十]{1,2}(?:\s?[、.．:：]| (?=[\u3400-\u9fff]{2}))|"
    r"\d{1,2}\s?[.、)）/]|[ivx]{1,4}(?:\.|(?= [\u3400-\u9fff]))|[〇①-⑳❶-❿])\s*(?=\D)"
)
# 工作经验 (8年); the closing bracket may have gone with the decoration.
_ASIDE = re.compile(r"\s*\([^()]*\)?$")
_LETTER_SPACED = re.compile(r"[a-z](?: [a-z]){3,}(?:  +[a-z](?: [a-z])+)*")
_BOTH_LANGUAGES = re.compile(
    r"(?P<zh>[\u3400-\u9fff/、与和及]+)[\s/|·(（_-]*[a-z][a-z &/é]+[)）]?|[a-z][a-z &/é]+[\s/|·(（_-]*(?P<behind>[\u3400-\u9fff/、与和及]+)[)）]?"
)
_ONLY_HAN = re.compile(r"[\u3400-\u9fff]+")
_LETTERS_APART = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_SIGNS = re.compile(r"^[^\w\u3400-\u9fff]+|[^\w\u3400-\u9fff]+$")
_SEVERAL = re.compile(r"\s*(?:[/|&、+,，]|和|与|及|\band\b)\s*")


def is_heading(line: str) -> bool:
    """Whether the line is nothing but the title of a section: 【教育背景】, — Skills —, 教 育 背 景."""
    return _bare(line) in _kinds()


def heading_kind(line: str) -> str | None:
    """The kind of section that the line is the title of (``work``, ``education`` …: a section of the table), or None.

    Also with a number (一、工作经历), in two languages (工作经历 WORK EXPERIENCE) or of two things (Skills & Tools: the first counts).
    """
    bare = _bare(simplified(normal(line)))
    if len(bare) > 40:
        bare = _ASIDE.sub("", bare)
    if not bare or len(bare) > 40:
        return None
    bare = _SIGNS.sub("", _ASIDE.sub("", _NUMBER.sub("", _SIGNS.sub("", bare), count=1)))
    if _LETTER_SPACED.fullmatch(bare):
        bare = re.sub(r" (?! )", "", bare).replace("  ", " ")
    kind = _kind_of(bare)
    both = _BOTH_LANGUAGES.fullmatch(bare) if kind is None else None
    if both:
        return _kind_of(both["zh"] or both["behind"])
    parts = [part for part in _SEVERAL.split(bare) if part]
    if kind is None and len(parts) > 1:
        # 研究与工作经历, 实验与软件技能: the last word is meant for both.
        found = [
            _kind_of(part) or _kind_of(part + parts[-1][-2:]) or _kind_of(f"{part}经历") or _kind_of(f"{part} experience")
            for part in parts
        ]
        kind = None if not all(found) else _of_both(parts, [each for each in found if each])
    # 三 资质, whose space between Chinese characters is gone.
    return kind or _joined_kind(bare) or (_kind_of(bare[1:]) if bare[:1] in tuple("一二三四五六七八九十") else None)


def _of_both(parts: list[str], found: list[str]) -> str:
    """The kind of a title of several things: skills before papers, work before projects; 特长/爱好 are hobbies."""
    if "特长" in parts and "interests" in found:
        return "interests"
    if "skills" in found and found[0] != "work":
        return "skills"
    return "work" if "work" in found and found[0] == "projects" else found[0]


def _joined_kind(bare: str) -> str | None:
    """The kind of two Chinese titles written as one: 证书技能, 技能荣誉; what can be done counts before the papers."""
    if not 4 <= len(bare) <= 8 or not _ONLY_HAN.fullmatch(bare):
        return None
    halves = [(_kind_of(bare[:at]), _kind_of(bare[at:])) for at in range(2, len(bare) - 1)]
    both = next((half for half in halves if all(half)), None)
    return "skills" if both and "skills" in both else both[0] if both else None


def _kind_of(bare: str) -> str | None:
    """The kind of a title that is in the table, or made of its words: 过往任职经历, selected publications."""
    if bare in _kinds():
        return _kinds()[bare]
    made = _made().fullmatch(bare) if len(bare) <= 30 else None
    return made.lastgroup.rstrip("_") if made and made.lastgroup else None


@cache
def _made() -> re.Pattern[str]:
    """Titles made of a word that tells the kind, with words around it that tell nothing."""
    before, behind = (alternatives(_TABLE, f"words {where}") for where in ("before", "behind"))
    front, back = (alternatives(_TABLE, f"latin {where}") for where in ("before", "behind"))
    chinese = (f"(?:{before})*(?P<{kind}>{alternatives(_TABLE, f'{kind} words')})(?:{behind})*" for kind in _MADE)
    latin = (f"(?:(?:{front}) )*(?P<{kind}_>{alternatives(_TABLE, f'{kind} latin')})(?: (?:{back}))*" for kind in _MADE)
    return re.compile("|".join([*chinese, *latin]))


def is_label(text: str) -> bool:
    """Whether the text is nothing but the name of a field or of a section, as in the first cell of a form's row."""
    bare = _bare(text)
    return bare in words(_TABLE, "labels") or bare in _kinds()


@cache
def _kinds() -> dict[str, str]:
    return {word: kind for kind in KINDS for word in words(_TABLE, kind)}


def _bare(text: str) -> str:
    bare = text.strip(_DECORATION).casefold()
    if len(bare) > 40:
        return bare
    # Letter-spaced titles (个 人 简 历) carry no meaning in their spaces; between Latin words they do.
    return _LETTERS_APART.sub("", bare)
