#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""crash_states.py DIR: DIR/REVERT/STORY/*.log, reports of a fuzz target, as
ClusterFuzz reads and compares them. Fails if logs of one story differ in type
or state, or if two stories look alike that end in different checkers.

The rules are written down here once more, apart from fuzz/replay/report*.c, from what
ClusterFuzz does: a type and up to three lines of state; frames that every crash
has are passed over; addresses and long numbers are masked; lines are cut at 80
letters. Two states look alike if two lines are equal, in order, or if lines are
on average more than 80 % similar. Types are no part of that comparison."""
import os
import re
import sys

LINES = 3
LETTERS = 80
SAME_LINES = 2
SIMILAR = 0.8

ASSERT = re.compile(
    r"(?:\[.*?\]|.*\.(?:c|cc|cpp|cxx|h|hh|hpp|hxx):.*)?"
    r"\s*(?:ASSERT(?:ION)? FAIL(?:URE|ED)|panic): (.*)", re.I)
ABORT = re.compile(r".*[a-zA-Z]+Sanitizer: (ABRT|breakpoint|ILL|TRAP) ")
ADDRESS = re.compile(
    r".*ERROR: [a-zA-Z]+Sanitizer[: ]*(.*) on "
    r"(?:unknown address |address |)([xX0-9a-fA-F]+)")
SEGV = re.compile(r".*Sanitizer.*(?:SEGV|access-violation) on unknown address")
MEMORY = re.compile(
    r".*(?:Thread|Memory)Sanitizer:\s+(?!ABRT)(?!ILL)([^(:]+)")
UNDEFINED = re.compile(r".*: runtime error: (.*)")
SIGNAL = re.compile(r".*ERROR:\s*libFuzzer:\s*deadly signal")
ACCESS = re.compile(r"\s*([^ ]*|Atomic [^ ]*) of size ([^ ]*) at ([^ ]*)")
FRAME = re.compile(r"\s*#\d+\s+[xX0-9a-fA-F]+\s+(?:in\s+(.*)|\((.*)\))")
STOPS = ("Direct leak of", "Uninitialized value was stored to memory at",
         "allocated by thread", "created by main thread at",
         "located in stack of thread", "previously allocated by")
IGNORED = re.compile("|".join((
    r"^(abort|exit|pthread_create|pthread_kill|raise|tgkill|panic)$",
    r"^(__chk_fail|__fortify_fail)$",
    r"^(|__)(aeabi_|memcmp|memcpy|memmove|memset|strcmp|strcpy|strdup|strlen"
    r"|strncpy)",
    r"^(<null>|LLVMFuzzerTestOneInput|New|SignalHandler|_L_unlock_|_start)",
    r"^(__GI_|__assert_|__cxa_atexit|__dump_stack|__interceptor_|__libc_)",
    r"^(__pthread_kill|__run_exit_handlers)",
    r"^_*(asan|hwasan|lsan|msan|tsan|ubsan|sanitizer)(::|_)",
    r"^(abort|calloc|delete|dump_stack|free|fuzzer::|generic_cpp_|gsignal)",
    r"^(main|malloc|new|operator|realloc|scanf|show_stack)",
    r".*(assert|logger|libpthread|_asan_rtl_|asan_check_access)",
    r".*(/gcc/|/glibc-|/libc\+\+|/libc/|/sanitizer_common/|/llvm-build/)",
    r".*(<unknown module>|\+Unknown)",
    r".*(libc\.so|libc\+\+\.so|libstdc\+\+\.so|libc-.*\.so)")))


def name_of(frame):
    """A frame's function; the fuzz target's entry goes by its file."""
    entry = re.match(r"LLVMFuzzerTestOneInput\s+(?:.*/)?([^/\s:]+)", frame)
    if entry:
        frame = entry.group(1)
    if len(frame) < 3 or IGNORED.match(frame):
        return None
    bare = re.match(r"(.*?)[\(\[].*", frame)
    if bare and bare.group(1):
        return bare.group(1).strip()
    return frame.strip().split(" ")[0]


def mask(text):
    """Addresses and numbers differ from run to run: what begins with 0x and has
    four letters, four digits that are no line (file.c:1234) and no part of a
    word, two that follow a space."""
    text = re.sub(r"\+0x[0-9a-fA-F]+$", "", text)
    text = re.sub(r"0x[0-9a-fA-F]{4,}", "ADDRESS", text)
    text = re.sub(r"(?<![:0-9.])[0-9.]{4,}(?![A-Za-z0-9.])", "NUMBER", text)
    return re.sub(r"(?<= )[0-9]{2,}(?![A-Za-z0-9.])", "NUMBER", text)


class Crash:
    """What is read, line by line, out of one report."""

    def __init__(self, text):
        self.type, self.state, self.full = "", [], False
        for line in text.splitlines():
            self.read(line)
        self.state = [mask(line)[:LETTERS] for line in self.state[:LINES]]

    def begin(self, kind, state=()):
        self.type, self.state, self.full = kind, list(state), False

    def read(self, line):
        if ABORT.match(line) and self.type == "ASSERT":
            return
        found = ASSERT.match(line)
        if found:
            self.begin("ASSERT", [found.group(1)])
        elif SEGV.match(line):
            self.begin("UNKNOWN")
        elif self.sanitizer(line):
            pass
        elif any(stop in line for stop in STOPS) and self.state:
            self.full = True
        elif self.type:
            self.frame(line)

    def sanitizer(self, line):
        """A report's first line, or the one that says what was accessed."""
        found = ADDRESS.match(line)
        if found:
            self.begin(found.group(1).capitalize())
            return True
        found = MEMORY.match(line)
        if found and " suppressions" not in line and " warnings" not in line:
            self.begin(found.group(1).strip().capitalize())
            return True
        found = UNDEFINED.match(line)
        if found and not self.type:
            self.begin("Undefined: " + found.group(1))
            return True
        if SIGNAL.match(line) and not self.type:
            self.begin("Fatal-signal")
            return True
        found = ACCESS.match(line)
        if found and self.type and not self.type.startswith("UNKNOWN"):
            self.type += f" {found.group(1).upper()} {found.group(2)}"
            return True
        return False

    def frame(self, line):
        found = FRAME.match(line)
        if not found or self.full or len(self.state) >= LINES:
            return
        name = name_of((found.group(1) or found.group(2)).strip())
        if name:
            self.state.append(name)


