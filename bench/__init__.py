"""Side-by-side measurements against peers: ``make bench``, or ``python -m bench [ROW …]``.

Absolute times drift by a factor of two on a shared machine, so ours and the peer's runs alternate and only the ratio counts.
Nothing here is a test and nothing is asserted: a missed bar is printed as ``over``. The program never imports this.
"""
