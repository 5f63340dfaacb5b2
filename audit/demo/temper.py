"""The odd addresses of links.yaml: what refers to them, and how they answer."""

from collections.abc import Callable, Mapping

from audit.demo.answers import HTML, Answer, Behaviour, outside_url
from audit.demo.content import Extra
from audit.demo.files import CONTENT_TYPES, make_file
from audit.demo.plan import AnswerPlan, LinkPlan, Plan

DrawPage = Callable[[str, str, str], bytes]
"""Template, address and title to a page."""


def extras_by_place(plan: Plan) -> Mapping[str, tuple[Extra, ...]]:
    """What links.yaml puts where, by the words of ``on``."""
    places: dict[str, list[Extra]] = {}
    for link in plan.links:
        href = outside_url(link.path) if link.path.startswith("//") else link.path
        places.setdefault(link.on, []).append(Extra(shows=link.shows, text=link.text, href=href))
    return {place: tuple(extras) for place, extras in places.items()}


def odd_answers(plan: Plan, draw: DrawPage) -> dict[str, Answer]:
    """Answers by path; paths of other hosts keep their ``//host``. Absent addresses have none."""
    answered = ((link, link.answer) for link in plan.links)
    return {link.path: _answer(link, answer, draw) for link, answer in answered if answer is not None and not answer.absent}


def _answer(link: LinkPlan, plan: AnswerPlan, draw: DrawPage) -> Answer:
    headers = {} if plan.retry_after is None or plan.first else {"Retry-After": str(plan.retry_after)}
    behaviour = Behaviour(
        delay=plan.delay,
        close=plan.close,
        head_refused=plan.head_refused,
        stream=plan.stream,
        first=tuple(_refusal(status, plan.retry_after) for status in plan.first),
    )
    if plan.redirect:
        target = outside_url(plan.redirect) if plan.redirect.startswith("//") else plan.redirect
        status = plan.status if plan.status != 200 else 302
        return Answer(status=status, headers={"Location": target}, behaviour=behaviour)
    content_type, body = _body(link, plan, draw)
    return Answer(status=plan.status, content_type=content_type, headers=headers, body=body, behaviour=behaviour)


def _body(link: LinkPlan, plan: AnswerPlan, draw: DrawPage) -> tuple[str, bytes]:
    ending = link.path.rpartition(".")[2]
    if plan.empty or plan.page_instead:
        return CONTENT_TYPES[ending], b"" if plan.empty else draw("plain", link.path, link.text)
    if plan.document:
        made = make_file(ending, plan.lines or [link.text])
        return CONTENT_TYPES[ending], made[: len(made) // 2] if plan.torn else made
    if plan.stream:
        return CONTENT_TYPES[ending], b""
    kinds = (("plain", plan.page), ("login", plan.login), ("wall", plan.wall), ("sorry", plan.sorry))
    template = next((name for name, chosen in kinds if chosen), None)
    if template == "plain" and link.path.startswith("//"):
        template = "outside"
    return HTML, draw(template, link.path, plan.title or link.text) if template else b""


def _refusal(status: int, retry_after: int | None) -> Answer:
    if status == 0:
        return Answer(behaviour=Behaviour(close=True))
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return Answer(status=status, headers=headers)
