"""The specification of sim.py: run `python tests.py`; it takes seconds and needs nothing.

Read the names of the classes and tests to learn the model. Expected values come from
hand-solved games, from Gambit, from a plain solver written here from the rules alone
(class Oracle, which shares no code and no number with sim.py), and from invariants.
"""

import contextlib
import datetime
import hashlib
import importlib.util
import io
import itertools
import json
import math
import os
import pathlib
import random
import re
import statistics
import sys
import unittest
from typing import ClassVar
from unittest import mock

HERE = pathlib.Path(__file__).resolve().parent


def load():
    """sim.py as a module, also under `python -I`, and without writing bytecode."""
    sys.dont_write_bytecode = True
    spec = importlib.util.spec_from_file_location("sim", HERE / "sim.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["sim"] = module
    spec.loader.exec_module(module)
    return module


sim = load()


def remembered(function):
    """The same function, which solves no dispute twice: for the tests' haste alone."""
    known = {}

    def wrapper(dispute, *rest):
        key = (repr(dispute), len(rest))
        if key not in known:
            known[key] = function(dispute, *rest)
        return known[key]

    return wrapper


sim.settlements = remembered(sim.settlements)
sim.cells = remembered(sim.cells)

# ---------------------------------------------------------------------------------------
# Helpers
# ---------------------------------------------------------------------------------------

PARTIES = ("us", "russia", "syria", "france", "opposition")
CELLS = tuple(itertools.product(("word", "tactic"), repeat=2))


class Terminal(io.TextIOWrapper):
    """A stream of a given encoding that remembers what it was sent."""

    def __init__(self, encoding="utf-8", tty=False):
        super().__init__(io.BytesIO(), encoding, newline="\n", write_through=True)
        self.tty = tty

    def isatty(self):
        return self.tty

    def sent(self):
        return self.buffer.getvalue().decode(self.encoding)


def run(line, stdin="", env=(), encoding="utf-8", tty=False):
    """Run a command line in this process: (exit status, standard output, standard error)."""
    argv = line.split() if isinstance(line, str) else list(line)
    out, err = Terminal(encoding, tty), Terminal(encoding)
    clean = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "NO_COLOR", "TERM")}
    with contextlib.ExitStack() as stack:
        stack.enter_context(mock.patch.dict(os.environ, {**clean, **dict(env)}, clear=True))
        stack.enter_context(mock.patch.multiple(sys, stdout=out, stderr=err))
        stack.enter_context(mock.patch.object(sys, "stdin", io.StringIO(stdin)))
        status = sim.main(argv)
    return status, out.sent(), err.sent()


def screen(line, **more):
    """What a command line prints, if it succeeds."""
    status, out, err = run(line, **more)
    if status or err:
        raise AssertionError(f"{line!r}: exit {status}, stderr {err!r}")
    return out


def answer(line, **more):
    """What a command line answers with --json."""
    return json.loads(screen(f"{line} --json", **more))


def defaults(**changes):
    return {**{name: p.default for name, p in sim.PARAMETERS.items()}, **changes}


def by_cell(record):
    return {(cell["believed"], cell["true"]): cell for cell in record["cells"]}


# ---------------------------------------------------------------------------------------
# A second solver, straight from the rules
# ---------------------------------------------------------------------------------------


class Oracle:
    """The model again, as plainly as can be: dictionaries, recursion, no sharing.

    `bans` are (party, move) pairs; `pledges` are (party, move, condition(done, threat)).
    """

    STAGES = ("join", "declare", "inspect", "destroy")
    ORDER = ("russia", "france", "opposition", "us", "syria")
    RANKINGS: ClassVar = {
        "us": "handover strike stalemate",
        "russia": "handover stalemate strike",
        "france": "handover strike stalemate",
        "opposition": "strike stalemate handover",
    }
    SYRIA: ClassVar = {"word": "handover stalemate strike", "tactic": "stalemate handover strike"}

    def __init__(self, numbers, done=0, threat="standing", bans=(), pledges=()):
        self.numbers, self.start = numbers, (done, threat)
        self.bans, self.pledges = bans, pledges

    def utility(self, reading, party, outcome):
        ranking = self.RANKINGS.get(party, self.SYRIA[reading]).split()
        return (1, self.numbers[f"middle_{party}"], 0)[ranking.index(outcome)]

    def menu(self, party, done, threat):
        moves = {
            "russia": ["press", "shield"],
            "france": ["pressure", "ease"],
            "opposition": ["resist", "stand-aside"],
            "us": ["hold", "drop", "strike"] if threat == "standing" else ["wait", "restore"],
            "syria": ["comply", "stall"],
        }[party]
        moves = [m for m in moves if (party, m) not in self.bans] or moves
        for who, move, condition in self.pledges:
            if who == party and move in moves and condition(done, threat):
                moves = [move]
        return moves

    def charge(self, party, move, threat, path):
        """Costs at once, by party."""
        n, costs = self.numbers, dict.fromkeys(PARTIES, 0.0)
        if move in ("press", "ease", "stand-aside", "drop"):
            costs[party] += n["face"]
        if move == "comply" and threat == "standing":
            costs["syria"] += n["face"]
        if move == "restore":
            costs["us"] += n["restore"]
        if move == "strike":
            costs["us"] -= n["backing"] if "pressure" in path else 0
            costs["us"] += n["veto"] if "shield" in path else 0
        if move == "stall":
            costs["us"] += n["delay"]
            costs["france"] += n["delay"]
            costs["syria"] += n["leverage"] if "press" in path else 0
        return costs

    def solve(self, reading, others=None):
        """Payoffs at the start; fills self.policy[turn, done, threat, path]."""
        self.policy, self.others, self.reading = {}, others, reading
        turns = int(self.numbers["turns"])
        self.value = {}
        for turn in reversed(range(turns)):
            for done in range(4):
                for threat in ("standing", "dropped"):
                    self.value[turn, done, threat] = self.visit(turn, done, threat, threat, ())
        return self.value[0, self.start[0], self.start[1]]

    def later(self, turn, done, threat):
        if done == 4:
            return self.ending("handover")
        if turn + 1 == int(self.numbers["turns"]):
            return self.ending("stalemate")
        return self.value[turn + 1, done, threat]

    def ending(self, outcome):
        return {party: self.utility(self.reading, party, outcome) for party in PARTIES}

    def visit(self, turn, done, first, threat, path):
        party = self.ORDER[len(path)]
        worth = {}
        for move in self.menu(party, done, threat):
            after = {"drop": "dropped", "restore": "standing"}.get(move, threat)
            if move == "strike":
                future = self.ending("strike")
            elif move == "stall":
                future = self.later(turn, done, after)
            elif move == "comply":
                pace = self.pace(done, path)
                hit, miss = self.later(turn, done + 1, after), self.later(turn, done, after)
                future = {p: pace * hit[p] + (1 - pace) * miss[p] for p in PARTIES}
            else:
                future = self.visit(turn, done, first, after, (*path, move))
            costs = self.charge(party, move, threat, path)
            worth[move] = {p: future[p] - costs[p] for p in PARTIES}
        key = (turn, done, first, path)
        if self.others and party != "syria":
            chances = self.others[key]
        else:
            top = max(w[party] for w in worth.values())
            weight = {
                m: math.exp(self.numbers["rationality"] * (w[party] - top))
                for m, w in worth.items()
            }
            chances = {m: w / math.fsum(weight.values()) for m, w in weight.items()}
        self.policy[key] = chances
        return {p: math.fsum(chances[m] * worth[m][p] for m in worth) for p in PARTIES}

    def pace(self, done, path):
        pace = self.numbers[f"pace_{self.STAGES[done]}"]
        return pace * (1 - self.numbers["disruption"]) if "resist" in path else pace

    def forecast(self):
        """Odds, expected turns, stalls, concessions, and completions by stage and turn."""
        tally = {"turns": 0.0, "stalls": 0.0}
        odds = dict.fromkeys(("handover", "strike", "stalemate"), 0.0)
        given = dict.fromkeys(PARTIES, 0.0)
        completed = {}
        mass = {self.start: 1.0}
        for turn in range(int(self.numbers["turns"])):
            following = {}

            def walk(chance, done, first, threat, path, turn=turn, following=following):
                party = self.ORDER[len(path)]
                for move, share in self.policy[turn, done, first, path].items():
                    now = chance * share
                    after = {"drop": "dropped", "restore": "standing"}.get(move, threat)
                    if move in ("press", "ease", "stand-aside", "drop") or (
                        move == "comply" and threat == "standing"
                    ):
                        given[party] += now
                    if move == "strike":
                        odds["strike"] += now
                    elif move == "stall":
                        tally["stalls"] += now
                        following[done, after] = following.get((done, after), 0) + now
                    elif move == "comply":
                        pace = self.pace(done, path)
                        for step, part in ((1, now * pace), (0, now * (1 - pace))):
                            where = (done + step, after)
                            following[where] = following.get(where, 0) + part
                        stage = self.STAGES[done]
                        completed[stage, turn] = completed.get((stage, turn), 0) + now * pace
                    else:
                        walk(now, done, first, after, (*path, move))

            for (done, threat), chance in mass.items():
                tally["turns"] += chance
                walk(chance, done, threat, threat, ())
            odds["handover"] += sum(c for (d, _), c in following.items() if d == 4)
            mass = {state: c for state, c in following.items() if state[0] < 4}
        odds["stalemate"] = math.fsum(mass.values())
        return {"odds": odds, "given": given, "completed": completed, **tally}

    def cell(self, believed, true):
        payoffs = self.solve(believed)
        if true != believed:
            payoffs = self.solve(true, others=self.policy)
        return {"payoffs": payoffs, **self.forecast()}


def random_numbers(draw):
    """Parameters of a small random dispute, now and then at an extreme."""
    numbers = {}
    for name, parameter in sim.PARAMETERS.items():
        if name == "turns":
            numbers[name] = draw.randint(1, 5)
        elif name == "rationality":
            numbers[name] = draw.choice([0, 1, 10 ** draw.uniform(-1, 2), 20])
        elif parameter.high == 1:
            numbers[name] = draw.choice([0.0, 1.0, draw.random(), draw.random()])
        else:
            numbers[name] = draw.choice([0.0, draw.random() / 2, draw.random() / 2])
    return numbers


EVERY_MOVE = [
    ("russia", "press"), ("russia", "shield"), ("france", "pressure"), ("france", "ease"),
    ("opposition", "resist"), ("opposition", "stand-aside"), ("us", "hold"), ("us", "drop"),
    ("us", "strike"), ("us", "wait"), ("us", "restore"), ("syria", "comply"), ("syria", "stall"),
]  # fmt: skip


def command(name, numbers, done=0, threat="standing", bans=()):
    """The command line that asks for this dispute."""
    words = [name, "--done", str(done), "--threat", threat]
    words += [f"--set={key}={value!r}" for key, value in numbers.items()]
    return " ".join(words + [f"--forbid={party}.{move}" for party, move in bans])


# ---------------------------------------------------------------------------------------
# What the report says
# ---------------------------------------------------------------------------------------


class TheReport(unittest.TestCase):
    """Positions, rankings and numbers are those of the model, each with its source."""

    TABLE: ClassVar = [  # party, its ranking by reading, paragraphs
        ("us", "handover strike stalemate", "¶6 ¶8 ¶11 ¶17"),
        ("russia", "handover stalemate strike", "¶10 ¶22–25"),
        ("france", "handover strike stalemate", "¶17 ¶18"),
        ("opposition", "strike stalemate handover", "¶21"),
    ]
    NUMBERS = (
        "turns 26 rationality 20 face 0.04 delay 0.02 leverage 0.06 backing 0.1 veto 0.25 "
        "restore 0.15 disruption 0.25 pace_join 0.8 pace_declare 0.6 pace_inspect 0.4 "
        "pace_destroy 0.2 middle_us 0.5 middle_russia 0.5 middle_syria 0.5 middle_france 0.5 "
        "middle_opposition 0.5 prior 0.5"
    )

    def test_rankings_are_those_of_the_report(self):
        for party, ranking, paragraphs in self.TABLE:
            with self.subTest(party):
                self.assertEqual(sim.PARTIES[party].ranking, tuple(ranking.split()))
                self.assertIn(paragraphs, sim.PARTIES[party].ranking_from)

    def test_syria_has_a_ranking_for_each_reading(self):
        self.assertEqual(sim.READINGS["word"].ranking, ("handover", "stalemate", "strike"))
        self.assertEqual(sim.READINGS["tactic"].ranking, ("stalemate", "handover", "strike"))

    def test_utility_is_1_for_the_best_0_for_the_worst_and_the_middle_between(self):
        numbers = defaults(middle_us=0.3, middle_syria=0.9)
        self.assertEqual(
            sim.utilities(numbers, "word")["us"], {"handover": 1, "strike": 0.3, "stalemate": 0}
        )
        self.assertEqual(
            sim.utilities(numbers, "tactic")["syria"],
            {"stalemate": 1, "handover": 0.9, "strike": 0},
        )

    def test_every_default_is_the_one_agreed_on(self):
        words = self.NUMBERS.split()
        expected = dict(zip(words[::2], map(float, words[1::2])))
        self.assertEqual({n: p.default for n, p in sim.PARAMETERS.items()}, expected)

    def test_positions_mark_every_number_as_judgement_or_calendar(self):
        record = answer("positions")
        basis = {p["parameter"]: p["basis"] for p in record["parameters"]}
        self.assertEqual(basis.pop("turns"), "calendar")
        self.assertEqual(set(basis.values()), {"judgement"})
        self.assertEqual(len(record["parameters"]), 19)
        report = record["report"]
        self.assertEqual((report["first_day"], report["dead_since"]), ("2013-09-12", "2011-03"))
        self.assertEqual((report["dead"], report["days_a_turn"]), (110_000, 14))

    def test_positions_answer_is_the_content_of_the_screen(self):
        record, text = answer("positions --set face=0.07"), screen("positions --set face=0.07")
        flat = " ".join(text.split())
        for entry in record["parties"]:
            self.assertIn(entry["position"], flat)
            self.assertIn(entry["from"], flat)
            for move in entry["moves"]:
                self.assertIn(move["move"], flat)
            for move in entry["concession"]:
                self.assertIn(move["means"], flat)
            if entry["ranking"]:
                self.assertIn(" > ".join(entry["ranking"]), flat)
        for entry in record["readings"]:
            self.assertIn(" > ".join(entry["ranking"]), flat)
        for entry in record["stages"]:
            self.assertIn(entry["task"], flat)
        for entry in record["parameters"]:
            self.assertIn(f"{entry['parameter']} {entry['value']:g} {entry['basis']}", flat)
        self.assertEqual(record["changed"], ["face"])

    def test_every_ranking_and_position_cites_a_paragraph_of_the_report(self):
        for party in sim.PARTIES.values():
            self.assertRegex(party.position_from, "¶[1-9]")
        for reading in sim.READINGS.values():
            self.assertRegex(reading.whose, "¶[1-9]")
        for number in map(int, re.findall("¶([0-9]+)", (HERE / "sim.py").read_text("utf-8"))):
            self.assertLessEqual(number, 29)


