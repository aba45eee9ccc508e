# decimal: exactness, rounding modes, contexts, traps.
from decimal import (
    ROUND_HALF_EVEN, ROUND_UP, Decimal, DivisionByZero, InvalidOperation, getcontext, localcontext,
)

print(Decimal("0.1") + Decimal("0.2"), Decimal(0.1))
print(Decimal("2.675").quantize(Decimal("0.01"), ROUND_HALF_EVEN), Decimal("1.001").quantize(Decimal("1.0"), ROUND_UP))
with localcontext() as context:
    context.prec = 50
    print(Decimal(2).sqrt(), Decimal(1) / 7, Decimal(1).exp())
print(Decimal(1) / 7, Decimal("1E+3") + 1, Decimal("-0"), Decimal("NaN"), Decimal("123.4500").normalize())
print(Decimal("3.14").as_tuple(), Decimal("1e400") * Decimal("1e400"), format(Decimal("1234567.891"), ",.2f"))
for bad in (lambda: Decimal(1) / 0, lambda: Decimal("x"), lambda: Decimal("sNaN") + 1):
    try:
        bad()
    except (DivisionByZero, InvalidOperation) as error:
        print(type(error).__name__, error)
print(getcontext())
