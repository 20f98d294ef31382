#!/usr/bin/env python3
"""Checks the layout's rules: who may include whom, ASCII, first-line comments, lines, format.

    test/lint.py [--fast]

Prints `file:line: what is wrong` for each breach; exits 1 when there is one. `--fast` leaves out
what takes seconds. Warnings (`file:line: warning: ...`) do not fail.
"""
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# Lines of scripts may be longer, above all those of a text, so that a search finds it whole.
COLUMNS = {'.js': 140}
LONG_TEXT = re.compile(r'''(['"`/])[^'"`]{40,}''')
DEFAULT_COLUMNS = 100
CHECKED = ('.cc', '.h', '.js', '.sh', '.py', '.mk')

# Folder (or file stem) -> what it may include of this project, by path prefix. The longest entry
# that fits a file counts.
MAY_INCLUDE = {
    'core/base/': ['core/base/'],
    'platform/': ['platform/', 'core/base/'],
    'poll/': ['poll/', 'core/base/'],
    'core/': ['core/', 'poll/', 'platform/'],
    'net/': ['net/', 'core/'],
    'http/': ['http/', 'net/', 'core/'],
    'http/parser': ['http/parser', 'core/base/'],
    'http/writer': ['http/writer', 'http/parser', 'core/base/'],
    'zlib/': ['zlib/'],
    'js/': ['js/', 'zlib/', 'http/', 'net/', 'core/', 'poll/', 'platform/'],
    'test/': ['test/', 'zlib/', 'http/', 'net/', 'core/', 'poll/', 'platform/'],
}

# Header of the outside (regular expression) -> the files that may include it.
RESERVED = [
    (r'(v8[-\w]*\.h|libplatform/.*|cppgc/.*)', ['js/']),
    (r'openssl/.*', ['net/tls', 'js/bind_crypto', 'js/inspector_']),
    (r'(thread|mutex|shared_mutex|condition_variable|atomic|future|semaphore|pthread\.h)',
     ['core/pool', 'core/wakeup', 'core/signals', 'platform/argv_title', 'js/napi_',
      'js/inspector_', 'test/']),
    (r'(sys/epoll\.h|sys/event\.h|sys/devpoll\.h|sys/select\.h|port\.h)',
     ['poll/', 'platform/', 'test/']),
    # Of one system or two. Outside of platform/ only behind __has_include, with another way
    # beside it.
    (r'(linux/.*|mach.*|libproc\.h|kstat\.h|procfs\.h|uvm/.*'
     r'|sys/(eventfd|inotify|prctl|procfs|sysctl|sysinfo|sysmacros|user|vfs)\.h)',
     ['platform/', 'test/', 'core/wakeup', 'core/file_watch', 'js/bind_shared_memory']),
]

# Macros that name a system, only where systems may differ: a macro or a header that says what the
# system can do is as good elsewhere, and right on systems that nobody thought of.
SYSTEM_MACRO = re.compile(
    r'^\s*#\s*(if|ifdef|ifndef|elif|elifdef|elifndef)\b.*\b(__(gnu_)?linux(__)?|__APPLE__'
    r'|__MACH__|TARGET_OS_\w+|__(Free|Open|Net)BSD(__|_\w+)|__DragonFly__|__sun(__)?|__svr4__|__SVR4'
    r'|__CYGWIN__|__MSYS__|_WIN(32|64)|_AIX|__hpux|__HAIKU__|__QNX__|__ANDROID__|__GLIBC__|__unix(__)?)'
    r'(?!\w)')
MAY_NAME_SYSTEMS = ['poll/', 'platform/', 'test/ports/', 'test/unit/emul/']


class Report:
    def __init__(self):
        self.errors = self.warnings = 0

    def error(self, path, line, text):
        self.errors += 1
        print(f'{path}:{line}: {text}')

    def warning(self, path, line, text):
        self.warnings += 1
        print(f'{path}:{line}: warning: {text}')


def sources():
    """Files under version control, and new ones that it does not ignore."""
    listing = subprocess.run(['git', 'ls-files', '-co', '--exclude-standard'], cwd=ROOT,
                             capture_output=True, text=True)
    paths = listing.stdout.split('\n') if listing.returncode == 0 else walk()
    return sorted({path for path in paths if path and os.path.isfile(os.path.join(ROOT, path))})


def walk():
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in ('build', '.git')]
        for name in files:
            yield os.path.relpath(os.path.join(folder, name), ROOT)


def read(path):
    with open(os.path.join(ROOT, path), 'rb') as file:
        return file.read()


def fits(path, prefixes):
    """A prefix that ends in / is a folder; another is a file stem ("core/pool" is core/pool*)."""
    return any(path.startswith(prefix) for prefix in prefixes)


def check_includes(path, lines, report):
    rule = max((key for key in MAY_INCLUDE if path.startswith(key)), key=len, default=None)
    for number, line in enumerate(lines, 1):
        found = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
        if not found:
            continue
        quote, header = found.groups()
        if quote == '"':
            if not os.path.exists(os.path.join(ROOT, header)):
                report.error(path, number, f'"{header}" is not a path from the top folder')
            elif rule and not fits(header, MAY_INCLUDE[rule]):
                report.error(path, number, f'{rule}* may not include {header}')
        else:
            for pattern, allowed in RESERVED:
                if re.fullmatch(pattern, header) and not fits(path, allowed):
                    who = ', '.join(allowed)
                    report.error(path, number, f'<{header}> may be included by {who} only')


