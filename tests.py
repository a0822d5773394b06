"""The specification of sim.py: run `python tests.py`; it takes about twenty seconds.

Read the names of the classes and tests to learn the model. Expected values come from
hand-solved games, from Gambit, from a plain solver written here from the rules alone
(class Oracle, which shares no code and no number with sim.py), and from invariants.
"""

import ast
import contextlib
import datetime
import functools
import importlib.util
import io
import itertools
import json
import math
import os
import pathlib
import random
import re
import sys
import types
import unittest
from collections import Counter
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

# ---------------------------------------------------------------------------------------
# A second solver, as plain as can be: dictionaries, recursion, no sharing
# ---------------------------------------------------------------------------------------

NUMBERS = {
    "turns": 26, "rationality": 50, "face": 0.10, "revive": 0.15, "alert": 0.0075, "delay": 0.02,
    "leverage": 0.02, "backing": 0.10, "veto": 0.20, "disruption": 0.25, "grudge": 0.10,
    "pace_join": 0.8, "pace_declare": 0.6, "pace_inspect": 0.4, "pace_destroy": 0.2,
    "middle_us": 0.5, "middle_russia": 0.5, "middle_syria": 0.5, "middle_france": 0.5,
    "middle_opposition": 0.5, "trust": 0.25, "deed": 2.5, "prior": 0.5,
}  # fmt: skip
ORDER = ("russia", "france", "opposition", "us", "syria")
DECLARED = dict(zip(ORDER, ("shield", "press", "reject", "hold", "stall")))
CONCESSION = dict(zip(ORDER, ("lean", "ease", "accept", "drop", "comply")))
TRUTHS = ("word", "tactic")
OUTCOMES = ("handover", "strike", "stalemate")
STEPS = ("join", "declare", "inspect", "destroy")
RANKING = {  # best first; Syria's depends on the truth
    **dict.fromkeys(("us", "france"), ("handover", "strike", "stalemate")),
    **dict.fromkeys(("russia", "word"), ("handover", "stalemate", "strike")),
    "tactic": ("stalemate", "handover", "strike"),
    "opposition": ("strike", "stalemate", "handover"),
}

def kind_of(party, move, at):
    """What a move is, "" if it keeps the position; Syria concedes only under threat."""
    if move in (at[party], "strike"):
        return "strike" * (move == "strike")
    if move == DECLARED[party]:
        return "reversal"
    return "concession" if party != "syria" or at["us"] == "hold" else "change"

class Oracle:
    """The game solved: `at` is everybody's position at the moment somebody moves."""

    def __init__(self, numbers, done=0, positions=(), bans=(), package=(), beliefs=()):
        self.numbers = {**NUMBERS, **numbers}
        self.done, self.start = done, {**DECLARED, **dict(positions)}
        self.bans, self.package, self.beliefs = set(bans), dict(package), dict(beliefs)
        self.nodes, self.forecasts = {}, {}
        self.ends = {it: {truth: self.end(it, truth) for truth in TRUTHS} for it in OUTCOMES}

    def end(self, outcome, truth):
        """Everybody's utility of an outcome, and under "handover" whether it is one."""
        worth = {"handover": float(outcome == "handover")}
        for party in ORDER:
            rank = RANKING[truth if party == "syria" else party].index(outcome)
            worth[party] = (1.0, self.numbers[f"middle_{party}"], 0.0)[rank]
        return worth

    def trust(self, done, at):
        """The four's probability of `word`: the rule's, or the belief put in its place."""
        trust, at_work = self.numbers["trust"], at["syria"] == "comply"
        credit = trust * self.numbers["deed"] ** (done + 1) if at_work else trust
        return self.beliefs.get((done, at_work), credit / (credit + 1 - trust))

    def menu(self, party, done, at):
        """The moves a party has, in the order declared, concession, strike."""
        threat, promise = at["us"] == "hold", self.package.get(party)
        moves = [DECLARED[party], CONCESSION[party], *["strike"] * (party == "us" and threat)]
        moves = [move for move in moves if (party, move) not in self.bans] or moves
        promised = CONCESSION[party]
        if party == "us" and (promise == "hold" or (threat and done < (promise or 0))):
            promised = "hold"
        if party == "france" and threat:
            promised = "press"
        binds = promise is not None and not (promise == "dropped" and threat)
        return [promised] if binds and promised in moves else moves

    def costs(self, party, move, done, at):
        """What whom this move costs."""
        n, paid, kind = self.numbers, Counter(), kind_of(party, move, at)
        if kind == "strike":
            paid["us"] += n["veto"] * (at["russia"] == "shield")
            paid["us"] -= n["backing"] * (at["france"] == "press")
        if kind in ("concession", "reversal"):
            paid[party] += n["face"] + n["revive"] * (move == "hold")
        if move == "hold" or (move == "press" and at["us"] == "drop"):
            paid[party] += n["alert"]
        if move == "stall":
            vouched = done > 0 and at["russia"] == "shield"
            paid.update(dict.fromkeys(("us", "france", *["russia"] * vouched), n["delay"]))
            paid["syria"] += n["leverage"] * (at["russia"] == "lean")
        return paid

    def pace(self, done, at):
        """The chance that this turn completes the next stage."""
        chance = self.numbers[f"pace_{STEPS[done]}"] * (at["syria"] == "comply")
        if at["opposition"] == "reject":
            chance *= 1 - self.numbers["disruption"]
        return chance * (1 - self.numbers["grudge"]) if at["us"] == "hold" else chance

    def before(self, turn, done, at):
        """{truth: what everybody expects} at the beginning of a turn."""
        if done == 4 or turn > self.numbers["turns"]:
            return self.ends["handover" if done == 4 else "stalemate"]
        return self.node(turn, 0, done, at)[0]

    def after(self, turn, depth, done, at, move):
        """{truth: what everybody expects} from a move on, its costs included."""
        party, now = ORDER[depth], {**at, ORDER[depth]: move}
        paid = self.costs(party, move, done, at)
        if move == "strike":
            lead = self.ends["strike"]
        elif party != "syria":
            lead = self.node(turn, depth + 1, done, now)[0]
        else:
            lead = self.before(turn + 1, done, now)
            if move == "comply":
                chance, better = self.pace(done, now), self.before(turn + 1, done + 1, now)
                lead = {truth: {who: chance * better[truth][who] + (1 - chance) * x
                                for who, x in worth.items()} for truth, worth in lead.items()}
        return {truth: {who: x - paid.get(who, 0.0) for who, x in worth.items()}
                for truth, worth in lead.items()}  # fmt: skip

    def node(self, turn, depth, done, at):
        """A decision: {truth: what everybody expects}, {truth: {move: (value, probability)}}."""
        key = (turn, depth, done, *at.values())
        if key in self.nodes:
            return self.nodes[key]
        party, expected, choice = ORDER[depth], {}, {}
        trust, rationality = self.trust(done, at), self.numbers["rationality"]
        leads = {move: self.after(turn, depth, done, at, move)
                 for move in self.menu(party, done, at)}  # fmt: skip
        for truth in TRUTHS:
            b = float(truth == "word") if party == "syria" else trust
            values = {move: b * lead["word"][party] + (1 - b) * lead["tactic"][party]
                      for move, lead in leads.items()}  # fmt: skip
            best = max(values.values())
            weights = {move: math.exp(rationality * (v - best)) for move, v in values.items()}
            odds = {move: weight / sum(weights.values()) for move, weight in weights.items()}
            expected[truth] = {who: sum(odds[move] * leads[move][truth][who] for move in leads)
                               for who in ("handover", *ORDER)}  # fmt: skip
            choice[truth] = {move: (values[move], odds[move]) for move in leads}
        self.nodes[key] = expected, choice
        return self.nodes[key]

    def payoffs(self, truth):
        """Everybody's expected payoff at the start."""
        return {it: self.before(1, self.done, self.start)[truth][it] for it in ORDER}

    def seen(self, expected, done, at):
        """The odds of a handover as the four see them."""
        trust = self.trust(done, at)
        return sum(b * expected[it]["handover"] for it, b in zip(TRUTHS, (trust, 1 - trust)))

    def forecast(self, truth):
        """One forward pass: what is expected of outcomes, "turns", moves, (party, kind of move),
        (stage, turn of completion), (done, at work) when a turn ends, and "held": a handover
        with the threat never dropped."""
        if truth in self.forecasts:
            return self.forecasts[truth]
        self.forecasts[truth] = tally = Counter()
        # how likely each state is, and in it whether the threat has stood all along
        mass = {(self.done, tuple(self.start.values()), self.start["us"] == "hold"): 1.0}
        for turn in range(1, self.numbers["turns"] + 1):
            tally["turns"] += sum(mass.values())
            for depth, party in enumerate(ORDER):
                moved = Counter()
                for (done, spot, stood), weight in mass.items():
                    at = dict(zip(ORDER, spot))
                    for move, (_, p) in self.node(turn, depth, done, at)[1][truth].items():
                        tally[move] += weight * p
                        tally[party, kind_of(party, move, at)] += weight * p
                        if move != "strike":
                            now = tuple({**at, party: move}.values())
                            moved[done, now, stood and move != "drop"] += weight * p
                mass = moved
            ended = Counter()
            for (done, spot, stood), weight in mass.items():
                at = dict(zip(ORDER, spot))
                chance = self.pace(done, at)
                tally[STEPS[done], turn] += weight * chance
                for now, p in ((done, weight * (1 - chance)), (done + 1, weight * chance)):
                    if now == 4:
                        tally["handover"] += p
                        tally["held"] += p * stood
                    elif p > 0:
                        tally[now, at["syria"] == "comply"] += p
                        ended[now, spot, stood] += p
            mass = ended
        tally["stalemate"] = float(sum(mass.values()))
        return tally

    def odds(self, truth):
        return {outcome: self.forecast(truth)[outcome] for outcome in OUTCOMES}

    def first_mover(self, truth):
        """The probability that each party is the first to change its position (or strike)."""
        first, still, start = dict.fromkeys(ORDER, 0.0), 1.0, self.start
        for turn in range(1, self.numbers["turns"] + 1):
            for depth, party in enumerate(ORDER):
                menu = self.node(turn, depth, self.done, start)[1][truth]
                first[party] += still * sum(p for it, (_, p) in menu.items() if it != start[party])
                still *= menu.get(start[party], (0.0, 0.0))[1]
        return {**first, "nobody": still}

    def deeds(self):
        """What the four believe in every situation, and what it earns."""
        found, trust = [], self.numbers["trust"]
        for done, at_work in itertools.product(range(4), (False, True)):
            true, false = (self.forecast(truth)[done, at_work] for truth in TRUTHS)
            both = trust * true + (1 - trust) * false
            found.append({"done": done, "at_work": at_work, "expected_turns": both,
                          "believed": self.trust(done, CONCESSION if at_work else DECLARED),
                          "earned": trust * true / both if both > 0 else None})  # fmt: skip
        return found

    def play(self, seed, truth="drawn", other=False):
        """One run, move by move; `other` is the same run with the other Assad."""
        rng, turns, outcome = random.Random(seed), [], "stalemate"
        if truth == "drawn":
            truth = TRUTHS[rng.random() >= self.numbers["prior"]]
        if other:
            truth = TRUTHS[1 - TRUTHS.index(truth)]
        done, at, reader = self.done, dict(self.start), self.numbers["prior"]
        while outcome == "stalemate" and len(turns) < self.numbers["turns"]:
            turn, moves = len(turns) + 1, {}
            turns.append({"turn": turn, "stage": STEPS[done], "positions": at, "moves": moves})
            for depth, party in enumerate(ORDER):
                expected, choice = self.node(turn, depth, done, at)
                draw, total = rng.random(), 0.0
                for move, (_, p) in choice[truth].items():
                    total += p
                    if total > draw:
                        break
                kind, now = kind_of(party, move, at), {**at, party: move}
                after = self.seen(self.after(turn, depth, done, at, move), done, now)
                moves[party] = {
                    "move": move, "changed": now != at and kind != "strike",
                    "concession": kind == "concession", "reversal": kind == "reversal",
                    "probability": p, "before": self.seen(expected, done, at), "after": after,
                    "values": {name: value for name, (value, _) in choice[truth].items()},
                }  # fmt: skip
                if move == "strike":
                    outcome = "strike"
                    break
                at = now
            else:
                word, tactic = (choice[it][move][1] for it in TRUTHS)
                likely = reader * word + (1 - reader) * tactic
                reader = reader * word / likely if likely > 0 else reader
            work = outcome != "strike" and at["syria"] == "comply"
            completed = work and rng.random() < self.pace(done, at)
            done += completed
            seen = self.seen(self.before(turn + 1, done, at), done, at)
            turns[-1] |= {"completed": completed, "trust": self.trust(done, at), "reader": reader,
                          "handover_as_seen": 0.0 if outcome == "strike" else seen}  # fmt: skip
            outcome = "handover" if done == 4 else outcome
        return {"true": truth, "turns": turns, "outcome": outcome}

