"""Reading and writing files: one module for each format, and none knows another.

They turn values into bytes and files into values; what is done with them (dialogs, the store) is the caller's. Nothing is
imported here, so that a program start pays only for the format it uses.
"""
