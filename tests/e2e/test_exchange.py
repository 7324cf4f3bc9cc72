#!/usr/bin/python3
"""Records in and out of the window: each row seen and decided before it is written, mappings and
batches kept, clipboard, signatures, files dropped."""
import os
import re
import subprocess
import sys
import time

from kontor import PROGRAM, Kontor, run, wait_for

KNOWN = ('Name,Email,Position\n'
         'Ana Trujillo,ana@example.com,Owner\n'
         'Carl Crane,carl@example.com,Buyer\n')
PEOPLE = ('Name,Email,Mobile,Birthday\n'
          'Bert Brecht,bert@example.com,,\n'
          'Ana Trujillo,ana@example.com,555 0101,\n'
          'Carl Crane,carl@example.com,555 0102,\n'
          'Anna Truhillo,ana@example.com,555 0103,\n'
          'Dora,,,31.02.1980\n')


def has_keys(widget):
    return 'focused' in widget.states


def write(k, name, text):
    path = os.path.join(k.dir, name)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)
    return path


def prepare(k):
    k.ctl('init', '--user', 'Ivan Petrov')
    k.ctl('import', '--type=contact', write(k, 'known.csv', KNOWN))
    k.people = write(k, 'people.csv', PEOPLE)


def open_assistant(k, file):
    subprocess.run([PROGRAM, file], check=True, timeout=20)
    return k.find('window', re.compile('Import'))


def people(k):
    return {p['name']: p for p in k.records('contact')}


def row(k, start):
    return k.find('group', re.compile(f'^{start}'))


def tab_to(k, role, name, key='Tab'):
    """As a person does who looks where the focus is."""
    for _ in range(20):
        k.key(key)
        if k.app.all(role, name, has_keys):
            return
    raise AssertionError(f'no way to {name} by Tab')


def test_rows_are_decided_one_by_one(k: Kontor):
    open_assistant(k, k.people)
    k.find('button', 'Next', has_keys)
    k.key('Return')
    k.find('label', '1 new · 2 to change · 1 likely duplicate · 1 faulty')
    k.shot('check')
    # to the list of kinds: the second is what will change
    k.key('Tab')
    k.key('Down', 'Return')
    row(k, 'Ana Trujillo, Line 3 · Will change · is Ana Trujillo')
    k.shot('rows')
    k.key('Return')
    k.find('menu item', 'Leave out')
    k.key('Up', 'Return')
    k.find('button', 'Ana Trujillo: Leave out')
    k.key('Escape')
    k.find('label', '1 new · 1 to change · 1 known · 1 likely duplicate · 1 faulty')
    k.find('label', '1 decided for itself')


def test_choices_outlast_the_mode(k: Kontor):
    # Overwrite all the same leaves out the one that was left out by itself
    k.find('checkbox', 'Overwrite what the file says otherwise').click()
    k.find('label', '1 new · 1 to change · 1 known · 1 likely duplicate · 1 faulty')
    k.find('checkbox', 'Ask for each').click()
    k.find('label', '1 new · 2 known · 1 likely duplicate · 1 faulty')
    k.find('list item', '2 known').click()
    row(k, 'Carl Crane')
    k.key('Down', 'Return')
    k.find('menu item', 'Fill empty fields')
    k.key('Down', 'Down', 'Return')
    k.find('button', 'Carl Crane: Fill empty fields')
    k.find('button', 'Back').click()
    k.find('list item', '1 likely duplicate').click()
    row(k, 'Anna Truhillo, Line 5 · Likely duplicate · looks like Ana Trujillo')
    k.key('Return')
    k.find('menu item', 'Fill empty fields')
    k.key('Down', 'Return')
    k.find('button', 'Anna Truhillo: Fill empty fields')
    k.key('Escape')
    k.find('label', '1 new · 2 to change · 1 known · 1 faulty')