# ---------------------------------------------------------------------------------------
# The rules of a turn
# ---------------------------------------------------------------------------------------


class TheRulesOfATurn(unittest.TestCase):
    """Who may do what when, and what it does."""

    MENUS: ClassVar = [  # mover, threat, moves
        ("russia", "standing", "press shield"),
        ("russia", "dropped", "press shield"),
        ("france", "standing", "pressure ease"),
        ("opposition", "dropped", "resist stand-aside"),
        ("us", "standing", "hold drop strike"),
        ("us", "dropped", "wait restore"),
        ("syria", "standing", "comply stall"),
        ("syria", "dropped", "comply stall"),
    ]
    # mover, move, threat before, made before, threat after or outcome, events
    EFFECTS: ClassVar = [
        ("russia", "press", "standing", "", "standing", ["russia concession"]),
        ("russia", "shield", "standing", "", "standing", []),
        ("france", "pressure", "dropped", "", "dropped", []),
        ("france", "ease", "dropped", "", "dropped", ["france concession"]),
        ("opposition", "resist", "dropped", "", "dropped", []),
        ("opposition", "stand-aside", "standing", "", "standing", ["opposition concession"]),
        ("us", "hold", "standing", "", "standing", []),
        ("us", "drop", "standing", "", "dropped", ["us concession", "dropped threat"]),
        ("us", "wait", "dropped", "", "dropped", []),
        ("us", "restore", "dropped", "", "standing", ["restored threat"]),
        ("us", "strike", "standing", "press ease", "strike", []),
        ("us", "strike", "standing", "press pressure", "strike", ["strike with backing"]),
        ("us", "strike", "standing", "shield ease", "strike", ["strike against the veto"]),
        ("us", "strike", "standing", "shield pressure", "strike",
         ["strike with backing", "strike against the veto"]),
        ("syria", "comply", "standing", "shield", "standing", ["syria concession"]),
        ("syria", "comply", "dropped", "shield", "dropped", []),
        ("syria", "stall", "standing", "shield", "standing", ["stalled turn"]),
        ("syria", "stall", "dropped", "press", "dropped",
         ["stalled turn", "stalled turn under pressure"]),
    ]  # fmt: skip
    PRICES: ClassVar = [  # event, party, parameter and sign
        ("us concession", "us", "face"), ("russia concession", "russia", "face"),
        ("syria concession", "syria", "face"), ("france concession", "france", "face"),
        ("opposition concession", "opposition", "face"), ("restored threat", "us", "restore"),
        ("stalled turn", "us", "delay"), ("stalled turn", "france", "delay"),
        ("stalled turn under pressure", "syria", "leverage"),
        ("strike with backing", "us", "-backing"), ("strike against the veto", "us", "veto"),
    ]  # fmt: skip

    def test_parties_move_in_the_order_of_the_model_then_chance(self):
        order = ("russia", "france", "opposition", "us", "syria", "chance")
        self.assertEqual(sim.TURN_ORDER, order)

    def test_menus(self):
        for mover, threat, moves in self.MENUS:
            with self.subTest(mover=mover, threat=threat):
                found = sim.menu(mover, sim.State(1, threat))
                self.assertEqual(found, tuple(moves.split()))

    def test_tables_use_no_other_words_than_the_rules_know(self):
        for move in sim.MOVES:
            self.assertIn(move.when, ("always", "standing", "dropped"))
            self.assertIn(move.concession, ("never", "always", "standing"))
        for parameter in sim.PARAMETERS.values():
            self.assertIn(parameter.drawn, ("fixed", "near", "unit", "scale"))
            self.assertIn(parameter.basis, ("judgement", "calendar"))
        for claim in sim.CLAIMS:
            self.assertIn(claim.should, ("", "rise", "fall", "not fall", "not move"))

    def test_chance_speaks_only_where_syria_complied(self):
        self.assertEqual(sim.menu("chance", sim.State(0, "standing", ("stall",))), ())
        self.assertEqual(
            sim.menu("chance", sim.State(0, "standing", ("comply",))), ("completes", "continues")
        )

    def test_effects(self):
        for mover, move, threat, made, after, events in self.EFFECTS:
            with self.subTest(move=move, threat=threat, made=made):
                state, happened = sim.effect(mover, move, sim.State(2, threat, tuple(made.split())))
                self.assertEqual(list(happened), events)
                if after == "strike":
                    self.assertEqual(state, "strike")
                else:
                    self.assertEqual((state.done, state.threat), (2, after))
                    self.assertEqual(state.made[-1], move)

    def test_work_completes_the_stage_in_hand(self):
        for number, stage in enumerate(("join", "declare", "inspect", "destroy")):
            before = sim.State(number, "dropped", ("comply",))
            state, events = sim.effect("chance", "completes", before)
            self.assertEqual((state.done, events), (number + 1, (f"{stage} completed",)))
            self.assertEqual(sim.effect("chance", "continues", before)[0].done, number)

    def test_the_fourth_stage_is_the_handover(self):
        self.assertEqual(sim.close(sim.State(4, "standing", ("x",))), "handover")
        self.assertEqual(sim.close(sim.State(3, "dropped", ("x",))), sim.State(3, "dropped"))

    def test_prices(self):
        numbers = defaults(face=1, delay=2, leverage=3, backing=4, veto=5, restore=6)
        expected = {}
        for event, party, name in self.PRICES:
            sign = -1 if name.startswith("-") else 1
            expected.setdefault(event, {})[party] = sign * numbers[name.lstrip("-")]
        self.assertEqual(sim.game_of(sim.Dispute(numbers)).prices, expected)

    def test_resistance_takes_its_share_of_the_pace(self):
        numbers = defaults(pace_inspect=0.4, disruption=0.25)
        state = sim.State(2, "standing", ("resist", "hold", "comply"))
        self.assertAlmostEqual(sim.completion(state, numbers), 0.3, places=12)
        self.assertEqual(sim.completion(state._replace(made=("comply",)), numbers), 0.4)

    def test_a_turn_is_two_weeks_from_12_september_2013(self):
        self.assertEqual(sim.date_of(1), "2013-09-12")
        self.assertEqual(sim.date_of(14), "2014-03-13")
        self.assertEqual(sim.turn_of("2013-09-25"), 1)
        self.assertEqual(sim.turn_of("2013-09-26"), 2)
        self.assertEqual(sim.turn_of("2014-06-23"), 21)


class TakingMovesOffTheTable(unittest.TestCase):
    """Forbidding removes a move everywhere; a commitment leaves one where it applies."""

    def menu(self, party, done, threat, *rules):
        return " ".join(sim.menu(party, sim.State(done, threat), rules))

    def test_a_forbidden_move_is_gone_and_the_others_stay(self):
        rule = sim.off_the_table("us.strike")
        self.assertEqual(self.menu("us", 0, "standing", rule), "hold drop")
        self.assertEqual(self.menu("us", 0, "dropped", rule), "wait restore")
        self.assertEqual(self.menu("syria", 0, "dropped", rule), "comply stall")

    def test_where_nothing_would_be_left_the_menu_stays_as_it_was(self):
        rules = [sim.off_the_table(f"syria.{move}") for move in ("comply", "stall")]
        self.assertEqual(self.menu("syria", 0, "standing", *rules), "comply stall")
        self.assertEqual(self.menu("syria", 0, "standing", rules[0]), "stall")

    def test_nobody_is_bound_to_a_move_off_the_table(self):
        bound = sim.COMMITMENTS["russia"]["press every turn"]
        self.assertEqual(self.menu("russia", 0, "standing", *bound), "press")
        off = sim.off_the_table("russia.press")
        self.assertEqual(self.menu("russia", 0, "standing", *bound, off), "shield")

    PROMISES: ClassVar = [  # party, promise, then (done, threat, menu) ...
        ("us", "drop once 0 stages are done", (0, "standing", "drop"), (3, "dropped", "wait")),
        ("us", "drop once 1 stage is done", (0, "standing", "hold"), (1, "standing", "drop"),
         (0, "dropped", "wait")),
        ("us", "drop once 2 stages are done", (1, "standing", "hold"), (2, "standing", "drop")),
        ("us", "drop once 3 stages are done", (2, "standing", "hold"), (3, "standing", "drop"),
         (3, "dropped", "wait")),
        ("us", "hold to the end", (3, "standing", "hold"), (3, "dropped", "restore")),
        ("russia", "press every turn", (0, "standing", "press"), (3, "dropped", "press")),
        ("france", "pressure while the threat stands, ease once it is dropped",
         (0, "standing", "pressure"), (0, "dropped", "ease")),
        ("opposition", "stand aside every turn", (0, "standing", "stand-aside")),
        ("syria", "comply whenever the threat is dropped", (0, "standing", "comply stall"),
         (3, "dropped", "comply")),
        ("syria", "comply every turn", (0, "standing", "comply"), (3, "dropped", "comply")),
    ]  # fmt: skip

    def test_what_each_promise_binds_to(self):
        for party, promise, *cases in self.PROMISES:
            for done, threat, moves in cases:
                with self.subTest(promise=promise, done=done, threat=threat):
                    rules = sim.COMMITMENTS[party][promise]
                    self.assertEqual(self.menu(party, done, threat, *rules), moves)

    def test_every_party_is_free_or_bound_144_packages(self):
        counts = [len(promises) for promises in sim.COMMITMENTS.values()]
        self.assertEqual(math.prod(counts), 144)
        self.assertEqual({p: {"free"} & set(c) for p, c in sim.COMMITMENTS.items()},
                         {key: {"free"} for key in sim.COMMITMENTS})  # fmt: skip
        promised = {(party, promise) for party, promise, *_ in self.PROMISES}
        every = {(p, name) for p, names in sim.COMMITMENTS.items() for name in names}
        self.assertEqual(every - promised, {(p, "free") for p in sim.COMMITMENTS})


# ---------------------------------------------------------------------------------------
# How a move is chosen
# ---------------------------------------------------------------------------------------


def textbook(movers, tree, payoffs, turns=1, odds=(), prices=None):
    """A game from a tree {path: {option: next path or outcome}}; each path is a state."""
    outcomes = sorted({o for payoff in payoffs.values() for o in payoff})
    return sim.Game(
        movers=movers, start="", turns=turns, outcomes=outcomes, timeout=outcomes[-1],
        menu=lambda mover, state: tuple(tree.get(state[0], {})),
        effect=lambda mover, option, state: follow(tree[state[0]][option], outcomes, option),
        close=lambda state: state, odds=lambda state: odds, prices=prices or {},
    )._replace(start=("",))  # fmt: skip


def follow(where, outcomes, option):
    return (where, (option,)) if where in outcomes else ((where,), (option,))


def fermi(rationality, left, right):
    """The probability of the left of two options."""
    return 1 / (1 + math.exp(rationality * (right - left)))


