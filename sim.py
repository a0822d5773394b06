"""Syria's chemical weapons, September 2013: a dispute-resolution simulator.

On 12 September 2013 a news report set out a dispute. Everyone says they want Syria's
chemical weapons handed over under a four-step Russian plan; they disagree about who
moves first. This program plays that dispute out turn by turn, solves it exactly, and
says what would settle it. `python sim.py -h` lists what can be asked.

Read it from the top. Each section uses only those above it:

    1  Report and judgement      tables: whoever disagrees changes an entry here
    2  The rules of a turn       who may do what, and what it does
    3  How a move is chosen      logit quantal response, for any game of this shape
    4  The dispute as a game     the tables and rules, handed to the solver
    5  A run                     one history, drawn from the policy
    6  The questions             each answered as plain data
    7  How answers are printed   the same data as a screen or as JSON
    8  The command line

Glossary. A *party* holds a seat and a declared *position*; the move that breaks it is a
*concession*. A *ranking* orders the *outcomes*. A *reading* is a ranking ascribed to
Syria; the *belief* is the reading the other four act on, the *truth* the one Syria acts
on, and the two together make a *cell*. A *turn* is two weeks; a *stage* is a step of
the plan. A *policy* gives the probability of every move, *odds* the probability of every
outcome, a *payoff* is the utility of the outcome less the costs run up on the way. The
*trust* is an outside observer's, in Assad's word. A *commitment* binds a party to its moves,
a *settlement* is a package of them, whoever commits in it a *signatory*. A *world* is one
draw of every judgement.
¶3 is paragraph 3 of the report (AFP, 12 September 2013). A number that is not in the
report is called a judgement.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from math import exp, fsum
from typing import Any, NamedTuple

VERSION = "1.0"

# ---------------------------------------------------------------------------------------
# 1  The report, and our judgement of it
# ---------------------------------------------------------------------------------------

FIRST_DAY = (2013, 9, 12)  # ¶1: the day of the report, and of turn 1
DAYS_A_TURN = 14  # judgement: the report gives no rhythm
DEAD = 110_000  # ¶21: lives claimed by the war so far
DEAD_SINCE = (2011, 3, 1)  # ¶21 gives the month; its first day is a judgement
ATTACK = "some 1,400 dead on 21 August 2013, as Washington alleges"  # ¶16

OUTCOMES = ("handover", "strike", "stalemate")


class Party(NamedTuple):
    """Who holds a seat. `ranking` is best first; empty where the reading decides it."""

    label: str
    in_text: str
    capital: str
    position: str
    position_from: str
    ranking: tuple[str, ...]
    ranking_from: str


PARTIES = {
    "us": Party(
        "US", "the US", "Washington", "the threat of force stays on the table", "¶6 ¶8 ¶11 ¶17",
        ("handover", "strike", "stalemate"), "¶6 ¶8 ¶11 ¶17",
    ),
    "russia": Party(
        "Russia", "Russia", "Moscow", "stands by its ally, opposes strikes, holds a veto",
        "¶10 ¶22–25", ("handover", "stalemate", "strike"), "¶10 ¶22–25",
    ),
    "syria": Party(
        "Syria", "Syria", "Damascus", "will not act under threat", "¶1–4",
        (), "the open question: see the two readings",
    ),
    "france": Party(
        "France", "France", "Paris", "keeps up the pressure", "¶17 ¶18",
        ("handover", "strike", "stalemate"), "¶17 ¶18",
    ),
    "opposition": Party(
        "Opposition", "the opposition", "the opposition", "rejects the plan", "¶21",
        ("strike", "stalemate", "handover"),
        "inferred: ¶21 says only that it denounces the plan",
    ),
}  # fmt: skip


class Reading(NamedTuple):
    """One answer to the report's open question, what Assad wants: Syria's ranking."""

    claim: str
    whose: str
    ranking: tuple[str, ...]


READINGS = {
    "word": Reading(
        "Assad means what he says", "Assad, ¶1 ¶3 ¶4", ("handover", "stalemate", "strike")
    ),
    "tactic": Reading(
        "the offer is a delaying tactic", "Kerry's and Hollande's suspicion, ¶6 ¶13 ¶17",
        ("stalemate", "handover", "strike"),
    ),
}  # fmt: skip


class Stage(NamedTuple):
    """A step of the plan (¶20), and the chance that a turn of compliance completes it."""

    done: str  # the word for it once completed
    task: str
    pace: float  # judgement


STAGES = {
    "join": Stage("joined", "join the OPCW, the body that polices the ban", 0.8),
    "declare": Stage("declared", "declare where the chemical arms are", 0.6),
    "inspect": Stage("inspected", "let OPCW inspectors in", 0.4),
    "destroy": Stage("destroyed", "have the arsenal destroyed", 0.2),
}

TURN_ORDER = ("russia", "france", "opposition", "us", "syria", "chance")
DECISIVE = ("russia", "us")  # judgement: whose decisions can be the turning points of a history


class Move(NamedTuple):
    """A move, open `when` the threat is standing, dropped, or always.

    It breaks its party's position, and so is a concession, when `concession` says:
    never, always, or only while the threat is standing.
    """

    party: str
    name: str
    when: str
    concession: str
    means: str


MOVES = (
    Move("russia", "press", "always", "always", "leans on Syria to comply (¶4 ¶7)"),
    Move("russia", "shield", "always", "never", "covers Syria, veto in hand (¶24 ¶25)"),
    Move("france", "pressure", "always", "never", "keeps up the pressure (¶18)"),
    Move("france", "ease", "always", "always", "lets the pressure drop"),
    Move("opposition", "resist", "always", "never", "works against the plan (¶21)"),
    Move("opposition", "stand-aside", "always", "always", "lets the plan take its course"),
    Move("us", "hold", "standing", "never", "keeps the threat on the table (¶11)"),
    Move("us", "drop", "standing", "always", "takes the threat off the table (asked in ¶2)"),
    Move("us", "strike", "standing", "never", "carries out the threat (¶11 ¶16)"),
    Move("us", "wait", "dropped", "never", "leaves the threat off the table"),
    Move("us", "restore", "dropped", "never", "puts the threat back on the table"),
    Move("syria", "comply", "always", "standing", "does this turn's work on the stage (¶1)"),
    Move("syria", "stall", "always", "never", "lets the turn pass without work (¶17)"),
    Move("chance", "completes", "always", "never", "the work completes the stage"),
    Move("chance", "continues", "always", "never", "the stage needs more work"),
)


class Price(NamedTuple):
    """What an event costs a party: the named parameter, or gains it if `gain`."""

    event: str
    party: str
    parameter: str
    gain: bool = False


def concession_of(party: str) -> str:
    """The event that a party breaks its declared position."""
    return f"{party} concession"


def completion_of(stage: str) -> str:
    """The event that a stage is completed."""
    return f"{stage} completed"


# Further events. Whatever changes the threat must bring about one of the two.
STALL, DROPPED, RESTORED = "stalled turn", "dropped threat", "restored threat"
THREAT_AFTER = {DROPPED: "dropped", RESTORED: "standing"}

PRICES = (
    *(Price(concession_of(party), party, "face") for party in PARTIES),
    Price(RESTORED, "us", "restore"),
    Price(STALL, "us", "delay"),
    Price(STALL, "france", "delay"),
    Price("stalled turn under pressure", "syria", "leverage"),
    Price("strike with backing", "us", "backing", gain=True),
    Price("strike against the veto", "us", "veto"),
)


class Parameter(NamedTuple):
    """A number of the model: allowed from `low` to `high`, `drawn` so in other worlds.

    `drawn` is "fixed", "near" (uniform within half of the default either way), "unit"
    (uniform on 0 to 1) or "scale" (log-uniform from half to twice the default).
    """

    default: float
    low: float
    high: float
    drawn: str
    means: str
    basis: str = "judgement"


def a_price(default: float, means: str) -> Parameter:
    """A price, in units of the distance between a party's worst and best outcome."""
    return Parameter(default, 0, 100, "near", means)


def a_chance(default: float, means: str) -> Parameter:
    """A probability, or a share of one."""
    return Parameter(default, 0, 1, "near", means)


PARAMETERS = {
    "turns": Parameter(
        26, 1, 2000, "fixed", "turns on the clock: a year; the report has no deadline "
        "but 'timely' (¶8)", "calendar",
    ),
    "rationality": Parameter(20, 0, 1e9, "scale", "logit precision, per unit of utility"),
    "face": a_price(0.04, "price of one concession"),
    "delay": a_price(0.02, "price of a stalled turn to those who demand speed (¶8 ¶17)"),
    "leverage": a_price(0.06, "what Moscow's pressure adds to the price of stalling (¶4 ¶7)"),
    "backing": a_price(0.10, "worth of France's support to a US strike (¶17)"),
    "veto": a_price(0.25, "price of striking against Russia's veto (¶24)"),
    "restore": a_price(0.15, "price of reviving a threat once dropped"),
    "disruption": a_chance(0.25, "share of a stage's chance lost when the opposition resists"),
    **{
        f"pace_{name}": a_chance(stage.pace, f"chance that a turn of compliance ends '{name}'")
        for name, stage in STAGES.items()
    },
    **{
        f"middle_{party}": Parameter(0.5, 0, 1, "unit", f"{PARTIES[party].label}: utility of "
                                     "the outcome ranked second (best 1, worst 0)")
        for party in PARTIES
    },
    "prior": Parameter(0.5, 0, 1, "fixed", "an outside observer's first trust in 'word'"),
}  # fmt: skip


class Restriction(NamedTuple):
    """A counterfactual: `party` gives up `move` or, if `only`, gives up all the others.

    It applies under a `threat` (standing, dropped, always) and from `since` stages done
    to before `until`. It never empties a menu: a move that is not there cannot be kept,
    and a menu of which all would be taken away stays as it was.
    """

    party: str
    move: str
    only: bool = False
    threat: str = "always"
    since: int = 0
    until: int = len(STAGES)


class Claim(NamedTuple):
    """What somebody says would follow, and the counterfactual that puts it to the test.

    The test takes moves off the table (`forbid`), binds a party (`commit`), sets
    parameters to 0 (`zero`) or takes Assad at his word (`believe`). The claim is borne
    out if the `figure` then moves as it should: `rise`, `fall`, `not fall` or `not move`.
    """

    who: str
    paragraphs: str
    claim: str
    test: str
    figure: str = ""
    should: str = ""
    note: str = ""
    forbid: tuple[str, ...] = ()
    commit: tuple[tuple[str, str], ...] = ()
    zero: tuple[str, ...] = ()
    believe: bool = False


NOTICEABLE = 0.01  # judgement: a smaller difference does not bear a claim out, nor pay a signatory

CLAIMS = (
    Claim(
        "Assad", "¶4", "American threats played no part in the decision",
        "take us.strike off the table", "odds of handover", "not move", forbid=("us.strike",),
    ),
    Claim(
        "Assad", "¶2–3", "once the threat is dropped, Syria follows through",
        "the US drops the threat at the start and never restores it",
        "odds of handover", "not fall",
        "the end of arms supplies that ¶3 asks for too is beyond the model",
        commit=(("us", "drop once 0 stages are done"),),
    ),
    Claim(
        "Assad", "¶4", "Moscow is the reason why Syria gives the weapons up",
        "take russia.press off the table", "odds of handover", "fall", forbid=("russia.press",),
    ),
    Claim(
        "Kerry", "¶6 ¶13", "words are not enough",
        "the others take Assad at his word", "US payoff", "fall", believe=True,
    ),
    Claim(
        "Hollande", "¶18", "French pressure keeps the plan moving",
        "take france.pressure off the table", "share of turns stalled", "rise",
        forbid=("france.pressure",),
    ),
    Claim(
        "US and France", "¶17", "the threat keeps the plan from becoming a delaying tactic",
        "the US drops the threat at the start and never restores it",
        "share of turns stalled", "rise",
        commit=(("us", "drop once 0 stages are done"),),
    ),
    Claim(
        "Lavrov", "¶10", "with the plan there is no need for strikes",
        "no stage of the plan can ever be completed", "odds of strike", "rise",
        zero=tuple(f"pace_{stage}" for stage in STAGES),
    ),
    Claim(
        "Putin", "¶23–24", "the veto holds strikes back",
        "take russia.shield off the table", "odds of strike", "rise",
        "without its shield Moscow presses every turn, and that moves Damascus too",
        forbid=("russia.shield",),
    ),
    Claim(
        "the opposition", "¶21", "the plan will cost more lives and do nothing else",
        "none: the model counts turns, not deaths",
        note="below: what the turns cost at the report's own rate, and the payoffs",
    ),
)  # fmt: skip

FREE = "free"


def bound(party: str, *rules: tuple[Any, ...]) -> tuple[Restriction, ...]:
    """A commitment: where each rule (move, threat, since, until) applies, only its move."""
    return tuple(Restriction(party, move, True, *rest) for move, *rest in rules)


# What a party can promise in a settlement: by party, the promise and what it binds to.
COMMITMENTS = {
    "us": {
        FREE: (),
        **{
            f"drop once {k} stage{'s' * (k != 1)} {'is' if k == 1 else 'are'} done": bound(
                "us", ("hold", "standing", 0, k), ("drop", "standing", k), ("wait", "dropped")
            )
            for k in range(len(STAGES))
        },
        "hold to the end": bound("us", ("hold", "standing"), ("restore", "dropped")),
    },
    "russia": {FREE: (), "press every turn": bound("russia", ("press",))},
    "france": {
        FREE: (),
        "pressure while the threat stands, ease once it is dropped": bound(
            "france", ("pressure", "standing"), ("ease", "dropped")
        ),
    },
    "opposition": {FREE: (), "stand aside every turn": bound("opposition", ("stand-aside",))},
    "syria": {
        FREE: (),
        "comply whenever the threat is dropped": bound("syria", ("comply", "dropped")),
        "comply every turn": bound("syria", ("comply",)),
    },
}


class Fact(NamedTuple):
    """The recorded completion of a stage: what happened, when, and on whose word."""

    date: str  # ISO
    event: str
    source: str


# What happened later. None of it was known on the day of the report; no number above may be
# tuned to it.
ON_RECORD = {
    "join": Fact(
        "2013-10-14",
        "the Chemical Weapons Convention enters into force for Syria, which had deposited its "
        "accession on 14 September",
        "OPCW",
    ),
    "declare": Fact(
        "2013-10-24",
        "formal initial declaration submitted, three days ahead of its deadline",
        "OPCW, 27 October 2013",
    ),
    "inspect": Fact(
        "2013-11-06",
        "22 of the 23 declared sites verified; the last could not be reached for safety",
        "OPCW-UN Joint Mission, update 5",
    ),
    "destroy": Fact(
        "2014-06-23",
        "last declared chemicals shipped out; the most toxic were neutralised at sea by "
        "18 August 2014",
        "OPCW-UN Joint Mission",
    ),
}
ALSO_ON_RECORD = (
    "US-Russia framework agreed on 14 September 2013, with mid-2014 as its target",
    "OPCW decision EC-M-33/DEC.1 and Security Council resolution 2118, both 27 September 2013",
    "the threat was never formally withdrawn",
)
NOT_INCLUDED = (
    "Handover here means the declared arsenal: the OPCW later reported gaps in the declaration, "
    "and chemical attacks occurred again in 2017."
)

# ---------------------------------------------------------------------------------------
# 2  The rules of a turn
# ---------------------------------------------------------------------------------------


class State(NamedTuple):
    """Where things stand: stages done, the threat, and the moves made so far this turn."""

    done: int
    threat: str  # standing or dropped
    made: tuple[str, ...] = ()


MENUS = {
    (party, threat): tuple(
        move.name for move in MOVES if move.party == party and move.when in ("always", threat)
    )
    for party in TURN_ORDER
    for threat in ("standing", "dropped")
}
CONCESSION = {(move.party, move.name): move.concession for move in MOVES}


def applies(rule: Restriction, state: State) -> bool:
    """Whether a restriction binds in this state."""
    return rule.threat in ("always", state.threat) and rule.since <= state.done < rule.until


