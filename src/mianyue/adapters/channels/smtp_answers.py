"""What a mail server's answer, or its silence, means: surely not sent, never will be, or nobody knows."""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from collections.abc import Sequence

from mianyue.ports.channel import AnswerLost, ChannelError, PermanentFailure, TemporaryFailure


class WatchedSmtp(smtplib.SMTP):
    """Knows whether the whole body of the present message was handed to the network.

    That is the border between "surely not sent" and "nobody knows": a server may accept a message only after its last byte.
    """

    body_left = False

    def mail(self, sender: str, options: Sequence[str] = ()) -> tuple[int, bytes]:
        self.body_left = False
        return super().mail(sender, options)

    def send(self, s: bytes | str) -> None:
        super().send(s)
        # smtplib sends every command as str and only the body, dot included, as bytes. It gets here only if all was sent.
        if not isinstance(s, str):
            self.body_left = True

    def answers(self) -> bool:
        """Whether the server still listens, in which case it has forgotten any earlier message (RSET, RFC 5321 §4.1.1.5)."""
        try:
            return self.rset()[0] == 250
        except OSError:
            return False


class WatchedSmtps(WatchedSmtp, smtplib.SMTP_SSL):
    """The same inside TLS."""


def failure(error: OSError, body_left: bool) -> ChannelError:
    """The channel error for what smtplib or the network raised (all of smtplib's errors are OSErrors).

    Shows the server's codes (RFC 5321, RFC 3463) and never its words, which like to repeat the recipient's address.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        ((code, words),) = error.recipients.values()
        return _refused("the recipient", code, words)
    if isinstance(error, smtplib.SMTPDataError) and 400 <= error.smtp_code < 600:
        return _refused("the message", error.smtp_code, error.smtp_error)
    if body_left:
        return AnswerLost(
            "The message left, but the mail server's answer did not come.",
            "Ask the recipient, or look for the Message-ID in the mail server's log, before sending again.",
        )
    if isinstance(error, smtplib.SMTPSenderRefused):
        return _sender_refused(error.smtp_code, error.smtp_error)
    if isinstance(error, smtplib.SMTPResponseException):
        return _not_let_in(error)
    return TemporaryFailure(*_unreachable(error))


def _refused(what: str, code: int, words: bytes | str) -> ChannelError:
    if code == 530:
        return _login_wanted(code, words)
    kind = PermanentFailure if 500 <= code < 600 else TemporaryFailure
    hint = "Correct the address, or use another channel." if kind is PermanentFailure else "It is tried again later."
    return kind(f"The mail server refused {what} ({_codes(code, words)}).", hint)


def _sender_refused(code: int, words: bytes | str) -> ChannelError:
    if code == 530:
        return _login_wanted(code, words)
    # RFC 1870 §6.1: asked about the announced size, the server says that this message is too big for it, today and tomorrow.
    if code == 552:
        return PermanentFailure(f"The message is too big for the mail server ({_codes(code, words)}).", "Shorten the message.")
    hint = "Set MIANYUE_MAIL_FROM to an address that this server lets the user of EMAIL_URL send from." if code >= 500 else ""
    return TemporaryFailure(f"The mail server refused the sender ({_codes(code, words)}).", hint)


def _login_wanted(code: int, words: bytes | str) -> TemporaryFailure:
    hint = "Give user and password in EMAIL_URL, and use smtp+tls:// or smtps://."
    return TemporaryFailure(f"The mail server wants a login or TLS first ({_codes(code, words)}).", hint)


def _not_let_in(error: smtplib.SMTPResponseException) -> TemporaryFailure:
    codes = _codes(error.smtp_code, error.smtp_error)
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return TemporaryFailure(f"The mail server refused the login ({codes}).", "Check user and password in EMAIL_URL.")
    return TemporaryFailure(f"The mail server does not serve us ({codes}).", "Ask who runs the server of EMAIL_URL.")


def _unreachable(error: OSError) -> tuple[str, str]:
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "The mail server lacks the TLS or the login that EMAIL_URL asks for.", "Check scheme, port and user of EMAIL_URL."
    if isinstance(error, ssl.SSLCertVerificationError):
        hint = "Use the host name of its certificate in EMAIL_URL; name your own authority's file in SSL_CERT_FILE."
        return "The mail server's certificate is not trusted.", hint
    if isinstance(error, ssl.SSLError):
        return "The mail server does not speak TLS as expected.", "smtps:// is TLS from the first byte, smtp+tls:// is STARTTLS."
    if isinstance(error, socket.gaierror):
        return "The mail server's host name is not known.", "Check the host in EMAIL_URL and this machine's DNS."
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return "The mail server closed the connection, or kept silent, before it got the message.", "It is tried again later."
    if isinstance(error, smtplib.SMTPException):
        return "The mail server offers no way to log in that is known here.", "Check scheme, user and password of EMAIL_URL."
    return f"The mail server can't be reached ({type(error).__name__}).", "Check host and port of EMAIL_URL, and the network."


def _codes(code: int, words: bytes | str) -> str:
    text = words.decode("ascii", "replace") if isinstance(words, bytes) else words
    enhanced = re.match(r"[245]\.[0-9]{1,3}\.[0-9]{1,3}\b", text)
    return f"{code} {enhanced[0]}" if enhanced else str(code)
