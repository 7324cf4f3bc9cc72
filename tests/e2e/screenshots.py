#!/usr/bin/python3
"""Takes pictures of every window, in the language and style of the rig: screenshots.py DIR WIDTH.
Finds its way by keys alone, so that it works in any language."""
import os
import re
import subprocess
import sys
import time

from atspi_drive import App
from kontor import PROGRAM, Kontor, complaints, wait_for, xdo

HEIGHT = 800
CSV = ('company_name,contact_name,contact_title,address,city,country,phone\n'
       'Alfreds Futterkiste,Maria Anders,Sales Representative,Obere Str. 57,Berlin,Germany,030-0074321\n'
       'Ana Trujillo Emparedados,Ana Trujillo,Owner,Avda. de la Constitución 2222,México D.F.,Mexico,(5) 555-4729\n'
       ',,,,Paris,Nowhereland,\n')


class Pictures:
    def __init__(self, folder, width):
        self.folder = folder
        self.width = width
        self.n = 0
        self.k = Kontor()
        os.makedirs(folder, exist_ok=True)

    def shot(self, name, window=None):
        """A window as it is seen; the one of keys, whose title GTK hides, with what is behind it."""
        window = window or self.k.windows()[0]
        self.n += 1
        time.sleep(0.4)
        path = os.path.join(self.folder, f'{self.n:02d}-{name}.png')
        self.k.app.shot(path, None if window.raw == 'GtkShortcutsWindow' else window)

    def size(self):
        """So that what is seen of the window, without its shadow, has the width."""
        window = self.k.xwindow(self.k.windows()[0])
        left, right, top, bottom = self.k.frame_extents(window)
        xdo('windowmove', window, 10, 10)
        xdo('windowsize', window, self.width + left + right, HEIGHT + top + bottom)
        time.sleep(0.5)

    def start(self, *args):
        self.k.start(*args)
        self.size()

    def dialog(self, name, *keys):
        """A window of its own, closed by Escape."""
        n = len(self.k.windows())
        self.k.key(*keys)
        wait_for(lambda: len(self.k.windows()) > n, name)
        time.sleep(0.3)
        self.shot(name, next((w for w in self.k.windows() if 'active' in w.states), None))
        self.k.key('Escape')
        wait_for(lambda: len(self.k.windows()) == n, f'{name} closed')

    def open_first(self, key):
        self.k.key(key)
        wait_for(self.k.list_names, 'rows')
        self.k.key('ctrl+f', 'Down', 'Return')
        wait_for(lambda: self.k.all('heading'), 'a page')

    def demo(self):
        k = self.k
        k.path = os.path.join(k.dir, 'demo.kontor')
        k.ctl('demo', '--contacts', '400', '--accounts', '120')
        self.start()
        wait_for(self.k.list_names, 'rows')
        self.shot('people')
        self.open_first('ctrl+1')
        self.shot('person')
        k.key('F2')
        self.shot('person-editing')
        k.key('F2')
        self.open_first('ctrl+2')
        self.shot('organisation')
        if self.width > 600:
            k.key('ctrl+f', 'ctrl+shift+l')
            wait_for(lambda: k.all('tree grid'), 'the table')
            self.shot('table')
            k.key('ctrl+shift+l')
        else:
            k.key('alt+Left')
        self.dialog('new-organisation', 'ctrl+n')
        k.key('ctrl+1')
        self.dialog('new-person', 'ctrl+n')
        self.dialog('keys', 'ctrl+F1')
        k.key('ctrl+f', 'ctrl+a')
        k.type_keys('zzqx')
        wait_for(lambda: not self.k.list_names(), 'nothing found')
        self.shot('nothing-found')
        k.key('Escape', 'alt+2')
        self.shot('trash')
        k.key('alt+1')

    def assistant(self):
        path = os.path.join(self.k.dir, 'customers.csv')
        with open(path, 'w', encoding='utf-8') as file:
            file.write(CSV)
        subprocess.run([PROGRAM, path], check=True, timeout=20)
        window = wait_for(lambda: next((w for w in self.k.windows()[1:]), None), 'the assistant')
        time.sleep(1)
        self.shot('import-match', window)
        window.find('button', re.compile('^(Next|Далее)$')).click()
        time.sleep(1)
        self.shot('import-check', self.k.windows()[-1])
        self.k.key('Escape')

    def first_run(self):
        """Before there is any workspace, and in one that is empty."""
        self.k.app = App.launch([PROGRAM], 'org.kontor.Kontor')
        self.size()
        self.shot('first-run')
        self.k.stop()
        self.k.path = os.path.join(self.k.dir, 'empty.kontor')
        self.k.ctl('init', '--user', 'Anna')
        self.start()
        time.sleep(0.5)
        self.shot('empty')
        self.k.stop()


def main(folder, width):
    pictures = Pictures(folder, int(width))
    pictures.first_run()
    pictures.demo()
    pictures.assistant()
    pictures.k.stop()
    bad = complaints(pictures.k.app.log)
    print('\n'.join(bad))
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
