# zoneinfo: daylight saving from the zone database.
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

vienna = ZoneInfo("Europe/Vienna")
start = datetime(2021, 3, 28, 0, 30, tzinfo=timezone.utc)
for hour in range(3):
    print((start + timedelta(hours=hour)).astimezone(vienna).isoformat())
folded = datetime(2021, 10, 31, 2, 30, tzinfo=vienna)
print(folded.utcoffset(), folded.replace(fold=1).utcoffset(), folded.tzname(), vienna)
print(datetime(2020, 7, 1, tzinfo=ZoneInfo("America/New_York")).dst())
try:
    ZoneInfo("Mars/Olympus_Mons")
except ZoneInfoNotFoundError as error:
    print(type(error).__name__, error)
