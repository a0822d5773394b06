"""Syria's chemical weapons, September 2013: a dispute-resolution simulator.

On 12 September 2013 a news report set out a dispute. Everyone says they want Syria's
chemical weapons handed over under a four-step Russian plan; they disagree about who
moves first. This program plays that dispute out turn by turn, solves it exactly, and
says what would settle it. `python sim.py -h` lists what can be asked.

Read it from the top. Each section uses only those above it:

    1  Report and judgement      tables: whoever disagrees changes an entry here
    2  The rules of a turn       who may do what, what it does, what the others believe
    3  How a move is chosen      logit quantal response, for any game of this shape
    4  The dispute as a game     the tables and rules, handed to the solver
    5  A run                     one history, drawn from the policy
    6  The questions             each answered by a named tuple with documented fields
    7  How answers are printed   the same answer as a screen or as JSON
    8  The command line

Glossary. A *party* holds a seat. Its *position* is one of two moves: the *declared* one, or
the *concession* that gives it up; to go back is a *reversal*. A *ranking* orders the
*outcomes*. A *reading* is a ranking ascribed to Syria; the one that holds is the *truth*
(the solver calls it Syria's *type*). *Trust* is the probability that the four others give
to `word`; a *deed* of Syria's raises it. A *stage* is a step of the plan, a *turn* two
weeks. A *policy* gives the probability of every move, *odds* the probability of every
outcome; a *payoff* is the utility of the outcome less the costs run up on the way. A
*commitment* binds a party to a move; a party that commits is a *signatory*; a package with
one is a *promise*, with more a *deal*; the *temptation* is what a signatory would gain by
staying out. A *world* is one draw of every judgement.
¶3 is paragraph 3 of the report (AFP, 12 September 2013). A number that is not in the
report is called a judgement.
"""

import os
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import accumulate, pairwise, product
from math import exp, fsum
from operator import itemgetter
from random import Random
from typing import Annotated as Key  # what an answer holds: Key[type, what it is]
from typing import Any, NamedTuple

VERSION = "2.0"


# ---------------------------------------------------------------------------------------
# 1  The report, and our judgement of it
# ---------------------------------------------------------------------------------------

FIRST_DAY = date(2013, 9, 12)  # ¶1: the day of the report, and of turn 1
DAYS_A_TURN = 14  # judgement: the report gives no rhythm
DEAD = 110_000  # ¶21: lives claimed by the war so far
DEAD_SINCE = date(2011, 3, 1)  # ¶21 gives the month; its first day is a judgement
TOLL = f"more than {DEAD:,} dead since March 2011 (¶21)"
ATTACK = "some 1,400 dead on 21 August 2013, as Washington alleges (¶16)"

OUTCOMES = ("handover", "strike", "stalemate")

class Party(NamedTuple):
    """A party: its two positions, and its ranking of the outcomes."""
    label: Key[str, "its name"]
    in_text: Key[str, "its name in a sentence"]
    capital: Key[str, "where it decides"]
    declared: Key[str, "the move that is its declared position"]
    position: Key[str, "the same in words"]
    stated: Key[str, "the paragraph that states it"]
    concession: Key[str, "the move that gives it up"]
    gives_up: Key[str, "the same in words"]
    ranking: Key[tuple[str, ...], "best first; empty where the reading decides it"]
    source: Key[str, "what all this is read from"]

PARTIES = {
    "us": Party(
        "US", "the US", "Washington", "hold", "the threat of force stays on the table", "¶11",
        "drop", "takes the threat off the table",
        ("handover", "strike", "stalemate"), "¶6 ¶8 ¶11 ¶17",
    ),
    "russia": Party(
        "Russia", "Russia", "Moscow",
        "shield", "stands by its ally, opposes strikes, holds a veto", "¶24",
        "lean", "leans on Damascus to deliver",
        ("handover", "stalemate", "strike"), "¶4 ¶7 ¶10 ¶22–25",
    ),
    "syria": Party(
        "Syria", "Syria", "Damascus", "stall", "will not act under threat", "¶2",
        "comply", "does the work of the plan", (), "¶1–4",
    ),
    "france": Party(
        "France", "France", "Paris", "press", "keeps up the pressure, backs strikes", "¶18",
        "ease", "lets the pressure drop",
        ("handover", "strike", "stalemate"), "¶17 ¶18",
    ),
    "opposition": Party(
        "Opposition", "the opposition", "the opposition", "reject", "rejects the plan", "¶21",
        "accept", "lets the plan take its course", ("strike", "stalemate", "handover"),
        "¶21; the ranking is inferred",
    ),
}

TURN_ORDER = ("russia", "france", "opposition", "us", "syria")
STRIKE = "strike"  # the US's third move while its threat stands (¶11), and the outcome

class Reading(NamedTuple):
    """One answer to the report's open question, what Assad wants: Syria's ranking."""
    claim: Key[str, "in words"]
    whose: Key[str, "who holds it"]
    ranking: Key[tuple[str, ...], "Syria's, best first"]

READINGS = {
    "word": Reading(
        "Assad means what he says", "Assad, ¶1 ¶3 ¶4", ("handover", "stalemate", "strike")
    ),
    "tactic": Reading(
        "the offer is a delaying tactic", "Kerry's and Hollande's suspicion, ¶6 ¶13 ¶17",
        ("stalemate", "handover", "strike"),
    ),
}
WORD, TACTIC = READINGS

class Stage(NamedTuple):
    """A step of the plan (¶20)."""
    done: Key[str, "the word for it once completed"]
    task: Key[str, "in words"]
    pace: Key[float, "0 to 1: a judgement"]

STAGES = {
    "join": Stage("joined", "join the OPCW, the body that polices the ban", 0.8),
    "declare": Stage("declared", "declare where the chemical arms are", 0.6),
    "inspect": Stage("inspected", "let OPCW inspectors in", 0.4),
    "destroy": Stage("destroyed", "have the arsenal destroyed", 0.2),
}

def event(who: str, what: str) -> str:
    """The name of an event: a party's concession or reversal, the completion of a stage."""
    return f"{who} {what}"

THREAT, ALONE, STALL = "threat standing", "pressing alone", "stalled turn"
VOUCHED, LEANED = "stalled turn of a plan vouched for", "stalled turn leaned on"
BACKED, VETOED = "strike with backing", "strike against the veto"

# What an event costs a party: the named parameter, or gains it where the sign is -1.
PRICES = (
    *((event(party, "concession"), party, "face", 1) for party in PARTIES),
    *((event(party, "reversal"), party, "face", 1) for party in PARTIES),
    (event("us", "reversal"), "us", "revive", 1),
    (THREAT, "us", "alert", 1),
    (ALONE, "france", "alert", 1),
    (STALL, "us", "delay", 1),
    (STALL, "france", "delay", 1),
    (VOUCHED, "russia", "delay", 1),
    (LEANED, "syria", "leverage", 1),
    (BACKED, "us", "backing", -1),
    (VETOED, "us", "veto", 1),
)

class Parameter(NamedTuple):
    """A number of the model, every one a judgement."""
    default: Key[float, "before --set"]
    low: Key[float, "the least allowed"]
    high: Key[float, "the most allowed"]
    means: Key[str, "in words"]
    drawn: Callable[[float], float] | None  # its value in another world, of a draw from 0 to 1

def near(default: float, high: float, means: str) -> Parameter:
    """A number from 0 to `high`, in other worlds within half of its default either way."""
    return Parameter(default, 0, high, means, lambda u: min(default * (0.5 + u), high))

PARAMETERS = {
    "turns": Parameter(
        26, 1, 2000, "the clock: a year of turns; the report says only 'timely' (¶8)",
        lambda u: 13 + int(27 * u)),
    "rationality": Parameter(
        50, 0, 1e9, "precision of the logit choice, per unit of utility",
        lambda u: 50 * 2 ** (2 * u - 1)),
    "face": near(0.10, 100, "price of changing a declared position, either way"),
    "revive": near(0.15, 100, "price on top of reviving a threat once dropped"),
    "alert": near(0.0075, 100, "price of a turn of standing threat, or pressing alone (¶11 ¶17)"),
    "delay": near(0.02, 100, "price of a stalled turn to those who want speed (¶8) or vouch (¶7)"),
    "leverage": near(0.02, 100, "what Moscow's leaning adds to the price of stalling (¶4 ¶7)"),
    "backing": near(0.10, 100, "worth of France's support to a US strike (¶17)"),
    "veto": near(0.20, 100, "price of striking against Russia's veto (¶24)"),
    "disruption": near(0.25, 1, "share of a stage's chance lost while the opposition rejects"),
    "grudge": near(0.10, 1, "share of a stage's chance lost under threat (¶2–3)"),
    **{f"pace_{name}": near(stage.pace, 1, f"chance that a turn of work completes '{name}'")
       for name, stage in STAGES.items()},
    **{f"middle_{name}": Parameter(
        0.5, 0, 1, f"{party.label}: utility of the outcome ranked second", lambda u: u)
       for name, party in PARTIES.items()},
    "trust": near(0.25, 1, "the four's probability of 'word' before any deed (¶6 ¶13)"),
    "deed": Parameter(2.5, 1, 1000, "what a deed multiplies the odds of 'word' by in their eyes",
                      lambda u: 1 + 3 * u),
    "prior": Parameter(0.5, 0, 1, "an outside reader's first probability of 'word'", None),
}
RUNGS = (0.0, 0.25, 0.5, 0.75, 1.0)  # judgement: the trusts that `odds` compares

class Rule(NamedTuple):
    """What a commitment binds to while the US is at `us` (if given) and so much is done."""
    move: str
    us: str = ""
    since: int = 0
    until: int = len(STAGES)

def dropping(stages: int) -> tuple[Rule, ...]:
    """To hold until so many stages are done and then drop; never to strike or revive."""
    return Rule("drop", us="drop"), Rule("hold", until=stages), Rule("drop")

AT_ONCE = "drop at once"

# What a party can commit to, by party and text; of its rules the first that applies binds.
COMMITMENTS: dict[str, dict[str, tuple[Rule, ...]]] = {
    "us": {
        AT_ONCE: dropping(0),
        "drop once 1 stage is done": dropping(1),
        **{f"drop once {k} stages are done": dropping(k) for k in range(2, len(STAGES))},
        "hold to the end": (Rule("hold"),),
    },
    "russia": {"lean every turn": (Rule("lean"),)},
    "france": {
        "press while the threat stands, ease once it is dropped": (
            Rule("press", us="hold"), Rule("ease"),
        ),
    },
    "opposition": {"accept every turn": (Rule("accept"),)},
    "syria": {
        "comply whenever the threat is dropped": (Rule("comply", us="drop"),),
        "comply every turn": (Rule("comply"),),
    },
}

NOTICEABLE = 0.01  # judgement: a smaller difference bears no claim out and pays no signatory
ROUNDING = 1e-12  # a smaller difference is the machine's, not the model's
TIE = 1000 * ROUNDING  # and of payoffs over a long game, a smaller one than this

class Claim(NamedTuple):
    """What somebody says would follow, and the counterfactual that puts it to the test."""
    who: Key[str, "claims it"]
    paragraphs: Key[str, "of the report"]
    claim: Key[str, "paraphrased"]
    test: Key[str, "in words"]
    figure: Key[str | None, "that the claim is about; null without a test"] = None
    should: Key[str | None, "rise, fall, not fall, not move, stay above one half, or null"] = None
    forbid: Key[tuple[tuple[str, str], ...], "moves that the test forbids"] = ()
    commit: Key[tuple[tuple[str, str], ...], "parties that it commits, and to what"] = ()
    numbers: Key[tuple[tuple[str, float], ...], "parameters that it sets"] = ()

CLAIMS = (
    Claim("Assad", "¶4", "American threats played no part in the decision",
          "forbid us.strike", "odds of handover", "not move", forbid=(("us", STRIKE),)),
    Claim("Assad", "¶2–3", "once the threat is dropped, Syria follows through",
          "the US drops the threat at once and keeps it dropped", "odds of handover", "not fall",
          commit=(("us", AT_ONCE),)),
    Claim("Assad", "¶4", "Syria hands the weapons over because of Russia",
          "forbid russia.lean", "odds of handover", "fall", forbid=(("russia", "lean"),)),
    Claim("Kerry", "¶6 ¶13", "words are not enough", "the four take Assad at his word (trust 1)",
          "US payoff", "fall", numbers=(("trust", 1.0),)),
    Claim("US and France", "¶17", "the threat keeps the plan from becoming a delaying tactic",
          "the US drops the threat at once and keeps it dropped",
          "share of turns stalled", "rise", commit=(("us", AT_ONCE),)),
    Claim("Hollande", "¶18", "French pressure keeps the plan moving",
          "forbid france.press", "share of turns stalled", "rise", forbid=(("france", "press"),)),
    Claim("Lavrov", "¶10", "the plan makes strikes unnecessary", "forbid us.strike",
          "odds of handover", "stay above one half", forbid=(("us", STRIKE),)),
    Claim("Putin", "¶24", "the veto holds strikes back",
          "striking against the veto costs nothing (veto 0)", "odds of strike", "rise",
          numbers=(("veto", 0.0),)),
    Claim("Opposition", "¶21", "the plan will only cost more lives",
          "none: the model counts turns, not deaths"),
)

class Fact(NamedTuple):
    """The recorded completion of a stage."""
    recorded: Key[str, "when, ISO"]
    event: Key[str, "taken as its completion"]
    source: Key[str, "of the record"]

# What happened later. None of it was known on the day of the report; no number above may be
# tuned to it.
ON_RECORD = {
    "join": Fact("2013-10-14", "the Chemical Weapons Convention enters into force for Syria, which "
                 "had deposited its accession on 14 September", "OPCW"),
    "declare": Fact("2013-10-24", "formal initial declaration submitted, three days ahead of its "
                    "deadline", "OPCW, 27 October 2013"),
    "inspect": Fact("2013-11-06", "22 of the 23 declared sites verified; the last could not be "
                    "reached for safety", "OPCW-UN Joint Mission, update 5"),
    "destroy": Fact("2014-06-23", "last declared chemicals shipped out; the most toxic were "
                    "neutralised at sea by 18 August 2014", "OPCW-UN Joint Mission"),
}
ALSO_ON_RECORD = (
    "US-Russia framework agreed on 14 September 2013, with mid-2014 as its target",
    "OPCW decision EC-M-33/DEC.1 and Security Council resolution 2118, both 27 September 2013",
    "the threat was never formally withdrawn: in the model's terms the US stayed at hold",
    "the removal deadlines of 31 December 2013 and 5 February 2014 were missed: in the model's "
    + "terms, stalling or slow work, which the record does not tell apart (OPCW-UN Joint Mission)",
)
NOT_INCLUDED = (
    "Handover here means the declared arsenal: the OPCW later reported gaps in the declaration, "
    "and chemical attacks occurred again in 2017."
)


# ---------------------------------------------------------------------------------------
# 2  The rules of a turn
# ---------------------------------------------------------------------------------------

CHANCE = "chance"
Move = tuple[str, str]  # a party and its move

