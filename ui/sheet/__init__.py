"""The sheet: a table view that looks like the paper. The view paints, the model translates, the document decides."""
