"""Findings as a scorecard shows them: one card each, grouped by rule, the most urgent first."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from reports import figures, labels
from reports.addresses import Address, address
from reports.quotes import Quote, make_quotes
from reports.result import FindingLine
from reports.room import Room, html_bytes
from reports.text import cut, shorten

MAX_QUOTES = 3
MAX_PLACES = 10
MANY = 100
"""With more findings than that a card has ``FEW_PLACES`` only: evidence for all is worth more than places for some."""
FEW_PLACES = 3
MAX_FOLDED = 50
"""Lines of one card."""
MAX_CARD_BYTES = 2_600_000
"""All cards of one scorecard together; cards after that come without evidence and places."""
MAX_BRIEF_BYTES = 1_000_000
"""All cards without evidence; what is still left is counted and said."""
CARD_MARKUP_BYTES = 800
BRIEF_MARKUP_BYTES = 700
LINE_MARKUP_BYTES = 110
"""Tags around the texts, measured on the templates; a test holds the page size."""
NO_MESSAGE = "（没有说明）"
UNLINKED_PACKS = frozenset({"content-security"})
"""Targets of hidden or hijacked links are shown as text: nobody should open them from a report by accident."""

_OUTCOMES = ("failed", "lead", "waived")
_KINDS = ("veto", "deduction", "informative", "bonus")
_ANCHOR = regex.compile(r"[^A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """A finding about an entry of the column that a card is about: one line of that card."""

    anchor: str
    number: str
    title: str
    """Of its rule."""
    subject: str
    address: Address | None
    points: str
    """What it takes off, in words; empty: nothing."""
    ticket: str
    ticket_state: str
    due: str | None
    asked: bool
    provisional: bool
    overdue: bool
    change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    anchor: str
    number: str
    outcome: str
    kind: str
    badge: str
    message: str
    subject: str
    address: Address | None
    basis: str
    """Clause and document in one line."""
    sureness: str
    official: bool
    remedy: str
    due: str | None
    asked: bool
    """Whether it is the 单位's turn to do something."""
    due_left: str
    """Calendar days left or past, in words."""
    provisional: bool
    """The day may still move: the holidays of its year are not announced."""
    overdue: bool
    points: str | None
    points_note: str
    """本地设定 where no official text gives the amount."""
    count: int
    quotes: tuple[Quote, ...]
    quotes_left: int
    places: tuple[Address, ...]
    """Pages that hold the fault, or samples of the subjects folded into this finding."""
    places_total: int
    brief: bool
    """Without evidence and places, for want of room."""
    change: str
    """``new``, ``still``, ``reopened``; empty where there is no earlier run to compare with."""
    change_word: str
    first_seen: str
    """Day; empty where it is not known or is the day of this audit."""
    ticket: str
    ticket_state: str
    ticket_note: str
    """What the ticket's state means for whoever reads the card."""
    rule: str
    fingerprint: str
    folded: tuple[Folded, ...] = ()
    folded_total: int = 0

    @property
    def changes(self) -> str:
        """What became of it and of what is folded into it, for the filter."""
        return " ".join(dict.fromkeys(filter(None, (self.change, *(line.change for line in self.folded)))))

    @property
    def any_overdue(self) -> bool:
        return self.overdue or any(line.overdue for line in self.folded)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """All findings of one rule and outcome."""

    anchor: str
    rule: str
    title: str
    outcome: str
    kind: str
    badge: str
    rationale: str
    total: int
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards:
    groups: tuple[Group, ...]
    total: int
    brief: int
    left_out: int


def urgency(finding: FindingLine) -> tuple[object, ...]:
    """Problems before leads, vetoes first, then what is due first, then what costs most."""
    return (
        _OUTCOMES.index(finding.outcome),
        _KINDS.index(finding.clause_kind),
        finding.due or "9999",
        -(finding.points or 0),
        finding.rule,
        finding.url,
        finding.fingerprint,
        finding.number,
    )


def is_overdue(finding: FindingLine, as_of: str) -> bool:
    """Only problems have a day to keep, while it is the 单位's turn; the audit date itself is still in time."""
    left = figures.days_between(as_of, finding.due)
    return is_asked(finding) and left is not None and left < 0


