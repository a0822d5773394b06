"""The specification of sim.py: run `python tests.py`; it takes some twenty seconds.

Read the names of classes and tests to learn the model. Expected values come from hand-solved games,
from Gambit, from a plain solver written here from the rules alone (class Oracle, which shares no
code and no number with sim.py), and from invariants."""

import ast
import concurrent.futures
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
import signal
import subprocess
import sys
import tempfile
import unittest
from collections import Counter, defaultdict, namedtuple
from typing import ClassVar
from unittest import mock

HERE = pathlib.Path(__file__).resolve().parent
# sim.py as a module, also under `python -I`, and without writing bytecode
sys.dont_write_bytecode = True
SPEC = importlib.util.spec_from_file_location("sim", HERE / "sim.py")
sim = sys.modules["sim"] = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(sim)

class Terminal(io.TextIOWrapper):
    """A stream of a given encoding that remembers what it was sent."""
    def __init__(self, encoding="utf-8", tty=False):
        super().__init__(io.BytesIO(), encoding, newline="\n", write_through=True)
        self.isatty = lambda: tty

    def sent(self):
        return self.buffer.getvalue().decode(self.encoding)

def run(line, stdin="", env=(), encoding="utf-8", tty=False):
    """Run a command line in this process: (exit status, standard output, standard error)."""
    argv = line.split() if isinstance(line, str) else list(line)
    out, err = Terminal(encoding, tty), Terminal(encoding)
    alien = ("COLUMNS", "NO_COLOR", "CLICOLOR", "TERM")
    clean = {k: v for k, v in os.environ.items() if k not in alien}
    with mock.patch.dict(os.environ, {**clean, **dict(env)}, clear=True), \
            mock.patch.multiple(sys, stdin=io.StringIO(stdin), stdout=out, stderr=err):
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
told = functools.cache(answer)  # the same, asked once

def defaults(**changes):
    return {**{name: it.default for name, it in sim.PARAMETERS.items()}, **changes}

# A second solver, as plain as can be: dictionaries and recursion, nothing shared ---------
sys.setrecursionlimit(20_000)  # a round of the recursion is some forty calls deep
NUMBERS = {
    "rationality": 18, "face": 0.25, "pressure": 0.01, "strain": 0.02, "delay": 0.005,
    "leverage": 0.1, "respite": 0.04, "disruption": 0.25, "oversight": 0.5, "review": 3,
    "impatience": 0.15, "short": 0.3, "error": 0.15, "support": 0.55, "cause": 2, "backing": 1.5,
    "deeds": 1, "least_join": 1, "least_declare": 2, "least_inspect": 3, "least_destroy": 8,
    "pace": 0.5, "middle_us": 0.5, "middle_russia": 0.5, "middle_syria": 0.5, "middle_france": 0.5,
    "middle_opposition": 0.5, "trust": 0.25, "trust_moscow": 0.6, "credit": 2, "prior": 0.5,
    "rounds": 20}
ORDER = ("russia", "france", "opposition", "us", "syria")
SPELL = len(ORDER)  # the step of a round that comes after everybody's move
DECLARED = dict(zip(ORDER, ("shield", "press", "reject", "hold", "stall")))
GIVING = dict(zip(ORDER, ("lean", "ease", "accept", "drop", "comply")))
TRUTHS, OUTCOMES = ("word", "tactic"), ("handover", "strike", "stalemate")
STEPS = ("join", "declare", "inspect", "destroy")
FRONT = ("us", "france", "opposition")  # the first of them to hold out stands in front
RANKING = {  # best first; Syria's is that of the truth
    **dict.fromkeys(("us", "france"), ("handover", "strike", "stalemate")),
    **dict.fromkeys(("russia", "word"), ("handover", "stalemate", "strike")),
    "opposition": ("strike", "stalemate", "handover"),
    "tactic": ("stalemate", "handover", "strike")}
PRICES = {"us": ("face", "pressure", "delay"), "russia": ("face", "strain", "delay"),
          "syria": ("face", "leverage", "respite"), "france": ("face", "pressure", "delay"),
          "opposition": ("face", "pressure")}  # that a party can be charged
PROMISES = {  # the one move that a commitment leaves in a state, None where it binds nothing
    "us": {"drop at once": lambda at: "drop", "drop while Syria works": lambda at:
           "drop" if at.syria == "comply" else "hold", "hold to the end": lambda at: "hold"},
    "russia": {"lean every round": lambda at: "lean", "lean while the plan stands still":
               lambda at: "lean" if at.done and at.syria == "stall" else "shield"},
    "france": {"follow Washington": lambda at: "ease" if at.us == "drop" else "press"},
    "opposition": {"accept every round": lambda at: "accept"},
    "syria": {"work whenever the threat is dropped": lambda at:
              "comply" if at.us == "drop" else None, "work every round": lambda at: "comply"}}

class State(namedtuple("State", ("done", "failings", *ORDER))):
    """The stages done, Syria's failings so far (3: three and more), everybody's position."""
    def record(self):
        return max(0, self.done - 1) - self.failings

    def under_way(self):
        """Is a stage under way? The first, a paper, takes its course; the others need work."""
        return self.done == 0 or self.syria == "comply"

    def moved(self, party, move):
        """The state once a party has moved; to go back to stalling is a failing."""
        failed = party == "syria" and (self.syria, move) == ("comply", "stall")
        return self._replace(**{party: move, "failings": min(3, self.failings + failed)})

    def brought(self, what):
        """The state once a spell has ended; a failing that talks break over is not counted."""
        if what in ("short", "review"):
            return self._replace(failings=min(3, self.failings + 1), syria="stall")
        return self._replace(done=self.done + (what == "completes"))

def mix(parts):
    """One dictionary from pairs of a weight and a dictionary."""
    mixed = defaultdict(float)
    for weight, part in parts:
        for key, number in part.items():
            mixed[key] += weight * number
    return mixed

def odds_in(ahead):
    return {outcome: ahead.get(outcome, 0.0) for outcome in OUTCOMES}

def pick(chances, draw):
    """The first at which the probabilities, added up, exceed the draw; else the last."""
    sums = zip(itertools.accumulate(chances.values()), chances)
    return next((key for total, key in sums if total > draw), [*chances][-1])

def learn(belief, word, tactic):
    """Bayes' rule, given how likely it was under either truth; what is impossible is ignored."""
    either = belief * word + (1 - belief) * tactic
    return belief * word / either if either else belief

def day(turn):
    """The first day of a turn."""
    return str(datetime.date(2013, 9, 12) + datetime.timedelta(14 * (turn - 1)))

class Oracle:
    """One dispute, solved."""
    def __init__(self, numbers=(), done=0, positions=(), bans=(), package=()):
        self.numbers = {**NUMBERS, **dict(numbers)}
        self.start = State(done, 0, **{**DECLARED, **dict(positions)})
        self.bans, self.package = set(bans), dict(package)
        self.expect = functools.cache(self.expect)
        self.choice = functools.cache(self.choice)

    def menu(self, state, party):
        """The moves open to a party, the declared one first."""
        if party == "syria" and state.done == 0:
            return [state.syria]
        menu = [move for move in (DECLARED[party], GIVING[party]) if (party, move) not in self.bans]
        bound = party in self.package and PROMISES[party][self.package[party]](state)
        return [bound] if bound in menu else menu

    def kind(self, state, party, move):
        """What a move is: to keep one's position, or one of four ways to change it."""
        deeds = state.syria == "comply" and state.record() >= self.numbers["deeds"]
        stuck = state.syria == "stall" and state.failings > 0
        met = {"russia": stuck, "us": deeds, "opposition": deeds}.get(party, state.us == "drop")
        if move == getattr(state, party):
            return "keep"
        return (("return", "reversal"), ("concession", "answer"))[move == GIVING[party]][met]

    def trust(self, state, party="us"):
        """The probability that one of the four gives to `word`."""
        first = self.numbers["trust_moscow" if party == "russia" else "trust"]
        word = first * self.numbers["credit"] ** state.record()
        return word / (word + (1 - first))

    def spell(self, state):
        """The first turn of a spell that can be its last, and the chance of each from then on."""
        if not state.under_way():
            return self.numbers["review"], 1.0
        lost = self.numbers["disruption"] * (state.done > 0 and state.opposition == "reject")
        return self.numbers["least_" + STEPS[state.done]], self.numbers["pace"] * (1 - lost)

    def ends(self, truth, state):
        """{what ends a spell: its probability}, in the order of the draws."""
        breaks = 1 - (1 - self.numbers["impatience"]) ** state.failings
        if not state.under_way():
            return {"breaks": breaks, "review": 1 - breaks}
        averted = self.numbers["oversight"] * (state.russia == "lean")
        short = {"word": self.numbers["error"], "tactic": self.numbers["short"] * (1 - averted)}
        short = short[truth] if state.done else 0.0
        return {"completes": 1 - short, "short": short * (1 - breaks), "breaks": short * breaks}

    def outcome(self, number, state, what):
        """{outcome: probability} where what ends the spell of a round ends the history too."""
        if what == "breaks":
            found = self.numbers["support"] * self.numbers["cause"] ** max(0, state.failings - 1)
            none = 1 - self.numbers["support"]
            none *= self.numbers["backing"] if state.france == "ease" else 1
            strike = found / (found + none) * (state.us == "hold")
            return {"strike": strike, "stalemate": 1 - strike}
        if what == "completes" and state.done == 3:
            return {"handover": 1.0}
        return {"stalemate": 1.0} if number == self.numbers["rounds"] else {}

    def prices(self, truth, state):
        """{(party, price): what it costs in every turn of a spell}; a gain is below 0."""
        cost, leans = self.numbers, state.russia == "lean"
        prices = {("russia", "strain"): cost["strain"] * leans}
        if state.done and state.syria == "comply":
            front = [party for party in FRONT if getattr(state, party) == DECLARED[party]][:1]
            return prices | {(party, "pressure"): cost["pressure"] for party in front}
        return prices if not state.done else {
            **prices, ("us", "delay"): cost["delay"], ("france", "delay"): cost["delay"],
            ("russia", "delay"): cost["delay"] * (not leans and state.failings > 0),
            ("syria", "leverage"): cost["leverage"] * leans,
            ("syria", "respite"): -cost["respite"] * (truth == "tactic")}

    def expect(self, truth, number, state, step=0):
        """Everything that can be counted, as it is to be expected from a step of a round on."""
        if step < SPELL:
            choice = self.choice(truth, number, state, ORDER[step])
            parts = [(chance, self.after(truth, number, state, ORDER[step], move))
                     for move, (_, chance) in choice.items()]
            if step == 0:
                parts.append((1, {"rounds": 1, ("situation", state.done, state.failings): 1}))
            return mix(parts)
        least, due = self.spell(state)
        turns, works = least + (1 - due) / due, state.under_way()
        parts = [(turns, {"turns": 1, "stalled": not works, **self.prices(truth, state)})]
        for what, chance in self.ends(truth, state).items():
            if works and what != "completes":
                parts.append((chance, {"short": 1, ("syria", "face"): self.numbers["face"]}))
            if chance:
                parts.append((chance, self.outcome(number, state, what)
                              or self.expect(truth, number + 1, state.brought(what))))
        return mix(parts)

    def after(self, truth, number, state, party, move):
        """The same from a move on, itself included."""
        kind, step = self.kind(state, party, move), ORDER.index(party)
        ahead = self.expect(truth, number, state.moved(party, move), step + 1)
        costs = kind in ("concession", "reversal")
        face = {(party, kind): 1, (party, "face"): self.numbers["face"]}
        return mix([(1, ahead), (1, face)]) if costs else ahead

    def account(self, party, truth, ahead):
        """What it all is worth to a party, by the outcomes and each of its prices."""
        best, middle, _ = RANKING[truth if party == "syria" else party]
        return {"outcomes": ahead[best] + self.numbers["middle_" + party] * ahead[middle],
                **{price: -ahead[party, price] for price in PRICES[party]}}

    def views(self, truth, number, state, party):
        """{move: (the odds after it, what it is worth)}: Syria by the truth, others by trust."""
        word = float(truth == "word") if party == "syria" else self.trust(state, party)
        found = {}
        for move in self.menu(state, party):
            parts = [(weight, self.after(each, number, state, party, move))
                     for each, weight in zip(TRUTHS, (word, 1 - word)) if weight]
            found[move] = tuple(mix((weight, of(ahead)) for weight, ahead in parts) for of in
                                (odds_in, functools.partial(self.account, party, truth)))
        return found

    def choice(self, truth, number, state, party):
        """{move: (what its party thinks it worth, its probability)}."""
        views, rationality = self.views(truth, number, state, party), self.numbers["rationality"]
        values = {move: sum(worth.values()) for move, (_, worth) in views.items()}
        weights = {move: math.exp(rationality * (value - max(values.values())))
                   for move, value in values.items()}
        return {move: (values[move], it / sum(weights.values())) for move, it in weights.items()}

    def reason(self, truth, number, state, party, made):
        """How likely the move made was, and why it was made; None where it was the only one."""
        views = self.views(truth, number, state, party)
        found = {"probability": self.choice(truth, number, state, party)[made][1], "why": None}
        for against in views.keys() - {made}:
            (odds, mine), (others, other) = views[made], views[against]
            terms = {term: mine[term] - other[term] for term in mine}
            gain, worst = sum(terms.values()), min(terms, key=terms.get)
            found["why"] = {
                "against": against, "gain": gain, "terms": terms,
                "reason": max(terms, key=terms.get) if gain > 0 else "chance",
                "despite": worst if terms[worst] < -1e-12 else None,
                "odds": {"against": others, "made": odds}}
        return found

    def odds(self, truth):
        return odds_in(self.expect(truth, 1, self.start))

    def payoffs(self, truth, number=1, state=None, step=0):
        ahead = self.expect(truth, number, state or self.start, step)
        return {party: sum(self.account(party, truth, ahead).values()) for party in ORDER}

    def as_seen(self, number, state, step=0):
        """The odds as Washington sees them."""
        word, tactic = (self.expect(truth, number, state, step) for truth in TRUTHS)
        return odds_in(mix([(self.trust(state), word), (1 - self.trust(state), tactic)]))

    def walk(self, truth, still=lambda state: True):
        """Every step of every round, with {state: {turn: probability}}, while still so."""
        after = {self.start: [(1, {1: 1.0})]}
        for number in range(1, self.numbers["rounds"] + 1):
            for step in range(SPELL + 1):
                states = {state: mix(parts) for state, parts in after.items() if still(state)}
                yield number, step, states
                after = defaultdict(list)
                for state, turns in states.items():
                    if step < SPELL:
                        choice = self.choice(truth, number, state, ORDER[step])
                        for move, (_, chance) in choice.items():
                            after[state.moved(ORDER[step], move)].append((chance, turns))
                        continue
                    later = {turn + 1: ended for turn, ended in self.lasts(state, turns).items()}
                    for what, chance in self.ends(truth, state).items():
                        if not self.outcome(number, state, what):
                            after[state.brought(what)].append((chance, later))

    def lasts(self, state, turns):
        """{turn: probability that a spell ends with it}, given those that it begins with."""
        least, due = self.spell(state)
        waiting, turn, ended = 0.0, min(turns), {}
        while turn <= max(turns) or waiting > 1e-15:
            waiting += turns.get(turn, 0.0)
            ended[turn + least - 1] = waiting * due
            waiting, turn = waiting * (1 - due), turn + 1
        return ended

    def completions(self, truth, still=lambda state: True):
        """{(stage, turn): probability that the stage is completed at the end of that turn}."""
        found = Counter()
        for _, step, states in self.walk(truth, still):
            for state, turns in states.items() if step == SPELL else ():
                completes = self.ends(truth, state).get("completes", 0.0)
                for turn, ended in self.lasts(state, turns).items():
                    found[STEPS[state.done], turn] += ended * completes
        return found

    def how_it_ends(self, truth):
        """A handover with the threat never dropped, and one after it was."""
        held = self.completions(truth, lambda state: state.us == "hold")
        held = sum(chance for (stage, _), chance in held.items() if stage == "destroy")
        return {"under_threat": held, "after_drop": self.odds(truth)["handover"] - held}

    def first_mover(self, truth):
        """{party: probability that it is the first to change its position}, and that nobody is."""
        first = dict.fromkeys(ORDER, 0.0)
        for number, step, states in self.walk(truth, lambda state: state[2:] == self.start[2:]):
            for state, turns in states.items() if step < SPELL else ():
                choice = self.choice(truth, number, state, ORDER[step])
                stays = choice.get(state[2 + step], (0, 0))[1]
                first[ORDER[step]] += (1 - stays) * sum(turns.values())
        return {**first, "nobody": 1 - sum(first.values())}

    def deeds(self):
        """The trust believed and the trust earned in every situation."""
        trust, rows = self.trust(self.start), []
        counts = [self.expect(truth, 1, self.start) for truth in TRUTHS]
        for failings, done in itertools.product(range(4), range(4)):
            word, tactic = (count["situation", done, failings] for count in counts)
            both = trust * word + (1 - trust) * tactic
            if max(word, tactic) > 1e-6:  # which is beyond rounding
                rows.append({"done": done, "failings": failings, "expected_rounds": both,
                             "believed": self.trust(State(done, failings, *self.start[2:])),
                             "earned": trust * word / both if both else None})
        return rows

    def play(self, seed, truth="drawn", other=False):
        """One history, drawn; the `other` has the same draws and the other truth."""
        draw = random.Random(seed).random
        if truth == "drawn":
            truth = "word" if draw() < self.numbers["prior"] else "tactic"
        if other:
            truth = "tactic" if truth == "word" else "word"
        state, turn, reader, rounds, outcome = self.start, 0, self.numbers["prior"], [], None
        while not outcome:
            number, head, before, moves = len(rounds) + 1, turn + 1, state, {}
            for party in ORDER:
                at = number, state, party
                values, chances = ({move: it[place] for move, it in self.choice(truth, *at).items()}
                                   for place in (0, 1))
                move = pick(chances, draw())
                reasons = {each: self.reason(each, *at, move) for each in TRUTHS}
                moves[party] = {"move": move, "kind": self.kind(state, party, move),
                                "values": values, **reasons[truth]}
                state = state.moved(party, move)
            moves["syria"]["by_truth"] = reasons
            reader = learn(reader, *(reasons[each]["probability"] for each in TRUTHS))
            quiet = {"trust": self.trust(state), "reader": reader,
                     "as_seen": self.as_seen(number, state, SPELL)}
            (least, due), what = self.spell(state), "quiet"
            while what == "quiet":
                turn += 1
                over = due if turn - head + 1 >= least else 0.0
                ends = {each: mix([(over, self.ends(each, state)), (1 - over, {"quiet": 1})])
                        for each in TRUTHS}
                what = pick(ends[truth], draw())
                reader = learn(reader, *(ends[each][what] for each in TRUTHS))
            outcomes, broke = self.outcome(number, state, what), what == "breaks"
            event = {"what": what, "turn": turn, "date": day(turn + 1),  # of that turn's end
                     "over": ("short" if state.under_way() else "review") if broke else None,
                     "support": outcomes["strike"] if broke else None}
            outcome = pick(outcomes, draw() if broke else 0.0) if outcomes else None
            state = state.brought(what)
            seen = odds_in({outcome: 1.0}) if outcome else self.as_seen(number + 1, state)
            rounds.append({
                "round": number, "turn": head, "date": day(head), "stage": STEPS[before.done],
                "positions": dict(zip(ORDER, before[2:])), "failings": before.failings,
                "moves": moves, "quiet": quiet, "event": event, "trust": self.trust(state),
                "reader": reader, "as_seen": seen})
        return {"seed": seed, "true": truth, "rounds": rounds, "turns": turn, "date": day(turn),
                "outcome": outcome, "odds": self.as_seen(1, self.start),
                "odds_by_truth": {each: self.odds(each) for each in TRUTHS}}

    def play_both(self, seed, truth="drawn"):
        """A history with, beside it, the other Assad's: how it ended, and where the two part."""
        one, other = (self.play(seed, truth, other=it) for it in (False, True))
        seen = []  # two sets of what is seen, each thing with its turn
        for history in (one, other):
            seen.append({(history["turns"], history["outcome"])})
            for each in history["rounds"]:
                seen[-1].add((each["event"]["turn"], each["event"]["what"]))
                seen[-1] |= {(each["turn"], made["move"]) for made in each["moves"].values()}
        parts = min((turn for turn, _ in seen[0] ^ seen[1]), default=None)
        return {**one, "other": {"true": other["true"], "outcome": other["outcome"],
                                 "turns": other["turns"], "parts_in_turn": parts}}

