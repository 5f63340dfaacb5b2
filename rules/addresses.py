"""Addresses as judging sees them: one spelling for one page, hosts, folders."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

from crawler.facts import bare_url

_INDEX_NAME = re.compile(r"/(?:index|default)\.(?:s?html?|jspx?|aspx?|php|do)(?=$|[?#])", re.IGNORECASE)
_DEFAULT_PORT = re.compile(r":(?:80|443)$")


@lru_cache(maxsize=16_384)
def canonical(url: str) -> str:
    """``url`` in the spelling of fingerprints: scheme, ``www.``, case of the host, default port and index names fold."""
    bare = url.strip().split("://", 1)[-1]
    host, slash, rest = bare.partition("/")
    host = _DEFAULT_PORT.sub("", bare_url(host.lower()))
    return _INDEX_NAME.sub("/", f"{host}/{rest}" if slash else f"{host}/", count=1)


@lru_cache(maxsize=16_384)
def host_of(url: str) -> str:
    """Host in lower case without ``www.`` and default port; "" when there is none."""
    try:
        return _DEFAULT_PORT.sub("", bare_url(urlsplit(url).netloc.rpartition("@")[2].lower()))
    except ValueError:
        return ""


def folder_of(url: str, depth: int) -> str:
    """Host and at most ``depth`` leading folders without digits: the section that a person would name.

    The front page of a folder lies in the folder above: the pages of thirty 单位 side by side are one list.
    Date and id folders (``/2018-07-23/``, ``/202607/``) change with every article and would make a group of each.
    """
    host, *path = canonical(url).partition("?")[0].rstrip("/").split("/")
    folders = path[:-1]
    kept = []
    for folder in folders[:depth]:
        if any(char.isdigit() for char in folder):
            break
        kept.append(folder)
    return "/".join([host, *kept]) + "/"
