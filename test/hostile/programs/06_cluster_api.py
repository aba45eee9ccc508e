# attack: the cluster's API
# expect: status=ok stdout=contained
# use: helpers
import ssl, socket, urllib.request
fails("the API", lambda: urllib.request.urlopen("https://10.96.0.1:443/api", timeout=1))
fails("its address", lambda: ssl.create_default_context().wrap_socket(socket.create_connection(("10.96.0.1", 443), 1)))
contained()
