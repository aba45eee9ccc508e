# asyncio: streams over a socketpair, executors, signals, exceptions never retrieved, debug mode, runners.
import asyncio
import gc
import logging
import signal
import socket
import sys

logging.basicConfig(stream=sys.stdout, format="%(name)s %(levelname)s %(message)s")


async def streams():
    one, two = socket.socketpair()
    reader, writer = await asyncio.open_connection(sock=one)
    other_reader, other_writer = await asyncio.open_connection(sock=two)
    writer.write(b"line\nrest")
    writer.close()
    print(await other_reader.readline(), await other_reader.read())
    other_writer.close()


async def main():
    await streams()
    loop = asyncio.get_running_loop()
    print(await loop.run_in_executor(None, sum, [1, 2]), await asyncio.to_thread(lambda: "thread"), type(loop).__name__)
    rang = asyncio.Event()
    loop.add_signal_handler(signal.SIGUSR1, rang.set)
    signal.raise_signal(signal.SIGUSR1)
    await rang.wait()
    future = loop.create_future()
    future.set_exception(ValueError("never retrieved"))
    del future
    gc.collect()
    task = asyncio.create_task(asyncio.sleep(100), name="sleeper")
    await asyncio.sleep(0)
    task.cancel("enough")
    try:
        await task
    except asyncio.CancelledError as error:
        print("cancelled", error)
    try:
        async with asyncio.timeout(0.001):
            await asyncio.sleep(100)
    except TimeoutError as error:
        print("timeout", repr(error))
    return "returned"


print(asyncio.run(main()))
with asyncio.Runner() as runner:
    print(runner.run(asyncio.sleep(0, "runner")))
try:
    asyncio.get_running_loop()
except RuntimeError as error:
    print(error)


async def interrupted():
    signal.raise_signal(signal.SIGINT)
    await asyncio.sleep(1)


asyncio.run(interrupted())
