# attack: a number of a billion digits
# expect: status=timeout limit=wall
# expect: status=error stderr~decimal.
# expect: status=memory limit=memory
# request: {"timeout_ms": 1000}
from decimal import Context, Decimal
Context(prec=10**9).power(Decimal(7), Decimal(10**9))
