"""Writes the answer of somebody who got a letter, as their mail program would, and posts it: what follows is the product's own way."""

from __future__ import annotations

import os
import re
import smtplib
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid, parseaddr

from babel.dates import format_datetime as in_words

from mianyue.adapters.channels import mail_url
from mianyue.base.errors import MianyueError
from mianyue.entrypoints.sandbox.mails import Mail

LONGEST = 5000
"""Characters of one answer."""


class AnswerRefused(MianyueError):
    """The sandbox could not post the answer."""

    code = "answer_refused"


def answers_go_to(mail: Mail) -> str:
    """The address that the letter asks to answer to; empty where it names none."""
    return parseaddr(_head(mail, "Reply-To"))[1].lower()


def post(mail: Mail, words: str, now: datetime) -> None:
    """Sends ``words`` as the recipient's answer to ``mail``, with the letter quoted below, over SMTP. Raises AnswerRefused."""
    server = mail_url.from_environment(os.environ)
    try:
        answer = composed(mail, words, now)
        with smtplib.SMTP(server.host, server.port, timeout=10) as connection:
            connection.sendmail(mail.summary.recipient, [answers_go_to(mail)], answer.as_bytes())
    # smtplib's errors are OSErrors; the others are what the standard library raises for a head that can't be written.
    except (OSError, ValueError, IndexError, MessageError) as error:
        raise AnswerRefused(f"The answer could not be posted ({type(error).__name__}).", "Is the demo still running?") from None


def composed(mail: Mail, words: str, now: datetime) -> EmailMessage:
    """The answer. Raises ValueError, IndexError or MessageError for an address or a subject that no mail can carry."""
    answer = EmailMessage(policy=SMTP)
    answer["From"] = Address(mail.summary.recipient_name, addr_spec=mail.summary.recipient)
    answer["To"] = Address(addr_spec=answers_go_to(mail))
    answer["Subject"] = f"Re: {mail.summary.subject}"
    answer["Date"] = format_datetime(now)
    answer["Message-ID"] = make_msgid(domain="sandbox.localhost")
    answered = re.search(r"<[^<>\s]+>", _head(mail, "Message-ID"))
    if answered:
        answer["In-Reply-To"] = answer["References"] = answered[0]
    answer.set_content(f"{words}\n\n{_introduction(mail)}\n\n{_quoted(mail.text)}\n")
    return answer


def _introduction(mail: Mail) -> str:
    """The line that mail programs put above what they quote, in the letter's language."""
    language = "zh" if _head(mail, "Content-Language").startswith("zh") else "en"
    day = in_words(mail.summary.sent_at, "medium", locale=language)
    return f"{mail.summary.sender} 于{day} 写道：" if language == "zh" else f"On {day}, {mail.summary.sender} wrote:"


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.splitlines())


def _head(mail: Mail, name: str) -> str:
    return next((value for key, value in mail.headers if key.lower() == name.lower()), "")
