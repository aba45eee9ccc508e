# asyncio: producers and consumers, locks, semaphores, to_thread, an async generator.
import asyncio


async def producer(queue, name):
    for n in range(3):
        await queue.put(f"{name}{n}")
    await queue.put(None)


async def consume(queue, producers):
    seen = []
    while producers:
        item = await queue.get()
        if item is None:
            producers -= 1
        else:
            seen.append(item)
        queue.task_done()
    return sorted(seen)


async def ticks(n):
    try:
        for i in range(n):
            yield i
            await asyncio.sleep(0)
    finally:
        print("ticks closed")


async def main():
    queue = asyncio.Queue(2)
    async with asyncio.TaskGroup() as group:
        consumer = group.create_task(consume(queue, 2))
        group.create_task(producer(queue, "x"))
        group.create_task(producer(queue, "y"))
    print(consumer.result())
    print([i async for i in ticks(3) if i != 1])
    async for i in ticks(5):
        if i == 1:
            break
    print(await asyncio.to_thread(sum, [1, 2, 3]))
    async with asyncio.Lock(), asyncio.Semaphore(2):
        print("held", asyncio.current_task().get_name())
    async with asyncio.TaskGroup() as group:
        group.create_task(fail("one"))
        group.create_task(fail("two"))


async def fail(text):
    raise KeyError(text)


asyncio.run(main())
