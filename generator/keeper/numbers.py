"""Which changes a run looks at: every open one, whatever it was that started it."""

from __future__ import annotations

from generator.forge import GitHub
from generator.keeper.book import Book
from generator.keeper.change import TRUNK

__all__ = ["numbers_of"]

_MOST_COMMITS = 50


def numbers_of(github: GitHub, book: Book, named: int | None) -> list[int]:
    """The numbers: the one that an event named first, then what trunk got, then all open ones.

    A waiting run may have been dropped for a newer one, so no run may look at its own change only;
    what a person merged before we saw its last approval is read once more, so that `admit` has it.
    Errors: ForgeError.
    """
    tip = book.objects.ref(TRUNK)
    fresh: list[int] = []
    if tip is not None and book.objects.is_ancestor(book.state.trunk, tip):
        for commit in book.objects.line(book.state.trunk, tip)[-_MOST_COMMITS:]:
            if commit not in book.state.commits:
                fresh += github.changes_of(commit)
    first = [named] if named is not None else []
    return list(dict.fromkeys([*first, *fresh, *github.open_changes()]))