class TextbookGames(unittest.TestCase):
    """The solver knows nothing of Syria: it solves other games, checked by hand."""

    DETERRENCE = textbook(
        ("entrant", "incumbent"),
        {"": {"out": "stays out", "in": "entered"},
         "entered": {"fight": "price war", "accommodate": "duopoly"}},
        {"entrant": {"stays out": 0, "price war": -1, "duopoly": 1}},
    )  # fmt: skip
    DETERRENCE_PAYOFFS: ClassVar = {
        "entrant": {"stays out": 0, "price war": -1, "duopoly": 1},
        "incumbent": {"stays out": 2, "price war": -1, "duopoly": 1},
    }

    def policy(self, game, payoffs, rationality, **more):
        graph = sim.unfold(game)
        solution = sim.backward(graph, payoffs, rationality, **more)
        shares = {
            node.options: graph.shares(solution.policy, 0, graph.first + number)
            for number, node in enumerate(graph.nodes)
        }
        forecast = sim.forward(graph, solution.policy)
        return shares, forecast, solution, graph

    def test_entry_deterrence_under_logit_by_hand(self):
        for rationality in (0, 0.5, 1, 3, 20):
            shares, forecast, solution, graph = self.policy(
                self.DETERRENCE, self.DETERRENCE_PAYOFFS, rationality
            )
            yields = fermi(rationality, 1, -1)  # 1 from accommodating against -1 from fighting
            enters = fermi(rationality, 2 * yields - 1, 0)
            self.assertAlmostEqual(shares["fight", "accommodate"][1], yields, places=12)
            self.assertAlmostEqual(shares["out", "in"][1], enters, places=12)
            self.assertAlmostEqual(forecast.odds["duopoly"], enters * yields, places=12)
            self.assertAlmostEqual(forecast.total("fight"), enters * (1 - yields), places=12)
            start = solution.slots[0][solution.columns["incumbent"]][graph.roots[0]]
            worth = (1 - enters) * 2 + enters * (yields - (1 - yields))
            self.assertAlmostEqual(start, worth, places=12)

    def test_entry_deterrence_tends_to_the_subgame_perfect_equilibrium(self):
        shares, forecast, *_ = self.policy(self.DETERRENCE, self.DETERRENCE_PAYOFFS, 1e6)
        self.assertEqual(shares["fight", "accommodate"], (0, 1))
        self.assertEqual(forecast.odds, {"duopoly": 1, "price war": 0, "stays out": 0})

    CENTIPEDE: ClassVar = {
        "T1": (4, 1),
        "T2": (2, 8),
        "T3": (16, 4),
        "T4": (8, 32),
        "end": (64, 16),
    }

    def centipede(self, rationality):
        tree = {
            "": {"take": "T1", "pass": "b"}, "b": {"take": "T2", "pass": "c"},
            "c": {"take": "T3", "pass": "d"}, "d": {"take": "T4", "pass": "end"},
        }  # fmt: skip
        payoffs = {
            who: {end: pair[i] for end, pair in self.CENTIPEDE.items()}
            for i, who in enumerate(("one", "two"))
        }
        game = textbook(("one", "two", "one", "two"), tree, payoffs)
        graph = sim.unfold(game)
        solution = sim.backward(graph, payoffs, rationality)
        takes = [
            graph.shares(solution.policy, 0, graph.first + number)[0]
            for number in range(len(graph.nodes))
        ]
        return takes[::-1], sim.forward(graph, solution.policy)

    def test_four_node_centipede_under_logit_by_hand(self):
        for rationality in (0, 0.05, 0.3, 1):
            takes, forecast = self.centipede(rationality)
            one, two, expected = 64.0, 16.0, []
            for mover, end in ((1, "T4"), (0, "T3"), (1, "T2"), (0, "T1")):
                mine, other = self.CENTIPEDE[end][mover], (one, two)[mover]
                p = fermi(rationality, mine, other)
                expected.insert(0, p)
                one = p * self.CENTIPEDE[end][0] + (1 - p) * one
                two = p * self.CENTIPEDE[end][1] + (1 - p) * two
            for found, by_hand in zip(takes, expected):
                self.assertAlmostEqual(found, by_hand, places=12)
            reach = math.prod(1 - p for p in expected)
            self.assertAlmostEqual(forecast.odds["end"], reach, places=12)

    def test_centipede_unravels_as_rationality_grows(self):
        takes, forecast = self.centipede(1e6)
        self.assertEqual(takes, [1, 1, 1, 1])
        self.assertEqual(forecast.odds["T1"], 1)

    def test_chance_and_a_clock(self):
        """Each turn a coin of 0.3 ends the game: a geometric wait, cut off by the clock."""
        game = sim.Game(
            movers=("chance",), start=("s",), turns=5, outcomes=("hit", "late"), timeout="late",
            menu=lambda mover, state: ("hit", "miss"),
            effect=lambda mover, move, state: ("hit" if move == "hit" else state, (move,)),
            close=lambda state: state, odds=lambda state: (0.3, 0.7), prices={},
        )  # fmt: skip
        graph = sim.unfold(game)
        solution = sim.backward(graph, {"watcher": {"hit": 1, "late": 0}}, 1)
        forecast = sim.forward(graph, solution.policy)
        self.assertAlmostEqual(forecast.odds["late"], 0.7**5, places=12)
        self.assertAlmostEqual(forecast.counts["hit"][3], 0.7**3 * 0.3, places=12)
        self.assertAlmostEqual(sum(forecast.alive), sum(0.7**t for t in range(5)), places=12)
        self.assertAlmostEqual(solution.slots[0][0][graph.roots[0]], 1 - 0.7**5, places=12)

    def test_three_options_and_a_price(self):
        tree = {"": {"a": "x", "b": "y", "c": "z"}}
        payoffs = {"solo": {"x": 1.0, "y": 2.0, "z": 3.0}}
        prices = {"c": {"solo": 1.5}, "a": {"solo": -0.25}}
        game = textbook(("solo",), tree, payoffs, prices=prices)
        shares, forecast, solution, graph = self.policy(game, payoffs, 0.7)
        weights = [math.exp(0.7 * v) for v in (1.25, 2.0, 1.5)]
        for found, weight in zip(shares["a", "b", "c"], weights):
            self.assertAlmostEqual(found, weight / sum(weights), places=12)
        worth = sum(w * v for w, v in zip(weights, (1.25, 2.0, 1.5))) / sum(weights)
        self.assertAlmostEqual(solution.slots[0][0][graph.roots[0]], worth, places=12)
        found = sim.payoff(forecast, "solo", payoffs["solo"], prices)
        self.assertAlmostEqual(found, worth, places=12)

    def test_equal_options_are_equally_likely_at_any_rationality(self):
        payoffs = {"solo": {"x": 0.1, "y": 0.1}}
        game = textbook(("solo",), {"": {"a": "x", "b": "y"}}, payoffs)
        for rationality in (0, 1, 1e6, 1e9):
            shares, *_ = self.policy(game, payoffs, rationality)
            self.assertEqual(shares["a", "b"], (0.5, 0.5))

    def test_whoever_has_no_payoff_follows_the_given_policy(self):
        graph = sim.unfold(self.DETERRENCE)
        given = sim.backward(graph, self.DETERRENCE_PAYOFFS, 1).policy
        alone = {"entrant": self.DETERRENCE_PAYOFFS["entrant"]}
        again = sim.backward(graph, alone, 1, given=given)
        self.assertEqual(again.policy, given)

    def test_what_has_the_same_future_is_one_node(self):
        graph = sim.unfold(sim.game_of(sim.Dispute(defaults())))
        syria = [node for node in graph.nodes if node.mover == "syria"]
        self.assertEqual(len(syria), 4 * 2 * 2 * 2)  # stages, threat, Russia's move, resistance
        self.assertEqual(len(graph.states), 8)
        self.assertEqual(graph.states[0], sim.State(0, "standing"))


class AgainstGambit(unittest.TestCase):
    """Agent quantal response of one-turn games, as Gambit traced it."""

    # pygambit 16.7.0, gambit.qre.logit_solve_lambda on the tree of the last turn with three
    # stages done: parameters changed, reading, threat, rationality, and by the moves so far
    # the probabilities of the options in menu order.
    TRACED: ClassVar = [
        ({}, "word", "standing", 5, {
            "": (0.31178111, 0.68821889),
            "shield": (0.60864497, 0.39135503),
            "press": (0.58304842, 0.41695158),
            "shield pressure": (0.58329197, 0.41670803),
            "press ease": (0.57571515, 0.42428485),
            "press pressure resist": (0.06668978, 0.05678083, 0.87652939),
            "shield ease stand-aside": (0.25551282, 0.22054265, 0.52394453),
            "press pressure resist hold": (0.6165665, 0.3834335),
            "shield ease stand-aside drop": (0.62245933, 0.37754067),
        }),
        ({}, "word", "standing", 20, {
            "": (0.24454657, 0.75545343),
            "shield": (0.78921515, 0.21078485),
            "press": (0.69177876, 0.30822124),
            "shield pressure": (0.73854934, 0.26145066),
            "press ease": (0.69445904, 0.30554096),
            "press pressure resist": (7.928e-05, 4.476e-05, 0.99987596),
            "shield ease stand-aside": (0.10795239, 0.07949454, 0.81255307),
            "press pressure resist hold": (0.86989153, 0.13010847),
            "shield ease stand-aside drop": (0.88079708, 0.11920292),
        }),
        ({"pace_destroy": 0.75, "middle_us": 0.3, "veto": 0.1, "face": 0.06}, "tactic",
          "standing", 8, {
            "": (0.31749885, 0.68250115),
            "shield": (0.72624787, 0.27375213),
            "press": (0.68770245, 0.31229755),
            "shield pressure": (0.60096129, 0.39903871),
            "press ease": (0.58922014, 0.41077986),
            "press pressure resist": (0.04939968, 0.03862279, 0.91197753),
            "shield ease stand-aside": (0.15326928, 0.10566121, 0.74106951),
            "press pressure resist hold": (0.09534946, 0.90465054),
            "shield ease stand-aside drop": (0.04742587, 0.95257413),
        }),
        ({"pace_destroy": 0.9, "middle_syria": 0.8, "leverage": 0.3}, "tactic", "dropped", 12, {
            "": (0.93259501, 0.06740499),
            "shield": (0.61774787, 0.38225213),
            "press": (0.61774787, 0.38225213),
            "shield pressure": (0.59167459, 0.40832541),
            "press ease": (0.78269758, 0.21730242),
            "press pressure resist": (0.90967144, 0.09032856),
            "shield ease stand-aside": (0.90080384, 0.09919616),
            "press ease resist wait": (0.87868116, 0.12131884),
            "shield pressure stand-aside restore": (0.06660804, 0.93339196),
        }),
    ]  # fmt: skip

    def test_one_turn_games(self):
        for changes, reading, threat, rationality, traced in self.TRACED:
            numbers = defaults(turns=1, rationality=rationality, **changes)
            graph = sim.unfold(sim.game_of(sim.Dispute(numbers, 3, threat)))
            policy = sim.believe(graph, numbers, reading).policy
            for path, expected in traced.items():
                slot = graph.roots[0]
                for move in path.split():
                    node = graph.nodes[slot - graph.first]
                    slot = node.kids[node.options.index(move)]
                found = graph.shares(policy, 0, slot)
                with self.subTest(path=path, reading=reading, rationality=rationality):
                    self.assertEqual(len(found), len(expected))
                    for a, b in zip(found, expected):
                        self.assertAlmostEqual(a, b, delta=1e-6)


# ---------------------------------------------------------------------------------------
# The dispute, solved
# ---------------------------------------------------------------------------------------


class TheFourCells(unittest.TestCase):
    """Believed × true: exact odds, payoffs and counts."""

    AGREED: ClassVar = [  # believed, true, handover, strike, stalemate, US payoff, expected turns
        ("word", "word", 0.848, 0.145, 0.007, 0.703, 15.9),
        ("word", "tactic", 0.794, 0.196, 0.011, 0.641, 16.6),
        ("tactic", "word", 0.842, 0.158, 0.000, 0.718, 15.9),
        ("tactic", "tactic", 0.797, 0.202, 0.001, 0.667, 16.5),
    ]

    def agree(self, numbers, **start):
        record = answer(command("odds", numbers, **start))
        oracle = Oracle(numbers, start.get("done", 0), start.get("threat", "standing"),
                        start.get("bans", ()))  # fmt: skip
        found = by_cell(record)
        for key in CELLS:
            expected, cell = oracle.cell(*key), found[key]
            for outcome in cell["odds"]:
                self.assertAlmostEqual(cell["odds"][outcome], expected["odds"][outcome], 9)
            for party in PARTIES:
                self.assertAlmostEqual(cell["payoffs"][party], expected["payoffs"][party], 9)
                given = cell["expected_concessions"][party]
                self.assertAlmostEqual(given, expected["given"][party], 9)
            self.assertAlmostEqual(cell["expected_turns"], expected["turns"], 9)
            self.assertAlmostEqual(cell["expected_stalls"], expected["stalls"], 9)

    def test_the_agreed_table_to_all_its_digits(self):
        found = by_cell(answer("odds"))
        for believed, true, handover, strike, stalemate, us, turns in self.AGREED:
            cell = found[believed, true]
            self.assertEqual(
                [round(x, 3) for x in (*cell["odds"].values(), cell["payoffs"]["us"])],
                [handover, strike, stalemate, us],
            )
            self.assertEqual(round(cell["expected_turns"], 1), turns)

    def test_a_plain_second_solver_agrees_on_the_default(self):
        self.agree(defaults())

    def test_a_plain_second_solver_agrees_on_any_parameters_start_and_restriction(self):
        draw = random.Random(1)
        for case in range(40):
            numbers = random_numbers(draw)
            start = {
                "done": draw.randint(0, 3),
                "threat": draw.choice(["standing", "dropped"]),
                "bans": draw.sample(EVERY_MOVE, draw.choice([0, 0, 1, 2, 4])),
            }
            with self.subTest(case=case, numbers=numbers, **start):
                self.agree(numbers, **start)

    def test_odds_sum_to_one_and_payoffs_are_odds_times_utility_less_costs(self):
        draw = random.Random(2)
        for _ in range(20):
            numbers = random_numbers(draw)
            for cell in answer(command("odds", numbers))["cells"]:
                self.assertAlmostEqual(math.fsum(cell["odds"].values()), 1, places=9)
                self.assertTrue(all(-1e-12 <= odds <= 1 for odds in cell["odds"].values()))
                utility = sim.utilities(numbers, cell["true"])["opposition"]
                worth = math.fsum(odds * utility[o] for o, odds in cell["odds"].items())
                face = numbers["face"] * cell["expected_concessions"]["opposition"]
                self.assertAlmostEqual(cell["payoffs"]["opposition"], worth - face, places=9)

    def test_a_belief_solved_for_itself_is_the_response_to_itself(self):
        numbers = defaults(turns=6)
        graph = sim.unfold(sim.game_of(sim.Dispute(numbers)))
        for reading in sim.READINGS:
            belief = sim.believe(graph, numbers, reading)
            answer = sim.respond(graph, numbers, reading, belief)
            for turn in range(6):
                for layer, ours, theirs in zip(graph.layers, belief.policy[turn],
                                               answer.policy[turn]):  # fmt: skip
                    for a, b in zip(itertools.chain(*ours), itertools.chain(*theirs)):
                        self.assertAlmostEqual(a, b, places=12, msg=layer.mover)

    def test_rationality_zero_is_a_coin_toss(self):
        record = answer("run --set rationality=0 --seed 1")
        for turn in record["turns"]:
            for made in turn["moves"].values():
                self.assertAlmostEqual(made["probability"], 1 / len(made["values"]), places=12)

    def test_extremes_neither_fail_nor_drift(self):
        for line in (
            "odds --set rationality=1e6", "odds --set rationality=1e9", "odds --set turns=1",
            "odds --set rationality=1e6 --set turns=300", "odds --set rationality=0",
            ("odds --set face=0 --set delay=0 --set leverage=0 --set backing=0 --set veto=0 "
            "--set restore=0 --set rationality=1e6"),
            "odds --set face=100 --set delay=100 --set leverage=100 --set rationality=1e6",
            "odds --set disruption=1", "odds --set disruption=0 --set pace_join=1",
            "odds --set pace_join=0", "odds --done 3 --set pace_destroy=1 --set turns=1",
        ):  # fmt: skip
            with self.subTest(line):
                for cell in answer(line)["cells"]:
                    self.assertAlmostEqual(math.fsum(cell["odds"].values()), 1, places=9)
                    self.assertTrue(all(map(math.isfinite, cell["payoffs"].values())))

    def test_two_thousand_turns(self):
        line = "odds --set turns=2000 --set pace_destroy=0.001 --forbid us.strike"
        cell = answer(line)["cells"][0]
        self.assertAlmostEqual(math.fsum(cell["odds"].values()), 1, places=9)
        self.assertGreater(cell["expected_turns"], 26)

    def test_great_rationality_is_subgame_perfect(self):
        """Backward induction by hand in one turn with one stage left and a sure pace."""
        cell = by_cell(answer(
            "odds --done 3 --set turns=1 --set pace_destroy=1 --set disruption=0 "
            "--set rationality=1e6 --threat dropped --set middle_syria=0.9"
        ))  # fmt: skip
        # Under 'tactic' Syria gets 1 from stalling, 0.06 less if pressed, and 0.9 from
        # complying: Moscow's press (0.04) turns 0.94 > 0.9 not around, so nobody presses.
        self.assertEqual(cell["tactic", "tactic"]["odds"]["stalemate"], 1)
        # If it means it, it complies.
        self.assertEqual(cell["word", "word"]["odds"]["handover"], 1)


