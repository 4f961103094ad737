"""报告 (report): the structured editor of a report: page, outline, figures to insert, annexes."""
