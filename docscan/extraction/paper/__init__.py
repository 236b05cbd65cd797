"""What the paper itself shows: signature, letterhead, blanks, page numbers."""