def emptied(gone: Collection[tuple[str, str]]) -> list[tuple[str, tuple[str, ...]]]:
    """The menus, as (party, moves), of which nothing is left if these (party, move) are gone."""
    return [
        (party, moves)
        for (party, _), moves in MENUS.items()
        if all((party, move) in gone for move in moves)
    ]


def menu(mover: str, state: State, restrictions: Iterable[Restriction] = ()) -> tuple[str, ...]:
    """The moves open to a party; () if it has none now. Chance speaks only after work."""
    if mover == "chance" and "comply" not in state.made:
        return ()
    moves = MENUS[mover, state.threat]
    rules = [rule for rule in restrictions if rule.party == mover and applies(rule, state)]
    # What is forbidden goes first, so that nobody is bound to a move off the table.
    taken = {rule.move for rule in rules if not rule.only}
    moves = tuple(move for move in moves if move not in taken) or moves
    for rule in rules:
        if rule.only and rule.move in moves:
            moves = (rule.move,)
    return moves


def effect(mover: str, name: str, state: State) -> tuple[State | str, tuple[str, ...]]:
    """What a move does: the state after it, or the outcome it brings, and what happened.

    What happened is a list of events, which PRICES prices and the forecast counts.
    """
    done, threat, made = state
    events = [concession_of(mover)] if CONCESSION[mover, name] in ("always", threat) else []
    if name == "drop":
        threat = "dropped"
        events.append(DROPPED)
    elif name == "restore":
        threat = "standing"
        events.append(RESTORED)
    elif name == "strike":
        events += ["strike with backing"] * ("pressure" in made)
        events += ["strike against the veto"] * ("shield" in made)
        return "strike", tuple(events)
    elif name == "stall":
        events.append(STALL)
        events += ["stalled turn under pressure"] * ("press" in made)
    elif name == "completes":
        events.append(completion_of(tuple(STAGES)[done]))
        done += 1
    return State(done, threat, (*made, name)), tuple(events)


def close(state: State) -> State | str:
    """The end of a turn: the state the next one begins in, or the outcome."""
    return "handover" if state.done == len(STAGES) else State(state.done, state.threat)


def completion(state: State, parameters: Mapping[str, float]) -> float:
    """The chance that this turn's work completes the stage."""
    pace = parameters[f"pace_{tuple(STAGES)[state.done]}"]
    return pace * (1 - parameters["disruption"]) if "resist" in state.made else pace


# ---------------------------------------------------------------------------------------
# 3  How a move is chosen
# ---------------------------------------------------------------------------------------
#
# Nothing below knows of Syria. A game repeats one turn until an outcome or the end of
# its clock. Within a turn the movers act in order, each seeing what came before.

Utility = Mapping[str, float]  # by outcome
Prices = Mapping[str, Mapping[str, float]]  # [event][party]: what an event costs
Shares = Sequence[Sequence[float]]  # [option][place]: probabilities of a layer of nodes
Policy = Sequence[Sequence[Shares]]  # [turn][layer]; turns count from 0
Column = list[float]  # one party's expected payoff at every slot of a turn
Picker = Callable[[Sequence[float]], Sequence[float]]


class Game(NamedTuple):
    """A game of perfect information over a finite clock.

    menu(mover, state)          the options of a mover, or () if it is passed over
    effect(mover, option, state)
                                the state after it, or an outcome; and the events in it
    close(state)                the state the next turn begins in, or an outcome
    odds(state)                 where `chance` moves: the probability of each option
    prices                      [event][party]: what an event costs that party
    """

    movers: Sequence[str]
    start: Hashable
    turns: int
    outcomes: Sequence[str]
    timeout: str  # the outcome when the clock has run out
    menu: Callable[[str, Any], Sequence[str]]
    effect: Callable[[str, str, Any], tuple[Any, Sequence[str]]]
    close: Callable[[Any], Any]
    odds: Callable[[Any], Sequence[float]]
    prices: Prices


class Node(NamedTuple):
    """A decision, or a move of chance (which alone has `odds`).

    `kids` are slots of a turn's table: outcomes come first, then the states a next turn
    can begin in, then the nodes of this turn, children before parents.
    """

    depth: int  # how many movers come before
    mover: str
    options: tuple[str, ...]
    kids: tuple[int, ...]
    events: tuple[tuple[str, ...], ...]
    odds: tuple[float, ...]


class Layer(NamedTuple):
    """Nodes at one depth with equally many options: none leads to another of them.

    They are solved together, column by column, which is what makes the solver fast.
    """

    mover: str
    start: int  # the slots of its nodes
    stop: int
    kids: tuple[tuple[int, ...], ...]  # [option][place]: slots
    odds: Shares  # chance's own


class Graph(NamedTuple):
    """One turn of a game, unfolded from every state that it can begin in."""

    game: Game
    states: tuple[Any, ...]  # the start first
    roots: tuple[int, ...]  # for each state, the slot that its turn begins at
    nodes: tuple[Node, ...]  # layer by layer
    layers: tuple[Layer, ...]  # the deepest first
    first: int  # the slot of nodes[0]

    def shares(self, policy: Policy, turn: int, slot: int) -> tuple[float, ...]:
        """The probability of each option of the node at a slot, in a turn from 0."""
        for layer, shares in zip(self.layers, policy[turn]):
            if layer.start <= slot < layer.stop:
                return tuple(option[slot - layer.start] for option in shares)
        raise IndexError(slot)


class Solution(NamedTuple):
    """A backward pass: the policy, and every slot's expected payoffs in every turn."""

    columns: dict[str, int]  # which column is whose payoff
    policy: list[list[Shares]]
    slots: list[list[Column]]  # [turn][column][slot]


class Forecast(NamedTuple):
    """A forward pass: exact odds and expected counts."""

    odds: dict[str, float]
    alive: list[float]  # the probability that turn t (from 0) is played
    counts: dict[str, list[float]]  # [event][turn]: expected number

    def total(self, event: str) -> float:
        """How often the event is expected over the whole game."""
        return fsum(self.counts.get(event, ()))


def unfold(game: Game) -> Graph:
    """Write out one turn from every state in reach; what has the same future is one node."""
    states = [game.start]
    known: dict[Any, int] = {}  # a node's content: its number

    def visit(depth: int, state: Any) -> tuple[str, int]:
        """The slot that play continues at, as (kind, number within the kind)."""
        if depth == len(game.movers):
            return place(game.close(state))
        mover = game.movers[depth]
        options = tuple(game.menu(mover, state))
        if not options:
            return visit(depth + 1, state)
        kids, events = [], []
        for option in options:
            after, happened = game.effect(mover, option, state)
            kids.append(place(after) if isinstance(after, str) else visit(depth + 1, after))
            events.append(tuple(happened))
        odds = tuple(game.odds(state)) if mover == "chance" else ()
        content = (depth, mover, options, tuple(kids), tuple(events), odds)
        return "node", known.setdefault(content, len(known))

    def place(where: Any) -> tuple[str, int]:
        if isinstance(where, str):
            return "outcome", game.outcomes.index(where)
        if where not in states:
            states.append(where)
        return "state", states.index(where)

    roots = [visit(0, state) for state in states]  # grows `states` as it goes
    contents = sorted(known, key=layer_of)
    slot = {("outcome", number): number for number in range(len(game.outcomes))}
    slot |= {("state", number): len(slot) + number for number in range(len(states))}
    first = len(slot)
    slot |= {("node", known[content]): first + i for i, content in enumerate(contents)}
    nodes = tuple(
        Node(depth, mover, options, tuple(map(slot.__getitem__, kids)), events, odds)
        for depth, mover, options, kids, events, odds in contents
    )
    starts = tuple(map(slot.__getitem__, roots))
    return Graph(game, tuple(states), starts, nodes, layered(nodes, first), first)


def layer_of(node: Any) -> tuple[int, int]:
    """What makes nodes one layer: depth, the deepest first, and the number of options."""
    depth, _, options, *_ = node
    return -depth, len(options)


def layered(nodes: Sequence[Node], first: int) -> tuple[Layer, ...]:
    """The layers of nodes that are sorted by them."""
    from itertools import groupby

    layers = []
    for _, group in groupby(nodes, layer_of):
        members = list(group)
        kids = tuple(zip(*(node.kids for node in members)))
        odds = tuple(zip(*(node.odds for node in members)))
        layers.append(Layer(members[0].mover, first, first + len(members), kids, odds))
        first += len(members)
    return tuple(layers)


def backward(
    graph: Graph,
    payoffs: Mapping[str, Utility],
    rationality: float,
    given: Policy | None = None,
) -> Solution:
    """Solve a game by backward induction under logit quantal response.

    Each party in `payoffs` picks an option with probability proportional to
    exp(rationality * its expected payoff from there on), everyone including itself
    choosing this way later (McKelvey & Palfrey 1998). Perfect information and a finite
    clock make this equilibrium unique. Movers not in `payoffs` follow the policy `given`;
    whoever is in `payoffs` but never moves is carried along. Time and memory are linear
    in turns.
    """
    game, columns = graph.game, {name: number for number, name in enumerate(payoffs)}
    work = [priced(graph, layer, columns) for layer in graph.layers]
    ends = [[utility[outcome] for outcome in game.outcomes] for utility in payoffs.values()]
    carry = [[utility[game.timeout]] * len(graph.states) for utility in payoffs.values()]
    roots = picker(graph.roots)
    policy, table = [], []
    for turn in reversed(range(game.turns)):
        slots = [[*end, *then] for end, then in zip(ends, carry)]
        policy.append(sweep(work, slots, rationality, given[turn] if given else ()))
        table.append(slots)
        carry = [list(roots(column)) for column in slots]
    return Solution(columns, policy[::-1], table[::-1])


class Work(NamedTuple):
    """A layer as `sweep` wants it."""

    chooser: int  # the column of whoever decides; -1 if the policy is given
    kids: list[Picker]  # by option: from a column, the kids' entries
    costs: dict[int, Shares]  # [column][option][place], where any is not 0
    odds: Shares


def priced(graph: Graph, layer: Layer, columns: Mapping[str, int]) -> Work:
    """Who chooses in a layer, what of, and what each option costs whom."""
    costs: dict[int, list[list[float]]] = {}
    for place, option, event in happenings(graph, layer):
        for party, amount in graph.game.prices.get(event, {}).items():
            if party in columns:
                empty = [[0.0] * (layer.stop - layer.start) for _ in layer.kids]
                costs.setdefault(columns[party], empty)[option][place] += amount
    chooser = columns.get(layer.mover, -1)
    return Work(chooser, list(map(picker, layer.kids)), dict(costs), layer.odds)


def happenings(graph: Graph, layer: Layer) -> Iterator[tuple[int, int, str]]:
    """Every event of a layer, with the place and the option that bring it about."""
    for slot in range(layer.start, layer.stop):
        for option, events in enumerate(graph.nodes[slot - graph.first].events):
            for event in events:
                yield slot - layer.start, option, event


def picker(slots: Sequence[int]) -> Picker:
    """From a column, the entries at these slots."""
    from operator import itemgetter

    if len(slots) == 1:  # of which itemgetter would make no sequence
        return lambda column: (column[slots[0]],)
    return itemgetter(*slots)


def sweep(
    work: Iterable[Work], slots: list[Column], rationality: float, given: Sequence[Shares]
) -> list[Shares]:
    """Solve one turn: append every node to the columns of `slots`, return the policy."""
    policy: list[Shares] = []
    for number, (chooser, kids, costs, odds) in enumerate(work):
        if chooser >= 0:
            shares = logit(net(slots[chooser], kids, costs.get(chooser)), rationality)
        else:
            shares = odds or given[number]
        for column, entries in enumerate(slots):
            entries += mixed(shares, net(entries, kids, costs.get(column)))
        policy.append(shares)
    return policy


def net(column: Column, kids: Iterable[Picker], costs: Shares | None) -> list[Sequence[float]]:
    """What each option of a layer's nodes is worth to a party: the kid's entry less costs."""
    worth = [pick(column) for pick in kids]
    if costs is None:
        return worth
    return [[x - c for x, c in zip(*pair)] for pair in zip(worth, costs)]


def logit(values: Sequence[Sequence[float]], rationality: float) -> Shares:
    """Choice probabilities, proportional to exp(rationality * value): [option][place]."""
    best = list(map(max, *values)) if len(values) > 1 else values[0]
    weights = [
        [exp(rationality * (value - top)) for value, top in zip(option, best)] for option in values
    ]  # the best is taken off, so that no exponent is positive
    mass = weights[0]
    for more in weights[1:]:
        mass = [x + y for x, y in zip(mass, more)]
    return [[weight / all_ for weight, all_ in zip(option, mass)] for option in weights]


def mixed(shares: Shares, options: Sequence[Sequence[float]]) -> list[float]:
    """Expected values: the options' values weighted by their shares, place by place."""
    if len(shares) == 2:  # most layers; the loop below says the same, more slowly
        return [p * x + q * y for p, q, x, y in zip(*shares, *options)]
    total = [p * x for p, x in zip(shares[0], options[0])]
    for share, option in zip(shares[1:], options[1:]):
        total = [x + p * y for x, p, y in zip(total, share, option)]
    return total


def forward(graph: Graph, policy: Policy) -> Forecast:
    """What a policy leads to, exactly: odds of every outcome, and how often what happens."""
    game, ends = graph.game, len(graph.game.outcomes)
    marks = [witnessed(graph, layer) for layer in graph.layers]
    counts = {event: [0.0] * game.turns for mark in marks for _, event, _ in mark}
    ended = [0.0] * ends
    mass = [1.0] + [0.0] * (len(graph.states) - 1)
    alive = []
    for turn, chosen in enumerate(policy):
        alive.append(fsum(mass))
        flow = [0.0] * (graph.first + len(graph.nodes))
        for root, amount in zip(graph.roots, mass):
            flow[root] += amount
        for layer, shares, mark in zip(graph.layers[::-1], chosen[::-1], marks[::-1]):
            here = flow[layer.start : layer.stop]
            parts = [[x * p for x, p in zip(here, share)] for share in shares]
            for kids, part in zip(layer.kids, parts):
                for kid, amount in zip(kids, part):
                    flow[kid] += amount
            for option, event, pick in mark:
                counts[event][turn] += fsum(pick(parts[option]))
        ended = [before + now for before, now in zip(ended, flow)]
        mass = flow[ends : graph.first]
    ended[game.outcomes.index(game.timeout)] += fsum(mass)
    return Forecast(dict(zip(game.outcomes, ended)), alive, counts)


def witnessed(graph: Graph, layer: Layer) -> list[tuple[int, str, Picker]]:
    """The events of a layer: (option, event, where in the layer that option brings it)."""
    places: dict[tuple[int, str], list[int]] = {}
    for place, option, event in happenings(graph, layer):
        places.setdefault((option, event), []).append(place)
    return [(option, event, picker(where)) for (option, event), where in places.items()]


def payoff(forecast: Forecast, party: str, utility: Utility, prices: Prices) -> float:
    """A party's expected payoff: the utility of the outcome less the costs run up."""
    worth = fsum(odds * utility[outcome] for outcome, odds in forecast.odds.items())
    return worth - fsum(
        forecast.total(event) * bill[party] for event, bill in prices.items() if party in bill
    )


# ---------------------------------------------------------------------------------------
# 4  The dispute as a game
# ---------------------------------------------------------------------------------------


class Dispute(NamedTuple):
    """The dispute as somebody wants it solved: parameters, start, counterfactuals."""

    parameters: Mapping[str, float]
    done: int = 0
    threat: str = "standing"
    restrictions: tuple[Restriction, ...] = ()

    def under(self, *more: Restriction) -> Dispute:
        """The same dispute with more moves off the table."""
        return self._replace(restrictions=self.restrictions + more)


def game_of(dispute: Dispute) -> Game:
    """The rules of section 2 with this dispute's numbers."""
    parameters = dispute.parameters
    prices: dict[str, dict[str, float]] = {}
    for price in PRICES:
        amount = parameters[price.parameter]
        bill = prices.setdefault(price.event, {})
        bill[price.party] = bill.get(price.party, 0.0) + (-amount if price.gain else amount)

    def odds(state: State) -> tuple[float, float]:
        pace = completion(state, parameters)
        return pace, 1 - pace

    return Game(
        movers=TURN_ORDER,
        start=State(dispute.done, dispute.threat),
        turns=int(parameters["turns"]),
        outcomes=OUTCOMES,
        timeout="stalemate",
        menu=lambda mover, state: menu(mover, state, dispute.restrictions),
        effect=effect,
        close=close,
        odds=odds,
        prices=prices,
    )


