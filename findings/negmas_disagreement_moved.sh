#!/usr/bin/env bash
# NegMAS 0.16.0: nash_points (and calc_scenario_stats, which uses it) ignores a reserved value that
# lies below a party's worst agreement, and measures gains from that worst agreement instead.
# Expected: gains over the reserved value, documented as the utility when no agreement is reached: Nash
# (1950) maximises the product of gains over disagreement. The docstring of nash_points is silent on the
# shift; it shows in the source only.
# Why it matters: in a dispute whose breakdown is worse for all than any deal (war, strike) this is the
# ordinary case. The "Nash solution" is then the same for every such breakdown, hangs on the worst deal
# on the table (which nobody would sign), and can differ from the true one, as here.
# Instead: compute the product of (utility - reserved value), or pass ranges=[(reserved, best), ...].
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check negmas==0.16.0 >"$work/pip.log" 2>&1 || { cat "$work/pip.log"; exit 2; }
"$work/venv/bin/python" -W ignore - <<'PY'
import sys
import negmas
from negmas.outcomes import make_issue, make_os
from negmas.preferences import MappingUtilityFunction
from negmas.preferences.ops import calc_scenario_stats, nash_points, pareto_frontier
print("negmas", negmas.__version__)
DEALS = {"tilt to one": (0.5, 0.8), "tilt to two": (0.8, 0.5), "even": (0.62, 0.62)}

def solve(breakdown):
    space = make_os([make_issue(list(DEALS), "deal")])
    ufuns = [MappingUtilityFunction({(k,): v[i] for k, v in DEALS.items()}, outcome_space=space,
                                    reserved_value=breakdown) for i in (0, 1)]
    outcomes = list(space.enumerate())
    frontier, where = pareto_frontier(ufuns, outcomes=outcomes)
    name = lambda found: sorted(outcomes[where[k]][0] for _, k in found)
    product = {k: (v[0] - breakdown) * (v[1] - breakdown) for k, v in DEALS.items()}
    true = sorted(k for k in DEALS if product[k] > max(product.values()) - 1e-9)
    return (true, name(nash_points(ufuns, frontier, outcome_space=space)),
            sorted(o[0] for o in calc_scenario_stats(ufuns).nash_outcomes),
            name(nash_points(ufuns, frontier, ranges=[(breakdown, 0.8)] * 2)))

rows = {d: solve(d) for d in (0.0, 0.2, 0.5)}
print("both get the same utility from breakdown; every deal gives both at least 0.5")
for d, (true, seen, stats, ranged) in rows.items():
    print(f"  breakdown {d}: Nash by hand {true}  nash_points {seen}  stats {stats}  with ranges {ranged}")
tilted = ["tilt to one", "tilt to two"]
if (all(rows[d] == (tilted, ["even"], ["even"], tilted) for d in (0.0, 0.2))
        and rows[0.5] == (["even"],) * 4):
    print("as found: a breakdown worse than every deal is replaced by the worst deal")
else:
    sys.exit("changed: nash_points now treats a low reserved value differently")
PY
