"""Who owns an address: the 单位 with the longest matching prefix."""

from collections.abc import Mapping

from crawler.facts import bare_url


class PrefixOwners:
    """Prefix → 单位 key; a look-up tries each length of prefix once, whatever the number of 单位."""

    def __init__(self, prefixes: Mapping[str, tuple[str, ...]]) -> None:
        self._owner: dict[str, str] = {bare_url(prefix): key for key, own in prefixes.items() for prefix in own}
        self._lengths = sorted({len(prefix) for prefix in self._owner}, reverse=True)

    def owner(self, url: str) -> str | None:
        """Key of the 单位 that owns ``url``, None when nobody does."""
        bare = bare_url(url)
        for length in self._lengths:
            if length > len(bare):
                continue
            prefix = bare[:length]
            key = self._owner.get(prefix)
            if key is not None and (prefix.endswith(("/", "=")) or not bare[length : length + 1].isalnum()):
                return key
        return None

    def add(self, prefix: str, key: str) -> None:
        """Let ``key`` own ``prefix`` too, unless somebody else does."""
        bare = bare_url(prefix)
        if bare not in self._owner:
            self._owner[bare] = key
            self._lengths = sorted({*self._lengths, len(bare)}, reverse=True)
