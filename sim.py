"""Syria's chemical weapons, September 2013: a dispute-resolution simulator.

On 12 September 2013 a news report set out a dispute. Everybody but the opposition says they
want Syria's chemical weapons handed over under a four-step Russian plan; they disagree about
who moves first. This program plays that dispute out, gives a reason for every move, solves it
exactly, and says what would settle it. `python sim.py -h` lists what can be asked.

Read it from the top. Each section uses only those above it:

    1  The report, and our judgement of it   tables: whoever disagrees changes an entry here
    2  The rules of a round                  who may do what, what it does, what others believe
    3  How a move is chosen                  logit quantal response, for any game of this shape
    4  The dispute as a game                 the tables and rules, handed to the solver
    5  A history                             one course of events, drawn, with its reasons
    6  A page                                a screen and its JSON, from the same rows
    7  The questions                         each a function that answers and prints
    8  The command line

Glossary, with examples. A *party* ('us') has two *positions* ('hold', 'drop'): the *declared*
one, and the one that *gives way*. To give way while its *condition* is unmet is a *concession*,
once it is met an *answer*; to go back while it is met is a *reversal*, else a *return*. A
*ranking* orders the *outcomes*. A *reading* ('word', 'tactic') is a ranking ascribed to Syria;
the one that holds is the *truth* (to the solver, Syria's *type*). A *stage* ('declare') is a
step of the plan, a *turn* two weeks; a *round* stands at the head of a turn when something has
happened, and a *spell* of turns follows it. A *failing* is a stage found short, a *review* that
finds Syria stalling, or work stopped; the *record* counts stages less failings, and *trust*, the
probability given to 'word', follows it. *Odds* are the probabilities of the outcomes, a *policy*
those of the moves; a *payoff* is the utility of the outcome less the *prices* paid on the way. A
*commitment* binds a party to a move; whoever commits is a *signatory*; one makes a *promise*,
several make a *deal*; *temptation* is what breaking it would be worth. A *world* is one draw of
every judgement; a *rest* is a state that nobody leaves by rankings alone.
¶3 is paragraph 3 of the report (AFP, 12 September 2013). What is not in it is a judgement.
"""

import sys

if sys.version_info < (3, 10):
    sys.stderr.write("sim.py: needs Python 3.10 or newer, this is %d.%d\n" % sys.version_info[:2])
    sys.exit(2)

import os
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta
from itertools import accumulate, product
from math import exp, fsum, tanh
from operator import itemgetter
from random import Random
from typing import Any, NamedTuple

VERSION = "3.0"


# ---------------------------------------------------------------------------------------
# 1  The report, and our judgement of it
# ---------------------------------------------------------------------------------------

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

Parameters = Mapping[str, float]

class Condition(NamedTuple):
    """When a party may give way at no price."""
    words: str  # how a screen states it
    source: str
    met: Callable[[State, Parameters], bool]

DEEDS = Condition(
    "deeds have come: Syria is at work, its record at least {deeds}", "¶6 ¶8",
    lambda state, numbers: state.at_work and state.record >= numbers["deeds"],
)
RESULTS = DEEDS._replace(
    words="the plan shows results: Syria is at work, its record at least {deeds}",
    source="inferred",
)
NO_THREAT = Condition(
    "the threat is off the table", "¶2 ¶3", lambda state, numbers: state.us == "drop"
)
NOTHING_TO_BACK = NO_THREAT._replace(
    words="the threat it backs is off the table", source="inferred from ¶17 ¶18"
)
STANDSTILL = Condition(
    "the plan it vouched for stands still: Syria stalls, and has failed before",
    "inferred from ¶7 ¶12", lambda state, numbers: not state.at_work and state.failings > 0,
)

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
    "us": Party(
        "US", "the US", "Washington", "hold", "the threat of force stays on the table", "¶11",
        "drop", "takes the threat off the table", DEEDS,
        ("handover", "strike", "stalemate"), "¶6 ¶8 ¶11 ¶17; second best is our reading",
    ),
    "russia": Party(
        "Russia", "Russia", "Moscow", "shield", "stands by its ally, opposes strikes", "¶25",
        "lean", "leans on Damascus to deliver", STANDSTILL,
        ("handover", "stalemate", "strike"), "¶4 ¶7 ¶10 ¶22–25; second best is our reading",
    ),
    "syria": Party(
        "Syria", "Syria", "Damascus", "stall", "will not act under threat", "¶2",
        "comply", "does the work of the plan", NO_THREAT, (), "¶1–4",
    ),
    "france": Party(
        "France", "France", "Paris", "press", "keeps up the pressure, backs strikes", "¶18",
        "ease", "lets the pressure drop", NOTHING_TO_BACK,
        ("handover", "strike", "stalemate"), "¶17 ¶18; second best is our reading",
    ),
    "opposition": Party(
        "Opposition", "the opposition", "the opposition", "reject", "rejects the plan", "¶21",
        "accept", "lets the plan take its course", RESULTS,
        ("strike", "stalemate", "handover"), "¶21; the ranking is inferred",
    ),
}

ORDER = ("russia", "france", "opposition", "us", "syria")  # of the moves in a round
IN_FRONT = ("us", "france", "opposition")  # who holds out in front, the first that does

class Reading(NamedTuple):
    """One answer to the report's open question, what Assad wants: Syria's ranking."""
    claim: str
    whose: str
    ranking: tuple[str, ...]

READINGS = {
    "word": Reading(
        "Assad means the offer", "Assad, ¶1 ¶3 ¶4", ("handover", "stalemate", "strike")
    ),
    "tactic": Reading(
        "the offer is a delaying tactic",
        "Kerry's suspicion ¶6 ¶13, the US and French warning ¶17",
        ("stalemate", "handover", "strike"),
    ),
}
WORD, TACTIC = READINGS

class Stage(NamedTuple):
    """A step of the plan (¶20)."""
    task: str
    done: str  # what is said once it is completed
    short: str  # what can be found short
    least: int  # turns that it takes at least: a judgement

STAGES = {
    "join": Stage("join the OPCW, the body that polices the ban", "Syria joins the ban",
                  "the accession", 1),
    "declare": Stage("declare where the chemical arms are", "the arms are declared",
                     "the declaration", 2),
    "inspect": Stage("let OPCW inspectors in", "the inspectors have seen the sites",
                     "the access given to inspectors", 3),
    "destroy": Stage("have the arsenal destroyed", "the arsenal is destroyed",
                     "the destruction", 8),
}

Event = tuple[str, str]  # whom it concerns and what it is, as ('us', 'concession')

TURNS = ("the plan", "turns")
STALLED = ("Syria", "stalled turns once the first stage is done")
LEANED_ON = ("Syria", "stalled turns while Moscow leans")
VOUCHED = ("Russia", "stalled turns of a plan it vouched for, after a failing")
STRAINED = ("Russia", "turns of leaning")
SHORT = ("Syria", "found short")

def in_front(party: str) -> Event:
    """A turn in which a party holds out in front of a Syria that works."""
    return party, "in front"

def changes(party: str, *more: Event) -> tuple[Event, ...]:
    """What costs a party face."""
    return (party, "concession"), (party, "reversal"), *more