class BreakEvenTrust(unittest.TestCase):
    """The trust in `word` at which either belief is worth the same to the US."""

    def found(self, ww, wt, tw, tt):
        worth = {("word", "word"): ww, ("word", "tactic"): wt,
                 ("tactic", "word"): tw, ("tactic", "tactic"): tt}  # fmt: skip
        return sim.break_even({
            key: sim.Cell(*key, sim.Forecast({}, [], {}), {"us": us}) for key, us in worth.items()
        })  # fmt: skip

    def test_both_beliefs_are_worth_the_same_at_the_break_even_trust(self):
        found = self.found(0.9, 0.2, 0.6, 0.3)
        self.assertAlmostEqual(found["break_even_trust"], 0.25)
        q = found["break_even_trust"]
        self.assertAlmostEqual(q * 0.9 + (1 - q) * 0.2, q * 0.6 + (1 - q) * 0.3)
        self.assertIsNone(found["better_belief"])

    def test_one_belief_may_be_better_whatever_is_true(self):
        self.assertEqual(self.found(0.9, 0.4, 0.6, 0.3)["better_belief"], "word")
        self.assertEqual(self.found(0.5, 0.2, 0.6, 0.3)["better_belief"], "tactic")
        self.assertIsNone(self.found(0.5, 0.2, 0.6, 0.3)["break_even_trust"])

    def test_the_ends_of_the_range_belong_to_it(self):
        self.assertEqual(self.found(0.6, 0.2, 0.6, 0.3)["break_even_trust"], 1)
        self.assertEqual(self.found(0.9, 0.3, 0.6, 0.3)["break_even_trust"], 0)
        self.assertEqual(self.found(0.6, 0.2, 0.6 + 1e-15, 0.3)["break_even_trust"], 1)
        self.assertEqual(self.found(0.9, 0.3, 0.6, 0.3 - 1e-15)["break_even_trust"], 0)

    def test_no_difference_has_no_break_even(self):
        found = self.found(0.5, 0.5, 0.5, 0.5)
        self.assertEqual((found["break_even_trust"], found["better_belief"]), (None, "neither"))
        self.assertEqual(answer("odds --set rationality=0")["better_belief"], "neither")

    def test_the_default_says_tactic(self):
        record = answer("odds")
        self.assertIsNone(record["break_even_trust"])
        self.assertEqual(record["better_belief"], "tactic")

    def test_in_words(self):
        for cells, words in (
            ((0.9, 0.2, 0.6, 0.3), "pays the US to believe him if he is more than 25.0% likely"),
            ((0.6, 0.3, 0.9, 0.2), "pays the US to believe him if he is less than 25.0% likely"),
            ((0.9, 0.4, 0.6, 0.3), "believing 'word' is the better policy"),
            ((0.5, 0.5, 0.5, 0.5), "makes no difference"),
            ((0.6, 0.2, 0.6, 0.3), "believing 'tactic' is never the worse policy"),
            ((0.9, 0.3, 0.6, 0.3), "believing 'word' is never the worse policy"),
            ((0.5, 0.3, 0.6, 0.3), "believing 'tactic' is never the worse policy"),
            ((0.6, 0.4, 0.6, 0.3), "believing 'word' is never the worse policy"),
        ):
            self.assertIn(words, sim.verdict_on_trust(self.found(*cells)))


# ---------------------------------------------------------------------------------------
# A run
# ---------------------------------------------------------------------------------------


class ARun(unittest.TestCase):
    """One history, drawn from the policy by a seed."""

    def replay(self, record, drawn):
        """Check that a history is what its probabilities and its seed's draws make it."""
        draw = random.Random(record["seed"]).random
        trust = record["parameters"]["prior"]
        if drawn:
            self.assertEqual(record["true"], "word" if draw() < trust else "tactic")
        for turn in record["turns"]:
            for party in Oracle.ORDER:
                if party not in turn["moves"]:
                    self.assertEqual(turn["moves"]["us"]["move"], "strike")
                    break
                made, u = turn["moves"][party], draw()
                self.assertEqual(made["draw"], round(u, 12))
                for move, share in made["probabilities"].items():
                    u -= share
                    if u < 0:
                        break
                self.assertEqual(made["move"], move)
                self.assertEqual(made["probability"], made["probabilities"][move])
            else:
                if turn["moves"]["syria"]["move"] == "comply":
                    self.assertEqual(turn["completed"], turn["draw"] < turn["chance"])
                    self.assertEqual(turn["draw"], round(draw(), 12))
                else:
                    self.assertFalse(turn["completed"])
                    self.assertIsNone(turn["chance"])

    def test_draws_come_from_the_seed_in_turn_order(self):
        for seed in range(12):
            self.replay(answer(f"run --seed {seed}"), drawn=True)
            self.replay(answer(f"run --seed {-seed} --truth tactic --set prior=0.3"), drawn=False)

    def test_a_plain_second_solver_agrees_on_every_number_of_a_history(self):
        for line, believed, true in (
            ("run --seed 3 --truth word --set turns=6", "tactic", "word"),
            ("run --seed 5 --truth tactic --believed word --set turns=6", "word", "tactic"),
        ):
            record = answer(line)
            other = Oracle(defaults(turns=6))
            other.cell(believed, true)
            policy = other.policy
            both = {}
            for truth in sim.READINGS:
                other.cell(believed, truth)
                both[truth] = other.policy
            trust = 0.5
            for number, turn in enumerate(record["turns"]):
                path = ()
                for party in Oracle.ORDER[: len(turn["moves"])]:
                    made = turn["moves"][party]
                    key = (number, turn["done"], turn["threat"], path)
                    for move, share in made["probabilities"].items():
                        self.assertAlmostEqual(share, policy[key][move], places=9)
                    if party == "syria":
                        word, tactic = (both[t][key][made["move"]] for t in ("word", "tactic"))
                        trust = trust * word / (trust * word + (1 - trust) * tactic)
                    path += (made["move"],)
                self.assertAlmostEqual(turn["trust"], trust, places=9)
            self.assertAlmostEqual(record["trust"], trust, places=9)

    def test_values_are_what_the_logit_choice_was_made_of(self):
        record = answer("run --seed 4")
        for turn in record["turns"]:
            for made in turn["moves"].values():
                top = max(made["values"].values())
                weight = {m: math.exp(20 * (v - top)) for m, v in made["values"].items()}
                for move, share in made["probabilities"].items():
                    self.assertAlmostEqual(share, weight[move] / sum(weight.values()), places=9)

    def test_the_same_command_gives_the_same_bytes(self):
        for line in ("run", "odds", "run --json", "worlds --worlds 3 --json"):
            self.assertEqual(screen(line), screen(line))

    def test_runs_over_many_seeds_end_as_often_as_the_odds_say(self):
        runs = 300
        numbers = defaults(turns=8)
        dispute = sim.Dispute(numbers, 2)
        expected = sim.cells(dispute)["tactic", "word"].forecast.odds
        ends = [sim.play_out(dispute, "tactic", "word", seed)["outcome"] for seed in range(runs)]
        for outcome, odds in expected.items():
            slack = 4 * math.sqrt(odds * (1 - odds) / runs)
            self.assertLessEqual(abs(ends.count(outcome) / runs - odds), slack, outcome)

    def test_odds_of_a_run_are_those_of_its_cell(self):
        record = answer("run --truth tactic --believed word")
        cell = by_cell(answer("odds"))["word", "tactic"]
        self.assertEqual(record["odds"], cell["odds"])
        self.assertEqual(record["expected_payoffs"], cell["payoffs"])

    def test_trust_is_bayes_rule_from_the_prior(self):
        self.assertAlmostEqual(sim.updated(0.5, 0.8, 0.4), 2 / 3)
        self.assertEqual(sim.updated(0.0, 0.8, 0.4), 0)
        self.assertEqual(sim.updated(1.0, 0.8, 0.4), 1)
        self.assertEqual(sim.updated(0.3, 0.0, 0.0), 0.3)

    def test_the_truth_is_drawn_by_the_prior(self):
        self.assertEqual(answer("run --set prior=1")["true"], "word")
        self.assertEqual(answer("run --set prior=0")["true"], "tactic")

    def test_payoffs_received_are_utility_less_the_costs_of_what_happened(self):
        record = answer("run --seed 2013")
        happened = [event for turn in record["turns"] for event in turn["events"]]
        self.assertEqual(record["outcome"], "handover")
        face, delay = 0.04, 0.02
        stalls = happened.count("stalled turn")
        us = 1 - face * record["concessions"]["us"] - delay * stalls
        self.assertAlmostEqual(record["payoffs"]["us"], us - 0.15 * happened.count(
            "restored threat"))  # fmt: skip
        self.assertAlmostEqual(
            record["payoffs"]["opposition"], 0 - face * record["concessions"]["opposition"]
        )

    def test_a_strike_ends_the_turn_before_syria_moves(self):
        for seed in range(40):
            record = answer(f"run --seed {seed}")
            last = record["turns"][-1]
            self.assertEqual(record["date"], last["date"])
            if record["outcome"] == "strike":
                self.assertEqual(last["moves"]["us"]["move"], "strike")
                self.assertNotIn("syria", last["moves"])
                self.assertEqual(last["handover"], 0)
            if record["outcome"] == "handover":
                self.assertEqual((last["stage"], last["completed"]), ("destroy", True))
                self.assertEqual(last["handover"], 1)

    def test_odds_of_a_handover_move_fairly(self):
        """The odds before a turn are the mean of those after it: over many seeds, no drift."""
        after = [answer(f"run --seed {s} --truth word --set turns=3 --done 3")["turns"][0]
                 for s in range(150)]  # fmt: skip
        before = by_cell(answer("odds --set turns=3 --done 3"))["tactic", "word"]["odds"]
        mean = statistics.fmean(turn["handover"] for turn in after)
        self.assertAlmostEqual(mean, before["handover"], delta=0.08)

    def test_turning_points_are_concessions_strikes_stages_and_the_largest_swing(self):
        for seed in range(20):
            record = answer(f"run --seed {seed}")
            listed = {point["turn"]: point for point in record["turning_points"]}
            swings = {}
            before = record["odds"]["handover"]
            for turn in record["turns"]:
                swings[turn["turn"]] = abs(turn["handover"] - before)
                before = turn["handover"]
                moves = turn["moves"]
                expected = [p for p in ("russia", "us") if moves[p]["concession"]
                            or moves[p]["move"] in ("strike", "restore")]  # fmt: skip
                threat = {"drop": "dropped", "restore": "standing"}
                after = threat.get(moves["us"]["move"], turn["threat"])
                self.assertEqual(turn["threat_after"], after)
                if expected or turn["completed"]:
                    self.assertEqual(listed[turn["turn"]]["decisions"], expected)
                    self.assertEqual(
                        listed[turn["turn"]]["completed"],
                        turn["stage"] if turn["completed"] else None,
                    )
                    self.assertEqual(listed[turn["turn"]]["after"], turn["handover"])
            largest = [turn for turn, point in listed.items() if point["largest"]]
            self.assertEqual(largest, [max(swings, key=swings.get)])

    def test_the_cost_of_time_is_arithmetic_from_the_report(self):
        days = (datetime.date(2013, 9, 12) - datetime.date(2011, 3, 1)).days
        cost = sim.cost_of_time(14)
        self.assertEqual(cost["weeks"], 28)
        self.assertAlmostEqual(cost["deaths"], 110_000 / days * 14 * 14)
        self.assertEqual((cost["dead"], cost["days"]), (110_000, days))

    def test_the_turn_explained_adds_up(self):
        record = answer("run --explain 2 --seed 3")
        data = record["explained"]
        self.assertEqual(data["turn"], 2)
        turn = record["turns"][1]
        self.assertEqual([d["party"] for d in data["decisions"]], list(turn["moves"]))
        for decision in data["decisions"]:
            options = decision["options"]
            total = sum(o["weight"] for o in options.values())
            for move, option in options.items():
                value = option["follows"] - sum(option["costs"].values())
                self.assertAlmostEqual(option["value"], value, places=9)
                self.assertAlmostEqual(option["probability"], option["weight"] / total, places=9)
                self.assertAlmostEqual(
                    turn["moves"][decision["party"]]["values"][move], value, places=9
                )
            ranked = sorted(options, key=lambda m: -options[m]["value"])
            self.assertEqual([decision["best"], decision["rival"]], ranked[:2])
            lead = options[ranked[0]]["value"] - options[ranked[1]]["value"]
            self.assertAlmostEqual(decision["ahead"], lead, places=9)
            costs = [sum(options[m]["costs"].values()) for m in ranked[:2]]
            self.assertAlmostEqual(decision["by_costs"], costs[1] - costs[0], places=9)
        word, tactic = (data["likelihoods"][reading] for reading in sim.READINGS)
        self.assertEqual(data["trust_before"], record["turns"][0]["trust"])
        trust = data["trust_before"]
        seen = trust * word + (1 - trust) * tactic
        self.assertAlmostEqual(data["trust"], trust * word / seen, places=9)
        self.assertEqual(
            answer("run --explain 1 --set prior=0.3")["explained"]["trust_before"], 0.3
        )

    def test_what_tipped_a_decision_in_words(self):
        for ahead, by_costs, rationality, words in (
            (0.05, 0.02, 20, ("A is worth 0.0500 more than b: +0.0300 by what follows, +0.0200 by "
             "costs at once. Neither speaks for b, and at rationality 20 that makes it 2.72 "
             "times as likely. The draw is 0.2500: a.")),
            (0.05, -0.02, 20, ("+0.0700 by what follows, -0.0200 by costs at once. What follows "
             "tips the scale, and")),
            (0.05, 0.07, 200, ("-0.0200 by what follows, +0.0700 by costs at once. The costs at "
             "once tip the scale, and at rationality 200 that makes it over 1,000 times as")),
            (0.05, 0.05, 20, "+0.0000 by what follows, +0.0500 by costs at once. Neither speaks"),
            (0.0, 0.0, 20, "A is as likely as b: they are worth the same."),
            (0.05, 0.0, 0, "A is as likely as b: at rationality 0 any move is."),
        ):  # fmt: skip
            decision = {"best": "a", "rival": "b", "ahead": ahead, "by_costs": by_costs,
                        "draw": 0.25, "move": "a"}  # fmt: skip
            self.assertIn(words, sim.tipped(decision, rationality))
        alone = sim.tipped({"best": "a", "draw": 0.25}, 20)
        self.assertEqual(alone, "Only a is on the table; the draw, 0.2500, changes nothing.")


# ---------------------------------------------------------------------------------------
# The questions
# ---------------------------------------------------------------------------------------


def pledged(package):
    """A package of sim.py as the oracle's pledges."""
    rules = []
    for promise in package.values():
        if promise.startswith("drop once"):
            k = int(promise.split()[2])
            rules += [
                ("us", "hold", lambda done, threat, k=k: done < k),
                ("us", "drop", lambda done, threat, k=k: done >= k),
                ("us", "wait", lambda done, threat: True),
            ]
        rules += {
            "hold to the end": [("us", "hold", lambda d, t: True),
                                ("us", "restore", lambda d, t: True)],
            "press every turn": [("russia", "press", lambda d, t: True)],
            "pressure while the threat stands, ease once it is dropped": [
                ("france", "pressure", lambda d, t: t == "standing"),
                ("france", "ease", lambda d, t: t == "dropped"),
            ],
            "stand aside every turn": [("opposition", "stand-aside", lambda d, t: True)],
            "comply whenever the threat is dropped": [
                ("syria", "comply", lambda d, t: t == "dropped")],
            "comply every turn": [("syria", "comply", lambda d, t: True)],
        }.get(promise, [])  # fmt: skip
    return rules


