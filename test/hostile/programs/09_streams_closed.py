# attack: closes everything it has and ends
# expect: status=ok|error signal=none
import os
os.closerange(0, 1024)
