#!/usr/bin/env python3
"""Proves that each rule of x4.py detects its fault.

    .ci/test_x4.py [-v] [PDF...]

Makes a document and a sheet without a fault, breaks copies of them in one way
at a time, and sees that the rule meant for it, and no other, finds the fault.
Print files given are broken in the same ways, where there is something to
break; what is found in them anyway does not count.
"""

import concurrent.futures
import io
import os
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
sys.dont_write_bytecode = True

import pikepdf  # noqa: E402

import made_x4  # noqa: E402
import x4  # noqa: E402
import x4_mutants_color  # noqa: E402,F401
import x4_mutants_file  # noqa: E402,F401
import x4_mutants_ink  # noqa: E402,F401
import x4_mutants_page  # noqa: E402,F401
import x4_mutants_syntax  # noqa: E402,F401
import x4_sound  # noqa: E402
from x4_mutants import MUTANTS  # noqa: E402

# How many pages of a print file are looked at: the rules are the same for all.
PAGES = 3


def broken(data, change, path):
    """Writes a copy with a change made to it; whether there was one to make."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        try:
            told = change(pdf)
        except (AttributeError, KeyError, IndexError):
            return False
        if told is False:
            return False
        options, alter = told if isinstance(told, tuple) else (told, told)
        made_x4.save(pdf, path, **(options if isinstance(options, dict) else {}))
    if callable(alter):
        path.write_bytes(alter(path.read_bytes()))
    return True


def prove(case):
    """Breaks a file in one way: nothing, a complaint, or that it cannot be."""
    index, data, known, made = case
    mutant = MUTANTS[index]
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "broken.pdf"
        if not broken(data, mutant.change, path):
            return "nothing to break" if made else None
        found, _ = x4.check(path, ink=made or mutant.ink)
    new = [fault for fault in found if fault not in known]
    if not any(fault.rule == mutant.rule and mutant.told in str(fault) for fault in new):
        return f"{mutant.rule} does not see it; found: {sorted(map(str, new))[:4]}"
    other = {fault.rule for fault in new} - {mutant.rule} - mutant.also
    if other:
        return f"others see it too: {[str(f) for f in new if f.rule in other][:4]}"
    return ""


def accept(data, change):
    """Makes a change that breaks nothing, and gives what is found."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "sound.pdf"
        if not broken(data, change, path):
            return ["nothing to change"]
        return [str(fault) for fault in x4.check(path)[0]]


def plates(data):
    """Sees that a spot colour is a plate of its own; gives what is not so."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "whole.pdf"
        path.write_bytes(data)
        found = [str(fault) for fault in x4.check(path, wanted=("PANTONE 286 C",))[0]]
        if not any(fault.rule == "plate" for fault in x4.check(path, wanted=("Gold",))[0]):
            found.append("a plate without ink is not missed")
    return found


def saved(pdf):
    """A document's bytes, and the faults found in them."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "whole.pdf"
        made_x4.save(pdf, path)
        return path.read_bytes(), frozenset(x4.check(path)[0])


def files(paths):
    """The files to break: title, bytes, faults, and whether they are made here."""
    for title, make in (("document", made_x4.document), ("sheet", made_x4.sheet)):
        yield title, *saved(make()), title == "document"
    for path in paths:
        with pikepdf.open(path) as pdf:
            del pdf.pages[PAGES:]
            yield path, *saved(pdf), False


def main(arguments):
    """Breaks all files in all ways; the exit status is 1 if a fault is not seen."""
    verbose = "-v" in arguments
    failed = False
    seen = set()
    with concurrent.futures.ProcessPoolExecutor(os.cpu_count()) as pool:
        for title, data, known, made in files([a for a in arguments if a != "-v"]):
            if title in ("document", "sheet"):
                for fault in sorted(known):
                    failed = True
                    print(f"  FAILED the {title} has no fault: {fault}")
            count = 0
            cases = [(index, data, known, made) for index in range(len(MUTANTS))]
            for mutant, told in zip(MUTANTS, pool.map(prove, cases, chunksize=4), strict=True):
                count += told is not None
                if told:
                    failed = True
                    print(f"  FAILED {title}, {mutant.title}: {told}")
                elif verbose:
                    print(f"  {mutant.rule}: {mutant.title}"
                          + (", not there" if told is None else ""))
                if not told and made:
                    seen.add(mutant.rule)
            if made:
                for told in plates(data):
                    failed = True
                    print(f"  FAILED {title}: {told}")
                changes = x4_sound.SOUND
                for change, found in zip(changes, pool.map(accept, [data] * len(changes), changes),
                                         strict=True):
                    if found:
                        failed = True
                        print(f"  FAILED {title}, {change.__name__} ({change.__doc__}): {found}")
            print(f"{os.path.basename(title)}: broken in {count} ways"
                  + (f", changed in {len(x4_sound.SOUND)}" if made else ""))
    print(f"{len(seen)} rules proven")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
