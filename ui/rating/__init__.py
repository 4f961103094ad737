"""评分数据: the side form of a rating, where its raw figures are entered once and each item shows its arithmetic."""
