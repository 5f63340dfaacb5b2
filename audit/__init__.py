"""Runs one audit from start to end, totals it, and speaks the command line."""
