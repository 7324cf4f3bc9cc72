"""Runs the programs of the bench and makes the table of figures (docs/bench.md).

Every figure is a ratio of two sides in one run, both in turns, of which the median counts; what is
measured is CPU time and never the clock. Without --no-limits a figure over its limit fails the run.
"""
import argparse
import ctypes
import hashlib
import json
import mmap
import os
import pathlib
import resource
import statistics
import subprocess
import sys

import bench_data

HERE = pathlib.Path(__file__).resolve().parent
TOP = HERE.parent.parent
BASE = 1000  # records of the small workspace
ENTRIES = 10000  # of the long timeline


class Figure:
    def __init__(self, name, text, value, limit=None, unit='', at_least=False):
        self.name, self.text, self.value = name, text, value
        self.limit, self.unit, self.at_least = limit, unit, at_least

    def holds(self):
        if self.limit is None:
            return True
        return self.value >= self.limit if self.at_least else self.value <= self.limit

    def as_json(self):
        members = {'name': self.name, 'value': round(self.value, 4), 'limit': self.limit, 'unit': self.unit}
        if self.at_least:
            members['at_least'] = True
        return json.dumps(members, ensure_ascii=False)


def median(results, name):
    return statistics.median(result[name] for result in results)


def digest(paths):
    """What a file that is kept was made from."""
    state = hashlib.sha256()
    for path in sorted(paths):
        state.update(path.read_bytes())
    return state.hexdigest()


def keep_in_memory(path):
    """Keeps a file in the system's cache while the bench runs, where that is allowed: what a disk takes is not
    measured, and a virtual machine may lose its cache at any time."""
    libc = ctypes.CDLL(None)
    libc.mmap.restype = ctypes.c_void_p
    libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
    libc.mlock.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
    size = path.stat().st_size
    with open(path, 'rb') as file:
        address = libc.mmap(None, size, mmap.PROT_READ, mmap.MAP_SHARED, file.fileno(), 0)
    if address != ctypes.c_void_p(-1).value:
        libc.mlock(address, size)


