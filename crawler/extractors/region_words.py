"""The names and words by which the parts of a page are told, ready for use."""

import re
from functools import cache
from typing import Literal

from crawler.extractors.names import asked
from crawler.extractors.patterns import any_case
from crawler.vocabulary import load

Region = Literal["head", "nav", "main", "foot"]


class RegionWords:
    """Compiled patterns of ``regions.yaml``."""

    def __init__(self) -> None:
        words = load("regions")
        self.head, self.nav, self.foot = (asked(words[name]) for name in ("head", "nav", "foot"))
        self.not_foot, self.weak_foot = asked(words["not_foot"]), asked(words["weak_foot"])
        self.not_head, self.content = asked(words["not_head"]), asked(words["content"])
        self.head_block = re.compile(words["head_block"])
        self.breadcrumb, self.breadcrumb_bare = re.compile(words["breadcrumb"]), re.compile(words["breadcrumb_bare"])
        self.breadcrumb_start, self.breadcrumb_name = re.compile(words["breadcrumb_start"]), asked(words["breadcrumb_name"])
        self.aside, self.mobile = asked(words["aside"]), asked(words["mobile"])
        self.foot_marks = frozenset(word.lower() for word in words["foot_marks"])
        """In lower case."""
        self.foot_text = re.compile("|".join(map(any_case, [*words["foot_marks"], *words["foot_words"]])))


@cache
def region_words() -> RegionWords:
    return RegionWords()
