#!/usr/bin/env python3
"""Holds screen files against PDF/UA-1 and PDF/A-2a, in two ways.

    .ci/ua.py [-v] PDF...

veraPDF goes through all rules of both standards that a machine can test. The
tree check walks structure, content and metadata by itself: it shares no code
with veraPDF, nor with the program that wrote the files. Prints each fault, and
with -v a line on each file; the exit status is 1 if there are faults.
"""

import argparse
import concurrent.futures
import json
import pathlib
import subprocess
import sys

import ua_tree
from x4_base import Fault

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Where .ci/tools leaves the compiled program and what it runs with.
CLASSPATH = ROOT / "target/verapdf/classpath"
# By veraPDF's name, the standard, and the least number of rules in its
# profile: a profile that lost its rules would pass everything.
STANDARDS = {"2a": ("PDF/A-2a", 150), "ua1": ("PDF/UA-1", 100)}
# How many faults of a rule are told for a file.
SHOWN = 5


class Missing(Exception):
    """A tool is not there, or does not do its work."""


def verapdf(jobs):
    """What veraPDF finds, and a line about it, for files each with the flavours
    to which it is held. The rule of a fault is as `PDF/UA-1 7.1-3`: standard,
    clause, test."""
    lines = [f"{flavour}\t{pathlib.Path(path).resolve()}"
             for path, flavours in jobs for flavour in flavours]
    if not lines:
        return [([], "") for _ in jobs]
    if not CLASSPATH.exists():
        raise Missing(f"{CLASSPATH.relative_to(ROOT)} is not there: run .ci/tools")
    try:
        done = subprocess.run(
            ["java", "-Xshare:auto", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss8m",
             "-cp", CLASSPATH.read_text("utf-8"), "Check"],
            input="".join(line + "\n" for line in lines), capture_output=True, check=False,
            encoding="utf-8", cwd=ROOT,
        )
    except FileNotFoundError as error:
        raise Missing("java is not there: run .ci/tools") from error
    if done.returncode != 0:
        raise Missing(f"veraPDF ends with {done.returncode}: {done.stderr[-500:].strip()}")
    results = [json.loads(line) for line in done.stdout.splitlines()]
    if [f"{result['flavour']}\t{result['file']}" for result in results] != lines:
        raise Missing(f"veraPDF does not tell about every file: {done.stderr[-500:].strip()}")
    told_of = iter(results)
    found = []
    for _, flavours in jobs:
        own = [next(told_of) for _ in flavours]
        faults = [fault for result in own for fault in judged(result)]
        about = [f"{STANDARDS[result['flavour']][0]} {result.get('checks', 0)} tests"
                 for result in own]
        found.append((faults, ", ".join(about)))
    return found


def judged(result):
    """The faults in a line of veraPDF's."""
    standard, least = STANDARDS[result["flavour"]]
    if "error" in result:
        return [Fault(f"{standard} unreadable", "file", result["error"])]
    if result["rules"] < least:
        return [Fault(f"{standard} rules", "veraPDF", f"{result['rules']} rules only")]
    faults = [
        Fault(f"{standard} {failed['clause']}-{failed['test']}", context,
              f"{failed['description']} ({failed['failures']} times)")
        for failed in result["failed"] for context in failed["contexts"]
    ]
    if not faults and not result["passed"]:
        return [Fault(f"{standard} verdict", "file", "not passed, yet no rule failed")]
    return faults


def check(jobs):
    """All faults of files, each with the flavours to which veraPDF holds it, and
    a line about each file."""
    with concurrent.futures.ProcessPoolExecutor(1) as pool:
        walked = pool.map(ua_tree.check, [path for path, _ in jobs])
        return [(faults + more, "; ".join(filter(None, (about, also))))
                for (faults, about), (more, also) in zip(verapdf(jobs), walked, strict=True)]


def told(faults):
    """Faults as lines, no rule too often."""
    seen = {}
    for fault in faults:
        seen[fault.rule] = seen.get(fault.rule, 0) + 1
        if seen[fault.rule] <= SHOWN:
            yield str(fault)
    for rule, count in seen.items():
        if count > SHOWN:
            yield f"{rule}: and {count - SHOWN} more"


def main():
    """Checks the files named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("-v", "--verbose", action="store_true", help="a line on each file")
    parser.add_argument("files", nargs="+", metavar="PDF", type=pathlib.Path)
    options = parser.parse_args()
    try:
        results = check([(path, STANDARDS) for path in options.files])
    except Missing as error:
        print(f"cannot check: {error}", file=sys.stderr)
        return 2
    for path, (faults, about) in zip(options.files, results, strict=True):
        if options.verbose:
            print(f"{path.name}: {about}, {len(faults)} faults")
        for line in told(faults):
            print(f"  FAILED {path.name}: {line}")
    return int(any(faults for faults, _ in results))


if __name__ == "__main__":
    sys.exit(main())
