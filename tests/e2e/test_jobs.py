#!/usr/bin/python3
"""Work that takes long: progress, cancel, what came of it; it goes on without a window."""
import os
import re
import sys
import threading
import time

import gi
from gi.repository import Gio, GLib

from kontor import Kontor, run, wait_for

N = 100000
NOTIFICATIONS = '''<node><interface name="org.freedesktop.Notifications">
<method name="GetCapabilities"><arg type="as" direction="out"/></method>
<method name="GetServerInformation"><arg type="s" direction="out"/><arg type="s" direction="out"/>
<arg type="s" direction="out"/><arg type="s" direction="out"/></method>
<method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/>
<arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
<arg type="as" direction="in"/><arg type="a{sv}" direction="in"/><arg type="i" direction="in"/>
<arg type="u" direction="out"/></method>
<method name="CloseNotification"><arg type="u" direction="in"/></method>
</interface></node>'''
notified = []


def daemon():
    """A notification daemon that notes what it is told."""
    context = GLib.MainContext()
    context.push_thread_default()

    def called(connection, sender, path, interface, method, parameters, invocation):
        if method == 'Notify':
            notified.append((parameters[3], parameters[4]))
            invocation.return_value(GLib.Variant('(u)', (1,)))
        elif method == 'GetCapabilities':
            invocation.return_value(GLib.Variant('(as)', (['actions', 'body'],)))
        elif method == 'GetServerInformation':
            invocation.return_value(GLib.Variant('(ssss)', ('test', 'test', '1', '1.2')))
        else:
            invocation.return_value(None)

    connection = Gio.DBusConnection.new_for_address_sync(
        os.environ['DBUS_SESSION_BUS_ADDRESS'],
        Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION,
        None, None)
    info = Gio.DBusNodeInfo.new_for_xml(NOTIFICATIONS).interfaces[0]
    connection.register_object('/org/freedesktop/Notifications', info, called, None, None)
    Gio.bus_own_name_on_connection(connection, 'org.freedesktop.Notifications', 0, None, None)
    GLib.MainLoop(context).run()


def prepare(k):
    os.environ['KONTOR_SHOW_JOBS_AFTER'] = '300'
    threading.Thread(target=daemon, daemon=True).start()
    k.ctl('init', '--user', 'Ivan Petrov', '--country', 'DE')
    k.ctl('import', '--type', 'contact', '-', stdin='full name,city\n' + ''.join(
        f'Person {i:06},Berlin\n' for i in range(N)))


def tag_all(k, tag):
    k.search('person')
    k.key('Return')
    k.key('ctrl+a')
    k.find('label', f'{N} selected')
    k.key('ctrl+shift+t')
    k.find('window', 'Tag').find('text box', None, lambda n: 'focused' in n.states)
    k.type_keys(tag)
    k.key('ctrl+Return')
    k.app.gone('window', 'Tag')


def tagged(k, tag):
    return int(k.ctl('sql', f"SELECT count(*) FROM v_tag_link WHERE tag IN (SELECT id FROM v_tag WHERE name='{tag}')", '--format=csv').split()[-1])


def test_progress_and_cancel(k: Kontor):
    tag_all(k, 'First')
    button = k.find('button', 'Work under way')
    button.click()
    k.find('label', 'Changing 100000 records')
    k.find('label', re.compile('^[0-9]+ of 100000'))
    k.find('button', 'Stop and take back').click()
    k.find('label', 'Cancelled, nothing was changed')
    assert tagged(k, 'First') == 0


def test_outcome_is_dismissed(k: Kontor):
    k.find('button', 'Dismiss').click()
    k.app.gone('label', 'Cancelled, nothing was changed')
    k.app.gone('button', 'Work that has ended')


def test_stopped_and_kept(k: Kontor):
    """What was done stays, is called by its number, and is undone by one key."""
    tag_all(k, 'Part')
    k.find('button', 'Work under way').click()
    k.find('label', re.compile('^[1-9][0-9]+ of 100000'))
    k.find('button', 'Stop and keep').click()
    outcome = k.find('label', re.compile('^[0-9]+ records tagged$')).name
    n = int(outcome.split()[0])
    assert 0 < n < N and tagged(k, 'Part') == n, (outcome, tagged(k, 'Part'))
    k.find('button', 'Dismiss').click()
    k.app.gone('button', 'Work that has ended')
    k.key('ctrl+z')
    k.toast(f'Undone: {outcome}')
    wait_for(lambda: tagged(k, 'Part') == 0, 'undone')


def test_shown_in_a_records_own_window(k: Kontor):
    k.search('person 000001')
    wait_for(lambda: k.list_names() == ['Person 000001'], 'one')
    k.key('Down', 'ctrl+Return')
    own = k.find('window', 'Person 000001')
    k.app.focus(next(w for w in k.app.windows() if w.name != 'Person 000001'))
    tag_all(k, 'Third')
    own.find('button', re.compile('^Work '))  # it may have ended by now
    k.app.focus(own)
    own.find('button', 'Work that has ended').click()
    own.find('button', 'Dismiss').click()
    k.app.gone('button', 'Work that has ended')
    k.key('ctrl+w')
    k.app.gone('window', 'Person 000001')
    k.app.focus()


def test_goes_on_without_a_window(k: Kontor):
    tag_all(k, 'Second')
    k.find('button', 'Work under way')
    k.key('ctrl+w')
    k.app.proc.wait(120)
    assert k.app.proc.returncode == 0
    assert tagged(k, 'Second') == N
    wait_for(lambda: notified, 'the notification')
    assert notified == [('Changing 100000 records', '100000 records tagged')], notified
    k.start()
    k.ready()


if __name__ == '__main__':
    sys.exit(run(sys.modules[__name__], prepare))