def calibrated(numbers, **setting):
    """(converged, rounds, the game with the beliefs reached) of minds right on average."""
    game = Oracle(numbers, **setting)
    beliefs = {(it["done"], it["at_work"]): it["believed"] for it in game.deeds()}
    for rounds in range(1, 101):
        earned = {(it["done"], it["at_work"]): it["earned"] for it in game.deeds()}
        gaps = {at: now - beliefs[at] for at, now in earned.items() if now is not None}
        if all(abs(gap) < 1e-9 for gap in gaps.values()):
            return True, rounds, game
        beliefs.update({at: beliefs[at] + gap / 2 for at, gap in gaps.items()})
        game = Oracle(numbers, beliefs=beliefs, **setting)
    return False, rounds, game

def packages(numbers, **setting):
    """All 144 packages, in order, with what each is worth to its signatories."""
    choices = {"us": (None, 0, 1, 2, 3, "hold"), "russia": (None, True), "france": (None, True),
               "opposition": (None, True), "syria": (None, "dropped", "always")}  # fmt: skip
    games = {}
    for picks in itertools.product(*choices.values()):
        signed = frozenset((who, it) for who, it in zip(choices, picks) if it is not None)
        games[signed] = Oracle(numbers, package=signed, **setting)
    worth = {it: {t: game.payoffs(t) for t in TRUTHS} for it, game in games.items()}

    def more(signed, other, truth):
        """What everybody has more of with a package than with another."""
        return {who: worth[signed][truth][who] - worth[other][truth][who] for who in ORDER}

    return [{
        "signed": dict(it), "game": game, "payoffs": worth[it],
        "gains": {t: more(it, frozenset(), t) for t in TRUTHS},
        "smallest_gain": min((more(it, frozenset(), t)[s[0]] for s in it for t in TRUTHS),
                             default=0.0),
        "temptation": max((more(it - {s}, it, t)[s[0]] for s in it for t in TRUTHS), default=0.0),
    } for it, game in games.items()]  # fmt: skip

def settle(offers):
    """The acceptable packages, best first."""

    def rank(offer):
        odds = [offer["game"].odds(truth)["handover"] for truth in TRUTHS]
        return -round(offer["smallest_gain"], 9), -round(sum(odds) / 2, 9), len(offer["signed"])

    return sorted((it for it in offers if it["smallest_gain"] >= 0.01 - 1e-12), key=rank)

def world_draws(seed, n):
    """The parameters of the first n worlds."""
    rng, worlds = random.Random(seed), []
    for _ in range(n):
        world = {}
        for name, default in list(NUMBERS.items())[:-1]:  # all but the prior
            u = rng.random()
            share = name in ("disruption", "grudge", "trust") or name.startswith("pace_")
            world[name] = u if name.startswith("middle_") else {
                "turns": 13 + int(27 * u), "rationality": default * 2 ** (2 * u - 1),
                "deed": 1 + 3 * u,
            }.get(name, min(default * (0.5 + u), 1.0 if share else 100.0))  # fmt: skip
        worlds.append(world)
    return worlds

MOVES = [(party, move) for party in ORDER for move in (DECLARED[party], CONCESSION[party])]
SHARES = ("disruption", "grudge", "trust", "prior")

def disputes(seed, n, done=None):
    """Some disputes of a few turns that leave no corner out, as arguments of Oracle."""
    rng = random.Random(seed)
    for _ in range(n):
        numbers = {it: 0.3 * rng.random() for it in NUMBERS}
        for it in NUMBERS:
            if it.startswith(("pace", "middle")) or it in SHARES:
                numbers[it] = rng.choice((0, 1, *[rng.random()] * 4))
        numbers |= {"turns": rng.randint(1, 4), "rationality": rng.choice((0, 1e6, 3, 10, 30, 50)),
                    "deed": rng.choice((1, 1000, 2.5, 1 + 3 * rng.random()))}  # fmt: skip
        yield {
            "numbers": numbers, "done": rng.randrange(4) if done is None else done,
            "positions": {it: rng.choice((DECLARED, DECLARED, CONCESSION))[it] for it in ORDER},
            "bans": rng.sample([*MOVES, ("us", "strike")], rng.randint(0, 4)),
        }  # fmt: skip

def asking(command, numbers=(), done=0, positions=(), bans=()):
    """The command line that asks about such a dispute."""
    words = [f"--set {name}={value!r}" for name, value in dict(numbers).items()]
    words += [f"--start {party}.{move}" for party, move in dict(positions).items()]
    words += [f"--forbid {party}.{move}" for party, move in bans]
    return " ".join([command, f"--done {done}", *words])

@functools.cache
def default():
    """The default dispute, solved by the second solver."""
    return Oracle({})

@functools.cache
def told(line):
    """What a command line answers, asked once."""
    return answer(line)

class Comparison(unittest.TestCase):
    """Compares answers, number by number."""

    def agree(self, found, wanted, within=1e-9, where=()):
        """Everything wanted is found, numbers as near as that."""
        if isinstance(wanted, dict):
            for key, value in wanted.items():
                self.agree(found[key], value, within, (*where, key))
        elif isinstance(wanted, (list, tuple)):
            self.assertEqual(len(found), len(wanted), where)
            for place, (one, other) in enumerate(zip(found, wanted)):
                self.agree(one, other, within, (*where, place))
        elif isinstance(wanted, float) and found is not None:
            self.assertLessEqual(abs(found - wanted), within, (*where, found, wanted))
        else:
            self.assertEqual(found, wanted, where)

    def digits(self, numbers, printed):
        """The numbers are the printed ones to all printed digits."""
        for found, text in zip(numbers, printed.split(), strict=True):
            decimals = len(text.partition(".")[2])
            self.assertEqual(f"{round(found, decimals) + 0.0:.{decimals}f}", text, printed)

class TheReport(unittest.TestCase):
    """Section 1: what the report says, and our judgement of it."""

    PARTIES = (
        # party, declared position, concession, ranking, paragraphs
        ("us", "hold", "drop", "handover strike stalemate", "¶6 ¶8 ¶11 ¶17"),
        ("russia", "shield", "lean", "handover stalemate strike", "¶4 ¶7 ¶10 ¶22–25"),
        ("syria", "stall", "comply", "", "¶1–4"),
        ("france", "press", "ease", "handover strike stalemate", "¶17 ¶18"),
        ("opposition", "reject", "accept", "strike stalemate handover", "¶21"),
    )

    def test_every_party_has_a_declared_position_a_concession_and_a_ranking(self):
        self.assertEqual([*sim.PARTIES], [name for name, *_ in self.PARTIES])
        for name, *wanted, paragraphs in self.PARTIES:
            party = sim.PARTIES[name]
            found = [party.declared, party.concession, " ".join(party.ranking)]
            self.assertEqual(found, wanted)
            self.assertTrue(party.source.startswith(paragraphs), party.source)

    def test_syrias_ranking_is_the_open_question_and_has_two_readings(self):
        found = {name: " ".join(it.ranking) for name, it in sim.READINGS.items()}
        self.assertEqual(found, {"word": "handover stalemate strike",
                                 "tactic": "stalemate handover strike"})  # fmt: skip

    def test_every_number_has_the_default_and_the_range_agreed_on(self):
        self.assertEqual(defaults(), NUMBERS)
        prices = ("face", "revive", "alert", "delay", "leverage", "backing", "veto")
        ranges = {"turns": (1, 2000), "rationality": (0, 1e9), "deed": (1, 1000)}
        ranges |= dict.fromkeys(prices, (0, 100))
        for name, it in sim.PARAMETERS.items():
            self.assertEqual((it.low, it.high), ranges.get(name, (0, 1)), name)

    def test_every_ranking_position_and_claim_cites_paragraphs_of_the_report(self):
        sources = [party.source for party in sim.PARTIES.values()]
        sources += [reading.whose for reading in sim.READINGS.values()]
        sources += [claim.paragraphs for claim in sim.CLAIMS]
        for source in sources:
            cited = {int(n) for run_ in re.findall(r"¶([\d–]+)", source) for n in run_.split("–")}
            self.assertTrue(cited and cited <= set(range(1, 30)), source)

def at(words="", done=0):
    """A state with some positions given as PARTY.MOVE, the others as declared."""
    return sim.State(done, **dict(word.split(".") for word in words.split()))

