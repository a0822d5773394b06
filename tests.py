"""The specification of sim.py: `python tests.py` runs it, `python tests.py CLASS ...` a part of it.

Names of classes and tests, and their tables, tell the model. What is expected comes from games
solved by hand, from Gambit, from figures agreed on beforehand, and from the Oracle: a second
solver, written from a description of the model alone, that shares no line with sim.py.
"""

import argparse
import concurrent.futures
import datetime
import fnmatch
import functools
import importlib.util
import io
import json
import math
import os
import pathlib
import random
import re
import shlex
import signal
import statistics
import subprocess
import sys
import tempfile
import unittest
from collections import defaultdict
from itertools import accumulate, count, product
from typing import ClassVar, NamedTuple
from unittest import mock

HERE = pathlib.Path(__file__).resolve().parent
sys.dont_write_bytecode = True
SPEC = importlib.util.spec_from_file_location("sim", HERE / "sim.py")  # also under `python -I`
sim = sys.modules["sim"] = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(sim)

# The Oracle: plain recursion and dictionaries, nothing clever =====================================
#
#   state    State(2, 1, "hold", ...): 2 stages done, 1 lapse, the US at hold, ...
#   step     0..4: the party of that seat decides; 5: the spell; 6: the US decides on a verdict
#   account  what is expected from a point on: {"handover": 0.9, ("us", "face"): 0.4, "turns": 22}

DEFAULTS = {
    "rationality": 22, "face": 0.4, "resolve": 0.3, "pressure": 0.01, "strain": 0.15,
    "delay": 0.015, "leverage": 0.01, "menace": 0.005, "respite": 0.04, "disruption": 0.25,
    "oversight": 0.5, "review": 2, "short": 0.25, "error": 0.1, "support": 0.65, "cause": 1.5,
    "backing": 1.5, "deeds": 2, "least_join": 2, "least_declare": 2, "least_inspect": 3,
    "least_destroy": 8, "pace": 0.3, "middle_us": 0.5, "middle_france": 0.5, "middle_russia": 0.5,
    "middle_opposition": 0.5, "middle_syria": 0.65, "part": 0.7, "trust": 0.25,
    "trust_moscow": 0.6, "credit": 1.5, "blame": 1.5, "prior": 0.5, "rounds": 16}
PARTIES = "us", "france", "russia", "opposition", "syria"
SEATS = *PARTIES, None, "us"  # who decides, by step
TRUTHS = "word", "tactic"
OUTCOMES = "handover", "strike", "stalemate"
STAGES = "join", "declare", "inspect", "destroy"
DECLARED = dict(zip(PARTIES, ("hold", "press", "shield", "reject", "stall")))
GIVING = dict(zip(PARTIES, ("suspend", "ease", "lean", "accept", "comply")))
PRICES = {  # that a party can be charged
    "us": ("face", "resolve", "pressure", "delay"), "france": ("face", "pressure", "delay"),
    "russia": ("face", "strain", "delay"), "opposition": ("face", "pressure"),
    "syria": ("face", "leverage", "menace", "respite")}
RANKINGS = {  # best first; Syria's is that of the truth
    **dict.fromkeys(("us", "france"), ("handover", "strike", "stalemate")),
    **dict.fromkeys(("russia", "word"), ("handover", "stalemate", "strike")),
    "opposition": ("strike", "stalemate", "handover"),
    "tactic": ("stalemate", "handover", "strike")}
PROMISES = {  # what a party can commit to: the move that is left in a state, None where any is
    "us": {"suspend at once and for good": lambda s: "suspend",
           "suspend until Syria lapses": lambda s:
           "suspend" if s.lapses == 0 or s.syria == "comply" else "hold",
           "hold to the end": lambda s: "hold",
           "warn after every lapse, else hold": lambda s: "warn" if warnable(s) else "hold"},
    "france": {"follow Washington": lambda s: "ease" if s.us == "suspend" else "press"},
    "russia": {"lean every round": lambda s: "lean", "lean while the plan stands still": lambda s:
               "lean" if s.done and s.syria == "stall" else "shield"},
    "opposition": {"accept every round": lambda s: "accept"},
    "syria": {"work while the threat is suspended": lambda s:
              "comply" if s.us == "suspend" else None, "work every round": lambda s: "comply"}}
MULTIPLIERS = "cause", "backing", "credit", "blame"
WHOLE = "review", "deeds", "rounds", *("least_" + stage for stage in STAGES)
RANGES = {name: (0, 100) if name in sum(PRICES.values(), ()) else (0, 1) for name in DEFAULTS}
RANGES |= dict.fromkeys(WHOLE, (1, 100)) | dict.fromkeys((*MULTIPLIERS, "rounds"), (1, 1000))
RANGES |= {"rationality": (0, 1e9), "disruption": (0, 0.99), "deeds": (0, 3), "pace": (0.01, 1)}
TINY = 1e-12
sys.setrecursionlimit(100_000)  # a round takes some fifty calls

class State(NamedTuple):
    done: int = 0
    lapses: int = 0
    us: str = "hold"
    france: str = "press"
    russia: str = "shield"
    opposition: str = "reject"
    syria: str = "stall"

START = State()

def warnable(s):
    """Whether the US can set an ultimatum: nobody threatens over nothing."""
    return s.done > 0 and s.lapses > 0 and s.syria == "stall"

def mix(*parts):
    """One account of (weight, account) pairs."""
    total = defaultdict(float)
    for weight, account in parts:
        for key, amount in account.items():
            total[key] += weight * amount
    return total

def revised(p, factor):
    """The probability p after its odds are multiplied by a factor; 0 and 1 stay."""
    return p if p in (0, 1) else p * factor / (p * factor + 1 - p)

def first_day(turn):
    return str(datetime.date(2013, 9, 12) + datetime.timedelta(14 * (turn - 1)))

def fallen_on(u, chances):
    """The first at which the chances, added up, exceed the draw; else the last possible."""
    sums = zip(accumulate(chances.values()), chances)
    return next((it for total, it in sums if total > u), [it for it, p in chances.items() if p][-1])

def learnt(belief, word, tactic):
    """Bayes; the belief stays where what happened was held impossible."""
    total = belief * word + (1 - belief) * tactic
    return belief * word / total if total else belief

