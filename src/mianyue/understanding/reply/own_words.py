"""Keeps what a person wrote themselves: the quoted letter below an answer and the signature are not their words."""

from __future__ import annotations

import re

_QUOTED = re.compile(
    r"""^[ \t]*(?:>|&gt;).*$
    | ^[ \t]*-{2,}[ \t]*(?:原始邮件|原郵件|原始郵件|原邮件|转发邮件|轉寄郵件|回复邮件|original\ message|forwarded\ message|mensaje\ original
        |mensagem\ original|ursprüngliche\ nachricht|message\ d'origine|元のメッセージ|원본\ 메시지)
    | ^[ \t]*(?:on|am|le|el|em)\ .{6,90}(?:wrote|schrieb|a\ écrit|escribió|escreveu)[^\n]*:[ \t]*$
    | ^[ \t]*(?:在\ ?)?\d{4}[年/.-].{4,80}(?:写道|寫道|写到)[:：][ \t]*$
    | ^[ \t]*(?:发件人|發件人|寄件者|寄件人|差出人|보낸\ 사람)[ \t]*[:：][^\n]*\n[ \t]*(?:发送时间|发送日期|日期|時間|时间|收件人|收件者|主题|主旨
        |送信日時|宛先|보낸\ 날짜|받는\ 사람)[ \t]*[:：]
    | ^[ \t]*(?:from|von|de)[ \t]*[:：][^\n]*
        (?:\n+[ \t]*(?:sent|to|cc|date|subject|gesendet|an|datum|betreff
        |envoyé|à|objet|enviado|enviada|para|asunto|assunto|fecha|data)[^\n:：]{0,6}[:：][^\n]*){2,}
    | ^[ \t]*_{10,}[ \t]*$""",
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"""^[ \t]*(?:--|—|——|–|\*{3,}|-{3,}|_{3,})[ \t]*$
    | ^[ \t]*(?:此致|敬礼|敬上|顺颂商祺|顺祝|best\ (?:regards|wishes)|(?:kind|warm)\ regards|regards|(?:yours\ )?sincerely
        |mit\ freundlichen\ grüßen|viele\ grüße|cordialement|bien\ à\ vous|saludos|un\ saludo|atenciosamente|abraços|발신)[ \t]*[,，!.。]?[ \t]*\n
    | ^[ \t]*(?:sent\ from\ my|iphoneから送信|von\ meinem)
    | ^[ \t]*(?:发自|發自|从|從)我的[ \t]*\S{0,10}?(?:iphone|ipad|mac|安卓|android|手机|手機|华为|華為|小米|oppo|vivo|荣耀|邮箱|郵箱|微信|设备)""",
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^[ \t]*(?:best|cheers|many thanks|thanks|thank you)[ \t]*[,!.]?[ \t]*\n\s*(?P<name>[^\n]{1,40})", re.MULTILINE | re.IGNORECASE
)
_NAME = re.compile(r"[A-Z][\w'.-]*(?: [A-Z][\w'.-]*){0,3}|[\u4e00-\u9fff]{2,4}")
_TIME_OR_CHOICE = re.compile(
    r"(?i:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|tom|first|second|third|last|option|slot|one|two|three|either|any|all|ok|yes|no)"
    r"|[周一二三四五六日天都不行可好谢感麻请辛]"
)
"""What no name begins with or holds: thanks, then "Wednesday" or "Option Two", are an answer."""
_CONTACT = re.compile(r"@|\+?\d[\d\s()-]{7,}\d|(?:tel|phone|mobile|mob|电话|電話|手机|手機|微信)", re.IGNORECASE)
_CARD_LINE = re.compile(
    r"""(?:(?:tel|phone|mobile|mob|cell|电话|電話|手机|手機|微信|e-?mail|邮箱|信箱)\.?\s*[:：]?\s*)?\+?\d[\d\s()-]{7,}\d | \S+@\S+
    | (?:\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?) | [\u4e00-\u9fff]{2,3} | [A-Z][a-z]+\ [A-Z][a-z]+""",
    re.VERBOSE,
)


def own_words(text: str) -> str:
    """``text`` with the quoted letter and the signature as spaces: of the same length, so that places stay places.

    Everything after the head of a quoted letter goes; lines with ``>`` go one by one, since some answer between them.
    """
    kept = text
    for found in _QUOTED.finditer(text):
        if found[0].lstrip().startswith((">", "&gt;")):
            kept = kept[: found.start()] + _blank(found[0]) + kept[found.end() :]
            continue
        kept = kept[: found.start()] + _blank(text[found.start() :])
        break
    kept = _without_last_lines(kept)
    begins = [found.start() for found in (_SIGNATURE.search(kept), _signed(kept)) if found and kept[: found.start()].strip()]
    return kept[: min(begins)] + _blank(kept[min(begins) :]) if begins else kept


def _signed(text: str) -> re.Match[str] | None:
    """The thanks above a name: what stands below thanks is often the answer itself."""
    for found in _CLOSING.finditer(text):
        name = found["name"].strip()
        if _NAME.fullmatch(name) and not _TIME_OR_CHOICE.match(name):
            return found
    return None


def _without_last_lines(text: str) -> str:
    """``text`` less a card at its end: short lines of a name, a date, and at least one with a phone or an address of mail."""
    lines = text.rstrip().split("\n")
    first = len(lines)
    while first > 1 and (not lines[first - 1].strip() or _CARD_LINE.fullmatch(lines[first - 1].strip())):
        first -= 1
    card = [line for line in lines[first:] if line.strip()]
    if not any(_CONTACT.search(line) for line in card):
        return text
    keep = len("\n".join(lines[:first]))
    return text[:keep] + _blank(text[keep:])


def _blank(text: str) -> str:
    return "".join(character if character == "\n" else " " for character in text)
