"""How a diagnosis code looks, printed with its point or without; whether there is such a code is asked elsewhere."""

CODE_SHAPE = r"[A-Z]\d[0-9A-Z](?:\.?[0-9A-Z]{1,4})?"
