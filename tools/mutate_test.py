#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""tools/mutate on a toy project that g++ compiles, and with a stand-in for Bazel."""

import sys

sys.dont_write_bytecode = True

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

MUTATE = Path(__file__).resolve().parent / "mutate"
BUILD = "g++ -O0 -Werror=unused-parameter toy.cc toy_test.cc -o toy_test && test -n {file}"
# Counts the runs; the shell stays as the parent of the program.
TEST = "echo {file} >>../runs; ./toy_test; exit $?"

TOY = """#include "toy.h"
// a + b
int Larger(int a, int b) {
  if (a > b) return a;
  return b;
}
double Left(double left) {
  while (left > 0) left -= 1;
  return left;
}
int Negative(int a) { return a < 0; }
"""
TOY_TEST = """#include "toy.h"
#include <cstdio>
#include <unistd.h>
int main() {
  std::FILE* file = std::fopen("../process", "w");
  std::fprintf(file, "%d", static_cast<int>(getpid()));
  std::fclose(file);
  const bool ok = Larger(1, 2) == 2 && Larger(2, 1) == 2 && Left(2.5) == -0.5 && Negative(-1) && !Negative(1);
  if (!ok) std::puts("wrong");
  return ok ? 0 : 1;
}
"""
TOY_HEADER = "int Larger(int a, int b);\ndouble Left(double left);\nint Negative(int a);\n"

# Stands in for Bazel: tests fail by what the file holds, and each call is written down.
BAZEL = r"""#!/bin/sh
for last; do :; done
case $* in *" query "*) printf '//b:far_test\n//a:file_test\n//a/sub:other_test\n//a:slow_test\n'; exit 0 ;; esac
echo "$*" >>../calls
case $(cat a/file.cc) in
*'a * a'*) echo 'out of memory'; exit 37 ;;
*'a * b'*) echo 'a/file.cc:1:2: error: no such thing'; echo '//a:file_test FAILED TO BUILD'; exit 1 ;;
*'a - b'*)
  [ "$last" = //a:file_test ] || { echo '[ RUN      ] Far.Away'; echo "$last   FAILED in 0.1s"; exit 3; } ;;
*'return b'*) echo '//a:file_test   TIMEOUT in 20.0s'; exit 3 ;;
*'broken'*) echo '//b:far_test   FAILED in 2.0s'; exit 3 ;;
esac
mkdir -p bazel-bin/a/_objs/file
[ -e stale ] || sed 's/0 -/0 +/' a/file.cc >bazel-bin/a/_objs/file/file.o
echo '//a:file_test   PASSED in 0.1s'
echo '//a:slow_test   (cached) PASSED in 5.5s'
echo '//a/sub:other_test   PASSED in 2.0s'
echo '//b:far_test   PASSED in 0.3s'
"""


