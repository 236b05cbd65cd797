"""Words become lines in reading order: columns, tables, boxes of a form."""
