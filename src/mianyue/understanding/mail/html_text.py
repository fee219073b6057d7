"""Turns the HTML of a mail into the lines that its writer saw; nothing in it is ever shown, loaded or run."""

from __future__ import annotations

import re
from html.parser import HTMLParser

LONGEST = 400_000
"""Characters that are looked at: Outlook wraps one sentence into 100 kB, and an answer stands on top."""

_UNSEEN = frozenset({"script", "style", "head", "title", "template", "object", "svg", "select", "textarea", "noscript"})
_BREAKS = frozenset(
    {
        "address",
        "article",
        "blockquote",
        "br",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
    }
    | {"header", "hr", "li", "ol", "p", "pre", "section", "table", "tr", "ul"}
)
_NEVER_CLOSED = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)
"""Elements without an end (HTML standard, "void elements")."""
_NO_ANSWER = frozenset({"gmail_signature", "moz-signature", "signature", "ms-outlook-mobile-signature", "yahoo-signature"})
"""Classes and ids of signatures."""
_QUOTED_FROM_HERE = frozenset(
    {"divrplyfwdmsg", "appendonsend", "isreplycontent", "mail-editor-reference-message-container", "includetail", "orimsg"}
    | {"yahoo_quoted", "protonmail_quote", "zmail_extra", "original-content", "replyheader", "history-quote-wrapper"}
)
"""Classes, ids and elements with which the answered letter begins in Outlook, 网易, QQ, Yahoo, Proton, Zoho."""
_DIVIDER = "\n-----Original Message-----\n"
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em)?\s*(?:;|$)", re.IGNORECASE)


def text_of_html(html: str) -> str:
    """The text as lines; quotations carry ``>``, and a divider stands where a program's markup says that the old letter begins."""
    reader = _Reader()
    reader.feed(_well_formed(html[:LONGEST]))
    reader.close()
    return reader.text()


def _well_formed(html: str) -> str:
    """The same without comments and declarations, and with every ``<`` closed: the parser's time then grows with the length alone."""
    pieces: list[str] = []
    at = 0
    while (begins := html.find("<!--", at)) >= 0:
        pieces.append(html[at:begins])
        ends = html.find("-->", begins + 4)
        at = ends + 3 if ends >= 0 else len(html)
    pieces.append(html[at:])
    without_comments = re.sub(r"<[!?][^<>]*>?", "", "".join(pieces))
    return re.sub(r"<[^<>]*>?", _tag, without_comments)


def _tag(found: re.Match[str]) -> str:
    tag = found[0]
    if not tag.endswith(">") or not re.match(r"</?[a-zA-Z]", tag):
        return "&lt;" + tag[1:]
    for quote in "\"'":
        if tag.count(quote) % 2:
            tag = tag.replace(quote, "")
    return tag


class _Reader(HTMLParser):
    """Keeps the visible text, line by line, with the depth of quotation it stands in."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line: list[str] = []
        self._quoted = 0
        self._unseen: list[str] = []
        self._as_typed = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BREAKS:
            self._end_line()
        if tag in ("td", "th"):
            self._line.append(" ")
        named = {word.lower() for key, value in attrs if key in ("class", "id") and value for word in value.split()} | {tag}
        if self._unseen:
            if tag == self._unseen[-1]:
                self._unseen.append(tag)
            return
        style = next((value or "" for key, value in attrs if key == "style"), "")
        unseen = tag in _UNSEEN or named & _NO_ANSWER or _HIDDEN.search(style) or any(key == "hidden" for key, _ in attrs)
        if tag in _NEVER_CLOSED:
            return
        if unseen:
            self._unseen.append(tag)
        elif named & _QUOTED_FROM_HERE:
            self._end_line()
            self._lines.append(_DIVIDER)
        if tag == "blockquote":
            self._quoted += 1
        self._as_typed += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        if tag in _BREAKS:
            self._end_line()
        if self._unseen:
            if tag == self._unseen[-1]:
                self._unseen.pop()
            return
        if tag == "blockquote":
            self._quoted = max(self._quoted - 1, 0)
        if tag == "pre":
            self._as_typed = max(self._as_typed - 1, 0)

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        if not self._as_typed:
            self._line.append(re.sub(r"\s+", " ", data))
            return
        for number, line in enumerate(data.split("\n")):
            if number:
                self._end_line()
            self._line.append(line)

    def text(self) -> str:
        """What was read, after ``close``."""
        self._end_line()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self._lines))

    def _end_line(self) -> None:
        line = "".join(self._line).strip()
        self._line.clear()
        if line or (self._lines and self._lines[-1]):
            self._lines.append("> " * min(self._quoted, 5) + line if line else "")