def utilities(parameters: Mapping[str, float], reading: str) -> dict[str, dict[str, float]]:
    """Every party's utility of every outcome, if this reading of Syria is the right one."""
    result = {}
    for name, party in PARTIES.items():
        ranking = party.ranking or READINGS[reading].ranking
        result[name] = dict(zip(ranking, (1.0, parameters[f"middle_{name}"], 0.0)))
    return result


class Cell(NamedTuple):
    """What follows when the others act on one reading and Syria on the same or the other."""

    believed: str
    true: str
    forecast: Forecast
    payoffs: dict[str, float]


# Carried along by every solution, as if it were the payoff of a party that never moves.
HANDOVER = {"handover": {outcome: float(outcome == "handover") for outcome in OUTCOMES}}


class Minds(NamedTuple):
    """All that a history needs: the policy of a belief, and Syria as either reading has it."""

    graph: Graph
    belief: Solution
    syria: dict[str, Solution]  # by the truths at issue; each carries the odds of a handover

    def policy(self, truth: str) -> Policy:
        """Everybody's policy when this reading is the true one."""
        return self.syria[truth].policy


def believe(graph: Graph, parameters: Mapping[str, float], reading: str) -> Solution:
    """The equilibrium of the game in which everybody takes this reading for the truth."""
    payoffs = {**utilities(parameters, reading), **HANDOVER}
    return backward(graph, payoffs, parameters["rationality"])


def respond(
    graph: Graph, parameters: Mapping[str, float], truth: str, belief: Solution
) -> Solution:
    """Syria as it truly is, answering a policy the others formed on a belief.

    A hypergame: the parties do not all play the same game (Bennett 1977).
    """
    payoffs = {"syria": utilities(parameters, truth)["syria"], **HANDOVER}
    return backward(graph, payoffs, parameters["rationality"], given=belief.policy)


def minds_of(dispute: Dispute, believed: str, graph: Graph | None = None) -> Minds:
    """Solve the dispute for one belief and both truths."""
    graph, parameters = graph or unfold(game_of(dispute)), dispute.parameters
    belief = believe(graph, parameters, believed)
    syria = {
        truth: belief if truth == believed else respond(graph, parameters, truth, belief)
        for truth in READINGS
    }
    return Minds(graph, belief, syria)


def cell_of(minds: Minds, dispute: Dispute, believed: str, true: str) -> Cell:
    """One cell, from one forward pass."""
    forecast = forward(minds.graph, minds.policy(true))
    prices = minds.graph.game.prices
    payoffs = {
        party: payoff(forecast, party, utility, prices)
        for party, utility in utilities(dispute.parameters, true).items()
    }
    return Cell(believed, true, forecast, payoffs)


# ---------------------------------------------------------------------------------------
# 5  A run
# ---------------------------------------------------------------------------------------

Record = dict[str, Any]  # an answer as plain data, ready for JSON
Ask = Callable[[str, list[Record], str, Record], "str | None"]


class Leave(Exception):
    """Raised by an `ask` whose party leaves the table; the history ends there."""


def play_out(
    dispute: Dispute, believed: str, truth: str, seed: int, ask: Ask | None = None
) -> Record:
    """Play one history: its turns, its outcome, and what the model gave it beforehand.

    Draws come from random.Random(seed).random() alone: the truth if it is "drawn" (word
    below the prior), then one for each decision in turn order, then one for chance where
    Syria complied. `ask(truth, turns, party, choice)` may answer with a move of its own, and the
    draw is made all the same, so that equal moves make equal histories; None leaves the
    move to the policy.
    """
    from random import Random

    draw = Random(seed).random
    prior = dispute.parameters["prior"]
    if truth == "drawn":
        truth = "word" if draw() < prior else "tactic"
    minds = minds_of(dispute, believed)
    cell = cell_of(minds, dispute, believed, truth)
    turns: list[Record] = []
    try:
        outcome = play_turns(minds, truth, prior, draw, ask, turns)
    except Leave:
        outcome = None
    return {
        "seed": seed,
        "believed": believed,
        "true": truth,
        "turns": turns,
        "outcome": outcome,
        "date": turns[-1]["date"],
        "concessions": {
            party: sum(turn["moves"].get(party, {}).get("concession", False) for turn in turns)
            for party in PARTIES
        },
        "prior": prior,
        "trust": turns[-1]["trust"],
        "odds": cell.forecast.odds,
        "expected_payoffs": cell.payoffs,
        "payoffs": outcome and received(turns, outcome, dispute.parameters, truth, minds),
    }


def play_turns(
    minds: Minds,
    truth: str,
    trust: float,
    draw: Callable[[], float],
    ask: Ask | None,
    turns: list[Record],
) -> str:
    """Play to the outcome, adding every turn to `turns` as it begins."""
    graph, game = minds.graph, minds.graph.game
    slot = ends = len(game.outcomes)
    while slot >= ends and len(turns) < game.turns:
        state = graph.states[slot - ends]
        turn: Record = {
            "turn": len(turns) + 1,
            "date": date_of(len(turns) + 1),
            "stage": tuple(STAGES)[state.done],
            "done": state.done,
            "threat": state.threat,
            "threat_after": state.threat,
            "moves": {},
            "decisions": [],
            "chance": None,
            "draw": None,
            "completed": False,
            "trust": trust,
            "handover": None,
            "events": [],
        }
        turns.append(turn)
        slot = graph.roots[slot - ends]
        while slot >= graph.first:
            slot = make_move(minds, truth, slot, turns, draw, ask)
        trust = turn["trust"]
        mind = minds.syria[truth]
        turn["handover"] = mind.slots[len(turns) - 1][mind.columns["handover"]][slot]
    return game.outcomes[slot] if slot < ends else game.timeout


def make_move(
    minds: Minds,
    truth: str,
    slot: int,
    turns: list[Record],
    draw: Callable[[], float],
    ask: Ask | None,
) -> int:
    """One decision or one draw of chance, noted in the last turn: the slot it leads to."""
    graph, turn, now = minds.graph, turns[-1], len(turns) - 1
    node = graph.nodes[slot - graph.first]
    if node.mover == "chance":
        turn["chance"], turn["draw"] = node.odds[0], draw()
        pick = pick_by(node.odds, turn["draw"])
        turn["completed"] = completion_of(turn["stage"]) in node.events[pick]
    else:
        mind = minds.syria[truth] if node.mover == "syria" else minds.belief
        choice = weigh(graph, mind, now, slot)
        drawn = draw()
        pick = pick_by(tuple(choice["probabilities"].values()), drawn)
        answer = ask(truth, turns, node.mover, choice) if ask else None
        if answer is not None:
            pick = node.options.index(answer)
        move = node.options[pick]
        made = turn["moves"][node.mover] = {
            "move": move,
            "probability": choice["probabilities"][move],
            "concession": concession_of(node.mover) in node.events[pick],
            "draw": drawn,
            **choice,
        }
        for event in node.events[pick]:
            turn["threat_after"] = THREAT_AFTER.get(event, turn["threat_after"])
        ended = node.kids[pick] < len(graph.game.outcomes)
        moved = ended or any(event in THREAT_AFTER for event in node.events[pick])
        if node.mover in DECISIVE and (moved or made["concession"]):
            turn["decisions"].append(node.mover)
    if node.mover == "syria":
        likely = {true: graph.shares(minds.policy(true), now, slot)[pick] for true in READINGS}
        made["likelihoods"] = likely
        turn["trust"] = updated(turn["trust"], likely["word"], likely["tactic"])
    turn["events"] += node.events[pick]
    return node.kids[pick]


def weigh(graph: Graph, mind: Solution, turn: int, slot: int) -> Record:
    """What each option of a decision is worth to its party, how likely it is, and why.

    The value of an option is what follows from it less the costs it has at once.
    """
    node, prices = graph.nodes[slot - graph.first], graph.game.prices
    column = mind.slots[turn][mind.columns[node.mover]]
    bills = {event: bill[node.mover] for event, bill in prices.items() if node.mover in bill}
    costs = [{event: bills[event] for event in events if event in bills} for events in node.events]
    worth = [column[kid] - fsum(bill.values()) for kid, bill in zip(node.kids, costs)]
    return {
        "values": dict(zip(node.options, worth)),
        "probabilities": dict(zip(node.options, graph.shares(mind.policy, turn, slot))),
        "costs": dict(zip(node.options, costs)),
    }


def received(
    turns: Iterable[Record], outcome: str, parameters: Mapping[str, float], truth: str, minds: Minds
) -> dict[str, float]:
    """Every party's payoff from a history: its utility of the outcome less its costs."""
    prices = minds.graph.game.prices
    happened = [event for turn in turns for event in turn["events"]]
    return {
        party: utility[outcome] - fsum(prices.get(e, {}).get(party, 0.0) for e in happened)
        for party, utility in utilities(parameters, truth).items()
    }


def pick_by(shares: Sequence[float], chance: float) -> int:
    """The option that a draw from 0 to 1 falls on."""
    for number, share in enumerate(shares):
        chance -= share
        if chance < 0:
            return number
    return max(range(len(shares)), key=shares.__getitem__)  # rounding: the shares fell short


def updated(trust: float, if_word: float, if_tactic: float) -> float:
    """Bayes' rule: the trust after a move as likely as this under either reading."""
    seen = trust * if_word + (1 - trust) * if_tactic
    return trust * if_word / seen if seen else trust


def iso(date: tuple[int, int, int]) -> str:
    """A date as ISO."""
    return "{}-{:02}-{:02}".format(*date)


def date_of(turn: int) -> str:
    """The day a turn begins, as ISO; turn 1 begins on the day of the report."""
    from datetime import date, timedelta

    return (date(*FIRST_DAY) + timedelta(days=DAYS_A_TURN * (turn - 1))).isoformat()


# ---------------------------------------------------------------------------------------
# 6  The questions
# ---------------------------------------------------------------------------------------


ROUNDING = 1e-12  # a smaller difference is the machine's, not the model's


class UsageError(ValueError):
    """Bad input. Its text is one line that names the culprit and what would do instead."""


GAME_OPTIONS = ("done", "threat", "set", "forbid")  # options that change the game itself

# The options that bear on a question; any other is refused. --json and --color go anywhere.
BEARING = {
    "run": ("seed", "believed", "truth", "explain", *GAME_OPTIONS),
    "odds": GAME_OPTIONS,
    "claims": ("worlds", "seed", *GAME_OPTIONS),
    "settle": ("top", *GAME_OPTIONS),
    "worlds": ("worlds", "seed", *GAME_OPTIONS),
    "play": ("as", "hints", "seed", "believed", "truth", *GAME_OPTIONS),
    "history": ("believed", "set", "forbid"),
    "positions": ("set",),
}
REPEATABLE = ("set", "forbid")


class Request(NamedTuple):
    """What somebody asked for: the dispute to solve, and how to ask about it."""

    dispute: Dispute
    forbidden: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()  # parameters that --set fixed
    options: tuple[str, ...] = ()  # as given, so that an answer can be asked for again
    seed: int = 2013
    believed: str = "tactic"
    truth: str = "drawn"
    worlds: int = 0
    top: int = 5
    explain: int = 0
    seat: str = ""
    hints: bool = False
    ask: Ask | None = None
    tick: Callable[[int, int], None] = lambda done, of: None  # told how far a long answer is


def answer_run(request: Request) -> Record:
    """`run`: one history, what turned it, and what its time cost."""
    record = run_of(request)
    if request.explain:
        if request.explain > len(record["turns"]):
            raise UsageError(f"--explain: this run ends in turn {len(record['turns'])}")
        record["explained"] = explained(record, record["turns"][request.explain - 1])
    return record


def run_of(request: Request) -> Record:
    """One history with all that its screen says of it."""
    dispute = request.dispute
    record = play_out(dispute, request.believed, request.truth, request.seed, request.ask)
    return {
        **setting(request),
        **record,
        "turning_points": turning_points(record),
        "cost_of_time": cost_of_time(sum(turn["handover"] is not None for turn in record["turns"])),
    }


def explained(record: Record, turn: Record) -> Record:
    """One turn traced to the rules: every decision on its path, chance, and the trust."""
    rationality = record["parameters"]["rationality"]
    decisions = [
        {"party": party, **traced(made, rationality)} for party, made in turn["moves"].items()
    ]
    earlier = [record["prior"], *(past["trust"] for past in record["turns"])]
    return {
        "turn": turn["turn"],
        "decisions": decisions,
        "resisted": turn["moves"].get("opposition", {}).get("move") == "resist",
        "chance": turn["chance"],
        "draw": turn["draw"],
        "completed": turn["completed"],
        "likelihoods": turn["moves"].get("syria", {}).get("likelihoods"),
        "trust_before": earlier[turn["turn"] - 1],
        "trust": turn["trust"],
    }


def traced(made: Record, rationality: float) -> Record:
    """One decision, and what tipped it.

    For each option: `follows`, what is expected to follow from it; `costs` at once, by
    event; `value`, the first less the second; `weight`, exp(rationality * distance to the
    best value); `probability`, the weight's share. The likeliest move is set against the
    next best: `ahead` is what it leads by, of which `by_costs` is due to costs at once.
    """
    values, costs = made["values"], made["costs"]
    best, *others = sorted(values, key=lambda move: -values[move])
    decision = {
        "move": made["move"],
        "draw": made["draw"],
        "options": {
            move: {
                "follows": value + fsum(costs[move].values()),
                "costs": costs[move],
                "value": value,
                "weight": exp(rationality * (value - values[best])),
                "probability": made["probabilities"][move],
            }
            for move, value in values.items()
        },
        "best": best,
    }
    if others:
        decision |= {
            "rival": others[0],
            "ahead": values[best] - values[others[0]],
            "by_costs": fsum(costs[others[0]].values()) - fsum(costs[best].values()),
        }
    return decision


def answer_play(request: Request) -> Record:
    """`play`: a history in which the reader holds a seat, and what that was worth."""
    record = run_of(request)
    departures = [
        {
            "turn": turn["turn"],
            "move": made["move"],
            "better": max(made["values"], key=made["values"].__getitem__),
            "cost": max(made["values"].values()) - made["values"][made["move"]],
        }
        for turn in record["turns"]
        if (made := turn["moves"].get(request.seat))
    ]
    return {
        **record,
        "seat": request.seat,
        "expected_payoff": record["expected_payoffs"][request.seat],
        "payoff": record["payoffs"] and record["payoffs"][request.seat],
        "departures": sorted(
            (departure for departure in departures if departure["cost"] > 0),
            key=lambda departure: -departure["cost"],
        ),
    }


def setting(request: Request) -> Record:
    """What every answer says first: the numbers and the start it is an answer for."""
    dispute = request.dispute
    return {
        "parameters": dict(dispute.parameters),
        "changed": list(request.changed),
        "start": {"done": dispute.done, "threat": dispute.threat},
        "forbidden": list(request.forbidden),
        "options": list(request.options),
    }


def turning_points(record: Record) -> list[Record]:
    """The turns that made the history, in order, each with what happened in it.

    A turn counts if a DECISIVE party made a concession, changed the threat or ended it all,
    or a stage was completed; so does the turn that moved the odds most.
    """
    points = []
    before = record["odds"]["handover"]
    for turn in record["turns"]:
        if turn["handover"] is None:  # somebody left in mid-turn
            break
        points.append({
            "turn": turn["turn"],
            "decisions": turn["decisions"],
            "completed": turn["stage"] if turn["completed"] else None,
            "before": before,
            "after": turn["handover"],
        })  # fmt: skip
        before = turn["handover"]
    largest = max(points, key=lambda p: abs(p["after"] - p["before"]), default=None)
    return [
        {**point, "largest": point is largest}
        for point in points
        if point["decisions"] or point["completed"] or point is largest
    ]


