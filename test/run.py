#!/usr/bin/env python3
"""Runs the tests: C++ programs (unit) and scripts (simple, message, pummel, internet).

    test/run.py [OPTION]... [SUITE or FILE]...      (--help lists the options)

Each test has a temporary folder of its own (TMPDIR, NODE_TEST_TMPDIR) and a process group of its
own, which is killed when the test ends or takes too long. Failures are printed in full. The
last line is `N passed, N failed`.
"""
import argparse
import concurrent.futures
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SUITES = ('unit', 'simple', 'message', 'pummel', 'internet')


class Test:
    """A case of a C++ program, or a script. `expected` is the .out file of a message test."""

    def __init__(self, name, command, timeout_s, expected=None):
        self.name, self.command, self.timeout_s = name, command, timeout_s
        self.expected = expected


class Outcome:
    def __init__(self, test, ok, why, output, seconds):
        self.test, self.ok, self.why, self.output, self.seconds = test, ok, why, output, seconds


def unit_tests(options):
    """A test for each case that each program below BUILD/test/unit lists."""
    folder = os.path.join(options.build, 'test', 'unit')
    tests = []
    for program in sorted(os.listdir(folder) if os.path.isdir(folder) else []):
        path = os.path.join(folder, program)
        if not os.path.isfile(path) or not os.access(path, os.X_OK):
            continue
        listing = subprocess.run([path, '--gtest_list_tests'], capture_output=True, text=True)
        if listing.returncode != 0:
            tests.append(Test(f'unit/{program}', [path], options.timeout))
            continue
        for case in cases(listing.stdout):
            command = [path, f'--gtest_filter={case}', '--gtest_brief=1']
            tests.append(Test(f'unit/{program} {case}', command, options.timeout))
    return tests


def cases(listing):
    suite = ''
    for line in listing.splitlines():
        word = line.split('#')[0].rstrip()
        if word.endswith('.') and not line.startswith(' '):
            suite = word
        elif line.startswith('  ') and suite:
            yield suite + word.strip()


def script_tests(suite, options):
    folder = os.path.join(ROOT, 'test', suite)
    for name in sorted(os.listdir(folder) if os.path.isdir(folder) else []):
        if name.endswith('.js') and (suite == 'message' or name.startswith('test-')):
            yield script_test(os.path.join(folder, name), options)


def script_test(path, options):
    """A script may name flags for node in a comment near its top: `// Flags: --expose-gc`."""
    with open(path, encoding='utf-8', errors='replace') as file:
        flags = re.search(r'^// Flags: (.+)$', file.read(2000), re.M)
    relative = os.path.relpath(path, ROOT)
    suite = os.path.basename(os.path.dirname(path))
    command = [options.node, *(flags.group(1).split() if flags else []), relative]
    expected = path[:-3] + '.out' if suite == 'message' else None
    slow = 10 if suite in ('pummel', 'internet') else 1
    name = f'{suite}/{os.path.basename(path)}'
    return Test(name, command, options.timeout * slow, expected)


def message_matches(pattern_path, output):
    """Whether the output fits the .out file: `*` is any text in a line, a line `...` any lines."""
    with open(pattern_path, encoding='utf-8') as file:
        lines = file.read().rstrip('\n').split('\n')
    pattern = ''
    for line in lines:
        if line == '...':
            pattern += '(?:.*\n)*?'
        else:
            pattern += '.*'.join(map(re.escape, line.split('*'))) + '\n'
    return re.fullmatch(pattern, output.rstrip('\n') + '\n') is not None


