"""What does a packet's report say, in the order in which a person asks? Pure; the same in a terminal and on a page.

`answer`: is it complete; `coverage`: which days does a letter cover; `money`: how much do the documents support;
`steps`: what is to be done. `titles` calls the documents by name, `many_days` tells many days in few words.
"""
