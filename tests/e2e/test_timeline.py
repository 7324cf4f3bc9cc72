#!/usr/bin/python3
"""The timeline of a page, by keys: entries of one line, what they mean, what follows them."""
import datetime
import re
import sys
import time

from kontor import Kontor, run, wait_for

TODAY = datetime.date.today()


def next_day(weekday):
    return TODAY + datetime.timedelta(days=(weekday - TODAY.weekday() - 1) % 7 + 1)


FRIDAY = next_day(4)


def prepare(k):
    k.ctl('init', '--user', 'Ivan Petrov', '--country', 'DE')
    k.ctl('add', 'account', 'name=Trujillo Emparedados', 'kind=customer')
    k.ctl('import', '--type', 'contact', '-', stdin=(
        'name,organisation\n'
        'Ana Trujillo,Trujillo Emparedados\n'
        'Борис Трубин 👍,\n'
        'יעל לוי,\n'))


def activities(k):
    return k.records('activity', '--sort', 'created_at')


def chip(k, text):
    return k.find('button', re.compile(f'^{text}'))


def test_call_with_what_follows(k: Kontor):
    k.select('Ana Trujillo')
    k.key('ctrl+l')
    k.type_keys('Called, will send quote on Friday')
    chip(k, 'Kind: Call')
    chip(k, 'When: now')
    chip(k, 'Result: Reached')
    chip(k, r'Follow-up: \+ Task: Send quote · Fri')
    k.shot('chips')
    k.key('ctrl+Return')
    k.toast('Call logged')
    wait_for(lambda: len(activities(k)) == 2, 'stored')
    call, task = sorted(activities(k), key=lambda a: a['kind'])
    assert call['kind'] == 'call' and call['result'] == 'reached', call
    assert call['text'] == 'Called, will send quote on Friday', call
    assert task['kind'] == 'task' and task['subject'] == 'Send quote', task
    assert task['due'] == FRIDAY.isoformat() and task['owner']['title'] == 'Ivan Petrov', task
    person = k.record('contact', 'Ana Trujillo')
    assert person['next_step'] == FRIDAY.isoformat() and 'last_contact' in person, person
    k.find('label', 'Task · Send quote')
    k.shot('logged')
    k.key('ctrl+z')
    k.toast('Undone: Call logged')
    wait_for(lambda: not activities(k), 'both are gone in one step')
    k.key('ctrl+shift+z')
    k.find('label', 'Task · Send quote')


if __name__ == '__main__':
    sys.exit(run(sys.modules['__main__'], prepare))
