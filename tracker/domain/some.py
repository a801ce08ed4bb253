"""The first few of many things, and how many there are: what a digest spells out and what it counts."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True, slots=True)
class Some(Generic[T]):
    """`first` are at hand, `count` is how many there are; its length is that count."""

    first: tuple[T, ...] = ()
    count: int = 0

    @classmethod
    def of(cls, everything: Collection[T], most: int) -> "Some[T]":
        """Return the first of things that are all at hand."""
        return cls(tuple(islice(everything, most)), len(everything))

    def but(self, first: Iterable[U]) -> "Some[U]":
        """Return as many of another kind, made from these."""
        return Some(tuple(first), self.count)

    def __iter__(self) -> Iterator[T]:
        return iter(self.first)

    def __len__(self) -> int:
        return self.count

    def __contains__(self, each: object) -> bool:
        return each in self.first
