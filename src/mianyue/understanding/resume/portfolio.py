"""Finds the portfolio, code or list of papers that a résumé gives, by the site it is kept on."""

from __future__ import annotations

import re
from functools import cache

from mianyue.understanding.folding import normal
from mianyue.understanding.resume.sections import read_lines
from mianyue.understanding.wordlists import alternatives, words

_TABLE = "resume/portfolios.txt"
_ADDRESS = re.compile(
    r"(?<![@\w.-])(?:https?://)?(?:www\.)?(?P<host>(?:[a-z0-9](?:[a-z0-9-]{0,40}[a-z0-9])?\.){1,4}[a-z]{2,12})(?P<path>/[^\s,，;；、()（）<>\"'|]*)?(?![@\w])",
    re.IGNORECASE,
)
_LONGEST = 40
# What stands in the lines of a job may be the employer's.
_ELSEWHERE = frozenset(("work", "internship", "projects", "education", "training"))


def portfolio_site(text: str) -> str | None:
    """The host (``behance.net``) of the portfolio that the résumé gives, or None.

    It counts where a label says so (作品集：…, Portfolio: …), or by itself where the site is one for works, code or papers and the
    address names a page of it. Only the host is told: the rest of the address is a stranger's text.
    """
    labelled: list[str] = []
    known: list[str] = []
    for line in read_lines(text).lines:
        plain = normal(line.text)
        for match in _ADDRESS.finditer(plain):
            host = match["host"].lower()
            if len(host) > _LONGEST:
                continue
            if _label().search(plain[: match.start()]):
                labelled.append(host)
            elif line.kind not in _ELSEWHERE and _is_known(host) and len(match["path"] or "") > 1:
                known.append(host)
    return next(iter(labelled + known), None)


def _is_known(host: str) -> bool:
    return any(host == site or host.endswith(f".{site}") for site in words(_TABLE, "sites"))


@cache
def _label() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(_TABLE, 'labels')})\s*[:：(（|\t-]?\s*$", re.IGNORECASE)
