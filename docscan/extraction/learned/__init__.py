"""What was learned from labelled documents of their amounts, dates and times: a second voice beside the rules."""
