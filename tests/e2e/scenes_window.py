"""Scenes of what the window itself brings: first page, preferences, import, commands, errors."""
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time

from atspi_drive import wait_for
from kontor import PROGRAM, ctl
from pictures import Pictures
from test_fields import down_to

CSV = ('Company,Contact,Title,Address,City,Country,Phone,Remark\n'
       'Alfreds Futterkiste,Maria Anders,Sales Representative,Obere Str. 57,Berlin,Germany,030-0074321,\n'
       'Ana Trujillo Emparedados,Ana Trujillo,Owner,Avda. de la Constitución 2222,México D.F.,Mexico,(5) 555-4729,VIP\n'
       'Berglunds snabbköp,Christina Berglund,Order Administrator,Berguvsvägen 8,Luleå,Sweden,0921-12 34 65,\n'
       ',,,,Paris,Nowhereland,\n')
SIGNATURE = ('Mit freundlichen Grüßen\nPetra Gross\nLeiterin Einkauf\nMüller GmbH\nObere Straße 57\n'
             'D-12209 Berlin\nTel.: 030 123 43 21\nE-Mail: gross@mueller.example\n')
CLIPBOARD = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'clipboard.py')


# --- without a workspace, or with another

def first_run(p: Pictures):
    p.stop()
    p.first_page()
    p.shot('welcome')
    p.stop()
    empty = os.path.join(p.k.dir, 'empty.kontor')
    ctl('init', '--workspace', empty, '--user', 'Anna', '--country', 'DE')
    p.start(empty)
    time.sleep(.5)
    p.shot('empty')
    p.k.key('ctrl+2')
    time.sleep(.4)
    p.shot('no-organisations')
    p.k.key('ctrl+4')
    time.sleep(.4)
    p.shot('nothing-to-recheck')
    p.k.key('alt+2')
    time.sleep(.5)
    p.shot('trash-empty')
    p.dialog('steps-empty', 'ctrl+alt+z')
    p.dialog('import-file', 'ctrl+o')
    p.k.key('alt+1')


def errors(p: Pictures):
    p.stop()
    broken = os.path.join(p.k.dir, 'broken.kontor')
    with open(broken, 'w', encoding='utf-8') as file:
        file.write('this is no workspace')
    p.start(broken)
    time.sleep(.8)
    p.shot('broken')
    p.stop()
    newer = os.path.join(p.k.dir, 'newer.kontor')
    p.k.ctl('backup', newer)
    with sqlite3.connect(newer) as db:
        db.execute('PRAGMA user_version = 9999')
    p.start(newer)
    p.find('button', 'Open _read-only')
    time.sleep(.4)
    p.shot('newer')
    p.press('Open _read-only')
    p.rows()
    p.shot('read-only')


def demo_banner(p: Pictures):
    p.stop()
    path = os.path.join(os.environ['XDG_DATA_HOME'], 'kontor', 'demo.kontor')
    os.makedirs(os.path.dirname(path), exist_ok=True)
    shutil.copy(p.k.path, path)
    p.start('--demo')
    p.rows()
    p.shot('demo')


# --- commands

def commands(p: Pictures):
    p.rows()
    p.k.key('Down')
    p.dialog('palette', 'ctrl+k')

    def typed(text):
        p.k.type_keys(text)
        time.sleep(.8)
    p.dialog('palette-found', 'ctrl+k', lambda: typed('an'))
    p.dialog('palette-commands', 'ctrl+k', lambda: typed('>'))
    p.dialog('palette-nothing', 'ctrl+k', lambda: typed('>zzqx'))
    p.dialog('keys', 'ctrl+F1')
    p.dialog('steps', 'ctrl+alt+z')
    p.dialog('about', lambda: run_command(p, 'About Kontor'))
    p.popover('main-menu', 'F10')
    if p.narrow:
        p.k.key('Escape')


def run_command(p: Pictures, text):
    p.k.key('ctrl+k')
    palette = p.find('window', 'Find or do anything')
    p.focused('search box').set_text('>' + p.t(text))
    time.sleep(.8)
    p.k.key('Return')
    p.k.app.gone('window', palette.name)


# --- preferences

def preferences(p: Pictures):
    p.rows()
    window = p.open('ctrl+comma')
    p.shot('general', window)
    for page, name in (('Company', 'company'), ('Fields and lists', 'fields'), ('This workspace', 'workspace')):
        page_of(p, page)
        p.shot(name, window)
    p.press('_Back up now')
    time.sleep(1.2)
    p.shot('backup-made', window)
    restore = p.open(lambda: p.press('_Restore…'))
    p.shot('restore', restore)
    p.dialog('restore-question', 'Return')
    p.k.focus(restore)
    p.close(restore)
    p.close(window)


