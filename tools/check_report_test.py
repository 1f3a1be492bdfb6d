#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""tools/check_report on pages with one thing wrong each. Without chromium only what it says then is tested."""

import sys

sys.dont_write_bytecode = True

import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

CHECK_REPORT = Path(__file__).resolve().parent / "check_report"
PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>A page</title><style>{style}</style></head>
<body><div class="cards">{summary}</div><section>{body}</section></body></html>
"""
WIDE = '<div style="width: {}px">wide</div>'


class CheckReport(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(dir=os.environ.get("TEST_TMPDIR")))

    def tearDown(self):
        shutil.rmtree(self.folder)

    def run_on(self, *pages, arguments=(), **environment):
        """Exit status and all that is said, for pages given as the parts of PAGE."""
        paths = []
        for i, page in enumerate(pages):
            paths.append(self.folder / f"page{i}.html")
            paths[-1].write_text(PAGE.format(**{"style": "", "summary": "", "body": "", **page}))
        done = subprocess.run([sys.executable, CHECK_REPORT, *arguments, *paths], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, env={**os.environ, **environment})
        return done.returncode, done.stdout

    def test_without_chromium_nothing_is_checked(self):
        status, said = self.run_on({"body": WIDE.format(9000)}, PATH=str(self.folder))
        self.assertEqual(status, 0)
        self.assertIn("nothing was checked", said)
        self.assertEqual(self.run_on({}, arguments=["--require"], PATH=str(self.folder))[0], 2)

    def test_a_page_that_is_not_there_is_a_mistake(self):
        status, said = self.run_on(arguments=[self.folder / "absent.html"])
        self.assertEqual(status, 2)
        self.assertIn("absent.html", said)

    @unittest.skipUnless(shutil.which("chromium"), "needs chromium")
    def test_says_what_is_wrong_with_each_page(self):
        faults = {
            "": {"body": WIDE.format(300)},
            "light, 400 wide, details closed: the page is": {"body": WIDE.format(500)},
            "light, 1200 wide, details closed: the page is": {"body": WIDE.format(1300)},
            "dark, 400 wide": {"style": "@media (prefers-color-scheme: dark) { section { width: 700px } }",
                               "body": "text"},
            "light, 400 wide, details open": {"body": f"<details><summary>a</summary>{WIDE.format(500)}</details>"},
            "console: one 2": {"body": "<script>console.log('one', 2)</script>"},
            "exception:": {"body": "<script>throw new Error('thrown')</script>"},
            "asks for file:": {"body": "<img src='absent.png' alt=''>"},
        }
        for fault, page in faults.items():
            with self.subTest(fault or "a sound page"):
                status, said = self.run_on(page)
                self.assertEqual(status, 1 if fault else 0, said)
                self.assertIn(fault or ": sound", said)

    @unittest.skipUnless(shutil.which("chromium"), "needs chromium")
    def test_one_page_does_not_answer_for_another(self):
        status, said = self.run_on({"body": WIDE.format(500)}, {}, arguments=["--pictures", self.folder / "seen"])
        self.assertEqual(status, 1)
        self.assertIn("page1.html: sound", said)
        self.assertNotIn("page1.html: light", said)
        self.assertTrue((self.folder / "seen" / "page1-print.pdf").read_bytes().startswith(b"%PDF-"))

    @unittest.skipUnless(shutil.which("chromium"), "needs chromium")
    def test_a_summary_that_does_not_fit_is_noted(self):
        status, said = self.run_on({"summary": '<div style="height: 900px"></div>'})
        self.assertEqual(status, 0)
        self.assertIn("more than a screen of 800", said)
        self.assertNotIn("note", self.run_on({"summary": '<div style="height: 700px"></div>'})[1])


if __name__ == "__main__":
    unittest.main()