def is_asked(finding: FindingLine) -> bool:
    """Whether it is the 单位's turn: a reply, an appeal and a waiver stop the clock."""
    return finding.outcome == "failed" and finding.ticket_state not in labels.WAITING


def badge(finding: FindingLine) -> str:
    """What weight it has: the clause's kind for problems, the outcome for everything else."""
    return (labels.CLAUSE_KIND if finding.outcome == "failed" else labels.OUTCOME)[
        finding.clause_kind if finding.outcome == "failed" else finding.outcome
    ]


def basis(finding: FindingLine) -> str:
    clause = f"{finding.clause_title}（{finding.clause}）" if finding.clause_title else finding.clause
    return "；".join(part for part in (clause, finding.source) if part)


def anchors(findings: Sequence[FindingLine]) -> list[str]:
    """HTML ids made of the stable numbers; alike ones get digits of the fingerprint, then a count."""
    wanted = [_ANCHOR.sub("", finding.number)[:40] or "F" for finding in findings]
    seen = Counter(wanted)
    taken: Counter[str] = Counter()
    result = []
    for finding, base in zip(findings, wanted, strict=True):
        unique = base if seen[base] == 1 else f"{base}-{_digest(finding.fingerprint)}"
        taken[unique] += 1
        result.append(unique if taken[unique] == 1 else f"{unique}.{taken[unique]}")
    return result


def make_cards(findings: Sequence[FindingLine], as_of: str) -> Cards:
    """Cards of one 单位 within the room a page has; nothing is left out without being counted."""
    ordered = sorted(findings, key=urgency)
    places = MAX_PLACES if len(ordered) <= MANY else FEW_PLACES
    full, brief = Room(MAX_CARD_BYTES), Room(MAX_BRIEF_BYTES)
    grouped: dict[tuple[str, str, str], list[Card]] = {}
    firsts: dict[tuple[str, str, str], FindingLine] = {}
    totals: Counter[tuple[str, str, str]] = Counter()
    named = list(zip(ordered, anchors(ordered), strict=True))
    folded = _folded(named, as_of)
    inside = {line.anchor for lines in folded.values() for line in lines}
    for finding, anchor in named:
        if anchor in inside:
            continue
        key = (finding.outcome, finding.clause_kind, finding.rule)
        totals[key] += 1
        lines = folded.get(finding.fingerprint, ())
        card = _with(make_card(finding, anchor, as_of, places=0 if full.is_full else places), lines)
        if not card.brief and not full.take(_cost(card)):
            card = _with(make_card(finding, anchor, as_of, places=0), lines)
        if card.brief and not brief.take(_cost(card)):
            continue
        firsts.setdefault(key, finding)
        grouped.setdefault(key, []).append(card)
    groups = tuple(_group(firsts[key], cards, totals[key]) for key, cards in grouped.items())
    shown = [card for group in groups for card in group.cards]
    told = len(shown) + sum(card.folded_total for card in shown)
    return Cards(groups=groups, total=len(ordered), brief=sum(card.brief for card in shown), left_out=len(ordered) - told)


def _folded(named: Sequence[tuple[FindingLine, str]], as_of: str) -> dict[str, list[Folded]]:
    """Lines by fingerprint of the finding that they are shown with, where that one is on the card too."""
    there = {(finding.fingerprint, finding.outcome) for finding, _ in named if not finding.told_with}
    found: dict[str, list[Folded]] = {}
    for finding, anchor in named:
        if (finding.told_with, finding.outcome) in there:
            found.setdefault(finding.told_with, []).append(_line(finding, anchor, as_of))
    return found


def _line(finding: FindingLine, anchor: str, as_of: str) -> Folded:
    card = make_card(finding, anchor, as_of, places=0)
    return Folded(
        anchor=anchor,
        number=card.number,
        title=shorten(finding.rule_title, 120),
        subject=card.subject,
        address=card.address,
        points=f"扣 {card.points} 分{card.points_note}" if card.points else "",
        ticket=card.ticket,
        ticket_state=card.ticket_state,
        due=card.due,
        asked=card.asked,
        provisional=card.provisional,
        overdue=card.overdue,
        change=card.change,
    )


