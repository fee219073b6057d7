"""How rightly scanned and photographed résumés are read: sheets drawn, tilted, blurred, soiled and squeezed, against their truth."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import numpy
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from benchmarks.understanding.figures import interval
from benchmarks.understanding.resume_writer import TODAY, Written, resumes
from benchmarks.understanding.resumes import FIELDS, score_of
from mianyue.understanding.resume.extract import extract
from mianyue.understanding.resume.facts import read_facts

TARGETS = {"mobile": 0.95, "email": 0.95}
_SHEET = (1240, 1754)  # A4 at 150 dots an inch
_MARGIN, _WIDTH = 90, 1060


def fonts() -> list[str]:
    """Font files on this machine that can write Chinese; none where there is none."""
    try:
        listed = subprocess.run(["fc-list", ":lang=zh-cn", "file"], capture_output=True, text=True, check=False).stdout
    except FileNotFoundError:
        return []
    return sorted({line.rstrip(": \n") for line in listed.splitlines() if line.rstrip(": ").endswith((".ttc", ".ttf", ".otf"))})


def drawn(text: str, font_file: str, size: int) -> list[Image.Image]:
    """``text`` on sheets of A4, wrapped; a tab is a new column."""
    font = ImageFont.truetype(font_file, size)
    sheets, y = [Image.new("RGB", _SHEET, "white")], _MARGIN
    for line in _wrapped(text, font):
        if y > _SHEET[1] - _MARGIN:
            sheets.append(Image.new("RGB", _SHEET, "white"))
            y = _MARGIN
        x = _MARGIN
        for cell in line.split("\t"):
            ImageDraw.Draw(sheets[-1]).text((x, y), cell, font=font, fill=(25, 25, 30))
            # A tab stop every 7 em.
            x += (int(font.getlength(cell)) // (7 * size) + 1) * 7 * size
        y += int(size * 1.7)
    return sheets


def _wrapped(text: str, font: Any) -> Iterator[str]:
    for line in text.split("\n"):
        if "\t" in line:
            yield line
            continue
        while font.getlength(line) > _WIDTH:
            cut = next(n for n in range(len(line) - 1, 0, -1) if font.getlength(line[:n]) <= _WIDTH)
            space = line.rfind(" ", 0, cut)
            cut = space if space > cut // 2 else cut
            yield line[:cut]
            line = line[cut:].lstrip()
        yield line


def soiled(sheet: Image.Image, chance: random.Random) -> Image.Image:
    """A worn office scanner's picture of the sheet: tilted, out of focus, grey, grainy and squeezed as JPEG."""
    tilted = sheet.rotate(chance.uniform(-1.5, 1.5), resample=Image.Resampling.BICUBIC, fillcolor="white")
    blurred = tilted.filter(ImageFilter.GaussianBlur(chance.uniform(0.4, 0.9)))
    grain = numpy.random.default_rng(chance.randrange(10**6)).normal(0, chance.uniform(4, 12), (*blurred.size[::-1], 1))
    grey = numpy.asarray(blurred, dtype=float) * chance.uniform(0.85, 0.97) + grain
    squeezed = BytesIO()
    Image.fromarray(grey.clip(0, 255).astype("uint8")).save(squeezed, "JPEG", quality=55)
    return Image.open(squeezed).convert("RGB")


def as_pdf(sheets: list[Image.Image]) -> bytes:
    """The sheets as an office scanner sends them."""
    content = BytesIO()
    sheets[0].save(content, "PDF", save_all=True, append_images=sheets[1:], resolution=150, quality=55)
    return content.getvalue()


def scan(written: Written, font_file: str, chance: random.Random) -> tuple[bytes, int]:
    """The résumé as a scanned PDF, and its pages."""
    sheets = [soiled(sheet, chance) for sheet in drawn(written.text, font_file, chance.choice((20, 22, 24)))]
    return as_pdf(sheets), len(sheets)


def main(count: int = 45, seed: int = 11) -> None:
    """Prints the fields that are right on noisy scans with intervals, by layout, and the seconds of a page."""
    there = fonts()
    if not there:
        sys.exit("No font here can write Chinese: install one, such as Debian's fonts-noto-cjk.")
    chance = random.Random(seed)
    scored: list[tuple[str, dict[str, float]]] = []
    seconds: list[float] = []
    for written in resumes(count, seed):
        content, pages = scan(written, chance.choice(there), chance)
        start = time.perf_counter()
        text = extract("scan.pdf", content, look=True).text
        seconds += [(time.perf_counter() - start) / pages] * pages
        facts = read_facts(text, {"en": "GB", "hant": "TW"}.get(written.person.language, "CN"), TODAY)
        scored.append((written.layout, score_of(facts, written.person)))
        for field in ("mobile", "email", "name"):
            if not scored[-1][1][field]:
                fact = getattr(facts, field)
                print(f"  wrong {field}: {fact.value if fact else None!r}, truly {getattr(written.person, field)!r}")
    print(f"{count} noisy scans, {len(seconds)} pages, seed {seed}")
    for field in FIELDS:
        values = [scores[field] for _, scores in scored]
        low, high = interval(values)
        target = f"  target {TARGETS[field]}" if field in TARGETS else ""
        print(f"  {field:8} {sum(values) / count:6.3f}  [{low:.3f}, {high:.3f}]{target}")
    by_layout: dict[str, list[dict[str, float]]] = defaultdict(list)
    for layout, scores in scored:
        by_layout[layout].append(scores)
    for layout, rows in by_layout.items():
        print(f"  {layout:16}" + "".join(f" {field} {sum(row[field] for row in rows) / len(rows):.2f}" for field in FIELDS))
    ordered = sorted(seconds)
    print(
        f"seconds a page: median {ordered[len(ordered) // 2]:.1f}, p95 {ordered[int(len(ordered) * 0.95)]:.1f}, worst {ordered[-1]:.1f}"
    )


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
