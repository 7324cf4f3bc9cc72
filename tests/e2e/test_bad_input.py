#!/usr/bin/python3
"""What nobody should do and somebody will: immense texts and drops, strange names, circles, files that are cut
off. Each is refused or taken with words, nothing is lost, and the window goes on."""
import os
import re
import subprocess
import sys
import threading
import time

from atspi_drive import A, A11yBus
from kontor import PROGRAM, Kontor, run, wait_for, xdo
from other_program import dragged, source

PATIENCE = 3.0  # seconds without an answer that a person would take for a hang; far less is usual


class Pulse:
    """Asks the window for a sign of life all the time, and notes the longest silence."""

    def __init__(self, k):
        self.k, self.longest, self.ends = k, 0, False

    def ask(self):
        bus = A11yBus()
        while not self.ends:
            begin = time.monotonic()
            bus.con.call_sync(self.k.app.b, self.k.app.p, A + 'Accessible', 'GetRoleName', None, None, 0, 60000, None)
            self.longest = max(self.longest, time.monotonic() - begin)
            time.sleep(.02)

    def __enter__(self):
        self.thread = threading.Thread(target=self.ask)
        self.thread.start()
        return self

    def __exit__(self, failed, *_):
        self.ends = True
        self.thread.join()
        print(f'# longest silence {self.longest:.2f} s')
        assert failed or self.longest < PATIENCE, f'no answer for {self.longest:.1f} s'


def write(k, name, text):
    path = os.path.join(k.dir, name)
    with open(path, 'w', encoding='utf-8', newline='') as file:
        file.write(text)
    return path


def paste(k, text):
    """What another program copied."""
    holder = source('text', write(k, 'pasted', text))
    time.sleep(.3)
    k.key('ctrl+v')
    return holder


def prepare(k):
    k.ctl('init', '--user', 'Ivan Petrov', '--country', 'DE')
    k.ctl('import', '--type', 'contact', '-', stdin='name,notes\nAna Trujillo,\nLong Notes,' + 'pumps and valves ' * 15000 + '\n')
    k.ctl('import', '--type', 'account', '-', stdin='name,part of\nOpora,\nOpora North,Opora\n')
    k.ctl('import', '--type', 'contact', '-', stdin=''.join(f'{line}\n' for line in [
        'name,phone', '👩‍🚀 Zoë 🚀,030 1', 'יעל לוי,030 2', 'محمد بن سلمان,030 3', 'T̸e̷r̴r̵i̶b̴l̵e̷ Zalgo,030 4',
        '\u202egnirts desreveR,030 5']))


def open_assistant(k, name, text):
    subprocess.run([PROGRAM, write(k, name, text)], check=True, timeout=20)
    k.find('window', re.compile('Import'))
    k.find('button', 'Next', lambda n: 'focused' in n.states)
    k.key('Return')


def close_assistant(k):
    k.key('Escape')
    k.app.gone('window', re.compile('Import'))


def test_strange_names(k: Kontor):
    """Found by their letters, shown as they are, changed and kept."""
    for query, name in [('zoe', '👩‍🚀 Zoë 🚀'), ('030 2', 'יעל לוי'), ('030 3', 'محمد بن سلمان')]:
        k.search(query)
        wait_for(lambda: k.list_names() == [name], name)
    k.key('Return')
    k.page('محمد بن سلمان')
    k.edit('Phone', '030 33')
    wait_for(lambda: k.record('contact', 'محمد بن سلمان')['main_phone'] == '030 33', 'stored')
    k.shot('strange')


def test_long_notes_on_the_page(k: Kontor):
    """A quarter of a megabyte: its beginning is shown, all of it can be edited."""
    with Pulse(k):
        k.select('Long Notes')
        field = k.find('button', re.compile('^Notes: pumps'))
        assert field.name.endswith('…') and len(field.name) < 3000, len(field.name)
        k.select('Ana Trujillo')


def test_immense_text_in_a_line(k: Kontor):
    """Refused with the reason; the value stays."""
    k.select('Ana Trujillo')
    with Pulse(k):
        k.field('First name').pointer()
        k.find('text box', 'First name')
        k.key('ctrl+a')
        holder = paste(k, '<b>Ana</b>' * 20000)
        wait_for(lambda: len(k.find('text box', 'First name').text) > 4000, 'pasted')
        k.key('Return')
        k.find('label', re.compile('First name: This is longer than 255'))
        k.key('Escape')
        holder.kill()
    k.has_value('First name', 'Ana')