class Oracle:
    """One game: numbers that differ, start, bans {("us", "warn")}, promises {"us": "hold ..."}."""
    def __init__(self, numbers=(), start=START, forbidden=(), package=()):
        self.n, self.start = DEFAULTS | dict(numbers), start
        self.forbidden, self.package = set(forbidden), dict(package)
        for name in ("account", "after", "policy", "spell", "follow"):
            setattr(self, name, functools.cache(getattr(self, name)))
    # The rules
    def condition(self, party, s):
        """Whether giving way costs the party nothing."""
        deeds = s.syria == "comply" and max(0, s.done - 1) >= self.n["deeds"]
        stuck, suspended = s.syria == "stall" and s.lapses > 0, s.us == "suspend"
        return {"us": deeds, "france": suspended, "russia": stuck, "opposition": deeds,
                "syria": suspended or s.russia == "lean"}[party]
    def kind(self, step, s, move):
        """What a move is: a concession and a reversal cost face."""
        party = SEATS[step]
        if step == 6 or move == "warn":
            return "verdict" if step == 6 else "ultimatum"
        if move == getattr(s, party):
            return "keep"
        met = self.condition(party, s)
        if move == GIVING[party]:
            return "answer" if met else "concession"
        return "reversal" if met else "return"
    def menu(self, step, s):
        """The moves open at a step, in order."""
        party = SEATS[step]
        if step == 4 and s.done == 0:
            return [s.syria]
        moves = ["end", "extend"] if step == 6 else [DECLARED[party], GIVING[party]]
        moves += ["warn"] * (step == 0 and warnable(s))
        moves = [move for move in moves if (party, move) not in self.forbidden]
        promise = self.package.get(party) if step < 5 else None
        bound = PROMISES[party][promise](s) if promise else None
        return [bound] if bound in moves else moves
    def trust(self, party, s):
        """The probability that a party gives to `word`."""
        factor = self.n["credit"] ** max(0, s.done - 1) / self.n["blame"] ** s.lapses
        return revised(self.n["trust_moscow" if party == "russia" else "trust"], factor)
    def chances(self, s, turn, truth):
        """What the end of the spell's turn number `turn` may bring, if nothing came before."""
        due, found, review = 0, 0, 0
        if s.done == 0:
            due = int(turn == self.n["least_join"])
        elif s.syria == "comply":
            k = max(0, turn - self.n["least_" + STAGES[s.done]] + 1)
            upheld = 1 - self.n["disruption"] if s.opposition == "reject" else 1
            averted = self.n["oversight"] if s.russia == "lean" else 0
            due = min(1, self.n["pace"] * k * upheld)
            found = self.n["error"] if truth == "word" else self.n["short"] * (1 - averted)
        else:
            review = int(turn == self.n["review"])
        return {"completes": due * (1 - found), "short": due * found, "review": review,
                "quiet": 1 - due - review}
    def spell(self, s, truth):
        """How the spell can end: [(turn of the spell, event, probability)]."""
        ends, quiet, turn = [], 1, 0
        while quiet > 0:
            turn += 1
            chances = self.chances(s, turn, truth)
            ends += [(turn, event, quiet * p) for event, p in chances.items() if p]
            quiet *= chances["quiet"]
        return [end for end in ends if end[1] != "quiet"]
    def turn_prices(self, s, truth):
        """What a turn of the spell costs: {(party, price): amount}."""
        prices = {}
        if s.syria == "stall":
            prices["us", "delay"] = prices["france", "delay"] = self.n["delay"]
            if s.russia == "lean":
                prices["syria", "leverage"] = self.n["leverage"]
            elif s.lapses:
                prices["russia", "delay"] = self.n["delay"]
            if truth == "tactic":
                prices["syria", "respite"] = -self.n["respite"]
        else:
            holding = [p for p in ("us", "france", "opposition") if getattr(s, p) != GIVING[p]]
            prices |= {(party, "pressure"): self.n["pressure"] for party in holding[:1]}
        if s.us != "suspend":
            prices["syria", "menace"] = self.n["menace"]
        return prices if s.done else {}
    def found(self, s, event):
        """The state that the end of a spell leaves, if the talks go on."""
        if event == "completes":
            return s._replace(done=s.done + 1, us="hold" if s.us == "warn" else s.us)
        return s._replace(lapses=min(3, s.lapses + 1), us="hold", syria="stall")
    def sigma(self, s):
        """The probability that the US, ending the talks after the spell of s, finds support."""
        backing = self.n["backing"] if s.france == "ease" else 1
        return revised(self.n["support"], self.n["cause"] ** max(0, s.lapses - 1) / backing)
    def goes_on(self, r, s, event):
        """The next state, or the outcome where there is none."""
        later = self.found(s, event)
        over = "handover" if later.done == 4 else "stalemate" if r == self.n["rounds"] else None
        return over or later
    def follow(self, r, s, event):
        """What the end of a spell leads to: [(probability, state or outcome)]."""
        if event == "completes" or s.us != "warn":
            return [(1, self.goes_on(r, s, event))]
        verdict, sigma = self.policy(r, 6, s, None), self.sigma(s)
        end, extend = verdict.get("end", 0), verdict.get("extend", 0)
        return [(end * sigma, "strike"), (end * (1 - sigma), "stalemate"),
                (extend, self.goes_on(r, s, event))]
    # How a move is chosen
    def worth(self, party, truth, account):
        """The utility of the outcomes in an account."""
        best, middle, _ = RANKINGS[truth if party == "syria" else party]
        utility = {best: 1, middle: self.n["middle_" + party]}
        if truth == "tactic" and party in ("us", "france"):
            utility["handover"] = self.n["part"]
        return sum(u * account.get(outcome, 0) for outcome, u in utility.items())
    def payoff(self, party, truth, account):
        paid = sum(account.get((party, price), 0) for price in PRICES[party])
        return self.worth(party, truth, account) - paid
    def account(self, r, step, s, truth):
        """What is expected from a step of round r on, under a truth."""
        if step != 5:
            return mix(*((p, self.after(r, step, s, move, truth))
                         for move, p in self.policy(r, step, s, truth).items()))
        events, length = defaultdict(float), 0
        for turn, event, p in self.spell(s, truth):
            events[event] += p
            length += p * turn
        now = {"rounds": 1, "turns": length, "short": events["short"],
               "stalls": length if s.done and s.syria == "stall" else 0,
               ("russia", "strain"): self.n["strain"] if s.russia == "lean" else 0}
        now |= {key: length * price for key, price in self.turn_prices(s, truth).items()}
        return mix((1, now), *((p, self.account(r, 6, s, truth)
                                if s.us == "warn" and event != "completes" else
                                self.onward(r, s, event, truth)) for event, p in events.items()))
    def onward(self, r, s, event, truth):
        """The account of an outcome or of the next round."""
        later = self.goes_on(r, s, event)
        return {later: 1} if later in OUTCOMES else self.account(r + 1, 0, later, truth)
    def after(self, r, step, s, move, truth):
        """The account from a move on, its own price included."""
        if move == "end":
            return {"strike": self.sigma(s), "stalemate": 1 - self.sigma(s)}
        if move == "extend":
            now = {("us", "resolve"): self.n["resolve"], "extensions": 1}
            return mix((1, now), (1, self.onward(r, s, "review", truth)))
        party, kind = SEATS[step], self.kind(step, s, move)
        now = {"ultimatums": 1} if kind == "ultimatum" else {}
        if kind in ("concession", "reversal"):
            now = {(party, "face"): self.n["face"], (party, kind): 1}
        later = self.account(r, step + 1, s._replace(**{party: move}), truth)
        return mix((1, now), (1, later)) if now else later
    def weights(self, step, s, truth):
        """How whoever decides weighs the truths: {truth: weight}."""
        if step == 4:
            return {t: int(t == truth) for t in TRUTHS}
        trust = self.trust(SEATS[step], self.found(s, "review") if step == 6 else s)
        return {"word": trust, "tactic": 1 - trust}
    def values(self, r, step, s, truth):
        """What each move is worth to whoever decides (the truth counts for Syria alone)."""
        return {move: sum(w * self.payoff(SEATS[step], t, self.after(r, step, s, move, t))
                          for t, w in self.weights(step, s, truth).items() if w)
                for move in self.menu(step, s)}
    def policy(self, r, step, s, truth):
        """The probability of each move."""
        values = self.values(r, step, s, truth)
        best = max(values.values())
        weights = {m: math.exp(self.n["rationality"] * (v - best)) for m, v in values.items()}
        return {move: weight / sum(weights.values()) for move, weight in weights.items()}
    # Why a move was made
    def expects(self, r, step, s, truth):
        """From a step on: Russia leans, Syria works, the US ends the talks."""
        if step < 5:
            return mix(*((p, self.expects(r, step + 1, s._replace(**{SEATS[step]: move}), truth))
                         for move, p in self.policy(r, step, s, truth).items()))
        lapse = sum(p for _, event, p in self.spell(s, truth) if event != "completes")
        ends = self.policy(r, 6, s, None).get("end", 0) if s.us == "warn" else 0
        return {"russia_leans": s.russia == "lean", "syria_works": s.syria == "comply",
                "us_ends": lapse * ends}
    def why(self, r, step, s, made, truth):
        """Why a move was made, against the best of the others; None with a lone move."""
        party, weights = SEATS[step], self.weights(step, s, truth)
        others = {m: v for m, v in self.values(r, step, s, truth).items() if m != made}
        if not others:
            return None
        against = next(m for m, v in others.items() if v >= max(others.values()) - TINY)
        sides, terms = {"made": made, "against": against}, dict.fromkeys(
            ("outcomes", *PRICES[party]), 0.0)
        by_truth = {t: {side: self.after(r, step, s, move, t) for side, move in sides.items()}
                    for t in TRUTHS}
        for (t, w), (sign, side) in product(weights.items(), ((1, "made"), (-1, "against"))):
            terms["outcomes"] += sign * w * self.worth(party, t, by_truth[t][side])
            for price in PRICES[party]:
                terms[price] -= sign * w * by_truth[t][side].get((party, price), 0)
        most, least = max(terms, key=terms.get), min(terms, key=terms.get)
        by_truth = {t: {side: {o: account.get(o, 0) for o in OUTCOMES}
                        for side, account in both.items()} for t, both in by_truth.items()}
        unasked = ["russia_leans"] * (step > 1) + ["syria_works"] * (step > 3)
        expects = None if step == 6 else {side: mix(*(
            (w, self.expects(r, step + 1, s._replace(**{party: move}), t))
            for t, w in weights.items())) | dict.fromkeys(unasked) for side, move in sides.items()}
        return {
            "against": against, "kind": self.kind(step, s, against), "gain": sum(terms.values()),
            "terms": terms, "preferred": sum(terms.values()) > TINY, "odds_by_truth": by_truth,
            "reason": most if terms[most] > TINY else None, "expects": expects,
            "despite": least if terms[least] < -TINY else None, "odds": {
                side: mix(*((w, by_truth[t][side]) for t, w in weights.items())) for side in sides}}
    # Odds
    def odds(self, truth):
        """Outcomes, payoffs and counts, as a rung of `odds` has them."""
        account = self.account(1, 0, self.start, truth)
        counts = "rounds", "turns", "stalls", "short", "ultimatums", "extensions"
        return {"true": truth, "odds": {outcome: account.get(outcome, 0) for outcome in OUTCOMES},
                "payoffs": {party: self.payoff(party, truth, account) for party in PARTIES},
                **{"expected_" + count: account.get(count, 0) for count in counts},
                **{f"expected_{kind}s": {p: account.get((p, kind), 0) for p in PARTIES}
                   for kind in ("concession", "reversal")}}
    def seen(self, r, step, s):
        """The odds of the outcomes as Washington sees them from a step on, or at an outcome."""
        if s in OUTCOMES:
            return {outcome: int(outcome == s) for outcome in OUTCOMES}
        mixed = mix(*((w, self.account(r, step, s, t)) for t, w in self.weights(0, s, 0).items()))
        return {outcome: mixed.get(outcome, 0) for outcome in OUTCOMES}
    def play(self, truth, note=None, tell=lambda note, party, move: note, add_turns=False):
        """Forward: {(outcome, note): probability} and {(round, step, state, note): probability};
        tell() changes the note that goes along at a move, add_turns counts turns in it."""
        ends, visits, now = defaultdict(float), {}, {(self.start, note): 1.0}
        for r, step in product(range(1, self.n["rounds"] + 1), range(6)):
            visits |= {(r, step, *place): p for place, p in now.items()}
            later = defaultdict(float)
            for (s, with_it), p in now.items():
                for move, q in self.policy(r, step, s, truth).items() if step < 5 else ():
                    place = s._replace(**{SEATS[step]: move}), tell(with_it, SEATS[step], move)
                    later[place] += p * q
                for turns, event, q in self.spell(s, truth) if step == 5 else ():
                    for chance, result in self.follow(r, s, event):
                        place = result, with_it + turns if add_turns else with_it
                        (ends if result in OUTCOMES else later)[place] += p * q * chance
            now = later
        return ends, visits
    def first_mover(self, truth):
        """The probability that each gives way first; None if somebody has at the start."""
        ends, _ = self.play(truth, "nobody", lambda note, party, move: party
                            if note == "nobody" and move == GIVING[party] else note)
        return None if {*self.start} & {*GIVING.values()} else {
            who: sum(p for (_, note), p in ends.items() if note == who)
            for who in (*PARTIES, "nobody")}
    def how_it_ends(self, truth):
        """A handover: threat never suspended or once, no ultimatum or one; neither of the two."""
        ends, _ = self.play(truth, (self.start.us == "suspend", False), lambda note, _, move:
                            (note[0] or move == "suspend", note[1] or move == "warn"))
        a, b, c, d = (ends.get(("handover", note), 0) for note in product((False, True), repeat=2))
        return {"under_threat": a + b, "after_suspension": c + d, "unwarned": a + c,
                "after_ultimatum": b + d}, a
    def completion(self, truth):
        """{stage: {turn in which it completes: probability}}."""
        found = {stage: defaultdict(float) for stage in STAGES}
        for (_, step, s, turn), p in self.play(truth, 0, add_turns=True)[1].items():
            for turns, event, q in self.spell(s, truth) if step == 5 else ():
                if event == "completes":
                    found[STAGES[s.done]][turn + turns] += p * q
        return found
    # One history
    def decide(self, stream, r, step, s, truth):
        """Draw a move: everything there is to say of the decision."""
        policy, party, draw = self.policy(r, step, s, truth), SEATS[step], stream.random()
        move, of_syria = fallen_on(draw, policy), party == "syria"
        return {
            "move": move, "kind": self.kind(step, s, move), "probability": policy[move],
            "values": self.values(r, step, s, truth), "why": self.why(r, step, s, move, truth),
            "trust": None if of_syria else self.weights(step, s, truth)["word"], "draw": draw,
            "by_truth": {t: {"why": self.why(r, 4, s, move, t), "probability": self.policy(
                r, 4, s, t)[move]} for t in TRUTHS if of_syria} or None,
            "follows": {m: {t: self.payoff(party, t, self.after(r, step, s, m, t)) for t in TRUTHS}
                        for m in policy}}
    def history(self, seed, truth="drawn", other=False):
        """One run, draw for draw, as `run` has it; or of the other Assad."""
        stream, s, turn, outcome, rounds = random.Random(seed), self.start, 1, None, []
        reader, lapses = self.n["prior"], 0
        if truth == "drawn":
            truth = "word" if stream.random() < reader else "tactic"
        if other:
            truth = "tactic" if truth == "word" else "word"
        def beliefs(s, odds):
            return {"trust": self.trust("us", s), "trust_moscow": self.trust("russia", s),
                    "reader": reader, "as_seen": odds}
        while outcome is None:
            r, what, first, before, moves = len(rounds) + 1, "quiet", turn, s, {}
            for step, party in enumerate(PARTIES):
                moves[party] = made = self.decide(stream, r, step, s, truth)
                s = s._replace(**{party: made["move"]})
            reader = learnt(reader, *(its["probability"] for its in made["by_truth"].values()))
            quiet, chances, draws, likelihood = beliefs(s, self.seen(r, 5, s)), [], [], {}
            while what == "quiet":
                by_truth = {t: self.chances(s, len(draws) + 1, t) for t in TRUTHS}
                chances.append(by_truth[truth])
                draws.append(stream.random())
                what = fallen_on(draws[-1], chances[-1])
                likelihood = {t: likelihood.get(t, 1) * by_truth[t][what] for t in TRUTHS}
            turn, verdict, support, later = turn + len(draws), None, None, self.goes_on(r, s, what)
            if what != "completes" and s.us == "warn":
                verdict = self.decide(stream, r, 6, s, None)
                draws.append(verdict["draw"])
                if verdict["move"] == "end":
                    support = self.sigma(s)
                    draws.append(stream.random())
                    later = "strike" if draws[-1] < support else "stalemate"
            s, outcome = self.found(s, what), later if later in OUTCOMES else None
            reader = learnt(reader, *likelihood.values())
            rounds.append({
                "round": r, "turn": first, "date": first_day(first), "stage": STAGES[before.done],
                "positions": dict(zip(PARTIES, before[2:])), "lapses": before.lapses,
                "lapses_so_far": lapses, "moves": moves, "quiet": quiet, "event": {
                    "what": what, "turn": turn - 1, "date": first_day(turn), "verdict": verdict,
                    "ends": support is not None, "support": support, "chances": chances,
                    "likelihood": likelihood, "draws": draws},
                **beliefs(s, self.seen(r + 1, 0, later))})
            lapses += what != "completes"
        return {"true": truth, "outcome": outcome, "turns": turn - 1, "date": first_day(turn),
                "in_part": (outcome, truth) == ("handover", "tactic"), "rounds": rounds}

def drawn_worlds(seed, n):
    """The numbers of n worlds."""
    def drawn(name, usual, u):
        if name in WHOLE:
            return int(3 * u) if name == "deeds" else 1 + int(2 * usual * u)
        if name in MULTIPLIERS:
            return usual ** (2 * u)
        if name == "rationality" or "middle" in name:
            return usual * (0.25 + u) if name == "rationality" else u
        return min(RANGES[name][1], usual * (0.5 + u))
    stream = random.Random(seed)
    return [{name: drawn(name, usual, stream.random()) for name, usual in DEFAULTS.items()
             if name not in ("prior", "rounds")} for _ in range(n)]

# How questions are asked, and answers compared ====================================================

class Terminal(io.TextIOWrapper):
    """A stream of a given encoding that remembers what it was sent."""
    def __init__(self, encoding="utf-8", tty=False):
        super().__init__(io.BytesIO(), encoding, newline="\n", write_through=True)
        self.isatty = lambda: tty
    def sent(self):
        return self.buffer.getvalue().decode(self.encoding)

def run(line, stdin="", env=(), encoding="utf-8", tty=False):
    """Run a command line in this process: (exit status, standard output, standard error)."""
    out, err = Terminal(encoding, tty), Terminal(encoding)
    alien = "COLUMNS", "NO_COLOR", "CLICOLOR", "TERM", "WT_SESSION"
    clean = {name: value for name, value in os.environ.items() if name not in alien}
    stdin = io.StringIO(stdin) if isinstance(stdin, str) else stdin
    with mock.patch.dict(os.environ, {**clean, **dict(env)}, clear=True), \
            mock.patch.multiple(sys, stdin=stdin, stdout=out, stderr=err):
        status = sim.main(shlex.split(line) if isinstance(line, str) else list(line))
    return status, out.sent(), err.sent()

def screen(line, **more):
    """What a command line prints, if it succeeds."""
    status, out, err = run(line, **more)
    if status or err:
        raise AssertionError(f"{line!r}: exit {status}, stderr {err!r}")
    return out

@functools.cache
def answer(line, stdin=""):
    """What a command line answers with --json; what it would ask goes to standard error."""
    status, out, err = run(f"{line} --json", stdin)
    if status:
        raise AssertionError(f"{line!r}: exit {status}, stderr {err!r}")
    return json.loads(out)

def asking(question, numbers=(), start=START, forbidden=()):
    """The command line of a question about a dispute that an Oracle solves."""
    return " ".join([
        question, f"--done {start.done}",
        *(f"--start {party}.{getattr(start, party)}" for party in PARTIES),
        *(f"--set {name}={value!r}" for name, value in dict(numbers).items()),
        *(f"--forbid {party}.{move}" for party, move in forbidden)])

def at(words=""):
    """The state that words tell: stages done, lapses, positions that are not as declared."""
    counts = [int(word) for word in words.split() if word.isdigit()]
    return sim.State(*counts, **dict(re.findall(r"([a-z]+)\.([a-z]+)", words)))

def numbers(text="", **more):
    """The defaults, but for what a text says: face=0.2 rounds=3."""
    named = {name: float(value) for name, value in re.findall(r"(\w+)=([-+.e\d]+)", text)}
    return {**DEFAULTS, **named, **more}

def disputes(seed, n):
    """Random disputes: numbers as in other worlds, some at an end of their range; another start,
    moves that are forbidden."""
    bans = [(), (("us", "warn"),), (("us", "end"),), (("us", "extend"), ("us", "suspend")),
            (("us", "hold"),), (("russia", "lean"), ("france", "press")), (("syria", "stall"),),
            (("us", "suspend"), ("us", "warn")), (("opposition", "reject"), ("syria", "comply")),
            (("russia", "shield"), ("france", "ease"))]
    stream, found = random.Random(seed), []
    for number, world in enumerate(drawn_worlds(seed, n)):
        for name in stream.sample([*world], number % 6):
            world[name] = min(stream.choice(RANGES[name]), 9)
        if number % 5 == 4:
            world |= {"rationality": stream.choice((0, 300)), "support": stream.choice((0, 1)),
                      "trust": stream.choice((0, 1)), "pace": 1}
        start = State(number % 4, 0, *(stream.choice((DECLARED, GIVING)[number % 3 > 0:])[party]
                                       for party in PARTIES) if number % 3 else ())
        found.append((world | {"rounds": 2 + number % 4}, start, bans[number % len(bans)]))
    return found

class Comparison(unittest.TestCase):
    """Compares answers, number by number."""
    def agree(self, found, wanted, where=(), within=1e-9):
        """Everything wanted is found; numbers as near as that."""
        where = where if isinstance(where, tuple) else (where,)
        if isinstance(wanted, (list, tuple)):
            self.assertEqual(len(found), len(wanted), where)
            found, wanted = dict(enumerate(found)), dict(enumerate(wanted))
        if isinstance(wanted, dict):
            for key, value in wanted.items():
                self.assertIn(key, found, where)
                self.agree(found[key], value, (*where, key), within)
        elif isinstance(wanted, float) and isinstance(found, (int, float)):
            self.assertLessEqual(abs(found - wanted), within * max(1, abs(wanted)),
                                 (*where, found, wanted))
        else:
            self.assertEqual(found, wanted, where)
    def digits(self, found, printed):
        """The numbers are the printed ones to all printed digits."""
        for number, text in zip(found, printed.split(), strict=True):
            decimals = len(text.partition(".")[2])
            self.assertEqual(f"{round(number, decimals) + 0.0:.{decimals}f}", text, printed)

# The report and the rules =========================================================================

