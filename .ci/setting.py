#!/usr/bin/env python3
"""Holds the measured setting of brochures against their limits.

    .ci/setting.py PDF...

The figures are those of measure.py, which knows nothing of the program that
wrote the PDF. It exits with 1 if a brochure misses one.
"""

import json
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).parent

# Figure, what holds, and how a miss is told.
LIMITS = [
    ("gap_p95", lambda v: v <= 1.35, "95th percentile of the word gap"),
    ("gap_max", lambda v: v <= 1.7, "widest word gap"),
    ("gap_min", lambda v: v >= 0.75, "narrowest word gap"),
    ("justified_share", lambda v: v >= 90, "share of justified lines"),
    ("grid_share", lambda v: v == 100, "share of lines on the grid"),
    ("hyphen_run", lambda v: v <= 2, "hyphens in a row"),
    ("hyphen_ends", lambda v: not v, "hyphens at a column's end"),
    ("runts", lambda v: not v, "runts"),
    ("widows", lambda v: not v, "widows"),
    ("orphans", lambda v: not v, "orphans"),
]


def main():
    """Measures all files and tells what misses."""
    measured = subprocess.run(
        [sys.executable, HERE / "measure.py", *sys.argv[1:], "--json"],
        check=True, capture_output=True, text=True).stdout
    misses = 0
    for result in json.loads(measured):
        for key, holds, what in LIMITS:
            if not holds(result[key]):
                misses += 1
                print(f"{result['file']}: {what}: {result[key]}", file=sys.stderr)
        print(f"{result['file']}: gaps {result['gap_min']} to {result['gap_max']}, "
              f"95 % up to {result['gap_p95']}; {result['body_lines']} lines")
    sys.exit(1 if misses else 0)


if __name__ == "__main__":
    main()
