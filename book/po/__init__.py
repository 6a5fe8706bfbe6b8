"""PO files: reading and writing, matching with the texts of today, bringing them in line."""
