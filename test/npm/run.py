#!/usr/bin/env python3
"""Installs packages of the npm registry, unmodified, and uses each for something real with this node.

usage: run.py --node FILE --dir FOLDER [--fresh] [PACKAGE...]

The list is packages.txt, the programs are programs/PACKAGE.js or .mjs. FOLDER keeps what was
installed; --fresh asks the registry again. Prints a table with versions; the exit status is 1 when
some program failed. Without npm or a network nothing can be installed: that counts as a failure."""

import argparse
import json
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAMS = os.path.join(HERE, 'programs')
TIME_LIMIT = 60


def read_list():
    """{name: what npm is told}, in the order of the file."""
    packages = {}
    with open(os.path.join(HERE, 'packages.txt'), encoding='ascii') as file:
        for line in file:
            spec = line.strip()
            if spec and not spec.startswith('#'):
                packages[spec.rsplit('@', 1)[0] if '@' in spec[1:] else spec] = spec
    return packages


def install(folder, specs):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, 'package.json'), 'w', encoding='ascii') as file:
        file.write('{ "private": true }\n')
    command = ['npm', 'install', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error']
    try:
        return subprocess.run(command + specs, cwd=folder, check=False).returncode == 0
    except FileNotFoundError:
        print('npm-test: there is no npm', file=sys.stderr)
        return False


def version_of(folder, name):
    try:
        file = os.path.join(folder, 'node_modules', name, 'package.json')
        with open(file, encoding='utf-8') as text:
            return json.load(text)['version']
    except (OSError, ValueError, KeyError):
        return None


def program_of(name):
    for extension in ('.js', '.mjs'):
        if os.path.exists(os.path.join(PROGRAMS, name + extension)):
            return name + extension
    raise SystemExit(f'npm-test: {name} has no program in {PROGRAMS}')


def run(node, folder, name):
    """None when the program did its work, or else what it said."""
    try:
        done = subprocess.run([node, program_of(name)], cwd=folder, timeout=TIME_LIMIT,
                              check=False, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT)
    except subprocess.TimeoutExpired as error:
        return (error.output or b'').decode('utf-8', 'replace') + f'\nno end after {TIME_LIMIT} s'
    if done.returncode == 0:
        return None
    return done.stdout.decode('utf-8', 'replace') + f'\nexit status {done.returncode}'


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument('--node', required=True)
    parser.add_argument('--dir', required=True)
    parser.add_argument('--fresh', action='store_true')
    parser.add_argument('names', nargs='*')
    options = parser.parse_args()
    packages = read_list()
    names = options.names or list(packages)
    unknown = [name for name in names if name not in packages]
    if unknown:
        raise SystemExit(f'npm-test: not in packages.txt: {" ".join(unknown)}')
    folder = os.path.abspath(options.dir)
    missing = [name for name in names if options.fresh or version_of(folder, name) is None]
    if missing and not install(folder, list(packages.values())):
        print('npm-test: npm could not install the packages', file=sys.stderr)
    for program in os.listdir(PROGRAMS):
        shutil.copy(os.path.join(PROGRAMS, program), folder)
    failures = {}
    for name in names:
        version = version_of(folder, name)
        failure = 'not installed' if version is None else run(os.path.abspath(options.node), folder, name)
        if failure is not None:
            failures[name] = failure
        print(f'{name:14} {version or "-":12} {"ok" if failure is None else "failed"}', flush=True)
    for name, text in failures.items():
        print(f'\n--- {name}\n{text.strip()}')
    print(f'\n{len(names) - len(failures)} of {len(names)} packages work')
    return 1 if failures else 0


if __name__ == '__main__':
    sys.exit(main())
