"""恢复 (time-line) in a window: what there is to go back to, and what going back would do."""
