"""The names and words by which the parts of a page are told, ready for use."""

import re
from functools import cache
from typing import Literal

from crawler.vocabulary import load

Region = Literal["head", "nav", "main", "foot"]


class RegionWords:
    """Compiled patterns of ``regions.yaml``."""

    def __init__(self) -> None:
        words = load("regions")
        self.head, self.nav, self.foot = (re.compile(words[name]) for name in ("head", "nav", "foot"))
        self.not_foot, self.weak_foot = re.compile(words["not_foot"]), re.compile(words["weak_foot"])
        self.not_head, self.content = re.compile(words["not_head"]), re.compile(words["content"])
        self.head_block = re.compile(words["head_block"])
        self.breadcrumb = re.compile(words["breadcrumb"])
        self.aside, self.mobile = re.compile(words["aside"]), re.compile(words["mobile"])
        marks, weak = ("|".join(re.escape(word) for word in words[name]) for name in ("foot_marks", "foot_words"))
        self.foot_text = re.compile(f"(?P<mark>{marks})|(?:{weak})", re.IGNORECASE)


@cache
def region_words() -> RegionWords:
    return RegionWords()
