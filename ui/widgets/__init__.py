"""Small widgets shared by the rooms of the window; none of them knows the document or the store."""
