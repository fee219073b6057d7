"""Every catalogue says everything the letters say. Adding a language means adding one letters.po; these tests then cover it."""

from string import Formatter

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from mianyue.domain.notices.voice import CATALOGUES, voice_for

SPOKEN = {"say": None, "line": None, "of": None, "paragraph": None, "subject": None, "content": None, "say_n": (1, 2)}


def messages() -> set[str | tuple[str, str]]:
    found = extract_from_dir(str(CATALOGUES.parent), method_map=[("**.py", "python")], keywords=SPOKEN)
    return {message for _, _, message, _, _ in found}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("name", sorted(folder.name for folder in CATALOGUES.iterdir()))
def test_catalogue_is_complete(name):
    with (CATALOGUES / name / "LC_MESSAGES" / "letters.po").open("rb") as source:
        catalogue = read_po(source, locale=name)
    translated = {message.id: message for message in catalogue if message.id}
    assert set(translated) == messages()
    assert not catalogue.obsolete
    for identity, message in translated.items():
        sources, forms = (identity, message.string) if isinstance(identity, tuple) else ((identity,), (message.string,))
        assert not message.fuzzy, identity
        for form in forms:
            assert form, identity
            assert placeholders(form) == placeholders(sources[-1]), identity


@pytest.mark.parametrize(
    ("tags", "greeting", "weekday"),
    [
        (("zh-CN",), "您好：", "zh"),
        (("zh",), "您好：", "zh"),
        (("zh_Hans_AT",), "您好：", "zh"),
        (("zh-TW", "en"), "Hello,", "en"),
        (("zh-TW", "zh-CN"), "您好：", "zh"),
        (("de-AT", "zh-CN"), "您好：", "zh"),
        (("de-AT", "en"), "Hello,", "en"),
        (("../../etc", ""), "Hello,", "en"),
        (("en-AU", "zh-CN"), "Hello,", "en"),
    ],
)
def test_a_reader_gets_the_nearest_language(tags, greeting, weekday):
    voice = voice_for(*tags)
    assert (voice.say("Hello,"), voice.locale.language) == (greeting, weekday)


def test_values_are_never_read_as_templates():
    assert voice_for("en").say("Dear {name},", name="{0.__class__} %(x)s {name}") == "Dear {0.__class__} %(x)s {name},"


@pytest.mark.parametrize(
    ("keywords", "read"), [(["Kafka"], "Kafka"), (["Kafka", "微服务"], "Kafka 与微服务"), (["A", "乙", "C"], "A、乙与 C")]
)
def test_chinese_lists_leave_a_gap_before_latin(keywords, read):
    assert voice_for("zh-CN").together(keywords) == read
