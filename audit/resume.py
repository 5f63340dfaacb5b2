"""``zhaocuo audit --resume``: an interrupted run is taken up where it stopped, with the settings it was started with."""

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from audit.audits import AuditOptions, check_settings, crawl_into
from audit.errors import RunNotFound, UsageInvalid
from audit.folders import DEFAULT_OUT, SETTINGS_NAME, RunFolder, check_output, find_run
from audit.gather import CrawlOptions
from audit.new_media import read_accounts
from audit.run import JudgeSettings, stored_as_of, stored_pins
from audit.terminal import say
from crawler.errors import StoreInvalid
from crawler.store import FactsStore

_FLAGS = {"full": "--full", "allow_private": "--allow-private"}
_VALUES = {"delay": "--delay", "concurrency": "--concurrency", "max_pages": "--max-pages"}
_LISTS = {"departments": "--department", "canaries": "--canary"}


def resume_audit(name: str, options: AuditOptions) -> int:
    """Crawl on, or only judge when the crawl was finished; returns the exit code.

    ``options`` may say again what the run was started with; what contradicts it raises :class:`UsageInvalid`, all at once.
    """
    run = _run(options.data, name)
    settings = run.read_settings()
    crawl_options = _stored_options(run, settings)
    pins = stored_pins(run)
    contradictions = list(_contradictions(options, settings))
    if options.new_media is not None and read_accounts(options.new_media) != pins.new_media:
        contradictions.append("--new-media 的清单与这次运行开始时的不同；继续运行沿用原来的清单，请去掉它，或另起一次运行。")
    if contradictions:
        raise UsageInvalid("\n".join(contradictions))
    stored = settings.get("packs")
    packs = tuple(map(str, stored)) if isinstance(stored, list) else ()
    check_settings(packs, options.data)
    out = options.out or DEFAULT_OUT
    check_output(out)
    if _is_crawled(run):
        say(f"{run.path} 的抓取已经完成，不再访问网络，直接判断。")
    else:
        crawl_into(crawl_options, run)
    from audit.deadlines import load_deadlines  # noqa: PLC0415  when the crawl is over, see audits.py
    from audit.judging import judge_crawled  # noqa: PLC0415

    judging = JudgeSettings(as_of=stored_as_of(run), packs=packs, pins=pins, deadlines=load_deadlines(options.data))
    return judge_crawled(run, judging, crawl_options, out, options.data)


def _run(data: Path, name: str) -> RunFolder:
    """The run; one that was killed before it stored anything counts as well."""
    for path in (Path(name), data / "runs" / name):
        if (path / SETTINGS_NAME).is_file():
            return RunFolder(path=path.resolve())
    return find_run(data, name)


def _stored_options(run: RunFolder, settings: dict[str, Any]) -> CrawlOptions:
    """What the crawl was asked for."""
    from pydantic import TypeAdapter, ValidationError  # noqa: PLC0415  half a second that most commands can do without

    if settings.get("sampling") or settings.get("check"):
        raise UsageInvalid(f"{run.path} 只看了门户的一部分（抽样或抽查），不能继续，请重新执行 zhaocuo sample 或 check。")
    names = {item.name for item in fields(CrawlOptions)}
    try:
        options = TypeAdapter(CrawlOptions).validate_python({key: value for key, value in settings.items() if key in names})
    except ValidationError as error:
        raise RunNotFound(f"{run.path} 的设置由另一个版本的程序写成，无法继续，请重新执行 zhaocuo audit。") from error
    if not options.articles:
        raise UsageInvalid(f"{run.path} 是 zhaocuo discover 的运行，只看了栏目，不能继续成检查，请执行 zhaocuo audit。")
    return options


def _is_crawled(run: RunFolder) -> bool:
    if not run.facts.is_file():
        return False
    try:
        with FactsStore.open(run.facts) as store:
            return store.get_meta("run") is not None
    except StoreInvalid:
        # Killed while the file was made: there is nothing in it to lose.
        if run.facts.stat().st_size:
            raise
        return False


def _contradictions(options: AuditOptions, settings: dict[str, Any]) -> Iterator[str]:
    """One sentence for each word that asks for something else than the run was started with."""
    if options.target is not None and not _is_same_target(options.target, str(settings.get("start_url"))):
        yield f"这次运行检查的是 {settings.get('start_url')}，不是 {options.target}；继续运行时不必再给网址。"
    given: dict[str, tuple[Any, Any]] = {
        word: (getattr(options, name), settings.get(name))
        for names in (_FLAGS, _VALUES, _LISTS)
        for name, word in names.items()
        if getattr(options, name) or (name in _VALUES and getattr(options, name) is not None)
    }
    if not options.browser:
        given["--no-browser"] = (False, settings.get("browser"))
    if options.packs:
        given["--pack"] = (options.packs, settings.get("packs"))
    if options.as_of is not None:
        given["--as-of"] = (options.as_of.isoformat(), settings.get("as_of"))
    for word, (wanted, stored) in given.items():
        if _plain(wanted) != _plain(stored):
            yield f"{word} 与这次运行开始时的设置（{_shown(stored)}）不同；继续运行沿用原来的设置，请去掉它，或另起一次运行。"


def _is_same_target(target: str, start_url: str) -> bool:
    if Path(target).is_file():
        return True  # the corrections of a portal.yaml were stored with the run
    asked = urlsplit(target if "://" in target else f"http://{target}")
    stored = urlsplit(start_url)
    return (asked.netloc, asked.path.rstrip("/")) == (stored.netloc, stored.path.rstrip("/"))


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _shown(value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return "有" if value else "没有给出"
    return "、".join(map(str, value)) or "没有给出" if isinstance(value, list | tuple) else str(value)