def cost_of_time(turns: float) -> Record:
    """The report's own toll (¶21), carried forward at its own rate: arithmetic, no model."""
    from datetime import date

    days = (date(*FIRST_DAY) - date(*DEAD_SINCE)).days
    return {
        "weeks": turns * DAYS_A_TURN / 7,
        "deaths": DEAD / days * turns * DAYS_A_TURN,
        "dead": DEAD,
        "days": days,
    }


def cells(dispute: Dispute) -> dict[tuple[str, str], Cell]:
    """All four cells, by (believed, true)."""
    graph = unfold(game_of(dispute))
    return {
        (believed, true): cell_of(minds, dispute, believed, true)
        for believed in READINGS
        for minds in [minds_of(dispute, believed, graph)]
        for true in READINGS
    }


def answer_odds(request: Request) -> Record:
    """`odds`: the four cells, and how sure one must be of Assad's word to act on it."""
    found = cells(request.dispute)
    return {
        **setting(request),
        "cells": [
            {
                "believed": cell.believed,
                "true": cell.true,
                "odds": cell.forecast.odds,
                "payoffs": cell.payoffs,
                "expected_turns": fsum(cell.forecast.alive),
                "expected_stalls": cell.forecast.total(STALL),
                "expected_concessions": {
                    party: cell.forecast.total(concession_of(party)) for party in PARTIES
                },
            }
            for cell in found.values()
        ],
        **break_even(found),
    }


def break_even(found: Mapping[tuple[str, str], Cell]) -> Record:
    """The trust in `word` at which either belief gives the US the same expected payoff.

    None if there is no such trust; `better_belief` then names the belief that is better
    whatever the truth, or is "neither" if belief makes no difference to the US.
    """
    us = {key: cell.payoffs["us"] for key, cell in found.items()}
    won, lost = (
        0.0 if abs(difference) < ROUNDING else difference
        for difference in (
            us["word", "word"] - us["tactic", "word"],
            us["tactic", "tactic"] - us["word", "tactic"],
        )
    )
    result: Record = {"won_if_word": won, "lost_if_tactic": lost}
    if won == lost == 0:
        return {"break_even_trust": None, "better_belief": "neither", **result}
    if won * lost < 0:
        better = "word" if won > 0 else "tactic"
        return {"break_even_trust": None, "better_belief": better, **result}
    return {"break_even_trust": lost / (won + lost) + 0.0, "better_belief": None, **result}


def solved(dispute: Dispute) -> dict[str, Cell]:
    """The dispute with everybody right about Syria: a cell for each reading."""
    graph, parameters = unfold(game_of(dispute)), dispute.parameters
    result = {}
    for reading in READINGS:
        belief = believe(graph, parameters, reading)
        minds = Minds(graph, belief, {reading: belief})
        result[reading] = cell_of(minds, dispute, reading, reading)
    return result


def figures(cell: Cell) -> Record:
    """What claims are about, in one cell."""
    return {
        **cell.forecast.odds,
        "expected_turns": fsum(cell.forecast.alive),
        "expected_stalls": cell.forecast.total(STALL),
        "stalled_share": cell.forecast.total(STALL) / fsum(cell.forecast.alive),
        "us_payoff": cell.payoffs["us"],
    }


# What a claim calls a figure, and where `figures` has it.
FIGURES = {
    "odds of handover": "handover",
    "odds of strike": "strike",
    "share of turns stalled": "stalled_share",
    "US payoff": "us_payoff",
}


def off_the_table(name: str) -> Restriction:
    """The restriction that takes PARTY.MOVE away."""
    party, _, move = name.partition(".")
    return Restriction(party, move)


def counterfactual(dispute: Dispute, claim: Claim) -> Dispute:
    """The dispute as a claim's test has it.

    A move that is the last one left stays: to forbid it too would bring the others back.
    """
    gone = {(rule.party, rule.move) for rule in dispute.restrictions}
    rules = [
        rule
        for rule in map(off_the_table, claim.forbid)
        if not any(
            rule.party == party and rule.move in moves
            for party, moves in emptied({*gone, (rule.party, rule.move)})
        )
    ]
    for party, promise in claim.commit:
        rules += COMMITMENTS[party][promise]
    parameters = {**dispute.parameters, **dict.fromkeys(claim.zero, 0.0)}
    return dispute._replace(parameters=parameters).under(*rules)


def tested(dispute: Dispute, found: Mapping[tuple[str, str], Cell]) -> list[Record]:
    """Every claim's figures before and after its test, and its verdict, given the four cells."""
    cell = {key: figures(value) for key, value in found.items()}
    variants: dict[Any, dict[str, Record]] = {}
    results = []
    for claim in CLAIMS:
        before = {reading: cell[reading, reading] for reading in READINGS}
        after: dict[str, Record] = {}
        if claim.believe:
            before = {true: cell["tactic", true] for true in READINGS}
            after = {true: cell["word", true] for true in READINGS}
        elif claim.figure:
            test = (claim.forbid, claim.commit, claim.zero)
            if test not in variants:
                variant = solved(counterfactual(dispute, claim))
                variants[test] = {reading: figures(it) for reading, it in variant.items()}
            after = variants[test]
        readings = {r: {"before": before[r], "after": after.get(r)} for r in READINGS}
        results.append({"readings": readings, "verdict": verdict(claim, readings)})
    return results


VERDICTS = (HOLDS, FAILS, DEPENDS, BEYOND) = (
    "holds", "fails", "depends on Assad", "beyond the model"
)  # fmt: skip


def verdict(claim: Claim, readings: Mapping[str, Record]) -> str:
    """The stated rule: borne out under both readings, under neither, or under one.

    Without a test, or if the test changes nothing at all, the model has nothing to say.
    """
    if all(case["after"] in (None, case["before"]) for case in readings.values()):
        return BEYOND
    changes = [change_in(claim.figure, case) for case in readings.values()]
    count = sum(borne_out(claim.should, change) for change in changes)
    return {0: FAILS, len(changes): HOLDS}.get(count, DEPENDS)


def change_in(figure: str, case: Mapping[str, Record]) -> float:
    """By how much a test changes the figure at issue."""
    return float(case["after"][FIGURES[figure]] - case["before"][FIGURES[figure]])


def borne_out(should: str, change: float) -> bool:
    """Whether a change is what the claim implies; less than NOTICEABLE is none."""
    return {
        "rise": change >= NOTICEABLE,
        "fall": change <= -NOTICEABLE,
        "not fall": change > -NOTICEABLE,
        "not move": abs(change) < NOTICEABLE,
    }[should]


def answer_claims(request: Request) -> Record:
    """`claims`: what the report's speakers say would follow, put to the test."""
    dispute = request.dispute
    found = cells(dispute)
    results = tested(dispute, found)
    entries = [
        {
            "who": claim.who,
            "paragraphs": claim.paragraphs,
            "claim": claim.claim,
            "test": claim.test,
            "figure": claim.figure or None,
            "should": claim.should or None,
            "note": claim.note or None,
            **result,
        }
        for claim, result in zip(CLAIMS, results)
    ]
    opposition = bystander("opposition", dispute)  # before the worlds, which may be cut short
    record = {**setting(request), "noticeable": NOTICEABLE, "claims": entries, "complete": True}
    if request.worlds:
        agreed, drawn = agreement(request, [result["verdict"] for result in results])
        for entry, count in zip(entries, agreed):
            entry["share_of_worlds"] = (
                count / drawn if drawn and entry["verdict"] != BEYOND else None
            )
        record |= sample(request, drawn)
    return {
        **record,
        **break_even(found),
        "cost_of_time": {
            reading: cost_of_time(fsum(found[reading, reading].forecast.alive))
            for reading in READINGS
        },
        "opposition": opposition,
    }


def sample(request: Request, drawn: int) -> Record:
    """How many worlds an answer rests on."""
    complete = drawn == request.worlds
    return {"worlds": drawn, "asked": request.worlds, "complete": complete, "seed": request.seed}


def agreement(request: Request, verdicts: Sequence[str]) -> tuple[list[int], int]:
    """In how many worlds each verdict comes out again, and of how many."""
    agreed, drawn = [0] * len(verdicts), 0
    try:
        for parameters in worlds_of(request):
            dispute = request.dispute._replace(parameters=parameters)
            again = [result["verdict"] for result in tested(dispute, cells(dispute))]
            same = [count + (a == b) for count, a, b in zip(agreed, again, verdicts)]
            agreed, drawn = same, drawn + 1
            request.tick(drawn, request.worlds)
    except KeyboardInterrupt:
        pass  # the caller sees that worlds are missing
    return agreed, drawn


def bystander(party: str, dispute: Dispute) -> Record:
    """A party's payoff in every outcome and over the settlements, under each reading."""
    packages = settlements(dispute)
    good = acceptable(packages)

    def span(reading: str, some: Iterable[Record]) -> list[float] | None:
        """The lowest and the highest payoff in some packages."""
        payoffs = [package["payoffs"][reading][party] for package in some]
        return [min(payoffs), max(payoffs)] if payoffs else None

    return {
        "utilities": utilities(dispute.parameters, "word")[party],
        "payoffs": {
            reading: {
                "none": packages[0]["payoffs"][reading][party],
                "acceptable": span(reading, good),
                "all": span(reading, packages),
            }
            for reading in READINGS
        },
    }


def settlements(dispute: Dispute) -> list[Record]:
    """Every package of commitments, solved under both readings; the empty one first."""
    from itertools import product

    packages: list[Record] = []
    for promises in product(*COMMITMENTS.values()):
        chosen = dict(zip(COMMITMENTS, promises))
        rules = [rule for party in chosen for rule in COMMITMENTS[party][chosen[party]]]
        found = solved(dispute.under(*rules))
        payoffs = {reading: cell.payoffs for reading, cell in found.items()}
        free = packages[0]["payoffs"] if packages else payoffs
        gains = {
            reading: {party: payoffs[reading][party] - free[reading][party] for party in PARTIES}
            for reading in READINGS
        }
        signatories = [party for party in PARTIES if chosen.get(party, FREE) != FREE]
        packages.append({
            "commitments": chosen,
            "signatories": signatories,
            "smallest_gain": min(
                (gains[reading][party] for reading in READINGS for party in signatories),
                default=0.0,
            ),
            "gains": gains,
            "payoffs": payoffs,
            "odds": {reading: cell.forecast.odds for reading, cell in found.items()},
            "expected_turns": {r: fsum(cell.forecast.alive) for r, cell in found.items()},
        })  # fmt: skip
    return packages


def rank(package: Record) -> tuple[float, float]:
    """Egalitarian order (Kalai 1977): smallest gain of a signatory, then odds of handover."""
    mean = fsum(package["odds"][reading]["handover"] for reading in READINGS) / len(READINGS)
    return -round(package["smallest_gain"], 12), -round(mean, 12)


def acceptable(packages: Iterable[Record]) -> list[Record]:
    """The packages by which every signatory gains, best first."""
    return [
        package
        for package in sorted(packages, key=rank)
        if package["signatories"] and package["smallest_gain"] >= NOTICEABLE - ROUNDING
    ]


def answer_settle(request: Request) -> Record:
    """`settle`: the packages that every signatory gains by, whichever Assad it is."""
    packages = settlements(request.dispute)
    good = acceptable(packages)
    record = {
        **setting(request),
        "examined": len(packages),
        "acceptable": len(good),
        "least_gain": NOTICEABLE,
        "top": request.top,
        "without": packages[0],
        "settlements": good,
    }
    if not good:
        closest = min((p for p in packages if p["signatories"]), key=rank)
        return {**record, "closest": {**closest, "blocked_by": blockers(closest)}}
    best = good[0]
    return {
        **record,
        "worse_off": {
            reading: [
                party
                for party in PARTIES
                if all(package["gains"][reading][party] < -ROUNDING for package in good)
            ]
            for reading in READINGS
        },
        "distinctive": distinctive(best, good[1:]),
        "walkouts": [
            {"party": party, "left": left, "blocked_by": blockers(left)}
            for party in best["signatories"]
            for left in packages
            if left["commitments"] == {**best["commitments"], party: FREE}
        ],
    }


def blockers(package: Record) -> list[Record]:
    """The signatories who do not gain enough by a package, and under which reading."""
    return [
        {"party": party, "reading": reading, "gain": package["gains"][reading][party]}
        for party in package["signatories"]
        for reading in READINGS
        if package["gains"][reading][party] < NOTICEABLE - ROUNDING
    ]


def same_play(package: Record) -> tuple[Any, ...]:
    """What two packages share if they lead to the same play."""
    return tuple(
        round(number, 9)
        for reading in READINGS
        for table in (package["gains"][reading], package["odds"][reading])
        for number in (*table.values(), package["expected_turns"][reading])
    )


def distinctive(best: Record, others: Iterable[Record]) -> Record:
    """The commitments of the best package, and how many deals of other play share each."""
    play = same_play(best)
    rest = [package["commitments"] for package in others if same_play(package) != play]
    return {
        "others": len(rest),
        "shared_by": {
            party: sum(other[party] == best["commitments"][party] for other in rest)
            for party in best["signatories"]
        },
    }


def worlds_of(request: Request) -> Iterator[dict[str, float]]:
    """The parameters of one world after another, as many as asked for.

    Every judgement is drawn anew, in the order of PARAMETERS, from random.Random(seed);
    the first N worlds of a longer run are the run of N. What --set fixes stays fixed,
    though it is drawn all the same, so that the other draws do not shift.
    """
    from random import Random

    draw = Random(request.seed).random
    free = drawn_anew(request)
    for _ in range(request.worlds):
        world = dict(request.dispute.parameters)
        for name, parameter in PARAMETERS.items():
            if parameter.drawn != "fixed":
                value = drawn_from(parameter, draw())
                if name in free:
                    world[name] = value
        yield world


def drawn_anew(request: Request) -> list[str]:
    """The parameters that differ from world to world: all judgements but those --set."""
    return [
        name
        for name, parameter in PARAMETERS.items()
        if parameter.drawn != "fixed" and name not in request.changed
    ]


def drawn_from(parameter: Parameter, chance: float) -> float:
    """A judgement drawn anew; `chance` is uniform on 0 to 1."""
    if parameter.drawn == "unit":
        return chance
    if parameter.drawn == "scale":
        return float(parameter.default * 2 ** (2 * chance - 1))
    return min(parameter.default * (0.5 + chance), parameter.high)


def answer_worlds(request: Request) -> Record:
    """`worlds`: the four cells solved again and again, with every judgement drawn anew."""
    drawn: list[tuple[dict[str, float], dict[str, dict[str, float]], dict[str, bool]]] = []
    try:
        for parameters in worlds_of(request):
            found = cells(request.dispute._replace(parameters=parameters))
            odds = {true: found[true, true].forecast.odds for true in READINGS}
            us = {key: cell.payoffs["us"] for key, cell in found.items()}
            better = {true: us["word", true] - us["tactic", true] > ROUNDING for true in READINGS}
            drawn.append((parameters, odds, better))
            request.tick(len(drawn), request.worlds)
    except KeyboardInterrupt:
        if not drawn:
            raise
    readings = {}
    for true in READINGS:
        likeliest = [max(odds[true], key=odds[true].__getitem__) for _, odds, _ in drawn]
        handover = [odds[true]["handover"] for _, odds, _ in drawn]
        readings[true] = {
            "handover": spread(handover),
            "likeliest": {name: likeliest.count(name) / len(drawn) for name in OUTCOMES},
            "believing_word_is_better": sum(better[true] for *_, better in drawn) / len(drawn),
            "drivers": {
                name: rank_correlation([world[name] for world, _, _ in drawn], handover)
                for name in drawn_anew(request)
            },
        }
    return {**setting(request), **sample(request, len(drawn)), "readings": readings}


BINS = 10  # of a histogram of odds


def spread(values: Sequence[float]) -> Record:
    """Median, 5-95% band and histogram of numbers from 0 to 1."""
    from statistics import median, quantiles

    steps = quantiles(values, n=20, method="inclusive") if len(values) > 1 else [*values] * 19
    histogram = [0] * BINS
    for value in values:
        histogram[min(int(value * BINS), BINS - 1)] += 1
    return {
        "median": median(values), "p05": steps[0], "p95": steps[-1], "histogram": histogram
    }  # fmt: skip


