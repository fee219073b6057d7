"""What somebody sees of a letter's HTML, and where its links lead: a plain reader that knows nothing of how the letter was made."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_BREAKS = frozenset({"p", "div", "tr", "table", "h1", "h2", "h3", "li", "ul", "ol", "br", "body", "hr"})
_UNSEEN = frozenset({"style", "title", "script", "head"})


@dataclass(slots=True)
class Seen:
    """``lines`` as read from top to bottom with the addresses of web links in their place, ``hidden`` what only a mail list shows.

    ``choices`` are the links that stand as blocks of their own: address and words.
    """

    title: str = ""
    hidden: str = ""
    lines: list[str] = field(default_factory=list)
    choices: list[tuple[str, str]] = field(default_factory=list)


def seen(html: str) -> Seen:
    """Reads a page; broken HTML is read as a browser would, as far as it goes."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_line()
    return reader.seen


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen = Seen()
        self._line = ""
        self._unseen: list[str] = []
        self._hidden = 0
        self._choice: str | None = None

    def end_line(self) -> None:
        line = " ".join(self._line.split())
        if line:
            self.seen.lines.append(line)
        self._line = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _UNSEEN:
            self._unseen.append(tag)
        if self._hidden or "display:none" in given.get("style", "").replace(" ", ""):
            self._hidden += tag not in ("br", "meta", "hr")
            return
        if tag in _BREAKS:
            self.end_line()
        if tag in ("td", "th"):
            self._line += " "
        if tag == "a":
            self._begin_link(given)

    def _begin_link(self, given: dict[str, str]) -> None:
        address = given.get("href", "")
        if given.get("class") == "choice":
            self.end_line()
            self._choice = address
        elif address.startswith(("https:", "http:")):
            self._line += f" {address} "

    def handle_endtag(self, tag: str) -> None:
        if self._unseen and tag == self._unseen[-1]:
            self._unseen.pop()
        if self._hidden:
            self._hidden -= 1
            return
        if tag == "a" and self._choice is not None:
            self.seen.choices.append((self._choice, " ".join(self._line.split())))
            self._line += f" {self._choice}"
            self._choice = None
            self.end_line()
        if tag in _BREAKS:
            self.end_line()

    def handle_data(self, data: str) -> None:
        if self._hidden:
            self.seen.hidden += data
        elif "title" in self._unseen:
            self.seen.title += data
        elif not self._unseen or self._unseen == ["head"]:
            self._line += data
