#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Which mutations are made of which text, kind by kind, and what is never mutated."""

import sys

sys.dont_write_bytecode = True

import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from mutation.kinds import KINDS
from mutation.mutations import find_mutations, sample

BODY = "void F() {{ {} }}"

# Kind, a statement in a function, and all that the kind makes of it.
CASES = [
    ("arithmetic", "x = a + b * -c;", ["x = a - b * -c;", "x = a + b / -c;"]),
    ("arithmetic", 'text = "a" + name + std::to_string(i + 1);', ['text = "a" + name + std::to_string(i - 1);']),
    ("arithmetic", "text = name + std::to_string(i); text = b.str() + c;", []),
    ("arithmetic", "Foo* p = *q; Foo& r = *p; int&& s = 1; f(*p, &q, -x);", []),
    ("arithmetic", "p->x = q->y - 1;", ["p->x = q->y + 1;"]),
    ("arithmetic", "x = static_cast<double>(a) / Pair{1, 2} * 3;",
     ["x = static_cast<double>(a) * Pair{1, 2} * 3;", "x = static_cast<double>(a) / Pair{1, 2} / 3;"]),
    ("boundary", "ok = a < b && c >= d;", ["ok = a <= b && c >= d;", "ok = a < b && c > d;"]),
    ("boundary", "std::vector<std::pair<int, Foo<3>>> v; std::function<void(T&&)> f; y = x >> 2;", []),
    ("boundary", "Foo<T&&> g; f(a < b, c > d);", ["Foo<T&&> g; f(a <= b, c > d);", "Foo<T&&> g; f(a < b, c >= d);"]),
    ("boundary", "ok = a <b && c> d;", ["ok = a <=b && c> d;", "ok = a <b && c>= d;"]),
    ("boundary", "for (int i = 0; i < Least<int>(v); ++i) {}", ["for (int i = 0; i <= Least<int>(v); ++i) {}"]),
    ("negation", "ok = a == b || c != d || e > f;",
     ["ok = a != b || c != d || e > f;", "ok = a == b || c == d || e > f;", "ok = a == b || c != d || e <= f;"]),
    ("literal-up", "x = 0 + 1'000u + a1 + 0x0F; std::array<int, 4> a; y = 1.5;",
     ["x = 1 + 1'000u + a1 + 0x0F; std::array<int, 4> a; y = 1.5;",
      "x = 0 + 1001u + a1 + 0x0F; std::array<int, 4> a; y = 1.5;",
      "x = 0 + 1'000u + a1 + 16; std::array<int, 4> a; y = 1.5;"]),
    ("literal-down", "x = 0 + 2;", ["x = 0 + 1;"]),
    ("literal-down", "x = 1;", ["x = 0;"]),
    ("literal-doubled", "x = 1.5 + 1e-12 + 0.0 + 3 + 0x1p52 + .5f;",
     ["x = 3.0 + 1e-12 + 0.0 + 3 + 0x1p52 + .5f;", "x = 1.5 + 2e-12 + 0.0 + 3 + 0x1p52 + .5f;",
      "x = 1.5 + 1e-12 + 1.0 + 3 + 0x1p52 + .5f;", "x = 1.5 + 1e-12 + 0.0 + 3 + 0x1p53 + .5f;",
      "x = 1.5 + 1e-12 + 0.0 + 3 + 0x1p52 + 1.0f;"]),
    ("term", "x = a * b - f(c, d) + e;", ["x = -f(c, d) + e;", "x = a * b + e;", "x = a * b - f(c, d);"]),
    ("term", "return -a + b[i - 1] < c;",
     ["return b[i - 1] < c;", "return -a < c;", "return -a + b[-1] < c;", "return -a + b[i] < c;"]),
    ("term", "x = a + b >> 2; if (c) d + e;",
     ["x = b >> 2; if (c) d + e;", "x = a >> 2; if (c) d + e;", "x = a + b >> 2; if (c) e;",
      "x = a + b >> 2; if (c) d;"]),
    ("factor", "x = a / b;", ["x = a;"]),
    ("factor", "x = a + b * c / (d + e) == f;",
     ["x = a + c / (d + e) == f;", "x = a + b / (d + e) == f;", "x = a + b * c == f;"]),
    ("sign", "x = -a;", ["x = a;"]),
    ("sign", "x = a * b; return a - b;", ["x = -a * b; return a - b;", "x = a * b; return -a - b;"]),
    ("sign", "x = -a * b;", ["x = a * b;"]),
    ("logic", "ok = a && b || c; Foo&& d = e;", ["ok = a || b || c; Foo&& d = e;", "ok = a && b && c; Foo&& d = e;"]),
    ("not", "ok = !a && b != c;", ["ok = a && b != c;"]),
    ("condition", "if (a < b) f();", ["if (true) f();", "if (false) f();"]),
    ("condition", "while (a) f(); for (;;) g(); for (int i = 0; i < 3; ++i) h(); for (int v : w) k();",
     ["while (false) f(); for (;;) g(); for (int i = 0; i < 3; ++i) h(); for (int v : w) k();",
      "while (a) f(); for (;;) g(); for (int i = 0; false; ++i) h(); for (int v : w) k();"]),
    ("condition", "x = a + b > c ? d : e;", ["x = true ? d : e;", "x = false ? d : e;"]),
    ("condition", "if (const int a = f(); a > 1) g(); if (auto b = h()) k(); if constexpr (c) l();",
     ["if (const int a = f(); true) g(); if (auto b = h()) k(); if constexpr (c) l();",
      "if (const int a = f(); false) g(); if (auto b = h()) k(); if constexpr (c) l();"]),
    ("min-max", "x = std::min(a, v.max()) + std::numeric_limits<int>::max();",
     ["x = std::max(a, v.max()) + std::numeric_limits<int>::max();"]),
    ("floor-ceil", "x = std::floor(a);", ["x = std::ceil(a);"]),
    ("step", "for (i = 0; i < 3; ++i) --j;", ["for (i = 0; i < 3; ++i) ++j;"]),
    ("compound", "for (;; i *= 2) { a += 1; b /= 2; text += \"x\"; }",
     ["for (;; i *= 2) { a -= 1; b /= 2; text += \"x\"; }", "for (;; i *= 2) { a += 1; b *= 2; text += \"x\"; }"]),
    ("statement", "Foo a(1); auto b = c; int d = 1; a.b = c; const Foo& e = a;",
     ["Foo a(1); auto b = c; int d = 1; {} const Foo& e = a;"]),
    ("statement", "if (a) throw Error(b); else ++c; std::vector<int> v(3); f<int>(v); g;",
     ["if (a) {} else ++c; std::vector<int> v(3); f<int>(v); g;",
      "if (a) throw Error(b); else {} std::vector<int> v(3); f<int>(v); g;",
      "if (a) throw Error(b); else ++c; std::vector<int> v(3); {} g;"]),
    ("statement", "const auto f = [&](int x) { y = x; return y; };", ["const auto f = [&](int x) { {} return y; };"]),
    ("statement", "const auto f = [&](int x) -> double { y = x; return y; };",
     ["const auto f = [&](int x) -> double { {} return y; };"]),
    ("statement", "switch (a) { case 1: f(2); break; default: g(3); }",
     ["switch (a) { case 1: {} break; default: g(3); }", "switch (a) { case 1: f(2); break; default: {} }"]),
    ("jump", "for (;;) { if (a) continue; if (b) { c(); break; } } if (d) return 1; return 2;",
     ["for (;;) { if (a) {} if (b) { c(); break; } } if (d) return 1; return 2;",
      "for (;;) { if (a) continue; if (b) { c(); {} } } if (d) return 1; return 2;",
      "for (;;) { if (a) continue; if (b) { c(); break; } } if (d) {} return 2;"]),
    ("jump", "if (a) b(); else return 1; return 2;", ["if (a) b(); else {} return 2;"]),
    ("jump", "switch (a) { case 1: return 1; case 2: f(); break; }", []),
    ("arguments", "x = f(a, b + 1) + g(a) + h(a, b, c) + std::max(a, b) + f(c, c);",
     ["x = f(b + 1, a) + g(a) + h(a, b, c) + std::max(a, b) + f(c, c);"]),
    ("arguments", 'auto g = [](int a, const Foo& b) { return k("a", b); };', []),
    ("truth", "ok = true; Foo<false> b;", ["ok = false; Foo<false> b;"]),
    ("nextafter", "x = std::nextafter(a, kInfinity) + std::nextafter(b, -kInfinity);",
     ["x = std::nextafter(a, -kInfinity) + std::nextafter(b, -kInfinity);",
      "x = std::nextafter(a, kInfinity) + std::nextafter(b, kInfinity);"]),
    ("nextafter", "x = std::nextafter(a, 0.0);", ["x = std::nextafter(a, 2 * (a) - (0.0));"]),
    ("enumerator", "a = Foo::kOne; b = Foo::kTwo; c = Bar::kOne; switch (d) { case Foo::kTwo: f(); }",
     ["a = Foo::kTwo; b = Foo::kTwo; c = Bar::kOne; switch (d) { case Foo::kTwo: f(); }",
      "a = Foo::kOne; b = Foo::kOne; c = Bar::kOne; switch (d) { case Foo::kTwo: f(); }"]),
]

