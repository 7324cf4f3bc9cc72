#!/usr/bin/python3
"""The timeline of a page, by keys: entries of one line, what they mean, what follows them."""
import datetime
import re
import subprocess
import sys
import time

from kontor import Kontor, run, wait_for

TODAY = datetime.date.today()
# After all the others, which are due in three days at the most, whatever day it is.
SOON = TODAY + datetime.timedelta(days=5)
WEEKDAY = SOON.strftime('%A')


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
    k.type_keys(f'Called, will send quote on {WEEKDAY}')
    chip(k, 'Kind: Call')
    chip(k, 'When: now')
    chip(k, 'Result: Reached')
    chip(k, rf'Follow-up: \+ Task: Send quote · {WEEKDAY[:3]}')
    k.shot('chips')
    k.key('ctrl+Return')
    k.toast('Call logged')
    wait_for(lambda: len(activities(k)) == 2, 'stored')
    call, task = sorted(activities(k), key=lambda a: a['kind'])
    assert call['kind'] == 'call' and call['result'] == 'reached', call
    assert call['text'] == f'Called, will send quote on {WEEKDAY}', call
    assert task['kind'] == 'task' and task['subject'] == 'Send quote', task
    assert task['due'] == SOON.isoformat() and task['owner']['title'] == 'Ivan Petrov', task
    person = k.record('contact', 'Ana Trujillo')
    assert person['next_step'] == SOON.isoformat() and 'last_contact' in person, person
    k.find('label', 'Task · Send quote')
    k.shot('logged')
    k.key('ctrl+z')
    k.toast('Undone: Call logged')
    wait_for(lambda: not activities(k), 'both are gone in one step')
    k.key('ctrl+shift+z')
    k.find('label', 'Task · Send quote')


def focused(k, role, name=None):
    return k.find(role, name, lambda n: 'focused' in n.states)


def test_chips_are_changed_by_keys(k: Kontor):
    k.key('ctrl+l')
    k.type_keys('Called yesterday 14:00, no answer, try again tomorrow at 10')
    chip(k, 'When: yesterday 14:00')
    chip(k, 'Result: No answer')
    k.key('Tab', 'Tab')
    focused(k, 'button', 'Kind: Call')
    k.key('space')
    time.sleep(.5)
    k.key('Down', 'Down', 'Down', 'Return')
    chip(k, 'Kind: Meeting')
    k.app.gone('button', 'Result: No answer')
    k.key('ctrl+l', 'ctrl+End')
    k.type_keys(' or later')
    chip(k, 'Kind: Meeting')
    chip(k, r'Follow-up: \+ Task: Try again or later · tomorrow 10:00 · me')
    k.key('Tab', 'Tab', 'Tab', 'Tab')
    focused(k, 'button', 'When: yesterday 14:00')
    k.key('Delete')
    chip(k, 'When: now')
    focused(k, 'text box', 'Write a note')
    k.find('button', re.compile('^Leave out Follow-up')).click()
    chip(k, r'Follow-up: \+ Follow-up')
    k.key('Tab', 'Tab', 'Tab', 'Tab', 'Tab')
    focused(k, 'button', 'Follow-up: + Follow-up')
    k.key('space')
    focused(k, 'text box', 'What is to be done')
    k.type_keys('Bring samples')
    k.key('Tab')
    k.type_keys('in 3 days')
    k.shot('follow-up')
    k.key('Escape')  # takes back what was typed
    chip(k, r'Follow-up: \+ Follow-up')
    focused(k, 'button', 'Follow-up: + Follow-up')
    k.key('space')
    focused(k, 'text box', 'What is to be done')
    k.type_keys('Bring samples')
    k.key('Tab')
    k.type_keys('in 3 days')
    k.key('Return')
    chip(k, r'Follow-up: \+ Task: Bring samples')
    k.key('ctrl+l', 'ctrl+Return')
    k.toast('Meeting logged')
    wait_for(lambda: len(activities(k)) == 4, 'stored')
    task = next(a for a in activities(k) if a.get('subject') == 'Bring samples')
    assert task['due'] == (TODAY + datetime.timedelta(days=3)).isoformat(), task
    meeting = next(a for a in activities(k) if a['kind'] == 'meeting')
    assert 'result' not in meeting and meeting['text'].endswith('or later'), meeting


def test_task_is_ticked_by_key(k: Kontor):
    k.find('heading', 'Planned')
    k.key('ctrl+l', 'Tab', 'Tab', 'Tab')
    k.key('Down')
    k.key('space')
    k.toast('Task done')
    wait_for(lambda: [a['state'] for a in activities(k) if a.get('subject') == 'Bring samples'] == ['done'], 'done')
    wait_for(lambda: k.record('contact', 'Ana Trujillo')['next_step'] == SOON.isoformat(), 'the next one')
    k.key('ctrl+z')
    k.toast('Undone: Task done')


def test_meeting_is_planned(k: Kontor):
    k.key('ctrl+l')
    k.type_keys('Meeting tomorrow at 10 with Boris')
    chip(k, 'Kind: Meeting')
    chip(k, 'When: tomorrow 10:00')
    k.key('ctrl+Return')
    k.toast('Meeting planned')
    wait_for(lambda: k.record('contact', 'Ana Trujillo')['next_step_text'] == 'Meeting with Boris', 'the next step')
    k.find('label', 'Meeting with Boris')
    k.shot('planned')


