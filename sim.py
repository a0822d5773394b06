"""Syria's chemical weapons, September 2013: a dispute-resolution simulator.

All but the opposition say they want Syria's chemical weapons handed over under a four-step Russian
plan; they disagree about who moves first. This program plays that dispute out, gives a reason for
every move, solves it exactly, and says what would settle it. What is not in the report (AFP, 12
September 2013; ¶3 is its paragraph 3) is a judgement. `python sim.py -h` lists what can be asked.

    1  The report, and our judgement of it   tables: whoever disagrees changes an entry here
    2  The rules of a round                  who may do what, what it costs, what others believe
    3  How a move is chosen                  logit quantal response, for any game of this shape
    4  The dispute as a game                 the tables and rules, handed to the solver
    5  A history                             one course of events, drawn, with its reasons
    6  A page                                a screen and its JSON, from the same rows
    7  The questions                         each a function that answers and prints
    8  The command line                      each section uses only those above it

A legend, with examples:
    a party      'us'; of its two positions one is declared ('hold'), one gives way ('suspend')
    a condition  deeds have come: to give way while it is unmet is a concession, else an answer;
                 to go back while it is met is a reversal, else a return
    an ultimatum 'warn', the US's third move; its verdict, if Syria lapses: 'end' or 'extend'
    a state      2 stages done, 1 lapse, the US at hold, France at press, ...
    a turn       two weeks; a round of moves at the head of one, a spell of quiet turns after it
    a reading    'word' or 'tactic', what Assad may want; the one that holds is the truth
    a price      ('us', 'delay'), of a stalled turn; a payoff is utility less prices
    a trust      0.25, somebody's probability of 'word'; it follows stages and lapses
    a package    commitments of one signatory (a promise) or more (a deal)
"""

import sys

if sys.hexversion < 0x030A0000:
    here = f"{sys.version_info[0]}.{sys.version_info[1]}"
    sys.stderr.write(f"sim.py: needs Python 3.10 or newer, this is {here}\n")
    sys.exit(2)

import os
from argparse import ArgumentError, ArgumentParser, ArgumentTypeError, Namespace
from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta
from functools import lru_cache, partial, reduce
from itertools import accumulate, product
from math import exp, fsum
from operator import add, getitem, itemgetter, mul
from random import Random
from textwrap import wrap
from typing import Any, NamedTuple

VERSION = "4.0"

# 1  The report, and our judgement of it ===========================================================

FIRST_DAY = date(2013, 9, 12)  # ¶1: the day of the report, and of turn 1
DAYS_A_TURN = 14  # judgement: the report gives no rhythm
ATTACK = "some 1,400 dead on 21 August 2013, as Washington alleges (¶16)"
WAR = "more than 110,000 dead since March 2011 (¶21)"
OUTCOMES = ("handover", "strike", "stalemate")
MOST_LAPSES = 3  # judgement: three and more count the same

class State(NamedTuple):
    """Where things stand: stages done, lapses (3: three or more), everybody's position."""
    done: int = 0
    lapses: int = 0
    us: str = "hold"
    france: str = "press"
    russia: str = "shield"
    opposition: str = "reject"
    syria: str = "stall"

Move = tuple[str, str]  # a party and its move, as ('us', 'hold')
Price = tuple[str, str]  # a party and what it pays, as ('us', 'delay')
Bind = Callable[[State], tuple[str, ...]]  # the moves that a commitment leaves, preferred first
Parameters = Mapping[str, float]

class Party(NamedTuple):
    """A party: its two positions, its condition for giving way, its ranking, its prices."""
    label: str
    name: str  # in a sentence
    declared: str  # the move that is its declared position
    stance: str  # the same in words
    stated: str  # the paragraph that states it
    giving: str  # the move that gives way
    gives: str  # the same in words
    condition: str  # under which giving way costs nothing; `condition_met` is the rule
    condition_source: str
    ranking: tuple[str, ...]  # best first; empty where the reading decides it
    source: str
    prices: tuple[str, ...]  # that it can be charged, in the order of PARAMETERS

OURS = "; second best is our reading"
PARTIES = {  # in turn order
    "us": Party(
        "US", "the US", "hold", "keeps the threat of strikes on the table", "¶11", "suspend",
        "suspends the threat", "deeds have come: Syria is at work, and at least {deeds:g} stages "
        "after the first are done", "¶6 ¶8", ("handover", "strike", "stalemate"),
        "¶6 ¶8 ¶11 ¶17" + OURS, ("face", "resolve", "pressure", "delay")),
    "france": Party(
        "France", "France", "press", "keeps up the pressure, backs strikes", "¶17 ¶18", "ease",
        "lets the pressure drop", "the threat it backs is suspended", "inferred from ¶17 ¶18",
        ("handover", "strike", "stalemate"), "¶17 ¶18" + OURS, ("face", "pressure", "delay")),
    "russia": Party(
        "Russia", "Russia", "shield", "stands by its ally, opposes strikes", "¶25", "lean",
        "leans on Damascus to deliver", "its own plan stands still: Syria stalls, and has lapsed "
        "before", "inferred from ¶7 ¶12 ¶19", ("handover", "stalemate", "strike"),
        "¶4 ¶7 ¶10 ¶22–25" + OURS, ("face", "strain", "delay")),
    "opposition": Party(
        "Opposition", "the opposition", "reject", "rejects the plan", "¶21", "accept",
        "lets the plan take its course", "the plan shows results: the same as for the US",
        "inferred", ("strike", "stalemate", "handover"),
        "¶21 says only that it denounces the plan; the ranking is inferred", ("face", "pressure")),
    "syria": Party(
        "Syria", "Syria", "stall", "will not act under threat", "¶2", "comply",
        "does the work of the plan", "the threat is suspended, or Moscow asks (Russia leans)",
        "¶2; inferred from ¶4", (), "¶1–4", ("face", "leverage", "menace", "respite")),
}
ULTIMATUM, VERDICTS = "warn", ("end", "extend")  # the US's other moves
IN_FRONT = ("us", "france", "opposition")  # who holds out in front, the first that does
WANT_ALL = ("us", "france")  # to whom a handover in part is worth less (¶13 ¶17)

class Reading(NamedTuple):
    """One answer to the report's open question, what Assad wants: Syria's ranking."""
    claim: str
    whose: str
    ranking: tuple[str, ...]

READINGS = {
    "word": Reading("Assad means the offer", "Assad, ¶1 ¶3 ¶4",
                    ("handover", "stalemate", "strike")),
    "tactic": Reading("the offer is a delaying tactic", "Kerry's suspicion ¶6 ¶13, the US and "
                      "French warning ¶17", ("stalemate", "handover", "strike")),
}
WORD, TACTIC = READINGS

class Stage(NamedTuple):
    """A step of the plan (¶20)."""
    task: str
    step: str  # the same in the fewest words
    demand: str  # what an ultimatum asks for
    done: str  # the headline once it is completed
    short: str  # the headline of one found short
    least: int  # turns that it takes at least: a judgement

STAGES = {
    "join": Stage("join the OPCW, which polices the ban", "join ban (filed, ¶9)", "join the ban",
                  "Syria has joined the ban", "", 2),
    "declare": Stage("declare where the chemical arms are", "list sites", "list every site",
                     "The sites are listed", "The list has gaps", 2),
    "inspect": Stage("let OPCW inspectors in", "admit inspectors", "open every site to inspectors",
                     "Inspectors are in", "Sites stay closed", 3),
    "destroy": Stage("have the arsenal destroyed", "destroy", "destroy every weapon",
                     "What Syria declared is destroyed", "Weapons remain", 8),
}

class Kind(NamedTuple):
    """A kind of number: how another world draws it, and the values that `vary` tries."""
    drawn: Callable[[float, float, float], float]  # of a draw from 0 to 1, default, top of range
    tried: Callable[[float, float, float], Iterable[float]]  # of default, ends of the range
    whole: bool = False