class State(NamedTuple):
    """Where things stand: stages done, and everybody's position at this moment."""
    done: int = 0
    russia: str = PARTIES["russia"].declared
    france: str = PARTIES["france"].declared
    opposition: str = PARTIES["opposition"].declared
    us: str = PARTIES["us"].declared
    syria: str = PARTIES["syria"].declared

    @property
    def at_work(self) -> bool:
        """Whether Syria does the work of the plan."""
        return self.syria == PARTIES["syria"].concession

    @property
    def threatened(self) -> bool:
        """Whether the threat of force stands."""
        return self.us == PARTIES["us"].declared

def menu(
    mover: str, state: State, forbidden: Collection[Move] = (), rules: Iterable[Rule] = ()
) -> tuple[str, ...]:
    """The moves open to a mover, the declared position first; () if it is passed over.

    Forbidding takes a move out, unless nothing would be left. Of the `rules` of the mover's
    commitment the first that applies leaves its move alone, if that is still there.
    """
    if mover == CHANCE:  # which speaks only after work
        return ("completes", "continues") if state.at_work else ()
    party = PARTIES[mover]
    moves: tuple[str, ...] = (party.declared, party.concession)
    if mover == "us" and state.threatened:
        moves += (STRIKE,)
    moves = tuple(move for move in moves if (mover, move) not in forbidden) or moves
    for rule in rules:
        if rule.us in ("", state.us) and rule.since <= state.done < rule.until:
            return (rule.move,) if rule.move in moves else moves
    return moves

def effect(mover: str, move: str, state: State) -> tuple[State | str, list[str]]:
    """What a move does: the state after it or the outcome it brings, and what happened.

    What happened is a list of events, which PRICES prices and a forecast counts.
    """
    if mover == CHANCE:
        if move == "continues":
            return state, []
        return state._replace(done=state.done + 1), [event(tuple(STAGES)[state.done], "completed")]
    if move == STRIKE:
        backed, vetoed = state.france == "press", state.russia == "shield"
        return STRIKE, [BACKED] * backed + [VETOED] * vetoed
    events = []
    if move != getattr(state, mover):
        if move == PARTIES[mover].declared:
            events.append(event(mover, "reversal"))
        elif mover != "syria" or state.threatened:  # else its condition is met (¶2)
            events.append(event(mover, "concession"))
    if mover == "us" and move == "hold":
        events.append(THREAT)
    elif mover == "france" and move == "press" and not state.threatened:
        events.append(ALONE)
    elif mover == "syria" and move == "stall":
        events.append(STALL)
        if state.russia == "lean":
            events.append(LEANED)
        elif state.done:
            events.append(VOUCHED)
    return state._replace(**{mover: move}), events  # type: ignore[arg-type]

def close(state: State) -> State | str:
    """The end of a turn: the state the next one begins in, or the outcome."""
    return "handover" if state.done == len(STAGES) else state

def completion(state: State, parameters: Mapping[str, float]) -> float:
    """The chance that this turn's work completes the stage."""
    chance = parameters[f"pace_{tuple(STAGES)[state.done]}"]
    if state.opposition == "reject":
        chance *= 1 - parameters["disruption"]
    if state.threatened:
        chance *= 1 - parameters["grudge"]
    return chance

def trust_in(state: State, parameters: Mapping[str, float]) -> float:
    """What the four others believe: the probability of `word`, by a rule of thumb.

    Being at work is a deed, and so is every completed stage; stalling forfeits the credit.
    """
    trust = parameters["trust"]
    credit = parameters["deed"] ** (state.done + 1) if state.at_work else 1.0
    return trust * credit / (trust * credit + 1 - trust)


# ---------------------------------------------------------------------------------------
# 3  How a move is chosen
# ---------------------------------------------------------------------------------------
#
# Nothing below knows of Syria. A game repeats one turn until an outcome or the end of its
# clock; within a turn the movers act in order, each seeing what came before. One mover has
# two types, which it alone knows; the others hold a public belief about them, which depends
# on the state alone. So every value is held twice: what follows under either type.

Numbers = Sequence[float]
Shares = Sequence[Numbers]  # [option][place]: probabilities in a layer
Columns = dict[str, dict[str, list[float]]]  # [type][party][slot]: expected payoffs
Policy = list[dict[str, Shares]]  # [layer][type]
# A decision: its options, and by option what follows and the events on the way.
Node = tuple[tuple[str, ...], list[tuple[Any, Any]], list[Sequence[str]]]

class Game(NamedTuple):
    """A game over a finite clock, in which `informed` is of one of two `types`."""
    movers: Sequence[str]
    informed: str
    types: Sequence[str]
    start: Any
    turns: int
    rationality: float
    outcomes: Sequence[str]
    timeout: str  # the outcome when the clock has run out
    belief: Callable[[Any], float]  # of a state: the others' probability of the first type
    menu: Callable[[str, Any], Sequence[str]]  # a mover's options in a state; () passes it over
    # Of a mover, an option and a state: the state after it or an outcome, and the events in it.
    effect: Callable[[str, str, Any], tuple[Any, Sequence[str]]]
    close: Callable[[Any], Any]  # the state the next turn begins in, or an outcome
    odds: Callable[[Any], Numbers]  # where CHANCE moves: the probability of each option
    # [type][party][outcome]; whoever has one but never moves is carried along.
    utilities: Mapping[str, Mapping[str, Mapping[str, float]]]
    prices: Mapping[str, Mapping[str, float]]  # [event][party]

class Layer(NamedTuple):
    """States in which one mover has the same options; none of them leads to another.

    They are solved together, column by column, which makes it fast. A *place* is a position in
    the layer, a *slot* one in the table of a turn: outcomes come first, then the states that a
    turn can begin in, then the layers, the last to move first.
    """
    mover: str
    options: tuple[str, ...]
    states: tuple[Any, ...]
    first: int  # the slot of place 0
    kids: Sequence[Sequence[int]]  # [option][place]: the slot that follows
    pick: Sequence[Callable[[Numbers], Numbers]]  # [option]: the kids' entries of a column
    events: Sequence[tuple[str, int, list[int]]]  # event, option, places where it happens
    costs: Mapping[str, Sequence[tuple[int, Numbers]]]  # [party]: option, and costs by place
    odds: Shares  # chance's own; empty for all others
    belief: Numbers  # [place]

    def worth(self, party: str, column: Numbers) -> list[Numbers]:
        """What each option is worth to a party, at every place: what follows less its costs."""
        values = [pick(column) for pick in self.pick]
        for option, costs in self.costs.get(party, ()):
            values[option] = [value - cost for value, cost in zip(values[option], costs)]
        return values

class Graph(NamedTuple):
    """One turn of a game, unfolded from every state that it can begin in."""
    game: Game
    starts: tuple[Any, ...]  # the states a turn can begin in, the game's start first
    roots: tuple[int, ...]  # for each of them, the slot at which its turn begins
    layers: tuple[Layer, ...]  # the last to move first
    first: int  # the slot of the first layer's first place

    def locate(self, slot: int) -> tuple[int, int]:
        """The layer of a slot, by number, and the place in it."""
        number = next(n for n, it in enumerate(self.layers) if slot < it.first + len(it.states))
        return number, slot - self.layers[number].first

    def believing(self, belief: Callable[[Any], float]) -> "Graph":
        """The same game with another public belief."""
        layers = tuple(it._replace(belief=[*map(belief, it.states)]) for it in self.layers)
        return self._replace(game=self.game._replace(belief=belief), layers=layers)

class Solution(NamedTuple):
    """A backward pass: the policy, and what every state is worth at the start of every turn."""
    graph: Graph
    policy: list[Policy]  # [turn], from 0
    worth: list[Columns]  # [turn]: by the number of the state; the last is after the clock
    tables: dict[int, Columns]  # turns looked at in full, by `table`

    def table(self, turn: int) -> Columns:
        """Every slot's expected payoffs in a turn, worked out when it is first asked for."""
        if turn not in self.tables:
            self.tables[turn] = sweep(self.graph, self.worth[turn + 1])[0]
        return self.tables[turn]

    def shares(self, turn: int, type_: str, slot: int) -> list[float]:
        """The probability of each option of the decision at a slot, in a turn from 0."""
        number, place = self.graph.locate(slot)
        return [option[place] for option in self.policy[turn][number][type_]]

    def payoffs(self, type_: str) -> dict[str, float]:
        """Every party's expected payoff at the start, under one type."""
        return {party: column[0] for party, column in self.worth[0][type_].items()}

class Forecast(NamedTuple):
    """A forward pass under one type: exact odds and expected counts."""
    odds: dict[str, float]
    turns: float  # expected number played
    counts: dict[str, list[float]]  # [event][turn]: expected number
    visits: dict[Any, float]  # expected number of turns that end in a state

    def total(self, event: str) -> float:
        """How often the event is expected over the whole game."""
        return fsum(self.counts.get(event, ()))

def unfold(game: Game) -> Graph:
    """Write out one turn from every state in reach."""
    starts = {game.start: 0}  # a state that a turn can begin in: its number
    queue = [game.start]
    found: dict[tuple[int, Any], Node] = {}

    def end(where: Any) -> tuple[Any, Any]:
        """An outcome, or a state that the next turn begins in."""
        if isinstance(where, str):
            return "outcome", where
        if where not in starts:
            starts[where] = len(starts)
            queue.append(where)
        return "start", where

    def visit(depth: int, state: Any) -> tuple[Any, Any]:
        """Where play continues: a decision, by depth and state, or an end."""
        if depth == len(game.movers):
            return end(game.close(state))
        mover = game.movers[depth]
        options = tuple(game.menu(mover, state))
        if not options:
            return visit(depth + 1, state)
        if (depth, state) not in found:
            effects = [game.effect(mover, option, state) for option in options]
            kids = [end(after) if isinstance(after, str) else visit(depth + 1, after)
                    for after, _ in effects]
            found[depth, state] = options, kids, [events for _, events in effects]
        return depth, state

    roots = [visit(0, state) for state in queue]  # which grows on the way
    slots: dict[tuple[Any, Any], int] = {}
    for place in (*(("outcome", name) for name in game.outcomes), *(("start", s) for s in queue)):
        slots[place] = len(slots)
    first, layers = len(slots), []
    groups: dict[tuple[int, tuple[str, ...]], list[Any]] = {}
    for (depth, state), (options, *_) in found.items():
        groups.setdefault((-depth, options), []).append(state)
    for depth, options in sorted(groups):
        states = groups[depth, options]
        nodes = [found[-depth, state] for state in states]
        slots |= {(-depth, state): len(slots) + place for place, state in enumerate(states)}
        layers.append(layer_of(game, game.movers[-depth], states, nodes, slots, len(slots)))
    return Graph(game, tuple(queue), tuple(slots[root] for root in roots), tuple(layers), first)

def layer_of(
    game: Game, mover: str, states: Sequence[Any], nodes: Sequence[Node],
    slots: Mapping[tuple[Any, Any], int], stop: int,
) -> Layer:
    """The layer of these nodes, the last of which has the slot before `stop`."""
    kids = [[slots[kid] for kid in option] for option in zip(*(node[1] for node in nodes))]
    events: dict[tuple[str, int], list[int]] = {}
    costs: dict[str, dict[int, list[float]]] = {}
    for place, (_, _, happened) in enumerate(nodes):
        for option, what in ((option, it) for option, its in enumerate(happened) for it in its):
            events.setdefault((what, option), []).append(place)
            for party, price in game.prices.get(what, {}).items():
                none = [0.0] * len(nodes)
                costs.setdefault(party, {}).setdefault(option, none)[place] += price
    if len(states) > 1:
        pick: list[Any] = [itemgetter(*option) for option in kids]
    else:  # of one place itemgetter would make no sequence
        pick = [lambda column, slot=slot: [column[slot]] for (slot,) in kids]
    return Layer(
        mover=mover, options=nodes[0][0], states=tuple(states), first=stop - len(states),
        kids=kids, pick=pick,
        events=[(what, option, places) for (what, option), places in events.items()],
        costs={party: list(options.items()) for party, options in costs.items()},
        odds=list(zip(*map(game.odds, states))) if mover == CHANCE else [],
        belief=[game.belief(state) for state in states],
    )

def backward(graph: Graph) -> Solution:
    """Solve a game by backward induction under logit quantal response.

    Whoever moves picks an option with probability proportional to exp(rationality * its value),
    everyone including itself choosing this way later (agent QRE, McKelvey & Palfrey 1998). Its
    value is the expected payoff from there on: under its own type to the informed mover, by the
    public belief to all others. A finite clock makes the equilibrium unique.
    """
    game, worth, policy = graph.game, [], []
    late = {t: {p: [utility[game.timeout]] * len(graph.starts) for p, utility in parties.items()}
            for t, parties in game.utilities.items()}
    worth.append(late)
    for _ in range(game.turns):
        columns, chosen = sweep(graph, worth[-1])
        policy.append(chosen)
        worth.append({t: {p: [it[root] for root in graph.roots] for p, it in parties.items()}
                      for t, parties in columns.items()})
    return Solution(graph, policy[::-1], worth[::-1], {})

def sweep(graph: Graph, then: Columns) -> tuple[Columns, Policy]:
    """Solve one turn, given what every state is worth after it."""
    game = graph.game
    columns = {t: {p: [*(utility[end] for end in game.outcomes), *then[t][p]]
                   for p, utility in parties.items()} for t, parties in game.utilities.items()}
    policy = []
    for layer in graph.layers:
        shares = choose(game, layer, columns)
        for type_, parties in columns.items():
            for party, column in parties.items():
                column += mixed(shares[type_], layer.worth(party, column))
        policy.append(shares)
    return columns, policy

def choose(game: Game, layer: Layer, columns: Columns) -> dict[str, Shares]:
    """The probability of every option in a layer, by type."""
    if layer.odds:
        return dict.fromkeys(game.types, layer.odds)
    worth = [layer.worth(layer.mover, columns[type_][layer.mover]) for type_ in game.types]
    if layer.mover == game.informed:
        return {t: logit(values, game.rationality) for t, values in zip(game.types, worth)}
    blended = [
        [b * first + (1 - b) * second for b, first, second in zip(layer.belief, *option)]
        for option in zip(*worth)
    ]
    return dict.fromkeys(game.types, logit(blended, game.rationality))

def logit(values: Sequence[Numbers], rationality: float) -> Shares:
    """Choice probabilities, proportional to exp(rationality * value): [option][place]."""
    if len(values) == 1:
        return [[1.0] * len(values[0])]
    if len(values) == 2:  # most layers; what follows says the same, more slowly
        try:
            odds = [exp(rationality * (other - one)) for one, other in zip(*values)]
            shares = [1 / (1 + it) for it in odds]
            return [shares, [share * it for share, it in zip(shares, odds)]]
        except OverflowError:
            pass  # the second is beyond all compare: take the best off first
    best = list(map(max, *values))
    weights = [  # with the best taken off, so that no exponent is positive
        [exp(rationality * (value - top)) for value, top in zip(option, best)] for option in values
    ]
    mass = list(map(fsum, zip(*weights)))
    return [[x / all_ for x, all_ in zip(weight, mass)] for weight in weights]

def mixed(shares: Shares, options: Sequence[Numbers]) -> Numbers:
    """Expected values: the options' values weighted by their shares, place by place."""
    if len(shares) == 1:
        return options[0]
    if len(shares) == 2:  # most layers; the loop below says the same, more slowly
        return [p * x + q * y for p, q, x, y in zip(*shares, *options)]
    total = [p * x for p, x in zip(shares[0], options[0])]
    for share, option in zip(shares[1:], options[1:]):
        total = [x + p * y for x, p, y in zip(total, share, option)]
    return total

