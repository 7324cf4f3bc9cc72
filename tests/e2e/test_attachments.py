#!/usr/bin/python3
"""Files on a page, by keys: attached, pasted, dropped, looked at, renamed, removed, refused."""
import os
import re
import struct
import sys
import time
import zlib

from kontor import Kontor, run, wait_for, xdo
from other_program import dragged, source


def png(width, height):
    def chunk(name, data):
        return struct.pack('>I', len(data)) + name + data + struct.pack('>I', zlib.crc32(name + data))
    rows = b''.join(b'\0' + bytes((x * 255 // width, y * 255 // height, 160)[i] for x in range(width) for i in range(3))
                    for y in range(height))
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 2, 0, 0, 0)) +
            chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b''))


def prepare(k):
    k.ctl('init', '--user', 'Ivan Petrov', '--country', 'DE')
    k.ctl('add', 'contact', 'first_name=Ana', 'last_name=Trujillo')
    k.files = os.path.join(k.dir, 'files')
    os.mkdir(k.files)
    k.file = lambda name: os.path.join(k.files, name)
    with open(k.file('offer.txt'), 'w', encoding='utf-8') as file:
        file.write('Forty pumps, 12,400 EUR\n' * 100)
    with open(k.file('photo.png'), 'wb') as file:
        file.write(png(320, 200))
    with open(k.file('large.mp4'), 'wb') as file:
        file.truncate(2 << 30)
    with open(k.file('heavy.jpg'), 'wb') as file:
        file.write(os.urandom(40 << 20))
    os.mkfifo(k.file('pipe'))
    os.mkdir(k.file('folder'))


def attachments(k):
    return sorted(k.records('attachment'), key=lambda a: a['name'])


def names(k):
    return [a['name'] for a in attachments(k)]


def row(k, name):
    return k.find('button', re.compile(f'^{re.escape(name)}, '))


def choose(k, verb, path):
    k.find('button', verb)
    k.key('ctrl+l')
    k.find('text box', pred=lambda n: 'focused' in n.states)
    k.key('ctrl+a')
    k.type_keys(path)
    k.key('Return')
    # the first one may only complete the path
    for _ in range(20):
        time.sleep(.1)
        if not k.all('button', verb):
            break
    else:
        k.key('Return')
    # as by Alt+Tab: xfwm4 gives the keys to the window below when the chooser goes
    k.app.gone('button', verb)
    k.focus()


def paste(k, kind, *what):
    proc = source(kind, *what)
    try:
        time.sleep(.3)
        k.key('ctrl+v')
        yield
    finally:
        proc.terminate()
        proc.wait()


def test_by_the_chooser(k: Kontor):
    k.select('Ana Trujillo')
    k.key('ctrl+alt+a')
    choose(k, 'Attach', k.file('offer.txt'))
    k.toast('“offer.txt” attached')
    row(k, 'offer.txt')
    found = attachments(k)
    assert len(found) == 1 and found[0]['media_type'] == 'text/plain' and found[0]['size'] == 2400, found


def test_pasted_files_and_refusals(k: Kontor):
    k.key('ctrl+l')
    for _ in paste(k, 'files', k.file('photo.png'), k.file('heavy.jpg'), k.file('large.mp4'), k.file('pipe'),
                   k.file('folder'), k.file('missing')):
        k.toast('2 files attached')
        k.find('label', re.compile('^“large.mp4” has 2.1.GB; an attachment may have .* at most.*And 3 more were not'))
    assert names(k) == ['heavy.jpg', 'offer.txt', 'photo.png'], names(k)
    k.shot('attached')
    k.key('ctrl+z')
    k.toast('Undone: 2 files attached')
    k.app.gone('button', re.compile('^photo.png, '))
    k.key('ctrl+shift+z')
    row(k, 'photo.png')


