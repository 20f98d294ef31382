#!/usr/bin/env python3
"""Measures this node against a bare epoll loop and the runtimes it finds (`make bench`), as ratios.

    test/bench/bench.py NODE BARE_EPOLL [ROUNDS]

Requests per second of a keep-alive "Hello World" with 64 connections, and milliseconds to start an
empty script. Contenders take turns within each round, so that a noisy machine disturbs all alike;
the figures are medians. Needs wrk for the first part.
"""
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SECONDS = 3


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def wait_for(port):
    for _ in range(200):
        try:
            socket.create_connection(('127.0.0.1', port), 1).close()
            return
        except OSError:
            time.sleep(0.02)
    sys.exit(f'bench: nothing listens on port {port}')


def pinned(cpu, command):
    """On one processor of its own, where the machine has two and taskset."""
    spare = (os.cpu_count() or 1) > 1 and shutil.which('taskset')
    return ['taskset', '-c', str(cpu), *command] if spare else command


def requests_per_second(command):
    port = free_port()
    server = subprocess.Popen(pinned(0, [*command, str(port)]), stdout=subprocess.DEVNULL)
    try:
        wait_for(port)
        load = ['wrk', '-t1', '-c64', f'-d{SECONDS}', f'http://127.0.0.1:{port}/']
        output = subprocess.run(pinned(1, load), capture_output=True, text=True, check=True).stdout
        return float(re.search(r'Requests/sec:\s*([\d.]+)', output).group(1))
    finally:
        server.kill()
        server.wait()


def start_ms(command):
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return (time.perf_counter() - start) * 1000


def compare(title, contenders, measure, rounds, unit):
    results = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, command in contenders.items():
            results[name].append(measure(command))
    medians = {name: statistics.median(values) for name, values in results.items()}
    ours = medians['ours']
    print(title)
    for name, median in medians.items():
        print(f'  {name:12}{median:12.1f} {unit:6} ours is {ours / median:5.2f} of it')


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    ours, bare = map(os.path.abspath, sys.argv[1:3])
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    runtimes = {'ours': ours}
    for name in ('node', 'bun'):
        if shutil.which(name):
            runtimes[name] = shutil.which(name)
    if shutil.which('wrk'):
        script = os.path.join(HERE, 'hello.js')
        servers = {name: [path, script] for name, path in runtimes.items()}
        servers['bare epoll'] = [bare]
        compare('HTTP, 64 keep-alive connections', servers, requests_per_second, rounds, 'req/s')
    else:
        print('bench: wrk is missing; install with: apt-get install wrk')
    with tempfile.NamedTemporaryFile('w', suffix='.js') as empty:
        programs = {name: [path, empty.name] for name, path in runtimes.items()}
        compare('start of an empty script', programs, start_ms, rounds * 7, 'ms')


if __name__ == '__main__':
    main()