class TheRulesOfATurn(unittest.TestCase):
    """Section 2: who may do what, what it does, and what the others believe."""

    MENUS = (
        # mover, positions, forbidden: menu
        ("russia", "", "", "shield lean"), ("russia", "russia.lean", "", "shield lean"),
        ("france", "", "", "press ease"), ("opposition", "", "", "reject accept"),
        ("us", "", "", "hold drop strike"),
        ("us", "us.drop", "", "hold drop"),  # nobody revives a threat and strikes in one turn
        ("syria", "", "", "stall comply"), ("syria", "us.drop syria.comply", "", "stall comply"),
        ("chance", "syria.comply", "", "completes continues"),
        ("chance", "", "", ""),  # there is no work to complete
        # forbidding takes a move out, unless nothing would be left
        ("us", "", "us.strike", "hold drop"), ("us", "", "us.hold us.drop", "strike"),
        ("us", "us.drop", "us.hold us.drop", "hold drop"),
        ("us", "", "us.hold us.drop us.strike", "hold drop strike"),
        ("syria", "", "syria.stall russia.lean", "comply"), ("france", "", "us.drop", "press ease"),
    )  # fmt: skip
    PROMISES = (
        # party, promise: positions, stages done, menu
        ("us", "drop at once", ("", 0, "drop"), ("us.drop", 3, "drop")),
        ("us", "drop once 1 stage is done", ("", 0, "hold"), ("", 1, "drop")),
        ("us", "drop once 2 stages are done",
         ("", 1, "hold"), ("", 2, "drop"), ("us.drop", 0, "drop")),  # never revives
        ("us", "drop once 3 stages are done", ("", 2, "hold"), ("", 3, "drop")),
        ("us", "hold to the end", ("", 3, "hold"), ("us.drop", 0, "hold")),  # revives
        ("russia", "lean every turn", ("", 0, "lean"), ("us.drop russia.lean", 3, "lean")),
        ("france", "press while the threat stands, ease once it is dropped",
         ("", 2, "press"), ("us.drop", 0, "ease")),
        ("opposition", "accept every turn", ("", 1, "accept"), ("us.drop", 0, "accept")),
        ("syria", "comply whenever the threat is dropped",
         ("", 1, "stall comply"), ("us.drop", 0, "comply")),
        ("syria", "comply every turn", ("", 3, "comply"), ("us.drop", 0, "comply")),
    )  # fmt: skip
    EFFECTS = (
        # positions, stages done, mover, move: positions after it, events
        ("", 0, "russia", "shield", "", ""),
        ("", 0, "russia", "lean", "russia.lean", "russia concession"),
        ("russia.lean", 0, "russia", "lean", "russia.lean", ""),
        ("russia.lean", 0, "russia", "shield", "", "russia reversal"),
        ("", 0, "france", "press", "", ""),
        ("", 0, "france", "ease", "france.ease", "france concession"),
        ("us.drop", 0, "france", "press", "us.drop", "pressing alone"),
        ("us.drop france.ease", 0, "france", "press", "us.drop", "france reversal, pressing alone"),
        ("", 0, "opposition", "accept", "opposition.accept", "opposition concession"),
        ("opposition.accept", 0, "opposition", "reject", "", "opposition reversal"),
        ("", 0, "us", "hold", "", "threat standing"),
        ("", 0, "us", "drop", "us.drop", "us concession"),
        ("us.drop", 0, "us", "drop", "us.drop", ""),
        ("us.drop", 0, "us", "hold", "", "threat standing, us reversal"),
        ("", 0, "us", "strike", "strike", "strike against the veto, strike with backing"),
        ("russia.lean", 1, "us", "strike", "strike", "strike with backing"),
        ("france.ease", 2, "us", "strike", "strike", "strike against the veto"),
        ("russia.lean france.ease", 3, "us", "strike", "strike", ""),
        ("", 0, "syria", "stall", "", "stalled turn"),
        ("", 1, "syria", "stall", "", "stalled turn, stalled turn of a plan vouched for"),
        ("russia.lean", 1, "syria", "stall", "russia.lean", "stalled turn, stalled turn leaned on"),
        ("", 0, "syria", "comply", "syria.comply", "syria concession"),
        ("us.drop", 0, "syria", "comply", "us.drop syria.comply", ""),  # its condition is met
        ("syria.comply", 2, "syria", "comply", "syria.comply", ""),
        ("us.drop syria.comply", 0, "syria", "stall", "us.drop", "stalled turn, syria reversal"),
        ("syria.comply", 2, "chance", "continues", "syria.comply", ""),
    )
    BILLS: ClassVar = {  # event: who pays which parameters
        **{f"{party} concession": {party: "face"} for party in ORDER},
        **{f"{party} reversal": {party: "face"} for party in ORDER},
        "us reversal": {"us": "face revive"},
        "threat standing": {"us": "alert"}, "pressing alone": {"france": "alert"},
        "stalled turn": {"us": "delay", "france": "delay"},
        "stalled turn of a plan vouched for": {"russia": "delay"},
        "stalled turn leaned on": {"syria": "leverage"},
        "strike with backing": {"us": "gain"}, "strike against the veto": {"us": "veto"},
    }  # fmt: skip

    def test_who_has_which_moves_and_what_forbidding_leaves(self):
        for mover, positions, forbidden, wanted in self.MENUS:
            with self.subTest(mover=mover, positions=positions, forbidden=forbidden):
                taken = [tuple(move.split(".")) for move in forbidden.split()]
                self.assertEqual(" ".join(sim.menu(mover, at(positions), taken)), wanted)

    def test_what_each_promise_binds_to(self):
        for party, text, *cases in self.PROMISES:
            for positions, done, wanted in cases:
                with self.subTest(party=party, text=text, positions=positions, done=done):
                    rules = sim.COMMITMENTS[party][text]
                    found = sim.menu(party, at(positions, done), (), rules)
                    self.assertEqual(" ".join(found), wanted)

    def test_a_promised_move_that_is_off_the_table_binds_nothing(self):
        rules = sim.COMMITMENTS["us"]["drop once 2 stages are done"]
        found = sim.menu("us", at("", 1), [("us", "hold")], rules)
        self.assertEqual(found, ("drop", "strike"))

    def test_every_party_is_free_or_bound_144_packages(self):
        promises = [(party, text) for party, it in sim.COMMITMENTS.items() for text in it]
        self.assertCountEqual(promises, [(party, text) for party, text, *_ in self.PROMISES])
        self.assertEqual(math.prod(1 + len(it) for it in sim.COMMITMENTS.values()), 144)

    def test_what_a_move_does(self):
        for positions, done, mover, move, after, events in self.EFFECTS:
            with self.subTest(positions=positions, done=done, mover=mover, move=move):
                state, happened = sim.effect(mover, move, at(positions, done))
                self.assertEqual(state, after if after == "strike" else at(after, done))
                self.assertEqual(", ".join(sorted(happened)), events)

    def test_work_completes_the_stage_in_hand_and_the_fourth_is_the_handover(self):
        for done, stage in enumerate(("join", "declare", "inspect", "destroy")):
            state, events = sim.effect("chance", "completes", at("syria.comply", done))
            self.assertEqual(state, at("syria.comply", done + 1))
            self.assertEqual(events, [f"{stage} completed"])
            self.assertEqual(sim.close(state), "handover" if done == 3 else state)

    def test_what_each_event_costs_whom(self):
        numbers = defaults(face=1, revive=2, alert=4, delay=8, leverage=16, gain=-32, veto=64)
        wanted = {
            event: {party: sum(numbers[it] for it in names.split()) for party, names in it.items()}
            for event, it in self.BILLS.items()
        }
        numbers["backing"] = -numbers.pop("gain")
        self.assertEqual(sim.game_of(sim.Dispute(numbers)).prices, wanted)

    def test_the_outcome_ranked_second_is_worth_the_middle_between_1_and_0(self):
        game = sim.game_of(sim.Dispute(defaults(middle_us=0.3, middle_syria=0.7)))
        for truth, party, wanted in (
            ("word", "us", (1, 0.3, 0)), ("tactic", "us", (1, 0.3, 0)),
            ("word", "syria", (1, 0, 0.7)), ("tactic", "syria", (0.7, 0, 1)),
            ("tactic", "opposition", (0, 1, 0.5)), ("word", "russia", (1, 0, 0.5)),
        ):  # fmt: skip
            utility = game.utilities[truth][party]
            self.assertEqual(tuple(map(utility.get, OUTCOMES)), wanted, (truth, party))

    def test_rejection_and_the_threat_take_their_share_of_the_pace(self):
        for positions, done, wanted in (
            ("us.drop opposition.accept", 0, 0.8), ("us.drop opposition.accept", 3, 0.2),
            ("us.drop", 1, 0.6 * 0.75), ("opposition.accept", 2, 0.4 * 0.9), ("", 2, 0.27),
        ):  # fmt: skip
            self.assertAlmostEqual(sim.completion(at(positions, done), defaults()), wanted, 14)

    def test_trust_follows_deeds_and_stalling_forfeits_the_credit(self):
        for done, wanted in enumerate((45, 68, 84, 93, 97)):
            found = [sim.trust_in(at(it, done), defaults()) for it in ("syria.comply", "us.drop")]
            self.assertEqual([round(100 * trust) for trust in found], [wanted, 25])
        state = at("syria.comply", 2)  # three deeds multiply the odds by 2 * 2 * 2
        self.assertAlmostEqual(sim.trust_in(state, defaults(trust=0.2, deed=2)), 2 / 3, 14)

    def test_no_deed_moves_a_closed_mind_nor_one_that_does_not_learn(self):
        for trust, deed in ((0, 2.5), (1, 2.5), (0, 1000), (1, 1000), (0.3, 1)):
            found = sim.trust_in(at("syria.comply", 3), defaults(trust=trust, deed=deed))
            self.assertAlmostEqual(found, trust, 14)

    def test_a_turn_is_two_weeks_from_12_september_2013(self):
        turns = told("run --forbid syria.comply --forbid us.strike")["turns"]
        dates = [turns[turn - 1]["date"] for turn in (1, 2, 9, 26)]
        self.assertEqual(dates, ["2013-09-12", "2013-09-26", "2014-01-02", "2014-08-28"])

def textbook(movers, ends, utilities, belief=0.5, rationality=1.0):
    """A game in which every path of options ends somewhere; the last mover is informed."""

    def menu(mover, path):
        return tuple(dict.fromkeys(it[len(path)] for it in ends if it[: len(path)] == path))

    def effect(mover, option, path):
        return ends.get((*path, option), (*path, option)), [option]

    return sim.backward(sim.unfold(sim.Game(
        movers=movers, informed=movers[-1], types=tuple(utilities), start=(), turns=1,
        rationality=rationality, outcomes=tuple(ends.values()), timeout=next(iter(ends.values())),
        belief=lambda path: belief, menu=menu, effect=effect, close=lambda path: path,
        odds=lambda path: (), utilities=utilities, prices={},
    )))  # fmt: skip

def facing(solution, path=(), type_=None):
    """{option: probability} for whoever moves in turn 1 after a path of moves."""
    graph = solution.graph
    slot = graph.roots[0]
    for move in (*path, ""):
        number, place = graph.locate(slot)
        layer, policy = graph.layers[number], solution.policy[0][number]
        if move:
            slot = layer.kids[layer.options.index(move)][place]
    shares = policy[type_ or graph.game.types[0]]
    return {option: share[place] for option, share in zip(layer.options, shares)}

def fermi(rationality, one, other):
    """The logit probability of the first of two options."""
    return 1 / (1 + math.exp(rationality * (other - one)))

class TextbookGames(Comparison):
    """Section 3 knows nothing of Syria: it solves other games, checked by hand."""

    ENTRY: ClassVar = {("out",): "none", ("in", "fight"): "war", ("in", "yield"): "peace"}
    ENTRANT: ClassVar = {"none": 0, "war": -1, "peace": 1}
    WEAK: ClassVar = {"none": 2, "war": -1, "peace": 1}  # would rather yield
    TOUGH: ClassVar = {"none": 2, "war": 1, "peace": -0.5}  # would rather fight

    def entry(self, rationality, belief, tough=TOUGH):
        """An entrant who does not know whether the incumbent is tough or weak."""
        minds = {"tough": tough, "weak": self.WEAK}
        utilities = {it: {"entrant": self.ENTRANT, "incumbent": minds[it]} for it in minds}
        movers = ("entrant", "incumbent")
        return textbook(movers, self.ENTRY, utilities, belief, rationality), minds

    def test_entry_deterrence_under_logit_by_hand_where_a_type_matters_and_where_not(self):
        for rationality, belief, tough in (
            (0, 0.5, self.WEAK), (1, 0.5, self.WEAK), (9, 0.3, self.WEAK), (0.5, 0.1, self.TOUGH),
            (1, 0.4, self.TOUGH), (3, 0.9, self.TOUGH), (3, 0, self.TOUGH), (3, 1, self.TOUGH),
        ):  # fmt: skip
            solution, minds = self.entry(rationality, belief, tough)
            fights = {it: fermi(rationality, its["war"], its["peace"]) for it, its in minds.items()}
            worth = belief * (1 - 2 * fights["tough"]) + (1 - belief) * (1 - 2 * fights["weak"])
            enters = fermi(rationality, worth, 0)
            for type_, p in fights.items():  # the informed follow their own mind
                self.agree(facing(solution, (), type_), {"out": 1 - enters, "in": enters}, 1e-12)
                self.agree(facing(solution, ("in",), type_), {"fight": p, "yield": 1 - p}, 1e-12)
                odds = {"none": 1 - enters, "war": enters * p, "peace": enters * (1 - p)}
                forecast = sim.forward(solution, type_)
                self.agree((forecast.odds, forecast.total("fight")), (odds, odds["war"]), 1e-12)
                payoff = sum(odds[outcome] * minds[type_][outcome] for outcome in odds)
                self.agree(solution.payoffs(type_), {"incumbent": payoff}, 1e-12)

    def test_a_sharp_entrant_enters_if_toughness_is_unlikely_enough(self):
        for belief, enters in ((0, 1), (0.2, 1), (0.49, 1), (0.5, 0.5), (0.51, 0), (1, 0)):
            solution, minds = self.entry(1e6, belief)
            self.assertEqual(facing(solution)["in"], enters, belief)
            odds = {it: sim.forward(solution, it).odds for it in minds}
            self.assertEqual((odds["tough"]["war"], odds["weak"]["peace"]), (enters, enters))

    def test_histories_with_an_event_drop_out_where_a_forecast_goes_without_it(self):
        solution, minds = self.entry(1, 0.4)
        for type_ in minds:
            odds = sim.forward(solution, type_).odds
            self.assertEqual(sim.forward(solution, type_, without="fight").odds, {**odds, "war": 0})
            kept = {**dict.fromkeys(odds, 0), "none": odds["none"]}
            self.assertEqual(sim.forward(solution, type_, without="in").odds, kept)

    CENTIPEDE: ClassVar = {
        ("take",): (4, 1), ("pass", "take"): (2, 8), ("pass", "pass", "take"): (16, 4),
        ("pass", "pass", "pass", "take"): (8, 32), ("pass",) * 4: (64, 16),
    }  # fmt: skip

    def centipede(self, rationality):
        """The probability of taking at each node, if play gets there."""
        ends = {path: str(pair) for path, pair in self.CENTIPEDE.items()}
        minds = {who: {str(pair): pair[place] for pair in self.CENTIPEDE.values()}
                 for place, who in enumerate(("one", "two"))}  # fmt: skip
        solution = textbook(("one", "two") * 2, ends, {"a": minds, "b": minds}, 0.3, rationality)
        return [facing(solution, ("pass",) * place)["take"] for place in range(4)]

    def test_four_node_centipede_under_logit_by_hand(self):
        for rationality in (0, 0.05, 0.3, 1):
            *stops, worth = self.CENTIPEDE.values()
            by_hand = []
            for place, stop in reversed([*enumerate(stops)]):
                p = fermi(rationality, stop[place % 2], worth[place % 2])
                by_hand.insert(0, p)
                worth = [p * x + (1 - p) * y for x, y in zip(stop, worth)]
            self.agree(self.centipede(rationality), by_hand, 1e-12)

    def test_centipede_unravels_as_rationality_grows(self):
        self.assertEqual(self.centipede(1e6), [1, 1, 1, 1])

    def test_a_coin_of_chance_and_a_clock_make_a_geometric_wait(self):
        solution = sim.backward(sim.unfold(sim.Game(
            movers=("chance",), informed="nobody", types=("a", "b"), start=("waiting",), turns=5,
            rationality=1, outcomes=("hit", "late"), timeout="late", belief=lambda state: 0.5,
            menu=lambda mover, state: ("heads", "tails"),
            effect=lambda mover, side, state: ("hit" if side == "heads" else state, [side]),
            close=lambda state: state, odds=lambda state: (0.3, 0.7),
            utilities={it: {"watcher": {"hit": 1, "late": 0}} for it in "ab"}, prices={},
        )))  # fmt: skip
        forecast = sim.forward(solution, "b")
        self.agree(forecast.odds, {"hit": 1 - 0.7**5, "late": 0.7**5}, 1e-12)
        self.agree(forecast.counts["heads"], [0.7**turn * 0.3 for turn in range(5)], 1e-12)
        self.assertAlmostEqual(forecast.turns, sum(0.7**turn for turn in range(5)), 12)
        self.agree(solution.payoffs("b"), {"watcher": 1 - 0.7**5}, 1e-12)

