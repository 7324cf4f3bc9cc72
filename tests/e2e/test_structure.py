#!/usr/bin/python3
"""How organisations and people hang together: relations, the org chart, subsidiaries."""
import re
import sys
import time

from kontor import Kontor, run, wait_for


def prepare(k):
    k.ctl('init', '--user', 'Ivan Petrov')
    k.ctl('import', '--type', 'account', '-', stdin='name,part of\nOpora,\nOpora North,Opora\nGlad & Co,\n')
    k.ctl('import', '--type', 'contact', '-', stdin='name,account,position\n' + ''.join(
        f'{name},Opora North,{position}\n' for name, position in
        [('Anna Chief', 'Director'), ('Boris Buyer', 'Buyer'), ('Clara Clerk', 'Clerk')]))


def account(k, name):
    return k.record('account', name)


def relations(k):
    return k.records('party_relation')


KINDS = ['Parent company of', 'Subsidiary of', 'Partner of', 'Competitor of', 'Supplier of', 'Customer of']


def add(k, kind, name):
    k.find('button', 'New relation').click()
    k.find('window', 'New relation')
    time.sleep(.5)
    k.key('space')
    k.find('label', 'Recommended by')
    time.sleep(.5)
    k.key('Home')
    time.sleep(.3)
    for _ in range(KINDS.index(kind)):
        k.key('Down')
        time.sleep(.2)
    k.key('Return')
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
    add(k, 'Supplier of', 'Glad & Co')
    k.toast('Relation added')
    k.find('label', 'Supplier of')
    assert relations(k)[0]['kind'] == 'supplier'
    k.select('Glad & Co')
    k.find('label', 'Customer of')
    k.shot('related')


def test_hierarchy_is_the_parent(k: Kontor):
    add(k, 'Subsidiary of', 'Opora North')
    wait_for(lambda: account(k, 'Glad & Co').get('parent', {}).get('title') == 'Opora North', 'the parent')
    k.key('ctrl+z')
    wait_for(lambda: not account(k, 'Glad & Co').get('parent'), 'no parent')


# --- the org chart

def manager(k, name):
    jobs = {j['contact']['title']: j for j in k.records('account_contact')}
    people = {j['id']: n for n, j in jobs.items()}
    above = jobs[name].get('reports_to')
    return people[above['id']] if above else None


def rows(k):
    return [n.name.split(',')[0] for n, _ in k.find('list', 'Org chart').snapshot(20).walk()
            if re.search(r', (Director|Buyer|Clerk)$', n.name)]


def test_org_chart_shows_people(k: Kontor):
    k.select('Opora North')
    k.find('button', 'Org chart').click()
    wait_for(lambda: rows(k) == ['Anna Chief', 'Boris Buyer', 'Clara Clerk'], 'the people')
    k.shot('org-chart')


def test_below_the_one_before(k: Kontor):
    time.sleep(.3)
    k.key('Down')  # from the first, which has the focus
    time.sleep(.3)
    k.key('ctrl+Down')
    wait_for(lambda: manager(k, 'Boris Buyer') == 'Anna Chief', 'Boris to report to Anna')
    k.find('label', 'Boris Buyer reports to Anna Chief')
    wait_for(lambda: rows(k) == ['Anna Chief', 'Boris Buyer', 'Clara Clerk'], 'the same people')


def test_reports_to_by_name(k: Kontor):
    time.sleep(.3)
    k.key('End')
    time.sleep(.3)
    k.key('F2')
    time.sleep(.5)
    k.type_keys('boris')
    k.find('label', 'Boris Buyer', lambda n: n.parent.parent.role == 'list item')
    time.sleep(.3)
    k.key('Return')
    wait_for(lambda: manager(k, 'Clara Clerk') == 'Boris Buyer', 'Clara to report to Boris')
    k.shot('org-chart-deep')


def test_circle_is_refused(k: Kontor):
    time.sleep(.3)
    k.key('Home')
    time.sleep(.3)
    k.key('F2')
    time.sleep(.5)
    k.type_keys('clara')
    time.sleep(.8)
    k.key('Return')
    k.find('label', re.compile('Anna Chief → Clara Clerk → Boris Buyer → Anna Chief'))
    assert manager(k, 'Anna Chief') is None


def test_fold_up_and_undo(k: Kontor):
    time.sleep(.3)
    k.key('Home')
    time.sleep(.3)
    k.key('Left')
    wait_for(lambda: rows(k) == ['Anna Chief'], 'folded')
    k.key('Right')
    wait_for(lambda: rows(k)[:2] == ['Anna Chief', 'Boris Buyer'], 'unfolded')
    k.key('ctrl+z')
    wait_for(lambda: manager(k, 'Clara Clerk') is None, 'the last one taken back')


def test_structure(k: Kontor):
    k.key('Escape')
    wait_for(lambda: not k.all('list', 'Org chart'), 'the window to close')
    k.find('button', 'Structure').click()
    k.find('list', 'Structure')
    wait_for(lambda: [n.name for n, _ in k.find('list', 'Structure').snapshot(20).walk() if n.name in ('Opora', 'Opora North') and n.role != 'label'][:1] == ['Opora'], 'the one at the top')
    k.shot('structure')
    k.key('Escape')


if __name__ == '__main__':
    sys.exit(run(sys.modules['__main__'], prepare))
