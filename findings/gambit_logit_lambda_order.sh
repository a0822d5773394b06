#!/usr/bin/env bash
# pygambit 16.7.0: qre.logit_solve_lambda answers a request for lambda = 0, or for a lambda below the
# one before it in the list, with the far end of the branch (lambda about 1e308), without a word.
# Expected: the logit QRE at each lambda asked for, as the docstring of _logit_behavior_lambda has it;
# nothing there or in the signature asks for ascending or positive values. At lambda 0 the logit QRE is
# uniform play (McKelvey and Palfrey 1995, 1998).
# Why it matters: who checks a solver over a grid of rationalities, high to low or starting with the
# coin toss at 0, compares with near-Nash play and blames the wrong program. The call succeeds, the
# list has the right length, and each profile is a proper distribution.
# Instead: ask for ascending, distinct, positive values (or one a call); treat 0 as uniform by hand;
# and compare the .lam of every answer with the lambda that was asked.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check pygambit==16.7.0 >"$work/pip.log" 2>&1 || { cat "$work/pip.log"; exit 2; }
"$work/venv/bin/python" - <<'PY'
import math, sys
import pygambit as gbt
from pygambit.qre import logit_solve_lambda
print("pygambit", gbt.__version__)

# An entrant stays out or comes in; then the incumbent fights or yields.
game = gbt.Game.new_tree(players=["entrant", "incumbent"], title="entry")
game.append_move(game.root, "entrant", ["out", "in"])
second = game.root.children["in"]
game.append_move(second, "incumbent", ["fight", "yield"])
for node, label, pay in ((game.root.children["out"], "o", [0, 2]),
                         (second.children["fight"], "f", [-1, 0]),
                         (second.children["yield"], "y", [1, 1])):
    game.set_outcome(node, game.add_outcome(label, pay))

def by_hand(lam):
    give = 1 / (1 + math.exp(-lam))             # incumbent: 1 against 0
    enter = 1 / (1 + math.exp(-lam * (2 * give - 1)))  # entrant: give - (1 - give) against 0
    return enter, give

def solve(asked):
    out = []
    for lam, res in zip(asked, logit_solve_lambda(game, asked)):
        enter, give = res[1], res[3]
        want = by_hand(lam)
        ok = abs(enter - want[0]) < 1e-6 and abs(give - want[1]) < 1e-6
        print(f"  asked {lam:<4} by hand ({want[0]:.4f}, {want[1]:.4f})  seen ({enter:.4f}, {give:.4f})"
              f"  .lam {res.lam:.4g}  {'agrees' if ok else 'OFF'}")
        out.append((ok, res.lam > 1e100 and min(enter, give) > 0.999))
    return out

print("P(enter), P(yield); expected: every row agrees, in whatever order the values are listed")
up = solve([0.5, 1.0, 2.0])
down = solve([2.0, 0.5])
zero = solve([0.0])
good = all(ok for ok, _ in up) and down[0][0]
odd = down[1][1] and zero[0][1]
if good and odd:
    print("as found: ascending lambdas are right; a lower lambda and lambda 0 give the limit of the branch")
else:
    sys.exit("changed: lambda 0 or a descending list no longer ends at the limit of the branch")
PY