def forward(solution: Solution, type_: str, without: str = "") -> Forecast:
    """What a policy leads to under one type, exactly: without the event `without`, if any."""
    graph = solution.graph
    game, ends, layers = graph.game, len(graph.game.outcomes), graph.layers[::-1]
    counts = {it: [0.0] * game.turns for layer in layers for it, *_ in layer.events}
    ended, visits, turns = [0.0] * ends, [0.0] * len(graph.starts), []
    mass = [1.0] + [0.0] * (len(graph.starts) - 1)
    for turn, policy in enumerate(solution.policy):
        turns += mass
        flow = [0.0] * (layers[0].first + len(layers[0].states))
        for root, amount in zip(graph.roots, mass):
            flow[root] += amount
        for layer, by_type in zip(layers, policy[::-1]):
            here = flow[layer.first : layer.first + len(layer.states)]
            parts = [[x * p for x, p in zip(here, share)] for share in by_type[type_]]
            for what, option, places in layer.events:
                part = parts[option]
                counts[what][turn] += fsum([part[place] for place in places])
                if what == without:
                    parts[option] = [0.0 if i in places else x for i, x in enumerate(part)]
            for kids, part in zip(layer.kids, parts):
                for kid, amount in zip(kids, part):
                    flow[kid] += amount
        ended = [before + now for before, now in zip(ended, flow)]
        mass = flow[ends : graph.first]
        visits = [before + now for before, now in zip(visits, mass)]
    ended[game.outcomes.index(game.timeout)] += fsum(mass)
    odds = dict(zip(game.outcomes, ended))
    return Forecast(odds, fsum(turns), counts, dict(zip(graph.starts, visits)))


# ---------------------------------------------------------------------------------------
# 4  The dispute as a game
# ---------------------------------------------------------------------------------------

class Dispute(NamedTuple):
    """The dispute as somebody wants it solved: parameters, start, counterfactuals."""
    parameters: Mapping[str, float]
    start: State = State()
    forbidden: tuple[Move, ...] = ()
    commitments: tuple[tuple[str, str], ...] = ()  # a party and what it commits to

    def setting(self, **numbers: float) -> "Dispute":
        """The same dispute with other numbers."""
        return self._replace(parameters={**self.parameters, **numbers})

def game_of(dispute: Dispute, carried: bool = False) -> Game:
    """The rules of section 2 with this dispute's numbers.

    If `carried`, the odds of a handover are carried along like a payoff of nobody's.
    """
    parameters = dispute.parameters
    prices: dict[str, dict[str, float]] = {}
    for what, party, name, sign in PRICES:
        bill = prices.setdefault(what, {})
        bill[party] = bill.get(party, 0.0) + sign * parameters[name]
    rules = {party: COMMITMENTS[party][text] for party, text in dispute.commitments}

    return Game(
        movers=(*TURN_ORDER, CHANCE), informed="syria", types=tuple(READINGS), start=dispute.start,
        turns=int(parameters["turns"]), rationality=parameters["rationality"], outcomes=OUTCOMES,
        timeout="stalemate", belief=lambda state: trust_in(state, parameters),
        menu=lambda mover, state: menu(mover, state, dispute.forbidden, rules.get(mover, ())),
        effect=effect, close=close,
        odds=lambda state: (completion(state, parameters), 1 - completion(state, parameters)),
        utilities={truth: utilities(parameters, truth, carried) for truth in READINGS},
        prices=prices,
    )

def utilities(
    parameters: Mapping[str, float], truth: str, carried: bool = False
) -> dict[str, dict[str, float]]:
    """Every party's utility of every outcome, if this reading of Syria is the truth."""
    result = {}
    for name, party in PARTIES.items():
        ranking = party.ranking or READINGS[truth].ranking
        result[name] = dict(zip(ranking, (1.0, parameters[f"middle_{name}"], 0.0)))
    if carried:
        result["handover"] = {outcome: float(outcome == "handover") for outcome in OUTCOMES}
    return result

def solve(dispute: Dispute, carried: bool = False) -> Solution:
    """The dispute's one equilibrium, for both truths."""
    return backward(unfold(game_of(dispute, carried)))

def forecasts(solution: Solution) -> dict[str, Forecast]:
    """What follows under either truth."""
    return {truth: forward(solution, truth) for truth in READINGS}

def payoffs(solution: Solution) -> dict[str, dict[str, float]]:
    """Every party's expected payoff at the start, by truth."""
    return {truth: solution.payoffs(truth) for truth in READINGS}


# ---------------------------------------------------------------------------------------
# 5  A run
# ---------------------------------------------------------------------------------------
#
# From here on answers are named tuples. A field is a key of the JSON, what it holds stands
# beside it, and `python sim.py COMMAND -h` prints it. Utility is 1 for a party's best outcome
# and 0 for its worst; payoffs are in utility.

class Option(NamedTuple):
    """A move that was open, and what its party made of it."""
    follows: Key[dict[str, float], "by truth, in utility: what is expected to follow from it"]
    costs: Key[dict[str, float], "by event, in utility: what it costs the party at once"]
    value: Key[float, "what was compared: what follows, by trust or under the truth, less costs"]
    weight: Key[float, "0 to 1: exp(rationality x (value - the best value))"]
    probability: Key[float, "0 to 1: the weight's share of all weights"]

class Made(NamedTuple):
    """A move made."""
    move: Key[str, "the position after it, or strike"]
    changed: Key[bool, "whether that is another position than before"]
    concession: Key[bool, "whether it gives up the declared position at a price"]
    reversal: Key[bool, "whether it goes back to the declared position"]
    probability: Key[float, "0 to 1: how likely it was"]
    values: Key[dict[str, float], "by move, in utility: what the party compared"]
    trust: Key[float | None, "0 to 1: by which the party weighed the truths; null for Syria"]
    options: Key[dict[str, Option], "by move"]
    otherwise: Key[dict[str, Option] | None, "were the other reading the truth; null but for Syria"]
    likelihoods: Key[dict[str, float], "by truth, 0 to 1: how likely the move was"]
    before: Key[float, "0 to 1: odds of a handover as the four saw them before this move"]
    after: Key[float, "0 to 1: and after this move alone"]
    draw: Key[float, "0 to 1: the draw that picked it"]

class Turn(NamedTuple):
    """A turn of a history."""
    turn: Key[int, "its number, from 1"]
    date: Key[str, "its first day, ISO"]
    stage: Key[str, "the stage in hand"]
    positions: Key[dict[str, str], "by party, before the turn"]
    moves: Key[dict[str, Made], "by party, in the order of the turn; Syria's not after a strike"]
    chance: Key[float | None, "0 to 1: that its work completes the stage; null without work"]
    draw: Key[float | None, "0 to 1: the draw of chance; null without work"]
    completed: Key[bool, "whether the stage was completed"]
    trust: Key[float, "0 to 1: the four's, after the turn"]
    reader: Key[float, "0 to 1: what the outside reader believes after the turn"]
    handover_as_seen: Key[float, "0 to 1: odds of a handover as the four see them after it"]

class History(NamedTuple):
    """One history, from the start to its outcome."""
    true: str
    turns: list[Turn]
    outcome: str | None  # None if somebody left the table
    payoffs: dict[str, float]  # received; empty without an outcome

class Leave(Exception):
    """Raised by an `Ask` whose party leaves the table; the history ends there."""

# Given the turns so far, the last one in progress, the party whose move it is, its options
# and the truth: the move it makes, or None to leave it to the policy.
Ask = Callable[[Sequence[Turn], str, Mapping[str, Option], str], str | None]

class Player(NamedTuple):
    """What playing a history takes: a solution that carries the odds of a handover along."""
    dispute: Dispute
    solution: Solution
    draw: Callable[[], float]
    ask: Ask | None = None

    def seen(self, turn: int, slot: int, state: State) -> float:
        """Odds of a handover at a slot of a turn (from 0), as the four see them."""
        trust = trust_in(state, self.dispute.parameters)
        word, tactic = (self.solution.table(turn)[truth]["handover"][slot] for truth in READINGS)
        return trust * word + (1 - trust) * tactic

def play_out(player: Player, truth: str) -> History:
    """Play one history, a draw for each decision in turn order and for chance after work.

    An answer of `ask` spends the draw all the same, so that equal moves make equal histories.
    """
    graph, parameters = player.solution.graph, player.dispute.parameters
    turns: list[Turn] = []
    happened: list[str] = []
    reader, slot, ends = parameters["prior"], len(OUTCOMES), len(OUTCOMES)
    try:
        while slot >= ends and len(turns) < graph.game.turns:
            state, slot = graph.starts[slot - ends], graph.roots[slot - ends]
            turns.append(Turn(
                turn=len(turns) + 1, date=date_of(len(turns) + 1), stage=tuple(STAGES)[state.done],
                positions=positions_in(state), moves={}, chance=None, draw=None, completed=False,
                trust=trust_in(state, parameters), reader=reader,
                handover_as_seen=player.seen(len(turns), slot, state),
            ))
            slot = play_turn(player, truth, turns, slot, happened)
            reader = turns[-1].reader
    except Leave:
        return History(truth, turns, None, {})
    outcome = OUTCOMES[slot] if slot < ends else graph.game.timeout
    prices = graph.game.prices
    received = {
        party: utility[outcome] - fsum(prices.get(event, {}).get(party, 0.0) for event in happened)
        for party, utility in utilities(parameters, truth).items()
    }
    return History(truth, turns, outcome, received)

def positions_in(state: State) -> dict[str, str]:
    """Everybody's position, by party."""
    return {party: getattr(state, party) for party in PARTIES}

def play_turn(player: Player, truth: str, turns: list[Turn], slot: int, happened: list[str]) -> int:
    """Play the last of `turns` to its end, noting it there: the slot that it leads to."""
    graph, turn, now = player.solution.graph, turns[-1], len(turns) - 1
    while slot >= graph.first:
        number, place = graph.locate(slot)
        layer = graph.layers[number]
        state = layer.states[place]
        if layer.mover == CHANCE:
            draw, odds = player.draw(), [share[place] for share in layer.odds]
            pick = pick_by(odds, draw)
            turn = turn._replace(chance=odds[0], draw=draw, completed=pick == 0)
        else:
            made = turn.moves[layer.mover] = decide(player, truth, turns, slot)
            pick = layer.options.index(made.move)
            if layer.mover == "syria":
                word, tactic = (made.likelihoods[reading] for reading in READINGS)
                turn = turn._replace(reader=updated(turn.reader, word, tactic))
        after, events = effect(layer.mover, layer.options[pick], state)
        if isinstance(after, State):
            state = after
        happened += events
        slot = layer.kids[pick][place]
        turn = turns[-1] = turn._replace(
            trust=trust_in(state, player.dispute.parameters),
            handover_as_seen=player.seen(now, slot, state),
        )
    return slot

def decide(player: Player, truth: str, turns: Sequence[Turn], slot: int) -> Made:
    """One decision: what was open to the party, what was drawn or answered, and what it did."""
    solution, now = player.solution, len(turns) - 1
    number, place = solution.graph.locate(slot)
    layer = solution.graph.layers[number]
    mover, state = layer.mover, layer.states[place]
    options = {reading: weigh(solution, now, slot, reading) for reading in READINGS}
    open_, drawn = options[truth], player.draw()
    move = layer.options[pick_by((option.probability for option in open_.values()), drawn)]
    if player.ask:
        move = player.ask(turns, mover, open_, truth) or move
    informed = mover == solution.graph.game.informed
    after, events = effect(mover, move, state)
    return Made(
        move=move, changed=move not in (getattr(state, mover), STRIKE),
        concession=event(mover, "concession") in events,
        reversal=event(mover, "reversal") in events, probability=open_[move].probability,
        values={name: option.value for name, option in open_.items()},
        trust=None if informed else layer.belief[place], options=open_,
        otherwise=options[other_than(truth)] if informed else None,
        likelihoods={reading: found[move].probability for reading, found in options.items()},
        before=player.seen(now, slot, state),
        after=player.seen(now, layer.kids[layer.options.index(move)][place],
                          after if isinstance(after, State) else state),
        draw=drawn,
    )

def weigh(solution: Solution, turn: int, slot: int, truth: str) -> dict[str, Option]:
    """What each option of a decision is worth to its party under a truth, and how likely."""
    game, table = solution.graph.game, solution.table(turn)
    number, place = solution.graph.locate(slot)
    layer, shares = solution.graph.layers[number], solution.shares(turn, truth, slot)
    belief = float(truth == WORD) if layer.mover == game.informed else layer.belief[place]
    found = {}
    for move, kids, share in zip(layer.options, layer.kids, shares):
        follows = {reading: table[reading][layer.mover][kids[place]] for reading in READINGS}
        events = effect(layer.mover, move, layer.states[place])[1]
        bills = ((it, game.prices.get(it, {}).get(layer.mover, 0.0)) for it in events)
        costs = {it: cost for it, cost in bills if cost}
        value = belief * follows[WORD] + (1 - belief) * follows[TACTIC] - fsum(costs.values())
        found[move] = Option(follows, costs, value, 0.0, share)
    best = max(option.value for option in found.values())
    return {
        move: option._replace(weight=exp(game.rationality * (option.value - best)))
        for move, option in found.items()
    }

def other_than(truth: str) -> str:
    """The other reading."""
    return TACTIC if truth == WORD else WORD

def pick_by(shares: Iterable[float], draw: float) -> int:
    """The first option at which the shares, added up, exceed a draw; the last if none does."""
    totals = list(accumulate(shares))
    return min(sum(total <= draw for total in totals), len(totals) - 1)

def updated(reader: float, if_word: float, if_tactic: float) -> float:
    """Bayes' rule: the belief after a move as likely as this under either truth."""
    seen = reader * if_word + (1 - reader) * if_tactic
    return reader * if_word / seen if seen else reader

def date_of(turn: int) -> str:
    """The day a turn begins, as ISO; turn 1 begins on the day of the report."""
    return (FIRST_DAY + timedelta(DAYS_A_TURN * (turn - 1))).isoformat()

def turn_of(day: str) -> int:
    """The turn that holds a day, given as ISO."""
    return (date.fromisoformat(day) - FIRST_DAY).days // DAYS_A_TURN + 1


# ---------------------------------------------------------------------------------------
# 6  The questions
# ---------------------------------------------------------------------------------------

class UsageError(ArgumentTypeError):
    """Bad input. Its text is one line that names the culprit and what would do instead."""

class Start(NamedTuple):
    """Where play begins."""
    done: Key[int, "stages done"]
    positions: Key[dict[str, str], "by party"]

class Setting(NamedTuple):
    """What an answer is an answer for; its keys stand at the top level."""
    parameters: Key[dict[str, float], "every parameter as used, by name"]
    changed: Key[tuple[str, ...], "parameters that --set fixed"]
    start: Key[Start, "where play begins"]
    forbidden: Key[tuple[str, ...], "moves off the table, PARTY.MOVE"]
    asked: Key[tuple[str, ...], "the options that ask for the same dispute again"]

class Request(NamedTuple):
    """What somebody asked for: the dispute to solve, and how to ask about it."""
    dispute: Dispute
    setting: Setting
    seed: int
    truth: str
    worlds: int
    top: int
    explain: int
    calibrated: bool
    seat: str
    ask: Ask | None = None
    tick: Callable[[int, int], None] = lambda done, of: None  # told how far a long answer is