class AgainstGambit(Comparison):
    """One turn, three stages done, as a Bayesian game in which chance draws Syria's type.

    Frozen from gambit.qre.logit_solve_lambda of pygambit 16.7.0: after the moves made so far,
    the probability of each move but the last, in the order declared, concession, strike.
    """

    GAMES = (  # numbers, positions: choices
        ("", "", """
            : 0.99330715; lean: 0.99330715; shield press: 0.99330715
            shield press reject: 0.00000000 0.00000000; lean ease accept: 0.00000000 0.00000000
            shield press reject hold|word: 0.83548354; shield press reject hold|tactic: 0.99976949
            lean press accept drop|word: 0.00247262; lean press accept drop|tactic: 0.98201379"""),
        ("rationality=8 trust=0.6 pace_destroy=0.75", "us.drop", """
            : 0.66881131; shield: 0.67699586; lean press: 0.77814986
            shield press accept: 0.06120187; lean ease reject: 0.06292073
            shield press accept hold|word: 0.13010847; shield press accept hold|tactic: 0.97068777
            lean ease reject drop|word: 0.08241332; lean ease reject drop|tactic: 0.88992743"""),
        ("rationality=20 middle_us=0.3 grudge=0.3 pace_destroy=0.5", "syria.comply", """
            : 0.99999166; lean: 0.96301766; lean press: 0.99887112
            shield press reject: 0.37185585 0.45880144; lean ease accept: 0.24812941 0.59130511
            lean ease accept hold|word: 0.00273196; lean ease accept hold|tactic: 0.75026011
            shield press reject drop|word: 0.00317268
            shield press reject drop|tactic: 0.85195280"""),
        ("rationality=8 trust=0 veto=0.1 face=0.06 leverage=0.3", "russia.lean france.ease", """
            : 0.37812523; shield: 0.41834712; lean ease: 0.63953538
            shield press reject: 0.01970691 0.01509318; lean ease accept: 0.04603264 0.03824694
            lean ease reject hold|word: 0.07871034; lean ease reject hold|tactic: 0.20100900
            shield press accept drop|word: 0.31002552
            lean press accept drop|tactic: 0.16798161"""),
        ("rationality=5 trust=1 revive=0.4 alert=0.05 delay=0.3 middle_syria=0.8",
         "us.drop opposition.accept syria.comply", """
            : 0.49637607; shield: 0.56217650; shield ease: 0.39824228
            shield press accept: 0.05585627; lean ease reject: 0.05688984
            shield ease reject hold|word: 0.34637767; shield ease reject hold|tactic: 0.40974975
            lean press accept drop|word: 0.31002552; lean press accept drop|tactic: 0.40131234"""),
        (("rationality=8 trust=0.6 backing=0.15 veto=0.3 face=0.06 pace_destroy=0.75 "
          "disruption=0.6 middle_us=0.8 middle_russia=0.1 middle_france=0.7 "
          "middle_opposition=0.35"), "france.ease opposition.accept", """
            : 0.66722908; shield: 0.43472189; lean press: 0.40873437
            shield press accept: 0.08114644 0.09145589; lean ease reject: 0.00410326 0.00385538
            shield ease reject hold|word: 0.35434369; shield ease reject hold|tactic: 0.82635335
            lean press accept drop|word: 0.04069905; lean press accept drop|tactic: 0.94479946"""),
        (("trust=0.6 deed=1.2 veto=0.4 face=0.06 alert=0.03 delay=0.05 leverage=0.04 grudge=0.3 "
          "pace_destroy=0.75 middle_syria=0.9 middle_us=0.7"), "russia.lean syria.comply", """
            : 1.00000000; lean: 0.95248708; shield ease: 0.99800325
            shield press reject: 0.00550200 0.83811376; lean ease accept: 0.00001804 0.06464581
            shield ease reject hold|word: 0.00690384; shield ease reject hold|tactic: 0.26284184
            lean press accept drop|word: 0.00015844; lean press accept drop|tactic: 0.22270014"""),
    )  # fmt: skip

    def test_every_choice_is_that_of_the_bayesian_game(self):
        for words, positions, choices in self.GAMES:
            numbers = {name: float(value) for name, value in re.findall(r"(\w+)=([\d.]+)", words)}
            solution = sim.solve(sim.Dispute(defaults(turns=1, **numbers), at(positions, 3)))
            for path, wanted in re.findall(r"([a-z |]*): ([\d. ]+)", choices):
                moves, _, truth = path.partition("|")
                *found, _ = facing(solution, moves.split(), truth or "tactic").values()
                self.agree(found, [float(p) for p in wanted.split()], 1e-6, (words, path))

class TheDisputeSolved(Comparison):
    """`odds`: the dispute under either truth, for every trust the four might start with."""

    TABLE = """
        0 word 0.924 0.076 0.000 0.814 0.921 14.01 0.55
        0 tactic 0.921 0.079 0.000 0.807 0.456 14.19 0.75
        0.25 word 0.931 0.005 0.064 0.802 0.872 14.34 0.77
        0.25 tactic 0.857 0.016 0.126 0.680 0.434 16.06 2.96
        0.5 word 0.931 0.003 0.066 0.800 0.868 14.35 0.77
        0.5 tactic 0.804 0.024 0.172 0.596 0.423 17.04 4.28
        0.75 word 0.933 0.002 0.065 0.815 0.958 14.24 0.81
        0.75 tactic 0.411 0.040 0.548 0.059 0.607 22.44 12.46
        1 word 0.933 0.002 0.065 0.816 0.961 14.22 0.80
        1 tactic 0.012 0.005 0.983 -0.459 0.881 25.86 18.56"""
    def test_the_agreed_table_to_all_its_digits(self):
        for rung, line in zip(told("odds")["rungs"], self.TABLE.split("\n")[1:], strict=True):
            trust, true, printed = line.split(None, 2)
            self.assertEqual((rung["trust"], rung["true"]), (float(trust), true))
            payoffs = [rung["payoffs"][party] for party in ("us", "syria")]
            counts = [rung["expected_turns"], rung["expected_stalls"]]
            self.digits([*map(rung["odds"].get, OUTCOMES), *payoffs, *counts], printed)

    def test_who_moves_first_and_what_deeds_are_worth_at_the_defaults(self):
        for truth, printed in (("word", "0.84 0.09 0.06"), ("tactic", "0.79 0.11 0.09")):
            first = told("odds")["first_mover"][truth]
            self.digits([first[party] for party in ("syria", "us", "france")], printed)
        for key, printed in (("believed", "0.250 0.455 0.250 0.676 0.250 0.839 0.250 0.929"),
                             ("earned", "0.105 0.250 0.022 0.250 0.022 0.250 0.015 0.263")):
            self.digits([deed[key] for deed in told("odds")["deeds"]], printed)

    def test_a_plain_second_solver_agrees_on_any_parameters_start_and_restriction(self):
        for number, it in enumerate(disputes(1, 20)):
            found, trust = told(asking("odds", **it)), it["numbers"]["trust"]
            rungs = {(round(one["trust"], 9), one["true"]): one for one in found["rungs"]}
            for rung in {trust, (0.0, 0.25, 0.5, 0.75, 1.0)[number % 5]}:
                game = Oracle(**{**it, "numbers": {**it["numbers"], "trust": rung}})
                for truth in TRUTHS:
                    tally = game.forecast(truth)
                    self.agree(rungs[round(rung, 9), truth], {
                        "odds": game.odds(truth), "payoffs": game.payoffs(truth),
                        "expected_turns": tally["turns"], "expected_stalls": tally["stall"],
                        "expected_concessions": {p: tally[p, "concession"] for p in ORDER},
                        "expected_reversals": {p: tally[p, "reversal"] for p in ORDER},
                    }, where=(number,))  # fmt: skip
                if rung == trust:
                    first = {truth: game.first_mover(truth) for truth in TRUTHS}
                    at_work = it["positions"]["syria"] == "comply"
                    self.agree(found["first_mover"], None if at_work else first, where=(number,))
                    self.agree(found["deeds"], game.deeds(), where=(number,))

    def test_one_turn_solved_by_hand(self):
        for line, truth, wanted in (
            ("", "word", "0 1 0"), ("", "tactic", "0 1 0"),  # 0.4 beats 0.135 of a handover
            # under threat work gains half of 0.135 and costs face; once dropped half of 0.15
            ("--forbid us.strike", "word", "0 0 1"), ("--start us.drop", "word", "0.15 0 0.85"),
            ("--forbid us.strike --set face=0.06", "word", "0.135 0 0.865"),
            ("--start us.drop", "tactic", "0 0 1"),
        ):  # fmt: skip
            said = told(f"odds --done 3 --set turns=1 --set rationality=1e6 {line}")["rungs"]
            odds = said[2 + TRUTHS.index(truth)]["odds"]
            self.digits(map(odds.get, OUTCOMES), wanted)

    def test_rationality_0_is_a_coin_toss(self):
        said = told("odds --set turns=1 --set rationality=0")
        first = {"russia": 1 / 2, "france": 1 / 4, "opposition": 1 / 8, "us": 1 / 12,
                 "syria": 1 / 48, "nobody": 1 / 48}  # fmt: skip
        self.agree(said["first_mover"], dict.fromkeys(TRUTHS, first))
        for rung in said["rungs"]:
            self.agree(rung["odds"], {"handover": 0.0, "strike": 1 / 3, "stalemate": 2 / 3})
        self.assertEqual(said["best_trust"], [{"from": 0, "to": 1, "trust": 0}])  # all tie

    def test_the_best_trust_is_an_upper_envelope_of_straight_lines(self):
        for ladder, wanted in (
            # trust: (US payoff if word, if tactic); (from, to, trust)
            ({0: (0, 1), 1: (1, 0)}, [(0, 0.5, 0), (0.5, 1, 1)]),
            ({0: (0, 1), 0.5: (0.75, 0.75), 1: (1, 0)},
             [(0, 0.25, 0), (0.25, 0.75, 0.5), (0.75, 1, 1)]),
            ({0: (0, 1), 0.5: (0.5, 0.5), 1: (1, 0)}, [(0, 0.5, 0), (0.5, 1, 1)]),  # at one q only
            ({0: (0, 1), 0.25: (0, 1), 0.75: (1, 0), 1: (1, 0)}, [(0, 0.5, 0), (0.5, 1, 0.75)]),
            ({0: (0, 0), 0.5: (1, 1), 1: (0.5, 0.5)}, [(0, 1, 0.5)]),
            ({0: (1, 0), 1: (1, 1)}, [(0, 1, 1)]), ({0: (0, 1), 1: (2, 1)}, [(0, 1, 1)]),
        ):  # fmt: skip
            rungs = [types.SimpleNamespace(trust=trust, true=truth, payoffs={"us": payoff})
                     for trust, pair in ladder.items() for truth, payoff in zip(TRUTHS, pair)]
            self.agree(sim.best_trust(rungs), wanted, where=(ladder,))

    def test_the_best_trusts_cover_0_to_1_and_no_rung_is_better(self):
        for said in map(told, ("odds", *(asking("odds", **it) for it in disputes(1, 20)))):
            us = {(rung["trust"], rung["true"]): rung["payoffs"]["us"] for rung in said["rungs"]}
            ends = [(best["from"], best["to"]) for best in said["best_trust"]]
            self.assertEqual([0, *(end for _, end in ends)], [*(start for start, _ in ends), 1])
            for best, q in itertools.product(said["best_trust"], (0, 0.5, 1)):
                q = best["from"] + q * (best["to"] - best["from"])
                worth = {b: q * us[b, "word"] + (1 - q) * us[b, "tactic"] for b, _ in us}
                self.assertGreater(worth[best["trust"]], max(worth.values()) - 1e-9)

    def test_a_calibrated_mind_believes_what_its_beliefs_earn(self):
        for it in ({"numbers": {"turns": 4, "rationality": 20}, "done": 2}, *disputes(5, 1, 3)):
            said = told(asking("odds --calibrated", **it))["calibrated"]
            converged, rounds, game = calibrated(**it)
            odds = {truth: {"odds": game.odds(truth), "payoffs": game.payoffs(truth)}
                    for truth in TRUTHS}  # fmt: skip
            self.agree(said, {"converged": converged, "rounds": rounds, "truths": odds})
            for belief, deed in zip(said["beliefs"], game.deeds(), strict=True):
                wanted = (deed["done"], deed["at_work"], deed["believed"])
                self.agree([belief[key] for key in ("done", "at_work", "trust")], wanted)
                if converged and deed["earned"] is not None:
                    self.assertAlmostEqual(belief["trust"], deed["earned"], delta=2e-9)

    def test_small_changes_of_trust_never_make_a_strike_likely(self):
        for eighths in range(9):
            solution = sim.solve(sim.Dispute(defaults(trust=eighths / 8)))
            for truth in TRUTHS:
                self.assertLess(sim.forward(solution, truth).odds["strike"], 0.15)

    def test_an_assad_who_never_works_is_struck_before_the_clock_more_often_than_not(self):
        for rung in told("odds --forbid syria.comply")["rungs"][2:4]:
            self.assertGreater(rung["odds"]["strike"], 0.9)