def _with(card: Card, lines: Sequence[Folded]) -> Card:
    """``card`` with its folded lines; a brief one only counts them."""
    return replace(card, folded=tuple(lines[: 0 if card.brief else MAX_FOLDED]), folded_total=len(lines)) if lines else card


def _group(first: FindingLine, cards: Sequence[Card], total: int) -> Group:
    return Group(
        anchor=f"rule-{_digest(f'{first.outcome}/{first.clause_kind}/{first.rule}')}",
        rule=cut(first.rule, 80),
        title=shorten(first.rule_title, 120),
        outcome=first.outcome,
        kind=first.clause_kind,
        badge=badge(first),
        rationale=shorten(first.rationale),
        total=total,
        cards=tuple(cards),
    )


def make_card(finding: FindingLine, anchor: str, as_of: str, *, places: int) -> Card:
    """``places``: how many addresses it may list; 0 makes a brief card, without evidence."""
    brief = not places
    linked = finding.pack not in UNLINKED_PACKS
    found_on = finding.found_on or finding.samples
    left = figures.days_between(as_of, finding.due)
    return Card(
        anchor=anchor,
        number=cut(finding.number, 40),
        outcome=finding.outcome,
        kind=finding.clause_kind,
        badge=badge(finding),
        message=shorten(finding.message, 300 if brief else 600) or shorten(finding.rule_title, 120) or NO_MESSAGE,
        subject=shorten(finding.subject, 200),
        address=address(finding.url, linked=linked) if finding.url else None,
        basis=shorten(basis(finding), 300),
        sureness=labels.word(labels.SURENESS, finding.source_sureness),
        official=finding.source_sureness == "V",
        remedy="" if brief else shorten(finding.remediation, 400),
        due=figures.iso(finding.due) if finding.due else None,
        asked=is_asked(finding),
        due_left=figures.days_left(left) if is_asked(finding) else "",
        provisional=bool(finding.due) and finding.due_provisional,
        overdue=is_overdue(finding, as_of),
        points=figures.points(finding.points) if finding.points else None,
        points_note="" if finding.points_official else "（本地设定）",
        count=finding.count,
        quotes=() if brief else make_quotes(finding.evidence[:MAX_QUOTES], finding.message, finding.url, linked=linked),
        quotes_left=0 if brief else max(0, len(finding.evidence) - MAX_QUOTES),
        places=() if brief else tuple(address(url, linked=linked) for url in found_on[:places]),
        places_total=max(len(found_on), finding.found_on_count if finding.found_on else finding.count if found_on else 0),
        brief=brief,
        change=finding.change,
        change_word=labels.CHANGE.get(finding.change, ""),
        first_seen=figures.iso(finding.first_seen) if finding.first_seen not in (None, as_of) else "",
        ticket=cut(finding.ticket, 40),
        ticket_state=cut(finding.ticket_state, 20),
        ticket_note=labels.TICKET_NOTE.get(finding.ticket_state, ""),
        rule=cut(finding.rule, 80),
        fingerprint=cut(finding.fingerprint, 64),
    )


def _cost(card: Card) -> int:
    """About as many bytes as the card's HTML has; never less than its texts."""
    texts = [card.message, card.subject, card.basis, card.remedy, card.number * 3, card.rule, card.sureness]
    texts += [text for line in card.folded for text in (line.subject, line.number * 2, line.title, line.points, line.ticket)]
    addresses = [
        *card.places,
        *(line.address for line in card.folded if line.address),
        *(quote.address for quote in card.quotes if quote.address),
        *([card.address] if card.address else []),
    ]
    texts += [text for item in addresses for text in (item.text, item.href or "")]
    texts += [text for quote in card.quotes for text in (quote.text, quote.place, quote.capture, quote.screenshot)]
    lines = (
        len(addresses)
        + len(card.folded) * 2
        + len(card.quotes) * 2
        + sum(part.marked for quote in card.quotes for part in quote.parts)
    )
    markup = BRIEF_MARKUP_BYTES if card.brief else CARD_MARKUP_BYTES
    return markup + LINE_MARKUP_BYTES * lines + html_bytes(*texts)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:6]