def edits(a, b):
    """Levenshtein's distance."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1,
                                       last + (x != y))
    return row[-1]


def similarity(a, b):
    letters = len(a) + len(b)
    return (letters - edits(a, b)) / letters if letters else 1.0


def equal_in_order(a, b):
    """The longest common subsequence of two lists of lines."""
    if not a or not b:
        return 0
    if a[0] == b[0]:
        return 1 + equal_in_order(a[1:], b[1:])
    return max(equal_in_order(a[1:], b), equal_in_order(a, b[1:]))


def alike(a, b):
    if not a or not b:
        return False
    if a == b or equal_in_order(a, b) >= SAME_LINES:
        return True
    ratios = [similarity(x, y) for x, y in zip(a, b)]
    return sum(ratios) / len(ratios) > SIMILAR


def stories(folder):
    """(revert, story, crashes) of each folder of logs."""
    for revert in sorted(os.listdir(folder)):
        for story in sorted(os.listdir(os.path.join(folder, revert))):
            path = os.path.join(folder, revert, story)
            logs = sorted(log for log in os.listdir(path)
                          if log.endswith(".log"))
            crashes = []
            for log in logs:
                with open(os.path.join(path, log), errors="replace",
                          encoding="utf-8") as file:
                    crashes.append(Crash(file.read()))
            yield revert, story, crashes


def main(folder):
    wrong, kept = [], []
    for revert, story, crashes in stories(folder):
        first = crashes[0]
        print(f"{revert}/{story}: {first.type}: {' / '.join(first.state)}")
        if not first.type or not first.state:
            wrong.append(f"{story}: no crash")
        if any((c.type, c.state) != (first.type, first.state)
               for c in crashes):
            wrong.append(f"{story}: {len(crashes)} runs differ")
        for _, name, crash in kept:
            if crash.state[:1] != first.state[:1] and alike(crash.state,
                                                            first.state):
                wrong.append(f"{story} and {name} look alike")
        kept.append((revert, story, first))
    if len({revert for revert, _, _ in kept}) < 4:
        wrong.append("fewer than four reverts")
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
