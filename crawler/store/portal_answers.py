"""What the portal answered to questions of its own kind (https, search), as kept in the store's meta table."""

from typing import Any

from crawler.facts import SearchFacts, TransportFacts
from crawler.store.codec import from_json

TRANSPORT = "transport"
SITE_SEARCH = "site_search"


def transport_of(values: Any) -> TransportFacts | None:
    """From the JSON values of the meta table."""
    return None if values is None else TransportFacts(**values)


def search_of(value: Any) -> SearchFacts | None:
    """From the text in the meta table."""
    return None if value is None else from_json(SearchFacts, value)
