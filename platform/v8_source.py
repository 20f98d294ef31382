#!/usr/bin/env python3
"""Builds V8 alone, static, from the distribution's newest nodejs source archive (`make V8=source`).

    v8_source.py PREFIX

leaves PREFIX/include/node (headers) and PREFIX/lib/libv8.a. One to two hours on two processors; an
interrupted run goes on where it stopped. Nothing is installed on the machine and nothing needs
rights.

Environment: CXX (a C++ compiler; clang where it is unset), V8_SUITE (the suite of the distribution
whose archive is taken; the machine's own where it is unset), V8_MERGE (sources a compilation, 12
where it is unset, 1 to merge none).

The archive's own gyp files say what V8 is made of; gyp comes from the distribution. Most of a
compilation of V8 is its headers, so several sources are compiled as one where they can be: what
fails to compile together is compiled singly.
"""
import glob
import os
import re
import shutil
import subprocess
import sys

TARGETS = ['v8_snapshot', 'v8_libplatform', 'v8_libbase', 'v8_libsampler',
           'v8_base_without_compiler', 'v8_compiler', 'v8_initializers', 'v8_zlib']
# Later versions have these too.
MAYBE_TARGETS = ['v8_turboshaft', 'v8_abseil', 'v8_heap_base', 'fp16', 'highway', 'simdutf']

VARIABLES = {
    'asan': 0, 'ubsan': 0, 'coverage': 'false', 'dcheck_always_on': 0, 'is_debug': 0,
    'debug_node': 'false', 'enable_lto': 'false', 'enable_pgo_generate': 'false',
    'enable_pgo_use': 'false', 'enable_thin_lto': 'false', 'error_on_warn': 'false',
    'force_dynamic_crt': 0, 'icu_small': 'false', 'icu_gyp_path': 'tools/icu/icu-system.gyp',
    'node_byteorder': sys.byteorder, 'node_debug_lib': 'false', 'node_enable_d8': 'false',
    'node_enable_v8_vtunejit': 'false', 'node_enable_v8windbg': 'false',
    'node_no_browser_globals': 'false', 'node_prefix': '/usr/local',
    'node_section_ordering_info': '', 'node_shared': 'false', 'node_tag': '',
    'node_target_type': 'executable', 'node_use_bundled_v8': 'true',
    'node_use_v8_platform': 'true', 'node_with_ltcg': 'false', 'openssl_is_fips': 'false',
    'node_shared_simdutf': 'false', 'node_shared_zlib': 'false', 'ossfuzz': 'false',
    'single_executable_application': 'false', 'use_ccache_win': 0,
    'use_prefix_to_find_headers': 'false', 'v8_enable_31bit_smis_on_64bit_arch': 0,
    'v8_enable_extensible_ro_snapshot': 0, 'v8_enable_external_code_space': 0,
    'v8_enable_gdbjit': 0, 'v8_enable_hugepage': 0, 'v8_enable_i18n_support': 1,
    'v8_enable_inspector': 1, 'v8_enable_javascript_promise_hooks': 1, 'v8_enable_lite_mode': 0,
    'v8_enable_maglev': 0, 'v8_enable_object_print': 0, 'v8_enable_pointer_compression': 0,
    'v8_enable_pointer_compression_shared_cage': 0, 'v8_enable_sandbox': 0,
    'v8_enable_shared_ro_heap': 1, 'v8_enable_short_builtin_calls': 1,
    'v8_enable_sparkplug': 1, 'v8_enable_temporal_support': 0, 'v8_enable_v8_checks': 0,
    'v8_enable_wasm_simd256_revec': 0, 'v8_enable_webassembly': 1, 'v8_no_strict_aliasing': 1,
    'v8_optimized_debug': 1, 'v8_promise_internal_field_count': 1, 'v8_random_seed': 0,
    'v8_trace_maps': 0, 'v8_use_siphash': 1, 'v8_use_perfetto': 0,
    'want_separate_host_toolset': 0, 'llvm_version': '14.0', 'openssl_no_asm': 1,
    'icu_ver_major': '0', 'build_type': 'Release', 'clang_cl': 0, 'control_flow_guard': 'false',
}
MACHINES = {'x86_64': 'x64', 'aarch64': 'arm64', 'armv7l': 'arm', 'i686': 'ia32', 'i386': 'ia32',
            'ppc64le': 'ppc64', 'riscv64': 'riscv64', 's390x': 's390x'}


