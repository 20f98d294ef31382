#!/usr/bin/env python3
"""Draws what bench.py --json has measured: plot.py FIGURES.json OUT.svg

One panel a row, a bar a contender; the share of the best other stands beside ours.
"""
import html
import json
import sys

BAR, GAP, LEFT, WIDTH, TOP = 16, 4, 110, 420, 30
COLOURS = {'ours': '#2a7f3f', 'bare loop': '#999999', 'nginx': '#999999'}


def text(x, y, content, size=12, weight='normal', anchor='start'):
    return (f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" '
            f'text-anchor="{anchor}">{html.escape(content)}</text>')


def panel(table, y):
    """The elements of one table and the height that they take."""
    medians = table['medians']
    most = max(medians.values())
    parts = [text(10, y + 16, f'{table["title"]} ({table["unit"]}, {table["better"]} is better)',
                  13, 'bold')]
    top = y + TOP
    for index, (name, value) in enumerate(medians.items()):
        line = top + index * (BAR + GAP)
        length = max(1, value / most * WIDTH)
        parts.append(text(LEFT - 6, line + 12, name, anchor='end'))
        parts.append(f'<rect x="{LEFT}" y="{line}" width="{length:.0f}" height="{BAR}" '
                     f'fill="{COLOURS.get(name, "#6c8ebf")}"/>')
        parts.append(text(LEFT + length + 6, line + 12, f'{value:,.0f}' if value >= 100
                          else f'{value:.1f}'))
    return parts, TOP + len(medians) * (BAR + GAP) + 14


def series_panel(series, y):
    """A table of costs as the work grows."""
    parts = [text(10, y + 16, f'{series["title"]} ({series["unit"]})', 13, 'bold')]
    line = y + TOP
    for name, values in series['series'].items():
        cells = '   '.join(f'{int(n):,}: {value:,.1f}' for n, value in values.items())
        parts.append(text(LEFT - 6, line + 12, name, anchor='end'))
        parts.append(text(LEFT, line + 12, cells))
        line += BAR + GAP
    return parts, TOP + len(series['series']) * (BAR + GAP) + 14


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding='ascii') as file:
        tables = [table for table in json.load(file).values() if table]
    parts, y = [], 0
    for table in tables:
        for each in table.get('tables', [table]):
            drawn, height = (series_panel if 'series' in each else panel)(each, y)
            parts += drawn
            y += height
    with open(sys.argv[2], 'w', encoding='ascii') as out:
        out.write(f'<svg xmlns="http://www.w3.org/2000/svg" width="660" height="{y}" '
                  'font-family="sans-serif" font-size="12">\n'
                  f'<rect width="660" height="{y}" fill="#ffffff"/>\n'
                  + '\n'.join(parts) + '\n</svg>\n')


if __name__ == '__main__':
    main()
