import pytest
from hypothesis import given
from hypothesis import strategies as st

from mianyue.understanding.match.excerpt import Excerpt, excerpt


@pytest.mark.parametrize(
    ("text", "word", "private", "shown"),
    [
        ("- 负责 Kafka 集群的运维", "Kafka", "", Excerpt("负责 ", "Kafka", " 集群的运维")),
        ("上一行\n熟悉 Kafka\n下一行", "Kafka", "", Excerpt("熟悉 ", "Kafka", "")),
        ("已婚，熟悉 Kafka，信佛", "Kafka", "已婚", Excerpt("，熟悉 ", "Kafka", "，信佛")),
        ("熟悉 Kafka，信佛", "Kafka", "信佛", Excerpt("熟悉 ", "Kafka", "，")),
        (
            "Responsible for running the Kafka clusters of several regions",
            "Kafka",
            "",
            Excerpt("for running the ", "Kafka", " clusters of several"),
        ),
    ],
)
def test_the_words_around_the_evidence(text, word, private, shown):
    start = text.index(word)
    hidden = [(text.index(private), text.index(private) + len(private))] if private else []
    assert excerpt(text, start, start + len(word), hidden) == shown


@given(st.text(max_size=80), st.integers(0, 80), st.integers(0, 80))
def test_nothing_private_is_ever_shown(text, start, end):
    start, end = sorted((min(start, len(text)), min(end, len(text))))
    secret = "\u2603"
    text = text.replace(secret, "")
    start, end = min(start, len(text)), min(end, len(text))
    whole = secret + text[:start] + text[start:end] + text[end:] + secret
    found = excerpt(whole, start + 1, end + 1, [(0, 1), (len(whole) - 1, len(whole))])
    assert secret not in found.before + found.words + found.after
