"""Telephone numbers and e-mail addresses in the one spelling by which people are told apart."""

from __future__ import annotations

import re

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, ValidationResult

from mianyue.understanding.folding import normal

_NUMBER = re.compile(r"[+(]*\d[\d\s().+\-–—‐/·]*")
_CHINESE_MOBILE = re.compile(r"1[3-9]\d*")
_LOCAL_PART = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*")
_DOMAIN = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+(?:[^\W\d_]{2,63}|xn--[a-z0-9-]{2,59})", re.IGNORECASE)


def normal_mobile(raw: str, region: str = "CN") -> str | None:
    """The number as ITU-T E.164 (``+8613800000000``), or None if no such number is possible.

    ``region`` (ISO 3166-1) tells what a number without country code means. Only the length is judged, not whether a carrier
    has given the number out. Words after the number (微信同号) and further numbers after ``/``, ``,`` or ``;`` are left aside.
    """
    text = re.sub(r"\.0$", "", normal(raw).strip())
    text = _first_of_several(re.sub(r"^(?:tel|phone|mobile|手机|电话)\s*[:.]?\s*", "", text, flags=re.IGNORECASE))
    match = _NUMBER.match(text)
    if match is None or re.search(r"[\dA-Za-z@]", text[match.end() :]):
        return None
    digits = re.sub(r"\D", "", match[0])
    abroad = digits.startswith("00") and "+" not in match[0]
    try:
        number = phonenumbers.parse("+" + digits[2:] if abroad else match[0], region)
    except NumberParseException:
        return None
    if phonenumbers.is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE:
        return None
    national = str(number.national_number)
    if number.country_code == 86 and _CHINESE_MOBILE.fullmatch(national) and len(national) != 11:
        return None
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def normal_email(raw: str) -> str | None:
    """The address as written, in half-width characters and without spaces around it, or None if its form is wrong.

    The form is the dot-atom of RFC 5321 §4.1.2 with the lengths of §4.5.3.1, letters of any script (RFC 6531); no quoted local
    parts and no address literals. Use ``email_key`` to compare.
    """
    address = normal(raw).strip()
    local, at, domain = address.rpartition("@")
    if not at or len(local.encode()) > 64 or len(address.encode()) > 254:
        return None
    return address if _LOCAL_PART.fullmatch(local) and _DOMAIN.fullmatch(domain) else None


def email_key(address: str) -> str:
    """The address in the form in which two spellings of one mailbox are equal (case ignored, as every large provider does)."""
    return normal(address).strip().casefold()


def _first_of_several(text: str) -> str:
    first = re.split(r"[/,;、|]", text, maxsplit=1)[0]
    return first if len(re.sub(r"\D", "", first)) >= 10 else text