def check_systems(path, lines, report):
    condition = ''
    for number, line in enumerate(lines, 1):
        condition += line
        if SYSTEM_MACRO.match(condition):
            report.error(path, number, 'a system is named outside poll/ and platform/')
        condition = condition[:-1] if condition.endswith('\\') else ''


def check_table(report):
    """config.mk's table of systems and the files of platform/ and poll/ have to fit each other."""
    path = 'config.mk'
    if not os.path.exists(os.path.join(ROOT, path)):
        return
    used = set()
    for number, line in enumerate(read(path).decode().split('\n'), 1):
        found = re.match(r'(SYSTEM|FILES)_\w+ *:= *(\w+) ?(.*)$', line)
        pollers = re.match(r'POLLERS *:= *(.*)$', line)
        files = []
        if found:
            folder = 'poll' if found[1] == 'SYSTEM' else 'platform'
            files = [f'platform/{found[2]}.cc'] + [f'{folder}/{n}.cc' for n in found[3].split()]
        elif pollers:
            files = [f'poll/{name}.cc' for name in pollers[1].split()]
        for name in files:
            if not os.path.exists(os.path.join(ROOT, name)):
                report.error(path, number, f'there is no {name}')
        used.update(files)
    programs = {'platform/prebind.cc'}
    for name in sources():
        if re.match(r'(poll|platform)/\w+\.cc$', name) and name not in used | programs:
            report.error(name, 1, 'no system of config.mk has this file')


def check_text(path, data, lines, report):
    limit = COLUMNS.get(os.path.splitext(path)[1], DEFAULT_COLUMNS)
    for number, line in enumerate(lines, 1):
        if not re.fullmatch(r'[\t -~]*', line):
            report.error(path, number, 'not ASCII')
        if len(line) > limit and 'http://' not in line and not LONG_TEXT.search(line):
            report.error(path, number, f'{len(line)} columns, {limit} are allowed')
        if line != line.rstrip():
            report.error(path, number, 'blanks at the end of the line')
        if '\t' in line and not path.endswith(('Makefile', '.mk')):
            report.error(path, number, 'a tab')
    if data and not data.endswith(b'\n'):
        report.error(path, len(lines), 'no newline at the end of the file')


def check_first_line(path, lines, report):
    first = lines[0] if lines else ''
    if (path.endswith(('.sh', '.py')) or path == 'configure') and first.startswith('#!'):
        first = lines[1] if len(lines) > 1 else ''
    if path.endswith('.js') and first.startswith('#!'):
        first = lines[1] if len(lines) > 1 else ''
    if not re.match(r'(//|/\*|#|""") ?[^\s/*#]', first):
        report.error(path, 1, 'the first line has to say what the file is for')


def check_library(path, lines, report):
    code = [line for line in lines if line.strip() and not line.lstrip().startswith('//')]
    if not code or code[0].strip() != "'use strict';":
        report.error(path, 1, "'use strict'; has to be the first statement")
    for number, line in enumerate(lines, 1):
        if re.search(r'^(?!\s*(//|\*)).*\bdebugger;', line):
            report.error(path, number, 'left over from debugging')


def check_syntax(paths, report):
    """Each program has to compile; asks the built node, when there is one."""
    node = os.path.join(ROOT, 'node')
    if not os.access(node, os.X_OK):
        return
    for path in paths:
        result = subprocess.run([node, '-c', path], cwd=ROOT, capture_output=True, text=True)
        if result.returncode != 0:
            report.error(path, 1, 'does not compile\n' + result.stderr.rstrip())


def check_format(paths, report):
    command = ['clang-format', '--dry-run', '-Werror', *paths]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    places = re.findall(r'^(.+?):(\d+):\d+: error: code should be clang-formatted', result.stderr,
                        re.M)
    for path, line in dict.fromkeys(places):
        report.error(path, line, 'not as clang-format has it (make format)')


def main():
    report = Report()
    cpp, scripts = [], []
    for path in sources():
        if fits(path, ['test/fixtures/', 'test/message/']) or path.startswith('test/fuzz/corpus'):
            continue
        extension = os.path.splitext(path)[1]
        if extension not in CHECKED and path not in ('Makefile', 'configure'):
            continue
        data = read(path)
        lines = data.decode('utf-8', 'replace').split('\n')
        if lines and lines[-1] == '':
            lines.pop()
        check_text(path, data, lines, report)
        check_first_line(path, lines, report)
        if extension in ('.cc', '.h'):
            cpp.append(path)
            check_includes(path, lines, report)
            if not fits(path, MAY_NAME_SYSTEMS):
                check_systems(path, lines, report)
        elif extension == '.js':
            if fits(path, ['js/lib/']):
                check_library(path, lines, report)
            else:
                scripts.append(path)
    check_table(report)
    if '--fast' not in sys.argv[1:]:
        check_format(cpp, report)
        check_syntax(scripts, report)
    print(f'lint: {report.errors} errors, {report.warnings} warnings')
    return 1 if report.errors else 0


if __name__ == '__main__':
    sys.exit(main())
