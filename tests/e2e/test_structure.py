#!/usr/bin/python3
"""How organisations and people hang together: relations, the org chart, subsidiaries."""
import re
import sys
import time

from kontor import Kontor, run, wait_for


def prepare(k):
    k.ctl('init', '--user', 'Ivan Petrov')
    k.ctl('import', '--type', 'account', '-', stdin='name,part of\nOpora,\nOpora North,Opora\nGlad & Co,\n')


def account(k, name):
    return k.record('account', name)


def relations(k):
    return k.records('party_relation')


def add(k, kind, name):
    k.find('button', 'New relation').click()
    k.find('window', 'New relation')
    time.sleep(.3)
    k.key('space')
    time.sleep(.5)
    k.shot('kinds')
    k.type_keys(kind)
    time.sleep(.5)
    k.shot('kinds2')
    k.key('Down', 'Return')
    time.sleep(.3)
    k.key('Tab')
    k.type_keys(name.split(' &')[0])
    k.find('label', name)
    time.sleep(.3)
    k.key('Down', 'Return', 'ctrl+Return')


def test_subsidiaries_on_the_page(k: Kontor):
    k.key('ctrl+2')
    k.select('Opora North')
    k.find('label', 'Parent company')
    k.select('Opora')
    k.find('label', 'Subsidiary')


def test_supplier_in_both_directions(k: Kontor):
    add(k, 'Supplier', 'Glad & Co')
    k.toast('Relation added')
    k.find('label', 'Supplier of')
    assert relations(k)[0]['kind'] == 'supplier'
    k.select('Glad & Co')
    k.find('label', 'Customer of')
    k.shot('related')


def test_hierarchy_is_the_parent(k: Kontor):
    add(k, 'Subsidiary', 'Opora North')
    wait_for(lambda: account(k, 'Glad & Co').get('parent', {}).get('title') == 'Opora North', 'the parent')
    k.key('ctrl+z')
    wait_for(lambda: not account(k, 'Glad & Co').get('parent'), 'no parent')


if __name__ == '__main__':
    sys.exit(run(sys.modules['__main__'], prepare))
