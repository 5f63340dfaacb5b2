"""The portal's 单位: lists of several pages merged into one, each name once."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from crawler.addresses import host_of, page_key
from crawler.assembly.index import Lister, PageIndex
from crawler.assembly.names import bare_name, is_government, name_key
from crawler.assembly.official import shortens
from crawler.extractors.unit_links import unit_kind
from crawler.facts import PageFacts, PageKind, UnitKind, UnitLink
from crawler.vocabulary import load

MIN_MEMBERS = 3
_FRONT_NAMES = frozenset({"index", "default", "home", "main"})
"""Front pages whose address bears no ending (``/czj/gkmlpt/index``) stand for their folder."""


@dataclass(slots=True, kw_only=True)
class UnitDraft:
    """A 单位 while it is put together."""

    key: str
    name: str
    kind: UnitKind
    group: str = ""
    url: str | None = None
    listed_on: str = ""
    listed_for_disclosure: bool = False
    aliases: list[str] = field(default_factory=list)
    doors: list[str] = field(default_factory=list)
    """Further addresses that the same list gives: those of its columns."""
    listers: set[str] = field(default_factory=set)
    """Addresses of all pages that list it."""


def gather_units(index: PageIndex, home: PageFacts | None, xxgk: PageFacts | None, region: str) -> list[UnitDraft]:
    """All 单位 of the portal's own lists in the order of the best list; the government itself is not among them."""
    listers = _ranked(index.listers, home, xxgk, region)
    drafts: dict[str, UnitDraft] = {}
    for rank, lister in listers:
        for member in lister.members:
            _add(drafts, member, lister, region, for_disclosure=rank >= _DISCLOSURE)
    return list(drafts.values())


_DISCLOSURE, _ORGANS, _HOME, _OTHER = 3, 2, 1, 0


def _ranked(listers: Iterable[Lister], home: PageFacts | None, xxgk: PageFacts | None, region: str) -> list[tuple[int, Lister]]:
    """Listers worth believing, best first; a 单位's own page that lists its branches or its neighbours is none."""
    words = load("assembly")
    xxgk_key = page_key(xxgk.url) if xxgk else ""
    home_key = page_key(home.url) if home else ""
    all_members = {name_key(member.name, region) for lister in listers for member in lister.members}
    ranked: list[tuple[int, Lister]] = []
    for lister in listers:
        if len(lister.members) < MIN_MEMBERS:
            continue
        key = page_key(lister.url)
        if key == xxgk_key:
            rank = _DISCLOSURE
        elif key == home_key:
            rank = _HOME
        elif name_key(lister.name, region) in all_members:
            continue
        elif any(word in lister.name for word in words["disclosure_list_names"]):
            rank = _DISCLOSURE
        elif any(word in lister.name for word in words["organ_list_names"]):
            rank = _ORGANS
        else:
            rank = _OTHER
        ranked.append((rank, lister))
    ranked.sort(key=lambda pair: (-pair[0], pair[1].kind is PageKind.LIST, pair[1].depth, -len(pair[1].members), pair[1].url))
    trusted = [pair for pair in ranked if pair[0] > _OTHER]
    return trusted or ranked[:1]


def _add(drafts: dict[str, UnitDraft], member: UnitLink, lister: Lister, region: str, *, for_disclosure: bool) -> None:
    name = bare_name(member.name)
    if not name or is_government(name, region):
        return
    if member.url is not None and host_of(member.url) != host_of(lister.url) and not _same_site(member.url, lister.url):
        return
    key = name_key(name, region)
    draft = drafts.get(key) or _abbreviated(drafts.values(), key, member.url)
    if draft is None:
        drafts[key] = UnitDraft(
            key=key,
            name=name,
            kind=unit_kind(name, member.group),
            group=member.group,
            url=member.url,
            listed_on=lister.url,
            listed_for_disclosure=for_disclosure,
            listers={lister.url},
        )
        return
    draft.listers.add(lister.url)
    if member.url is not None and member.url != draft.url and lister.url == draft.listed_on and name == draft.name:
        draft.doors.append(member.url)
    if name != draft.name and name not in draft.aliases:
        draft.aliases.append(name)
    if draft.url is None and member.url is not None and (for_disclosure or not draft.listed_for_disclosure):
        draft.url, draft.listed_on = member.url, lister.url
    draft.listed_for_disclosure = draft.listed_for_disclosure or for_disclosure


def _abbreviated(drafts: Iterable[UnitDraft], key: str, url: str | None) -> UnitDraft | None:
    """The 单位 at the same address of whose name ``key`` is a short form, or the other way round: 市场监管局, 市场监督管理局."""
    if url is None:
        return None
    here = (draft for draft in drafts if draft.url == url and draft.key[:1] == key[:1])
    return next((draft for draft in here if shortens(*sorted((key, draft.key), key=len))), None)


def _same_site(url: str, other: str) -> bool:
    """Whether both hosts share the portal's domain: ``czj.xx.gov.cn`` and ``www.xx.gov.cn``."""
    first, second = host_of(url).split(":")[0], host_of(other).split(":")[0]
    return first == second or first.endswith("." + second) or second.endswith("." + first)


def url_prefixes(urls: Sequence[tuple[str, str | None]], shared_hosts: Iterable[str] = ()) -> dict[str, tuple[str, ...]]:
    """For each (key, page address): the prefixes that are its own and nobody else's.

    A page in a folder of its own owns the folder; pages side by side in one folder own their stem: ``/bm/czj.html``
    owns ``/bm/czj``. A 单位 that has a host to itself owns all of it, unless the host is one of ``shared_hosts`` (the
    portal's): on many sites pages lie flat, and nothing in their addresses goes back to the 单位's own page.
    """
    stems = {key: folder_or_stem(url) for key, url in urls if url}
    residents = Counter(host_of(stem) for stem in stems.values())
    residents.update(shared_hosts)
    prefixes: dict[str, tuple[str, ...]] = {}
    for key, prefix in stems.items():
        clash = any(other != key and (stem.startswith(prefix)) for other, stem in stems.items())
        own_host = residents[host_of(prefix)] == 1
        prefixes[key] = (f"{prefix.split('://', 1)[0]}://{host_of(prefix)}/",) if own_host else () if clash else (prefix,)
    return prefixes


def folder_or_stem(url: str) -> str:
    """``/a/b/`` of ``/a/b/index.html`` and ``/a/b/index``; ``/a/b`` of ``/a/b.html``; with a query, the whole address."""
    bare, mark, query = url.partition("?")
    folded = page_key(bare)
    scheme = bare.split("://", 1)[0]
    if mark:
        return f"{scheme}://{folded}?{query}"
    if folded.endswith("/"):
        return f"{scheme}://{folded}"
    head, _, last = folded.rpartition("/")
    if last in _FRONT_NAMES:
        return f"{scheme}://{head}/"
    stem, dot, _ = last.rpartition(".")
    return f"{scheme}://{head}/{stem if dot else last}"