# Nothing in it is code that computes, whatever it looks like.
QUIET = r'''#include <a+b>
#define LESS(a, b) \
  ((a) < (b) ? 1 : 2)
  # if 1 + 1 > 2
// a + b < 1; \
   f(2);
/* x = a + 1;
   ok = !ok; */
namespace quiet {
template <typename T, int n = 3>
struct Box : std::array<T, 2> { using Pair = std::pair<Box<T, 1>, Box<T, 2>>; };
const std::string kText = "a + \" < 1; // 2" u8"x";
const char kMark = '\'', kOther = '"';
const std::string kRaw = R"x(1 + 2 )" < 3; "x)x";
bool operator<(const Box<int, 4>& a, const Box<int, 5>& b);
virtual void F(int* a, Box<Box<int, 1>>&& b, unsigned long long c) = 0;
#if 1 + 2 < 4
}
'''


def mutated(text, kind):
    return [mutation.apply(text) for mutation in find_mutations("a.cc", text, [kind])]


class KindsTest(unittest.TestCase):
    def test_each_kind_makes_exactly_these_mutations(self):
        for kind, statement, expected in CASES:
            with self.subTest(kind=kind, statement=statement):
                self.assertEqual(mutated(BODY.format(statement), kind), [BODY.format(text) for text in expected])

    def test_every_kind_has_a_case_that_mutates(self):
        self.assertEqual({kind for kind, _, expected in CASES if expected}, set(KINDS))

    def test_nothing_else_is_touched(self):
        self.assertEqual([mutation.id for mutation in find_mutations("a.cc", QUIET, KINDS)], [])

    def test_code_after_what_is_not_touched_is_found(self):
        found = find_mutations("a.cc", QUIET + "int x = a + b;\n", ["arithmetic"])
        self.assertEqual([mutation.id for mutation in found], ["a.cc:19:11 arithmetic: + -> -"])

    def test_members_of_a_class_have_bodies(self):
        text = "class A {\n public:\n  A() : b_{1} { f(); }\n  double g() const { h(); }\n  int b_ = 0;\n};\n"
        found = [mutation.before for mutation in find_mutations("a.cc", text, ["statement"])]
        self.assertEqual(found, ["f();", "h();"])

    def test_a_change_is_made_once_and_in_order(self):
        text = BODY.format("if (a < 1) b = c * 2 + std::nextafter(1, -kInfinity); // x\n if (1 < a) return;")
        found = find_mutations("a.cc", text, KINDS)
        changes = [(m.start, m.end, m.replacement) for m in found]
        self.assertEqual(len(changes), len(set(changes)))
        self.assertEqual([m.kind for m in found if m.before == "-"], ["sign"])  # not nextafter too
        self.assertEqual([start for start, _, _ in changes], sorted(start for start, _, _ in changes))
        self.assertEqual(len({m.id for m in found}), len(found))

    def test_lines_before_and_after(self):
        text = "int x = 1;\nvoid F() {\n  f(1,\n    2);\n}\n"
        (mutation,) = find_mutations("a.cc", text, ["statement"])
        self.assertEqual((mutation.line, mutation.column), (3, 3))
        self.assertEqual(mutation.lines(text), (["  f(1,", "    2);"], ["  {}"]))

    def test_text_that_is_no_cpp_is_survived(self):
        for text in ("", "}", "((", "\"open", "a <", "R\"x(", "/* open", "if (", "x = ;", "#"):
            with self.subTest(text=text):
                find_mutations("a.cc", text, KINDS)

    def test_a_sample_is_fixed_by_its_seed(self):
        found = find_mutations("a.cc", BODY.format("x = a + b + c + d + 1 + 2 + 3;"), KINDS)
        chosen = sample(found, 5, 1)
        self.assertEqual(len(chosen), 5)
        self.assertEqual(chosen, sample(found, 5, 1))
        self.assertNotEqual(chosen, sample(found, 5, 2))
        self.assertEqual(chosen, [mutation for mutation in found if mutation in chosen])
        self.assertEqual(sample(found, 10**6, 1), found)


if __name__ == "__main__":
    unittest.main()
