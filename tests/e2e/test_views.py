#!/usr/bin/python3
"""Filter builder and saved views: by keys and by the mouse, kept after a restart."""
import re
import sys
import time

from kontor import Kontor, run, wait_for


def prepare(k):
    k.ctl('init', '--user', 'Ivan Petrov', '--country', 'DE')
    k.ctl('import', '--type', 'contact', '-', stdin=(
        'full name,account,position,city,tags\n'
        'Ana Trujillo,Trujillo Emparedados,Owner,México D.F.,VIP\n'
        'Trude Glad,Glad & Co,Director,Berlin,VIP\n'
        'Karl Kurz,Glad & Co,Seller,Berlin,\n'
        'Борис Трубин,Трубы и фитинги,Директор,Москва,\n'))


def test_open(k: Kontor):
    wait_for(lambda: len(k.list_names()) == 4, 'everybody')


def test_filter_narrows_at_once(k: Kontor):
    k.key('ctrl+shift+f')
    k.find('button', 'Add condition')
    k.key('Return')
    k.find('button', 'Field', lambda n: 'focused' in n.states)
    k.key('space')
    time.sleep(0.5)  # what is typed before the list of fields is there goes nowhere
    k.type_keys('city')
    k.key('Return')
    wait_for(lambda: any(n.name == 'City' for n, _ in k.find('button', 'Field').walk()), 'City is chosen')
    k.key('Tab', 'Tab', 'Tab')
    k.find('text box', 'Value', lambda n: 'focused' in n.states)
    k.type_keys('berl')
    wait_for(lambda: sorted(k.list_names()) == ['Karl Kurz', 'Trude Glad'], 'Berlin')
    k.find('button', 'Filter 1')
    k.find('label', '2 of 4')


def test_filter_is_saved_as_a_view(k: Kontor):
    k.key('ctrl+shift+s')
    k.find('text box', 'Name of the view', lambda n: 'focused' in n.states)
    k.type_keys('In Berlin')
    k.key('Return')
    k.toast('View “In Berlin” saved')
    k.find('button', re.compile('In Berlin'))
    views = k.records('saved_view')
    assert len(views) == 1 and 'city' in views[0]['query'], views


def test_built_in_view_shows_all_again(k: Kontor):
    k.key('ctrl+1')
    wait_for(lambda: len(k.list_names()) == 4, 'everybody')


def test_view_comes_back_after_restart(k: Kontor):
    k.find('button', re.compile('People')).click()
    k.find('menu item', 'In Berlin').click()
    wait_for(lambda: sorted(k.list_names()) == ['Karl Kurz', 'Trude Glad'], 'the view')
    k.restart()
    wait_for(lambda: sorted(k.list_names()) == ['Karl Kurz', 'Trude Glad'], 'the view after a restart')
    k.find('button', 'Filter 1')


def test_saved_view_is_trashed_and_undone(k: Kontor):
    k.find('button', re.compile('In Berlin')).click()
    k.find('menu item', 'Move this view to trash').click()
    wait_for(lambda: len(k.list_names()) == 4, 'everybody')
    assert not k.records('saved_view')
    k.key('ctrl+z')
    wait_for(lambda: len(k.records('saved_view')) == 1, 'the view again')


def test_filter_that_matches_nothing(k: Kontor):
    k.ctl('add', 'saved_view', 'name=Nobody', 'kind=list', 'type=contact',
          'query=contact where city=Paris and not has activity (kind=call)')
    wait_for(lambda: k.app.all('button', re.compile('People')), 'people')
    k.find('button', re.compile('People')).click()
    k.find('menu item', 'Nobody').click()
    k.find('label', 'Nothing matches 2 conditions')
    k.find('button', 'Filter 2')
    k.find('button', 'Clear the filter').click()
    wait_for(lambda: len(k.list_names()) == 4, 'everybody')


if __name__ == '__main__':
    sys.exit(run(sys.modules['__main__'], prepare))
