#!/usr/bin/python3
"""Import by the assistant: seen before it is written, one step, taken back by one undo."""
import os
import re
import sys

from kontor import Kontor, run, wait_for, xdo

CUSTOMERS = (
    'customer_id,company_name,contact_name,contact_title,address,city,postal_code,country,phone\n'
    'ALFKI,Alfreds Futterkiste,Maria Anders,Sales Representative,Obere Str. 57,Berlin,12209,Germany,030-0074321\n'
    'ANATR,Ana Trujillo Emparedados,Ana Trujillo,Owner,Avda. de la Constitución 2222,México D.F.,05021,Mexico,(5) 555-4729\n'
    'BROKN,,,,,,,Nowhereland,\n'
    'BERGS,Berglunds snabbköp,Christina Berglund,Order Administrator,Berguvsvägen 8,Luleå,S-958 22,Sweden,0921-12 34 65\n')


def prepare(k):
    k.ctl('init', '--user', 'Ivan Petrov')
    k.csv = os.path.join(k.dir, 'customers.csv')
    with open(k.csv, 'w', encoding='utf-8') as file:
        file.write(CUSTOMERS)


def open_assistant(k, file):
    """As by "Open with": the running program is handed the file."""
    import subprocess
    from kontor import PROGRAM
    subprocess.run([PROGRAM, file], check=True, timeout=20)
    return k.find('window', re.compile('Import'))


def test_match_check_import(k: Kontor):
    open_assistant(k, k.csv)
    k.find('label', re.compile('4 rows'))
    k.find('label', 'companyname')  # the driver drops underscores
    k.find('button', 'Next').click()
    k.find('label', re.compile('3 new'))
    k.find('label', 'Line 4')
    k.find('button', re.compile('^Import 3')).click()
    k.find('label', '3 imported, 1 not')
    accounts = k.records('account')
    assert sorted(a['name'] for a in accounts) == ['Alfreds Futterkiste', 'Ana Trujillo Emparedados', 'Berglunds snabbköp'], accounts
    assert sorted(a['city'] for a in accounts) == ['Berlin', 'Luleå', 'México D.F.']
    assert len(k.records('contact')) == 3


def test_undo_of_the_import(k: Kontor):
    k.find('button', 'Undo the import').click()
    k.app.gone('window', re.compile('Import'))
    wait_for(lambda: k.records('account') == [] and k.records('contact') == [], 'nothing left')


def has_keys(widget):
    return 'focused' in widget.states


def test_by_keys_alone(k: Kontor):
    # The table lies beside the workspace, whose files the chooser opens and closes, too.
    k.key('ctrl+o')
    k.find('window', re.compile('Import'))
    k.key('Return')
    k.find('button', 'Open')
    k.key('ctrl+l')
    k.find('text box', pred=has_keys)
    k.key('ctrl+a')
    k.app.type_keys(k.csv)
    k.key('Return')
    k.find('button', 'Next', has_keys)
    # as by Alt+Tab: xfwm4 gives the keys to the window below when the chooser goes
    xdo('windowactivate', '--sync', k.xwindow(k.find('window', re.compile('Import'))))
    k.key('Return')
    k.find('button', re.compile('^Import 3'), has_keys)
    k.key('Return')
    k.find('button', 'Close', has_keys)
    k.find('label', '3 imported, 1 not')
    k.key('Return')
    k.app.gone('window', re.compile('Import'))
    assert len(k.records('account')) == 3
    k.key('ctrl+z')
    wait_for(lambda: k.records('account') == [], 'nothing left')


def test_a_picture_is_refused(k: Kontor):
    picture = os.path.join(k.dir, 'photo.csv')
    with open(picture, 'wb') as file:
        file.write(b'\x89PNG\r\n\x1a\n' + bytes(range(256)) * 8)
    window = open_assistant(k, picture)
    window.find('label', 'The file can\'t be imported')
    k.app.focus(window)
    k.key('Escape')
    k.app.gone('window', re.compile('Import'))


if __name__ == '__main__':
    sys.exit(run(sys.modules['__main__'], prepare))
