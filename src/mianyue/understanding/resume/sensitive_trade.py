"""Sees lines that a résumé gives to a trade, by a label that names a kind of work (护理技能：…, Casework: …) or by a deed that begins them
(Laid out …): their private words are somebody else's matter."""

from __future__ import annotations

import re
from functools import cache

from mianyue.understanding.resume.sensitive_life import told_as_life
from mianyue.understanding.resume.sensitive_sentence import speaks_of_oneself
from mianyue.understanding.resume.sensitive_topics import Topic, is_own, is_state, is_work, topics
from mianyue.understanding.wordlists import alternatives

_TABLE = "resume/sensitive_trade.txt"
_LABEL = re.compile(r"\W*(?P<label>[^:：]{2,40}?) ?[:：]")
_ITEM = re.compile(r"[,，;；、/]|\band\b")
_OF_ONE = re.compile(r" (?:of|at|in|for) an? ")
_NUMBER = re.compile(r"[\d一二三四五六七八九十百千万]")
_TITLE = re.compile(r"《[^》]*》")
_OF_A_THING = re.compile(r" (?!(?:and|or|for|since|with|in|on|at|by|of|to|man|woman|person|parent|mother|father)\b)[a-z]{3,}")
# Numbers, figures and addresses of a person stand in lists as well; no label makes them work.
_FIGURES = frozenset(("identity_number", "salary", "address"))


def is_of_a_trade(sentence: str) -> bool:
    """Whether the sentence tells of somebody's work alone, so that what it is about is its object and no state of its writer.

    The sentence is in lower case, NFKC and simplified characters.
    """
    label = _LABEL.match(sentence)
    if label is None:
        return _begins_with_a_deed(sentence) or _makes_a_title(sentence) or _is_a_compound(sentence.strip())
    if not _names_work(label["label"]):
        return False
    listed = sentence[label.end() :]
    if not listed.strip() or ":" in listed or speaks_of_oneself(listed) or is_own(listed) or _of("told").search(listed):
        return False
    return not any(_is_a_state(item, topic) for item in _ITEM.split(listed) for topic in topics(item))


def without_label(sentence: str) -> str:
    """The sentence without the label of any line about work (岗位职责：…, Projects: …); as it is where it has none."""
    label = _LABEL.match(sentence)
    if label is None or _of("no labels").search(label["label"]) or not _of("plain labels").fullmatch(label["label"]):
        return sentence
    return sentence[label.end() :]


def _names_work(label: str) -> bool:
    if _of("no labels").search(label) or not _of("labels").fullmatch(label):
        return False
    return all(is_work(label, topic) for topic in topics(label))


def _is_a_state(item: str, topic: Topic) -> bool:
    """Whether an item is a state or a figure of a person; an English one may as well tell of what kind a thing is (a Sikh cookery book)."""
    if is_work(item, topic):
        return False
    figure = topic.kind in _FIGURES and _NUMBER.search(item) is not None
    return figure or (is_state(item, topic) and not _OF_A_THING.match(item, topic.end))


def _is_a_compound(phrase: str) -> bool:
    """Whether a line is nothing but the name of a thing or an activity (信访件归档, eviction notice template drafting)."""
    if not _of("compound").fullmatch(phrase) or _of("no compound").search(phrase) or speaks_of_oneself(phrase):
        return False
    return not any(is_state(phrase, topic) and not is_work(phrase, topic) for topic in topics(phrase))


def _makes_a_title(sentence: str) -> bool:
    title = _of("titled").match(sentence)
    if title is None or speaks_of_oneself(sentence) or is_own(sentence):
        return False
    return not any(True for _ in topics(sentence[title.end() :])) and not told_as_life(_TITLE.sub("", sentence))


def _begins_with_a_deed(sentence: str) -> bool:
    """Whether an English sentence begins with what somebody did to something, and every private word in it is a field, or a customer's."""
    deed = _deed().match(sentence)
    if deed is None or _of("no object").match(sentence, deed.end()):
        return False
    if speaks_of_oneself(sentence) or is_own(sentence) or _of("aside").search(sentence, deed.end()) or told_as_life(sentence):
        return False
    return all(_is_a_field(sentence, topic) or _is_a_customers(sentence, topic) for topic in topics(sentence))


def _is_a_field(sentence: str, topic: Topic) -> bool:
    return is_work(sentence[topic.start :], Topic(topic.kind, 0, topic.end - topic.start))


def _is_a_customers(sentence: str, topic: Topic) -> bool:
    """Whether the article says that the topic is one among others (for a new mosque, in mosques), which nobody says of their own."""
    before = _of("client").search(sentence, 0, topic.start) or _of("many").search(sentence, 0, topic.end)
    return before is not None or _OF_ONE.match(sentence, topic.end) is not None


@cache
def _deed() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{alternatives(_TABLE, 'deed')})(?<=\w|\s)\s*\b(?=\S)")


@cache
def _of(section: str) -> re.Pattern[str]:
    return re.compile(alternatives(_TABLE, section))
