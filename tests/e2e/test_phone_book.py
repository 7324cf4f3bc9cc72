#!/usr/bin/python3
"""The phone book: people and organisations by name, found by name and number, called by Enter; what
must not be called; the table; numbers in the trash; a saved view."""
import os
import re
import subprocess
import sys

from kontor import Kontor, run, wait_for

# Stands for a telephone: notes what it is asked to call.
PHONE = """[Desktop Entry]
Type=Application
Name=Telephone
Exec=sh -c "echo $0 >> {calls}" %u
MimeType=x-scheme-handler/tel;
"""


def prepare(k):
    k.calls = os.path.join(k.dir, 'calls')
    data = os.path.join(os.environ['XDG_DATA_HOME'], 'applications')
    os.makedirs(data, exist_ok=True)
    with open(os.path.join(data, 'kontor-test-phone.desktop'), 'w', encoding='utf-8') as file:
        file.write(PHONE.format(calls=k.calls))
    os.makedirs(os.environ['XDG_CONFIG_HOME'], exist_ok=True)
    with open(os.path.join(os.environ['XDG_CONFIG_HOME'], 'mimeapps.list'), 'w', encoding='utf-8') as file:
        file.write('[Default Applications]\nx-scheme-handler/tel=kontor-test-phone.desktop\n')
    k.ctl('init', '--user', 'Ivan Petrov', '--country', 'DE')
    k.ctl('import', '--type', 'account', '-', stdin='name,phone\nBergbau AG,030 9000\nQuiet Ltd,\n')
    k.ctl('import', '--type', 'contact', '-', stdin='name,mobile,phone,organisation,do not contact\n'
          'Anna Berg,0171 1234567,030 7654321,Bergbau AG,\nClara Diaz,0172 555000,,,yes\nDora Silent,,,,\n')


def rows(k):
    return [row.name for row in k.app.all('group', re.compile('.'), lambda n: n.parent and n.parent.role == 'list item')]


def called(k):
    try:
        with open(k.calls, encoding='utf-8') as file:
            return [line.strip() for line in file]
    except FileNotFoundError:
        return []


def test_everybody_with_a_number(k: Kontor):
    k.key('ctrl+3')
    wait_for(lambda: k.list_names() == ['Anna Berg', 'Anna Berg', 'Bergbau AG', 'Clara Diaz'], 'who has a number')
    found = rows(k)
    assert all('Person' in row for row in found if not row.startswith('Bergbau')), found
    assert 'Bergbau AG' in found[0] and found[2].startswith('Bergbau AG, Organisation, '), found
    assert found[3].endswith('Do not call') and 'Do not call' not in found[0], found
    k.shot('phone-book')


def test_found_by_name_and_by_number(k: Kontor):
    k.search('765')
    wait_for(lambda: k.list_names() == ['Anna Berg'] and '7654321' in rows(k)[0], 'found by digits')
    k.search('anna 171')
    wait_for(lambda: len(rows(k)) == 1 and '1234567' in rows(k)[0], 'found by name and digits')
    k.search('bergb')
    wait_for(lambda: k.list_names() == ['Anna Berg', 'Anna Berg', 'Bergbau AG'], 'the organisation and who works there')


def test_enter_calls_that_number(k: Kontor):
    k.search('765')
    wait_for(lambda: len(rows(k)) == 1, 'one number')
    k.key('Return', 'Return')
    wait_for(lambda: called(k) == ['tel:0307654321'] or called(k) == ['tel:030%207654321'] or called(k), 'a call')
    assert '7654321' in called(k)[-1], called(k)
    k.page('Anna Berg')
    k.search('9000')
    wait_for(lambda: k.list_names() == ['Bergbau AG'], 'the organisation')
    k.key('Return', 'Return')
    wait_for(lambda: len(called(k)) == 2 and '9000' in called(k)[-1], 'a call')
    k.page('Bergbau AG')


def menu(k, *keys):
    k.key('shift+F10')
    k.find('menu item', 'Copy number')
    k.key(*keys)


