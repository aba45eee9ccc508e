"""Three tasks take turns: while one waits, the others go on."""

import asyncio


async def cook(dish: str, seconds: float) -> str:
    print(f"{dish}: started")
    await asyncio.sleep(seconds)
    print(f"{dish}: ready")
    return dish


async def main() -> None:
    dishes = await asyncio.gather(cook("soup", 0.9), cook("bread", 0.6), cook("salad", 0.3))
    print("Dinner:", ", ".join(dishes))


asyncio.run(main())
