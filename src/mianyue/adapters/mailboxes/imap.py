"""A mailbox on an IMAP server (RFC 3501), over TLS; whatever the server does, a call ends in time and says whether to try again."""

from __future__ import annotations

import imaplib
import re
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any, ClassVar

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxFolderSelectError, MailboxLoginError
from imap_tools.utils import encode_folder

from mianyue.adapters.mailboxes import mailbox_url
from mianyue.adapters.mailboxes.mailbox_url import ImapAddress
from mianyue.base.errors import SettingError
from mianyue.ports.mailbox import MailboxError, PermanentFailure, Received, TemporaryFailure
from mianyue.ports.registry import Setting

_NOT_NOW = re.compile(r"\[(?:UNAVAILABLE|INUSE|LIMIT|SERVERBUG|CONTACTADMIN)\]", re.IGNORECASE)
"""Response codes (RFC 5530) with which a server refuses a login that may be right."""


class ImapMailbox:
    """New mails are those not seen; with a folder for the done ones, all that lie in the folder that is read."""

    name = "imap"
    settings: ClassVar[tuple[Setting, ...]] = mailbox_url.SETTINGS

    def __init__(self, address: ImapAddress, trusted: ssl.SSLContext | None = None) -> None:
        self.address = address
        self._trusted = trusted

    @classmethod
    def from_environment(cls, env: Mapping[str, str]) -> ImapMailbox:
        """Raises SettingError."""
        address = mailbox_url.from_environment(env)
        if not isinstance(address, ImapAddress):
            raise SettingError(mailbox_url.NAME, "…" if address else "", mailbox_url.EXAMPLE)
        return cls(address)

    @contextmanager
    def open(self) -> Iterator[_Opened]:
        """Connects, logs in and chooses the folder; ends with a goodbye whose failing changes nothing."""
        with _in_words():
            box = self._connected()
        try:
            with _in_words():
                _log_in(box, self.address)
                box.folder.set(self.address.folder)
            yield _Opened(box, self.address)
        finally:
            with suppress(OSError, imaplib.IMAP4.error, ImapToolsError):
                box.logout()

    def _connected(self) -> BaseMailBox:
        at = self.address
        if at.security == "plain":
            return MailBoxUnencrypted(at.host, at.port, timeout=at.timeout)
        # Given explicitly: imaplib's own context checks no certificate.
        trusted = self._trusted or ssl.create_default_context()
        box = MailBox if at.security == "tls" else MailBoxStartTls
        return box(at.host, at.port, timeout=at.timeout, ssl_context=trusted)


class _Opened:
    """The mailbox while a connection to it is open; keys are the server's UIDs."""

    def __init__(self, box: BaseMailBox, address: ImapAddress) -> None:
        self._box, self._address = box, address
        self._done = ""

    def waiting(self, at_most: int) -> list[str]:
        with _in_words():
            found = self._box.uids("UNDELETED" if self._address.done else "UNSEEN UNDELETED", charset=None)
        return sorted(found, key=int)[:at_most]

    def read(self, key: str, at_most: int) -> Received | None:
        # PEEK leaves the mail unseen until it has been dealt with; the range keeps a huge one from coming over.
        with _in_words():
            told = self._asked("FETCH", key, f"(INTERNALDATE BODY.PEEK[]<0.{at_most}>)")
        raw = next((piece[1] for piece in told if isinstance(piece, tuple) and b"BODY[" in piece[0]), None)
        if raw is None:
            return None
        around = b" ".join(piece[0] if isinstance(piece, tuple) else piece for piece in told if piece)
        return Received(raw[:at_most], _internal_date(around))

    def done(self, key: str) -> None:
        with _in_words():
            self._asked("STORE", key, "+FLAGS.SILENT", r"(\Seen)")
            if self._address.done:
                self._move(key)

    def put_aside(self, key: str) -> None:
        with _in_words():
            self._asked("STORE", key, "+FLAGS.SILENT", r"(\Flagged)")
        self.done(key)

    def _move(self, key: str) -> None:
        folder = encode_folder(self._done or self._folder_for_done())
        if "MOVE" in self._box.client.capabilities:
            self._asked("MOVE", key, folder)
            return
        self._asked("COPY", key, folder)
        self._asked("STORE", key, "+FLAGS.SILENT", r"(\Deleted)")
        # Without UIDPLUS, EXPUNGE would also remove what somebody else only marked (RFC 4315 §2.1).
        if "UIDPLUS" in self._box.client.capabilities:
            self._asked("EXPUNGE", key)

    def _folder_for_done(self) -> str:
        """Its name with the server's own separator; made when it is missing."""
        separator = next((known.delim for known in self._box.folder.list("", "INBOX")), "/")
        self._done = self._address.done.replace("/", separator)
        if not self._box.folder.exists(self._done):
            self._box.folder.create(self._done)
        return self._done

    def _asked(self, command: str, key: str, *arguments: Any) -> list[Any]:
        imaplib.Commands.setdefault("MOVE", ("SELECTED",))
        status, told = self._box.client.uid(command, key, *arguments)
        if status != "OK":
            raise TemporaryFailure(f"The mailbox refuses {command}.", "Look at the mail server's log; it is tried again.")
        return [piece for piece in told if piece]


