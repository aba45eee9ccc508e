# attack: never comes back from the deletion of an object
# expect: status=timeout limit=wall
# request: {"timeout_ms": 300}
class Stay:
    def __del__(self):
        while True:
            pass
stay = Stay()