def test_owner_and_tag_for_all(k: Kontor):
    tab_to(k, 'text box', 'Owner of new records')
    k.app.type_keys('Petr')
    k.find('label', 'Ivan Petrov')
    k.key('Return')
    tab_to(k, 'button', 'Choose a tag')
    k.shot('options')
    day = time.strftime('import %-d %b')
    k.key('Return')
    k.find('menu item', day)
    k.key('Return')
    k.find('text box', 'Tag all of them', lambda w: w.text == day)
    k.find('button', re.compile('^Import 3')).click()
    k.find('label', '3 imported, 1 not')
    found = people(k)
    assert sorted(found) == ['Ana Trujillo', 'Bert Brecht', 'Carl Crane'], found
    assert found['Ana Trujillo']['main_phone'] == '555 0103', found
    assert found['Carl Crane']['main_phone'] == '555 0102', found
    assert found['Bert Brecht']['owner']['title'] == 'Ivan Petrov', found
    assert [t['name'] for t in k.records('tag')] == [day]
    k.find('button', 'Undo the import').click()
    k.app.gone('window', re.compile('Import'))
    wait_for(lambda: 'Bert Brecht' not in people(k), 'the import taken back')


CRM = 'Name;Irgendwas;E-Mail\nEva Adam;Chefin;eva@example.com\n'
CRM_AGAIN = 'E-Mail;Name;Irgendwas\nudo@example.com;Udo Ulm;Chef\n'


def close_assistant(k):
    k.key('Escape')
    k.app.gone('window', re.compile('Import'))


def test_mapping_is_saved(k: Kontor):
    open_assistant(k, write(k, 'contacts of the crm.csv', CRM))
    k.find('button', 'Next', has_keys)
    k.find('combo box', '“Irgendwas” goes to')
    k.find('combo box', '“Irgendwas” goes to').pointer()
    time.sleep(.5)
    k.app.type_keys('Position')
    k.key('Return')
    k.find('button', 'Found by itself')
    k.find('button', 'Save as…').pointer()
    k.find('text box', 'Name of the mapping', has_keys)
    k.shot('mapping')
    k.app.type_keys('HubSpot')
    k.key('Return')
    k.find('button', 'HubSpot')
    [saved] = k.records('import_mapping')
    assert saved['name'] == 'HubSpot' and saved['kind'] == 'contact', saved
    close_assistant(k)


def test_mapping_comes_back_by_itself(k: Kontor):
    k.restart()
    open_assistant(k, write(k, 'other.csv', CRM_AGAIN))
    k.find('button', 'HubSpot')
    k.key('Return')
    k.find('label', '1 new')
    k.key('Return')
    k.find('label', '1 imported')
    assert 'Chef' in people(k)['Udo Ulm']['notes'], people(k)['Udo Ulm']
    k.find('button', 'Close', has_keys)
    k.key('Return')
    k.app.gone('window', re.compile('Import'))


def test_mapping_is_renamed_and_removed(k: Kontor):
    open_assistant(k, os.path.join(k.dir, 'other.csv'))
    k.find('button', 'Next', has_keys)
    k.find('button', 'HubSpot').pointer()
    k.find('menu item', 'Rename this mapping…')
    k.key('Up', 'Up', 'Return')
    k.find('text box', 'Name of the mapping', has_keys)
    k.key('ctrl+a')
    k.app.type_keys('Salesforce')
    k.key('Return')
    k.find('button', 'Salesforce')
    k.find('button', 'Salesforce').pointer()
    k.find('menu item', 'Move this mapping to trash')
    k.key('Up', 'Return')
    k.find('button', 'Found by itself')
    assert k.records('import_mapping') == []
    close_assistant(k)
    k.key('ctrl+z')
    wait_for(lambda: [m['name'] for m in k.records('import_mapping')] == ['Salesforce'], 'it again')
    k.key('ctrl+z')
    wait_for(lambda: [m['name'] for m in k.records('import_mapping')] == ['HubSpot'], 'its name')


def test_batch_is_a_view(k: Kontor):
    open_assistant(k, write(k, 'people from the fair.csv', 'Name,Email,Mobile,Birthday\nFay Fair,,555 0201,\nGus Gray,gus@example.com,,\n'))
    k.find('button', 'Next', has_keys)
    k.key('Return')
    k.find('button', re.compile('^Import'), has_keys)
    k.key('Return')
    k.find('button', 'Show them').click()
    k.app.gone('window', re.compile('Import'))
    wait_for(lambda: 'Fay Fair' in k.list_names() and 'Ana Trujillo' not in k.list_names(), 'the batch alone')
    k.find('button', re.compile('^people from'))
    k.shot('batch')
    k.key('ctrl+z')
    wait_for(lambda: 'Ana Trujillo' in k.list_names() and 'Fay Fair' not in k.list_names(), 'the list as before')
    assert not [v for v in k.records('saved_view') if v['name'].startswith('people from')]


