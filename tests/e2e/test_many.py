#!/usr/bin/python3
"""Many records at once: changed, tagged, assigned, exported; each one step, undone by one key."""
import os
import re
import subprocess
import sys
import time

from kontor import Kontor, run, wait_for

N = 700  # more than are written at once


def prepare(k):
    k.ctl('init', '--user', 'Ivan Petrov', '--country', 'DE')
    k.ctl('import', '--type', 'contact', '-', stdin='full name,city\n' + ''.join(
        f'Person {i:04},Berlin\n' for i in range(N)))
    k.ctl('add', 'employee', 'name=Anna Smirnova')


def select_all(k):
    k.search('person')
    k.key('Return')
    k.key('ctrl+a')
    k.find('label', '700 selected')


def choose(k, item):
    k.find('button', 'Change').click()
    k.find('menu item', item).click()


def count(k, where):
    return len(k.records('contact', '--where', where))


def test_field(k: Kontor):
    select_all(k)
    choose(k, 'Change a field…')
    dialog = k.find('window', 'Change')
    dialog.find('label', '700 records')
    k.find('button', 'Field', lambda n: 'focused' in n.states)
    k.key('space')
    time.sleep(0.5)  # until the list of fields is there
    k.type_keys('language')
    k.key('Return')
    dialog.find('text box', 'Language')
    k.key('Tab')
    k.type_keys('German')
    k.key('ctrl+Return')
    k.toast('Language of 700 records changed')
    assert count(k, 'language=German') == N
    k.key('ctrl+z')
    wait_for(lambda: count(k, 'language=German') == 0, 'undone')


def test_all_of_what_is_still_read(k: Kontor):
    """Keys that come before the rows are for all the rows that come."""
    k.search('person 0001')
    wait_for(lambda: k.list_names() == ['Person 0001'], 'one')
    k.app.keys_at_once('', 'ctrl+f', 'ctrl+a', *'person', 'Return', 'ctrl+a', 'ctrl+shift+o')
    k.find('window', 'Assign').find('label', '700 records')
    k.key('Escape')
    k.app.gone('window', 'Assign')


def test_nothing_to_change(k: Kontor):
    """An error where all have the value, and nothing is written."""
    before = len(k.ctl('history', '--format=json').splitlines())
    k.select('Person 0001')
    k.key('ctrl+shift+o')
    k.find('window', 'Assign')
    k.key('Escape')
    k.app.gone('window', 'Assign')
    assert len(k.ctl('history', '--format=json').splitlines()) == before


def test_new_tag(k: Kontor):
    select_all(k)
    k.key('ctrl+shift+t')
    k.find('window', 'Tag')
    k.find('text box', 'Tag', lambda n: 'focused' in n.states)
    k.type_keys('Fair 2026')
    k.key('ctrl+Return')
    k.toast('700 records tagged')
    assert count(k, 'tags="Fair 2026"') == N
    k.key('ctrl+z')
    wait_for(lambda: count(k, 'tags="Fair 2026"') == 0, 'undone')
    assert not k.records('tag', '--where', 'name="Fair 2026"'), 'the tag is gone too'


def test_assign(k: Kontor):
    select_all(k)
    k.key('ctrl+shift+o')
    k.find('window', 'Assign')
    k.type_keys('Anna')
    k.find('label', 'Anna Smirnova')
    k.key('Down', 'Return')
    k.key('ctrl+Return')
    k.toast(re.compile('700 records changed'))
    assert count(k, 'owner="Anna Smirnova"') == N
    k.key('ctrl+z')
    wait_for(lambda: count(k, 'owner="Anna Smirnova"') == 0, 'undone')


def test_export(k: Kontor):
    select_all(k)
    choose(k, 'Export…')
    k.find('button', 'Export')
    path = os.path.join(k.dir, 'people.csv')
    k.key('ctrl+a')
    k.type_keys(path)
    k.key('Return')
    k.toast('700 records exported')
    with open(path, encoding='utf-8-sig') as file:
        assert sum(1 for _ in file) == N + 1


def test_narrow(k: Kontor):
    """Keys of a page mean what is selected, not the record of the page behind the list."""
    k.stop()
    subprocess.run(['gsettings', 'set', 'org.kontor.Kontor', 'window-width', '400'], check=True)
    k.start()
    k.ready()
    k.search('person 0002')
    wait_for(lambda: k.list_names() == ['Person 0002'], 'one')
    k.key('Down', 'Return')
    k.page('Person 0002')
    k.key('alt+Left')
    select_all(k)
    k.key('ctrl+shift+t')
    k.find('window', 'Tag').find('label', '700 records')
    k.key('Escape')
    k.app.gone('window', 'Tag')
    k.search('person 0003')
    wait_for(lambda: k.list_names() == ['Person 0003'], 'one')
    k.key('Down', 'F2')
    k.page('Person 0003')
    k.find('text box', 'Full name')
    k.key('Escape')


if __name__ == '__main__':
    sys.exit(run(sys.modules['__main__'], prepare))