def temptation(package, numbers=(), **setting):
    """The most that a signatory could gain by being free of its commitment, and where."""
    bound, found = Oracle(numbers, **setting, package=package), []
    for party, truth in itertools.product(package, TRUTHS):
        others = {other: package[other] for other in package if other != party}
        free = Oracle(numbers, **setting, package=others)
        for number, step, states in bound.walk(truth):
            for state, turns in states.items() if step == ORDER.index(party) else ():
                if (chance := sum(turns.values())) >= 0.01:
                    worth, kept = (game.payoffs(truth, number, state, step)[party]
                                   for game in (free, bound))
                    found.append((worth - kept, {
                        "party": party, "true": truth, "round": number, "done": state.done,
                        "failings": state.failings, "positions": dict(zip(ORDER, state[2:])),
                        "probability": round(chance, 9)}))
    largest = max(gain for gain, _ in found)
    return largest, [where for gain, where in found if gain >= largest - 1e-12]

def settle(numbers=(), **setting):
    """Every package: promises and deals that are acceptable, best first, and those refused."""
    rows, free, found = [], {}, {"promises": [], "deals": [], "refused": []}
    for texts in itertools.product(*([None, *its] for its in PROMISES.values())):
        package = {party: text for party, text in zip(PROMISES, texts) if text}
        game = Oracle(numbers, **setting, package=package)
        payoffs = {truth: game.payoffs(truth) for truth in TRUTHS}
        free = free or payoffs  # with the empty package, which comes first
        gains = {truth: {party: payoffs[truth][party] - free[truth][party] for party in ORDER}
                 for truth in TRUTHS}
        rows.append({
            "commitments": dict(zip(PROMISES, texts)), "signatories": [*package], "gains": gains,
            "smallest_gain": min([gains[truth][it] for it in package for truth in TRUTHS] or [0]),
            "odds": {truth: game.odds(truth) for truth in TRUTHS},
            "expected_turns": {it: game.expect(it, 1, game.start)["turns"] for it in TRUTHS}})
    for row in sorted(rows[1:], key=lambda row: (
            -round(row["smallest_gain"], 9),
            -round(sum(row["odds"][truth]["handover"] for truth in TRUTHS) / 2, 9),
            len(row["signatories"]))):
        package = {party: row["commitments"][party] for party in row["signatories"]}
        kind = "promises" if len(package) == 1 else "deals"
        kind = kind if row["smallest_gain"] >= 0.01 - 1e-12 else "refused"
        found[kind].append(row)
        if kind != "refused":
            row["temptation"], row["tempted"] = temptation(package, numbers, **setting)
            row["kept"] = row["temptation"] < 0.01 + 1e-12
    return {"without": rows[0], **found}

def world_draws(seed, n):
    """The judgements of n worlds; none of them can be drawn above the top of its range."""
    draw = random.Random(seed).random
    return [{
        name: int(3 * u) if name == "deeds" else u if name.startswith("middle_")
        else 1 + int(2 * default * u) if name.startswith(("review", "least_"))
        else default ** (2 * u) if name in ("cause", "backing", "credit")
        else default * ((0.25 if name == "rationality" else 0.5) + u)
        for name, default in NUMBERS.items() if name not in ("prior", "rounds")
        for u in [draw()]} for _ in range(n)]

WHO = (*PRICES, "nobody")  # in the order in which ties are broken

def disputes(seed, n, done=(0, 1, 2, 3), rounds=4):
    """Short disputes that leave no corner out, as arguments of Oracle."""
    rng = random.Random(seed)
    def number(name):
        u = rng.choice((0, 1, *[rng.random()] * 4))  # one in three is an end of the range
        if name in ("review", "deeds") or name.startswith("least_"):
            return int(3.99 * u) + (name != "deeds")
        if name in ("cause", "backing", "credit"):
            return 1 + 3 * u
        price = any(name in its for its in PRICES.values())
        return 0.3 * u if price else {"pace": 0.4 + 0.6 * u, "disruption": 0.8 * u}.get(name, u)
    for _ in range(n):
        bans = [(party, rng.choice((DECLARED, GIVING))[party]) for party in ORDER]
        numbers = {name: number(name) for name in NUMBERS}
        numbers |= {"rationality": rng.choice((0, 1e6, 3, 10, 18, 30)),
                    "rounds": rng.randint(1, rounds)}
        yield {"numbers": numbers, "done": rng.choice(done),
               "bans": rng.sample(bans, rng.choice((0, 0, 1, 2))),
               "positions": {it: rng.choice((DECLARED, DECLARED, GIVING))[it] for it in ORDER}}

def asking(command, numbers=(), done=0, positions=(), bans=()):
    """The command line that asks about such a dispute."""
    return " ".join([
        f"{command} --done {done}", *(f"--set {name}={it!r}" for name, it in dict(numbers).items()),
        *(f"--start {party}.{move}" for party, move in dict(positions).items()),
        *(f"--forbid {party}.{move}" for party, move in bans)])

@functools.cache
def solved():
    """Some disputes, each with the second solver's game."""
    return [(it, Oracle(**it)) for it in disputes(342, 12)]

class Comparison(unittest.TestCase):
    """Compares answers, number by number."""
    def agree(self, found, wanted, within=1e-9, where=()):
        """Everything wanted is found, numbers as near as that."""
        if isinstance(wanted, dict):
            self.assertIsInstance(found, dict, where)
            for key, value in wanted.items():
                self.agree(found[key], value, within, (*where, key))
        elif isinstance(wanted, (list, tuple)):
            self.assertEqual(len(found), len(wanted), where)
            self.agree(dict(enumerate(found)), dict(enumerate(wanted)), within, where)
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
    SOURCES: ClassVar = {  # the paragraphs of a party, and of its condition
        "us": ("¶6 ¶8 ¶11 ¶17", "¶6 ¶8"),
        "russia": ("¶4 ¶7 ¶10 ¶22–25", "inferred from ¶7 ¶12"), "syria": ("¶1–4", "¶2 ¶3"),
        "france": ("¶17 ¶18", "inferred from ¶17 ¶18"), "opposition": ("¶21", "inferred")}

    def test_every_party_has_two_positions_a_ranking_and_prices_syria_a_ranking_by_truth(self):
        for (name, party), (it, sources) in zip(sim.PARTIES.items(), self.SOURCES.items()):
            self.assertEqual([name, party.declared, party.giving, party.ranking],
                             [it, DECLARED[it], GIVING[it], RANKING.get(it, ())])
            self.assertEqual((*sim.CHARGED[it],), PRICES[it])
            self.assertTrue(party.source.startswith(sources[0]), party.source)
            self.assertEqual(party.condition.source, sources[1])
        found = [(name, it.ranking) for name, it in sim.READINGS.items()]
        self.assertEqual(found, [(truth, RANKING[truth]) for truth in TRUTHS])

    def test_four_stages_and_every_number_with_its_agreed_default_and_range_in_order(self):
        self.assertEqual([[*defaults().items()], [*sim.STAGES]], [[*NUMBERS.items()], [*STEPS]])
        whole = {"review": (1, 100), "deeds": (0, 3), "rounds": (1, 1000),
                 **{f"least_{name}": (1, 100) for name in STEPS}}
        ranges = {"rationality": (0, 1e9), "disruption": (0, 0.99), "pace": (0.01, 1), **whole,
                  **dict.fromkeys(("cause", "backing", "credit"), (1, 1000)),
                  **{name: (0, 100) for prices in PRICES.values() for name in prices}}
        for name, it in sim.PARAMETERS.items():
            self.assertEqual((it.low, it.high, sim.KINDS[it.kind].whole),
                             (*ranges.get(name, (0, 1)), name in whole), name)

    def test_whatever_is_cited_is_a_paragraph_of_the_report(self):
        sources = [*sim.PARTIES.values(), *sim.READINGS.values(), *sim.CLAIMS]
        self.assertEqual([it for it in sources if "¶" not in str(it)], [])
        cited = re.findall(r"¶([\d–]+)", (HERE / "sim.py").read_text("utf-8"))
        self.assertLessEqual({int(n) for it in cited for n in it.split("–")}, {*range(1, 30)})

def at(text=""):
    """The state that words tell: stages done, failings, and positions that are not as declared."""
    counts = [int(word) for word in text.split() if word.isdigit()]
    return sim.State(*counts, **dict(word.split(".") for word in text.split() if "." in word))

