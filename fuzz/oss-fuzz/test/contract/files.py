#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""files.py ROOT: the files that OSS-Fuzz, ClusterFuzzLite and GitHub read, held
against what they accept. Prints what is wrong; exit code 1, or 99 without
PyYAML."""
import os
import re
import sys

try:
    import yaml
except ImportError:
    print("no python3-yaml")
    sys.exit(99)

ENGINES = {"libfuzzer", "afl", "honggfuzz", "centipede", "none"}
SANITIZERS = {"address", "memory", "undefined", "none"}
ARCHITECTURES = {"x86_64", "i386", "aarch64"}
PROJECT_KEYS = {
    "homepage", "main_repo", "language", "primary_contact", "auto_ccs",
    "vendor_ccs", "sanitizers", "fuzzing_engines", "architectures",
    "builds_per_day", "help_url", "base_os_version", "coverage_extra_args",
    "file_github_issue", "labels", "run_tests", "selective_unpack",
    "view_restrictions", "disabled", "blackbox", "indexer",
    "disable_remediation", "disable_remediation_pre_review"}
LANGUAGES = {"c", "c++"}
# ClusterFuzzLite has no thread: nothing there would run such a build.
LITE_SANITIZERS = {"address", "undefined", "memory", "coverage"}
MODES = {"code-change", "batch", "prune", "coverage"}
ACTION = "google/clusterfuzzlite/actions/"
ACTION_KEYS = {
    ACTION + "build_fuzzers@v1": {
        "language", "sanitizer", "github-token", "upload-build",
        "storage-repo", "storage-repo-branch", "storage-repo-branch-coverage"},
    ACTION + "run_fuzzers@v1": {
        "sanitizer", "mode", "fuzz-seconds", "github-token", "output-sarif",
        "parallel-fuzzing", "minimize-crashes", "report-unreproducible-crashes",
        "report-timeouts", "report-ooms", "storage-repo",
        "storage-repo-branch", "storage-repo-branch-coverage"}}
BASE = r"^FROM gcr\.io/oss-fuzz-base/base-builder(:ubuntu-2[04]-04)?$"

root = sys.argv[1]
wrong = []


def check(ok, path, message):
    """Note what is wrong with the file @path."""
    if not ok:
        wrong.append(f"{os.path.relpath(path, root)}: {message}")


def read(path):
    """The text of a file, which has a licence line."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    head = "".join(text.splitlines(True)[:2])
    check("SPDX-License-Identifier: MIT" in head, path, "no SPDX line")
    return text


def read_yaml(path):
    """A YAML file's mapping; {} if it is none."""
    try:
        data = yaml.safe_load(read(path))
    except yaml.YAMLError as error:
        check(False, path, error)
        return {}
    check(isinstance(data, dict), path, "no mapping")
    return data if isinstance(data, dict) else {}


def within(path, data, key, known, least):
    """data[key] is a list of known words, the least among them."""
    words = data.get(key, [])
    check(isinstance(words, list), path, f"{key}: no list")
    check(set(words) <= known, path, f"{key}: {sorted(set(words) - known)}")
    check(least in words, path, f"{key}: without {least}")


def project_yaml(path):
    data = read_yaml(path)
    check(set(data) <= PROJECT_KEYS, path,
          f"unknown keys {sorted(set(data) - PROJECT_KEYS)}")
    check(data.get("language") in LANGUAGES, path, "language")
    return data


def oss_fuzz(folder):
    """The folder that goes to google/oss-fuzz as projects/NAME."""
    name = os.path.basename(folder)
    path = os.path.join(folder, "project.yaml")
    check(re.fullmatch(r"[A-Za-z0-9_-]{1,26}", name) and "google" not in name,
          folder, "the name of a project")
    data = project_yaml(path)
    for key in ("homepage", "main_repo", "primary_contact"):
        check(data.get(key), path, f"no {key}")
    check("@" in data.get("primary_contact", ""), path, "primary_contact")
    within(path, data, "sanitizers", SANITIZERS, "address")
    within(path, data, "fuzzing_engines", ENGINES, "libfuzzer")
    within(path, data, "architectures", ARCHITECTURES, "x86_64")
    check(1 <= data.get("builds_per_day", 1) <= 4, path, "builds_per_day")
    text = dockerfile(os.path.join(folder, "Dockerfile"))
    check(f"git clone --depth 1 {data.get('main_repo')} {name}\n" in text, path,
          "the Dockerfile clones something else than main_repo")
    check(re.search(r"^COPY .*build\.sh.* \$SRC/$", text, re.M), folder,
          "the Dockerfile copies no build.sh")
    script(os.path.join(folder, "build.sh"), True)
    script(os.path.join(folder, "run_tests.sh"), False)
    check(sorted(os.listdir(folder)) ==
          ["Dockerfile", "build.sh", "project.yaml", "run_tests.sh"],
          folder, "other files than those that belong there")