class ARun(Comparison):
    """`run`: one history, drawn from the policy."""

    def same(self, line, game, seed, truth="drawn"):
        """The run is that of the second solver, figure by figure, the other Assad's too."""
        found = told(f"{line} --seed {seed} --truth {truth}")
        wanted, other = (game.play(seed, truth, other=it) for it in (False, True))
        ways = [[([made["move"] for made in turn["moves"].values()], turn["completed"])
                 for turn in it["turns"]] for it in (wanted, other)]  # fmt: skip
        parts = [turn for turn, (one, two) in enumerate(zip(*ways), 1) if one != two]
        odds, trust, paid, changes = {t: game.odds(t) for t in TRUTHS}, game.trust(
            game.done, game.start), Counter(), []  # fmt: skip
        for turn in wanted["turns"]:
            now = dict(turn["positions"])
            for party, made in turn["moves"].items():
                paid.update(game.costs(party, made["move"], STEPS.index(turn["stage"]), now))
                kind = kind_of(party, made["move"], now)
                changes += [{"turn": turn["turn"], "party": party, "kind": kind}] * bool(kind)
                now[party] = made["move"]
        worth, end = game.end(wanted["outcome"], wanted["true"]), wanted["outcome"]
        late = len(wanted["turns"]) > game.numbers["turns"] - 2
        self.agree(found, {
            **wanted, "forced_by_clock": end == "stalemate" or end == "strike" and late,
            "seed": seed, "date": found["turns"][-1]["date"], "odds_by_truth": odds,
            "start": {"done": game.done, "positions": game.start},
            "odds": {it: trust * odds["word"][it] + (1 - trust) * odds["tactic"][it]
                     for it in OUTCOMES},
            "payoffs": {party: worth[party] - paid[party] for party in ORDER},
            "other": {"true": other["true"], "outcome": other["outcome"], "turn": len(ways[1]),
                      "parts_in_turn": parts[0] if parts else None},
            **({"changes": changes} if len(changes) <= 6 else {}),
        }, where=(line, seed, truth))  # fmt: skip

    def test_a_plain_second_solver_plays_the_same_histories_from_the_same_seed(self):
        for number, it in enumerate(disputes(3, 16)):
            game = Oracle(**it)
            for truth in ("drawn", TRUTHS[number % 2]):
                self.same(asking("run", **it), game, 100 + number, truth)

    def test_and_the_same_default_histories(self):
        for seed, truth in ((0, "drawn"), (8, "tactic"), (9, "tactic")):
            self.same("run", default(), seed, truth)

    def test_the_truth_is_drawn_by_the_prior(self):
        for prior, wanted in ((0, "tactic"), (1, "word")):
            self.assertEqual(told(f"run --set turns=1 --set prior={prior}")["true"], wanted)

    def test_payoffs_are_utility_less_the_costs_of_what_happened_by_hand(self):
        for seed, truth, wanted in (
            # at work from 3 under threat, dropped in 4, France eases in 5, a stall in 25 and 26:
            # three turns of threat, four of delay, two of which Moscow had vouched for
            (9, "tactic", {"us": -0.1 - 3 * 0.0075 - 4 * 0.02, "france": -0.1 - 4 * 0.02,
                           "russia": 0.5 - 2 * 0.02, "syria": 1 - 2 * 0.1, "opposition": 0.5}),
            # the US and France give ground in turn 2, and he works from then on for nothing
            (8, "word", {"us": 1 - 0.1 - 0.0075 - 0.02, "france": 1 - 0.1 - 0.02, "russia": 1.0,
                         "syria": 1.0, "opposition": 0.0}),
        ):  # fmt: skip
            self.agree(told(f"run --seed {seed} --truth {truth}")["payoffs"], wanted)

    def test_odds_before_a_move_are_those_after_the_last_and_a_strike_ends_them(self):
        for seed, more in ((0, " --forbid syria.comply"), (8, ""), (9, "")):
            said = told(f"run --seed {seed} --truth tactic{more}")
            seen = said["odds"]["handover"]
            for turn in said["turns"]:
                for made in turn["moves"].values():
                    self.assertAlmostEqual(made["before"], seen, 9)
                    seen = 0 if made["move"] == "strike" else made["after"]
                    self.assertEqual(made["after"], seen)
                seen = turn["handover_as_seen"]
            self.assertEqual(seen, said["outcome"] == "handover")

    def test_histories_are_decisions_not_coin_flips(self):
        solution = sim.solve(sim.Dispute(defaults()), carried=True)
        with mock.patch.object(sim, "solve", lambda *_, **__: solution):  # once for all seeds
            runs = [answer(f"run --seed {seed}") for seed in range(40)]
        made = [it for one in runs for turn in one["turns"] for it in turn["moves"].values()]
        self.assertTrue(1 <= sum(move["changed"] for move in made) / len(runs) <= 5)
        self.assertGreaterEqual(sum(move["probability"] for move in made) / len(made), 0.9)

class Claims(Comparison):
    """`claims`: what the report's speakers say would follow, put to the test."""

    NO_STRIKE: ClassVar = {"bans": [("us", "strike")]}
    AT_ONCE: ClassVar = {"package": {"us": 0}}
    CLAIMS = (
        # who, paragraphs, figure, should; the test; verdict at the defaults
        ("Assad", "¶4", "odds of handover", "not move", NO_STRIKE, "depends"),
        ("Assad", "¶2–3", "odds of handover", "not fall", AT_ONCE, "depends"),
        ("Assad", "¶4", "odds of handover", "fall", {"bans": [("russia", "lean")]}, "depends"),
        ("Kerry", "¶6 ¶13", "US payoff", "fall", {"numbers": {"trust": 1}}, "depends"),
        ("US and France", "¶17", "share of turns stalled", "rise", AT_ONCE, "depends"),
        ("Hollande", "¶18", "share of turns stalled", "rise", {"bans": [("france", "press")]},
         "depends slight"),
        ("Lavrov", "¶10", "odds of handover", "stay above one half", NO_STRIKE, "depends"),
        ("Putin", "¶24", "odds of strike", "rise", {"numbers": {"veto": 0}}, "holds"),
        ("Opposition", "¶21", None, None, None, "beyond"),
    )  # fmt: skip

    def test_who_claims_what_and_the_verdicts_at_the_defaults(self):
        for claim, (*wanted, _, verdict) in zip(told("claims")["claims"], self.CLAIMS, strict=True):
            found = [claim[key] for key in ("who", "paragraphs", "figure", "should")]
            self.assertEqual(found, wanted)
            slight = " slight" * claim["slight"]
            self.assertEqual(claim["verdict"].split()[0] + slight, verdict, claim["claim"])

    def figures(self, game):
        """What claims are about, by truth."""
        return {truth: {
            **game.odds(truth), "expected_turns": it["turns"],
            "stalled_share": it["stall"] / it["turns"], "us_payoff": game.payoffs(truth)["us"],
        } for truth in TRUTHS for it in [game.forecast(truth)]}  # fmt: skip

    def test_a_plain_second_solver_agrees_on_every_counterfactual(self):
        for it in ({"numbers": {"turns": 2}, "done": 2}, *disputes(4, 5)):
            before = self.figures(Oracle(**it))
            for claim, (*_, test, _) in zip(told(asking("claims", **it))["claims"], self.CLAIMS):
                wanted = {"before": before}
                if test:
                    changed = {"numbers": {**it["numbers"], **test.get("numbers", {})},
                               "bans": [*it.get("bans", ()), *test.get("bans", ())]}  # fmt: skip
                    wanted["after"] = self.figures(Oracle(**{**it, **test, **changed}))
                self.agree(claim["truths"], {
                    truth: {key: value[truth] for key, value in wanted.items()} for truth in TRUTHS
                }, where=(claim["claim"], it))  # fmt: skip

    def verdict(self, claim):
        """The stated rule: the verdict, and whether it is slight."""
        pairs = [(it["before"], it["after"]) for it in claim["truths"].values()]
        if not claim["figure"] or all(abs(a[key] - b[key]) < 1e-11 for a, b in pairs for key in a):
            return "beyond the model", False
        key = {"odds of handover": "handover", "odds of strike": "strike", "US payoff": "us_payoff",
               "share of turns stalled": "stalled_share"}[claim["figure"]]  # fmt: skip
        level = claim["should"] == "stay above one half"
        changes = [after[key] - (0.5 if level else before[key]) for before, after in pairs]
        borne_out = [{
            "rise": it >= 0.01, "fall": it <= -0.01, "not fall": it > -0.01,
            "not move": abs(it) < 0.01, "stay above one half": it > 0,
        }[claim["should"]] for it in changes]  # fmt: skip
        slight = all(abs(it) <= 0.02 for it in changes)
        return ("fails", "depends on Assad", "holds")[sum(borne_out)], slight

    def test_the_rule_of_the_verdict(self):
        seen = set()
        for line in ("claims", "claims --set turns=13",
                     *(asking("claims", **it) for it in disputes(4, 12))):
            for claim in told(line)["claims"]:
                found = claim["verdict"], claim["slight"]
                self.assertEqual(found, self.verdict(claim), (line, claim["claim"]))
                seen.add(found)
        self.assertEqual(len(seen), 7)  # each of three slight or not, and beyond the model

    def test_share_of_worlds_in_which_a_verdict_comes_out_again(self):
        again = [told(asking("claims", {**world, "turns": 3}, 3)) for world in world_draws(5, 4)]
        claims = told("claims --done 3 --set turns=3 --worlds 4 --seed 5")["claims"]
        for claim, *others in zip(claims, *(it["claims"] for it in again)):
            share = sum(it["verdict"] == claim["verdict"] for it in others) / 4
            self.assertEqual(claim["share_of_worlds"], share if claim["figure"] else None)

class Settlements(Comparison):
    """`settle`: what the parties can promise, and which deals they would keep."""

    TEXTS: ClassVar = {
        ("us", 0): "drop at once", ("us", 1): "drop once 1 stage is done",
        ("us", 2): "drop once 2 stages are done", ("us", 3): "drop once 3 stages are done",
        ("us", "hold"): "hold to the end", ("russia", True): "lean every turn",
        ("france", True): "press while the threat stands, ease once it is dropped",
        ("opposition", True): "accept every turn", ("syria", "always"): "comply every turn",
        ("syria", "dropped"): "comply whenever the threat is dropped",
    }  # fmt: skip

    def test_two_promises_and_six_deals_at_the_defaults_one_of_which_holds_by_itself(self):
        said = told("settle")
        promises, deals = said["promises"], said["deals"]
        self.assertEqual((said["examined"], len(promises), len(deals)), (144, 2, 6))
        (keeper,) = (deal for deal in deals if deal["holds_by_itself"])
        for offer, signed, printed in (
            (promises[0], {"syria": "dropped"}, "0.094 0.941 0.941"),
            (deals[0], {"us": 0, "syria": "dropped"}, "0.041 0.942 0.942"),
            (keeper, {"france": True, "syria": "dropped"}, "0.025 0.940 0.940"),
        ):  # fmt: skip
            texts = {who: self.TEXTS.get((who, signed.get(who))) for who in ORDER}
            self.assertEqual(offer["commitments"], texts)
            odds = [offer["odds"][truth]["handover"] for truth in TRUTHS]
            self.digits([offer["smallest_gain"], *odds], printed)
        self.digits([deals[0]["temptation"]], "0.018")

    def test_a_plain_second_solver_agrees_on_packages_their_order_and_who_would_stay_out(self):
        numbers = {"turns": 2, "pace_destroy": 0.9, "veto": 0.6, "face": 0.02, "leverage": 0.2}
        seen = set()
        for it in (
            {"numbers": {**numbers, "rationality": 12, "middle_us": 0.2}, "done": 3},
            {"numbers": {**numbers, "rationality": 8, "turns": 1}, "done": 3},
            {"numbers": {**numbers, "rationality": 30, "face": 0}, "done": 3,
             "positions": {"us": "drop"}, "bans": [("russia", "lean")]},
        ):  # fmt: skip
            said, offers = told(asking("settle", **it)), packages(**it)
            good = settle(offers)
            for kind, wanted in (
                ("without", offers[:1]), ("promises", [o for o in good if len(o["signed"]) == 1]),
                ("deals", [o for o in good if len(o["signed"]) > 1]),
            ):  # fmt: skip
                found = [said[kind]] if kind == "without" else said[kind]
                self.agree(found, [{
                    **{key: offer[key] for key in
                       ("payoffs", "gains", "smallest_gain", "temptation")},
                    "commitments": {who: self.TEXTS.get((who, offer["signed"].get(who)))
                                    for who in ORDER},
                    "holds_by_itself": offer["temptation"] <= 1e-12,
                    "odds": {truth: offer["game"].odds(truth) for truth in TRUTHS},
                    "expected_turns": {t: offer["game"].forecast(t)["turns"] for t in TRUTHS},
                } for offer in wanted], where=(it, kind))  # fmt: skip
                seen |= {(kind, offer["holds_by_itself"]) for offer in found}
                for one, offer in zip(found, wanted):
                    self.assertCountEqual(one["signatories"], offer["signed"])
        self.assertEqual(len(seen), 4)