class TheReport(Comparison):
    """Section 1: what the report says (¶), and our judgement of it."""
    PARTIES = (  # declared (¶), gives way by, condition (¶), ranking read from
        ("us", "hold ¶11", "suspend", "¶6 ¶8", "¶6 ¶8 ¶11 ¶17"),
        ("france", "press ¶17 ¶18", "ease", "inferred from ¶17 ¶18", "¶17 ¶18"),
        ("russia", "shield ¶25", "lean", "inferred from ¶7 ¶12 ¶19", "¶4 ¶7 ¶10 ¶22–25"),
        ("opposition", "reject ¶21", "accept", "inferred", "¶21"),
        ("syria", "stall ¶2", "comply", "¶2; inferred from ¶4", "¶1–4"))
    READINGS = (("word", "Assad, ¶1 ¶3 ¶4"),
                ("tactic", "Kerry's suspicion ¶6 ¶13, the US and French warning ¶17"))
    def test_every_party_has_two_positions_a_ranking_and_its_prices_each_with_its_paragraph(self):
        for row, (name, it) in zip(self.PARTIES, sim.PARTIES.items(), strict=True):
            self.assertEqual(row, (name, f"{it.declared} {it.stated}", it.giving,
                                   it.condition_source, re.split("; | says", it.source)[0]))
            self.assertEqual((it.ranking, it.prices), (RANKINGS.get(name, ()), PRICES[name]))
            self.assertEqual("second best is our reading" in it.source, name in PARTIES[:3])
    def test_what_assad_wants_is_the_open_question_with_two_readings(self):
        found = [(name, it.whose, it.ranking) for name, it in sim.READINGS.items()]
        self.assertEqual(found, [(*row, RANKINGS[row[0]]) for row in self.READINGS])
    def test_four_stages_and_every_judgement_with_its_agreed_default_and_range_in_order(self):
        self.assertEqual([(name, it.default) for name, it in sim.PARAMETERS.items()],
                         [*DEFAULTS.items()])
        self.assertEqual(tuple(sim.STAGES), STAGES)
        for name, it in sim.PARAMETERS.items():
            self.assertEqual((it.low, it.high, sim.KINDS[it.kind].whole),
                             (*RANGES[name], name in WHOLE), name)
    def test_whatever_is_cited_is_a_paragraph_and_a_turn_is_two_weeks_from_12_september_2013(self):
        cited = re.findall(r"¶(\d+)(?:–(\d+))?", (HERE / "sim.py").read_text("utf-8"))
        self.assertLessEqual({int(n) for pair in cited for n in pair if n}, {*range(1, 30)})
        for turn, day in ((1, "2013-09-12"), (2, "2013-09-26"), (26, "2014-08-28")):
            first = sim.first_day(turn)
            self.assertEqual((str(first), first_day(turn)), (day, day))
            days = (first + datetime.timedelta(n) for n in (-1, 0, 13, 14))
            self.assertEqual([sim.turn_of(it) for it in days], [turn - 1, turn, turn, turn + 1])

class TheRulesOfARound(Comparison):
    """Section 2: who may do what, at which price; what follows. `at` reads how a state is told."""
    MENUS = (  # step, commitment; state, without what is forbidden: menu
        # an ultimatum takes a first stage done, a lapse, and a Syria that stalls
        ("us", "", ("1 1: hold suspend warn; 3 3 us.suspend: hold suspend warn; 0 1: hold suspend;"
         " 1: hold suspend; 1 1 syria.comply: hold suspend; 1 1 without us.warn: hold suspend;"
         " 2 us.suspend without us.hold: suspend")),
        ("france", "", "0: press ease; 1 1 us.warn: press ease"),
        ("russia", "", "0: shield lean; 3 1 russia.lean us.suspend: shield lean"),
        ("opposition", "", "0: reject accept; 1 1 without opposition.reject: accept"),
        ("syria", "", "1: stall comply; 3 syria.comply without russia.lean syria.stall: comply"),
        # while the first stage is in hand Syria keeps its position, whatever is forbidden
        ("syria", "", "0: stall; 0 without syria.stall: stall; 0 syria.comply: comply"),
        ("verdict", "", "1 1 us.warn: end extend; 1 1 us.warn without us.end: extend"),
        ("us", "suspend at once and for good", ("0: suspend; 3 1 us.suspend: suspend;"
         " 1 1 without us.suspend: hold warn")),  # what is off the table, it does not bind to
        ("us", "suspend until Syria lapses", ("0: suspend; 2 0: suspend; 1 1: hold;"
         " 1 1 syria.comply: suspend; 3 3 us.suspend: hold")),
        ("us", "hold to the end", "3 syria.comply: hold; 1 1 us.suspend: hold"),
        ("us", "warn after every lapse, else hold",
         "1 1 syria.comply: hold; 2 2 us.suspend: warn; 1 1 without us.warn: hold"),
        ("france", "follow Washington", "2: press; 0 us.suspend: ease; 1 1 us.warn: press"),
        ("russia", "lean every round", "0: lean; 3 russia.lean syria.comply: lean"),
        ("russia", "lean while the plan stands still", "1: lean; 1 syria.comply: shield"),
        ("opposition", "accept every round", "1: accept; 0 us.suspend: accept"),
        ("syria", "work while the threat is suspended",
         "1: stall comply; 1 us.suspend: comply; 0 us.suspend: stall; 1 1 us.warn: stall comply"),
        ("syria", "work every round", "3: comply; 0: stall; 1 without syria.comply: stall"))
    CONDITIONS = (  # party, changed numbers: states in which its condition is met, and is not
        ("us opposition", "", "3 0 syria.comply, 3 3 syria.comply us.suspend",
         "0 0, 3 0, 2 0 syria.comply, 1 1 us.suspend, 0 0 syria.comply"),
        ("us opposition", "deeds=0", "0 0 syria.comply, 1 3 syria.comply", "1 0, 3 1"),
        ("us opposition", "deeds=1", "2 1 syria.comply", "1 1 syria.comply, 2 1"),
        ("us opposition", "deeds=3", "", "3 0 syria.comply"),  # nothing does
        ("france", "", "0 us.suspend, 3 2 us.suspend syria.comply", "0, 1 1 us.warn, 3 0"),
        ("russia", "", "0 1, 1 1 us.warn, 3 3", "1 0, 0 0, 1 1 syria.comply, 2 0 us.suspend"),
        ("syria", "", "1 us.suspend, 1 1 russia.lean, 2 3 russia.lean us.warn",
         "1, 1 1 us.warn, 3 1 france.ease opposition.accept"))
    BROUGHT = (  # what the end of a spell brings; the state before it, and after
        ("completes", "0", "1"), ("completes", "1 2 us.warn russia.lean syria.comply",
                                  "2 2 russia.lean syria.comply"),  # the ultimatum is met
        ("completes", "2 1 us.suspend france.ease syria.comply",
         "3 1 us.suspend france.ease syria.comply"),
        ("lapse", "2 0 us.suspend france.ease syria.comply", "2 1 france.ease"),  # it is back
        ("lapse", "1 1 us.warn russia.lean", "1 2 russia.lean"),
        ("lapse", "3 3 opposition.accept", "3 3 opposition.accept"))  # three or more
    CHARGES = (  # state after the round: what every turn of its spell costs whom
        ("0", ""), ("0 1 us.suspend russia.lean syria.comply", ""),
        ("1 0", "us delay, france delay, syria respite, syria menace"),
        ("1 1", "us delay, france delay, syria respite, russia delay, syria menace"),
        ("1 1 us.suspend", "us delay, france delay, syria respite, russia delay"),
        ("2 1 us.warn russia.lean",
         "us delay, france delay, syria respite, syria leverage, syria menace"),
        ("1 0 syria.comply", "us pressure, syria menace"),
        ("2 0 us.suspend syria.comply russia.lean", "france pressure"),
        ("3 0 us.suspend france.ease syria.comply", "opposition pressure"),
        ("3 0 us.suspend france.ease opposition.accept syria.comply", ""))
    UTILITIES = (  # party, if word, if tactic: handover, strike, stalemate
        ("us", "1 .5 0", ".7 .5 0"), ("france", "1 .4 0", ".7 .4 0"),  # who want all of it
        ("russia", "1 0 .3", "1 0 .3"), ("opposition", "0 1 .2", "0 1 .2"),
        ("syria", "1 0 .65", ".65 0 1"))
    SPELLS = (  # state, truth: turns that it lasts on average; by turn, what its end can bring
        ("0", "tactic", 2, {1: "quiet 1", 2: "completes 1"}),  # a paper, which nobody holds up
        ("1 0", "word", 2, {1: "quiet 1", 2: "review 1"}),
        ("1 0 opposition.accept syria.comply", "word", 3.008,
         {1: "quiet 1", 2: "completes .27, short .03, quiet .7",
          3: "completes .54, short .06, quiet .4", 4: "completes .81, short .09, quiet .1",
          5: "completes .9, short .1"}),
        ("1 1 syria.comply", "word", 2 + .775 * (1 + .55 * (1 + .325 * (1 + .1))),
         {2: "completes .2025, short .0225, quiet .775", 6: "completes .9, short .1"}),
        ("2 0 opposition.accept syria.comply", "tactic", 4.008,
         {2: "quiet 1", 3: "completes .225, short .075, quiet .7"}),
        ("3 2 us.warn russia.lean syria.comply opposition.accept", "tactic", 9.008,
         {7: "quiet 1", 8: "completes .2625, short .0375, quiet .7"}),
        ("3 2 russia.lean syria.comply opposition.accept", "word", 9.008,
         {8: "completes .27, short .03, quiet .7"}))  # of an honest man it averts nothing
    SUPPORT = (  # state that lapses under an ultimatum, changed numbers: the chance of support
        ("1 1", "", 0.65), ("1 0", "", 0.65), ("1 2", "", 39 / 53), ("3 3", "", 117 / 145),
        ("3 1 france.ease", "", 26 / 47), ("1 3", "support=0", 0), ("1 1", "support=1", 1),
        ("2 3 france.ease", "support=0.5 cause=3 backing=4", 9 / 13))
    TRUST = (  # in percent, with 1, 2, 3 and 4 stages done: Washington's; Moscow's
        ("0 lapses", "25 33 43 53", "60 69 77 84"), ("1 lapse", "18 25 33 43", "50 60 69 77"),
        ("2 lapses", "13 18 25 33", "40 50 60 69"), ("3 lapses", "9 13 18 25", "31 40 50 60"))
    def test_who_has_which_moves_and_what_forbidding_and_commitments_leave(self):
        for step, text, cases in self.MENUS:
            bind = sim.COMMITMENTS[step][text] if text else None
            for words, wanted in (case.split(": ") for case in cases.split(";")):
                state, _, taken = words.partition("without")
                taken = [tuple(move.split(".")) for move in taken.split()]
                found = sim.menu(step, at(state), taken, bind)
                self.assertEqual(" ".join(found), wanted, (step, text, words))
        promised = [(party, text) for party, its in sim.COMMITMENTS.items() for text in its]
        self.assertEqual(promised, [(step, text) for step, text, _ in self.MENUS if text])
    def test_to_give_way_or_go_back_is_read_against_ones_own_condition_when_one_moves(self):
        for (parties, changed, *cases), met in product(self.CONDITIONS, (True, False)):
            for party, words in product(parties.split(), filter(None, cases[not met].split(", "))):
                declared, giving = DECLARED[party], GIVING[party]
                for before, after, kind in ((declared, giving, "answer" if met else "concession"),
                                            (giving, declared, "reversal" if met else "return"),
                                            (giving, giving, "keep"), (declared, declared, "keep")):
                    state = at(words)._replace(**{party: before})
                    if party == "syria" or state.syria == at(words).syria:
                        found = sim.kind_of(party, after, state, numbers(changed))
                        self.assertEqual(found, kind, (party, changed, state))
        for state in (at("1 1"), at("1 1 us.suspend")):
            self.assertEqual(sim.kind_of("us", "warn", state, numbers()), "ultimatum")
    def test_a_stage_completed_meets_an_ultimatum_and_a_lapse_brings_a_suspended_threat_back(self):
        for what, before, after in self.BROUGHT:
            brought = sim.completed if what == "completes" else sim.lapsed
            self.assertEqual(brought(at(before)), at(after), (what, before))
    def test_what_every_turn_of_a_spell_costs_whom(self):
        for words, bill in self.CHARGES:
            found = {" ".join(price) for price in sim.charges(at(words))}
            self.assertEqual(found, {*filter(None, bill.split(", "))}, words)
    def test_what_an_outcome_is_worth_and_that_respite_alone_is_a_gain_of_a_bluffer(self):
        its = numbers(middle_france=0.4, middle_russia=0.3, middle_opposition=0.2)
        for (party, *wanted), k in product(self.UTILITIES, (0, 1)):
            found = sim.utilities(party, TRUTHS[k], its)
            self.agree([found[it] for it in OUTCOMES], [*map(float, wanted[k].split())], (party, k))
        for price, truth in product({*sum(PRICES.values(), ())}, TRUTHS):
            sign = -1 if price != "respite" else int(truth == "tactic")
            self.assertEqual(sim.worth(price, truth, its), sign * its[price], (price, truth))
    def test_how_long_a_spell_lasts_and_what_the_end_of_a_turn_can_bring(self):
        for state, truth, length, turns in self.SPELLS:
            spell = sim.spell(at(state), truth, numbers())
            self.assertAlmostEqual(spell.length, length, 12, state)
            for turn, wanted in turns.items():
                chances = spell.chances(turn)
                self.assertEqual([*chances], ["completes", "short", "review", "quiet"])
                self.agree(chances, dict.fromkeys(chances, 0.0) | {
                    what: float(p) for what, p in re.findall(r"(\w+) ([\d.]+)", wanted)},
                    (state, truth, turn), 1e-12)
    def test_support_for_a_strike_grows_with_lapses_and_shrinks_when_france_has_let_go(self):
        for state, changed, wanted in self.SUPPORT:
            self.assertAlmostEqual(sim.support(at(state), numbers(changed)), wanted, 12, state)
    def test_trust_follows_deeds_and_lapses_but_in_closed_minds(self):
        for lapses, *wanted in self.TRUST:
            for party in PARTIES[:4]:
                trusts = [sim.trust_of(party, State(done, int(lapses[0])), numbers())
                          for done in range(1, 5)]
                found = " ".join(f"{100 * trust:.0f}" for trust in trusts)
                self.assertEqual(found, wanted[party == "russia"], (party, lapses))
        self.assertEqual(sim.trust_of("us", at("0"), numbers()), 0.25)  # to join is a paper
        for trust, factor in ((0, 2), (1, 2), (0, 1000), (1, 1000), (0.3, 1)):
            its = numbers(trust=trust, credit=factor, blame=factor)
            self.assertAlmostEqual(sim.trust_of("us", at("3 3"), its), trust, 14)

# The solver =======================================================================================

def policy(solution, number, depth, node, type_):
    """How likely each move is at a node, before a step of a round (counted from 0)."""
    step = solution.layers[number][depth]
    place = list(step.nodes).index(node)
    shares = solution.shares(number, depth, place, type_)
    return {branch.name: share for branch, share in zip(step.rows[place], shares, strict=True)}

