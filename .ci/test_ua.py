#!/usr/bin/env python3
"""Proves that veraPDF and the tree check detect faults in a screen file.

    .ci/test_ua.py [-v] PDF...

Breaks copies of each file in one way at a time. The rules meant for it must
find the fault; a copy with a harmless change must have none. What is found in a
file anyway does not count. Each way must have something to break in one file at
least.
"""

import argparse
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
sys.dont_write_bytecode = True

import pikepdf  # noqa: E402

import ua  # noqa: E402
import ua_mutants_detail  # noqa: E402,F401
import ua_mutants_file  # noqa: E402,F401
import ua_mutants_reading  # noqa: E402,F401
from ua_mutants import MUTANTS, SOUND, Mutant  # noqa: E402


def unchanged(_pdf):
    """The file is written anew, without a change."""


def broken(source, change, path):
    """Writes a copy with a change made to it; whether there was one to make."""
    with pikepdf.open(source) as pdf:
        try:
            options = change(pdf)
        except (AttributeError, KeyError, LookupError, StopIteration, ValueError):
            return False
        if options is False:
            return False
        pdf.save(path, **(options or {}))
    return True


def flavours(mutant):
    """What veraPDF must look at: all, or just what a fault is meant for."""
    return [flavour for flavour, (standard, _) in ua.STANDARDS.items()
            if not mutant.rules or any(rule.startswith(standard) for rule in mutant.rules)]


def complaint(mutant, faults, known):
    """What is wrong with how a copy was judged, or nothing."""
    found = {fault.rule for fault in faults if fault not in known}
    if not mutant.rules:
        return f"has faults: {sorted(found)}" if found else None
    missed = sorted(set(mutant.rules) - found)
    return f"{missed} did not find it, but {sorted(found)}" if missed else None


def main():
    """Breaks the files named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("-v", "--verbose", action="store_true", help="a line on each copy")
    parser.add_argument("files", nargs="+", metavar="PDF", type=pathlib.Path)
    options = parser.parse_args()
    cases = [Mutant(unchanged, ()), *SOUND, *MUTANTS]
    failed, unbroken = 0, {mutant.title for mutant in MUTANTS}
    with tempfile.TemporaryDirectory() as folder:
        copies = []
        for number, source in enumerate(options.files):
            for index, mutant in enumerate(cases):
                # What one file has proven need not be proven by the next.
                if mutant.rules and mutant.title not in unbroken:
                    continue
                path = pathlib.Path(folder) / f"{number}-{index}.pdf"
                if broken(source, mutant.change, path):
                    copies.append((source, mutant, path))
                    unbroken.discard(mutant.title)
        results = ua.check([(path, flavours(mutant)) for _, mutant, path in copies])
    known = {source: faults for (source, mutant, _), (faults, _) in zip(copies, results)
             if mutant.change is unchanged}
    for (source, mutant, _), (faults, _) in zip(copies, results, strict=True):
        told = complaint(mutant, faults, known[source])
        if told:
            failed += 1
            print(f"  FAILED {source.name}: {mutant.title}: {told}")
        elif options.verbose:
            print(f"{source.name}: {mutant.title}: {sorted({fault.rule for fault in faults})}")
    for title in sorted(unbroken):
        failed += 1
        print(f"  FAILED {title}: nothing to break in any file")
    print(f"{len(MUTANTS)} ways to break a screen file, {len(copies)} copies: {failed} failed")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
