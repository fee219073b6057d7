"""``python -m benchmarks.understanding``: every figure about understanding in one run, each beside its target, none asserted.

Sets say by whose hand they are: those of our own generator flatter the rules, those of another hand don't.
"""

from __future__ import annotations

import importlib
import sys

from benchmarks.harness import machine

PARTS = {
    "replies": "Replies: hand-written sets, by language",
    "reply_kinds": "Kinds of replies in twenty further languages (extra embed)",
    "resumes": "Résumés of our own generator, and the sample company's",
    "other_hand": "Résumés by another hand",
    "scans": "Noisy scans (extra ocr)",
    "sensitive": "Private matters",
    "match": "Keywords and match",
    "letters": "Mutated letters and bad models",
}


def main(wanted: list[str]) -> None:
    """Runs the parts named, by default all; ``entities`` has a command of its own, since its test set is not ours to ship."""
    print(machine())
    for name, title in PARTS.items():
        if not wanted or name in wanted:
            print(f"\n== {title} (benchmarks.understanding.{name})")
            arguments, sys.argv[1:] = sys.argv[1:], []
            importlib.import_module(f"benchmarks.understanding.{name}").main()
            sys.argv[1:] = arguments


if __name__ == "__main__":
    main(sys.argv[1:])
