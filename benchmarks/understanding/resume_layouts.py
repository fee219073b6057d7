"""The ways in which the résumé writer lays out a person: forms, pipes, paragraphs, sidebars, Chinese, English and traditional characters."""

from __future__ import annotations

import random
from collections.abc import Callable

from benchmarks.understanding.resume_writer import Job, Person

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")


def _dotted(month: int | None, open_end: str = "至今") -> str:
    return open_end if month is None else f"{month // 12}.{month % 12 + 1:02}"


def _han(month: int | None) -> str:
    return "至今" if month is None else f"{month // 12}年{month % 12 + 1}月"


def _english(month: int | None) -> str:
    return "Present" if month is None else f"{_MONTHS[month % 12]} {month // 12}"


def _slashed(month: int | None) -> str:
    return "now" if month is None else f"{month % 12 + 1:02}/{month // 12}"


def _national(mobile: str) -> str:
    if mobile.startswith("+86"):
        return f"{mobile[3:6]}-{mobile[6:10]}-{mobile[10:]}"
    return mobile


def _title(job: Job, word: str) -> str:
    return f"{job.title}{word}" if job.internship else job.title


def _headed(person: Person, chance: random.Random) -> str:
    """Headings in brackets, one line an entry, parted by two spaces."""
    lines = [person.name, f"电话：{_national(person.mobile)}  邮箱：{person.email}", "", "【教育经历】"]
    lines += [f"{_dotted(s.start)}-{_dotted(s.end)}  {s.school}  {s.major}  {s.degree}" for s in person.studies]
    lines += ["", "【工作经历】"]
    for job in person.jobs:
        lines += [f"{_dotted(job.start)}-{_dotted(job.end)}  {job.company}  {_title(job, '（实习）')}"]
        lines += [f"· {duty}；" for duty in job.duties]
    return "\n".join([*lines, "", "【技能】", "、".join(person.skills), "", "【兴趣爱好】", person.hobbies])


def _form(person: Person, chance: random.Random) -> str:
    """The grid of a Word form: label, value, label, value."""
    top = person.studies[0]
    lines = [
        "个 人 简 历",
        f"姓  名\t{person.name}\t性  别\t{chance.choice('男女')}",
        f"手  机\t{person.mobile}\t电子邮箱\t{person.email}",
    ]
    lines += [f"学  历\t{top.degree}\t毕业院校\t{top.school}", f"专  业\t{top.major}\t现居地\t{person.city}", "教育背景"]
    lines += [f"{_han(s.start)}-{_han(s.end)}\t{s.school}\t{s.major}\t{s.degree}" for s in person.studies]
    lines += ["工作经验"]
    for job in person.jobs:
        lines += [f"{_han(job.start)}-{_han(job.end)}\t{job.company}\t{_title(job, '实习生')}", *job.duties]
    return "\n".join(
        [*lines, "专业技能", *(f"{n}. 熟练使用{skill}" for n, skill in enumerate(person.skills, 1)), "自我评价", person.summary]
    )


