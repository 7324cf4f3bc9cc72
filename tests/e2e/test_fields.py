#!/usr/bin/python3
"""Custom fields, pick lists and layouts, edited by keys in the preferences: at once in every place, undone by
Ctrl+Z, still there after a restart."""
import csv
import json
import os
import re
import subprocess
import sys
import time

from kontor import PROGRAM, Kontor, run, wait_for


def prepare(k):
    k.ctl('init', '--user', 'Ivan Petrov', '--country', 'DE')
    k.ctl('import', '--type', 'contact', '-', stdin='full name,city\nAna Trujillo,Berlin\nKarl Kurz,Bonn\n')


def command(k, text):
    k.key('ctrl+k')
    window = k.find('window', 'Find or do anything')
    k.type_keys(text)
    window.find('label', text)
    k.key('Return')


def preferences(k):
    command(k, 'Fields, lists and layouts')
    return k.find('window', 'Preferences')


def focused_row(window):
    """Name and place among all of the row with the focus."""
    return next(((i, n.name) for i, n in enumerate(window.all('list item')) if 'focused' in n.states), None)


def down_to(k, window, title, group=0):
    """With the arrows to a row, by Tab to the next group where one ends, and Enter."""
    wait_for(lambda: focused_row(window), 'the focus on a row')
    for _ in range(group):
        k.key('Tab')
    for _ in range(60):
        at = focused_row(window)
        if at and at[1] == title:
            break
        k.key('Down')
        time.sleep(0.05)
    else:
        raise AssertionError(f'no row {title}')
    k.key('Return')


def rows(window):
    """What the list to put in order shows, from the top."""
    return [n.name for n in window.all('group', re.compile('.'), lambda n: n.parent and n.parent.role == 'list item')]


def close(k):
    """By Escape, once for the page, once for what a toast takes, once for the window."""
    for _ in range(4):
        k.key('Escape')
        try:
            k.app.gone('window', 'Preferences', timeout=2)
            return
        except AssertionError:
            pass
    raise AssertionError('the preferences do not close')


def field_names(k):
    return [f['label'] for f in sorted(k.records('custom_field'), key=lambda f: f['position'])]


def choose(k, label, text):
    """A value of the drop-down that has the focus."""
    k.find('button', label, lambda n: 'focused' in n.states)
    k.key('space')
    time.sleep(0.5)
    k.type_keys(text)
    k.key('Return')


def test_field_is_added(k: Kontor):
    window = preferences(k)
    k.find('list item', 'People')
    down_to(k, window, 'People')
    k.find('label', 'No fields of your own yet')
    k.key('ctrl+n')
    k.find('text box', 'Label', lambda n: 'focused' in n.states)
    k.key('ctrl+Return')
    k.find('label', 'This is missing. Fill it in.')
    k.type_keys('Nickname')
    k.key('ctrl+Return')
    k.find('label', 'There is a field “Nickname” already. Choose another label.')
    k.key('ctrl+a')
    k.type_keys('Shoe size')
    k.key('Tab')
    choose(k, 'Kind', 'Whole')
    k.key('ctrl+Return')
    k.toast('Field “Shoe size” added')
    found = [(f['label'], f['kind']) for f in k.records('custom_field')]
    assert found == [('Shoe size', 'integer')], found


def test_field_with_a_new_list(k: Kontor):
    window = k.find('window', 'Preferences')
    k.key('ctrl+n')
    k.find('text box', 'Label', lambda n: 'focused' in n.states)
    k.type_keys('Colour')
    k.key('Tab')
    choose(k, 'Kind', 'Value')
    k.find('button', 'List')
    k.key('Tab', 'Tab')
    k.find('text box', 'Values, one a line', lambda n: 'focused' in n.states)
    k.type_keys('Red')
    k.key('Return')
    k.type_keys('Blue')
    k.key('ctrl+Return')
    k.toast('Field “Colour” added')
    values = [v['label'] for v in k.records('pick_list', '--where', 'list=Colour')]
    assert sorted(values) == ['Blue', 'Red'], values
    wait_for(lambda: rows(window)[:3] == ['Your own fields', 'Shoe size', 'Colour'], 'both')


