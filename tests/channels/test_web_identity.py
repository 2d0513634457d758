"""Who writes: tokens, proxies, cookies."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import stat
import time
from types import SimpleNamespace
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.channels.web_identity import client_address, identity, kept_secret, networks, safe_name
from bot.runtime.settings import Settings

ISSUER, AUDIENCE = "https://sso.example", "career-coach"
SEND = "/api/web/messages"


def pem_pair() -> tuple[str, str]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return private.decode(), public.decode()


PRIVATE, PUBLIC = pem_pair()
OTHER_PRIVATE, _ = pem_pair()
TOKENS = {
    "web_identity": "token",
    "web_token_issuer": ISSUER,
    "web_token_audience": AUDIENCE,
    "web_token_key": PUBLIC,
}


def token(key: str = PRIVATE, algorithm: str = "RS256", **changes: Any) -> str:
    claims = {"sub": "ann", "iss": ISSUER, "aud": AUDIENCE, "exp": time.time() + 300, **changes}
    return jwt.encode({k: v for k, v in claims.items() if v is not None}, key, algorithm)


def encoded(data: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(data).encode()).rstrip(b"=").decode()


def confused() -> str:
    """Signed with the public key as if it were a shared secret."""
    claims = {"sub": "ann", "iss": ISSUER, "aud": AUDIENCE, "exp": time.time() + 300}
    unsigned = f"{encoded({'alg': 'HS256', 'typ': 'JWT'})}.{encoded(claims)}"
    signature = hmac.new(PUBLIC.encode(), unsigned.encode(), hashlib.sha256).digest()
    return f"{unsigned}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


def tampered() -> str:
    head, body, signature = token().split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    return f"{head}.{encoded({**claims, 'sub': 'bob'})}.{signature}"


REFUSED = {
    "expired": token(exp=time.time() - 60),
    "not yet valid": token(nbf=time.time() + 600),
    "without expiry": token(exp=None),
    "wrong audience": token(aud="payroll"),
    "without audience": token(aud=None),
    "wrong issuer": token(iss="https://evil.example"),
    "without subject": token(sub=None),
    "empty subject": token(sub=""),
    "none": jwt.encode({"sub": "ann", "iss": ISSUER, "aud": AUDIENCE, "exp": time.time() + 300}, None, "none"),
    "HS for RS": confused(),
    "another algorithm": token(algorithm="RS512"),
    "another key": token(OTHER_PRIVATE),
    "tampered": tampered(),
    "not a token": "not-a-token",  # no letters that a request id may hold by chance
}


@pytest.mark.parametrize("kind", REFUSED)
async def test_a_bad_token_is_refused_and_not_logged(serve, caplog, kind):
    server = await serve(**TOKENS)
    client = server.client(Authorization=f"Bearer {REFUSED[kind]}")
    for answer in (
        await client.get("/api/web/history"),
        await client.post(SEND, json={"text": "hello", "message_id": "message-1"}),
        await client.post("/api/web/reset", json={}),
        await client.post("/api/web/session", json={}),
    ):
        assert answer.status_code == 401
        assert caplog.text.count(answer.json()["request_id"]) == 1
    assert len(caplog.records) == 4
    assert server.coach.seen == []
    assert REFUSED[kind] not in caplog.text
    assert not any(part in caplog.text for part in REFUSED[kind].split(".") if len(part) > 10)


@pytest.mark.parametrize("header", ["", "Bearer", "Basic YW5uOmFubg==", token()])
async def test_a_missing_token_is_refused(serve, header):
    server = await serve(**TOKENS)
    client = server.client(**({"Authorization": header} if header else {}))
    assert (await client.get("/api/web/history")).json()["error"] == "no_identity"


async def test_two_people_never_see_each_other(serve):
    server = await serve(**TOKENS)
    ann = server.client(Authorization=f"Bearer {token()}")
    bob = server.client(Authorization=f"Bearer {token(sub='bob')}")
    await ann.post(SEND, json={"text": "hello", "message_id": "message-1"})
    assert [i.conversation for i in server.coach.seen] == ["web:ann"]
    assert (await bob.get("/api/web/history")).json()["messages"] == []
    # The other's message id is another message here.
    await bob.post(SEND, json={"text": "mine", "message_id": "message-1"})
    assert (await ann.get("/api/web/history")).json()["messages"][0]["text"] == "hello"
    for attempt in ("/api/web/history?conversation=web:ann", "/api/web/history?user=ann&sender_id=web:ann"):
        shown = (await bob.get(attempt, headers={"X-Remote-User": "ann"})).json()["messages"]
        assert [m["text"] for m in shown] == ["mine"]


async def test_a_shared_secret_can_be_used_when_it_is_configured(serve):
    secret = "0123456789abcdef0123456789abcdef"
    server = await serve(**{**TOKENS, "web_token_algorithms": "HS256", "web_token_key": secret})
    client = server.client(Authorization=f"Bearer {token(secret, 'HS256')}")
    assert (await client.get("/api/web/history")).status_code == 200


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"web_identity": "browser"}, "COACH_WEB_IDENTITY"),
        ({**TOKENS, "web_token_algorithms": "none"}, "never none"),
        ({**TOKENS, "web_token_algorithms": "RS256,HS256"}, "not both"),
        ({**TOKENS, "web_token_algorithms": ""}, "COACH_WEB_TOKEN_ALGORITHMS"),
        ({**TOKENS, "web_token_issuer": ""}, "COACH_WEB_TOKEN_ISSUER"),
        ({**TOKENS, "web_token_audience": ""}, "COACH_WEB_TOKEN_AUDIENCE"),
        ({**TOKENS, "web_token_key": ""}, "COACH_WEB_TOKEN_KEY"),
        ({**TOKENS, "web_token_algorithms": "HS256"}, "secret of at least 32"),
        ({**TOKENS, "web_token_algorithms": "HS256", "web_token_key": "short"}, "secret of at least 32"),
        ({**TOKENS, "web_token_key": "", "web_token_jwks": "http://sso.example/keys"}, "https"),
        ({"web_identity": "proxy"}, "COACH_WEB_PROXIES"),
        ({"web_identity": "proxy", "web_proxies": "everywhere"}, "everywhere"),
        ({"web_secret": "short"}, "COACH_WEB_SECRET"),
        ({"web_cookie_samesite": "Off"}, "COACH_WEB_COOKIE_SAMESITE"),
    ],
)
def test_unsafe_settings_are_refused_with_a_sentence(changes, said):
    with pytest.raises(ValueError, match=said):
        identity(Settings(**changes))


@pytest.mark.parametrize("origins", ["*", "https://*.example", "intranet.example", "https://intranet.example/path"])
async def test_origins_must_be_exact(serve, origins):
    with pytest.raises(ValueError, match="COACH_WEB_ORIGINS"):
        await serve(web_origins=origins)


# --- proxy ---


async def test_a_listed_proxy_is_believed(serve):
    server = await serve(web_identity="proxy", web_proxies="127.0.0.0/8")
    client = server.client(**{"X-Remote-User": "EXAMPLE\\ann"})
    await client.post(SEND, json={"text": "hello", "message_id": "message-1"})
    assert server.coach.seen[0].conversation == "web:EXAMPLE%5Cann"


async def test_anyone_else_is_not(serve, caplog):
    server = await serve(web_identity="proxy", web_proxies="10.0.0.1")
    client = server.client(**{"X-Remote-User": "ann", "X-Forwarded-For": "10.0.0.1"})
    assert (await client.get("/api/web/history")).status_code == 403
    assert "not from a listed proxy" in caplog.text


@pytest.mark.parametrize("headers", [[], [("X-Remote-User", "")], [("X-Remote-User", "ann"), ("X-Remote-User", "bob")]])
async def test_a_header_must_come_once(serve, headers):
    server = await serve(web_identity="proxy", web_proxies="127.0.0.1")
    async with server.client() as client:
        answer = await client.get("/api/web/history", headers=[("Origin", server.url), *headers])
    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "1.1.1.1, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        ("10.0.0.1", "", "10.0.0.1"),
    ],
)
def test_the_limited_address_is_the_last_that_no_proxy_of_ours_has(peer, forwarded, expected):
    headers = SimpleNamespace(getall=lambda name, default: [forwarded] if forwarded else default)
    request: Any = SimpleNamespace(ip=peer, headers=headers)
    assert client_address(request, networks("10.0.0.0/24")) == expected


# --- cookie ---


async def test_a_cookie_is_http_only_and_lasts(serve):
    server = await serve()
    client = server.client()
    first = await client.post("/api/web/session", json={})
    cookie = first.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie
    again = await client.post("/api/web/session", json={})
    assert "Set-Cookie" not in again.headers


async def test_a_cookie_is_secure_behind_https(serve):
    server = await serve(web_public_url="https://coach.example")
    client = server.client(Origin="https://coach.example")
    assert "Secure" in (await client.post("/api/web/session", json={})).headers["Set-Cookie"]


@pytest.mark.parametrize("value", ["", "x", "..", "anonymous-1.9999999999.", "anonymous-1.9999999999.é", "a.b.c"])
async def test_a_forged_cookie_is_refused(serve, value):
    server = await serve()
    client = server.client()
    answer = await client.get("/api/web/history", headers={"Cookie": f"coach={value}".encode()})
    assert answer.status_code == 401


async def test_an_expired_cookie_is_refused(serve, monkeypatch):
    server = await serve()
    client = server.client()
    await client.post("/api/web/session", json={})
    now = time.time()
    monkeypatch.setattr("bot.channels.web_identity.time.time", lambda: now + 181 * 24 * 3600)
    assert (await client.get("/api/web/history")).status_code == 401


def test_the_secret_is_made_once_and_only_its_owner_reads_it(tmp_path):
    path = tmp_path / "deep" / "web-secret"
    assert kept_secret(path) == kept_secret(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(("one", "other"), [("a:b", "a:c"), ("a:b", "a%3Ab"), ("x" * 300, "x" * 301), ("ä", "a")])
def test_different_names_stay_different_and_hold_no_colon(one, other):
    first, second = safe_name(one), safe_name(other)
    assert first != second
    assert ":" not in first + second
    assert max(len(first), len(second)) <= 150
