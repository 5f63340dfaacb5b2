"""Judges: YAML packs (policy), checks (skill), engine. Sees facts only: no network, no clock, no files while judging."""
