"""The figures as text: one line a contender, then everything else one line a figure."""

import statistics

from bench.yard import Row

_COLUMNS = {
    "wall": "wall s",
    "rate": "pages/s",
    "CPU": "CPU ms/page",
    "peak memory": "MiB",
    "dead links, recall": "recall",
    "dead links, precision": "precision",
}
"""End of a row's name to the head of a contender's column."""

Line = dict[str, str | float]


def lines_of(seen: dict[str, list[Row]]) -> list[Line]:
    """Each figure with its median, least and most, and its ratio to another one."""
    return [_line(rows, seen) for rows in seen.values()]


def _line(rows: list[Row], seen: dict[str, list[Row]]) -> Line:
    figures = [row.figure for row in rows]
    figure, against = statistics.median(figures), rows[0].against
    line: Line = {"name": rows[0].name, "figure": round(figure, 4), "unit": rows[0].unit, "ratio": ""}
    if len(figures) > 1:
        line |= {"least": round(min(figures), 4), "most": round(max(figures), 4)}
    if against in seen:
        line["ratio"] = f"{figure / statistics.median(row.figure for row in seen[against]):.3g} × {against}"
    return line


def contenders(lines: list[Line], base: str) -> str:
    """Everything that crawls the portal, side by side; ``base`` is the row by whose wall time the others are divided."""
    figures = {str(line["name"]): float(line["figure"]) for line in lines}
    names = [name.removesuffix(", CPU") for name in figures if name.endswith(", CPU")]
    rows = [["contender", *_COLUMNS.values(), "faster than plain"]]
    for name in names:
        cells = [f"{figures[f'{name}, {end}']:.4g}" if f"{name}, {end}" in figures else "" for end in _COLUMNS]
        wall = figures.get(f"{name}, wall")
        rows.append([name, *cells, f"{figures[base] / wall:.2f} ×" if wall and base in figures else ""])
    return _aligned(rows) if names else ""


def figures_table(lines: list[Line]) -> str:
    rows = [["name", "figure", "unit", "ratio"]]
    rows += [[str(line["name"]), f"{line['figure']:.4g}", str(line["unit"]), str(line["ratio"])] for line in lines]
    return _aligned(rows, right=(1,))


def _aligned(rows: list[list[str]], right: tuple[int, ...] | None = None) -> str:
    wide = [max(len(row[index]) for row in rows) for index in range(len(rows[0]))]
    to_right = range(1, len(wide)) if right is None else right
    return "\n".join(
        "  ".join(
            cell.rjust(wide[index]) if index in to_right else cell.ljust(wide[index]) for index, cell in enumerate(row)
        ).rstrip()
        for row in rows
    )
