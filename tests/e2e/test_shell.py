#!/usr/bin/python3
"""The program around the areas: palette, list of steps, windows of their own, by keys alone."""
import re
import sys
import time

from kontor import Kontor, run, wait_for


def prepare(k):
    k.ctl('init', '--user', 'Ivan Petrov', '--country', 'DE')
    k.ctl('import', '--type', 'contact', '-', stdin=(
        'full name,account,position,phone,city\n'
        'Ana Trujillo,Trujillo Emparedados,Owner,+52 5 555 4729,México D.F.\n'
        'Trude Glad,Glad & Co,Director,+49 30 901820,Berlin\n'
        'Борис Трубин,Трубы и фитинги,Директор,+7 495 123-45-67,Москва\n'))


def palette(k, text=''):
    k.key('ctrl+k')
    window = k.find('window', 'Find or do anything')
    if text:
        k.type_keys(text)
    return window


def test_open(k: Kontor):
    k.select('Ana Trujillo')
    k.page('Ana Trujillo')


def test_palette_finds_a_record_anywhere(k: Kontor):
    window = palette(k, 'emparedados')
    window.find('list item', re.compile('^Trujillo Emparedados'))
    window.find('label', 'Organisations')
    k.key('Down', 'Up', 'Return')
    k.app.gone('window', 'Find or do anything')
    wait_for(lambda: any(k.app.all('heading', name) for name in ('Trujillo Emparedados', 'Ana Trujillo')), 'page')


def test_palette_finds_phones(k: Kontor):
    window = palette(k, '4729')
    window.find('list item', re.compile('^Ana Trujillo'))
    k.key('Return')
    k.page('Ana Trujillo')


def test_palette_does_commands(k: Kontor):
    window = palette(k, '>about')
    window.find('list item', 'About Kontor')
    k.key('Return')
    k.find('window', re.compile('About'))
    k.key('Escape')
    window = palette(k, '>no such thing')
    window.find('label', 'No such command')
    k.key('Escape')
    k.app.gone('window', 'Find or do anything')


def test_palette_begins_a_new_record(k: Kontor):
    window = palette(k, 'Zoe Nobody')
    window.find('list item', 'New person “Zoe Nobody”')
    k.key('Return')
    dialog = k.find('window', 'New person')
    wait_for(lambda: dialog.find('text box', re.compile('name')).text == 'Zoe Nobody', 'the name')
    k.key('ctrl+Return')
    k.toast('Zoe Nobody added')


def test_palette_finds_tags(k: Kontor):
    k.ctl('set', 'contact', 'Trude Glad', 'tags=VIP')
    window = palette(k, '#vi')
    window.find('list item', 'VIP')
    k.key('Return')
    k.app.gone('window', 'Find or do anything')
    wait_for(lambda: k.list_names() == ['Trude Glad'], 'who has the tag')
    k.find('button', 'Filter 1')
    k.key('ctrl+2')
    k.key('ctrl+1')  # a view begins without a filter
    wait_for(lambda: len(k.list_names()) > 1, 'everybody')


def test_palette_remembers_what_was_seen(k: Kontor):
    k.select('Trude Glad')
    k.page('Trude Glad')

    def first():
        window = palette(k)
        items = [row.name for row in window.all('list item')]
        k.key('Escape')
        k.app.gone('window', 'Find or do anything')
        return bool(items) and items[0].startswith('Trude Glad')
    wait_for(first, 'seen last')


def test_own_window(k: Kontor):
    k.search('')
    k.key('Escape')
    k.select('Trude Glad')
    k.page('Trude Glad')
    k.key('ctrl+Return')
    k.find('window', 'Trude Glad')
    k.key('ctrl+w')
    k.app.gone('window', 'Trude Glad')
    k.find('window', 'Kontor')


def test_steps_are_undone_by_themselves(k: Kontor):
    k.ctl('set', 'contact', 'Ana Trujillo', 'notes=Likes tea')
    k.ctl('set', 'contact', 'Trude Glad', 'notes=Likes coffee')
    k.key('ctrl+alt+z')
    window = k.find('window', 'Steps')
    rows = lambda: [n.name for n in window.all('list item')]
    wait_for(lambda: len(rows()) >= 4, 'steps')
    buttons = [n for n in window.all('button') if n.name.startswith('Undo: ')]
    buttons[1].click()  # the earlier one: Ana's
    wait_for(lambda: not k.record('contact', 'Ana Trujillo').get('notes'), 'undone')
    assert k.record('contact', 'Trude Glad')['notes'] == 'Likes coffee'
    window.find('label', 'Undone')
    window.find('button', re.compile('^Redo: ')).click()
    wait_for(lambda: k.record('contact', 'Ana Trujillo').get('notes') == 'Likes tea', 'done again')
    k.key('Escape')
    k.app.gone('window', 'Steps')


def killed(k):
    """As by kill -9, a moment after the last letter."""
    time.sleep(1)
    k.app.proc.kill()
    k.app.proc.wait()
    k.start()
    k.ready()


def test_half_a_record_survives_being_killed(k: Kontor):
    k.key('ctrl+n')
    k.find('window', 'New person')
    k.type_keys('Half A Name')
    k.key('Tab')
    k.type_keys('Glad')
    killed(k)
    k.key('ctrl+n')
    dialog = k.find('window', 'New person')
    dialog.find('button', re.compile('^Continue draft from')).click()
    wait_for(lambda: dialog.find('text box', re.compile('name')).text == 'Half A Name', 'the name')
    k.key('ctrl+a')
    k.type_keys('Whole Name')
    k.key('Tab', 'ctrl+a', 'Delete')
    k.key('ctrl+Return')
    k.toast('Whole Name added')
    k.key('ctrl+n')
    k.find('window', 'New person')
    assert not k.app.all('button', re.compile('^Continue draft'), lambda n: 'showing' in n.states), 'nothing is left'
    k.key('Escape')


def test_half_a_note_survives_being_killed(k: Kontor):
    k.select('Trude Glad')
    k.page('Trude Glad')
    k.key('ctrl+l')
    k.type_keys('Half a note')
    killed(k)
    k.select('Trude Glad')
    k.page('Trude Glad')
    wait_for(lambda: k.find('text box', 'Write a note').text == 'Half a note', 'the note')
    k.key('ctrl+l', 'ctrl+Return')
    k.toast('Note added')


def test_own_windows_come_back(k: Kontor):
    k.search('')
    k.key('Escape')
    k.select('Trude Glad')
    k.key('ctrl+Return')
    k.find('window', 'Trude Glad')
    k.restart()
    k.find('window', 'Trude Glad').find('heading', 'Trude Glad')
    k.find('window', 'Kontor')
    k.app.focus(k.find('window', 'Trude Glad'))
    k.key('ctrl+w')
    k.app.gone('window', 'Trude Glad')
    k.app.focus(k.find('window', 'Kontor'))
    k.restart()
    assert not k.app.all('window', 'Trude Glad')


if __name__ == '__main__':
    sys.exit(run(sys.modules['__main__'], prepare))