# What each party can be charged: the price, and the events that it is charged for.
CHARGED: dict[str, dict[str, tuple[Event, ...]]] = {
    "us": {"face": changes("us"), "pressure": (in_front("us"),), "delay": (STALLED,)},
    "russia": {"face": changes("russia"), "strain": (STRAINED,), "delay": (VOUCHED,)},
    "syria": {"face": changes("syria", SHORT), "leverage": (LEANED_ON,), "respite": (STALLED,)},
    "france": {"face": changes("france"), "pressure": (in_front("france"),), "delay": (STALLED,)},
    "opposition": {"face": changes("opposition"), "pressure": (in_front("opposition"),)},
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
    "middle": Kind(lambda u, it, top: u,
                   lambda it, low, top: (low + (top - low) * k / 8 for k in range(9))),
    "multiplier": Kind(lambda u, it, top: it ** (2 * u),
                       lambda it, low, top: (1 + 3 * k / 6 for k in range(7))),
    "precision": Kind(lambda u, it, top: it * (0.25 + u),
                      lambda it, low, top: (it * k for k in (0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4))),
    "record": Kind(lambda u, it, top: int(3 * u), lambda it, low, top: range(int(top) + 1), True),
    "turns": Kind(lambda u, it, top: 1 + int(2 * it * u),
                  lambda it, low, top: {1 + (2 * int(it) * k) // 6 for k in range(7)}, True),
    "rounds": Kind(lambda u, it, top: it, lambda it, low, top: (1, 2, 4, 6, 8, 12, 16, 20, 30, 40),
                   True),
}

class Parameter(NamedTuple):
    """A number of the model, every one a judgement."""
    default: float
    low: float
    high: float
    kind: str  # a key of KINDS
    means: str

def price(default: float, means: str) -> Parameter:
    """A price, in units of utility."""
    return Parameter(default, 0, 100, "price", means)

def share(default: float, means: str) -> Parameter:
    """A probability or a share."""
    return Parameter(default, 0, 1, "share", means)

def factor(default: float, means: str) -> Parameter:
    """What odds are multiplied by."""
    return Parameter(default, 1, 1000, "multiplier", means)

PARAMETERS = {
    "rationality": Parameter(18, 0, 1e9, "precision", "λ of the logit choice, per unit of utility"),
    "face": price(0.25, "price of moving against one's condition, or of being found short"),
    "pressure": price(0.01, "price of a turn of holding out in front of a Syria that works (¶18 ¶22)"),
    "strain": price(0.02, "price to Moscow of a turn of leaning on its ally (¶25)"),
    "delay": price(0.005, "price of a stalled turn to who demands speed (¶8 ¶17) or vouched (¶7)"),
    "leverage": price(0.1, "price of a stalled turn to a Damascus that Moscow leans on (¶4 ¶7)"),
    "respite": price(0.04, "worth of a stalled turn to an Assad who does not mean it (¶17)"),
    "disruption": share(0.25, "share of pace lost to work while the opposition rejects (inferred)")
    ._replace(high=0.99),
    "oversight": share(0.5, "share of a bluffer's shortfalls that Moscow's leaning averts (¶4 ¶7)"),
    "review": Parameter(3, 1, 100, "turns", "turns of stalling until a review finds it out (¶8)"),
    "impatience": share(0.15, "chance, for each earlier failing, to break off over another (¶17)"),
    "short": share(0.3, "chance that a stage due is found short if he does not mean it (¶8)"),
    "error": share(0.15, "the same if he does (¶2)"),
    "support": share(0.55, "chance of support for a strike after one earlier failing (¶11 ¶16)"),
    "cause": factor(2, "what each further failing multiplies the odds of that by"),
    "backing": factor(1.5, "what France's letting go divides them by (¶17)"),
    "deeds": Parameter(1, 0, 3, "record", "record that counts as deeds (¶6 ¶8)"),
    **{f"least_{name}": Parameter(stage.least, 1, 100, "turns", f"turns that '{name}' takes at least")
       for name, stage in STAGES.items()},
    "pace": share(0.5, "chance in each turn from then on that a stage is due")._replace(low=0.01),
    **{f"middle_{name}": Parameter(0.5, 0, 1, "middle", f"{party.label}: utility of the second best")
       for name, party in PARTIES.items()},
    "trust": share(0.25, "Washington's, Paris's and the opposition's first trust in `word` (¶6 ¶13)"),
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
NEGLIGIBLE = 1e-16  # a smaller probability is left out of dates
TIE = 1000 * ROUNDING  # and of payoffs over a long game, a smaller one than this
FIRM, LEANING = 0.9, 0.7  # judgement: shares of worlds that make a headline firm, or leaning

Bind = Callable[[State], str]  # the move that a commitment leaves in a state, "" if none

COMMITMENTS: dict[str, dict[str, Bind]] = {  # what a party can commit to, by party and text
    "us": {
        "drop at once": lambda state: "drop",
        "drop while Syria works": lambda state: "drop" if state.at_work else "hold",
        "hold to the end": lambda state: "hold",
    },
    "russia": {
        "lean every round": lambda state: "lean",
        "lean while the plan stands still": lambda state: (
            "lean" if state.done and not state.at_work else "shield"),
    },
    "france": {"follow Washington": lambda state: "press" if state.us == "hold" else "ease"},
    "opposition": {"accept every round": lambda state: "accept"},
    "syria": {
        "work whenever the threat is dropped": lambda state: "comply" * (state.us == "drop"),
        "work every round": lambda state: "comply",
    },
}

class Claim(NamedTuple):
    """What somebody says would follow, and the counterfactual that is our test of it."""
    who: str
    paragraphs: str
    claim: str  # paraphrased
    test: str  # in words
    figure: str | None = None
    should: str | None = None  # rise, fall, not fall, not move
    forbid: tuple[tuple[str, str], ...] = ()  # moves that the test forbids
    commit: tuple[tuple[str, str], ...] = ()  # parties that it commits, and to what
    numbers: tuple[tuple[str, float], ...] = ()  # parameters that it sets

CLAIMS = (
    Claim("Assad", "¶4", "American threats played no part in the decision",
          "no strike ever finds support (support 0)", "odds of a handover", "not move",
          numbers=(("support", 0.0),)),
    Claim("Assad", "¶2–3", "once the threat is dropped, Syria follows through",
          "the US commits to drop at once", "odds of a handover", "not fall",
          commit=(("us", "drop at once"),)),
    Claim("Assad", "¶4", "Syria hands the weapons over because of Russia",
          "Russia can never lean (forbid russia.lean)", "odds of a handover", "fall",
          forbid=(("russia", "lean"),)),
    Claim("Kerry", "¶6 ¶13", "words are not enough", "Washington takes Assad at his word (trust 1)",
          "US payoff", "fall", numbers=(("trust", 1.0),)),
    Claim("US and France", "¶17", "the threat keeps the plan from becoming a delaying tactic",
          "the US commits to drop at once", "share of turns stalled", "rise", commit=(("us", "drop at once"),)),
    Claim("Hollande", "¶18", "French pressure keeps the plan moving",
          "France never presses (forbid france.press)", "share of turns stalled", "rise",
          forbid=(("france", "press"),)),
    Claim("Lavrov", "¶10", "the plan makes strikes unnecessary",
          "there is no plan to work on (forbid syria.comply)", "odds of a strike", "rise",
          forbid=(("syria", "comply"),)),
    Claim("Putin", "¶23–24", "a strike would spread violence and wreck the Council's credibility",
          "none: what follows a strike is beyond the model"),
    Claim("Opposition", "¶21", "the plan only leads to more deaths",
          "none: the model counts turns, not deaths"),
)

class Fact(NamedTuple):
    """The recorded completion of a stage."""
    recorded: date
    event: str
    source: str

# What happened later. None of it was known on the day of the report; no number above may be
# tuned to it.
ON_RECORD = {
    "join": Fact(date(2013, 10, 14), "the Chemical Weapons Convention enters into force for "
                 "Syria, which had deposited its accession on 14 September", "OPCW"),
    "declare": Fact(date(2013, 10, 24), "formal initial declaration submitted, three days ahead "
                    "of its deadline", "OPCW, 27 October 2013"),
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
NOT_INCLUDED = (
    "Handover here means the declared arsenal: the OPCW later reported gaps in the declaration, "
    "and chemical attacks occurred again in 2017."
)


# ---------------------------------------------------------------------------------------
# 2  The rules of a round
# ---------------------------------------------------------------------------------------

Move = tuple[str, str]  # a party and its move, as ('us', 'hold')

def menu(party: str, state: State, forbidden: Collection[Move] = (), bind: Bind | None = None
         ) -> tuple[str, ...]:
    """The moves open to a party, the declared one first.

    While the first stage is in hand Syria keeps its position. Else forbidding takes a move
    out; then a commitment leaves the move that it binds to, if that is on the menu.
    """
    if party == "syria" and not state.done:
        return (state.syria,)
    both = (PARTIES[party].declared, PARTIES[party].giving)
    moves = tuple(move for move in both if (party, move) not in forbidden)
    bound = bind(state) if bind else ""
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
    stops = party == "syria" and state.at_work and move == "stall"
    after = state._replace(**{party: move})  # type: ignore[arg-type]
    return failed(after) if stops else after

def failed(state: State) -> State:
    """The state after one more failing."""
    return state._replace(failings=min(state.failings + 1, MOST_FAILINGS))

def tolls(state: State) -> list[Event]:
    """What every turn that passes in a state counts as."""
    events = [TURNS, *[STRAINED] * (state.russia == "lean")]
    if state.done and state.at_work:
        holding = [party for party in IN_FRONT if getattr(state, party) == PARTIES[party].declared]
        events += map(in_front, holding[:1])
    elif state.done:
        events.append(STALLED)
        if state.russia == "lean":
            events.append(LEANED_ON)
        elif state.failings:
            events.append(VOUCHED)
    return events

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

    def chances(self, turn: int) -> dict[str, float]:
        """What the end of its turn number `turn` can bring."""
        due = self.due if turn >= self.least else 0.0
        ends = due * self.failing * (1 - self.breaking)
        return {
            "completes": due * (1 - self.failing), "short": ends if self.working else 0.0,
            "breaks": due * self.failing * self.breaking,
            "review": 0.0 if self.working else ends, "quiet": 1 - due,
        }

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

def completed(state: State) -> State | str:
    """The state after the stage in hand, or the handover."""
    return state._replace(done=state.done + 1) if state.done + 1 < len(STAGES) else "handover"

def found_failing(state: State) -> State:
    """The state after a shortfall or a review that Washington bears: Syria stalls."""
    return failed(state._replace(syria="stall"))

def support(state: State, numbers: Parameters) -> float:
    """The chance that Washington, breaking off in a state, finds support for a strike."""
    share = numbers["support"]
    if state.us == "drop":
        return 0.0
    if share in (0.0, 1.0):
        return share
    odds = share / (1 - share) * numbers["cause"] ** max(0, state.failings - 1)
    odds /= numbers["backing"] if state.france == "ease" else 1.0
    return odds / (1 + odds)

def trust_of(party: str, state: State, numbers: Parameters) -> float:
    """A party's probability of `word`, by a rule of thumb: it follows the record."""
    trust = numbers["trust_moscow" if party == "russia" else "trust"]
    credit = trust * numbers["credit"] ** state.record
    return credit / (credit + 1 - trust)

def turn_of(day: date) -> int:
    """The turn that holds a day; turn 1 begins on the day of the report."""
    return (day - FIRST_DAY).days // DAYS_A_TURN + 1

def first_day(turn: int) -> date:
    """The day a turn begins."""
    return FIRST_DAY + timedelta(DAYS_A_TURN * (turn - 1))


# ---------------------------------------------------------------------------------------
# 3  How a move is chosen
# ---------------------------------------------------------------------------------------
#
# Nothing below knows of Syria. A game repeats one round until an outcome or a last round. In a
# round its movers act in order, each seeing what came before. A decision is between two moves
# at most; chance may have any number of branches, with odds that depend on a type which one
# mover alone knows. The others hold public beliefs about it, so all is held twice: what follows
# under either type. What is carried back from round to round are *accounts*: payoffs, or the
# odds of the outcomes and how often each price is still to be paid.

CHANCE = "chance"
Numbers = Sequence[float]  # by index: the states of a game, then its outcomes
Account = Any  # what is carried back: a mover's payoff, the odds of an outcome, ...
Rates = Mapping[Any, float]  # of an account: what an outcome or an event adds to it
Accounts = Mapping[str, Mapping[Account, Numbers]]  # [type][account]

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
    events: Sequence[Mapping[Any, Mapping[int, float]]]  # [branch][event][state]: how often
    odds: Mapping[str, Sequence[Numbers]]  # [type][branch][state]: chance's; empty for all others
    live: Sequence[int]  # the branches that anywhere lead on to a state
    # [type][account][branch][state]: what it adds. Chance has one: all that its events add on
    # average, with the outcomes that it ends in at once.
    added: Mapping[str, Mapping[Account, Sequence[Numbers]]]
    belief: Numbers  # [state]: a mover's that is neither chance nor informed

class Graph(NamedTuple):
    """A game written out: one index of its states, one table a step."""
    game: Game
    states: Sequence[Any]
    index: Mapping[Any, int]  # of states and outcomes
    steps: Sequence[Step]

    def believing(self, belief: Callable[[str, Any], float]) -> "Graph":
        """The same game with other public beliefs."""
        game = self.game._replace(belief=belief)
        return self._replace(game=game, steps=[
            step._replace(belief=[belief(step.mover, state) for state in self.states])
            for step in self.steps
        ])

def unfold(game: Game) -> Graph:
    """Write a game out: every state that any steps lead to from its start."""
    states, index = [game.start], {game.start: 0}
    found: list[list[Sequence[Branch]]] = [[] for _ in game.movers]
    for state in states:  # which grows on the way
        for mover, rows in zip(game.movers, found):
            rows.append(game.branches(mover, state))
            for branch in rows[-1]:
                if branch.after not in index and branch.after not in game.outcomes:
                    index[branch.after] = len(states)
                    states.append(branch.after)
    index |= {outcome: len(states) + place for place, outcome in enumerate(game.outcomes)}
    steps = [step_of(game, mover, rows, index) for mover, rows in zip(game.movers, found)]
    return Graph(game, states, index, steps).believing(game.belief)

def step_of(
    game: Game, mover: str, rows: Sequence[Sequence[Branch]], index: Mapping[Any, int]
) -> Step:
    """The table of one mover: its branches in every state."""
    rows = [[*row, *row[-1:] * (2 - len(row))] for row in rows]
    columns = [*zip(*rows)]
    after = [[index[branch.after] for branch in column] for column in columns]
    live = [k for k, column in enumerate(after) if min(column) < len(rows)]
    odds = {
        type_: [[branch.odds[t] for branch in column] for column in columns]
        for t, type_ in enumerate(game.types) if mover == CHANCE
    }
    events: list[dict[Any, dict[int, float]]] = [{} for _ in columns]
    for happened, column in zip(events, columns):
        for place, branch in enumerate(column):
            for event, count in branch.events.items():
                happened.setdefault(event, {})[place] = count
    added: dict[str, dict[Account, list[list[float]]]] = {type_: {} for type_ in game.types}
    for type_ in game.types:
        for account, rates in game.rates[type_].items():
            parts = [added_by(happened, rates, len(rows)) for happened in events]
            if mover == CHANCE:
                total = [0.0] * len(rows)
                ends = [*total, *(rates.get(outcome, 0.0) for outcome in game.outcomes)]
                for k, (share, part) in enumerate(zip(odds[type_], parts)):
                    then = part if k in live else [x + ends[i] for x, i in zip(part, after[k])]
                    total = [x + p * y for x, p, y in zip(total, share, then)]
                parts = [total]
            if any(map(any, parts)):
                added[type_][account] = parts
    pick = [itemgetter(*column, column[0]) for column in after]  # never a lone entry
    return Step(mover, after, pick, events, odds, live, added, [])

def added_by(happened: Mapping[Any, Mapping[int, float]], rates: Rates, size: int) -> list[float]:
    """What the events of a branch add to an account, by state."""
    total = [0.0] * size
    for event, places in happened.items():
        if rate := rates.get(event):
            for place, count in places.items():
                total[place] += count * rate
    return total

class Solution(NamedTuple):
    """A backward pass: the policy, and where every account stands at the head of every round."""
    graph: Graph
    policy: Sequence[Sequence[Mapping[str, Numbers]]]  # [round][step][type]: of the first move
    accounts: Sequence[Accounts]  # [round], from 0; the last is after all rounds
    known: dict[Any, Mapping[Account, float]]  # what `ahead` has worked out

    def at_start(self, type_: str) -> dict[Account, float]:
        """Every account at the start of the game, under a type."""
        return {name: column[0] for name, column in self.accounts[0][type_].items()}

    def share(self, number: int, depth: int, place: int, type_: str) -> float:
        """The probability of the first move of a decision: round, step, index."""
        return self.policy[number][depth][type_][place]

    def ahead(self, number: int, depth: int, place: int, type_: str) -> Mapping[Account, float]:
        """Every account at an index, before a step of a round or after its last."""
        key = (number, depth, place, type_)
        if key not in self.known:
            self.known[key] = self.before(*key)
        return self.known[key]

    def before(self, number: int, depth: int, place: int, type_: str) -> Mapping[Account, float]:
        """What `ahead` gives, worked out from what follows."""
        steps = self.graph.steps
        if depth == len(steps) or place >= len(self.graph.states):
            return {name: it[place] for name, it in self.accounts[number + 1][type_].items()}
        step = steps[depth]
        if step.odds:
            total = {name: 0.0 for name in self.accounts[0][type_]}
            total |= {name: parts[0][place] for name, parts in step.added[type_].items()}
            weights = [(step.odds[type_][k][place], self.ahead(number, depth + 1,
                        step.after[k][place], type_)) for k in step.live]
            return {name: fsum((x, *(p * then[name] for p, then in weights)))
                    for name, x in total.items()}
        first, second = (self.taking(number, depth, place, k, type_) for k in (0, 1))
        share = self.share(number, depth, place, type_)
        return {name: y + share * (first[name] - y) for name, y in second.items()}

    def taking(
        self, number: int, depth: int, place: int, branch: int, type_: str
    ) -> Mapping[Account, float]:
        """Every account if a decision falls on a branch, what it adds included."""
        step = self.graph.steps[depth]
        then = self.ahead(number, depth + 1, step.after[branch][place], type_)
        return {name: it + (step.added[type_][name][branch][place]
                            if name in step.added[type_] else 0.0) for name, it in then.items()}

def backward(graph: Graph, tick: Callable[[int, int], None] = lambda done, of: None) -> Solution:
    """Solve a game by backward induction under logit quantal response.

    Whoever moves picks a move with probability proportional to exp(rationality * its value),
    everyone including itself choosing this way later (agent QRE, McKelvey & Palfrey 1998). Its
    value is the expected payoff from there on: under its own type to the informed mover, by
    its belief to all others. A finite number of rounds makes the equilibrium unique.
    """
    game, size = graph.game, len(graph.states)
    ends = {type_: {name: [rates.get(outcome, 0.0) for outcome in game.outcomes]
                    for name, rates in its.items()} for type_, its in game.rates.items()}
    late = game.outcomes.index(game.timeout)
    columns: Accounts = {type_: {name: [end[late]] * size + end for name, end in its.items()}
                         for type_, its in ends.items()}
    policy, accounts = [], [columns]
    for number in range(game.rounds):
        tick(number, game.rounds)
        chosen = []
        for step in reversed(graph.steps):
            shares = {} if step.odds else choose(game, step, columns)
            columns = {
                type_: {name: carry(step, type_, shares, name, column) + ends[type_][name]
                        for name, column in its.items()}
                for type_, its in columns.items()
            }
            chosen.append({type_: array("d", share) for type_, share in shares.items()})
        policy.append(chosen[::-1])
        accounts.append({type_: {name: array("d", column) for name, column in its.items()}
                         for type_, its in columns.items()})
    return Solution(graph, policy[::-1], accounts[::-1], {})

def choose(game: Game, step: Step, columns: Accounts) -> dict[str, list[float]]:
    """The probability of the first of two moves, by type and state."""
    margins = []
    for type_ in game.types:
        first, second = options(step, type_, step.mover, columns[type_][step.mover])
        margins.append([x - y for x, y in zip(first, second)])
    if step.mover != game.informed:
        margins = [[b * x + (1 - b) * y for b, x, y in zip(step.belief, *margins)]] * 2
    half = game.rationality / 2  # 1 / (1 + exp(-2 * half * margin)), which might overflow:
    return {type_: [0.5 + 0.5 * tanh(half * x) for x in margin]
            for type_, margin in zip(game.types, margins)}

def options(step: Step, type_: str, account: Account, column: Numbers) -> Sequence[Numbers]:
    """An account after either move of a decision, what the move adds included."""
    after = [pick(column) for pick in step.pick]
    if account in step.added[type_]:
        return [[x + y for x, y in zip(*pair)] for pair in zip(after, step.added[type_][account])]
    return after

def carry(
    step: Step, type_: str, shares: Mapping[str, Numbers], account: Account, column: Numbers
) -> list[float]:
    """An account before a step, from where it stands after it: the mean over the branches."""
    if not step.odds:
        first, second = options(step, type_, account, column)
        return [y + p * (x - y) for p, x, y in zip(shares[type_], first, second)]
    (total,) = step.added[type_].get(account) or ([0.0] * len(step.belief),)
    for k in step.live:
        after = step.pick[k](column)
        total = [x + p * y for x, p, y in zip(total, step.odds[type_][k], after)]
    return list(total)

def flow(
    solution: Solution, type_: str, barred: Collection[int] = ()
) -> Iterator[tuple[int, int, list[float], list[list[float]]]]:
    """How likely play is to be where, under a type: round, step, by index, by branch and index.

    After the last round comes its end, without branches. No history enters a `barred` index.
    """
    graph = solution.graph
    size = len(graph.states)
    mass = [0.0] * len(graph.index)
    mass[0] = 0.0 if 0 in barred else 1.0
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
    counts: Counter[Any]  # expected number of every event

def forward(solution: Solution, type_: str, barred: Collection[int] = ()) -> Forecast:
    """What a policy leads to under one type, exactly; see `flow` for `barred`."""
    graph = solution.graph
    visits = [0.0] * len(graph.states)
    taken = [[[0.0] * len(visits) for _ in step.after] for step in graph.steps]
    for _, depth, mass, parts in flow(solution, type_, barred):
        if parts and not depth:
            visits = [x + y for x, y in zip(visits, mass)]
        if parts:
            taken[depth] = [[x + y for x, y in zip(*pair)] for pair in zip(taken[depth], parts)]
    counts: Counter[Any] = Counter()
    for step, by_branch in zip(graph.steps, taken):
        for happened, times in zip(step.events, by_branch):
            for event, places in happened.items():
                counts[event] += fsum(times[place] * count for place, count in places.items())
    odds = dict(zip(graph.game.outcomes, mass[len(graph.states):]))
    odds[graph.game.timeout] += fsum(mass[:len(graph.states)])
    return Forecast(odds, dict(zip(graph.states, visits)), counts)


# ---------------------------------------------------------------------------------------
# 4  The dispute as a game
# ---------------------------------------------------------------------------------------

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
    """The rules of section 2 with this dispute's numbers.

    Its accounts are the parties' payoffs; if `itemised`, also the odds of the outcomes and how
    often happens whatever is charged, of which payoffs are sums.
    """
    numbers = dispute.parameters
    binds = {party: COMMITMENTS[party][text] for party, text in dispute.commitments}

    def branches(mover: str, state: State) -> list[Branch]:
        if mover == CHANCE:
            return endings(state, numbers)
        return [
            Branch(move, effect(mover, move, state),
                   {} if kind == "keep" else {(mover, kind): 1.0})
            for move in menu(mover, state, dispute.forbidden, binds.get(mover))
            for kind in [kind_of(mover, move, state, numbers)]
        ]

    return Game(
        movers=(*ORDER, CHANCE), informed="syria", types=(WORD, TACTIC), start=dispute.start,
        rounds=int(numbers["rounds"]), outcomes=OUTCOMES, timeout="stalemate",
        rationality=numbers["rationality"], branches=branches,
        belief=lambda mover, state: trust_of(mover, state, numbers),
        rates={truth: {**{party: rates_of(party, truth, numbers) for party in PARTIES},
                       **(ITEMS if itemised else {})} for truth in READINGS},
    )

ITEMS: dict[Account, dict[Any, float]] = {  # accounts that count: an outcome, or some events
    **{outcome: {outcome: 1.0} for outcome in OUTCOMES},
    **{events: dict.fromkeys(events, 1.0) for its in CHARGED.values() for events in its.values()},
}

def utilities(party: str, truth: str, numbers: Parameters) -> dict[str, float]:
    """A party's utility of every outcome, if this reading of Syria is the truth."""
    ranking = PARTIES[party].ranking or READINGS[truth].ranking
    return dict(zip(ranking, (1.0, numbers[f"middle_{party}"], 0.0)))

def worth_of(price: str, truth: str, numbers: Parameters) -> float:
    """What it adds to a payoff to be charged a price once; respite is a gain to a bluffer."""
    return -numbers[price] if price not in GAINS else numbers[price] * (GAINS[price] == truth)

def rates_of(party: str, truth: str, numbers: Parameters) -> dict[Any, float]:
    """What every outcome and event adds to a party's payoff, if this reading is the truth."""
    rates: dict[Any, float] = {**utilities(party, truth, numbers)}
    for price, events in CHARGED[party].items():
        for event in events:
            rates[event] = rates.get(event, 0.0) + worth_of(price, truth, numbers)
    return rates

def endings(state: State, numbers: Parameters) -> list[Branch]:
    """What can end the spell that follows a round, with what its turns cost on average."""
    spells = [spell(state, truth, numbers) for truth in READINGS]
    working, length = spells[0].working, spells[0].length
    events = dict.fromkeys(tolls(state), length)
    failing = {**events, SHORT: 1.0} if working else events
    strike = support(state, numbers)
    better, worse, ends = (
        tuple(odds) for odds in zip(*((1 - it.failing, it.failing * (1 - it.breaking),
                                       it.failing * it.breaking) for it in spells))
    )
    return [
        Branch("completes", completed(state) if working else state, events, better),
        Branch("fails", found_failing(state), failing, worse),
        Branch("breaks", "strike", failing, tuple(p * strike for p in ends)),
        Branch("breaks", "stalemate", failing, tuple(p * (1 - strike) for p in ends)),
    ]

def solve(
    dispute: Dispute, itemised: bool = False,
    tick: Callable[[int, int], None] = lambda done, of: None,
) -> Solution:
    """The dispute's one equilibrium, for both truths."""
    return backward(unfold(game_of(dispute, itemised)), tick)


# ---------------------------------------------------------------------------------------
# 5  A history
# ---------------------------------------------------------------------------------------

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
    """What is believed at a moment: trust, the reader's belief, the odds as Washington sees them."""
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

class Player(NamedTuple):
    """What playing a history takes: an itemised solution, draws, and whoever else decides."""
    dispute: Dispute
    solution: Solution
    draw: Callable[[], float]
    ask: Ask | None = None

def play_out(player: Player, truth: str) -> History:
    """Play one history: a draw a decision in turn order, one a turn, one for the support.

    An answer of `ask` spends its draw all the same, so that equal moves make equal histories.
    """
    numbers = player.dispute.parameters
    rounds: list[Round] = []
    state, turn, reader = player.dispute.start, 1, numbers["prior"]
    outcome: str | None = None
    while outcome is None:
        settled, moves = state, {}
        try:
            for depth, party in enumerate(ORDER):
                made = decide(player, len(rounds), depth, settled, truth, rounds)
                moves[party] = made
                settled = effect(party, made.move, settled)
                if made.by_truth:
                    reader = updated(reader, *(it["probability"] for it in made.by_truth.values()))
        except Leave:
            return History(truth, rounds, None)
        quiet = seen(player, len(rounds), len(ORDER), settled, reader)
        event = pass_spell(player, turn, settled, truth)
        reader = updated(reader, *event.likelihood.values())
        after, outcome = brought(player, len(rounds), settled, event)
        then = seen(player, len(rounds) + 1, 0, after, reader, outcome)
        rounds.append(Round(len(rounds) + 1, turn, first_day(turn), tuple(STAGES)[state.done],
                            state, moves, settled, quiet, event, after, then))
        state, turn = after, event.turn + 1
    return History(truth, rounds, outcome)

def brought(
    player: Player, number: int, settled: State, event: Ending
) -> tuple[State, str | None]:
    """The state after the end of a spell, and the outcome if it has come."""
    if event.what == "breaks":
        struck = event.draws[-1] < (event.support or 0.0)
        return settled, "strike" if struck else "stalemate"
    if event.what == "completes":
        after = settled._replace(done=settled.done + 1)
        if after.done == len(STAGES):
            return after, "handover"
    else:
        after = found_failing(settled)
    last = number + 1 == player.solution.graph.game.rounds
    return after, "stalemate" if last else None

def seen(
    player: Player, number: int, depth: int, state: State, reader: float,
    outcome: str | None = None,
) -> Seen:
    """What is believed in a state before a step of a round, or once the outcome has come."""
    solution, numbers = player.solution, player.dispute.parameters
    trusts = [trust_of(party, state, numbers) for party in ("us", "russia")]
    if outcome:
        return Seen(*trusts, reader, {it: float(it == outcome) for it in OUTCOMES})
    place = solution.graph.index[state]
    odds = [solution.ahead(number, depth, place, truth) for truth in READINGS]
    return Seen(*trusts, reader, {it: mean(trusts[0], *(one[it] for one in odds))
                                  for it in OUTCOMES})

def mean(trust: float, word: float, tactic: float) -> float:
    """What is expected by a trust, of a figure under either truth."""
    return trust * word + (1 - trust) * tactic

def decide(
    player: Player, number: int, depth: int, state: State, truth: str, rounds: Sequence[Round]
) -> Made:
    """One decision: what was drawn or answered, what it was worth, and why."""
    dispute, solution, party = player.dispute, player.solution, ORDER[depth]
    numbers, place = dispute.parameters, solution.graph.index[state]
    moves = solution.graph.game.branches(party, state)
    names = [move.name for move in moves]
    accounts = {reading: [solution.taking(number, depth, place, k, reading)
                          for k in range(len(moves))] for reading in READINGS}
    trust = None if party == "syria" else trust_of(party, state, numbers)
    views = {reading: float(reading == WORD) if trust is None else trust for reading in READINGS}
    values = {reading: [mean(view, *(accounts[it][k][party] for it in READINGS))
                        for k in range(len(moves))] for reading, view in views.items()}
    shares = {reading: logit(its, numbers["rationality"]) for reading, its in values.items()}
    drawn = player.draw()
    pick = next((k for k in range(len(moves)) if fsum(shares[truth][: k + 1]) > drawn), -1)

    def made(move: str) -> Made:
        k = names.index(move)
        whys = {
            it: reasons(party, it, numbers, view, names[1 - k],
                        kind_of(party, names[1 - k], state, numbers),
                        *([accounts[reading][j] for reading in READINGS] for j in (k, 1 - k)))
            if len(names) == 2 else None for it, view in views.items()
        }
        return Made(
            move, kind_of(party, move, state, numbers), shares[truth][k],
            dict(zip(names, values[truth])), whys[truth],
            None if trust is not None else {
                it: {"probability": shares[it][k], "why": whys[it]} for it in READINGS},
            trust,
            {name: {it: accounts[it][j][party] for it in READINGS} for j, name in enumerate(names)},
            drawn,
        )

    result = made(names[pick])
    if player.ask:
        answer = player.ask(rounds, state, party, result, truth)
        result = made(answer) if answer != result.move else result
    return result

def logit(values: Sequence[float], rationality: float) -> list[float]:
    """Choice probabilities, proportional to exp(rationality * value), small ones exact too."""
    weights = [exp(rationality * (value - max(values))) for value in values]
    return [weight / sum(weights) for weight in weights]

def reasons(
    party: str, truth: str, numbers: Parameters, view: float, against: str, kind: str,
    made: Sequence[Mapping[Account, float]], other: Sequence[Mapping[Account, float]],
) -> Why:
    """Why a party moves as it does: its accounts if so against if not, by its view of Syria.

    `made` and `other` hold the accounts under either truth. The terms add up to the gain.
    """
    changes = {account: mean(view, *(a[account] - b[account] for a, b in zip(made, other)))
               for account in ITEMS}
    worth = utilities(party, truth, numbers)
    terms = {"outcomes": fsum(worth[outcome] * changes[outcome] for outcome in OUTCOMES)}
    for price, events in CHARGED[party].items():
        # respite counts under one truth alone, and is Syria's own, who knows it
        terms[price] = worth_of(price, truth, numbers) * changes[events]
    gain = fsum(terms.values())
    reason, despite = max(terms, key=terms.__getitem__), min(terms, key=terms.__getitem__)
    odds = {name: {outcome: mean(view, *(it[outcome] for it in its)) for outcome in OUTCOMES}
            for name, its in (("against", other), ("made", made))}
    return Why(against, kind, gain, terms, reason if gain > 0 else "chance",
               despite if terms[despite] < -ROUNDING else None, odds)

def pass_spell(player: Player, turn: int, state: State, truth: str) -> Ending:
    """Pass the turns of a spell, from its first one on, until something happens."""
    numbers = player.dispute.parameters
    spells = {reading: spell(state, reading, numbers) for reading in READINGS}
    likelihood, chances, draws = dict.fromkeys(READINGS, 1.0), [], []
    what = "quiet"
    while what == "quiet":
        turns = {reading: it.chances(len(draws) + 1) for reading, it in spells.items()}
        chances.append(turns[truth])
        draws.append(player.draw())
        sums = accumulate(turns[truth].values())
        what = next((name for name, total in zip(turns[truth], sums) if total > draws[-1]),
                    "quiet")
        likelihood = {it: p * turns[it][what] for it, p in likelihood.items()}
    last, strike, over = turn + len(draws) - 1, None, None
    if what == "breaks":
        strike, over = support(state, numbers), "short" if spells[truth].working else "review"
        draws.append(player.draw())
    return Ending(what, last, first_day(last + 1), over, strike, chances, likelihood, draws)

def updated(reader: float, word: float, tactic: float) -> float:
    """Bayes' rule: the reader's belief after what is as likely as this under either truth."""
    both = mean(reader, word, tactic)
    return reader * word / both if both else reader

def played_by(
    dispute: Dispute, solution: Solution, seed: int, truth: str, ask: Ask | None = None,
    other: bool = False,
) -> History:
    """The history of a seed; `other`: the same stream of draws with the other Assad."""
    draw = Random(seed).random
    if truth == "drawn":
        truth = WORD if draw() < dispute.parameters["prior"] else TACTIC
    if other:
        truth = other_than(truth)
    return play_out(Player(dispute, solution, draw, ask), truth)

def other_than(truth: str) -> str:
    """The other reading."""
    return TACTIC if truth == WORD else WORD

def parting(one: History, other: History) -> int | None:
    """The first turn in which what can be seen of two histories differs, if any does."""
    sights = []
    for history in (one, other):
        sight: dict[int, list[Any]] = {}
        for it in history.rounds:
            moves = [made.move for made in it.moves.values()]
            sight.setdefault(it.turn, []).append(moves)
            sight.setdefault(it.event.turn, []).append((it.event.what, it.event.over))
        sight[history.rounds[-1].event.turn].append(history.outcome)
        sights.append(sight)
    turns = sorted({*sights[0], *sights[1]})
    return next((turn for turn in turns if sights[0].get(turn) != sights[1].get(turn)), None)


# ---------------------------------------------------------------------------------------
# 6  A page
# ---------------------------------------------------------------------------------------

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
ORDINALS = ("", "first", "second", "third")
# What stands in for a symbol that the reader's encoding lacks.
SIGNS = {"¶": "#", "–": "-", "×": "x", "█": "#", "·": "|", "λ": "lambda"}
COLORS = {"title": "1", "handover": "32", "strike": "31", "stalemate": "33", "mark": "36"}
EXACT = ("parameters", "trust", "value")  # keys whose numbers are told as they were given

class Column(NamedTuple):
    """A column of a table: where its value is in the JSON row, its head, how it is shown."""
    path: str  # keys joined by dots
    head: str
    show: Callable[[Any], str] = str
    left: bool = False

    def cell(self, row: Mapping[str, Any]) -> str:
        """What the column shows of a row."""
        value: Any = row
        for key in self.path.split("."):
            value = value[key] if isinstance(value, Mapping) else getattr(value, key)
        return self.show(value)

class Page:
    """An answer in the making: the lines of its screen and the data of its JSON."""

    def __init__(self, width: int, color: bool) -> None:
        self.width, self.color = width, color
        self.lines: list[str] = []
        self.data: dict[str, Any] = {}

    def put(self, **answers: Any) -> None:
        """Add to the JSON what no table holds, results rounded to 12 decimals."""
        self.data |= {key: plain(value, key) for key, value in answers.items()}

    def paint(self, text: str, color: str) -> str:
        """Text in a colour, which never carries a meaning of its own."""
        return f"\x1b[{COLORS[color]}m{text}\x1b[0m" if self.color and color in COLORS else text

    def say(self, text: str = "", first: str = "", rest: str | None = None, color: str = ""
            ) -> None:
        """A paragraph, wrapped, indented by `first` and `rest`; words stay whole."""
        lines = wrapped(text, self.width, first, first if rest is None else rest)
        self.lines += [self.paint(line, color) for line in lines]

    def title(self, text: str) -> None:
        """The first line, or the head of a part after an empty line."""
        if self.lines:
            self.say()
        self.say(text, color="title")

    def entry(self, label: str, text: str, color: str = "") -> None:
        """A label and what it says, the text hanging beside it where there is room."""
        if self.width >= 60:
            self.say(text, f"{label:<10}", " " * 10, color)
        else:
            self.say(f"{label}: {text}", "", "  ", color)

    def table(
        self, columns: Sequence[Column], rows: Iterable[Mapping[str, Any] | Any], key: str = "",
        gap: int = 2,
    ) -> None:
        """Rows as a table where they fit, else a short paragraph a row; under `key` in JSON."""
        rows = list(rows)
        if key:
            self.put(**{key: rows})
        head = [column.head for column in columns]
        cells = [[column.cell(row) for column in columns] for row in rows]
        *widths, last = [max(map(len, column)) for column in zip(head, *cells)]
        indent = sum(widths) + gap * len(widths)
        if self.width - indent < (min(last, 24) if columns[-1].left else last):
            for row in cells:
                self.say("; ".join(f"{name} {it}".strip() for name, it in zip(head, row) if it),
                         "", "  ")
            return
        for number, row in enumerate((head, *cells)):
            lead = "".join(
                (it.ljust(width) if column.left else it.rjust(width)) + " " * gap
                for it, width, column in zip(row, widths, columns)
            )
            final = row[-1] if columns[-1].left else row[-1].rjust(last)
            lines = wrapped(final, self.width, " " * indent, " " * indent)
            lines[0] = (lead + lines[0][indent:]).rstrip()
            self.lines += [self.paint(line, "" if number else "title") for line in lines]

    def next(self, request: Namespace, *commands: str) -> None:
        """The questions worth asking next of the same dispute: commands, each kept in one line.

        A command is a name and options; its wording, if not its question's own, follows `#`.
        """
        self.say()
        for place, command in enumerate(commands):
            asked, _, why = command.partition("#")
            name, *options = asked.split()
            words = [*([] if name == "run" else [name]), *asked_of(request, name), *options]
            line = " ".join(["Next " if not place else "     ", "python sim.py", *words])
            why = why.strip() or QUESTIONS[name].asks
            if len(line) + 2 + len(why) <= self.width:
                self.lines.append(f"{line}  {why}")
            else:
                self.lines.append(line)
                self.say(why, " " * 8)

def wrapped(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """Lines no wider than `width`; words stay whole."""
    if len(first + text) <= width:
        return [first + text]
    from textwrap import wrap

    return wrap(text, width, initial_indent=first, subsequent_indent=rest,
                break_long_words=False, break_on_hyphens=False) or [first]

def plain(value: Any, key: str = "") -> Any:
    """A value as JSON has it: tuples with names as objects, dates as ISO, results rounded."""
    if isinstance(value, float):
        return value if key in EXACT else round(value, 12) + 0.0  # no negative zero
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "_asdict"):
        value = value._asdict()
    if isinstance(value, Mapping):
        exact = key == "parameters"
        return {name: part if exact else plain(part, name) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(part, key) for part in value]
    return value

def percent(share: float) -> str:
    """A probability as a reader wants it; 0% and 100% are for what is certain alone."""
    if TIE < share < 0.005:
        return "<1%"
    return ">99%" if 0.995 <= share < 1 - TIE else f"{100 * share + 0.0:.0f}%"

def number(digits: int = 3, sign: str = "") -> Callable[[float], str]:
    """Shows numbers to so many digits, `+` for an explicit sign; none on what rounds to 0."""
    return lambda value: f"{round(value, digits) + 0.0:{sign}.{digits}f}"

def day(value: date) -> str:
    """A date as 12 Sep 2013, whatever the language of the system."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"

def count(n: int, noun: str, plural: str = "") -> str:
    """So many of something, in words up to ten: one failing, 12 failings."""
    words = COUNTS[n] if n < len(COUNTS) else str(n)
    return f"{words} {noun if n == 1 else plural or noun + 's'}"

def listed(words: Iterable[str], last: str = "and") -> str:
    """a, b and c."""
    *others, final = words
    return f"{', '.join(others)} {last} {final}" if others else final

def sentence(text: str) -> str:
    """A text with a capital at its beginning and a full stop at its end."""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?")) else ".")

def times_in(probability: float) -> str:
    """A probability as a round frequency: 1 time in 7."""
    if probability > 0.985:
        return "almost always"
    if probability < 0.015:
        return "almost never"
    if probability < 0.38:
        return f"1 time in {1 / probability:.0f}"
    return f"{max(1, min(9, round(10 * probability)))} times in 10"

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
    dispute = request.dispute
    positions = {party: getattr(dispute.start, party) for party in PARTIES}
    page.put(parameters=dispute.parameters, start={"done": dispute.start.done,
             "positions": positions}, forbidden=[".".join(move) for move in dispute.forbidden])
    moved = [f"{PARTIES[party].in_text} at {move}" for party, move in positions.items()
             if move != PARTIES[party].declared]
    if dispute.start.done or moved:
        stages = f"{dispute.start.done} of {len(STAGES)} stages done"
        page.say(f"Set: it starts with {listed([stages, *moved])}.")
    if request.set:
        numbers = (f"{name}={dispute.parameters[name]!r}" for name in dict(request.set))
        page.say(f"Set: {', '.join(numbers)}.")
    if dispute.forbidden:
        page.say(f"Off the table: {', '.join('.'.join(move) for move in dispute.forbidden)}.")

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

    def register(answer: Callable[[Namespace, Page], None]) -> Callable[[Namespace, Page], None]:
        QUESTIONS[name] = Question(asks, answer, (*options.split(), *game), tuple(examples))
        return answer

    return register

def asked_of(request: Namespace, name: str) -> list[str]:
    """The options that ask a question of the same dispute."""
    given = {
        "done": [f"--done {request.dispute.start.done}"] * bool(request.dispute.start.done),
        "start": [f"--start {party}.{move}" for party, move in request.start],
        "set": [f"--set {parameter}={value!r}" for parameter, value in request.set],
        "forbid": [f"--forbid {party}.{move}" for party, move in request.dispute.forbidden],
    }
    return [word for option in QUESTIONS[name].options for word in given.get(option, [])]


# ---------------------------------------------------------------------------------------
# 7  The questions
# ---------------------------------------------------------------------------------------

# ------------------------------------------------------------------ run: the timeline, in words

class Wording(NamedTuple):
    """How a party's moves and its condition are told."""
    gives: str  # to give way; to go back; the same in the past, and as infinitives
    returns: str
    gave: str
    went_back: str
    give: str
    back: str
    holds: str  # at its declared position
    drawn: str  # a row of the picture
    never: str  # it never gave way
    met: str  # its condition, while it is met; and while it is not
    unmet: str
    ceased: str  # and when it was, but is no longer

WORDING = {
    "us": Wording(
        "takes its threat off the table", "puts its threat back on the table", "dropped its threat",
        "put it back", "drop its threat", "put its threat back", "holds its threat",
        "US: threat off", "the US never dropped its threat", "deeds have come",
        "deeds have not come", "deeds have ceased"),
    "russia": Wording(
        "leans on Damascus", "shields Damascus again", "leaned on Damascus", "shielded it again",
        "lean", "shield Damascus again", "shields Syria", "Russia leans", "Russia never leaned",
        "the plan it vouched for stands still", "the plan does not stand still",
        "the plan moves again"),
    "syria": Wording(
        "goes to work", "stops its work", "went to work", "stopped its work", "go to work",
        "stop its work", "stalls", "Syria works", "Syria never went to work",
        "the threat is off the table", "the threat stands", "the threat is back"),
    "france": Wording(
        "lets its pressure drop", "presses again", "eased", "pressed again", "ease", "press again",
        "presses", "France eases", "France pressed throughout", "the threat it backed is gone",
        "the threat stands", "the threat is back"),
    "opposition": Wording(
        "lets the plan take its course", "rejects the plan again", "accepted the plan",
        "rejected it again", "accept the plan", "reject the plan again", "rejects the plan",
        "Opposition accepts", "the opposition rejected the plan throughout",
        "the plan shows results", "the plan shows no results", "the results have stopped"),
}
PRESSED = {"us": "Washington to stand down", "france": "Paris to relent",
           "opposition": "it to accept"}

class Motive(NamedTuple):
    """What a price means for a move, in words."""
    gives: str  # speaks for giving way
    keeps: str  # speaks for the declared position
    unless: str = ""  # what `gives` is called while Syria does not work, or Moscow does not lean

DELAYED = Motive(*["a stalled plan costs it, and stalls less so"] * 2)
MOTIVES = {
    ("us", "delay"): DELAYED, ("france", "delay"): DELAYED,
    ("russia", "strain"): Motive("it has the less to lean later", "leaning strains the alliance"),
    ("russia", "delay"): Motive("a stalled plan costs Moscow, which vouched for it, credit",
                                "the plan it vouched for would stand still for longer"),
    ("syria", "leverage"): Motive("stalling while Moscow leans costs its ally's goodwill",
                                  "Moscow's weight would be felt the longer later",
                                  "Moscow may lean on a Syria that stalls"),
    ("syria", "respite"): Motive("work now leaves it the more time to stall later",
                                 "stalling buys time for its war"),
    **{(party, "pressure"): Motive(f"while Syria delivers the world presses {to}",
                                   "it would be pressed the longer later",
                                   f"once Syria works the world presses {to}")
       for party, to in PRESSED.items()},
}

def term_in_words(party: str, made: Made, why: Why, term: str, state: State, worth: Rates) -> str:
    """What a term of a reason says, for the move or against it."""
    helps, gives = why.terms[term] > 0, made.move == PARTIES[party].giving
    if term == "outcomes":  # the one whose change weighs most for the party
        shift = {it: why.odds["made"][it] - why.odds["against"][it] for it in OUTCOMES}
        main = max(OUTCOMES, key=lambda it: (worth[it] - 0.5) * shift[it] * (1 if helps else -1))
        word = "likelier" if shift[main] > 0 else "less likely"
        made_, against = (percent(why.odds[it][main]) for it in ("made", "against"))
        if abs(shift[main]) < QUOTED or made_ == against:
            return f"a {main} is a little {word}"
        return f"a {main} is {word} ({made_}, else {against})"
    if term == "face":
        if made.kind in ("concession", "reversal"):
            return ("putting it off would not spare the loss of face" if helps
                    else f"{'giving way' if gives else 'going back'} costs face")
        if made.kind == "keep" and helps and why.kind in ("concession", "reversal"):
            return f"{'going back' if gives else 'giving way'} would cost face"
        return "it has less to take back later" if helps else "it may lose face later"
    motive = MOTIVES[party, term]
    now = state.russia == "lean" if term == "leverage" else state.at_work
    giving = motive.gives if now or not motive.unless else motive.unless
    return giving if helps == gives else motive.keeps

class Teller:
    """Tells the rounds of a history; a reason told in full once is told in a few words then."""

    def __init__(self, history: History, dispute: Dispute, seats: Collection[str] = ()) -> None:
        self.history, self.numbers, self.seats = history, dispute.parameters, seats
        self.told: set[tuple[Any, ...]] = set()

    def motive(self, party: str, made: Made, why: Why, share: float, state: State, truth: str) -> str:
        """Why a move was made: what spoke for it, and what it was made despite."""
        most, least = (pick(why.terms, key=why.terms.__getitem__) for pick in (max, min))
        key, worth = (party, made.move, most, least, why.gain > 0), utilities(
            party, truth, self.numbers)
        if key in self.told:
            return "for the same reasons" if why.gain > 0 else "against its interest as before"
        self.told.add(key)
        spoke, against = (term_in_words(party, made, why, it, state, worth) for it in (most, least))
        if party == "russia" and made.trust is not None:
            eyes = f"to Moscow, trusting him {percent(made.trust)}, "
            spoke, against = eyes * (most == "outcomes") + spoke, eyes * (least == "outcomes") + against
        if 0.4 <= share <= 0.6:
            return f"a close call: {spoke}" if why.terms[most] > ROUNDING else "a close call"
        if why.gain > 0:
            weighs = -why.terms[least] >= max(TELLING * why.terms[most], ROUNDING)
            return f"{spoke}{f', though {against}' * weighs}"
        likely = f" ({times_in(share)})" * (made.by_truth is None)
        return (f"against its interest{likely}, as {against}"
                + f", though {spoke}" * (why.terms[most] > ROUNDING))

    def move(self, party: str, made: Made, state: State, before: Sequence[State]) -> str:
        """A move in words, with its reason; under both readings where it is Syria's."""
        words, condition, gives = WORDING[party], PARTIES[party].condition, made.move == PARTIES[
            party].giving
        text = sentence(PARTIES[party].in_text)[:-1]
        met = condition.met(state, self.numbers)
        worked = any(it.at_work for it in before)
        if made.kind == "keep":
            text += f" does not {words.back if gives else words.give}"
            text += f", though {words.met if met else words.unmet}" * (met != gives)
        else:
            verb = "goes back to work" if party == "syria" and worked else words.gives
            ever = any(condition.met(it, self.numbers) for it in before)
            held = words.met if met else words.ceased if ever and not gives else words.unmet
            link = "as" if made.kind in ("answer", "return") else "though"
            text += f" {verb if gives else words.returns}, {link} {held}"
        text += f" ({self.failing(state)})" * (party == "syria" and state.at_work and not gives)
        if party in self.seats:
            return f"{text}."
        if made.why is None:
            return f"{text}: no other move is open to it."
        if made.by_truth is None:
            motive = self.motive(party, made, made.why, made.probability, state, WORD)
            return f"{text}{', ' if motive[:3] in ('for', 'aga') else ': '}{motive}."
        told, motives = {*self.told}, []
        for truth, its in made.by_truth.items():
            self.told = {*told}
            share = its["probability"]
            motives.append("" if share < 0.015 else ": " + self.motive(
                party, made, its["why"], share, state, truth))
        word, tactic = (times_in(its["probability"]) for its in made.by_truth.values())
        if motives[0] == motives[1]:
            likely = word if word == tactic else f"{word} if he does, {tactic} if not"
            return f"{text}, whether Assad means the offer or not ({likely}){motives[0]}."
        return (f"{text}. If Assad means the offer he does so {word}{motives[0]}; if not, "
                f"{tactic}{motives[1]}.")

    def failing(self, state: State) -> str:
        """The number of a failing that comes upon a state."""
        if state.failings < MOST_FAILINGS:
            return f"its {ORDINALS[state.failings + 1]} failing"
        return f"one more failing; {COUNTS[MOST_FAILINGS]} or more count the same"

    def round(self, it: Round) -> list[str]:
        """What happened at the head of a round: every change, and what was awaited in vain."""
        before = [state for one in self.history.rounds[: it.round - 1]
                  for state in (one.state, one.settled, one.after)]
        failed = it.round > 1 and self.history.rounds[it.round - 2].event.what != "completes"
        state, says = it.state, []
        for party, made in it.moves.items():
            met = PARTIES[party].condition.met(state, self.numbers)
            awaited = {"russia": made.move == "shield" and met, "us": (made.move == "hold") == met
                       and (met or failed), "syria": made.move == "stall" and state.done > 0}
            if made.kind != "keep" or (awaited.get(party) and it.round > 1):
                says.append(self.move(party, made, state, before))
            state = effect(party, made.move, state)
            before = [*before, state]
        if any(made.kind != "keep" for made in it.moves.values()):
            says.append(standing(it.settled))
        return says

    def event(self, it: Round) -> str:
        """What the end of a spell brought, and who was its author."""
        event, state, stage = it.event, it.settled, STAGES[it.stage]
        text, weeks = f"{day(event.date)}: ", (event.turn - it.turn + 1) * DAYS_A_TURN // 7
        if event.what == "completes":
            of = f"stage {tuple(STAGES).index(it.stage) + 1} of {len(STAGES)}"
            return f"{text}{stage.done}, {of}{'; its filing needed no work' * (not state.done)}."
        if "review" in (event.what, event.over):
            text += f"a review finds Syria stalling after {count(weeks, 'week')}"
        else:
            text += f"{stage.short} is found short, by design or in error"
        text += f", {self.failing(state)}"
        chance = percent(spell(state, self.history.true, self.numbers).breaking)
        if event.what != "breaks":
            return f"{text}. Washington does not break off ({chance} likely)." \
                if state.failings else f"{text}."
        text += f". After {count(state.failings, 'earlier failing')}"
        text += " or more" * (state.failings == MOST_FAILINGS)
        text += f" Washington breaks off the talks ({chance} likely)"
        if state.us == "drop":
            return f"{text}; with no threat left the plan dies with them."
        behind = "France behind it" if state.france == "press" else "France at ease"
        finds = "finds" if self.history.outcome == "strike" else "does not find"
        return f"{text} and, {behind}, {finds} support for a strike ({percent(event.support or 0)})."

    def jump(self, it: Round) -> str:
        """Why the odds changed by ten points at the end of a spell, if its event does not say."""
        up, more = (it.then.as_seen[one] - it.quiet.as_seen[one] for one in ("handover", "strike"))
        if it.round == len(self.history.rounds) or max(abs(up), abs(more)) < 0.1:
            return ""
        if it.event.what == "completes":
            return " Less is left that can go wrong."
        russia = self.history.rounds[it.round].moves["russia"]
        leans = russia.probability if russia.move == "lean" else 1 - russia.probability
        if up > 0 and it.after.russia == "shield" and leans >= 0.5:
            return " Moscow will now lean."
        return (" Washington did not break off." if up > 0 and it.settled.failings else
                " What is found short is found in time." if up > 0 else
                " Another failing may end the talks.")

def standing(state: State) -> str:
    """Where the threat, Moscow and the failings stand."""
    return (f"Threat {'on' if state.us == 'hold' else 'off'} · Moscow "
            f"{'shields' if state.russia == 'shield' else 'leans'} · failings {state.failings}"
            + " or more" * (state.failings == MOST_FAILINGS))

@question("run", "How does it play out, round by round?", "seed truth explain",
          ("--seed 7", "--truth tactic --set trust=1", "--explain 2", "--start us.drop"))
def answer_run(request: Namespace, page: Page) -> None:
    """One history: what happened and why, and how else it could have gone."""
    dispute = request.dispute
    solution = solve(dispute, itemised=True, tick=request.tick)
    history, other = (played_by(dispute, solution, request.seed, request.truth, other=it)
                      for it in (False, True))
    page.put(**history_data(history, request.seed), other={
        "true": other.true, "outcome": other.outcome, "turns": other.rounds[-1].event.turn,
        "parts_in_turn": parting(history, other)}, **odds_at_start(dispute, solution))
    same = f" --seed {request.seed}" * (request.seed > 0) + (
        f" --truth {request.truth}" * (request.truth != "drawn"))
    if request.explain:
        if request.explain > len(history.rounds):
            raise UsageError(f"--explain: this history has {len(history.rounds)} rounds")
        explain(page, history, history.rounds[request.explain - 1], dispute)
        describe(page, request)
        page.next(request, f"run{same} --explain {request.explain % len(history.rounds) + 1} # And "
                  "the next round?", "positions", "worlds")
        return
    page.title("Syria's chemical weapons: who moves first? One possible history from "
               f"{day(FIRST_DAY)}")
    page.say(f"A turn is {DAYS_A_TURN} days. What is not in the report (¶) is a judgement. Seed "
             f"{request.seed}.")
    describe(page, request)
    page.say()
    page.entry("In short", in_short(history))
    page.entry("Start", start_in_words(history, page.data["odds"]))
    page.say()
    timeline(page, history, dispute)
    page.say()
    epilogue(page, history, other, dispute)
    picture(page, history)
    _, telling, turn = max((sum(made.kind != "keep" for made in it.moves.values()), it.round,
                            it.turn) for it in history.rounds)
    page.next(request, f"run{same} --explain {telling} # Why did turn {turn} (round {telling}) go so?",
              "odds", f"play --as us{same}")

def odds_at_start(dispute: Dispute, solution: Solution) -> dict[str, Any]:
    """The odds before anything has happened: as Washington sees them, and under either truth."""
    trust = trust_of("us", dispute.start, dispute.parameters)
    odds = {truth: {it: solution.at_start(truth)[it] for it in OUTCOMES} for truth in READINGS}
    return {"odds_by_truth": odds,
            "odds": {it: mean(trust, *(its[it] for its in odds.values())) for it in OUTCOMES}}

def history_data(history: History, seed: int) -> dict[str, Any]:
    """A history as JSON has it."""
    rounds = [{**{name: part for name, part in it._asdict().items()
                  if name not in ("state", "settled", "after", "then")},
               "positions": {party: getattr(it.state, party) for party in PARTIES},
               "failings": it.state.failings, **it.then._asdict()} for it in history.rounds]
    last = history.rounds[-1].event.turn if rounds else 0
    return {"seed": seed, "true": history.true, "rounds": rounds, "turns": last,
            "outcome": history.outcome, "date": first_day(last) if rounds else None}

def in_short(history: History) -> str:
    """The course of a history in a few sentences, from its own facts."""
    rounds = history.rounds
    moved = [(it, party, made) for it in rounds for party, made in it.moves.items()
             if made.kind != "keep"]
    says, first = ["no position ever changed"], None
    if moved:
        first = moved[0][0]
        since = ("until a review found Syria stalling" if first.round > 1 and
                 rounds[first.round - 2].event.what == "review" else f"until turn {first.turn}")
        names = listed(f"{PARTIES[party].in_text} {past(party, made)}" for it, party, made in moved
                       if it is first)
        says = [f"no position changed {since}; then {names}" if first.round > 1 else
                f"at once {names}"]
    work = next((it for it, party, made in moved if made.move == "comply"), None)
    if work is None:
        says.append(WORDING["syria"].never)
    elif work is not first:
        says.append(f"Syria went to work in turn {work.turn}, "
                    + ("once the threat was dropped" if work.settled.us == "drop" else
                       "under the threat")
                    + ", with Moscow leaning on it" * (work.settled.russia == "lean"))
    says += setbacks(history, first)
    return " ".join(map(sentence, [*says, ending(history)]))

def past(party: str, made: Made) -> str:
    """A change of position in the past tense."""
    words = WORDING[party]
    return words.gave if made.move == PARTIES[party].giving else words.went_back

def setbacks(history: History, first: Round | None) -> list[str]:
    """What went wrong on the way, and what became of the threat, repetitions folded."""
    ends = Counter(it.event.over or it.event.what for it in history.rounds)
    stopped = sum(it.state.at_work and it.moves["syria"].move == "stall" for it in history.rounds)
    wrong = [f"{what} {('', 'once', 'twice')[n] if n < 3 else count(n, 'time')}" for what, n in (
        ("found short", ends["short"]), ("found stalling", ends["review"]),
        ("at fault for stopping its work", stopped)) if n]
    threat = [f"{'dropped' if it.moves['us'].move == 'drop' else 'put back'} in turn {it.turn}"
              for it in history.rounds if it.moves["us"].kind != "keep" and it is not first]
    return [f"it was {listed(wrong)}" if wrong else "it was never found failing",
            *(["the threat was " + listed(threat)] if threat else [])]

def ending(history: History) -> str:
    """How a history ended, and when."""
    if not history.outcome:
        return "the table was left"
    last = history.rounds[-1].event
    when = f"in turn {last.turn}, by {day(last.date)}"
    if history.outcome == "handover":
        return f"the handover was complete {when}"
    if last.what == "breaks":
        over = "a stage found short" if last.over == "short" else "Syria's stalling"
        end = "and struck" if history.outcome == "strike" else "and the plan died"
        return f"Washington broke off over {over} {end} {when}"
    return f"no end was in sight after the last round: stalemate {when}"

def start_in_words(history: History, odds: Mapping[str, float]) -> str:
    """Where everybody stands at the start, and why those who hold on do so."""
    first, positions, holding = history.rounds[0], [], {}
    for party in ("us", "france", "russia", "opposition"):
        it, made, move = PARTIES[party], first.moves[party], getattr(first.state, party)
        words = WORDING[party].holds if move == it.declared else it.gives
        positions.append(f"{it.in_text} {words} ({it.stated})")
        if made.kind == "keep" and made.why and made.move == it.declared:
            holding.setdefault(made.why.reason, []).append(party)
    reasons = {"face": "giving way unasked would cost {} face",
               "strain": "leaning would strain the alliance of {}",
               "outcomes": "giving way would worsen the odds for {}"}
    says = [reasons.get(reason, "it costs {} less to wait").format(
        "each" if len(its) == len(positions) else listed(PARTIES[it].in_text for it in its))
        for reason, its in holding.items()]
    never = [PARTIES[party].in_text for its in holding.values() for party in its
             if all(it.moves[party].kind == "keep" for it in history.rounds)]
    text = listed(positions) + f": {'; '.join(says)}" * bool(says)
    if 0 < len(never) < len(positions):
        text += f". {sentence(listed(never))[:-1]} never will"
    if first.state.syria == PARTIES["syria"].declared:
        text += ". Syria will not act under threat (¶2)"
        text += " but has filed to join the ban (¶9)" * (first.stage == "join")
    trusts = [percent(first.moves[party].trust or 0.0) for party in ("us", "russia")]
    return (f"{sentence(text)} Trust that Assad means the offer: {trusts[0]} in Washington, Paris and "
            f"the opposition, {trusts[1]} in Moscow (judgements).")

def timeline(
    page: Page, history: History, dispute: Dispute, seats: Collection[str] = ()
) -> None:
    """The rounds and what came of each: when, what happened and why, and what was believed."""
    teller = Teller(history, dispute, seats)
    rows: list[tuple[str, list[str], Seen]] = []
    for it in history.rounds:
        if says := teller.round(it):
            rows.append((str(it.turn), says, it.quiet))
        turns = f"to {it.event.turn}" if it.event.turn > it.turn or says else str(it.turn)
        rows.append((turns, [teller.event(it) + teller.jump(it)], it.then))
    wide, room = page.width >= 72, page.width - 28
    if wide:
        head = "Turn  What happened, and why"
        page.say(f"{head}{'As Washington sees it: trust handover strike':>{page.width - len(head)}}",
                 color="title")
    for turns, says, seen in rows:
        shown = [percent(it) for it in (seen.trust, seen.as_seen["handover"],
                                        seen.as_seen["strike"])]
        if not wide:
            page.say(f"Turn {turns}: {' '.join(says)} Washington's trust {shown[0]}, "
                     f"handover {shown[1]}, strike {shown[2]}.", "", "  ")
            continue
        for place, line in enumerate(line for text in says for line in wrapped(text, room)):
            figures = "" if place else " {:>5} {:>8} {:>6}".format(*shown)
            page.lines.append(f"{'' if place else turns:<6}{line:<{room}}{figures}".rstrip())

def epilogue(
    page: Page, history: History, other: History | None, dispute: Dispute
) -> None:
    """How it ended, how likely that was, who never moved, what was true, and the other Assad."""
    outcome, prior = history.outcome, percent(dispute.parameters["prior"])
    if not outcome:
        page.entry("Outcome", "none: the table was left.")
        return
    ended = history.rounds[-1].event
    such = {truth: percent(its[outcome]) for truth, its in page.data["odds_by_truth"].items()}
    page.entry("Outcome", f"{sentence(outcome)[:-1]} in turn {ended.turn}, by {day(ended.date)}. "
               f"Washington had given a {outcome} {percent(page.data['odds'][outcome])}; it comes in "
               f"{under(such)}.", outcome)
    if still := unmoved(history, dispute.parameters):
        page.entry("Unmoved", still)
    page.entry("Assad", minds(history, prior, dispute.parameters["prior"]))
    if other:
        parts, end = parting(history, other), other.rounds[-1].event
        how = "does the same to the end" if parts is None else f"parts in turn {parts}"
        page.entry("The other", f"Assad, with the same draws, {how}: {other.outcome} in turn "
                   f"{end.turn}.")
    page.entry("Notes", "Trust is in what he intends, not in what is done: it can be low with a "
               "handover near. Odds in a reason are its party's at that moment, with the move (else "
               "without); the columns stand after all moves. Where no chance is given a move was the "
               f"likelier one. Which Assad it is, is drawn at {prior}.")

def unmoved(history: History, numbers: Parameters) -> str:
    """Who kept its declared position throughout, and why."""
    says = []
    best = max(state.record for it in history.rounds for state in (it.state, it.settled))
    for party, it in PARTIES.items():
        if any(getattr(state, party) != it.declared
               for one in history.rounds for state in (one.state, one.settled)):
            continue
        words = WORDING[party]
        made = None
        for one in history.rounds:  # a round in which its condition was met
            state = one.state
            for mover, its in one.moves.items():
                if mover == party and its.why and it.condition.met(state, numbers):
                    made = made or (its, its.why, state)
                state = effect(mover, its.move, state)
        if made and party != "syria":
            worth = utilities(party, WORD, numbers)
            most = max(made[1].terms, key=made[1].terms.__getitem__)
            says.append(f"{words.never}, though {words.met}: "
                        f"{term_in_words(party, made[0], made[1], most, made[2], worth)}")
        else:
            record = f", its record {best:+d} at best" * (it.condition.words in (
                DEEDS.words, RESULTS.words))
            says.append(f"{words.never}: {words.unmet}{record}")
    return sentence("; ".join(says)) if says else ""

def minds(history: History, prior: str, reader: float) -> str:
    """What was true, and what Washington, Moscow and an outside reader made of it."""
    last, trust = history.rounds[-1].then, history.rounds[0].moves["us"].trust or 0.0
    steps, reads = [], []
    for it in history.rounds:
        for seen, turn in ((it.quiet, it.turn), (it.then, it.event.turn)):
            steps.append((abs(seen.trust - trust), f"turn {turn}, {percent(trust)} to "
                          f"{percent(seen.trust)}"))
            reads.append((abs(seen.reader - reader), f"turn {turn}, {percent(reader)} to "
                          f"{percent(seen.reader)}"))
            trust, reader = seen.trust, seen.reader
    meant = "meant the offer" if history.true == WORD else "did not mean the offer"
    return (f"{meant} (revealed here). Trust ends at {percent(last.trust)} in Washington (largest "
            f"step: {max(steps)[1]}), {percent(last.trust_moscow)} in Moscow; they judge by stages and "
            f"failings alone. A reader who starts at {prior} and judges every move by how likely "
            f"either Assad is to make it ends at {percent(last.reader)} (largest step: "
            f"{max(reads)[1]}).")

def picture(page: Page, history: History) -> None:
    """Who stood where, turn by turn, and what the ends of the spells brought."""
    turns = history.rounds[-1].event.turn
    scale = -(-turns // (page.width - 19))  # turns a sign
    spots = -(-turns // scale)
    order = ("us", "russia", "syria", "france", "opposition")
    rows, marks, ruler = {party: ["."] * spots for party in order}, [" "] * spots, [" "] * (spots + 4)
    for it in history.rounds:
        for turn, party in product(range(it.turn, it.event.turn + 1), order):
            if getattr(it.settled, party) == PARTIES[party].giving:
                rows[party][(turn - 1) // scale] = "#"
        if it.state.at_work and it.moves["syria"].move == "stall":
            marks[(it.turn - 1) // scale] = "w"
        marks[(it.event.turn - 1) // scale] = {
            "completes": str(it.after.done), "short": "s", "review": "r", "breaks": "b"}[it.event.what]
    for turn in (1, *range(5 * scale, turns + 1, 5 * scale)):
        for place, sign in enumerate(str(turn), (turn - 1) // scale):
            ruler[place] = sign
    page.say(f"{'By turn':<19}{''.join(ruler)}".rstrip(), color="title")
    for party, row in rows.items():
        page.lines.append(f"{WORDING[party].drawn:<19}{''.join(row)}")
    page.lines.append(f"{'Stage or failing':<19}{''.join(marks)}".rstrip())
    page.say(f"1-{len(STAGES)}: stage complete; s: found short; r: review; w: stops its work; b: talks "
             "broken off.")

# -------------------------------------------------------- run --explain: a round by hand

OPTION_TABLE = (
    Column("move", "Move", left=True), Column("word", "If word", number(4)),
    Column("tactic", "If tactic", number(4)), Column("face", "Face", number(2)),
    Column("value", "Value", number(4)), Column("weight", "Weight", number(4)),
    Column("probability", "Probability", number(4)),
)

def explain(page: Page, history: History, it: Round, dispute: Dispute) -> None:
    """One round and its spell traced to the rules, number by number."""
    numbers, state = dispute.parameters, it.state
    page.title(f"Round {it.round}, turn {it.turn} from {day(it.date)}, stage {it.stage}: by hand")
    page.say("If word, if tactic: the party's expected payoff of what follows, under either truth. "
             "Value: trust × the first + (1 - trust) × the second, less the face that the move costs "
             f"now. Weight: exp(rationality {numbers['rationality']:g} × distance to the best value). "
             "Reason: what each term does for the move made, against the other.")
    for party, made in it.moves.items():
        explain_move(page, party, made, state, numbers)
        state = effect(party, made.move, state)
    page.title("What follows")
    explain_spell(page, it, history.true, numbers)
    before = history.rounds[it.round - 2].then.reader if it.round > 1 else numbers["prior"]
    explain_beliefs(page, it, before, numbers)

def explain_move(page: Page, party: str, made: Made, state: State, numbers: Parameters) -> None:
    """A decision: its condition, what either move is worth, the draw, and the reason as a sum."""
    it = PARTIES[party]
    met = "met" if it.condition.met(state, numbers) else "not met"
    page.title(f"{it.label}: {made.move} ({made.kind})")
    page.say(f"Condition ({it.condition.words.format(deeds=numbers['deeds'])}): {met}.", "  ", "  ")
    views = [(WORD, made.trust)] if made.by_truth is None else [(t, None) for t in READINGS]
    for truth, trust in views:
        faces = {move: numbers["face"] * (kind_of(party, move, state, numbers)
                                          in ("concession", "reversal")) for move in made.follows}
        values = {move: mean(float(truth == WORD) if trust is None else trust, *its.values())
                  for move, its in made.follows.items()}
        shares = logit(list(values.values()), numbers["rationality"])
        best = max(values.values())
        believed = f"Under '{truth}'" if trust is None else f"Trust {trust:.4f}"
        page.say(f"{believed}:", "  ")
        page.table(OPTION_TABLE, [
            {"move": move, "word": its[WORD] + faces[move], "tactic": its[TACTIC] + faces[move],
             "face": faces[move], "value": values[move],
             "weight": exp(numbers["rationality"] * (values[move] - best)), "probability": share}
            for (move, its), share in zip(made.follows.items(), shares)])
        why = made.why if made.by_truth is None else made.by_truth[truth]["why"]
        if why:
            terms = " ".join(f"{number(4, '+')(x)} {name}" for name, x in why.terms.items())
            page.say(f"Reason: {terms} = {number(4, '+')(why.gain)}, so {why.reason}.", "  ", "    ")
    page.say(f"The draw {made.draw:.4f} falls on {made.move}.", "  ")

def explain_spell(page: Page, it: Round, truth: str, numbers: Parameters) -> None:
    """The chances of a spell's turns, its length, and the support where the talks broke off."""
    its, event, turns = spell(it.settled, truth, numbers), it.event, it.event.turn - it.turn + 1
    kind = "a stage under way" if its.working else "Syria stalls"
    page.entry("Spell", f"{kind}: nothing before its turn {its.least}, then due with {its.due:.4f}; "
               f"failing {its.failing:.4f}, breaking {its.breaking:.4f}; {its.length:.2f} turns on "
               f"average, {turns} here")
    chances = ", ".join(f"{name} {share:.4f}" for name, share in event.chances[-1].items() if share)
    page.entry("Its end", f"turn {event.turn}: {chances}; the draw {event.draws[turns - 1]:.4f} is "
               f"{event.what}")
    if event.support is not None:
        state = it.settled
        if state.us == "drop":
            odds = "none, the threat is off the table"
        else:
            odds = f"{numbers['support']:g} / {1 - numbers['support']:g}"
            if 0 < numbers["support"] < 1:
                odds += f" × {numbers['cause']:g} ^ {max(0, state.failings - 1)}"
                odds += f" / {numbers['backing']:g}" * (state.france == "ease")
            else:
                odds = "certain either way"
        page.entry("Support", f"odds {odds}: {event.support:.4f}; the draw {event.draws[-1]:.4f}")

def explain_beliefs(page: Page, it: Round, before: float, numbers: Parameters) -> None:
    """The record, the rule of trust, and the reader's Bayes."""
    state = it.after
    page.entry("Record", f"max(0, {state.done} - 1) - {state.failings} = {state.record:+d}")
    for who, party, name in (("Washington", "us", "trust"), ("Moscow", "russia", "trust_moscow")):
        trust = numbers[name]
        odds = ("a closed mind that no deed moves" if trust in (0.0, 1.0) else
                f"odds {trust:g} / {1 - trust:g} × {numbers['credit']:g} ^ {state.record}")
        page.entry("Trust", f"{who}: {odds}: {trust_of(party, state, numbers):.4f}")
    syria = it.moves["syria"].by_truth or {}
    word, tactic = (its["probability"] for its in syria.values())
    page.entry("Reader", f"Bayes, after the moves: {before:.4f} × {word:.4f} / ({before:.4f} × "
               f"{word:.4f} + {1 - before:.4f} × {tactic:.4f}) = {it.quiet.reader:.4f}")
    word, tactic = it.event.likelihood.values()
    reader = it.quiet.reader
    page.entry("", f"after the spell: {reader:.4f} × {word:.4f} / ({reader:.4f} × {word:.4f} + "
               f"{1 - reader:.4f} × {tactic:.4f}) = {it.then.reader:.4f}")

# ------------------------------------------------------------- play: a seat, or five, at the table

def received(history: History, party: str, numbers: Parameters) -> float:
    """What a party got: its utility of the outcome less every price it paid."""
    counts: Counter[Event] = Counter()
    for it in history.rounds:
        counts.update((who, made.kind) for who, made in it.moves.items())
        for event in tolls(it.settled):
            counts[event] += it.event.turn - it.turn + 1
        counts[SHORT] += "short" in (it.event.what, it.event.over)
    rates = rates_of(party, history.true, numbers)
    return rates[history.outcome] + fsum(n * rates.get(event, 0.0) for event, n in counts.items())

def departures_of(history: History, party: str) -> list[dict[str, Any]]:
    """Where a seat passed over a better move, the costliest first, with the model's reason."""
    found = []
    for it in history.rounds:
        made = it.moves[party]
        if made.why and made.why.gain < -ROUNDING:
            found.append({
                "round": it.round, "turn": it.turn, "move": made.move,
                "better": made.why.against, "cost": -made.why.gain,
                "reason": min(made.why.terms, key=made.why.terms.__getitem__)})
    return sorted(found, key=lambda departure: -departure["cost"])

class Table:
    """The people at the table: asks the seats in turn order, and keeps their answers."""

    def __init__(self, request: Namespace, seats: Sequence[str], page: Page, out: Any) -> None:
        self.dispute, self.seats, self.page, self.out = request.dispute, seats, page, out
        self.given = [word for word in request.moves.split(",") if word]
        self.answers: list[str] = []
        self.sitting, self.seen_sheet = "", set[str]()
        if hasattr(sys.stdin, "reconfigure"):  # so that no byte typed is an error
            sys.stdin.reconfigure(errors="replace")

    def ask(self, rounds: Sequence[Round], state: State, party: str, drawn: Made, truth: str
            ) -> str:
        """A seat's move, given before or typed now; the model's where nobody sits."""
        if party not in self.seats:
            return drawn.move
        menu_ = list(drawn.values)
        if len(menu_) > 1 and self.given:
            word = self.given.pop(0)
            if word not in menu_:
                raise UsageError(f"--moves: {shown(word)} is not a move of {PARTIES[party].in_text}: "
                                 f"{', '.join(menu_)}")
            self.answers.append(word)
            return word
        self.hand_over(party)
        self.situation(rounds, state, party, truth)
        if len(menu_) == 1:
            why = ("while the first stage is in hand" if party == "syria" and not state.done
                   else "by what is off the table")
            self.page.say(f"{sentence(PARTIES[party].in_text)[:-1]} has one move, {menu_[0]}, {why}: "
                          "it is made.")
            self.tell("")
            return menu_[0]
        self.answers.append(self.answer(state, party, menu_, truth))
        return self.answers[-1]

    def answer(self, state: State, party: str, menu_: Sequence[str], truth: str) -> str:
        """What the seat types: Enter keeps the position; raises Leave at q or the end of input."""
        position = getattr(state, party)
        while True:
            self.tell(f"{PARTIES[party].capital}: {' or '.join(menu_)} (Enter: {position})? ")
            typed = self.read()
            word = typed.strip().lower()
            if not typed or word in ("q", "quit"):
                raise Leave
            if not word and position in menu_:
                return position
            meant = [move for move in menu_ if word and move.startswith(word)]
            if len(meant) == 1:
                return meant[0]
            if word == "?":
                self.role_sheet(party, truth)
            else:
                self.page.say(f"{shown(word)} is not possible: {', '.join(menu_)}, Enter to keep the "
                              "position, ? for the role sheet, q to leave.")

    def read(self) -> str:
        """A line of input; none where it has ended or cannot be read."""
        typed = ""
        with suppress(OSError, ValueError, AttributeError):
            typed = sys.stdin.readline()
        if not (typed and sys.stdin.isatty()):
            self.tell("\n")  # which a terminal echoes by itself
        return typed

    def hand_over(self, party: str) -> None:
        """Between two seats: a screen's worth of lines, so that no neighbour reads along."""
        if self.sitting not in ("", party) and self.out.isatty():
            from shutil import get_terminal_size

            self.page.say(f"Hand over to {PARTIES[party].capital}, then press Enter.")
            self.tell("")
            self.read()
            self.tell("\n" * get_terminal_size().lines)
        elif self.sitting not in ("", party):
            self.page.say(f"Hand over to {PARTIES[party].capital}.")
        self.sitting = party
    
    def situation(self, rounds: Sequence[Round], state: State, party: str, truth: str) -> None:
        """Where things stand when a seat is asked: the record, both trusts, what each waits for."""
        page, numbers = self.page, self.dispute.parameters
        if party not in self.seen_sheet:
            self.seen_sheet.add(party)
            self.role_sheet(party, truth)
        turn = rounds[-1].event.turn + 1 if rounds else 1
        page.title(f"Round {len(rounds) + 1}, turn {turn}, {day(first_day(turn))}: "
                   f"{PARTIES[party].capital} to move")
        teller = Teller(History(truth, list(rounds), None), self.dispute)
        for it in rounds[-1:]:
            page.say(teller.event(it))
        page.say(f"Stage in hand: {tuple(STAGES)[state.done]}, {state.done} of {len(STAGES)} done. "
                 f"{standing(state)}. Record {state.record:+d}.")
        page.say(f"Trust in Assad's word: Washington {percent(trust_of('us', state, numbers))}, Moscow "
                 f"{percent(trust_of('russia', state, numbers))}.")
        for name, it in PARTIES.items():
            met = "met" if it.condition.met(state, numbers) else "not met"
            page.say(f"{it.label} at {getattr(state, name)}; its condition is {met}: "
                     f"{it.condition.words.format(deeds=numbers['deeds'])}", "  ", "    ")

    def role_sheet(self, party: str, truth: str) -> None:
        """What a seat wants, declared and waits for, what its moves cost, what it knows."""
        it, page, numbers = PARTIES[party], self.page, self.dispute.parameters
        ranking = it.ranking or READINGS[truth].ranking
        page.title(f"Your seat: {it.capital}")
        page.entry("You want", f"{' > '.join(ranking)}: 1 for the best, 0 for the worst, "
                   f"{numbers[f'middle_{party}']:g} between, less prices")
        page.entry("Declared", f"{it.declared}: {it.stance} ({it.stated})")
        page.entry("Or", f"{it.giving}: {it.gives}; costs no face ({numbers['face']:g}) once "
                   f"{it.condition.words.format(deeds=numbers['deeds'])} ({it.condition.source}); to "
                   "go back costs face while that lasts")
        prices = [f"{name} {numbers[name]:g}: {PARAMETERS[name].means}"
                  for name in CHARGED[party] if name != "face" and (
                      name not in GAINS or GAINS[name] == truth)]
        if prices:
            page.entry("A turn", "; ".join(prices))
        if party == "syria":
            page.entry("You know", f"what nobody else does: {READINGS[truth].claim}")
        else:
            page.entry("You know", "the record and everybody's position, but not whether Assad means "
                       "the offer")
        page.entry("Answer", "a move or its beginning; Enter keeps your position, ? shows this sheet, "
                   "q leaves the table")

    def tell(self, prompt: str) -> None:
        """Say what the page holds; beside a JSON answer its loss must not cost the answer."""
        text = "".join(f"{line.rstrip()}\n" for line in self.page.lines) + prompt
        self.page.lines.clear()
        try:
            emit(text, self.out)
        except (OSError, ValueError):
            if self.out is sys.stdout:
                raise

@question("play", "What would you do in a party's seat?", "as seed truth moves",
          ("--as us", "--as all --seed 7", "--as us --as syria --truth tactic",
           "--as us --seed 7 --moves hold,hold,drop"))
def answer_play(request: Namespace, page: Page) -> None:
    """A history in which people decide for some parties, and what it cost or gained them."""
    dispute, taken = request.dispute, vars(request)["as"]
    if not taken:
        raise UsageError(f"play: whose seat? --as PARTY, one or many of {', '.join(PARTIES)}, or all")
    seats = [party for party in ORDER if party in taken or "all" in taken]
    solution = solve(dispute, itemised=True, tick=request.tick)
    request.tick.wipe()
    aside = Page(page.width, page.color)
    table = Table(request, seats, aside, sys.stderr if request.json else sys.stdout)
    history = played_by(dispute, solution, request.seed, request.truth, table.ask)
    if table.given:
        raise UsageError(f"--moves: {len(table.given)} more than were asked for")
    departures = {party: departures_of(history, party) for party in seats}
    page.put(**history_data(history, request.seed), **odds_at_start(dispute, solution), seats=seats,
             departures=departures, moves=table.answers)
    page.title(f"The history that {'you' if len(seats) == 1 else 'the table'} made")
    describe(page, request)
    timeline(page, history, dispute, seats)
    page.say()
    epilogue(page, history, None, dispute)
    page.title("What the seats made of it")
    for party in seats:
        it = PARTIES[party]
        if history.outcome:
            page.entry(it.capital, f"received {FIGURE(received(history, party, dispute.parameters))}; "
                       f"the model expected {FIGURE(solution.at_start(history.true)[party])} of this "
                       "seat")
        for one in departures[party][:2]:
            page.say(f"turn {one['turn']}: {one['move']} instead of {one['better']} gave up "
                     f"{FIGURE(one['cost'])}; for {one['better']} spoke above all: {one['reason']}",
                     " " * 10, " " * 12)
    same = " ".join(f"--as {party}" for party in taken)
    replay = f"play {same} --seed {request.seed}" + (
        f" --truth {request.truth}" * (request.truth != "drawn"))
    moves = f" --moves {','.join(table.answers)}" * bool(table.answers)
    page.next(request, f"{replay}{moves} # This game again", f"run --seed {request.seed} # Without "
              "you", "settle")

# -------------------------------------------------------------- odds: should he be believed?

def forecasts(solution: Solution, barred: Collection[int] = ()) -> dict[str, Forecast]:
    """What follows under either truth."""
    return {truth: forward(solution, truth, barred) for truth in READINGS}

def trusting(graph: Graph, dispute: Dispute, trust: float) -> Graph:
    """The same dispute with another trust of Washington's, Paris's and the opposition's."""
    return graph.believing(game_of(dispute.setting(trust=trust)).belief)

def first_movers(solution: Solution) -> dict[str, dict[str, float]] | None:
    """By truth: how likely each party is the first to change its position; None if Syria works.

    Exact: until then the positions are those of the start.
    """
    graph = solution.graph
    start = graph.states[0]
    if start.at_work:
        return None
    changed = {place for place, state in enumerate(graph.states) if state[2:] != start[2:]}
    found = {}
    for truth in READINGS:
        first = dict.fromkeys(PARTIES, 0.0)
        for _, depth, mass, parts in flow(solution, truth, changed):
            if parts and depth < len(ORDER):
                first[ORDER[depth]] += fsum(
                    x for after, part in zip(graph.steps[depth].after, parts)
                    for place, x in zip(after, part) if place in changed)
        found[truth] = {**first, "nobody": fsum(mass)}
    return found

def how_it_ends(solution: Solution, handover: Mapping[str, float]) -> dict[str, dict[str, float]]:
    """By truth: a handover with the threat never dropped, and one after it was."""
    dropped = {place for place, state in enumerate(solution.graph.states) if state.us == "drop"}
    found = {}
    for truth, it in forecasts(solution, dropped).items():
        held = it.odds["handover"]
        found[truth] = {"under_threat": held, "after_drop": max(0.0, handover[truth] - held)}
    return found

def deeds_of(dispute: Dispute, found: Mapping[str, Forecast]) -> list[dict[str, Any]]:
    """What Washington believes in every situation, and what the model's own play earns there."""
    trust = trust_of("us", dispute.start, dispute.parameters)
    rows = []
    for failings, done in product(range(MOST_FAILINGS + 1), range(len(STAGES))):
        begun = {truth: fsum(n for state, n in it.visits.items()
                             if (state.done, state.failings) == (done, failings))
                 for truth, it in found.items()}
        if any(begun.values()):
            rounds = mean(trust, *begun.values())
            rows.append({
                "done": done, "failings": failings,
                "believed": trust_of("us", State(done, failings), dispute.parameters),
                "earned": trust * begun[WORD] / rounds if rounds else None,
                "expected_rounds": rounds,
            })
    return rows

def best_trust(rungs: Sequence[Mapping[str, Any]]) -> list[dict[str, float]]:
    """The upper envelope of the rungs' lines: US payoff by the probability q of `word`.

    A rung that is best at a single q is not listed; where rungs tie it is the lowest.
    """
    worth: dict[float, dict[str, float]] = {}
    for rung in rungs:
        worth.setdefault(rung["trust"], {})[rung["true"]] = rung["payoffs"]["us"]
    crossings = {0.0, 1.0}
    for one, other in product(worth.values(), repeat=2):
        at_0, at_1 = (one[truth] - other[truth] for truth in (TACTIC, WORD))
        if at_0 < -TIE and at_1 > TIE:
            crossings.add(at_0 / (at_0 - at_1))
    found: list[dict[str, float]] = []
    points = sorted(crossings)
    for start, end in zip(points, points[1:]):
        values = {trust: mean((start + end) / 2, us[WORD], us[TACTIC])
                  for trust, us in worth.items()}
        best = min(t for t, value in values.items() if value > max(values.values()) - TIE)
        if found and found[-1]["trust"] == best:
            start = found.pop()["from"]
        if end - start > ROUNDING:
            found.append({"from": start, "to": end, "trust": best})
    return found

def rungs_of(trust: float, solution: Solution, found: Mapping[str, Forecast]
             ) -> list[dict[str, Any]]:
    """What a trust leads to, under either truth."""
    return [{
        "trust": trust, "true": truth, "odds": it.odds, "payoffs": solution.at_start(truth),
        "expected_rounds": fsum(it.visits.values()), "expected_turns": it.counts[TURNS],
        "expected_stalls": it.counts[STALLED], "expected_short": it.counts[SHORT],
        **{f"expected_{kind}s": {party: it.counts[party, kind] for party in PARTIES}
           for kind in ("concession", "reversal")},
    } for truth, it in found.items()]

FIGURE = number()
LADDER = (
    Column("trust", "Trust", lambda it: f"{100 * it:.12g}%"), Column("true", "If", left=True),
    *(Column(f"odds.{it}", it.capitalize(), FIGURE) for it in OUTCOMES),
    Column("payoffs.us", "US", FIGURE), Column("payoffs.syria", "Syria", FIGURE),
    Column("expected_rounds", "Rounds", number(2)), Column("expected_turns", "Turns", number(1)),
    Column("expected_stalls", "Stalled", number(1)), Column("expected_short", "Short", number(2)),
)
FIRST = (Column("true", "If", left=True), *(
    Column(name, PARTIES[name].label if name in PARTIES else "Nobody", percent)
    for name in (*PARTIES, "nobody")))
ENDS = (Column("true", "If", left=True),
        Column("under_threat", "Handover, threat never dropped", percent),
        Column("after_drop", "Handover after a drop", percent))
DEEDS_TABLE = (
    Column("done", "Stages done"),
    Column("failings", "Failings", lambda n: f"{n}{' or more' * (n == MOST_FAILINGS)}"),
    Column("believed", "Believed", percent),
    Column("earned", "Earned", lambda it: "" if it is None else percent(it)),
    Column("expected_rounds", "Rounds that begin so", number(2)),
)

@question("odds", "Should Assad be taken at his word?", "",
          ("", "--set trust=0.4 --start us.drop", "--forbid russia.lean"))
def answer_odds(request: Namespace, page: Page) -> None:
    """The ladder of trust, who moves first, how it ends, and what deeds are worth."""
    dispute, trust = request.dispute, request.dispute.parameters["trust"]
    graph, rungs = unfold(game_of(dispute)), []
    ladder = sorted({*RUNGS, trust})
    for place in request.tick.each(len(ladder)):
        solution = backward(trusting(graph, dispute, ladder[place]), request.tick)
        found = forecasts(solution)
        rungs += rungs_of(ladder[place], solution, found)
        if ladder[place] == trust:
            first, deeds = first_movers(solution), deeds_of(dispute, found)
            ends = how_it_ends(solution, {t: it.odds["handover"] for t, it in found.items()})
            unforced = working_unforced(solution)
    page.title("Should Assad be taken at his word (¶13)? What each trust leads to")
    verdict_on_trust(page, rungs, trust)
    describe(page, request)
    page.say()
    page.table(LADDER, rungs, "rungs", gap=1)
    page.say("If: what is true of Assad. US, Syria: expected payoffs, 1 for the best outcome, 0 for "
             "the worst, less prices. Short: stages found short.")
    best = best_trust(rungs)
    page.put(best_trust=best, first_mover=first, how_it_ends=ends)
    page.say("The trust that serves the US best, by the probability that he means the offer: "
             + "; ".join(f"{100 * it['trust']:g}% from {100 * it['from']:.3g} to "
                         f"{100 * it['to']:.3g}%" for it in best) + ".")
    if first:
        page.title("Who is the first to change its position")
        page.table(FIRST, [{"true": truth, **its} for truth, its in first.items()])
    page.title("How it ends")
    page.table(ENDS, [{"true": truth, **its} for truth, its in ends.items()])
    page.title(f"What deeds are worth, at trust {trust:g}")
    page.say(worth_of_deeds(deeds, unforced))
    page.table(DEEDS_TABLE, deeds, "deeds")
    page.say("Earned: in what share of such rounds he means it, by the model's own play.")
    page.next(request, "worlds # How firm is this?", f"run --truth {TACTIC}", "claims")

def verdict_on_trust(page: Page, rungs: Sequence[Mapping[str, Any]], trust: float) -> None:
    """Two plain sentences on ¶13: full trust, and none, against the rule."""
    us = {(rung["trust"], rung["true"]): rung["payoffs"]["us"] for rung in rungs}
    for other, name in ((1.0, "Taking him fully at his word"), (0.0, "Never trusting him")):
        change = {truth: us[other, truth] - us[trust, truth] for truth in READINGS}
        told = [f"{'gains' if it > 0 else 'loses'} the US {abs(it):.3f}" if abs(it) >= 0.0005
                else "changes nothing for the US" for it in change.values()]
        odds = {rung["true"]: percent(rung["odds"]["handover"]) for rung in rungs
                if rung["trust"] == other}
        page.say(f"{name} {told[0]} if he means the offer and {told[1]} if not, against trust "
                 f"{100 * trust:g}% that follows his record (of 1 between its best and its worst "
                 f"outcome); a handover then comes in {under(odds)}.")

def working_unforced(solution: Solution) -> dict[str, float] | None:
    """How likely Syria is to work in its first round with work to do, if nobody has moved."""
    graph = solution.graph
    start = graph.states[0]
    state = start._replace(done=max(1, start.done))
    number = state.done - start.done
    if start.at_work or start.us == "drop" or state not in graph.index \
            or number >= graph.game.rounds:
        return None
    depth, place = ORDER.index("syria"), graph.index[state]
    if len(graph.game.branches("syria", state)) < 2:
        return None
    return {truth: 1 - solution.share(number, depth, place, truth) for truth in READINGS}

def worth_of_deeds(deeds: Sequence[Mapping[str, Any]], unforced: Mapping[str, float] | None
                   ) -> str:
    """What tells the two Assads apart, and what the rule of trust makes of it."""
    text = ""
    if unforced:
        text = (f"To go to work at once, under the threat and before anybody leans, tells the two "
                f"apart: {under({t: percent(it) for t, it in unforced.items()})}. ")
    gaps = [it for it in deeds if it["earned"] is not None and it["expected_rounds"] >= NOTICEABLE]
    low = min(gaps, key=lambda it: it["believed"] - it["earned"])
    high = max(gaps, key=lambda it: it["believed"] - it["earned"])
    for row, word in ((low, "too little"), (high, "too much")):
        if abs(row["believed"] - row["earned"]) >= QUOTED:
            text += (f"The rule, which counts stages and failings, believes {word} with "
                     f"{count(row['done'], 'stage')} done and {count(row['failings'], 'failing')}: "
                     f"{percent(row['believed'])}, where {percent(row['earned'])} is earned. ")
    return text.strip() or "The rule believes about what deeds earn."

# --------------------------------------------------------------- claims: who is right?

FIGURES: dict[str, Callable[[Forecast, float], float]] = {  # of a forecast and the US payoff
    "odds of a handover": lambda found, us: found.odds["handover"],
    "odds of a strike": lambda found, us: found.odds["strike"],
    "share of turns stalled": lambda found, us: found.counts[STALLED] / found.counts[TURNS],
    "US payoff": lambda found, us: us,
}

def figures_of(dispute: Dispute, tick: Callable[[int, int], None]) -> dict[str, dict[str, float]]:
    """What claims are about, by truth."""
    solution = solve(dispute, tick=tick)
    return {truth: {name: it(found, solution.at_start(truth)["us"])
                    for name, it in FIGURES.items()}
            for truth, found in forecasts(solution).items()}

def tested(dispute: Dispute, progress: "Callable[[int, int], None]") -> list[dict[str, Any]]:
    """Every claim put to the test; equal tests are solved once."""
    before, solved, rows = figures_of(dispute, progress), {}, []
    for claim in CLAIMS:
        test = (claim.forbid, claim.commit, claim.numbers)
        left_out = {*dispute.forbidden, *claim.forbid}
        playable = not any({(party, it.declared), (party, it.giving)} <= left_out
                           for party, it in PARTIES.items())
        if claim.figure and playable and test not in solved:
            solved[test] = figures_of(dispute.setting(**dict(claim.numbers))._replace(
                forbidden=tuple(left_out), commitments=claim.commit), progress)
        truths = {truth: case_of(claim, before[truth], solved[test][truth])
                  for truth in READINGS} if claim.figure and playable else None
        verdict, slight = verdict_of(truths, before, solved.get(test))
        rows.append({
            "who": claim.who, "paragraphs": claim.paragraphs, "claim": claim.claim,
            "test": claim.test, "figure": claim.figure, "should": claim.should,
            "truths": truths or dict.fromkeys(READINGS, {
                "before": None, "after": None, "change": None, "borne_out": None}),
            "verdict": verdict, "slight": slight, "share_of_worlds": None, "firmness": None,
        })
    return rows

def case_of(claim: Claim, before: Mapping[str, float], after: Mapping[str, float]
            ) -> dict[str, Any]:
    """A claim's figure before and after its test, and whether it did as claimed."""
    was, now = before[claim.figure or ""], after[claim.figure or ""]
    change, least = now - was, NOTICEABLE - ROUNDING
    borne_out = {"rise": change >= least, "fall": change <= -least, "not fall": change > -least,
                 "not move": abs(change) < least}[claim.should or ""]
    return {"before": was, "after": now, "change": change, "borne_out": borne_out}

def verdict_of(truths: Mapping[str, Any] | None, before: Mapping[str, Any],
               after: Mapping[str, Any] | None) -> tuple[str, bool]:
    """The stated rule, and whether the verdict is slight: on no more than twice what counts.

    Borne out under both truths a claim holds, under neither it fails, else it depends on Assad;
    without a test, or where it changes nothing at all, it is beyond the model.
    """
    if truths is None or after is None or all(
            abs(after[truth][name] - it) < ROUNDING
            for truth, its in before.items() for name, it in its.items()):
        return "beyond the model", False
    borne_out = sum(case["borne_out"] for case in truths.values())
    slight = all(abs(case["change"]) <= 2 * NOTICEABLE + ROUNDING for case in truths.values())
    return ("fails", "depends on Assad", "holds")[borne_out], slight

@question("claims", "Who is right about what would follow?", "worlds seed",
          ("", "--worlds 0", "--worlds 50 --seed 3", "--set deeds=2"))
def answer_claims(request: Namespace, page: Page) -> None:
    """What the report's speakers say would follow, put to the test."""
    count_of = 10 if request.worlds is None else request.worlds
    rows = tested(request.dispute, request.tick)
    if count_of:
        agreed = [0] * len(rows)
        for world in worlds_of(request, count_of):
            again = tested(world, request.tick)
            agreed = [n + (a["verdict"] == b["verdict"]) for n, a, b in zip(agreed, again, rows)]
        for row, n in zip(rows, agreed):
            if row["figure"]:
                row["share_of_worlds"] = n / count_of
                row["firmness"] = firmness(n / count_of)
    page.title("Who is right? What the report's speakers say would follow, put to the test")
    names: dict[str, list[str]] = {}
    for row in rows:
        names.setdefault(row["verdict"], []).append(f"{row['who']} {row['paragraphs']}")
    page.say(sentence("; ".join(f"{verdict}: {', '.join(who)}" for verdict, who in names.items())))
    page.say(f"A claim holds if its figure does as claimed under both truths, fails under neither; "
             f"to rise or fall is by {NOTICEABLE} at least (a judgement). Slight: by no more than "
             "twice that.")
    if count_of:
        page.say(worlds_told(count_of, request.seed))
    describe(page, request)
    page.put(claims=rows)
    for row in rows:
        page.title(f"{row['who']} {row['paragraphs']}: {row['claim']}")
        share = row["share_of_worlds"]
        firm = "" if share is None else f"; so in {percent(share)} of worlds: {row['firmness']}"
        page.say(f"{row['verdict']}{', slight' * row['slight']}{firm}", "  ", color="mark")
        if not row["figure"]:
            page.say(f"our test: {row['test']}", "  ", "    ")
            continue
        told = [f"{FIGURE(it['before'])} to {FIGURE(it['after'])}" for it in row["truths"].values()
                if it["before"] is not None]
        page.say(f"our test: {row['test']}; {row['figure']} should {row['should']}: "
                 + (under(dict(zip(READINGS, told))) if told else "not possible here"), "  ", "    ")
    seed = f" --seed {request.seed}" * (request.seed > 0)
    page.next(request, f"claims --worlds {5 * count_of or 10}{seed} # How firm is that?",
              "settle", "odds --forbid russia.lean # And if Moscow could not lean?")

def worlds_told(worlds: int, seed: int) -> str:
    """What a share of worlds is: nobody may take it for a probability of history."""
    return (f"{worlds} world{'s' * (worlds != 1)} (seed {seed}), each with every judgement drawn "
            "anew. A share of worlds is not a probability of history: it says how many such guesses "
            f"agree. Firm: {percent(FIRM)} or more; leaning: {percent(LEANING)} or more; else open.")

def worlds_of(request: Namespace, worlds: int) -> Iterator[Dispute]:
    """The dispute with every judgement drawn anew, world after world.

    One draw each in the order of PARAMETERS, from random.Random(seed); the first N worlds of a
    longer run are the run of N. What --set fixes stays, though it is drawn all the same.
    """
    draw, fixed = Random(request.seed).random, dict(request.set)
    for _ in request.tick.each(worlds):
        world = {name: KINDS[it.kind].drawn(draw(), it.default, it.high)
                 for name, it in PARAMETERS.items() if name not in NOT_DRAWN}
        yield request.dispute.setting(**{**world, **fixed})

# ------------------------------------------------------------------ settle: what would settle it?

Texts = tuple[str | None, ...]  # a commitment for each party of COMMITMENTS, None where free

def signed(texts: Texts) -> tuple[Move, ...]:
    """Who commits to what in a package."""
    return tuple((party, text) for party, text in zip(COMMITMENTS, texts) if text is not None)

def package_of(texts: Texts, solution: Solution, free: Solution) -> dict[str, Any]:
    """A package with its gains, against `free`: no package at all."""
    signatories = [party for party, _ in signed(texts)]
    payoffs, none = ({truth: it.at_start(truth) for truth in READINGS} for it in (solution, free))
    gains = {truth: {party: payoffs[truth][party] - none[truth][party] for party in PARTIES}
             for truth in READINGS}
    least = min(((gains[truth][party], party, truth) for party in signatories for truth in READINGS),
                key=itemgetter(0), default=(0.0, None, None))
    return {"commitments": {**dict.fromkeys(PARTIES), **dict(signed(texts))},
            "signatories": signatories, "smallest_gain": least[0], "gains": gains,
            "payoffs": payoffs, "refuser": least[1], "true": least[2]}

def temptation_of(dispute: Dispute, texts: Texts, solution: Solution, tick: Callable[[int, int], None]
                  ) -> tuple[float, dict[str, Any]]:
    """The most that a signatory would gain by breaking a package, and where.

    Over every decision of its own that play under the package reaches with REACHED or more: what
    it is worth to be free from there on, the others bound, less what it is worth to stay bound.
    """
    found: list[tuple[float, dict[str, Any]]] = []
    graph = solution.graph
    for place, party in enumerate(COMMITMENTS):
        if texts[place] is None:
            continue
        others = signed((*texts[:place], None, *texts[place + 1:]))
        alone = solve(dispute._replace(commitments=others), tick=tick)
        for truth in READINGS:
            for number, depth, mass, parts in flow(solution, truth):
                if not parts or graph.steps[depth].mover != party:
                    continue
                for at, chance in enumerate(mass[:len(graph.states)]):
                    if chance < REACHED - ROUNDING:
                        continue
                    state = graph.states[at]
                    gain = (alone.ahead(number, depth, alone.graph.index[state], truth)[party]
                            - solution.ahead(number, depth, at, truth)[party])
                    found.append((gain, {
                        "party": party, "true": truth, "round": number + 1, "done": state.done,
                        "failings": state.failings, "positions": {
                            it: getattr(state, it) for it in PARTIES}, "probability": chance}))
    most = max(gain for gain, _ in found)
    return next(it for it in found if it[0] >= most - ROUNDING)

@question("settle", "What would settle it, and would it be kept?", "top",
          ("", "--top 5", "--done 1", "--start us.drop"))
def answer_settle(request: Namespace, page: Page) -> None:
    """Every package of commitments, solved; the acceptable ones ranked, and whether each is kept.

    Ranked by the smallest gain (Kalai's egalitarian solution, 1977), then the odds of a handover.
    Kept: no signatory would gain by breaking it (internal stability, d'Aspremont et al. 1983).
    """
    dispute = request.dispute
    choices = list(product(*((None, *its) for its in COMMITMENTS.values())))
    packages: list[dict[str, Any]] = []
    kept: list[dict[str, Any]] = []
    free: Solution | None = None
    for place in request.tick.each(len(choices)):
        texts = choices[place]
        solution = solve(dispute._replace(commitments=signed(texts)), tick=request.tick)
        free = free or solution
        package = package_of(texts, solution, free)
        packages.append(package)
        if place and package["smallest_gain"] >= NOTICEABLE - ROUNDING or not place:
            found = forecasts(solution)
            package["odds"] = {truth: it.odds for truth, it in found.items()}
            package["expected_turns"] = {truth: it.counts[TURNS] for truth, it in found.items()}
            if place:
                package["temptation"], package["tempted"] = temptation_of(
                    dispute, texts, solution, request.tick)
                package["kept"] = package["temptation"] < NOTICEABLE + ROUNDING
                kept.append(package)
    without, *others = packages
    kept.sort(key=lambda it: (  # ties stay in the order of the packages
        -round(it["smallest_gain"], 9),
        -round(fsum(odds["handover"] for odds in it["odds"].values()) / 2, 9),
        len(it["signatories"])))
    refused = sorted((it for it in others if "kept" not in it),
                     key=lambda it: -round(it["smallest_gain"], 9))
    promises = [it for it in kept if len(it["signatories"]) == 1]
    deals = [it for it in kept if len(it["signatories"]) > 1]
    shape = ("commitments", "signatories", "smallest_gain", "gains", "odds", "expected_turns",
             "temptation", "tempted", "kept")
    page.put(
        examined=len(packages),
        without={key: without[key] for key in ("odds", "expected_turns", "payoffs")},
        promises=[{key: it[key] for key in shape} for it in promises],
        deals=[{key: it[key] for key in shape} for it in deals],
        refused=[{key: it[key] for key in ("commitments", "signatories", "smallest_gain",
                                           "refuser", "true")} for it in refused],
    )
    page.title(QUESTIONS["settle"].asks)
    settlement_in_words(page, without, promises, deals, refused)
    describe(page, request)
    for kind, its in (("Promise", promises), ("Deal", deals)):
        for place, package in enumerate(its[:request.top], 1):
            page.title(f"{kind} {place} of {len(its)}: {in_words(package)}")
            bargain(page, package)
    page.title("Refused most narrowly")
    for package in refused[:request.top]:
        page.say(f"{in_words(package)}: by {PARTIES[package['refuser']].in_text}, whose gain "
                 f"{if_true(package['true'])} is {number(4, '+')(package['smallest_gain'])}",
                 "  ", "    ")
    page.next(request, f"settle --top {min(len(others), 2 * request.top)}", "rest",
              "run --seed 3 # And one history without any deal?")

GAINS_TABLE = (
    Column("true", "If", left=True), Column("handover", "Handover", percent),
    Column("turns", "Turns", number(1)),
    *(Column(name, party.label, number(3, "+")) for name, party in PARTIES.items()),
)

def in_words(package: Mapping[str, Any]) -> str:
    """Who promises what."""
    return "; ".join(f"{PARTIES[party].in_text} will {package['commitments'][party]}"
                     for party in package["signatories"])

def if_true(truth: str) -> str:
    """Under which truth, in a sentence."""
    return "if he means the offer" if truth == WORD else "if he does not mean it"

def bargain(page: Page, package: Mapping[str, Any]) -> None:
    """What a package does for everybody, and whether it is kept."""
    page.table(GAINS_TABLE, [
        {"true": truth, "handover": package["odds"][truth]["handover"],
         "turns": package["expected_turns"][truth], **gains}
        for truth, gains in package["gains"].items()
    ])
    page.say(f"Smallest gain of a signatory {FIGURE(package['smallest_gain'])}. "
             + breaks_in_words(package))

def breaks_in_words(package: Mapping[str, Any]) -> str:
    """Whether a package is kept, or where it would break and what that would gain."""
    tempted, temptation = package["tempted"], FIGURE(package["temptation"])
    if package["kept"]:
        return f"Kept: no signatory would gain {NOTICEABLE} by breaking it."
    stage = tuple(STAGES)[tempted["done"]]
    state = State(tempted["done"], tempted["failings"], **tempted["positions"])
    return (f"Not kept: {PARTIES[tempted['party']].in_text}, {if_true(tempted['true'])}, would gain "
            f"{temptation} by breaking it in round {tempted['round']}, with {stage} to do "
            f"({standing(state).lower()}; reached in {percent(tempted['probability'])}).")

def settlement_in_words(page: Page, without: Mapping[str, Any], promises: Sequence[Any],
                        deals: Sequence[Any], refused: Sequence[Any]) -> None:
    """What would settle it, whether it would be kept, and what Washington would sign."""
    best = next(iter((*promises, *deals)), None)
    if best is None:
        page.say("No package of commitments gains every signatory at least "
                 f"{NOTICEABLE} (a judgement) whichever Assad it is.")
    else:
        change = {truth: f"from {percent(without['odds'][truth]['handover'])} to "
                  f"{percent(best['odds'][truth]['handover'])}" for truth in READINGS}
        losing = sorted({party for gains in best["gains"].values() for party, gain in gains.items()
                         if gain < -ROUNDING}, key=list(PARTIES).index)
        who = listed(PARTIES[party].in_text for party in losing) if losing else "nobody"
        page.say(sentence(f"if it binds, one promise does most: {in_words(best)}. It takes a "
                          f"handover {under(change)}, and {who} loses by it under some truth"))
        page.say(breaks_in_words(best))
    if not any("us" in it["signatories"] for it in (*promises, *deals)):
        nearest = next(it for it in refused if "us" in it["signatories"])
        page.say(f"Washington signs nothing: of what it could sign, the nearest is that "
                 f"{in_words(nearest)}, by which "
                 f"{PARTIES[nearest['refuser']].in_text} would lose "
                 f"{FIGURE(-nearest['smallest_gain'])} {if_true(nearest['true'])}.")
    losers = {truth: [party for party in PARTIES if promises + deals and all(
        it["gains"][truth][party] < -ROUNDING for it in (*promises, *deals))] for truth in READINGS}
    told = {truth: listed(PARTIES[party].in_text for party in its) if its else "nobody"
            for truth, its in losers.items()}
    page.say(f"Acceptable: {count(len(promises), 'promise')} and {count(len(deals), 'deal')}, by "
             f"which every signatory gains {NOTICEABLE} at least (a judgement), whichever Assad it "
             f"is. By all of them loses {under(told)}.")

# ------------------------------------------------- rest: where could it rest, by rankings alone?

CONCEPTS = ("Nash", "SEQ", "GMR", "SMR")

def outcome_if_it_lasted(state: State) -> str:
    """The outcome of a state that nobody leaves."""
    return "handover" if state.at_work else "strike" if state.us == "hold" else "stalemate"

def standing_of(party: str, state: State, reading: str) -> tuple[int, int, int]:
    """How a party ranks a state that lasts: less is better, the first key that differs decides.

    The outcome; whether it has given way with its condition unmet; whether it holds out in front
    of a Syria that works, or is Russia leaning. Deeds are read as: Syria works; Moscow's
    condition as: Syria stalls.
    """
    it = PARTIES[party]
    ranking = it.ranking or READINGS[reading].ranking
    gave = getattr(state, party) == it.giving
    met = {DEEDS: state.at_work, RESULTS: state.at_work, STANDSTILL: not state.at_work}.get(
        it.condition, state.us == "drop")
    holding = next((one for one in IN_FRONT if getattr(state, one) == PARTIES[one].declared), None)
    pressed = (state.at_work and holding == party) or (party == "russia" and gave)
    return ranking.index(outcome_if_it_lasted(state)), int(gave and not met), int(pressed)

class Rankings(NamedTuple):
    """The graph model of the dispute: who can move where, and who prefers what."""
    reading: str
    binding: bool  # whether the US can never leave a drop

    def moves(self, party: str, state: State) -> list[State]:
        """Where a party can go alone."""
        it = PARTIES[party]
        if self.binding and party == "us" and state.us == "drop":
            return []
        other = it.giving if getattr(state, party) == it.declared else it.declared
        return [state._replace(**{party: other})]  # type: ignore[arg-type]

    def better(self, party: str, one: State, other: State) -> bool:
        """Whether a party prefers one state to another."""
        return standing_of(party, one, self.reading) < standing_of(party, other, self.reading)

    def improvements(self, party: str, state: State) -> list[State]:
        """Where a party can go alone, and prefers to be."""
        return [it for it in self.moves(party, state) if self.better(party, it, state)]

    def countered(self, party: str, state: State, there: State, concept: str,
                  others: Sequence[str]) -> bool:
        """Whether others can answer a move from `state` to `there` so that it was none the better.

        Each other party moves at most once: by any move, or by improvements alone (SEQ); under
        SMR the answer must leave the party no way to something better.
        """
        step = self.improvements if concept == "SEQ" else self.moves
        for other in others:
            for then in step(other, there):
                escapes = concept == "SMR" and any(
                    self.better(party, it, state) for it in self.moves(party, then))
                if not self.better(party, then, state) and not escapes:
                    return True
                if self.countered(party, state, then, concept, [it for it in others if it != other]):
                    return True
        return False

    def stable(self, party: str, state: State, concept: str) -> bool:
        """Whether a party stays: no improvement, or each of them countered."""
        return all(concept != "Nash" and self.countered(
            party, state, there, concept, [it for it in PARTIES if it != party])
            for there in self.improvements(party, state))

def rests() -> list[dict[str, Any]]:
    """Every state that nobody leaves, by how a drop binds, reading and concept of stability."""
    states = [State(**dict(zip(PARTIES, moves)))
              for moves in product(*((it.declared, it.giving) for it in PARTIES.values()))]
    return [
        {"drop": drop, "true": reading, "concept": concept, "states": [
            {party: getattr(state, party) for party in PARTIES} for state in states
            if all(model.stable(party, state, concept) for party in PARTIES)]}
        for drop in ("free", "binding") for reading in READINGS
        for model in [Rankings(reading, drop == "binding")] for concept in CONCEPTS
    ]

def gone(positions: Mapping[str, str]) -> str:
    """A state, by who has left its declared position."""
    left = [move for party, move in positions.items() if move != PARTIES[party].declared]
    return "+".join(left) or "nobody"

@question("rest", "Where could it rest, by rankings alone?", "", ("", "--json"), game=())
def answer_rest(request: Namespace, page: Page) -> None:
    """The graph model for conflict resolution (Fang, Hipel & Kilgour 1993): no number at all."""
    found = rests()
    page.put(rests=found)
    by = {(it["drop"], it["true"], it["concept"]): it["states"] for it in found}
    page.title("Where could it rest, by rankings alone?")
    page.say("No number, no chance, no clock: who prefers which state to last, and who can move "
             "(the graph model for conflict resolution). A rest is a state that nobody leaves.")
    page.say(rests_in_words(by))
    for (drop, truth), its in by_pair(by).items():
        page.title(f"{if_true(truth)[:1].upper()}{if_true(truth)[1:]}, and a dropped threat "
                   f"{'can be put back' if drop == 'free' else 'is gone for good'}")
        for names, states in its:
            work = sum(it["syria"] == "comply" for it in states)
            told = (f"{', '.join(map(gone, states))}" if len(states) <= 10 else
                    f"{len(states)} states")
            syria = "" if not states else (
                "; Syria works in all" if work == len(states) else f"; Syria works in {work}")
            page.say(f"{'none' if not states else told}{syria}", f"  {names}: ", "    ")
    page.say()
    page.say("Nash: nobody can improve alone. SEQ: whoever improves is answered by others who "
             "improve in turn. GMR: by any answers; SMR: and has no way out then. A state is named "
             "by the positions that are not the declared ones.")
    beside_the_numbers(page, request)
    page.next(request, "settle", "odds --start us.drop # By the numbers, once the threat is dropped",
              "positions")

def by_pair(by: Mapping[tuple[str, str, str], Any]) -> dict[tuple[str, str], list[Any]]:
    """The rests by drop and truth, concepts with the same states together."""
    found: dict[tuple[str, str], list[Any]] = {}
    for drop, truth in product(("free", "binding"), READINGS):
        groups: list[tuple[list[str], Any]] = []
        for concept in CONCEPTS:
            states = by[drop, truth, concept]
            if groups and groups[-1][1] == states:
                groups[-1][0].append(concept)
            else:
                groups.append(([concept], states))
        found[drop, truth] = [(", ".join(names), states) for names, states in groups]
    return found

def rests_in_words(by: Mapping[tuple[str, str, str], Sequence[Mapping[str, str]]]) -> str:
    """The finding: where it rests if he means it, and if not, with a drop that binds or does not."""
    word = [*by["free", WORD, "Nash"], *by["free", WORD, "SEQ"]]
    same = all(it == word[0] for it in word) and word
    holding = [PARTIES[party].in_text for party, move in (word[0] if word else {}).items()
               if move == PARTIES[party].declared]
    text = (f"If he means the offer it rests, by Nash and SEQ, only where everybody but "
            f"{listed(holding)} has given way. " if same and holding else "")
    free = [state for concept in CONCEPTS for state in by["free", TACTIC, concept]]
    if not by["free", TACTIC, "Nash"]:
        text += "If not, no state is stable by Nash while a dropped threat can be put back"
        text += (", and by the other three Syria is at work wherever it rests. "
                 if all(it["syria"] == "comply" for it in free) else ". ")
    if any(it["syria"] == "stall" for it in by["binding", TACTIC, "Nash"]):
        text += ("Once a drop binds there are rests in which the threat is gone and the weapons "
                 "stay.")
    return text

def beside_the_numbers(page: Page, request: Namespace) -> None:
    """What the numbers make of the same question: a drop that binds, and a threat that comes back."""
    bound = request.dispute._replace(commitments=(("us", "drop at once"),))
    free, without = solve(request.dispute), solve(bound)
    after = {truth: percent(it.odds["handover"]) for truth, it in forecasts(without).items()}
    found = forecasts(free)
    back = {truth: percent(it.counts["us", "return"] / dropped if dropped else 0.0)
            for truth, it in found.items()
            for dropped in [it.counts["us", "concession"] + it.counts["us", "answer"]]}
    page.say()
    page.say(f"By the numbers: with the threat dropped at once and for good a handover comes in "
             f"{under(after)}. Where Washington may put it back it does so after {under(back)} of "
             "its drops.")

# ------------------------------------------------------- vary: what would have to be true?

def mover_in_front(first: Mapping[str, float] | None) -> str | None:
    """Who is the likeliest to move first; where parties tie, the first of them."""
    return first and max((*PARTIES, "nobody"), key=first.__getitem__)

def headlines(dispute: Dispute, tick: Callable[[int, int], None]) -> dict[str, dict[str, Any]]:
    """What is said of a dispute, under either truth."""
    solution = solve(dispute, tick=tick)
    found, first = forecasts(solution), first_movers(solution)
    ends = how_it_ends(solution, {truth: it.odds["handover"] for truth, it in found.items()})
    return {truth: {
        "odds": it.odds, "first_mover": mover_in_front(first and first[truth]),
        "how_it_ends": ends[truth], "payoffs": solution.at_start(truth),
    } for truth, it in found.items()}

def gist(headline: Mapping[str, Any]) -> dict[str, Any]:
    """What of a headline can turn over."""
    ends = headline["how_it_ends"]
    return {
        "likeliest outcome": max(OUTCOMES, key=headline["odds"].__getitem__),
        "first mover": headline["first_mover"],
        "how it ends": ends["after_drop"] > ends["under_threat"] + ROUNDING,
    }

def bar(share: float, size: int = 10) -> str:
    """A share as a bar."""
    return "█" * round(size * share)

@question("vary", "What would have to be true?", "", ("pressure", "support", "deeds --set trust=0.5"))
def answer_vary(request: Namespace, page: Page) -> None:
    """One judgement over its range, the rest as set: what turns over, and where."""
    if not request.name:
        raise UsageError(f"vary: which judgement? one of {', '.join(PARAMETERS)}")
    name, dispute = request.name, request.dispute
    parameter, here = PARAMETERS[name], dispute.parameters[name]
    kind = KINDS[parameter.kind]
    tried = {it for it in kind.tried(parameter.default, parameter.low, parameter.high)
             if parameter.low <= it <= parameter.high}
    values = sorted({(int if kind.whole else float)(it) for it in (*tried, parameter.default, here)})
    base = headlines(dispute, request.tick)
    rows: list[dict[str, Any]] = []
    for place in request.tick.each(len(values)):
        its = base if values[place] == here else headlines(
            dispute.setting(**{name: values[place]}), request.tick)
        turned = [f"{what} if {truth}" for truth in READINGS
                  for what, it in gist(its[truth]).items() if it != gist(base[truth])[what]]
        rows.append({"value": values[place], "turns_over": turned, "truths": its})
    page.put(parameter=name)
    page.title(f"What would have to be true of {name}: {parameter.means}?")
    page.say(turning_points(rows, here, name))
    describe(page, request)
    for truth in READINGS:
        page.title(f"{if_true(truth)[:1].upper()}{if_true(truth)[1:]}")
        page.table(vary_table(name, here, truth), rows, "rows")
    page.say("First: who is likeliest to move first. Ends: whether a handover comes mostly under a "
             "standing threat or after a drop. *: the likeliest outcome, the first mover or how it "
             "ends is another than as set.")
    page.next(request, "worlds", f"odds --set {name}={values[-1]!r}", "claims")

def vary_table(name: str, here: float, truth: str) -> tuple[Column, ...]:
    """The columns of one truth."""
    at = f"truths.{truth}."
    return (
        Column("value", name, lambda it: f"{it:.6g}{' (set)' * (it == here)}"),
        Column(f"{at}odds.handover", "Handover", lambda it: f"{bar(it):<10} {percent(it):>4}",
               left=True),
        Column(f"{at}odds.strike", "Strike", percent),
        Column(f"{at}odds.stalemate", "Stalemate", percent),
        Column(f"{at}first_mover", "First", lambda it: str(it or "works"), left=True),
        Column(f"{at}how_it_ends", "Ends", lambda it: "after drop" if it["after_drop"]
               > it["under_threat"] + ROUNDING else "threat on", left=True),
        Column(f"{at}payoffs.us", "US", number(2)),
        Column("turns_over", "", lambda its: "*" * any(it.endswith(truth) for it in its), left=True),
    )

def turning_points(rows: Sequence[Mapping[str, Any]], here: float, name: str) -> str:
    """Where what is said turns over, in a sentence for either side of the value that is set."""
    below = [row for row in rows if row["value"] < here and row["turns_over"]]
    above = [row for row in rows if row["value"] > here and row["turns_over"]]
    says = [f"{side} {row['value']:.6g} turns over: {', '.join(row['turns_over'])}"
            for side, row in (("at", below[-1] if below else None),
                              ("at", above[0] if above else None)) if row]
    if not says:
        return (f"Nothing turns over: whatever {name} is, the likeliest outcome, the first mover "
                "and how it ends stay what they are.")
    return sentence(f"set at {here:.6g}; nearest to it, " + "; ".join(says))

# -------------------------------------------------- worlds: how much hangs on the judgements?

def spread(values: Sequence[float]) -> dict[str, Any]:
    """Median, 5-95% band and histogram of numbers from 0 to 1."""
    from statistics import median, quantiles

    steps = quantiles(values, n=20, method="inclusive") if len(values) > 1 else [*values] * 19
    bins = [min(int(value * 10), 9) for value in values]
    return {"median": median(values), "p05": steps[0], "p95": steps[-1],
            "histogram": [bins.count(place) for place in range(10)]}

def rank_correlation(left: Sequence[float], right: Sequence[float]) -> float | None:
    """Spearman's rho, equal values sharing their mean rank; None where nothing varies."""
    from bisect import bisect_left, bisect_right
    from statistics import StatisticsError, correlation

    def ranks(values: Sequence[float]) -> list[float]:
        order = sorted(values)
        return [(bisect_left(order, v) + bisect_right(order, v) + 1) / 2 for v in values]

    try:
        return correlation(ranks(left), ranks(right))
    except StatisticsError:  # fewer than two values, or all the same
        return None

def asked_in(world: Dispute, tick: Callable[[int, int], None]) -> dict[str, dict[str, Any]]:
    """What is asked of a world, by truth: its headlines, and the US payoff of other trusts."""
    graph = unfold(game_of(world))
    rule, never, always = (backward(it, tick) for it in (
        graph, trusting(graph, world, 0.0), trusting(graph, world, 1.0)))
    found, first = forecasts(rule), first_movers(rule)
    ends = how_it_ends(rule, {truth: it.odds["handover"] for truth, it in found.items()})
    answers = {}
    for truth, it in found.items():
        us = [solution.at_start(truth)["us"] for solution in (rule, never, always)]
        answers[truth] = {
            "handover": it.odds["handover"],
            "likeliest": max(OUTCOMES, key=it.odds.__getitem__),
            "first_mover": mover_in_front(first and first[truth]),
            "after_drop": ends[truth]["after_drop"] > ends[truth]["under_threat"] + ROUNDING,
            "never_beats_rule": us[1] > us[0] + ROUNDING,
            "never_beats_word": us[1] > us[2] + ROUNDING,
        }
    return answers

@question("worlds", "How much hangs on numbers nobody knows?", "worlds seed",
          ("", "--worlds 100", "--set rationality=18"))
def answer_worlds(request: Namespace, page: Page) -> None:
    """Every judgement drawn anew, again and again (SMAA: Lahdelma & Salminen 2001)."""
    worlds = 25 if request.worlds is None else request.worlds
    if not worlds:
        raise UsageError("--worlds: '0' leaves no world to ask; give 1 or more")
    drawn, answers = [], []
    for world in worlds_of(request, worlds):
        drawn.append(world.parameters)
        answers.append(asked_in(world, request.tick))
    truths = {}
    for truth in READINGS:
        its = [answer[truth] for answer in answers]
        handover = [it["handover"] for it in its]
        shares = {key: sum(it[key] for it in its) / worlds
                  for key in ("after_drop", "never_beats_rule", "never_beats_word")}
        truths[truth] = {
            "handover": spread(handover),
            "likeliest": {it: sum(one["likeliest"] == it for one in its) / worlds
                          for it in OUTCOMES},
            "first_mover": {it: sum(one["first_mover"] == it for one in its) / worlds
                            for it in (*PARTIES, "nobody")},
            **shares,
            "drivers": {name: rank_correlation([it[name] for it in drawn], handover)
                        for name in PARAMETERS if name not in NOT_DRAWN},
        }
    page.put(worlds=worlds, seed=request.seed, truths=truths)
    page.title(QUESTIONS["worlds"].asks)
    for truth, it in truths.items():
        page.say(worlds_in_words(truth, it))
    page.say(worlds_told(worlds, request.seed))
    describe(page, request)
    bins = [{"odds": f"{10 * k}-{10 * k + 10}%",
             **{truth: it["handover"]["histogram"][k] for truth, it in truths.items()}}
            for k in range(10)]
    longest = max(max(it["handover"]["histogram"]) for it in truths.values())
    page.title("Odds of a handover: how many worlds")
    page.table((Column("odds", "Odds"), *(
        Column(truth, f"if {truth}", lambda n: f"{bar(n / longest, 20)} {n}".strip(), left=True)
        for truth in READINGS)), bins)
    drivers(page, truths, worlds)
    seed = f" --seed {request.seed}" * (request.seed > 0)
    page.next(request, f"worlds --worlds {5 * worlds}{seed} # And in more worlds?",
              f"claims{seed}", f"vary {widest(truths)[0]}")

def worlds_in_words(truth: str, it: Mapping[str, Any]) -> str:
    """The headlines under a truth, each with its firmness."""

    def leading(shares: Mapping[str, float]) -> str:
        name = max(shares, key=shares.__getitem__)
        label = PARTIES[name].in_text if name in PARTIES else name
        return f"{label} ({percent(shares[name])}: {firmness(shares[name])})"

    def held(share: float, yes: str, no: str) -> str:
        most = max(share, 1 - share)
        return f"{yes if share >= 0.5 else no} ({percent(most)}: {firmness(most)})"

    spread = it["handover"]
    band = f"{percent(spread['p05'])} to {percent(spread['p95'])}"
    first = f"First to move is {leading(it['first_mover'])}; " if any(
        it["first_mover"].values()) else ""
    return sentence(
        f"{if_true(truth)}, a handover has median odds of {percent(spread['median'])} ({band} in 90% "
        f"of worlds); the likeliest outcome is {leading(it['likeliest'])}. {first}"
        + held(it["after_drop"], "a handover comes rather after a drop",
               "a handover comes rather under a standing threat") + ". "
        + "Never to trust serves Washington "
        + held(it["never_beats_rule"], "better than the rule", "no better than the rule") + " and "
        + held(it["never_beats_word"], "better than to take his word",
               "no better than to take his word"))

def widest(truths: Mapping[str, Any]) -> list[str]:
    """The parameters by how much the odds of a handover hang on them, under either truth."""
    size = {name: max(abs(it["drivers"][name] or 0.0) for it in truths.values())
            for name in truths[WORD]["drivers"]}
    return sorted(size, key=lambda name: -size[name])

MOST_DRIVERS = 8  # that a screen shows

def drivers(page: Page, truths: Mapping[str, Any], worlds: int) -> None:
    """What the odds of a handover hang on most, as rank correlations."""
    page.title("What they hang on: rank correlation with the odds of a handover")
    rows = [{"name": name, **{truth: it["drivers"][name] for truth, it in truths.items()}}
            for name in widest(truths)[:MOST_DRIVERS]]
    page.table((Column("name", "Parameter", left=True), *(
        Column(truth, f"if {truth}", lambda rho: "" if rho is None else
               f"{number(2, '+')(rho)} {bar(abs(rho), 16)}".strip(), left=True)
        for truth in READINGS)), rows)
    chance = min(1.0, 2 / max(worlds - 1, 1) ** 0.5)
    page.say(f"The {len(rows)} largest; within {chance:.2f} of 0 it may be chance.")

# --------------------------------------------------------------- history: what happened later?

def completions(solution: Solution, truth: str, numbers: Parameters) -> list[list[float]]:
    """[stage][turn]: how likely a stage is completed by the end of a turn, over all rounds.

    A pass over rounds and turns together: what is likely in a state, by the turn at whose head
    the round stands.
    """
    graph = solution.graph
    size, chance = len(graph.states), len(ORDER)
    spells = [spell(state, truth, numbers) for state in graph.states]
    found: list[Counter[int]] = [Counter() for _ in STAGES]
    heads: dict[int, Counter[int]] = {0: Counter({1: 1.0})}
    for policy in solution.policy:
        for depth in range(chance):
            step, share, moved = graph.steps[depth], policy[depth][truth], {}
            for place, mass in heads.items():
                for after, p in zip(step.after, (share[place], 1 - share[place])):
                    into = moved.setdefault(after[place], Counter())
                    for turn, x in mass.items():
                        into[turn] += x * p
            heads = moved
        ahead: dict[int, Counter[int]] = {}
        step = graph.steps[chance]
        for place, mass in heads.items():
            ended = ends_of(mass, spells[place])
            for k in step.live:
                p = step.odds[truth][k][place]
                if k == 0 and p:
                    for turn, x in ended.items():
                        found[graph.states[place].done][turn] += x * p
                if p and step.after[k][place] < size:
                    into = ahead.setdefault(step.after[k][place], Counter())
                    for turn, x in ended.items():
                        into[turn + 1] += x * p
        heads = ahead
    last = max((max(it) for it in found if it), default=0)
    return [list(accumulate(it[turn] for turn in range(1, last + 1))) for it in found]

def ends_of(mass: Mapping[int, float], it: Spell) -> dict[int, float]:
    """How likely a spell ends at the end of a turn, by how likely it begins at the head of one."""
    ended: dict[int, float] = {}
    first, waiting = min(mass), 0.0
    turn = first
    while turn <= max(mass) + it.least or waiting > NEGLIGIBLE:
        waiting += mass.get(turn - it.least + 1, 0.0)
        if waiting:
            ended[turn] = waiting * it.due
            waiting -= ended[turn]
        turn += 1
    return ended

def dates_of(by_turn: Sequence[float], recorded: date) -> dict[str, Any]:
    """When a stage is completed, and how often by the end of the turn that holds a day."""
    def reached(share: float) -> date | None:
        turn = next((turn for turn, chance in enumerate(by_turn, 1) if chance >= share), None)
        return None if turn is None else first_day(turn)

    then = min(turn_of(recorded), len(by_turn))
    return {"median": reached(0.5), "p05": reached(0.05), "p95": reached(0.95),
            "completed_by_then": by_turn[then - 1] if then else 0.0,
            "completed_at_all": by_turn[-1] if by_turn else 0.0}

DATES = (
    Column("stage", "Stage", left=True), Column("recorded", "Recorded", day),
    Column("true", "If", left=True),
    *(Column(key, head, lambda it: day(it) if it else "never") for key, head in (
        ("median", "Median"), ("p05", "5%"), ("p95", "95%"))),
    Column("completed_by_then", "By then", percent),
)

@question("history", "What happened later?", "", ("", "--set pace=0.9", "--done 1"))
def answer_history(request: Namespace, page: Page) -> None:
    """The recorded dates beside the model's exact distribution of each stage."""
    solution = solve(request.dispute, tick=request.tick)
    by_truth = {truth: completions(solution, truth, request.dispute.parameters)
                for truth in READINGS}
    stages = [{"stage": name, **fact._asdict(), "truths": {
        truth: dates_of(its[place] if place >= request.dispute.start.done else [], fact.recorded)
        for truth, its in by_truth.items()}}
        for place, (name, fact) in enumerate(zip(STAGES, ON_RECORD.values()))]
    ends = how_it_ends(solution, dict.fromkeys(READINGS, 1.0))
    held = {truth: it["under_threat"] for truth, it in ends.items()}
    page.put(stages=stages, threat_held=held, also=ALSO_ON_RECORD, note=NOT_INCLUDED)
    final = stages[-1]
    then = {truth: percent(it["completed_by_then"]) for truth, it in final["truths"].items()}
    page.title(f"What happened, beside what the model gave it on {day(FIRST_DAY)}")
    page.say(f"On record: the threat was never formally withdrawn, and the last of the declared "
             f"stock left by {day(final['recorded'])}. The model gives a handover under a threat "
             f"that is never dropped {under({t: percent(it) for t, it in held.items()})}, and a "
             f"handover by the end of that turn {under(then)}: it expected the threat to go first.")
    page.say(f"{NOT_INCLUDED} The model knows of no stock that is never found. One history is no "
             "test of a model; nothing in it was tuned to this one.")
    describe(page, request)
    page.say()
    page.table(DATES, [{**stage, "true": truth, **stage["truths"][truth]}
                       for stage in stages[request.dispute.start.done:] for truth in READINGS])
    page.say("Dates are first days of turns, by which 50%, 5% and 95% of all histories have the "
             "stage; never: fewer get so far. By then: by the end of the turn of the record.")
    page.title("On record")
    for stage in stages:
        page.say(f"{stage['stage']}: {stage['event']} ({stage['source']})", "  ", "    ")
    for event in ALSO_ON_RECORD:
        page.say(event, "  ", "    ")
    page.next(request, "odds", "run --forbid us.drop # And if the threat can never be dropped?",
              "worlds")

# ------------------------------------------------------ positions: who wants what, by whose word?

@question("positions", "Who wants what, and whose numbers?", "", ("", "--set face=0.2"))
def answer_positions(request: Namespace, page: Page) -> None:
    """The tables of section 1, as a reader wants them."""
    numbers = request.dispute.parameters
    page.title("Who wants what, and where each number comes from")
    page.say("¶: a paragraph of the report. Every other number is a judgement (--set changes it).")
    describe(page, request)
    parties, readings = {}, {}
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
        readings[name] = reading._asdict()
        page.entry(name, f"{reading.claim}: {' > '.join(reading.ranking)} ({reading.whose})")
    page.title("The stages of the plan, in order (¶20)")
    page.say("; ".join(f"{name}: {stage.task}" for name, stage in STAGES.items()) + ".")
    page.title("Numbers that are not in the report: judgements")
    judgements = [{"name": name, **it._asdict(), "value": numbers[name]}
                  for name, it in PARAMETERS.items()]
    page.table((
        Column("name", "Parameter", left=True), Column("value", "Value", lambda it: f"{it:.12g}"),
        Column("low", "From", lambda it: f"{it:g}"), Column("high", "To", lambda it: f"{it:g}"),
        Column("means", "Means", left=True)), judgements, "judgements")
    also = (f"a turn of {DAYS_A_TURN} days", f"{MOST_FAILINGS} failings and more count the same",
            f"{NOTICEABLE} as the least difference that counts in claims and settle",
            f"firm from {FIRM:g}, leaning from {LEANING:g} of worlds")
    page.put(parties=parties, readings=readings, also=also, report={
        "first_day": FIRST_DAY, "attack": ATTACK, "war": WAR},
        stages={name: stage.task for name, stage in STAGES.items()})
    page.say(f"Judgements besides: {'; '.join(also)}.")
    page.say(f"Numbers of the report: {ATTACK}; {WAR}.")
    page.next(request, "vary trust # What would have to be true?", "odds")


# ---------------------------------------------------------------------------------------
# 8  The command line
# ---------------------------------------------------------------------------------------

def shown(word: str) -> str:
    """What somebody typed, short and harmless enough to be quoted back."""
    return ascii(word if len(word) <= 40 else word[:37] + "...")

def one_of(*allowed: str) -> Callable[[str], str]:
    """A reader of words that takes these alone; what it returns raises UsageError."""

    def read(word: str) -> str:
        if word in allowed:
            return word
        from difflib import get_close_matches

        close = get_close_matches(word.lower(), allowed, 1, 0.6)
        hint = f"; did you mean {close[0]}?" if close else ""
        raise UsageError(f"{shown(word)} is not one of {', '.join(allowed)}{hint}")

    return read

def a_number(low: float, high: float, whole: bool = False) -> Callable[[str], Any]:
    """A reader of plain decimal numbers from `low` to `high`; it raises UsageError.

    A whole number is whole however it is written: 100, 1e2, 100.0.
    """

    def read(word: str) -> Any:
        value: float | None = None
        if word.isascii() and "_" not in word and word == word.strip():
            with suppress(ValueError):
                value = int(word) if whole and word.isdigit() else float(word) + 0.0
        if value is None or not low <= value <= high or (whole and value != int(value)):
            what = "a whole number" if whole else "a number"
            top = f" to {high:g}" if high < float("inf") else ""
            raise UsageError(f"{shown(word)} is not {what} from {low:g}{top}")
        return int(value) if whole else value

    return read

def assigned(word: str) -> tuple[str, float]:
    """NAME=VALUE, for a parameter; raises UsageError."""
    name, _, text = word.partition("=")
    parameter = PARAMETERS[one_of(*PARAMETERS)(name)]
    try:
        return name, a_number(parameter.low, parameter.high, KINDS[parameter.kind].whole)(text)
    except UsageError as error:
        raise UsageError(f"{name}: {error}") from None

def a_move(word: str) -> Move:
    """A party's position, PARTY.MOVE; raises UsageError."""
    moves = [f"{name}.{move}" for name, it in PARTIES.items() for move in (it.declared, it.giving)]
    party, _, move = one_of(*moves)(word).partition(".")
    return party, move

OPTIONS: dict[str, dict[str, Any]] = {  # as ArgumentParser.add_argument takes them
    "seed": {"type": a_number(0, float("inf"), True), "default": 0, "metavar": "N",
             "help": "what is drawn: any whole number from 0 gives another (0)"},
    "truth": {"type": one_of(*READINGS, "drawn"), "default": "drawn",
              "metavar": "|".join((*READINGS, "drawn")),
              "help": "what Assad wants in the history (drawn, by the prior)"},
    "explain": {"type": a_number(1, PARAMETERS["rounds"].high, True), "metavar": "ROUND",
                "help": "trace one round to the rules, number by number"},
    "as": {"type": one_of(*PARTIES, "all"), "action": "append", "default": [], "metavar": "PARTY",
           "help": f"a seat to take, one or many: {', '.join(PARTIES)}, or all"},
    "moves": {"type": str, "default": "", "metavar": "MOVE,MOVE,...",
              "help": "answers given before, in the order asked: replays the game so far"},
    "worlds": {"type": a_number(0, 1e5, True), "metavar": "N",
               "help": "how many worlds to draw (25; for claims 10, 0 for none)"},
    "top": {"type": a_number(1, 1e5, True), "default": 3, "metavar": "N",
            "help": "how many promises, deals and refused packages to show (3)"},
    "done": {"type": a_number(0, len(STAGES) - 1, True), "default": 0,
             "metavar": f"0..{len(STAGES) - 1}", "help": "stages done at the start (0)"},
    "start": {"type": a_move, "action": "append", "default": [], "metavar": "PARTY.MOVE",
              "help": "a party's position at the start, as us.drop; one or many"},
    "set": {"type": assigned, "action": "append", "default": [], "metavar": "NAME=VALUE",
            "help": "another value of a judgement, as face=0.2; one or many (see positions)"},
    "forbid": {"type": a_move, "action": "append", "default": [], "metavar": "PARTY.MOVE",
               "help": "take a move off the table, as russia.lean; one or many"},
    "json": {"action": "store_true", "help": "the same answer as one JSON object"},
    "color": {"type": one_of("auto", "always", "never"), "default": "auto",
              "metavar": "auto|always|never", "help": "colour on the screen (auto)"},
    "help": {"action": "store_true", "help": "this page"},
    "version": {"action": "store_true", "help": "the version"},
}
EVERYWHERE = ("json", "color", "help", "version")
WHERE_TO_START = ("run", "odds", "claims", "settle", "rest", "vary", "worlds", "play", "history",
                  "positions")

class Parser(ArgumentParser):
    """An argument parser whose complaints are UsageErrors."""

    def error(self, message: str) -> Any:
        option, _, fault = message.removeprefix("argument ").partition(": ")
        fault = "takes no value" if "explicit argument" in fault else fault
        raise UsageError(f"{option.rpartition('/')[2]}: {fault}")

def parsed(name: str, words: Sequence[str]) -> Namespace:
    """The options of a question as given or by default; raises UsageError."""
    allowed = (*QUESTIONS[name].options, *EVERYWHERE)
    parser = Parser(add_help=False, allow_abbrev=False)
    for option in allowed:
        flags = (f"--{option}", *["-h"] * (option == "help"))
        parser.add_argument(*flags, **OPTIONS[option])
    request, rest = parser.parse_known_args(words)
    request.name = ""
    for word in rest:
        option = word.partition("=")[0]
        if name == "vary" and not word.startswith("-") and not request.name:
            try:
                request.name = one_of(*PARAMETERS)(word)
            except UsageError as error:
                raise UsageError(f"vary: {error}") from None
            continue
        if not word.startswith("-"):
            raise UsageError(f"{shown(word)} is out of place: one command, and it comes first")
        takers = [it for it, its in QUESTIONS.items() if option[2:] in its.options]
        if takers:
            raise UsageError(f"{option} has no bearing on {name}; it goes with {', '.join(takers)}")
        one_of(*(f"--{it}" for it in allowed))(option)
        raise UsageError(f"{shown(word)} is out of place")
    return request

def understood(name: str, request: Namespace) -> Namespace:
    """The request with the dispute that its options make; raises UsageError."""
    for option, default in (("done", 0), ("start", []), ("set", []), ("forbid", [])):
        if option not in request:
            setattr(request, option, default)
    numbers = {**{it: parameter.default for it, parameter in PARAMETERS.items()},
               **dict(request.set)}
    forbidden = tuple(dict.fromkeys(request.forbid))
    for party, it in PARTIES.items():
        if {(party, it.declared), (party, it.giving)} <= {*forbidden}:
            raise UsageError(f"--forbid: leaves {it.in_text} no move; of {party}.{it.declared} and "
                             f"{party}.{it.giving} forbid one at most")
    start = State(request.done)._replace(**dict(request.start))
    request.dispute, request.tick = Dispute(numbers, start, forbidden), Progress()
    return request

def help_page(page: Page, name: str) -> None:
    """Help for the program ("") or for one question: by example, then option by option."""
    page.title(QUESTIONS[name].asks if name else
               "Syria's chemical weapons, September 2013: play out the dispute, and ask why.")
    page.say()
    if name:
        for example in QUESTIONS[name].examples:
            page.lines.append(f"  python sim.py {name} {example}".rstrip())
    else:
        rows = [{"command": f"python sim.py {it}", "asks": QUESTIONS[it].asks}
                for it in WHERE_TO_START if it in QUESTIONS]
        page.table((Column("command", "Command", left=True),
                    Column("asks", "What it answers", left=True)), rows)
        page.say()
        page.say("Without a command it is run. COMMAND --help shows a command's examples and "
                 "options.")
    options = (*QUESTIONS[name].options, *EVERYWHERE) if name else EVERYWHERE
    page.say()
    page.table(
        (Column("option", "Option", left=True), Column("help", "What it means (default)",
                                                       left=True)),
        [{"option": f"--{it} {OPTIONS[it].get('metavar', '')}".rstrip(),
          "help": OPTIONS[it]["help"]} for it in options],
    )

def terminal(color: str) -> Page:
    """An empty page as wide and as colourful as whoever reads it can see."""
    from shutil import get_terminal_size

    tty = sys.stdout is not None and sys.stdout.isatty()
    columns = get_terminal_size().columns if tty or "COLUMNS" in os.environ else 0
    windows = sys.platform == "win32"
    without = (
        os.environ.get("NO_COLOR") or os.environ.get("CLICOLOR") == "0" or "idlelib" in sys.modules
        or ("WT_SESSION" not in os.environ if windows  # an old console
            else os.environ.get("TERM", "dumb") == "dumb")
    )
    colored = color == "always" or (color == "auto" and tty and not without)
    return Page(max(20, min(columns or 80, 80)), colored)

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

def complain(message: str) -> None:
    """One line on standard error, if there is one to write to."""
    try:
        emit(f"sim.py: {message}\n", sys.stderr)
    except (OSError, ValueError):
        abandon(sys.stderr)

def abandon(stream: Any) -> None:
    """Let what a broken stream still holds vanish, so that nothing fails at exit."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())

class Progress:
    """Tells how far a long answer is: a bar on standard error, if that is a terminal.

    It shows once a second has passed, fits the terminal, and is wiped when all is done.
    """

    def __init__(self) -> None:
        from time import monotonic

        self.now, self.began, self.drawn = monotonic, monotonic(), 0
        self.tty = sys.stderr is not None and sys.stderr.isatty()
        self.part = (0, 1)  # of a longer answer: parts done, of how many

    def __call__(self, done: int, of: int) -> None:
        if not self.tty or self.now() - self.began < 1:
            return
        from shutil import get_terminal_size

        share = (self.part[0] + done / of) / self.part[1]
        size = max(4, min(60, (get_terminal_size().columns or 80) - 8))
        text = f"[{'#' * int(size * share):<{size}}]{100 * share:4.0f}%"
        self.write("\r" + text)
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
            self.write("\r" + " " * self.drawn + "\r")
            self.drawn = 0

    def write(self, text: str) -> None:
        """A bar that cannot be drawn must not cost the answer."""
        try:
            emit(text, sys.stderr)
        except (OSError, ValueError):
            self.tty = False

def run_command(argv: Sequence[str]) -> None:
    """Answer one command line; raises UsageError, and OSError where it cannot be written."""
    words = list(argv)
    named = bool(words) and not words[0].startswith("-")
    name = one_of(*WHERE_TO_START)(words.pop(0)) if named else "run"
    if {"-h", "--help"} & {*words}:
        page = terminal("auto")
        help_page(page, name if named else "")
    elif "--version" in words:
        page = terminal("auto")
        page.say(f"sim.py {VERSION}")
    else:
        request = understood(name, parsed(name, words))
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
        complain(f"{error} (python sim.py --help helps)")
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        abandon(sys.stdout)
        return 1
    except OSError as error:
        abandon(sys.stdout)
        complain(f"cannot write the output: {error.strerror or error}")
        return 1

def leave(status: int) -> None:
    """Exit; after Ctrl-C die of the signal, so that a loop in a shell stops too."""
    if status == 130 and os.name == "posix":
        import signal

        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)
    sys.exit(status)

if __name__ == "__main__":
    leave(main())
