"""What a crawl saw, on disk: facts.sqlite of a run folder."""

from crawler.store.facts_store import FactsStore
from crawler.store.writer import Answer, Validators

__all__ = ["Answer", "FactsStore", "Validators"]
