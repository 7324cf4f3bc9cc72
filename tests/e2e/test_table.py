#!/usr/bin/python3
"""The table: sorted by its headers, columns chosen, opened, kept over a restart."""
import os
import re
import subprocess
import sys

from kontor import Kontor, run, wait_for

CLIPBOARD = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'clipboard.py')
PEOPLE = ['Anna', 'Boris', 'Clara', 'Dmitri', 'Eva', 'Finn']


def prepare(k):
    k.ctl('init', '--user', 'Ivan Petrov')
    k.ctl('import', '--type', 'contact', '-', stdin='name,city,number\n' + ''.join(
        f'{name} Test,City {9 - i},N{i}\n' for i, name in enumerate(PEOPLE)))


def names(k):
    return [row[0].split()[0] for row in k.table('People').rows()]


def test_switch_to_table(k: Kontor):
    k.key('ctrl+shift+l')
    wait_for(lambda: names(k) == PEOPLE, 'rows by name')
    assert k.table('People').titles()[:3] == ['Full name', 'Name of the organisation', 'Position']


def test_sort_by_header(k: Kontor):
    k.table('People').title('City').pointer()
    wait_for(lambda: names(k) == PEOPLE[::-1], 'rows by city')
    k.table('People').title('City').pointer()
    wait_for(lambda: names(k) == PEOPLE, 'rows by city, descending')
    k.table('People').title('Full name').pointer()
    wait_for(lambda: names(k) == PEOPLE, 'rows by name')
    k.table('People').title('Full name').pointer()
    wait_for(lambda: names(k) == PEOPLE[::-1], 'rows by name, descending')


def test_choose_columns(k: Kontor):
    k.table('People').title('Position').pointer(button=3)
    k.find('menu item', 'Hide this column').click()
    wait_for(lambda: 'Position' not in k.table('People').titles(), 'the column to go')


def test_what_is_shown_is_copied(k: Kontor):
    """The columns of the table in their order, without the hidden one."""
    k.table('People').title('City').pointer(button=3)
    k.find('menu item', 'Move to the left').click()
    wait_for(lambda: k.table('People').titles().index('City') == 3, 'the column moved')
    k.table('People').row('Clara Test').pointer()
    k.key('ctrl+c')
    k.toast('1 record copied')
    got = subprocess.run(['/usr/bin/python3', CLIPBOARD, 'get', 'text/plain'], capture_output=True, text=True, check=True, timeout=20).stdout
    assert got.splitlines()[0].split('\t') == k.table('People').titles(), got


def test_open_in_place_and_back(k: Kontor):
    k.table('People').row('Clara Test').pointer(times=2)
    k.page('Clara Test')
    k.key('alt+Left')
    wait_for(lambda: names(k)[0] == 'Finn', 'the table again')


def test_kept_over_restart(k: Kontor):
    k.stop()
    k.start()
    wait_for(lambda: names(k) == PEOPLE[::-1], 'the same sort')
    assert 'Position' not in k.table('People').titles()


def test_trash_many_and_undo(k: Kontor):
    k.table('People').row('Finn Test').pointer()
    k.key('shift+Down', 'shift+Down')
    k.find('label', '3 selected')
    k.key('Delete')
    k.toast('3 records moved to trash')
    wait_for(lambda: len(k.records('contact')) == 3, 'three left')
    k.key('ctrl+z')
    k.toast(re.compile('^Undone: 3 records'))
    wait_for(lambda: len(k.records('contact')) == 6, 'all back')


def test_back_to_list(k: Kontor):
    k.key('ctrl+shift+l')
    wait_for(lambda: len(k.list_names()) == 6, 'the list')


if __name__ == '__main__':
    sys.exit(run(sys.modules['__main__'], prepare))
