"""Sends one message as an e-mail that every client shows right, and says honestly whether it left.

The one adapter that imports Django: its mail classes write MIME safely and know how to open a connection.
"""

from __future__ import annotations

import contextlib
import re
import threading
from collections.abc import Mapping
from datetime import datetime
from email.errors import MessageError
from email.utils import format_datetime, getaddresses
from typing import ClassVar
from weakref import WeakSet

from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address
from django.core.validators import validate_email

from mianyue.adapters.channels import mail_text, mail_url
from mianyue.adapters.channels.mail_url import MailServer
from mianyue.adapters.channels.smtp_answers import WatchedSmtp, WatchedSmtps, failure
from mianyue.base import clock
from mianyue.base.errors import SettingError
from mianyue.ports.channel import Message, PermanentFailure, Receipt, TemporaryFailure
from mianyue.ports.registry import Setting

Mailbox = tuple[str, str]
"""A display name, possibly empty, and an address."""

OURS = frozenset(
    {"from", "sender", "to", "cc", "bcc", "reply-to", "subject", "message-id", "return-path", "received"}
    | {"mime-version", "content-type", "content-transfer-encoding", "content-disposition"}
)
"""Headers that follow from the message's other fields; ``Message.headers`` may not set them."""

LONGEST_LINE = 998
"""Octets, RFC 5322 §2.1.1."""


class EmailChannel:
    """E-mail over SMTP (RFC 5321), one kept connection per thread."""

    name = "email"
    settings: ClassVar[tuple[Setting, ...]] = (
        Setting("EMAIL_URL", mail_url.EXAMPLE + "; smtp:// is plain, smtp+tls:// STARTTLS, smtps:// TLS", secret=True),
        Setting("EMAIL_URL_FILE", "the path of a file that holds EMAIL_URL"),
        Setting("MIANYUE_MAIL_FROM", "the sender, such as 面约 <noreply@example.com>", "the company's contact address"),
    )

    def __init__(self, server: MailServer, sender: Mailbox | None, now: clock.Clock | None = None) -> None:
        self.server, self.sender = server, sender
        self._clock = now or clock.SystemClock()
        self._here = threading.local()
        self._lines: WeakSet[_Line] = WeakSet()
        self._lines_lock = threading.Lock()

    @classmethod
    def from_environment(cls, env: Mapping[str, str]) -> EmailChannel:
        """Raises SettingError."""
        written = env.get("MIANYUE_MAIL_FROM", "")
        sender = _mailbox(written)
        if sender is None and written:
            raise SettingError("MIANYUE_MAIL_FROM", written, "a sender such as 面约 <noreply@example.com>")
        return cls(mail_url.from_environment(env), sender, clock.from_setting(env.get("MIANYUE_CLOCK", "")))

    def send(self, message: Message) -> Receipt:
        """Hands the message to the mail server, once. Raises TemporaryFailure, PermanentFailure, AnswerLost.

        Where MIANYUE_MAIL_FROM is set, mail leaves from its address (which the domain's SPF and DKIM allow), under the display name
        of ``message.sender``; else from the mailbox ``message.sender`` names.
        The receipt's reference is the Message-ID without its brackets.
        """
        sender, recipient, content = self._written(message)
        line = self._line()
        with line.lock:
            try:
                line.ready()
                line.connection.sendmail(sender, [recipient], content)
            except OSError as error:
                failed = failure(error, body_left=line.connection is not None and line.connection.body_left)
                # A permanent refusal is a clear answer on a healthy connection; after anything else nobody knows its state.
                if not isinstance(failed, PermanentFailure):
                    line.drop()
                raise failed from None
        return Receipt(message.key)

    def close(self) -> None:
        """Says goodbye on all threads' connections, after what they are sending; the next ``send`` opens new ones."""
        with self._lines_lock:
            lines = list(self._lines)
        for line in lines:
            with line.lock:
                line.hang_up()

    def _line(self) -> _Line:
        if not hasattr(self._here, "line"):
            self._here.line = _Line(self.server)
            with self._lines_lock:
                self._lines.add(self._here.line)
        return self._here.line

    def _written(self, message: Message) -> tuple[str, str, bytes]:
        """Envelope sender, envelope recipient, and the mail in RFC 5322 form: 7-bit, lines ended by CRLF."""
        named = _mailbox(message.sender) if "@" in message.sender else (message.sender, "")
        if named is None:
            raise PermanentFailure("The message's sender is no mail address.", "Correct the sender, or leave it empty.")
        address = self.sender[1] if self.sender else named[1]
        if not address:
            # The letter is fine, so it waits until somebody has said whom it is from.
            raise TemporaryFailure("Nobody is named as the sender.", "Set MIANYUE_MAIL_FROM, or the company's contact address.")
        sender = (named[0] or (self.sender[0] if self.sender else ""), address)
        mail = compose(message, sender, self._clock.now())
        try:
            content = mail.message().as_bytes(linesep="\r\n")
            envelope = sanitize_address(("", sender[1]), "utf-8"), sanitize_address(("", message.to), "utf-8")
        except (ValueError, MessageError):
            # What Django raises here repeats the offending text, which is personal.
            raise PermanentFailure("A header of the message can't be written (a newline, or not Unicode).") from None
        if not content.isascii() or max(map(len, content.split(b"\r\n"))) > LONGEST_LINE:
            raise PermanentFailure(f"A header of the message is longer than {LONGEST_LINE} characters without a space.")
        return *envelope, content


