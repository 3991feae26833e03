"""What her eyes cost and how well they see: faces before the webcam, words on the screen, both at rest.

python -m benchmarks.vision [--quick] [--only faces|screen]
"""

from __future__ import annotations

import argparse
import importlib
import sys

from benchmarks.report import Report

PARTS = {"faces": "benchmarks.vision_faces", "screen": "benchmarks.vision_screen"}


def main() -> int:
    """Measure, and print one JSON object."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--quick", action="store_true", help="a shorter run: rough figures")
    parser.add_argument("--only", choices=sorted(PARTS), help="one eye alone")
    options = parser.parse_args()
    report = Report("vision")
    for name, module in PARTS.items():
        if options.only in (None, name):
            report.results |= importlib.import_module(module).figures(quick=options.quick)
    report.print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
