"""Syria's chemical weapons, September 2013: a dispute-resolution simulator.

All but the opposition say they want Syria's chemical weapons handed over under a four-step Russian
plan; they disagree about who moves first. This program plays that dispute out, gives a reason for
every move, solves it exactly, and says what would settle it. What is not in the report (AFP, 12
September 2013; ¶3 is its paragraph 3) is a judgement. `python sim.py -h` lists what can be asked.

    1  The report, and our judgement of it   tables: whoever disagrees changes an entry here
    2  The rules of a round                  who may do what, what it does, what others believe
    3  How a move is chosen                  logit quantal response, for any game of this shape
    4  The dispute as a game                 the tables and rules, handed to the solver
    5  A history                             one course of events, drawn, with its reasons
    6  A page                                a screen and its JSON, from the same rows
    7  The questions                         each a function that answers and prints
    8  The command line                      each section uses only those above it

A *party* ('us') has two *positions*: one *declared* ('hold'), one that *gives way* ('drop'). To
give way while its *condition* is unmet is a *concession*, else an *answer*; to go back while it is
met is a *reversal*, else a *return*. A *ranking* orders the *outcomes* ('handover'); a *payoff* is
the utility of one less the *prices* paid ('face'). A *reading* ('word', 'tactic') is a ranking
ascribed to Syria; the one that holds is the *truth* (to the solver, Syria's *type*). A *stage*
('declare') is a step of the plan, a *turn* two weeks; a *round* stands at the head of a turn when
something has happened, a *spell* of turns follows it. A *failing* is a stage found short, a
*review* that finds Syria stalling, or work stopped; the *record* counts stages less failings, and
*trust*, the probability given to 'word', follows it. *Odds* are probabilities of outcomes, a
*policy* those of moves. A *commitment* binds a *signatory* to a move; one makes a *promise*,
several a *deal*; *temptation* is what breaking it would be worth. A *world* is one draw of every
judgement; a *rest* is a state that nobody leaves by rankings alone.
"""

import sys

if sys.hexversion < 0x030A0000:
    here = f"{sys.version_info[0]}.{sys.version_info[1]}"
    sys.stderr.write(f"sim.py: needs Python 3.10 or newer, this is {here}\n")
    sys.exit(2)

import os
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta
from functools import reduce
from itertools import accumulate, product, repeat
from math import exp, fsum, tanh
from operator import add, getitem, itemgetter, mul
from random import Random
from textwrap import wrap
from typing import Any, NamedTuple

VERSION = "3.0"

# 1  The report, and our judgement of it ===========================================================

FIRST_DAY = date(2013, 9, 12)  # ¶1: the day of the report, and of turn 1
DAYS_A_TURN = 14  # judgement: the report gives no rhythm
ATTACK = "some 1,400 dead on 21 August 2013, as Washington alleges (¶16)"
WAR = "more than 110,000 dead since March 2011 (¶21)"
OUTCOMES = ("handover", "strike", "stalemate")
MOST_FAILINGS = 3  # judgement: three and more count the same

class State(NamedTuple):
    """Where things stand: stages done, failings (3: three or more), everybody's position."""
    done: int = 0
    failings: int = 0
    russia: str = "shield"
    france: str = "press"
    opposition: str = "reject"
    us: str = "hold"
    syria: str = "stall"

    @property
    def at_work(self) -> bool:
        """Whether Syria does the work of the plan."""
        return self.syria == "comply"

    @property
    def record(self) -> int:
        """Stages completed after the first, which is a paper, less failings (¶6 ¶8)."""
        return max(0, self.done - 1) - self.failings

Move = tuple[str, str]  # a party and its move, as ('us', 'hold')
Event = tuple[str, str]  # whom it concerns and what it is, as ('us', 'concession')
Bind = Callable[[State], str]  # the move that a commitment leaves in a state, "" if none
Parameters = Mapping[str, float]

class Condition(NamedTuple):
    """When a party may give way at no price."""
    words: str  # how a screen states it
    source: str
    met: Callable[[State, Parameters], bool]

DEEDS = Condition("deeds have come: Syria is at work, its record at least {deeds}", "¶6 ¶8",
                  lambda state, numbers: state.at_work and state.record >= numbers["deeds"])
RESULTS = Condition("the plan shows results: Syria is at work, its record at least {deeds}",
                    "inferred", DEEDS.met)
NO_THREAT = Condition("the threat is off the table", "¶2 ¶3", lambda state, _: state.us == "drop")
NOTHING_TO_BACK = Condition("the threat it backs is off the table", "inferred from ¶17 ¶18",
                            NO_THREAT.met)
STANDSTILL = Condition("the plan it vouched for stands still: Syria stalls, and has failed before",
                       "inferred from ¶7 ¶12",
                       lambda state, _: not state.at_work and state.failings > 0)

class Party(NamedTuple):
    """A party: its two positions, the condition for giving way, its ranking of the outcomes."""
    label: str
    in_text: str
    capital: str  # where it decides
    declared: str  # the move that is its declared position
    stance: str  # the same in words
    stated: str  # the paragraph that states it
    giving: str  # the move that gives way
    gives: str  # the same in words
    condition: Condition
    ranking: tuple[str, ...]  # best first; empty where the reading decides it
    source: str

PARTIES = {
    "us": Party("US", "the US", "Washington", "hold", "the threat of force stays on the table",
                "¶11", "drop", "takes the threat off the table", DEEDS,
                ("handover", "strike", "stalemate"), "¶6 ¶8 ¶11 ¶17; second best is our reading"),
    "russia": Party("Russia", "Russia", "Moscow", "shield", "stands by its ally, opposes strikes",
                    "¶25", "lean", "leans on Damascus to deliver", STANDSTILL, ("handover",
                    "stalemate", "strike"), "¶4 ¶7 ¶10 ¶22–25; second best is our reading"),
    "syria": Party("Syria", "Syria", "Damascus", "stall", "will not act under threat", "¶2",
                   "comply", "does the work of the plan", NO_THREAT, (), "¶1–4"),
    "france": Party("France", "France", "Paris", "press", "keeps up the pressure, backs strikes",
                    "¶18", "ease", "lets the pressure drop", NOTHING_TO_BACK,
                    ("handover", "strike", "stalemate"), "¶17 ¶18; second best is our reading"),
    "opposition": Party("Opposition", "the opposition", "the opposition", "reject",
                        "rejects the plan", "¶21", "accept", "lets the plan take its course",
                        RESULTS, ("strike", "stalemate", "handover"),
                        "¶21; the ranking is inferred"),
}
ORDER = ("russia", "france", "opposition", "us", "syria")  # of the moves in a round
IN_FRONT = ("us", "france", "opposition")  # who holds out in front, the first that does

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
    done: str  # what is said once it is completed
    short: str  # what can be found short
    least: int  # turns that it takes at least: a judgement

STAGES = {
    "join": Stage("join the OPCW, the body that polices the ban", "ban joined", "the accession", 1),
    "declare": Stage("declare where the chemical arms are", "arms declared", "the declaration", 2),
    "inspect": Stage("let OPCW inspectors in", "sites checked",
                     "the access given to inspectors", 3),
    "destroy": Stage("have the arsenal destroyed", "arms destroyed", "the destruction", 8),
}

TURNS = ("the plan", "turns")
STALLED = ("Syria", "stalled turns once the first stage is done")
LEANED_ON = ("Syria", "stalled turns while Moscow leans")
VOUCHED = ("Russia", "stalled turns of a plan it vouched for, after a failing")
STRAINED = ("Russia", "turns of leaning")
SHORT = ("Syria", "found short")
FRONT = {party: (party, "in front") for party in IN_FRONT}  # turns of it, while Syria works
CHANGES = {party: ((party, "concession"), (party, "reversal")) for party in PARTIES}  # cost face

# By party and price: the events that it is charged for.
CHARGED: dict[str, dict[str, tuple[Event, ...]]] = {
    "us": {"face": CHANGES["us"], "pressure": (FRONT["us"],), "delay": (STALLED,)},
    "russia": {"face": CHANGES["russia"], "strain": (STRAINED,), "delay": (VOUCHED,)},
    "syria": {"face": (*CHANGES["syria"], SHORT), "leverage": (LEANED_ON,), "respite": (STALLED,)},
    "france": {"face": CHANGES["france"], "pressure": (FRONT["france"],), "delay": (STALLED,)},
    "opposition": {"face": CHANGES["opposition"], "pressure": (FRONT["opposition"],)},
}
GAINS = {"respite": "tactic"}  # a gain, and under one truth alone; all others are costs

class Kind(NamedTuple):
    """A kind of number: how another world draws it, and the values that `vary` tries."""
    drawn: Callable[[float, float, float], float]  # of a draw from 0 to 1, default, top of range
    tried: Callable[[float, float, float], Iterable[float]]  # of default, ends of the range
    whole: bool = False

