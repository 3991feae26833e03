"""Keeping Alisa's processes alive: start in order, watch, restart, stop, leave nothing behind.

Rooms: `spec` says what a process is, `policy` decides about restarts (both pure), `probe` sees
from outside whether a process is ready, `child` is one running process, `keeper` keeps one
process alive, `group` keeps all of them, `control` is the channel through which other commands
ask, `state` is the file where they find it.
"""
