#!/usr/bin/env python3
"""Syria's chemical weapons, September 2013: a dispute-resolution simulator.

On 12 September 2013 a news report set out a dispute. Everyone says they want Syria's
chemical weapons handed over under a four-step Russian plan; they disagree about who
moves first. This program plays that dispute out turn by turn, solves it exactly, and
says what would settle it. `python sim.py -h` lists what can be asked.

Read it from the top. Each section uses only those above it:

    1  What the report says      tables: whoever disagrees changes an entry here
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
on, and the two together make a *cell*. A *turn* is two weeks; a *stage* is a quarter of
the plan. A *policy* gives the probability of every move, *odds* the probability of every
outcome, a *payoff* is the utility of the outcome less the costs run up on the way.
¶3 is paragraph 3 of the report (AFP, 12 September 2013). A number that is not in the
report is called a judgement.
"""

from __future__ import annotations

import sys
from math import exp, fsum
from typing import Any, Callable, Hashable, Iterable, Mapping, NamedTuple, Sequence

VERSION = "1.0"

# ---------------------------------------------------------------------------------------
# 1  What the report says
# ---------------------------------------------------------------------------------------

FIRST_DAY = (2013, 9, 12)  # ¶1: the day of the report, and of turn 1
DAYS_A_TURN = 14  # judgement: the report gives no rhythm
DEAD = 110_000  # ¶21: lives claimed by the war so far
DEAD_SINCE = (2011, 3, 1)  # ¶21 gives the month; its first day is a judgement

OUTCOMES = ("handover", "strike", "stalemate")


class Party(NamedTuple):
    """Who holds a seat. `ranking` is best first; empty where the reading decides it."""

    label: str
    capital: str  # how a sentence calls it when it decides
    position: str
    position_from: str
    ranking: tuple[str, ...]
    ranking_from: str


