#!/usr/bin/python3
"""What belongs to a person and an organisation, by keys alone: positions, addresses, needs, consents, the
consumer profile, roles; each added, edited, undone, removed and brought back."""
import re
import sys
import time

from kontor import Kontor, run, wait_for


def prepare(k):
    k.ctl('init', '--user', 'Ivan Petrov', '--country', 'DE')
    k.ctl('add', 'account', 'name=Opora')
    k.ctl('add', 'contact', 'first_name=Ana', 'last_name=Trujillo')


def has_keys(node):
    return 'focused' in node.states


def tab_to(k, role, name, key='Tab', limit=60):
    """As a person does who looks where the focus is."""
    for _ in range(limit):
        found = k.all(role, name, has_keys)
        if found:
            return found[0]
        k.key(key)
    raise AssertionError(f'no way to {name} by {key}')


def stored(k, kind):
    return k.records(kind)


def choose(k, below):
    """A value of the drop-down with the focus, so many below the first."""
    k.key('space')
    time.sleep(.5)
    k.key('Home')
    k.key(*['Down'] * below)
    time.sleep(.2)
    k.key('Return')
    time.sleep(.3)


def add(k, label):
    tab_to(k, 'button', label)
    k.key('Return')
    return k.find('window', label)


def create(k, window):
    k.key('ctrl+Return')
    k.app.gone('window', window)


def unfold(k, summary):
    tab_to(k, 'button', re.compile(f'^Fields of {summary}'))
    k.key('space')


def edit(k, label, text):
    """A field of what is unfolded."""
    tab_to(k, 'button', re.compile(f'^{label}: '))
    k.key('F2')
    k.find('text box', label, has_keys)
    k.key('ctrl+a')
    k.type_keys(text)
    k.key('Return')
    k.has_value(label, text)


def undo(k, kind, field, before):
    k.key('ctrl+z')
    wait_for(lambda: stored(k, kind)[0].get(field) == before, 'undone')


def remove(k, kind, summary):
    """And brought back: the focus stays on the page, so that undo is next."""
    tab_to(k, 'button', re.compile(f'^Remove {summary}'))
    k.key('Return')
    wait_for(lambda: not stored(k, kind), 'removed')
    wait_for(lambda: k.all('button', re.compile('^New '), has_keys), 'the focus where one is added')
    k.key('ctrl+z')
    wait_for(lambda: len(stored(k, kind)) == 1, 'brought back')


def test_position(k: Kontor):
    k.select('Ana Trujillo')
    add(k, 'New position')
    k.find('text box', 'Organisation', has_keys)
    k.type_keys('Opo')
    k.find('label', 'Opora', lambda n: n.parent.parent.role == 'list item')
    k.key('Down', 'Return')
    tab_to(k, 'text box', 'Position')
    k.type_keys('Buyer')
    create(k, 'New position')
    wait_for(lambda: [p['position'] for p in stored(k, 'account_contact')] == ['Buyer'], 'stored')
    unfold(k, 'Opora')
    edit(k, 'Position', 'Chief buyer')
    wait_for(lambda: stored(k, 'account_contact')[0]['position'] == 'Chief buyer', 'stored')
    undo(k, 'account_contact', 'position', 'Buyer')
    remove(k, 'account_contact', 'Opora')


def test_address(k: Kontor):
    add(k, 'New address')
    k.find('text box', 'Street', has_keys)
    k.type_keys('Obere 57')
    tab_to(k, 'text box', 'City')
    k.type_keys('Berlin')
    create(k, 'New address')
    wait_for(lambda: [a['city'] for a in stored(k, 'address')] == ['Berlin'], 'stored')
    unfold(k, 'Obere')
    edit(k, 'City', 'Bonn')
    undo(k, 'address', 'city', 'Berlin')
    remove(k, 'address', 'Obere')


def test_need(k: Kontor):
    add(k, 'New need')
    k.find('text box', 'Text', has_keys)
    k.type_keys('Forty pumps')
    create(k, 'New need')
    wait_for(lambda: [(n['text'], n['state']) for n in stored(k, 'need')] == [('Forty pumps', 'open')], 'stored')
    unfold(k, 'Forty pumps')
    tab_to(k, 'button', re.compile('^State: '))
    k.key('F2')
    tab_to(k, 'button', 'State', limit=3)
    choose(k, 2)
    wait_for(lambda: stored(k, 'need')[0]['state'] != 'open', 'stored')
    undo(k, 'need', 'state', 'open')
    remove(k, 'need', 'Forty pumps')


def test_consent(k: Kontor):
    add(k, 'New consent')
    tab_to(k, 'button', 'Purpose')
    choose(k, 1)
    tab_to(k, 'text box', 'Given at')
    k.type_keys('12.03.2026 10:00')
    create(k, 'New consent')
    wait_for(lambda: len(stored(k, 'consent')) == 1, 'stored')
    unfold(k, 'E-mail')
    edit(k, 'Source', 'Fair')
    undo(k, 'consent', 'source', None)
    remove(k, 'consent', 'E-mail')


def test_consumer_profile(k: Kontor):
    add(k, 'New consumer profile')
    tab_to(k, 'text box', 'Occupation')
    k.type_keys('Teacher')
    create(k, 'New consumer profile')
    wait_for(lambda: [p['occupation'] for p in stored(k, 'consumer_profile')] == ['Teacher'], 'stored')
    unfold(k, 'Teacher')
    edit(k, 'Occupation', 'Painter')
    undo(k, 'consumer_profile', 'occupation', 'Teacher')
    remove(k, 'consumer_profile', 'Teacher')
    k.shot('sections')


def test_role_of_an_organisation(k: Kontor):
    k.key('ctrl+2')
    k.select('Opora')
    add(k, 'New business role')
    tab_to(k, 'button', 'Role')
    choose(k, 2)
    create(k, 'New business role')
    wait_for(lambda: [r['role'] for r in stored(k, 'party_role')] == ['supplier'], 'stored')
    unfold(k, 'Supplier')
    edit(k, 'From', '12 March 2020')
    undo(k, 'party_role', 'from_date', None)
    remove(k, 'party_role', 'Supplier')


if __name__ == '__main__':
    sys.exit(run(sys.modules['__main__'], prepare))
