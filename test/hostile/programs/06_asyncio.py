# attack: asyncio, whose own loop needs a socketpair
# expect: status=ok stdout=contained
# use: helpers
import asyncio
async def reach(host, port):
    await asyncio.wait_for(asyncio.open_connection(host, port), 1)
async def main():
    for host, port in (("127.0.0.1", 6000), ("127.0.0.1", 18080)):
        try:
            await reach(host, port)
        except OSError:
            continue
        escaped("%s:%d" % (host, port))
asyncio.run(main())
contained()
