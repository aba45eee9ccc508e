# asyncio: gather, tasks, order, cancellation, exceptions gathered.
import asyncio


async def step(name, delay, fail=False):
    for n in range(2):
        await asyncio.sleep(0)
        print(name, n)
    if fail:
        raise ValueError(name)
    return name.upper()


async def main():
    print(await asyncio.gather(step("a", 0), step("b", 0)))
    print(await asyncio.gather(step("c", 0, True), step("d", 0), return_exceptions=True))
    task = asyncio.create_task(asyncio.Event().wait(), name="stuck")
    await asyncio.sleep(0)
    task.cancel("enough")
    try:
        await task
    except asyncio.CancelledError as error:
        print("cancelled", error, task.get_name(), task.cancelled())
    return "done"


print(asyncio.run(main()))
print(asyncio.run(main()))
asyncio.run(step("e", 0, True))