def say(text):
    print('v8:', text, file=sys.stderr, flush=True)


def die(text):
    sys.exit(f'v8: {text}')


def output_of(*command, **options):
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, **options).stdout


# --- fetching -----------------------------------------------------------------------------


def apt_site():
    """The mirror that the machine's own package lists name, and its suite."""
    for line in output_of('apt-get', 'indextargets', '--format', '$(SITE) $(CODENAME) $(COMPONENT)',
                          'Created-By: Packages').splitlines():
        site, suite, component = (line.split() + ['', '', ''])[:3]
        if component == 'main' and '-' not in suite and 'security' not in site:
            return site, suite
    die('the package lists name no mirror with a main component')
    return None


def private_apt(work):
    """Options that make apt work below `work`, with source lists of one suite."""
    site, suite = apt_site()
    suite = os.environ.get('V8_SUITE') or suite
    state = os.path.join(work, 'apt')
    os.makedirs(state + '/lists/partial', exist_ok=True)
    os.makedirs(state + '/cache/archives/partial', exist_ok=True)
    with open(state + '/sources.list', 'w', encoding='ascii') as file:
        # Signatures of suites newer than the machine's keyring cannot be checked; the archives'
        # digests are, against the list.
        for kind in ('deb-src', 'deb'):
            file.write(f'{kind} [trusted=yes] {site} {suite} main\n')
    options = []
    for name, value in (('State', state), ('State::lists', state + '/lists'),
                        ('Cache', state + '/cache'), ('Etc::sourcelist', state + '/sources.list'),
                        ('Etc::sourceparts', '-')):
        options += ['-o', f'Dir::{name}={value}']
    return options + ['-o', 'APT::Sandbox::User=root', '-qq'], suite


def fetch(work):
    """Unpacks V8's part of the archive into work/source and gyp into work/gyp."""
    if os.path.exists(work + '/fetched'):
        return
    options, suite = private_apt(work)
    say(f'fetching the source of nodejs from {suite}')
    # A mirror with one bad index answers an error though the rest is fine: what follows tells.
    subprocess.run(['apt-get', *options, 'update'], check=False)
    downloads = work + '/downloads'
    shutil.rmtree(downloads, ignore_errors=True)
    os.makedirs(downloads)
    # The description of a source may be gone from a mirror that has the archive.
    subprocess.run(['apt-get', *options, 'source', '--download-only', 'nodejs'], cwd=downloads,
                   check=False)
    archives = glob.glob(downloads + '/nodejs_*.orig.tar.*')
    if len(archives) != 1:
        die(f'{suite} offers no source archive of nodejs')
    subprocess.run(['apt-get', *options, 'download', 'gyp', 'python3-packaging'], cwd=downloads,
                   check=True)
    for package in glob.glob(downloads + '/*.deb'):
        subprocess.run(['dpkg', '-x', package, work + '/gyp'], check=True)
    shutil.rmtree(work + '/source', ignore_errors=True)
    os.makedirs(work + '/source')
    subprocess.run(['tar', 'xf', archives[0], '-C', work + '/source', '--strip-components=1',
                    '--wildcards', '*/common.gypi', '*/deps', '*/tools', '*/node.gypi',
                    '*/src/*.h'],
                   check=True)
    trust_snapshots(work + '/source')
    shutil.rmtree(downloads)
    with open(work + '/fetched', 'w', encoding='ascii') as file:
        file.write(suite + '\n')


def trust_snapshots(source):
    """V8 from 11 on adds up its start-up snapshot at every start, whatever the flags say: here only
    its own, not an embedder's, which is part of the executable."""
    path = source + '/deps/v8/src/snapshot/mksnapshot.cc'
    with open(path, encoding='utf-8') as file:
        text = file.read()
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text.replace('"  return true;\\n");', '"  return data == &blob;\\n");'))


# --- configuring --------------------------------------------------------------------------


