"""Tokens checked with the keys of an issuer's live server: rotation, unknown keys, the server down."""

from __future__ import annotations

import datetime
import json
import ssl
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from bot.channels.web_identity import KEYS_STAY_GOOD, PAUSE, KeySet
from tests.channels.test_web_identity import AUDIENCE, ISSUER

PAIRS = {name: rsa.generate_private_key(public_exponent=65537, key_size=2048) for name in ("old", "new", "tls")}


def jwk(name: str) -> dict[str, Any]:
    return {**jwt.algorithms.RSAAlgorithm.to_jwk(PAIRS[name].public_key(), as_dict=True), "kid": name, "use": "sig"}


def token(name: str, kid: str | None = "") -> str:
    claims = {"sub": "ann", "iss": ISSUER, "aud": AUDIENCE, "exp": time.time() + 300}
    return jwt.encode(claims, PAIRS[name], "RS256", headers={"kid": kid or name})


class Issuer:
    """An https server of a key set. ``keys`` are those it gives; ``says`` is given instead when it is set."""

    def __init__(self, folder: Path) -> None:
        self.keys = ["old"]
        self.says: tuple[int, bytes] | None = None
        self.asked = 0
        certificate = folder / "tls.pem"
        certificate.write_bytes(_certificate())
        issuer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                issuer.asked += 1
                status, body = issuer.says or (200, json.dumps({"keys": [jwk(k) for k in issuer.keys]}).encode())
                self.send_response(status)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.address = f"https://127.0.0.1:{self.server.server_address[1]}/keys"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def _certificate() -> bytes:
    key, name = PAIRS["tls"], x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.timezone.utc)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return made.public_bytes(serialization.Encoding.PEM) + private


@pytest.fixture
def issuer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Issuer]:
    running = Issuer(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "tls.pem"))
    yield running
    running.stop()


def settings(issuer: Issuer) -> dict[str, str]:
    return {
        "web_identity": "token", "web_token_issuer": ISSUER, "web_token_audience": AUDIENCE,
        "web_token_jwks": issuer.address,
    }  # fmt: skip


async def status(server: Any, sent: str) -> tuple[int, str]:
    client = server.client(Authorization=f"Bearer {sent}")
    answer = await client.get("/api/web/history")
    return answer.status_code, answer.json().get("error", "")


async def test_a_token_is_checked_with_the_issuers_key(serve: Any, issuer: Issuer) -> None:
    server = await serve(**settings(issuer))
    assert (await status(server, token("old")))[0] == 200
    assert (await status(server, token("old")))[0] == 200
    assert await status(server, token("new", kid="old")) == (401, "bad_identity")
    assert issuer.asked == 1


async def test_a_flood_of_unknown_keys_does_not_flood_the_issuer(serve: Any, issuer: Issuer, caplog: Any) -> None:
    server = await serve(**settings(issuer))
    for n in range(20):
        assert await status(server, token("new", kid=f"made-up-{n}")) == (401, "bad_identity")
    assert issuer.asked == 1
    assert "made-up" not in caplog.text


async def test_an_issuer_that_is_down_is_said_and_asked_once(serve: Any, issuer: Issuer) -> None:
    server = await serve(**settings(issuer))
    issuer.says = (503, b"")
    began = time.monotonic()
    for _ in range(10):
        assert await status(server, token("old")) == (503, "keys_unavailable")
    assert issuer.asked == 1
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"keys": []}', b"{}"])
async def test_an_issuer_that_talks_nonsense_lets_nobody_in(serve: Any, issuer: Issuer, body: bytes) -> None:
    server = await serve(**settings(issuer))
    issuer.says = (200, body)
    assert await status(server, token("old")) == (503, "keys_unavailable")
    assert issuer.asked == 1


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Moves the library's clocks too."""
    made = Clock()
    for module in ("jwt.jwks_client", "jwt.jwk_set_cache"):
        monkeypatch.setattr(f"{module}.time.monotonic", made)
    return made


def found(keys: KeySet, name: str) -> bool:
    try:
        return bool(
            jwt.decode(token(name), keys.get_signing_key_from_jwt(token(name)).key, ["RS256"], audience=AUDIENCE)
        )
    except jwt.PyJWTError:
        return False


def test_a_new_key_is_found_and_a_withdrawn_one_is_refused(issuer: Issuer, clock: Clock) -> None:
    keys = KeySet(issuer.address, clock)
    assert found(keys, "old")
    issuer.keys = ["old", "new"]
    clock.now = PAUSE + 1
    assert found(keys, "new")
    issuer.keys = ["new"]
    clock.now += 301
    assert not found(keys, "old")
    assert found(keys, "new")


def test_while_the_issuer_is_down_the_keys_it_gave_stay_good_for_an_hour(issuer: Issuer, clock: Clock) -> None:
    keys = KeySet(issuer.address, clock)
    assert found(keys, "old")
    issuer.says = (500, b"")
    clock.now = 1000
    assert found(keys, "old")
    assert not found(keys, "new")
    clock.now = KEYS_STAY_GOOD + 1
    assert not found(keys, "old")
    issuer.says = None
    clock.now += PAUSE
    assert found(keys, "old")