def _piped(person: Person, chance: random.Random) -> str:
    """A banner with pipes, headings in both languages, skills in sentences by how well they are known."""
    cut = max(1, len(person.skills) // 2)
    lines = [f"{person.name} | {person.studies[0].degree} | {person.city}", f"{person.mobile} | {person.email}"]
    lines += ["工作经历 WORK EXPERIENCE"]
    for job in person.jobs:
        lines += [
            f"{_dotted(job.start)} ~ {_dotted(job.end, '现在')} | {job.company} | {_title(job, '(实习)')}",
            *(f"- {d}" for d in job.duties),
        ]
    lines += ["教育背景 EDUCATION"]
    lines += [f"{_dotted(s.start)} ~ {_dotted(s.end)} | {s.school} | {s.major} | {s.degree}" for s in person.studies]
    lines += ["专业技能 SKILLS", f"精通：{'，'.join(person.skills[:cut])}", f"熟悉：{'，'.join(person.skills[cut:])}"]
    return "\n".join([*lines, "自我评价 ABOUT ME", person.summary])


def _stacked(person: Person, chance: random.Random) -> str:
    """Employer, title and period on lines of their own; internships in a section of theirs."""
    lines = [
        "求职简历",
        person.name,
        f"联系电话 {person.mobile[-11:] if person.mobile.startswith('+86') else person.mobile}",
        f"E-mail：{person.email}",
    ]
    lines += ["一、工作经历"]
    for job in (job for job in person.jobs if not job.internship):
        lines += [
            job.company,
            f"职位：{job.title}",
            f"时间：{_han(job.start)} 至 {_han(job.end)}",
            *(f"• {duty}" for duty in job.duties),
        ]
    if any(job.internship for job in person.jobs):
        lines += ["二、实习经历"]
        for job in (job for job in person.jobs if job.internship):
            lines += [job.company, f"职位：{job.title}", f"时间：{_han(job.start)} 至 {_han(job.end)}"]
    lines += ["三、教育背景"]
    for s in person.studies:
        lines += [s.school, f"{s.major}（{s.degree}）", f"{_han(s.start)} 至 {_han(s.end)}"]
    lines += [
        "四、专业技能",
        *(f"• 熟练掌握{a}" + (f"、{b}" if b else "") for a, b in _pairs(person.skills)),
        "五、兴趣爱好",
        person.hobbies,
    ]
    return "\n".join(lines)


def _wide(person: Person, chance: random.Random) -> str:
    """Full-width letters, figures and signs, as some input methods leave them."""
    wide = {n: n + 0xFEE0 for n in range(0x21, 0x7F)}
    lines = [
        f"姓名：{person.name}",
        f"手机：{_national(person.mobile)}".translate(wide),
        f"邮箱：{person.email}".translate(wide),
        "工作经历",
    ]
    for job in person.jobs:
        lines += [
            f"{_dotted(job.start)}—{_dotted(job.end)}".translate(wide) + f"　{job.company}　{_title(job, '（实习）')}",
            *job.duties,
        ]
    lines += [
        "教育经历",
        *(f"{_dotted(s.start)}—{_dotted(s.end)}　".translate(wide) + f"{s.school}　{s.major}　{s.degree}" for s in person.studies),
    ]
    return "\n".join([*lines, "技能特长", " / ".join(person.skills).translate(wide)])


def _traditional(person: Person, chance: random.Random) -> str:
    """A résumé as it is written in Taiwan, skill names left as they are."""
    hant = str.maketrans(
        "专业术学历经计会师财务数据库开发设艺产资护运营销售华视觉传达语电讯机械为网络单测试",
        "專業術學歷經計會師財務數據庫開發設藝產資護運營銷售華視覺傳達語電訊機械為網絡單測試",
    )
    lines = ["個人履歷", f"姓名：{person.name}", f"手機：{person.mobile}", f"電子郵件：{person.email}", "", "學歷"]
    lines += [
        f"{_dotted(s.start)} - {_dotted(s.end)} {s.school} {s.major.translate(hant)} {s.degree.translate(hant)}"
        for s in person.studies
    ]
    lines += ["", "工作經歷"]
    for job in person.jobs:
        lines += [
            f"{_han(job.start)} - {_han(job.end)}　{job.company}　{_title(job, '（實習）').translate(hant)}",
            *(f"• {d}".translate(hant) for d in job.duties),
        ]
    return "\n".join([*lines, "", "專業技能", "、".join(person.skills)])


def _classic(person: Person, chance: random.Random) -> str:
    """The English résumé of one column: title, employer, then the period at the end of the line."""
    lines = [
        person.name.upper(),
        f"{person.city} | {person.mobile} | {person.email}",
        "",
        "PROFESSIONAL SUMMARY",
        person.summary,
        "",
        "WORK EXPERIENCE",
    ]
    for job in person.jobs:
        title = f"{job.title} Intern" if job.internship else job.title
        lines += [f"{title}, {job.company}    {_english(job.start)} – {_english(job.end)}", *(f"• {duty}" for duty in job.duties)]
    lines += ["", "EDUCATION", *(f"{s.degree} {s.major}, {s.school}    {s.start // 12} – {s.end // 12}" for s in person.studies)]
    return "\n".join([*lines, "", "TECHNICAL SKILLS", ", ".join(person.skills), "", "INTERESTS", person.hobbies])


def _sidebar(person: Person, chance: random.Random) -> str:
    """Two columns as a reader of layouts gives them: the narrow one first, skills one a line."""
    lines = [
        "Contact",
        person.mobile,
        person.email,
        person.city,
        "Skills",
        *person.skills,
        person.name,
        "Profile",
        person.summary,
        "Employment History",
    ]
    for job in person.jobs:
        lines += [
            f"Intern – {job.title}" if job.internship else job.title,
            job.company,
            f"{_slashed(job.start)} - {_slashed(job.end)}",
        ]
        lines += [f"- {duty}" for duty in job.duties]
    lines += ["Education"]
    for s in person.studies:
        lines += [f"{s.degree} {s.major}", s.school, f"{_slashed(s.start)} - {_slashed(s.end)}"]
    return "\n".join(lines)


def _grouped(person: Person, chance: random.Random) -> str:
    """English with grouped skills and markdown-like headings."""
    cut = max(2, len(person.skills) // 2)
    lines = [f"Name: {person.name}", f"Mobile: {person.mobile}", f"Email: {person.email}", "## Experience"]
    for job in person.jobs:
        title = f"{job.title} (Internship)" if job.internship else job.title
        lines += [
            f"{_english(job.start)} - {_english(job.end)}: {title} at {job.company}",
            *(f"  * {duty}." for duty in job.duties),
        ]
    lines += [
        "## Education",
        *(f"{_english(s.start)} - {_english(s.end)}: {s.degree} {s.major}, {s.school}" for s in person.studies),
    ]
    return "\n".join(
        [
            *lines,
            "## Skills",
            f"Core: {', '.join(person.skills[:cut])}",
            f"Also: {'; '.join(person.skills[cut:])}",
            "## Hobbies",
            person.hobbies,
        ]
    )


def _pairs(skills: tuple[str, ...]) -> list[tuple[str, str]]:
    padded = (*skills, "")
    return [(padded[n], padded[n + 1]) for n in range(0, len(skills), 2)]


LAYOUTS: dict[str, tuple[str, Callable[[Person, random.Random], str]]] = {
    "zh headed": ("zh", _headed),
    "zh form": ("zh", _form),
    "zh piped": ("zh", _piped),
    "zh stacked": ("zh", _stacked),
    "zh full-width": ("zh", _wide),
    "zh traditional": ("hant", _traditional),
    "en classic": ("en", _classic),
    "en sidebar": ("en", _sidebar),
    "en grouped": ("en", _grouped),
}
