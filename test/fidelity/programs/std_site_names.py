# What site adds: exit, quit, copyright, credits, license, help.
import site

for thing in (exit, quit, copyright, credits, license, help):
    print(type(thing).__module__, type(thing).__name__, repr(thing)[:70])
print(site.ENABLE_USER_SITE, site.PREFIXES, site.check_enableusersite(), site.USER_SITE and site.USER_SITE.endswith("/.local/lib/python3." + site.USER_SITE.split("python3.")[1]))
print(site.getsitepackages())
copyright()
exit.eof = 5
quit(2.5)
