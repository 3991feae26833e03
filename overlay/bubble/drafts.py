"""What the user is typing and has typed: the draft, and the way back through what was said before.

Pure. Where it is typed, and how it is sent, is not known here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

MOST_KEPT = 50


@dataclass(frozen=True, slots=True)
class Drafts:
    """`at` counts back from the newest; 0 is the draft itself."""

    said: tuple[str, ...] = ()
    draft: str = ""
    at: int = 0

    @property
    def text(self) -> str:
        """What stands in the field."""
        return self.draft if self.at == 0 else self.said[-self.at]

    def typed(self, text: str) -> Drafts:
        """The field holds this now. An older text that was changed is the new draft."""
        return self if text == self.text else replace(self, draft=text, at=0)

    def older(self) -> Drafts:
        """One step back."""
        return replace(self, at=min(len(self.said), self.at + 1))

    def newer(self) -> Drafts:
        """One step towards the draft."""
        return replace(self, at=max(0, self.at - 1))

    def sent(self) -> Drafts:
        """The text was sent: it is the newest that was said, once, and the draft is empty."""
        said = tuple(text for text in self.said if text != self.text)
        return Drafts((*said, self.text)[-MOST_KEPT:])

    def given_back(self, text: str) -> Drafts:
        """What was sent did not arrive: it stands before whatever has been typed since."""
        return replace(self, draft=f"{text}\n{self.draft}".rstrip("\n"), at=0)