class TextbookGame(Comparison):
    """Section 3 knows nothing of Syria: it solves another game, as by hand."""
    ENDS: ClassVar = {  # path of moves: outcome
        ("left",): "left", ("middle",): "middle", ("right", "up"): "high",
        ("right", "down", "lucky"): "high", ("right", "down", "not"): "low"}
    LUCK: ClassVar = {"lucky": (0.8, 0.3), "not": (0.2, 0.7)}  # if a friend, if a foe
    def branches(self, step, path):
        options = dict.fromkeys(it[len(path)] for it in self.ENDS if it[:len(path)] == path)
        return [sim.Branch(it, self.ENDS.get((*path, it), (*path, it)), {(*path, it): 1.0},
                           self.LUCK.get(it, (0.0, 0.0))) for it in options
                if len(path) == ("chooser", "friend", "chance").index(step)]
    def test_a_choice_of_three_one_of_which_leads_to_a_friend_or_foe_and_to_chance(self):
        worth = {"left": 0.1, "middle": 0.4, "high": 0.9, "low": -0.5}
        rates = {it: [(type_, "chooser", value) for type_ in ("friend", "foe")]
                 for it, value in worth.items()}
        rates["high"].append(("friend", "friend", 1.0))
        rates["low"].append(("foe", "friend", 1.0))
        for rationality, belief in ((0, 0.5), (1, 0.9), (7, 0.2), (3, 1)):
            game = sim.Game(
                movers={it: it for it in ("chooser", "friend", "chance")}, informed="friend",
                types=("friend", "foe"), start=(), rounds=1, outcomes=(*worth, "late"),
                timeout="late", rates={**rates, "late": []}, rationality=rationality,
                accounts=["chooser", "friend"],
                branches=self.branches, belief=lambda step, path, belief=belief: belief)
            solution = sim.solved(game, sim.unfold(game))
            up = {it: 1 / (1 + math.exp(rationality * (down - up))) for it, up, down in (
                ("friend", 1, 0.8), ("foe", 0, 0.7))}
            high = {it: up[it] + (1 - up[it]) * p for it, p in zip(up, self.LUCK["lucky"])}
            expected = belief * high["friend"] + (1 - belief) * high["foe"]
            values = {"left": 0.1, "middle": 0.4, "right": 0.9 * expected - 0.5 * (1 - expected)}
            weights = {move: math.exp(rationality * it) for move, it in values.items()}
            wanted = {move: it / sum(weights.values()) for move, it in weights.items()}
            for type_ in ("friend", "foe"):
                forecast, right = sim.forward(solution, type_), wanted["right"]
                odds = {"left": wanted["left"], "middle": wanted["middle"],
                        "high": right * high[type_], "low": right * (1 - high[type_])}
                self.agree(policy(solution, 0, 0, (), type_), wanted)
                self.agree([forecast.odds, forecast.counts["right", "up"]],
                           [odds, right * up[type_]])
                self.agree(solution.at_start(type_), {
                    "chooser": sum(odds[it] * worth[it] for it in odds),
                    "friend": odds["high" if type_ == "friend" else "low"]})

class Gambit(Comparison):
    """With one round left this is the agent QRE of the Bayesian game in which chance draws Syria's
    type with the trust of the first state, where Moscow's is the same. Every game was built in
    pygambit 16.7.0 as a tree of information sets, by the rules of MODEL.md, and solved with
    pygambit.qre.logit_solve_lambda at the rationality given."""
    GAMES = (  # numbers, state; after which moves: the chance of each move but the last
        (("rationality=8 trust=0.6 face=0.15 resolve=0.2 short=0.5 respite=0.11 delay=0.03 "
         "support=0.45 backing=2.5 middle_syria=0.4 middle_us=0.3 middle_russia=0.55 "
         "middle_france=0.6 middle_opposition=0.35"), "3 1",
         """: 0.31332965 0.18433480, hold: 0.76852478, warn: 0.83610527, hold ease: 0.71934384,
         warn press: 0.72307439, warn press shield: 0.76868856, hold press lean: 0.76859420,
         warn press lean reject word: 0.00450210, warn press lean reject tactic: 0.95107888,
         suspend ease shield accept word: 0.01312532, suspend ease shield accept tactic: 0.98463229,
         warn press shield reject stall: 0.93583612, warn ease lean accept comply: 0.89950899"""),
        (("rationality=9 trust=0.45 credit=3 support=0.6 backing=2 deeds=1 face=0.09 pressure=0.04 "
         "strain=0.06 delay=0.025 leverage=0.08 respite=0.1 disruption=0.6 least_inspect=2 "
         "pace=0.6 review=3 short=0.5 error=0.2 middle_us=0.35 middle_russia=0.65 middle_syria=0.4 "
         "middle_france=0.45 middle_opposition=0.3"), "2 1 opposition.accept",
         """: 0.30373924 0.22217860, hold: 0.69210950, warn: 0.73190619, hold ease: 0.50053820,
         warn press: 0.27320174, warn press shield: 0.50519484, hold press lean: 0.5,
         warn press lean reject word: 0.02066425, warn press lean reject tactic: 0.03055689,
         suspend ease shield accept word: 0.5, suspend ease shield accept tactic: 0.93702664,
         warn press shield reject stall: 0.98994919, warn ease lean accept comply: 0.98287597"""))
    def test_choices_in_the_last_round_are_those_that_gambit_finds(self):
        for words, start, choices in self.GAMES:
            its = numbers(words, rounds=1)
            solution = sim.solve(sim.Dispute(its | {"trust_moscow": its["trust"]}, at(start)))
            for choice in choices.split(","):
                path, wanted = choice.split(":")
                *moves, last = path.split() or [""]
                moves += [last] * (last not in ("", *TRUTHS))
                truth = last if last in TRUTHS else "word"
                state = at(start)._replace(**dict(zip(PARTIES, moves)))
                depth = len(moves) + (len(moves) == 5)  # after all moves and a lapse, the verdict
                state = state._replace(syria="stall") if len(moves) == 5 else state
                found = [*policy(solution, 0, depth, state, truth).values()][:-1]
                self.agree(found, [*map(float, wanted.split())], (start, path), 1e-8)

class TheDisputeSolved(Comparison):
    """`odds`: the dispute under either truth, for every trust Washington might start with."""
    TABLE = """0 word 0.918 0.059 0.023 0.801 0.833 5.76 22.57 3.33 0.31 0.86 0.00
        0 tactic 0.749 0.181 0.070 0.437 0.683 6.44 23.05 5.27 0.45 1.44 0.01
        0.25 word 0.922 0.056 0.022 0.800 0.833 5.82 22.74 3.43 0.31 0.86 0.01
        0.25 tactic 0.755 0.177 0.068 0.430 0.691 6.55 23.35 5.48 0.45 1.45 0.03
        0.5 word 0.926 0.054 0.021 0.793 0.843 5.92 22.99 3.63 0.31 0.91 0.03
        0.5 tactic 0.781 0.160 0.059 0.416 0.707 6.80 24.17 5.80 0.46 1.53 0.08
        0.75 word 0.943 0.042 0.015 0.783 0.866 6.19 23.72 4.07 0.32 1.00 0.07
        0.75 tactic 0.798 0.152 0.050 0.346 0.733 7.34 25.48 6.74 0.47 1.68 0.29
        1 word 0.994 0.004 0.001 0.850 0.408 5.32 22.58 2.00 0.33 0.11 0.03
        1 tactic 0.139 0.658 0.203 0.005 0.768 8.89 19.88 14.50 0.11 1.65 0.58"""
    FIRST = (  # to give way, us to syria and nobody; threat held, suspended; unwarned, warned
        ("word", "0.001 0.000 0.908 0.000 0.088 0.002", "0.0659 0.856 0.289 0.633"),
        ("tactic", "0.001 0.000 0.918 0.000 0.000 0.079", "0.0626 0.692 0.070 0.685"))
    DEEDS = """0 0 0.250 0.250 1.00, 1 0 0.250 0.250 1.00, 1 1 0.182 0.250 1.00,
        2 1 0.250 0.369 0.37, 3 1 0.333 0.550 0.19, 1 2 0.129 0.193 0.55, 2 2 0.182 0.208 0.50,
        3 2 0.250 0.305 0.30, 1 3 0.090 0.129 0.26, 2 3 0.129 0.098 0.60, 3 3 0.182 0.112 0.60"""
    EXPECTS = (  # in round 4, at `1 2` and on: Russia leans, Syria works, the US ends the talks
        ("us word", "", "warn .9433 .9469 .1595, hold .4602 .1941 .0000"),
        ("russia word", "us.warn", "lean .9970 .1113, shield .4045 .6063"),
        ("syria word", "us.warn russia.lean", "comply .0946, stall .9461"),
        ("syria tactic", "us.warn russia.lean", "comply .1183, stall .9461"))
    def test_the_agreed_odds_payoffs_and_counts_by_first_trust(self):
        for rung, line in zip(answer("odds")["rungs"], self.TABLE.splitlines(), strict=True):
            trust, true, printed = line.split(None, 2)
            self.assertEqual((rung["trust"], rung["true"]), (float(trust), true))
            self.digits([*map(rung["odds"].get, OUTCOMES), rung["payoffs"]["us"],
                         rung["payoffs"]["syria"], *(rung[f"expected_{count}"] for count in (
                             "rounds", "turns", "stalls", "short", "ultimatums", "extensions"))],
                        printed)
    def test_who_gives_way_first_how_it_ends_which_trust_is_best_and_what_deeds_are_worth(self):
        said = answer("odds")
        ways = "under_threat", "after_suspension", "unwarned", "after_ultimatum"
        for truth, first, ends in self.FIRST:
            self.digits(map(said["first_mover"][truth].get, (*PARTIES, "nobody")), first)
            self.digits(map(said["how_it_ends"][truth].get, ways), ends)
        best = [it[key] for it in said["best_trust"] for key in ("trust", "from", "to")]
        self.digits(best, "0 0.0000 0.8991 1 0.8991 1.0000")
        rows = [row for row in said["deeds"] if row["expected_rounds"] >= 0.005]
        for row, printed in zip(rows, self.DEEDS.split(","), strict=True):
            self.digits(map(row.get, ("done", "lapses", "believed", "earned", "expected_rounds")),
                        printed)
    def test_what_is_expected_next_in_round_4(self):
        player = sim.played(sim.Dispute(numbers()))
        for who, words, cases in self.EXPECTS:
            party, truth = who.split()
            for move, *wanted in map(str.split, cases.split(",")):
                why = player.options(3, at(f"1 2 {words}"), party, truth, 0.0)[move].why
                found = [*why.expects["made"].values()]  # None: who has moved
                self.assertEqual(found[:-len(wanted)], [None] * (3 - len(wanted)))
                self.digits(found[-len(wanted):], " ".join("0" + it for it in wanted))
    def test_a_plain_second_solver_agrees_on_any_numbers_start_and_forbidden_moves(self):
        sharp = [({"rationality": it, "rounds": 4}, START, ()) for it in (1e4, 1e6)]
        for place, dispute in enumerate([*disputes(1, 15), *sharp]):
            said, game = answer(asking("odds", *dispute)), Oracle(*dispute)
            trust, where = game.n["trust"], (place, dispute)
            self.agree([rung for rung in said["rungs"] if rung["trust"] == trust],
                       [{"trust": trust} | game.odds(truth) for truth in TRUTHS], where)
            first = {truth: game.first_mover(truth) for truth in TRUTHS}
            self.agree(said["first_mover"], first if first["word"] else None, where)
            self.agree(said["how_it_ends"], {t: game.how_it_ends(t)[0] for t in TRUTHS}, where)
    def test_the_best_trust_is_the_upper_envelope_the_lowest_where_rungs_tie(self):
        tied = answer("odds --set rounds=1 --set rationality=0")["best_trust"]
        self.assertEqual(tied, [{"from": 0, "to": 1, "trust": 0}])
        said = [answer("odds"), *(answer(asking("odds", *it)) for it in disputes(1, 15))]
        self.assertGreater(sum(len(it["best_trust"]) > 1 for it in said), 3)
        for rungs, best in ((it["rungs"], it["best_trust"]) for it in said):
            us = {(it["trust"], it["true"]): it["payoffs"]["us"] for it in rungs}
            ends = [(it["from"], it["to"]) for it in best]
            self.assertEqual([0, *(end for _, end in ends)], [*(start for start, _ in ends), 1])
            for it, q in product(best, (0.001, 0.5, 0.999)):
                q = it["from"] + q * (it["to"] - it["from"])
                worth = {b: q * us[b, "word"] + (1 - q) * us[b, "tactic"] for b, _ in us}
                first = next(b for b in worth if worth[b] > max(worth.values()) - 1e-9)
                self.assertEqual(it["trust"], first, (best, q))

# A history ========================================================================================