PARTIES = {
    "us": Party(
        "US", "Washington", "the threat of force stays on the table", "¶6 ¶8 ¶11 ¶17",
        ("handover", "strike", "stalemate"), "¶6 ¶8 ¶11 ¶17",
    ),
    "russia": Party(
        "Russia", "Moscow", "stands by its ally, opposes strikes, holds a veto", "¶10 ¶22–25",
        ("handover", "stalemate", "strike"), "¶10 ¶22–25",
    ),
    "syria": Party(
        "Syria", "Damascus", "will not act under threat", "¶1–4",
        (), "the open question: see the two readings",
    ),
    "france": Party(
        "France", "Paris", "keeps up the pressure", "¶17 ¶18",
        ("handover", "strike", "stalemate"), "¶17 ¶18",
    ),
    "opposition": Party(
        "Opposition", "the opposition", "rejects the plan", "¶21",
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


PRICES = (
    *(Price(f"{party} concession", party, "face") for party in PARTIES),
    Price("restored threat", "us", "restore"),
    Price("stalled turn", "us", "delay"),
    Price("stalled turn", "france", "delay"),
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


def cost(default: float, means: str) -> Parameter:
    """A price, in units of the distance between a party's worst and best outcome."""
    return Parameter(default, 0, 100, "near", means)


def chance(default: float, means: str) -> Parameter:
    """A probability, or a share of one."""
    return Parameter(default, 0, 1, "near", means)


PARAMETERS = {
    "turns": Parameter(26, 1, 2000, "fixed", "two-week turns on the clock: a year"),
    "rationality": Parameter(20, 0, 1e9, "scale", "logit precision, per unit of utility"),
    "face": cost(0.04, "price of one concession"),
    "delay": cost(0.02, "price of a stalled turn to those who demand speed (¶8 ¶17)"),
    "leverage": cost(0.06, "what Moscow's pressure adds to the price of stalling (¶4 ¶7)"),
    "backing": cost(0.10, "worth of France's support to a US strike (¶17)"),
    "veto": cost(0.25, "price of striking against Russia's veto (¶24)"),
    "restore": cost(0.15, "price of reviving a threat once dropped"),
    "disruption": chance(0.25, "share of a stage's chance lost when the opposition resists"),
    **{
        f"pace_{name}": chance(stage.pace, f"chance that a turn of compliance ends '{name}'")
        for name, stage in STAGES.items()
    },
    **{
        f"middle_{party}": Parameter(0.5, 0, 1, "unit", f"{PARTIES[party].label}: utility of "
                                     "the outcome ranked second (best 1, worst 0)")
        for party in PARTIES
    },
    "prior": Parameter(0.5, 0, 1, "fixed", "an outside observer's first trust in 'word'"),
}  # fmt: skip

CALENDAR = {"turns"}  # neither in the report nor tuned: it sets no deadline but "timely" (¶8)

# ---------------------------------------------------------------------------------------
# 2  The rules of a turn
# ---------------------------------------------------------------------------------------


class State(NamedTuple):
    """Where things stand: stages done, the threat, and the moves made so far this turn."""

    done: int
    threat: str  # standing or dropped
    made: tuple[str, ...] = ()


class Restriction(NamedTuple):
    """A counterfactual: `party` gives up `move` or, if `only`, gives up all the others.

    It applies in the states that `when` accepts. It never empties a menu: a move that is
    not there cannot be kept, and the last one cannot be taken away.
    """

    party: str
    move: str
    when: Callable[[State], bool] = lambda state: True
    only: bool = False


def menu(mover: str, state: State, restrictions: Iterable[Restriction] = ()) -> tuple[str, ...]:
    """The moves open to a party; () if it has none now. Chance speaks only after work."""
    if mover == "chance" and "comply" not in state.made:
        return ()
    moves = MENUS.get((mover, state.threat), ())
    # What is forbidden goes first, so that nobody is bound to a move he may not make.
    for rule in sorted([rule for rule in restrictions if rule.party == mover], key=lambda rule: rule.only):
        if rule.move in moves and rule.when(state):
            others = tuple(name for name in moves if name != rule.move)
            moves = (rule.move,) if rule.only else others or moves
    return moves


def effect(mover: str, name: str, state: State) -> tuple[State | str, tuple[str, ...]]:
    """What a move does: the state after it, or the outcome it brings, and what happened.

    What happened is a list of events, which PRICES prices and the forecast counts.
    """
    done, threat, made = state
    events = [f"{mover} concession"] if CONCESSION[mover, name] in ("always", threat) else []
    if name == "drop":
        threat = "dropped"
    elif name == "restore":
        threat = "standing"
        events.append("restored threat")
    elif name == "strike":
        events += ["strike with backing"] * ("pressure" in made)
        events += ["strike against the veto"] * ("shield" in made)
        return "strike", tuple(events)
    elif name == "stall":
        events.append("stalled turn")
        events += ["stalled turn under pressure"] * ("press" in made)
    elif name == "completes":
        events.append(f"{tuple(STAGES)[done]} completed")
        done += 1
    return State(done, threat, (*made, name)), tuple(events)


MENUS = {
    (party, threat): tuple(
        move.name for move in MOVES if move.party == party and move.when in ("always", threat)
    )
    for party in TURN_ORDER
    for threat in ("standing", "dropped")
}
CONCESSION = {(move.party, move.name): move.concession for move in MOVES}


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

Payoff = Mapping[str, float]  # a utility for each outcome
Policy = Sequence[Sequence[Sequence[float]]]  # [turn][node][option]: a probability


class Game(NamedTuple):
    """A game of perfect information over a finite clock.

    menu(mover, state)          the options of a mover, or () if it is passed over
    effect(mover, option, state)  the state after it, or an outcome; and the events in it
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
    prices: Mapping[str, Mapping[str, float]]


class Node(NamedTuple):
    """A decision, or a move of chance (which alone has `odds`).

    `kids` are slots of a turn's table: outcomes come first, then the states a next turn
    can begin in, then the nodes of this turn, children before parents.
    """

    mover: str
    options: tuple[str, ...]
    kids: tuple[int, ...]
    events: tuple[tuple[str, ...], ...]
    odds: tuple[float, ...]


# Column of the chooser (-1: the policy is given), kids, its costs, and (column, costs) due.
Priced = tuple[int, tuple[int, ...], list[float], tuple[tuple[int, list[float]], ...]]


class Graph(NamedTuple):
    """One turn of a game, unfolded from every state that it can begin in."""

    game: Game
    states: tuple[Any, ...]  # the start first
    roots: tuple[int, ...]  # for each state, the slot that its turn begins at
    nodes: tuple[Node, ...]
    first: int  # the slot of nodes[0]


class Solution(NamedTuple):
    """A backward pass: the policy, and every slot's expected payoffs in every turn."""

    columns: dict[str, int]  # whose payoff stands where in a slot
    policy: list[list[Sequence[float]]]  # [turn][node][option]
    slots: list[list[list[float]]]  # [turn][slot][column]; turns count from 0


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
        content = (mover, options, tuple(kids), tuple(events), odds)
        return "node", known.setdefault(content, len(known))

    def place(where: Any) -> tuple[str, int]:
        if isinstance(where, str):
            return "outcome", game.outcomes.index(where)
        if where not in states:
            states.append(where)
        return "state", states.index(where)

    roots = [visit(0, state) for state in states]  # grows `states` as it goes
    offset = {"outcome": 0, "state": len(game.outcomes)}
    offset["node"] = offset["state"] + len(states)

    def slots(places: Iterable[tuple[str, int]]) -> tuple[int, ...]:
        return tuple(offset[kind] + number for kind, number in places)

    nodes = (Node(m, options, slots(kids), events, odds) for m, options, kids, events, odds in known)
    return Graph(game, tuple(states), slots(roots), tuple(nodes), offset["node"])


def backward(
    graph: Graph,
    payoffs: Mapping[str, Payoff],
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
    game, columns = graph.game, {name: column for column, name in enumerate(payoffs)}
    ends = [[payoff[outcome] for payoff in payoffs.values()] for outcome in game.outcomes]
    nodes = [priced(node, columns, game.prices) for node in graph.nodes]
    fixed = [node.odds for node in graph.nodes]
    carry = [ends[game.outcomes.index(game.timeout)]] * len(graph.states)
    policy, table = [], []
    for turn in reversed(range(game.turns)):
        slots = ends + carry
        policy.append(sweep(nodes, fixed if given is None else given[turn], slots, rationality))
        table.append(slots)
        carry = [slots[root] for root in graph.roots]
    return Solution(columns, policy[::-1], table[::-1])


def priced(node: Node, columns: Mapping[str, int], prices: Mapping[str, Payoff]) -> Priced:
    """A node as `sweep` wants it: who chooses, what of, and what each option costs whom."""
    chooser = columns.get(node.mover, -1)
    charges: dict[int, list[float]] = {}
    for option, events in enumerate(node.events):
        for event in events:
            for party, amount in prices.get(event, {}).items():
                if party in columns:
                    costs = charges.setdefault(columns[party], [0.0] * len(node.kids))
                    costs[option] += amount
    own = charges.get(chooser, [0.0] * len(node.kids))
    return chooser, node.kids, own, tuple(charges.items())


def sweep(
    nodes: Iterable[Priced],
    given: Iterable[Sequence[float]],
    slots: list[list[float]],
    rationality: float,
) -> list[Sequence[float]]:
    """Solve one turn: append every node's payoffs to `slots`, return the policy.

    This loop is where the program spends its time. Most nodes have two options, and
    those are written out; `logit` and the second branch say the same for any number.
    """
    policy: list[Sequence[float]] = []
    for (chooser, kids, costs, due), share in zip(nodes, given):
        if len(kids) == 2:
            left, right = slots[kids[0]], slots[kids[1]]
            if chooser >= 0:
                lead = left[chooser] - costs[0] - right[chooser] + costs[1]
                q = exp(-rationality * abs(lead))
                p = 1 / (1 + q)
                q *= p
                share = (p, q) if lead >= 0 else (q, p)
            p, q = share
            payoffs = [p * x + q * y for x, y in zip(left, right)]
            for column, (toll, other) in due:
                payoffs[column] -= p * toll + q * other
        else:
            if chooser >= 0:
                values = [slots[kid][chooser] - cost for kid, cost in zip(kids, costs)]
                share = logit(values, rationality)
            payoffs = [0.0] * len(slots[0])
            for p, kid in zip(share, kids):
                payoffs = [x + p * y for x, y in zip(payoffs, slots[kid])]
            for column, tolls in due:
                payoffs[column] -= fsum([p * toll for p, toll in zip(share, tolls)])
        slots.append(payoffs)
        policy.append(share)
    return policy


def logit(values: Sequence[float], rationality: float) -> tuple[float, ...]:
    """Choice probabilities proportional to exp(rationality * value)."""
    best = max(values)  # taken off first, so that no exponent is positive
    weights = [exp(rationality * (value - best)) for value in values]
    mass = fsum(weights)
    return tuple([weight / mass for weight in weights])


def forward(graph: Graph, policy: Policy) -> Forecast:
    """What a policy leads to, exactly: odds of every outcome, and how often what happens."""
    game = graph.game
    ends, first = len(game.outcomes), graph.first
    walk = [(first + i, i, node.kids, node.events) for i, node in enumerate(graph.nodes)][::-1]
    counts = {e: [0.0] * game.turns for n in graph.nodes for events in n.events for e in events}
    ended = [0.0] * ends
    mass = [1.0] + [0.0] * (len(graph.states) - 1)
    alive = []
    for turn, shares in enumerate(policy):
        alive.append(fsum(mass))
        flow = [0.0] * (first + len(graph.nodes))
        for root, amount in zip(graph.roots, mass):
            flow[root] += amount
        for slot, number, kids, happened in walk:
            amount = flow[slot]
            if amount:
                for share, kid, events in zip(shares[number], kids, happened):
                    part = amount * share
                    flow[kid] += part
                    for event in events:
                        counts[event][turn] += part
        ended = [before + now for before, now in zip(ended, flow)]
        mass = flow[ends:first]
    ended[game.outcomes.index(game.timeout)] += fsum(mass)
    return Forecast(dict(zip(game.outcomes, ended)), alive, counts)


def payoff(forecast: Forecast, party: str, utility: Payoff, prices: Mapping[str, Payoff]) -> float:
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
    parameters, prices = dispute.parameters, {}
    for price in PRICES:
        amount = parameters[price.parameter]
        prices.setdefault(price.event, {})[price.party] = -amount if price.gain else amount

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
    return {
        name: dict(
            zip(party.ranking or READINGS[reading].ranking, (1.0, parameters[f"middle_{name}"], 0.0))
        )
        for name, party in PARTIES.items()
    }


class Cell(NamedTuple):
    """What follows when the others act on one reading and Syria on the same or the other."""

    believed: str
    true: str
    forecast: Forecast
    payoffs: dict[str, float]


class Minds(NamedTuple):
    """All that a history needs: the policy of a belief, and Syria as either reading has it."""

    graph: Graph
    belief: Solution
    syria: dict[str, Solution]  # by truth; each carries the odds of a handover along

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


# Carried along by every solution, as if it were the payoff of a party that never moves.
HANDOVER = {"handover": {outcome: float(outcome == "handover") for outcome in OUTCOMES}}

# ---------------------------------------------------------------------------------------
# 5  A run
# ---------------------------------------------------------------------------------------

Record = dict[str, Any]  # an answer as plain data, ready for JSON
Ask = Callable[[Record, str, Record], "str | None"]


def play_out(
    dispute: Dispute, believed: str, truth: str, seed: int, ask: Ask | None = None
) -> Record:
    """Play one history: its turns, its outcome, and what the model gave it beforehand.

    Draws come from random.Random(seed).random() alone: the truth if it is "drawn" (word
    below the prior), then one for each decision in turn order, then one for chance where
    Syria complied. `ask(turn, party, choice)` may answer with a move of its own, and the
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
    graph, game = minds.graph, minds.graph.game
    turns: list[Record] = []
    trust, slot = prior, len(game.outcomes)
    while slot >= len(game.outcomes) and len(turns) < game.turns:
        state = graph.states[slot - len(game.outcomes)]
        turn: Record = {
            "turn": len(turns) + 1,
            "date": date_of(len(turns) + 1),
            "stage": tuple(STAGES)[state.done],
            "threat": state.threat,
            "moves": {},
            "chance": None,
            "completed": False,
        }
        slot = graph.roots[slot - len(game.outcomes)]
        while slot >= graph.first:
            slot, trust = make_move(minds, truth, slot, turn, trust, draw, ask)
        turn["trust"] = trust
        turn["handover"] = handover_after(minds.syria[truth], slot, len(turns) + 1)
        turns.append(turn)
    outcome = game.outcomes[slot] if slot < len(game.outcomes) else game.timeout
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
        "trust": trust,
        "odds": cell.forecast.odds,
        "expected_payoffs": cell.payoffs,
    }


def make_move(
    minds: Minds,
    truth: str,
    slot: int,
    turn: Record,
    trust: float,
    draw: Callable[[], float],
    ask: Ask | None,
) -> tuple[int, float]:
    """One decision or one draw of chance: note it in `turn`; return what it leads to.

    Returns the slot that play continues at, and the observer's trust after the move.
    """
    graph, now, number = minds.graph, turn["turn"] - 1, slot - minds.graph.first
    node = graph.nodes[number]
    if node.mover == "chance":
        pick = pick_by(node.odds, draw())
        turn["chance"] = node.odds[0]
        turn["completed"] = node.options[pick] == "completes"
        return node.kids[pick], trust
    mind = minds.syria[truth] if node.mover == "syria" else minds.belief
    choice = weigh(graph, mind, now, number)
    pick = pick_by(tuple(choice["probabilities"].values()), draw())
    answer = ask(turn, node.mover, choice) if ask else None
    if answer is not None:
        pick = node.options.index(answer)
    move = node.options[pick]
    concession = f"{node.mover} concession" in node.events[pick]
    probability = choice["probabilities"][move]
    turn["moves"][node.mover] = {
        "move": move, "probability": probability, "concession": concession, **choice
    }  # fmt: skip
    if node.mover == "syria":
        likely = {true: minds.policy(true)[now][number][pick] for true in READINGS}
        trust = updated(trust, likely["word"], likely["tactic"])
    return node.kids[pick], trust


def weigh(graph: Graph, mind: Solution, turn: int, number: int) -> Record:
    """What each option of a decision is worth to its party, how likely it is, and why."""
    node, prices = graph.nodes[number], graph.game.prices
    column = mind.columns[node.mover]
    costs = [
        fsum(prices.get(event, {}).get(node.mover, 0.0) for event in events)
        for events in node.events
    ]
    worth = [mind.slots[turn][kid][column] - cost for kid, cost in zip(node.kids, costs)]
    return {
        "values": dict(zip(node.options, worth)),
        "probabilities": dict(zip(node.options, mind.policy[turn][number])),
        "costs": dict(zip(node.options, costs)),
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


def handover_after(mind: Solution, slot: int, turns: int) -> float:
    """The odds of a handover at a slot that is an outcome or where a next turn begins."""
    if turns < len(mind.slots):
        return mind.slots[turns][slot][mind.columns["handover"]]
    return float(slot == OUTCOMES.index("handover"))


def date_of(turn: int) -> str:
    """The day a turn begins, as ISO; turn 1 begins on the day of the report."""
    from datetime import date, timedelta

    return (date(*FIRST_DAY) + timedelta(days=DAYS_A_TURN * (turn - 1))).isoformat()


# ---------------------------------------------------------------------------------------
# 6  The questions
# ---------------------------------------------------------------------------------------


class Request(NamedTuple):
    """What somebody asked for: the dispute to solve, and how to ask about it."""

    command: str
    dispute: Dispute
    forbidden: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    seed: int = 2013
    believed: str = "tactic"
    truth: str = "drawn"


def answer_run(request: Request) -> Record:
    """`run`: one history, what turned it, and what its time cost."""
    record = play_out(request.dispute, request.believed, request.truth, request.seed)
    return {
        **setting(request),
        **record,
        "turning_points": turning_points(record),
        "cost_of_time": cost_of_time(len(record["turns"])),
    }


def setting(request: Request) -> Record:
    """What every answer says first: the numbers and the start it is an answer for."""
    dispute = request.dispute
    return {
        "parameters": dict(dispute.parameters),
        "changed": list(request.changed),
        "start": {"done": dispute.done, "threat": dispute.threat},
        "forbidden": list(request.forbidden),
    }


def turning_points(record: Record) -> list[Record]:
    """The turns that made the history, in order, each with what happened in it.

    A turn counts if the US or Russia made a concession, the US struck or restored the
    threat, or a stage was completed; so does the one that moved the odds most.
    """
    points = []
    before = record["odds"]["handover"]
    for turn in record["turns"]:
        moves = turn["moves"]
        decisive = [
            party
            for party in ("russia", "us")
            if moves[party]["concession"] or moves[party]["move"] in ("strike", "restore")
        ]
        points.append({
            "turn": turn["turn"],
            "decisions": decisive,
            "completed": turn["stage"] if turn["completed"] else None,
            "before": before,
            "after": turn["handover"],
        })  # fmt: skip
        before = turn["handover"]
    largest = max(points, key=lambda point: abs(point["after"] - point["before"]))
    return [p for p in points if p["decisions"] or p["completed"] or p is largest]


def cost_of_time(turns: int) -> Record:
    """The report's own toll (¶21), carried forward at its own rate: arithmetic, no model."""
    from datetime import date

    days = (date(*FIRST_DAY) - date(*DEAD_SINCE)).days
    return {
        "weeks": turns * DAYS_A_TURN // 7,
        "deaths": DEAD / days * turns * DAYS_A_TURN,
        "dead": DEAD,
        "days": days,
    }


def cells(dispute: Dispute, graph: Graph | None = None) -> dict[tuple[str, str], Cell]:
    """All four cells, by (believed, true)."""
    graph = graph or unfold(game_of(dispute))
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
                "expected_stalls": cell.forecast.total("stalled turn"),
                "expected_concessions": {
                    party: cell.forecast.total(f"{party} concession") for party in PARTIES
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
    payoff = {key: cell.payoffs["us"] for key, cell in found.items()}
    won = payoff["word", "word"] - payoff["tactic", "word"]
    lost = payoff["tactic", "tactic"] - payoff["word", "tactic"]
    result: Record = {"won_if_word": won, "lost_if_tactic": lost}
    if max(abs(won), abs(lost)) < 1e-12:  # rounding: the cells are one and the same
        return {"break_even_trust": None, "better_belief": "neither", **result}
    if won * lost < 0:
        better = "word" if won > 0 else "tactic"
        return {"break_even_trust": None, "better_belief": better, **result}
    return {"break_even_trust": lost / (won + lost), "better_belief": None, **result}


def answer_positions(request: Request) -> Record:
    """`positions`: everything the model was told, and where each part of it is from."""
    parameters = request.dispute.parameters
    return {
        "report": {
            "source": "AFP, 12 September 2013",
            "first_day": date_of(1),
            "dead": DEAD,
            "dead_since": "{}-{:02}".format(*DEAD_SINCE),
            "days_a_turn": DAYS_A_TURN,
        },
        "parties": [
            {
                "party": name,
                "position": party.position,
                "from": party.position_from,
                "concession": [
                    {"move": move.name, "while": move.concession, "means": move.means}
                    for move in MOVES
                    if move.party == name and move.concession != "never"
                ],
                "ranking": list(party.ranking) or None,
                "ranking_from": party.ranking_from,
                "moves": [
                    {"move": move.name, "while": move.when, "means": move.means}
                    for move in MOVES
                    if move.party == name
                ],
            }
            for name, party in PARTIES.items()
        ],
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
                "basis": "calendar" if name in CALENDAR else "judgement",
                "means": parameter.means,
            }
            for name, parameter in PARAMETERS.items()
        ],
        "changed": list(request.changed),
    }


# ---------------------------------------------------------------------------------------
# 7  How answers are printed
# ---------------------------------------------------------------------------------------

MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()

# What stands in for a symbol that the reader's encoding lacks: one character for one.
SYMBOLS = {"¶": "#", "–": "-", "→": ">", "×": "x", "·": "-", "█": "#", "✓": "+", "≥": ">"}

COLORS = {"title": "1", "good": "32", "bad": "31", "concession": "33", "quiet": "2"}


def wrapped(text: str, width: int, **indents: str) -> list[str]:
    """A text in lines of at most `width`; words and commands stay whole."""
    if len(text) + len(indents.get("initial_indent", "")) <= width:
        return [indents.get("initial_indent", "") + text]
    from textwrap import wrap

    return wrap(text, width, break_long_words=False, break_on_hyphens=False, **indents)


class Page:
    """A screen in the making: lines no wider than `width`, coloured if asked."""

    def __init__(self, width: int, color: bool) -> None:
        self.width = width
        self.color = color
        self.lines: list[str] = []

    def paint(self, text: str, color: str) -> str:
        """Text in a colour, which never carries a meaning of its own."""
        return f"\x1b[{COLORS[color]}m{text}\x1b[0m" if self.color and color else text

    def say(self, text: str = "", indent: str = "", hang: str | None = None, color: str = "") -> None:
        """A paragraph, wrapped."""
        hang = indent if hang is None else hang
        lines = wrapped(text, self.width, initial_indent=indent, subsequent_indent=hang)
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
            for first, *rest in rows:
                self.say(f"{head[0]} {first}".strip(), color="title")
                facts = [f"{label} {cell}".strip() for label, cell in zip(head[1:], rest) if cell]
                self.say("; ".join(facts), "  ")
            return
        for row in (head, *rows):
            cells = [
                cell.rjust(width) if side == "r" else cell.ljust(width)
                for cell, width, side in zip(row, widths, right)
            ]
            cells = [self.paint(c, "concession") if "*" in c else c for c in cells]
            lead = (" " * gap).join([*cells, ""])
            final, *more = wrapped(row[-1].rjust(last) if right[-1] == "r" else row[-1], room)
            text = (lead + final).rstrip()
            self.lines.append(self.paint(text, "title") if row is head else text)
            self.lines += [" " * (self.width - room) + line for line in more]

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


def day(iso: str) -> str:
    """2013-09-12 as 12 Sep 2013."""
    year, month, number = iso.split("-")
    return f"{int(number)} {MONTHS[int(month) - 1]} {year}"


def describe(page: Page, data: Record) -> None:
    """What was changed from the default: a reader must never miss it."""
    start = data["start"]
    if start != {"done": 0, "threat": "standing"}:
        page.say(f"Start: {start['done']} of {len(STAGES)} stages done, threat {start['threat']}.")
    if data["changed"]:
        page.say(f"Changed: {', '.join(data['changed'])}.")
    if data["forbidden"]:
        page.say(f"Off the table: {', '.join(data['forbidden'])}.")


def screen_run(page: Page, data: Record) -> None:
    """The timeline of one history, what turned it, and its outcome."""
    page.title(f"Syria's chemical weapons: the four-step handover, played from {day(date_of(1))}")
    page.say(
        f"A turn is two weeks. The other four believe that {READINGS[data['believed']].claim}. "
        f"Seed {data['seed']}."
    )
    describe(page, data)
    page.say()
    timeline(page, data)
    page.say()
    page.title("Turning points")
    for point in data["turning_points"]:
        page.say(told(point, data), f"{point['turn']:>4}  ", " " * 6)
    page.say()
    summary(page, data)
    page.next(
        (f"python sim.py --seed {data['seed'] + 1}", "another history under the same odds"),
        ("python sim.py --forbid us.strike", "the same, with no strike to fear"),
        ("python sim.py odds", "what it means to take his word for it"),
    )


def timeline(page: Page, data: Record) -> None:
    """One line a turn, * on every concession."""
    movers = [party for party in TURN_ORDER if party in PARTIES]
    head = ["Turn", "Date", *(PARTIES[party].label for party in movers), "Stage", "Trust"]
    rows = []
    for turn in data["turns"]:
        moves = [turn["moves"].get(party) for party in movers]
        cells = [move["move"] + "*" * move["concession"] if move else "" for move in moves]
        stage = f"✓ {STAGES[turn['stage']].done}" if turn["completed"] else turn["stage"]
        rows.append([str(turn["turn"]), day(turn["date"]), *cells, stage, percent(turn["trust"])])
    page.table(head, rows, "rr" + "l" * (len(movers) + 1) + "r", gap=1)


def told(point: Record, data: Record) -> str:
    """A turning point in words: the decisions and the numbers behind them."""
    moves = data["turns"][point["turn"] - 1]["moves"]
    parts = []
    for party in point["decisions"]:
        move = moves[party]
        name, values = move["move"], move["values"]
        others = ", ".join(f"{values[m]:.2f} for {m}" for m in values if m != name)
        worth = f"worth {values[name]:.2f} to {PARTIES[party].capital} from here"
        star = "*" * move["concession"]
        parts.append(
            f"{PARTIES[party].label} {name}{star}: {worth}"
            + (f", against {others}" if others else "")
            + f"; {percent(move['probability'])} likely."
        )
    if point["completed"]:
        parts.append(f"Stage {STAGES[point['completed']].done}.")
    before, after = percent(point["before"]), percent(point["after"])
    return " ".join([*parts, f"Odds of a handover {before} → {after}."])


def summary(page: Page, data: Record) -> None:
    """How a history ended, who gave ground, how likely it was, what was true."""
    given, cost = data["concessions"], data["cost_of_time"]
    ground = ", ".join(f"{PARTIES[party].label} {count}" for party, count in given.items())
    color = {"handover": "good", "strike": "bad"}.get(data["outcome"], "")
    page.entry("Outcome", ending(data), color)
    page.entry("Gave ground", f"{ground} (concessions: * marks them above)")
    odds = ", ".join(f"{outcome} {percent(odds)}" for outcome, odds in data["odds"].items())
    page.entry("Likely?", f"{odds}: exact, before the first move, in this cell")
    meant = "meant it" if data["true"] == "word" else "did not mean it"
    page.entry(
        "Assad",
        f"{meant} (revealed here). A reader who trusted him {percent(data['prior'])} at first "
        f"trusts him {percent(data['trust'])} at the end.",
    )
    deaths = float(f"{cost['deaths']:.2g}")
    page.entry(
        "Cost of time",
        f"at the rate the report gives ({cost['dead']:,} dead since March 2011, ¶21) about "
        f"{deaths:,.0f} people die in {cost['weeks']} weeks. Arithmetic, whatever the moves.",
    )


def ending(data: Record) -> str:
    """The outcome in a sentence, with its date."""
    last = data["turns"][-1]
    number, date = last["turn"], day(data["date"])
    done = data["start"]["done"] + sum(turn["completed"] for turn in data["turns"])
    stages = f"{done} of {len(STAGES)} stages done"
    if data["outcome"] == "strike":
        return f"The US strikes in turn {number}, on {date}, with {stages}."
    standing = threat_story(data)
    if data["outcome"] == "handover":
        return f"Handover complete in turn {number}, on {date}, {standing}."
    return f"Stalemate: the clock runs out after turn {number}, on {date}, {stages}, {standing}."


def threat_story(data: Record) -> str:
    """Since when the threat is as it is."""
    since, threat = 0, data["start"]["threat"]
    for turn in data["turns"]:
        change = {"drop": "dropped", "restore": "standing"}.get(turn["moves"]["us"]["move"])
        if change:
            since, threat = turn["turn"], change
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
                (c["believed"], c["true"], *(f"{c[key][party]:.{digits}f}" for party in PARTIES))
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
        ("python sim.py --believed word", "a history in which he is taken at his word"),
        ("python sim.py odds --done 2", "the same question, two stages later"),
        ("python sim.py positions", "what all this rests on"),
    )


def verdict_on_trust(data: Record) -> str:
    """The break-even trust in words."""
    won, lost, trust = data["won_if_word"], data["lost_if_tactic"], data["break_even_trust"]
    stakes = (
        f"Taking him at his word rather than for a tactician changes the US payoff by {won:+.3f} "
        f"if he means it and by {-lost:+.3f} if he does not."
    )
    if data["better_belief"] == "neither":
        return stakes + " To the US it makes no difference which is believed."
    if data["better_belief"]:
        return (
            f"{stakes} So for the US believing '{data['better_belief']}' is the better policy, "
            "however likely either reading is: no trust breaks even."
        )
    side = "more" if won + lost > 0 else "less"
    return f"{stakes} So it pays the US to believe him if he is {side} than {trust:.1%} likely to."


def screen_positions(page: Page, data: Record) -> None:
    """The tables of section 1, as a reader wants them."""
    report = data["report"]
    page.title("Who wants what, and where each number comes from")
    page.say(
        "Positions and rankings are read from the report, paragraph by paragraph. Nearly every "
        "number is a judgement: change it with --set and see what hangs on it."
    )
    for entry in data["parties"]:
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
    page.entry("Dead", f"{report['dead']:,} since March 2011 (¶21); 1,400 on August 21 (¶16)")
    page.say()
    page.title("Numbers that are not in the report")
    page.table(
        ("Parameter", "Value", "Basis", "Means"),
        [(p["parameter"], f"{p['value']:g}", p["basis"], p["means"]) for p in data["parameters"]],
        "lrll",
    )
    page.next(
        ("python sim.py --set rationality=5", "less deliberate parties"),
        ("python sim.py odds", "what these numbers add up to"),
    )


WHILE = {"always": "", "standing": " (threat standing)", "dropped": " (threat dropped)"}


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


class UsageError(ValueError):
    """Bad input. Its text is one line that names the culprit and what would do instead."""


class Option(NamedTuple):
    """An option of the command line; no `value` means that it is a switch."""

    value: str
    means: str
    repeatable: bool = False


class Command(NamedTuple):
    """A question one can ask: how it is answered, printed, and asked for by example."""

    question: str
    answer: Callable[[Request], Record]
    screen: Callable[[Page, Record], None]
    options: tuple[str, ...]
    examples: tuple[str, ...]


OPTIONS = {
    "seed": Option("N", "which history is drawn: any whole number (2013)"),
    "believed": Option("|".join(READINGS), "the reading the other four act on (tactic)"),
    "truth": Option("|".join((*READINGS, "drawn")), "the reading Syria acts on (drawn)"),
    "done": Option(f"0..{len(STAGES) - 1}", "stages done at the start (0)"),
    "threat": Option("standing|dropped", "the threat at the start (standing)"),
    "set": Option("NAME=VALUE", "change a parameter, again and again; see positions", True),
    "forbid": Option("PARTY.MOVE", "take a move off the table, again and again", True),
    "json": Option("", "the same answer as one JSON object"),
    "color": Option("auto|always|never", "colour on the screen (auto)"),
}
EVERYWHERE = ("json", "color")
A_DISPUTE = ("done", "threat", "set", "forbid")  # options that change the game itself

COMMANDS = {
    "run": Command(
        "How does it play out? One history, turn by turn", answer_run, screen_run,
        ("seed", "believed", "truth", *A_DISPUTE),
        ("--seed 7", "--believed word --truth tactic", "--forbid us.strike"),
    ),
    "odds": Command(
        "Should Assad be taken at his word? Exact odds", answer_odds, screen_odds,
        A_DISPUTE,
        ("", "--threat dropped", "--set rationality=10"),
    ),
    "positions": Command(
        "Who wants what, and where is each number from?", answer_positions, screen_positions,
        ("set",),
        ("", "--json"),
    ),
}  # fmt: skip


def near(word: str, allowed: Iterable[str]) -> str:
    """A hint at the nearest allowed word, or nothing."""
    from difflib import get_close_matches

    close = get_close_matches(word.lower(), list(allowed), 1, 0.6)
    return f"; did you mean {close[0]}?" if close else ""


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


def whole(what: str, word: str, low: int | None = None, high: int | None = None) -> int:
    """`word` as a whole number from `low` to `high`; raises UsageError."""
    bounds = "" if low is None else f" from {low} to {high}" if high else f" from {low} up"
    try:
        number = int(word)
    except ValueError:
        number = None
    if number is None or (low is not None and number < low) or (high and number > high):
        raise UsageError(f"{what}: {shown(word)} is not a whole number{bounds}")
    return number


def assigned(words: Iterable[str]) -> dict[str, float]:
    """The parameters with NAME=VALUE settings applied; raises UsageError."""
    parameters = {name: parameter.default for name, parameter in PARAMETERS.items()}
    for word in words:
        name, equals, text = word.partition("=")
        if not equals:
            raise UsageError(f"--set: {shown(word)} is not NAME=VALUE" + near(word, PARAMETERS))
        low, high = PARAMETERS[one_of("--set", name, PARAMETERS)][1:3]
        if name == "turns":
            parameters[name] = whole(f"--set {name}", text, int(low), int(high))
            continue
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not low <= value <= high:  # nor is NaN
            raise UsageError(
                f"--set {name}: {shown(text)} is not a number from {low:g} to {high:g}"
            )
        parameters[name] = value + 0.0  # no negative zero
    return parameters


def forbidden(words: Iterable[str]) -> tuple[Restriction, ...]:
    """PARTY.MOVE restrictions; raises UsageError."""
    rules = []
    for word in words:
        party, _, move = word.partition(".")
        every = [f"{m.party}.{m.name}" for m in MOVES if m.party in PARTIES]
        one_of("--forbid", word, [e for e in every if e.startswith(f"{party}.")] or every)
        rules.append(Restriction(party, move))
    return tuple(rules)


def parse(argv: Sequence[str]) -> tuple[str, Record]:
    """The command and the options given, as text; raises UsageError."""
    from argparse import SUPPRESS, ArgumentError, ArgumentParser

    parser = ArgumentParser(
        add_help=False, allow_abbrev=False, exit_on_error=False, argument_default=SUPPRESS
    )
    parser.add_argument("-h", "--help", action="store_true")
    parser.add_argument("--version", action="store_true")
    for name, option in OPTIONS.items():
        action = "append" if option.repeatable else "store" if option.value else "store_true"
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
    command = one_of("command", rest[0], COMMANDS) if rest else "run"
    if len(rest) > 1:
        raise UsageError(f"{shown(rest[1])} is one word too many after '{command}'")
    return command, vars(given)


def understood(command: str, given: Mapping[str, Any]) -> Request:
    """The request that the options make; raises UsageError."""
    for name in given:
        if name in OPTIONS and name not in (*COMMANDS[command].options, *EVERYWHERE):
            takers = [other for other, it in COMMANDS.items() if name in it.options]
            raise UsageError(
                f"--{name} has no bearing on '{command}'; it goes with {', '.join(takers)}"
            )
    default = Request(command, Dispute({}))
    changed, off = tuple(given.get("set", ())), tuple(given.get("forbid", ()))
    threat = one_of("--threat", given.get("threat", "standing"), ("standing", "dropped"))
    done = whole("--done", given.get("done", "0"), 0, len(STAGES) - 1)
    return default._replace(
        dispute=Dispute(assigned(changed), done, threat, forbidden(off)),
        changed=changed,
        forbidden=off,
        seed=whole("--seed", given.get("seed", str(default.seed))),
        believed=one_of("--believed", given.get("believed", default.believed), READINGS),
        truth=one_of("--truth", given.get("truth", default.truth), (*READINGS, "drawn")),
    )


def help_page(page: Page, command: str | None) -> None:
    """Help by example, for the program or for one command."""
    chosen = [command] if command else list(COMMANDS)
    if command:
        page.title(COMMANDS[command].question)
    else:
        page.title("Syria's chemical weapons, September 2013: play out the dispute, and ask why")
    page.say()
    examples = [
        (f"python sim.py {'' if name == 'run' else name} {example}".replace("  ", " ").strip())
        for name in chosen
        for example in (COMMANDS[name].examples if command else COMMANDS[name].examples[:1])
    ]
    if not command:
        examples.insert(0, "python sim.py")
    for example in examples:
        page.say(example, "  ", "    ")
    page.say()
    page.say(f"Usage: python sim.py {command or '[COMMAND]'} [options]")
    if not command:
        page.say()
        page.table(("Command", "Question"), [(n, c.question) for n, c in COMMANDS.items()])
    names = [n for n in OPTIONS if not command or n in (*COMMANDS[command].options, *EVERYWHERE)]
    page.say()
    page.table(
        ("Option", "Means (default)"),
        [(f"--{name} {OPTIONS[name].value}".strip(), OPTIONS[name].means) for name in names]
        + [("-h, --version", "this help, by command; the version")],
    )


def terminal(color: str) -> Page:
    """An empty page as wide and as colourful as whoever reads it can see."""
    import os

    out = sys.stdout
    tty = out is not None and out.isatty()
    width = os.environ.get("COLUMNS", "")
    columns = int(width) if width.isdecimal() and len(width) < 5 else 0
    if not columns and tty:
        try:
            columns = os.get_terminal_size(out.fileno()).columns
        except (OSError, ValueError):
            columns = 0
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    colored = color == "always" or (color == "auto" and tty and not plain)
    return Page(min(columns or 80, 80) if columns == 0 or columns > 20 else 20, colored)


def emit(text: str) -> None:
    """Write to standard output, with plain signs for symbols that its encoding lacks."""
    out = sys.stdout
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


def run_command(argv: Sequence[str]) -> None:
    """Answer one command line on standard output; raises UsageError and OSError."""
    command, given = parse(argv)
    color = one_of("--color", given.get("color", "auto"), ("auto", "always", "never"))
    page = terminal(color)
    if "help" in given:
        named = any(word in COMMANDS for word in argv)
        help_page(page, command if named else None)
    elif "version" in given:
        page.say(f"sim.py {VERSION}")
    else:
        request = understood(command, given)
        data = COMMANDS[command].answer(request)
        if "json" in given:
            page.lines.append(as_json(data))
        else:
            COMMANDS[command].screen(page, data)
    emit("\n".join(page.lines) + "\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; returns the exit status: 0, 1 output lost, 2 bad usage, 130 Ctrl-C."""
    try:
        run_command(sys.argv[1:] if argv is None else argv)
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
    return 0


if __name__ == "__main__":
    sys.exit(main())
