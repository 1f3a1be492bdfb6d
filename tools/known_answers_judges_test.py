#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What tools/known_answers takes for an answer, on results that are made up."""

import sys

sys.dont_write_bytecode = True

import json
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).absolute().parent))

import script_module

SCRIPT = Path(__file__).absolute().parent / "known_answers"


known_answers = script_module.load(SCRIPT)


def errors_of(scheme, x, y, x_name="total_parameters"):
    return {"name": scheme, "x_name": x_name, "y_name": "mean_squared_error", "x": x, "y": y}


class JudgesTest(unittest.TestCase):
    def findings(self, series, advice=None, **more):
        result = {"series": series, "advice": advice or {}, "checks": [], "settings": {"repetitions": 5}, **more}
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "result.json").write_text(json.dumps(result))
            return known_answers.Findings(Path(folder))

    def assert_missed(self, complaint, judge, found):
        with self.assertRaisesRegex(known_answers.NotFound, complaint):
            judge(found)

    def test_the_size_for_an_error_lies_on_a_line_in_logarithms(self):
        falling = errors_of("film", [100, 1000, 8000], [0.5, 0.05, 0.05 / 8])
        for error, size in [(0.9, 100), (0.5, 100), (0.25, 200), (0.05, 1000), (0.05 / 4, 4000), (0.05 / 8, 8000)]:
            self.assertAlmostEqual(known_answers.size_for(falling, error) / size, 1)
        with self.assertRaisesRegex(known_answers.NotFound, "film does not reach an error of 0.006"):
            known_answers.size_for(falling, 0.006)

    def test_an_error_that_rises_again_is_reached_where_it_first_was(self):
        rising = errors_of("film", [100, 1000, 2000, 4000], [0.5, 0.05, 0.4, 0.01])
        self.assertAlmostEqual(known_answers.size_for(rising, 0.05), 1000)

    def bumps(self, embedded):
        return self.findings([
            errors_of("hypernetwork", [100, 1000, 10000], [1, 0.1, 0.01], "primary_parameters"),
            errors_of("embedding", embedded, [1, 0.1], "primary_parameters"),
        ])

    def test_of_bumps_a_network_of_x_is_less_than_half_as_large_at_an_error_that_both_reach(self):
        self.assertRegex(known_answers.judge_bumps(self.bumps([1000, 2100])), "0.1 .* 1000 .*generated, with 2100 ")
        self.assert_missed("error of 0.1: 1000 and 1900", known_answers.judge_bumps, self.bumps([1000, 1900]))

    def unconditional(self, smallest, sentence):
        return self.findings(
            [errors_of("film", [1000, 4000], [smallest, 1e-4]), errors_of("concat", [1000, 4000], [1e-3, 1e-4])],
            {"scheme": "film", "sentence": sentence}, settings={"schemes": ["film", "concat"]},
        )

    def test_without_a_condition_the_smallest_size_is_advised(self):
        judge, advised = known_answers.judge_unconditional, "film with 1000 parameters: in all repetitions .."
        self.assertIn("film with 1000 parameters", judge(self.unconditional(0.009, advised)))
        self.assert_missed("up to 0.011", judge, self.unconditional(0.011, advised))
        self.assert_missed("4000 parameters are advised", judge, self.unconditional(0.009, "film with 4000 parameters"))
        self.assert_missed("not the smallest", judge, self.unconditional(0.009, "concat with 1000 parameters"))

    def rank(self, deeponet, low_rank, repetitions=5):
        return self.findings(
            [errors_of("deeponet", [3, 4], deeponet), errors_of("low-rank", [3, 4], low_rank)],
            floors={"functions": [3, 4], "linear_decoder_error": [0.17, 0]}, settings={"repetitions": repetitions},
        )

    def test_of_rank_four_three_scalars_do_not_suffice(self):
        judge = known_answers.judge_rank
        judge(self.rank([0.18, 0.01], [0.18, 0.08]))
        self.assert_missed("deeponet is below its floor of 0.17", judge, self.rank([0.16, 0.01], [0.18, 0.08]))
        self.assert_missed("low-rank: error 0.09 at kappa 3", judge, self.rank([0.18, 0.01], [0.09, 0.01]))
        self.assert_missed("deeponet: .* 0.1 at kappa 4", judge, self.rank([0.18, 0.1], [0.18, 0.08]))
        self.assert_missed("low-rank: .* 0.1 at kappa 4", judge, self.rank([0.18, 0.01], [0.18, 0.1]))
        judge(self.rank([0.18, 0.01], [0.18, 0.1], repetitions=3))

    def shift(self, linear, film, verdict="consistent", repetitions=5):
        return self.findings(
            [errors_of("deeponet", [1000, 4000], [0.5, linear]), errors_of("film", [1000, 4000], [0.5, film]),
             errors_of("embedding", [1000, 4000], [0.5, 0.01]), errors_of("hypernetwork", [1000, 4000], [0.5, 0.01])],
            checks=[{"id": "film_below_deeponet.size2", "verdict": verdict},
                    {"id": "film_below_deeponet.size1", "verdict": "consistent"}],
            settings={"repetitions": repetitions},
        )

    def test_of_a_shift_a_linear_decoder_is_three_times_as_far_away_with_a_verdict_at_the_largest_size(self):
        judge = known_answers.judge_shift
        self.assertIn("deeponet 0.04; embedding 0.01, film 0.013", judge(self.shift(0.04, 0.013)))
        self.assert_missed("deeponet 0.04, .*film 0.014", judge, self.shift(0.04, 0.014))
        self.assert_missed("no verdict", judge, self.shift(0.04, 0.013, "inconclusive"))
        judge(self.shift(0.04, 0.013, "inconclusive", repetitions=3))

    def test_of_noise_nothing_is_advised(self):
        judge = known_answers.judge_noise
        judge(self.findings([], {"scheme": None, "sentence": "Nothing was learnt: .."}))
        self.assert_missed("advised: film", judge, self.findings([], {"scheme": "film", "sentence": "Nothing was learnt"}))
        self.assert_missed("Inconclusive", judge, self.findings([], {"scheme": None, "sentence": "Inconclusive: .."}))


if __name__ == "__main__":
    unittest.main()
