"""Looks: fetch, discover, extract. Knows no rule.

Empty on purpose: importing ``crawler.facts`` must not load Scrapy.
"""