class TheRulesOfARound(Comparison):
    """Section 2: who may do what, what it does, and what the others believe."""
    MENUS = (  # party, its commitment; state (as `at` reads it), without what is forbidden: menu
        ("russia", "", "0: shield lean; 3 russia.lean us.drop: shield lean"),
        ("france", "", "0: press ease"), ("opposition", "", "0: reject accept"),
        ("us", "", "0: hold drop; 2 us.drop: hold drop; 0 us.drop without us.drop: hold"),
        ("syria", "", "1: stall comply; 3 syria.comply without russia.lean syria.stall: comply"),
        # while the first stage is in hand Syria keeps its position, whatever is forbidden
        ("syria", "", "0: stall; 0 without syria.stall: stall; 0 syria.comply: comply"),
        ("us", "drop at once", "0: drop; 3 us.drop: drop"),  # and never hold again
        ("us", "drop while Syria works", "1 syria.comply: drop; 1: hold; 2 us.drop: hold"),
        ("us", "hold to the end",  # what is off the table, it does not bind to
         "3 syria.comply: hold; 0 us.drop: hold; 1 without us.hold: drop"),
        ("russia", "lean every round", "0: lean; 3 russia.lean syria.comply: lean"),
        ("russia", "lean while the plan stands still",
         "0: shield; 1: lean; 2 russia.lean syria.comply: shield"),
        ("france", "follow Washington", "2: press; 0 us.drop: ease; 1 france.ease: press"),
        ("opposition", "accept every round", "1: accept; 0 us.drop: accept"),
        ("syria", "work whenever the threat is dropped",
         "1: stall comply; 1 us.drop: comply; 0 us.drop: stall"),
        ("syria", "work every round", "3: comply; 0: stall; 1 without syria.comply: stall"))
    CONDITIONS = (  # party, changed numbers: states in which its condition is met, and is not
        ("us", {}, "2 0 syria.comply, 3 1 syria.comply us.drop",
         "0 0, 2 0 us.drop, 1 0 syria.comply, 2 1 syria.comply, 3 2 syria.comply"),
        ("us", {"deeds": 0}, "1 0 syria.comply, 2 1 syria.comply", "1 0, 1 1 syria.comply"),
        ("us", {"deeds": 3}, "", "3 0 syria.comply"),  # nothing does
        ("opposition", {}, "2 0 syria.comply, 3 1 syria.comply us.drop",
         "0 0 us.drop, 3 0 us.drop, 1 0 syria.comply, 3 2 syria.comply"),
        ("russia", {}, "1 1, 3 3 us.drop", "1 0, 1 1 syria.comply, 2 0 us.drop"),
        ("france", {}, "0 0 us.drop, 3 2 us.drop syria.comply", "0 0, 3 0 syria.comply"),
        ("syria", {}, "1 0 us.drop, 2 3 us.drop france.ease", "1 0, 3 1 france.ease russia.lean"))
    TURNS = (  # state: what every turn of the spell costs whom
        ("0 0", ""), ("0 0 russia.lean syria.comply", "russia strain"),
        ("1 0", "us delay, france delay, syria respite"), ("1 1 syria.comply", "us pressure"),
        ("3 1", "us delay, france delay, russia delay, syria respite"),  # Moscow has vouched
        ("1 1 us.drop france.ease russia.lean",
         "us delay, france delay, russia strain, syria leverage, syria respite"),
        ("2 0 syria.comply france.ease", "us pressure"), ("1 0 syria.comply us.drop",
         "france pressure"), ("1 0 syria.comply us.drop france.ease", "opposition pressure"),
        ("3 2 syria.comply us.drop france.ease opposition.accept russia.lean", "russia strain"))
    SPELLS = (  # state, truth: turns a spell lasts on average; by turn, what its end brings
        ("0 0", "tactic", 2, {1: "completes 0.5, quiet 0.5"}),  # nobody can hold a paper up
        ("1 0 syria.comply", "word", 11 / 3,  # it takes two turns at least
         {1: "quiet 1", 2: "completes 0.31875, short 0.05625, quiet 0.625"}),
        ("1 0 syria.comply", "tactic", 11 / 3, {9: "completes 0.2625, short 0.1125, quiet 0.625"}),
        ("2 0 syria.comply russia.lean", "tactic", 3 + 5 / 3,  # as often as an honest man
         {3: "completes 0.31875, short 0.05625, quiet 0.625"}),
        ("3 1 syria.comply opposition.accept russia.lean", "word", 8 + 1,
         {8: "completes 0.425, short 0.06375, breaks 0.01125, quiet 0.5"}),
        ("3 3 syria.comply opposition.accept us.drop", "tactic", 8 + 1,
         {8: "completes 0.35, short 0.09211875, breaks 0.05788125, quiet 0.5"}),
        ("1 0", "tactic", 3, {2: "quiet 1", 3: "review 1"}),
        ("2 2 us.drop", "word", 3, {3: "breaks 0.2775, review 0.7225"}))
    SUPPORT = (  # state, changed numbers: the chance that Washington finds it
        ("1 1", {}, 0.55), ("1 0", {}, 0.55), ("1 2", {}, 22 / 31), ("1 3", {}, 44 / 53),
        ("3 1 france.ease", {}, 22 / 49), ("1 3 us.drop", {"support": 1}, 0),
        ("1 3", {"support": 0}, 0), ("1 1 france.ease", {"support": 1}, 1),
        ("2 3 france.ease", {"support": 0.5, "cause": 3, "backing": 4}, 9 / 13))
    TRUST = (  # state: Washington's trust and Moscow's, in percent
        ("0 3", 4, 16), ("0 2", 8, 27), ("1 1", 14, 43), ("1 0", 25, 60), ("2 0", 40, 75),
        ("3 0", 57, 86), ("4 0", 73, 92), ("3 2 syria.comply us.drop", 25, 60))

    def test_who_has_which_moves_and_what_forbidding_and_commitments_leave(self):
        for party, text, cases in self.MENUS:
            for words, wanted in (it.split(": ") for it in cases.split("; ")):
                state, _, taken = words.partition(" without ")
                taken = [tuple(move.split(".")) for move in taken.split()]
                bind = sim.COMMITMENTS[party][text] if text else None
                found = sim.menu(party, at(state), taken, bind)
                self.assertEqual(" ".join(found), wanted, (party, text, words))
        texts = [(party, text) for party, its in sim.COMMITMENTS.items() for text in its]
        self.assertEqual(texts, [*dict.fromkeys(it[:2] for it in self.MENUS if it[1])])

    def test_to_give_way_or_go_back_is_read_against_ones_own_condition_when_one_moves(self):
        for (party, changed, *cases), met in itertools.product(self.CONDITIONS, (True, False)):
            for words in filter(None, cases[not met].split(", ")):
                for before, after, kind in ((DECLARED, GIVING, "answer" if met else "concession"),
                                            (GIVING, DECLARED, "reversal" if met else "return"),
                                            (GIVING, GIVING, "keep"), (DECLARED, DECLARED, "keep")):
                    state = at(words)._replace(**{party: before[party]})
                    found = sim.kind_of(party, after[party], state, defaults(**changed))
                    self.assertEqual(found, kind, (party, changed, state))
        # France eases before the US drops, Syria goes to work after it; nobody has a choice
        moves = told("run --done 1 --forbid france.press --forbid us.hold --forbid syria.stall "
                     "--set rounds=1")["rounds"][0]["moves"]
        kinds = [moves[party]["kind"] for party in ("france", "us", "syria")]
        self.assertEqual(kinds, ["concession", "concession", "answer"])

    def test_a_move_changes_a_position_and_for_syria_to_stop_is_a_failing(self):
        for party, failings, before, after in itertools.product(
                ORDER, range(4), (DECLARED, GIVING), (DECLARED, GIVING)):
            stops = party == "syria" and before is GIVING and after is DECLARED
            wanted = sim.State(2, min(3, failings + stops), **{**before, party: after[party]})
            found = sim.effect(party, after[party], sim.State(2, failings, **before))
            self.assertEqual(found, wanted)  # three failings and more count the same

    def test_what_every_turn_of_a_spell_costs_whom(self):
        coins = {"face": 1, "pressure": 2, "strain": 4, "delay": 8, "leverage": 16, "respite": 32}
        rates = sim.game_of(sim.Dispute(defaults(**coins))).rates
        for truth, (state, bill) in itertools.product(TRUTHS, self.TURNS):
            wanted = dict.fromkeys(ORDER, 0.0)
            for party, price in re.findall(r"(\w+) (\w+)", bill):  # respite is a bluffer's gain
                wanted[party] += coins[price] * {"respite": int(truth == "tactic")}.get(price, -1)
            found = {party: sum(rates[truth][party].get(event, 0) for event in sim.tolls(at(state)))
                     for party in ORDER}
            self.assertEqual(found, wanted, (state, truth))

    def test_how_long_a_spell_lasts_and_what_the_end_of_a_turn_can_bring(self):
        for state, truth, length, turns in self.SPELLS:
            spell = sim.spell(at(state), truth, defaults())
            self.assertAlmostEqual(spell.length, length, 12)
            for turn, wanted in turns.items():
                found = {what: chance for what, chance in spell.chances(turn).items() if chance}
                wanted = {what: float(p) for what, p in re.findall(r"(\w+) ([\d.]+)", wanted)}
                self.assertEqual([*found], [*wanted])  # in the order of the draws
                self.agree(found, wanted, 1e-12, (state, truth, turn))

    def test_support_follows_failings_and_france_and_trust_the_record_but_in_closed_minds(self):
        for state, changed, wanted in self.SUPPORT:
            self.assertAlmostEqual(sim.support(at(state), defaults(**changed)), wanted, 12, state)
        for (state, us, russia), party in itertools.product(self.TRUST, (*FRONT, "russia")):
            found = round(100 * sim.trust_of(party, at(state), defaults()))
            self.assertEqual(found, russia if party == "russia" else us, (state, party))
        for trust, credit in ((0, 2), (1, 2), (0, 1000), (1, 1000), (0.3, 1)):
            found = sim.trust_of("us", at("1 3"), defaults(trust=trust, credit=credit))
            self.assertAlmostEqual(found, trust, 14)

    def test_a_turn_is_two_weeks_from_12_september_2013(self):
        said = told("run --forbid syria.comply --set pace=1 --set rounds=2")
        dates = [(it["turn"], it["date"], it["event"]["turn"], it["event"]["date"])
                 for it in said["rounds"]]  # an event has the date of its turn's end
        self.assertEqual(dates, [(1, "2013-09-12", 1, "2013-09-26"),
                                 (2, "2013-09-26", 4, "2013-11-07")])
        self.assertEqual((said["turns"], said["date"]), (4, "2013-10-24"))

def textbook(movers, ends, rates, belief=0.5, rationality=1.0, odds=()):
    """A game of one round solved: every path of options ends; the last mover is informed."""
    def branches(mover, path):
        options = dict.fromkeys(it[len(path)] for it in ends if it[: len(path)] == path)
        return [sim.Branch(it, ends.get((*path, it), (*path, it)), {(*path, it): 1.0},
                           dict(odds).get((*path, it), (0.0, 0.0))) for it in options]
    return sim.backward(sim.unfold(sim.Game(
        movers=movers, informed=[it for it in movers if it != "chance"][-1], types=(*rates,),
        start=(), rounds=1, outcomes=(*dict.fromkeys(ends.values()),), timeout=ends[min(ends)],
        rationality=rationality, branches=branches, rates=rates, belief=lambda *_: belief)))

def first_share(solution, depth, state, type_):
    """The probability of the first move of whoever moves at a step of round 1, in a state."""
    return solution.policy[0][depth][type_][solution.graph.index[state]]

def fermi(rationality, one, other):
    """The logit probability of the first of two options."""
    return 1 / (1 + math.exp(rationality * (other - one)))