class Change(NamedTuple):
    """A change of position, or the strike: the move itself is in the turn."""
    turn: Key[int, "when"]
    party: Key[str, "whose"]
    kind: Key[str, "concession, reversal, change (which costs nothing), or strike"]
    swing: Key[float, "by how much the move alone moved the odds of a handover as seen, 0 to 1"]
    telling: Key[bool, "whether it is among those that moved them most, which the screen tells"]

class Other(NamedTuple):
    """The same draws with the other Assad."""
    true: Key[str, "the other reading"]
    outcome: Key[str | None, "of that history, never null"]
    turn: Key[int, "in which it ends"]
    parts_in_turn: Key[int | None, "the first in which a move or a completion differs, or null"]

class Departure(NamedTuple):
    """A turn in which the seat passed over a better option."""
    turn: Key[int, "when"]
    move: Key[str, "what the reader did"]
    better: Key[str, "the option worth most"]
    cost: Key[float, "expected payoff given up"]

class Run(NamedTuple):
    """The answer of `run` and `play`: one history, and what it turned on."""
    setting: Key[Setting, "at the top level"]
    seed: Key[int, "what was drawn"]
    truth: Key[str, "as asked for: word, tactic or drawn"]
    true: Key[str, "the reading that is true"]
    turns: Key[list[Turn], "in order"]
    outcome: Key[str | None, "handover, strike or stalemate; null if the table was left"]
    date: Key[str, "first day of the last turn, ISO"]
    forced_by_clock: Key[bool, "whether the end of the clock brought the outcome about"]
    changes: Key[list[Change], "of position, in order"]
    odds: Key[dict[str, float], "by outcome, 0 to 1: as the four see them at the start"]
    odds_by_truth: Key[dict[str, dict[str, float]], "by outcome, 0 to 1: exact, at the start"]
    trust_at_start: Key[float, "0 to 1: the four's"]
    payoffs: Key[dict[str, float], "by party: received; empty if the table was left"]
    expected_payoffs: Key[dict[str, float], "by party: at the start, under this truth"]
    other: Key[Other | None, "what the other Assad would have made of it; null in `play`"]
    explain: Key[int | None, "the turn that the screen explains, or null"]
    seat: Key[str | None, "the reader's party in `play`, else null"]
    departures: Key[list[Departure], "of the seat from its best option, the costliest first"]

MOST_CHANGES = 6  # that a run tells of
LAST_TURNS = 2  # judgement: a strike in them is put down to the end of the clock

def answer_run(request: Request) -> Run:
    """`run` and `play`: one history, what it turned on, and what the other Assad would do."""
    dispute, parameters = request.dispute, request.dispute.parameters
    solution = solve(dispute, carried=True)
    true, played = played_by(request, solution)
    if request.explain > len(played.turns):
        raise UsageError(f"--explain: this run ends in turn {len(played.turns)}")
    late = len(played.turns) > parameters["turns"] - LAST_TURNS
    odds = {truth: forecast.odds for truth, forecast in forecasts(solution).items()}
    trust = trust_in(dispute.start, parameters)
    return Run(
        setting=request.setting, seed=request.seed, truth=request.truth, true=true,
        turns=played.turns, outcome=played.outcome, date=played.turns[-1].date,
        forced_by_clock=played.outcome == "stalemate" or (played.outcome == STRIKE and late),
        changes=changes_in(played.turns),
        odds={it: trust * odds[WORD][it] + (1 - trust) * odds[TACTIC][it] for it in OUTCOMES},
        odds_by_truth=odds, trust_at_start=trust, payoffs=played.payoffs,
        expected_payoffs={party: payoffs(solution)[true][party] for party in PARTIES},
        other=None if request.ask else parted(
            played, played_by(request, solution, other_than(true))[1]),
        explain=request.explain or None, seat=request.seat or None,
        departures=departures_in(played.turns, request.seat),
    )

def played_by(request: Request, solution: Solution, truth: str = "") -> tuple[str, History]:
    """The history of the seed, under the truth asked for (drawn first, if so) or another one."""
    draw, true = Random(request.seed).random, request.truth
    if true == "drawn":
        true = WORD if draw() < request.dispute.parameters["prior"] else TACTIC
    true = truth or true
    return true, play_out(Player(request.dispute, solution, draw, request.ask), true)

def changes_in(turns: Iterable[Turn]) -> list[Change]:
    """Every change of position in a history, and the strike, in order."""
    found = []
    for turn in turns:
        for party, made in turn.moves.items():
            if made.changed or made.move == STRIKE:
                kind = STRIKE if made.move == STRIKE else "change"
                kind = "concession" if made.concession else "reversal" if made.reversal else kind
                found.append(Change(turn.turn, party, kind, abs(made.after - made.before), False))
    telling = sorted(found, key=lambda change: -change.swing)[:MOST_CHANGES]
    return [change._replace(telling=change in telling) for change in found]

def parted(history: History, other: History) -> Other:
    """What became of the other Assad, and where the two histories part."""
    paths = [
        [([made.move for made in turn.moves.values()], turn.completed) for turn in one.turns]
        for one in (history, other)
    ]
    differ = (number for number, (a, b) in enumerate(zip(*paths), 1) if a != b)
    return Other(other.true, other.outcome, len(other.turns), next(differ, None))

def departures_in(turns: Iterable[Turn], seat: str) -> list[Departure]:
    """Where a seat passed over a better option, the costliest first."""
    found = []
    for turn in turns:
        if made := turn.moves.get(seat):
            better = max(made.values, key=made.values.__getitem__)
            cost = made.values[better] - made.values[made.move]
            if cost > ROUNDING:
                found.append(Departure(turn.turn, made.move, better, cost))
    return sorted(found, key=lambda departure: -departure.cost)

class Rung(NamedTuple):
    """A trust before any deed, and a truth: what follows."""
    trust: Key[float | None, "0 to 1; null for the calibrated mind"]
    true: Key[str, "the reading that is true"]
    odds: Key[dict[str, float], "by outcome, 0 to 1: exact"]
    payoffs: Key[dict[str, float], "by party: expected"]
    expected_turns: Key[float, "turns played"]
    expected_stalls: Key[float, "stalled turns"]
    expected_concessions: Key[dict[str, float], "by party"]
    expected_reversals: Key[dict[str, float], "by party"]

class BestTrust(NamedTuple):
    """The trust that serves the US best if he means it with a probability in an interval."""
    from_: Key[float, "0 to 1: the least probability"]
    to: Key[float, "0 to 1: the greatest"]
    trust: Key[float, "0 to 1: the best rung"]

class Deed(NamedTuple):
    """A situation, and what the four believe in it against what it proves."""
    done: Key[int, "stages done"]
    at_work: Key[bool, "whether Syria is at work"]
    believed: Key[float, "0 to 1: the trust by the rule"]
    earned: Key[float | None, "0 to 1: share of such turns in which he means it; null if none"]
    expected_turns: Key[float, "turns that end so, by trust over the truths"]

class Belief(NamedTuple):
    """A calibrated belief."""
    done: Key[int, "stages done"]
    at_work: Key[bool, "whether Syria is at work"]
    trust: Key[float, "0 to 1: what is believed, and earned where the situation is reached"]

class Calibrated(NamedTuple):
    """A mind whose beliefs are what they earn (Jehiel 2005)."""
    converged: Key[bool, "whether the search found one"]
    rounds: Key[int, "solutions it took, 100 at most"]
    beliefs: Key[list[Belief], "by situation"]
    truths: Key[dict[str, Rung], "by truth"]

class Odds(NamedTuple):
    """The answer of `odds`: the ladder of trust, who moves first, what deeds are worth."""
    setting: Key[Setting, "at the top level"]
    rungs: Key[list[Rung], "by trust and truth"]
    best_trust: Key[list[BestTrust], "intervals that cover 0 to 1"]
    first_mover: Key[dict[str, dict[str, float]] | None,
                     "by truth and party or `nobody`, 0 to 1; null if Syria starts at work"]
    deeds: Key[list[Deed], "for the trust that is set"]
    calibrated: Key[Calibrated | None, "null without --calibrated"]

def answer_odds(request: Request) -> Odds:
    """`odds`: what each trust leads to, and what it would take to deserve it."""
    dispute, trust = request.dispute, request.dispute.parameters["trust"]
    graph = unfold(game_of(dispute))
    rungs: list[Rung] = []
    for rung in sorted({*RUNGS, trust}):
        solution = backward(graph.believing(game_of(dispute.setting(trust=rung)).belief))
        found = forecasts(solution)
        rungs += rungs_of(rung, solution, found)
        if rung == trust:
            first = None if dispute.start.at_work else first_movers(solution)
            deeds = deeds_of(dispute, found)
    return Odds(
        request.setting, rungs, best_trust(rungs), first, deeds,
        calibrate(dispute, graph, deeds) if request.calibrated else None,
    )

def rungs_of(trust: float | None, solution: Solution, found: Mapping[str, Forecast]) -> list[Rung]:
    """What a trust leads to, for both truths."""
    return [
        Rung(
            trust, truth, it.odds, solution.payoffs(truth), it.turns, it.total(STALL),
            {party: it.total(event(party, "concession")) for party in PARTIES},
            {party: it.total(event(party, "reversal")) for party in PARTIES},
        )
        for truth, it in found.items()
    ]

def best_trust(rungs: Sequence[Rung]) -> list[BestTrust]:
    """The upper envelope of the rungs' lines: US payoff by the probability q of `word`.

    A rung that is best at a single q is not listed; where rungs tie it is the lowest.
    """
    worth: dict[float, dict[str, float]] = {}
    for rung in rungs:
        worth.setdefault(rung.trust or 0.0, {})[rung.true] = rung.payoffs["us"]
    crossings = {0.0, 1.0}
    for one in worth.values():
        for other in worth.values():
            at_0, at_1 = one[TACTIC] - other[TACTIC], one[WORD] - other[WORD]
            if at_0 < -TIE and at_1 > TIE:
                crossings.add(at_0 / (at_0 - at_1))
    found: list[BestTrust] = []
    points = sorted(crossings)
    for start, end in pairwise(points):
        q = (start + end) / 2
        values = {trust: q * us[WORD] + (1 - q) * us[TACTIC] for trust, us in worth.items()}
        best = min(t for t, value in values.items() if value > max(values.values()) - TIE)
        if found and found[-1].trust == best:
            start = found.pop().from_
        if end - start > ROUNDING:
            found.append(BestTrust(start, end, best))
    return found

def first_movers(solution: Solution) -> dict[str, dict[str, float]]:
    """By truth, how likely a party is the first to change its position or strike.

    Exact: until then the state before every turn is the start.
    """
    graph = solution.graph
    start = positions_in(graph.game.start)
    result = {}
    for truth in READINGS:
        first, still = dict.fromkeys(PARTIES, 0.0), 1.0
        for turn in range(graph.game.turns):
            slot = graph.roots[0]
            while slot >= graph.first and still:
                number, place = graph.locate(slot)
                layer, shares = graph.layers[number], solution.shares(turn, truth, slot)
                stays = 0.0
                for move, kids, share in zip(layer.options, layer.kids, shares):
                    if move == start[layer.mover]:
                        stays, slot = share, kids[place]
                first[layer.mover] += still * (1 - stays)
                still *= stays
        result[truth] = {**first, "nobody": still}
    return result

def deeds_of(dispute: Dispute, found: Mapping[str, Forecast]) -> list[Deed]:
    """What the four believe in every situation, against what it earns."""
    trust, deeds = dispute.parameters["trust"], []
    for done in range(len(STAGES)):
        for syria in (PARTIES["syria"].declared, PARTIES["syria"].concession):
            here = State(done, syria=syria)
            word, tactic = (
                share * fsum(
                    turns for state, turns in found[truth].visits.items()
                    if (state.done, state.syria) == (done, syria))
                for truth, share in ((WORD, trust), (TACTIC, 1 - trust))
            )
            earned = word / (word + tactic) if word + tactic else None
            believed = trust_in(here, dispute.parameters)
            deeds.append(Deed(done, here.at_work, believed, earned, word + tactic))
    return deeds

MOST_ROUNDS, CLOSE = 100, 1e-9  # of the search for a calibrated mind

def calibrate(dispute: Dispute, graph: Graph, deeds: Iterable[Deed]) -> Calibrated:
    """Beliefs by situation that are what they earn: an analogy-based expectation equilibrium.

    Starting from the rule's, each belief moves halfway to what it earns until none is off by
    CLOSE; where the search circles it stops after MOST_ROUNDS.
    """
    beliefs = {(deed.done, deed.at_work): deed.believed for deed in deeds}

    def believed(state: State) -> float:
        return beliefs[state.done, state.at_work]

    rounds, gap = 0, 1.0
    while True:
        solution = backward(graph.believing(believed))
        found = forecasts(solution)
        if rounds == MOST_ROUNDS:
            break
        rounds += 1
        earned = {(deed.done, deed.at_work): deed.earned for deed in deeds_of(dispute, found)}
        reached = {key: share for key, share in earned.items() if share is not None}
        gap = max((abs(share - beliefs[key]) for key, share in reached.items()), default=0.0)
        if gap < CLOSE:
            break
        beliefs |= {key: (beliefs[key] + share) / 2 for key, share in reached.items()}
    return Calibrated(
        gap < CLOSE, rounds, [Belief(*key, trust) for key, trust in beliefs.items()],
        {rung.true: rung for rung in rungs_of(None, solution, found)},
    )

class Figures(NamedTuple):
    """What claims are about, under one truth."""
    handover: Key[float, "0 to 1: odds"]
    strike: Key[float, "0 to 1: odds"]
    stalemate: Key[float, "0 to 1: odds"]
    stalled_share: Key[float, "0 to 1: expected stalled turns by expected turns"]
    expected_turns: Key[float, "turns played"]
    us_payoff: Key[float, "expected"]

# What a claim calls a figure, and where Figures has it.
FIGURES = {"odds of handover": "handover", "odds of strike": "strike",
           "share of turns stalled": "stalled_share", "US payoff": "us_payoff"}

class Case(NamedTuple):
    """A claim's test under one truth."""
    before: Key[Figures, "without it"]
    after: Key[Figures | None, "with it; null without a test"]
    change: Key[float | None, "of the claim's figure, or null"]
    borne_out: Key[bool | None, "whether it did as claimed, or null"]

HOLDS, FAILS, DEPENDS, BEYOND = "holds", "fails", "depends on Assad", "beyond the model"

class Tested(NamedTuple):
    """A claim put to the test."""
    about: Key[Claim, "at the same level"]
    truths: Key[dict[str, Case], "by truth"]
    verdict: Key[str, "holds, fails, depends on Assad, or beyond the model"]
    slight: Key[bool, "whether it rests on no more than twice the change that counts"]
    share_of_worlds: Key[float | None, "0 to 1: with the same verdict; null without --worlds"]

class Claims(NamedTuple):
    """The answer of `claims`: what the report's speakers say would follow, put to the test."""
    setting: Key[Setting, "at the top level"]
    noticeable: Key[float, "the change that counts, in the figure's own unit"]
    claims: Key[list[Tested], "in the order of the table"]
    verdicts: Key[dict[str, int], "how many claims have each"]
    toll: Key[dict[str, dict[str, float]],
              "by truth: weeks expected, and deaths in them at the report's rate (¶21)"]
    worlds: Key[int, "drawn for share_of_worlds"]
    seed: Key[int, "that drew them"]