class Claims(unittest.TestCase):
    """What the report's speakers say would follow, put to the test."""

    TABLE: ClassVar = [  # who, paragraphs, verdict by default
        ("Assad", "¶4", "depends on Assad"),
        ("Assad", "¶2–3", "depends on Assad"),
        ("Assad", "¶4", "holds"),
        ("Kerry", "¶6 ¶13", "holds"),
        ("Hollande", "¶18", "depends on Assad"),
        ("US and France", "¶17", "holds"),
        ("Lavrov", "¶10", "holds"),
        ("Putin", "¶23–24", "fails"),
        ("the opposition", "¶21", "beyond the model"),
    ]

    def test_who_claims_what_and_the_verdicts(self):
        claims = answer("claims")["claims"]
        found = [(c["who"], c["paragraphs"], c["verdict"]) for c in claims]
        self.assertEqual(found, self.TABLE)

    def test_a_plain_second_solver_agrees_on_every_counterfactual(self):
        numbers = defaults(turns=4)
        drop_now = pledged({"us": "drop once 0 stages are done"})
        still = {f"pace_{stage}": 0.0 for stage in Oracle.STAGES}
        variants = [
            {"bans": [("us", "strike")]}, {"pledges": drop_now}, {"bans": [("russia", "press")]},
            None, {"bans": [("france", "pressure")]}, {"pledges": drop_now}, still,
            {"bans": [("russia", "shield")]}, None,
        ]  # fmt: skip
        for claim, variant in zip(answer("claims --set turns=4")["claims"], variants):
            if variant is None:
                continue
            for reading in sim.READINGS:
                before = Oracle(numbers).cell(reading, reading)
                if variant is still:
                    after = Oracle({**numbers, **still}).cell(reading, reading)
                else:
                    after = Oracle(numbers, **variant).cell(reading, reading)
                for figures, cell in zip(claim["readings"][reading].values(), (before, after)):
                    for outcome in sim.OUTCOMES:
                        self.assertAlmostEqual(figures[outcome], cell["odds"][outcome], 9)
                    self.assertAlmostEqual(figures["expected_stalls"], cell["stalls"], 9)
                    self.assertAlmostEqual(figures["expected_turns"], cell["turns"], 9)
                    self.assertAlmostEqual(figures["us_payoff"], cell["payoffs"]["us"], 9)
                    share = cell["stalls"] / cell["turns"]
                    self.assertAlmostEqual(figures["stalled_share"], share, 9)

    def test_words_are_weighed_by_the_four_cells(self):
        found = by_cell(answer("odds"))
        kerry = answer("claims")["claims"][3]["readings"]
        for true in sim.READINGS:
            for key, believed in (("before", "tactic"), ("after", "word")):
                worth = found[believed, true]["payoffs"]["us"]
                self.assertEqual(kerry[true][key]["us_payoff"], worth)

    RULE: ClassVar = [  # should, change if word, change if tactic, verdict
        ("rise", 0.01, 0.5, "holds"), ("rise", 0.0099, 0.0, "fails"),
        ("rise", 0.02, -0.5, "depends on Assad"), ("fall", -0.01, -0.5, "holds"),
        ("fall", 0.01, -0.0099, "fails"), ("not fall", -0.0099, 0.5, "holds"),
        ("not fall", -0.011, 0.0, "depends on Assad"), ("not move", 0.0099, -0.0099, "holds"),
        ("not move", 0.011, -0.011, "fails"), ("not move", 0.0, 0.011, "depends on Assad"),
    ]  # fmt: skip

    def test_the_rule_of_the_verdict(self):
        for should, word, tactic, verdict in self.RULE:
            claim = sim.Claim("", "", "", "", "odds of strike", should)
            readings = {
                reading: {"before": {"strike": 0.0}, "after": {"strike": change}}
                for reading, change in (("word", word), ("tactic", tactic))
            }
            with self.subTest(should=should, word=word, tactic=tactic):
                self.assertEqual(sim.verdict(claim, readings), verdict)

    def test_a_test_that_changes_nothing_proves_nothing(self):
        for line, number in (
            ("claims --forbid us.strike --set turns=2", 0),
            ("claims --forbid us.drop --set turns=2", 1),
            ("claims --forbid russia.shield --set turns=2", 2),
            ("claims --forbid russia.press --set turns=2", 7),
        ):
            claim = answer(line)["claims"][number]
            self.assertEqual(claim["verdict"], "beyond the model", line)
            for case in claim["readings"].values():
                self.assertEqual(case["before"], case["after"])
            self.assertIn("the test changes nothing here", screen(line))

    def test_share_of_worlds_in_which_a_verdict_comes_out_again(self):
        numbers = "--set turns=3 --seed 4"
        record = answer(f"claims --worlds 3 {numbers}")
        self.assertEqual((record["worlds"], record["complete"], record["seed"]), (3, True, 4))
        request = sim.Request(sim.Dispute(defaults(turns=3)), seed=4, worlds=3)
        again = []
        for world in sim.worlds_of(request):
            line = command("claims", world)
            again.append([claim["verdict"] for claim in answer(line)["claims"]])
        for number, claim in enumerate(record["claims"]):
            same = sum(world[number] == claim["verdict"] for world in again)
            share = same / 3 if claim["figure"] else None
            self.assertEqual(claim["share_of_worlds"], share and round(share, 12))
        self.assertNotIn("share_of_worlds", answer("claims --set turns=1")["claims"][0])

    def test_the_opposition_gets_its_payoff_in_every_outcome_and_settlement(self):
        record = answer("claims --set turns=3")
        self.assertEqual(
            record["opposition"]["utilities"], {"strike": 1, "stalemate": 0.5, "handover": 0}
        )
        found = sim.settlements(sim.Dispute(defaults(turns=3)))
        for reading, payoffs in record["opposition"]["payoffs"].items():
            every = [package["payoffs"][reading]["opposition"] for package in found]
            good = [p["payoffs"][reading]["opposition"] for p in sim.acceptable(found)]
            self.assertAlmostEqual(payoffs["none"], every[0])
            for key, some in (("all", every), ("acceptable", good)):
                self.assertAlmostEqual(payoffs[key][0], min(some))
                self.assertAlmostEqual(payoffs[key][1], max(some))


class Settlements(unittest.TestCase):
    """Packages of commitments that every signatory gains by, whichever Assad it is."""

    def test_a_plain_second_solver_agrees_on_packages(self):
        numbers = defaults(turns=3)
        free = {r: Oracle(numbers).cell(r, r)["payoffs"] for r in sim.READINGS}
        packages = sim.settlements(sim.Dispute(numbers))
        self.assertEqual(len(packages), 144)
        for package in random.Random(3).sample(packages, 25):
            rules = pledged(package["commitments"])
            for reading in sim.READINGS:
                cell = Oracle(numbers, pledges=rules).cell(reading, reading)
                for outcome, odds in package["odds"][reading].items():
                    self.assertAlmostEqual(odds, cell["odds"][outcome], 9)
                self.assertAlmostEqual(package["expected_turns"][reading], cell["turns"], 9)
                for party, gain in package["gains"][reading].items():
                    expected = cell["payoffs"][party] - free[reading][party]
                    self.assertAlmostEqual(gain, expected, 9)

    def test_acceptable_means_every_signatory_gains_a_hundredth_under_both_readings(self):
        record = answer("settle --json".replace(" --json", ""))
        self.assertEqual((record["examined"], record["acceptable"]), (144, 9))
        self.assertEqual(len(record["settlements"]), 9)
        acceptable = [p["commitments"] for p in record["settlements"]]
        for package in sim.settlements(sim.Dispute(defaults())):
            signs = [p for p, promise in package["commitments"].items() if promise != "free"]
            self.assertEqual(sorted(signs), sorted(package["signatories"]))
            gains = [package["gains"][r][p] for p in signs for r in sim.READINGS]
            self.assertEqual(
                bool(gains) and min(gains) >= 0.01, package["commitments"] in acceptable
            )
            if gains:
                self.assertAlmostEqual(package["smallest_gain"], min(gains))

    def test_ranked_by_the_smallest_gain_then_by_the_odds_of_handover(self):
        found = answer("settle")["settlements"]
        keys = [
            (-round(p["smallest_gain"], 9),
             -round(sum(odds["handover"] for odds in p["odds"].values()), 9))
            for p in found
        ]  # fmt: skip
        self.assertEqual(keys, sorted(keys))
        self.assertEqual(found[0]["signatories"], ["us", "syria"])
        self.assertEqual(round(found[0]["smallest_gain"], 4), 0.2083)

    def test_ties_go_to_the_likelier_handover(self):
        odds = [{r: {"handover": h} for r in sim.READINGS} for h in (0.5, 0.9)]
        low, high = ({"smallest_gain": 0.2, "odds": o} for o in odds)
        self.assertLess(sim.rank(high), sim.rank(low))
        self.assertLess(sim.rank({**low, "smallest_gain": 0.3}), sim.rank(high))

    def test_who_always_loses_who_blocks_and_what_a_walkout_leaves(self):
        record = answer("settle")
        self.assertEqual(record["worse_off"], {"word": ["opposition"], "tactic": ["opposition"]})
        walkouts = {w["party"]: w for w in record["walkouts"]}
        self.assertEqual(set(walkouts), {"us", "syria"})
        self.assertEqual(walkouts["us"]["left"]["signatories"], ["syria"])
        self.assertEqual(walkouts["us"]["blocked_by"], [])
        blocked = walkouts["syria"]["blocked_by"]
        self.assertEqual([(b["party"], b["reading"]) for b in blocked],
                         [("us", "word"), ("us", "tactic")])  # fmt: skip
        self.assertEqual(record["distinctive"], {"others": 7, "shared_by": {"us": 0, "syria": 3}})

    def test_where_nobody_can_gain_the_closest_package_is_named(self):
        line = "settle --set face=1 --set turns=4"
        record, text = answer(line), screen(line)
        self.assertEqual((record["acceptable"], record["settlements"]), (0, []))
        packages = sim.settlements(sim.Dispute(defaults(face=1, turns=4)))
        best = max(p["smallest_gain"] for p in packages if p["signatories"])
        self.assertAlmostEqual(record["closest"]["smallest_gain"], best, places=9)
        blockers = record["closest"]["blocked_by"]
        self.assertEqual({b["party"] for b in blockers}, set(record["closest"]["signatories"]))
        self.assertTrue(all(blocker["gain"] < 0.01 for blocker in blockers))
        self.assertIn("None of 144 packages is acceptable", text)
        still = " ".join(screen("settle --set turns=1").split())
        self.assertIn("That hardly moves them: what is gained lies elsewhere.", still)
        self.assertNotIn("That hardly moves them", " ".join(screen("settle").split()))
        self.assertIn("Blocked by   France, which gains +0.000 if 'word' is true", text)
        self.assertNotIn("-0.000", text)


class Worlds(unittest.TestCase):
    """Every judgement drawn anew: how much hangs on the numbers."""

    def test_every_judgement_is_drawn_within_its_bounds(self):
        request = sim.Request(sim.Dispute(defaults()), worlds=400)
        worlds = list(sim.worlds_of(request))
        for name, parameter in sim.PARAMETERS.items():
            values = [world[name] for world in worlds]
            low, high = {
                "turns": (26, 26), "prior": (0.5, 0.5), "rationality": (10, 40),
            }.get(name, (0, 1) if name.startswith("middle_") else (
                parameter.default * 0.5, min(parameter.default * 1.5, 1)))  # fmt: skip
            self.assertGreaterEqual(min(values), low, name)
            self.assertLessEqual(max(values), high, name)
            if low < high:
                self.assertLess(min(values), low + (high - low) / 20, name)
                self.assertGreater(max(values), high - (high - low) / 20, name)

    def test_rationality_is_log_uniform(self):
        request = sim.Request(sim.Dispute(defaults()), worlds=2000)
        below = sum(world["rationality"] < 20 for world in sim.worlds_of(request))
        self.assertAlmostEqual(below / 2000, 0.5, delta=0.05)

    def test_probabilities_are_cut_off_at_one(self):
        self.assertEqual(sim.drawn_from(sim.PARAMETERS["pace_join"], 0.99), 1)
        self.assertAlmostEqual(sim.drawn_from(sim.PARAMETERS["pace_join"], 0.25), 0.6)

    def test_the_first_worlds_of_a_longer_run_are_the_shorter_run(self):
        dispute = sim.Dispute(defaults())
        short, long = (list(sim.worlds_of(sim.Request(dispute, worlds=n))) for n in (3, 9))
        self.assertEqual(short, long[:3])
        other = list(sim.worlds_of(sim.Request(dispute, worlds=3, seed=1)))
        self.assertNotEqual(short, other)

    def test_what_is_set_is_held_and_moves_no_other_draw(self):
        free = sim.Request(sim.Dispute(defaults()), worlds=4)
        held = free._replace(dispute=sim.Dispute(defaults(face=0.01)), changed=("face",))
        for a, b in zip(sim.worlds_of(free), sim.worlds_of(held)):
            self.assertEqual({**a, "face": 0.01}, b)
        self.assertNotIn("face", answer("worlds --worlds 3 --set turns=2 --set face=0.01")[
            "readings"]["word"]["drivers"])  # fmt: skip

    def test_each_world_solves_all_four_cells(self):
        record = answer("worlds --worlds 8 --set turns=3")
        request = sim.Request(sim.Dispute(defaults(turns=3)), worlds=8,
                              changed=("turns",))  # fmt: skip
        odds = {true: [] for true in sim.READINGS}
        better = dict.fromkeys(sim.READINGS, 0)
        for world in sim.worlds_of(request):
            found = by_cell(answer(command("odds", world)))
            for true in sim.READINGS:
                odds[true].append(found[true, true]["odds"])
                us = {b: found[b, true]["payoffs"]["us"] for b in sim.READINGS}
                better[true] += us["word"] > us["tactic"]
        for true, reading in record["readings"].items():
            handover = [o["handover"] for o in odds[true]]
            self.assertAlmostEqual(reading["handover"]["median"], statistics.median(handover))
            self.assertEqual(sum(reading["handover"]["histogram"]), 8)
            self.assertAlmostEqual(reading["believing_word_is_better"], better[true] / 8)
            for outcome, share in reading["likeliest"].items():
                self.assertAlmostEqual(share, sum(max(o, key=o.get) == outcome
                                                  for o in odds[true]) / 8)  # fmt: skip

    def test_spread(self):
        values = [i / 100 for i in range(101)]
        found = sim.spread(values)
        self.assertAlmostEqual(found["median"], 0.5)
        self.assertAlmostEqual(found["p05"], 0.05)
        self.assertAlmostEqual(found["p95"], 0.95)
        self.assertEqual(found["histogram"], [10] * 9 + [11])
        self.assertEqual(sim.spread([0.3])["p05"], 0.3)
        self.assertEqual(sim.spread([0.3])["p95"], 0.3)

    def test_rank_correlation_is_spearmans(self):
        self.assertAlmostEqual(sim.rank_correlation([1, 2, 3, 9], [2, 4, 8, 9]), 1)
        self.assertAlmostEqual(sim.rank_correlation([1, 2, 3], [3, 2, 1]), -1)
        self.assertEqual(sim.ranks([5.0, 1.0, 5.0, 7.0]), [2.5, 1, 2.5, 4])
        # by hand: d = 0, 1, -1, 0 -> rho = 1 - 6*2/(4*15)
        self.assertAlmostEqual(sim.rank_correlation([1, 2, 3, 4], [1, 3, 2, 4]), 0.8)
        self.assertIsNone(sim.rank_correlation([1, 2], [5, 5]))
        self.assertIsNone(sim.rank_correlation([1], [5]))

    def test_one_world_and_interrupted_worlds(self):
        record = answer("worlds --worlds 1")
        drivers = record["readings"]["word"]["drivers"]
        self.assertEqual(set(drivers), set(sim.PARAMETERS) - {"turns", "prior"})
        self.assertEqual(set(drivers.values()), {None})
        self.assertIn("it takes two worlds", screen("worlds --worlds 1"))

        def stop_after_three(done, of):
            if done == 3:
                raise KeyboardInterrupt

        with mock.patch.object(sim, "worlds_of", side_effect=KeyboardInterrupt):
            status, out, _ = run("claims --worlds 9 --set turns=2 --json")
            self.assertEqual((status, json.loads(out)["worlds"]), (130, 0))
            self.assertIsNone(json.loads(out)["claims"][0]["share_of_worlds"])
        for name, worlds in (("worlds", 3), ("claims", 3)):
            with mock.patch.object(sim, "progress", stop_after_three):
                status, out, _ = run(f"{name} --worlds 9 --set turns=2 --json")
                self.assertEqual(status, 130)
                record = json.loads(out)
                self.assertEqual((record["worlds"], record["complete"]), (worlds, False))
                status, out, _ = run(f"{name} --worlds 9 --set turns=2")
                self.assertEqual(status, 130)
                self.assertIn(f"PARTIAL: stopped at {worlds} of 9", " ".join(out.split()))

    def test_an_interrupt_before_the_first_world_prints_nothing(self):
        with mock.patch.object(sim, "cells", side_effect=KeyboardInterrupt):
            self.assertEqual(run("worlds --worlds 5"), (130, "", ""))

    def test_progress_is_shown_on_a_terminal_alone(self):
        self.assertEqual(run("worlds --worlds 2 --set turns=1")[2], "")
        err = Terminal(tty=True)
        with mock.patch.object(sys, "stderr", err):
            sim.progress(1, 4)
            sim.progress(4, 4)
            sim.progress(0, 0)
        self.assertEqual(err.sent(), "\r[##########                              ] 1 of 4"
                         + "\r[" + "#" * 40 + "] 4 of 4\r" + " " * 60 + "\r")  # fmt: skip