class Worlds(Comparison):
    """`worlds`: every judgement drawn anew, again and again."""
    def test_every_judgement_is_drawn_within_its_bounds_in_the_order_of_the_table(self):
        for seed, n, fixed in (
            (0, 15, {}), (0, 3, {}),  # the first worlds of a longer run
            (7, 3, {"face": 0.2, "rationality": 9}),  # stay fixed, and shift no other draw
        ):  # fmt: skip
            found, game_of = [], sim.game_of

            def spy(dispute, *rest, found=found, game_of=game_of, **more):
                """Note the parameters of a world, and make its game a short one."""
                found.append({**dispute.parameters})
                return game_of(dispute.setting(turns=1), *rest, **more)

            with mock.patch.object(sim, "game_of", spy):
                answer(asking(f"worlds --seed {seed} --worlds {n}", fixed))
            wanted = [{**NUMBERS, **world, **fixed} for world in world_draws(seed, n)]
            self.assertEqual([one for i, one in enumerate(found) if one not in found[:i]], wanted)

    def percentile(self, values, share):
        """Between the ordered values, interpolated linearly."""
        place = share * (len(values) - 1)
        low, high = (sorted(values)[it] for it in (math.floor(place), math.ceil(place)))
        return low + (place % 1) * (high - low)

    def spearman(self, *columns):
        """Rank correlation; equal values share their mean rank, a constant has none."""
        gaps = [[sum(other < it for other in values) + (values.count(it) - len(values)) / 2
                 for it in values] for values in columns]  # fmt: skip
        norm = math.prod(math.hypot(*values) for values in gaps)
        return sum(a * b for a, b in zip(*gaps)) / norm if norm else None

    def test_a_plain_second_solver_agrees_on_the_summary(self):
        for seed, n, done, fixed in (
            (1, 12, 3, {"turns": 2, "veto": 0.6}), (2, 3, 2, {"turns": 3, "rationality": 9}),
            (3, 1, 3, {"turns": 1}), (4, 3, 3, {"turns": 2, "pace_destroy": 0}),
        ):  # fmt: skip
            said = told(asking(f"worlds --seed {seed} --worlds {n}", fixed, done))
            worlds = [{**world, **fixed} for world in world_draws(seed, n)]
            games = [[Oracle({**world, **mind}, done) for mind in ({}, {"trust": 0}, {"trust": 1})]
                     for world in worlds]  # fmt: skip
            for truth in TRUTHS:
                odds = [rule.odds(truth) for rule, *_ in games]
                handover = [it["handover"] for it in odds]
                likeliest = [max(OUTCOMES, key=it.get) for it in odds]
                us = [[mind.payoffs(truth)["us"] for mind in minds] for minds in games]
                self.agree(said["truths"][truth], {
                    "handover": {
                        **{key: self.percentile(handover, share) for key, share in
                           (("median", 0.5), ("p05", 0.05), ("p95", 0.95))},
                        "histogram": [sum(min(int(10 * it), 9) == place for it in handover)
                                      for place in range(10)],
                    },
                    "likeliest": {it: likeliest.count(it) / n for it in OUTCOMES},
                    "never_beats_rule": sum(never > rule + 1e-12 for rule, never, _ in us) / n,
                    "never_beats_word": sum(never > word + 1e-12 for _, never, word in us) / n,
                    "drivers": {name: self.spearman([world[name] for world in worlds], handover)
                                for name in worlds[0] if name not in fixed},
                }, where=(seed, truth))  # fmt: skip

class History(Comparison):
    """`history`: what happened later, beside the model's exact distribution."""

    RECORD = (
        ("join", "2013-10-14", 3), ("declare", "2013-10-24", 4),
        ("inspect", "2013-11-06", 4), ("destroy", "2014-06-23", 21),
    )  # fmt: skip

    def test_a_plain_second_solver_agrees_on_when_stages_are_completed(self):
        for stage, (name, recorded, turn) in zip(told("history")["stages"], self.RECORD):
            self.assertEqual((stage["stage"], stage["recorded"]), (name, recorded))
            for truth in TRUTHS:
                tally = default().forecast(truth)
                sums = [*itertools.accumulate(tally[name, it] for it in range(1, 27))]
                wanted = {"completed_by_then": sums[turn - 1]}
                for key, share in (("p05", 0.05), ("median", 0.5), ("p95", 0.95)):
                    late = datetime.timedelta(14 * sum(it < share for it in sums))
                    day = datetime.date(2013, 9, 12) + late
                    wanted[key] = str(day) if sums[-1] >= share else None
                self.agree(stage["truths"][truth], wanted, where=(name, truth))

    def test_what_is_never_done_has_no_date(self):
        for stage in told("history --forbid syria.comply")["stages"]:
            wanted = {"p05": None, "median": None, "p95": None, "completed_by_then": 0}
            self.assertEqual({key: stage["truths"]["word"][key] for key in wanted}, wanted)

    def test_a_plain_second_solver_agrees_on_a_handover_with_the_threat_never_dropped(self):
        lines = [(asking("history", **it), Oracle(**it)) for it in disputes(6, 8)]
        for line, game in (("history", default()), *lines):
            held = {truth: float(game.forecast(truth)["held"]) for truth in TRUTHS}
            self.agree(told(line)["threat_held"], held, where=(line,))

SEATS = ("russia", "france", "opposition", "us", "syria")  # in the order of a turn
LINES = (  # every kind of screen
    "run", "run --seed 3 --truth word --start us.drop --set turns=7", "odds --set turns=6",
    "claims --worlds 2 --seed 3 --set turns=1", "settle --done 3 --set turns=1 --forbid us.strike",
    "worlds --worlds 1 --seed 3 --set turns=1", "play --as us --hints --seed 3 --done 3",
    "positions --set face=0.125", "history --done 1 --set turns=2", "run --explain 1 --set turns=2",
    "run --explain 1 --forbid us.hold --forbid us.drop --set turns=1 --start syria.comply",
    "run --forbid us.strike --set pace_join=0 --set turns=3", "history", "claims --set turns=2",
    "odds --set rationality=0 --start syria.comply --set turns=2 --calibrated",
    "settle --done 3 --set turns=2 --set pace_destroy=0.6 --set face=0.05 --top 1",
    "settle --done 3 --set turns=4 --set pace_destroy=0.9 --set delay=0.2",
    "worlds --worlds 5 --set turns=6 --done 3", "history --forbid syria.comply --set turns=1",
    "play --as syria --truth word --done 3", "play --as opposition --set turns=1 --done 3",
)  # fmt: skip
ALL = (*LINES, "--version", "-h", *(f"{name} -h" for name in sim.COMMANDS))
TIMELINE = """
Turn         Date Russia France Opposition US    Syria   Stage       Trust Odds
     at the start shield press  reject     hold  stall                 25%  88%
   1  12 Sep 2013 .      .      .          .     .       join          25%  87%
   2  26 Sep 2013 .      .      .          .     comply* ✓ joined      68%  92%
   3  10 Oct 2013 .      ease*  .          .     .       declare       68%  91%
   4  24 Oct 2013 .      .      .          drop* .       declare       68%  90%
   5   7 Nov 2013 .      .      .          .     .       declare       68%  88%
   6  21 Nov 2013 .      .      .          .     .       ✓ declared    84%  91%
   7   5 Dec 2013 .      .      .          .     stall<  inspect       25%  83%
   8  19 Dec 2013 .      .      .          .     comply  ✓ inspected   93%  94%
   9   2 Jan 2014 .      .      .          .     .       ✓ destroyed   97% 100%

"""

def percent(share):
    """A probability as the screens have it: doubt is never rounded away."""
    return "<1%" if 0 < share < 0.005 else ">99%" if 0.995 <= share < 1 else f"{100 * share:.0f}%"

def rounded(*figures, sign=""):
    return " ".join(f"{round(figure, 3) + 0.0:{sign}.3f}" for figure in figures)

def day(date):
    return f"{datetime.date.fromisoformat(date):%d %b %Y}".lstrip("0") if date else "never"

def flat(text):
    return " ".join(text.split())

def show(line, **how):
    return screen(line, stdin="hold\nwhat\n?\nstall\n", **how)

def shortened(words):
    """The same question with little left to solve and two worlds, where that is possible."""
    words = ["2" if words[i - 1 : i] == ["--worlds"] else word for i, word in enumerate(words)]
    if {"--explain", "-h", "--version"} & set(words):
        return words
    words += ["--worlds", "2"] * (words[:1] == ["worlds"] and "--worlds" not in words)
    return [*words, "--done", "3", "--set", "turns=1"]

def next_of(text):
    """The commands that a screen names under Next, beside what they ask or above it."""
    parts = text.rpartition("\nNext ")[2].split("python sim.py")[1:]
    rows = [part.rstrip().split("\n") for part in parts]
    return [(" ".join(row[:-1]) or row[0].split("  ")[0]).split() for row in rows]

def remembered(function):
    """The same function, which answers no question twice: for the tests' haste alone."""
    known = {}
    return functools.wraps(function)(
        lambda it: known.get(repr(it)) or known.setdefault(repr(it), function(it)))  # fmt: skip

HASTY = mock.patch.dict(sim.COMMANDS, {name: it._replace(answer=remembered(it.answer))
                                       for name, it in sim.COMMANDS.items() if name != "play"})

class BadUsage(unittest.TestCase):
    """One line on standard error, nothing on standard output, exit status 2."""

    TABLE: ClassVar = [  # command line, words of the complaint
        ("ods", "'ods' is not one of run, odds, claims", "did you mean odds?"),
        ("odds --calibrate", "'--calibrate' is not one of --calibrated", "mean --calibrated?"),
        ("odds --truth word", "--truth has no bearing on odds; it goes with run, play"),
        ("claims --seed 1", "--seed has no bearing on claims without --worlds"),
        ("run --set", "--set: expected one argument"),
        ("--seed 1.5", "--seed: '1.5' is not a whole number"),
        ("--set fase=1", "--set: 'fase' is not one of turns, rationality", "mean face?"),
        ("--set face=nan", "face: 'nan' is not a number from 0 to 100"),
        ("--set turns=0", "'0' is not a whole number from 1 to 2000"),
        ("--forbid us.strik", "--forbid: 'us.strik' is not one of us.hold", "mean us.strike?"),
        ("--start us.strike", "--start: 'us.strike' is not one of us.hold, us.drop"),
        ("play", "--as is missing", "One of us, russia, syria, france, opposition"),
        ("--explain 2000", "--explain: this run ends in turn 9"),
    ]

    def test_every_complaint_names_culprit_allowed_values_and_near_match(self):
        for line, *parts in self.TABLE:
            status, out, err = run(line)
            self.assertEqual((status, out, err[:8], err.count("\n")), (2, "", "sim.py: ", 1))
            self.assertEqual([words for words in parts if words not in err], [], err)

    def test_what_is_quoted_back_is_short_and_printable(self):
        for word in ("x" * 5000, "\x1b[31m", "\udcff", "é\n\n", ""):
            for before in ("", "run ", "--json=", "--no", "--seed=", "--set ", "--set face="):
                *words, last = before.split(" ")
                with self.subTest(before, word=word[:9]):
                    status, out, err = run([*words, last + word], encoding="ascii")
                    self.assertEqual((status, out, err.count("\n")), (2, "", 1))
                    self.assertTrue(len(err) < 500 and err.isascii() and err[:-1].isprintable())

