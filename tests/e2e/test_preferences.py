#!/usr/bin/python3
"""Preferences take effect at once, backups are whole workspaces, the last record comes back."""
import os
import re
import sys

from kontor import Kontor, ctl, run, wait_for


def prepare(k):
    k.ctl('init', '--user', 'Ivan Petrov', '--country', 'DE')
    k.ctl('import', '--type', 'contact', '-', stdin='full name,city\nAna Trujillo,Berlin\nKarl Kurz,Bonn\n')


def test_last_record_comes_back(k: Kontor):
    k.select('Karl Kurz')
    k.page('Karl Kurz')
    k.restart()
    k.page('Karl Kurz')


def preferences(k):
    k.key('ctrl+comma')
    return k.find('window', 'Preferences')


def test_my_name(k: Kontor):
    window = preferences(k)
    window.find('button', re.compile('^Full name: Ivan')).pointer()
    window.find('text box', 'Full name')
    k.key('ctrl+a')
    k.type_keys('Ivan Sidorov')
    k.key('Return')
    wait_for(lambda: k.records('employee')[0]['name'] == 'Ivan Sidorov', 'stored')
    window.find('label', re.compile(' changed$'))
    k.key('Escape')  # though there is a toast
    k.app.gone('window', 'Preferences')
    k.key('ctrl+z')
    wait_for(lambda: k.records('employee')[0]['name'] == 'Ivan Petrov', 'undone')


def test_backup_now(k: Kontor):
    window = preferences(k)
    for title in window.all('label', 'This workspace'):  # of the switcher, wide and narrow
        title.pointer()
    window.find('button', 'Back up now').pointer()
    window.find('label', 'Backup made')
    folder = os.path.join(k.dir, 'backups')
    files = os.listdir(folder)
    assert len(files) == 1 and re.fullmatch(r'office-[0-9a-f]{8} \d{4}-\d\d-\d\d \d{4}\.kontor', files[0]), files
    copy = os.path.join(folder, files[0])
    assert ctl('list', '--workspace', copy, 'contact', '--format=json').count('\n') == 2
    window.find('button', 'Close').click()
    k.app.gone('window', 'Preferences')


def test_restore(k: Kontor):
    """What the backup holds and what would be lost is said before; the present state is kept."""
    k.ctl('add', 'contact', 'name=Too Late')
    wait_for(lambda: 'Too Late' in k.list_names(), 'the new one')
    window = preferences(k)
    for title in window.all('label', 'This workspace'):
        title.pointer()
    window.find('button', 'Restore…').pointer()
    restore = k.find('window', 'Restore a backup')
    wait_for(lambda: len(restore.find('list', 'Backups').all('list item')) == 1, 'the backup')
    k.key('Return')
    question = k.find('label', re.compile('^Restore the backup of'))
    dialog = question.window()
    dialog.find('label', re.compile('It holds 2 people, 0 organisations and 0 entries.*1 step done since would be lost', re.S))
    k.key('Return')  # Cancel is the default
    k.app.gone('label', re.compile('^Restore the backup of'))
    assert len(k.records('contact')) == 3
    k.app.focus(k.find('window', 'Restore a backup'))
    k.key('Return')
    k.find('label', re.compile('^Restore the backup of')).window().find('button', 'Restore').click()
    k.toast('Backup restored')
    wait_for(lambda: sorted(k.list_names()) == ['Ana Trujillo', 'Karl Kurz'], 'the state of the backup')
    folder = os.path.join(k.dir, 'backups')
    kept = sorted(os.listdir(folder))[-1]
    assert len(os.listdir(folder)) == 2
    assert ctl('list', '--workspace', os.path.join(folder, kept), 'contact', '--format=json').count('\n') == 3
    k.select('Ana Trujillo')
    k.page('Ana Trujillo')
    k.restart()
    wait_for(lambda: len(k.records('contact')) == 2, 'still')


if __name__ == '__main__':
    sys.exit(run(sys.modules['__main__'], prepare))
