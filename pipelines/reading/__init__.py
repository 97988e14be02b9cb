"""Any file to cells with addresses, safe against hostile files."""
