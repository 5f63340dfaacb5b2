"""What a crawl saw, on disk: facts.sqlite of a run folder."""

from crawler.store.answers import Answer, Validators
from crawler.store.facts_store import FACTS_NAME, FactsStore
from crawler.store.page_record import PageRecord
from crawler.store.referrers import Referrers

__all__ = ["FACTS_NAME", "Answer", "FactsStore", "PageRecord", "Referrers", "Validators"]