@HASTY
class GoodUsage(unittest.TestCase):
    """What is accepted, and that options mean what they say."""
    def test_ends_of_ranges_are_accepted_and_the_last_setting_of_a_parameter_counts(self):
        for end in ("low", "high"):
            ends = {**{name: getattr(it, end) for name, it in sim.PARAMETERS.items()}, "turns": 3}
            words = " ".join(f"--set {name}=1 --set {name}={it!r}" for name, it in ends.items())
            self.assertEqual(answer(f"--done 3 {words}")["parameters"], ends)
        self.assertIn("Changed: face=0.1.", screen("--set face=0.5 --set face=0.1"))
        self.assertEqual(answer(f"--set turns=1 --seed -{10**60}")["seed"], -(10**60))

    def test_done_and_start_say_where_play_begins(self):
        line = "--done 2 --start us.drop --start syria.stall --start syria.comply"
        where = dict(zip(SEATS, ("shield", "press", "reject", "drop", "comply")))
        self.assertEqual(answer(line)["start"], {"done": 2, "positions": where})
        self.assertEqual(answer(line)["turns"][0]["positions"], where)
        self.assertIn("Start: 2 of 4 stages done, us drop, syria comply.", screen(line))

    def test_a_forbidden_move_is_never_made_unless_nothing_else_is_left(self):
        line = "--forbid us.strike --forbid france.press --forbid france.ease --set turns=4"
        for turn in answer(line)["turns"]:
            self.assertEqual(list(turn["moves"]["us"]["values"]), ["hold", "drop"])
            self.assertEqual(list(turn["moves"]["france"]["values"]), ["press", "ease"])
        self.assertEqual(answer(line)["forbidden"], ["us.strike", "france.press", "france.ease"])
        self.assertIn("Off the table: us.strike, france.press, france.ease.", screen(line))

    def test_version_help_every_example_in_it_and_run_where_there_is_no_command(self):
        self.assertEqual(screen("--seed=5"), screen("run --seed 5 --truth drawn --color auto"))
        self.assertRegex(screen("--version"), r"\Asim\.py \d+\.\d+\n\Z")
        for name, command in sim.COMMANDS.items():
            self.assertRegex(screen("-h"), f"sim.py {name} +{re.escape(sim.QUESTIONS[name])}")
            text = screen(f"{name} -h")
            self.assertEqual(text, screen(f"{name} --seed x --help"))
            for option in (*command.options, "done", "start", "set", "forbid", "json", "color"):
                self.assertRegex(text, rf"(?m)^--{option}\b")
            for example in command.examples:
                self.assertIn(f"python sim.py {name} {example}".rstrip(), text)
                screen(shortened([name, *example.split()]), stdin="q\n")

    def test_every_command_under_next_works_and_asks_about_the_same_dispute(self):
        for line in LINES[1:10]:
            commands = next_of(show(line))
            self.assertGreater(len(commands), 1, line)
            for given in re.findall(r"--(?:set|start|forbid|done|truth|seed) \S+", line):
                with self.subTest(line, given=given):
                    kept = [given in " ".join(words) for words in commands]
                    self.assertTrue(any(kept) if given[2:5] in ("tru", "see") else all(kept))
            for words in commands:
                screen(shortened(words), stdin="q\n")

@HASTY
class Screens(unittest.TestCase):
    """Readable in any terminal; --json is the same answer, and `COMMAND -h` describes it."""

    def test_at_most_80_columns_no_space_at_line_ends_and_no_nan_nor_minus_nothing(self):
        for line in ALL:
            for row in show(line).splitlines():
                self.assertRegex(row, r"\A.{,79}\S\Z|\A\Z|\A\w+ move\? \Z", line)
                self.assertNotRegex(row, r"-0(\.0+)?(?![.\d])|\b(nan|inf)\b", line)

    def test_a_terminal_that_is_narrow_or_wide_or_strange(self):
        for line in ALL:
            for columns, most in ((40, 40), (23, 80), (1, 80)):
                rows = show(line, env={"COLUMNS": str(columns)}).splitlines()
                self.assertLessEqual(max(map(len, rows)), most, line)
        for columns in ("200", "x", "", "²", "99999999999999"):
            self.assertEqual(show("odds -h", env={"COLUMNS": columns}), show("odds -h"))

    def test_colour_carries_no_meaning_and_the_last_lines_are_commands_to_ask_next(self):
        for line in LINES:
            colored = show(f"{line} --color always", env={"NO_COLOR": "1"})
            self.assertEqual(re.sub("\x1b\\[[0-9]+m", "", colored), show(line))
            self.assertNotEqual(colored, show(line), line)
            self.assertRegex(show(line), r"\n\nNext +python sim\.py(.*\n +\S)*.*\n\Z", line)
        for more, env in (("", {}), (" --color never", {}), ("", {"NO_COLOR": "1"}),
                          ("", {"TERM": "dumb"})):  # fmt: skip
            text = screen("positions" + more, tty=True, env=env)
            self.assertEqual("\x1b[" in text, not (more or env), env)

    def test_symbols_degrade_one_for_one_where_the_encoding_lacks_them(self):
        for line in ALL:
            text = show(line)
            for encoding in ("ascii", "cp1252", "latin-1", "cp437"):
                less = show(line, encoding=encoding)
                self.assertEqual((len(less), less.count("?")), (len(text), text.count("?")), line)

    def test_the_timeline_of_the_default_run_and_at_most_25_lines_beside_the_one_a_turn(self):
        self.assertIn(TIMELINE, screen("run --seed 0"))
        solve, solved = sim.backward, []
        with mock.patch.object(sim, "backward", lambda *it: solved.append(solve(*it)) or solved[0]):
            screen("run --seed 40")
        with mock.patch.object(sim, "backward", return_value=solved[0]):  # the same for any seed
            for seed in range(0, 60, 4):
                text = screen(f"run --seed {seed}")
                turns = len(re.findall(r"(?m)^ *\d+ +\d+ \w{3} \d{4} ", text))
                self.assertLessEqual(text.count("\n") - turns, 25, f"seed {seed}")

    def test_a_change_of_position_is_marked_and_an_unchanged_one_is_a_dot(self):
        seen = set()
        for seed in (0, 5):
            line = f"run --seed {seed} --set rationality=15 --set face=0.02 --truth tactic"
            table = screen(line).partition("\nTurn  ")[2].partition("\n\n")[0].splitlines()
            for turn, row in zip(answer(line)["turns"], table[2:]):
                for cell, (seat, made) in zip(row.split()[4:], turn["moves"].items()):
                    mark = "*" if made["concession"] else "<" if made["reversal"] else ""
                    same = made["move"] == turn["positions"][seat]
                    self.assertEqual(cell, "." if same else made["move"] + mark)
                    seen.add(cell)
        self.assertGreater(seen, {".", "stall<", "comply*", "comply", "drop*", "hold<", "strike"})

    SAYS = (  # a screen, and its rows made from its JSON
        ("odds --set turns=6", lambda found: [
            f"{100 * it['trust']:g}% {it['true']} {rounded(*it['odds'].values())} "
            + rounded(it["payoffs"]["us"], it["payoffs"]["syria"]) for it in found["rungs"]]),
        (LINES[15], lambda found: [
            f"{truth} {percent(it['odds'][truth]['handover'])} {it['expected_turns'][truth]:.1f} "
            + rounded(*it["gains"][truth].values(), sign="+")
            for it in (found["deals"][0], found["promises"][0]) for truth in sim.READINGS]),
        (LINES[3], lambda found: [f"{it['claim']} {it['verdict']}" for it in found["claims"]]),
        ("history", lambda found: [
            f"{stage['stage']} {day(stage['recorded'])} {truth} {day(it['median'])} "
            f"{day(it['p05'])} {day(it['p95'])} {percent(it['completed_by_then'])}"
            for stage in found["stages"] for truth, it in stage["truths"].items()]),
        (LINES[17], lambda found: [
            f"{truth} {percent(odds['median'])} {percent(odds['p05'])}–{percent(odds['p95'])}"
            for truth, it in found["truths"].items() for odds in [it["handover"]]]),
    )  # fmt: skip

    def test_the_screen_says_what_the_json_holds(self):
        for line, rows in self.SAYS:
            for row in rows(answer(line)):
                self.assertIn(row, flat(screen(line)), line)

    def test_json_is_one_object_in_ascii_whatever_the_colour_and_the_width(self):
        for line in LINES:
            out = run(f"{line} --json", stdin="drop\n")[1]
            how = {"env": {"COLUMNS": "30"}, "encoding": "cp437", "tty": True}
            again = run(f"{line} --json --color always", stdin="drop\n", **how)
            self.assertEqual((0, out), again[:2], line)
            self.assertTrue(out.isascii() and isinstance(json.loads(out), dict))

    NAMES: ClassVar = {  # of parties, moves and the like, which are keys of maps
        *SEATS, *sim.READINGS, *sim.OUTCOMES, *sim.STAGES, *sim.PARAMETERS, "nobody", "holds",
        "fails", "toll", "attack", "weeks", "deaths", *(it.declared for it in sim.PARTIES.values()),
        *(it.concession for it in sim.PARTIES.values()),
    }  # fmt: skip

    def test_the_help_of_a_command_describes_every_key_and_what_is_0_to_1_is(self):
        for line in LINES:
            name, said, pairs, wrong = line.split(" ")[0], {}, [], set()
            for kind in sim.answers_in(sim.COMMANDS[name].answer.__annotations__["return"]):
                for key, hint in kind.__annotations__.items():
                    what = " ".join(getattr(hint, "__metadata__", ()))
                    said.setdefault(key.rstrip("_"), set()).add(what)
            text, out = screen(f"{name} -h"), run(f"{line} --json")[1]
            json.loads(out, object_pairs_hook=lambda it, to=pairs: to.extend(it) or dict(it))
            for key, value in pairs:
                numbers = re.findall(r'(?<![\w"])-?\d[\d.e-]*', json.dumps(value))
                share = all(re.search("(?<!-1 to )0 to 1", what) for what in said.get(key, [""]))
                if (not (re.search(rf"(?m)^ +{key}: \S", text) or key in self.NAMES or " " in key)
                        or value is None and key in said and "null" not in " ".join(said[key])
                        or share and not all(0 <= float(number) <= 1 for number in numbers)):
                    wrong.add(key)  # fmt: skip
            self.assertEqual(wrong, set(), line)

class Play(unittest.TestCase):
    """The reader holds a seat; the others move by their policy."""

    def play(self, line, stdin):
        _, out, err = run(f"play {line} --json", stdin=stdin)
        return json.loads(out), err

    def test_taking_the_models_own_moves_makes_the_models_own_history(self):
        for seed, seat in enumerate(SEATS):
            record = answer(f"run --seed {seed} --set turns=6")
            moves = [t["moves"][seat]["move"] for t in record["turns"] if seat in t["moves"]]
            played, err = self.play(f"--as {seat} --seed {seed} --set turns=6", "\n".join(moves))
            for key in set(record) - {"other", "seat"}:
                self.assertEqual(played[key], record[key], key)
            self.assertEqual((played["seat"], err.count("move? ")), (seat, len(moves)))

    ANSWERS: ClassVar = {  # typed by the US: meant
        "1": "hold", "2": "drop", "3": "strike", "4": None, "0": None, "drop": "drop", "h": "hold",
        "STRIKE": "strike", " st ": "strike", "": None, "holds": None, "99999": None, "²": None,
    }  # fmt: skip

    def test_answers_by_number_name_or_beginning_and_nonsense_asks_again_until_one_leaves(self):
        for typed, meant in self.ANSWERS.items():
            record, err = self.play("--as us --set turns=1 --done 3", f"{typed}\nQ\n1\n")
            made = record["turns"][0]["moves"].get("us", {})
            self.assertEqual((made.get("move"), bool(record["outcome"])), (meant, bool(meant)))
            self.assertEqual("is not possible now: 1 hold, 2 drop, 3 strike" in err, not meant)

    def test_the_seat_shows_what_it_wants_its_trust_and_which_assad_one_plays(self):
        for seat in SEATS:
            for truth, reading in sim.READINGS.items():
                line = f"play --as {seat} --truth {truth} --set trust=0.375 --forbid us.strike"
                shown, more, *_ = screen(f"{line} --set turns=1", stdin="?\nq\n").split("move? ")
                wants = sim.PARTIES[seat].ranking or reading.ranking
                self.assertIn(" > ".join(wants), flat(shown))
                self.assertEqual(f"'{truth}'" in shown, seat == "syria")
                self.assertTrue("trust 38%" in shown and "forfeits" in more)  # which it rests on

    def test_keep_change_and_strike_are_told_apart_and_hints_show_value_and_likely(self):
        options = answer("run --set turns=2")["turns"][0]["moves"]["us"]["options"]
        text = flat(screen("play --as us --set turns=2 --hints", stdin="q\n"))
        for (move, option), kind in zip(options.items(), ("keep", "change", "strike")):
            figures = f"{rounded(option['value'])} {percent(option['probability'])}"
            self.assertIn(f" {move} {kind} {figures} ", text)
        self.assertNotIn("Likely", screen("play --as us --set turns=2", stdin="q\n"))

    def test_a_strike_ends_it_and_departures_are_listed_costliest_first(self):
        record, _ = self.play("--as us", "strike\n")
        values = record["turns"][0]["moves"]["us"]["values"]
        best = max(values, key=values.get)
        worst = {"turn": 1, "move": "strike", "better": best,
                 "cost": round(values[best] - values["strike"], 12)}  # fmt: skip
        self.assertEqual((record["outcome"], record["departures"]), ("strike", [worst]))
        record, _ = self.play("--as france --set turns=9 --forbid us.strike", "ease\npress\n" * 5)
        costs = [departure["cost"] for departure in record["departures"]]
        self.assertTrue(costs == sorted(costs, reverse=True) and len(costs) > 2 and costs[-1] > 0)

