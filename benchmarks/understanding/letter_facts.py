"""Made-up facts of letters, many and various, from a seed: whom the letters of the mutation test are written to."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from mianyue.base.interval import Interval
from mianyue.domain.notices.facts import Contact, InterviewerFact, LetterFacts, OptionFact, Place, Privacy, Recipient

_ZH = {
    "companies": ("青禾智能科技", "远山医疗器械有限公司", "白榆物流", "北辰数据（示例）有限公司", "沐光设计事务所"),
    "jobs": ("后端开发工程师", "临床监查员", "仓储主管", "财务分析师", "交互设计师", "前端开发（2027 届）"),
    "rounds": ("一面", "二面", "技术面", "终面", "HR 面"),
    "people": ("唐浩然", "欧阳静怡", "李四", "周佳宁", "阿依古丽·买买提", "陈默", "司马南星"),
    "departments": ("技术中心", "人力资源部", "供应链部", ""),
    "rooms": ("会议室 B", "A302", "星河厅", "东 5-12", "会议室 A"),
    "addresses": ("上海市示例区云杉路 1 号 8 层", "杭州市示例区桂雨街 26 号", "深圳市示例区海棠道 9 号 B 座"),
    "bring": ("身份证件原件（门禁登记用）", "纸质简历 1 份", "作品集"),
    "keywords": ("Kafka", "微服务", "成本核算", "Figma", "GCP"),
}
_EN = {
    "companies": ("Qinghe", "Harbour & Pine Ltd", "Northlight Medical", "Bluestone Logistics"),
    "jobs": ("Backend Engineer", "Clinical Monitor", "Warehouse Lead", "Financial Analyst", "Data Engineer II"),
    "rounds": ("First interview", "Technical interview", "Final interview", "Round 2"),
    "people": ("Amelia Varga", "Will Obi", "Li Si", "Nuala O'Brien", "May Chen", "Jürgen Groß", "An Nguyen"),
    "departments": ("Technology", "Architect", "People", ""),
    "rooms": ("Room B", "Maple 2", "A302", "Fjord"),
    "addresses": ("2 Sun Street, Dublin", "14 Alder Road, Leeds", "Unit 7, Quay Lane"),
    "bring": ("A computer that can share its screen", "A photo ID for the gate", "1 printed CV"),
    "keywords": ("Kafka", "microservices", "cost accounting", "Figma", "GCP"),
}
_READERS = (
    ("zh-CN", "Asia/Shanghai"),
    ("zh-CN", "Asia/Shanghai"),
    ("zh-CN", "Europe/Vienna"),
    ("zh-SG", "Asia/Singapore"),
    ("en", "Europe/Vienna"),
    ("en-GB", "Europe/Dublin"),
    ("en-US", "America/New_York"),
    ("en-US", "America/Los_Angeles"),
    ("en-AU", "Australia/Sydney"),
    ("en-IN", "Asia/Kolkata"),
    ("en-CA", "America/Toronto"),
)


def some_facts(dice: random.Random) -> LetterFacts:
    """One letter's facts. Times are whole quarters of an hour; dates run over two years, so that some letters name the year."""
    language, zone = dice.choice(_READERS)
    words = _ZH if language.startswith("zh") else _EN
    now = datetime(2026, 1, 1, 9, tzinfo=ZoneInfo(zone)) + timedelta(days=dice.randrange(700), minutes=15 * dice.randrange(36))
    minutes = dice.choice((30, 45, 60, 90))
    rooms = dice.sample(words["rooms"], 3) if dice.random() < 0.4 else [dice.choice(words["rooms"])] * 3
    starts = sorted(dice.sample(range(1, 12), 3))
    times = [_interval(now, days, minutes, dice) for days in starts]
    options = tuple(
        OptionFact(number, time, rooms[number - 1], f"https://m.example.com/i/{_token(dice)}?pick={number}")
        for number, time in enumerate(times, 1)
    )
    name = dice.choice(words["people"])
    chosen = dice.choice(options)
    mode = dice.choice(("onsite", "onsite", "video"))
    return LetterFacts(
        company=dice.choice(words["companies"]),
        job_title=dice.choice(words["jobs"]),
        round_name=dice.choice(words["rounds"]),
        minutes=minutes,
        mode=mode,
        recipient=Recipient(name, language, zone),
        candidate_name=name,
        contact=Contact(dice.choice(("招聘组", "Recruiting")), "recruiting@example.com", dice.choice(("+86 21 0000 0000", ""))),
        privacy=Privacy("Privacy", "privacy@example.com", "https://example.com/privacy"),
        now=now,
        page_link=f"https://m.example.com/i/{_token(dice)}",
        options=options,
        chosen=chosen,
        previous=dice.choice([time for time in times if time != chosen.interval]),
        held_until=now + timedelta(hours=dice.randrange(20, 60)) if dice.random() < 0.9 else None,
        interviewers=tuple(
            InterviewerFact(person, dice.choice(words["departments"]))
            for person in dice.sample([each for each in words["people"] if each != name], dice.randrange(1, 3))
        ),
        place=Place("Site", dice.choice(words["addresses"]), 31.2304, 121.4737, rooms[0] if len(set(rooms)) == 1 else "", zone),
        video_link=f"https://video.example.com/{_token(dice)}" if mode == "video" and dice.random() < 0.8 else "",
        prepare=tuple(dice.sample(words["bring"], dice.randrange(3))),
        keywords=tuple(dice.sample(words["keywords"], dice.randrange(4))),
        materials_url=dice.choice(("", "https://jobs.example.com/J001")),
        resume_link=f"https://m.example.com/r/{_token(dice)}",
        company_language="zh-CN",
    )


def _interval(now: datetime, days: int, minutes: int, dice: random.Random) -> Interval:
    start = (now + timedelta(days=days)).replace(hour=dice.randrange(8, 19), minute=dice.choice((0, 0, 15, 30)))
    return Interval(start, start + timedelta(minutes=minutes))


def _token(dice: random.Random) -> str:
    return "".join(dice.choice("abcdefghijkmnpqrstuvwxyz") for _ in range(20))
