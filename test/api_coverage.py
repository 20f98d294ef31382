#!/usr/bin/env python3
"""Prints the rows of the table of 2010's API that no test names; exit 1 when there are any.

A test names a row by `row('name as in the table', ...)` in a file that says
`require('../common/rows')('module')`. Left out are rows that neither version documented nor
tested, and what other chapters of the table (crypto) hold.
"""
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).parent
# Come later.
LATER = {'crypto'}


LITERAL = r"""\brow\(\s*('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`[^`]*`)"""


def documented():
    for line in (HERE / 'api-0.3.1.tsv').read_text().splitlines()[1:]:
        module, _, name, versions = line.split('\t')[:4]
        if versions != 'undocumented' and module not in LATER and f'{module}\t{name}' not in LATER:
            yield module, name


def named():
    found = set()
    for path in sorted((HERE / 'simple').glob('*.js')):
        text = path.read_text()
        parts = re.split(r"(?:const \w+ = )?require\('\.\./common/rows'\)\('(\w+)'\)", text)
        for module, part in zip(parts[1::2], parts[2::2]):
            for match in re.finditer(LITERAL, part):
                found.add((module, re.sub(r'\\(.)', r'\1', match.group(1)[1:-1])))
    return found


def main():
    names = named()
    missing = [row for row in documented() if row not in names]
    for module, name in missing:
        print(f'{module}: {name}')
    print(f'api-coverage: {len(missing)} documented rows without a test', file=sys.stderr)
    return 1 if missing else 0


if __name__ == '__main__':
    sys.exit(main())
