"""From single pages to the portal: its 单位, their four columns, every column with all pages of its list.

Runs after the crawl on stored facts, and can run again on them: it fetches nothing.
"""

from crawler.assembly.assemble import Assembly, assemble
from crawler.assembly.looks import second_looks
from crawler.assembly.scripted import scripted_pages

__all__ = ["Assembly", "assemble", "scripted_pages", "second_looks"]
