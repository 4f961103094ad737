"""Years, forms and the start page: they show lines of ``ui.forms`` and ask; neither opens, makes or deletes a form."""