class TextbookGames(Comparison):
    """Section 3 knows nothing of Syria: it solves other games, as by hand, and one by Gambit."""
    def test_entry_deterrence_under_logit_by_hand_where_a_type_matters_and_where_not(self):
        ends = {("out",): "none", ("in", "fight"): "war", ("in", "yield"): "peace"}
        entrant, weak, tough = (dict(zip(("none", "war", "peace"), its)) for its in (
            (0.2, -1, 1), (2, -1, 1), (2, 1, -0.5)))  # the weak would yield, the tough fight
        for rationality, belief, other in (  # the entrant does not know which incumbent it faces
            (0, 0.5, weak), (9, 0.3, weak), (0.5, 0.1, tough), (3, 0.9, tough), (3, 1, tough)):
            minds = {"other": other, "weak": weak}
            rates = {it: {"entrant": entrant, "incumbent": mind} for it, mind in minds.items()}
            solution = textbook(("entrant", "incumbent"), ends, rates, belief, rationality)
            fights = {it: fermi(rationality, its["war"], its["peace"]) for it, its in minds.items()}
            worth = belief * (1 - 2 * fights["other"]) + (1 - belief) * (1 - 2 * fights["weak"])
            enters = fermi(rationality, worth, entrant["none"])
            for type_, p in fights.items():  # the informed follow their own mind
                odds = {"none": 1 - enters, "war": enters * p, "peace": enters * (1 - p)}
                payoff = sum(odds[outcome] * minds[type_][outcome] for outcome in odds)
                forecast = sim.forward(solution, type_)
                self.agree([forecast.odds, forecast.counts, solution.at_start(type_)],
                           [odds, {("in", "fight"): odds["war"]}, {"incumbent": payoff}], 1e-12)

    def test_four_node_centipede_under_logit_by_hand_unravels_as_rationality_grows(self):
        *stops, last = pairs = [(4, 1), (2, 8), (16, 4), (8, 32), (64, 16)]
        ends = {(*["pass"] * n, "take"): str(pair) for n, pair in enumerate(stops)}
        ends[("pass",) * 4] = str(last)
        minds = {"one": {str(pair): pair[0] for pair in pairs},
                 "two": {str(pair): pair[1] for pair in pairs}}
        for rationality in (0, 0.05, 0.3, 1, 1e6):
            rates, by_hand, worth = {"a": minds, "b": minds}, [], last
            solution = textbook(("one", "two") * 2, ends, rates, 0.3, rationality)
            for n, stop in reversed([*enumerate(stops)]):
                p = fermi(min(rationality, 9), stop[n % 2], worth[n % 2])
                by_hand.insert(0, p)  # the probability of taking, if play gets there
                worth = [p * x + (1 - p) * y for x, y in zip(stop, worth)]
            found = [first_share(solution, n, ("pass",) * n, "a") for n in range(4)]
            self.agree(found, by_hand if rationality < 9 else [1, 1, 1, 1], 1e-12)

    def test_a_coin_of_chance_and_a_clock_make_a_geometric_wait(self):
        branches = [sim.Branch("heads", "hit", {"tosses": 1.0}, (0.3, 0.3)),
                    sim.Branch("tails", "waiting", {"tosses": 1.0}, (0.7, 0.7))]
        solution = sim.backward(sim.unfold(sim.Game(
            movers=("chance",), informed="nobody", types=("a", "b"), start="waiting", rounds=5,
            outcomes=("hit", "late"), timeout="late", rationality=1,
            branches=lambda mover, state: branches, belief=lambda mover, state: 0.5,
            rates={it: {"watcher": {"hit": 1.0, "tosses": -0.1}} for it in "ab"})))
        forecast, tosses = sim.forward(solution, "b"), sum(0.7**toss for toss in range(5))
        self.agree([forecast.odds, forecast.counts, solution.at_start("b")["watcher"]], [
            {"hit": 1 - 0.7**5, "late": 0.7**5}, {"tosses": tosses}, 1 - 0.7**5 - 0.1 * tosses])

    def test_a_used_car_whose_luck_and_price_of_repair_hang_on_a_type_its_seller_alone_knows(self):
        prices = {"good": 0.02, "bad": 0.3}
        runs = {"repair": (0.95, 0.8), "leave": (0.9, 0.4)}  # how likely: if it is good, bad
        ends, luck = {("pass",): "none"}, {}
        for care, how in itertools.product(runs, ("runs", "fails")):
            ends["buy", care, how] = how
            luck["buy", care, how] = tuple(p if how == "runs" else 1 - p for p in runs[care])
        rates = {it: {"buyer": {"none": 0.1, "runs": 1, "fails": -1},
                      "seller": {"runs": 1, ("buy", "repair"): -prices[it]}} for it in prices}
        movers = ("buyer", "seller", "chance")
        for rationality, belief in ((0, 0.5), (2, 0.1), (5, 0.4), (5, 0), (20, 1)):
            solution = textbook(movers, ends, rates, belief, rationality, luck)
            cares, oks = {}, {}
            for type_, price, repaired, left in zip(rates, prices.values(), *runs.values()):
                cares[type_] = p = fermi(rationality, repaired - price, left)
                oks[type_] = p * repaired + (1 - p) * left
            worth = belief * (2 * oks["good"] - 1) + (1 - belief) * (2 * oks["bad"] - 1)
            buys = fermi(rationality, worth, 0.1)
            for type_, p in oks.items():
                forecast = sim.forward(solution, type_)
                self.agree([forecast.odds, forecast.counts, solution.at_start(type_)], [
                    {"none": 1 - buys, "runs": buys * p, "fails": buys * (1 - p)},
                    {("buy", "repair"): buys * cares[type_]},
                    {"buyer": 0.1 * (1 - buys) + buys * (2 * p - 1),
                     "seller": buys * (p - prices[type_] * cares[type_])}], 1e-12)

    HISTORIES = (
        "", "lean", "shield press", "lean ease", "shield press reject", "lean press accept",
        "shield press reject hold|word", "shield press reject hold|tactic",
        "lean ease accept drop|word", "lean ease accept drop|tactic")
    GAMES = (  # numbers, state: chance of the declared move after these; Syria's by its type
        ("""rationality=8 trust=0.6 impatience=0.7 support=0.45 backing=2.5 deeds=2 face=0.15
            respite=0.11 delay=0.03 short=0.5 middle_syria=0.4 middle_us=0.3 middle_russia=0.55
            middle_france=0.6 middle_opposition=0.35""", "3 0 syria.comply",  # talks can break off
         """0.91689391 0.70587144 0.49938309 0.39325395 0.36771392 0.39329325
            0.00733308 0.95771023 0.00055278 0.94978873"""),
        ("""rationality=6 trust=0.3 impatience=0.5 support=0.7 backing=4 deeds=1 face=0.2
            pressure=0.03 strain=0.015 delay=0.02 respite=0.15 leverage=0.05 short=0.6 error=0.25
            oversight=0.8 middle_us=0.8 middle_russia=0.3 middle_syria=0.6 middle_france=0.2
            middle_opposition=0.7""", "3 0 us.drop syria.comply france.ease",
         """0.82505597 0.11512088 0.49947574 0.27375163 0.16742304 0.17458811
            0.05952437 0.90720705 0.02659699 0.94562800"""),
        ("rationality=18 trust=0.25 impatience=0.4 support=0.8 face=0.1 respite=0.12 short=0.45",
         "3 0 russia.lean syria.comply",
         """0.90179404 0.83884021 0.49482875 0.39064112 0.56075168 0.63717088
            0.00003500 0.99846854 0.00000047 0.99872049"""),
        ("""rationality=9 trust=0.45 credit=3 impatience=0.8 support=0.6 backing=2 deeds=1 face=0.09
            pressure=0.04 strain=0.02 delay=0.025 leverage=0.08 respite=0.1 disruption=0.6
            least_inspect=2 pace=0.6 review=2 short=0.5 error=0.2 middle_us=0.35 middle_russia=0.65
            middle_syria=0.4 middle_france=0.45 middle_opposition=0.3""",
         "2 0 us.drop syria.comply opposition.accept",
         """0.74098018 0.29691978 0.29756720 0.10166797 0.11857321 0.16846685
            0.17278737 0.10764743 0.11026864 0.43843893"""))

    def test_choices_in_one_round_are_those_of_the_bayesian_game_solved_by_pygambit_16_7_0(self):
        for words, start, choices in self.GAMES:
            numbers = {name: float(value) for name, value in re.findall(r"(\w+)=([\d.]+)", words)}
            numbers |= {"trust_moscow": numbers["trust"], "rounds": 1}
            solution = sim.solve(sim.Dispute(defaults(**numbers), at(start)))
            for history, wanted in zip(self.HISTORIES, choices.split(), strict=True):
                moves, _, truth = history.partition("|")
                state, moves = at(start), moves.split()
                for party, move in zip(ORDER, moves):
                    state = sim.effect(party, move, state)
                found = first_share(solution, len(moves), state, truth or "word")
                self.assertAlmostEqual(found, float(wanted), 7, (words, history))

class TheDisputeSolved(Comparison):
    """`odds`: the dispute under either truth, for every trust Washington might start with."""
    TABLE = """0 word 0.949 0.026 0.025 0.849 0.506 4.74 22.59 0.97 0.51, 0 tactic 0.593 0.268
               0.139 0.546 0.108 5.76 23.53 6.09 0.52, 0.25 word 0.950 0.024 0.025 0.850 0.513
               4.73 22.55 0.94 0.51, 0.25 tactic 0.594 0.262 0.143 0.544 0.111 5.77 23.56 6.06
               0.52, 0.5 word 0.951 0.023 0.026 0.849 0.519 4.73 22.54 0.92 0.51, 0.5 tactic 0.593
               0.256 0.151 0.538 0.117 5.77 23.57 6.05 0.52, 0.75 word 0.951 0.023 0.027 0.847
               0.526 4.73 22.53 0.93 0.51, 0.75 tactic 0.579 0.251 0.170 0.517 0.131 5.80 23.52
               6.18 0.52, 1 word 0.943 0.023 0.034 0.829 0.545 4.78 22.62 1.16 0.51, 1 tactic
               0.464 0.218 0.317 0.367 0.264 5.93 22.71 7.36 0.46"""
    FIRST = (  # who moves first; a handover under the threat, and after a drop
        ("word", "0.042 0.225 0.683 0.026 0.022 0.002", "0.1633 0.787"),
        ("tactic", "0.043 0.844 0.013 0.028 0.025 0.048", "0.3468 0.248"))
    DEEDS = """0 0 0.250 0.250 1.00, 1 0 0.250 0.250 1.00, 2 0 0.400 0.873 0.18, 3 0 0.571 0.907
               0.14, 1 1 0.143 0.116 0.82, 2 1 0.250 0.191 0.52, 3 1 0.400 0.299 0.35, 1 2 0.077
               0.058 0.28, 2 2 0.143 0.111 0.24, 3 2 0.250 0.170 0.22, 1 3 0.040 0.021 0.10, 2 3
               0.077 0.021 0.25, 3 3 0.143 0.025 0.39"""

    def test_the_agreed_tables_to_all_their_digits_and_one_round_more_moves_no_odds(self):
        said = told("odds")
        for rung, line in zip(said["rungs"], self.TABLE.split(","), strict=True):
            trust, true, printed = line.split(None, 2)
            self.assertEqual((rung["trust"], rung["true"]), (float(trust), true))
            payoffs = [rung["payoffs"][party] for party in ("us", "syria")]
            counts = [rung[f"expected_{it}"] for it in ("rounds", "turns", "stalls", "short")]
            self.digits([*map(rung["odds"].get, OUTCOMES), *payoffs, *counts], printed)
        for truth, first, ends in self.FIRST:
            self.digits(map(said["first_mover"][truth].get, WHO), first)
            found = map(said["how_it_ends"][truth].get, ("under_threat", "after_drop"))
            self.digits(found, ends)
        best = [it[key] for it in said["best_trust"] for key in ("trust", "from", "to")]
        self.digits(best, "0 0.0000 0.6252 0.25 0.6252 1.0000")
        for row, printed in zip(said["deeds"], self.DEEDS.split(","), strict=True):
            keys = ("done", "failings", "believed", "earned", "expected_rounds")
            self.digits(map(row.get, keys), printed)
        more = sim.solve(sim.Dispute(defaults(rounds=21)))
        for rung in said["rungs"][2:4]:
            self.agree(rung["odds"], sim.forward(more, rung["true"]).odds, 1e-4)

    def test_a_plain_second_solver_agrees_on_any_parameters_start_and_restriction(self):
        for number, (it, game) in enumerate(solved()):
            said, numbers = told(asking("odds", **it)), it["numbers"]
            ladder = sorted({numbers["trust"], 0, 0.25, 0.5, 0.75, 1})
            rung = ladder[number] if number < 5 else numbers["trust"]
            of = Oracle(**{**it, "numbers": {**numbers, "trust": rung}}) if number < 5 else game
            for place, truth in enumerate(TRUTHS, 2 * ladder.index(rung)):
                count = of.expect(truth, 1, of.start)
                self.agree(said["rungs"][place], {
                    "trust": float(rung), "true": truth, "odds": of.odds(truth),
                    "payoffs": of.payoffs(truth), "expected_stalls": count["stalled"],
                    **{f"expected_{it}": count[it] for it in ("rounds", "turns", "short")},
                    **{f"expected_{kind}s": {party: count[party, kind] for party in ORDER}
                       for kind in ("concession", "reversal")}}, where=(number,))
            first = {truth: game.first_mover(truth) for truth in TRUTHS}
            self.agree(said["first_mover"], None if game.start.syria == "comply" else first)
            self.agree(said["how_it_ends"], {truth: game.how_it_ends(truth) for truth in TRUTHS})
            deeds = {(row["done"], row["failings"]): row for row in said["deeds"]}
            for row in game.deeds():
                self.agree(deeds.pop((row["done"], row["failings"])), row, where=(number,))
            self.assertLess(sum(row["expected_rounds"] for row in deeds.values()), 1e-5)

    def test_the_best_trusts_cover_0_to_1_none_is_better_and_of_equals_the_lowest_is_named(self):
        tied = told("odds --set rounds=1 --set rationality=0")["best_trust"]
        self.assertEqual(tied, [{"from": 0, "to": 1, "trust": 0}])
        for said in (told(asking("odds", **it)) for it, _ in solved()):
            us = {(rung["trust"], rung["true"]): rung["payoffs"]["us"] for rung in said["rungs"]}
            ends = [(best["from"], best["to"]) for best in said["best_trust"]]
            self.assertEqual([0, *(end for _, end in ends)], [*(start for start, _ in ends), 1])
            for best, q in itertools.product(said["best_trust"], (0, 0.5, 1)):
                q = best["from"] + q * (best["to"] - best["from"])
                worth = {b: q * us[b, "word"] + (1 - q) * us[b, "tactic"] for b, _ in us}
                self.assertGreater(worth[best["trust"]], max(worth.values()) - 1e-8)

class AHistory(Comparison):
    """`run`: one history, drawn from the policies, with a reason for every move."""
    def test_a_plain_second_solver_plays_the_same_histories_from_the_same_seed(self):
        games = [(asking("run", **it), game, 100 + number, ("drawn", *TRUTHS)[number % 3])
                 for number, (it, game) in enumerate(solved())]
        default = Oracle()
        games += [("run", default, *it) for it in ((19, "drawn"), (3, "tactic"), (8, "word"))]
        for line, game, seed, truth in games:  # figure by figure, the other Assad's too
            found = answer(f"{line} --seed {seed} --truth {truth}")
            wanted = game.play_both(seed, truth)
            for made in (made for it in wanted["rounds"] for made in it["moves"].values()):
                for why in (made["why"], *(it["why"] for it in made.get("by_truth", {}).values())):
                    if why and abs(why["gain"]) < 1e-11:  # words that would hang on rounding
                        why.pop("reason", why.pop("despite", None))
            self.agree(found, wanted, where=(line, seed, truth))

    def test_changes_are_what_their_party_prefers_and_it_matters_which_assad_it_is(self):
        dispute, seeds, preferred, parted, ended = sim.Dispute(defaults()), 150, [], 0, 0
        solution = sim.solve(dispute, True)
        for seed in range(seeds):
            one, other = (sim.played_by(dispute, solution, seed, "drawn", other=it)
                          for it in (False, True))
            parted += sim.parting(one, other) is not None
            ended += one.outcome != other.outcome
            for made in (made for it in one.rounds for made in it.moves.values()):
                if made.kind != "keep":
                    preferred.append(made.values[made.move] == max(made.values.values()))
                if made.why:  # a reason is an exact sum
                    gain = made.values[made.move] - made.values[made.why.against]
                    self.agree([made.why.gain, sum(made.why.terms.values())], [gain] * 2, 1e-12)
        self.assertGreaterEqual(sum(preferred) / len(preferred), 0.83)
        self.assertTrue(parted >= 0.85 * seeds and ended >= 0.30 * seeds, (parted, ended))