def test_order_by_keys_and_undo(k: Kontor):
    window = k.find('window', 'Preferences')
    k.key('Home', 'Down', 'Down', 'alt+Up')
    wait_for(lambda: field_names(k) == ['Colour', 'Shoe size'], 'moved')
    k.key('ctrl+z')
    wait_for(lambda: field_names(k) == ['Shoe size', 'Colour'], 'undone')
    wait_for(lambda: rows(window)[1:3] == ['Shoe size', 'Colour'], 'shown')
    close(k)


def test_field_is_on_the_page(k: Kontor):
    k.select('Ana Trujillo')
    k.find('button', re.compile('Show .* empty fields')).click()
    k.find('button', 'Shoe size: empty')
    k.ctl('set', 'contact', k.record('contact', 'Ana Trujillo')['id'], f'{field(k, "Shoe size")}=38')
    k.has_value('Shoe size', '38')


def field(k, label):
    """Its column, by the documented rule."""
    found = [f for f in k.records('custom_field') if f['label'] == label][0]
    bits = int.from_bytes(bytes.fromhex(found['id'].replace('-', ''))[9:], 'big')
    return 'c_' + ''.join('abcdefghijklmnopqrstuvwxyz234567'[bits >> 5 * (9 - i) & 31] for i in range(10))


def test_kind_is_locked_by_values(k: Kontor):
    window = preferences(k)
    down_to(k, window, 'People')
    wait_for(lambda: rows(window)[1:2] == ['Shoe size'], 'the fields')
    k.key('Home', 'Down', 'Return')
    k.find('label', "1 record has a value, so the kind can't be changed.")
    k.find('text box', 'Label', lambda n: 'focused' in n.states)
    k.key('ctrl+a')
    k.type_keys('Shoe')
    k.key('ctrl+Return')
    k.toast('Field “Shoe” changed')
    wait_for(lambda: rows(window)[1:2] == ['Shoe'], 'renamed')


def test_removing_asks(k: Kontor):
    window = k.find('window', 'Preferences')
    k.key('Delete')
    k.find('label', 'Remove the field “Shoe”?')
    k.key('Escape')
    k.app.gone('label', 'Remove the field “Shoe”?')
    assert len(k.records('custom_field')) == 2
    k.focus(window)
    k.key('Delete')
    k.find('label', 'Remove the field “Shoe”?')
    k.key('alt+r')
    k.app.gone('label', 'Remove the field “Shoe”?')
    k.focus(window)
    wait_for(lambda: field_names(k) == ['Colour'], 'removed')
    wait_for(lambda: rows(window)[1:2] == ['Colour'], 'shown')
    k.key('ctrl+z')
    wait_for(lambda: field_names(k) == ['Shoe', 'Colour'], 'undone')
    assert k.record('contact', 'Ana Trujillo')[field(k, 'Shoe')] == 38
    close(k)
    k.has_value('Shoe', '38')


def columns(k):
    return k.table('People').titles()


def test_field_in_table_sort_and_filter(k: Kontor):
    k.key('ctrl+shift+l')
    wait_for(lambda: 'Full name' in columns(k), 'the table')
    assert 'Shoe' not in columns(k)
    k.find('button', re.compile('^Sorted by')).click()
    k.find('menu item', 'Your own fields').click()
    k.find('menu item', 'Shoe').click()
    k.find('label', 'by Shoe')
    name = field(k, 'Shoe')
    k.ctl('add', 'saved_view', 'name=Large', 'kind=list', 'type=contact', f'query=contact where {name}>30')
    wait_for(lambda: k.app.all('button', 'People'), 'people')
    k.find('button', 'People').click()
    k.find('menu item', 'Large').click()
    k.find('button', 'Filter 1')
    wait_for(lambda: [r[0] for r in k.table('People').rows()] == ['Ana Trujillo'], 'one')


def test_field_goes_and_comes_while_it_is_used(k: Kontor):
    """By another program, while it is filtered by."""
    found = [f for f in k.records('custom_field') if f['label'] == 'Shoe'][0]['id']
    k.ctl('delete', 'custom_field', found)
    wait_for(lambda: len(k.table('People').rows()) == 2, 'everybody again')
    k.find('button', 'Filter')
    k.ctl('undo')
    wait_for(lambda: [r[0] for r in k.table('People').rows()] == ['Ana Trujillo'], 'the view again')
    k.key('ctrl+1')
    wait_for(lambda: len(k.table('People').rows()) == 2, 'everybody')
    k.key('ctrl+shift+l')


