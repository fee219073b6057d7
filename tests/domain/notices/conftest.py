"""唐浩然 is invited to Shanghai, Amelia Varga by video from Vienna."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from mianyue.base.interval import Interval
from mianyue.domain.notices.facts import Contact, InterviewerFact, LetterFacts, OptionFact, Place, Privacy, Recipient

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 12, day, hour, tzinfo=SHANGHAI)


def option(number: int, day: int, hour: int) -> OptionFact:
    return OptionFact(number, Interval(at(day, hour), at(day, hour + 1)), "会议室 B", f"https://m.example.com/o{number}")


@pytest.fixture
def onsite() -> LetterFacts:
    return LetterFacts(
        company="青禾智能科技",
        job_title="后端开发工程师",
        round_name="一面",
        minutes=60,
        mode="onsite",
        recipient=Recipient("唐浩然", "zh-CN", "Asia/Shanghai"),
        candidate_name="唐浩然",
        options=(option(1, 2, 14), option(2, 3, 10), option(3, 4, 15)),
        chosen=option(1, 2, 14),
        previous=Interval(at(3, 10), at(3, 11)),
        asked=(Interval(at(2, 9), at(2, 12)),),
        topics=("where", "bring"),
        held_until=at(1, 18),
        interviewers=(InterviewerFact("李四", "技术中心", "总监"),),
        place=Place("上海总部", "上海市示例区云杉路 1 号 8 层", 31.2304, 121.4737, "会议室 B", "Asia/Shanghai"),
        prepare=("身份证件原件（门禁登记用）", "纸质简历 1 份"),
        keywords=("Kafka", "微服务"),
        materials_url="https://jobs.example.com/J001",
        resume_link="https://m.example.com/r7",
        page_link="https://m.example.com/p7",
        contact=Contact("招聘组", "recruiting@example.com", "+86 21 0000 0000"),
        privacy=Privacy("个人信息保护负责人", "privacy@example.com", "https://example.com/privacy"),
        company_language="zh-CN",
        now=at(1, 9),
    )


@pytest.fixture
def abroad() -> LetterFacts:
    return LetterFacts(
        company="Qinghe",
        job_title="Backend Engineer",
        round_name="First interview",
        minutes=60,
        mode="video",
        recipient=Recipient("Amelia Varga", "en", "Europe/Vienna"),
        candidate_name="Amelia Varga",
        options=(option(1, 2, 14), option(2, 3, 16), option(3, 4, 15)),
        chosen=option(1, 2, 14),
        previous=Interval(at(3, 16), at(3, 17)),
        asked=(Interval(at(2, 9), at(2, 12)),),
        topics=("link", "how_long"),
        held_until=at(1, 18),
        interviewers=(InterviewerFact("Li Si", "Technology"), InterviewerFact("Wang Wu", title="Architect")),
        video_link="https://video.example.com/room7",
        prepare=("A computer that can share its screen",),
        keywords=("Kafka", "microservices"),
        resume_link="https://m.example.com/r7",
        page_link="https://m.example.com/p7",
        contact=Contact("Recruiting", "recruiting@example.com", "+86 21 0000 0000"),
        privacy=Privacy("Privacy Officer", "privacy@example.com", "https://example.com/privacy"),
        company_language="zh-CN",
        now=at(1, 9),
    )
