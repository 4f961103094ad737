"""预算执行 (budget): the rows of 项目资金, their sums, rate and score, and the 成本指标 that must fit in them."""