class Claims(Comparison):
    """`claims`: what the report's speakers say would follow, put to the test."""
    AT_ONCE: ClassVar = {"package": {"us": "drop at once"}}
    CLAIMS = (  # who, paragraphs, figure, should; our test; verdict at the defaults
        ("Assad", "¶4", "odds of a handover", "not move", {"numbers": {"support": 0}}, "fails"),
        ("Assad", "¶2–3", "odds of a handover", "not fall", AT_ONCE, "fails"),
        ("Assad", "¶4", "odds of a handover", "fall", {"bans": [("russia", "lean")]}, "holds"),
        ("Kerry", "¶6 ¶13", "US payoff", "fall", {"numbers": {"trust": 1}}, "holds"),
        ("US and France", "¶17", "share of turns stalled", "rise", AT_ONCE, "holds"),
        ("Hollande", "¶18", "share of turns stalled", "rise", {"bans": [("france", "press")]},
         "depends on Assad"),
        ("Lavrov", "¶10", "odds of a strike", "rise", {"bans": [("syria", "comply")]}, "holds"),
        ("Putin", "¶23–24", None, None, {}, "beyond the model"),
        ("Opposition", "¶21", None, None, {}, "beyond the model"))

    def test_who_claims_what_and_the_verdicts_at_the_defaults(self):
        said = told("claims --worlds 0")["claims"]
        for claim, (*wanted, _, verdict) in zip(said, self.CLAIMS, strict=True):
            found = [claim[key] for key in ("who", "paragraphs", "figure", "should", "verdict")]
            self.assertEqual([*found, claim["slight"]], [*wanted, verdict, False])
        no_strike, _, no_lean = (claim["truths"]["tactic"] for claim in said[:3])
        self.digits([no_strike["before"], no_strike["after"], no_lean["after"]], "0.59 0.17 0.00")

    def figures(self, **setting):
        """What claims are about, by truth and name."""
        game, found = Oracle(**setting), {}
        for truth in TRUTHS:
            it, us = game.expect(truth, 1, game.start), game.payoffs(truth)["us"]
            found |= {(truth, "odds of a handover"): it["handover"], (truth, "US payoff"): us,
                      (truth, "odds of a strike"): it["strike"],
                      (truth, "share of turns stalled"): it["stalled"] / it["turns"]}
        return found

    def test_a_plain_second_solver_agrees_on_every_counterfactual_and_verdict(self):
        seen = set()
        for it in ({**it, "bans": []} for it in disputes(105, 2, (2, 3), 2)):
            before, said = self.figures(**it), told(asking("claims --worlds 0", **it))["claims"]
            for claim, (_, _, figure, should, test, _) in zip(said, self.CLAIMS):
                numbers = {**it["numbers"], **test.get("numbers", {})}
                after = self.figures(**{**it, **test, "numbers": numbers})
                changes = {key: now - before[key] for key, now in after.items()}
                wanted = "beyond the model", False
                if any(abs(change) > 1e-11 for change in changes.values()):
                    own = [changes[truth, figure] for truth in TRUTHS]
                    borne_out = [{"rise": it >= 0.01, "fall": it <= -0.01, "not fall": it > -0.01,
                                  "not move": abs(it) < 0.01}[should] for it in own]
                    wanted = (("fails", "depends on Assad", "holds")[sum(borne_out)],
                              all(abs(it) <= 0.02 for it in own))  # whether it is slight
                    self.agree([claim["truths"][truth] for truth in TRUTHS], [
                        {"before": before[truth, figure], "after": after[truth, figure],
                         "change": change, "borne_out": borne}
                        for truth, change, borne in zip(TRUTHS, own, borne_out)])
                self.assertEqual((claim["verdict"], claim["slight"]), wanted, (it, claim))
                seen.add((*wanted, figure is None))
        self.assertEqual(len(seen), 8)  # each of three slight or not, beyond with and without test

    def test_share_of_worlds_in_which_a_verdict_comes_out_again_and_how_firm_that_is(self):
        line = "claims --done 3 --forbid opposition.accept --set rounds=1 --worlds"
        worlds = [asking(f"{line} 0", it, 3) for it in world_draws(5, 4)]
        said = told(f"{line} 4 --seed 5")["claims"]
        for claim, *others in zip(said, *(told(line)["claims"] for line in worlds)):
            share = sum(it["verdict"] == claim["verdict"] for it in others) / 4
            firm = {0.25: "leaning", 0.5: "open", 0.75: "leaning"}.get(share, "firm")
            wanted = (share, firm) if claim["figure"] else (None, None)
            self.assertEqual((claim["share_of_worlds"], claim["firmness"]), wanted)
        self.assertEqual({it["firmness"] for it in said}, {"firm", "leaning", "open", None})

class SettlementsAndRests(Comparison):
    """`settle`: which promises and deals would be signed, and kept; `rest`: rankings alone."""
    HOLD, FOLLOW = "hold to the end", "follow Washington"
    WORK = "work whenever the threat is dropped"
    PLACE: ClassVar = {"party": "syria", "true": "tactic", "round": 7, "done": 3, "failings": 3,
                       "positions": {**DECLARED, "us": "drop", "france": "ease"}}
    SIGNED = (  # at the defaults: who commits to what; smallest gain, handovers, temptation; where
        ("promises", {"syria": WORK}, "0.158 0.972 0.888 0.226", PLACE),
        ("promises", {"france": FOLLOW}, "0.018 0.950 0.594 0.048",
         {"party": "france", "true": "word", "round": 5, "done": 3, "failings": 1,
          "positions": {**DECLARED, "syria": "comply", "france": "ease"}}),
        ("deals", {"france": FOLLOW, "syria": WORK}, "0.069 0.972 0.888 0.225", PLACE))

    def test_two_promises_and_a_deal_at_the_defaults_none_of_which_would_be_kept(self):
        few = (self.HOLD, self.FOLLOW, self.WORK)  # no other bears on these
        few = {party: {text: bind for text, bind in its.items() if text in few}
               for party, its in sim.COMMITMENTS.items()}
        with mock.patch.dict(sim.COMMITMENTS, few):
            said = answer("settle")
        found = [(kind, it) for kind in ("promises", "deals") for it in said[kind]]
        for (kind, it), (*wanted, printed, place) in zip(found, self.SIGNED, strict=True):
            texts = {party: text for party, text in it["commitments"].items() if text}
            self.assertEqual([kind, texts, it["kept"]], [*wanted, False])
            odds = [it["odds"][truth]["handover"] for truth in TRUTHS]
            self.digits([it["smallest_gain"], *odds, it["temptation"]], printed)
            self.agree(it["tempted"], place)
        for it in said["refused"][:2]:  # with or without Syria's promise
            self.agree([it["commitments"], it["refuser"], it["true"]],
                       [{"us": self.HOLD, "france": self.FOLLOW}, "us", "word"])
            self.digits([it["smallest_gain"]], "-0.0945")

    def test_a_plain_second_solver_agrees_on_packages_their_order_and_where_they_would_break(self):
        it = {"done": 3, "bans": [("opposition", "accept")], "numbers": {
            "rounds": 2, "rationality": 8, "respite": 0.02, "face": 0.1, "impatience": 0.5,
            "trust": 0.6, "middle_syria": 0.8}}
        said, wanted = told(asking("settle", **it)), settle(**it)
        self.assertEqual((said["examined"], len(said["refused"])), (144, len(wanted["refused"])))
        self.agree(said["without"], {key: wanted["without"][key]
                                     for key in ("odds", "expected_turns")})
        for kind in ("promises", "deals"):
            self.agree(said[kind], [{**row, "tempted": {}} for row in wanted[kind]])
            for one, row in zip(said[kind], wanted[kind]):
                place = {**one["tempted"], "probability": round(one["tempted"]["probability"], 9)}
                self.assertIn(place, row["tempted"])
        rows = {str(row["commitments"]): row for row in wanted["refused"]}
        for one in said["refused"]:
            row = rows[str({party: one["commitments"][party] for party in PROMISES})]
            self.agree([one["smallest_gain"]] * 2,
                       [row["smallest_gain"], row["gains"][one["true"]][one["refuser"]]])
        smallest = [one["smallest_gain"] for one in said["refused"]]
        self.assertEqual(smallest, sorted(smallest, reverse=True))

    def test_where_the_dispute_could_rest_by_rankings_alone_in_sixteen_lists(self):
        states = itertools.product(("", "lean"), ("", "ease"), ("", "accept"), ("", "drop"))
        works = {frozenset((*state, "comply")) - {""} for state in states
                 if state[1:] != ("ease", "", "drop")}
        threatened = {it for it in works if "drop" not in it}
        nash = {frozenset(("ease", "accept", "drop", "comply"))}  # everybody but Russia
        dropped = {frozenset(("drop",)), frozenset(("drop", "ease"))}
        stalled = dropped | {it | {"accept"} for it in dropped}
        self.assertEqual([len(works), len(threatened)], [14, 8])
        wanted = [nash, nash, works, works, set(), works, works, works,  # a free drop
                  nash, nash, works, works,  # a binding one
                  dropped, dropped | threatened, *[stalled | threatened] * 2]
        names = itertools.product(("free", "binding"), TRUTHS, ("Nash", "SEQ", "GMR", "SMR"))
        for it, name, states in zip(told("rest")["rests"], names, wanted, strict=True):
            self.assertEqual((it["drop"], it["true"], it["concept"]), name)
            found = {frozenset(state.values()) & {*GIVING.values()} for state in it["states"]}
            self.assertEqual(found, states, name)

class OtherJudgements(Comparison):
    """`vary`: one judgement over its range, the rest as set; `worlds`: all drawn, many times."""
    def test_the_values_that_are_tried(self):
        for names, wanted in (
            ("face middle_us", [it / 8 for it in range(9)]),  # a price, to four times its default
            ("support", sorted({0.55, *(it / 8 for it in range(9))})),  # a share, over its range
            ("credit", [1 + it / 2 for it in range(7)]),  # a multiplier, from 1 to four times
            ("review least_join", [1, 2, 3, 4, 5, 6, 7]), ("deeds", [0, 1, 2, 3]),
            ("rationality", [4.5, 9, 13.5, 18, 27, 36, 54, 72]),
            ("rounds", [1, 2, 4, 6, 8, 12, 16, 20, 30, 40])):
            for name in names.split():
                said = told(f"vary {name} --done 3 --set rounds=1 --forbid russia.lean")
                found = [row["value"] for row in said["rows"]]
                self.assertEqual((said["parameter"], found), (name, wanted))

    def test_rows_are_the_answers_of_odds_and_say_what_turns_over(self):
        gists, rows = {}, told("vary face --done 3 --set rounds=2")["rows"]
        for row, (place, truth) in itertools.product(rows, enumerate(TRUTHS, 2)):
            odds = told(f"odds --done 3 --set rounds=2 --set face={row['value']!r}")
            rung, ends = odds["rungs"][place], odds["how_it_ends"][truth]
            first = max(WHO, key=odds["first_mover"][truth].get)
            rung = {"odds": rung["odds"], "payoffs": rung["payoffs"]}
            self.agree(row["truths"][truth], {**rung, "how_it_ends": ends, "first_mover": first})
            gists[row["value"], truth] = {
                "likeliest outcome": max(OUTCOMES, key=rung["odds"].get), "first mover": first,
                "how it ends": ends["after_drop"] > ends["under_threat"] + 1e-12}
        for row in rows:
            self.assertEqual(row["turns_over"], [
                f"{what} if {truth}" for truth in TRUTHS for what, it in
                gists[row["value"], truth].items() if it != gists[0.25, truth][what]])
        self.assertEqual(len({it for row in rows for it in row["turns_over"]}), 5)

    def test_every_judgement_is_drawn_within_its_bounds_in_the_order_of_the_table(self):
        for seed, n, fixed in (
                (0, 12, {}), (0, 3, {}),  # the first worlds of a longer run
                (7, 3, {"face": 0.2, "rationality": 9})):  # stay fixed, and shift no other draw
            with mock.patch.object(sim, "game_of", wraps=sim.game_of) as game_of:
                answer(asking(f"worlds --seed {seed} --worlds {n}", {**fixed, "rounds": 1}, 3))
            worlds = {str(it): it for it in (call.args[0].parameters for call in
                      game_of.call_args_list) if it["trust"] not in (0, 1)}.values()
            draws = [{**NUMBERS, **it, **fixed, "rounds": 1} for it in world_draws(seed, n)]
            self.agree([dict(it) for it in worlds], draws, 1e-12)
            for world, (name, it) in itertools.product(worlds, sim.PARAMETERS.items()):
                self.assertTrue(it.low <= world[name] <= it.high, name)

    def spearman(self, *columns):
        """Rank correlation; equal values share their mean rank, a constant has none."""
        gaps = [[sum(other < it for other in values) + (values.count(it) - len(values)) / 2
                 for it in values] for values in columns]
        norm = math.prod(math.hypot(*values) for values in gaps)
        return sum(a * b for a, b in zip(*gaps)) / norm if norm else None

    def test_a_plain_second_solver_agrees_on_the_summary(self):
        for seed, fixed in ((1, {"rounds": 2, "impatience": 0.8}),
                            (3, {"rounds": 1, "rationality": 0})):
            said = told(asking(f"worlds --seed {seed} --worlds 5", fixed, 3))
            worlds = [{**world, **fixed} for world in world_draws(seed, 5)]
            games = [[Oracle({**world, **mind}, 3) for mind in ({}, {"trust": 0}, {"trust": 1})]
                     for world in worlds]
            for truth in TRUTHS:
                odds = [rule.odds(truth) for rule, *_ in games]
                handover = [it["handover"] for it in odds]
                low, next_, median, last, high = sorted(handover)
                found = Counter(max(OUTCOMES, key=it.get) for it in odds)
                for rule, never, word in games:
                    first, ends = rule.first_mover(truth), rule.how_it_ends(truth)
                    found[max(WHO, key=first.get)] += 1
                    found["after_drop"] += ends["after_drop"] > ends["under_threat"] + 1e-12
                    us = [game.payoffs(truth)["us"] for game in (rule, never, word)]
                    found["never_beats_rule"] += us[1] > us[0] + 1e-12
                    found["never_beats_word"] += us[1] > us[2] + 1e-12
                self.agree(said["truths"][truth], {
                    "handover": {  # between the ordered values, interpolated linearly
                        "median": median, "p05": low + (next_ - low) / 5,
                        "p95": high - (high - last) / 5,
                        "histogram": [sum(min(int(10 * it), 9) == place for it in handover)
                                      for place in range(10)]},
                    "likeliest": {it: found[it] / 5 for it in OUTCOMES},
                    "first_mover": {it: found[it] / 5 for it in WHO},
                    **{name: found[name] / 5 for name in
                       ("after_drop", "never_beats_rule", "never_beats_word")},
                    "drivers": {name: self.spearman([world[name] for world in worlds], handover)
                                for name in worlds[0] if name not in fixed}}, where=(seed, truth))

