"""This program against the plain way of doing the same, both sides in one run on this machine.

`plain.py` and `peers.py` are the other side: what somebody writes, or installs, who has not got this program. They are
not tuned, neither up nor down.
"""
