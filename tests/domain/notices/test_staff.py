"""Letters to the staff: what they say in both languages, and what the guard keeps out of them."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from mianyue.base.interval import Interval
from mianyue.domain.notices.facts import Contact, Privacy, Recipient
from mianyue.domain.notices.guard import GuardRefused
from mianyue.domain.notices.render import Rendered, render
from mianyue.domain.notices.sms import segments
from mianyue.domain.notices.staff.compose import compose, text_message
from mianyue.domain.notices.staff.facts import StaffFacts, StaffLetterIncomplete
from mianyue.domain.notices.staff.guard import check
from mianyue.domain.notices.staff.purposes import StaffPurpose
from mianyue.domain.notices.staff.times import length, times_of

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 12, day, hour, tzinfo=SHANGHAI)


@pytest.fixture(params=["zh-CN", "en"])
def facts(request) -> StaffFacts:
    """Everything at once, so that every letter can be written from it."""
    chinese = request.param == "zh-CN"
    return StaffFacts(
        company="青禾智能科技" if chinese else "Qinghe",
        recipient=Recipient("唐思远", request.param, "Asia/Shanghai"),
        contact=Contact("招聘组", "recruiting@example.com", "+86 21 0000 0000"),
        privacy=Privacy("个人信息保护负责人", "privacy@example.com", "https://example.com/privacy"),
        now=at(1, 9),
        page_link="https://m.example.com/m/abc",
        request="leave",
        asker_name="韩静怡",
        interval=Interval(at(2, 14), at(2, 17)),
        minutes=180,
        approved=True,
        room_name="云杉" if chinese else "Spruce",
        site_name="上海总部" if chinese else "Shanghai",
        first_day=date(2026, 12, 7),
    )


def written(facts: StaffFacts, purpose: StaffPurpose) -> Rendered:
    return render(compose(facts, purpose))


@pytest.mark.parametrize("purpose", StaffPurpose)
def test_every_letter_passes_its_guard_and_leads_to_the_page(purpose, facts):
    letter = written(facts, purpose)
    check(letter, facts, purpose)
    assert facts.page_link in letter.text
    assert f'href="{facts.page_link}"' in letter.html
    assert "韩静怡" not in letter.subject
    assert "唐思远" not in letter.subject


@pytest.mark.parametrize("purpose", StaffPurpose)
def test_every_text_message_is_short_names_the_company_and_ends_with_the_page(purpose, facts):
    text = text_message(facts, purpose)
    check(Rendered("", "", text), facts, purpose)
    assert facts.company in text
    assert text.endswith(facts.page_link)
    assert "韩静怡" not in text
    assert segments(text) == 1


def test_approver_in_chinese(facts):
    if facts.recipient.language != "zh-CN":
        pytest.skip("the other language")
    letter = written(facts, StaffPurpose.APPROVAL_ASKED)
    assert letter.subject == "待您审批：请假，12 月 2 日 周三 14:00–17:00"
    assert letter.text.splitlines()[4:9] == [
        "申请人　　韩静怡",
        "申请事项　请假",
        "时间　　　12 月 2 日 周三 14:00–17:00（北京时间）",
        "时长　　　3 小时",
        "会议室　　云杉（上海总部）",
    ]


def test_letter_speaks_on_the_clock_of_the_request(facts):
    abroad = replace(facts, recipient=replace(facts.recipient, zone="Europe/Vienna"), clock="Asia/Shanghai")
    assert "14:00–17:00" in written(abroad, StaffPurpose.APPROVAL_ASKED).text
    assert "07:00–10:00" in written(replace(abroad, clock=""), StaffPurpose.APPROVAL_ASKED).text


@pytest.mark.parametrize(
    ("swap", "rule"),
    [
        (("14:00", "15:00"), "times"),
        (("https://m.example.com/m/abc", "https://evil.example.com/m/abc"), "links"),
        (("韩静怡", "韩静怡 13800001234"), "phone"),
        (("韩静怡", "韩静怡 310101199001011234"), "identity_number"),
        (("韩静怡", "韩静怡 a@b.example"), "mail_address"),
        (("韩静怡", "韩静怡（病假）"), "sensitive"),
        (("韩静怡", "韩静怡 maternity leave"), "sensitive"),
        (("韩静怡", "{name}"), "residue"),
        (("韩静怡", "12 月 9 日"), "stray_time"),
    ],
)
def test_changed_letter_is_refused(swap, rule, facts):
    letter = written(facts, StaffPurpose.APPROVAL_ASKED)
    with pytest.raises(GuardRefused) as refused:
        check(replace(letter, text=letter.text.replace(*swap)), facts, StaffPurpose.APPROVAL_ASKED)
    assert refused.value.check == rule


@pytest.mark.parametrize("stray", ['<img src="https://x.example/p.png">', "<script>1</script>", '<p onclick="1">x</p>'])
def test_html_that_loads_or_runs_something_is_refused(stray, facts):
    letter = written(facts, StaffPurpose.WELCOME)
    with pytest.raises(GuardRefused, match="html"):
        check(replace(letter, html=letter.html.replace("</body>", f"{stray}</body>")), facts, StaffPurpose.WELCOME)


def test_name_in_the_subject_is_refused(facts):
    letter = written(facts, StaffPurpose.APPROVAL_ASKED)
    with pytest.raises(GuardRefused, match="subject"):
        check(replace(letter, subject=f"{letter.subject} 韩静怡"), facts, StaffPurpose.APPROVAL_ASKED)


@pytest.mark.parametrize(
    ("purpose", "without", "missing"),
    [
        (StaffPurpose.APPROVAL_ASKED, {"asker_name": ""}, ["asker_name"]),
        (StaffPurpose.APPROVAL_ASKED, {"interval": None}, ["interval or at"]),
        (StaffPurpose.APPROVAL_DECIDED, {"approved": None}, ["approved"]),
        (StaffPurpose.WELCOME, {"first_day": None}, ["first_day"]),
        (StaffPurpose.ROOM_RELEASED, {"room_name": ""}, ["room_name"]),
        (StaffPurpose.PHONE_PAGE, {"page_link": ""}, ["page_link"]),
    ],
)
def test_letter_with_a_hole_is_not_written(purpose, without, missing, facts):
    for write in (compose, text_message):
        with pytest.raises(StaffLetterIncomplete) as incomplete:
            write(replace(facts, **without), purpose)
        assert incomplete.value.missing == missing


def test_names_are_single_lines(facts):
    sneaky = replace(facts, asker_name="韩静怡\r\n\r\nBcc: a@b.example")
    assert "\n" not in sneaky.asker_name


@pytest.mark.parametrize(("minutes", "said"), [(0, "0 min"), (45, "45 min"), (60, "1 h"), (90, "1 h 30 min"), (480, "8 h")])
def test_lengths(minutes, said, facts):
    english = replace(facts, recipient=replace(facts.recipient, language="en"))
    assert length(times_of(english), minutes) == said