def test_who_must_not_be_called(k: Kontor):
    k.search('clara')
    wait_for(lambda: k.list_names() == ['Clara Diaz'], 'who must not be called')
    k.key('Return', 'Return')
    k.toast('Clara Diaz must not be called')
    assert len(called(k)) == 2, called(k)
    k.shot('do-not-call')


def test_copied_from_the_menu(k: Kontor):
    menu(k, 'Down', 'Down', 'Return')
    k.toast('Number copied')


def test_no_address_is_told(k: Kontor):
    menu(k, 'Down', 'Down', 'Down', 'Return')
    k.toast('Clara Diaz has no e-mail address')


def test_number_to_the_trash(k: Kontor):
    k.search('anna 171')
    wait_for(lambda: len(rows(k)) == 1, 'one number')
    k.key('Return', 'shift+F10')
    k.find('menu item', 'Move number to trash')
    k.shot('menu')
    k.key('Escape', 'Delete')
    k.toast(re.compile(r'^0171 1234567 of Anna Berg moved to trash'))
    k.page('Anna Berg')
    assert len(k.records('contact')) == 3
    k.key('ctrl+z')
    wait_for(lambda: len(rows(k)) == 1, 'the number to come back')


def test_restored_from_the_trash(k: Kontor):
    k.key('Delete')
    k.toast(re.compile(r'^0171 1234567 of Anna Berg moved to trash'))
    k.key('alt+2', 'ctrl+4')
    wait_for(lambda: k.list_names() == ['0171 1234567'], 'the number in the trash')
    k.key('ctrl+a')
    k.shot('trash')
    k.key('shift+F10')
    k.find('menu item', 'Restore').click()
    k.toast(re.compile(r'^0171 1234567 of Anna Berg restored'))
    k.key('alt+1')
    wait_for(lambda: len(rows(k)) == 1, 'the number in the phone book')


def table_rows(k):
    return k.table('Phone book').rows()


def test_table(k: Kontor):
    k.key('Escape')
    k.search('')
    k.key('Escape', 'ctrl+shift+l')
    wait_for(lambda: len(table_rows(k)) == 4, 'the table')
    assert k.table('Phone book').titles()[:4] == ['Name', 'Organisation', 'Number', 'Kind'], k.table('Phone book').titles()
    found = table_rows(k)
    assert found[0][1] == 'Bergbau AG' and found[0][3] in ('Mobile', 'Phone'), found
    k.shot('table')


def test_saved_view(k: Kontor):
    k.key('ctrl+shift+l')
    wait_for(lambda: len(rows(k)) == 4, 'the list')
    k.key('ctrl+shift+s')
    k.find('text box', 'Name of the view', lambda n: 'focused' in n.states)
    k.type_keys('To call')
    k.key('Return')
    wait_for(lambda: [v['name'] for v in k.records('saved_view')] == ['To call'], 'stored')
    k.restart()
    k.find('label', 'To call')
    wait_for(lambda: k.list_names() == ['Anna Berg', 'Anna Berg', 'Bergbau AG', 'Clara Diaz'], 'the same rows')


def test_narrow(k: Kontor):
    """The page is opened from the menu; what is logged by the key goes to who is selected."""
    k.stop()
    subprocess.run(['gsettings', 'set', 'org.kontor.Kontor', 'window-width', '400'], check=True)
    k.start()
    k.ready()
    k.key('ctrl+3')
    k.search('9000')
    wait_for(lambda: k.list_names() == ['Bergbau AG'], 'the organisation')
    k.key('Down')
    menu(k, 'Down', 'Return')
    k.page('Bergbau AG')
    k.shot('narrow')
    k.key('alt+Left')
    wait_for(lambda: k.list_names() == ['Bergbau AG'], 'the list')
    k.search('anna 765')
    wait_for(lambda: k.list_names() == ['Anna Berg'], 'one number')
    k.key('Down', 'ctrl+l')
    k.find('text box', 'Write a note', lambda n: 'focused' in n.states)
    k.page('Anna Berg')
    k.type_keys('Called, no answer')
    k.key('ctrl+Return')
    wait_for(lambda: [a['kind'] for a in k.records('activity')] == ['call'], 'logged')


if __name__ == '__main__':
    sys.exit(run(sys.modules['__main__'], prepare))