def page_of(p: Pictures, title):
    for node in p.k.all('label', p.t(title)):  # of the switcher, wide and narrow
        while node and not (node.role != 'label' and node.actions()):
            node = node.parent
        if node:
            p.click(node)
            break


def fields(p: Pictures):
    p.rows()
    window = p.open(lambda: run_command(p, 'Fields, lists and layouts'))
    time.sleep(.4)
    p.k.key('Return')
    time.sleep(.6)
    p.shot('no-own-fields', window)
    p.k.key('ctrl+n')
    time.sleep(.4)
    p.shot('new-field', window)
    p.k.type_keys('Shoe size')
    p.k.key('Tab')
    p.popover('field-kinds', 'space', window)
    p.k.key('ctrl+Return')
    time.sleep(.8)
    p.shot('fields', window)
    p.k.key('Escape')
    time.sleep(.6)
    p.close(window)
    for name, title, group in (('layout', 'People', 1), ('pick-list', 'Industry', 2)):
        window = p.open(lambda: run_command(p, 'Fields, lists and layouts'))
        down_to(p.k, window, p.t(title), group)
        time.sleep(.7)
        p.shot(name, window)
        if name == 'pick-list':
            p.k.key('Tab', 'Home', 'Return')
            time.sleep(.5)
            p.shot('pick-value', window)
        p.close(window)


# --- import

def assistant(p: Pictures):
    p.rows()
    path = os.path.join(p.k.dir, 'customers.csv')
    with open(path, 'w', encoding='utf-8') as file:
        file.write(CSV)
    window = p.open(lambda: subprocess.run([PROGRAM, path], check=True, timeout=20))
    time.sleep(1)
    p.shot('match', window)
    p.press('_Save as…')
    time.sleep(.4)
    p.shot('save-mapping', window, around=True)
    p.k.key('Escape')
    p.press('_Next')
    time.sleep(1)
    p.shot('check', window)
    p.k.key('Tab')
    p.k.key('Return')
    time.sleep(.8)
    p.shot('rows', window)
    p.k.key('Return')
    time.sleep(.5)
    p.shot('row-choice', window, around=True)
    p.k.key('Escape', 'Escape')
    time.sleep(.4)
    for button in p.k.all('button', re.compile(r'^\D+ 3\b')):
        p.click(button)
    time.sleep(1.5)
    p.shot('done', window)
    p.close(window)
    p.dialog('refused', lambda: subprocess.run([PROGRAM, picture(p)], check=True, timeout=20))


def picture(p: Pictures):
    path = os.path.join(p.k.dir, 'photo.csv')
    with open(path, 'wb') as file:
        file.write(b'\x89PNG\r\n\x1a\n' + bytes(range(256)) * 8)
    return path


def signature(p: Pictures):
    holder = subprocess.Popen([sys.executable, CLIPBOARD, 'set'], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    holder.stdin.write(SIGNATURE)
    holder.stdin.close()
    holder.stdout.readline()
    p.view('ctrl+1')
    p.k.key('Down')
    p.dialog('signature', 'ctrl+v', lambda: time.sleep(.6))
    holder.kill()


# --- work that takes long

def jobs(p: Pictures):
    p.stop()
    path = os.path.join(p.k.dir, 'many.kontor')
    ctl('init', '--workspace', path, '--user', 'Anna', '--country', 'DE')
    ctl('import', '--workspace', path, '--type', 'contact', '-',
        stdin='full name,city\n' + ''.join(f'Person {i:05},Berlin\n' for i in range(40000)))
    p.start(path, env={'KONTOR_SHOW_JOBS_AFTER': '50'})
    time.sleep(.5)
    p.k.key('alt+1', 'ctrl+1')
    p.rows()
    p.k.key('Down', 'ctrl+a')
    time.sleep(.5)
    p.open('ctrl+shift+t')
    time.sleep(.3)
    p.k.type_keys('Fair')
    p.k.key('ctrl+Return')
    p.press('Work under way')
    time.sleep(.2)
    p.shot('job', around=True, timeout=.1)
    wait_for(lambda: p.k.all('button', p.t('_Dismiss')), 'the outcome')
    p.shot('job-done', around=True)


SCENES = [commands, preferences, fields, assistant, signature, demo_banner, first_run, errors, jobs]
