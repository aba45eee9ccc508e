# attack: uses up its processor time long before its time
# expect: status=timeout limit=cpu
# needs: cpu
while True: pass