class History(unittest.TestCase):
    """The record beside the model."""

    RECORD: ClassVar = {
        "join": ("2013-10-14", 3), "declare": ("2013-10-24", 4),
        "inspect": ("2013-11-06", 4), "destroy": ("2014-06-23", 21),
    }  # fmt: skip

    def test_recorded_dates_and_the_turns_that_hold_them(self):
        for stage in answer("history")["stages"]:
            found = (stage["recorded"], stage["turn"])
            self.assertEqual(found, self.RECORD[stage["stage"]])

    def test_a_plain_second_solver_agrees_on_when_stages_complete(self):
        for believed in sim.READINGS:
            line = f"history --believed {believed} --set turns=5 --set pace_destroy=0.9"
            for stage in answer(line)["stages"]:
                for true, found in stage["readings"].items():
                    oracle = Oracle(defaults(turns=5, pace_destroy=0.9))
                    completed = oracle.cell(believed, true)["completed"]
                    by = list(itertools.accumulate(
                        completed.get((stage["stage"], turn), 0) for turn in range(5)
                    ))  # fmt: skip
                    self.assertAlmostEqual(found["completed_by_then"],
                                           by[min(stage["turn"], 5) - 1], 9)  # fmt: skip
                    before = by[min(stage["turn"] - 1, 5) - 1]
                    self.assertAlmostEqual(found["completed_before"], before, 9)
                    self.assertAlmostEqual(found["completed_at_all"], by[-1], 9)
                    for name, share in (("median", 0.5), ("p05", 0.05), ("p95", 0.95)):
                        turn = next((t for t, chance in enumerate(by, 1) if chance >= share), None)
                        date = turn and (datetime.date(2013, 9, 12)
                                         + datetime.timedelta(14 * (turn - 1)))  # fmt: skip
                        self.assertEqual(found[name], date and date.isoformat())

    def test_it_says_what_handover_did_not_include(self):
        text = " ".join(screen("history").split())
        self.assertIn("Handover here means the declared arsenal", text)
        self.assertIn("chemical attacks occurred again in 2017", text)
        self.assertIn("One history is no test of a model", text)

    def test_the_strip_marks_record_and_median(self):
        lines = [line for line in screen("history").splitlines() if line.startswith("destroy ")]
        self.assertEqual(len(lines), 2)
        for line in lines:
            self.assertEqual((line.count("M"), line.count("R")), (1, 1))
        together = screen("history --set turns=1 --set pace_join=1")
        self.assertIn("B", together)
        for line in screen(
            "history --set turns=2 --set pace_join=0.3 --forbid us.strike"
        ).splitlines():
            if line.startswith("join "):  # the band stays open, and ends with the clock
                self.assertRegex(line, "=+> +R")


class Play(unittest.TestCase):
    """The reader holds a seat; the others move by their policy."""

    def moves_of(self, record, party):
        return [turn["moves"][party]["move"] for turn in record["turns"]
                if party in turn["moves"]]  # fmt: skip

    def test_playing_the_models_own_moves_is_the_models_run(self):
        for party in PARTIES:
            for seed in (1, 2013):
                record = answer(f"run --seed {seed}")
                moves = "\n".join(self.moves_of(record, party)) + "\n"
                status, out, err = run(f"play --as {party} --seed {seed} --json", stdin=moves)
                self.assertEqual(status, 0)
                played = json.loads(out)
                self.assertEqual(played["turns"], record["turns"])
                self.assertEqual(played["outcome"], record["outcome"])
                self.assertIn("move?", err)
                self.assertEqual(played["payoff"], record["payoffs"][party])

    def test_what_each_departure_cost(self):
        _status, out, _ = run("play --as us --json", stdin="strike\n")
        record = json.loads(out)
        made = record["turns"][0]["moves"]["us"]
        best = max(made["values"], key=made["values"].get)
        self.assertEqual(record["departures"], [{
            "turn": 1, "move": "strike", "better": best,
            "cost": round(made["values"][best] - made["values"]["strike"], 12),
        }])  # fmt: skip
        self.assertEqual(record["outcome"], "strike")
        self.assertAlmostEqual(
            record["payoff"], 0.5 + 0.1 * (record["turns"][0]["moves"]["france"]["move"]
            == "pressure") - 0.25 * (record["turns"][0]["moves"]["russia"]["move"] == "shield")
        )  # fmt: skip

    def test_departures_are_listed_largest_first(self):
        stdin = "stall\n" * 26
        record = json.loads(run("play --as syria --truth word --json", stdin=stdin)[1])
        costs = [departure["cost"] for departure in record["departures"]]
        self.assertEqual(costs, sorted(costs, reverse=True))
        self.assertGreater(len(costs), 1)

    ANSWERS: ClassVar = [  # typed, moves, meant
        ("1", "hold drop strike", "hold"), ("3", "hold drop strike", "strike"),
        ("4", "hold drop strike", None), ("0", "hold drop strike", None),
        ("drop", "hold drop strike", "drop"), ("st", "hold drop strike", "strike"),
        ("s", "comply stall", "stall"), ("stand aside", "resist stand-aside", "stand-aside"),
        ("pre", "press pressure", None), ("press", "press pressure", "press"),
        ("", "hold drop", None), ("x", "hold drop", None), ("-1", "hold drop", None),
        ("99999999999", "hold drop", None), ("²", "hold drop", None),
    ]  # fmt: skip

    def test_answers_by_number_name_or_beginning(self):
        for typed, moves, meant in self.ANSWERS:
            with self.subTest(typed):
                self.assertEqual(sim.matching(typed, moves.split()), meant)

    def test_wrong_input_asks_again_and_says_what_is_possible(self):
        out = screen("play --as us", stdin="nonsense\nSTRIKE\n")
        self.assertIn("'nonsense' is not possible now: 1 hold, 2 drop, 3 strike, ? or q", out)
        self.assertIn("Outcome      The US strikes in turn 1", out)

    def test_the_seat_explains_itself(self):
        out = screen("play --as france", stdin="?\nq\n")
        self.assertIn("Position     keeps up the pressure (¶17 ¶18)", out)
        self.assertIn("handover > strike > stalemate", out)
        for truth, ranking in (("word", "handover > stalemate > strike"),
                               ("tactic", "stalemate > handover > strike")):  # fmt: skip
            out = screen(f"play --as syria --truth {truth}", stdin="?\nq\n")
            self.assertIn(ranking, out)

    def test_hints_show_value_and_probability(self):
        plain = screen("play --as us", stdin="q\n")
        hinted = screen("play --as us --hints", stdin="q\n")
        self.assertNotIn("Value", plain.split("Your history")[0])
        self.assertIn("Value  Likely", hinted.split("Your history")[0])

    def test_leaving_ends_cleanly_with_the_timeline_so_far(self):
        for stdin in ("", "q\n", "hold\n", "hold\nQ\n"):
            out = screen("play --as us", stdin=stdin)
            self.assertIn("Outcome      None: the table was left in turn", out)
            self.assertIn("Turn        Date", out)
        for party in PARTIES:
            self.assertIn("the table was left", screen(f"play --as {party}"))

    def test_an_interrupt_ends_cleanly_too(self):
        class Interrupted(io.StringIO):
            def readline(self, *_):
                raise KeyboardInterrupt

        with mock.patch.object(io, "StringIO", Interrupted):
            status, out, err = run("play --as russia")
        self.assertEqual((status, err), (130, ""))
        self.assertIn("the table was left in turn 1", out)

    def test_bytes_that_are_no_text_are_wrong_input(self):
        stdin = io.TextIOWrapper(io.BytesIO(b"\xff\xfe\nstrike\n"), "utf-8")
        out = Terminal()
        with mock.patch.multiple(sys, stdin=stdin, stdout=out):
            self.assertEqual(sim.main(["play", "--as", "us"]), 0)
        self.assertIn("is not possible now", out.sent())
        self.assertIn("The US strikes in turn 1", out.sent())

    def test_a_reader_who_always_takes_the_best_option_departs_nowhere(self):
        values = json.loads(run("play --as us --json", stdin="hold\n")[1])["turns"][0]["moves"]
        best = max(values["us"]["values"], key=values["us"]["values"].get)
        text = screen("play --as us", stdin=f"{best}\n")
        self.assertIn("\nDepartures   none: you always took the option", text)

    def test_the_threat_shown_is_the_one_in_force(self):
        for seed in range(6):
            record = json.loads(run(f"play --as syria --seed {seed} --json")[1])
            move = record["turns"][0]["moves"]["us"]["move"]
            threat = "dropped" if move == "drop" else "standing"
            if move != "strike":
                self.assertIn(f"threat {threat};", screen(f"play --as syria --seed {seed}"))

    def test_prompts_that_cannot_be_written_cost_no_answer(self):
        for err in (None, BrokenStreams.stream(OSError(28, "full"))):
            out = Terminal()
            with mock.patch.multiple(sys, stdout=out, stderr=err, stdin=io.StringIO("strike\n")):
                self.assertEqual(sim.main(["play", "--as", "us", "--json"]), 0)
            self.assertEqual(json.loads(out.sent())["outcome"], "strike")

    def test_endless_nonsense_is_taken_for_an_empty_chair(self):
        out = screen("play --as us", stdin="y\n" * 5000)
        self.assertEqual(out.count("is not possible now"), 100)
        self.assertIn("100 answers in a row could not be used", out)
        self.assertNotIn("Departures", out)


# ---------------------------------------------------------------------------------------
# The command line and the screens
# ---------------------------------------------------------------------------------------


