"""Settings from the environment, each with its meaning; nothing is read at import."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Settings:
    """Every field is an environment variable ``COACH_<NAME>``."""

    database_url: str = "sqlite:///.coach/coach.sqlite"
    """Where knowledge, records and conversations are kept (SQLAlchemy address: SQLite or PostgreSQL)."""

    redis_url: str = ""
    """Redis for the conversation locks; needed from the second process on, empty for one process."""

    actions_url: str = ""
    """An action server's address; empty runs the actions in the bot's own process."""

    model: str = "models"
    """The trained model, or the folder whose newest model is taken."""

    knowledge: str = "data/knowledge"
    """The folder with the content."""

    human_contact: str = ""
    """Who a person can turn to, shown as it stands: "the PMO academy, pmo-academy@example.com"."""

    organisation: str = ""
    """The organisation's name, for the first words; may stay empty."""

    record_readers: str = "nobody but you and the people who run this service"
    """Who can see what people say, completing "It can be seen by ..."."""

    host: str = "127.0.0.1"
    """The address the server listens on."""

    port: int = 5005
    """The port the server listens on."""

    today: str = ""
    """An ISO date to answer as of, for tests and replays; empty is the clock's day."""

    web_identity: str = "anonymous"
    """How the web channel knows who writes: ``token`` (the page's JWT), ``proxy`` (a header) or ``anonymous``."""

    web_public_url: str = ""
    """The address browsers use for the coach, when a proxy stands before it: "https://coach.example"."""

    web_origins: str = ""
    """Origins of other pages that may embed the widget, separated by commas: "https://intranet.example"."""

    web_token_issuer: str = ""
    """The ``iss`` a token must have."""

    web_token_audience: str = ""
    """The ``aud`` a token must have."""

    web_token_algorithms: str = "RS256"  # noqa: S105
    """Signature algorithms taken, separated by commas: of the HS family or of the public-key ones, never both."""

    web_token_key: str = ""
    """The key that checks tokens: a public key in PEM form, or for HS algorithms the shared secret."""

    web_token_jwks: str = ""
    """The https address of the issuer's key set, in place of a key."""

    web_token_claim: str = "sub"  # noqa: S105
    """The claim that names the person; it must never change for a person, nor be given to another."""

    web_proxy_header: str = "X-Remote-User"
    """The header in which a trusted proxy names the person."""

    web_proxies: str = ""
    """Addresses or networks of trusted proxies, separated by commas; only their headers are believed."""

    web_secret: str = ""
    """Signs anonymous cookies; empty makes one and keeps it in ``.coach/web-secret`` (set it for several machines)."""

    web_cookie_samesite: str = "Lax"
    """``Lax``, or ``None`` when the embedding page is on another site than the coach (needs https)."""

    web_person_per_minute: int = 30
    """Messages a minute one person may send to one process."""

    web_address_per_minute: int = 600
    """Requests a minute one address may send to one process; an office may stand behind one address."""

    web_demo: str = "yes"
    """``yes`` serves the demo page at /, ``no`` serves nothing there."""

    slack_mode: str = "off"
    """How Slack reaches the coach: ``http`` (a public address), ``socket`` (no public address) or ``off``."""

    slack_bot_token: str = field(default="", repr=False)
    """The app's bot token, ``xoxb-...``."""

    slack_signing_secret: str = field(default="", repr=False)
    """The app's signing secret: proves that a request comes from Slack (http)."""

    slack_app_token: str = field(default="", repr=False)
    """The app-level token, ``xapp-...`` with the scope connections:write (socket)."""

    slack_allowed_teams: str = ""
    """Ids of other workspaces whose people may use the coach in shared channels, by commas; ``*`` for all of them."""

    slack_on_uninstall: str = "erase"
    """What becomes of a workspace's data when the app is removed from it: ``erase`` or ``keep``."""

    slack_patience: int = 900
    """Seconds for which one answer is offered to a Slack that is down; then it is laid aside and offered later."""

    slack_api: str = "https://slack.com/api/"
    """Where Slack's Web API is; another one for Slack's government cloud."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Raises ValueError with a sentence that names the variable."""
        environment = os.environ if environment is None else environment
        values: dict[str, object] = {}
        for each in fields(cls):
            name = f"COACH_{each.name.upper()}"
            if name not in environment:
                continue
            if isinstance(each.default, int):
                if not environment[name].isdigit():
                    raise ValueError(f"{name} must be a whole number, not {environment[name]!r}.")
                values[each.name] = int(environment[name])
            else:
                values[each.name] = environment[name]
        return cls(**values)  # type: ignore[arg-type]