def compiler():
    cxx = os.environ.get('CXX') or ('clang++' if shutil.which('clang++') else 'g++')
    cc = re.sub(r'clang\+\+', 'clang', re.sub(r'g\+\+(?=[^+]*$)', 'gcc', cxx)
                if 'clang' not in cxx else cxx)
    return cc, cxx


def configure(work):
    """Writes the ninja files into work/source/out/Release."""
    source = work + '/source'
    cc, cxx = compiler()
    machine = MACHINES.get(os.uname().machine) or die(f'unknown machine {os.uname().machine}')
    variables = dict(VARIABLES, host_arch=machine, target_arch=machine, python=sys.executable,
                     clang=int('clang' in cxx))
    with open(source + '/config.gypi', 'w', encoding='ascii') as file:
        file.write(repr({'target_defaults': {'cflags': ['-w'], 'default_configuration': 'Release',
                                             'defines': [], 'include_dirs': [],
                                             'libraries': ['-licui18n', '-licuuc', '-licudata']},
                         'variables': variables}))
    arguments = ['-f', 'ninja', '--depth=.', '-I', 'common.gypi', '-I', 'config.gypi',
                 '-Dcomponent=static_library', '-Dlibrary=static_library',
                 '-Dlinux_use_bundled_gold=0', '-Dlinux_use_gold_flags=0',
                 '-Dlinux_use_bundled_binutils=0', 'tools/v8_gypfiles/v8.gyp']
    # Older gyps refuse two sources of one name unless told not to.
    program = ('import sys, gyp\n'
               'check = "--no-duplicate-basename-check"\n'
               'known = check in open(gyp.__file__).read()\n'
               'sys.exit(gyp.main(([check] if known else []) + sys.argv[1:]))')
    path = [source + '/tools/v8_gypfiles', source + '/tools/gyp/pylib',
            *glob.glob(work + '/gyp/usr/lib/python3*/dist-packages')]
    subprocess.run([sys.executable, '-W', 'ignore', '-c', program, *arguments], cwd=source, check=True,
                   env=dict(os.environ, CC=cc, CXX=cxx, PYTHONPATH=':'.join(path)))


# --- merging ------------------------------------------------------------------------------

EDGE = re.compile(r'^build (\S+\.o): cxx (\S+) \|\| (.*)$')


def merge(out, count, single):
    """Rewrites each target's ninja file so that up to `count` neighbours are one compilation.
    `single` holds the sources that go alone."""
    for path in glob.glob(out + '/obj/tools/v8_gypfiles/*.ninja'):
        original = path + '.orig'
        if not os.path.exists(original):
            shutil.copy(path, original)
        with open(original, encoding='utf-8') as file:
            lines = re.sub(r'\$\n\s*', '', file.read()).split('\n')
        target = os.path.basename(path)[:-len('.ninja')]
        replaced, merged, group = {}, [], []

        def flush():
            if len(group) > 1:
                first = os.path.basename(group[0][1])[:-3]
                unit = f'merged/{target}.{first}.{len(group)}'
                write_if_changed(f'{out}/{unit}.cc', ''.join(
                    f'#include "{os.path.abspath(os.path.join(out, source))}"\n'
                    for _, source, _ in group))
                merged.append(f'build {unit}.o: cxx {unit}.cc || {group[0][2]}')
                for index, (product, _, _) in enumerate(group):
                    replaced[product] = '' if index else unit + '.o'
            elif group:
                merged.append('build {}: cxx {} || {}'.format(*group[0]))
            group.clear()

        for index, line in enumerate(lines):
            edge = EDGE.match(line)
            # An edge with variables of its own, in indented lines, stays as it is.
            own = index + 1 < len(lines) and lines[index + 1].startswith('  ')
            if not edge or own or not edge[2].endswith('.cc'):
                merged.append(line)
                continue
            if edge[2] in single or (group and folder(edge[2]) != folder(group[0][1])):
                flush()
            group.append(edge.groups())
            if edge[2] in single or len(group) == count:
                flush()
        flush()
        text = '\n'.join(
            ' '.join(filter(None, (replaced.get(word, word) for word in line.split(' '))))
            if ': alink' in line or ': link' in line else line for line in merged)
        write_if_changed(path, text + '\n')


