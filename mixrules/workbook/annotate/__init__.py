"""The promoter's workbook handed back: everything of the original, cells marked, and a sheet « Contrôle ».

A spreadsheet library that loads and saves a workbook loses what it does not model: drop-downs of Excel 2010 and
later, printer settings, shapes. The copy is therefore made on the package itself: every part that is not
touched keeps its bytes. openpyxl writes the one sheet that is ours.
"""
