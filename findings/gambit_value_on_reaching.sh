#!/usr/bin/env bash
# pygambit 16.7.0: with payoffs attached to nodes on the way (prices paid in passing), payoff, node_value
# and infoset_value give three numbers for one and the same position. The last two leave out what was
# collected before it; node_value counts what the node itself brings, infoset_value leaves that out too.
# Expected: by their docstrings both are the expected payoff conditional on reaching. For an information
# set of one node, reached for sure, both should be payoff(), which adds payoffs along the path.
# Why it matters: who models costs per stage inside the tree and compares values of positions with a
# solver finds gaps of whole prices. Differences between the actions of one set are right.
# Instead: put everything paid into the payoffs of terminal nodes, or compare differences of
# action_value only; never mix node_value with infoset_value.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check pygambit==16.7.0 >"$work/pip.log" 2>&1 || { cat "$work/pip.log"; exit 2; }
"$work/venv/bin/python" - <<'PY'
import sys
import pygambit as gbt
print("pygambit", gbt.__version__)

def build(inside):
    """The profile starts for sure; a pays 5, then 3, then draws evenly between 1 and 7."""
    game = gbt.Game.new_tree(players=["a", "b"], title="prices on the way")
    game.append_move(game.root, "a", ["refuse", "start"])
    one = game.root.children["start"]
    game.append_move(one, "b", ["pass"])
    two = one.children["pass"]
    game.append_move(two, "a", ["low", "high"])
    late = 0 if inside else -8
    rows = [(game.root.children["refuse"], "refused", 0),
            (two.children["low"], "low", 1 + late), (two.children["high"], "high", 7 + late)]
    if inside:
        rows += [(one, "price 5", -5), (two, "price 3", -3)]
    for node, label, pay in rows:
        game.set_outcome(node, game.add_outcome(label, [pay, 0]))
    profile = game.mixed_behavior_profile([[[0, 1], ["1/2", "1/2"]], [[1]]], rational=True)
    acts = list(two.infoset.actions)
    values = [float(profile.action_value(x)) for x in acts]
    return (float(profile.payoff("a")), float(profile.node_value("a", two)),
            float(profile.infoset_value(two.infoset)), values[1] - values[0],
            [float(profile.node_value("a", n)) for n in two.children])

print("the last decision is reached for sure, so all of payoff, node_value, infoset_value should be -4")
ends, inner = build(False), build(True)
for name, got in (("prices at the ends", ends), ("prices inside", inner)):
    print(f"  {name:<19} payoff {got[0]:g}  node_value {got[1]:g}  infoset_value {got[2]:g}"
          f"  high - low {got[3]:g}  terminal node_values {got[4]}")
if ends[:4] == (-4, -4, -4, 6) and inner[:4] == (-4, 1, 4, 6) and inner[4] == [1, 7]:
    print("as found: 1 and 4 where the payoff given that the position is reached is -4")
else:
    sys.exit("changed: the three values of the position are no longer -4, 1 and 4")
PY
