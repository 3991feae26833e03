"""Checking everything that Alisa stands on, each finding with its fix.

`finding` says what a check and a finding are, `checks` lists the checks, the other modules hold
them by what they look at. `command` is `alisa doctor`.
"""