KINDS = {
    "price": Kind(lambda u, usual, top: min(usual * (0.5 + u), top),
                  lambda usual, low, top: (usual * k / 2 for k in range(9))),
    "share": Kind(lambda u, usual, top: min(usual * (0.5 + u), top),
                  lambda usual, low, top: (low + (top - low) * k / 8 for k in range(9))),
    "middle": Kind(lambda u, usual, top: u, lambda usual, low, top: (k / 8 for k in range(9))),
    "multiplier": Kind(lambda u, usual, top: usual ** (2 * u),
                       lambda usual, low, top: (1 + k / 2 for k in range(7))),
    "precision": Kind(lambda u, usual, top: usual * (0.25 + u), lambda usual, low, top: (
        usual * k for k in (0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4))),
    "deeds": Kind(lambda u, usual, top: int(3 * u), lambda usual, low, top: range(int(top) + 1),
                  whole=True),
    "turns": Kind(lambda u, usual, top: 1 + int(2 * usual * u),
                  lambda usual, low, top: (1 + max(usual, 3) * k // 3 for k in range(7)),
                  whole=True),
    "rounds": Kind(lambda u, usual, top: usual,
                   lambda usual, low, top: (1, 2, 4, 6, 8, 12, 16, 20, 30, 40), whole=True),
}

class Parameter(NamedTuple):
    """A number of the model, every one a judgement."""
    default: float
    low: float
    high: float
    kind: str  # a key of KINDS
    means: str

def judged(low: float, high: float, kind: str) -> Callable[[float, str], Parameter]:
    """Makes parameters of a range and a kind, from a default and what it means."""
    return lambda default, means: Parameter(default, low, high, kind, means)

price = judged(0, 100, "price")  # in units of utility
share = judged(0, 1, "share")
middle = judged(0, 1, "middle")
factor = judged(1, 1000, "multiplier")  # of odds
turns = judged(1, 100, "turns")

PARAMETERS = {
    "rationality": Parameter(22, 0, 1e9, "precision",
                             "precision of the logit choice, per unit of utility"),
    "face": price(0.4, "price of moving against one's own condition"),
    "resolve": price(0.3, "price to the US of letting a lapse under its ultimatum pass (¶17)"),
    "pressure": price(0.01, "price of a turn of holding out in front of a Syria at work (¶10 ¶22)"),
    "strain": price(0.15, "price to Moscow of a round of leaning on its ally (¶25)"),
    "delay": price(0.015, "price of a stalled turn to who demands speed (¶8 ¶17) or planned (¶19)"),
    "leverage": price(0.01, "price of a stalled turn to a Damascus that Moscow leans on (¶4 ¶7)"),
    "menace": price(0.005, "price to Syria of a turn under a threat not suspended (¶2 ¶3)"),
    "respite": price(0.04, "worth of a stalled turn to an Assad who does not mean it (¶17)"),
    "disruption": share(0.25, "share of pace lost while the opposition rejects (inferred)")
    ._replace(high=0.99),
    "oversight": share(0.5, "share of a bluffer's shortfalls that Moscow's leaning averts (¶4 ¶7)"),
    "review": turns(2, "turns of stalling after which a review finds it out (¶8)"),
    "short": share(0.25, "chance that a stage due is found short if he does not mean it (¶8)"),
    "error": share(0.1, "the same if he does (¶2)"),
    "support": share(0.65, "chance of support for a strike, after one earlier lapse (¶11 ¶16)"),
    "cause": factor(1.5, "what each further lapse multiplies the odds of that by"),
    "backing": factor(1.5, "what France's letting go divides them by (¶17)"),
    "deeds": Parameter(2, 0, 3, "deeds", "stages after the first that count as deeds (¶6 ¶8)"),
    **{f"least_{name}": turns(stage.least, f"turns that '{name}' takes at least")
       for name, stage in STAGES.items()},
    "pace": share(0.3, "what every turn from then on adds to the chance that it is due")
    ._replace(low=0.01),
    **{f"middle_{name}": middle(0.65 if name == "syria" else 0.5,
                                f"{party.label}: utility of the second best")
       for name, party in PARTIES.items()},
    "part": share(0.7, "utility to the US and France of a handover in part (¶13 ¶17)"),
    "trust": share(0.25, "Washington's, Paris's, the opposition's first trust in `word` (¶6 ¶13)"),
    "trust_moscow": share(0.6, "Moscow's (inferred from ¶12)"),
    "credit": factor(1.5, "what each stage after the first multiplies the odds of `word` by"),
    "blame": factor(1.5, "what each lapse divides them by"),
    "prior": share(0.5, "an outside reader's first belief in `word`; draws the truth of a history"),
    "rounds": Parameter(16, 1, 1000, "rounds", "rounds after which it counts as a stalemate"),
}
NOT_DRAWN = ("prior", "rounds")  # in other worlds: they are the reader's, and a horizon
SEED = 38  # of the history told by default: one in which the story is whole
RUNGS = (0.0, 0.25, 0.5, 0.75, 1.0)  # judgement: the trusts that `odds` compares
NOTICEABLE = 0.01  # judgement: a smaller difference bears no claim out and pays no signatory
REACHED = 0.01  # judgement: a less likely decision tempts nobody
NEARLY_EVEN = (0.4, 0.6)  # judgement: a move as likely as this is a close call
SURELY, HARDLY = 0.98, 0.02  # judgement: from, and up to here a chance is told without a figure
CLUE = 2.0  # judgement: a move so much likelier under one truth is a clue
ALIKE = 0.03  # judgement: expectations under both truths that differ by less are told as one
TELLING = 0.2  # judgement: what speaks against a move is told from this share of its reason on
SHIFT = 0.2  # judgement: a change of what is expected next, from here on, carries a move
DECISIVE = 0.1  # judgement: a move that changes what its party expects by less decides nothing
LIKELY_ANYWAY = 0.7  # judgement: an end as frequent as this is nobody's doing alone
ROUNDING = 1e-12  # a smaller difference is the machine's, not the model's
NEGLIGIBLE = 1e-15  # a smaller probability is left out of dates
TIE = 1000 * ROUNDING  # and of payoffs over a long game, a smaller one than this
FIRM, LEANING = 0.9, 0.7  # judgement: shares of worlds that make a headline firm, or leaning

AT_ONCE = "suspend at once and for good"
COMMITMENTS: dict[str, dict[str, Bind]] = {  # what a party can commit to, by party and text
    "us": {AT_ONCE: lambda now: ("suspend",),
           "suspend until Syria lapses": lambda now: (
               ("hold",) if now.lapses and now.syria == "stall" else ("suspend",)),
           "hold to the end": lambda now: ("hold",),
           "warn after every lapse, else hold": lambda now: ("warn", "hold")},
    "france": {"follow Washington": lambda now: (
        ("ease",) if now.us == "suspend" else ("press",))},
    "russia": {"lean every round": lambda now: ("lean",),
               "lean while the plan stands still": lambda now: (
                   ("lean",) if now.done and now.syria == "stall" else ("shield",))},
    "opposition": {"accept every round": lambda now: ("accept",)},
    "syria": {"work while the threat is suspended": lambda now: (
        ("comply",) if now.us == "suspend" else ()),
              "work every round": lambda now: ("comply",)},
}

class Claim(NamedTuple):
    """What somebody says would follow, and the counterfactual that is our test of it."""
    who: str
    paragraphs: str
    claim: str  # paraphrased
    test: str  # in words
    figure: str | None = None
    should: str | None = None  # rise, fall, not fall, not move
    forbid: tuple[Move, ...] = ()  # moves that the test forbids
    commit: tuple[Move, ...] = ()  # parties that it commits, and to what
    numbers: tuple[tuple[str, float], ...] = ()  # parameters that it sets

CLAIMS = (
    Claim("Assad", "¶4", "American threats played no part in the decision", "no strike ever finds "
          "support (support 0)", "odds of a handover", "not move", numbers=(("support", 0.0),)),
    Claim("Assad", "¶2–3", "once the threat is dropped (arms aside), Syria follows through",
          "the US suspends at once and for good", "odds of a handover", "not fall",
          commit=(("us", AT_ONCE),)),
    Claim("Assad", "¶4", "Syria hands the weapons over because of Russia", "Russia can never lean "
          "(russia.lean forbidden)", "odds of a handover", "fall", forbid=(("russia", "lean"),)),
    Claim("Kerry", "¶6 ¶13", "words are not enough", "Washington takes Assad at his word (trust 1)",
          "US payoff", "fall", numbers=(("trust", 1.0),)),
    Claim("Kerry", "¶8", "the plan has to be timely", "the US can never set an ultimatum (us.warn "
          "forbidden)", "share of turns stalled", "rise", forbid=(("us", "warn"),)),
    Claim("US and France", "¶17", "the threat keeps the plan from becoming a delaying tactic",
          "the US suspends at once and for good", "share of turns stalled", "rise",
          commit=(("us", AT_ONCE),)),
    Claim("Hollande", "¶18", "French pressure keeps the plan moving", "France never presses "
          "(france.press forbidden)", "share of turns stalled", "rise",
          forbid=(("france", "press"),)),
    Claim("Lavrov", "¶10", "the plan makes strikes unnecessary", "there is no plan to work on "
          "(syria.comply forbidden)", "odds of a strike", "rise", forbid=(("syria", "comply"),)),
    Claim("Putin", "¶23–24", "an unapproved strike would spread violence and wreck the UN's "
          "credibility", "none: what follows a strike is beyond the model"),
    Claim("Opposition", "¶21", "the plan only leads to more deaths",
          "none: the model counts turns, not deaths"),
)

class Fact(NamedTuple):
    """The recorded completion of a stage."""
    recorded: date
    event: str
    source: str

# What happened later. None of it was known then; no number above may be tuned to it.
ON_RECORD = {
    "join": Fact(date(2013, 10, 14), "the Chemical Weapons Convention enters into force for Syria, "
                 "which had deposited its accession on 14 September", "OPCW"),
    "declare": Fact(date(2013, 10, 24), "formal initial declaration submitted, three days ahead of "
                    "its deadline", "OPCW, 27 October 2013"),
    "inspect": Fact(date(2013, 11, 6), "22 of the 23 declared sites verified; the last could not "
                    "be reached for safety", "OPCW-UN Joint Mission, update 5"),
    "destroy": Fact(date(2014, 6, 23), "last declared chemicals shipped out; the most toxic were "
                    "neutralised at sea by 18 August 2014", "OPCW-UN Joint Mission"),
}
ALSO_ON_RECORD = (
    "US-Russia framework agreed on 14 September 2013, with mid-2014 as its target",
    "OPCW decision EC-M-33/DEC.1 and Security Council resolution 2118, both 27 September 2013",
    "the threat was never formally withdrawn: in the model's terms the US stayed at hold",
    "the removal deadlines of 31 December 2013 and 5 February 2014 were missed (OPCW-UN Joint "
    + "Mission): in the model's terms slow work or a stall, which the record does not tell apart",
)
NOT_INCLUDED = ("Handover here means the declared arsenal: the OPCW later reported gaps in the "
                "declaration, and chemical attacks occurred again in 2017.")

# 2  The rules of a round ==========================================================================

def condition_met(party: str, state: State, numbers: Parameters) -> bool:
    """Whether giving way costs a party nothing in a state."""
    if party == "syria":
        return state.us == "suspend" or state.russia == "lean"
    if party == "russia":
        return state.syria == "stall" and state.lapses > 0
    if party == "france":
        return state.us == "suspend"
    return state.syria == "comply" and deeds_done(state) >= numbers["deeds"]

def deeds_done(state: State) -> int:
    """Stages done after the first, which is a paper."""
    return max(0, state.done - 1)

def menu(step: str, state: State, forbidden: Collection[Move] = (), bind: Bind | None = None
         ) -> tuple[str, ...]:
    """The moves open to a party, or in a verdict, the declared position first."""
    if step == "verdict":
        return tuple(move for move in VERDICTS if ("us", move) not in forbidden)
    if step == "syria" and not state.done:  # while the first stage is in hand
        return (state.syria,)
    moves: tuple[str, ...] = (PARTIES[step].declared, PARTIES[step].giving)
    if step == "us" and state.done and state.lapses and state.syria == "stall":
        moves += (ULTIMATUM,)  # nobody threatens over nothing
    moves = tuple(move for move in moves if (step, move) not in forbidden)
    if bind:
        moves = next(((move,) for move in bind(state) if move in moves), moves)
    return moves

def kind_of(party: str, move: str, state: State, numbers: Parameters) -> str:
    """What a move is: keep, ultimatum, concession, answer, reversal or return."""
    if move == getattr(state, party):
        return "keep"
    if move == ULTIMATUM:
        return "ultimatum"
    met = condition_met(party, state, numbers)
    if move == PARTIES[party].giving:
        return "answer" if met else "concession"
    return "reversal" if met else "return"

def completed(state: State) -> State:
    """The state once the stage in hand is done; an ultimatum is met by it."""
    us = "hold" if state.us == ULTIMATUM else state.us
    return state._replace(done=state.done + 1, us=us)

def lapsed(state: State) -> State:
    """The state after a lapse: the work halts, and a suspended threat is back by itself."""
    return state._replace(lapses=min(state.lapses + 1, MOST_LAPSES), us="hold", syria="stall")

class Spell(NamedTuple):
    """The quiet turns after a round, under one truth."""
    under_way: bool  # a stage is; else Syria stalls
    least: int  # turns before anything can happen, the last of them included
    step: float  # what every turn from then on adds to the chance that it happens
    lapse: float  # how likely it then ends in a lapse

    def due(self, turn: int) -> float:
        """The chance that the end comes in its turn number `turn`, if it has not before."""
        return min(1.0, self.step * max(0, turn - self.least + 1))

    def chances(self, turn: int) -> dict[str, float]:
        """What the end of its turn number `turn` can bring."""
        due = self.due(turn)
        lapse = due * self.lapse
        if self.under_way:
            return {"completes": due - lapse, "short": lapse, "review": 0.0, "quiet": 1 - due}
        return {"completes": 0.0, "short": 0.0, "review": lapse, "quiet": 1 - due}

    @property
    def length(self) -> float:
        """Turns that it lasts on average, whatever ends it."""
        return mean_length(self.least, self.step)

@lru_cache(maxsize=4096)
def mean_length(least: int, step: float) -> float:
    """The mean of the turn in which something is due whose chance grows by `step` a turn."""
    mean, waiting, chance = least - 1.0, 1.0, 0.0
    while waiting > NEGLIGIBLE / 1000:
        mean += waiting
        chance = min(1.0, chance + step)
        waiting *= 1 - chance
    return mean

def spell(state: State, truth: str, numbers: Parameters) -> Spell:
    """The spell that follows a round which ends in a state."""
    if not state.done:  # a paper takes its course
        return Spell(True, int(numbers["least_join"]), 1.0, 0.0)
    if state.syria == "stall":
        return Spell(False, int(numbers["review"]), 1.0, 1.0)
    step, lapse = numbers["pace"], numbers["error"]
    if state.opposition == "reject":
        step *= 1 - numbers["disruption"]
    if truth == TACTIC:
        lapse = numbers["short"]
        if state.russia == "lean":
            lapse *= 1 - numbers["oversight"]
    return Spell(True, int(numbers[f"least_{tuple(STAGES)[state.done]}"]), step, lapse)

def charges(state: State) -> list[Price]:
    """The prices of every turn of a spell, by the positions after the round."""
    if not state.done:
        return []
    paid = []
    if state.syria == "comply":
        in_front = [party for party in IN_FRONT if getattr(state, party) != PARTIES[party].giving]
        paid += [(party, "pressure") for party in in_front[:1]]
    else:
        paid += [("us", "delay"), ("france", "delay"), ("syria", "respite")]
        if state.russia == "lean":
            paid.append(("syria", "leverage"))
        elif state.lapses:
            paid.append(("russia", "delay"))
    if state.us != "suspend":
        paid.append(("syria", "menace"))
    return paid

def support(state: State, numbers: Parameters) -> float:
    """The chance that the US, ending the talks on a lapse in a state, finds support to strike."""
    share = numbers["support"]
    if share in (0.0, 1.0):
        return share
    odds = share / (1 - share) * numbers["cause"] ** max(0, state.lapses - 1)
    if state.france == "ease":
        odds /= numbers["backing"]
    return odds / (1 + odds)

def trust_of(party: str, state: State, numbers: Parameters) -> float:
    """A party's probability of `word`, by a rule of thumb: it follows the record."""
    trust = numbers["trust_moscow" if party == "russia" else "trust"]
    credit = trust * numbers["credit"] ** deeds_done(state)
    return credit / (credit + (1 - trust) * numbers["blame"] ** state.lapses)

def turn_of(day: date) -> int:
    """The turn that holds a day; turn 1 begins on the day of the report."""
    return (day - FIRST_DAY).days // DAYS_A_TURN + 1

def first_day(turn: int) -> date:
    """The day a turn begins."""
    return FIRST_DAY + timedelta(DAYS_A_TURN * (turn - 1))

# 3  How a move is chosen ==========================================================================
# Nothing below knows of Syria. A game repeats a round until an outcome or the last round; in it,
# steps follow each other, each mover seeing what came before. Chance moves with odds that depend on
# a type which one mover alone knows; the others hold public beliefs about it. So all is held twice:
# what follows under either type. Few nodes can begin a round: each has tables of its own.

CHANCE = "chance"
Node = Any  # a state, or the name of an outcome
Account = Any  # what is carried back: a payoff, the odds of an outcome, how often a price is paid
Series = Sequence[float]  # by node: what holds under the first type, then under the second
Accounts = Mapping[Account, Series]
Policy = Sequence[Series]  # [branch]: how likely it is taken
Rate = tuple[str, Account, float]  # under a type, to an account, so much
Tick = Callable[[int, int], None]  # tells how far a long answer is: parts done, of how many

class Branch(NamedTuple):
    """A move, or what chance may bring: what follows, and how often what happens on the way."""
    name: str
    after: Node
    events: Mapping[Any, float] = {}
    odds: tuple[float, float] = (0.0, 0.0)  # by type, where chance moves

class Game(NamedTuple):
    """A game of rounds, in which `informed` is of one of two `types`."""
    movers: Mapping[str, str]  # by step, in order: who moves
    informed: str
    types: tuple[str, str]
    start: Node
    rounds: int
    outcomes: Sequence[str]
    timeout: str  # the outcome after the last round
    rationality: float
    branches: Callable[[str, Node], Sequence[Branch]]  # at a step; none where it passes a node by
    belief: Callable[[str, Node], float]  # at a step: its mover's probability of the first type
    accounts: Sequence[Account]  # those of the movers are their payoffs
    rates: Mapping[Any, Sequence[Rate]]  # what an outcome or an event adds
    barred: Mapping[Account, Callable[[Node], bool]] = {}  # nodes from which an account is 0

class Step(NamedTuple):
    """A step of a round, at every node that play can have come to."""
    name: str
    mover: str
    nodes: Sequence[Node]  # those that it concerns, then those that pass it by
    rows: Sequence[Sequence[Branch]]  # of those that it concerns
    following: Sequence[Node]
    after: Sequence[Sequence[int]]  # [branch][node]: where among those that follow
    passing: Sequence[int]  # where those that pass it by stand among those that follow
    pick: Sequence[Callable[[Series], Series]]  # [branch]: those entries of a series, and more
    let_by: Callable[[Series], Series]  # likewise of those that pass by
    open: Policy  # 1.0; 0.0 where a shorter row repeats its last branch
    odds: Policy  # chance's; empty for all others
    added: Mapping[Account, Sequence[Series]]  # [account][branch]
    kept: Mapping[Account, Series]  # of barred accounts: 0.0 at barred nodes, else 1.0
    belief: Sequence[float]  # [node]; empty for chance and the informed

Layer = Sequence[Step]  # the steps of one round
Arranged = tuple[list[Node], list[Sequence[Branch]]]  # nodes, and the branches of the first ones

def unfold(game: Game) -> list[Layer]:
    """Write a game out, round by round; rounds with the same nodes at their head are one layer."""
    names, outcomes = tuple(game.movers), {*game.outcomes}
    heads: dict[frozenset[Node], Arranged] = {}
    known: dict[frozenset[Node], Layer] = {}
    layers = []

    def arranged(nodes: Iterable[Node], name: str) -> Arranged:
        """Nodes in the order of a step, those that it concerns first, with their branches."""
        rows, passing = {}, []
        for node in nodes:
            row = () if node in outcomes else game.branches(name, node)
            if row:
                rows[node] = row
            else:
                passing.append(node)
        return [*rows, *passing], [*rows.values()]

    now = arranged([game.start, *game.outcomes], names[0])
    for _ in range(game.rounds):
        key = frozenset(now[0])
        if key not in known:
            steps: list[Step] = []
            for name, following in zip(names, (*names[1:], names[0])):
                nodes, rows = now
                then = dict.fromkeys(branch.after for row in rows for branch in row)
                now = arranged(then | dict.fromkeys(nodes[len(rows):]), following)
                if len(steps) == len(names) - 1:  # one order for all rounds with the same nodes
                    now = heads.setdefault(frozenset(now[0]), now)
                steps.append(step_of(game, name, nodes, rows, now[0]))
            known[key] = steps
        layers.append(known[key])
        now = heads[frozenset(layers[-1][-1].following)]
    return layers

def step_of(game: Game, name: str, nodes: Sequence[Node], rows: Sequence[Sequence[Branch]],
            following: Sequence[Node]) -> Step:
    """The table of one step of a round."""
    index, n = {node: place for place, node in enumerate(following)}, len(rows)
    ways = range(max(map(len, rows), default=1))
    after = [[index[(row[k] if k < len(row) else row[-1]).after] for row in rows] for k in ways]
    passing = [index[node] for node in nodes[n:]]
    odds: list[list[float]] = []
    if game.movers[name] == CHANCE:
        odds = [[row[k].odds[t] if k < len(row) else 0.0 for t in (0, 1) for row in rows]
                for k in ways]
    added: dict[Account, list[list[float]]] = {}
    for place, row in enumerate(rows):
        for k in ways:
            for event, times in row[k if k < len(row) else -1].events.items():
                for type_, account, rate in game.rates.get(event, ()):
                    if account not in added:
                        added[account] = [[0.0] * (2 * n) for _ in ways]
                    added[account][k][place + n * (type_ != game.types[0])] += rate * times
    kept = {account: [float(not barred(node)) for node in nodes[:n]] * 2
            for account, barred in game.barred.items()}
    return Step(
        name, game.movers[name], nodes, rows, following, after, passing,
        [both_types(places, len(following)) for places in after],
        both_types(passing, len(following)), [[float(k < len(row)) for row in rows] * 2
                                              for k in ways], odds, added,
        {account: series for account, series in kept.items() if 0.0 in series},
        beliefs(game, name, nodes[:n]))

def both_types(places: Sequence[int], size: int) -> Callable[[Series], Series]:
    """Picks the entries of some nodes of a series over `size` nodes, and two more at the end."""
    entries = [*places, *(size + place for place in places), 0, 0]
    return itemgetter(*entries)  # of one entry it would give no series

def beliefs(game: Game, name: str, nodes: Sequence[Node]) -> list[float]:
    """What the mover of a step believes at some nodes; nothing if it is chance or informed."""
    known = game.movers[name] in (CHANCE, game.informed)
    return [] if known else [game.belief(name, node) for node in nodes]

def believing(game: Game, layers: Sequence[Layer]) -> list[Layer]:
    """The layers of a game under other public beliefs."""
    known: dict[int, Layer] = {}
    for layer in layers:
        known[id(layer)] = known.get(id(layer)) or [step._replace(belief=beliefs(
            game, step.name, step.nodes[:len(step.rows)])) for step in layer]
    return [known[id(layer)] for layer in layers]

class Solution(NamedTuple):
    """A backward pass: the policy, and where every account stands at the head of every round."""
    game: Game
    layers: Sequence[Layer]
    policy: Sequence[Sequence[Policy]]  # [round][step]
    heads: Sequence[Accounts]  # [round], from 0; the last is after all rounds
    inside: Mapping[int, list[Accounts]]  # [round]: before each step and after its last, if kept

    def at_start(self, type_: str) -> dict[Account, float]:
        """Every account at the start of the game, under a type."""
        nodes = self.layers[0][0].nodes
        place = nodes.index(self.game.start) + len(nodes) * (type_ != self.game.types[0])
        return {account: series[place] for account, series in self.heads[0].items()}

    def within(self, number: int) -> list[Accounts]:
        """Every account before each step of a round, and after its last."""
        if number in self.inside:
            return self.inside[number]
        found = [self.heads[number + 1]]
        for step, policy in zip(reversed(self.layers[number]), reversed(self.policy[number])):
            found.append(carried(step, policy, found[-1]))
        return found[::-1]

    def shares(self, number: int, depth: int, place: int, type_: str) -> list[float]:
        """How likely each branch is taken at a node, under a type."""
        rows = self.layers[number][depth].rows
        place_ = place + len(rows) * (type_ != self.game.types[0])
        return [series[place_] for series in self.policy[number][depth]][:len(rows[place])]

def solved(game: Game, layers: Sequence[Layer], tick: Tick = lambda done, of: None, keep: int = 0
           ) -> Solution:
    """Solve a game by backward induction under logit quantal response; `keep`: rounds to be asked.

    Whoever moves picks a move with probability proportional to exp(rationality * its value): the
    payoff expected from there on, under its own type or by its belief, if all choose so later
    (agent QRE, McKelvey & Palfrey 1998). Finite rounds make the equilibrium unique.
    """
    last = [node if node in game.outcomes else game.timeout for node in layers[-1][-1].following]
    worth = {outcome: {rate[:2]: rate[2] for rate in game.rates[outcome]}
             for outcome in game.outcomes}
    columns: Accounts = {
        account: [worth[outcome].get((type_, account), 0.0) for type_ in game.types
                  for outcome in last] for account in game.accounts}
    policies, heads, inside = [], [columns], {}
    for number in reversed(range(game.rounds)):
        tick(game.rounds - 1 - number, game.rounds)
        policy, seen = [], [columns]
        for step in reversed(layers[number]):
            policy.append(step.odds or chosen(game, step, columns))
            columns = carried(step, policy[-1], columns)
            seen.append(columns)
        policies.append(policy[::-1])
        heads.append({account: array("d", series) for account, series in columns.items()})
        if number < keep:
            inside[number] = seen[::-1]
    return Solution(game, layers, policies[::-1], heads[::-1], inside)

def chosen(game: Game, step: Step, columns: Accounts) -> Policy:
    """How likely a mover takes each of its moves."""
    if len(step.after) == 1:
        return step.open
    values = taking(step, step.mover, columns[step.mover])
    if step.mover == game.informed:
        return logit(values, step.open, game.rationality)
    n = len(step.rows)
    mixed = [[b * x + (1 - b) * y for b, x, y in zip(step.belief, series, series[n:])]
             for series in values]
    return [series * 2 for series in logit(mixed, step.open, game.rationality)]

def logit(values: Sequence[Series], taken: Policy, rationality: float) -> list[list[float]]:
    """Probabilities proportional to exp(rationality * value), of open branches."""
    best = list(map(max, *values))  # so that no power overflows
    weights = [[way * exp(rationality * (x - top)) for way, x, top in zip(ways, series, best)]
               for ways, series in zip(taken, values)]
    total = list(map(sum, zip(*weights)))
    return [[weight / all_ for weight, all_ in zip(series, total)] for series in weights]

def taking(step: Step, account: Account, series: Series) -> Sequence[Series]:
    """[branch]: an account if it is taken, from where it stands after the step."""
    then, added = [pick(series) for pick in step.pick], step.added.get(account)
    return [list(map(add, *pair)) for pair in zip(then, added)] if added else then

def carried(step: Step, policy: Policy, columns: Accounts) -> Accounts:
    """Every account before a step, from where it stands after it: the mean over the branches.

    All accounts are linear in events, so that what a branch adds is added to its mean.
    """
    n, found = len(step.rows), {}
    m = n - len(step.nodes)
    for account, series in columns.items():
        mean, past = weighed(policy, taking(step, account, series)), step.let_by(series)
        if account in step.kept:
            mean = list(map(mul, mean, step.kept[account]))
        found[account] = [*mean[:n], *past[:-m], *mean[n:], *past[-m:-2]]
    return found

def weighed(policy: Policy, values: Sequence[Series]) -> Series:
    """The mean of some series, node by node; a lone one has every share."""
    if len(values) == 1:
        return values[0][:len(policy[0])]
    if len(values) == 2:
        return [p * x + q * y for p, q, x, y in zip(*policy, *values)]
    return list(map(sum, zip(*(map(mul, *pair) for pair in zip(policy, values)))))

def flow(solution: Solution, type_: str
         ) -> Iterator[tuple[int, Step | None, list[float], list[list[float]]]]:
    """How likely play is to be where, under a type: round, step, by node, by branch and node.

    After the last round comes its end, without a step.
    """
    mass = [float(node == solution.game.start) for node in solution.layers[0][0].nodes]
    for number, (layer, policies) in enumerate(zip(solution.layers, solution.policy)):
        for step, policy in zip(layer, policies):
            n = len(step.rows)
            half = slice(n) if type_ == solution.game.types[0] else slice(n, None)
            parts = [list(map(mul, mass, series[half])) for series in policy]
            yield number, step, mass, parts
            passing = mass[n:]
            mass = [0.0] * len(step.following)
            for places, part in zip((*step.after, step.passing), (*parts, passing)):
                for place, x in zip(places, part):
                    mass[place] += x
    yield len(solution.layers), None, mass, []

class Forecast(NamedTuple):
    """A forward pass under one type: exact odds and expected counts."""
    odds: dict[str, float]
    visits: dict[Node, float]  # expected number of rounds that begin at a node
    counts: Mapping[Any, float]  # expected number of every event, 0.0 where none is known

def forward(solution: Solution, type_: str) -> Forecast:
    """What a policy leads to under one type, exactly."""
    game, first = solution.game, next(iter(solution.game.movers))
    odds = dict.fromkeys(game.outcomes, 0.0)
    visits: dict[Node, float] = defaultdict(float)
    taken: dict[int, tuple[Step, list[list[float]]]] = {}  # rounds of one layer share its tables
    for _, step, mass, parts in flow(solution, type_):
        if step is None:
            for node, x in zip(solution.layers[-1][-1].following, mass):
                odds[node if node in odds else game.timeout] += x
            continue
        if step.name == first:
            for node, x in zip(step.nodes, mass[:len(step.rows)]):
                visits[node] += x
        before = taken.get(id(step))
        taken[id(step)] = step, parts if before is None else [
            list(map(add, *pair)) for pair in zip(before[1], parts)]
    counts: dict[Any, float] = defaultdict(float)
    for step, parts in taken.values():
        for k, part in enumerate(parts):
            for row, x in zip(step.rows, part):
                if x and k < len(row):
                    for event, times in row[k].events.items():
                        counts[event] += x * times
    return Forecast(odds, visits, counts)

# 4  The dispute as a game =========================================================================

SEATS = {party: State._fields.index(party) for party in PARTIES}
STEPS = {**dict(zip(PARTIES, PARTIES)), "spell": CHANCE, "verdict": "us", "support": CHANCE}

class Dispute(NamedTuple):
    """The dispute as somebody wants it solved: parameters, start, counterfactuals."""
    parameters: Parameters
    start: State = State()
    forbidden: tuple[Move, ...] = ()
    commitments: tuple[Move, ...] = ()  # a party and the text that it commits to
    known: dict[Any, Any] = {}  # branches worked out, for disputes made of one another to share

    def setting(self, **numbers: float) -> "Dispute":
        """The same dispute with other numbers."""
        return self._replace(parameters={**self.parameters, **numbers})

def branches_of(name: str, state: State, numbers: Parameters, forbidden: Collection[Move],
                bond: str = "") -> list[Branch]:
    """What can be done at a step in a state, by a mover that may be bound; none: it passes by.

    A lapse under an ultimatum waits for its verdict, and support for a strike hangs on a few
    facts: states that differ in nothing else are one node.
    """
    if name == "spell":
        return ends_of_spell(state, numbers)
    if name == "support":
        chance = support(state, numbers) if state.us == ULTIMATUM else 0.0
        return [Branch(outcome, outcome, {}, (odds, odds)) for outcome, odds in (
            ("strike", chance), ("stalemate", 1 - chance)) if odds] if state.us == ULTIMATUM else []
    if name == "verdict":
        if state.us != ULTIMATUM:
            return []
        ended = State(0, state.lapses, ULTIMATUM, state.france)
        ways = {"end": Branch("end", ended),
                "extend": Branch("extend", lapsed(state), {("us", "resolve"): 1, "extend": 1})}
        return [ways[move] for move in menu(name, state, forbidden)]
    found = []
    for move in menu(name, state, forbidden, COMMITMENTS[name][bond] if bond else None):
        kind = kind_of(name, move, state, numbers)
        events: dict[Any, float] = {} if kind == "keep" else {(name, kind): 1}
        if kind in ("concession", "reversal"):
            events[name, "face"] = 1
        found.append(Branch(move, moved(state, name, move), events))
    return found

def moved(state: State, party: str, move: str) -> State:
    """The state after a move; the same one, if it changes nothing."""
    seat = SEATS[party]
    return state if state[seat] == move else State._make(  # much faster than _replace
        (*state[:seat], move, *state[seat + 1:]))

def ends_of_spell(state: State, numbers: Parameters) -> list[Branch]:
    """What can end the spell that follows a round. Its turns are charged for its mean length."""
    word, tactic = (spell(state, truth, numbers) for truth in READINGS)
    turns = word.length  # how a spell ends does not depend on when
    events: dict[Any, float] = {"turns": turns, **{paid: turns for paid in charges(state)}}
    if state.russia == "lean":
        events["russia", "strain"] = 1  # of the round
    if not word.under_way:
        events["stalled turns"] = turns
    short = {**events, "found short": 1} if word.under_way else events
    then: Node = completed(state) if state.done + 1 < len(STAGES) else "handover"
    stalls = moved(state, "syria", "stall")
    found = [Branch("completes", then, events, (1 - word.lapse, 1 - tactic.lapse)),
             Branch("lapses", stalls if state.us == ULTIMATUM else lapsed(state), short,
                    (word.lapse, tactic.lapse))]
    return [branch for branch in found if any(branch.odds)]

def utilities(party: str, truth: str, numbers: Parameters) -> dict[str, float]:
    """A party's utility of every outcome, if this reading of Syria is the truth."""
    ranking = PARTIES[party].ranking or READINGS[truth].ranking
    found = dict(zip(ranking, (1.0, numbers[f"middle_{party}"], 0.0)))
    if truth == TACTIC and party in WANT_ALL:
        found["handover"] = numbers["part"]  # he keeps something back
    return found

ITEMS = [(party, price) for party, its in PARTIES.items() for price in its.prices
         if price != "face"]  # which is what these and the outcomes leave of a payoff

def worth(price: str, truth: str, numbers: Parameters) -> float:
    """What paying a price once adds to a payoff: a loss, but for the respite of a bluffer."""
    if price == "respite":
        return numbers[price] if truth == TACTIC else 0.0
    return -numbers[price]

def rates_of(numbers: Parameters) -> dict[Any, list[Rate]]:
    """What every outcome and price adds to the payoffs."""
    rates: dict[Any, list[Rate]] = defaultdict(list)
    for truth, (party, its) in product(READINGS, PARTIES.items()):
        for outcome, utility in utilities(party, truth, numbers).items():
            rates[outcome].append((truth, party, utility))
        for price in its.prices:
            if worth(price, truth, numbers):
                rates[party, price].append((truth, party, worth(price, truth, numbers)))
    return rates

NEVER = {  # accounts of a handover in which the US never makes such a move
    "under_threat": ("suspend",), "unwarned": ("warn",), "as_recorded": ("suspend", "warn")}

def is_at(moves: Collection[str], node: Node) -> bool:
    """Whether the US is at one of some moves."""
    return node not in OUTCOMES and node.us in moves

RISKS = (  # the numbers that chance hangs on
    *(f"least_{name}" for name in STAGES), "review", "pace", "disruption", "oversight", "short",
    "error", "support", "cause", "backing")

def tables_of(dispute: Dispute) -> dict[str, dict[State, Sequence[Branch]]]:
    """By step, the branches already worked out: of moves for the same rules, of chance for the
    same risks."""
    numbers, bonds, known = dispute.parameters, dict(dispute.commitments), dispute.known
    risks = [numbers[name] for name in RISKS]
    if known.get("risks") != risks:
        known.update(risks=risks, spell={}, support={})
    return {name: known.setdefault(name if mover == CHANCE else (
        name, bonds.get(name, ""), numbers["deeds"], dispute.forbidden), {})
        for name, mover in STEPS.items()}

def game_of(dispute: Dispute, items: Sequence[Account] = ()) -> Game:
    """The dispute as a game; its accounts: the payoffs, and how likely or often each of `items` is.
    """
    numbers, bonds = dispute.parameters, dict(dispute.commitments)
    rates, tables = rates_of(numbers), tables_of(dispute)
    for item in items:
        rates["handover" if item in NEVER else item] += [(truth, item, 1.0) for truth in READINGS]

    def branches(name: str, state: State) -> Sequence[Branch]:
        """What can be done at a step, worked out once."""
        table = tables[name]
        if state not in table:
            table[state] = branches_of(name, state, numbers, dispute.forbidden,
                                       bonds.get(name, ""))
        return table[state]

    def belief(name: str, state: State) -> float:
        """A mover's trust; at a verdict the lapse counts."""
        return trust_of(STEPS[name], lapsed(state) if name == "verdict" else state, numbers)

    return Game(
        movers=STEPS, informed="syria", types=(WORD, TACTIC), start=dispute.start,
        rounds=int(numbers["rounds"]), outcomes=OUTCOMES, timeout="stalemate",
        rationality=numbers["rationality"], belief=belief, branches=branches,
        accounts=[*PARTIES, *items], rates=rates,
        barred={item: partial(is_at, NEVER[item]) for item in items if item in NEVER})

def solve(dispute: Dispute, items: Sequence[Account] = (),
          tick: Tick = lambda done, of: None) -> Solution:
    """The dispute's one equilibrium, for both truths."""
    game = game_of(dispute, items)
    return solved(game, unfold(game), tick)

def payoffs(solution: Solution) -> dict[str, dict[str, float]]:
    """By truth, what every party can expect at the start."""
    return {truth: {party: its[party] for party in PARTIES}
            for truth in READINGS for its in [solution.at_start(truth)]}

# 5  A history =====================================================================================

Odds = Mapping[str, float]  # by outcome

class Why(NamedTuple):
    """A move held against the best of the others on the menu: what it does for its party."""
    against: str  # that other move
    kind: str  # and what it would have been
    gain: float  # the sum of the terms
    terms: dict[str, float]  # `outcomes` and each price; above 0 speaks for the move made
    preferred: bool
    reason: str | None  # the largest term, if above 0
    despite: str | None  # the smallest term, if below 0
    odds: Mapping[str, Odds]  # as the party expects them: made, against
    odds_by_truth: Mapping[str, Mapping[str, Odds]]  # the same if a reading is the truth
    expects: dict[str, dict[str, float | None]] | None  # made, against: in this round and spell

class Made(NamedTuple):
    """A move made. Values and odds by move are the party's own: by its trust; Syria's by truth."""
    move: str
    kind: str  # keep, concession, answer, reversal, return, ultimatum, verdict
    probability: float
    values: dict[str, float]  # by move
    why: Why | None  # None if there was no other move
    by_truth: dict[str, dict[str, Any]] | None  # Syria's probability and why under either truth
    trust: float | None  # by which the party weighed the truths; None for Syria
    follows: dict[str, dict[str, float]]  # by move and truth: the party's payoff from there on
    draw: float

class Seen(NamedTuple):
    """What is believed at a moment: trust, the reader's belief, the odds as the US sees them."""
    trust: float
    trust_moscow: float
    reader: float
    as_seen: Odds

class Event(NamedTuple):
    """What the end of a spell brought."""
    what: str  # completes, short, review
    turn: int  # at whose end
    date: date  # of that end
    verdict: Made | None  # the US's, on a lapse under its ultimatum
    ends: bool | None  # whether it ended the talks; None while that is untold
    support: float | None  # and the chance that it then had of support for a strike
    chances: list[dict[str, float]]  # of every turn of the spell, under the truth
    likelihood: dict[str, float]  # of the spell, by truth
    draws: list[float]  # of its turns, of the verdict, of the support

class Round(NamedTuple):
    """A round, the spell after it, and what its end brought."""
    round: int
    turn: int  # at whose head it stands
    date: date
    stage: str
    lapses_so_far: int  # before it, uncapped
    state: State  # before it
    moves: dict[str, Made]  # by party, in turn order
    settled: State  # after the moves
    quiet: Seen  # while nothing happens
    event: Event
    after: State  # after the event
    then: Seen

class History(NamedTuple):
    """One course of events; without an outcome, somebody left the table in its last round."""
    true: str
    rounds: list[Round]
    outcome: str | None

class Leave(Exception):
    """Raised by an `Ask` whose party leaves the table."""

# Given the rounds so far, the state, the step, its move as drawn and the truth: the move made.
Ask = Callable[[Sequence[Round], State, str, Made, str], str]

class Player(NamedTuple):
    """Who draws histories of a dispute from its solution, and gives the reasons for each move."""
    dispute: Dispute
    solution: Solution  # itemised
    known: dict[int, tuple[list[Accounts], list[Accounts]]]  # by round

    @property
    def numbers(self) -> Parameters:
        """The parameters."""
        return self.dispute.parameters

    def tables(self, number: int) -> tuple[list[Accounts], list[Accounts]]:
        """Of a round, before each step and after its last: every account, and what is expected."""
        if number not in self.known:
            self.known[number] = self.solution.within(number), foresight(self.solution, number)
        return self.known[number]

    def history(self, seed: int, truth: str, ask: Ask | None = None, other: bool = False
                ) -> History:
        """The history of a seed: a draw a decision (asked or not), a turn, a verdict, a support."""
        draw = Random(seed).random
        if truth == "drawn":
            truth = WORD if draw() < self.numbers["prior"] else TACTIC
        if other:
            truth = TACTIC if truth == WORD else WORD
        rounds: list[Round] = []
        state, turn, reader, lapses = self.dispute.start, 1, self.numbers["prior"], 0
        outcome: str | None = None
        while not outcome:
            number, settled, moves = len(rounds), state, {}
            try:
                for party in PARTIES:
                    moves[party] = made = self.asked(rounds, settled, party, truth, draw(), ask)
                    settled = moved(settled, party, made.move)
                    if made.by_truth:
                        reader = updated(reader, made.by_truth[WORD]["probability"],
                                         made.by_truth[TACTIC]["probability"])
                quiet = self.seen(number, settled, reader)
                event = self.passed(rounds, settled, turn, truth, draw, ask)
            except Leave:
                return History(truth, rounds, None)
            reader = updated(reader, event.likelihood[WORD], event.likelihood[TACTIC])
            after = completed(settled) if event.what == "completes" else lapsed(settled)
            if event.support is not None:
                outcome = "strike" if event.draws[-1] < event.support else "stalemate"
            elif after.done == len(STAGES):
                outcome = "handover"
            elif number + 1 == self.solution.game.rounds:
                outcome = "stalemate"
            then = self.seen(number, after, reader, outcome)
            rounds.append(Round(number + 1, turn, first_day(turn), tuple(STAGES)[state.done],
                                lapses, state, moves, settled, quiet, event, after, then))
            state, turn, lapses = after, event.turn + 1, lapses + (event.what != "completes")
        return History(truth, rounds, outcome)

    def asked(self, rounds: Sequence[Round], state: State, name: str, truth: str, draw: float,
              ask: Ask | None) -> Made:
        """A decision: the move that the draw falls on, or that somebody at the table makes."""
        options = self.options(len(rounds), state, name, truth, draw)
        shares = {move: made.probability for move, made in options.items()}
        made = options[drawn_from(shares, draw)]
        return options[ask(rounds, state, name, made, truth)] if ask else made

    def options(self, number: int, state: State, name: str, truth: str, draw: float
                ) -> dict[str, Made]:
        """Every move on the menu, as if it were made."""
        depth, party = list(STEPS).index(name), STEPS[name]
        step, tables = self.solution.layers[number][depth], self.tables(number)
        place = step.nodes.index(state)
        ways = [branch.name for branch in step.rows[place]]
        accounts, foreseen = ({move: at_branch(step, columns[depth + 1], place, k)
                               for k, move in enumerate(ways) if columns[depth + 1:]}
                              for columns in tables)
        trust = None if party == "syria" else step.belief[place]
        follows = {move: {it: its[it][party] for it in READINGS} for move, its in accounts.items()}
        whole = {}
        for it, view in view_of(trust).items():
            values = {move: mean(view, *its.values()) for move, its in follows.items()}
            shares = dict(zip(ways, self.solution.shares(number, depth, place, it)))
            whole[it] = {move: (shares[move], values, self.why(
                party, state, view, move, values, accounts, foreseen)) for move in ways}
        return {move: Made(
            move, "verdict" if name == "verdict" else kind_of(party, move, state, self.numbers),
            *whole[truth][move],
            {it: {"probability": its[move][0], "why": its[move][2]} for it, its in whole.items()}
            if trust is None else None, trust, follows, draw) for move in ways}

    def why(self, party: str, state: State, view: float, move: str, values: Odds,
            accounts: Mapping[str, Any], foreseen: Mapping[str, Any]) -> Why | None:
        """Why a party with a view of Syria makes a move, against the best of the others."""
        others = [name for name in values if name != move]
        if not others:
            return None
        best = max(values[name] for name in others)
        against = next(name for name in others if values[name] >= best - ROUNDING)
        pair = {"made": accounts[move], "against": accounts[against]}
        terms = dict.fromkeys(("outcomes", *PARTIES[party].prices), 0.0)
        for truth, weight in zip(READINGS, (view, 1 - view)):
            made, other = (its[truth] for its in pair.values())
            for outcome, utility in utilities(party, truth, self.numbers).items():
                terms["outcomes"] += weight * utility * (made[outcome] - other[outcome])
            for price in PARTIES[party].prices[1:]:
                paid = made[party, price] - other[party, price]
                terms[price] += weight * worth(price, truth, self.numbers) * paid
        terms["face"] = values[move] - values[against] - fsum(terms.values())
        gain, preferred = fsum(terms.values()), fsum(terms.values()) > ROUNDING
        most, least = max(terms, key=terms.__getitem__), min(terms, key=terms.__getitem__)
        by_truth = {truth: {name: {outcome: its[truth][outcome] for outcome in OUTCOMES}
                            for name, its in pair.items()} for truth in READINGS}
        odds = {name: {outcome: mean(view, *(by_truth[truth][name][outcome] for truth in READINGS))
                       for outcome in OUTCOMES} for name in pair}
        expects = {name: {what: None if party in UNASKED.get(what, ()) else mean(
            view, *(foreseen[choice][truth][what] for truth in READINGS)) for what in EXPECTED}
            for name, choice in (("made", move), ("against", against))} if foreseen else None
        kind = "verdict" if against in VERDICTS else kind_of(party, against, state, self.numbers)
        return Why(against, kind, gain, terms, preferred,
                   most if terms[most] > ROUNDING else None,
                   least if terms[least] < -ROUNDING else None, odds, by_truth, expects)

    def passed(self, rounds: Sequence[Round], state: State, turn: int, truth: str,
               draw: Callable[[], float], ask: Ask | None) -> Event:
        """Pass the turns of a spell until something happens, and the verdict that it may call."""
        spells = {it: spell(state, it, self.numbers) for it in READINGS}
        likelihood, what = dict.fromkeys(READINGS, 1.0), "quiet"
        chances: list[dict[str, float]] = []
        draws: list[float] = []
        while what == "quiet":
            turns = {it: its.chances(len(draws) + 1) for it, its in spells.items()}
            chances.append(turns[truth])
            draws.append(draw())
            what = drawn_from(turns[truth], draws[-1])
            likelihood = {it: p * turns[it][what] for it, p in likelihood.items()}
        last = turn + len(draws) - 1
        verdict, ends = None, False
        if what != "completes" and state.us == ULTIMATUM:
            draws.append(draw())
            broken = moved(state, "syria", "stall")
            verdict = self.asked(rounds, broken, "verdict", truth, draws[-1], ask)
            ends = verdict.move == "end"
            draws += [draw()] * ends
        return Event(what, last, first_day(last + 1), verdict, ends,
                     support(state, self.numbers) if ends else None, chances, likelihood, draws)

    def seen(self, number: int, state: State, reader: float, outcome: str | None = "quiet") -> Seen:
        """What is believed in a quiet spell, or after its end at a state or an outcome."""
        us, russia = (trust_of(party, state, self.numbers) for party in ("us", "russia"))
        depth = len(PARTIES) if outcome == "quiet" else len(STEPS)
        step, columns = self.solution.layers[number][depth - 1], self.tables(number)[0][depth]
        at, size = step.following.index(state if outcome in ("quiet", None) else outcome), len(
            step.following)
        return Seen(us, russia, reader, {
            name: mean(us, columns[name][at], columns[name][size + at]) for name in OUTCOMES})

EXPECTED = ("russia_leans", "syria_works", "us_ends")  # in this round and its spell
UNASKED = {"russia_leans": ("russia", "opposition", "syria"), "syria_works": ("syria",)}

def foresight(solution: Solution, number: int) -> list[Accounts]:
    """How likely each of EXPECTED is, before each step of a round up to its spell."""
    steps, policies, depth = solution.layers[number], solution.policy[number], len(PARTIES)
    ending, verdict = steps[depth], steps[depth + 1]
    columns: dict[str, list[float]] = {what: [] for what in EXPECTED}
    for t, truth in enumerate(READINGS):
        for state in ending.nodes:
            live = state not in OUTCOMES
            columns["russia_leans"].append(float(live and state.russia == "lean"))
            columns["syria_works"].append(float(live and state.syria == "comply"))
            ends = 0.0
            if live and state.us == ULTIMATUM:
                row = ending.rows[ending.nodes.index(state)]
                lapse = sum(branch.odds[t] for branch in row if branch.name == "lapses")
                place = verdict.nodes.index(moved(state, "syria", "stall")) if lapse else 0
                shares = solution.shares(number, depth + 1, place, truth) if lapse else []
                ends = lapse * sum(share for share, branch in zip(
                    shares, verdict.rows[place] if lapse else ()) if branch.name == "end")
            columns["us_ends"].append(ends)
    found: list[Accounts] = [columns]
    for step, policy in zip(reversed(steps[:depth]), reversed(policies[:depth])):
        found.append(carried(step, policy, found[-1]))
    return found[::-1]

def at_branch(step: Step, columns: Accounts, place: int, k: int) -> dict[str, dict[Account, float]]:
    """By truth, every account at a node if a branch is taken."""
    then, size, n = step.after[k][place], len(step.following), len(step.rows)
    return {truth: {account: series[then + size * t] + (
        step.added[account][k][place + n * t] if account in step.added else 0.0)
        for account, series in columns.items()} for t, truth in enumerate(READINGS)}

def view_of(trust: float | None) -> dict[str, float]:
    """By truth, the probability of `word` that a party weighs its moves by: its trust, or, as
    Syria knows, certainty."""
    return {truth: float(truth == WORD) if trust is None else trust for truth in READINGS}

def mean(trust: float, word: float, tactic: float) -> float:
    """What is expected by a trust, of a figure under either truth."""
    return trust * word + (1 - trust) * tactic

def updated(reader: float, word: float, tactic: float) -> float:
    """Bayes' rule: the reader's belief after what is as likely as this under either truth."""
    both = mean(reader, word, tactic)
    return reader * word / both if both else reader

def drawn_from(shares: Mapping[str, float], draw: float) -> str:
    """The first at which shares, added up, exceed a draw; the last of any where none does."""
    totals = zip(shares, accumulate(shares.values()))
    return next((name for name, total in totals if total > draw),
                [name for name, part in shares.items() if part][-1])

LONG = 10  # rounds that few histories outlast

def played(dispute: Dispute, tick: Tick = lambda done, of: None) -> Player:
    """Somebody who plays a dispute out."""
    game = game_of(dispute, (*OUTCOMES, *ITEMS))
    return Player(dispute, solved(game, unfold(game), tick, LONG), {})

def sights(history: History) -> list[tuple[int, Any]]:
    """What can be seen of a history, in order, each with its turn."""
    found: list[tuple[int, Any]] = []
    for it in history.rounds:
        verdict = it.event.verdict and it.event.verdict.move
        found += [(it.turn, [made.move for made in it.moves.values()]),
                  (it.event.turn, (it.event.what, verdict))]
    return [*found, (history.rounds[-1].event.turn, history.outcome)]

def parting(one: History, other: History) -> int | None:
    """The first turn in which what can be seen of two histories differs, if any does."""
    return next((min(a[0], b[0]) for a, b in zip(sights(one), sights(other)) if a != b), None)

# 6  A page ========================================================================================

COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
SIGNS = {"¶": "#", "–": "-", "×": "x", "█": "#", "·": "|"}  # in plain encodings
EXACT = ("parameters", "trust", "value")  # keys whose numbers are told as they were given

class Column(NamedTuple):
    """A column of a table: where its value is in the JSON row, its head, how it is shown."""
    path: str  # keys joined by dots
    head: str
    show: Callable[[Any], str] = str
    left: bool = False

class Page:
    """An answer in the making: the lines of its screen and the data of its JSON."""

    def __init__(self, width: int, color: bool) -> None:
        self.width, self.color = width, color
        self.lines: list[str] = []
        self.data: dict[str, Any] = {}

    def put(self, **answers: Any) -> None:
        """Add to the JSON what no table holds, results rounded to 12 decimals."""
        self.data |= {key: plain(value, key) for key, value in answers.items()}

    def say(self, text: str = "", first: str = "", rest: str | None = None, bold: bool = False
            ) -> None:
        """A paragraph, indented by `first` and `rest`; bold type has no meaning of its own."""
        lines = map(str.rstrip, wrapped(text, self.width, first, first if rest is None else rest))
        self.lines += [f"\x1b[1m{line}\x1b[0m" if bold and self.color else line for line in lines]

    def title(self, text: str) -> None:
        """The first line, or the head of a part after an empty line."""
        self.lines += [""] * bool(self.lines)
        self.say(text, bold=True)

    def table(self, columns: Sequence[Column], rows: Iterable[Mapping[str, Any]], key: str = "",
              gap: int = 2) -> None:
        """Rows as a table where they fit, else a short paragraph a row; under `key` in JSON."""
        rows = list(rows)
        if key:
            self.put(**{key: rows})
        head = [column.head for column in columns]
        cells = [head, *([column.show(reduce(getitem, column.path.split("."), row))
                          for column in columns] for row in rows)]
        *widths, last = [max(map(len, column)) for column in zip(*cells)]
        indent = sum(widths) + gap * len(widths)
        if self.width - indent < (min(last, 24) if columns[-1].left else last):
            for row in cells[1:]:
                self.say("; ".join(f"{name} {it}".strip() for name, it in zip(head, row) if it),
                         "", "  ")
            return
        for row in cells:
            *lead, final = (it.ljust(width) if column.left else it.rjust(width)
                            for it, width, column in zip(row, (*widths, last), columns))
            self.say(final.rstrip(), "".join(it + " " * gap for it in lead), " " * indent,
                     row is head)

    def next(self, request: Namespace, *commands: str) -> None:
        """The questions worth asking next of the same dispute; a wording of its own follows `#`."""
        given = {"done": [request.dispute.start.done] * (request.dispute.start.done > 0),
                 "start": [".".join(move) for move in request.start],
                 "set": [f"{name}={value!r}" for name, value in dict(request.set).items()],
                 "forbid": [".".join(move) for move in request.dispute.forbidden]}
        self.say()
        for place, command in enumerate(commands):
            asked, _, why = command.partition("#")
            name, *options = asked.split()
            words = [name] * (name != "run") + [f"--{option} {it}" for option in given
                     if option in QUESTIONS[name].options for it in given[option]] + options
            line = " ".join(["     " if place else "Next ", "python sim.py", *words])
            why = why.strip() or QUESTIONS[name].asks
            self.lines += [f"{line}  {why}"] if len(line) + 2 + len(why) <= self.width else [
                line, *wrapped(why, self.width, " " * 8, " " * 8)]

def wrapped(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """Lines no wider than `width`; words stay whole."""
    return [first + text] if len(first + text) <= width else wrap(
        text, width, initial_indent=first, subsequent_indent=rest, break_long_words=False,
        break_on_hyphens=False) or [first]

def plain(value: Any, key: str = "") -> Any:
    """A value as JSON has it: tuples with names as objects, dates as ISO, results rounded."""
    if isinstance(value, float):
        return value if key in EXACT else round(value, 12) + 0.0  # no negative zero
    value = value._asdict() if hasattr(value, "_asdict") else value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {name: plain(it, key if key in EXACT else name) for name, it in value.items()}
    return [plain(part, key) for part in value] if isinstance(value, (list, tuple)) else value

def percent(share: float) -> str:
    """A probability as a reader wants it; 0% and 100% are for what is certain alone."""
    return ("<1%" if TIE < share < 0.005 else ">99%" if 0.995 <= share < 1 - TIE else
            f"{100 * share + 0.0:.0f}%")

def number(digits: int = 3, sign: str = "") -> Callable[[float], str]:
    """Shows numbers to so many digits, `+` for an explicit sign; none on what rounds to 0."""
    return lambda value: f"{round(value, digits) + 0.0:{sign}.{digits}f}"

def day(value: date) -> str:
    """A date as 12 Sep 2013."""
    return f"{value.day} {value:%b %Y}"

def count(n: int, noun: str, plural: str = "") -> str:
    """So many of something, in words up to ten: one lapse, 12 lapses."""
    return f"{COUNTS[n] if n < len(COUNTS) else n} {noun if n == 1 else plural or noun + 's'}"

def listed(words: Iterable[str]) -> str:
    """a, b and c."""
    *others, final = [*words] or [""]
    return f"{', '.join(others)} and {final}" if others else final

def sentence(text: str) -> str:
    """A text with a capital at its beginning and a full stop at its end."""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?")) else ".")

def under(figures: Mapping[str, Any]) -> str:
    """A figure under each truth, in a sentence."""
    if figures[WORD] == figures[TACTIC]:
        return f"{figures[WORD]} whether he means it or not"
    return f"{figures[WORD]} if he means it, {figures[TACTIC]} if not"

def firmness(share: float) -> str:
    """What a share of worlds makes of a headline: firm, leaning or open."""
    most = max(share, 1 - share) + ROUNDING
    return "firm" if most >= FIRM else "leaning" if most >= LEANING else "open"

def describe(page: Page, request: Namespace) -> None:
    """The dispute that is asked about: in the JSON, and what a reader must never miss of it."""
    numbers, start, forbidden = request.dispute[:3]
    positions = {party: getattr(start, party) for party in PARTIES}
    off = [".".join(move) for move in forbidden]
    page.put(parameters=numbers, start={"done": start.done, "positions": positions}, forbidden=off)
    at = [f"{start.done} of {len(STAGES)} stages done", *(
        f"{PARTIES[party].name} at {move}" for party, move in positions.items()
        if move != PARTIES[party].declared)]
    if start.done or at[1:]:
        page.say(f"Set: it starts with {listed(at)}.")
    if request.set:
        page.say(f"Set: {', '.join(f'{it}={numbers[it]!r}' for it in dict(request.set))}.")
    if off:
        page.say(f"Off the table: {', '.join(off)}.")

class UsageError(ArgumentTypeError):
    """Bad input. Its text is one line that names the culprit and what would do instead."""

class Question(NamedTuple):
    """A question one can ask: how it is answered and printed, and asked for by example."""
    asks: str
    answer: Callable[[Namespace, Page], None]
    options: tuple[str, ...]
    examples: tuple[str, ...]

QUESTIONS: dict[str, Question] = {}
GAME = ("done", "start", "set", "forbid")  # the options that change the game itself

def question(name: str, asks: str, options: str = "", examples: Sequence[str] = (),
             game: Sequence[str] = GAME) -> Callable[[Any], Any]:
    """Registers the function below as a question, with the options that bear on it."""
    return lambda answer: QUESTIONS.setdefault(
        name, Question(asks, answer, (*options.split(), *game), tuple(examples)))

def shown(word: str) -> str:
    """What somebody typed, short and harmless enough to be quoted back."""
    return ascii(word if len(word) <= 40 else word[:37] + "...")

def plain_signs(error: UnicodeError) -> tuple[str, int]:
    """What stands in for the symbols that an encoding lacks."""
    assert isinstance(error, UnicodeEncodeError)
    lacking = error.object[error.start:error.end]
    return "".join(SIGNS.get(sign, "?") for sign in lacking), error.end

def emit(text: str, out: Any) -> None:
    """Write the whole of a text to a stream; raises OSError where that fails."""
    import codecs

    if out is None:
        raise OSError("the stream is closed")
    codecs.register_error("plain signs", plain_signs)
    data = text.encode(out.encoding or "ascii", "plain signs")
    buffer = getattr(out, "buffer", None)
    if buffer is None:  # a stream of text alone, as of IDLE
        out.write(data.decode(out.encoding or "ascii"))
        return
    out.flush()
    rest = memoryview(data.replace(b"\n", os.linesep.encode()))
    while rest:  # an unbuffered stream may take a part at a time
        taken = buffer.write(rest)
        if not taken:
            raise OSError("the stream takes no more")
        rest = rest[taken:]
    buffer.flush()
# 7  The questions =================================================================================

# ------------------------------------------------------------------ the story, in words

WANTS = {  # by party: what the head of a story says of it, at its declared position and otherwise
    "us": ("wants all the weapons; threatens strikes until deeds come (¶6 ¶11)",
           "wants all the weapons (¶8); has suspended its threat of strikes"),
    "france": ("wants the same, and stands behind the threat (¶17 ¶18)",
               "wants the same (¶18), and has let its pressure drop"),
    "russia": ("wants no strike on its ally, and success for its plan (¶12 ¶23 ¶25)",
               "wants success for its plan (¶12), and presses its ally to deliver"),
    "opposition": ("wants no such plan: it only brings more deaths (¶21)",
                   "denounced the plan (¶21), but lets it take its course"),
    "syria": ("wants the threat gone first (¶2); it acts, it says, for Russia (¶4)",
              "is at work on the plan; it acts, it says, for Russia (¶4)"),
}
STOOD = {  # how the table of positions names them
    "hold": "threatens", "suspend": "suspends", "warn": "ultimatum", "press": "insists",
    "ease": "lets go", "shield": "shields", "lean": "presses", "reject": "rejects",
    "accept": "relents", "stall": "waits", "comply": "complies",
}
DID = {  # what a party did
    "hold": "kept its threat", "suspend": "suspended its threat", "warn": "set its ultimatum",
    "press": "stood behind the threat", "ease": "let go", "shield": "did not press its ally",
    "lean": "pressed its ally", "reject": "rejected the plan", "accept": "relented",
    "stall": "stalled", "comply": "complied", "end": "ended the talks", "extend": "let it pass",
}

class Phrase(NamedTuple):
    """A wording: whose, for what, and the facts under which it is true (see `scene_of`)."""
    party: str
    slot: str  # move, though and why (clauses of it); expects, risk (sentences of their own)
    when: list[str]  # facts that hold, or with ! do not
    text: str

def phrases(table: str) -> list[Phrase]:
    """Phrases from lines as `us move warn: text`; an indented line goes on."""
    found = []
    for line in table.strip().replace("\n    ", " ").splitlines():
        head, text = line.split(": ", 1)
        party, slot, *when = head.split()
        found.append(Phrase(party, slot, when, text))
    return found

PHRASES = phrases("""
us move warn !warned_before: {demand}, the US warns, or the talks are over, and strikes may follow
us move warn: {demand}, the US warns, or the talks are over
us move suspend answer: the US suspends
us move suspend concession: the US suspends its threat before the deeds that it asked for (¶6)
us move hold return: the US renews its threat
us move hold reversal: the US renews its threat, though deeds have come
us move hold keep can_warn: the US sets no ultimatum
us move hold keep deeds: the US keeps its threat, though the deeds that it asked for (¶6) have come
us move hold keep: the US keeps its threat
us though hold keep despite_delay stalling: time is lost (¶8)
us why suspend answer: these are the deeds that it asked for (¶6), and if Syria fails, the threat
    is back
us why hold keep can_warn other_ends shielding may_lean: one could end the talks ({ends_else}, it
    thinks), and Russia may press Syria
us why hold keep can_warn other_ends: one could end the talks ({ends_else}, it thinks)
us why hold keep !can_warn for_face done_1: words are not enough (¶6)
us why hold keep !can_warn for_face done_2 working !deeds: a list is words, not deeds (¶6)
us why hold keep !can_warn for_face !deeds: it asks for more deeds first (¶6 ¶8)
us why hold return stalling: Syria is not at work (¶6)
us why hold return: too little is done for it (¶6)
us expects warn moves_russia: that is to move Russia: {leans} to press Syria with it, the US
    thinks, {leans_else} without
us expects warn moves_syria: that is to move Syria: {works} to comply with it, the US thinks,
    {works_else} without
us expects warn for_delay: the plan has to be timely, it says (¶8)
us risk warn risks_end: the risk: Syria falls short, and the talks end ({ends}, it thinks)
us risk hold keep !can_warn working may_stop: the risk: Syria stops ({stops}, the US thinks)
us risk hold keep working despite_pressure: against it: holding out while Syria works, it is pressed
    to stand down (¶10 ¶22)
france move ease answer: France, with no threat to back, lets go
france move ease concession: France lets go, though the threat it backs stands
france move ease keep threat: France does not stand behind the threat again
france move press return: France stands behind the threat again
france move press reversal: France presses again, though no threat is left to back
france move press keep suspended: France keeps up its pressure, though no threat is left to back
france risk press keep working suspended despite_pressure: against it: holding out while Syria
    works, it is pressed to relent
russia move lean keep working: Russia keeps pressing Syria, though Syria works
russia move lean keep: Russia keeps pressing Syria
russia move lean answer: Russia presses Syria
russia move lean concession: Russia presses Syria before its plan stands still
russia move shield return working: Russia presses no more while Syria works
russia move shield return: Russia presses no more
russia move shield reversal: Russia presses no more, though its plan stands still
russia move shield keep warned: Russia does not press Syria, not even now
russia move shield keep: Russia does not press Syria
russia though lean answer despite_strain: an old ally (¶25) is not lightly pressed
russia why lean answer !warned: its own plan stands still (¶19)
russia why shield keep for_strain: an old ally (¶25) is not lightly pressed
russia why shield return for_strain suspended: pressing an old ally (¶25) costs it, and the
    threat is off for now
russia why shield return for_strain: pressing an old ally (¶25) costs it, and it can press again
russia why shield reversal for_strain: pressing an old ally (¶25) costs it
russia expects lean warned averts_end: the US, Russia thinks, is {ends} to end the talks if Syria is
    pressed, {ends_else} if not
russia expects lean moves_syria: Syria, Russia thinks, is {works} to comply if pressed, {works_else}
    if not
russia risk lean working despite_strain: against it: an old ally (¶25) is not lightly pressed
russia risk shield working may_stop: the risk: Syria stops ({stops}, Russia thinks)
russia risk shield stalling moves_syria_else: against it: pressed, Syria would be
    {works_if_pressed} to comply, Russia thinks; as it is, {works}
russia risk shield despite_delay stalling: against it: its own plan stands still (¶19)
opposition move accept answer threat: the opposition, as the plan shows results, relents
opposition move accept answer: the opposition, with no strike in sight, resigns itself
opposition move accept concession: the opposition relents, though the plan shows no results yet
opposition move accept keep threat: the opposition does not turn against the plan again
opposition move reject return: the opposition rejects the plan again (¶21)
opposition move reject reversal: the opposition rejects the plan again (¶21), though it shows
    results
opposition move reject keep deeds: the opposition still rejects the plan (¶21), though it shows
    results
opposition move reject keep: the opposition still rejects the plan (¶21)
syria move stall keep first_paper threat shielding: it wants the threat gone first (¶2), the US
    wants deeds first (¶6): deadlock
syria move stall keep warned: Syria refuses
syria move stall keep: Syria does nothing
syria move stall: Syria stops
syria move comply keep: Syria goes on
syria move comply worked_before: Syria goes back to work
syria move comply: Syria complies
syria though stall leaning: its ally asks
syria though stall suspended: the threat is suspended
syria though comply keep threat shielding: the threat stands and its ally does not ask
syria though comply concession: the threat stands (¶2) and its ally does not ask
syria why stall return let_go threat: its ally no longer asks, and it blames the threat (¶2)
syria why stall keep !first_paper threat shielding: it will not act under threat, it says (¶2)
syria why stall return threat: it blames the threat (¶2)
syria why comply keep suspended: else the threat would be back
syria why comply keep leaning: its ally asks (¶4)
syria why comply answer warned leaning alike_ends: if it refused, it thinks, the US would be
    {ends_else} to end the talks, and it can say it acts for Russia (¶4)
syria why comply answer leaning: its ally asks, it says (¶4)
syria why comply answer suspended: the threat is suspended (¶2)
syria why comply concession warned alike_ends: if it refused, it thinks, the US would be {ends_else}
    to end the talks
""")

MAIN = {"handover": "a handover", "strike": "a strike", "stalemate": "a stalemate"}
FALLBACK = {  # what spoke against a surprise, by term, where no phrase of the party's own fits
    "outcomes": "against it: it made {main}",
    "delay": "against it: more stalling may cost it time (¶8)",
    "pressure": "against it: it is pressed the longer to give way",
    "strain": "against it: an old ally (¶25) is not lightly pressed",
    "resolve": "against it: its word is worth less from then on",
}

class Scene(NamedTuple):
    """A decision to be told: who found which state and made which move, and what is true of it."""
    party: str
    made: Made
    state: State
    facts: set[str]
    values: dict[str, str]  # what the phrases fill in

def change_of(why: Why, outcome: str) -> float:
    """By how much a move changes what its party expects of an outcome, either way."""
    return abs(why.odds["made"][outcome] - why.odds["against"][outcome])

def most_changed(why: Why) -> str:
    """The outcome of which a move changes most what its party expects."""
    return max(OUTCOMES, key=partial(change_of, why))

def likely(p: float) -> str:
    """What somebody thinks of a chance, to follow *is*."""
    if HARDLY < p < SURELY:
        return f"{100 * p:.0f}% likely"
    return "very unlikely" if p <= HARDLY else "almost certain"

def briefly(p: float) -> str:
    """The same where *likely* has been said."""
    return likely(p).replace(" likely", "")

def in_100(p: float) -> str:
    """How often something comes, in 100."""
    return f"{100 * p:.0f} times in 100" if p >= 0.015 else (
        "once in 100" if p >= 0.005 else "hardly ever")

def scene_of(party: str, made: Made, state: State, numbers: Parameters, also: Mapping[str, Any]
             ) -> Scene:
    """A decision with what is true of it; `also` what is true of its place in the history."""
    why = made.why
    tests = {
        f"done_{state.done}": True, "lapsed": state.lapses, "warned": state.us == ULTIMATUM,
        "working": state.syria == "comply", "stalling": state.syria == "stall",
        "suspended": state.us == "suspend", "threat": state.us != "suspend",
        "leaning": state.russia == "lean", "shielding": state.russia == "shield",
        "first_paper": state.done == 1 and not state.lapses,
        "deeds": condition_met("us", state, numbers), "can_warn": ULTIMATUM in made.values,
        made.move: True, made.kind: True, **also}
    values = {"demand": tuple(STAGES.values())[state.done].demand}
    if made.by_truth:  # of Syria, what holds for either Assad
        threats = [its["why"].expects["against"]["us_ends"] for its in made.by_truth.values()
                   if its["why"]]
        tests["alike_ends"] = threats and max(threats) >= SHIFT and (
            max(threats) - min(threats) <= ALIKE)
        values["ends_else"] = likely(max(threats, default=0.0))
    elif why:
        tests |= {f"for_{why.reason}": True, f"despite_{why.despite}": True}
        most = most_changed(why)
        values["main"] = (f"{MAIN[most]} {likely(why.odds['made'][most])}, it thinks, otherwise "
                          f"{likely(why.odds['against'][most])}")
        now, other = (why.expects or {}).values() if why.expects else ({}, {})
        leans, works, ends = (now.get(what) or 0.0 for what in EXPECTED)
        leans_else, works_else, ends_else = (other.get(what) or 0.0 for what in EXPECTED)
        values |= {"leans": likely(leans), "works": likely(works), "ends": likely(ends),
                   "works_if_pressed": likely(works_else), "stops": likely(1 - works),
                   "leans_else": briefly(leans_else), "works_else": briefly(works_else),
                   "ends_else": briefly(ends_else)}
        tests |= {
            "moves_russia": leans - leans_else >= SHIFT, "may_lean": HARDLY < leans < SURELY,
            "moves_syria": works - works_else >= SHIFT, "may_stop": works < SURELY,
            "moves_syria_else": works_else - works >= SHIFT, "risks_end": ends > HARDLY,
            "averts_end": ends_else - ends >= SHIFT / 2,
            "other_ends": ends_else > HARDLY and why.against == ULTIMATUM}
    return Scene(party, made, state, {fact for fact, holds in tests.items() if holds}, values)

def picked(scene: Scene, slot: str) -> str:
    """The first phrase of a party that fits, not yet filled in; "" if none does."""
    return next((phrase.text for phrase in PHRASES
                 if (phrase.party, phrase.slot) == (scene.party, slot) and all(
                     (word[0] == "!") != (word.lstrip("!") in scene.facts)
                     for word in phrase.when)), "")

def chance_of(made: Made) -> str:
    """How a move stands to chance: "", even, or surprise."""
    if made.why is None or made.by_truth:
        return ""
    if NEARLY_EVEN[0] <= made.probability <= NEARLY_EVEN[1]:
        return "even"
    return "" if made.why.preferred else "surprise"

def told_chance(party: str, made: Made) -> str:
    """A close call, how rare a surprise is, or that a move of Syria's is a clue."""
    chance = chance_of(made)
    if chance == "even":
        return f"{CLOSE_CALL} for {PARTIES[party].name}."
    if chance == "surprise":
        does = "it chooses" if made.kind == "verdict" else f"{PARTIES[party].name} does"
        return f"A surprise: {does} so {in_100(made.probability)}."
    likeliest = max((its["probability"] for its in (made.by_truth or {}).values()), default=1.0)
    return "A surprise of either Assad. " * (likeliest < NEARLY_EVEN[0]) + (
        "A clue." * (clue_in(made) >= CLUE))

WEIGHED = {  # what weighs most in a verdict, by term
    "resolve": " What weighs most is its word.", "outcomes": " What weighs most is the likely end.",
    "delay": " What weighs most is the time that stalling costs (¶8).",
}
CLOSE_CALL = "A close call"

def clue_in(made: Made) -> float:
    """How many times as likely a move of Syria's is under one truth as under the other."""
    if not made.by_truth:
        return 1.0
    least, most = sorted(its["probability"] for its in made.by_truth.values())
    return most / least if least else float("inf") if most else 1.0

def gives_way(party: str, made: Made) -> bool:
    """Whether a move gives way."""
    return made.kind != "keep" and made.move == PARTIES[party].giving

class Row(NamedTuple):
    """An entry of the chronicle: what the end of a turn brought, and what it called forth."""
    turn: int
    date: date
    headline: str
    says: list[str]
    state: State | None  # after its moves, where some were made
    ended: bool = False  # whether the US ended the talks

class Teller:
    """Tells a history row by row; what was told once is told shortly when it comes again."""

    def __init__(self, numbers: Parameters, seats: Collection[str] = ()) -> None:
        self.numbers, self.seats = numbers, seats
        self.told: dict[tuple[str, ...], date] = {}
        self.today, self.missed = FIRST_DAY, False
        self.warned = self.worked = self.given = 0  # ultimatums, spells of work, rounds of giving

    def rows(self, history: History, running: Round | None = None) -> list[Row]:
        """The chronicle of a history from 12 September on, a round still running included."""
        pairs = zip([None, *history.rounds], [*history.rounds, running])
        found = [self.row(before, it, history) for before, it in pairs]
        return found if found[0].says else found[1:]

    def row(self, before: Round | None, it: Round | None, history: History) -> Row:
        """What the end of a round brought, and the moves of the next one, if there is one."""
        turn, self.today, heads = 0, FIRST_DAY, ["The talks begin"]
        says: list[str] = []
        if before:
            turn, self.today = before.event.turn, before.event.date
            heads = [self.brought(before, history)]
            if before.event.what == "short" and not self.missed:
                self.missed = True
                says.append("Hidden, or an honest error? Nobody can tell.")
            if before.event.verdict:
                head, told = self.verdict(before, history.outcome)
                says += told
                heads.append(head)
            elif history.outcome and it is None:
                heads.append("A handover" if history.outcome == "handover" else
                             "No end is in sight: a stalemate")
        if it is None:
            ended = before is not None and bool(before.event.ends)
            return Row(turn, self.today, headline(heads), says, None, ended)
        scenes = self.scenes(it, before)
        says += together({scene.party: self.decision(scene) for scene in scenes
                          if self.awaited(scene, before) and picked(scene, "move")})
        heads.append(self.called_forth(it, before))
        self.warned += it.settled.us == ULTIMATUM
        self.worked += it.settled.syria == "comply"
        self.given += any(gives_way(*its) for its in it.moves.items())
        return Row(turn, self.today, headline(heads), says, it.settled)

    def brought(self, it: Round, history: History) -> str:
        """The headline of what the end of a spell brought."""
        warned = it.settled.us == ULTIMATUM
        if it.event.what == "completes":
            return (f"{STAGES[it.stage].done} ({it.after.done})"
                    + ", ultimatum met" * (warned and it.after.done < len(STAGES)))
        broken = ", ultimatum broken" * warned
        if it.event.what == "short":
            back = ", the threat is back" if it.settled.us == "suspend" else ", the work stops"
            return STAGES[it.stage].short + (broken or back)
        still = it.round > 1 and history.rounds[it.round - 2].event.what == "review"
        return f"A review: {'still nothing' if still else 'nothing more done'}{broken}"

    def verdict(self, it: Round, outcome: str | None) -> tuple[str, list[str]]:
        """A verdict: its headline, what the US expects of either choice, and what came of it."""
        made = it.event.verdict
        says: list[str] = []
        assert made
        if made.why and made.trust is not None:
            passed = "made" if made.move == "extend" else "against"
            all_, part = (likely(share * made.why.odds_by_truth[truth][passed]["handover"])
                          for truth, share in zip(READINGS, (made.trust, 1 - made.trust)))
            says.append(
                "The US must choose. If it lets this pass, it thinks, a handover of everything is "
                f"{all_}, one in part {part}, but its word is worth less from then on. If it ends "
                "the talks, support for a strike is "
                f"{likely(support(it.settled, self.numbers))}."
                + WEIGHED.get((made.why.reason if made.why.preferred else made.why.despite) or "",
                              ""))
        else:
            says.append("No other choice is open to the US.")
        if not it.event.ends:
            says.append("It swallows its word, and the talks go on.")
            head = "The US lets it pass"
        elif outcome == "strike":
            says.append("It keeps its word, and finds support. What a strike leaves behind the "
                        "model does not know.")
            head = "The US strikes"
        else:
            says.append("It keeps its word, but finds no support: the plan is dead.")
            head = "The US ends the talks"
        return head, [*says, *filter(None, [told_chance("us", made)])]

    def scenes(self, it: Round, before: Round | None) -> list[Scene]:
        """The decisions of a round, each with what is true of it."""
        found, state, given = [], it.state, bool(self.given)
        for party, made in it.moves.items():
            also = {"warned_before": self.warned,
                    "worked_before": self.worked or it.state.syria == "comply",
                    "first": not given and gives_way(party, made),
                    "let_go": it.state.russia == "lean" and state.russia == "shield",
                    "lapse": before and before.event.what != "completes",
                    "threat_back": before and before.settled.us == "suspend" != it.state.us}
            found.append(scene_of(party, made, state, self.numbers, also))
            given = given or gives_way(party, made)
            state = moved(state, party, made.move)
        return found

    def awaited(self, scene: Scene, before: Round | None) -> bool:
        """Whether a reader waits for it: every change, and what might have changed and did not."""
        party, made, facts = scene.party, scene.made, scene.facts
        if made.kind != "keep":
            return True
        if party == "syria":
            return bool(scene.state.done) and (made.move == "stall" or clue_in(made) >= CLUE
                                               or bool(facts & {"let_go", "suspended", "lapse"}))
        if made.why is None:
            return False
        if party == "us":
            return before is not None and made.move == "hold" and "first_paper" not in facts
        if party == "russia":
            return (made.move == "shield" and "lapse" in facts or "warned" in facts
                    or made.move == "lean" and chance_of(made) != "")
        return (made.move == PARTIES[party].giving) == ("threat_back" in facts) and bool(
            facts & {"threat_back", "suspended"})

    def decision(self, scene: Scene) -> str:
        """A decision in words: the move, why, what was expected of it, what spoke against it."""
        made, party, chance = scene.made, scene.party, told_chance(scene.party, scene.made)
        move = picked(scene, "move").format_map(scene.values)
        if "first" in scene.facts:
            move = move.replace(its := PARTIES[party].name, f"{its}, first to give way,", 1)
        if party in self.seats:
            return sentence(move)
        if made.why is None:
            return sentence(f"{move}: no other move is open to it")
        slots = {slot: picked(scene, slot) for slot in ("though", "why", "expects", "risk")}
        key = (party, made.move, chance_of(made), slots["why"], slots["expects"],
               slots["though"] if party == "syria" else "")
        if key in self.told:
            move += f", as on {short_day(self.told[key], self.today)}"
            return " ".join(filter(None, [sentence(move), chance]))
        self.told[key] = self.today
        terms = made.why.terms.values()
        if party != "syria" and not chance and -min(terms) < TELLING * max(terms):
            slots["though"] = slots["risk"] = ""
        if chance_of(made) == "surprise" and made.why.despite and not slots["though"]:
            slots["risk"] = slots["risk"] or FALLBACK.get(made.why.despite or "", "")
        if (slots["though"],) in self.told:  # once in a history will do
            slots["though"] = ""
        self.told[slots["though"],] = self.today
        though, why, *more = (text.format_map(scene.values) for text in slots.values())
        move += f", though {though}" * bool(though) + f": {why}" * bool(why)
        return " ".join([sentence(move), *map(sentence, filter(None, more)),
                         *filter(None, [chance])])

    def called_forth(self, it: Round, before: Round | None) -> str:
        """The headline of the move that matters most in a round."""
        state, works = it.settled, it.settled.syria == "comply"
        stalled = it.state.syria == "stall" and it.state.done > 0
        changed = [party for party, made in it.moves.items() if made.kind != "keep"]
        gives = [party for party in changed if gives_way(party, it.moves[party])]
        if state.us == ULTIMATUM:
            nth = ("An ultimatum", "A second ultimatum", "Another ultimatum")[
                min(self.warned, 2)]
            return f"{nth}, Syria {'complies' if works else 'refuses'}"
        if gives and not self.given:
            tail = "" if gives[0] == "syria" or not stalled else (
                ", and Syria follows" if works else ", Syria does not")
            return f"{PARTIES[gives[0]].name} gives way{tail}"
        if "us" in changed:
            return f"The US {'suspends' if state.us == 'suspend' else 'renews'} its threat"
        if "syria" in changed:
            return "Syria stops" if not works else (
                "Syria goes back to work" if self.worked else "Syria complies")
        if "russia" in changed:
            return f"Russia presses {'Syria' if state.russia == 'lean' else 'no more'}"
        if before and before.event.what != "completes":
            return "" if before.event.verdict else "Nobody moves"
        return "" if not before else "Syria goes no further" if stalled else "Syria goes on"

def together(told: Mapping[str, str]) -> list[str]:
    """Decisions told, by party; France and the opposition share a sentence where one will do."""
    texts = [told.get(party, "") for party in ("france", "opposition")]
    pair = [text.partition(CLOSE_CALL)[0].rstrip() for text in texts]
    even = [CLOSE_CALL in text for text in texts]
    if not all(pair) or even[0] != even[1] or any(". " in text for text in pair):
        return [*told.values()]
    both = f"{pair[0].rstrip('.')}, and {pair[1][:1].lower()}{pair[1][1:].rstrip('.')}"
    both += "; close calls, both." if even[0] else "."
    return [both if party == "france" else text for party, text in told.items()
            if party != "opposition"]

def headline(heads: Iterable[str]) -> str:
    """Some headlines in one, in capitals; what Syria makes of joining follows it."""
    text = ". ".join(filter(None, heads))
    return text.replace("(1). Syria goes no further", "(1), and goes no further").upper()

def short_day(day: date, today: date) -> str:
    """A date as 7 Nov, with its year where that is another than today's."""
    return f"{day.day} {day:%b}" + f" {day.year}" * (day.year != today.year)

def who_stood_where(page: Page, rows: Sequence[Row], start: State) -> None:
    """A line for each row in which somebody changed."""
    before = {party: STOOD[getattr(start, party)] for party in PARTIES}
    lines = [{"date": day(FIRST_DAY), **before}]
    for row in rows:
        if row.state:
            now = {party: STOOD[getattr(row.state, party)] for party in PARTIES}
            caps = {party: word if word == before[party] else word.upper()
                    for party, word in now.items()}
            lines += [{"date": day(row.date), **caps}] * (caps != now)
            before = now
        elif row.ended:
            lines.append({"date": day(row.date), **before, "us": "ENDS TALKS", "syria": "waits"})
    page.table([Column("date", "CAPITALS: a change", left=True), *(
        Column(party, its.label, left=True) for party, its in PARTIES.items())], lines)

def did_he_mean_it(history: History) -> str:
    """His mind, what he kept back, and what he did for reasons that only the truth tells."""
    meant = history.true == WORD
    says = ["Yes" if meant else "No"]
    if history.outcome == "handover":
        says[0] += ": everything is handed over" if meant else (
            ". He kept arms back that are never found: a handover in part")
    shorts = [day(it.event.date) for it in history.rounds if it.event.what == "short"]
    if shorts:
        says.append(f"What was missing on {listed(shorts)} was "
                    + ("an honest error" if meant else "hidden"))
    bought = [day(it.date) for it in history.rounds
              for made in [it.moves["syria"]] if it.state.done and made.move == "stall"
              and made.why and made.why.reason == "respite" and made.why.preferred]
    if bought:
        says.append(f"He stalled on {listed(bought)} to win time for his war (¶17)")
    begun = next((it for it in history.rounds if it.settled.syria == "comply"), None)
    if meant and begun and begun.moves["syria"].kind == "answer" and begun.round > 2:
        says.append("What he would not do was begin before "
                    + ("the threat was gone (¶2)" if begun.settled.us == "suspend" else
                       "his ally asked"))
    erred = [it for it in history.rounds for why in [it.moves["syria"].why]
             if why and not why.preferred]
    if erred:
        worst = min(erred, key=lambda it: it.moves["syria"].probability)
        made = worst.moves["syria"]
        says.append(f"That he {DID[made.move]} on {day(worst.date)} was chance: it comes "
                    f"{in_100(made.probability)}")
    return " ".join(map(sentence, says))

def could_you_tell(history: History, prior: float) -> str:
    """The clues that weigh most, and what a reader and the US should have come to."""
    says: list[str] = []
    clues = sorted((it for it in history.rounds if clue_in(it.moves["syria"]) >= CLUE),
                   key=lambda it: -clue_in(it.moves["syria"]))[:2]
    said = ""
    for it in sorted(clues):
        made = it.moves["syria"]
        word, tactic = (its["probability"] for its in (made.by_truth or {}).values())
        verb = {"comply": "complies", "stall": "stalls"}[made.move]
        also = f"{verb} " * (verb != said)
        says.append(f"{also}on {day(it.date)}, {100 * word:.0f} and {100 * tactic:.0f}" if said else
                    f"He {verb} on {day(it.date)} {in_100(word)} if he means it, "
                    f"{in_100(tactic).replace(' times in 100', '')} if not")
        said = verb
    last = history.rounds[-1].then
    told = sentence("; ".join(says)) if says else (
        "Hardly: he did nothing twice as likely of one Assad as of the other.")
    us = "" if history.outcome == "handover" else (
        f" The US, which only counts stages and lapses, ends at {percent(last.trust)}.")
    guess = "even odds become" if prior == 0.5 else f"{percent(prior)} becomes"
    return f"{told} All signs counted, {guess} {percent(last.reader)}.{us}"

def had_he_not(history: History, other: History) -> str:
    """How the same draws of chance go with the other Assad."""
    if parting(history, other) is None:
        return "With the same draws of chance, the same to the end" + (
            " but for what he kept back." if history.outcome == "handover" else ".")
    how = "done the same to the last"
    for one, it in zip(history.rounds, other.rounds):
        move = it.moves["syria"].move
        if move != one.moves["syria"].move:
            how = f"{DID[move]} on {day(it.date)}"
            break
        if it.event[:2] != one.event[:2]:
            how = (f"been found {'short' if it.event.what == 'short' else 'in order'} on "
                   f"{day(it.event.date)}")
            break
    end = {"handover": "handed over " + ("everything" if other.true == WORD else "a part"),
           "strike": "been struck", "stalemate": "seen the talks fail"}[other.outcome or ""]
    return (f"With the same draws of chance he would have {how}, and {end} by "
            f"{day(other.rounds[-1].event.date)}.")

class Choice(NamedTuple):
    """A choice that weighed on the end: how much (total variation), whose, when, answering what."""
    weight: float
    party: str
    made: Made
    date: date
    warned: bool

def choices_of(history: History) -> list[Choice]:
    """Every decision of a history that had an alternative, verdicts among them."""
    found = []
    for it in history.rounds:
        for party, made in [*it.moves.items(), ("us", it.event.verdict)]:
            if made and made.why:
                weight = sum(change_of(made.why, outcome) for outcome in OUTCOMES) / 2
                when = it.event.date if made.kind == "verdict" else it.date
                found.append(Choice(weight, party, made, when, it.settled.us == ULTIMATUM))
    return found

def decisive(history: History) -> Choice | None:
    """The choice that changed most what its owner expected of the end, the first of equal ones."""
    choices = choices_of(history)
    most = max((choice.weight for choice in choices), default=0.0)
    return next((choice for choice in choices if choice.weight >= most - TIE), None)

def who_decided(history: History, odds: Odds) -> str:
    """Whose doing the end was, if anybody's alone, and what chance had to do with it."""
    outcome, choice = history.outcome or "", decisive(history)
    anyway = odds[outcome] >= LIKELY_ANYWAY
    says = ["Nobody alone"] if anyway else []
    if choice and choice.weight >= DECISIVE:
        name, why = PARTIES[choice.party].name, choice.made.why
        assert why
        told = most_changed(why)
        did = "set no ultimatum" if why.against == ULTIMATUM else DID[choice.made.move]
        did += " under the ultimatum" * (choice.warned and choice.party in ("russia", "syria"))
        end = "some handover" if told == "handover" and choice.party in WANT_ALL else MAIN[told]
        says.append(f"It turned {'most ' * anyway}on {name}, which {did} on {day(choice.date)}: "
                    f"it thought {end} {likely(why.odds['made'][told])} so, "
                    f"{briefly(why.odds['against'][told])} otherwise")
    elif not anyway:
        says.append("No single move: none changed what its party expected of the end by "
                    f"{100 * DECISIVE:.0f} points")
    if history.rounds[-1].event.support not in (None, 0.0, 1.0):
        says.append("Chance decided whether the US found support")
    return " ".join(map(sentence, says))

def in_100_histories(odds: Mapping[str, Odds], true: str) -> str:
    """How often either Assad's histories end how, the one of this history first."""
    told: list[str] = []
    for truth in sorted(READINGS, key=lambda it: it != true):
        handover, strike, stalemate = whole_shares([odds[truth][it] for it in OUTCOMES])
        what = "of everything" if truth == WORD else "in part"
        told.append(f"if he {'does' if truth == WORD else 'does not'}: {handover} {what}, {strike} "
                    f"strikes, {stalemate} stalemates" if told else
                    f"In 100 histories, if he {'means' if truth == WORD else 'does not mean'} it: "
                    f"{handover} handovers {what}, {strike} strikes, {stalemate} stalemates")
    return sentence("; ".join(told))

def whole_shares(shares: Sequence[float]) -> list[int]:
    """Shares in 100, rounded so that they add up: the largest remainders are rounded up."""
    found = [int(100 * it + TIE) for it in shares]
    rest = sorted(range(len(shares)), key=lambda k: found[k] - 100 * shares[k])
    for k in rest[:100 - sum(found)]:
        found[k] += 1
    return found

# ------------------------------------------------------------------ run: one history

@question("run", "How does it play out?", "seed truth until explain",
          ("--seed 7", "--truth tactic --set trust=1", "--until 4", "--explain 4",
           "--start us.suspend"))
def answer_run(request: Namespace, page: Page) -> None:
    """One history: what happened and why, and how else it could have gone."""
    dispute, seed = request.dispute, request.seed
    player = played(dispute, request.tick)
    history, other = (player.history(seed, request.truth, other=it) for it in (False, True))
    odds, last = odds_at_start(dispute, player.solution), history.rounds[-1].event.turn
    for name in ("until", "explain"):
        if (vars(request)[name] or 0) > last:
            raise UsageError(f"--{name}: this history ends in turn {last}; give 0 to {last}")
    same = f" --seed {seed}" * (seed != SEED) + f" --truth {request.truth}" * (
        request.truth != "drawn")
    rest = {"true": other.true, "outcome": other.outcome, "turns": other.rounds[-1].event.turn,
            "parts_in_turn": parting(history, other)}
    if request.until is not None:
        told, running = untold(history, request.until)
        rows = Teller(dispute.parameters).rows(told, running)
        page.put(**hidden(history_data(told, seed, running)), other=None, **odds)
        story(page, request, rows)
        page.say()
        decides_next(page, player, told, running)
        page.next(request, f"run{same} --until {request.until + 1} # What came of it?"
                  if request.until < last else f"run{same} # Did he mean it?")
        return
    rows = Teller(dispute.parameters).rows(history)
    page.put(**history_data(history, seed), other=rest, next=None, **odds)
    if request.explain is not None:
        explain(page, player, history, request.explain)
        describe(page, request)
        page.next(request, f"run{same} # The whole story", "positions")
        return
    story(page, request, rows)
    page.say()
    for asked, text in (
            ("DID HE MEAN IT?", did_he_mean_it(history)),
            ("COULD YOU TELL?", could_you_tell(history, dispute.parameters["prior"])),
            ("AND HAD HE NOT?" if history.true == WORD else "HAD HE MEANT IT?",
             had_he_not(history, other)),
            ("WHO DECIDED IT?", who_decided(history, odds["odds_by_truth"][history.true])),
            ("HOW OFTEN?", in_100_histories(odds["odds_by_truth"], history.true))):
        page.say(text, f"{asked} ", "  ")
    choice = decisive(history)
    turn = turn_of(choice.date) - 1 if choice else 0
    page.next(request, f"run{same} --explain {turn} # Where do its numbers come from?")

def story(page: Page, request: Namespace, rows: Sequence[Row]) -> None:
    """The head, the chronicle, and who stood where."""
    story_head(page, request)
    for row in rows:
        tell(page, row)
    page.put(story=[{"turn": row.turn, "date": row.date, "headline": row.headline,
                     "text": " ".join(row.says)} for row in rows])
    page.say()
    who_stood_where(page, rows, request.dispute.start)

def story_head(page: Page, request: Namespace) -> None:
    """What the page is, who wants what, the plan, and the riddle."""
    dispute = request.dispute
    page.title("Syria's chemical weapons: who gives way first?".upper())
    page.say("A simulation plays out a report of 12 September 2013 (¶: its paragraphs). It is "
             "no forecast: chance decides close calls, and all likelihoods are judgements.")
    describe(page, request)
    for party, its in PARTIES.items():
        wants = WANTS[party][getattr(dispute.start, party) == its.giving]
        if dispute.start.us == "suspend":
            wants = wants.replace("wants the threat gone first", "wanted the threat gone")
        page.say(wants, f"  {its.label:<10} ", " " * 13)
    page.say("Plan (¶20): " + ", ".join(f"{place} {stage.step}" for place, stage in enumerate(
        STAGES.values(), 1)) + ".")
    trust = percent(trust_of("us", dispute.start, dispute.parameters))
    page.say("Does Assad mean his offer? Only he knows; clues are marked. The US gives it "
             f"{trust}.")
    page.say()

def tell(page: Page, row: Row) -> None:
    """A row of the chronicle."""
    page.say(row.headline, f"{day(row.date):<13}", " " * 13, True)
    if row.says:
        page.say(" ".join(row.says), "  ")

def odds_at_start(dispute: Dispute, solution: Solution) -> dict[str, Any]:
    """The odds before anything has happened: as Washington sees them, and under either truth."""
    trust = trust_of("us", dispute.start, dispute.parameters)
    odds = {truth: {it: solution.at_start(truth)[it] for it in OUTCOMES} for truth in READINGS}
    return {"odds_by_truth": odds,
            "odds": {it: mean(trust, *(its[it] for its in odds.values())) for it in OUTCOMES}}

def history_data(history: History, seed: int, running: Round | None = None) -> dict[str, Any]:
    """A history as JSON has it; of a round still running, nothing that its end brought."""
    kept = [name for name in Round._fields if name not in ("state", "settled", "after", "then")]
    rounds: list[dict[str, Any]] = [
        {**{name: getattr(it, name) for name in kept},
         "positions": {party: getattr(it.state, party) for party in PARTIES},
         "lapses": it.state.lapses, **it.then._asdict()}
        for it in [*history.rounds, *[running] * (running is not None)] if it]
    if running:
        rounds[-1] |= dict.fromkeys(("event", *Seen._fields))
    last = history.rounds[-1].event if history.rounds else None
    first = next(({"party": party, "turn": it["turn"]} for it in rounds for party, made in
                  it["moves"].items() if made.kind != "keep"
                  and made.move == PARTIES[party].giving), None)
    return {"seed": seed, "true": history.true, "rounds": rounds,
            "turns": last.turn if last else 0, "outcome": history.outcome,
            "date": last.date if last else FIRST_DAY, "first_to_give_way": first,
            "in_part": history.outcome == "handover" and history.true == TACTIC,
            "extensions": sum(it.event.verdict is not None and not it.event.ends
                              for it in history.rounds)}

def untold(history: History, until: int) -> tuple[History, Round | None]:
    """A history up to the end of a turn, and the round that was then running, if one was."""
    ended = [it for it in history.rounds if it.event.turn <= until]
    running = [it for it in history.rounds if it.turn <= until < it.event.turn]
    over = history.outcome if ended == history.rounds else None
    if ended and not running and ended[-1].event.verdict:  # which is a move called forth
        event = ended[-1].event._replace(verdict=None, ends=None, support=None)
        then = ended[-1].then._replace(as_seen=None)  # type: ignore[arg-type]
        ended[-1], over = ended[-1]._replace(event=event, then=then), None
    return History(history.true, ended, over), running[0] if running else None

def hidden(data: dict[str, Any]) -> dict[str, Any]:
    """A history that is not told to its end, without the truth and what would betray it."""
    rounds = []
    for it in data["rounds"]:
        moves = dict(it["moves"])
        moves["syria"] = moves["syria"]._replace(probability=None, values=None, why=None, draw=None)
        event = it["event"] and it["event"]._replace(chances=None, draws=None)
        rounds.append({**it, "moves": moves, "event": event})
    return {**data, "rounds": rounds, **dict.fromkeys(("true", "outcome", "in_part"))}

CHOICES = (Column("party", "Who", lambda it: PARTIES[it].label, True),
           Column("move", "Could", left=True),
           *(Column(f"expects.{what}", head, lambda it: "" if it is None else percent(it))
             for what, head in zip(("russia_leans", "syria_works", "us_ends"), (
                 "Russia presses", "Syria complies", "US ends talks"))))
VERDICT = (Column("move", "The US could", left=True),
           *(Column(f"expects.{what}", head, percent) for what, head in (
               ("everything", "Handover of all"), ("in_part", "In part"), ("strike", "Strike"),
               ("stalemate", "Stalemate"))))

def decides_next(page: Page, player: Player, told: History, running: Round | None) -> None:
    """Who decides next, what each could do, and what each expects of it."""
    number = len(told.rounds)
    if running or told.outcome:
        page.say("WHO DECIDES NEXT? Nobody: " + (
            "it is over." if told.outcome else "nothing happens until the spell ends."))
        page.put(next=None)
        return
    last = told.rounds[-1] if told.rounds else None
    if last and last.event.what != "completes" and last.settled.us == ULTIMATUM:
        broken = moved(last.settled, "syria", "stall")
        rows = [{"party": "us", "move": move, "expects": weighed_verdict(made)} for move, made in
                player.options(number - 1, broken, "verdict", told.true, 0.0).items()]
        page.say("WHO DECIDES NEXT? The US: its ultimatum is broken. What it expects:")
        page.table(VERDICT, rows)
        page.put(next={"party": "us", "step": "verdict", "options": rows})
        return
    state = last.after if last else player.dispute.start
    rows = []
    for party in PARTIES:
        for move, made in player.options(number, state, party, told.true, 0.0).items():
            rows.append({"party": party, "move": move, "expects": {
                **dict.fromkeys(EXPECTED), **public_expectation(made)}})
    page.say("WHO DECIDES NEXT? The US, then France, Russia, the opposition and Syria. What each "
             "could do, and how likely it thinks what comes of it (the moves before it kept):")
    page.table(CHOICES, rows)
    page.put(next={"party": "us", "step": "us", "options": rows})

def weighed_verdict(made: Made) -> dict[str, float]:
    """What the US expects of a choice at a verdict, everything and a part apart."""
    odds = made.why.odds_by_truth if made.why else {
        truth: {"made": dict.fromkeys(OUTCOMES, 0.0)} for truth in READINGS}
    trust = made.trust or 0.0
    both = {it: mean(trust, *(odds[truth]["made"][it] for truth in READINGS)) for it in OUTCOMES}
    return {"everything": trust * odds[WORD]["made"]["handover"],
            "in_part": (1 - trust) * odds[TACTIC]["made"]["handover"],
            "strike": both["strike"], "stalemate": both["stalemate"]}

def public_expectation(made: Made) -> dict[str, float | None]:
    """What a party expects next of a move; of Syria's, what holds under either truth."""
    if made.by_truth is None:
        return made.why.expects["made"] if made.why and made.why.expects else {}
    ends = [its["why"].expects["made"]["us_ends"] for its in made.by_truth.values() if its["why"]]
    alike = ends and max(ends) - min(ends) <= ALIKE
    return {"us_ends": max(ends)} if alike else {}

# -------------------------------------------------------- run --explain: a row by hand

FOUR = number(4)
OPTION_TABLE = (
    Column("move", "Move", left=True), Column("word", "If word", FOUR),
    Column("tactic", "If tactic", FOUR), Column("value", "Value", FOUR),
    Column("weight", "Weight", FOUR), Column("probability", "Probability", FOUR))

def exactly(value: float) -> str:
    """A number to four digits, however small."""
    return f"{value:.4f}" if value >= 0.1 or value == 0 else f"{value:.4g}"

def explain(page: Page, player: Player, history: History, turn: int) -> None:
    """What the end of a turn brought and the moves it called forth, number by number."""
    before = [it for it in history.rounds if it.event.turn <= turn]
    after = history.rounds[len(before)] if len(before) < len(history.rounds) else None
    teller, last = Teller(player.numbers), before[-1] if before else None
    rows = [teller.row(*pair, history) for pair in zip([None, *before], [*before, after])]
    page.title(f"{day(rows[-1].date)}, the end of turn {rows[-1].turn}, by hand: "
               f"{rows[-1].headline}")
    page.say("If word, if tactic: what the party can expect of the move under either truth. Value: "
             "trust × the first + (1 - trust) × the second; Syria knows the truth. Weight: "
             f"exp({player.numbers['rationality']:g} × distance to the best value). Terms: what "
             "each does for the move made, against the best other.")
    reader = player.numbers["prior"]
    if last:
        reader = last.then.reader
        explain_event(page, player, last, history.true)
    if after:
        for scene in teller.scenes(after, last):
            explain_move(page, player, len(before), scene)
        page.say(bayes(reader, [its["probability"] for its in (
            after.moves["syria"].by_truth or {}).values()], after.quiet.reader),
            "Reader, after Syria's move: ", "  ")

def bayes(reader: float, chances: Iterable[float], then: float) -> str:
    """A reader's belief by Bayes' rule, in figures."""
    before, word, tactic, other = map(exactly, (reader, *chances, 1 - reader))
    return f"{before} × {word} / ({before} × {word} + {other} × {tactic}) = {exactly(then)}"

def explain_event(page: Page, player: Player, it: Round, true: str) -> None:
    """The end of a spell, the verdict that it called for, and what is then believed."""
    numbers, event, state, then = player.numbers, it.event, it.settled, it.after
    its, turns = spell(state, true, numbers), len(event.chances)
    page.say(f"{'a stage is under way' if its.under_way else 'Syria stalls'}; from the spell's "
             f"turn {its.least} on the chance of an end grows by {its.step:.4g} a turn. Its turn "
             f"{turns} could bring, if {true}: " + ", ".join(
                 f"{name} {exactly(share)}" for name, share in event.chances[-1].items() if share)
             + f". The draw {event.draws[turns - 1]:.4f} is {event.what}.", "Spell: ", "  ")
    if event.verdict:
        explain_choice(page, "us", event.verdict, numbers)
    if event.support is not None:
        share = numbers["support"]
        odds = "certain either way" if share in (0.0, 1.0) else (
            f"odds {share:g} / {1 - share:.4g} × {numbers['cause']:g} ^ {max(0, state.lapses - 1)}"
            + f" / {numbers['backing']:g}" * (state.france == "ease"))
        page.say(f"{odds}: {event.support:.4f}; the draw is {event.draws[-1]:.4f}", "Support: ")
    for party, key in (("us", "trust"), ("russia", "trust_moscow")):
        trust = numbers[key]
        page.say("a closed mind that nothing moves" if trust in (0.0, 1.0) else
                 f"odds {trust:g} / {1 - trust:.4g} × {numbers['credit']:g} ^ {deeds_done(then)} / "
                 f"{numbers['blame']:g} ^ {then.lapses}: {trust_of(party, then, numbers):.4f}",
                 f"Trust of {PARTIES[party].name}: ")
    page.say(bayes(it.quiet.reader, event.likelihood.values(), it.then.reader),
             "Reader, after the spell: ", "  ")

def explain_move(page: Page, player: Player, number: int, scene: Scene) -> None:
    """A decision of a round: its condition, its sums, and what is expected next."""
    party, made, numbers = scene.party, scene.made, player.numbers
    met = "" if condition_met(party, scene.state, numbers) else "not "
    page.title(f"{PARTIES[party].label}: {made.move} ({made.kind})")
    page.say(f"Condition ({PARTIES[party].condition.format(deeds=numbers['deeds'])}): {met}met.")
    explain_choice(page, party, made, numbers)
    if made.why and made.why.expects and party in ("us", "russia"):
        now, other = made.why.expects["made"], made.why.expects["against"]
        for what, move in product(EXPECTED, (made.move, made.why.against)):
            if abs((now[what] or 0.0) - (other[what] or 0.0)) > HARDLY:
                page.say(expectation(player, number, scene, move, what), "  ", "    ")

def explain_choice(page: Page, party: str, made: Made, numbers: Parameters) -> None:
    """What each move is worth, the reason as a sum, and the draw."""
    plus = number(4, "+")
    for truth in READINGS if made.by_truth else (WORD,):
        view = float(truth == WORD) if made.trust is None else made.trust
        values = {move: mean(view, *its.values()) for move, its in made.follows.items()}
        weights = {move: exp(numbers["rationality"] * (x - max(values.values())))
                   for move, x in values.items()}
        page.say(f"Under '{truth}':" if made.by_truth else f"Trust {view:.4f}:", "  ")
        page.table(OPTION_TABLE, [
            {"move": move, **made.follows[move], "value": values[move], "weight": weight,
             "probability": weight / sum(weights.values())} for move, weight in weights.items()])
        why = made.by_truth[truth]["why"] if made.by_truth else made.why
        if why:
            terms = " ".join(f"{plus(x)} {name}" for name, x in why.terms.items())
            page.say(f"Against {why.against}: {terms} = {plus(why.gain)}; reason: "
                     f"{why.reason or 'none'}.", "  ", "    ")
    page.say(f"The draw {made.draw:.4f} falls on {made.move}.", "  ")

def expectation(player: Player, number: int, scene: Scene, move: str, what: str) -> str:
    """What is expected next of a move, as the sum over the moves of whoever follows."""
    depth, trust = list(PARTIES).index(scene.party), scene.made.trust or 0.0
    step, then = player.solution.layers[number][depth:depth + 2]
    place, foreseen, sums, total = step.nodes.index(scene.state), player.tables(number)[1], [], []
    at = step.after[[branch.name for branch in step.rows[place]].index(move)][place]
    for truth in READINGS:
        chances = player.solution.shares(number, depth + 1, at, truth)
        values = [at_branch(then, foreseen[depth + 2], at, k)[truth][what]
                  for k in range(len(chances))]
        total.append(fsum(map(mul, chances, values)))
        parts = [f"{p:.4f} × {x:.4f}" for p, x in zip(chances, values)]
        sums.append(f"{' + '.join(parts)} = {total[-1]:.4f} if {truth}")
    return (f"{move}, {what} (over {then.mover}'s moves): {'; '.join(sums)}. {trust:.4f} × "
            f"{total[0]:.4f} + {1 - trust:.4f} × {total[1]:.4f} = {mean(trust, *total):.4f}")

# ------------------------------------------------------------- play: a seat, or five, at the table

def received(history: History, party: str, numbers: Parameters) -> float:
    """What a party got: its utility of the outcome less every price it paid."""
    paid: list[str] = []
    for it in history.rounds:
        paid += [price for whose, price in charges(it.settled) if whose == party] * (
            it.event.turn - it.turn + 1)
        paid += ["face"] * (it.moves[party].kind in ("concession", "reversal"))
        paid += ["strain"] * ((party, it.settled.russia) == ("russia", "lean"))
        paid += ["resolve"] * (party == "us" and bool(it.event.verdict) and not it.event.ends)
    return utilities(party, history.true, numbers)[history.outcome or ""] + fsum(
        worth(price, history.true, numbers) for price in paid)

def departures_of(history: History, party: str) -> list[dict[str, Any]]:
    """Where a seat passed over a better move, the costliest first, with the model's reason."""
    made = [(it, one) for it in history.rounds
            for one in (it.moves[party], it.event.verdict if party == "us" else None)]
    return sorted(({"round": it.round, "turn": it.turn, "move": one.move,
                    "better": one.why.against, "cost": -one.why.gain, "reason": one.why.despite}
                   for it, one in made if one and one.why and one.why.gain < -ROUNDING),
                  key=lambda it: -it["cost"])

QUIT = ("q", "quit")

class Table:
    """The people at the table: asks the seats in turn order, and keeps their answers."""

    def __init__(self, request: Namespace, seats: Sequence[str], page: Page, out: Any) -> None:
        self.dispute, self.seats, self.page, self.out = request.dispute, seats, page, out
        self.given: list[str] = [word for word in request.moves.split(",") if word]
        self.answers: list[str] = []
        self.told: dict[str, int] = {}  # by party: rows of the story
        self.sitting, self.handed = "", False
        with suppress(AttributeError, ValueError):  # so that no byte typed is an error
            sys.stdin.reconfigure(errors="replace")  # type: ignore[union-attr]

    def ask(self, rounds: Sequence[Round], state: State, name: str, drawn: Made, truth: str
            ) -> str:
        """A seat's move, given before or typed now; the model's where nobody sits."""
        moves, party, live = [*drawn.values], STEPS[name], not self.given
        if party not in self.seats:
            return drawn.move
        if live:
            self.situation(rounds, state, party, moves, truth)
        if len(moves) == 1:
            if live:
                self.tell(f"One move is open, and made: {moves[0]}.\n")
            return moves[0]
        keep = getattr(state, party)
        answer = self.typed(party, moves, keep, truth) if live else self.given.pop(0)
        if answer not in moves:
            raise UsageError(f"--moves: {shown(answer)} is not a move of {PARTIES[party].name} in "
                             f"round {len(rounds) + 1}: {', '.join(moves)}")
        self.answers.append(answer)
        return answer

    def typed(self, party: str, moves: Sequence[str], keep: str, truth: str) -> str:
        """What a seat types: Enter keeps the position; raises Leave at q or the end of input."""
        if keep not in moves or self.handed:  # a second Enter at the hand-over is no answer
            keep = ""
        while True:
            self.tell(" or ".join(moves) + f" (Enter: {keep})" * bool(keep) + "? ")
            line = self.read()
            word = line.strip().lstrip("\ufeff").lower()
            if not line or word in QUIT:
                raise Leave
            meant = [move for move in moves if move.startswith(word or keep or "-")]
            if len(meant) == 1:
                return meant[0]
            if word == "?":
                self.role_sheet(party, moves, truth)
            else:
                self.page.say(f"{shown(word)} is not possible: {', '.join(moves)}; "
                              "? for the role sheet, q to leave.")

    def read(self) -> str:
        """A line of input; none where it has ended or cannot be read."""
        line = ""
        with suppress(OSError, ValueError, AttributeError):
            line = sys.stdin.readline()
            if not (line and sys.stdin.isatty()):
                self.tell("\n")  # which a terminal echoes by itself
        return line

    def situation(self, rounds: Sequence[Round], state: State, party: str, moves: Sequence[str],
                  truth: str) -> None:
        """The story since the seat was last asked; another seat first gets the screen to itself."""
        page, numbers = self.page, self.dispute.parameters
        self.handed = False
        if self.sitting not in ("", party):
            page.say(f"Hand over to {PARTIES[party].name}.")
            if self.out.isatty():
                from shutil import get_terminal_size

                self.tell("Press Enter when you have. ")
                if self.read().strip().lower() in QUIT:
                    raise Leave
                self.tell("\n" * get_terminal_size().lines)
                self.handed = True
        self.sitting, new = party, {party, *{ULTIMATUM} & {*moves}} - {*self.told}
        if new:
            self.role_sheet(party, moves, truth)
        rows = Teller(numbers, self.seats).rows(History(truth, [*rounds], None))
        page.say()
        for row in rows[max(0, self.told.get(party, 0) - 1):]:
            tell(page, row)
        self.told |= {**dict.fromkeys(new, 1), party: len(rows)}
        us, russia = (percent(trust_of(who, state, numbers)) for who in ("us", "russia"))
        page.say(", ".join(f"{its.name} {STOOD[getattr(state, one)]}" for one, its in
                           PARTIES.items()) + f". Stage in hand: {tuple(STAGES)[state.done]}. That "
                 f"Assad means it, the US thinks {us} likely, Russia {russia}.", "Now: ", "  ")

    def role_sheet(self, party: str, moves: Sequence[str], truth: str) -> None:
        """What a seat wants, what its moves mean and cost, what it knows."""
        it, page, numbers = PARTIES[party], self.page, self.dispute.parameters
        page.title(f"Your seat: {it.name}")
        page.say(f"{' > '.join(it.ranking or READINGS[truth].ranking)}: 1 for the best, 0 for the "
                 f"worst, {numbers[f'middle_{party}']:g} between, less prices"
                 + f"; a handover in part is worth {numbers['part']:g}" * (party in WANT_ALL),
                 "You want: ", "  ")
        for move, text in {
                it.declared: f"{it.stance} ({it.stated})",
                it.giving: f"{it.gives}; no face is lost once {it.condition.format(**numbers)} "
                f"({it.condition_source}); to go back costs face while that lasts",
                ULTIMATUM: "an ultimatum, until the spell ends: if Syria lapses under it you end "
                "the talks, in a strike if you find support, or extend, at the price of your "
                "resolve"}.items():
            if move in moves or move == ULTIMATUM and {*VERDICTS} & {*moves}:
                page.say(text, f"{move}: ", "  ")
        page.say("; ".join(f"{name} {numbers[name]:g}: {PARAMETERS[name].means}" for name in
                           it.prices if worth(name, truth, numbers)), "Prices: ", "  ")
        page.say("the record and everybody's position, but not whether Assad means the offer"
                 if it.ranking else f"what nobody else does: {READINGS[truth].claim}",
                 "You know: ", "  ")
        page.say("a move or its beginning; Enter keeps your position, ? shows this sheet, q leaves "
                 "the table", "Answer: ", "  ")

    def tell(self, prompt: str = "") -> None:
        """Say what the page holds; beside a JSON answer its loss must not cost the answer."""
        text = "".join(f"{line.rstrip()}\n" for line in self.page.lines) + prompt
        self.page.lines.clear()
        with suppress(*[] if self.out is sys.stdout else (OSError, ValueError)):
            emit(text, self.out)

@question("play", "What would you do in a party's seat?", "as seed truth moves",
          ("--as us", "--as all --seed 7", "--as us --as syria --truth tactic",
           "--as us --seed 7 --moves hold,hold,warn"))
def answer_play(request: Namespace, page: Page) -> None:
    """A history in which people decide for some parties, and what it cost or gained them."""
    dispute, seed, taken = request.dispute, request.seed, vars(request)["as"]
    if not taken:
        raise UsageError(f"play: whose seat? --as PARTY, one or many: {', '.join(PARTIES)}, or all")
    seats = [party for party in PARTIES if party in taken or "all" in taken]
    player = played(dispute, request.tick)
    request.tick.wipe()
    table = Table(request, seats, Page(page.width, page.color),
                  sys.stderr if request.json else sys.stdout)
    given, history = [*table.given], player.history(seed, request.truth, table.ask)
    if table.given:
        raise UsageError(f"--moves: {len(table.given)} more than were asked for")
    over, odds = history.outcome is not None, odds_at_start(dispute, player.solution)
    data, due = history_data(history, seed), player.solution.at_start(history.true)
    got = {party: received(history, party, dispute.parameters) if over else None
           for party in seats}
    departures = {party: departures_of(history, party) if over else [] for party in seats}
    page.put(**data if over else hidden(data), **odds, seats=seats, departures=departures,
             received=got, expected={party: due[party] if over else None for party in seats},
             moves=table.answers)
    rows = Teller(dispute.parameters, seats).rows(history)
    page.title("The history that was made" if rows else "The table was left at once")
    describe(page, request)
    for row in rows:
        tell(page, row)
    page.say()
    if rows:
        who_stood_where(page, rows, dispute.start)
        page.say()
    page.say(did_he_mean_it(history) if over else "Nobody tells before the end.",
             "DID HE MEAN IT? ", "  ")
    if over:
        page.say(in_100_histories(odds["odds_by_truth"], history.true), "HOW OFTEN? ", "  ")
    for party in seats * over:
        page.say(f"received {FOUR(got[party] or 0.0)}, where the model expected {FOUR(due[party])}."
                 + "".join(f" In turn {it['turn']} {it['move']} gave up {FOUR(it['cost'])} against "
                           f"{it['better']}, above all in {it['reason']}."
                           for it in departures[party][:2]), f"{PARTIES[party].label}: ", "  ")
    drawn = f" --seed {seed}" + f" --truth {request.truth}" * (request.truth != "drawn")
    seated = "".join(f" --as {party}" for party in taken)
    again = [f"play{seated}{drawn} --moves {','.join(table.answers)} # This game again"]
    page.next(request, *again * (table.answers != given), f"run{drawn} # Without you", "settle")

# -------------------------------------------------------------- odds: who gives way first?

def forecasts(solution: Solution) -> dict[str, Forecast]:
    """What follows under either truth."""
    return {truth: forward(solution, truth) for truth in READINGS}

def hundred(share: float) -> str:
    """A probability, of 100."""
    return percent(share).rstrip("%")

def pair(figures: Mapping[str, float]) -> str:
    """A probability under each truth, of 100."""
    return " and ".join(map(hundred, figures.values()))

def often(figures: Mapping[str, float]) -> str:
    """How often something comes under each truth, in a sentence."""
    word, tactic = pair(figures).replace("<", "under ").replace(">", "over ").split(" and ")
    return f"{word} of 100 histories " + (
        f"if he means it, {tactic} if not" if word != tactic else "whether he means it or not")

def named(name: str | None) -> str:
    """A party, or nobody, in a sentence."""
    return PARTIES[name].name if name in PARTIES else str(name)

def has_given_way(node: Node) -> bool:
    """Whether somebody is at the position that gives way."""
    return node not in OUTCOMES and any(
        getattr(node, party) == its.giving for party, its in PARTIES.items())

def first_movers(solution: Solution) -> dict[str, dict[str, float]] | None:
    """By truth: how likely each party is the first to give way; None if one has at the start."""
    found, start = {}, solution.game.start
    if has_given_way(start):
        return None
    for truth in READINGS:
        first = dict.fromkeys((*PARTIES, "nobody"), 0.0)
        waiting = {start: 1.0}  # how likely play is where while nobody has given way
        for number, layer in enumerate(solution.layers):
            for depth, step in enumerate(layer):
                then: dict[Node, float] = defaultdict(float)
                for node, chance in waiting.items():
                    place = step.nodes.index(node)
                    if place >= len(step.rows):
                        then[node] += chance
                        continue
                    for branch, share in zip(step.rows[place], solution.shares(
                            number, depth, place, truth)):
                        if has_given_way(branch.after):
                            first[step.mover] += chance * share
                        else:
                            then[branch.after] += chance * share
                waiting = then
        found[truth] = {**first, "nobody": fsum(waiting.values())}
    return found

HOW = ("handover", *NEVER)

def how_it_ends(solution: Solution) -> dict[str, dict[str, float]]:
    """By truth: a handover with the threat never suspended, after it was; unwarned, and warned."""
    ends = {}
    for truth in READINGS:
        at = solution.at_start(truth)
        ends[truth] = {key: max(0.0, it) for key, it in (
            ("under_threat", at["under_threat"]),
            ("after_suspension", at["handover"] - at["under_threat"]),
            ("unwarned", at["unwarned"]), ("after_ultimatum", at["handover"] - at["unwarned"]))}
    return ends

def best_trust(rungs: Sequence[Mapping[str, Any]]) -> list[dict[str, float]]:
    """The best rung, the lowest where some tie, by intervals of the probability of `word`."""
    worth = {word["trust"]: (word["payoffs"]["us"], tactic["payoffs"]["us"])
             for word, tactic in zip(rungs[::2], rungs[1::2])}
    gaps = [[x - y for x, y in zip(*two)] for two in product(worth.values(), repeat=2)]
    points = sorted({0.0, 1.0, *(tactic / (tactic - word) for word, tactic in gaps
                                 if tactic < -TIE and word > TIE)})  # where two change places
    found: list[dict[str, float]] = []
    for place, end in enumerate(points[1:]):
        start = points[place]
        values = {trust: mean((start + end) / 2, *its) for trust, its in worth.items()}
        best = min(t for t, value in values.items() if value > max(values.values()) - TIE)
        if found and found[-1]["trust"] == best:
            start = found.pop()["from"]
        if end - start > ROUNDING:
            found.append({"from": start, "to": end, "trust": best})
    return found

FIGURE = number()
IF = Column("true", "If he", {WORD: "means it", TACTIC: "does not"}.__getitem__, True)
LADDER = (
    Column("trust", "Trust", "{:.6g}".format), IF,
    *(Column(f"odds.{it}", it.capitalize(), hundred) for it in OUTCOMES),
    *(Column(f"payoffs.{it}", PARTIES[it].label, FIGURE) for it in ("us", "syria")),
    Column("expected_turns", "Turns", number(1)), Column("expected_stalls", "Stalled", number(1)),
    *(Column(f"expected_{key}", head, number(2))
      for key, head in (("short", "Short"), ("ultimatums", "Warned"))))
FIRST = (IF, *(Column(name, it.label, hundred) for name, it in PARTIES.items()),
         Column("nobody", "Nobody", hundred))
ENDS = (IF, *(Column(key, head, hundred) for key, head in (
    ("under_threat", "Threat on"), ("after_suspension", "After suspension"),
    ("unwarned", "No ultimatum"), ("after_ultimatum", "After ultimatum"))))
DEEDS = (Column("done", "Stages done"), Column("lapses", "Lapses (3: or more)"),
         Column("believed", "Believed", hundred),
         Column("earned", "Earned", lambda it: "" if it is None else hundred(it)),
         Column("expected_rounds", "Rounds a history", number(2)))

@question("odds", "Who gives way first, and should Assad be believed?", "",
          ("", "--set trust=0.4 --start us.suspend", "--forbid russia.lean"))
def answer_odds(request: Namespace, page: Page) -> None:
    """The ladder of trust, who moves first, how it ends, and what deeds are worth."""
    dispute, trust = request.dispute, request.dispute.parameters["trust"]
    ladder, rungs = sorted({*RUNGS, trust}), []
    layers = unfold(game_of(dispute, HOW))
    for place in request.tick.each(len(ladder)):
        game = game_of(dispute.setting(trust=ladder[place]), HOW)
        solution = solved(game, believing(game, layers), request.tick)
        found = forecasts(solution)
        rungs += [{
            "trust": ladder[place], "true": truth, "odds": it.odds,
            "payoffs": payoffs(solution)[truth], "expected_rounds": fsum(it.visits.values()),
            **{f"expected_{key}": it.counts[event] for key, event in (
                ("turns", "turns"), ("stalls", "stalled turns"), ("short", "found short"),
                ("ultimatums", ("us", "ultimatum")), ("extensions", "extend"))},
            **{f"expected_{kind}s": {party: it.counts[party, kind] for party in PARTIES}
               for kind in ("concession", "reversal")}} for truth, it in found.items()]
        if ladder[place] == trust:
            first, ends = first_movers(solution), how_it_ends(solution)
            deeds = deeds_of(dispute, found)
    best = best_trust(rungs)
    page.title("Who gives way first, what brings it about, and is Assad to be believed (¶13)?")
    page.say(odds_in_words(first, ends, rungs, trust))
    describe(page, request)
    page.put(rungs=rungs, best_trust=best, first_mover=first, how_it_ends=ends, deeds=deeds)
    for head, columns, its in (("Who is the first to give way", FIRST, first or {}),
                               ("How a handover comes", ENDS, ends)):
        page.title(f"{head}, of 100 histories")
        page.table(columns, [{"true": truth, **it} for truth, it in its.items()])
    page.title("What each first trust of Washington's leads to")
    page.table(LADDER, rungs, gap=1)
    page.say("Outcomes: of 100 histories. US, Syria: payoffs, 1 for the best outcome, 0 for the "
             "worst, less prices. Then means: turns, stalled, stages found short, ultimatums. Best "
             "for the US, by how likely it is that he means it: " + ", ".join(
                 f"trust {it['trust']:g} from {it['from']:.3f} to {it['to']:.3f}"
                 for it in best) + ".")
    page.title("What deeds are worth: of 100 such rounds, he means it in")
    page.table(DEEDS, [it for it in deeds if it["expected_rounds"] >= 0.005])
    page.say("Believed: by the US, which counts stages and lapses. Earned: by the model's play.")
    page.next(request, "worlds # How firm is this?", "claims")

def deeds_of(dispute: Dispute, found: Mapping[str, Forecast]) -> list[dict[str, Any]]:
    """What Washington believes in every situation, and what the model's own play earns there."""
    trust, rows = trust_of("us", dispute.start, dispute.parameters), []
    for lapses, done in product(range(MOST_LAPSES + 1), range(len(STAGES))):
        word, tactic = (fsum(n for state, n in it.visits.items() if state[:2] == (done, lapses))
                        for it in found.values())
        rounds = mean(trust, word, tactic)
        if word or tactic:
            rows.append({"done": done, "lapses": lapses, "expected_rounds": rounds,
                         "believed": trust_of("us", State(done, lapses), dispute.parameters),
                         "earned": trust * word / rounds if rounds else None})
    return rows

def odds_in_words(first: Mapping[str, Mapping[str, float]] | None, ends: Mapping[
        str, Mapping[str, float]], rungs: Sequence[Mapping[str, Any]], trust: float) -> str:
    """Who gives way first, how a handover comes, and (¶13) whether another trust serves the US."""
    lead = {truth: max(its, key=its.__getitem__) for truth, its in (first or {}).items()}
    at = {(it["trust"], it["true"]): it["payoffs"]["us"] for it in rungs}
    total = {truth: its["unwarned"] + its["after_ultimatum"] for truth, its in ends.items()}
    warned, suspended = (pair({truth: its[key] for truth, its in ends.items()})
                         for key in ("after_ultimatum", "after_suspension"))
    says = ["somebody has given way at the start" if not first else
            f"the likeliest to give way first is {named(lead[WORD])}, in " + often(
                {truth: max(its.values()) for truth, its in first.items()})
            if lead[WORD] == lead[TACTIC] else "the likeliest to give way first is " + under(
                {truth: f"{named(who)} ({hundred(first[truth][who])} of 100)"
                 for truth, who in lead.items()}),
            (f"a handover comes in {often(total)}; {warned} of these follow an ultimatum of the "
             f"US, {suspended} a suspension of its threat")]
    for other, name in ((1.0, "taking Assad at his word"), (0.0, "never trusting him")):
        gains = [at[other, truth] - at[trust, truth] for truth in READINGS]
        if other == trust:
            continue
        if max(map(abs, gains)) < NOTICEABLE - ROUNDING:
            says.append(f"{name} makes no difference of {NOTICEABLE} to the US")
        else:
            says.append(f"{name} is worth {gains[0]:+.3f} to the US if he means it, "
                        f"{gains[1]:+.3f} if not")
    return " ".join(map(sentence, says))

# --------------------------------------------------------------- claims: who is right?

DOES = {"rise": (1,), "fall": (-1,), "not fall": (0, 1), "not move": (0,)}
PARTS = {CLAIMS[0].claim: "the threat of strikes", CLAIMS[2].claim: "Russia's pressing"}

def figures_of(dispute: Dispute) -> dict[str, dict[str, float]]:
    """What claims are about, by truth."""
    solution = solve(dispute)
    return {truth: {
        "odds of a handover": it.odds["handover"], "odds of a strike": it.odds["strike"],
        "share of turns stalled": it.counts["stalled turns"] / it.counts["turns"],
        "US payoff": solution.at_start(truth)["us"]} for truth, it in forecasts(solution).items()}

def tested(dispute: Dispute, tick: Tick) -> list[dict[str, Any]]:
    """Every claim put to the test: it holds if borne out under both truths, fails if under neither.

    Without a test, or with one that changes no figure, it is beyond the model.
    """
    before, rows = figures_of(dispute), []
    for place, claim in enumerate(CLAIMS):
        tick(place, len(CLAIMS))
        forbidden, moved = {*dispute.forbidden, *claim.forbid}, False
        cases: dict[str, dict[str, Any]] = {}
        if claim.figure and all({(party, it.declared), (party, it.giving)} - forbidden
                                for party, it in PARTIES.items()):
            for truth, its in figures_of(dispute.setting(**dict(claim.numbers))._replace(
                    forbidden=tuple(forbidden), commitments=claim.commit)).items():
                was, now = before[truth][claim.figure], its[claim.figure]
                way = (now > was) - (now < was) if abs(now - was) >= NOTICEABLE - ROUNDING else 0
                cases[truth] = {"before": was, "after": now, "change": now - was,
                                "borne_out": way in DOES[claim.should or ""]}
                moved |= any(abs(its[it] - before[truth][it]) >= ROUNDING for it in its)
        moved &= any(it["before"] or it["after"] for it in cases.values())
        borne_out = sum(it["borne_out"] for it in cases.values())
        rows.append({
            **dict(zip(Claim._fields[:-3], claim)), "truths": cases or {
                it: dict.fromkeys(("before", "after", "change", "borne_out")) for it in READINGS},
            "verdict": ("fails", "depends on Assad", "holds")[borne_out] if moved else
            "beyond the model", "slight": moved and all(
                abs(it["change"]) <= 2 * NOTICEABLE + ROUNDING for it in cases.values()),
            "share_of_worlds": None, "firmness": None})
    return rows

@question("claims", "Who is right about what would follow?", "worlds seed",
          ("", "--worlds 10", "--set deeds=1"))
def answer_claims(request: Namespace, page: Page) -> None:
    """What the report's speakers say would follow, put to the test."""
    worlds, says, lines = request.worlds or 0, [], []
    rows, *drawn = (tested(it, request.tick) for it in worlds_of(request, worlds))
    for row, *others in zip(rows, *drawn):
        show = FIGURE if row["figure"] == "US payoff" else hundred
        cases = {truth: it for truth, it in row["truths"].items() if it["after"] is not None}
        told = {truth: f"{show(it['before'])} to {show(it['after'])}"
                for truth, it in cases.items()}
        text = f"{row['verdict'].upper()}{', slight' * row['slight']}. "
        if others and row["figure"]:
            share = sum(it["verdict"] == row["verdict"] for it in others) / worlds
            row |= {"share_of_worlds": share, "firmness": firmness(share)}
            text += f"So in {hundred(share)} of 100 worlds: {row['firmness']}. "
        text += f"If {row['test']}, the {row['figure']} should {row['should']}: " + (
            under(told) if told else "not possible here") if row["figure"] else sentence(
                row["test"].removeprefix("none: "))[:-1]
        lines.append((f"{row['who']} {row['paragraphs']}: {row['claim']}", f"{text}."))
        if row["claim"] in PARTS and cases:
            helped = [it for it, case in cases.items() if case["change"] <= ROUNDING - NOTICEABLE]
            says.append(f"{PARTS[row['claim']]} helps a handover " + (
                "with neither Assad", if_true(*helped[:1]), "with either Assad")[len(helped)]
                + f": without it, {often({it: case['after'] for it, case in cases.items()})}")
    verdicts = [row["verdict"] for row in rows if row["verdict"] != "beyond the model"]
    says.append(f"of {count(len(verdicts), 'claim')} that can be tested, "
                f"{COUNTS[verdicts.count('depends on Assad')]} hang on which Assad it is")
    page.put(claims=rows)
    page.title("Who is right? What the report's speakers say would follow, put to the test")
    page.say(" ".join(map(sentence, says)))
    describe(page, request)
    page.say("A claim holds if its figure (odds, shares: of 100) does as claimed under both "
             f"truths, fails if under neither; changes count from {NOTICEABLE}, to twice that are "
             "slight."
             + (" " + worlds_told(worlds, request.seed)) * bool(worlds))
    for head, text in lines:
        page.say(head)
        page.say(text, "  ", "  ")
    seed = f"--seed {request.seed}"
    page.next(request, f"claims --worlds {5 * worlds or 10} {seed} # How firm is it?", "settle")

def if_true(truth: str = "") -> str:
    """Under which truth, in a sentence."""
    return "if he means the offer" if truth == WORD else "if he does not mean it"

def worlds_told(worlds: int, seed: int) -> str:
    """What a share of worlds is: nobody may take it for a probability of history."""
    return (f"Worlds: {worlds} (seed {seed}), each with every judgement drawn anew. A share of "
            "worlds is no probability of history: it says how many such guesses agree. "
            f"Firm from {100 * FIRM:g} of 100, leaning from {100 * LEANING:g}, else open.")

def worlds_of(request: Namespace, worlds: int) -> Iterator[Dispute]:
    """The dispute as it is set, then with every judgement drawn anew, in the order of PARAMETERS.
    """
    draw, fixed = Random(request.seed).random, dict(request.set)  # what is fixed is drawn as well
    for place in request.tick.each(worlds + 1):
        yield request.dispute.setting(**{**{
            name: KINDS[it.kind].drawn(draw(), it.default, it.high)
            for name, it in PARAMETERS.items() if place and name not in NOT_DRAWN}, **fixed})

# ------------------------------------------------------------------ settle: what would settle it?

def choices_left(forbidden: Collection[Move]) -> Iterator[list[str | None]]:
    """By party, none and the promises that have an effect, and another than those before."""
    states = [State(done, lapses, *its) for done, lapses, its in product(
        range(len(STAGES)), range(MOST_LAPSES + 1), product(*(
            (it.declared, it.giving) for it in PARTIES.values())))]
    for party, promises in COMMITMENTS.items():
        seen: dict[tuple[Any, ...], str | None] = {}
        for text, bind in ((None, None), *promises.items()):
            seen.setdefault(tuple(menu(party, it, forbidden, bind) for it in states), text)
        yield [*seen.values()]

def packages(request: Namespace) -> Iterator[dict[str, Any]]:
    """Every package as JSON has it, the empty one first: what it leads to, or who refuses it."""
    dispute = request.dispute
    none: dict[str, Any] = {}
    choices = [*product(*choices_left(dispute.forbidden))]
    for place in request.tick.each(len(choices)):
        bonds = tuple((party, text) for party, text in zip(COMMITMENTS, choices[place]) if text)
        solution = solve(dispute._replace(commitments=bonds), OUTCOMES[:2])
        pays, odds = payoffs(solution), {}
        for truth in READINGS:
            handover, strike = map(solution.at_start(truth).__getitem__, OUTCOMES[:2])
            odds[truth] = dict(zip(OUTCOMES, (handover, strike, 1 - handover - strike)))
        none = none or pays
        gains = {truth: {party: pays[truth][party] - none[truth][party] for party in PARTIES}
                 for truth in READINGS}
        least, refuser, true = min(
            ((gains[truth][party], party, truth) for party, _ in bonds for truth in READINGS),
            key=itemgetter(0), default=(0.0, "", ""))
        package = {
            "commitments": {**dict.fromkeys(PARTIES), **dict(bonds)},
            "signatories": [party for party, _ in bonds], "smallest_gain": least,
            "odds": odds, "gains": gains, "payoffs": pays}
        if bonds and least < NOTICEABLE - ROUNDING:
            package |= {"refuser": refuser, "true": true}
        elif bonds:
            most, where = temptation_of(dispute, bonds, solution)
            package |= {"temptation": most, "tempted": where, "kept": most < NOTICEABLE + ROUNDING}
        yield package

def temptation_of(dispute: Dispute, bonds: tuple[Move, ...], solution: Solution
                  ) -> tuple[float, dict[str, Any]]:
    """The most that a signatory would gain by breaking a package, and where.

    Over its own decisions that play under the package reaches with REACHED or more: what it is
    worth to be free from there on, the others bound, less what it is worth to stay bound.
    """
    found: list[tuple[float, dict[str, Any]]] = []
    for bond in bonds:
        party, depth = bond[0], [*PARTIES].index(bond[0])
        alone = solve(dispute._replace(commitments=tuple({*bonds} - {bond})))
        for truth in READINGS:
            for number, step, mass, _ in flow(solution, truth):
                if step is None or step.name != party or max(mass) < REACHED - ROUNDING:
                    continue
                nodes = alone.layers[number][depth].nodes
                bound, free = (it.within(number)[depth][party][(truth == TACTIC) * len(its):]
                               for it, its in ((solution, step.nodes), (alone, nodes)))
                found += [(free[nodes.index(state)] - stays, {
                    "party": party, "true": truth, "round": number + 1, "done": state.done,
                    "lapses": state.lapses, "positions": dict(zip(PARTIES, state[2:])),
                    "probability": chance})
                    for state, stays, chance in zip(step.nodes[:len(step.rows)], bound, mass)
                    if chance >= REACHED - ROUNDING]
    most = max((gain for gain, _ in found), default=0.0)
    return next((it for it in found if it[0] >= most - ROUNDING), (0.0, {}))

GAINS = (Column("at", "No."), IF, Column("handover", "Handover", hundred),
         *(Column(name, it.label, number(3, "+")) for name, it in PARTIES.items()))

@question("settle", "What would settle it, and would it be kept?", "top",
          ("", "--top 5", "--done 1", "--start us.suspend"))
def answer_settle(request: Namespace, page: Page) -> None:
    """Every package, by its smallest gain (Kalai 1977), and if kept (d'Aspremont et al. 1983)."""
    without, *others = packages(request)
    order = sorted(others, key=lambda it: (-round(it["smallest_gain"], 9), *(
        (-round(average(it), 9), len(it["signatories"])) if "kept" in it else ())))
    good, refused = ([it for it in order if ("kept" in it) == kept] for kept in (True, False))
    kinds = {"promises": [it for it in good if len(it["signatories"]) == 1],
             "deals": [it for it in good if len(it["signatories"]) > 1], "refused": refused}
    page.put(examined=1 + len(others), without=without, **kinds)
    page.title(QUESTIONS["settle"].asks)
    was = often({truth: it["handover"] for truth, it in without["odds"].items()})
    page.say((f"{len(good)} of the packages could be signed, the best of them this: " if good else
              "Nothing would: whatever is promised, some signatory gains less than "
              f"{NOTICEABLE} under one Assad or the other, so nobody signs. Nearest comes this: ")
             + " ".join(map(told_of, order[:1]))
             + f" As it is, a handover comes in {was}.")
    describe(page, request)
    most = sorted(refused, key=lambda it: -round(average(it), 9))[:1]
    top = {kind: its[:request.top] for kind, its in kinds.items()} | {"most for a handover": most}
    rows: list[dict[str, Any]] = []
    for kind, it in ((kind, it) for kind, its in top.items() for it in its):
        at = len(rows) // 2 + 1
        page.say(told_of(it), f"{at} ({kind.removesuffix('s')}) ", "  ")
        rows += [{"at": at, "true": truth, "handover": it["odds"][truth]["handover"],
                  **it["gains"][truth]} for truth in READINGS]
    page.say()
    page.table(GAINS, rows)
    page.say(f"Of {1 + len(others)} packages, each signatory free or bound in every round. "
             "Handover: of 100 histories. Parties: what they gain. Signed: if every signatory "
             f"gains {NOTICEABLE} at least, whichever Assad it is. Kept: if none gains so much by "
             "breaking it.")
    page.next(request, "rest", "claims")

def average(package: Mapping[str, Any]) -> float:
    """The plain mean of the odds of a handover over the truths."""
    return fsum(odds["handover"] for odds in package["odds"].values()) / 2

def told_of(package: Mapping[str, Any]) -> str:
    """Who promises what, and who refuses or breaks it."""
    gain, it = package["smallest_gain"], package.get("tempted")
    fate = (f"{PARTIES[package['refuser']].name} refuses: {if_true(package['true'])}, it "
            f"{'gains only' if gain >= 0 else 'loses'} {FOUR(abs(gain))}" if it is None else
            f"all gain {FOUR(gain)} at least, and it is kept" if package["kept"] else
            f"all gain {FOUR(gain)} at least, but {PARTIES[it['party']].name} breaks it in round "
            f"{it['round']}, {if_true(it['true'])}, for {FOUR(package['temptation'])}")
    return sentence(listed(f"{PARTIES[party].name} will {package['commitments'][party]}"
                           for party in package["signatories"])) + f" {sentence(fate)}"

# ------------------------------------------------- rest: where could it rest, by rankings alone?

CONCEPTS = ("Nash", "SEQ", "GMR", "SMR")

def standing_of(party: str, state: State, reading: str) -> tuple[int, bool, bool]:
    """A party's rank of a state that lasts, less is better: by outcome, face, then pressure."""
    it, works = PARTIES[party], state.syria == "comply"
    outcome = "handover" if works else "strike" if state.us == "hold" else "stalemate"
    gave = getattr(state, party) == it.giving
    met = works if party in ("us", "opposition") else condition_met(party, state, {})
    holding = [one for one in IN_FRONT if getattr(state, one) == PARTIES[one].declared][:1]
    return ((it.ranking or READINGS[reading].ranking).index(outcome), gave and not met,
            works and holding == [party] or party == "russia" and gave)

def rests(reading: str, binding: bool, concept: str) -> list[dict[str, str]]:
    """The positions that nobody leaves; `binding`: the US can never leave a suspension."""
    def better(party: str, one: State, other: State) -> bool:
        """Whether a party prefers one state to another."""
        return standing_of(party, one, reading) < standing_of(party, other, reading)

    def moves(party: str, state: State, improving: bool) -> list[State]:
        """Where a party can go alone; `improving`: and prefers to be."""
        move = {PARTIES[party].declared, PARTIES[party].giving} - {getattr(state, party)}
        then = state._replace(**dict(zip([party], move)))  # type: ignore[arg-type]
        bound = binding and party == "us" and state.us == "suspend"
        return [then] * (not bound and (not improving or better(party, then, state)))

    def countered(party: str, state: State, there: State, others: Collection[str]) -> bool:
        """Whether others, each moving once at most, can make a move none the better."""
        return any(
            not better(party, then, state) and not (concept == "SMR" and any(
                better(party, it, state) for it in moves(party, then, False)))
            or countered(party, state, then, {*others} - {other})
            for other in others for then in moves(other, there, concept == "SEQ"))

    states = [State(1, 1, *its) for its in product(*(
        (it.declared, it.giving) for it in PARTIES.values()))]
    return [dict(zip(PARTIES, state[2:])) for state in states if all(
        concept != "Nash" and countered(party, state, there, {*PARTIES} - {party})
        for party in PARTIES for there in moves(party, state, True))]

@question("rest", "Where could it rest, by rankings alone?", "", ("", "--json"), game=())
def answer_rest(request: Namespace, page: Page) -> None:
    """The graph model for conflict resolution (Fang, Hipel & Kilgour 1993): no number at all."""
    found: list[dict[str, Any]] = [{"suspension": free, "true": truth, "concept": concept,
              "states": rests(truth, free == "binding", concept)}
             for free, truth, concept in product(("free", "binding"), READINGS, CONCEPTS)]
    bound = forecasts(solve(request.dispute._replace(commitments=(("us", AT_ONCE),))))
    odds = {truth: it.odds["handover"] for truth, it in bound.items()}
    page.put(rests=found, by_the_numbers={"suspended_for_good": odds})
    page.title(QUESTIONS["rest"].asks)
    rows: dict[Any, dict[str, Any]] = {}
    works: dict[Any, set[str]] = {}
    for it in found:
        case, told = (it["suspension"], it["true"]), at_rest(it["states"])
        works.setdefault(case, set()).update(one["syria"] for one in it["states"])
        row = rows.setdefault((case, told), {**it, "by": [], "told": told})
        row["by"].append(it["concept"])
    where = {case: "also with the weapons kept" if len(its) > 1 else "only with Syria at work"
             if "comply" in its else "only with the weapons kept" for case, its in works.items()}
    page.say(" ".join(f"{lead}, it can rest {under({it: where[free, it] for it in READINGS})}."
                      for free, lead in (("free", "As long as a suspension can be undone"),
                                         ("binding", "Once it binds")))
             + " By the numbers of the other questions, a threat suspended at once and for good "
             f"leaves a handover in {often(odds)}.")
    describe(page, request)
    page.say()
    page.table((Column("suspension", "Suspension", left=True), IF,
                Column("by", "By", ", ".join, True), Column("told", "It rests where", left=True)),
               rows.values())
    page.say("No number, no chance, no clock: only who prefers which state to last, and who can "
             "move where (the graph model). Nobody leaves a rest. Nash: nobody can improve alone. "
             "SEQ: others, improving in turn, undo it. GMR: any answers do. SMR: with no way out.")
    page.next(request, "settle", "odds --start us.suspend # And by the numbers, once suspended?")

def at_rest(states: Sequence[Mapping[str, str]]) -> str:
    """Rests in words: a few by who has left the declared position, many by what they share."""
    works, threat = ([it[party] for it in states].count(move)
                     for party, move in (("syria", "comply"), ("us", "hold")))
    return f"Syria works in {works} of {len(states)} states, the threat stands in {threat}" if len(
        states) > 2 else "; or ".join(listed(
            f"{PARTIES[party].name} {STOOD[move]}" for party, move in it.items()
            if move == PARTIES[party].giving) for it in states) or "nowhere"

# ------------------------------------------------------- vary: what would have to be true?

TURNS = ("likeliest outcome", "first mover", "how it ends", "ultimatum")  # what can turn over

def headlines(solution: Solution) -> dict[str, dict[str, Any]]:
    """What is said of a dispute, under either truth; None of what cannot be said."""
    first, said, paid = first_movers(solution), {}, payoffs(solution)
    for truth, ends in how_it_ends(solution).items():
        ways = [None if max(ends[after], ends[without]) < TIE else
                after if ends[after] > ends[without] + ROUNDING else without
                for without, after in zip([*ends][::2], [*ends][1::2])]
        at = solution.at_start(truth)
        said[truth] = {"odds": {it: at[it] for it in OUTCOMES}, "first_mover": first and max(
                           first[truth], key=first[truth].__getitem__),
                       "how_it_ends": ends, "payoffs": paid[truth],
                       "ends": ways[0], "warned": ways[1]}
    return said

HEADS = (*OUTCOMES, "under_threat", "unwarned")

def gist(headline: Mapping[str, Any]) -> list[str]:
    """What of a headline can turn over, in the order of TURNS, in words."""
    ways = [f"a handover comes rather {way.replace('_', ' ')}" if way else "no handover can come"
            for way in (headline["ends"], headline["warned"])]
    return [f"the likeliest outcome is a {max(OUTCOMES, key=headline['odds'].__getitem__)}",
            f"{named(headline['first_mover'])} is the likeliest to give way first", *ways]

def spans(some: Collection[float], tried: Sequence[float]) -> str:
    """Some of the values tried, those that follow each other as 0.3 to 0.6."""
    found: list[list[float]] = []
    for before, value in zip([None, *tried], tried):
        if value in some and found and before == found[-1][-1]:
            found[-1].append(value)
        elif value in some:
            found.append([value])
    return listed(" to ".join(f"{it:.6g}" for it in dict.fromkeys((span[0], span[-1])))
                  for span in found)

def bar(share: float, size: int = 10) -> str:
    """A share as a bar."""
    return "█" * int(size * share + 0.5 + TIE)

VARIED = (
    Column("told", "Value"),
    Column("odds.handover", "Handover", lambda it: f"{bar(it):10} {hundred(it):>3}", True),
    *(Column(f"odds.{it}", it.capitalize(), hundred) for it in OUTCOMES[1:]),
    Column("first_mover", "First", lambda it: PARTIES[it].label if it in PARTIES else it or "given",
           True),
    *(Column("how_it_ends", head, lambda it, key=key: (  # type: ignore[misc]
        "none" if max(it.values()) < TIE else hundred(it[key])))
      for head, key in (("Suspended", "after_suspension"), ("Warned", "after_ultimatum"))),
    Column("star", "", left=True))

@question("vary", "What would have to be true?", "",
          ("strain", "support", "deeds --set trust=0.5"))
def answer_vary(request: Namespace, page: Page) -> None:
    """One judgement over its range, the rest as set: what turns over, and where."""
    if not request.name:
        raise UsageError(f"vary: which judgement? one of {', '.join(PARAMETERS)}")
    name, dispute = request.name, request.dispute
    it, here, kind = PARAMETERS[name], dispute.parameters[name], KINDS[PARAMETERS[name].kind]
    tried = (*kind.tried(it.default, it.low, it.high), it.default, here)
    values = sorted({(int if kind.whole else float)(value) for value in tried
                     if it.low <= value <= it.high})
    found = [headlines(solve(dispute.setting(**{name: values[place]}), HEADS, tick=request.tick))
             for place in request.tick.each(len(values), values if name == "rounds" else ())]
    base = found[values.index(here)]
    rows: list[dict[str, Any]] = []
    told: dict[str, dict[str, list[float]]] = {}  # by words and truth: the values
    for value, truths in zip(values, found):
        turned = []
        for truth in READINGS:
            for what, now, then in zip(TURNS, gist(truths[truth]), gist(base[truth])):
                if now != then:
                    turned.append(f"{what} if {truth}")
                    told.setdefault(now, {it: [] for it in READINGS})[truth].append(value)
        rows.append({"value": value, "turns_over": turned, "truths": truths})
    page.title(f"What would have to be true of {name}? It is set at {here:.6g}")
    page.say(" ".join([sentence(it.means), *(sentence(f"{words} at " + (
        under({truth: spans(at, values) for truth, at in its.items()}) if all(its.values()) else
        "".join(f"{spans(at, values)} {if_true(truth)}" for truth, at in its.items() if at)))
        for words, its in told.items())]) + " Nothing turns over." * (not told))
    describe(page, request)
    page.put(parameter=name, rows=rows)
    for truth in READINGS:
        page.title(f"{sentence(if_true(truth))[:-1]}, of 100 histories")
        page.table(VARIED, [{
            "told": f"{row['value']:.6g}{' set' * (row['value'] == here)}", **row["truths"][truth],
            "star": "*" * any(it.endswith(truth) for it in row["turns_over"])} for row in rows],
            gap=1)
    page.say("First: the likeliest to give way first. Suspended, warned: handovers after a "
             "suspension, an ultimatum. *: something turns over.")
    page.next(request, "worlds", f"odds --set {name}={values[-1]!r}")

# -------------------------------------------------- worlds: how much hangs on the judgements?

def rank_correlation(left: Sequence[float], right: Sequence[float]) -> float | None:
    """Spearman's rho, equal values sharing their mean rank; None where nothing varies."""
    from bisect import bisect_left, bisect_right
    from statistics import StatisticsError, correlation

    ranks = [[bisect_left(order, value) + bisect_right(order, value) for value in values]
             for values in (left, right) for order in [sorted(values)]]
    try:
        return correlation(*ranks)
    except StatisticsError:  # fewer than two values, or all the same
        return None

def asked_in(world: Dispute) -> dict[str, dict[str, Any]]:
    """What is asked of a world, by truth: its headlines, and whether another trust serves better.
    """
    games = [game_of(world, HEADS), *(
        game_of(world.setting(trust=trust)) for trust in (0.0, 1.0))]
    layers = unfold(games[0])
    rule, never, always = (solved(game, believing(game, layers)) for game in games)
    answers = {}
    for truth, it in headlines(rule).items():
        us, if_never, if_always = (one.at_start(truth)["us"] for one in (rule, never, always))
        answers[truth] = {
            "handover": it["odds"]["handover"],
            "likeliest": max(OUTCOMES, key=it["odds"].__getitem__),
            "first_mover": it["first_mover"], "after_suspension": it["ends"] == "after_suspension",
            "after_ultimatum": it["warned"] == "after_ultimatum", **{
                f"never_beats_{name}{tail}": if_never - other > least - ROUNDING
                for tail, least in (("", 2 * ROUNDING), ("_noticeably", NOTICEABLE))
                for name, other in (("rule", us), ("word", if_always))}}
    return answers

def agreement(drawn: Sequence[Parameters], its: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What the worlds say together, under one truth; percentiles of one world are its own."""
    from statistics import median, quantiles

    odds = [it["handover"] for it in its]
    steps = quantiles(odds, n=20, method="inclusive") if len(its) > 1 else odds
    bins = [min(int(value * 10), 9) for value in odds]
    found: dict[str, Any] = {"handover": {
        "median": median(odds), "p05": steps[0], "p95": steps[-1],
        "histogram": [bins.count(place) for place in range(10)]}}
    for key in [*its[0]][1:]:
        told = [it[key] for it in its]
        names = {"likeliest": OUTCOMES, "first_mover": (*PARTIES, "nobody")}.get(key)
        found[key] = {name: told.count(name) / len(told) for name in names} if names else (
            sum(told) / len(told))
    return {**found, "drivers": {name: rank_correlation([it[name] for it in drawn], odds)
                                 for name in PARAMETERS if name not in NOT_DRAWN}}

SHARES = {  # of worlds, by key: the headline
    "likeliest": "the likeliest outcome is a", "first_mover": "the first to give way is",
    "after_suspension": "a handover mostly follows a suspension",
    "after_ultimatum": "a handover mostly follows an ultimatum",
    "never_beats_rule_noticeably": "never to trust is better than the rule of trust",
    "never_beats_word_noticeably": "never to trust is better than to take his word"}
MOST_DRIVERS = 8  # judgement: so many are shown

@question("worlds", "How much hangs on numbers nobody knows?", "worlds seed",
          ("", "--worlds 100", "--set rationality=22"))
def answer_worlds(request: Namespace, page: Page) -> None:
    """Every judgement drawn anew, again and again (SMAA: Lahdelma & Salminen 2001)."""
    worlds = 25 if request.worlds is None else request.worlds
    if not worlds:
        raise UsageError("--worlds: '0' leaves no world to ask; give 1 or more")
    (_, here), *asked = ((it.parameters, asked_in(it)) for it in worlds_of(request, worlds))
    truths = {truth: agreement([numbers for numbers, _ in asked], [it[truth] for _, it in asked])
              for truth in READINGS}
    page.put(worlds=worlds, seed=request.seed, truths=truths)
    page.title(QUESTIONS["worlds"].asks)
    rows: list[dict[str, Any]] = []
    says: dict[bool, list[str]] = {True: [], False: []}
    for key, text in SHARES.items():
        for name in dict.fromkeys(max(it[key], key=it[key].get) if isinstance(it[key], dict) else ""
                                  for it in truths.values()):
            shares = {truth: it[key][name] if name else it[key] for truth, it in truths.items()}
            row = {"text": f"{text} {named(name)}".strip()}
            for truth, share in shares.items():
                odd = here[truth][key] != (name or True) if share > 0.5 else (
                    here[truth][key] == (name or True))
                row[truth] = f"{hundred(share)} {firmness(share)}" + "*" * (
                    odd and firmness(share) == "firm")
            rows.append(row)
            says[{*map(firmness, shares.values())} == {"firm"} and len(
                {share > 0.5 for share in shares.values()}) == 1].append(
                    "not " * (max(shares.values()) <= 0.5) + f"that {row['text']}")
    median, low, high = ({truth: it["handover"][key] for truth, it in truths.items()}
                         for key in ("median", "p05", "p95"))
    page.say(f"Firm whichever Assad it is: {listed(says[True]) or 'nothing'}. Not so firm: "
             f"{listed(says[False]) or 'nothing'}. In the middle world a handover comes in "
             f"{often(median)}; in 90 of 100 worlds in {pair(low)} at least, {pair(high)} at most.")
    describe(page, request)
    page.say()
    heads = Column(WORD, "If he means it", left=True), Column(TACTIC, "If not", left=True)
    page.table((Column("text", "Of 100 worlds", left=True), *heads), rows)
    page.say(f"{worlds_told(worlds, request.seed)} Better: by {NOTICEABLE} or more, as in odds. "
             "*: not so by the numbers that are set.")
    counts = [it["handover"]["histogram"] for it in truths.values()]
    longest = max(map(max, counts))
    page.title("Worlds by how many of 100 histories end in a handover")
    page.table((Column("at", "Of 100"), *heads), [{"at": f"{10 * k}-{10 * k + 10}", **{
        truth: f"{bar(n / longest, 20)} {n}".strip() for truth, n in zip(READINGS, both)}}
        for k, both in enumerate(zip(*counts))])
    page.title("What they hang on: rank correlation with the odds of a handover")
    drivers = {name: {truth: it["drivers"][name] or 0.0 for truth, it in truths.items()}
               for name in truths[WORD]["drivers"]}
    most = sorted(drivers, key=lambda it: -max(map(abs, drivers[it].values())))
    page.table((Column("name", "Parameter", left=True), *heads), [{"name": name, **{
        truth: f"{number(2, '+')(rho)} {bar(abs(rho), 16)}".strip()
        for truth, rho in drivers[name].items()}} for name in most[:MOST_DRIVERS]])
    page.say(f"Within {min(1.0, 2 / max(worlds - 1, 1) ** 0.5):.2f} of 0 it may be chance.")
    page.next(request, f"vary {most[0]}", f"claims --worlds {worlds} # Are the claims as firm?")

# --------------------------------------------------------------- history: what happened later?

def completions(solution: Solution, truth: str, numbers: Parameters, tick: Tick
                ) -> list[list[float]]:
    """[stage][turn]: how likely a stage is completed by the end of a turn."""
    found: list[list[float]] = [[0.0] for _ in STAGES]
    mass = [[float(node == solution.game.start)] for node in solution.layers[0][0].nodes]
    for number, layer in enumerate(solution.layers):
        tick(number, len(solution.layers))
        for depth, step in enumerate(layer):
            then: list[list[float]] = [[] for _ in step.following]
            for place, (node, its) in enumerate(zip(step.nodes, mass)):  # its: by turn
                if place >= len(step.rows):
                    add_turns(then[step.passing[place - len(step.rows)]], 1.0, its)
                    continue
                if not its:
                    continue
                if step.name == "spell":
                    its = after_spell(its, spell(node, truth, numbers))
                for branch, places, share in zip(step.rows[place], step.after, solution.shares(
                        number, depth, place, truth)):
                    add_turns(then[places[place]], share, its)
                    if branch.name == "completes":
                        add_turns(found[node.done], share, its)
            mass = [its if node not in OUTCOMES and fsum(its) > NEGLIGIBLE else []
                    for node, its in zip(step.following, then)]
    return [[*accumulate(its)] for its in found]

def add_turns(into: list[float], share: float, mass: Sequence[float]) -> None:
    """Adds a share of what is likely turn by turn."""
    into += [0.0] * (len(mass) - len(into))
    for turn, x in enumerate(mass if share else ()):
        into[turn] += share * x

def after_spell(mass: list[float], it: Spell) -> list[float]:
    """[turn]: how likely a spell has just ended, by how likely one begins."""
    found: list[float] = []
    waiting, turn = 1.0, 0
    while waiting > NEGLIGIBLE:
        turn += 1
        add_turns(found, waiting * it.due(turn), [0.0] * turn + mass)
        waiting *= 1 - it.due(turn)
    return found

def dates_of(by_turn: Sequence[float], recorded: date) -> dict[str, Any]:
    """When a stage is completed, if it is, and how often by the end of the turn of a day."""
    total = by_turn[-1]
    return {**{key: next((first_day(turn + 1) for turn, chance in enumerate(by_turn)
                          if total and chance >= share * total), None)
               for key, share in (("median", 0.5), ("p05", 0.05), ("p95", 0.95))},
            "completed_by_then": by_turn[:turn_of(recorded) + 1][-1], "completed_at_all": total}

DATES = (Column("stage", "Stage", left=True), Column("recorded", "Recorded", day), IF,
         *(Column(key, head, lambda it: day(it) if it else "never") for key, head in (
             ("median", "Median"), ("p05", "5 of 100"), ("p95", "95 of 100"))),
         Column("completed_by_then", "By then", hundred))

@question("history", "What happened later?", "", ("", "--set pace=0.9", "--done 1"))
def answer_history(request: Namespace, page: Page) -> None:
    """The recorded dates beside the model's exact distribution of each stage."""
    dispute, turns = request.dispute, {}
    for place in request.tick.each(1 + len(READINGS), (8, 1, 1)):
        if not place:
            solution = solve(dispute, HOW, tick=request.tick)
        else:
            truth = tuple(READINGS)[place - 1]
            turns[truth] = completions(solution, truth, dispute.parameters, request.tick)
    ends = how_it_ends(solution)
    held, unwarned = ({truth: its[key] for truth, its in ends.items()}
                      for key in ("under_threat", "unwarned"))
    recorded = {truth: solution.at_start(truth)["as_recorded"] for truth in READINGS}
    rare = {truth: f"{1000 * it:.1f} of 1,000 histories" for truth, it in recorded.items()}
    stages: list[dict[str, Any]] = [{"stage": name, **fact._asdict(), "truths": {
        truth: dates_of(its[place], fact.recorded) for truth, its in turns.items()}}
        for place, (name, fact) in enumerate(ON_RECORD.items())]
    page.put(stages=stages, threat_held=held, unwarned=unwarned, as_recorded=recorded,
             also=ALSO_ON_RECORD, note=NOT_INCLUDED)
    page.title(f"What happened, beside what the model gave it on {day(FIRST_DAY)}")
    then = {truth: its["completed_by_then"] for truth, its in stages[-1]["truths"].items()}
    page.say("On record the threat was never formally withdrawn, no ultimatum followed once the "
             "plan was agreed, and the last of the declared stock left by "
             f"{day(ON_RECORD['destroy'].recorded)}. The model hardly ever brings that about: a "
             f"handover with no suspension and no ultimatum comes in {under(rare)}. For in the "
             "model a Syria that stalls moves for an ally that fears the end of the talks, and the "
             "US suspends once deeds have come. A handover comes by the end of that turn in "
             f"{often(then)}; at any time with no suspension in {pair(held)}, with no ultimatum in "
             f"{pair(unwarned)}. {NOT_INCLUDED} In the model that is a handover in part. One "
             "history is no test of a model; nothing in it was tuned to this one.")
    describe(page, request)
    page.say()
    page.table(DATES, [{**stage, "true": truth, **its} for stage in stages[dispute.start.done:]
                       for truth, its in stage["truths"].items()])
    page.say("Dates: the first day after the turn in which so many of the histories that complete "
             "the stage have done so. By then: of 100, by the end of the turn of the record.")
    page.title("On record")
    for text in (*(f"{it['stage']}: {it['event']} ({it['source']})" for it in stages),
                 *ALSO_ON_RECORD):
        page.say(text, "  ", "    ")
    page.next(request, "odds", "claims")

# ------------------------------------------------------ positions: who wants what, by whose word?

@question("positions", "Who wants what, and whose numbers?", "", ("", "--set face=0.2"))
def answer_positions(request: Namespace, page: Page) -> None:
    """The tables of section 1, as a reader wants them."""
    numbers = request.dispute.parameters
    parties = {name: {**it._asdict(), "condition": it.condition.format(**numbers)}
               for name, it in PARTIES.items()}
    page.title("Who wants what, and where each number comes from")
    page.say("¶: a paragraph of the report. All numbers are judgements (--set changes them).")
    describe(page, request)
    for its in parties.values():
        page.say("{declared}: {stance} ({stated}). {giving}: {gives}, at no cost once {condition} "
                 "({condition_source}). {wants} ({source}).".format(
                     **its, wants=" > ".join(its["ranking"]) or "What it wants is the question"),
                 f"{its['label']}: ", "  ")
    for name, it in READINGS.items():
        page.say(f"{it.claim}: {' > '.join(it.ranking)} ({it.whose})", f"{name}: ", "  ")
    for name, one in PARAMETERS.items():
        page.say(one.means, f"{name} {numbers[name]:.12g}: ", "  ")
    also = (f"a turn of {DAYS_A_TURN} days", f"{MOST_LAPSES} lapses and more count the same",
            f"{NOTICEABLE} as the least difference that counts in claims and settle",
            f"firm from {FIRM:g}, leaning from {LEANING:g} of worlds",
            f"a close call from {NEARLY_EVEN[0]:g} to {NEARLY_EVEN[1]:g}",
            f"a clue from a factor of {CLUE:g}",
            f"almost certain from {SURELY:g}, very unlikely to {HARDLY:g}",
            f"an end nobody's alone from {LIKELY_ANYWAY:g}")
    page.put(judgements=[{"name": name, **one._asdict(), "value": numbers[name]}
                         for name, one in PARAMETERS.items()],
             parties=parties, readings=READINGS, also=also,
             report={"first_day": FIRST_DAY, "attack": ATTACK, "war": WAR},
             stages={name: stage.task for name, stage in STAGES.items()})
    page.say(f"Judgements besides: {'; '.join(also)}. Of the report: {ATTACK}; {WAR}.")
    page.next(request, "vary trust # What would have to be true?", "odds")

# 8  The command line ==============================================================================

INFINITY = float("inf")

def one_of(*allowed: str, of: str = "") -> Callable[[str], str]:
    """A reader that takes these words alone, and raises UsageError at another one (`of` what)."""

    def read(word: str) -> str:
        if word in allowed:
            return word
        from difflib import get_close_matches

        close = get_close_matches(word.lower(), allowed, 1, 0.6)
        hint = "".join(f"; did you mean {it}?" for it in close)
        raise UsageError(f"{of}{shown(word)} is not one of {', '.join(allowed)}{hint}")

    return read

def a_number(low: float, high: float = INFINITY, whole: bool = True, of: str = ""
             ) -> Callable[[str], Any]:
    """A reader of plain decimal numbers in a range, whole ones as 100, 1e2 or 100.0; as above."""

    def read(word: str) -> Any:
        value: float = INFINITY
        with suppress(ValueError, ArithmeticError):  # of a number too long to read, or none
            digits = set(word) <= set("0123456789.eE+-")
            if digits and whole:
                from decimal import Decimal

                exact = Decimal(word)
                if exact == exact.to_integral_value() and exact.adjusted() < 4000:
                    value = int(exact)
            elif digits:
                value = float(word) + 0.0  # no negative zero
        if value == INFINITY or not low <= value <= high:
            raise UsageError(f"{of}{shown(word)} is not a {'whole ' * whole}number from {low:g}"
                             + f" to {high:g}" * (high < INFINITY))
        return value

    return read

def assigned(word: str) -> tuple[str, float]:
    """NAME=VALUE, for a parameter; raises UsageError."""
    name, _, text = word.partition("=")
    it = PARAMETERS[one_of(*PARAMETERS)(name)]
    return name, a_number(it.low, it.high, KINDS[it.kind].whole, f"{name}: ")(text)

POSITIONS = {f"{party}.{move}": (party, move) for party, its in PARTIES.items()
             for move in (its.declared, its.giving)}
MOVES = {**POSITIONS, **{f"us.{move}": ("us", move) for move in (ULTIMATUM, *VERDICTS)}}

def a_move(word: str, allowed: Mapping[str, Move] = POSITIONS) -> Move:
    """A party's position or move, PARTY.MOVE; raises UsageError."""
    return allowed[one_of(*allowed)(word)]

TRUTHS, MODES = (*READINGS, "drawn"), ("auto", "always", "never")
MANY: dict[str, Any] = {"action": "append", "default": []}
OPTIONS: dict[str, dict[str, Any]] = {  # as ArgumentParser.add_argument takes them
    "seed": {"type": a_number(0), "metavar": "N",
             "help": f"what is drawn: any whole number from 0 ({SEED}; for play and worlds 0)"},
    "truth": {"type": one_of(*TRUTHS), "default": "drawn", "metavar": "|".join(TRUTHS),
              "help": "what Assad wants in the history (drawn, by the prior)"},
    "until": {"type": a_number(0), "metavar": "TURN",
              "help": "stop the story at the end of a turn; 0 is 12 September"},
    "explain": {"type": a_number(0), "metavar": "TURN",
                "help": "derive every number of the row that a turn's end brought"},
    "as": {**MANY, "type": one_of(*PARTIES, "all"), "metavar": "PARTY",
           "help": f"a seat to take, one or many: {', '.join(PARTIES)}, or all"},
    "moves": {"default": "", "metavar": "MOVE,MOVE,...",
              "help": "answers given before, in the order asked: replays the game so far"},
    "worlds": {"type": a_number(0), "metavar": "N",
               "help": "how many worlds to draw (25; for claims 0)"},
    "top": {"type": a_number(1), "default": 3, "metavar": "N",
            "help": "how many promises, deals and refused packages to show (3)"},
    "done": {"type": a_number(0, len(STAGES) - 1), "default": 0, "metavar": f"0..{len(STAGES) - 1}",
             "help": "stages done at the start (0)"},
    "start": {**MANY, "type": a_move, "metavar": "PARTY.MOVE",
              "help": "a party's position at the start, as us.suspend; one or many"},
    "set": {**MANY, "type": assigned, "metavar": "NAME=VALUE",
            "help": "another value of a judgement, as face=0.2; one or many (see positions)"},
    "forbid": {**MANY, "type": lambda word: a_move(word, MOVES), "metavar": "PARTY.MOVE",
               "help": "take a move off the table, as russia.lean or us.warn; one or many"},
    "json": {"action": "store_true", "help": "the same answer as one JSON object"},
    "color": {"type": one_of(*MODES), "default": "auto", "metavar": "|".join(MODES),
              "help": "colour on the screen (auto)"},
    "help": {"action": "store_true", "help": "this page"},
    "version": {"action": "store_true", "help": "the version"},
}
EVERYWHERE = ("json", "color", "help", "version")

def understood(name: str, words: Sequence[str]) -> Namespace:
    """A question's options and the dispute that they make; raises UsageError."""
    allowed = (*QUESTIONS[name].options, *EVERYWHERE)
    parser = ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    parser.set_defaults(name="", **{option: OPTIONS[option]["default"] for option in GAME})
    for option in allowed:
        parser.add_argument(f"--{option}", *["-h"] * (option == "help"), **OPTIONS[option])
    try:
        request, rest = parser.parse_known_args(words)
    except ArgumentError as error:
        raise UsageError(f"{error.argument_name}: {error.message}") from None
    if name == "vary" and rest and not rest[0].startswith("-"):
        request.name = one_of(*PARAMETERS, of="vary: ")(rest.pop(0))
    for word in rest:
        option = word.partition("=")[0]
        if not word.startswith("-"):
            raise UsageError(f"{shown(word)} is out of place: one command, and it comes first")
        takers = [it for it, its in QUESTIONS.items() if option[2:] in its.options]
        if takers:
            raise UsageError(f"{option} has no bearing on {name}; it goes with {', '.join(takers)}")
        one_of(*(f"--{it}" for it in allowed))(option)
        raise UsageError(f"{option}: takes no value")
    numbers = {**{it: its.default for it, its in PARAMETERS.items()}, **dict(request.set)}
    for party, pair in (*((party, (its.declared, its.giving)) for party, its in PARTIES.items()),
                        ("us", VERDICTS)):
        if {(party, move) for move in pair} <= {*request.forbid}:
            raise UsageError(f"--forbid: leaves {PARTIES[party].name} no move; of "
                             f"{party}.{pair[0]} and {party}.{pair[1]} forbid one at most")
    if "seed" in vars(request) and request.seed is None:
        request.seed = SEED if name == "run" else 0
    request.dispute = Dispute(numbers, State(request.done)._replace(**dict(request.start)),
                              tuple(dict.fromkeys(request.forbid)))
    request.tick = Progress()
    return request

def help_page(page: Page, name: str) -> None:
    """Help for the program ("") or for one question: by example, then option by option."""

    def pairs(left: str, right: str, rows: Mapping[str, str]) -> None:
        page.say()
        page.table([Column(head, head, left=True) for head in (left, right)],
                   [{left: one, right: other} for one, other in rows.items()])

    options = (*(QUESTIONS[name].options if name else ()), *EVERYWHERE)
    if name:
        page.title(QUESTIONS[name].asks)
        page.say()
        page.lines += [f"  python sim.py {name} {it}".rstrip() for it in QUESTIONS[name].examples]
    else:
        page.title("Syria's chemical weapons, September 2013: play out the dispute, and ask why.")
        pairs("Command", "What it answers",
              {f"python sim.py {it}": its.asks for it, its in QUESTIONS.items()})
        page.say("Without a command it is run. COMMAND --help shows its examples and options.")
    pairs("Option", "What it means (default)", {
        f"--{it} {OPTIONS[it].get('metavar', '')}".rstrip(): OPTIONS[it]["help"] for it in options})

def terminal(color: str) -> Page:
    """An empty page as wide and as colourful as whoever reads it can see."""
    from shutil import get_terminal_size

    tty = sys.stdout is not None and sys.stdout.isatty()
    columns = get_terminal_size().columns if tty or "COLUMNS" in os.environ else 0
    bare = ("WT_SESSION" not in os.environ if sys.platform == "win32"  # an old console
            else os.environ.get("TERM", "dumb") == "dumb")
    bare = bare or os.environ.get("CLICOLOR") == "0" or "idlelib" in sys.modules
    colored = tty and not bare and not os.environ.get("NO_COLOR") if color == "auto" else (
        color == "always")
    return Page(max(20, min(columns or 80, 80)), colored)

def murmur(text: str) -> None:
    """Write to standard error; where that fails, nothing else does."""
    try:
        emit(text, sys.stderr)
    except (OSError, ValueError):
        abandon(sys.stderr)

def abandon(stream: Any) -> None:
    """Let what a broken stream still holds vanish, so that nothing fails at exit."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())

class Progress:
    """Tells how far a long answer is: after a second, by a bar on standard error if a terminal."""

    def __init__(self) -> None:
        from time import monotonic

        self.now, self.began, self.drawn = monotonic, monotonic(), 0
        self.tty = sys.stderr is not None and sys.stderr.isatty()
        self.part, self.share = (0.0, 1.0), 0.0  # what is done of an answer, the part in hand

    def __call__(self, done: int, of: int) -> None:
        if self.tty and self.now() - self.began >= 1:
            from shutil import get_terminal_size

            self.share = max(self.share, self.part[0] + self.part[1] * done / of)
            size = max(4, min(60, (get_terminal_size().columns or 80) - 8))
            text = f"[{'#' * int(size * self.share):<{size}}]{100 * self.share:4.0f}%"
            murmur("\r" + text)
            self.drawn = len(text)

    def each(self, of: int, weights: Sequence[float] = ()) -> Iterator[int]:
        """Counts the parts of an answer, by default of one weight, and tells how far it is."""
        weights = weights or [1.0] * of
        total = sum(weights)
        for done in range(of):
            self.part = (sum(weights[:done]) / total, weights[done] / total)
            self(0, 1)
            yield done
        self.part = (0.0, 1.0)

    def wipe(self) -> None:
        """Leave the line as it was."""
        if self.drawn:
            murmur(f"\r{' ' * self.drawn}\r")
            self.drawn = 0

def run_command(argv: Sequence[str] | str) -> None:
    """Answer one command line; raises UsageError, and OSError where it cannot be written."""
    words = argv.split() if isinstance(argv, str) else [*argv]
    named = bool(words) and not words[0].startswith("-")
    name = one_of(*QUESTIONS)(words.pop(0)) if named else "run"
    page = terminal("auto")
    if {"-h", "--help"} & {*words}:
        help_page(page, name if named else "")
    elif "--version" in words:
        page.say(f"sim.py {VERSION}")
    else:
        request = understood(name, words)
        page = terminal(request.color)
        try:
            QUESTIONS[name].answer(request, page)
        finally:
            request.tick.wipe()
        if request.json:
            import json

            page.lines = [json.dumps({"version": VERSION, **page.data}, indent=2)]
    emit("\n".join(line.rstrip() for line in page.lines) + "\n", sys.stdout)

def main(argv: Sequence[str] | str | None = None) -> int:
    """Run the program; returns the exit status: 0, 1 output lost, 2 bad usage, 130 Ctrl-C."""
    try:
        run_command(sys.argv[1:] if argv is None else argv)
        return 0
    except UsageError as error:
        murmur(f"sim.py: {error} (python sim.py --help helps)\n")
        return 2
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        abandon(sys.stdout)
        if not isinstance(error, BrokenPipeError):
            murmur(f"sim.py: cannot write the output: {error.strerror or error}\n")
        return 1

if __name__ == "__main__":
    status = main()
    if status == 130 and os.name == "posix":  # die of the signal, so that a loop in a shell stops
        import signal

        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)
    sys.exit(status)
