#!/usr/bin/python3
"""Files that can't be opened, or only read: said in words, nothing lost."""
import os
import re
import sys

from kontor import Kontor, run, wait_for


def prepare(k):
    k.ctl('init', '--user', 'Ivan Petrov')
    k.ctl('add', 'contact', 'name=Ana Trujillo')


def test_another_programs_file(k: Kontor):
    foreign = os.path.join(k.dir, 'foreign.kontor')
    with open(foreign, 'w', encoding='utf-8') as file:
        file.write('this is no workspace')
    k.start(foreign)
    k.find('label', 'The workspace can\'t be opened')
    k.find('button', re.compile('^Try again'))
    assert open(foreign, encoding='utf-8').read() == 'this is no workspace'
    k.stop()


def test_of_a_newer_version(k: Kontor):
    import sqlite3
    newer = os.path.join(k.dir, 'newer.kontor')
    k.ctl('backup', newer)
    with sqlite3.connect(newer) as db:
        db.execute('PRAGMA user_version = 9999')
    k.start(newer)
    k.find('label', 'The workspace can\'t be opened')
    k.find('button', 'Open read-only').click()
    k.find('label', re.compile('open read-only'))
    wait_for(lambda: k.list_names() == ['Ana Trujillo'], 'its people')
    k.key('Down')
    k.page('Ana Trujillo')
    assert not k.all('button', re.compile('Add phone')), 'nothing can be added'
    k.stop()


def test_first_page(k: Kontor):
    k.app = None
    from kontor import App, PROGRAM
    k.app = App.launch([PROGRAM], 'org.kontor.Kontor', env={
        'XDG_DATA_HOME': os.path.join(k.dir, 'data'), 'XDG_CONFIG_HOME': os.path.join(k.dir, 'config')})
    k.find('label', 'Welcome to Kontor')
    k.find('button', 'Start empty').click()
    k.find('label', 'No people yet')
    assert os.path.exists(os.path.join(k.dir, 'data', 'kontor', 'office.kontor'))
    k.stop()


def test_plain_file_after_closing(k: Kontor):
    k.start()
    k.ready()
    k.stop()
    left = [name for name in os.listdir(k.dir) if name.startswith('office.kontor')]
    assert left == ['office.kontor'], left
    k.start()
    wait_for(lambda: k.list_names() == ['Ana Trujillo'], 'the list')


if __name__ == '__main__':
    sys.exit(run(sys.modules['__main__'], prepare, start=False))
