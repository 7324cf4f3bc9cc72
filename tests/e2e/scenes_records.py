"""Scenes of lists, pages and of what is done with records, in a workspace of demo data."""
import os
import re
import time

from atspi_drive import wait_for
from pictures import Pictures
from other_program import source
from test_attachments import png


def lists(p: Pictures):
    p.rows()
    p.shot('people')
    p.popover('views', lambda: p.click(p.k.all('button', re.compile(p.t('People')))[0]))
    p.popover('new-menu', lambda: p.press('New, by kind'))
    p.popover('sort', lambda: p.click(p.k.find('button', re.compile('^' + re.escape(p.t('Sorted by %s').split('%')[0])))))
    for key, name in (('ctrl+2', 'organisations'), ('ctrl+3', 'phone-book'), ('ctrl+4', 'to-recheck')):
        p.view(key)
        p.shot(name)
    p.k.key('ctrl+1')
    p.rows()
    p.k.key('ctrl+f', 'ctrl+a')
    p.k.type_keys('zzqx')
    wait_for(lambda: not p.k.list_names(), 'nothing found')
    p.shot('nothing-found')
    p.k.key('Escape')


def filters(p: Pictures):
    p.view('ctrl+1')
    p.k.key('ctrl+shift+f')
    p.find('button', 'Add _condition')
    time.sleep(.5)
    p.shot('filter-empty', around=True)
    p.press('Add _condition')
    time.sleep(.5)
    p.k.key('space')
    time.sleep(.6)
    p.shot('filter-fields', around=True)
    p.k.key('Down', 'Down', 'Return')
    time.sleep(.3)
    p.press('Add _condition')
    p.press('Add a group, or related records')
    time.sleep(.4)
    p.k.key('Down', 'Return')
    time.sleep(.5)
    p.shot('filter', around=True)
    p.press('_Clear')
    p.k.key('Escape', 'Escape')
    p.k.ctl('add', 'saved_view', 'name=Customers in Berlin', 'kind=list', 'type=contact',
            'query=contact where name~an and not has activity (kind=visit)')
    p.k.key('ctrl+1')
    p.rows()
    p.popover('saved-views', lambda: p.click(p.k.all('button', re.compile(p.t('People')))[0]))
    p.click(p.k.all('button', re.compile(p.t('People')))[0])
    p.k.find('menu item', 'Customers in Berlin').pointer()  # by its action GTK loses the popover's surface
    time.sleep(.8)
    p.shot('saved-view')
    p.k.key('ctrl+shift+f')
    time.sleep(.8)
    p.shot('saved-view-filter', around=True)
    p.k.key('Escape')
    p.popover('save-view', 'ctrl+shift+s')
    p.k.key('ctrl+1')


def table(p: Pictures):
    if p.narrow:
        return
    p.view('ctrl+1')
    p.k.key('ctrl+shift+l')
    wait_for(lambda: p.k.all('tree grid'), 'the table')
    time.sleep(.3)
    p.k.key('Home', 'Down')
    p.shot('table')
    p.popover('row-editor', 'F2')
    p.k.key('ctrl+1', 'ctrl+shift+l')
    p.rows()


def many(p: Pictures):
    p.view('ctrl+1')
    p.k.key('Down', 'ctrl+a')
    p.find('button', 'Change')
    p.shot('many')
    p.popover('many-menu', lambda: p.press('Change'))
    for name, key in (('tag', 'ctrl+shift+t'), ('assign', 'ctrl+shift+o')):
        p.dialog(name, key)
    change(p)
    p.press('Change')
    p.dialog('export', lambda: p.press('_Export…', 'menu item'))


def change(p: Pictures):
    def choose():
        p.k.key('space')
        time.sleep(.6)
        p.k.key('Down', 'Down', 'Down', 'Return')
        time.sleep(.3)
    p.press('Change')
    p.dialog('change', lambda: p.press('_Change a field…', 'menu item'), choose)


def person(p: Pictures):
    me = p.k.records('user')[0]['id']
    for kind in ('contact', 'account'):
        for n, record in enumerate(p.k.records(kind)[:2]):
            p.k.ctl('add', 'star', f'user={me}', f'target={kind}:{record["id"]}', f'position={n}', 'on=1')
    p.view('ctrl+1')
    p.open_record()
    time.sleep(.5)
    p.shot('person')
    p.popover('record-menu', lambda: p.press('Record menu'))
    p.popover('tags', 'ctrl+shift+t')
    p.k.key('F2')
    time.sleep(.4)
    p.shot('person-editing')
    p.k.key('F2')
    if p.narrow:
        p.k.key('alt+Left', 'F9')
    else:
        p.k.key('F6')
    time.sleep(.4)
    p.shot('stars')
    p.k.key('F9' if p.narrow else 'F6')


