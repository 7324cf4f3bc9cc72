"""What the end-to-end tests of the window share: a workspace, the program on it, and TAP.

A test file defines functions test_*(k), k being a Kontor; run() starts the program once for each
file, calls them in the order of the file and prints TAP. Inside rig.sh."""
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import traceback

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from atspi_drive import App, NotFound, wait_for, xdo  # noqa: E402

PROGRAM = os.environ['KONTOR']
CTL = os.environ['KONTORCTL']
ARTIFACTS = os.environ.get('KONTOR_E2E_ARTIFACTS', '')


def ctl(*args, check=True, stdin=None):
    """Runs kontorctl; returns what it printed."""
    done = subprocess.run([CTL, *args], capture_output=True, text=True, input=stdin)
    if check and done.returncode:
        raise AssertionError(f'kontorctl {" ".join(args)}: {done.stderr}')
    return done.stdout


class Kontor:
    """The program on one workspace; a test may stop it and start it again."""

    def __init__(self):
        self.dir = tempfile.mkdtemp(prefix='kontor-e2e.')
        self.path = os.path.join(self.dir, 'office.kontor')
        self.app = None

    # --- the workspace, from outside
    def ctl(self, verb, *args, **more):
        return ctl(verb, '--workspace', self.path, *args, **more)

    def records(self, kind, *args):
        out = self.ctl('list', kind, '--format=json', *args)
        return [json.loads(line) for line in out.splitlines()]

    def record(self, kind, name):
        found = self.records(kind, '--where', f'name="{name}"')
        assert len(found) == 1, f'{len(found)} of {kind} "{name}"'
        return found[0]

    def until(self, look, what):
        return wait_for(look, what)

    # --- the program
    def start(self, *args, env=None):
        self.app = App.launch([PROGRAM, *(args or [self.path])], 'org.kontor.Kontor', env=env)
        return self.app

    def stop(self):
        """As a person does: Ctrl+Q, and waits for the end."""
        self.app.key('ctrl+q')
        self.app.proc.wait(15)
        assert self.app.proc.returncode == 0, f'ended with {self.app.proc.returncode}'

    def restart(self):
        self.stop()
        self.start()
        self.ready()

    def ready(self):
        """The list has rows, or says why not."""
        self.app.find('label', re.compile(r'^(by |No |Nobody)'))

    def __getattr__(self, name):
        return getattr(self.app, name)

    # --- what a person does
    def search(self, text):
        self.app.key('ctrl+f', 'ctrl+a')
        self.app.type_keys(text)

    def select(self, name, exactly=False):
        """Finds somebody and waits for the page."""
        self.search(name)
        wait_for(lambda: name in next(iter(self.list_names()), ''), f'{name} in the list')
        self.app.key('Return')
        self.page(name)

    def page(self, name):
        return self.app.find('heading', name)

    def list_names(self):
        """First lines of the rows of the list."""
        names = []
        for row in self.app.all('group', re.compile('.'), lambda n: n.parent and n.parent.role == 'list item', rows=20):
            names.append(row.name.split(',')[0])
        return names

    def field(self, label):
        """The row of a field, as "Phone: +49 30 …"."""
        return self.app.find('button', re.compile(f'^{re.escape(label)}: '))

    def value(self, label):
        return self.field(label).name.split(': ', 1)[1]

    def has_value(self, label, value):
        return self.app.find('button', f'{label}: {value}')

    def edit(self, label, text, key='Return'):
        self.field(label).pointer()
        self.app.find('text box', label)
        self.app.key('ctrl+a')
        self.app.type_keys(text)
        if key:
            self.app.key(key)

    def toast(self, text):
        return self.app.find('label', text)

    def shot(self, name):
        if ARTIFACTS:
            os.makedirs(ARTIFACTS, exist_ok=True)
            self.app.shot(os.path.join(ARTIFACTS, name + '.png'))


def complaints(log):
    """Warnings and criticals of the program; there should be none."""
    with open(log, encoding='utf-8', errors='replace') as file:
        return [line.strip() for line in file if re.search(r'(WARNING|CRITICAL|ERROR) \*\*|AddressSanitizer|runtime error', line)]


def run(module, prepare, start=True):
    """Runs the tests of a file. prepare(k) makes the workspace."""
    tests = [(name, value) for name, value in vars(module).items() if name.startswith('test_')]
    print(f'1..{len(tests) + 1}')
    k = Kontor()
    failed = 0
    n = 0
    try:
        prepare(k)
        if start:
            k.start()
            k.ready()
    except BaseException:
        traceback.print_exc()
        print(f'Bail out! {module.__name__} did not start', flush=True)
        return 1
    for name, test in tests:
        n += 1
        begin = time.monotonic()
        try:
            test(k)
            print(f'ok {n} - {name[5:]} # {time.monotonic() - begin:.1f} s', flush=True)
        except BaseException:
            failed += 1
            for line in traceback.format_exc().splitlines():
                print(f'# {line}')
            print(f'not ok {n} - {name[5:]}', flush=True)
            if k.app and k.app.alive():
                if ARTIFACTS:
                    k.shot('failed-' + name)
                k.app.dump(sys.stderr)
            else:
                break
    log = k.app.log if k.app else None
    if k.app and k.app.alive():
        try:
            k.stop()
        except BaseException:
            traceback.print_exc()
            failed += 1
            k.app.quit()
    bad = complaints(log) if log else []
    if k.app and k.app.proc.poll():
        bad.append(f'the program ended with {k.app.proc.poll()}')
    for line in bad[:20]:
        print(f'# {line}')
    for missing in range(n + 1, len(tests) + 1):
        print(f'not ok {missing} - not run: the program ended')
    print(('not ok' if bad or failed and not n else 'ok') + f' {len(tests) + 1} - ended cleanly, without a warning', flush=True)
    return 1 if failed or bad else 0