class BadUsage(unittest.TestCase):
    """One line on standard error, nothing on standard output, exit status 2."""

    TABLE: ClassVar = [  # command line, words of the complaint
        ("od", "command: 'od' is not one of run, odds, claims"),
        ("ods", "did you mean odds?"),
        ("odds odds", "'odds' is one word too many after 'odds'"),
        ("--sed 1", "option: '--sed' is not one of --seed"),
        ("--sed 1", "did you mean --seed?"),
        ("--seed", "--seed: a value is missing: N"),
        ("--seed x", "--seed: 'x' is not a whole number"),
        ("--seed " + "9" * 1001, "is not a whole number of at most 1000 digits"),
        ("--seed 1.5", "--seed: '1.5' is not a whole number"),
        ("--seed 1_0", "--seed: '1_0' is not a whole number"),
        ("--set face=0_1", "--set face: '0_1' is not a number"),
        ("--set face=٣", "is not a number from 0 to 100"),
        ("--json=1", "--json: takes no value"),
        ("-x", "option: '-x' is not one of"),
        ("-- run", "option: '--' has no meaning here (python"),
        ("--believed wrod", "--believed: 'wrod' is not one of word, tactic; did you mean word?"),
        ("--believed drawn", "--believed: 'drawn' is not one of word, tactic"),
        ("--truth no", "--truth: 'no' is not one of word, tactic, drawn"),
        ("--done 4", "--done: '4' is not a whole number from 0 to 3"),
        ("--done -1", "--done: '-1' is not a whole number from 0 to 3"),
        ("--threat standin", "--threat: 'standin' is not one of standing, dropped; did you mean"),
        ("--color red", "--color: 'red' is not one of auto, always, never"),
        ("--set", "--set: a value is missing: NAME=VALUE"),
        ("--set face", "--set: 'face' is not NAME=VALUE; did you mean face=VALUE?"),
        ("--set fase=1", "--set: 'fase' is not one of turns, rationality, face"),
        ("--set fase=1", "did you mean face?"),
        ("--set face=-0.1", "--set face: '-0.1' is not a number from 0 to 100"),
        ("--set face=101", "--set face: '101' is not a number from 0 to 100"),
        ("--set face=nan", "--set face: 'nan' is not a number from 0 to 100"),
        ("--set face=inf", "--set face: 'inf' is not a number from 0 to 100"),
        ("--set face=", "--set face: '' is not a number from 0 to 100"),
        ("--set rationality=-1", "is not a number from 0 to 1e+09"),
        ("--set rationality=2e9", "is not a number from 0 to 1e+09"),
        ("--set pace_join=1.01", "--set pace_join: '1.01' is not a number from 0 to 1"),
        ("--set middle_us=2", "is not a number from 0 to 1"),
        ("--set prior=-0.5", "is not a number from 0 to 1"),
        ("--set turns=2.5", "--set turns: '2.5' is not a whole number from 1 to 2000"),
        ("--set turns=0", "--set turns: '0' is not a whole number from 1 to 2000"),
        ("--set turns=2001", "--set turns: '2001' is not a whole number from 1 to 2000"),
        ("--forbid us.strik", "did you mean us.strike?"),
        ("--forbid us", "--forbid: 'us' is not one of us.hold, us.drop, us.strike"),
        ("--forbid us.", "--forbid: 'us.' is not one of us.hold, us.drop, us.strike"),
        ("--forbid uss.strike", "did you mean us.strike?"),
        ("--forbid chance.completes", "is not one of russia.press"),
        ("odds --seed 1", "--seed has no bearing on 'odds'; it goes with run, claims, worlds"),
        ("odds --truth word", "--truth has no bearing on 'odds'"),
        ("positions --forbid us.strike", "--forbid has no bearing on 'positions'"),
        ("history --done 1", "--done has no bearing on 'history'"),
        ("claims --seed 1", "--seed has no bearing on 'claims' without --worlds"),
        ("settle --worlds 5", "--worlds has no bearing on 'settle'"),
        ("settle --top 0", "--top: '0' is not a whole number from 1"),
        ("worlds --worlds 0", "--worlds: '0' is not a whole number from 1 to 100000"),
        ("worlds --worlds 100001", "--worlds: '100001' is not a whole number"),
        ("--explain 0", "--explain: '0' is not a whole number from 1 to 2000"),
        ("--explain 2000", "--explain: this run ends in turn 8"),
        ("play", "--as is missing: whose seat? One of us, russia, syria, france, opposition"),
        ("play --as uss", "--as: 'uss' is not one of us, russia"),
        ("play --as chance", "--as: 'chance' is not one of us"),
        ("run --hints", "--hints has no bearing on 'run'; it goes with play"),
    ]  # fmt: skip

    def test_every_complaint_names_culprit_allowed_values_and_near_match(self):
        for line, words in self.TABLE:
            with self.subTest(line):
                status, out, err = run(line)
                self.assertEqual((status, out), (2, ""))
                self.assertIn(words, err)
                self.assertTrue(err.startswith("sim.py: "))
                self.assertEqual(err.count("\n"), 1)

    def test_what_is_quoted_back_is_short_and_printable(self):
        for word in ("x" * 5000, "\x1b[31m", "\udcff", "é\n\n", ""):
            status, out, err = run([word], encoding="ascii")
            self.assertEqual((status, out, err.count("\n")), (2, "", 1))
            self.assertLess(len(err), 250)
            self.assertTrue(err.isascii() and err[:-1].isprintable())


class GoodUsage(unittest.TestCase):
    """What is accepted, and that options mean what they say."""

    def test_run_is_what_no_command_means(self):
        self.assertEqual(screen(""), screen("run"))
        self.assertEqual(screen("--seed 5"), screen("run --seed 5"))
        self.assertEqual(screen("--done 1 odds"), screen("odds --done 1"))

    def test_defaults_are_the_documented_ones(self):
        self.assertEqual(
            answer("run")["turns"],
            answer("run --seed 2013 --believed tactic --truth drawn --done 0 "
                   "--threat standing")["turns"],
        )  # fmt: skip
        record = answer("worlds --set turns=1")
        self.assertEqual((record["worlds"], record["seed"]), (100, 2013))

    def test_the_last_setting_of_a_parameter_counts(self):
        record = answer("odds --set face=0.5 --set face=0.1 --set turns=1")
        self.assertEqual(record["parameters"]["face"], 0.1)
        self.assertEqual(record["changed"], ["face", "turns"])
        text = screen("odds --set face=0.5 --set face=0.1 --set turns=1")
        self.assertIn("Changed: face=0.1, turns=1.", text)

    def test_ends_of_ranges_are_accepted(self):
        for line in ("--set turns=1", "--set rationality=0", "--set face=0", "--set prior=1",
                     "--set middle_us=0", "--set middle_us=1", "--seed -7", "--seed=-7",
                     "settle --top 500 --set turns=1", f"--seed {10**60}",
                     "--seed " + "9" * 1000):  # fmt: skip
            with self.subTest(line):
                screen(line)

    def test_starting_elsewhere(self):
        record = answer("run --done 2 --threat dropped")
        first = record["turns"][0]
        self.assertEqual((first["stage"], first["threat"]), ("inspect", "dropped"))
        self.assertEqual(record["start"], {"done": 2, "threat": "dropped"})
        self.assertIn("Start: 2 of 4 stages done, threat dropped.",
                      screen("run --done 2 --threat dropped"))  # fmt: skip

    def test_a_forbidden_move_is_never_made(self):
        for seed in range(10):
            record = answer(f"run --forbid us.strike --forbid russia.press --seed {seed}")
            for turn in record["turns"]:
                self.assertNotIn("strike", turn["moves"]["us"]["values"])
                self.assertEqual(turn["moves"]["russia"]["move"], "shield")
        self.assertIn("Off the table: us.strike.", screen("run --forbid us.strike"))
        stays = "Where nothing would be left the moves stay."
        self.assertNotIn(stays, screen("run --forbid us.strike --forbid us.wait"))
        for line in ("run --forbid us.wait --forbid us.restore",
                     "run --forbid france.ease --forbid france.pressure"):  # fmt: skip
            self.assertIn(stays, " ".join(screen(line).split()))

    def test_version_and_help(self):
        self.assertRegex(screen("--version"), r"^sim\.py \d+\.\d+\n$")
        lines = screen("-h").splitlines()
        self.assertLessEqual(len(lines), 24)
        for name in sim.COMMANDS:
            shown = "--seed" if name == "run" else name
            self.assertTrue(any(f"python sim.py {shown}" in line for line in lines), name)
            text = screen(f"{name} -h")
            self.assertLessEqual(len(text.splitlines()), 24)
            self.assertTrue(text.splitlines()[2].startswith("  python sim.py"))
            self.assertIn(f"Options of {name}", text)
            for option in sim.BEARING[name]:
                self.assertIn(f"--{option}", text)
        self.assertEqual(screen("odds --help"), screen("-h odds"))

    def test_every_example_of_the_help_works(self):
        for name, command_ in sim.COMMANDS.items():
            for example in command_.examples:
                quick = [] if name in ("run", "play") else ["--set", "turns=3"]
                screen(shortened([name, *example.split(), *quick]), stdin="q\n")

    def test_every_next_question_of_a_screen_works(self):
        asked = set()
        for line in (
            "run",
            "run --explain 1",
            "odds",
            "claims",
            "settle",
            "worlds --worlds 2",
            "history",
            "positions",
            "play --as us",
            "run --seed 3 --set face=0.1",
        ):
            found = screen(line, stdin="strike\n").partition("\nNext\n")[2]
            asked.update(re.findall(r"^  python sim\.py ?(.*?)(?:  .*)?$", found, re.MULTILINE))
        self.assertGreaterEqual(len(asked), 15)
        for line in asked:
            with self.subTest(line):
                screen(shortened(line.split()), stdin="q\n")


def shortened(words):
    """The same question of two worlds, where it is one of worlds."""
    if words[:1] == ["worlds"] and "--worlds" not in words:
        words = [*words, "--worlds", "2"]
    return ["2" if words[i - 1 : i] == ["--worlds"] else word for i, word in enumerate(words)]


LINES = (  # every kind of screen
    "run", "run --seed 3", "run --seed 0 --truth word", "run --done 3 --set turns=1",
    "run --set turns=1", "run --forbid us.strike --set pace_join=0 --set turns=3",
    "run --explain 1", "run --explain 4 --seed 3", "odds", "odds --set rationality=0",
    "claims --set turns=2", "claims --set turns=1 --worlds 2", "settle", "settle --top 500",
    "settle --set turns=1", "settle --set face=1 --set turns=4", "worlds --worlds 5 --set turns=4",
    "worlds --worlds 1 --set turns=1", "odds --set restore=0",
    "history", "history --set turns=60", "history --set turns=1", "positions", "-h", "play -h",
    "--version", "play --as us --hints", "play --as syria", "run --explain 1 --seed 3",
    "play --as france --seed 1", "play --as opposition --hints",
)  # fmt: skip


class Screens(unittest.TestCase):
    """Readable at 80 columns and 40, in any encoding, with and without colour."""

    STDIN = "hold\nwhat\n?\nhold\nstall\n"

    def test_at_most_80_columns_and_no_space_at_line_ends(self):
        for line in LINES:
            for row in screen(line, stdin=self.STDIN).splitlines():
                with self.subTest(line=line, row=row):
                    self.assertLessEqual(len(row), 80)
                    if not row.endswith("move? "):
                        self.assertEqual(row, row.rstrip())

    def test_a_narrow_terminal(self):
        for line in LINES:
            for columns in ("40", "23", "1"):
                out = screen(line, stdin=self.STDIN, env={"COLUMNS": columns})
                if columns == "40":
                    rows = [row for row in out.splitlines() if "move? " not in row]  # no echo
                    self.assertLessEqual(max(map(len, rows)), 40, line)

    def test_a_wide_terminal_is_used_as_80_columns(self):
        for columns in ("200", "x", "", "99999999999999"):
            self.assertEqual(screen("odds", env={"COLUMNS": columns}), screen("odds"))

    def test_colour_only_where_asked_for_or_seen(self):
        plain = screen("run")
        self.assertNotIn("\x1b", plain)
        for more in ({"tty": True}, {}):
            colored = screen("run --color always", **more)
            self.assertIn("\x1b[1m", colored)
            self.assertIn("\x1b[33m", colored)
            self.assertEqual(re.sub("\x1b\\[[0-9]+m", "", colored), plain)
        self.assertIn("\x1b", screen("run", tty=True))
        self.assertEqual(screen("run --color never", tty=True), plain)
        self.assertEqual(screen("run", tty=True, env={"NO_COLOR": "1"}), plain)
        self.assertEqual(screen("run", tty=True, env={"TERM": "dumb"}), plain)
        self.assertIn("\x1b", screen("run --color always", env={"NO_COLOR": "1"}))
        with mock.patch.object(sys, "platform", "win32"):
            self.assertEqual(screen("run", tty=True), plain)
            self.assertIn("\x1b", screen("run", tty=True, env={"WT_SESSION": "1"}))

    def test_json_is_one_object_whatever_the_colour_and_the_width(self):
        for line in ("run", "odds", "settle --set turns=1", "positions", "history"):
            plain = screen(f"{line} --json")
            self.assertIsInstance(json.loads(plain), dict)
            self.assertTrue(plain.isascii())
            self.assertEqual(
                plain, screen(f"{line} --json --color always", tty=True, env={"COLUMNS": "30"})
            )

    def test_symbols_degrade_where_the_encoding_lacks_them(self):
        for line in LINES:
            text = screen(line, stdin=self.STDIN)
            for encoding in ("ascii", "cp1252", "latin-1", "cp437"):
                found = screen(line, stdin=self.STDIN, encoding=encoding)
                self.assertEqual(len(found), len(text))
                self.assertEqual(found.count("?"), text.count("?"), line)

    def test_numbers_of_the_model_stay_numbers(self):
        for line in ("odds --set rationality=1e6", "worlds --worlds 2 --set turns=1"):
            self.assertNotIn("nan", screen(line).lower())
            self.assertNotIn("-0.000", screen(line))

    def test_percent_never_rounds_doubt_away(self):
        for probability, text in ((0, "0%"), (1e-9, "<1%"), (0.0049, "<1%"), (0.005, "0%"),
                                  (0.0051, "1%"), (0.5, "50%"), (0.994, "99%"),
                                  (0.995, ">99%"), (0.9999, ">99%"), (1, "100%")):  # fmt: skip
            if probability != 0.005:  # rounds half to even
                self.assertEqual(sim.percent(probability), text)

    def test_the_threat_story(self):
        for line, words in (
            ("run", "the threat dropped since turn 1"),
            (("run --done 3 --threat dropped --set pace_destroy=1 --forbid us.restore "
             "--forbid syria.stall --set disruption=0"), "the threat dropped from first to last"),
            (("run --done 3 --forbid us.drop --forbid us.strike --forbid syria.stall "
             "--set pace_destroy=1 --set disruption=0"), "the threat standing from first to last"),
        ):  # fmt: skip
            self.assertIn(words, " ".join(screen(line).split()))

    def test_a_stalemate_and_a_strike_read_as_well_as_a_handover(self):
        for line, words in (
            ("run --forbid us.strike --set pace_join=0 --set turns=3",
             ("Outcome Stalemate: the clock runs out after turn 3, the 14 days from 10 Oct 2013, "
             "0 of 4 stages done, the threat dropped since turn 1. Gave ground")),
            ("run --forbid us.hold --forbid us.drop",
             ("Outcome The US strikes in turn 1, the 14 days from 12 Sep 2013, with 0 of 4 "
             "stages done. Gave ground")),
        ):  # fmt: skip
            self.assertIn(words, " ".join(screen(line).split()))

    def test_every_screen_ends_with_a_next_question(self):
        for line in LINES:
            if "-h" not in line and "version" not in line:
                self.assertIn("\nNext\n  python sim.py", screen(line, stdin=self.STDIN))

    SEALED: ClassVar = {
        "run": "4355753f dbf0c7c9 088907f5",
        "run --seed 3": "7ec47e48 037420af 62c62faf",
        "run --seed 0 --truth word": "8c025165 2e54ab7b 2af3ea75",
        "run --done 3 --set turns=1": "31c252bd b5503ac1 8c561bfc",
        "run --set turns=1": "bf2dc7ed b2f3ca6d 7b075f70",
        "run --forbid us.strike --set pace_join=0 --set turns=3": "57c6d5db b64bed3d d339af1e",
        "run --explain 1": "93865467 bd58c6e7 09739e44",
        "run --explain 4 --seed 3": "7f4de71f 8ccd37d1 1f53f01c",
        "odds": "cbc9be97 a4a36c30 9c797de6",
        "odds --set rationality=0": "bde5d243 5f14da99 ae57e42d",
        "claims --set turns=2": "9dd22c04 3eb6c7d6 fb8f2319",
        "claims --set turns=1 --worlds 2": "cd6357ee 6ab1b88b aca1d592",
        "settle": "70f156e4 2c03dc7f 4934c053",
        "settle --top 500": "6765be98 5c139a33 751dcc57",
        "settle --set turns=1": "d0d79f83 c95e4042 5eeef84e",
        "settle --set face=1 --set turns=4": "4bd29ed5 a16e7380 8908a1f5",
        "worlds --worlds 5 --set turns=4": "70b39012 67a5c3f8 bcc4550e",
        "worlds --worlds 1 --set turns=1": "875b7f66 2cfb28c8 2c519add",
        "odds --set restore=0": "5dbe9f0c 9c02393f 7bb752c1",
        "history": "bfd626cc d3c27da2 61ac4c41",
        "history --set turns=60": "608ab0e2 96831883 18311fb0",
        "history --set turns=1": "07239ca8 3b3ca0fe 025baa3c",
        "positions": "2748e973 d386bbb2 c1245260",
        "-h": "f4f71aa5 d42e731b 978e574c",
        "play -h": "034ecf91 615b2137 480037c8",
        "--version": "e868db04 e868db04 e868db04",
        "play --as us --hints": "f99d8823 abefae9c 82c1beb5",
        "play --as syria": "c0757c72 dfa97de5 304a150f",
        "run --explain 1 --seed 3": "6bfcd327 fe77c885 fe679f9b",
        "play --as france --seed 1": "5b74d52d f2aa25ac 6af9a129",
        "play --as opposition --hints": "28e6c1a0 290ee30b e9db415b",
    }

    def test_screens_are_to_the_character_what_they_were(self):
        """A change of a screen is meant, or it is a bug: look, then change the seal."""
        for line, seals in self.SEALED.items():
            with self.subTest(line):
                self.assertEqual(sealed(line), seals)


