"""The Slack channel: :func:`mount` for HTTP in the coach's server, :func:`start_socket` without a public address."""

from __future__ import annotations

from bot.channels.slack.http import mount
from bot.channels.slack.socket import SlackSocket, start_socket

__all__ = ["SlackSocket", "mount", "start_socket"]