class History(Comparison):
    """`history`: what happened later, beside the model's exact distribution."""
    RECORD = (("join", "2013-10-14", 3), ("declare", "2013-10-24", 4),  # and the turn that holds it
              ("inspect", "2013-11-06", 4), ("destroy", "2014-06-23", 21))

    def test_a_plain_second_solver_agrees_on_when_stages_are_completed(self):
        short = {"numbers": {"rounds": 4}}
        for setting, game in ((short, Oracle(**short)), *solved()[:2]):
            said, chances = told(asking("history", **setting)), {}
            for truth in TRUTHS:
                chances[truth], ends = game.completions(truth), game.how_it_ends(truth)
                self.agree(said["threat_held"][truth], ends["under_threat"])
            for stage, (name, recorded, by) in zip(said["stages"], self.RECORD, strict=True):
                self.assertEqual((stage["stage"], stage["recorded"]), (name, recorded))
                for truth, chance in chances.items():
                    turns = range(1, max(by, *(turn for _, turn in chance)) + 1)
                    sums = [*itertools.accumulate(chance[name, turn] for turn in turns)]
                    wanted = {"completed_by_then": sums[by - 1], "completed_at_all": sums[-1]}
                    for key, share in (("p05", 0.05), ("median", 0.5), ("p95", 0.95)):
                        if min(abs(it - share) for it in sums) > 1e-9:
                            turn = 1 + sum(it < share for it in sums)
                            wanted[key] = day(turn) if sums[-1] >= share else None
                    self.agree(stage["truths"][truth], wanted, where=(setting, name, truth))

# What is typed, what is shown, what breaks -----------------------------------------------

QUICK = "--done 3 --set rounds=2"  # little to solve
SETTLED = (f"settle {QUICK} --top 1 --set face=0.05 --set least_destroy=1 --forbid russia.lean "
           "--forbid opposition.accept")  # some of every kind
CERTAIN = (f"odds {QUICK} --forbid syria.comply --set face=0.3",  # no handover; a handover
           f"odds {QUICK} --start syria.comply --forbid syria.stall --set least_destroy=1 "
           + "--set pace=1 --set short=0 --set error=0 --set impatience=0")
LINES = (  # every kind of screen
    f"run {QUICK}", "run --seed 3 --start us.drop --set rounds=4 --done 1",
    f"run --explain 1 {QUICK}", f"run --explain 2 --set trust=1 --truth tactic {QUICK}",
    f"odds {QUICK}", "odds --start syria.comply --done 3 --set face=0.125 --set rounds=2", *CERTAIN,
    f"claims --worlds 1 --seed 3 {QUICK}", SETTLED, "rest", f"worlds --worlds 3 {QUICK}",
    f"vary trust --forbid russia.lean {QUICK}", f"vary deeds --set face=1 --set face=0.2 {QUICK}",
    f"history {QUICK}", "positions --set face=0.125", f"play --as us --seed 3 {QUICK}",
    "play --as all --truth word --set rounds=2")
SLOW = ("settle", "rest")  # asked once, and not in every variation
TYPED = "\nwhat\n?\n" + "\n" * 30  # to whoever asks
MOST_LINES, MOST_LINES_OF_A_RUN = 60, 70  # of a default screen; of a run it is the median
SEATS = ("us", "russia", "syria", "france", "opposition")  # in the order of the tables

class Figure(float):
    """A number of the JSON that tells itself as the screens do: to so many digits, or as odds."""
    def __format__(self, form):
        if form != "p":
            return format(round(float(self), 12 if form == "g" else int(form[-2])) + 0.0, form)
        if 1e-9 < self < 0.005:  # doubt is never rounded away, and dust is no doubt
            return "<1%"
        return ">99%" if 0.995 <= self < 1 - 1e-9 else f"{100 * self + 0.0:.0f}%"

@functools.cache
def once(line, columns=80, color=False, typed=TYPED):
    """The screen of a command line and the data of its JSON, from one answer, asked once."""
    page = sim.Page(columns, color)
    with mock.patch.object(sim, "terminal", return_value=page):
        text = screen(line, stdin=typed, env={"COLUMNS": str(columns)})
    return text, json.loads(json.dumps(page.data), parse_float=Figure)

def flat(text):
    return " ".join(text.split())

def next_of(text):
    """The commands that a screen names under Next, as lists of words."""
    rows = re.findall(r"(?m)^(?:Next| ) +python sim\.py(.*)$", text[text.rindex("\nNext "):])
    return [re.split(r"  +(?=[A-Z])", row)[0].split() for row in rows]

def works(words):
    """Ask the same with little left to solve and one world, where that is possible."""
    words = [word for i, word in enumerate(words) if "--moves" not in (word, words[i - 1])]
    if not {"--explain", "-h", "--help", "--version"} & {*words}:
        words += ["--worlds", "1"] * (words[0] in ("worlds", "claims"))
        words += ["--done", "3", "--set", "rounds=1"]
    if words[0] not in SLOW:
        once(" ".join(words), typed="q\n")

class Usage(unittest.TestCase):
    """What is accepted means what it says; what is not costs a line and status 2; no traceback."""
    REFUSED = (  # command line, words of the complaint
        ("ods", "'ods' is not one of run, ", "did you mean odds?"), ("RUN", "'RUN' is not one of"),
        ("odds run", "'run' is out of place"), ("rest --done 1", "--done has no bearing on rest"),
        ("odds --truth word", "--truth has no bearing on odds; it goes with run, play"),
        ("--versions", "'--versions' is not one of", "did you mean --version?"),
        ("--jso", "did you mean --json?"), ("--help=odds", "--help", "takes no value"),
        ("--json=1", "--json: takes no value"), ("run --set", "--set: expected one argument"),
        ("--seed 1.5", "--seed: '1.5' is not a whole number from 0"), ("--seed=-7", "'-7' is not"),
        ("--seed -7", "'-7' is not a whole number from 0"), ("--seed 1e4000", "'1e4000' is not"),
        ("--seed \u0667", "'\\u0667' is not a whole number"), ("--seed inf", "'inf' is not"),
        ("--set fase=1", "--set: 'fase' is not one of rationality, face", "did you mean face?"),
        ("--set face", "face: '' is not a number from 0"), ("--set face=1_0", "'1_0' is not"),
        ("--set rounds=1001", "rounds: '1001' is not a whole number from 1 to 1000"),
        ("--set deeds=1.5", "deeds: '1.5' is not a whole number"), ("--set pace=nan", "'nan' is"),
        ("--done 4", "--done: '4' is not a whole number from 0 to 3"), ("--top 0", "with settle"),
        ("--forbid us.hol", "--forbid: 'us.hol' is not one of us.hold", "did you mean us.hold?"),
        ("--forbid us.drop --forbid us.hold", "--forbid: ", "us.hold and us.drop"),
        ("vary", "vary: ", "rationality, face"), ("vary fase", "'fase' is not", "mean face?"),
        ("play", "--as PARTY", "us, russia, syria, france, opposition, or all"),
        ("play --as usa", "--as: 'usa' is not one of us, russia", "did you mean us?"),
        (f"play --as us --moves dropp {QUICK}", "--moves: 'dropp' is not a move of the US"),
        ("play --as syria --moves comply --set rounds=1", "--moves: 1 more than were asked for"),
        (f"--explain 9 {QUICK}", "--explain: ", "2 rounds"), ("settle --top 0", "--top: '0' is"),
        ("worlds --worlds 0", "--worlds: '0'", "1 or more"), ("worlds --worlds -1", "'-1' is not"),
        ("--color red", "--color: 'red' is not one of auto, always, never"))

    def test_every_complaint_names_culprit_allowed_values_and_near_match_in_short(self):
        befores = ("", "run ", "vary ", "--json=", "--no", "--seed=", "--start=", "--set=face=")
        for line, *parts in (*self.REFUSED, *((f"{it}\x1b\udcffé{'x' * 600}",) for it in befores)):
            with self.subTest(line[:60]):
                *found, err = run(line, encoding="ascii")
                self.assertEqual([*found, err[:8], err.count("\n")], [2, "", "sim.py: ", 1])
                self.assertEqual([words for words in parts if words not in err], [], err)
                self.assertTrue(len(err) < 620 and err.isascii() and err[:-1].isprintable())

    def test_numbers_of_any_notation_at_the_ends_of_their_ranges_are_told_as_they_were_given(self):
        for end in ("low", "high"):
            ends = {**{name: getattr(it, end) for name, it in sim.PARAMETERS.items()}, "rounds": 2}
            words = " ".join(f"--set {name}={sim.PARAMETERS[name].default} --set {name}={it!r}"
                             for name, it in ends.items())  # the last one of a parameter counts
            self.assertEqual(answer(f"--done 3 {words}")["parameters"], ends)
        for written, seed in (("1e2", 100), ("100.0", 100), ("0100", 100), ("1e30", 10**30)):
            self.assertEqual(once(f"--seed {written} {QUICK} --set deeds=2.0")[1]["seed"], seed)
        for name, value in (("face", 1e-13), ("trust", 0.2500000000001), ("respite", 1 / 3)):
            text, found = once(f"odds --set {name}={value!r} {QUICK}")
            self.assertEqual(found["parameters"][name], value)
            self.assertIn(f"{name}={value!r}", text)
            rungs = re.findall(r"(?m)^(?:Trust)? *(\S+%)(?: word|; If word)", text)
            self.assertEqual(len({*rungs}), 5 + (name == "trust"), rungs)  # each has its own label

    def test_the_start_and_the_moves_off_the_table_the_truth_and_the_seed_are_those_asked_for(self):
        text, found = once("--done 2 --start us.drop --start syria.stall --start syria.comply "
                           "--forbid us.hold --forbid russia.lean --set rounds=4 --truth word")
        where = {**DECLARED, "us": "drop", "syria": "comply"}
        self.assertEqual([found["start"], found["rounds"][0]["positions"], found["true"]],
                         [{"done": 2, "positions": where}, where, "word"])
        for made in (it["moves"] for it in found["rounds"]):
            self.assertEqual([*made["us"]["values"], *made["russia"]["values"]], ["drop", "shield"])
        self.assertIn("starts with 2 of 4 stages done, the US at drop and Syria at comply. Off the "
                      "table: us.hold, russia.lean.", re.sub("Set: rounds=4. ", "", flat(text)))
        five, same, six = (screen(f"{it} {QUICK}") for it in (
            "--seed=5", "run --seed 5 --truth drawn", "run --seed 6"))
        self.assertTrue(five == same != six)

    def test_version_help_and_every_example_in_it(self):
        self.assertRegex(screen("--version"), r"\Asim\.py \d+\.\d+\n\Z")
        for name, it in sim.QUESTIONS.items():
            self.assertRegex(screen("-h"), f"sim.py {name} +{re.escape(it.asks)}")
            text = screen(f"{name} -h")
            self.assertEqual(text, screen(f"{name} --seed x --help"))
            self.assertEqual({*re.findall(r"(?m)^--(\w+)", text)}, {*it.options, *sim.EVERYWHERE})
            self.assertEqual({*re.findall(r"(?m)^--(\w+)", screen("-h"))}, {*sim.EVERYWHERE})
            for example in it.examples:
                self.assertIn(f"python sim.py {name} {example}".rstrip() + "\n", text)
                works([name, *example.split()])

    def test_random_command_lines_extreme_numbers_and_random_play(self):
        draw, seen, typed = random.Random(7), {0: 0, 2: 0}, ["", *"dhxq?slac²", "drop", "\0"]
        pool = sorted({word for line, *_ in self.REFUSED for word in line.split()}) + [
            "--start=us.drop", "all", "--done=2", "--forbid=us.hold", "hold,drop", "face", "--",
            "=", "-hj", "3", "", f"--seed={'9' * 4300}"]
        more = {"play": "--as all", "worlds": "--worlds 1", "vary": "deeds", "claims": "--worlds 0"}
        for case in range(100):
            name = draw.choice([it for it in sim.QUESTIONS if it not in SLOW])
            ends = [f"--set={name}={draw.choice((it.low, it.high))!r}"
                    for name, it in sim.PARAMETERS.items() if draw.random() < 0.2]
            words = [name, *more.get(name, "").split(), *draw.choices(pool, k=case % 3), *ends,
                     "--done", "3", "--set", "rounds=1"][case % 9 == 0 :]
            with self.subTest(" ".join(words)[:200]):
                status, out, err = run(words, "\n".join(draw.choices(typed, k=case % 20)))
                seen[status] += 1
                self.assertTrue(status == 0 or err.count("\n") == 1)
                self.assertNotRegex(out, r"\b(nan|inf|None(?! can))\b|/ 0\b(?!\.)")
        self.assertGreater(min(seen.values()), 25)