def rank_correlation(left: Sequence[float], right: Sequence[float]) -> float | None:
    """Spearman's rho, equal values sharing their mean rank; None where nothing varies."""
    from statistics import StatisticsError, correlation

    try:
        return correlation(ranks(left), ranks(right))
    except StatisticsError:  # fewer than two values, or all the same
        return None


def ranks(values: Sequence[float]) -> list[float]:
    """The rank of every value from 1, the mean rank where values are equal."""
    from bisect import bisect_left, bisect_right

    order = sorted(values)
    return [(bisect_left(order, v) + bisect_right(order, v) + 1) / 2 for v in values]


def answer_history(request: Request) -> Record:
    """`history`: the recorded dates beside the model's exact distribution of each stage."""
    dispute, believed = request.dispute, request.believed
    minds = minds_of(dispute, believed)
    forecasts = {true: cell_of(minds, dispute, believed, true).forecast for true in READINGS}
    stages = []
    for stage, fact in ON_RECORD.items():
        turn = turn_of(fact.date)
        readings = {}
        for true, forecast in forecasts.items():
            by_turn = completed_by(forecast, completion_of(stage))
            last = len(by_turn) - 1
            readings[true] = {
                **{
                    name: date_reached(by_turn, share)
                    for name, share in (("median", 0.5), ("p05", 0.05), ("p95", 0.95))
                },
                "completed_before": by_turn[min(turn - 1, last)],
                "completed_by_then": by_turn[min(turn, last)],
                "completed_at_all": by_turn[last],
            }
        stages.append({
            "stage": stage,
            "recorded": fact.date,
            "turn": turn,
            "event": fact.event,
            "source": fact.source,
            "readings": readings,
        })  # fmt: skip
    return {
        **setting(request),
        "believed": believed,
        "stages": stages,
        "also": list(ALSO_ON_RECORD),
        "note": NOT_INCLUDED,
    }


def completed_by(forecast: Forecast, event: str) -> list[float]:
    """The probability that something has happened by the end of turn 0 (never), 1, 2 ..."""
    from itertools import accumulate

    return list(accumulate(forecast.counts.get(event, [0.0] * len(forecast.alive)), initial=0.0))


def date_reached(by_turn: Sequence[float], share: float) -> str | None:
    """The day of the first turn by which a share is reached; None if it never is."""
    reached = (turn for turn, chance in enumerate(by_turn) if turn and chance >= share)
    turn = next(reached, None)
    return date_of(turn) if turn else None


def turn_of(day: str) -> int:
    """The turn that holds a day, given as ISO."""
    from datetime import date

    days = (date.fromisoformat(day) - date(*FIRST_DAY)).days
    return days // DAYS_A_TURN + 1


def described(name: str, party: Party) -> Record:
    """A party as `positions` has it."""
    moves = [move for move in MOVES if move.party == name]
    return {
        "party": name,
        "position": party.position,
        "from": party.position_from,
        "concession": [
            {"move": move.name, "while": move.concession, "means": move.means}
            for move in moves
            if move.concession != "never"
        ],
        "ranking": list(party.ranking) or None,
        "ranking_from": party.ranking_from,
        "moves": [{"move": m.name, "while": m.when, "means": m.means} for m in moves],
    }


def answer_positions(request: Request) -> Record:
    """`positions`: everything the model was told, and where each part of it is from."""
    parameters = request.dispute.parameters
    return {
        "report": {
            "source": "AFP, 12 September 2013",
            "first_day": date_of(1),
            "dead": DEAD,
            "dead_since": "{}-{:02}".format(*DEAD_SINCE),
            "attack": ATTACK,
            "days_a_turn": DAYS_A_TURN,
        },
        "parties": [described(name, party) for name, party in PARTIES.items()],
        "readings": [
            {"reading": name, "claim": r.claim, "whose": r.whose, "ranking": list(r.ranking)}
            for name, r in READINGS.items()
        ],
        "stages": [
            {"stage": name, "task": stage.task, "from": "¶20"} for name, stage in STAGES.items()
        ],
        "parameters": [
            {
                "parameter": name,
                "value": parameters[name],
                "default": parameter.default,
                "range": [parameter.low, parameter.high],
                "basis": parameter.basis,
                "means": parameter.means,
            }
            for name, parameter in PARAMETERS.items()
        ],
        "changed": list(request.changed),
        "options": list(request.options),
    }


# ---------------------------------------------------------------------------------------
# 7  How answers are printed
# ---------------------------------------------------------------------------------------

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

# What stands in for a symbol that the reader's encoding lacks: one character for one.
SYMBOLS = {"¶": "#", "–": "-", "×": "x", "█": "#", "✓": "+"}

COLORS = {"title": "1", "good": "32", "bad": "31", "concession": "33", "quiet": "2"}


