#!/usr/bin/env python3
"""Measures this node against bare loops and the runtimes it finds (`make bench`), as ratios.

    test/bench/bench.py NODE LOADS [--rows A,B] [--rounds N] [--seconds S] [--json FILE]

LOADS is the folder of the compiled programs of test/bench/load. Contenders take turns within each
round, so that a noisy machine disturbs all alike; figures are medians. The server runs on CPU 0,
the load on CPU 1. HTTP rows need wrk. `make bench-peers` fetches other runtimes and express.
"""
import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time

from contenders import (PEERS, WORK, Server, Unfit, app, nginx, pinned, runtimes, script, servers)

HELLO = 'default_type text/plain; return 200 "Hello World\\n";'
ROWS = {}
options = argparse.Namespace()


def row(name):
    def enter(function):
        ROWS[name] = function
        return function
    return enter


def load(name):
    return os.path.join(options.loads, name)


def show(title, unit, medians, better, extra=None):
    """Prints a table; returns it for --json."""
    best = (max if better == 'more' else min)(v for k, v in medians.items() if k != 'ours')
    ours = medians['ours']
    print(f'\n{title} ({unit}; {better} is better; ours {ours / best:.2f} of the best other)')
    for name, value in medians.items():
        note = f'   {extra[name]}' if extra and name in extra else ''
        print(f'  {name:10}{value:14,.1f}   ours/it {ours / value:6.2f}{note}', flush=True)
    return {'title': title, 'unit': unit, 'better': better, 'medians': medians,
            'notes': extra or {}}


def rounds(contenders, measure):
    """name -> list of what measure(name, command) returned."""
    results = {name: [] for name in contenders}
    for _ in range(options.rounds):
        for name in list(results):
            try:
                results[name].append(measure(name, contenders[name]))
            except (Unfit, subprocess.CalledProcessError) as error:
                if name == 'ours':
                    sys.exit(f'bench: {error}')
                print(f'  {name} is left out: {error}')
                del results[name]
    return results


def middle(results, index=0):
    return {name: statistics.median(r[index] for r in values) for name, values in results.items()}


# --- HTTP servers -------------------------------------------------------------------------


def milliseconds(text):
    number, unit = re.match(r'([\d.]+)(\w+)', text).groups()
    return float(number) * {'us': 0.001, 'ms': 1, 's': 1000}[unit]


def wrk(server, connections, lua=None, seconds=None, url='http://127.0.0.1:{}/'):
    """Requests a second, the 99th percentile in ms, how many."""
    command = ['wrk', '-t1', f'-c{connections}', f'-d{seconds or options.seconds}s', '--latency',
               *(['-s', lua] if lua else []), url.format(server.port)]
    output = subprocess.run(pinned(1, command), stdout=subprocess.PIPE, text=True,
                            check=True).stdout
    if 'Non-2xx' in output:
        sys.exit('bench: errors were answered:\n' + output)
    return (float(re.search(r'Requests/sec:\s*([\d.]+)', output)[1]),
            milliseconds(re.search(r'99%\s+(\S+)', output)[1]),
            int(re.search(r'(\d+) requests in', output)[1]))


def http(title, contenders, connections=64, lua=None, extra=(), url='http://127.0.0.1:{}/'):
    def measure(_, command):
        with Server(command, extra) as server:
            wrk(server, connections, lua, 1, url)
            before = server.cpu()
            rate, p99, count = wrk(server, connections, lua, None, url)
            return rate, (server.cpu() - before) / count * 1e6, p99, server.resident() / 1e6
    results = rounds(contenders, measure)
    columns = [middle(results, i) for i in range(4)]
    notes = {name: f'{columns[1][name]:6.1f} us of CPU each   p99 {columns[2][name]:.2f} ms   '
                   f'{columns[3][name]:.0f} MB' for name in results}
    return show(title, 'requests/s', columns[0], 'more', notes)


def lua_file(text):
    path = os.path.join(WORK, 'load.lua')
    with open(path, 'w', encoding='ascii') as file:
        file.write(text)
    return path


def with_nginx(contenders, location, root=''):
    start = nginx(location, root)
    return {**contenders, **({'nginx': start} if start else {})}