def test_looked_at_by_keys(k: Kontor):
    focus_row(k, 'photo.png')
    k.key('space')
    k.find('window', 'photo.png')
    k.find('image', 'Picture')
    k.shot('picture')
    k.key('Escape')
    k.app.gone('window', 'photo.png')
    focus_row(k, 'offer.txt')
    k.key('space')
    k.find('text box', 'Text of the file')
    k.shot('text')
    k.key('space')
    k.app.gone('window', 'offer.txt')
    focus_row(k, 'heavy.jpg')
    k.key('space')
    k.find('label', re.compile('It may be damaged'))
    k.key('Escape')
    k.app.gone('window', 'heavy.jpg')


def focus_row(k, name):
    """By keys: backwards from where entries are written, which follows the attachments."""
    k.key('ctrl+l')
    for _ in range(14):
        k.key('shift+Tab')
        time.sleep(.15)
        if k.all('button', re.compile(f'^{re.escape(name)}, '), lambda n: 'focused' in n.states):
            return
    raise AssertionError(f'{name} is not reached by Tab')


def test_renamed_and_removed_by_keys(k: Kontor):
    focus_row(k, 'offer.txt')
    k.key('F2')
    k.find('text box', 'Name', lambda n: 'focused' in n.states)
    k.key('ctrl+a')
    k.type_keys('Offer of May.txt')
    k.key('Return')
    k.toast('Attachment renamed')
    focus_row(k, 'Offer of May.txt')
    k.key('Delete')
    k.toast('Offer of May.txt moved to trash')
    k.app.gone('button', re.compile('^Offer of May.txt, '))
    k.key('ctrl+z')
    row(k, 'Offer of May.txt')


def test_saved_as(k: Kontor):
    focus_row(k, 'Offer of May.txt')
    k.key('Tab', 'space')
    k.find('menu item', 'Open', lambda n: 'focused' in n.states)
    k.key('Down', 'Down', 'Return')
    choose(k, 'Save', k.file('saved.txt'))
    k.toast('“saved.txt” saved')
    with open(k.file('saved.txt'), encoding='utf-8') as file, open(k.file('offer.txt'), encoding='utf-8') as before:
        assert file.read() == before.read()


def test_pasted_picture_and_text(k: Kontor):
    k.key('ctrl+l')
    for _ in paste(k, 'image', k.file('photo.png')):
        k.toast(re.compile(r'^“Picture .*\.png” attached'))
    html = k.file('page.html')
    with open(html, 'w', encoding='utf-8') as file:
        file.write('<b>Called</b>, will send <script>alert(1)</script> quote on Friday')
    k.key('ctrl+l')
    for _ in paste(k, 'text', html):
        k.find('button', 'Kind: Note')
    k.key('ctrl+Return')
    k.toast('Note added')
    note = wait_for(lambda: k.records('activity', '--where', 'kind=note'), 'stored')[0]
    assert note['text'].startswith('<b>Called</b>, will send <script>'), note


def test_long_note(k: Kontor):
    """Its beginning is shown, and the window goes on."""
    long = k.file('long.txt')
    with open(long, 'w', encoding='utf-8') as file:
        file.write('Pumps and valves 👍 насосы. ' * 6000)
    k.key('ctrl+l')
    for _ in paste(k, 'text', long):
        k.toast('Note added')
    wait_for(lambda: any(len(a['text']) > 150000 for a in k.records('activity', '--where', 'kind=note')), 'stored')
    k.find('label', re.compile('^Pumps and valves .*…$', re.S))
    k.type_keys('Called')
    k.find('button', 'Kind: Call')
    k.key('ctrl+a', 'Delete')


def test_dropped_on_the_page(k: Kontor):
    with dragged(lambda: k.find('heading', 'Attachments').centre(), k.file('offer.txt')):
        k.find('label', 'Attach to Ana Trujillo')
        k.shot('dropping')
        xdo('mouseup', '1')
        k.toast('“offer.txt” attached')
        k.app.gone('label', 'Attach to Ana Trujillo')


def test_kept_after_restart(k: Kontor):
    k.restart()
    k.select('Ana Trujillo')
    row(k, 'photo.png')
    row(k, 'Offer of May.txt')
    assert 'offer.txt' in names(k), names(k)


if __name__ == '__main__':
    sys.exit(run(sys.modules['__main__'], prepare))
