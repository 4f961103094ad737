"""合并 (merging): forms of a data package held against those that are here: new, same, older, newer, changed on both sides.

Two copies of a form are told apart by the digests of the states each has been in: a copy whose present state the other one has been
in is the older one (``judging``). Where both went on from a common state, they are merged field by field against it: what only one
side changed is taken from that side, what both changed is asked (``fields``). Nothing is read from or written to a disk here, and
nothing is imported with this room: a data file is opened with its ``types``.
"""