KINDS = {
    "price": Kind(lambda u, it, top: min(it * (0.5 + u), top),
                  lambda it, low, top: (it * k / 2 for k in range(9))),
    "share": Kind(lambda u, it, top: min(it * (0.5 + u), top),
                  lambda it, low, top: (low + (top - low) * k / 8 for k in range(9))),
    "middle": Kind(lambda u, it, top: u, lambda it, low, top: (k / 8 for k in range(9))),
    "multiplier": Kind(lambda u, it, top: it ** (2 * u), lambda *_: (1 + k / 2 for k in range(7))),
    "precision": Kind(lambda u, it, top: it * (0.25 + u),
                      lambda it, low, top: (it * k for k in (0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4))),
    "record": Kind(lambda u, it, top: int(3 * u), lambda it, low, top: range(int(top) + 1), True),
    "turns": Kind(lambda u, it, top: 1 + int(2 * it * u),
                  lambda it, low, top: (1 + max(it, 3) * k // 3 for k in range(7)), True),
    "rounds": Kind(lambda u, it, top: it, lambda *_: (1, 2, 4, 6, 8, 12, 16, 20, 30, 40), True),
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
    "rationality": Parameter(18, 0, 1e9, "precision", "λ of the logit choice, per unit of utility"),
    "face": price(0.25, "price of moving against one's condition, or of being found short"),
    "pressure": price(0.01, "price of a turn of holding out in front of a Syria that works (¶18 "
                      "¶22)"),
    "strain": price(0.02, "price to Moscow of a turn of leaning on its ally (¶25)"),
    "delay": price(0.005, "price of a stalled turn to who demands speed (¶8 ¶17) or vouched (¶7)"),
    "leverage": price(0.1, "price of a stalled turn to a Damascus that Moscow leans on (¶4 ¶7)"),
    "respite": price(0.04, "worth of a stalled turn to an Assad who does not mean it (¶17)"),
    "disruption": share(0.25, "share of pace lost to work while the opposition rejects (inferred)")
    ._replace(high=0.99),
    "oversight": share(0.5, "share of a bluffer's shortfalls that Moscow's leaning averts (¶4 ¶7)"),
    "review": turns(3, "turns of stalling until a review finds it out (¶8)"),
    "impatience": share(0.15, "chance, for each earlier failing, to break off over another (¶17)"),
    "short": share(0.3, "chance that a stage due is found short if he does not mean it (¶8)"),
    "error": share(0.15, "the same if he does (¶2)"),
    "support": share(0.55, "chance of support for a strike after one earlier failing (¶11 ¶16)"),
    "cause": factor(2, "what each further failing multiplies the odds of that by"),
    "backing": factor(1.5, "what France's letting go divides them by (¶17)"),
    "deeds": Parameter(1, 0, 3, "record", "record that counts as deeds (¶6 ¶8)"),
    **{f"least_{name}": turns(it.least, f"turns that '{name}' takes at least")
       for name, it in STAGES.items()},
    "pace": share(0.5, "chance in each turn from then on that a stage is due")._replace(low=0.01),
    **{f"middle_{name}": middle(0.5, f"{it.label}: utility of the second best")
       for name, it in PARTIES.items()},
    "trust": share(0.25, "Washington's, Paris's and the opposition's first trust in `word` (¶6 "
                   "¶13)"),
    "trust_moscow": share(0.6, "Moscow's (¶12)"),
    "credit": factor(2, "what each point of the record multiplies the odds of `word` by"),
    "prior": share(0.5, "an outside reader's first belief in `word`; draws the truth of a history"),
    "rounds": Parameter(20, 1, 1000, "rounds", "rounds after which it counts as a stalemate"),
}
NOT_DRAWN = ("prior", "rounds")  # in other worlds: they are the reader's, and a horizon
RUNGS = (0.0, 0.25, 0.5, 0.75, 1.0)  # judgement: the trusts that `odds` compares
NOTICEABLE = 0.01  # judgement: a smaller difference bears no claim out and pays no signatory
REACHED = 0.01  # judgement: a less likely decision tempts nobody
TELLING = 1 / 6  # judgement: a reason is told with what it was made despite from this share on
QUOTED = 0.02  # judgement: odds that differ by less are not quoted
ROUNDING = 1e-12  # a smaller difference is the machine's, not the model's
NEGLIGIBLE = 1e-15  # a smaller probability is left out of dates
TIE = 1000 * ROUNDING  # and of payoffs over a long game, a smaller one than this
FIRM, LEANING = 0.9, 0.7  # judgement: shares of worlds that make a headline firm, or leaning

COMMITMENTS: dict[str, dict[str, Bind]] = {  # what a party can commit to, by party and text
    "us": {"drop at once": lambda now: "drop",
           "drop while Syria works": lambda now: "drop" if now.at_work else "hold",
           "hold to the end": lambda now: "hold"},
    "russia": {"lean every round": lambda now: "lean", "lean while the plan stands still":
               lambda now: "lean" if now.done and not now.at_work else "shield"},
    "france": {"follow Washington": lambda now: "press" if now.us == "hold" else "ease"},
    "opposition": {"accept every round": lambda now: "accept"},
    "syria": {"work whenever the threat is dropped": lambda now:
              "comply" if now.us == "drop" else "", "work every round": lambda now: "comply"},
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

AT_ONCE = ("us", "drop at once")
CLAIMS = (
    Claim("Assad", "¶4", "American threats played no part in the decision", "no strike ever finds "
          "support (support 0)", "odds of a handover", "not move", numbers=(("support", 0.0),)),
    Claim("Assad", "¶2–3", "once the threat is dropped (arms aside), Syria follows through",
          "the US commits to drop at once", "odds of a handover", "not fall", commit=(AT_ONCE,)),
    Claim("Assad", "¶4", "Syria hands the weapons over because of Russia", "Russia can never lean "
          "(forbid russia.lean)", "odds of a handover", "fall", forbid=(("russia", "lean"),)),
    Claim("Kerry", "¶6 ¶13", "words are not enough", "Washington takes Assad at his word (trust 1)",
          "US payoff", "fall", numbers=(("trust", 1.0),)),
    Claim("US and France", "¶17", "the threat keeps the plan from becoming a delaying tactic",
          "the US commits to drop at once", "share of turns stalled", "rise", commit=(AT_ONCE,)),
    Claim("Hollande", "¶18", "French pressure keeps the plan moving", "France never presses "
          "(forbid france.press)", "share of turns stalled", "rise", forbid=(("france", "press"),)),
    Claim("Lavrov", "¶10", "the plan makes strikes unnecessary", "there is no plan to work on "
          "(forbid syria.comply)", "odds of a strike", "rise", forbid=(("syria", "comply"),)),
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

def menu(party: str, state: State, forbidden: Collection[Move] = (), bind: Bind | None = None
         ) -> tuple[str, ...]:
    """The moves open to a party, the declared one first."""
    if party == "syria" and not state.done:  # while the first stage is in hand
        return (state.syria,)
    both = (PARTIES[party].declared, PARTIES[party].giving)
    moves = tuple(move for move in both if (party, move) not in forbidden)
    bound = bind(state) if bind else ""  # to a move that may be forbidden
    return (bound,) if bound in moves else moves

def kind_of(party: str, move: str, state: State, numbers: Parameters) -> str:
    """What a move is: keep, concession, answer, reversal or return."""
    if move == getattr(state, party):
        return "keep"
    met = PARTIES[party].condition.met(state, numbers)
    if move == PARTIES[party].giving:
        return "answer" if met else "concession"
    return "reversal" if met else "return"

def effect(party: str, move: str, state: State) -> State:
    """The state after a move; for Syria to stop its work is a failing."""
    if move == "stall" and state.at_work:
        return failed(state)
    return state._replace(**{party: move})  # type: ignore[arg-type]

def failed(state: State) -> State:
    """The state after one more failing: Syria stalls."""
    return state._replace(failings=min(state.failings + 1, MOST_FAILINGS), syria="stall")

def tolls(state: State) -> list[Event]:
    """What every turn that passes in a state counts as."""
    leans = state.russia == "lean"
    paid = [event for party, event in FRONT.items()
            if getattr(state, party) == PARTIES[party].declared][:1]
    if not state.at_work:
        paid = [STALLED, *[LEANED_ON if leans else VOUCHED] * (leans or state.failings > 0)]
    return [TURNS, *[STRAINED] * leans, *paid * (state.done > 0)]

class Spell(NamedTuple):
    """The quiet turns after a round, under one truth."""
    working: bool  # a stage is under way; else Syria stalls
    least: int  # turns before anything can happen, the last of them included
    due: float  # from then on, the chance in a turn that it happens
    failing: float  # the chance that Syria is then found failing
    breaking: float  # and that Washington breaks off over it

    @property
    def length(self) -> float:
        """Turns that it lasts on average, whatever ends it."""
        return self.least + (1 - self.due) / self.due

    @property
    def ends(self) -> tuple[float, float, float]:
        """How likely it ends well, in a failing, in a break over one."""
        return 1 - self.failing, self.failing * (1 - self.breaking), self.failing * self.breaking

    def chances(self, turn: int) -> dict[str, float]:
        """What the end of its turn number `turn` can bring."""
        due = self.due * (turn >= self.least)
        completes, fails, breaks = (due * share for share in self.ends)
        return {"completes": completes, "short": fails if self.working else 0.0, "breaks": breaks,
                "review": 0.0 if self.working else fails, "quiet": 1 - due}

def spell(state: State, truth: str, numbers: Parameters) -> Spell:
    """The spell that follows a round which ends in a state."""
    breaking = 1 - (1 - numbers["impatience"]) ** state.failings
    if state.done and not state.at_work:
        return Spell(False, int(numbers["review"]), 1.0, 1.0, breaking)
    due, failing = numbers["pace"], 0.0
    if state.done:
        due *= 1 - numbers["disruption"] * (state.opposition == "reject")
        failing = numbers["error"] if truth == WORD else numbers["short"]
        if truth == TACTIC and state.russia == "lean":
            failing *= 1 - numbers["oversight"]
    return Spell(True, int(numbers[f"least_{tuple(STAGES)[state.done]}"]), due, failing, breaking)

def support(state: State, numbers: Parameters) -> float:
    """The chance that Washington, breaking off in a state, finds support for a strike."""
    share = 0.0 if state.us == "drop" else numbers["support"]
    if share in (0.0, 1.0):
        return share
    odds = share / (1 - share) * numbers["cause"] ** max(0, state.failings - 1)
    odds /= numbers["backing"] if state.france == "ease" else 1.0
    return odds / (1 + odds)

def trust_of(party: str, state: State, numbers: Parameters) -> float:
    """A party's probability of `word`, by a rule of thumb: it follows the record."""
    trust = numbers["trust_moscow" if party == "russia" else "trust"]
    credit = trust * numbers["credit"] ** state.record
    return credit / (credit + (1 - trust))

def turn_of(day: date) -> int:
    """The turn that holds a day; turn 1 begins on the day of the report."""
    return (day - FIRST_DAY).days // DAYS_A_TURN + 1

def first_day(turn: int) -> date:
    """The day a turn begins."""
    return FIRST_DAY + timedelta(DAYS_A_TURN * (turn - 1))

# 3  How a move is chosen ==========================================================================
# Nothing below knows of Syria. A game repeats one round until an outcome or a last round. In it its
# movers act in order, each seeing what came before. A decision is between two moves at most; chance
# may have any number of branches, with odds that depend on a type which one mover alone knows. The
# others hold public beliefs about it, so all is held twice: what follows under either type.

CHANCE = "chance"
Numbers = Sequence[float]  # by index: the states of a game, then its outcomes
Account = Any  # what is carried back: a payoff, the odds of an outcome, how often a price is paid
Accounts = Mapping[str, Mapping[Account, Numbers]]  # [type][account]
Standing = Mapping[Account, float]  # where every account stands at an index
Index = Mapping[Any, int]  # of states and outcomes
Rates = Mapping[Any, float]  # of an account: what an outcome or an event adds to it

class Branch(NamedTuple):
    """A move, or what chance may bring: what follows, and how often what happens on the way."""
    name: str
    after: Any  # a state, or the name of an outcome
    events: Mapping[Any, float]
    odds: tuple[float, float] = (0.0, 0.0)  # by type, where chance moves

class Game(NamedTuple):
    """A game of rounds, in which `informed` is of one of two `types`."""
    movers: Sequence[str]
    informed: str
    types: tuple[str, str]
    start: Any
    rounds: int
    outcomes: Sequence[str]
    timeout: str  # the outcome after the last round
    rationality: float
    branches: Callable[[str, Any], Sequence[Branch]]  # of a mover in a state
    belief: Callable[[str, Any], float]  # a mover's probability of the first type, in a state
    rates: Mapping[str, Mapping[Account, Rates]]  # [type][account]; a mover's own is its payoff

class Step(NamedTuple):
    """A mover's part of a round, in every state at once. A menu of one holds its move twice."""
    mover: str
    after: Sequence[Sequence[int]]  # [branch][state]: the index that follows
    pick: Sequence[Callable[[Numbers], Numbers]]  # [branch]: those entries of a column
    events: Sequence[Mapping[Any, Numbers]]  # [branch][event][state]: how often
    odds: Mapping[str, Sequence[Numbers]]  # [type][branch][state]: chance's; empty for all others
    live: Sequence[int]  # the branches that anywhere lead on to a state; others count as events
    # [type][account][branch][state]: what its events add; of chance, what they add on average
    added: Mapping[str, Mapping[Account, Sequence[Numbers]]]
    belief: Numbers = ()  # [state]: a mover's that is neither chance nor informed

class Graph(NamedTuple):
    """A game written out: one index of its states, one table a step."""
    game: Game
    states: Sequence[Any]  # in the order in which play can come to them
    index: Index  # type: ignore[assignment]
    met: Sequence[int]  # [round], from 0: how many states play can have come to; then it is all
    steps: Sequence[Step]

    def believing(self, belief: Callable[[str, Any], float]) -> "Graph":
        """The same game with other public beliefs."""
        game = self.game._replace(belief=belief)
        return self._replace(game=game, steps=[
            step if step.mover in (CHANCE, game.informed) else
            step._replace(belief=[belief(step.mover, state) for state in self.states])
            for step in self.steps])

def unfold(game: Game) -> Graph:
    """Write a game out: every state that any steps lead to from its start, round by round."""
    index: dict[Any, int] = {}
    rows: list[list[Sequence[Branch]]] = [[] for _ in game.movers]
    found, met = [game.start], []
    while found:
        ahead: list[Any] = []
        for state in found:  # which grows on the way: a round's moves, in any order
            if state not in index and state not in game.outcomes:
                index[state] = len(index)
                for mover, its in zip(game.movers, rows):
                    its.append(game.branches(mover, state))
                    then = ahead if mover == CHANCE else found
                    then += [branch.after for branch in its[-1]]
        met.append(len(index))
        found = ahead
    states = [*index]
    index |= {outcome: len(states) + place for place, outcome in enumerate(game.outcomes)}
    steps = [step_of(game, mover, its, index) for mover, its in zip(game.movers, rows)]
    return Graph(game, states, index, met, steps).believing(game.belief)

def step_of(game: Game, mover: str, rows: Sequence[Sequence[Branch]], index: Index) -> Step:
    """The table of one mover: its branches in every state."""
    longest = max(2, *map(len, rows))
    columns = [*zip(*([*row, *[row[-1]._replace(odds=(0.0, 0.0))] * (longest - len(row))]
                      for row in rows))]
    after = [[index[branch.after] for branch in column] for column in columns]
    live = [k for k, column in enumerate(after) if min(column) < len(rows)]
    odds = {type_: [[branch.odds[t] for branch in column] for column in columns]
            for t, type_ in enumerate(game.types) if mover == CHANCE}
    none = [0.0] * len(rows)
    events: list[dict[Any, list[float]]] = [defaultdict(none.copy) for _ in columns]
    for k, column in enumerate(columns):
        for place, branch in enumerate(column):
            for event, count in branch.events.items():
                events[k][event][place] = count
            if odds and k not in live:
                events[k][branch.after][place] = 1.0
    added: dict[str, dict[Account, list[list[float]]]] = {type_: {} for type_ in game.types}
    for type_, its in added.items():
        for account, rates in game.rates[type_].items():
            priced = [[(repeat(rates[event]), counts) for event, counts in happened.items()
                       if event in rates] for happened in events]
            if any(priced):
                parts = [mixed(none, part) for part in priced]
                its[account] = [mixed(none, zip(odds[type_], parts))] if odds else parts
    pick = [itemgetter(*column, column[0]) for column in after]  # never a lone entry
    return Step(mover, after, pick, events, odds, live, added)

def mixed(total: Iterable[float], parts: Iterable[tuple[Iterable[float], Iterable[float]]]
          ) -> list[float]:
    """A column plus others, each times a column of weights, as far as all of them reach."""
    for weights, column in parts:
        total = map(add, total, map(mul, weights, column))
    return list(total)

class Solution(NamedTuple):
    """A backward pass: the policy, and where every account stands at the head of every round."""
    graph: Graph
    policy: Sequence[Sequence[Mapping[str, Numbers]]]  # [round][step][type]: of the first move
    accounts: Sequence[Accounts]  # [round], from 0; the last is after all rounds
    known: dict[Any, Standing]  # what `ahead` has worked out

    def at_start(self, type_: str) -> dict[Account, float]:
        """Every account at the start of the game, under a type."""
        return {name: column[0] for name, column in self.accounts[0][type_].items()}

    def ahead(self, number: int, depth: int, place: int, type_: str) -> Standing:
        """Every account at an index, before a step of a round or after its last."""
        key = number, depth, place, type_
        if key in self.known:
            return self.known[key]
        steps, columns = self.graph.steps, self.accounts[number + 1][type_]
        if depth == len(steps) or place >= len(self.graph.states):
            found = {name: column[place] for name, column in columns.items()}
        elif steps[depth].odds:
            step = steps[depth]
            added = {name: parts[0][place] for name, parts in step.added[type_].items()}
            found = {**dict.fromkeys(columns, 0.0), **added}
            for k in step.live:
                p, at = step.odds[type_][k][place], step.after[k][place]
                then = self.ahead(number, depth + 1, at, type_)
                found = {name: x + p * then[name] for name, x in found.items()}
        else:
            first, second = (self.taking(number, depth, place, k, type_) for k in (0, 1))
            share = self.policy[number][depth][type_][place]
            found = {name: y + share * (first[name] - y) for name, y in second.items()}
        self.known[key] = found
        return found

    def taking(self, number: int, depth: int, place: int, branch: int, type_: str) -> Standing:
        """Every account if a decision falls on a branch, what it adds included."""
        step = self.graph.steps[depth]
        added = step.added[type_]
        then = self.ahead(number, depth + 1, step.after[branch][place], type_)
        return {**then, **{name: then[name] + its[branch][place] for name, its in added.items()}}

def backward(graph: Graph, tick: Callable[[int, int], None] = lambda done, of: None) -> Solution:
    """Solve a game by backward induction under logit quantal response.

    Whoever moves picks a move with probability proportional to exp(rationality * its value): the
    payoff expected from there on, under its own type or by its belief, if all choose so later
    (agent QRE, McKelvey & Palfrey 1998). Finite rounds make the equilibrium unique.
    """
    game, size = graph.game, len(graph.states)
    last = [*[game.timeout] * size, *game.outcomes]
    columns: Accounts = {
        type_: {name: [rates.get(outcome, 0.0) for outcome in last] for name, rates in its.items()}
        for type_, its in game.rates.items()}
    policy, accounts = [], [columns]
    for number in reversed(range(game.rounds)):
        tick(game.rounds - 1 - number, game.rounds)
        met = graph.met[min(number, len(graph.met) - 1)]
        unmet = [0.0] * (size - met)
        chosen = []
        for step in reversed(graph.steps):
            shares = {} if step.odds else choose(game, step, columns, met)
            columns = {type_: {name: [
                *carry(step, type_, shares.get(type_), name, column, met), *unmet, *column[size:]]
                for name, column in its.items()} for type_, its in columns.items()}
            chosen.append({type_: array("d", its + unmet) for type_, its in shares.items()})
        policy.append(chosen[::-1])
        accounts.append({type_: {name: array("d", column) for name, column in its.items()}
                         for type_, its in columns.items()})
    return Solution(graph, policy[::-1], accounts[::-1], {})

def choose(game: Game, step: Step, columns: Accounts, met: int) -> dict[str, list[float]]:
    """The probability of the first of two moves, by type and state."""
    margins = []
    for type_ in game.types:
        first, second = (pick(columns[type_][step.mover]) for pick in step.pick)
        margin = [x - y for x, y in zip(first[:met], second)]
        if step.mover in step.added[type_]:
            margin = [m + a - b for m, a, b in zip(margin, *step.added[type_][step.mover])]
        margins.append(margin)
    if step.mover != game.informed:
        margins = [[b * x + (1 - b) * y for b, x, y in zip(step.belief, *margins)]]
    half = game.rationality / 2  # 1 / (1 + exp(-2 * half * margin)), which might overflow:
    shares = [[0.5 + 0.5 * tanh(half * x) for x in margin] for margin in margins]
    return {game.types[0]: shares[0], game.types[1]: shares[-1]}

def carry(step: Step, type_: str, share: Numbers | None, account: Account, column: Numbers, met: int
          ) -> list[float]:
    """An account before a step, from where it stands after it: the mean over the branches."""
    added = step.added[type_].get(account)
    if share is None:
        total = added[0][:met] if added else [0.0] * met
        return mixed(total, ((step.odds[type_][k], step.pick[k](column)) for k in step.live))
    first, second = (pick(column) for pick in step.pick)
    if added:
        return [y + b + p * (x + a - y - b)
                for p, x, y, a, b in zip(share, first, second, *added)]
    return [y + p * (x - y) for p, x, y in zip(share, first, second)]

def flow(solution: Solution, type_: str, barred: Collection[int] = ()
         ) -> Iterator[tuple[int, int, list[float], list[list[float]]]]:
    """How likely play is to be where, under a type: round, step, by index, by branch and index.

    After the last round comes its end, without branches. No history enters a `barred` index.
    """
    graph, size = solution.graph, len(solution.graph.states)
    mass = [1.0, *[0.0] * (len(graph.index) - 1)]
    for place in barred:
        mass[place] = 0.0
    for number, policy in enumerate(solution.policy):
        for depth, (step, shares) in enumerate(zip(graph.steps, policy)):
            if step.odds:
                parts = [[x * p for x, p in zip(mass, share)] for share in step.odds[type_]]
            else:
                first = [x * p for x, p in zip(mass, shares[type_])]
                parts = [first, [x - y for x, y in zip(mass, first)]]
            yield number, depth, mass, parts
            mass = [0.0] * size + mass[size:]
            for after, part in zip(step.after, parts):
                for place, x in zip(after, part):
                    mass[place] += x
            for place in barred:
                mass[place] = 0.0
    yield len(solution.policy), 0, mass, []

class Forecast(NamedTuple):
    """A forward pass under one type: exact odds and expected counts."""
    odds: dict[str, float]
    visits: dict[Any, float]  # expected number of rounds that begin in a state
    counts: Mapping[Any, float]  # expected number of every event, 0.0 where none is known

def forward(solution: Solution, type_: str, barred: Collection[int] = ()) -> Forecast:
    """What a policy leads to under one type, exactly; see `flow` for `barred`."""
    graph, size = solution.graph, len(solution.graph.states)
    taken = [[[0.0] * size for _ in step.after] for step in graph.steps]
    for _, depth, mass, parts in flow(solution, type_, barred):
        if parts:
            taken[depth] = [list(map(add, *pair)) for pair in zip(taken[depth], parts)]
    counts: dict[Any, float] = defaultdict(float)
    for step, by_branch in zip(graph.steps, taken):
        for happened, times in zip(step.events, by_branch):
            for event, column in happened.items():
                counts[event] += fsum(map(mul, times, column))
    odds = dict(zip(graph.game.outcomes, mass[size:]))
    odds[graph.game.timeout] += fsum(mass[:size])
    return Forecast(odds, dict(zip(graph.states, map(sum, zip(*taken[0])))), counts)

# 4  The dispute as a game =========================================================================

class Dispute(NamedTuple):
    """The dispute as somebody wants it solved: parameters, start, counterfactuals."""
    parameters: Mapping[str, float]
    start: State = State()
    forbidden: tuple[Move, ...] = ()
    commitments: tuple[Move, ...] = ()  # a party and the text that it commits to

    def setting(self, **numbers: float) -> "Dispute":
        """The same dispute with other numbers."""
        return self._replace(parameters={**self.parameters, **numbers})

def game_of(dispute: Dispute, itemised: bool = False) -> Game:
    """The rules with a dispute's numbers; its accounts: payoffs, if `itemised` also their parts."""
    numbers, forbidden = dispute.parameters, dispute.forbidden
    binds = {party: COMMITMENTS[party][text] for party, text in dispute.commitments}

    def branches(mover: str, state: State) -> Sequence[Branch]:
        """What a mover can do in a state."""
        return endings(state, numbers) if mover == CHANCE else [
            Branch(move, effect(mover, move, state), {} if kind == "keep" else {(mover, kind): 1.0})
            for move in menu(mover, state, forbidden, binds.get(mover))
            for kind in [kind_of(mover, move, state, numbers)]]

    return Game(
        movers=(*ORDER, CHANCE), informed="syria", types=(WORD, TACTIC), start=dispute.start,
        rounds=int(numbers["rounds"]), outcomes=OUTCOMES, timeout="stalemate",
        rationality=numbers["rationality"], branches=branches,
        belief=lambda mover, state: trust_of(mover, state, numbers),
        rates={truth: {**{party: rates_of(party, truth, numbers) for party in PARTIES},
                       **(ITEMS if itemised else {})} for truth in READINGS})

ITEMS: dict[Account, dict[Any, float]] = {  # accounts that count: an outcome, or some events
    **{outcome: {outcome: 1.0} for outcome in OUTCOMES},
    **{events: dict.fromkeys(events, 1.0) for its in CHARGED.values() for events in its.values()},
}

def utilities(party: str, truth: str, numbers: Parameters) -> dict[str, float]:
    """A party's utility of every outcome, if this reading of Syria is the truth."""
    ranking = PARTIES[party].ranking or READINGS[truth].ranking
    return dict(zip(ranking, (1.0, numbers[f"middle_{party}"], 0.0)))

def rates_of(party: str, truth: str, numbers: Parameters) -> dict[Any, float]:
    """What every outcome and event adds to a party's payoff, if this reading is the truth."""
    worth = {price: numbers[price] * (GAINS[price] == truth) if price in GAINS else -numbers[price]
             for price in CHARGED[party]}
    return {**utilities(party, truth, numbers), **{
        event: worth[price] for price, events in CHARGED[party].items() for event in events}}

def endings(state: State, numbers: Parameters) -> list[Branch]:
    """What can end the spell that follows a round, with what its turns cost on average."""
    word, tactic = (spell(state, truth, numbers) for truth in READINGS)
    events = dict.fromkeys(tolls(state), word.length)
    failing = {**events, SHORT: 1.0} if word.working else events
    better, worse, breaks = zip(word.ends, tactic.ends)
    strike = support(state, numbers)
    done = "handover" if state.done + 1 == len(STAGES) else state._replace(done=state.done + 1)
    return [  # what has no chance under either truth leads on to nothing new
        Branch("completes", done if any(better) else state, events, better),
        Branch("fails", failed(state) if any(worse) else state, failing, worse),
        *(Branch("breaks", outcome, failing, (breaks[0] * share, breaks[1] * share))
          for outcome, share in (("strike", strike), ("stalemate", 1 - strike)))]

def solve(dispute: Dispute, itemised: bool = False,
          tick: Callable[[int, int], None] = lambda done, of: None) -> Solution:
    """The dispute's one equilibrium, for both truths."""
    return backward(unfold(game_of(dispute, itemised)), tick)

# 5  A history =====================================================================================

class Why(NamedTuple):
    """A move held against the other one on the menu: what it does for its party."""
    against: str  # the other move
    kind: str  # and what it would have been
    gain: float  # the sum of the terms
    terms: dict[str, float]  # `outcomes` and each price; above 0 speaks for the move made
    reason: str  # the largest term, or `chance` if the gain is not above 0
    despite: str | None  # the smallest term, if below 0
    odds: dict[str, dict[str, float]]  # of the outcomes as the party sees them: against, made

class Made(NamedTuple):
    """A move made. Values and odds by move are the party's own: by its trust; Syria's by truth."""
    move: str
    kind: str  # keep, concession, answer, reversal, return
    probability: float
    values: dict[str, float]  # by move
    why: Why | None  # None if there was no other move
    by_truth: dict[str, dict[str, Any]] | None  # Syria's probability and why under either truth
    trust: float | None  # by which the party weighed the truths; None for Syria
    follows: dict[str, dict[str, float]]  # by move and truth: the party's payoff from there on
    draw: float

class Seen(NamedTuple):
    """What is believed at a moment: trust, the reader's belief, the odds in Washington's eyes."""
    trust: float
    trust_moscow: float
    reader: float
    as_seen: dict[str, float]

class Ending(NamedTuple):
    """What the end of a spell brought."""
    what: str  # completes, short, breaks, review
    turn: int  # at whose end
    date: date  # of that end
    over: str | None  # what the talks broke off over: short, review
    support: float | None  # and the chance that Washington had of support for a strike
    chances: list[dict[str, float]]  # of every turn of the spell, under the truth
    likelihood: dict[str, float]  # of the spell, by truth
    draws: list[float]

class Round(NamedTuple):
    """A round, the spell after it, and what its end brought."""
    round: int
    turn: int  # at whose head it stands
    date: date
    stage: str
    state: State  # before it
    moves: dict[str, Made]  # by party, in turn order
    settled: State  # after the moves
    quiet: Seen  # while nothing happens
    event: Ending
    after: State  # after the event
    then: Seen

class History(NamedTuple):
    """One course of events; without an outcome, somebody left the table in its last round."""
    true: str
    rounds: list[Round]
    outcome: str | None

class Leave(Exception):
    """Raised by an `Ask` whose party leaves the table."""

# Given the rounds so far, the state, the party, its move as drawn and the truth: the move made.
Ask = Callable[[Sequence[Round], State, str, Made, str], str]

def played_by(dispute: Dispute, solution: Solution, seed: int, truth: str, ask: Ask | None = None,
              other: bool = False) -> History:
    """The history of a seed: a draw a decision (asked or not), one a turn, one for the support."""
    draw, numbers = Random(seed).random, dispute.parameters
    if truth == "drawn":
        truth = WORD if draw() < numbers["prior"] else TACTIC
    if other:
        truth = TACTIC if truth == WORD else WORD
    rounds: list[Round] = []
    state, turn, reader = dispute.start, 1, numbers["prior"]
    outcome: str | None = None
    while not outcome:
        settled, moves, number = state, {}, len(rounds)
        for party in ORDER:
            made, options = decide(dispute, solution, number, party, settled, truth, draw())
            try:
                made = options[ask(rounds, settled, party, made, truth)] if ask else made
            except Leave:
                return History(truth, rounds, None)
            moves[party] = made
            settled = effect(party, made.move, settled)
            if made.by_truth:
                reader = updated(reader, *(it["probability"] for it in made.by_truth.values()))
        quiet = seen(dispute, solution, number, len(ORDER), settled, settled, reader)
        event = pass_spell(settled, turn, truth, numbers, draw)
        reader = updated(reader, *event.likelihood.values())
        after, outcome = brought(settled, event, number + 1 == solution.graph.game.rounds)
        then = seen(dispute, solution, number, len(ORDER) + 1, after, outcome or after, reader)
        rounds.append(Round(number + 1, turn, first_day(turn), tuple(STAGES)[state.done], state,
                            moves, settled, quiet, event, after, then))
        state, turn = after, event.turn + 1
    return History(truth, rounds, outcome)

def brought(state: State, event: Ending, last: bool) -> tuple[State, str | None]:
    """The state after the end of a spell (of the last round?), and the outcome if it has come."""
    if event.what == "breaks":
        return state, "strike" if event.draws[-1] < (event.support or 0.0) else "stalemate"
    after = state._replace(done=state.done + 1) if event.what == "completes" else failed(state)
    return after, "handover" if after.done == len(STAGES) else "stalemate" if last else None

def seen(dispute: Dispute, solution: Solution, number: int, depth: int, state: State,
         at: State | str, reader: float) -> Seen:
    """What is believed before a step of a round or after its last, at a state or an outcome."""
    us, russia = (trust_of(party, state, dispute.parameters) for party in ("us", "russia"))
    odds = [solution.ahead(number, depth, solution.graph.index[at], truth) for truth in READINGS]
    return Seen(us, russia, reader, {it: mean(us, *(its[it] for its in odds)) for it in OUTCOMES})

def mean(trust: float, word: float, tactic: float) -> float:
    """What is expected by a trust, of a figure under either truth."""
    return trust * word + (1 - trust) * tactic

def updated(reader: float, word: float, tactic: float) -> float:
    """Bayes' rule: the reader's belief after what is as likely as this under either truth."""
    both = mean(reader, word, tactic)
    return reader * word / both if both else reader

def drawn_from(shares: Mapping[str, float], draw: float) -> str:
    """The first at which shares, added up, exceed a draw; the last where rounding leaves none."""
    totals = zip(shares, accumulate(shares.values()))
    return next((name for name, total in totals if total > draw), list(shares)[-1])

def logit(values: Sequence[float], rationality: float) -> list[float]:
    """Choice probabilities, proportional to exp(rationality * value), small ones exact too."""
    weights = [exp(rationality * (value - max(values))) for value in values]
    return [weight / sum(weights) for weight in weights]

def decide(dispute: Dispute, solution: Solution, number: int, party: str, state: State,
           truth: str, draw: float) -> tuple[Made, dict[str, Made]]:
    """A decision: the move that a draw falls on, and every move of the menu as if it were made."""
    numbers, place, depth = dispute.parameters, solution.graph.index[state], ORDER.index(party)
    menu_ = [branch.name for branch in solution.graph.game.branches(party, state)]
    kinds = {move: kind_of(party, move, state, numbers) for move in menu_}
    accounts = {move: [solution.taking(number, depth, place, k, reading) for reading in READINGS]
                for k, move in enumerate(menu_)}
    follows = {move: dict(zip(READINGS, (its[party] for its in both)))
               for move, both in accounts.items()}
    trust = None if party == "syria" else trust_of(party, state, numbers)
    views = {it: float(it == WORD) if trust is None else trust for it in READINGS}
    values = {it: {move: mean(view, *payoffs.values()) for move, payoffs in follows.items()}
              for it, view in views.items()}
    shares = {it: dict(zip(menu_, logit(list(its.values()), numbers["rationality"])))
              for it, its in values.items()}
    options = {}
    for move in menu_:
        whys: dict[str, Why | None] = dict.fromkeys(READINGS)
        for other in {*menu_} - {move}:
            whys = {it: reasons(party, it, numbers, view, (other, kinds[other]),
                                accounts[move], accounts[other]) for it, view in views.items()}
        by_truth = {it: {"probability": shares[it][move], "why": whys[it]} for it in READINGS}
        options[move] = Made(move, kinds[move], shares[truth][move], values[truth], whys[truth],
                             by_truth if trust is None else None, trust, follows, draw)
    return options[drawn_from(shares[truth], draw)], options

def reasons(party: str, truth: str, numbers: Parameters, view: float, against: Move,
            made: Sequence[Standing], other: Sequence[Standing]) -> Why:
    """Why a party with a view of Syria makes a move: its accounts if so, against the other move."""
    change = {account: mean(view, *(a[account] - b[account] for a, b in zip(made, other)))
              for account in (*OUTCOMES, *CHARGED[party].values())}
    rates = rates_of(party, truth, numbers)  # respite's, of one truth, is Syria's, who knows it
    terms = {"outcomes": fsum(rates[outcome] * change[outcome] for outcome in OUTCOMES),
             **{price: rates[its[0]] * change[its] for price, its in CHARGED[party].items()}}
    gain = fsum(terms.values())
    reason, despite = (pick(terms, key=terms.__getitem__) for pick in (max, min))
    odds = {name: {outcome: mean(view, *(it[outcome] for it in its)) for outcome in OUTCOMES}
            for name, its in (("against", other), ("made", made))}
    return Why(*against, gain, terms, reason if gain > 0 else "chance",
               despite if terms[despite] < -ROUNDING else None, odds)

def pass_spell(state: State, turn: int, truth: str, numbers: Parameters,
               draw: Callable[[], float]) -> Ending:
    """Pass the turns of a spell, from its first one on, until something happens."""
    spells = {reading: spell(state, reading, numbers) for reading in READINGS}
    likelihood, what = dict.fromkeys(READINGS, 1.0), "quiet"
    chances: list[dict[str, float]] = []
    draws: list[float] = []
    while what == "quiet":
        turns = {reading: it.chances(len(draws) + 1) for reading, it in spells.items()}
        chances.append(turns[truth])
        draws.append(draw())
        what = drawn_from(turns[truth], draws[-1])
        likelihood = {it: p * turns[it][what] for it, p in likelihood.items()}
    last, strike, over = turn + len(draws) - 1, None, None
    if what == "breaks":
        strike, over = support(state, numbers), "short" if spells[truth].working else "review"
        draws.append(draw())
    return Ending(what, last, first_day(last + 1), over, strike, chances, likelihood, draws)

def parting(one: History, other: History) -> int | None:
    """The first turn in which what can be seen of two histories differs, if any does."""
    sights: list[list[tuple[int, Any]]] = [[
        *(sight for it in history.rounds for sight in (
            (it.turn, [made.move for made in it.moves.values()]),
            (it.event.turn, (it.event.what, it.event.over)))),
        (history.rounds[-1].event.turn, history.outcome)] for history in (one, other)]
    return next((min(a[0], b[0]) for a, b in zip(*sights) if a != b), None)

# 6  A page ========================================================================================

COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
ORDINALS = ("", "first", "second", "third")
SIGNS = {"¶": "#", "–": "-", "×": "x", "█": "#", "·": "|", "λ": "lambda"}  # in plain encodings
COLORS = {"title": "1", "handover": "32", "strike": "31", "stalemate": "33", "mark": "36"}
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

    def say(self, text: str = "", first: str = "", rest: str | None = None, color: str = ""
            ) -> None:
        """A paragraph, indented by `first` and `rest`; no colour has a meaning of its own."""
        code = COLORS.get(color) if self.color else None
        lines = map(str.rstrip, wrapped(text, self.width, first, first if rest is None else rest))
        self.lines += [f"\x1b[{code}m{line}\x1b[0m" if code else line for line in lines]

    def title(self, text: str) -> None:
        """The first line, or the head of a part after an empty line."""
        self.lines += [""] * bool(self.lines)
        self.say(text, color="title")

    def entry(self, label: str, text: str, color: str = "") -> None:
        """A label and what it says, the text hanging beside it where there is room."""
        if self.width >= 60:
            self.say(text, f"{label:<10}", " " * 10, color)
        else:
            self.say(f"{label}: {text}", "", "  ", color)

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
                     "title" if row is head else "")

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
    """So many of something, in words up to ten: one failing, 12 failings."""
    return f"{COUNTS[n] if n < len(COUNTS) else n} {noun if n == 1 else plural or noun + 's'}"

def listed(words: Iterable[str]) -> str:
    """a, b and c."""
    *others, final = [*words] or [""]
    return f"{', '.join(others)} and {final}" if others else final

def sentence(text: str) -> str:
    """A text with a capital at its beginning and a full stop at its end."""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?")) else ".")

def times_in(probability: float) -> str:
    """A probability as a round frequency: 1 time in 7."""
    return ("almost never" if probability < 0.015 else "almost always" if probability > 0.985 else
            f"1 time in {1 / probability:.0f}" if probability < 0.38 else
            f"{min(9, round(10 * probability))} times in 10")

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
    numbers, start, forbidden, _ = request.dispute
    positions = {party: getattr(start, party) for party in PARTIES}
    off = [".".join(move) for move in forbidden]
    page.put(parameters=numbers, start={"done": start.done, "positions": positions}, forbidden=off)
    at = [f"{start.done} of {len(STAGES)} stages done", *(
        f"{PARTIES[party].in_text} at {move}" for party, move in positions.items()
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

# ------------------------------------------------------------------ run: the timeline, in words

class Wording(NamedTuple):
    """How a party's moves and its condition are told."""
    gives: str  # to give way, to go back; the same in the past
    returns: str
    gave: str
    went_back: str
    waits: str  # to keep a position where a change is awaited: the declared one, the other
    waits_back: str
    holds: str  # at the start, at its declared position
    drawn: str  # a row of the picture
    met: str  # its condition while it is met; while it is not; when it was, but no longer is
    unmet: str
    ceased: str
    lacked: str  # why it never gave way

WORDING = {
    "us": Wording(
        "takes its threat off the table", "puts its threat back on the table", "dropped its threat",
        "put it back", "keeps its threat", "does not put its threat back", "holds its threat",
        "US: threat off", "deeds have come", "deeds have not come", "deeds have ceased",
        "deeds never come"),
    "russia": Wording(
        "leans on Damascus", "shields Damascus again", "leaned on Damascus", "shielded it again",
        "does not lean", "leans on", "shields Syria", "Russia leans",
        "the plan it vouched for stands still", "the plan does not stand still",
        "the plan moves again", "the plan never stands still after a failing"),
    "syria": Wording(
        "goes to work", "stops its work", "went to work", "stopped its work", "keeps stalling",
        "works on", "stalls", "Syria works", "the threat is off the table", "the threat stands",
        "the threat is back", "the threat never leaves the table"),
    "france": Wording(
        "lets its pressure drop", "presses again", "eased", "pressed again", "presses on",
        "stays at ease", "presses", "France eases", "the threat it backed is gone",
        "the threat stands", "the threat is back", "the threat stands at its every choice"),
    "opposition": Wording(
        "lets the plan take its course", "rejects the plan again", "accepted the plan",
        "rejected it again", "rejects the plan still", "accepts the plan still", "rejects the plan",
        "Opposition accepts", "the plan shows results", "the plan shows no results",
        "the results have stopped", "it sees no results"),
}

# By party and price: what speaks for giving way; the same while Syria does not work (of leverage:
# while Moscow does not lean); what speaks for the declared position.
MOTIVES = {
    **{(party, "delay"): ("a stalled plan costs it, and stalls less so",) * 3
       for party in ("us", "france")},
    ("russia", "strain"): (*["it has the less to lean later"] * 2, "leaning strains the alliance"),
    ("russia", "delay"): (*["a stalled plan costs Moscow, which vouched for it, credit"] * 2,
                          "the plan it vouched for would stand still for longer"),
    ("syria", "leverage"): ("stalling while Moscow leans costs his ally's goodwill",
                            "Moscow may lean on a Syria that stalls",
                            "Moscow's weight would be felt the longer later"),
    ("syria", "respite"): (*["work now leaves it the more time to stall later"] * 2,
                           "stalling buys time for his war"),
    **{(party, "pressure"): (f"while Syria delivers, the world presses {to}",
                             f"once Syria works, the world presses {to}",
                             "it would be pressed the longer later")
       for party, to in (("us", "Washington to stand down"), ("france", "Paris to relent"),
                         ("opposition", "it to accept"))},
}

def term_in_words(party: str, made: Made, why: Why, term: str, state: State, worth: Rates) -> str:
    """What a term of a reason says, for the move or against it."""
    helps, gives = why.terms[term] > 0, made.move == PARTIES[party].giving
    if term == "outcomes":  # the one whose change weighs most for the party
        shift = {it: why.odds["made"][it] - why.odds["against"][it] for it in OUTCOMES}
        main = max(OUTCOMES, key=lambda it: (worth[it] - 0.5) * shift[it] * (1 if helps else -1))
        word = "likelier" if shift[main] > 0 else "less likely"
        odds, otherwise = (percent(why.odds[it][main]) for it in ("made", "against"))
        if abs(shift[main]) < QUOTED or odds == otherwise:
            return f"a {main} is a little {word}"
        return f"a {main} is {word} ({odds}, else {otherwise})"
    if term == "face":
        back = "stopping" if party == "syria" else "going back"
        change, other = ("giving way", back)[::1 if gives else -1]
        if made.kind in ("concession", "reversal"):
            return f"{change} costs face" if not helps else (
                "putting it off would not spare the loss of face")
        if made.kind == "keep" and helps and why.kind in ("concession", "reversal"):
            return f"{other} would cost face"
        return "it has less to take back later" if helps else "it may lose face later"
    now = state.russia == "lean" if term == "leverage" else state.at_work
    giving, otherwise, keeping = MOTIVES[party, term]
    return keeping if helps != gives else giving if now else otherwise

def moves_of(it: Round) -> dict[str, tuple[Made, State]]:
    """The moves of a round in turn order, each with the state that its party found."""
    found, state = {}, it.state
    for party, made in it.moves.items():
        found[party] = made, state
        state = effect(party, made.move, state)
    return found

def changes(it: Round) -> list[str]:
    """The parties that changed their position in a round."""
    return [party for party, made in it.moves.items() if made.kind != "keep"]

def failing_told(state: State) -> str:
    """The number of a failing that comes upon a state."""
    return "one more failing" if state.failings == MOST_FAILINGS else (
        f"its {ORDINALS[state.failings + 1]} failing")

def standing(state: State) -> str:
    """Where the threat, Moscow and the failings stand."""
    return (f"Threat {'on' if state.us == 'hold' else 'off'} · Moscow "
            f"{'shields' if state.russia == 'shield' else 'leans'} · failings {state.failings}"
            + " or more" * (state.failings == MOST_FAILINGS))

class Teller:
    """Tells a history round by round; a reason told in full once is told in a few words then."""

    def __init__(self, history: History, dispute: Dispute, seats: Collection[str] = ()) -> None:
        self.history, self.numbers, self.seats = history, dispute.parameters, seats
        self.told: dict[tuple[Any, ...], int] = {}  # what was told, and in which turn
        self.turn = 0
        self.passed: list[State] = []

    def motive(self, party: str, made: Made, state: State, truth: str = WORD) -> str:
        """Why a move was made: what spoke for it, and what it was made despite."""
        its = made.by_truth[truth] if made.by_truth else made._asdict()
        share, why = its["probability"], Why(*its["why"])
        if made.by_truth and share < 0.015:
            return ""
        most, least = (pick(why.terms, key=why.terms.__getitem__) for pick in (max, min))
        key = (party, made.move, most, least, why.gain > 0)
        against_it = ", against his interest" if made.by_truth else (
            f", against its interest ({times_in(share)})")
        if key in self.told:
            as_then = f"as in turn {self.told[key]}"
            return f", {as_then}" if why.gain > 0 else f"{against_it}, {as_then}"
        self.told[key] = self.turn
        worth = utilities(party, truth, self.numbers)
        eyes = f"to Moscow, trusting him {percent(made.trust or 0.0)}, " * (party == "russia")
        spoke, against = (eyes * (it == "outcomes") + term_in_words(
            party, made, why, it, state, worth) for it in (most, least))
        if 0.4 <= share <= 0.6:
            return f", a close call: {spoke}"
        if why.gain > 0:
            weighs = -why.terms[least] >= max(TELLING * why.terms[most], ROUNDING)
            return f": {spoke}" + f", though {against}" * weighs
        if why.terms[most] <= ROUNDING:
            return f"{against_it}: nothing speaks for it, and {against}"
        return f"{against_it}: {spoke}, but it weighs more that {against}"

    def move(self, party: str, made: Made, state: State) -> str:
        """A move in words, with its reason; under both readings where it is Syria's."""
        words, condition = WORDING[party], PARTIES[party].condition
        gives, met = made.move == PARTIES[party].giving, condition.met(state, self.numbers)
        ceased = any(condition.met(it, self.numbers) for it in self.passed)
        now = words.met if met else words.ceased if ceased else words.unmet
        if made.kind == "keep":
            text = words.waits_back if gives else words.waits
            text += f", though {now}" * (met != gives)
        else:
            verb = words.gives if gives else words.returns
            if party == "syria" and gives and any(it.at_work for it in self.passed):
                verb = "goes back to work"
            text = f"{verb}, {'as' if made.kind in ('answer', 'return') else 'though'} "
            text += words.unmet if gives and not met else now
        text = f"{sentence(PARTIES[party].in_text)[:-1]} {text}"
        text += f" ({failing_told(state)})" * (party == "syria" and state.at_work and not gives)
        if party in self.seats:
            return f"{text}."
        if made.why is None:
            return f"{text}: no other move is open to it."
        if made.by_truth is None:
            return text + self.motive(party, made, state) + "."
        told, says = self.told, []
        for truth, its in made.by_truth.items():
            self.told = {**told}
            says.append((times_in(its["probability"]), self.motive(party, made, state, truth)))
        (often, word), (other, tactic) = says
        if word == tactic:
            often += f" if he means the offer, {other} if not" * (often != other)
            return f"{text}{word}. Either Assad would ({often})."
        return (f"{text}. An Assad who means the offer does so {often}{word}; one who does not, "
                f"{other}{tactic}.")

    def round(self, it: Round) -> list[str]:
        """What happened at the head of a round: every change, and what was awaited in vain."""
        self.turn = it.turn
        failed = it.round > 1 and self.history.rounds[it.round - 2].event.what != "completes"
        says = []
        for party, (made, state) in moves_of(it).items():
            met = PARTIES[party].condition.met(state, self.numbers)
            awaited = {"russia": made.move == "shield" and met,
                       "us": met if made.move == "hold" else failed,
                       "syria": made.move == "stall" and state.done > 0}
            if made.kind != "keep" or (it.round > 1 and awaited.get(party)):
                says.append(self.move(party, made, state))
            elif party == "syria" and says and state.at_work:
                says[-1] += " Syria works on."
            self.passed.append(state)
        self.passed.append(it.settled)
        return says + [standing(it.settled)] * bool(changes(it))

    def event(self, it: Round) -> str:
        """What the end of a spell brought, and who was its author."""
        event, state, stage = it.event, it.settled, STAGES[it.stage]
        turns = event.turn - it.turn + 1
        chance = percent(spell(state, self.history.true, self.numbers).breaking)
        if event.what == "completes":
            return (f"{day(event.date)}: {stage.done} after {turns} turn{'s' * (turns > 1)}, stage "
                    f"{it.after.done}/{len(STAGES)}.")
        found = (f"a review finds Syria stalling after {count(turns * DAYS_A_TURN // 7, 'week')}"
                 if "review" in (event.what, event.over) else
                 f"{stage.short} is found short, by design or in error, and work stops")
        text = f"{day(event.date)}: {found}: {failing_told(state)}"
        if event.what != "breaks":
            spared = f". Washington could break off ({chance} likely), but does not."
            return text + (spared if state.failings else ".")
        more = " or more" * (state.failings == MOST_FAILINGS)
        text += (f". Washington breaks off the talks ({chance} likely after "
                 f"{COUNTS[state.failings]}{more} before it)")
        if state.us == "drop":
            return f"{text}; with no threat left the plan dies with them."
        behind = "France behind it" if state.france == "press" else "France at ease"
        finds = "finds" if self.history.outcome == "strike" else "does not find"
        chance = percent(event.support or 0.0)
        return f"{text} and, {behind}, {finds} support for a strike ({chance} likely)."

    def jump(self, it: Round) -> str:
        """Why the odds changed by ten points at the end of a spell, if its event does not say."""
        up, more = (it.then.as_seen[one] - it.quiet.as_seen[one] for one in ("handover", "strike"))
        if it.round == len(self.history.rounds) or max(abs(up), abs(more)) < 0.1:
            return ""
        if it.event.what == "completes":
            return " Less is left that can go wrong."
        if up <= 0:
            return " Another failing may end the talks."
        russia = self.history.rounds[it.round].moves["russia"]
        leans = russia.probability if russia.move == "lean" else 1 - russia.probability
        if it.after.russia == "shield" and leans >= 0.5:
            return " Moscow is now likely to lean."
        return (" Washington did not break off." if it.settled.failings else
                " What is found short is found in time.")

@question("run", "How does it play out, round by round?", "seed truth explain",
          ("--seed 7", "--truth tactic --set trust=1", "--explain 2", "--start us.drop"))
def answer_run(request: Namespace, page: Page) -> None:
    """One history: what happened and why, and how else it could have gone."""
    dispute, seed = request.dispute, request.seed
    solution = solve(dispute, itemised=True, tick=request.tick)
    history, other = (played_by(dispute, solution, seed, request.truth, other=it)
                      for it in (False, True))
    rounds = history.rounds
    page.put(**history_data(history, seed), other={
        "true": other.true, "outcome": other.outcome, "turns": other.rounds[-1].event.turn,
        "parts_in_turn": parting(history, other)}, **odds_at_start(dispute, solution))
    same = f" --seed {seed}" * (seed > 0) + f" --truth {request.truth}" * (request.truth != "drawn")
    if request.explain:
        if request.explain > len(rounds):
            raise UsageError(f"--explain: this history has {len(rounds)} rounds")
        explain(page, history, rounds[request.explain - 1], dispute)
        describe(page, request)
        page.next(request, f"run{same} --explain {request.explain % len(rounds) + 1} # And the "
                  "next round?", "positions", "worlds")
        return
    page.title("Syria's chemical weapons: who moves first? One possible history from "
               f"{day(FIRST_DAY)}")
    page.say(f"A turn is {DAYS_A_TURN} days. Numbers not in the report (¶) are judgements. Seed "
             f"{seed}.")
    describe(page, request)
    page.say()
    page.entry("In short", in_short(history))
    page.entry("Start", start_in_words(history))
    page.say()
    timeline(page, history, dispute)
    page.say()
    epilogue(page, history, other, dispute)
    picture(page, history)
    telling = max(rounds, key=lambda it: (len(changes(it)), it.round))
    page.next(request, f"run{same} --explain {telling.round} # Why did turn {telling.turn} (round "
              f"{telling.round}) go this way?", "odds", f"play --as us{same}")

def odds_at_start(dispute: Dispute, solution: Solution) -> dict[str, Any]:
    """The odds before anything has happened: as Washington sees them, and under either truth."""
    trust = trust_of("us", dispute.start, dispute.parameters)
    odds = {truth: {it: solution.at_start(truth)[it] for it in OUTCOMES} for truth in READINGS}
    return {"odds_by_truth": odds,
            "odds": {it: mean(trust, *(its[it] for its in odds.values())) for it in OUTCOMES}}

def history_data(history: History, seed: int) -> dict[str, Any]:
    """A history as JSON has it."""
    kept = [name for name in Round._fields if name not in ("state", "settled", "after", "then")]
    rounds = [{**{name: getattr(it, name) for name in kept},
               "positions": {party: getattr(it.state, party) for party in PARTIES},
               "failings": it.state.failings, **it.then._asdict()} for it in history.rounds]
    last = history.rounds[-1].event.turn if rounds else 0
    return {"seed": seed, "true": history.true, "rounds": rounds, "turns": last,
            "outcome": history.outcome, "date": first_day(last) if rounds else None}

def in_short(history: History) -> str:
    """The course of a history in a few sentences, from its own facts."""
    rounds, says = history.rounds, ["no position ever changed"]
    first = next(filter(changes, rounds), None)
    if first:
        names = listed(f"{PARTIES[it].in_text} " + (
            WORDING[it].gave if getattr(first.settled, it) == PARTIES[it].giving else
            WORDING[it].went_back) for it in changes(first))
        found_out = first.round > 1 and rounds[first.round - 2].event.what == "review"
        says = ["no position changed until a review found Syria stalling; then " + names
                if found_out else f"first, in turn {first.turn}, {names}"]
    work = next((it for it in rounds if "syria" in changes(it) and it.settled.at_work), None)
    if work is None:
        says.append("Syria worked from the start" if rounds[0].state.at_work else
                    "Syria never went to work")
    elif work is not first:
        threat = "once the threat was dropped" if work.settled.us == "drop" else "under the threat"
        says.append(f"Syria went to work in turn {work.turn}, {threat}"
                    + ", with Moscow leaning on it" * (work.settled.russia == "lean"))
    failings = sum((it.event.what != "completes") + (it.state.at_work and not it.settled.at_work)
                   for it in rounds)
    says.append(f"{count(failings, 'failing')} came on record")
    moved = [f"{'dropped' if it.settled.us == 'drop' else 'put back'} in turn {it.turn}"
             for it in rounds if "us" in changes(it) and it is not first]
    says += ["the threat was " + listed(moved)] if moved else []
    return " ".join(map(sentence, [*says, ending(history)]))

def ending(history: History) -> str:
    """How a history ended, and when."""
    if not history.outcome:
        return "the table was left"
    last = history.rounds[-1].event
    when = f"in turn {last.turn}, by {day(last.date)}"
    if history.outcome == "handover":
        return f"handover complete {when}"
    if last.what != "breaks":
        return f"no end was in sight after the last round: stalemate {when}"
    over = "a stage found short" if last.over == "short" else "Syria's stalling"
    end = "and struck" if history.outcome == "strike" else "and the plan died"
    return f"Washington broke off over {over} {end} {when}"

def start_in_words(history: History) -> str:
    """Where everybody stands at the start, and why those who hold on do so."""
    first, positions = history.rounds[0], []
    holding: dict[str, list[str]] = {}  # by reason: who does
    for party in [it for it in PARTIES if it != "syria"]:
        it, made = PARTIES[party], first.moves[party]
        words = it.gives if getattr(first.state, party) == it.giving else WORDING[party].holds
        positions.append(f"{it.in_text} {words} ({it.stated})")
        if made.kind == "keep" and made.why and made.move == it.declared:
            holding.setdefault(made.why.reason, []).append(it.in_text)
    reasons = {"face": "giving way unasked would cost {} face",
               "strain": "leaning would strain the alliance of {}",
               "outcomes": "giving way would worsen the odds for {}"}
    says = [reasons.get(reason, "it costs {} less to wait").format(
        "each" if len(its) == len(positions) else listed(its)) for reason, its in holding.items()]
    moved = {PARTIES[party].in_text for it in history.rounds for party in changes(it)}
    never = [name for its in holding.values() for name in its if name not in moved]
    text = listed(positions) + f": {'; '.join(says)}" * bool(says)
    if 0 < len(never) < len(positions):
        text += f"; {listed(never)} hold{'s' * (len(never) == 1)} out to the end"
    if first.state.syria == PARTIES["syria"].declared:
        text += ". Syria will not act under threat (¶2)"
        text += " but has filed to join the ban (¶9), on paper" * (first.stage == "join")
    us, russia = (percent(first.moves[party].trust or 0.0) for party in ("us", "russia"))
    return f"{sentence(text)} Washington trusts Assad's word {us}, Moscow {russia} (judgements)."

def timeline(page: Page, history: History, dispute: Dispute, seats: Collection[str] = ()) -> None:
    """The rounds and what came of each: when, what happened and why, and what was believed."""
    teller, room = Teller(history, dispute, seats), page.width - 27
    wide = page.width >= 72
    if wide:
        head, heads = "Turn  What happened, and why", "As Washington sees it: trust handover strike"
        page.say(f"{head}{heads:>{page.width - len(head)}}", color="title")
    for it in history.rounds:
        told = teller.round(it)
        turns = f"to {it.event.turn}" if it.event.turn > it.turn or told else str(it.turn)
        came = [teller.event(it) + teller.jump(it)]
        for when, says, seen in ((str(it.turn), told, it.quiet), (turns, came, it.then)):
            trust, *odds = map(percent, (seen.trust, *seen.as_seen.values()))
            lines = [line for text in says for line in wrapped(text, page.width - 6)]
            if says and wide:
                lines += [""] * (len(lines[-1]) > room)
                lines[-1] = f"{lines[-1]:<{room}}{trust:>5}{odds[0]:>9}{odds[1]:>7}"
                page.lines += [f"{when:<6}{lines[0]}", *(" " * 6 + line for line in lines[1:])]
            elif says:
                page.say(f"Turn {when}: {' '.join(says)} Washington's trust {trust}, handover "
                         f"{odds[0]}, strike {odds[1]}.", "", "  ")

def epilogue(page: Page, history: History, other: History | None, dispute: Dispute) -> None:
    """How it ended, how likely that was, who never moved, what was true, and the other Assad."""
    outcome, numbers = history.outcome, dispute.parameters
    if not outcome:
        meant = "means the offer" if history.true == WORD else "does not mean it"
        page.entry("Outcome", f"none: the table was left. Assad {meant}.")
        return
    ended = history.rounds[-1].event
    such = {truth: percent(its[outcome]) for truth, its in page.data["odds_by_truth"].items()}
    page.entry("Outcome", f"{sentence(outcome)[:-1]} in turn {ended.turn}, by {day(ended.date)}. "
               f"At first Washington gave a {outcome} {percent(page.data['odds'][outcome])}; it "
               f"comes in {under(such)}.", outcome)
    still = unmoved(history, numbers)
    if still:
        page.entry("Unmoved", still)
    page.entry("Assad", minds(history, numbers["prior"]))
    if other:
        parts, end = parting(history, other), other.rounds[-1].event
        how = "the same to the end" if parts is None else f"they part in turn {parts}"
        page.entry("The other", f"Assad, same draws: {how}; {other.outcome} in turn {end.turn}.")
    page.entry("Notes", "Trust is in intent: it can be low with a handover near. Odds in a reason "
               "are its party's, with the move (else: without). Columns: after all moves; handover "
               "and strike leave stalemate the rest. No chance given: the likelier move. Which "
               f"Assad it is was drawn at {percent(numbers['prior'])}.")

def unmoved(history: History, numbers: Parameters) -> str:
    """Who kept its declared position throughout, and why."""
    states = [state for it in history.rounds for state in (it.state, it.settled)]
    best, says = max(state.record for state in states), []
    for party, it in PARTIES.items():
        if any(getattr(state, party) != it.declared for state in states):
            continue
        lack = WORDING[party].lacked
        lack += f": later stages less failings are {best} at best" * (party == "us")
        for one in history.rounds:
            (made, state), why = moves_of(one)[party], one.moves[party].why
            if it.condition.met(state, numbers) and why and party != "syria":
                lack, reason = f"in turn {one.turn} {WORDING[party].met}, but ", why.reason
                lack += "so " * (reason == "outcomes") + (
                    "it holds on against its interest" if reason == "chance" else term_in_words(
                        party, made, why, reason, state, utilities(party, WORD, numbers)))
                break
        says.append(f"{it.in_text} ({lack})")
    return sentence(listed(says)) if says else ""

def minds(history: History, prior: float) -> str:
    """What was true, and what Washington, Moscow and an outside reader made of it."""
    turns = [turn for it in history.rounds for turn in (it.turn, it.event.turn)]
    seen = [its for it in history.rounds for its in (it.quiet, it.then)]
    trusts = [history.rounds[0].moves["us"].trust or 0.0, *(it.trust for it in seen)]
    trust, reader = (
        max((abs(now - was), f"turn {turn}, {percent(was)} to {percent(now)}")
            for turn, was, now in zip(turns, its, its[1:]))[1]
        for its in (trusts, [prior, *(it.reader for it in seen)]))
    meant = "meant the offer" if history.true == WORD else "did not mean the offer"
    return (f"{meant} (revealed here). Trust in his word, by stages and failings alone, ends at "
            f"{percent(seen[-1].trust)} (largest step: {trust}), in Moscow at "
            f"{percent(seen[-1].trust_moscow)}. A reader who starts at {percent(prior)} and weighs "
            f"how likely either Assad was to do all this ends at {percent(seen[-1].reader)} "
            f"({reader}).")

def picture(page: Page, history: History) -> None:
    """Who stood where, turn by turn, and what the ends of the spells brought."""
    states = [it.settled for it in history.rounds for _ in range(it.turn, it.event.turn + 1)]
    turns = len(states)
    scale = -(-turns // (page.width - 19))  # turns a sign
    ruler, marks = "1", {}
    for turn in range(5 * scale, turns + 1, 5 * scale):
        ruler = f"{ruler:<{(turn - 1) // scale}}{turn}"
    for it in history.rounds:
        if it.state.at_work and not it.settled.at_work:
            marks[(it.turn - 1) // scale] = "w"
        mark = str(it.after.done) if it.event.what == "completes" else it.event.what[0]
        marks[(it.event.turn - 1) // scale] = mark
    page.say(f"{'By turn':<19}{ruler}", color="title")
    for party, its in PARTIES.items():
        page.lines.append(f"{WORDING[party].drawn:<19}" + "".join(
            "#" if any(getattr(state, party) == its.giving for state in states[at:at + scale])
            else "." for at in range(0, turns, scale)))
    page.lines.append(f"{'Stage or failing':<19}" + "".join(
        marks.get(place, " ") for place in range(max(marks) + 1)))
    page.say(f"1-{len(STAGES)} stage complete, s found short, r review, w work stopped, b talks "
             "broken off.")

# -------------------------------------------------------- run --explain: a round by hand

FOUR = number(4)
OPTION_TABLE = (
    Column("move", "Move", left=True), Column("word", "If word", FOUR),
    Column("tactic", "If tactic", FOUR), Column("face", "Face", number(2)),
    Column("value", "Value", FOUR), Column("weight", "Weight", FOUR),
    Column("probability", "Probability", FOUR))

def explain(page: Page, history: History, it: Round, dispute: Dispute) -> None:
    """One round and its spell traced to the rules, number by number."""
    numbers = dispute.parameters
    page.title(f"Round {it.round}, turn {it.turn} from {day(it.date)}, stage {it.stage}: by hand")
    page.say("If word, if tactic: the party's expected payoff of what follows, under either truth. "
             "Value: trust × the first + (1 - trust) × the second, less the face that the move "
             f"costs now. Weight: exp(rationality {numbers['rationality']:g} × distance to the "
             "best value). Reason: what each term does for the move made, against the other.")
    for party, (made, state) in moves_of(it).items():
        explain_move(page, party, made, state, numbers)
    page.title("What follows")
    explain_spell(page, it, spell(it.settled, history.true, numbers), numbers)
    state = it.after
    page.entry("Record", f"max(0, {state.done} - 1) - {state.failings} = {state.record:+d}")
    for party, trust in (("us", numbers["trust"]), ("russia", numbers["trust_moscow"])):
        odds = ("a closed mind that no deed moves" if trust in (0.0, 1.0) else
                f"odds {trust:g} / {1 - trust:g} × {numbers['credit']:g} ^ {state.record}")
        page.entry("Trust", f"{PARTIES[party].capital}: {odds}: "
                   f"{trust_of(party, state, numbers):.4f}")
    reader = history.rounds[it.round - 2].then.reader if it.round > 1 else numbers["prior"]
    chances = [its["probability"] for its in (it.moves["syria"].by_truth or {}).values()]
    for when, before, (word, tactic), after in (
            ("after the moves", reader, chances, it.quiet.reader),
            ("after the spell", it.quiet.reader, it.event.likelihood.values(), it.then.reader)):
        page.entry("Reader", f"{when}, by Bayes: {before:.4f} × {word:.4f} / ({before:.4f} × "
                   f"{word:.4f} + {1 - before:.4f} × {tactic:.4f}) = {after:.4f}")

def explain_move(page: Page, party: str, made: Made, state: State, numbers: Parameters) -> None:
    """A decision: its condition, what either move is worth, the draw, and the reason as a sum."""
    condition, plus = PARTIES[party].condition, number(4, "+")
    page.title(f"{PARTIES[party].label}: {made.move} ({made.kind})")
    page.say(f"Condition ({condition.words.format(deeds=numbers['deeds'])}): "
             f"{'' if condition.met(state, numbers) else 'not '}met.", "  ")
    faces = {move: numbers["face"] * (kind_of(party, move, state, numbers) in (
        "concession", "reversal")) for move in made.follows}
    for truth in READINGS if made.by_truth else (WORD,):
        view = float(truth == WORD) if made.trust is None else made.trust
        values = [mean(view, *its.values()) for its in made.follows.values()]
        page.say(f"Under '{truth}':" if made.by_truth else f"Trust {view:.4f}:", "  ")
        page.table(OPTION_TABLE, [
            {"move": move, "word": its[WORD] + faces[move], "tactic": its[TACTIC] + faces[move],
             "face": faces[move], "value": value, "probability": share,
             "weight": exp(numbers["rationality"] * (value - max(values)))}
            for (move, its), value, share in zip(
                made.follows.items(), values, logit(values, numbers["rationality"]))])
        why = made.by_truth[truth]["why"] if made.by_truth else made.why
        if why:
            terms = " ".join(f"{plus(x)} {name}" for name, x in why.terms.items())
            page.say(f"Reason: {terms} = {plus(why.gain)}, so {why.reason}.", "  ", "    ")
    page.say(f"The draw {made.draw:.4f} falls on {made.move}.", "  ")

def explain_spell(page: Page, it: Round, its: Spell, numbers: Parameters) -> None:
    """The chances of a spell's turns, its length, and the support where the talks broke off."""
    event, turns, state = it.event, it.event.turn - it.turn + 1, it.settled
    page.entry("Spell", f"{'a stage under way' if its.working else 'Syria stalls'}: nothing before "
               f"its turn {its.least}, then due with {its.due:.4f}; failing {its.failing:.4f}, "
               f"breaking {its.breaking:.4f}; {its.length:.2f} turns on average, {turns} here")
    chances = ", ".join(f"{name} {share:.4f}" for name, share in event.chances[-1].items() if share)
    page.entry("Its end", f"turn {event.turn}: {chances}; the draw {event.draws[turns - 1]:.4f} is "
               f"{event.what}")
    if event.support is None:
        return
    share = numbers["support"]
    odds = ("none, the threat is off the table" if state.us == "drop" else
            "certain either way" if share in (0.0, 1.0) else
            f"odds {share:g} / {1 - share:g} × {numbers['cause']:g} ^ {max(0, state.failings - 1)}"
            + f" / {numbers['backing']:g}" * (state.france == "ease"))
    page.entry("Support", f"{odds}: {event.support:.4f}; the draw {event.draws[-1]:.4f}")

# ------------------------------------------------------------- play: a seat, or five, at the table

def received(history: History, party: str, numbers: Parameters) -> float:
    """What a party got: its utility of the outcome less every price it paid."""
    rates = rates_of(party, history.true, numbers)
    counts = Counter(event for it in history.rounds for event in (
        *((who, made.kind) for who, made in it.moves.items()),
        *tolls(it.settled) * (it.event.turn - it.turn + 1),
        *[SHORT] * ("short" in (it.event.what, it.event.over))))
    return rates[history.outcome] + fsum(n * rates.get(it, 0.0) for it, n in counts.items())

def departures_of(history: History, party: str) -> list[dict[str, Any]]:
    """Where a seat passed over a better move, the costliest first, with the model's reason."""
    return sorted((
        {"round": it.round, "turn": it.turn, "move": it.moves[party].move, "better": why.against,
         "cost": -why.gain, "reason": min(why.terms, key=why.terms.__getitem__)}
        for it in history.rounds for why in [it.moves[party].why] if why and why.gain < -ROUNDING),
        key=lambda it: -it["cost"])

class Table:
    """The people at the table: asks the seats in turn order, and keeps their answers."""

    def __init__(self, request: Namespace, seats: Sequence[str], page: Page, out: Any) -> None:
        self.dispute, self.seats, self.page, self.out = request.dispute, seats, page, out
        self.given: list[str] = [word for word in request.moves.split(",") if word]
        self.answers: list[str] = []
        self.sitting, self.briefed = "", set[str]()
        with suppress(AttributeError, ValueError):  # so that no byte typed is an error
            sys.stdin.reconfigure(errors="replace")  # type: ignore[union-attr]

    def ask(self, rounds: Sequence[Round], state: State, party: str, drawn: Made, truth: str
            ) -> str:
        """A seat's move, given before or typed now; the model's where nobody sits."""
        moves = list(drawn.values)
        if party not in self.seats:
            return drawn.move
        if not self.given:
            self.situation(rounds, state, party, truth)
        if len(moves) == 1:
            if self.given:
                return moves[0]
            why = " while the first stage is in hand" * (party == "syria" and not state.done)
            self.page.say(f"One move is open, and made: {moves[0]}{why}.")
            self.tell()
            return moves[0]
        answer = self.given.pop(0) if self.given else self.answer(state, party, moves, truth)
        if answer not in moves:
            raise UsageError(f"--moves: {shown(answer)} is not a move of {PARTIES[party].in_text} "
                             f"in round {len(rounds) + 1}: {', '.join(moves)}")
        self.answers.append(answer)
        return answer

    def answer(self, state: State, party: str, moves: Sequence[str], truth: str) -> str:
        """What the seat types: Enter keeps the position; raises Leave at q or the end of input."""
        position = getattr(state, party)
        while True:
            self.tell(f"{' or '.join(moves)} (Enter: {position})? ")
            typed = self.read()
            word = typed.strip().lower()
            if not typed or word in ("q", "quit"):
                raise Leave
            meant = [move for move in moves if move.startswith(word or position)]
            if len(meant) == 1:
                return meant[0]
            if word == "?":
                self.role_sheet(party, truth)
            else:
                self.page.say(f"{shown(word)} is not possible: {', '.join(moves)}, Enter to keep "
                              "the position, ? for the role sheet, q to leave.")

    def read(self) -> str:
        """A line of input; none where it has ended or cannot be read."""
        with suppress(OSError, ValueError, AttributeError):
            typed = sys.stdin.readline()
            if typed and sys.stdin.isatty():
                return typed
            self.tell("\n")  # which a terminal echoes by itself
            return typed
        return ""

    def situation(self, rounds: Sequence[Round], state: State, party: str, truth: str) -> None:
        """Where things stand when a seat is asked; another seat first gets the screen to itself."""
        page, numbers, capital = self.page, self.dispute.parameters, PARTIES[party].capital
        if self.sitting not in ("", party):
            page.say(f"Hand over to {capital}.")
            if self.out.isatty():
                from shutil import get_terminal_size

                self.tell("Press Enter when you have. ")
                self.read()
                self.tell("\n" * get_terminal_size().lines)
        self.sitting = party
        if party not in self.briefed:
            self.role_sheet(party, truth)
        turn = rounds[-1].event.turn + 1 if rounds else 1
        page.title(f"Round {len(rounds) + 1}, turn {turn}, {day(first_day(turn))}: {capital} moves")
        if rounds:
            page.say(Teller(History(truth, [*rounds], None), self.dispute).event(rounds[-1]))
        us, russia = (percent(trust_of(who, state, numbers)) for who in ("us", "russia"))
        page.say(f"Stage in hand: {tuple(STAGES)[state.done]}, {state.done} of {len(STAGES)} done. "
                 f"{standing(state)}. Record {state.record:+d}. Trust in Assad's word: Washington "
                 f"{us}, Moscow {russia}.")
        for name, it in PARTIES.items():
            met = "met" if it.condition.met(state, numbers) else "not met"
            page.say(f"{it.label} at {getattr(state, name)}; its condition is {met}: "
                     f"{it.condition.words.format(deeds=numbers['deeds'])}", "  ", "    ")

    def role_sheet(self, party: str, truth: str) -> None:
        """What a seat wants, declared and waits for, what its moves cost, what it knows."""
        self.briefed.add(party)
        it, page, numbers = PARTIES[party], self.page, self.dispute.parameters
        page.title(f"Your seat: {it.capital}")
        page.entry("You want", f"{' > '.join(utilities(party, truth, numbers))}: 1 for the best, "
                   f"0 for the worst, {numbers[f'middle_{party}']:g} between, less prices")
        page.entry("Declared", f"{it.declared}: {it.stance} ({it.stated})")
        page.entry("Or", f"{it.giving}: {it.gives}; costs no face ({numbers['face']:g}) once "
                   f"{it.condition.words.format(deeds=numbers['deeds'])} ({it.condition.source}); "
                   "to go back costs face while that lasts")
        page.entry("Prices", "; ".join(
            f"{name} {numbers[name]:g}: {PARAMETERS[name].means}" for name in CHARGED[party]
            if GAINS.get(name, truth) == truth))
        page.entry("You know", "the record and everybody's position, but not whether Assad means "
                   "the offer" if it.ranking else f"what nobody else does: {READINGS[truth].claim}")
        page.entry("Answer", "a move or its beginning; Enter keeps your position, ? shows this "
                   "sheet, q leaves the table")

    def tell(self, prompt: str = "") -> None:
        """Say what the page holds; beside a JSON answer its loss must not cost the answer."""
        text = "".join(f"{line.rstrip()}\n" for line in self.page.lines) + prompt
        self.page.lines.clear()
        with suppress(*[] if self.out is sys.stdout else (OSError, ValueError)):
            emit(text, self.out)

@question("play", "What would you do in a party's seat?", "as seed truth moves",
          ("--as us", "--as all --seed 7", "--as us --as syria --truth tactic",
           "--as us --seed 7 --moves hold,hold,drop"))
def answer_play(request: Namespace, page: Page) -> None:
    """A history in which people decide for some parties, and what it cost or gained them."""
    dispute, seed, taken = request.dispute, request.seed, vars(request)["as"]
    if not taken:
        raise UsageError(f"play: whose seat? --as PARTY, one or many: {', '.join(PARTIES)}, or all")
    seats = [party for party in ORDER if party in taken or "all" in taken]
    solution = solve(dispute, itemised=True, tick=request.tick)
    request.tick.wipe()
    table = Table(request, seats, Page(page.width, page.color),
                  sys.stderr if request.json else sys.stdout)
    history = played_by(dispute, solution, seed, request.truth, table.ask)
    if table.given:
        raise UsageError(f"--moves: {len(table.given)} more than were asked for")
    departures = {party: departures_of(history, party) for party in seats}
    page.put(**history_data(history, seed), **odds_at_start(dispute, solution), seats=seats,
             departures=departures, moves=table.answers)
    page.title(f"The history that {'you' if len(seats) == 1 else 'the table'} made")
    describe(page, request)
    timeline(page, history, dispute, seats)
    page.say()
    epilogue(page, history, None, dispute)
    page.title("What the seats made of it")
    due = solution.at_start(history.true)
    for party in seats:
        if history.outcome:
            got = FOUR(received(history, party, dispute.parameters))
            page.say(f"{PARTIES[party].label} received {got}; the model expected "
                     f"{FOUR(due[party])} of this seat.")
        for one in departures[party][:2]:
            page.say(f"turn {one['turn']}: {one['move']} instead of {one['better']} gave up "
                     f"{FOUR(one['cost'])}; for {one['better']} spoke above all "
                     + ("the odds of the outcomes" if one["reason"] == "outcomes" else
                        f"the price of {one['reason']}"), "  ", "    ")
    replay = "".join(f" --as {party}" for party in taken) + f" --seed {seed}"
    replay += f" --truth {request.truth}" * (request.truth != "drawn")
    replay += f" --moves {','.join(table.answers)}" * bool(table.answers)
    page.next(request, f"play{replay} # This game again", f"run --seed {seed} # Without you",
              "settle")
# -------------------------------------------------------------- odds: should he be believed?

Tick = Callable[[int, int], None]  # tells how far a long answer is: parts done, of how many

def forecasts(solution: Solution, barred: Collection[int] = ()) -> dict[str, Forecast]:
    """What follows under either truth."""
    return {truth: forward(solution, truth, barred) for truth in READINGS}

def in_percent(figures: Mapping[str, float]) -> str:
    """A probability under each truth, in a sentence."""
    return under({truth: percent(it) for truth, it in figures.items()})

def first_movers(solution: Solution) -> dict[str, dict[str, float]] | None:
    """By truth: how likely each party is the first to change its position; None if Syria works."""
    states, found = solution.graph.states, {}  # until then the positions are those of the start
    changed = {place for place, state in enumerate(states) if state[2:] != states[0][2:]}
    for truth in READINGS:
        first, mover, before = dict.fromkeys((*PARTIES, "nobody"), 0.0), "nobody", 1.0
        for _, depth, mass, _ in flow(solution, truth, changed):
            first[mover] += before - fsum(mass)
            mover, before = (*ORDER, "nobody")[depth], fsum(mass)
        found[truth] = {**first, "nobody": before}
    return None if states[0].at_work else found

def how_it_ends(solution: Solution, found: Mapping[str, Forecast]) -> dict[str, dict[str, float]]:
    """By truth: a handover with the threat never dropped, and one after it was."""
    dropped = {place for place, state in enumerate(solution.graph.states) if state.us == "drop"}
    return {truth: {"under_threat": it.odds["handover"], "after_drop": max(
        0.0, found[truth].odds["handover"] - it.odds["handover"])}
        for truth, it in forecasts(solution, dropped).items()}

def deeds_of(dispute: Dispute, found: Mapping[str, Forecast]) -> list[dict[str, Any]]:
    """What Washington believes in every situation, and what the model's own play earns there."""
    trust, rows = trust_of("us", dispute.start, dispute.parameters), []
    for failings, done in product(range(MOST_FAILINGS + 1), range(len(STAGES))):
        begun = [fsum(n for state, n in it.visits.items()
                      if (state.done, state.failings) == (done, failings)) for it in found.values()]
        rounds, there = mean(trust, *begun), State(done, failings)
        if any(begun):
            rows.append({"done": done, "failings": failings,
                         "believed": trust_of("us", there, dispute.parameters),
                         "earned": trust * begun[0] / rounds if rounds else None,
                         "expected_rounds": rounds})
    return rows

def best_trust(rungs: Sequence[Mapping[str, Any]]) -> list[dict[str, float]]:
    """The best rung, the lowest where some tie, by intervals of the probability of `word`."""
    worth = {word["trust"]: (word["payoffs"]["us"], tactic["payoffs"]["us"])
             for word, tactic in zip(rungs[::2], rungs[1::2])}
    gaps = [[x - y for x, y in zip(*pair)] for pair in product(worth.values(), repeat=2)]
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
IF = Column("true", "If", left=True)
LADDER = (
    Column("trust", "Trust", lambda it: f"{100 * it:.15g}%"), IF,
    *(Column(f"odds.{it}", it.capitalize(), FIGURE) for it in OUTCOMES),
    *(Column(f"payoffs.{it}", PARTIES[it].label, FIGURE) for it in ("us", "syria")),
    Column("expected_rounds", "Rounds", number(2)), Column("expected_turns", "Turns", number(1)),
    Column("expected_stalls", "Stalled", number(1)), Column("expected_short", "Short", number(2)))
FIRST = (IF, *(Column(name, it.label, percent) for name, it in PARTIES.items()),
         Column("nobody", "Nobody", percent))
ENDS = (IF, Column("under_threat", "Handover, threat never dropped", percent),
        Column("after_drop", "Handover after a drop", percent))
DEEDS_TABLE = (Column("done", "Stages done"),
               Column("failings", "Failings", lambda n: f"{n}{' or more' * (n == MOST_FAILINGS)}"),
               Column("believed", "Believed", percent),
               Column("earned", "Earned", lambda it: "" if it is None else percent(it)),
               Column("expected_rounds", "Rounds that begin so", number(2)))

@question("odds", "Should Assad be taken at his word?", "",
          ("", "--set trust=0.4 --start us.drop", "--forbid russia.lean"))
def answer_odds(request: Namespace, page: Page) -> None:
    """The ladder of trust, who moves first, how it ends, and what deeds are worth."""
    dispute, trust = request.dispute, request.dispute.parameters["trust"]
    graph, ladder, rungs = unfold(game_of(dispute)), sorted({*RUNGS, trust}), []
    for place in request.tick.each(len(ladder)):
        belief = game_of(dispute.setting(trust=ladder[place])).belief
        solution = backward(graph.believing(belief), request.tick)
        found = forecasts(solution)
        rungs += [{
            "trust": ladder[place], "true": truth, "odds": it.odds,
            "payoffs": solution.at_start(truth), "expected_rounds": fsum(it.visits.values()),
            "expected_turns": it.counts[TURNS], "expected_stalls": it.counts[STALLED],
            "expected_short": it.counts[SHORT],
            **{f"expected_{kind}s": {party: it.counts[party, kind] for party in PARTIES}
               for kind in ("concession", "reversal")}} for truth, it in found.items()]
        if ladder[place] == trust:
            first, ends = first_movers(solution), how_it_ends(solution, found)
            deeds = deeds_of(dispute, found)
    page.title("Should Assad be taken at his word (¶13)? What each trust leads to")
    page.say(verdict_on_trust(rungs, trust))
    describe(page, request)
    page.say()
    page.table(LADDER, rungs, "rungs", gap=1)
    page.say("If: he means the offer (word) or not (tactic). US, Syria: expected payoffs, 1 for "
             "the best outcome, 0 for the worst, less prices. Stalled: turns. Short: stages found "
             "short.")
    best = best_trust(rungs)
    page.put(best_trust=best, first_mover=first, how_it_ends=ends)
    page.say("Best for the US, by how likely it is that he means the offer: " + ", ".join(
        f"trust {100 * it['trust']:g}% from {100 * it['from']:.3g} to {100 * it['to']:.3g}%"
        for it in best) + ".")
    if first:
        page.title("Who is the first to change its position")
        page.table(FIRST, [{"true": truth, **its} for truth, its in first.items()])
    page.title("How it ends")
    page.table(ENDS, [{"true": truth, **its} for truth, its in ends.items()])
    page.title(f"What deeds are worth, at a first trust of {100 * trust:g}%")
    page.say(worth_of_deeds(deeds))
    page.table(DEEDS_TABLE, deeds, "deeds")
    page.say("Earned: in what share of such rounds he means it, by the model's own play.")
    page.next(request, "worlds # How firm is this?", f"run --truth {TACTIC}", "claims")

def verdict_on_trust(rungs: Sequence[Mapping[str, Any]], trust: float) -> str:
    """A sentence on ¶13 for full trust and one for none, each against the trust that is set."""
    at, told, signed = {(it["trust"], it["true"]): it for it in rungs}, [], number(3, "+")
    for other, name in ((1.0, "taking him fully at his word"), (0.0, "never trusting him")):
        odds = {truth: at[other, truth]["odds"]["handover"] for truth in READINGS}
        change = {truth: at[other, truth]["payoffs"]["us"] - at[trust, truth]["payoffs"]["us"]
                  for truth in READINGS}
        off = {truth: "about as well off" if abs(it) < NOTICEABLE - ROUNDING
               else "better off" if it > 0 else "worse off" for truth, it in change.items()}
        if other != trust:
            told.append(f"{name} leaves the US {under(off)} (its payoff changes by "
                        f"{signed(change[WORD])} and {signed(change[TACTIC])}); a handover then "
                        f"has odds of {in_percent(odds)}")
    told[0] = f"against a trust of {100 * trust:g}% that follows his record, {told[0]}"
    return " ".join(map(sentence, told))

def worth_of_deeds(deeds: Sequence[Mapping[str, Any]]) -> str:
    """Where the rule of trust is furthest from what deeds earn, either way."""
    gaps, told = {it["earned"] - it["believed"]: it for it in deeds
                  if it["earned"] is not None and it["expected_rounds"] >= NOTICEABLE}, []
    for gap, word, sign in ((max(gaps), "little", 1), (min(gaps), "much", -1)):
        done, failings, believed, earned, _ = gaps[gap].values()
        if sign * gap >= QUOTED:
            told.append(f"too {word} after {count(done, 'stage')} and {failings_told(failings)} "
                        f"({percent(believed)}, where {percent(earned)} is earned)")
    clean = gaps[max(gaps)]
    return ("To go to work unforced, under the threat and before Moscow leans, is the one deed "
            "that tells the two apart, and no rule that counts stages sees it. "
            * (max(gaps) >= 0.1 and not clean["failings"] and clean["done"] > 1)
            + "The rule of trust, which counts stages and failings, believes "
            f"{listed(told or ['about what deeds earn'])}.")

def failings_told(n: int) -> str:
    """How many failings, in a sentence."""
    return count(n, "failing") + " or more" * (n == MOST_FAILINGS)

# --------------------------------------------------------------- claims: who is right?

def figures_of(dispute: Dispute, tick: Tick) -> dict[str, dict[Any, float]]:
    """What claims are about, by truth."""
    solution = solve(dispute, tick=tick)
    return {truth: {
        "odds of a handover": it.odds["handover"], "odds of a strike": it.odds["strike"],
        "share of turns stalled": it.counts[STALLED] / it.counts[TURNS],
        "US payoff": solution.at_start(truth)["us"]} for truth, it in forecasts(solution).items()}

def tested(dispute: Dispute, tick: Tick) -> list[dict[str, Any]]:
    """Every claim put to the test: it holds if borne out under both truths, fails if under neither.

    Without a test, or with one that changes no figure, it is beyond the model.
    """
    before, solved, rows = figures_of(dispute, tick), {}, []
    for claim in CLAIMS:
        test, forbidden = claim[-3:], {*dispute.forbidden, *claim.forbid}
        playable = not any({(party, it.declared), (party, it.giving)} <= forbidden
                           for party, it in PARTIES.items())
        if claim.figure and playable and test not in solved:  # equal tests are solved once
            solved[test] = figures_of(dispute.setting(**dict(claim.numbers))._replace(
                forbidden=tuple(forbidden), commitments=claim.commit), tick)
        cases: dict[str, dict[str, Any]] = dict.fromkeys(
            READINGS, dict.fromkeys(("before", "after", "change", "borne_out")))
        verdict, slight, after = "beyond the model", False, solved.get(test, {})
        for truth, its in after.items():
            was, now = before[truth][claim.figure], its[claim.figure]
            up, down = (sign * (now - was) >= NOTICEABLE - ROUNDING for sign in (1, -1))
            does = {"rise": up, "fall": down, "not fall": not down, "not move": not (up or down)}
            cases[truth] = {"before": was, "after": now, "change": now - was,
                            "borne_out": does[claim.should or ""]}
        if any(abs(its[figure] - before[truth][figure]) >= ROUNDING
               for truth, its in after.items() for figure in its):
            borne_out = sum(case["borne_out"] for case in cases.values())
            verdict = ("fails", "depends on Assad", "holds")[borne_out]
            slight = all(abs(it["change"]) <= 2 * NOTICEABLE + ROUNDING for it in cases.values())
        rows.append({**dict(zip(Claim._fields[:-3], claim)), "truths": cases, "verdict": verdict,
                     "slight": slight, "share_of_worlds": None, "firmness": None})
    return rows

@question("claims", "Who is right about what would follow?", "worlds seed",
          ("", "--worlds 0", "--worlds 50 --seed 3", "--set deeds=2"))
def answer_claims(request: Namespace, page: Page) -> None:
    """What the report's speakers say would follow, put to the test."""
    worlds = 10 if request.worlds is None else request.worlds
    rows = tested(request.dispute, request.tick)
    drawn = [tested(world, request.tick) for world in worlds_of(request, worlds)]
    for row, *others in zip(rows, *drawn):
        if others and row["figure"]:
            share = sum(it["verdict"] == row["verdict"] for it in others) / worlds
            row.update(share_of_worlds=share, firmness=firmness(share))
    page.title("Who is right? What the report's speakers say would follow, put to the test")
    labels = [f"{row['who']} {row['paragraphs']}" for row in rows]
    found: dict[str, list[str]] = {}
    for label, row in zip(labels, rows):  # who speaks twice in a paragraph is told apart
        notes = "; ".join([row["claim"]] * (labels.count(label) > 1) + [
            so_firm(share) for share in [row["share_of_worlds"]] if share is not None])
        found.setdefault(row["verdict"], []).append(label + f" ({notes})" * bool(notes))
    page.say(" ".join(sentence(f"{verdict}: {', '.join(its)}") for verdict, its in found.items()))
    page.say("A claim holds if its figure does as claimed under both truths, fails if under "
             f"neither; changes count from {NOTICEABLE} (a judgement), to twice that are slight.")
    if worlds:
        page.say(worlds_told(worlds, request.seed))
    describe(page, request)
    page.put(claims=rows)
    for label, row in zip(labels, rows):
        page.title(f"{label}: {row['claim']}")
        if not row["figure"]:
            page.say(f"{row['verdict']}: {row['test'].removeprefix('none: ')}", "  ", "    ")
            continue
        share = row["share_of_worlds"]
        firm = "" if share is None else (f"{';' if share >= 0.5 else ', but'} so in "
                                         f"{percent(share)} of worlds: {so_firm(share)}")
        page.say(row["verdict"] + ", slight" * row["slight"] + firm, "  ", color="mark")
        told = {truth: f"from {FIGURE(it['before'])} to {FIGURE(it['after'])}"
                for truth, it in row["truths"].items() if it["change"] is not None}
        page.say(f"our test: {row['test']}; the {row['figure']} should {row['should']}: "
                 + (under(told) if told else "not possible here"), "  ", "    ")
    seed = f" --seed {request.seed}" * (request.seed > 0)
    page.next(request, f"claims --worlds {5 * worlds or 10}{seed} # How firm is that?",
              "settle", "odds --forbid russia.lean # And if Moscow could not lean?")

def so_firm(share: float) -> str:
    """How firm a headline is, and whether most worlds speak against it."""
    return firmness(share) + " against" * (share < 0.5 and firmness(share) != "open")

def worlds_told(worlds: int, seed: int) -> str:
    """What a share of worlds is: nobody may take it for a probability of history."""
    return (f"{worlds} world{'s' * (worlds != 1)} (seed {seed}), each with every judgement drawn "
            "anew. A share of worlds is not a probability of history: it says how many such "
            f"guesses agree. Firm: {percent(FIRM)} or more; leaning: {percent(LEANING)} or more; "
            "against: as many disagree; else open.")

def worlds_of(request: Namespace, worlds: int) -> Iterator[Dispute]:
    """The dispute with every judgement drawn anew, one draw each in the order of PARAMETERS.

    The first N worlds of a longer run are the run of N.
    """
    draw, fixed = Random(request.seed).random, dict(request.set)  # what is fixed is drawn as well
    for _ in request.tick.each(worlds):
        world = {name: KINDS[it.kind].drawn(draw(), it.default, it.high)
                 for name, it in PARAMETERS.items() if name not in NOT_DRAWN}
        yield request.dispute.setting(**{**world, **fixed})

# ------------------------------------------------------------------ settle: what would settle it?

def temptation_of(dispute: Dispute, bonds: Sequence[Move], solution: Solution, tick: Tick
                  ) -> tuple[float, dict[str, Any]]:
    """The most that a signatory would gain by breaking a package, and where.

    Over its own decisions that play under the package reaches with REACHED or more: what it is
    worth to be free from there on, the others bound, less what it is worth to stay bound.
    """
    found: list[tuple[float, dict[str, Any]]] = []
    for party, text in bonds:
        others = tuple(bond for bond in bonds if bond != (party, text))
        alone = solve(dispute._replace(commitments=others), tick=tick)
        for truth in READINGS:
            for number, depth, mass, parts in flow(solution, truth):
                if not parts or depth != ORDER.index(party):
                    continue
                for at, (state, chance) in enumerate(zip(solution.graph.states, mass)):
                    if chance >= REACHED - ROUNDING:
                        gain = (alone.ahead(number, depth, alone.graph.index[state], truth)[party]
                                - solution.ahead(number, depth, at, truth)[party])
                        found.append((gain, {
                            "party": party, "true": truth, "round": number + 1, "done": state.done,
                            "failings": state.failings, "positions": {
                                it: getattr(state, it) for it in PARTIES}, "probability": chance}))
    most = max(gain for gain, _ in found)
    return next(it for it in found if it[0] >= most - ROUNDING)

def packages(request: Namespace) -> Iterator[dict[str, Any]]:
    """Every package as JSON has it, the empty one first: what it leads to, or who refuses it."""
    dispute, tick = request.dispute, request.tick
    choices = list(product(*((None, *its) for its in COMMITMENTS.values())))
    none: dict[str, dict[str, float]] = {}
    for place in tick.each(len(choices)):
        bonds = tuple((party, text) for party, text in zip(COMMITMENTS, choices[place]) if text)
        solution = solve(dispute._replace(commitments=bonds), tick=tick)
        payoffs = {truth: solution.at_start(truth) for truth in READINGS}
        none = none or payoffs
        gains = {truth: {party: payoffs[truth][party] - none[truth][party] for party in PARTIES}
                 for truth in READINGS}
        least, refuser, true = min(
            ((gains[truth][party], party, truth) for party, _ in bonds for truth in READINGS),
            key=itemgetter(0), default=(0.0, "", ""))
        package = {"commitments": {**dict.fromkeys(PARTIES), **dict(bonds)},
                   "signatories": [party for party, _ in bonds], "smallest_gain": least}
        if bonds and least < NOTICEABLE - ROUNDING:
            yield {**package, "refuser": refuser, "true": true}
            continue
        found = forecasts(solution)
        leads_to = {"odds": {truth: it.odds for truth, it in found.items()},
                    "expected_turns": {truth: it.counts[TURNS] for truth, it in found.items()}}
        if bonds:
            most, where = temptation_of(dispute, bonds, solution, tick)
            yield {**package, "gains": gains, **leads_to, "temptation": most, "tempted": where,
                   "kept": most < NOTICEABLE + ROUNDING}
        else:
            yield {**leads_to, "payoffs": payoffs}

GAINS_TABLE = (IF, Column("handover", "Handover", percent), Column("turns", "Turns", number(1)),
               *(Column(name, it.label, number(3, "+")) for name, it in PARTIES.items()))

@question("settle", "What would settle it, and would it be kept?", "top",
          ("", "--top 5", "--done 1", "--start us.drop"))
def answer_settle(request: Namespace, page: Page) -> None:
    """Every package, by its smallest gain (Kalai 1977), and if kept (d'Aspremont et al. 1983)."""
    without, *others = packages(request)
    good = sorted((it for it in others if "kept" in it), key=lambda it: (  # ties keep their order
        -round(it["smallest_gain"], 9), -round(sum(
            odds["handover"] for odds in it["odds"].values()) / 2, 9), len(it["signatories"])))
    refused = sorted((it for it in others if "kept" not in it),
                     key=lambda it: -round(it["smallest_gain"], 9))
    promises = [it for it in good if len(it["signatories"]) == 1]
    deals = [it for it in good if len(it["signatories"]) > 1]
    page.put(examined=1 + len(others), without=without, promises=promises, deals=deals,
             refused=refused)
    page.title(QUESTIONS["settle"].asks)
    if good:
        page.say(settled(good[0], without))
    signs = next(it for it in (*good, *refused) if "us" in it["signatories"])
    page.say(f"Washington would sign this: {in_words(signs)}." if "kept" in signs else
             f"Washington would sign nothing. It comes nearest if {in_words(signs)}: that is "
             f"{refusal(signs)}.")
    kept = sum(it["kept"] for it in good)
    page.say(f"Acceptable: {count(len(promises), 'promise')} and {count(len(deals), 'deal')}, by "
             f"which every signatory gains {NOTICEABLE} at least (a judgement), whichever Assad it "
             f"is; {count(kept, 'of them', 'of them') if kept else 'none of them'} would be kept."
             + (f" By every one {siding(good, 'lose', 2 * ROUNDING)}." if good else ""))
    describe(page, request)
    for kind, its in (("Promise", promises), ("Deal", deals)):
        for place, it in enumerate(its[:request.top], 1):
            page.title(f"{kind} {place} of {len(its)}: {in_words(it)}")
            page.table(GAINS_TABLE, [{
                "true": truth, "handover": it["odds"][truth]["handover"],
                "turns": it["expected_turns"][truth], **it["gains"][truth]} for truth in READINGS])
            at = it["tempted"]
            breaks = (f"breaks: {PARTIES[at['party']].label}, if {at['true']}, round "
                      f"{at['round']}, {tuple(STAGES)[at['done']]}, {it['temptation']:+.3f}.")
            page.say(f"Smallest gain of a signatory {FIGURE(it['smallest_gain'])}; "
                     f"{'kept.' if it['kept'] else breaks}")
    page.title("Refused most narrowly")
    for it in refused[:request.top]:
        page.say(f"{in_words(it)}: {refusal(it)}", "  ", "    ")
    page.next(request, f"settle --top {min(len(others), 2 * request.top)} # And what comes next?",
              "rest", "run --seed 3 # And one history without any deal?")

def settled(best: Mapping[str, Any], without: Mapping[str, Any]) -> str:
    """What the best package does and for whom, and whether it would be kept or where it breaks."""
    odds = {truth: f"{percent(it['handover'])} instead of "
            f"{percent(without['odds'][truth]['handover'])}" for truth, it in best["odds"].items()}
    it, one = best["tempted"], "promise" if len(best["signatories"]) == 1 else "deal"
    kept = (f"It would be kept: no signatory would gain {NOTICEABLE} by breaking it."
            if best["kept"] else
            f"But it would not be kept: {PARTIES[it['party']].in_text}, {if_true(it['true'])}, "
            f"would gain {FIGURE(best['temptation'])} by breaking it in round {it['round']}, with "
            f"{failings_told(it['failings'])} on record and the stage {tuple(STAGES)[it['done']]} "
            f"still to do ({departed(it['positions'])}; {percent(it['probability'])} of such "
            "histories get there).")
    return (f"If it binds, one {one} serves its signatories best: {in_words(best)}. A handover "
            f"then has odds of {under(odds)}; by it {siding([best], 'gain', NOTICEABLE)}; "
            f"{siding([best], 'lose', NOTICEABLE)}. {kept}")

def refusal(package: Mapping[str, Any]) -> str:
    """Who refuses a package, and why."""
    return (f"worth {package['smallest_gain']:+.4f} to {PARTIES[package['refuser']].in_text} "
            f"{if_true(package['true'])}")

def siding(packages: Sequence[Mapping[str, Any]], verb: str, least: float) -> str:
    """Who gains, or loses, so much at least by all of some packages, under either truth."""
    told, sign = {}, 1 if verb == "gain" else -1
    for truth in READINGS:
        names = [party.in_text for name, party in PARTIES.items() if all(
            sign * it["gains"][truth][name] >= least - ROUNDING for it in packages)] or ["nobody"]
        told[truth] = f"{listed(names)} {verb}{'s' * (len(names) == 1)}"
    return under(told)

def in_words(package: Mapping[str, Any]) -> str:
    """Who promises what."""
    return listed(f"{PARTIES[party].in_text} will {package['commitments'][party]}"
                  for party in package["signatories"])

def if_true(truth: str) -> str:
    """Under which truth, in a sentence."""
    return "if he means the offer" if truth == WORD else "if he does not mean it"

DEPARTURES = {"us": "threat off", "russia": "Russia leans", "syria": "Syria works",
              "france": "France eases", "opposition": "opposition accepts"}

def departed(positions: Mapping[str, str]) -> str:
    """Positions by who has left the declared one: threat off + Syria works."""
    return " + ".join(words for party, words in DEPARTURES.items()
                      if positions[party] == PARTIES[party].giving) or "nobody has moved"

# ------------------------------------------------- rest: where could it rest, by rankings alone?

CONCEPTS = ("Nash", "SEQ", "GMR", "SMR")

def standing_of(party: str, state: State, reading: str) -> tuple[int, bool, bool]:
    """A party's rank of a state that lasts, less is better: by outcome, face, then pressure."""
    it = PARTIES[party]
    outcome = "handover" if state.at_work else "strike" if state.us == "hold" else "stalemate"
    gave = getattr(state, party) == it.giving
    met = {DEEDS: state.at_work, RESULTS: state.at_work, STANDSTILL: not state.at_work}.get(
        it.condition, state.us == "drop")
    holding = next((one for one in IN_FRONT if getattr(state, one) == PARTIES[one].declared), None)
    return ((it.ranking or READINGS[reading].ranking).index(outcome), gave and not met,
            state.at_work and holding == party or party == "russia" and gave)

def rests(reading: str, binding: bool, concept: str) -> list[dict[str, str]]:
    """The positions that nobody leaves; `binding`: the US can never leave a drop."""
    def better(party: str, one: State, other: State) -> bool:
        """Whether a party prefers one state to another."""
        return standing_of(party, one, reading) < standing_of(party, other, reading)

    def moves(party: str, state: State, improving: bool = False) -> list[State]:
        """Where a party can go alone; `improving`: and prefers to be."""
        it = PARTIES[party]
        other = it.giving if getattr(state, party) == it.declared else it.declared
        then = state._replace(**{party: other})  # type: ignore[arg-type]
        bound = binding and party == "us" and state.us == "drop"
        return [then] * (not bound and (not improving or better(party, then, state)))

    def countered(party: str, state: State, there: State, others: Collection[str]) -> bool:
        """Whether others, each moving once at most, can make a move none the better."""
        return any(
            not better(party, then, state) and not (concept == "SMR" and any(
                better(party, it, state) for it in moves(party, then)))
            or countered(party, state, then, {*others} - {other})
            for other in others for then in moves(other, there, concept == "SEQ"))

    found = []
    for positions in product(*((it.declared, it.giving) for it in PARTIES.values())):
        state = State(**dict(zip(PARTIES, positions)))  # type: ignore[arg-type]
        if all(concept != "Nash" and countered(party, state, there, {*PARTIES} - {party})
               for party in PARTIES for there in moves(party, state, improving=True)):
            found.append(dict(zip(PARTIES, positions)))
    return found

@question("rest", "Where could it rest, by rankings alone?", "", ("", "--json"), game=())
def answer_rest(request: Namespace, page: Page) -> None:
    """The graph model for conflict resolution (Fang, Hipel & Kilgour 1993): no number at all."""
    by = {(drop, truth, concept): rests(truth, drop == "binding", concept)
          for drop in ("free", "binding") for truth in READINGS for concept in CONCEPTS}
    page.put(rests=[{"drop": drop, "true": truth, "concept": concept, "states": states}
                    for (drop, truth, concept), states in by.items()])
    page.title("Where could it rest, by rankings alone?")
    sure, free, bound = ([by[drop, truth, concept] for concept in CONCEPTS] for drop, truth in (
        ("free", WORD), ("free", TACTIC), ("binding", TACTIC)))
    page.say(f"If he means the offer, the dispute rests by Nash and SEQ {whereabouts(*sure[:2])}. "
             "If he does not mean it, and while a dropped threat can be put back, it rests by Nash "
             f"{whereabouts(free[0])}, by the other three {whereabouts(*free[1:])}; once a drop is "
             f"for good, it rests {whereabouts(*bound)}.")
    page.say(by_the_numbers(request))
    describe(page, request)
    for drop, truth in product(("free", "binding"), READINGS):
        page.title(f"{if_true(truth).capitalize()}, and a dropped threat "
                   f"{'can be put back' if drop == 'free' else 'is gone for good'}")
        alike: dict[str, list[str]] = {}
        for concept in CONCEPTS:
            alike.setdefault(bundled(by[drop, truth, concept]), []).append(concept)
        for states, concepts in alike.items():
            page.say(f"{', '.join(concepts)}: {states}", "  ", "    ")
    page.say()
    page.say("No number, no chance, no clock: only who prefers which state to last, and who can "
             "move where (the graph model). A rest is a state that nobody leaves, named by who has "
             "left the declared position; in brackets, who may have or not. Nash: nobody can "
             "improve alone. SEQ: others, improving in turn, undo the gain. GMR: any answers do. "
             "SMR: and leave no way out.")
    page.next(request, "settle", "positions",
              "odds --start us.drop # And by the numbers, once the threat is off?")

def whereabouts(*rests: Sequence[Mapping[str, str]]) -> str:
    """What some rests have in common."""
    states = [it for its in rests for it in its]
    stalling = [it for it in states if it["syria"] == "stall"]
    if stalling:
        gone = "the threat is gone and " * all(it["us"] == "drop" for it in stalling)
        return f"{'also' if len(stalling) < len(states) else 'only'} where {gone}the weapons stay"
    holding = {listed([party.in_text for name, party in PARTIES.items()
                       if it[name] == party.declared] or ["nobody"]) for it in states}
    return ("nowhere" if not states else "only where Syria works" if len(holding) > 1 else
            f"only where everybody but {holding.pop()} has given way")

def bundled(states: Sequence[Mapping[str, str]]) -> str:
    """Rests by who has left the declared position, those alike in threat and work together."""
    told = []
    for us, syria in dict.fromkeys((it["us"], it["syria"]) for it in states):
        its = [it for it in states if (it["us"], it["syria"]) == (us, syria)]
        loose = [party for party in DEPARTURES if len({it[party] for it in its}) > 1]
        fixed = {**its[0], **{party: PARTIES[party].declared for party in loose}}
        told.append(f"{len(its)} of the states " * (len(its) < 2 ** len(loose)) + departed(fixed)
                    + "".join(f" [+ {DEPARTURES[party]}]" for party in loose))
    return "; ".join(told) or "none"

def by_the_numbers(request: Namespace) -> str:
    """What the numbers make of the same question: a drop for good, and a threat that comes back."""
    bound = forecasts(solve(request.dispute._replace(commitments=(("us", "drop at once"),))))
    odds, back = {truth: it.odds["handover"] for truth, it in bound.items()}, {}
    for truth, it in forecasts(solve(request.dispute)).items():
        dropped = it.counts["us", "concession"] + it.counts["us", "answer"]
        put_back = it.counts["us", "return"] + it.counts["us", "reversal"]
        back[truth] = put_back / dropped if dropped else 0.0
    return ("By the numbers of the other questions, a threat dropped at once and for good leaves "
            f"the odds of a handover at {in_percent(odds)}; where Washington may put it back, a "
            f"drop is undone with a probability of {in_percent(back)}.")

# ------------------------------------------------------- vary: what would have to be true?

def headlines(solution: Solution) -> dict[str, dict[str, Any]]:
    """What is said of a dispute, under either truth."""
    found, first = forecasts(solution), first_movers(solution)
    ends = how_it_ends(solution, found)
    return {truth: {
        "odds": it.odds, "first_mover": first and max(first[truth], key=first[truth].__getitem__),
        "how_it_ends": ends[truth], "payoffs": solution.at_start(truth),
    } for truth, it in found.items()}

WAYS = {"after drop": "after a drop", "threat on": "under a standing threat"}

def ends_mostly(ends: Mapping[str, float]) -> str:
    """How a handover mostly comes: a key of WAYS."""
    return "after drop" if ends["after_drop"] > ends["under_threat"] + ROUNDING else "threat on"

def named(name: str | None) -> str:
    """A party, or nobody, in a sentence."""
    return PARTIES[name].in_text if name in PARTIES else str(name)

def gist(headline: Mapping[str, Any]) -> dict[str, str]:
    """What of a headline can turn over, each in words."""
    likeliest = max(OUTCOMES, key=headline["odds"].__getitem__)
    return {"likeliest outcome": f"the likeliest outcome is a {likeliest}",
            "first mover": f"{named(headline['first_mover'])} is the likeliest to move first",
            "how it ends": f"a handover comes rather {WAYS[ends_mostly(headline['how_it_ends'])]}"}

def bar(share: float, size: int = 10) -> str:
    """A share as a bar."""
    return "█" * round(size * share)

@question("vary", "What would have to be true?", "",
          ("pressure", "support", "deeds --set trust=0.5"))
def answer_vary(request: Namespace, page: Page) -> None:
    """One judgement over its range, the rest as set: what turns over, and where."""
    if not request.name:
        raise UsageError(f"vary: which judgement? one of {', '.join(PARAMETERS)}")
    name, dispute, rows = request.name, request.dispute, []
    it, here, kind = PARAMETERS[name], dispute.parameters[name], KINDS[PARAMETERS[name].kind]
    tried = (*kind.tried(it.default, it.low, it.high), it.default, here)
    values = sorted({(int if kind.whole else float)(value) for value in tried
                     if it.low <= value <= it.high})
    base = headlines(solve(dispute, tick=request.tick))
    for place in request.tick.each(len(values)):
        found = base if values[place] == here else headlines(
            solve(dispute.setting(**{name: values[place]}), tick=request.tick))
        turned = [f"{what} if {truth}" for truth in READINGS
                  for what, words in gist(found[truth]).items() if words != gist(base[truth])[what]]
        rows.append({"value": values[place], "turns_over": turned, "truths": found})
    page.put(parameter=name)
    page.title(f"What would have to be true of {name}? It is set at {here:.6g}")
    page.say(f"{name}: {it.means}.")
    page.say(turning_points(rows, here))
    describe(page, request)
    page.put(rows=rows)
    columns = (
        Column("value", name, lambda value: f"{value:.6g}{' (set)' * (value == here)}"), Column(
            "odds.handover", "Handover", lambda it: f"{bar(it):10} {percent(it):>4}", True),
        *(Column(f"odds.{it}", it.capitalize(), percent) for it in OUTCOMES[1:]),
        Column("first_mover", "First", lambda who: named(who) if who else "at work", True),
        Column("how_it_ends", "Ends", ends_mostly, True), Column("payoffs.us", "US", number(2)),
        Column("star", "", left=True))
    for truth in READINGS:
        page.title(if_true(truth).capitalize())
        page.table(columns, [{**row, **row["truths"][truth], "star": "*" * any(
            it.endswith(truth) for it in row["turns_over"])} for row in rows])
    page.say("First: the likeliest to move first. Ends: whether a handover mostly comes under a "
             "standing threat or after a drop. US: its expected payoff. *: the likeliest outcome, "
             "the first mover or how it ends is another than as set.")
    page.next(request, "worlds", f"odds --set {name}={values[-1]!r}", "claims")

def turning_points(rows: Sequence[Mapping[str, Any]], here: float) -> str:
    """What turns over, and from which value on either side; the nearest first."""
    at = [row["value"] for row in rows].index(here)
    told: dict[tuple[int, str], list[str]] = {}
    for truth, (way, side) in product(READINGS, (("down", rows[:at][::-1]), ("up", rows[at + 1:]))):
        for what, now in gist(rows[at]["truths"][truth]).items():
            then = [gist(row["truths"][truth])[what] for row in side]
            for k in [k for k, words in enumerate(then) if words != now][:1]:
                value, lasting = f"{side[k]['value']:.6g}", now not in then[k:] and then[k + 1:]
                lead = f"{f'from {value} {way}' if lasting else f'at {value}'}, {if_true(truth)}"
                told.setdefault((k, lead), []).append(then[k])
    return sentence("; ".join(f"{lead}, {listed(its)}" for (_, lead), its in sorted(told.items()))
                    or "nothing turns over: at every value the likeliest outcome, the first mover "
                    "and how it ends are the same")

# -------------------------------------------------- worlds: how much hangs on the judgements?

def rank_correlation(left: Sequence[float], right: Sequence[float]) -> float | None:
    """Spearman's rho, equal values sharing their mean rank; None where nothing varies."""
    from bisect import bisect_left, bisect_right
    from statistics import StatisticsError, correlation

    ranks = [[(bisect_left(order, value) + bisect_right(order, value) + 1) / 2 for value in values]
             for values in (left, right) for order in [sorted(values)]]
    try:
        return correlation(*ranks)
    except StatisticsError:  # fewer than two values, or all the same
        return None

def asked_in(world: Dispute, tick: Tick) -> dict[str, dict[str, Any]]:
    """What is asked of a world, by truth: its headlines, and the US payoff of other trusts."""
    graph, answers = unfold(game_of(world)), {}
    rule, never, always = (backward(graph.believing(game_of(it).belief), tick) for it in (
        world, world.setting(trust=0.0), world.setting(trust=1.0)))
    for truth, it in headlines(rule).items():
        us, if_never, if_always = (one.at_start(truth)["us"] for one in (rule, never, always))
        answers[truth] = {"handover": it["odds"]["handover"],
                          "likeliest": max(OUTCOMES, key=it["odds"].__getitem__),
                          "first_mover": it["first_mover"],
                          "after_drop": ends_mostly(it["how_it_ends"]) == "after drop",
                          "never_beats_rule": if_never > us + ROUNDING,
                          "never_beats_word": if_never > if_always + ROUNDING}
    return answers

def agreement(drawn: Sequence[Parameters], its: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What the worlds say together, under one truth; percentiles of one world are its own."""
    from statistics import median, quantiles

    odds = [it["handover"] for it in its]
    steps = quantiles(odds, n=20, method="inclusive") if len(its) > 1 else odds
    bins = [min(int(value * 10), 9) for value in odds]
    return {
        "handover": {"median": median(odds), "p05": steps[0], "p95": steps[-1],
                     "histogram": [bins.count(place) for place in range(10)]},
        **{key: {name: sum(it[key] == name for it in its) / len(its) for name in names}
           for key, names in (("likeliest", OUTCOMES), ("first_mover", (*PARTIES, "nobody")))},
        **{key: sum(it[key] for it in its) / len(its)
           for key in ("after_drop", "never_beats_rule", "never_beats_word")},
        "drivers": {name: rank_correlation([it[name] for it in drawn], odds)
                    for name in PARAMETERS if name not in NOT_DRAWN}}

MOST_DRIVERS = 8  # judgement: so many are shown

@question("worlds", "How much hangs on numbers nobody knows?", "worlds seed",
          ("", "--worlds 100", "--set rationality=18"))
def answer_worlds(request: Namespace, page: Page) -> None:
    """Every judgement drawn anew, again and again (SMAA: Lahdelma & Salminen 2001)."""
    worlds = 25 if request.worlds is None else request.worlds
    if not worlds:
        raise UsageError("--worlds: '0' leaves no world to ask; give 1 or more")
    drawn, answers = zip(*((world.parameters, asked_in(world, request.tick))
                           for world in worlds_of(request, worlds)))
    truths = {truth: agreement(drawn, [it[truth] for it in answers]) for truth in READINGS}
    page.put(worlds=worlds, seed=request.seed, truths=truths)
    page.title(QUESTIONS["worlds"].asks)
    for truth, it in truths.items():
        page.say(worlds_in_words(truth, it))
    page.say(worlds_told(worlds, request.seed))
    describe(page, request)
    page.title("Odds of a handover: how many worlds")
    counts = {truth: it["handover"]["histogram"] for truth, it in truths.items()}
    longest = max(map(max, counts.values()))
    page.table((Column("odds", "Odds"), *(
        Column(truth, f"if {truth}", lambda n: f"{bar(n / longest, 20)} {n}".strip(), True)
        for truth in READINGS)), [
            {"odds": f"{10 * k}-{10 * k + 10}%", WORD: word, TACTIC: tactic}
            for k, (word, tactic) in enumerate(zip(*counts.values()))])
    page.title("What they hang on: rank correlation with the odds of a handover")
    rhos = [{"name": name, **{truth: it["drivers"][name] for truth, it in truths.items()}}
            for name in truths[WORD]["drivers"]]
    rows = sorted((row for row in rhos if {row[WORD], row[TACTIC]} != {None}),
                  key=lambda row: -max(abs(row[truth] or 0.0) for truth in READINGS))
    if rows:
        page.table((Column("name", "Parameter", left=True), *(
            Column(truth, f"if {truth}", lambda rho: "" if rho is None else
                   f"{number(2, '+')(rho)} {bar(abs(rho), 16)}".strip(), True)
            for truth in READINGS)), rows[:MOST_DRIVERS])
    chance = min(1.0, 2 / max(worlds - 1, 1) ** 0.5)
    page.say(f"The largest of {len(rows)}; within {chance:.2f} of 0 it may be chance." if rows else
             "None can be told: nothing varies from world to world.")
    seed = f" --seed {request.seed}" * (request.seed > 0)
    page.next(request, f"worlds --worlds {5 * worlds}{seed} # And in more worlds?",
              f"claims{seed}", f"vary {rows[0]['name'] if rows else 'trust'}")

def worlds_in_words(truth: str, it: Mapping[str, Any]) -> str:
    """The headlines under a truth, each with its firmness."""
    odds, after = it["handover"], it["after_drop"]
    outcome, mover = (max(its, key=its.__getitem__) for its in (it["likeliest"], it["first_mover"]))

    def so(share: float) -> str:
        """A share of worlds, and how firm that is."""
        return f"({percent(share)}: {so_firm(share)})"

    first = f"{named(mover)} is the likeliest to move first {so(it['first_mover'][mover])}; " * any(
        it["first_mover"].values())
    ends = f"{WAYS['after drop' if after >= 0.5 else 'threat on']} {so(max(after, 1 - after))}"
    never = listed(f"{'no ' * (share < 0.5)}better than {other} {so(max(share, 1 - share))}"
                   for share, other in ((it["never_beats_rule"], "the rule of trust"),
                                        (it["never_beats_word"], "to take his word")))
    return (f"{if_true(truth).capitalize()}, the likeliest outcome is a {outcome} "
            f"{so(it['likeliest'][outcome])}; a handover has median odds of "
            f"{percent(odds['median'])} ({percent(odds['p05'])} to {percent(odds['p95'])} in 90% "
            f"of worlds). {sentence(f'{first}a handover comes rather {ends}')} Never to trust "
            f"serves Washington {never}.")

# --------------------------------------------------------------- history: what happened later?

def completions(solution: Solution, truth: str, numbers: Parameters, tick: Tick
                ) -> list[list[float]]:
    """[stage][turn]: how likely a stage is completed by the end of a turn, over all rounds."""
    graph, heads = solution.graph, {0: [1.0]}  # by state: how likely a round begins in every turn
    spells = [spell(state, truth, numbers) for state in graph.states]
    found: dict[int, list[float]] = {}
    for number, policy in enumerate(solution.policy):
        tick(number, len(solution.policy))
        heads = {place: mass for place, mass in heads.items() if fsum(mass) > NEGLIGIBLE}
        for step, shares in zip(graph.steps, policy):
            moved: dict[int, list[float]] = {}
            for place, mass in heads.items():
                if step.odds:
                    ended = ends_of(mass, spells[place])
                    add_turns(found, graph.states[place].done, step.odds[truth][0][place], ended)
                    mass = [0.0, *ended]  # a round stands at the head of the next turn
                    chances = [odds[place] for odds in step.odds[truth]]
                else:
                    chances = [shares[truth][place], 1 - shares[truth][place]]
                for after, chance in zip(step.after, chances):
                    if after[place] < len(graph.states):
                        add_turns(moved, after[place], chance, mass)
            heads = moved
    return [list(accumulate(found.get(stage, ()))) for stage in range(len(STAGES))]

def add_turns(total: dict[int, list[float]], key: int, share: float, mass: Sequence[float]) -> None:
    """Adds a share of what is likely turn by turn."""
    if share:
        into = total.setdefault(key, [])
        into += [0.0] * (len(mass) - len(into))
        for turn, x in enumerate(mass):
            into[turn] += share * x

def ends_of(mass: Sequence[float], it: Spell) -> list[float]:
    """How likely a spell ends at the end of every turn, by how likely it begins at its head."""
    ended, waiting, turn = [0.0] * (it.least - 1), 0.0, 0
    while turn < len(mass) or waiting > NEGLIGIBLE:
        waiting += mass[turn] if turn < len(mass) else 0.0
        ended.append(waiting * it.due)
        waiting -= ended[-1]
        turn += 1
    return ended

def dates_of(by_turn: Sequence[float], recorded: date) -> dict[str, Any]:
    """When a stage is completed, and how often by the end of the turn that holds a day."""
    then = [0.0, *by_turn][:turn_of(recorded) + 1]
    return {**{key: next((first_day(turn) for turn, chance in enumerate(by_turn, 1)
                          if chance >= share), None)
               for key, share in (("median", 0.5), ("p05", 0.05), ("p95", 0.95))},
            "completed_by_then": then[-1], "completed_at_all": by_turn[-1] if by_turn else 0.0}

DATES = (Column("stage", "Stage", left=True), Column("recorded", "Recorded", day), IF,
         *(Column(key, head, lambda it: day(it) if it else "never") for key, head in (
             ("median", "Median"), ("p05", "5%"), ("p95", "95%"))),
         Column("completed_by_then", "By then", percent))

@question("history", "What happened later?", "", ("", "--set pace=0.9", "--done 1"))
def answer_history(request: Namespace, page: Page) -> None:
    """The recorded dates beside the model's exact distribution of each stage."""
    dispute = request.dispute
    solution = solve(dispute, tick=request.tick)
    turns = {truth: completions(solution, truth, dispute.parameters, request.tick)
             for truth in READINGS}
    stages = [{"stage": name, **fact._asdict(), "truths": {
        truth: dates_of(its[place], fact.recorded) for truth, its in turns.items()}}
        for place, (name, fact) in enumerate(zip(STAGES, ON_RECORD.values()))]
    ends = how_it_ends(solution, forecasts(solution)).items()
    held, after = ({truth: its[key] for truth, its in ends}
                   for key in ("under_threat", "after_drop"))
    page.put(stages=stages, threat_held=held, also=ALSO_ON_RECORD, note=NOT_INCLUDED)
    page.title(f"What happened, beside what the model gave it on {day(FIRST_DAY)}")
    final: Any = stages[-1]
    then = {truth: its["completed_by_then"] for truth, its in final["truths"].items()}
    rare = all(min(held[truth], then[truth]) < 0.5 for truth in READINGS)
    early = [f"'{stage['stage']}'" for stage in stages[request.dispute.start.done:]
             if all(its["completed_by_then"] < 0.005 for its in stage["truths"].values())]
    page.say("On record, the threat was never formally withdrawn, and the last of the declared "
             f"stock left by {day(final['recorded'])}. The model gave a handover under a threat "
             f"that is never dropped odds of {in_percent(held)} (after a drop: "
             f"{in_percent(after)}), and any handover by the end of that turn {in_percent(then)}. "
             + "What happened was less likely than not under either truth. " * rare
             + f"Hardly any history of the model has {listed(early)} done so early: its pace is "
             "slower than the record's, whichever Assad it was." * bool(early))
    page.say(f"{NOT_INCLUDED} The model knows of no stock that is never found, so that its "
             "handover is fuller than the recorded one. One history is no test of a model; nothing "
             "in it was tuned to this one.")
    describe(page, request)
    page.say()
    page.table(DATES, [{**stage, "true": truth, **stage["truths"][truth]}
                       for stage in stages[dispute.start.done:] for truth in READINGS])
    page.say("Dates are first days of turns, by which 50%, 5% and 95% of all histories have the "
             "stage; never: fewer get so far. By then: by the end of the turn of the record.")
    page.title("On record")
    for text in (*(f"{it['stage']}: {it['event']} ({it['source']})" for it in stages),
                 *ALSO_ON_RECORD):
        page.say(text, "  ", "    ")
    page.next(request, "odds", "run --forbid us.drop # And if the threat can never be dropped?",
              "worlds")

# ------------------------------------------------------ positions: who wants what, by whose word?

@question("positions", "Who wants what, and whose numbers?", "", ("", "--set face=0.2"))
def answer_positions(request: Namespace, page: Page) -> None:
    """The tables of section 1, as a reader wants them."""
    numbers, parties = request.dispute.parameters, {}
    page.title("Who wants what, and where each number comes from")
    page.say("¶: a paragraph of the report. Every other number is a judgement (--set changes it).")
    describe(page, request)
    for name, it in PARTIES.items():
        condition = it.condition.words.format(deeds=numbers["deeds"])
        parties[name] = {**it._asdict(), "condition": condition,
                         "condition_source": it.condition.source, "prices": list(CHARGED[name])}
        page.title(f"{it.label} ({name})")
        page.entry(it.declared, f"declared: {it.stance} ({it.stated})")
        page.entry(it.giving, f"gives way: {it.gives}; costs no face once {condition} "
                   f"({it.condition.source})")
        page.entry("ranking", f"{' > '.join(it.ranking) or 'the open question'} ({it.source})")
    page.title("The two readings of Syria, of which one is the truth of a history")
    for name, reading in READINGS.items():
        page.entry(name, f"{reading.claim}: {' > '.join(reading.ranking)} ({reading.whose})")
    page.title("The stages of the plan, in order (¶20)")
    page.say("; ".join(f"{name}: {stage.task}" for name, stage in STAGES.items()) + ".")
    page.title("Numbers that are not in the report: judgements")
    page.table((Column("name", "Parameter", left=True), Column("value", "Value", "{:.12g}".format),
                Column("low", "Least", "{:g}".format), Column("high", "Most", "{:g}".format),
                Column("means", "Means", left=True)), [
                    {"name": name, **it._asdict(), "value": numbers[name]}
                    for name, it in PARAMETERS.items()], "judgements", gap=1)
    also = (f"a turn of {DAYS_A_TURN} days", f"{MOST_FAILINGS} failings and more count the same",
            f"{NOTICEABLE} as the least difference that counts in claims and settle",
            f"firm from {FIRM:g}, leaning from {LEANING:g} of worlds")
    page.put(parties=parties, readings=READINGS, also=also,
             report={"first_day": FIRST_DAY, "attack": ATTACK, "war": WAR},
             stages={name: stage.task for name, stage in STAGES.items()})
    page.say(f"Judgements besides: {'; '.join(also)}.")
    page.say(f"Numbers of the report: {ATTACK}; {WAR}.")
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

def a_move(word: str) -> Move:
    """A party's position, PARTY.MOVE; raises UsageError."""
    moves = {f"{party}.{move}": (party, move) for party, it in PARTIES.items()
             for move in (it.declared, it.giving)}
    return moves[one_of(*moves)(word)]

TRUTHS, MODES = (*READINGS, "drawn"), ("auto", "always", "never")
MANY: dict[str, Any] = {"action": "append", "default": []}
MOVES = {**MANY, "type": a_move, "metavar": "PARTY.MOVE"}
OPTIONS: dict[str, dict[str, Any]] = {  # as ArgumentParser.add_argument takes them
    "seed": {"type": a_number(0), "default": 0, "metavar": "N",
             "help": "what is drawn: any whole number from 0 gives another (0)"},
    "truth": {"type": one_of(*TRUTHS), "default": "drawn", "metavar": "|".join(TRUTHS),
              "help": "what Assad wants in the history (drawn, by the prior)"},
    "explain": {"type": a_number(1, PARAMETERS["rounds"].high), "metavar": "ROUND",
                "help": "trace one round to the rules, number by number"},
    "as": {**MANY, "type": one_of(*PARTIES, "all"), "metavar": "PARTY",
           "help": f"a seat to take, one or many: {', '.join(PARTIES)}, or all"},
    "moves": {"default": "", "metavar": "MOVE,MOVE,...",
              "help": "answers given before, in the order asked: replays the game so far"},
    "worlds": {"type": a_number(0), "metavar": "N",
               "help": "how many worlds to draw (25; for claims 10, 0 for none)"},
    "top": {"type": a_number(1), "default": 3, "metavar": "N",
            "help": "how many promises, deals and refused packages to show (3)"},
    "done": {"type": a_number(0, len(STAGES) - 1), "default": 0, "metavar": f"0..{len(STAGES) - 1}",
             "help": "stages done at the start (0)"},
    "start": {**MOVES, "help": "a party's position at the start, as us.drop; one or many"},
    "set": {**MANY, "type": assigned, "metavar": "NAME=VALUE",
            "help": "another value of a judgement, as face=0.2; one or many (see positions)"},
    "forbid": {**MOVES, "help": "take a move off the table, as russia.lean; one or many"},
    "json": {"action": "store_true", "help": "the same answer as one JSON object"},
    "color": {"type": one_of(*MODES), "default": "auto", "metavar": "|".join(MODES),
              "help": "colour on the screen (auto)"},
    "help": {"action": "store_true", "help": "this page"},
    "version": {"action": "store_true", "help": "the version"},
}
EVERYWHERE = ("json", "color", "help", "version")

class Parser(ArgumentParser):
    """An argument parser whose complaints are UsageErrors."""

    def error(self, message: str) -> Any:
        option, _, fault = message.removeprefix("argument ").partition(": ")
        fault = "takes no value" if "explicit argument" in fault else fault
        raise UsageError(f"{option.partition('/')[0]}: {fault}")

def understood(name: str, words: Sequence[str]) -> Namespace:
    """A question's options and the dispute that they make; raises UsageError."""
    allowed = (*QUESTIONS[name].options, *EVERYWHERE)
    parser = Parser(add_help=False, allow_abbrev=False)
    parser.set_defaults(name="", **{option: OPTIONS[option]["default"] for option in GAME})
    for option in allowed:
        parser.add_argument(f"--{option}", *["-h"] * (option == "help"), **OPTIONS[option])
    request, rest = parser.parse_known_args(words)
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
        raise UsageError(f"{shown(word)} is out of place")
    numbers = {**{it: its.default for it, its in PARAMETERS.items()}, **dict(request.set)}
    for party, its in PARTIES.items():
        if {(party, its.declared), (party, its.giving)} <= {*request.forbid}:
            raise UsageError(f"--forbid: leaves {its.in_text} no move; of {party}.{its.declared} "
                             f"and {party}.{its.giving} forbid one at most")
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
        self.part, self.share = (0, 1), 0.0  # parts done of a longer answer, of how many; its share

    def __call__(self, done: int, of: int) -> None:
        if self.tty and self.now() - self.began >= 1:
            from shutil import get_terminal_size

            self.share = max(self.share, (self.part[0] + done / of) / self.part[1])
            size = max(4, min(60, (get_terminal_size().columns or 80) - 8))
            text = f"[{'#' * int(size * self.share):<{size}}]{100 * self.share:4.0f}%"
            murmur("\r" + text)
            self.drawn = len(text)

    def each(self, of: int) -> Iterator[int]:
        """Counts the parts of an answer, and tells how far it is."""
        for done in range(of):
            self.part = (done, of)
            self(0, 1)
            yield done
        self.part = (0, 1)

    def wipe(self) -> None:
        """Leave the line as it was."""
        if self.drawn:
            murmur(f"\r{' ' * self.drawn}\r")
            self.drawn = 0

def run_command(argv: Sequence[str]) -> None:
    """Answer one command line; raises UsageError, and OSError where it cannot be written."""
    words = list(argv)
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

            page.lines = [json.dumps(page.data, indent=2)]
    emit("\n".join(line.rstrip() for line in page.lines) + "\n", sys.stdout)

def main(argv: Sequence[str] | None = None) -> int:
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