def figures_of(dispute: Dispute) -> dict[str, Figures]:
    """What claims are about, by truth."""
    solution = solve(dispute)
    return {
        truth: Figures(**it.odds, stalled_share=it.total(STALL) / it.turns,
                       expected_turns=it.turns, us_payoff=solution.payoffs(truth)["us"])
        for truth, it in forecasts(solution).items()
    }

def tested(dispute: Dispute) -> list[Tested]:
    """Every claim put to the test; equal tests are solved once."""
    before = figures_of(dispute)
    solved: dict[Any, dict[str, Figures]] = {}
    results = []
    for claim in CLAIMS:
        cases = {truth: Case(before[truth], None, None, None) for truth in READINGS}
        if claim.figure:
            test = claim.forbid, claim.commit, claim.numbers
            if test not in solved:
                solved[test] = figures_of(dispute.setting(**dict(claim.numbers))._replace(
                    forbidden=(*dispute.forbidden, *claim.forbid), commitments=claim.commit
                ))
            cases = {t: case_of(claim, before[t], solved[test][t]) for t in READINGS}
        results.append(Tested(claim, cases, *verdict(claim, list(cases.values())), None))
    return results

def case_of(claim: Claim, before: Figures, after: Figures) -> Case:
    """A claim's figure before and after its test, and whether it did as claimed."""
    key = FIGURES[claim.figure or ""]
    level, change = getattr(after, key), getattr(after, key) - getattr(before, key)
    least = NOTICEABLE - ROUNDING
    borne_out = {
        "rise": change >= least, "fall": change <= -least, "not fall": change > -least,
        "not move": abs(change) < least, "stay above one half": level > 0.5,
    }
    return Case(before, after, change, borne_out[claim.should or ""])

def verdict(claim: Claim, cases: Sequence[Case]) -> tuple[str, bool]:
    """The stated rule, and whether the verdict is slight.

    Borne out under both truths a claim holds, under neither it fails, else it depends on Assad;
    if there is no test, or it changes nothing at all, it is beyond the model. Slight: under both
    truths the change (or the distance to a level claimed) is within twice what counts.
    """
    if all(abs(a - b) < ROUNDING for case in cases for a, b in zip(case.before, case.after or ())):
        return BEYOND, False
    margins = [abs(case.change or 0.0) for case in cases]
    if claim.should == "stay above one half":
        margins = [abs(getattr(case.after, FIGURES[claim.figure or ""]) - 0.5) for case in cases]
    borne_out = sum(bool(case.borne_out) for case in cases)
    found = {0: FAILS, len(cases): HOLDS}.get(borne_out, DEPENDS)
    return found, max(margins) <= 2 * NOTICEABLE + ROUNDING

def answer_claims(request: Request) -> Claims:
    """`claims`: what the report's speakers say would follow, put to the test."""
    results = tested(request.dispute)
    if request.worlds:
        agreed = [0] * len(results)
        for world in worlds_of(request):
            again = tested(request.dispute.setting(**world))
            agreed = [n + (a.verdict == b.verdict) for n, a, b in zip(agreed, again, results)]
        results = [
            claim._replace(share_of_worlds=count / request.worlds if claim.about.figure else None)
            for claim, count in zip(results, agreed)
        ]
    verdicts = [claim.verdict for claim in results]
    counts = {name: verdicts.count(name) for name in (HOLDS, FAILS, DEPENDS, BEYOND)}
    toll = {}  # by arithmetic, whatever is played
    for truth, case in results[0].truths.items():
        days = case.before.expected_turns * DAYS_A_TURN
        deaths = DEAD / (FIRST_DAY - DEAD_SINCE).days * days
        toll[truth] = {"weeks": days / 7, "deaths": deaths}
    return Claims(request.setting, NOTICEABLE, results, counts, toll, request.worlds, request.seed)

class Package(NamedTuple):
    """Commitments, and what they do for everybody."""
    commitments: Key[dict[str, str | None], "by party: the text, or null for none"]
    signatories: Key[list[str], "the parties that commit"]
    smallest_gain: Key[float, "of a signatory under either truth"]
    gains: Key[dict[str, dict[str, float]], "by truth and party: against no package"]
    payoffs: Key[dict[str, dict[str, float]], "by truth and party: expected"]
    odds: Key[dict[str, dict[str, float]], "by truth and outcome, 0 to 1"]
    expected_turns: Key[dict[str, float], "by truth: turns played"]
    temptation: Key[float, "the most a signatory would gain by staying out"]
    holds_by_itself: Key[bool, "whether no signatory would gain so"]
    losers: Key[list[str], "who loses by it under some truth"]

class Settle(NamedTuple):
    """The answer of `settle`: what the parties can promise, and which deals they would keep."""
    setting: Key[Setting, "at the top level"]
    examined: Key[int, "packages solved"]
    least_gain: Key[float, "what every signatory must gain under both truths"]
    top: Key[int, "how many of a kind the screen shows"]
    without: Key[Package, "no package"]
    best: Key[Package | None, "the best deal that holds by itself, or null"]
    deals: Key[list[Package], "acceptable, two signatories or more, in rank order"]
    promises: Key[list[Package], "acceptable, one signatory, in rank order"]
    left_out: Key[dict[str, list[str]], "by truth: who loses by every one of them"]

Texts = tuple[str | None, ...]  # a commitment for each party of COMMITMENTS, None where free
Worth = Mapping[Texts, dict[str, dict[str, float]]]  # [package][truth][party]: payoffs

def answer_settle(request: Request) -> Settle:
    """`settle`: every package of commitments, solved; the acceptable ones, ranked.

    Ranked by the smallest gain (Kalai's egalitarian solution, 1977), then the odds of a handover.
    A package holds by itself if no signatory would gain by staying out while the others stay
    bound (internal stability, d'Aspremont et al. 1983).
    """
    worth: dict[Texts, dict[str, dict[str, float]]] = {}
    kept: dict[Texts, dict[str, Forecast]] = {}
    for texts in product(*((None, *choices) for choices in COMMITMENTS.values())):
        solution = solve(request.dispute._replace(commitments=signed(texts)))
        worth[texts] = payoffs(solution)
        if not signed(texts) or smallest_gain(texts, worth) >= NOTICEABLE - ROUNDING:
            kept[texts] = forecasts(solution)
    without, *packages = [package_of(texts, worth, found) for texts, found in kept.items()]
    packages.sort(key=lambda it: (  # which leaves ties in the order of COMMITMENTS
        -round(it.smallest_gain, 9), -round(sum(o["handover"] for o in it.odds.values()) / 2, 9),
        len(it.signatories),
    ))
    deals = [package for package in packages if len(package.signatories) > 1]
    left_out = {
        truth: [party for party in PARTIES
                if packages and all(it.gains[truth][party] < -ROUNDING for it in packages)]
        for truth in READINGS
    }
    return Settle(
        request.setting, len(worth), NOTICEABLE, request.top, without,
        next((deal for deal in deals if deal.holds_by_itself), None), deals,
        [package for package in packages if len(package.signatories) == 1], left_out,
    )

def signed(texts: Texts) -> tuple[tuple[str, str], ...]:
    """Who commits to what in a package."""
    return tuple((party, text) for party, text in zip(COMMITMENTS, texts) if text is not None)

def smallest_gain(texts: Texts, worth: Worth) -> float:
    """The smallest gain of a signatory under either truth, against no package."""
    mine, free = worth[texts], worth[(None,) * len(texts)]
    gains = (mine[t][party] - free[t][party] for party, _ in signed(texts) for t in READINGS)
    return min(gains, default=0.0)

def package_of(texts: Texts, worth: Worth, found: Mapping[str, Forecast]) -> Package:
    """A package with all that is to be said of it."""
    mine, free = worth[texts], worth[(None,) * len(texts)]
    gains = {t: {party: mine[t][party] - free[t][party] for party in PARTIES} for t in READINGS}
    temptation = max(
        (worth[(*texts[:place], None, *texts[place + 1 :])][truth][party] - mine[truth][party]
         for place, party in enumerate(COMMITMENTS) if texts[place] is not None
         for truth in READINGS),
        default=0.0,
    )
    temptation = temptation if abs(temptation) >= ROUNDING else 0.0
    return Package(
        commitments={**dict.fromkeys(PARTIES), **dict(signed(texts))},
        signatories=[party for party, _ in signed(texts)],
        smallest_gain=smallest_gain(texts, worth), gains=gains, payoffs=mine,
        odds={truth: forecast.odds for truth, forecast in found.items()},
        expected_turns={truth: forecast.turns for truth, forecast in found.items()},
        temptation=temptation, holds_by_itself=temptation <= 0,
        losers=[p for p in PARTIES if any(gains[t][p] < -ROUNDING for t in READINGS)],
    )

class Spread(NamedTuple):
    """How the odds of a handover vary from world to world."""
    median: Key[float, "0 to 1"]
    p05: Key[float, "0 to 1: 5% of worlds are below"]
    p95: Key[float, "0 to 1: 5% of worlds are above"]
    histogram: Key[list[int], "worlds by tenth of the odds"]

class InWorlds(NamedTuple):
    """What many worlds say under one truth."""
    handover: Key[Spread, "the odds"]
    likeliest: Key[dict[str, float], "by outcome, 0 to 1: share of worlds"]
    drivers: Key[dict[str, float | None], "by parameter: rank correlation with the odds, or null"]
    never_beats_rule: Key[float, "0 to 1: worlds in which trust 0 serves the US better than it"]
    never_beats_word: Key[float, "0 to 1: and better than taking his word (trust 1)"]

class Worlds(NamedTuple):
    """The answer of `worlds`: every judgement drawn anew, again and again."""
    setting: Key[Setting, "at the top level"]
    worlds: Key[int, "drawn"]
    seed: Key[int, "that drew them"]
    truths: Key[dict[str, InWorlds], "by truth"]

def worlds_of(request: Request) -> Iterator[dict[str, float]]:
    """The judgements of one world after another, as many as asked for.

    Every one is drawn anew, in the order of PARAMETERS, from random.Random(seed); the first N
    worlds of a longer run are the run of N. What --set fixes is left out, though it is drawn
    all the same, so that the other draws do not shift.
    """
    draw = Random(request.seed).random
    for number in range(request.worlds):
        request.tick(number, request.worlds)
        world = {name: it.drawn(draw()) for name, it in PARAMETERS.items() if it.drawn}
        yield {name: value for name, value in world.items() if name not in request.setting.changed}
    request.tick(request.worlds, request.worlds)

def answer_worlds(request: Request) -> Worlds:
    """`worlds`: the rule, no trust and full trust in every world (SMAA: Lahdelma & Salminen)."""
    worlds, odds, never, beaten = [], [], [], []
    for world in worlds_of(request):
        graph = unfold(game_of(request.dispute.setting(**world)))
        rule = backward(graph)
        closed, open_ = (backward(graph.believing(it)) for it in (lambda _: 0.0, lambda _: 1.0))
        worlds.append(world)
        odds.append({truth: found.odds for truth, found in forecasts(rule).items()})
        never.append({truth: closed.payoffs(truth)["us"] for truth in READINGS})
        beaten.append([{t: it.payoffs(t)["us"] for t in READINGS} for it in (rule, open_)])
    truths = {}
    for truth in READINGS:
        handover = [found[truth]["handover"] for found in odds]
        likeliest = [max(OUTCOMES, key=found[truth].__getitem__) for found in odds]
        better = [
            sum(us[truth] - rivals[rival][truth] > ROUNDING for us, rivals in zip(never, beaten))
            for rival in (0, 1)
        ]
        truths[truth] = InWorlds(
            spread(handover),
            {outcome: likeliest.count(outcome) / len(odds) for outcome in OUTCOMES},
            {name: rank_correlation([it[name] for it in worlds], handover) for name in worlds[0]},
            better[0] / len(odds), better[1] / len(odds),
        )
    return Worlds(request.setting, request.worlds, request.seed, truths)

BINS = 10  # of a histogram of odds

def spread(values: Sequence[float]) -> Spread:
    """Median, 5-95% band and histogram of numbers from 0 to 1."""
    from statistics import median, quantiles

    steps = quantiles(values, n=20, method="inclusive") if len(values) > 1 else [*values] * 19
    bins = [min(int(value * BINS), BINS - 1) for value in values]
    return Spread(median(values), steps[0], steps[-1], [bins.count(place) for place in range(BINS)])

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

class Dates(NamedTuple):
    """The model's exact distribution of a stage's completion, under one truth."""
    median: Key[str | None, "first day of the turn by which half of all histories have it, or null"]
    p05: Key[str | None, "and 5%, or null"]
    p95: Key[str | None, "and 95%, or null"]
    completed_by_then: Key[float, "0 to 1: histories that have it by the end of the record's turn"]
    completed_at_all: Key[float, "0 to 1: and before the clock runs out"]

class Recorded(NamedTuple):
    """A stage beside its record."""
    stage: Key[str, "of the plan"]
    about: Key[Fact, "at the same level"]
    truths: Key[dict[str, Dates], "by truth"]

class Record(NamedTuple):
    """The answer of `history`: what happened, beside what the model gave it."""
    setting: Key[Setting, "at the top level"]
    stages: Key[list[Recorded], "in order"]
    threat_held: Key[dict[str, float], "by truth, 0 to 1: handover, the threat never dropped"]
    also: Key[tuple[str, ...], "what else is on record"]
    note: Key[str, "what handover did not include"]

def answer_history(request: Request) -> Record:
    """`history`: the recorded dates beside the model's exact distribution of each stage."""
    solution = solve(request.dispute)
    found = forecasts(solution)
    stages = []
    for stage, fact in ON_RECORD.items():
        turn = turn_of(fact.recorded)
        truths = {truth: dates_of(stage, turn, found[truth]) for truth in READINGS}
        stages.append(Recorded(stage, fact, truths))
    dropped = event("us", "concession")
    held = {
        truth: forward(solution, truth, dropped).odds["handover"] * request.dispute.start.threatened
        for truth in READINGS
    }
    return Record(request.setting, stages, held, ALSO_ON_RECORD, NOT_INCLUDED)

def dates_of(stage: str, recorded: int, forecast: Forecast) -> Dates:
    """When a stage is completed, and how often by the end of the `recorded` turn."""
    by_turn = list(accumulate(forecast.counts.get(event(stage, "completed"), [0.0])))
    median, early, late = (
        next((date_of(turn) for turn, chance in enumerate(by_turn, 1) if chance >= share), None)
        for share in (0.5, 0.05, 0.95)
    )
    return Dates(median, early, late, by_turn[min(recorded, len(by_turn)) - 1], by_turn[-1])

class Positions(NamedTuple):
    """The answer of `positions`: all that the model was told, and where it is from."""
    setting: Key[Setting, "at the top level"]
    report: Key[dict[str, str], "numbers of the report, in words"]
    parties: Key[dict[str, Party], "by short name"]
    readings: Key[dict[str, Reading], "by short name"]
    stages: Key[dict[str, Stage], "by short name, in order"]
    judgements: Key[dict[str, Parameter], "by parameter: the numbers that are not in the report"]
    also: Key[tuple[str, ...], "judgements that are no parameters, in words"]

