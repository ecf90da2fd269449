"""What people read of an outlook: on the terminal, in a workbook, as Markdown."""
