"""The last look at a letter before it is queued: nothing in it but the facts, and all the facts that it promises.

The letter was composed from the same facts, so a refusal means a mistake in a template, a translation or an import; better found
here than by a candidate. Known facts never count against a letter: people may well be called 党, and so may streets.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from html.parser import HTMLParser

from babel import Locale

from mianyue.base.errors import Refused
from mianyue.domain.notices.dates import times_of
from mianyue.domain.notices.facts import Contact, LetterFacts, Privacy, one_line
from mianyue.domain.notices.known import Known, blanked, explained, folded, known, spans, within
from mianyue.domain.notices.purposes import Purpose
from mianyue.domain.notices.render import Rendered
from mianyue.domain.notices.strays import IDENTITY_NUMBER, LINK, MAIL_ADDRESS, PHONE, RESIDUE, SENSITIVE, time_pattern

# Characters that would make a known link the beginning of another one.
_URL_TAIL = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/_?&=#%~+@:-")

# Between blocks, so that the end of one and the beginning of the next are not read together.
_BREAK = " ¶ "

_REASONS = {
    "keywords": "It names more than three keywords, or one that the job does not ask for or nobody approved.",
    "times": "A time that it must show is missing, or stands beside the link of another.",
    "stray_time": "It shows a date or time that is not among the facts.",
    "identity_number": "It holds what looks like an identity or passport number.",
    "phone": "It holds a telephone number other than the contact's.",
    "mail_address": "It holds a mail address other than those of the contact and the privacy officer.",
    "residue": "It holds a leftover of a template.",
    "sensitive": "It speaks of a private matter that is no part of the job.",
    "subject": "The subject names the person, or is not a single line.",
    "links": "It holds a link that is not among the facts, or not a web address.",
    "html": "The HTML loads or runs something.",
}


class GuardRefused(Refused):
    """The letter must not be sent. ``check`` names the rule; nothing of the letter is repeated here."""

    code = "guard_refused"

    def __init__(self, check: str) -> None:
        super().__init__(
            f"The guard refused a letter ({check}): {_REASONS[check]}", "Correct the data or the template and compose it again."
        )
        self.check = check


def check(rendered: Rendered, facts: LetterFacts, approved_keywords: Collection[str], job_keywords: Collection[str]) -> None:
    """Refuses a letter that says anything but ``facts``. Raises GuardRefused naming the first rule that is broken.

    A text message (no HTML) need not show every time, but must hold the page link.
    """
    shown, approved, asked_for = (set(map(one_line, words)) for words in (facts.keywords, approved_keywords, job_keywords))
    require(len(facts.keywords) <= 3 and shown <= approved <= asked_for, "keywords")
    allowed = known(facts, rendered.purpose, job_keywords)
    locale = times_of(facts).voice.locale
    public = [facts.company, facts.job_title, facts.round_name]
    reading = read(rendered, allowed, public, addresses(facts.contact, facts.privacy), facts.page_link)
    for pieces in reading.laid_out:
        _check_times(pieces, facts, rendered.purpose)
    refuse_strays(reading, allowed, locale, facts.prepare)


@dataclass(frozen=True, slots=True)
class Reading:
    """A letter as its readers see it: in pieces, once per way of laying it out, and as whole texts, its subject among them."""

    laid_out: tuple[list[str], ...]
    texts: tuple[str, ...]


def read(rendered: Rendered, allowed: Known, public: Collection[str], mail_and_phone: Collection[str], page_link: str) -> Reading:
    """Opens a letter, whoever it is for, and refuses foreign links, HTML that acts, and a subject that tells too much.

    ``public``: what a subject may say although it may be a name; ``mail_and_phone``: the ``mailto:`` and ``tel:`` links of the
    footer. A text message has no layout but must hold ``page_link``. Raises GuardRefused.
    """
    require(all(link.startswith(("https://", "http://")) for link in allowed.links), "links")
    lines = [line.strip() for line in rendered.text.splitlines()]
    if not rendered.html:
        require(page_link in rendered.text, "links")
        return Reading((), (_BREAK.join(lines),))
    page = _Page(rendered.html)
    require(not page.active, "html")
    require(page.hrefs <= allowed.links | set(mail_and_phone), "links")
    _check_subject(rendered.subject, public, allowed)
    return Reading((lines, page.pieces), (_BREAK.join(lines), rendered.subject, _BREAK.join(page.pieces)))


def refuse_strays(reading: Reading, allowed: Known, locale: Locale, free_words: Collection[str] = ()) -> None:
    """Refuses times, numbers, addresses, private matters and leftovers that are not among the facts. Raises GuardRefused.

    ``free_words`` are the company's own, in which an address of the web may stand as text.
    """
    for text in reading.texts:
        _check_strays(text, allowed, locale, free_words)


def require(kept: bool, rule: str) -> None:
    if not kept:
        raise GuardRefused(rule)


def _check_subject(subject: str, public: Collection[str], allowed: Known) -> None:
    require(bool(subject.strip()) and all(char >= " " and char != "\x7f" for char in subject), "subject")
    text = folded(subject)
    open_words = spans(text, [*map(folded, public), *allowed.times])
    # A single Latin word may be both a name and a word of the sentence ("Will", "An"); a full name is not.
    names = [name for name in allowed.names if " " in name or not name.isascii()]
    require(all(within(span, open_words) for span in spans(text, names) if span[1] - span[0] > 1), "subject")


def _check_times(pieces: list[str], facts: LetterFacts, purpose: Purpose | None) -> None:
    times = times_of(facts)
    if purpose is None or purpose.offers:
        for option in facts.options:
            when = folded(times.span(option.interval))
            beside = [folded(piece) for piece in pieces if option.link in piece]
            require(any(spans(piece, [when]) for piece in beside), "times")
    if purpose is not None and purpose.booked:
        when = folded(times.span(facts.interval))
        require(any(spans(folded(piece), [when]) for piece in pieces), "times")


def _check_strays(raw: str, allowed: Known, locale: Locale, free_words: Collection[str]) -> None:
    linked = [span for span in spans(raw, allowed.links) if raw[span[1] : span[1] + 1] not in _URL_TAIL]
    require(all(within(match.span(), [*linked, *spans(raw, free_words)]) for match in LINK.finditer(raw)), "links")

    text = folded(blanked(raw, linked))
    by_company = spans(text, allowed.company_words) + spans(text, allowed.times)
    expected = by_company + spans(text, allowed.names)
    for rule, pattern in (("stray_time", time_pattern(locale)), ("sensitive", SENSITIVE), ("residue", RESIDUE)):
        require(all(explained(match, expected) for match in pattern.finditer(text)), rule)

    # The people's own names are no excuse here: a name is where a number or an address would be smuggled in.
    rest = blanked(text, by_company)
    for rule, pattern in (("identity_number", IDENTITY_NUMBER), ("phone", PHONE), ("mail_address", MAIL_ADDRESS)):
        require(not pattern.search(rest), rule)


def addresses(contact: Contact, privacy: Privacy) -> set[str]:
    """The links of mail and telephone that a letter's footer holds."""
    digits = "".join(char for char in contact.phone if char in "0123456789+")
    return {f"mailto:{contact.email}", f"mailto:{privacy.email}", f"tel:{digits}"}


