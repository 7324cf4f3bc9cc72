"""Another program with the clipboard: "set" holds what comes by standard input until it is ended,
"get TYPE" prints what is in it."""
import sys

import gi
gi.require_version('Gdk', '4.0')
gi.require_version('Gtk', '4.0')
from gi.repository import Gdk, Gio, GLib, Gtk  # noqa: E402


def hold(clipboard, loop):
    clipboard.set(sys.stdin.read())
    print('ready', flush=True)
    loop.run()


def show(clipboard, loop, mime_type):
    out = Gio.MemoryOutputStream.new_resizable()

    def spliced_cb(source, result):
        source.splice_finish(result)
        sys.stdout.buffer.write(out.steal_as_bytes().get_data())
        loop.quit()

    def read_cb(source, result):
        stream, _ = source.read_finish(result)
        out.splice_async(stream, Gio.OutputStreamSpliceFlags.CLOSE_TARGET, GLib.PRIORITY_DEFAULT, None, spliced_cb)

    clipboard.read_async([mime_type], GLib.PRIORITY_DEFAULT, None, read_cb)


if __name__ == '__main__':
    Gtk.init()
    main = GLib.MainLoop()
    board = Gdk.Display.get_default().get_clipboard()
    if sys.argv[1] == 'set':
        hold(board, main)
    else:
        # who owns it is known after a turn
        GLib.timeout_add(300, show, board, main, sys.argv[2])
        GLib.timeout_add_seconds(8, main.quit)
        main.run()