class Screens(unittest.TestCase):
    """Readable in any terminal, and the numbers on it are those of the JSON."""
    def test_rows_to_the_character(self):
        for line, more, rows in SCREENS:
            with self.subTest(line):
                self.assertIn(f"\n{rows}\n", once(line, **more)[0])

    def test_every_line_fits_80_and_40_columns_but_commands_which_are_never_broken(self):
        for line, more in itertools.product((*LINES, "-h", "play -h"), ((), (40,))):
            for row in once(line, *more)[0].splitlines():
                if "python sim.py" not in row:
                    self.assertLessEqual(len(row), *more or (80,), (line, row))
                    self.assertNotRegex(row, r"(?<!\?)\s\Z|\b(nan|inf|None)\b| -0(\.0+)?%? ")
        for columns in ("200", "x", "", "99999999999999", "0"):
            self.assertEqual(screen("odds -h", env={"COLUMNS": columns}), once("odds -h")[0])
        lines = sorted(once(f"run --seed {seed}")[0].count("\n") for seed in range(9))
        self.assertLessEqual(lines[4], MOST_LINES_OF_A_RUN, lines)

    def test_colour_is_for_terminals_that_can_show_it_and_carries_no_meaning(self):
        for line in (*LINES[:5], *LINES[11:]):
            colored = once(line, color=True)[0]
            self.assertEqual(re.sub("\x1b\\[[0-9]+m", "", colored), once(line)[0], line)
            self.assertNotRegex(colored, r"(?<!\?) (\x1b\[0m)?\n")
        able = {"TERM": "xterm"}
        for (more, env, tty, colored), modules in itertools.product((
            ("", able, True, True), ("", able, False, False), ("", {}, True, False),
            ("", {"TERM": "dumb"}, True, False), ("", {**able, "NO_COLOR": "1"}, True, False),
            ("", {**able, "CLICOLOR": "0"}, True, False), (" --color never", able, True, False),
            (" --color always", {"NO_COLOR": "1"}, False, True)), ({}, {"idlelib": sys})):
            with mock.patch.dict(sys.modules, modules), mock.patch("sys.platform", "linux"):
                self.assertEqual("\x1b[" in screen("positions" + more, tty=tty, env=env),
                                 colored and ("always" in more or not modules), (more, env, tty))

    def test_symbols_degrade_and_json_is_one_object_in_ascii_on_any_terminal(self):
        for line in LINES:
            self.assertLessEqual({it for it in once(line)[0] if not it.isascii()}, {*sim.SIGNS})
        for encoding, line in zip(("ascii", "cp1252", "latin-1", "cp437"), (
                "positions --set face=0.125", *LINES[2:5])):
            less, text = screen(line, encoding=encoding), once(line)[0]
            self.assertEqual([less.count(it) for it in "?\n"], [text.count(it) for it in "?\n"])
            out = run(f"{line} --json --color always", "", {"COLUMNS": "30"}, encoding, True)[1]
            self.assertTrue(out.isascii(), line)
            self.assertEqual(json.loads(out), once(line)[1], line)

    def test_commands_under_next_stand_on_one_line_once_and_ask_about_the_same_dispute(self):
        asked = {}
        for line in LINES:
            commands = next_of(once(line)[0])
            self.assertTrue(2 <= len({*map(tuple, commands)}) == len(commands) <= 4, line)
            self.assertEqual(commands, next_of(once(line, 40)[0]), line)
            given = re.findall(r"--(?:set|start|forbid|done) (\S+)", line.replace("face=1 ", "x "))
            for words in commands:  # the last value of a parameter counts
                self.assertNotIn("face=1.0", words)
                self.assertTrue(words[0] == "rest" or {*given} - {"x"} <= {
                    re.sub(r"=(\d+)\.0$", r"=\1", it) for it in words}, (line, words))
                asked[(words[0], "--forbid" in words, "--explain" in words)] = words
        for words in asked.values():
            works(words)

    def test_nothing_gives_the_truth_away_before_it_is_revealed(self):
        alike = 0
        for seed, more in itertools.product(range(4), ("--done 3", "--done 1 --start us.drop")):
            texts, courses = zip(*((text.partition("\nAssad ")[0], [(
                it["event"]["what"], it["event"]["turn"], data["outcome"],
                *(made["move"] for made in it["moves"].values())) for it in data["rounds"]])
                for text, data in (once(f"--seed {seed} --truth {truth} --set rounds=2 --set "
                                        f"rationality=3 {more}") for truth in TRUTHS)))
            if courses[0] == courses[1]:
                alike += 1
                self.assertEqual(*texts)
        self.assertGreater(alike, 1)

    def test_a_run_shows_washingtons_view_after_moves_and_event_and_who_stood_where(self):
        for line in ("run --seed 0", *LINES[:2]):
            text, found = once(line)
            shown = [row.split()[-3:] for row in re.findall(r"(?m)^.*\S+%(?: +\S+%){2}$", text)]
            rows = re.findall(r"(?m)^(?:US|Russia|Syria|France|Opposition)\b.*? ([.#]+)$", text)
            stood = [""] * len(SEATS)
            for it in found["rounds"]:
                quiet, then = ([f"{Figure(share):p}" for share in (
                    seen["trust"], seen["as_seen"]["handover"], seen["as_seen"]["strike"])]
                    for seen in (it["quiet"], it))
                if any(made["kind"] != "keep" for made in it["moves"].values()) or (
                        shown[:2] == [quiet, then]):
                    self.assertEqual(shown.pop(0), quiet, line)
                self.assertEqual(shown.pop(0), then, line)
                turns = it["event"]["turn"] - it["turn"] + 1
                stood = [row + ".#"[it["moves"][party]["move"] == GIVING[party]] * turns
                         for row, party in zip(stood, SEATS)]
            self.assertEqual((shown, rows), ([], stood), line)

    PACKAGE = (*(f"{it} {{odds[{it}][handover]:p}} {{expected_turns[{it}]:.1f}} " + " ".join(
        f"{{gains[{it}][{party}]:+.3f}}" for party in SEATS) for it in TRUTHS),
        "Smallest gain of a signatory {smallest_gain:.3f}")
    SAYS = (  # command, where its rows are in the JSON, how the screen shows each
        ("odds", "rungs", "{true} {odds[handover]:.3f} {odds[strike]:.3f} {odds[stalemate]:.3f}"),
        ("odds", "rungs", "{odds[stalemate]:.3f} {payoffs[us]:.3f} {payoffs[syria]:.3f} "
         + "{expected_rounds:.2f} {expected_turns:.1f} {expected_stalls:.1f} {expected_short:.2f}"),
        ("odds", "first_mover", "{true} " + " ".join(f"{{{it}:p}}" for it in (*SEATS, "nobody"))),
        ("odds", "how_it_ends", "{true} {under_threat:p} {after_drop:p}"),
        ("odds", "deeds", "{done} {failings} {believed:p} {earned:p} {expected_rounds:.2f}"),
        ("claims", "claims", "{who} {paragraphs}: {claim} {verdict}"),
        ("claims", "claims", "from {truths[word][before]:.3f} to {truths[word][after]:.3f} if he "
         + "means it, from {truths[tactic][before]:.3f} to {truths[tactic][after]:.3f} if not"),
        ("claims", "claims", "so in {share_of_worlds:p} of worlds: {firmness}"),
        *itertools.product(("settle",), ("promises", "deals"), PACKAGE),
        ("settle", "refused", "{smallest_gain:+.4f}"),
        *(("vary", "rows", "{0}][handover]:p}} {0}][strike]:p}} {0}][stalemate]:p}}".format(
            f"{{truths[{it}][odds")) for it in TRUTHS),
        ("worlds", "truths", "of {handover[median]:p} ({handover[p05]:p} to {handover[p95]:p} in"),
        ("history", "stages", "{stage} {recorded} word {truths[word][median]} {truths[word][p05]}"),
        ("history", "stages", "{truths[word][p95]} {truths[word][completed_by_then]:p}"),
        ("positions", "judgements", "{name} {value:g} {low:g} {high:g} {means:.12}"))

    def test_the_screen_says_what_the_json_holds_and_certainty_is_certain(self):
        date = datetime.date.fromisoformat
        def day(it):
            return it[1] and f"{date(it[0]).day} {date(it[0]):%b %Y}" or "never"
        for line, (command, key, shape) in itertools.product(LINES, self.SAYS):
            if line.split(" ")[0] != command:
                continue
            text, found = once(line)
            rows, screened = found[key] or [], re.sub("█+ | or more", "", flat(text))
            if isinstance(rows, dict):
                rows = [{"true": truth, **its} for truth, its in rows.items()]
            start = found["start"]["done"] if command == "history" else 0
            for row in rows[:1] if command == "settle" else rows[start:]:
                with contextlib.suppress(TypeError):  # what is null is not shown
                    said = re.sub(r"(\d{4})-\d\d-\d\d|None", day, shape.format(**row))
                    said = re.sub(r"(from \S+ to \S+) if he means it, \1 if not",
                                  r"\1 whether he means it or not", said)
                    self.assertIn(said, screened, line)
        for line, share in zip(CERTAIN, (0, 1)):
            text, found = once(line)
            self.assertEqual({round(it["odds"]["handover"], 9) for it in found["rungs"]}, {share})
            self.assertNotRegex(flat(text), "handover[^.;]*(<1|>99)%")

class Play(unittest.TestCase):
    """Some seats are the readers'; the others move by their policy."""
    def play(self, line, stdin=""):
        """The JSON of a game, and what its players were told."""
        status, out, err = run(f"play {line} --json", stdin=stdin)
        self.assertEqual(status, 0, err)
        return json.loads(out), err

    def test_who_answers_what_run_would_draw_gets_the_rounds_of_run(self):
        for seed, seats in enumerate((("us",), ("syria",), ("russia", "opposition"), ORDER)):
            drawn = answer(f"run --seed {seed} --set rounds=2")
            moves = [made["move"] for it in drawn["rounds"] for party, made in it["moves"].items()
                     if party in seats and len(made["values"]) > 1]
            named = "--as all" if seats is ORDER else " ".join(f"--as {it}" for it in seats)
            for line, stdin in ((f" --moves {','.join(moves)}", ""), ("", "\n".join(moves))):
                game, told = self.play(f"{named} --seed {seed} --set rounds=2{line}", stdin)
                self.assertEqual((game["moves"], {*game["seats"]}), (moves, {*seats}))
                self.assertEqual({**game, **drawn}, {**game, "other": drawn["other"]})
                self.assertEqual("Enter: " in told, not line)

    def test_a_move_its_beginning_or_enter_and_nonsense_asks_again_until_one_leaves(self):
        for typed, meant in (
                ("", "hold"), ("drop", "drop"), ("h", "hold"), ("DROP", "drop"), (" dr ", "drop"),
                *((it, "") for it in ("1", "holds", "x", "hold drop", "²", "\x1b[A", "?"))):
            game, told = self.play("--as us --done 3 --set rounds=1", f"{typed}\nQ\n")
            self.assertEqual((game["moves"], bool(game["outcome"])), (meant.split(), meant > ""))
            self.assertEqual("not possible: hold, drop" in flat(told), not meant and typed != "?")
        for typed in ("q\n", "quit\n", ""):
            text, game = once(f"play --as us {QUICK}", typed=typed)
            self.assertEqual((game["outcome"], game["rounds"]), (None, []))
            self.assertRegex(flat(text), "table was left. Assad (means|does not mean)")

    def test_a_seat_gets_its_role_sheet_once_and_on_demand_and_always_how_things_stand(self):
        for party in ORDER:
            told = flat(self.play(f"--as {party} --set rounds=2", "?\n" + "\n" * 9)[1])
            it = sim.PARTIES[party]
            self.assertEqual(told.count("Your seat: "), 2)
            for words in (it.stated, DECLARED[party], GIVING[party], it.condition.words[:20],
                          it.condition.source, " > ".join(it.ranking), *(
                              sim.PARAMETERS[price].means for price in sim.CHARGED[party]
                              if price not in ("face", "respite"))):
                self.assertIn(words, told)
        told = flat(self.play("--as us --done 3 --set rounds=3 --seed 3", "\n" * 9)[1])
        for words in ("Record +2", "Record +1", "Washington 57%, Moscow 86%", "Washington 40%",
                      "a review finds Syria stalling", "its condition is not met",
                      "its condition is met: the plan it vouched for stands still"):
            self.assertIn(words, told)

    def test_the_truth_is_shown_at_syrias_seat_alone_and_a_single_move_is_not_asked(self):
        for seats in ("--as us --as russia", "--as syria", "--as all"):
            one, other = (re.split(r"\n(?=Your seat: |Round \d|Hand over)", self.play(
                f"{seats} --truth {truth} --set rounds=1", "\n" * 9)[1]) for truth in TRUTHS)
            self.assertEqual([it.split("\n")[0] for it, its in zip(one, other) if it != its],
                             ["Your seat: Damascus"] * (seats in ("--as syria", "--as all")))
        for line, asked, words in (
                ("--as syria --set rounds=2", ["comply"], "stall while the first stage is in hand"),
                (f"--as us --forbid us.drop {QUICK}", [], "hold")):
            game, told = self.play(line, "comply\n")
            self.assertEqual((game["moves"], told.count("Enter: ")), (asked, len(asked)))
            self.assertIn(f"One move is open, and made: {words}.", flat(told))

    def test_seats_are_asked_in_turn_order_and_handed_over_out_of_sight(self):
        line = f"play --as us --as russia --as all {QUICK}"
        told = screen(line, stdin="\n" * 9)
        asked = re.findall(r"(?m)^(\w+) or (\w+) \(Enter: (\w+)\)\? ?$", told)[:5]
        self.assertEqual([(move, {*moves}) for *moves, move in asked],
                         [(DECLARED[it], {DECLARED[it], GIVING[it]}) for it in ORDER])
        tty = screen(line, stdin="\n" * 40, tty=True, env={"LINES": "24", "COLUMNS": "80"})
        alone = screen(f"play --as us {QUICK}", stdin="\n" * 9, tty=True)
        for text, *counts in ((told, 9, 0, 5), (tty, 9, 9, 5), (alone, 0, 0, 1)):
            self.assertEqual(counts, [len(re.findall(it, text)) for it in (
                "Hand over to [Tt]?", "\n{9,}", "Your seat: ")])

    def test_the_line_at_the_end_replays_the_game_and_asks_on_when_its_moves_run_out(self):
        line = "--as us --as syria --seed 7 --truth tactic --done 2 --set rounds=3"
        text = screen(f"play {line}", stdin="drop\ncomply\n\nstall\n\n\n")
        again = next(words for words in next_of(text) if "--moves" in words)
        self.assertEqual(screen(again), text[text.index("The history that the table made"):])
        moves, game = again[again.index("--moves") + 1].split(","), answer(" ".join(again))
        self.assertEqual(game["moves"], moves)
        part, told = self.play(f"{line} --moves {','.join(moves[:2])}", "\n".join(moves[2:]))
        self.assertEqual((part, told.count("Enter: ")), (game, len(moves) - 2))

    def test_the_debrief_says_what_each_seat_got_and_its_costliest_departures(self):
        text, game = once("play --as all --done 3 --set rounds=3 --truth word",
                          typed="d\nl\n\n" * 20)
        for party in ORDER:
            found = game["departures"][party]
            costs = [it["cost"] for it in found]
            self.assertTrue(costs == sorted(costs, reverse=True) and min([1, *costs]) > 0)
            for it in found:
                made = game["rounds"][it["round"] - 1]["moves"][party]
                terms = made["why"]["terms"]
                self.assertEqual((made["move"], -made["why"]["gain"], min(terms.values())),
                                 (it["move"], it["cost"], terms[it["reason"]]))
            for it in found[:1]:
                said = f"{it['move']} instead of {it['better']} gave up {it['cost']:.4f}"
                self.assertIn(said, flat(text))
        self.assertTrue(any(game["departures"].values()))
        got = r"\w received (-?[0-9.]+); the model expected -?[0-9.]+ of this seat"
        self.assertEqual(len(re.findall(got, flat(text))), 5, text)
        self.assertRegex(text, "Assad +(meant|did not mean) the offer")

SCREENS = (  # command line, what is typed and columns, some rows of the screen
    ("run --seed 3 --start us.drop --set rounds=4 --done 1", {}, """\
1     Syria goes to work, as the threat is off the table. An Assad who means the
      offer does so almost always: a handover is likelier (89%, else 61%); one
      who does not, 1 time in 20, against his interest: a strike is less likely"""),
    (f"run {QUICK}", {"columns": 40}, """\
In short: No position ever changed.
  Syria never went to work. Two failings"""),
    (f"run --explain 1 {QUICK}", {}, """\
Move    If word  If tactic  Face   Value  Weight  Probability
stall    0.6288     1.1371  0.00  0.6288  0.6040       0.3766"""),
    (f"odds {QUICK}", {}, """\
If      Handover, threat never dropped  Handover after a drop
word                               87%                     5%"""),
    (f"claims --worlds 1 --seed 3 {QUICK}", {}, """\
  fails, slight; so in 100% of worlds: firm"""),
    (SETTLED, {}, """\
If      Handover  Turns      US  Russia   Syria  France  Opposition
word         95%    3.7  +0.000  +0.000  -0.001  +0.016      +0.003"""),
    (f"vary trust --forbid russia.lean {QUICK}", {}, """\
     trust  Handover         Strike  Stalemate  First  Ends         US
         0  █████████   91%      1%         8%  Syria  threat on  0.81"""),
    (f"worlds --worlds 3 {QUICK}", {}, """\
Parameter    if word                 if tactic
rationality  +1.00 ████████████████  -0.50 ████████"""),
    (f"play --as us {QUICK} --truth word", {"typed": "d\nd\n"}, """\
Stage in hand: destroy, 3 of 4 done. Threat on · Moscow shields · failings 0.
Record +2. Trust in Assad's word: Washington 57%, Moscow 86%."""),
    (f"play --as us {QUICK} --truth word", {"typed": "d\nd\n"}, """\
US received 0.7500; the model expected 0.8022 of this seat."""),
    (f"history {QUICK}", {}, """\
Stage       Recorded  If           Median           5%    95%  By then
destroy  23 Jun 2014  word    30 Jan 2014  19 Dec 2013  never      90%"""),
    ("positions --set face=0.125", {}, """\
drop      gives way: takes the threat off the table; costs no face once deeds"""),
    ("vary -h", {}, """\
--done 0..3                stages done at the start (0)"""),
)  # as they are, a few rows each

