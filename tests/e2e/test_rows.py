#!/usr/bin/python3
"""Rows of a table put right one after the other, without a page: F2, Enter, Escape."""
import re
import sys

from kontor import Kontor, run, wait_for

ROWS = [('Anna', '030 111111', 'Berlin'), ('Boris', '', ''), ('Clara', '030 333333', ''), ('Dmitri', '', 'Kazan')]


def prepare(k):
    k.ctl('init', '--user', 'Ivan Petrov', '--country', 'DE')
    k.ctl('import', '--type', 'account', '-', stdin='name\nGlad & Co\n')
    k.ctl('import', '--type', 'contact', '-', stdin='name,phone,city\n' + ''.join(
        f'{name} Test,{phone},{city}\n' for name, phone, city in ROWS))


def person(k, name):
    return k.record('contact', f'{name} Test')


def points(k, name):
    return [p['value'] for p in k.records('contact_point') if p['party']['id'] == person(k, name)['id']]


def box(k, label):
    return k.find('text box', label)


def focused(k, label):
    wait_for(lambda: 'focused' in box(k, label).read().states, f'the focus in {label}')


def test_phone_of_the_contact_point(k: Kontor):
    k.key('ctrl+shift+l')
    k.table('People').row('Anna Test').pointer()
    k.key('F2')
    k.find('heading', 'Anna Test')
    focused(k, 'Full name')
    k.key('Tab', 'Tab', 'Tab')
    focused(k, 'Main phone')
    k.type_keys('030 999')
    k.key('Return')
    k.toast('Main phone changed')
    wait_for(lambda: points(k, 'Anna') == ['030 999'], 'the same contact point with another number')


def test_next_row_same_column(k: Kontor):
    k.find('heading', 'Boris Test')
    focused(k, 'Main phone')
    k.type_keys('030 222')
    k.key('Tab', 'Tab')
    focused(k, 'City')
    k.type_keys('Bonn')
    k.key('Return')
    k.find('heading', 'Clara Test')
    wait_for(lambda: person(k, 'Boris').get('city') == 'Bonn', 'a new address')
    assert points(k, 'Boris') == ['030 222']


def test_back_and_escape(k: Kontor):
    k.key('shift+Return')
    k.find('heading', 'Boris Test')
    k.key('Down')
    k.find('heading', 'Clara Test')
    k.key('Up')
    k.find('heading', 'Boris Test')
    focused(k, 'City')
    k.key('ctrl+a')
    k.type_keys('Nowhere')
    k.key('Escape')
    wait_for(lambda: not k.all('text box', 'City'), 'the popover to close')
    assert person(k, 'Boris')['city'] == 'Bonn'


def test_one_step_a_row(k: Kontor):
    k.key('ctrl+z')
    k.toast(re.compile('^Undone: Boris Test changed'))
    wait_for(lambda: not points(k, 'Boris') and not person(k, 'Boris').get('city'), 'both taken back')
    k.key('ctrl+shift+z')
    wait_for(lambda: points(k, 'Boris') == ['030 222'], 'both again')


def test_organisation_and_position(k: Kontor):
    k.table('People').row('Clara Test').pointer()
    k.key('F2')
    k.find('heading', 'Clara Test')
    k.key('Tab', 'Tab')
    focused(k, 'Position')
    k.type_keys('Buyer')
    k.key('Return')
    k.find('label', re.compile('“Organisation” is missing'))
    focused(k, 'Position')
    k.key('shift+Tab')
    focused(k, 'Organisation')
    k.app.keys_at_once('glad', 'Return')  # before it is found
    k.find('heading', 'Dmitri Test')
    wait_for(lambda: person(k, 'Clara').get('account_name') == 'Glad & Co', 'the organisation')
    assert person(k, 'Clara')['position'] == 'Buyer'


def test_emptied_number_goes(k: Kontor):
    k.key('Escape')
    k.table('People').row('Anna Test').pointer(button=3)
    k.find('menu item', 'Edit row').click()
    k.find('heading', 'Anna Test')
    k.key('Tab', 'Tab', 'Tab')
    focused(k, 'Main phone')
    k.key('ctrl+a', 'BackSpace', 'Return')
    wait_for(lambda: points(k, 'Anna') == [], 'no number')
    k.key('Escape')


def test_after_the_last_row(k: Kontor):
    k.table('People').row('Dmitri Test').pointer()
    k.key('F2')
    k.find('heading', 'Dmitri Test')
    k.key('Return')
    wait_for(lambda: not k.all('text box', 'City'), 'the popover to close')
    k.shot('rows')


if __name__ == '__main__':
    sys.exit(run(sys.modules['__main__'], prepare))
