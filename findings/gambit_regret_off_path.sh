#!/usr/bin/env bash
# pygambit 16.7.0: action_regret and infoset_regret report exactly 0 where play never gets, also for a
# move that is plainly worse there, and agent_max_regret is 0 with them. A tremble of 1e-12 towards the
# position lifts all three to the full loss.
# Expected: by their docstrings payoffs are computed conditional on reaching the information set; with a
# single node that is defined whatever play does, and the loss is 1. action_value and infoset_value are
# documented to give None off the path; the regrets give a number.
# Why it matters: zero regret everywhere is then no check of credibility (subgame perfection, Selten
# 1965): empty threats pass, just at the positions that a deterrence model is about.
# Instead: compare node_value of the children, or give every action some weight before asking for
# regrets; read 0 as unknown wherever infoset_prob is 0.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check pygambit==16.7.0 >"$work/pip.log" 2>&1 || { cat "$work/pip.log"; exit 2; }
"$work/venv/bin/python" - <<'PY'
import sys
import pygambit as gbt
print("pygambit", gbt.__version__)
game = gbt.Game.new_tree(players=["challenger", "defender"], title="deterrence")
game.append_move(game.root, "challenger", ["rest", "test"])
after = game.root.children["test"]
game.append_move(after, "defender", ["strike", "swallow"])
for node, label, pay in ((game.root.children["rest"], "quiet", [0, 2]),
                         (after.children["strike"], "war", [-1, 0]),
                         (after.children["swallow"], "gain", [1, 1])):
    game.set_outcome(node, game.add_outcome(label, pay))

def look(reach):
    p = game.mixed_behavior_profile([[[1 - reach, reach]], [[1, 0]]])
    strike = after.infoset.actions["strike"]
    loss = (p.node_value("defender", after.children["swallow"])
            - p.node_value("defender", after.children["strike"]))
    got = (loss, p.action_regret(strike), p.infoset_regret(after.infoset), p.agent_max_regret())
    print(f"  test with {reach:g}: loss by node_value {got[0]:g}, action_regret {got[1]:g}, "
          f"infoset_regret {got[2]:g}, agent_max_regret {got[3]:g}, action_value {p.action_value(strike)}")
    return got, p.action_value(strike)

print("the defender would strike if tested; expected regret given that it is tested: 1 in each row")
never, value = look(0.0)
hardly, _ = look(1e-12)
if never == (1, 0, 0, 0) and value is None and all(abs(x - 1) < 1e-9 for x in hardly):
    print("as found: an empty threat has regret 0 while untested, 1 after a tremble of 1e-12")
else:
    sys.exit("changed: regrets at positions that play never reaches are no longer plain 0")
PY
