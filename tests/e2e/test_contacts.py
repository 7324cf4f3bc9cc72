#!/usr/bin/python3
"""People and organisations in the window: found, read, edited, undone, kept."""
import re
import sys

from kontor import Kontor, run, wait_for


def prepare(k):
    k.ctl('init', '--user', 'Ivan Petrov', '--country', 'DE')
    k.ctl('add', 'account', 'name=Trujillo Emparedados', 'kind=customer')
    k.ctl('import', '--type', 'contact', '-', stdin=(
        'name,organisation,position,phone,email,city,tags\n'
        'Ana Trujillo,Trujillo Emparedados,Owner,+52 5 555 4729,ana@trujillo.example,México D.F.,VIP\n'
        'Борис Трубин,Трубы и фитинги,Директор,8 (495) 123-45-67,boris@truby.example,Москва,\n'
        'Trude Glad,Glad & Co,,,trude@glad.example,Oslo,\n'))


def test_search_while_typing(k: Kontor):
    k.search('truj')
    wait_for(lambda: k.list_names() == ['Ana Trujillo'], 'one found')
    k.find('label', re.compile('^1 of 3'))
    k.search('trujilo')
    k.find('button', 'Search “Trujillo”').click()
    wait_for(lambda: k.list_names() == ['Ana Trujillo'], 'found with a typing error')
    k.search('trubin')
    wait_for(lambda: k.list_names() == ['Борис Трубин'], 'found in Latin letters')
    k.search('4951234')
    wait_for(lambda: k.list_names() == ['Борис Трубин'], 'found by digits')
    k.search('nobodyatall')
    k.find('label', re.compile('^Nobody found for'))
    k.key('Escape')
    wait_for(lambda: len(k.list_names()) == 3, 'everybody again')


def test_enter_waits_for_what_was_typed(k: Kontor):
    for name in 'Trude Glad', 'Ana Trujillo', 'Trude Glad':
        k.key('ctrl+f', 'ctrl+a')
        k.app.keys_at_once(name.split()[0], 'Return')
        k.page(name)
        k.find('list item', None, lambda row: 'focused' in row.states)
    k.key('ctrl+f', 'ctrl+a')
    k.app.keys_at_once('nobodyatall', 'Return')
    k.find('label', re.compile('^Nobody found for'))
    k.key('Escape')


def test_page_shows_what_there_is(k: Kontor):
    k.select('Ana Trujillo')
    k.has_value('Phone', '+52 5 555 4729')
    k.has_value('E-mail', 'ana@trujillo.example')
    k.find('label', 'VIP')
    k.find('label', re.compile('^Owner at Trujillo'))


def test_edit_is_kept_and_undone(k: Kontor):
    k.edit('Phone', '+52 5 555 0000')
    k.toast('Phone changed')
    k.has_value('Phone', '+52 5 555 0000')
    wait_for(lambda: k.record('contact', 'Ana Trujillo')['main_phone'] == '+52 5 555 0000', 'stored')
    k.restart()
    k.select('Ana Trujillo')
    k.has_value('Phone', '+52 5 555 0000')
    k.key('ctrl+z')
    k.toast('Undone: Phone changed')
    k.has_value('Phone', '+52 5 555 4729')
    k.key('ctrl+shift+z')
    k.toast('Done again: Phone changed')
    k.has_value('Phone', '+52 5 555 0000')
    k.key('ctrl+z')
    k.has_value('Phone', '+52 5 555 4729')


def test_escape_brings_back(k: Kontor):
    k.edit('Phone', 'something else', key='Escape')
    k.has_value('Phone', '+52 5 555 4729')


def test_wrong_value_says_why(k: Kontor):
    k.find('button', re.compile('^Show \\d+ empty fields?')).click()
    k.edit('Birth date', '31.02.1980')
    k.find('label', 'Birth date: “31.02.1980” is not a date.')
    assert 'birth_date' not in k.record('contact', 'Ana Trujillo')
    k.key('ctrl+a')
    k.type_keys('3 March 1980')
    k.key('Return')
    wait_for(lambda: k.record('contact', 'Ana Trujillo').get('birth_date') == '1980-03-03', 'stored')


def test_tag(k: Kontor):
    k.key('ctrl+shift+t')
    k.find('search box', 'Find or make a tag')
    k.type_keys('Fair 2026')
    k.find('button', 'New tag “Fair 2026”')
    k.key('Return')
    k.toast('Tagged “Fair 2026”')
    k.find('button', 'Remove tag “Fair 2026”').click()
    k.app.gone('button', 'Remove tag “Fair 2026”')