def test_field_of_another_program_appears(k: Kontor):
    k.select('Karl Kurz')
    k.ctl('add', 'custom_field', 'type=contact', 'label=Hobby', 'kind=text', 'in_list=1', 'searched=1')
    k.ctl('set', 'contact', k.record('contact', 'Karl Kurz')['id'], f'{field(k, "Hobby")}=Kayaking')
    k.has_value('Hobby', 'Kayaking')
    k.search('kayak')
    wait_for(lambda: k.list_names() == ['Karl Kurz'], 'found by it')
    k.search('')


def test_field_in_a_mapping_that_is_open(k: Kontor):
    """Of a file whose column is of a field that comes while the file is looked at."""
    path = os.path.join(k.dir, 'seats.csv')
    with open(path, 'w', encoding='utf-8') as file:
        file.write('Full name,Seat,Other\nSita Singh,12A,x\n')
    subprocess.run([PROGRAM, path], check=True, timeout=20)
    k.find('combo box', '“Seat” goes to')
    k.ctl('add', 'custom_field', 'type=contact', 'label=Seat', 'kind=text', 'in_list=1')
    column = field(k, 'Seat')
    time.sleep(.5)
    k.find('button', 'Next', lambda n: 'focused' in n.states)
    k.key('Return')
    k.find('label', '1 new')
    k.key('Return')
    k.find('label', '1 imported')
    assert k.record('contact', 'Sita Singh')[column] == '12A', k.record('contact', 'Sita Singh')
    k.key('Escape')
    k.app.gone('window', re.compile('Import'))


def test_field_in_mass_change_and_export(k: Kontor):
    column = field(k, 'Seat')
    k.key('ctrl+f', 'Escape', 'Escape')
    wait_for(lambda: len(k.list_names()) == 3, 'everybody')
    k.key('Down', 'ctrl+a')
    k.find('label', '3 selected')
    k.find('button', 'Change').click()
    k.find('menu item', 'Change a field…').click()
    dialog = k.find('window', 'Change')
    choose(k, 'Field', 'Seat')
    dialog.find('text box', 'Seat')
    k.key('Tab')
    k.type_keys('7C')
    k.key('ctrl+Return')
    k.toast('Seat of 3 records changed')
    assert [p[column] for p in k.records('contact')] == ['7C'] * 3
    path = os.path.join(k.dir, 'people.csv')
    k.find('button', 'Change').click()
    k.find('menu item', 'Export…').click()
    k.find('button', 'Export')
    k.key('ctrl+a')
    k.type_keys(path)
    k.key('Return')
    k.toast('3 records exported')
    with open(path, encoding='utf-8-sig', newline='') as file:
        rows = list(csv.DictReader(file))
    assert [r[column] for r in rows] == ['7C'] * 3, (column, rows[0])
    k.focus()
    k.key('ctrl+z')
    wait_for(lambda: sorted(p.get(column, '') for p in k.records('contact')) == ['', '', '12A'], 'undone')


def test_pick_list_values(k: Kontor):
    k.ctl('set', 'contact', k.record('contact', 'Karl Kurz')['id'], f'{field(k, "Colour")}=Red')
    k.select('Karl Kurz')
    k.has_value('Colour', 'Red')
    window = preferences(k)
    down_to(k, window, 'Colour', 2)
    wait_for(lambda: rows(window) == ['Red', 'Blue'], 'the values')
    k.key('ctrl+n')
    k.find('text box', 'New value', lambda n: 'focused' in n.states)
    k.type_keys('Green')
    k.key('Return')
    wait_for(lambda: rows(window) == ['Red', 'Blue', 'Green'], 'three')
    k.type_keys('green')
    k.key('Return')
    k.find('label', 'The list has “green” already.')
    k.key('ctrl+a', 'BackSpace')