class Runner:
    def __init__(self, options):
        self.options = options
        self.running = set()
        self.lock = threading.Lock()
        self.stopping = False

    def run(self, test):
        folder = tempfile.mkdtemp(prefix='node-test-')
        start = time.monotonic()
        try:
            ok, why, output = self.attempt(test, folder)
        finally:
            remove(folder)
        return Outcome(test, ok, why, output, time.monotonic() - start)

    def attempt(self, test, folder):
        command = test.command
        if self.options.valgrind:
            command = ['valgrind', '-q', '--error-exitcode=99', '--trace-children=yes', *command]
        environment = dict(os.environ, TMPDIR=folder, NODE_TEST_TMPDIR=folder)
        for name in ('NODE_PATH', 'NODE_OPTIONS', 'NODE_DEBUG', 'NO_COLOR', 'FORCE_COLOR'):
            environment.pop(name, None)
        if self.options.slow or self.options.valgrind:
            environment['NODE_TEST_SLOW'] = '1'
        # Output goes to a file: a grandchild that keeps a pipe open must not hang the runner.
        with tempfile.TemporaryFile() as sink:
            process = subprocess.Popen(command, cwd=ROOT, env=environment,
                                       stdin=subprocess.DEVNULL, stdout=sink,
                                       stderr=subprocess.STDOUT, start_new_session=True)
            with self.lock:
                self.running.add(process)
            try:
                code = process.wait(test.timeout_s)
                why = '' if code == 0 else describe(code)
            except subprocess.TimeoutExpired:
                code, why = None, f'timed out after {test.timeout_s:.0f} s'
            finally:
                kill_group(process)
                with self.lock:
                    self.running.discard(process)
            sink.seek(0)
            output = sink.read().decode('utf-8', 'replace')
        if test.expected is None or code is None or code < 0:
            return not why, why, output
        if not os.path.exists(test.expected):
            return False, f'{os.path.basename(test.expected)} is missing', output
        if message_matches(test.expected, output):
            return True, '', output
        return False, f'output does not fit {os.path.basename(test.expected)}', output

    def stop(self):
        self.stopping = True
        with self.lock:
            for process in self.running:
                kill_group(process)


def kill_group(process):
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass
    process.wait()


def remove(folder):
    def make_writable(function, path, _):
        try:
            os.chmod(os.path.dirname(path), 0o700)
            os.chmod(path, 0o700)
            function(path)
        except OSError:
            pass
    shutil.rmtree(folder, onerror=make_writable)


def describe(code):
    if code >= 0:
        return f'exit code {code}'
    try:
        return f'killed by {signal.Signals(-code).name}'
    except ValueError:
        return f'killed by signal {-code}'


class Display:
    """A progress line on a terminal, elsewhere a line now and then; failures in full at once."""

    def __init__(self, total):
        self.total, self.done, self.failed = total, 0, 0
        self.terminal = sys.stdout.isatty()

    def add(self, outcome):
        self.done += 1
        if not outcome.ok:
            self.failed += 1
            self.clear()
            print(f'--- FAILED {outcome.test.name}: {outcome.why} ({outcome.seconds:.1f} s)')
            print('    ' + ' '.join(outcome.test.command))
            if outcome.output.strip():
                print(outcome.output.rstrip('\n'))
            print()
        if self.terminal:
            self.clear()
            line = f'[{self.done}/{self.total}] {self.failed} failed  {outcome.test.name}'
            print(line[:79], end='', flush=True)
        elif self.done % 100 == 0 or self.done == self.total:
            print(f'[{self.done}/{self.total}] {self.failed} failed', flush=True)

    def clear(self):
        if self.terminal:
            print('\r\033[K', end='')


def collect(options):
    tests = []
    for what in options.what or ('unit', 'simple', 'message'):
        if what == 'unit':
            tests += unit_tests(options)
        elif what in SUITES:
            tests += script_tests(what, options)
        elif os.path.isfile(what):
            tests.append(script_test(os.path.abspath(what), options))
        else:
            sys.exit(f'run.py: neither a suite ({", ".join(SUITES)}) nor a file: {what}')
    if options.filter:
        tests = [test for test in tests if options.filter in test.name]
    tests = without_what_the_emulator_cannot(tests)
    return without_crypto(tests, options) * options.repeat


