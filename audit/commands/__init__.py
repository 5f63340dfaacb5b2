"""Commands of ``zhaocuo``, one module a noun; ``audit/cli.py`` puts them together."""