class Streams(unittest.TestCase):
    """No traceback for a closed pipe, a full disk, Ctrl-C, or a missing stream."""
    def status(self, line, stdin=None, **streams):
        with mock.patch.multiple(sys, stdin=stdin, **streams):
            return sim.main(line.split())

    def raw(self, takes):
        """An unbuffered stream whose writes take as many bytes as told, and what it got."""
        def write(data):
            if isinstance(takes, OSError):
                raise takes
            got.extend(data[: takes or 0])
            return takes and min(takes, len(data))
        got, stream = bytearray(), mock.Mock(encoding="utf-8", isatty=lambda: False)
        stream.buffer.write, stream.fileno.side_effect = write, OSError
        return stream, got

    def test_what_cannot_be_written_whole_is_an_error_on_any_stream(self):
        whole, text = screen("-h"), io.StringIO()  # as of IDLE, with no bytes beneath
        self.assertEqual((self.status("-h", stdout=text), text.getvalue()), (0, whole))
        for takes, status, said in (
            (10, 0, ""), (10**9, 0, ""), (0, 1, "sim.py: cannot write the output: .+\n"),
            (None, 1, "sim.py: cannot write the output: .+\n"), (BrokenPipeError(32, "no"), 1, ""),
            (OSError(28, "No space left"), 1, "sim.py: cannot write the output: No space left\n")):
            (out, got), err = self.raw(takes), Terminal()
            self.assertEqual(self.status("-h", stdout=out, stderr=err), status)
            self.assertRegex(err.sent(), rf"\A{said}\Z")
            self.assertEqual(got, b"" if status else whole.encode())
            self.assertEqual(self.status("-x", stdout=Terminal(), stderr=out), 2)

    def test_streams_that_are_not_there_and_input_that_cannot_be_read_counts_as_leaving(self):
        out, err, play = Terminal(), Terminal(), f"play --as us {QUICK}"
        self.assertEqual(self.status("positions", stdout=None, stderr=err), 1)
        self.assertEqual(self.status("nonsense", stdout=out, stderr=None), 2)
        self.assertEqual((out.sent(), err.sent().count("\n")), ("", 1))
        unreadable = mock.Mock(**{"readline.side_effect": OSError(9, "no")})
        closed, both = io.StringIO(), ["drop", "hold"]
        closed.close()
        for stdin, moves, err in (
                (None, [], Terminal()), (unreadable, [], None), (closed, [], self.raw(0)[0]),
                (io.StringIO(), [], None), (io.StringIO("d\nh\n"), both, self.raw(0)[0]),
                (io.TextIOWrapper(io.BytesIO(b"\xff\xfe\ndrop\nhold\n"), "utf-8"), both, None)):
            out = Terminal()
            self.assertEqual(self.status(f"{play} --json", stdin, stdout=out, stderr=err), 0)
            self.assertEqual(json.loads(out.sent())["moves"], moves)

    def progress(self, line, tty=True, second=1.0):
        """What a terminal of 40 columns is sent, every look at the clock a second later."""
        clock, err = itertools.count(), Terminal(tty=tty)
        with mock.patch("time.monotonic", lambda: second * next(clock)), \
                mock.patch.dict(os.environ, COLUMNS="40"):
            return self.status(f"{line} {QUICK}", stdout=Terminal(), stderr=err), err.sent()

    def test_progress_is_shown_on_a_terminal_alone_after_a_second_and_wiped_also_by_ctrl_c(self):
        lines = ("run", "odds", "claims --worlds 1", "worlds --worlds 2", "vary deeds", "history",
                 "settle --forbid us.drop --forbid france.ease --forbid opposition.accept")
        for line in lines:
            status, sent = self.progress(line)
            first, *bars, wiped, last = sent.split("\r")
            self.assertEqual((status, first, last, wiped.strip()), (0, "", "", ""), line)
            self.assertTrue(bars and all(0 < len(it) < 40 for it in bars), bars)
            shares = [int(it) for it in re.findall(r"(\d+)%", sent)]
            self.assertEqual((shares, sent.count("\n")), (sorted(shares), 0), line)
        for quiet in ({"tty": False}, {"second": 1e-9}):
            self.assertEqual(self.progress("odds", **quiet), (0, ""))
        def stop(graph, tick):
            tick(1, 2)
            raise KeyboardInterrupt
        with mock.patch.object(sim, "backward", stop):
            for line in (*lines, "play --as us"):
                status, sent = self.progress(line)
                self.assertEqual((status, sent.split("\r")[-2].strip()), (130, ""), line)
        asked = mock.Mock(**{"readline.side_effect": KeyboardInterrupt})
        self.assertEqual(self.status("play --as us --done 3", asked, stdout=Terminal()), 130)

    def start(self, *words, out=subprocess.PIPE, before=()):
        return subprocess.Popen([sys.executable, *before, "-I", str(HERE / "sim.py"), *words],
                                stdin=subprocess.PIPE, stdout=out, stderr=subprocess.PIPE)

    @unittest.skipUnless(os.name == "posix", "signals and limits are POSIX's")
    def test_in_a_process_alone_in_a_closed_pipe_on_a_full_disk_and_interrupted(self):
        out, err = self.start("positions", "--json").communicate(timeout=20)
        self.assertEqual((json.loads(out), err), (answer("positions"), b""))
        kept = signal.signal(signal.SIGINT, signal.default_int_handler)  # a job's may be ignored
        self.addCleanup(signal.signal, signal.SIGINT, kept)
        program = self.start("play", "--as", "us", *QUICK.split())
        program.stdout.read(1)  # it asks
        program.send_signal(signal.SIGINT)  # and dies of it, so that a loop in a shell stops
        self.assertEqual((program.communicate(timeout=20)[1], program.returncode), (b"", -2))
        limited = ("import os, resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (2000, "
                   "2000)); os.execv(sys.executable, [sys.executable, *sys.argv[1:]])")
        for more in ((), ("-u",)):  # buffered or not
            with tempfile.TemporaryFile() as file:
                program = self.start("positions", out=file, before=("-c", limited, *more))
                err = program.communicate(timeout=20)[1]
            self.assertRegex(err, rb"\Asim.py: cannot write the output: .*\n\Z")
            self.assertEqual(program.returncode, 1)
        with self.start("positions") as program:
            program.stdout.close()
            self.assertEqual((program.stderr.read(), program.wait(20)), (b"", 1))

class AsItIsRead(unittest.TestCase):
    """README and source: a table entry is all that a change of mind takes."""
    SOURCE = (HERE / "sim.py").read_text("utf-8")

    def test_readme_examples_are_what_the_program_prints_and_its_commands_work(self):
        text = (HERE / "README.md").read_text("utf-8")
        block = r"```console\n\$ python sim\.py ?([^\n|]*)(?:\| head -n? ?(\d+))?\n(.*?)```"
        for line, head, expected in re.findall(block, text, re.DOTALL):
            line = line.strip() or "run --seed 0"
            rows = once(line)[0].splitlines(keepends=True)
            self.assertEqual("".join(rows[: int(head or len(rows))]), expected, line)
            self.assertLessEqual(len(rows) * (line[:4] != "run "), MOST_LINES, line)
        named = {it.strip() or "run" for it in re.findall(
            r"`python sim\.py([^`]*)`", re.sub("(?s)```.*?```", "", text))}
        self.assertLessEqual({*sim.QUESTIONS}, {it.split(" ")[0] for it in named})
        for line in sorted(it for it in named if not re.search(r"\b[A-Z]{2,}\b|\.\.\.", it)):
            works(line.split())

    def test_figures_of_the_findings_are_what_the_program_answers(self):
        text, odds = flat((HERE / "README.md").read_text("utf-8")), once("odds")[1]
        first, held = odds["first_mover"], once("history")[1]["threat_held"]
        threat, _, lean, *_ = (it["truths"] for it in once("claims --worlds 0")[1]["claims"])
        deed = next(it for it in odds["deeds"] if (it["done"], it["failings"]) == (2, 0))
        worlds, best = once("worlds --worlds 10")[1]["truths"], once("settle")[1]["promises"][0]
        for words in (
            f"by itself ({first['word']['syria']:p})",
            f"leans first ({first['tactic']['russia']:p})",
            f"Syria is first in {worlds['word']['first_mover']['syria']:p}",
            f"Russia in {worlds['tactic']['first_mover']['russia']:p} if not",
            *(f"{it['after']:p} instead of {it['before']:p}" for it in threat.values()),
            f"never lean, {lean['word']['after']:p} and {lean['tactic']['after']:p}",
            f"{deed['earned']:p} is earned where the rule believes {deed['believed']:p}",
            " and ".join(f"{best['odds'][truth]['handover']:p}" for truth in TRUTHS),
            f"gain {best['temptation']:.3f}",
            f"odds of {held['word']:p} if he means it, {held['tactic']:p} if not"):
            self.assertIn(words, text)

    def test_only_the_standard_library_no_file_no_network_and_no_long_line_or_function(self):
        imported = set(re.findall(r"(?m)^\s*(?:from|import) (\w+)", self.SOURCE))
        self.assertLessEqual(imported, sys.stdlib_module_names)
        self.assertNotRegex(self.SOURCE, r"subprocess|socket|urllib|(?<!os\.)\bopen\(|os\.system")
        for source in (self.SOURCE, pathlib.Path(__file__).read_text("utf-8")):
            rows = re.sub(r"(?s)\nSCREENS = \(.*?\n\)  #", "", source).splitlines()
            self.assertEqual([row for row in rows if len(row) > 100 or row != row.rstrip()], [])
        tree = ast.parse(self.SOURCE)
        functions = [it for it in ast.walk(tree) if isinstance(it, ast.FunctionDef)]
        self.assertEqual([it.name for it in functions if it.end_lineno - it.lineno >= 50], [])
        named = [it for kind in tree.body for it in (kind, *getattr(kind, "body", ()))
                 if isinstance(it, ast.ClassDef) or it in functions and (
                     it is kind or isinstance(kind, ast.ClassDef)) and it.name[0] != "_"]
        self.assertLessEqual({it.name for it in named if not ast.get_docstring(it)}, {"error"})
        names = re.findall(r"(?m)^(?:def |class |(?=\w+(?:: .*)? = ))(\w+)", self.SOURCE)
        self.assertEqual(sorted(names), sorted({*names}))

    def test_an_older_python_is_told_so_in_one_line(self):
        head = re.search(r"(?s)\A.*?\n    sys\.exit\(2\)\n", self.SOURCE)[0]
        for minor in (9, 7):
            old = {"version_info": (3, minor, 18), "hexversion": 0x03000000 + (minor << 16)}
            with mock.patch.multiple(sys, stderr=io.StringIO(), **old):
                with self.assertRaises(SystemExit) as end:
                    exec(compile(head, "sim.py", "exec"), {})  # noqa: S102 (its own first lines)
                self.assertEqual((end.exception.code, sys.stderr.getvalue()), (
                    2, f"sim.py: needs Python 3.10 or newer, this is 3.{minor}\n"))
        ast.parse(self.SOURCE, feature_version=(3, 7))  # or that line would never be reached

    def test_a_fifth_stage_is_one_line_of_stages(self):
        stage = '"verify": Stage(' + '"again", ' * (len(sim.Stage._fields) - 1) + "2),"
        source = re.sub(r"(?s)(\nSTAGES = \{.*?)\n\}", rf"\1\n{stage}\n}}", self.SOURCE, count=1)
        five = importlib.util.module_from_spec(importlib.util.spec_from_loader("five", None))
        exec(compile(source, "five.py", "exec"), vars(five))  # noqa: S102 (the same, edited)
        with mock.patch.dict(globals(), sim=five):
            line = "run --forbid syria.stall --set short=0 --set error=0 --set rounds=5 --seed 3"
            text = screen(line) + screen("run --explain 1 --done 4 --set rounds=1")
            self.assertRegex(flat(text), r"stage 5\b")
            self.assertEqual(answer(line)["rounds"][-1]["stage"], "verify")
            for name in ("odds", "claims --worlds 1", "vary deeds", "worlds --worlds 1", "history",
                         "play --as us", "positions", "odds -h", "-h"):
                text += screen(f"{name} --done 4 --set rounds=1", stdin="q\n")
            self.assertNotRegex(text, r"(?i)\bfour (steps|stages)|\b(of 4|[0-4]/4|0\.\.3)\b")
            self.assertIn("0..4", text)
            self.assertIn("'5' is not a whole number from 0 to 4", run("odds --done 5")[2])

def run_class(name):
    """Run one class: how many tests passed, failed and were skipped, and what was said."""
    said, suite = io.StringIO(), unittest.defaultTestLoader.loadTestsFromTestCase(globals()[name])
    result = unittest.TextTestRunner(stream=said).run(suite)
    bad = {getattr(test, "test_case", test) for test, _ in result.failures + result.errors}
    failed, skipped = len(bad), len(result.skipped)  # of a test's subtests one may fail, or more
    return result.testsRun - failed - skipped, failed, skipped, said.getvalue()

def main():
    """Run all classes, a few at a time: the last, which take longest, first."""
    names = [name for name, it in globals().items()
             if isinstance(it, type) and issubclass(it, unittest.TestCase)][::-1]
    with concurrent.futures.ProcessPoolExecutor() as pool:
        passed, failed, skipped, said = zip(*pool.map(run_class, names))
    sys.stderr.write("".join(it for it, n in zip(said, failed) if n))
    more = f", {sum(skipped)} skipped" if sum(skipped) else ""
    print(f"{sum(passed)} passed, {sum(failed)} failed{more}", flush=True)
    return 1 if sum(failed) or not sum(passed) else 0

if __name__ == "__main__":
    sys.exit(main())