def test_enter_waits_for_the_tag(k: Kontor):
    before = k.records('tag')
    k.select('Trude Glad')
    k.key('ctrl+shift+t')
    k.find('search box', 'Find or make a tag')
    k.app.keys_at_once('vip', 'Return')
    k.toast('Tagged “VIP”')
    assert k.records('tag') == before, k.records('tag')
    k.key('ctrl+z')
    k.app.gone('button', 'Remove tag “VIP”')


def test_note(k: Kontor):
    k.key('ctrl+l')
    k.type_keys('Asked for the new price list')
    k.key('ctrl+Return')
    k.toast('Note added')
    k.find('label', 'Asked for the new price list')
    k.key('ctrl+z')
    k.app.gone('label', 'Asked for the new price list')
    k.key('ctrl+shift+z')
    k.find('label', 'Asked for the new price list')


def test_note_is_stored_when_it_is_left(k: Kontor):
    k.find('button', 'Actions for this entry').find('button').click()
    k.find('menu item', 'Edit', lambda n: 'focused' in n.states)
    k.key('Return')
    k.find('text box', 'Text', lambda n: 'focused' in n.states)
    k.key('ctrl+End')
    k.type_keys(' of May')
    k.find('text box', 'Write a note').pointer()
    k.find('label', 'Asked for the new price list of May')
    k.app.gone('text box', 'Text')
    k.key('ctrl+z')
    k.find('label', 'Asked for the new price list')


def test_new_person(k: Kontor):
    k.key('ctrl+n')
    k.find('window', 'New person')
    k.type_keys('Ana Truj')
    k.find('button', 'Open instead')
    k.key('ctrl+a')
    k.type_keys('Zoë Müller')
    k.key('Tab')
    k.type_keys('Glad')
    k.find('window', 'New person').find('label', re.compile('^Glad & Co'))
    k.key('Down', 'Return')
    k.key('Tab')
    k.type_keys('Buyer')
    k.key('Tab')
    k.type_keys('030 901820')
    k.key('ctrl+Return')
    k.app.gone('window', 'New person')
    k.toast('Zoë Müller added')
    k.page('Zoë Müller')
    found = k.record('contact', 'Zoë Müller')
    assert found['main_phone'] == '030 901820', found
    assert found['account']['title'] == 'Glad & Co', found
    assert found['position'] == 'Buyer', found


def test_point_by_the_menu(k: Kontor):
    k.find('button', 'Add phone, e-mail…').pointer()
    k.find('menu item', 'E-mail').pointer()
    k.find('text box', 'E-mail', lambda n: 'focused' in n.states)
    k.type_keys('zoe@glad.example')
    k.find('text box', 'Write a note').pointer()
    k.has_value('E-mail', 'zoe@glad.example')
    k.key('ctrl+z')
    k.toast('Undone: E-mail added')


def test_trash_and_restore(k: Kontor):
    k.find('list', 'People').pointer()
    k.search('Trude')
    wait_for(lambda: k.list_names() == ['Trude Glad'], 'found')
    k.key('Down')
    k.page('Trude Glad')
    k.key('Delete')
    k.toast('Trude Glad moved to trash')
    assert k.records('contact', '--where', 'name="Trude Glad"') == []
    k.key('alt+2')
    k.find('button', re.compile('^Restore'))
    k.key('alt+1')
    k.key('ctrl+z')
    k.toast('Undone: Trude Glad moved to trash')
    wait_for(lambda: len(k.records('contact', '--where', 'name="Trude Glad"')) == 1, 'back')


def test_edited_out_of_the_search(k: Kontor):
    """What an edit takes out of what is shown stays there, dimmed, while one works on it."""
    k.search('901820')
    wait_for(lambda: k.list_names() == ['Zoë Müller'], 'found by phone')
    k.key('Return')
    k.page('Zoë Müller')
    k.edit('Phone', '030 555019')
    k.find('group', re.compile('^Zoë Müller, .*no longer in this list'), rows=5)
    k.search('')
    k.key('Escape')
    k.app.gone('group', re.compile('no longer in this list'))


def test_changes_of_others_are_seen(k: Kontor):
    k.search('')
    k.key('Escape')
    k.select('Ana Trujillo')
    k.ctl('set', 'contact', 'Ana Trujillo', 'nickname=Anita')
    k.has_value('Nickname', 'Anita')


if __name__ == '__main__':
    sys.exit(run(sys.modules['__main__'], prepare))
