"""A real IMAP server (Twisted's) on this machine, and a door of TLS in front of it that can also break."""

from __future__ import annotations

import contextlib
import io
import select
import socket
import ssl
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from twisted.cred import checkers, portal
from twisted.internet import protocol, reactor
from twisted.internet.threads import blockingCallFromThread
from twisted.mail import imap4
from zope.interface import implementer

USER, PASSWORD = "answers@xinghe.example", "p@ss w:rd/%41"


@implementer(imap4.IMessage, imap4.IMessageFile)
@dataclass(eq=False)
class Kept:
    """One mail with its number, flags and date."""

    uid: int
    raw: bytes
    date: datetime
    flags: set[str] = field(default_factory=set)

    def getUID(self):
        return self.uid

    def getFlags(self):
        return sorted(self.flags)

    def getInternalDate(self):
        return self.date.strftime("%d-%b-%Y %H:%M:%S %z")

    def open(self):
        return io.BytesIO(self.raw)

    def getSize(self):
        return len(self.raw)

    def isMultipart(self):
        return False


@implementer(imap4.IMailbox)
class Folder:
    """A folder as IMAP knows it."""

    def __init__(self) -> None:
        self.mails: list[Kept] = []
        self.validity = 1
        self.next = 1

    def keep(self, raw: bytes, date: datetime, flags=()) -> Kept:
        self.mails.append(Kept(self.next, raw, date, set(flags)))
        self.next += 1
        return self.mails[-1]

    def addMessage(self, message, flags=(), date=None):
        parsed = datetime.strptime(date, "%d-%b-%Y %H:%M:%S %z") if date else datetime.now(UTC)
        return self.keep(message.read(), parsed, flags).uid

    def fetch(self, messages, uid):
        if uid:
            messages.last = self.next - 1
            return [(number, mail) for number, mail in enumerate(self.mails, 1) if mail.uid in messages]
        messages.last = len(self.mails)
        return [(number, mail) for number, mail in enumerate(self.mails, 1) if number in messages]

    def store(self, messages, flags, mode, uid):
        changed = {}
        for number, mail in self.fetch(messages, uid):
            mail.flags = set(flags) if mode == 0 else mail.flags | set(flags) if mode > 0 else mail.flags - set(flags)
            changed[number] = mail.getFlags()
        return changed

    def getFlags(self):
        return ["\\Seen", "\\Flagged", "\\Deleted"]

    def getHierarchicalDelimiter(self):
        return "/"

    def getUIDValidity(self):
        return self.validity

    def getUIDNext(self):
        return self.next

    def getUID(self, message):
        return self.mails[message - 1].uid

    def getMessageCount(self):
        return len(self.mails)

    def getRecentCount(self):
        return 0

    def getUnseenCount(self):
        return sum("\\Seen" not in mail.flags for mail in self.mails)

    def isWriteable(self):
        return True

    def addListener(self, listener):
        return True

    def removeListener(self, listener):
        return True

    def expunge(self):
        raise AssertionError("expunging would remove what somebody else only marked")

    def destroy(self):
        raise AssertionError("no folder is ever deleted")


class Account(imap4.MemoryAccount):
    def _emptyMailbox(self, name, id):
        return Folder()


@implementer(portal.IRealm)
class Realm:
    def __init__(self, account: Account) -> None:
        self.account = account

    def requestAvatar(self, who, mind, *interfaces):
        return imap4.IAccount, self.account, lambda: None


class ImapServer:
    """Twisted's server with one account; ``inbox`` is what lies in it."""

    def __init__(self) -> None:
        _start_reactor()
        self.account = Account(USER)
        self.account.addMailbox("INBOX")
        self.inbox: Folder = self.account.mailboxes["INBOX"]
        known = checkers.InMemoryUsernamePasswordDatabaseDontUse()
        known.addUser(USER.encode(), PASSWORD.encode())
        door = portal.Portal(Realm(self.account), [known])

        class Factory(protocol.Factory):
            noisy = False

            def buildProtocol(self, address):
                served = imap4.IMAP4Server({b"PLAIN": imap4.PLAINCredentials})
                served.portal = door
                return served

        self._port = blockingCallFromThread(reactor, reactor.listenTCP, 0, Factory(), 50, "127.0.0.1")
        self.port = self._port.getHost().port

    def stop(self) -> None:
        blockingCallFromThread(reactor, self._port.stopListening)


def _start_reactor() -> None:
    if not reactor.running:
        threading.Thread(target=reactor.run, kwargs={"installSignalHandlers": False}, daemon=True).start()


class Door:
    """TLS in front of a server: from the first byte, or after STARTTLS. Can go silent, or break off after some bytes."""

    def __init__(
        self, behind: int, certificate: Path, *, starttls: bool | None = False, cut_after: int | None = None, silent: bool = False
    ) -> None:
        self._behind, self._starttls, self._silent = behind, starttls, silent
        self.cut_after = cut_after
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._tls.load_cert_chain(certificate)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self._open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def stop(self) -> None:
        for held in [self._listening, *self._open]:
            with contextlib.suppress(OSError):
                held.shutdown(socket.SHUT_RDWR)
            held.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            self._open.append(client)
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        if self._silent:
            return
        with contextlib.suppress(OSError, ValueError):  # a socket that was closed at the other end, or by ``stop``
            if self._starttls is False:
                client = self._tls.wrap_socket(client, server_side=True)
                self._relay(client, socket.create_connection(("127.0.0.1", self._behind)))
            else:
                self._speak_plainly(client)

    def _speak_plainly(self, client: socket.socket) -> None:
        offered = b"IMAP4rev1" + (b" STARTTLS LOGINDISABLED" if self._starttls else b"")
        client.sendall(b"* OK [CAPABILITY " + offered + b"] ready\r\n")
        lines = client.makefile("rb")
        for line in lines:
            tag, _, command = line.strip().partition(b" ")
            if command.upper() == b"STARTTLS" and self._starttls:
                client.sendall(tag + b" OK go ahead\r\n")
                inside = self._tls.wrap_socket(client, server_side=True)
                behind = socket.create_connection(("127.0.0.1", self._behind))
                while behind.recv(1) != b"\n":  # the greeting was given already
                    pass
                self._relay(inside, behind)
                return
            client.sendall(b"* CAPABILITY " + offered + b"\r\n" + tag + b" OK done\r\n")

    def _relay(self, client: ssl.SSLSocket, behind: socket.socket) -> None:
        self._open += [client, behind]
        left = self.cut_after
        while True:
            readable = [client] if client.pending() else select.select([client, behind], [], [], 10)[0]
            for source in readable:
                content = source.recv(65536)
                if source is behind and left is not None:
                    content = content[:left]
                    left -= len(content)
                if not content:
                    client.close()
                    behind.close()
                    return
                (behind if source is client else client).sendall(content)
                if left == 0:
                    client.close()
                    behind.close()
                    return


def throw_away_certificate(folder: Path, name: str = "localhost") -> Path:
    """A key and a certificate of its own for ``name`` and 127.0.0.1, good for an hour, in one PEM file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    begins = datetime.now(UTC) - timedelta(minutes=5)
    names = [x509.DNSName(name), *([x509.IPAddress(ip_address("127.0.0.1"))] if name == "localhost" else [])]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / f"{name}.pem"
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return path
