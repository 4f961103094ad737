"""核对导入内容: the source file beside what was understood of it, the points to look at, the decision. It saves nothing."""
