"""一夜: many portals audited side by side, each in a process of its own; what may be deleted afterwards."""
