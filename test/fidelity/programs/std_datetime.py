# datetime: arithmetic, formats, comparisons, in fixed zones only.
from datetime import date, datetime, time, timedelta, timezone

zone = timezone(timedelta(hours=5, minutes=30), "IST")
moment = datetime(2024, 2, 29, 23, 59, 59, 123456, tzinfo=zone)
print(moment, repr(moment))
print(moment.astimezone(timezone.utc).isoformat(timespec="milliseconds"))
print(moment.strftime("%A %d %B %Y %H:%M:%S.%f %z %Z %j %U %%"), moment.isocalendar())
print(moment + timedelta(days=1, seconds=1), moment.timestamp())
print(date(2024, 12, 31) - date(2023, 12, 31), timedelta(days=-1, seconds=5))
print(datetime.strptime("03/04/21 07:08", "%d/%m/%y %H:%M"), date.fromisocalendar(2020, 53, 5))
print(datetime.fromisoformat("2011-11-04T00:05:23+04:00"), time(12, 30).replace(minute=5))
print(datetime.fromtimestamp(0, timezone.utc), divmod(timedelta(hours=25), timedelta(days=1)))
for bad in (lambda: date(2023, 2, 29), lambda: moment < datetime(2024, 1, 1),
            lambda: datetime.strptime("x", "%Y"), lambda: date.max + timedelta(1)):
    try:
        bad()
    except Exception as error:
        print(type(error).__name__, error)
