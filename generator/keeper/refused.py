"""What a person asked and does not get: the one exception of the keeper that is no fault."""

from __future__ import annotations

__all__ = ["RefusedError"]


class RefusedError(ValueError):
    """What was asked is refused; `code` is a reason of the contract, the text is Chinese."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code