def folder(source):
    return os.path.dirname(source)


def write_if_changed(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    try:
        with open(path, encoding='utf-8') as file:
            if file.read() == text:
                return
    except FileNotFoundError:
        pass
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)


def failed_sources(out, log):
    """The sources of the merged units that `log` says failed."""
    found = []
    for unit in re.findall(r'^FAILED: (merged/\S+)\.o', log, re.M):
        with open(f'{out}/{unit}.cc', encoding='utf-8') as file:
            found += [os.path.relpath(path, out)
                      for path in re.findall(r'#include "(.*)"', file.read())]
    return found


# --- building -----------------------------------------------------------------------------


def build(work):
    out = work + '/source/out/Release'
    singles = work + '/singles'
    single = set()
    if os.path.exists(singles):
        with open(singles, encoding='utf-8') as file:
            single.update(file.read().split())
    known = output_of('ninja', '-C', out, '-t', 'targets', 'all')
    targets = TARGETS + [t for t in MAYBE_TARGETS if re.search(rf'^{t}: phony', known, re.M)]
    count = int(os.environ.get('V8_MERGE') or 12)
    while True:
        merge(out, count, single)
        log = run_ninja(out, targets)
        if log is None:
            return targets
        failed = failed_sources(out, log)
        if not failed:
            die(f'the build failed; {work}/ninja.log says where')
        say(f'{len(failed)} sources do not compile together; going on with them one by one')
        single.update(failed)
        with open(singles, 'w', encoding='utf-8') as file:
            file.write('\n'.join(sorted(single)) + '\n')


def run_ninja(out, targets):
    """Runs ninja with its progress shown; returns None, or what it said when something failed."""
    jobs = os.environ.get('JOBS') or str(os.cpu_count() or 1)
    log = []
    process = subprocess.Popen(['ninja', '-C', out, '-k', '0', '-j', jobs, *targets],
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    with open(os.path.join(out, '../../../ninja.log'), 'w', encoding='utf-8') as file:
        for line in process.stdout:
            file.write(line)
            file.flush()
            log.append(line)
            if re.match(r'\[\d+/\d+\]', line):
                sys.stderr.write(f'\rv8: {line.split("]")[0]}]\033[K')
    sys.stderr.write('\n')
    return None if process.wait() == 0 else ''.join(log)


def collect(work, targets, prefix):
    """Puts the headers and one archive of everything where make looks for a V8."""
    out = work + '/source/out/Release'
    objects = set()
    for target in targets:
        archive = f'{out}/obj/tools/v8_gypfiles/lib{target}.a'
        if os.path.exists(archive):
            objects.update(output_of('ar', 't', archive, cwd=out).split())
    shutil.rmtree(prefix + '.new', ignore_errors=True)
    os.makedirs(prefix + '.new/lib')
    shutil.copytree(work + '/source/deps/v8/include', prefix + '.new/include/node')
    for header in ('node_api.h', 'node_api_types.h', 'js_native_api.h', 'js_native_api_types.h'):
        shutil.copy(work + '/source/src/' + header, prefix + '.new/include/node')
    listing = work + '/objects'
    with open(listing, 'w', encoding='utf-8') as file:
        file.write('\n'.join(sorted(objects)) + '\n')
    subprocess.run(['ar', 'qcs', os.path.abspath(prefix + '.new/lib/libv8.a'),
                    '@' + os.path.abspath(listing)], cwd=out, check=True)
    shutil.rmtree(prefix, ignore_errors=True)
    os.rename(prefix + '.new', prefix)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    prefix = os.path.abspath(sys.argv[1])
    if os.path.exists(prefix + '/lib/libv8.a'):
        return
    for tool in ('ninja', 'ar', 'tar', 'dpkg', 'apt-get'):
        shutil.which(tool) or die(f'{tool} is missing; install it first')
    work = prefix + '.work'
    os.makedirs(work, exist_ok=True)
    fetch(work)
    if not os.path.exists(work + '/source/out/Release/build.ninja'):
        configure(work)
    targets = build(work)
    collect(work, targets, prefix)


if __name__ == '__main__':
    main()