class Bench:
    def __init__(self, options):
        self.build = pathlib.Path(options.build).resolve()
        self.data = pathlib.Path(options.data).resolve()
        self.records, self.rounds = options.records, options.rounds
        self.opened = set()
        self.has_app = (self.build / 'tests' / 'bench' / 'bench-start').exists()
        self.counts = self.has_counter()

    # --- programs

    def program(self, name):
        return str(self.build / 'tests' / 'bench' / name)

    def run(self, name, *arguments):
        """What a program tells: lines "NAME VALUE"."""
        done = subprocess.run([self.program(name), *map(str, arguments)], stdout=subprocess.PIPE, text=True,
                              check=False)
        if done.returncode != 0:
            raise RuntimeError(f'{name}: exit status {done.returncode}')
        result = {}
        for line in done.stdout.splitlines():
            key, _, value = line.partition(' ')
            try:
                result[key] = float(value)
            except ValueError:
                result[key] = value
        return result

    # --- data

    def has_counter(self):
        """Whether this machine counts instructions; virtual ones often don't."""
        try:
            done = subprocess.run(['perf', 'stat', '-x,', '-e', 'instructions:u', 'true'], stderr=subprocess.PIPE,
                                  text=True, check=False)
        except OSError:
            return False
        return done.returncode == 0 and done.stderr.partition(',')[0].isdigit()

    def cost_of(self, name, *arguments):
        """What a program takes: instructions of its own, else CPU."""
        if not self.counts:
            return self.run(name, *arguments)['cpu_s']
        done = subprocess.run(['perf', 'stat', '-x,', '-e', 'instructions:u', self.program(name),
                               *map(str, arguments)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                              check=True)
        return float(next(line for line in done.stderr.splitlines() if 'instructions' in line).partition(',')[0])

    def folder(self, records):
        folder = self.data / str(records)
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def table(self, records):
        """The CSV file of so many people; made once."""
        path = self.folder(records) / 'contacts.csv'
        stamp = path.with_suffix('.csv-stamp')
        made_from = digest([HERE / 'bench_data.py', *(TOP / 'src/core/demo').glob('*.[ch]')])
        if not path.exists() or not stamp.exists() or stamp.read_text() != made_from:
            note(f'making the file of {records:,} people')
            bench_data.write(str(self.build / 'src/cli/kontorctl'), path, records)
            stamp.write_text(made_from)
        return path

    def workspace_stamp(self):
        return digest([TOP / 'docs/schema.md', HERE / 'bench_data.py', *(TOP / 'src/core/demo').glob('*.[ch]'),
                       *(TOP / 'src/core/base').glob('kontor-fold*.c'),
                       *(TOP / 'src/core/store').glob('kontor-ddl*.c'),
                       *(TOP / 'src/core/store').glob('kontor-derive*.c'),
                       *(TOP / 'src/core/store').glob('kontor-search*.c')])

    def import_into(self, path, records):
        remove(path)
        result = self.run('bench-import', self.table(records), path)
        if result['rows'] != records or result['failed'] != 0:
            raise RuntimeError(f'bench-import: {result["rows"]:.0f} rows, {result["failed"]:.0f} failed')
        return result

    def workspace(self, records):
        """A workspace with them; made anew when what stands in a workspace may have changed."""
        path = self.folder(records) / 'bench.kontor'
        stamp = path.with_suffix('.kontor-stamp')
        if not path.exists() or not stamp.exists() or stamp.read_text() != self.workspace_stamp():
            stamp.unlink(missing_ok=True)
            note(f'importing {records:,} people')
            self.import_into(path, records)
            stamp.write_text(self.workspace_stamp())
        if path not in self.opened:
            # migrates it where that is due, which is not to be measured
            subprocess.run([str(self.build / 'src/cli/kontorctl'), 'list', '--workspace', str(path), 'user'],
                           stdout=subprocess.DEVNULL, check=True)
            keep_in_memory(path)
            self.opened.add(path)
        return path

    def copy(self, path, name):
        copy = path.with_name(name)
        remove(copy)
        subprocess.run(['cp', '--reflink=auto', str(path), str(copy)], check=True)
        return copy

    # --- figures of the store

    def figure_import(self):
        folder = self.folder(self.records)
        workspace, plain = self.workspace(self.records), folder / 'reference.db'
        ours, theirs = [], []
        for _ in range(self.rounds):
            imported = folder / 'import.kontor'
            ours.append(self.import_into(imported, self.records))
            remove(imported)
            remove(plain)
            theirs.append(self.run('reference-import', workspace, plain))
            remove(plain)
        cpu = median(ours, 'cpu_s')
        yield Figure('import', 'CSV import of 20 columns: CPU ÷ the same rows by prepared statements',
                     cpu / median(theirs, 'cpu_s'), 2.0, '×')
        yield Figure('import-rows', 'rows of the file a second of CPU', self.records / cpu, None, 'rows/s', True)

    def figure_search(self):
        result = self.run('bench-search', self.workspace(self.records), HERE / 'prefixes.txt', self.rounds)
        yield Figure('search', f'95th percentile of {result["n_lines"]:.0f} prefixes ÷ one MATCH with 50 rows',
                     result['search_us'] / result['match_us'], 4, '×')
        yield Figure('search-typing-error',
                     f'the same of {result["n_near"]:.0f} that need it ÷ one scan of {result["n_words"]:,.0f} words',
                     result['near_us'] / result['scan_us'], 2, '×')

    def figure_sort(self):
        result = self.run('bench-sort', self.workspace(self.records), 2 * self.rounds - 1)
        yield Figure('sort', f'200 loaded rows of the worst of {result["n_sorts"]:.0f} sorts '
                     f'({result["worst"]}) ÷ the same SELECT', result['ratio'], 3, '×')

    def figure_edit(self):
        workspace = self.workspace(self.records)
        copies = [self.copy(workspace, f'edit-{i}.kontor') for i in range(3)]
        result = self.run('bench-edit', *copies, 4 * self.rounds)
        for copy in copies:
            remove(copy)
        yield Figure('edit-syncs', 'one edit: calls of xSync', result['syncs'], 1, '')
        yield Figure('edit-syncs-first', 'the first edit after a checkpoint: calls of xSync', result['first_syncs'], 2,
                     '')
        yield Figure('edit', f'one edit ({result["worst"]}): CPU of the database thread ÷ the same statements',
                     result['ratio'], 2, '×')

    # --- figures of the window

    def figure_change(self):
        """One field of many people at once."""
        n = max(BASE // 2, self.records // 10)
        workspace = self.workspace(self.records)
        ours, theirs = [], []
        for _ in range(self.rounds):
            copies = [self.copy(workspace, f'change-{i}.kontor') for i in range(2)]
            result = self.run('bench-change', *copies, n, 'language', 'German')
            for copy in copies:
                remove(copy)
            ours.append(result['kontor_ms'])
            theirs.append(result['hand_ms'])
        yield Figure('change', f'one field of {n:,} people: CPU ÷ the same UPDATE with its log by hand',
                     statistics.median(ours) / statistics.median(theirs), 3, '×')
        for kind, doing in (('change', f'a field of {n:,} shown people is changed'),
                            ('trash', f'{n:,} shown people go to the trash and come back')):
            runs = []
            for _ in range(min(self.rounds, 3)):
                copy = self.copy(workspace, f'{kind}.kontor')
                runs.append(self.run('bench-window', kind, copy, n))
                remove(copy)
            yield self.longest(f'{kind}-stall', doing, runs)

    def figure_start(self):
        small, large = self.workspace(BASE), self.workspace(self.records)
        sides = {'empty': ('reference-empty',), 'rows': ('reference-start', 'none.kontor'),
                 'small': ('bench-start', small), 'large': ('bench-start', large)}
        costs = {side: [] for side in sides}
        for _ in range(2 * self.rounds - 1):
            for side, command in sides.items():
                costs[side].append(self.cost_of(*command))
        empty, rows, few, many = (statistics.median(costs[side]) for side in ('empty', 'rows', 'small', 'large'))
        what = 'instructions' if self.counts else 'CPU'
        yield Figure('start', f'start, {what} to the first frame with rows ÷ the same window over 50 rows in memory',
                     many / rows, 1.4, '×')
        yield Figure('start-size', f'the same with {self.records:,} records ÷ with {BASE:,}', many / few, 1.15, '×')
        yield Figure('start-empty', 'the same ÷ an empty libadwaita window', many / empty, 4, '×')

    def figure_scroll(self):
        small, large = self.workspace(BASE), self.workspace(self.records)
        steps = max(40, min(400, self.records // 2500))
        few, many = [], []
        for _ in range(self.rounds):
            few.append(self.run('bench-window', 'scroll', small, BASE, steps))
            many.append(self.run('bench-window', 'scroll', large, self.records, steps))
        more = median(many, 'memory') - median(few, 'memory')
        yield Figure('scroll-memory', 'RssAnon after scrolling from end to end, a row more',
                     more / max(1, self.records - BASE), 40, 'bytes')
        yield self.longest('scroll-stall', 'scrolling', many)

    def figure_typing(self):
        workspace = self.workspace(self.records)
        every = 40 if self.records >= 100000 else 200
        runs = [self.run('bench-window', 'search', workspace, HERE / 'prefixes.txt', every)
                for _ in range(self.rounds)]
        yield self.longest('search-stall', 'searching', runs)

    def chart_workspace(self, people):
        """A workspace with one organisation of so many people, and its id."""
        path = self.folder(people) / 'chart.kontor'
        ctl = str(self.build / 'src/cli/kontorctl')
        if not path.exists():
            rows = ''.join(f'Person {n:05},Opora,Clerk\n' for n in range(people))
            subprocess.run([ctl, 'init', '--workspace', path, '--user', 'Bench'], check=True, stdout=subprocess.DEVNULL)
            subprocess.run([ctl, 'import', '--workspace', path, '--type', 'contact', '-'], check=True, text=True,
                           input='name,account,position\n' + rows, stdout=subprocess.DEVNULL)
        found = subprocess.run([ctl, 'list', '--workspace', path, 'account', '--format=json'], check=True, text=True,
                               capture_output=True).stdout
        return path, json.loads(found.splitlines()[0])['id']

    def figure_org_chart(self):
        few, many = [], []
        for _ in range(self.rounds):
            few.append(self.run('bench-window', 'chart', *self.chart_workspace(100)))
            many.append(self.run('bench-window', 'chart', *self.chart_workspace(10000)))
        yield Figure('org-chart', 'CPU to the first frame of an org chart of 10,000 people ÷ of 100',
                     median(many, 'cpu') / median(few, 'cpu'), 1.3, '×')

    def figure_import_window(self):
        rows = max(BASE, self.records // 50)
        table = self.folder(self.records) / 'more.csv'
        if not table.exists():
            bench_data.write(str(self.build / 'src/cli/kontorctl'), table, rows, seed=2)
        copy = self.copy(self.workspace(self.records), 'window.kontor')
        run = self.run('bench-window', 'import', copy, table)
        remove(copy)
        yield self.longest('import-stall', f'importing {rows:,} more', [run])

    def figure_timeline(self):
        copy = self.copy(self.workspace(BASE), 'timeline.kontor')
        result = self.run('bench-window', 'timeline', copy, ENTRIES, 2 * self.rounds - 1)
        remove(copy)
        yield Figure('timeline', f'a page with {ENTRIES:,} entries, CPU to the first frame with them ÷ with 100',
                     result['many_s'] / result['few_s'], 1.3, '×')

    @staticmethod
    def longest(name, doing, runs):
        worst = median(runs, 'longest_ms')
        return Figure(name, f'the longest of the callbacks in the main loop while {doing} '
                      f'({runs[-1]["longest"]})', worst, 8, 'ms')

    def groups(self):
        groups = {'import': self.figure_import, 'search': self.figure_search, 'sort': self.figure_sort,
                  'edit': self.figure_edit}
        if self.has_app:
            groups |= {'change': self.figure_change, 'start': self.figure_start, 'scroll': self.figure_scroll,
                       'typing': self.figure_typing, 'importing': self.figure_import_window,
                       'timeline': self.figure_timeline, 'org-chart': self.figure_org_chart}
        return groups


def note(text):
    print(f'bench: {text}', file=sys.stderr)


def remove(path):
    for suffix in ('', '-wal', '-shm', '-lease', '-journal'):
        pathlib.Path(f'{path}{suffix}').unlink(missing_ok=True)


def number(value):
    if value is None:
        return ''
    if value == int(value):
        return f'{int(value):,}'
    return f'{value:,.0f}' if value >= 1000 else f'{value:.2f}'


def print_table(figures, with_verdict):
    rows = [('figure', 'value', 'limit', 'unit', 'verdict', '')]
    for figure in figures:
        sign = '' if figure.limit is None else '≥ ' if figure.at_least else '≤ '
        verdict = '' if figure.limit is None or not with_verdict else 'holds' if figure.holds() else 'MISSED'
        rows.append((figure.name, number(figure.value), sign + number(figure.limit), figure.unit, verdict, figure.text))
    widths = [max(len(row[i]) for row in rows) for i in range(5)]
    for row in rows:
        print(f'{row[0]:{widths[0]}}  {row[1]:>{widths[1]}}  {row[2]:>{widths[2]}}  {row[3]:{widths[3]}}  '
              f'{row[4]:{widths[4]}}  {row[5]}'.rstrip())


def parse_options():
    parser = argparse.ArgumentParser(prog='bench store', description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--records', type=int, default=1000000, metavar='N', help='people in the workspace')
    parser.add_argument('--rounds', type=int, default=5, metavar='N', help='how often each side runs')
    parser.add_argument('--json', action='store_true', help='one object a line instead of the table')
    parser.add_argument('--only', action='append', metavar='NAME',
                        help='only some: import, search, sort, edit, change, start, scroll, typing, importing, '
                             'timeline, org-chart')
    parser.add_argument('--no-limits', action='store_true', help='measure without a verdict')
    parser.add_argument('--tap', action='store_true', help='tell the results as a test does')
    parser.add_argument('--build', default=str(TOP / '_build/bench'), help=argparse.SUPPRESS)
    parser.add_argument('--data', default=str(TOP / '_build/bench-data'), help=argparse.SUPPRESS)
    return parser.parse_args()


def measure(bench, names, options):
    """Runs the groups of figures; those that could not be measured are told and counted."""
    groups, figures, broken = bench.groups(), [], 0
    for number_, name in enumerate(names, 1):
        try:
            made = list(groups[name]())
        except (OSError, RuntimeError, subprocess.SubprocessError, KeyError, ZeroDivisionError) as error:
            note(f'{name}: {error}')
            made, broken = [], broken + 1
        figures += made
        if options.tap:
            print(f'{"ok" if made else "not ok"} {number_} {name}')
            for figure in made:
                print(f'# {figure.name} {number(figure.value)} {figure.unit}')
        elif options.json:
            for figure in made:
                print(figure.as_json())
        sys.stdout.flush()
    return figures, broken


def main():
    options = parse_options()
    bench = Bench(options)
    known = bench.groups()
    names = [name for name in known if options.only is None or name in options.only]
    unknown = [name for name in options.only or [] if name not in known]
    if unknown:
        sys.exit(f'bench: --only: no figure {unknown[0]}; there are {", ".join(known)}')
    if options.records < BASE:
        sys.exit(f'bench: --records: at least {BASE}')
    if options.tap:
        print(f'1..{len(names)}')
    figures, broken = measure(bench, names, options)
    if not options.json and not options.tap:
        print_table(figures, not options.no_limits)
    if options.tap:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(f'# {used.ru_utime + used.ru_stime:.1f} s of CPU')
    missed = not options.no_limits and not all(figure.holds() for figure in figures)
    sys.exit(1 if broken or missed else 0)


if __name__ == '__main__':
    main()
