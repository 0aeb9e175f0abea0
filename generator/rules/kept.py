"""Answers that several rules ask for: reckoned once for a corpus, or for a set of schemas."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from generator.corpus import Corpus
from generator.schema import Schemas

__all__ = ["kept"]

H = TypeVar("H", Corpus, Schemas)
T = TypeVar("T")
P = ParamSpec("P")


def kept(make: Callable[Concatenate[H, P], T]) -> Callable[Concatenate[H, P], T]:
    """`make`, asked once: its answer stays on its first argument, as a cached property's does.

    What is kept must not be changed. The other arguments are plain values, given by position.
    """

    @wraps(make)
    def asked(holder: H, /, *args: P.args, **kwargs: P.kwargs) -> T:
        answers: dict[Any, T] = vars(holder).setdefault("_kept", {})
        key = (make, *args)
        if key not in answers:
            answers[key] = make(holder, *args, **kwargs)
        return answers[key]

    return asked