SIGNATURE = ('Mit freundlichen Grüßen\nPetra Gross\nLeiterin Einkauf\nMüller GmbH\n'
             'Obere Straße 57\nD-12209 Berlin\nTel.: 030 123 43 21\nE-Mail: gross@mueller.example\n')


CLIPBOARD = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'clipboard.py')
holders = []


def to_clipboard(text):
    """As another program does; it has the text until it ends or somebody else copies."""
    while holders:
        holders.pop().kill()
    holder = subprocess.Popen(['/usr/bin/python3', CLIPBOARD, 'set'], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    holders.append(holder)
    holder.stdin.write(text)
    holder.stdin.close()
    assert holder.stdout.readline() == 'ready\n'


def from_clipboard(mime_type):
    return subprocess.run(['/usr/bin/python3', CLIPBOARD, 'get', mime_type],
                          capture_output=True, text=True, check=True, timeout=20).stdout


def test_rows_are_copied(k: Kontor):
    k.search('crane')
    wait_for(lambda: 'Carl Crane' in k.list_names(), 'Carl in the list')
    k.key('Down')
    k.key('ctrl+c')
    k.toast('1 record copied')
    head, row_of_carl = from_clipboard('text/plain').splitlines()
    assert head.startswith('Full name\t') and row_of_carl.startswith('Carl Crane\t'), (head, row_of_carl)
    assert '<td>Carl Crane</td>' in from_clipboard('text/html')
    assert 'FN:Carl Crane' in from_clipboard('text/vcard')
    # a text field keeps its own
    k.key('ctrl+f', 'ctrl+a', 'ctrl+c')
    wait_for(lambda: from_clipboard('text/plain;charset=utf-8') == 'crane', 'the text of the field')
    k.key('Escape', 'Escape')


def test_rows_have_a_menu(k: Kontor):
    to_rows(k)
    k.key('shift+F10')
    k.find('menu item', 'Copy').click()
    k.toast('1 record copied')


def to_rows(k):
    k.search('')
    wait_for(lambda: len(k.list_names()) > 1, 'all of them')
    k.key('Down')


def test_rows_are_pasted(k: Kontor):
    to_clipboard('First name\tLast name\tE-mail\nHal\tHill\thal@example.com\nIda\tInn\tida@example.com\n')
    to_rows(k)
    k.key('ctrl+v')
    k.find('window', re.compile('Import'))
    k.find('label', re.compile('2 rows'))
    k.find('button', 'Next', has_keys)
    k.key('Return')
    k.find('label', '2 new')
    k.key('Return')
    k.find('label', '2 imported')
    assert 'Ida Inn' in people(k)
    k.key('ctrl+z')
    k.app.gone('window', re.compile('Import'))
    wait_for(lambda: 'Ida Inn' not in people(k), 'taken back')


def test_signature_is_pasted(k: Kontor):
    to_clipboard(SIGNATURE)
    to_rows(k)
    k.key('ctrl+v')
    k.find('window', 'New person')
    k.shot('signature')
    assert 'Petra Gross' not in people(k)
    k.key('ctrl+Return')
    wait_for(lambda: 'Petra Gross' in people(k), 'the person')
    petra = people(k)['Petra Gross']
    assert petra['position'] == 'Leiterin Einkauf' and petra['city'] == 'Berlin', petra
    assert petra['account']['title'] == 'Müller GmbH', petra
    assert petra['main_mail'] == 'gross@mueller.example' and petra['main_phone'] == '030 123 43 21', petra


def test_files_come_one_after_another(k: Kontor):
    one = write(k, 'people one.csv', 'First name,Last name\nOne,First\n')
    two = write(k, 'two.vcf', 'BEGIN:VCARD\nVERSION:3.0\nFN:Two Second\nN:Second;Two;;;\nEND:VCARD\n')
    subprocess.run([PROGRAM, one, two], check=True, timeout=20)
    k.find('label', 'people one.csv')
    assert not k.app.all('label', 'two.vcf')
    k.find('button', 'Next', has_keys)
    k.key('Escape')
    k.find('label', 'two.vcf')
    k.find('label', '1 new')
    k.key('Escape')
    k.app.gone('window', re.compile('Import'))


if __name__ == '__main__':
    sys.exit(run(sys.modules['__main__'], prepare))
