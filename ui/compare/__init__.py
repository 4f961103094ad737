"""对比: two forms beside each other, field by field. It shows what the core compared and asks for another form or a place."""
