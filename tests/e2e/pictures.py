"""Pictures of windows, in the language and style of the rig: what the scenes of screenshots.py share."""
import gettext
import os
import re
import shutil
import subprocess
import time

from gi.repository import GLib
from atspi_drive import App, plain, wait_for, xdo
from kontor import PROGRAM, Kontor

HEIGHT = 800
CORNER = (1479, 999)  # of the screen
MARGIN = 72  # of what lies behind, where a popover may go beyond the window


class Pictures:
    """Finds its way by keys and by the words of the program's own translation."""

    def __init__(self, folder, width):
        self.folder = folder
        self.width = width
        self.narrow = width < 702
        self.n = 0
        self.scene = ''
        self.k = Kontor()
        self.log = []
        self.words = gettext.translation('kontor', os.environ.get('KONTOR_LOCALE_DIR'),
                                         [os.environ.get('LANG', 'C')[:2]], fallback=True)
        os.makedirs(folder, exist_ok=True)

    # --- words
    def t(self, text, context=None):
        """A text as the program says it, without the sign of its mnemonic."""
        said = self.words.pgettext(context, text) if context else self.words.gettext(text)
        return plain(said)

    def find(self, role, text, **more):
        return self.k.find(role, self.t(text), **more)

    def click(self, widget):
        """By its action, whatever it is called in this language; else by the pointer."""
        for node in [widget, *widget.kids]:
            if node.role not in ('label', 'image') and node.actions():
                node._c('Action', 'DoAction', GLib.Variant('(i)', (0,)))
                break
        else:
            widget.pointer()
            xdo('mousemove', *CORNER)
        time.sleep(.3)

    def scroll_down(self):
        """The facts of a page to their end, by the wheel."""
        x, y, width, height = self.place(self.k.windows()[0])
        xdo('mousemove', x + width // 2, y + height * 3 // 4, 'click', '--repeat', '40', '--delay', '10', '5',
            'mousemove', *CORNER)
        time.sleep(.5)

    def press(self, text, role='button'):
        self.click(self.find(role, text))

    def focused(self, role='text box'):
        return self.k.find(role, None, lambda n: 'focused' in n.states)

    # --- pictures
    def shot(self, name, window=None, around=False, timeout=6):
        """A window as it is seen; around it a margin, for popovers, which are windows of their own to X."""
        window = window or self.k.windows()[0]
        self.n += 1
        time.sleep(.3)
        path = os.path.join(self.folder, f'{self.scene}-{self.n:02d}-{name}.png')
        if window.raw == 'GtkShortcutsWindow':  # its title is hidden, so that it isn't found
            self.k.app.shot(path, timeout=timeout)
        elif around:
            self.k.app.shot(path, timeout=timeout)
            x, y, width, height = self.place(window)
            subprocess.run(['convert', path, '-crop', '{}x{}{:+}{:+}'.format(
                width + 2 * MARGIN, height + 2 * MARGIN, max(x - MARGIN, 0), max(y - MARGIN, 0)), '+repage', path], check=True)
        else:
            self.k.app.shot(path, window, timeout=timeout)
        print(f'{self.scene}: {name}', flush=True)

    def place(self, window):
        """Where its visible edge lies."""
        x = self.k.xwindow(window)
        left, right, top, bottom = self.k.frame_extents(x)
        at = dict(line.split('=') for line in xdo('getwindowgeometry', '--shell', x).splitlines())
        return (int(at['X']) + left, int(at['Y']) + top, int(at['WIDTH']) - left - right, int(at['HEIGHT']) - top - bottom)

    def size(self, window=None, width=None, height=HEIGHT, x=90, y=60):
        """So that what is seen of the window, without its shadow, has the width."""
        window = window or self.k.windows()[0]
        id = self.k.xwindow(window)
        xdo('windowmove', id, x, y)
        for _ in range(3):  # it folds part by part, each time it may be narrower
            left, right, top, bottom = self.k.frame_extents(id)
            xdo('windowsize', id, (width or self.width) + left + right, height + top + bottom)
            time.sleep(.3)
            if self.place(window)[2] == (width or self.width):
                break

    def fit(self, window):
        """As on a narrow screen; says so where a window does not fit."""
        if not self.narrow or window.raw == 'GtkShortcutsWindow':
            return
        _, _, width, height = self.place(window)
        if width > self.width:
            self.size(window, height=height, x=100, y=90)
            width = self.place(window)[2]
        if width > self.width:
            print(f'{self.scene}: "{window.raw}" is {width} wide', flush=True)

    # --- windows
    def open(self, act):
        """A window that opens by what is done: keys, or a function."""
        before = {window.p for window in self.k.windows()}
        if callable(act):
            act()
        else:
            self.k.key(*act.split())
        window = wait_for(lambda: next((w for w in self.k.windows() if w.p not in before), None), 'a window')
        wait_for(lambda: window.raw == 'GtkShortcutsWindow' or window.raw in self.k.xwindows().values(), 'it to be seen')
        time.sleep(.3)
        self.fit(window)
        return window

    def close(self, window):
        """By Escape, perhaps more than once: for what is open within."""
        for _ in range(4):
            if not any(w.p == window.p for w in self.k.windows()):
                break
            self.k.key('Escape')
            time.sleep(.4)
        else:
            raise AssertionError(f'{window.raw} does not close')
        time.sleep(.2)

    def dialog(self, name, act, then=None):
        window = self.open(act)
        if then:
            then()
        self.shot(name, window)
        self.close(window)

    def popover(self, name, act, window=None):
        if callable(act):
            act()
        else:
            self.k.key(*act.split())
        time.sleep(.5)
        self.shot(name, window, around=True)
        self.k.key('Escape')
        time.sleep(.3)

    # --- the program
    def start(self, *args, env=None):
        self.k.start(*args, env=env)
        xdo('mousemove', *CORNER)
        self.size()
        self.log.append(self.k.app.log)

    def stop(self):
        if self.k.app and self.k.app.alive():
            self.k.app.quit()

    def first_page(self):
        """The program without a workspace."""
        config = os.path.join(self.k.dir, 'config')
        shutil.copytree(os.environ['XDG_CONFIG_HOME'], config)  # for the font
        shutil.rmtree(os.path.join(config, 'glib-2.0'), ignore_errors=True)  # but not for the last workspace
        self.k.app = App.launch([PROGRAM], 'org.kontor.Kontor', env={
            'XDG_DATA_HOME': os.path.join(self.k.dir, 'data'), 'XDG_CONFIG_HOME': config})
        self.size()

    def rows(self):
        wait_for(self.k.list_names, 'rows')

    def view(self, key):
        """A view, with the focus in its rows."""
        self.k.key('Escape')
        if self.narrow:
            self.k.key('alt+Left')
        self.k.key(key)
        self.rows()
        self.k.key('ctrl+f', 'ctrl+a', 'BackSpace')
        time.sleep(.3)
        self.rows()

    def open_record(self, text=None):
        """The first row, or the first found."""
        if text:
            self.k.key('ctrl+f')
            self.focused('search box').set_text(text)  # xdotool is unreliable with letters beyond ASCII
            wait_for(lambda: next(iter(self.k.list_names()), '') == text, text)
        self.k.key('Down', 'Return')
        wait_for(lambda: self.k.all('heading', re.compile('.')), 'a page')
        time.sleep(.5)
