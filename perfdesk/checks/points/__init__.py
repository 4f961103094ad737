"""分值与得分 (points): weights and scores, in the rows, in their sums, and against the rules of a rating."""