class AHistory(Comparison):
    """`run`: one history, drawn from the policies, with a reason for every move."""
    PAGES = (  # seed: truth, outcome; what the reader, and the US, believes in the end;
        # the day after a turn: what its end brought; the moves that this called forth
        (38, "tactic handover", "0.07 0.25", """
         2013-10-10 completes; 2013-11-07 review: russia.lean;
         2013-12-05 review: us.warn syria.comply; 2014-02-13 completes: russia.shield syria.stall;
         2014-03-13 review: us.warn russia.lean syria.comply; 2014-05-08 completes: us.suspend
         france.ease russia.shield opposition.accept; 2014-09-11 completes"""),
        (226, "word handover", "0.93 0.33", """
         2013-10-10 completes; 2013-11-07 review: russia.lean syria.comply;
         2013-12-05 completes: russia.shield; 2014-02-13 completes: us.suspend france.ease
         opposition.accept; 2014-06-05 short: france.press russia.lean opposition.reject
         syria.comply; 2014-10-09 completes"""))
    def test_the_pages_told_by_hand_are_what_their_seeds_draw(self):
        for seed, end, believed, rows in self.PAGES:
            found = answer(f"run --seed {seed}")
            rounds = found["rounds"]
            self.assertEqual(f"{found['true']} {found['outcome']}", end)
            for row, it, then in zip(rows.split(";"), rounds, [*rounds[1:], None], strict=True):
                brought, _, moves = " ".join(row.split()).partition(": ")
                made = then["moves"].items() if then else ()
                moved = [f"{party}.{it['move']}" for party, it in made if it["kind"] != "keep"]
                self.assertEqual(" ".join(moved), moves, (seed, row))
                self.assertEqual(f"{it['event']['date']} {it['event']['what']}", brought)
            self.digits([rounds[-1]["reader"], rounds[-1]["trust"]], believed)
    def test_a_plain_second_solver_plays_the_same_histories_from_the_same_seed(self):
        games = [(dispute, (seed,), TRUTHS[seed % 2] if seed % 3 else "drawn")
                 for seed, dispute in enumerate(disputes(3, 15))]
        games += [(({},), (38, 226, 237, 4), "drawn"), (({},), (8,), "tactic")]
        games.append((({"prior": 0, "short": 0, "error": 1, "rounds": 2},  # held impossible
                       State(2, syria="comply"), [("syria", "stall")]), (1,), "word"))
        for dispute, seeds, truth in games:
            game = Oracle(*dispute)
            for seed in seeds:
                line = f"{asking('run', *dispute)} --seed {seed} --truth {truth}"
                wanted, other = game.history(seed, truth), game.history(seed, truth, other=True)
                self.agree(answer(line), wanted | self.of_the_whole(game, wanted, other), line)
    def of_the_whole(self, game, history, other):
        """What the JSON says of a history as a whole."""
        moves = [(it["turn"], party, made["move"]) for it in history["rounds"]
                 for party, made in it["moves"].items() if made["kind"] != "keep"]
        first = next(({"party": party, "turn": turn} for turn, party, move in moves
                      if move == GIVING[party]), None)
        odds = {truth: game.odds(truth)["odds"] for truth in TRUTHS}
        one, two = self.sights(history), self.sights(other)
        verdicts = [(it["event"]["verdict"] or {}).get("move") for it in history["rounds"]]
        return {"first_to_give_way": first, "extensions": verdicts.count("extend"),
                "odds_by_truth": odds, "odds": game.seen(1, 0, game.start), "next": None, "other": {
                    "true": other["true"], "outcome": other["outcome"], "turns": other["turns"],
                    "parts_in_turn": min((turn for turn in {*one, *two} if one.get(
                        turn) != two.get(turn)), default=None)}}
    def sights(self, history):
        """{turn: what can be seen in it}."""
        seen = defaultdict(list)
        for it in history["rounds"]:
            seen[it["turn"]].append([made["move"] for made in it["moves"].values()])
            event = it["event"]
            seen[event["turn"]] += [event["what"], (event["verdict"] or {}).get("move")]
        seen[history["turns"]].append(history["outcome"])
        return seen
    def test_until_a_turn_tells_what_came_and_hides_the_truth_and_whatever_follows_from_it(self):
        for seed, turns in ((237, (0, 1, 2, 4, 5, 9, 12, 16, 17)), (38, (10, 26))):
            whole = answer(f"run --seed {seed}")
            for turn in turns:
                told = answer(f"run --seed {seed} --until {turn}")
                over = turn == whole["turns"] and not whole["rounds"][-1]["event"]["verdict"]
                running = [it for it in whole["rounds"] if it["turn"] <= turn < it["event"]["turn"]]
                hidden = "true", "in_part", "other", "outcome"
                self.assertEqual({told[key] for key in hidden}, {None}, turn)
                begun = [it for it in whole["rounds"] if it["turn"] <= turn]
                for it, so in zip(begun, told["rounds"], strict=turn > 0):
                    self.one_round_told(it, so, turn)
                last = told["rounds"][-1]["event"] if told["rounds"] and not running else None
                due = last and last["what"] != "completes" and (
                    told["rounds"][-1]["moves"]["us"]["move"] == "warn")
                self.assertEqual(told["next"] and told["next"]["step"], None if running or
                                 over else "verdict" if due else "us", (seed, turn))
    def one_round_told(self, it, so, turn):
        """A round as it is told by the end of a turn: nothing that is not known then."""
        hidden = dict.fromkeys(("probability", "values", "why", "draw"))
        for party, made in it["moves"].items():
            self.agree(so["moves"][party], made | (hidden if party == "syria" else {}), party)
        if it["event"]["turn"] > turn:
            self.assertEqual([so[key] for key in ("event", "trust", "as_seen")], [None] * 3)
            return
        pending = it["event"]["turn"] == turn and it["event"]["verdict"]
        self.agree(so["event"], it["event"] | {"chances": None, "draws": None} | (
            {"verdict": None, "ends": None, "support": None} if pending else {}))
        self.assertEqual(so["as_seen"], None if pending else it["as_seen"])

# The questions ====================================================================================

class Claims(Comparison):
    """`claims`: what the report's speakers say would follow, put to the test."""
    AT_ONCE: ClassVar = {"package": {"us": "suspend at once and for good"}}
    CLAIMS = (  # who, ¶, figure, should; our test; verdict at the defaults
        ("Assad ¶4", "odds of a handover", "not move", {"numbers": {"support": 0}}, "fails"),
        ("Assad ¶2–3", "odds of a handover", "not fall", AT_ONCE, "depends on Assad"),
        ("Assad ¶4", "odds of a handover", "fall", {"forbidden": [("russia", "lean")]},
         "depends on Assad"),
        ("Kerry ¶6 ¶13", "US payoff", "fall", {"numbers": {"trust": 1}}, "depends on Assad"),
        ("Kerry ¶8", "share of turns stalled", "rise", {"forbidden": [("us", "warn")]}, "holds"),
        ("US and France ¶17", "share of turns stalled", "rise", AT_ONCE, "depends on Assad"),
        ("Hollande ¶18", "share of turns stalled", "rise", {"forbidden": [("france", "press")]},
         "holds"),
        ("Lavrov ¶10", "odds of a strike", "rise", {"forbidden": [("syria", "comply")]}, "holds"),
        ("Putin ¶23–24", None, None, {}, "beyond the model"),
        ("Opposition ¶21", None, None, {}, "beyond the model"))
    def figures(self, its, start, bans, **more):
        """What claims are about, by truth and name."""
        game, found = Oracle({**its, **more.get("numbers", {})}, start, {
            *bans, *more.get("forbidden", ())}, more.get("package", ())), {}
        for truth in TRUTHS:
            it = game.odds(truth)
            found |= {(truth, f"odds of a {outcome}"): p for outcome, p in it["odds"].items()}
            found[truth, "US payoff"] = it["payoffs"]["us"]
            found[truth, "share of turns stalled"] = it["expected_stalls"] / it["expected_turns"]
        return found
    def test_who_claims_what_and_the_verdicts_at_the_defaults(self):
        found = [(f"{it['who']} {it['paragraphs']}", it["figure"], it["should"], it["verdict"])
                 for it in answer("claims")["claims"]]
        self.assertEqual(found, [(*row[:3], row[4]) for row in self.CLAIMS])
        slight = [it["paragraphs"] for it in answer("claims")["claims"] if it["slight"]]
        self.assertEqual(slight, ["¶18"])  # no change there is above 0.02
    def test_a_plain_second_solver_agrees_on_every_counterfactual_and_verdict(self):
        verdicts = set()
        for its, start, _ in disputes(7, 6):
            its, ban = its | {"rationality": 22}, [("opposition", "accept")]
            said, before = answer(asking("claims", its, start, ban)), self.figures(its, start, ban)
            for claim, (_, figure, should, test, _) in zip(said["claims"], self.CLAIMS):
                after, borne_out, changes = self.figures(its, start, ban, **test), [], []
                for truth, case in claim["truths"].items() if figure else ():
                    was, now = before[truth, figure], after[truth, figure]
                    changes.append(now - was)
                    up, down = now - was >= 0.01, was - now >= 0.01
                    borne_out.append({"rise": up, "fall": down, "not fall": not down,
                                      "not move": not (up or down)}[should])
                    self.agree(case, {"before": was, "after": now, "change": changes[-1],
                                      "borne_out": borne_out[-1]}, claim["claim"])
                moved = max(abs(after[key] - before[key]) for key in after) > TINY and any(
                    it[truth, figure] for it in (before, after) for truth in TRUTHS)
                verdict = ("fails", "depends on Assad", "holds")[sum(borne_out)] if (
                    figure and moved) else "beyond the model"
                verdicts.add(verdict)
                self.assertEqual(claim["verdict"], verdict, (claim["claim"], its))
                self.assertEqual(claim["slight"], verdict != "beyond the model" and all(
                    abs(change) <= 0.02 for change in changes), claim["claim"])
        self.assertEqual(len(verdicts), 4)
    def test_what_cannot_move_or_cannot_be_tested_is_beyond_the_model(self):
        for line, claims in (("--set support=0", [0, 7]), ("--forbid us.warn", [0, 4, 7]),
                             ("--forbid france.ease", [6]), ("--set trust=1", [3])):
            said = answer(f"claims {line} --done 2 --set rounds=3")["claims"]
            beyond = [k for k, it in enumerate(said) if it["verdict"] == "beyond the model"]
            self.assertEqual(beyond, [*claims, 8, 9], line)
    def test_in_what_share_of_worlds_a_verdict_comes_out_again(self):
        line, fixed = "claims --set rounds=3 --done 2", {"rounds": 3}
        said, share = answer(f"{line} --worlds 3 --seed 4")["claims"], defaultdict(int)
        for world in drawn_worlds(4, 3):
            again = answer(asking("claims", world | fixed, State(2)))["claims"]
            for k, (one, other) in enumerate(zip(said, again)):
                share[k] += one["verdict"] == other["verdict"]
        for k, it in enumerate(said):
            agree, firm = share[k] / 3, {0: "firm", 1: "open", 2: "open", 3: "firm"}[share[k]]
            wanted = (agree, firm) if it["figure"] else (None, None)
            self.agree((it["share_of_worlds"], it["firmness"]), wanted, it["claim"])

def settle(numbers, start, forbidden, without):
    """The packages, the free one and some promises apart: the acceptable, ranked, the refused."""
    @functools.cache
    def game(*texts):
        return Oracle(numbers, start, forbidden, zip(PARTIES, texts))
    def temptation(package):
        """The largest temptation of a package, and every place where it is as large."""
        found, bound = [], game(*package)
        for (step, text), truth in product(enumerate(package), TRUTHS):
            party, free = PARTIES[step], game(*package[:step], None, *package[step + 1:])
            for (r, at, s, _), p in bound.play(truth)[1].items() if text else ():
                if at == step and p >= 0.01 - TINY:
                    left, kept = (it.payoff(party, truth, it.account(r, step, s, truth))
                                  for it in (free, bound))
                    found.append((left - kept, {
                        "party": party, "true": truth, "round": r, "done": s.done,
                        "lapses": s.lapses, "positions": dict(zip(PARTIES, s[2:]))}))
        most = max(gain for gain, _ in found)
        return most, [where for gain, where in found if gain >= most - 1e-9]
    acceptable, refused, base = [], [], [game(*[None] * 5).odds(t)["payoffs"] for t in TRUTHS]
    choices = [[None, *(it for it in PROMISES[party] if it not in without)] for party in PARTIES]
    for package in list(product(*choices))[1:]:
        said = {truth: game(*package).odds(truth) for truth in TRUTHS}
        gains = {truth: {party: its["payoffs"][party] - none[party] for party in PARTIES}
                 for (truth, its), none in zip(said.items(), base)}
        signing = [party for party, text in zip(PARTIES, package) if text]
        least, who, truth = min(((gains[truth][party], party, truth) for party, truth in product(
            signing, TRUTHS)), key=lambda it: it[0])
        row = {"commitments": dict(zip(PARTIES, package)), "signatories": signing, "gains": gains,
               "smallest_gain": least, "odds": {truth: its["odds"] for truth, its in said.items()}}
        if least >= 0.01 - TINY:
            most, where = temptation(package)
            acceptable.append(row | {
                "temptation": most, "kept": most < 0.01 + TINY, "tempted": where})
        else:
            refused.append(row | {"refuser": who, "true": truth})
    acceptable.sort(key=lambda row: (
        -round(row["smallest_gain"], 9), -round(sum(
            its["handover"] for its in row["odds"].values()) / 2, 9), len(row["signatories"])))
    return acceptable, sorted(refused, key=lambda row: -round(row["smallest_gain"], 9))

class Settle(Comparison):
    """`settle`: packages of promises; who signs, who refuses, who would break them."""
    NARROWLY = (  # the most narrowly refused at the defaults: who promises, refuser, truth, gain
        ("france.follow Washington", "france", "tactic", "0.0086"),
        ("syria.work while the threat is suspended", "syria", "tactic", "-0.0004"),
        ("france.follow Washington, syria.work while the threat is suspended", "syria", "tactic",
         "-0.0012"))
    EXAMINED = (  # what is forbidden: how many packages are left that differ in their effect
        ("", 180), ("us.warn", 144), ("us.suspend", 108), ("france.ease", 90), ("russia.lean", 60),
        ("russia.shield", 60), ("syria.comply", 60), ("us.hold us.warn", 36),
        ("us.suspend france.press russia.shield opposition.reject", 9))
    def test_at_the_defaults_nobody_signs_and_these_are_refused_most_narrowly(self):
        said = answer("settle")
        self.assertEqual((said["promises"], said["deals"], len(said["refused"])), ([], [], 179))
        for row, (promised, refuser, truth, gain) in zip(said["refused"], self.NARROWLY):
            found = [f"{party}.{text}" for party, text in row["commitments"].items() if text]
            self.assertEqual((", ".join(found), row["refuser"], row["true"]),
                             (promised, refuser, truth))
            self.digits([row["smallest_gain"]], gain)
    def test_a_promise_without_effect_or_the_same_as_another_is_left_out(self):
        for forbidden, examined in self.EXAMINED:
            bans = "".join(f" --forbid {move}" for move in forbidden.split())
            said = answer(f"settle --done 3 --set rounds=1{bans}")
            listed = [it["commitments"] for key in ("promises", "deals", "refused")
                      for it in said[key]]
            self.assertEqual((said["examined"], len(listed)), (examined, examined - 1), forbidden)
            self.assertEqual(len({str(it) for it in listed}), examined - 1)
    def test_a_plain_second_solver_agrees_on_gains_order_refusals_and_temptations(self):
        seen = defaultdict(int)
        worlds = drawn_worlds(11, 36)
        for world, rounds, start, bans, without in (  # what the bans leave without an effect
                (31, 3, State(2, us="suspend"), "opposition.accept", ["accept every round"]),
                (35, 4, State(2, us="suspend"), "us.warn russia.lean", [
                    "warn after every lapse, else hold", *PROMISES["russia"]]),
                (26, 3, State(1, us="suspend"), "russia.lean opposition.accept", [
                    *PROMISES["russia"], "accept every round"]),
                (6, 3, State(3), "us.hold opposition.reject", [
                    "suspend until Syria lapses", "hold to the end", "accept every round"])):
            its, where = worlds[world] | {"rounds": rounds}, (world, bans)
            bans = [tuple(it.split(".")) for it in bans.split()]
            said = answer(asking("settle", its, start, bans))
            good, refused = settle(its, start, bans, without)
            self.agree(said["refused"], refused, where)
            for key, some in (("promises", [it for it in good if len(it["signatories"]) == 1]),
                              ("deals", [it for it in good if len(it["signatories"]) > 1])):
                for found, wanted in zip(said[key], some, strict=True):
                    places = wanted.pop("tempted")
                    self.agree(found, wanted, where)
                    self.assertGreaterEqual(found["tempted"].pop("probability"), 0.01 - TINY)
                    self.assertIn(found["tempted"], places, where)
                    seen[key, found["kept"]] += 1
        self.assertGreaterEqual(len(seen), 3, seen)