def test_pick_list_value_is_changed(k: Kontor):
    window = k.find('window', 'Preferences')
    k.key('Tab', 'Home', 'Return')
    k.find('text box', 'Label', lambda n: 'focused' in n.states)
    k.key('ctrl+a')
    k.type_keys('Crimson')
    k.key('Tab')
    k.find('button', 'Colour', lambda n: 'focused' in n.states)
    k.key('space')
    time.sleep(0.5)
    k.key('Down', 'Down', 'Down', 'Down', 'Down', 'Down', 'Return')
    k.key('ctrl+Return')
    k.toast('Value “Crimson” changed')
    wait_for(lambda: rows(window) == ['Crimson', 'Blue', 'Green'], 'renamed')
    assert [v['color'] for v in k.records('pick_list', '--where', 'label=Crimson')] == ['red']
    k.key('alt+Down')
    wait_for(lambda: rows(window) == ['Blue', 'Crimson', 'Green'], 'moved')
    k.key('Delete')
    k.toast('“Crimson” removed from the list')
    wait_for(lambda: rows(window) == ['Blue', 'Green'], 'removed')
    close(k)
    k.has_value('Colour', 'Crimson')  # who has it keeps it
    k.key('ctrl+z')
    wait_for(lambda: len(k.records('pick_list', '--where', 'list=Colour')) == 3, 'undone')


def layout(k, place):
    found = [r for r in k.records('layout') if r['place'] == place]
    definition = found[0]['definition'] if found else None
    return json.loads(definition) if isinstance(definition, str) else definition


def layouts(k):
    window = preferences(k)
    down_to(k, window, 'People', 1)
    wait_for(lambda: 'At the top' in rows(window), 'the layout')
    return window


def test_layout_of_the_page(k: Kontor):
    window = layouts(k)
    k.key('ctrl+n')
    k.find('text box', 'Title', lambda n: 'focused' in n.states)
    k.type_keys('Private')
    k.key('Return')
    wait_for(lambda: 'Private' in rows(window), 'the section')
    names = rows(window)
    k.key('Home')
    for _ in range(names.index('Hobby')):
        k.key('Down')
    for _ in range(names.index('Private') - names.index('Hobby')):
        k.key('alt+Down')
        time.sleep(0.2)
    wait_for(lambda: rows(window).index('Hobby') == rows(window).index('Private') + 1, 'below it')
    wait_for(lambda: layout(k, 'page')['sections'][1] == {'title': 'Private', 'fields': [field(k, 'Hobby')]}, 'stored')
    names = rows(window)
    k.key('Home')
    for _ in range(names.index('Colour')):
        k.key('Down')
    k.key('space')
    wait_for(lambda: field(k, 'Colour') in layout(k, 'page')['off'], 'left out')
    close(k)
    k.find('label', 'Private')
    k.app.gone('button', 'Colour: Crimson')
    k.has_value('Hobby', 'Kayaking')


def test_layout_stays_and_is_reset(k: Kontor):
    k.restart()
    k.select('Karl Kurz')
    k.find('label', 'Private')
    window = layouts(k)
    window.find('button', 'Reset to default').pointer()
    wait_for(lambda: not k.records('layout'), 'reset')
    k.key('ctrl+z')
    wait_for(lambda: len(k.records('layout')) == 1, 'undone')
    k.key('ctrl+shift+z')
    wait_for(lambda: not k.records('layout'), 'redone')
    close(k)
    k.has_value('Colour', 'Crimson')


def test_layout_of_new_and_list(k: Kontor):
    k.ctl('add', 'layout', 'type=contact', 'place=new', 'definition={"sections":[{"fields":["%s","gone"]}]}' % field(k, 'Hobby'))
    k.ctl('add', 'layout', 'type=contact', 'place=list', 'definition={"sections":[{"fields":["city","%s"]}]}' % field(k, 'Hobby'))
    k.key('ctrl+n')
    k.find('text box', 'Hobby')
    k.find('text box', 'Full name', lambda n: 'focused' in n.states)
    k.type_keys('Zoe Zimmer')
    k.find('text box', 'Hobby').pointer()
    k.type_keys('Zither')
    k.key('ctrl+Return')
    wait_for(lambda: k.record('contact', 'Zoe Zimmer')[field(k, 'Hobby')] == 'Zither', 'created')
    k.app.gone('window', 'New person')
    k.key('ctrl+shift+l')
    k.find('button', 'Back').click()
    wait_for(lambda: columns(k) == ['City', 'Hobby', 'Full name'], 'the columns')
    k.key('ctrl+shift+l')


def test_broken_layout_does_no_harm(k: Kontor):
    k.ctl('add', 'layout', 'type=contact', 'place=page', 'definition={"sections":"none"}')
    k.select('Karl Kurz')
    k.has_value('Hobby', 'Kayaking')
    window = layouts(k)
    assert 'Hobby' in rows(window)
    close(k)


if __name__ == '__main__':
    sys.exit(run(sys.modules['__main__'], prepare))
