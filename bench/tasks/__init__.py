"""What is measured inside a process of its own, so that the parent stays light. Each prints one JSON value."""
