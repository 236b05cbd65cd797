"""What a PDF says itself, read without making a picture of its page, and whether that is to be believed."""
