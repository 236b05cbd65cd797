"""From files to the rules of an administrator. All that knows how a rulebook is written.

`rules` says what a rule is, `format` what a file may hold. `texts`, `examples` and `citations` are the parts of a rule
that are more than a value; `book` reads one file of rules, `overlays` lays an administrator's file over those it builds
on, and `administrator` finds the files and puts them together. A file that does not follow the format is refused with
`RulebookError`, which names the file, the rule and the key.
"""
