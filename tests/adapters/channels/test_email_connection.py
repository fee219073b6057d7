"""How connections live: kept between messages, one per thread, replaced when the server gave one up, and encrypted when asked."""

from __future__ import annotations

import ssl
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from threading import Barrier
from time import sleep

import pytest
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from mianyue.ports.channel import Message, PermanentFailure, TemporaryFailure

MESSAGE = Message(key="1@mianyue.example", to="tom@example.com", to_name="Tom", subject="Interview", text="Hello")


def test_messages_share_a_connection_until_it_is_closed(channel, behaviour):
    channel.send(MESSAGE)
    behaviour.on_recipient = "550 5.1.1 unknown"
    with pytest.raises(PermanentFailure):
        channel.send(MESSAGE)
    behaviour.on_recipient = None
    channel.send(MESSAGE)
    channel.close()
    channel.send(MESSAGE)
    first, second, third = behaviour.peers
    assert first == second
    assert second != third


def test_every_thread_has_its_own_connection(channel, behaviour):
    together = Barrier(3)

    def send(_):
        together.wait(5)
        channel.send(MESSAGE)

    with ThreadPoolExecutor(3) as threads:
        list(threads.map(send, range(3)))
    assert len(set(behaviour.peers)) == 3


def test_a_connection_that_the_server_closed_meanwhile_is_replaced(serve, behaviour, connect):
    # aiosmtpd hangs up on a client that says nothing for ``timeout`` seconds.
    channel = connect(serve(behaviour, timeout=0.1))
    channel.send(MESSAGE)
    sleep(0.4)
    channel.send(MESSAGE)
    first, second = behaviour.peers
    assert first != second


def test_closing_a_channel_that_never_sent_does_nothing(channel, behaviour):
    channel.close()
    channel.close()
    assert behaviour.peers == []


def test_starttls_and_tls_with_a_login(serve, behaviour, connect, certificate, monkeypatch):
    authority, context = certificate
    monkeypatch.setenv("SSL_CERT_FILE", authority)
    logins = []

    def check(server, session, envelope, mechanism, data):
        logins.append((mechanism, session.ssl is not None, data.login, data.password))
        return AuthResult(success=True)

    starttls = serve(behaviour, tls_context=context, require_starttls=True, authenticator=check, auth_required=True)
    connect(starttls, "smtp+tls://hr:hunter2@127.0.0.1:{}?timeout=5").send(MESSAGE)
    assert logins == [("PLAIN", True, b"hr", b"hunter2")]
    with pytest.raises(TemporaryFailure, match="login or TLS"):
        connect(starttls, "smtp://127.0.0.1:{}?timeout=5").send(MESSAGE)

    implicit = serve(behaviour, ssl_context=context)
    connect(implicit, "smtps://127.0.0.1:{}?timeout=5").send(MESSAGE)
    assert len(behaviour.contents) == 2


@pytest.mark.parametrize("scheme", ["smtps", "smtp+tls"])
def test_a_certificate_nobody_vouches_for_gets_nothing(serve, behaviour, connect, certificate, scheme):
    _, context = certificate
    options = {"ssl_context": context} if scheme == "smtps" else {"tls_context": context}
    with pytest.raises(TemporaryFailure, match="certificate is not trusted") as failed:
        connect(serve(behaviour, **options), scheme + "://127.0.0.1:{}?timeout=5").send(MESSAGE)
    assert "SSL_CERT_FILE" in failed.value.hint
    assert behaviour.contents == []


@pytest.fixture
def certificate(tmp_path) -> tuple[str, ssl.SSLContext]:
    """The path of a self-made certificate for 127.0.0.1, and a server's context that shows it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.test")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now - timedelta(1), now + timedelta(1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "certificate.pem"
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(path)
    return str(path), context
