# Asynchronous generators that are not exhausted; hooks; loops that are not closed; tasks left pending.
import asyncio
import sys


async def numbers():
    try:
        for n in range(3):
            yield n
    finally:
        print("closed", sys.exc_info()[0])


async def main():
    async for n in numbers():
        print(n)
        break
    asyncio.get_running_loop().call_soon(print, "soon")
    kept.append(asyncio.ensure_future(asyncio.sleep(1000)))
    await asyncio.sleep(0)


kept = []
asyncio.run(main())
print(kept[0].cancelled())
sys.set_asyncgen_hooks(firstiter=lambda generator: print("first", generator.__name__), finalizer=lambda generator: print("finalizer", generator.__name__))
generator = numbers()
try:
    generator.__anext__().send(None)
except StopIteration as stop:
    print("value", stop.value)
del generator
print(sys.get_asyncgen_hooks().firstiter is not None)
sys.set_asyncgen_hooks(None, None)
loop = asyncio.new_event_loop()
print(loop.run_until_complete(asyncio.sleep(0, "slept")))
loop.close()


async def forgotten():
    print("never")


forgotten()
