#!/usr/bin/python3
"""Real exports by the assistant, one after the other: all of their rows come in, as they do by the
command line (docs/import.md), and one undo each leaves nothing."""
import csv
import os
import re
import subprocess
import sys

from kontor import PROGRAM, Kontor, run, wait_for

DATA = os.environ.get('KONTOR_SHARED_DATA', '')
FILES = ('crm-sales/accounts.csv', 'crm-sales/sales_teams.csv', 'northwind/customers.csv', 'northwind/employees.csv',
         'northwind/suppliers.csv')
# organisations, people, employees and departments: what each file adds
ADDED = {'crm-sales/accounts.csv': (85, 0, 0, 0), 'crm-sales/sales_teams.csv': (0, 0, 41, 3),
         'northwind/customers.csv': (91, 91, 0, 0), 'northwind/employees.csv': (0, 0, 9, 0),
         'northwind/suppliers.csv': (29, 29, 0, 0)}
TYPES = ('account', 'contact', 'employee', 'org_unit')


def prepare(k):
    k.ctl('init', '--country', 'US', '--currency', 'USD')
    k.counts = [count(k)]


def count(k):
    return tuple(int(k.ctl('list', kind, '--count')) for kind in TYPES)


def import_file(k, name):
    path = os.path.join(DATA, name)
    with open(path, newline='', encoding='utf-8') as file:
        rows = len(list(csv.reader(file))) - 1
    expected = tuple(a + b for a, b in zip(k.counts[-1], ADDED[name]))
    subprocess.run([PROGRAM, path], check=True, timeout=20)
    k.find('window', re.compile('Import'))
    k.find('label', re.compile(rf'\b{rows} rows'))
    k.find('button', 'Next').click()
    k.find('label', re.compile(rf'^{rows} new'))
    k.find('button', re.compile(f'^Import {rows}')).click()
    k.find('label', f'{rows} imported')
    k.key('Escape')
    k.app.gone('window', re.compile('Import'))
    assert count(k) == expected, f'{name}: {count(k)}, not {expected}'
    k.counts.append(expected)


def test_organisations_with_subsidiaries(k: Kontor):
    import_file(k, FILES[0])
    assert len([a for a in k.records('account') if a.get('parent')]) == 15


def test_sales_teams(k: Kontor):
    import_file(k, FILES[1])


def test_customers(k: Kontor):
    import_file(k, FILES[2])


def test_employees_with_reporting_lines(k: Kontor):
    import_file(k, FILES[3])


def test_suppliers(k: Kontor):
    import_file(k, FILES[4])


def test_one_of_them_is_found(k: Kontor):
    k.select('Maria Anders')
    k.find('label', 'Sales Representative at Alfreds Futterkiste')
    k.shot('real-data')


def test_one_undo_each(k: Kontor):
    k.key('Escape')
    for counts in reversed(k.counts[:-1]):
        k.key('ctrl+z')
        wait_for(lambda: count(k) == counts, f'{counts} after undo')


if __name__ == '__main__':
    if not os.path.exists(os.path.join(DATA, FILES[0])):
        print('1..0 # SKIP the sample data is not beside this checkout')
        sys.exit(0)
    sys.exit(run(sys.modules['__main__'], prepare))
