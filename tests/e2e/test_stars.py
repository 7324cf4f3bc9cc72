#!/usr/bin/python3
"""Starred records and views: by keys, in order, undone, and there after a restart."""
import re
import sys
import time

from kontor import Kontor, run, wait_for


def prepare(k):
    k.ctl('init', '--user', 'Ivan Petrov', '--country', 'DE')
    k.ctl('import', '--type', 'contact', '-', stdin=(
        'full name,account,position\n'
        'Ana Trujillo,Trujillo Emparedados,Owner\n'
        'Trude Glad,Glad & Co,Director\n'
        'Boris Trubin,Pipes,Director\n'))


def stars(k):
    lists = [n for n in k.app.all('list', 'Starred')]
    return [row.name for row in lists[0].all('list item')] if lists else []


def have(k, *names):
    wait_for(lambda: stars(k) == list(names), f'starred: {names}, are {stars(k)}')


def focused(k):
    time.sleep(0.2)
    return [n.name for n in k.app.all('list item', None, lambda n: 'focused' in n.states)]


def focus_star(k, name):
    """F6 to the sidebar, Tab to the starred, down to one."""
    for _ in range(4):
        k.key('F6')
        if focused(k) == ['Contacts']:
            break
    k.key('Tab')
    for _ in range(5):
        if focused(k) == [name]:
            return
        k.key('Down')
    raise AssertionError(f'{name} has no focus, but {focused(k)}')


def test_star_records(k: Kontor):
    for name in ('Ana Trujillo', 'Trude Glad', 'Boris Trubin'):
        k.select(name)
        k.page(name)
        k.key('ctrl+d')
        k.toast(f'{name} starred')
    have(k, 'Ana Trujillo', 'Trude Glad', 'Boris Trubin')
    k.find('button', 'Remove star')


def test_undo(k: Kontor):
    k.key('ctrl+z')
    have(k, 'Ana Trujillo', 'Trude Glad')
    k.key('ctrl+shift+z')
    have(k, 'Ana Trujillo', 'Trude Glad', 'Boris Trubin')


def test_order_and_opening(k: Kontor):
    focus_star(k, 'Boris Trubin')
    k.key('ctrl+Up')
    have(k, 'Ana Trujillo', 'Boris Trubin', 'Trude Glad')
    k.key('ctrl+Up')
    have(k, 'Boris Trubin', 'Ana Trujillo', 'Trude Glad')
    k.key('ctrl+Up')  # there is nothing above
    k.key('ctrl+Down', 'ctrl+Down')
    have(k, 'Ana Trujillo', 'Trude Glad', 'Boris Trubin')
    focus_star(k, 'Ana Trujillo')
    k.key('Return')
    k.page('Ana Trujillo')


def test_remove(k: Kontor):
    focus_star(k, 'Trude Glad')
    k.key('Delete')
    have(k, 'Ana Trujillo', 'Boris Trubin')
    k.toast('Star of Trude Glad removed')


def test_views(k: Kontor):
    k.search('glad')
    k.key('ctrl+shift+s')
    k.find('text box', 'Name of the view', lambda n: 'focused' in n.states)
    k.type_keys('Glad people')
    k.key('Return')
    k.toast('View “Glad people” saved')
    k.find('button', re.compile('Glad people')).click()
    k.find('menu item', 'Star this view').click()
    have(k, 'Ana Trujillo', 'Boris Trubin', 'Glad people')
    k.key('ctrl+1')
    wait_for(lambda: len(k.list_names()) == 3, 'everybody')
    focus_star(k, 'Glad people')
    k.key('Return')
    wait_for(lambda: k.list_names() == ['Trude Glad'], 'the view')


def test_restart(k: Kontor):
    k.ctl('set', 'contact', 'Ana Trujillo', 'name=Ana Maria Trujillo')
    have(k, 'Ana Maria Trujillo', 'Boris Trubin', 'Glad people')
    k.restart()
    have(k, 'Ana Maria Trujillo', 'Boris Trubin', 'Glad people')


if __name__ == '__main__':
    sys.exit(run(sys.modules[__name__], prepare))
