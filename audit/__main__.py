"""``zhaocuo`` and ``python -m audit``.

Processes that an audit starts load this module once more, as ``multiprocessing`` has it: so it loads nothing by itself.
"""


def main() -> None:
    from audit.cli import main as run  # noqa: PLC0415  see above
    from crawler.garbage import look_rarely  # noqa: PLC0415

    look_rarely()
    run()


if __name__ == "__main__":
    main()
