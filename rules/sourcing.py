"""What a clause or rule rests on, in words: document, 文号, article, how sure, and what it costs."""

from rules.model import Clause, ClauseKind, Pack, Rule, Source, Sureness
from rules.words import word


def source_words(source: Source) -> str:
    """Document, 文号 and article in one line."""
    number = f"（{source.number}）" if source.number else ""
    return " ".join(part for part in (f"《{source.document}》{number}", source.article) if part)


def source_for(pack: Pack, rule: Rule) -> Source:
    """The rule's own source, else its clause's, else the pack's."""
    clause = pack.clause_of(rule.id)
    return rule.source or (clause.source if clause else pack.source)


def amount_words(clause: Clause) -> str:
    """What the clause takes: only amounts checked against the document stand as such, the rest are 本地设定."""
    if clause.kind is ClauseKind.VETO:
        counted = "一级栏目" if clause.counts == "top_level" else ""
        return f"{counted}累计 {clause.fail_at} 个以上即否决" if clause.fail_at > 1 else "出现即否决"
    if clause.points is None:
        return "不计分"
    each = f"，每处 {clause.per_finding:g} 分" if clause.per_finding is not None else ""
    local = "" if clause.points_sureness is Sureness.VERIFIED else "，本地设定"
    return f"最多 {clause.points:g} 分{each}{local}"


def clause_words(clause: Clause) -> str:
    return f"{clause.id} {clause.title}（{word('kinds', clause.kind)}，{amount_words(clause)}）"