def answer_positions(request: Request) -> Positions:
    """`positions`: the tables of section 1."""
    report = {"first day": f"{date_of(1)}, the day of the report (¶1)", "toll": TOLL,
              "attack": ATTACK}
    also = (
        f"a turn of {DAYS_A_TURN} days",
        f"{NOTICEABLE} as the least change that counts in claims and settle",
        "the dead counted from the first day of the month that the report gives",
        f"a strike in the last {LAST_TURNS} turns put down to the clock",
    )
    return Positions(request.setting, report, PARTIES, READINGS, STAGES, PARAMETERS, also)


# ---------------------------------------------------------------------------------------
# 7  How answers are printed
# ---------------------------------------------------------------------------------------

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# What stands in for a symbol that the reader's encoding lacks: one character for one.
SYMBOLS = {"¶": "#", "–": "-", "×": "x", "█": "#", "✓": "+"}

QUESTIONS = {
    "run": "How does it play out, turn by turn?",
    "odds": "Should Assad be taken at his word?",
    "claims": "Who is right about what would follow?",
    "settle": "What deal would everybody sign, and keep?",
    "worlds": "How much hangs on numbers nobody knows?",
    "play": "What would you do in a party's seat?",
    "history": "What happened later?",
    "positions": "Who wants what, and whose numbers?",
}

COLORS = {"title": "1", "handover": "32", STRIKE: "31", "*": "33", "<": "35", ".": "2"}

class Page:
    """A screen in the making: lines no wider than `width`, coloured if asked."""

    def __init__(self, width: int, color: bool) -> None:
        self.width, self.color = width, color
        self.lines: list[str] = []

    def paint(self, text: str, color: str | None) -> str:
        """Text in a colour, which never carries a meaning of its own."""
        return f"\x1b[{COLORS[color]}m{text}\x1b[0m" if self.color and color in COLORS else text

    def say(self, text: str = "", first: str = "", rest: str | None = None,
            color: str | None = None) -> None:
        """A paragraph, wrapped, indented by `first` and `rest`; words stay whole."""
        lines = [first + text]
        if len(lines[0]) > self.width:
            from textwrap import wrap

            lines = wrap(text, self.width, initial_indent=first,
                         subsequent_indent=first if rest is None else rest,
                         break_long_words=False, break_on_hyphens=False)
        self.lines += [self.paint(line, color) for line in lines]

    def title(self, text: str) -> None:
        """The first line, or the head of a part after an empty line."""
        if self.lines:
            self.say()
        self.say(text, color="title")

    def entry(self, label: str, text: str, color: str | None = None) -> None:
        """A label and what it says, the text hanging beside it where there is room."""
        if self.width >= 60:
            self.say(text, f"{label:<13}", " " * 13, color)
        else:
            self.say(f"{label}: {text}", "", "  ", color)

    def table(self, head: Sequence[str], rows: Iterable[Sequence[str]], right: str,
              gap: int = 2) -> None:
        """Columns where they fit, else a short paragraph a row; `right` has r or l for each."""
        rows = list(rows)
        *widths, last = [max(map(len, column)) for column in zip(head, *rows)]
        room = self.width - sum(widths) - gap * len(widths)
        if room < (min(last, 24) if right[-1] == "l" else last):
            for row in rows:
                cells = [f"{name} {it}".strip() for name, it in zip(head, row) if it.strip(".")]
                self.say("; ".join(cells), "", "  ")
            return
        for row in (head, *rows):
            lead = ""
            for cell, width, side in zip(row, widths, right):
                padded = cell.rjust(width) if side == "r" else cell.ljust(width)
                lead += self.paint(padded, cell[-1:]) + " " * gap
            start = len(self.lines)
            final = row[-1].rjust(last) if right[-1] == "r" else row[-1]
            self.say(final, " " * (self.width - room))
            text = (lead + self.lines[start][self.width - room :]).rstrip()
            self.lines[start] = self.paint(text, "title" if row is head else None)

    def next(self, setting: "Setting", *commands: str, **more: str) -> None:
        """The questions worth asking next, as commands; `why_N` words the one in place N."""
        self.say()
        asked = [again(setting, command) for command in commands]
        whys = [more.get(f"why_{place}", QUESTIONS[command.split()[0]])
                for place, command in enumerate(commands)]
        longest = max(map(len, asked))
        for place, (command, why) in enumerate(zip(asked, whys)):
            label = "      " if place else "Next  "
            if len(label) + longest + 2 + max(map(len, whys)) <= self.width:
                self.say(f"{command:<{longest}}  {why}", label)
            else:
                self.say(command, label, " " * 8)
                self.say(why, " " * 10)

def again(setting: Setting, command: str) -> str:
    """The command line that asks something of the same dispute."""
    name, *options = command.split()
    return " ".join(["python sim.py", *([] if name == "run" else [name]), *setting.asked, *options])

def percent(probability: float) -> str:
    """A probability as a reader wants it; never 0% or 100% for what is neither."""
    if 0 < probability < 0.005:
        return "<1%"
    return ">99%" if 0.995 <= probability < 1 else f"{100 * probability:.0f}%"

def number(value: float, digits: int = 3, sign: str = "") -> str:
    """A number to so many digits, `+` for an explicit sign; none on what rounds to nothing."""
    return f"{round(value, digits) + 0.0:{sign}.{digits}f}"

def day(date: str) -> str:
    """2013-09-12 as 12 Sep 2013."""
    year, month, of_month = date.split("-")
    return f"{int(of_month)} {MONTHS[int(month) - 1]} {year}"

def named(parties: Iterable[str]) -> str:
    """Parties in a sentence."""
    return ", ".join(PARTIES[party].in_text for party in parties) or "nobody"

def under(figures: Mapping[str, str]) -> str:
    """A figure under each truth, in a sentence."""
    if figures[WORD] == figures[TACTIC]:
        return f"{figures[WORD]} whether he means it or not"
    return f"{figures[WORD]} if he means it, {figures[TACTIC]} if not"

def describe(page: Page, setting: Setting) -> None:
    """What was changed from the default: a reader must never miss it."""
    start = [f"{setting.start.done} of {len(STAGES)} stages done"]
    start += [f"{party} {move}" for party, move in setting.start.positions.items()
              if move != PARTIES[party].declared]
    if setting.start.done or len(start) > 1:
        page.say(f"Start: {', '.join(start)}.")
    if setting.changed:
        numbers = (f"{name}={setting.parameters[name]:.12g}" for name in setting.changed)
        page.say(f"Changed: {', '.join(numbers)}.")
    if setting.forbidden:
        page.say(f"Off the table: {', '.join(setting.forbidden)}.")

def screen_run(page: Page, run: Run) -> None:
    """The timeline of one history, what it turned on, and its outcome."""
    same = (f" --seed {run.seed}" if run.seed else "") + (
        f" --truth {run.truth}" if run.truth != "drawn" else "")
    if run.explain:
        explanation(page, run, run.turns[run.explain - 1])
        turn = run.explain % len(run.turns) + 1
        page.next(run.setting, f"run{same} --explain {turn}", "positions", "worlds",
                  why_0="Why did that turn go as it did?")
        return
    seat = f", in the seat of {PARTIES[run.seat].capital}" if run.seat else ""
    page.title(f"Syria's chemical weapons: the handover in four steps from {day(date_of(1))}{seat}")
    page.say(
        f"A turn is {DAYS_A_TURN} days, the clock stops after {run.setting.parameters['turns']:g} "
        f"turns (judgements). Seed {run.seed}."
    )
    describe(page, run.setting)
    page.say()
    timeline(page, run)
    if run.changes:
        page.say()
        page.table(("Turn", "Change", "Worth", "Staying", "Likely", "Odds", ""),
                   [change_row(run, it) for it in run.changes if it.telling], "rlrrrrl")
        rest = sum(not change.telling for change in run.changes)
        more = f" {rest} more." if rest else ""
        page.say(f"Odds: of a handover, that move alone. Likely: Syria's if word, if tactic.{more}")
    else:
        page.say()
    summary(page, run)
    if run.seat:
        received = number(run.payoffs[run.seat]) if run.payoffs else "none, for want of an outcome"
        expected = number(run.expected_payoffs[run.seat])
        page.entry("Your payoff", f"{received}; the model expected {expected} of this seat")
        for it in run.departures[:3]:
            page.entry(f"Turn {it.turn}", f"{it.move} instead of {it.better} gave up "
                       f"{number(it.cost)} of expected payoff")
        page.next(run.setting, f"play --as {run.seat}{same} --hints", f"run{same}", "settle")
        return
    turn = max(run.changes, key=lambda change: change.swing).turn if run.changes else 1
    page.next(run.setting, f"run{same} --explain {turn}", "odds",
              why_0=f"Why did turn {turn} go as it did?")

def timeline(page: Page, run: Run) -> None:
    """One line a turn: * gives up a declared position, < goes back to it, . is no change."""
    start = [run.setting.start.positions[party] for party in TURN_ORDER]
    rows = [["", "at the start", *start, "", percent(run.trust_at_start),
             percent(run.odds["handover"])]]
    for turn in run.turns:
        moves = [mark(turn.moves[party]) if party in turn.moves else "" for party in TURN_ORDER]
        stage = f"✓ {STAGES[turn.stage].done}" if turn.completed else turn.stage
        seen = [percent(turn.trust), percent(turn.handover_as_seen)]
        rows.append([str(turn.turn), day(turn.date), *moves, stage, *seen])
    parties = [PARTIES[party].label for party in TURN_ORDER]
    page.table(["Turn", "Date", *parties, "Stage", "Trust", "Odds"], rows, "rrllllllrr", gap=1)

def stand(turn: Turn) -> dict[str, str]:
    """Everybody's position in a turn so far."""
    return {**turn.positions, **{party: made.move for party, made in turn.moves.items()}}

def mark(made: Made) -> str:
    """A move in the timeline."""
    if not made.changed and made.move != STRIKE:
        return "."
    return made.move + ("*" if made.concession else "<" if made.reversal else "")

def change_row(run: Run, change: Change) -> tuple[str, ...]:
    """A change of position as a row of a table."""
    turn, party = run.turns[change.turn - 1], PARTIES[change.party]
    made = turn.moves[change.party]
    staying = made.values.get(turn.positions[change.party])
    likely = made.likelihoods.values() if change.party == "syria" else [made.probability]
    return (
        str(change.turn),
        f"{party.label} {mark(made)}",
        number(made.values[made.move]),
        "" if staying is None else number(staying),
        ", ".join(map(percent, likely)),
        f"{percent(made.before)} to {percent(made.after)}",
        {"concession": f"gives up {party.stated}", "reversal": f"back to {party.stated}",
         "change": f"{party.stated} is met", STRIKE: f"acts on {party.stated}"}[change.kind],
    )

def summary(page: Page, run: Run) -> None:
    """How a history ended, who gave ground, how likely it was, what was true."""
    done = run.setting.start.done + sum(turn.completed for turn in run.turns)
    where = f"in turn {run.turns[-1].turn} ({day(run.date)}), {done}/{len(STAGES)} stages"
    what = {"handover": "Handover complete", STRIKE: "Strike", "stalemate": "Stalemate",
            None: "None: the table was left"}[run.outcome]
    clock = "; forced by clock" if run.forced_by_clock else ""
    page.entry("Outcome", f"{what} {where}{clock}.", run.outcome)
    ground: dict[str, dict[str, list[str]]] = {"concession": {}, "reversal": {}}
    for it in run.changes:
        ground.setdefault(it.kind, {}).setdefault(PARTIES[it.party].label, []).append(str(it.turn))
    given, taken = (
        ", ".join(f"{party} in {' and '.join(turns)}" for party, turns in ground[kind].items())
        for kind in ("concession", "reversal")
    )
    page.entry("Gave ground", f"{given or 'nobody'}{'; took back: ' * bool(taken)}{taken}")
    odds = ", ".join(f"{name} {percent(share)}" for name, share in run.odds.items())
    handover = {truth: percent(odds["handover"]) for truth, odds in run.odds_by_truth.items()}
    page.entry("Odds", f"{odds} as the four saw it at first; handover {under(handover)}")
    last, meant = run.turns[-1], "meant it" if run.true == WORD else "did not mean it"
    prior = percent(run.setting.parameters["prior"])
    page.entry("Assad", f"{meant} (revealed here). The four end at {percent(last.trust)} trust, a "
               f"reader who starts at {prior} and knows how both play at {percent(last.reader)}.")
    if run.other:
        parts = run.other.parts_in_turn
        how = f"parts in turn {parts}," if parts else "move for move the same,"
        page.entry("Other Assad", f"same draws: {how} {run.other.outcome} in turn "
                   f"{run.other.turn}.")

def explanation(page: Page, run: Run, turn: Turn) -> None:
    """One turn traced to the rules."""
    numbers = run.setting.parameters
    page.title(f"Turn {turn.turn} from {day(turn.date)}, stage {turn.stage}, traced by hand")
    page.say(
        "If word, if tactic: the expected payoff of what follows, under either truth. Value: the "
        "first by trust, the second by the rest (Syria: the true one alone), less costs. Weight: "
        f"exp(rationality {numbers['rationality']:g} × distance to the best value). The draw falls "
        "on the first move at which the probabilities, added up, exceed it."
    )
    describe(page, run.setting)
    for party, made in turn.moves.items():
        belief = f"'{run.true}' true" if made.trust is None else f"trust {made.trust:.4f}"
        page.title(f"{PARTIES[party].label}, {belief}: the draw {made.draw:.4f} is {made.move}")
        options_table(page, made.options)
        if made.otherwise:
            page.say(f"The same decision if '{other_than(run.true)}' were true:")
            options_table(page, made.otherwise)
    page.title("What follows")
    if turn.chance is not None:
        factors = [f"pace_{turn.stage} {numbers[f'pace_{turn.stage}']:g}"]
        factors += [
            f"(1 - {name} {numbers[name]:g})" for name, party in (("disruption", "opposition"),
            ("grudge", "us")) if turn.moves[party].move == PARTIES[party].declared
        ]
        does = "completes" if turn.completed else "does not complete"
        page.entry("Chance", f"{' × '.join(factors)} = {turn.chance:.4f}; the draw {turn.draw:.4f} "
                   f"{does} the stage")
    deeds = 0  # that count: none while he stalls
    if stand(turn)["syria"] == PARTIES["syria"].concession:
        deeds = tuple(STAGES).index(turn.stage) + turn.completed + 1
    page.entry("Trust", f"odds of 'word' {numbers['trust']:g} / {1 - numbers['trust']:g} × deed "
               f"{numbers['deed']:g} to the power {deeds}: a probability of {turn.trust:.4f}")
    if "syria" in turn.moves:
        before = run.turns[turn.turn - 2].reader if turn.turn > 1 else numbers["prior"]
        word, tactic = turn.moves["syria"].likelihoods.values()
        page.entry("Reader", f"Bayes: {before:.4f} × {word:.4f} / ({before:.4f} × {word:.4f} + "
                   f"{1 - before:.4f} × {tactic:.4f}) = {turn.reader:.4f}")
    page.entry("Odds", f"of a handover, as the four see them then: {turn.handover_as_seen:.4f}")

