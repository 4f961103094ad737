"""起草表样的检查 (drafting): the drawn form beside the file it was drafted of, and what each cell is for."""
