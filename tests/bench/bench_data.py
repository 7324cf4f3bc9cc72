"""The file the bench imports: kontorctl's demo people, with the variety of names of real ones.

The demo has some hundred surnames; among a million people there are some hundred thousand, and that
is what searching for beginnings and typing errors has to do with. Two thirds of the people and half
of the organisations get a name that is coined by number, so that the same people make the same file.
"""
import csv
import io
import subprocess
import unicodedata
import zlib

ONSETS = ['b', 'br', 'd', 'dr', 'f', 'fl', 'g', 'gr', 'h', 'k', 'kl', 'kr', 'l', 'm', 'n', 'p', 'pr', 'r', 's', 'sch',
          'st', 't', 'tr', 'v', 'w', 'z']
VOWELS = ['a', 'e', 'i', 'o', 'u', 'ei', 'au', 'ie']
CODAS = ['', 'l', 'm', 'n', 'r', 's', 't', 'nd', 'rt', 'ck']
ENDINGS = ['son', 'berg', 'mann', 'er', 'ini', 'ström', 'ley', 'ton', 'eau', 'sen', 'ez', 'wick', 'stein', 'ford']
CYRILLIC_ONSETS = ['б', 'в', 'г', 'гр', 'д', 'ж', 'з', 'к', 'кр', 'л', 'м', 'н', 'п', 'пр', 'р', 'с', 'ст', 'т', 'ф',
                   'х', 'ц', 'ч', 'ш', 'щ']
CYRILLIC_VOWELS = ['а', 'е', 'и', 'о', 'у', 'ы', 'ю', 'я']
CYRILLIC_CODAS = ['', 'л', 'м', 'н', 'р', 'с', 'т', 'в', 'й', 'к']
CYRILLIC_ENDINGS = ['енко', 'ук', 'ич', 'ко', 'овых', 'ян', 'адзе', 'швили']
COINED = 500000


def random_of(number):
    """splitmix64: a number from a number."""
    number = (number + 0x9e3779b97f4a7c15) & 0xffffffffffffffff
    number = ((number ^ (number >> 30)) * 0xbf58476d1ce4e5b9) & 0xffffffffffffffff
    number = ((number ^ (number >> 27)) * 0x94d049bb133111eb) & 0xffffffffffffffff
    return number ^ (number >> 31)


def is_cyrillic(text):
    return any('\u0400' <= letter <= '\u04ff' for letter in text)


def coin(number, cyrillic):
    """The name with this number, below COINED; different numbers make different names, most of them."""
    onsets, vowels, codas, endings = ((CYRILLIC_ONSETS, CYRILLIC_VOWELS, CYRILLIC_CODAS, CYRILLIC_ENDINGS) if cyrillic
                                      else (ONSETS, VOWELS, CODAS, ENDINGS))
    number = random_of(number)
    parts = []
    for choice in (onsets, vowels, codas, onsets, vowels, endings):
        parts.append(choice[number % len(choice)])
        number //= len(choice)
    return ''.join(parts).capitalize()


def slug(text):
    text = unicodedata.normalize('NFKD', text)
    return ''.join(letter for letter in text.lower() if letter.isascii() and letter.isalnum())


def vary(row, number, columns):
    draw = random_of(number)
    if draw % 3 > 0:
        last = row[columns['last_name']]
        # some names are common, most are rare
        share = (draw >> 8) % 1000000 / 1000000
        coined = coin(int(COINED * share * share), is_cyrillic(last))
        row[columns['last_name']] = coined
        name, at, domain = row[columns['email']].partition('@')
        if at and slug(coined) != '':
            row[columns['email']] = name.partition('.')[0] + '.' + slug(coined) + at + domain
    organisation = row[columns['organisation']]
    draw = zlib.crc32(organisation.encode())
    if organisation and draw % 2 == 0:
        first, space, rest = organisation.partition(' ')
        row[columns['organisation']] = coin(draw // 2 % COINED, is_cyrillic(first)) + space + rest
    return row


def write(kontorctl, path, contacts, seed=1):
    """Writes the CSV file of so many people; five of them belong to an organisation, on average."""
    command = [kontorctl, 'demo', '--csv=-', f'--contacts={contacts}', f'--accounts={max(1, contacts // 5)}',
               '--language=mixed', f'--seed={seed}']
    with subprocess.Popen(command, stdout=subprocess.PIPE) as demo, \
            open(path, 'w', encoding='utf-8', newline='') as out:
        reader = csv.reader(io.TextIOWrapper(demo.stdout, encoding='utf-8', newline=''))
        writer = csv.writer(out, lineterminator='\r\n')
        header = next(reader)
        columns = {name: i for i, name in enumerate(header)}
        writer.writerow(header)
        for number, row in enumerate(reader):
            writer.writerow(vary(row, number, columns))
    if demo.returncode != 0:
        raise RuntimeError(f'kontorctl demo: exit status {demo.returncode}')