@row('hello')
def hello():
    contenders = with_nginx(servers(options.node, 'hello.js'), HELLO)
    contenders['bare loop'] = [load('bare_http')]
    return http('HTTP hello, 64 keep-alive connections', contenders)


@row('pipelined')
def pipelined():
    lua = lua_file('init = function() local r = {} for i = 1, 16 do r[i] = wrk.format(nil, "/") '
                   'end all = table.concat(r) end\nrequest = function() return all end\n')
    contenders = with_nginx(servers(options.node, 'hello.js'), HELLO)
    contenders['bare loop'] = [load('bare_http')]
    return http('HTTP hello, 16 pipelined', contenders, lua=lua)


@row('post')
def post():
    lua = lua_file('wrk.method = "POST"\nwrk.body = string.rep("x", 1024)\n'
                   'wrk.headers["User-Agent"] = "load"\n'
                   'wrk.headers["Content-Type"] = "application/octet-stream"\n')
    return http('POST of 1 KB, answered with JSON', servers(options.node, 'post.js'), lua=lua)


@row('file')
def file():
    path = os.path.join(WORK, 'index.html')
    with open(path, 'wb') as out:
        out.write(os.urandom(65536))
    contenders = {name: (lambda port, command=command: [*command, str(port), path])
                  for name, command in servers(options.node, 'file.js').items()}
    contenders = with_nginx(contenders, '', f'root {WORK};')
    return http('fs.createReadStream(64 KB file).pipe(response)', contenders)


@row('express')
def express():
    if not os.path.exists(f'{PEERS}/node_modules/express'):
        print('\nexpress is not there: make bench-peers')
        return None
    return http('hello through express', servers(options.node, 'express.js'))


@row('client')
def client():
    def measure(name, command):
        with Server([load('bare_http')]) as server:
            # The other way round: what is measured runs where the server does elsewhere.
            os.sched_setaffinity(server.process.pid, {1 if (os.cpu_count() or 1) > 1 else 0})
            words = [*command, script('client.js', name, app('client.js')), str(server.port),
                     str(options.seconds)]
            return (float(subprocess.run(pinned(0, words), stdout=subprocess.PIPE, text=True,
                                         check=True).stdout),)
    return show('http.request, keep-alive agent, 64 in flight', 'requests/s',
                middle(rounds(runtimes(options.node), measure)), 'more')


# --- TCP ----------------------------------------------------------------------------------


def echo(title, size, connections):
    contenders = servers(options.node, 'echo.js')
    contenders['bare loop'] = [load('bare_echo')]

    def measure(_, command):
        with Server(command) as server:
            words = [load('ping_pong'), str(server.port), str(connections), str(size)]
            subprocess.run(pinned(1, [*words, '1']), stdout=subprocess.DEVNULL, check=True)
            before = server.cpu()
            rate = float(subprocess.run(pinned(1, [*words, str(options.seconds)]),
                                        stdout=subprocess.PIPE, text=True, check=True).stdout)
            return rate, (server.cpu() - before) / (rate * options.seconds) * 1e6
    results = rounds(contenders, measure)
    cpu = middle(results, 1)
    return show(title, 'round trips/s', middle(results), 'more',
                {name: f'{value:8.1f} us of CPU each' for name, value in cpu.items()})


@row('echo')
def echo_small():
    return echo('TCP echo, 64 B, 50 connections', 64, 50)


@row('echo-large')
def echo_large():
    return echo('TCP echo, 1 MB, 8 connections', 1 << 20, 8)


# --- TLS ----------------------------------------------------------------------------------


