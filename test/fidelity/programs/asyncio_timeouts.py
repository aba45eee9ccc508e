# asyncio: timeouts that strike and that do not, shielding, subtasks of a stopped loop.
import asyncio


async def for_ever():
    try:
        await asyncio.Event().wait()
    except asyncio.CancelledError:
        print("cancelled inside")
        raise


async def main():
    try:
        await asyncio.wait_for(for_ever(), 0.001)
    except asyncio.TimeoutError as error:
        print(repr(error), asyncio.TimeoutError is TimeoutError)
    try:
        async with asyncio.timeout(0.001):
            await for_ever()
    except TimeoutError:
        print("timed out")
    print(await asyncio.wait_for(asyncio.sleep(0, "quick"), 60))
    done, pending = await asyncio.wait([asyncio.ensure_future(asyncio.sleep(0)), asyncio.ensure_future(for_ever())], return_when=asyncio.FIRST_COMPLETED)
    print(len(done), len(pending))
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    loop.call_soon(future.set_result, "by callback")
    print(await asyncio.shield(future))


asyncio.run(main())


async def unawaited():
    pass


unawaited()
asyncio.run(unawaited(), debug=False)
asyncio.run("not a coroutine")