def test_pasted_web_page(k: Kontor):
    """Of a quarter of a megabyte, as it is: a note with nothing cut off, of which the beginning is shown."""
    text = '<p onclick="x()">Pumps 👍 <b>насосы</b></p>\n' * 4000
    with Pulse(k):
        k.key('ctrl+l')
        holder = paste(k, text)
        k.toast('Note added')
        holder.kill()
    assert [a['text'].strip() for a in k.records('activity')] == [text.strip()]


def test_immense_note_in_a_file(k: Kontor):
    """A megabyte is refused with its line, and the others come."""
    path = write(k, 'notes.csv', 'Name,Notes\nToo Long,"' + 'Pumps 👍 насосы. ' * 55000 + '"\nShort Notes,none\n')
    with Pulse(k):
        subprocess.run([PROGRAM, path], check=True, timeout=20)
        k.find('window', re.compile('Import'))
        k.find('button', 'Next', lambda n: 'focused' in n.states)
        k.key('Return')
        k.find('label', '1 new · 1 faulty')
        k.find('label', re.compile('Line 2'))
    k.shot('long-note')
    close_assistant(k)


def test_immense_table_in_the_list(k: Kontor):
    """Looked at beside the window."""
    k.key('ctrl+f', 'Escape', 'Escape')
    wait_for(lambda: len(k.list_names()) > 1, 'everybody')
    k.key('Down')
    with Pulse(k):
        holder = paste(k, 'Name\tCity\n' + ''.join(f'Person {i}\tBerlin\n' for i in range(9000)))
        k.find('window', re.compile('Import'))
        k.find('label', re.compile('9000 rows'))
        holder.kill()
    k.key('Escape')
    k.app.gone('window', re.compile('Import'))


def test_circle_in_a_field(k: Kontor):
    k.key('ctrl+2')
    k.select('Opora')
    k.find('button', re.compile(r'^Show \d+ empty fields?')).click()
    k.edit('Part of', 'North', key=None)
    k.find('label', 'Opora North', lambda n: n.parent.parent.role == 'list item')
    time.sleep(.3)
    k.key('Down', 'Return')
    k.find('label', re.compile('circle: Opora → Opora North → Opora'))
    k.key('Escape')
    assert not k.record('account', 'Opora').get('parent')


def test_circle_in_a_file(k: Kontor):
    """Refused before anything is written, with the line and those in it."""
    open_assistant(k, 'circle.csv', 'Organisation,Part of\nAlpha,Beta\nBeta,Alpha\nGamma,\n')
    k.find('label', re.compile('1 new · 2 faulty'))
    k.find('label', re.compile('circle: Alpha → Beta → Alpha|circle: Beta → Alpha → Beta'))
    k.shot('circle')
    close_assistant(k)


def test_card_that_is_cut_off(k: Kontor):
    """What there is of it is told and not lost; the others come."""
    k.key('ctrl+1')
    path = write(k, 'cut.vcf', 'BEGIN:VCARD\nVERSION:3.0\nFN:Whole Card\nTEL:030 7\nEND:VCARD\n'
                               'BEGIN:VCARD\nVERSION:3.0\nFN:Cut Card\nNOTE:half a n')
    subprocess.run([PROGRAM, path], check=True, timeout=20)
    k.find('window', re.compile('Import'))
    k.find('label', re.compile('1 new · 1 faulty'))
    k.find('label', re.compile('Line 6'))
    k.shot('cut')
    k.find('button', re.compile('^Import 1')).click()
    k.find('label', '1 imported, 1 not')
    close_assistant(k)


def many_files(k):
    """As many as GTK 4.8 hands over on X11: a quarter of a megabyte of names."""
    return '@' + write(k, 'names', ''.join(f'/x/{i:x}\n' for i in range(15000)))


def test_very_many_files_on_the_page(k: Kontor):
    """None is looked at."""
    k.select('Ana Trujillo')
    k.key('ctrl+l')
    with Pulse(k):
        holder = source('files', many_files(k))
        time.sleep(.3)
        k.key('ctrl+v')
        k.find('label', re.compile('^15000 files are too many to attach at once; the most is 200'))
        holder.kill()
    assert not k.records('attachment')


def test_very_many_files_dropped_on_the_list(k: Kontor):
    """From another window, as from a file manager: it is said while they hover, and when they are let go."""
    with Pulse(k), dragged(lambda: (370, 500), many_files(k)):
        k.find('label', 'At most 100 files can be imported at once')
        xdo('mouseup', '1')
        wait_for(lambda: len(k.all('label', 'At most 100 files can be imported at once')) == 1, 'the frame gone')
        k.toast('At most 100 files can be imported at once')
    assert not k.all('window', re.compile('Import'))


if __name__ == '__main__':
    sys.exit(run(sys.modules['__main__'], prepare))