def sealed(line):
    """The seals of a screen at 80 columns, at 40, and in colour."""
    return " ".join(
        hashlib.sha256(screen(line + more, stdin=Screens.STDIN, env=env).encode()).hexdigest()[:8]
        for more, env in (("", {}), ("", {"COLUMNS": "40"}), (" --color always", {}))
    )


class BrokenStreams(unittest.TestCase):
    """No traceback for a closed pipe, a full disk, Ctrl-C, or a missing stream."""

    def status(self, out, line="odds"):
        err = Terminal()
        with mock.patch.multiple(sys, stdout=out, stderr=err):
            return sim.main(line.split()), err.sent()

    @staticmethod
    def stream(error):
        class Broken(Terminal):
            def write(self, text):
                raise error

        return Broken()

    def test_a_closed_pipe_ends_quietly(self):
        self.assertEqual(self.status(self.stream(BrokenPipeError(32, "Broken pipe"))), (1, ""))

    def test_a_full_disk_is_named(self):
        status, err = self.status(self.stream(OSError(28, "No space left on device")))
        self.assertEqual(status, 1)
        self.assertEqual(err, "sim.py: cannot write the output: No space left on device\n")

    def test_no_standard_output_at_all(self):
        status, err = self.status(None)
        self.assertEqual((status, err.count("\n")), (1, 1))

    def test_no_standard_error(self):
        for err in (None, self.stream(OSError(28, "full"))):
            out = Terminal()
            with mock.patch.multiple(sys, stdout=out, stderr=err):
                self.assertEqual(sim.main(["nonsense"]), 2)
            self.assertEqual(out.sent(), "")

    def test_no_standard_input(self):
        with mock.patch.object(sys, "stdin", None):
            out = Terminal()
            with mock.patch.object(sys, "stdout", out):
                self.assertEqual(sim.main(["play", "--as", "us"]), 0)
        self.assertIn("the table was left", out.sent())

    def test_ctrl_c(self):
        with mock.patch.object(sim, "cells", side_effect=KeyboardInterrupt):
            self.assertEqual(run("odds"), (130, "", ""))

    def test_without_arguments_of_its_own_main_reads_the_command_line(self):
        with mock.patch.object(sys, "argv", ["sim.py", "--version"]):
            out = Terminal()
            with mock.patch.object(sys, "stdout", out):
                self.assertEqual(sim.main(), 0)
        self.assertTrue(out.sent().startswith("sim.py "))


class AnythingGoes(unittest.TestCase):
    """Thousands of random command lines and answers: a status, never a traceback."""

    WORDS = """
        run odds claims settle worlds play history positions --seed --believed --truth --done
        --threat --set --forbid --json --color --version -h --help --worlds --top --explain
        --as --hints word tactic drawn standing dropped us syria us.strike russia.press
        face=0.1 turns=2 turns=1 turns=0 rationality=1e6 rationality=0 pace_join=1 prior=nan
        middle_us=x 0 1 2 3 -1 1e9 2.5 always never auto -- - = --set= --=x --seed=4 --done=2
        '' --color=never -hj --jso
    """

    ANSWERS = """
        1 2 3 4 h d s p r e c st q ? hold drop strike wait restore comply stall press shield
        ease pressure resist stand-aside \x00 \x1b[A é 0x1 -1 1.0
    """

    def test_random_command_lines(self):
        draw = random.Random(7)
        seen = {0: 0, 2: 0}
        pool = self.WORDS.split()
        for _ in range(2000):
            words = [draw.choice(pool) for _ in range(draw.randint(0, 5))]
            if draw.random() < 0.8:  # most of them quick to solve
                words += ["--set", "turns=1"]
            if "settle" in words or "claims" in words or "worlds" in words:
                words += ["--nonsense"] * (draw.random() < 0.95)
            status, out, err = run(words, stdin="1\n2\nx\n")
            seen[status] += 1
            self.assertEqual(bool(err) and status == 0 and "--json" not in words, False, words)
            if status == 2:
                self.assertEqual((out, err.count("\n")), ("", 1), words)
        self.assertGreater(min(seen.values()), 100)

    def test_random_play(self):
        draw = random.Random(8)
        words = self.ANSWERS.split()
        for case in range(150):
            party = draw.choice(PARTIES)
            stdin = "\n".join(draw.choice(words) for _ in range(draw.randint(0, 40)))
            line = f"play --as {party} --seed {case} --set turns=6" + " --hints" * (case % 2)
            out = screen(line, stdin=stdin)
            self.assertIn("Outcome", out)


# ---------------------------------------------------------------------------------------
# The README
# ---------------------------------------------------------------------------------------


class TheReadme(unittest.TestCase):
    """Its examples are run and compared to the character; its JSON tables hold."""

    TEXT = (HERE / "README.md").read_text("utf-8")

    def test_examples(self):
        blocks = re.findall(
            r"```console\n\$ python sim\.py ?([^\n]*)\n(.*?)```", self.TEXT, re.DOTALL
        )
        self.assertGreaterEqual(len(blocks), 3)
        for line, expected in blocks:
            line, _, head = line.partition(" | head -")
            out = screen(line)
            if head:
                out = "".join(out.splitlines(keepends=True)[: int(head)])
            self.assertEqual(out, expected, line)

    def test_examples_of_json(self):
        rows = re.findall(r"^\| `(.*?)` \| `d(.*?)` \| `(.*?)` \|$", self.TEXT, re.MULTILINE)
        self.assertEqual({line.split()[2] for line, *_ in rows}, {*sim.COMMANDS, "--explain"}, rows)
        for line, path, printed in rows:
            found = json.loads(run(line.split()[2:], stdin="strike\n")[1])
            for key in re.findall(r'\["?(.*?)"?\]', path):
                found = found[int(key) if key.isdigit() else key]
            self.assertEqual(str(found), printed, line)

    def test_commands_it_names_work(self):
        named = set(re.findall(r"`python sim\.py ?([^`]*)`", self.TEXT))
        self.assertGreaterEqual(len(named), 12)
        for line in sorted(named):
            with self.subTest(line):
                self.assertEqual(run(shortened(line.split()), stdin="q\n")[0], 0)

    def test_it_states_the_defaults_and_the_omissions(self):
        for words in ("hidden stockpiles", "China, the Gulf", "updated", "the conventional war"):
            self.assertIn(words, self.TEXT)

    UNITS: ClassVar = {
        "0 to 1": lambda v: 0 <= v <= 1,
        "-1 to 1": lambda v: -1 <= v <= 1,
        "utility": lambda v: isinstance(v, (int, float)),
        "number": lambda v: isinstance(v, (int, float)) and v >= 0,
        "count": lambda v: isinstance(v, int) and v >= 0,
        "integer": lambda v: isinstance(v, int),
        "text": lambda v: isinstance(v, str),
        "yes or no": lambda v: isinstance(v, bool),
        "date": lambda v: bool(datetime.date.fromisoformat(v)),
    }
    EXAMPLES: ClassVar = {  # heading, command lines, headings it shares
        "Every command but `positions`": ["odds --set face=0.1 --forbid us.strike"],
        "`run`": ["run --seed 3 --set face=0.1 --forbid us.strike"],
        "`run --explain TURN` adds": ["run --explain 1"],
        "`play` adds to `run`": ["play --as us"],
        "`odds`": ["odds", "odds --set restore=0"],
        "`claims` (and the last four of `odds`)": ["claims --worlds 2 --set turns=2"],
        "`settle`": ["settle", "settle --set face=1 --set turns=4"],
        "`worlds`": ["worlds --worlds 3 --set turns=5"],
        "`history`": ["history"],
        "`positions`": ["positions --set face=0.1"],
    }

    def tables(self):
        section = self.TEXT.split("## JSON")[1].split("\n## ")[0]
        for part in section.split("### ")[1:]:
            heading, *rows = part.strip().splitlines()
            cells = [row.strip("| ").split(" | ") for row in rows if row.startswith("| `")]
            yield heading, {key.strip("`"): unit for key, unit, *_ in cells}

    def leaves(self, value, path=""):
        if isinstance(value, dict) and value:
            for key, part in value.items():
                yield from self.leaves(part, f"{path}.{key}" if path else key)
        elif isinstance(value, list) and value:
            for part in value:
                yield from self.leaves(part, f"{path}[]")
        else:
            yield path, value

    def pattern(self, key, unit):
        names = {"PARTY": "|".join(PARTIES), "READING": "word|tactic",
                 "OUTCOME": "handover|strike|stalemate", "NAME": "[a-z_]+",
                 "MOVE": "[a-z-]+", "EVENT": "[a-z ]+"}  # fmt: skip
        text = re.escape(key)
        for name, choices in names.items():
            text = text.replace(name, f"(?:{choices})")
        return re.compile(text + (r"\..*|" + text if unit == "package" else ""))

    def test_every_key_is_described_and_every_description_holds(self):
        tables = dict(self.tables())
        self.assertEqual(set(tables), set(self.EXAMPLES))
        shared = {**tables["Every command but `positions`"]}
        more = {
            "`run --explain TURN` adds": tables["`run`"], "`play` adds to `run`": tables["`run`"],
            "`claims` (and the last four of `odds`)": dict(list(tables["`odds`"].items())[-4:]),
            "Every command but `positions`": tables["`odds`"],
        }  # fmt: skip
        for heading, lines in self.EXAMPLES.items():
            own = tables[heading]
            keys = {**shared, **more.get(heading, {}), **own}
            patterns = {key: self.pattern(key, unit) for key, unit in keys.items()}
            met = set()
            for line in lines:
                status, out, _ = run(f"{line} --json", stdin="strike\n")
                self.assertEqual(status, 0)
                for path, value in self.leaves(json.loads(out)):
                    fit = [key for key, p in patterns.items() if p.fullmatch(path)]
                    if value in (None, [], {}):
                        continue
                    self.assertTrue(fit, f"{heading}: {path} is not described")
                    met.update(fit)
                    unit = keys[fit[0]]
                    if unit != "package":
                        self.assertTrue(self.UNITS[unit](value), f"{path}: {value} is no {unit}")
            missing = {key for key in own if key not in met}
            self.assertEqual(missing, set(), heading)


# ---------------------------------------------------------------------------------------
# How the file is built
# ---------------------------------------------------------------------------------------


class Changing(unittest.TestCase):
    """Whoever reads the report differently changes a table, and everything follows."""

    def test_a_fifth_stage_is_one_line_of_a_table(self):
        stages = {**sim.STAGES, "verify": sim.Stage("verified", "check again", 0.5)}
        pace = sim.Parameter(0.5, 0, 1, "near", "pace of the fifth")
        parameters = {**sim.PARAMETERS, "pace_verify": pace}
        with mock.patch.multiple(sim, STAGES=stages, PARAMETERS=parameters):
            record = answer("run --set turns=60 --forbid us.strike --done 4 --seed 1")
            self.assertEqual(record["turns"][0]["stage"], "verify")
            self.assertIn("verif", screen("run --done 4"))
            self.assertEqual(run("odds --done 5")[0], 2)

    def test_no_file_is_written_and_nothing_outside_the_standard_library_is_used(self):
        source = (HERE / "sim.py").read_text("utf-8")
        imported = set(re.findall(r"^\s*(?:from|import) ([a-z_]+)", source, re.MULTILINE)) - {
            "__future__"
        }
        self.assertLessEqual(imported, set(sys.stdlib_module_names))
        self.assertNotRegex(source, r"\b(subprocess|socket|urllib|open\((?!os\.devnull))\b")

    def test_lines_and_functions_stay_short(self):
        import ast

        for name in ("sim.py", "tests.py"):
            source = (HERE / name).read_text("utf-8")
            self.assertLessEqual(max(map(len, source.splitlines())), 100)
        source = (HERE / "sim.py").read_text("utf-8")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef):
                self.assertLessEqual(node.end_lineno - node.lineno + 1, 50, node.name)
                self.assertTrue(ast.get_docstring(node) or node.name.startswith("_")
                                or node.col_offset or len(node.body) < 4, node.name)  # fmt: skip


class Tally(unittest.TextTestResult):
    """Counts what passed."""

    passed = 0

    def addSuccess(self, test):
        super().addSuccess(test)
        self.passed += 1


def main():
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules[__name__])
    runner = unittest.TextTestRunner(stream=sys.stderr, resultclass=Tally, verbosity=1)
    result = runner.run(suite)
    failed = result.testsRun - result.passed - len(result.skipped)
    skipped = f", {len(result.skipped)} skipped" if result.skipped else ""
    print(f"{result.passed} passed, {failed} failed{skipped}", flush=True)
    return 1 if failed or not result.passed else 0


if __name__ == "__main__":
    sys.exit(main())
