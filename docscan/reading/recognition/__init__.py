"""Print becomes words: by two engines, with how likely each word is right, and how well the page was read."""
