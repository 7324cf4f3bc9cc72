#!/usr/bin/python3
"""Takes pictures of every window, in the language and style of the rig: screenshots.py DIR WIDTH.
SCENES="person filters" takes a part. A scene that doesn't come to its end is told, the others are taken."""
import os
import sys
import traceback

import scenes_records
import scenes_window
from kontor import complaints
from pictures import Pictures


def take(p, scene):
    """Returns what went wrong, or None."""
    p.scene = scene.__name__.replace('_', '-')
    p.n = 0
    try:
        if not p.k.app or not p.k.app.alive():
            p.start()
        scene(p)
        return None
    except BaseException as error:
        traceback.print_exc()
        if p.k.app and p.k.app.alive():
            p.k.shot(p.scene + '-failed')
        p.stop()
        return f'{p.scene}: {error}'
    finally:
        if p.k.app and p.k.app.log and p.k.app.log not in p.log:
            p.log.append(p.k.app.log)


def main(folder, width):
    os.environ.setdefault('KONTOR_E2E_ARTIFACTS', folder)
    p = Pictures(folder, int(width))
    chosen = os.environ.get('SCENES', '').split()
    p.k.path = os.path.join(p.k.dir, 'demo.kontor')
    p.k.ctl('demo', '--contacts', '400', '--accounts', '120')
    bad = []
    for scene in scenes_records.SCENES + scenes_window.SCENES:
        if not chosen or scene.__name__ in chosen:
            bad.append(take(p, scene))
            if scene.__name__ in ('first_run', 'errors', 'demo_banner', 'jobs'):
                p.stop()
            bad += complaints(p.k.app.log) if p.k.app else []
    p.stop()
    bad = [line for line in dict.fromkeys(bad) if line]
    print('\n'.join(bad))
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