WORLDS = """\
3 worlds (seed 1), each with every judgement drawn anew. A share of worlds is
not a probability of history: it says how many such guesses agree.
Changed: turns=4.

True    Median    5–95%  likeliest: handover  strike  stalemate
word       <1%  <1%–<1%                   0%    100%         0%
tactic     <1%  <1%–<1%                   0%    100%         0%

Odds of a handover: how many worlds
   Odds  if word                     if tactic
  0–10%  ████████████████████████ 3  ████████████████████████ 3
 10–20%  0                           0"""

PLAY = """\

Seat         Washington: the threat of force stays on the table (¶11)
You want     handover > strike > stalemate: 1 for the best, 0 for the last, less
             costs
Trust        25% that Assad means it, shared by the four: being at work and
             every completed stage raise it, stalling forfeits it
Answer       a number, a name or its beginning; ? explains, q ends the game

Turn 1, 12 Sep 2013: stage destroy; trust 25%, odds of a handover 3%
Russia shield; France press; Opposition reject; US hold; Syria stall
   Move             Value  Likely    Cost  Means
1  hold    keep     0.407     59%  0.0075  the threat of force stays on the
                                           table
2  drop    change  -0.059     <1%  0.1000  takes the threat off the table
3  strike  strike   0.400     41%  0.1000  carries out the threat, and ends it
                                           all
US move?"""

ODDS = """\
believe by their rule, work proves less, and a stall more, than they make of it.

A calibrated mind, whose beliefs are what they earn (converged, 31 rounds)
Believes if stalling with 0, 1, 2, 3 stages done: 0.250, 0.250, 0.250, 0.000
Believes if at work with 0, 1, 2, 3 stages done: 0.455, 0.676, 0.839, 0.286
Trust  True    Handover  Strike  Stalemate     US  Syria  Turns  Stalled
       word       0.000   1.000      0.000  0.401  0.000    1.0      0.0
       tactic     0.000   1.000      0.000  0.401  0.000    1.0      0.0

Next  python sim.py odds --done 3 --start syria.comply --set turns=1"""

EXPLAIN = """\
What follows
Chance       pace_join 0.8 × (1 - disruption 0.25) × (1 - grudge 0.1) = 0.5400;
             the draw 0.7838 does not complete the stage
Trust        odds of 'word' 0.25 / 0.75 × deed 2.5 to the power 1: a probability
             of 0.4545
Reader       Bayes: 0.5000 × 0.9933 / (0.5000 × 0.9933 + 0.5000 × 0.9933) =
             0.5000
Odds         of a handover, as the four see them then: 0.0000
"""

class LiteralScreens(unittest.TestCase):
    """A few screens to the character: a change of one is meant, or it is a bug."""

    def test_worlds_a_seat_and_a_calibrated_mind_to_the_character(self):
        for line, stdin, wanted in (
            ("worlds --worlds 3 --seed 1 --set turns=4", "", WORLDS),
            ("play --as us --hints --done 3 --set turns=2 --truth word", "x\nq\n", PLAY),
            ("odds --calibrated --set turns=1 --done 3 --start syria.comply", "", ODDS),
            ("run --explain 1 --set turns=2 --start us.drop --start syria.comply", "", EXPLAIN),
        ):
            rows = [row.rstrip() for row in screen(line, stdin=stdin).split("\n")]
            self.assertIn(wanted, "\n".join(rows), line)

class BrokenStreams(unittest.TestCase):
    """No traceback for a closed pipe, a full disk, Ctrl-C, or a missing stream."""

    def status(self, line, stdin=None, **streams):
        with mock.patch.multiple(sys, stdin=stdin, **streams):
            return sim.main(line.split())

    def test_a_closed_pipe_ends_quietly_and_a_full_disk_is_named(self):
        for fault, said in (
            (BrokenPipeError(32, "Broken pipe"), ""),
            (OSError(28, "No space left"), "sim.py: cannot write the output: No space left\n"),
        ):
            err, out = Terminal(), Terminal()
            out.write = mock.Mock(side_effect=fault)
            self.assertEqual(self.status("-h", stdout=out, stderr=err), 1)
            self.assertEqual(err.sent(), said)

    def test_streams_that_are_not_there_or_break(self):
        class Broken(Terminal):
            def write(self, text):
                raise OSError(28, "full")

        out, err, play = Terminal(), Terminal(), "play --as us --set turns=1"
        for gone in (None, Broken()):
            self.assertEqual(self.status("positions", stdout=gone, stderr=err), 1)
            self.assertEqual(self.status("nonsense", stdout=out, stderr=gone), 2)
            answered, stdin = Terminal(), io.StringIO("strike\n")  # unseen questions cost nothing
            self.assertEqual(self.status(f"{play} --json", stdin, stdout=answered, stderr=gone), 0)
            self.assertEqual(json.loads(answered.sent())["outcome"], "strike")
        self.assertEqual((out.sent(), err.sent().count("\n"), err.sent().count("full")), ("", 2, 1))
        self.assertEqual(self.status(play, stdout=out, stderr=err), 0)
        self.assertIn("the table was left in turn 1", flat(out.sent()))

    def test_ctrl_c_while_solving_or_at_a_question_and_bytes_that_are_no_text(self):
        with mock.patch.object(sim, "backward", side_effect=KeyboardInterrupt):
            for line in ("run", "odds", "claims", "settle", "worlds", "history", "play --as us"):
                self.assertEqual(run(line), (130, "", ""), line)
        interrupted = mock.Mock(**{"readline.side_effect": KeyboardInterrupt})
        garbage = io.TextIOWrapper(io.BytesIO(b"\xff\xfe\nstrike\n"), "utf-8")
        for stdin, status, words in ((interrupted, 130, ""), (garbage, 0, "Strike in turn")):
            out, play = Terminal(), "play --as us --set turns=2"
            self.assertEqual(self.status(play, stdin, stdout=out, stderr=None), status)
            self.assertIn(words, out.sent())

    def test_progress_is_shown_on_a_terminal_alone_and_wiped(self):
        for err, left in ((Terminal(), r"\A\Z"), (Terminal(tty=True), r"1 of 2\s*\r *\r\Z")):
            self.status("worlds --worlds 2 --set turns=1", stdout=Terminal(), stderr=err)
            self.assertRegex(err.sent(), left)

@HASTY
class AnythingGoes(unittest.TestCase):
    """Random command lines and answers: a status, never a traceback."""

    WORDS = f"""
        run odds claims worlds play history positions settle --seed --calibrated --truth --done
        --start --set --forbid --json --color --version -h --help --worlds --top --explain --as
        --hints word tactic drawn us syria us.strike us.drop syria.comply russia.shield face=0.1
        turns=2 turns=0 rationality=1e6 rationality=0 pace_join=1 prior=nan middle_us=x 0 1 2 3
        -1 1e9 2.5 always never auto -- - = --set= --=x --seed=4 --done=2 --color=never -hj é
        --forbid=us.hold --set=trust=1 --set=prior=0 --start=us.drop \udcff --seed={"9" * 4300}
    """

    def test_random_command_lines(self):
        draw, pool, seen = random.Random(7), [*self.WORDS.split(), ""], {0: 0, 2: 0}
        for case in range(500):
            words = [draw.choice(pool[: 7 + (case % 9 == 0)]), *draw.choices(pool, k=case % 4)]
            words += {"play": ["--as", "us"], "worlds": ["--worlds", "2"]}.get(words[0], [])
            words += ["--done", draw.choice("33332"), "--set", "turns=1"]  # quick to solve
            words = words[case % 5 == 0 :]
            with self.subTest(" ".join(words)[:200]):
                status, out, err = run(words, stdin="1\n2\nx\n")
                seen[status] += 1
                self.assertTrue(status == 0 or (out, err.count("\n")) == ("", 1))
        self.assertGreater(min(seen.values()), 100)

    def test_random_play(self):
        draw, words = random.Random(8), [*Play.ANSWERS, "?", "s", "q", "comply", "\0", "\x1b[A"]
        for case in range(50):
            line = f"play --as {draw.choice(SEATS)} --seed {case} --set turns={2 + case % 2}"
            stdin = "\n".join(draw.choices(words, k=draw.randint(0, 20)))
            text = screen(line + " --hints --done 3" * (case % 8 > 0), stdin=stdin)
            self.assertIn("\nOutcome ", text)

class TheReadme(unittest.TestCase):
    """Its examples are run and compared to the character."""

    def test_its_examples_are_what_the_program_prints_and_its_commands_work(self):
        text = (HERE / "README.md").read_text("utf-8")
        block = r"```console\n\$ python sim\.py ?([^\n|]*)(?:\| head -(\d+))?\n(.*?)```"
        for line, head, expected in re.findall(block, text, re.DOTALL):
            rows = screen(line).splitlines(keepends=True)
            self.assertEqual("".join(rows[: int(head or len(rows))]), expected, line)
        named = set(re.findall(r"`python sim\.py ?([^`\n]*)`", text)) - {"COMMAND -h"}
        self.assertLessEqual({*sim.COMMANDS}, {line.split(" ")[0] or "run" for line in named})
        for line in sorted(named):
            self.assertEqual(run(shortened(line.split()), stdin="q\n")[0], 0, line)
        for words in ("```console $ python", "hidden stockpiles", "China", "Bayesian learning"):
            self.assertIn(words, flat(text))  # the last three are left out

class HowItIsBuilt(unittest.TestCase):
    """Short enough to read, and a table entry is all that a change of mind takes."""

    SOURCE = (HERE / "sim.py").read_text("utf-8")

    def test_only_the_standard_library_no_file_no_network_and_no_long_line_or_function(self):
        imported = set(re.findall(r"(?m)^\s*(?:from|import) (\w+)", self.SOURCE))
        self.assertLessEqual(imported, sys.stdlib_module_names)
        self.assertNotRegex(self.SOURCE, r"subprocess|socket|urllib|(?<!os\.)\bopen\(|os\.system")
        self.assertLessEqual(self.SOURCE.count("\n"), 2600)
        for source in (self.SOURCE, pathlib.Path(__file__).read_text("utf-8")):
            self.assertEqual([row for row in source.splitlines() if len(row) > 100], [])
        tree = ast.parse(self.SOURCE)
        functions = [it for it in ast.walk(tree) if isinstance(it, ast.FunctionDef)]
        self.assertEqual([it.name for it in functions if it.end_lineno - it.lineno >= 50], [])
        named = [it for it in tree.body if hasattr(it, "name")]
        self.assertEqual([it.name for it in named if not ast.get_docstring(it)], [])
        self.assertEqual(len(named), len({it.name for it in named}))

    def test_a_fifth_stage_is_one_line_of_stages(self):
        line = r'\g<0>\n    "verify": Stage("verified", "check again", 0.5),'
        source, found = re.subn(r'(?m)^    "destroy": Stage\(.*\),$', line, self.SOURCE)
        five = importlib.util.module_from_spec(importlib.util.spec_from_loader("five", None))
        exec(compile(source, "five.py", "exec"), vars(five))  # noqa: S102
        with mock.patch.dict(globals(), sim=five):
            record = answer("run --done 3 --forbid syria.stall --forbid us.strike --seed 3")
            self.assertEqual((found, record["turns"][-1]["stage"]), (1, "verify"))
            for name in ("odds", "claims", "settle", "worlds --worlds 2", "history", "positions"):
                screen(f"{name} --done 4 --set turns=1")
            self.assertEqual(run("odds --done 5")[0], 2)

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
