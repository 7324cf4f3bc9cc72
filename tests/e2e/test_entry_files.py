#!/usr/bin/python3
"""Files of an entry of the timeline, by keys: attached by key and menu, pasted, dropped, looked at,
removed and brought back, refused; those of the page stay what they were."""
import os
import re
import sys
import time

from kontor import Kontor, run, wait_for, xdo
from other_program import dragged
from test_attachments import choose, paste, png


def prepare(k):
    k.ctl('init', '--user', 'Ivan Petrov', '--country', 'DE')
    k.ctl('add', 'contact', 'first_name=Ana', 'last_name=Trujillo')
    k.files = os.path.join(k.dir, 'files')
    os.mkdir(k.files)
    k.file = lambda name: os.path.join(k.files, name)
    for name in ('offer.txt', 'list.txt'):
        with open(k.file(name), 'w', encoding='utf-8') as file:
            file.write('Forty pumps, 12,400 EUR\n' * 100)
    with open(k.file('photo.png'), 'wb') as file:
        file.write(png(320, 200))
    with open(k.file('large.mp4'), 'wb') as file:
        file.truncate(2 << 30)


def names(k, target='activity'):
    return sorted(a['name'] for a in k.records('attachment') if a['target_type'] == target)


def chip(k, name):
    return k.find('button', re.compile(f'^{re.escape(name)}, '))


def is_entry_focused(k):
    node = k.find('label', 'Showed the pumps')
    while node is not None and node.role != 'list item':
        node = node.parent
    return node is not None and 'focused' in node.states


def focus_entry(k):
    """By Tab from where entries are written to the list, by arrows to the entry."""
    k.key('ctrl+l')
    for _ in range(12):
        k.key('Tab')
        time.sleep(.15)
        if k.all('list item', None, lambda n: 'focused' in n.states):
            break
    k.key('Home')
    for _ in range(4):
        if is_entry_focused(k):
            return
        k.key('Down')
        time.sleep(.15)
    raise AssertionError('the entry is not reached')


def focus(k, role, name):
    """Within the entry."""
    focus_entry(k)
    for _ in range(8):
        k.key('Tab')
        time.sleep(.15)
        if k.all(role, name, lambda n: 'focused' in n.states):
            return
    raise AssertionError(f'{role} {name} is not reached by Tab')


def test_by_the_key(k: Kontor):
    k.select('Ana Trujillo')
    k.key('ctrl+l')
    k.type_keys('Showed the pumps')
    k.key('ctrl+Return')
    k.toast('Note added')
    k.find('label', 'Showed the pumps')
    focus_entry(k)
    k.key('ctrl+alt+a')
    choose(k, 'Attach', k.file('offer.txt'))
    k.toast('“offer.txt” attached')
    chip(k, 'offer.txt')
    assert names(k) == ['offer.txt'] and names(k, 'contact') == []
    k.shot('entry-files')


def test_by_the_menu(k: Kontor):
    focus(k, 'button', 'Actions for this entry')
    k.key('space')
    k.find('menu item', 'Attach files…')
    k.key('Down', 'Down', 'Return')
    choose(k, 'Attach', k.file('photo.png'))
    k.toast('“photo.png” attached')
    chip(k, 'photo.png')
    assert names(k) == ['offer.txt', 'photo.png']


def test_looked_at_removed_and_back(k: Kontor):
    focus(k, 'button', re.compile('^photo.png, '))
    k.key('space')
    k.find('window', 'photo.png')
    k.key('Escape')
    k.app.gone('window', 'photo.png')
    focus(k, 'button', re.compile('^photo.png, '))
    k.key('Delete')
    k.toast('photo.png moved to trash')
    k.app.gone('button', re.compile('^photo.png, '))
    k.key('ctrl+z')
    chip(k, 'photo.png')
    assert names(k) == ['offer.txt', 'photo.png']


def test_pasted_and_refused(k: Kontor):
    focus_entry(k)
    for _ in paste(k, 'files', k.file('list.txt'), k.file('large.mp4')):
        k.toast('“list.txt” attached')
        k.find('label', re.compile('^“large.mp4” has 2.1.GB; an attachment may have .* at most'))
    chip(k, 'list.txt')
    assert names(k) == ['list.txt', 'offer.txt', 'photo.png']
    k.key('ctrl+z')
    k.app.gone('button', re.compile('^list.txt, '))


def test_found_by_its_file(k: Kontor):
    assert 'Showed the pumps' in k.ctl('search', 'photo.png')


def test_page_keeps_its_own(k: Kontor):
    k.key('ctrl+l', 'ctrl+alt+a')
    choose(k, 'Attach', k.file('offer.txt'))
    wait_for(lambda: names(k, 'contact') == ['offer.txt'], 'attached to the person')
    assert names(k) == ['offer.txt', 'photo.png']


def test_dropped_on_the_entry(k: Kontor):
    with dragged(lambda: k.find('label', 'Showed the pumps').centre(), k.file('list.txt')):
        k.find('label', 'Attach to the entry “Note”')
        k.shot('entry-drop')
        xdo('mouseup', '1')
        k.toast('“list.txt” attached')
        chip(k, 'list.txt')
    assert names(k) == ['list.txt', 'offer.txt', 'photo.png'] and names(k, 'contact') == ['offer.txt']


def test_kept_after_restart(k: Kontor):
    k.focus()
    k.restart()
    k.select('Ana Trujillo')
    chip(k, 'photo.png')
    wait_for(lambda: len(k.all('button', re.compile('^offer.txt, '))) == 2, 'one of the person, one of the entry')
    k.shot('entry-files-kept')


if __name__ == '__main__':
    sys.exit(run(sys.modules['__main__'], prepare))