class _Line(EmailBackend):
    """One thread's connection to the server, kept between messages."""

    def __init__(self, server: MailServer) -> None:
        super().__init__(
            host=server.host,
            port=server.port,
            username=server.user,
            password=server.password,
            use_tls=server.security == "starttls",
            use_ssl=server.security == "tls",
            timeout=server.timeout,
            ssl_keyfile="",
            ssl_certfile="",
        )
        self.lock = threading.Lock()

    @property
    def connection_class(self) -> type[WatchedSmtp] | type[WatchedSmtps]:
        return WatchedSmtps if self.use_ssl else WatchedSmtp

    def ready(self) -> None:
        """Opens a connection, unless the kept one still answers; servers close idle ones when they like."""
        if self.connection is not None and not self.connection.answers():
            self.drop()
        self.open()

    def drop(self) -> None:
        """Closes without a word a connection that may be broken."""
        for connection in (self.connection, self._partial_connection):
            if connection is not None:
                connection.close()
        self.connection = self._partial_connection = None

    def hang_up(self) -> None:
        """Closes politely; a goodbye that fails changes nothing, since every message has had its answer."""
        with contextlib.suppress(OSError):
            self.close()


def compose(message: Message, sender: Mailbox, now: datetime) -> EmailMultiAlternatives:
    """``mixed(alternative(plain, html, calendar), invite.ics)``, as calendars of all vendors want it (RFC 6047 §2.4).

    The calendar is there twice on purpose: beside the HTML, where Outlook and Gmail show buttons, and as a file for the others.
    Raises PermanentFailure.
    """
    if not _is_address(message.to):
        raise PermanentFailure("The recipient's mail address is no address.", "Correct it, or use another channel.")
    mail = EmailMultiAlternatives(
        subject=mail_text.subject(message.subject),
        body=mail_text.canonical(message.text),
        from_email=_quoted(sender),
        to=[_quoted((message.to_name, message.to))],
        reply_to=[_reply_to(message.reply_to)] if message.reply_to else None,
        headers=_headers(message, now),
    )
    mail.encoding = mail_text.transport(message.text + message.html)
    if message.html:
        mail.attach_alternative(mail_text.canonical(message.html), "text/html")
    if message.calendar:
        mail.attach_alternative(_calendar(message), f"text/calendar; method={message.calendar_method}")
        mail.attach("invite.ics", message.calendar, 'application/ics; name="invite.ics"')
    return mail


def _headers(message: Message, now: datetime) -> dict[str, str]:
    if not re.fullmatch(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+", message.key):
        raise PermanentFailure("The message's key is no Message-ID.", "Give the form left@right, RFC 5322 §3.6.4.")
    written = {"message-id": ("Message-ID", f"<{message.key}>"), "auto-submitted": ("Auto-Submitted", "auto-generated")}
    written["content-language"] = ("Content-Language", message.language)
    written["date"] = ("Date", format_datetime(now))
    for name, value in message.headers.items():
        if name.lower() in OURS or not re.fullmatch(r"[!-9;-~]+", name):
            raise PermanentFailure("The message's headers hold one that they may not set, or that is no header name.")
        written[name.lower()] = (name, value)
    if any(re.search(r"[\x00-\x1f\x7f]", value) for _, value in written.values()):
        raise PermanentFailure("A header of the message holds a control character.")
    return dict(written.values())


def _calendar(message: Message) -> str:
    """The calendar as text, once it is sure that its METHOD is the one of the MIME part (RFC 6047 §2.4)."""
    methods = re.findall(rb"(?mi)^METHOD:([A-Z-]+)\r?$", message.calendar)
    if methods != [message.calendar_method.encode("utf-8", "replace")]:
        raise PermanentFailure("The invitation's METHOD is not the message's calendar_method.")
    try:
        return message.calendar.decode("utf-8")
    except UnicodeDecodeError:
        raise PermanentFailure("The invitation is not UTF-8.") from None


def _reply_to(written: str) -> str:
    mailbox = _mailbox(written)
    if mailbox is None:
        raise PermanentFailure("The message's reply_to is no mail address.")
    return _quoted(mailbox)


def _mailbox(written: str) -> Mailbox | None:
    mailboxes = getaddresses([written])
    return mailboxes[0] if len(mailboxes) == 1 and _is_address(mailboxes[0][1]) and written.isprintable() else None


def _is_address(address: str) -> bool:
    """Whether it is an address that every server takes: the part before the @ is ASCII, the domain may be international."""
    try:
        validate_email(address)
    except ValidationError:
        return False
    return True


def _quoted(mailbox: Mailbox) -> str:
    """As in a header, its name quoted (RFC 5322 §3.2.4); Django encodes what is not ASCII."""
    name, address = mailbox
    if not name:
        return address
    escaped = re.sub(r'(["\\])', r"\\\1", name)
    return f'"{escaped}" <{address}>'