class Rests(Comparison):
    """`rest`: where the dispute could rest, by rankings alone (the graph model). `*` is either."""
    FULL = "suspend ease shield accept comply"
    AT_WORK = "hold * * * comply, suspend press * * comply, suspend ease * accept comply"
    KEPT = "suspend * shield reject stall"
    LISTS = (  # suspension, reading: Nash; SEQ; GMR; SMR
        ("free word", FULL, FULL, AT_WORK, AT_WORK),  # the threat is held in 8 of the 14
        ("free tactic", "", AT_WORK, AT_WORK, AT_WORK),
        ("binding word", FULL, FULL, AT_WORK, AT_WORK),
        ("binding tactic", KEPT, f"hold * * * comply, {KEPT}",
         *["hold * * * comply, suspend * shield * stall"] * 2))
    def test_the_sixteen_lists(self):
        said = {(f"{it['suspension']} {it['true']}", it["concept"]): it["states"]
                for it in answer("rest")["rests"]}
        self.assertEqual(len(said), 16)
        for name, *lists in self.LISTS:
            for concept, patterns in zip(("Nash", "SEQ", "GMR", "SMR"), lists):
                found = [" ".join(it[party] for party in PARTIES) for it in said[name, concept]]
                wanted = [" ".join(it) for it in product(*zip(DECLARED.values(), GIVING.values()))
                          if any(fnmatch.fnmatch(" ".join(it), pattern.strip())
                                 for pattern in patterns.split(","))]
                self.assertCountEqual(found, wanted, (name, concept))
    def test_what_the_numbers_say_of_a_suspension_for_good_stands_beside_them(self):
        at_once = answer("claims")["claims"][1]["truths"]
        self.assertEqual(answer("rest")["by_the_numbers"]["suspended_for_good"],
                         {truth: it["after"] for truth, it in at_once.items()})

class Vary(Comparison):
    """`vary`: one judgement over its range, the rest as set."""
    VALUES: ClassVar = {  # that are tried: the default and the value set are among them
        "face": "0 0.2 0.4 0.6 0.8 1 1.2 1.4 1.6", "deeds": "0 1 2 3", "review": "1 2 3 4 5 6 7",
        "least_destroy": "1 3 6 8 9 11 14 17", "rounds": "1 2 4 6 8 12 16 20 30 40",
        "disruption": "0 0.12375 0.2475 0.25 0.37125 0.495 0.61875 0.7425 0.86625 0.99",
        "middle_syria": "0 0.125 0.25 0.375 0.5 0.625 0.65 0.75 0.875 1",
        "cause": "1 1.5 2 2.5 3 3.5 4", "rationality": "5.5 11 16.5 22 33 44 66 88"}
    QUICK = "--done 2 --set rounds=3"
    def test_the_values_that_are_tried(self):
        for name, values in self.VALUES.items():
            quick = self.QUICK if name != "rounds" else "--done 3 --set rounds=16"
            rows = answer(f"vary {name} {quick}")["rows"]
            self.agree([row["value"] for row in rows], [*map(float, values.split())], name)
        rows = answer(f"vary face {self.QUICK} --set face=0.3")["rows"]
        self.assertEqual([row["value"] for row in rows][1:4], [0.2, 0.3, 0.4])
    def test_every_row_is_what_odds_answers_and_says_what_turns_over(self):
        turned = set()
        for name, more in (("support", ""), ("strain", " --set strain=0.5"), ("deeds", "")):
            said = answer(f"vary {name} {self.QUICK}{more}")
            here = next(row for row in said["rows"] if row["value"] == said["parameters"][name])
            self.assertEqual((said["parameter"], here["turns_over"]), (name, []))
            for row in said["rows"]:
                odds = answer(f"odds {self.QUICK} --set {name}={row['value']!r}")
                for truth, its in row["truths"].items():
                    rung = next(it for it in odds["rungs"] if it["true"] == truth and it["trust"]
                                == odds["parameters"]["trust"])
                    self.agree(its, {"odds": rung["odds"], "payoffs": rung["payoffs"],
                                     "how_it_ends": odds["how_it_ends"][truth]}, name)
                    first = odds["first_mover"][truth]
                    self.assertEqual(its["first_mover"], max(first, key=first.get))
                    changes = self.gist(its) != self.gist(here["truths"][truth])
                    self.assertEqual(any(truth in it for it in row["turns_over"]), changes)
                    turned |= {it.partition(" if ")[0] for it in row["turns_over"]}
        self.assertGreaterEqual(len(turned), 3, turned)
    def gist(self, its):
        """What can turn over: the likeliest outcome, who is first, how a handover comes."""
        return [max(OUTCOMES, key=its["odds"].get), its["first_mover"], its["ends"], its["warned"]]
    def test_how_a_handover_comes_is_null_where_none_can_and_nobody_is_first_who_has_moved(self):
        said = answer(f"vary short {self.QUICK} --forbid syria.comply")
        for its in (row["truths"][truth] for row in said["rows"] for truth in TRUTHS):
            self.assertEqual((its["ends"], its["warned"]), (None, None))
        said = answer(f"vary short {self.QUICK} --start us.suspend")
        self.assertEqual({row["truths"]["word"]["first_mover"] for row in said["rows"]}, {None})

def ranks(values):
    """Equal values share their mean rank."""
    return [sum(other < value for other in values) + sum(other == value for other in values) / 2
            for value in values]

def spearman(left, right):
    """Rank correlation; None where one of the two is constant."""
    varied = len({*left}) > 1 and len({*right}) > 1
    return statistics.correlation(ranks(left), ranks(right)) if varied else None

class Worlds(Comparison):
    """`worlds`: every judgement drawn anew, again and again."""
    QUICK = "worlds --done 2 --set rounds=3 --set pace=0.5"
    def test_the_agreed_medians_and_first_movers_of_20_worlds(self):
        said = answer("worlds --worlds 20")["truths"]
        for truth, median, first in (("word", "0.935", {"russia": 12, "syria": 7, "us": 1}),
                                     ("tactic", "0.549", {"russia": 13, "nobody": 5, "us": 1,
                                                          "syria": 1})):
            self.digits([said[truth]["handover"]["median"]], median)
            found = said[truth]["first_mover"].items()
            self.assertEqual({who: round(20 * share, 9) for who, share in found if share}, first)
    def test_a_plain_second_solver_draws_the_same_worlds_and_says_the_same_of_them(self):
        fixed, n = {"rounds": 3, "pace": 0.5}, 6  # what is fixed is drawn all the same
        worlds = drawn_worlds(10, n)
        asked = [(world | fixed, [Oracle(world | fixed | {"trust": trust}, State(2))
                                  for trust in (world["trust"], 0, 1)]) for world in worlds]
        said = answer(f"{self.QUICK} --worlds {n} --seed 10")
        for truth in TRUTHS:
            odds = [trusts[0].odds(truth)["odds"] for _, trusts in asked]
            us = [[it.odds(truth)["payoffs"]["us"] for it in trusts] for _, trusts in asked]
            ends = [trusts[0].how_it_ends(truth)[0] for _, trusts in asked]
            first = [trusts[0].first_mover(truth) for _, trusts in asked]
            handover = [it["handover"] for it in odds]
            low, *_, high = statistics.quantiles(handover, n=20, method="inclusive")
            likeliest = [max(it, key=it.get) for it in odds]
            movers = [max(it, key=it.get) for it in first]
            self.agree(said["truths"][truth], {
                "handover": {
                    "median": statistics.median(handover), "p05": low, "p95": high, "histogram": [
                        sum(min(int(10 * it), 9) == k for it in handover) for k in range(10)]},
                "likeliest": {it: likeliest.count(it) / n for it in OUTCOMES},
                "first_mover": {it: movers.count(it) / n for it in (*PARTIES, "nobody")},
                **{after: sum(it[after] > it[without] + TINY for it in ends) / n for after, without
                   in (("after_suspension", "under_threat"), ("after_ultimatum", "unwarned"))},
                **{f"never_beats_{other}{how}": sum(its[1] - its[k] >= least for its in us) / n
                   for k, other in ((0, "rule"), (2, "word"))
                   for how, least in (("", TINY), ("_noticeably", 0.01))},
                "drivers": {name: spearman([its[name] for its, _ in asked], handover)
                            for name in worlds[0]}}, truth)
    def test_the_first_worlds_of_a_longer_run_are_those_of_a_shorter_and_one_is_its_own_band(self):
        one, three, four = ([answer(f"{self.QUICK} --worlds {n}")["truths"][truth]["handover"]
                             for truth in TRUTHS] for n in (1, 3, 4))
        for alone, few, more in zip(one, three, four):
            self.assertEqual([alone["p05"], alone["p95"]], [alone["median"]] * 2)
            added = [n - m for n, m in zip(more["histogram"], few["histogram"])]
            self.assertEqual(sorted(added), [0] * 9 + [1])

class History(Comparison):
    """`history`: the recorded dates beside the model's exact distribution of each stage."""
    RECORD = (("join", "2013-10-14", 3), ("declare", "2013-10-24", 4),  # and the turn that holds it
              ("inspect", "2013-11-06", 4), ("destroy", "2014-06-23", 21))
    def test_a_plain_second_solver_agrees_on_when_stages_are_completed(self):
        for setting in (({"rounds": 6},), *disputes(5, 4)):
            said, game = answer(asking("history", *setting)), Oracle(*setting)
            for truth in TRUTHS:
                ends, recorded = game.how_it_ends(truth)
                self.agree([said[key][truth] for key in ("threat_held", "unwarned", "as_recorded")],
                           [ends["under_threat"], ends["unwarned"], recorded], setting)
                chances = game.completion(truth)
                for stage, (name, day, turn) in zip(said["stages"], self.RECORD, strict=True):
                    self.assertEqual((stage["stage"], stage["recorded"]), (name, day))
                    self.agree(stage["truths"][truth], self.dates(chances[name], turn),
                               (setting, name, truth))
    def dates(self, chances, turn):
        """Dates and shares of a stage that completes in some turns, recorded in one."""
        turns = sorted(chances)
        sums = [*accumulate(chances[it] for it in turns)]
        total, found = sums[-1] if sums else 0.0, {}
        for key, share in (("median", 0.5), ("p05", 0.05), ("p95", 0.95)):
            if not sums or min(abs(it - share * total) for it in sums) > 1e-9:
                by = next((it for it, p in zip(turns, sums) if p >= share * total), None)
                found[key] = first_day(by + 1) if sums and total else None
        by_then = sum(p for it, p in chances.items() if it <= turn)
        return found | {"completed_by_then": by_then + 0.0, "completed_at_all": total}
    def test_how_rarely_it_goes_as_it_is_recorded_to_have_gone(self):
        self.digits(answer("history")["as_recorded"].values(), "0.0176 0.0031")

# What is typed, what is shown, what breaks ========================================================

QUICK = "--done 3 --set rounds=2"  # little to solve
SCREENS = (  # every kind of screen, asked quickly
    f"run {QUICK}", f"run --until 1 {QUICK}", f"run --explain 2 {QUICK}", f"odds {QUICK}",
    f"claims --worlds 1 {QUICK}", f"settle {QUICK}", "rest", f"vary trust {QUICK}",
    f"worlds --worlds 3 {QUICK}", f"history {QUICK}", "positions", f"play --as us {QUICK}",
    "-h", "play -h", "--version")

class TheCommandLine(Comparison):
    """What is accepted means what it says; what is not costs one line and status 2."""
    ASKED = (  # command line, where in the answer, what stands there
        ("--seed 5", "seed", 5), ("--seed 100.0", "seed", 100),
        ("--seed 1e30", "seed", 10**30), ("", "seed", 38), ("play --as us", "seed", 0),
        ("--truth tactic", "true", "tactic"), ("--done 2", "rounds 0 stage", "inspect"),
        ("--start us.suspend --start russia.lean", "start positions us", "suspend"),
        ("--start us.suspend --start us.hold", "start positions us", "hold"),  # the last counts
        ("--set face=0.125", "parameters face", 0.125), ("--set face=1 --set face=.2",
                                                         "parameters face", 0.2),
        ("--set deeds=2.0", "parameters deeds", 2), (
            "--set trust=0.2500000000001", "parameters trust", 0.2500000000001),
        ("--set rationality=1E3", "parameters rationality", 1e3), (
            "--forbid russia.lean --forbid us.end --forbid us.end", "forbidden",
            ["russia.lean", "us.end"]),
        ("vary deeds", "parameter", "deeds"), ("play --as all", "seats", [*PARTIES]),
        ("play --as syria --as us", "seats", ["us", "syria"]),
        ("play --as us --moves hold,hold", "moves", ["hold", "hold"]))
    REFUSED = (  # command line; what the complaint names: culprit, what is allowed, a near match
        ("ods", "'ods'", "run, ", "mean odds?"), ("odds run", "'run'"),
        ("odds --truth word", "--truth", "odds", "run, play"), ("--versions", "mean --version?"),
        ("--jso", "'--jso'", "mean --json?"), ("--json=1", "--json"),
        ("run --set", "--set", "argument"), ("--seed 1.5", "--seed", "'1.5'", "from 0"),
        ("--seed -7", "'-7'"), ("--seed 1e4000", "'1e4000'"), ("--seed inf", "'inf'"),
        ("--seed \u0667", "\\u0667"), (f"--seed {'9' * 9000}", "'999999"),
        ("--until -1", "--until", "'-1'"), ("--until 27", "--until", "26"),
        ("--explain 27", "--explain", "26"), ("--set face", "face", "''"),
        ("--set fase=1", "'fase'", "rationality, face", "mean face?"),
        ("--set face=1_0", "'1_0'"), ("--set face=-1", "face", "'-1'", "from 0 to 100"),
        ("--set rounds=1001", "rounds", "'1001'", "from 1 to 1000"), ("--set deeds=1.5", "'1.5'"),
        ("--set pace=nan", "'nan'"), ("--set pace=0", "pace", "'0'", "0.01"),
        ("--done 4", "--done", "'4'", "from 0 to 3"), ("--top 0", "--top", "settle"),
        ("settle --top 0", "--top", "'0'"), ("--truth words", "'words'", "tactic", "mean word?"),
        ("--forbid us.hol", "'us.hol'", "us.suspend", "us.warn", "us.end", "mean us.hold?"),
        ("--start us.warn", "'us.warn'", "us.hold"), ("--start us", "'us'"),
        ("--forbid us.suspend --forbid us.hold", "--forbid", "us.hold", "us.suspend"),
        ("--forbid us.end --forbid us.extend", "--forbid", "us.end", "us.extend"),
        ("vary", "vary", "rationality, face"), ("vary fase", "'fase'", "mean face?"),
        ("play", "--as", "us, france, russia, opposition, syria", "all"),
        (f"play --as us --moves susp {QUICK}", "--moves", "'susp'", "hold, suspend"),
        ("play --as us --moves warn", "'warn'", "hold, suspend"),
        ("play --as syria --moves comply --set rounds=1", "--moves", "1 more"),
        ("worlds --worlds 0", "--worlds", "'0'"), ("--color red", "'red'", "auto, always, never"),
        ("-x", "'-x'"), ("--", "'--'"))
    def test_every_option_and_every_notation_of_a_number_is_taken_for_what_it_says(self):
        for line, path, wanted in self.ASKED:
            found = answer(f"{line} --set rounds=3")
            for key in path.split():
                found = found[int(key) if key.isdigit() else key]
            self.assertEqual(found, wanted, (line, path))
        self.assertEqual(answer("run --seed 38 --truth drawn"), answer(""))
        for end in (0, 1):
            ends = {name: its[end] for name, its in RANGES.items()} | {"rounds": 2}
            words = " ".join(f"--set {name}={value!r}" for name, value in ends.items())
            self.assertEqual(answer(f"--done 3 {words}")["parameters"], ends)
    def test_every_complaint_names_culprit_allowed_values_and_near_match_in_one_line(self):
        before = "", "run ", "vary ", "--json=", "--no", "--seed=", "--start=", "--set=face="
        nasty = [(f"{it}\x1b\udcff\u00e9{'x' * 600}",) for it in before]
        for line, *parts in (*self.REFUSED, *nasty):
            with self.subTest(line[:60]):
                *found, err = run(line, encoding="ascii")
                self.assertEqual((found, err[:8], err.count("\n")), ([2, ""], "sim.py: ", 1))
                self.assertEqual([part for part in parts if part not in err], [], err)
                self.assertTrue(len(err) < 700 and err.isascii() and err[:-1].isprintable(), err)
    def test_help_names_every_question_and_option_and_every_example_works(self):
        self.assertRegex(screen("--version"), r"\Asim\.py \d+\.\d+\n\Z")
        for name, it in sim.QUESTIONS.items():
            self.assertIn(f"python sim.py {name}", screen("-h"))
            text = screen(f"{name} -h")
            self.assertEqual(text, screen(f"{name} --seed x --help"))
            options = {*it.options, "json", "color", "help", "version"}
            self.assertEqual({*re.findall(r"(?m)^--(\w+)", text)}, options)
            for example in it.examples:
                self.assertIn(f"python sim.py {name} {example}".rstrip() + "\n", text)
                self.works(f"{name} {example}")
    def test_what_a_screen_suggests_asks_about_the_same_dispute_and_works(self):
        game = "--set face=0.3", "--forbid us.extend", "--start russia.lean"
        for line in SCREENS[:-4]:
            text = screen(f"{line} {' '.join(game) * ('rest' not in line)}", stdin="q\n")
            commands = re.findall(r"(?m)^(?:Next| {4}) +python sim\.py(.*?)(?:  .*)?$", text)
            self.assertTrue(commands, line)
            for command in commands:
                self.works(command)
                if not {"rest", "positions"} & {*f"{line} {command}".split()}:
                    self.assertEqual([it for it in game if it not in command], [], line)
    def works(self, line):
        """Ask the same with little left to solve and one world."""
        words = line.split()
        words += ["--worlds", "1"] * bool({"worlds", "claims"} & {*words})
        if not {"--moves", "--explain", "--until", "rest"} & {*words}:
            screen([*words, *QUICK.split()], stdin="q\n")
    def test_no_command_line_ends_in_a_traceback(self):
        draw, seen = random.Random(7), {0: 0, 2: 0}
        typed = ["", *"dhxq?slac\u00b2", "suspend", "\0", "\ufeff"]
        pool = sorted({word for line, *_ in self.REFUSED for word in line[:99].split()}) + [
            "--start=us.suspend", "all", "--done=2", "--forbid=us.hold", "hold,warn", "face", "=",
            "-hj", "3", "", "--forbid=syria.comply", "--set=support=0", "--set=trust=1"]
        more = {"play": "--as all", "worlds": "--worlds 1", "vary": "deeds", "claims": "--worlds 1"}
        for case in range(120):
            name = draw.choice([it for it in sim.QUESTIONS if it not in ("settle", "rest")])
            ends = [f"--set={name}={draw.choice(its)!r}" for name, its in RANGES.items()
                    if draw.random() < 0.2]
            words = [name, *more.get(name, "").split(), *draw.choices(pool, k=case % 3), *ends,
                     "--done", "3", "--set", "rounds=1"][case % 9 == 0:]
            with self.subTest(" ".join(words)[:200]):
                status, out, err = run(words, "\n".join(draw.choices(typed, k=case % 20)))
                seen[status] += 1
                self.assertTrue(status == 0 or err.count("\n") == 1)
                self.assertNotRegex(out, r"\b(nan|inf|None(?! can))\b")
        self.assertGreater(min(seen.values()), 25)