def test_kinds_are_filtered(k: Kontor):
    k.find('label', '5 entries')
    k.key('ctrl+l', 'Tab')
    focused(k, 'button', 'All')
    k.key('space')
    focused(k, 'checkbox', 'Note')
    for _ in range(7):
        k.key('Tab')
    focused(k, 'checkbox', 'Changes')
    k.key('space', 'shift+Tab', 'shift+Tab', 'shift+Tab', 'shift+Tab', 'shift+Tab')
    focused(k, 'checkbox', 'Task')
    k.key('space')
    k.find('label', '3 entries')
    k.key('Escape')
    k.find('button', 'Show: 6 kinds')
    k.app.gone('label', 'Task · Send quote')
    k.app.gone('label', re.compile('^Import of'))
    k.shot('filtered')
    k.find('button', 'Show: 6 kinds').find('button').click()
    k.find('button', 'Show all').click()
    k.find('label', '5 entries')
    k.find('button', 'Show: All')


def test_words_are_searched(k: Kontor):
    k.key('ctrl+l', 'Tab', 'Tab', 'space')
    focused(k, 'search box', 'Words of entries')
    k.type_keys('quote')
    k.find('label', '2 entries')
    k.app.gone('label', 'Meeting with Boris')
    k.key('ctrl+a')
    k.type_keys('nothing of the kind')
    k.find('label', 'No such entries')
    k.key('Escape')
    k.find('label', '5 entries')


def test_pinned_on_top(k: Kontor):
    k.key('ctrl+l')
    k.type_keys('Note: likes <b>sailing</b> & "tea" on Friday')
    chip(k, 'Kind: Note')
    k.key('ctrl+Return')
    k.toast('Note added')
    note = wait_for(lambda: next((a for a in activities(k) if a['kind'] == 'note'), None), 'stored')
    assert note['text'] == 'Note: likes <b>sailing</b> & "tea" on Friday', note
    k.ctl('set', 'activity', note['id'], 'pinned=yes')
    wait_for(lambda: next((n.name for n in k.all('label', re.compile('^(Note|Planned)'))), '').startswith('Note'),
             'above what is planned')


def test_draft_survives_a_crash(k: Kontor):
    k.key('ctrl+l')
    k.type_keys(f'Called, will send samples on {WEEKDAY}')
    chip(k, r'Follow-up: \+ Task: Send samples')
    time.sleep(1.5)
    k.app.proc.kill()
    k.app.proc.wait(10)
    k.start()
    k.ready()
    k.select('Ana Trujillo')
    chip(k, rf'Follow-up: \+ Task: Send samples · {WEEKDAY[:3]}')
    k.key('ctrl+l', 'ctrl+a', 'Delete')
    k.app.gone('button', re.compile('^Kind'))


def test_organisation_with_its_people(k: Kontor):
    k.key('ctrl+2')
    k.select('Trujillo Emparedados')
    k.find('button', 'With people')
    k.find('label', 'Meeting with Boris')
    k.find('label', re.compile('with Ana Trujillo'))
    k.shot('organisation')
    k.key('ctrl+l', 'Tab', 'Tab', 'space')
    time.sleep(.5)
    k.key('Home', 'Return')
    k.find('button', 'This')
    k.app.gone('label', 'Meeting with Boris')


def test_names_in_any_script(k: Kontor):
    k.key('ctrl+1')
    for name in ('Борис Трубин 👍', 'יעל לוי'):
        found = k.record('contact', name)
        k.ctl('set', 'contact', found['id'], 'nickname=x1' if '👍' in name else 'nickname=x2')
        k.search('x1' if '👍' in name else 'x2')
        wait_for(lambda: k.list_names() == [name], name)
        k.key('Return')
        k.page(name)
        k.key('ctrl+l')
        k.type_keys('Met, meeting tomorrow')
        k.key('ctrl+Return')
        k.toast('Meeting logged')
        k.find('label', 'Meeting')


def open_narrow(k, words, name):
    """The list alone is seen; the page is one that was never seen."""
    if k.all('button', 'Back'):
        k.key('alt+Left')
    k.search(words)
    wait_for(lambda: k.list_names() == [name], 'one')
    k.key('Down', 'ctrl+l')
    focused(k, 'text box', 'Write a note')


def test_log_from_a_narrow_list(k: Kontor):
    """On a page that was never seen the focus goes to the entry and not among the facts."""
    before = len(activities(k))
    k.ctl('add', 'contact', 'name=Clara Test')
    k.stop()
    subprocess.run(['gsettings', 'set', 'org.kontor.Kontor', 'window-width', '400'], check=True)
    k.start()
    k.ready()
    open_narrow(k, 'clara', 'Clara Test')
    for i in range(8):  # more than are seen at once
        k.type_keys('Called yesterday 14:00')
        k.key('ctrl+Return')
        wait_for(lambda: len(activities(k)) == before + i + 1, 'stored')


def test_newest_is_seen(k: Kontor):
    """What is read last, and what is new, stands above all the others and is not scrolled away."""
    k.restart()
    open_narrow(k, 'clara', 'Clara Test')
    top = k.find('list', 'Timeline').extents()[1]
    k.find('label', 'New: Person')
    wait_for(lambda: k.find('heading', 'Today').extents()[1] >= top, 'what was changed today')
    k.type_keys('Called, will send quote tomorrow')
    k.key('ctrl+Return')
    k.toast('Call logged')
    wait_for(lambda: k.find('heading', 'Planned').extents()[1] >= top, 'the task')
    k.shot('narrow')


if __name__ == '__main__':
    sys.exit(run(sys.modules['__main__'], prepare))
