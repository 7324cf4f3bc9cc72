"""Another program with something to paste or to drag into the window: text, a picture, files.

As a program: "text FILE", "image FILE" and "files PATH…" own the clipboard, "drag PATH…" is a window to drag
from; "@FILE" stands for as many paths as FILE has lines. It says "ready" and goes on until it is ended."""
import contextlib
import os
import subprocess
import sys
import time

TITLE = 'drag source'


def source(kind, *what):
    """Starts it; ended by whoever started it."""
    proc = subprocess.Popen(['/usr/bin/python3', __file__, kind, *what], stdout=subprocess.PIPE, text=True,
                            env={**os.environ, 'GTK_A11Y': 'none'})
    assert proc.stdout.readline() == 'ready\n'
    return proc


@contextlib.contextmanager
def dragged(place, *files):
    """Files held by the pointer over a place; xdo('mouseup', '1') lets them go. `place` is asked for once the other
    window is there."""
    from atspi_drive import wait_for, xdo
    proc = source('drag', *files)
    try:
        window = wait_for(lambda: xdo('search', '--onlyvisible', '--name', TITLE).split(), 'the source')[0]
        xdo('windowmove', window, '10', '780')
        time.sleep(.3)
        x, y = place()
        xdo('mousemove', '60', '800', 'sleep', '0.2', 'mousedown', '1', 'sleep', '0.2', 'mousemove', '120', '790',
            'sleep', '0.1', 'mousemove', '200', '760', 'sleep', '0.1', 'mousemove', x, y, 'sleep', '0.3',
            'mousemove', x + 4, y + 2)
        yield
    finally:
        proc.kill()
        proc.wait()


def create_provider(kind, what):
    from gi.repository import Gdk, Gio, GLib, GObject
    if kind == 'image':
        texture = Gdk.Texture.new_from_filename(what[0])
        return Gdk.ContentProvider.new_for_value(GObject.Value(Gdk.Texture, texture))
    if kind == 'text':
        with open(what[0], encoding='utf-8') as file:
            return Gdk.ContentProvider.new_for_value(file.read())
    if what[0].startswith('@'):
        with open(what[0][1:], encoding='utf-8') as file:
            what = file.read().splitlines()
    uris = ''.join(Gio.File.new_for_path(path).get_uri() + '\r\n' for path in what)
    return Gdk.ContentProvider.new_for_bytes('text/uri-list', GLib.Bytes.new(uris.encode()))


def serve(kind, *what):
    import gi
    gi.require_version('Gtk', '4.0')
    gi.require_version('Gdk', '4.0')
    from gi.repository import Gdk, GLib, Gtk
    Gtk.init()
    provider = create_provider(kind, what)
    if kind == 'drag':
        window = Gtk.Window(title=TITLE, default_width=120, default_height=60, decorated=False)
        window.set_child(Gtk.Label(label='drag'))
        window.add_controller(Gtk.DragSource(content=provider, actions=Gdk.DragAction.COPY))
        window.present()
    else:
        Gdk.Display.get_default().get_clipboard().set_content(provider)
    print('ready', flush=True)
    GLib.MainLoop().run()


if __name__ == '__main__':
    serve(*sys.argv[1:])
