"""Imitations of the twelve families of portals, audited end to end."""
