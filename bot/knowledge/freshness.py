"""What of the content is past its date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.knowledge.content import Knowledge
from bot.knowledge.schema import Certification, Figure


def stale_on(content: Knowledge, day: date) -> list[str]:
    """A line for every figure that expired before ``day``, the longest expired first."""
    found = [(f.expires_on, f"{name}: {part}", f) for name, part, f in _figures(content) if f.expires_on < day]
    lines = [
        (expired, f"{name} expired on {expired}, checked on {f.checked_on} ({f.source})") for expired, name, f in found
    ]
    lines += [
        (n.expires_on, f"note {n.id} expired on {n.expires_on}, checked on {n.checked_on} ({n.sources[0]})")
        for n in content.notes.values()
        if n.expires_on < day
    ]
    lines += [
        (p.expires_on, f"pay {p.id} expired on {p.expires_on}, checked on {p.checked_on}")
        for p in content.pay.values()
        if p.expires_on < day
    ]
    return [line for _, line in sorted(lines)]


def _figures(content: Knowledge) -> Iterator[tuple[str, str, Figure]]:
    for item in content.certifications.values():
        for part, figure in parts(item):
            yield item.id, part, figure


def parts(item: Certification) -> Iterator[tuple[str, Figure]]:
    """The figures a certification holds, each with the name of its part."""
    for name in ("eligibility", "exam", "renewal", "preparation"):
        figure = getattr(item, name)
        if figure is not None:
            yield name, figure
    for number, fee in enumerate(item.fees):
        yield f"fees.{number}", fee