class Play(Comparison):
    """`play`: a seat, or all, at the table."""
    HISTORIES = ("us", 237, "drawn"), ("syria", 38, "tactic"), ("all", 226, "word")
    def test_who_answers_what_run_would_draw_gets_the_rounds_of_run(self):
        for seat, seed, truth in self.HISTORIES:
            history = answer(f"run --seed {seed} --truth {truth}")
            moves = [made["move"] for it in history["rounds"] for party, made in (
                *it["moves"].items(), ("us", it["event"]["verdict"]))
                if made and seat in ("all", party) and len(made["values"]) > 1]
            line = f"play --as {seat} --seed {seed} --truth {truth}"
            said = answer(line, stdin="\n".join([*moves, ""]))
            self.assertEqual((said["moves"], said["rounds"]), (moves, history["rounds"]), line)
            self.assertEqual(answer(f"{line} --moves {','.join(moves)}"), said)
    def test_what_a_seat_received_what_was_expected_and_where_it_passed_over_a_better_move(self):
        game = Oracle({}, State(1))
        for moves in ("hold,stall,warn,stall,extend,warn,stall,end",  # the word is swallowed once
                      "hold,comply,hold,comply,suspend,comply"):
            said = answer(f"play --as us --as syria --done 1 --seed 3 --moves {moves}", stdin="q\n")
            self.assertIsNotNone(said["outcome"], moves)
            for party in ("us", "syria"):
                self.agree(said["received"][party], self.received(game, said, party), moves)
                self.agree(said["expected"][party], game.odds(said["true"])["payoffs"][party])
                missed = [(-why["gain"], it["turn"], made["move"], why["against"], why["despite"])
                          for it in said["rounds"] for made in (
                              it["moves"][party], it["event"]["verdict"] if party == "us" else None)
                          if made and (why := made["why"]) and why["gain"] < -TINY]
                found = [(it["cost"], it["turn"], it["move"], it["better"], it["reason"])
                         for it in said["departures"][party]]
                self.agree(found, sorted(missed, reverse=True))
    def received(self, game, said, party):
        """What a seat got: the utility of the outcome less every price that it paid."""
        total = game.worth(party, said["true"], {said["outcome"]: 1})
        for it in said["rounds"]:
            moves = {who: made["move"] for who, made in it["moves"].items()}
            after = State(STAGES.index(it["stage"]), it["lapses"], **moves)
            per_turn = game.turn_prices(after, said["true"])
            turns = it["event"]["turn"] - it["turn"] + 1
            total -= turns * sum(cost for (who, _), cost in per_turn.items() if who == party)
            total -= 0.4 * (it["moves"][party]["kind"] in ("concession", "reversal"))
            total -= 0.15 * (party == "russia" and after.russia == "lean")
            verdict = it["event"]["verdict"]
            total -= 0.3 * (party == "us" and bool(verdict) and verdict["move"] == "extend")
        return total
    def test_a_move_its_beginning_or_enter_and_nonsense_asks_again_until_one_leaves(self):
        for typed, moves in (("s\nh\n", "suspend hold"), ("\n\n", "hold hold"), ("s", "suspend"),
                             ("\ufeffSUSP\n\n", "suspend hold"), ("s\nquit\nh\n", "suspend"),
                             ("?\nx\n\u00e9\n hold \nq\nh\n", "hold"), ("", "")):
            said = answer(f"play --as us --seed 3 --truth word {QUICK} --set review=9", stdin=typed)
            self.assertEqual(" ".join(said["moves"]), moves, repr(typed))
        left = answer("play --as us", stdin="h\nq\n")
        self.assertEqual([left[key] for key in ("true", "outcome", "in_part")], [None] * 3)
        self.assertEqual((left["received"], left["departures"]), ({"us": None}, {"us": []}))
    def test_the_verdict_is_asked_of_the_us_when_it_is_due(self):
        line = "play --as us --as syria --done 1 --seed 3 --moves hold,stall,warn,stall"
        for ban, typed, verdict, ends in (
                ("", "end\n", "end", True), (" --forbid us.extend", "", "end", True),
                ("", "ext\nq\n", "extend", False), (" --forbid us.end", "q\n", "extend", False)):
            event = answer(line + ban, stdin=typed)["rounds"][1]["event"]
            self.assertEqual((event["verdict"]["move"], event["ends"]), (verdict, ends))
            self.assertEqual(event["support"], 0.65 if ends else None)
            self.assertEqual(event["verdict"]["why"] is None, ban > "")  # a lone move needs none
        self.assertEqual(answer(line, stdin="\nq\n")["moves"][4:], [])  # Enter is no verdict
    def test_only_what_is_open_is_offered_and_the_sheet_comes_once_and_on_demand(self):
        for move, seat, typed in (("warn", "us", "h\nq\n"), ("suspend", "us", "h\nq\n"),
                                  ("lean", "russia", "q\n"), ("stall", "syria", "q\n")):
            line = f"play --as {seat} --forbid {seat}.{move} --seed 3 --done 2 --json"
            asked = run(line, typed)[2]  # beside the JSON
            self.assertIn("?", asked)
            self.assertNotRegex(asked, rf"\b{move}\b", line)
        for asked, sheets in (("", 1), ("?\n", 2), ("?\n?\n", 3)):
            text = run(f"play --as us {QUICK}", f"{asked}q\n")[1]
            self.assertEqual(text.count("handover > strike > stalemate"), sheets)
    def test_no_seat_but_syrias_can_tell_one_assad_from_the_other_before_the_end(self):
        for seat in PARTIES:
            texts = [run(f"play --as {seat} {QUICK} --seed 1 --truth {truth}", "q\n")[1]
                     .replace(truth, "") for truth in TRUTHS]
            self.assertEqual(texts[0] == texts[1], seat != "syria", seat)
    def test_a_hand_over_is_out_of_sight_and_its_enter_does_not_answer_for_the_next_seat(self):
        line = f"play --as us --as france {QUICK} --set rounds=1"
        status, out, _ = run(line, "suspend\n\n\nease\n", tty=True, env={"LINES": "24"})
        self.assertEqual(status, 0)
        self.assertIn("--moves suspend,ease", out)
        self.assertIn("\n" * 20, out)  # what the US saw is off the screen
        status, out, _ = run(line, "suspend\n\n")  # where nobody looks on, Enter keeps
        self.assertIn("--moves suspend,press", out)

class Streams(unittest.TestCase):
    """Readable on any terminal; no traceback for a pipe, a full disk, Ctrl-C, a missing stream."""
    def status(self, line, stdin=None, **streams):
        with mock.patch.multiple(sys, stdin=stdin, **streams):
            return sim.main(line.split())
    def test_every_line_fits_80_and_40_columns_but_commands_and_20_does_no_harm(self):
        for line, (columns, most) in product(SCREENS, ((80, 80), (40, 40), (20, 40))):
            text = screen(line, stdin="?\nq\n", env={"COLUMNS": str(columns)})
            for row in text.splitlines():
                if "python sim.py" not in row:
                    self.assertLessEqual(len(row), most, (line, row))
                self.assertEqual(row, row.rstrip() + " " * row.endswith("? "), (line, row))
        for columns in ("200", "x", "", "99999999999999", "0", "-3"):
            self.assertEqual(screen("odds -h", env={"COLUMNS": columns}), screen("odds -h"))
    def test_colour_is_for_terminals_that_can_show_it_and_carries_no_meaning(self):
        for line in SCREENS[:-3]:
            colored, bare = (screen(f"{line} --color {it}", stdin="q\n")
                             for it in ("always", "never"))
            self.assertEqual(re.sub("\x1b\\[[0-9]*m", "", colored), bare, line)
            self.assertNotIn("\x1b", screen(line, stdin="q\n"))
        able = {"TERM": "xterm"}
        for more, env, tty, wanted in (
                ("", able, True, True), ("", able, False, False), ("", {}, True, False),
                ("", {**able, "NO_COLOR": "1"}, True, False), (" --color never", able, True, False),
                (" --color always", {"NO_COLOR": "1"}, False, True)):
            with mock.patch("sys.platform", "linux"):
                found = "\x1b[" in screen("positions" + more, tty=tty, env=env)
            self.assertEqual(found, wanted, (more, env, tty))
    def test_symbols_degrade_and_json_is_one_object_in_ascii_on_any_terminal(self):
        for encoding, line in zip(("ascii", "latin-1", "cp437", "cp1252") * 4, SCREENS):
            less, text = (screen(line, encoding=it, stdin="q\n") for it in (encoding, "utf-8"))
            self.assertEqual(*([it.count("?"), it.count("\n")] for it in (less, text)), line)
        for line in SCREENS[:-4]:
            out = run(f"{line} --json --color always", "", {"COLUMNS": "30"}, "utf-8", True)[1]
            self.assertTrue(out.isascii(), line)
            self.assertEqual(json.loads(out), answer(line), line)
    def test_a_stream_that_is_not_there_is_an_error_and_input_that_cannot_be_read_is_leaving(self):
        out, err, text = Terminal(), Terminal(), io.StringIO()  # as of IDLE, no bytes beneath
        self.assertEqual(self.status("positions", stdout=None, stderr=err), 1)
        self.assertEqual(self.status("nonsense", stdout=out, stderr=None), 2)
        self.assertEqual((out.sent(), err.sent().count("\n")), ("", 1))
        self.assertEqual((self.status("-h", stdout=text), text.getvalue()), (0, screen("-h")))
        unreadable, closed = mock.Mock(**{"readline.side_effect": OSError(9, "no")}), io.StringIO()
        closed.close()
        for stdin, moves in ((None, []), (unreadable, []), (closed, []), (io.TextIOWrapper(
                io.BytesIO(b"\xff\xfe\nsuspend\n"), "utf-8"), ["suspend"])):
            out = Terminal()
            line = f"play --as us {QUICK} --json"
            self.assertEqual(self.status(line, stdin, stdout=out, stderr=None), 0)
            self.assertEqual(json.loads(out.sent())["moves"], moves)
        asked = mock.Mock(**{"readline.side_effect": KeyboardInterrupt})
        self.assertEqual(self.status("play --as us --done 3", asked, stdout=Terminal()), 130)
    def test_progress_is_shown_on_a_terminal_alone_and_after_a_second(self):
        for tty, second, shown_ in ((True, 1, True), (False, 1, False), (True, 1e-9, False)):
            clock, err = count(0, second), Terminal(tty=tty)  # every look at it is so much later
            with mock.patch("time.monotonic", functools.partial(next, clock)):
                self.status(f"worlds --worlds 2 {QUICK}", stdout=Terminal(), stderr=err)
            shares = [int(it) for it in re.findall(r"(\d+)%", err.sent())]
            self.assertEqual((bool(shares), shares), (shown_, sorted(shares)))
            self.assertEqual(err.sent().rpartition("\r")[2], "")  # wiped
    def start(self, *words, out=subprocess.PIPE):
        return subprocess.Popen([sys.executable, "-I", str(HERE / "sim.py"), *words],
                                stdin=subprocess.PIPE, stdout=out, stderr=subprocess.PIPE,
                                cwd=tempfile.gettempdir())
    @unittest.skipUnless(os.name == "posix", "signals are POSIX's")
    def test_in_a_process_alone_in_a_closed_pipe_on_a_full_disk_and_interrupted(self):
        out, err = self.start("positions", "--json").communicate(timeout=60)
        self.assertEqual((json.loads(out), err), (answer("positions"), b""))
        with self.start("positions") as program:
            program.stdout.close()
            self.assertEqual((program.stderr.read(), program.wait(60)), (b"", 1))
        kept = signal.signal(signal.SIGINT, signal.default_int_handler)  # a job's may be ignored
        self.addCleanup(signal.signal, signal.SIGINT, kept)
        program = self.start("play", "--as", "us", *QUICK.split())
        program.stdout.read(1)  # it asks
        program.send_signal(signal.SIGINT)  # and dies of it, so that a loop in a shell stops
        self.assertEqual((program.communicate(timeout=60)[1], program.returncode), (b"", -2))
        if os.path.exists("/dev/full"):
            with open("/dev/full", "wb") as full:
                program = self.start("positions", out=full)
                err = program.communicate(timeout=60)[1]
            self.assertRegex(err, rb"\Asim.py: .*\n\Z")
            self.assertEqual(program.returncode, 1)

