"""Joins the lines that a mail program broke for the road, so that a time is not read as two halves."""

from __future__ import annotations


def unwrapped(text: str, *, without_space: bool = False) -> str:
    """``format=flowed`` text (RFC 3676) as it was typed: a line that ends with a space goes on in the next one of the same quotation.

    ``without_space`` (``delsp=yes``) is for languages that write no spaces between words.
    """
    paragraphs: list[str] = []
    flows, depth_before = False, 0
    for line in text.replace("\r\n", "\n").split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        content = line[depth:].removeprefix(" ")
        if flows and depth == depth_before and content.rstrip() != "--":
            paragraphs[-1] += content
        else:
            paragraphs.append(">" * depth + (" " if depth else "") + content)
        # RFC 3676 §4.3: "-- " is the line above a signature, not one that flows.
        flows, depth_before = content.endswith(" ") and content != "-- ", depth
        if flows and without_space:
            paragraphs[-1] = paragraphs[-1][:-1]
    return "\n".join(paragraphs)
