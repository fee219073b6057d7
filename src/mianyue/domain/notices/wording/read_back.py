"""The finished letter is read again, as a stranger would, and has to tell exactly the facts that it was written from.

Nothing of how letters are rendered is used here: a mistake in there would only confirm itself. A letter that can't be read is refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from zoneinfo import available_timezones

from babel import Locale, UnknownLocaleError

from mianyue.base.interval import Interval
from mianyue.domain.notices.facts import LetterFacts
from mianyue.domain.notices.purposes import Purpose
from mianyue.domain.notices.render import Rendered
from mianyue.domain.notices.wording.seen import Seen, seen
from mianyue.domain.notices.wording.spoken import Misread, Said, times_said

# What letters are set in beside the words of their facts; a letter from another script, a wide digit or an invisible sign is no slip.
_SET_IN = re.compile(r"[ -~\n\u3400-\u9fff、，。：；？（）「」｜　–—→·’“”éÉ]*")
_OPTION = re.compile(r" {2}(?P<number>[0-9]+)\. (?P<words>.+?) {4}(?P<label>\S.*?) → (?P<link>https?://\S+)")
_NUMBERED = re.compile(r"(?P<number>[0-9]+)\. (?P<words>.+)")
_ZONE = {
    "zh": re.compile(
        r"[（(](?P<zone>[^（）();；，,]{1,40}?时间|UTC|GMT[^（）();；，,]{0,7}|格林尼治[^（）();；，,]{0,9})(?=[）);；，,])"
    ),
    "en": re.compile(r"\((?P<zone>[^();]{1,60}? time|UTC|GMT[^();]{0,7})(?=[);])"),
}
_LIKE_A_CLOCK = re.compile(r"[0-9][:.][0-9]{2}|[0-9] [A-Z月]")
_OFFSET = re.compile(r"(?:UTC|GMT)(?:(?P<sign>[+\-−])(?P<hours>[0-9]{1,2})(?::?(?P<minutes>[0-9]{2}))?)?")
_BEIJING = frozenset({"Asia/Shanghai", "Asia/Chongqing", "Asia/Chungking", "Asia/Harbin", "PRC"})

Told = tuple[datetime, datetime | None]
"""One time by the clock on the wall; a moment has no end."""


class ReadBackRefused(Exception):
    """The letter tells something else than its facts. ``check`` names what; nothing of the letter is repeated."""

    def __init__(self, check: str) -> None:
        super().__init__(check)
        self.check = check


READABLE = frozenset(
    {Purpose.INVITATION, Purpose.NEW_OPTIONS, Purpose.FOLLOW_UP, Purpose.CONFIRMATION, Purpose.REMINDER_24H, Purpose.REMINDER_2H}
    | {Purpose.CHANGED, Purpose.CANCELLED, Purpose.WITHDRAWN, Purpose.CLOSING, Purpose.INTERVIEWER_BOOKED}
    | {Purpose.INTERVIEWER_CHANGED, Purpose.INTERVIEWER_CANCELLED, Purpose.INTERVIEWER_REMINDER}
)
"""Letters that this reader knows how to read."""

CHECKS = ("back_language", "back_characters", "back_times", "back_zone", "back_options", "back_facts", "back_links")


def read_back(rendered: Rendered, facts: LetterFacts, purpose: Purpose | str, language: str) -> None:
    """Refuses a letter of HTML and text whose facts aren't these. ``language``: ``zh`` or ``en``, as it is written.

    Raises ReadBackRefused with one of CHECKS.
    """
    _Back(facts, Purpose(purpose), language).check(rendered)


def refuse_facts_in(passages: Iterable[str], facts: LetterFacts) -> None:
    """Refuses sentences of a writer that name anybody, the company or a place: it was told none of them, and each has its own row.

    Raises ReadBackRefused("back_facts").
    """
    place = facts.place
    told = {facts.recipient.name, facts.candidate_name, facts.company, facts.contact.name, facts.room, facts.round_name}
    told |= {person.name for person in facts.interviewers} | {option.room_name for option in facts.options}
    told |= {place.site_name, place.address} if place else set()
    approved = (facts.job_title, *facts.keywords)
    for passage in passages:
        _require(
            not any(len(words) > 1 and words in passage and not any(words in one for one in approved) for words in told),
            "back_facts",
        )


class _Back:
    """Reads one letter against one set of facts."""

    def __init__(self, facts: LetterFacts, purpose: Purpose, language: str) -> None:
        _require(language in _ZONE and purpose in READABLE, "back_language")
        self.facts, self.purpose, self.language = facts, purpose, language
        self.near = facts.now.astimezone(facts.zone).date()
        self.own = _strings(facts)

    def check(self, rendered: Rendered) -> None:
        page = seen(rendered.html)
        own = set("".join(self.own))
        whole = (rendered.text, rendered.subject, page.title, page.hidden, "\n".join(page.lines))
        _require(all(_plainly_set(part, own) for part in whole), "back_characters")
        self._times(rendered, page)
        self._zones(rendered, page)
        if self.purpose.offers:
            self._options(rendered.text, page)
        self._facts(rendered, page)
        self._links(rendered.text, page)

    def _times(self, rendered: Rendered, page: Seen) -> None:
        body, subject, hidden = self._expected()
        _require(self._told(rendered.text) == body, "back_times")
        _require(self._told("\n".join(page.lines)) == body, "back_times")
        _require(self._told(rendered.subject) == subject == self._told(page.title), "back_times")
        _require(self._told(page.hidden) == hidden, "back_times")

    def _told(self, text: str) -> list[Told]:
        """Every time in ``text`` but those within the company's and the people's own words."""
        try:
            said = times_said(self._without_own(text), self.language, self.near)
        except Misread:
            raise ReadBackRefused("back_times") from None
        return [told for one in said if (told := self._as_told(one))]

    def _as_told(self, said: Said) -> Told:
        if isinstance(said.start, datetime):
            return said.start, said.end
        _require(self.purpose is Purpose.REMINDER_2H, "back_times")
        return datetime.combine(self._wall(self.facts.interval.start).date(), said.start), None

    def _expected(self) -> tuple[list[Told], list[Told], list[Told]]:
        """What the body, the subject and the hidden line of a letter of this purpose have to tell, in order."""
        facts, purpose = self.facts, self.purpose
        if purpose is Purpose.CLOSING:
            return [], [], []
        if purpose.offers:
            held = [(self._wall(facts.held_until), None)] if facts.held_until else []
            return [*held, *(self._span(option.interval) for option in facts.options)], [], list(held)
        interval = facts.interval
        body = [self._span(interval)]
        if purpose is Purpose.REMINDER_2H:
            body.insert(0, (self._wall(interval.start), None))
        changed, before = purpose in (Purpose.CHANGED, Purpose.INTERVIEWER_CHANGED), facts.previous
        if changed and before is not None and before != interval:
            body.insert(0, self._span(before))
        return body, [(self._wall(interval.start), None)], [self._span(interval)]

    def _zones(self, rendered: Rendered, page: Seen) -> None:
        """Wherever a clock is named it is the facts' one, and a letter with times names it."""
        for text in (rendered.text, "\n".join(page.lines), page.hidden):
            named = [match["zone"] for match in _ZONE[self.language].finditer(self._without_own(text))]
            _require(all(self._is_our_zone(zone) for zone in named), "back_zone")
            _require(bool(named) or not self._told(text), "back_zone")

    def _is_our_zone(self, words: str) -> bool:
        key = self.facts.zone.key
        offset = _OFFSET.fullmatch(words.replace("格林尼治标准时间", "GMT"))
        if offset:
            minutes = int(offset["hours"] or 0) * 60 + int(offset["minutes"] or 0)
            return (minutes if offset["sign"] == "+" else -minutes) in self._offsets()
        city = words.removesuffix("时间") if self.language == "zh" else words.removesuffix(" time")
        if city in ("北京", "Beijing"):
            return key in _BEIJING
        spelled = (
            self.language,
            *([self.facts.recipient.language] if self.facts.recipient.language.startswith(self.language) else []),
        )
        return any(key in _cities(tag).get(city, frozenset()) for tag in spelled)

    def _offsets(self) -> set[int]:
        instants = [option.interval.start for option in self.facts.options]
        instants += [one.start for one in (self.facts.chosen and self.facts.chosen.interval, self.facts.previous) if one]
        instants += [at for at in (self.facts.held_until, self.facts.now) if at]
        offsets = (at.astimezone(self.facts.zone).utcoffset() for at in instants)
        return {int(offset.total_seconds() // 60) for offset in offsets if offset is not None}

    def _options(self, text: str, page: Seen) -> None:
        rooms = {option.room_name for option in self.facts.options if option.room_name}
        several = self.facts.mode == "onsite" and len(rooms) > 1
        expected = [
            (str(option.number), *self._span(option.interval), option.room_name if several else "", option.link)
            for option in self.facts.options
        ]
        told = []
        for match in map(_OPTION.fullmatch, text.splitlines()):
            if match:
                told.append((match["number"], *self._option(match["words"].replace(" · ", " ", 1)), match["link"]))
        _require(told == expected, "back_options")
        chosen = []
        for link, words in page.choices:
            match = _NUMBERED.fullmatch(words)
            if match is None:
                raise ReadBackRefused("back_options")
            chosen.append((match["number"], *self._option(match["words"], labelled=True), link))
        _require(chosen == expected, "back_options")

    def _option(self, words: str, labelled: bool = False) -> tuple[datetime | None, datetime | None, str]:
        """The time at the beginning of an option's words, and the room that follows it."""
        try:
            said = times_said(words, self.language, self.near)
        except Misread:
            raise ReadBackRefused("back_options") from None
        _require(bool(said) and said[0].at == 0 and isinstance(said[0].start, datetime), "back_options")
        first = said[0]
        rest = words[first.till :].strip()
        if labelled:
            rooms = sorted({option.room_name for option in self.facts.options if option.room_name}, key=len, reverse=True)
            rest = next((room for room in rooms if f"{rest} ".startswith(f"{room} ")), "")
        return first.start if isinstance(first.start, datetime) else None, first.end, rest

    def _facts(self, rendered: Rendered, page: Seen) -> None:
        """Who, what, where and with whom stand there, letter by letter; a subject names job and company."""
        flat = [" ".join(text.split()) for text in (rendered.text, "\n".join(page.lines))]
        for words in self._said_in_body():
            there = [text.count(words) for text in flat]
            _require(there[0] == there[1] > 0, "back_facts")
        _require(all(_greeted(text, self.facts.recipient.name) for text in (rendered.text, "\n".join(page.lines))), "back_facts")
        _require(rendered.subject == page.title, "back_facts")
        if not self.purpose.to_interviewer:
            _require(all(words in rendered.subject for words in (self.facts.job_title, self.facts.company)), "back_facts")

    def _said_in_body(self) -> list[str]:
        facts, purpose = self.facts, self.purpose
        said = [facts.company, facts.job_title, facts.contact.name, facts.contact.email, facts.contact.phone, facts.privacy.email]
        if purpose is not Purpose.CLOSING:
            said.append(facts.round_name)
        bare = (Purpose.FOLLOW_UP, Purpose.CANCELLED, Purpose.WITHDRAWN, Purpose.CLOSING, Purpose.INTERVIEWER_CANCELLED)
        if purpose not in bare:
            said += [words for person in facts.interviewers if person.name for words in (person.name,)]
            said += [facts.room] if not purpose.offers and facts.mode == "onsite" else []
            if facts.mode == "onsite" and facts.place and not purpose.to_interviewer:
                said.append(facts.place.address or facts.place.site_name)
            if purpose is not Purpose.NEW_OPTIONS and not purpose.to_interviewer:
                said += facts.prepare
        if purpose.to_interviewer:
            said.append(facts.candidate_name)
        return [" ".join(words.split()) for words in said if words]

    def _links(self, text: str, page: Seen) -> None:
        """Text and HTML lead to the same places in the same order, all of them the letter's own, each option's and the page's once."""
        facts, purpose = self.facts, self.purpose
        in_text, in_html = _addresses(text), _addresses("\n".join(page.lines))
        options = [option.link for option in facts.options] if purpose.offers else []
        own = {facts.page_link, facts.video_link, facts.materials_url, facts.resume_link, facts.privacy.notice_url, *options}
        _require(in_text == in_html, "back_links")
        _require(all(link in own or link.startswith(_MAPS) for link in in_text), "back_links")
        wanted = [facts.page_link] if facts.page_link and purpose not in _MAY_LACK_THE_PAGE else []
        _require(all(in_text.count(link) == 1 for link in {*options, *wanted}), "back_links")

    def _without_own(self, text: str) -> str:
        """``text`` without the words of the facts, which may look like times: a round "8:30 晨面" is no promise."""
        for words in self.own:
            if _LIKE_A_CLOCK.search(words):
                text = text.replace(words, "\0" * len(words))
        return text

    def _span(self, interval: Interval) -> Told:
        return self._wall(interval.start), self._wall(interval.end)

    def _wall(self, at: datetime) -> datetime:
        return at.astimezone(self.facts.zone).replace(tzinfo=None, second=0, microsecond=0)


_MAY_LACK_THE_PAGE = (Purpose.CANCELLED, Purpose.WITHDRAWN, Purpose.CLOSING, *(one for one in Purpose if one.to_interviewer))
_MAPS = ("https://uri.amap.com/marker?", "https://www.openstreetmap.org/?")


def _require(kept: bool, check: str) -> None:
    if not kept:
        raise ReadBackRefused(check)


def _plainly_set(text: str, own: set[str]) -> bool:
    return all(char in own or _SET_IN.fullmatch(char) for char in set(text)) and not any(
        unicodedata.category(char) in ("Cc", "Co", "Cs", "Cn") for char in set(text) - {"\n"}
    )


def _greeted(text: str, name: str) -> bool:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return name in first if name else True


def _addresses(text: str) -> list[str]:
    return re.findall(r"https?://[^\s（）()，。、；→]+", text)


def _strings(facts: object) -> list[str]:
    """Every text within the facts, the longest first."""
    found: set[str] = set()

    def collect(value: object) -> None:
        if isinstance(value, str):
            found.add(value)
        elif isinstance(value, tuple):
            for item in value:
                collect(item)
        elif hasattr(value, "__dataclass_fields__"):
            for name in value.__dataclass_fields__:
                collect(getattr(value, name))

    collect(facts)
    return sorted(found - {""}, key=len, reverse=True)


@cache
def _cities(tag: str) -> dict[str, frozenset[str]]:
    """What CLDR calls the city of each zone in a language (BCP 47) → the zones called so; empty for a language it doesn't know."""
    try:
        named = Locale.parse(tag, sep="-").time_zones
    except (UnknownLocaleError, ValueError):
        return {}
    found: dict[str, set[str]] = {}
    for key in _zones():
        city = named.get(key, {}).get("city") or key.rpartition("/")[2].replace("_", " ")
        found.setdefault(city, set()).add(key)
    return {city: frozenset(keys) for city, keys in found.items()}


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
