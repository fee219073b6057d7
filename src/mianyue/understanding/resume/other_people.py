"""Tells which lines of a résumé are about referees and relatives: a letter to their number or address would reach a stranger."""

from __future__ import annotations

import re

from mianyue.understanding.resume.headings import heading_kind, is_label

_OF_SOMEBODY_ELSE = re.compile(
    r"紧急|家人|家里人|证明人|推荐人|介绍人|担保人|谘?咨询人|父亲|母亲|配偶|爱人|家长|家属|导师|reference|referee|emergency|next of kin"
    r"|supervisor|guarantor|\bspouse\b",
    re.IGNORECASE,
)
# The title of a section of their own: Referees, 证明人, 紧急联系人, Professional references; not "available upon request".
_THEIR_SECTION = re.compile(
    r"\W*(?:[一二三四五六七八九十\d]{1,2}[、.]\s?)?(?:(?:professional|academic|character|work|personal|my)\s)?"
    r"(?:references?|referees?|emergency contacts?|in case of emergency|next of kin|guarantors?|supervisors?"
    r"|(?:紧急|应急)联[系络]人|(?:工作|学历|背景)?证明人|推荐人|担保人|介绍人|咨询人|家庭(?:主要)?成员|家庭情况|背调联系人)"
    r"(?:信息|情况|及电话|及联系方式|联系方式|\sdetails|\scontacts?)?\W*",
    re.IGNORECASE,
)
# A table whose header has a column of theirs: 单位 | 职务 | 证明人及电话.
_THEIR_COLUMN = re.compile(
    r"(?:^|[\t|])\s*(?:证明人|推荐人|担保人|referee|reference|supervisor)[^\t|:\d]{0,12}(?:$|[\t|])", re.IGNORECASE
)
_CONTACT = re.compile(r"@|\d[\d ()-]{5,}\d")
# R E F E R E N C E S
_LETTER_SPACED = re.compile(r"(?<=\b[A-Z]) (?=[A-Z]\b)")
_CELLS = re.compile(r"[\t|]")
_SENTENCE_END = re.compile(r"[。;!?]|(?<=[a-z]{3})\.\s|(?<=\))\.\s")
# 证明人：周立，本人手机：…; My supervisor knows of this: reach me at …
_NEAR = 24
_OWN_AGAIN = re.compile(r"本人|我的|自己|\bme\b|\bmy (?:number|mobile|phone|e-?mail)\b|\bmine\b", re.IGNORECASE)


def of_somebody_else(before: str) -> bool:
    """Whether the words before a contact or a name say that it is a relative's or a reference's."""
    return _OF_SOMEBODY_ELSE.search(before) is not None


def told_of_somebody_else(before: str) -> bool:
    """Whether the sentence, of whose line ``before`` is the beginning, has come to somebody else and not back to the candidate."""
    for part in (_SENTENCE_END.split(before)[-1], before[-_NEAR:]):
        told = list(_OF_SOMEBODY_ELSE.finditer(part))
        if told and _OWN_AGAIN.search(part, told[-1].end()) is None:
            return True
    return False


def their_places(said: str) -> list[tuple[int, int]]:
    """Where ``said`` (NFKC, simplified) is about other people: sections of referees and relatives, rows of a table that name them."""
    found: list[tuple[int, int]] = []
    section, columns, position, reached, above = False, 0, 0, False, ""
    for line in said.split("\n"):
        if _THEIR_SECTION.fullmatch(_LETTER_SPACED.sub("", line)):
            section, reached = True, False
        elif section and heading_kind(line) == "personal" and above.strip() and not reached:
            # Below a referee's name and firm, of whom no number is told yet, Contact is theirs.
            reached = True
        elif section and line.strip() and (heading_kind(line) or _fields_of_the_candidate(line)):
            section = False
        reached = reached or _CONTACT.search(line) is not None
        above = line
        if _THEIR_COLUMN.search(line) and len(_CELLS.findall(line)) > 1:
            columns = len(_CELLS.findall(line))
        elif columns and len(_CELLS.findall(line)) != columns:
            columns = 0
        if section or columns:
            found.append((position, position + len(line)))
        position += len(line) + 1
    return found


def _fields_of_the_candidate(line: str) -> bool:
    """Whether a form goes on with what is asked of the candidate alone: 身份证号, 应聘岗位, expected salary."""
    label = re.split(r"[\t:]", line.strip(), maxsplit=1)[0]
    return is_label(label) and re.search(r"本人|应聘|期望|身份证|毕业|salary|desired", label, re.IGNORECASE) is not None