class MutateTest(unittest.TestCase):
    def setUp(self):
        self.base = Path(tempfile.mkdtemp(dir=os.environ.get("TEST_TMPDIR")))
        self.addCleanup(shutil.rmtree, self.base)
        self.root, self.work = self.base / "toy", self.base / "work"
        self.write("toy.cc", TOY)
        self.write("toy.h", TOY_HEADER)
        self.write("toy_test.cc", TOY_TEST)

    def write(self, name, content):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)

    def command(self, *arguments, work=None):
        return [str(MUTATE), f"--root={self.root}", f"--work={work or self.work}", *arguments]

    def toy(self, *arguments):
        return self.command("toy.cc", f"--build={BUILD}", f"--test={TEST}", *arguments)

    def run_tool(self, command, status):
        environment = dict(os.environ, PATH=f"{self.base}:{os.environ['PATH']}")
        done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=self.base)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done

    def verdicts(self):
        lines = (self.work / "journal.jsonl").read_text().splitlines()
        return {record["id"]: record for record in map(json.loads, lines)}

    def refused(self, command, *parts):
        lines = self.run_tool(command, 2).stderr.splitlines()
        error = [line for line in lines if not line.startswith("mutate: ")]  # progress
        self.assertEqual(len(error), 1, error)
        for part in parts:
            self.assertIn(part, error[0])

    def runs(self):
        return len((self.work / "runs").read_text().splitlines())

    def state(self):
        return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in self.root.rglob("*") if path.is_file()}

    def test_lists_exactly_these(self):
        listed = self.run_tool(self.command("toy.cc", "--list", "--lines=3-6"), 0).stdout.splitlines()
        self.assertEqual(listed, [
            "toy.cc:4:7 condition: a > b -> true",
            "toy.cc:4:7 condition: a > b -> false",
            "toy.cc:4:9 boundary: > -> >=",
            "toy.cc:4:9 negation: > -> <=",
            "toy.cc:4:14 jump: return a; -> {}",
        ])
        listed = self.run_tool(self.command("toy.cc", "--list", "--kind=boundary,compound"), 0).stdout.splitlines()
        self.assertEqual(listed, ["toy.cc:4:9 boundary: > -> >=", "toy.cc:8:15 boundary: > -> >=",
                                  "toy.cc:8:25 compound: -= -> +=", "toy.cc:11:32 boundary: < -> <="])
        self.assertFalse(self.work.exists())

    def test_judges_what_is_killed_survives_and_does_not_compile(self):
        before = self.state()
        done = self.run_tool(self.toy("--lines=4"), 1)
        found = {name: (record["result"], record["by"]) for name, record in self.verdicts().items()}
        self.assertEqual(found["toy.cc:4:9 negation: > -> <="], ("killed", "wrong"))
        self.assertEqual(found["toy.cc:4:9 boundary: > -> >="], ("survived", ""))
        self.assertEqual(self.state(), before)
        self.assertEqual((self.work / "tree" / "toy.cc").read_text(), TOY)
        header, row, *rest = done.stdout.splitlines()
        self.assertEqual(header.split("  ")[0], "file")
        self.assertEqual(row.split(), ["toy.cc", "5", "0", "0", "4", "1", "80.0", "%"])
        self.assertEqual(rest, ["", "toy.cc:4:9: boundary", "-  if (a > b) return a;", "+  if (a >= b) return a;"])

    def test_what_does_not_compile_is_counted_as_such(self):
        self.write("toy.cc", TOY.replace("return a < 0;", "return a < 0 ? 1 : 0;"))
        done = self.run_tool(self.toy("--lines=11", "--kind=condition"), 0)
        self.assertEqual({record["result"] for record in self.verdicts().values()}, {"not compiled"})
        self.assertIn("error:", next(iter(self.verdicts().values()))["by"])
        self.assertEqual(done.stdout.splitlines()[1].split(), ["toy.cc", "2", "2", "0", "0", "0", "-"])

    def test_an_endless_loop_is_killed_with_its_children(self):
        self.run_tool(self.toy("--kind=compound", "--test-timeout=15"), 0)
        (record,) = self.verdicts().values()
        self.assertEqual((record["result"], record["by"]), ("killed", "no end within 15 s"))
        process = Path("/proc") / (self.work / "process").read_text() / "stat"
        for _ in range(100):  # until whoever inherits it has noticed
            if not process.exists() or process.read_text().rsplit(")", 1)[1].split()[0] == "Z":
                break
            time.sleep(0.1)
        else:
            self.fail("the endless test still runs")

    def test_an_interrupted_run_continues_where_it_stopped(self):
        arguments = ["--lines=4-4"]
        self.run_tool(self.toy(*arguments), 1)
        whole, whole_runs = self.run_tool(self.toy(*arguments, "--report"), 1).stdout, self.runs()
        shutil.rmtree(self.work)
        # The fourth test, of the third mutation, does not end by itself.
        block = "[ $(wc -l <../runs) -ne 4 ] || { touch ../blocked; sleep 1000; };"
        blocking = TEST.replace("./toy_test;", f"{block} ./toy_test;")
        command = self.command("toy.cc", f"--build={BUILD}", f"--test={blocking}", "--test-timeout=900", *arguments)
        # As a job that a shell started in the background.
        running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                   preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN))
        while not (self.work / "blocked").exists():
            self.assertIsNone(running.poll())
            time.sleep(0.02)
        running.send_signal(signal.SIGINT)
        self.addCleanup(running.terminate)  # if it goes on
        output, error = running.communicate(timeout=60)
        self.assertEqual((running.returncode, output), (130, ""))
        self.assertIn("continues", error.splitlines()[-1])
        journal = self.work / "journal.jsonl"
        self.assertEqual(len(journal.read_text().splitlines()), 2)
        partial = self.run_tool(self.toy(*arguments, "--report"), 0).stdout
        self.assertIn("toy.cc: 3 of 5 mutations not tried yet", partial)
        with open(journal, "a") as stream:
            stream.write('{"file": "toy.cc", "sha')  # as if the machine had gone down
        self.assertEqual(self.run_tool(self.toy(*arguments), 1).stdout, whole)
        identities = [json.loads(line)["id"] for line in journal.read_text().splitlines()]
        self.assertEqual(len(identities), len(set(identities)))
        # One more baseline, and the interrupted mutation once more.
        self.assertEqual(self.runs(), whole_runs + 2)

    def test_repeats_only_what_is_asked_for(self):
        arguments = ["--lines=4", "--kind=boundary,negation"]
        self.run_tool(self.toy(*arguments), 1)
        self.assertEqual(self.runs(), 3)
        self.run_tool(self.toy(*arguments), 1)
        self.assertEqual(self.runs(), 3)
        # Now a test notices the survivor: through --again, and only then.
        self.write("toy_test.cc", TOY_TEST.replace("bool ok =", "bool ok = Larger(3, 3) != 3 ||"))
        self.run_tool(self.toy(*arguments, "--again=survived"), 1)
        self.assertEqual(self.runs(), 5)
        self.run_tool(self.toy(*arguments, "--again=all"), 1)
        self.assertEqual(self.runs(), 8)
        self.write("toy.cc", TOY.replace("a > b) return", "a >  b) return"))
        self.run_tool(self.toy(*arguments), 1)
        self.assertEqual(self.runs(), 11)

    def test_the_copy_follows_the_tree(self):
        self.write("sub/old.txt", "old")
        self.run_tool(self.toy("--kind=logic"), 0)
        copy = self.work / "tree"
        stamp = (copy / "toy.h").stat().st_mtime_ns
        self.assertTrue((copy / "sub/old.txt").exists())
        (self.root / "sub/old.txt").unlink()
        self.write("new.txt", "new")
        (copy / "toy.cc").write_text("a mutation that was left behind")
        self.run_tool(self.toy("--kind=logic"), 0)
        self.assertFalse((copy / "sub/old.txt").exists())
        self.assertEqual((copy / "new.txt").read_text(), "new")
        self.assertEqual((copy / "toy.cc").read_text(), TOY)
        self.assertEqual((copy / "toy.h").stat().st_mtime_ns, stamp)

    @unittest.skipUnless(shutil.which("git"), "no git here")
    def test_ignored_files_stay_out_of_the_copy(self):
        self.write(".gitignore", "/junk\n/.bazelrc.user\n")
        self.write("junk", "")
        self.write(".bazelrc.user", "")
        subprocess.run(["git", "init", "--quiet", str(self.root)], check=True)
        self.run_tool(self.toy("--kind=logic"), 0)
        names = {path.name for path in (self.work / "tree").iterdir()}
        self.assertEqual(names, {".gitignore", ".bazelrc.user", "toy.cc", "toy.h", "toy_test.cc"})

    def test_bad_usage_is_one_line_and_status_2(self):
        self.refused(self.command(), "no FILE")
        self.refused(self.command("nothing.cc"), "nothing.cc")
        self.refused(self.command("/etc/passwd"), "/etc/passwd")
        self.refused(self.command("toy.cc", "--kind=boundary,bound"), "'bound'", "negation")
        self.refused(self.command("toy.cc", "--lines=7-3"), "--lines", "7-3")
        self.refused(self.command("toy.cc", "--sample=0"), "--sample")
        self.refused(self.command("toy.cc", "--test-timeout=-1"), "--test-timeout")
        self.refused(self.command("toy.cc", "--sampel=3"), "--sampel")
        self.refused(self.command("toy.cc", "--again=killed"), "--again", "survived")
        self.refused(self.command("toy.cc", "--build=true"), "--test")
        self.refused(self.command("toy.cc", work=self.root / "work"), "outside")
        self.write("notes.txt", "")
        self.refused(self.command("notes.txt"), ".cc")
        self.work.mkdir()
        (self.work / "journal.jsonl").write_text("{}\n")
        self.refused(self.toy(), "line 1")

    def test_a_tree_that_fails_unmutated_is_refused(self):
        self.write("toy.cc", TOY.replace("a > b", "a < b"))
        self.refused(self.toy(), "without a mutation", "wrong")
        self.write("toy.cc", TOY + "}")
        self.refused(self.toy(), "without a mutation", "error:")

    def bazel(self, line):
        """A file with this line, and the command that mutates it."""
        (self.base / "bazel").write_text(BAZEL)
        (self.base / "bazel").chmod(0o755)
        self.write("a/file.cc", line + "\n")
        return self.command("a/file.cc", "--kind=arithmetic,term")

    def test_bazel_runs_the_nearest_tests_first_and_stops_at_the_first_that_fails(self):
        self.run_tool(self.bazel("int F(int a, int b) { return a + b; }"), 1)
        found = {record["id"].split(" ", 1)[1]: (record["result"], record["by"]) for record in self.verdicts().values()}
        self.assertEqual(found, {
            "term: a + -> ": ("killed", "//a:file_test (no end within 20 s)"),
            "term: + b -> ": ("survived", ""),
            "arithmetic: + -> -": ("killed", "//a/sub:other_test Far.Away"),
        })
        calls = [line.split() for line in (self.work / "calls").read_text().splitlines()]
        tests = [[word for word in call if word.startswith("//")] for call in calls]
        limits = [next(word for word in call if word.startswith("--test_timeout=")) for call in calls]
        stages = [["//a:file_test"], ["//a/sub:other_test"], ["//a:slow_test"], ["//b:far_test"]]
        self.assertEqual(sorted(tests[0]), sorted(sum(stages, [])))
        self.assertEqual(tests[1:], stages[:1] + stages[:4] + stages[:2])
        # 2.0 s may take 20 s, 5.5 s ten times as long up to a factor of two.
        self.assertEqual(limits[2:6], [f"--test_timeout={seconds}" for seconds in (20, 20, 80, 20)])

    def test_what_compiles_to_the_same_code_is_neither_killed_nor_survives(self):
        line = "int F(int a) { return 0 + a; }"  # this compiler takes 0 - for 0 +
        self.run_tool(self.bazel(line), 1)
        results = [record["result"] for record in self.verdicts().values()]
        self.assertEqual(results, ["survived", "survived", "same code"])
        self.write("stale", "")  # an object file that is not made anew tells nothing
        self.run_tool([*self.bazel(line), "--again=all"], 1)
        self.assertEqual([record["result"] for record in self.verdicts().values()], ["survived"] * 3)

    def test_bazel_that_cannot_compile_or_fails_itself(self):
        self.run_tool(self.bazel("int F(int a, int b) { return a / b; }"), 0)
        (record,) = self.verdicts().values()
        self.assertEqual((record["result"], record["by"]), ("not compiled", "a/file.cc:1:2: error: no such thing"))
        self.refused([*self.bazel("int broken = a + b;"), "--tests=//b:far_test"], "//b:far_test")
        self.refused(self.bazel("int F(int a) { return a * a; }"), "without a mutation", "out of memory")
        # Neither killed nor survived: nothing is known.
        journal = (self.work / "journal.jsonl").read_text()
        self.refused(self.bazel("int F(int a) { return a / a; }"), "status 37", "out of memory")
        self.assertEqual((self.work / "journal.jsonl").read_text(), journal)
        self.assertEqual((self.work / "tree/a/file.cc").read_text(), "int F(int a) { return a / a; }\n")


if __name__ == "__main__":
    unittest.main()
