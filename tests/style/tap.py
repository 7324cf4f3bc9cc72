"""The little TAP the style checks print."""
import os
import subprocess
import sys


def tracked(top, *patterns):
    """Files of the checkout (git's where there is git), as paths below top."""
    try:
        names = subprocess.run(['git', '-C', top, 'ls-files', '-co', '--exclude-standard', '--', *patterns],
                               capture_output=True, text=True, check=True).stdout.splitlines()
    except (OSError, subprocess.CalledProcessError):
        names = []
    if not names:
        import fnmatch
        for folder, folders, files in os.walk(top):
            folders[:] = [f for f in folders if not f.startswith(('.', '_build', 'build'))]
            for file in files:
                name = os.path.relpath(os.path.join(folder, file), top)
                if any(fnmatch.fnmatch(name, pattern) for pattern in patterns):
                    names.append(name)
    return sorted(name for name in set(names) if os.path.isfile(os.path.join(top, name)))


def report(checks):
    """checks: (name, list of complaints). Prints TAP and exits."""
    print(f'1..{len(checks)}')
    bad = 0
    for number, (name, complaints) in enumerate(checks, 1):
        for complaint in complaints[:40]:
            print(f'# {complaint}')
        bad += bool(complaints)
        print(f"{'not ok' if complaints else 'ok'} {number} - {name}")
    sys.exit(1 if bad else 0)