def options_table(page: Page, options: Mapping[str, Option]) -> None:
    """Every option's figures, and its costs by event."""
    rows = [
        (move, *(number(figure, 4) for figure in (
            *it.follows.values(), fsum(it.costs.values()), it.value, it.weight, it.probability)))
        for move, it in options.items()
    ]
    head = ("Move", "If word", "If tactic", "Costs", "Value", "Weight", "Probability")
    page.table(head, rows, "lrrrrrr")
    bills = [
        f"{move}: {event} {cost:+g}" for move, it in options.items()
        for event, cost in it.costs.items()
    ]
    if bills:
        page.say(f"Costs: {'; '.join(bills)}.")

def screen_odds(page: Page, odds: Odds) -> None:
    """The ladder of trust, who moves first, and what deeds are worth."""
    page.title("Should Assad be taken at his word (¶13)? What each trust leads to")
    best = [f"{100 * it.trust:g}% from {100 * it.from_:.3g} to {100 * it.to:.3g}%"
            for it in odds.best_trust]
    page.say("The trust, before any deed, that serves the US best, by the probability that he "
             f"means it: {'; '.join(best)}.")
    describe(page, odds.setting)
    page.say()
    ladder(page, odds.rungs)
    page.say("US, Syria: expected payoffs, 1 for the best outcome, 0 for the worst, less costs.")
    names = [party.label for party in PARTIES.values()]
    if odds.first_mover:
        page.title("Who moves first: changes its position, or strikes")
        page.table(
            ("True", *names, "Nobody"),
            [(truth, *map(percent, first.values())) for truth, first in odds.first_mover.items()],
            "lrrrrrr",
        )
    page.title(f"What deeds are worth, at trust {odds.setting.parameters['trust']:g}")
    page.table(
        ("Stages done", "Syria", "Believed", "Earned", "Turns that end so"),
        [
            (str(it.done), "at work" if it.at_work else "stalling", number(it.believed),
             "" if it.earned is None else number(it.earned), number(it.expected_turns, 2))
            for it in odds.deeds
        ],
        "rlrrr",
    )
    page.say("Earned: in what share of such turns he means it. Where it is below what the four "
             "believe by their rule, work proves less, and a stall more, than they make of it.")
    if mind := odds.calibrated:
        found = "converged" if mind.converged else "NOT converged: the search circles"
        page.title(f"A calibrated mind, whose beliefs are what they earn ({found}, {mind.rounds} "
                   "rounds)")
        for at_work, label in ((False, "stalling"), (True, "at work")):
            beliefs = (number(it.trust) for it in mind.beliefs if it.at_work == at_work)
            page.say(f"Believes if {label} with 0, 1, 2, 3 stages done: {', '.join(beliefs)}")
        ladder(page, list(mind.truths.values()))
    page.next(odds.setting, "odds --calibrated", f"run --truth {TACTIC}", "claims",
              why_0="And minds that believe what deeds earn?")

def ladder(page: Page, rungs: Sequence[Rung]) -> None:
    """What each trust leads to under each truth."""
    page.table(
        ("Trust", "True", *map(str.capitalize, OUTCOMES), "US", "Syria", "Turns", "Stalled"),
        [
            ("" if it.trust is None else f"{100 * it.trust:g}%", it.true,
             *map(number, (*it.odds.values(), it.payoffs["us"], it.payoffs["syria"])),
             number(it.expected_turns, 1), number(it.expected_stalls, 1))
            for it in rungs
        ],
        "rlrrrrrrr",
    )

def screen_claims(page: Page, data: Claims) -> None:
    """Every claim, its test, the figure before and after, and the verdict."""
    page.title("Who is right? What the report's speakers say would follow, put to the test")
    counts = ", ".join(f"{name} {count}" for name, count in data.verdicts.items())
    page.say(f"Of {len(data.claims)} claims: {counts}.")
    page.say(
        "A claim holds if its figure does as claimed under both truths, fails under neither. To "
        f"rise or fall is by {data.noticeable} at least (a judgement); a verdict that rests on no "
        "more than twice that is slight."
    )
    if data.worlds:
        page.say(worlds_told(data.worlds, data.seed))
    describe(page, data.setting)
    for claim in data.claims:
        about = claim.about
        page.title(f"{about.who} {about.paragraphs}: {about.claim}")
        share = claim.share_of_worlds
        worlds = "" if share is None else f", again in {percent(share)} of the worlds"
        page.say(f"{claim.verdict}{', slight' * claim.slight}{worlds}", "  ", color="*")
        should = f"; {about.figure} should {about.should}" if about.figure else ""
        page.say(f"test: {about.test}{should}", "  ", "    ")
        for truth, case in claim.truths.items():
            if case.after and about.figure:
                before, after = (number(getattr(it, FIGURES[about.figure]))
                                 for it in (case.before, case.after))
                page.say(f"{truth:<6} {before} to {after} ({number(case.change or 0.0, 3, '+')}), "
                         f"{'' if case.borne_out else 'not '}as claimed", "  ", "    ")
    toll = {}
    for truth, it in data.toll.items():
        deaths = float(f"{it['deaths']:.2g}")  # too rough for more
        toll[truth] = f"about {deaths:,.0f} dead in {it['weeks']:.0f} weeks"
    page.say(f"At the report's own rate ({TOLL}) the expected time is {under(toll)}: arithmetic, "
             "whatever the moves.", "  ", "    ")
    seed = f" --seed {data.seed}" if data.seed else ""
    page.next(data.setting, f"claims --worlds {5 * data.worlds or 20}{seed}",
              f"run --forbid us.{STRIKE}", "settle", why_0="Do the verdicts survive?")

def worlds_told(worlds: int, seed: int) -> str:
    """What a share of worlds is: nobody may take it for a probability of history."""
    return (
        f"{worlds} world{'s' * (worlds != 1)} (seed {seed}), each with every judgement drawn anew. "
        "A share of worlds is not a probability of history: it says how many such guesses agree."
    )

def screen_settle(page: Page, data: Settle) -> None:
    """The best deal that holds, then deals and promises, best first."""
    page.title(QUESTIONS["settle"])
    if data.best:
        change = {
            truth: f"from {percent(data.without.odds[truth]['handover'])} to "
            f"{percent(data.best.odds[truth]['handover'])}" for truth in READINGS
        }
        page.say(f"The best deal that holds by itself: {in_words(data.best)}. The odds of a "
                 f"handover go {under(change)}.")
        bargain(page, data.best)
    else:
        page.say("None: no acceptable deal holds by itself.")
    page.say(
        f"Acceptable, of {data.examined} packages: deals {len(data.deals)}, promises "
        f"{len(data.promises)}. By each, every signatory gains {data.least_gain} at least (a "
        "judgement), whichever Assad it is. The larger the smallest gain, the better."
    )
    describe(page, data.setting)
    for kind, packages in (("Deal", data.deals), ("Promise", data.promises)):
        for place, package in enumerate(packages[: data.top], 1):
            page.title(f"{kind} {place} of {len(packages)}: {in_words(package)}")
            bargain(page, package)
    if data.deals or data.promises:
        left_out = [f"if '{t}' is true {named(parties)}" for t, parties in data.left_out.items()]
        page.say()
        page.say(f"Loses by every one of them: {'; '.join(left_out)}.")
    most = max(len(data.deals), len(data.promises), 1)
    page.next(data.setting, f"settle --top {most}", "odds", "worlds")

def in_words(package: Package) -> str:
    """Who promises what."""
    return "; ".join(f"{PARTIES[party].in_text} will {package.commitments[party]}"
                     for party in package.signatories)

def bargain(page: Page, package: Package) -> None:
    """What a package does for everybody."""
    names = [it.label + "+" * (name in package.signatories) for name, it in PARTIES.items()]
    rows = [
        (truth, percent(package.odds[truth]["handover"]), number(package.expected_turns[truth], 1),
         *(number(gain, 3, "+") for gain in gains.values()))
        for truth, gains in package.gains.items()
    ]
    page.table(("True", "Handover", "Turns", *names), rows, "lrrrrrrr")
    page.say(
        f"Smallest gain of a signatory (+) {number(package.smallest_gain)}; loses: "
        f"{named(package.losers)}; temptation to stay out {number(package.temptation, 3, '+')}: "
        f"{'holds' if package.holds_by_itself else 'does not hold'} by itself."
    )

def screen_worlds(page: Page, data: Worlds) -> None:
    """How far the odds of a handover hang on the judgements."""
    page.title(QUESTIONS["worlds"])
    likeliest = {truth: percent(it.likeliest["handover"]) for truth, it in data.truths.items()}
    page.say(f"A handover is the likeliest outcome in {under(likeliest)} (shares of worlds).")
    for rival, name in (("the rule", "never_beats_rule"), ("full trust", "never_beats_word")):
        shares = {truth: percent(getattr(it, name)) for truth, it in data.truths.items()}
        page.say(f"A mind that never trusts serves the US better than {rival} in {under(shares)}.")
    page.say(worlds_told(data.worlds, data.seed))
    describe(page, data.setting)
    page.say()
    page.table(
        ("True", "Median", "5–95%", f"likeliest: {OUTCOMES[0]}", *OUTCOMES[1:]),
        [
            (truth, percent(it.handover.median),
             f"{percent(it.handover.p05)}–{percent(it.handover.p95)}",
             *map(percent, it.likeliest.values()))
            for truth, it in data.truths.items()
        ],
        "lrrrrr",
    )
    page.title("Odds of a handover: how many worlds")
    counts = [it.handover.histogram for it in data.truths.values()]
    longest = max(map(max, counts))
    page.table(
        ("Odds", *(f"if {truth}" for truth in READINGS)),
        [
            (f"{100 * place // BINS}–{100 * (place + 1) // BINS}%",
             *(f"{'█' * round(24 * bins[place] / longest)} {bins[place]}".strip()
               for bins in counts))
            for place in range(BINS)
        ],
        "rll",
    )
    drivers(page, data)
    seed = f" --seed {data.seed}" if data.seed else ""
    page.next(data.setting, f"worlds --worlds {5 * data.worlds}{seed}", f"claims --worlds 20{seed}",
              "odds --set face=0.05", why_2="And one judgement at a time?")

MOST_DRIVERS = 10  # that a screen shows

def drivers(page: Page, data: Worlds) -> None:
    """The parameters that the odds of a handover hang on most, as rank correlations."""
    found = [it.drivers for it in data.truths.values()]
    size = {name: max(abs(by[name] or 0.0) for by in found) for name in found[0]}
    page.title("What they hang on: rank correlation with the odds of a handover")
    rows = [
        (name, *(f"{number(rho, 2, '+')} {'█' * round(16 * abs(rho))}".rstrip()
                 for rho in (by[name] or 0.0 for by in found)))
        for name in sorted(size, key=lambda name: -size[name])[:MOST_DRIVERS]
    ]
    page.table(("Parameter", *(f"if {truth}" for truth in READINGS)), rows, "lll")
    chance = min(1, 2 / max(data.worlds - 1, 1) ** 0.5)
    page.say(f"The {len(rows)} largest of {len(size)}; within {chance:.2f} of 0 it may be chance.")

def screen_history(page: Page, data: Record) -> None:
    """The record beside the model, stage by stage."""
    page.title(f"What happened, beside what the model gave it on {day(date_of(1))}")
    final, done = data.stages[-1], data.setting.start.done
    then = {truth: percent(it.completed_by_then) for truth, it in final.truths.items()}
    held = {truth: percent(share) for truth, share in data.threat_held.items()}
    page.say(f"On record: a handover by {day(final.about.recorded)}, the threat never dropped. The "
             f"model gave a handover by the end of that turn {under(then)}; one with the threat "
             f"never dropped, at any time, {under(held)}.")
    page.say(f"{data.note} One history is no test of a model; nothing in it was tuned to this one.")
    describe(page, data.setting)
    page.say()
    page.table(
        ("Stage", "Recorded", "True", "Median", "5%", "95%", "By then"),
        [
            (stage.stage, day(stage.about.recorded), truth,
             *(day(date) if date else "never" for date in (it.median, it.p05, it.p95)),
             percent(it.completed_by_then))
            for stage in data.stages[done:] for truth, it in stage.truths.items()
        ],
        "lrlrrrr",
    )
    page.say("The model's dates are first days of turns; never: the share of histories that get so "
             "far is smaller. By then: by the end of the turn of the record.")
    page.title("On record")
    for stage in data.stages:
        page.say(f"{stage.stage}: {stage.about.event} ({stage.about.source})", "  ", "    ")
    for event in data.also:
        page.say(event, "  ", "    ")
    page.next(data.setting, "odds", "run --forbid us.drop", "worlds")

def screen_positions(page: Page, data: Positions) -> None:
    """The tables of section 1, as a reader wants them."""
    page.title("Who wants what, and where each number comes from")
    page.say("Read from the report, paragraph by paragraph; other numbers are judgements (--set).")
    describe(page, data.setting)
    for name, party in data.parties.items():
        page.title(f"{party.label} ({name}), read from {party.source}")
        page.entry(party.declared, f"declared: {party.position} ({party.stated})")
        page.entry(party.concession, f"concession: {party.gives_up}")
        page.entry("ranking", " > ".join(party.ranking) or "the open question: see the readings")
    page.title("The two readings of Syria, of which one is the truth")
    for name, reading in data.readings.items():
        page.entry(name, f"{reading.claim}: {' > '.join(reading.ranking)} ({reading.whose})")
    page.title("The four stages, in order (¶20)")
    for name, stage in data.stages.items():
        page.entry(name, stage.task)
    page.title("Numbers of the report")
    for label, text in data.report.items():
        page.entry(label, text)
    page.title("Numbers that are not in the report: judgements")
    page.table(
        ("Parameter", "Value", "Range", "Means"),
        [
            (name, f"{data.setting.parameters[name]:.12g}", f"{it.low:g} to {it.high:g}", it.means)
            for name, it in data.judgements.items()
        ],
        "lrrl",
    )
    page.say(f"Judgements besides: {'; '.join(data.also)}.")
    page.next(data.setting, "positions --set rationality=20", "odds")

def plain(value: Any) -> Any:
    """An answer as JSON has it: fields as keys, numbers rounded to 12 decimals.

    The fields of a setting or a claim stand beside the answer's own.
    """
    if isinstance(value, float):
        return round(value, 12) + 0.0  # no negative zero
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    if hasattr(value, "_fields"):
        result: dict[str, Any] = {}
        for name, part in value._asdict().items():
            if name != "drawn":  # how another world is drawn is no data
                flat = name in ("setting", "about")
                result |= plain(part) if flat else {name.rstrip("_"): plain(part)}
        return result
    return [plain(part) for part in value] if isinstance(value, (list, tuple)) else value


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

def a_number(low: float, high: float, kind: type = float) -> Callable[[str], Any]:
    """A reader of numbers, or whole ones, from `low` to `high`; it raises UsageError."""

    def read(word: str) -> Any:
        try:
            value = kind(word) + kind()  # no negative zero
        except ValueError:
            value = None
        if value is None or not low <= value <= high:  # nor is NaN
            what = "a whole number" if kind is int else "a number"
            raise UsageError(f"{shown(word)} is not {what} from {low:g} to {high:g}")
        return value

    return read

def assigned(word: str) -> tuple[str, float]:
    """NAME=VALUE, for a parameter; raises UsageError."""
    name, _, text = word.partition("=")
    parameter = PARAMETERS[one_of(*PARAMETERS)(name)]
    kind = int if name == "turns" else float
    try:
        return name, a_number(parameter.low, parameter.high, kind)(text)
    except UsageError as error:
        raise UsageError(f"{name}: {error}") from None

