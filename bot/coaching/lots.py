"""Content in lots alike to whoever is advised: what is asked of one item is asked of its lot, however many it holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from heapq import merge
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any, TypeVar

from bot.knowledge.schema import Item

T = TypeVar("T", bound=Item)

_id = attrgetter("id")


def lots(items: Iterable[T], alike: Callable[[T], Hashable]) -> list[tuple[T, ...]]:
    """The items of which ``alike`` says the same together, each lot in the order of ids."""
    found: defaultdict[Hashable, list[T]] = defaultdict(list)
    for item in sorted(items, key=_id):
        found[alike(item)].append(item)
    return [tuple(lot) for lot in found.values()]


def ranked(among: Iterable[Sequence[T]], rank: Callable[[T], tuple[Any, ...]]) -> Iterator[T]:
    """The items of all lots, least rank first and then by id; a lot ranks as its first, and is read as far as asked."""
    placed = sorted(((rank(lot[0]), lot) for lot in among), key=itemgetter(0))
    for _, equals in groupby(placed, key=itemgetter(0)):
        yield from merge(*(lot for _, lot in equals), key=_id)


def frozen(value: Any) -> Hashable:
    """A value of the content, whatever it holds, as a thing that can be compared and looked up."""
    if isinstance(value, (list, tuple)):
        return tuple(map(frozen, value))
    if isinstance(value, dict):
        return tuple(value.items())
    return tuple(map(frozen, vars(value).values())) if hasattr(value, "__fields__") else value
