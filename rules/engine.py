"""The engine: one pass over the facts, every rule on every subject as it goes by."""

import logging
import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from crawler.facts import ColumnFacts, Entry, PageFacts, SiteFacts
from rules.addresses import canonical
from rules.filed_reports import as_pages
from rules.model import CheckReturn, Context, Evaluation, Judgement, Outcome, Pack, Subject, Watch
from rules.outcomes import Outcomes, PreparedRule
from rules.pages import is_report
from rules.registry import PageChoice, Survey, checks
from rules.wording import say
from rules.words import sentence, words

log = logging.getLogger(__name__)

_WITHOUT_SUBJECTS = {Subject.DEPARTMENT: "no_departments", Subject.COLUMN: "no_columns"}


@dataclass(slots=True)
class _Asked:
    """A rule on pages under way."""

    prepared: PreparedRule
    ask: Callable[[PageFacts], CheckReturn]
    """What is asked of a page for it."""
    plain: bool
    """Of what passes nothing is remembered but the number."""
    passed: dict[str | None, int] = field(default_factory=dict)
    """Pages that passed, by 单位."""


def evaluate(facts: SiteFacts, packs: Sequence[Pack], audit_date: date, watch: Watch | None = None) -> Evaluation:
    """Judge one run's facts. Same facts, packs and date give the same evaluation, whatever order the facts come in.

    A void run fails nothing: every rule is untested. A check that raises is ``error`` for that subject and the rest goes on.
    What is said of the subjects of ``watch`` stands in ``Evaluation.looks``; it changes nothing else.
    """
    words()  # read before judging: no check reads a file
    prepared = [
        PreparedRule.of(rule, checks()[rule.check], pack.clause_of(rule.id))
        for pack in sorted(packs, key=lambda pack: pack.id)
        for rule in sorted(pack.rules, key=lambda rule: rule.id)
    ]
    return _Pass(facts, prepared, audit_date, Outcomes(watch)).run()


