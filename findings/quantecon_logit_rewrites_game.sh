#!/usr/bin/env bash
# quantecon 0.11.4: building LogitDynamics(game) changes the game that was handed in. Each payoff is
# overwritten by its distance from the best reply to the others' actions.
# Expected: the constructor reads the game, as its docstring has it. Two more traps in the same class:
# beta is described as the level of noise but is the precision (higher is sharper), and
# logit_choice_cdfs(), said to return choice probabilities, returns sums that do not end in 1.
# Why it matters: best replies survive, so equilibria still look right, while payoffs, welfare and
# Pareto comparisons read afterwards from the same object are wrong: here the profile (1, 1) of a
# prisoner's dilemma, worse for both than (0, 0), becomes the best for both.
# Instead: build the dynamics from a game of its own; divide each row of the sums by its last entry and
# take differences to get probabilities.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check quantecon==0.11.4 >"$work/pip.log" 2>&1 || { cat "$work/pip.log"; exit 2; }
"$work/venv/bin/python" - <<'PY'
import math, sys
from importlib.metadata import version
import numpy as np
from quantecon.game_theory import NormalFormGame, pure_nash_brute
from quantecon.game_theory.logitdyn import LogitDynamics
print("quantecon", version("quantecon"))
table = [[(3.0, 3.0), (0.0, 5.0)], [(5.0, 0.0), (1.0, 1.0)]]
game = NormalFormGame(table)
profiles = [(i, j) for i in (0, 1) for j in (0, 1)]
def read():
    return {s: tuple(float(x) for x in game[s]) for s in profiles}
before, nash_before = read(), pure_nash_brute(game)
dynamics = LogitDynamics(game, beta=2.0)
after, nash_after = read(), pure_nash_brute(game)
print("expected: the same payoffs before and after")
for s in profiles:
    print("  profile", s, "before", before[s], "after", after[s])
print("  equilibria before", nash_before, "after", nash_after)
best = max(profiles, key=lambda s: sum(after[s]))
row = dynamics.logit_choice_cdfs()[0][0]           # player 0 against action 0: payoffs 3 and 5
steps = np.diff(row, prepend=0.0) / row[-1]
want = 1 / (1 + math.exp(2.0 * (5 - 3)))           # precision 2
print(f"  sums against action 0: {row}, last entry expected 1; "
      f"P(cooperate) {steps[0]:.6f}, logit with precision 2 {want:.6f}")
found = (before == {s: table[s[0]][s[1]] for s in profiles}
         and after == {(0, 0): (-2, -2), (0, 1): (-1, 0), (1, 0): (0, -1), (1, 1): (0, 0)}
         and nash_before == nash_after == [(1, 1)] and best == (1, 1)
         and row[-1] > 1.001 and abs(steps[0] - want) < 1e-9)
if found:
    print("as found: the caller's game is rewritten; its equilibria stand, its payoffs do not")
else:
    sys.exit("changed: the game that LogitDynamics was built from is no longer rewritten as before")
PY
