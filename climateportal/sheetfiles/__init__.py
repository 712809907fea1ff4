"""Tables as files: CSV and XLSX read into rows of text, and written so that nothing is lost."""
