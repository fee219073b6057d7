"""Patterns of what must never stray into a letter: times, numbers and addresses of people, private matters, template leftovers."""

from __future__ import annotations

import re
from functools import cache

from babel import Locale

# Words of a person's life (PIPL Art. 28, GDPR Art. 9, and what an employer may not ask), not of a job.
SENSITIVE = re.compile(
    "离职|婚|孕|产假|生育|子女|病|残疾|残障|健康|手术|抑郁|宗教|信仰|佛教|基督教|天主教|伊斯兰|穆斯林|政治面貌|党|民族|族裔|身份证号|护照"
    "|户籍|籍贯|薪|工资|收入|年龄|周岁|出生|生日|性别|犯罪|仲裁"
    r"|\b(?:pregnan\w*|maternity|marital|married|divorc\w*|spouse|children|disab\w*|illness\w*|disease\w*|diabet\w*|depress\w*"
    r"|surgery|health|religio\w*|christian|catholic|muslim|jewish|buddhist|sikh|ethnic\w*|nationality|political|party member\w*"
    r"|trade union\w*"
    r"|salary|salaries|wages?|age|aged|date of birth|birthday|born|gender|passport|reasons? for leaving)\b",
    re.IGNORECASE,
)

# What a template or a program leaves behind; "None of them" is English.
RESIDUE = re.compile(
    r"[{}]|%\(\w+\)[sd]|(?<![\d%])%[sd]\b"
    r"|\bNone\b(?! of\b)|\b(?:null|undefined|NaN)\b|</?[a-z]|&(?:amp|lt|gt|quot|#\d+|#x[0-9a-f]+);"
)

# Resident identity card (GB 11643: 17 digits and a check character, or 15 digits) and passport (letters, seven or eight digits).
IDENTITY_NUMBER = re.compile(r"(?<![A-Za-z0-9])(?:\d{17}[\dXx]|\d{15}|[A-Za-z]{1,2}\d{7,8})(?![A-Za-z0-9])")

PHONE = re.compile(r"(?<![A-Za-z0-9])\+?\d(?:[ ()./-]{0,2}\d){6,}")

MAIL_ADDRESS = re.compile(r"[^\s@<>\0]+@[^\s@<>\0]+\.[A-Za-z]{2,}")

LINK = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://|\bwww\.", re.IGNORECASE)

_EVERYWHERE = (
    r"\d{1,2}[:h]\d{2}(?!\d)",
    r"\d ?(?:点|點|时(?!间)|時(?!間))",
    r"\b\d{1,2} ?[ap]\.?m\b",
    r"\d ?[月日号號](?![\w])|\d ?月 ?\d",
    r"\d{4} ?年",
    r"(?<![\d./-])\d{1,4}([-/.])\d{1,2}\1\d{1,4}(?![\d/-])",
    r"(?<![\d/.])\d{1,2}/\d{1,2}(?![\d/])",
    "[周週][一二三四五六日天]|星期[一二三四五六日天]|礼拜",
    "今天|明天|后天|昨天|前天|上午|下午|中午|晚上|凌晨",
    r"\b(?:today|tonight|tomorrow|yesterday|noon|midnight)\b",
)


@cache
def time_pattern(locale: Locale) -> re.Pattern[str]:
    """Whatever reads as a date or a time of day in ``locale``, English or Chinese."""
    languages = (locale, Locale("en"))
    months = _words(locale.months["format"][width] for locale in languages for width in ("wide", "abbreviated"))
    days = _words(locale.days["format"]["wide"] for locale in languages)
    short_days = _words(locale.days["format"]["abbreviated"] for locale in languages)
    near_digits = rf"\b(?:{months}|{short_days})\.?,? ?\d|\d\.? ?(?:{months})\b"
    return re.compile("|".join((*_EVERYWHERE, near_digits, rf"\b(?:{days})\b")), re.IGNORECASE)


def _words(names: object) -> str:
    words = {name.rstrip(".") for each in names for name in each.values()}  # type: ignore[attr-defined]
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True) if word and not word.isdigit())