def certificate(kind):
    """Files of a new key ('ec' or 'rsa') and its self-signed certificate."""
    key, cert = (os.path.join(WORK, f'{kind}-{what}.pem') for what in ('key', 'cert'))
    new = {'ec': ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'], 'rsa': ['rsa:2048']}[kind]
    subprocess.run(['openssl', 'req', '-x509', '-nodes', '-subj', '/CN=localhost', '-days', '30',
                    '-newkey', *new, '-keyout', key, '-out', cert], check=True,
                   stderr=subprocess.DEVNULL)
    return key, cert


def secure_servers(kind, location=HELLO, root=''):
    """The contenders, and what their command lines need beyond the port."""
    files = certificate(kind)
    contenders = {name: command for name, command in servers(options.node, 'https.js').items()
                  if name != 'deno'}
    proxy = nginx(location, root, files)
    if proxy:
        contenders['nginx'] = proxy
    return contenders, files


@row('https')
def https():
    contenders, files = secure_servers('ec')
    return http('https hello, 64 keep-alive connections', contenders, extra=files,
                url='https://127.0.0.1:{}/')


@row('https-large')
def https_large():
    with open(os.path.join(WORK, 'large'), 'wb') as out:
        out.write(b'x' * (16 << 20))
    contenders, files = secure_servers('ec', '', f'root {WORK};')
    return http('https, bodies of 16 MB, 4 connections', contenders, 4, extra=files,
                url='https://127.0.0.1:{}/large')


@row('handshakes')
def handshakes():
    """CPU time of the server for a handshake, by openssl's s_time, which cannot resume TLS 1.3."""
    tables = []
    for kind, how, title in (('ec', '-new -tls1_3', '1.3, ECDSA P-256'),
                             ('rsa', '-new -tls1_3', '1.3, RSA 2048'),
                             ('ec', '-reuse -tls1_2', '1.2, resumed')):
        contenders, files = secure_servers(kind)

        def measure(_, command, how=how):
            with Server(command, files) as server:
                load_it = pinned(1, ['openssl', 's_time', '-connect',
                                     f'127.0.0.1:{server.port}', *how.split(), '-time'])
                subprocess.run([*load_it, '1'], stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, check=True)
                before = server.cpu()
                output = subprocess.run([*load_it, str(options.seconds)], text=True, check=True,
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
                count = int(re.findall(r'(\d+) connections in \d+ real', output)[-1])
                return ((server.cpu() - before) / count * 1e6,)
        tables.append(show(f'Handshake of TLS {title}', 'us of CPU',
                           middle(rounds(contenders, measure)), 'less'))
    return {'title': 'TLS handshakes', 'tables': tables}


# --- memory, many connections -------------------------------------------------------------


def hold(server, count, first=0):
    """Opens idle connections; returns the process that holds them, how many, and their rate."""
    process = subprocess.Popen(pinned(1, [load('idle'), str(server.port), str(count), str(first)]),
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    opened, rate = process.stdout.readline().split()
    return process, int(opened), float(rate)


def release(process):
    process.stdin.close()
    process.wait()


@row('idle')
def idle():
    contenders = with_nginx(servers(options.node, 'hello.js'), HELLO)

    def measure(_, command):
        with Server(command) as server:
            release(hold(server, 200)[0])
            time.sleep(0.5)
            before = server.resident()
            process, count, _ = hold(server, 10000)
            time.sleep(1)
            grown = (server.resident() - before) / count
            release(process)
            return (grown,)
    return show('Resident memory of each of 10,000 idle keep-alive connections', 'bytes',
                middle(rounds(contenders, measure)), 'less')


@row('connections')
def connections():
    """CPU time a request of 64 busy connections among many idle ones."""
    contenders = {'ours': servers(options.node, 'held.js')['ours'],
                  'bare loop': [load('bare_http')]}
    table = {}
    for count in (10, 1000, 10000, 19800):
        def measure(_, command, count=count):
            with Server(command) as server:
                process, opened, rate = hold(server, count)
                wrk(server, 64, None, 1)
                before = server.cpu()
                _, _, requests = wrk(server, 64)
                cost = (server.cpu() - before) / requests * 1e6
                _, p99, _ = wrk(server, 1, None, 2)
                release(process)
                if opened < count:
                    sys.exit(f'bench: {opened} of {count} connections: raise the limit of '
                             'descriptors (ulimit -n 20000)')
                return cost, p99, rate
        results = rounds(contenders, measure)
        columns = [middle(results, i) for i in range(3)]
        table[count] = columns[0]
        show(f'A request of 64 busy connections among {count:,} idle ones', 'us of CPU',
             columns[0], 'less',
             {name: f'p99 of one alone {columns[1][name]:.2f} ms   '
                    f'taken at {columns[2][name]:,.0f}/s'
              for name in contenders})
    return {'title': 'CPU time of a request among idle connections', 'unit': 'us',
            'series': {name: {str(n): table[n][name] for n in table} for name in contenders}}


@row('cluster')
def cluster():
    """Idle connections over a cluster of processes."""
    workers, total = 6, 100000
    contenders = {name: command for name, command in servers(options.node, 'held.js').items()
                  if name == 'ours' or name.startswith('node')}

    def measure(_, command):
        with Server(command, [str(workers)]) as server:
            time.sleep(2)
            start = time.perf_counter()
            held = [hold(server, total // workers, i) for i in range(workers)]
            passed = time.perf_counter() - start
            opened = sum(count for _, count, _ in held)
            _, p99, _ = wrk(server, 1, None, 2)
            for process, _, _ in held:
                release(process)
            return opened, p99, opened / passed
    results = rounds(contenders, measure)
    columns = [middle(results, i) for i in range(3)]
    return show(f'{total:,} idle connections to {workers} processes', 'held', columns[0], 'more',
                {name: f'p99 of one alone {columns[1][name]:.2f} ms   '
                       f'taken at {columns[2][name]:,.0f}/s' for name in results})


@row('timers')
def timers():
    contenders = runtimes(options.node)
    table = {}
    for standing in (10, 1000, 100000, 1000000):
        def measure(name, command, standing=standing):
            words = [*command, script('timers.js', name, app('timers.js')), str(standing)]
            return (float(subprocess.run(pinned(0, words), stdout=subprocess.PIPE, text=True,
                                         check=True).stdout),)
        table[standing] = middle(rounds(contenders, measure))
        show(f'setTimeout and clearTimeout among {standing:,} timers', 'ns', table[standing],
             'less')
    return {'title': 'setTimeout and clearTimeout among standing timers', 'unit': 'ns',
            'series': {name: {str(n): table[n][name] for n in table} for name in contenders}}


# --- the rest -----------------------------------------------------------------------------


@row('startup')
def startup():
    empty = os.path.join(WORK, 'empty.js')
    with open(empty, 'w', encoding='ascii') as out:
        out.write('0\n')

    def measure(_, command):
        start = time.perf_counter()
        process = subprocess.Popen([*command, empty], stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = status
        return (time.perf_counter() - start) * 1000, usage.ru_maxrss / 1024
    contenders = runtimes(options.node)
    for name, command in contenders.items():
        measure(name, command)
    results = {name: [] for name in contenders}
    for _ in range(options.rounds * 7):
        for name, command in contenders.items():
            results[name].append(measure(name, command))
    notes = {name: f'least {min(r[0] for r in values):.1f}   peak {values[0][1]:.0f} MB'
             for name, values in results.items()}
    return show('Start of an empty script', 'ms', middle(results), 'less', notes)


@row('memory')
def memory():
    contenders = with_nginx(servers(options.node, 'hello.js'), HELLO)

    def measure(_, command):
        with Server(command) as server:
            wrk(server, 64)
            return (server.resident() / 1e6,)
    return show('Resident memory of the hello server after load', 'MB',
                middle(rounds(contenders, measure)), 'less')


@row('micro')
def micro():
    results = {}
    contenders = runtimes(options.node)
    for _ in range(options.rounds):
        for name, command in contenders.items():
            words = [*command, script('micro.js', name, app('micro.js'))]
            output = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True).stdout
            for line in output.splitlines():
                what, rate = line.split('\t')
                results.setdefault(what, {}).setdefault(name, []).append(float(rate))
    tables = [show(what, 'operations/s',
                   {name: statistics.median(values) for name, values in by_name.items()}, 'more')
              for what, by_name in results.items()]
    return {'title': 'micro', 'tables': tables}


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('node', type=os.path.abspath)
    parser.add_argument('loads', type=os.path.abspath)
    parser.add_argument('--rows', default=','.join(ROWS), help=' '.join(ROWS))
    parser.add_argument('--rounds', type=int, default=3)
    parser.add_argument('--seconds', type=int, default=4)
    parser.add_argument('--json')
    parser.parse_args(namespace=options)
    if not shutil.which('wrk'):
        sys.exit('bench: wrk is missing; install with: apt-get install wrk')
    tables = {}
    try:
        for name in options.rows.split(','):
            tables[name] = ROWS[name]()
            if options.json:
                with open(options.json, 'w', encoding='ascii') as out:
                    json.dump(tables, out, indent=1)
    finally:
        shutil.rmtree(WORK, ignore_errors=True)


if __name__ == '__main__':
    main()