def files(p: Pictures):
    p.view('ctrl+1')
    p.open_record()
    names = ('Offer 2026.txt', 'Site plan of the new warehouse.png', 'Drawing.cad')
    paths = [os.path.join(p.k.dir, name) for name in names]
    for path, content in zip(paths, ('Forty pumps, 12,400 EUR\n'.encode() * 40, png(480, 300), b'\0\1\2' * 900)):
        with open(path, 'wb') as file:
            file.write(content)
    p.k.key('ctrl+l')
    time.sleep(.4)
    proc = source('files', *paths)
    time.sleep(.4)
    p.k.key('ctrl+v')
    wait_for(lambda: len(p.k.records('attachment')) >= 3, 'the files')
    proc.terminate()
    if p.narrow:
        p.click(p.k.find(None, p.t('_Details')))
    button = p.k.find('button', re.compile('^' + re.escape(names[1]) + ', '))
    p.scroll_down()
    p.shot('attachments')
    p.dialog('picture', lambda: p.click(button))
    p.dialog('text', lambda: p.click(p.k.find('button', re.compile('^' + re.escape(names[0]) + ', '))))


def timeline(p: Pictures):
    p.view('ctrl+1')
    p.open_record()
    p.k.key('ctrl+l')
    time.sleep(.4)
    p.shot('timeline')
    text = {'ru': 'Позвонил вчера в 14:00, отправить предложение в пятницу'}.get(os.environ.get('LANG', '')[:2])
    p.focused().set_text(text or 'Called yesterday 14:00, will send quote on Friday')
    time.sleep(.5)
    p.shot('chips')
    p.k.key('Tab', 'Tab')
    p.popover('chip-kind', 'space')
    p.k.key('Tab', 'Tab')
    p.popover('chip-when', 'space')
    p.k.key('ctrl+l', 'ctrl+Return')
    time.sleep(.8)
    p.shot('logged')
    p.k.key('ctrl+l', 'Tab')
    p.popover('timeline-kinds', 'space')
    p.k.key('ctrl+l', 'Tab', 'Tab', 'space')
    time.sleep(.3)
    p.k.type_keys('zzqx')
    time.sleep(.6)
    p.shot('timeline-nothing')
    p.k.key('Escape', 'Escape')


def organisation(p: Pictures):
    p.view('ctrl+2')
    p.open_record(big(p))
    p.shot('organisation')
    p.popover('record-menu', lambda: p.press('Record menu'))
    p.dialog('org-chart', lambda: p.press('Org chart'))
    p.dialog('structure', lambda: p.press('Structure'))
    p.dialog('new-relation', lambda: p.press('New relation'))
    p.scroll_down()
    p.shot('related')


def big(p: Pictures):
    """An organisation with a parent, and people who report to each other."""
    accounts = [a for a in p.k.records('account') if a.get('people', 0) or a.get('parent')]
    name = (next((a for a in accounts if a.get('parent')), None) or accounts[0])['name']
    jobs = [j for j in p.k.records('account_contact') if j['account']['title'] == name]
    for lower, upper in zip(jobs[1:], jobs):
        p.k.ctl('set', 'account_contact', lower['id'], f'reports_to={upper["id"]}')
    time.sleep(.5)
    return name


def new(p: Pictures):
    p.view('ctrl+1')
    name = p.k.list_names()[0]
    p.dialog('new-person', 'ctrl+n')

    def duplicate():
        p.focused().set_text(name)
        time.sleep(1)
    p.dialog('new-duplicate', 'ctrl+n', duplicate)
    p.k.key('ctrl+2')
    p.rows()
    p.dialog('new-organisation', 'ctrl+n')
    p.k.key('ctrl+1')


def beside(p: Pictures):
    """A record's own window."""
    p.view('ctrl+1')
    p.k.key('Down')
    window = p.open('ctrl+Return')
    p.size(window)
    time.sleep(.6)
    p.shot('own-window', window)
    p.k.key('ctrl+w')
    time.sleep(.4)


def trash(p: Pictures):
    p.view('ctrl+1')
    p.k.key('Down', 'Delete')
    time.sleep(.6)
    p.shot('toast')
    p.k.key('alt+2')
    time.sleep(.6)
    p.shot('trash')
    p.k.key('Down', 'Return')
    time.sleep(.8)
    p.shot('in-trash')
    if p.narrow:
        p.k.key('alt+Left')
    p.k.key('alt+1')


SCENES = [lists, person, timeline, files, organisation, new, filters, table, many, beside, trash]
