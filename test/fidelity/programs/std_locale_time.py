# locale and time zone: those of the clean environment.
import calendar
import codecs
import datetime
import gettext
import locale
import os
import time

print(locale.getlocale(), locale.setlocale(locale.LC_ALL), locale.getpreferredencoding(), locale.getencoding(), locale.localeconv()["decimal_point"])
print(locale.setlocale(locale.LC_ALL, ""), locale.getlocale(), locale.setlocale(locale.LC_CTYPE))
try:
    locale.setlocale(locale.LC_ALL, "xx_XX.UTF-8")
except locale.Error as error:
    print(error)
print(time.tzname, time.timezone, time.daylight, time.strftime("%c %Z %z", time.gmtime(0)), time.ctime(86400))
os.environ["TZ"] = "Asia/Tokyo"
time.tzset()
print(time.tzname, time.localtime(0)[:5], datetime.datetime.fromtimestamp(0).isoformat(), datetime.datetime.fromtimestamp(0).astimezone())
print(calendar.month_name[3], calendar.day_abbr[0], format(1234567.891, "n"), codecs.lookup("utf8").name, gettext.gettext("untranslated"))
print(sorted(os.environ), os.environb[b"LANG"], os.getenv("USER"), os.path.expandvars("$HOME/$NOPE") == os.getcwd() + "/$NOPE")
os.environ["BAD=NAME"] = "x"