class _Pass:
    """One evaluation under way."""

    def __init__(self, facts: SiteFacts, prepared: Sequence[PreparedRule], audit_date: date, outcomes: Outcomes) -> None:
        self.facts = facts
        self.prepared = prepared
        self.outcomes = outcomes
        self.departments = {department.name: department for department in facts.departments()}
        self.context = Context(facts=facts, audit_date=audit_date, departments=self.departments)
        self.any_column = False
        self.owned: tuple[str, str | None] | None = None
        """Address asked for last, and its owner."""

    def run(self) -> Evaluation:
        if self.facts.run.void is not None:
            self._void(self.facts.run.void)
        else:
            self._columns()
            self._departments()
            self._portal()
            self._pages()
            self._links()
            self._attachments()
            self._without_subjects()
        return self.outcomes.evaluation()

    def _rules_on(self, subject: Subject) -> list[PreparedRule]:
        return [prepared for prepared in self.prepared if prepared.check.subject is subject]

    def _columns(self) -> None:
        """Judge the columns and keep those that checks of other subjects need."""
        rules = self._rules_on(Subject.COLUMN)
        needed = frozenset().union(*(prepared.check.needs for prepared in self.prepared))
        gathered: dict[tuple[str | None, str], list[ColumnFacts]] = {}
        for column in self.facts.columns():
            self.any_column = True
            for prepared in rules:
                self._judge(prepared, column, column.url, column.department)
            for kind in needed.intersection(_kinds(column)):
                gathered.setdefault((column.department, kind), []).append(column)
        columns = {key: tuple(sorted(found, key=lambda column: (column.url, column.path))) for key, found in gathered.items()}
        listed = _listed(column for key in sorted(columns, key=str) for column in columns[key])
        self.context = Context(
            facts=self.facts,
            audit_date=self.context.audit_date,
            departments=self.departments,
            columns=columns,
            listed=listed,
        )

    def _departments(self) -> None:
        for prepared in self._rules_on(Subject.DEPARTMENT):
            for department in self.departments.values():
                self._judge(prepared, department, department.url or department.listed_on, department.name)

    def _portal(self) -> None:
        for prepared in self._rules_on(Subject.PORTAL):
            self._judge(prepared, self.facts, self.facts.portal.url, None)

    def _pages(self) -> None:
        """Judge every page as it goes by; surveys have their say once more when all were seen."""
        rules = self._rules_on(Subject.PAGE)
        if not rules:
            return
        surveys: list[tuple[PreparedRule, Survey]] = []
        concerned: dict[PageChoice | None, list[_Asked]] = {}
        for prepared in rules:
            check, params = prepared.check, prepared.rule.params
            asked: Callable[[PageFacts], CheckReturn] = partial(_ask, check.judge, params, self.context)
            if check.survey is not None:
                survey = check.survey(params, self.context)
                surveys.append((prepared, survey))
                asked = survey.see
            plain = Outcome.PASSED in check.fields and not self.outcomes.is_watched(prepared.rule.id)
            concerned.setdefault(check.pages, []).append(_Asked(prepared, asked, plain))
        for page in self.facts.pages():
            for choice, all_asked in concerned.items():
                self._page(page, choice, all_asked)
            for folded in as_pages(page):
                self._page(folded, is_report, concerned.get(is_report, []))
        for asked_of in (asked_of for all_asked in concerned.values() for asked_of in all_asked):
            self.outcomes.count_passed(asked_of.prepared, asked_of.passed)
        for prepared, survey in surveys:
            self._hear(prepared, _end, survey, self.facts.portal.url, None)

    def _page(self, page: PageFacts, choice: PageChoice | None, all_asked: Iterable[_Asked]) -> None:
        """Most checks are about articles, or about whole pages: what a page is, is asked once for all of them.

        Most pages pass: that is counted here, and all else goes the way of every judgement.
        """
        try:
            if choice is not None and not choice(page):
                return
        except Exception as error:  # noqa: BLE001 – see _hear
            for asked in all_asked:
                self._broken(asked.prepared, error, page.url, None)
            return
        for asked in all_asked:
            try:
                answer = asked.ask(page)
                if answer is None:
                    continue
                if asked.plain and answer.__class__ is Judgement and answer.outcome is Outcome.PASSED and answer.last_day is None:
                    owner = answer.department
                    if owner is None and not answer.of_template:
                        owner = self._owner(answer.url or page.url)
                    asked.passed[owner] = asked.passed.get(owner, 0) + 1
                    continue
            except Exception as error:  # noqa: BLE001 – see _hear
                self._broken(asked.prepared, error, page.url, None)
                continue
            self._hear(asked.prepared, partial(_answered, answer), page, page.url, None)

    def _links(self) -> None:
        if rules := self._rules_on(Subject.LINK):
            for link in self.facts.links():
                for prepared in rules:
                    self._judge(prepared, link, link.url, link.department)

    def _attachments(self) -> None:
        """Attachments of the portal, for the checks of pages and links that look into them as well."""
        if rules := [prepared for prepared in self.prepared if prepared.check.attachments]:
            for attachment in self.facts.attachments():
                for prepared in rules:
                    self._judge(prepared, attachment, attachment.url, attachment.department)

    def _judge(self, prepared: PreparedRule, subject: Any, url: str, department: str | None) -> None:
        asked = partial(_ask, prepared.check.judge, prepared.rule.params, self.context)
        self._hear(prepared, asked, subject, url, department)

    def _hear(
        self, prepared: PreparedRule, asked: Callable[[Any], CheckReturn], subject: Any, url: str, department: str | None
    ) -> None:
        try:
            answer = asked(subject)
            if answer is None:
                return
            for judgement in (answer,) if isinstance(answer, Judgement) else answer:
                if judgement.outcome not in prepared.check.fields and judgement.outcome is not Outcome.INAPPLICABLE:
                    raise ValueError(f"check {prepared.check.name} declares no outcome {judgement.outcome}")  # noqa: TRY301 – same fate as any mistake of a check
                owner = judgement.department or department
                if owner is None and prepared.check.subject is Subject.PAGE and not judgement.of_template:
                    owner = self._owner(judgement.url or url)
                self.outcomes.add(prepared, judgement, owner)
        except Exception as error:  # noqa: BLE001 – one broken check must not end the audit
            self._broken(prepared, error, url, department)

    def _broken(self, prepared: PreparedRule, error: Exception, url: str, department: str | None) -> None:
        kind = type(error).__name__
        frames = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(traceback.extract_tb(error.__traceback__)))
        log.error("rules/check-error rule=%s type=%s at=%s", prepared.rule.id, kind, frames)  # the error's text may quote a page
        self.outcomes.error(prepared, kind, url, department)

    def _owner(self, url: str) -> str | None:
        """Owner of a page; all rules on a page ask for the same one."""
        if self.owned is None or url != self.owned[0]:
            self.owned = (url, self.facts.owner(url))
        return self.owned[1]

    def _without_subjects(self) -> None:
        """A rule that met no subject: the reason decides whether that is fine, inapplicable or simply not seen."""
        met = {Subject.DEPARTMENT: bool(self.departments), Subject.COLUMN: self.any_column}
        for prepared in self.prepared:
            if prepared.rule.id in self.outcomes.judged:
                continue
            if not met.get(prepared.check.subject, True):
                said = say(sentence(_WITHOUT_SUBJECTS[prepared.check.subject]), {"title": prepared.rule.title})
                self.outcomes.note(prepared, Outcome.UNTESTED, said)
            elif prepared.check.only_faults and self.facts.run.pages_fetched:
                self.outcomes.count_only(prepared, Outcome.PASSED)
            else:
                self.outcomes.count_only(prepared, Outcome.INAPPLICABLE)

    def _void(self, reason: str) -> None:
        for prepared in self.prepared:
            said = say(sentence("void"), {"title": prepared.rule.title, "reason": reason.rstrip("。")})
            for_units = prepared.check.subject in {Subject.DEPARTMENT, Subject.COLUMN}
            for department in (None, *self.departments) if for_units else (None,):
                self.outcomes.note(prepared, Outcome.UNTESTED, said, department)


def _kinds(column: ColumnFacts) -> tuple[str, ...]:
    """Under what a column is gathered: its type, and ``statutory`` if it serves an item of 条例 art. 20, whatever its type."""
    return (column.column_type, "statutory") if column.statutory_items else (column.column_type,)


def _end(survey: Survey) -> CheckReturn:
    return survey.end()


def _answered(answer: CheckReturn, page: PageFacts) -> CheckReturn:  # noqa: ARG001 – what was asked already
    return answer


def _ask(judge: Callable[[Any, Any, Any], CheckReturn], params: Any, context: Context, subject: Any) -> CheckReturn:
    return judge(subject, params, context)


def _listed(columns: Iterable[ColumnFacts]) -> dict[str, tuple[ColumnFacts, Entry]]:
    """Entries by address; the column met first keeps an entry that several list."""
    found: dict[str, tuple[ColumnFacts, Entry]] = {}
    for column in columns:
        for entry in column.entries:
            if entry.url:
                found.setdefault(canonical(entry.url), (column, entry))
    return found