def a_move(*more: str) -> Callable[[str], Move]:
    """A reader of PARTY.MOVE: a position, or one of `more`; it raises UsageError."""
    moves = [f"{name}.{move}" for name, p in PARTIES.items() for move in (p.declared, p.concession)]

    def read(word: str) -> Move:
        party, _, move = one_of(*moves, *more)(word).partition(".")
        return party, move

    return read

class Choice(NamedTuple):
    """An option of the command line; no `read` means that it is a switch."""
    value: str
    means: str
    read: Callable[[str], Any] | None = None
    default: Any = False  # a list where the option may be given many times

OPTIONS = {
    "seed": Choice("N", "what is drawn: any whole number (0)", a_number(-1e300, 1e300, int), 0),
    "truth": Choice("|".join((*READINGS, "drawn")), "what Assad wants (drawn, by the prior)",
                    one_of(*READINGS, "drawn"), "drawn"),
    "explain": Choice("TURN", "trace one turn to the rules", a_number(1, 2000, int), 0),
    "as": Choice("PARTY", f"the seat to take: {', '.join(PARTIES)}", one_of(*PARTIES), None),
    "hints": Choice("", "show the model's value and probability of every move"),
    "worlds": Choice("N", "how many worlds (25; for claims none)", a_number(1, 1e5, int), 0),
    "top": Choice("N", "how many deals and promises to show (3)", a_number(1, 144, int), 3),
    "calibrated": Choice("", "add minds whose beliefs are what they earn (takes seconds)"),
    "done": Choice(f"0..{len(STAGES) - 1}", "stages done at the start (0)",
                   a_number(0, len(STAGES) - 1, int), 0),
    "start": Choice("PARTY.MOVE", "a party's position at the start, one or many", a_move(), []),
    "set": Choice("NAME=VALUE", "change a judgement, one or many; see positions", assigned, []),
    "forbid": Choice("PARTY.MOVE", "take a move off the table, one or many",
                     a_move(f"us.{STRIKE}"), []),
    "json": Choice("", "the same answer as one JSON object"),
    "color": Choice("auto|always|never", "colour on the screen (auto)",
                    one_of("auto", "always", "never"), "auto"),
}
GAME = ("done", "start", "set", "forbid")  # the options that change the game itself
EVERYWHERE = (*GAME, "json", "color")

class Command(NamedTuple):
    """A question one can ask: how it is answered, printed, and asked for by example."""
    answer: Callable[[Request], Any]
    screen: Callable[[Page, Any], None]
    options: tuple[str, ...]  # besides EVERYWHERE
    examples: tuple[str, ...]

COMMANDS = {
    "run": Command(answer_run, screen_run, ("seed", "truth", "explain"),
                   ("--seed 7", "--truth tactic --set trust=1", "--explain 2", "--start us.drop")),
    "odds": Command(answer_odds, screen_odds, ("calibrated",),
                    ("", "--calibrated", "--set trust=0.4 --start us.drop")),
    "claims": Command(answer_claims, screen_claims, ("worlds", "seed"),
                      ("", "--worlds 20", "--set turns=52")),
    "settle": Command(answer_settle, screen_settle, ("top",), ("", "--top 6", "--done 1")),
    "worlds": Command(answer_worlds, screen_worlds, ("worlds", "seed"),
                      ("", "--worlds 200", "--set rationality=50")),
    "play": Command(answer_run, screen_run, ("as", "hints", "seed", "truth"),
                    ("--as us --hints", "--as syria --truth tactic")),
    "history": Command(answer_history, screen_history, (), ("", "--set turns=52")),
    "positions": Command(answer_positions, screen_positions, (), ("", "--set face=0.2")),
}

class Parser(ArgumentParser):
    """An argument parser whose complaints are UsageErrors."""

    def error(self, message: str) -> Any:
        option, _, fault = message.removeprefix("argument ").partition(": ")
        fault = "takes no value" if "explicit argument" in fault else fault
        raise UsageError(f"{option}: {fault}")

def parse(name: str, words: Sequence[str]) -> dict[str, Any]:
    """The options of a command as given or by default; raises UsageError."""
    allowed = (*COMMANDS[name].options, *EVERYWHERE)
    parser = Parser(add_help=False, allow_abbrev=False)
    for option in allowed:
        _, _, read, default = OPTIONS[option]
        if read:
            action = "append" if isinstance(default, list) else "store"
            parser.add_argument(f"--{option}", type=read, action=action, default=default)
        else:
            parser.add_argument(f"--{option}", action="store_true")
    given, rest = parser.parse_known_args(words)
    for word in rest:
        if not word.startswith("-"):
            raise UsageError(f"{shown(word)} is out of place: one command, and it comes first")
        option = word.partition("=")[0]
        takers = [it for it, command in COMMANDS.items() if option[2:] in command.options]
        if takers:
            raise UsageError(f"{option} has no bearing on {name}; it goes with {', '.join(takers)}")
        one_of(*(f"--{it}" for it in (*allowed, "help")))(option)
    return vars(given)

def understood(name: str, given: Mapping[str, Any]) -> Request:
    """The request that the options make; raises UsageError."""
    if name == "play" and not given["as"]:
        raise UsageError(f"--as is missing: whose seat? One of {', '.join(PARTIES)}")
    if name == "claims" and given["seed"] and not given["worlds"]:
        raise UsageError("--seed has no bearing on claims without --worlds")
    start = State(given["done"], **dict(given["start"]))
    numbers = {**{name: it.default for name, it in PARAMETERS.items()}, **dict(given["set"])}
    forbidden = tuple(f"{party}.{move}" for party, move in dict.fromkeys(given["forbid"]))
    asked = (
        *(f"--done {done}" for done in [start.done] if done),
        *(f"--start {party}.{move}" for party, move in given["start"]),
        *(f"--set {parameter}={value!r}" for parameter, value in given["set"]),
        *(f"--forbid {move}" for move in forbidden),
    )
    return Request(
        Dispute(numbers, start, tuple(dict.fromkeys(given["forbid"]))),
        Setting(numbers, tuple(dict(given["set"])), Start(start.done, positions_in(start)),
                forbidden, asked),
        seed=given.get("seed", 0), truth=given.get("truth", ""), top=given.get("top", 0),
        worlds=given.get("worlds", 0) or (25 if name == "worlds" else 0),
        explain=given.get("explain", 0), calibrated=given.get("calibrated", False),
        seat=given.get("as", ""), tick=progress,
    )

def help_page(page: Page, name: str) -> None:
    """Help by example, for the program ("") or for one command with what its JSON holds."""
    if not name:
        page.title("Syria's chemical weapons, September 2013: play out the dispute, and ask why.")
        page.say()
        page.table(("Command", "What it answers"),
                   [(f"python sim.py {it}", QUESTIONS[it]) for it in COMMANDS], "ll")
        page.say()
        page.say("Without a command it is run. COMMAND -h shows a command's options, and what its "
                 "answer holds as JSON; --version shows the version.")
        return
    command = COMMANDS[name]
    page.title(QUESTIONS[name])
    page.say()
    for example in command.examples:
        page.say(f"python sim.py {name} {example}".rstrip(), "  ", "    ")
    page.say()
    rows = [(f"--{option} {OPTIONS[option].value}".rstrip(), OPTIONS[option].means)
            for option in (*command.options, *EVERYWHERE)]
    page.table(("Option", "What it means (default)"), rows, "ll")
    page.title("What the answer holds, with --json")
    for kind in answers_in(command.answer.__annotations__["return"]):
        page.say(f"{kind.__name__}: {kind.__doc__}", color="title")
        for field, key in kind.__annotations__.items():
            if what := getattr(key, "__metadata__", None):
                parts = [f" ({part.__name__})" for part in answers_in(key)[:1]]
                page.say(f"{field.rstrip('_')}: {what[0]}{''.join(parts)}", "  ", "      ")

def answers_in(kind: Any) -> list[Any]:
    """The named tuples that a type is made of, each once, itself first."""
    from typing import get_args

    found = [kind] if isinstance(kind, type) and hasattr(kind, "_fields") else []
    for part in kind.__annotations__.values() if found else get_args(kind):
        found += [it for it in answers_in(part) if it not in found]
    return found

def terminal(color: str) -> Page:
    """An empty page as wide and as colourful as whoever reads it can see."""
    from shutil import get_terminal_size

    tty = sys.stdout is not None and sys.stdout.isatty()
    columns = get_terminal_size().columns if tty or "COLUMNS" in os.environ else 80
    plain_terminal = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or (
        sys.platform == "win32" and "WT_SESSION" not in os.environ)  # an old console
    colored = color == "always" or (color == "auto" and tty and not plain_terminal)
    return Page(max(20, min(columns, 80)), colored)

def emit(text: str, out: Any) -> None:
    """Write to a stream, with plain signs for symbols that its encoding lacks."""
    if out is None:
        raise OSError("standard output is closed")
    encoding = out.encoding or "ascii"
    lacking = {sign for sign in set(text) if not sign.encode(encoding, "ignore")}
    out.write("".join(SYMBOLS.get(it, "?") if it in lacking else it for it in text))
    out.flush()

def complain(message: str) -> None:
    """One line on standard error, if there is one to write to."""
    try:
        emit(f"sim.py: {message}\n", sys.stderr)
    except OSError:
        abandon(sys.stderr)

def abandon(stream: Any) -> None:
    """Let what a broken stream still holds vanish, so that nothing fails at exit."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    except (OSError, ValueError, AttributeError):
        pass  # not a stream of the operating system's: nothing is flushed at exit

def progress(done: int, of: int) -> None:
    """A progress bar on standard error, if that is a terminal; wiped when all is done."""
    if sys.stderr is not None and sys.stderr.isatty():
        bar = f"[{'#' * (40 * done // of):<40}] {done} of {of}" if done < of else " " * 60 + "\r"
        sys.stderr.write(f"\r{bar}")
        sys.stderr.flush()

class Seat:
    """The reader's place in `play`: shows where things stand, and asks for a move."""

    def __init__(self, party: str, hints: bool, page: Page, out: Any) -> None:
        self.party, self.hints, self.page = party, hints, page
        self.out = out  # standard error with --json, to leave standard output to the answer
        if hasattr(sys.stdin, "reconfigure"):  # so that no byte typed is an error
            sys.stdin.reconfigure(errors="replace")

    def ask(
        self, turns: Sequence[Turn], mover: str, options: Mapping[str, Option], truth: str
    ) -> str | None:
        """The reader's move when it is the seat's turn; raises Leave at the end."""
        if mover != self.party:
            return None
        if len(turns) == 1:
            self.about(truth, turns[-1])
        self.offer(turns[-1], options)
        moves, position = list(options), turns[-1].positions[mover]
        kinds = {"keep" if move == position else "change": move for move in moves if move != STRIKE}
        while True:
            self.tell(f"{PARTIES[mover].label} move? ")
            typed = sys.stdin.readline() if sys.stdin is not None else ""
            if not (typed and sys.stdin.isatty()):
                self.tell("\n")  # which a terminal echoes by itself
            word = typed.strip().lower()
            if not typed or word in ("q", "quit"):
                raise Leave
            meant = [move for move in moves if move.startswith(word)] if word else []
            if word in map(str, range(1, len(moves) + 1)):
                return moves[int(word) - 1]
            if word in kinds or len(meant) == 1:
                return kinds.get(word) or meant[0]
            if word == "?":
                self.about(truth, turns[-1])
                continue
            possible = ", ".join(f"{place} {move}" for place, move in enumerate(moves, 1))
            self.page.say(f"{shown(word)} is not possible now: {possible}, ? or q")

    def about(self, truth: str, turn: Turn) -> None:
        """Whose seat it is, what it wants and believes, and how to answer."""
        party, page = PARTIES[self.party], self.page
        ranking = party.ranking or READINGS[truth].ranking
        page.say()
        page.entry("Seat", f"{party.capital}: {party.position} ({party.stated})")
        page.entry("You want", f"{' > '.join(ranking)}: 1 for the best, 0 for the last, less costs")
        page.entry("Trust", f"{percent(turn.trust)} that Assad means it, shared by the four: being "
                   "at work and every completed stage raise it, stalling forfeits it")
        if not party.ranking:
            page.entry("You know", f"that '{truth}' is true: {READINGS[truth].claim}")
        page.entry("Answer", "a number, a name or its beginning; ? explains, q ends the game")

    def offer(self, turn: Turn, options: Mapping[str, Option]) -> None:
        """Where things stand, and the options with what each means and costs."""
        party, position = PARTIES[self.party], turn.positions[self.party]
        self.page.say()
        self.page.say(f"Turn {turn.turn}, {day(turn.date)}: stage {turn.stage}; trust "
                      f"{percent(turn.trust)}, odds of a handover {percent(turn.handover_as_seen)}",
                      color="title")
        now = stand(turn)
        self.page.say("; ".join(f"{PARTIES[name].label} {now[name]}" for name in TURN_ORDER))
        means = {party.declared: party.position, party.concession: party.gives_up,
                 STRIKE: "carries out the threat, and ends it all"}
        rows = []
        for place, (move, option) in enumerate(options.items(), 1):
            kind = "keep" if move == position else STRIKE if move == STRIKE else "change"
            hints = [number(option.value), percent(option.probability)] if self.hints else []
            cost = number(fsum(option.costs.values()), 4)
            rows.append([str(place), move, kind, *hints, cost, means[move]])
        head = ["", "Move", "", *["Value", "Likely"][: 2 * self.hints], "Cost", "Means"]
        self.page.table(head, rows, "rll" + "rr" * self.hints + "rl")

    def tell(self, prompt: str) -> None:
        """Say what the page holds; beside a JSON answer its loss must not cost the answer."""
        text = "".join(f"{line}\n" for line in self.page.lines) + prompt
        self.page.lines.clear()
        try:
            emit(text, self.out)
        except OSError:
            if self.out is sys.stdout:
                raise

def run_command(argv: Sequence[str]) -> None:
    """Answer one command line; raises UsageError, and OSError where that cannot be written."""
    words = list(argv)
    named = bool(words) and not words[0].startswith("-")
    name = one_of(*COMMANDS)(words.pop(0)) if named else "run"
    page = terminal("auto")
    if "-h" in words or "--help" in words:
        help_page(page, name if named else "")
    elif "--version" in words:
        page.say(f"sim.py {VERSION}")
    else:
        given = parse(name, words)
        request = understood(name, given)
        page = terminal(given["color"])
        if name == "play":
            aside = sys.stderr if given["json"] else sys.stdout
            seat = Seat(request.seat, given["hints"], Page(page.width, page.color), aside)
            request = request._replace(ask=seat.ask)
        answer = COMMANDS[name].answer(request)
        if given["json"]:
            import json

            page.lines.append(json.dumps(plain(answer), indent=2))
        else:
            COMMANDS[name].screen(page, answer)
    emit("\n".join(page.lines) + "\n", sys.stdout)

def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; returns the exit status: 0, 1 output lost, 2 bad usage, 130 Ctrl-C."""
    try:
        run_command(sys.argv[1:] if argv is None else argv)
        return 0
    except UsageError as error:
        complain(f"{error} (python sim.py -h helps)")
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

if __name__ == "__main__":
    sys.exit(main())