def dockerfile(path):
    text = read(path).replace("\\\n", "")
    lines = [line for line in text.splitlines() if line and line[0] != "#"]
    check(re.match(BASE, lines[0]), path, "FROM another image")
    for line in lines:
        check("apt-get install" not in line or "apt-get update &&" in line,
              path, "apt-get install without update")
    check(any(line.startswith("WORKDIR $SRC") for line in lines), path,
          "no WORKDIR")
    return text


def script(path, calls_ours):
    """An executable; build.sh is one line that calls the tree's."""
    text = read(path)
    commands = [line for line in text.splitlines() if line and line[0] != "#"]
    check(os.access(path, os.X_OK), path, "not executable")
    check(text.startswith("#!/bin/bash -eu\n"), path, "its first line")
    if calls_ours:
        check(commands == ['"$SRC/pagerace/build.sh"'], path,
              "more than a call of the tree's build.sh")


def clusterfuzzlite(folder):
    project_yaml(os.path.join(folder, "project.yaml"))
    path = os.path.join(folder, "Dockerfile")
    text = dockerfile(path)
    check("\nCOPY . $SRC/pagerace\n" in text, path, "does not copy the tree")
    check("\nCOPY .clusterfuzzlite/build.sh $SRC/build.sh\n" in text, path,
          "no build.sh in $SRC")
    script(os.path.join(folder, "build.sh"), True)


def sanitizers_of(job, value):
    """The sanitizers that a step's `sanitizer` stands for."""
    if value == "${{ matrix.sanitizer }}":
        return job.get("strategy", {}).get("matrix", {}).get("sanitizer", [])
    return [value]


def lite_steps(path, job):
    """A build, then a run of what was built. Returns: modes."""
    steps = [step for step in job.get("steps", [])
             if step.get("uses", "").startswith(ACTION)]
    names = [step["uses"] for step in steps]
    order = [ACTION + "build_fuzzers@v1", ACTION + "run_fuzzers@v1"]
    check(names and names == order[:len(names)], path, f"steps {names}")
    built, modes = None, []
    for step in steps:
        given = step.get("with", {})
        known = ACTION_KEYS.get(step["uses"], set())
        check(set(given) <= known, path, f"with {sorted(set(given) - known)}")
        which = sanitizers_of(job, given.get("sanitizer", "address"))
        check(which and set(which) <= LITE_SANITIZERS, path,
              f"sanitizers {which}")
        check(built in (None, which), path, "runs another build")
        built = which
        if "mode" in given:
            modes.append(given["mode"])
            check((given["mode"] == "coverage") == (which == ["coverage"]),
                  path, "coverage has a build of its own")
        else:
            check(names.index(step["uses"]) == 0, path, "run without a mode")
    return modes


def workflow(path):
    data = read_yaml(path)
    events = data.get("on", data.get(True, {}))  # YAML 1.1: on is true
    check(events, path, "no events")
    check(data.get("permissions") == "read-all", path, "permissions")
    for cron in events.get("schedule", []):
        check(len(cron["cron"].split()) == 5, path, f"cron {cron}")
    modes = []
    for job in data.get("jobs", {}).values():
        check("runs-on" in job and job.get("steps"), path, "an empty job")
        for step in job.get("steps", []):
            check(("uses" in step) != ("run" in step), path, f"step {step}")
        if os.path.basename(path).startswith("cflite_"):
            modes += lite_steps(path, job)
    check(data.get("jobs"), path, "no jobs")
    return modes


def main():
    modes = []
    oss_fuzz(os.path.join(root, "fuzz/oss-fuzz/projects/pagerace"))
    clusterfuzzlite(os.path.join(root, ".clusterfuzzlite"))
    folder = os.path.join(root, ".github/workflows")
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        modes += workflow(path)
        check(not re.search(r"^[^#]*\bdeb(ian)?\b.*https?://|https?://deb\b",
                            read(path), re.M), path, "names a mirror")
        check("Not run here" in read(path).replace("\n# ", " "), path,
              "does not say that it is not run here")
    check(sorted(modes) == sorted(MODES), folder, f"modes {sorted(modes)}")
    print("\n".join(wrong))
    sys.exit(1 if wrong else 0)


main()
