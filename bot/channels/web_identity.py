"""Who writes. Never what the browser says: a signed token, a trusted proxy's header, or a cookie of our own signing."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
import os
import secrets
import time
from collections.abc import Callable
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

import jwt
from sanic.request import Request

from bot.channels.web_problems import Problem
from bot.runtime.settings import ROOT, Settings

log = logging.getLogger(__name__)

COOKIE = "coach"
COOKIE_LIFE = 180 * 24 * 3600
"""Seconds an anonymous person is known from their last new session."""
KEPT_IN = ".coach/web-secret"
LONGEST_NAME = 150
"""Characters of a person's name kept as they are; the record's column takes 200."""
PAUSE = 30.0
"""Seconds between two requests for an issuer's keys."""
KEYS_STAY_GOOD = 3600.0
SHARED_SECRET = {"HS256", "HS384", "HS512"}
PUBLIC_KEY = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}


class KeySet(jwt.PyJWKClient):
    """An issuer's keys, fetched anew when they are five minutes old or a token names one that is not among them.

    However many tokens come, the issuer is asked at most once in ``PAUSE`` seconds; while it cannot be reached, the
    keys it gave within the last hour stay good.
    """

    def __init__(self, address: str, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(address, lifespan=300, timeout=5, cooldown_duration=PAUSE)
        self._clock = clock
        self._given: tuple[float, Any] | None = None
        self._failed_at: float | None = None

    def fetch_data(self) -> Any:
        now = self._clock()
        try:
            if self._failed_at is not None and now - self._failed_at < PAUSE:
                raise jwt.PyJWKClientConnectionError("the key set could not be fetched just now")
            keys = super().fetch_data()
        except (jwt.PyJWTError, ValueError, OSError) as error:
            if self._failed_at is None or now - self._failed_at >= PAUSE:
                self._failed_at = now
                log.error("the key set at %s cannot be fetched (%s)", self.uri, type(error).__name__)
            if self._given and now - self._given[0] < KEYS_STAY_GOOD:
                return self._given[1]
            raise jwt.PyJWKClientConnectionError("no keys") from error
        self._given, self._failed_at = (now, keys), None
        return keys


class Identity(Protocol):
    ambient: bool
    """Whether a browser sends the identity by itself, so that another page could make it (CSRF)."""

    async def person(self, request: Request) -> str:
        """Raises Problem when nobody is known."""


def identity(settings: Settings) -> Identity:
    """Raises ValueError with a sentence for settings that would not be safe."""
    modes: dict[str, Any] = {"token": TokenIdentity, "proxy": ProxyIdentity, "anonymous": CookieIdentity}
    if settings.web_identity not in modes:
        raise ValueError(f"COACH_WEB_IDENTITY must be token, proxy or anonymous, not {settings.web_identity!r}.")
    chosen: Identity = modes[settings.web_identity](settings)
    return chosen


def safe_name(name: str) -> str:
    """A name that can stand in a conversation's id, which colons divide; different names stay different."""
    quoted = quote(name, safe="@+")
    return quoted if len(quoted) <= LONGEST_NAME else f"sha256-{hashlib.sha256(name.encode()).hexdigest()}"


class TokenIdentity:
    ambient = False

    def __init__(self, settings: Settings) -> None:
        self._algorithms = words(settings.web_token_algorithms)
        self._issuer, self._audience = settings.web_token_issuer, settings.web_token_audience
        self._claim, self._key = settings.web_token_claim, settings.web_token_key
        self._keys = KeySet(settings.web_token_jwks) if settings.web_token_jwks.startswith("https://") else None
        self._check(settings.web_token_jwks)

    def _check(self, jwks: str) -> None:
        chosen = set(self._algorithms)
        shared = chosen <= SHARED_SECRET
        if not chosen or not (shared or chosen <= PUBLIC_KEY):
            raise ValueError(
                "COACH_WEB_TOKEN_ALGORITHMS must name HS algorithms or public-key algorithms, not both, and never none."
            )
        if not self._issuer or not self._audience:
            raise ValueError("Token identity needs COACH_WEB_TOKEN_ISSUER and COACH_WEB_TOKEN_AUDIENCE.")
        if bool(self._key) == bool(jwks):
            raise ValueError("Token identity needs either COACH_WEB_TOKEN_KEY or COACH_WEB_TOKEN_JWKS.")
        if jwks and (shared or not jwks.startswith("https://")):
            raise ValueError("COACH_WEB_TOKEN_JWKS must be an https address and goes with public-key algorithms.")
        if self._key and shared and (len(self._key.encode()) < 32 or "-----BEGIN" in self._key):
            raise ValueError("COACH_WEB_TOKEN_KEY must be a secret of at least 32 bytes for HS algorithms.")

    async def person(self, request: Request) -> str:
        values = request.headers.getall("authorization", [])
        scheme, _, token = values[0].partition(" ") if len(values) == 1 else ("", "", "")
        if scheme.lower() != "bearer" or not token:
            raise Problem(401, "no_identity", "no bearer token")
        try:
            claims = jwt.decode(
                token,
                await self._key_for(token),
                algorithms=self._algorithms,
                issuer=self._issuer,
                audience=self._audience,
                leeway=10,
                options={"require": ["exp", "iss", "aud", self._claim]},
            )
        except jwt.PyJWKClientConnectionError as error:
            raise Problem(503, "keys_unavailable", "the key set cannot be fetched") from error
        except jwt.PyJWTError as error:
            # The class says what is wrong; the message could quote the token.
            raise Problem(401, "bad_identity", type(error).__name__) from None
        name = claims[self._claim]
        if not isinstance(name, str) or not name:
            raise Problem(401, "bad_identity", f"{self._claim} names nobody")
        return safe_name(name)

    async def _key_for(self, token: str) -> Any:
        if self._keys is None:
            return self._key
        return (await asyncio.to_thread(self._keys.get_signing_key_from_jwt, token)).key


class ProxyIdentity:
    ambient = True

    def __init__(self, settings: Settings) -> None:
        self._header = settings.web_proxy_header
        self._proxies = networks(settings.web_proxies)
        if not self._proxies or not self._header:
            raise ValueError("Proxy identity needs COACH_WEB_PROXIES and COACH_WEB_PROXY_HEADER.")

    async def person(self, request: Request) -> str:
        if not among(request.ip, self._proxies):
            raise Problem(403, "untrusted_proxy", "not from a listed proxy")
        values = [v.strip() for v in request.headers.getall(self._header, [])]
        if len(values) != 1 or not values[0]:
            raise Problem(401, "no_identity", f"{len(values)} identity headers")
        return safe_name(values[0])


class CookieIdentity:
    """A random name in a cookie that only we can sign: ``name.expiry.signature``."""

    ambient = True

    def __init__(self, settings: Settings) -> None:
        if settings.web_cookie_samesite not in ("Lax", "Strict", "None"):
            raise ValueError("COACH_WEB_COOKIE_SAMESITE must be Lax, Strict or None.")
        self._secret = (settings.web_secret or kept_secret(ROOT / KEPT_IN)).encode()
        if len(self._secret) < 32:
            raise ValueError("COACH_WEB_SECRET must have at least 32 characters.")

    def new(self) -> str:
        unsigned = f"anonymous-{secrets.token_hex(16)}.{int(time.time()) + COOKIE_LIFE}"
        return f"{unsigned}.{self._sign(unsigned)}"

    async def person(self, request: Request) -> str:
        value = request.cookies.get(COOKIE, "")
        if not value:
            raise Problem(401, "no_identity", "no cookie")
        unsigned, _, signature = value.rpartition(".")
        if not hmac.compare_digest(signature.encode(), self._sign(unsigned).encode()):
            raise Problem(401, "bad_identity", "cookie with a wrong signature")
        name, _, expiry = unsigned.rpartition(".")
        if int(expiry) < time.time():
            raise Problem(401, "bad_identity", "expired cookie")
        return name

    def _sign(self, unsigned: str) -> str:
        return hmac.new(self._secret, unsigned.encode(), hashlib.sha256).hexdigest()


def kept_secret(path: Path) -> str:
    """The secret in that file, made at the first start. Of several processes one makes it and all read it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_name(f"{path.name}.{os.getpid()}")
    made.touch(mode=0o600)
    made.write_text(secrets.token_hex(32))
    try:
        os.link(made, path)
    except FileExistsError:
        pass
    finally:
        made.unlink()
    return path.read_text().strip()


def words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def networks(text: str) -> list[IPv4Network | IPv6Network]:
    """Raises ValueError for what is neither an address nor a network."""
    return [ip_network(word, strict=False) for word in words(text)]


def among(address: str, known: list[IPv4Network | IPv6Network]) -> bool:
    try:
        return any(ip_address(address) in network for network in known)
    except ValueError:
        return False


def client_address(request: Request, proxies: list[IPv4Network | IPv6Network]) -> str:
    """Where a request began: the peer, or the last forwarded address that is no proxy of ours."""
    address: str = request.ip
    forwarded = words(",".join(request.headers.getall("x-forwarded-for", [])))
    while forwarded and among(address, proxies):
        address = forwarded.pop()
    return address
