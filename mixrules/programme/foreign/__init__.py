"""The promoter's own workbook, read as it stands: what is not sure becomes a question, never a guess."""
