"""绩效指标 (indicators): what is typed in a row of targets and results, each cell by itself and beside the others of its row."""
