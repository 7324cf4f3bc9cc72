#!/usr/bin/python3
"""How fresh details are: told on the page, confirmed by one or by many. A person with very many
numbers."""
import re
import sys

from kontor import Kontor, run, wait_for


def prepare(k):
    k.ctl('init', '--user', 'Ivan Petrov', '--country', 'DE')
    k.ctl('import', '--type', 'contact', '-', stdin='name,phone,checked on\n'
          'Anna Old,030 111,2020-01-31\nBoris Old,030 222,2019-05-02\nClara New,030 333,\nDora Silent,,2018-01-01\n')
    many = k.record('contact', 'Boris Old')['id']
    k.ctl('import', '-', stdin=''.join(
        f'{{"type":"contact_point","party_type":"contact","party":"{many}","kind":"mobile","value":"0171 {n:06}"}}\n' for n in range(500)))


def checks(k):
    return k.records('verification')


def test_stale_is_told(k: Kontor):
    k.select('Anna Old')
    k.find('label', re.compile(r'^Not checked for \d+ months$'))
    k.shot('stale')


def test_confirm_and_undo(k: Kontor):
    k.find('button', 'Confirm').click()
    k.toast('Anna Old confirmed')
    k.find('label', 'Checked today')
    assert len(checks(k)) == 1 and checks(k)[0]['result'] == 'confirmed'
    k.key('ctrl+z')
    k.find('label', re.compile(r'^Not checked for \d+ months$'))
    wait_for(lambda: not checks(k), 'the check to be taken back')


def test_point_is_marked(k: Kontor):
    """As checked, until it is changed."""
    def is_marked():
        return k.field('Phone').desc == 'Checked today'
    k.select('Clara New')
    assert not is_marked()
    k.find('button', 'Actions for Phone').find('button').click()
    k.find('menu item', 'Checked, is right').click()
    k.toast('Phone checked')
    wait_for(is_marked, 'the mark')
    k.shot('checked')
    k.edit('Phone', '030 334')
    wait_for(lambda: not is_marked(), 'no mark')
    k.key('ctrl+z')
    wait_for(is_marked, 'the mark')
    k.key('ctrl+z')
    wait_for(lambda: not is_marked() and not checks(k), 'taken back')


def test_to_recheck_and_many(k: Kontor):
    k.search('')
    k.key('ctrl+4')
    wait_for(lambda: k.list_names() == ['Dora Silent', 'Boris Old', 'Anna Old'], 'the stale ones, the oldest first')
    k.key('ctrl+a')
    k.find('label', '3 selected')
    k.find('button', 'Change').click()
    k.find('menu item', 'Confirm as checked').click()
    k.toast('3 records confirmed')
    wait_for(lambda: len(checks(k)) == 3, 'three checks')
    k.key('ctrl+z')
    wait_for(lambda: not checks(k), 'all taken back')


def test_five_hundred_numbers(k: Kontor):
    k.key('Escape', 'ctrl+1')
    k.select('Boris Old')
    k.find('button', 'Show all 501').click()
    wait_for(lambda: not k.all('button', 'Show all 501'), 'all of them')
    k.shot('numbers')
    k.select('Anna Old')


if __name__ == '__main__':
    sys.exit(run(sys.modules['__main__'], prepare))
