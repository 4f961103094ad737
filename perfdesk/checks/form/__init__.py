"""整表 (the form as a whole): what is blank, unexplained, of another business, or must not be published."""
