"""Spiders of the project: one."""
