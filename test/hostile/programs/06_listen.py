# attack: serves others
# expect: status=ok stdout=contained denied>=socket
# use: helpers
import http.server, socket, socketserver
fails("a server", lambda: http.server.HTTPServer(("", 8080), http.server.BaseHTTPRequestHandler))
fails("a socket", lambda: socket.create_server(("127.0.0.1", 0)))
fails("a unix server", lambda: socketserver.UnixStreamServer("socket", socketserver.BaseRequestHandler))
contained()
