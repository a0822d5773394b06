#!/usr/bin/env bash
# NegMAS 0.16.0: compare_ufuns(method="kendall") calls a party that is indifferent between all outcomes
# the perfect opposite (-1) of everybody, itself included; "kendall_optimality" says 0. The same pair
# upsets "euclidean", documented as a normalised distance in [0, 1]: 1.23 one way round, 0.5 the other.
# Expected: the docstring reads 1 as perfect agreement, 0 as no correlation, and gives identical
# preferences 1. Kendall's tau-b is undefined if one ranking is all ties (scipy, which does the work,
# returns nan); that -1 is put in its place stands in a comment of the source only.
# Why it matters: rank agreement between a model's results under two settings often meets a column that
# does not move. "Moves nothing" then cannot be told from "turns everything round", also in means.
# Instead: call scipy.stats.kendalltau, and treat nan as a case of its own.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check negmas==0.16.0 scipy==1.17.1 >"$work/pip.log" 2>&1 || { cat "$work/pip.log"; exit 2; }
"$work/venv/bin/python" -W ignore - <<'PY'
import math, sys
import negmas
from scipy.stats import kendalltau
from negmas.outcomes import make_issue, make_os
from negmas.preferences import MappingUtilityFunction
from negmas.preferences.ops import compare_ufuns
print("negmas", negmas.__version__)
names = ["a", "b", "c", "d"]
space = make_os([make_issue(names, "outcome")])
utils = {"flat": [0.5] * 4, "rising": [0.0, 0.4, 0.6, 1.0], "falling": [1.0, 0.6, 0.4, 0.0]}
u = {k: MappingUtilityFunction({(n,): x for n, x in zip(names, v)}, outcome_space=space)
     for k, v in utils.items()}
pairs = [("rising", "rising"), ("rising", "falling"), ("flat", "flat"), ("flat", "rising")]
seen = {}
for p, q in pairs:
    tau = float(kendalltau(utils[p], utils[q]).statistic)
    seen[p, q] = (compare_ufuns(u[p], u[q], method="kendall"),
                  compare_ufuns(u[p], u[q], method="kendall_optimality"), tau)
    print(f"  {p} and {q}: kendall {seen[p, q][0]:g}  kendall_optimality {seen[p, q][1]:g}  scipy {tau:g}")
one = compare_ufuns(u["flat"], u["rising"], method="euclidean")
other = compare_ufuns(u["rising"], u["flat"], method="euclidean")
print(f"  euclidean flat to rising {one:.4f}, rising to flat {other:.4f}"
      " (expected: one number both ways, between 0 and 1)")
found = (abs(seen["rising", "rising"][0] - 1) < 1e-9 and abs(seen["rising", "falling"][0] + 1) < 1e-9
         and all(seen[k][:2] == (-1.0, 0.0) and math.isnan(seen[k][2])
                 for k in (("flat", "flat"), ("flat", "rising")))
         and one > 1.2 and abs(other - 0.5) < 1e-9)
if found:
    print("as found: indifference counts as perfect disagreement, even with itself")
else:
    sys.exit("changed: ties are no longer scored as perfect disagreement")
PY
