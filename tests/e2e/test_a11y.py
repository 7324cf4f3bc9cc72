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
        'Ana Trujillo,Trujillo Emparedados,Owner,+52 5 555 4729,+52 55 1234 5678,ana@trujillo.example,Avda. 22,México D.F.,VIP\n'
        'Anton Berg,Bergbau,Owner,,,,,,\n'))


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


def test_palette(k: Kontor):
    k.key('ctrl+1')
    k.key('ctrl+k')
    window = k.find('window', 'Find or do anything')
    k.type_keys('truj')
    window.find('list item', re.compile('^Ana Trujillo'))
    check(k, window)
    k.key('Escape')
    k.app.gone('window', 'Find or do anything')


def test_steps(k: Kontor):
    k.key('ctrl+alt+z')
    window = k.find('window', 'Steps')
    window.find('button', re.compile('^Undo: '))
    check(k, window)
    k.key('Escape')
    k.app.gone('window', 'Steps')


def test_preferences(k: Kontor):
    k.key('ctrl+comma')
    window = k.find('window', 'Preferences')
    window.find('button', re.compile('^Full name: Ivan'))
    check(k, window)
    for title in window.all('label', 'This workspace'):
        title.pointer()
    window.find('button', 'Restore…').pointer()
    restore = k.find('window', 'Restore a backup')
    restore.find('label', 'No backups yet')
    check(k, restore)
    k.key('Escape')
    k.app.gone('window', 'Restore a backup')
    k.find('window', 'Preferences').find('button', 'Close').click()
    k.app.gone('window', 'Preferences')
    k.app.focus()


def test_filter(k: Kontor):
    k.app.focus()
    k.key('ctrl+shift+f')
    k.find('button', 'Add condition')
    k.key('Return')
    k.find('button', 'Field')
    check(k)
    k.key('Escape', 'Escape')


def test_stars(k: Kontor):
    k.select('Ana Trujillo')
    k.key('ctrl+d')
    k.find('list', 'Starred')
    check(k)


def test_many(k: Kontor):
    k.search('a')
    k.key('Return', 'ctrl+a')
    dialog(k, 'Tag', 'ctrl+shift+t')
    dialog(k, 'Assign', 'ctrl+shift+o')


def test_trash(k: Kontor):
    k.key('alt+2')
    k.find('label', 'Trash is empty')
    check(k)


if __name__ == '__main__':
    sys.exit(run(sys.modules['__main__'], prepare))