class _Page(HTMLParser):
    """What a reader sees, a piece per block with the addresses of its links; ``active`` if it would load or run anything."""

    _BLOCKS = frozenset({"p", "div", "tr", "table"})
    _PASSIVE = frozenset({"html", "head", "meta", "title", "style", "body", "div", "p", "a", "span", "table", "tr", "th", "td"})

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = [""]
        self.hrefs: set[str] = set()
        self.active = False
        self._styling = False
        self.feed(html)
        self.close()
        self.pieces = [piece for piece in (" ".join(piece.split()) for piece in self.pieces) if piece]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._styling = tag == "style"
        inert = tag in self._PASSIVE and not any(name.startswith("on") or name in {"src", "background"} for name in given)
        self.active = self.active or not inert or "url(" in (given.get("style") or "")
        if tag in self._BLOCKS or (tag == "a" and "class" in given and given["class"] == "choice"):
            self.pieces.append("")
        if tag == "td":
            self.pieces[-1] += " "
        if tag == "a":
            href = given.get("href") or ""
            self.hrefs.add(href)
            if href.startswith(("https:", "http:")):
                self.pieces[-1] += f" {href} "

    def handle_endtag(self, tag: str) -> None:
        self._styling = False
        if tag in self._BLOCKS:
            self.pieces.append("")

    def handle_data(self, data: str) -> None:
        if self._styling:
            self.active = self.active or "url(" in data or "@import" in data
        else:
            self.pieces[-1] += data