def share(p):
    """As screens tell a probability: in percent, where 0 and 100 are certain, or in full."""
    rounded = "<1" if 1e-9 < p < 0.005 else ">99" if 0.995 <= p < 1 - 1e-9 else f"{100 * p:.0f}"
    return f"{rounded}|{p:.3f}"

def figures(text):
    """The numbers of a text, as they are told, less their percent signs."""
    return re.findall(r"[<>]?(?:(?<![\w.])[-+])?(?<![\w.])\d+(?:\.\d+)?", text)

class Figures(Comparison):
    """A screen's tables hold the numbers of its JSON, row by row and in order."""
    def holds(self, line, rows):
        """Every row's cells (their forms parted by `|`) stand in order on a line of the screen."""
        lines = [figures(row) for row in screen(line).splitlines()]
        for cells in map(list, rows):
            found = (all(any(figure in cell.split("|") for figure in told) for cell in cells)
                     for told in map(iter, lines))
            self.assertTrue(any(found), (line, cells, lines))
    def test_odds(self):
        for line in ("odds", "odds --done 2 --set rounds=4 --set trust=0.4"):
            said, two = answer(line), "{:.2f}".format
            self.holds(line, (map(share, its.values()) for key in ("first_mover", "how_it_ends")
                              for its in said[key].values()))
            self.holds(line, ([
                f"{100 * it['trust']:g}|{it['trust']:g}", *map(share, it["odds"].values()),
                *(f"{it['payoffs'][party]:.3f}" for party in ("us", "syria")),
                f"{it['expected_turns']:.1f}", f"{it['expected_stalls']:.1f}",
                two(it["expected_short"]), two(it["expected_ultimatums"])] for it in said["rungs"]))
            self.holds(line, ([str(it["done"]), str(it["lapses"]), share(it["believed"]), share(
                it["earned"]), two(it["expected_rounds"])] for it in said["deeds"]
                if it["expected_rounds"] >= 0.005))
    def test_settle_and_vary(self):
        line = "settle --done 2 --start us.suspend --set rounds=3 --top 2"
        for its in (*answer(line)["promises"][:2], *answer(line)["deals"][:2]):
            self.holds(line, ([share(its["odds"][truth]["handover"]), *(
                f"{round(gain, 3) + 0.0:+.3f}" for gain in gains.values())]
                for truth, gains in its["gains"].items()))
        line = "vary support --done 1 --set rounds=6"
        self.holds(line, ([
            f"{row['value']:g}", *map(share, its["odds"].values()), share(its["how_it_ends"][
                "after_suspension"]), share(its["how_it_ends"]["after_ultimatum"])]
            for row in answer(line)["rows"] for its in row["truths"].values()))
    def test_worlds_history_and_what_each_expects_next(self):
        line = "worlds --worlds 4 --done 2 --set rounds=3"
        its = answer(line)["truths"].values()
        self.holds(line, ([f"{10 * k}", f"{10 * k + 10}", *(str(it["handover"]["histogram"][k])
                                                            for it in its)] for k in range(10)))
        largest = max(DEFAULTS, key=lambda name: max(
            abs(it["drivers"].get(name) or 0) for it in its))
        self.holds(line, [[f"{it['drivers'][largest] or 0:+.2f}" for it in its]])
        self.holds("history", ([*(str(part) for day in map(datetime.date.fromisoformat, (
            stage["recorded"], it["median"], it["p05"], it["p95"]))
            for part in (day.day, day.year)), share(it["completed_by_then"])]
            for stage in answer("history")["stages"] for it in stage["truths"].values()))
        for line in ("run --until 11", "run --seed 237 --until 17"):
            self.holds(line, ([share(p) for p in it["expects"].values() if p is not None]
                              for it in answer(line)["next"]["options"]))

# The story, the screens, the README ===============================================================

# What a sentence of the chronicle says, of whom, and the facts (see `facts`) that must hold then.
SAYS = [line.split(" | ") for line in r"""
us | the US warns, or the talks are over | ultimatum stalling lapsed
us | List every site|words are not enough | done1
us | Open every site|a list is words, not deeds | done2
us | Destroy every weapon | done3
us | The US[^:.]* suspends(:|, as|\.)|these are the deeds that it asked for | answer deeds
us | suspends its threat before the deeds | concession !deeds
us | The US renews its threat[:.] | return
us | renews its threat, though deeds have come | reversal deeds
us | threat: Syria is not at work|time is lost | stalling
us | too little is done for it|a list is words, not deeds | working
us | The US sets no ultimatum | hold keep open_warn
us | The US keeps its threat[:,.] | hold keep
us | though the deeds that it asked for .* have come | hold deeds
us | too little is done for it|a list is words|it asks for more deeds first | !deeds
us | one could end the talks | hold end_else
us | and Russia may press Syria | shielding
us | That is to move Russia | warn russia_up
us | That is to move Syria | warn works_up
us | Syria falls short, and the talks end | warn end
us | The risk: Syria stops \([^)]*the US | working may_stop
us | The plan has to be timely | warn
france | France[^:.]*, with no threat to back, lets go | answer suspended
france | lets go, though the threat it backs stands | concession !suspended
france | does not stand behind the threat again | ease keep !suspended
france | France[^:.]* stands behind the threat again | return !suspended
france | presses again, though no threat is left | reversal suspended
france | keeps up its pressure, though no threat | press keep suspended
russia | Russia[^:.]* presses Syria before its plan stands still | concession !standstill
russia | Russia[^:.]* presses Syria[:,.] | answer
russia | its own plan stands still | standstill
russia | Russia keeps pressing Syria | lean keep
russia | (though|while) Syria works | working
russia | Russia presses no more | shield !keep
russia | presses no more, though its plan stands still | reversal standstill
russia | Russia does not press Syria | shield keep
russia | not even now|Syria refuses | warned
russia | Syria, Russia thinks, is .* to comply if pressed | lean works_up
russia | The US, Russia thinks, is .* to end the talks | lean warned end_down
russia | The risk: Syria stops \([^)]*Russia | working may_stop
opposition | as the plan shows results, relents | answer deeds !suspended
opposition | with no strike in sight, resigns itself | answer suspended
opposition | relents, though the plan shows no results yet | concession !deeds
opposition | does not turn against the plan again | accept keep
opposition | rejects the plan again | reject !keep
opposition | still rejects the plan | reject keep
opposition | opposition[^:.]*, though it shows results | deeds
syria | It wants the threat gone first | done1 !lapsed stall
syria | Syria (does nothing|refuses) | stall keep
syria | Syria stops[:,.] | stall !keep
syria | Syria goes on[:,.] | comply keep
syria | Syria[^:.]* (complies|goes back to work) | comply !keep
syria | Syria goes back to work | worked
syria | the threat stands|blames the threat|under threat|wants the threat gone | !suspended
syria | threat is suspended|the threat would be back|off for now | suspended
syria | its ally asks|it can say it acts for Russia | leaning
syria | its ally no longer asks | let_go
syria | its ally does not ask | shielding
syria | if it refused, it thinks, the US would be | warned comply
""".strip().splitlines()]
SPOKEN = re.compile("A (close|surprise|clue)|Hidden|Nobody can|The US must|If it (lets|ends)|"
                    "It (keeps|swallows)|What (weighs|a strike)|Against|No other|.* calls, both")
SETTINGS = (  # numbers, and a start as `at` reads it
    "", "without russia.lean", "without us.suspend", "us.suspend", "3", "without us.warn",
    "2 syria.comply russia.lean", "us.suspend france.ease without france.press", "rationality=3",
    "rationality=0", "deeds=3", "without us.end", "without us.hold", "without us.extend", "trust=1",
    "opposition.accept russia.lean", "review=1 strain=0", "rounds=4", "trust=0 rationality=8",
    "without syria.comply", "without russia.shield", "face=0 rationality=10", "menace=0.2",
    "1 us.suspend syria.comply", "short=1 error=1", "pressure=0.1 rationality=10", "deeds=0",
    "france.ease opposition.accept rationality=10", "rounds=40 respite=0.3 support=0.2")

class Story(unittest.TestCase):
    """No phrase stands in a state in which it is false, and every phrase is reached."""
    def facts(self, party, rounds, number, deeds):
        """What is true where a party made its move, worked out from the rounds alone."""
        before, made = rounds[number].state, rounds[number].moves[party]
        earlier = {it: rounds[number].moves[it].move for it in PARTIES[:PARTIES.index(party)]}
        state, works = before._replace(**earlier), before.syria == "comply"
        expects = made.why and made.why.expects or {"made": {}, "against": {}}
        leans, complies, ends = zip(*([its.get(it) or 0 for it in sim.EXPECTED]
                                      for its in expects.values()))  # each if made, and if not
        return {made.move, made.kind, f"done{state.done}"} | {fact for fact, holds in {
            "working": works, "stalling": not works, "lapsed": state.lapses > 0,
            "leaning": state.russia == "lean", "shielding": state.russia == "shield",
            "let_go": state.russia == "shield" != before.russia,
            "deeds": works and max(0, state.done - 1) >= deeds,
            "suspended": state.us == "suspend", "warned": state.us == "warn",
            "standstill": not works and state.lapses > 0, "open_warn": "warn" in made.values,
            "end": ends[0] > 0.02, "end_else": ends[1] > 0.02, "end_down": ends[1] - ends[0] >= 0.1,
            "works_up": complies[0] - complies[1] >= 0.2, "may_stop": complies[0] < 0.98,
            "russia_up": leans[0] - leans[1] >= 0.2, "worked": works or any(
                "comply" in (it.state.syria, it.settled.syria) for it in rounds[:number]),
        }.items() if holds}
    def test_every_sentence_is_true_of_its_round_known_and_told_once_and_every_phrase_comes(self):
        unsaid = {phrase: re.compile(".+?".join(map(re.escape, re.split(r"\{\w+\}", phrase[1:]))))
                  for phrase in (it.text for it in sim.PHRASES) if phrase[0] != "{"}
        for setting, seed in product(SETTINGS, range(16)):
            words, _, bans = setting.partition("without")
            if not seed:
                player = sim.played(sim.Dispute(numbers(words), at(words), tuple(
                    tuple(ban.split(".")) for ban in bans.split())))
            history, its = player.history(seed, "drawn"), numbers(words)
            rows, rounds = sim.Teller(its).rows(history), history.rounds
            for row, number in zip(rows[::-1], count(len(rounds), -1)):
                text = " ".join(row.says)
                unsaid = {it: said for it, said in unsaid.items() if not said.search(text)}
                sentences = re.split(r"(?<=[.?]) (?=[A-Z])", text) if text else []
                long = [it for it in sentences if len(it) > 26]
                self.assertEqual(len(long), len({*long}), (setting, seed, text))
                if number == len(rounds):
                    continue
                told = [it for it in SAYS if re.search(it[1], text)]
                for party, _, needed in told:
                    facts = self.facts(party, rounds, number, its["deeds"])
                    wrong = [it for it in needed.split()
                             if (it.lstrip("!") in facts) == (it[0] == "!")]
                    self.assertEqual(wrong, [], (setting, seed, text))
                unknown = [it for it in sentences if not SPOKEN.match(it)
                           and not any(re.search(said, it) for _, said, _ in told)]
                self.assertEqual(unknown, [], (setting, seed))
        self.assertEqual([*unsaid], [])

class Readme(unittest.TestCase):
    """Every block of the README that begins with `$ python sim.py` is what the program prints."""
    PATH = HERE / "README.md"
    BLOCK = re.compile(r"^```\w*\n\$ python sim\.py(.*)\n((?:.*\n)*?)```$", re.MULTILINE)
    @unittest.skipUnless(PATH.exists(), "there is no README.md beside these tests")
    def test_every_block_is_what_the_program_prints(self):
        blocks = self.BLOCK.findall(self.PATH.read_text("utf-8"))
        self.assertTrue(blocks)
        for command, printed in blocks:
            with self.subTest(command):
                rows = screen(command).splitlines(keepends=True)
                most = len(rows)
                if printed.endswith("\n...\n"):  # and so on
                    printed = printed.removesuffix("...\n")
                    most = printed.count("\n")
                self.assertEqual("".join(rows[:most]), printed)

# Running them =====================================================================================

CLASSES = {name: it for name, it in globals().items()
           if isinstance(it, type) and issubclass(it, unittest.TestCase) and name != "Comparison"}

def run_class(name):
    """Run one class: how many tests passed, failed and were skipped, and what was said."""
    said, suite = io.StringIO(), unittest.defaultTestLoader.loadTestsFromTestCase(CLASSES[name])
    result = unittest.TextTestRunner(stream=said).run(suite)
    failed = len({getattr(test, "test_case", test) for test, _ in result.failures + result.errors})
    skipped = len(result.skipped)
    return result.testsRun - failed - skipped, failed, skipped, said.getvalue()

def main():
    """Run classes side by side, those that take longest first; all of them if none is named."""
    parser = argparse.ArgumentParser(description="Tests of sim.py, and its specification.")
    parser.add_argument("classes", nargs="*", metavar="CLASS", help=", ".join(CLASSES))
    names = parser.parse_args().classes or [*CLASSES]
    if unknown := {*names} - {*CLASSES}:
        parser.error(f"no class {', '.join(sorted(unknown))}; there are {', '.join(CLASSES)}")
    names.sort(key=lambda name: name not in ("Story", "AHistory", "Streams", "Worlds"))
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        passed, failed, skipped, said = zip(*pool.map(run_class, names))
    sys.stderr.write("".join(it for it, n in zip(said, failed) if n))
    more = f", {sum(skipped)} skipped" if sum(skipped) else ""
    print(f"{sum(passed)} passed, {sum(failed)} failed{more}", flush=True)
    return 1 if sum(failed) or not sum(passed) else 0

if __name__ == "__main__":
    sys.exit(main())
