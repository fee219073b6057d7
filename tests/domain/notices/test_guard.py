"""Every letter we write passes; a letter with one wrong word doesn't."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mianyue.base.interval import Interval
from mianyue.domain.notices.compose import compose
from mianyue.domain.notices.facts import (
    Contact,
    InterviewerFact,
    LetterFacts,
    OptionFact,
    Place,
    Privacy,
    Recipient,
)
from mianyue.domain.notices.guard import GuardRefused, check
from mianyue.domain.notices.known import spans
from mianyue.domain.notices.purposes import LetterIncomplete, Purpose
from mianyue.domain.notices.render import Rendered, render, render_sms

READERS = [
    ("zh-CN", "Asia/Shanghai"),
    ("zh-CN", "Europe/Vienna"),
    ("en", "Europe/Vienna"),
    ("en-US", "America/New_York"),
    ("en-AU", "Asia/Kolkata"),
    ("de", "Etc/GMT+5"),
]


def letter(facts: LetterFacts, purpose: Purpose | str) -> Rendered:
    return render(compose(facts, purpose))


def refusal(rendered: Rendered, facts: LetterFacts) -> str:
    with pytest.raises(GuardRefused) as refused:
        check(rendered, facts, facts.keywords, facts.keywords)
    return refused.value.check


@pytest.mark.parametrize("mode", ["onsite", "video"])
@pytest.mark.parametrize(("language", "zone"), READERS)
@pytest.mark.parametrize("purpose", Purpose)
def test_every_letter_in_every_language_passes(purpose, language, zone, mode, onsite):
    facts = replace(onsite, mode=mode, recipient=Recipient("唐浩然", language, zone))
    check(letter(facts, purpose), facts, facts.keywords, (*facts.keywords, "Java"))
    check(Rendered("", "", render_sms(facts, purpose)), facts, facts.keywords, facts.keywords)


WORDS = st.text(
    st.characters(categories=("Lu", "Ll", "Lo", "Mn", "Nd", "Pd", "Po", "Sm", "Zs"), exclude_characters="@:"), max_size=12
)
# People's names hold no digits: a name that looks like a number is refused, as it should be.
ANSWERABLE = ("where", "how_long", "bring", "who", "link", "online", "when")
NAMES = st.text(
    st.characters(categories=("Lu", "Ll", "Lo", "Pd", "Po", "Zs", "Sm"), exclude_characters="@"), min_size=1, max_size=12
)
STARTS = st.integers(0, 4 * 365 * 24 * 60).map(lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))


@st.composite
def any_facts(draw) -> LetterFacts:
    starts = draw(st.lists(STARTS, min_size=1, max_size=3, unique=True))
    minutes = draw(st.integers(10, 120))
    times = [Interval(start, start + timedelta(minutes=minutes)) for start in starts]
    options = tuple(OptionFact(n, time, draw(WORDS), f"https://m.example.com/o{n}") for n, time in enumerate(times, 1))
    language, zone = draw(st.sampled_from(READERS))
    name = draw(NAMES)
    return LetterFacts(
        company=draw(WORDS),
        job_title=draw(WORDS),
        round_name=draw(WORDS),
        minutes=minutes,
        mode=draw(st.sampled_from(["onsite", "video"])),
        recipient=Recipient(name, language, zone),
        candidate_name=name.strip() or "李四",
        contact=Contact(draw(WORDS), "recruiting@example.com", "+86 21 0000 0000"),
        privacy=Privacy(draw(WORDS), "privacy@example.com", "https://example.com/privacy"),
        now=draw(STARTS),
        page_link="https://m.example.com/p",
        options=options,
        chosen=options[0],
        previous=times[-1],
        asked=tuple(times),
        topics=tuple(draw(st.lists(st.sampled_from(sorted(ANSWERABLE)), min_size=1, unique=True))),
        late_minutes=draw(st.none() | st.integers(1, 240)),
        ill=draw(st.booleans()),
        held_until=draw(st.none() | STARTS),
        interviewers=tuple(InterviewerFact(draw(WORDS), draw(WORDS), draw(WORDS)) for _ in range(draw(st.integers(0, 2)))),
        place=Place(draw(WORDS), draw(WORDS), draw(st.none() | st.floats(-90, 90)), draw(st.floats(-180, 180)), draw(WORDS)),
        prepare=tuple(draw(st.lists(WORDS, max_size=3))),
        keywords=tuple(draw(st.lists(WORDS.map(str.strip), max_size=3, unique=True))),
        materials_url=draw(st.sampled_from(["", "https://jobs.example.com/J1"])),
    )


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_facts(), st.sampled_from(Purpose))
def test_letters_of_any_facts_pass(facts, purpose):
    check(letter(facts, purpose), facts, facts.keywords, facts.keywords)
    check(Rendered("", "", render_sms(facts, purpose)), facts, facts.keywords, facts.keywords)


@pytest.mark.parametrize(
    ("added", "rule"),
    [
        ("也可以 12 月 8 日来。", "stray_time"),
        ("也可以 15：30 来。", "stray_time"),
        ("也可以下周三来。", "stray_time"),
        ("明天见。", "stray_time"),
        ("Or come on 8 December.", "stray_time"),
        ("Or come at 3 pm.", "stray_time"),
        ("Or come on Monday.", "stray_time"),
        ("2026-12-08", "stray_time"),
        ("证件 999999199408201316", "identity_number"),
        ("No. X07000007", "identity_number"),
        ("手机 138 0000 1234", "phone"),
        ("手机１３８００００１２３４", "phone"),
        ("邮箱 tang@mail.example.org", "mail_address"),
        ("离职原因：与直属上级有分歧", "sensitive"),
        ("已婚已育", "sensitive"),
        ("佛教居士", "sensitive"),
        ("党支部宣传委员", "sensitive"),
        ("期望薪资 28K", "sensitive"),
        ("She is Married.", "sensitive"),
        ("您好 {name}", "residue"),
        ("%(name)s", "residue"),
        ("地点：None", "residue"),
        ("<b>重要</b>", "residue"),
        ("见 https://evil.example/x", "links"),
        ("见 https://m.example.com/p7/../x", "links"),
        ("见 www.evil.example", "links"),
    ],
)
@pytest.mark.parametrize("part", ["text", "html", "subject"])
def test_one_stray_word_is_refused(added, rule, part, onsite):
    rendered = letter(onsite, "invitation")
    escaped = added.replace("<", "&lt;")
    changed = {
        "text": replace(rendered, text=f"{rendered.text}\n{added}\n"),
        "html": replace(rendered, html=rendered.html.replace("</body>", f"<p>{escaped}</p></body>")),
        "subject": replace(rendered, subject=f"{rendered.subject} {added}"),
    }[part]
    assert refusal(changed, onsite) == rule


@pytest.mark.parametrize("part", ["text", "html"])
@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("12 月 2 日 周三 14:00–15:00", "12 月 2 日 周三 14:00–16:00", "times"),
        ("12 月 2 日 周三 14:00–15:00", "", "times"),
        ("12 月 2 日 周三 14:00–15:00", "12 月 3 日 周四 10:00–11:00", "times"),
        ("12 月 1 日 周二 18:00", "12 月 1 日 周二 19:00", "stray_time"),
        ("https://m.example.com/o1", "https://m.example.com/o2", "times"),
    ],
)
def test_a_changed_time_is_refused(part, old, new, rule, onsite):
    rendered = letter(onsite, "invitation")
    assert refusal(replace(rendered, **{part: getattr(rendered, part).replace(old, new)}), onsite) == rule


@pytest.mark.parametrize(
    "injected",
    [
        '<img src="https://m.example.com/p7">',
        "<script>1</script>",
        '<p onclick="1">x</p>',
        '<p style="background:url(https://m.example.com/p7)">x</p>',
    ],
)
def test_html_that_loads_or_runs_is_refused(injected, onsite):
    rendered = letter(onsite, "invitation")
    assert refusal(replace(rendered, html=rendered.html.replace("</body>", f"{injected}</body>")), onsite) == "html"


@pytest.mark.parametrize("href", ["https://evil.example/", "javascript:alert(1)", "mailto:somebody@example.org", "/i/1", ""])
def test_a_link_hidden_behind_words_is_refused(href, onsite):
    rendered = letter(onsite, "invitation")
    changed = replace(rendered, html=rendered.html.replace('href="https://m.example.com/p7"', f'href="{href}"'))
    assert refusal(changed, onsite) == "links"


def test_a_fact_that_is_no_web_address_is_refused_as_a_link(onsite):
    facts = replace(onsite, materials_url="javascript:alert(1)")
    assert refusal(letter(facts, "invitation"), facts) == "links"


@pytest.mark.parametrize("subject", ["唐浩然的面试", "面试\r\nBcc: x", ""])
def test_subjects_name_nobody_and_stay_one_line(subject, onsite):
    assert refusal(replace(letter(onsite, "invitation"), subject=subject), onsite) == "subject"


@pytest.mark.parametrize(
    ("keywords", "approved", "job"),
    [
        (("Kafka",), (), ("Kafka",)),
        (("Kafka",), ("Kafka",), ("Java",)),
        (("A", "B", "C", "D"), ("A", "B", "C", "D"), ("A", "B", "C", "D")),
    ],
)
def test_keywords_must_be_asked_for_approved_and_few(keywords, approved, job, onsite):
    facts = replace(onsite, keywords=keywords)
    with pytest.raises(GuardRefused) as refused:
        check(letter(facts, "invitation"), facts, approved, job)
    assert refused.value.check == "keywords"


def test_names_jobs_and_streets_are_never_held_against_a_letter(onsite):
    facts = replace(
        onsite,
        recipient=Recipient("党婚", "zh-CN", "Asia/Shanghai"),
        candidate_name="党婚",
        job_title="薪酬专员（2026/12 届）",
        round_name="8:30 晨面",
        place=replace(onsite.place, address="民族路 12 月 8 日街 021-1234567 号"),
        prepare=("护照或身份证号登记表", "下载 https://forms.example.net/a 填写"),
        keywords=("薪资核算",),
    )
    for purpose in Purpose:
        check(letter(facts, purpose), facts, facts.keywords, facts.keywords)


@pytest.mark.parametrize(
    ("text", "known", "found"),
    [("2 在 12:00", ["2"], [(0, 1)]), ("4:000 4:00", ["4:00"], [(6, 10)]), ("会议室B", ["B"], [(3, 4)])],
)
def test_facts_are_whole_words(text, known, found):
    assert spans(text, known) == found


def test_a_room_is_no_excuse_for_a_time_that_ends_like_it(onsite):
    facts = replace(onsite, round_name="5:30 面")
    rendered = letter(facts, "invitation")
    assert refusal(replace(rendered, text=rendered.text + "15:30 面\n"), facts) == "stray_time"


def test_facts_that_only_together_look_like_a_time_are_fine(abroad):
    facts = replace(abroad, company="Studio 54", job_title="30 under 30, May", round_name="Round 2")
    for purpose in Purpose:
        check(letter(facts, purpose), facts, facts.keywords, facts.keywords)
        check(Rendered("", "", render_sms(facts, purpose)), facts, facts.keywords, facts.keywords)


@pytest.mark.parametrize(
    ("name", "rule"),
    [("看 https://evil.example", "links"), ("唐 999999199408201316", "identity_number"), ("a@evil.example", "mail_address")],
)
def test_a_name_is_no_way_around_the_guard(name, rule, onsite):
    facts = replace(onsite, recipient=Recipient(name, "zh-CN", "Asia/Shanghai"))
    assert refusal(letter(facts, "invitation"), facts) == rule


def test_a_refusal_repeats_nothing_of_the_letter(onsite):
    rendered = replace(letter(onsite, "invitation"), text="唐浩然 13800001234")
    with pytest.raises(GuardRefused) as refused:
        check(rendered, onsite, onsite.keywords, onsite.keywords)
    assert "唐浩然" not in str(refused.value)
    assert "1380000" not in str(refused.value)


@pytest.mark.parametrize(
    ("purpose", "without", "missing"),
    [
        ("invitation", {"options": ()}, ["options"]),
        ("confirmation", {"chosen": None}, ["chosen"]),
        ("cancelled", {"chosen": None, "previous": None}, ["chosen or previous"]),
        ("reminder_2h", {"page_link": "", "place": None}, ["page_link", "place"]),
        ("interviewer_booked", {"candidate_name": ""}, ["candidate_name"]),
    ],
)
def test_a_letter_with_a_hole_is_not_written(purpose, without, missing, onsite):
    with pytest.raises(LetterIncomplete) as incomplete:
        compose(replace(onsite, **without), purpose)
    assert incomplete.value.missing == missing
