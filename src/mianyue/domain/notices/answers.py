"""Answers to a candidate's questions: rows of facts, never a sentence made up for the occasion."""

from __future__ import annotations

from collections.abc import Iterable

from mianyue.domain.notices.facts import LetterFacts
from mianyue.domain.notices.letter import Row
from mianyue.domain.notices.rows import Rows


def known_topics(topics: Iterable[str], facts: LetterFacts) -> tuple[str, ...]:
    """The topics that these facts say something about, in the order asked."""
    onsite, place = facts.mode == "onsite", facts.place
    known = {
        "where": not onsite or bool(place and (place.address or place.site_name)),
        "link": not onsite,
        "online": True,
        "how_long": True,
        "bring": any(facts.prepare),
        "who": any(person.name for person in facts.interviewers),
        "when": facts.chosen is not None,
    }
    return tuple(topic for topic in dict.fromkeys(topics) if known.get(topic, False))


def rows_about(topics: Iterable[str], rows: Rows, room: str) -> list[Row]:
    """What the facts say about the topics, each row once."""
    written = {
        "when": rows.time,
        "where": lambda: [*rows.place(room), *rows.meeting_link()],
        "link": rows.meeting_link,
        "online": rows.form,
        "how_long": rows.form,
        "bring": rows.prepare,
        "who": rows.interviewers,
    }
    return list(dict.fromkeys(row for topic in topics if topic in written for row in written[topic]()))
