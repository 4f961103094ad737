"""perfdesk 绩效填报台: the core, runs without a display and imports no Qt."""
