#!/usr/bin/python3
"""Every control of every window and dialog has a name that says what it is."""
import os
import re
import sys

from a11y_audit import audit
from kontor import Kontor, run, wait_for


def prepare(k):
    k.ctl('init', '--user', 'Ivan Petrov', '--country', 'DE')
    k.ctl('import', '--type', 'contact', '-', stdin=(
        'name,organisation,position,phone,mobile,email,street,city,tags\n'
        'Ana Trujillo,Trujillo Emparedados,Owner,+52 5 555 4729,+52 55 1234 5678,ana@trujillo.example,Avda. 22,México D.F.,VIP\n'))


def check(k, window=None):
    faults = []
    audit(window or k.windows()[0], faults)
    assert not faults, '\n'.join(faults)


def test_people(k: Kontor):
    check(k)


def test_page_of_a_person(k: Kontor):
    k.select('Ana Trujillo')
    k.key('ctrl+l')
    k.type_keys('A note')
    k.key('ctrl+Return')
    k.find('label', 'A note')
    check(k)


def test_all_fields_open(k: Kontor):
    k.key('F2')
    k.find('text box', 'First name')
    check(k)
    k.key('F2')


def test_page_of_an_organisation(k: Kontor):
    k.key('ctrl+2')
    k.select('Trujillo Emparedados')
    check(k)


def test_table(k: Kontor):
    k.key('ctrl+shift+l')
    wait_for(lambda: k.all('tree grid', 'Organisations'), 'the table')
    check(k)
    k.key('ctrl+shift+l')


def dialog(k, title, *keys):
    k.key(*keys)
    window = k.find('window', title)
    check(k, window)
    k.key('Escape')
    k.app.gone('window', title)


def test_new_person(k: Kontor):
    k.key('ctrl+1')
    dialog(k, 'New person', 'ctrl+n')


def test_new_organisation(k: Kontor):
    k.key('ctrl+2')
    dialog(k, 'New organisation', 'ctrl+n')


def test_import(k: Kontor):
    dialog(k, 'Import', 'ctrl+o')


def test_import_of_a_file(k: Kontor):
    import subprocess
    from kontor import PROGRAM
    path = os.path.join(k.dir, 'a.csv')
    with open(path, 'w', encoding='utf-8') as file:
        file.write('name,phone\nBoris,030 1\n')
    subprocess.run([PROGRAM, path], check=True, timeout=20)
    window = k.find('window', 'Import')
    window.find('button', 'Next')
    check(k, window)
    window.find('button', 'Next').click()
    window.find('button', re.compile('^Import 1'))
    check(k, window)
    k.key('Escape')
    k.app.gone('window', 'Import')


def test_keys(k: Kontor):
    k.key('ctrl+F1')
    k.find('window', re.compile('.'), lambda n: n.raw != 'Kontor')
    k.key('Escape')


def test_about(k: Kontor):
    """libadwaita's own window: its lists have no names, so it is only opened."""
    k.windows()[0].do('win.about')
    k.find('window', 'About')
    k.key('Escape')
    k.app.gone('window', 'About')


def test_trash(k: Kontor):
    k.key('alt+2')
    k.find('label', 'Trash is empty')
    check(k)


if __name__ == '__main__':
    sys.exit(run(sys.modules['__main__'], prepare))
