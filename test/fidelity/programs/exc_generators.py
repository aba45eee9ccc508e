# Errors through generators, comprehensions, context managers, properties, decorators, async functions.
import asyncio
import contextlib
import functools
import traceback


def produce():
    try:
        yield 1
        yield 1 / 0
    finally:
        print("closed")


@contextlib.contextmanager
def manage():
    try:
        yield
    except ZeroDivisionError as error:
        raise ValueError("managed") from error


class Lazy:
    @property
    def value(self):
        return self.missing

    @functools.cached_property
    def cached(self):
        return [item for item in (1, 2, "x") if item + 1]


async def inner():
    await asyncio.sleep(0)
    raise LookupError("async")


async def outer():
    async with asyncio.TaskGroup() as group:
        group.create_task(inner(), name="first")
        group.create_task(asyncio.sleep(10), name="second")


def show(function):
    try:
        function()
    except BaseException:
        print("".join(line for line in traceback.format_exc().splitlines(True) if "/lib/python" not in line))


show(lambda: list(produce()))
with contextlib.suppress(ValueError):
    with manage():
        1 / 0
show(lambda: Lazy().value)
show(lambda: Lazy().cached)
show(lambda: asyncio.run(outer()))


def stop():
    raise StopIteration("too early")
    yield


next(stop())
