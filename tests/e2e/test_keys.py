#!/usr/bin/python3
"""Typing, undoing the typing and pressing Delete in every kind of field changes nothing else."""
import subprocess
import sys

from kontor import Kontor, run, wait_for


def prepare(k):
    k.ctl('init', '--user', 'Ivan Petrov', '--country', 'DE')
    k.ctl('import', '--type', 'account', '-', stdin=(
        'name,employees,annual revenue,website,notes,phone\n'
        'Glad & Co,120,5000 EUR,https://glad.example,Old customer,030 901820\n'))


def begin(k, label):
    k.field(label).pointer()
    k.find('text box', label)


def test_open(k: Kontor):
    k.key('ctrl+2')
    k.select('Glad & Co')
    k.find('button', 'Edit')


def check_typing(k, label, field):
    before = k.record('account', 'Glad & Co').get(field)
    begin(k, label)
    k.key('End')
    k.type_keys('7')
    k.key('ctrl+z')          # takes back the typing, not a step
    k.key('Home', 'Delete')  # deletes a character, not the record
    k.key('ctrl+a', 'Delete')
    k.key('Escape')
    assert k.record('account', 'Glad & Co').get(field) == before
    assert len(k.records('account')) == 1


def test_text(k: Kontor):
    check_typing(k, 'Name', 'name')


def test_number(k: Kontor):
    check_typing(k, 'Number of employees', 'employees')


def test_money(k: Kontor):
    check_typing(k, 'Annual revenue', 'revenue')


def test_long_text(k: Kontor):
    check_typing(k, 'Notes', 'notes')


def test_phone(k: Kontor):
    check_typing(k, 'Phone', 'main_phone')


FIELDS = ('Name', 'Number of employees', 'Annual revenue', 'Notes', 'Phone')


def focused_text(k):
    return k.find('text box', pred=lambda n: 'focused' in n.states).text


def test_typing_on_a_row_begins_with_the_first_letter(k: Kontor):
    for label in FIELDS:
        begin(k, label)
        k.key('Escape')
        k.find('button', pred=lambda n: 'focused' in n.states)
        k.type_keys('135')
        wanted = 'Old customer135' if label == 'Notes' else '135'
        wait_for(lambda: focused_text(k) == wanted, f'{wanted} in {label}')
        k.key('Escape')
    assert len(k.records('account')) == 1
    assert k.record('account', 'Glad & Co')['employees'] == 120


def test_a_click_on_another_field_stores_what_was_typed(k: Kontor):
    for label, left in zip(FIELDS[1:] + FIELDS[:1], FIELDS):
        begin(k, left)
        k.key('End')
        k.type_keys('7')
        begin(k, label)
        wait_for(lambda: k.find('text box', label, lambda n: 'focused' in n.states), f'{label} after {left}')
        k.key('Escape')
        k.key('ctrl+z')
        k.toast(f'Undone: {left} changed')
    assert k.record('account', 'Glad & Co')['employees'] == 120
    assert k.record('account', 'Glad & Co')['notes'] == 'Old customer'


def test_tab_walks_through_fields(k: Kontor):
    begin(k, 'Number of employees')
    k.key('ctrl+a')
    k.type_keys('121')
    k.key('Tab')
    k.find('text box', 'Annual revenue')
    wait_for(lambda: k.record('account', 'Glad & Co')['employees'] == 121, 'stored by Tab')
    k.key('Escape')


def test_search_field(k: Kontor):
    k.search('glad')
    k.key('ctrl+z')
    k.key('Delete')
    k.key('Escape')
    assert k.record('account', 'Glad & Co')['employees'] == 121


def test_composer(k: Kontor):
    k.key('ctrl+l')
    k.type_keys('half a note')
    k.key('ctrl+z')
    k.key('Delete')
    assert k.record('account', 'Glad & Co')['employees'] == 121
    k.key('ctrl+a', 'Delete')


def test_letters_work_under_russian_layout(k: Kontor):
    """Ctrl+Z is the key of the Latin Z, whatever letter it writes."""
    subprocess.run(['setxkbmap', '-layout', 'ru,us'], check=True)
    try:
        k.key('ctrl+Cyrillic_a')  # Ctrl+F
        k.find('search box', 'Search in this list', lambda n: 'focused' in n.states)
        k.key('Escape')
        k.key('ctrl+Cyrillic_ya')
        k.toast('Undone: Number of employees changed')
        wait_for(lambda: k.record('account', 'Glad & Co')['employees'] == 120, 'undone')
    finally:
        subprocess.run(['setxkbmap', '-layout', 'us'], check=True)


if __name__ == '__main__':
    sys.exit(run(sys.modules['__main__'], prepare))