def _log_in(box: BaseMailBox, address: ImapAddress) -> None:
    try:
        if (address.user + address.password).isascii():
            box.login(address.user, address.password, initial_folder=None)
        else:
            box.login_utf8(address.user, address.password, initial_folder=None)
    except MailboxLoginError as error:
        raise _login_refused(str(error.command_result[1])) from None
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        raise _login_refused(str(error)) from None
    if "ID" in box.client.capabilities:
        # RFC 2971. Coremail (163, 126) opens no folder for programs that don't say who they are.
        box.client.xatom("ID", '("name" "mianyue" "vendor" "mianyue")')


def _login_refused(said: str) -> MailboxError:
    if _NOT_NOW.search(said):
        return TemporaryFailure("The mailbox takes no login at the moment.", "It is tried again.")
    hint = f"Check user and password in {mailbox_url.NAME}; many providers want an app password or an authorisation code."
    return PermanentFailure("The mailbox refused the login.", hint)


def _internal_date(told: bytes) -> datetime | None:
    found = re.search(rb'INTERNALDATE "\s*(\d{1,2}-[A-Za-z]{3}-\d{4} \d\d:\d\d:\d\d [+-]\d{4})"', told)
    try:
        return datetime.strptime(found[1].decode("ascii"), "%d-%b-%Y %H:%M:%S %z") if found else None
    except ValueError:
        return None


@contextmanager
def _in_words() -> Iterator[None]:
    """Turns what the network, TLS and imaplib raise into the port's failures, in words that repeat none of the server's."""
    try:
        yield
    except MailboxError:
        raise
    except (OSError, imaplib.IMAP4.error, ImapToolsError, ValueError) as error:
        raise _failure(error) from None


def _failure(error: Exception) -> MailboxError:
    check = f"Check host, port and scheme of {mailbox_url.NAME}."
    if isinstance(error, ssl.SSLCertVerificationError):
        hint = f"Use the host name of its certificate in {mailbox_url.NAME}; name your own authority's file in SSL_CERT_FILE."
        return PermanentFailure("The mail server's certificate is not trusted.", hint)
    if isinstance(error, ssl.SSLError):
        return PermanentFailure(
            "The mail server does not speak TLS as expected.", "imaps:// is TLS from the first byte, imap+tls:// STARTTLS."
        )
    if isinstance(error, MailboxFolderSelectError):
        return PermanentFailure("The mailbox has no folder of that name.", f"Correct the folder in {mailbox_url.NAME}.")
    if isinstance(error, imaplib.IMAP4.abort) and "TLS not supported" in str(error):
        return PermanentFailure("The mail server offers no STARTTLS.", f"Use imaps:// in {mailbox_url.NAME}.")
    if isinstance(error, socket.gaierror):
        return TemporaryFailure("The mail server's host name is not known.", f"{check[:-1]}, and this machine's DNS.")
    if isinstance(error, TimeoutError):
        return TemporaryFailure("The mail server did not answer in time.", "It is tried again.")
    if isinstance(error, OSError):
        return TemporaryFailure(f"The mail server can't be reached ({type(error).__name__}).", check)
    return TemporaryFailure(
        f"The mail server broke off or gave no answer that IMAP knows ({type(error).__name__}).", "It is tried again."
    )