def wrapped(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """A text in lines of at most `width`, indented by `first` and `rest`; words stay whole."""
    if len(first) + len(text) <= width:
        return [first + text]
    from textwrap import wrap

    return wrap(
        text, width, initial_indent=first, subsequent_indent=rest,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


class Page:
    """A screen in the making: lines no wider than `width`, coloured if asked."""

    def __init__(self, width: int, color: bool) -> None:
        self.width = width
        self.color = color
        self.lines: list[str] = []

    def paint(self, text: str, color: str) -> str:
        """Text in a colour, which never carries a meaning of its own."""
        return f"\x1b[{COLORS[color]}m{text}\x1b[0m" if self.color and color else text

    def say(
        self, text: str = "", indent: str = "", hang: str | None = None, color: str = ""
    ) -> None:
        """A paragraph, wrapped."""
        hang = indent if hang is None else hang
        lines = wrapped(text, self.width, indent, hang)
        self.lines += [self.paint(line, color) for line in lines]

    def title(self, text: str) -> None:
        """The first line, or the head of a part."""
        self.say(text, color="title")

    def entry(self, label: str, text: str, color: str = "") -> None:
        """A label and what it says, the text hanging beside it where there is room."""
        if self.width >= 60:
            self.say(text, f"{label:<13}", " " * 13, color)
        else:
            self.say(f"{label}: {text}", "", "  ", color)

    def table(
        self, head: Sequence[str], rows: Sequence[Sequence[str]], right: str = "", gap: int = 2
    ) -> None:
        """Columns where they fit, else a short paragraph a row; `right` aligns by letter.

        `right` has a letter for every column, r or l. A cell with * is a concession.
        """
        right = right or "l" * len(head)
        *widths, last = [max(map(len, column)) for column in zip(head, *rows)]
        room = self.width - sum(widths) - gap * len(widths)
        if room < (min(last, 24) if right[-1] == "l" else last):
            self.stack(head, rows)
            return
        for row in (head, *rows):
            padded = [
                cell.rjust(width) if side == "r" else cell.ljust(width)
                for cell, width, side in zip(row, widths, right)
            ]
            padded = [self.paint(c, "concession") if "*" in c else c for c in padded]
            lead = (" " * gap).join([*padded, ""])
            final, *more = wrapped(row[-1].rjust(last) if right[-1] == "r" else row[-1], room)
            text = (lead + final).rstrip()
            self.lines.append(self.paint(text, "title") if row is head else text)
            self.lines += [" " * (self.width - room) + line for line in more]

    def stack(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """A table as paragraphs: what each row is, then its other cells by name."""
        if len(head) == 2:
            self.title(f"{head[0]}: {head[1][0].lower()}{head[1][1:]}")
        for first, *rest in rows:
            if len(head) == 2:
                self.say(first, "", "  ")
                self.say(rest[0], "    ")
                continue
            self.say(f"{head[0]} {first}".strip(), color="title")
            facts = [f"{label} {cell}".strip() for label, cell in zip(head[1:], rest) if cell]
            self.say("; ".join(facts), "  ")

    def next(self, *commands: tuple[str, str]) -> None:
        """The questions worth asking next, as commands."""
        self.say()
        self.title("Next")
        longest = max(len(command) for command, _ in commands)
        for command, why in commands:
            if 2 + longest + 2 + max(len(why) for _, why in commands) <= self.width:
                self.lines.append(f"  {command:<{longest}}  {self.paint(why, 'quiet')}")
            else:
                self.say(command, "  ", "    ")
                self.say(why, "      ")


def percent(probability: float) -> str:
    """A probability as a reader wants it; never 0% or 100% for what is neither."""
    if 0 < probability < 0.005:
        return "<1%"
    if 0.995 <= probability < 1:
        return ">99%"
    return f"{100 * probability:.0f}%"


def signed(number: float, digits: int = 3) -> str:
    """A gain or a loss, with its sign; what rounds to nothing is no loss."""
    return f"{round(number, digits) + 0.0:+.{digits}f}"


def decimal(number: float, digits: int) -> str:
    """A number of either sign to so many digits, without a sign on nothing."""
    return f"{round(number, digits) + 0.0:.{digits}f}"


def number_of(count: int, noun: str) -> str:
    """1 package, 2 packages."""
    return f"{count} {noun}{'s' * (count != 1)}"


def sentence(text: str) -> str:
    """A text with its first letter large."""
    return text[0].upper() + text[1:]


def day(date: str) -> str:
    """2013-09-12 as 12 Sep 2013."""
    year, month, number = date.split("-")
    return f"{int(number)} {MONTHS[int(month) - 1]} {year}"


def describe(page: Page, data: Record) -> None:
    """What was changed from the default: a reader must never miss it."""
    start = data["start"]
    if start != {"done": 0, "threat": "standing"}:
        page.say(f"Start: {start['done']} of {len(STAGES)} stages done, threat {start['threat']}.")
    if data["changed"]:
        numbers = (f"{name}={data['parameters'][name]:.12g}" for name in data["changed"])
        page.say(f"Changed: {', '.join(numbers)}.")
    if data["forbidden"]:
        gone = [(rule.party, rule.move) for rule in map(off_the_table, data["forbidden"])]
        stays = bool(emptied(gone))
        page.say(
            f"Off the table: {', '.join(data['forbidden'])}."
            + " Where nothing would be left the moves stay." * stays
        )


def screen_run(page: Page, data: Record) -> None:
    """The timeline of one history, what turned it, and its outcome."""
    page.title(f"Syria's chemical weapons: the four-step handover, played from {day(date_of(1))}")
    page.say(
        f"A turn is {DAYS_A_TURN} days. The other four believe that "
        f"{READINGS[data['believed']].claim}. Seed {data['seed']}."
    )
    describe(page, data)
    page.say()
    if "explained" in data:
        explanation(page, data["explained"], data)
        return
    story(page, data)
    page.next(
        (again(data, seed=data["seed"] + 1), "another history under the same odds"),
        (again(data, explain=1), "why the first turn went as it did"),
        (again(data, "odds"), "what it means to take his word for it"),
    )


def again(data: Record, command: str = "run", **extras: object) -> str:
    """The command line that asks something of the same dispute, with extra options."""
    words = ["python sim.py", *([command] if command != "run" else [])]
    for option in dict.fromkeys(data["options"]):
        flag = option[2:].split()[0]
        again_set = f"--{flag} {extras.get(flag)}".partition("=")[0] == option.partition("=")[0]
        if flag in BEARING[command] and not (again_set if flag in REPEATABLE else flag in extras):
            words.append(option)
    return " ".join(words + [f"--{flag} {value}".rstrip() for flag, value in extras.items()])


def story(page: Page, data: Record) -> None:
    """What happened, turn by turn, and how it ended."""
    timeline(page, data)
    page.say()
    if data["turning_points"]:
        page.title("Turning points")
        turning(page, data)
        page.say()
    summary(page, data)


def turning(page: Page, data: Record) -> None:
    """The turning points: what is new in full, what repeats gathered in a line."""
    told_of: set[tuple[str, str]] = set()
    repeated: dict[tuple[str, str], list[str]] = {}
    for point in data["turning_points"]:
        moves = data["turns"][point["turn"] - 1]["moves"]
        decisions = [(party, moves[party]["move"]) for party in point["decisions"]]
        fresh = [decision for decision in decisions if decision not in told_of]
        if not (fresh or point["completed"] or point["largest"]):
            for decision in decisions:
                repeated.setdefault(decision, []).append(str(point["turn"]))
            continue
        told_of.update(fresh)
        page.say(told(point, data, fresh), f"{point['turn']:>4}  ", " " * 6)
    for (party, move), turns in repeated.items():
        plural = "s" * (len(turns) > 1)
        page.say(f"{PARTIES[party].label} {move} again in turn{plural} {', '.join(turns)}.",
                 " " * 6, " " * 6)  # fmt: skip


def timeline(page: Page, data: Record) -> None:
    """One line a turn, * on every concession."""
    movers = [party for party in TURN_ORDER if party in PARTIES]
    head = ["Turn", "Date", *(PARTIES[party].label for party in movers), "Stage", "Trust"]
    rows = []
    for turn in data["turns"]:
        moves = [turn["moves"].get(party) for party in movers]
        made = [move["move"] + "*" * move["concession"] if move else "" for move in moves]
        stage = f"✓ {STAGES[turn['stage']].done}" if turn["completed"] else turn["stage"]
        rows.append([str(turn["turn"]), day(turn["date"]), *made, stage, percent(turn["trust"])])
    page.table(head, rows, "rr" + "l" * (len(movers) + 1) + "r", gap=1)


def told(point: Record, data: Record, fresh: Sequence[tuple[str, str]]) -> str:
    """A turning point in words: the decisions, those made first in full, and the odds."""
    moves = data["turns"][point["turn"] - 1]["moves"]
    parts = []
    for name in point["decisions"]:
        made, party = moves[name], PARTIES[name]
        move, values = made["move"], made["values"]
        others = ", ".join(f"{decimal(values[m], 2)} for {m}" for m in values if m != move)
        breaks = ""
        if made["concession"] and (name, move) in fresh:
            breaks = f", which breaks its position ({party.position_from})"
        parts.append(
            f"{party.label} {move}{'*' * made['concession']}{breaks}: worth "
            f"{decimal(values[move], 2)} to {party.capital} from here"
            + (f", against {others}" if others else "")
            + f"; {percent(made['probability'])} likely."
        )
    if point["completed"]:
        parts.append(f"Stage {STAGES[point['completed']].done}.")
    before, after = percent(point["before"]), percent(point["after"])
    odds = f"Odds of a handover {before} to {after}." if before != after else ""
    return " ".join(filter(None, [*parts, odds]))


def summary(page: Page, data: Record) -> None:
    """How a history ended, who gave ground, how likely it was, what was true."""
    given, cost = data["concessions"], data["cost_of_time"]
    ground = ", ".join(f"{PARTIES[party].label} {count}" for party, count in given.items())
    color = {"handover": "good", "strike": "bad"}.get(data["outcome"], "")
    page.entry("Outcome", ending(data), color)
    page.entry("Gave ground", f"{ground} (concessions: * marks them above)")
    odds = ", ".join(f"{outcome} {percent(odds)}" for outcome, odds in data["odds"].items())
    page.entry("Odds", f"{odds}: exact, before the first move, for this belief and truth")
    meant = "meant it" if data["true"] == "word" else "did not mean it"
    page.entry(
        "Assad",
        f"{meant} (revealed here). A reader who trusted him {percent(data['prior'])} at first "
        f"trusts him {percent(data['trust'])} at the end.",
    )
    if cost["weeks"]:  # else the table was left in the first turn
        page.entry("Cost of time", at_that_rate(cost))


def ending(data: Record) -> str:
    """The outcome in a sentence, with its date."""
    last = data["turns"][-1]
    number, date = last["turn"], f"the {DAYS_A_TURN} days from {day(data['date'])}"
    done = data["start"]["done"] + sum(turn["completed"] for turn in data["turns"])
    stages = f"{done} of {len(STAGES)} stages done"
    if data["outcome"] is None:
        return f"None: the table was left in turn {number}, {date}, with {stages}."
    if data["outcome"] == "strike":
        return f"The US strikes in turn {number}, {date}, with {stages}."
    standing = threat_story(data)
    if data["outcome"] == "handover":
        return f"Handover complete in turn {number}, {date}, {standing}."
    return f"Stalemate: the clock runs out after turn {number}, {date}, {stages}, {standing}."


def threat_story(data: Record) -> str:
    """Since when the threat is as it is."""
    since, threat = 0, data["start"]["threat"]
    for turn in data["turns"]:
        if turn["threat_after"] != threat:
            since, threat = turn["turn"], turn["threat_after"]
    return f"the threat {threat} " + (f"since turn {since}" if since else "from first to last")


def screen_odds(page: Page, data: Record) -> None:
    """The four cells and the break-even trust."""
    page.title("Should Assad be taken at his word (¶13)? The odds in all four cells")
    page.say(verdict_on_trust(data))
    describe(page, data)
    page.say()
    found = data["cells"]
    page.table(
        ("Believed", "True", "Handover", "Strike", "Stalemate", "Turns", "Stalled"),
        [
            (
                cell["believed"],
                cell["true"],
                *(f"{odds:.3f}" for odds in cell["odds"].values()),
                f"{cell['expected_turns']:.1f}",
                f"{cell['expected_stalls']:.1f}",
            )
            for cell in found
        ],
        "llrrrrr",
    )
    for title, key, digits in (
        ("Expected payoff of each party, from 1 (best outcome) to 0, less costs", "payoffs", 3),
        ("Expected concessions of each party", "expected_concessions", 1),
    ):
        page.say()
        page.title(title)
        page.table(
            ("Believed", "True", *(party.label for party in PARTIES.values())),
            [
                (c["believed"], c["true"], *(decimal(c[key][party], digits) for party in PARTIES))
                for c in found
            ],
            "ll" + "r" * len(PARTIES),
        )
    page.say()
    for name, reading in READINGS.items():
        page.entry(name, f"{reading.claim} ({reading.whose})")
    page.entry("Believed", "the reading that the other four act on")
    page.entry("True", "the reading that Syria acts on")
    page.next(
        (again(data, believed="word"), "a history in which he is taken at his word"),
        (again(data, "odds", set="restore=0"), "if a dropped threat came back for free"),
        (again(data, "positions"), "what all this rests on"),
    )


def verdict_on_trust(data: Record) -> str:
    """The break-even trust in words."""
    won, lost, trust = data["won_if_word"], data["lost_if_tactic"], data["break_even_trust"]
    stakes = (
        "Taking him at his word rather than for a tactician changes the US payoff by "
        f"{signed(won)} if he means it and by {signed(-lost)} if he does not."
    )
    if data["better_belief"] == "neither":
        return stakes + " To the US it makes no difference which is believed."
    if data["better_belief"]:
        return (
            f"{stakes} So for the US believing '{data['better_belief']}' is the better policy, "
            "however likely either reading is: no trust breaks even."
        )
    if won * lost == 0:
        better = "word" if won > lost else "tactic"
        return f"{stakes} So for the US believing '{better}' is never the worse policy."
    side = "more" if won + lost > 0 else "less"
    return f"{stakes} So it pays the US to believe him if he is {side} than {trust:.1%} likely to."


WHILE = {"always": "", "standing": " (threat standing)", "dropped": " (threat dropped)"}


def party_entry(page: Page, entry: Record) -> None:
    """One party: its position, the concession that breaks it, its ranking and moves."""
    party = PARTIES[entry["party"]]
    page.say()
    page.title(f"{party.label} ({entry['party']})")
    page.entry("Position", f"{entry['position']} ({entry['from']})")
    for move in entry["concession"]:
        when = " while the threat stands" if move["while"] == "standing" else ""
        page.entry("Concession", f"{move['move']}{when}: {move['means']}")
    ranking = entry["ranking"]
    page.entry("Ranking", " > ".join(ranking) + f" ({entry['ranking_from']})" if ranking
               else entry["ranking_from"])  # fmt: skip
    moves = (m["move"] + WHILE[m["while"]] for m in entry["moves"])
    page.entry("Moves", ", ".join(moves))


def screen_positions(page: Page, data: Record) -> None:
    """The tables of section 1, as a reader wants them."""
    report = data["report"]
    page.title("Who wants what, and where each number comes from")
    page.say(
        "Positions and rankings are read from the report, paragraph by paragraph. Nearly every "
        "number is a judgement: change it with --set and see what hangs on it."
    )
    if data["changed"]:
        page.say(f"Changed: {', '.join(data['changed'])}.")
    for entry in data["parties"]:
        party_entry(page, entry)
    page.say()
    page.title("The two readings of Syria")
    for reading in data["readings"]:
        page.entry(
            reading["reading"],
            f"{reading['claim']}: {' > '.join(reading['ranking'])} ({reading['whose']})",
        )
    page.say()
    page.title("The four stages, in order (¶20)")
    for number, stage in enumerate(data["stages"], 1):
        page.entry(f"{number} {stage['stage']}", stage["task"])
    page.say()
    page.title("Numbers of the report")
    page.entry("First day", f"{day(report['first_day'])}, the day of the report (¶1)")
    page.entry("Toll", toll())
    page.entry("Attack", f"{report['attack']} (¶16)")
    page.say()
    page.title("Numbers that are not in the report")
    page.table(
        ("Parameter", "Value", "Basis", "Means"),
        [
            (p["parameter"], f"{p['value']:.12g}", p["basis"], p["means"])
            for p in data["parameters"]
        ],
        "lrll",
    )
    page.say(
        f"Judgements besides: a turn of {DAYS_A_TURN} days; {NOTICEABLE} as the least change that "
        f"counts in claims and settle; the dead counted from {day(iso(DEAD_SINCE))}."
    )
    page.next(
        (again(data, set="rationality=5"), "less deliberate parties"),
        (again(data, "odds"), "what these numbers add up to"),
    )


def screen_claims(page: Page, data: Record) -> None:
    """Every claim, its test, the odds before and after, and the verdict."""
    verdicts = [claim["verdict"] for claim in data["claims"]]
    counts = {verdict: verdicts.count(verdict) for verdict in VERDICTS}
    page.title("What the report's speakers say would follow, put to the test")
    page.say(
        f"Of {len(verdicts)} claims: "
        + ", ".join(f"{verdict} {count}" for verdict, count in counts.items())
        + "."
    )
    page.say(
        "The rule: a claim says how a figure should change in a test. It should rise, or fall: by "
        f"{data['noticeable']} at least (a judgement). It should not fall, or not move: by less. "
        "If it does so under both readings, the claim holds; under neither, it fails; under one, "
        "it depends on Assad."
    )
    if "worlds" in data:
        page.say(about_worlds(data) + " The share shows how far a verdict hangs on the judgements.")
    describe(page, data)
    for claim in data["claims"]:
        page.say()
        page.title(f"{sentence(claim['who'])} {claim['paragraphs']}: {claim['claim']}")
        test = claim["test"]
        if claim["figure"]:
            test += f"; {claim['figure']} should {claim['should']}"
        page.entry("  Test", test)
        for reading, figure in claim["readings"].items():
            if figure["after"]:
                page.entry(f"  {reading}", before_and_after(claim, figure))
        if claim["note"]:
            page.entry("  Note", claim["note"])
        share = claim.get("share_of_worlds")
        worlds = "" if share is None else f" (again in {percent(share)} of the worlds)"
        page.entry("  Verdict", claim["verdict"] + worlds)
    page.say()
    page.title("Beside the claims")
    page.entry("Kerry", verdict_on_trust(data))
    for reading, cost in data["cost_of_time"].items():
        page.entry(f"Time, {reading}", f"expected: {at_that_rate(cost)}")
    bystanders(page, data["opposition"])
    page.next(
        (
            again(data, "claims", worlds=5 * data.get("asked", 10)),
            "do the verdicts survive other numbers?",
        ),
        (again(data, forbid="us.strike"), "see one of these counterfactuals played"),
        (again(data, "settle"), "what everybody would sign"),
    )


def before_and_after(claim: Record, figure: Record) -> str:
    """The odds before and after a test, the change at issue, and whether it is as claimed."""
    before, after = figure["before"], figure["after"]
    if before == after:
        return "the test changes nothing here"
    parts = [f"{name} {percent(before[name])} to {percent(after[name])}" for name in OUTCOMES]
    key, change = FIGURES[claim["figure"]], change_in(claim["figure"], figure)
    verdict = "borne out" if borne_out(claim["should"], change) else "not borne out"
    issue = f"{claim['figure']} {before[key]:.3f} to {after[key]:.3f}, {signed(change)}"
    return f"{', '.join(parts)}; {issue}: {verdict}"


def bystanders(page: Page, data: Record) -> None:
    """What the opposition gets, whatever is claimed."""
    utilities = ", ".join(f"{name} {worth:g}" for name, worth in data["utilities"].items())
    page.entry("Opposition", f"its utility by outcome: {utilities} (ranking inferred, ¶21)")
    for reading, payoffs in data["payoffs"].items():
        page.entry(
            f"  {reading}",
            f"expected payoff {payoffs['none']:.2f} with no settlement, "
            + (
                f"{between(payoffs['acceptable'])} over the acceptable deals of settle, "
                if payoffs["acceptable"]
                else ""
            )
            + f"{between(payoffs['all'])} over all its packages",
        )


def between(span: Sequence[float]) -> str:
    """From the lowest to the highest."""
    return f"{span[0]:.2f} to {span[1]:.2f}"


def toll() -> str:
    """The report's own toll of the war."""
    month = day(iso(DEAD_SINCE)).split(" ", 1)[1]
    return f"more than {DEAD:,} dead since {month}, ¶21"


def at_that_rate(cost: Record) -> str:
    """The cost of time in words; what it is not belongs to it."""
    deaths = round_off(cost["deaths"])
    return (
        f"at the report's rate ({toll()}) about {deaths} people die in {cost['weeks']:.0f} weeks. "
        "Arithmetic, whatever the moves."
    )


def round_off(number: float) -> str:
    """Two digits of a number too rough for more."""
    return f"{float(f'{number:.2g}'):,.0f}"


def about_worlds(data: Record) -> str:
    """What a share of worlds is: nobody may take it for a probability of history."""
    stopped = f"PARTIAL: stopped at {data['worlds']} of {data['asked']}. "
    return (
        ("" if data["complete"] else stopped)
        + f"{number_of(data['worlds'], 'world')} (seed {data['seed']}), each with every judgement "
        "drawn anew. A share of worlds is not a probability of history: it says how many such "
        "guesses agree."
    )


def screen_settle(page: Page, data: Record) -> None:
    """The acceptable packages, best first, and what happens around them."""
    page.title("The deals that nobody can lose by signing")
    page.say(settled_in_short(data))
    page.say(
        f"Acceptable: every signatory gains at least {data['least_gain']} (a judgement), whichever "
        "Assad it is. Gains are against no package; the smallest gain of a signatory ranks."
    )
    describe(page, data)
    if data["forbidden"]:
        page.say("A promise of a move that is off the table binds nobody.")
    if not data["acceptable"]:
        page.say()
        deal(page, "Closest", data["closest"])
        for blocker in data["closest"]["blocked_by"]:
            page.entry("Blocked by", blocked(blocker))
    plays: dict[Any, list[Record]] = {}
    for package in data["settlements"]:
        plays.setdefault(same_play(package), []).append(package)
    for number, (package, *same) in enumerate([*plays.values()][: data["top"]], 1):
        page.say()
        deal(page, f"Deal {number}", package)
        for other in same:
            page.entry("Same play", in_words(other))
    if data["acceptable"]:
        page.say()
        around_the_best(page, data, len(plays))
    page.next(
        (again(data, "settle", set="rationality=10"), "the same with less deliberate parties"),
        (again(data, "worlds"), "how much hangs on the judgements"),
        (again(data, "settle", json=""), "every package, for a program"),
    )


def settled_in_short(data: Record) -> str:
    """The answer in a sentence."""
    if not data["acceptable"]:
        return (
            f"None of {data['examined']} packages is acceptable: each leaves some signatory "
            f"less than {data['least_gain']} better off under one reading or the other."
        )
    best, free = data["settlements"][0], data["without"]
    odds = " and ".join(
        f"from {percent(free['odds'][reading]['handover'])} to "
        f"{percent(best['odds'][reading]['handover'])} ({reading})"
        for reading in READINGS
    )
    still = all(
        abs(best["odds"][reading]["handover"] - free["odds"][reading]["handover"]) < NOTICEABLE
        for reading in READINGS
    )
    return (
        f"Of {data['examined']} packages, acceptable: {data['acceptable']}. In the best, "
        f"{in_words(best)}: it takes the odds of a handover {odds}."
        + " That hardly moves them: what is gained lies elsewhere."
        * still
    )


def in_words(package: Record) -> str:
    """Who promises what."""
    promises = (
        f"{PARTIES[party].in_text} will {package['commitments'][party]}"
        for party in package["signatories"]
    )
    return "; ".join(promises) or "nobody is bound"


def deal(page: Page, label: str, package: Record) -> None:
    """One package: its terms and what it does for everybody."""
    page.title(f"{label}: {in_words(package)}")
    page.say(f"Smallest gain of a signatory {package['smallest_gain']:.3f}. Signatories have a +.")
    labels = [p.label + "+" * (n in package["signatories"]) for n, p in PARTIES.items()]
    page.table(
        ("Reading", "Handover", "Turns", *labels),
        [
            (
                reading,
                percent(package["odds"][reading]["handover"]),
                f"{package['expected_turns'][reading]:.1f}",
                *(signed(package["gains"][reading][party]) for party in PARTIES),
            )
            for reading in READINGS
        ],
        "lrr" + "r" * len(PARTIES),
    )
    losers = [
        PARTIES[party].label
        for party in PARTIES
        if any(package["gains"][reading][party] < -ROUNDING for reading in READINGS)
    ]
    page.say(f"Loses under a reading: {', '.join(losers) or 'nobody'}.")


def blocked(blocker: Record) -> str:
    """Why a signatory does not sign."""
    return (
        f"{PARTIES[blocker['party']].in_text}, which gains {signed(blocker['gain'])} "
        f"if '{blocker['reading']}' is true"
    )


def around_the_best(page: Page, data: Record, plays: int) -> None:
    """What sets the best deal apart, who always loses, and what a walkout does to it."""
    best, apart = data["settlements"][0], data["distinctive"]
    page.title("Around the best deal")
    play = number_of(plays, "different play")
    page.entry("Deals", f"{number_of(data['acceptable'], 'package')}, {play}")
    if apart["others"]:
        page.entry(
            "Set apart",
            f"of {number_of(apart['others'], 'deal')} of other play "
            + "; ".join(
                f"{count or 'none'} {'has' if count < 2 else 'have'} {PARTIES[party].in_text} "
                f"'{best['commitments'][party]}'"
                for party, count in apart["shared_by"].items()
            ),
        )
    page.entry(
        "Promise",
        "to drop once so many stages are done is to hold before, never to strike, and never to "
        "restore the threat",
    )
    names = {
        reading: ", ".join(PARTIES[party].in_text for party in parties) or "nobody"
        for reading, parties in data["worse_off"].items()
    }
    losers = "; ".join(f"{name} if '{reading}' is true" for reading, name in names.items())
    if len(set(names.values())) == 1:
        losers = f"{names['word']}, whichever Assad it is"
    page.entry("Worse off", f"by every deal: {losers}")
    for walkout in data["walkouts"]:
        left = walkout["left"]
        odds = ", ".join(
            f"{reading} {percent(left['odds'][reading]['handover'])}" for reading in READINGS
        )
        if not left["signatories"]:
            fate = "nothing is left of the deal"
        elif walkout["blocked_by"]:
            fate = "blocked by " + "; ".join(map(blocked, walkout["blocked_by"]))
        else:
            fate = "what is left is still acceptable"
        leaver = PARTIES[walkout["party"]].in_text
        page.entry("Walkout", f"if {leaver} walks away: handover {odds}; {fate}")


def screen_worlds(page: Page, data: Record) -> None:
    """How far the odds of a handover hang on the judgements."""
    readings = data["readings"]
    page.title("How much hangs on the judgements")
    likeliest = {reading: found["likeliest"]["handover"] for reading, found in readings.items()}
    page.say(f"Handover is the likeliest outcome in {of_worlds(likeliest)}.")
    page.say(about_worlds(data))
    describe(page, data)
    page.say()
    page.table(
        ("True", "Median", "5–95%", f"likeliest: {OUTCOMES[0]}", *OUTCOMES[1:]),
        [
            (
                reading,
                percent(found["handover"]["median"]),
                f"{percent(found['handover']['p05'])}–{percent(found['handover']['p95'])}",
                *(percent(found["likeliest"][outcome]) for outcome in OUTCOMES),
            )
            for reading, found in readings.items()
        ],
        "lrrrrr",
    )
    page.say("Median and 5–95%: of the odds of handover. Likeliest: in what share of worlds.")
    better = {reading: found["believing_word_is_better"] for reading, found in readings.items()}
    page.say(f"Believing 'word' is better for the US in {of_worlds(better)}.")
    page.say()
    histograms(
        page, {reading: found["handover"]["histogram"] for reading, found in readings.items()}
    )
    for reading, found in readings.items():
        tornado(page, reading, found["drivers"], data["worlds"])
    page.next(
        (again(data, "worlds", worlds=5 * data["asked"]), "the same, finer"),
        (again(data, "claims", worlds=50), "which verdicts survive it"),
        (again(data, "odds", set="pace_destroy=0.1"), "one judgement at a time"),
    )


def of_worlds(shares: Mapping[str, float]) -> str:
    """A share of worlds under each reading."""
    return " and ".join(
        f"{percent(share)} of worlds if '{reading}' is true" for reading, share in shares.items()
    )


def histograms(page: Page, counts: Mapping[str, Sequence[int]]) -> None:
    """Worlds by tenth of the odds of a handover, the readings side by side."""
    page.title("Odds of handover: how many worlds")
    longest = max(map(max, counts.values()))
    width = min(24, (page.width - 8) // len(counts) - 6)
    page.table(
        ("Odds", *(f"'{reading}' true" for reading in counts)),
        [
            (
                f"{100 * bin_ // BINS}–{100 * (bin_ + 1) // BINS}%",
                *(bar(histogram[bin_], longest, width) for histogram in counts.values()),
            )
            for bin_ in range(BINS)
        ],
        "rll",
    )


def bar(count: int, longest: int, width: int) -> str:
    """A count as a bar with the number beside it."""
    return f"{'█' * round(width * count / longest)} {count}".strip()


TORNADO = 8  # how many drivers a screen shows


def tornado(page: Page, reading: str, drivers: Mapping[str, float | None], worlds: int) -> None:
    """The parameters that the odds of handover hang on most, as bars either side of zero."""
    known = {name: rho for name, rho in drivers.items() if rho is not None}
    page.say()
    page.title(f"What the odds of handover hang on if '{reading}' is true (rank correlation)")
    if not known:
        page.say("Nothing to correlate: it takes two worlds that differ.")
        return
    largest = sorted(known.items(), key=lambda item: -abs(item[1]))[:TORNADO]
    room = page.width - 11 - max(len(name) for name, _ in largest)
    half = max(1, min(20, room // 2))
    rows = []
    for name, rho in largest:
        strip = "█" * round(half * abs(rho))
        left, right = (strip, "") if rho < 0 else ("", strip)
        rows.append((name, f"{rho:+.2f}", f"{left:>{half}}|{right}"))
    page.table(("Parameter", "rho", f"{'lowers':>{half}}|raises"), rows, "lrl")
    page.say(
        f"The {len(largest)} largest of {len(known)}; with {worlds} worlds a value within "
        f"{min(1, 2 / max(worlds - 1, 1) ** 0.5):.2f} of 0 may be chance."
    )


def explanation(page: Page, data: Record, record: Record) -> None:
    """One turn traced to the rules."""
    turn = record["turns"][data["turn"] - 1]
    page.title(
        f"Turn {turn['turn']}, {day(turn['date'])}: stage {turn['stage']}, threat {turn['threat']}"
    )
    page.say(
        "Follows: the expected payoff of what comes after the move. Costs: what the move costs its "
        "party at once. Value: the first less the second. Weight: exp(rationality × distance to "
        "the best value). Probability: the weight's share of all weights. A draw from 0 to 1 falls "
        "on the first move at which the probabilities, added up, exceed it."
    )
    for decision in data["decisions"]:
        page.say()
        weighed(page, decision, record["parameters"]["rationality"])
    page.say()
    drawn_and_seen(page, data, turn, record["parameters"])
    page.say(f"Odds of a handover after this turn: {percent(turn['handover'])}.")
    number, last = turn["turn"], len(record["turns"])
    other = number + 1 if number < last else 1
    page.next(
        *[(again(record, explain=other), "another turn of this history")] * (last > 1),
        (again(record, "positions"), "where the numbers are from"),
        (again(record, "worlds"), "how much hangs on them"),
    )


def weighed(page: Page, decision: Record, rationality: float) -> None:
    """One decision: every option's figures, its costs by event, and what tipped it."""
    page.title(f"{PARTIES[decision['party']].label} moves: {decision['move']}")
    page.table(
        ("Move", "Follows", "Costs", "Value", "Weight", "Probability"),
        [
            (move, *(decimal(number, 4) for number in in_figures(option)))
            for move, option in decision["options"].items()
        ],
        "lrrrrr",
    )
    for move, option in decision["options"].items():
        for event, cost in option["costs"].items():
            what = "a concession" if event == concession_of(decision["party"]) else event
            page.say(f"{move}: {what} {'costs' if cost >= 0 else 'gains'} {abs(cost):g}")
    page.say(tipped(decision, rationality))


def drawn_and_seen(page: Page, data: Record, turn: Record, parameters: Mapping[str, float]) -> None:
    """What chance made of the turn's work, and what an observer made of Syria's move."""
    if data["chance"] is not None:
        name = f"pace_{turn['stage']}"
        loss = " × (1 - disruption), as the opposition resists" if data["resisted"] else ""
        page.title("Chance")
        page.say(
            f"The work completes the stage with probability {name} {parameters[name]:g}{loss}: "
            f"{data['chance']:.4f}. The draw is {data['draw']:.4f}: it "
            f"{'does' if data['completed'] else 'does not'}."
        )
    if data["likelihoods"]:
        word, tactic = data["likelihoods"]["word"], data["likelihoods"]["tactic"]
        before = data["trust_before"]
        page.title("Trust")
        page.say(
            f"Syria's move is {word:.4f} likely if 'word' is true, {tactic:.4f} if 'tactic' is. By "
            f"Bayes' rule {before:.4f} × {word:.4f} / ({before:.4f} × {word:.4f} + "
            f"{1 - before:.4f} × {tactic:.4f}) = {data['trust']:.4f}."
        )


def in_figures(option: Record) -> tuple[float, ...]:
    """The numbers of an option, in the order of the table."""
    costs = fsum(option["costs"].values())
    return option["follows"], costs, option["value"], option["weight"], option["probability"]


def tipped(decision: Record, rationality: float) -> str:
    """In a sentence, what made the likeliest move likelier than the next best."""
    best = decision["best"]
    if "rival" not in decision:
        return f"Only {best} is on the table; the draw, {decision['draw']:.4f}, changes nothing."
    rival, ahead, by_costs = decision["rival"], decision["ahead"], decision["by_costs"]
    by_future = ahead - by_costs
    if rationality * ahead == 0:
        lead = f"{best} is as likely as {rival}: " + (
            "at rationality 0 any move is" if ahead else "they are worth the same"
        )
    else:
        cause = (
            "The costs at once tip the scale" if by_future < 0 else "What follows tips the scale"
        )
        if by_future >= 0 and by_costs >= 0:
            cause = "Neither speaks for " + rival
        lead = (
            f"{best} is worth {ahead:.4f} more than {rival}: {signed(by_future, 4)} by what "
            f"follows, {signed(by_costs, 4)} by costs at once. {cause}, and at rationality "
            f"{rationality:g} that makes it {times(rationality * ahead)} as likely"
        )
    return f"{sentence(lead)}. The draw is {decision['draw']:.4f}: {decision['move']}."


def times(exponent: float) -> str:
    """exp(exponent) in words."""
    return f"{exp(exponent):.2f} times" if exponent < 7 else "over 1,000 times"


def screen_play(page: Page, data: Record) -> None:
    """The reader's history, and what it was worth."""
    page.say()
    party = PARTIES[data["seat"]]
    page.title(f"Your history, in the seat of {party.capital}")
    describe(page, data)
    page.say()
    story(page, data)
    expected = f"the model expected {data['expected_payoff']:.3f} of this seat at the start"
    if data["payoff"] is None:
        page.entry("Your payoff", f"none, for want of an outcome; {expected}")
    else:
        page.entry("Your payoff", f"{data['payoff']:.3f}, costs included; {expected}")
    for departure in data["departures"][:3]:
        page.entry(
            f"Turn {departure['turn']}",
            f"{departure['move']} instead of {departure['better']} gave up "
            f"{departure['cost']:.3f} of expected payoff",
        )
    if not data["departures"] and data["turns"][0]["moves"].get(data["seat"]):
        page.entry("Departures", "none: you always took the option that the model values most")
    page.next(
        (
            again(data, "play", **{"as": data["seat"], "hints": ""}),
            "with the model's values in view",
        ),
        (again(data), "what the model would have done"),
        (again(data, "settle"), "what everybody would have signed"),
    )


def where_things_stand(page: Page, turns: Sequence[Record], party: str) -> None:
    """Date, stage, threat and trust, and what the others did since one last moved."""
    turn = turns[-1]
    page.title(
        f"Turn {turn['turn']}, {day(turn['date'])}: stage {turn['stage']}, {turn['done']} of "
        f"{len(STAGES)} done; threat {turn['threat_after']}; observer's trust "
        f"{percent(turn['trust'])}"
    )
    if len(turns) > 1:
        last = turns[-2]
        moves = list(last["moves"])
        since = {who: last["moves"][who] for who in moves[moves.index(party) + 1 :]}
        end = f"stage {STAGES[last['stage']].done}" if last["completed"] else "no stage completed"
        page.say(f"Then: {moves_in_words(since)}{end}.", "  ", "  ")
    if turn["moves"]:
        page.say(f"Now: {moves_in_words(turn['moves'])[:-2]}.", "  ", "  ")


def moves_in_words(moves: Mapping[str, Record]) -> str:
    """Who did what, * for a concession, each with a comma behind it."""
    return "".join(
        f"{PARTIES[party].label} {made['move']}{'*' * made['concession']}, "
        for party, made in moves.items()
    )


def menu_of(page: Page, party: str, choice: Record, hints: bool) -> None:
    """The options with what each means, and what the model makes of it."""
    rows = []
    for number, move in enumerate(choice["values"], 1):
        star = "*" * (concession_of(party) in choice["costs"][move])
        means = next(m.means for m in MOVES if (m.party, m.name) == (party, move))
        if star:
            means += "; a concession"
        row = [str(number), move + star]
        if hints:
            row += [f"{choice['values'][move]:.3f}", percent(choice["probabilities"][move])]
        rows.append([*row, means])
    head = ["", "Move", *(["Value", "Likely"] if hints else []), "Means"]
    page.table(head, rows, "rl" + "rr" * hints + "l")


def ranking(party: str, truth: str) -> str:
    """A party's ranking, best first."""
    return " > ".join(PARTIES[party].ranking or READINGS[truth].ranking)


def about_the_seat(page: Page, name: str, truth: str) -> None:
    """What the reader's party wants, and where the report says so."""
    party = PARTIES[name]
    page.entry("Position", f"{party.position} ({party.position_from})")
    source = party.ranking_from if party.ranking else READINGS[truth].whose
    page.entry("Ranking", f"{ranking(name, truth)} ({source})")
    page.entry("Payoff", "1 for the best outcome, 0 for the worst, less the costs on the way")
    page.entry("Answer", "a number, a name, or its beginning; ? explains the seat, q ends the game")


def screen_history(page: Page, data: Record) -> None:
    """The record beside the model, stage by stage."""
    page.title(f"What happened, beside what the model gave it on {day(date_of(1))}")
    final = data["stages"][-1]
    odds = " and ".join(
        f"{percent(found['completed_by_then'])} ({reading})"
        for reading, found in final["readings"].items()
    )
    page.say(
        f"The record has the handover by {day(final['recorded'])}. By the end of that turn the "
        f"model gave it {odds}."
    )
    page.say(
        "One history is no test of a model, and nothing in the model was tuned to this one. "
        f"The other four believe that {READINGS[data['believed']].claim}. The model knows turns, "
        "not days: its dates are the first days of turns. Never: in that share of histories a "
        "strike or the end of the clock comes first."
    )
    page.say(data["note"])
    describe(page, data)
    for stage in data["stages"]:
        page.say()
        page.title(f"{stage['stage']}: {day(stage['recorded'])} (turn {stage['turn']})")
        page.say(f"{stage['event']} ({stage['source']})", "  ", "  ")
        for reading, found in stage["readings"].items():
            page.entry(f"  {reading}", placed(found))
    page.say()
    strip(page, data)
    page.say()
    page.title("Also on record")
    for event in data["also"]:
        page.say(event, "  ", "    ")
    page.next(
        (again(data, "odds"), "the odds behind these dates"),
        (again(data, "worlds"), "how much hangs on the judgements"),
        (again(data, truth="word"), "one history, turn by turn"),
    )


def placed(found: Record) -> str:
    """Where the record falls in the model's distribution of a stage."""
    median, early, late = (
        day(found[name]) if found[name] else "never" for name in ("median", "p05", "p95")
    )
    before, then = percent(found["completed_before"]), percent(found["completed_by_then"])
    return (
        f"median {median}, 5–95% from {early} to {late}; completed by the turn before the record "
        f"{before}, by its end {then}, ever {percent(found['completed_at_all'])}"
    )


def strip(page: Page, data: Record) -> None:
    """The year as a strip: a line for each stage and truth."""
    turns = int(data["parameters"]["turns"])
    span = max(turns, *(stage["turn"] for stage in data["stages"]))
    room = page.width - 17
    page.title(f"The clock, turn 1 to {span}: = 5–95%, > never, M median, R record, B both")
    if room < 20:
        page.say("(too narrow a screen for the strip: the dates are above)")
        return

    def column(turn: int) -> int:
        return int((turn - 1) * room // span)

    for stage in data["stages"]:
        for reading, found in stage["readings"].items():
            marks = [" "] * room
            early, median, late = (
                turn_of(found[name]) if found[name] else None for name in ("p05", "median", "p95")
            )
            if early:
                for place in range(column(early), column(late or turns) + 1):
                    marks[place] = "="
                if not late:
                    marks[column(turns)] = ">"
            if median:
                marks[column(median)] = "M"
            here = column(stage["turn"])
            marks[here] = "B" if marks[here] == "M" else "R"
            line = f"{stage['stage']:<9} {reading:<6} " + "".join(marks)
            page.lines.append(line.rstrip())
    ticks = [" "] * room
    for turn in range(1, span + 1, max(1, span // 6)):
        label = MONTHS[int(date_of(turn).split("-")[1]) - 1]
        place = column(turn)
        if place + len(label) <= room and not "".join(ticks[max(0, place - 1) :]).strip():
            ticks[place : place + len(label)] = label
    page.lines.append(" " * 17 + "".join(ticks).rstrip())


def as_json(data: Record) -> str:
    """The answer as one JSON object, numbers rounded to 12 decimals."""
    import json

    def rounded(value: Any) -> Any:
        if isinstance(value, float):
            return round(value, 12) + 0.0  # no negative zero
        if isinstance(value, dict):
            return {key: rounded(part) for key, part in value.items()}
        return [rounded(part) for part in value] if isinstance(value, list) else value

    return json.dumps(rounded(data), indent=2)


# ---------------------------------------------------------------------------------------
# 8  The command line
# ---------------------------------------------------------------------------------------


class Option(NamedTuple):
    """An option of the command line; no `value` means that it is a switch."""

    value: str
    means: str


class Command(NamedTuple):
    """A question one can ask: how it is answered, printed, and asked for by example."""

    question: str
    answer: Callable[[Request], Record]
    screen: Callable[[Page, Record], None]
    examples: tuple[str, ...]


OPTIONS = {
    "seed": Option("N", "what is drawn: any whole number (2013)"),
    "believed": Option("|".join(READINGS), "the reading the other four act on (tactic)"),
    "truth": Option("|".join((*READINGS, "drawn")), "the reading Syria acts on (drawn)"),
    "done": Option(f"0..{len(STAGES) - 1}", "stages done at the start (0)"),
    "threat": Option("standing|dropped", "the threat at the start (standing)"),
    "set": Option("NAME=VALUE", "change a parameter, one or many; see positions"),
    "forbid": Option("PARTY.MOVE", "take a move off the table, one or many"),
    "worlds": Option("N", "how many worlds to draw (100; for claims none)"),
    "top": Option("N", "how many deals to print (5)"),
    "explain": Option("TURN", "trace one turn of the run to the rules"),
    "as": Option("PARTY", "the seat to take: " + ", ".join(PARTIES)),
    "hints": Option("", "show the model's value and probability of every move"),
    "json": Option("", "the same answer as one JSON object"),
    "color": Option("auto|always|never", "colour on the screen (auto)"),
}
EVERYWHERE = ("json", "color")

COMMANDS = {
    "run": Command(
        "How does it play out, turn by turn?", answer_run, screen_run,
        ("--seed 7", "--believed word --truth tactic", "--explain 3", "--forbid us.strike"),
    ),
    "odds": Command(
        "Should Assad be taken at his word?", answer_odds, screen_odds,
        ("", "--threat dropped", "--set rationality=10"),
    ),
    "claims": Command(
        "Who is right about what would follow?", answer_claims, screen_claims,
        ("", "--worlds 50", "--set turns=52"),
    ),
    "settle": Command(
        "What deal would everybody sign?", answer_settle, screen_settle,
        ("--top 3", "--done 1", "--forbid us.strike"),
    ),
    "worlds": Command(
        "How much hangs on numbers nobody knows?", answer_worlds, screen_worlds,
        ("--worlds 50", "--seed 1", "--set rationality=20"),
    ),
    "play": Command(
        "What would you do in a party's seat?", answer_play, screen_play,
        ("--as us --hints", "--as syria --truth tactic"),
    ),
    "history": Command(
        "What happened later?", answer_history, screen_history,
        ("", "--believed word", "--set turns=52"),
    ),
    "positions": Command(
        "Who wants what, and whose numbers?", answer_positions, screen_positions,
        ("", "--set face=0.1 --json"),
    ),
}  # fmt: skip


def near(word: str, allowed: Iterable[str], ending: str = "") -> str:
    """A hint at the nearest allowed word, or nothing."""
    from difflib import get_close_matches

    close = get_close_matches(word.lower(), list(allowed), 1, 0.6)
    return f"; did you mean {close[0]}{ending}?" if close else ""


def shown(word: str) -> str:
    """What somebody typed, short and harmless enough to be quoted back."""
    return ascii(word if len(word) <= 40 else word[:37] + "...")


def one_of(what: str, word: str, allowed: Iterable[str]) -> str:
    """`word` if it is allowed; raises UsageError."""
    allowed = list(allowed)
    if word not in allowed:
        raise UsageError(f"{what}: {shown(word)} is not one of {', '.join(allowed)}"
                         + near(word, allowed))  # fmt: skip
    return word


DIGITS = 1000  # more than anybody needs, and fewer than any Python refuses to read


def plain(word: str) -> str:
    """A number as people write it: none of what else Python takes; raises ValueError."""
    if "_" in word or not word.isascii() or word != word.strip():
        raise ValueError(word)
    return word


def whole(what: str, word: str, low: int | None = None, high: int | None = None) -> int:
    """`word` as a whole number from `low` to `high`; raises UsageError."""
    bounds = "" if low is None else f" from {low} to {high}" if high else f" from {low} up"
    try:
        number = int(plain(word)) if len(word) <= DIGITS else None
    except ValueError:
        number = None
    if number is None and len(word) > DIGITS:
        bounds += f" of at most {DIGITS} digits"
    if number is None or (low is not None and number < low) or (high and number > high):
        raise UsageError(f"{what}: {shown(word)} is not a whole number{bounds}")
    return number


def assigned(words: Iterable[str]) -> dict[str, float]:
    """The parameters with NAME=VALUE settings applied; raises UsageError."""
    parameters = {name: parameter.default for name, parameter in PARAMETERS.items()}
    for word in words:
        name, equals, text = word.partition("=")
        if not equals:
            raise UsageError(
                f"--set: {shown(word)} is not NAME=VALUE" + near(word, PARAMETERS, "=VALUE")
            )
        low, high = PARAMETERS[one_of("--set", name, PARAMETERS)][1:3]
        if name == "turns":
            parameters[name] = whole(f"--set {name}", text, int(low), int(high))
            continue
        try:
            value = float(plain(text))
        except ValueError:
            value = float("nan")
        if not low <= value <= high:  # nor is NaN
            raise UsageError(
                f"--set {name}: {shown(text)} is not a number from {low:g} to {high:g}"
            )
        parameters[name] = value + 0.0  # no negative zero
    return parameters


def restrictions_of(words: Iterable[str]) -> tuple[Restriction, ...]:
    """PARTY.MOVE restrictions; raises UsageError."""
    every = [f"{move.party}.{move.name}" for move in MOVES if move.party in PARTIES]
    for word in words:
        party = word.partition(".")[0]
        one_of("--forbid", word, [name for name in every if name.startswith(f"{party}.")] or every)
    return tuple(map(off_the_table, words))


def parse(argv: Sequence[str]) -> tuple[str, Record]:
    """The command ("" if none) and the options given, as text; raises UsageError."""
    from argparse import SUPPRESS, ArgumentError, ArgumentParser

    parser = ArgumentParser(
        add_help=False, allow_abbrev=False, exit_on_error=False, argument_default=SUPPRESS
    )
    parser.add_argument("-h", "--help", action="store_true")
    parser.add_argument("--version", action="store_true")
    for name, option in OPTIONS.items():
        action = "append" if name in REPEATABLE else "store" if option.value else "store_true"
        parser.add_argument(f"--{name}", action=action)
    if "--" in argv:
        raise UsageError("option: '--' has no meaning here")
    try:
        given, rest = parser.parse_known_args(argv)
    except ArgumentError as error:
        name = str(error.argument_name).rpartition("--")[2]
        value = OPTIONS[name].value if name in OPTIONS else ""
        fault = f"a value is missing: {value}" if value else "takes no value"
        raise UsageError(f"--{name}: {fault}") from None
    for word in rest:
        if word.startswith("-"):
            flags = (f"--{name}" for name in (*OPTIONS, "help", "version"))
            one_of("option", word.partition("=")[0], flags)
    command = one_of("command", rest[0], COMMANDS) if rest else ""
    if len(rest) > 1:
        raise UsageError(f"{shown(rest[1])} is one word too many after '{command}'")
    return command, vars(given)


def understood(command: str, given: Mapping[str, Any]) -> Request:
    """The request that the options make; raises UsageError."""
    for name in given:
        if name in OPTIONS and name not in (*BEARING[command], *EVERYWHERE):
            takers = [other for other, options in BEARING.items() if name in options]
            raise UsageError(
                f"--{name} has no bearing on '{command}'; it goes with {', '.join(takers)}"
            )
    if command == "claims" and "seed" in given and "worlds" not in given:
        raise UsageError("--seed has no bearing on 'claims' without --worlds")
    if command == "play" and "as" not in given:
        raise UsageError(f"--as is missing: whose seat? One of {', '.join(PARTIES)}")
    default = Request(Dispute({}), worlds=100 * (command == "worlds"))
    settings, off = tuple(given.get("set", ())), tuple(given.get("forbid", ()))
    options = [
        f"--{name} {value}"
        for name, values in given.items()
        if name in ("seed", "believed", "truth", *GAME_OPTIONS)
        for value in (values if isinstance(values, list) else [values])
    ]
    threat = one_of("--threat", given.get("threat", "standing"), ("standing", "dropped"))
    done = whole("--done", given.get("done", "0"), 0, len(STAGES) - 1)
    return default._replace(
        dispute=Dispute(assigned(settings), done, threat, restrictions_of(off)),
        changed=tuple(dict.fromkeys(word.partition("=")[0] for word in settings)),
        forbidden=off,
        options=tuple(options),
        seed=whole("--seed", given.get("seed", str(default.seed))),
        believed=one_of("--believed", given.get("believed", default.believed), READINGS),
        truth=one_of("--truth", given.get("truth", default.truth), (*READINGS, "drawn")),
        worlds=whole("--worlds", given["worlds"], 1, 100_000)
        if "worlds" in given
        else default.worlds,
        top=whole("--top", given.get("top", str(default.top)), 1),
        explain=whole("--explain", given["explain"], 1, 2000) if "explain" in given else 0,
        seat=one_of("--as", given["as"], PARTIES) if "as" in given else "",
        hints="hints" in given,
    )


def help_page(page: Page, command: str) -> None:
    """Help by example, for the program or for one command."""
    if command:
        page.title(COMMANDS[command].question)
        page.say()
        for example in by_example(command):
            page.say(example, "  ", "    ")
        names = [*BEARING[command], *EVERYWHERE]
    else:
        page.title("Syria's chemical weapons, September 2013: play out the dispute, and ask why.")
        page.say()
        rows = [(by_example(name)[0], it.question) for name, it in COMMANDS.items()]
        page.table(("By example", "What it answers"), rows)
        names = [*BEARING["run"], *EVERYWHERE]
    page.say()
    title = f"Options of {command or 'run'}"
    rows = [(f"--{name} {OPTIONS[name].value}".strip(), OPTIONS[name].means) for name in names]
    page.table((title, "What it means (default)"), rows)
    if not command:
        page.say("python sim.py COMMAND -h shows a command's own; --version the version.")


def by_example(command: str) -> list[str]:
    """Command lines that show what a command can do."""
    name = "" if command == "run" else command
    examples = COMMANDS[command].examples
    return [" ".join(filter(None, ["python sim.py", name, example])) for example in examples]


def terminal(color: str) -> Page:
    """An empty page as wide and as colourful as whoever reads it can see."""
    import os

    out = sys.stdout
    tty = out is not None and out.isatty()
    setting = os.environ.get("COLUMNS", "")
    columns = int(setting) if setting.isdecimal() and len(setting) < 5 else 0
    if not columns and tty:
        try:
            columns = os.get_terminal_size(out.fileno()).columns
        except (OSError, ValueError):
            columns = 0
    plain_terminal = (
        os.environ.get("NO_COLOR")
        or os.environ.get("TERM") == "dumb"
        or (sys.platform == "win32" and "WT_SESSION" not in os.environ)  # an old console
    )
    colored = color == "always" or (color == "auto" and tty and not plain_terminal)
    return Page(max(20, min(columns or 80, 80)), colored)


def emit(text: str, out: Any) -> None:
    """Write to a stream, with plain signs for symbols that its encoding lacks."""
    if out is None:
        raise OSError("standard output is closed")
    encoding = out.encoding or "ascii"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        text = "".join(fitting(sign, encoding) for sign in text)
    out.write(text)
    out.flush()


def fitting(sign: str, encoding: str) -> str:
    """A character, or what stands in for it where the encoding lacks it."""
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        return SYMBOLS.get(sign, "?")
    return sign


def complain(message: str) -> None:
    """One line on standard error, if there is one to write to."""
    try:
        if sys.stderr is not None:
            sys.stderr.write(f"sim.py: {message}\n")
            sys.stderr.flush()
    except OSError:
        abandon(sys.stderr)


def abandon(stream: Any) -> None:
    """Let what a broken stream still holds vanish, so that nothing fails at exit."""
    import os

    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    except (OSError, ValueError, AttributeError):
        pass  # not a stream of the operating system's: nothing is flushed at exit


class Seat:
    """The reader's place in `play`: shows where things stand, and asks for a move."""

    PATIENCE = 100  # unusable answers in a row before the table is taken for deserted

    def __init__(self, request: Request, page: Page, aside: bool) -> None:
        self.seat = request.seat
        self.hints = request.hints
        self.width = page.width
        self.color = page.color
        self.aside = aside  # on standard error, to leave standard output to the answer
        self.out = sys.stderr if aside else sys.stdout
        self.interrupted = False
        if hasattr(sys.stdin, "reconfigure"):  # so that no byte typed is an error
            sys.stdin.reconfigure(errors="replace")

    def ask(self, truth: str, turns: list[Record], party: str, choice: Record) -> str | None:
        """The reader's move when it is the seat's turn; raises Leave at the end."""
        if party != self.seat:
            return None
        page = Page(self.width, self.color)
        if len(turns) == 1:
            page.say(
                f"You decide for {PARTIES[party].capital}. Your ranking: {ranking(party, truth)}."
            )
            page.say("? explains the seat, q ends the game.")
        where_things_stand(page, turns, party)
        menu_of(page, party, choice, self.hints)
        self.tell("\n".join(["", *page.lines, ""]))
        for _ in range(self.PATIENCE):
            word = self.line(f"{PARTIES[party].label} move? ")
            move = matching(word, list(choice["values"]))
            if move:
                return move
            page = Page(self.width, self.color)
            if word == "?":
                about_the_seat(page, party, truth)
            else:
                possible = ", ".join(f"{n} {m}" for n, m in enumerate(choice["values"], 1))
                page.say(f"{shown(word)} is not possible now: {possible}, ? or q")
            self.tell("\n".join([*page.lines, ""]))
        self.tell(f"{self.PATIENCE} answers in a row could not be used: nobody seems to be there.")
        raise Leave

    def tell(self, text: str) -> None:
        """Say something beside the game; with --json its loss must not cost the answer."""
        try:
            emit(text, self.out)
        except OSError:
            if not self.aside:
                raise

    def line(self, prompt: str) -> str:
        """What is typed next; raises Leave at q, the end of input, or Ctrl-C."""
        self.tell(prompt)
        try:
            typed = sys.stdin.readline() if sys.stdin is not None else ""
        except KeyboardInterrupt:
            self.interrupted = True
            typed = ""
        if not (typed and sys.stdin.isatty()):
            self.tell("\n")  # which a terminal echoes by itself
        word = typed.strip().lower()
        if not typed or word in ("q", "quit"):
            raise Leave
        return word


def matching(word: str, moves: Sequence[str]) -> str | None:
    """The move meant by a number, a name, or an unambiguous beginning of one."""
    if word.isdecimal() and len(word) < 4:
        return moves[int(word) - 1] if 1 <= int(word) <= len(moves) else None
    name = word.replace(" ", "-")
    meant = [move for move in moves if move.startswith(name)] if name else []
    return name if name in moves else meant[0] if len(meant) == 1 else None


def progress(done: int, of: int) -> None:
    """A progress bar on standard error, if that is a terminal; none of it if `of` is 0."""
    if sys.stderr is not None and sys.stderr.isatty():
        bar = f"[{'#' * (40 * done // of):<40}] {done} of {of}" if of else " " * 60 + "\r"
        sys.stderr.write(f"\r{bar}")
        sys.stderr.flush()


def run_command(argv: Sequence[str]) -> int:
    """Answer one command line on standard output: the exit status.

    Raises UsageError, and OSError where the answer cannot be written.
    """
    command, given = parse(argv)
    complete = True
    color = one_of("--color", given.get("color", "auto"), ("auto", "always", "never"))
    page = terminal(color)
    if "help" in given:
        help_page(page, command)
    elif "version" in given:
        page.say(f"sim.py {VERSION}")
    else:
        command = command or "run"
        request = understood(command, given)._replace(tick=progress)
        if command == "play":
            seat = Seat(request, page, aside="json" in given)
            request = request._replace(ask=seat.ask)
        data = COMMANDS[command].answer(request)
        if request.worlds:
            progress(0, 0)
        complete = data.get("complete", True) and not (request.ask and seat.interrupted)
        if "json" in given:
            page.lines.append(as_json(data))
        else:
            COMMANDS[command].screen(page, data)
    emit("\n".join(page.lines) + "\n", sys.stdout)
    return 0 if complete else 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; returns the exit status: 0, 1 output lost, 2 bad usage, 130 Ctrl-C."""
    try:
        return run_command(sys.argv[1:] if argv is None else argv)
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
