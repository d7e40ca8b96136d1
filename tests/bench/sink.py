"""A mail server that takes every letter, as fast as Python can, at the last but one of its words."""

import socketserver
import sys


class Take(socketserver.StreamRequestHandler):
    """One conversation; it keeps nothing."""

    wbufsize = 0

    def handle(self) -> None:
        self.say("220 Ready")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                self.say("354 Go on")
                while self.rfile.readline() != b".\r\n":
                    pass
            self.say("221 Bye" if verb == b"QUIT" else "250 Taken")
            if verb == b"QUIT":
                return

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


if __name__ == "__main__":
    with socketserver.ThreadingTCPServer(("127.0.0.1", int(sys.argv[-2])), Take) as server:
        server.serve_forever()
