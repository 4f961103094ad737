"""The windows of perfdesk: the only room that imports Qt; no arithmetic, no SQL."""
