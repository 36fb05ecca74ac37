"""Which files a channel carries: declared by the channel, asked by the reply box and by every letter that leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from goodword.engine.attachments.models import Attachment


@dataclass(frozen=True, slots=True)
class Load:
    """One kind of file a channel takes.

    kind: the channel's own name for it. types: media types; empty for whatever it is. least, most: bytes. name: for people.
    """

    kind: str
    types: frozenset[str]
    most: int
    name: tuple[str, str]
    least: int = 1

    def takes(self, file: Attachment) -> bool:
        """Whether the file is of this kind and within its limits."""
        return (not self.types or file.content_type in self.types) and self.least <= file.size <= self.most


@dataclass(frozen=True, slots=True)
class Carriage:
    """What goes along with a letter: the first of `loads` that takes a file decides. together: bytes of all of a letter's."""

    loads: tuple[Load, ...] = ()
    together: int | None = None

    def load_of(self, file: Attachment) -> Load | None:
        """As what the file goes; None where it does not go by this channel."""
        return next((load for load in self.loads if load.takes(file)), None)

    def shared_out(
        self, files: Sequence[Attachment]
    ) -> tuple[tuple[Attachment, ...], tuple[Attachment, ...]]:
        """(what goes along, what does not), each in its order."""
        carried: list[Attachment] = []
        left: list[Attachment] = []
        room = self.together
        for file in files:
            fits = self.load_of(file) is not None and (room is None or file.size <= room)
            (carried if fits else left).append(file)
            if fits and room is not None:
                room -= file.size
        return tuple(carried), tuple(left)


NOTHING = Carriage()
FILES_ALONE = (
    "这是我们刚才答复中的文件，文字已另行送达。\n"
    "These are the files of our answer, whose words reached you by another way."
)  # fmt: skip
"""Said where the words left by one channel and the files have to go by another."""


def where_to_find(files: Sequence[Attachment], *, link: str) -> str:
    """What is said instead of files a channel does not carry; "" for none."""
    if not files:
        return ""
    names = "、".join(f"《{file.name}》" for file in files)
    return f"{names}请凭单号和查询码在这里取：\n{link}\nTo be had there with the number and code of your feedback."