# Set by platform/emulate.sh where the tested programs do not run on this processor itself.
EMULATOR = os.environ.get('NODE_TEST_EMULATOR')


def without_what_the_emulator_cannot(tests):
    """test/qemu-skip.txt has a line for each test that is left out: its name, then the reason."""
    if not EMULATOR:
        return tests
    with open(os.path.join(ROOT, 'test', 'qemu-skip.txt'), encoding='utf-8') as file:
        lines = [line.split(None, 1) for line in file if line.strip() and line[0] != '#']
    reasons = {name: reason.strip() for name, reason in lines}
    # A unit test's name is that of its program and, in the list after a colon, of its case.
    skipped = [test for test in tests if test.name.replace(' ', ':') in reasons]
    for test in skipped:
        print(f"left out under {EMULATOR}: {test.name}: {reasons[test.name.replace(' ', ':')]}")
    return [test for test in tests if test not in skipped]


def without_crypto(tests, options):
    """What a node that was built without OpenSSL can pass."""
    needs = re.compile(r'/test-(.*(crypto|tls|https|securepair)|'
                       r'inspector|doc-|npm-|misuse\.js|2010-modules\.js)')
    if not any(needs.search(test.name) for test in tests):
        return tests
    asked = subprocess.run([options.node, '-p', 'process.versions.openssl !== undefined'],
                           capture_output=True, text=True)
    if asked.stdout.strip() != 'false':
        return tests
    left = [test for test in tests if not needs.search(test.name)]
    print(f'{len(tests) - len(left)} tests need OpenSSL and are left out')
    return left


def arguments():
    parser = argparse.ArgumentParser(description='Runs the tests.')
    parser.add_argument('what', nargs='*',
                        help='suites or script files; default: unit simple message')
    parser.add_argument('--build', default=os.path.join(ROOT, 'build', 'release'),
                        help='folder of the build; default: build/release')
    parser.add_argument('--node', help='the node to test; default: the one in the build folder')
    parser.add_argument('--filter', help='only tests whose name contains this')
    parser.add_argument('--repeat', type=int, default=1)
    parser.add_argument('--jobs', '-j', type=int, default=max(2, os.cpu_count() or 2))
    parser.add_argument('--timeout', type=float, default=60, help='seconds for one test')
    parser.add_argument('--slow', action='store_true',
                        help='a debug or sanitizer build: four times the time')
    parser.add_argument('--valgrind', action='store_true')
    parser.add_argument('--tally', metavar='FILE', help='append the last line to FILE too')
    options = parser.parse_args()
    options.node = os.path.abspath(options.node or os.path.join(options.build, 'node'))
    options.build = os.path.abspath(options.build)
    options.slow = options.slow or bool(EMULATOR)
    options.timeout *= 8 if EMULATOR else 4 if options.slow else 1
    options.timeout *= 10 if options.valgrind else 1
    return options


def main():
    options = arguments()
    tests = collect(options)
    runner = Runner(options)
    display = Display(len(tests))
    passed = failed = 0
    slowest = []
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        futures = [pool.submit(runner.run, test) for test in tests]
        try:
            for future in concurrent.futures.as_completed(futures):
                outcome = future.result()
                display.add(outcome)
                slowest.append((outcome.seconds, outcome.test.name))
                passed += outcome.ok
                failed += not outcome.ok
        except KeyboardInterrupt:
            for future in futures:
                future.cancel()
            runner.stop()
            failed += 1
    display.clear()
    for seconds, name in sorted(slowest, reverse=True)[:3]:
        if seconds > 10:
            print(f'slow: {name} took {seconds:.1f} s')
    summary = f'{passed} passed, {failed} failed'
    if options.tally:
        with open(options.tally, 'a', encoding='utf-8') as file:
            file.write(summary + '\n')
    print(summary)
    return 1 if failed or not passed else 0


if __name__ == '__main__':
    sys.exit(main())
