"""What only a letter and its receipts together can show.

`documents` says which are which, `services` what was done or sold, `matching` which letter could stand for it,
`sessions` whether it is more than the letter orders, `repeats` what is claimed twice, `patients` who was treated,
`coverage` tells it by day, `judging` by rule. `charges` says what each line costs, `money` how much of it the
documents support.
"""
