"""What floats over a sheet: the texts of its text boxes, how many pictures, whether there are comments."""

from __future__ import annotations

from typing import NamedTuple

from perfdesk.exchange.guard import Archive, links, local, parse


class Floating(NamedTuple):
    """Texts of boxes, number of pictures, whether the sheet has comments."""

    texts: tuple[str, ...] = ()
    pictures: int = 0
    comments: bool = False


def read_drawing(archive: Archive, sheet: str, name: str) -> Floating:
    """Read what floats over the sheet of a member; a drawing that is not there is nothing."""
    texts: list[str] = []
    pictures = 0
    comments = False
    for link in links(archive, sheet, name).values():
        comments = comments or link.kind == "comments"
        if link.kind != "drawing" or link.is_outside or link.target not in archive:
            continue
        for one in parse(archive.read(link.target), name).iter("{*}txBody", "{*}pic"):
            if local(one.tag) == "pic":
                pictures += 1
            elif text := "\n".join(
                "".join(run.text or "" for run in line.iter("{*}t")) for line in one.iter("{*}p")
            ).strip():
                texts.append(text)
    return Floating(tuple(texts), pictures, comments)
